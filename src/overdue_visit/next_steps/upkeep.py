"""
What supervisors and other departments owe a case: reviews, answers, an escalation in time.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from overdue_visit.case.acts.escalation import Escalate, Recall
from overdue_visit.case.acts.requests import AnswerRequest, RecordWords
from overdue_visit.case.acts.upkeep import ReviewConsequence, ReviewIrregularity
from overdue_visit.case.age import day_reached, days
from overdue_visit.case.case import Case
from overdue_visit.lifecycle import CaseState
from overdue_visit.next_steps.step import Step
from overdue_visit.policy import Policy
from overdue_visit.wording import Coded

_REVIEWED = (CaseState.OVERDUE, CaseState.NOTIFIED, CaseState.VISITED)


def steps(case: Case, policy: Policy, on: dt.date) -> Iterator[Step]:
    """
    Yield what waits for somebody's decision or answer.
    """
    yield from _reviews(case)
    for request in case.talks.requests:
        yield Step(
            case_id=case.id,
            act=AnswerRequest,
            rule="answer_request",
            since=request.asked_on,
            latest=request.answer_by,
            params=(
                ("request", Coded("request", request.kind)),
                ("on", request.asked_on),
                ("by", request.answer_by),
            ),
        )
    mismatch = case.observation.mismatch
    if mismatch is not None:
        yield Step(
            case_id=case.id,
            act=RecordWords,
            rule="review_mismatch",
            since=case.observation.seen_on,
            params=(("stated", mismatch.stated), ("counted", mismatch.computed)),
        )
    yield from _escalation_review(case, policy, on)
    yield from _referral(case, policy, on)


def days_of_change(case: Case, policy: Policy) -> Iterator[dt.date | None]:
    """
    Yield the days on which these steps may change although the case does not.
    """
    yield day_reached(case, policy, policy.escalation.review_day)
    yield _answer_by(case, policy)


def _reviews(case: Case) -> Iterator[Step]:
    for concern in case.upkeep.irregularities:
        yield Step(
            case_id=case.id,
            act=ReviewIrregularity,
            rule="review_irregularity",
            since=concern.since,
            params=(("irregularity", Coded("irregularity", concern.code)), ("on", concern.since)),
        )
    for concern in case.upkeep.in_doubt:
        yield Step(
            case_id=case.id,
            act=ReviewConsequence,
            rule="review_consequence",
            since=concern.since,
            params=(("consequence", Coded("consequence", concern.code)), ("on", concern.since)),
        )


def _escalation_review(case: Case, policy: Policy, on: dt.date) -> Iterator[Step]:
    due = day_reached(case, policy, policy.escalation.review_day)
    if case.state not in _REVIEWED or due is None or due > on:
        return
    yield Step(
        case_id=case.id,
        act=Escalate,
        rule="escalation_review",
        since=due,
        params=(
            ("days", days(case, policy, on)),
            ("review_day", policy.escalation.review_day),
        ),
    )


def _answer_by(case: Case, policy: Policy) -> dt.date | None:
    """
    Return the day by which whoever has an escalated case owes an answer.
    """
    if case.state is not CaseState.ESCALATED or case.escalation.since is None:
        return None
    return case.escalation.since + dt.timedelta(days=policy.requests.need_days)


def _referral(case: Case, policy: Policy, on: dt.date) -> Iterator[Step]:
    due = _answer_by(case, policy)
    if due is None or due > on:
        return
    yield Step(
        case_id=case.id,
        act=Recall,
        rule="follow_referral",
        since=due,
        params=(
            ("department", Coded("escalation", case.escalation.to or "committee")),
            ("on", case.escalation.since or on),
            ("by", due),
        ),
    )
