"""
Cases of rates and values.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from overdue_visit.money import Money, Rounding
from overdue_visit.rate import Per, Rate
from overdue_visit.repayment import (
    annuity,
    apr_eu,
    apr_uk,
    apr_us,
    digits,
    effective,
    npv_loss,
    present_value,
    settlement_figure,
    uk_rebate,
)
from overdue_visit.repayment.flows import TimedFlow
from tests.vectors.dispatch import Handler
from tests.vectors.repayment_words import allowance, currency_of, places, tolerant, word
from tests.vectors.report import NotCovered

_REMARKS = {"note", "published_erratum"}
_FLOWS_IN_WORDS = re.compile(r"(-?[0-9.]+) then ([0-9]+) x (-?[0-9.]+)")
_UNTIL = {
    "settlement date": settlement_figure.InterestUntil.SETTLEMENT_DATE,
    "end of current period": settlement_figure.InterestUntil.END_OF_PERIOD,
}

Case = Mapping[str, Any]
Result = tuple[object, object]


def _only(given: Mapping[str, Any], *known: str) -> None:
    unknown = sorted(given.keys() - set(known))
    if unknown:
        raise NotCovered(f"unknown words: {', '.join(unknown)}")


def _within(expected: str, exact: Decimal, tolerance: Decimal) -> str:
    """
    Leave the case's figure where the tolerance allows it; where there is one, no figure is read closer than printed.
    """
    figure = Decimal(expected)
    as_printed = digits.rounded(exact, places=places(expected), rounding=Rounding.HALF_UP)
    allowed = abs(figure - exact) <= tolerance or (tolerance and as_printed == figure)
    return expected if allowed else str(exact)


def _percent(case: Case, expected: str, to: Callable[[int], Decimal]) -> str:
    """
    Print a percentage as the case does, or leave the case's figure where its tolerance allows it.
    """
    tolerance = allowance(case.get("tolerance", "exact"), Decimal(expected))
    return _within(expected, to(20), tolerance) if tolerance else str(to(places(expected)))


def _apr_us(case: Case) -> Result:
    inputs, expected = case["inputs"], case["expected"]
    # The dates say where the unit-periods come from; these are given, and hold.
    _only(inputs, "advance", "payments", "unit_periods_per_year", "dates")
    _only(expected, "apr_percent")
    runs = inputs["payments"]
    currency = currency_of([inputs["advance"], *(run["amount"] for run in runs)])
    flows = [apr_us.UnitFlow(0, Fraction(0), -Money(inputs["advance"], currency))]
    for run in runs:
        _only(run, "amount", "count", "first_full_periods", "fraction")
        # A fraction of a whole period is a period more.
        more, part = divmod(Fraction(run.get("fraction", "0")), 1)
        first, amount = run["first_full_periods"] + int(more), Money(run["amount"], currency)
        flows += [apr_us.UnitFlow(full, part, amount) for full in range(first, first + run.get("count", 1))]
    apr = apr_us.apr(flows, per_year=Fraction(inputs["unit_periods_per_year"]))
    return expected, {"apr_percent": _percent(case, expected["apr_percent"], apr.to)}


def _apr_uk(case: Case) -> Result:
    inputs, expected = case["inputs"], case["expected"]
    _only(inputs, "advance", "payments", "year_days")
    _only(expected, "apr_percent")
    currency = currency_of([inputs["advance"], *(payment["amount"] for payment in inputs["payments"])])
    year_days = Fraction(inputs.get("year_days", "1461/4"))
    flows = [TimedFlow(0, -Money(inputs["advance"], currency))]
    for payment in inputs["payments"]:
        _only(payment, "amount", "days")
        flows.append(
            apr_uk.after_days(Fraction(payment["days"]), Money(payment["amount"], currency), year_days=year_days)
        )
    apr = apr_uk.apr(flows)
    return expected, {"apr_percent": _percent(case, expected["apr_percent"], apr.to)}


def _apr_eu(case: Case) -> Result:
    inputs, expected = case["inputs"], case["expected"]
    _only(inputs, "description", "drawdowns", "payments")
    currency = currency_of(flow["amount"] for flow in (*inputs["drawdowns"], *inputs["payments"]))
    flows = []
    for drawn in inputs["drawdowns"]:
        _only(drawn, "amount", "year")
        flows.append(TimedFlow(Fraction(drawn["year"]), -Money(drawn["amount"], currency)))
    for run in inputs["payments"]:
        _only(run, "amount", "count", "first_year", "step")
        first, step = Fraction(run["first_year"]), Fraction(run.get("step", "1/12"))
        flows += apr_eu.repeated(Money(run["amount"], currency), run.get("count", 1), first=first, step=step)
    apr = apr_eu.apr(flows)
    figures = {
        "x_percent": lambda text: _percent(case, text, apr.to),
        "x_percent_exact_root": lambda text: str(apr.to(places(text))),
        "apr_1dp_percent": lambda _text: str(apr.percent),
    }
    _only(expected, *figures, *_REMARKS)
    return expected, {key: text if key in _REMARKS else figures[key](text) for key, text in expected.items()}


def _ratio(text: str) -> Fraction:
    above, _, below = text.partition("/")
    return Fraction(Fraction(above), Fraction(below)) if below else Fraction(above)


_NUMBERS: Mapping[str, Callable[[Any], object]] = {
    "rate": _ratio,
    "pmt": Decimal,
    "pv": Decimal,
    "fv": Decimal,
    "nper": int,
    "per": int,
    "when": str,
    "cashflows": lambda flows: [Decimal(flow) for flow in flows],
}


def _annuity_function(case: Case) -> Result:
    inputs, expected = case["inputs"], case["expected"]
    _only(inputs, "function", "args", "cashflows")
    function = getattr(annuity, inputs["function"], None)
    if inputs["function"] not in {"fv", "ipmt", "irr", "nper", "npv", "pmt", "ppmt", "pv", "rate"} or function is None:
        raise NotCovered(f"unknown function: {inputs['function']}")
    args = dict(inputs.get("args", {}))
    if "cashflows" in inputs:
        args["cashflows"] = _cashflows(inputs["cashflows"])
    _only(args, *_NUMBERS, "precision")
    _only(expected, "value")
    # Spreadsheets take what is left out for nothing.
    numbers = {**dict.fromkeys(_NOTHING.get(inputs["function"], ()), 0), **_read(args)}
    text, value = expected["value"], function(**numbers)
    if "precision" in args:
        value = digits.rounded(value, places=places(text), rounding=Rounding.HALF_EVEN)
    return expected, {"value": _within(text, value, allowance(case.get("tolerance", "exact"), Decimal(text)))}


_NOTHING = {"fv": ("pmt", "pv"), "pv": ("pmt",), "nper": ("pv",), "rate": ("pmt", "pv")}


def _read(args: Mapping[str, Any]) -> dict[str, object]:
    return {key: _NUMBERS[key](text) for key, text in args.items() if key != "precision"}


def _cashflows(words: str | Sequence[str]) -> Sequence[str]:
    if not isinstance(words, str):
        return words
    found = _FLOWS_IN_WORDS.fullmatch(words)
    if found is None:
        raise NotCovered(f"unknown words for flows: {words}")
    return [found[1], *[found[3]] * int(found[2])]


def _effective_rate(case: Case) -> Result:
    inputs, expected = case["inputs"], case["expected"]
    _only(inputs, "interest", "principal", "days")
    _only(expected, "apy_percent")
    currency = currency_of([inputs["interest"], inputs["principal"]])
    interest, principal = (Money(inputs[key], currency) for key in ("interest", "principal"))
    apy = effective.apy(interest, principal=principal, days=inputs.get("days", 365))
    return expected, {"apy_percent": _percent(case, expected["apy_percent"], apy.to)}


def _early_settlement(case: Case) -> Result:
    return _rebate(case) if "n" in case["inputs"] else _payoff(case)


def _rebate(case: Case) -> Result:
    inputs = case["inputs"]
    _only(inputs, "principal", "n", "instalment", "apr_percent", "settle_after_periods", "part_period")
    instalments = [Money(inputs["instalment"], "GBP")] * inputs["n"]
    after = inputs["settle_after_periods"] + Fraction(inputs.get("part_period", "0"))
    apr = Rate(f"{inputs['apr_percent']}%")
    found = uk_rebate.settlement(Money(inputs["principal"], "GBP"), instalments, apr=apr, after=after)
    return _amounts(case, {"rebate": found.rebate, "settlement_figure": found.figure})


def _amounts(case: Case, found: Mapping[str, Money]) -> Result:
    expected = case["expected"]
    got = {key: str(word(found, key, "expected").decimal) for key in expected}
    return expected, tolerant(got, expected, case.get("tolerance", "exact"))


def _payoff(case: Case) -> Result:
    inputs = case["inputs"]
    _only(inputs, "balance", "annual_rate_percent", "period", "settle", "interest_until")
    until = _UNTIL.get(inputs.get("interest_until", "settlement date"))
    if until is None:
        raise NotCovered(f"unknown words: {inputs['interest_until']}")
    rounding = Rounding.HALF_EVEN if "HALF_EVEN" in case.get("convention", "") else Rounding.HALF_UP
    rate = Rate(f"{inputs['annual_rate_percent']}%")
    start, end, on = (dt.date.fromisoformat(day) for day in (*inputs["period"], inputs["settle"]))
    accrual = settlement_figure.Accrual(rate=rate, until=until, rounding=rounding)
    balance = Money(inputs["balance"], currency_of([inputs["balance"]]))
    found = settlement_figure.figure(balance, start=start, end=end, on=on, accrual=accrual)
    return _amounts(case, {"interest": found.interest, "payoff": found.total})


def _npv_loss(case: Case) -> Result:
    inputs, expected = case["inputs"], case["expected"]
    _only(inputs, "effective_rate_percent", "deferral_months", "deferral_years", "flows")
    if inputs.get("flows", "any, all shifted") != "any, all shifted":
        raise NotCovered(f"unknown words for flows: {inputs['flows']}")
    figure, _, words = inputs["effective_rate_percent"].partition(" ")
    if words not in {"", "nominal monthly"}:
        raise NotCovered(f"unknown words for a rate: {words}")
    rate = Rate(f"{figure}%")
    if words:
        rate = present_value.rate_per(rate, Per.MONTH)
    years = inputs.get("deferral_years", 0) + Fraction(inputs.get("deferral_months", 0), 12)
    share = npv_loss.loss_of_deferral(effective=rate, years=years)
    _only(expected, "loss_percent", "loss_percent_range")
    got = {}
    for key, figures in expected.items():
        if key == "loss_percent":
            got[key] = _percent(case, figures, lambda decimals: npv_loss.percent(share, places=decimals))
        elif key == "loss_percent_range":
            loss = npv_loss.percent(share, places=20)
            got[key] = figures if Decimal(figures[0]) <= loss <= Decimal(figures[1]) else str(loss)
    return expected, got


KINDS: dict[str, Handler] = {
    "apr_us_actuarial": _apr_us,
    "apr_uk": _apr_uk,
    "apr_eu": _apr_eu,
    "annuity_function": _annuity_function,
    "effective_rate": _effective_rate,
    "early_settlement": _early_settlement,
    "npv_loss": _npv_loss,
}
