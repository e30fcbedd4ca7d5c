"""
Laws of messages: each is taken by one relay at a time, oldest first.
"""

from __future__ import annotations

import attrs

from overdue_visit.ports.store import Store
from overdue_visit.record.change import MessageRow
from overdue_visit.testing.store_laws import samples as some
from overdue_visit.testing.store_laws.bench import StoreBench


def queue(store: Store, *messages: MessageRow, case_id: str = "loan-1/1") -> None:
    """
    Save messages with a new case.
    """
    tenant = messages[0].tenant
    store.save([some.opened(case_id, tenant=tenant, messages=messages)])


def claimed(store: Store, minutes: int = 0, *, lease: int = 10, limit: int = 10) -> tuple[str, ...]:
    """
    Claim at so many minutes after noon, for *lease* minutes.

    Returns:
        The ids of the messages taken.
    """
    now = some.after(minutes)
    taken = store.claim(some.TENANT, now=now, lease_until=some.after(minutes + lease), limit=limit)
    return tuple(message.message_id for message in taken)


class MessageLaws(StoreBench):
    """A message is claimed by one relay at a time until it is settled."""

    def test_a_message_is_replaced_by_its_id(self, store: Store) -> None:
        """
        Saving a message again replaces it.
        """
        first = some.opened(messages=(some.message(),))
        settled = some.message(state="settled", attempts=1)
        store.save([first])
        store.save([some.grown(first.row, messages=(settled,))])

        assert store.message(some.TENANT, "m-1") == settled

    def test_claimed_messages_carry_the_new_lease(self, store: Store) -> None:
        """
        A claim returns what it wrote: the lease and one more attempt.
        """
        queue(store, some.message())

        taken = store.claim(some.TENANT, now=some.NOON, lease_until=some.after(10), limit=5)

        assert taken == (some.message(lease_until=some.after(10), attempts=1),)
        assert store.message(some.TENANT, "m-1") == taken[0]

    def test_the_oldest_come_first(self, store: Store) -> None:
        """
        Claims take by due instant, then by id, not more than *limit*.
        """
        due = {"m-4": -3, "m-2": -1, "m-3": -3, "m-1": 0}
        queue(store, *(some.message(name, due_at=some.after(at)) for name, at in due.items()))

        assert claimed(store, limit=3) == ("m-3", "m-4", "m-2")
        assert claimed(store, limit=0) == ()
        assert claimed(store) == ("m-1",)

    def test_what_is_not_due_is_left(self, store: Store) -> None:
        """
        A message is claimed from its due instant on, not before.
        """
        queue(store, some.message(due_at=some.after(1)))

        assert claimed(store, 0) == ()
        assert claimed(store, 1) == ("m-1",)

    def test_a_claimed_message_is_left_alone_while_its_lease_lives(self, store: Store) -> None:
        """
        A second claim gets a message only when the lease of the first ran out, at that very instant.
        """
        queue(store, some.message())

        assert claimed(store, 0, lease=10) == ("m-1",)
        assert claimed(store, 9) == ()
        assert claimed(store, 10) == ("m-1",)
        left = store.message(some.TENANT, "m-1")
        assert left is not None
        assert left.attempts == 2

    def test_what_was_handed_over_comes_back_when_its_lease_ran_out(self, store: Store) -> None:
        """
        A message whose relay died after handing it over is claimed again, still marked as handed over.
        """
        queue(store, some.message(state="handed_over", lease_until=some.after(5), attempts=1))

        assert claimed(store, 4) == ()
        (taken,) = store.claim(some.TENANT, now=some.after(5), lease_until=some.after(9), limit=1)
        assert (taken.state, taken.attempts) == ("handed_over", 2)

    def test_a_settled_message_is_never_claimed(self, store: Store) -> None:
        """
        What is settled stays settled, whatever its lease says.
        """
        queue(store, some.message(state="settled"), some.message("m-2", state="settled", lease_until=some.after(-9)))

        assert claimed(store, 100) == ()

    def test_a_parked_message_does_not_block_others(self, store: Store) -> None:
        """
        A message put off to later lets the next one through.
        """
        first = some.opened(messages=(some.message("m-1"), some.message("m-2", due_at=some.after(1))))
        store.save([first])
        parked = attrs.evolve(first.messages[0], due_at=some.after(60))
        store.save([some.grown(first.row, messages=(parked,))])

        assert claimed(store, 1) == ("m-2",)
        assert claimed(store, 60) == ("m-2", "m-1")

    def test_claims_stay_within_the_tenant(self, store: Store) -> None:
        """
        A relay of one tenant never takes another tenant's message, of the same id or not.
        """
        queue(store, some.message(tenant=some.OTHER_TENANT), some.message("m-2", tenant=some.OTHER_TENANT))
        queue(store, some.message())

        assert claimed(store) == ("m-1",)
        untouched = store.message(some.OTHER_TENANT, "m-1")
        assert untouched is not None
        assert untouched.attempts == 0
