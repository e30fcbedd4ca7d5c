"""
Backdated, reversed and waived: what all entries come to, in whatever order they were entered.
"""

import datetime as dt
import pickle

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from overdue_visit.errors import InvalidValue
from overdue_visit.money import CurrencyMismatch, Money
from overdue_visit.rate import Rate
from overdue_visit.repayment.allocation import allocate
from overdue_visit.repayment.allocation_orders import (
    CIVIL_CODE_561,
    INTEREST_FIRST,
    OLDEST_FIRST,
    ORDERS,
    PRINCIPAL_FIRST,
)
from overdue_visit.repayment.amounts import Amounts
from overdue_visit.repayment.debt import Part
from overdue_visit.repayment.due import Due
from overdue_visit.repayment.entries import Payment, Reversal, Waiver
from overdue_visit.repayment.late_interest import late_interest
from overdue_visit.repayment.late_terms import LateTerms
from overdue_visit.repayment.replay import replay

START = dt.date(2026, 1, 1)
END = dt.date(2026, 12, 31)


def cny(text):
    """
    Write an amount of yuan.
    """
    return Money(text, "CNY")


def day(number):
    """
    Return the day so many days into the year.
    """
    return START + dt.timedelta(days=number)


def due(number, on, interest="10", principal="90"):
    """
    Write an instalment.
    """
    charged = Amounts.of({"interest": cny(interest), "principal": cny(principal)})
    return Due(number=number, on=on, charged=charged)


DUES = tuple(due(number, day(30 * number)) for number in range(1, 6))


def pay(ref, number, amount, **more):
    """
    Write a payment so many days into the year.
    """
    return Payment(ref=ref, on=day(number), amount=cny(amount), **more)


@st.composite
def books(draw):
    """
    Draw payments, waivers and some reversals of them.
    """
    entries = []
    for number in range(draw(st.integers(0, 8))):
        common = {"ref": f"e{number}", "on": day(draw(st.integers(0, 200))), "sequence": draw(st.integers(0, 2))}
        if draw(st.integers(0, 3)):
            amount = Money.from_minor(draw(st.integers(1, 30_000)), "CNY")
            order = draw(st.none() | st.sampled_from(list(ORDERS.values())))
            entries.append(Payment(amount=amount, order=order, **common))
        else:
            amount = Money.from_minor(draw(st.integers(1, 3_000)), "CNY")
            entries.append(Waiver(parts=[Part("interest", amount)], **common))
    reversals = [Reversal(entry.ref) for entry in entries if draw(st.booleans()) and draw(st.booleans())]
    return [*entries, *reversals]


orders = st.sampled_from(list(ORDERS.values()))


@given(entries=books(), order=orders, data=st.data())
def test_any_order_of_entry_gives_the_same_state(entries, order, data):
    """
    Entered in any order, the same payments, waivers and reversals come to one state; replaying again changes nothing.
    """
    shuffled = data.draw(st.permutations(entries))

    state = replay(DUES, entries, order=order, through=END)

    assert replay(DUES, shuffled, order=order, through=END) == state
    assert replay(DUES, entries, order=order, through=END) == state


@given(entries=books(), order=orders, amount=st.integers(1, 30_000), number=st.integers(0, 200))
def test_a_reversed_payment_leaves_no_trace(entries, order, amount, number):
    """
    A payment and its reversal restore the state without both, exactly.
    """
    payment = Payment(ref="x", on=day(number), amount=Money.from_minor(amount, "CNY"))

    state = replay(DUES, [*entries, payment, Reversal("x")], order=order, through=END)

    assert state == replay(DUES, entries, order=order, through=END)


@given(entries=books(), order=orders, through=st.integers(0, 250))
def test_every_unit_is_on_a_due_date_or_credit_or_given_back(entries, order, through):
    """
    What was paid is on the dues, kept as credit, or refunded; nothing else, on any day.
    """
    state = replay(DUES, entries, order=order, through=day(through))

    reversed_refs = {entry.ref for entry in entries if isinstance(entry, Reversal)}
    paid = [e for e in entries if isinstance(e, Payment) and e.ref not in reversed_refs and e.on <= day(through)]
    on_dues = Money.total((each.paid.total for each in state.dues), "CNY")
    assert Money.total((each.amount for each in paid), "CNY") == on_dues + state.credit + state.refunded
    assert all(each.charged == each.paid + each.waived + each.open for each in state.dues)
    assert state.open == Money.total((each.open.total for each in state.dues), "CNY")


@given(entries=books(), order=orders, through=st.integers(0, 250))
def test_what_comes_later_does_not_count_yet(entries, order, through):
    """
    The state of a day is the same with and without the entries after it.
    """
    later = {e.ref for e in entries if not isinstance(e, Reversal) and e.on > day(through)}
    known = [entry for entry in entries if entry.ref not in later]

    state = replay(DUES, entries, order=order, through=day(through))

    assert state == replay(DUES, known, order=order, through=day(through))


@given(parts=st.lists(st.tuples(st.integers(0, 200), st.integers(1, 20_000)), max_size=6), data=st.data(), order=orders)
def test_payments_of_a_day_may_change_places(parts, data, order):
    """
    Same-day payments under one order leave the same dues whatever their sequence.
    """
    sequences = data.draw(st.permutations(range(len(parts))))
    one, other = (
        [
            Payment(ref=f"p{n}", on=day(number), amount=Money.from_minor(minor, "CNY"), sequence=place)
            for (n, (number, minor)), place in zip(enumerate(parts), places, strict=True)
        ]
        for places in (range(len(parts)), sequences)
    )

    assert replay(DUES, one, order=order, through=END).dues == replay(DUES, other, order=order, through=END).dues


def test_a_backdated_payment_counts_on_its_own_day():
    """
    Entered last but dated first, a payment meets the first instalment and moves the later one on.
    """
    later, backdated = pay("b", 40, "100"), pay("a", 10, "100")

    before = replay(DUES, [later], order=OLDEST_FIRST, through=day(70))
    after = replay(DUES, [later, backdated], order=OLDEST_FIRST, through=day(70))

    assert [each.paid.total for each in before.dues[:2]] == [cny("100"), cny("0")]
    assert [(b.kind, b.ref, b.on) for b in after.bookings] == [
        ("payment", "a", day(10)),
        ("credit", None, day(30)),
        ("payment", "b", day(40)),
        ("credit", None, day(60)),
    ]
    assert [each.paid.total for each in after.dues[:2]] == [cny("100"), cny("100")]
    assert (after.oldest_open, after.past_due) == (day(90), cny("0"))


def test_credit_waits_for_the_next_due_date():
    """
    150.00 paid early meets 100.00 on the first due date and 50.00 on the second.
    """
    states = [replay(DUES, [pay("a", 5, "150")], order=CIVIL_CODE_561, through=day(n)) for n in (29, 30, 60)]

    assert [state.credit for state in states] == [cny("150"), cny("50"), cny("0")]
    assert states[-1].dues[1].open == Amounts.of({"principal": cny("50")})


def test_credit_meets_a_due_date_before_the_payments_of_that_day():
    """
    30.00 of credit is used first, then the payment that came on the due date.
    """
    entries = [pay("early", 5, "30"), pay("on the day", 30, "70")]

    state = replay(DUES[:1], entries, order=OLDEST_FIRST, through=day(30))

    assert [booking.ref for booking in state.bookings] == ["early", None, "on the day"]
    assert [part.component.value for part in state.bookings[2].parts] == ["principal", "interest"]


@pytest.mark.parametrize(
    ("sequences", "components"),
    [((0, 1), [["principal"], ["interest", "principal"]]), ((1, 0), [["interest", "principal"], ["principal"]])],
)
def test_a_payment_may_have_its_own_order_and_its_place_in_the_day(sequences, components):
    """
    A payment with an order of its own meets principal first, the other as the loan says; the lower sequence is first.
    """
    entries = [
        pay("a", 100, "20", sequence=sequences[0], order=PRINCIPAL_FIRST),
        pay("b", 100, "20", sequence=sequences[1]),
    ]

    state = replay(DUES[:1], entries, order=INTEREST_FIRST, through=END)

    assert [[part.component.value for part in booking.parts] for booking in state.bookings] == components


def test_what_is_due_today_is_not_past_due():
    """
    On the due date nothing is past due; on the next day all that is open is.
    """
    states = [replay(DUES, [], order=OLDEST_FIRST, through=day(number)) for number in (30, 31)]

    assert [state.past_due for state in states] == [cny("0"), cny("100")]
    assert states[0].oldest_open == day(30)


def test_too_much_may_be_given_back():
    """
    Under an order that refunds, what is above all dues is not kept.
    """
    order = attrs.evolve(OLDEST_FIRST, excess="refund")

    state = replay(DUES[:1], [pay("a", 100, "120")], order=order, through=END)

    assert (state.credit, state.refunded, state.open) == (cny("0"), cny("20"), cny("0"))


def test_a_waiver_that_a_backdated_payment_overtook_says_what_it_did_not_find():
    """
    Waived 10.00 of interest, then a payment of 104.00 turns out to have come before: 4.00 was no longer open.
    """
    waiver = Waiver(ref="w", on=day(50), parts=[Part("interest", cny("10"))])

    state = replay(DUES[:1], [waiver, pay("a", 40, "94")], order=OLDEST_FIRST, through=END)

    booking = state.bookings[-1]
    assert (booking.kind, booking.parts[0].amount, booking.left) == ("waiver", cny("6"), cny("4"))
    assert state.dues[0].waived == Amounts.of({"interest": cny("6")})


def test_late_interest_sees_when_an_instalment_became_less():
    """
    90.00 of principal, half of it paid after ten days: ten days on 90.00 and twenty on 45.00.
    """
    state = replay(DUES[:1], [pay("a", 40, "45")], order=PRINCIPAL_FIRST, through=END)

    charged = late_interest(state.overdue(1), on=day(60), terms=LateTerms(rate=Rate("0.1%", "day")))

    assert charged.penalty == cny("1.80")


@given(entries=books())
def test_one_payment_replayed_is_that_payment_allocated(entries):
    """
    After the last due date, a single payment meets what allocating it does.
    """
    payment = next((entry for entry in entries if isinstance(entry, Payment)), pay("z", 1, "1"))
    payment = attrs.evolve(payment, on=day(300), order=None)

    state = replay(DUES, [payment], order=OLDEST_FIRST, through=END)

    found = allocate(payment.amount, DUES, on=day(300), order=OLDEST_FIRST)
    assert (state.dues, state.credit, state.bookings[0].parts) == (found.dues, found.credit, found.parts)


@pytest.mark.parametrize(
    ("make", "field"),
    [
        (lambda: pay("", 1, "1"), "ref"),
        (lambda: pay("a", 1, "0"), "amount"),
        (lambda: pay("a", 1, "-1"), "amount"),
        (lambda: pay("a", 1, "1", sequence=True), "sequence"),
        (lambda: pay("a", 1, "1", order="oldest_first"), "order"),
        (lambda: Payment(ref="a", on=dt.datetime(2026, 1, 1), amount=cny("1")), "on"),
        (lambda: Reversal(""), "ref"),
        (lambda: Waiver(ref="w", on=START, parts=[]), "parts"),
        (lambda: Waiver(ref="w", on=START, parts=[Part("fees", cny("0"))]), "parts"),
        (lambda: Waiver(ref="w", on=START, parts=[Part("fees", cny("1"))] * 2), "parts"),
        (lambda: Waiver(ref="w", on=START, parts=[Part("principal", cny("1"))]), "principal"),
        (lambda: replay([], [], order=OLDEST_FIRST, through=END), "dues"),
        (lambda: replay(DUES, [pay("a", 1, "1")] * 2, order=OLDEST_FIRST, through=END), "ref"),
        (lambda: replay(DUES, [Reversal("a")], order=OLDEST_FIRST, through=END), "ref"),
        (lambda: replay(DUES, [pay("a", 1, "1"), *[Reversal("a")] * 2], order=OLDEST_FIRST, through=END), "ref"),
        (lambda: replay(DUES, ["a"], order=OLDEST_FIRST, through=END), "entries"),
        (lambda: replay(DUES, [], order=OLDEST_FIRST, through=dt.datetime(2026, 1, 1)), "through"),
        (
            lambda: replay(
                [attrs.evolve(DUES[0], paid=Amounts.of({"interest": cny("1")}))], [], order=OLDEST_FIRST, through=END
            ),
            "dues",
        ),
        (lambda: replay(DUES, [], order=OLDEST_FIRST, through=END).overdue(9), "number"),
    ],
)
def test_bad_values_are_named(make, field):
    """
    A malformed value is refused by its name.
    """
    with pytest.raises(InvalidValue) as refusal:
        make()

    assert refusal.value.field == field


def test_currencies_never_mix():
    """
    Entries have the currency of the dues.
    """
    for entry in (
        Payment(ref="a", on=START, amount=Money("1", "USD")),
        Waiver(ref="w", on=START, parts=[Part("fees", Money("1", "USD"))]),
    ):
        with pytest.raises(CurrencyMismatch):
            replay(DUES, [entry], order=OLDEST_FIRST, through=END)


def test_a_state_is_a_plain_value():
    """
    States survive pickling and can be compared.
    """
    state = replay(DUES, [pay("a", 40, "45")], order=OLDEST_FIRST, through=END)

    assert pickle.loads(pickle.dumps(state)) == state
    assert hash(state) == hash(pickle.loads(pickle.dumps(state)))
