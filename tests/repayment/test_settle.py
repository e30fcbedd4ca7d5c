"""
Settlement for a lump sum, steps, and what plans cost both sides.
"""

import datetime as dt
import functools

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from overdue_visit.errors import InvalidValue
from overdue_visit.money import Money
from overdue_visit.rate import Rate
from overdue_visit.repayment.conservation import Conservation
from overdue_visit.repayment.debt import Component, Debt, Part
from overdue_visit.repayment.flows import Flow
from overdue_visit.repayment.kinds.settle import FORGIVEN_ORDER, Settle, settle
from overdue_visit.repayment.kinds.spread import Spread, spread
from overdue_visit.repayment.kinds.step_up import StepUp, step_up
from overdue_visit.repayment.kinds.waive import Waive, waive
from overdue_visit.repayment.npv_loss import loss
from tests.repayment.arrears import debts, loan, overdue_after

few = settings(max_examples=30)
DEBT = overdue_after(loan(1_200_000, "12%", 12), due=4, unpaid=2, penalty=350, fees=1000)


def yuan(amount):
    """
    Take an amount in yuan.
    """
    return Money(amount, "CNY")


def test_what_a_lump_sum_leaves_is_forgiven_penalty_first_and_principal_last():
    """
    A settlement 300.00 below the balance forgives 3.50 penalty, the interest, 10.00 fees and only then principal.
    """
    found = settle(DEBT, Settle(amount=DEBT.owed - yuan("300.00")))

    interest = DEBT.interest
    assert found.forgiven == (
        Part("penalty", yuan("3.50")),
        Part("interest", interest),
        Part("fees", yuan("10.00")),
        Part("principal", yuan("286.50") - interest),
    )
    assert found.instalments == (Flow(DEBT.on, DEBT.owed - yuan("300.00")),)
    assert found.cost.months_more == -8


@few
@given(debts(), st.data())
def test_accepted_and_forgiven_are_the_balance(debt, data):
    """
    Whatever the lump sum, it and what is forgiven are what was owed, and a later component is touched last.
    """
    amount = Money.from_minor(data.draw(st.integers(0, debt.owed.minor)), debt.currency)

    found = settle(debt, Settle(amount=amount))

    assert found.cost.total + found.forgiven_total == debt.owed
    assert found.conserved.new_principal + found.conserved.payable == amount
    held = {part.component: part.amount for part in debt.arrears} | {Component.PRINCIPAL: debt.principal}
    for part in found.forgiven[:-1]:
        assert part.amount == held[part.component]
    places = [FORGIVEN_ORDER.index(part.component) for part in found.forgiven]
    assert places == sorted(places)


@few
@given(debts(), st.integers(0, 100))
def test_a_discount_is_a_share_of_the_balance(debt, percent):
    """
    A discount of 0 forgives nothing, one of 1 everything.
    """
    found = settle(debt, Settle(discount=Rate.from_ratio(percent, 100, per="once")))

    assert abs(100 * found.forgiven_total.minor - percent * debt.owed.minor) <= 50


def test_a_settlement_in_three_parts():
    """
    A lump sum may come in a few equal parts.
    """
    dates = [dt.date(2025, 6, 1), dt.date(2025, 7, 1), dt.date(2025, 8, 1)]

    found = settle(DEBT, Settle(amount=yuan("8000.00"), dates=dates))

    assert [flow.amount for flow in found.instalments] == [yuan("2666.67"), yuan("2666.67"), yuan("2666.66")]


def test_interest_that_has_accrued_is_owed_too():
    """
    The balance of a settlement between two due dates contains the interest since the last one.
    """
    debt = Debt(
        on=dt.date(2026, 3, 10),
        principal_not_due=yuan("1000.00"),
        running=[Flow(dt.date(2026, 4, 1), yuan("1010.00"))],
        arrears=(),
        accrued=yuan("3.00"),
        rate=Rate("12%"),
    )

    found = settle(debt, Settle(amount=yuan("1000.00")))

    assert found.forgiven == (Part("interest", yuan("3.00")),)


@pytest.mark.parametrize(
    "plan",
    [
        lambda: settle(DEBT, Settle(amount=DEBT.owed + yuan("0.01"))),
        lambda: settle(DEBT, Settle(amount=yuan("-0.01"))),
        lambda: settle(DEBT, Settle(amount=Money("1.00", "EUR"))),
        lambda: settle(DEBT, Settle(amount=100)),
        lambda: settle(DEBT, Settle(amount=yuan("1.00"), dates=[DEBT.on, DEBT.on])),
        Settle,
        lambda: Settle(amount=yuan("1.00"), discount=Rate("10%", per="once")),
        lambda: Settle(discount=Rate("110%", per="once")),
        lambda: Settle(discount=Rate("10%")),
        lambda: Settle(amount=yuan("1.00"), order=FORGIVEN_ORDER[1:]),
        lambda: step_up(DEBT, StepUp(ratio=Rate("0", per="once"))),
        lambda: step_up(DEBT, StepUp(ratio=Rate("110%", per="once"), every=0)),
        lambda: StepUp(ratio=Rate("110%", per="once"), interest="lost"),
    ],
)
def test_malformed_settlements_and_steps_are_refused(plan):
    """
    A lump sum above the balance, a discount above one, and orders that leave a component out are refused.
    """
    with pytest.raises(InvalidValue):
        plan()


@few
@given(debts(least_running=6), st.integers(101, 130))
def test_instalments_step_up_by_the_ratio(debt, percent):
    """
    Each block's instalments are the ratio times those of the block before, to the rounding; all principal is repaid.
    """
    quiet = Debt(
        on=debt.on,
        principal_not_due=debt.principal,
        arrears=(),
        running=[Flow(flow.on, debt.principal) for flow in debt.running],
        rate=Rate("3%"),
    )

    found = step_up(quiet, StepUp(ratio=Rate.from_ratio(percent, 100, per="once"), every=3))

    first, second = (found.instalments[place].amount.minor for place in (0, 3))
    assert abs(100 * second - percent * first) <= 200 or len(found.instalments) <= 6
    assert found.schedule.left.minor == 0
    assert found.conserved.new_principal == debt.principal


def test_three_free_months_are_a_default_and_two_are_not():
    """
    All flows 90 days later at 5 % lose 1.22 %, 59 days 0.80 %: the 1 % forbearance test lies between.
    """
    debt = Debt(
        on=dt.date(2026, 1, 1),
        principal_not_due=yuan("0.00"),
        arrears=[Part("principal", yuan("10000.00"))],
        rate=Rate("5%"),
    )

    three, two = (spread(debt, Spread(dates=[dt.date(2026, month, 1)])).cost for month in (4, 3))

    assert three.is_diminished
    assert not two.is_diminished
    assert [int(each.npv_loss.fraction * 10_000) for each in (three, two)] == [122, 80]


def test_a_tenth_of_the_value_makes_a_new_debt():
    """
    Forgiving 10 % of what is owed today is a substantial modification, a fen less is not.
    """
    debt = Debt(
        on=dt.date(2026, 1, 1),
        principal_not_due=yuan("0.00"),
        arrears=[Part("principal", yuan("1000.00"))],
        rate=Rate("5%"),
    )

    at, below = (settle(debt, Settle(amount=yuan(amount))).cost for amount in ("900.00", "900.01"))

    assert (at.is_substantial, below.is_substantial) == (True, False)
    assert at.modification == at.npv_loss == Rate("10%", per="once")


@few
@given(debts())
def test_a_waiver_costs_the_lender_what_it_forgives(debt):
    """
    What is forgiven of arrears that are paid today is exactly the loss.
    """
    assume(len(debt.arrears) > 1)
    part = debt.arrears[0]

    found = waive(debt, Waive(forgiven=[part]))

    lost = loss(debt.agreed, found.instalments, effective=debt.effective, on=debt.on)
    assert abs(lost.amount.minor - part.amount.minor) <= 1
    assert found.cost.npv_loss == lost.share
    assert found.cost.extra_interest.minor == 0


def test_amounts_that_do_not_add_up_cannot_be_conserved():
    """
    A principal or arrears that appear or vanish are refused when the proof is made.
    """
    right = {
        "old_principal": yuan("100.00"),
        "other_arrears": yuan("20.00"),
        "capitalised_interest": yuan("5.00"),
        "capitalised_charges": yuan("1.00"),
        "payable": yuan("10.00"),
        "waived": yuan("4.00"),
        "waived_principal": yuan("6.00"),
        "new_principal": yuan("100.00"),
    }

    Conservation(**right)

    for field, amount in right.items():
        with pytest.raises(InvalidValue):
            Conservation(**right | {field: amount + yuan("0.01")})


def test_a_plan_is_the_same_whichever_way_it_is_asked_for():
    """
    A waiver of nothing else but a part, then spread, has the instalments of the smaller debt spread.
    """
    dates = tuple(flow.on for flow in DEBT.running)
    part = [Part("fees", yuan("10.00"))]
    plan = functools.partial(spread, request=Spread(dates=dates))

    assert waive(DEBT, Waive(forgiven=part, then=plan)).instalments == plan(DEBT.less(part)).instalments


def test_the_order_may_be_given_in_words():
    """
    Components named by their words forgive as much as the components themselves, principal still to come included.
    """
    words = ("penalty", "interest", "fees", "costs", "principal")

    found = settle(DEBT, Settle(amount=yuan("100.00"), order=words))
    assert found == settle(DEBT, Settle(amount=yuan("100.00")))
    assert found.total + found.forgiven_total == DEBT.owed
