"""
Scenarios of Apache Fineract's delinquency on our interface: figures from its own tests, retyped.

Its classes go by delinquent days, which are days past due less three days of grace; an instalment's own class has no
grace. Pauses are given here as held days: the case's own holds come later.
"""

from __future__ import annotations

import pytest

from overdue_visit.arrears import VILLAGE, Bucket, Buckets, days_past_due, delinquent_days, measure
from overdue_visit.case.age import day_reached
from overdue_visit.lifecycle import CaseState
from overdue_visit.loan import Instalment
from tests.case.builders import policy
from tests.peer_scenarios.peers import CLEAR, by_instalment, debt, eur, ladder, on, state, story

GRACE = 3
RANGES = Buckets(
    [
        Bucket("RANGE_1", 1, 3),
        Bucket("RANGE_3", 4, 30),
        Bucket("RANGE_30", 31, 60),
        Bucket("RANGE_60", 61, 90),
        Bucket("RANGE_90", 91, None),
    ]
)
BY_PAST_DUE = ladder(("RANGE_1", 4), ("RANGE_3", 7), ("RANGE_30", 34), ("RANGE_60", 64), ("RANGE_90", 94))
"""The same ladder by days past due: the three days of grace before it are clear."""


def four() -> object:
    """
    Return the loan of most scenarios: 250 on four days.
    """
    return debt(
        ("2023-10-01", "250"),
        ("2023-10-16", "250"),
        ("2023-10-31", "250"),
        ("2023-11-15", "250"),
        money=eur,
        disbursed=on("2023-10-01"),
    )


def delinquency(loan, day, *, held=0):
    """
    Return amount, days past due, delinquent days and class on a day.
    """
    found = measure(loan, on=on(day))
    delinquent = delinquent_days(found.days_past_due, grace_days=GRACE, held_days=held)
    bucket = RANGES.of(delinquent)
    return str(found.total), found.days_past_due, delinquent, bucket.name if bucket else None


@pytest.mark.parametrize(
    ("day", "held", "expected"),
    [
        ("2023-10-02", 0, ("EUR 250.00", 1, 0, None)),
        ("2023-10-04", 0, ("EUR 250.00", 3, 0, None)),
        ("2023-10-05", 0, ("EUR 250.00", 4, 1, "RANGE_1")),
        ("2023-10-06", 0, ("EUR 250.00", 5, 2, "RANGE_1")),
        ("2023-10-30", 24, ("EUR 500.00", 29, 2, "RANGE_1")),
        ("2023-10-31", 24, ("EUR 500.00", 30, 3, "RANGE_1")),
    ],
)
def test_fi_01_grace_and_held_days_are_taken_off_for_treatment_alone(day, held, expected):
    """
    Days past due go on; delinquent days leave out three days of grace and the 24 days held.
    """
    assert delinquency(four(), day, held=held) == expected


def test_fi_01_an_instalments_own_class_has_no_grace():
    """
    The first instalment is four days old on 5 October: its own class is the second.
    """
    assert by_instalment(four(), "2023-10-05", RANGES, VILLAGE) == {"RANGE_3": "250"}


def test_fi_04_paying_late_and_due_today_clears_everything():
    """
    500 on 16 October pay the late instalment and the one of the day: nothing is past due.
    """
    paid = four().pay(eur("500"), on=on("2023-10-16"), ref="p-1")

    assert delinquency(four(), "2023-10-06") == ("EUR 250.00", 5, 2, "RANGE_1")
    assert delinquency(paid, "2023-10-16", held=10) == ("EUR 0.00", 0, 0, None)


def test_fi_05_paying_a_part_never_makes_it_look_worse():
    """
    The peer is wrong here: a part payment triggers a worse class. Ours is the same before and after it.
    """
    paid = four().pay(eur("150"), on=on("2023-10-16"), ref="p-1")

    before, after = delinquency(four(), "2023-10-16", held=10), delinquency(paid, "2023-10-16", held=10)

    assert before == ("EUR 250.00", 15, 2, "RANGE_1")
    assert after == ("EUR 100.00", 15, 2, "RANGE_1")
    assert by_instalment(paid, "2023-10-16", RANGES, VILLAGE) == {"RANGE_3": "100"}


def test_fi_06_days_held_before_the_debt_was_late_are_not_credited():
    """
    The peer is wrong here: it credits 19 held days where only 9 follow the due date. 30 - 3 - 9 are 18, not 8.
    """
    paid = four().pay(eur("250"), on=on("2023-10-16"), ref="p-1")

    assert delinquency(paid, "2023-10-16") == ("EUR 0.00", 0, 0, None)
    assert measure(paid, on=on("2023-10-26")).oldest_due == on("2023-10-16")
    assert delinquency(paid, "2023-10-26", held=9) == ("EUR 250.00", 10, 0, None)
    assert delinquency(paid, "2023-11-15", held=9) == ("EUR 500.00", 30, 18, "RANGE_3")


@pytest.mark.parametrize(
    ("day", "oldest_unpaid", "next_due"),
    [("2023-10-11", "2023-10-01", "2023-10-16"), ("2023-10-21", "2023-10-01", "2023-10-31")],
)
def test_fi_11_the_oldest_unpaid_and_the_next_due_date(day, oldest_unpaid, next_due):
    """
    Both readings of "next due" are at hand: the date that counts, and the next that comes.
    """
    told = story(four(), BY_PAST_DUE)
    told.observe(on(day))
    position = told.case.observation.position

    assert (position.oldest_due, position.next_due) == (on(oldest_unpaid), on(next_due))


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2023-11-16", {"RANGE_1": "250", "RANGE_3": "250", "RANGE_30": "500"}),
        ("2023-12-16", {"RANGE_30": "500", "RANGE_60": "500"}),
    ],
)
def test_fi_12_each_instalment_has_a_class_of_its_own(day, expected):
    """
    1, 16, 31 and 46 days; a month later 31, 46, 61 and 76.
    """
    assert by_instalment(four(), day, RANGES, VILLAGE) == expected


def test_fi_13_paying_everything_late_clears_every_class():
    """
    1000 on 17 December leave nothing in any class.
    """
    paid = four().pay(eur("1000"), on=on("2023-12-17"), ref="p-1")

    assert by_instalment(paid, "2023-12-16", RANGES, VILLAGE) == {"RANGE_30": "500", "RANGE_60": "500"}
    assert by_instalment(paid, "2023-12-17", RANGES, VILLAGE) == {}


def test_fi_14_paying_the_oldest_leaves_the_other():
    """
    250 on 26 October settle the first instalment; the second is ten days late.
    """
    paid = four().pay(eur("250"), on=on("2023-10-26"), ref="p-1")

    assert by_instalment(paid, "2023-10-25", RANGES, VILLAGE) == {"RANGE_3": "500"}
    assert by_instalment(paid, "2023-10-26", RANGES, VILLAGE) == {"RANGE_3": "250"}


def test_fi_20_nothing_is_past_due_before_the_loan():
    """
    A loan that goes out in November has nothing in arrears at the end of October, and no case.
    """
    coming = debt(("2023-11-15", "250"), money=eur, disbursed=on("2023-11-01"))
    told = story(coming, BY_PAST_DUE)

    assert told.observe(on("2023-10-30")) == []
    assert delinquency(coming, "2023-10-30") == ("EUR 0.00", 0, 0, None)


def single(due="2023-07-31") -> object:
    """
    Return a loan with one instalment of 1000.
    """
    return debt((due, "1000"), money=eur)


def history(told):
    """
    Return each class with the business date on which it was recorded.
    """
    found = []
    for entry in told.entries:
        position = getattr(entry.fact, "position", None)
        if position is not None and (not found or found[-1][0] != position.bucket):
            found.append((position.bucket, entry.header.on.isoformat()))
    return found


def test_fi_23_a_run_that_lags_records_the_day_it_ran_and_counts_the_right_days():
    """
    Run on 4 and 9 August, the change is recorded on the 9th; the days counted are those of the calendar.
    """
    told = story(single(), BY_PAST_DUE)
    for day in ("2023-08-04", "2023-08-09"):
        told.observe(on(day))

    assert history(told) == [("RANGE_1", "2023-08-04"), ("RANGE_3", "2023-08-09")]
    assert delinquency(single(), "2023-08-07")[2:] == (4, "RANGE_3")
    assert told.observe(on("2023-08-12")) == []


def test_fi_24_paying_off_lifts_the_class_on_the_same_day():
    """
    1000 on 10 August: recovered and without a class on that day; the next night yields nothing.
    """
    told = story(single(), BY_PAST_DUE)
    for day in ("2023-08-04", "2023-08-10"):
        told.observe(on(day))

    told.observe(on("2023-08-10"), told.ledger.pay(eur("1000"), on=on("2023-08-10"), ref="p-1"))

    assert history(told)[-1] == (None, "2023-08-10")
    assert told.case.state is CaseState.RECOVERED
    assert told.observe(on("2023-08-11")) == []


def test_fi_25_an_overpayment_cures_as_well():
    """
    1200 for a debt of 1000: nothing is past due, and 200 are left over.
    """
    told = story(single(), BY_PAST_DUE)
    told.observe(on("2023-08-04"))

    told.observe(on("2023-08-10"), told.ledger.pay(eur("1200"), on=on("2023-08-10"), ref="p-1"))

    assert told.case.state is CaseState.RECOVERED
    assert measure(told.ledger, on=on("2023-08-10")).surplus == eur("200")


def test_fi_26_the_first_day_after_the_grace():
    """
    Due on 31 January, with three days of grace: delinquent since 3 February, day 1 on the 4th.
    """
    told = story(single("2022-01-31"), BY_PAST_DUE)
    told.observe(on("2022-02-04"))

    assert delinquency(single("2022-01-31"), "2022-02-03")[2] == 0
    assert delinquency(single("2022-01-31"), "2022-02-04")[2:] == (1, "RANGE_1")
    assert day_reached(told.case, policy(grace_days=3), 1) == on("2022-02-04")


def test_fi_27_one_run_makes_up_for_the_missed_ones():
    """
    Whether every night ran or only the last, the case is the same but for the record of the way.
    """
    daily, late = story(four(), BY_PAST_DUE), story(four(), BY_PAST_DUE)
    for number in range(2, 32):
        daily.observe(on(f"2023-10-{number:02}"))
    late.observe(on("2023-10-31"))

    assert daily.case.observation.position == late.case.observation.position
    assert daily.case.state == late.case.state


def three() -> object:
    """
    Return a loan of three instalments of which two are paid.
    """
    loan = debt(("2022-02-01", "1000"), ("2022-03-01", "1000"), ("2022-04-01", "1000"), money=eur)
    return loan.pay(eur("1000"), on=on("2022-02-01"), ref="p-1").pay(eur("1000"), on=on("2022-03-01"), ref="p-2")


def test_fi_28_a_chargeback_booked_as_a_new_debt_counts_from_its_own_day():
    """
    The peer owes a chargeback anew from its own day; a ledger that books it so is read so.
    """
    dues = [Instalment(on(day), eur("1000")) for day in ("2022-02-01", "2022-03-01", "2022-03-15", "2022-04-01")]
    charged_back = three().reschedule(dues, since=on("2022-03-15"), reason="chargeback")
    then = charged_back.pay(eur("1000"), on=on("2022-03-20"), ref="p-3", booked=on("2022-04-07"))
    last = then.pay(eur("1000"), on=on("2022-04-01"), ref="p-4", booked=on("2022-04-07"))

    assert measure(charged_back, on=on("2022-04-07")).oldest_due == on("2022-03-15")
    assert delinquency(charged_back, "2022-04-07")[2:] == (20, "RANGE_3")
    assert measure(then, on=on("2022-04-07")).oldest_due == on("2022-04-01")
    assert delinquency(then, "2022-04-07") == ("EUR 1000.00", 6, 3, "RANGE_1")
    assert delinquency(last, "2022-04-07") == ("EUR 0.00", 0, 0, None)


def test_fi_28_a_reversal_brings_back_the_original_date():
    """
    A ledger that reverses the payment itself brings back the due date that it had paid, as we think right.
    """
    reversed_ = three().reverse("p-2", on=on("2022-03-15"))

    assert measure(reversed_, on=on("2022-04-07")).oldest_due == on("2022-03-01")
    assert delinquency(reversed_, "2022-04-07") == ("EUR 2000.00", 37, 34, "RANGE_30")


def test_fi_29_a_new_schedule_after_maturity_ages_anew():
    """
    Re-aged on 20 February in six parts from March: nothing is past due, and 750 are still to be paid.
    """
    loan = debt(
        ("2024-01-01", "250"), ("2024-01-16", "250"), ("2024-01-31", "250"), ("2024-02-15", "250"), money=eur
    ).pay(eur("250"), on=on("2024-01-01"), ref="down")
    told = story(loan, BY_PAST_DUE)
    assert state(told, "2024-02-20") == "RANGE_30"
    assert told.case.observation.position.oldest_due == on("2024-01-16")

    parts = [Instalment(on(f"2024-{month:02}-01"), eur("125")) for month in range(3, 9)]
    new = [Instalment(on("2024-01-01"), eur("250")), *parts]
    told.ledger = loan.reschedule(new, since=on("2024-02-20"), reason="re-aged")

    assert state(told, "2024-02-20") is CLEAR
    assert told.case.state is CaseState.RECOVERED
    assert told.case.observation.position.outstanding == eur("750")
    assert state(told, "2024-03-05") == "RANGE_1"


def test_fi_56_a_class_is_recorded_only_when_it_changes():
    """
    Two days: one fact. Two days again: none. Twenty-nine days: one.
    """
    told = story(single(), ladder(("r1", 1), ("r2", 3)))

    assert [fact.kind for fact in told.observe(on("2023-08-02"))] == ["case_opened"]
    assert told.observe(on("2023-08-02")) == []
    (changed,) = told.observe(on("2023-08-29"))
    assert (changed.days_past_due, changed.position.bucket) == (29, "r2")
    assert days_past_due(on("2023-07-31"), on=on("2023-08-29")) == 29
