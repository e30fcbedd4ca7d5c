"""
What an act is worth: by its proof and signature, by how much it claimed, and by whom it reached.
"""

from __future__ import annotations

import attrs

from overdue_visit.declared import check_fields
from overdue_visit.errors import InvalidValue
from overdue_visit.limitation.acts import Act, ActKind, Outcome, Proof
from overdue_visit.limitation.figure import Figure
from overdue_visit.limitation.rule_set import RuleSet
from overdue_visit.limitation.source import Source

_GROUPS = (
    "document",
    "message",
    "spoken",
    "account_debit",
    "public_notice",
    "acknowledgment",
    "proceedings",
    "like_proceedings",
    "mediation",
    "criminal_report",
    "debt_moved",
)


@attrs.frozen(kw_only=True)
class Reach:
    """The rule by which an act reaches further than what it claimed, or whom it reached."""

    rule: str
    source: Source

    def __attrs_post_init__(self) -> None:
        check_fields(self)


@attrs.frozen(kw_only=True)
class Effect:
    """
    What one act did to the clock, and the rule that says so.

    Args:
        reaches: Why it restarts the clock of the whole debt, or of this debtor, where it claimed a part or reached
            another.
    """

    act: Act
    outcome: Outcome
    rule: str
    source: Source
    reaches: tuple[Reach, ...] = ()

    def __attrs_post_init__(self) -> None:
        check_fields(self)


def _figure_of(kind: ActKind, rules: RuleSet) -> Figure:
    for group in _GROUPS:
        if kind.value in rules.figure(group).words:
            return rules.figure(group)
    raise InvalidValue("kind", kind, "an act that the rule set lists")


def judged(act: Act, rules: RuleSet, *, debtor: str | None = None, joint: frozenset[str] = frozenset()) -> Effect:
    """
    Tell what an act is worth by its proof, its signature and its reach alone, whenever it happened.

    Raises:
        InvalidValue: If the rule set does not list the act.
    """
    figure = _figure_of(act.kind, rules)
    outcome = _by_proof(act, frozenset(rules.figure("signers").words))
    if outcome is not Outcome.INTERRUPTED:
        return Effect(act=act, outcome=outcome, rule=figure.rule, source=figure.source)
    part, together = rules.figure("partial_claim"), rules.figure("joint_debtors")
    elsewhere = act.debtor not in (None, debtor)
    if elsewhere and act.debtor not in joint:
        return Effect(act=act, outcome=Outcome.OTHER_DEBTOR, rule=together.rule, source=together.source)
    if act.rest_given_up:
        return Effect(act=act, outcome=Outcome.REST_GIVEN_UP, rule=part.rule, source=part.source)
    further = [part] if act.partial else []
    further += [together] if elsewhere else []
    return Effect(
        act=act,
        outcome=outcome,
        rule=figure.rule,
        source=figure.source,
        reaches=tuple(Reach(rule=each.rule, source=each.source) for each in further),
    )


def _by_proof(act: Act, signers: frozenset[str]) -> Outcome:
    match act.kind:
        case ActKind.DOCUMENT | ActKind.SPOKEN:
            if Proof.ARRIVED in act.proof or (act.signer is not None and act.signer.value in signers):
                return Outcome.INTERRUPTED
            return Outcome.ARRIVAL_NOT_PROVED if act.signer is None else Outcome.SIGNER_NOT_ACCEPTED
        case ActKind.MESSAGE | ActKind.ASSIGNMENT_NOTICE:
            arrived = bool(act.proof & {Proof.ARRIVED, Proof.SHOULD_HAVE_ARRIVED})
            signed = act.signer is not None and act.signer.value in signers
            return Outcome.INTERRUPTED if arrived or signed else Outcome.ARRIVAL_NOT_PROVED
        case ActKind.ACCOUNT_DEBIT:
            lawful = Proof.AGREED_OR_LAWFUL in act.proof
            return Outcome.INTERRUPTED if lawful else Outcome.DEBIT_WITHOUT_RIGHT
        case ActKind.PUBLIC_NOTICE:
            published = Proof.UNTRACEABLE_AND_PUBLISHED in act.proof
            return Outcome.INTERRUPTED if published else Outcome.NOT_PUBLISHED
        case _:
            return Outcome.INTERRUPTED
