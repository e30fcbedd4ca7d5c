# ruff: noqa: D102, ARG002 - the broken methods are the port's, each class says what is broken
"""
The contract itself is tested: each deliberately broken store fails the law that names its fault.
"""

import json
import time

import attrs
import hypothesis
import pytest

from overdue_visit.adapters.memory_store import MemoryStore
from overdue_visit.ports.store import ConcurrentUpdate
from overdue_visit.testing.store_contract import StoreContract


class LosesPrivateValues(MemoryStore):
    """Keeps facts and forgets what belongs to them."""

    def facts(self, tenant, case_id, *, after=0, limit=None):
        found = super().facts(tenant, case_id, after=after, limit=limit)
        return tuple(attrs.evolve(fact, private=()) for fact in found)


class WritesFactsAgain(MemoryStore):
    """Keeps the header as what it means, not as the bytes that were stored."""

    def facts(self, tenant, case_id, *, after=0, limit=None):
        found = super().facts(tenant, case_id, after=after, limit=limit)
        return tuple(attrs.evolve(fact, header=json.dumps(json.loads(fact.header)).encode()) for fact in found)


class IgnoresVersions(MemoryStore):
    """The last writer wins."""

    def save(self, changes):
        current = [self.case(change.row.tenant, change.row.case_id) for change in changes]
        moved = [
            attrs.evolve(
                change,
                expected=0 if now is None else now.version,
                facts=tuple(
                    attrs.evolve(fact, sequence=number)
                    for number, fact in enumerate(change.facts, start=1 if now is None else now.version + 1)
                ),
                row=attrs.evolve(
                    change.row, version=(0 if now is None else now.version) + max(len(change.facts), now is None)
                ),
            )
            for change, now in zip(changes, current, strict=True)
        ]
        super().save(moved)


class SavesOneByOne(MemoryStore):
    """Stops at the first stale change and keeps what came before."""

    def save(self, changes):
        for change in changes:
            super().save([change])


class NamesTheFirstStaleCase(MemoryStore):
    """Tells of one stale case and hides the others."""

    def save(self, changes):
        try:
            super().save(changes)
        except ConcurrentUpdate as refusal:
            raise ConcurrentUpdate(refusal.cases[:1]) from None


class IgnoresPartyVersions(MemoryStore):
    """Reserves a slot whoever came first."""

    def contacts(self, tenant, party, *, since):
        found = super().contacts(tenant, party, since=since)
        time.sleep(0.001)
        return found

    def save(self, changes):
        super().save([attrs.evolve(change, party_version=None) for change in changes])


class UsesKeysTwice(MemoryStore):
    """Takes the second use of a key for news."""

    def save(self, changes):
        known = [change.command and self.command(change.row.tenant, change.command.key) for change in changes]
        pairs = zip(changes, known, strict=True)
        super().save([attrs.evolve(change, command=None) if used else change for change, used in pairs])


class MixesTenants(MemoryStore):
    """Looks a case up by its id alone."""

    def case(self, tenant, case_id):
        return super().case(tenant, case_id) or super().case("other-lender", case_id) or super().case("lender", case_id)

    def contacts(self, tenant, party, *, since):
        return super().contacts("lender", party, since=since)


class RepeatsTheLastOfAPage(MemoryStore):
    """Begins a page with the key that ended the one before."""

    def heads(self, tenant, *, after=None, limit=1000):
        return super().heads(tenant, after=after and after[:-1], limit=limit)


class CountsLimitBeforeFilters(MemoryStore):
    """Cuts the page first and filters it afterwards."""

    def cases(self, tenant, *, after=None, limit=100, officer=None, **filters):
        page = super().cases(tenant, after=after, limit=limit, **filters)
        return tuple(row for row in page if officer in (None, row.officer))


class TreatsUnknownLooksAsNever(MemoryStore):
    """Passes over cases whose next look is not known."""

    def cases(self, tenant, *, look_by=None, **filters):
        found = super().cases(tenant, look_by=look_by, **filters)
        return tuple(row for row in found if look_by is None or row.next_look is not None)


class ClaimsAgain(MemoryStore):
    """Hands out a message that another relay is working on."""

    def claim(self, tenant, *, now, lease_until, limit):
        return super().claim(tenant, now=lease_until, lease_until=lease_until, limit=limit)


class ForgetsTheDead(MemoryStore):
    """Leaves messages behind whose relay died after handing them over."""

    def claim(self, tenant, *, now, lease_until, limit):
        found = super().claim(tenant, now=now, lease_until=lease_until, limit=limit)
        return tuple(message for message in found if message.state == "queued")


class KeepsContactsOfTheErased(MemoryStore):
    """Erases private values and forgets the contact ledger."""

    def erase(self, tenant, party, rows):
        kept = dict(self._tables.contacts[tenant, party])
        deleted = super().erase(tenant, party, rows)
        self._tables.contacts[tenant, party] = kept
        return deleted


class LooksBeforeItLeaps(MemoryStore):
    """Checks and writes in two steps with a gap between them."""

    def save(self, changes):
        stale = [
            change.row.case_id
            for change in changes
            if getattr(self.case(change.row.tenant, change.row.case_id), "version", 0) != change.expected
        ]
        if stale:
            raise ConcurrentUpdate(tuple(sorted(stale)))
        time.sleep(0.001)
        with self._lock:
            for change in changes:
                self._tables.apply(change)


class GivesLocalTime(MemoryStore):
    """Keeps instants as they came, whatever their offset."""

    def save(self, changes):
        super().save(changes)
        for change in changes:
            for message in change.messages:
                self._tables.messages[message.tenant, message.message_id] = message


class LeavesOutTheClosed(MemoryStore):
    """Reads many cases at once, and leaves out those that are closed."""

    def cases_with_contacts(self, tenant, case_ids, *, since):
        rows = [row for row in map(self.case, [tenant] * len(case_ids), case_ids) if row is not None]
        return {row.case_id: (row, self.contacts(tenant, row.party or "", since=since)) for row in rows if row.is_open}


# To find the fault is enough here; to shrink it takes minutes. The search ends with the first history that shows it.
QUICK = hypothesis.settings(StoreContract.history_settings, phases=[hypothesis.Phase.generate], max_examples=400)

FAULTS = [
    (LosesPrivateValues, "test_a_case_is_read_back_as_it_was_saved"),
    (WritesFactsAgain, "test_a_save_appends_facts_and_replaces_the_row"),
    (IgnoresVersions, "test_a_stale_version_changes_nothing"),
    (SavesOneByOne, "test_one_stale_change_stops_the_whole_save"),
    (NamesTheFirstStaleCase, "test_one_stale_change_stops_the_whole_save"),
    (IgnoresPartyVersions, "test_a_lost_party_version_is_stale"),
    (IgnoresPartyVersions, "test_contact_slots_are_never_exceeded"),
    (UsesKeysTwice, "test_a_key_is_used_once"),
    (MixesTenants, "test_tenants_are_apart"),
    (RepeatsTheLastOfAPage, "test_heads_are_paged"),
    (CountsLimitBeforeFilters, "test_filters_go_together"),
    (TreatsUnknownLooksAsNever, "test_cases_to_look_at"),
    (ClaimsAgain, "test_a_claimed_message_is_left_alone_while_its_lease_lives"),
    (ClaimsAgain, "test_no_message_is_claimed_twice"),
    (ForgetsTheDead, "test_what_was_handed_over_comes_back_when_its_lease_ran_out"),
    (LeavesOutTheClosed, "test_many_cases_come_with_the_contacts_of_their_parties"),
    (KeepsContactsOfTheErased, "test_a_party_is_erased_across_its_cases"),
    (LooksBeforeItLeaps, "test_no_fact_is_lost_or_doubled"),
    (GivesLocalTime, "test_instants_come_back_in_utc"),
    (IgnoresVersions, "test_any_history_reads_like_the_plain_model"),
    (SavesOneByOne, "test_any_history_reads_like_the_plain_model"),
    (UsesKeysTwice, "test_any_history_reads_like_the_plain_model"),
    (ForgetsTheDead, "test_any_history_reads_like_the_plain_model"),
]


@pytest.mark.parametrize(("broken", "law"), FAULTS, ids=lambda part: getattr(part, "__name__", part))
def test_a_broken_store_fails_the_law_that_names_its_fault(broken, law):
    """
    A store with one fault fails that law; the memory store it is made from passes them all.
    """

    def run(store):
        suite = type("Suite", (StoreContract,), {"make_store": lambda _: store(), "history_settings": QUICK})()
        arguments = () if law == "test_any_history_reads_like_the_plain_model" else (suite.make_store(),)
        getattr(suite, law)(*arguments)

    with pytest.raises((AssertionError, pytest.fail.Exception, ValueError)):
        run(broken)
