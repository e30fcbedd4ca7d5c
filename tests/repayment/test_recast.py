"""
Plans that make the running schedule anew: capitalise, extend, re-age, holiday, freeze.
"""

import datetime as dt
import itertools
import math
import pickle
from fractions import Fraction

import attrs
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from overdue_visit.business_calendar import corresponding_day
from overdue_visit.errors import InvalidValue
from overdue_visit.money import Money, Rounding
from overdue_visit.rate import Rate
from overdue_visit.repayment.debt import Component, Debt, Part
from overdue_visit.repayment.frozen_days import FrozenDays
from overdue_visit.repayment.kinds.capitalise import Capitalise, capitalise
from overdue_visit.repayment.kinds.extend import Extend, UnderLimit, extend
from overdue_visit.repayment.kinds.filled import filled
from overdue_visit.repayment.kinds.freeze import Freeze, freeze
from overdue_visit.repayment.kinds.holiday import Holiday, holiday
from overdue_visit.repayment.kinds.re_age import ReAge, re_age
from overdue_visit.repayment.kinds.recast import AS_USUAL, Cut, Treatment
from overdue_visit.repayment.kinds.rhythm import continued
from overdue_visit.repayment.level import level
from overdue_visit.repayment.limits import GENERAL_LENDING, ExtensionBeyondLimit, ExtensionTooLate
from overdue_visit.repayment.relief import CannotFit
from overdue_visit.repayment.terms import Terms
from tests.repayment.arrears import debts, loan, outcome, overdue_after

few = settings(max_examples=25)
DEBT = overdue_after(loan(1_200_000, "12%", 12), due=4, unpaid=2, penalty=350)
"""12,000.00 at 12 % over a year; two instalments of 1,066.19 missed, 3.50 penalty, on 15 May 2025."""
ALL_DATES = tuple(flow.on for flow in DEBT.running)
treatments = st.sampled_from(Treatment)


def yuan(amount):
    """
    Take an amount in yuan.
    """
    return Money(amount, "CNY")


def minors(flows):
    """
    Take the minor units of flows.
    """
    return [flow.amount.minor for flow in flows]


def dates_of(debt):
    """
    Return the due dates still to come.
    """
    return tuple(flow.on for flow in debt.running)


def with_opening(debt, opening, cut=AS_USUAL):
    """
    Return the terms of a schedule cut anew on the day of the figures.
    """
    return Terms(
        principal=opening,
        rate=debt.rate,
        drawn=debt.on,
        dues=dates_of(debt),
        unit=cut.unit,
        residue=cut.residue,
    )


def test_capitalised_arrears_are_repaid_with_the_principal():
    """
    8,158.37 to come and 2,135.88 in arrears are a new principal of 10,294.25 over the same eight dates.
    """
    found = capitalise(DEBT)

    assert found.schedule.opening == DEBT.principal_not_due + DEBT.in_arrears
    assert found.schedule.rows == level(with_opening(DEBT, found.schedule.opening)).rows
    assert found.conserved.capitalised_interest == DEBT.interest
    assert found.conserved.capitalised_charges == yuan("3.50")
    assert found.cost.months_more == 0
    assert found.cost.extra_interest.minor > 0
    assert found.arrears_parts == ()


@few
@given(debts(), treatments, treatments, st.sampled_from(["first", "last"]), st.sampled_from([1, 100]))
def test_what_was_owed_is_capitalised_collected_or_waived(debt, interest, charges, residue, unit):
    """
    Old principal and what is capitalised are the new principal; the rest is collected as what it is, or forgiven.
    """
    cut = Cut(residue=residue, unit=unit)

    found = capitalise(debt, Capitalise(interest=interest, charges=charges, cut=cut))

    conserved = found.conserved
    capitalised = conserved.capitalised_interest + conserved.capitalised_charges
    assert debt.principal + capitalised == conserved.new_principal == found.schedule.opening
    assert capitalised + conserved.payable + conserved.waived == debt.owed - debt.principal
    assert found.schedule.rows[-1].balance.minor == 0
    bare = level(with_opening(debt, found.schedule.opening, cut))
    assert found.cost.total == bare.total_paid + conserved.payable
    assert sum(row.minor.principal for row in found.schedule.rows) == found.schedule.opening.minor
    for row in found.schedule.rows:
        cells = row.minor
        assert cells.payment == cells.interest + cells.principal + cells.fee + cells.penalty


@few
@given(debts())
def test_no_change_is_no_cost(debt):
    """
    A debt without arrears whose dates and rate stay has the same rows, no loss and no change in value.
    """
    current = attrs.evolve(debt, arrears=())
    fresh = level(with_opening(current, current.principal_not_due))
    current = attrs.evolve(current, running=fresh.flows())

    found = re_age(current, ReAge(dates=dates_of(current)))

    assert found.schedule.rows == fresh.rows
    assert found.instalments == current.running
    assert found.cost.npv_loss == Rate("0", per="once") == found.cost.modification
    assert (found.cost.extra_interest.minor, found.cost.months_more) == (0, 0)


@few
@given(debts(), st.integers(1, 24))
def test_an_extension_lowers_the_instalment_and_costs_interest(debt, more):
    """
    More dates never make an instalment larger than the arrears capitalised over the old ones, nor interest smaller.
    """
    assume(debt.principal.minor > 10_000)

    found = extend(debt, Extend(more=more, interest="first", charges="first"))
    same = re_age(debt, ReAge(dates=dates_of(debt), charges="first"))

    assert found.cost.months_more == more
    assert len(found.schedule.rows) <= len(debt.running) + more
    assert found.schedule.rows[1].payment <= same.schedule.rows[0].payment
    assert found.conserved.new_principal == debt.principal


def test_an_extension_ends_on_the_last_day_the_limit_allows_and_no_later():
    """
    A loan of a year may be extended by a year: to 15 January 2027, not to 15 February.
    """
    under = UnderLimit(limit=GENERAL_LENDING, drawn=dt.date(2025, 1, 15), maturity=dt.date(2026, 1, 15))

    assert extend(DEBT, Extend(more=12, under=under)).last_due == dt.date(2027, 1, 15)
    with pytest.raises(ExtensionBeyondLimit) as refusal:
        extend(DEBT, Extend(more=13, under=under))
    assert refusal.value.latest == dt.date(2027, 1, 15)


def test_a_loan_that_has_matured_is_not_extended():
    """
    After maturity nothing runs any more and the extension comes too late; a further extension is asked for in time.
    """
    under = UnderLimit(limit=GENERAL_LENDING, drawn=dt.date(2024, 1, 15), maturity=dt.date(2025, 1, 15))
    matured = Debt(
        on=dt.date(2025, 5, 15),
        principal_not_due=yuan("0.00"),
        arrears=[Part("principal", yuan("100.00"))],
        rate=Rate("12%"),
    )

    with pytest.raises(ExtensionTooLate):
        extend(matured, Extend(dates=[dt.date(2025, 6, 15)], under=under))
    with pytest.raises(ExtensionBeyondLimit):
        extend(DEBT, Extend(more=1, under=under))


@few
@given(debts(), st.integers(1, 36), st.sampled_from(["charged", "payable", "full"]))
def test_a_re_aged_loan_bears_the_interest_that_was_chosen(debt, count, interest):
    """
    Payable: only interest up to the day. Full: that of the old instalments too, no more. Charged: the contract's.
    """
    dates = [corresponding_day(debt.on, n) for n in range(1, count + 1)]

    found = re_age(debt, ReAge(dates=dates, interest=interest))

    to_come = sum(minors(debt.running)) - debt.principal_not_due.minor
    borne = found.schedule.total_interest.minor
    if interest == "payable":
        assert borne == debt.interest.minor
    if interest == "full":
        assert borne == debt.due("interest").minor + to_come
        assert found.cost.extra_interest.minor == 0
    assert found.cost.total == debt.principal + Money.from_minor(borne, debt.currency) + debt.due(
        Component.PENALTY
    ) + debt.due(Component.FEES)
    assert sum(row.minor.principal for row in found.schedule.rows) == debt.principal.minor


def test_payable_interest_is_divided_like_principal():
    """
    Apache Fineract, LoanReAgingEqualAmortization C4198: 83.57 and interest of 0.71 over six months, no more interest.
    """
    debt = Debt(
        on=dt.date(2024, 3, 15),
        principal_not_due=Money("0.00", "EUR"),
        arrears=[Part("principal", Money("83.57", "EUR")), Part("interest", Money("0.71", "EUR"))],
        rate=Rate("7%"),
    )
    dates = [dt.date(2024, month, 1) for month in range(4, 10)]

    found = re_age(debt, ReAge(dates=dates, interest="payable", cut=Cut(instalment_rounding=Rounding.HALF_EVEN)))

    assert minors(found.instalments) == [1405] * 5 + [1403]


@few
@given(debts(), st.integers(1, 6), st.sampled_from(["capitalised", "deferred", "waived"]))
def test_a_holiday_moves_later_dates_on_and_treats_its_interest_as_chosen(debt, periods, interest):
    """
    The first dates pay nothing and the loan ends later; the holiday's interest is capitalised, deferred or waived.
    """
    found = holiday(debt, Holiday(periods=periods, interest=interest, arrears_interest="waive", charges="waive"))

    rows = found.schedule.rows
    old = dates_of(debt)
    assert [row.minor.payment for row in rows[:periods]] == [0] * periods
    assert [row.due for row in rows[: len(old)]] == list(old)[: len(rows)]
    assert found.cost.months_more == periods or len(rows) < len(old) + periods
    borne, balance = [], debt.principal.minor
    for start, row in itertools.pairwise([debt.on, *[row.due for row in rows[:periods]]]):
        each = interest_on(balance, start, row, debt)
        borne.append(each)
        balance += each if interest == "capitalised" else 0
    total = found.schedule.total_capitalised.minor
    assert total == (sum(borne) if interest == "capitalised" else 0)
    after = level(
        attrs.evolve(
            with_opening(debt, Money.from_minor(balance, debt.currency)),
            drawn=rows[periods - 1].due,
            dues=(old + continued(old, periods))[periods:],
        )
    )
    collected = sum(borne) if interest == "deferred" else 0
    assert found.cost.total.minor == after.total_paid.minor + collected


def interest_on(balance, start, end, debt):
    """
    Fractions are the oracle: one exact product, rounded half up.
    """
    exact = balance * debt.rate.fraction * debt.day_count.fraction(start, end)
    return math.floor(exact + Fraction(1, 2))


@few
@given(debts(), st.integers(1, 40))
def test_a_freeze_over_all_dates_is_a_rate_of_zero_and_none_lasts_longer_than_it_says(debt, months):
    """
    Frozen days bear no interest: a freeze to the last date leaves none, a shorter one some.
    """
    found = freeze(debt, Freeze(months=months))
    bare = capitalise(debt, Capitalise(interest="spread", charges="spread"))

    charged = found.schedule.total_interest.minor - debt.interest.minor
    if corresponding_day(debt.on, months) >= debt.last_due:
        assert charged == 0
    assert charged <= bare.schedule.total_interest.minor - debt.interest.minor + len(debt.running)
    assert found.conserved.new_principal == debt.principal


def test_frozen_days_that_overlap_count_once():
    """
    Two freezes over the same month are one.
    """
    june = FrozenDays(dt.date(2025, 5, 16), dt.date(2025, 6, 15))
    half = FrozenDays(dt.date(2025, 6, 1), dt.date(2025, 6, 10))

    assert freeze(DEBT, Freeze(frozen=[june, half])).schedule == freeze(DEBT, Freeze(months=1)).schedule


def test_a_freeze_may_lower_the_last_instalment_only():
    """
    The other instalments stay what they would be without the freeze.
    """
    bare = re_age(DEBT, ReAge(dates=ALL_DATES))

    found = freeze(DEBT, Freeze(months=3, saving="last"))

    assert minors(found.instalments)[:-1] == minors(bare.instalments)[: len(found.instalments) - 1]
    assert found.cost.total < bare.cost.total


def test_a_filled_schedule_pays_most_after_harvest():
    """
    300 a month and 6,000 in October: interest first, then what is beside the principal, then principal.
    """

    def capacity(on):
        return yuan("6000.00") if on.month == 10 else yuan("300.00")

    dates = [corresponding_day(DEBT.on, n) for n in range(1, 37)]

    found = re_age(DEBT, ReAge(dates=dates, at_most=capacity))

    assert all(flow.amount <= capacity(flow.on) for flow in found.instalments)
    assert all(flow.amount == capacity(flow.on) for flow in found.instalments[:-1])
    assert found.schedule.total_penalty == yuan("3.50")
    assert found.schedule.rows[-1].balance == yuan("0.00")
    assert sum(row.minor.principal - row.minor.capitalised for row in found.schedule.rows) == DEBT.principal.minor


@few
@given(debts(most_rows=24), st.lists(st.integers(0, 300_000), min_size=1, max_size=24), st.sampled_from([1, 100]))
def test_granting_exactly_the_shortfall_makes_a_filled_schedule_fit(debt, rooms, unit):
    """
    The amount, or the rate, that a refusal names is enough; one unit less is not.
    """
    dates = [corresponding_day(debt.on, n) for n in range(1, len(rooms) + 1)]
    bounds = {on: Money.from_minor(room, debt.currency) for on, room in zip(dates, rooms, strict=True)}
    request = Capitalise(dates=dates, at_most=bounds, cut=Cut(unit=unit))
    missing = outcome(lambda: capitalise(debt, request))
    assume(isinstance(missing, CannotFit))
    granted = bounds[missing.on] + missing.amount
    less = Money.from_minor(granted.minor - 1, debt.currency)

    assert missing.kind == "capitalise"
    assert capitalise(debt, attrs.evolve(request, at_most=bounds | {missing.on: granted})).conserved
    with pytest.raises(CannotFit):
        capitalise(debt, attrs.evolve(request, at_most=bounds | {missing.on: less}))
    if missing.rate is not None:
        assert capitalise(debt, attrs.evolve(request, rate=missing.rate)).conserved


@few
@given(debts(most_rows=24), st.lists(st.integers(1, 300_000), min_size=1, max_size=24))
def test_as_many_more_dates_as_a_refusal_names_make_it_fit(debt, rooms):
    """
    The mean of what the dates can pay, on so many more dates of the same rhythm, repays the rest.
    """
    dates = [corresponding_day(debt.on, n) for n in range(1, len(rooms) + 1)]
    bounds = {on: Money.from_minor(room, debt.currency) for on, room in zip(dates, rooms, strict=True)}
    request = Capitalise(dates=dates, at_most=bounds)
    missing = outcome(lambda: capitalise(debt, request))
    assume(isinstance(missing, CannotFit) and missing.dates is not None)
    more = [corresponding_day(debt.on, len(rooms) + n) for n in range(1, missing.dates + 1)]
    longer = bounds | dict.fromkeys(more, Money.from_minor(sum(rooms) // len(rooms), debt.currency))

    assert capitalise(debt, attrs.evolve(request, dates=[*dates, *more], at_most=longer)).last_due == more[-1]


@few
@given(debts(most_rows=24), st.integers(10, 40), st.sampled_from([1, 100]))
def test_a_filled_schedule_never_asks_for_more_than_the_household_can_pay(debt, part, unit):
    """
    Every date, the last one too, stays within what can be paid on it; all but the last are filled to the unit.
    """
    room = Money.from_minor(debt.owed.minor // part + 1, debt.currency)
    dates = [corresponding_day(debt.on, n) for n in range(1, 241)]
    request = ReAge(dates=dates, at_most=lambda _: room, cut=Cut(unit=unit))
    found = outcome(lambda: re_age(debt, request))
    assume(not isinstance(found, CannotFit))

    filled_to = room.minor // unit * unit
    assert minors(found.instalments)[:-1] == [filled_to] * (len(found.instalments) - 1)
    assert found.instalments[-1].amount <= room
    assert found.schedule.left.minor == 0


@few
@given(debts(), st.integers(1, 5000))
def test_more_capacity_never_makes_a_filled_schedule_longer_or_dearer(debt, more):
    """
    A household that can pay more on each date is done no later and pays no more.
    """
    dates = [corresponding_day(debt.on, n) for n in range(1, 121)]
    base = debt.owed.minor // 20 + 1
    tight, wide = (
        capitalise(debt, Capitalise(dates=dates, at_most=lambda _, room=room: Money.from_minor(room, debt.currency)))
        for room in (base + debt.owed.minor // 30, base + debt.owed.minor // 30 + more)
    )

    assert wide.last_due <= tight.last_due
    assert wide.cost.total.minor <= tight.cost.total.minor + len(tight.instalments)


@pytest.mark.parametrize(
    "plan",
    [
        lambda: capitalise(attrs.evolve(DEBT, running=(), principal_not_due=yuan("0.00"))),
        lambda: capitalise(DEBT, Capitalise(dates=[DEBT.on])),
        lambda: capitalise(DEBT, Capitalise(dates=[ALL_DATES[1], ALL_DATES[0]])),
        lambda: Capitalise(interest="forget"),
        Extend,
        lambda: Extend(more=1, dates=ALL_DATES),
        lambda: extend(DEBT, Extend(more=0)),
        lambda: extend(DEBT, Extend(dates=ALL_DATES)),
        lambda: re_age(DEBT, ReAge(dates=())),
        lambda: Holiday(periods=0),
        lambda: Holiday(periods=True),
        lambda: holiday(DEBT, Holiday(periods=8, dates=ALL_DATES)),
        Freeze,
        lambda: Freeze(months=0),
        lambda: Freeze(months=1, saving="none"),
        lambda: FrozenDays(dt.date(2025, 6, 2), dt.date(2025, 6, 1)),
    ],
)
def test_malformed_requests_are_refused(plan):
    """
    Holidays of nothing, extensions that extend nothing, falling dates and unknown words are refused.
    """
    with pytest.raises(InvalidValue):
        plan()


def test_new_schedules_survive_pickling():
    """
    Requests and plans are plain values.
    """
    request = Extend(more=3)

    assert pickle.loads(pickle.dumps(request)) == request
    assert pickle.loads(pickle.dumps(extend(DEBT, request))) == extend(DEBT, request)


def test_filled_without_a_bound_pays_all_on_the_first_date():
    """
    A date that a mapping does not name is not bounded.
    """
    terms = loan(100_000, "12%", 3)

    assert len(filled(terms, at_most={}).rows) == 1


@pytest.mark.parametrize(
    "plan",
    [
        capitalise,
        lambda debt: extend(debt, Extend(more=2)),
        lambda debt: holiday(debt, Holiday(periods=1)),
        lambda debt: freeze(debt, Freeze(months=1)),
    ],
)
def test_an_instalment_due_today_moves_to_the_new_schedule(plan):
    """
    Made on a due date, the new schedule repays all principal from the next date on.
    """
    today = attrs.evolve(DEBT, on=DEBT.running[0].on)

    made = plan(today)
    assert made.schedule.rows[0].due == DEBT.running[1].on
    assert made.schedule.rows[-1].balance.minor == 0
    assert made.conserved.old_principal == today.principal
