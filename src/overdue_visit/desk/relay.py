"""
The relay: takes queued notices, asks the gate at its own now, hands them over, and writes down what became of each.

Between handing over and settling the process may be killed; then the slot stays reserved, and the next relay settles
the notice as unknown, or sends the same key again where the sender declares that harmless.
"""

from __future__ import annotations

import datetime as dt

import attrs

from overdue_visit.case import age
from overdue_visit.case.act import Act
from overdue_visit.case.acts.delivery import (
    HandOverNotice,
    NotUnderWay,
    RecordNoticeFailed,
    RecordNoticeOutcomeUnknown,
    RecordNoticeSent,
    WithholdNotice,
)
from overdue_visit.case.case import Case
from overdue_visit.case.gate import check
from overdue_visit.desk.composing import compose
from overdue_visit.desk.doing import decide
from overdue_visit.desk.settings import Settings
from overdue_visit.desk.unit import Loaded, as_contacts, contacts_of, load, situation
from overdue_visit.errors import AdapterError, InvalidValue, NotAllowed
from overdue_visit.lifecycle import CaseState
from overdue_visit.loan import LoanStatus
from overdue_visit.notice import Notice, NoticeKind, NoticeState
from overdue_visit.plan import InstalmentOutcome
from overdue_visit.ports.sender import OutcomeUnknown, OutgoingNotice, Sender, SendFailed
from overdue_visit.ports.store import ConcurrentUpdate
from overdue_visit.record.change import MessageRow

_BATCH = 10
_TRIES = 20
_OVER = (LoanStatus.SETTLED, LoanStatus.WRITTEN_OFF, LoanStatus.SOLD)


@attrs.frozen(kw_only=True)
class RelayReport:
    """What one run of the relay did: ids of messages by outcome."""

    sent: tuple[str, ...] = ()
    withheld: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    problems: tuple[tuple[str, str], ...] = ()
    """
    Messages with which something is wrong, and what, without personal content: left to a later run because of an error
    of the directory or store, or settled as unknown because their sender raised an error that it must not.
    """

    def __str__(self) -> str:
        counts = (("sent", self.sent), ("withheld", self.withheld), ("failed", self.failed), ("unknown", self.unknown))
        lines = [", ".join(f"{len(ids)} {word}" for word, ids in counts)]
        lines += [f"  problem: {message}: {why}" for message, why in self.problems]
        return "\n".join(lines)


def relay(settings: Settings, limit: int | None = None) -> RelayReport:
    """
    Work through the messages that are due, one by one; one that fails never blocks another.

    Args:
        limit: At most so many; all that are due when left out.

    Raises:
        InvalidValue: If *limit* is not a whole number of at least 1.
    """
    if limit is not None and (type(limit) is not int or limit < 1):
        raise InvalidValue("limit", limit, "a whole number of at least 1, or None for all that are due")
    outcomes: dict[str, list[str]] = {"sent": [], "withheld": [], "failed": [], "unknown": []}
    problems: list[tuple[str, str]] = []
    left = limit
    while left is None or left > 0:
        now = settings.now()
        lease = dt.timedelta(minutes=settings.policy.notices.lease_minutes)
        size = _BATCH if left is None else min(_BATCH, left)
        rows = settings.store.claim(settings.tenant, now=now, lease_until=now + lease, limit=size)
        if not rows:
            break
        for row in rows:
            delivery = _Delivery(settings, row)
            try:
                outcome = delivery.run()
            except (NotAllowed, InvalidValue, AdapterError) as error:
                problems.append((row.message_id, str(error)))
                continue
            if outcome is not None:
                outcomes[outcome].append(row.message_id)
            if delivery.fault is not None:
                problems.append((row.message_id, delivery.fault))
        left = None if left is None else left - len(rows)
    return RelayReport(**{word: tuple(ids) for word, ids in outcomes.items()}, problems=tuple(problems))


@attrs.frozen
class _HandedOver:
    """A letter that its sender is to take now."""

    sender: Sender
    letter: OutgoingNotice


class _Delivery:
    """One message on its way; it is this relay's as long as the stored row is the one it took."""

    def __init__(self, settings: Settings, row: MessageRow) -> None:
        self.settings = settings
        self.row = row
        self.fault: str | None = None

    def run(self) -> str | None:
        """Deliver it, or settle why not; None when another relay has it or settled it."""
        for _ in range(_TRIES):
            loaded = load(self.settings, self.row.case_id)
            notice = loaded.case.notices.find(self.row.sequence)
            if notice is None or notice.state.settled or not loaded.case.open or not self._ours():
                return None
            try:
                step = self._next(loaded, notice)
            except ConcurrentUpdate:
                continue
            return self._send(step, notice.number) if isinstance(step, _HandedOver) else step
        raise ConcurrentUpdate((self.row.case_id,))

    def _ours(self) -> bool:
        stored = self.settings.store.message(self.settings.tenant, self.row.message_id)
        own = (self.row.lease_until, self.row.attempts)
        return stored is not None and (stored.lease_until, stored.attempts) == own

    def _next(self, loaded: Loaded, notice: Notice) -> str | _HandedOver:
        sender = next((each for each in self.settings.senders if notice.channel in each.channels), None)
        again = notice.state is NoticeState.HANDED_OVER
        if again and (sender is None or not sender.idempotent):
            return self._saved(loaded, RecordNoticeOutcomeUnknown(notice=notice.number), "unknown")
        if sender is None:
            return self._saved(loaded, RecordNoticeFailed(notice=notice.number, error="no_sender"), "failed")
        now = self.settings.now()
        seen = contacts_of(self.settings, loaded.case.party, now)
        others = [row for row in seen.rows if row.contact_id != self.row.message_id]
        policy, on = self.settings.policy, situation(self.settings, at=now).on
        verdict = check(
            notice.channel,
            now,
            history=as_contacts(others),
            rules=policy.contact,
            zone=self.settings.zone,
            case=loaded.case.id,
            days_past_due=age.days(loaded.case, policy, on),
        )
        rule = verdict.rule if not verdict.allowed else _pointless(loaded.case, notice)
        if rule is not None and again:
            return self._saved(loaded, RecordNoticeOutcomeUnknown(notice=notice.number), "unknown")
        if rule is not None:
            return self._saved(loaded, WithholdNotice(notice=notice.number, rule=rule), "withheld")
        letter = compose(self.settings, loaded.case, notice, message_id=self.row.message_id, on=on)
        handed = HandOverNotice(notice=notice.number, sender=type(sender).__name__, attempt=max(self.row.attempts, 1))
        self._save(loaded, handed, at=now, party_version=seen.version)
        return _HandedOver(sender, letter)

    def _send(self, handed: _HandedOver, number: int) -> str | None:
        try:
            receipt = handed.sender.send(handed.letter, key=f"{self.row.tenant}/{self.row.message_id}")
            reference = str(receipt.reference or self.row.message_id)
        except SendFailed as failure:
            return self._settle(RecordNoticeFailed(notice=number, error=failure.code), "failed")
        except OutcomeUnknown:
            return self._settle(RecordNoticeOutcomeUnknown(notice=number), "unknown")
        except Exception as fault:  # noqa: BLE001 - a host's sender may raise anything; any other error is doubt
            self.fault = f"{type(handed.sender).__name__} raised {type(fault).__name__}"
            return self._settle(RecordNoticeOutcomeUnknown(notice=number), "unknown")
        return self._settle(RecordNoticeSent(notice=number, receipt=reference), "sent")

    def _settle(self, act: Act, outcome: str) -> str | None:
        for _ in range(_TRIES):
            loaded = load(self.settings, self.row.case_id)
            if not self._ours():
                return None
            try:
                return self._saved(loaded, act, outcome)
            except ConcurrentUpdate:
                continue
            except NotUnderWay:
                return None
        raise ConcurrentUpdate((self.row.case_id,))

    def _saved(self, loaded: Loaded, act: Act, outcome: str) -> str:
        self._save(loaded, act, at=self.settings.now())
        return outcome

    def _save(self, loaded: Loaded, act: Act, *, at: dt.datetime, party_version: int | None = None) -> None:
        decided, _ = decide(self.settings, loaded, (act,), circumstances=situation(self.settings, at=at))
        if party_version is not None:
            decided = attrs.evolve(decided, party_version=party_version)
        self.settings.store.save((decided,))
        (self.row,) = decided.messages


def _pointless(case: Case, notice: Notice) -> str | None:
    match notice.kind:
        case NoticeKind.RECOVERED:
            due = case.state is CaseState.RECOVERED
        case NoticeKind.INSTALMENT:
            due = _still_pending(case, notice)
        case _:
            due = case.state in (CaseState.OVERDUE, CaseState.NOTIFIED, CaseState.VISITED)
    return None if due and case.observation.position.status not in _OVER else "no_longer_due"


def _still_pending(case: Case, notice: Notice) -> bool:
    # A notice queued before the plan was revised is about an instalment of the plan before.
    plan, number = case.plans.running, notice.instalment or 0
    if plan is None or notice.number < plan.number or not 1 <= number <= len(plan.outcomes):
        return False
    return plan.outcomes[number - 1] is InstalmentOutcome.PENDING
