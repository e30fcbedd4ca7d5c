"""
When notices fall due: by days past due, once, and after a late run as the policy says.
"""

from __future__ import annotations

from datetime import date

import pytest

from overdue_visit.case.acts.delivery import (
    HandOverNotice,
    RecordNoticeFailed,
    RecordNoticeOutcomeUnknown,
    WithholdNotice,
)
from overdue_visit.case.acts.notices import SendNotice, SkipNotice
from overdue_visit.notice import NoticeKind
from overdue_visit.policy import LateRun
from tests.case.builders import STATES, day, monthly, overdue, policy, recovered


def ready(story, on=None):
    """
    Return the notices that are due on a day, in order.
    """
    return [step.act for step in story.steps(on).values() if isinstance(step.act, SendNotice | SkipNotice)]


def test_a_reminder_is_due_on_the_first_day():
    """
    Practice: many simply forgot: a friendly word on the first day past due.
    """
    story = overdue(day(1))

    step = story.steps()["remind"]

    assert (step.act, step.since, step.latest) == (SendNotice("reminder"), day(1), None)
    assert str(step) == "remind of KES 120.00 due 2026-03-01, because this is day 1 past due and no reminder was sent"


def test_a_reminder_is_due_once():
    """
    What was sent is not due again, on that day or later.
    """
    story = overdue(day(1))
    story.notify("reminder")

    assert ready(story) == []
    assert ready(story, day(4)) == []


def test_the_notice_of_a_visit_is_due_two_days_before_visits_start():
    """
    Practice: notice in advance: on day 5, so that a time can be agreed for day 7.
    """
    story = overdue(day(1))
    story.notify("reminder")

    step = story.steps(day(5))["notice_of_visit"]

    assert (step.act, step.since, step.latest) == (SendNotice("visit"), day(5), day(7))
    assert "notice_of_visit" not in story.steps(day(4))


def test_days_are_counted_by_the_policy():
    """
    Grace shifts both notices.
    """
    story = overdue(day(3), rules=policy(grace_days=3))

    assert ready(story) == []
    assert ready(story, day(4)) == [SendNotice("reminder")]
    assert ready(story, day(8)) == [SendNotice("visit")]


@pytest.mark.parametrize(
    ("late_run", "expected"),
    [
        (LateRun.MOST_SEVERE, [SendNotice("visit")]),
        (LateRun.ONE_STEP_A_RUN, [SendNotice("reminder")]),
        (LateRun.ALL_IN_ORDER, [SkipNotice("reminder"), SendNotice("visit")]),
    ],
)
def test_a_late_run_takes_the_notices_as_the_policy_says(late_run, expected):
    """
    Practice: after a pause nobody gets a pile of letters: the one that matters, one a run, or all with the last sent.
    """
    story = overdue(day(9), rules=policy(late_run=late_run))

    assert ready(story) == expected


def test_one_step_a_run_takes_the_next_step_the_next_day():
    """
    The reminder today, the notice of a visit tomorrow.
    """
    story = overdue(day(9), rules=policy(late_run=LateRun.ONE_STEP_A_RUN))
    story.notify("reminder")

    assert ready(story) == []
    assert ready(story, day(10)) == [SendNotice("visit")]


def test_skipped_in_order_the_reminder_never_comes_later():
    """
    What a late run skipped is done with.
    """
    story = overdue(day(9), rules=policy(late_run=LateRun.ALL_IN_ORDER))
    story.do(*ready(story))

    assert ready(story, day(9)) == []
    assert ready(story, day(10)) == []


def test_after_the_notice_of_a_visit_no_reminder_is_due():
    """
    The stronger notice says all the weaker would.
    """
    story = overdue(day(9))
    story.notify("visit")

    assert ready(story, day(12)) == []


@pytest.mark.parametrize(
    "outcome", [WithholdNotice(notice=2, rule="contact.latest"), RecordNoticeFailed(notice=2, error="no_address")]
)
def test_a_notice_that_did_not_leave_is_due_afresh_the_next_day(outcome):
    """
    A withheld or failed notice is final; the steps derive a fresh one, not on the same day.
    """
    story = overdue()
    story.do(SendNotice("visit"), outcome)

    assert ready(story) == []
    assert ready(story, day(8)) == [SendNotice("visit")]


def test_a_notice_in_doubt_counts_as_sent_for_the_steps():
    """
    Nobody writes twice because the first may not have arrived.
    """
    story = overdue()
    story.do(SendNotice("visit"), HandOverNotice(notice=2, sender="Post"), RecordNoticeOutcomeUnknown(notice=2))

    assert ready(story, day(9)) == []


@pytest.mark.parametrize("kind", [NoticeKind.VISIT, NoticeKind.RECOVERED])
def test_after_three_failures_a_person_finds_a_way(kind):
    """
    A notice that fails three times is not tried every day for ever.
    """
    story = overdue() if kind is NoticeKind.VISIT else recovered(ledger=monthly(2))
    first = story.on
    for number in range(3):
        story.on = first.replace(day=first.day + number)
        assert SendNotice(kind) in ready(story)
        story.do(SendNotice(kind))
        story.do(RecordNoticeFailed(notice=story.case.version, error="no_address"))

    assert SendNotice(kind) not in ready(story, first.replace(day=first.day + 4))


@pytest.mark.parametrize("state", ["visited", "plan_agreed", "escalated"])
def test_nobody_is_reminded_by_itself_after_the_talk(state):
    """
    Practice: after the talk it is people who decide what is written.
    """
    story = STATES[state]()

    assert not {"remind", "notice_of_visit"} & set(story.steps(day(20)))


def test_thanks_are_due_after_recovery():
    """
    Practice: humane tone: whoever has paid is told that all is well, once.
    """
    story = recovered(day(10))

    step = story.steps()["recovered_notice"]

    assert (step.act, step.since) == (SendNotice("recovered"), day(10))
    story.notify("recovered")
    assert ready(story, day(12)) == []


def test_a_second_recovery_is_thanked_for_again():
    """
    Each recovery has its own thanks.
    """
    story = recovered(day(10))
    story.notify("recovered")
    story.reverse("m-1", day(12))
    story.pay("120", day(14))

    assert ready(story) == [SendNotice("recovered")]


def test_a_relapse_begins_with_notices_of_its_own():
    """
    What was sent in an earlier spell announces nothing in the present one.
    """
    story = overdue(ledger=monthly(3))
    story.notify()
    story.pay("120", day(10))
    story.notify("recovered")
    story.through(date(2026, 4, 2))

    assert ready(story) == [SendNotice("reminder")]
    assert story.steps()["remind"].since == date(2026, 4, 2)


def test_a_notice_still_waiting_from_an_earlier_spell_is_not_queued_twice():
    """
    While a notice of the kind is under way, another is neither due nor possible.
    """
    story = overdue()
    story.do(SendNotice("visit"))
    story.pay("120", day(10))
    story.reverse("m-1", day(20))

    assert "notice_of_visit" not in story.steps(day(21))
