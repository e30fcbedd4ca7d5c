"""
How long a guarantor can be held in China: a fixed period that nothing interrupts, suspends or extends.
"""

from __future__ import annotations

import datetime as dt
import enum

import attrs

from overdue_visit.business_calendar import BusinessCalendar
from overdue_visit.declared import check_fields, expect
from overdue_visit.errors import InvalidValue
from overdue_visit.limitation import checks
from overdue_visit.limitation.clock import WEEKENDS
from overdue_visit.limitation.result import Bound, Deadline, Fact, Ruling, State
from overdue_visit.limitation.rule_set import RuleSet, rules_or_shipped
from overdue_visit.limitation.words import one_of

_SET = "cn-guarantee"


class GuaranteeKind(enum.StrEnum):
    """How the guarantor stands in; a contract that does not say is general (Civil Code art. 686)."""

    GENERAL = "general_guarantee"
    """Only where the debtor cannot pay: the creditor must sue the debtor, or go to arbitration, in time."""
    JOINT = "joint_guarantee"
    """Jointly with the debtor: the creditor must demand payment from the guarantor in time."""


class GuaranteeState(enum.StrEnum):
    """Where a guarantee stands on a day."""

    OPEN = "open"
    HELD = "held"
    """The creditor did in time what the kind of guarantee asks for."""
    LAPSED = "lapsed"
    """The guarantor is free; signing a demand later does not bring the guarantee back."""


def _kind(value: GuaranteeKind | str) -> GuaranteeKind:
    return one_of("kind", GuaranteeKind, value)


@attrs.frozen(kw_only=True)
class Guarantee:
    """
    What was promised.

    Args:
        due: The day the main debt falls due, or the end of the time granted in a demand where no day was agreed.

        agreed_until: The last day of an agreed period; one that is not later than *due* counts as not agreed.

        unclear: Whether the contract names a period without an end, such as "until all is paid".

        changed_due: A due date agreed later between creditor and debtor.

        guarantor_consented: Whether the guarantor agreed in writing to the later due date.

    Raises:
        InvalidValue: If a date is no date, or a word unknown.
    """

    kind: GuaranteeKind = attrs.field(converter=_kind)
    due: dt.date
    agreed_until: dt.date | None = None
    unclear: bool = False
    changed_due: dt.date | None = None
    guarantor_consented: bool = False

    def __attrs_post_init__(self) -> None:
        checks.day("due", self.due)
        checks.day_or_none("agreed_until", self.agreed_until)
        checks.day_or_none("changed_due", self.changed_due)
        checks.flag("unclear", self.unclear)
        checks.flag("guarantor_consented", self.guarantor_consented)
        if self.unclear and self.agreed_until is not None:
            raise InvalidValue("unclear", self.unclear, "False where the contract names a last day")

    @property
    def binding_due(self) -> dt.date:
        """The due date that counts for the guarantor (Civil Code art. 695(2))."""
        return self.changed_due if self.changed_due is not None and self.guarantor_consented else self.due


@attrs.frozen(kw_only=True)
class GuaranteeStanding:
    """
    Where a guarantee stands on a day.

    Args:
        claim: Whether the creditor did in time what the kind of guarantee asks for.

        period: The period that decides.

        debt_limitation: The limitation of the guarantor's own debt, once held.

        revival: Once lapsed, whether signing a demand brings the guarantee back: it does not.
    """

    state: GuaranteeState
    claim: Ruling
    period: Deadline
    debt_limitation: Deadline | None
    revival: Ruling | None

    def __attrs_post_init__(self) -> None:
        check_fields(self)


def guarantee_period(
    guarantee: Guarantee, *, calendar: BusinessCalendar = WEEKENDS, rules: RuleSet | None = None
) -> Deadline:
    """
    Say the last day of a guarantee period.

    Args:
        calendar: The days of rest; the last day of the legal period moves to the next working day.

    Raises:
        InvalidValue: If a value is of another kind.
    """
    expect("guarantee", guarantee, Guarantee)
    checks.calendar(calendar)
    chosen, due = rules_or_shipped(_SET, rules), guarantee.binding_due
    agreed = guarantee.agreed_until
    if agreed is not None and agreed > due:
        figure, last = chosen.figure("agreed_period"), agreed
    else:
        figure = chosen.figure("unclear_period" if guarantee.unclear else "default_period")
        last = chosen.figure("default_period").last_day(due, calendar=calendar)
    return Deadline(
        rule=figure.rule,
        day=last,
        bound=Bound.BY,
        source=figure.source,
        facts=(
            Fact("guarantee", guarantee.kind.value),
            Fact("due_date", due),
            Fact("agreed_until", agreed),
            Fact("changed_due", guarantee.changed_due),
            Fact("guarantor_consented", guarantee.guarantor_consented),
        ),
        moved_by=("guarantor_consents", "new_guarantee"),
        also=(chosen.figure("term_changed").source,) if guarantee.changed_due else (),
    )


def guarantee_standing(
    guarantee: Guarantee,
    *,
    on: dt.date,
    claimed_on: dt.date | None = None,
    refusal_ended: dt.date | None = None,
    calendar: BusinessCalendar = WEEKENDS,
    rules: RuleSet | None = None,
) -> GuaranteeStanding:
    """
    Tell where a guarantee stands on a day.

    Args:
        claimed_on: The day on which the creditor sued the debtor or went to arbitration (general), or demanded payment
            from the guarantor (joint).

        refusal_ended: Of a general guarantee that is held, the day on which the guarantor may no longer refuse to pay
            before the debtor; the limitation of the guarantor's debt runs from it.

    Raises:
        InvalidValue: If a value is of another kind, or the dates are out of order.
    """
    expect("guarantee", guarantee, Guarantee)
    chosen, today = rules_or_shipped(_SET, rules), checks.day("on", on)
    claimed, ended = checks.day_or_none("claimed_on", claimed_on), checks.day_or_none("refusal_ended", refusal_ended)
    if claimed is not None:
        checks.not_before("on", today, claimed, "claimed_on")
    if ended is not None and (claimed is None or ended < claimed):
        raise InvalidValue("refusal_ended", ended, "a day not before claimed_on")
    period = guarantee_period(guarantee, calendar=calendar, rules=chosen)
    held = claimed is not None and period.allows(claimed)
    lapsed = not held and not period.allows(today)
    state = GuaranteeState.LAPSED if lapsed else GuaranteeState.HELD if held else GuaranteeState.OPEN
    return GuaranteeStanding(
        state=state,
        claim=_ruled(guarantee.kind.value, "guarantor_claimed", claimed, chosen, holds=held),
        period=period,
        debt_limitation=_debt_limitation(guarantee.kind, claimed, ended, calendar, chosen) if held else None,
        revival=_ruled("not_revived", "guarantee_revived", claimed, chosen, holds=False) if lapsed else None,
    )


def _ruled(figure: str, code: str, claimed: dt.date | None, rules: RuleSet, *, holds: bool) -> Ruling:
    found = rules.figure(figure)
    return Ruling(
        rule=found.rule,
        code=code,
        holds=holds,
        source=found.source,
        facts=(Fact("claimed_on", claimed),),
        moved_by=("new_guarantee",) if figure == "not_revived" else ("claimed_in_time",),
    )


def _debt_limitation(
    kind: GuaranteeKind, claimed: dt.date | None, ended: dt.date | None, calendar: BusinessCalendar, rules: RuleSet
) -> Deadline:
    starts, figure = claimed if kind is GuaranteeKind.JOINT else ended, rules.figure("guarantee_debt")
    return Deadline(
        rule=figure.rule,
        day=None if starts is None else figure.last_day(starts, calendar=calendar),
        state=State.PENDING if starts is None else State.RUNNING,
        bound=Bound.BY,
        source=figure.source,
        facts=(Fact("claimed_on", claimed), Fact("refusal_ended", ended)),
        moved_by=("demand", "acknowledgment", "proceedings", "obstacle", "holiday"),
    )
