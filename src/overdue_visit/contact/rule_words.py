"""
What a rule says, in words: its sentence, to what it applies, what it counts, and when it gives way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from overdue_visit.contact.hours import Hours
from overdue_visit.contact.rules.consent_term import ConsentTerm
from overdue_visit.contact.rules.counted import Counted
from overdue_visit.contact.rules.counting import CoolDown, Limit
from overdue_visit.contact.rules.exemption import Exemption
from overdue_visit.contact.rules.resting import PlanSigned, Resting
from overdue_visit.contact.rules.rule import Rule
from overdue_visit.contact.rules.stopping import Places, Stop, VisitCondition
from overdue_visit.contact.rules.timing import InconvenientTimes, Window
from overdue_visit.contact.texts import Phrasebook
from overdue_visit.contact.vocabulary import WEEK, Day, Direction, RequestKind

_ONLY = (
    ("channels", "channel"),
    ("roles", "role"),
    ("not_roles", "role"),
    ("purposes", "purpose"),
    ("number_kinds", "number_kind"),
)
_COUNTS = (
    ("scope", "scope"),
    ("channels", "channel"),
    ("outcomes", "outcome"),
    ("not_outcomes", "outcome"),
    ("roles", "role"),
    ("not_roles", "role"),
    ("number_kinds", "number_kind"),
    ("purposes", "purpose"),
    ("not_purposes", "purpose"),
)


def says(rule: Rule, key: str, book: Phrasebook) -> str:
    """
    Say what a rule demands; a host's own words for ``rule.KEY`` win over those for its kind.
    """
    if book.has(f"rule.{key}"):
        return book.say(f"rule.{key}")
    tell = next((each for kind, each in _TELLERS.items() if isinstance(rule, kind)), None)
    return book.say(f"rule.{rule.kind}") if tell is None else tell(rule, book)


def applies(rule: Rule, book: Phrasebook) -> str:
    """
    Say to what contacts a rule applies; nothing where it applies to all.
    """
    return book.clauses(_named(rule, "only", _ONLY, book))


def counts(rule: Rule, book: Phrasebook) -> str:
    """
    Say which earlier contacts a rule counts; nothing where it does not count.
    """
    counted = getattr(rule, "counts", None)
    return book.clauses(_counted(counted, book)) if isinstance(counted, Counted) else ""


def gives_way(rule: Rule, book: Phrasebook) -> str:
    """
    Say in which circumstances a rule gives way; nothing where there are none.
    """
    return book.clauses(_exemption(each, book) for each in rule.unless)


def _named(value: object, prefix: str, fields: Iterable[tuple[str, str]], book: Phrasebook) -> Iterator[str]:
    for field, family in fields:
        codes = getattr(value, field)
        if codes:
            yield book.say(f"{prefix}.{field}", words=book.words(family, codes))


def _counted(counted: Counted, book: Phrasebook) -> Iterator[str]:
    if counted.directions != (Direction.OUTBOUND,):
        yield book.say("counts.directions", words=book.words("direction", counted.directions or tuple(Direction)))
    yield from _named(counted, "counts", _COUNTS, book)
    for field in ("discussed", "other_channels", "several_channels", "not_replies"):
        if getattr(counted, field):
            yield book.say(f"counts.{field}")
    if counted.not_consented is not None:
        yield book.say("counts.not_consented", consent=_consent(counted.not_consented, book))


def _cool_down(rule: CoolDown, book: Phrasebook) -> str:
    return book.say(f"rule.{rule.kind}", days=rule.days)


def _inconvenient(rule: InconvenientTimes, book: Phrasebook) -> str:
    if rule.hours_a_week is not None:
        return book.say("rule.inconvenient_times.at_most", hours=rule.hours_a_week)
    if rule.beyond_hours_a_week is not None:
        return book.say("rule.inconvenient_times.beyond", hours=rule.beyond_hours_a_week)
    return book.say("rule.inconvenient_times")


def _plan_signed(rule: PlanSigned, book: Phrasebook) -> str:
    if rule.plans:
        return book.say("rule.plan_signed.kinds", plans=book.words("plan", rule.plans))
    return book.say("rule.plan_signed")


def _limit(rule: Limit, book: Phrasebook) -> str:
    if rule.at_most == 0:
        return book.say("rule.limit.none")
    if rule.within is not None:
        within = book.say(f"within.{rule.within}")
    elif rule.within_minutes is not None:
        within = book.say("within.minutes", count=rule.within_minutes)
    elif rule.within_days == 1:
        within = book.say("within.day")
    else:
        within = book.say("within.days", count=rule.within_days)
    if rule.at_most == 1:
        return book.say("rule.limit.one", within=within)
    return book.say("rule.limit", at_most=rule.at_most, within=within)


def _window(rule: Window, book: Phrasebook) -> str:
    code = {
        (False, False): "rule.window",
        (True, False): "rule.window.holidays",
        (False, True): "rule.window.agreement",
        (True, True): "rule.window.both",
    }[rule.closed_on_holidays, rule.agreement_replaces]
    return book.say(code, hours=book.clauses(hours(each, book) for each in rule.hours))


def hours(stretch: Hours, book: Phrasebook) -> str:
    """
    Write hours with their days: ``Mon-Fri 08:00-20:00``, and which bounds are in.
    """
    code = "hours.next_day" if stretch.crosses_midnight else "hours"
    start = book.time(stretch.start)
    end = "24:00" if stretch.end is None else book.time(stretch.end)
    text = book.say(code, days=days(stretch.days, book), start=start, end=end)
    if stretch.end_included and stretch.end is not None:
        text = book.say("hours.included", hours=text, end=end)
    return text if stretch.start_included else book.say("hours.start_excluded", hours=text, start=start)


def days(named: Iterable[Day], book: Phrasebook) -> str:
    """
    Write days of the week, three or more in a row as a run: ``Mon-Fri, public holidays``.
    """
    held = set(named)
    if held.issuperset(WEEK):
        rest = [day for day in Day if day in held.difference(WEEK)]
        return book.listed([book.say("days.every"), *(book.word("day", day) for day in rest)])
    parts: list[list[Day]] = []
    for day in (each for each in Day if each in held):
        follows = parts and day is not Day.HOLIDAY and WEEK.index(day) == WEEK.index(parts[-1][-1]) + 1
        parts = [*parts[:-1], [*parts[-1], day]] if follows else [*parts, [day]]
    return book.listed(_run(part, book) for part in parts)


def _run(part: list[Day], book: Phrasebook) -> str:
    if len(part) > 2:
        return book.say("days.run", first=book.word("day", part[0]), last=book.word("day", part[-1]))
    return book.words("day", part)


def _stop(rule: Stop, book: Phrasebook) -> str:
    code = "rule.stop.writing" if rule.needs_writing else "rule.stop"
    ordered = (kind for kind in RequestKind if kind in rule.requests)
    said = book.say(code, requests=book.words("request", ordered))
    if rule.oral_lasts_days is None:
        return said
    return book.say("rule.stop.oral", rule=said, days=rule.oral_lasts_days, confirmed_within=rule.confirmed_within_days)


def _places(rule: Places, book: Phrasebook) -> str:
    if rule.allowed:
        return book.say("rule.places.allowed", places=book.words("place", rule.allowed))
    if not rule.forbidden:
        return book.say("rule.places.inconvenient")
    code = "rule.places.forbidden"
    if rule.if_employer_prohibits:
        code = "rule.places.employer"
    elif rule.if_inconvenient:
        code = "rule.places.both"
    return book.say(code, places=book.words("place", rule.forbidden))


def _visit_condition(rule: VisitCondition, book: Phrasebook) -> str:
    parts = [
        book.say(f"condition.{field}", count=getattr(rule, field))
        for field in ("missed_meetings", "days_past_due")
        if getattr(rule, field)
    ]
    if rule.announced_within_days is not None:
        parts.append(book.say("condition.announced_within", count=rule.announced_within_days))
    elif rule.announced:
        parts.append(book.say("condition.announced"))
    conditions = book.say("list.and").join(parts)
    if rule.at:
        conditions = book.say("condition.at", conditions=conditions, places=book.words("place", rule.at))
    return book.say("rule.visit_condition", conditions=conditions)


def _resting(rule: Resting, book: Phrasebook) -> str:
    lengths = (
        ("length.days", rule.days),
        ("length.after_treatment", rule.days_after_treatment),
        ("length.at_most", rule.at_most_days),
    )
    said = "".join(book.say(code, count=count) for code, count in lengths if count is not None)
    return book.say("rule.moratorium", moratoria=book.words("moratorium", rule.moratoria), lengths=said)


def _exemption(exemption: Exemption, book: Phrasebook) -> str:
    parts = [] if exemption.consent is None else [_consent(exemption.consent, book)]
    if exemption.purposes:
        code = "unless.purposes.once" if exemption.once and not exemption.answers else "unless.purposes"
        parts.append(book.say(code, words=book.words("purpose", exemption.purposes)))
    if exemption.answers:
        parts.append(book.say("unless.answer.any_channel" if exemption.any_channel else "unless.answer"))
        parts.extend(book.say(f"unless.{field}") for field in ("same_day", "once") if getattr(exemption, field))
    if exemption.over_days_past_due is not None:
        parts.append(book.say("unless.over_days_past_due", count=exemption.over_days_past_due))
    if exemption.debtor_unreachable:
        parts.append(book.say("unless.debtor_unreachable"))
    if exemption.failures_in_a_row:
        parts.append(book.say("unless.failures_in_a_row", count=exemption.failures_in_a_row))
    if exemption.number_dead:
        parts.append(book.say("unless.number_dead"))
    parts.extend(
        book.say(f"unless.{field}", count=getattr(exemption, field))
        for field in ("heard_within_days", "number_checked_within_days")
        if getattr(exemption, field)
    )
    if exemption.states:
        parts.append(book.say("unless.states", words=book.words("statement", exemption.states)))
    return book.phrase(parts)


def _consent(term: ConsentTerm, book: Phrasebook) -> str:
    code = "unless.consent" if term.scopes else "unless.any_consent"
    parts = [book.say(code, scopes=book.words("consent", term.scopes))]
    parts.extend(
        book.say(f"unless.{field}") for field in ("given_directly", "in_writing", "express") if getattr(term, field)
    )
    if term.lasting_days:
        parts.append(book.say("unless.lasting_days", count=term.lasting_days))
    if term.ended_by_conversation:
        parts.append(book.say("unless.ended_by_conversation"))
    if term.not_before is not None:
        parts.append(book.say("unless.not_before", time=book.time(term.not_before)))
    return book.phrase(parts)


_TELLERS: Mapping[type[Rule], Callable[[Any, Phrasebook], str]] = {
    CoolDown: _cool_down,
    InconvenientTimes: _inconvenient,
    Limit: _limit,
    Places: _places,
    PlanSigned: _plan_signed,
    Resting: _resting,
    Stop: _stop,
    VisitCondition: _visit_condition,
    Window: _window,
}
"""What tells the kinds of rules that have more than one sentence, or numbers in it."""
