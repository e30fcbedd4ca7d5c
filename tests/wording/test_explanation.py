"""
An explanation in words, in any language.
"""

from __future__ import annotations

import datetime as dt

import attrs
import pytest

from overdue_visit.case.acts.appointments import Appoint
from overdue_visit.lifecycle import CaseState
from overdue_visit.loan import Component, ComponentAmount
from overdue_visit.money import Money
from overdue_visit.next_steps import Explanation, Step
from overdue_visit.wording import CHINESE, ENGLISH

BEHIND = Explanation(
    case_id="ke-001/1",
    on=dt.date(2026, 3, 8),
    state=CaseState.NOTIFIED,
    state_since=dt.date(2026, 3, 7),
    days_past_due=7,
    convention="village",
    oldest_due=dt.date(2026, 3, 1),
    arrears=Money("1240.00", "CNY"),
    by_component=(
        ComponentAmount(Component.INTEREST, Money("40.00", "CNY")),
        ComponentAmount(Component.PRINCIPAL, Money("1200.00", "CNY")),
    ),
    seen_on=dt.date(2026, 3, 8),
    steps=(
        Step(
            case_id="ke-001/1",
            act=Appoint,
            rule="appoint",
            since=dt.date(2026, 3, 7),
            params=(("days", 7), ("first_visit_day", 7)),
        ),
    ),
    moves=(("talk_held", CaseState.VISITED),),
    next_look=dt.date(2026, 3, 11),
    policy="village 1",
)
CLEARED = attrs.evolve(BEHIND, oldest_due=None, by_component=(), steps=(), moves=(), next_look=None)
CLOSED = attrs.evolve(CLEARED, closed="healthy")


def test_an_explanation_reads_in_english():
    """
    The text says state, arrears with their parts, what is due, what would move the case, and the next look.
    """
    assert BEHIND.text().splitlines() == [
        "ke-001/1 on 2026-03-08: notified since 2026-03-07",
        (
            "  7 days past due since 2026-03-01 (village); "
            "arrears CNY 1,240.00 (interest CNY 40.00, principal CNY 1,200.00), as observed on 2026-03-08"
        ),
        f"  due since 2026-03-07: {BEHIND.steps[0]}",
        "  would move it: talk held -> visited",
        "  looked at again on 2026-03-11 (policy village 1)",
    ]


def test_an_explanation_reads_in_chinese():
    """
    The same facts stand in the Chinese text, line by line.
    """
    assert BEHIND.text(CHINESE).splitlines() == [
        "ke-001/1，2026年3月8日：已通知（自2026年3月7日起）",
        (
            "  自2026年3月1日起逾期7天（village）；"
            "逾期金额1,240.00元（其中利息 40.00元、本金 1,200.00元），以2026年3月8日的账目为准"
        ),
        f"  自2026年3月7日起应办：{BEHIND.steps[0].text(CHINESE)}",
        "  状态变更条件：与借款人交谈 → 已走访",
        "  下次查看：2026年3月11日（规则village 1）",
    ]


def test_where_nothing_is_past_due_the_text_says_so():
    """
    Nothing past due, nothing to do, and no day to look again each have words.
    """
    assert CLEARED.text().splitlines()[1:] == [
        "  nothing past due, as observed on 2026-03-08",
        "  nothing is due",
        "  looked at again on the next change of the ledger (policy village 1)",
    ]
    assert CLEARED.text(CHINESE).splitlines()[1:] == [
        "  没有逾期款项，以2026年3月8日的账目为准",
        "  目前没有应办事项",
        "  账目下次变化时再查看（规则village 1）",
    ]


def test_arrears_without_parts_are_one_amount():
    """
    A ledger that tells no components is shown with the amount alone.
    """
    whole = attrs.evolve(BEHIND, by_component=())

    assert "arrears CNY 1,240.00, as observed" in whole.text()


def test_a_closed_case_is_explained_in_one_line():
    """
    Of a closed case the text says that it is over, and why.
    """
    assert CLOSED.text() == "ke-001/1 on 2026-03-08: notified since 2026-03-07; closed: healthy long enough"
    assert CLOSED.text(CHINESE) == "ke-001/1，2026年3月8日：已通知（自2026年3月7日起）；已结案：已持续正常还款"


@pytest.mark.parametrize("explanation", [BEHIND, CLEARED, CLOSED], ids=["behind", "cleared", "closed"])
def test_printing_an_explanation_is_english(explanation):
    """
    ``str`` is the English text.
    """
    assert str(explanation) == explanation.text() == explanation.text(ENGLISH)
