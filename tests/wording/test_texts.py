"""
The texts that ship: complete in both languages, humane, and saying what they have to say.
"""

from __future__ import annotations

import pytest

from overdue_visit.case.kinds import KINDS
from overdue_visit.case.observation import RelapseCause
from overdue_visit.case.upkeep import CloseReason
from overdue_visit.interview import Ability, RequestKind, Willingness
from overdue_visit.lifecycle import MOVING, CaseState
from overdue_visit.loan import Component
from overdue_visit.notice import NoticeKind
from overdue_visit.plan import InstalmentOutcome
from overdue_visit.policy import NEXT_STEPS, TALK_CHANNELS, village
from overdue_visit.visit import AttemptResult, Met
from overdue_visit.wording import CHINESE, ENGLISH, RULES, placeholders

# What a lender might write who wants to frighten; a notice never does.
THREATS_EN = (
    "must ", "immediately", "final warning", "warning", "legal action", "court", "sue ", "police", "arrest", "jail",
    "seize", "confiscat", "blacklist", "penalt", "punish", "consequence", "enforce", "default", "debtor", "delinquen",
    "neighbour", "employer", "shame", "demand", "fail", "otherwise", "last chance", "obligat", "threat",
)  # fmt: skip
THREATS_ZH = (
    "必须", "立即", "否则", "后果", "起诉", "法院", "法律手段", "报警", "警方", "坐牢", "拘留", "查封", "扣押",
    "黑名单", "失信", "老赖", "曝光", "警告", "严惩", "强制", "催收", "最后通牒", "邻居", "单位领导", "义务",
    "违约", "欠债",
)  # fmt: skip
NOTICES = [f"notice.{kind}.{part}" for kind in NoticeKind for part in ("subject", "body")]

VISIT_EN = {
    "purpose": "Why we come: to hear what happened",
    "who comes": "Who comes: a loan officer of {lender}",
    "how to check who they are": "To check who they are before you let them in, ask us: {contact}",
    "what will be asked": "What we will ask: why the payment did not come",
    "what to have ready": "What to have ready, if you have it",
    "who may be present": "Who may be present: anybody you choose",
    "how to change time, place or channel": "Another time, place or way: tell us what suits you better",
    "how to stop": "If you do not want a visit: tell us the same way, or say so at the door",
}
VISIT_ZH = {
    "purpose": "来访目的：了解发生了什么",
    "who comes": "来访人员：{lender}的信贷员",
    "how to check who they are": "您可以先向我们核实其身份：{contact}",
    "what will be asked": "会询问的内容：款项未到的原因",
    "what to have ready": "可以准备的材料（如果有）",
    "who may be present": "谁可以在场：由您决定",
    "how to change time, place or channel": "更改时间、地点或方式",
    "how to stop": "如果您不希望走访：请用同样的方式告诉我们，或当面告知",
}


def test_both_languages_have_the_same_codes():
    """
    Whatever can be said in English can be said in Chinese, and nothing more.
    """
    assert ENGLISH.texts.keys() == CHINESE.texts.keys()


def test_both_languages_use_the_same_names_in_braces():
    """
    A text and its translation are filled with the same values.
    """
    english = {code: placeholders(text) for code, text in ENGLISH.texts.items()}

    assert english == {code: placeholders(CHINESE.texts[code]) for code in ENGLISH.texts}


def test_chinese_is_chinese():
    """
    Every Chinese text holds Chinese characters, unless it is only a value to be filled in.
    """
    foreign = [
        code for code, text in CHINESE.texts.items() if not any("\u4e00" <= letter <= "\u9fff" for letter in text)
    ]

    assert {CHINESE.texts[code] for code in foreign} == {"{reason}", "{cause}"}


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_says_what_and_why(rule):
    """
    A step has a text for what to do and one for why.
    """
    assert ENGLISH.has(f"step.{rule}")
    assert ENGLISH.has(f"why.{rule}")


@pytest.mark.parametrize(
    ("family", "codes"),
    [
        ("state", list(CaseState)),
        ("fact", sorted(MOVING)),
        ("fact", [fact.kind for fact in KINDS]),
        ("move", sorted(MOVING)),
        ("component", list(Component)),
        ("cause", list(RelapseCause)),
        ("closed", list(CloseReason)),
        ("ability", list(Ability)),
        ("willingness", list(Willingness)),
        ("request", list(RequestKind)),
        ("outcome", list(InstalmentOutcome)),
        ("result", list(AttemptResult)),
        ("met", list(Met)),
        ("channel", TALK_CHANNELS),
        ("channel", village().notices.channels),
        ("escalation", village().escalation.kinds),
        ("reason", [rule.reason for rule in village().reasons]),
        ("step", NEXT_STEPS),
    ],
)
def test_every_word_of_the_house_has_a_text(family, codes):
    """
    States, outcomes, reasons and all other codes that a reader may meet have a text.
    """
    assert [code for code in codes if f"{family}.{code}" not in ENGLISH.texts] == []


@pytest.mark.parametrize("code", NOTICES)
def test_notices_never_threaten(code):
    """
    No notice holds a word that frightens, in either language.
    """
    assert [word for word in THREATS_EN if word in ENGLISH.texts[code].lower()] == []
    assert [word for word in THREATS_ZH if word in CHINESE.texts[code]] == []


@pytest.mark.parametrize("word", ["final warning", "legal action", "blacklist", "police", "seize", "shame"])
def test_nothing_that_ships_speaks_of_force(word):
    """
    The gravest words stand in no text at all, officers' lines included.
    """
    assert [code for code, text in ENGLISH.texts.items() if word in text.lower()] == []


@pytest.mark.parametrize("code", [f"notice.{kind}.body" for kind in NoticeKind])
def test_every_notice_says_whom_to_talk_to_and_how_to_stop(code):
    """
    A notice gives a contact, and the way to have no more of its kind.
    """
    assert "{contact}" in ENGLISH.texts[code]
    assert "{contact}" in CHINESE.texts[code]
    assert "no more messages of this kind" in ENGLISH.texts[code] or "stop such messages" in ENGLISH.texts[code]
    assert "不再接收此类消息" in CHINESE.texts[code]


@pytest.mark.parametrize("about", VISIT_EN)
def test_the_invitation_takes_away_the_fear(about):
    """
    The notice of a visit says what a household wants to know before somebody comes.
    """
    assert VISIT_EN[about] in ENGLISH.texts["notice.visit.body"]
    assert VISIT_ZH[about] in CHINESE.texts["notice.visit.body"]


def test_no_text_asks_for_a_name_or_an_address():
    """
    Names, phones and addresses of the household are no values of a text; a salutation is given when it is sent.
    """
    personal = {"name", "borrower", "address", "phone", "first_name", "surname", "email"}

    asking = [code for code, text in ENGLISH.texts.items() if placeholders(text) & personal]

    assert asking == ["notice.salutation_named"]


def test_a_step_reads_as_a_sentence():
    """
    A step says what to do and because of what, in one line.
    """
    line = ENGLISH.step("instalment_reminder", amount="KES 40.00", due="2026-05-01", number=2)

    assert line == "remind of KES 40.00 due 2026-05-01, because it is instalment 2 of the agreed plan"


def test_a_step_reads_as_a_sentence_in_chinese():
    """
    The same step has one line in Chinese.
    """
    line = CHINESE.step("instalment_reminder", amount="40.00元", due="2026年5月1日", number=2)

    assert line == "提醒2026年5月1日到期的40.00元，因为这是还款计划的第2期"
