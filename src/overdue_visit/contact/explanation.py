"""
Verdicts in words: which rule, what was counted, what would be lawful, and when.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping
from zoneinfo import ZoneInfo

import attrs

from overdue_visit.contact import checks, rule_words
from overdue_visit.contact.contact import Contact
from overdue_visit.contact.party import (
    Announcement,
    InconvenientTime,
    Moratorium,
    Representation,
    Request,
    SignedPlan,
)
from overdue_visit.contact.texts import Phrasebook
from overdue_visit.contact.verdict import Finding, Verdict
from overdue_visit.contact.vocabulary import Channel, Place
from overdue_visit.instants import zone as zone_named


def explain(
    verdict: Verdict, *, zone: str = "UTC", language: str = "en", texts: Mapping[str, str] | None = None
) -> str:
    """
    Say in words what the gate said: one line for each thing that there is to know.

    Args:
        zone: IANA name of the zone whose wall clock is shown, best the person's own.

        texts: The host's own words by code; ``rule.KEY`` replaces the sentence of one rule.

    Raises:
        InvalidValue: If the zone or the language is unknown, or a host's template names an unknown value, or an
            argument is of another kind.
    """
    checks.value("verdict", verdict, Verdict)
    checks.text("zone", zone)
    teller = _Teller(Phrasebook.of(language, texts), zone_named(zone))
    return "\n".join(teller.lines(verdict))


@attrs.frozen
class _Teller:
    """Tells a verdict in one language, by the wall clock of one zone."""

    book: Phrasebook
    zone: ZoneInfo

    def lines(self, verdict: Verdict) -> Iterator[str]:
        """
        Yield what there is to say, the ruling first and the earliest instant last.
        """
        say = self.book.say
        yield say(f"ruling.{verdict.ruling}", key=verdict.rule)
        if verdict.broken:
            yield from self._deciding(verdict.broken[0])
        if verdict.factors:
            yield say("explain.factors", factors=self.book.words("purpose", verdict.factors))
        yield from map(self._also, verdict.broken[1:])
        yield from map(self._warning, verdict.warnings)
        if verdict.broken:
            yield self._when(verdict)

    def _deciding(self, finding: Finding) -> Iterator[str]:
        rule, say = finding.rule, self.book.say
        yield say("explain.rule", says=rule_words.says(rule, finding.key, self.book))
        yield say(
            "explain.source",
            citation=finding.citation,
            confidence=self.book.word("confidence", finding.confidence),
            checked=self.book.date(rule.source.checked),
        )
        if rule.source.note is not None:
            yield say("explain.note", note=rule.source.note)
        if finding.facts:
            yield say("explain.counted", facts=self.book.clauses(self._facts(finding.facts)))
        counts = rule_words.counts(rule, self.book)
        if counts:
            yield say("explain.counts", counts=counts)
        cases = rule_words.gives_way(rule, self.book)
        if cases:
            yield say("explain.gives_way", cases=cases)

    def _also(self, finding: Finding) -> str:
        until = self.book.say("explain.also.waiting")
        if finding.until is not None:
            until = self.book.say("explain.also.until", when=self._instant(finding.until))
        return self.book.say("explain.also", key=finding.key, citation=finding.citation, until=until)

    def _warning(self, finding: Finding) -> str:
        code, accepted = f"warning.{finding.warning}", finding.acceptance
        if accepted is not None:
            on = self.book.date(accepted.on)
            warning = self.book.say(code, by=accepted.by, on=on, reason=accepted.reason)
        elif self.book.has(code):
            warning = self.book.say(code)
        else:
            warning = self.book.say("warning.other", code=finding.warning)
        return self.book.say(
            "explain.warning",
            key=finding.key,
            warning=warning,
            citation=finding.citation,
            confidence=self.book.word("confidence", finding.confidence),
        )

    def _when(self, verdict: Verdict) -> str:
        if verdict.earliest is not None:
            return self.book.say("explain.earliest", when=self._both_clocks(verdict.earliest))
        waiting_helps = all(each.until is not None for each in verdict.broken)
        return self.book.say("explain.not_found" if waiting_helps else "explain.never")

    def _facts(self, facts: tuple[object, ...]) -> Iterator[str]:
        channels = [fact for fact in facts if isinstance(fact, Channel)]
        if channels:
            yield self.book.say("fact.authorised", channels=self.book.words("channel", channels))
        contacts = [fact for fact in facts if isinstance(fact, Contact)]
        if contacts:
            yield self._contacts(contacts)
        for fact in facts:
            if not isinstance(fact, Channel | Contact):
                yield self._fact(fact)

    def _contacts(self, contacts: list[Contact]) -> str:
        made = Counter(each.channel for each in contacts)
        by_channel = self.book.listed(
            self.book.say("fact.contacts.channel", channel=self.book.word("channel", channel), count=made[channel])
            for channel in Channel
            if made[channel]
        )
        first, last = self._instant(contacts[0].at), self._instant(contacts[-1].at)
        if len(contacts) == 1:
            return self.book.say("fact.contact", first=first, channels=self.book.word("channel", contacts[0].channel))
        return self.book.say("fact.contacts", count=len(contacts), first=first, last=last, channels=by_channel)

    def _fact(self, fact: object) -> str:
        say, date = self.book.say, self.book.date
        match fact:
            case Request():
                said = self._request(fact)
            case InconvenientTime():
                said = self._inconvenient(fact)
            case Moratorium():
                said = self._moratorium(fact)
            case SignedPlan():
                said = say("fact.plan", kind=self.book.word("plan", fact.kind), on=date(fact.signed_on))
            case Representation():
                said = say("fact.representation")
            case Announcement():
                said = say("fact.announcement", on=date(fact.on))
            case Place():
                said = say("fact.place", place=self.book.word("place", fact))
            case _:
                said = say("fact.other", fact=fact)
        return said

    def _request(self, request: Request) -> str:
        kind = self.book.word("request", request.kind)
        if request.medium is not None:
            kind = self.book.say("fact.request.medium", kind=kind, medium=self.book.word("channel", request.medium))
        at = "" if request.received_at is None else self._instant(request.received_at)
        return self.book.say("fact.request", at=at, kind=kind)

    def _inconvenient(self, time: InconvenientTime) -> str:
        days = rule_words.days(time.days, self.book)
        hours = self.book.say("fact.inconvenient.whole_day")
        if time.start is not None and time.end is not None:
            hours = f"{self.book.time(time.start)}-{self.book.time(time.end)}"
        return self.book.say("fact.inconvenient", days=days, hours=hours)

    def _moratorium(self, moratorium: Moratorium) -> str:
        kind, start = self.book.word("moratorium", moratorium.kind), self.book.date(moratorium.start)
        if moratorium.end is None:
            return self.book.say("fact.moratorium", kind=kind, start=start)
        return self.book.say("fact.moratorium.end", kind=kind, start=start, end=self.book.date(moratorium.end))

    def _instant(self, at: dt.datetime) -> str:
        return self.book.instant(at, self.zone)

    def _both_clocks(self, at: dt.datetime) -> str:
        zone = self.zone.key
        if zone == "UTC":
            return f"{self._instant(at)} UTC"
        utc = self.book.instant(at, dt.UTC)
        return self.book.say("both_clocks", local=self._instant(at), zone=zone, utc=utc)
