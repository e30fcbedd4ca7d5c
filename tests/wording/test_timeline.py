"""
A case's record in words.
"""

from __future__ import annotations

import pytest

from overdue_visit.case.kinds import KINDS
from overdue_visit.case.observation import BookMismatchFound
from overdue_visit.next_steps import Line, timeline
from overdue_visit.party.actor import Actor
from overdue_visit.record.codec import UnknownFact
from overdue_visit.wording import CHINESE, ENGLISH, SHIPPED, Catalogue
from tests.wording.every_fact import AT, DAY, ENTRIES, FACTS, PRIVATE, entry

BOTH = pytest.mark.parametrize("texts", [ENGLISH, CHINESE], ids=["en", "zh"])
ENGLISH_LINES = [
    "case opened: KES 120.00 past due, day 7",
    "ledger read: KES 120.00 past due, day 8",
    "the ledger says day 9 past due, we count day 8",
    "past due again since 2026-03-01: a payment was reversed",
    "the arrears are cleared",
    "good standing restored",
    "notice of a visit queued (text message)",
    "notice of a visit withheld (too late in the day)",
    "notice of a visit handed to its sender",
    "notice of a visit sent",
    "notice of a visit could not be sent",
    "nobody knows whether the notice of a visit went out",
    "notice of a visit delivered",
    "notice of a visit served",
    "the borrower is notified",
    "appointment offered: 2026-03-11 14:00-16:00",
    "appointment confirmed",
    "appointment moved to 2026-03-12 09:00-11:00",
    "appointment cancelled",
    "appointment kept",
    "the appointment took place without a talk",
    "visit tried: nobody was at home",
    "talk held (visit) with the borrower",
    "talk noted (written messages) with the spouse; it verifies nothing",
    "interview written down: somebody in the household is ill",
    "assessed: ability: can pay over time; willingness: willing",
    "assessment overridden: ability: cannot pay at present; willingness: willing",
    "the borrower's own words written down",
    "complaint written down, answer due by 2026-03-22",
    "a request was answered",
    "the borrower said how the talk was: 4 of 5",
    "plan offered: KES 120.00 (instalments: 2)",
    "the borrower offers: KES 120.00 (instalments: 2)",
    "plan agreed: KES 120.00 (instalments: 2)",
    "plan revised: KES 120.00 (instalments: 2)",
    "instalment 2 of the plan, due 2026-05-01: missed",
    "plan completed",
    "plan broken (instalments missed: 2)",
    "plan withdrawn: the case was handed over",
    "handed to the credit committee: there are signs of fraud",
    "taken back: paid_in_full",
    "irregularity noted: a visit without notice",
    "irregularity reviewed: accepted",
    "the ledger no longer bears out: the plan counted as broken",
    "consequence reviewed: upheld",
    "attributes set: bank:branch, bank:tier",
    "in the hands of officer:9",
    "case closed: healthy long enough",
]


def test_the_record_has_one_fact_of_each_kind():
    """
    What these tests read is a fact of every kind there is, each once.
    """
    assert sorted(type(fact).__name__ for fact in FACTS) == sorted(kind.__name__ for kind in KINDS)


def test_every_kind_of_fact_has_a_line():
    """
    Each fact is one line, in order, with amounts, dates and the names of codes.
    """
    assert [line.text for line in timeline(ENTRIES)] == ENGLISH_LINES


@BOTH
def test_every_kind_reads_in_both_languages(texts):
    """
    No line is empty, holds a brace, shows a code that has a name, or is None in disguise.
    """
    lines = [line.text for line in timeline(ENTRIES, texts)]

    assert len(lines) == len(FACTS)
    assert [line for line in lines if not line.strip() or "{" in line or "None" in line] == []
    assert [line for line in lines if ".name" in line or "nobody_home" in line or "over_time" in line] == []


def test_chinese_lines_are_chinese():
    """
    The same record reads in Chinese, dates and lists included.
    """
    lines = [line.text for line in timeline(ENTRIES, CHINESE)]

    assert lines[6] == "走访通知待发送（短信）"
    assert lines[17] == "预约改为2026年3月12日 09:00-11:00"
    assert lines[45] == "已设置属性：bank:branch、bank:tier"
    assert [line for line in lines if not any("\u4e00" <= letter <= "\u9fff" for letter in line)] == []


@BOTH
def test_no_line_shows_personal_content(texts):
    """
    Who the borrower is, what was said and what the household earns stand in no line.
    """
    told = "\n".join(str(line) for line in timeline(ENTRIES, texts))

    assert [private for private in PRIVATE if private in told] == []


def test_a_line_says_when_and_who():
    """
    A line carries the place in the record, the kind, the day, the instant and the actor, for hosts that show them.
    """
    line = timeline(ENTRIES[:1])[0]

    assert line == Line(
        sequence=1,
        kind="case_opened",
        on=DAY,
        at=AT,
        actor=Actor("officer:7"),
        text="case opened: KES 120.00 past due, day 7",
    )
    assert str(line) == "2026-03-08  officer:7  case opened: KES 120.00 past due, day 7"


@pytest.mark.parametrize(("texts", "text"), [(ENGLISH, "notice sent"), (CHINESE, "通知已发送")], ids=["en", "zh"])
def test_a_part_of_the_record_can_be_told(texts, text):
    """
    Without the entry that queued it, a notice is just a notice.
    """
    assert [line.text for line in timeline(ENTRIES[9:10], texts)] == [text]


@BOTH
def test_a_mismatch_that_is_gone_has_a_text_of_its_own(texts):
    """
    The fact that a mismatch ended holds no numbers and needs none.
    """
    gone = entry(BookMismatchFound(mismatch=None), 1)

    assert timeline([gone], texts)[0].text == texts.text("fact.book_mismatch_gone")


@BOTH
def test_what_a_newer_release_recorded_is_told_by_its_kind(texts):
    """
    A fact that this release does not know has a line that names its kind.
    """
    unknown = entry(UnknownFact("moon_phase_noted", 1, b"{}"), 1, kind="moon_phase_noted")

    line = timeline([unknown], texts)[0]

    assert line.kind == "moon_phase_noted"
    assert "moon_phase_noted" in line.text


def test_a_host_words_its_own_timeline():
    """
    Replaced texts and added names are used, and a partial language is completed from the first.
    """
    own = ENGLISH.replaced({"fact.recalled": "back with us: {cause}", "cause.paid_in_full": "all is paid"})
    swahili = Catalogue("sw", {"fact.plan_completed": "mpango umekamilika"})

    assert timeline(ENTRIES, own)[40].text == "back with us: all is paid"
    assert timeline(ENTRIES, type(SHIPPED)((ENGLISH, swahili)).of("sw"))[36].text == "mpango umekamilika"
    assert timeline([], own) == ()
