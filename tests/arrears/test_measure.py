import datetime as dt

import pytest

from overdue_visit.arrears import (
    VILLAGE,
    AgeingConvention,
    Arrears,
    InstalmentState,
    Tolerance,
    days_past_due,
    measure,
)
from overdue_visit.loan import Allocated, Component, ComponentAmount, Instalment, Loan
from overdue_visit.money import Money

BEFORE = AgeingConvention(name="start of day", payments="before")
BOOKED = AgeingConvention(name="booked", basis="booked")
WITH_CHARGES = AgeingConvention(name="charges age", charges_age=True)
FIRST_LATE = AgeingConvention(name="first went late", anchor="first_went_late")


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


def a_loan(*dues, parts=None):
    """
    Return a loan of 120.00 due on each day.
    """
    return Loan("ke-001", borrower="b-17", schedule=[Instalment(d, kes("120"), components=parts or ()) for d in dues])


def test_a_loan_seven_days_late_with_everything_said_of_it():
    """
    One instalment unpaid for a week: what is late, since when, of what, and what else is owed.
    """
    found = measure(a_loan(march(1), dt.date(2026, 4, 1)).pay(kes("20"), on=march(4), ref="m-1"), on=march(8))

    assert found == Arrears(
        on=march(8),
        convention="village",
        days_past_due=7,
        oldest_due=march(1),
        total=kes("100"),
        by_component=(ComponentAmount(Component.PRINCIPAL, kes("100")),),
        instalments=(
            InstalmentState(1, march(1), kes("120"), kes("20"), None),
            InstalmentState(2, dt.date(2026, 4, 1), kes("120"), kes("0"), None),
        ),
        paid_total=kes("20"),
        outstanding=kes("220"),
        surplus=kes("0"),
        schedule_version=1,
    )
    assert found.is_past_due
    assert [state.unpaid for state in found.instalments] == [kes("100"), kes("120")]


def test_an_amount_due_today_is_not_late():
    """
    On the due day itself nothing is past due, so nothing is in arrears, yet it is outstanding.
    """
    found = measure(a_loan(march(8)), on=march(8))

    assert (found.days_past_due, found.total, found.outstanding, found.oldest_due) == (0, kes("0"), kes("120"), None)
    assert not found.is_past_due


def test_a_payment_settles_the_oldest_due_on_its_day():
    """
    Money covers the oldest instalment first, an early payment the next one; what is beyond everything is surplus.
    """
    loan = a_loan(march(1), march(15)).pay(kes("130"), on=march(4), ref="m-1").pay(kes("115"), on=march(6), ref="m-2")
    found = measure(loan, on=march(8))

    assert [state.settled_on for state in found.instalments] == [march(4), march(6)]
    assert (found.surplus, found.outstanding, found.paid_total) == (kes("5"), kes("0"), kes("245"))
    assert [s.settled_on for s in measure(loan, on=march(5)).instalments] == [march(4), None]


def test_a_payment_of_the_day_counts_through_it_or_from_the_next():
    """
    Paid on the day itself: at the end of day it is cleared, at the start of day it was still late.
    """
    loan = a_loan(march(1)).pay(kes("120"), on=march(8), ref="m-1")

    assert [measure(loan, on=day).days_past_due for day in (march(7), march(8), march(9))] == [6, 0, 0]
    assert [measure(loan, on=d, convention=BEFORE).days_past_due for d in (march(7), march(8), march(9))] == [6, 7, 0]


def test_a_backdated_payment_counts_from_its_value_date_or_its_booking():
    """
    Money of the 2nd that was booked on the 6th: by value never four days late, by booking it was.
    """
    loan = a_loan(march(1)).pay(kes("120"), on=march(2), booked=march(6), ref="m-1")

    assert [measure(loan, on=day).days_past_due for day in (march(5), march(6))] == [0, 0]
    assert [measure(loan, on=day, convention=BOOKED).days_past_due for day in (march(5), march(6))] == [4, 0]
    assert measure(loan.known_at(march(5)), on=march(5)).days_past_due == 4


# Scenario KB-05: a chargeback brings the overdue state back with the original date, its reversal clears it again.
def test_kb_05_a_reversal_brings_the_original_due_date_back():
    """
    A payment taken back leaves the loan as late as if it had never been made.
    """
    loan = a_loan(dt.date(2012, 5, 31)).pay(kes("120"), on=dt.date(2012, 6, 1), ref="m-1")
    charged_back = loan.reverse("m-1", on=dt.date(2012, 7, 5))
    paid_again = charged_back.pay(kes("120"), on=dt.date(2012, 7, 5), ref="m-2")

    assert measure(loan, on=dt.date(2012, 7, 5)).days_past_due == 0
    assert measure(charged_back, on=dt.date(2012, 7, 4)).days_past_due == 0
    assert measure(charged_back, on=dt.date(2012, 7, 5)).days_past_due == 35
    assert measure(paid_again, on=dt.date(2012, 7, 5)).days_past_due == 0


# Scenario KB-11, with the values that its notes call right: the count starts again at the next unpaid due.
def test_kb_11_paying_the_oldest_re_anchors_the_count():
    """
    Of four dues the two oldest are paid: the count runs from the third, five days later it is five.
    """
    amounts = [(dt.date(2012, 5, 31), "249.95"), (dt.date(2012, 5, 31), "500"), (dt.date(2012, 6, 2), "700")]
    schedule = [Instalment(due, kes(amount)) for due, amount in [*amounts, (dt.date(2012, 6, 3), "200")]]
    loan = Loan("kb-11", borrower="b", schedule=schedule).pay(kes("749.95"), on=dt.date(2012, 6, 2), ref="m-1")
    days = {day: measure(loan, on=dt.date(2012, 6, day)) for day in (2, 5, 7, 9, 13)}

    assert {day: found.days_past_due for day, found in days.items()} == {2: 0, 5: 3, 7: 5, 9: 7, 13: 11}
    assert days[7].oldest_due == dt.date(2012, 6, 2)


# Mambu, "Arrears settings": days are counted from the first repayment that went late, or from the oldest late one.
def test_the_count_can_run_on_from_the_first_that_went_late():
    """
    The first instalment is paid when the second is late already: counted from the first, the count runs on.
    """
    loan = a_loan(march(1), march(8)).pay(kes("120"), on=march(12), ref="m-1")
    cured = loan.pay(kes("120"), on=march(16), ref="m-2")

    assert (measure(loan, on=march(14)).days_past_due, measure(loan, on=march(14)).oldest_due) == (6, march(8))
    found = measure(loan, on=march(14), convention=FIRST_LATE)
    assert (found.days_past_due, found.oldest_due) == (13, march(1))
    assert measure(cured, on=march(16), convention=FIRST_LATE).oldest_due is None


def test_a_count_that_was_cleared_starts_afresh():
    """
    Cleared in between, even the count from the first that went late starts at the second instalment.
    """
    loan = a_loan(march(1), march(8)).pay(kes("120"), on=march(5), ref="m-1")

    assert measure(loan, on=march(14), convention=FIRST_LATE).days_past_due == 6


def test_a_reversal_takes_the_first_late_due_further_back():
    """
    Late with the second instalment, then the first one's payment is taken back: the first was late all along.
    """
    loan = a_loan(march(1), march(8)).pay(kes("120"), on=march(1), ref="m-1").reverse("m-1", on=march(12))

    assert measure(loan, on=march(11), convention=FIRST_LATE).oldest_due == march(8)
    assert measure(loan, on=march(14), convention=FIRST_LATE).oldest_due == march(1)


# Scenario FI-04: paid in full, the late one and the one due today.
def test_fi_04_paying_late_and_due_today_clears_all():
    """
    Four instalments of 250, the second due today: 500 paid clear what is late, past due days are gone.
    """
    dues = [dt.date(2023, 10, 1), dt.date(2023, 10, 16), dt.date(2023, 10, 31), dt.date(2023, 11, 15)]
    loan = Loan("fi-04", borrower="b", schedule=[Instalment(due, kes("250")) for due in dues])
    on = dt.date(2023, 10, 16)

    assert (measure(loan, on=on).days_past_due, measure(loan, on=on).total) == (15, kes("250"))
    paid = measure(loan.pay(kes("500"), on=on, ref="m-1"), on=on)
    assert (paid.days_past_due, paid.total, paid.oldest_due) == (0, kes("0"), None)


# Scenario FI-12: each instalment has its own age: 1, 16, 31 and 46 days on 16 November 2023.
def test_fi_12_each_instalment_has_its_own_age():
    """
    The age of each unpaid instalment is counted from its own due date.
    """
    dues = [dt.date(2023, 10, 1), dt.date(2023, 10, 16), dt.date(2023, 10, 31), dt.date(2023, 11, 15)]
    loan = Loan("fi-12", borrower="b", schedule=[Instalment(due, kes("250")) for due in dues])
    on = dt.date(2023, 11, 16)
    states = measure(loan, on=on).instalments

    assert [days_past_due(state.due, on=on) for state in states if state.unpaid] == [46, 31, 16, 1]


# Scenario FI-20: nothing is past due before anything is paid out.
def test_fi_20_nothing_is_late_before_the_first_due():
    """
    Before its first due date a loan has no arrears, even before its disbursement.
    """
    found = measure(a_loan(march(1)), on=dt.date(2025, 1, 1))

    assert (found.days_past_due, found.total, found.outstanding) == (0, kes("0"), kes("120"))


# Scenario FI-28: a chargeback is a due of its own day. Here it is a charge that ages.
def test_fi_28_a_chargeback_is_a_due_of_its_own_day():
    """
    Two of three instalments paid, then 1,000 charged back on 15 March: late from that day, until it is paid.
    """
    dues = [dt.date(2022, 2, 1), dt.date(2022, 3, 1), dt.date(2022, 4, 1)]
    loan = Loan("fi-28", borrower="b", schedule=[Instalment(due, kes("1000")) for due in dues])
    for number, due in enumerate(dues[:2]):
        loan = loan.pay(kes("1000"), on=due, ref=f"m-{number}")
    back = loan.charge(Component.PRINCIPAL, kes("1000"), on=dt.date(2022, 3, 15), ref="chargeback")
    on = dt.date(2022, 4, 7)
    repaid = back.pay(kes("1000"), on=dt.date(2022, 3, 20), ref="m-3")
    all_repaid = repaid.pay(kes("1000"), on=dt.date(2022, 4, 1), ref="m-4")

    assert measure(back, on=on, convention=WITH_CHARGES).oldest_due == dt.date(2022, 3, 15)
    found = measure(repaid, on=on, convention=WITH_CHARGES)
    assert (found.oldest_due, found.total) == (dt.date(2022, 4, 1), kes("1000"))
    assert measure(all_repaid, on=on, convention=WITH_CHARGES).total == kes("0")


PARTS = {
    Component.COSTS: kes("4"),
    Component.FEES: kes("6"),
    Component.PENALTY: kes("10"),
    Component.INTEREST: kes("20"),
    Component.PRINCIPAL: kes("80"),
}


@pytest.mark.parametrize(
    ("paid", "left"),
    [
        ("3", ["1", "6", "10", "20", "80"]),
        ("12", ["8", "20", "80"]),
        ("20", ["20", "80"]),
        ("39.99", ["0.01", "80"]),
        ("119.99", ["0.01"]),
        ("120", []),
    ],
)
def test_a_part_payment_covers_costs_first_and_principal_last(paid, left):
    """
    Civil Code of the PRC, article 561: costs before interest before principal.
    """
    found = measure(a_loan(march(1), parts=PARTS).pay(kes(paid), on=march(1), ref="m-1"), on=march(8))

    assert [part.amount for part in found.by_component] == [kes(amount) for amount in left]


def test_another_order_of_components_may_be_agreed():
    """
    With principal agreed to come first, a part payment leaves the interest.
    """
    order = (Component.PRINCIPAL, Component.INTEREST, Component.PENALTY, Component.FEES, Component.COSTS)
    loan = a_loan(march(1), parts=PARTS).pay(kes("90"), on=march(1), ref="m-1")
    found = measure(loan, on=march(8), convention=AgeingConvention(name="principal first", order=order))

    assert [(part.component, part.amount) for part in found.by_component] == [
        (Component.COSTS, kes("4")),
        (Component.FEES, kes("6")),
        (Component.PENALTY, kes("10")),
        (Component.INTEREST, kes("10")),
    ]


def test_the_ledgers_own_allocation_is_kept():
    """
    The ledger put the money on the second instalment: the first stays unpaid, whatever the oldest-first rule says.
    """
    put = [Allocated(kes("120"), instalment=2)]
    loan = a_loan(march(1), march(5)).pay(kes("120"), on=march(4), ref="m-1", allocation=put)
    found = measure(loan, on=march(8))

    assert (found.days_past_due, found.oldest_due) == (7, march(1))
    assert [(state.paid, state.settled_on) for state in found.instalments] == [(kes("0"), None), (kes("120"), march(4))]


def test_an_allocation_to_a_component_is_kept():
    """
    The ledger put 30 on the principal: principal is 30 less, and costs are still owed.
    """
    put = [Allocated(kes("30"), instalment=1, component=Component.PRINCIPAL)]
    loan = a_loan(march(1), parts=PARTS).pay(kes("35"), on=march(1), ref="m-1", allocation=put)
    found = {part.component: part.amount for part in measure(loan, on=march(8)).by_component}

    assert found[Component.PRINCIPAL] == kes("50")
    assert (Component.COSTS in found, found[Component.FEES]) == (False, kes("5"))


def test_what_an_allocation_cannot_hold_flows_on():
    """
    More than the instalment owes, or an instalment that is no more: the money covers the oldest dues.
    """
    put = [Allocated(kes("50"), instalment=9), Allocated(kes("150"), instalment=2)]
    for allocation in (put, put[::-1]):
        loan = a_loan(march(1), march(5)).pay(kes("200"), on=march(4), ref="m-1", allocation=allocation)
        found = measure(loan, on=march(8))

        assert [state.paid for state in found.instalments] == [kes("80"), kes("120")]
        assert found.total == kes("40")


def test_money_that_the_ledger_put_on_a_fee_pays_the_fee():
    """
    The instalment is late, and the ledger put five shillings on the fee: the fee is paid, the instalment is not.
    """
    put = [Allocated(kes("5"), charge="f-1")]
    loan = a_loan(march(1)).charge(Component.FEES, kes("5"), on=march(2), ref="f-1")
    found = measure(loan.pay(kes("5"), on=march(4), ref="m-1", allocation=put), on=march(8))

    assert found.by_component == (ComponentAmount(Component.PRINCIPAL, kes("120")),)
    assert (found.outstanding, found.surplus) == (kes("120"), kes("0"))


def test_two_payments_on_one_component_add_up():
    """
    The ledger put 30 and then 20 on the principal: 50 of it are paid.
    """
    loan = a_loan(march(1), parts=PARTS)
    for number, amount in ((1, "30"), (2, "20")):
        put = [Allocated(kes(amount), instalment=1, component=Component.PRINCIPAL)]
        loan = loan.pay(kes(amount), on=march(number), ref=f"m-{number}", allocation=put)
    found = {part.component: part.amount for part in measure(loan, on=march(8)).by_component}

    assert found == {**PARTS, Component.PRINCIPAL: kes("30")}


def test_money_that_came_for_the_first_frees_what_had_covered_it():
    """
    An unallocated payment covers the first instalment; when the ledger later puts money there, it moves on.
    """
    put = [Allocated(kes("120"), instalment=1)]
    loan = (
        a_loan(march(1), march(5))
        .pay(kes("120"), on=march(2), ref="m-1")
        .pay(kes("120"), on=march(6), ref="m-2", allocation=put)
    )

    assert [state.settled_on for state in measure(loan, on=march(8)).instalments] == [march(2), march(6)]


def test_a_fee_alone_is_owed_but_starts_no_day():
    """
    An unpaid late fee is in the total and by component; days past due go by instalments unless fees age.
    """
    loan = a_loan(march(1)).pay(kes("120"), on=march(1), ref="m-1")
    charged = loan.charge(Component.PENALTY, kes("5"), on=march(3), ref="f-1")
    found = measure(charged, on=march(8))

    assert (found.days_past_due, found.total, found.outstanding) == (0, kes("5"), kes("5"))
    assert found.by_component == (ComponentAmount(Component.PENALTY, kes("5")),)
    assert measure(charged, on=march(8), convention=WITH_CHARGES).days_past_due == 5
    assert measure(charged.reverse("f-1", on=march(6)), on=march(8)).total == kes("0")


def test_a_fee_never_takes_the_money_of_a_due_instalment():
    """
    A fee is paid after what is due; where fees age, they are paid by date like everything else.
    """
    loan = a_loan(march(1), march(8)).charge(Component.PENALTY, kes("5"), on=march(3), ref="f-1")
    paid = loan.pay(kes("120"), on=march(1), ref="m-1").pay(kes("120"), on=march(8), ref="m-2")
    plain, ageing = (measure(paid, on=march(9), convention=convention) for convention in (VILLAGE, WITH_CHARGES))

    assert (plain.days_past_due, plain.by_component) == (0, (ComponentAmount(Component.PENALTY, kes("5")),))
    assert (ageing.days_past_due, ageing.by_component) == (1, (ComponentAmount(Component.PRINCIPAL, kes("5")),))


def test_early_money_pays_a_due_fee_before_a_later_instalment():
    """
    Money beyond what is due pays the fee that is due, and only then what falls due later.
    """
    loan = a_loan(march(1), march(20)).charge(Component.FEES, kes("5"), on=march(3), ref="f-1")
    found = measure(loan.pay(kes("130"), on=march(3), ref="m-1"), on=march(8))

    assert (found.total, found.instalments[1].paid) == (kes("0"), kes("5"))


def test_a_new_schedule_counts_from_its_day():
    """
    Extended on the 5th: the loan was late until then, and is not any more, since the new schedule is the whole one.
    """
    loan = a_loan(march(1)).reschedule([Instalment(march(20), kes("120"))], since=march(5), reason="extended")

    assert [measure(loan, on=day).days_past_due for day in (march(4), march(5), march(21))] == [3, 0, 1]
    assert [measure(loan, on=day).schedule_version for day in (march(4), march(5))] == [1, 2]
    assert measure(loan, on=march(5), convention=BEFORE).schedule_version == 1


def test_a_schedule_booked_late_counts_from_its_booking_on_the_booked_basis():
    """
    Extended as of the 5th but written down on the 9th: on the booked basis it was late until the 9th.
    """
    loan = a_loan(march(1)).reschedule(
        [Instalment(march(20), kes("120"))], since=march(5), reason="extended", booked=march(9)
    )

    assert [measure(loan, on=day, convention=BOOKED).days_past_due for day in (march(8), march(9))] == [7, 0]
    assert [measure(loan, on=day).days_past_due for day in (march(4), march(5))] == [3, 0]


@pytest.mark.parametrize(("rest", "days"), [("5.00", 0), ("5.01", 7)])
def test_a_rest_within_the_tolerance_is_not_late_but_owed(rest, days):
    """
    Five shillings are tolerated, a cent more is not; either way the rest is in the total.
    """
    small = AgeingConvention(name="tolerant", tolerance=Tolerance(amount=kes("5")))
    found = measure(a_loan(march(1)).pay(kes("120") - kes(rest), on=march(1), ref="m-1"), on=march(8), convention=small)

    assert (found.days_past_due, found.total) == (days, kes(rest))


def test_a_tolerated_rest_does_not_hide_the_next_instalment():
    """
    The first instalment's rest is tolerated, so the count starts at the second.
    """
    small = AgeingConvention(name="tolerant", tolerance=Tolerance(amount=kes("5")))
    loan = a_loan(march(1), march(5)).pay(kes("117"), on=march(1), ref="m-1")

    assert measure(loan, on=march(8), convention=small).oldest_due == march(5)


def test_within_grace_nothing_is_late():
    """
    Three days of grace: on the third day nothing is in arrears, on the fourth all of it is.
    """
    lenient = AgeingConvention(name="lenient", grace_days=3)
    third, fourth = (measure(a_loan(march(1)), on=march(day), convention=lenient) for day in (4, 5))

    assert (third.days_past_due, third.total, third.oldest_due) == (0, kes("0"), None)
    assert (fourth.days_past_due, fourth.total, fourth.oldest_due) == (4, kes("120"), march(1))


def test_on_the_booked_basis_bookings_come_in_their_own_order():
    """
    Paid first but booked last: by booking the other payment settles the first instalment, and a reversal counts late.
    """
    loan = (
        a_loan(march(1), march(5))
        .pay(kes("120"), on=march(1), booked=march(7), ref="m-1")
        .pay(kes("120"), on=march(2), booked=march(3), ref="m-2")
    )
    taken_back = loan.reverse("m-2", on=march(4), booked=march(10))

    assert [state.settled_on for state in measure(loan, on=march(8)).instalments] == [march(1), march(2)]
    assert [s.settled_on for s in measure(loan, on=march(8), convention=BOOKED).instalments] == [march(3), march(7)]
    assert [measure(taken_back, on=march(day), convention=BOOKED).days_past_due for day in (9, 10)] == [0, 5]
    assert measure(taken_back, on=march(9)).days_past_due == 4


def test_a_part_allocated_and_a_part_not_settle_an_instalment_together():
    """
    The ledger put 50 on the first instalment; 70 without an allocation are what it still needs, not one unit more.
    """
    put = [Allocated(kes("50"), instalment=1)]
    loan = a_loan(march(1), march(5)).pay(kes("50"), on=march(1), ref="m-1", allocation=put)
    short = measure(loan.pay(kes("69.99"), on=march(2), ref="m-2"), on=march(3))
    enough = measure(loan.pay(kes("90"), on=march(2), ref="m-2"), on=march(8))

    assert (short.days_past_due, short.total) == (2, kes("0.01"))
    assert [(state.paid, state.settled_on) for state in enough.instalments] == [
        (kes("120"), march(2)),
        (kes("20"), None),
    ]
    assert (enough.days_past_due, enough.surplus) == (3, kes("0"))


def test_two_allocations_beyond_one_instalment_flow_on():
    """
    Twice 80 on an instalment of 120: it takes 120, and 40 cover the oldest due.
    """
    loan = a_loan(march(1), march(5))
    for number in (1, 2):
        put = [Allocated(kes("80"), instalment=2)]
        loan = loan.pay(kes("80"), on=march(number), ref=f"m-{number}", allocation=put)
    found = measure(loan, on=march(8))

    assert [state.paid for state in found.instalments] == [kes("40"), kes("120")]


@pytest.mark.parametrize(("due", "paid"), [(8, "120"), (9, "115")])
def test_a_fee_of_the_day_waits_for_an_instalment_of_the_day(due, paid):
    """
    A fee and an instalment due today: the instalment is paid first; an instalment of tomorrow waits for the fee.
    """
    loan = a_loan(march(due)).charge(Component.FEES, kes("5"), on=march(8), ref="f-1")
    found = measure(loan.pay(kes("120"), on=march(2), ref="m-1"), on=march(8))

    assert (found.instalments[0].paid, found.outstanding) == (kes(paid), kes("5"))
