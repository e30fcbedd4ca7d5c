"""
Laws of saving: what is saved is there, whole and unchanged.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from overdue_visit.ports.store import Store
from overdue_visit.record.change import PartyContacts
from overdue_visit.testing.store_laws import samples as some
from overdue_visit.testing.store_laws.bench import StoreBench

_OTHER_FIELDS: tuple[tuple[str, Any], ...] = (
    ("party", None),
    ("party", "p-9"),
    ("loan_id", "loan-9"),
    ("episode", 9),
    ("is_open", False),
    ("is_open", True),
    ("next_look", None),
    ("look_policy", "policy-b"),
    ("officer", None),
    ("snapshot", b"other"),
    ("snapshot_version", 2),
)
"""Fields of a row, each with another value than it had before."""


class SavingLaws(StoreBench):
    """What is saved is read back equal."""

    def test_an_empty_store_knows_nothing(self, store: Store) -> None:
        """
        Asking for what was never saved answers with nothing, not with an error.
        """
        assert store.case(some.TENANT, "loan-1/1") is None
        assert store.latest_case(some.TENANT, "loan-1") is None
        assert store.facts(some.TENANT, "loan-1/1") == ()
        assert store.command(some.TENANT, "k-1") is None
        assert store.message(some.TENANT, "m-1") is None
        assert store.cases(some.TENANT) == ()
        assert store.cases_of(some.TENANT, some.PARTY) == ()
        assert store.heads(some.TENANT) == ()

    def test_a_case_is_read_back_as_it_was_saved(self, store: Store) -> None:
        """
        The row, the facts with their private values, contacts, messages and the command come back equal.
        """
        facts = (
            some.fact(1, private=(some.private(1, "budget"), some.private(1, "words"))),
            some.fact(2),
            some.fact(3, private=(some.private(3),)),
        )
        change = some.opened(
            facts=facts, contacts=(some.contact(),), messages=(some.message(),), command=some.command()
        )

        store.save([change])

        assert store.case(some.TENANT, "loan-1/1") == change.row
        assert store.facts(some.TENANT, "loan-1/1") == facts
        assert store.contacts(some.TENANT, some.PARTY, since=some.NOON).rows == change.contacts
        assert store.message(some.TENANT, "m-1") == some.message()
        assert store.command(some.TENANT, "k-1") == some.command()

    def test_empty_fields_stay_empty(self, store: Store) -> None:
        """
        What is None or empty in a row is None or empty when read back.
        """
        change = some.opened(party=None, next_look=None, look_policy=None, officer=None, snapshot=b"", is_open=False)

        store.save([change])

        assert store.case(some.TENANT, "loan-1/1") == change.row

    def test_any_text_is_kept(self, store: Store) -> None:
        """
        Ids and names of any script, with quotes, percent signs and spaces, come back as they went in.
        """
        odd = '王小明\'s "loan" 100% _; DROP\\n\U0001f33e é e\u0301'
        change = some.opened(odd, loan_id=odd, party=odd, officer=odd, command=some.command(odd, case_id=odd))

        store.save([change])

        assert store.case(some.TENANT, odd) == change.row
        assert store.latest_case(some.TENANT, odd) == change.row
        assert store.cases_of(some.TENANT, odd) == (change.row,)
        assert store.command(some.TENANT, odd) == change.command

    def test_instants_come_back_in_utc(self, store: Store) -> None:
        """
        An instant with any offset comes back as the same instant in UTC, to the microsecond.
        """
        there = dt.datetime(2026, 3, 8, 20, 0, 0, 123456, tzinfo=dt.timezone(dt.timedelta(hours=8)))
        store.save(
            [
                some.opened(
                    facts=(some.fact(1, recorded_at=there),),
                    contacts=(some.contact(at=there),),
                    messages=(some.message(due_at=there, lease_until=there),),
                )
            ]
        )

        (fact,) = store.facts(some.TENANT, "loan-1/1")
        (contact,) = store.contacts(some.TENANT, some.PARTY, since=there).rows
        message = store.message(some.TENANT, "m-1")
        assert message is not None
        seen = [fact.recorded_at, contact.at, message.due_at, message.lease_until]
        assert seen == [there] * 4
        assert {at.utcoffset() for at in seen if at is not None} == {dt.timedelta(0)}

    def test_every_field_of_the_row_is_replaced(self, store: Store) -> None:
        """
        Whatever field of a row differs, the row is as the last save left it, alone or among others saved with it.
        """
        alone, among = some.opened().row, some.opened("loan-2/1").row
        store.save([some.opened(), some.opened("loan-2/1"), some.opened("loan-3/1")])
        for version, (field, value) in enumerate(_OTHER_FIELDS, start=1):
            change = some.grown(alone, **{field: value})
            store.save([change])
            alone = change.row
            assert store.case(some.TENANT, "loan-1/1") == alone, field

            # No loan may have two open cases, so the second needs another loan than the first.
            changed: Any = "loan-8" if field == "loan_id" else value
            change = some.grown(among, **{field: changed})
            third = some.grown(some.row("loan-3/1", version=version))
            store.save([third, change])
            among = change.row
            assert store.case(some.TENANT, "loan-2/1") == among, field
            assert store.case(some.TENANT, "loan-3/1") == third.row, field

    def test_a_save_appends_facts_and_replaces_the_row(self, store: Store) -> None:
        """
        A second save leaves the first facts as they are, adds its own and replaces the whole row.
        """
        first = some.opened()
        second = some.grown(first.row, count=2, state="notified", officer=None, snapshot=b"new", next_look=None)

        store.save([first])
        store.save([second])

        assert store.case(some.TENANT, "loan-1/1") == second.row
        assert store.facts(some.TENANT, "loan-1/1") == first.facts + second.facts

    def test_a_row_may_change_without_facts(self, store: Store) -> None:
        """
        What is derived (the next look, the snapshot) may be saved anew at the same version.
        """
        first = some.opened()
        looked = some.grown(first.row, count=0, next_look=dt.date(2026, 4, 1), look_policy="policy-b")

        store.save([first])
        store.save([looked])

        assert store.case(some.TENANT, "loan-1/1") == looked.row
        assert store.facts(some.TENANT, "loan-1/1") == first.facts

    def test_facts_are_read_in_pieces(self, store: Store) -> None:
        """
        *after* and *limit* cut the same sequence that is read whole, private values included.
        """
        facts = tuple(some.fact(number, private=(some.private(number),)) for number in range(1, 8))
        store.save([some.opened(facts=facts)])

        assert store.facts(some.TENANT, "loan-1/1", after=3) == facts[3:]
        assert store.facts(some.TENANT, "loan-1/1", limit=2) == facts[:2]
        assert store.facts(some.TENANT, "loan-1/1", after=2, limit=3) == facts[2:5]
        assert store.facts(some.TENANT, "loan-1/1", after=7) == ()
        assert store.facts(some.TENANT, "loan-1/1", limit=0) == ()

    def test_many_cases_are_saved_at_once(self, store: Store) -> None:
        """
        A save of many changes, new and known cases in any order, is the same as saving them one by one.
        """
        known = [some.opened(f"loan-{number}/1") for number in range(0, 40, 2)]
        store.save(known)
        changes = [some.grown(change.row, count=2, state="notified") for change in known]
        changes += [some.opened(f"loan-{number}/1") for number in range(1, 40, 2)]
        changes.sort(key=lambda change: change.row.case_id[::-1])

        store.save(changes)

        assert [store.case(some.TENANT, change.row.case_id) for change in changes] == [c.row for c in changes]
        assert all(len(store.facts(some.TENANT, change.row.case_id)) == change.row.version for change in changes)

    def test_of_two_writes_in_one_save_the_later_counts(self, store: Store) -> None:
        """
        Two changes that write the same contact or message in one save: the later change's is kept.
        """
        first, second = some.contact(status="reserved"), some.contact(status="released")
        by_sms, by_letter = some.message(channel="sms"), some.message(channel="letter")

        store.save(
            [
                some.opened("loan-2/1", contacts=(first,), messages=(by_sms,)),
                some.opened("loan-1/1", contacts=(second,), messages=(by_letter,)),
            ]
        )

        assert store.contacts(some.TENANT, some.PARTY, since=some.NOON) == PartyContacts(2, (second,))
        assert store.message(some.TENANT, "m-1") == by_letter

    def test_saving_nothing_is_allowed(self, store: Store) -> None:
        """
        A save without changes does nothing.
        """
        store.save([])

        assert store.heads(some.TENANT) == ()

    def test_tenants_are_apart(self, store: Store) -> None:
        """
        Two tenants may use the same ids for everything; neither sees or touches what is the other's.
        """
        mine = some.opened(contacts=(some.contact(),), messages=(some.message(),), command=some.command())
        theirs = some.opened(
            tenant=some.OTHER_TENANT,
            facts=(some.fact(1, body=b"theirs"),),
            state="escalated",
            contacts=(some.contact(tenant=some.OTHER_TENANT, result="theirs"),),
            messages=(some.message(tenant=some.OTHER_TENANT, channel="letter"),),
            command=some.command(tenant=some.OTHER_TENANT, act_digest="theirs"),
        )

        store.save([mine])
        store.save([theirs])

        for change in (mine, theirs):
            tenant = change.row.tenant
            assert store.case(tenant, "loan-1/1") == change.row
            assert store.latest_case(tenant, "loan-1") == change.row
            assert store.facts(tenant, "loan-1/1") == change.facts
            assert store.cases(tenant) == store.cases_of(tenant, some.PARTY) == (change.row,)
            assert store.contacts(tenant, some.PARTY, since=some.NOON) == PartyContacts(1, change.contacts)
            assert store.message(tenant, "m-1") == change.messages[0]
            assert store.command(tenant, "k-1") == change.command
            assert store.heads(tenant) == (("loan-1/1", 1, change.row.head),)

    def test_a_second_store_sees_what_the_first_saved(self, store: Store) -> None:
        """
        What one store saved, another one over the same medium reads, and the reverse.
        """
        if (other := self.reopened(store)) is None:
            pytest.skip("there is no second store over the same medium")
        first = some.opened(facts=(some.fact(1, private=(some.private(1),)),))
        store.save([first])
        second = some.grown(first.row)
        other.save([second])

        assert store.case(some.TENANT, "loan-1/1") == other.case(some.TENANT, "loan-1/1") == second.row
        assert store.facts(some.TENANT, "loan-1/1") == first.facts + second.facts
        other.close()

    def test_closing_twice_is_harmless(self, store: Store) -> None:
        """
        A store may be closed more than once.
        """
        store.close()
        store.close()
