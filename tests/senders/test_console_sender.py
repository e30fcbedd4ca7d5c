"""
The console sender.
"""

from __future__ import annotations

import io

import attrs
import pytest

from overdue_visit.adapters.console_sender import ConsoleSender
from overdue_visit.errors import InvalidValue
from overdue_visit.ports.sender import OutcomeUnknown, OutgoingNotice, SendFailed
from overdue_visit.testing.sender_contract import SenderContract

LETTER = OutgoingNotice(
    message_id="ke-001/1#3",
    channel="console",
    party="b-17",
    address="someone@example.org",
    subject="还款提醒",
    body="您好！\n\n您的贷款已逾期。\n",
    language="zh",
)

PRINTED = """\
--- ke-001/1#3 to b-17 by console (zh) ---------------------------------
还款提醒

您好！

您的贷款已逾期。
------------------------------------------------------------------------
"""


class Broken(io.StringIO):
    """A pipe whose reader went away."""

    def flush(self):
        """
        Fail, as a pipe does.
        """
        raise BrokenPipeError


class TestConsoleSender(SenderContract):
    """The console sender keeps the law of its port."""

    def make_sender(self):
        """
        Return one that prints to memory.
        """
        self.stream = io.StringIO()
        return ConsoleSender(stream=self.stream)

    def arrived(self):
        """
        Count the blocks printed.
        """
        return 0 if self.stream.closed else f"\n{self.stream.getvalue()}".count("\n--- ke-001")

    def refusing_sender(self):
        """
        Return one whose stream is closed.
        """
        sender = self.make_sender()
        self.stream.close()
        return sender

    def breaking_sender(self):
        """
        Return one whose stream breaks.
        """
        return ConsoleSender(stream=Broken())


def test_a_notice_is_one_readable_block(capsys):
    """
    A notice is printed with the addressee's id, without an address, and is out at once.
    """
    ConsoleSender().send(LETTER, key="k-1")

    assert capsys.readouterr().out == PRINTED


def test_what_the_stream_cannot_write_is_escaped():
    """
    A terminal that knows no Chinese shows escapes instead of failing.
    """
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding="ascii", newline="\n")

    ConsoleSender(stream=stream).send(LETTER, key="k-1")

    assert b"\\u8fd8\\u6b3e\\u63d0\\u9192\n" in raw.getvalue()


def test_a_notice_cannot_steer_the_terminal():
    """
    Escape sequences in a name or a text are shown as what they are: no text.
    """
    stream = io.StringIO()

    ConsoleSender(stream=stream).send(
        attrs.evolve(LETTER, subject="\x1b[2J", party="b\x1b[2J", body="\x1b]0;"), key="k-1"
    )

    assert "\x1b" not in stream.getvalue()


def test_a_closed_stream_is_a_failure():
    """
    Nothing can have been printed on a closed stream.
    """
    stream = io.StringIO()
    stream.close()

    with pytest.raises(SendFailed):
        ConsoleSender(stream=stream).send(LETTER, key="k-1")


def test_a_stream_that_breaks_is_doubt():
    """
    A pipe that breaks may have carried the notice.
    """
    with pytest.raises(OutcomeUnknown):
        ConsoleSender(stream=Broken()).send(LETTER, key="k-1")


def test_it_stands_in_for_the_channels_it_is_given():
    """
    While trying things out it serves any channel; a single text is not taken for its letters.
    """
    assert ConsoleSender({"sms", "email"}).channels == {"sms", "email"}
    with pytest.raises(InvalidValue):
        ConsoleSender("sms")
