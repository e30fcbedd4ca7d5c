"""
Questions to the desk: what is due, why, what happened, and what was known on a day.
"""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from overdue_visit import AssignOfficer, InvalidValue, RecordVisit, SendNotice, SetAttributes
from overdue_visit.case.case import fold
from overdue_visit.desk.unit import UnknownCase
from overdue_visit.interview import Interview
from overdue_visit.next_steps import next_look, next_steps
from overdue_visit.policy import village
from tests.desk.world import DUE, desk_on, kes, loan_of, rows_of

FIFTH_DAY = date(2026, 3, 3)
"""Due on this day a loan is five days past due: a notice of visit is due, and nothing else."""


def pages(ask):
    """
    Ask for one page after the other.
    """
    found, after = [], None
    while True:
        page = ask(after)
        found.append(page)
        after = page.after
        if after is None:
            return found


@pytest.mark.parametrize("limit", [1, 2, 3, 7, 1000])
def test_the_worklist_pages_through_every_step_once(limit, desk):
    """
    Whatever the page size, paging shows each step once, in the order of cases.
    """
    for number in range(7):
        desk.observe(loan_of(f"ke-{number}", due=FIFTH_DAY))

    found = pages(lambda after: desk.worklist(after=after, limit=limit))

    assert [step.case_id for page in found for step in page] == [f"ke-{number}/1" for number in range(7)]
    assert sum(len(page) for page in found) == 7


def test_a_page_without_steps_is_not_the_end(desk):
    """
    A page counts cases, not steps: one without anything due says where the next begins.
    """
    for number in range(3):
        case = desk.observe(loan_of(f"ke-{number}", due=FIFTH_DAY))
        if number < 2:
            desk.do(case, SendNotice("visit"))
    found = pages(lambda after: desk.worklist(on=date(2026, 3, 8), after=after, limit=1))

    assert [step.case_id for page in found for step in page] == ["ke-2/1"]


def test_an_officer_sees_the_officers_own(desk):
    """
    The worklist of an officer has the cases assigned to that officer and no others.
    """
    cases = [desk.observe(loan_of(f"ke-{number}", due=FIFTH_DAY)) for number in range(4)]
    for case in cases[1:3]:
        desk.do(case, AssignOfficer("officer:7"))

    assert [step.case_id for step in desk.worklist(officer="officer:7")] == ["ke-1/1", "ke-2/1"]
    assert desk.worklist(officer="officer:8").items == ()


@pytest.mark.parametrize("limit", [0, -1, 1.5, "2", None])
def test_a_page_holds_at_least_one_case(limit, desk):
    """
    A page size that is no whole number above zero is refused.
    """
    with pytest.raises(InvalidValue) as refusal:
        desk.worklist(limit=limit)

    assert refusal.value.field == "limit"


def test_a_step_is_done_as_it_stands(desk, clock):
    """
    A step that is ready carries the act that does it.
    """
    case = desk.observe(loan_of(due=FIFTH_DAY))
    (step,) = desk.worklist()

    desk.do(step.case_id, step.act)

    assert step.ready
    assert desk.worklist().items == ()
    assert desk.case(case).notices.pending[0].kind == "visit"


def test_nothing_is_due_before_the_next_look(desk, store, clock):
    """
    Until the stored day of the next look the steps of a case do not change by themselves.
    """
    case = desk.do(desk.observe(loan_of(due=date(2026, 3, 6))), SendNotice("reminder")).case
    (row,) = rows_of(store)

    today = date(2026, 3, 8)
    assert row.next_look == next_look(case, village(), today) > today
    assert next_steps(case, village(), today) == ()
    assert [step.rule for step in desk.worklist(on=date(2026, 3, 12))] == ["notice_of_visit"]


def test_a_changed_policy_looks_at_once(store, clock):
    """
    A next look found under another policy is not relied on: the new policy's steps are due the same day.
    """
    later = village().with_changes({"notices.reminder_day": (4, "a test")}, version="2")
    lenient = desk_on(store, clock, policy=later)
    lenient.observe(loan_of(due=date(2026, 3, 6)))
    (row,) = rows_of(store)

    desk = desk_on(store, clock)

    assert row.next_look > date(2026, 3, 8)
    assert row.look_policy == later.digest != village().digest
    assert [step.rule for step in desk.worklist()] == ["remind"]
    assert lenient.worklist().items == ()


def test_headers_name_the_policy_they_were_decided_under(store, clock):
    """
    Each fact carries the digest of the policy in force when it was recorded, and who recorded it.
    """
    other = village().with_changes({"notices.reminder_day": (2, "a test")}, version="2")
    case = desk_on(store, clock).observe(loan_of())
    desk_on(store, clock, policy=other).by("officer:7").do(case, SetAttributes({"core:branch": "north"}))

    headers = [entry.header for entry in desk_on(store, clock).history(case)]

    assert [header.policy for header in headers] == [village().digest, other.digest]
    assert [header.actor.id for header in headers] == ["system", "officer:7"]


def test_the_explanation_reads_like_a_report(desk):
    """
    The text says the state, the arrears, what is due and what would move the case.
    """
    case = desk.observe(loan_of(due=FIFTH_DAY))
    (step,) = desk.worklist()

    assert str(desk.explain(case)).splitlines() == [
        "ke-001/1 on 2026-03-08: overdue since 2026-03-08",
        (
            "  5 days past due since 2026-03-03 (village); arrears KES 120.00 (principal KES 120.00),"
            " as observed on 2026-03-08"
        ),
        f"  due since {step.since}: give notice of a visit about KES 120.00 due 2026-03-03, because {step.why}",
        "  would move it: borrower notified -> notified",
        "  would move it: talk held -> visited",
        "  would move it: recovered -> recovered",
        "  would move it: escalated -> escalated",
        f"  looked at again on {desk.explain(case).next_look} (policy village 1)",
    ]


def test_a_case_as_it_was_known(desk, clock):
    """
    Asked for a day in the past, the desk tells what was recorded by its end and nothing that came later.
    """
    loan = loan_of()
    known = {}
    for day in range(5):
        case = desk.observe(loan) if day == 0 else desk.do("ke-001/1", SetAttributes({"core:day": day})).case
        known[date(2026, 3, 8) + timedelta(days=day)] = case
        clock.advance(days=1)
    # A payment of the second day that is booked on the fifth is not known before.
    desk.observe(loan.pay(kes(120), on=date(2026, 3, 9), booked=date(2026, 3, 13), ref="m-1"))

    for day, case in known.items():
        assert desk.as_known("ke-001/1", day) == case
    assert desk.case("ke-001/1").state == "recovered"
    assert desk.as_known("ke-001/1", date(2026, 3, 12)).state == "overdue"


def test_nothing_was_known_before_the_case_was_opened(desk):
    """
    Asked for a day before the case there is an answer that says so.
    """
    case = desk.observe(loan_of())

    with pytest.raises(UnknownCase) as refusal:
        desk.as_known(case, date(2026, 3, 7))
    with pytest.raises(UnknownCase):
        desk.as_known("nobody/1", date(2026, 3, 7))

    assert refusal.value.field == "day"


def test_a_day_ends_at_the_lenders_midnight(store, clock):
    """
    Late in the evening in Nairobi still belongs to the day there, though it is the next one elsewhere.
    """
    clock.set("2026-03-08 23:30")
    desk = desk_on(store, clock)
    case = desk.observe(loan_of())

    assert desk.as_known(case, date(2026, 3, 8)) == case
    assert desk.history(case)[0].header.on == date(2026, 3, 8)


def test_the_history_folds_to_the_case(desk, clock):
    """
    What is stored of a case is the fold of its history, private words included in the history only.
    """
    case = desk.observe(loan_of())
    interview = Interview(reason="unknown", own_words="we had a flood")
    desk.do(case, RecordVisit(met="borrower", interview=interview))

    history = desk.history(case)

    assert fold(history) == desk.case(case)
    assert [entry.header.sequence for entry in history] == list(range(1, len(history) + 1))
    assert [entry.fact.text for entry in history if entry.header.kind == "words_recorded"] == ["we had a flood"]
    assert "flood" not in repr(history) + repr(desk.case(case))


@pytest.mark.parametrize("question", ["case", "history", "verify", "explain", "proposals"])
def test_a_question_about_nobody_is_refused(question, desk):
    """
    An unknown id is refused by every question.
    """
    with pytest.raises(UnknownCase) as refusal:
        getattr(desk, question)("nobody/1")

    assert refusal.value.value == "nobody/1"


def test_tenants_never_see_each_other(store, clock):
    """
    Two legal entities in one store have their own cases, worklists, contacts and messages under the same ids.
    """
    north, south = (desk_on(store, clock, tenant=tenant) for tenant in ("north", "south"))
    case = north.observe(loan_of(due=DUE))
    north.do(case, SendNotice("visit"))

    assert south.worklist().items == ()
    assert south.relay().sent == ()
    with pytest.raises(UnknownCase):
        south.case("ke-001/1")
    south.do(south.observe(loan_of()), SendNotice("visit"))
    assert south.relay().sent == north.relay().sent == ("ke-001/1#2",)
    assert north.case("ke-001/1").tenant == "north"


def test_a_desk_shows_whose_it_is(desk):
    """
    The representation of a desk names tenant and actor and nothing else.
    """
    assert repr(desk.by("officer:7")) == "<CaseDesk of default for officer:7>"
