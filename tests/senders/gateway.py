"""
A small world to send letters into, and senders that break the law of the port, each in its own way.
"""

from __future__ import annotations

import attrs

from overdue_visit.ports.sender import OutcomeUnknown, Receipt, SendFailed
from overdue_visit.testing.sender_contract import SenderContract


@attrs.define
class Gateway:
    """What a text-message company is to its customers."""

    up: bool = True
    breaks: bool = False
    taken: list[tuple[str, str | None, str]] = attrs.Factory(list)

    def take(self, key: str, address: str | None, text: str) -> str:
        """
        Take one message, and answer with its number.
        """
        if not self.up:
            raise ConnectionRefusedError(f"cannot reach the gateway for {address}")
        self.taken.append((key, address, text))
        if self.breaks:
            raise ConnectionResetError("gone")
        return f"m-{len(self.taken)}"


@attrs.frozen
class GoodSender:
    """Keeps the law."""

    gateway: Gateway
    channels = frozenset({"sms"})
    idempotent = False

    def send(self, letter, *, key):
        """
        Hand it to the gateway.
        """
        if not letter.address:
            raise SendFailed("gateway", "no number", permanent=True)
        try:
            return Receipt(self.gateway.take(key, letter.address, letter.body))
        except ConnectionRefusedError:
            raise SendFailed("gateway", "nobody answers", permanent=False) from None
        except ConnectionResetError as exc:
            raise OutcomeUnknown("gateway", "the line broke") from exc


class OnceSender(GoodSender):
    """Keeps the law and its promise: a key it knows is not sent again."""

    idempotent = True

    def send(self, letter, *, key):
        """
        Hand it over unless the gateway has it.
        """
        for number, (known, _, _) in enumerate(self.gateway.taken, 1):
            if known == key:
                return Receipt(f"m-{number}")
        return super().send(letter, key=key)


class ServesNothing(GoodSender):
    """Its channels are one text and not names."""

    channels = "sms"


class ForgetsItsChannels(GoodSender):
    """Serves a channel less once it has sent."""

    @property
    def channels(self):
        """
        Return what is left.
        """
        return frozenset({"phone"} if self.gateway.taken else {"phone", "sms"})


class PromisesTooMuch(GoodSender):
    """Declares idempotency and sends the same key again."""

    idempotent = True


class TakesTextForKey(OnceSender):
    """Thinks that the same text is the same letter."""

    def send(self, letter, *, key):  # noqa: ARG002 - its fault
        """
        Hand it over unless the gateway has its text.
        """
        return super().send(letter, key=letter.body)


class Undecided(GoodSender):
    """Does not say whether a key may be sent again."""

    idempotent = None


class ReturnsNothing(GoodSender):
    """Gives no receipt."""

    def send(self, letter, *, key):
        """
        Hand it over and forget what came of it.
        """
        super().send(letter, key=key)


class SendsTwice(GoodSender):
    """Sends to be sure."""

    def send(self, letter, *, key):
        """
        Hand it over, and once more.
        """
        super().send(letter, key=key)
        return super().send(letter, key=key)


class NeverSends(GoodSender):
    """Says that it sent, and keeps the letter."""

    def send(self, letter, *, key):  # noqa: ARG002 - its fault
        """
        Do nothing, with a receipt.
        """
        return Receipt(f"m-{key}")


class SwallowsFailure(GoodSender):
    """Takes a gateway that is down for a success."""

    def send(self, letter, *, key):
        """
        Hand it over, and smile.
        """
        try:
            return super().send(letter, key=key)
        except SendFailed:
            return Receipt()


class DeniesInDoubt(GoodSender):
    """Says that a letter failed which may have gone out."""

    def send(self, letter, *, key):
        """
        Hand it over, and guess.
        """
        try:
            return super().send(letter, key=key)
        except OutcomeUnknown as exc:
            raise SendFailed("gateway", "the line broke", permanent=False) from exc


class ClaimsInDoubt(GoodSender):
    """Says that a letter was sent which may have been lost."""

    def send(self, letter, *, key):
        """
        Hand it over, and hope.
        """
        try:
            return super().send(letter, key=key)
        except OutcomeUnknown:
            return Receipt()


class LetsErrorsThrough(GoodSender):
    """Raises what its driver raises."""

    def send(self, letter, *, key):
        """
        Hand it over, whatever comes of it.
        """
        return Receipt(self.gateway.take(key, letter.address.strip(), letter.body))


class TellsAddresses(GoodSender):
    """Names the addressee in its error."""

    def send(self, letter, *, key):
        """
        Hand it over, and complain too loudly.
        """
        try:
            return super().send(letter, key=key)
        except SendFailed as exc:
            raise SendFailed("gateway", f"not sent to {letter.address}", permanent=exc.permanent) from None


class TellsAddressesBelow(GoodSender):
    """Names the addressee in the error beneath its error."""

    def send(self, letter, *, key):
        """
        Hand it over, and show its driver's complaint.
        """
        try:
            return Receipt(self.gateway.take(key, letter.address, letter.body))
        except ConnectionRefusedError as exc:
            raise SendFailed("gateway", "nobody answers", permanent=False) from exc
        except ConnectionResetError as exc:
            raise OutcomeUnknown("gateway", "the line broke") from exc


class ReceiptTellsAddress(GoodSender):
    """Its receipt is the address."""

    def send(self, letter, *, key):
        """
        Hand it over, and keep what must not be kept.
        """
        super().send(letter, key=key)
        return Receipt(f"to {letter.address}")


class KnowsNoChinese(GoodSender):
    """Works as long as everybody writes English."""

    def send(self, letter, *, key):
        """
        Hand it over in ASCII.
        """
        letter.body.encode("ascii")
        return super().send(letter, key=key)


class SplitsAddresses(GoodSender):
    """Takes a comma for a second addressee."""

    def send(self, letter, *, key):
        """
        Hand it over to everybody named.
        """
        receipts = [
            super(SplitsAddresses, self).send(attrs.evolve(letter, address=one), key=key)
            for one in (letter.address or "").split(",")
        ]
        return receipts[0]


def contract_of(kind):
    """
    Return the suite for a kind of sender over a gateway of its own.
    """

    class Contract(SenderContract):
        def make_sender(self, gateway=None):
            self.gateway = gateway or Gateway()
            return kind(self.gateway)

        def arrived(self):
            return len(self.gateway.taken)

        def refusing_sender(self):
            return self.make_sender(Gateway(up=False))

        def breaking_sender(self):
            return self.make_sender(Gateway(breaks=True))

    return Contract
