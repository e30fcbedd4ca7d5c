"""
An own sender: text messages through a company's gateway, with its conformance test in the same file.

    python examples/own_sender.py              sends one notice
    python -m pytest examples/own_sender.py    proves the sender against the contract
"""

from __future__ import annotations

from overdue_visit.ports.sender import OutcomeUnknown, OutgoingNotice, Receipt, SendFailed
from overdue_visit.testing.sender_contract import SenderContract


class Gateway:
    """Stands for the company's own client. A reference it has seen before is not sent again."""

    def __init__(self, line: str = "up") -> None:
        self.line = line
        self.messages: dict[str, tuple[str, str]] = {}

    def submit(self, number: str, text: str, *, reference: str) -> str:
        """
        Send a text, and return the company's own number for it.
        """
        if self.line == "down":
            raise ConnectionRefusedError
        if not number.removeprefix("+").isdecimal():
            raise ValueError("not a telephone number")
        self.messages.setdefault(reference, (number, text))
        if self.line == "breaks":
            raise TimeoutError
        return f"m-{list(self.messages).index(reference) + 1}"


class TextMessages:
    """Sends notices as text messages."""

    channels = frozenset({"sms"})
    idempotent = True  # the gateway keeps our promise: one reference, one message

    def __init__(self, gateway: Gateway) -> None:
        self.gateway = gateway

    def send(self, letter: OutgoingNotice, *, key: str) -> Receipt:
        """
        Send one text, the key as its reference.
        """
        if not letter.address:
            raise SendFailed("text messages", "no number", permanent=True)
        try:
            return Receipt(self.gateway.submit(letter.address, letter.body, reference=key))
        except ValueError:
            raise SendFailed("text messages", "the number is refused", permanent=True) from None
        except ConnectionRefusedError as exc:
            raise SendFailed("text messages", "nobody answers", permanent=False) from exc
        except TimeoutError as exc:
            raise OutcomeUnknown("text messages", "no answer") from exc


class TestTextMessages(SenderContract):
    """Needs `make_sender` to know that `TextMessages` keeps the law; the other methods let the suite see more."""

    def make_sender(self, line: str = "up") -> TextMessages:
        """
        Return a sender with a gateway of its own.
        """
        self.gateway = Gateway(line)
        return TextMessages(self.gateway)

    def arrived(self) -> int:
        """
        Count what the gateway took.
        """
        return len(self.gateway.messages)

    def refusing_sender(self) -> TextMessages:
        """
        Return a sender whose gateway is down.
        """
        return self.make_sender("down")

    def breaking_sender(self) -> TextMessages:
        """
        Return a sender whose gateway takes a message and does not say so.
        """
        return self.make_sender("breaks")


def main() -> None:
    """
    Send one notice, and try it again as a relay would whose process was killed before it heard the answer.
    """
    sender = TextMessages(Gateway())
    letter = OutgoingNotice(
        message_id="ke-001/1#3",
        channel="sms",
        party="b-17",
        address="+254700000000",
        body="KES 120.00 was due on 1 March. Shall we find a way together?",
        language="en",
    )

    first = sender.send(letter, key=letter.message_id)
    again = sender.send(letter, key=letter.message_id)

    assert first == again
    print(f"{letter.message_id} went out as {first.reference}; {len(sender.gateway.messages)} message was sent")


if __name__ == "__main__":
    main()
