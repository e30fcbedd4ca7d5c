"""
Plans: offer, counter-offer, agree, revise, withdraw.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import ClassVar

import attrs

from overdue_visit.case.act import Situation, in_season
from overdue_visit.case.case import Case
from overdue_visit.case.header import Fact
from overdue_visit.case.objections import objections, refuse
from overdue_visit.case.plans import (
    Plan,
    PlanAgreed,
    PlanCounterOffered,
    PlanOffered,
    PlanRevised,
    PlanWithdrawn,
)
from overdue_visit.errors import InvalidValue, NotAllowed
from overdue_visit.plan import Offer, PlanTerms
from overdue_visit.policy import Policy
from overdue_visit.reason import code


@attrs.frozen
class NoRunningPlan(NotAllowed):
    """There is no running plan."""

    code: ClassVar[str] = "no_running_plan"

    case_id: str

    def __str__(self) -> str:
        return f"{self.case_id}: no plan is running; agree one first"


@attrs.frozen
class TooManyRevisions(NotAllowed):
    """The plan was revised as often as the policy allows."""

    code: ClassVar[str] = "too_many_revisions"

    case_id: str
    revised: int
    most: int

    def __str__(self) -> str:
        return f"{self.case_id}: revised {self.revised} times, the policy allows {self.most}"


@attrs.frozen
class WithdrawalTooLate(NotAllowed):
    """Consent can be withdrawn only within the policy's period."""

    code: ClassVar[str] = "withdrawal_too_late"

    case_id: str
    until: dt.date

    def __str__(self) -> str:
        return f"{self.case_id}: consent could be withdrawn until {self.until}"


def _resolved(case: Case, offer: Offer | int) -> Offer:
    if isinstance(offer, Offer):
        return offer
    found = case.plans.offer(offer) if type(offer) is int else None
    if found is None:
        on_table = [each.number for each in case.plans.offers]
        raise InvalidValue(
            "offer", offer, f"an Offer, or the number of one on the table: {on_table or 'there is none'}"
        )
    return found.offer


def _terms(policy: Policy) -> PlanTerms:
    return PlanTerms(
        tolerance_days=policy.plans.tolerance_days,
        tolerance=policy.plans.tolerance_percent,
        broken_after_missed=policy.plans.broken_after_missed,
    )


def _consent(value: str, policy: Policy) -> str:
    if value not in policy.plans.consent_kinds:
        raise InvalidValue("consent", value, f"one of {', '.join(policy.plans.consent_kinds)}")
    return value


@attrs.frozen
class OfferPlan:
    """Put an offer of the lender on the table."""

    records: ClassVar[bool] = False

    offer: Offer

    def decide(self, case: Case, situation: Situation) -> Iterator[Fact]:
        """
        Offer it, valid for the policy's days.

        Raises:
            PlanRefused: If it is above what the household can pay, above or below the debt, in the past, or too long.
        """
        refuse(case, self.offer, situation.policy, situation.on)
        valid = dt.timedelta(days=situation.policy.plans.offer_valid_days)
        yield PlanOffered(offer=self.offer, valid_until=situation.on + valid)


@attrs.frozen
class CounterOffer:
    """Write down what the borrower offers instead; it is judged by the same rules."""

    records: ClassVar[bool] = True

    offer: Offer

    def decide(self, case: Case, situation: Situation) -> Iterator[Fact]:
        """
        Put it on the table with what speaks against it.
        """
        against = objections(case, self.offer, situation.policy, situation.on)
        valid = dt.timedelta(days=situation.policy.plans.offer_valid_days)
        yield PlanCounterOffered(
            offer=self.offer,
            valid_until=situation.on + valid,
            objections=tuple(each.objection for each in against),
        )


@attrs.frozen
class AgreePlan:
    """
    Agree a written plan with the household.

    Args:
        offer: An `Offer`, or the number of one on the table.

        consent: How the household consented: one of the policy's kinds, such as ``"signed"``.
    """

    records: ClassVar[bool] = False

    offer: Offer | int
    consent: str = attrs.field(kw_only=True)

    def decide(self, case: Case, situation: Situation) -> Iterator[Fact]:
        """
        Agree it; tolerance and what breaks it are fixed for its life.

        Raises:
            OutOfSeason: Unless the situation was verified and no plan runs.
            OfferExpired: If the offer on the table is no longer valid.
            PlanRefused: If it is above what the household can pay, above or below the debt, in the past, or too long.
            InvalidValue: If the offer or the kind of consent is unknown.
        """
        offer = _resolved(case, self.offer)
        in_season(case.id, case.state, PlanAgreed.kind)
        _still_valid(case, self.offer, situation.on)
        refuse(case, offer, situation.policy, situation.on)
        position = case.observation.position
        yield PlanAgreed(
            offer=offer,
            terms=_terms(situation.policy),
            consent=_consent(self.consent, situation.policy),
            paid_before=position.paid,
            seen_on=case.observation.seen_on,
            schedule_version=position.schedule_version,
        )


@attrs.frozen
class OfferExpired(NotAllowed):
    """The offer on the table is no longer valid."""

    code: ClassVar[str] = "offer_expired"

    case_id: str
    number: int
    valid_until: dt.date

    def __str__(self) -> str:
        return f"{self.case_id}: offer {self.number} was valid until {self.valid_until}; offer anew"


def _still_valid(case: Case, offer: Offer | int, on: dt.date) -> None:
    on_table = case.plans.offer(offer) if type(offer) is int else None
    if on_table is not None and on_table.valid_until < on:
        raise OfferExpired(case.id, on_table.number, on_table.valid_until)


def _running(case: Case) -> Plan:
    plan = case.plans.running
    if plan is None:
        raise NoRunningPlan(case.id)
    return plan


@attrs.frozen
class RevisePlan:
    """Replace the running plan by another, with consent; *because* is a code."""

    records: ClassVar[bool] = False

    offer: Offer | int
    consent: str = attrs.field(kw_only=True)
    because: str = attrs.field(kw_only=True)

    def decide(self, case: Case, situation: Situation) -> Iterator[Fact]:
        """
        Revise it: what is still in arrears, spread anew.

        Raises:
            NoRunningPlan: If none runs.
            TooManyRevisions: If it was revised as often as the policy allows.
            OfferExpired: If the offer on the table is no longer valid.
            PlanRefused: If the new one is above what the household can pay, above or below the debt, or too long.
            InvalidValue: If the offer, the kind of consent or the code is unknown.
        """
        _running(case)
        most = situation.policy.plans.most_revisions
        if case.plans.revised >= most:
            raise TooManyRevisions(case.id, case.plans.revised, most)
        offer = _resolved(case, self.offer)
        _still_valid(case, self.offer, situation.on)
        refuse(case, offer, situation.policy, situation.on)
        position = case.observation.position
        yield PlanRevised(
            offer=offer,
            terms=_terms(situation.policy),
            consent=_consent(self.consent, situation.policy),
            paid_before=position.paid,
            seen_on=case.observation.seen_on,
            schedule_version=position.schedule_version,
            because=code(self.because, field="because"),
        )


@attrs.frozen
class WithdrawConsent:
    """Write that the household withdraws its consent to the plan; *because* is a code."""

    records: ClassVar[bool] = False

    because: str

    def decide(self, case: Case, situation: Situation) -> Iterator[Fact]:
        """
        End the plan; the case goes back to talking.

        Raises:
            NoRunningPlan: If none runs.
            WithdrawalTooLate: If the policy's period is over.
        """
        plan = _running(case)
        until = plan.agreed_on + dt.timedelta(days=situation.policy.plans.offer_valid_days)
        if situation.on > until:
            raise WithdrawalTooLate(case.id, until)
        yield PlanWithdrawn(plan=plan.number, because=code(self.because, field="because"))
