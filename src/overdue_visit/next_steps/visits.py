"""
When to appoint, to go, to try again, to come back, and to look for another way.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from overdue_visit.case.acts.appointments import Appoint, ConfirmAppointment
from overdue_visit.case.acts.escalation import Escalate
from overdue_visit.case.acts.requests import RecordWords
from overdue_visit.case.acts.visits import RecordVisit
from overdue_visit.case.age import day_reached, days
from overdue_visit.case.case import Case
from overdue_visit.lifecycle import CaseState
from overdue_visit.next_steps.step import Step
from overdue_visit.notice import NoticeKind
from overdue_visit.policy import Policy
from overdue_visit.visit import Appointment, AppointmentState
from overdue_visit.wording import Coded, Param

_ONE_DAY = dt.timedelta(days=1)
_BEFORE_TALK = (CaseState.OVERDUE, CaseState.NOTIFIED)
_RETURNING = (CaseState.PLAN_AGREED, CaseState.RECOVERED)


def steps(case: Case, policy: Policy, on: dt.date) -> Iterator[Step]:
    """
    Yield what is due about going there.
    """
    current = case.appointments.open
    if current is not None:
        yield from _of_appointment(case, current, on)
    elif case.state in _BEFORE_TALK:
        yield from _toward_talk(case, policy, on)
    elif case.state in _RETURNING:
        yield from _return(case, policy, on)


def days_of_change(case: Case, policy: Policy) -> Iterator[dt.date | None]:
    """
    Yield the days on which these steps may change although the case does not.
    """
    current = case.appointments.open
    if current is not None:
        yield current.window.on
        yield current.window.on + _ONE_DAY
    yield _retry_from(case, policy)
    yield _returns_on(case, policy)
    yield case.notices.announced_on
    yield day_reached(case, policy, policy.visits.first_visit_day)


def _of_appointment(case: Case, current: Appointment, on: dt.date) -> Iterator[Step]:
    window = (("window", current.window),)
    if on >= current.window.on:
        yield Step(
            case_id=case.id,
            act=RecordVisit,
            rule="visit",
            since=current.window.on,
            latest=current.window.on,
            params=window,
        )
    elif current.state is AppointmentState.OFFERED:
        yield Step(
            case_id=case.id,
            act=ConfirmAppointment(),
            rule="confirm_appointment",
            since=current.offered_on,
            latest=current.window.on - _ONE_DAY,
            params=window,
        )


def _attempts(case: Case) -> int:
    """
    Count the attempts in a row of the present spell: a relapse begins with a notice, not with another attempt.
    """
    return sum(day >= case.observation.behind_since for day in case.talks.attempted)


def _retry_from(case: Case, policy: Policy) -> dt.date | None:
    last = case.talks.last_attempt
    if not _attempts(case) or last is None:
        return None
    return last + dt.timedelta(days=policy.visits.retry_after_days)


def _toward_talk(case: Case, policy: Policy, on: dt.date) -> Iterator[Step]:
    attempts = _attempts(case)
    if attempts:
        yield from _after_attempts(case, policy, on, attempts)
        return
    announced = case.notices.announced_on
    first = day_reached(case, policy, policy.visits.first_visit_day)
    if first is None:
        return
    if announced is None or announced < case.observation.behind_since or announced > on:
        # The notice failed, is in doubt or was not served: somebody finds another way to agree on a time.
        if first <= on and case.notices.tried(NoticeKind.VISIT, since=case.observation.behind_since, before=on):
            yield Step(case_id=case.id, act=Appoint, rule="talk", since=first, params=_figures(case, policy, on))
        return
    latest = max(first, announced + dt.timedelta(days=policy.visits.notice_days))
    params = _figures(case, policy, on)
    yield Step(case_id=case.id, act=Appoint, rule="appoint", since=announced, latest=latest, params=params)


def _figures(case: Case, policy: Policy, on: dt.date) -> tuple[tuple[str, Param], ...]:
    return (("days", days(case, policy, on)), ("first_visit_day", policy.visits.first_visit_day))


def _after_attempts(case: Case, policy: Policy, on: dt.date, attempts: int) -> Iterator[Step]:
    last = case.talks.last_attempt or on
    if attempts >= policy.escalation.unreachable_attempts:
        to = policy.escalation.kinds[0]
        yield Step(
            case_id=case.id,
            act=Escalate(to=to, because="unreachable"),
            rule="escalate",
            since=last,
            params=(("escalation", Coded("escalation", to)), ("cause", Coded("cause", "unreachable"))),
        )
    tried = (("on", last), ("attempts", attempts))
    if attempts >= policy.visits.attempts_before_review:
        yield Step(case_id=case.id, act=RecordWords, rule="review_unreachable", since=last, params=tried)
        return
    retry = _retry_from(case, policy)
    if retry is not None and retry <= on:
        yield Step(case_id=case.id, act=Appoint, rule="retry_visit", since=retry, params=tried)


def _returns_on(case: Case, policy: Policy) -> dt.date | None:
    if case.talks.last_on is None:
        return None
    return case.talks.last_on + dt.timedelta(days=policy.visits.return_every_days)


def _return(case: Case, policy: Policy, on: dt.date) -> Iterator[Step]:
    due = _returns_on(case, policy)
    retry = _retry_from(case, policy)
    if due is None or max(due, retry or due) > on:
        return
    yield Step(
        case_id=case.id,
        act=Appoint,
        rule="return_visit",
        since=max(due, retry or due),
        params=(("on", case.talks.last_on or due), ("every", policy.visits.return_every_days)),
    )
