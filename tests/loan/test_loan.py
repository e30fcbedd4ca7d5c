import datetime as dt
import pickle

import attrs
import pendulum
import pytest

from overdue_visit.errors import InvalidValue
from overdue_visit.loan import (
    Allocated,
    Charge,
    Component,
    ComponentAmount,
    DuesOutOfOrder,
    DuplicateInstalment,
    DuplicateRef,
    Instalment,
    Loan,
    LoanStatus,
    Payment,
    Reversal,
    ScheduleVersion,
    StatedArrears,
    UnknownRef,
)
from overdue_visit.money import Money

DUE = dt.date(2026, 3, 1)
LATER = dt.date(2026, 4, 1)


def kes(amount):
    """
    Return an amount in shillings.
    """
    return Money(amount, "KES")


@pytest.fixture
def loan():
    """
    A loan of two instalments, paid out on 1 February.
    """
    schedule = [Instalment(DUE, kes("120")), Instalment(LATER, kes("120"))]
    return Loan("ke-001", borrower="b-17", schedule=schedule, disbursed=dt.date(2026, 2, 1))


def test_the_shortest_loan():
    """
    An id, a borrower and one instalment make a loan; the instalment is number 1, the currency is its own.
    """
    loan = Loan("ke-001", borrower="b-17", schedule=[Instalment(DUE, kes("120"))])

    assert loan.currency == "KES"
    assert loan.instalments(DUE) == (Instalment(DUE, kes("120"), number=1),)
    assert loan.versions == (ScheduleVersion(1, DUE, [Instalment(DUE, kes("120"), number=1)], "original"),)
    assert loan.status_at(DUE) is LoanStatus.ACTIVE


def test_entries_are_kept_by_date(loan):
    """
    Payments given in any order are the same loan.
    """
    first, second = Payment(kes("1"), DUE, ref="b"), Payment(kes("2"), LATER, ref="a")

    assert attrs.evolve(loan, payments=[second, first]) == attrs.evolve(loan, payments=[first, second])
    assert attrs.evolve(loan, payments=[second, first]).payments == (first, second)


def test_paying_gives_a_new_loan(loan):
    """
    A payment is added to a new value; without a booking date it was booked on its value date.
    """
    paid = loan.pay(kes("20"), on=DUE, ref="m-1")

    assert loan.payments == ()
    assert paid.payments == (Payment(kes("20"), DUE, booked=DUE, ref="m-1"),)
    assert loan.pay(kes("20"), on=DUE, ref="m-1", booked=LATER).payments[0].booked == LATER
    assert loan.pay(kes("9"), on=DUE, ref="m", allocation=[Allocated(kes("9"), instalment=2)]).payments[0].allocation


def test_a_payment_and_a_charge_can_be_reversed(loan):
    """
    A reversal names a payment or a charge by its reference.
    """
    entered = loan.pay(kes("20"), on=DUE, ref="m-1").charge(Component.FEES, kes("5"), on=LATER, ref="f-1")
    taken_back = entered.reverse("m-1", on=DUE).reverse("f-1", on=LATER, booked=dt.date(2026, 4, 9))

    assert taken_back.reversals == (Reversal("m-1", DUE), Reversal("f-1", LATER, booked=dt.date(2026, 4, 9)))
    assert taken_back.charges == (Charge(Component.FEES, kes("5"), LATER, ref="f-1"),)


def test_a_later_version_is_in_force_from_its_day(loan):
    """
    Each version is the whole schedule; the last one that counts by a day is in force, the original before all.
    """
    moved = loan.reschedule([Instalment(LATER, kes("250"))], since=dt.date(2026, 3, 10), reason="extended")
    again = moved.reschedule([Instalment(LATER, kes("260"))], since=dt.date(2026, 3, 10), reason="a typing error")

    assert [i.amount for i in moved.instalments(dt.date(2026, 3, 9))] == [kes("120"), kes("120")]
    assert [i.amount for i in moved.instalments(dt.date(2026, 3, 10))] == [kes("250")]
    assert again.version(dt.date(2026, 3, 10)).number == 3
    assert loan.version(dt.date(2020, 1, 1)).number == 1


def test_the_ledger_as_it_was_known(loan):
    """
    What was booked later is left out, whatever its value date: payment, reversal, charge, schedule, status, statement.
    """
    day = dt.date(2026, 3, 10)
    full = attrs.evolve(
        loan.pay(kes("1"), on=DUE, booked=day, ref="known")
        .pay(kes("2"), on=DUE, booked=dt.date(2026, 3, 11), ref="later")
        .reverse("known", on=DUE, booked=dt.date(2026, 3, 12))
        .charge(Component.FEES, kes("5"), on=LATER, booked=day, ref="f-1")
        .charge(Component.FEES, kes("6"), on=DUE, booked=dt.date(2026, 3, 13), ref="f-2")
        .reschedule([Instalment(LATER, kes("250"))], since=day, reason="a", booked=day)
        .reschedule([Instalment(LATER, kes("260"))], since=day, reason="b", booked=dt.date(2026, 3, 14)),
        status=LoanStatus.SOLD,
        status_on=dt.date(2026, 3, 11),
        stated=StatedArrears(9, dt.date(2026, 3, 11)),
    )
    known = full.known_at(day)

    assert [payment.ref for payment in known.payments] == ["known"]
    assert [charge.ref for charge in known.charges] == ["f-1"]
    assert [version.reason for version in known.versions] == ["original", "a"]
    assert (known.reversals, known.status, known.status_on, known.stated) == ((), LoanStatus.ACTIVE, None, None)
    assert full.known_at(dt.date(2026, 3, 14)) == full


def test_the_status_counts_from_its_day(loan):
    """
    A loan sold on a day was active until then; a status without a day always held.
    """
    sold = attrs.evolve(loan, status=LoanStatus.SOLD, status_on=DUE)

    assert sold.status_at(dt.date(2026, 2, 28)) is LoanStatus.ACTIVE
    assert sold.status_at(DUE) is LoanStatus.SOLD
    assert attrs.evolve(loan, status=LoanStatus.SOLD).status_at(dt.date(2020, 1, 1)) is LoanStatus.SOLD


def test_the_parts_of_an_instalment_may_be_given_in_any_form():
    """
    A mapping, pairs or component amounts are the same parts, kept from costs to principal.
    """
    interest, principal = (
        ComponentAmount(Component.INTEREST, kes("20")),
        ComponentAmount(Component.PRINCIPAL, kes("100")),
    )
    ways = (
        {Component.PRINCIPAL: kes("100"), Component.INTEREST: kes("20")},
        [(Component.PRINCIPAL, kes("100")), (Component.INTEREST, kes("20"))],
        (principal, interest),
    )

    for parts in ways:
        assert Instalment(DUE, kes("120"), components=parts).components == (interest, principal)


ABSURD = Money.from_minor(10**15 + 1, "KES")


@pytest.mark.parametrize(
    ("make", "field"),
    [
        (lambda: Instalment(DUE, kes("0")), "amount"),
        (lambda: Instalment(DUE, kes("-1")), "amount"),
        (lambda: Instalment(DUE, ABSURD), "amount"),
        (lambda: Instalment(DUE, 120), "amount"),
        (lambda: Instalment(dt.datetime(2026, 3, 1), kes("1")), "due"),
        (lambda: Instalment("2026-03-01", kes("1")), "due"),
        (lambda: Instalment(dt.date(226, 3, 1), kes("1")), "due"),
        (lambda: Instalment(dt.date(2201, 1, 1), kes("1")), "due"),
        (lambda: Instalment(DUE, kes("1"), number=0), "number"),
        (lambda: Instalment(DUE, kes("1"), number=True), "number"),
        (lambda: Instalment(DUE, kes("1"), number="1"), "number"),
        (lambda: Instalment(DUE, kes("2"), components={Component.FEES: kes("1")}), "components"),
        (lambda: Instalment(DUE, kes("1"), components={"fees": kes("1")}), "components"),
        (lambda: Instalment(DUE, kes("1"), components={Component.FEES: kes("0")}), "components"),
        (lambda: Instalment(DUE, kes("2"), components=[(Component.FEES, kes("1"))] * 2), "components"),
        (lambda: Instalment(DUE, kes("1"), components={Component.FEES: Money("1", "UGX")}), "currency"),
        (lambda: ScheduleVersion(1, DUE, []), "instalments"),
        (lambda: ScheduleVersion(1, DUE, [kes("1")]), "instalments"),
        (lambda: ScheduleVersion(0, DUE, [Instalment(DUE, kes("1"))]), "number"),
        (lambda: ScheduleVersion(1, None, [Instalment(DUE, kes("1"))], "", DUE), "since"),
        (lambda: ScheduleVersion(1, DUE, [Instalment(DUE, kes("1"))], "", "2026"), "booked"),
        (lambda: ScheduleVersion(1, DUE, [Instalment(DUE, kes("1"), number=1), Instalment(DUE, kes("1"))]), "number"),
        (lambda: ScheduleVersion(1, DUE, [Instalment(DUE, kes("1")), Instalment(DUE, Money("1", "UGX"))]), "amount"),
        (lambda: Payment(kes("0"), DUE, ref="m"), "amount"),
        (lambda: Payment(kes("-5"), DUE, ref="m"), "amount"),
        (lambda: Payment(ABSURD, DUE, ref="m"), "amount"),
        (lambda: Payment(kes("1"), None, booked=DUE, ref="m"), "on"),
        (lambda: Payment(kes("1"), DUE, booked=dt.datetime(2026, 3, 1), ref="m"), "booked"),
        (lambda: Payment(kes("1"), DUE, ref=""), "ref"),
        (lambda: Payment(kes("1"), DUE, ref="m\n"), "ref"),
        (lambda: Payment(kes("1"), DUE, ref="x" * 201), "ref"),
        (lambda: Payment(kes("1"), DUE, ref=7), "ref"),
        (lambda: Payment(kes("1"), DUE, ref="m", allocation=[Allocated(kes("2"), instalment=1)]), "allocation"),
        (lambda: Allocated(kes("1")), "allocation"),
        (lambda: Allocated(kes("1"), instalment=1, charge="f"), "allocation"),
        (lambda: Allocated(kes("0"), instalment=1), "allocation"),
        (lambda: Allocated(kes("1"), instalment=1, component="luck"), "component"),
        (lambda: Reversal("", DUE), "ref"),
        (lambda: Reversal("m", "2026"), "on"),
        (lambda: Reversal("m", DUE, booked=None), "booked"),
        (lambda: Charge("luck", kes("1"), DUE, ref="f"), "component"),
        (lambda: Charge(Component.FEES, kes("0"), DUE, ref="f"), "amount"),
        (lambda: Charge(Component.FEES, kes("1"), DUE, booked=0, ref="f"), "booked"),
        (lambda: Charge(Component.FEES, kes("1"), 0, booked=DUE, ref="f"), "on"),
        (lambda: Charge(Component.FEES, kes("1"), DUE, ref=""), "ref"),
        (lambda: StatedArrears(-1, DUE), "days_past_due"),
        (lambda: StatedArrears(1.0, DUE), "days_past_due"),
        (lambda: StatedArrears(1, None), "on"),
        (lambda: StatedArrears(1, DUE, kes("-1")), "amount"),
    ],
)
def test_what_no_ledger_line_can_say_is_refused(make, field):
    """
    Amounts, days, numbers and ids that cannot be are refused by field, with what would be accepted.
    """
    with pytest.raises(InvalidValue) as refusal:
        make()

    assert refusal.value.field == field
    assert refusal.value.accepted


def test_the_largest_amount_and_the_outermost_days_are_accepted():
    """
    The limits themselves are within; nothing stated and nothing owed can be said, too.
    """
    assert Instalment(dt.date(1900, 1, 1), Money.from_minor(10**15, "KES"))
    assert Instalment(dt.date(2200, 12, 31), Money.from_minor(1, "KES"))
    assert Instalment(pendulum.date(2026, 3, 1), kes("1")).due == DUE
    assert Payment(kes("1"), DUE, ref="x" * 200)
    assert StatedArrears(0, DUE, kes("0")).days_past_due == 0


@pytest.mark.parametrize(
    ("first", "second", "error", "field"),
    [
        ((DUE, 1), (LATER, 1), DuplicateInstalment, "number"),
        ((DUE, 2), (LATER, 1), InvalidValue, "number"),
        ((LATER, 1), (DUE, 2), DuesOutOfOrder, "due"),
        ((LATER, None), (DUE, None), DuesOutOfOrder, "due"),
    ],
)
def test_a_schedule_out_of_order_is_refused(first, second, error, field):
    """
    Due dates and numbers rise; a number twice, a date before the one before are refused.
    """
    schedule = [Instalment(day, kes("1"), number=number) for day, number in (first, second)]

    with pytest.raises(error) as refusal:
        Loan("ke-001", borrower="b-17", schedule=schedule)

    assert (type(refusal.value), refusal.value.field) == (error, field)


def test_a_number_twice_but_not_side_by_side_is_a_duplicate():
    """
    Numbers 1, 2, 1 are a duplicate, not an order.
    """
    schedule = [Instalment(DUE, kes("1"), number=number) for number in (1, 2, 1)]

    with pytest.raises(DuplicateInstalment):
        ScheduleVersion(1, DUE, schedule)


def test_two_instalments_may_fall_due_on_one_day():
    """
    Two amounts due on one day are two instalments.
    """
    schedule = [Instalment(DUE, kes("1")), Instalment(DUE, kes("2"))]

    assert [i.number for i in ScheduleVersion(1, DUE, schedule).instalments] == [1, 2]


def one(**changes):
    """
    Return the arguments of a plain loan with some of them changed.
    """
    return {"id": "ke-001", "borrower": "b-17", "schedule": [Instalment(DUE, kes("120"))], **changes}


PAID = Payment(kes("20"), DUE, ref="m-1")
VERSION = ScheduleVersion(2, LATER, [Instalment(LATER, kes("1"))])


@pytest.mark.parametrize(
    ("arguments", "error", "field"),
    [
        (one(id=""), InvalidValue, "id"),
        (one(borrower=None), InvalidValue, "borrower"),
        (one(schedule=[]), InvalidValue, "schedule"),
        (one(versions=[VERSION]), InvalidValue, "schedule"),
        (one(schedule=[], versions=[VERSION, VERSION]), InvalidValue, "versions"),
        (
            one(schedule=[], versions=[VERSION, ScheduleVersion(3, DUE, [Instalment(DUE, kes("1"))])]),
            InvalidValue,
            "since",
        ),
        (
            one(schedule=[], versions=[VERSION, ScheduleVersion(3, LATER, [Instalment(DUE, Money("1", "UGX"))])]),
            InvalidValue,
            "currency",
        ),
        (one(payments=[PAID, PAID]), DuplicateRef, "ref"),
        (one(payments=[PAID], charges=[Charge(Component.FEES, kes("1"), DUE, ref="m-1")]), DuplicateRef, "ref"),
        (one(payments=[PAID], reversals=[Reversal("m-1", DUE), Reversal("m-1", LATER)]), DuplicateRef, "ref"),
        (one(reversals=[Reversal("m-1", DUE)]), UnknownRef, "ref"),
        (one(payments=[PAID], reversals=[Reversal("m-1", dt.date(2026, 2, 28))]), InvalidValue, "on"),
        (
            one(payments=[attrs.evolve(PAID, booked=LATER)], reversals=[Reversal("m-1", DUE)]),
            InvalidValue,
            "on",
        ),
        (one(payments=[Payment(Money("1", "UGX"), DUE, ref="m")]), InvalidValue, "currency"),
        (one(charges=[Charge(Component.FEES, Money("1", "UGX"), DUE, ref="f")]), InvalidValue, "currency"),
        (one(stated=StatedArrears(1, DUE, Money("1", "UGX"))), InvalidValue, "currency"),
        (one(disbursed=LATER), InvalidValue, "due"),
        (one(disbursed=dt.datetime(2026, 2, 1)), InvalidValue, "disbursed"),
        (one(disbursed=DUE, payments=[Payment(kes("1"), dt.date(2026, 2, 28), ref="m")]), InvalidValue, "on"),
        (
            one(disbursed=DUE, charges=[Charge(Component.FEES, kes("1"), dt.date(2026, 2, 28), ref="f")]),
            InvalidValue,
            "on",
        ),
        (one(status="active"), InvalidValue, "status"),
        (one(status_on="2026-03-01"), InvalidValue, "status_on"),
        (one(attributes={"branch": "north"}), InvalidValue, "attributes"),
        (one(attributes={":branch": "north"}), InvalidValue, "attributes"),
        (one(attributes={"bank:": "north"}), InvalidValue, "attributes"),
        (one(attributes={"bank:branch": 1.5}), InvalidValue, "bank:branch"),
        (one(attributes={"bank:branch": None}), InvalidValue, "bank:branch"),
    ],
)
def test_a_loan_that_contradicts_itself_is_refused(arguments, error, field):
    """
    Lines read twice, reversals of nothing, mixed currencies, money before the loan: each is refused by field.
    """
    with pytest.raises(error) as refusal:
        Loan(arguments.pop("id"), **arguments)

    assert (type(refusal.value), refusal.value.field) == (error, field)
    assert refusal.value.accepted


def test_a_reversal_on_the_day_of_the_payment_is_fine(loan):
    """
    A cheque that bounces is reversed with the value date of its payment.
    """
    assert loan.pay(kes("20"), on=DUE, ref="m-1").reverse("m-1", on=DUE).reversals


def test_the_day_of_disbursement_itself_is_fine():
    """
    On the very day of disbursement something may be due and paid: a down payment.
    """
    loan = Loan("ke-001", borrower="b-17", schedule=[Instalment(DUE, kes("9"))], payments=[PAID], disbursed=DUE)

    assert loan.version(DUE).since == DUE


def test_attributes_are_the_hosts_own(loan):
    """
    Texts, whole numbers and truth values are kept under keys with a prefix; the caller's dict is not shared.
    """
    mine = {"bank:branch": "north", "bank:officer": 7, "bank:group": True}
    kept = attrs.evolve(loan, attributes=mine)
    mine["bank:branch"] = "south"

    assert kept.attributes == {"bank:branch": "north", "bank:officer": 7, "bank:group": True}


def test_a_loan_pickles_and_hashes(loan):
    """
    A loan goes through pickle unchanged - worker processes get loans - and is a key like its equal.
    """
    full = attrs.evolve(loan.pay(kes("1"), on=DUE, ref="m-1"), attributes={"bank:branch": "north"}, mark="m")

    assert pickle.loads(pickle.dumps(full)) == full
    assert {full: 1}[attrs.evolve(full)] == 1


def test_refusals_pickle():
    """
    A refusal made in a worker process arrives as it was.
    """
    for refusal in (
        DuplicateRef("ref", "m-1", "once"),
        UnknownRef("ref", "m-1", "one"),
        DuesOutOfOrder("due", DUE, "x"),
    ):
        arrived = pickle.loads(pickle.dumps(refusal))

        assert type(arrived) is type(refusal)
        assert attrs.asdict(arrived) == attrs.asdict(refusal)
        assert str(arrived) == str(refusal)
