"""
Numbers of different practices that must not contradict each other.
"""

from __future__ import annotations

from overdue_visit.errors import InvalidValue
from overdue_visit.policy.contact import ContactPolicy
from overdue_visit.policy.escalation import EscalationPolicy
from overdue_visit.policy.notices import NoticePolicy
from overdue_visit.policy.plans import PlanPolicy
from overdue_visit.policy.visits import VisitPolicy


def check_notices(notices: NoticePolicy, visits: VisitPolicy, plans: PlanPolicy) -> None:
    """
    Require notice before visits, and a reminder between two instalments.

    Raises:
        InvalidValue: If the notice of a visit falls due after visits start, or an instalment's reminder before the
            instalment before it.
    """
    if notices.visit_notice_day > visits.first_visit_day:
        accepted = f"at most visits.first_visit_day, {visits.first_visit_day}"
        raise InvalidValue("notices.visit_notice_day", notices.visit_notice_day, accepted)
    if notices.instalment_reminder_days >= plans.shortest_period_days:
        accepted = f"fewer days than plans.shortest_period_days, {plans.shortest_period_days}"
        raise InvalidValue("notices.instalment_reminder_days", notices.instalment_reminder_days, accepted)


def check_hours(visits: VisitPolicy, contact: ContactPolicy) -> None:
    """
    Require visiting hours within contact hours.

    Raises:
        InvalidValue: If a visit could take place when no contact may.
    """
    if visits.earliest < contact.earliest:
        raise InvalidValue("visits.earliest", str(visits.earliest), f"not before contact.earliest, {contact.earliest}")
    if visits.latest > contact.latest:
        raise InvalidValue("visits.latest", str(visits.latest), f"not after contact.latest, {contact.latest}")


def check_escalation(escalation: EscalationPolicy, visits: VisitPolicy) -> None:
    """
    Require that somebody tries before others are involved.

    Raises:
        InvalidValue: If the review falls due before visits start, or escalation before unreachable cases are reviewed.
    """
    if escalation.review_day <= visits.first_visit_day:
        accepted = f"a day after visits.first_visit_day, {visits.first_visit_day}"
        raise InvalidValue("escalation.review_day", escalation.review_day, accepted)
    if escalation.unreachable_attempts < visits.attempts_before_review:
        accepted = f"at least visits.attempts_before_review, {visits.attempts_before_review}"
        raise InvalidValue("escalation.unreachable_attempts", escalation.unreachable_attempts, accepted)
