"""
The functions of annuities that spreadsheets have: pmt, ipmt, ppmt, pv, fv, nper, rate, npv and irr.

Signs are those of spreadsheets: what one receives is positive, what one pays negative. Rates are for one period.
Nothing is rounded on the way: where the result is a rational number it is computed as one and written with
*precision* significant digits, ties to even; powers and roots have ten digits more on the way.
"""

from __future__ import annotations

import enum
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from overdue_visit.errors import InvalidValue
from overdue_visit.repayment import discounting
from overdue_visit.repayment.demands import as_tuple
from overdue_visit.repayment.digits import Ratio, context, fraction, quotient

PRECISION = 50
"""Significant digits of a result unless others are asked for."""

MOST_PERIODS = 40_000
"""More than the days of a century."""

_GUARD_DIGITS = 10
_MOST_ROOT_DIGITS = 40


class When(enum.StrEnum):
    """When in a period its payment is made."""

    BEGIN = "begin"
    END = "end"


def fv(
    rate: Ratio, nper: int, pmt: Ratio, pv: Ratio, *, when: When | str = When.END, precision: int = PRECISION
) -> Decimal:
    """
    Compute what is there after *nper* payments of *pmt* and a start of *pv*.

    Raises:
        InvalidValue: If a number is a float, *nper* is negative, or *rate* is -100 % or less.
    """
    number, r, begin = _periods(nper, least=0), _rate(rate), _begins(when)
    end = _future(r, number, fraction(pmt, field="pmt"), fraction(pv, field="pv"), begin=begin)
    return _written(end, precision)


def pv(
    rate: Ratio, nper: int, pmt: Ratio, fv: Ratio = 0, *, when: When | str = When.END, precision: int = PRECISION
) -> Decimal:
    """
    Compute what *nper* payments of *pmt* and a last one of *fv* are worth at the start.

    Raises:
        InvalidValue: If a number is a float, *nper* is negative, or *rate* is -100 % or less.
    """
    number, r, begin = _periods(nper, least=0), _rate(rate), _begins(when)
    paid, end = fraction(pmt, field="pmt"), fraction(fv, field="fv")
    grown = (1 + r) ** number
    return _written(-(end + paid * _annuity(r, grown, number, begin=begin)) / grown, precision)


def pmt(
    rate: Ratio, nper: int, pv: Ratio, fv: Ratio = 0, *, when: When | str = When.END, precision: int = PRECISION
) -> Decimal:
    """
    Compute the level payment that turns *pv* into *fv* in *nper* periods.

    Raises:
        InvalidValue: If a number is a float, *nper* is below 1, or *rate* is -100 % or less.
    """
    number, r, begin = _periods(nper), _rate(rate), _begins(when)
    return _written(_payment(r, number, fraction(pv, field="pv"), fraction(fv, field="fv"), begin=begin), precision)


def ipmt(
    rate: Ratio,
    per: int,
    nper: int,
    pv: Ratio,
    fv: Ratio = 0,
    *,
    when: When | str = When.END,
    precision: int = PRECISION,
) -> Decimal:
    """
    Compute the interest in payment number *per*; none in the first where payments begin the period.

    Raises:
        InvalidValue: As for `pmt`, or if *per* is not from 1 to *nper*.
    """
    interest, _ = _parts(rate, per, nper, (fraction(pv, field="pv"), fraction(fv, field="fv")), when)
    return _written(interest, precision)


def ppmt(
    rate: Ratio,
    per: int,
    nper: int,
    pv: Ratio,
    fv: Ratio = 0,
    *,
    when: When | str = When.END,
    precision: int = PRECISION,
) -> Decimal:
    """
    Compute the principal in payment number *per*: the level payment less its interest.

    Raises:
        InvalidValue: As for `pmt`, or if *per* is not from 1 to *nper*.
    """
    _, principal = _parts(rate, per, nper, (fraction(pv, field="pv"), fraction(fv, field="fv")), when)
    return _written(principal, precision)


def nper(
    rate: Ratio, pmt: Ratio, pv: Ratio, fv: Ratio = 0, *, when: When | str = When.END, precision: int = PRECISION
) -> Decimal:
    """
    Compute how many payments of *pmt* turn *pv* into *fv*; seldom a whole number.

    Raises:
        InvalidValue: If a number is a float, *rate* is -100 % or less, or no number of payments does it, as when the
            payment does not cover the interest.
    """
    r, begin = _rate(rate), _begins(when)
    paid, start, end = fraction(pmt, field="pmt"), fraction(pv, field="pv"), fraction(fv, field="fv")
    if r == 0:
        if paid == 0:
            raise InvalidValue("pmt", pmt, "a payment other than zero where there is no interest")
        return _written(-(start + end) / paid, precision)
    each = paid * (1 + r if begin else 1)
    above, below = each - end * r, each + start * r
    if below == 0 or above / below <= 0:
        raise InvalidValue("pmt", pmt, "a payment that leads from the start to the end, more than the interest")
    wide = context(_demand_precision(precision) + _GUARD_DIGITS)
    ratio, growth = (quotient(part, digits=2 * wide.prec) for part in (above / below, 1 + r))
    return context(precision).plus(wide.divide(wide.ln(ratio), wide.ln(growth)))


def rate(
    nper: int, pmt: Ratio, pv: Ratio, fv: Ratio = 0, *, when: When | str = When.END, precision: int = _MOST_ROOT_DIGITS
) -> Decimal:
    """
    Find the rate of one period at which *nper* payments of *pmt* turn *pv* into *fv*.

    Where several rates would do: zero if it does, else the lowest above zero, else the one below nearest to it.

    Raises:
        InvalidValue: If a number is a float, *nper* is below 1, *precision* is above 40, or no rate does it.
    """
    number, begin = _periods(nper), _begins(when)
    paid = fraction(pmt, field="pmt")
    flows = [fraction(pv, field="pv"), *[paid] * number]
    if begin:
        flows = [flows[0] + paid, *[paid] * (number - 1), Fraction(0)]
    flows[-1] += fraction(fv, field="fv")
    return _balancing(flows, precision)


def npv(rate: Ratio, cashflows: Sequence[Ratio], *, precision: int = PRECISION) -> Decimal:
    """
    Compute what flows one period apart are worth at the time of the first, which is not discounted.

    Raises:
        InvalidValue: If a number is a float, or *rate* is -100 % or less.
    """
    r, worth = _rate(rate), Fraction(0)
    for flow in reversed(_flows(cashflows)):
        worth = worth / (1 + r) + flow
    return _written(worth, precision)


def irr(cashflows: Sequence[Ratio], *, precision: int = _MOST_ROOT_DIGITS) -> Decimal:
    """
    Find the rate of one period at which flows one period apart are worth nothing together.

    Where several rates would do: zero if it does, else the lowest above zero, else the one below nearest to it.

    Raises:
        InvalidValue: If a number is a float, *precision* is above 40, the flows all have one sign, or no rate balances
            them.
    """
    return _balancing(_flows(cashflows), precision)


def _flows(cashflows: Sequence[Ratio]) -> list[Fraction]:
    flows = as_tuple(cashflows, "cashflows", accepted="numbers one period apart")
    return [fraction(flow, field="cashflows") for flow in flows]


def _balancing(flows: Sequence[Fraction], precision: int) -> Decimal:
    if _demand_precision(precision) > _MOST_ROOT_DIGITS:
        raise InvalidValue("precision", precision, f"at most {_MOST_ROOT_DIGITS} digits of a root")
    amounts = discounting.whole_amounts(flows)
    timed = ((Fraction(period), amount) for period, amount in enumerate(amounts))
    return context(precision).plus(discounting.series(timed).balancing_rate())


def _annuity(r: Fraction, grown: Fraction, number: int, *, begin: bool) -> Fraction:
    """
    Say what payments of one have become after the last period.
    """
    if r == 0:
        return Fraction(number)
    return (grown - 1) / r * (1 + r if begin else 1)


def _future(r: Fraction, number: int, paid: Fraction, start: Fraction, *, begin: bool) -> Fraction:
    grown = (1 + r) ** number
    return -(start * grown + paid * _annuity(r, grown, number, begin=begin))


def _payment(r: Fraction, number: int, start: Fraction, end: Fraction, *, begin: bool) -> Fraction:
    grown = (1 + r) ** number
    return -(start * grown + end) / _annuity(r, grown, number, begin=begin)


def _parts(
    rate: Ratio, per: int, nper: int, ends: tuple[Fraction, Fraction], when: When | str
) -> tuple[Fraction, Fraction]:
    number, r, begin = _periods(nper), _rate(rate), _begins(when)
    if type(per) is not int or not 1 <= per <= number:
        raise InvalidValue("per", per, f"a payment's number from 1 to {number}")
    paid = _payment(r, number, *ends, begin=begin)
    if begin and per == 1:
        return Fraction(0), paid
    interest = _future(r, per - 1, paid, ends[0], begin=begin) * r
    if begin:
        interest /= 1 + r
    return interest, paid - interest


def _rate(rate: Ratio) -> Fraction:
    r = fraction(rate, field="rate")
    if r <= -1:
        raise InvalidValue("rate", rate, "a rate above -100% a period")
    return r


def _periods(nper: object, *, least: int = 1) -> int:
    if type(nper) is not int or not least <= nper <= MOST_PERIODS:
        raise InvalidValue("nper", nper, f"a whole number of periods from {least} to {MOST_PERIODS}")
    return nper


def _begins(when: When | str) -> bool:
    try:
        return When(when) is When.BEGIN
    except ValueError:
        raise InvalidValue("when", when, "'begin' or 'end'") from None


def _demand_precision(precision: object) -> int:
    if type(precision) is not int or not 1 <= precision <= 1000:
        raise InvalidValue("precision", precision, "a whole number of significant digits from 1 to 1000")
    return precision


def _written(exact: Fraction, precision: int) -> Decimal:
    return quotient(exact, digits=_demand_precision(precision))
