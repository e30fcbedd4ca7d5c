"""
The conformance suite of the sender port: what every `Sender` must do, as tests.

The whole test file of a sender::

    class TestMySender(SenderContract):
        def make_sender(self):
            return MySender(url=sandbox_url)

Point it at a sandbox or a small server of your own: each test sends a few letters. Four more methods may be overridden;
the tests that need them are skipped otherwise: `SenderBench.address` (what an address looks like),
`SenderBench.arrived` (how many letters the world has), `SenderBench.refusing_sender` (one whose world takes nothing)
and `SenderBench.breaking_sender` (one whose line breaks after the letter was handed over).
"""

from __future__ import annotations

import concurrent.futures
from collections.abc import Mapping

import attrs
import pytest

from overdue_visit.ports.sender import OutcomeUnknown, OutgoingNotice, Receipt, Sender, SendFailed

_THREADS = 4

_PARTY = "b-17"
_SUBJECT = "A reminder about your loan ke-001"
_BODY = "Dear customer,\n\nKES 120.00 was due on 2026-03-01.\n"

_HARD: dict[str, dict[str, str | None]] = {
    "no address": {"address": None},
    "an empty address": {"address": ""},
    "an address of two": {"address": "one@example.org, two@example.org"},
    "an address with a line end": {"address": "one@example.org\r\nBcc: two@example.org"},
    "an address in another script": {"address": "用户@例子.中国"},
    "no subject": {"subject": ""},
    "a subject with a line end": {"subject": "Reminder\r\nBcc: two@example.org\n\nAnother text"},
    "a long subject": {"subject": "还款提醒：" * 100},
    "Chinese": {"subject": "还款提醒", "body": "您好！\n\n您的贷款已逾期。\n", "language": "zh"},
    "right to left": {"body": "تذكير بالسداد", "language": "ar"},
    "no text": {"body": ""},
    "lines that are dots": {"body": "One\n.\n..\n.\r\n\r\nTwo"},
    "a line without end": {"body": "x" * 5000},
    "characters that are no text": {"subject": "\x00\x1b[2J", "body": "\x00\x07\x1b]0;\x07 \ud800"},
}


class SenderBench:
    """Makes senders for the tests."""

    def make_sender(self) -> Sender:
        """
        Return a sender whose world is up and has no letters yet.
        """
        raise TypeError(f"{type(self).__name__} must say in make_sender how a sender is made")

    def address(self, channel: str) -> str | None:
        """
        Return an address that a letter may go to; ``None``: the channel needs none.
        """
        return "+254700000000" if channel in ("sms", "phone", "message") else "someone@example.org"

    def arrived(self) -> int | None:
        """
        Return how many letters the world of the sender made last took, whoever they were for; ``None``: who knows.
        """
        return None

    def refusing_sender(self) -> Sender | None:
        """
        Return a sender whose world certainly takes nothing: a gateway that is down; ``None``: there is none.
        """
        return None

    def breaking_sender(self) -> Sender | None:
        """
        Return a sender whose line breaks once a letter was handed over, before the answer; ``None``: there is none.
        """
        return None

    def letter(
        self, sender: Sender, *, number: int = 1, changes: Mapping[str, str | None] | None = None
    ) -> OutgoingNotice:
        """
        Return a letter for the first of the sender's channels.
        """
        channel = min(sender.channels)
        plain = OutgoingNotice(
            message_id=f"ke-001/1#{number}",
            channel=channel,
            party=_PARTY,
            address=self.address(channel),
            subject=_SUBJECT,
            body=_BODY,
            language="en",
        )
        return attrs.evolve(plain, **(changes or {}))  # type: ignore[arg-type]  # the tests change texts only

    def expect(self, letters: int, *, because: str) -> None:
        """
        Assert that so many letters arrived, as far as anybody can tell.
        """
        seen = self.arrived()
        assert seen is None or seen == letters, f"{because}: {letters} letters should have arrived, {seen} did"


class SenderContract(SenderBench):
    """All laws of the sender port; subclass it and say in `make_sender` how a sender is made."""

    def test_channels_are_names_that_stay(self) -> None:
        """
        A sender serves at least one channel, and the same ones after sending as before.
        """
        sender = self.make_sender()
        before = sender.channels
        names = sorted(before)
        _outcome(sender, self.letter(sender), key="k-1")

        assert names
        assert not isinstance(before, str)
        assert all(isinstance(name, str) and name.strip() for name in names)
        assert sorted(sender.channels) == names

    def test_idempotency_is_declared(self) -> None:
        """
        Whether the same key may be sent again is a plain yes or no, and no outcome changes it.
        """
        sender = self.make_sender()
        declared = sender.idempotent
        _outcome(sender, self.letter(sender), key="k-1")

        assert isinstance(declared, bool)
        assert sender.idempotent is declared

    def test_what_is_sent_arrives_once(self) -> None:
        """
        A plain letter is sent, with a receipt, and reaches the world once.
        """
        sender = self.make_sender()

        receipt = sender.send(self.letter(sender), key="k-1")

        assert isinstance(receipt, Receipt)
        self.expect(1, because="one letter was sent")

    def test_receipts_hold_nothing_personal(self) -> None:
        """
        A receipt's reference is stored for good: it is absent or a text without address, subject or body.
        """
        sender = self.make_sender()
        letter = self.letter(sender)

        reference = sender.send(letter, key="k-1").reference

        assert reference is None or (isinstance(reference, str) and reference.strip())
        assert _personal(str(reference), letter) == ()

    def test_each_key_is_a_letter(self) -> None:
        """
        Two keys are two letters, also where the text is the same.
        """
        sender = self.make_sender()
        sender.send(self.letter(sender), key="k-1")

        sender.send(self.letter(sender), key="k-2")

        self.expect(2, because="two keys were sent")

    def test_the_same_key_again_arrives_once_where_that_is_promised(self) -> None:
        """
        A sender that declares idempotency lets the same key arrive once.
        """
        sender = self.make_sender()
        if not sender.idempotent:
            pytest.skip("the sender does not declare idempotency")
        first = sender.send(self.letter(sender), key="k-1")

        again = sender.send(self.letter(sender), key="k-1")

        assert again == first
        self.expect(1, because="one key was sent twice")

    @pytest.mark.parametrize("changes", _HARD.values(), ids=_HARD)
    def test_hard_letters_have_an_outcome(self, changes: dict[str, str | None]) -> None:
        """
        Whatever a letter holds, it is sent whole or refused by an error of the port, and never leaks or splits.
        """
        sender = self.make_sender()
        letter = self.letter(sender, changes=changes)

        outcome = _outcome(sender, letter, key="k-1")

        assert isinstance(outcome, Receipt | SendFailed | OutcomeUnknown), f"{type(outcome).__name__} is no outcome"
        assert _personal(_told(outcome), letter) == ()
        if not isinstance(outcome, OutcomeUnknown):
            self.expect(int(isinstance(outcome, Receipt)), because=_told(outcome))

    def test_a_hard_letter_does_not_spoil_the_next(self) -> None:
        """
        After any letter, refused or not, a plain one is sent.
        """
        sender = self.make_sender()
        for number, changes in enumerate(_HARD.values()):
            _outcome(sender, self.letter(sender, changes=changes), key=f"hard-{number}")

        receipt = sender.send(self.letter(sender), key="k-1")

        assert isinstance(receipt, Receipt)

    def test_several_threads_send_at_once(self) -> None:
        """
        Letters sent from several threads at once arrive once each.
        """
        sender = self.make_sender()
        numbers = range(2 * _THREADS)
        with concurrent.futures.ThreadPoolExecutor(_THREADS) as pool:
            receipts = list(pool.map(lambda n: sender.send(self.letter(sender, number=n), key=f"k-{n}"), numbers))

        assert all(isinstance(receipt, Receipt) for receipt in receipts)
        self.expect(len(numbers), because="all letters were sent")

    def test_a_world_that_takes_nothing_is_a_failure(self) -> None:
        """
        Where a letter certainly did not go out, the sender raises `SendFailed` and says whether to try again.
        """
        sender = _needed(self.refusing_sender(), "refusing_sender")
        letter = self.letter(sender)

        outcome = _outcome(sender, letter, key="k-1")

        assert isinstance(outcome, SendFailed)
        assert isinstance(outcome.permanent, bool)
        assert _personal(_told(outcome), letter) == ()
        self.expect(0, because="the world took nothing")

    def test_a_line_that_breaks_is_doubt(self) -> None:
        """
        Where a letter may have gone out, the sender neither claims it nor denies it.
        """
        sender = _needed(self.breaking_sender(), "breaking_sender")
        letter = self.letter(sender)

        outcome = _outcome(sender, letter, key="k-1")

        assert isinstance(outcome, OutcomeUnknown)
        assert _personal(_told(outcome), letter) == ()


def _outcome(sender: Sender, letter: OutgoingNotice, *, key: str) -> object:
    try:
        return sender.send(letter, key=key)
    except Exception as error:  # noqa: BLE001 - which error it is, is what is tested
        return error


def _told(outcome: object) -> str:
    """
    Return what a traceback would show of an outcome: an error with all that led to it.
    """
    told = [str(outcome), repr(outcome)]
    if isinstance(outcome, BaseException):
        before = outcome.__cause__ or (None if outcome.__suppress_context__ else outcome.__context__)
        told += [_told(before)] if before is not None else []
    return "\n".join(told)


def _personal(told: str, letter: OutgoingNotice) -> tuple[str, ...]:
    secrets = (letter.address, letter.subject, letter.body)
    return tuple(secret for secret in secrets if secret and secret.strip() and secret.strip() in told)


def _needed(sender: Sender | None, method: str) -> Sender:
    if sender is None:
        pytest.skip(f"{method} is not overridden")
    return sender
