"""
The gate: whether a contact may be made, as a pure function of the contact, the history, the rules and what is known.
"""

from __future__ import annotations

import datetime as dt
import itertools
import operator
from collections.abc import Sequence
from zoneinfo import ZoneInfo

from overdue_visit.contact import checks
from overdue_visit.contact.contact import Contact, Proposed
from overdue_visit.contact.known import Known
from overdue_visit.contact.rules.overlay import Rules, sets_of
from overdue_visit.contact.rules.question import Question
from overdue_visit.contact.rules.rule import Block, Effect, Rule, distinct
from overdue_visit.contact.rules.rule_set import Acceptance, RuleSet, is_in_force
from overdue_visit.contact.rules.timing import HORIZON_DAYS
from overdue_visit.contact.verdict import RULINGS, Finding, Ruling, Verdict
from overdue_visit.contact.wall_clock import midnight

_HORIZON = dt.timedelta(days=HORIZON_DAYS)
_ONE_DAY = dt.timedelta(days=1)
_AT = operator.attrgetter("at")
_Active = tuple[tuple[RuleSet, Rule], ...]


def check(
    proposed: Proposed,
    *,
    history: Sequence[Contact] = (),
    rules: Rules,
    known: Known,
    earliest: bool = True,
) -> Verdict:
    """
    Judge a proposed contact.

    Args:
        history: Contacts with the party and the people around it, over all its debts, in order of time, none later
            than the proposed one. Reserved, used and unknown ones count, released and misdirected ones do not.

        rules: One rule set, or several laid over each other by `stricter`.

        earliest: Whether to look for the earliest allowed instant if this one is not allowed.

    Raises:
        InvalidValue: If the history is out of order or reaches beyond the proposed contact, or an argument is of
            another kind.
    """
    sets = sets_of(rules)
    checks.yes_or_no("earliest", earliest)
    question = Question.ask(proposed, history, known)
    active = tuple(
        (owner, rule) for owner in sets if owner.binds_for(proposed) for rule in owner.rules if rule.concerns(question)
    )
    findings = [found for owner, rule in active if (found := _finding(owner, rule, question)) is not None]
    broken = sorted(
        (each for each in findings if each.ruling is not Ruling.WARNED), key=lambda each: -each.ruling.severity
    )
    warnings = tuple(each for each in findings if each.ruling is Ruling.WARNED)
    if not broken:
        ruling = Ruling.WARNED if warnings else Ruling.ALLOWED
        return Verdict(ruling=ruling, warnings=warnings, earliest=proposed.at)
    first = broken[0]
    return Verdict(
        ruling=first.ruling,
        broken=tuple(broken),
        warnings=warnings,
        factors=_factors(first, proposed),
        earliest=_earliest(active, question) if earliest else None,
    )


def _factors(finding: Finding, proposed: Proposed) -> tuple[str, ...]:
    return () if proposed.purpose not in finding.rule.factors else (proposed.purpose or "",)


def _finding(owner: RuleSet, rule: Rule, question: Question) -> Finding | None:
    at = question.proposed.at
    block = _blocked(owner, rule, question, at)
    if block is None:
        return None
    acceptance = _acceptance(owner, rule, at, question.known)
    ruling = RULINGS[rule.effect] if acceptance is None else Ruling.WARNED
    return Finding(
        key=owner.key(rule),
        rule=rule,
        ruling=ruling,
        facts=_in_order(block.facts),
        until=block.until,
        acceptance=acceptance,
    )


def _in_order(facts: tuple[object, ...]) -> tuple[object, ...]:
    """
    Put contacts in order of time, simultaneous ones in the order of what they say.
    """
    contacts = sorted((each for each in facts if isinstance(each, Contact)), key=_AT)
    others = tuple(each for each in facts if not isinstance(each, Contact))
    # What they say is compared only where it decides: it takes longer than all the rest.
    if any(one.at == other.at for one, other in itertools.pairwise(contacts)):
        contacts.sort(key=_told)
    return (*others, *contacts)


def _told(contact: Contact) -> tuple[object, ...]:
    told = (
        contact.channel,
        contact.direction,
        contact.outcome,
        contact.debt,
        contact.party,
        contact.role,
        contact.number,
        contact.number_kind,
        contact.place,
        contact.purpose,
        contact.id,
        contact.in_reply_to,
        contact.by,
        contact.household,
        contact.state,
    )
    return (contact.at, *(each or "" for each in told), contact.also_debts, contact.conversation_only_debts)


def _blocked(owner: RuleSet, rule: Rule, question: Question, at: dt.datetime) -> Block | None:
    """
    Ask a rule in every zone in which the consumer may be; it must pass in all of them.
    """
    zones = question.known.places
    if len(zones) == 1:
        return rule.blocked(question, at, zones[0]) if is_in_force(owner, at, zones[0]) else None
    blocks = [
        block
        for zone in zones
        if is_in_force(owner, at, zone) and (block := rule.blocked(question, at, zone)) is not None
    ]
    if not blocks:
        return None
    instants = [each.until for each in blocks if each.until is not None]
    until = max(instants) if len(instants) == len(blocks) else None
    return Block(until, distinct(blocks))


def _acceptance(owner: RuleSet, rule: Rule, at: dt.datetime, known: Known) -> Acceptance | None:
    """
    Find the acceptance that lets a rule merely warn; it must have begun and not ended wherever the consumer may be.
    """
    for each in owner.acceptances:
        if each.rule == owner.key(rule) and all(_accepted(each, at, zone) for zone in known.places):
            return each
    return None


def _accepted(acceptance: Acceptance, at: dt.datetime, zone: ZoneInfo) -> bool:
    if at < midnight(acceptance.on, zone):
        return False
    return acceptance.until is None or at < midnight(acceptance.until + _ONE_DAY, zone)


def _earliest(active: _Active, question: Question) -> dt.datetime | None:
    """
    Go from each instant to the latest one before which some rule stands in the way, until none does.

    No instant in between is skipped that passes: each step ends where a rule that blocks all of it ends.
    """
    binding = [(owner, rule) for owner, rule in active if rule.effect is not Effect.WARNING]
    at = question.proposed.at
    last = at + _HORIZON
    while at <= last:
        passes = [_next_pass(owner, rule, question, at) for owner, rule in binding]
        latest = at
        for each in passes:
            if each is None:
                return None
            latest = max(latest, each)
        if latest == at:
            return at
        at = latest
    return None


def _next_pass(owner: RuleSet, rule: Rule, question: Question, at: dt.datetime) -> dt.datetime | None:
    """
    Return an instant before which, from *at* on, a rule does not pass; *at* itself if it passes, None if it never will.
    """
    block = _blocked(owner, rule, question, at)
    if block is None or _acceptance(owner, rule, at, question.known) is not None:
        return at
    ways_out = [block.until, *_ends(owner, question.known), *_acceptances(owner, rule, question.known)]
    return min((each for each in ways_out if each is not None and each > at), default=None)


def _ends(owner: RuleSet, known: Known) -> list[dt.datetime | None]:
    return [owner.ends(zone) for zone in known.places]


def _acceptances(owner: RuleSet, rule: Rule, known: Known) -> list[dt.datetime]:
    begun = (each for each in owner.acceptances if each.rule == owner.key(rule))
    return [midnight(each.on, zone) for each in begun for zone in known.places]
