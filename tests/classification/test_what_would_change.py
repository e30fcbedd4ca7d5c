"""
What would change a class: right with and without the history, and true when it is done.
"""

from __future__ import annotations

import datetime as dt

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from overdue_visit.classification import (
    SCALES,
    Condition,
    DatedClass,
    FactKind,
    Facts,
    Reason,
    Test,
    classify,
    explain,
    scale,
)
from tests.classification.some_facts import ON, a_scale, facts_of, past_of

INDIA = scale("in-rbi-sma-2021")
LATE = Facts(on=ON, days_past_due=95, facility="term_loan")
KNOWN_NPA = (DatedClass(dt.date(2026, 3, 1), "NPA"),)
ALL_PAID = Condition("all_arrears_paid", Test.IS, bound=True)


@pytest.mark.parametrize("past", [(), KNOWN_NPA], ids=["without history", "with it"])
def test_an_npa_is_told_to_pay_everything(past):
    """
    The way out of non-performing is to pay all arrears, also on the day on which the history does not show it yet.
    """
    found = classify(LATE, INDIA, history=past)

    (change,) = found.what_would_change
    assert (change.to, [need.conditions for need in change.needs]) == ("standard", [(ALL_PAID,)])
    assert explain(found).splitlines()[-1] == (
        "For standard: a non-performing account stays so until all arrears are paid: all arrears are paid."
    )
    assert explain(found, language="zh").splitlines()[-1] == (
        "要成为标准，需要：全部欠款还清之前仍为不良：欠款已全部还清。"
    )


def test_below_a_class_that_holds_fewer_days_are_enough():
    """
    A loan that is not non-performing yet gets better with fewer days past due.
    """
    found = classify(attrs.evolve(LATE, days_past_due=61), INDIA)

    assert explain(found).splitlines()[-1] == "For SMA-1: days past due: at most 60."


def test_a_default_asks_for_its_probation_from_the_first_day():
    """
    Fewer days past due do not end a default: the trigger must have ceased for three months, and more.
    """
    found = classify(Facts(on=ON, days_past_due=95), scale("eu-crr-178"))

    (change,) = found.what_would_change
    assert change.to == "not_default"
    assert [(need.rule, [each.fact for each in need.conditions]) for need in change.needs] == [
        ("days_past_due", ["days_past_due"]),
        ("default_probation", ["trigger_ceased", "conditions_met"]),
    ]


def test_the_first_day_of_probation_tells_its_end():
    """
    A forborne loan that is cured today is told the two years that begin, and three from the measure.
    """
    measure = dt.date(2025, 3, 31)
    known = {"measure": measure, "no_arrears": True, "no_concern": True, "regular_payments": True}
    past = [DatedClass(measure, "non_performing_forborne")]

    found = classify(Facts(on=ON, days_past_due=0, known=known), scale("eu-eba-forbearance"), history=past)

    time, needs = found.what_would_change
    assert found.class_ == "performing_forborne_under_probation"
    assert (time.to, time.on) == ("performing_not_forborne", dt.date(2028, 3, 31))
    assert needs.to == "performing_not_forborne"
    assert {need.not_before for need in needs.needs} == {dt.date(2028, 3, 31)}


@pytest.mark.parametrize("name", SCALES)
def test_every_class_says_why_and_what_would_change_it(name):
    """
    Each class of each scale that can be reached has a reason, and each but the best a way to a better one.
    """
    of = scale(name)
    reached = {}
    for facility in of.facilities or (None,):
        for days in (0, 1, 31, 61, 91, 121, 181, 271, 361):
            for facts in (Facts(on=ON, days_past_due=days, facility=facility), Facts(on=ON, facility=facility)):
                for past in [(), *([(DatedClass(dt.date(2024, 1, 1), code),) for code in of.codes])]:
                    if facts.days_past_due is None and not past and of.ladders:
                        continue
                    found = classify(facts, of, history=past)
                    reached[found.class_] = found
                    assert found.why or not of.rank(found.class_)
                    better = [each for each in found.what_would_change if of.rank(each.to) < of.rank(found.class_)]
                    assert better or not of.rank(found.class_)

    assert set(reached) >= set(of.codes) - {"eligible"}


def done(condition: Condition, facts: Facts, of) -> Facts:
    """
    Make one condition true.
    """
    wanted = {
        Test.IS: condition.bound,
        Test.IS_NOT: not condition.bound if isinstance(condition.bound, bool) else None,
        Test.AT_LEAST: condition.bound,
        Test.AT_MOST: condition.bound,
        Test.MONTHS: dt.date(2010, 1, 1),
        Test.DAYS_OVER: dt.date(2010, 1, 1),
    }
    value = wanted.get(condition.test)
    if condition.test in (Test.UNDER, Test.OVER):
        step = -1 if condition.test is Test.UNDER else 1
        is_count = of.kind_of(condition.fact) is FactKind.COUNT
        value = condition.bound + step if is_count else type(condition.bound)("0%" if step < 0 else "100%", "once")
    if condition.fact == "all_arrears_paid":
        return attrs.evolve(facts, all_arrears_paid=value, days_past_due=None, oldest_due=None)
    if condition.fact == "days_past_due":
        return facts if facts.all_arrears_paid else attrs.evolve(facts, days_past_due=value, oldest_due=None)
    return attrs.evolve(facts, known={**dict(facts.known), condition.fact: value})


@settings(max_examples=120)
@given(data=st.data())
def test_what_is_asked_for_is_enough(data):
    """
    A loan for which everything is done that was asked for has the class that was told, or a better one.
    """
    of = data.draw(a_scale())
    facts, past = data.draw(facts_of(of)), data.draw(past_of(of, dt.date(2025, 12, 31)))

    found = classify(facts, of, history=past)

    change = next((each for each in found.what_would_change if each.needs), None)
    if change is None:
        return
    assert of.rank(change.to) < of.rank(found.class_)
    if not past or past[-1].class_ != found.class_:
        past = (*past, found.dated)
    since = any(each.fact == "class_since" for need in change.needs for each in need.conditions)
    then = attrs.evolve(facts, on=dt.date(2040, 1, 1) if since else facts.on)
    if facts.oldest_due is not None:
        then = attrs.evolve(then, oldest_due=None, days_past_due=found.days_past_due)
    for need in change.needs:
        asked = need.conditions
        for condition in [data.draw(st.sampled_from(asked))] if need.any_one else asked:
            if condition.fact != "class_since":
                then = done(condition, then, of)

    assert of.rank(classify(then, of, history=past).class_) <= of.rank(change.to)


@settings(max_examples=30)
@given(data=st.data())
def test_a_history_that_shows_the_class_changes_nothing_that_is_told(data):
    """
    What would make a loan better is the same before and after its class of today is in its history.
    """
    of = data.draw(a_scale())
    facts = data.draw(facts_of(of))

    first = classify(facts, of)
    again = classify(facts, of, history=[first.dated])

    assert first.class_ == again.class_ or of.rank(again.class_) > of.rank(first.class_)
    if first.class_ == again.class_:
        assert first.what_would_change == again.what_would_change


def test_a_floor_from_outside_asks_to_go():
    """
    What was imposed must no longer hold, and what holds a loan in its class must be met.
    """
    imposed = Reason(rule="head_office", class_="NPA", source=INDIA.counting.source)
    good = Facts(on=ON, days_past_due=0, facility="term_loan")

    (change,) = classify(good, INDIA, imposed=[imposed]).what_would_change

    assert {need.rule for need in change.needs} == {"head_office", "npa_until_all_arrears_paid"}
    assert change.to == "standard"
