"""
Do acts: load, decide, save; again on the latest version when somebody else was faster.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar, TypeVar

import attrs
import msgspec

from overdue_visit.case.act import Act, Situation
from overdue_visit.case.case import Case
from overdue_visit.case.header import Fact
from overdue_visit.case.perform import Command, perform
from overdue_visit.desk.settings import Settings, codec
from overdue_visit.desk.unit import Loaded, as_contacts, change, contacts_of, load, load_together, situation
from overdue_visit.errors import InvalidValue, NotAllowed
from overdue_visit.ports.store import ConcurrentUpdate
from overdue_visit.record.change import CaseChange, CommandRow
from overdue_visit.record.encoding import encode

TRIES = 3
"""How often an act is decided again on the latest version."""

T = TypeVar("T")


@attrs.frozen(kw_only=True)
class Outcome:
    """What a command led to."""

    case: Case
    """The case after it; for a replayed command the case as it is now."""
    facts: tuple[Fact, ...]
    """What was recorded, in order."""
    replayed: bool = False
    """Whether the same key had done it before."""


@attrs.frozen
class KeyReused(NotAllowed):
    """The idempotency key was used for another command."""

    code: ClassVar[str] = "key_reused"

    key: str
    case_id: str

    def __str__(self) -> str:
        return f"key {self.key!r} was used for another command on {self.case_id}; use a fresh key for a new command"


def do(settings: Settings, case_id: str, acts: Sequence[Act], *, key: str | None, expect: int | None) -> Outcome:
    """
    Perform acts on the latest version of a case and save them as one change.

    Raises:
        KeyReused: If *key* was used for other acts.
        ConcurrentUpdate: If the case is not at *expect*, or others were faster three times.
        NotAllowed, InvalidValue: As the acts refuse.
    """
    checked(acts)
    _check_key(key, expect)
    digest = digest_of(case_id, acts) if key is not None else ""
    gate = _asks_gate(acts)

    def attempt() -> Outcome:
        replay = _replay(settings, key, digest)
        if replay is not None:
            return replay
        loaded = load_together(settings, (case_id,))(case_id) if gate else load(settings, case_id)
        if expect is not None and loaded.version != expect:
            raise ConcurrentUpdate((case_id,))
        decided, outcome = decide(settings, loaded, acts, key=key, digest=digest)
        settings.store.save((decided,))
        return outcome

    return again(settings, attempt, once=expect is not None)


def again(settings: Settings, attempt: Callable[[], T], *, once: bool = False) -> T:
    """
    Attempt a unit of work up to `TRIES` times while others are faster; once inside a host's transaction.
    """
    for _ in range(1 if once or settings.in_transaction else TRIES - 1):
        try:
            return attempt()
        except ConcurrentUpdate:
            if once or settings.in_transaction:
                raise
    return attempt()


def decide(
    settings: Settings,
    loaded: Loaded,
    acts: Sequence[Act],
    *,
    key: str | None = None,
    digest: str = "",
    circumstances: Situation | None = None,
) -> tuple[CaseChange, Outcome]:
    """
    Decide acts on a loaded case; nothing is saved.
    """
    now = circumstances or situation(settings)
    if _asks_gate(acts):
        seen = loaded.contacts or contacts_of(settings, loaded.case.party, now.at)
        if seen.rows:
            now = attrs.evolve(now, contacts=as_contacts(seen.rows))
    case, entries = perform(loaded.case, acts, now, Command(key=key))
    command = None
    if key is not None:
        command = CommandRow(
            tenant=settings.tenant,
            key=key,
            act_digest=digest,
            case_id=case.id,
            first=loaded.version + 1,
            last=case.version,
        )
    decided = change(settings, case, entries, before=loaded, on=now.on, command=command)
    return decided, Outcome(case=case, facts=tuple(entry.fact for entry in entries))


def _asks_gate(acts: Sequence[Act]) -> bool:
    return any(getattr(act, "asks_gate", False) for act in acts)


def checked(acts: Sequence[Act]) -> None:
    """
    Refuse a command without acts, and what is no act.

    Raises:
        InvalidValue: Naming it.
    """
    if not acts:
        raise InvalidValue("acts", acts, "at least one act, such as SendNotice('reminder')")
    for act in acts:
        # Asked by name: a runtime check of the Protocol costs as much as deciding.
        if isinstance(act, type) or not hasattr(act, "decide") or not hasattr(act, "records"):
            raise InvalidValue("acts", type(act).__name__, "an act, such as SendNotice('reminder')")


def _check_key(key: str | None, expect: int | None) -> None:
    if expect is not None and type(expect) is not int:
        raise InvalidValue("expect", expect, "the version of a case, such as case.version")
    if key is not None and (not isinstance(key, str) or not key or len(key) > 200):
        raise InvalidValue("key", key, "a text of 1 to 200 characters")


def digest_of(case_id: str, acts: Sequence[Act]) -> str:
    """
    Return a digest of a command: the case, and each act with its values.

    Raises:
        Unwritable: If an act holds what cannot be put on record.
    """
    named = [[type(act).__name__, msgspec.to_builtins(act, enc_hook=_plain)] for act in acts]
    return hashlib.sha256(encode([case_id, named], field="acts")).hexdigest()


def _plain(value: object) -> object:
    if isinstance(value, dt.tzinfo):
        return str(value)
    return dict(value) if isinstance(value, Mapping) else repr(value)


def _replay(settings: Settings, key: str | None, digest: str) -> Outcome | None:
    if key is None:
        return None
    used = settings.store.command(settings.tenant, key)
    if used is None:
        return None
    if used.act_digest != digest:
        raise KeyReused(key, used.case_id)
    sealed = settings.store.facts(
        settings.tenant, used.case_id, after=used.first - 1, limit=max(used.last - used.first + 1, 0)
    )
    facts = tuple(codec().open(each).fact for each in sealed)
    return Outcome(case=load(settings, used.case_id).case, facts=facts, replayed=True)
