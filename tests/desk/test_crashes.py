"""
A process that dies between any two calls of its ports: a fresh desk goes on, nothing is lost and nothing doubled.
"""

from __future__ import annotations

from collections import Counter
from datetime import date, time

import attrs
import pytest

from overdue_visit import (
    AgreePlan,
    Appoint,
    AssignOfficer,
    HouseholdBudget,
    Interview,
    RecordVisit,
    SendNotice,
)
from overdue_visit.adapters.clock import FixedClock
from overdue_visit.adapters.memory_loan_book import MemoryLoanBook
from tests.desk.world import (
    SETTLING,
    Crash,
    Fuse,
    Fused,
    Post,
    assert_sound,
    desk_on,
    kes,
    loan_of,
    memory,
    rows_of,
)

LOANS = [loan_of(f"ke-{number}", borrower=f"b-{number // 2}") for number in range(4)]
BUDGET = HouseholdBudget(income=kes(90), necessary=kes(50))
INTERVIEW = Interview(reason="income_lost", willing=True, budget=BUDGET, own_words="we had a flood")


def script():
    """
    Return the stages of a fortnight: when each is, and what a program does that starts over from there.
    """
    book = MemoryLoanBook(LOANS)
    paid = MemoryLoanBook([LOANS[0].pay(kes(120), on=date(2026, 3, 13), ref="m-1"), *LOANS[1:]])

    def appoint(desk):
        act = Appoint(date(2026, 3, 11), time(14), time(16), place="home", agreed=True)
        if desk.case("ke-1/1").upkeep.officer is None:
            desk.do_many([("ke-1/1", AssignOfficer("officer:7"))])
        desk.do("ke-1/1", act, key="appoint-1")

    def visit(desk):
        desk.do("ke-1/1", RecordVisit(met="borrower", interview=INTERVIEW), key="visit-1")
        desk.do("ke-1/1", AgreePlan(desk.proposals("ke-1/1").best, consent="signed"), key="plan-1")

    return (
        ("2026-03-08 09:00", lambda desk: desk.close_of_business(book)),
        ("2026-03-08 10:00", lambda desk: desk.relay()),
        ("2026-03-09 09:00", lambda desk: desk.close_of_business(book)),
        ("2026-03-09 10:00", lambda desk: desk.relay()),
        ("2026-03-09 11:00", appoint),
        ("2026-03-11 15:00", visit),
        ("2026-03-13 20:00", lambda desk: desk.close_of_business(paid)),
        ("2026-03-14 09:00", lambda desk: desk.relay()),
    )


@attrs.define
class World:
    """What outlives a process: the stored cases, and the world outside that got the letters."""

    store: object
    post: Post
    died: int = 0

    def run(self, fuse):
        """
        Run the script with everything behind a fuse; after a crash start that stage over with what is left.
        """
        clock = FixedClock("2026-03-08 09:00")
        for at, stage in script():
            clock.set(at)
            try:
                stage(desk_on(Fused(self.store, fuse), clock, Fused(self.post, fuse)))
            except Crash:
                self.died += 1
                # A lease lives on after its process: the new one finds the message when it ran out.
                clock.advance(hours=1)
                stage(desk_on(self.store, clock, self.post))
        return desk_on(self.store, clock, self.post)


def fate(desk, store):
    """
    Return what matters in the end: each case's state, what was recorded of it, and the outcomes of its messages.
    """
    told = {}
    for row in rows_of(store):
        history = desk.history(row.case_id)
        kinds = [entry.header.kind for entry in history if entry.header.kind != "notice_handed_over"]
        told[row.case_id] = (row.state, row.is_open, desk.case(row.case_id).observation.position, kinds)
    return told


def letters(taken):
    """
    Return how many letters went out for each case; their numbers shift when one was handed over twice.
    """
    return Counter(message.partition("#")[0] for message in taken)


@pytest.fixture(scope="module")
def uncrashed():
    """
    The run that nothing disturbed: how many calls it made, and how it ended.
    """
    world, fuse = World(memory(), Post(idempotent=True)), Fuse()
    desk = world.run(fuse)
    return fuse, fate(desk, world.store), list(world.post.taken)


def test_the_script_reaches_every_kind_of_call(uncrashed):
    """
    The run that is cut off below touches all that a working day touches.
    """
    fuse, told, taken = uncrashed

    assert {"case", "latest_case", "cases", "command", "contacts", "claim", "message", "save", "send"} <= set(fuse.seen)
    assert {state for state, *_ in told.values()} == {"notified", "plan_agreed", "recovered"}
    assert fuse.calls > 80
    assert len(taken) == len(set(taken)) == 5


def test_a_crash_before_any_call_with_an_idempotent_sender(uncrashed):
    """
    Wherever the process dies, the next one ends where an undisturbed run ends; every letter goes out once.
    """
    fuse, told, taken = uncrashed
    for at in range(1, fuse.calls + 1):
        world = World(memory(), Post(idempotent=True))
        desk = world.run(Fuse(at))

        assert world.died == 1, at
        assert fate(desk, world.store) == told, at
        assert letters(set(world.post.taken)) == letters(taken), at
        assert_sound(desk, world.store)


def test_a_crash_before_any_call_with_a_plain_sender(uncrashed):
    """
    With a sender that may not be asked twice a letter in doubt counts as unknown; nothing is ever sent twice.
    """
    fuse, told, taken = uncrashed
    doubtful = 0
    for at in range(1, fuse.calls + 1):
        world = World(memory(), Post())
        desk = world.run(Fuse(at))
        found = fate(desk, world.store)

        assert world.died == 1, at
        assert len(world.post.taken) == len(set(world.post.taken)), at
        in_doubt = [case for case, (*_, kinds) in found.items() if "notice_outcome_unknown" in kinds]
        assert len(in_doubt) <= 1, at
        doubtful += bool(in_doubt)
        for case_id, ended in found.items():
            if case_id not in in_doubt:
                # A letter in doubt takes the day's slot of its household, so that a neighbour's case may differ.
                same_party = {"ke-0/1": "ke-1/1", "ke-1/1": "ke-0/1", "ke-2/1": "ke-3/1", "ke-3/1": "ke-2/1"}[case_id]
                assert ended == told[case_id] or same_party in in_doubt, (at, case_id)
        assert_sound(desk, world.store)
    # The process can die just before a letter is sent, and just before its outcome is written down.
    assert doubtful >= len(taken)


def test_every_message_has_one_outcome_after_a_crash_at_sending():
    """
    The record has one settling fact for each queued notice, and no other fact speaks of it as open.
    """
    world = World(memory(), Post(answers=[Crash()]))
    desk = world.run(Fuse())
    settled = [
        entry.header.kind
        for row in rows_of(world.store)
        for entry in desk.history(row.case_id)
        if entry.header.kind in SETTLING
    ]
    queued = [
        entry
        for row in rows_of(world.store)
        for entry in desk.history(row.case_id)
        if entry.header.kind == "notice_queued"
    ]

    assert len(settled) == len(queued)
    assert settled.count("notice_outcome_unknown") == 1


@pytest.mark.parametrize("act", [SendNotice("visit", channel="sms"), AssignOfficer("officer:7")])
def test_a_key_survives_the_crash_of_its_answer(act):
    """
    A host that never got the answer repeats the command under its key: it is done once.
    """
    store, clock = memory(), FixedClock("2026-03-08 09:00")
    desk_on(store, clock).observe(LOANS[0])
    versions = []
    for at in range(1, 12):
        try:
            desk_on(Fused(store, Fuse(at)), clock).do("ke-0/1", act, key="k-1")
        except Crash:
            pass
        else:
            break
        versions.append(desk_on(store, clock).case("ke-0/1").version)

    assert desk_on(store, clock).do("ke-0/1", act, key="k-1").replayed
    assert desk_on(store, clock).case("ke-0/1").version == 2
    assert versions == sorted(versions)
