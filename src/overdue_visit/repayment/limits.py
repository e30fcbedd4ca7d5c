"""
How far a loan may be extended (展期): limits by the length of the original term, as data with their source.
"""

from __future__ import annotations

import datetime as dt
import itertools
from typing import ClassVar, Literal, get_args

import attrs

from overdue_visit.business_calendar import corresponding_day
from overdue_visit.errors import InvalidValue, NotAllowed
from overdue_visit.instants import plain_date
from overdue_visit.repayment.demands import demand_flag, demand_kept, demand_word

Reach = Literal["whole_term", "half_term"]


@attrs.frozen
class ExtensionBeyondLimit(NotAllowed):
    """The extension ends later than the rules on extensions allow."""

    code: ClassVar[str] = "extension_beyond_limit"

    limit: str
    asked: dt.date
    latest: dt.date

    def __str__(self) -> str:
        return f"an extension to {self.asked} is not allowed: {self.limit} ends it on {self.latest} at the latest"


@attrs.frozen
class ExtensionTooLate(NotAllowed):
    """An extension is asked for before the loan matures; afterwards the loan is overdue."""

    code: ClassVar[str] = "extension_too_late"

    limit: str
    asked_on: dt.date
    maturity: dt.date

    def __str__(self) -> str:
        by = f"{self.limit} wants an extension asked for by {self.maturity}, when the loan matures"
        return f"{by}; it was asked for on {self.asked_on}"


@attrs.frozen(kw_only=True)
class Band:
    """
    The limit for original terms up to *up_to_months*; one of the three measures is given.

    Args:
        up_to_months: The longest original term, inclusive; ``None`` for any longer one.

        reach: All extensions together reach no further than the original term, or half of it.

        months: All extensions together are no longer than so many months.

        of_product: The original term and all extensions together are no longer than the longest term of the loan
            product.
    """

    up_to_months: int | None
    reach: Reach | None = None
    months: int | None = None
    of_product: bool = False

    def __attrs_post_init__(self) -> None:
        demand_flag(self.of_product, "of_product")
        if self.reach is not None and self.reach not in get_args(Reach):
            raise InvalidValue("reach", self.reach, "'whole_term', 'half_term' or None")
        if (self.reach is not None) + (self.months is not None) + self.of_product != 1:
            raise InvalidValue("band", self, "one of reach, months and of_product")
        for field, value in (("up_to_months", self.up_to_months), ("months", self.months)):
            if value is not None and (type(value) is not int or value < 1):
                raise InvalidValue(field, value, "a whole number of months, at least 1")


@attrs.frozen(kw_only=True)
class ExtensionLimit:
    """
    A rule on extensions, by bands of the original term, shortest first.

    Args:
        confidence: How the figures were checked: ``"verified"``, ``"secondary"`` or ``"memory"``.

        asked_by_maturity: Whether an extension has to be asked for on or before the day the loan matures.

    Raises:
        InvalidValue: If the bands do not rise or the last one has an end.
    """

    name: str
    source: str
    confidence: str
    bands: tuple[Band, ...]
    asked_by_maturity: bool = True

    def __attrs_post_init__(self) -> None:
        for field in ("name", "source", "confidence"):
            demand_word(getattr(self, field), field, "a text")
        demand_flag(self.asked_by_maturity, "asked_by_maturity")
        demand_kept(self.bands, Band, "bands")
        ends = [band.up_to_months for band in self.bands]
        bounded = [end for end in ends[:-1] if end is not None]
        if not ends or ends[-1] is not None or len(bounded) != len(ends) - 1:
            raise InvalidValue("bands", ends, "bands with an end, then one without")
        if any(later <= earlier for earlier, later in itertools.pairwise(bounded)):
            raise InvalidValue("bands", ends, "ends that rise")

    def latest(self, *, drawn: dt.date, maturity: dt.date, product_months: int | None = None) -> dt.date:
        """
        Return the last day that all extensions together may reach.

        Args:
            maturity: The day the loan was to end before any extension.

            product_months: The longest term of the loan product; needed where the band refers to it.

        Returns:
            A whole term counts in calendar months and the days left over; half a month of a half term is 15 days and
            half a day is dropped.

        Raises:
            InvalidValue: If *maturity* is not after *drawn*, or *product_months* is needed and missing.
        """
        plain_date(drawn, field="drawn")
        if plain_date(maturity, field="maturity") <= drawn:
            raise InvalidValue("maturity", maturity, f"a date after {drawn}, when the loan was drawn")
        band = self._band(drawn, maturity)
        if band.months is not None:
            return corresponding_day(maturity, band.months)
        if band.of_product:
            if type(product_months) is not int or product_months < 1:
                raise InvalidValue("product_months", product_months, "the longest term of the product in months")
            return max(maturity, corresponding_day(drawn, product_months))
        months = months_started(drawn, maturity)
        whole = months if corresponding_day(drawn, months) == maturity else months - 1
        days = (maturity - corresponding_day(drawn, whole)).days
        if band.reach == "half_term":
            whole, days = whole // 2, (whole % 2 * 30 + days) // 2
        # Begun at the end of a short month, the days left over may reach beyond the month they are part of.
        return min(corresponding_day(maturity, whole) + dt.timedelta(days=days), corresponding_day(maturity, whole + 1))

    def _band(self, drawn: dt.date, maturity: dt.date) -> Band:
        for band in self.bands:
            if band.up_to_months is None or maturity <= corresponding_day(drawn, band.up_to_months):
                return band
        raise InvalidValue("bands", self.bands, "a last band without an end")

    def check(
        self, to: dt.date, *, on: dt.date, drawn: dt.date, maturity: dt.date, product_months: int | None = None
    ) -> None:
        """
        Refuse an extension *to* a day beyond the limit, or one asked for too late.

        Args:
            on: The day it is asked for.

            maturity: The day the loan was to end before any extension.

        Raises:
            ExtensionTooLate: If the rule wants it asked for by *maturity* and *on* is later. For a further extension,
                check the day with `check_asked` against the end that is in force.
            ExtensionBeyondLimit: If *to* is after `latest`.
            InvalidValue: As `latest` does.
        """
        self.check_asked(on, by=plain_date(maturity, field="maturity"))
        self.check_reach(to, drawn=drawn, maturity=maturity, product_months=product_months)

    def check_asked(self, on: dt.date, *, by: dt.date) -> None:
        """
        Refuse an extension asked for after the loan ended.

        Raises:
            ExtensionTooLate: If the rule wants it asked for before, and *on* is after *by*.
        """
        if plain_date(on) > plain_date(by, field="by") and self.asked_by_maturity:
            raise ExtensionTooLate(self.name, on, by)

    def check_reach(self, to: dt.date, *, drawn: dt.date, maturity: dt.date, product_months: int | None = None) -> None:
        """
        Refuse an extension *to* a day beyond the limit.

        Raises:
            ExtensionBeyondLimit: If *to* is after `latest`.
            InvalidValue: As `latest` does.
        """
        latest = self.latest(drawn=drawn, maturity=maturity, product_months=product_months)
        if plain_date(to, field="to") > latest:
            raise ExtensionBeyondLimit(self.name, to, latest)


def months_started(start: dt.date, end: dt.date) -> int:
    """
    Return the smallest number of months that takes *start* to *end* or beyond; negative where *end* is months earlier.
    """
    months = (end.year - start.year) * 12 + end.month - start.month
    return months if corresponding_day(start, months) >= end else months + 1


GENERAL_LENDING = ExtensionLimit(
    name="general_lending",
    source="贷款通则 (General Rules on Lending, 1996) art. 12; Civil Code of China art. 678",
    confidence="secondary",
    bands=(
        Band(up_to_months=12, reach="whole_term"),
        Band(up_to_months=60, reach="half_term"),
        Band(up_to_months=None, months=36),
    ),
)
"""Short loans by their own term, medium ones by half of it, long ones by three years."""

PERSONAL_LOANS = ExtensionLimit(
    name="personal_loans",
    source="个人贷款管理暂行办法 (Interim Measures for Personal Loans, 2010); Civil Code of China art. 678",
    confidence="secondary",
    bands=(Band(up_to_months=12, reach="whole_term"), Band(up_to_months=None, of_product=True)),
)
"""Loans up to a year by their own term, longer ones up to the longest term of the product."""

EXTENSION_LIMITS = {limit.name: limit for limit in (GENERAL_LENDING, PERSONAL_LOANS)}
"""The limits by name."""
