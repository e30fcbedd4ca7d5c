"""
Performing acts: all or none, numbered, each fact with its header; and folding them into the case.
"""

from __future__ import annotations

import datetime as dt
from datetime import time
from typing import ClassVar

import attrs
import pytest

from overdue_visit.case.act import Act
from overdue_visit.case.acts.appointments import Appoint, CancelAppointment
from overdue_visit.case.acts.notices import SendNotice
from overdue_visit.case.acts.requests import RecordRequest
from overdue_visit.case.acts.upkeep import AssignOfficer
from overdue_visit.case.case import Case, OutOfSequence, fold
from overdue_visit.case.header import Entry
from overdue_visit.case.perform import Command, ReadOnlyCase, perform
from overdue_visit.errors import InvalidValue
from overdue_visit.party.actor import Actor
from tests.case.builders import STATES, VILLAGE, day, notified, overdue, planned


@attrs.frozen(kw_only=True)
class TeaServed:
    """A fact of a newer version of the library: it has no group here."""

    kind: ClassVar[str] = "tea_served"
    version: ClassVar[int] = 1
    private: ClassVar[tuple[str, ...]] = ()


def test_several_acts_are_one_change():
    """
    Acts are decided one after the other, each on what the one before left.
    """
    story = overdue()

    facts = story.do(AssignOfficer("officer:9"), SendNotice("visit"), RecordRequest(request="question"))

    assert [fact.kind for fact in facts] == ["officer_assigned", "notice_queued", "request_recorded"]
    assert story.case.version == 4


def test_of_several_acts_all_are_done_or_none():
    """
    When the second act is refused, the first is not done either.
    """
    story = overdue()

    story.refuses(Exception, AssignOfficer("officer:9"), CancelAppointment("away"))

    assert story.case.upkeep.officer is None


def test_headers_say_who_when_and_under_which_rules():
    """
    Practice: everything is written down: who, when it happened and when it was recorded, and under which policy.
    """
    story = overdue()
    story.actor = Actor("manager:1", "manager", on_behalf_of="officer:7")
    before = story.case.version
    command = Command(key="k-1", correlation="c-1", mark="book-9")

    _, entries = perform(
        story.case, [Appoint(day(9), time(14), time(16), place="home", unannounced="fraud")], story.situation(), command
    )

    first, second = (entry.header for entry in entries)
    assert (first.sequence, second.sequence) == (before + 1, before + 2)
    assert (first.kind, first.version) == ("appointment_offered", 1)
    assert (first.tenant, first.case, first.on) == ("lender", "ke-001/1", day(7))
    assert first.at == first.recorded_at == dt.datetime(2026, 3, 8, 7, 0, tzinfo=dt.UTC)
    assert first.actor == Actor("manager:1", "manager", on_behalf_of="officer:7")
    assert (first.key, first.correlation, first.mark, first.policy) == ("k-1", "c-1", "book-9", VILLAGE.digest)
    assert (first.causation, second.causation) == (None, first.sequence)


def test_each_acts_first_fact_causes_the_others():
    """
    Causes stay within the act: the facts of the second act do not follow from the first.
    """
    story = notified()
    _, entries = perform(
        story.case,
        [
            RecordRequest(request="question", words="Why?"),
            RecordRequest(request="need", words="A later day."),
        ],
        story.situation(),
        Command(),
    )

    base = story.case.version
    assert [entry.header.causation for entry in entries] == [None, base + 1, None, base + 3]


@pytest.mark.parametrize("state", STATES)
def test_folding_the_record_gives_the_case(state):
    """
    The case is the fold of its facts, strictly in sequence.
    """
    story = STATES[state]()

    assert fold(story.entries) == story.case
    assert story.case.version == len(story.entries)


def test_a_gap_a_double_and_a_stranger_are_refused():
    """
    Facts that are missing, doubled or of another case do not fold.
    """
    entries = planned().entries
    stranger = attrs.evolve(entries[2], header=attrs.evolve(entries[2].header, case="ke-002/1"))

    for record, found, expected in (
        ([*entries[:2], *entries[3:]], 4, 3),
        ([*entries[:3], entries[2], *entries[3:]], 3, 4),
        ([*entries[:2], stranger, *entries[3:]], 3, 3),
    ):
        with pytest.raises(OutOfSequence) as refusal:
            fold(record)
        assert attrs.astuple(refusal.value) == ("sequence", found, f"{expected} for ke-001/1")


def test_a_record_begins_with_the_opening():
    """
    Nothing folds to no case, and a case begins with its opening at sequence 1.
    """
    entries = overdue().entries
    moved = Entry(attrs.evolve(entries[0].header, sequence=2), entries[0].fact)

    for record, field, value in (
        ([], "entries", ()),
        (notified().entries[1:], "fact", "notice_queued"),
        ([moved], "fact", "case_opened"),
    ):
        with pytest.raises(InvalidValue) as refusal:
            fold(record)
        assert (refusal.value.field, refusal.value.value) == (field, value)


def with_unknown(story) -> Case:
    """
    Return the case after a fact that this version does not know.
    """
    header = attrs.evolve(story.entries[-1].header, sequence=story.case.version + 1, kind="tea_served")
    return story.case.after(Entry(header, TeaServed()))


def test_a_case_with_an_unknown_fact_can_be_read_and_not_changed():
    """
    A fact of a newer version makes the case read-only for this one; it is not an outage.
    """
    story = overdue()
    before = story.case
    story.found = with_unknown(story)

    assert (story.case.unknown, story.case.version) == (("tea_served",), before.version + 1)
    assert story.case.observation == before.observation
    assert story.refuses(ReadOnlyCase, SendNotice("visit")).kinds == ("tea_served",)


def test_every_shipped_act_is_an_act():
    """
    An act is a frozen value with one pure method and says whether it records or decides.
    """
    assert isinstance(SendNotice("visit"), Act)
    assert not SendNotice.records
    assert RecordRequest.records


def test_deciding_is_pure():
    """
    Deciding twice gives the same facts, and the case is not touched.
    """
    story = notified()
    act = Appoint(day(9), time(14), time(16), place="home")
    before = story.case

    assert list(act.decide(story.case, story.situation())) == list(act.decide(story.case, story.situation()))
    assert story.case == before
