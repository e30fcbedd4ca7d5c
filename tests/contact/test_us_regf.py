"""
Regulation F, 12 CFR 1006: windows, call frequencies, stops and third parties.
"""

from __future__ import annotations

import datetime as dt

import attrs
import pytest

from overdue_visit.contact import (
    DebtGroup,
    InconvenientTime,
    NumberCheck,
    Representation,
    Request,
    Role,
    Ruling,
)
from tests.contact.asking import Asking, each_day, each_hour

EAST = Asking("us-regf", "America/New_York")
THIRD = {"party": "neighbour", "role": Role.THIRD_PARTY}
WEEK_OF_CALLS = EAST.made(*each_day("2026-07-01", 7))


def asked(kind: str, text: str = "2026-05-01 10:00", **fields) -> Request:
    """
    Make a request to stop.
    """
    return Request(kind=kind, received_at=EAST.instant(text), **fields)


def test_header():
    """
    It is in force since 30 November 2021 and was last looked at on 23 November 2026.
    """
    assert EAST.header == (dt.date(2021, 11, 30), None, dt.date(2026, 11, 23))


def test_before_it_was_in_force_it_binds_nobody():
    """
    A call at five in the morning of 29 November 2021 breaks nothing here, one of the next morning does.
    """
    assert EAST.breaks("2021-11-29 05:00") == []
    assert EAST.breaks("2021-11-30 05:00") == ["hours"]


@pytest.mark.parametrize(
    ("text", "allowed"),
    [
        ("2026-05-20 07:59:59", False),
        ("2026-05-20 08:00:00", True),
        ("2026-05-20 21:00:00", True),
        ("2026-05-20 21:00:00.000001", False),
        ("2026-05-24 08:00:00", True),
    ],
)
@pytest.mark.parametrize("channel", ["phone", "sms", "email", "visit"])
def test_hours(text, allowed, channel):
    """
    Before 8:00 and after 21:00 is inconvenient, on every day and by every channel (12 CFR 1006.6(b)(1)(i)).
    """
    assert EAST.verdict(text, channel=channel).allowed is allowed


def test_hours_give_way_to_consent_given_directly():
    """
    The consumer's own consent, given to this collector, opens the night (12 CFR 1006.6(b)(4)).
    """
    direct = EAST.consent("contact_at_unusual_hours", given_directly=True)
    passed_on = EAST.consent("contact_at_unusual_hours", given_directly=False)

    assert EAST.verdict("2026-05-20 22:00", consents=(direct,)).allowed
    assert not EAST.verdict("2026-05-20 22:00", consents=(passed_on,)).allowed


@pytest.mark.parametrize(("calls", "allowed"), [(6, True), (7, False)])
def test_seven_calls_in_seven_days(calls, allowed):
    """
    The eighth call about a debt within seven consecutive days is presumed a violation (12 CFR 1006.14(b)(2)).
    """
    history = EAST.made(*each_hour("2026-07-01", calls))

    verdict = EAST.verdict("2026-07-07 10:00", history=history)

    assert verdict.allowed is allowed
    assert verdict.rebuttable is not allowed


def test_the_seventh_day_is_the_last():
    """
    Seven calls on 1 July leave no room through 7 July and all of it from 8 July on.
    """
    history = EAST.made(*each_hour("2026-07-01", 7))

    assert EAST.earliest("2026-07-07 10:00", history=history) == "2026-07-08 08:00:00"
    assert EAST.verdict("2026-07-07 10:00", history=history).counted == history


@pytest.mark.parametrize("outcome", ["no_answer", "voicemail_left", "voicemail_box_full", "answered_dropped"])
def test_connected_calls_count(outcome):
    """
    A call that connects counts, even if it drops or no message can be left (comment 14(b)(3)(ii)-1).
    """
    history = EAST.made(*each_hour("2026-07-01", 7), outcome=outcome)

    assert EAST.breaks("2026-07-05 10:00", history=history) == ["call_frequency_7_in_7"]


@pytest.mark.parametrize("outcome", ["busy", "not_in_service"])
def test_calls_that_did_not_connect_do_not_count(outcome):
    """
    A busy line or a number not in service is no call (comment 14(b)(3)(ii)-1).
    """
    history = EAST.made(*each_hour("2026-07-01", 11), outcome=outcome)

    assert EAST.verdict("2026-07-05 10:00", history=history).ruling is Ruling.ALLOWED


def test_messages_are_not_calls():
    """
    Neither do text messages count as calls, nor are they held up by calls.
    """
    texts = EAST.made(*each_hour("2026-07-01", 11), channel="sms", outcome="sent")

    assert EAST.verdict("2026-07-05 10:00", history=texts).allowed
    assert EAST.verdict("2026-07-07 12:00", history=WEEK_OF_CALLS, channel="sms").allowed


def test_ringless_voicemail_and_machines_are_calls():
    """
    A voicemail left without ringing and a call conducted by a machine are calls (comment 14(b)-1).
    """
    history = (
        *EAST.made("2026-07-01 09:00", "2026-07-01 10:00", "2026-07-01 11:00", channel="ringless_voicemail"),
        *EAST.made("2026-07-02 09:00", "2026-07-02 10:00", "2026-07-02 11:00", channel="smart_voice"),
        *EAST.made("2026-07-03 09:00"),
    )

    for channel in ("phone", "smart_voice", "ringless_voicemail"):
        assert EAST.breaks("2026-07-05 10:00", history=history, channel=channel) == ["call_frequency_7_in_7"]


@pytest.mark.parametrize(("text", "allowed"), [("2026-08-20 20:59", False), ("2026-08-21 08:00", True)])
@pytest.mark.parametrize("direction", ["outbound", "inbound"])
def test_cool_down(text, allowed, direction):
    """
    After a conversation on Friday 14 August there is no call before Friday 21 August (12 CFR 1006.14(b)(2)(i)(B)).
    """
    history = EAST.made("2026-08-14 14:00", outcome="conversation", direction=direction)

    verdict = EAST.verdict(text, history=history)

    assert verdict.allowed is allowed
    assert allowed or verdict.rule == "us-regf.post_conversation_cooldown"


@pytest.mark.parametrize(
    ("purpose", "factor"),
    [
        ("late_fee_warning_creditor_controlled", True),
        ("complete_dropped_call", True),
        ("required_by_law", True),
        ("active_litigation", True),
        ("requested_information", True),
        ("one_time_discount_offer", False),
        (None, False),
    ],
)
def test_factors_that_may_rebut(purpose, factor):
    """
    A purpose outside the collector's control may rebut the presumption; its own offer may not (comment 14(b)(2)(ii)-2).
    """
    history = EAST.made("2026-08-14 14:00", outcome="conversation")

    verdict = EAST.verdict("2026-08-17 10:00", history=history, purpose=purpose)

    assert verdict.ruling is Ruling.PRESUMED_VIOLATION
    assert verdict.factors == ((purpose,) if factor else ())


def test_a_debt_that_the_consumer_raised_is_spoken_of_and_not_called_about():
    """
    A conversation cools down every debt that came up; the call counts for those raised (comment 14(b)(4)-2.iv, vi).
    """
    raised = EAST.made("2026-11-09 10:00", outcome="conversation", also_debts=("D2",), conversation_only_debts=("D3",))
    calls = EAST.made(*each_hour("2026-11-09", 6, 11), debt="D3")

    assert EAST.breaks("2026-11-10 10:00", history=raised, debt="D2") == ["post_conversation_cooldown"]
    assert EAST.breaks("2026-11-10 10:00", history=raised, debt="D3") == ["post_conversation_cooldown"]
    assert EAST.breaks("2026-11-10 10:00", history=(*raised, *calls), debt="D3") == ["post_conversation_cooldown"]
    assert EAST.breaks("2026-11-10 10:00", history=raised, debt="D4") == []


def test_a_proposed_call_about_several_debts_must_pass_for_each():
    """
    A call meant for two debts waits for the one that was spoken of.
    """
    spoken = EAST.made("2026-11-09 10:00", outcome="conversation")

    assert EAST.breaks("2026-11-10 10:00", history=spoken, debt="D2", also_debts=("D1",)) == [
        "post_conversation_cooldown"
    ]


def test_student_loans_under_one_account_are_one_debt():
    """
    A conversation about one of the grouped debts cools down the others (comment 14(b)(4)-2.vii).
    """
    groups = (DebtGroup(name="account", debts=("SL1", "SL2")),)
    spoken = EAST.made("2026-09-08 10:00", outcome="conversation", debt="SL2")

    assert EAST.earliest("2026-09-10 10:00", history=spoken, debt="SL1", debt_groups=groups) == "2026-09-15 08:00:00"


@pytest.mark.parametrize(("day", "allowed"), [("2026-04-06", True), ("2026-04-07", False), ("2026-04-05", False)])
def test_call_back_on_a_day(day, allowed):
    """
    "Call back on Monday" opens that Monday and no other day (comment 14(b)(3)(i)-3.i).
    """
    spoken = EAST.made("2026-04-03 11:00", outcome="conversation")
    monday = EAST.consent("call_back", "2026-04-03 11:05", given_directly=True, valid_on=dt.date(2026, 4, 6))

    assert EAST.verdict(f"{day} 10:00", history=spoken, consents=(monday,)).allowed is allowed


@pytest.mark.parametrize(("day", "excluded"), [("2026-06-04", True), ("2026-06-10", True), ("2026-06-11", False)])
def test_calls_made_with_consent_do_not_count(day, excluded):
    """
    A consent of 4 June excludes calls from 4 to 10 June; from 11 June on they count (comment 14(b)(3)(i)-3.iii).
    """
    consent = EAST.consent("call_about_repayment_options", "2026-06-04 08:30", given_directly=True)
    history = EAST.made(*each_hour(day, 9))

    assert EAST.verdict("2026-06-11 20:00", history=history, consents=(consent,)).allowed is excluded


def test_consent_opens_the_cool_down_for_seven_days():
    """
    A consent given in the conversation opens the seven days that the conversation closes; it ends with a conversation.
    """
    spoken = EAST.made("2026-04-03 11:00", outcome="conversation")
    back = EAST.consent("call_back", "2026-04-03 11:05", given_directly=True)
    again = EAST.made("2026-04-06 10:00", outcome="conversation")

    assert EAST.verdict("2026-04-09 10:00", history=spoken, consents=(back,)).allowed
    assert EAST.breaks("2026-04-08 10:00", history=(*spoken, *again), consents=(back,)) == [
        "post_conversation_cooldown"
    ]


@pytest.mark.parametrize(("text", "allowed"), [("2026-06-10 20:00", True), ("2026-06-11 08:00", False)])
def test_consent_opens_a_frequency_that_is_used_up_for_seven_days(text, allowed):
    """
    A consent of 4 June opens the call frequency through 10 June, and no longer.
    """
    consent = EAST.consent("call_back", "2026-06-04 09:30", given_directly=True)
    calls = EAST.made(*each_hour("2026-06-11", 7, 1))
    before = EAST.made(*each_hour("2026-06-04", 7, 1))
    history = before if allowed else calls

    assert EAST.verdict(text, history=history, consents=(consent,)).allowed is allowed


@pytest.mark.parametrize(("text", "allowed"), [("2026-06-10 20:00", True), ("2026-06-11 08:00", False)])
def test_consent_opens_the_cool_down_no_longer_than_seven_days(text, allowed):
    """
    A consent of 4 June reaches through 10 June into a cool-down after a call of 9 June whose outcome nobody knows.
    """
    consent = EAST.consent("call_back", "2026-06-04 09:30", given_directly=True)
    call = EAST.made("2026-06-09 10:00", outcome=None)

    assert EAST.verdict(text, history=call, consents=(consent,)).allowed is allowed


@pytest.mark.parametrize(("calls", "warned"), [(4, False), (5, True)])
def test_six_calls_on_a_day_warn(calls, warned):
    """
    Six calls about a debt on one day may rebut the presumption of compliance (comment 14(b)(2)(i)-2.i).
    """
    history = EAST.made(*each_hour("2026-04-03", calls))

    verdict = EAST.verdict("2026-04-03 19:00", history=history)

    assert verdict.allowed
    assert [each.warning for each in verdict.warnings] == (["high_concentration"] if warned else [])
    assert EAST.verdict("2026-04-04 09:00", history=history).warnings == ()


@pytest.mark.parametrize(("text", "warned"), [("2026-04-03 10:04:59", True), ("2026-04-03 10:05:00", False)])
def test_two_calls_within_five_minutes_warn(text, warned):
    """
    Two unanswered calls to a number within five minutes may rebut it too (comment 14(b)(2)(i)-2.i).
    """
    history = EAST.made("2026-04-03 10:00", number="1")

    verdict = EAST.verdict(text, history=history, number="1")

    assert [each.warning for each in verdict.warnings] == (["rapid_succession"] if warned else [])
    assert EAST.verdict("2026-04-03 10:01", history=history, number="2").warnings == ()


def test_calls_are_counted_for_each_person():
    """
    Calls to a third party leave room for calls to the consumer, and the other way round.
    """
    assert EAST.breaks("2026-07-07 12:00", history=WEEK_OF_CALLS) == ["call_frequency_7_in_7"]
    assert EAST.verdict("2026-07-07 12:00", history=WEEK_OF_CALLS, purpose="location_information", **THIRD).allowed


def test_calls_to_the_consumers_attorney_are_free():
    """
    Calls to an attorney are excluded from the frequencies (12 CFR 1006.14(b)(3)(iii)).
    """
    history = EAST.made(*each_hour("2026-07-01", 11), party="a", role=Role.ATTORNEY)

    assert EAST.verdict("2026-07-02 10:00", history=history, party="a", role=Role.ATTORNEY).ruling is Ruling.ALLOWED


def test_a_third_party_is_asked_for_the_location_only():
    """
    Nobody but the consumer is spoken to about a debt, except for the location (12 CFR 1006.6(d)).
    """
    assert EAST.breaks("2026-07-07 12:00", **THIRD) == ["third_party"]
    assert EAST.breaks("2026-07-07 12:00", purpose="location_information", **THIRD) == []


def test_a_third_party_is_asked_once():
    """
    Who was spoken to once is not asked again, however late; who did not answer may be (12 CFR 1006.10(c)).
    """
    spoken = EAST.made("2025-02-03 10:00", outcome="conversation", **THIRD)
    twice = EAST.made("2026-02-03 10:00", outcome="no_answer", **THIRD)

    verdict = EAST.verdict("2026-07-07 12:00", history=spoken, purpose="location_information", **THIRD)

    assert verdict.rule == "us-regf.location_information_once"
    assert verdict.earliest is None
    assert EAST.breaks("2026-07-07 12:00", history=twice, purpose="location_information", **THIRD) == []


def test_inconvenient_times():
    """
    Tuesdays and Thursdays through the year's end are left alone, and free again on the next day (comment 6(b)(1)-1.i).
    """
    times = (InconvenientTime(days=("Tue", "Thu"), until=dt.date(2026, 12, 31)),)

    assert EAST.earliest("2026-10-06 10:00", inconvenient_times=times) == "2026-10-07 08:00:00"
    assert EAST.breaks("2026-12-31 10:00", inconvenient_times=times) == ["inconvenient_times"]
    assert EAST.breaks("2027-01-05 10:00", inconvenient_times=times) == []


def test_inconvenient_hours():
    """
    From 15:00 to 17:00 is 15:00 to just before 17:00 (comment 6(b)(1)-1.ii).
    """
    times = (InconvenientTime(days=("Wed",), start=dt.time(15), end=dt.time(17)),)

    allowed = [
        EAST.verdict(f"2026-09-16 {t}", inconvenient_times=times).allowed for t in ("14:59", "15:00", "16:59:59")
    ]

    assert allowed == [True, False, False]
    assert EAST.earliest("2026-09-16 16:00", inconvenient_times=times) == "2026-09-16 17:00:00"


@pytest.mark.parametrize(
    ("channel", "text", "history", "allowed"),
    [
        ("email", "2026-09-16 16:15", (), True),
        ("phone", "2026-09-16 16:15", (), False),
        ("email", "2026-09-16 16:15", EAST.made("2026-09-16 15:40", channel="email", in_reply_to="m1"), False),
        ("email", "2026-09-23 16:15", (), False),
    ],
    ids=["once", "other medium", "second", "another day"],
)
def test_one_answer_by_the_same_medium(channel, text, history, allowed):
    """
    A message at an inconvenient time is answered once, by the same medium, on that day (comment 6(b)(1)-2).
    """
    times = (InconvenientTime(days=("Wed",), start=dt.time(15), end=dt.time(17)),)
    message = EAST.made("2026-09-16 15:30", channel="email", direction="inbound", outcome="received", id="m1")

    verdict = EAST.verdict(
        text, channel=channel, history=(*message, *history), inconvenient_times=times, in_reply_to="m1"
    )

    assert verdict.allowed is allowed


def test_an_answer_to_nothing_is_no_answer():
    """
    Naming a message that is not on record opens nothing.
    """
    times = (InconvenientTime(days=("Wed",)),)

    assert not EAST.verdict("2026-09-16 16:15", inconvenient_times=times, in_reply_to="m9").allowed


@pytest.mark.parametrize(
    ("fields", "allowed"),
    [
        ({"number_kind": "mobile"}, True),
        ({"number_kind": "home_landline"}, False),
        ({"channel": "mail"}, False),
        ({"channel": "visit"}, False),
        ({"channel": "email"}, True),
        ({"channel": "visit", "place": "branch"}, True),
        ({"number_kind": "mobile", "place": "home"}, False),
    ],
)
def test_inconvenient_place(fields, allowed):
    """
    Mail, landlines and visits are tied to a home; mobiles and e-mail are not (comment 6(b)(1)(ii)-1).
    """
    assert EAST.verdict("2026-09-15 10:00", inconvenient_places=("home",), **fields).allowed is allowed


def test_work_only_where_the_employer_prohibits():
    """
    At work nobody is contacted if the employer prohibits it (12 CFR 1006.6(b)(3)).
    """
    assert EAST.breaks("2026-09-15 10:00", place="workplace", employer_prohibits=True) == ["workplace"]
    assert EAST.breaks("2026-09-15 10:00", number_kind="work", employer_prohibits=True) == ["workplace"]
    assert EAST.breaks("2026-09-15 10:00", place="workplace") == []
    assert EAST.breaks("2026-09-15 10:00", place="home", employer_prohibits=True) == []


@pytest.mark.parametrize(
    ("attorney", "allowed"),
    [
        (Representation(), False),
        (Representation(debt="D1"), False),
        (Representation(debt="D2"), True),
        (Representation(attorney_known=False), True),
        (Representation(unresponsive=True), True),
    ],
)
def test_attorney(attorney, allowed):
    """
    Who is represented on the debt by a known attorney is not contacted; the attorney is (12 CFR 1006.6(b)(2)).
    """
    assert EAST.verdict("2026-09-15 10:00", representations=(attorney,)).allowed is allowed
    assert EAST.verdict("2026-09-15 10:00", representations=(attorney,), party="a", role="attorney").allowed


@pytest.mark.parametrize(
    ("text", "fields", "allowed"),
    [
        ("2026-08-06 09:59", {}, True),
        ("2026-08-06 10:00", {}, False),
        ("2026-08-10 10:00", {"purpose": "advise_efforts_terminated"}, True),
        ("2026-08-10 10:00", {"purpose": "demand_payment"}, False),
        ("2026-08-10 10:00", {"debt": "D2"}, True),
    ],
)
def test_cease_communication(text, fields, allowed):
    """
    A written notice binds from its receipt, for its debt, but for the last words (12 CFR 1006.6(c)).
    """
    notice = asked("cease_communication", "2026-08-06 10:00", debt="D1", in_writing=True)

    assert EAST.verdict(text, requests=(notice,), **fields).allowed is allowed


def test_an_oral_cease_is_none():
    """
    The notice is a written one (12 CFR 1006.6(c)(1)); how it was made not being known, it binds.
    """
    assert EAST.verdict("2026-08-10 10:00", requests=(asked("cease_communication", in_writing=False),)).allowed
    assert not EAST.verdict("2026-08-10 10:00", requests=(asked("cease_communication"),)).allowed


def test_a_notice_still_in_the_mail_does_not_bind():
    """
    A notice that was sent and has not arrived changes nothing (comment 6(c)(1)-1.i).
    """
    assert EAST.verdict("2026-08-10 10:00", requests=(Request(kind="cease_communication", received_at=None),)).allowed


@pytest.mark.parametrize(
    ("channel", "allowed"),
    [("phone", False), ("smart_voice", False), ("ringless_voicemail", False), ("sms", True), ("mail", True)],
)
def test_stop_calling(channel, allowed):
    """
    "Stop calling" stops every kind of call about any debt, and no message (comment 14(h)(1)-3.i).
    """
    stop = asked("stop_medium", medium="phone")

    assert EAST.verdict("2026-05-20 10:00", channel=channel, debt="D9", requests=(stop,)).allowed is allowed


def test_a_withdrawn_request_no_longer_binds():
    """
    A request binds until it is taken back, and the earliest instant says so.
    """
    stop = asked("stop_medium", medium="phone", withdrawn_at=EAST.instant("2026-05-25 12:00"))

    assert EAST.earliest("2026-05-20 10:00", requests=(stop,)) == "2026-05-25 12:00:00"


def test_opting_out_of_an_address():
    """
    An address is opted out of for any debt; one confirmation may follow (12 CFR 1006.14(h)(2)(i)).
    """
    out = (asked("opt_out_address", address="C@example.com"),)
    confirmed = EAST.made("2026-05-01 10:01", channel="email", number="c@example.com", purpose="opt_out_confirmation")
    mail = {"channel": "email", "requests": out}

    assert EAST.breaks("2026-05-01 10:02", number="c@example.com", **mail) == ["opt_out_address"]
    assert EAST.breaks("2026-05-01 10:02", number="d@example.com", **mail) == []
    assert EAST.breaks("2026-05-01 10:02", number="c@example.com", purpose="opt_out_confirmation", **mail) == []
    assert EAST.breaks(
        "2026-05-01 10:02", number="c@example.com", purpose="opt_out_confirmation", history=confirmed, **mail
    ) == ["opt_out_address"]


def test_only_a_request_about_the_contact_allows_another_confirmation():
    """
    A later "stop calling" does not let the opt-out be confirmed twice; opting out once more does.
    """
    out = asked("opt_out_address", address="c@example.com")
    confirmed = EAST.made("2026-05-01 10:01", channel="email", number="c@example.com", purpose="opt_out_confirmation")
    mail = {"channel": "email", "number": "c@example.com", "purpose": "opt_out_confirmation", "history": confirmed}
    calls = asked("stop_medium", "2026-05-02 10:00", medium="phone")
    again = asked("opt_out_address", "2026-05-02 10:00", address="c@example.com")

    assert EAST.breaks("2026-05-03 10:00", requests=(out, calls), **mail) == ["opt_out_address"]
    assert EAST.breaks("2026-05-03 10:00", requests=(out, again), **mail) == []


def test_every_place_where_the_consumer_may_be():
    """
    Between the East and the Pacific it is convenient from 11:00 to 21:00 Eastern time (comment 6(b)(1)(i)-2.i).
    """
    zones = ("America/New_York", "America/Los_Angeles")

    assert EAST.earliest("2026-09-15 09:00", zones=zones) == "2026-09-15 11:00:00"
    assert EAST.verdict("2026-09-15 21:00", zones=zones).allowed
    assert EAST.earliest("2026-09-15 21:01", zones=zones) == "2026-09-16 11:00:00"


def warned(text: str, **fields) -> list[str]:
    """
    Name what a contact is warned of.
    """
    return [each.warning for each in EAST.verdict(text, **fields).warnings]


@pytest.mark.parametrize(
    ("calls", "emails", "expected"),
    [(6, 0, []), (6, 1, ["cumulative_contacts"]), (5, 1, []), (0, 9, ["cumulative_contacts"]), (7, 0, [])],
)
def test_calls_and_messages_together(calls, emails, expected):
    """
    The eighth contact in seven days is warned of where it is not all by one channel (comment 14(a)-2.i).
    """
    history = (
        *EAST.made(*each_day("2026-07-01", calls)),
        *EAST.made(*each_day("2026-07-01", emails, "08:30")[:7], channel="email", outcome="sent"),
        *EAST.made(*["2026-07-01 09:30"] * max(0, emails - 7), channel="email", outcome="sent"),
    )

    assert [each for each in warned("2026-07-07 12:00", history=history) if each == "cumulative_contacts"] == expected


def test_seven_calls_and_an_e_mail_besides():
    """
    An e-mail on top of seven calls is warned of; on the eighth day, or as an answer, it is not.
    """
    mail = {"channel": "email", "states": ("opt_out_method",), "history": WEEK_OF_CALLS}
    replies = EAST.made(*each_day("2026-07-01", 7, "11:00"), channel="email", outcome="sent", in_reply_to="m1")
    confirmations = EAST.made(
        "2026-07-02 12:00", channel="email", outcome="sent", purpose="opt_out_confirmation", number="e"
    )
    notices = EAST.made("2026-07-02 12:00", channel="email", outcome="sent", purpose="statutory_notice")
    few = (*WEEK_OF_CALLS[:6], *replies, *confirmations, *notices)

    assert warned("2026-07-07 12:00", **mail) == ["cumulative_contacts"]
    assert warned("2026-07-08 12:00", **mail) == []
    assert warned("2026-07-07 12:00", **{**mail, "history": few}) == []
    assert warned("2026-07-07 12:00", **{**mail, "debt": "D2"}) == []


TEXT = {"channel": "sms", "number": "+1-555-0100", "states": ("opt_out_method",)}


@pytest.mark.parametrize(("day", "expected"), [("2026-06-29", []), ("2026-06-30", ["number_not_confirmed"])])
def test_a_text_to_a_number_that_was_heard_from(day, expected):
    """
    A text of 1 May about the debt keeps its number fresh through 29 June, sixty days (12 CFR 1006.6(d)(5)(i)).
    """
    heard = EAST.made("2026-05-01 10:00", channel="sms", direction="inbound", outcome="received", number="+1-555-0100")
    verdict = EAST.verdict(f"{day} 10:00", history=heard, **TEXT)

    assert [each.warning for each in verdict.warnings] == expected
    assert verdict.allowed


@pytest.mark.parametrize(
    "changes",
    [
        {"number": "+1-555-0111"},
        {"number": None},
        {"channel": "phone"},
        {"direction": "outbound"},
        {"party": "neighbour"},
        {"debt": "D9"},
    ],
)
def test_what_does_not_keep_a_number_fresh(changes):
    """
    It takes a text about the debt from that very number, written by the consumer.
    """
    fields = {"channel": "sms", "direction": "inbound", "outcome": "received", "number": "+1-555-0100", **changes}

    assert "number_not_confirmed" in warned("2026-05-02 10:00", history=EAST.made("2026-05-01 10:00", **fields), **TEXT)


@pytest.mark.parametrize(("day", "expected"), [("2026-06-29", []), ("2026-06-30", ["number_not_confirmed"])])
@pytest.mark.parametrize("directly", [True, False])
def test_a_text_with_consent(day, expected, directly):
    """
    A consent to texts, given directly, lasts sixty days unless it is renewed (12 CFR 1006.6(d)(5)(ii)(A)).
    """
    consents = (EAST.consent("text_messages", "2026-05-01 10:00", given_directly=directly),)

    assert warned(f"{day} 10:00", consents=consents, **TEXT) == (expected if directly else ["number_not_confirmed"])


@pytest.mark.parametrize(("day", "expected"), [("2026-06-29", []), ("2026-06-30", ["number_not_confirmed"])])
def test_a_text_to_a_number_that_was_checked(day, expected):
    """
    A look into the register of 1 May lasts sixty days too (12 CFR 1006.6(d)(5)(i)(B), (ii)(B)).
    """
    looked = NumberCheck(number="+1-555-0100", at=EAST.instant("2026-05-01 10:00"), since=dt.date(2026, 1, 5))
    other = attrs.evolve(looked, number="+1-555-0111")

    assert warned(f"{day} 10:00", number_checks=(looked,), **TEXT) == expected
    assert warned(f"{day} 10:00", number_checks=(other,), **TEXT) == ["number_not_confirmed"]
    assert warned("2026-04-30 10:00", number_checks=(looked,), **TEXT) == ["number_not_confirmed"]


@pytest.mark.parametrize("channel", ["sms", "email", "messenger", "whatsapp"])
def test_a_message_says_how_to_opt_out(channel):
    """
    An electronic message that is not known to say how to opt out is warned of (12 CFR 1006.6(e)); a call is not.
    """
    assert "opt_out_not_stated" in warned("2026-05-20 10:00", channel=channel)
    assert "opt_out_not_stated" in warned("2026-05-20 10:00", channel=channel, states=("amount",))
    assert "opt_out_not_stated" not in warned("2026-05-20 10:00", channel=channel, states=("amount", "opt_out_method"))
    assert warned("2026-05-20 10:00") == []


def test_the_consumer_says_not_at_work():
    """
    What the consumer says about work makes it inconvenient for good, in whatever words (comment 6(b)(1)-1).
    """
    said = asked("stop_workplace", in_writing=False)
    asking = EAST.made("2026-09-15 09:00", direction="inbound", outcome="conversation", id="m1")
    answer = {"number_kind": "work", "requests": (said,), "history": asking, "in_reply_to": "m1"}
    agreed = (EAST.consent("contact_at_work", given_directly=True),)

    assert EAST.breaks("2026-09-15 10:00", number_kind="work", requests=(said,)) == ["stop_workplace"]
    assert EAST.breaks("2026-09-15 10:00", number_kind="mobile", requests=(said,)) == []
    assert "stop_workplace" not in EAST.breaks("2026-09-15 10:00", **answer)
    assert EAST.breaks("2026-09-15 10:00", number_kind="work", requests=(said,), consents=agreed) == []
