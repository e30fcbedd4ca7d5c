"""
Payments by a rule instead of a plan: a fixed amount, or a share of what is owed with a minimum, as credit cards ask.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Protocol

import attrs

from overdue_visit.errors import InvalidValue
from overdue_visit.money import CurrencyMismatch, Money, divide
from overdue_visit.rate import Per, Rate
from overdue_visit.repayment.demands import demand, demand_flag
from overdue_visit.repayment.digits import fraction
from overdue_visit.repayment.running_balance import RunningBalance
from overdue_visit.repayment.schedule import Schedule
from overdue_visit.repayment.terms import Terms


class PaymentRule(Protocol):
    """What is to be paid on a date, in minor units and exactly; a debt smaller than that is cleared."""

    least: Money
    """The fixed amount of the rule."""

    def payment(self, balance: Fraction, interest: Fraction) -> Fraction:
        """
        Return what is to be paid of *balance* and the *interest* of the period.
        """
        ...


@attrs.frozen
class FixedPayment:
    """The same amount on every date: ``FixedPayment(Money("1500", "EUR"))``."""

    least: Money

    def __attrs_post_init__(self) -> None:
        _demand_least(self.least)

    def payment(self, balance: Fraction, interest: Fraction) -> Fraction:  # noqa: ARG002 - the same whatever is owed
        """
        Return the amount.
        """
        return Fraction(self.least.minor)


@attrs.frozen
class FixedPrincipal:
    """The interest, and the same principal on every date."""

    least: Money

    def __attrs_post_init__(self) -> None:
        _demand_least(self.least)

    def payment(self, balance: Fraction, interest: Fraction) -> Fraction:  # noqa: ARG002 - the same whatever is owed
        """
        Return the interest and the amount.
        """
        return fraction(interest, field="interest") + self.least.minor


@attrs.frozen
class ShareOfBalance:
    """The interest, and a share of the balance as principal, at least *least*."""

    share: Rate
    least: Money

    def __attrs_post_init__(self) -> None:
        _demand_share(self.share)
        _demand_least(self.least)

    def payment(self, balance: Fraction, interest: Fraction) -> Fraction:
        """
        Return the interest and the share of the balance, or the minimum.
        """
        owed, bears = fraction(balance, field="balance"), fraction(interest, field="interest")
        return bears + max(owed * self.share.fraction, Fraction(self.least.minor))


@attrs.frozen
class ShareOfDebt:
    """A share of the balance and its interest together, at least *least*: what credit cards call a minimum payment."""

    share: Rate
    least: Money

    def __attrs_post_init__(self) -> None:
        _demand_share(self.share)
        _demand_least(self.least)

    def payment(self, balance: Fraction, interest: Fraction) -> Fraction:
        """
        Return the share of the debt, or the minimum.
        """
        owed = fraction(balance, field="balance") + fraction(interest, field="interest")
        return max(owed * self.share.fraction, Fraction(self.least.minor))


def _demand_share(share: object) -> None:
    if not isinstance(share, Rate) or share.per is not Per.ONCE or not 0 < share.numerator <= share.denominator:
        raise InvalidValue("share", share, 'a share above 0 up to 100%, such as Rate("2%", per="once")')


def _demand_least(least: object) -> None:
    if not isinstance(least, Money) or least.minor <= 0:
        raise InvalidValue("least", least, "Money of more than zero")


def by_rule(terms: Terms, rule: PaymentRule, *, negative: bool = False) -> Schedule:
    """
    Make a schedule whose payments follow a rule until the debt is cleared.

    Args:
        negative: Allow a payment below the interest; the rest is capitalised.

    Returns:
        As many rows as it takes; if the due dates do not suffice, the last one pays all that is left. Each payment is
        rounded once, to the terms' unit.

    Raises:
        InvalidValue: If a payment is below its interest and *negative* was not asked for.
        CurrencyMismatch: If the rule's amount has another currency than the terms.
    """
    demand(terms, Terms, "terms")
    demand_flag(negative, "negative")
    if not isinstance(getattr(rule, "least", None), Money) or not callable(getattr(rule, "payment", None)):
        raise InvalidValue("rule", rule, "a payment rule, such as FixedPayment or ShareOfDebt")
    if rule.least.currency != terms.currency:
        raise CurrencyMismatch("rule", rule.least.currency, f"{terms.currency}, as the loan has")
    running = RunningBalance.clearing_last(terms)
    while running.open:
        exact = rule.payment(Fraction(running.balance), Fraction(running.interest()))
        units = divide(exact.numerator, exact.denominator * terms.unit, terms.instalment_rounding)
        running.pay(running.covering(units * terms.unit, negative=negative))
    return running.schedule("by_rule")
