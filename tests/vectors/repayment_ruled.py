"""
Figures of plans whose payments differ from row to row: equal principal, payments by a rule, rates that change.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

from overdue_visit.money import Money
from overdue_visit.rate import Per, Rate
from overdue_visit.repayment.equal_principal import exact_payments
from overdue_visit.repayment.payment_rules import (
    FixedPayment,
    FixedPrincipal,
    PaymentRule,
    ShareOfBalance,
    ShareOfDebt,
)
from overdue_visit.repayment.unrounded import Unrounded
from tests.vectors.dispatch import Case
from tests.vectors.repayment_summary_terms import CURRENCY, TERMS, factor_of, terms_of
from tests.vectors.repayment_words import Inputs, known, text

Figures = Mapping[str, Callable[[], object]]


def equal_principal(case: Case) -> Figures:
    """
    Follow a plan that repays the same principal in every row.
    """
    inputs = case["inputs"]
    known(inputs, *TERMS, "balance_after")
    terms = terms_of(inputs)
    return _of_payments(case, Unrounded.of(terms), exact_payments(terms))


def ruled(case: Case) -> Figures:
    """
    Follow payments of a fixed amount or share until the debt is cleared.
    """
    inputs = case["inputs"]
    known(
        inputs,
        *(*TERMS, "fixed_instalment", "fixed_principal", "principal_share_of_balance_percent", "minimum_principal"),
        *("payment_share_of_balance_and_interest_percent", "minimum_payment", "balance_after"),
    )
    debt = Unrounded.of(terms_of(inputs))
    return _of_payments(case, debt, debt.payments(_rule(inputs)))


def _rule(inputs: Inputs) -> PaymentRule:
    def amount(key: str) -> Money:
        return Money(inputs.get(key, "0.01"), CURRENCY)

    def share(key: str) -> Rate:
        return Rate(f"{inputs[key]}%", per=Per.ONCE)

    if "fixed_instalment" in inputs:
        return FixedPayment(amount("fixed_instalment"))
    if "fixed_principal" in inputs:
        return FixedPrincipal(amount("fixed_principal"))
    if "principal_share_of_balance_percent" in inputs:
        return ShareOfBalance(share("principal_share_of_balance_percent"), amount("minimum_principal"))
    return ShareOfDebt(share("payment_share_of_balance_and_interest_percent"), amount("minimum_payment"))


def _of_payments(case: Case, debt: Unrounded, paid: Sequence[Fraction]) -> Figures:
    inputs, money = case["inputs"], debt.money
    total = sum(paid, Fraction(0))

    def owed(rows: int) -> Money:
        left = debt.owed
        for payment in paid[:rows]:
            left = left * (1 + debt.factor) - payment
        return money(left)

    figures: dict[str, Callable[[], object]] = {
        "n": lambda: len(paid),
        "instalment": lambda: money(paid[0]),
        "exact_instalment": lambda: money(paid[0]),
        "first_payment": lambda: money(paid[0]),
        "second_payment": lambda: money(paid[1]),
        "second_last_payment": lambda: money(paid[-2]),
        "last_payment": lambda: money(paid[-1]),
        "last_instalment": lambda: money(paid[-1]),
        "first_interest": lambda: money(debt.interest()),
        "first_principal": lambda: money(paid[0] - debt.interest()),
        "first_balance": lambda: owed(1),
        "balance": lambda: owed(inputs["balance_after"]),
        "total_interest": lambda: money(total - debt.owed),
        **dict.fromkeys(("total_paid", "total_payment", "total"), lambda: money(total)),
    }
    for key in case["expected"]:
        if found := re.fullmatch(r"balance_after_([0-9]+)", key):
            figures[key] = lambda rows=int(found[1]): owed(rows)
        if found := re.fullmatch(r"full_instalments_of_([0-9]+)", key):
            full = Fraction(Money(found[1], CURRENCY).minor)
            figures[key] = lambda full=full: sum(payment == full for payment in paid)
    return figures


# Rates that change: the instalment is reckoned anew on what is then owed, not rounded


def capitalised(case: Case) -> Figures:
    """
    Let the interest of some months join the debt; what is then owed is due, or paid level over the rows that are said.
    """
    inputs = case["inputs"]
    known(inputs, *TERMS, "months_capitalised")
    months = inputs["months_capitalised"]
    due = Unrounded.of(terms_of(inputs, rows=months)).after(months, paying=Fraction(0))
    later = due.at(due.factor, rows=inputs.get("n", inputs.get("months", 1)))
    return {
        "amount_due": lambda: due.money(due.owed),
        "balance": lambda: due.money(due.owed),
        "instalment": lambda: later.money(later.instalment),
        "total_interest": lambda: due.money(later.instalment * later.rows) - Money(inputs["principal"], CURRENCY),
        **dict.fromkeys(("total_paid", "total_payment", "total"), lambda: due.money(later.instalment * later.rows)),
    }


def initial(case: Case) -> Figures:
    """
    Recast a level plan after its first months, at each of several new rates.
    """
    inputs = case["inputs"]
    known(inputs, "principal", "initial", "remaining_months", "new_rates_percent", "payments_per_year", "plan")
    first, ahead = inputs["initial"], inputs["remaining_months"]
    known(first, "months", "annual_rate_percent")
    opening = Unrounded.of(terms_of({**inputs, **first}, rows=first["months"] + ahead))
    debt = opening.after(first["months"])
    factors = [factor_of(inputs, percent) for percent in inputs.get("new_rates_percent", ())]
    return {
        "instalment": lambda: opening.money(opening.instalment),
        "first_payment": lambda: opening.money(opening.instalment),
        "first_interest": lambda: opening.money(opening.interest()),
        "n": lambda: opening.rows,
        "balance": lambda: debt.money(debt.owed),
        "last_instalment": lambda: debt.money(debt.at(factors[-1]).instalment),
        "instalments": lambda: [text(debt.money(debt.at(factor).instalment)) for factor in factors],
    }


def rates(case: Case) -> Figures:
    """
    Follow a level plan through rates that hold for so many months each; the last holds to the end.
    """
    inputs = case["inputs"]
    known(inputs, "rates", "balance_after", *TERMS)
    said: Sequence[Inputs] = inputs["rates"]
    rows = inputs.get("n") or inputs.get("months") or sum(each["months"] for each in said)
    debt = Unrounded.of(terms_of(inputs, rows=rows, percent=said[0]["annual_rate_percent"]))
    opening, found, paid = debt, list[Money](), list[Fraction]()
    for each in said:
        known(each, "months", "annual_rate_percent")
        debt = debt.at(factor_of(inputs, each["annual_rate_percent"]))
        months = min(each.get("months", debt.rows), debt.rows)
        found.append(debt.money(debt.instalment))
        paid += [debt.instalment] * months
        debt = debt.after(months)
    # Such plans are printed with the instalments as they are paid, each rounded.
    total = Money.total((opening.money(each) for each in paid), CURRENCY)
    return {
        "n": lambda: rows,
        "instalments": lambda: list(map(text, found)),
        "instalment": lambda: found[0],
        "first_payment": lambda: found[0],
        "first_interest": lambda: opening.money(opening.interest()),
        "last_payment": lambda: found[-1],
        "last_instalment": lambda: found[-1],
        "balance": lambda: debt.money(debt.owed),
        "total_interest": lambda: total - Money(inputs["principal"], CURRENCY),
        **dict.fromkeys(("total_paid", "total_payment", "total"), lambda: total),
    }
