"""
Laws of the case: whatever is asked of it in whatever order, it is the fold of its facts and never forgets or doubles.
"""

from __future__ import annotations

import datetime as dt

import attrs
from hypothesis import given, settings
from hypothesis import strategies as st

from overdue_visit.case.act import CaseIsClosed
from overdue_visit.case.case import Case, fold
from overdue_visit.case.judgement import judge
from overdue_visit.case.kinds import KINDS
from overdue_visit.case.observing import differences
from overdue_visit.errors import InvalidValue
from overdue_visit.lifecycle import STEP, CaseState
from overdue_visit.loan import Loan
from overdue_visit.record.codec import Codec
from tests.case.builders import Story, day, kes, monthly
from tests.case.walks import POLICIES, Chance, amounts, any_act, attempt, change_ledger, seeds, walks

FACTS = Codec(KINDS, {})


@settings(max_examples=150)
@given(walks(closing=True))
def test_the_case_is_the_fold_of_its_facts(walk):
    """
    Folding the record from the beginning gives the case that was built fact by fact, version and all.
    """
    story, _ = walk

    assert fold(story.entries) == story.case
    assert story.case.version == len(story.entries)
    assert [entry.header.sequence for entry in story.entries] == list(range(1, len(story.entries) + 1))


@settings(max_examples=100)
@given(walks())
def test_a_stored_record_folds_to_the_same_case(walk):
    """
    Every fact that a walk leads to can be written down, read back and folded.
    """
    story, _ = walk
    previous, read = bytes(32), []
    for entry in story.entries:
        sealed = FACTS.seal(entry, previous=previous, salt=lambda: bytes(16))
        previous = sealed.digest
        read.append(FACTS.open(sealed))

    assert read == story.entries
    assert fold(read) == story.case


@settings(max_examples=150)
@given(walks())
def test_every_move_stands_in_the_table(walk):
    """
    Between two facts the state changes as the table says and in no other way; since when is the fact's day.
    """
    story, _ = walk
    case = Case.opened(story.entries[0])
    for entry in story.entries[1:]:
        after = case.after(entry)
        assert after.state is STEP.get((case.state, entry.header.kind), case.state)
        assert after.state_since == (case.state_since if after.state is case.state else entry.header.on)
        case = after


@settings(max_examples=150)
@given(walks(closing=True), seeds)
def test_a_closed_case_moves_no_more(walk, seed):
    """
    After closing, any act is refused as closed.
    """
    story, _ = walk
    tried = attempt(story, any_act(Chance(seed), story))

    assert story.case.open or isinstance(tried.refused, CaseIsClosed)


@settings(max_examples=150)
@given(walks())
def test_what_happened_is_never_refused_by_a_rule(walk):
    """
    A record is refused only as malformed; rules refuse decisions alone.
    """
    _, tried = walk

    for step in tried:
        assert step.refused is None or not step.act.records or isinstance(step.refused, InvalidValue)


@settings(max_examples=150)
@given(walks(), seeds, st.integers(0, 40))
def test_the_same_ledger_twice_yields_nothing(walk, seed, later):
    """
    After any change of the ledger one look takes in everything: a second look on the same day finds no difference.
    """
    story, _ = walk
    if not story.case.open:
        return
    change_ledger(Chance(seed), story)
    story.observe(story.on + dt.timedelta(days=later))

    assert story.observe() == []
    assert story.is_sound()


@settings(max_examples=150)
@given(walks())
def test_behind_means_past_due_unless_a_plan_is_being_kept(walk):
    """
    After a look a case is recovered exactly when nothing is past due; only a running plan may wait a little longer.
    """
    story, _ = walk
    story.observe()
    judgement = judge(story.ledger, story.case, story.rules, story.on)

    if story.case.open:
        assert story.case.observation.position == judgement.position
        assert not judgement.behind or story.case.behind
        assert judgement.behind or not story.case.behind or story.case.plans.running is not None
        assert story.case.plans.running is None or story.case.state is CaseState.PLAN_AGREED


entries = st.lists(st.tuples(st.integers(0, 100), amounts, st.booleans(), st.integers(0, 30)), min_size=1, max_size=6)


def ledger_of(found) -> Loan:
    """
    Return a loan with payments by day, some of them taken back some days later.
    """
    ledger = monthly(4)
    for number, (after, amount, reversed_, later) in enumerate(found):
        ledger = ledger.pay(kes(amount), on=day(after), ref=f"m-{number}")
        if reversed_:
            ledger = ledger.reverse(f"m-{number}", on=day(after + later))
    return ledger


@settings(max_examples=100)
@given(walks(most=8), st.randoms(use_true_random=False), st.integers(0, 60))
def test_judging_does_not_depend_on_the_order_of_arrival(walk, shuffler, later):
    """
    Payments and reversals give the same judgement in whatever order they arrived, plan and probation included.
    """
    story, _ = walk
    ledger = story.ledger
    shuffled = Loan(
        ledger.id,
        borrower=ledger.borrower,
        versions=ledger.versions,
        payments=shuffler.sample(ledger.payments, len(ledger.payments)),
        reversals=shuffler.sample(ledger.reversals, len(ledger.reversals)),
        stated=ledger.stated,
    )
    on = story.on + dt.timedelta(days=later)

    assert judge(shuffled, story.case, story.rules, on) == judge(ledger, story.case, story.rules, on)


@settings(max_examples=100)
@given(entries, st.sampled_from(POLICIES[:3]), st.lists(st.integers(1, 100), max_size=8))
def test_several_nights_or_one_end_in_the_same_position(found, rules, nights):
    """
    Nights that ran, were skipped or came late: the last look ends in the same position, state and judgement.
    """
    complete = ledger_of(found)
    often, once = Story(complete, rules=rules), Story(complete, rules=rules)
    for story in (often, once):
        story.observe(day(1), monthly(4))
    for night in sorted(nights):
        if often.case.open:
            often.observe(day(night), complete.known_at(day(night)))
    for story in (often, once):
        if story.case.open:
            story.observe(day(130), complete)
    if not (often.case.open and once.case.open):
        return

    assert often.case.observation.position == once.case.observation.position
    assert often.case.behind == once.case.behind
    assert judge(complete, None, rules, day(130)) == judge(complete, None, rules, day(130))
    assert attrs.evolve(judge(complete, often.case, rules, day(130)), kept_in_a_row=0) == attrs.evolve(
        judge(complete, once.case, rules, day(130)), kept_in_a_row=0
    )


@settings(max_examples=100)
@given(walks(), st.integers(0, 60))
def test_judging_and_comparing_are_pure(walk, later):
    """
    The same question twice has the same answer, and asking changes nothing.
    """
    story, _ = walk
    before = story.case
    on = story.on + dt.timedelta(days=later)
    judgement = judge(story.ledger, story.case, story.rules, on)

    assert judge(story.ledger, story.case, story.rules, on) == judgement
    assert list(differences(story.case, judgement, story.rules)) == list(
        differences(story.case, judgement, story.rules)
    )
    assert story.case == before
