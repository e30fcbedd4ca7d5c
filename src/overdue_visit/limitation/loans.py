"""
Loans in China: how far they may be extended (展期), what penalty interest may be, what a payment pays first.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from overdue_visit.declared import several
from overdue_visit.errors import InvalidValue
from overdue_visit.limitation import checks
from overdue_visit.limitation.figure import Figure
from overdue_visit.limitation.result import Band, Fact, Order, Ruling
from overdue_visit.limitation.rule_set import RuleSet, rules_or_shipped
from overdue_visit.rate import Rate

_SET = "cn-loans"
_MOVED = ("shorter_extension", "extended_before")


def extension(original_months: int, extension_months: int, *, rules: RuleSet | None = None) -> Ruling:
    """
    Tell whether a loan may be extended that long under the general rules, all extensions taken together.

    Raises:
        InvalidValue: If a number of months is not a positive ``int``.
    """
    chosen = rules_or_shipped(_SET, rules)
    term, asked = checks.count("original_months", original_months), checks.count("extension_months", extension_months)
    if term <= chosen.figure("short_term").whole:
        figure = chosen.figure("short_extension")
        most = _part(figure, term)
    elif term <= chosen.figure("medium_term").whole:
        figure = chosen.figure("medium_extension")
        most = _part(figure, term)
    else:
        figure = chosen.figure("long_extension")
        most = figure.whole
    return _extension(figure, asked, most, (Fact("original_months", term), Fact("extension_months", asked)))


def personal_extension(
    original_months: int, extension_months: int, *, product_months: int, rules: RuleSet | None = None
) -> Ruling:
    """
    Tell whether a personal loan may be extended that long, all extensions taken together.

    Args:
        product_months: The longest term of the kind of loan; it binds loans that began with more than a short term.

    Raises:
        InvalidValue: If a number of months is not a positive ``int``, or the loan began longer than its kind may be.
    """
    chosen = rules_or_shipped(_SET, rules)
    term, asked = checks.count("original_months", original_months), checks.count("extension_months", extension_months)
    longest = checks.count("product_months", product_months)
    if longest < term:
        raise InvalidValue("product_months", longest, f"at least the original term of {term} months")
    if term <= chosen.figure("personal_short_term").whole:
        figure = chosen.figure("personal_short_extension")
        most = _part(figure, term)
    else:
        figure = chosen.figure("personal_long_extension")
        most = longest - term
    facts = (Fact("original_months", term), Fact("extension_months", asked), Fact("product_months", longest))
    return _extension(figure, asked, most, facts)


def _part(figure: Figure, term: int) -> int:
    return term * figure.share.numerator // figure.share.denominator


def _extension(figure: Figure, asked: int, most: int, facts: tuple[Fact, ...]) -> Ruling:
    return Ruling(
        rule=figure.rule,
        code="extension_allowed",
        holds=asked <= most,
        most=most,
        source=figure.source,
        facts=facts,
        moved_by=_MOVED,
    )


def extension_request(requested: dt.date, *, due: dt.date, rules: RuleSet | None = None) -> Ruling:
    """
    Tell whether a borrower asked for an extension in time: on or before the day the loan falls due.

    Raises:
        InvalidValue: If a date is no date.
    """
    figure = rules_or_shipped(_SET, rules).figure("extension_request")
    asked, last = checks.day("requested", requested), checks.day("due", due)
    return Ruling(
        rule=figure.rule,
        code="extension_request_in_time",
        holds=asked <= last,
        source=figure.source,
        facts=(Fact("requested", asked), Fact("due_date", last)),
        moved_by=("lender_agrees",),
    )


def penalty_band(contract: Rate, *, misuse: bool = False, rules: RuleSet | None = None) -> Band:
    """
    Say between which rates penalty interest may lie.

    Args:
        contract: The contract's rate; the band is quoted for the same period.

        misuse: Whether the loan was used for another purpose than agreed, instead of paid late.

    Raises:
        InvalidValue: If the rate is no `Rate` or negative.
    """
    if not isinstance(contract, Rate) or contract.numerator < 0:
        raise InvalidValue("contract", contract, "a Rate of at least zero")
    kind = "misuse" if checks.flag("misuse", misuse) else "overdue"
    chosen = rules_or_shipped(_SET, rules)
    least, most = chosen.figure(f"{kind}_least"), chosen.figure(f"{kind}_most")
    return Band(
        rule=least.rule,
        least=_on_top(contract, least.share),
        most=_on_top(contract, most.share),
        source=least.source,
        facts=(Fact("contract_rate", contract), Fact("added_least", least.share), Fact("added_most", most.share)),
        moved_by=("contract_rate",),
    )


def _on_top(contract: Rate, share: Rate) -> Rate:
    return Rate.from_ratio(
        contract.numerator * (share.denominator + share.numerator),
        contract.denominator * share.denominator,
        contract.per,
    )


def payment_order(agreed: Sequence[str] | None = None, *, rules: RuleSet | None = None) -> Order:
    """
    Say in which order a payment that is too small pays one debt's parts.

    Args:
        agreed: The order the parties agreed on, which goes before the law's.

    Raises:
        InvalidValue: If an agreed order does not name each part once.
    """
    return _order(rules_or_shipped(_SET, rules).figure("payment_order"), agreed)


def debts_order(agreed: Sequence[str] | None = None, *, rules: RuleSet | None = None) -> Order:
    """
    Say by which marks several debts of the same kind are paid, first to last.

    Args:
        agreed: The order the parties agreed on, which goes before the law's.

    Raises:
        InvalidValue: If an agreed order does not name each mark once.
    """
    return _order(rules_or_shipped(_SET, rules).figure("debts_order"), agreed)


def _order(figure: Figure, agreed: Sequence[str] | None) -> Order:
    order = figure.words if agreed is None else several("agreed", agreed, str)
    if sorted(order) != sorted(figure.words):
        raise InvalidValue("agreed", agreed, "each once of " + ", ".join(figure.words))
    return Order(
        rule=figure.rule,
        order=order,
        agreed=agreed is not None,
        source=figure.source,
        facts=(),
        moved_by=("agreement",),
    )
