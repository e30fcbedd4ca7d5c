"""
Plans that leave the running instalments as agreed: pay now, spread, waive.
"""

import copy
import datetime as dt
import functools
import pickle

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from overdue_visit.errors import InvalidValue
from overdue_visit.money import Money
from overdue_visit.rate import Rate
from overdue_visit.repayment.debt import Component, Debt, Part
from overdue_visit.repayment.flows import Flow
from overdue_visit.repayment.kinds.pay_now import PayNow, pay_now
from overdue_visit.repayment.kinds.spread import Spread, spread
from overdue_visit.repayment.kinds.waive import Waive, waive
from overdue_visit.repayment.relief import CannotFit
from tests.repayment.arrears import debts, loan, outcome, overdue_after

few = settings(max_examples=30)
DEBT = overdue_after(loan(1_200_000, "12%", 12), due=4, unpaid=2, penalty=350)
"""12,000.00 at 12 % over a year; two instalments of 1,066.19 missed, 3.50 penalty, on 15 May 2025."""


def yuan(amount):
    """
    Take an amount in yuan.
    """
    return Money(amount, "CNY")


def amounts(flows):
    """
    Take the minor units of flows.
    """
    return [flow.amount.minor for flow in flows]


def test_paying_all_arrears_today_costs_nothing():
    """
    To pay what is due today and the rest as agreed is no change: no interest more, no month more, no loss.
    """
    found = pay_now(DEBT)

    assert found.instalments == DEBT.agreed
    assert (found.cost.extra_interest, found.cost.months_more) == (yuan("0.00"), 0)
    assert found.cost.npv_loss == Rate("0", per="once") == found.cost.modification
    assert not found.cost.is_diminished
    assert not found.cost.is_substantial


def test_arrears_paid_on_a_due_date_are_one_payment_with_the_instalment():
    """
    Two payments on one day are one.
    """
    found = pay_now(DEBT, PayNow(on=dt.date(2025, 6, 15)))

    assert found.instalments[0] == Flow(dt.date(2025, 6, 15), DEBT.in_arrears + DEBT.running[0].amount)
    assert found.arrears_parts == (Flow(dt.date(2025, 6, 15), DEBT.in_arrears),)


def test_arrears_over_four_due_dates_are_four_equal_parts():
    """
    2,135.88 over four dates is 533.97 each beside the instalment of 1,066.19.
    """
    dates = [flow.on for flow in DEBT.running[:4]]

    found = spread(DEBT, Spread(dates=dates))

    assert DEBT.in_arrears == yuan("2135.88")
    assert amounts(found.arrears_parts) == [53397] * 4
    assert amounts(found.instalments) == [106619 + 53397] * 4 + amounts(DEBT.running[4:])
    assert found.cost.months_more == 0
    assert found.largest == yuan("1600.16")


@few
@given(
    debts(),
    st.integers(1, 24),
    st.sampled_from([7, 14, 30]),
    st.sampled_from([1, 100]),
    st.sampled_from(["first", "last"]),
)
def test_parts_add_up_to_the_arrears_and_each_date_to_instalment_and_part(debt, count, days, unit, residue):
    """
    Spreading loses nothing, and every date's total is its running instalment and its part.
    """
    dates = [debt.on + dt.timedelta(days=days * n) for n in range(1, count + 1)]

    found = spread(debt, Spread(dates=dates, unit=unit, residue=residue))

    assert Money.total((part.amount for part in found.arrears_parts), debt.currency) == debt.in_arrears
    running = {flow.on: flow.amount.minor for flow in debt.running}
    parts = {flow.on: flow.amount.minor for flow in found.arrears_parts}
    assert {f.on: f.amount.minor for f in found.instalments} == {
        on: running.get(on, 0) + parts.get(on, 0) for on in running.keys() | parts.keys()
    }
    assert found.conserved.new_principal == debt.principal
    assert found.cost.extra_interest.minor == 0


@few
@given(debts(), st.lists(st.integers(0, 10**8), min_size=1, max_size=30), st.sampled_from([1, 100]))
def test_a_filled_date_takes_exactly_what_the_household_can_pay(debt, rooms, unit):
    """
    Every date but the last used is filled to the unit, none above; with one date less the arrears would not be paid.
    """
    dates = [debt.on + dt.timedelta(days=3 * n) for n in range(1, len(rooms) + 1)]
    running = {flow.on: flow.amount.minor for flow in debt.running}
    bounds = {
        on: Money.from_minor(room + running.get(on, 0), debt.currency) for on, room in zip(dates, rooms, strict=True)
    }
    usable = [room // unit * unit for room in rooms]

    short = debt.in_arrears.minor - sum(usable)
    found = outcome(lambda: spread(debt, Spread(dates=dates, at_most=bounds, unit=unit)))

    if short > rooms[-1] - usable[-1]:
        assert found.amount.minor == short - (rooms[-1] - usable[-1])
        return
    assert all(flow.amount <= bounds[flow.on] for flow in found.instalments if flow.on in bounds)
    paid = {flow.on: flow.amount.minor for flow in found.arrears_parts}
    used = dates.index(max(paid)) + 1
    assert [paid.get(on, 0) for on in dates[: used - 1]] == usable[: used - 1]
    assert sum(usable[: used - 1]) < debt.in_arrears.minor


@few
@given(debts(), st.lists(st.integers(0, 10**5), min_size=1, max_size=8))
def test_granting_exactly_the_shortfall_makes_the_plan_fit(debt, rooms):
    """
    Where the dates leave too little room, the amount named is enough, and one unit less is not.
    """
    after = debt.last_due
    dates = [after + dt.timedelta(days=7 * n) for n in range(1, len(rooms) + 1)]
    bounds = {on: Money.from_minor(room, debt.currency) for on, room in zip(dates, rooms, strict=True)}
    missing = outcome(lambda: spread(debt, Spread(dates=dates, at_most=bounds)))
    assume(isinstance(missing, CannotFit))
    granted = bounds[missing.on] + missing.amount
    less = Money.from_minor(granted.minor - 1, debt.currency)

    assert spread(debt, Spread(dates=dates, at_most=bounds | {missing.on: granted})).conserved
    with pytest.raises(CannotFit):
        spread(debt, Spread(dates=dates, at_most=bounds | {missing.on: less}))


def test_a_plan_that_does_not_fit_says_how_many_more_dates_would_do():
    """
    600 a date leave 935.88 of 2,135.88 after two dates: two more of 600 do.
    """
    dates = [dt.date(2030, 1, 1), dt.date(2030, 2, 1)]

    with pytest.raises(CannotFit) as refusal:
        spread(DEBT, Spread(dates=dates, at_most=dict.fromkeys(dates, yuan("600.00"))))

    assert (refusal.value.on, refusal.value.amount, refusal.value.dates) == (dates[1], yuan("935.88"), 2)
    assert refusal.value.rate is None
    assert "CNY 935.88 more on 2030-02-01, or 2 more dates" in str(refusal.value)


def test_harvest_months_take_more():
    """
    A household that can pay 1,100 in most months and 3,000 after harvest pays the most in October.
    """

    def capacity(on):
        return yuan("3000.00") if on.month == 10 else yuan("1100.00")

    found = spread(DEBT, Spread(dates=[flow.on for flow in DEBT.running], at_most=capacity))

    assert amounts(found.instalments)[:5] == [110000, 110000, 110000, 110000, 300000]
    assert amounts(found.arrears_parts) == [3381] * 4 + [193381, 3381, 3302]


def test_a_running_instalment_that_the_household_cannot_pay_is_named():
    """
    If the running instalment alone is too much, spreading arrears cannot help, and the date is named.
    """
    with pytest.raises(CannotFit) as refusal:
        spread(DEBT, Spread(dates=[dt.date(2025, 6, 15)], at_most=lambda _: yuan("1000.00")))

    assert (refusal.value.on, refusal.value.amount) == (dt.date(2025, 6, 15), yuan("66.19"))


def test_a_waiver_of_penalties_leaves_the_rest_to_be_spread():
    """
    The penalty of 3.50 is forgiven, 2,132.38 is paid; the forgiven part is no interest saved.
    """
    dates = tuple(flow.on for flow in DEBT.running[:4])
    request = Waive(
        forgiven=[Part("penalty", yuan("3.50"))], then=functools.partial(spread, request=Spread(dates=dates))
    )

    found = waive(DEBT, request)

    assert found.kind == "waive"
    assert sum(amounts(found.arrears_parts)) == 213238
    assert found.forgiven == (Part("penalty", yuan("3.50")),)
    assert found.conserved.waived == yuan("3.50")
    assert found.cost.extra_interest == yuan("0.00")
    assert found.cost.npv_loss.fraction > 0


@few
@given(debts(), st.data())
def test_waived_and_paid_are_what_was_charged(debt, data):
    """
    Whatever is waived of each component, principal stays whole unless it is named, and nothing is lost.
    """
    forgiven = [
        Part(part.component, Money.from_minor(data.draw(st.integers(0, part.amount.minor)), debt.currency))
        for part in debt.arrears
    ]
    if not any(part.amount for part in forgiven) or all(p in debt.arrears for p in forgiven):
        return

    found = waive(debt, Waive(forgiven=forgiven))

    principal = sum(part.amount.minor for part in forgiven if part.component is Component.PRINCIPAL)
    assert sum(amounts(found.arrears_parts)) + found.forgiven_total.minor == debt.in_arrears.minor
    assert debt.principal.minor - principal == found.conserved.new_principal.minor


@pytest.mark.parametrize(
    "plan",
    [
        lambda: pay_now(DEBT, PayNow(on=DEBT.on - dt.timedelta(days=1))),
        lambda: spread(DEBT, Spread(dates=())),
        lambda: spread(DEBT, Spread(dates=[DEBT.on, DEBT.on])),
        lambda: spread(DEBT, Spread(dates=[DEBT.on], unit=0)),
        lambda: spread(DEBT, Spread(dates=[DEBT.on], at_most=lambda _: Money("1.00", "EUR"))),
        lambda: spread(DEBT, Spread(dates=[DEBT.on], at_most=lambda _: 1.5)),
        lambda: waive(DEBT, Waive(forgiven=())),
        lambda: waive(DEBT, Waive(forgiven=[Part("penalty", yuan("3.51"))])),
        lambda: waive(DEBT, Waive(forgiven=[Part("penalty", Money("1.00", "EUR"))])),
    ],
)
def test_malformed_requests_are_refused(plan):
    """
    Dates before the debt, doubled or missing, bounds in another currency, and waivers above what is due are refused.
    """
    with pytest.raises(InvalidValue):
        plan()


def test_a_plan_survives_pickling_and_copying():
    """
    Plans and refusals are plain values.
    """
    found = spread(DEBT, Spread(dates=[dt.date(2025, 6, 15)]))
    missing = CannotFit("spread", dt.date(2025, 6, 15), yuan("1.00"))

    assert pickle.loads(pickle.dumps(found)) == found == copy.deepcopy(found)
    assert str(pickle.loads(pickle.dumps(missing))) == str(missing)


def test_a_loan_whose_instalments_are_all_overdue_can_be_spread():
    """
    Nothing needs to be still to come.
    """
    debt = Debt(
        on=dt.date(2026, 1, 1),
        principal_not_due=yuan("0.00"),
        arrears=[Part("principal", yuan("100.00"))],
        rate=Rate("5%"),
    )

    found = spread(debt, Spread(dates=[dt.date(2026, 2, 1), dt.date(2026, 3, 1)]))

    assert found.instalments == found.arrears_parts
    assert found.cost.months_more == 2


@pytest.mark.parametrize("changes", [{"rounding": "half_up"}, {"residue": "middle"}, {"unit": True}])
def test_an_unknown_way_to_cut_parts_is_refused(changes):
    """
    A word that stands for no way of rounding is named, and not taken for another one.
    """
    with pytest.raises(InvalidValue) as refusal:
        Spread(dates=[DEBT.running[0].on], **changes)

    assert refusal.value.field in changes
