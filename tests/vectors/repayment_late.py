"""
Cases of late interest and allocation.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal

from overdue_visit.money import Money
from overdue_visit.rate import Per, Rate
from overdue_visit.repayment.accrual import accrue
from overdue_visit.repayment.allocation import Allocation, allocate_each
from overdue_visit.repayment.allocation_order import Bucket, Order, When
from overdue_visit.repayment.amounts import Amounts
from overdue_visit.repayment.debt import Component
from overdue_visit.repayment.due import Due
from overdue_visit.repayment.late_fees import FeeRule
from overdue_visit.repayment.late_interest import LateInterest, Overdue, late_interest
from overdue_visit.repayment.late_rate import MISUSE, OVERDUE, uplifted
from overdue_visit.repayment.late_terms import LateTerms
from tests.vectors.dispatch import Case, Handler
from tests.vectors.report import NotCovered

_DUE_ON = dt.date(2026, 1, 1)
_LATER = dt.date(2026, 2, 1)
_SINGULAR = {"fee": "fees", "cost": "costs"}
_BASES = {
    "principal": (Component.PRINCIPAL,),
    "principal + interest": (Component.PRINCIPAL, Component.INTEREST),
}


def _money(text: object) -> Money:
    return Money(str(text), "CNY")


def _told(expected: object, found: Decimal) -> object:
    return expected if isinstance(expected, str) and Decimal(expected) == found else f"{found:f}"


def _known(words: Mapping[str, object], known: set[str]) -> None:
    for word in words.keys() - known:
        raise NotCovered(f"unknown key {word!r}")


def _interest_accrual(case: Case) -> tuple[object, object]:
    inputs, expected = case["inputs"], case["expected"]
    _known(inputs, {"principal", "annual_rate_percent", "days", "year_days"})
    _known(expected, {"interest"})
    rate = Rate(f"{inputs['annual_rate_percent']}%")
    accrued = accrue(_money(inputs["principal"]), rate, days=inputs["days"], year_days=inputs.get("year_days", 365))
    return expected, {"interest": _told(expected["interest"], accrued.rounded().decimal)}


_PENALTY_KEYS = {
    "base",
    "compound_days",
    "contract_rate_percent",
    "daily_rate_percent",
    "days",
    "overdue_base",
    "overdue_principal",
    "percent",
    "unpaid_interest",
    "uplift_percent",
    "year_days",
}


def _penalty(case: Case) -> tuple[object, object]:
    inputs, expected = case["inputs"], case["expected"]
    _known(inputs, _PENALTY_KEYS)
    _known(expected, {"penalty", "penalty_interest", "compound_interest", "penalty_rate_percent"})
    if "percent" in inputs:
        return expected, _late_fee(inputs, expected)
    rate = _late_rate(inputs)
    found = {"penalty_rate_percent": Decimal(rate.numerator) * 100 / rate.denominator}
    if "penalty_interest" in expected or "penalty" in expected:
        penalty = _charged(inputs, rate, inputs.get("days")).penalty
        found |= {"penalty_interest": penalty.decimal, "penalty": penalty.decimal}
    if "compound_interest" in expected:
        charged = _charged(inputs, rate, inputs.get("compound_days", inputs.get("days")))
        found |= {"compound_interest": charged.compound.decimal}
    return expected, {key: _told(word, found[key]) for key, word in expected.items()}


def _late_fee(inputs: Mapping[str, object], expected: Mapping[str, object]) -> dict[str, object]:
    if inputs.keys() - {"percent", "overdue_base", "overdue_principal", "base"}:
        raise NotCovered("a percentage for days, without a rate of a year or a day")
    base = inputs.get("base", "principal")
    if base not in _BASES:
        raise NotCovered(f"unknown base {base!r}")
    rule = FeeRule(event="overdue", share=Rate(f"{inputs['percent']}%", Per.ONCE), of=_BASES[base])
    overdue = _money(inputs["overdue_base"] if "overdue_base" in inputs else inputs["overdue_principal"])
    fee = rule.fee(Amounts.of({Component.PRINCIPAL: overdue}))
    return {key: _told(word, fee.decimal) if key == "penalty" else None for key, word in expected.items()}


def _late_rate(inputs: Mapping[str, object]) -> Rate:
    if "daily_rate_percent" in inputs:
        return Rate(f"{inputs['daily_rate_percent']}%", Per.DAY)
    contract, uplift = Rate(f"{inputs['contract_rate_percent']}%"), Rate(f"{inputs['uplift_percent']}%", Per.ONCE)
    # A case does not say which band applies; the bands meet at 50 percent.
    return uplifted(contract, uplift, band=OVERDUE if uplift.fraction <= OVERDUE.highest.fraction else MISUSE)


def _charged(inputs: Mapping[str, object], rate: Rate, days: object) -> LateInterest:
    overdue = inputs.get("overdue_principal", inputs.get("overdue_base", "0"))
    return late_interest(
        Overdue(due=_DUE_ON, principal=_money(overdue), interest=_money(inputs.get("unpaid_interest", "0"))),
        on=_DUE_ON + dt.timedelta(days=int(days)),
        terms=LateTerms(rate=rate, year_days=inputs.get("year_days", 360), compound=True),
    )


def _bucket(word: str) -> Bucket:
    when, _, component = word.rpartition("_")
    return Bucket.named(f"{when}_{_SINGULAR.get(component, component)}")


def _allocation(case: Case) -> tuple[object, object]:
    inputs, expected = case["inputs"], case["expected"]
    _known(inputs, {"order", "due", "payments"})
    _known(expected, {"allocated"})
    words = {_bucket(word): word for word in (*inputs["order"], *inputs["due"])}
    order = Order(name="case", buckets=[_bucket(word) for word in inputs["order"]])
    dues = [
        Due(number=number, on=on, charged=charged)
        for number, (on, when) in enumerate(((_DUE_ON, When.DUE), (_LATER, When.ADVANCE)), start=1)
        if (charged := _of(inputs["due"], when))
    ]
    paid = [_money(payment) for payment in inputs["payments"]]
    allocations = allocate_each(paid, dues, on=_DUE_ON, order=order) if dues else ()
    wanted = expected["allocated"]
    got = [_row(wanted[i] if i < len(wanted) else {}, each, words) for i, each in enumerate(allocations)]
    return expected, {"allocated": got}


def _of(due: Mapping[str, str], when: When) -> Amounts | None:
    amounts = {_bucket(word).component: _money(text) for word, text in due.items() if _bucket(word).when is when}
    return Amounts.of(amounts) if amounts else None


def _row(wanted: Mapping[str, str], allocation: Allocation, words: Mapping[Bucket, str]) -> dict[str, object]:
    found = {words[bucket]: amount.decimal for bucket, amount in allocation.by_bucket.items()}
    return {word: _told(wanted.get(word), found.get(word, Decimal(0))) for word in sorted(wanted.keys() | found.keys())}


KINDS: dict[str, Handler] = {
    "allocation": _allocation,
    "interest_accrual": _interest_accrual,
    "penalty": _penalty,
}
