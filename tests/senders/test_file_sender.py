"""
The file sender.
"""

from __future__ import annotations

import os
import pathlib
import subprocess
import sys
import threading

import attrs
import pytest

from overdue_visit.adapters.file_sender import FileSender
from overdue_visit.errors import AdapterError, InvalidValue
from overdue_visit.ports.sender import OutcomeUnknown, OutgoingNotice, SendFailed
from overdue_visit.testing.sender_contract import SenderContract

LETTER = OutgoingNotice(
    message_id="ke-001/1#3",
    channel="file",
    party="b-17",
    address="the blue house behind the well",
    subject="还款提醒",
    body="您好！\n\n您的贷款已逾期。\n",
    language="zh",
)

WRITTEN = """\
Notice: ke-001/1#3
To: b-17
Address: the blue house behind the well
Channel: file
Language: zh
Subject: 还款提醒

您好！

您的贷款已逾期。
"""


class TestFileSender(SenderContract):
    """The file sender keeps the law of its port."""

    @pytest.fixture(autouse=True)
    def place(self, tmp_path):
        """
        Give the sender a folder.
        """
        self.folder = tmp_path / "letters"

    def make_sender(self):
        """
        Return one with an empty folder.
        """
        return FileSender(self.folder)

    def arrived(self):
        """
        Count the letters in the folder.
        """
        return len(list(self.folder.glob("*")))

    def refusing_sender(self):
        """
        Return one whose folder is gone.
        """
        sender = self.make_sender()
        sender.folder.rmdir()
        return sender


def test_a_letter_is_a_text_file(tmp_path):
    """
    A letter says what it is, whom it is for and where to, and then its text, in UTF-8 with plain line ends.
    """
    receipt = FileSender(tmp_path).send(LETTER, key="ke-001/1#3")

    assert (tmp_path / receipt.reference).read_bytes() == WRITTEN.encode()
    assert [path.name for path in tmp_path.iterdir()] == [receipt.reference]


def test_the_name_tells_nothing(tmp_path):
    """
    A file's name is a digest: it names no loan and no party, and any key makes a name.
    """
    sender = FileSender(tmp_path)

    names = {sender.send(LETTER, key=key).reference for key in ("ke-001/1#3", "../../escape", "", "\ud800", "x" * 9999)}

    assert len(names) == 5
    assert all(len(name) == 36 and name.endswith(".txt") for name in names)
    assert len(list(tmp_path.iterdir())) == 5


def test_the_first_letter_of_a_key_stays(tmp_path):
    """
    The same key again, from another sender on the same folder and with other words, changes nothing.
    """
    first = FileSender(tmp_path).send(LETTER, key="k-1")

    again = FileSender(tmp_path).send(attrs.evolve(LETTER, body="Another text"), key="k-1")

    assert again == first
    assert (tmp_path / first.reference).read_bytes() == WRITTEN.encode()


def test_a_subject_cannot_write_the_head(tmp_path):
    """
    Whatever ends a line in what stands in the head, it begins no line of its own.
    """
    letter = attrs.evolve(LETTER, subject="Reminder\nTo: b-18", address="x\u2028To: b-18", party="b-17\rTo: b-18")

    path = tmp_path / FileSender(tmp_path).send(letter, key="k-1").reference

    assert [line for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("To:")] == [
        "To: b-17 To: b-18"
    ]


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such permissions")
def test_a_letter_is_its_owners(tmp_path):
    """
    Nobody but the owner may read a letter.
    """
    path = tmp_path / FileSender(tmp_path).send(LETTER, key="k-1").reference

    assert path.stat().st_mode & 0o777 == 0o600


def test_a_letter_that_cannot_be_written_leaves_nothing(tmp_path, monkeypatch):
    """
    When the disk is full the letter failed, may be tried again, and no part of it is left.
    """

    def full(_handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(SendFailed) as refusal:
        FileSender(tmp_path).send(LETTER, key="k-1")

    assert not refusal.value.permanent
    assert list(tmp_path.iterdir()) == []


def test_a_disk_that_does_not_confirm_is_doubt(tmp_path, monkeypatch):
    """
    When the letter is there and the folder cannot be made durable, its outcome is unknown.
    """

    def no_folder(_path, _flags):
        raise OSError(5, "Input/output error")

    sender = FileSender(tmp_path)
    with monkeypatch.context() as broken:
        broken.setattr("overdue_visit.adapters.file_sender.os.open", _only_folders(no_folder))
        with pytest.raises(OutcomeUnknown):
            sender.send(LETTER, key="k-1")

    assert sender.send(LETTER, key="k-1").reference == next(tmp_path.iterdir()).name


def _only_folders(fail):
    usual = os.open

    def opened(path, flags, *more, **named):
        return fail(path, flags) if pathlib.Path(path).is_dir() else usual(path, flags, *more, **named)

    return opened


def test_a_folder_that_cannot_be_made_is_told_at_once(tmp_path):
    """
    A path below a file is no folder.
    """
    (tmp_path / "file").write_text("", encoding="utf-8")

    with pytest.raises(AdapterError, match="cannot make the folder"):
        FileSender(tmp_path / "file" / "letters")


def test_a_single_text_is_no_list_of_channels(tmp_path):
    """
    ``channels="letter"`` is refused instead of being read as six channels.
    """
    with pytest.raises(InvalidValue):
        FileSender(tmp_path, "letter")


def test_one_key_from_many_threads_is_one_file(tmp_path):
    """
    Two relays that both believe they hold the lease leave one complete letter.
    """
    sender = FileSender(tmp_path)
    threads = [threading.Thread(target=sender.send, args=(LETTER,), kwargs={"key": "k-1"}) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    (path,) = tmp_path.iterdir()
    assert path.read_bytes() == WRITTEN.encode()


KILLED = """
import os, sys
from overdue_visit.adapters.file_sender import FileSender
from overdue_visit.ports.sender import OutgoingNotice

os.fsync = lambda handle: os._exit(9)
letter = OutgoingNotice(message_id="m", channel="file", party="p", body="x" * 100_000, language="en")
FileSender(sys.argv[1]).send(letter, key="k-1")
"""


def test_a_killed_sender_leaves_no_half_letter(tmp_path):
    """
    A process killed while it writes leaves no letter, and the same key is written by the next.
    """
    killed = subprocess.run([sys.executable, "-c", KILLED, tmp_path], check=False)
    before = list(tmp_path.glob("*.txt"))
    receipt = FileSender(tmp_path).send(LETTER, key="k-1")

    assert killed.returncode == 9
    assert before == []
    assert (tmp_path / receipt.reference).read_bytes() == WRITTEN.encode()
