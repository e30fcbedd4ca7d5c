"""
What is said of a plan whose payments differ: small ones, then the large one, and when.
"""

from __future__ import annotations

import datetime as dt

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from overdue_visit.money import Money
from overdue_visit.rate import Rate
from overdue_visit.repayment import proposal_words
from overdue_visit.repayment.debt import Debt, Part
from overdue_visit.repayment.flows import Flow
from overdue_visit.repayment.household import Household, Spending
from overdue_visit.repayment.income import Income, YearDay
from overdue_visit.repayment.periods import monthly
from overdue_visit.repayment.plan_limits import PlanLimits
from overdue_visit.repayment.proposals import Proposals, propose
from overdue_visit.repayment.stretches import Stretch, stretches

TALK = dt.date(2026, 5, 10)


def kes(amount: str) -> Money:
    """
    Return shillings.
    """
    return Money(amount, "KES")


def paid(*amounts: int) -> tuple[Flow, ...]:
    """
    Return payments of whole shillings, month after month.
    """
    days = monthly(dt.date(2026, 6, 10), len(amounts)) if amounts else ()
    return tuple(Flow(day, kes(str(amount))) for day, amount in zip(days, amounts, strict=True))


FAMILY = Household(
    incomes=[
        Income.yearly("maize", (YearDay(month=9, day=20), kes("12000.00"))),
        Income.monthly("eggs", kes("700.00")),
    ],
    essential=[Spending("food and school", kes("600.00"))],
)


def offered(kind: str, *, running: tuple[Flow, ...] = (), household: Household = FAMILY, **limits: object) -> Proposals:
    """
    Return the proposals of one kind for a family whose harvest failed.
    """
    debt = Debt(
        on=TALK,
        principal_not_due=Money.total((flow.amount for flow in running), "KES"),
        arrears=[Part("principal", kes("3000.00")), Part("penalty", kes("50.00"))],
        running=running,
        rate=Rate("12%"),
    )
    return propose(debt, household, reason="harvest_failed", limits=PlanLimits(kinds=(kind,), **limits))


def test_a_plan_after_a_harvest_is_told_in_full():
    """
    Four small payments and a large one after the harvest: the sentence says how many, how much, and when each.
    """
    (plan,) = offered("capitalise").fitting

    assert [flow.amount for flow in plan.instalments][:4] == [kes("101.08"), kes("98.92"), kes("100.00"), kes("101.08")]
    assert proposal_words.proposed(plan) == (
        "The arrears join the loan: 4 instalments of at most KES 101.08 until 2026-09-10, then KES 2794.37 on "
        "2026-10-10; KES 145.45 more interest."
    )
    assert proposal_words.proposed(plan, language="zh") == (
        "拖欠部分并入本金：4期、每次不超过 KES 101.08，至2026-09-10，然后2026-10-10付 KES 2794.37；"
        "多付利息 KES 145.45。"
    )


@pytest.mark.parametrize(
    ("kind", "running", "language", "said"),
    [
        (
            "spread",
            (),
            "en",
            (
                "Pay the arrears: 4 parts of at most KES 101.08 until 2026-09-10, then KES 2648.92 on 2026-10-10; no "
                "further interest."
            ),
        ),
        ("spread", (), "zh", "拖欠部分归还：4次、每次不超过 KES 101.08，至2026-09-10，然后2026-10-10付 KES 2648.92；"),
        (
            "spread",
            paid(60, 60, 60, 60, 60, 60),
            "en",
            (
                "Pay the arrears beside the running instalments: 4 parts of at most KES 41.08 until 2026-09-10, then "
                "KES 2888.92 on 2026-10-10; the most that a date asks for is KES 2948.92, on 2026-10-10; "
                "no further interest."
            ),
        ),
        (
            "spread",
            paid(60, 60, 60, 60, 60, 60),
            "zh",
            (
                "拖欠部分与正常分期一起归还：4次、每次不超过 KES 41.08，至2026-09-10，然后2026-10-10付 KES 2888.92；"
                "合计最高一次为2026-10-10的 KES 2948.92，不再另计利息。"
            ),
        ),
        (
            "waive",
            (),
            "en",
            (
                "KES 50.00 is forgiven; the rest of the arrears is paid: 4 parts of at most KES 101.08 until "
                "2026-09-10, then KES 2598.92 on 2026-10-10; the most that a date asks for is KES 2598.92, on "
                "2026-10-10."
            ),
        ),
        ("waive", (), "zh", "减免 KES 50.00；其余拖欠归还：4次、每次不超过 KES 101.08，至2026-09-10，然后2026-10-10付"),
    ],
)
def test_uneven_parts_are_told_in_full(kind, running, language, said):
    """
    Where the arrears are paid in parts that differ, the sentence says which come when, and the most on one date.
    """
    (plan,) = offered(kind, running=running, waivable=("penalty",)).fitting

    assert proposal_words.proposed(plan, language=language).startswith(said)


def test_a_large_last_instalment_beside_even_parts_is_told():
    """
    Even parts beside instalments that end in a balloon: the sentence names the date of the balloon.
    """
    steady = Household(incomes=[Income.monthly("wages", kes("9000.00"))])
    running = (*paid(100, 100), Flow(dt.date(2026, 8, 10), kes("8000.00")))

    (plan,) = offered("spread", running=running, household=steady, most_instalments=3).fitting
    (even,) = offered("spread", running=paid(100, 100, 100), household=steady).fitting
    assert "the most that a date asks for is KES 8000.00, on 2026-08-10" in proposal_words.proposed(plan)
    assert dict(plan.figures)["largest_on"] == "2026-08-10"
    assert len(stretches(even.relief.arrears_parts)) == 1


def test_an_even_plan_is_told_as_before():
    """
    Payments that hardly differ are counted, with the last day and the largest.
    """
    steady = Household(incomes=[Income.monthly("wages", kes("700.00"))])

    (plan,) = offered("capitalise", household=steady).fitting
    assert proposal_words.proposed(plan).startswith(
        "The arrears join the loan: 5 instalments until 2026-10-10, at most "
    )
    assert proposal_words.proposed(plan, language="zh").startswith("拖欠部分并入本金：共5期，至2026-10-10，每期不超过 ")


def test_words_of_a_hosts_own_win_over_the_picture():
    """
    A host that has its own words for a kind is not overruled where the parts differ, unless it has words for that too.
    """
    (plan,) = offered("spread").fitting

    assert proposal_words.proposed(plan, texts={"spread": "{largest} at most"}) == "KES 2648.92 at most"
    own = {"spread": "even", "spread.alone.uneven": "{parts_picture}!", "picture.then": " / "}
    assert proposal_words.proposed(plan, texts=own).endswith("2026-09-10 / KES 2648.92 on 2026-10-10!")


def test_many_changes_are_counted_and_added_up():
    """
    More than five stretches make no sentence: it says how many small and large payments there are, and the first large.
    """
    amounts = [10, 90, 10, 90, 10, 90, 5]
    (plan,) = offered("spread").fitting
    relief = attrs.evolve(plan.relief, instalments=paid(*amounts), arrears_parts=paid(*amounts))

    said = proposal_words.proposed(attrs.evolve(plan, relief=relief))
    assert said == (
        "Pay the arrears: 7 parts until 2026-12-10 (4 of at most KES 10.00, and 3 of up to KES 90.00, the first of "
        "these on 2026-07-10); no further interest."
    )
    chinese = proposal_words.proposed(attrs.evolve(plan, relief=relief), language="zh")
    assert "共7次，至2026-12-10（4次每次不超过 KES 10.00，3次每次不超过 KES 90.00，其中第一次在2026-07-10" in chinese


@pytest.mark.parametrize(
    ("amounts", "expected"),
    [
        ((), []),
        ((100,), [(1, 100, True)]),
        ((100, 100, 100, 1), [(4, 100, True)]),
        ((100, 51), [(2, 100, True)]),
        ((50, 100), [(1, 50, False), (1, 100, True)]),
        ((1, 1, 1, 9, 1, 1), [(3, 1, False), (1, 9, True), (2, 1, False)]),
        ((9, 1, 1), [(1, 9, True), (2, 1, False)]),
    ],
)
def test_stretches_are_cut_at_half_of_the_largest(amounts, expected):
    """
    More than half of the largest is large; a last payment that takes what is left makes no plan uneven.
    """
    found = [(each.count, int(each.most.decimal), each.large) for each in stretches(paid(*amounts))]

    assert found == expected


@given(st.lists(st.integers(1, 100), min_size=1, max_size=24))
def test_stretches_tell_of_every_payment_once(amounts):
    """
    The stretches follow each other without a gap, and none of their payments is above what they say.
    """
    payments = paid(*amounts)

    place = 0
    for each in stretches(payments):
        run = payments[place : place + each.count]
        most = max(flow.amount for flow in run)
        assert each == Stretch(count=len(run), most=most, since=run[0].on, until=run[-1].on, large=each.large)
        place += each.count
    assert place == len(payments)
