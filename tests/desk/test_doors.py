"""
The two doors as users see them: the five-line script, the host's transaction, and the story of one household.
"""

from __future__ import annotations

import contextlib
import sqlite3
from datetime import date, time

import pytest

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
from overdue_visit.adapters.csv_loan_book import write_loan_book
from overdue_visit.case.case import fold
from tests.desk.world import loan_of

SCHEMES = ["memory:", "sqlite:///village.db"]


@pytest.mark.parametrize("url", SCHEMES)
def test_five_lines_run_the_night_and_print_what_is_due(url, tmp_path, monkeypatch, capsys):
    """
    A script of five lines opens a desk, runs the night on a CSV file and prints the worklist.
    """
    monkeypatch.chdir(tmp_path)
    write_loan_book("loans.csv", [loan_of(due=date(2020, 1, 1))])

    with open_desk(url, zone="Asia/Shanghai") as desk:
        print(desk.close_of_business("loans.csv"))
        for step in desk.worklist():
            print(step)

    printed = capsys.readouterr().out
    assert "loans looked at: 1; case opened: 1, notice queued: 1" in printed
    assert "review whether others need to be involved" in printed


def test_the_library_works_inside_the_hosts_transaction(database, url, clock, loan, post):
    """
    What the desk records within the host's transaction is committed with the host's own rows, and sent afterwards.
    """
    open_desk(url, zone="Asia/Shanghai").close()
    with contextlib.closing(sqlite3.connect(database)) as engine:
        engine.execute("CREATE TABLE ledger (entry TEXT)")
        engine.commit()
        with open_desk(url, zone="Asia/Shanghai", clock=clock, senders=[post]) as desk:
            engine.execute("INSERT INTO ledger VALUES ('visited')")
            within = desk.within(engine)
            within.do(within.observe(loan), SendNotice("visit"))
            engine.commit()
            report = desk.relay()

            assert str(report) == "1 sent, 0 withheld, 0 failed, 0 unknown"
            assert desk.case("ke-001/1").state == "notified"
        assert engine.execute("SELECT entry FROM ledger").fetchall() == [("visited",)]


@pytest.mark.parametrize("url", SCHEMES)
def test_the_story_of_one_household(url, tmp_path, monkeypatch, capsys):
    """
    The story told in the README runs as told there.
    """
    monkeypatch.chdir(tmp_path)

    clock = FixedClock("2026-03-08 09:00")
    loan = Loan("ke-001", borrower="b-17", schedule=[Instalment(date(2026, 3, 1), Money("120", "KES"))])
    with open_desk(url, zone="Africa/Nairobi", clock=clock) as desk:
        officer = desk.by("officer:7")
        case = officer.observe(loan)
        assert (case.state, case.version) == ("overdue", 1)
        assert desk.explain(case).days_past_due == 7
        officer.do(case, SendNotice("visit", channel="sms"))
        assert desk.case(case).state == "overdue"
        desk.relay()
        assert desk.case(case).state == "notified"
        officer.do(case, Appoint(date(2026, 3, 11), time(14), time(16), place="home"))
        clock.set("2026-03-11 15:00")
        budget = HouseholdBudget(income=Money("90", "KES"), necessary=Money("50", "KES"))
        interview = Interview(reason="income_lost", willing=True, budget=budget)
        officer.do(case, RecordVisit(met="borrower", interview=interview))
        assert desk.case(case).state == "visited"
        offers = desk.proposals(case)
        officer.do(case, AgreePlan(offers.best, consent="signed"))
        assert desk.case(case).state == "plan_agreed"
        clock.set("2026-04-02 06:00")
        desk.observe(loan.pay(Money("40", "KES"), on=date(2026, 4, 1), ref="m-1"))
        printed = capsys.readouterr().out
        steps = [str(step) for step in desk.worklist(on=date(2026, 4, 28))]
        told = str(desk.explain(case))

        assert "We would like to visit you" in printed
        assert desk.case(case).plans.latest.outcomes[0] == "kept"
        assert "remind of KES 40.00 due 2026-05-01, because it is instalment 2 of the agreed plan" in steps
        assert told.startswith("ke-001/1 on 2026-04-02: plan agreed since 2026-03-11\n")
        assert fold(desk.history(case)) == desk.case(case)
        assert desk.verify(case) is None
        assert {entry.header.actor.id for entry in desk.history(case)} == {"officer:7", "system"}
