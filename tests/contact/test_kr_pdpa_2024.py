"""
Korea: the night, seven contacts in seven days for a claim, deferrals and bars.
"""

from __future__ import annotations

import datetime as dt

import pytest

from overdue_visit.contact import InconvenientTime, Known, Moratorium, Proposed, Request, calendar, named
from tests.contact.asking import Asking, each_hour

KR = Asking("kr-pdpa-2024", "Asia/Seoul")


def test_header():
    """
    It is in force since 17 October 2024 and was last looked at on 23 November 2026.
    """
    assert KR.header == (dt.date(2024, 10, 17), None, dt.date(2026, 11, 23))
    assert KR.breaks("2024-10-16 22:00") == []
    assert KR.breaks("2024-10-17 22:00") == ["night_21_08"]


@pytest.mark.parametrize(
    ("time", "allowed"), [("07:59:59", False), ("08:00:00", True), ("20:59:59", True), ("21:00:00", False)]
)
def test_the_night(time, allowed):
    """
    The night begins at 21:00 and ends at 8:00.
    """
    assert KR.verdict(f"2026-05-20 {time}", channel="sms").allowed is allowed


@pytest.mark.parametrize(
    ("contacts", "day", "allowed"), [(6, "2026-05-18", True), (7, "2026-05-24", False), (7, "2026-05-25", True)]
)
def test_seven_contacts_in_seven_days(contacts, day, allowed):
    """
    The eighth contact on a claim within seven days is one too many, all channels together.
    """
    calls = KR.made(*each_hour("2026-05-18", 3))
    texts = KR.made(*each_hour("2026-05-18", contacts - 3, 13), channel="sms", outcome="delivered")

    assert KR.verdict(f"{day} 20:00", channel="visit", history=(*calls, *texts)).allowed is allowed
    assert KR.verdict(f"{day} 20:00", channel="visit", debt="D2", history=(*calls, *texts)).allowed


def test_notices_and_answers_are_left_out():
    """
    Notices that the law demands, and answers given on the day, neither count nor are held up.
    """
    full = KR.made(*each_hour("2026-05-18", 7))
    asked = KR.made("2026-05-19 09:00", channel="email", direction="inbound", outcome="received", id="q1")
    answers = KR.made(*each_hour("2026-05-18", 3), channel="email", in_reply_to="q0")
    notices = KR.made(*each_hour("2026-05-18", 3), channel="mail", purpose="statutory_notice")

    assert KR.breaks("2026-05-19 10:00", history=(*full, *asked)) == ["seven_contacts_in_seven_days_per_claim"]
    assert KR.breaks("2026-05-19 10:00", history=(*full, *asked), in_reply_to="q1") == []
    assert KR.breaks("2026-05-20 10:00", history=(*full, *asked), in_reply_to="q1") != []
    assert KR.breaks("2026-05-19 10:00", history=full, purpose="statutory_notice") == []
    assert KR.breaks("2026-05-19 10:00", history=(*full[:6], *answers, *notices)) == []


@pytest.mark.parametrize(
    ("end", "free"), [(None, "2026-08-01"), (dt.date(2026, 5, 31), "2026-06-01"), (dt.date(2027, 1, 1), "2026-08-01")]
)
def test_deferral(end, free):
    """
    Collecting rests after a disaster or a death, for ninety-two days at the most.
    """
    rest = (Moratorium(kind="deferral", start=dt.date(2026, 5, 1), end=end),)

    assert KR.earliest("2026-05-20 10:00", moratoria=rest) == f"{free} 08:00:00"


def test_bars():
    """
    The debtor may bar channels and times.
    """
    bar = Request(kind="stop_medium", medium="visit", received_at=KR.instant("2026-05-01 10:00"))
    times = (InconvenientTime(days=("Wed",), start=dt.time(9), end=dt.time(13)),)

    assert KR.breaks("2026-05-20 10:00", channel="visit", requests=(bar,)) == ["barred_channels"]
    assert KR.earliest("2026-05-20 10:00", inconvenient_times=times) == "2026-05-20 13:00:00"


WORKING_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri")


def barred(*times: tuple[tuple[str, ...], int, int], **fields) -> tuple[InconvenientTime, ...]:
    """
    Make hours that the debtor barred.
    """
    return tuple(
        InconvenientTime(days=days, start=dt.time(first), end=dt.time(last), **fields) for days, first, last in times
    )


@pytest.mark.parametrize(
    ("text", "allowed", "warned"),
    [
        ("2026-05-20 09:00", False, False),
        ("2026-05-21 09:59", False, False),
        ("2026-05-21 10:00", True, True),
        ("2026-05-22 17:59", True, True),
        ("2026-05-22 18:00", True, False),
    ],
)
def test_twenty_eight_hours_of_a_week_bind(text, allowed, warned):
    """
    Of nine hours on each working day those until Thursday 10:00 bind, the rest is warned of.
    """
    verdict = KR.verdict(text, inconvenient_times=barred((WORKING_DAYS, 9, 18)))

    assert verdict.allowed is allowed
    assert [each.warning for each in verdict.warnings] == (["beyond_what_may_be_barred"] if warned else [])


def test_hours_are_taken_in_the_order_in_which_they_were_named():
    """
    Who names Friday first keeps Friday; hours that were named twice count once.
    """
    times = barred((("Fri",), 9, 18), (("Fri",), 9, 12), (("Mon", "Tue", "Wed"), 9, 18))

    assert KR.breaks("2026-05-22 17:59", inconvenient_times=times) == ["barred_times"]
    assert KR.breaks("2026-05-20 09:59", inconvenient_times=times) == ["barred_times"]
    assert KR.breaks("2026-05-20 10:00", inconvenient_times=times) == []


def test_four_hours_a_day_are_never_too_many():
    """
    Twenty-eight hours bind whole, in every week.
    """
    times = barred(((*WORKING_DAYS, "Sat", "Sun"), 9, 13))

    for day in range(18, 32):
        verdict = KR.verdict(f"2026-05-{day} 12:59", inconvenient_times=times)
        assert (verdict.rule, verdict.warnings) == ("kr-pdpa-2024.barred_times", ())


def test_only_what_holds_in_a_week_fills_its_hours():
    """
    A bar that ended on Tuesday leaves its later hours to the others.
    """
    ended = barred((WORKING_DAYS, 9, 18), until=dt.date(2026, 5, 19))
    times = (*ended, *barred((("Wed", "Thu"), 9, 18)))

    assert KR.breaks("2026-05-20 17:59", inconvenient_times=times) == ["barred_times"]
    assert KR.breaks("2026-05-21 09:59", inconvenient_times=times) == ["barred_times"]
    assert KR.breaks("2026-05-21 10:00", inconvenient_times=times) == []
    assert KR.breaks("2026-05-28 17:59", inconvenient_times=times) == ["barred_times"]


def test_the_earliest_instant_is_where_the_hours_are_full():
    """
    The bar ends in the middle of the hours that were asked for, and the week's calendar says so.
    """
    times = barred((WORKING_DAYS, 9, 18))
    proposed = Proposed(at=KR.instant("2026-05-21 09:15"), channel="phone", debt="D1")
    week = calendar(proposed, rules=named(KR.name), known=Known(zones=(KR.zone,), inconvenient_times=times), days=1)

    assert KR.earliest("2026-05-21 09:15", inconvenient_times=times) == "2026-05-21 10:00:00"
    assert [f"{week.local(each.begins):%H:%M}-{week.local(each.ends):%H:%M}" for each in week.windows] == [
        "10:00-21:00"
    ]


def test_a_night_over_the_end_of_the_week_belongs_to_its_sunday():
    """
    A bar from Sunday 22:00 to Monday 10:00 fills the hours of the week that ends.
    """
    times = barred((("Mon", "Tue", "Wed"), 9, 17), (("Sun",), 22, 10))

    assert KR.breaks("2026-05-24 23:59", inconvenient_times=times) == ["barred_times", "night_21_08"]
    assert KR.breaks("2026-05-25 01:59", inconvenient_times=times) == ["barred_times", "night_21_08"]
    assert KR.breaks("2026-05-25 02:00", inconvenient_times=times) == ["night_21_08"]
