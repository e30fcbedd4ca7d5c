"""
The limitation clock of China: start, interruption, suspension, end, and what a signature does after it.
"""

from __future__ import annotations

import copy
import datetime as dt
import pickle

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from overdue_visit.business_calendar import EVERY_DAY, BusinessCalendar
from overdue_visit.errors import InvalidValue
from overdue_visit.limitation import (
    Act,
    ActKind,
    Confidence,
    DefenceState,
    Obstacle,
    ObstacleKind,
    Outcome,
    Proof,
    Signer,
    State,
    limitation_clock,
    limitation_defence,
    shipped,
)

D = dt.date
DUE = D(2023, 3, 17)
DAYS = st.dates(D(2020, 1, 1), D(2050, 12, 31))
PROCEEDINGS = (ActKind.SUIT, ActKind.ARBITRATION, ActKind.MEDIATION, ActKind.ENFORCEMENT)
ALL_PROOF = frozenset(Proof)


@st.composite
def an_act(draw):
    """
    Draw an act with any proof and signer, and for proceedings an end or none.
    """
    kind, on = draw(st.sampled_from(ActKind)), draw(DAYS)
    signer = draw(st.none() | st.sampled_from(Signer))
    proof = draw(st.frozensets(st.sampled_from(Proof)))
    ended = draw(st.none() | st.integers(0, 900)) if kind in PROCEEDINGS else None
    return Act(
        kind=kind,
        on=on,
        signer=signer,
        proof=proof,
        ended=None if ended is None else on + dt.timedelta(days=ended),
    )


@st.composite
def an_obstacle(draw):
    """
    Draw an obstacle that was removed some time, or lasts.
    """
    since = draw(DAYS)
    length = draw(st.none() | st.integers(0, 2000))
    return Obstacle(
        kind=draw(st.sampled_from(ObstacleKind)),
        since=since,
        removed=None if length is None else since + dt.timedelta(days=length),
    )


ACTS = st.lists(an_act(), max_size=4)
OBSTACLES = st.lists(an_obstacle(), max_size=3)


def ends(*acts, due=DUE, obstacles=(), calendar=EVERY_DAY):
    """
    Return the last day of the clock.
    """
    return limitation_clock(due, acts=acts, obstacles=obstacles, calendar=calendar).deadline.day


def signed(on, signer=Signer.BORROWER):
    """
    Make a demand that was handed over and signed.
    """
    return Act(kind=ActKind.DOCUMENT, on=on, signer=signer)


def test_every_figure_was_read_and_checked():
    """
    The figures come from the texts of the code and the court's provisions, looked at in November 2026.
    """
    sources = {figure.source for figure in shipped("cn-limitation").figures}

    assert {source.confidence for source in sources} == {Confidence.VERIFIED}
    assert {source.checked for source in sources} == {D(2026, 11, 23), D(2026, 11, 29)}


def test_a_claim_is_barred_after_3_years():
    """
    Due on March 17, 2023, the period is over at the end of March 17, 2026 (arts. 188, 201, 202).
    """
    clock = limitation_clock(DUE)

    assert clock.deadline.day == D(2026, 3, 17)
    assert not clock.has_expired(on=D(2026, 3, 17))
    assert clock.has_expired(on=D(2026, 3, 18))
    assert clock.long_stop == D(2043, 3, 17)


@pytest.mark.parametrize(
    ("due", "last"),
    [
        (D(2023, 5, 31), D(2026, 6, 1)),  # a Sunday
        (D(2024, 2, 29), D(2027, 3, 1)),  # no February 29, and the 28th is a Sunday
        (D(2022, 2, 28), D(2025, 2, 28)),
    ],
)
def test_a_last_day_of_rest_moves_on(due, last):
    """
    A last day on a weekend is the next working day; where the month has no such day, its last day counts (202, 203).
    """
    assert limitation_clock(due).deadline.day == last


def test_the_official_calendar_counts():
    """
    A holiday moves the last day, a weekend that is worked does not.
    """
    festival = BusinessCalendar(
        holidays=frozenset({D(2026, 3, 17), D(2026, 3, 18)}), workdays=frozenset({D(2026, 5, 31)})
    )

    assert limitation_clock(DUE, calendar=festival).deadline.day == D(2026, 3, 19)
    assert limitation_clock(D(2023, 5, 31), calendar=festival).deadline.day == D(2026, 5, 31)


def test_instalments_run_from_the_last():
    """
    A debt in instalments is counted from the last one (art. 189); December 20, 2026 is a Sunday.
    """
    clock = limitation_clock([D(2023, 1, 20), D(2023, 6, 20), D(2023, 12, 20)])

    assert clock.deadline.day == D(2026, 12, 21)
    assert clock.deadline.rule == "cn-limitation.last_instalment"


def test_a_signed_demand_restarts_the_clock():
    """
    A demand signed by the borrower on June 12, 2025 carries it to June 12, 2028 (art. 195(1), provisions art. 8).
    """
    clock = limitation_clock(DUE, acts=[signed(D(2025, 6, 12))])

    assert clock.deadline.day == D(2028, 6, 12)
    assert clock.started == D(2025, 6, 12)
    assert clock.interrupted


ACCEPTED = {
    Signer.BORROWER,
    Signer.COHABITING_RELATIVE,
    Signer.AUTHORISED_PERSON,
    Signer.LEGAL_REPRESENTATIVE,
    Signer.PERSON_IN_CHARGE,
    Signer.MAIL_DEPARTMENT,
}


@pytest.mark.parametrize("signer", Signer)
@pytest.mark.parametrize("kind", [ActKind.DOCUMENT, ActKind.SPOKEN])
def test_only_some_may_sign(signer, kind):
    """
    The borrower, a grown relative of the same home, whoever is authorised, and a company's own people (art. 8(2)).
    """
    clock = limitation_clock(DUE, acts=[Act(kind=kind, on=D(2025, 6, 12), signer=signer)])

    assert clock.interrupted is (signer in ACCEPTED)
    if signer not in ACCEPTED:
        assert clock.effects[0].outcome is Outcome.SIGNER_NOT_ACCEPTED
        assert clock.deadline.day == D(2026, 3, 17)


def test_a_neighbours_signature_counts_where_arrival_is_proved():
    """
    What proves arrival otherwise stands in for the signature (art. 8(1)(i)).
    """
    neighbour = Act(kind=ActKind.DOCUMENT, on=D(2025, 6, 12), signer=Signer.NEIGHBOUR, proof=[Proof.ARRIVED])

    assert limitation_clock(DUE, acts=[neighbour]).interrupted


@pytest.mark.parametrize(
    ("kind", "proof", "outcome"),
    [
        (ActKind.DOCUMENT, [], Outcome.ARRIVAL_NOT_PROVED),
        (ActKind.SPOKEN, [], Outcome.ARRIVAL_NOT_PROVED),
        (ActKind.SPOKEN, [Proof.ARRIVED], Outcome.INTERRUPTED),
        (ActKind.MESSAGE, [], Outcome.ARRIVAL_NOT_PROVED),
        (ActKind.MESSAGE, [Proof.ARRIVED], Outcome.INTERRUPTED),
        (ActKind.MESSAGE, [Proof.SHOULD_HAVE_ARRIVED], Outcome.INTERRUPTED),
        (ActKind.DOCUMENT, [Proof.SHOULD_HAVE_ARRIVED], Outcome.ARRIVAL_NOT_PROVED),
        (ActKind.ASSIGNMENT_NOTICE, [], Outcome.ARRIVAL_NOT_PROVED),
        (ActKind.ASSIGNMENT_NOTICE, [Proof.ARRIVED], Outcome.INTERRUPTED),
        (ActKind.ACCOUNT_DEBIT, [], Outcome.DEBIT_WITHOUT_RIGHT),
        (ActKind.ACCOUNT_DEBIT, [Proof.AGREED_OR_LAWFUL], Outcome.INTERRUPTED),
        (ActKind.PUBLIC_NOTICE, [], Outcome.NOT_PUBLISHED),
        (ActKind.PUBLIC_NOTICE, [Proof.UNTRACEABLE_AND_PUBLISHED], Outcome.INTERRUPTED),
    ],
)
def test_each_act_needs_its_own_proof(kind, proof, outcome):
    """
    A document must arrive, a message should, a debit needs a right, a notice a debtor who cannot be found (art. 8).
    """
    clock = limitation_clock(DUE, acts=[Act(kind=kind, on=D(2025, 6, 12), proof=proof)])

    assert clock.effects[0].outcome is outcome


@pytest.mark.parametrize(
    "kind",
    [
        ActKind.ACKNOWLEDGMENT,
        ActKind.INSTALMENT_PROMISE,
        ActKind.PART_PAYMENT,
        ActKind.SECURITY_GIVEN,
        ActKind.EXTENSION_REQUEST,
        ActKind.REPAYMENT_PLAN,
    ],
)
def test_an_acknowledgment_restarts_the_clock(kind):
    """
    A promise of instalments, a part payment, security, a request for time or a plan acknowledges the debt (art. 14).
    """
    clock = limitation_clock(DUE, acts=[Act(kind=kind, on=D(2024, 6, 12))], calendar=EVERY_DAY)

    assert clock.deadline.day == D(2027, 6, 12)
    assert "art. 14" in clock.effects[0].source.citation


@pytest.mark.parametrize("kind", ActKind)
def test_every_act_has_its_article(kind):
    """
    Whatever restarts the clock, the rule set says by which article.
    """
    act = Act(kind=kind, on=D(2025, 6, 12), proof=ALL_PROOF, signer=Signer.BORROWER)

    (effect,) = limitation_clock(DUE, acts=[act]).effects

    assert effect.outcome is Outcome.INTERRUPTED
    assert "art." in effect.source.citation


def test_proceedings_hold_the_clock_and_restart_it_at_their_end():
    """
    From a suit on the clock stands; it runs anew from the day the proceedings end (art. 195).
    """
    pending = limitation_clock(DUE, acts=[Act(kind=ActKind.SUIT, on=D(2026, 3, 17))])
    ended = limitation_clock(DUE, acts=[Act(kind=ActKind.SUIT, on=D(2026, 3, 17), ended=D(2027, 1, 8))])

    assert (pending.deadline.day, pending.deadline.state) == (None, State.PENDING)
    assert not pending.has_expired(on=D(2040, 1, 1))
    assert ended.deadline.day == D(2030, 1, 8)


def test_what_happens_while_proceedings_hold_the_clock_adds_nothing():
    """
    A demand during a suit adds nothing; enforcement that outlasts the suit does.
    """
    suit = Act(kind=ActKind.SUIT, on=D(2025, 1, 6), ended=D(2025, 6, 30))
    enforcement = Act(kind=ActKind.ENFORCEMENT, on=D(2025, 3, 3), ended=D(2025, 12, 1))
    going_on = Act(kind=ActKind.ENFORCEMENT, on=D(2025, 3, 3))
    outcomes = [effect.outcome for effect in limitation_clock(DUE, acts=[suit, signed(D(2025, 2, 3))]).effects]
    after_pending = limitation_clock(DUE, acts=[Act(kind=ActKind.SUIT, on=D(2025, 1, 6)), signed(D(2026, 2, 2))])

    assert outcomes == [Outcome.INTERRUPTED, Outcome.WHILE_HELD]
    assert after_pending.effects[1].outcome is Outcome.WHILE_HELD
    assert ends(suit, signed(D(2025, 2, 3))) == D(2028, 6, 30)
    assert ends(suit, enforcement) == D(2028, 12, 1)
    assert ends(suit, going_on) is None


def test_a_demand_before_the_debt_is_due_restarts_nothing():
    """
    A reminder before the due date cannot restart a clock that has not begun.
    """
    clock = limitation_clock(DUE, acts=[signed(D(2023, 3, 16)), Act(kind=ActKind.SUIT, on=D(2023, 3, 1))])

    assert {effect.outcome for effect in clock.effects} == {Outcome.BEFORE_START}
    assert clock.deadline.day == D(2026, 3, 17)


def test_a_demand_after_the_end_restarts_nothing():
    """
    The last day itself is in time; the day after is not.
    """
    assert ends(signed(D(2026, 3, 17))) == D(2029, 3, 17)
    assert ends(signed(D(2026, 3, 18))) == D(2026, 3, 17)
    assert limitation_clock(DUE, acts=[signed(D(2026, 3, 18))]).effects[0].outcome is Outcome.AFTER_EXPIRY


def test_an_obstacle_in_the_last_six_months_suspends():
    """
    Six months follow the day on which the obstacle was removed (art. 194).
    """
    flood = Obstacle(kind=ObstacleKind.FORCE_MAJEURE, since=D(2026, 1, 5), removed=D(2026, 2, 10))

    clock = limitation_clock(DUE, obstacles=[flood])

    assert clock.deadline.day == D(2026, 8, 10)
    assert clock.suspended_by == (flood,)


@pytest.mark.parametrize(
    ("since", "removed", "last"),
    [
        (D(2024, 1, 1), D(2025, 9, 17), D(2026, 3, 17)),  # over when the last six months begin
        (D(2024, 1, 1), D(2025, 9, 18), D(2026, 3, 18)),  # reaches one day into them
        (D(2026, 3, 17), D(2026, 3, 17), D(2026, 9, 17)),
        (D(2026, 3, 18), D(2026, 4, 1), D(2026, 3, 17)),  # after the end
        (D(2026, 3, 1), None, D(2043, 3, 17)),  # lasts: only the long stop remains
    ],
)
def test_only_the_last_six_months_can_be_suspended(since, removed, last):
    """
    What was over before the last six months began, or came after the end, moves nothing.
    """
    obstacle = Obstacle(kind=ObstacleKind.OTHER_OBSTACLE, since=since, removed=removed)

    assert ends(obstacles=[obstacle]) == last


def test_the_weekend_does_not_shift_the_last_six_months():
    """
    They are counted back from the last day of the period, before a day of rest moves it.
    """
    over = Obstacle(kind=ObstacleKind.FORCE_MAJEURE, since=D(2025, 1, 1), removed=D(2025, 11, 30))
    reaching = Obstacle(kind=ObstacleKind.FORCE_MAJEURE, since=D(2025, 1, 1), removed=D(2025, 12, 1))

    assert limitation_clock(D(2023, 5, 31), obstacles=[over]).suspended_by == ()
    assert limitation_clock(D(2023, 5, 31), obstacles=[reaching]).suspended_by == (reaching,)


def test_one_obstacle_may_follow_another():
    """
    A second obstacle in the six months after the first moves the end again.
    """
    first = Obstacle(kind=ObstacleKind.FORCE_MAJEURE, since=D(2026, 1, 5), removed=D(2026, 2, 10))
    second = Obstacle(kind=ObstacleKind.NO_HEIR_DETERMINED, since=D(2026, 7, 1), removed=D(2026, 10, 14))

    assert ends(obstacles=[second, first]) == D(2027, 4, 14)


def test_nothing_outlives_the_long_stop():
    """
    Restarted again and again, the claim ends twenty years after it fell due (art. 188(2)).
    """
    demands = [signed(D(year, 3, 1)) for year in range(2025, 2043, 2)]

    assert ends(*demands) == D(2043, 3, 17)


def test_the_words_of_obstacles_are_those_of_the_code():
    """
    The kinds of obstacles are those that the data lists.
    """
    assert {each.value for each in ObstacleKind} == set(shipped("cn-limitation").figure("obstacles").words)


@settings(max_examples=30)
@given(acts=ACTS, obstacles=OBSTACLES, more=an_act(), weekends=st.booleans())
def test_another_act_never_moves_the_end_forward(acts, obstacles, more, weekends):
    """
    However many acts and obstacles there are, one more act never makes the clock end earlier.
    """
    calendar = BusinessCalendar() if weekends else EVERY_DAY
    before = ends(*acts, obstacles=obstacles, calendar=calendar)
    after = ends(*acts, more, obstacles=obstacles, calendar=calendar)

    assert (after or D.max) >= (before or D.max)


@settings(max_examples=30)
@given(acts=ACTS, obstacles=OBSTACLES, more=an_obstacle())
def test_another_obstacle_never_moves_the_end_forward(acts, obstacles, more):
    """
    One more obstacle never makes the clock end earlier.
    """
    before = ends(*acts, obstacles=obstacles)
    after = ends(*acts, obstacles=[*obstacles, more])

    assert (after or D.max) >= (before or D.max)


@settings(max_examples=40)
@given(acts=ACTS, obstacles=OBSTACLES, order=st.randoms(use_true_random=False))
def test_the_order_of_telling_changes_nothing(acts, obstacles, order):
    """
    Acts and obstacles may be given in any order.
    """
    one = ends(*acts, obstacles=obstacles)
    order.shuffle(acts)
    order.shuffle(obstacles)

    assert ends(*acts, obstacles=obstacles) == one


@settings(max_examples=40)
@given(due=DAYS, days=st.lists(DAYS, max_size=5))
def test_demands_agree_with_a_walk_by_hand(due, days):
    """
    Walking from demand to demand, each in time if not later than three years after the one before, finds the same end.
    """

    def three_years_on(day):
        try:
            return day.replace(year=day.year + 3)
        except ValueError:
            return D(day.year + 3, 2, 28)

    last = three_years_on(due)
    for day in sorted(days):
        if due <= day <= last:
            last = max(last, three_years_on(day))

    assert ends(*(signed(day) for day in days), due=due) == min(
        last, limitation_clock(due, calendar=EVERY_DAY).long_stop
    )


@settings(max_examples=25)
@given(acts=ACTS, obstacles=OBSTACLES)
def test_a_clock_survives_copying(acts, obstacles):
    """
    A clock and its parts can be pickled, copied and put in a set.
    """
    clock = limitation_clock(DUE, acts=acts, obstacles=obstacles)

    assert pickle.loads(pickle.dumps(clock)) == clock
    assert copy.deepcopy(clock) == clock
    assert len({clock, copy.deepcopy(clock)}) == 1


@pytest.mark.parametrize(
    ("given_words", "state"),
    [
        ({"expired": True}, DefenceState.AVAILABLE),
        ({"expired": True, "signed_notice": True}, DefenceState.AVAILABLE),
        ({"expired": True, "signed_notice": True, "agrees_to_perform": True}, DefenceState.WAIVED),
        ({"expired": True, "agrees_to_perform": True}, DefenceState.WAIVED),
        ({"expired": True, "paid_freely": True}, DefenceState.WAIVED),
        ({"expired": True, "new_agreement": True}, DefenceState.WAIVED),
        ({"expired": False, "signed_notice": True, "agrees_to_perform": True}, DefenceState.NOT_YET),
    ],
)
def test_after_the_end_agreement_waives_the_defence(given_words, state):
    """
    A signature waives only where it shows agreement to perform (provisions art. 19, art. 192).
    """
    assert limitation_defence(**given_words).state is state


@pytest.mark.parametrize(
    "call",
    [
        lambda: limitation_clock([]),
        lambda: limitation_clock([D(2023, 6, 20), D(2023, 1, 20)]),
        lambda: limitation_clock([D(2023, 6, 20), D(2023, 6, 20)]),
        lambda: limitation_clock(dt.datetime(2023, 3, 17)),
        lambda: limitation_clock("2023-03-17"),
        lambda: limitation_clock(D(9990, 1, 1)),
        lambda: limitation_clock(DUE, acts=[D(2025, 6, 12)]),
        lambda: limitation_clock(DUE, obstacles=["flood"]),
        lambda: limitation_clock(DUE).has_expired(on=dt.datetime(2026, 3, 17)),
        lambda: Act(kind="phone", on=DUE),
        lambda: Act(kind=ActKind.DOCUMENT, on=DUE, signer="the cat"),
        lambda: Act(kind=ActKind.DOCUMENT, on=DUE, proof="arrived"),
        lambda: Act(kind=ActKind.DOCUMENT, on=DUE, proof=["seen"]),
        lambda: Act(kind=ActKind.DOCUMENT, on=dt.datetime(2023, 3, 17)),
        lambda: Act(kind=ActKind.SUIT, on=D(2025, 1, 6), ended=D(2025, 1, 5)),
        lambda: Act(kind=ActKind.DOCUMENT, on=D(2025, 1, 6), ended=D(2025, 1, 7)),
        lambda: Obstacle(kind="flood", since=DUE),
        lambda: Obstacle(kind=ObstacleKind.FORCE_MAJEURE, since=D(2025, 1, 6), removed=D(2025, 1, 5)),
        lambda: Act(kind=ActKind.MESSAGE, on=DUE, rest_given_up=True),
        lambda: limitation_clock(DUE, joint_with="b-2"),
        lambda: limitation_clock(DUE, debtor=7),
        lambda: limitation_defence(expired="yes"),
        lambda: limitation_defence(expired=True, signed_notice=1),
    ],
)
def test_clocks_that_make_no_sense_are_refused(call):
    """
    A clock that starts after its end, dates out of order, unknown signers and unknown words are refused with the field.
    """
    with pytest.raises(InvalidValue) as refusal:
        call()

    assert refusal.value.field
    assert refusal.value.accepted


def message(on, **given):
    """
    Make a demand by message that arrived.
    """
    return Act(kind=ActKind.MESSAGE, on=on, proof=[Proof.ARRIVED], **given)


def test_a_claim_to_a_part_restarts_the_clock_of_the_whole():
    """
    Claiming one instalment on June 12, 2025 carries the whole debt to June 12, 2028 (provisions art. 9).
    """
    clock = limitation_clock(DUE, acts=[message(D(2025, 6, 12), partial=True)])

    assert clock.deadline.day == D(2028, 6, 12)
    assert [reach.rule for reach in clock.effects[0].reaches] == ["cn-limitation.partial_claim"]
    assert clock.effects[0].reaches[0].source.citation == "最高法诉讼时效规定 art. 9"


def test_a_rest_that_was_given_up_is_not_restarted():
    """
    A creditor who claims a part and clearly gives up the rest restarts nothing for the rest (provisions art. 9).
    """
    clock = limitation_clock(DUE, acts=[message(D(2025, 6, 12), partial=True, rest_given_up=True)])

    assert (clock.deadline.day, clock.interrupted) == (D(2026, 3, 17), False)
    assert clock.effects[0].outcome is Outcome.REST_GIVEN_UP
    assert clock.effects[0].rule == "cn-limitation.partial_claim"


def test_joint_debtors_are_affected_together():
    """
    A demand that reaches one joint debtor restarts the clock of the others (provisions art. 15(2)).
    """
    to_the_wife = message(D(2025, 6, 12), debtor="b-2")

    clock = limitation_clock(DUE, acts=[to_the_wife], debtor="b-1", joint_with=["b-2"])

    assert clock.deadline.day == D(2028, 6, 12)
    assert [reach.rule for reach in clock.effects[0].reaches] == ["cn-limitation.joint_debtors"]
    assert clock.effects[0].reaches[0].source.citation == "最高法诉讼时效规定 art. 15(2)"


def test_who_does_not_owe_jointly_stands_alone():
    """
    An act that reached somebody else does nothing to a debtor who does not owe jointly with him.
    """
    own, other = message(D(2025, 6, 12), debtor="b-1"), message(D(2025, 9, 1), debtor="b-2")

    clock = limitation_clock(DUE, acts=[own, other], debtor="b-1")

    assert clock.deadline.day == D(2028, 6, 12)
    assert [effect.outcome for effect in clock.effects] == [Outcome.INTERRUPTED, Outcome.OTHER_DEBTOR]
    assert clock.effects[1].rule == "cn-limitation.joint_debtors"


def test_an_act_without_proof_reaches_nobody():
    """
    A demand that nothing proves restarts no clock, whether it claimed a part or reached a joint debtor.
    """
    unproved = Act(kind=ActKind.MESSAGE, on=D(2025, 6, 12), partial=True, debtor="b-2")

    clock = limitation_clock(DUE, acts=[unproved], debtor="b-1", joint_with=["b-2"])

    assert clock.effects[0].outcome is Outcome.ARRIVAL_NOT_PROVED
    assert clock.effects[0].reaches == ()


@settings(max_examples=40)
@given(acts=ACTS, obstacles=OBSTACLES, data=st.data())
def test_joint_debtors_have_one_clock(acts, obstacles, data):
    """
    Whoever of the joint debtors an act reached, and however much it claimed, the clock is the same for each.
    """
    spread = [
        attrs.evolve(act, debtor=data.draw(st.sampled_from(["a", "b", None])), partial=data.draw(st.booleans()))
        for act in acts
    ]

    clocks = [
        limitation_clock(DUE, acts=spread, obstacles=obstacles, debtor=one, joint_with=[other], calendar=EVERY_DAY)
        for one, other in (("a", "b"), ("b", "a"))
    ]

    assert {clock.deadline.day for clock in clocks} == {ends(*acts, obstacles=obstacles)}


@settings(max_examples=30)
@given(acts=ACTS, obstacles=OBSTACLES, joint=st.booleans(), data=st.data())
def test_an_act_that_reached_another_never_moves_the_end_forward(acts, obstacles, joint, data):
    """
    One more act against somebody else, joint or not, never makes this debtor's clock end earlier.
    """
    more = attrs.evolve(data.draw(an_act()), debtor="b", partial=True, rest_given_up=data.draw(st.booleans()))
    together = ["b"] if joint else []

    before, after = (
        limitation_clock(DUE, acts=given, obstacles=obstacles, debtor="a", joint_with=together).deadline.day
        for given in (acts, [*acts, more])
    )

    assert (after or D.max) >= (before or D.max)
    assert joint or after == before
