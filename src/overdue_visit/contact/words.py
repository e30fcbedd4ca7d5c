"""
Reads the words that values of contacts are made of: each function takes a word as text or as itself.

Every one raises `InvalidValue` with its own name as the field, and the words it accepts.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from overdue_visit.contact import checks
from overdue_visit.contact.vocabulary import (
    Capacity,
    Channel,
    Day,
    Direction,
    MoratoriumKind,
    NumberKind,
    Outcome,
    Place,
    RequestKind,
    Role,
    SlotState,
)


def channel(given: str) -> Channel:
    """
    Read a channel.
    """
    return checks.word(Channel, "channel", given)


def direction(given: str) -> Direction:
    """
    Read a direction.
    """
    return checks.word(Direction, "direction", given)


def role(given: str) -> Role:
    """
    Read a role.
    """
    return checks.word(Role, "role", given)


def number_kind(given: str) -> NumberKind:
    """
    Read a number kind.
    """
    return checks.word(NumberKind, "number_kind", given)


def state(given: str) -> SlotState:
    """
    Read a state.
    """
    return checks.word(SlotState, "state", given)


def request_kind(given: str) -> RequestKind:
    """
    Read a request kind.
    """
    return checks.word(RequestKind, "request_kind", given)


def moratorium_kind(given: str) -> MoratoriumKind:
    """
    Read a moratorium kind.
    """
    return checks.word(MoratoriumKind, "moratorium_kind", given)


def channel_or_none(given: str | None) -> Channel | None:
    """
    Read a channel, or None.
    """
    return checks.word_or_none(Channel, "channel", given)


def outcome_or_none(given: str | None) -> Outcome | None:
    """
    Read an outcome, or None.
    """
    return checks.word_or_none(Outcome, "outcome", given)


def place_or_none(given: str | None) -> Place | None:
    """
    Read a place, or None.
    """
    return checks.word_or_none(Place, "place", given)


def capacity_or_none(given: str | None) -> Capacity | None:
    """
    Read a capacity, or None.
    """
    return checks.word_or_none(Capacity, "capacity", given)


def channels(given: Sequence[str]) -> tuple[Channel, ...]:
    """
    Read different channels.
    """
    return checks.words(Channel, "channels", given)


def directions(given: Sequence[str]) -> tuple[Direction, ...]:
    """
    Read different directions.
    """
    return checks.words(Direction, "directions", given)


def outcomes(given: Sequence[str]) -> tuple[Outcome, ...]:
    """
    Read different outcomes.
    """
    return checks.words(Outcome, "outcomes", given)


def roles(given: Sequence[str]) -> tuple[Role, ...]:
    """
    Read different roles.
    """
    return checks.words(Role, "roles", given)


def number_kinds(given: Sequence[str]) -> tuple[NumberKind, ...]:
    """
    Read different number kinds.
    """
    return checks.words(NumberKind, "number_kinds", given)


def places(given: Sequence[str]) -> tuple[Place, ...]:
    """
    Read different places.
    """
    return checks.words(Place, "places", given)


def capacities(given: Sequence[str]) -> tuple[Capacity, ...]:
    """
    Read different capacities.
    """
    return checks.words(Capacity, "capacities", given)


def days(given: Sequence[str]) -> tuple[Day, ...]:
    """
    Read different days.
    """
    return checks.words(Day, "days", given)


def request_kinds(given: Sequence[str]) -> tuple[RequestKind, ...]:
    """
    Read different request kinds.
    """
    return checks.words(RequestKind, "request_kinds", given)


def moratorium_kinds(given: Sequence[str]) -> tuple[MoratoriumKind, ...]:
    """
    Read different moratorium kinds.
    """
    return checks.words(MoratoriumKind, "moratorium_kinds", given)


def debts(given: Sequence[str]) -> tuple[str, ...]:
    """
    Read names of debts.
    """
    return checks.texts("debts", given)


def codes(given: Sequence[str]) -> tuple[str, ...]:
    """
    Read different codes.
    """
    return checks.codes("codes", given)


def states_or_none(given: Sequence[str] | None) -> tuple[str, ...] | None:
    """
    Read different codes of what a message says, or None.
    """
    return None if given is None else checks.codes("states", given)


def instant(given: dt.datetime) -> dt.datetime:
    """
    Move an aware instant to UTC.
    """
    return checks.instant("at", given)


def instant_or_none(given: dt.datetime | None) -> dt.datetime | None:
    """
    Move an aware instant to UTC, and leave None alone.
    """
    return checks.instant_or_none("at", given)


def zones(given: Sequence[str]) -> tuple[str, ...]:
    """
    Read names of zones.
    """
    return checks.texts("zones", given)


def authorised(given: Sequence[str] | None) -> tuple[Channel, ...] | None:
    """
    Read the channels that a party authorised, or None.
    """
    return None if given is None else checks.words(Channel, "authorised_channels", given)
