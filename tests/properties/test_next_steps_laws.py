"""
Laws of what is due: derived, never stored; looked for early enough; and what is ready can be done.
"""

from __future__ import annotations

import datetime as dt

import attrs
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from overdue_visit.arrears import measure
from overdue_visit.case.act import Act
from overdue_visit.case.judgement import judge
from overdue_visit.case.observing import differences
from overdue_visit.case.perform import Command, perform
from overdue_visit.next_steps import explain, next_look, next_steps
from overdue_visit.next_steps.derive import first_look
from overdue_visit.wording import ENGLISH, SHIPPED
from tests.case.walks import walks

AHEAD = 120
ONE = dt.timedelta(days=1)


def signature(story, on):
    """
    Return what is due on a day, by rule, act and since when.
    """
    return [(step.rule, step.act, step.since) for step in next_steps(story.case, story.rules, on)]


@settings(max_examples=150)
@given(walks(closing=False))
def test_the_next_look_comes_before_anything_changes(walk):
    """
    Living 120 days one by one: nothing falls due or away before the day on which the case is looked at again.
    """
    story, _ = walk
    now = signature(story, story.on)
    look = next_look(story.case, story.rules, story.on)
    assert look is None or look > story.on

    for ahead in range(1, AHEAD + 1):
        on = story.on + dt.timedelta(days=ahead)
        if signature(story, on) != now:
            assert look is not None
            assert look <= on
            return


@settings(max_examples=100)
@given(walks(), st.integers(0, 60))
def test_the_first_look_is_the_day_itself_while_a_step_is_due(walk, later):
    """
    The day kept with a case is the day itself while anything is due, else the next look.
    """
    story, _ = walk
    on = story.on + dt.timedelta(days=later)

    due = next_steps(story.case, story.rules, on)

    assert first_look(story.case, story.rules, on) == (on if due else next_look(story.case, story.rules, on))


def named_by_the_book(story, on):
    """
    Tell whether a loan book must name the loan for a day: something due is unpaid, something is dated or booked then.
    """
    ledger = story.ledger
    rests = measure(ledger, on=on, convention=story.rules.ageing).instalments
    entries = (*ledger.payments, *ledger.reversals, *ledger.charges)
    stated = ledger.stated is not None and ledger.stated.days_past_due > 0
    return (
        any(each.due <= on and each.unpaid.minor for each in rests)
        or any(on in (each.on, each.booked) for each in entries)
        or any(on in (each.since, each.booked) for each in ledger.versions[1:])
        or stated
    )


@settings(max_examples=150)
@given(walks())
def test_time_alone_is_looked_for_too(walk):
    """
    On the first day on which the passing of time alone moves a case, it is looked at or its loan is named by the book.
    """
    story, _ = walk
    story.observe()
    assume(story.case.open)
    if next_steps(story.case, story.rules, story.on):
        return  # a case with something due is looked at every night
    look = next_look(story.case, story.rules, story.on)

    for ahead in range(1, AHEAD + 1):
        on = story.on + dt.timedelta(days=ahead)
        facts = differences(story.case, judge(story.ledger, story.case, story.rules, on), story.rules)
        if any(fact.kind != "ledger_observed" for fact in facts):
            assert (look is not None and look <= on) or named_by_the_book(story, on)
            return


@settings(max_examples=100)
@given(walks(), st.integers(0, 60))
def test_steps_are_pure_and_in_order(walk, later):
    """
    The same case, policy and day have the same steps, the earliest due first, and asking changes nothing.
    """
    story, _ = walk
    before, on = story.case, story.on + dt.timedelta(days=later)

    found = next_steps(story.case, story.rules, on)

    assert found == next_steps(story.case, story.rules, on)
    assert [step.since for step in found] == sorted(step.since for step in found)
    assert story.case == before


@settings(max_examples=100)
@given(walks(), st.integers(0, 60))
def test_nothing_is_due_before_its_time(walk, later):
    """
    A step has been due since a day that has come, is in time no earlier than that, and belongs to its case.
    """
    story, _ = walk
    on = story.on + dt.timedelta(days=later)

    for step in next_steps(story.case, story.rules, on):
        assert step.since <= on
        assert step.latest is None or step.latest >= step.since
        assert step.case_id == story.case.id


@settings(max_examples=100)
@given(walks(closing=True), st.integers(0, 60))
def test_a_closed_case_needs_nothing(walk, later):
    """
    After closing nothing is due and nobody looks again.
    """
    story, _ = walk
    on = story.on + dt.timedelta(days=later)

    assert story.case.open or (next_steps(story.case, story.rules, on), next_look(story.case, story.rules, on)) == (
        (),
        None,
    )


@settings(max_examples=150)
@given(walks(), st.integers(0, 60))
def test_what_is_ready_can_be_done(walk, later):
    """
    A step that carries a ready act can be done on that day: all of them, in their order, are refused by no rule.
    """
    story, _ = walk
    story.on += dt.timedelta(days=later)
    ready = [step.act for step in next_steps(story.case, story.rules, story.on) if step.ready]

    for act in ready:
        perform(story.case, [act], story.situation(), Command())
    notices = [act for act in ready if getattr(act, "asks_gate", False)]
    perform(story.case, notices, story.situation(), Command())


@settings(max_examples=100)
@given(walks(), st.integers(0, 60))
def test_a_notice_that_was_queued_is_not_due_again(walk, later):
    """
    Doing what is due about notices leaves nothing due about notices on the same day.
    """
    story, _ = walk
    story.on += dt.timedelta(days=later)

    def notices() -> list[Act]:
        found = next_steps(story.case, story.rules, story.on)
        return [step.act for step in found if step.ready and getattr(step.act, "asks_gate", False)]

    story.do(*notices())

    assert notices() == []


@settings(max_examples=100)
@given(walks(), st.integers(0, 60))
def test_every_step_can_be_said_in_every_language(walk, later):
    """
    Whatever is due has words in each shipped language, with nothing left open in braces.
    """
    story, _ = walk
    on = story.on + dt.timedelta(days=later)

    for step in next_steps(story.case, story.rules, on):
        for language in ("en", "zh"):
            line = step.text(SHIPPED.of(language))
            assert line
            assert "{" not in line
        assert str(step) == step.text(ENGLISH)
        assert step.why


@settings(max_examples=100)
@given(walks(closing=True), st.integers(0, 60))
def test_an_explanation_agrees_with_the_case(walk, later):
    """
    An explanation has the case's state, the steps of the day and the moves of the table, and can be printed.
    """
    story, _ = walk
    on = story.on + dt.timedelta(days=later)

    found = explain(story.case, story.rules, on)

    assert (found.state, found.steps) == (story.case.state, next_steps(story.case, story.rules, on))
    assert found.next_look == next_look(story.case, story.rules, on)
    assert str(found).startswith(f"{story.case.id} on {on}: ")
    assert bool(found.moves) == story.case.open
    assert attrs.evolve(found) == found


@settings(max_examples=100)
@given(walks(), st.integers(0, 200))
def test_an_open_case_is_never_forgotten(walk, later):
    """
    For an open case something is due, or a day to look at it is known, or the ledger's next change brings it back.

    In the last case it is in other hands, or it has recovered and nothing but a payment or a miss can move it.
    """
    story, _ = walk
    on = story.on + dt.timedelta(days=later)
    assume(story.case.open)
    waits = story.case.state in ("escalated", "recovered")

    assert next_steps(story.case, story.rules, on) or next_look(story.case, story.rules, on) or waits
