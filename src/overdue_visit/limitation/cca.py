"""
Arrears and default notices in the United Kingdom (Consumer Credit Act 1974, ss. 86B, 86C, 87, 88).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from overdue_visit.declared import expect, several
from overdue_visit.errors import InvalidValue
from overdue_visit.limitation import checks
from overdue_visit.limitation.result import Bound, Deadline, Fact, Ruling
from overdue_visit.limitation.rule_set import RuleSet, rules_or_shipped
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
    key = "payments_missed_weekly" if checks.flag("weekly", weekly) else "payments_missed"
    figure = rules_or_shipped(_SET, rules).figure(key)
    for name, value in (("already_under_duty", already_under_duty), ("judgment_settled", judgment_settled)):
        checks.flag(name, value)
    required = several("required", required, Money)
    expect("paid", paid, Money)
    for name, amount in (*(("required", each) for each in required), ("paid", paid)):
        if amount.minor < 0:
            raise InvalidValue(name, amount, "Money of at least zero")
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
    figure = rules_or_shipped(_SET, rules).figure("first_notice")
    return figure.deadline("conditions_met", conditions_met, bound=Bound.BY, moved_by=("shortfall_later",))


def further_arrears_notice(last_given: dt.date, *, rules: RuleSet | None = None) -> Deadline:
    """
    Say by when the next notice of sums in arrears must follow the last one.

    Raises:
        InvalidValue: If the date is no date.
    """
    figure = rules_or_shipped(_SET, rules).figure("further_notice")
    given = checks.day("last_given", last_given)
    return figure.deadline("notice_given", given, bound=Bound.BY, moved_by=("payment_in_full", "judgment"))


def running_account_duty(
    made: Sequence[bool],
    *,
    weekly: bool = False,
    already_noticed: bool = False,
    judgment_settled: bool = True,
    rules: RuleSet | None = None,
) -> Ruling:
    """
    Tell whether the creditor must give a notice of sums in arrears on a running account, such as a card.

    Args:
        made: For every payment required so far, oldest first, whether it was made.

        weekly: Whether all payments fall due at intervals of a week or less.

        already_noticed: Whether a notice was required already for one of the last payments.

        judgment_settled: False if a judgment was given and a sum is still to be paid under it.

    Raises:
        InvalidValue: If a value is not True or False.
    """
    key = "running_account_missed_weekly" if checks.flag("weekly", weekly) else "running_account_missed"
    figure = rules_or_shipped(_SET, rules).figure(key)
    for name, value in (("already_noticed", already_noticed), ("judgment_settled", judgment_settled)):
        checks.flag(name, value)
    payments = several("made", made, bool)
    last = payments[-figure.whole :]
    missed = len(last) == figure.whole and not any(last)
    return Ruling(
        rule=figure.rule,
        code="running_account_notice_duty",
        holds=missed and not already_noticed and judgment_settled,
        source=figure.source,
        facts=(
            Fact("payments_required", len(payments)),
            Fact("last_payments_made", sum(last)),
            Fact("already_noticed", already_noticed),
            Fact("judgment_settled", judgment_settled),
        ),
        moved_by=("one_payment", "judgment"),
    )


def running_account_notice(next_statement_by: dt.date, *, rules: RuleSet | None = None) -> Deadline:
    """
    Say by when the notice of sums in arrears on a running account must be given: with the next statement.

    Args:
        next_statement_by: The last day of the period within which the next statement of the account must be given
            (s. 78(4)).

    Raises:
        InvalidValue: If the date is no date.
    """
    figure = rules_or_shipped(_SET, rules).figure("running_account_notice")
    day = checks.day("next_statement_by", next_statement_by)
    return Deadline(
        rule=figure.rule,
        day=day,
        bound=Bound.BY,
        source=figure.source,
        facts=(Fact("next_statement_by", day),),
        moved_by=("statement_due_on_another_day",),
    )


def default_notice(served: dt.date, *, rules: RuleSet | None = None) -> Deadline:
    """
    Say the earliest day that a default notice may set for putting the breach right.

    Raises:
        InvalidValue: If the date is no date.
    """
    figure = rules_or_shipped(_SET, rules).figure("default_notice")
    return figure.deadline("served", served, bound=Bound.NOT_BEFORE, moved_by=("served_later",))
