"""
Scenarios of Kill Bill's overdue system on our interface: figures from its own tests, retyped.
"""

from __future__ import annotations

import datetime as dt

import attrs
import pytest

from overdue_visit.arrears import AgeingConvention, Bucket, Buckets, measure
from overdue_visit.case.acts.plans import OfferPlan
from overdue_visit.case.observation import RelapseCause, Relapsed
from overdue_visit.lifecycle import CaseState
from overdue_visit.loan import Component
from overdue_visit.next_steps import next_look
from tests.case.builders import THREE, visited
from tests.case.builders import day as past_due
from tests.peer_scenarios.peers import CLEAR, debt, ladder, on, state, story, usd

THIRTY = ladder(("OD1", 30), ("OD2", 40), ("OD3", 50))
SHORT = ladder(("WARNING", 5), ("BLOCKED", 7), ("CANCELLATION", 11))


def test_kb_02_no_payment_method_is_no_excuse():
    """
    A debt climbs the ladder by its age alone: 30, 40 and 50 days after it was due.
    """
    told = story(debt(("2012-05-31", "249.95")), THIRTY)

    climbed = [state(told, day) for day in ("2012-06-29", "2012-06-30", "2012-07-10", "2012-07-20")]

    assert climbed == [CLEAR, "OD1", "OD2", "OD3"]


def test_kb_03_a_draft_never_counts():
    """
    What the ledger has not booked does not age: 31 days after a draft of a charge, nothing is past due.
    """
    convention = AgeingConvention(name="charges age", charges_age=True, basis="booked")
    loan = debt(("2012-05-31", "249.95")).pay(usd("249.95"), on=on("2012-05-31"), ref="p-1")
    drafted = loan.charge(Component.FEES, usd("10"), on=on("2012-05-06"), ref="draft", booked=on("2012-07-01"))

    for day in ("2012-05-31", "2012-06-06"):
        assert measure(drafted.known_at(on(day)), on=on(day), convention=convention).days_past_due == 0
        assert measure(drafted, on=on(day), convention=convention).days_past_due == 0
    # Once it is booked, the money that came goes to the oldest due first: the fee.
    assert measure(drafted, on=on("2012-07-01"), convention=convention).days_past_due == 31


def test_kb_04_a_refund_brings_back_the_original_date():
    """
    Refunded on day 35, the debt is 35 days past due at once, not after another 30 days.
    """
    paid = debt(("2012-05-31", "249.95")).pay(usd("249.95"), on=on("2012-05-31"), ref="p-1")
    told = story(paid, THIRTY)
    assert state(told, "2012-07-04") is CLEAR
    assert told.found is None

    told.ledger = paid.reverse("p-1", on=on("2012-07-05"))

    assert state(told, "2012-07-05") == "OD1"
    assert told.case.observation.position.oldest_due == on("2012-05-31")
    assert told.entries[0].fact.days_past_due == 35


def test_kb_04_a_recovered_case_relapses_with_the_original_date():
    """
    The same with a case that had recovered: the relapse counts from the due date that had been paid.
    """
    told = story(debt(("2012-05-31", "249.95")), THIRTY)
    state(told, "2012-06-10")
    told.ledger = told.ledger.pay(usd("249.95"), on=on("2012-06-11"), ref="p-1")
    state(told, "2012-06-11")
    assert told.case.state is CaseState.RECOVERED

    facts = told.observe(on("2012-07-05"), told.ledger.reverse("p-1", on=on("2012-07-05")))

    assert facts[-1] == Relapsed(cause=RelapseCause.REVERSAL, since=on("2012-05-31"))
    assert told.case.observation.position.bucket == "OD1"


def test_kb_05_a_chargeback_and_its_reversal():
    """
    Charged back the debt is late again; when the money comes back with its old date, it never was.
    """
    paid = debt(("2012-05-31", "249.95")).pay(usd("249.95"), on=on("2012-05-31"), ref="p-1")
    told = story(paid.reverse("p-1", on=on("2012-07-05")), THIRTY)
    assert state(told, "2012-07-05") == "OD1"

    told.ledger = told.ledger.pay(usd("249.95"), on=on("2012-05-31"), ref="p-1-again", booked=on("2012-07-05"))

    assert state(told, "2012-07-05") is CLEAR
    assert told.case.state is CaseState.RECOVERED


def test_kb_10_a_credit_equal_to_the_balance_cures():
    """
    Money from wherever it comes clears the arrears.
    """
    told = story(debt(("2012-05-31", "249.95")), THIRTY)
    assert state(told, "2012-06-30") == "OD1"

    told.ledger = told.ledger.pay(usd("249.95"), on=on("2012-06-30"), ref="credit")

    assert state(told, "2012-06-30") is CLEAR
    assert told.case.state is CaseState.RECOVERED


FOUR_DEBTS = debt(("2012-05-31", "249.95"), ("2012-05-31", "500"), ("2012-06-02", "700"), ("2012-06-03", "200"))


def test_kb_11_paying_the_oldest_counts_from_the_next():
    """
    The peer is wrong here: its next check keeps the old anchor and jumps from clear to blocked. We count anew.
    """
    told = story(FOUR_DEBTS, SHORT)
    assert state(told, "2012-06-01") is CLEAR
    told.ledger = told.ledger.pay(usd("749.95"), on=on("2012-06-02"), ref="p-1")

    assert state(told, "2012-06-02") is CLEAR
    assert state(told, "2012-06-05") is CLEAR
    assert told.case.observation.position.oldest_due == on("2012-06-02")
    assert [state(told, day) for day in ("2012-06-07", "2012-06-09", "2012-06-13")] == [
        "WARNING",
        "BLOCKED",
        "CANCELLATION",
    ]


def test_kb_11_no_day_of_the_ladder_is_passed_over():
    """
    Looked at every day, the ladder is climbed step by step after the payment, each on its own day.
    """
    told = story(FOUR_DEBTS, SHORT)
    state(told, "2012-06-01")
    told.ledger = told.ledger.pay(usd("749.95"), on=on("2012-06-02"), ref="p-1")

    climbed = {}
    for number in range(2, 15):
        climbed.setdefault(state(told, f"2012-06-{number:02}"), number)

    assert climbed == {CLEAR: 2, "WARNING": 7, "BLOCKED": 9, "CANCELLATION": 13}


def test_kb_12_a_debt_nobody_pays_climbs_step_by_step():
    """
    The control: with a fixed date the ladder is climbed on day 5 and day 7.
    """
    told = story(debt(("2012-05-31", "249.95")), SHORT)

    assert [state(told, day) for day in ("2012-06-04", "2012-06-05", "2012-06-06", "2012-06-07")] == [
        CLEAR,
        "WARNING",
        "WARNING",
        "BLOCKED",
    ]


@pytest.mark.parametrize(("age", "matches"), [(0, False), (9, False), (10, True), (20, True)])
def test_kb_19_the_first_day_of_a_step_belongs_to_it(age, matches):
    """
    Ten days reach a step that begins on day 10; no debt at all reaches none.
    """
    buckets = Buckets([Bucket("before", 1, 9), Bucket("reached", 10, None)])
    found = buckets.of(age)

    assert (found is not None and found.name == "reached") is matches


@pytest.mark.parametrize(("age", "name"), [(31, "OD1"), (41, "OD2"), (51, "OD3")])
def test_kb_20_the_age_picks_the_step(age, name):
    """
    31, 41 and 51 days are the first, second and third step.
    """
    assert THIRTY.of(age).name == name


def test_kb_21_one_next_look_and_the_earliest_wins():
    """
    Things that change in 10, 5 and 15 days make one next look: in 5 days.
    """
    told = visited()
    told.do(OfferPlan(THREE))
    (offered,) = told.case.plans.offers

    def valid(days: int) -> object:
        return attrs.evolve(offered, valid_until=past_due(7) + dt.timedelta(days=days - 1))

    def look(*days: int) -> int:
        plans = attrs.evolve(told.case.plans, offers=tuple(valid(number) for number in days))
        found = next_look(attrs.evolve(told.case, plans=plans), told.rules, past_due(7))
        return (found - past_due(7)).days

    assert (look(10), look(10, 5), look(10, 5, 15)) == (10, 5, 5)
