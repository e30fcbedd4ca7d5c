"""
What the shipped senders share: channels checked, text made harmless, a name drawn from a key.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable

from overdue_visit.errors import InvalidValue

_ACCEPTED = "names of channels, such as ('sms', 'email')"

# Escape sequences move a terminal's cursor, NUL ends a letter early, half a surrogate pair has no bytes.
_NOT_TEXT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


def served(channels: Iterable[str]) -> frozenset[str]:
    """
    Return the channels that a sender serves.

    Raises:
        InvalidValue: If there is none, or one is not text; a single text is not taken for its letters.
    """
    if isinstance(channels, str):
        raise InvalidValue("channels", channels, _ACCEPTED)
    names = tuple(channels)
    if not names or not all(isinstance(name, str) and name.strip() for name in names):
        raise InvalidValue("channels", names, _ACCEPTED)
    return frozenset(names)


def printable(text: str) -> str:
    """
    Return *text* with plain line ends and a replacement character for each that is not text.
    """
    return _NOT_TEXT.sub("\N{REPLACEMENT CHARACTER}", "\n".join(text.splitlines()))


def one_line(text: str) -> str:
    """
    Return *text* on one line, whatever line ends it had: what stands there cannot begin a line of its own.
    """
    return " ".join(printable(text).split())


def name_of(key: str) -> str:
    """
    Return a name for *key* that is always the same, fits everywhere and tells nothing: 32 hexadecimal digits.
    """
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:32]
