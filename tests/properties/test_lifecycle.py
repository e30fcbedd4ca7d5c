"""
The one table that moves a case: compiled, drawn and lived, it is the same everywhere.
"""

from __future__ import annotations

import ast
import collections
import itertools
import pathlib
import re

import attrs
import pytest

import overdue_visit
from overdue_visit.case.acts.upkeep import CloseCase
from overdue_visit.case.kinds import KINDS
from overdue_visit.case.upkeep import CloseReason
from overdue_visit.lifecycle import FIRST, MOVING, STEP, TABLE, CaseState, machine, mermaid, sources
from tests.case.builders import STATES

KIND_NAMES = [kind.kind for kind in KINDS]
PAIRS = list(itertools.product(CaseState, KIND_NAMES))


@attrs.define
class Cursor:
    """Something with a state that the machine may move."""

    state: CaseState


def by_table(state, fact):
    """
    Return where the table's rows send a state, or the state itself.
    """
    return next((to for kind, states, to in TABLE if kind == fact and state in states), state)


def by_machine(state, fact):
    """
    Return where the machine sends a state, or the state itself where it has no such event or refuses it.
    """
    event = machine().events.get(fact)
    if event is None or state.name not in event.transitions:
        return state
    cursor = Cursor(state)
    assert event.trigger(cursor)
    return cursor.state if isinstance(cursor.state, CaseState) else CaseState[cursor.state]


@pytest.mark.parametrize(("state", "fact"), PAIRS, ids=str)
def test_table_step_and_machine_agree(state, fact):
    """
    Every fact moves every state to the same state by the table, the compiled steps and the drawn machine.
    """
    expected = by_table(state, fact)

    assert STEP.get((state, fact), state) is expected
    assert by_machine(state, fact) is expected


def test_the_machine_refuses_what_the_table_has_not():
    """
    The machine knows the states and facts of the table and no others, and no state can be set behind its back.
    """
    triggers = {name for name in machine().events if not name.startswith("to_")}

    assert set(machine().states) == {state.name for state in CaseState}
    assert triggers == MOVING == set(machine().events)
    assert machine().initial is None


def test_no_pair_of_state_and_fact_stands_twice():
    """
    Of two rows for one pair the first would win in silence, so there is none.
    """
    pairs = collections.Counter((state, fact) for fact, states, _ in TABLE for state in states)

    assert [pair for pair, times in pairs.items() if times > 1] == []
    assert len(pairs) == len(STEP)
    assert len({fact for fact, _, _ in TABLE}) == len(TABLE)


def test_every_moving_fact_is_a_fact():
    """
    The table names only kinds of fact that exist.
    """
    assert set(KIND_NAMES) >= MOVING


def test_every_state_can_be_reached():
    """
    From the first state the table leads to every other.
    """
    reached, waiting = {FIRST}, [FIRST]
    while waiting:
        here = waiting.pop()
        for (state, _), to in STEP.items():
            if state is here and to not in reached:
                reached.add(to)
                waiting.append(to)

    assert reached == set(CaseState)


def test_no_state_is_a_trap():
    """
    From every state the table leads back to recovery.
    """
    good = {CaseState.RECOVERED}
    while more := {state for (state, _), to in STEP.items() if to in good} - good:
        good |= more

    assert good == set(CaseState)


def test_the_recovered_are_behind_by_relapse_alone():
    """
    Practice: whoever has cleared the arrears is left in peace; only falling behind again takes the case back.
    """
    assert [fact for (state, fact) in STEP if state is CaseState.RECOVERED] == ["relapsed"]


BY_HAND = [reason for reason in CloseReason if reason not in (CloseReason.HEALTHY, CloseReason.PAID_OFF)]


@pytest.mark.parametrize("reason", BY_HAND)
@pytest.mark.parametrize("state", STATES)
def test_an_open_case_can_be_closed_from_every_state(state, reason):
    """
    Whatever its state, an open case can be closed, and then stands closed with its reason and day.
    """
    story = STATES[state]()
    assert story.case.state == state

    story.do(CloseCase(reason))

    assert not story.case.open
    assert (story.case.upkeep.closed_on, story.case.upkeep.close_reason) == (story.on, reason)
    assert story.is_sound()


def test_the_drawing_shows_the_table():
    """
    The Mermaid diagram has one arrow for each pair of state and fact, the beginning, and an end for every state.
    """
    drawn = re.findall(r"^ {4}(\S+) --> (\S+): (\S+)$", mermaid(), flags=re.MULTILINE)
    expected = [(state.value, to.value, fact) for (state, fact), to in STEP.items()]
    ends = [(state.value, "[*]", "case_closed") for state in CaseState]

    assert sorted(drawn) == sorted([("[*]", FIRST.value, "case_opened"), *expected, *ends])
    assert len(drawn) == len(mermaid().splitlines()) - 1


def test_only_the_lifecycle_knows_the_machine():
    """
    No other module of the package imports `transitions`.
    """
    root = pathlib.Path(overdue_visit.__file__).parent
    importing = set()
    for path in root.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            if any(name.split(".")[0] == "transitions" for name in names):
                importing.add(path.relative_to(root).as_posix())

    assert importing == {"lifecycle.py"}


def test_sources_names_the_states_a_fact_moves():
    """
    For each fact of the table its states come in the table's order; a fact that moves nothing has none.
    """
    assert {fact: sources(fact) for fact, _, _ in TABLE} == {fact: states for fact, states, _ in TABLE}
    assert sources("words_recorded") == ()
