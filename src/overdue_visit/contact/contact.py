"""
Contacts as values: what was done, and what is proposed.
"""

from __future__ import annotations

import datetime as dt

import attrs

from overdue_visit.contact import checks, words
from overdue_visit.contact.vocabulary import Capacity, Channel, Direction, NumberKind, Outcome, Place, Role, SlotState


@attrs.frozen(kw_only=True)
class Contact:
    """
    One contact that took place, was tried, or is reserved.

    Args:
        at: When it was made; of an electronic message, when it was sent.

        outcome: None while nobody knows: then it counts as whatever a rule counts.

        debt: What it was about; an unanswered call is counted to one debt of the collector's choice.

        also_debts: Further debts that the collector raised.

        conversation_only_debts: Debts that only the other side raised: spoken about, but not called about.

        party: Who was contacted; *role* says what that person is to the debt.

        number: Telephone number, e-mail address or other address.

        in_reply_to: The id of the party's own contact that this one answers.

        by: The collector who made it.

        misdirected: The number was later learnt to be somebody else's.

    Raises:
        InvalidValue: If a word is unknown, an instant naive, or a text empty.
    """

    at: dt.datetime = attrs.field(converter=words.instant)
    channel: Channel = attrs.field(converter=words.channel)
    direction: Direction = attrs.field(converter=words.direction, default=Direction.OUTBOUND)
    outcome: Outcome | None = attrs.field(converter=words.outcome_or_none, default=None)
    debt: str
    also_debts: tuple[str, ...] = attrs.field(converter=words.debts, default=())
    conversation_only_debts: tuple[str, ...] = attrs.field(converter=words.debts, default=())
    party: str = "borrower"
    role: Role = attrs.field(converter=words.role, default=Role.BORROWER)
    household: str | None = None
    number: str | None = None
    number_kind: NumberKind = attrs.field(converter=words.number_kind, default=NumberKind.UNKNOWN)
    place: Place | None = attrs.field(converter=words.place_or_none, default=None)
    purpose: str | None = None
    id: str | None = None
    in_reply_to: str | None = None
    by: str | None = None
    misdirected: bool = False
    state: SlotState = attrs.field(converter=words.state, default=SlotState.USED)

    def __attrs_post_init__(self) -> None:
        _texts(self)
        checks.text_or_none("id", self.id)
        checks.yes_or_no("misdirected", self.misdirected)

    @property
    def counts(self) -> bool:
        """Whether limits count it: it was not released, and reached for this party's own number."""
        return self.state is not SlotState.RELEASED and not self.misdirected

    @property
    def debts(self) -> tuple[str, ...]:
        """Debts that it was made about."""
        return (self.debt, *self.also_debts)

    @property
    def discussed(self) -> tuple[str, ...]:
        """Debts that were spoken about, whoever raised them."""
        return (self.debt, *self.also_debts, *self.conversation_only_debts)


@attrs.frozen(kw_only=True)
class Proposed:
    """
    A contact that somebody means to make; the arguments are those of `Contact`.

    Args:
        capacity: For whom the debt is collected; None: every rule set binds.

        product: The kind of loan, such as ``"microfinance"``; None: every rule set binds.

        states: Codes of what the message says that a rule wants to be said, such as ``"opt_out_method"``; None: not
            known.

    Raises:
        InvalidValue: If a word is unknown, the instant naive, or a text empty.
    """

    at: dt.datetime = attrs.field(converter=words.instant)
    channel: Channel = attrs.field(converter=words.channel)
    debt: str
    also_debts: tuple[str, ...] = attrs.field(converter=words.debts, default=())
    party: str = "borrower"
    role: Role = attrs.field(converter=words.role, default=Role.BORROWER)
    household: str | None = None
    number: str | None = None
    number_kind: NumberKind = attrs.field(converter=words.number_kind, default=NumberKind.UNKNOWN)
    place: Place | None = attrs.field(converter=words.place_or_none, default=None)
    purpose: str | None = None
    in_reply_to: str | None = None
    by: str | None = None
    capacity: Capacity | None = attrs.field(converter=words.capacity_or_none, default=None)
    product: str | None = None
    states: tuple[str, ...] | None = attrs.field(converter=words.states_or_none, default=None)

    def __attrs_post_init__(self) -> None:
        _texts(self)
        checks.text_or_none("product", self.product)

    @property
    def debts(self) -> tuple[str, ...]:
        """Debts that it would be about."""
        return (self.debt, *self.also_debts)

    @property
    def at_place(self) -> Place | None:
        """
        The place that it is tied to; None where the medium goes with the person.

        Mail and landlines are tied to a place, mobiles and e-mail are not (12 CFR 1006, comment 6(b)(1)(ii)-1).
        """
        if self.place is not None:
            return self.place
        if self.channel in {Channel.VISIT, Channel.MAIL}:
            return Place.HOME
        return _PLACE_OF_NUMBER.get(self.number_kind)


_PLACE_OF_NUMBER = {NumberKind.HOME_LANDLINE: Place.HOME, NumberKind.WORK: Place.WORKPLACE}


def _texts(made: Contact | Proposed) -> None:
    for field in ("debt", "party"):
        checks.text(field, getattr(made, field))
    for field in ("household", "number", "in_reply_to", "by"):
        checks.text_or_none(field, getattr(made, field))
    if made.purpose is not None:
        checks.code("purpose", made.purpose)
