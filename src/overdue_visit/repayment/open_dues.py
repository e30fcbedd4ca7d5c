"""
The sheet on which payments are worked out: what is open of every due amount, in plain integers.

`allocate` and `replay` fill it from values and read values from it; nobody else needs it.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import Self

import attrs

from overdue_visit.repayment.allocation_order import Order, When
from overdue_visit.repayment.amounts import COMPONENTS, Amounts
from overdue_visit.repayment.debt import Component
from overdue_visit.repayment.due import Due, in_due_order

_PLACE = {component: place for place, component in enumerate(COMPONENTS)}


@attrs.frozen
class Taking:
    """Minor units that go to one component of one due amount, by its place on the sheet."""

    place: int
    when: When
    component: Component
    minor: int


@attrs.define
class OpenDues:
    """Due amounts by date; *open*, *paid* and *waived* are minor units in the order of `Component`."""

    dues: tuple[Due, ...]
    dates: list[dt.date]
    open: list[list[int]]
    paid: list[list[int]]
    waived: list[list[int]]
    settled: int = 0
    """So many of the oldest have nothing open; they are passed over."""

    @classmethod
    def of(cls, dues: Iterable[Due]) -> Self:
        """
        Copy due amounts to a sheet.

        Raises:
            InvalidValue: If there is none, or a number occurs twice.
            CurrencyMismatch: If they have several currencies.
        """
        found = in_due_order(dues)
        return cls(
            found,
            [due.on for due in found],
            [list(due.open.minor) for due in found],
            [list(due.paid.minor) for due in found],
            [list(due.waived.minor) for due in found],
        )

    @property
    def currency(self) -> str:
        """The one currency of all amounts."""
        return self.dues[0].currency

    def as_dues(self) -> tuple[Due, ...]:
        """
        Return what became of the due amounts.
        """
        currency = self.currency
        return tuple(
            Due(
                number=due.number,
                on=due.on,
                charged=due.charged,
                paid=Amounts(currency, tuple(paid)),
                waived=Amounts(currency, tuple(waived)),
            )
            for due, paid, waived in zip(self.dues, self.paid, self.waived, strict=True)
        )

    def places(self, when: When, on: dt.date) -> range:
        """
        Return which due amounts are past due, due or in advance on a day.
        """
        first, after = bisect_left(self.dates, on), bisect_right(self.dates, on)
        match when:
            case When.PAST_DUE:
                return range(min(self.settled, first), first)
            case When.DUE:
                return range(first, after)
            case When.ADVANCE:
                return range(after, len(self.dates))

    def pour(self, minor: int, *, on: dt.date, order: Order) -> tuple[list[Taking], int]:
        """
        Pay: fill the order's buckets one after the other.

        Returns:
            What went where, and what is left over.
        """
        takings: list[Taking] = []
        left = minor
        for when, components in order.runs:
            places = self.places(when, on)
            if when is When.ADVANCE and order.future == "spread":
                parts = self._even(places, components, left)
            else:
                seen = places[::-1] if when is When.ADVANCE and order.future == "last" else places
                parts = self._in_turn(_cells(seen, components, vertical=order.direction == "vertical"), left)
            for place, component, part in parts:
                self.paid[place][_PLACE[component]] += part
                left -= part
                takings.append(Taking(place, when, component, part))
            if not left:
                break
        while self.settled < len(self.open) and not any(self.open[self.settled]):
            self.settled += 1
        return takings, left

    def waive(self, minor: int, component: Component, *, on: dt.date) -> tuple[list[Taking], int]:
        """
        Waive of one component, the oldest first.

        Returns:
            What was waived where, and what found nothing to waive.
        """
        takings, left, column = [], minor, _PLACE[component]
        for when in When:
            for place, _, part in self._in_turn(_cells(self.places(when, on), (component,), vertical=False), left):
                self.waived[place][column] += part
                left -= part
                takings.append(Taking(place, when, component, part))
        return takings, left

    def _in_turn(self, cells: Iterable[tuple[int, Component]], left: int) -> Iterator[tuple[int, Component, int]]:
        for place, component in cells:
            if not left:
                return
            part = min(left, self.open[place][_PLACE[component]])
            if part:
                self.open[place][_PLACE[component]] -= part
                left -= part
                yield place, component, part

    def _even(self, places: range, components: Sequence[Component], left: int) -> Iterator[tuple[int, Component, int]]:
        for component in components:
            column = _PLACE[component]
            paid, room = [self.paid[p][column] for p in places], [self.open[p][column] for p in places]
            for place, part in zip(places, evened(left, paid, room), strict=True):
                if part:
                    self.open[place][column] -= part
                    left -= part
                    yield place, component, part


def _cells(places: range, components: Sequence[Component], *, vertical: bool) -> Iterator[tuple[int, Component]]:
    if vertical:
        return ((place, component) for place in places for component in components)
    return ((place, component) for component in components for place in places)


def evened(minor: int, paid: Sequence[int], room: Sequence[int]) -> list[int]:
    """
    Share an amount so that what is paid in all is as even as the room allows; odd units go to the first.

    Paying in two parts shares the same as paying at once.
    """
    minor = min(minor, sum(room))
    low, high = 0, max((p + r for p, r in zip(paid, room, strict=True)), default=0)
    while low < high:
        level = (low + high + 1) // 2
        low, high = (level, high) if sum(_up_to(level, paid, room)) <= minor else (low, level - 1)
    parts = _up_to(low, paid, room)
    odd = minor - sum(parts)
    for index, more in enumerate(_up_to(low + 1, paid, room)):
        if odd and more > parts[index]:
            parts[index] += 1
            odd -= 1
    return parts


def _up_to(level: int, paid: Sequence[int], room: Sequence[int]) -> list[int]:
    return [min(max(level - p, 0), r) for p, r in zip(paid, room, strict=True)]
