"""
Cases that name single figures of a plan: an instalment, a balance, a number of payments.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from functools import partial

import attrs

from overdue_visit.money import Money, Rounding
from overdue_visit.rate import Per, Rate
from overdue_visit.repayment import effective, periods
from overdue_visit.repayment.day_count import EqualParts
from overdue_visit.repayment.equal_principal import equal_principal_totals
from overdue_visit.repayment.level import level, level_instalment, level_totals
from overdue_visit.repayment.payment_rules import (
    FixedPayment,
    FixedPrincipal,
    PaymentRule,
    ShareOfBalance,
    ShareOfDebt,
)
from overdue_visit.repayment.schedule import Schedule
from overdue_visit.repayment.stepped import stepped_totals
from overdue_visit.repayment.terms import Terms
from overdue_visit.repayment.unrounded import Unrounded
from tests.vectors.dispatch import Case
from tests.vectors.repayment_words import ANY_DAY, known, text, tolerant, word, yearly
from tests.vectors.report import NotCovered

Inputs = Mapping[str, object]
Figures = Mapping[str, Callable[[], object]]

_CURRENCY = "EUR"
_LONGEST = 1200
"""Months that a payment rule may take where the case does not say."""


def summary(case: Case) -> tuple[object, object]:
    """
    Run a case by what its inputs describe.
    """
    inputs, expected = case["inputs"], case["expected"]
    reader = next((read for key, read in _READERS.items() if key in inputs), None)
    if reader is None:
        plan = str(inputs.get("plan", "level"))
        reader = word({"level": _level, "step": _step, "equal_principal": _equal_principal}, plan, "plan")
    figures = reader(case)
    got = {key: _figure(figures, key) for key in expected}
    return expected, tolerant(got, expected, case["tolerance"])


def _figure(figures: Figures, key: str) -> object:
    found = figures.get(key)
    if found is None:
        raise NotCovered(f"expected {key!r}")
    value = found()
    return text(value) if isinstance(value, Money) else value


_TERMS = ("principal", "annual_rate_percent", "effective_annual_percent", "n", "months", "payments_per_year", "plan")


def _terms(inputs: Inputs, *, rows: int | None = None, percent: object = None) -> Terms:
    """
    Read terms of equal periods; an effective yearly rate is one that is compounded once a year.
    """
    a_year = inputs.get("payments_per_year", 12)
    grows = "effective_annual_percent" in inputs
    said = percent or inputs.get("effective_annual_percent", inputs.get("annual_rate_percent"))
    return Terms(
        principal=Money(inputs["principal"], _CURRENCY),
        rate=yearly(said),
        drawn=ANY_DAY,
        dues=periods.months_after(ANY_DAY, rows or inputs.get("n", inputs.get("months", _LONGEST))),
        day_count=EqualParts(Fraction(1, a_year)),
        compounding=1 if grows else None,
    )


# Level


def _level(case: Case) -> Figures:
    inputs = case["inputs"]
    known(inputs, *_TERMS, "balance_after", "amortisation_n", "balloon_at")
    terms = _terms(inputs, rows=inputs.get("amortisation_n"))
    whole = attrs.evolve(terms, unit=Money("1", _CURRENCY).minor, instalment_rounding=Rounding.UP)
    up = any(key.startswith(("rounded_up_instalment", "full_instalments_of_")) for key in case["expected"])
    made = level(whole if up else terms)
    totals = level_totals(terms) if "unrounded" in str(case.get("convention")) else made
    exact = {
        "instalment": lambda: level_instalment(terms),
        "exact_instalment": lambda: level_instalment(terms),
        "rounded_up_instalment": lambda: level_instalment(whole),
        "apy_percent": lambda: _apy(terms, inputs.get("payments_per_year", 12)),
        "total_interest": lambda: totals.total_interest,
        "total_paid": lambda: totals.total_paid,
        "total_payment": lambda: totals.total_paid,
        "total": lambda: totals.total_paid,
    }
    return exact | _of_rows(made, case["expected"]) | _unrounded(Unrounded.of(terms), inputs)


def _unrounded(debt: Unrounded, inputs: Inputs) -> Figures:
    return {
        "first_interest": lambda: debt.money(debt.interest()),
        "first_principal": lambda: debt.money(debt.instalment - debt.interest()),
        "first_balance": lambda: debt.money(debt.after(1).owed),
        "balance": lambda: debt.money(debt.after(inputs["balance_after"]).owed),
        "balloon": lambda: debt.money(debt.after(inputs["balloon_at"]).owed),
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
        if found := re.fullmatch(r"balance_after_(\d+)", key):
            figures[key] = partial(_balance_after, made, int(found[1]))
        if found := re.fullmatch(r"full_instalments_of_(\d+)", key):
            figures[key] = partial(_full_instalments, made, Money(found[1], _CURRENCY))
    return figures


def _balance_after(made: Schedule, rows: int) -> Money:
    return made.rows[rows - 1].balance


def _full_instalments(made: Schedule, amount: Money) -> int:
    return sum(row.payment == amount for row in made.rows)


def _apy(terms: Terms, a_year: int) -> str:
    grown = effective.compounded(terms.rate, times=a_year)
    return text(grown.of(Money("100", _CURRENCY), rounding=Rounding.HALF_UP))


# Steps and equal principal


def _step(case: Case) -> Figures:
    inputs = case["inputs"]
    known(inputs, *_TERMS, "yearly_step_percent")
    a_year = inputs.get("payments_per_year", 12)
    step = 1 + Rate(f"{inputs['yearly_step_percent']}%", per=Per.ONCE).fraction
    totals = stepped_totals(_terms(inputs), ratio=step, every=a_year)
    return {
        "first_year_instalment": lambda: totals.instalments[0],
        "last_year_instalment": lambda: totals.instalments[-1],
        "instalments": lambda: list(map(text, totals.instalments)),
        "total_interest": lambda: totals.total_interest,
        "total_paid": lambda: totals.total_paid,
        "total_payment": lambda: totals.total_paid,
        "total": lambda: totals.total_paid,
    }


def _equal_principal(case: Case) -> Figures:
    inputs = case["inputs"]
    known(inputs, *_TERMS)
    terms = _terms(inputs)
    totals, debt = equal_principal_totals(terms), Unrounded.of(terms)
    return {
        "n": lambda: len(terms.dues),
        "first_payment": lambda: totals.first_payment,
        "second_payment": lambda: totals.second_payment,
        "second_last_payment": lambda: totals.second_last_payment,
        "last_payment": lambda: totals.last_payment,
        "last_instalment": lambda: totals.last_payment,
        "first_interest": lambda: debt.money(debt.interest()),
        "total_interest": lambda: totals.total_interest,
        "total_paid": lambda: totals.total_payment,
        "total_payment": lambda: totals.total_payment,
        "total": lambda: totals.total_payment,
    }


# Payments by a rule


def _ruled(case: Case) -> Figures:
    inputs = case["inputs"]
    known(
        inputs,
        *_TERMS,
        *("fixed_instalment", "fixed_principal", "principal_share_of_balance_percent", "minimum_principal"),
        *("payment_share_of_balance_and_interest_percent", "minimum_payment"),
    )
    debt = Unrounded.of(_terms(inputs))
    paid = debt.payments(_rule(inputs))
    total = sum(paid, Fraction(0))
    return {
        "n": lambda: len(paid),
        "instalment": lambda: debt.money(paid[0]),
        "first_payment": lambda: debt.money(paid[0]),
        "second_payment": lambda: debt.money(paid[1]),
        "second_last_payment": lambda: debt.money(paid[-2]),
        "last_payment": lambda: debt.money(paid[-1]),
        "last_instalment": lambda: debt.money(paid[-1]),
        "first_interest": lambda: debt.money(debt.interest()),
        "total_paid": lambda: debt.money(total),
        "total_payment": lambda: debt.money(total),
        "total": lambda: debt.money(total),
        "total_interest": lambda: debt.money(total - debt.owed),
    }


def _rule(inputs: Inputs) -> PaymentRule:
    def amount(key: str) -> Money:
        return Money(inputs.get(key, "0.01"), _CURRENCY)

    def share(key: str) -> Rate:
        return Rate(f"{inputs[key]}%", per=Per.ONCE)

    if "fixed_instalment" in inputs:
        return FixedPayment(amount("fixed_instalment"))
    if "fixed_principal" in inputs:
        return FixedPrincipal(amount("fixed_principal"))
    if "principal_share_of_balance_percent" in inputs:
        return ShareOfBalance(share("principal_share_of_balance_percent"), amount("minimum_principal"))
    return ShareOfDebt(share("payment_share_of_balance_and_interest_percent"), amount("minimum_payment"))


# Capitalised months, parts, and new rates


def _capitalised(case: Case) -> Figures:
    inputs = case["inputs"]
    known(inputs, *_TERMS, "months_capitalised")
    months = inputs["months_capitalised"]
    debt = Unrounded.of(_terms(inputs, rows=months))
    due = debt.after(months, paying=Fraction(0))
    return {"amount_due": lambda: due.money(due.owed), "balance": lambda: due.money(due.owed)}


def _parts(case: Case) -> Figures:
    inputs = case["inputs"]
    known(inputs, "parts", *_TERMS)
    amounts = [level_instalment(_terms({**inputs, **part})) for part in inputs["parts"]]
    return {
        "instalments": lambda: list(map(text, amounts)),
        "total": lambda: Money.total(amounts, _CURRENCY),
    }


def _initial(case: Case) -> Figures:
    inputs = case["inputs"]
    known(inputs, "principal", "initial", "remaining_months", "new_rates_percent", "payments_per_year", "plan")
    initial, ahead = inputs["initial"], inputs["remaining_months"]
    known(initial, "months", "annual_rate_percent")
    rows = initial["months"] + ahead
    debt = Unrounded.of(_terms({**inputs, **initial}, rows=rows)).after(initial["months"])
    factors = [_factor(inputs, percent) for percent in inputs["new_rates_percent"]]
    return {
        "instalment": lambda: text(level_instalment(_terms({**inputs, **initial}, rows=rows))),
        "balance": lambda: debt.money(debt.owed),
        "instalments": lambda: [text(debt.money(debt.at(factor).instalment)) for factor in factors],
    }


def _rates(case: Case) -> Figures:
    inputs = case["inputs"]
    known(inputs, "rates", *_TERMS)
    rates: Sequence[Inputs] = inputs["rates"]
    rows = inputs.get("n") or sum(each["months"] for each in rates)
    debt = Unrounded.of(_terms(inputs, rows=rows, percent=rates[0]["annual_rate_percent"]))
    found = []
    for each in rates:
        known(each, "months", "annual_rate_percent")
        debt = debt.at(_factor(inputs, each["annual_rate_percent"]))
        found.append(debt.money(debt.instalment))
        debt = debt.after(min(each["months"], debt.rows))
    return {
        "instalments": lambda: list(map(text, found)),
        "instalment": lambda: found[0],
        "last_instalment": lambda: found[-1],
        "balance": lambda: debt.money(debt.owed),
    }


def _factor(inputs: Inputs, percent: object) -> Fraction:
    return _terms(inputs, rows=1, percent=percent).accruals().factor(0)


_READERS: Mapping[str, Callable[[Case], Figures]] = {
    "parts": _parts,
    "initial": _initial,
    "rates": _rates,
    "months_capitalised": _capitalised,
    "fixed_instalment": _ruled,
    "fixed_principal": _ruled,
    "principal_share_of_balance_percent": _ruled,
    "payment_share_of_balance_and_interest_percent": _ruled,
}
"""Which key of the inputs says what the case is about."""
