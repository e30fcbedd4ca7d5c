"""
An own policy: a file that extends the village's, and what changes by it.

    python examples/own_policy.py

The file is ``data/umoja.toml``. It holds only what differs; every value names its reason.
"""

from __future__ import annotations

import datetime as dt
import pathlib

from overdue_visit import (
    Appoint,
    CaseDesk,
    HouseholdBudget,
    Instalment,
    Interview,
    InvalidValue,
    Loan,
    Money,
    NotAllowed,
    Policy,
    RecordVisit,
    SendNotice,
    open_desk,
    policy,
)
from overdue_visit.adapters.clock import FixedClock
from overdue_visit.adapters.memory_store import MemoryStore

UMOJA = pathlib.Path(__file__).parent / "data" / "umoja.toml"
LOAN = Loan("ke-001", borrower="b-17", schedule=[Instalment(dt.date(2026, 3, 1), Money("120", "KES"))])
TOO_LITTLE = """
extends = "village"
name = "hasty"
version = "1"

[visits]
first_visit_day = { value = 3, source = "the manager is in a hurry" }
"""


def steps(desk: CaseDesk, on: dt.date) -> None:
    """
    Print what is due on a day.
    """
    for step in desk.worklist(on=on) or ["nothing is due"]:
        print(f"    {on}: {step}")


def try_it(rules: Policy) -> None:
    """
    Go through the same days under a policy.
    """
    print(f"\n{rules.name} {rules.version}")
    clock = FixedClock("2026-03-06 09:00")
    with open_desk(MemoryStore(), zone="Africa/Nairobi", policy=rules, clock=clock) as desk:
        case = desk.observe(LOAN)
        steps(desk, dt.date(2026, 3, 6))
        clock.set("2026-03-08 09:00")
        desk.do(case, SendNotice("visit"))
        try:
            desk.do(case, Appoint(dt.date(2026, 3, 8), dt.time(14), dt.time(16), place="home", agreed=True))
            print("    2026-03-08: a visit on that very day is agreed")
        except NotAllowed as refusal:
            print(f"    2026-03-08: {refusal}")
        budget = HouseholdBudget(income=Money("80", "KES"), necessary=Money("50", "KES"))
        talk = RecordVisit(met="borrower", channel="phone", interview=Interview(reason="cattle_theft", budget=budget))
        case = desk.do(case, talk).case
        print(f"    after cattle theft: {', '.join(case.talks.assessment.recommended)}")
        offers = desk.proposals(case)
        if offers.best is not None:
            print(f"    plan: {', '.join(str(part.amount) for part in offers.best.instalments)}")
        else:
            print(f"    no plan fits: {offers.rejected[0].code}")


def main() -> None:
    """
    Compare the two policies, and show what a contradiction is told.
    """
    umoja = policy.load_file(UMOJA)
    print("umoja changes:")
    village = policy.village()
    for key, value in umoja.values().items():
        if value != village.values().get(key):
            print(f"    {key} = {value} because {umoja.sources[key].text}")
    try_it(village)
    try_it(umoja)
    try:
        policy.load(TOO_LITTLE)
    except InvalidValue as refusal:
        print(f"\nhasty is refused: {refusal}")


if __name__ == "__main__":
    main()
