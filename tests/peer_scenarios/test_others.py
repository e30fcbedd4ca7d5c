"""
Scenarios of Odoo's credit control, Frappe Lending, Firefly and Nexum on our interface: their figures, retyped.
"""

from __future__ import annotations

import datetime as dt

import pytest

from overdue_visit.adapters.clock import FixedClock
from overdue_visit.arrears import Bucket, Buckets, days_past_due, delinquent_days
from overdue_visit.case.acts.notices import SendNotice, SkipNotice
from overdue_visit.case.acts.requests import RecordRequest
from overdue_visit.case.acts.visits import RecordVisit
from overdue_visit.desk.watching import ObservedBackwards
from overdue_visit.errors import InvalidValue
from overdue_visit.loan import Instalment
from overdue_visit.opening import open_desk
from overdue_visit.party.actor import Actor
from overdue_visit.plan import InstalmentOutcome
from overdue_visit.policy import LateRun
from tests.case.builders import DUE, day, interview, kes, loan, overdue, planned, policy

APRIL = dt.date(2026, 4, 1)


def test_oc_02_runs_do_not_go_back():
    """
    After a run of today a run of fifteen days ago is refused; the case stays as it is.
    """
    with open_desk("memory:", zone="Africa/Nairobi", clock=FixedClock("2026-03-23 09:00")) as desk:
        case = desk.observe(loan())

        with pytest.raises(ObservedBackwards) as refusal:
            desk.observe(loan(), on=dt.date(2026, 3, 8))

        assert (refusal.value.on, refusal.value.seen_on) == (dt.date(2026, 3, 8), dt.date(2026, 3, 23))
        assert desk.case(case.id) == case


def test_fr_08_a_freeze_stops_treatment_and_never_the_count():
    """
    The peer is wrong here: a freeze sets days past due to zero. Ours go on; only treatment leaves out held days.
    """
    late = days_past_due(DUE, on=day(40))

    assert late == 40
    assert delinquent_days(late, grace_days=0, held_days=40) == 0


def test_ff_01_malformed_values_are_refused_by_name():
    """
    A talk in the future, a negative debt, a nobody who acts, and a request without its kind.
    """
    story = overdue()
    tomorrow = RecordVisit(met="borrower", interview=interview(), at=story.now + dt.timedelta(days=1))

    assert story.refuses(InvalidValue, tomorrow).field == "at"
    with pytest.raises(InvalidValue, match="amount"):
        Instalment(DUE, kes("-100"))
    with pytest.raises(InvalidValue, match="actor"):
        Actor("")
    with pytest.raises(InvalidValue, match="request"):
        RecordRequest(request=None)


def test_ff_02_a_kept_word_can_be_seen_after_its_day():
    """
    The peer is wrong here: it refuses to record a promise as kept after its date. Ours is judged whenever it is seen.
    """
    story = planned()
    story.through(APRIL + dt.timedelta(days=3))
    assert story.case.plans.latest.outcomes[0] is InstalmentOutcome.PENDING

    story.pay("40", APRIL, booked=APRIL + dt.timedelta(days=3))

    assert story.case.plans.latest.outcomes[0] is InstalmentOutcome.KEPT
    assert InstalmentOutcome.PENDING is not InstalmentOutcome.MISSED


STAGES = Buckets(
    [Bucket("EARLY", 1, 30), Bucket("LATE", 31, 60), Bucket("SERIOUS", 61, 90), Bucket("DEFAULT", 91, None)]
)


@pytest.mark.parametrize(
    ("days", "stage"),
    [
        (0, None),
        (15, "EARLY"),
        (30, "EARLY"),
        (45, "LATE"),
        (60, "LATE"),
        (75, "SERIOUS"),
        (90, "SERIOUS"),
        (120, "DEFAULT"),
    ],
)
def test_nx_01_days_past_due_pick_the_stage(days, stage):
    """
    Both ends of a stage belong to it; without days there is no stage.
    """
    found = STAGES.of(days)

    assert (found.name if found else None) == stage


@pytest.mark.parametrize(
    ("late_run", "expected"),
    [
        (LateRun.MOST_SEVERE, [SendNotice("visit")]),
        (LateRun.ONE_STEP_A_RUN, [SendNotice("reminder")]),
        (LateRun.ALL_IN_ORDER, [SkipNotice("reminder"), SendNotice("visit")]),
    ],
)
def test_nx_03_a_first_run_on_day_35_sends_one_notice(late_run, expected):
    """
    The peer is wrong here: it sends three notices at once. Ours sends one, by whichever rule for late runs.
    """
    story = overdue(day(35), rules=policy(late_run=late_run))
    automatic = [s.act for s in story.steps().values() if isinstance(s.act, SendNotice | SkipNotice)]

    facts = story.do(*automatic)

    assert automatic == expected
    assert len(story.case.notices.pending) == 1
    assert sum(fact.kind == "notice_queued" for fact in facts) == len(expected)
