"""
Massachusetts, 940 CMR 7: what binds creditors who collect in their own name.
"""

from __future__ import annotations

import datetime as dt

import pytest

from overdue_visit import contact
from tests.contact.asking import Asking

MA = Asking("us-ma-940cmr7", "America/New_York")
AT_HOME = {"party": "mother", "role": "household_member"}


def test_header():
    """
    It was last looked at on 23 November 2026, and it binds creditors, not those who collect for them.
    """
    assert MA.header == (None, None, dt.date(2026, 11, 23))
    assert [str(each) for each in contact.named(MA.name).binds] == ["creditor"]


@pytest.mark.parametrize(
    ("time", "allowed"), [("07:59:59", False), ("08:00:00", True), ("21:00:00", True), ("21:00:01", False)]
)
def test_hours_of_the_household(time, allowed):
    """
    Members of the household are contacted between 8:00 and 21:00 (940 CMR 7.05(3)); the debtor has no hours here.
    """
    assert MA.verdict(f"2026-05-20 {time}", **AT_HOME).allowed is allowed
    assert MA.verdict(f"2026-05-20 {time}").allowed


@pytest.mark.parametrize(("day", "allowed"), [("2026-05-24", False), ("2026-05-25", True)])
def test_the_household_is_contacted_twice_in_seven_days(day, allowed):
    """
    The third contact with the household within seven days is one too many, whoever in it was spoken to.
    """
    one = MA.made("2026-05-18 10:00", party="father", role="household_member")
    two = MA.made("2026-05-18 11:00", channel="email", outcome="sent", **AT_HOME)
    busy = MA.made("2026-05-18 12:00", outcome="busy", **AT_HOME)

    assert MA.verdict(f"{day} 10:00", history=(*one, *two), **AT_HOME).allowed is allowed
    assert MA.verdict(f"{day} 10:00", history=(*one, *busy), **AT_HOME).allowed
    assert MA.verdict(f"{day} 10:00", channel="email", history=(*one, *two)).allowed


@pytest.mark.parametrize(("day", "allowed"), [("2026-05-24", False), ("2026-05-25", True)])
def test_two_communications_in_seven_days(day, allowed):
    """
    The third call or text to home or mobile within seven days is one too many (940 CMR 7.04(1)(f)).
    """
    one = MA.made("2026-05-18 10:00", number_kind="home_landline")
    two = MA.made("2026-05-18 11:00", channel="sms", number_kind="mobile")

    assert MA.verdict(f"{day} 10:00", number_kind="mobile", history=(*one, *two)).allowed is allowed
    assert MA.verdict(f"{day} 10:00", number_kind="mobile", history=one).allowed
    assert MA.verdict(f"{day} 10:00", channel="email", history=(*one, *two)).allowed


@pytest.mark.parametrize(("day", "allowed"), [("2026-06-16", False), ("2026-06-17", True)])
def test_two_communications_in_thirty_days_elsewhere(day, allowed):
    """
    At work or elsewhere the third within thirty days is one too many (940 CMR 7.04(1)(f)).
    """
    history = MA.made("2026-05-18 10:00", "2026-05-18 11:00", number_kind="work")

    assert MA.verdict(f"{day} 10:00", number_kind="work", history=history).allowed is allowed
    assert MA.verdict(f"{day} 10:00", number_kind="work", history=history[:1]).allowed
    assert MA.verdict(f"{day} 10:00", number_kind="mobile", history=history).allowed


@pytest.mark.parametrize(
    ("confirmed", "free"),
    [
        (None, "2026-05-17 00:00:00"),
        ("2026-05-13 23:59", None),
        ("2026-05-14 00:00", "2026-05-17 00:00:00"),
    ],
)
def test_an_oral_request_about_work_lasts_ten_days_unless_it_is_confirmed_within_seven(confirmed, free):
    """
    What binds collectors by 209 CMR 18.16(1)(c) binds creditors too (940 CMR 7.04(1)(h)).
    """
    request = contact.Request(
        kind="stop_workplace",
        received_at=MA.instant("2026-05-06 15:00"),
        in_writing=False,
        confirmed_at=None if confirmed is None else MA.instant(confirmed),
    )

    assert MA.earliest("2026-05-16 12:00", number_kind="work", requests=(request,)) == free
