"""
Laws of concurrency: threads and stores side by side lose nothing and take nothing twice.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from overdue_visit.ports.store import ConcurrentUpdate, Store
from overdue_visit.record.change import PartyContacts
from overdue_visit.testing.store_laws import samples as some
from overdue_visit.testing.store_laws.bench import StoreBench
from overdue_visit.testing.store_laws.staleness import refused

WORKERS = 4
ROUNDS = 15
TRIES = 3000
"""A writer refused more often than this meets a store that makes no progress."""


class ConcurrencyLaws(StoreBench):
    """Whatever runs at the same time ends as if one had come after the other."""

    def _side_by_side(self, store: Store, work: Callable[[Store, int], int]) -> int:
        others = [self.reopened(store) for _ in range(WORKERS)]
        with ThreadPoolExecutor(WORKERS) as pool:
            running = [pool.submit(work, other or store, number) for number, other in enumerate(others)]
            done = sum(future.result(timeout=120) for future in running)
        for other in others:
            if other is not None:
                other.close()
        return done

    def test_no_fact_is_lost_or_doubled(self, store: Store) -> None:
        """
        Of several writers to one case each save either succeeds or is refused; the facts count the successes.
        """
        store.save([some.opened()])

        def append(mine: Store, number: int) -> int:
            saved = 0
            for _ in range(TRIES):
                if saved == ROUNDS:
                    break
                before = mine.case(some.TENANT, "loan-1/1")
                assert before is not None
                body = f"{number}:{saved}".encode()
                try:
                    mine.save([some.grown(before, facts=(some.fact(before.version + 1, body=body),))])
                except ConcurrentUpdate:
                    continue
                saved += 1
            return saved

        saved = self._side_by_side(store, append)

        facts = store.facts(some.TENANT, "loan-1/1")
        bodies = [fact.body for fact in facts[1:]]
        assert [fact.sequence for fact in facts] == list(range(1, saved + 2))
        assert sorted(bodies) == sorted(f"{w}:{n}".encode() for w in range(WORKERS) for n in range(ROUNDS))

    def test_one_of_many_opens_the_case(self, store: Store) -> None:
        """
        Several writers open a case for the same loans at once: each loan ends with exactly one open case.
        """

        def open_cases(mine: Store, number: int) -> int:
            won = 0
            for loan in range(ROUNDS):
                try:
                    mine.save([some.opened(f"loan-{loan}/{number + 1}")])
                except ConcurrentUpdate:
                    continue
                won += 1
            return won

        won = self._side_by_side(store, open_cases)

        assert won == len(store.cases(some.TENANT)) == ROUNDS
        assert len(store.heads(some.TENANT)) == ROUNDS

    def test_contact_slots_are_never_exceeded(self, store: Store) -> None:
        """
        Writers on different cases of one party who stop at a limit never pass it together.
        """
        limit = 7
        store.save([some.opened(f"loan-{number}/1") for number in range(WORKERS)])

        def contact(mine: Store, number: int) -> int:
            made = 0
            for _ in range(TRIES):
                known = mine.contacts(some.TENANT, some.PARTY, since=some.after(-60))
                if len(known.rows) >= limit:
                    break
                before = mine.case(some.TENANT, f"loan-{number}/1")
                assert before is not None
                slot = some.contact(f"{number}-{made}", case_id=before.case_id)
                try:
                    mine.save([some.grown(before, contacts=(slot,), party_version=known.version)])
                except ConcurrentUpdate:
                    continue
                made += 1
            return made

        made = self._side_by_side(store, contact)

        ledger = store.contacts(some.TENANT, some.PARTY, since=some.after(-60))
        assert made == len(ledger.rows) == ledger.version == limit

    def test_no_message_is_claimed_twice(self, store: Store) -> None:
        """
        Several relays that claim at once take every message, each by exactly one of them.
        """
        names = [f"m-{number:03}" for number in range(60)]
        store.save([some.opened(messages=tuple(some.message(name) for name in names))])
        taken: list[str] = []

        def relay(mine: Store, _: int) -> int:
            count = 0
            for _turn in names:
                page = mine.claim(some.TENANT, now=some.NOON, lease_until=some.after(5), limit=4)
                taken.extend(message.message_id for message in page)
                count += len(page)
            return count

        self._side_by_side(store, relay)

        assert sorted(taken) == names

    def test_readers_see_whole_saves(self, store: Store) -> None:
        """
        While cases are saved two at a time, nobody sees one ahead of the other's last save.
        """
        first, second = some.opened("loan-1/1"), some.opened("loan-2/1")
        store.save([first, second])

        def work(mine: Store, number: int) -> int:
            if number == 0:
                rows = [first.row, second.row]
                for _ in range(ROUNDS):
                    changes = [some.grown(row) for row in rows]
                    mine.save(changes)
                    rows = [change.row for change in changes]
                return 0
            for _ in range(ROUNDS):
                seen = mine.cases(some.TENANT)
                assert len({row.version for row in seen}) == 1
            return 0

        self._side_by_side(store, work)

        assert {row.version for row in store.cases(some.TENANT)} == {ROUNDS + 1}

    def test_a_save_counts_on_what_it_read(self, store: Store) -> None:
        """
        A contact written between another's reading and saving makes that save stale.
        """
        first = some.opened("loan-1/1")
        store.save([first, some.opened("loan-2/1")])
        known = store.contacts(some.TENANT, some.PARTY, since=some.NOON)
        other = store.case(some.TENANT, "loan-2/1")
        assert other is not None
        store.save([some.grown(other, contacts=(some.contact("c-2"),), party_version=known.version)])
        late = some.grown(first.row, contacts=(some.contact("c-1"),), party_version=known.version)

        assert refused(store, [late]) == ("loan-1/1",)
        ledger = store.contacts(some.TENANT, some.PARTY, since=some.NOON)
        assert ledger == PartyContacts(1, (some.contact("c-2"),))
