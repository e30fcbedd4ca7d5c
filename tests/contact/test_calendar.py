"""
The lawful windows of a week: at every instant the calendar says what the gate says.
"""

from __future__ import annotations

import datetime as dt
import itertools
import pickle
from zoneinfo import ZoneInfo

import attrs
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from overdue_visit import contact
from overdue_visit.contact import (
    AgreedHours,
    Announcement,
    Consent,
    Contact,
    InconvenientTime,
    Known,
    Moratorium,
    Outcome,
    Proposed,
    Request,
    Ruling,
    SignedPlan,
    check,
    stricter,
)
from overdue_visit.contact.grid import grid
from overdue_visit.contact.vocabulary import WEEK
from overdue_visit.contact.week import Calendar, Span, Stretch, calendar
from overdue_visit.errors import InvalidValue
from tests.contact.asking import Asking, each_day

MICROSECOND = dt.timedelta(microseconds=1)
DAY = dt.timedelta(days=1)
NEW_YORK = Asking("us-regf", "America/New_York")
REG_F = contact.named("us-regf")


def of_a_week(text: str, *, rules=REG_F, zone: str = "America/New_York", history=(), known=None, **fields) -> Calendar:
    """
    Return the calendar of a call from a wall-clock time on.
    """
    arguments = {key: fields.pop(key) for key in ("first_day", "days") if key in fields}
    at = dt.datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))
    proposed = Proposed(**{"at": at, "channel": "phone", "debt": "D1", **fields})
    person = Known(zones=(zone,)) if known is None else known
    return calendar(proposed, rules=rules, known=person, history=history, **arguments)


def local_windows(week: Calendar) -> list[str]:
    """
    Write the windows of a calendar on its own wall clock, the microsecond of an included bound left out.
    """
    ends = "%d %H:%M:%S"
    return [f"{week.local(each.begins):%a %d %H:%M} to {week.local(each.ends):{ends}}" for each in week.windows]


def test_the_windows_of_a_quiet_week_are_the_hours_of_the_rule():
    """
    Nothing known but the zone: every day from 8:00 through 21:00, from now on (12 CFR 1006.6(b)(1)(i)).
    """
    week = of_a_week("2026-04-08 12:30", days=2)

    assert local_windows(week) == ["Wed 08 12:30 to 08 21:00:00", "Thu 09 08:00 to 09 21:00:00"]
    assert [each.ends.microsecond for each in week.windows] == [1, 1]
    assert [(each.ruling, each.rule) for each in week.stretches] == [
        (Ruling.ALLOWED, None),
        (Ruling.FORBIDDEN, "us-regf.hours"),
        (Ruling.ALLOWED, None),
        (Ruling.FORBIDDEN, "us-regf.hours"),
    ]


def test_two_candidate_zones_leave_the_hours_that_both_allow():
    """
    Eastern or Pacific: from 11:00 through 21:00 Eastern (comment 6(b)(1)(i)-2.i).
    """
    person = Known(zones=("America/New_York", "America/Los_Angeles"))

    assert local_windows(of_a_week("2026-04-08 00:00", known=person, days=1)) == ["Wed 08 11:00 to 08 21:00:00"]


def test_a_full_count_closes_the_days_until_the_oldest_call_no_longer_counts():
    """
    After seven calls from Wednesday to Tuesday, calls are presumed a violation until the next Wednesday.
    """
    week = of_a_week("2026-04-07 12:00", history=NEW_YORK.made(*each_day("2026-04-01", 7)), days=2)

    assert local_windows(week) == ["Wed 08 08:00 to 08 21:00:00"]
    assert week.at(NEW_YORK.instant("2026-04-07 13:00")).ruling is Ruling.PRESUMED_VIOLATION
    assert week.at(NEW_YORK.instant("2026-04-07 23:00")).rule == "us-regf.hours"


def test_warned_hours_are_allowed_and_marked():
    """
    Five minutes after an unanswered call the next one is warned of, not forbidden (comment 14(b)(2)(i)-2.i).
    """
    week = of_a_week("2026-04-07 12:02", history=NEW_YORK.made("2026-04-07 12:00"), days=1)

    first, second = week.stretches[:2]
    assert (first.ruling, first.rule, first.allowed) == (Ruling.WARNED, "us-regf.rapid_succession", True)
    assert week.local(second.begins).strftime("%H:%M:%S.%f") == "12:05:00.000000"
    assert len(week.windows) == 1


def test_hours_that_cross_midnight_join_over_the_day():
    """
    A window agreed from 20:00 to 2:00 is one window, not two.
    """
    person = Known(zones=("Asia/Shanghai",), agreed_hours=AgreedHours(start=dt.time(20), end=dt.time(2)))
    rules = contact.named("cn-gbt-45251-2025")

    week = of_a_week("2026-04-08 12:00", rules=rules, zone="Asia/Shanghai", known=person, days=2)

    assert local_windows(week) == ["Wed 08 20:00 to 09 02:00:00", "Thu 09 20:00 to 10 00:00:00"]


def test_instants_that_are_known_are_edges():
    """
    A stop that is taken back reopens the day at that instant, and a consent closes the evening when it ends.
    """
    received, withdrawn = NEW_YORK.instant("2026-04-08 09:00"), NEW_YORK.instant("2026-04-09 14:20:30")
    stop = Request(kind="stop_medium", medium="phone", received_at=received, withdrawn_at=withdrawn)
    late = Consent(
        giver="borrower",
        scope="contact_at_unusual_hours",
        at=received,
        given_directly=True,
        ended_at=NEW_YORK.instant("2026-04-09 22:17"),
    )
    person = Known(zones=("America/New_York",), requests=(stop,), consents=(late,))

    assert local_windows(of_a_week("2026-04-08 12:00", known=person, days=2)) == ["Thu 09 14:20 to 09 22:17:00"]
    assert of_a_week("2026-04-08 12:00", known=person, days=2).windows[0].begins == withdrawn


def test_a_conversation_ends_a_consent_right_after_it():
    """
    The call that becomes the conversation is made with the consent, the next one is not (comment 14(b)(3)(i)-2).
    """
    consent = NEW_YORK.consent("call_back", "2026-04-07 09:00", given_directly=True)
    person = Known(zones=("America/New_York",), consents=(consent,))
    spoken = NEW_YORK.made("2026-04-08 12:00", outcome="conversation")

    first, second = of_a_week("2026-04-08 12:00", known=person, history=spoken, days=1).stretches[:2]

    assert (first.allowed, first.ends - first.begins) == (True, MICROSECOND)
    assert second.rule == "us-regf.post_conversation_cooldown"


@pytest.mark.parametrize(
    ("zone", "day", "hours", "windows"),
    [
        ("America/New_York", "2026-03-08", ("02:30", "05:00"), ["07:00 to 09:00"]),
        ("America/New_York", "2026-11-01", ("00:30", "01:30"), ["04:30 to 05:30", "06:00 to 06:30"]),
        ("Australia/Lord_Howe", "2026-10-04", ("02:10", "04:00"), ["15:30 to 17:00"]),
        ("Australia/Lord_Howe", "2026-04-05", ("01:00", "01:40"), ["14:00 to 14:40", "15:00 to 15:10"]),
        ("Asia/Kathmandu", "2026-04-05", ("08:00", "08:45"), ["02:15 to 03:00"]),
    ],
)
def test_windows_are_exact_where_clocks_change(zone, day, hours, windows):
    """
    An edge that the clocks skip lies at the change; one that comes twice counts twice (instants in UTC).
    """
    start, end = (f"{each}:00" for each in hours)
    rules = contact.parse(
        'id = "it"\ntitle = "It"\njurisdiction = "any"\nchecked = 2026-11-23\n[[rule]]\nid = "hours"\nkind = "window"\n'
        'citation = "made up"\nconfidence = "own"\n'
        f'hours = [{{ days = ["Sun"], start = {start}, end = {end} }}]\n'
    )

    week = of_a_week(f"{day} 00:00", rules=rules, zone=zone, days=1)

    assert [f"{each.begins:%H:%M} to {each.ends:%H:%M}" for each in week.windows] == windows


def test_the_days_begin_at_local_midnight_and_not_before_the_proposed_instant():
    """
    The calendar of a later day begins at its midnight; that of today begins now.
    """
    later = of_a_week("2026-04-08 12:00", first_day=dt.date(2026, 4, 13), days=7)
    today = of_a_week("2026-04-08 12:00")

    assert later.local(later.stretches[0].begins).isoformat() == "2026-04-13T00:00:00-04:00"
    assert later.days == tuple(dt.date(2026, 4, 13) + n * DAY for n in range(7))
    assert today.local(today.stretches[0].begins).isoformat() == "2026-04-08T12:00:00-04:00"
    assert today.local(today.stretches[-1].ends).isoformat() == "2026-04-15T00:00:00-04:00"


@pytest.mark.parametrize(
    ("arguments", "field"),
    [
        ({"days": 0}, "days"),
        ({"days": 367}, "days"),
        ({"days": True}, "days"),
        ({"days": 7.0}, "days"),
        ({"first_day": dt.date(2026, 3, 31)}, "first_day"),
        ({"first_day": dt.datetime(2026, 4, 8, tzinfo=dt.UTC)}, "first_day"),
        ({"history": NEW_YORK.made("2026-04-09 10:00")}, "history"),
    ],
)
def test_a_week_that_cannot_be_looked_at_is_refused(arguments, field):
    """
    Days that are none, that lie before the proposed contact, or a history after it, are refused by name.
    """
    with pytest.raises(InvalidValue) as refusal:
        of_a_week("2026-04-08 12:00", **arguments)

    assert refusal.value.field == field


@pytest.mark.parametrize(
    "at",
    [
        dt.datetime(2026, 4, 8, 15, 59, tzinfo=dt.UTC),
        dt.datetime(2026, 4, 15, 4, tzinfo=dt.UTC),
        dt.datetime(2026, 4, 9, 12),
    ],
)
def test_an_instant_outside_the_calendar_is_refused(at):
    """
    A calendar says nothing of instants before it begins, from its end on, or without an offset.
    """
    with pytest.raises(InvalidValue, match=r"^at: "):
        of_a_week("2026-04-08 12:00").at(at)


def test_calendars_are_values():
    """
    A calendar survives pickling, compares by value, and can be a key.
    """
    week = of_a_week("2026-04-08 12:00")

    assert pickle.loads(pickle.dumps(week)) == week
    assert len({week, of_a_week("2026-04-08 12:00")}) == 1


def test_a_span_holds_its_first_instant_and_not_its_last():
    """
    Spans are half open.
    """
    begins = dt.datetime(2026, 4, 8, tzinfo=dt.UTC)
    span = Span(begins=begins, ends=begins + DAY)

    assert begins in span
    assert begins + DAY - MICROSECOND in span
    assert begins + DAY not in span


# Weeks in which clocks change, forward and back, by an hour and by half an hour, at night and at midnight; and quiet
# ones in zones that lie half and three quarters of an hour off.
WEEKS = [
    ("America/New_York", "2026-03-06"),
    ("America/New_York", "2026-10-30"),
    ("Australia/Lord_Howe", "2026-04-02"),
    ("Australia/Lord_Howe", "2026-10-01"),
    ("Asia/Beirut", "2026-03-26"),
    ("America/St_Johns", "2026-10-29"),
    ("Europe/London", "2026-03-27"),
    ("Africa/Casablanca", "2026-02-12"),
    ("Asia/Kolkata", "2026-04-06"),
    ("Asia/Kathmandu", "2026-04-06"),
]
RULES = [contact.named(name) for name in contact.names()]
EDGY = contact.parse(
    """
id = "edgy"
title = "Every edge"
jurisdiction = "any"
checked = 2026-11-23
effective = { from = 2026-03-08, until = 2026-10-31 }
[[rule]]
id = "nights"
kind = "window"
citation = "made up"
confidence = "own"
hours = [
    { days = ["Mon", "Wed", "Sun"], start = 22:30:00, end = 02:30:00, crosses_midnight = true, end_included = true },
    { days = ["Tue", "Thu", "Fri", "Sat"], start = 00:30:00, end = 02:15:00, start_included = false },
    { days = ["Sat", "Sun"], start = 09:07:00 },
]
[[rule.unless]]
consent = { scopes = ["call_back"], lasting_days = 2, ended_by_conversation = true, not_before = 21:40:00 }
[[rule]]
id = "minutes"
kind = "limit"
at_most = 2
within_minutes = 95
counts = {}
citation = "made up"
confidence = "memory"
[[rule]]
id = "week"
kind = "limit"
at_most = 3
within = "calendar_week"
counts = { not_consented = { scopes = ["call_back"] } }
citation = "made up"
confidence = "own"
"""
)
ACCEPTING = EDGY.accepting(
    "edgy.minutes", by="the board", on=dt.date(2026, 3, 7), until=dt.date(2026, 3, 9), reason="tried out"
)


@st.composite
def situations(draw):
    """
    Draw a proposed contact at the beginning of one of the weeks, with rules, a history and what is known.
    """
    name, first = draw(st.sampled_from(WEEKS))
    begins = dt.datetime.fromisoformat(first).replace(tzinfo=ZoneInfo(name)).astimezone(dt.UTC)
    at = begins + draw(st.integers(0, 2 * 24 * 60)) * dt.timedelta(minutes=1)
    others = draw(st.sampled_from([(), ("America/Los_Angeles",), ("Asia/Kathmandu", "Europe/London")]))
    proposed = Proposed(
        at=at,
        channel=draw(st.sampled_from(["phone", "sms", "visit"])),
        debt="D1",
        purpose=draw(st.sampled_from([None, "opt_out_confirmation", "required_by_law"])),
        number="1",
        in_reply_to=draw(st.sampled_from([None, "m1"])),
    )
    rules = draw(st.lists(st.sampled_from([*RULES, EDGY, EDGY, ACCEPTING]), min_size=1, max_size=3))
    return {
        "proposed": proposed,
        "rules": stricter(*{each.id: each for each in rules}.values()),
        "known": draw(people((name, *(each for each in others if each != name)), at)),
        "history": draw(histories(at)),
    }


def around(at: dt.datetime) -> st.SearchStrategy[dt.datetime]:
    """
    Draw an instant of the nine days around one.
    """
    return st.integers(-2 * 24 * 60, 7 * 24 * 60).map(lambda minutes: at + minutes * dt.timedelta(minutes=1))


def days_around(at: dt.datetime) -> st.SearchStrategy[dt.date]:
    """
    Draw a day of the nine around an instant.
    """
    return around(at).map(lambda instant: instant.date())


@st.composite
def people(draw, zones: tuple[str, ...], at: dt.datetime):
    """
    Draw what is known of a person; most of it begins or ends within the week.
    """
    times = st.sampled_from([None, *(dt.time(hour, minute) for hour in (1, 9, 13, 23) for minute in (0, 20))])
    start, end = draw(times), draw(times)
    inconvenient = InconvenientTime(
        days=draw(st.lists(st.sampled_from(WEEK), unique=True, min_size=1).map(tuple)),
        start=None if end is None else start,
        end=None if start is None else end,
        until=draw(st.none() | days_around(at)),
    )
    consent = Consent(
        giver="borrower",
        scope=draw(st.sampled_from(["call_back", "contact_at_unusual_hours", "contact_after_22"])),
        at=draw(around(at)),
        given_directly=True,
        express=True,
        valid_on=draw(st.none() | days_around(at)),
    )
    received = draw(around(at))
    request = Request(
        kind="stop_medium",
        medium="phone",
        received_at=received,
        withdrawn_at=draw(st.sampled_from([None, received + 2 * DAY])),
    )
    start_of_rest = draw(days_around(at))
    return Known(
        zones=zones,
        inconvenient_times=draw(st.sampled_from([(), (inconvenient,)])),
        consents=draw(st.sampled_from([(), (consent,)])),
        requests=draw(st.sampled_from([(), (), (request,)])),
        moratoria=draw(
            st.sampled_from([(), (), (Moratorium(kind="deferral", start=start_of_rest, end=start_of_rest),)])
        ),
        plans=draw(st.sampled_from([(), (), (SignedPlan(kind="personalised_instalment", signed_on=start_of_rest),)])),
        announcement=draw(st.sampled_from([None, None, Announcement(on=start_of_rest)])),
        agreed_hours=draw(st.sampled_from([None, AgreedHours(start=dt.time(20, 10), end=dt.time(2, 50))])),
        holidays=draw(st.frozensets(days_around(at), max_size=2)),
        days_past_due=draw(st.sampled_from([None, 7, 16])),
    )


@st.composite
def histories(draw, at: dt.datetime):
    """
    Draw contacts of the last eight days, some of the last two hours.
    """
    ago = st.integers(0, 120) | st.integers(0, 8 * 24 * 60)
    drawn = [
        Contact(
            at=at - draw(ago) * dt.timedelta(minutes=1),
            channel=draw(st.sampled_from(["phone", "sms", "visit"])),
            direction=draw(st.sampled_from(["outbound", "outbound", "inbound"])),
            outcome=draw(st.sampled_from([Outcome.NO_ANSWER, Outcome.CONVERSATION, Outcome.SENT])),
            debt="D1",
            number="1",
            id=draw(st.sampled_from([None, "m1"])),
        )
        for _ in range(draw(st.integers(0, 6)))
    ]
    return tuple(sorted(drawn, key=lambda each: each.at))


def said_by_the_gate(situation: dict[str, object], at: dt.datetime) -> tuple[Ruling, str | None]:
    """
    Ask the gate about the contact of a situation at another instant.
    """
    proposed = attrs.evolve(situation["proposed"], at=at)
    verdict = check(
        proposed,
        history=situation["history"],
        rules=situation["rules"],
        known=situation["known"],
        earliest=False,
    )
    return verdict.ruling, verdict.rule


def week_of(situation: dict[str, object]) -> Calendar:
    """
    Return the calendar of a situation.
    """
    return calendar(
        situation["proposed"], rules=situation["rules"], known=situation["known"], history=situation["history"]
    )


@settings(max_examples=25, deadline=None)
@given(situation=situations(), draws=st.data())
def test_at_every_instant_the_calendar_says_what_the_gate_says(situation, draws):
    """
    At random instants of the week, an instant lies in a window if and only if the gate allows the contact then.
    """
    week = week_of(situation)
    begins, ends = week.stretches[0].begins, week.stretches[-1].ends
    span = (ends - begins) // MICROSECOND
    whole = st.integers(0, (ends - begins) // dt.timedelta(minutes=5)).map(lambda n: n * 5 * 60 * 1_000_000)
    instants = [begins + n * MICROSECOND for n in draws.draw(st.lists(st.integers(0, span - 1) | whole, min_size=12))]

    for at in instants:
        assume(at < ends)
        ruling, rule = said_by_the_gate(situation, at)
        stretch = week.at(at)
        assert (stretch.ruling, stretch.rule) == (ruling, rule)
        assert any(at in window for window in week.windows) == stretch.allowed


@settings(max_examples=20, deadline=None)
@given(situation=situations())
def test_every_edge_is_where_the_gate_changes_its_mind(situation):
    """
    Stretches follow each other without gaps, and what the gate says changes at each edge and not before.
    """
    week = week_of(situation)

    for before, after in itertools.pairwise(week.stretches):
        assert before.begins < before.ends == after.begins
        assert said_by_the_gate(situation, after.begins - MICROSECOND) == (before.ruling, before.rule)
        assert said_by_the_gate(situation, after.begins) == (after.ruling, after.rule)
        assert (before.ruling, before.rule) != (after.ruling, after.rule)


@settings(max_examples=20, deadline=None)
@given(situation=situations())
def test_the_first_window_begins_at_the_earliest_allowed_instant(situation):
    """
    The calendar and the gate's search for the earliest instant agree.
    """
    week = week_of(situation)
    earliest = check(
        situation["proposed"], history=situation["history"], rules=situation["rules"], known=situation["known"]
    ).earliest

    first = next(iter(week.windows), None)
    if first is None:
        assert earliest is None or earliest >= week.stretches[-1].ends
    else:
        assert earliest == first.begins


@settings(max_examples=15, deadline=None)
@given(situation=situations())
def test_each_sign_of_the_grid_stands_for_its_half_hour(situation):
    """
    A half hour with one sign throughout is what the gate says at its beginning and shortly before its end.
    """
    week = week_of(situation)
    rows = grid(week).splitlines()[2 : 2 + len(week.days)]
    signs = {"#": Ruling.ALLOWED, ".": Ruling.FORBIDDEN, "-": Ruling.ADVISORY, "?": Ruling.PRESUMED_VIOLATION}

    for day, row in zip(week.days, rows, strict=True):
        cells = row[len("Wed 2026-04-08 ") :].ljust(48)
        for number, sign in enumerate(cells):
            wall = dt.datetime.combine(day, dt.time(number // 2, number % 2 * 30, 15), ZoneInfo(week.zone))
            at = wall.astimezone(dt.UTC)
            if at.astimezone(wall.tzinfo) != wall or sign not in signs or not week.stretches[0].begins <= at:
                continue
            assert week.at(at).allowed == (sign == "#")


def test_the_grid_shows_a_week():
    """
    A line for each day, a sign for each half hour, and what the signs mean.
    """
    person = Known(
        zones=("America/New_York",),
        inconvenient_times=(
            InconvenientTime(days=("Tue",)),
            InconvenientTime(days=("Mon",), start=dt.time(12), end=dt.time(13, 15)),
        ),
    )
    history = NEW_YORK.made("2026-03-05 14:59", "2026-03-04 10:00")[::-1]

    week = of_a_week("2026-03-05 15:01", known=person, history=history, days=6)

    assert grid(week).splitlines() == [
        "phone, 2026-03-05 to 2026-03-10, America/New_York",
        "               00  02  04  06  08  10  12  14  16  18  20  22",
        "Thu 2026-03-05                               !###########......",
        "Fri 2026-03-06 ................##########################......",
        "Sat 2026-03-07 ................##########################......",
        "Sun 2026-03-08 ....  ..........##########################......",
        "Mon 2026-03-09 ................########../###############......",
        "Tue 2026-03-10 ................................................",
        "               # allowed  ! allowed, with a warning  / partly allowed  . forbidden",
    ]


def test_the_grid_speaks_chinese_and_a_hosts_own_words():
    """
    Chinese labels take two columns a character, and the hours still stand over their signs.
    """
    week = of_a_week("2026-04-08 00:00", days=1)

    title, hours, row, legend = grid(week, language="zh").splitlines()

    assert title == "电话，2026年4月8日至2026年4月8日，America/New_York"
    assert hours.index("08") == len("周三") + row.index("#")
    assert legend.strip() == "# 允许  . 禁止"
    assert "# yes  . forbidden" in grid(week, texts={"week.allowed": "yes"})


def test_a_half_hour_that_comes_twice_is_allowed_if_it_is_both_times():
    """
    Clocks go back from 2:00 to 1:00: hours until 1:30 hold in both, and the first hour after it is partly allowed.
    """
    first = dt.datetime(2026, 11, 1, 5, tzinfo=dt.UTC)
    open_until = first + dt.timedelta(minutes=90)
    end = dt.datetime(2026, 11, 2, 5, tzinfo=dt.UTC)
    week = Calendar(
        channel="phone",
        zone="America/New_York",
        days=(dt.date(2026, 11, 1),),
        stretches=(
            Stretch(begins=first - dt.timedelta(hours=1), ends=open_until, ruling=Ruling.ALLOWED),
            Stretch(begins=open_until, ends=end, ruling=Ruling.FORBIDDEN, rule="edgy.nights"),
        ),
    )

    row = grid(week).splitlines()[2]

    assert row[len("Sun 2026-11-01 ") :][:6] == "###/.."
