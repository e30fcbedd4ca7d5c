"""
Catalogues: texts by code, which a host can replace and no logic reads.
"""

from __future__ import annotations

import datetime as dt
import functools
import string
from collections.abc import Iterable, Mapping
from typing import ClassVar

import attrs

from overdue_visit.errors import InvalidValue
from overdue_visit.money import Money
from overdue_visit.reason import code as check_code
from overdue_visit.visit import Window
from overdue_visit.wording import en, refusals
from overdue_visit.wording.formats import Coded, Param, format_date, format_list, format_money, format_window

OPEN = (
    "reason",
    "channel",
    "result",
    "request",
    "escalation",
    "cause",
    "irregularity",
    "consequence",
    "decision",
    "rule",
)
"""Families that a host may add codes to: ``reason.locusts``. Such texts are names and offer nothing in braces."""

RULES: tuple[str, ...] = tuple(code.removeprefix("step.") for code in en.TEXTS if code.startswith("step."))
"""The rules that steps fall due by; each has the texts ``step.<rule>`` and ``why.<rule>``."""

_NO_TEXT = "a code of the catalogue, or one of an open family such as 'reason.locusts'"


@attrs.frozen
class UnknownText(InvalidValue):
    """No text has this code."""

    code: ClassVar[str] = "unknown_text"


@attrs.frozen
class WrongPlaceholder(InvalidValue):
    """A text uses a name that its code does not offer, or lacks a value for a name it uses."""

    code: ClassVar[str] = "wrong_placeholder"


@attrs.frozen
class Message:
    """A notice in words, ready for a sender."""

    subject: str
    body: str


@functools.cache
def placeholders(text: str) -> frozenset[str]:
    """
    Return the names in braces of *text*.

    Raises:
        WrongPlaceholder: If a brace is open, or holds anything but a plain name: no numbers, attributes or formats.
    """
    accepted = "plain names in braces, such as '{amount}'; a brace itself is doubled"
    try:
        parts = list(string.Formatter().parse(text))
    except ValueError:
        raise WrongPlaceholder("text", text, accepted) from None
    names = set()
    for _, name, form, conversion in parts:
        if name is None:
            continue
        if not name.isidentifier() or form or conversion:
            raise WrongPlaceholder("text", text, accepted)
        names.add(name)
    return frozenset(names)


def offered(code: str) -> frozenset[str]:
    """
    Return the names that a text of *code* may use in braces.

    Raises:
        UnknownText: If there is no such code and its family is not open.
    """
    if code in en.TEXTS:
        return placeholders(en.TEXTS[code])
    family, _, name = code.partition(".")
    if family not in OPEN:
        raise UnknownText("code", code, _NO_TEXT)
    check_code(name, field="code")
    return frozenset()


def _copied(texts: Mapping[str, str]) -> dict[str, str]:
    return dict(texts)


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


@attrs.frozen
class Catalogue:
    """
    The texts of one language by code; it may be partial (see `Catalogues`).

    Args:
        language: A tag such as ``"en"``, ``"zh"`` or ``"sw-KE"``.

        texts: By code; names in braces are filled in.

    Raises:
        UnknownText: If a code is not known.

        WrongPlaceholder: If a text uses a name that its code does not offer.

        InvalidValue: If the language or a text is empty.
    """

    language: str
    texts: Mapping[str, str] = attrs.field(repr=False, hash=False, converter=_copied)

    def __attrs_post_init__(self) -> None:
        if not _is_text(self.language):
            raise InvalidValue("language", self.language, "a language tag such as 'en' or 'zh'")
        for code, text in self.texts.items():
            if not _is_text(code):
                raise UnknownText("code", code, _NO_TEXT)
            if not _is_text(text):
                raise InvalidValue(code, text, "a text that is not empty")
            for name in sorted(placeholders(text) - offered(code)):
                names = ", ".join(f"{{{each}}}" for each in sorted(offered(code))) or "no names in braces"
                raise WrongPlaceholder(code, name, names)

    def replaced(self, texts: Mapping[str, str]) -> Catalogue:
        """
        Return this catalogue with some texts replaced, or added to an open family.

        Raises:
            UnknownText: If a code is not known.

            WrongPlaceholder: If a text uses a name that its code does not offer.
        """
        return Catalogue(self.language, {**self.texts, **texts})

    def has(self, code: str) -> bool:
        """
        Tell whether there is a text for *code*, or for the part before its ``:suffix``.
        """
        return code in self.texts or code.partition(":")[0] in self.texts

    def text(self, code: str, /, **params: str | int) -> str:
        """
        Return the text of *code*, filled in; ``reason.other:flood`` falls back to ``reason.other``.

        Args:
            params: More names than the text uses are allowed: texts of another language may use fewer.

        Raises:
            UnknownText: If there is no such text.

            WrongPlaceholder: If a name in the text has no value, or the value is neither text nor whole number.
        """
        found = self.texts.get(code) or self.texts.get(code.partition(":")[0])
        if found is None:
            raise UnknownText("code", code, f"a text in the {self.language!r} catalogue; add it with replaced()")
        for name in placeholders(found):
            if type(params.get(name)) not in (str, int):
                raise WrongPlaceholder(f"{code} {{{name}}}", params.get(name), "a value as text or whole number")
        return found.format_map(params)

    def name(self, family: str, code: str) -> str:
        """
        Return the text of an open code such as a reason; a code without a text reads as itself.
        """
        full = f"{family}.{code}"
        return self.text(full) if self.has(full) else code

    def filled(self, params: Iterable[tuple[str, Param]]) -> dict[str, str | int]:
        """
        Return parameters as this language writes them: amounts, dates, windows and the names of codes.
        """
        return {name: self._written(value) for name, value in params}

    def _written(self, value: Param) -> str | int:
        match value:
            case Coded(family, code):
                return self.name(family, code)
            case Money():
                return format_money(value, self.language)
            case Window():
                return format_window(value, self.language)
            case dt.date():
                return format_date(value, self.language)
            case tuple():
                return format_list((str(self._written(each)) for each in value), self.language)
            case _:
                return value

    def step(self, rule: str, /, because: str | None = None, **params: str | int) -> str:
        """
        Return one line for a step: what to do, because of what.

        Args:
            because: The code of the reason after ``why.``, where it is another than the rule's own.

        Raises:
            UnknownText: If there is no such rule.

            WrongPlaceholder: If a name that the texts use has no value.
        """
        why = self.text(f"why.{because or rule}", **params)
        return self.text("line.step", step=self.text(f"step.{rule}", **params), why=why)

    def notice(self, kind: str, /, **params: str | int) -> Message:
        """
        Return a notice in words.

        The lender's name and contact come from the texts ``lender.name`` and ``lender.contact``, the salutation from
        ``notice.salutation``, unless *params* hold ``lender``, ``contact`` or ``salutation``.

        Raises:
            UnknownText: If there is no such kind of notice.

            WrongPlaceholder: If a name that the texts use has no value.
        """
        given = {
            "lender": self.text("lender.name"),
            "contact": self.text("lender.contact"),
            "salutation": self.text("notice.salutation"),
            **params,
        }
        return Message(self.text(f"notice.{kind}.subject", **given), self.text(f"notice.{kind}.body", **given))

    def refusal(self, error: BaseException) -> str:
        """
        Return what an error says in this language; ``str(error)`` if the catalogue has no text for its code.

        The names in braces are the error's fields. Values that an error words itself, such as what an `InvalidValue`
        would accept or what an `AdapterError` reports, stay as they are.
        """
        params = self.filled(refusals.values(error))
        for code in refusals.text_codes(error):
            if code in self.texts and placeholders(self.texts[code]) <= params.keys():
                return self.text(code, **params)
        return str(error)
