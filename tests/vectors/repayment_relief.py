"""
Cases of restructured and overdue schedules.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from overdue_visit.money import Money, Rounding
from overdue_visit.rate import Per, Rate
from overdue_visit.repayment import periods
from overdue_visit.repayment.as_paid import overdue, prepaid
from overdue_visit.repayment.caught_up import Past, re_aged, re_amortised
from overdue_visit.repayment.day_count_thirty import THIRTY_360
from overdue_visit.repayment.debt import Debt, Part
from overdue_visit.repayment.flows import Flow
from overdue_visit.repayment.kinds.re_age import ReAge, re_age
from overdue_visit.repayment.kinds.recast import Cut
from overdue_visit.repayment.kinds.shape import level_by_first_period
from overdue_visit.repayment.reschedule import Change, reschedule
from overdue_visit.repayment.schedule import Schedule
from overdue_visit.repayment.terms import Terms
from tests.vectors.dispatch import Handler
from tests.vectors.repayment_dates import day_count_named
from tests.vectors.report import NotCovered

Case = Mapping[str, Any]

# The cases name no currency; every published table has two decimals.
CURRENCY = "EUR"
# A case with a down payment may leave its rhythm out: the published table of fin-reage-6m shows three rows, every
# fifteen days.
DOWN_PAYMENT_DAYS, DOWN_PAYMENT_ROWS = 15, 3

# The published instalments of 862 and 305 by actual days are reckoned from the days of the first period.
SHAPE = level_by_first_period

KEEP = {"reduce instalment": "term", "reduce number of instalments": "instalment"}
REST = {"same as repayment period": True}
PLANS = {"flat_interest": "flat"}

RE_AGED = {"outstanding_principal", "payable_interest", "re_age_date", "new_dates", "handling", "annual_rate_percent"}
LOAN = {
    "principal",
    "annual_rate_percent",
    "start",
    "n",
    "original_n",
    "every_days",
    "day_count",
    "instalment_multiple_of",
}
CHANGED = {
    "reschedule_from",
    "extra_terms",
    "adjusted_due_date",
    "new_annual_rate_percent",
    "grace_on_principal",
    "plan",
    "down_payment_percent",
}
CAUGHT_UP = {"re_age", "re_amortize_on", "payments", "down_payment_percent"}


def restructure(case: Case) -> tuple[object, object]:
    """
    Run a case of a changed schedule.
    """
    inputs = case["inputs"]
    if "outstanding_principal" in inputs:
        _demand_known(inputs, RE_AGED)
        made = _re_aged_balance(inputs)
    elif "re_age" in inputs or "re_amortize_on" in inputs:
        _demand_known(inputs, LOAN | CAUGHT_UP)
        made = _caught_up(inputs)
    elif "strategy" in inputs:
        _demand_known(inputs, LOAN | {"payments", "strategy"})
        made = prepaid(_terms(inputs), _payments(inputs), keep=_word(KEEP, inputs, "strategy"), shape=SHAPE)
    elif "reschedule_from" in inputs:
        _demand_known(inputs, LOAN | CHANGED)
        made = _rescheduled(inputs)
    else:
        raise NotCovered(f"no change is named among {sorted(inputs)}")
    return case["expected"], _shown(made, case["expected"])


def schedule_overdue(case: Case) -> tuple[object, object]:
    """
    Run a case of a loan paid late.
    """
    inputs = case["inputs"]
    _demand_known(inputs, LOAN | {"as_of", "payments", "recalculation"})
    made = overdue(
        _terms(inputs),
        _payments(inputs),
        as_of=_date(inputs.get("as_of")),
        at_due_dates="recalculation" in inputs and _word(REST, inputs, "recalculation"),
        shape=SHAPE,
    )
    return case["expected"], _shown(made, case["expected"])


def _demand_known(inputs: Case, known: set[str]) -> None:
    unknown = set(inputs) - known
    if unknown:
        raise NotCovered(f"inputs that this kind of change does not have: {sorted(unknown)}")


def _word(words: Mapping[str, Any], inputs: Case, key: str) -> Any:
    if inputs[key] not in words:
        raise NotCovered(f"{key}: {inputs[key]!r}")
    return words[inputs[key]]


def _money(amount: str) -> Money:
    return Money(amount, CURRENCY)


def _date(text: str | None) -> dt.date | None:
    return None if text is None else dt.date.fromisoformat(text)


def _dates(texts: list[str]) -> tuple[dt.date, ...]:
    return tuple(map(dt.date.fromisoformat, texts))


def _payments(inputs: Case) -> tuple[Flow, ...]:
    return tuple(Flow(dt.date.fromisoformat(p["date"]), _money(p["amount"])) for p in inputs.get("payments", ()))


def _past(inputs: Case, on: str) -> Past:
    day, down = dt.date.fromisoformat(on), _share(inputs)
    # A payment listed on the day of drawing is the down payment itself.
    own = tuple(flow for flow in _payments(inputs) if down is None or flow.on.isoformat() != inputs["start"])
    return Past(on=day, payments=own, down_payment=down)


def _share(inputs: Case) -> Rate | None:
    percent = inputs.get("down_payment_percent")
    return None if percent is None else Rate(f"{percent}%", per=Per.ONCE)


def _terms(inputs: Case) -> Terms:
    start = dt.date.fromisoformat(inputs["start"])
    down = "down_payment_percent" in inputs
    days = inputs.get("every_days", DOWN_PAYMENT_DAYS if down else None)
    count = inputs.get("original_n", inputs.get("n", DOWN_PAYMENT_ROWS))
    dues = periods.days_after(start, [days * k for k in range(1, count + 1)]) if days else ()
    return Terms(
        principal=_money(inputs["principal"]),
        rate=Rate(f"{inputs['annual_rate_percent']}%"),
        drawn=start,
        dues=dues or periods.months_after(start, count),
        day_count=day_count_named(inputs["day_count"]) if "day_count" in inputs else THIRTY_360,
        unit=_money(inputs["instalment_multiple_of"]).minor if "instalment_multiple_of" in inputs else 1,
    )


def _re_aged_balance(inputs: Case) -> Schedule:
    handling = inputs.get("handling", "")
    if "equal amortisation of payable interest" not in handling:
        raise NotCovered(f"handling: {handling!r}")
    debt = Debt(
        on=dt.date.fromisoformat(inputs["re_age_date"]),
        principal_not_due=_money("0"),
        arrears=(
            Part("principal", _money(inputs["outstanding_principal"])),
            Part("interest", _money(inputs.get("payable_interest", "0"))),
        ),
        rate=Rate(f"{inputs.get('annual_rate_percent', '0')}%"),
    )
    cut = Cut(instalment_rounding=Rounding.HALF_EVEN)
    relief = re_age(debt, ReAge(dates=_dates(inputs["new_dates"]), interest="payable", cut=cut))
    assert relief.schedule is not None
    return relief.schedule


def _caught_up(inputs: Case) -> Schedule:
    terms = _terms(inputs)
    if "re_amortize_on" in inputs:
        return re_amortised(terms, _past(inputs, inputs["re_amortize_on"]), shape=SHAPE)
    wanted = inputs["re_age"]
    if set(wanted) != {"date", "start", "n", "frequency"}:
        raise NotCovered(f"re_age: {sorted(wanted)}")
    past = _past(inputs, wanted["date"])
    first = dt.date.fromisoformat(wanted["start"])
    return re_aged(terms, past, _every(wanted["frequency"], first, wanted["n"]), shape=SHAPE)


def _every(frequency: str, first: dt.date, count: int) -> tuple[dt.date, ...]:
    number, unit = frequency.split()
    match unit.rstrip("s"):
        case "month":
            return periods.monthly(first, count, every=int(number))
        case "day":
            return periods.every_days(first, count, days=int(number))
        case "week":
            return periods.every_days(first, count, days=7 * int(number))
    raise NotCovered(f"frequency: {frequency!r}")


def _rescheduled(inputs: Case) -> Schedule:
    new_rate = inputs.get("new_annual_rate_percent")
    change = Change(
        since=dt.date.fromisoformat(inputs["reschedule_from"]),
        more_dates=inputs.get("extra_terms", 0),
        moved_to=_date(inputs.get("adjusted_due_date")),
        rate=None if new_rate is None else Rate(f"{new_rate}%"),
        without_principal=inputs.get("grace_on_principal", 0),
    )
    bearing = _word(PLANS, inputs, "plan") if "plan" in inputs else "balance"
    return reschedule(_terms(inputs), change, bearing=bearing, down_payment=_share(inputs), shape=SHAPE)


def _shown(made: Schedule, expected: Case) -> dict[str, object]:
    figures = {
        "columns": lambda: expected["columns"],
        "rows": lambda: [[_cell(row, column) for column in expected["columns"]] for row in made.rows],
        "n": lambda: len(made.rows),
        "total_interest": lambda: _text(made.total_interest),
        "instalment": lambda: _text(made.instalment),
    }
    unknown = set(expected) - set(figures)
    if unknown:
        raise NotCovered(f"expected figures {sorted(unknown)}")
    return {key: figures[key]() for key in expected}


def _cell(row: Any, column: str) -> str:
    if column == "date":
        return str(row.due.isoformat())
    if column not in {"interest", "principal", "payment", "balance"}:
        raise NotCovered(f"column {column!r}")
    return _text(getattr(row, column))


def _text(amount: Money | None) -> str:
    return "" if amount is None else f"{Decimal(amount.decimal):f}"


KINDS: dict[str, Handler] = {"restructure": restructure, "schedule_overdue": schedule_overdue}
