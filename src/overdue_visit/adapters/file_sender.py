"""
The file sender: writes each notice to a file of its own, for a printer, a letter shop or another program to take.
"""

from __future__ import annotations

import os
import pathlib
import tempfile

import attrs

from overdue_visit.adapters.sending import name_of, one_line, printable, served
from overdue_visit.errors import AdapterError
from overdue_visit.ports.sender import OutcomeUnknown, OutgoingNotice, Receipt, SendFailed


@attrs.frozen
class FileSender:
    """
    Writes letters into a folder, each complete or not there at all.

    A letter holds personal content, its address included: the folder is the host's to protect and to empty. Whoever
    collects letters copies them: a file that is gone would be written again if its outcome had remained unknown. A name
    that begins with a dot is no letter: it is being written, or was when its process was killed.

    Args:
        folder: Made if it is missing; desks of several tenants use a folder each.
        channels: What goes into the folder, such as ``("letter",)``.

    Raises:
        InvalidValue: If *channels* names none.
        AdapterError: If the folder cannot be made.
    """

    folder: pathlib.Path = attrs.field(converter=pathlib.Path)
    channels: frozenset[str] = attrs.field(default=frozenset({"file"}), converter=served)

    def __attrs_post_init__(self) -> None:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as exc:
            raise AdapterError("file sender", f"cannot make the folder {self.folder}: {exc.strerror}") from exc

    @property
    def idempotent(self) -> bool:
        """``True``: the same key finds its file and leaves it as it is."""
        return True

    def send(self, letter: OutgoingNotice, *, key: str) -> Receipt:
        """
        Write one letter, durably; the receipt's reference is the file's name.

        Raises:
            SendFailed: If it could not be written: no space, no permission, no folder.
            OutcomeUnknown: If it was written and the disk did not confirm it.
        """
        path = self.folder / f"{name_of(key)}.txt"
        try:
            if not path.exists():
                _write(path, _text(letter))
        except OSError as exc:
            raise SendFailed("file sender", f"cannot write the letter: {exc.strerror}", permanent=False) from exc
        try:
            _confirm(self.folder)
        except OSError as exc:
            raise OutcomeUnknown("file sender", f"the disk does not confirm the letter: {exc.strerror}") from exc
        return Receipt(path.name)


def _text(letter: OutgoingNotice) -> str:
    known = {
        "Notice": letter.message_id,
        "To": letter.party,
        "Address": letter.address or "",
        "Channel": letter.channel,
        "Language": letter.language,
        "Subject": letter.subject,
    }
    head = "".join(f"{name}: {one_line(value)}\n" for name, value in known.items() if value)
    return f"{head}\n{printable(letter.body)}\n"


def _write(path: pathlib.Path, text: str) -> None:
    # Readable by its owner only, as mkstemp makes it: a letter is nobody else's business.
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
    written = pathlib.Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        written.replace(path)
    finally:
        written.unlink(missing_ok=True)


def _confirm(folder: pathlib.Path) -> None:
    # A new name in a folder is durable when the folder is. Windows opens no folders and needs no such thing.
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
