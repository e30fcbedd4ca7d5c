"""
The earliest allowed instant, against an oracle that looks at every minute and knows nothing but wall clocks.
"""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from overdue_visit.contact import Contact, Day, Hours, InconvenientTime, Known, Proposed, Request, RuleSet, check
from overdue_visit.contact.rules import (
    Confidence,
    CoolDown,
    Counted,
    InconvenientTimes,
    Limit,
    Source,
    Stop,
    Unit,
    Window,
)
from overdue_visit.contact.vocabulary import WEEK

CHECKED = dt.date(2026, 11, 23)
SOURCE = Source(citation="invented", confidence=Confidence.OWN, checked=CHECKED)
MINUTE = dt.timedelta(minutes=1)
SCANNED_MINUTES = 2 * 24 * 60

# Zones with the day on which their clocks change, or none: by an hour and by half an hour, at two and at midnight.
CHANGES = [
    ("America/New_York", dt.date(2026, 3, 8)),
    ("America/New_York", dt.date(2026, 11, 1)),
    ("Australia/Lord_Howe", dt.date(2026, 4, 5)),
    ("Australia/Lord_Howe", dt.date(2026, 10, 4)),
    ("America/Santiago", dt.date(2026, 4, 5)),
    ("America/Santiago", dt.date(2026, 9, 6)),
    ("Asia/Kolkata", dt.date(2026, 5, 20)),
    ("Asia/Kathmandu", dt.date(2026, 5, 20)),
]


@attrs.frozen(kw_only=True)
class Situation:
    """A generated case: hours, counts and times that a person called inconvenient."""

    zones: tuple[str, ...]
    at: dt.datetime
    hours: tuple[Hours, ...]
    at_most: int
    within_days: int | None
    cool_down_days: int
    times: tuple[InconvenientTime, ...]
    history: tuple[Contact, ...]
    holidays: frozenset[dt.date]
    stop: tuple[dt.datetime, dt.datetime] | None

    @property
    def closes(self) -> bool:
        """Whether it closes on public holidays: where no hours are for them."""
        return not any(Day.HOLIDAY in each.days for each in self.hours)

    @property
    def rules(self) -> RuleSet:
        """The rules that the gate is asked about."""
        unit = None if self.within_days else Unit.CALENDAR_WEEK
        spoken = Counted(outcomes=("conversation",), directions=("outbound", "inbound"))
        rules = (
            Stop(id="stop", source=SOURCE, requests=("cease_communication",)),
            InconvenientTimes(id="times", source=SOURCE),
            Window(id="hours", source=SOURCE, hours=self.hours, closed_on_holidays=self.closes),
            Limit(
                id="limit",
                source=SOURCE,
                at_most=self.at_most,
                within_days=self.within_days,
                within=unit,
                counts=Counted(),
            ),
            CoolDown(id="cool_down", source=SOURCE, days=self.cool_down_days, counts=spoken),
        )
        return RuleSet(id="drawn", title="Drawn", jurisdiction="any", checked=CHECKED, rules=rules)

    @property
    def known(self) -> Known:
        """What the gate is told."""
        requests = ()
        if self.stop is not None:
            received, withdrawn = self.stop
            requests = (Request(kind="cease_communication", received_at=received, withdrawn_at=withdrawn),)
        return Known(zones=self.zones, inconvenient_times=self.times, holidays=self.holidays, requests=requests)

    def asked(self, at: dt.datetime, *, earliest: bool = False):
        """
        Put the contact to the gate at an instant.
        """
        proposed = Proposed(at=at, channel="phone", debt="D1")
        return check(proposed, history=self.history, rules=self.rules, known=self.known, earliest=earliest)


def minutes(time: dt.time) -> int:
    """
    Count the minutes since midnight.
    """
    return time.hour * 60 + time.minute


def clock_shows(hours: Hours, wall: dt.datetime, holidays: frozenset[dt.date], *, closes: bool) -> bool:
    """
    Tell whether the wall clock lies within hours, minute by minute.
    """
    for back in (0, 1):
        day = wall.date() - dt.timedelta(days=back)
        name = Day.HOLIDAY if closes and day in holidays else WEEK[day.weekday()]
        if name not in hours.days:
            continue
        end = 24 * 60 if hours.end is None else minutes(hours.end) + (24 * 60 if hours.crosses_midnight else 0)
        shown = minutes(wall.time()) + 24 * 60 * back
        if minutes(hours.start) <= shown < end or (shown == end and hours.end_included and hours.end is not None):
            return True
    return False


def oracle(case: Situation, at: dt.datetime) -> bool:
    """
    Tell by the wall clocks alone whether the contact is allowed.
    """
    if case.stop is not None and case.stop[0] <= at < case.stop[1]:
        return False
    return all(allowed_in(case, at, ZoneInfo(name)) for name in case.zones)


def allowed_in(case: Situation, at: dt.datetime, zone: ZoneInfo) -> bool:
    """
    Tell it for one zone.
    """
    wall = at.astimezone(zone)
    if not any(clock_shows(each, wall, case.holidays, closes=True) for each in case.hours):
        return False
    if any(clock_shows(each.hours, wall, frozenset(), closes=False) for each in case.times):
        return False
    today = wall.date()
    since = (
        today - dt.timedelta(days=case.within_days - 1)
        if case.within_days
        else today - dt.timedelta(days=today.weekday())
    )
    calls = [each for each in case.history if each.direction == "outbound"]
    if sum(each.at.astimezone(zone).date() >= since for each in calls) >= case.at_most:
        return False
    last = today - dt.timedelta(days=case.cool_down_days - 1)
    spoken = [each for each in case.history if each.outcome == "conversation"]
    return not any(each.at.astimezone(zone).date() >= last for each in spoken)


@st.composite
def hours_of_a_day(draw, most_days=7):
    """
    Draw a stretch of the wall clock, some across midnight.
    """
    start = draw(st.integers(0, 95)) * 15
    length = draw(st.integers(1, 80)) * 15
    end = (start + length) % (24 * 60)
    days = draw(st.lists(st.sampled_from([*WEEK, Day.HOLIDAY]), min_size=most_days - 3, unique=True))
    return Hours(
        days=tuple(days),
        start=dt.time(start // 60, start % 60),
        end=dt.time(end // 60, end % 60),
        crosses_midnight=end <= start,
        end_included=draw(st.booleans()),
    )


@st.composite
def inconvenient_times(draw):
    """
    Draw times that a person calls inconvenient.
    """
    start, end = draw(st.tuples(st.integers(0, 47), st.integers(0, 47)).filter(lambda pair: pair[0] != pair[1]))
    days = tuple(draw(st.lists(st.sampled_from(WEEK), min_size=1, max_size=3, unique=True)))
    whole_day = draw(st.booleans())
    times = (None, None) if whole_day else (dt.time(start // 2, start % 2 * 30), dt.time(end // 2, end % 2 * 30))
    return InconvenientTime(days=days, start=times[0], end=times[1])


@st.composite
def situations(draw):
    """
    Draw a situation within two days of a change of clocks.
    """
    zone, day = draw(st.sampled_from(CHANGES))
    others = draw(st.lists(st.sampled_from(["America/Denver", "Asia/Kolkata"]), max_size=1))
    begins = dt.datetime.combine(day, dt.time(), dt.UTC) - dt.timedelta(days=2)
    at = begins + draw(st.integers(0, 3 * 24 * 60)) * MINUTE
    back = draw(st.lists(st.integers(0, 6 * 24 * 60), max_size=6))
    history = tuple(
        Contact(
            at=at - minutes * MINUTE,
            channel="phone",
            debt="D1",
            outcome=draw(st.sampled_from(["no_answer", "conversation"])),
            direction=draw(st.sampled_from(["outbound", "inbound"])),
        )
        for minutes in sorted(back, reverse=True)
    )
    stop = draw(st.none() | st.tuples(st.integers(-600, 600), st.integers(1, 1200)))
    return Situation(
        zones=tuple(dict.fromkeys((zone, *others))),
        at=at,
        hours=tuple(draw(st.lists(hours_of_a_day(), min_size=1, max_size=2))),
        at_most=draw(st.integers(1, 4)),
        within_days=draw(st.none() | st.integers(1, 4)),
        cool_down_days=draw(st.integers(1, 3)),
        times=tuple(draw(st.lists(inconvenient_times(), max_size=2))),
        history=history,
        holidays=draw(st.sampled_from([frozenset(), frozenset({day})])),
        stop=None if stop is None else (at + stop[0] * MINUTE, at + (stop[0] + stop[1]) * MINUTE),
    )


@settings(max_examples=30)
@given(case=situations())
def test_the_earliest_instant_is_allowed_and_none_before_it_is(case):
    """
    What the gate finds is the first minute that the oracle allows.
    """
    found = case.asked(case.at, earliest=True).earliest
    first = next(
        (at for n in range(SCANNED_MINUTES) if oracle(case, at := case.at + n * MINUTE)),
        None,
    )

    if first is not None:
        assert found == first
    else:
        assert found is None or found >= case.at + SCANNED_MINUTES * MINUTE
    assert found is None or case.asked(found).allowed


@settings(max_examples=40)
@given(case=situations(), offset=st.integers(0, SCANNED_MINUTES))
def test_each_minute_is_judged_as_the_oracle_judges_it(case, offset):
    """
    At whatever minute, the gate and the oracle agree.
    """
    at = case.at + offset * MINUTE

    assert case.asked(at).allowed is oracle(case, at)


@pytest.mark.parametrize(
    ("zone", "at", "start", "end", "earliest"),
    [
        ("America/New_York", "2026-03-08T04:00Z", dt.time(2, 30), dt.time(4), "2026-03-08T07:00Z"),
        ("America/New_York", "2026-11-01T05:45Z", dt.time(1), dt.time(1, 30), "2026-11-01T06:00Z"),
        ("Australia/Lord_Howe", "2026-04-04T14:45Z", dt.time(1, 30), dt.time(1, 45), "2026-04-04T15:00Z"),
        ("America/Santiago", "2026-09-05T20:00Z", dt.time(0), dt.time(3), "2026-09-06T04:00Z"),
        ("Asia/Kolkata", "2026-05-20T00:00Z", dt.time(8), dt.time(19), "2026-05-20T02:30Z"),
    ],
    ids=["skipped", "twice", "half an hour twice", "skipped midnight", "half an hour off"],
)
def test_clocks_that_change(zone, at, start, end, earliest):
    """
    Hours that the clocks skip open when they jump; hours that come twice open twice.
    """
    window = Window(id="hours", source=SOURCE, hours=(Hours(days=WEEK, start=start, end=end),))
    rules = RuleSet(id="one", title="One", jurisdiction="any", checked=CHECKED, rules=(window,))
    proposed = Proposed(at=dt.datetime.fromisoformat(at), channel="phone", debt="D1")

    verdict = check(proposed, rules=rules, known=Known(zones=(zone,)))

    assert verdict.earliest == dt.datetime.fromisoformat(earliest)


def test_a_change_of_clocks_does_not_hide_the_hours_before_it():
    """
    From Friday on, the quarter after Sunday's midnight is found, though the clocks change only two hours later.
    """
    hours = Hours(days=(Day.SUN,), start=dt.time(0), end=dt.time(0, 15))
    rules = RuleSet(
        id="one",
        title="One",
        jurisdiction="any",
        checked=CHECKED,
        rules=(Window(id="hours", source=SOURCE, hours=(hours,)),),
    )
    proposed = Proposed(at=dt.datetime(2026, 4, 3, tzinfo=dt.UTC), channel="phone", debt="D1")

    verdict = check(proposed, rules=rules, known=Known(zones=("Australia/Lord_Howe",)))

    assert verdict.earliest == dt.datetime(2026, 4, 4, 13, tzinfo=dt.UTC)


def test_a_start_that_is_left_out_opens_a_microsecond_later():
    """
    After eight is the first representable instant after eight.
    """
    hours = Hours(days=WEEK, start=dt.time(8), end=dt.time(20), start_included=False)
    rules = RuleSet(
        id="one",
        title="One",
        jurisdiction="any",
        checked=CHECKED,
        rules=(Window(id="hours", source=SOURCE, hours=(hours,)),),
    )
    proposed = Proposed(at=dt.datetime(2026, 5, 20, 8, tzinfo=dt.UTC), channel="phone", debt="D1")

    verdict = check(proposed, rules=rules, known=Known(zones=("UTC",)))

    assert verdict.earliest == dt.datetime(2026, 5, 20, 8, 0, 0, 1, tzinfo=dt.UTC)


def test_hours_that_never_come_have_no_earliest_instant():
    """
    Where every day is inconvenient there is no earliest instant.
    """
    rules = RuleSet(
        id="one",
        title="One",
        jurisdiction="any",
        checked=CHECKED,
        rules=(InconvenientTimes(id="times", source=SOURCE),),
    )
    proposed = Proposed(at=dt.datetime(2026, 5, 20, 8, tzinfo=dt.UTC), channel="phone", debt="D1")

    verdict = check(proposed, rules=rules, known=Known(zones=("UTC",), inconvenient_times=(InconvenientTime(),)))

    assert verdict.earliest is None


def test_clocks_that_go_back_open_the_end_of_a_night_again():
    """
    A night that began on Saturday and ended at 1:30 is open once more at the second 1:00, although Sunday is closed.
    """
    night = Hours(days=(Day.SAT,), start=dt.time(22), end=dt.time(1, 30), crosses_midnight=True)
    window = Window(id="hours", source=SOURCE, hours=(night,))
    rules = RuleSet(id="one", title="One", jurisdiction="any", checked=CHECKED, rules=(window,))
    proposed = Proposed(at=dt.datetime(2026, 11, 1, 5, 45, tzinfo=dt.UTC), channel="phone", debt="D1")

    verdict = check(proposed, rules=rules, known=Known(zones=("America/New_York",)))

    assert verdict.earliest == dt.datetime(2026, 11, 1, 6, tzinfo=dt.UTC)
