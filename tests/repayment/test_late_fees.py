"""
Fees for being late, within caps and never twice.
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
from overdue_visit.repayment.amounts import Amounts
from overdue_visit.repayment.late_fees import FeeEvent, FeeRule, FeeTerms, late_fees

MAY = dt.date(2026, 5, 4)


def cny(text):
    """
    Write an amount of yuan.
    """
    return Money(text, "CNY")


def owed(principal, interest="0"):
    """
    Write what is overdue.
    """
    return Amounts.of({"principal": cny(principal), "interest": cny(interest)})


def reminder(day=0, number=1, overdue=None, event="reminder"):
    """
    Write an event, so many days into May.
    """
    return FeeEvent(on=MAY + dt.timedelta(days=day), event=event, number=number, overdue=overdue or owed("1000", "50"))


events = st.lists(
    st.builds(
        reminder,
        st.integers(0, 40),
        st.integers(1, 4),
        event=st.sampled_from(["reminder", "payment_returned", "praise"]),
    ),
    max_size=25,
)
caps = st.none() | st.integers(0, 20_000).map(lambda minor: Money.from_minor(minor, "CNY"))
rules = st.builds(
    lambda amount, share, once_a, once_b: (
        FeeRule(event="reminder", amount=Money.from_minor(amount, "CNY"), once=once_a),
        FeeRule(event="payment_returned", share=Rate.from_ratio(share, 1_000, "once"), once=once_b),
    ),
    st.integers(0, 5_000),
    st.integers(0, 100),
    st.sampled_from(["event", "instalment", "loan"]),
    st.sampled_from(["event", "instalment", "loan"]),
)


@pytest.mark.parametrize(
    ("of", "fee"), [(["principal"], "15.00"), (["principal", "interest"], "15.75"), (["interest"], "0.75")]
)
def test_a_share_of_what_is_overdue(of, fee):
    """
    1.5 % of 1,000 of overdue principal is 15.00; with 50 of interest in the base, 15.75 (Apache Fineract, LoanCharge).
    """
    rule = FeeRule(event="overdue", share=Rate("1.5%", "once"), of=of)

    assert rule.fee(owed("1000", "50")) == cny(fee)


def test_a_fee_is_raised_to_its_least_and_lowered_to_its_most():
    """
    A share below 5.00 costs 5.00, above 10.00 it costs 10.00.
    """
    rule = FeeRule(event="overdue", share=Rate("1%", "once"), at_least=cny("5"), at_most=cny("10"))

    assert [rule.fee(owed(each)) for each in ("100", "700", "5000")] == [cny("5"), cny("7"), cny("10")]


@pytest.mark.parametrize(("once", "count"), [("event", 4), ("instalment", 2), ("loan", 1)])
def test_a_fee_is_charged_as_often_as_its_rule_says(once, count):
    """
    Five reminders, one of them reported twice: a fee each, one an instalment, or one a loan.
    """
    happened = [reminder(0, 1), reminder(0, 1), reminder(9, 1), reminder(9, 2), reminder(20, 2)]

    charged = late_fees(happened, FeeTerms(rules=[FeeRule(event="reminder", amount=cny("3"), once=once)]))

    assert [fee.amount for fee in charged] == [cny("3")] * count


@given(happened=events, kinds=rules, per_instalment=caps, in_all=caps, data=st.data())
def test_order_of_reporting_changes_nothing(happened, kinds, per_instalment, in_all, data):
    """
    Events in any order, some of them reported twice, cost the same.
    """
    terms = FeeTerms(rules=kinds, per_instalment=per_instalment, in_all=in_all)
    shuffled = data.draw(st.permutations(happened)) + happened[:3]

    assert late_fees(shuffled, terms) == late_fees(happened, terms)


@given(happened=events, kinds=rules, per_instalment=caps, in_all=caps)
def test_caps_are_never_passed(happened, kinds, per_instalment, in_all):
    """
    Fees stay within the cap of each instalment and of the loan, and what a cap took is stated.
    """
    charged = late_fees(happened, FeeTerms(rules=kinds, per_instalment=per_instalment, in_all=in_all))
    by_event = {rule.event: rule for rule in kinds}

    assert in_all is None or sum(fee.amount.minor for fee in charged) <= in_all.minor
    for number in range(1, 5):
        taken = sum(fee.amount.minor for fee in charged if fee.number == number)
        assert per_instalment is None or taken <= per_instalment.minor
    for fee in charged:
        assert fee.amount + fee.above_cap == by_event[fee.event].fee(owed("1000", "50"))


@given(happened=events, kinds=rules)
def test_without_caps_each_occasion_costs_its_fee_once(happened, kinds):
    """
    The number of fees is the number of different occasions that the rules know.
    """
    charged = late_fees(happened, FeeTerms(rules=kinds))

    occasions = set()
    for rule in kinds:
        for event in happened:
            if event.event == rule.event and rule.fee(event.overdue):
                keys = {"event": (event.on, event.number), "instalment": (event.number,), "loan": ()}
                occasions.add((rule.event, *keys[rule.once]))
    assert len(charged) == len(occasions)


@pytest.mark.parametrize(
    ("make", "field"),
    [
        (lambda: FeeRule(event="", amount=cny("1")), "event"),
        (lambda: FeeRule(event="a"), "amount"),
        (lambda: FeeRule(event="a", amount=cny("1"), share=Rate("1%", "once")), "amount"),
        (lambda: FeeRule(event="a", amount=cny("-1")), "amount"),
        (lambda: FeeRule(event="a", share=Rate("1%")), "share"),
        (lambda: FeeRule(event="a", share=Rate("1%", "once"), of=[]), "of"),
        (lambda: FeeRule(event="a", share=Rate("1%", "once"), of=["rent"]), "component"),
        (lambda: FeeRule(event="a", amount=cny("1"), once="twice"), "once"),
        (lambda: FeeRule(event="a", amount=cny("1"), at_least=cny("2"), at_most=cny("1")), "at_most"),
        (lambda: FeeTerms(rules=[FeeRule(event="a", amount=cny("1"))] * 2), "rules"),
        (lambda: FeeTerms(rules=[], in_all=cny("-1")), "in_all"),
        (lambda: reminder(number=0), "number"),
        (lambda: FeeEvent(on=dt.datetime(2026, 1, 1), event="a", number=1, overdue=owed("1")), "on"),
        (lambda: FeeEvent(on=MAY, event="a", number=1, overdue=cny("1")), "overdue"),
        (
            lambda: late_fees([reminder(), reminder(overdue=owed("2"))], FeeTerms(rules=[])),
            "overdue",
        ),
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
    A rule's amounts have the currency of what is overdue.
    """
    usd = Money("1", "USD")
    with pytest.raises(CurrencyMismatch):
        FeeRule(event="a", amount=cny("1"), at_most=usd)
    for rule in (FeeRule(event="a", amount=usd), FeeRule(event="a", share=Rate("1%", "once"), at_most=usd)):
        with pytest.raises(CurrencyMismatch):
            rule.fee(owed("1"))


def test_values_survive_pickling():
    """
    Rules, events and fees are plain values.
    """
    terms = FeeTerms(rules=[FeeRule(event="reminder", amount=cny("3"))], in_all=cny("2"))
    charged = late_fees([reminder()], terms)

    assert charged[0].above_cap == cny("1")
    assert pickle.loads(pickle.dumps((terms, charged))) == (terms, charged)
    assert hash(attrs.evolve(terms)) == hash(terms)
