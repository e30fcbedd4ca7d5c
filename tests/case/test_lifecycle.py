"""
The table that moves the case: asked for the states of a fact, and drawn.
"""

from __future__ import annotations

from overdue_visit.lifecycle import CaseState, mermaid, sources


def test_a_fact_that_moves_nothing_has_no_states():
    """
    Words move no case; a recall moves the case that somebody else had.
    """
    assert sources("words_recorded") == ()
    assert sources("recalled") == (CaseState.ESCALATED,)


def test_the_drawing_begins_with_the_opening_and_ends_with_closing_from_anywhere():
    """
    A state diagram: a case opens overdue, a plan comes after a talk, and every state can be closed.
    """
    drawn = mermaid().split("\n")

    assert drawn[:2] == ["stateDiagram-v2", "    [*] --> overdue: case_opened"]
    assert "    visited --> plan_agreed: plan_agreed" in drawn
    assert drawn[-7:] == [*(f"    {state.value} --> [*]: case_closed" for state in CaseState), ""]
