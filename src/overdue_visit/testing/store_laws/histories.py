"""
The law of histories: whatever is done in whatever order, the store answers as the plainest one would.
"""

from __future__ import annotations

import contextlib
from typing import Any

import attrs
import hypothesis
from hypothesis import strategies as st

from overdue_visit.ports.store import ConcurrentUpdate, Store
from overdue_visit.record.change import CaseChange, MessageRow, PartyContacts
from overdue_visit.testing.store_laws import samples as some
from overdue_visit.testing.store_laws.bench import StoreBench
from overdue_visit.testing.store_laws.model import Model

CASES = ("loan-a/1", "loan-a/2", "loan-b/1", "loan-b/2")
PARTIES = ("p-1", "p-2")
KEYS = ("k-1", "k-2", "k-3", "k-4")
TENANTS = (some.TENANT, some.OTHER_TENANT)

# Mostly right: of a history in which nearly every save is refused there is little to read.
_off_by = st.sampled_from((0,) * 8 + (-1, 1))


@attrs.frozen(kw_only=True)
class Wish:
    """A change as drawn; what it counts on is filled in from the model."""

    case_id: str
    off_by: int
    """How far the version it counts on is off."""
    facts: int
    is_open: bool
    party: str | None
    contacts: tuple[tuple[str, str, int], ...]
    """Party, id and minute of each."""
    party_off_by: int | None
    message: tuple[str, str, int] | None
    """Id, state and the minute it is due."""
    key: str | None


_contact = st.tuples(st.sampled_from(PARTIES), st.sampled_from(("c-1", "c-2", "c-3")), st.integers(-2, 2))
_message = st.tuples(
    st.sampled_from(("m-1", "m-2", "m-3")), st.sampled_from(("queued", "handed_over", "settled")), st.integers(-2, 2)
)
_wishes = st.builds(
    Wish,
    case_id=st.sampled_from(CASES),
    off_by=_off_by,
    facts=st.integers(0, 3),
    is_open=st.booleans(),
    party=st.sampled_from((*PARTIES, None)),
    contacts=st.lists(_contact, max_size=2, unique_by=lambda one: one[:2]).map(tuple),
    party_off_by=st.none() | _off_by,
    message=st.one_of(_message, _message, st.none()),
    key=st.one_of(st.none(), st.none(), st.sampled_from(KEYS)),
)
_saves = st.lists(_wishes, min_size=1, max_size=3, unique_by=lambda wish: wish.case_id)
_claims = st.tuples(st.integers(-3, 12), st.integers(1, 5), st.integers(0, 3))
_erasures = st.sampled_from(PARTIES)
_steps = st.tuples(
    st.sampled_from((*TENANTS, some.TENANT)), st.one_of(_saves, _saves, _saves, _saves, _claims, _claims, _erasures)
)


class HistoryLaws(StoreBench):
    """A store and a plain model, driven through the same history, give the same answers."""

    history_settings: hypothesis.settings = hypothesis.settings(
        max_examples=60,
        deadline=None,
        database=None,
        suppress_health_check=[hypothesis.HealthCheck.too_slow],
    )
    """Enough examples to meet each pair of operations on one case many times over; a soak run may ask for more."""

    def test_any_history_reads_like_the_plain_model(self) -> None:
        """
        Saves, claims and erasures in any order, stale ones among them, answer and leave what the model does.
        """

        @self.history_settings
        @hypothesis.given(history=st.lists(_steps, min_size=2, max_size=16))
        def run(history: list[tuple[str, Any]]) -> None:
            models = {tenant: Model() for tenant in TENANTS}
            with contextlib.closing(self.make_store()) as store:
                for tenant, step in history:
                    _take(store, models[tenant], tenant, step)
                for tenant, model in models.items():
                    _compare(store, model, tenant)

        run()


def _take(store: Store, model: Model, tenant: str, step: Any) -> None:
    if isinstance(step, list):
        changes = [_change(model, tenant, wish) for wish in step]
        assert _stale(store, changes) == model.save(changes)
    elif isinstance(step, tuple):
        start, length, limit = step
        now, until = some.after(start), some.after(start + length)
        taken = store.claim(tenant, now=now, lease_until=until, limit=limit)
        assert taken == model.claim(now, until, limit)
    else:
        rows, gone = model.erase(step)
        assert store.erase(tenant, step, rows) == gone


def _stale(store: Store, changes: list[CaseChange]) -> tuple[str, ...]:
    try:
        store.save(changes)
    except ConcurrentUpdate as refusal:
        return refusal.cases
    return ()


def _change(model: Model, tenant: str, wish: Wish) -> CaseChange:
    before = model.cases.get(wish.case_id)
    expected = max(0, (before.version if before else 0) + wish.off_by)
    count = wish.facts or int(expected == 0)
    facts = tuple(some.fact(n, private=(some.private(n),) * (n % 2)) for n in range(expected + 1, expected + 1 + count))
    contacts = tuple(some.contact(name, party=party, at=some.after(at)) for party, name, at in wish.contacts)
    parties: set[str | None] = {contact.party for contact in contacts}
    checked = wish.party if not parties else parties.pop() if len(parties) == 1 else None
    counted_on = None
    if wish.party_off_by is not None and checked is not None:
        counted_on = max(0, model.versions[checked] + wish.party_off_by)
    messages: tuple[MessageRow, ...] = ()
    if wish.message is not None:
        name, state, due = wish.message
        messages = (some.message(name, state=state, due_at=some.after(due), party=wish.party),)
    change = CaseChange(
        row=some.row(wish.case_id, version=expected + count, tenant=tenant, party=wish.party, is_open=wish.is_open),
        expected=expected,
        facts=facts,
        contacts=tuple(attrs.evolve(contact, tenant=tenant) for contact in contacts),
        party_version=counted_on,
        messages=tuple(attrs.evolve(message, tenant=tenant) for message in messages),
    )
    if wish.key is None:
        return change
    return attrs.evolve(change, command=some.command(wish.key, tenant=tenant, case_id=wish.case_id))


def _compare(store: Store, model: Model, tenant: str) -> None:
    in_order = [model.cases[case_id] for case_id in sorted(model.cases)]
    assert list(store.cases(tenant, open_only=False)) == in_order
    assert list(store.cases(tenant)) == [row for row in in_order if row.is_open]
    assert list(store.heads(tenant)) == [(row.case_id, row.version, row.head) for row in in_order]
    for case_id in CASES:
        assert store.case(tenant, case_id) == model.cases.get(case_id)
        assert list(store.facts(tenant, case_id)) == model.facts.get(case_id, [])
    for loan in ("loan-a", "loan-b"):
        latest = max((row for row in in_order if row.loan_id == loan), key=lambda row: row.episode, default=None)
        assert store.latest_case(tenant, loan) == latest
    for party in PARTIES:
        rows = [contact for contact in model.contacts.values() if contact.party == party and contact.at >= some.NOON]
        rows.sort(key=lambda contact: (contact.at, contact.contact_id))
        assert store.contacts(tenant, party, since=some.NOON) == PartyContacts(model.versions[party], tuple(rows))
        assert list(store.cases_of(tenant, party)) == [row for row in in_order if row.party == party]
    for name in ("m-1", "m-2", "m-3"):
        assert store.message(tenant, name) == model.messages.get(name)
    for key in KEYS:
        assert store.command(tenant, key) == model.commands.get(key)
