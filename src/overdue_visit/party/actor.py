"""
Who acts: an officer, a manager, a borrower, or the lender's own night run.
"""

from __future__ import annotations

import attrs

from overdue_visit.errors import InvalidValue


@attrs.frozen
class Actor:
    """
    Who did it: the host's own id, in what role, and for whom if not for themselves.

    Raises:
        InvalidValue: If an id or the role is empty.
    """

    id: str
    role: str = "officer"
    on_behalf_of: str | None = None

    def __attrs_post_init__(self) -> None:
        if not isinstance(self.id, str) or not self.id:
            raise InvalidValue("actor", self.id, "a non-empty id, such as 'officer:7'")
        if not isinstance(self.role, str) or not self.role:
            raise InvalidValue("role", self.role, "a non-empty role, such as 'officer'")

    def __str__(self) -> str:
        return self.id


SYSTEM = Actor("system", "system")
"""The lender's own runs: nobody pressed a button."""
