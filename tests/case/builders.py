"""
Small builders for tests of the case: a loan, a story of one case told day by day, and the values that acts take.

All is pure: no desk, no store, no clock. A story checks after every act that a refusal changed nothing, and can prove
that folding its record gives the case it built.
"""

from __future__ import annotations

import datetime as dt
import zoneinfo

import attrs
import pytest

from overdue_visit.case.act import Situation
from overdue_visit.case.acts.delivery import HandOverNotice, RecordNoticeSent
from overdue_visit.case.acts.escalation import Escalate
from overdue_visit.case.acts.notices import SendNotice
from overdue_visit.case.acts.plans import AgreePlan
from overdue_visit.case.acts.visits import RecordVisit
from overdue_visit.case.case import Case, fold
from overdue_visit.case.header import Entry, Header
from overdue_visit.case.judgement import judge
from overdue_visit.case.observation import CaseOpened
from overdue_visit.case.observing import differences, opening
from overdue_visit.case.perform import Command, perform, record
from overdue_visit.case.proposals import propose
from overdue_visit.errors import InvalidValue, NotAllowed
from overdue_visit.instants import local
from overdue_visit.interview import Interview
from overdue_visit.loan import Instalment, Loan
from overdue_visit.money import Money
from overdue_visit.next_steps import next_steps
from overdue_visit.party.actor import Actor
from overdue_visit.party.budget import HouseholdBudget
from overdue_visit.plan import Offer, PlanInstalment
from overdue_visit.policy import Policy, village

NAIROBI = zoneinfo.ZoneInfo("Africa/Nairobi")
VILLAGE = village()
OFFICER = Actor("officer:7")
DUE = dt.date(2026, 3, 1)
"""Due day of the first instalment of `loan`: 8 March is day 7 past due."""


def day(number: int) -> dt.date:
    """
    Return the day on which the first instalment of `loan` is so many days past due.
    """
    return DUE + dt.timedelta(days=number)


def kes(amount: str | int) -> Money:
    """
    Return an amount in Kenyan shillings.
    """
    return Money(str(amount), "KES")


def loan(*later: tuple[dt.date, str], due: dt.date = DUE, amount: str = "120", **more: object) -> Loan:
    """
    Return a loan with one instalment on *due*, and any later ones.
    """
    schedule = [Instalment(due, kes(amount)), *(Instalment(on, kes(each)) for on, each in later)]
    return Loan("ke-001", borrower="b-17", schedule=schedule, **more)


def monthly(count: int, *, amount: str = "120", start: dt.date = DUE) -> Loan:
    """
    Return a loan with one instalment on the first of each month.
    """
    firsts = [
        dt.date(start.year + (start.month - 1 + n) // 12, (start.month - 1 + n) % 12 + 1, 1) for n in range(count)
    ]
    return loan(*((on, amount) for on in firsts[1:]), due=firsts[0], amount=amount)


def policy(**changes: object) -> Policy:
    """
    Return the village policy with some values changed: ``visits__first_visit_day=5``.
    """
    return VILLAGE.with_changes({key.replace("__", "."): (value, "for a test") for key, value in changes.items()})


def budget(income: str = "90", necessary: str = "50") -> HouseholdBudget:
    """
    Return a household's month; 40 shillings are left unless said otherwise.
    """
    return HouseholdBudget(income=kes(income), necessary=kes(necessary))


def interview(**found: object) -> Interview:
    """
    Return a talk in which the income was lost, the borrower is willing and 40 shillings are left a month.
    """
    return Interview(**{"reason": "income_lost", "willing": True, "budget": budget(), **found})


def offer(*parts: tuple[dt.date, str], kind: str = "spread") -> Offer:
    """
    Return an offer of dated amounts.
    """
    return Offer(kind=kind, instalments=[PlanInstalment(on, kes(amount)) for on, amount in parts])


THREE = offer((dt.date(2026, 4, 1), "40"), (dt.date(2026, 5, 1), "40"), (dt.date(2026, 6, 1), "40"))
"""The 120 shillings in three parts."""


@attrs.define
class Story:
    """One case told day by day, from the ledger's first word."""

    ledger: Loan
    rules: Policy = VILLAGE
    on: dt.date = day(7)
    time: dt.time = dt.time(10)
    actor: Actor = OFFICER
    contacts: tuple = ()
    entries: list[Entry] = attrs.field(factory=list)
    found: Case | None = None
    episode: int = 1

    @property
    def case(self) -> Case:
        """
        The case as it is now.
        """
        assert self.found is not None, "nothing is past due yet: no case"
        return self.found

    @property
    def kinds(self) -> list[str]:
        """
        The kinds of its facts, in order.
        """
        return [entry.header.kind for entry in self.entries]

    @property
    def now(self) -> dt.datetime:
        """
        The instant of the day and time it stands at.
        """
        return local(self.on, self.time, NAIROBI)

    def situation(self) -> Situation:
        """
        Return the circumstances of now.
        """
        return Situation(
            at=self.now, on=self.on, zone=NAIROBI, actor=self.actor, policy=self.rules, contacts=self.contacts
        )

    def observe(self, on: dt.date | None = None, ledger: Loan | None = None) -> list[object]:
        """
        Go to a day and observe the ledger; return the facts that this yields.
        """
        self.on = on or self.on
        self.ledger = ledger or self.ledger
        judgement = judge(self.ledger, self.found, self.rules, self.on)
        if self.found is None:
            fact = opening(self.ledger, judgement, self.rules, episode=self.episode)
            new = [] if fact is None else [self._opened(fact)]
            if new:
                self.found = Case.opened(new[0])
                if judgement.mismatch is not None:
                    facts = differences(self.found, judgement, self.rules)
                    self.found, more = record(self.found, facts, self.situation(), Command())
                    new += more
        else:
            facts = differences(self.found, judgement, self.rules) if self.found.open else ()
            self.found, new = record(self.found, facts, self.situation(), Command())
        self.entries += new
        return [entry.fact for entry in new]

    def _opened(self, fact: CaseOpened) -> Entry:
        now = self.situation()
        header = Header(
            tenant="lender",
            case=f"{self.ledger.id}/{self.episode}",
            sequence=1,
            kind=fact.kind,
            version=fact.version,
            at=now.at,
            recorded_at=now.at,
            on=self.on,
            actor=self.actor,
            policy=self.rules.digest,
        )
        return Entry(header, fact)

    def do(self, *acts: object, on: dt.date | None = None, at: dt.time | None = None) -> list[object]:
        """
        Do acts, on the day it stands at or another; return the facts they led to.
        """
        self.on, self.time = on or self.on, at or self.time
        self.found, new = perform(self.case, acts, self.situation(), Command())
        self.entries += new
        return [entry.fact for entry in new]

    def refuses(self, error: type[Exception], *acts: object, on: dt.date | None = None, at: dt.time | None = None):
        """
        Show that acts are refused with *error*, which names the case or the value, and change nothing; return it.
        """
        self.on, self.time = on or self.on, at or self.time
        before, facts = self.case, len(self.entries)
        with pytest.raises(error) as refusal:
            self.do(*acts)
        assert (self.found, len(self.entries)) == (before, facts)
        if isinstance(refusal.value, InvalidValue):
            given = [getattr(act, refusal.value.field) for act in acts if hasattr(act, refusal.value.field)]
            assert refusal.value.value is not None or None in given
        else:
            assert isinstance(refusal.value, NotAllowed)
            assert refusal.value.case_id == before.id
        assert str(refusal.value)
        return refusal.value

    def pay(self, amount: str, on: dt.date, *, ref: str | None = None, booked: dt.date | None = None) -> list[object]:
        """
        Book a payment and observe the ledger on the day it was booked.
        """
        paid = self.ledger.pay(kes(amount), on=on, ref=ref or f"m-{len(self.ledger.payments) + 1}", booked=booked)
        return self.observe(max(booked or on, self.on), paid)

    def reverse(self, ref: str, on: dt.date) -> list[object]:
        """
        Take a payment back and observe the ledger on that day.
        """
        return self.observe(max(on, self.on), self.ledger.reverse(ref, on=on))

    def through(self, last: dt.date) -> list[object]:
        """
        Observe every day up to and including *last*; return the facts.
        """
        facts = []
        while self.on < last:
            facts += self.observe(self.on + dt.timedelta(days=1))
        return facts

    def notify(self, kind: str = "visit", **more: object) -> int:
        """
        Queue, hand over and send a notice; return its number.
        """
        self.do(SendNotice(kind, **more))
        number = self.case.version
        self.do(HandOverNotice(notice=number, sender="Post"), RecordNoticeSent(notice=number, receipt="r-1"))
        return number

    def talk(self, **found: object) -> list[object]:
        """
        Record a talk at the branch on the day it stands at.
        """
        return self.do(RecordVisit(met="borrower", interview=interview(**found), channel="branch"))

    def agree(self, plan: Offer | None = None, *, consent: str = "signed") -> list[object]:
        """
        Agree a plan: the given one, or the best that is proposed.
        """
        return self.do(AgreePlan(plan or propose(self.case, self.rules, self.on).best, consent=consent))

    def steps(self, on: dt.date | None = None) -> dict[str, object]:
        """
        Return what is due on a day, by rule.
        """
        return {step.rule: step for step in next_steps(self.case, self.rules, on or self.on)}

    def is_sound(self) -> bool:
        """
        Tell whether folding the record gives this very case.
        """
        return fold(self.entries) == self.case


def overdue(on: dt.date = day(7), ledger: Loan | None = None, **more: object) -> Story:
    """
    Return a story whose case was opened on a day: seven days past due unless said otherwise.
    """
    story = Story(ledger or loan(), on=on, **more)
    story.observe(on)
    return story


def notified(on: dt.date = day(7), **more: object) -> Story:
    """
    Return a story in which the visit was announced on the day the case was opened.
    """
    story = overdue(on, **more)
    story.notify()
    return story


def visited(on: dt.date = day(7), **more: object) -> Story:
    """
    Return a story with a talk on the day the case was opened: 40 shillings are left a month.
    """
    story = overdue(on, **more)
    story.talk()
    return story


def planned(on: dt.date = day(7), plan: Offer = THREE, **more: object) -> Story:
    """
    Return a story with an agreed plan: 40 shillings on the first of April, May and June.
    """
    story = visited(on, **more)
    story.agree(plan)
    return story


def recovered(on: dt.date = day(10), **more: object) -> Story:
    """
    Return a story in which the 120 shillings came in on a day, as payment ``m-1``.
    """
    story = overdue(**more)
    story.pay("120", on)
    return story


def escalated(on: dt.date = day(7), **more: object) -> Story:
    """
    Return a story in which the case was handed to the committee.
    """
    story = overdue(on, **more)
    story.do(Escalate(to="committee", because="refuses"))
    return story


STATES = {
    "overdue": overdue,
    "notified": notified,
    "visited": visited,
    "plan_agreed": planned,
    "recovered": recovered,
    "escalated": escalated,
}
"""A story for every state."""
