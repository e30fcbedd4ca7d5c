"""
Days past due that are not known: refused, or said, and never a better class than what is known supports.
"""

from __future__ import annotations

import contextlib
import datetime as dt

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from overdue_visit.classification import SCALES, DatedClass, Facts, classify, explain, history, scale
from overdue_visit.errors import InvalidValue
from overdue_visit.money import Money
from tests.classification.some_facts import DAYS, ON, facts_of, past_of

EARLIER = dt.date(2026, 1, 1)
BY_DAYS = [name for name in SCALES if scale(name).ladders]
ARREARS = {"arrears": Money("150", "EUR"), "exposure": Money("20000", "EUR")}


def judged(name: str, latest: str | None = None, **facts):
    """
    Classify a loan of which no days past due are known.
    """
    past = [DatedClass(EARLIER, latest)] if latest else []
    return classify(Facts(on=ON, **facts), scale(name), history=past)


@pytest.mark.parametrize("name", BY_DAYS)
def test_without_days_or_history_there_is_no_class(name):
    """
    A loan of which nothing is known is refused, wherever days decide; the error names the days.
    """
    with pytest.raises(InvalidValue, match=name) as refusal:
        judged(name)

    assert refusal.value.field == "days_past_due"


def test_a_history_that_begins_without_days_is_refused():
    """
    The first facts of a history say how many days are past due; later ones may leave the class as it is.
    """
    india = scale("in-rbi-sma-2021")
    first = Facts(on=EARLIER, days_past_due=40, facility="term_loan")
    later = Facts(on=ON, facility="term_loan")

    with pytest.raises(InvalidValue, match="days_past_due"):
        history([later], india)
    assert [each.class_ for each in history([first, later], india)] == ["SMA-1"]


def test_the_latest_class_stands_and_says_what_it_may_be():
    """
    A loan that was SMA-1 is SMA-1 still, says that the days are not known, and that it may be non-performing.
    """
    source = "the days past due are not known; the class of 2026-01-01 stands until they are"
    source += "; the institution's own choice"

    found = judged("in-rbi-sma-2021", "SMA-1", facility="term_loan")

    assert (found.class_, found.at_worst, found.unknown) == ("SMA-1", "NPA", ("days_past_due",))
    assert explain(found).splitlines() == [
        "2026-03-31: SMA-1 (in-rbi-sma-2021).",
        f"Because the days past due are not known, and the latest class stands [{source}]",
        "Not known, and read against the loan: days past due.",
        "It may be as bad as: non-performing asset.",
        "For SMA-0: days past due: at most 30.",
    ]
    assert "最差可能为：不良资产（NPA）。" in explain(found, language="zh")


def test_a_rule_that_asks_for_the_worst_class_needs_no_days():
    """
    Where nothing could be worse, the class is certain without the days.
    """
    found = judged("cn-five-class-2023", known={"bankruptcy_liquidation": True})

    assert (found.class_, found.at_worst) == ("loss", "loss")
    assert judged("cn-five-class-2023", assessed="loss").class_ == "loss"
    with pytest.raises(InvalidValue, match="days_past_due"):
        judged("cn-five-class-2023", assessed="doubtful")


@pytest.mark.parametrize(
    ("name", "latest", "known", "class_"),
    [
        ("eu-crr-178", "default", {"trigger_ceased": dt.date(2025, 6, 1), "conditions_met": True}, "not_default"),
        ("eu-crr-178", "default", {"trigger_ceased": dt.date(2025, 6, 1)}, "default"),
        ("eu-crr-178", None, {"conditions_met": True}, "not_default"),
        (
            "eu-eba-forbearance",
            "non_performing_forborne",
            {"measure": dt.date(2025, 1, 1), "no_arrears": True, "no_concern": True},
            "performing_forborne_under_probation",
        ),
        ("eu-eba-forbearance", None, {"no_arrears": True}, "performing_not_forborne"),
    ],
)
def test_what_is_known_may_stand_for_the_days(name, latest, known, class_):
    """
    Without arrears, or with the conditions of a return met, no step of days applies, and none is asked for.
    """
    found = judged(name, latest, known=known)

    assert (found.class_, found.at_worst) == (class_, found.class_)
    assert "days_past_due" not in found.unknown or class_ == "default"


def test_what_stands_for_the_days_is_told_as_the_reason():
    """
    A class that rests on something else than days says on what.
    """
    found = judged("eu-eba-forbearance", known={"no_arrears": True})

    assert [(each.rule, each.class_) for each in found.why] == [("instead_of_days", "performing_not_forborne")]
    assert "what is known rules out a worse class by days" in explain(found)


def test_arrears_that_are_too_small_need_no_days():
    """
    Arrears within a materiality limit make no day past due, however old they are.
    """
    found = judged("eu-crr-178", facility="retail", **ARREARS)

    assert (found.class_, found.days_past_due, found.unknown) == ("not_default", 0, ())


def test_something_left_unpaid_is_one_day_at_least():
    """
    A loan that was standard and has something overdue left is SMA-0 at least; what would help is to pay all.
    """
    found = judged("in-rbi-sma-2021", "standard", facility="term_loan", all_arrears_paid=False)

    assert (found.class_, found.at_worst) == ("SMA-0", "NPA")
    assert [(each.rule, each.class_) for each in found.why] == [("arrears_left", "SMA-0")]
    assert explain(found).endswith("For standard: something overdue is not paid: all arrears are paid.")


@settings(max_examples=60)
@given(data=st.data())
def test_no_number_of_days_would_be_worse_than_told(data):
    """
    Without days a loan is refused, or its class is told with one that no number of days exceeds.
    """
    of = scale(data.draw(st.sampled_from(BY_DAYS)))
    days = data.draw(DAYS)
    facts = attrs.evolve(data.draw(facts_of(of)), days_past_due=None, oldest_due=None, all_arrears_paid=None)
    past = data.draw(past_of(of))
    with_days = classify(attrs.evolve(facts, days_past_due=days), of, history=past)
    without = None

    with contextlib.suppress(InvalidValue):
        without = classify(facts, of, history=past)
    if without is None:
        assert past == ()
        return

    stands = any(fact in ("no_arrears", "conditions_met") and value for fact, value in facts.known)
    assert of.rank(without.at_worst) >= of.rank(without.class_)
    assert stands or of.rank(without.at_worst) >= of.rank(with_days.class_)
    if past and not stands and without.at_worst != without.class_:
        assert of.rank(without.class_) >= of.rank(past[-1].class_)
