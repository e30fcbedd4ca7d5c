"""
The question put to the rules: a proposed contact, what happened before, and what is known.
"""

from __future__ import annotations

import bisect
import datetime as dt
import operator
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Self

import attrs

from overdue_visit.contact import checks
from overdue_visit.contact.contact import Contact, Proposed
from overdue_visit.contact.known import Known
from overdue_visit.contact.party import Request
from overdue_visit.contact.vocabulary import CALLS, Direction, Place, RequestKind, SlotState
from overdue_visit.errors import InvalidValue

_AT = operator.attrgetter("at")


@attrs.frozen
class Question:
    """A proposed contact with its circumstances, prepared for the rules."""

    proposed: Proposed
    known: Known
    history: tuple[Contact, ...]
    """Contacts that count, the newest first."""
    debts: tuple[str, ...]
    """The debts proposed, each under the name of its group."""
    _found: dict[object, tuple[Contact, ...]] = attrs.field(factory=dict, repr=False, eq=False)

    @classmethod
    def ask(cls, proposed: Proposed, history: Sequence[Contact], known: Known) -> Self:
        """
        Prepare a question.

        Raises:
            InvalidValue: If the history is out of order, or reaches beyond the proposed contact, or something is of
                another kind.
        """
        checks.value("proposed", proposed, Proposed)
        checks.value("known", known, Known)
        check_history(history, proposed)
        released = SlotState.RELEASED
        counting = tuple(each for each in reversed(history) if each.state is not released and not each.misdirected)
        debts = tuple({known.one_name(debt): None for debt in proposed.debts})
        return cls(proposed, known, counting, debts)

    def once(self, key: object, find: Callable[[], tuple[Contact, ...]]) -> tuple[Contact, ...]:
        """
        Return what *find* finds; it is asked once for each key, as the history does not change.
        """
        found = self._found.get(key)
        if found is None:
            found = self._found[key] = find()
        return found

    def is_about(self, debt: str | None) -> bool:
        """
        Tell whether the proposed contact is about a debt; None stands for any debt.
        """
        return debt is None or self.known.one_name(debt) in self.debts

    def is_about_any(self, debts: Sequence[str]) -> bool:
        """
        Tell whether the proposed contact is about one of the debts; no debt stands for all.
        """
        return not debts or any(map(self.is_about, debts))

    def since(self, at: dt.datetime | None) -> tuple[Contact, ...]:
        """
        Return the contacts that count, none older than an instant, the newest first.
        """
        if at is None or not self.history or self.history[-1].at >= at:
            return self.history
        return self.history[: bisect.bisect_left(self.history, True, key=lambda each: each.at < at)]  # noqa: FBT003

    def about(self, contacts: Sequence[Contact], debt: str, *, discussed: bool) -> Sequence[Contact]:
        """
        Pick the contacts about a debt, which is the name of a group if it is in one; or those that spoke about it.
        """
        if self.known.debt_groups:
            return [each for each in contacts if self.share_debt(each.discussed if discussed else each.debts, debt)]
        if discussed:
            return [
                each
                for each in contacts
                if each.debt == debt or debt in each.also_debts or debt in each.conversation_only_debts
            ]
        return [each for each in contacts if each.debt == debt or debt in each.also_debts]

    def touches(self, request: Request) -> bool:
        """
        Tell whether a request to stop is about the proposed contact: its debt, person and channel, address or place.
        """
        proposed = self.proposed
        if not self.is_about(request.debt) or (request.person is not None and request.person != proposed.party):
            return False
        match request.kind:
            case RequestKind.STOP_MEDIUM:
                return proposed.channel in (CALLS if request.medium in CALLS else {request.medium})
            case RequestKind.OPT_OUT_ADDRESS:
                return (proposed.number or "").casefold() == (request.address or "").casefold()
            case RequestKind.STOP_WORKPLACE:
                return proposed.at_place is Place.WORKPLACE
            case _:
                return True

    def share_debt(self, debts: Iterable[str], debt: str) -> bool:
        """
        Tell whether a contact's debts hold *debt*, which is the name of a group if it is in one.
        """
        if self.known.debt_groups:
            return any(self.known.one_name(each) == debt for each in debts)
        return debt in debts

    def with_the_party(self) -> Iterator[Contact]:
        """
        Yield the contacts with the person proposed, the newest first.
        """
        return (each for each in self.history if each.party == self.proposed.party)

    def answered(self) -> Contact | None:
        """
        Return the party's own contact that the proposed one answers; None if there is none on record.
        """
        wanted = self.proposed.in_reply_to
        if wanted is None:
            return None
        inbound = (each for each in self.with_the_party() if each.direction is Direction.INBOUND)
        return next((each for each in inbound if each.id == wanted), None)


def check_history(history: Sequence[Contact], proposed: Proposed) -> None:
    """
    Require contacts in order of time, none later than the proposed one.

    Raises:
        InvalidValue: If it is anything else.
    """
    checks.sequence("history", history, Contact)
    if not (_is_in_order(history) and (not history or history[-1].at <= proposed.at)):
        _refuse_history(history, proposed)


def _is_in_order(history: Sequence[Contact]) -> bool:
    if not all(issubclass(kind, Contact) for kind in set(map(type, history))):
        return False
    instants = list(map(_AT, history))
    return instants == sorted(instants)


def _refuse_history(history: Sequence[Contact], proposed: Proposed) -> None:
    """
    Name what is wrong with a history.
    """
    before = None
    for each in history:
        if not isinstance(each, Contact):
            raise InvalidValue("history", each, "contacts")
        if before is not None and each.at < before:
            raise InvalidValue(
                "history", each.at.isoformat(), f"contacts in order of time; one before it is of {before}"
            )
        before = each.at
    if before is not None and before > proposed.at:
        raise InvalidValue("history", before.isoformat(), f"no contact later than the proposed one at {proposed.at}")
