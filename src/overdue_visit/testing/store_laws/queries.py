"""
Laws of queries: stable order, complete pages, exact filters.
"""

from __future__ import annotations

import datetime as dt

from overdue_visit.ports.store import Store
from overdue_visit.testing.store_laws import samples as some
from overdue_visit.testing.store_laws.bench import StoreBench

DAY = dt.date(2026, 3, 9)


def ids(store: Store, **filters: object) -> list[str]:
    """
    Return the ids of the cases that a query finds.
    """
    return [row.case_id for row in store.cases(some.TENANT, **filters)]  # type: ignore[arg-type]  # names checked at run time


class QueryLaws(StoreBench):
    """Pages follow one another by key and miss nothing."""

    def test_cases_come_by_id(self, store: Store) -> None:
        """
        Ids are ordered by code point, not by number or by any language's alphabet.
        """
        names = ["b/1", "B/1", "a/10", "a/9", "é/1", "王/1", "\U0001f33e/1", "\uffee/1"]
        store.save([some.opened(name, loan_id=name) for name in names])

        assert ids(store) == sorted(names)
        assert [head[0] for head in store.heads(some.TENANT)] == sorted(names)

    def test_pages_are_complete(self, store: Store) -> None:
        """
        Paging with the last id of each page gives every case exactly once, whatever the page's size.
        """
        changes = [some.opened(f"loan-{number:02}/1") for number in range(23)]
        store.save(changes)
        everything = [change.row.case_id for change in changes]

        for size in (1, 5, 22, 23, 24):
            seen: list[str] = []
            while page := store.cases(some.TENANT, after=seen[-1] if seen else None, limit=size):
                assert len(page) <= size
                seen += [row.case_id for row in page]
            assert seen == everything

    def test_paging_survives_changes_between_pages(self, store: Store) -> None:
        """
        Cases that are there all the time are seen once, though others come and go between two pages.
        """
        first, second, third = (some.opened(f"loan-{number}/1") for number in (2, 4, 6))
        store.save([first, second, third])
        page = store.cases(some.TENANT, limit=2)

        store.save([some.grown(first.row, is_open=False), some.opened("loan-1/1"), some.opened("loan-5/1")])
        rest = store.cases(some.TENANT, after=page[-1].case_id)

        assert [row.case_id for row in (*page, *rest)] == ["loan-2/1", "loan-4/1", "loan-5/1", "loan-6/1"]

    def test_closed_cases_are_left_out_unless_asked_for(self, store: Store) -> None:
        """
        Only open cases are found, with *open_only* switched off all.
        """
        store.save([some.opened("loan-1/1", is_open=False), some.opened("loan-2/1")])

        assert ids(store) == ["loan-2/1"]
        assert ids(store, open_only=False) == ["loan-1/1", "loan-2/1"]

    def test_cases_of_an_officer(self, store: Store) -> None:
        """
        *officer* finds that officer's cases, not those of others or of nobody.
        """
        store.save([some.opened(f"loan-{n}/1", officer=who) for n, who in enumerate(("o:1", "o:2", None, "o:1"))])

        assert ids(store, officer="o:1") == ["loan-0/1", "loan-3/1"]
        assert ids(store, officer="o:3") == []

    def test_cases_to_look_at(self, store: Store) -> None:
        """
        *look_by* finds cases whose next look is that day or earlier, or not known.
        """
        looks = (DAY, DAY - dt.timedelta(1), DAY + dt.timedelta(1), None, dt.date.max, dt.date(1, 1, 1))
        store.save([some.opened(f"loan-{n}/1", next_look=look) for n, look in enumerate(looks)])

        assert ids(store, look_by=DAY) == ["loan-0/1", "loan-1/1", "loan-3/1", "loan-5/1"]

    def test_cases_looked_at_under_another_policy(self, store: Store) -> None:
        """
        With *look_policy* a next look found under another policy, or none, counts as not known.
        """
        later = DAY + dt.timedelta(30)
        policies = ("policy-a", "policy-b", None)
        store.save([some.opened(f"loan-{n}/1", next_look=later, look_policy=p) for n, p in enumerate(policies)])

        assert ids(store, look_by=DAY, look_policy="policy-a") == ["loan-1/1", "loan-2/1"]
        assert ids(store, look_by=DAY) == []
        assert ids(store, look_policy="policy-a") == ["loan-0/1", "loan-1/1", "loan-2/1"]

    def test_filters_go_together(self, store: Store) -> None:
        """
        All filters of one query apply at once, and pages count what passes them.
        """
        changes = [
            some.opened(
                f"loan-{n:02}/1",
                officer="o:1" if n % 2 else "o:2",
                next_look=DAY if n % 3 else None,
                is_open=n % 5 != 0,
            )
            for n in range(30)
        ]
        store.save(changes)
        expected = [c.row.case_id for c in changes if c.row.officer == "o:1" and c.row.is_open]

        assert ids(store, officer="o:1", look_by=DAY, limit=100) == expected
        assert ids(store, officer="o:1", look_by=DAY, after=expected[2], limit=3) == expected[3:6]

    def test_the_latest_case_of_a_loan_is_the_highest_episode(self, store: Store) -> None:
        """
        Episodes are compared as numbers, and a closed case counts like an open one.
        """
        store.save([some.opened(f"loan-1/{n}", is_open=n == 2) for n in (10, 2, 9)])

        latest = store.latest_case(some.TENANT, "loan-1")

        assert latest is not None
        assert latest.episode == 10
        assert store.latest_case(some.TENANT, "loan-2") is None

    def test_all_cases_of_a_party(self, store: Store) -> None:
        """
        A party's cases are found open or closed, by id; cases without a party belong to nobody.
        """
        store.save(
            [
                some.opened("loan-3/1", is_open=False),
                some.opened("loan-1/1"),
                some.opened("loan-2/1", party="b-18"),
                some.opened("loan-4/1", party=None),
            ]
        )

        assert [row.case_id for row in store.cases_of(some.TENANT, some.PARTY)] == ["loan-1/1", "loan-3/1"]

    def test_heads_are_paged(self, store: Store) -> None:
        """
        Heads name every case, open or closed, with its version and last digest, by id.
        """
        changes = [some.opened(f"loan-{n}/1", is_open=n != 1) for n in range(5)]
        store.save(changes)
        grown = some.grown(changes[2].row, count=2)
        store.save([grown])

        first = store.heads(some.TENANT, limit=3)
        rest = store.heads(some.TENANT, after=first[-1][0], limit=3)

        expected = [(c.row.case_id, c.row.version, c.row.head) for c in (*changes[:2], grown, *changes[3:])]
        assert list(first + rest) == expected
