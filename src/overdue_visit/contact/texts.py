"""
The words of explanations, grids and pictures: shipped in English and Chinese, a host's own before them.

Words are data, keyed by code; no rule reads them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Self
from zoneinfo import ZoneInfo

import attrs

from overdue_visit.contact import checks
from overdue_visit.contact.texts_en import EN
from overdue_visit.contact.texts_zh import ZH
from overdue_visit.contact.vocabulary import WEEK
from overdue_visit.errors import InvalidValue

TEXTS: Mapping[str, Mapping[str, str]] = MappingProxyType({"en": EN, "zh": ZH})
"""The shipped words by language."""
_JUST_AFTER = dt.timedelta(microseconds=1)


@attrs.frozen
class Phrasebook:
    """The words of one language, a host's own before the shipped ones."""

    chinese: bool
    texts: Mapping[str, str]

    @classmethod
    def of(cls, language: str, texts: Mapping[str, str] | None = None) -> Self:
        """
        Take the words of a language tag such as ``"en"`` or ``"zh-Hans-CN"``.

        Raises:
            InvalidValue: If the language is not shipped; hand in the words of another one as *texts*.
        """
        primary = language.partition("-")[0].lower() if isinstance(language, str) else ""
        if primary not in TEXTS:
            raise InvalidValue("language", language, "one of " + ", ".join(map(repr, TEXTS)))
        checks.value_or_none("texts", texts, Mapping)
        for code, words in (texts or {}).items():
            checks.value("texts", code, str)
            checks.value(f"texts.{code}", words, str)
        return cls(primary == "zh", {**TEXTS[primary], **(texts or {})})

    def say(self, code: str, /, **values: object) -> str:
        """
        Return the words of a code, filled with values.

        Raises:
            InvalidValue: If a host's template names a value that the code does not have.
        """
        template = self.texts[code]
        try:
            return template.format_map(values)
        except (KeyError, IndexError, ValueError, AttributeError):
            accepted = f"a template with {', '.join(f'{{{name}}}' for name in values)} and no other name in braces"
            raise InvalidValue(f"texts.{code}", template, accepted) from None

    def has(self, code: str) -> bool:
        """
        Tell whether there are words for a code.
        """
        return code in self.texts

    def word(self, family: str, code: str) -> str:
        """
        Return the word of a catalogue's member; one that nobody has words for is shown as its code.
        """
        return self.texts.get(f"{family}.{code}", code)

    def words(self, family: str, codes: Iterable[str]) -> str:
        """
        List the words of several members of a catalogue.
        """
        return self.listed(self.word(family, code) for code in codes)

    def listed(self, parts: Iterable[str]) -> str:
        """
        Write short things one after the other.
        """
        return self.texts["list.comma"].join(parts)

    def phrase(self, parts: Iterable[str]) -> str:
        """
        Write the parts of one clause, each of which narrows what stands before it.
        """
        return self.texts["list.part"].join(parts)

    def clauses(self, parts: Iterable[str]) -> str:
        """
        Write clauses, which may hold lists, one after the other.
        """
        return self.texts["list.semicolon"].join(parts)

    def date(self, day: dt.date) -> str:
        """
        Write a date: ``2026-04-08``; in Chinese ``2026年4月8日``.
        """
        return f"{day.year}年{day.month}月{day.day}日" if self.chinese else day.isoformat()

    def time(self, time: dt.time) -> str:
        """
        Write a time of day: ``08:00``, with as much after the minute as it has.
        """
        return time.isoformat("minutes" if time == time.replace(second=0, microsecond=0) else "auto")

    def instant(self, at: dt.datetime, zone: ZoneInfo | dt.timezone) -> str:
        """
        Write an instant on the wall clock of a zone, with the day of the week.

        A limit that includes its last instant is over a microsecond later; that is written as "just after".
        """
        if at.microsecond == 1:
            return self.say("instant.just_after", when=self.instant(at - _JUST_AFTER, zone))
        wall = at.astimezone(zone)
        weekday = self.word("day", WEEK[wall.weekday()])
        return self.say("instant", weekday=weekday, day=self.date(wall.date()), time=self.time(wall.time()))
