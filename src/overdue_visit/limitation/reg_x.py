"""
Mortgage servicing in the United States: live contact and written notice (Regulation X, 12 CFR 1024.39).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import attrs

from overdue_visit.declared import check_fields
from overdue_visit.limitation import checks
from overdue_visit.limitation.result import Bound, Deadline, Fact, State
from overdue_visit.limitation.rule_set import RuleSet, rules_or_shipped

_SET = "us-reg-x"
_MOVED = ("payment_in_full", "loss_mitigation_kept", "new_due_date")


@attrs.frozen(kw_only=True)
class LiveContact:
    """
    By when the servicer must have spoken with the borrower, or tried in good faith.

    Args:
        deadlines: One for each missed due date, in their order.

        contacts: The contacts and good-faith attempts made.
    """

    deadlines: tuple[Deadline, ...]
    due_dates: tuple[dt.date, ...]
    contacts: tuple[dt.date, ...]

    def __attrs_post_init__(self) -> None:
        check_fields(self)

    @property
    def required(self) -> bool:
        """Whether at least one missed due date asks for a contact."""
        return any(deadline.day is not None for deadline in self.deadlines)

    @property
    def open(self) -> tuple[Deadline, ...]:
        """The deadlines that no contact has met; one contact may meet several (comment 39(a)-1.i.B)."""
        return tuple(
            deadline
            for due, deadline in zip(self.due_dates, self.deadlines, strict=True)
            if deadline.day is not None and not any(due <= contact <= deadline.day for contact in self.contacts)
        )

    @property
    def compliant(self) -> bool:
        """Whether every deadline is met by a contact."""
        return not self.open

    @property
    def contact_by(self) -> dt.date | None:
        """The next deadline that is open, else the last one there was; None where no contact is required."""
        days = [deadline.day for deadline in self.open or self.deadlines[-1:] if deadline.day is not None]
        return days[0] if days else None


def live_contact(
    due_dates: dt.date | Iterable[dt.date],
    *,
    contacts: Iterable[dt.date] = (),
    paid_on: dt.date | None = None,
    rules: RuleSet | None = None,
) -> LiveContact:
    """
    Say by when the servicer must speak with the borrower about each missed payment.

    Args:
        due_dates: The due dates missed, ascending.

        contacts: Days of conversations and of good-faith attempts.

        paid_on: The day on which everything owed was paid; a payment within the period ends the duty.

    Raises:
        InvalidValue: If a date is no date, or they are out of order.
    """
    figure = rules_or_shipped(_SET, rules).figure("live_contact")
    missed = checks.one_or_more("due_dates", due_dates)
    deadlines = tuple(
        figure.deadline("due_date", due, bound=Bound.BY, moved_by=_MOVED, paid_on=paid_on) for due in missed
    )
    return LiveContact(deadlines=deadlines, due_dates=missed, contacts=checks.days("contacts", contacts))


def written_notice(due_date: dt.date, *, paid_on: dt.date | None = None, rules: RuleSet | None = None) -> Deadline:
    """
    Say by when the written notice about a missed payment must be given.

    Args:
        paid_on: The day on which everything owed was paid; a payment within the period ends the duty.

    Raises:
        InvalidValue: If a date is no date.
    """
    figure = rules_or_shipped(_SET, rules).figure("written_notice")
    return figure.deadline("due_date", due_date, bound=Bound.BY, moved_by=_MOVED, paid_on=paid_on)


def next_written_notice(given: dt.date, *, delinquent_since: dt.date | None, rules: RuleSet | None = None) -> Deadline:
    """
    Say when the written notice is due again after one was given.

    Whoever is delinquent long enough at the end of the spacing gets it on that very day; whoever is not, as many days
    after the due date that is unpaid as a first notice would have.

    Args:
        delinquent_since: The oldest due date now unpaid; None if nothing is.

    Returns:
        The last day; ``earliest`` is the first day on which a second notice can be required.

    Raises:
        InvalidValue: If a date is no date.
    """
    chosen = rules_or_shipped(_SET, rules)
    figure = chosen.figure("notice_spacing")
    notice, since = checks.day("given", given), checks.day_or_none("delinquent_since", delinquent_since)
    spacing_ends = figure.last_day(notice)
    by = None if since is None else max(spacing_ends, chosen.figure("written_notice").last_day(since))
    return Deadline(
        rule=figure.rule,
        day=by,
        state=State.NOT_REQUIRED if by is None else State.RUNNING,
        earliest=spacing_ends if by is not None else None,
        bound=Bound.BY,
        source=figure.source,
        facts=(Fact("notice_given", notice), Fact("delinquent_since", since)),
        moved_by=_MOVED,
    )


def notice_after_transfer(
    due_date: dt.date,
    *,
    transferred: dt.date,
    first_due_after: dt.date,
    transferor_notice: dt.date | None = None,
    rules: RuleSet | None = None,
) -> Deadline:
    """
    Say by when a new servicer must give its written notice, while the borrower stays delinquent.

    A notice of the earlier servicer shortly before the transfer stands for the arrears until then; without one the next
    period that ends on or after the transfer counts.

    Args:
        due_date: The unpaid due date before the transfer.

        first_due_after: The first due date on or after the transfer.

        transferor_notice: The day of the earlier servicer's notice, if it gave one.

    Raises:
        InvalidValue: If the dates are out of order.
    """
    chosen = rules_or_shipped(_SET, rules)
    exempt, period = chosen.figure("transferor_notice"), chosen.figure("written_notice")
    due, moved = checks.day("due_date", due_date), checks.day("transferred", transferred)
    next_due = checks.day("first_due_after", first_due_after)
    notice = checks.day_or_none("transferor_notice", transferor_notice)
    checks.not_before("transferred", moved, due, "due_date")
    checks.not_before("first_due_after", next_due, moved, "transferred")
    if notice is not None:
        checks.not_before("transferred", moved, notice, "transferor_notice")
    stands = notice is not None and (moved - notice).days <= exempt.whole
    own = period.last_day(due)
    return Deadline(
        rule=exempt.rule,
        day=period.last_day(next_due) if stands or own < moved else own,
        bound=Bound.BY,
        source=exempt.source,
        facts=(
            Fact("due_date", due),
            Fact("transferred", moved),
            Fact("first_due_after", next_due),
            Fact("transferor_notice", notice),
        ),
        moved_by=("payment_in_full", "transferor_notice_within", "new_due_date"),
    )
