"""
Appointments: from which day, with how much notice, at what hours; confirmed, moved, cancelled, kept and missed.
"""

from __future__ import annotations

from datetime import date, time, timedelta

import attrs
import pytest

from overdue_visit.case.acts.appointment_refusals import (
    AppointmentOpen,
    AppointmentOutOfSeason,
    NoAppointment,
    NoticeTooShort,
    OutsideVisitHours,
    VisitTooEarly,
)
from overdue_visit.case.acts.appointments import Appoint, CancelAppointment, ConfirmAppointment, MoveAppointment
from overdue_visit.case.acts.visits import RecordAttempt, RecordVisit
from overdue_visit.case.appointments import (
    AppointmentCancelled,
    AppointmentMissed,
    AppointmentMoved,
    AppointmentOffered,
)
from overdue_visit.case.talks import VisitAttempted
from overdue_visit.case.upkeep import IrregularityNoted
from overdue_visit.errors import InvalidValue
from overdue_visit.visit import Appointment, AppointmentState, AttemptResult, Purpose, Window
from tests.case.builders import day, escalated, interview, loan, notified, overdue, planned, policy, recovered, visited

TWO, FOUR = time(14), time(16)


def appoint(on, **more):
    """
    Return an appointment from two to four at home.
    """
    return Appoint(on, TWO, FOUR, **{"place": "home", **more})


def offered(on=day(9), **more):
    """
    Return a story with an open appointment.
    """
    story = notified()
    story.do(appoint(on, **more))
    return story


def test_an_appointment_is_offered():
    """
    Practice: time and place are agreed beforehand: a day, a window, a place, a channel and who comes.
    """
    story = notified()

    (fact,) = story.do(appoint(day(9)))

    assert fact == AppointmentOffered(
        window=Window(on=day(9), start=TWO, end=FOUR),
        place="home",
        channel="visit",
        officer="officer:7",
        purpose=Purpose.VERIFY,
    )
    assert story.case.appointments.open == Appointment(
        number=story.case.version,
        window=fact.window,
        place="home",
        channel="visit",
        officer="officer:7",
        purpose=Purpose.VERIFY,
        offered_on=story.on,
    )


def test_no_visit_on_the_sixth_day():
    """
    Practice: seven days means seven days past due: an appointment on day 6 is refused.
    """
    story = notified(day(5))

    refusal = story.refuses(VisitTooEarly, appoint(day(6), agreed=True))

    assert (refusal.days_past_due, refusal.first_visit_day) == (6, 7)


def test_a_visit_on_the_seventh_day():
    """
    Practice: the seventh day past due is the first day of visits, that day included.
    """
    story = notified(day(5))

    story.do(appoint(day(7)))

    assert story.case.appointments.open.window.on == day(7)


def test_seven_days_are_counted_on_the_day_of_the_visit():
    """
    An appointment may be offered on day 5 for day 7: what counts is the day of the visit, not of the offer.
    """
    story = notified(day(5))

    story.do(appoint(day(8)), on=day(5))

    assert story.case.appointments.open.window.on == day(8)


def test_the_policys_grace_is_taken_off_the_days():
    """
    With three days of grace visits start on day 10 past due.
    """
    story = notified(day(8), rules=policy(grace_days=3))

    assert story.refuses(VisitTooEarly, appoint(day(9), agreed=True)).days_past_due == 6
    story.do(appoint(day(10)))


def test_another_channel_is_no_way_round_the_first_day():
    """
    A talk by phone is by appointment under the same rules.
    """
    story = overdue(day(5))

    story.refuses(VisitTooEarly, appoint(day(6), channel="phone"))


def test_a_visit_needs_notice():
    """
    Practice: a visit is announced beforehand; without an announcement there is none.
    """
    refusal = overdue().refuses(NoticeTooShort, appoint(day(9)))

    assert (refusal.announced_on, refusal.earliest) == (None, None)
    assert "no visit is announced" in str(refusal)


def test_a_reminder_of_a_payment_announces_no_visit():
    """
    Practice: the invitation says who comes, why, and how to say no; a reminder says nothing of that.
    """
    story = overdue(day(5))
    story.notify("reminder")

    assert story.refuses(NoticeTooShort, appoint(day(9))).announced_on is None


def test_the_notice_period_is_the_policys():
    """
    Practice: notified on day 7 with two days of notice: visits from day 9.
    """
    story = notified()

    refusal = story.refuses(NoticeTooShort, appoint(day(8)))

    assert (refusal.announced_on, refusal.earliest) == (day(7), day(9))
    story.do(appoint(day(9)))


def test_a_time_that_the_borrower_agreed_to_needs_no_notice():
    """
    Practice: who agrees to this very time needs no period of notice.
    """
    story = overdue()

    (fact,) = story.do(appoint(day(7), agreed=True))

    assert fact.kind == "appointment_offered"


def test_an_unannounced_visit_is_an_exception_that_is_reviewed():
    """
    Practice: coming unannounced is an exception with a reason, and a supervisor looks at it.
    """
    story = overdue()

    facts = story.do(appoint(day(7), unannounced="fraud_suspected"))

    assert facts[1] == IrregularityNoted(code="unannounced_visit", about=2)
    assert "review_irregularity" in story.steps()


def test_where_policy_asks_for_no_reason_no_notice_is_needed():
    """
    A lender may choose to visit without notice.
    """
    story = overdue(rules=policy(visits__unannounced_needs_reason=False))

    story.do(appoint(day(7)))

    assert story.case.appointments.open is not None


def test_a_talk_elsewhere_needs_no_notice():
    """
    Only a visit at home is announced; a call at an appointed time is not.
    """
    story = overdue()

    story.do(appoint(day(7), channel="phone", place="home"))

    assert story.case.appointments.open.channel == "phone"


def test_a_notice_of_an_earlier_spell_announces_nothing():
    """
    A relapse begins with a notice of its own.
    """
    story = notified()
    story.pay("120", day(10))
    story.reverse("m-1", day(40))

    assert story.refuses(NoticeTooShort, appoint(day(45))).announced_on is None


@pytest.mark.parametrize(
    ("start", "end", "fits"),
    [
        (time(8), time(9), True),
        (time(7, 59), time(9), False),
        (time(19), time(20), True),
        (time(19), time(20, 1), False),
    ],
)
def test_visits_keep_the_policys_hours(start, end, fits):
    """
    Practice: visits take place between eight in the morning and eight in the evening.
    """
    story = notified()
    act = Appoint(day(9), start, end, place="home")

    if fits:
        story.do(act)
    else:
        refusal = story.refuses(OutsideVisitHours, act)
        assert (refusal.window, refusal.hours) == (f"{start:%H:%M}-{end:%H:%M}", "08:00-20:00")


@pytest.mark.parametrize(
    ("field", "act"),
    [
        ("on", appoint(day(6))),
        ("on", appoint("2026-03-10")),
        ("end", Appoint(day(9), FOUR, TWO, place="home")),
        ("start", Appoint(day(9), "14:00", FOUR, place="home")),
        ("place", appoint(day(9), place="12 Lake Road, Kisumu")),
        ("channel", appoint(day(9), channel="message", agreed=True)),
        ("unannounced", appoint(day(9), unannounced="Because I say so")),
        ("officer", appoint(day(9), officer="")),
    ],
)
def test_a_malformed_appointment_names_its_field(field, act):
    """
    A day that has passed, a window turned round, an address instead of a code: each is refused by name.
    """
    assert notified().refuses(InvalidValue, act).field == field


def test_somebody_else_may_be_sent():
    """
    Who asks and who goes may be two people: the appointment names who goes.
    """
    story = notified()

    (fact,) = story.do(appoint(day(9), officer="officer:9"))

    assert (fact.officer, story.case.appointments.open.officer) == ("officer:9", "officer:9")


def test_one_appointment_at_a_time():
    """
    There is one open appointment; it is moved or cancelled, not doubled.
    """
    story = offered()

    assert story.refuses(AppointmentOpen, appoint(day(12))).number == story.case.appointments.open.number


def test_after_the_first_talk_an_appointment_is_for_a_return_visit():
    """
    Practice: regular return visits follow; for them the first visit day does not matter any more.
    """
    story = planned()

    (fact,) = story.do(appoint(date(2026, 4, 7)))

    assert fact.purpose is Purpose.RETURN


def test_a_recovered_household_may_have_a_return_visit():
    """
    Practice: return visits go on while the household is on probation.
    """
    story = visited()
    story.pay("120", day(10))

    (fact,) = story.do(appoint(day(40)))

    assert fact.purpose is Purpose.RETURN


def test_an_appointment_is_confirmed():
    """
    The household says that the time suits.
    """
    story = offered()

    story.do(ConfirmAppointment())

    assert story.case.appointments.open.state is AppointmentState.CONFIRMED


def test_a_moved_appointment_is_to_be_confirmed_anew():
    """
    Practice: the household may change time, place and channel.
    """
    story = offered()
    story.do(ConfirmAppointment())

    (fact,) = story.do(
        MoveAppointment(day(10), time(9), time(10), reason="works_late", place="branch:north", channel="branch")
    )

    assert fact == AppointmentMoved(
        appointment=6,
        window=Window(on=day(10), start=time(9), end=time(10)),
        place="branch:north",
        channel="branch",
        reason="works_late",
        asked_by="borrower",
    )
    moved = story.case.appointments.open
    assert (moved.window.on, moved.place, moved.channel) == (day(10), "branch:north", "branch")
    assert (moved.state, moved.moved) == (AppointmentState.OFFERED, 1)
    assert moved.number == 6


def test_what_is_left_out_of_a_move_stays():
    """
    Place and channel stay as they were unless they are named.
    """
    story = offered()

    (fact,) = story.do(MoveAppointment(day(10), TWO, FOUR, reason="works_late", asked_by="lender"))

    assert fact.asked_by == "lender"
    assert (story.case.appointments.open.place, story.case.appointments.open.channel) == ("home", "visit")


def test_the_borrower_may_move_a_visit_forward_and_the_lender_may_not():
    """
    Practice: the notice period protects the household: only its own wish shortens it.
    """
    story = offered(day(12))
    forward = {"reason": "sooner"}

    refusal = story.refuses(NoticeTooShort, MoveAppointment(day(10), TWO, FOUR, asked_by="lender", **forward))
    assert (refusal.announced_on, refusal.earliest) == (day(7), day(12))
    story.do(MoveAppointment(day(12), time(15), FOUR, asked_by="lender", reason="officer_ill"))
    story.do(MoveAppointment(day(13), TWO, FOUR, asked_by="lender", reason="officer_ill"))
    story.do(MoveAppointment(day(8), TWO, FOUR, **forward))

    assert story.case.appointments.open.window.on == day(8)
    assert story.case.appointments.open.moved == 3


def test_a_lenders_move_of_an_agreed_time_says_the_day():
    """
    An appointment that was agreed without a notice is not moved forward by the lender either.
    """
    story = overdue()
    story.do(appoint(day(12), agreed=True))

    refusal = story.refuses(NoticeTooShort, MoveAppointment(day(9), TWO, FOUR, reason="sooner", asked_by="lender"))

    assert str(refusal) == "ke-001/1: visits from 2026-03-13, or as the borrower agrees"


def test_a_first_visit_is_not_moved_before_the_seventh_day():
    """
    Moving is no way round the first day of visits.
    """
    story = notified(day(5))
    story.do(appoint(day(8)))

    refusal = story.refuses(VisitTooEarly, MoveAppointment(day(6), TWO, FOUR, reason="sooner"))

    assert refusal.first_visit_day == 7


@pytest.mark.parametrize(
    ("field", "act"),
    [
        ("on", MoveAppointment(day(6), TWO, FOUR, reason="sooner")),
        ("end", MoveAppointment(day(10), FOUR, TWO, reason="sooner")),
        ("reason", MoveAppointment(day(10), TWO, FOUR, reason="She works late")),
        ("place", MoveAppointment(day(10), TWO, FOUR, reason="sooner", place="12 Lake Road")),
        ("asked_by", MoveAppointment(day(10), TWO, FOUR, reason="sooner", asked_by="neighbour")),
        ("channel", MoveAppointment(day(10), TWO, FOUR, reason="sooner", channel="message")),
    ],
)
def test_a_malformed_move_names_its_field(field, act):
    """
    A move keeps the rules of an offer.
    """
    assert offered().refuses(InvalidValue, act).field == field


def test_a_move_keeps_the_policys_hours():
    """
    No visit is moved to six in the morning.
    """
    refusal = offered().refuses(OutsideVisitHours, MoveAppointment(day(10), time(6), FOUR, reason="sooner"))

    assert refusal.window == "06:00-16:00"


def test_a_cancelled_appointment_makes_room_for_another():
    """
    After cancelling, another time may be offered.
    """
    story = offered()

    story.do(CancelAppointment("borrower_away"))

    assert story.case.appointments.current.state is AppointmentState.CANCELLED
    assert story.case.appointments.open is None
    story.do(appoint(day(12)))
    assert story.case.appointments.offered == 2


@pytest.mark.parametrize(
    "act",
    [ConfirmAppointment(), CancelAppointment("borrower_away"), MoveAppointment(day(9), TWO, FOUR, reason="sooner")],
)
def test_without_an_appointment_there_is_nothing_to_change(act):
    """
    Confirming, moving and cancelling need an open appointment.
    """
    notified().refuses(NoAppointment, act)


def test_a_reason_for_cancelling_is_a_code():
    """
    Reasons are codes: free text belongs in words.
    """
    assert offered().refuses(InvalidValue, CancelAppointment("They are away")).field == "reason"


def test_a_talk_keeps_its_appointment():
    """
    The talk on the day, or later, settles the appointment as kept.
    """
    story = offered()

    facts = story.do(RecordVisit(met="borrower", interview=interview()), on=day(9))

    assert (facts[0].appointment, facts[1].kind) == (6, "appointment_kept")
    assert story.case.appointments.current.state is AppointmentState.KEPT


def test_a_talk_before_the_day_leaves_the_appointment_open():
    """
    A chance talk two days before keeps no appointment.
    """
    story = offered()

    facts = story.do(RecordVisit(met="borrower", interview=interview(), channel="phone"), on=day(8))

    assert facts[0].appointment is None
    assert story.case.appointments.open is not None


def test_written_messages_keep_no_appointment():
    """
    A chat on the day of the visit verifies nothing and is not the visit that was made out.
    """
    story = offered()

    story.do(RecordVisit(met="borrower", interview=interview(), channel="message"), on=day(9))

    assert story.case.appointments.open is not None


def test_an_attempt_on_the_day_misses_the_appointment():
    """
    The officer came and nobody was at home: the appointment is missed.
    """
    story = offered()

    facts = story.do(RecordAttempt(result="nobody_home"), on=day(9))

    assert facts == [
        VisitAttempted(result=AttemptResult.NOBODY_HOME, channel="visit", days_past_due=9),
        AppointmentMissed(appointment=6),
    ]
    assert story.case.appointments.current.state is AppointmentState.MISSED


def test_a_call_that_nobody_takes_misses_no_visit():
    """
    Ringing in vain on the morning of the visit does not make it missed.
    """
    story = offered()

    story.do(RecordAttempt(result="nobody_home", channel="phone"), on=day(9))

    assert story.case.appointments.open is not None


def test_an_attempt_before_the_day_misses_nothing():
    """
    An attempt on another day leaves the appointment open.
    """
    story = offered()

    story.do(RecordAttempt(result="nobody_home"), on=day(8))

    assert story.case.appointments.open is not None


def test_without_arrears_no_first_visit_is_appointed():
    """
    A recovered case may have a visit only as a return visit, offered the notice days before or agreed.
    """
    story = recovered(ledger=loan((date(2026, 4, 1), "120")))

    story.refuses(NoticeTooShort, appoint(story.on + timedelta(days=1)))
    (fact,) = story.do(appoint(story.on + timedelta(days=1), agreed=True))

    assert fact.purpose is Purpose.RETURN


def test_nobody_visits_while_others_have_the_case():
    """
    Practice: one hand at a time: a case that was handed over is recalled before anybody of ours goes there.
    """
    refusal = escalated().refuses(AppointmentOutOfSeason, appoint(day(12), agreed=True))

    assert refusal.state == "escalated"


def test_a_window_of_today_that_is_over_is_refused():
    """
    At five in the afternoon nobody can come between two and four, nor at four; a minute before four one can.
    """
    story = overdue()

    for now in (time(17), FOUR):
        assert story.refuses(InvalidValue, appoint(day(7), agreed=True), at=now).field == "end"
    story.do(appoint(day(7), agreed=True), at=time(15, 59))


def test_a_return_visit_is_known_days_before_by_its_offer():
    """
    Practice: a return visit is announced by the offer itself, in the same notice period.
    """
    story = planned()

    refusal = story.refuses(NoticeTooShort, appoint(day(8)))

    assert (refusal.announced_on, refusal.earliest) == (day(7), day(9))
    story.do(appoint(day(9)))


def test_recovery_cancels_the_first_visit():
    """
    Practice: whoever has paid is left in peace: the visit that was to verify the situation does not take place.
    """
    story = offered(day(12))

    facts = story.pay("120", day(10))

    assert AppointmentCancelled(appointment=6, reason="recovered") in facts
    assert story.case.appointments.open is None


def test_recovery_leaves_a_return_visit_alone():
    """
    A return visit is not about the money: it stands.
    """
    story = planned()
    story.do(appoint(day(30)))

    story.pay("120", day(10))

    assert story.case.appointments.open is not None


def test_a_lender_turns_a_call_into_a_visit_only_in_time():
    """
    A call needs no notice and a visit does: moving from one to the other is no way round it.
    """
    story = overdue()
    story.do(appoint(day(9), channel="phone"))
    act = MoveAppointment(day(10), TWO, FOUR, reason="phone_broken", asked_by="lender", channel="visit")

    assert story.refuses(NoticeTooShort, act).announced_on is None
    story.do(attrs.evolve(act, asked_by="borrower"))
    assert story.case.appointments.open.channel == "visit"


def test_a_lender_turns_a_call_into_a_visit_after_the_notice_period():
    """
    The visit was announced on day 7 with two days of notice: on day 8 the call stays a call, on day 9 they may come.
    """
    story = notified()
    story.do(appoint(day(8), channel="phone"))
    act = MoveAppointment(day(8), TWO, FOUR, reason="phone_broken", asked_by="lender", channel="visit")

    assert story.refuses(NoticeTooShort, act).earliest == day(9)
    story.do(attrs.evolve(act, on=day(9)))


def test_a_visit_too_soon_says_when_it_was_announced():
    """
    What is refused for its short notice names both days, and without an announcement neither.
    """
    announced = NoticeTooShort("ke-001/1", day(7), day(9))

    assert str(announced) == "ke-001/1: announced on 2026-03-08: visits from 2026-03-10, or as the borrower agrees"
