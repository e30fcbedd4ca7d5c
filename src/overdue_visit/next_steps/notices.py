"""
When notices fall due: reminder and notice of visit by days past due, thanks after recovery.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from overdue_visit.case.act import Act
from overdue_visit.case.acts.notices import SendNotice, SkipNotice
from overdue_visit.case.age import day_reached, days
from overdue_visit.case.case import Case
from overdue_visit.lifecycle import CaseState
from overdue_visit.next_steps.step import Step
from overdue_visit.notice import NoticeKind
from overdue_visit.policy import LateRun, Policy

_ONE_DAY = dt.timedelta(days=1)
_BEFORE_TALK = (CaseState.OVERDUE, CaseState.NOTIFIED)
_MOST_FAILURES = 3
"""Failed notices of a kind in one spell after which only a person finds a way."""
_RULES = {NoticeKind.REMINDER: "remind", NoticeKind.VISIT: "notice_of_visit"}


def steps(case: Case, policy: Policy, on: dt.date) -> Iterator[Step]:
    """
    Yield the notices that are due, as the policy treats a run that comes late.
    """
    if case.state in _BEFORE_TALK and not _tried(case, on):
        due = [kind for kind in _RULES if _is_due(case, policy, kind, on)]
        for kind, act in _chosen(policy, due):
            yield _step(case, policy, kind, act, on)
    if case.state is CaseState.RECOVERED and case.standing.recovered_on is not None:
        since = case.standing.recovered_on
        given_up = case.notices.failures(NoticeKind.RECOVERED, since=since) >= _MOST_FAILURES
        if not (given_up or _written(case, NoticeKind.RECOVERED, since) or _tried(case, on)):
            yield Step(
                case_id=case.id,
                act=SendNotice(NoticeKind.RECOVERED),
                rule="recovered_notice",
                since=since,
                params=(("on", since),),
            )


def days_of_change(case: Case, policy: Policy) -> Iterator[dt.date | None]:
    """
    Yield the days on which these steps may change although the case does not.
    """
    yield day_reached(case, policy, policy.notices.reminder_day)
    yield day_reached(case, policy, policy.notices.visit_notice_day)
    for notice in (*case.notices.pending, *case.notices.settled):
        yield notice.queued_on + _ONE_DAY


def _first_day(case: Case, policy: Policy, kind: NoticeKind) -> dt.date | None:
    first = policy.notices.reminder_day if kind is NoticeKind.REMINDER else policy.notices.visit_notice_day
    return day_reached(case, policy, first)


def _is_due(case: Case, policy: Policy, kind: NoticeKind, on: dt.date) -> bool:
    first = _first_day(case, policy, kind)
    if first is None or first > on:
        return False
    since = case.observation.behind_since
    if case.notices.failures(kind, since=since) >= _MOST_FAILURES:
        return False
    later = (NoticeKind.VISIT,) if kind is NoticeKind.REMINDER else ()
    return not any(_written(case, each, since) for each in (kind, *later))


def _written(case: Case, kind: NoticeKind, since: dt.date) -> bool:
    return case.notices.under_way(kind) is not None or case.notices.latest(kind, since=since) is not None


def _tried(case: Case, on: dt.date) -> bool:
    return any(each.queued_on == on for each in (*case.notices.pending, *case.notices.settled))


def _chosen(policy: Policy, due: list[NoticeKind]) -> list[tuple[NoticeKind, Act]]:
    if not due:
        return []
    match policy.late_run:
        case LateRun.MOST_SEVERE:
            return [(due[-1], SendNotice(due[-1]))]
        case LateRun.ONE_STEP_A_RUN:
            return [(due[0], SendNotice(due[0]))]
        case LateRun.ALL_IN_ORDER:
            skipped: list[tuple[NoticeKind, Act]] = [(kind, SkipNotice(kind)) for kind in due[:-1]]
            return [*skipped, (due[-1], SendNotice(due[-1]))]


def _step(case: Case, policy: Policy, kind: NoticeKind, act: Act, on: dt.date) -> Step:
    position = case.observation.position
    first_visit = day_reached(case, policy, policy.visits.first_visit_day)
    return Step(
        case_id=case.id,
        act=act,
        rule=_RULES[kind],
        since=_first_day(case, policy, kind) or on,
        latest=first_visit if kind is NoticeKind.VISIT else None,
        params=(
            ("amount", position.arrears),
            ("due", position.oldest_due or on),
            ("days", days(case, policy, on)),
            ("first_visit_day", policy.visits.first_visit_day),
        ),
    )
