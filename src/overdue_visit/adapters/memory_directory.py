"""
The memory directory: who is who, from a mapping in hand.
"""

from __future__ import annotations

from collections.abc import Mapping

from overdue_visit.errors import InvalidValue

_ACCEPTED = "texts by party and channel, such as {'b-17': {'email': 'a@example.org', 'language': 'zh'}}"


class MemoryDirectory:
    """
    Names, addresses and languages by party, for tests, examples and small books.

    Args:
        parties: For each party what is known: its address under the name of a channel, its ``"name"`` and its
            ``"language"``. It is copied.

    Raises:
        InvalidValue: If anything in it is not text or is empty.
    """

    def __init__(self, parties: Mapping[str, Mapping[str, str]]) -> None:
        self._parties = {party: dict(known) for party, known in _checked(parties)}

    def __repr__(self) -> str:
        return f"MemoryDirectory({len(self._parties)} parties)"

    def name(self, party: str) -> str | None:
        """
        Return how to call the party, ``None`` if that is not known.
        """
        return self._known(party, "name")

    def address(self, party: str, channel: str) -> str | None:
        """
        Return where to reach the party on a channel, ``None`` if that is not known.
        """
        return None if channel in ("name", "language") else self._known(party, channel)

    def language(self, party: str) -> str | None:
        """
        Return the language the party reads, ``None`` if that is not known.
        """
        return self._known(party, "language")

    def _known(self, party: str, what: str) -> str | None:
        return self._parties.get(party, {}).get(what)


def _checked(parties: Mapping[str, Mapping[str, str]]) -> list[tuple[str, Mapping[str, str]]]:
    if not isinstance(parties, Mapping):
        raise InvalidValue("parties", type(parties).__name__, _ACCEPTED)
    for party, known in parties.items():
        if not _is_text(party) or not isinstance(known, Mapping):
            raise InvalidValue("parties", party, _ACCEPTED)
        for what, value in known.items():
            # The value is personal and stays out of the error; what and whose it is suffices to find it.
            if not _is_text(what) or not _is_text(value):
                raise InvalidValue(f"parties[{party!r}]", what, "a text that is not empty")
    return list(parties.items())


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())
