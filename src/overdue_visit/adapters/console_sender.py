"""
The console sender: shows notices instead of sending them.
"""

from __future__ import annotations

import sys
from typing import TextIO

import attrs

from overdue_visit.adapters.sending import one_line, printable, served
from overdue_visit.ports.sender import OutcomeUnknown, OutgoingNotice, Receipt, SendFailed

_WIDTH = 72


@attrs.frozen
class ConsoleSender:
    """
    Prints each notice as one block, with the addressee's id and never an address.

    Args:
        channels: What it stands in for, such as ``{"sms", "email"}`` while trying things out.
        stream: Where to print; standard output when left out.

    Raises:
        InvalidValue: If *channels* names none.
    """

    channels: frozenset[str] = attrs.field(default=frozenset({"console"}), converter=served)
    stream: TextIO | None = attrs.field(default=None, kw_only=True, repr=False)

    @property
    def idempotent(self) -> bool:
        """``False``: what is sent twice is printed twice."""
        return False

    def send(self, letter: OutgoingNotice, *, key: str) -> Receipt:  # noqa: ARG002 - nothing to tell apart
        """
        Print one notice; what the stream cannot write is shown as an escape.

        Raises:
            SendFailed: If the stream is closed.
            OutcomeUnknown: If the stream breaks.
        """
        stream = self.stream or sys.stdout
        if stream.closed:
            raise SendFailed("console", "the stream is closed", permanent=False)
        encoding = stream.encoding or "utf-8"
        try:
            stream.write(_block(letter).encode(encoding, "backslashreplace").decode(encoding))
            stream.flush()
        except OSError as exc:
            raise OutcomeUnknown("console", "the stream broke while a notice was printed") from exc
        return Receipt()


def _block(letter: OutgoingNotice) -> str:
    heading = one_line(f"{letter.message_id} to {letter.party} by {letter.channel} ({letter.language})")
    lines = (
        f"--- {heading} ".ljust(_WIDTH, "-"),
        one_line(letter.subject),
        "",
        printable(letter.body),
        "-" * _WIDTH,
        "",
    )
    return "\n".join(lines)
