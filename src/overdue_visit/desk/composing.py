"""
Compose a notice in words, with the amounts of the day it goes out.
"""

from __future__ import annotations

import datetime as dt

from overdue_visit.case.age import day_reached
from overdue_visit.case.case import Case
from overdue_visit.desk.settings import Settings
from overdue_visit.money import Money
from overdue_visit.notice import Notice, NoticeKind
from overdue_visit.ports.sender import OutgoingNotice
from overdue_visit.wording import format_date, format_money


def compose(settings: Settings, case: Case, notice: Notice, *, message_id: str, on: dt.date) -> OutgoingNotice:
    """
    Put a notice into words, in the party's language if the directory knows it and the policy has it.
    """
    party = case.party or ""
    directory = settings.directory
    language = notice.language
    address = None
    if directory is not None and party:
        spoken = directory.language(party)
        language = spoken if spoken in settings.policy.notices.languages else language
        address = directory.address(party, notice.channel)
    texts = settings.texts.of(language)
    name = directory.name(party) if directory is not None and party else None
    params = _params(settings, case, notice, language, on)
    if name:
        params["salutation"] = texts.text("notice.salutation_named", name=name)
    words = texts.notice(notice.kind.value, **params)
    return OutgoingNotice(
        message_id=message_id,
        channel=notice.channel,
        party=party,
        address=address,
        subject=words.subject,
        body=words.body,
        language=language,
    )


def _params(settings: Settings, case: Case, notice: Notice, language: str, on: dt.date) -> dict[str, str]:
    amount, due = _amount_and_due(case, notice)
    params = {
        "loan": case.loan_id,
        "amount": format_money(amount, language),
        "due": format_date(due, language) if due is not None else "",
    }
    if notice.kind is NoticeKind.VISIT:
        reached = day_reached(case, settings.policy, settings.policy.visits.first_visit_day) or on
        earliest = max(reached, on + dt.timedelta(days=settings.policy.visits.notice_days))
        params["first_visit"] = format_date(earliest, language)
    return params


def _amount_and_due(case: Case, notice: Notice) -> tuple[Money, dt.date | None]:
    plan = case.plans.running
    if notice.kind is NoticeKind.INSTALMENT and plan is not None and notice.instalment is not None:
        instalment = plan.instalments[notice.instalment - 1]
        return instalment.amount, instalment.due
    position = case.observation.position
    return position.arrears, position.oldest_due
