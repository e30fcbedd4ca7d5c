"""
Whatever a caller hands in, a public function of the calculators takes it or refuses it by name.
"""

from __future__ import annotations

import enum
import inspect
import types
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import attrs
import pytest

from overdue_visit import repayment
from overdue_visit.errors import InvalidValue, NotAllowed
from overdue_visit.money import Money
from overdue_visit.rate import Rate
from tests.repayment.public_calls import CALLS, batch

STRANGERS = (None, "x", 3, 1.5, {}, object(), (object(),))

RETURNED = {
    "Allocated",
    "Allocation",
    "Capacities",
    "LateFee",
    "LateInterest",
    "Replayed",
    "batch.Book",
    "batch.LevelColumns",
}
"""Values that the calculators return and take nowhere."""

REFUSALS = {"CannotFit", "ExtensionBeyondLimit", "ExtensionTooLate", "UpliftOutsideBand"}
"""Errors."""

NO_DOOR = {"DayCount", "Row"}
"""An abstract class, and a tuple whose door is `Row.of`: checking each row would cost a fifth of a schedule."""

UNCHECKED = {
    "Apr",
    "Cost",
    "FixedPayment.payment",
    "FixedPrincipal.payment",
    "Schedule",
    "effective.Apy",
    "npv_loss.Modification",
    "npv_loss.NpvLoss",
    "settlement_figure.SettlementFigure",
    "uk_rebate.UkSettlement",
}
"""What is made in hot loops, or shown and never computed with: it is checked where it is taken, if anywhere."""


def public_names() -> set[str]:
    """
    Return the name of every class, method and function that a reader reaches from the door.
    """
    names: set[str] = set()
    for name in repayment.__all__:
        found = getattr(repayment, name)
        if isinstance(found, types.ModuleType):
            own = [each for each, value in vars(found).items() if getattr(value, "__module__", "") == found.__name__]
            for each in getattr(found, "__all__", own):
                names |= _callables(f"{name}.{each}", getattr(found, each))
        else:
            names |= _callables(name, found)
    for name in batch.__all__:
        names |= _callables(f"batch.{name}", getattr(batch, name))
    return {name for name in names if not any(part.startswith("_") for part in name.split("."))}


def _callables(name: str, found: object) -> set[str]:
    if inspect.isfunction(found):
        return {name}
    if not inspect.isclass(found) or issubclass(found, enum.Enum):
        return set()
    own = {each: getattr(value, "__func__", value) for each, value in vars(found).items()}
    return {name} | {f"{name}.{each}" for each, value in own.items() if inspect.isfunction(value)}


def called(name: str, values: Mapping[str, Any]) -> object:
    """
    Call what has a name with values by parameter.
    """
    function, _ = CALLS[name]
    if any(each.kind is each.VAR_POSITIONAL for each in inspect.signature(function).parameters.values()):
        return function(*values.values())
    return function(**values)


def answer(call: Callable[[], object]) -> str:
    """
    Say how a call ended: taken, refused by name, not allowed, or with an error of Python's own.
    """
    try:
        call()
    except InvalidValue as refusal:
        return "refused" if refusal.field and refusal.accepted and str(refusal) else f"nameless: {refusal!r}"
    except NotAllowed:
        return "not allowed"
    except Exception as error:  # noqa: BLE001 - that no other error comes out is what is tested
        return f"{type(error).__name__}: {error}"
    return "taken"


def strangers(value: object) -> Iterator[object]:
    """
    Draw values of other types, and several values one of which is no such value.
    """
    yield from STRANGERS
    if isinstance(value, list | tuple) and value:
        yield (*value, object())
        yield (*value[:-1], None)


def test_every_public_callable_has_a_good_call():
    """
    The table has a call for each class, method and function that the door leads to.
    """
    assert public_names() - RETURNED - REFUSALS - NO_DOOR <= CALLS.keys()
    assert public_names() >= RETURNED | REFUSALS | NO_DOOR | UNCHECKED
    assert len(public_names()) > 150


@pytest.mark.parametrize("name", CALLS)
def test_a_good_call_names_every_parameter_and_is_taken(name):
    """
    The call that is spoilt below is good as it stands, and leaves no parameter out.
    """
    function, given = CALLS[name]

    assert given.keys() == inspect.signature(function).parameters.keys()
    assert answer(lambda: called(name, given)) == "taken"


@pytest.mark.parametrize("name", CALLS)
def test_a_value_of_a_wrong_type_is_taken_or_refused_by_name(name):
    """
    None, a word, a number, a float, a mapping or a stranger end in no error of Python's own, for any parameter.
    """
    function, given = CALLS[name]
    needed = {each for each, what in inspect.signature(function).parameters.items() if what.default is what.empty}
    answers = {
        (parameter, repr(stranger)): answer(lambda p=parameter, s=stranger, b=base: called(name, {**b, p: s}))
        for parameter in given
        for base in (given, {each: given[each] for each in given if each in needed or each == parameter})
        for stranger in strangers(given[parameter])
    }

    assert set(answers.values()) <= {"taken", "refused", "not allowed"}, answers


@pytest.mark.parametrize("name", [name for name in CALLS if name not in UNCHECKED])
def test_a_stranger_is_refused(name):
    """
    An object of no known type is not only survived but refused, wherever a caller can hand one in.
    """
    _, given = CALLS[name]

    answers = {parameter: answer(lambda p=parameter: called(name, {**given, p: object()})) for parameter in given}
    assert set(answers.values()) <= {"refused"}, answers


@pytest.mark.parametrize("name", [name for name in CALLS if name not in UNCHECKED and not name.startswith("batch.")])
def test_values_that_can_be_read_once_give_the_same_figures_or_are_refused(name):
    """
    No generator is used up by looking at it and then taken for nothing: not its flows, its caps, nor its rate changes.
    """
    _, given = CALLS[name]
    good = called(name, given)

    for parameter, several in given.items():
        if isinstance(several, list | tuple):
            try:
                found = called(name, {**given, parameter: iter(several)})
            except InvalidValue as refusal:
                assert isinstance(refusal.value, Iterator), (parameter, refusal)  # noqa: PT017 - or it is taken
            else:
                assert found == good, parameter


@pytest.mark.parametrize("name", CALLS)
def test_a_value_with_a_wrong_part_is_taken_or_refused_by_name(name):
    """
    What a value class lets pass when it is made ends in no error of Python's own when it is used.
    """
    _, given = CALLS[name]
    answers = {
        (parameter, part.name, repr(stranger)): answer(
            lambda p=parameter, v=value, a=part.alias, s=stranger: called(name, {**given, p: attrs.evolve(v, **{a: s})})
        )
        for parameter, value in given.items()
        if attrs.has(type(value)) and type(value) not in (Money, Rate) and "repayment" in type(value).__module__
        for part in attrs.fields(type(value))
        if part.init
        for stranger in strangers(getattr(value, part.name))
    }

    assert set(answers.values()) <= {"taken", "refused", "not allowed"}, answers
