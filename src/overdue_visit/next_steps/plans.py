"""
After the talk: what the reason calls for, offers on the table, plan instalments, broken plans.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from overdue_visit.case.act import Act
from overdue_visit.case.acts.appointments import Appoint
from overdue_visit.case.acts.escalation import Escalate
from overdue_visit.case.acts.notices import SendNotice
from overdue_visit.case.acts.plans import AgreePlan, OfferPlan
from overdue_visit.case.acts.requests import AnswerRequest, RecordWords
from overdue_visit.case.acts.visits import RecordVisit
from overdue_visit.case.age import days
from overdue_visit.case.case import Case
from overdue_visit.case.plans import Plan
from overdue_visit.lifecycle import CaseState
from overdue_visit.next_steps.step import Step
from overdue_visit.notice import NoticeKind
from overdue_visit.plan import InstalmentOutcome, PlanState
from overdue_visit.policy import Policy
from overdue_visit.wording import Coded

_ONE_DAY = dt.timedelta(days=1)

_DONE_BY: dict[str, type[Act]] = {
    "pay_now": RecordWords,
    "remind": SendNotice,
    "budget_talk": Appoint,
    "education": RecordWords,
    "another_due_day": RecordWords,
    "affordability": RecordVisit,
    "propose_plan": OfferPlan,
    "talk": Appoint,
    "answer_request": AnswerRequest,
    "follow_referral": RecordWords,
    "escalate": Escalate,
    "escalation_review": Escalate,
}
"""Which act does what an assessment recommends."""

_ALSO_ELSEWHERE = frozenset({"remind", "talk", "answer_request", "follow_referral", "escalate", "escalation_review"})
"""Rules that fall due on other occasions too: their own reason tells of those, and not of what a talk found."""


def steps(case: Case, policy: Policy, on: dt.date) -> Iterator[Step]:
    """
    Yield what is due about making and keeping a plan.
    """
    if case.state is CaseState.VISITED:
        yield from _after_talk(case, policy, on)
    if case.plans.running is not None and case.state is CaseState.PLAN_AGREED:
        yield from _while_running(case, case.plans.running, policy, on)


def days_of_change(case: Case, policy: Policy) -> Iterator[dt.date | None]:
    """
    Yield the days on which these steps may change although the case does not.
    """
    for offer in case.plans.offers:
        yield offer.valid_until + _ONE_DAY
    if case.plans.running is not None:
        before = dt.timedelta(days=policy.notices.instalment_reminder_days)
        for instalment in case.plans.running.instalments:
            yield instalment.due - before
            yield instalment.due + _ONE_DAY
            yield instalment.due + dt.timedelta(days=case.plans.running.terms.tolerance_days + 1)


def _after_talk(case: Case, policy: Policy, on: dt.date) -> Iterator[Step]:
    latest = case.plans.latest
    if latest is not None and latest.state is PlanState.BROKEN:
        yield from _after_breaking(case, latest, policy)
    valid = dt.timedelta(days=policy.plans.offer_valid_days)
    offers = [each for each in case.plans.offers if each.valid_until - valid >= case.observation.behind_since]
    for offer in offers:
        open_now = offer.valid_until >= on
        if open_now and offer.objections:
            continue
        yield Step(
            case_id=case.id,
            act=AgreePlan if open_now else OfferPlan,
            rule="agree_plan" if open_now else "review_offer",
            since=offer.valid_until - valid if open_now else offer.valid_until + _ONE_DAY,
            latest=offer.valid_until if open_now else None,
            params=(("on", offer.valid_until - valid), ("until", offer.valid_until)),
        )
    if not any(offer.valid_until >= on and not offer.objections for offer in offers):
        yield from _recommended(case, policy, on)


def _recommended(case: Case, policy: Policy, on: dt.date) -> Iterator[Step]:
    assessment = case.talks.assessment
    if assessment is None:  # recalled, and nobody of ours has talked with the household yet
        figures = (("days", days(case, policy, on)),)
        yield Step(case_id=case.id, act=Appoint, rule="talk", since=case.state_since, params=figures)
        return
    by = assessment.on + dt.timedelta(days=policy.plans.offer_valid_days)
    reason = Coded("reason", assessment.reason)
    for rule in assessment.recommended:
        yield Step(
            case_id=case.id,
            act=_DONE_BY[rule],
            rule=rule,
            since=assessment.on,
            latest=by,
            because="assessed" if rule in _ALSO_ELSEWHERE else None,
            params=(
                ("reason", reason),
                ("cause", reason),
                ("request", Coded("request", "question")),
                ("escalation", Coded("escalation", policy.escalation.kinds[0])),
                ("department", Coded("escalation", policy.escalation.kinds[0])),
                ("amount", case.observation.position.arrears),
                ("due", case.observation.position.oldest_due or on),
                ("on", assessment.on),
                ("by", by),
                ("days", days(case, policy, on)),
                ("review_day", policy.escalation.review_day),
            ),
        )


def _after_breaking(case: Case, plan: Plan, policy: Policy) -> Iterator[Step]:
    since = plan.ended_on or plan.agreed_on
    handed_over = case.escalation.since is not None and case.escalation.since >= since
    if case.plans.broken >= policy.plans.most_broken and not handed_over:
        to = policy.escalation.kinds[0]
        yield Step(
            case_id=case.id,
            act=Escalate(to=to, because="plan_broken_too_often"),
            rule="escalate",
            since=since,
            params=(("escalation", Coded("escalation", to)), ("cause", Coded("cause", "plan_broken_too_often"))),
        )
        return
    yield Step(
        case_id=case.id,
        act=OfferPlan,
        rule="renegotiate",
        since=since,
        params=(("on", since), ("broken", case.plans.broken)),
    )


def _while_running(case: Case, plan: Plan, policy: Policy, on: dt.date) -> Iterator[Step]:
    before = dt.timedelta(days=policy.notices.instalment_reminder_days)
    for number, (instalment, outcome) in enumerate(zip(plan.instalments, plan.outcomes, strict=True), 1):
        figures = (
            ("amount", instalment.amount),
            ("due", instalment.due),
            ("number", number),
        )
        missed = instalment.due + dt.timedelta(days=plan.terms.tolerance_days + 1)
        talked = case.talks.last_on is not None and case.talks.last_on >= missed
        if outcome is InstalmentOutcome.MISSED and not talked:
            yield Step(
                case_id=case.id,
                act=Appoint,
                rule="plan_instalment_missed",
                since=missed,
                params=figures,
            )
        soon = instalment.due - before <= on <= instalment.due
        if outcome is InstalmentOutcome.PENDING and soon and _unreminded(case, plan, number):
            yield Step(
                case_id=case.id,
                act=SendNotice(NoticeKind.INSTALMENT, instalment=number),
                rule="instalment_reminder",
                since=instalment.due - before,
                latest=instalment.due,
                params=figures,
            )


def _unreminded(case: Case, plan: Plan, number: int) -> bool:
    kind, notices = NoticeKind.INSTALMENT, case.notices
    sent = notices.latest(kind, since=plan.agreed_on, instalment=number)
    return sent is None and notices.under_way(kind, instalment=number) is None
