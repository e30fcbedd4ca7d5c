"""
Arrears and default notices in the United Kingdom (Consumer Credit Act 1974, ss. 86B, 87, 88).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from overdue_visit.errors import InvalidValue
from overdue_visit.limitation import checks
from overdue_visit.limitation.result import Bound, Deadline, Fact, Ruling
from overdue_visit.limitation.rule_set import RuleSet, shipped
from overdue_visit.money import Money

_SET = "uk-cca"


def arrears_notice_duty(
    required: Sequence[Money],
    *,
    paid: Money,
    weekly: bool = False,
    already_under_duty: bool = False,
    judgment_settled: bool = True,
    rules: RuleSet | None = None,
) -> Ruling:
    """
    Tell whether the creditor comes under the duty to give notices of sums in arrears on a fixed-sum agreement.

    Args:
        required: Every payment required so far, oldest first.

        paid: The total paid under the agreement.

        weekly: Whether all payments fall due at intervals of a week or less.

        already_under_duty: Whether the duty has arisen before and not ended.

        judgment_settled: False if a judgment was given and a sum is still to be paid under it.

    Raises:
        InvalidValue: If an amount is no `Money`, is negative, or of another currency than *paid*.
    """
    figure = (rules or shipped(_SET)).figure("payments_missed_weekly" if weekly else "payments_missed")
    for name, value in (("weekly", weekly), ("already_under_duty", already_under_duty)):
        checks.flag(name, value)
    checks.flag("judgment_settled", judgment_settled)
    for amount in (*required, paid):
        if not isinstance(amount, Money) or amount.minor < 0:
            raise InvalidValue("required" if amount is not paid else "paid", amount, "Money of at least zero")
    due = Money.total(required, paid.currency)
    shortfall = due - paid
    last = Money.total(required[-figure.whole :], paid.currency)
    enough = len(required) >= figure.whole and shortfall.minor > 0 and shortfall >= last
    return Ruling(
        rule=figure.rule,
        code="arrears_notice_duty",
        holds=enough and not already_under_duty and judgment_settled,
        source=figure.source,
        facts=(
            Fact("payments_required", len(required)),
            Fact("paid", paid),
            Fact("shortfall", shortfall),
            Fact("last_payments", last),
        ),
        moved_by=("payment_in_full", "part_payment", "judgment"),
    )


def first_arrears_notice(conditions_met: dt.date, *, rules: RuleSet | None = None) -> Deadline:
    """
    Say by when the first notice of sums in arrears must be given; the day on which the duty arose is day one.

    Raises:
        InvalidValue: If the date is no date.
    """
    figure = (rules or shipped(_SET)).figure("first_notice")
    return figure.deadline("conditions_met", conditions_met, bound=Bound.BY, moved_by=("shortfall_later",))


def further_arrears_notice(last_given: dt.date, *, rules: RuleSet | None = None) -> Deadline:
    """
    Say by when the next notice of sums in arrears must follow the last one.

    Raises:
        InvalidValue: If the date is no date.
    """
    figure = (rules or shipped(_SET)).figure("further_notice")
    return figure.deadline("notice_given", last_given, bound=Bound.BY, moved_by=("payment_in_full", "judgment"))


def default_notice(served: dt.date, *, rules: RuleSet | None = None) -> Deadline:
    """
    Say the earliest day that a default notice may set for putting the breach right.

    Raises:
        InvalidValue: If the date is no date.
    """
    figure = (rules or shipped(_SET)).figure("default_notice")
    return figure.deadline("served", served, bound=Bound.NOT_BEFORE, moved_by=("served_later",))
