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
from tests.vectors.repayment_words import Inputs, known, tolerant, word, yearly

_DUE_ON = dt.date(2026, 1, 1)
_LATER = dt.date(2026, 2, 1)
_SINGULAR = {"fee": "fees", "cost": "costs"}
_BASES = {
    "principal": (Component.PRINCIPAL,),
    "principal + interest": (Component.PRINCIPAL, Component.INTEREST),
}


def _money(text: object) -> Money:
    return Money(str(text), "CNY")


def _interest_accrual(case: Case) -> tuple[object, object]:
    inputs, expected = case["inputs"], case["expected"]
    known(inputs, "principal", "annual_rate_percent", "days", "year_days")
    known(expected, "interest")
    rate = yearly(inputs["annual_rate_percent"])
    accrued = accrue(_money(inputs["principal"]), rate, days=inputs["days"], year_days=inputs.get("year_days", 365))
    return _compared(case, {"interest": accrued.rounded().decimal})


def _compared(case: Case, found: Mapping[str, Decimal]) -> tuple[object, object]:
    expected = case["expected"]
    got = {key: f"{word(found, key, 'expected'):f}" for key in expected}
    return expected, tolerant(got, expected, case.get("tolerance", "exact"))


_OVERDUE = ("base", "overdue_base", "overdue_principal", "unpaid_interest")
_RATED = ("contract_rate_percent", "uplift_percent", "daily_rate_percent", "days", "compound_days", "year_days")


def _penalty(case: Case) -> tuple[object, object]:
    inputs = case["inputs"]
    if "percent" in inputs:
        # Once for the event, however many days it is ago.
        known(inputs, *_OVERDUE, "percent", "days")
        return _compared(case, {"penalty": _late_fee(inputs)})
    known(inputs, *_OVERDUE, *_RATED)
    expected, rate = case["expected"], _late_rate(inputs)
    found = {"penalty_rate_percent": Decimal(rate.numerator) * 100 / rate.denominator}
    if "penalty_interest" in expected or "penalty" in expected:
        penalty = _charged(inputs, rate, inputs.get("days")).penalty
        found |= {"penalty_interest": penalty.decimal, "penalty": penalty.decimal}
    if "compound_interest" in expected:
        charged = _charged(inputs, rate, inputs.get("compound_days", inputs.get("days")))
        found |= {"compound_interest": charged.compound.decimal}
    return _compared(case, found)


def _overdue(inputs: Inputs) -> Amounts:
    """
    Read what is overdue, by component; a base that is given as one amount counts as principal.
    """
    if "overdue_base" in inputs:
        return Amounts.of({Component.PRINCIPAL: _money(inputs["overdue_base"])})
    principal, interest = inputs.get("overdue_principal", "0"), inputs.get("unpaid_interest", "0")
    return Amounts.of({Component.PRINCIPAL: _money(principal), Component.INTEREST: _money(interest)})


def _late_fee(inputs: Inputs) -> Decimal:
    base = word(_BASES, inputs.get("base", "principal"), "base")
    share = Rate(f"{inputs['percent']}%", Per.ONCE)
    return FeeRule(event="overdue", share=share, of=base).fee(_overdue(inputs)).decimal


def _late_rate(inputs: Inputs) -> Rate:
    if "daily_rate_percent" in inputs:
        return Rate(f"{inputs['daily_rate_percent']}%", Per.DAY)
    contract = yearly(inputs["contract_rate_percent"])
    if "uplift_percent" not in inputs:
        return contract
    uplift = Rate(f"{inputs['uplift_percent']}%", Per.ONCE)
    # A case does not say which band applies; the bands meet at 50 percent.
    return uplifted(contract, uplift, band=OVERDUE if uplift.fraction <= OVERDUE.highest.fraction else MISUSE)


def _charged(inputs: Inputs, rate: Rate, days: object) -> LateInterest:
    overdue = _overdue(inputs)
    principal, interest = overdue[Component.PRINCIPAL], overdue[Component.INTEREST]
    if "overdue_base" in inputs:
        interest = _money(inputs.get("unpaid_interest", "0"))
    elif Component.INTEREST in word(_BASES, inputs.get("base", "principal"), "base"):
        principal = principal + interest
    return late_interest(
        Overdue(due=_DUE_ON, principal=principal, interest=interest),
        on=_DUE_ON + dt.timedelta(days=int(days)),
        terms=LateTerms(rate=rate, year_days=inputs.get("year_days", 360), compound=True),
    )


def _bucket(word: str) -> Bucket:
    when, _, component = word.rpartition("_")
    return Bucket.named(f"{when}_{_SINGULAR.get(component, component)}")


def _allocation(case: Case) -> tuple[object, object]:
    inputs, expected = case["inputs"], case["expected"]
    known(inputs, "order", "due", "payments")
    known(expected, "allocated")
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
    return expected, tolerant({"allocated": got}, expected, case.get("tolerance", "exact"))


def _of(due: Mapping[str, str], when: When) -> Amounts | None:
    amounts = {_bucket(word).component: _money(text) for word, text in due.items() if _bucket(word).when is when}
    return Amounts.of(amounts) if amounts else None


def _row(wanted: Mapping[str, str], allocation: Allocation, words: Mapping[Bucket, str]) -> dict[str, object]:
    found = {words[bucket]: amount.decimal for bucket, amount in allocation.by_bucket.items()}
    return {word: f"{found.get(word, Decimal(0)):f}" for word in sorted(wanted.keys() | found.keys())}


KINDS: dict[str, Handler] = {
    "allocation": _allocation,
    "interest_accrual": _interest_accrual,
    "penalty": _penalty,
}
