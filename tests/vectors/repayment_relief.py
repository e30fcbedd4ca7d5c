"""
Cases of restructured and overdue schedules.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import partial

from overdue_visit.money import Money, Rounding
from overdue_visit.rate import Per, Rate
from overdue_visit.repayment import periods
from overdue_visit.repayment.as_paid import overdue, prepaid
from overdue_visit.repayment.caught_up import Past, re_aged, re_amortised
from overdue_visit.repayment.day_count import EqualParts
from overdue_visit.repayment.debt import Debt, Part
from overdue_visit.repayment.flows import Flow
from overdue_visit.repayment.kinds.re_age import ReAge, re_age
from overdue_visit.repayment.kinds.recast import Cut
from overdue_visit.repayment.kinds.shape import Shape, level_by_first_period
from overdue_visit.repayment.level import level
from overdue_visit.repayment.reschedule import Change, reschedule
from overdue_visit.repayment.schedule import Schedule
from overdue_visit.repayment.terms import Terms
from tests.vectors.dispatch import Case, Handler
from tests.vectors.repayment_dates import day_count_named
from tests.vectors.repayment_tables import compare
from tests.vectors.repayment_words import Inputs, currency_of, date, known, word, yearly
from tests.vectors.report import NotCovered

# A case with a down payment may leave its rhythm out: the published table of fin-reage-6m shows three rows, every
# fifteen days.
_DOWN_PAYMENT_DAYS, _DOWN_PAYMENT_ROWS = 15, 3

# The published instalments of 862 and 305 by actual days are reckoned from the days of the first period.
_SHAPE = level_by_first_period

_KEEP = {"reduce instalment": "term", "reduce number of instalments": "instalment"}
_REST = {"same as repayment period": True}
_BEARING = {"flat_interest": "flat", "level": "balance"}

_RE_AGED = ("outstanding_principal", "payable_interest", "re_age_date", "new_dates", "handling", "annual_rate_percent")
_LOAN = ("principal", "annual_rate_percent", "start", "n", "original_n", "every_days", "day_count")
_ROUNDED = ("instalment_multiple_of", "payments")
_CHANGED = (
    *("reschedule_from", "extra_terms", "adjusted_due_date", "new_annual_rate_percent", "grace_on_principal"),
    *("plan", "down_payment_percent"),
)


def _restructure(case: Case) -> tuple[object, object]:
    inputs = case["inputs"]
    if "outstanding_principal" in inputs:
        known(inputs, *_RE_AGED)
        return compare(case, _re_aged_balance(inputs))
    if "re_age" in inputs or "re_amortize_on" in inputs:
        known(inputs, *_LOAN, *_ROUNDED, "re_age", "re_amortize_on", "down_payment_percent")
        return compare(case, _caught_up(inputs))
    if "reschedule_from" in inputs:
        known(inputs, *_LOAN, *_ROUNDED, *_CHANGED)
        return compare(case, _rescheduled(inputs))
    known(inputs, *_LOAN, *_ROUNDED, "strategy")
    if "payments" not in inputs:
        raise NotCovered(f"no change is named among {sorted(inputs)}")
    return compare(case, _prepaid(inputs, word(_KEEP, inputs.get("strategy", "reduce instalment"), "strategy")))


def _schedule_overdue(case: Case) -> tuple[object, object]:
    inputs = case["inputs"]
    known(inputs, *_LOAN, *_ROUNDED, "as_of", "recalculation")
    rest = "recalculation" in inputs and word(_REST, inputs["recalculation"], "recalculation")
    terms, paid = _terms(inputs), _payments(inputs)
    as_of = date(inputs["as_of"]) if "as_of" in inputs else None
    if not rest and _in_time(terms, paid, as_of):
        return compare(case, _prepaid(inputs, "term"))
    return compare(case, overdue(terms, paid, as_of=as_of, at_due_dates=rest, shape=_SHAPE))


def _in_time(terms: Terms, payments: Sequence[Flow], as_of: dt.date | None) -> bool:
    """
    Tell whether everything that had fallen due on the last known day was paid by its due date.
    """
    known_until = max([flow.on for flow in payments] + ([] if as_of is None else [as_of]), default=terms.drawn)
    due = 0
    for row in _SHAPE(terms).rows:
        due += row.minor.payment
        if row.due <= known_until and sum(flow.amount.minor for flow in payments if flow.on <= row.due) < due:
            return False
    return True


# What the inputs say


def _currency(inputs: Inputs) -> str:
    return currency_of([inputs.get("principal", inputs.get("outstanding_principal", "0"))])


def _payments(inputs: Inputs) -> tuple[Flow, ...]:
    currency = _currency(inputs)
    return tuple(Flow(date(paid["date"]), Money(paid["amount"], currency)) for paid in inputs.get("payments", ()))


def _past(inputs: Inputs, on: object) -> Past:
    down = _share(inputs)
    # A payment listed on the day of drawing is the down payment itself.
    own = tuple(flow for flow in _payments(inputs) if down is None or flow.on.isoformat() != inputs["start"])
    return Past(on=date(on), payments=own, down_payment=down)


def _share(inputs: Inputs) -> Rate | None:
    percent = inputs.get("down_payment_percent")
    return None if percent is None else Rate(f"{percent}%", per=Per.ONCE)


def _terms(inputs: Inputs) -> Terms:
    start, currency = date(inputs["start"]), _currency(inputs)
    down = "down_payment_percent" in inputs
    days = inputs.get("every_days", _DOWN_PAYMENT_DAYS if down else None)
    count = inputs.get("original_n", inputs.get("n", _DOWN_PAYMENT_ROWS))
    dues = periods.days_after(start, [days * k for k in range(1, count + 1)]) if days else ()
    return Terms(
        principal=Money(inputs["principal"], currency),
        rate=yearly(inputs["annual_rate_percent"]),
        drawn=start,
        dues=dues or periods.months_after(start, count),
        day_count=day_count_named(str(inputs.get("day_count", "30/360 months"))),
        unit=Money(inputs.get("instalment_multiple_of", "0.01"), currency).minor,
    )


# One maker a kind of change


def _re_aged_balance(inputs: Inputs) -> Schedule:
    handling = str(inputs.get("handling", "equal amortisation"))
    if "equal amortisation" not in handling:
        raise NotCovered(f"handling: {handling!r}")
    currency, dates = _currency(inputs), tuple(map(date, inputs["new_dates"]))
    relief = re_age(
        Debt(
            on=date(inputs["re_age_date"]) if "re_age_date" in inputs else dates[0] - dt.timedelta(days=1),
            principal_not_due=Money.zero(currency),
            arrears=(
                Part("principal", Money(inputs["outstanding_principal"], currency)),
                Part("interest", Money(inputs.get("payable_interest", "0"), currency)),
            ),
            rate=yearly(inputs.get("annual_rate_percent", "0")),
        ),
        ReAge(dates=dates, interest="payable", cut=Cut(instalment_rounding=Rounding.HALF_EVEN)),
    )
    if relief.schedule is None:
        raise NotCovered("a re-aged debt without a schedule")
    return relief.schedule


def _caught_up(inputs: Inputs) -> Schedule:
    terms = _terms(inputs)
    if "re_amortize_on" in inputs:
        return re_amortised(terms, _past(inputs, inputs["re_amortize_on"]), shape=_SHAPE)
    wanted = inputs["re_age"]
    known(wanted, "date", "start", "n", "frequency")
    dues = _every(str(wanted.get("frequency", "1 month")), date(wanted["start"]), wanted["n"])
    return re_aged(terms, _past(inputs, wanted["date"]), dues, shape=_SHAPE)


def _every(frequency: str, first: dt.date, count: int) -> tuple[dt.date, ...]:
    number, _, unit = frequency.partition(" ")
    match unit.removesuffix("s"):
        case "month":
            return periods.monthly(first, count, every=int(number))
        case "day":
            return periods.every_days(first, count, days=int(number))
        case "week":
            return periods.every_days(first, count, days=7 * int(number))
    raise NotCovered(f"frequency: {frequency!r}")


def _rescheduled(inputs: Inputs) -> Schedule:
    terms, new_rate, moved_to = _terms(inputs), inputs.get("new_annual_rate_percent"), inputs.get("adjusted_due_date")
    change = Change(
        since=date(inputs["reschedule_from"]),
        more_dates=inputs.get("extra_terms", 0),
        moved_to=None if moved_to is None else date(moved_to),
        rate=None if new_rate is None else yearly(new_rate),
        without_principal=inputs.get("grace_on_principal", 0),
    )
    bearing = word(_BEARING, inputs.get("plan", "level"), "plan")
    made = reschedule(terms, change, bearing=bearing, down_payment=_share(inputs), shape=_SHAPE)
    agreed = {row.due: row.payment for row in made.rows}
    if any(agreed.get(flow.on) != flow.amount for flow in _payments(inputs)):
        raise NotCovered("a change of a loan that was not paid as it was agreed")
    return made


def _prepaid(inputs: Inputs, keep: str) -> Schedule:
    terms = _terms(inputs)
    return prepaid(terms, _payments(inputs), keep=keep, shape=_by_first_period_of(terms))


def _by_first_period_of(terms: Terms) -> Shape:
    """
    Cut instalments by the first period of the loan, also those that are cut anew on the way.

    The published instalments after early payments (731 of RP08, 852 of RP03) are reckoned so.
    """
    return partial(level, instalment_day_count=EqualParts(terms.day_count.fraction(terms.drawn, terms.dues[0])))


KINDS: dict[str, Handler] = {"restructure": _restructure, "schedule_overdue": _schedule_overdue}
