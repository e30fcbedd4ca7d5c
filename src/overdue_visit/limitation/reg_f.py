"""
Third-party debt collection in the United States: notices, waiting times and records (Regulation F, 12 CFR 1006).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import attrs

from overdue_visit.business_calendar import BusinessCalendar
from overdue_visit.declared import check_fields
from overdue_visit.limitation import checks
from overdue_visit.limitation.result import Bound, Deadline, Fact, State
from overdue_visit.limitation.rule_set import RuleSet, rules_or_shipped

_SET = "us-reg-f"
_ONE_DAY = dt.timedelta(days=1)


@attrs.frozen(kw_only=True)
class ValidationPeriod:
    """From when a collector may assume that the notice arrived, and until when the consumer may dispute."""

    assumed_receipt: Deadline
    end: Deadline

    def __attrs_post_init__(self) -> None:
        check_fields(self)


def validation_notice(
    initial_communication: dt.date, *, paid_on: dt.date | None = None, rules: RuleSet | None = None
) -> Deadline:
    """
    Say by when the validation notice must be sent.

    Args:
        paid_on: The day on which the debt was paid; a payment within the period ends the duty (1006.34(a)(2)).

    Raises:
        InvalidValue: If a date is no date.
    """
    figure = rules_or_shipped(_SET, rules).figure("validation_notice")
    moved_by = ("payment_in_full", "said_in_first_communication")
    return figure.deadline(
        "initial_communication", initial_communication, bound=Bound.BY, moved_by=moved_by, paid_on=paid_on
    )


def validation_period(
    sent: dt.date,
    *,
    holidays: Iterable[dt.date],
    received: dt.date | None = None,
    rules: RuleSet | None = None,
) -> ValidationPeriod:
    """
    Say when a validation notice counts as received, and when the validation period ends.

    Args:
        holidays: The legal public holidays of 5 U.S.C. 6103(a) near the day; Saturdays and Sundays need no mention.

        received: The day of actual receipt, where it is known when the end is worked out.

    Raises:
        InvalidValue: If a date is no date, or the receipt is before the sending.
    """
    chosen = rules_or_shipped(_SET, rules)
    on = checks.day("sent", sent)
    known = checks.day_or_none("received", received)
    if known is not None:
        checks.not_before("received", known, on, "sent")
    listed = frozenset(checks.days("holidays", holidays))
    receipt, period = chosen.figure("assumed_receipt"), chosen.figure("validation_period")
    assumed = receipt.last_day(on, calendar=BusinessCalendar(name="federal", holidays=listed))
    start = assumed if known is None else known
    counted = tuple(day for day in sorted(listed) if on < day <= assumed)
    return ValidationPeriod(
        assumed_receipt=Deadline(
            rule=receipt.rule,
            day=assumed,
            bound=Bound.NOT_BEFORE,
            source=receipt.source,
            facts=(Fact("notice_sent", on), Fact("holidays", counted)),
            moved_by=("holiday", "notice_sent_again"),
        ),
        end=Deadline(
            rule=period.rule,
            day=period.last_day(start),
            bound=Bound.UNTIL,
            source=period.source,
            facts=(Fact("notice_sent", on), Fact("received" if known else "assumed_receipt", start)),
            moved_by=("holiday", "notice_sent_again", "earlier_receipt"),
        ),
    )


def email_opt_out(notice_sent: dt.date, *, rules: RuleSet | None = None) -> Deadline:
    """
    Say the earliest day that a creditor's notice may name as the last for opting out of e-mail.

    Raises:
        InvalidValue: If the date is no date.
    """
    figure = rules_or_shipped(_SET, rules).figure("email_opt_out")
    return figure.deadline("notice_sent", notice_sent, bound=Bound.NOT_BEFORE, moved_by=("notice_sent_again",))


def furnishing(
    mailed: Iterable[dt.date],
    *,
    undeliverable: Iterable[dt.date] = (),
    spoke_on: dt.date | None = None,
    rules: RuleSet | None = None,
) -> Deadline:
    """
    Say from which day information may be given to a consumer reporting agency.

    A notice of undeliverability within the waiting time undoes the letters still waiting that were mailed before it
    (or on its day, if none was before); a later notice undoes nothing.

    Args:
        mailed: Days on which a letter was mailed or an electronic message sent.

        undeliverable: Days on which a notice of undeliverability came in.

        spoke_on: A day on which the collector spoke with the consumer about the debt; no waiting is needed then.

    Raises:
        InvalidValue: If a date is no date.
    """
    figure = rules_or_shipped(_SET, rules).figure("furnishing_wait")
    letters, bounced = set(checks.days("mailed", mailed)), checks.days("undeliverable", undeliverable)
    spoke = checks.day_or_none("spoke_on", spoke_on)
    facts = (Fact("mailed", tuple(sorted(letters))), Fact("undeliverable", bounced), Fact("spoke_on", spoke))
    for notice in bounced:
        waiting = {letter for letter in letters if letter <= notice <= figure.last_day(letter)}
        letters -= {letter for letter in waiting if letter < notice} or waiting
    ways = [figure.last_day(letter) + _ONE_DAY for letter in letters] + ([] if spoke is None else [spoke])
    return Deadline(
        rule=figure.rule,
        day=min(ways, default=None),
        state=State.RUNNING if ways else State.NEVER,
        bound=Bound.NOT_BEFORE,
        source=figure.source,
        facts=facts,
        moved_by=("undeliverable_in_time", "conversation", "notice_sent_again"),
    )


def records(last_activity: dt.date, *, rules: RuleSet | None = None) -> Deadline:
    """
    Say until when a collector keeps its records, counted from its last collection activity on the debt.

    Raises:
        InvalidValue: If the date is no date.
    """
    figure = rules_or_shipped(_SET, rules).figure("records")
    return figure.deadline("last_activity", last_activity, bound=Bound.UNTIL, moved_by=("later_activity",))


def recordings(call: dt.date, *, rules: RuleSet | None = None) -> Deadline:
    """
    Say until when a collector keeps the recording of a call.

    Raises:
        InvalidValue: If the date is no date.
    """
    figure = rules_or_shipped(_SET, rules).figure("recordings")
    return figure.deadline("call", call, bound=Bound.UNTIL, moved_by=("kept_longer",))
