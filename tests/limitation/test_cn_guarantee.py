"""
Guarantees in China: a fixed period, and what keeps a guarantor bound.
"""

from __future__ import annotations

import datetime as dt
import pickle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from overdue_visit.business_calendar import EVERY_DAY
from overdue_visit.errors import InvalidValue
from overdue_visit.limitation import (
    Confidence,
    Guarantee,
    GuaranteeKind,
    GuaranteeState,
    State,
    guarantee_period,
    guarantee_standing,
    shipped,
)

D = dt.date
DUE = D(2026, 3, 17)
DAYS = st.dates(D(2020, 1, 1), D(2050, 12, 31))
JOINT = Guarantee(kind=GuaranteeKind.JOINT, due=DUE)
GENERAL = Guarantee(kind=GuaranteeKind.GENERAL, due=DUE)


def test_every_figure_was_read_and_checked():
    """
    The figures come from the code and the court's interpretation, looked at on 23 November 2026.
    """
    sources = {figure.source for figure in shipped("cn-guarantee").figures}

    assert {source.confidence for source in sources} == {Confidence.VERIFIED}
    assert {source.checked for source in sources} == {D(2026, 11, 23)}


@pytest.mark.parametrize(
    ("due", "last"),
    [
        (D(2026, 3, 17), D(2026, 9, 17)),
        (D(2026, 8, 31), D(2027, 3, 1)),  # no February 31, and the 28th is a Sunday
    ],
)
def test_without_agreement_a_guarantee_runs_6_months(due, last):
    """
    Six months from the end of the main debt's term (art. 692(2)).
    """
    period = guarantee_period(Guarantee(kind=GuaranteeKind.JOINT, due=due))

    assert period.day == last
    assert period.rule == "cn-guarantee.default_period"


@pytest.mark.parametrize(
    ("agreed", "last", "rule"),
    [
        (D(2029, 3, 17), D(2029, 3, 17), "agreed_period"),
        (D(2026, 3, 18), D(2026, 3, 18), "agreed_period"),
        (D(2026, 3, 17), D(2026, 9, 17), "default_period"),
        (D(2026, 1, 1), D(2026, 9, 17), "default_period"),
    ],
)
def test_an_agreed_period_must_outlast_the_debt(agreed, last, rule):
    """
    A period that ends with the main debt or before counts as not agreed (art. 692(2)).
    """
    period = guarantee_period(Guarantee(kind=GuaranteeKind.JOINT, due=DUE, agreed_until=agreed))

    assert period.day == last
    assert period.rule == f"cn-guarantee.{rule}"


def test_until_all_is_paid_is_no_period():
    """
    "Until all is paid" is unclear, and the six months hold (担保制度解释 art. 32).
    """
    period = guarantee_period(Guarantee(kind=GuaranteeKind.JOINT, due=DUE, unclear=True))

    assert (period.day, period.rule) == (D(2026, 9, 17), "cn-guarantee.unclear_period")


def test_an_extension_binds_the_guarantor_only_with_consent():
    """
    A later due date moves the guarantee period only if the guarantor agreed in writing (art. 695(2)).
    """
    later = D(2027, 3, 17)

    alone = Guarantee(kind=GuaranteeKind.JOINT, due=DUE, changed_due=later)
    together = Guarantee(kind=GuaranteeKind.JOINT, due=DUE, changed_due=later, guarantor_consented=True)

    assert guarantee_period(alone).day == D(2026, 9, 17)
    assert guarantee_period(together).day == D(2027, 9, 17)
    assert [source.citation for source in guarantee_period(alone).also] == ["民法典 art. 695(2)"]
    assert guarantee_period(JOINT).also == ()


@pytest.mark.parametrize(
    ("kind", "article"), [(GuaranteeKind.GENERAL, "民法典 art. 693(1)"), (GuaranteeKind.JOINT, "民法典 art. 693(2)")]
)
@pytest.mark.parametrize(
    ("claimed", "on", "holds", "revived"),
    [
        (D(2026, 9, 17), D(2026, 10, 1), True, None),
        (None, D(2026, 9, 17), False, None),
        (None, D(2026, 9, 18), False, False),
        (D(2026, 9, 18), D(2026, 9, 18), False, False),
    ],
)
def test_a_standing_says_what_was_done_in_time(kind, article, claimed, on, holds, revived):
    """
    It names what this kind of guarantee asks for, whether it was done, and that a lapsed one does not come back.
    """
    standing = guarantee_standing(Guarantee(kind=kind, due=DUE), on=on, claimed_on=claimed)

    assert (standing.claim.holds, standing.claim.source.citation) == (holds, article)
    assert (standing.revival and standing.revival.holds) is revived


def test_a_joint_guarantor_asked_in_time_is_held_for_3_years():
    """
    From the demand on the guarantor the limitation of the guarantor's debt runs (arts. 693(2), 694(2)).
    """
    standing = guarantee_standing(JOINT, on=D(2026, 12, 1), claimed_on=D(2026, 9, 17))

    assert standing.state is GuaranteeState.HELD
    assert standing.debt_limitation.day == D(2029, 9, 17)


def test_a_general_guarantor_may_refuse_for_a_while():
    """
    After a suit in time, the guarantor's own limitation waits until the right to refuse is gone (art. 694(1)).
    """
    waiting = guarantee_standing(GENERAL, on=D(2026, 12, 1), claimed_on=D(2026, 9, 1))
    running = guarantee_standing(GENERAL, on=D(2027, 12, 1), claimed_on=D(2026, 9, 1), refusal_ended=D(2027, 6, 8))

    assert waiting.debt_limitation.state is State.PENDING
    assert running.debt_limitation.day == D(2030, 6, 10)  # June 8 is a Saturday


@pytest.mark.parametrize("claimed", [None, D(2026, 9, 18)])
def test_a_guarantee_not_used_in_time_is_gone(claimed):
    """
    After the last day the guarantor is free, and a later demand changes nothing (arts. 693, 担保制度解释 art. 34).
    """
    standing = guarantee_standing(JOINT, on=D(2026, 9, 18), claimed_on=claimed)

    assert standing.state is GuaranteeState.LAPSED
    assert standing.debt_limitation is None
    assert guarantee_standing(JOINT, on=D(2026, 9, 17)).state is GuaranteeState.OPEN


@settings(max_examples=40)
@given(due=DAYS, claim=DAYS, kind=st.sampled_from(GuaranteeKind))
def test_a_claim_never_moves_the_period(due, claim, kind):
    """
    Nothing interrupts, suspends or extends a guarantee period (art. 692(1)).
    """
    guarantee = Guarantee(kind=kind, due=due)

    standing = guarantee_standing(guarantee, on=max(claim, due), claimed_on=claim, calendar=EVERY_DAY)

    assert standing.period == guarantee_period(guarantee, calendar=EVERY_DAY)
    assert (standing.state is GuaranteeState.HELD) is (claim <= standing.period.day)


def test_a_guarantee_can_be_pickled():
    """
    A guarantee and its standing survive a pickle.
    """
    standing = guarantee_standing(JOINT, on=DUE)

    assert pickle.loads(pickle.dumps((JOINT, standing))) == (JOINT, standing)


@pytest.mark.parametrize(
    "call",
    [
        lambda: Guarantee(kind="half", due=DUE),
        lambda: Guarantee(kind=GuaranteeKind.JOINT, due=dt.datetime(2026, 3, 17)),
        lambda: Guarantee(kind=GuaranteeKind.JOINT, due=DUE, unclear=1),
        lambda: Guarantee(kind=GuaranteeKind.JOINT, due=DUE, unclear=True, agreed_until=D(2029, 1, 1)),
        lambda: guarantee_standing(JOINT, on=D(2026, 9, 1), claimed_on=D(2026, 9, 2)),
        lambda: guarantee_standing(GENERAL, on=D(2027, 1, 1), refusal_ended=D(2026, 10, 1)),
        lambda: guarantee_standing(GENERAL, on=D(2027, 1, 1), claimed_on=D(2026, 9, 1), refusal_ended=D(2026, 8, 31)),
    ],
)
def test_guarantees_that_make_no_sense_are_refused(call):
    """
    Unknown kinds, datetimes, contradictions and dates out of order are refused.
    """
    with pytest.raises(InvalidValue):
        call()
