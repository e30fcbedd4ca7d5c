"""
Money that is there only once, though several days could draw on it: savings, and what a harvest left.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Self

import attrs

from overdue_visit.money import Money
from overdue_visit.repayment.flows import Flow

Room = Mapping[dt.date, Money]
"""What can be paid on each date, taken by itself."""


@attrs.frozen(kw_only=True)
class Savings:
    """
    Savings of a household with steady money: any of the first days may use them, and all together once.

    Args:
        own: What each of these days can pay without them.
    """

    amount: Money
    own: Room = attrs.field(hash=False)

    def overdrawn(self, flows: Sequence[Flow], room: Room) -> tuple[Flow, Money] | None:  # noqa: ARG002 (see Arrivals)
        """
        Return the first payment for which too little is left, and what is left for it; None where all are covered.
        """
        none, left = Money.zero(self.amount.currency), self.amount
        for flow in flows:
            own = self.own.get(flow.on)
            if own is None:
                continue
            drawn = max(flow.amount - own, none)
            if drawn > left:
                return flow, own + left
            left -= drawn
        return None

    def with_more(self, more: Money) -> Self:
        """
        Return the same where every day can pay so much more.
        """
        return attrs.evolve(self, own={day: amount + more for day, amount in self.own.items()})


@attrs.frozen(kw_only=True)
class Arrivals:
    """
    A household that pays from what has arrived: what is gone by a day cannot be paid again later.

    Args:
        alone: Days whose room is all that may be gone by then; the room of every other date comes on top of the
            dates before it.
    """

    alone: frozenset[dt.date]

    def overdrawn(self, flows: Sequence[Flow], room: Room) -> tuple[Flow, Money] | None:
        """
        Return the first payment for which too little is left, and what is left for it; None where all are covered.
        """
        if not any(flow.on in self.alone for flow in flows):
            return None
        paid = {flow.on: flow for flow in flows}
        gone = arrived = most = 0
        for day in sorted(room):
            arrived += 0 if day in self.alone else room[day].minor
            most = max(most, arrived, room[day].minor if day in self.alone else 0)
            flow = paid.get(day)
            if flow is None:
                continue
            if gone + flow.amount.minor > most:
                return flow, Money.from_minor(max(most - gone, 0), flow.amount.currency)
            gone += flow.amount.minor
        return None

    def with_more(self, more: Money) -> Self:  # noqa: ARG002 (the rooms grow, not this)
        """
        Return the same: what more can be paid is in the rooms.
        """
        return self


Purse = Savings | Arrivals
