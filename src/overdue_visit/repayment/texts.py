"""
The words of tables and charts, in English and Chinese, and how amounts and dates are written with them.

Words are data: a host hands in its own by code, and no arithmetic reads them.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Mapping
from types import MappingProxyType
from typing import Self

import attrs

from overdue_visit.errors import InvalidValue
from overdue_visit.money import Money
from overdue_visit.repayment.demands import demand

EN: Mapping[str, str] = MappingProxyType(
    {
        "column.number": "No.",
        "column.due": "Due",
        "column.payment": "To pay",
        "column.principal": "Principal",
        "column.interest": "Interest",
        "column.fee": "Fees",
        "column.penalty": "Late interest",
        "column.capitalised": "Added to the debt",
        "column.balance": "Still owed",
        "column.toward_arrears": "Of it arrears",
        "column.still_to_pay": "Still to pay",
        "row.total": "Total",
        "amounts_in": "Amounts in {currency}",
        "figure.payments": "Payments",
        "figure.first_due": "First payment",
        "figure.last_due": "Last payment",
        "figure.months": "Months",
        "figure.largest": "Largest payment",
        "figure.smallest": "Smallest payment",
        "figure.total_paid": "Paid in all",
        "figure.more": "More than the first plan",
        "figure.interest": "Interest",
        "figure.charges": "Fees and late interest",
        "figure.extra_interest": "More interest than agreed",
        "figure.forgiven": "Forgiven",
        "none": "none",
        "chart.payments": "Payments",
        "chart.left": "Still to pay",
    }
)

ZH: Mapping[str, str] = MappingProxyType(
    {
        "column.number": "期数",
        "column.due": "还款日",
        "column.payment": "应还金额",
        "column.principal": "本金",
        "column.interest": "利息",
        "column.fee": "费用",
        "column.penalty": "罚息",
        "column.capitalised": "计入本金",
        "column.balance": "剩余本金",
        "column.toward_arrears": "其中拖欠",
        "column.still_to_pay": "尚需还款",
        "row.total": "合计",
        "amounts_in": "金额单位：{currency}",
        "figure.payments": "还款次数",
        "figure.first_due": "首次还款日",
        "figure.last_due": "最后还款日",
        "figure.months": "月数",
        "figure.largest": "最高一次还款",
        "figure.smallest": "最低一次还款",
        "figure.total_paid": "还款总额",
        "figure.more": "比第一个方案多还",
        "figure.interest": "利息合计",
        "figure.charges": "费用和罚息",
        "figure.extra_interest": "比原约定多付利息",
        "figure.forgiven": "减免",
        "none": "无",
        "chart.payments": "每次还款",
        "chart.left": "尚需还款",
    }
)

TEXTS: Mapping[str, Mapping[str, str]] = MappingProxyType({"en": EN, "zh": ZH})
"""The shipped words by language."""


def in_language(language: str, shipped: Mapping[str, Mapping[str, str]]) -> str:
    """
    Find the language of a tag such as ``"en"`` or ``"zh-Hans-CN"`` among those that ship.

    Raises:
        InvalidValue: If it does not; hand in the words of another one as *texts*.
    """
    primary = language.partition("-")[0].lower() if isinstance(language, str) else ""
    if primary not in shipped:
        raise InvalidValue("language", language, "one of " + ", ".join(map(repr, shipped)))
    return primary


def demand_texts(texts: object) -> None:
    """
    Refuse what are no words by code.

    Raises:
        InvalidValue: If they are something else, or one of them is no text.
    """
    if texts is None:
        return
    if not isinstance(texts, Mapping):
        raise InvalidValue("texts", texts, "words by code, or None")
    for word in texts.values():
        demand(word, str, "texts", accepted="a text for each code")


@attrs.frozen
class Words:
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
        demand_texts(texts)
        primary = in_language(language, TEXTS)
        return cls(primary == "zh", {**TEXTS[primary], **(texts or {})})

    def say(self, code: str, **values: str) -> str:
        """
        Return the words of a code, filled with values.
        """
        return self.texts[code].format_map(values)

    def amount(self, money: Money) -> str:
        """
        Write an amount without its currency: ``1,240.00``.
        """
        return f"{money.decimal:,f}"

    def date(self, day: dt.date) -> str:
        """
        Write a date: ``2026-05-01``; in Chinese ``2026年5月1日``.
        """
        return f"{day.year}年{day.month}月{day.day}日" if self.chinese else day.isoformat()

    def amounts_in(self, currency: str) -> str:
        """
        Say which currency all amounts are in; in Chinese, yuan by their name.
        """
        name = "元" if self.chinese and currency == "CNY" else currency
        return self.say("amounts_in", currency=name)


def width(text: str) -> int:
    """
    Count the columns that a text takes in a fixed-width font: Chinese characters take two, combining marks none.
    """
    wide = sum(unicodedata.east_asian_width(each) in {"W", "F"} for each in text)
    return len(text) + wide - sum(unicodedata.combining(each) > 0 for each in text)
