"""
Chinese credit card measures of 2011: signed plans, and who is collected from.
"""

from __future__ import annotations

import datetime as dt

import pytest

from overdue_visit.contact import Role, SignedPlan
from tests.contact.asking import Asking

CARDS = Asking("cn-card-measures-2011", "Asia/Shanghai")


def test_header():
    """
    It is in force since 13 January 2011 and was last looked at on 23 November 2026.
    """
    relative = {"party": "aunt", "role": Role.RELATIVE}

    assert CARDS.header == (dt.date(2011, 1, 13), None, dt.date(2026, 11, 23))
    assert CARDS.breaks("2011-01-12 10:00", **relative) == []
    assert CARDS.breaks("2011-01-13 10:00", **relative) == ["only_debtor_and_guarantor"]


@pytest.mark.parametrize(
    ("text", "fields", "allowed"),
    [
        ("2026-02-27 23:59", {}, True),
        ("2026-02-28 00:00", {}, False),
        ("2026-05-20 10:00", {}, False),
        ("2026-05-20 10:00", {"in_default": True}, True),
        ("2026-05-20 10:00", {"debts": ("D2",)}, True),
        ("2026-05-20 10:00", {"kind": "informal"}, True),
    ],
)
def test_a_signed_plan_stops_collecting(text, fields, allowed):
    """
    From the day on which a personalised plan is signed nothing is collected while it is kept (art. 70).
    """
    plan = SignedPlan(**{"kind": "personalised_instalment", "signed_on": dt.date(2026, 2, 28), **fields})

    verdict = CARDS.verdict(text, plans=(plan,))

    assert verdict.allowed is allowed
    assert allowed or verdict.earliest is None


@pytest.mark.parametrize(("role", "allowed"), [("borrower", True), ("guarantor", True), ("relative", False)])
def test_only_debtor_and_guarantor(role, allowed):
    """
    Debtor and guarantor are collected from, nobody else (art. 68).
    """
    assert CARDS.verdict("2026-05-20 10:00", party="p", role=role).allowed is allowed
