"""
Which part of a payment meets which part of what is owed.
"""

import copy
import datetime as dt
import pickle

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from overdue_visit.errors import InvalidValue
from overdue_visit.money import CurrencyMismatch, Money
from overdue_visit.repayment.allocation import allocate, allocate_each, waive
from overdue_visit.repayment.allocation_order import Bucket, Order, Orders, When
from overdue_visit.repayment.allocation_orders import (
    BY_PERFORMANCE,
    CIVIL_CODE_561,
    INTEREST_FIRST,
    OLDEST_FIRST,
    ORDERS,
    PRINCIPAL_FIRST,
)
from overdue_visit.repayment.amounts import COMPONENTS, Amounts
from overdue_visit.repayment.debt import Component, Part
from overdue_visit.repayment.due import Due, in_due_order, open_in_all
from overdue_visit.repayment.open_dues import evened

TODAY = dt.date(2026, 6, 15)
ALL_BUCKETS = [f"{when}_{component}" for when in When for component in COMPONENTS]


def cny(text):
    """
    Write an amount of yuan.
    """
    return Money(text, "CNY")


def fen(minor):
    """
    Write an amount in fen.
    """
    return Money.from_minor(minor, "CNY")


def due(number, days, **amounts):
    """
    Write what is due so many days from today.
    """
    charged = Amounts.of({component: cny(text) for component, text in amounts.items()})
    return Due(number=number, on=TODAY + dt.timedelta(days=days), charged=charged)


def met(allocation):
    """
    Shorten an allocation to (number, component, amount).
    """
    return [(part.number, part.component.value, format(part.amount.decimal, "f")) for part in allocation.parts]


amounts = st.lists(st.integers(0, 3_000), min_size=5, max_size=5).map(lambda each: Amounts("CNY", tuple(each)))


@st.composite
def dues_lists(draw):
    """
    Draw due amounts around today, some of them partly paid.
    """
    found = []
    for number, days in enumerate(draw(st.lists(st.integers(-4, 4), min_size=1, max_size=6)), start=1):
        charged = draw(amounts)
        paid = tuple(draw(st.integers(0, minor)) for minor in charged.minor)
        on = TODAY + dt.timedelta(days=days)
        found.append(Due(number=number, on=on, charged=charged, paid=Amounts("CNY", paid)))
    return found


orders = st.builds(
    lambda words, direction, future, excess: Order(
        name="any", buckets=words, direction=direction, future=future, excess=excess
    ),
    st.lists(st.sampled_from(ALL_BUCKETS), min_size=1, unique=True),
    st.sampled_from(["horizontal", "vertical"]),
    st.sampled_from(["next", "last", "spread"]),
    st.sampled_from(["credit", "refund"]),
)
payments = st.integers(0, 60_000).map(fen)


@given(dues=dues_lists(), order=orders, amount=payments)
def test_no_money_is_lost_and_no_bucket_gets_more_than_is_due(dues, order, amount):
    """
    Parts, credit and refund add up to the payment; what is paid stays between zero and what is charged.
    """
    found = allocate(amount, dues, on=TODAY, order=order)

    parts = Money.total((part.amount for part in found.parts), "CNY")
    assert parts + found.credit + found.refund == amount
    assert parts == found.allocated == open_in_all(dues, "CNY") - open_in_all(found.dues, "CNY")
    assert all(part.amount.minor > 0 for part in found.parts)
    assert all(each.charged == each.paid + each.waived + each.open for each in found.dues)
    assert not (found.credit if order.excess == "refund" else found.refund)


def bucket_open(dues, bucket):
    """
    Return what is open of one bucket.
    """
    whens = {each.number: When.DUE if each.on == TODAY else When.ADVANCE for each in dues if each.on >= TODAY}
    seen = [each for each in dues if whens.get(each.number, When.PAST_DUE) is bucket.when]
    return sum(each.open[bucket.component].minor for each in seen)


@given(dues=dues_lists(), order=orders, amount=payments)
def test_a_later_bucket_gets_money_only_when_the_earlier_ones_are_met(dues, order, amount):
    """
    Horizontally, every bucket before one that received money is empty.
    """
    across = attrs.evolve(order, direction="horizontal")

    found = allocate(amount, dues, on=TODAY, order=across)

    received = [index for index, bucket in enumerate(across.buckets) if bucket in found.by_bucket]
    for bucket in across.buckets[: max(received, default=0)]:
        assert bucket_open(found.dues, bucket) == 0
    if found.credit or found.refund:
        assert not any(bucket_open(found.dues, bucket) for bucket in across.buckets)


@given(dues=dues_lists(), order=orders, amount=payments)
def test_vertically_an_instalment_is_finished_before_the_next_one(dues, order, amount):
    """
    Among neighbouring buckets of one time, an instalment gets money only when those before it want none.
    """
    down = attrs.evolve(order, direction="vertical", future="next")

    found = allocate(amount, dues, on=TODAY, order=down)

    after = {each.number: each for each in found.dues}
    for index, (when, components) in enumerate(down.runs):
        parts = [part for part in found.parts if part.when is when and part.component in components]
        last = max(((part.due, part.number) for part in parts), default=None)
        for part in parts:
            if (part.due, part.number) != last:
                assert not any(after[part.number].open[component] for component in components)
        later = {Bucket(time, each) for time, words in down.runs[index + 1 :] for each in words}
        if later & found.by_bucket.keys():
            assert not any(bucket_open(found.dues, Bucket(when, component)) for component in components)


def test_horizontal_takes_a_component_over_all_instalments_and_vertical_an_instalment_over_all_components():
    """
    The same 30.00 goes to both instalments' interest, or to all of the older instalment.
    """
    dues = [due(1, -60, interest="10", principal="90"), due(2, -30, interest="10", principal="90")]
    words = ["past_due_interest", "past_due_principal"]
    across, down = (Order(name="any", buckets=words, direction=each) for each in ("horizontal", "vertical"))

    assert met(allocate(cny("30"), dues, on=TODAY, order=across)) == [
        (1, "interest", "10.00"),
        (2, "interest", "10.00"),
        (1, "principal", "10.00"),
    ]
    assert met(allocate(cny("30"), dues, on=TODAY, order=down)) == [(1, "interest", "10.00"), (1, "principal", "20.00")]


@given(dues=dues_lists(), order=orders, amount=payments)
def test_with_one_instalment_both_directions_agree(dues, order, amount):
    """
    Horizontal and vertical differ only between instalments.
    """
    across, down = (
        allocate(amount, dues[:1], on=TODAY, order=attrs.evolve(order, direction=each))
        for each in ("horizontal", "vertical")
    )

    assert across == down


@given(dues=dues_lists(), order=orders, parts=st.lists(st.integers(0, 9_000), min_size=1, max_size=6))
def test_a_payment_in_parts_ends_where_the_whole_payment_does(dues, order, parts):
    """
    Several payments of a day leave every bucket as one payment of their sum does.
    """
    apart = allocate_each([fen(part) for part in parts], dues, on=TODAY, order=order)
    at_once = allocate(fen(sum(parts)), dues, on=TODAY, order=order)

    assert apart[-1].dues == at_once.dues
    assert Money.total((each.credit + each.refund for each in apart), "CNY") == at_once.credit + at_once.refund


@given(dues=dues_lists(), order=orders, parts=st.lists(st.integers(0, 9_000), min_size=2, max_size=6), data=st.data())
def test_payments_of_a_day_may_change_places(dues, order, parts, data):
    """
    Same-day payments under one order end alike in whatever order they come.
    """
    shuffled = data.draw(st.permutations(parts))

    ends = [allocate_each([fen(p) for p in each], dues, on=TODAY, order=order)[-1].dues for each in (parts, shuffled)]
    assert ends[0] == ends[1]


@given(dues=dues_lists(), order=orders, amount=payments, more=st.integers(0, 9_000))
def test_a_larger_payment_leaves_no_bucket_higher(dues, order, amount, more):
    """
    Every open amount is at most what a smaller payment leaves.
    """
    small, large = (allocate(each, dues, on=TODAY, order=order) for each in (amount, amount + fen(more)))

    for less, left in zip(large.dues, small.dues, strict=True):
        assert all(low <= high for low, high in zip(less.open.minor, left.open.minor, strict=True))


@given(dues=dues_lists(), order=orders)
def test_paying_nothing_changes_nothing(dues, order):
    """
    A payment of zero is the identity.
    """
    found = allocate(fen(0), dues, on=TODAY, order=order)

    assert (found.parts, found.dues) == ((), in_due_order(dues))


@given(
    dues=dues_lists(),
    words=st.permutations(ALL_BUCKETS),
    more=st.integers(0, 500),
    excess=st.sampled_from(["credit", "refund"]),
)
def test_paying_all_settles_all_and_the_rest_goes_where_the_order_says(dues, words, more, excess):
    """
    A payment of all that is open leaves nothing; what is above it is credit or refund.
    """
    order = Order(name="all", buckets=words, excess=excess)

    found = allocate(open_in_all(dues, "CNY") + fen(more), dues, on=TODAY, order=order)

    assert not open_in_all(found.dues, "CNY")
    assert (found.credit, found.refund) == ((fen(more), fen(0)) if excess == "credit" else (fen(0), fen(more)))


@pytest.mark.parametrize(
    ("future", "expected"),
    [
        ("next", [(1, "100.00"), (2, "50.00")]),
        ("last", [(3, "100.00"), (2, "50.00")]),
        ("spread", [(1, "50.00"), (2, "50.00"), (3, "50.00")]),
    ],
)
def test_an_advance_payment_meets_the_next_the_last_or_all_later_instalments(future, expected):
    """
    150.00 in advance of three instalments of 100.00, by each future rule.
    """
    dues = [due(number, 30 * number, principal="100") for number in (1, 2, 3)]
    order = Order(name="ahead", buckets=["advance_principal"], future=future)

    found = allocate(cny("150"), dues, on=TODAY, order=order)

    assert [(number, amount) for number, _, amount in met(found)] == expected


rooms = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), max_size=5)


@given(rooms=rooms, minor=st.integers(0, 60))
def test_spreading_gives_each_unit_to_whoever_has_least(rooms, minor):
    """
    Evening out is giving unit by unit to the first of those with the least paid that have room.
    """
    paid, room = [p for p, _ in rooms], [r for _, r in rooms]
    given_out = [0] * len(rooms)
    for _ in range(min(minor, sum(room))):
        able = [n for n, most in enumerate(room) if given_out[n] < most]
        given_out[min(able, key=lambda n: paid[n] + given_out[n])] += 1

    assert evened(minor, paid, room) == given_out


def test_spreading_evens_out_what_is_paid_in_advance():
    """
    One later instalment had 60.00 paid already: 100.00 more makes it 80.00 of each, odd fen to the first.
    """
    dues = [due(1, 30, principal="100"), due(2, 60, principal="100")]
    ahead = attrs.evolve(dues[0], paid=Amounts.of({"principal": cny("60")}))
    order = Order(name="ahead", buckets=["advance_principal"], future="spread")

    found = allocate(cny("100.01"), [ahead, dues[1]], on=TODAY, order=order)

    assert [each.paid["principal"] for each in found.dues] == [cny("80.01"), cny("80.00")]


def test_the_civil_code_takes_costs_then_interest_then_principal():
    """
    民法典 art. 561: costs of enforcement, interest, then the principal debt; what is not yet due is not met.
    """
    dues = [
        due(1, -40, costs="5", fees="3", penalty="2", interest="10", principal="50"),
        due(2, -10, interest="10", principal="50"),
        due(3, 20, interest="10", principal="50"),
    ]

    found = allocate(cny("140"), dues, on=TODAY, order=CIVIL_CODE_561)

    assert met(found) == [
        (1, "costs", "5.00"),
        (1, "interest", "10.00"),
        (2, "interest", "10.00"),
        (1, "penalty", "2.00"),
        (1, "principal", "50.00"),
        (2, "principal", "50.00"),
        (1, "fees", "3.00"),
    ]
    assert found.credit == cny("10")


def test_the_village_order_lowers_the_days_past_due_first():
    """
    Oldest first, principal and interest before charges: one full instalment leaves only its charges open.
    """
    dues = [due(1, -40, fees="3", interest="10", principal="50"), due(2, -10, interest="10", principal="50")]

    found = allocate(cny("60"), dues, on=TODAY, order=OLDEST_FIRST)

    assert met(found) == [(1, "principal", "50.00"), (1, "interest", "10.00")]


@pytest.mark.parametrize(
    ("owed", "expected"),
    [
        ({"penalty": "50", "principal": "1000"}, [("penalty", "50.00"), ("principal", "450.00")]),
        ({"interest": "30", "principal": "1000"}, [("interest", "30.00"), ("principal", "470.00")]),
    ],
)
def test_charges_and_interest_come_before_principal(owed, expected):
    """
    500.00 against principal of 1,000.00 with a penalty or interest before it (Apache Fineract, LoanRepayment).
    """
    found = allocate(cny("500"), [due(1, 0, **owed)], on=TODAY, order=INTEREST_FIRST)

    assert [(component, amount) for _, component, amount in met(found)] == expected


def test_a_class_has_its_own_order():
    """
    Performing loans follow the law; once non-performing, principal comes first. Days past due may decide too.
    """
    by_days = Orders(normal=INTEREST_FIRST, from_days=((31, OLDEST_FIRST), (91, PRINCIPAL_FIRST)))

    assert BY_PERFORMANCE.order() is BY_PERFORMANCE.order(loan_class="normal") is CIVIL_CODE_561
    assert BY_PERFORMANCE.order(loan_class="non_performing") is PRINCIPAL_FIRST
    assert [by_days.order(days_past_due=days) for days in (0, 30, 31, 90, 91, 500)] == [
        INTEREST_FIRST,
        INTEREST_FIRST,
        OLDEST_FIRST,
        OLDEST_FIRST,
        PRINCIPAL_FIRST,
        PRINCIPAL_FIRST,
    ]


@pytest.mark.parametrize("name", ORDERS)
def test_named_orders_never_meet_principal_in_advance_by_surprise(name):
    """
    A named order has its name; only the one that says so meets what is due later.
    """
    order = ORDERS[name]

    assert order.name == name
    assert any(bucket.when is When.ADVANCE for bucket in order.buckets) is (order is INTEREST_FIRST)


@given(dues=dues_lists(), data=st.data())
def test_waived_paid_and_open_make_what_was_charged(dues, data):
    """
    A waiver within what is open takes exactly its amount, of the oldest first.
    """
    opened = {each: sum(one.open[each].minor for one in dues) for each in COMPONENTS}
    parts = [Part(each, fen(data.draw(st.integers(0, most)))) for each, most in opened.items()]

    left = waive(dues, parts, on=TODAY, principal=True)

    for part in parts:
        assert sum(each.waived[part.component].minor for each in left) == part.amount.minor
        waived = [bool(each.waived[part.component]) for each in left]
        finished = [not each.open[part.component] for each in left]
        assert all(finished[place] for place in range(len(left)) if any(waived[place + 1 :]))
    assert all(each.waived + each.paid + each.open == each.charged for each in left)


@given(dues=dues_lists(), component=st.sampled_from(COMPONENTS))
def test_a_waiver_above_what_is_open_is_refused(dues, component):
    """
    One unit more than is open is refused, and the refusal names what would be accepted.
    """
    opened = sum(each.open[component].minor for each in dues)

    with pytest.raises(InvalidValue) as refusal:
        waive(dues, [Part(component, fen(opened + 1))], on=TODAY, principal=True)

    assert refusal.value.field == component.value
    assert str(fen(opened)) in refusal.value.accepted


def test_principal_is_waived_only_where_it_is_meant():
    """
    A waiver of principal without saying so is refused.
    """
    dues = [due(1, -5, principal="100")]

    with pytest.raises(InvalidValue, match="principal"):
        waive(dues, [Part("principal", cny("1"))], on=TODAY)
    assert waive(dues, [Part("principal", cny("0"))], on=TODAY) == tuple(dues)


def test_words_name_buckets():
    """
    Every time and component has a word, and its bucket reads as that word.
    """
    assert [str(Bucket.named(word)) for word in ALL_BUCKETS] == ALL_BUCKETS


@pytest.mark.parametrize(
    ("make", "field"),
    [
        (lambda: Order(name="x", buckets=[]), "buckets"),
        (lambda: Order(name="x", buckets="due_interest"), "buckets"),
        (lambda: Order(name="x", buckets=["due_interest", "due_interest"]), "buckets"),
        (lambda: Order(name="x", buckets=["due_rent"]), "bucket"),
        (lambda: Order(name="x", buckets=[1]), "bucket"),
        (lambda: Order(name="", buckets=["due_interest"]), "name"),
        (lambda: Order(name="x", buckets=["due_interest"], direction="down"), "direction"),
        (lambda: Order(name="x", buckets=["due_interest"], future="any"), "future"),
        (lambda: Order(name="x", buckets=["due_interest"], excess="keep"), "excess"),
        (lambda: Orders(normal=OLDEST_FIRST, by_class=(("normal", OLDEST_FIRST),)), "by_class"),
        (lambda: Orders(normal=OLDEST_FIRST, from_days=((9, OLDEST_FIRST), (9, OLDEST_FIRST))), "from_days"),
        (lambda: BY_PERFORMANCE.order(loan_class="doubtful"), "loan_class"),
        (lambda: BY_PERFORMANCE.order(days_past_due=-1), "days_past_due"),
        (lambda: Amounts.of({}), "amounts"),
        (lambda: Amounts.of({"rent": cny("1")}), "component"),
        (lambda: Amounts.of({"interest": cny("-1")}), "interest"),
        (lambda: Amounts("CNY", (1, 2)), "minor"),
        (lambda: Amounts("CNY", (0, 0, 0, 0.5, 0)), "interest"),
        (lambda: Amounts("cny"), "currency"),
        (lambda: Amounts.of({"interest": cny("1")})["rent"], "component"),
        (lambda: Amounts("CNY") + 1, "amounts"),
        (lambda: due(0, 1, interest="1"), "number"),
        (lambda: attrs.evolve(due(1, 1, interest="1"), paid=Amounts.of({"fees": cny("1")})), "fees"),
        (lambda: allocate(cny("-1"), [due(1, 0, fees="1")], on=TODAY, order=OLDEST_FIRST), "amount"),
        (lambda: allocate(1.0, [due(1, 0, fees="1")], on=TODAY, order=OLDEST_FIRST), "amount"),
        (lambda: allocate(cny("1"), [], on=TODAY, order=OLDEST_FIRST), "dues"),
        (lambda: allocate(cny("1"), [due(1, 0, fees="1")] * 2, on=TODAY, order=OLDEST_FIRST), "dues"),
        (lambda: allocate(cny("1"), [due(1, 0, fees="1")], on=dt.datetime(2026, 1, 1), order=OLDEST_FIRST), "on"),
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
    A payment, a waiver and all dues have one currency.
    """
    usd = Money("1", "USD")
    dollars = Due(number=2, on=TODAY, charged=Amounts.of({"interest": usd}))
    for make in (
        lambda: allocate(usd, [due(1, 0, fees="1")], on=TODAY, order=OLDEST_FIRST),
        lambda: allocate(usd, [due(1, 0, fees="1"), dollars], on=TODAY, order=OLDEST_FIRST),
        lambda: waive([due(1, 0, fees="1")], [Part("fees", usd)], on=TODAY),
        lambda: Amounts.of({"fees": cny("1"), "interest": usd}),
        lambda: attrs.evolve(dollars, paid=Amounts("CNY")),
    ):
        with pytest.raises(CurrencyMismatch):
            make()


def test_values_survive_pickling_and_copying():
    """
    Orders, dues and allocations are plain values.
    """
    found = allocate(cny("5"), [due(1, 0, interest="10")], on=TODAY, order=OLDEST_FIRST)

    for value in (OLDEST_FIRST, BY_PERFORMANCE, found):
        assert pickle.loads(pickle.dumps(value)) == copy.deepcopy(value) == value
        assert hash(copy.deepcopy(value)) == hash(value)
    assert found.dues[0].open.parts == (Part(Component.INTEREST, cny("5")),)
    assert not Amounts("CNY")


def test_an_order_is_no_name():
    """
    A name in place of an order says where the named orders are.
    """
    due = Due(number=1, on=TODAY, charged=Amounts.of({"interest": cny("5.00")}))

    with pytest.raises(InvalidValue, match="order: 'civil_code_561'"):
        allocate(cny("1.00"), [due], on=TODAY, order="civil_code_561")
