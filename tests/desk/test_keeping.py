"""
Keeping the record: chains, seals, what tampering shows, and erasing a party.
"""

from __future__ import annotations

import contextlib
import sqlite3
from datetime import date, time

import pytest

from overdue_visit import (
    AgreePlan,
    Appoint,
    CloseCase,
    Escalate,
    Feedback,
    HouseholdBudget,
    Interview,
    Recall,
    RecordFeedback,
    RecordRequest,
    RecordVisit,
    RecordWords,
    SendNotice,
)
from overdue_visit.adapters.file_notary import FileNotary
from overdue_visit.adapters.memory_directory import MemoryDirectory
from overdue_visit.case.case import fold
from overdue_visit.desk.keeping import PartyHasOpenCases
from overdue_visit.interview import Asked, RequestKind
from overdue_visit.ports.notary import DepositDamaged
from overdue_visit.record.codec import RecordDamaged
from tests.desk.world import DUE, Post, assert_sound, desk_on, kes, kinds, loan_of

PARTY = "b-wanjiku-4711"
NAME, PHONE = "Wanjiku Marker", "+254 700 471100"
WORDS = [f"marker{n} we lost the harvest" for n in range(6)]
INCOME = kes("987654.32")


@pytest.fixture
def sql(database):
    """
    Runs a statement on the file behind the desk's back.
    """

    def run(statement, *values):
        with contextlib.closing(sqlite3.connect(database)) as connection:
            changed = connection.execute(statement, values).rowcount
            connection.commit()
            return changed

    return run


def live(desk, clock, *, loan_id="ke-001", party=PARTY):
    """
    Let a household go through much of what a case can hold, words and numbers of its own included.
    """
    case = desk.observe(loan_of(loan_id, borrower=party))
    desk.do(case, SendNotice("visit", channel="sms"))
    desk.relay()
    desk.do(case, Appoint(date(2026, 3, 11), time(14), time(16), place="home", agreed=True))
    interview = Interview(
        reason="income_lost",
        willing=True,
        budget=HouseholdBudget(income=INCOME, necessary=kes("123456.78")),
        asked=[Asked(kind=RequestKind.NEED, words=WORDS[0])],
        own_words=WORDS[1],
        feedback=Feedback(score=4, words=WORDS[2]),
    )
    clock.set("2026-03-11 15:00")
    desk.do(case, RecordVisit(met="borrower", interview=interview))
    desk.do(case, RecordWords(topic="note", text=WORDS[3]), RecordFeedback(feedback=Feedback(score=2, words=WORDS[4])))
    desk.do(case, RecordRequest(request="complaint", words=WORDS[4]))
    desk.do(case, Escalate(to="committee", because="refuses", words=WORDS[5]), Recall("talk_again"))
    desk.do(case, AgreePlan(desk.proposals(case).best, consent="signed"))
    return desk.case(case)


def medium(database):
    """
    Read the database's file and whatever lies beside it.
    """
    return {path.name: path.read_bytes() for path in database.parent.glob(f"{database.name}*")}


@pytest.mark.parametrize("address", ["memory:", None])
def test_an_untouched_record_is_whole(address, url, clock):
    """
    The chain of a long case holds from the first fact to the stored head.
    """
    with desk_on(address or url, clock) as desk:
        case = live(desk, clock)

        assert case.version > 20
        assert desk.verify(case) is None


@pytest.mark.parametrize("column", ["body", "header", "digest"])
def test_a_rewritten_fact_breaks_the_chain(column, url, clock, sql):
    """
    A byte changed in the file shows at the fact where it was changed, the seal apart.
    """
    with desk_on(url, clock) as desk:
        case = live(desk, clock)
        statement = f"UPDATE overdue_facts SET {column} = CAST(replace({column}, ?, ?) AS BLOB) WHERE sequence = 4"
        if column == "digest":
            sql("UPDATE overdue_facts SET digest = randomblob(32) WHERE sequence = 4")
        else:
            sql(statement, b'"', b"'")
        broken = desk.verify(case)

        assert (broken.sequence, "digest" in str(broken)) == (4, True)


def test_a_cut_tail_shows_against_the_head(url, clock, sql):
    """
    Facts removed from the end are missed by the row's head.
    """
    with desk_on(url, clock) as desk:
        case = live(desk, clock)
        sql("DELETE FROM overdue_facts WHERE sequence > ?", case.version - 2)

        assert desk.verify(case).sequence == case.version - 1


def test_an_appended_fact_during_the_check_is_no_break(store, clock):
    """
    A case that moves while its chain is checked is whole.
    """
    desk = desk_on(store, clock)
    case = desk.observe(loan_of())
    facts = store.facts

    def moving(tenant, case_id, **more):
        store.facts = facts
        desk.do(case_id, RecordRequest(request="question"))
        return facts(tenant, case_id, **more)

    store.facts = moving

    assert desk.verify(case) is None
    assert desk.case(case).version == 2


def test_a_whole_store_passes_its_seals(url, clock, tmp_path):
    """
    Cases opened and facts added after a seal are no tampering, deposit after deposit.
    """
    notary = FileNotary(tmp_path / "notary")
    with desk_on(url, clock) as desk:
        first = desk.seal(notary)
        live(desk, clock)
        second = desk.seal(notary)
        live(desk, clock, loan_id="ke-002", party="b-2")
        desk.seal(notary)

        assert (first.size, second.size) == (0, 1)
        assert desk.tampering(notary) == ()


def test_a_tail_cut_with_its_head_shows_against_the_seal(url, clock, sql, tmp_path):
    """
    Whoever cuts the tail and mends the row deceives the chain and not the seal.
    """
    notary = FileNotary(tmp_path)
    with desk_on(url, clock) as desk:
        case = live(desk, clock)
        desk.seal(notary)
        sql("DELETE FROM overdue_facts WHERE sequence > 5")
        sql("UPDATE overdue_cases SET version = 5, head = (SELECT digest FROM overdue_facts WHERE sequence = 5)")
        (found,) = desk.tampering(notary)

        assert desk.verify(case) is None
        assert (found.case_id, found.version) == (case.id, case.version)
        assert str(found) == f"{case.id}: had {case.version} facts when it was sealed, and has fewer now"


def test_a_rewritten_case_shows_against_the_seal(url, clock, sql, tmp_path):
    """
    A case replaced by another whole history shows against the seal, as does one that is gone.
    """
    notary = FileNotary(tmp_path)
    with desk_on(url, clock) as desk:
        for number in range(3):
            desk.observe(loan_of(f"ke-{number}"))
        desk.seal(notary)
        for table in ("facts", "cases", "private"):
            sql(f"DELETE FROM overdue_{table} WHERE case_id IN ('ke-1/1', 'ke-2/1')")
        desk.observe(loan_of("ke-1", amount="999"))
        found = desk.tampering(notary)

        assert desk.verify("ke-1/1") is None
        assert [str(each) for each in found] == [
            "ke-1/1: its first 1 facts are not those that were sealed",
            "ke-2/1: had 1 facts when it was sealed, and has fewer now",
        ]


def test_a_damaged_deposit_is_not_taken_for_tampering(desk, tmp_path):
    """
    When the notary's own file was changed, that is said, and no case is accused.
    """
    notary = FileNotary(tmp_path)
    desk.observe(loan_of())
    desk.seal(notary)
    leaves = next(tmp_path.glob("leaves-*"))
    leaves.write_bytes(leaves.read_bytes().replace(b"ke-001", b"ke-002"))

    with pytest.raises(DepositDamaged):
        desk.tampering(notary)


def test_a_tenant_checks_its_own_cases(store, clock, tmp_path):
    """
    Two tenants may keep seals with one notary; each is told of its own cases.
    """
    notary = FileNotary(tmp_path)
    north, south = (desk_on(store, clock, tenant=tenant) for tenant in ("north", "south"))
    north.observe(loan_of("ke-001"))
    north.seal(notary)
    south.seal(notary)

    assert north.tampering(notary) == south.tampering(notary) == ()


def test_an_exchanged_private_value_is_noticed(url, clock, sql):
    """
    Words exchanged in the file are not taken for the borrower's own.
    """
    with desk_on(url, clock) as desk:
        case = live(desk, clock)
        sql("UPDATE overdue_private SET value = CAST('\"something else\"' AS BLOB) WHERE field = 'text'")

        with pytest.raises(RecordDamaged) as refusal:
            desk.history(case)
        assert "something else" not in str(refusal.value)


def test_a_party_with_an_open_case_is_not_erased(desk, store, clock):
    """
    Erasing somebody who is still written to is refused with the cases to close first.
    """
    case = live(desk, clock)
    before = desk.history(case)

    with pytest.raises(PartyHasOpenCases) as refusal:
        desk.erase(PARTY)

    assert refusal.value.cases == (case.id,)
    assert desk.history(case) == before


def test_an_erased_party_leaves_no_trace_in_the_file(url, database, clock):
    """
    Words, budget, the party's id, name and address are nowhere in the file or beside it; the record stays whole.
    """
    directory = MemoryDirectory({PARTY: {"name": NAME, "sms": PHONE, "language": "en"}})
    with desk_on(url, clock, Post(), directory=directory) as desk:
        live(desk, clock)
        clock.advance(days=1)
        live_on(desk, clock)
        before = {case_id: desk.history(case_id) for case_id in ("ke-001/1", "ke-002/1")}
        markers = [PARTY, *WORDS, str(INCOME.minor), "12345678"]
        assert all(any(marker.encode() in data for data in medium(database).values()) for marker in markers)
        clock.advance(days=1)

        erased = desk.erase(PARTY)

        assert erased == sum(
            getattr(entry.fact, name) is not None
            for history in before.values()
            for entry in history
            for name in entry.fact.private
        )
        for name, data in medium(database).items():
            for marker in (*markers, "marker", NAME, PHONE):
                assert marker.encode() not in data, (name, marker)
        for case_id, old in before.items():
            assert_erased(desk, case_id, old)
        assert_sound(desk, desk._settings.store)
        assert desk.erase(PARTY) == 0
        assert str(desk.relay()) == "0 sent, 0 withheld, 0 failed, 0 unknown"


def live_on(desk, clock):
    """
    Give the party a second case, and close both.
    """
    desk.do(desk.observe(loan_of("ke-002", borrower=PARTY)), RecordWords(topic="note", text=WORDS[3]))
    for case_id in ("ke-001/1", "ke-002/1"):
        desk.do(case_id, CloseCase("settled"))


def assert_erased(desk, case_id, before):
    """
    Check that a case has lost its private values and nothing else.
    """
    case, after = desk.case(case_id), desk.history(case_id)
    assert case.party is None
    assert fold(after) == case
    assert desk.verify(case_id) is None
    assert [entry.header for entry in after] == [entry.header for entry in before]
    for entry in after:
        assert all(getattr(entry.fact, name) is None for name in entry.fact.private)
    assert kinds(desk, case_id)[-1] == "case_closed"


def test_the_letter_had_name_and_address_that_were_never_stored(url, database, clock):
    """
    What the directory said went into the letter and nowhere else.
    """
    directory = MemoryDirectory({PARTY: {"name": NAME, "sms": PHONE, "language": "zh"}})
    post = Post()
    with desk_on(url, clock, post, directory=directory) as desk:
        live(desk, clock)

        (letter,) = post.letters
        assert (letter.address, letter.language) == (PHONE, "zh")
        assert NAME in letter.body
        assert all(NAME.encode() not in data and PHONE.encode() not in data for data in medium(database).values())
        assert NAME not in repr(letter)


def test_erasing_one_party_leaves_the_others(desk, store, clock):
    """
    Another party's case keeps its words, contacts and messages.
    """
    first = live(desk, clock)
    desk.do(first, CloseCase("settled"))
    clock.set("2026-03-11 09:00")
    other = live(desk, clock, loan_id="ke-002", party="b-2")
    before = desk.history(other)

    desk.erase(PARTY)

    assert desk.history(other) == before
    assert store.contacts("default", "b-2", since=desk._settings.now().replace(year=2000)).version > 0
    assert store.contacts("default", PARTY, since=desk._settings.now().replace(year=2000)).rows == ()


def test_an_erased_loan_may_fall_behind_again(desk, clock):
    """
    A later episode of the loan is a new case, and it names the party that the ledger names.
    """
    case = live(desk, clock)
    desk.do(case, CloseCase("settled"))
    desk.erase(PARTY)

    again = desk.observe(loan_of(borrower=PARTY, due=DUE))

    assert (again.id, again.party) == ("ke-001/2", PARTY)
    assert desk.verify(again) is None


def test_erasing_nobody_deletes_nothing(desk):
    """
    A party without cases has nothing to erase.
    """
    assert desk.erase("nobody") == 0
