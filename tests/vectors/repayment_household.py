"""
Cases of the household's budget.
"""

from __future__ import annotations

from overdue_visit.money import Money
from overdue_visit.rate import Per, Rate
from overdue_visit.repayment.contingency import Contingency
from tests.vectors.dispatch import Case, Handler


def _affordability(case: Case) -> tuple[object, object]:
    inputs = case["inputs"]
    contingency = Contingency(
        part=Rate(f"{inputs['contingency_percent']}%", Per.ONCE), cap=Money(inputs["contingency_cap"], "GBP")
    )
    surplus = Money(inputs["surplus"], "GBP")
    got = {
        "contingency": format(contingency.of(surplus).decimal, "f"),
        "available": format(contingency.left_of(surplus).decimal, "f"),
    }
    return case["expected"], got


KINDS: dict[str, Handler] = {"affordability": _affordability}
