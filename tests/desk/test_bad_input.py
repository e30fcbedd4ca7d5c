"""
Bad input at the door: each error names the field, the value and what would be accepted, and nothing is lost.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest

from overdue_visit import (
    AdapterError,
    AgreePlan,
    Appoint,
    AssignOfficer,
    CloseCase,
    CounterOffer,
    HouseholdBudget,
    Instalment,
    Interview,
    InvalidValue,
    Loan,
    Money,
    NotAllowed,
    Offer,
    OfferPlan,
    PlanInstalment,
    Recall,
    RecordAttempt,
    RecordDelivery,
    RecordRequest,
    RecordVisit,
    RecordWords,
    RevisePlan,
    SendNotice,
    SetAttributes,
    WithdrawConsent,
    open_desk,
)
from overdue_visit.adapters.clock import FixedClock
from overdue_visit.adapters.memory_loan_book import MemoryLoanBook
from overdue_visit.ports.loan_book import DuplicateLoan
from overdue_visit.ports.store import NewerSchema, OlderSchema, StoreDamaged, StoreLocked, StoreReadOnly
from tests.desk.world import DUE, ZONE, Post, desk_on, kes, loan_of, rows_of


@pytest.fixture
def visited(desk, loan, clock):
    """
    A case on which a talk was held and a plan is possible.
    """
    case = desk.observe(loan)
    clock.set("2026-03-11 15:00")
    budget = HouseholdBudget(income=kes(90), necessary=kes(50))
    desk.do(case, RecordVisit(met="borrower", interview=Interview(reason="income_lost", willing=True, budget=budget)))
    return desk.case(case)


def told(refusal):
    """
    Check that an error says field, value and what would be accepted, and return field and value.
    """
    error = refusal.value
    assert error.accepted
    assert error.field in str(error)
    assert error.accepted in str(error)
    return error.field, error.value


@pytest.mark.parametrize(
    ("make", "field"),
    [
        (lambda: Money(12.5, "KES"), "amount"),
        (lambda: Money(12, "KES"), "amount"),
        (lambda: Money("12.345", "KES"), "amount"),
        (lambda: Money(Decimal("0.001"), "KES"), "amount"),
        (lambda: Money("NaN", "KES"), "amount"),
        (lambda: Money("12", "XXQ"), "currency"),
        (lambda: Money("12", "kes"), "currency"),
        (lambda: Instalment(DUE, kes(-5)), "amount"),
        (lambda: Instalment(DUE, kes(0)), "amount"),
        (lambda: Instalment(DUE, Money("9" * 30, "KES")), "amount"),
        (lambda: Instalment(datetime(2026, 3, 1, tzinfo=UTC), kes(5)), "due"),
        (lambda: Instalment("2026-03-01", kes(5)), "due"),
        (lambda: Loan("", borrower="b-1", schedule=[Instalment(DUE, kes(5))]), "id"),
        (lambda: Loan("ke-1", borrower="b-1", schedule=[]), "schedule"),
        (lambda: loan_of(later=[date(2026, 2, 1)]), "due"),
        (
            lambda: Loan(
                "ke-1", borrower="b-1", schedule=[Instalment(DUE, kes(5), number=1), Instalment(DUE, kes(5), number=1)]
            ),
            "number",
        ),
        (lambda: Loan("ke-1", borrower="b", schedule=[Instalment(DUE, kes(5))], disbursed=date(2026, 3, 2)), "due"),
        (lambda: loan_of().pay(kes(-1), on=DUE, ref="m-1"), "amount"),
        (lambda: loan_of().pay(Money("1", "CNY"), on=DUE, ref="m-1"), "currency"),
        (lambda: loan_of().pay(kes(1), on=DUE, ref="m").pay(kes(1), on=DUE, ref="m"), "ref"),
        (lambda: loan_of().reverse("m-9", on=DUE), "ref"),
        (lambda: MemoryLoanBook([loan_of(), loan_of()]), "id"),
    ],
)
def test_malformed_loans_and_amounts_are_refused(make, field):
    """
    What cannot be a loan or an amount of money never reaches a case.
    """
    with pytest.raises(InvalidValue) as refusal:
        make()

    assert told(refusal)[0] == field


def test_two_loans_of_one_id_are_one_error():
    """
    A book of two loans with one id is refused by that id.
    """
    with pytest.raises(DuplicateLoan) as refusal:
        MemoryLoanBook([loan_of("ke-1"), loan_of("ke-2"), loan_of("ke-1")])

    assert told(refusal) == ("id", "ke-1")


@pytest.mark.parametrize(
    ("make", "field"),
    [
        (lambda: SendNotice("threat"), "notice"),
        (lambda: SendNotice("visit", channel="pigeon"), "channel"),
        (lambda: SendNotice("visit", language="xx"), "language"),
        (lambda: Appoint(date(2026, 3, 7), time(14), time(16), place="home"), "on"),
        (lambda: Appoint(date(2026, 3, 12), time(16), time(14), place="home"), "end"),
        (lambda: Appoint(date(2026, 3, 12), time(14, tzinfo=UTC), time(16), place="home"), "start"),
        (lambda: Appoint(date(2026, 3, 12), time(14), time(16), place="Main Street 5, Nairobi", agreed=True), "place"),
        (lambda: RecordAttempt(result="eaten_by_dog"), "result"),
        (lambda: RecordAttempt(result="refused", at=datetime(2026, 3, 8, 9)), "at"),
        (lambda: RecordAttempt(result="refused", at=datetime(2027, 3, 8, 9, tzinfo=UTC)), "at"),
        (lambda: RecordVisit(met="dog", interview=Interview(reason="forgot")), "met"),
        (lambda: RecordVisit(met="borrower", interview="he said no"), "interview"),
        (lambda: RecordVisit(met="borrower", interview=Interview(reason="Lost his job, Mr K.")), "reason"),
        (
            lambda: RecordVisit(
                met="borrower",
                interview=Interview(
                    reason="forgot", budget=HouseholdBudget(income=Money("9", "CNY"), necessary=Money("1", "CNY"))
                ),
            ),
            "budget",
        ),
        (lambda: RecordVisit(met="borrower", interview=Interview(reason="forgot"), channel="smoke"), "channel"),
        (lambda: RecordWords(topic="note", text=""), "text"),
        (lambda: RecordWords(topic="a long story", text="x"), "topic"),
        (lambda: AssignOfficer(""), "officer"),
        (lambda: CloseCase("tired_of_it"), "reason"),
        (lambda: SetAttributes({"branch": "north"}), "attributes"),
        (lambda: SetAttributes({"core:branch": 1.5}), "core:branch"),
        (lambda: RecordRequest(request="a pony"), "request"),
        (lambda: RecordDelivery(notice=77), "notice"),
    ],
)
def test_malformed_acts_are_refused(make, field, desk, store, loan):
    """
    A malformed act names its field and leaves the case as it was.
    """
    case = desk.observe(loan)
    before = (rows_of(store), desk.history(case))

    with pytest.raises(InvalidValue) as refusal:
        desk.do(case, make())

    assert told(refusal)[0] == field
    assert (rows_of(store), desk.history(case)) == before


@pytest.mark.parametrize(
    "act",
    [
        SendNotice("recovered"),
        SendNotice("instalment", instalment=1),
        Recall("talk_again"),
        AgreePlan(
            Offer(kind="equal_split", instalments=[PlanInstalment(date(2026, 4, 1), kes(120))]), consent="signed"
        ),
        RevisePlan(
            Offer(kind="equal_split", instalments=[PlanInstalment(date(2026, 4, 1), kes(120))]),
            consent="signed",
            because="ill",
        ),
        WithdrawConsent("changed_mind"),
        Appoint(date(2026, 3, 9), time(14), time(16), place="home"),
        Appoint(date(2026, 3, 9), time(5), time(6), place="home", agreed=True),
    ],
)
def test_decisions_out_of_season_are_refused(act, desk, store, loan):
    """
    A decision that the case is not ready for is refused with what would be allowed, and nothing changes.
    """
    case = desk.observe(loan)

    with pytest.raises(NotAllowed) as refusal:
        desk.do(case, act)

    assert case.id in str(refusal.value)
    assert desk.case(case) == case
    assert len(rows_of(store)) == 1


@pytest.mark.parametrize(
    ("instalments", "objection"),
    [
        ([(date(2026, 3, 1), 40), (date(2026, 4, 1), 40), (date(2026, 5, 1), 40)], "in_the_past"),
        ([(date(2026, 4, 1), 60), (date(2026, 5, 1), 61)], "above_the_debt"),
        ([(date(2026, 4, 1), 40), (date(2026, 5, 1), 40)], "below_the_debt"),
        ([(date(2026, 4, 1), 60), (date(2026, 5, 1), 60)], "above_capacity"),
        ([(date(2031, 4, 1), 40), (date(2031, 5, 1), 40), (date(2031, 6, 1), 40)], "first_too_late"),
    ],
)
def test_plans_that_cannot_be_are_refused(instalments, objection, desk, visited):
    """
    A plan in the past, above the debt or above what the household can pay is refused; a counter-offer is noted so.
    """
    offer = Offer(kind="equal_split", instalments=[PlanInstalment(due, kes(amount)) for due, amount in instalments])

    for act in (OfferPlan(offer), AgreePlan(offer, consent="signed")):
        with pytest.raises(NotAllowed) as refusal:
            desk.do(visited, act)
        assert refusal.value.objection == objection
    assert desk.case(visited) == visited
    noted = desk.do(visited, CounterOffer(offer)).facts[0]
    assert objection in noted.objections


@pytest.mark.parametrize(("offer", "consent", "field"), [(99, "signed", "offer"), (None, "shrugged", "consent")])
def test_an_agreement_on_nothing_or_without_consent_is_refused(offer, consent, field, desk, visited):
    """
    An offer that is not on the table and a kind of consent that the policy does not know are named.
    """
    chosen = desk.proposals(visited).best if offer is None else offer

    with pytest.raises(InvalidValue) as refusal:
        desk.do(visited, AgreePlan(chosen, consent=consent))

    assert told(refusal)[0] == field
    assert desk.case(visited) == visited


@pytest.mark.parametrize("on", [datetime(2026, 3, 8, 9, tzinfo=UTC), "2026-03-08", 20260308])
def test_a_day_is_a_date(on, desk, loan):
    """
    A datetime hides a zone and a text hides its order: neither is taken for a business date.
    """
    case = desk.observe(loan)
    for ask in (
        lambda: desk.observe(loan, on=on),
        lambda: desk.worklist(on=on),
        lambda: desk.explain(case, on=on),
        lambda: desk.close_of_business(MemoryLoanBook(), on=on),
        lambda: desk.as_known(case, on),
    ):
        with pytest.raises(InvalidValue) as refusal:
            ask()
        assert told(refusal)[1] == on


@pytest.mark.parametrize("loan", [None, "ke-001", {"id": "ke-001"}])
def test_what_is_no_loan_is_refused(loan, desk):
    """
    Only a Loan can be observed.
    """
    with pytest.raises(InvalidValue) as refusal:
        desk.observe(loan)

    assert told(refusal)[0] == "loan"


def test_a_clock_without_a_zone_is_refused(store, loan):
    """
    A clock that gives naive instants is refused before anything is recorded.
    """

    class Naive:
        def now(self, zone):  # noqa: ARG002 - the port's shape
            return datetime(2026, 3, 8, 9)

    with pytest.raises(InvalidValue) as refusal:
        desk_on(store, Naive()).observe(loan)

    assert told(refusal)[0] == "clock"
    assert rows_of(store) == ()


@pytest.mark.parametrize("zone", ["Nairobi", "", "../etc/passwd", "+03:00", None])
def test_a_bad_zone_is_refused(zone):
    """
    A zone is an IANA name.
    """
    with pytest.raises(InvalidValue) as refusal:
        open_desk("memory:", zone=zone)

    assert told(refusal) == ("zone", zone)


@pytest.mark.parametrize("tenant", ["", None, 7])
def test_a_bad_tenant_is_refused(tenant):
    """
    A tenant is a non-empty id.
    """
    with pytest.raises(InvalidValue) as refusal:
        open_desk("memory:", zone=ZONE, tenant=tenant)

    assert told(refusal) == ("tenant", tenant)


@pytest.mark.parametrize("actor", ["", None, 7])
def test_a_bad_actor_is_refused(actor, desk):
    """
    An actor is a non-empty id.
    """
    with pytest.raises(InvalidValue) as refusal:
        desk.by(actor)

    assert told(refusal)[0] == "actor"


@pytest.mark.parametrize(
    ("text", "field"),
    [
        (
            'extends = "village"\nname = "umoja"\nversion = "1"\n[visits.first_day]\nvalue = 7\nwhy = "x"\n',
            "visits.first_day",
        ),
        (
            (
                'extends = "village"\nname = "umoja"\nversion = "1"\n'
                '[notices.reminder_day]\nvalue = 9\nsource = "own choice"\n'
            ),
            "notices.reminder_day",
        ),
        ("name = ", "policy"),
    ],
)
def test_a_policy_file_with_unknown_keys_or_contradictions_is_refused(text, field, tmp_path, database):
    """
    A file of the lender's own is refused by the key at fault, and no store is made for it.
    """
    path = tmp_path / "umoja.toml"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(InvalidValue) as refusal:
        open_desk(f"sqlite:///{database}", zone=ZONE, policy=path)

    assert field in told(refusal)[0]
    assert not database.exists()


def test_a_policy_file_that_is_not_there_is_an_adapters_error(tmp_path):
    """
    A path that leads nowhere says so.
    """
    with pytest.raises(AdapterError, match=r"missing\.toml"):
        open_desk("memory:", zone=ZONE, policy=tmp_path / "missing.toml")


@pytest.mark.parametrize("clock", ["2026-03-08 09:00", datetime(2026, 3, 8, 9), 7])
def test_what_is_no_clock_is_refused(clock):
    """
    A datetime has a ``now`` too, and it is the machine's: taken for a clock it would record the wrong day.
    """
    with pytest.raises(InvalidValue) as refusal:
        open_desk("memory:", zone=ZONE, clock=clock)

    assert told(refusal)[0] == "clock"


class Silent:
    """A sender whose channels are one text, not a set."""

    channels = "sms"
    idempotent = False

    def send(self, letter, *, key):
        """
        Take nothing.
        """


@pytest.mark.parametrize("senders", ["sms", [object()], 7, [Silent()]])
def test_what_is_no_sender_is_refused(senders):
    """
    A sender is asked for its three members when the desk opens, not when the first notice is due.
    """
    with pytest.raises(InvalidValue) as refusal:
        open_desk("memory:", zone=ZONE, senders=senders)

    assert told(refusal)[0] == "senders"


@pytest.mark.parametrize("book", [[], None, 7])
def test_what_is_no_loan_book_is_refused(book, desk):
    """
    A list of loans is no loan book; the refusal says which one takes it.
    """
    with pytest.raises(InvalidValue, match="MemoryLoanBook") as refusal:
        desk.close_of_business(book)

    assert told(refusal)[0] == "book"


@pytest.mark.parametrize("policy", [7, None, {"name": "umoja"}])
def test_what_is_no_policy_is_refused(policy):
    """
    A policy is a Policy, a name or a path.
    """
    with pytest.raises(InvalidValue) as refusal:
        open_desk("memory:", zone=ZONE, policy=policy)

    assert told(refusal)[0] == "policy"


# ---- the file -------------------------------------------------------------------------------------------------------


@pytest.fixture
def filled(url, clock, loan):
    """
    A database with one case in it.
    """
    with desk_on(url, clock) as desk:
        desk.observe(loan)
    return url


def test_a_locked_file_refuses_and_loses_nothing(filled, database, clock):
    """
    While another process writes, an act is refused after the time to wait; afterwards it goes through.
    """
    with (
        contextlib.closing(sqlite3.connect(database, isolation_level=None)) as other,
        desk_on(f"{filled}&timeout=0.05", clock) as desk,
    ):
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreLocked, match=r"village\.db"):
            desk.do("ke-001/1", AssignOfficer("officer:7"))
        assert desk.case("ke-001/1").version == 1
        other.execute("ROLLBACK")

        assert desk.do("ke-001/1", AssignOfficer("officer:7")).case.version == 2


def test_a_locked_file_stops_the_relay_before_anything_is_sent(filled, database, clock):
    """
    When the claim cannot be written nothing is handed to a sender.
    """
    post = Post()
    with (
        contextlib.closing(sqlite3.connect(database, isolation_level=None)) as other,
        desk_on(f"{filled}&timeout=0.05", clock, post) as desk,
    ):
        desk.do("ke-001/1", SendNotice("visit", channel="sms"))
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreLocked):
            desk.relay()
        other.execute("ROLLBACK")

        assert post.taken == []
        assert len(desk.relay().sent) == 1


def test_a_read_only_file_answers_and_does_not_write(filled, database, clock):
    """
    Opened for reading only, a desk answers questions and refuses acts.
    """
    with desk_on(f"sqlite:///{database}?mode=ro", clock) as desk:
        assert desk.case("ke-001/1").state == "overdue"
        with pytest.raises(StoreReadOnly, match=r"village\.db"):
            desk.do("ke-001/1", AssignOfficer("officer:7"))


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="the superuser may write everywhere")
def test_a_file_without_write_permission_is_named(filled, database, clock):
    """
    A file that may not be written to is refused by name when it is opened.
    """
    database.chmod(0o444)
    with pytest.raises(AdapterError, match=r"village\.db"), desk_on(filled, clock) as desk:
        desk.do("ke-001/1", AssignOfficer("officer:7"))


@pytest.mark.parametrize("keep", [0.3, 0.6, 0.9])
def test_a_truncated_file_is_refused(keep, filled, database, clock):
    """
    A file cut short is refused as damaged, when it is opened or when the missing part is read.
    """
    content = database.read_bytes()
    database.write_bytes(content[: int(len(content) * keep)])

    def use():
        with desk_on(filled, clock) as desk:
            desk.history("ke-001/1")
            desk.do("ke-001/1", AssignOfficer("officer:7"))

    with pytest.raises(StoreDamaged, match=r"village\.db"):
        use()


def test_what_is_no_database_is_refused_and_left_alone(url, database, clock):
    """
    Some other file is never taken for a store nor written to.
    """
    database.write_text("Dear diary, " * 1000)
    before = database.read_bytes()

    with pytest.raises(StoreDamaged, match=r"village\.db"):
        desk_on(url, clock)

    assert database.read_bytes() == before


@pytest.mark.parametrize(("version", "error"), [(99, NewerSchema), (0, OlderSchema)])
def test_a_file_of_another_release_is_refused_and_left_alone(version, error, filled, database, clock):
    """
    Tables of a newer release are not touched, those of an older one are to be migrated first.
    """
    with contextlib.closing(sqlite3.connect(database)) as connection:
        connection.execute("UPDATE overdue_meta SET value = ? WHERE key = 'schema'", (version,))
        connection.commit()
    with pytest.raises(error) as refusal:
        desk_on(filled, clock)

    assert (refusal.value.found, refusal.value.known) == (version, 1)
    with contextlib.closing(sqlite3.connect(database)) as connection:
        assert connection.execute("SELECT count(*) FROM overdue_facts").fetchone() == (1,)


@pytest.mark.parametrize("url", ["sqlite://village.db", "sqlite:///", "sqlite:///x.db?colour=green", "memory:/x"])
def test_a_malformed_url_is_refused(url, tmp_path, monkeypatch):
    """
    A url that its store cannot understand makes no file.
    """
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InvalidValue) as refusal:
        open_desk(url, zone=ZONE)

    assert told(refusal)[0] == "url"
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_named(tmp_path):
    """
    A database in a folder that does not exist says what to check.
    """
    with pytest.raises(AdapterError, match="folder"):
        open_desk(f"sqlite:///{tmp_path}/nowhere/village.db", zone=ZONE)


@pytest.mark.parametrize("text", ["", "yesterday", "2026-13-01"])
def test_a_clock_is_set_to_an_instant(text):
    """
    A clock set by hand takes ISO 8601 only.
    """
    with pytest.raises(InvalidValue):
        FixedClock(text)
