"""
The memory directory.
"""

from __future__ import annotations

import pytest

from overdue_visit.adapters.memory_directory import MemoryDirectory
from overdue_visit.errors import InvalidValue

PARTIES = {
    "b-17": {"name": "王秀兰", "email": "xiulan@example.org", "sms": "+8613800000000", "language": "zh"},
    "b-18": {"email": "amina@example.org"},
}


def test_it_knows_what_it_was_given():
    """
    Name, language and the address on each channel are found by the party's id.
    """
    directory = MemoryDirectory(PARTIES)

    assert directory.name("b-17") == "王秀兰"
    assert directory.language("b-17") == "zh"
    assert directory.address("b-17", "email") == "xiulan@example.org"
    assert directory.address("b-17", "sms") == "+8613800000000"


@pytest.mark.parametrize(
    ("party", "channel"), [("b-18", "sms"), ("b-99", "email"), ("b-17", "name"), ("b-17", "language")]
)
def test_what_it_does_not_know_is_none(party, channel):
    """
    An unknown party, a missing address and what is no channel are ``None``, not an error.
    """
    directory = MemoryDirectory(PARTIES)

    assert directory.address(party, channel) is None
    assert directory.name("b-18") is None
    assert directory.language("b-99") is None


def test_it_keeps_its_own_copy():
    """
    What happens to the mapping later does not reach the directory.
    """
    parties = {"b-17": {"email": "first@example.org"}}
    directory = MemoryDirectory(parties)

    parties["b-17"]["email"] = "second@example.org"

    assert directory.address("b-17", "email") == "first@example.org"


def test_it_shows_nobody():
    """
    Its repr holds neither names nor addresses.
    """
    assert repr(MemoryDirectory(PARTIES)) == "MemoryDirectory(2 parties)"


@pytest.mark.parametrize(
    "parties",
    [
        None,
        ["b-17"],
        {17: {"email": "a@example.org"}},
        {"": {"email": "a@example.org"}},
        {"b-17": "a@example.org"},
        {"b-17": {"email": None}},
        {"b-17": {"email": ""}},
        {"b-17": {1: "a@example.org"}},
        {"b-17": {"sms": 254700000000}},
    ],
    ids=str,
)
def test_what_is_no_directory_is_refused(parties):
    """
    The error says whose entry is wrong and what was expected, and shows no address.
    """
    with pytest.raises(InvalidValue) as refusal:
        MemoryDirectory(parties)

    assert refusal.value.field.startswith("parties")
    assert "a@example.org" not in str(refusal.value).partition("expected")[0]
    assert "254700000000" not in str(refusal.value)
