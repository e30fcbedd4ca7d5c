"""
The story of one loan, step by step: from the seventh day past due to the first instalment of a plan that is kept.

    python examples/story.py

Nothing is left behind: the cases are kept in memory.
"""

from __future__ import annotations

from datetime import date, time

from overdue_visit import (
    AgreePlan,
    Appoint,
    HouseholdBudget,
    Instalment,
    Interview,
    Loan,
    Money,
    RecordVisit,
    SendNotice,
    open_desk,
)
from overdue_visit.adapters.clock import FixedClock


def told(caption: str, *lines: object) -> None:
    """
    Print what happens, and below it what the desk says.
    """
    print(f"\n{caption}")
    for line in lines:
        print(f"    {line}")


def main() -> None:
    """
    Tell the story.
    """
    clock = FixedClock("2026-03-08 09:00")
    loan = Loan("ke-001", borrower="b-17", schedule=[Instalment(date(2026, 3, 1), Money("120", "KES"))])

    with open_desk("memory:", zone="Africa/Nairobi", clock=clock) as desk:
        officer = desk.by("officer:7")

        case = officer.observe(loan)
        told("8 March. The ledger is read: 120 shillings fell due on the 1st and did not come.",
             f"case {case.id}: {case.state}", *desk.worklist())  # fmt: skip

        case = officer.do(case, SendNotice("visit", channel="sms")).case
        told("An invitation to a visit is queued. Nobody is notified yet:", case.state)
        print()
        report = desk.relay()
        told("The relay has sent it, here to the console. Now somebody knows:", report, desk.case(case).state)

        officer.do(case, Appoint(date(2026, 3, 11), time(14), time(16), place="home"))
        told("A time is offered, with the notice that the policy wants.", *desk.worklist(on=date(2026, 3, 11)))

        clock.set("2026-03-11 15:00")
        budget = HouseholdBudget(income=Money("90", "KES"), necessary=Money("50", "KES"))
        interview = Interview(reason="income_lost", willing=True, budget=budget)
        case = officer.do(case, RecordVisit(met="borrower", interview=interview)).case
        assessment = case.talks.assessment
        told("11 March. The officer listens. Work was lost; of 90 shillings a month the household needs 50.",
             f"ability: {assessment.ability}, willingness: {assessment.willingness}",
             f"recommended: {', '.join(assessment.recommended)}")  # fmt: skip

        best = desk.proposals(case).best
        told("A plan that fits what is left:", *(f"{part.amount} on {part.due}" for part in best.instalments))
        officer.do(case, AgreePlan(best, consent="signed"))
        told("It is read together and signed.", desk.case(case).state)

        clock.set("2026-04-02 06:00")
        case = desk.observe(loan.pay(Money("40", "KES"), on=date(2026, 4, 1), ref="m-1"))
        told("2 April. The first instalment came on its day:", case.plans.running.outcomes[0])

        told("28 April. What is to be done?", *desk.worklist(on=date(2026, 4, 28)))
        told("And why does the case stand where it stands?", *str(desk.explain(case)).splitlines())
        told("All of this is on record:", *(f"{e.header.on} {e.header.kind}" for e in desk.history(case)))


if __name__ == "__main__":
    main()
