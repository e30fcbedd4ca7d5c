"""
The party directory: names and addresses stay with the host; the library keeps ids.
"""

from __future__ import annotations

from typing import Protocol


class PartyDirectory(Protocol):
    """
    Looks up people by the host's own ids, at the moment something is sent or shown. Answers are never stored.
    """

    def name(self, party: str) -> str | None:
        """
        Return how to call this person in a letter, ``None`` if the directory does not know.
        """
        ...

    def address(self, party: str, channel: str) -> str | None:
        """
        Return where to reach the party on a channel: a phone number, a mail address, a place.

        Returns:
            ``None`` if the party is unknown or has no address there.
        """
        ...

    def language(self, party: str) -> str | None:
        """
        Return the language the party reads, such as ``"zh"``, ``None`` if the directory does not know.
        """
        ...
