import datetime as dt

from overdue_visit.arrears import AgeingConvention, Episode, episodes
from overdue_visit.arrears.episodes import first_late_due
from overdue_visit.loan import Component, Instalment, Loan
from overdue_visit.money import Money

BEFORE = AgeingConvention(name="start of day", payments="before")


def kes(amount):
    """
    Return an amount in shillings.
    """
    return Money(amount, "KES")


def march(day):
    """
    Return a day of March 2026.
    """
    return dt.date(2026, 3, day)


LOAN = Loan("ke-001", borrower="b-17", schedule=[Instalment(march(1), kes("120")), Instalment(march(15), kes("120"))])
PAID_TEN_LATE = LOAN.pay(kes("120"), on=march(11), ref="m-1")


def test_a_loan_paid_ten_days_late_was_past_due_from_the_second_day():
    """
    Counted through the day it was nine days past due, on nine days; at the start of day ten, on ten.
    """
    through, before = (
        episodes(PAID_TEN_LATE, until=march(14), convention=c) for c in (AgeingConvention(name="x"), BEFORE)
    )

    assert through == (Episode(march(2), march(11), 9, march(10)),)
    assert before == (Episode(march(2), march(11), 10, march(11)),)
    assert (through[0].days, before[0].days) == (9, 10)


def test_a_loan_paid_in_time_was_never_past_due():
    """
    Paid on its due day, or the day after at the end of day, there is no episode.
    """
    assert episodes(LOAN.pay(kes("120"), on=march(1), ref="m-1"), until=march(14)) == ()
    assert episodes(LOAN.pay(kes("120"), on=march(2), ref="m-1"), until=march(14)) == ()
    assert episodes(LOAN, until=march(1)) == ()


def test_an_episode_that_runs_has_no_end():
    """
    Still late on the last day looked at, the episode is not cleared.
    """
    assert episodes(LOAN, until=march(14)) == (Episode(march(2), None, 13, march(14)),)


def test_a_second_delay_is_a_second_episode():
    """
    Cleared and late again with the next instalment makes two episodes; late with both at once makes one.
    """
    assert episodes(PAID_TEN_LATE, until=march(20)) == (
        Episode(march(2), march(11), 9, march(10)),
        Episode(march(16), None, 5, march(20)),
    )
    assert episodes(LOAN.pay(kes("120"), on=march(18), ref="m-1"), until=march(20)) == (
        Episode(march(2), None, 16, march(20)),
    )


def test_the_worst_day_counts_from_the_due_that_the_convention_counts_from():
    """
    The first instalment is paid on the 18th while the second is late: the count begins anew there, or runs on.
    """
    loan = LOAN.pay(kes("120"), on=march(18), ref="m-1")
    runs_on = AgeingConvention(name="first went late", anchor="first_went_late")

    assert episodes(loan, until=march(20), convention=runs_on) == (Episode(march(2), None, 19, march(20)),)
    assert episodes(loan, until=march(20)) == (Episode(march(2), None, 16, march(20)),)


def test_a_fee_that_does_not_age_is_no_episode():
    """
    An unpaid fee, before, while and after the loan was late, changes nothing of the days on which it was.
    """
    loan = PAID_TEN_LATE.charge(Component.FEES, kes("5"), on=march(1), ref="f-1")

    assert episodes(loan, until=march(14)) == (Episode(march(2), march(11), 9, march(10)),)


def test_a_reversal_opens_the_episode_again_with_the_original_date():
    """
    Paid on the 5th, taken back on the 9th: two episodes, the second as late as if nothing had been paid.
    """
    loan = LOAN.pay(kes("120"), on=march(5), ref="m-1").reverse("m-1", on=march(9))

    assert episodes(loan, until=march(12)) == (
        Episode(march(2), march(5), 3, march(4)),
        Episode(march(9), None, 11, march(12)),
    )


def test_a_payment_on_the_last_day_clears_at_the_start_of_day_too():
    """
    Counted at the start of day the last day is past due, and the payment of that day is known to have cleared it.
    """
    assert episodes(PAID_TEN_LATE, until=march(11), convention=BEFORE) == (Episode(march(2), march(11), 10, march(11)),)
    assert episodes(PAID_TEN_LATE, until=march(11)) == (Episode(march(2), march(11), 9, march(10)),)
    assert episodes(PAID_TEN_LATE, until=march(10), convention=BEFORE) == (Episode(march(2), None, 9, march(10)),)


def test_a_charge_that_ages_makes_an_episode():
    """
    Where charges age an unpaid fee is an episode; on the booked basis not before it was booked.
    """
    loan = PAID_TEN_LATE.charge(Component.FEES, kes("5"), on=march(11), booked=march(13), ref="f-1")
    value = AgeingConvention(name="charges", charges_age=True)
    booked = AgeingConvention(name="charges booked", charges_age=True, basis="booked")

    assert [e.first_day for e in episodes(loan, until=march(14), convention=value)] == [march(2), march(12)]
    assert [e.first_day for e in episodes(loan, until=march(14), convention=booked)] == [march(2), march(13)]


def test_a_new_schedule_ends_an_episode():
    """
    Extended on the 5th, the loan is clear from then on, and late again after the new due date.
    """
    loan = LOAN.reschedule([Instalment(march(20), kes("240"))], since=march(5), reason="extended")

    assert episodes(loan, until=march(22)) == (
        Episode(march(2), march(5), 3, march(4)),
        Episode(march(21), None, 2, march(22)),
    )


def test_a_single_day_is_an_episode():
    """
    Paid two days after its due date at the end of day: past due for one day.
    """
    loan = LOAN.pay(kes("120"), on=march(3), ref="m-1")

    assert episodes(loan, until=march(14)) == (Episode(march(2), march(3), 1, march(2)),)
    assert episodes(LOAN, until=march(2)) == (Episode(march(2), None, 1, march(2)),)


def test_at_the_start_of_day_the_next_due_keeps_an_episode_running():
    """
    The oldest due is paid on the last day looked at, while another is late the morning after: not cleared.
    """
    loan = LOAN.pay(kes("120"), on=march(15), ref="m-1")
    earlier = LOAN.pay(kes("120"), on=march(14), ref="m-1")

    assert episodes(loan, until=march(15), convention=BEFORE) == (Episode(march(2), None, 14, march(15)),)
    assert episodes(earlier, until=march(14), convention=BEFORE) == (Episode(march(2), march(14), 13, march(14)),)


def test_a_run_that_is_over_has_no_first_late_due():
    """
    While it lasts the run began with the first due date; once paid, and before it began, there is none.
    """
    convention = AgeingConvention(name="x")

    assert first_late_due(PAID_TEN_LATE, on=march(10), convention=convention) == march(1)
    assert first_late_due(PAID_TEN_LATE, on=march(13), convention=convention) is None
    assert first_late_due(PAID_TEN_LATE, on=march(1), convention=convention) is None
