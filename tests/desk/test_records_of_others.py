"""
Records that another release wrote: newer kinds of facts, other snapshots, damage. One such case is never an outage.
"""

from __future__ import annotations

import contextlib
import sqlite3
from datetime import date

import attrs
import pytest

from overdue_visit import AssignOfficer, RecordWords, SendNotice
from overdue_visit.adapters.memory_loan_book import MemoryLoanBook
from overdue_visit.case.case import fold
from overdue_visit.case.perform import ReadOnlyCase
from overdue_visit.desk.settings import SNAPSHOT_VERSION
from overdue_visit.record.chain import link
from overdue_visit.record.change import CaseChange
from overdue_visit.record.codec import UnknownFact
from tests.desk.world import desk_on, loan_of, rows_of

BODY = b'{"colour":"green"}'


def append_from_the_future(store, case_id):
    """
    Append what a newer release might: a fact of a kind that this one does not know, with its own snapshot.
    """
    row = store.case("default", case_id)
    last = store.facts("default", case_id)[-1]
    header = last.header.replace(b'"sequence":%d' % row.version, b'"sequence":%d' % (row.version + 1))
    header = header.replace(f'"kind":"{last.kind}"'.encode(), b'"kind":"garden_planted"')
    fact = attrs.evolve(
        last,
        sequence=row.version + 1,
        kind="garden_planted",
        header=header,
        body=BODY,
        digest=link(row.head, header, BODY),
        private=(),
    )
    newer = attrs.evolve(
        row, version=fact.sequence, head=fact.digest, snapshot=b'{"garden":1}', snapshot_version=SNAPSHOT_VERSION + 1
    )
    store.save([CaseChange(row=newer, expected=row.version, facts=(fact,))])


@pytest.fixture
def three(desk, store):
    """
    Three cases, of which a newer release wrote on in the second; each has a notice queued.
    """
    book = MemoryLoanBook([loan_of(f"ke-{number}", borrower=f"b-{number}") for number in range(3)])
    for loan_id in ("ke-0", "ke-1", "ke-2"):
        desk.do(desk.observe(book.loan(loan_id)), SendNotice("visit"))
    append_from_the_future(store, "ke-1/1")
    return book


def test_a_case_from_the_future_can_be_read(desk, three):
    """
    Its case, history, chain, explanation and worklist are answered.
    """
    case = desk.case("ke-1/1")
    history = desk.history(case)

    assert case.unknown == ("garden_planted",)
    assert history[-1].fact == UnknownFact("garden_planted", 1, BODY)
    assert fold(history) == case
    assert desk.verify(case) is None
    assert desk.explain(case).state == "overdue"
    assert "ke-1/1" in {step.case_id for step in desk.worklist(on=date(2026, 6, 10))}


def test_a_case_from_the_future_cannot_be_changed(desk, three):
    """
    An act and an observation are refused with the unknown kinds; the record stays as it is.
    """
    before = desk.history("ke-1/1")

    with pytest.raises(ReadOnlyCase) as refusal:
        desk.do("ke-1/1", AssignOfficer("officer:7"))
    with pytest.raises(ReadOnlyCase):
        desk.observe(three.loan("ke-1"))

    assert refusal.value.kinds == ("garden_planted",)
    assert "upgrade" in str(refusal.value)
    assert desk.history("ke-1/1") == before


def test_a_case_from_the_future_stops_nobody(desk, three, post):
    """
    Night, relay and batch list it and serve the others.
    """
    report = desk.close_of_business(three)
    relayed = desk.relay()
    batch = desk.do_many((f"ke-{number}/1", AssignOfficer("officer:7")) for number in range(3))

    assert [loan for loan, _ in report.refused] == ["ke-1"]
    assert relayed.sent == ("ke-0/1#2", "ke-2/1#2")
    assert [message for message, _ in relayed.problems] == ["ke-1/1#2"]
    assert [outcome.case.id for outcome in batch.done] == ["ke-0/1", "ke-2/1"]
    assert post.taken == ["ke-0/1#2", "ke-2/1#2"]


def test_its_notice_goes_out_once_the_release_can_read_it(desk, store, three, clock, post):
    """
    The message waits with its lease and is nobody's loss: after it ran out the relay asks again.
    """
    desk.relay()
    clock.advance(hours=1)

    again = desk.relay()

    assert [message for message, _ in again.problems] == ["ke-1/1#2"]
    assert store.message("default", "ke-1/1#2").state == "queued"


@pytest.mark.parametrize("version", [SNAPSHOT_VERSION - 1, SNAPSHOT_VERSION + 1])
def test_a_snapshot_of_another_version_is_folded_anew(version, desk, store):
    """
    A snapshot of another shape is not read: the facts are, and the next save writes a fresh one.
    """
    case = desk.do(desk.observe(loan_of()), AssignOfficer("officer:7")).case
    row = store.case("default", case.id)
    store._tables.cases["default", case.id] = attrs.evolve(row, snapshot=b"{}", snapshot_version=version)

    assert desk.case(case) == case
    after = desk.do(case, RecordWords(topic="note", text="x")).case
    assert store.case("default", case.id).snapshot_version == SNAPSHOT_VERSION
    assert fold(desk.history(case)) == after
    assert desk.verify(case) is None


def test_a_damaged_snapshot_is_folded_anew(desk, store):
    """
    The snapshot is a cache: damaged, it costs time and nothing else.
    """
    case = desk.observe(loan_of())
    row = store.case("default", case.id)
    store._tables.cases["default", case.id] = attrs.evolve(row, snapshot=b"\x00")

    assert desk.case(case) == case


def test_a_fold_reads_no_further_than_its_row(desk, store, clock):
    """
    A fact appended between reading the row and reading the facts leads to a conflict, never to a broken chain.
    """
    other = desk_on(store, clock)
    case = other.observe(loan_of())
    row = store.case("default", case.id)
    store._tables.cases["default", case.id] = attrs.evolve(row, snapshot_version=0)
    facts = store.facts

    def moving(tenant, case_id, **more):
        store.facts = facts
        other.do(case_id, AssignOfficer("officer:7"))
        return facts(tenant, case_id, **more)

    store.facts = moving
    desk.do(case, RecordWords(topic="note", text="x"))

    assert desk.verify(case) is None
    assert desk.case(case).version == 3


def test_one_damaged_case_does_not_stop_the_night_or_the_relay(url, database, clock, post):
    """
    A case whose facts and snapshot are destroyed is named, and all others are served.
    """
    book = MemoryLoanBook([loan_of(f"ke-{number}", borrower=f"b-{number}") for number in range(3)])
    with desk_on(url, clock, post) as desk:
        desk.close_of_business(book)
        with contextlib.closing(sqlite3.connect(database)) as connection:
            connection.execute("UPDATE overdue_facts SET body = x'00' WHERE case_id = 'ke-1/1'")
            connection.execute("UPDATE overdue_cases SET snapshot = x'00' WHERE case_id = 'ke-1/1'")
            connection.commit()
        clock.advance(hours=1)

        report, relayed = desk.close_of_business(book), desk.relay()

        assert [loan for loan, _ in report.refused] == ["ke-1"]
        assert relayed.sent == ("ke-0/1#2", "ke-2/1#2")
        assert [message for message, _ in relayed.problems] == ["ke-1/1#2"]
        assert len(rows_of(desk._settings.store)) == 3
