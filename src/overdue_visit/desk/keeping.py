"""
Keep the record: verify its chain, seal it with a notary, erase a party.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

import attrs

from overdue_visit.case.case import fold
from overdue_visit.desk.settings import Settings, codec
from overdue_visit.desk.unit import UnknownCase, row_of
from overdue_visit.errors import NotAllowed
from overdue_visit.ports.notary import Notary
from overdue_visit.record import chain
from overdue_visit.record.change import CaseRow
from overdue_visit.record.seal import Deposit, Leaf, Tampering, compare


@attrs.frozen
class PartyHasOpenCases(NotAllowed):
    """Somebody whose case is still open is still written to and visited: close the cases first."""

    code: ClassVar[str] = "party_has_open_cases"

    cases: tuple[str, ...]

    def __str__(self) -> str:
        return f"still open: {', '.join(self.cases)}; close them before erasing the party"


def verify(settings: Settings, case_id: str) -> chain.BrokenLink | None:
    """
    Check the chain of a case's record; None when every fact is linked to the one before, up to the stored head.

    Raises:
        UnknownCase: If the tenant has no such case.
    """
    row = settings.store.case(settings.tenant, case_id)
    while row is not None:
        broken = chain.verify(settings.store.facts(settings.tenant, case_id), head=row.head)
        again = settings.store.case(settings.tenant, case_id)
        # Facts appended between the two reads are no break: look again.
        if broken is None or (again is not None and again.head == row.head):
            return broken
        row = again
    raise UnknownCase.of(case_id, settings.tenant)


def leaves(settings: Settings) -> Iterator[Leaf]:
    """
    Yield the heads of all cases, by id.
    """
    after: str | None = None
    while True:
        page = settings.store.heads(settings.tenant, after=after)
        for case_id, version, head in page:
            yield Leaf(settings.tenant, case_id, version, head)
            after = case_id
        if not page:
            return


def seal(settings: Settings, notary: Notary) -> Deposit:
    """
    Deposit the heads of all cases with a notary: from then on a cut tail or a rewritten case shows.
    """
    return notary.deposit(leaves(settings), at=settings.now())


def tampering(settings: Settings, notary: Notary) -> tuple[Tampering, ...]:
    """
    Compare the store with every deposit that the notary holds.

    Returns:
        The cases that are not what they were when sealed, each once a deposit; empty when all is well.

    Raises:
        DepositDamaged: If a deposit itself was changed.
    """
    found: list[Tampering] = []
    for deposit in notary.deposits():
        own = (leaf for leaf in notary.leaves(deposit) if leaf.tenant == settings.tenant)
        found += compare(own, lambda _, case_id, sequence: _digest_at(settings, case_id, sequence))
    return tuple(found)


def _digest_at(settings: Settings, case_id: str, sequence: int) -> bytes | None:
    facts = settings.store.facts(settings.tenant, case_id, after=sequence - 1, limit=1)
    return facts[0].digest if facts and facts[0].sequence == sequence else None


def erase(settings: Settings, party: str) -> int:
    """
    Erase a party across its cases: private values, contacts, messages, the party's id.

    Facts stay as they are, and so does their chain: they hold only commitments to what was erased.

    Returns:
        How many private values were deleted.

    Raises:
        PartyHasOpenCases: If a case of the party is still open.
        ConcurrentUpdate: If a case changed meanwhile; nothing was erased.
    """
    rows = settings.store.cases_of(settings.tenant, party)
    still_open = tuple(row.case_id for row in rows if row.is_open)
    if still_open:
        raise PartyHasOpenCases(still_open)
    return settings.store.erase(settings.tenant, party, tuple(_forgotten(settings, row) for row in rows))


def _forgotten(settings: Settings, row: CaseRow) -> CaseRow:
    facts = settings.store.facts(row.tenant, row.case_id)
    case = fold(codec().open(attrs.evolve(fact, private=())) for fact in facts)
    return row_of(settings, case, row.head, settings.today())
