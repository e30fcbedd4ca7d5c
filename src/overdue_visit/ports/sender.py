"""
The sender: hands a notice to the world - a mail server, an SMS gateway, a printer, a person with a bag of letters.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import ClassVar, Protocol

import attrs

from overdue_visit.errors import AdapterError


@attrs.frozen(kw_only=True)
class OutgoingNotice:
    """
    One notice, ready to go out. It exists only while it is sent: text and address are never stored with it.
    """

    message_id: str
    channel: str
    party: str
    """The addressee's id in the host's directory."""
    address: str | None = attrs.field(default=None, repr=False)
    """Where to on this channel, ``None`` where the channel needs none or the sender knows itself."""
    subject: str = attrs.field(default="", repr=False)
    body: str = attrs.field(repr=False)
    language: str


@attrs.frozen
class Receipt:
    """What the world answered: its own reference for the message, if it gives one."""

    reference: str | None = None


@attrs.frozen
class SendFailed(AdapterError):
    """The message certainly did not go out; *permanent* says that trying again is of no use."""

    code: ClassVar[str] = "send_failed"

    permanent: bool

    def __str__(self) -> str:
        return f"{self.adapter}: {self.what} ({'for good' if self.permanent else 'may be tried again'})"


@attrs.frozen
class OutcomeUnknown(AdapterError):
    """The message may or may not have gone out: the line broke after it was handed over."""

    code: ClassVar[str] = "outcome_unknown"


class Sender(Protocol):
    """
    Sends notices on some channels. Called outside any transaction, by one relay at a time for one message.

    A sender never guesses: only when the message certainly went out does it return; only when it certainly did not, it
    raises `SendFailed`; in any doubt it raises `OutcomeUnknown`. The caller treats any other error as doubt too.
    """

    @property
    def channels(self) -> Collection[str]:
        """The channels it serves, such as ``{"sms"}``; they never change."""
        ...

    @property
    def idempotent(self) -> bool:
        """
        Whether the same key sent twice reaches the addressee at most once.

        Only then may a message whose outcome is unknown be sent again.
        """
        ...

    def send(self, letter: OutgoingNotice, *, key: str) -> Receipt:
        """
        Send one notice and wait until its outcome is known.

        Args:
            key: Stays the same whenever this message is tried again.

        Raises:
            SendFailed: If it certainly did not go out.
            OutcomeUnknown: If it may have gone out.
        """
        ...
