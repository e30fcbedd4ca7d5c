"""
One loan on one day: its class, why, what would change it, and what is refused.
"""

from __future__ import annotations

import datetime as dt

import pytest

from overdue_visit.business_calendar import corresponding_day
from overdue_visit.classification import (
    Condition,
    Confidence,
    DatedClass,
    Elapsed,
    Facts,
    Reason,
    Source,
    Test,
    classify,
    classify_together,
    explain,
    history,
    scale,
)
from overdue_visit.classification.elapsed import longest
from overdue_visit.classification.texts import EN, ZH
from overdue_visit.errors import InvalidValue
from overdue_visit.money import Money
from overdue_visit.rate import Rate
from tests.classification.some_facts import ON

FIVE = scale("cn-five-class-2023")


def test_it_says_why_and_what_would_change():
    """
    95 days past due: substandard by article 11, doubtful on day 271, normal by the conditions of an upgrade.
    """
    found = classify(Facts(on=ON, days_past_due=95), FIVE)
    worse, better = found.what_would_change

    assert found.class_ == "substandard"
    assert (found.why[0].first_day, found.why[0].last_day, found.why[0].days) == (91, 270, 95)
    assert found.why[0].source.confidence is Confidence.FROM_MEMORY
    assert (worse.to, worse.on) == ("doubtful", ON + dt.timedelta(days=176))
    assert (better.to, better.on) == ("normal", None)
    assert [need.rule for need in better.needs] == ["upgrade_to_performing"]
    assert better.needs[0].conditions[0] == Condition("all_arrears_paid", Test.IS, bound=True)


def test_a_loan_without_any_rule_is_in_the_best_class():
    """
    Where days do not matter and nothing holds a loan, no rule asks for a worse class.
    """
    known = {
        "willing_and_able": True,
        "months_on_book": 24,
        "minimum_payments_in_a_row": 3,
        "re_ages_last_12_months": 0,
        "re_ages_last_5_years": 0,
    }

    found = classify(Facts(on=ON, known=known), scale("us-ffiec-re-aging-2000"))

    assert (found.class_, found.why, found.unknown) == ("eligible", (), ())
    assert "No rule asks for a worse class." in explain(found)


def test_the_words_say_class_reason_source_and_ways():
    """
    An explanation has a line each for the class, its rule with source, the next change and the way back.
    """
    facts = Facts(on=dt.date(2021, 5, 30), oldest_due=dt.date(2021, 3, 31), facility="term_loan")

    source = "RBI/2021-2022/125 of 2021-11-12, table of SMA categories; from a secondary source"

    words = explain(classify(facts, scale("in-rbi-sma-2021")))

    assert words.splitlines() == [
        "2021-05-30: SMA-2 (in-rbi-sma-2021).",
        f"Because 61 days past due (the class begins with day 61) [{source}]",
        "If nothing is paid and nothing else changes: non-performing asset on 2021-06-29.",
        "For SMA-1: days past due: at most 60.",
    ]


def test_the_words_exist_in_chinese():
    """
    The same in Chinese, with every key that English has and with the same parameters.
    """
    found = classify(Facts(on=ON, days_past_due=95), FIVE)

    assert explain(found, language="zh").startswith("2026-03-31：次级类")
    assert EN.keys() == ZH.keys()


def test_every_rule_class_and_fact_that_ships_has_words():
    """
    No code of a scale that ships is shown as it is.
    """
    from overdue_visit.classification import SCALES

    keys = set()
    for of in map(scale, SCALES):
        keys |= {f"class.{code}" for code in of.codes} | {f"fact.{name}" for name, _ in of.vocabulary}
        keys |= {f"rule.{each.code}" for each in of.rules} | {f"rule.{each.rule}" for each in of.contagion}

    assert keys - EN.keys() == set()


def test_a_hosts_own_words_win():
    """
    A host replaces single templates; a code without words is shown as it is.
    """
    found = classify(Facts(on=ON, days_past_due=0), FIVE)

    assert explain(found, texts={"line.class": "{class_}!", "class.normal": "fine"}).startswith("fine!")


@pytest.mark.parametrize(
    ("language", "texts", "field"),
    [
        ("fr", None, "language"),
        ("en", {"line.class": "{borrower}"}, "texts.line.class"),
        ("en", {"line.class": "{0}"}, "texts.line.class"),
    ],
)
def test_words_that_cannot_be_made_are_refused(language, texts, field):
    """
    An unknown language and a template with another parameter are refused.
    """
    with pytest.raises(InvalidValue) as refusal:
        explain(classify(Facts(on=ON, days_past_due=0), FIVE), language=language, texts=texts)

    assert refusal.value.field == field


def test_imposed_floors_are_told_as_reasons():
    """
    A floor from outside counts like a rule, and what it asks for is told.
    """
    source = Source(citation="head office", confidence=Confidence.OWN_CHOICE, checked=ON)
    imposed = Reason(rule="head_office", class_="doubtful", source=source)

    found = classify(Facts(on=ON, days_past_due=0), FIVE, imposed=[imposed])

    assert (found.class_, found.dated) == ("doubtful", DatedClass(ON, "doubtful", ("head_office",)))
    assert "head_office" in explain(found)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"on": dt.datetime(2026, 1, 1)}, "on"),
        ({"on": "2026-01-01"}, "on"),
        ({"days_past_due": -1}, "days_past_due"),
        ({"days_past_due": 1.5}, "days_past_due"),
        ({"days_past_due": True}, "days_past_due"),
        ({"days_past_due": 36_601}, "days_past_due"),
        ({"days_past_due": 3, "oldest_due": ON}, "days_past_due"),
        ({"days_past_due": 3, "all_arrears_paid": True}, "all_arrears_paid"),
        ({"all_arrears_paid": 1}, "all_arrears_paid"),
        ({"oldest_due": dt.datetime(2026, 1, 1)}, "oldest_due"),
        ({"arrears": 100}, "arrears"),
        ({"exposure": Money("-1", "EUR")}, "exposure"),
        ({"assessed": "poor"}, "class_"),
        ({"known": {"credit_impaired": 1}}, "known.credit_impaired"),
        ({"known": {"periods_kept": True}}, "known.periods_kept"),
        ({"known": {"periods_kept": -1}}, "known.periods_kept"),
        ({"known": {"expected_loss": 0.5}}, "known.expected_loss"),
        ({"known": {"expected_loss": Rate("-1%", "once")}}, "known.expected_loss"),
        ({"known": {"restructured": dt.datetime(2026, 1, 1)}}, "known.restructured"),
        ({"known": {"restructured": 12}}, "known.restructured"),
    ],
)
def test_malformed_facts_are_refused_by_name(given, field):
    """
    Floats, bools, datetimes, negatives and contradictions are refused; the error names the fact.
    """
    with pytest.raises(InvalidValue) as refusal:
        classify(Facts(**{"on": ON, **given}), FIVE)

    assert refusal.value.field == field


@pytest.mark.parametrize("given", [{}, {"months": -1}, {"days": 1.5}, {"months": True}])
def test_elapsed_time_is_a_whole_number(given):
    """
    Months or days are given, and are whole.
    """
    with pytest.raises(InvalidValue):
        Elapsed(**given)


@pytest.mark.parametrize(
    ("entries", "field"),
    [
        ([DatedClass(ON, "loss"), DatedClass(ON, "normal")], "history"),
        ([DatedClass(ON, "loss"), DatedClass(ON - dt.timedelta(days=1), "normal")], "history"),
        ([DatedClass(ON, "NPA")], "class_"),
    ],
)
def test_a_history_out_of_order_or_of_another_scale_is_refused(entries, field):
    """
    Days rise, and classes are the scale's own.
    """
    with pytest.raises(InvalidValue) as refusal:
        classify(Facts(on=ON, days_past_due=0), FIVE, history=entries)

    assert refusal.value.field == field


def test_the_future_of_a_history_does_not_count():
    """
    A class dated after the day of the facts holds nobody back.
    """
    later = [DatedClass(ON + dt.timedelta(days=1), "loss")]

    assert classify(Facts(on=ON, days_past_due=0), FIVE, history=later).class_ == "normal"


def test_two_different_sets_of_facts_on_one_day_are_refused():
    """
    A history has one truth a day.
    """
    with pytest.raises(InvalidValue, match="facts"):
        history([Facts(on=ON, days_past_due=0), Facts(on=ON, days_past_due=1)], FIVE)


def test_a_late_correction_replaces_what_it_changes():
    """
    Facts of an earlier day are judged anew, and the entries after it with them.
    """
    wrong = history([Facts(on=ON, days_past_due=100)], FIVE)

    assert history([Facts(on=ON, days_past_due=10)], FIVE, before=wrong)[-1].class_ == "special_mention"


@pytest.mark.parametrize(
    ("loans", "contagion", "field"),
    [
        ({"a": Facts(on=ON, days_past_due=100)}, "gossip", "contagion"),
        ({"a": Facts(on=ON, days_past_due=100)}, "same_debtor_not_retail", "loans.a.exposure"),
        ({"a": Facts(on=ON), "b": Facts(on=ON + dt.timedelta(days=1))}, "worst_class", "loans"),
        ({"a": Facts(on=ON)}, "worst_class", "loans.a.days_past_due"),
    ],
)
def test_contagion_that_cannot_be_judged_is_refused(loans, contagion, field):
    """
    An unknown rule, a missing exposure, loans of different days and a loan's refused facts are refused.
    """
    with pytest.raises(InvalidValue) as refusal:
        classify_together(loans, FIVE, contagion=contagion)

    assert refusal.value.field == field


def test_a_borrower_without_loans_has_no_classes():
    """
    Nothing together is nothing.
    """
    assert classify_together({}, FIVE, contagion="worst_class") == {}


def test_facts_serve_several_scales_narrowed_to_each():
    """
    Facts for two scales are refused by each alone, and accepted narrowed to what it reads.
    """
    facts = Facts(on=ON, days_past_due=45, known={"technical_overdue": True, "rebutted_30_days": True})
    stages = scale("ifrs-9")

    with pytest.raises(InvalidValue):
        classify(facts, stages)
    assert classify(facts.narrowed(name for name, _ in stages.vocabulary), stages).class_ == "stage_1"


def test_months_end_on_the_corresponding_day():
    """
    A month after 31 January is the last day of February; three months are at most 92 days, a year 366.
    """
    assert corresponding_day(dt.date(2026, 1, 31), 1) == dt.date(2026, 2, 28)
    assert corresponding_day(dt.date(2024, 2, 29), 12) == dt.date(2025, 2, 28)
    assert [longest(months) for months in (0, 1, 3, 12)] == [0, 31, 92, 366]
