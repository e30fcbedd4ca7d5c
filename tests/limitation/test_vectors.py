"""
The handlers of shared cases of deadlines run other words and values of the schema, and a spoilt case fails.
"""

from __future__ import annotations

import pytest

from tests.vectors.limitation import KINDS
from tests.vectors.report import NotCovered

HOME = "limitation_interrupted_by_adult_cohabitant_signature"
NOTICE = {"due_date": "2023-03-17", "collection_notice": {"delivered": "2025-06-12"}}


def run(rule, inputs, expected):
    """
    Run one case, and return what was expected and what came.
    """
    return KINDS[rule]({"id": "x", "rule": rule, "input": inputs, "expected": expected})


def signed_by(who: str, rule: str = HOME) -> bool:
    """
    Tell whether a notice with this signature restarted the clock.
    """
    notice = {**NOTICE["collection_notice"], "signed_by": who}
    return run(rule, {**NOTICE, "collection_notice": notice}, {"interrupted": True})[1]["interrupted"]


@pytest.mark.parametrize(
    ("who", "interrupted"),
    [
        ("adult cohabiting relative", True),
        ("adult_son_same_household", True),
        ("co-living adult relative", True),
        ("同住成年亲属", True),
        ("adult daughter", True),
        ("adult son not living with the borrower", False),
        ("minor child", False),
        ("neighbour", False),
    ],
)
def test_a_signer_is_read_as_the_rule_means_it(who, interrupted):
    """
    Where the rule is about a relative of the same home, a relative lives there unless the text denies it.
    """
    assert signed_by(who) is interrupted


def test_elsewhere_a_relative_is_not_taken_for_one_who_lives_there():
    """
    Under another rule a relative counts only if the text says that the home is the same.
    """
    rule = "limitation_not_interrupted_by_neighbour_signature"

    assert not signed_by("adult daughter", rule)
    assert signed_by("adult daughter in the same household", rule)


@pytest.mark.parametrize(
    ("told", "duty"), [({"paid": 0}, True), ({"shortfall": 200}, True), ({"shortfall": 199}, False)]
)
def test_a_shortfall_may_be_told_instead_of_what_was_paid(told, duty):
    """
    What was paid follows from the shortfall.
    """
    inputs = {"payments_due": 2, "instalment": 100, **told}

    assert run("cca_86b_trigger", inputs, {"notice_duty": duty})[1] == {"notice_duty": duty}


def test_a_contradiction_and_an_unknown_word_are_not_covered():
    """
    A shortfall that does not fit what was paid, and a key that no handler knows, are reported.
    """
    with pytest.raises(NotCovered, match="shortfall"):
        run("cca_86b_trigger", {"payments_due": 2, "instalment": 100, "paid": 0, "shortfall": 1}, {"notice_duty": True})
    with pytest.raises(NotCovered, match="moon_phase"):
        run("cca_86b_first_notice", {"conditions_satisfied_on": "2026-03-02", "moon_phase": "full"}, {"give_by": "x"})


def test_a_spoilt_expectation_is_seen():
    """
    The result comes from the library, whatever is expected.
    """
    expected, got = run("cca_86b_first_notice", {"conditions_satisfied_on": "2026-03-02"}, {"give_by": "2026-03-16"})

    assert (expected, got) == ({"give_by": "2026-03-16"}, {"give_by": "2026-03-15"})
