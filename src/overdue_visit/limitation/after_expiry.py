"""
What the debtor's word is worth once the limitation period is over.
"""

from __future__ import annotations

import enum

import attrs

from overdue_visit.declared import check_fields
from overdue_visit.limitation import checks
from overdue_visit.limitation.result import Fact
from overdue_visit.limitation.rule_set import RuleSet, rules_or_shipped
from overdue_visit.limitation.source import Source

_SET = "cn-limitation"


class DefenceState(enum.StrEnum):
    """Whether the debtor may refuse because of limitation."""

    NOT_YET = "not_yet"
    """The period is not over."""
    AVAILABLE = "available"
    WAIVED = "waived"


@attrs.frozen(kw_only=True)
class Defence:
    """Whether the debtor may refuse because of limitation, and why."""

    rule: str
    state: DefenceState
    source: Source
    facts: tuple[Fact, ...]
    moved_by: tuple[str, ...]

    def __attrs_post_init__(self) -> None:
        check_fields(self)


def limitation_defence(
    *,
    expired: bool,
    signed_notice: bool = False,
    agrees_to_perform: bool = False,
    paid_freely: bool = False,
    new_agreement: bool = False,
    rules: RuleSet | None = None,
) -> Defence:
    """
    Tell whether the debtor still has the defence of limitation.

    Args:
        signed_notice: Whether the borrower signed or sealed a notice demanding the overdue loan.

        agrees_to_perform: Whether agreement to perform can be inferred, from that notice or from what was said; a
            signature alone does not waive.

        paid_freely: Whether the debtor has paid of free will; what was paid cannot be asked back, and nothing else
            waives.

        new_agreement: Whether both sides made a new agreement about the old debt.

    Raises:
        InvalidValue: If a value is not True or False.
    """
    given = {
        "expired": expired,
        "signed_notice": signed_notice,
        "agrees_to_perform": agrees_to_perform,
        "paid_freely": paid_freely,
        "new_agreement": new_agreement,
    }
    for name, value in given.items():
        checks.flag(name, value)
    waived = agrees_to_perform or paid_freely or new_agreement
    figure = rules_or_shipped(_SET, rules).figure("waiver_by_signature" if signed_notice else "waiver")
    state = DefenceState.WAIVED if waived else DefenceState.AVAILABLE
    return Defence(
        rule=figure.rule,
        state=state if expired else DefenceState.NOT_YET,
        source=figure.source,
        facts=tuple(Fact(name, value) for name, value in given.items()),
        moved_by=("agrees_to_perform", "new_agreement"),
    )
