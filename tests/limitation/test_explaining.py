"""
Deadlines and limits in words.
"""

from __future__ import annotations

import datetime as dt
import re
import string

import pytest

from overdue_visit.errors import InvalidValue
from overdue_visit.limitation import (
    Act,
    ActKind,
    Confidence,
    DefenceState,
    Guarantee,
    GuaranteeKind,
    GuaranteeStanding,
    GuaranteeState,
    LimitationClock,
    Obstacle,
    ObstacleKind,
    Order,
    Outcome,
    Proof,
    Signer,
    State,
    breathing_space,
    cards,
    cca,
    credit_reports,
    explain,
    guarantee_period,
    guarantee_standing,
    limitation_clock,
    limitation_defence,
    loans,
    reg_f,
    reg_x,
)
from overdue_visit.limitation.texts import EN, ZH
from overdue_visit.money import Money
from overdue_visit.rate import Rate

D = dt.date
DAY = D(2026, 3, 2)
GUARANTEE = Guarantee(kind=GuaranteeKind.GENERAL, due=DAY)
EVERY_RESULT = [
    reg_x.live_contact(DAY),
    reg_x.live_contact(DAY, paid_on=DAY),
    reg_x.written_notice(DAY, paid_on=D(2027, 1, 1)),
    reg_x.next_written_notice(DAY, delinquent_since=DAY),
    reg_x.notice_after_transfer(DAY, transferred=DAY, first_due_after=DAY),
    reg_f.validation_notice(DAY),
    reg_f.validation_period(DAY, holidays=[D(2026, 3, 4)]),
    reg_f.validation_period(DAY, holidays=[], received=DAY),
    reg_f.email_opt_out(DAY),
    reg_f.furnishing([DAY], undeliverable=[DAY]),
    reg_f.furnishing([DAY]),
    reg_f.records(DAY),
    reg_f.recordings(DAY),
    cca.arrears_notice_duty([Money("10", "GBP")] * 2, paid=Money("0", "GBP")),
    cca.arrears_notice_duty([Money("10", "GBP")] * 2, paid=Money("0", "GBP"), weekly=True),
    cca.first_arrears_notice(DAY),
    cca.further_arrears_notice(DAY),
    cca.running_account_duty([False, False]),
    cca.running_account_duty([False] * 4, weekly=True),
    cca.running_account_notice(DAY),
    cca.default_notice(DAY),
    breathing_space.breathing_space(DAY),
    breathing_space.midway_review(DAY),
    breathing_space.next_breathing_space(DAY),
    breathing_space.crisis_moratorium(DAY),
    limitation_clock(DAY, acts=[Act(kind=kind, on=DAY, proof=list(Proof), signer=Signer.BORROWER) for kind in ActKind]),
    *(
        limitation_clock([DAY, D(2026, 4, 2)], obstacles=[Obstacle(kind=kind, since=D(2029, 3, 1))])
        for kind in ObstacleKind
    ),
    limitation_clock(
        DAY,
        acts=[
            Act(kind="suit", on=DAY, ended=DAY, partial=True),
            Act(kind="suit", on=DAY, ended=DAY, partial=True, rest_given_up=True),
            Act(kind="suit", on=DAY, ended=DAY, debtor="b-2"),
            Act(kind="suit", on=DAY, ended=DAY, debtor="b-3", partial=True),
        ],
        joint_with=["b-3"],
    ),
    limitation_defence(expired=True, signed_notice=True),
    limitation_defence(expired=True),
    guarantee_period(Guarantee(kind=GuaranteeKind.JOINT, due=DAY, unclear=True)),
    guarantee_period(Guarantee(kind=GuaranteeKind.JOINT, due=DAY, agreed_until=D(2027, 1, 1))),
    guarantee_standing(GUARANTEE, on=DAY),
    guarantee_standing(GUARANTEE, on=DAY, claimed_on=DAY),
    guarantee_standing(GUARANTEE, on=D(2027, 1, 1)),
    guarantee_standing(Guarantee(kind=GuaranteeKind.JOINT, due=DAY, changed_due=D(2027, 1, 1)), on=DAY),
    cards.effective_collections([DAY]),
    cards.unpaid_after_collections(DAY),
    cards.instalment_plan(60),
    cards.recordings(DAY),
    loans.extension(12, 1),
    loans.extension(24, 1),
    loans.extension(99, 1),
    loans.personal_extension(12, 1, product_months=60),
    loans.personal_extension(24, 1, product_months=60),
    loans.extension_request(DAY, due=DAY),
    loans.penalty_band(Rate("6%")),
    loans.penalty_band(Rate("6%"), misuse=True),
    loans.payment_order(),
    loans.debts_order(),
    credit_reports.negative_report(told_on=None, report_on=DAY),
    credit_reports.negative_record(DAY),
    credit_reports.collection_records(DAY),
]


def test_a_deadline_in_english():
    """
    The day, the source, the facts and what would move it, one line each.
    """
    moves = "payment of everything overdue; an agreed way out of arrears that is kept; the next missed due date"

    said = explain(reg_x.written_notice(D(2026, 1, 1)))

    assert said.splitlines() == [
        "Give the written notice by 2026-02-15.",
        "Source: 12 CFR 1024.39(b)(1); comment 39(b)(1)-1 (text read, checked 2026-11-23).",
        "Facts used: due 2026-01-01.",
        f"What would move it: {moves}.",
    ]


def test_a_clock_in_chinese():
    """
    The clock says its end, its article, and what each act did.
    """
    neighbour = Act(kind=ActKind.DOCUMENT, on=D(2025, 6, 12), signer=Signer.NEIGHBOUR)

    said = explain(limitation_clock(D(2023, 3, 17), acts=[neighbour]), language="zh")

    assert said.startswith("诉讼时效期间于2026-03-17当日24时届满。\n依据：民法典 art. 188")
    article = "【民法典 art. 195(1); 最高法诉讼时效规定 art. 8(1)(i)】"
    assert said.endswith(f"2025-06-12 送交催收文书：不产生中断：签收人不符合规定。{article}")


def test_a_limit_says_yes_or_no():
    """
    An answer says how much is allowed.
    """
    assert explain(cards.instalment_plan(61)).startswith("No. A personalised instalment plan runs at most 60 months.")
    assert explain(loans.extension(36, 18)).startswith("Yes.")


def test_a_hosts_own_words_go_first():
    """
    A host may say a thing in its own way.
    """
    said = explain(reg_f.records(DAY), texts={"us-reg-f.records": "Akten bis {day} aufbewahren."})

    assert said.startswith("Akten bis 2029-03-02 aufbewahren.")


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("result", EVERY_RESULT, ids=lambda result: type(result).__name__)
def test_every_result_has_words(result, language):
    """
    No rule, fact, state or move lacks words, and nothing is left unfilled.
    """
    said = explain(result, language=language)

    assert said
    assert not re.search(r"[{}]|None", said)


def parts(result):
    """
    Return the answers of single rules that a result is made of.
    """
    match result:
        case LimitationClock():
            return [result.deadline]
        case GuaranteeStanding():
            return [each for each in (result.claim, result.period, result.debt_limitation, result.revival) if each]
        case reg_x.LiveContact():
            return result.deadlines
        case reg_f.ValidationPeriod():
            return [result.assumed_receipt, result.end]
    return [result]


@pytest.mark.parametrize("result", EVERY_RESULT, ids=lambda result: type(result).__name__)
def test_every_result_says_its_rule_its_facts_and_what_would_move_it(result):
    """
    Each answer names its rule and source, the facts it used, and at least one thing that would change it.
    """
    for part in parts(result):
        assert part.rule
        assert part.source.citation
        assert part.moved_by
        assert part.facts or isinstance(part, Order)


def test_both_languages_say_the_same_things():
    """
    English and Chinese have the same codes with the same figures in them.
    """

    def figures(template: str) -> set[str]:
        return {name for _, name, _, _ in string.Formatter().parse(template) if name}

    assert EN.keys() == ZH.keys()
    assert {code for code in EN if figures(EN[code]) != figures(ZH[code])} == set()


def test_every_word_of_a_closed_list_has_words():
    """
    Acts, outcomes, states and confidences are all spoken of.
    """
    codes = [
        *(f"act.{each}" for each in ActKind),
        *(f"outcome.{each}" for each in Outcome),
        *(f"obstacle.{each}" for each in ObstacleKind),
        *(f"state.{each}" for each in State if each is not State.RUNNING),
        *(f"confidence.{each}" for each in Confidence),
        *(f"defence.{each}" for each in DefenceState),
        *(f"guarantee.{each}" for each in GuaranteeState),
        *(f"guarantee_kind.{each}" for each in GuaranteeKind),
    ]

    assert [code for code in codes if code not in EN] == []


def test_a_clock_says_why_an_act_reaches_further():
    """
    A claim to a part, made to a joint debtor, restarts the clock of the whole for all: both articles are named.
    """
    demand = Act(kind=ActKind.MESSAGE, on=D(2025, 6, 12), proof=[Proof.ARRIVED], partial=True, debtor="b-2")

    said = explain(limitation_clock(D(2023, 3, 17), acts=[demand], debtor="b-1", joint_with=["b-2"]))

    assert said.splitlines()[-1].endswith(
        "A part was claimed, and the whole is meant. [最高法诉讼时效规定 art. 9]"
        " It holds for all joint debtors. [最高法诉讼时效规定 art. 15(2)]"
    )


def test_a_clock_says_what_suspended_it():
    """
    An obstacle is told with its days, and the article by which it suspends.
    """
    flood = Obstacle(kind=ObstacleKind.FORCE_MAJEURE, since=D(2026, 1, 5), removed=D(2026, 2, 10))

    said = explain(limitation_clock(D(2023, 3, 17), obstacles=[flood]))

    assert "2026-01-05 force majeure, removed: 2026-02-10. It suspends the clock." in said
    assert "Source: 民法典 art. 194(1) (text read, checked 2026-11-23)." in said


def test_a_guarantee_says_why_it_lapsed():
    """
    A lapsed guarantee says what was not done in time, and that a later signature does not bring it back.
    """
    said = explain(guarantee_standing(GUARANTEE, on=D(2027, 1, 1)))

    assert "No. The creditor sues the debtor, or goes to arbitration, within the period." in said
    assert "Source: 民法典 art. 693(1) (text read, checked 2026-11-23)." in said
    assert "No. Signing a demand later brings the guarantee back." in said
    assert "Source: 担保制度解释 art. 34(2) (text read, checked 2026-11-23)." in said


@pytest.mark.parametrize(
    "texts", [{"line.facts": "{borrower}"}, {"line.facts": "{0}"}, {"us-reg-f.records": "{day.borrower}"}]
)
def test_words_that_want_more_than_there_is_are_refused(texts):
    """
    A host's template with another figure is refused.
    """
    with pytest.raises(InvalidValue, match="texts"):
        explain(reg_f.records(DAY), texts=texts)


@pytest.mark.parametrize(("result", "language"), [(cards.recordings(DAY), "de"), ("2026-03-02", "en"), (None, "zh")])
def test_unknown_languages_and_results_are_refused(result, language):
    """
    There are words in English and Chinese, for what rules give.
    """
    with pytest.raises(InvalidValue):
        explain(result, language=language)
