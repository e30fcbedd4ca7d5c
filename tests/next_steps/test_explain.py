"""
Explaining a case: which state, since when, by which rule, what is due, and what would change it.
"""

from __future__ import annotations

from datetime import date

import attrs

from overdue_visit.arrears import AgeingConvention
from overdue_visit.case.acts.upkeep import CloseCase
from overdue_visit.lifecycle import CaseState
from overdue_visit.loan import Component, Instalment, Loan
from overdue_visit.next_steps import explain, next_look, next_steps
from tests.case.builders import VILLAGE, day, kes, notified, overdue, recovered


def test_an_explanation_says_why_the_case_is_where_it_is():
    """
    Practice: a manager reads in a minute which rule applies, what is due and what would move the case.
    """
    story = notified()

    text = str(explain(story.case, VILLAGE, day(9)))

    head, arrears = text.splitlines()[:2]
    assert head == "ke-001/1 on 2026-03-10: notified since 2026-03-08"
    assert arrears.startswith("  9 days past due since 2026-03-01 (village); arrears KES 120.00 (principal KES 120.00)")
    assert arrears.endswith(", as observed on 2026-03-08")
    assert "  due since 2026-03-08: offer an appointment, because notice was given" in text
    assert "  would move it: talk held -> visited" in text
    assert text.splitlines()[-1].endswith("(policy village 1)")


def test_an_explanation_holds_values_for_machines():
    """
    What the text says stands in fields as well.
    """
    schedule = [
        Instalment(date(2026, 3, 1), kes(120), components={Component.FEES: kes(20), Component.PRINCIPAL: kes(100)})
    ]
    story = overdue(ledger=Loan("ke-001", borrower="b-17", schedule=schedule))

    found = explain(story.case, VILLAGE, day(8))

    assert (found.case_id, found.on, found.state) == ("ke-001/1", day(8), CaseState.OVERDUE)
    assert (found.days_past_due, found.convention, found.arrears) == (8, "village", kes(120))
    assert [(part.component.value, part.amount) for part in found.by_component] == [
        ("fees", kes(20)),
        ("principal", kes(100)),
    ]
    assert found.steps == next_steps(story.case, VILLAGE, day(8))
    assert found.next_look == next_look(story.case, VILLAGE, day(8))
    assert ("borrower_notified", CaseState.NOTIFIED) in found.moves


def test_a_healthy_case_has_nothing_past_due():
    """
    After recovery the explanation says so.
    """
    story = recovered(day(10))

    assert "nothing past due, as observed on 2026-03-11" in str(explain(story.case, VILLAGE, day(11)))


def test_a_case_that_is_over_says_why():
    """
    A closed case has its reason, no steps and no moves.
    """
    story = overdue()
    story.do(CloseCase("opened_in_error"))

    found = explain(story.case, VILLAGE, day(9))

    assert str(found) == "ke-001/1 on 2026-03-10: overdue since 2026-03-08; closed: opened in error"
    assert (found.steps, found.moves, found.next_look) == ((), (), None)


def test_the_convention_is_named():
    """
    Two right answers can differ by a day: the explanation names the convention that was used.
    """
    rules = attrs.evolve(VILLAGE, ageing=AgeingConvention(name="due day counts", due_day_counts=1))
    found = explain(overdue(rules=rules).case, rules, day(7))

    assert (found.convention, found.days_past_due) == ("due day counts", 8)
    assert "8 days past due since 2026-03-01 (due day counts)" in str(found)
