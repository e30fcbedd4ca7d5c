"""
Laws of staleness: whoever comes second is told so, and nothing of his is kept.
"""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from overdue_visit.errors import InvalidValue
from overdue_visit.ports.store import ConcurrentUpdate, Store
from overdue_visit.record.change import CaseChange
from overdue_visit.testing.store_laws import samples as some
from overdue_visit.testing.store_laws.bench import StoreBench


def refused(store: Store, changes: Sequence[CaseChange]) -> tuple[str, ...]:
    """
    Save what must be refused.

    Returns:
        The cases that the refusal names.
    """
    with pytest.raises(ConcurrentUpdate) as refusal:
        store.save(changes)
    return refusal.value.cases


class StalenessLaws(StoreBench):
    """A save that was decided on what no longer holds changes nothing."""

    def test_a_stale_version_changes_nothing(self, store: Store) -> None:
        """
        A change decided on an older version is refused; no fact, contact, message or command of it is kept.
        """
        first = some.opened()
        second = some.grown(first.row)
        store.save([first])
        store.save([second])
        late = some.grown(
            first.row,
            state="escalated",
            facts=(some.fact(2, body=b"late", private=(some.private(2),)),),
            contacts=(some.contact(),),
            messages=(some.message(),),
            command=some.command(),
        )

        assert refused(store, [late]) == ("loan-1/1",)
        assert store.case(some.TENANT, "loan-1/1") == second.row
        assert store.facts(some.TENANT, "loan-1/1") == first.facts + second.facts
        assert store.contacts(some.TENANT, some.PARTY, since=some.NOON).version == 0
        assert store.message(some.TENANT, "m-1") is None
        assert store.command(some.TENANT, "k-1") is None

    def test_a_case_cannot_be_opened_twice(self, store: Store) -> None:
        """
        Opening a case that exists is stale, also when it is closed.
        """
        store.save([some.opened(is_open=False)])

        assert refused(store, [some.opened()]) == ("loan-1/1",)

    def test_a_case_that_is_not_there_cannot_grow(self, store: Store) -> None:
        """
        A change that counts on facts of an unknown case is stale.
        """
        assert refused(store, [some.grown(some.row(version=3))]) == ("loan-1/1",)
        assert store.case(some.TENANT, "loan-1/1") is None
        assert store.facts(some.TENANT, "loan-1/1") == ()

    def test_a_version_from_the_future_is_stale(self, store: Store) -> None:
        """
        A change that counts on more facts than there are is stale.
        """
        store.save([some.opened()])

        assert refused(store, [some.grown(some.row(version=2))]) == ("loan-1/1",)
        assert len(store.facts(some.TENANT, "loan-1/1")) == 1

    def test_one_stale_change_stops_the_whole_save(self, store: Store) -> None:
        """
        All stale cases are named, sorted, no other; of the changes that held nothing is kept.
        """
        before = [some.opened(f"loan-{number}/1") for number in range(5)]
        store.save(before)
        moved = [some.grown(before[3].row), some.grown(before[1].row)]
        store.save(moved)
        changes = [some.grown(change.row, state="visited") for change in reversed(before)]
        changes += [some.opened("loan-9/1", contacts=(some.contact(),), command=some.command(case_id="loan-9/1"))]

        assert refused(store, changes) == ("loan-1/1", "loan-3/1")
        assert {row.state for row in store.cases(some.TENANT)} == {"overdue"}
        assert store.case(some.TENANT, "loan-9/1") is None
        assert store.contacts(some.TENANT, some.PARTY, since=some.NOON).version == 0
        assert store.command(some.TENANT, "k-1") is None

    def test_a_case_occurs_once_in_a_save(self, store: Store) -> None:
        """
        Two changes of one case in one save are refused as malformed; nothing is kept.
        """
        first = some.opened()

        with pytest.raises(InvalidValue):
            store.save([first, some.grown(first.row)])
        assert store.case(some.TENANT, "loan-1/1") is None

    def test_a_loan_has_one_open_case(self, store: Store) -> None:
        """
        A second open case of a loan is stale; after the first is closed it is welcome.
        """
        first = some.opened("loan-1/1")
        store.save([first])

        assert refused(store, [some.opened("loan-1/2")]) == ("loan-1/2",)
        assert refused(store, [some.opened("loan-2/1"), some.opened("loan-1/2")]) == ("loan-1/2",)
        store.save([some.grown(first.row, is_open=False)])
        store.save([some.opened("loan-1/2")])
        assert store.facts(some.TENANT, "loan-1/2") != ()

    def test_a_closed_case_cannot_open_beside_another(self, store: Store) -> None:
        """
        Opening a closed case again is stale while the loan has another open one.
        """
        first = some.opened("loan-1/1", is_open=False)
        second = some.opened("loan-1/2")
        store.save([first, second])

        assert refused(store, [some.grown(first.row, is_open=True)]) == ("loan-1/1",)
        assert store.case(some.TENANT, "loan-1/1") == first.row

    def test_open_cases_are_counted_after_the_whole_save(self, store: Store) -> None:
        """
        Closing one case and opening the next of the same loan may be one save, in any order.
        """
        first = some.opened("loan-1/1")
        store.save([first])
        store.save([some.opened("loan-1/2"), some.grown(first.row, is_open=False)])
        third = some.opened("loan-1/3", is_open=False)
        store.save([third])
        second = store.case(some.TENANT, "loan-1/2")
        assert second is not None

        store.save([some.grown(third.row, is_open=True), some.grown(second, is_open=False)])

        open_cases = [row.case_id for row in store.cases(some.TENANT)]
        assert open_cases == ["loan-1/3"]

    def test_the_same_loan_id_is_another_loan_for_another_tenant(self, store: Store) -> None:
        """
        One open case a loan counts within a tenant.
        """
        store.save([some.opened(), some.opened(tenant=some.OTHER_TENANT)])

        assert len(store.cases(some.TENANT)) == len(store.cases(some.OTHER_TENANT)) == 1

    def test_a_key_is_used_once(self, store: Store) -> None:
        """
        A second save under the same key is stale, whatever its case; another tenant's key is another key.
        """
        store.save([some.opened("loan-1/1", command=some.command())])

        again = some.opened("loan-2/1", command=some.command(case_id="loan-2/1", act_digest="d-2"))
        assert refused(store, [again]) == ("loan-2/1",)
        assert store.command(some.TENANT, "k-1") == some.command()
        assert store.case(some.TENANT, "loan-2/1") is None
        store.save([some.opened(tenant=some.OTHER_TENANT, command=some.command(tenant=some.OTHER_TENANT))])

    def test_of_two_uses_of_a_key_in_one_save_the_later_is_stale(self, store: Store) -> None:
        """
        Two changes with the same key in one save: the later one is named and nothing is kept.
        """
        changes = [some.opened(f"loan-{n}/1", command=some.command(case_id=f"loan-{n}/1")) for n in (2, 1)]

        assert refused(store, changes) == ("loan-1/1",)
        assert store.command(some.TENANT, "k-1") is None

    def test_a_command_without_facts_is_kept(self, store: Store) -> None:
        """
        An act that made no facts still uses its key.
        """
        first = some.opened()
        idle = some.command(first=2, last=1)
        store.save([first])

        store.save([some.grown(first.row, count=0, command=idle)])

        assert store.command(some.TENANT, "k-1") == idle
