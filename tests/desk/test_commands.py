"""
Commands: idempotency keys, expected versions, two desks at once, and many commands in one go.
"""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, date
from typing import ClassVar

import attrs
import pytest

from overdue_visit import (
    AssignOfficer,
    CloseCase,
    ConcurrentUpdate,
    InvalidValue,
    NotAllowed,
    RecordAttempt,
    RecordRequest,
    RecordWords,
    SendNotice,
    SetAttributes,
)
from overdue_visit.case.talks import RequestRecorded, WordsRecorded
from overdue_visit.case.upkeep import IrregularityNoted, OfficerAssigned
from overdue_visit.desk import KeyReused
from overdue_visit.desk.unit import UnknownCase
from overdue_visit.interview import RequestKind
from overdue_visit.record.encoding import Unwritable
from tests.desk.world import Post, assert_sound, desk_on, kinds, loan_of, rows_of

PROCESS = """
import sys
from overdue_visit import AssignOfficer, RecordRequest, open_desk
from overdue_visit.adapters.clock import FixedClock

with open_desk(sys.argv[1], zone="Africa/Nairobi", clock=FixedClock("2026-03-08 10:00")) as desk:
    outcome = desk.do("ke-001/1", AssignOfficer("officer:7"), RecordRequest(request="hardship"), key="k-1")
    print(outcome.replayed, outcome.case.version, [fact.kind for fact in outcome.facts])
"""


class Overtaken:
    """A store into which somebody else writes just before a save, a given number of times."""

    def __init__(self, store, times, other):
        self.store = store
        self.times = times
        self.other = other
        self.saves = 0

    def __getattr__(self, name):
        return getattr(self.store, name)

    def save(self, changes):
        """
        Let the other write first, as long as it wants to.
        """
        self.saves += 1
        if self.times:
            self.times -= 1
            self.other()
        self.store.save(changes)


def test_the_same_key_returns_the_stored_outcome(desk, clock, loan):
    """
    A repeated command records nothing and returns the facts of the first time, on whatever version the case is now.
    """
    case = desk.observe(loan)
    first = desk.do(case, SendNotice("visit"), AssignOfficer("officer:7"), key="k-1")
    desk.do(case, RecordRequest(request="hardship"))
    clock.advance(days=3)

    again = desk.do(case, SendNotice("visit"), AssignOfficer("officer:7"), key="k-1")

    assert (again.replayed, again.facts) == (True, first.facts)
    assert again.case == desk.case(case)
    assert again.case.version == 4
    assert [entry.header.key for entry in desk.history(case)] == [None, "k-1", "k-1", None]


def test_a_command_refused_under_a_key_may_be_tried_again(desk, clock, loan):
    """
    A refusal stores no key: once the rules allow it, the same command under the same key is done.
    """
    case = desk.observe(loan)
    with pytest.raises(NotAllowed):
        desk.do(case, SendNotice("recovered"), key="k-1")
    desk.observe(loan.pay(loan.instalments(loan.versions[0].since)[0].amount, on=clock_day(clock), ref="m-1"))

    assert desk.do(case, SendNotice("recovered"), key="k-1").replayed is False


def clock_day(clock):
    """
    Return the calendar day a clock stands at.
    """
    return clock.now(UTC).date()


@pytest.mark.parametrize(
    "act", [AssignOfficer("officer:8"), RecordWords(topic="note", text="officer:7"), SetAttributes({"core:a": "b"})]
)
def test_a_key_stands_for_one_command(act, desk, loan):
    """
    The same key with another act is refused, and nothing changes.
    """
    case = desk.observe(loan)
    desk.do(case, AssignOfficer("officer:7"), key="k-1")

    with pytest.raises(KeyReused) as refusal:
        desk.do(case, act, key="k-1")

    assert (refusal.value.key, refusal.value.case_id) == ("k-1", case.id)
    assert desk.case(case).version == 2


def test_a_key_stands_for_one_case(desk, loan):
    """
    The same act under the same key on another case is another command.
    """
    first, second = desk.observe(loan), desk.observe(loan_of("ke-002"))
    desk.do(first, AssignOfficer("officer:7"), key="k-1")

    with pytest.raises(KeyReused):
        desk.do(second, AssignOfficer("officer:7"), key="k-1")


def test_a_key_belongs_to_its_tenant(store, clock, loan):
    """
    Two tenants may use one key for their own commands.
    """
    north, south = (desk_on(store, clock, tenant=tenant) for tenant in ("north", "south"))

    outcomes = [desk.do(desk.observe(loan), AssignOfficer("officer:7"), key="k-1") for desk in (north, south)]

    assert [outcome.replayed for outcome in outcomes] == [False, False]


def test_a_key_holds_across_processes(url, clock, loan):
    """
    Another process with the same database replays what the first has done.
    """
    with desk_on(url, clock) as desk:
        desk.observe(loan)
    runs = [
        subprocess.run(
            [sys.executable, "-c", PROCESS, url], env=os.environ, capture_output=True, text=True, check=True, timeout=60
        ).stdout
        for _ in range(2)
    ]

    assert runs == [f"{replayed} 3 ['officer_assigned', 'request_recorded']\n" for replayed in (False, True)]


def test_two_desks_race_with_one_key(store, clock, loan):
    """
    Of two desks that use one key at the same moment one acts and the other replays.
    """
    other = desk_on(store, clock)
    case = other.observe(loan)
    behind = Overtaken(store, 1, lambda: other.do(case, AssignOfficer("officer:7"), key="k-1"))

    outcome = desk_on(behind, clock).do(case, AssignOfficer("officer:7"), key="k-1")

    assert outcome.replayed
    assert kinds(other, case) == ["case_opened", "officer_assigned"]


@pytest.mark.parametrize("key", ["", 7, "k" * 201])
def test_a_malformed_key_is_refused(key, desk, loan):
    """
    A key is a text of 1 to 200 characters.
    """
    case = desk.observe(loan)

    with pytest.raises(InvalidValue) as refusal:
        desk.do(case, AssignOfficer("officer:7"), key=key)

    assert refusal.value.field == "key"
    assert desk.case(case).version == 1


def test_an_expected_version_protects_a_screen(desk, loan):
    """
    An act decided on an older version of the case than there is now is refused, and not tried again.
    """
    case = desk.observe(loan)
    seen = desk.do(case, AssignOfficer("officer:7"), expect=case.version).case

    with pytest.raises(ConcurrentUpdate) as refusal:
        desk.do(case, AssignOfficer("officer:8"), expect=case.version)

    assert refusal.value.cases == (case.id,)
    assert desk.do(case, AssignOfficer("officer:8"), expect=seen.version).case.upkeep.officer == "officer:8"


def test_an_expected_version_that_is_overtaken_while_saving_is_refused(store, clock, loan):
    """
    With an expected version even the last moment counts: the other's act stands, this one is refused.
    """
    other = desk_on(store, clock)
    case = other.observe(loan)
    behind = Overtaken(store, 1, lambda: other.do(case, AssignOfficer("officer:7")))

    with pytest.raises(ConcurrentUpdate):
        desk_on(behind, clock).do(case, AssignOfficer("officer:8"), expect=1)

    assert behind.saves == 1
    assert other.case(case).upkeep.officer == "officer:7"


@pytest.mark.parametrize(("times", "done"), [(1, True), (2, True), (3, False)])
def test_an_act_is_decided_again_on_the_latest_version(times, done, store, clock, loan):
    """
    Overtaken once or twice an act is decided anew; the third time it is left to its caller.
    """
    other = desk_on(store, clock)
    case = other.observe(loan)
    behind = Overtaken(store, times, lambda: other.do(case, RecordRequest(request="question")))
    desk = desk_on(behind, clock)

    if done:
        assert desk.do(case, AssignOfficer("officer:7")).case.version == times + 2
    else:
        with pytest.raises(ConcurrentUpdate):
            desk.do(case, AssignOfficer("officer:7"))
    assert other.case(case).version == times + 1 + done
    assert_sound(other, store)


def test_an_act_that_the_latest_version_refuses_is_refused(store, clock, loan):
    """
    Decided again means decided: what the other did may make it impossible.
    """
    other = desk_on(store, clock)
    case = other.observe(loan)
    behind = Overtaken(store, 1, lambda: other.do(case, CloseCase("opened_in_error")))

    with pytest.raises(NotAllowed, match="closed as opened_in_error"):
        desk_on(behind, clock).do(case, AssignOfficer("officer:7"))


def test_two_desks_open_one_case(store, clock, loan):
    """
    Two desks that see the same loan for the first time open one case between them.
    """
    other = desk_on(store, clock)
    behind = Overtaken(store, 1, lambda: other.observe(loan))

    case = desk_on(behind, clock).observe(loan)

    assert case == other.case("ke-001/1")
    assert case.version == 1
    assert len(rows_of(store)) == 1


def test_several_acts_are_one_change(desk, loan):
    """
    If the last of several acts is refused, none was done.
    """
    case = desk.observe(loan)
    with pytest.raises(NotAllowed):
        desk.do(case, AssignOfficer("officer:7"), SendNotice("visit"), SendNotice("visit"))

    assert desk.case(case) == case
    assert desk.relay().sent == ()


@pytest.mark.parametrize("acts", [(), (SendNotice,), ("remind",), (None,)])
def test_what_is_no_act_is_refused(acts, desk, loan):
    """
    A command without acts, an act's class and anything else are no commands.
    """
    case = desk.observe(loan)

    with pytest.raises(InvalidValue) as refusal:
        desk.do(case, *acts)

    assert refusal.value.field == "acts"


@pytest.mark.parametrize("case", ["nobody/1", "", None, 7])
def test_what_is_no_case_is_refused(case, desk):
    """
    An unknown id and anything that is no case are refused.
    """
    with pytest.raises(InvalidValue) as refusal:
        desk.do(case, AssignOfficer("officer:7"))

    assert refusal.value.field == "case"


@attrs.frozen
class Careless:
    """A host's own act that does not look at what it is given."""

    records: ClassVar[bool] = True

    fact: object

    def decide(self, case, situation):  # noqa: ARG002 - one shape for all acts
        """
        Yield it as it is.
        """
        yield self.fact


@pytest.mark.parametrize(
    ("fact", "field"),
    [
        (WordsRecorded(topic="note", text="half a \ud83d"), "text"),
        (OfficerAssigned(officer=7), "officer"),
        (RequestRecorded(request="anything", answer_by=date(2026, 4, 1)), "request"),
        (RequestRecorded(request=RequestKind.NEED, answer_by="soon"), "answer_by"),
    ],
)
@pytest.mark.parametrize("key", [None, "k-1"])
def test_what_could_not_be_read_again_is_never_stored(fact, field, key, desk, loan):
    """
    A value of the wrong type in a fact is refused by name before it makes the record unreadable for good.
    """
    case = desk.observe(loan)
    before = desk.history(case)

    with pytest.raises(Unwritable) as refusal:
        desk.do(case, Careless(fact), key=key)

    assert field in refusal.value.field
    assert desk.history(case) == before
    assert desk.case(case) == case


def test_many_commands_the_good_ones_go_on(desk, store):
    """
    Refused commands are listed with their place; the others are done, in the order given.
    """
    cases = [desk.observe(loan_of(f"ke-{number}")) for number in range(4)]
    batch = desk.do_many(
        [
            (cases[0], SendNotice("visit")),
            (cases[1].id, SendNotice("recovered")),
            ("nobody/1", AssignOfficer("officer:7")),
            (cases[2], (AssignOfficer("officer:7"), SendNotice("visit"))),
            (cases[3], ()),
            (cases[3], SendNotice),
            (None, SendNotice("visit")),
            (cases[3], SendNotice("visit", channel="pigeon")),
        ]
    )

    assert [outcome.case.id for outcome in batch.done] == [cases[0].id, cases[2].id]
    assert [(place, case, refusal.code) for place, case, refusal in batch.refused] == [
        (1, "ke-1/1", "notice_out_of_season"),
        (2, "nobody/1", "unknown_case"),
        (4, "ke-3/1", "invalid_value"),
        (5, "ke-3/1", "invalid_value"),
        (6, "None", "invalid_value"),
        (7, "ke-3/1", "invalid_value"),
    ]
    assert desk.case(cases[3]) == cases[3]
    assert_sound(desk, store)


def test_commands_on_one_case_follow_one_another(desk, loan):
    """
    The second command on a case is decided on what the first left.
    """
    case = desk.observe(loan)
    batch = desk.do_many([(case, AssignOfficer("officer:7")), (case, SendNotice("visit")), (case, SendNotice("visit"))])

    assert [outcome.case.version for outcome in batch.done] == [2, 3]
    assert [refusal.code for _, _, refusal in batch.refused] == ["notice_under_way"]
    assert kinds(desk, case) == ["case_opened", "officer_assigned", "notice_queued"]


@pytest.mark.parametrize("address", ["memory:", "sqlite"])
def test_many_notices_count_the_contacts_of_their_parties(address, url, clock):
    """
    Notices queued together are due when each alone would be: a party already written to today waits, another does not.
    """
    with desk_on(url if address == "sqlite" else address, clock) as desk:
        again, alone, other = (
            desk.observe(loan_of(f"ke-{n}", borrower=who)) for n, who in enumerate(("b-1", "b-1", "b-2"))
        )
        desk.do(again, SendNotice("reminder"))
        desk.relay()

        batch = desk.do_many([(again, SendNotice("visit")), (other, SendNotice("visit"))])
        single = desk.do(alone, SendNotice("visit"))

        waiting, free = (outcome.facts[0].due_at for outcome in batch.done)
        assert waiting == single.facts[0].due_at > desk.settings.now()
        assert free == desk.settings.now()


@pytest.mark.parametrize("address", ["memory:", "sqlite"])
def test_many_visits_to_one_party_count_each_other(address, url, clock):
    """
    Attempts on several cases of one party, recorded together, have the irregularities that they have one by one.
    """
    with desk_on(url if address == "sqlite" else address, clock) as desk:
        together, apart = (
            [desk.observe(loan_of(f"{who}-{n}", borrower=who)) for n in range(3)] for who in ("b-1", "b-2")
        )
        other = desk.observe(loan_of("ke-9", borrower="b-3"))

        batch = desk.do_many((case, RecordAttempt(result="nobody_home")) for case in (*together, other))
        single = [desk.do(case, RecordAttempt(result="nobody_home")) for case in apart]

        noted, alone = (
            [[fact.code for fact in outcome.facts if isinstance(fact, IrregularityNoted)] for outcome in outcomes]
            for outcomes in (batch.done, single)
        )
        assert noted == [*alone, alone[0]]
        assert ["too_many_contacts" in codes for codes in noted] == [False, True, True, False]


def test_more_commands_than_one_save_takes(desk, store):
    """
    Four hundred and fifty commands are saved in a handful of goes.
    """
    cases = [desk.observe(loan_of(f"ke-{number:03}")) for number in range(450)]
    saves = []
    save = store.save
    store.save = lambda changes: (saves.append(len(changes)), save(changes))[1]

    batch = desk.do_many((case, AssignOfficer("officer:7")) for case in cases)

    assert [outcome.case.id for outcome in batch.done] == [case.id for case in cases]
    assert saves == [200, 200, 50]
    assert all(row.officer == "officer:7" for row in rows_of(store))


def test_a_batch_that_is_overtaken_is_done_one_by_one(store, clock):
    """
    When somebody else changes one case, the batch is decided again command by command, and nothing is lost.
    """
    other = desk_on(store, clock)
    cases = [other.observe(loan_of(f"ke-{number}")) for number in range(3)]
    behind = Overtaken(store, 1, lambda: other.do(cases[1], CloseCase("opened_in_error")))

    batch = desk_on(behind, clock, Post()).do_many((case, AssignOfficer("officer:7")) for case in cases)

    assert [outcome.case.id for outcome in batch.done] == ["ke-0/1", "ke-2/1"]
    assert [(place, case) for place, case, _ in batch.refused] == [(1, "ke-1/1")]
    assert_sound(other, store)


def test_a_case_of_another_tenant_is_refused(store, clock, loan):
    """
    A case in hand of another tenant is not taken for one's own of the same id.
    """
    north, south = (desk_on(store, clock, tenant=tenant) for tenant in ("north", "south"))
    case = north.observe(loan)
    south.observe(loan)

    with pytest.raises(UnknownCase):
        south.do(case, AssignOfficer("officer:7"))
    with pytest.raises(UnknownCase):
        south.explain(case)
    assert south.case("ke-001/1").version == 1
