"""
The notary: keeps seals where those who write the store cannot reach them.

A chain of digests proves nothing to someone who can rewrite the whole of it. A seal deposited with a notary does: see
`overdue_visit.record.seal`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import ClassVar, Protocol

import attrs

from overdue_visit.errors import AdapterError
from overdue_visit.record.seal import Deposit, Leaf


@attrs.frozen
class DepositDamaged(AdapterError):
    """What the notary holds is not what was deposited."""

    code: ClassVar[str] = "deposit_damaged"


class Notary(Protocol):
    """Takes seals and gives them back; it never changes or removes one."""

    def deposit(self, leaves: Iterable[Leaf], *, at: dt.datetime) -> Deposit:
        """
        Take the heads of all cases, ordered by tenant and case, and keep them with their root.

        The leaves are read once and not held in memory. What returned is durable; what failed left no deposit.

        Raises:
            InvalidValue: If the leaves are out of order, or *at* is not aware.
        """
        ...

    def deposits(self) -> tuple[Deposit, ...]:
        """
        Return all deposits, oldest first.

        Raises:
            DepositDamaged: If one was changed or removed.
        """
        ...

    def leaves(self, deposit: Deposit) -> Iterable[Leaf]:
        """
        Return the leaves of a deposit, in their order.

        Raises:
            DepositDamaged: Before or while reading, if they are not those deposited; what was read until then is not
                to be relied on.
        """
        ...
