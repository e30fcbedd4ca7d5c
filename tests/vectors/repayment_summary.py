"""
Cases that name single figures of a plan: an instalment, a balance, a number of payments.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import partial

import attrs

from overdue_visit.money import Money, Rounding
from overdue_visit.rate import Per, Rate
from overdue_visit.repayment import effective
from overdue_visit.repayment.level import level, level_instalment, level_totals
from overdue_visit.repayment.schedule import Schedule
from overdue_visit.repayment.stepped import stepped_totals
from overdue_visit.repayment.terms import Terms
from overdue_visit.repayment.unrounded import Unrounded
from tests.vectors import repayment_ruled
from tests.vectors.dispatch import Case
from tests.vectors.repayment_ruled import Figures
from tests.vectors.repayment_summary_terms import CURRENCY, TERMS, terms_of
from tests.vectors.repayment_words import Inputs, known, text, tolerant, word, yearly
from tests.vectors.report import NotCovered


def summary(case: Case) -> tuple[object, object]:
    """
    Run a case by what its inputs describe.
    """
    inputs, expected = case["inputs"], case["expected"]
    reader = next((read for key, read in _READERS.items() if key in inputs), None)
    if reader is None:
        reader = word(_PLANS, str(inputs.get("plan", "level")), "plan")
    figures = reader(case)
    got = {key: _figure(figures, key) for key in expected}
    return expected, tolerant(got, expected, case.get("tolerance", "exact"))


def _figure(figures: Figures, key: str) -> object:
    found = figures.get(key)
    if found is None:
        raise NotCovered(f"expected {key!r}")
    value = found()
    return text(value) if isinstance(value, Money) else value


# Level


def _level(case: Case) -> Figures:
    inputs, expected = case["inputs"], case["expected"]
    known(inputs, *TERMS, "balance_after", "amortisation_n", "balloon_at")
    terms = terms_of(inputs, rows=inputs.get("amortisation_n"))
    whole = attrs.evolve(terms, unit=Money("1", CURRENCY).minor, instalment_rounding=Rounding.UP)
    up = any(key.startswith(("rounded_up_instalment", "full_instalments_of_")) for key in expected)
    made = level(whole if up else terms)
    figures = {
        "instalment": lambda: level_instalment(terms),
        "exact_instalment": lambda: level_instalment(terms),
        "rounded_up_instalment": lambda: level_instalment(whole),
        "apy_percent": lambda: _apy(inputs),
    }
    figures |= _added_up(case, made, terms) | _of_rows(made, expected) | _unrounded(Unrounded.of(terms), inputs)
    end = inputs.get("balloon_at", inputs.get("n") if "amortisation_n" in inputs else None)
    return figures if end is None else figures | _with_balloon(terms, end)


def _with_balloon(terms: Terms, end: int) -> Figures:
    """
    Say what is paid where the loan ends before its instalments clear it: the rest is due beside the last of them.
    """
    each, debt = level_instalment(terms), Unrounded.of(terms)
    rest = debt.money(debt.after(end).owed)
    paid = each * end + rest
    return {
        "n": lambda: end,
        "balloon": lambda: rest,
        **dict.fromkeys(("last_payment", "last_instalment"), lambda: each + rest),
        **dict.fromkeys(("total_paid", "total_payment", "total"), lambda: paid),
        "total_interest": lambda: paid - terms.principal,
    }


def _added_up(case: Case, made: Schedule, terms: Terms) -> Figures:
    """
    Say what is paid in all.

    Cases add up the unrounded instalments, the rounded ones, or the rows of which the last takes what rounding leaves;
    where the convention does not say which, the case's own figure does.
    """
    unrounded, rounded = level_totals(terms).total_paid, level_instalment(terms) * len(terms.dues)
    paid = [unrounded] if "unrounded" in str(case.get("convention")) else [made.total_paid, rounded, unrounded]
    expected = case["expected"]

    def meant(key: str, candidates: Sequence[Money]) -> Money:
        return next(
            (each for each in candidates if tolerant(text(each), expected[key]) == expected[key]), candidates[0]
        )

    return {
        "total_interest": lambda: meant("total_interest", [each - terms.principal for each in paid]),
        **{key: partial(meant, key, paid) for key in ("total_paid", "total_payment", "total")},
    }


def _unrounded(debt: Unrounded, inputs: Inputs) -> Figures:
    return {
        "first_interest": lambda: debt.money(debt.interest()),
        "first_principal": lambda: debt.money(debt.instalment - debt.interest()),
        "first_balance": lambda: debt.money(debt.after(1).owed),
        "balance": lambda: debt.money(debt.after(inputs["balance_after"]).owed),
    }


def _of_rows(made: Schedule, expected: Mapping[str, object]) -> Figures:
    rows = made.rows
    figures: dict[str, Callable[[], object]] = {
        "n": lambda: len(rows),
        "first_payment": lambda: rows[0].payment,
        "second_payment": lambda: rows[1].payment,
        "second_last_payment": lambda: rows[-2].payment,
        "last_payment": lambda: rows[-1].payment,
        "last_instalment": lambda: rows[-1].payment,
    }
    for key in expected:
        if found := re.fullmatch(r"balance_after_([0-9]+)", key):
            figures[key] = lambda row=int(found[1]): rows[row - 1].balance
        if found := re.fullmatch(r"full_instalments_of_([0-9]+)", key):
            full = Money(found[1], CURRENCY)
            figures[key] = lambda full=full: sum(row.payment == full for row in rows)
    return figures


def _apy(inputs: Inputs) -> str:
    if "effective_annual_percent" in inputs:
        grown = yearly(inputs["effective_annual_percent"])
    else:
        grown = effective.compounded(yearly(inputs["annual_rate_percent"]), times=inputs.get("payments_per_year", 12))
    return text(grown.of(Money("100", CURRENCY), rounding=Rounding.HALF_UP))


# Steps and parts


def _step(case: Case) -> Figures:
    inputs = case["inputs"]
    known(inputs, *TERMS, "yearly_step_percent")
    terms, a_year = terms_of(inputs), inputs.get("payments_per_year", 12)
    step = 1 + Rate(f"{inputs['yearly_step_percent']}%", per=Per.ONCE).fraction
    totals = stepped_totals(terms, ratio=step, every=a_year)
    first, last = totals.instalments[0], totals.instalments[-1]
    return {
        "n": lambda: len(terms.dues),
        **dict.fromkeys(("first_year_instalment", "instalment", "first_payment"), lambda: first),
        **dict.fromkeys(("last_year_instalment", "last_instalment"), lambda: last),
        "instalments": lambda: list(map(text, totals.instalments)),
        "total_interest": lambda: totals.total_interest,
        **dict.fromkeys(("total_paid", "total_payment", "total"), lambda: totals.total_paid),
    }


def _parts(case: Case) -> Figures:
    inputs = case["inputs"]
    known(inputs, "parts", *TERMS)
    loans = [terms_of({**inputs, **part}) for part in inputs["parts"]]
    amounts = list(map(level_instalment, loans))
    paid = Money.total((each * len(loan.dues) for each, loan in zip(amounts, loans, strict=True)), CURRENCY)
    lent = Money.total((loan.principal for loan in loans), CURRENCY)
    return {
        "n": lambda: max(len(loan.dues) for loan in loans),
        "instalments": lambda: list(map(text, amounts)),
        **dict.fromkeys(("total", "instalment", "first_payment"), lambda: Money.total(amounts, CURRENCY)),
        **dict.fromkeys(("total_paid", "total_payment"), lambda: paid),
        "total_interest": lambda: paid - lent,
    }


_PLANS: Mapping[str, Callable[[Case], Figures]] = {
    "level": _level,
    "step": _step,
    "equal_principal": repayment_ruled.equal_principal,
}
_READERS: Mapping[str, Callable[[Case], Figures]] = {
    "parts": _parts,
    "initial": repayment_ruled.initial,
    "rates": repayment_ruled.rates,
    "months_capitalised": repayment_ruled.capitalised,
    "fixed_instalment": repayment_ruled.ruled,
    "fixed_principal": repayment_ruled.ruled,
    "principal_share_of_balance_percent": repayment_ruled.ruled,
    "payment_share_of_balance_and_interest_percent": repayment_ruled.ruled,
    "yearly_step_percent": _step,
}
"""Which key of the inputs says what the case is about."""
