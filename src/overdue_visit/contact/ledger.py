"""
The contact ledger: what was done, reserved and asked for around one party, as a value.

A permit is a place in it: whoever holds it may make one contact, and until it is used or released it counts like one
that was made. A store saves the reserved contact together with whatever made it, under the permit's keys.
"""

from __future__ import annotations

import bisect
import datetime as dt
import operator
from collections.abc import Mapping, Sequence
from typing import ClassVar, Self

import attrs

from overdue_visit.contact import checks
from overdue_visit.contact.contact import Contact, Proposed
from overdue_visit.contact.gate import check
from overdue_visit.contact.known import Known
from overdue_visit.contact.party import Consent, InconvenientTime, Request
from overdue_visit.contact.rules.overlay import Rules, read_from, sets_of
from overdue_visit.contact.verdict import Verdict
from overdue_visit.contact.vocabulary import Outcome, SlotState
from overdue_visit.errors import InvalidValue, NotAllowed

_AT = operator.attrgetter("at")


@attrs.frozen
class ContactNotAllowed(NotAllowed):
    """The rules do not allow this contact now."""

    code: ClassVar[str] = "contact_not_allowed"

    rule: str
    ruling: str
    earliest: dt.datetime | None

    def __str__(self) -> str:
        when = "no earliest instant is known" if self.earliest is None else f"allowed from {self.earliest.isoformat()}"
        return f"{self.ruling} by {self.rule}; {when}"


@attrs.frozen(kw_only=True)
class Permit:
    """
    The right to make one contact, reserved in the ledger.

    Args:
        contact: What was reserved, under the permit's id.

        keys: What a store locks, in this order, so that two that share keys never wait for each other in a circle.

        verdict: What the gate said when it was reserved.
    """

    contact: Contact
    keys: tuple[str, ...]
    verdict: Verdict

    def __attrs_post_init__(self) -> None:
        checks.value("contact", self.contact, Contact)
        checks.values("keys", self.keys, str)
        checks.value("verdict", self.verdict, Verdict)

    @property
    def id(self) -> str:
        """The id under which the contact stands in the ledger."""
        return self.contact.id or ""


def counting_keys(proposed: Proposed, known: Known) -> tuple[str, ...]:
    """
    List what a contact is counted under: collector, debts, household, number and person, always in the same order.

    Raises:
        InvalidValue: If an argument is of another kind.
    """
    checks.value("proposed", proposed, Proposed)
    checks.value("known", known, Known)
    debts = {known.one_name(debt) for debt in proposed.debts}
    named = {
        *(("debt", debt) for debt in debts),
        ("person", proposed.party),
        *((kind, value) for kind, value in _others(proposed).items() if value is not None),
    }
    return tuple(f"{kind}:{value}" for kind, value in sorted(named))


def _others(proposed: Proposed) -> Mapping[str, str | None]:
    return {"collector": proposed.by, "household": proposed.household, "number": proposed.number}


def _in_order(contacts: Sequence[Contact]) -> tuple[Contact, ...]:
    checks.sequence("contacts", contacts, Contact)
    for each in contacts:
        checks.value("contacts", each, Contact)
    return tuple(sorted(contacts, key=_AT))


@attrs.frozen(kw_only=True)
class ContactLedger:
    """
    Contacts with one party and the people around it, over all its debts, and what is known of it.

    Args:
        contacts: In any order; kept in order of time.

        known: Where the party may be, what it agreed to and what it asked for.

    Raises:
        InvalidValue: If two contacts share an id, or one is none.
    """

    known: Known
    contacts: tuple[Contact, ...] = attrs.field(default=(), converter=_in_order)

    def __attrs_post_init__(self) -> None:
        checks.value("known", self.known, Known)
        ids = [each.id for each in self.contacts if each.id is not None]
        if len(set(ids)) != len(ids):
            twice = next(each for each in ids if ids.count(each) > 1)
            raise InvalidValue("contacts", twice, "each id once")

    def check(self, proposed: Proposed, *, rules: Rules, earliest: bool = True) -> Verdict:
        """
        Ask the gate, with as much history as the rules look at.

        Raises:
            InvalidValue: If an argument is of another kind.
        """
        checks.value("proposed", proposed, Proposed)
        return check(
            proposed, history=self.before(proposed.at, rules=rules), rules=rules, known=self.known, earliest=earliest
        )

    def before(self, at: dt.datetime, *, rules: Rules) -> tuple[Contact, ...]:
        """
        Return the contacts through an instant that the rules' longest window still sees.

        Raises:
            InvalidValue: If the instant is naive, or the rules are none.
        """
        sets_of(rules)
        until = bisect.bisect_right(self.contacts, checks.instant("at", at), key=_AT)
        if rules.unbounded:
            return self.contacts[:until]
        since = read_from(rules, known=self.known, at=at)
        return self.contacts[bisect.bisect_left(self.contacts, since, key=_AT) : until]

    def reserve(self, proposed: Proposed, *, id: str, rules: Rules) -> tuple[Self, Permit]:  # noqa: A002  (the field's word)
        """
        Reserve a contact, if the gate allows it.

        Returns:
            The ledger with the reserved contact, and its permit.

        Raises:
            ContactNotAllowed: If the gate does not allow it; it names the rule and the earliest instant.
            InvalidValue: If the id is taken or empty, or an argument is of another kind.
        """
        checks.text("id", id)
        verdict = self.check(proposed, rules=rules)
        if not verdict.allowed:
            raise ContactNotAllowed(verdict.rule or "", verdict.ruling.value, verdict.earliest)
        contact = _reserved(proposed, id)
        permit = Permit(contact=contact, keys=counting_keys(proposed, self.known), verdict=verdict)
        return self.with_contact(contact), permit

    def use(self, permit: Permit, outcome: Outcome | str, *, at: dt.datetime | None = None) -> Self:
        """
        Say what came of a reserved contact, and when it was made if not at the reserved instant.

        Raises:
            InvalidValue: If the permit is not reserved in this ledger, or the outcome is unknown.
        """
        held = self._held(permit)
        checks.word(Outcome, "outcome", outcome)
        when = held.at if at is None else at
        return self._with(held, attrs.evolve(held, state=SlotState.USED, outcome=outcome, at=when))

    def release(self, permit: Permit) -> Self:
        """
        Give a reserved contact back: it certainly did not take place, and counts no more.

        Raises:
            InvalidValue: If the permit is not reserved in this ledger.
        """
        held = self._held(permit)
        return self._with(held, attrs.evolve(held, state=SlotState.RELEASED))

    def lose(self, permit: Permit) -> Self:
        """
        Say that nobody knows whether a reserved contact took place: it goes on counting.

        Raises:
            InvalidValue: If the permit is not reserved in this ledger.
        """
        held = self._held(permit)
        return self._with(held, attrs.evolve(held, state=SlotState.UNKNOWN))

    def with_contact(self, contact: Contact) -> Self:
        """
        Add a contact that took place or is reserved.

        Raises:
            InvalidValue: If its id is taken, or it is no contact.
        """
        checks.value("contact", contact, Contact)
        return attrs.evolve(self, contacts=(*self.contacts, contact))

    def with_request(self, request: Request) -> Self:
        """
        Add what a person asked to stop.

        Raises:
            InvalidValue: If it is no request.
        """
        checks.value("request", request, Request)
        return attrs.evolve(self, known=attrs.evolve(self.known, requests=(*self.known.requests, request)))

    def with_consent(self, consent: Consent) -> Self:
        """
        Add what a person agreed to.

        Raises:
            InvalidValue: If it is no consent.
        """
        checks.value("consent", consent, Consent)
        return attrs.evolve(self, known=attrs.evolve(self.known, consents=(*self.known.consents, consent)))

    def with_inconvenient_time(self, time: InconvenientTime) -> Self:
        """
        Add hours that a person said are inconvenient.

        Raises:
            InvalidValue: If they are something else.
        """
        checks.value("time", time, InconvenientTime)
        times = (*self.known.inconvenient_times, time)
        return attrs.evolve(self, known=attrs.evolve(self.known, inconvenient_times=times))

    def _held(self, permit: Permit) -> Contact:
        checks.value("permit", permit, Permit)
        for each in self.contacts:
            if each.id == permit.id and each.state is SlotState.RESERVED:
                return each
        raise InvalidValue("permit", permit.id, "a permit that is reserved in this ledger, and not used or released")

    def _with(self, held: Contact, changed: Contact) -> Self:
        others = tuple(each for each in self.contacts if each is not held)
        return attrs.evolve(self, contacts=(*others, changed))


def _reserved(proposed: Proposed, name: str) -> Contact:
    shared = {
        field.name: getattr(proposed, field.name)
        for field in attrs.fields(Proposed)
        if field.name not in {"capacity", "product", "states"}
    }
    return Contact(**shared, id=name, state=SlotState.RESERVED)
