from __future__ import annotations

import datetime as dt
import random

import attrs
from hypothesis import given, settings
from hypothesis import strategies as st

from overdue_visit.arrears import days_past_due, episodes, measure
from overdue_visit.loan import Component, Loan
from overdue_visit.money import Money
from overdue_visit.testing.ledgers import (
    CURRENCY,
    FIRST,
    LAST,
    conventions,
    dates,
    due_dates,
    loans,
    payments,
    schedules,
)
from tests.properties import arrears_oracle as oracle

ONE = dt.timedelta(days=1)
NOTHING = Money.zero(CURRENCY)


@settings(max_examples=200)
@given(loans(), dates, conventions)
def test_a_day_is_measured_as_coin_by_coin(loan, on, convention):
    """
    Days past due, what is paid on each instalment and when, and what is late by component agree with coins put by hand.
    """
    found = measure(loan, on=on, convention=convention)
    seen = oracle.picture(loan, on, convention)
    day = oracle.diary(loan, FIRST, on, convention)[-1]

    assert (found.days_past_due, found.oldest_due) == (day.days_past_due, day.anchor)
    assert [(s.number, s.paid.minor, s.settled_on) for s in found.instalments] == [
        (claim.key, claim.covered, oracle.settled_on(loan, claim.key, on, convention))
        for claim in sorted(seen.standing, key=lambda claim: claim.due)
        if not claim.is_charge
    ]
    assert {part.component: part.amount.minor for part in found.by_component} == seen.by_component(on, convention)
    assert (found.paid_total.minor, found.surplus.minor) == (seen.paid, seen.surplus)
    assert found.outstanding.minor == sum(claim.rest for claim in seen.standing)


@settings(max_examples=100)
@given(loans(), dates, conventions)
def test_episodes_are_the_runs_of_days_past_due(loan, until, convention):
    """
    Living every day and noting the runs of days past due gives the same episodes.
    """
    runs = []
    for day in oracle.diary(loan, FIRST, until, convention):
        if day.days_past_due == 0:
            continue
        if runs and runs[-1][1] + ONE == day.on:
            runs[-1] = (runs[-1][0], day.on, max(runs[-1][2], day.days_past_due))
        else:
            runs.append((day.on, day.on, day.days_past_due))

    found = episodes(loan, until=until, convention=convention)

    assert [(e.first_day, e.last_day, e.max_days_past_due) for e in found] == runs
    assert [e.days for e in found] == [(last - first).days + 1 for first, last, _ in runs]


@given(loans(), dates, conventions)
def test_an_episode_is_cleared_by_what_is_dated_on_the_day_it_ended(loan, until, convention):
    """
    Counted through the day the clearing day is the first good one, at the start of day it is the last bad one.
    """
    following = oracle.diary(loan, FIRST, until + ONE, convention)
    late = {day.on for day in following if day.days_past_due}

    for episode in episodes(loan, until=until, convention=convention):
        after = episode.last_day + ONE
        ended = after not in late if convention.payments == "before" or after <= until else False
        cleared = after if convention.payments == "through" else episode.last_day

        assert episode.cleared_on == (cleared if ended else None)


@given(loans(), dates, conventions)
def test_components_sum_to_what_is_late(loan, on, convention):
    """
    The components, each above zero and named once, sum to the total; what is late is part of what is outstanding.
    """
    found = measure(loan, on=on, convention=convention)

    assert Money.total((part.amount for part in found.by_component), CURRENCY) == found.total
    assert all(part.amount > NOTHING for part in found.by_component)
    assert [part.component for part in found.by_component] == sorted(
        {part.component for part in found.by_component}, key=list(Component).index
    )
    assert NOTHING <= found.total <= found.outstanding
    assert bool(found.days_past_due) == found.is_past_due == (found.oldest_due is not None)
    assert not found.is_past_due or found.total > NOTHING


@given(loans(), dates, conventions)
def test_no_money_is_lost(loan, on, convention):
    """
    What was paid is what the dues owed, less what they still owe, plus what is left over; nothing is paid twice.
    """
    found = measure(loan, on=on, convention=convention)
    seen = oracle.claims(loan, on, convention)
    owed = Money.from_minor(sum(claim.size for claim in seen), CURRENCY)

    assert found.paid_total == owed - found.outstanding + found.surplus
    assert all(NOTHING <= state.paid <= state.amount for state in found.instalments)
    assert all((state.settled_on is None) == (state.unpaid > NOTHING) for state in found.instalments)
    assert NOTHING in (found.surplus, found.outstanding)


@given(loans(), dates, conventions, st.randoms(use_true_random=False))
def test_the_order_of_arrival_does_not_matter(loan, on, convention, shuffler):
    """
    However payments, reversals and charges arrive, the loan and what is measured are the same.
    """
    shuffled = attrs.evolve(
        loan,
        payments=_shuffled(loan.payments, shuffler),
        reversals=_shuffled(loan.reversals, shuffler),
        charges=_shuffled(loan.charges, shuffler),
    )

    assert shuffled == loan
    assert measure(shuffled, on=on, convention=convention) == measure(loan, on=on, convention=convention)


def _shuffled(entries: tuple[object, ...], shuffler: random.Random) -> list[object]:
    return shuffler.sample(entries, len(entries))


@given(loans(), dates, conventions)
def test_a_reversed_payment_was_never_paid(loan, on, convention):
    """
    Once every reversal counts, the loan measures as if neither the reversals nor what they took back had been.
    """
    horizon = on if convention.payments == "through" else on - ONE
    counting = tuple(r for r in loan.reversals if oracle.dated(r, convention) <= horizon)
    gone = {reversal.ref for reversal in counting}
    never = attrs.evolve(
        loan,
        reversals=tuple(r for r in loan.reversals if r not in counting),
        payments=tuple(p for p in loan.payments if p.ref not in gone),
        charges=tuple(c for c in loan.charges if c.ref not in gone),
    )
    plain = attrs.evolve(convention, anchor="oldest_unpaid")

    assert measure(loan, on=on, convention=plain) == measure(never, on=on, convention=plain)


@given(loans(), dates)
def test_without_events_days_past_due_only_grow(loan, on):
    """
    From a day to the next, with nothing dated on it, days past due grow by one, or by a due that has become late.
    """
    today, tomorrow = (measure(loan, on=day) for day in (on, on + ONE))
    events = {p.on for p in loan.payments} | {r.on for r in loan.reversals} | {v.since for v in loan.versions}

    if on + ONE not in events:
        assert tomorrow.days_past_due == today.days_past_due + 1 or today.days_past_due == 0
        assert tomorrow.total >= today.total
        assert tomorrow.days_past_due <= today.days_past_due + 1


@given(schedules(), payments(), dates, conventions)
def test_the_start_of_day_follows_the_end_of_the_day_before(schedule, paid, on, convention):
    """
    End of day is never worse than start of day; start of day is at most one day worse than the evening before.
    """
    loan = Loan("ke-001", borrower="b-17", schedule=schedule, payments=paid)
    evening = attrs.evolve(convention, payments="through", anchor="oldest_unpaid")
    morning = attrs.evolve(convention, payments="before", anchor="oldest_unpaid")
    before, start, end = (
        measure(loan, on=day, convention=counted).days_past_due
        for day, counted in ((on - ONE, evening), (on, morning), (on, evening))
    )
    aged = days_past_due(measure(loan, on=on, convention=morning).oldest_due, on=on - ONE, convention=convention)

    assert end <= start
    assert start <= max(before, convention.grace_days) + 1
    assert before in (0, aged)


@given(schedules(), payments(), conventions)
def test_the_worst_at_start_of_day_is_at_most_one_day_more(schedule, paid, convention):
    """
    A loan's highest days past due at the end of day, and at the start of day, differ by one day at the most.
    """
    loan = Loan("ke-001", borrower="b-17", schedule=schedule, payments=paid)
    plain = attrs.evolve(convention, grace_days=0, anchor="oldest_unpaid")
    worst = {
        counted: max(
            (
                episode.max_days_past_due
                for episode in episodes(loan, until=LAST, convention=attrs.evolve(plain, payments=counted))
            ),
            default=0,
        )
        for counted in ("before", "through")
    }

    assert worst["through"] <= worst["before"] <= worst["through"] + 1


@given(schedules(), dates, st.integers(1, 6), st.integers(0, 3))
def test_paying_the_oldest_re_anchors_to_the_next(schedule, on, covered, late):
    """
    When the first instalments are paid in full, days past due count from the first that is not.
    """
    covered = min(covered, len(schedule))
    paid = Money.total((instalment.amount for instalment in schedule[:covered]), CURRENCY)
    loan = Loan("ke-001", borrower="b-17", schedule=schedule).pay(paid, on=on - late * ONE, ref="m-1")
    next_due = schedule[covered].due if covered < len(schedule) else None

    assert measure(loan, on=on).days_past_due == (max(0, (on - next_due).days) if next_due else 0)


@given(loans(), dates, conventions)
def test_the_stored_anchor_gives_the_same_days(loan, on, convention):
    """
    Days past due can be counted again from the date that they were counted from.
    """
    found = measure(loan, on=on, convention=convention)

    assert days_past_due(found.oldest_due, on=on, convention=convention) == found.days_past_due


@given(due_dates, dates, conventions)
def test_a_due_is_late_from_its_first_late_day_on(due, on, convention):
    """
    The three ways to ask whether a due is late agree: by count, by latest late due, by first late day.
    """
    late = convention.days_since(due, on=on) > convention.grace_days

    assert late == (due <= convention.last_late_due(on)) == (convention.first_late_day(due) <= on)
    assert convention.days_since(due, on=on) == oracle.days_counted(due, on, convention)


@given(loans(), dates, dates, conventions)
def test_what_is_booked_later_is_not_known(loan, day, on, convention):
    """
    The loan as known on a day measures as the same ledger did when it had only what was booked by then.
    """
    known = loan.known_at(day)

    assert all(entry.booked <= day for entry in (*known.payments, *known.reversals, *known.charges))
    assert known.known_at(day) == known
    assert loan.known_at(LAST + dt.timedelta(days=60)) == loan
    assert measure(known, on=on, convention=convention).paid_total <= Money.total(
        (p.amount for p in loan.payments if p.booked <= day), CURRENCY
    )


@given(loans(), dates, conventions)
def test_first_went_late_is_never_the_milder(loan, on, convention):
    """
    Counting from the first that went late is late on the same days, and never gives fewer days.
    """
    oldest, first = (
        measure(loan, on=on, convention=attrs.evolve(convention, anchor=anchor))
        for anchor in ("oldest_unpaid", "first_went_late")
    )

    assert first.is_past_due == oldest.is_past_due
    assert first.days_past_due >= oldest.days_past_due


@given(loans(), dates, conventions, st.integers(1, 5))
def test_more_money_never_makes_it_worse(loan, on, convention, minor):
    """
    One more payment without an allocation never adds days past due or arrears, and never uncovers an instalment.
    """
    plain = attrs.evolve(convention, anchor="oldest_unpaid")
    before = measure(loan, on=on, convention=plain)
    more = loan.pay(Money.from_minor(minor, CURRENCY), on=FIRST, ref="more")
    after = measure(more, on=on, convention=plain)

    assert after.days_past_due <= before.days_past_due
    assert after.total <= before.total
    assert all(b.paid <= a.paid for b, a in zip(before.instalments, after.instalments, strict=True))
