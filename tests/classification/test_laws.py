"""
What holds of every scale, every loan and every day.
"""

from __future__ import annotations

import copy
import datetime as dt
import itertools
import pickle

import attrs
from hypothesis import given, settings
from hypothesis import strategies as st

from overdue_visit.classification import (
    WORST_CLASS,
    DatedClass,
    FactKind,
    Facts,
    Meaning,
    classify,
    classify_together,
    explain,
    history,
    scale,
)
from tests.classification.some_facts import DAYS, ON, a_scale, facility_of, facts_of, known_of, past_of

ONE_DAY = dt.timedelta(days=1)


@settings(max_examples=30)
@given(data=st.data())
def test_more_days_past_due_are_never_a_better_class(data):
    """
    With everything else the same, the class is monotone in the days past due.
    """
    of = data.draw(a_scale())
    facility, known, past = data.draw(facility_of(of)), data.draw(known_of(of)), data.draw(past_of(of))
    fewer, more = sorted((data.draw(DAYS), data.draw(DAYS)))

    found = [
        classify(Facts(on=ON, days_past_due=days, facility=facility, known=known), of, history=past)
        for days in (fewer, more)
    ]

    assert of.rank(found[0].class_) <= of.rank(found[1].class_)


@settings(max_examples=25)
@given(data=st.data())
def test_a_loan_is_never_above_a_floor(data):
    """
    The class is that of the worst rule that applies, or the institution's own where that is worse still.
    """
    of = data.draw(a_scale())
    facts = data.draw(facts_of(of))
    if of.meaning is Meaning.AT_LEAST:
        facts = attrs.evolve(facts, assessed=data.draw(st.none() | st.sampled_from(of.codes)))

    found = classify(facts, of, history=data.draw(past_of(of)))

    ranks = [of.rank(reason.class_) for reason in found.why]
    assert of.rank(found.class_) == max(ranks, default=0)
    assert ranks == sorted(ranks, reverse=True)
    assert of.rank(found.floor) <= of.rank(found.class_)
    assert of.rank(found.class_) == max(of.rank(found.floor), of.rank(facts.assessed or found.floor))
    assert found.performing is of.classes[of.rank(found.class_)].performing


def later(since, months):
    """
    Tell whether so many months have passed since a day; a day of the month that is missing is its last.
    """
    index = since.year * 12 + since.month - 1 + months
    first = dt.date(index // 12, index % 12 + 1, 1)
    last = (first + 31 * ONE_DAY).replace(day=1) - ONE_DAY
    return min(first + (since.day - 1) * ONE_DAY, last) <= ON


# What each rule of upgrade asks for, told a second time: the class before, the class that is left, the conditions.
UPGRADES = {
    "in-rbi-sma-2021": ("NPA", "NPA", lambda paid, _: paid),
    "cn-five-class-2023": (
        "loss",
        "substandard",
        lambda paid, k: (
            paid
            and k["periods_kept"] >= 2
            and later(k["paid_up_since"], 6)
            and k["able_to_perform"]
            and not k["other_impaired_assets"]
        ),
    ),
    "eu-crr-178": (
        "default",
        "default",
        lambda _, k: (
            k["conditions_met"]
            and (later(k["restructured"], 12) if k["distressed_restructuring"] else later(k["trigger_ceased"], 3))
        ),
    ),
    "eu-eba-forbearance": (
        "non_performing_forborne",
        "non_performing_forborne",
        lambda _, k: later(k["measure"], 12) and k["no_arrears"] and k["no_concern"],
    ),
}
AGAINST = {"unlikely_to_pay", "credit_impaired", "evading_debts", "bankruptcy_liquidation", "other_impaired_assets"}


@settings(max_examples=40)
@given(data=st.data())
def test_an_upgrade_comes_with_its_conditions_and_never_before(data):
    """
    A loan leaves its bad class if and only if what the rule asks for is so.
    """
    name = data.draw(st.sampled_from(sorted(UPGRADES)))
    of = scale(name)
    previous, floor, allowed = UPGRADES[name]
    paid = data.draw(st.sampled_from([True, True, True, False]))
    mostly = {True: st.sampled_from([True] * 5 + [False]), False: st.sampled_from([False] * 5 + [True])}
    known = {
        fact: data.draw(mostly[fact not in AGAINST])
        if kind is FactKind.YES_NO
        else data.draw(st.integers(0, 4) if kind is FactKind.COUNT else st.dates(dt.date(2024, 9, 1), ON))
        for fact, kind in of.vocabulary
        if kind is not FactKind.SHARE
    }
    facts = Facts(on=ON, all_arrears_paid=paid, facility=data.draw(facility_of(of)), known=known)

    found = classify(facts, of, history=[DatedClass(dt.date(2024, 8, 1), previous)])

    left = of.rank(found.class_) < of.rank(floor)
    others = [each for each in of.rules if each.when and all(known.get(c.fact) is c.bound for c in each.when)]
    held = any(of.rank(each.class_) >= of.rank(floor) and not each.previous for each in others)
    assert left == (bool(allowed(paid, known)) and not held)


@settings(max_examples=40)
@given(data=st.data())
def test_what_is_not_known_never_helps(data):
    """
    Taking away a fact that lifts a rule never makes the class better.
    """
    of = data.draw(a_scale())
    facts, past = data.draw(facts_of(of)), data.draw(past_of(of))
    lifting = {each.fact for rule in of.rules for each in rule.lifted_by}
    lifting |= {each.fact for ladder in of.ladders for step in ladder.steps for each in step.excepted}
    lifting -= {each.fact for rule in of.rules for each in rule.when}
    less = facts.narrowed(name for name, _ in facts.known if name not in lifting)

    assert of.rank(classify(less, of, history=past).class_) >= of.rank(classify(facts, of, history=past).class_)


@settings(max_examples=25)
@given(data=st.data())
def test_the_next_change_by_time_is_exact(data):
    """
    Day by day from now, with nothing paid, the class first changes on the day that was told, to the class told.
    """
    of = data.draw(a_scale())
    facts, past = data.draw(facts_of(of, dated=True)), data.draw(past_of(of, ON - ONE_DAY))

    found = classify(facts, of, history=past)
    if not past or past[-1].class_ != found.class_:
        past = (*past, found.dated)

    told = next(((change.on, change.to) for change in found.what_would_change if change.on), None)
    later = (facts.later(ON + day * ONE_DAY) for day in range(1, 400))
    seen = next(
        ((each.on, class_) for each in later if (class_ := classify(each, of, history=past).class_) != found.class_),
        None,
    )
    assert seen == told or (seen is None and told[0] >= ON + 400 * ONE_DAY)


@settings(max_examples=30)
@given(data=st.data())
def test_a_history_is_the_same_however_often_it_is_told(data):
    """
    Doubling, shuffling and telling facts again changes no entry of a history.
    """
    of = data.draw(a_scale())
    days = data.draw(st.lists(st.dates(dt.date(2025, 1, 1), dt.date(2026, 6, 1)), max_size=8, unique=True))
    facts = [attrs.evolve(data.draw(facts_of(of)), on=day) for day in days]
    before = data.draw(past_of(of, dt.date(2025, 6, 1)))

    once = history(facts, of, before=before)

    assert history(data.draw(st.permutations(facts * 2)), of, before=before) == once
    assert history(facts, of, before=once) == once
    assert all(a.on < b.on and a.class_ != b.class_ for a, b in itertools.pairwise(once) if a not in before)


@settings(max_examples=30)
@given(data=st.data())
def test_a_history_says_on_each_day_what_classify_says(data):
    """
    The class of the history on a day is that of `classify` with the history before it.
    """
    of = data.draw(a_scale())
    days = sorted(data.draw(st.sets(st.dates(dt.date(2025, 1, 1), dt.date(2026, 6, 1)), min_size=1, max_size=6)))
    facts = [attrs.evolve(data.draw(facts_of(of)), on=day) for day in days]

    entries = history(facts, of)

    last = [each for each in entries if each.on < days[-1]]
    assert entries[-1].class_ == classify(facts[-1], of, history=last).class_


@settings(max_examples=30)
@given(data=st.data())
def test_contagion_never_makes_a_loan_better(data):
    """
    A borrower's other loans only pull down; with the worst class, all are at the worst.
    """
    of = data.draw(a_scale())
    loans = {f"loan-{n}": data.draw(facts_of(of)) for n in range(data.draw(st.integers(1, 4)))}

    together = classify_together(loans, of, contagion=WORST_CLASS)

    alone = {loan: of.rank(classify(facts, of).class_) for loan, facts in loans.items()}
    assert {of.rank(each.class_) for each in together.values()} == {max(alone.values())}


@settings(max_examples=30)
@given(data=st.data())
def test_a_classification_is_a_value(data):
    """
    It survives pickling and copying, is hashable, and has words in both languages.
    """
    of = data.draw(a_scale())
    facts = data.draw(facts_of(of))

    found = classify(facts, of, history=data.draw(past_of(of)))

    assert pickle.loads(pickle.dumps(found)) == found
    assert copy.deepcopy(found) == found
    assert hash(found) == hash(pickle.loads(pickle.dumps(found)))
    assert pickle.loads(pickle.dumps((facts, of))) == (facts, of)
    for language in ("en", "zh"):
        words = explain(found, language=language)
        assert "{" not in words
        assert not any(f": {reason.rule} " in words for reason in found.why)
