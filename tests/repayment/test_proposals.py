"""
Proposals: what fits a household, in which order, and what is missing where nothing does.
"""

from __future__ import annotations

import datetime as dt

import attrs
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from overdue_visit.errors import InvalidValue
from overdue_visit.money import Money
from overdue_visit.rate import Per, Rate
from overdue_visit.repayment import proposal_words
from overdue_visit.repayment.caps import DebtServiceRatio
from overdue_visit.repayment.debt import Debt, Part
from overdue_visit.repayment.flows import Flow
from overdue_visit.repayment.household import Household, Spending
from overdue_visit.repayment.income import Income, YearDay
from overdue_visit.repayment.kinds.extend import UnderLimit
from overdue_visit.repayment.limits import GENERAL_LENDING
from overdue_visit.repayment.periods import every_days, monthly
from overdue_visit.repayment.plan_limits import KINDS, PlanLimits, Rank
from overdue_visit.repayment.proposals import Proposals, Rejection, propose

TALK = dt.date(2026, 3, 10)
FIRST = dt.date(2026, 4, 1)


def kes(amount: str) -> Money:
    """
    Return shillings.
    """
    return Money(amount, "KES")


def owing(arrears: str, *, instalment: str = "450.00", still: int = 12, principal: str = "5000.00") -> Debt:
    """
    Return a loan at 12 % a year, with so much past due and so many instalments to come.
    """
    return Debt(
        on=TALK,
        principal_not_due=kes(principal),
        arrears=[Part("principal", kes(arrears))],
        running=[Flow(day, kes(instalment)) for day in monthly(FIRST, still)],
        rate=Rate("12%"),
    )


def earning(wages: str, necessary: str = "700.00") -> Household:
    """
    Return a household with monthly wages.
    """
    return Household(incomes=[Income.monthly("wages", kes(wages))], essential=[Spending("food", kes(necessary))])


def test_arrears_are_spread_over_as_few_dates_as_the_household_needs():
    """
    With 40.00 free beside the running instalment, arrears of 100.00 take three parts: 33.33, 33.33 and 33.34.
    """
    found = propose(owing("100.00"), earning("1190.00"), limits=PlanLimits(kinds=("spread",)))

    parts = [(part.on, part.amount) for part in found.best.relief.arrears_parts]
    assert parts == [
        (dt.date(2026, 4, 1), kes("33.33")),
        (dt.date(2026, 5, 1), kes("33.33")),
        (dt.date(2026, 6, 1), kes("33.34")),
    ]
    assert found.best.instalments[0] == Flow(FIRST, kes("483.33"))


def test_a_forgotten_date_gets_pay_now():
    """
    A household that has the money and forgot is asked to pay within a week, not to begin a plan.
    """
    found = propose(owing("100.00"), earning("1400.00"), reason="forgot")

    assert found.best.kind == "pay_now"
    assert found.best.relief.arrears_parts == (Flow(TALK + dt.timedelta(days=7), kes("100.00")),)


def test_a_lost_income_gets_time():
    """
    Where income was lost, a kind that gives time comes before one that is shorter.
    """
    found = propose(owing("100.00"), earning("1400.00"), reason="income_lost", limits=PlanLimits(shown=10))

    assert found.best.kind in {"holiday", "step_up", "extend", "freeze"}
    assert {each.kind for each in found.fitting} >= {"pay_now", "spread"}


def test_a_family_with_one_harvest_pays_after_it():
    """
    Where money comes once a year nothing is asked before it is in.
    """
    family = Household(
        incomes=[Income.yearly("maize", (YearDay(month=9, day=20), kes("12000.00")))],
        essential=[Spending("food and school", kes("600.00"))],
    )
    debt = Debt(on=TALK, principal_not_due=kes("0"), arrears=[Part("principal", kes("3000.00"))], rate=Rate("12%"))

    found = propose(debt, family, reason="harvest_failed", limits=PlanLimits(shown=10))
    assert found.best is not None
    for proposal in found.fitting:
        assert proposal.instalments[0].on == dt.date(2026, 10, 10)


def test_nothing_is_forgiven_unless_the_limits_say_so():
    """
    Waiver, freeze and settlement are rejected with the reason that the institution does not grant them.
    """
    found = propose(owing("100.00"), earning("1400.00"), limits=PlanLimits(shown=10))

    assert {each.kind: each.code for each in found.rejected if each.kind in {"waive", "freeze", "settle"}} == {
        "waive": "nothing_waivable",
        "freeze": "not_granted",
        "settle": "not_granted",
    }
    assert all(not each.relief.forgiven_total for each in found.fitting)


def test_every_kind_is_answered_for():
    """
    Each kind allowed is either among the fitting or among the rejected, once.
    """
    found = propose(owing("100.00"), earning("1190.00"), limits=PlanLimits(shown=10))

    assert sorted([each.kind for each in found.fitting] + [each.kind for each in found.rejected]) == sorted(KINDS)


def test_what_does_not_fit_says_where():
    """
    Paying at once is rejected with the day, what it asks and what the household has.
    """
    found = propose(owing("600.00"), earning("1160.00"), limits=PlanLimits(kinds=("pay_now",)))

    assert found.rejected == (
        Rejection(
            kind="pay_now",
            code="above_capacity",
            figures=(("on", "2026-03-17"), ("instalment", "KES 600.00"), ("capacity", "KES 460.00")),
        ),
    )
    assert proposal_words.rejected(found.rejected[0]) == (
        "pay_now: KES 600.00 on 2026-03-17 is more than the KES 460.00 that the household has."
    )


def test_a_ceiling_is_kept_beside_the_budget():
    """
    With a debt-service ratio of 40 % nobody is asked for more than that part of the income.
    """
    found = propose(
        owing("100.00"),
        earning("1200.00", necessary="100.00"),
        caps=[DebtServiceRatio(most=Rate("40%", Per.ONCE))],
        limits=PlanLimits(shown=10),
    )

    assert found.fitting
    assert max(each.relief.largest for each in found.fitting) <= kes("480.00")


def test_the_order_is_the_limits_own():
    """
    With the cheapest first, the plan of the smallest total comes first.
    """
    limits = PlanLimits(shown=10, order=(Rank.CHEAPEST, Rank.SIMPLEST))

    totals = [each.relief.total for each in propose(owing("100.00"), earning("1400.00"), limits=limits).fitting]
    assert totals == sorted(totals)


def test_a_loss_limit_rejects_dear_gifts():
    """
    A settlement for 60 % is above a loss limit of 10 %.
    """
    limits = PlanLimits(kinds=("settle",), least_settlement=Rate("60%", Per.ONCE), most_loss=Rate("10%", Per.ONCE))

    found = propose(owing("100.00"), lambda _: kes("9000.00"), limits=limits)
    assert [each.code for each in found.rejected] == ["loss_too_large"]


def test_no_part_is_smaller_than_the_smallest():
    """
    With parts of at least 60.00, arrears of 100.00 are not cut in three: they wait for a date with room for them.
    """
    limits = PlanLimits(kinds=("spread",), smallest_instalment=kes("60.00"))

    found = propose(owing("100.00"), earning("1190.00"), limits=limits)
    assert found.best.relief.arrears_parts == (Flow(dt.date(2027, 4, 1), kes("100.00")),)
    (refused,) = propose(owing("100.00"), earning("1190.00"), limits=attrs.evolve(limits, longest_months=12)).rejected
    assert refused.code == "no_room"


@given(
    st.lists(st.integers(0, 30_000), min_size=1, max_size=8),
    st.integers(1, 60_000),
    st.integers(1, 20_000),
    st.integers(0, 20_000),
)
@example(rooms=[9_900, 9_900, 30_000], arrears=25_000, least=10_000, more=100)
@settings(max_examples=60, deadline=None)
def test_smallest_parts_bind_all_but_the_last_and_more_money_never_hurts(rooms, arrears, least, more):
    """
    Each part but the last is at least the smallest allowed, and what fits a household fits a richer one, no later.
    """
    days = monthly(FIRST, len(rooms))
    limits = PlanLimits(kinds=("spread",), smallest_instalment=Money.from_minor(least, "KES"))
    debt = Debt(
        on=TALK,
        principal_not_due=kes("0.00"),
        arrears=[Part("principal", Money.from_minor(arrears, "KES"))],
        rate=Rate("12%"),
    )

    def asked(extra: int) -> Proposals:
        means = {day: Money.from_minor(room + extra, "KES") for day, room in zip(days, rooms, strict=True)}
        return propose(debt, means, limits=limits, dates=days)

    poor, rich = asked(0).best, asked(more).best
    for plan in filter(None, (poor, rich)):
        assert all(part.amount.minor >= min(least, arrears) for part in plan.relief.arrears_parts[:-1])
    assert poor is None or (rich is not None and rich.in_order_by <= poor.in_order_by)


capacities = st.integers(30_000, 120_000).map(lambda minor: Money.from_minor(minor, "KES"))
debts = st.builds(
    lambda arrears, instalment, still: Debt(
        on=TALK,
        principal_not_due=Money.from_minor(instalment * still * 9 // 10, "KES"),
        arrears=[Part("principal", Money.from_minor(arrears, "KES"))],
        running=[Flow(day, Money.from_minor(instalment, "KES")) for day in monthly(FIRST, still)],
        rate=Rate("12%"),
    ),
    st.integers(1, 300_000),
    st.integers(10_000, 60_000),
    st.integers(1, 18),
)
LIMITS = PlanLimits(shown=10, freeze_months=3, least_settlement=Rate("90%", Per.ONCE), longest_months=18)


@given(debts, capacities)
@settings(max_examples=40, deadline=None)
def test_no_instalment_is_above_what_the_household_has(debt, capacity):
    """
    Every instalment of every proposal, the last one too, is within capacity on its date.
    """
    found = propose(debt, lambda _: capacity, limits=LIMITS)

    for proposal in found.fitting:
        assert proposal.relief.largest <= capacity
        assert all(flow.amount.minor > 0 for flow in proposal.instalments)


@given(debts, capacities)
@settings(max_examples=40, deadline=None)
def test_a_spread_is_as_short_as_can_be(debt, capacity):
    """
    On one date fewer, what is free beside the running instalments would not pay the arrears.
    """
    limits = PlanLimits(kinds=("spread",), longest_months=60)

    found = propose(debt, lambda _: capacity, limits=limits).best
    assume(found is not None)
    running = {flow.on: flow.amount.minor for flow in debt.running}
    needed = [part.on for part in found.relief.arrears_parts]
    free = [capacity.minor - running.get(day, 0) for day in needed[:-1]]
    assert sum(free) < debt.in_arrears.minor


@given(debts, capacities, st.integers(0, 30_000))
@settings(max_examples=40, deadline=None)
def test_more_capacity_never_makes_a_plan_longer_or_dearer(debt, capacity, more):
    """
    A household that can pay more is in order again no later and pays no more for each kind.
    """
    richer = capacity + Money.from_minor(more, "KES")

    poor = {each.kind: each for each in propose(debt, lambda _: capacity, limits=LIMITS).fitting}
    rich = {each.kind: each for each in propose(debt, lambda _: richer, limits=LIMITS).fitting}
    assert set(poor) <= set(rich)
    for kind in ("pay_now", "spread", "extend", "re_age"):
        if kind in poor:
            assert rich[kind].in_order_by <= poor[kind].in_order_by
            assert rich[kind].relief.total <= poor[kind].relief.total


@given(debts, st.integers(0, 100))
@settings(max_examples=10, deadline=None)
def test_granting_what_is_missing_makes_a_plan_fit(debt, percent):
    """
    Exactly the amount named makes a plan feasible, and one unit less does not; the same with months and rate.
    """
    limits = PlanLimits(kinds=("spread", "extend", "capitalise"), longest_months=6)
    capacity = Money.from_minor(debt.running[0].amount.minor * percent // 100, "KES")

    missing = propose(debt, lambda _: capacity, limits=limits).missing
    assume(missing is not None)
    assert missing.amount is not None
    unit = Money.from_minor(1, "KES")
    assert propose(debt, lambda _: capacity + missing.amount, limits=limits).fitting
    assert not propose(debt, lambda _: capacity + missing.amount - unit, limits=limits).fitting
    if missing.months is not None:
        longer = attrs.evolve(limits, longest_months=limits.longest_months + missing.months)
        assert propose(debt, lambda _: capacity, limits=longer).fitting
    if missing.rate is not None:
        assert propose(attrs.evolve(debt, rate=missing.rate), lambda _: capacity, limits=limits).fitting


def test_what_is_missing_is_said_in_words():
    """
    The sentence names the amount on every date and the months that the limits lack.
    """
    limits = PlanLimits(kinds=("spread",), longest_months=2)

    missing = propose(owing("100.00"), earning("1180.00"), limits=limits).missing
    assert (missing.amount, missing.months, missing.rate) == (kes("20.00"), 2, None)
    assert proposal_words.missing(missing) == (
        "No plan fits. One would with KES 20.00 more on every date, or more time than the limits allow (months: 2)."
    )
    assert proposal_words.missing(missing, language="zh") == (
        "没有合适的方案；若有每次多 KES 20.00，或比限制多2个月，则可行。"
    )


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_proposal_and_rejection_has_words(language):
    """
    Both languages say every kind and every code; a host's own words win.
    """
    found = propose(owing("100.00"), earning("1190.00"), limits=LIMITS)

    for each in found.fitting:
        said = proposal_words.proposed(each, language=language)
        assert each.in_order_by.isoformat() in said
        assert any(amount in said for amount in ("100.00", str(each.relief.largest), str(each.relief.total)))
    for each in found.rejected:
        name = proposal_words.TEXTS[language][f"kind.{each.kind}"]
        assert proposal_words.rejected(each, language=language).startswith(name)
    assert proposal_words.EN.keys() == proposal_words.ZH.keys()
    (first, *_) = found.fitting
    assert proposal_words.proposed(first, texts={first.kind: "ours: {largest}"}) == f"ours: {first.relief.largest}"


def test_a_language_without_words_is_refused():
    """
    An unknown language names those there are.
    """
    found = propose(owing("100.00"), earning("1190.00"))

    with pytest.raises(InvalidValue, match="'en', 'zh'"):
        proposal_words.proposed(found.best, language="fr")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"kinds": ()}, "kinds"),
        ({"kinds": ("spread", "spread")}, "kinds"),
        ({"kinds": ("gift",)}, "kinds"),
        ({"longest_months": 0}, "longest_months"),
        ({"longest_months": True}, "longest_months"),
        ({"most_instalments": 601}, "most_instalments"),
        ({"pay_within_days": -1}, "pay_within_days"),
        ({"holiday_months": 25}, "holiday_months"),
        ({"freeze_months": 1.5}, "freeze_months"),
        ({"shown": 0}, "shown"),
        ({"smallest_instalment": kes("0.00")}, "smallest_instalment"),
        ({"step": Rate("125%")}, "step"),
        ({"least_settlement": Rate("101%", Per.ONCE)}, "least_settlement"),
        ({"most_loss": 0.1}, "most_loss"),
        ({"waivable": ("tea",)}, "waivable"),
        ({"order": ()}, "order"),
    ],
)
def test_limits_that_cannot_be_are_refused(changes, field):
    """
    A limit out of range is named.
    """
    with pytest.raises(InvalidValue) as refusal:
        PlanLimits(**changes)

    assert refusal.value.field == field


def test_mixed_currencies_are_refused():
    """
    A household in pounds cannot be measured against a loan in shillings.
    """
    household = Household(incomes=[Income.monthly("wages", Money("100.00", "GBP"))])

    with pytest.raises(InvalidValue, match="KES"):
        propose(owing("100.00"), household)


def test_ceilings_need_a_household():
    """
    Amounts by date are not measured against a household's income.
    """
    with pytest.raises(InvalidValue) as refusal:
        propose(owing("100.00"), {FIRST: kes("500.00")}, caps=[DebtServiceRatio(most=Rate("40%", Per.ONCE))])

    assert refusal.value.field == "caps"


# Situations that are not the usual one


MANY = PlanLimits(shown=10, freeze_months=3, waivable=("penalty",), least_settlement=Rate("90%", Per.ONCE))


def codes(found):
    """
    Return why each rejected kind does not fit.
    """
    return {each.kind: each.code for each in found.rejected}


def test_an_instalment_due_today_stops_no_search():
    """
    On a due date every kind is answered for, and new schedules begin with the next date.
    """
    debt = attrs.evolve(owing("100.00"), on=FIRST)

    found = propose(debt, earning("1600.00"), limits=MANY)
    assert len(found.fitting) + len(found.rejected) == len(KINDS)
    assert {each.kind for each in found.fitting} >= {"spread", "capitalise", "extend", "holiday", "freeze"}
    assert min(each.relief.schedule.rows[0].due for each in found.fitting if each.relief.schedule) > FIRST


def test_arrears_without_principal_have_plans():
    """
    Where only interest and penalties are left, they are paid or spread, and there is nothing to repay anew.
    """
    debt = Debt(
        on=TALK,
        principal_not_due=kes("0"),
        arrears=[Part("interest", kes("80.00")), Part("penalty", kes("20.00"))],
        rate=Rate("12%"),
    )

    found = propose(debt, earning("730.00"), limits=MANY)
    assert {each.kind for each in found.fitting} == {"spread", "waive"}
    assert {codes(found)[kind] for kind in ("step_up", "capitalise", "extend", "re_age")} == {"no_principal"}


def test_what_may_all_be_forgiven_needs_no_plan():
    """
    Where only a penalty is owed and penalties may be forgiven, the waiver says that no plan is needed.
    """
    debt = Debt(on=TALK, principal_not_due=kes("0"), arrears=[Part("penalty", kes("20.00"))], rate=Rate("12%"))

    assert codes(propose(debt, earning("730.00"), limits=MANY))["waive"] == "nothing_left"


def test_a_waiver_of_all_arrears_puts_the_loan_in_order_today():
    """
    With all arrears forgiven the loan is in order on the day, not when it ends, and the sentence asks for nothing.
    """
    debt = attrs.evolve(owing("0.00"), arrears=[Part("penalty", kes("20.00"))])

    found = next(each for each in propose(debt, earning("1200.00"), limits=MANY).fitting if each.kind == "waive")
    assert found.in_order_by == TALK
    assert proposal_words.proposed(found) == "KES 20.00 is forgiven; nothing of the arrears is left to pay."
    assert proposal_words.proposed(found, texts={"waive": "ours: {forgiven}"}) == "ours: KES 20.00"


def test_one_instalment_after_a_far_harvest_stops_no_search():
    """
    Equal monthly instalments after seven months of interest would not cover it: those dates are filled, or left out.
    """
    family = Household(
        incomes=[Income.yearly("maize", (YearDay(month=9, day=20), kes("12000.00")))],
        essential=[Spending("food and school", kes("100.00"))],
    )
    debt = Debt(
        on=TALK,
        principal_not_due=kes("6000.00"),
        arrears=[Part("principal", kes("900.00"))],
        running=[Flow(dt.date(2026, 10, 1), kes("6500.00"))],
        rate=Rate("24%"),
    )

    found = propose(debt, family, limits=PlanLimits(shown=10, longest_months=36))
    assert len(found.fitting) + len(found.rejected) == len(KINDS)
    assert found.best is not None


def test_a_step_plan_whose_first_instalments_would_let_the_debt_grow_is_rejected():
    """
    At 300 % a year small first instalments do not cover the interest; the rejection says so.
    """
    debt = attrs.evolve(owing("100.00", still=60), rate=Rate("300%"))

    found = propose(debt, earning("4000.00"), limits=MANY)
    assert codes(found)["step_up"] == "below_interest"
    said = next(proposal_words.rejected(each) for each in found.rejected if each.kind == "step_up")
    assert said.endswith("would not cover the interest, and the debt would grow.")


def test_a_plan_within_a_year_has_no_step():
    """
    Steps come after a year; a plan of monthly or weekly dates that ends before has none.
    """
    short = propose(owing("100.00"), earning("1400.00"), limits=MANY)
    weekly = attrs.evolve(owing("100.00"), running=[Flow(day, kes("120.00")) for day in every_days(FIRST, 52, days=7)])

    assert codes(short)["step_up"] == "within_a_year"
    assert codes(propose(weekly, earning("1400.00"), limits=MANY))["step_up"] == "within_a_year"


def test_a_rest_of_three_months_is_one_payment_by_quarters_and_thirteen_by_weeks():
    """
    The longest holiday counts in months, however often the household pays.
    """
    limits = PlanLimits(kinds=("holiday",), holiday_months=3, longest_months=60)
    quarters = attrs.evolve(owing("100.00"), running=[Flow(day, kes("1400.00")) for day in monthly(FIRST, 4, every=3)])
    weeks = attrs.evolve(owing("100.00"), running=[Flow(day, kes("120.00")) for day in every_days(FIRST, 52, days=7)])
    halves = attrs.evolve(quarters, running=[Flow(day, kes("2700.00")) for day in monthly(FIRST, 2, every=6)])

    def rested(debt, dates):
        (found,) = propose(debt, lambda on: kes("0.00") if on in dates else kes("9000.00"), limits=limits).fitting
        return found.instalments[0].on

    assert rested(quarters, {FIRST}) == dt.date(2026, 7, 1)
    assert codes(propose(quarters, lambda _: kes("0.00"), limits=limits))["holiday"] == "above_capacity"
    assert rested(weeks, {each.on for each in weeks.running[:13]}) == weeks.running[13].on
    assert codes(propose(halves, lambda _: kes("9000.00"), limits=limits))["holiday"] == "rest_too_long"


def test_all_that_is_owed_is_spread_over_as_few_dates_as_possible():
    """
    Re-ageing adds no date where the old ones have room, and capitalised arrears of an ended loan take the fewest.
    """
    ended = Debt(on=TALK, principal_not_due=kes("0"), arrears=[Part("principal", kes("900.00"))], rate=Rate("12%"))

    (found,) = propose(owing("100.00"), earning("1400.00"), limits=PlanLimits(kinds=("re_age",))).fitting
    assert len(found.instalments) == 12
    (found,) = propose(ended, earning("1000.00"), limits=PlanLimits(kinds=("capitalise",))).fitting
    assert len(found.instalments) == 4


def test_a_date_that_nobody_looked_at_is_asked_for_no_more_than_agreed():
    """
    On dates that a mapping does not name, running instalments stand and nothing is added, at once or later.
    """
    room = {FIRST: kes("480.00"), dt.date(2026, 5, 1): kes("520.00")}

    found = propose(owing("100.00"), room, limits=MANY)
    (spread,) = (each for each in found.fitting if each.kind == "spread")
    assert {each.on for each in spread.relief.arrears_parts} <= set(room)
    assert codes(found)["pay_now"] == codes(found)["settle"] == "above_capacity"
    assert not propose(owing("100.01"), room, limits=PlanLimits(kinds=("spread",))).fitting


def test_the_rate_that_is_missing_may_be_the_next_lower_hundredth():
    """
    From 12.005 % the highest rate in hundredths is 12 %, and it is tried.
    """
    debt = attrs.evolve(owing("1000.00", still=24), rate=Rate("12.005%"))
    limits = PlanLimits(kinds=("re_age",), longest_months=24)
    (at_twelve,) = propose(attrs.evolve(debt, rate=Rate("12%")), lambda _: kes("9000.00"), limits=limits).fitting
    room = at_twelve.relief.largest

    most = propose(debt, lambda on: room if on in dict.fromkeys(monthly(FIRST, 24)) else kes("0.00"), limits=limits)
    assert most.best is not None or most.missing.rate == Rate("12%")


def test_interest_that_is_saved_is_said_to_be_less():
    """
    A freeze saves interest: the sentence says how much less, and one part is one part.
    """
    found = {each.kind: each for each in propose(owing("10.00"), earning("1400.00"), limits=MANY).fitting}

    saved = -found["freeze"].relief.cost.extra_interest
    assert proposal_words.proposed(found["freeze"]).endswith(f"; {saved} less interest.")
    assert proposal_words.proposed(found["freeze"], language="zh").endswith(f"；少付利息 {saved}。")
    assert "in 1 part beside" in proposal_words.proposed(found["spread"])


def test_nothing_runs_beside_a_loan_that_has_ended():
    """
    Where no instalment is to come, the sentence does not speak of running ones.
    """
    ended = Debt(on=TALK, principal_not_due=kes("0"), arrears=[Part("principal", kes("90.00"))], rate=Rate("12%"))

    (found,) = propose(ended, earning("730.00"), limits=PlanLimits(kinds=("spread",))).fitting
    assert proposal_words.proposed(found) == (
        "Pay the arrears in 3 parts until 2026-06-10; no date asks for more than KES 30.00, and no further interest."
    )


def test_a_late_extension_is_refused_in_the_language_asked_for():
    """
    The rule's refusal is words too, in Chinese without an English sentence in it.
    """
    under = UnderLimit(limit=GENERAL_LENDING, drawn=dt.date(2025, 3, 1), maturity=dt.date(2026, 3, 1))
    ended = Debt(on=TALK, principal_not_due=kes("0"), arrears=[Part("principal", kes("900.00"))], rate=Rate("12%"))

    (refused,) = propose(ended, earning("800.00"), limits=PlanLimits(kinds=("extend",), extension=under)).rejected
    assert refused == Rejection(kind="extend", code="extension_too_late", figures=(("maturity", "2026-03-01"),))
    assert proposal_words.rejected(refused, language="zh-Hans-CN") == "展期：展期应在2026-03-01到期前申请。"


@pytest.mark.parametrize(
    ("means", "reason", "field"), [(5000, None, "means"), (earning("1200.00"), 5, "reason"), (0.5, None, "means")]
)
def test_what_is_no_household_and_no_reason_is_named(means, reason, field):
    """
    A number in place of a household, or of a reason's code, is refused by name.
    """
    with pytest.raises(InvalidValue) as refusal:
        propose(owing("100.00"), means, reason=reason)

    assert refusal.value.field == field


awkward = st.builds(
    lambda on, first, every, still, instalment, parts, rate: Debt(
        on=on,
        principal_not_due=kes(str(instalment * still)),
        arrears=[Part(name, kes(str(amount))) for name, amount in parts.items()],
        running=[Flow(day, kes(str(instalment))) for day in (monthly(on + first, still, every=every) if still else ())],
        rate=rate,
    ),
    st.dates(dt.date(2024, 1, 1), dt.date(2026, 12, 31)),
    st.sampled_from([0, 1, 7, 30, 300]).map(lambda days: dt.timedelta(days=days)),
    st.sampled_from([1, 3, 6]),
    st.integers(0, 8),
    st.integers(100, 3000),
    st.dictionaries(st.sampled_from(["principal", "interest", "penalty", "fees"]), st.integers(1, 5000), min_size=1),
    st.sampled_from([Rate("0%"), Rate("12%"), Rate("36%"), Rate("2%", Per.MONTH), Rate("0.05%", Per.DAY)]),
)


@given(awkward, st.integers(0, 5000), st.booleans())
@settings(max_examples=25, deadline=None)
def test_every_debt_gets_an_answer_for_every_kind(debt, income, seasonal):
    """
    Whatever is owed and whenever it falls due, each kind fits or says why not, in both languages, and asks for money.
    """
    wages = Income.monthly("wages", kes(str(income)))
    maize = Income.yearly("maize", (YearDay(month=9, day=20), kes(str(income * 10))))
    limits = attrs.evolve(MANY, longest_months=12)

    found = propose(debt, Household(incomes=[maize if seasonal else wages]), limits=limits)
    assert sorted(each.kind for each in (*found.fitting, *found.rejected)) == sorted(KINDS)
    for language in ("en", "zh"):
        assert all(proposal_words.proposed(each, language=language) for each in found.fitting)
        for each in found.rejected:
            assert f"rejected.{each.code}" in proposal_words.EN
            assert proposal_words.rejected(each, language=language)
    assert all(flow.amount.minor > 0 for each in found.fitting for flow in each.instalments)


def test_a_household_in_deficit_is_told_so_first():
    """
    Spending of 700.00 on wages of 600.00: 100.00 must be covered first, and with the amount besides a plan fits.
    """
    limits = PlanLimits(kinds=("spread",), longest_months=2)

    missing = propose(owing("100.00"), earning("600.00"), limits=limits).missing
    assert (missing.deficit, missing.amount) == (kes("100.00"), kes("500.00"))
    assert proposal_words.missing(missing).startswith("Necessary spending exceeds the income by KES 100.00 a month")
    assert propose(owing("100.00"), earning("1200.00"), limits=limits).fitting
    assert not propose(owing("100.00"), earning("1199.99"), limits=limits).fitting


NO_CHEAPER = {"pay_now", "step_up", "settle", "holiday"}
"""Kinds whose first plan asks for the least: they have no other, and a longer rest makes what follows dearer."""


@pytest.mark.parametrize("kind", KINDS)
def test_a_unit_less_is_too_little(kind):
    """
    What a plan asks on its dearest date is enough for it, and one minor unit less makes it another plan or none.
    """
    # A year beyond the 18 instalments that run: without it nothing is longer than the loan, and no rest is possible.
    limits = attrs.evolve(LIMITS, kinds=(kind,), waivable=("penalty",), longest_months=30)
    debt = attrs.evolve(
        owing("700.00", still=18), arrears=[Part("principal", kes("700.00")), Part("penalty", kes("20.00"))]
    )

    def asked(capacity: Money) -> Proposals:
        return propose(debt, lambda _: capacity, limits=limits)

    dearest = asked(kes("99999.00")).best
    assert dearest is not None
    assert asked(dearest.relief.largest).best == dearest
    cheaper = asked(dearest.relief.largest - Money.from_minor(1, "KES"))
    assert bool(cheaper.fitting) is (kind not in NO_CHEAPER)
    assert all(each.relief.largest < dearest.relief.largest for each in cheaper.fitting)


@pytest.mark.parametrize("kind", ["extend", "holiday"])
def test_a_plan_that_must_end_with_the_loan_cannot_be_longer(kind):
    """
    Within the months that the loan runs anyway, no extension and no rest is possible, whatever the household has.
    """
    limits = attrs.evolve(LIMITS, kinds=(kind,), longest_months=18)

    found = propose(owing("700.00", still=18), lambda _: kes("99999.00"), limits=limits)
    assert codes(found) == {kind: "no_dates"}
    assert found.missing.months == 1
