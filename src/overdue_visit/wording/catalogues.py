"""
Catalogues of several languages, and which one speaks to whom.
"""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from overdue_visit.errors import InvalidValue
from overdue_visit.wording import en
from overdue_visit.wording.catalogue import Catalogue, UnknownText


def _in_order(catalogues: Iterable[Catalogue]) -> tuple[Catalogue, ...]:
    return tuple(catalogues)


@attrs.frozen
class Catalogues:
    """
    Catalogues of several languages; the first is complete and speaks where another has no text.

    Raises:
        InvalidValue: If there is none, or one language occurs twice.

        UnknownText: If the first lacks a text.
    """

    catalogues: tuple[Catalogue, ...] = attrs.field(converter=_in_order)

    def __attrs_post_init__(self) -> None:
        languages = [each.language for each in self.catalogues]
        if not languages or len(set(languages)) != len(languages):
            raise InvalidValue("catalogues", languages, "at least one catalogue, each language once")
        for code in en.TEXTS:
            if code not in self.catalogues[0].texts:
                raise UnknownText("code", code, f"a text in the {languages[0]!r} catalogue, which comes first")

    def of(self, language: str | None) -> Catalogue:
        """
        Return the catalogue of a language, completed from the first.

        ``zh-Hans-CN`` finds ``zh``; a language that nobody wrote finds the first.
        """
        first = self.catalogues[0]
        chosen = self._nearest(language or first.language)
        if chosen is None:
            return first
        if first.texts.keys() <= chosen.texts.keys():
            return chosen
        return Catalogue(chosen.language, {**first.texts, **chosen.texts})

    def _nearest(self, language: str) -> Catalogue | None:
        by_tag = {each.language.lower(): each for each in self.catalogues}
        tag = language.lower()
        while tag not in by_tag and "-" in tag:
            tag = tag.rpartition("-")[0]
        return by_tag.get(tag)

    def text(self, code: str, /, *, language: str | None = None, **params: str | int) -> str:
        """
        Return the text of *code* in a language, or in the first where that has none.

        Raises:
            UnknownText: If there is no such text.

            WrongPlaceholder: If a name in the text has no value.
        """
        first = self.catalogues[0]
        chosen = self._nearest(language or first.language) or first
        return (chosen if chosen.has(code) else first).text(code, **params)
