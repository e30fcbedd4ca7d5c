"""
Cases of the household's budget.
"""

from __future__ import annotations

from overdue_visit.money import Money
from overdue_visit.rate import Per, Rate
from overdue_visit.repayment.contingency import Contingency
from tests.vectors.dispatch import Case, Handler
from tests.vectors.repayment_words import known, text, tolerant, word


def _affordability(case: Case) -> tuple[object, object]:
    inputs, expected = case["inputs"], case["expected"]
    known(inputs, "surplus", "contingency_percent", "contingency_cap")
    cap = Money(inputs["contingency_cap"], "GBP") if "contingency_cap" in inputs else None
    contingency = Contingency(part=Rate(f"{inputs['contingency_percent']}%", Per.ONCE), cap=cap)
    surplus = Money(inputs["surplus"], "GBP")
    figures = {"contingency": contingency.of(surplus), "available": contingency.left_of(surplus)}
    got = {key: text(word(figures, key, "expected")) for key in expected}
    return expected, tolerant(got, expected, case.get("tolerance", "exact"))


KINDS: dict[str, Handler] = {"affordability": _affordability}
