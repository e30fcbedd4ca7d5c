"""
The contact gate, against a bare scan of the same history.

The scan is a loop that asks of each contact whether it is within seven days and about the debt, and counts: what
looking at a history costs at least. The gate looks for several rules, and says what it found, by which source, and from
when on the contact is allowed.
"""

from __future__ import annotations

import cProfile
import datetime as dt
import itertools
import pathlib
import pstats
import time
from collections.abc import Callable, Iterator, Sequence
from zoneinfo import ZoneInfo

import attrs

from benchmarks.timing import Figure, micro, rate
from overdue_visit.contact import Contact, Known, Proposed, RuleSet, Verdict, check, named
from overdue_visit.contact.ledger import ContactLedger

ROUNDS = 9
NOTICES = 100_000
NEW_YORK, SHANGHAI = "America/New_York", "Asia/Shanghai"


@attrs.frozen(kw_only=True)
class Asked:
    """A contact on a Wednesday afternoon, and what came before it."""

    rules: RuleSet
    zone: str
    history: tuple[Contact, ...]
    hour: int = 15
    holidays: frozenset[dt.date] = frozenset()

    @property
    def proposed(self) -> Proposed:
        """The contact."""
        return Proposed(at=_wednesday(self.zone, self.hour), channel="phone", debt="D1", number="1")  # type: ignore[arg-type]

    def verdict(self, *, earliest: bool = True) -> Callable[[], Verdict]:
        """Return the check alone, its values ready."""
        proposed, known = self.proposed, Known(zones=(self.zone,), holidays=self.holidays)
        return lambda: check(proposed, history=self.history, rules=self.rules, known=known, earliest=earliest)


def _wednesday(zone: str, hour: int) -> dt.datetime:
    return dt.datetime(2026, 5, 20, hour, tzinfo=ZoneInfo(zone))


def _contacts(
    count: int, zone: str, *, channel: str = "phone", days: float = 6.5, hour: int = 15
) -> tuple[Contact, ...]:
    """
    Return contacts evenly over the days before, the last a few minutes ago.
    """
    last, apart = _wednesday(zone, hour) - dt.timedelta(minutes=5), dt.timedelta(days=days) / max(count, 1)
    return tuple(
        Contact(at=last - apart * back, channel=channel, outcome="no_answer", debt="D1", number="1")  # type: ignore[arg-type]
        for back in reversed(range(count))
    )


def _in_order(contacts: Sequence[Contact]) -> tuple[Contact, ...]:
    return tuple(sorted(contacts, key=lambda each: each.at))


def _scan(history: Sequence[Contact], at: dt.datetime) -> Callable[[], int]:
    since = at - dt.timedelta(days=7)

    def scan() -> int:
        found = 0
        for each in history:
            if each.at >= since and each.debt == "D1" and each.counts:
                found += 1
        return found

    return scan


def _least(work: Callable[[], object], seconds: float = 0.02) -> float:
    """
    Return the least seconds of the processor that a call took, in rounds of about so long each.
    """
    start = time.process_time()
    work()
    times = max(1, int(seconds / max(time.process_time() - start, 1e-6)))
    took = []
    for _ in range(ROUNDS):
        start = time.process_time()
        for _ in range(times):
            work()
        took.append((time.process_time() - start) / times)
    return min(took)


def _beside_scan(what: str, asked: Asked, *, earliest: bool = True, goal: str = "-") -> Figure:
    mine = _least(asked.verdict(earliest=earliest))
    scan = _least(_scan(asked.history, asked.proposed.at))
    return Figure(what=what, ours=micro(mine), limit=micro(scan), ratio=mine / scan, goal=goal)


def _by_verdict() -> Iterator[Figure]:
    regf, cba = named("us-regf"), named("cn-cba-2026")
    letters = _contacts(194, NEW_YORK, channel="email")
    calls = _contacts(200, NEW_YORK)
    for asked in (
        Asked(rules=regf, zone=NEW_YORK, history=_contacts(200, NEW_YORK, channel="email")),
        Asked(rules=regf, zone=NEW_YORK, history=_in_order((*letters, *_contacts(6, NEW_YORK, days=0.1)))),
        Asked(rules=cba, zone=SHANGHAI, history=_contacts(200, SHANGHAI)),
        Asked(rules=regf, zone=NEW_YORK, history=calls),
        Asked(rules=regf, zone=NEW_YORK, history=_contacts(200, NEW_YORK, hour=23), hour=23),
    ):
        ruling = asked.verdict()().ruling.value
        for earliest in (False, True):
            sought = ", earliest sought" if earliest else ""
            yield _beside_scan(f"200 contacts: {ruling}{sought}", asked, earliest=earliest)


def _growth() -> Iterator[Figure]:
    rules = named("us-regf")
    for count in (0, 100, 200, 400, 800, 1600):
        history = _contacts(count, NEW_YORK, days=6.5)
        asked = Asked(rules=rules, zone=NEW_YORK, history=history)
        yield _beside_scan(f"{count} contacts in the window", asked)
    known, proposed = Known(zones=(NEW_YORK,)), Asked(rules=rules, zone=NEW_YORK, history=()).proposed
    for count in (200, 1600):
        ledger = ContactLedger(known=known, contacts=_contacts(count, NEW_YORK, days=6.5 * count / 200))
        mine = _least(lambda ledger=ledger: ledger.check(proposed, rules=rules))
        yield Figure(what=f"ledger of {count}, 200 in the window", ours=micro(mine), limit="", ratio=None, goal="level")


def _across_a_year() -> Iterator[Figure]:
    year = frozenset(dt.date(2026, 5, 20) + dt.timedelta(days=n) for n in range(365))
    asked = Asked(rules=named("co-ley-2300-2023"), zone="America/Bogota", history=(), holidays=year)
    found = asked.verdict()().earliest
    away = "none" if found is None else f"{(found - asked.proposed.at).days} days away"
    days = asked.verdict(earliest=False)
    mine, once = _least(asked.verdict()), _least(days)
    yield Figure(
        what=f"earliest instant past a year of holidays, {away} / one check",
        ours=micro(mine),
        limit=micro(once),
        ratio=mine / once,
        goal="<= 365, a day each",
    )


def _night(rules: RuleSet) -> Callable[[int], None]:
    histories = [_contacts(count, NEW_YORK, channel="mail", days=40) for count in range(8)]
    base = _wednesday(NEW_YORK, 15)

    def run(count: int) -> None:
        for place, history in zip(range(count), itertools.cycle(histories)):
            proposed = Proposed(at=base + dt.timedelta(seconds=place % 3600), channel="mail", debt=f"D{place % 3}")  # type: ignore[arg-type]
            check(proposed, history=history, rules=rules, known=Known(zones=(NEW_YORK,)))

    return run


def _a_night() -> Iterator[Figure]:
    for name in ("us-regf", "village"):
        run = _night(named(name))
        start = time.process_time()
        run(NOTICES)
        took = time.process_time() - start
        yield Figure(
            what=f"{NOTICES:,} notices of a night, {name}: {took:.1f} s",
            ours=rate(took / NOTICES),
            limit="",
            ratio=None,
            goal="-",
        )


def _profile() -> Iterator[Figure]:
    run, profile = _night(named("us-regf")), cProfile.Profile()
    profile.runcall(run, 5_000)
    stats = pstats.Stats(profile).stats  # type: ignore[attr-defined]
    total = sum(row[2] for row in stats.values())
    slowest = sorted(stats.items(), key=lambda item: -item[1][2])[:10]
    for (file, line, function), (_, calls, own, _, _) in slowest:
        where = f"{pathlib.Path(file).name}:{line} " if line else ""
        yield Figure(
            what=f"  {where}{function}"[:46],
            ours=f"{own / total:.0%}",
            limit=f"{calls / 5_000:.1f} calls",
            ratio=None,
            goal="",
        )


def figures() -> Iterator[Figure]:
    """
    Measure a check by verdict, by size of the history, across a year, and a night's worth with its profile.
    """
    yield from _by_verdict()
    yield from _growth()
    yield from _across_a_year()
    yield from _a_night()
    yield from _profile()
