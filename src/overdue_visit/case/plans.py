"""
Plans of a case: offered, counter-offered, agreed, judged, completed, broken, withdrawn, revised.
"""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

import attrs

from overdue_visit.case.header import Header
from overdue_visit.money import Money
from overdue_visit.plan import InstalmentOutcome, Offer, PlanInstalment, PlanState, PlanTerms


@attrs.frozen(kw_only=True)
class OpenOffer:
    """An offer on the table; *number* is the sequence of its fact."""

    number: int
    offer: Offer
    by_borrower: bool
    valid_until: dt.date
    objections: tuple[str, ...] = ()
    """Codes of the rules that it does not meet; empty when it fits."""


@attrs.frozen(kw_only=True)
class Plan:
    """The plan a household agreed to; *number* is the sequence of the fact that agreed it."""

    number: int
    agreed_on: dt.date
    kind: str
    instalments: tuple[PlanInstalment, ...]
    outcomes: tuple[InstalmentOutcome, ...]
    terms: PlanTerms
    consent: str
    paid_before: Money
    """All payments counted when it was agreed: what comes on top keeps the plan."""
    seen_on: dt.date
    """Day of the ledger's position that it was made from: later dues and payments are not in it."""
    schedule_version: int
    """Schedule whose later instalments run beside it."""
    state: PlanState = PlanState.RUNNING
    ended_on: dt.date | None = None

    @property
    def total(self) -> Money:
        """The sum of the instalments."""
        return Money.total((each.amount for each in self.instalments), self.paid_before.currency)

    def next_open(self) -> tuple[int, PlanInstalment] | None:
        """
        Return the first instalment not met, with its number from 1.
        """
        for number, (instalment, outcome) in enumerate(zip(self.instalments, self.outcomes, strict=True), 1):
            if outcome in (InstalmentOutcome.PENDING, InstalmentOutcome.MISSED):
                return number, instalment
        return None


@attrs.frozen(kw_only=True)
class Plans:
    """Offers on the table and the latest plan."""

    offers: tuple[OpenOffer, ...] = ()
    latest: Plan | None = None
    broken: int = 0
    revised: int = 0

    @property
    def running(self) -> Plan | None:
        """The plan that runs now, if any."""
        return self.latest if self.latest is not None and self.latest.state is PlanState.RUNNING else None

    def ended(self, state: PlanState, header: Header) -> Plans:
        """
        Return the group with its plan ended as *state*.
        """
        if self.latest is None:
            return self
        return attrs.evolve(self, latest=attrs.evolve(self.latest, state=state, ended_on=header.on))

    def with_offer(self, offer: OpenOffer) -> Plans:
        """
        Return the group with an offer on the table; it replaces the earlier one of the same side.
        """
        others = tuple(each for each in self.offers if each.by_borrower is not offer.by_borrower)
        return attrs.evolve(self, offers=(*others, offer))

    def offer(self, number: int) -> OpenOffer | None:
        """
        Return an offer on the table by its number.
        """
        return next((each for each in self.offers if each.number == number), None)


class _OfPlans:
    """What all facts about plans share."""

    __slots__ = ()
    version: ClassVar[int] = 1
    private: ClassVar[tuple[str, ...]] = ()
    group: ClassVar[str] = "plans"


@attrs.frozen(kw_only=True)
class PlanOffered(_OfPlans):
    """The lender put an offer on the table."""

    kind: ClassVar[str] = "plan_offered"

    offer: Offer
    valid_until: dt.date

    def apply(self, group: Plans, header: Header) -> Plans:
        """
        Put it on the table.
        """
        opened = OpenOffer(number=header.sequence, offer=self.offer, by_borrower=False, valid_until=self.valid_until)
        return group.with_offer(opened)


@attrs.frozen(kw_only=True)
class PlanCounterOffered(_OfPlans):
    """The borrower offered something else; it is judged by the same rules."""

    kind: ClassVar[str] = "plan_counter_offered"

    offer: Offer
    valid_until: dt.date
    objections: tuple[str, ...]

    def apply(self, group: Plans, header: Header) -> Plans:
        """
        Put it on the table, with what speaks against it.
        """
        opened = OpenOffer(
            number=header.sequence,
            offer=self.offer,
            by_borrower=True,
            valid_until=self.valid_until,
            objections=self.objections,
        )
        return group.with_offer(opened)


@attrs.frozen(kw_only=True)
class _Agreed(_OfPlans):
    """What an agreed and a revised plan share."""

    offer: Offer
    terms: PlanTerms
    consent: str
    paid_before: Money
    seen_on: dt.date
    schedule_version: int

    def _plan(self, header: Header) -> Plan:
        return Plan(
            number=header.sequence,
            agreed_on=header.on,
            kind=self.offer.kind,
            instalments=self.offer.instalments,
            outcomes=(InstalmentOutcome.PENDING,) * len(self.offer.instalments),
            terms=self.terms,
            consent=self.consent,
            paid_before=self.paid_before,
            seen_on=self.seen_on,
            schedule_version=self.schedule_version,
        )


@attrs.frozen(kw_only=True)
class PlanAgreed(_Agreed):
    """Household and lender agreed a written plan; its numbers stay as they are for its life."""

    kind: ClassVar[str] = "plan_agreed"

    def apply(self, group: Plans, header: Header) -> Plans:
        """
        Begin it; the table is cleared of offers.
        """
        return Plans(latest=self._plan(header), broken=group.broken, revised=0)


@attrs.frozen(kw_only=True)
class PlanRevised(_Agreed):
    """A running plan was replaced by another, with consent and a reason."""

    kind: ClassVar[str] = "plan_revised"

    because: str

    def apply(self, group: Plans, header: Header) -> Plans:
        """
        Begin the new one in its place.
        """
        return Plans(latest=self._plan(header), broken=group.broken, revised=group.revised + 1)


@attrs.frozen(kw_only=True)
class PlanInstalmentJudged(_OfPlans):
    """How an instalment went, by the ledger; judged anew when the ledger changes."""

    kind: ClassVar[str] = "plan_instalment_judged"

    plan: int
    number: int
    """From 1."""
    due: dt.date
    outcome: InstalmentOutcome

    def apply(self, group: Plans, header: Header) -> Plans:  # noqa: ARG002 - one shape for all facts
        """
        Take the outcome.
        """
        if group.latest is None or group.latest.number != self.plan:
            return group
        outcomes = list(group.latest.outcomes)
        outcomes[self.number - 1] = self.outcome
        return attrs.evolve(group, latest=attrs.evolve(group.latest, outcomes=tuple(outcomes)))


@attrs.frozen(kw_only=True)
class PlanCompleted(_OfPlans):
    """Every instalment is met, or the arrears were cleared before."""

    kind: ClassVar[str] = "plan_completed"

    plan: int

    def apply(self, group: Plans, header: Header) -> Plans:
        """
        End it.
        """
        return group.ended(PlanState.COMPLETED, header)


@attrs.frozen(kw_only=True)
class PlanBroken(_OfPlans):
    """Too many instalments were missed."""

    kind: ClassVar[str] = "plan_broken"

    plan: int
    missed: int

    def apply(self, group: Plans, header: Header) -> Plans:
        """
        End it and count it.
        """
        return attrs.evolve(group.ended(PlanState.BROKEN, header), broken=group.broken + 1)


@attrs.frozen(kw_only=True)
class PlanWithdrawn(_OfPlans):
    """The household withdrew its consent within the period for it."""

    kind: ClassVar[str] = "plan_withdrawn"

    plan: int
    because: str

    def apply(self, group: Plans, header: Header) -> Plans:
        """
        End it.
        """
        return group.ended(PlanState.WITHDRAWN, header)
