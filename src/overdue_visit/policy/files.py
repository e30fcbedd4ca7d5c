"""
The policy that ships, and policies in files.
"""

from __future__ import annotations

import functools
import importlib.resources
import pathlib
from collections.abc import Mapping, Sequence

from overdue_visit.errors import AdapterError, InvalidValue
from overdue_visit.policy.policy import Policy
from overdue_visit.policy.reading import read


@functools.cache
def village() -> Policy:
    """
    Return the policy that ships: a lender's own choices for its villages and streets, each with its reason or source.
    """
    shipped = importlib.resources.files("overdue_visit.policy").joinpath("village.toml")
    return read(shipped.read_text(encoding="utf-8"))


def load(source: str | Mapping[str, object], *, bases: Sequence[Policy] = ()) -> Policy:
    """
    Read an institution's policy from TOML text or a parsed mapping.

    It may say ``extends = "village"`` and hold only what differs, each value with its reason.

    Args:
        bases: Further policies that it may extend by name.

    Raises:
        UnknownKey: If a key is not one of a policy's.

        MissingSource: If a value does not say where it comes from.

        InvalidValue: If the text is no TOML, a value is missing or not accepted, or two contradict each other.
    """
    return read(source, bases=(*bases, village()))


def load_file(path: str | pathlib.Path, *, bases: Sequence[Policy] = ()) -> Policy:
    """
    Read an institution's policy from a TOML file in UTF-8.

    Raises:
        AdapterError: If the file cannot be read.

        InvalidValue: As `load`; also if the file is not UTF-8.
    """
    try:
        text = pathlib.Path(path).read_text(encoding="utf-8-sig")
    except OSError as failed:
        raise AdapterError("policy file", f"cannot read {path}: {failed.strerror}") from failed
    except UnicodeDecodeError:
        raise InvalidValue("policy", str(path), "a file in UTF-8") from None
    return load(text, bases=bases)
