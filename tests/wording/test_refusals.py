"""
Errors in words: every refusal and failure can be said in both languages.
"""

from __future__ import annotations

import datetime as dt
import inspect
import re
from typing import ClassVar

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from overdue_visit.case.act import CaseIsClosed, OutOfSeason
from overdue_visit.case.acts.appointment_refusals import NoticeTooShort, VisitTooEarly
from overdue_visit.case.acts.notices import NoticeTooEarly
from overdue_visit.case.acts.plans import OfferExpired
from overdue_visit.case.objections import PlanRefused
from overdue_visit.errors import AdapterError, InvalidValue, NotAllowed
from overdue_visit.loan.schedule import DuesOutOfOrder
from overdue_visit.money import Money
from overdue_visit.ports.sender import SendFailed
from overdue_visit.ports.store import ConcurrentUpdate
from overdue_visit.wording import CHINESE, ENGLISH, Catalogue, WrongPlaceholder, placeholders
from tests.repository.house import error_classes
from tests.repository.test_errors import made

BOTH = pytest.mark.parametrize("texts", [ENGLISH, CHINESE], ids=["en", "zh"])
EVERY_ERROR = pytest.mark.parametrize("cls", error_classes(), ids=lambda cls: cls.__qualname__)
REFUSALS = [code for code in ENGLISH.texts if code.startswith("refusal.")]


@EVERY_ERROR
@BOTH
def test_every_error_has_a_text_of_what_it_offers(texts, cls):
    """
    Both languages say every error, and name nothing but the error's own fields.
    """
    offered = {field.name for field in attrs.fields(cls)}
    own = [code for code in texts.texts if code == f"refusal.{cls.code}" or code.startswith(f"refusal.{cls.code}.")]

    assert f"refusal.{cls.code}" in own
    assert [code for code in own if not placeholders(texts.texts[code]) <= offered] == []


@EVERY_ERROR
def test_every_fact_of_an_error_is_told(cls):
    """
    The English text leaves out no fact of a refusal, unless a flag or a missing value chooses the text.
    """
    told = placeholders(ENGLISH.texts[f"refusal.{cls.code}"])
    chosen = {field.name for field in attrs.fields(cls) if field.type in ("bool", bool)}

    assert {field.name for field in attrs.fields(cls)} - chosen == set(told)


def test_no_text_is_for_an_error_that_is_not_there():
    """
    A text for a refusal belongs to an error class, and its part after the dot to one of its fields.
    """
    fields = {cls.code: {field.name for field in attrs.fields(cls)} for cls in error_classes()}
    parts = [code.split(".")[1:] for code in REFUSALS]

    assert [code for code, *_ in parts if code not in fields] == []
    assert [rest for code, *rest in parts if rest and rest[0].removeprefix("no_") not in fields[code]] == []


@EVERY_ERROR
@BOTH
def test_every_error_can_be_said(texts, cls):
    """
    An error with some values in its fields has a text that is filled to the last brace.
    """
    text = texts.refusal(made(cls))

    assert text.strip()
    assert "{case_id}" not in text
    assert "{field}" not in text


@EVERY_ERROR
def test_every_error_is_said_in_chinese(cls):
    """
    The Chinese catalogue says an error in Chinese and does not fall back to its English text.
    """
    text = CHINESE.refusal(made(cls))

    assert any("\u4e00" <= letter <= "\u9fff" for letter in text)


def test_every_objection_to_a_plan_has_a_name():
    """
    The codes that `PlanRefused` documents for its objection are the ones that have names.
    """
    documented = set(re.findall(r"``([a-z_]+)``", inspect.getsource(PlanRefused)))
    named = {code.removeprefix("objection.") for code in ENGLISH.texts if code.startswith("objection.")}

    assert documented
    assert named == documented


@pytest.mark.parametrize(
    ("error", "english", "chinese"),
    [
        (
            VisitTooEarly("ke-001/1", 6, 7),
            "ke-001/1: 6 days past due, visits start on day 7",
            "ke-001/1：已逾期6天，走访自第7天起进行",
        ),
        (
            NoticeTooShort("ke-001/1", dt.date(2026, 3, 8), dt.date(2026, 3, 11)),
            "ke-001/1: announced on 2026-03-08: visits from 2026-03-11, or as the borrower agrees",
            "ke-001/1：已于2026年3月8日通知，2026年3月11日起可以走访，或按借款人同意的时间",
        ),
        (
            NoticeTooShort("ke-001/1", None, dt.date(2026, 3, 11)),
            "ke-001/1: visits from 2026-03-11, or as the borrower agrees",
            "ke-001/1：2026年3月11日起可以走访，或按借款人同意的时间",
        ),
        (
            NoticeTooShort("ke-001/1", None, None),
            "ke-001/1: no visit is announced; send a notice of visit, or give a reason to come unannounced",
            "ke-001/1：尚未通知走访；请先发送走访通知，或说明不经通知的理由",
        ),
        (
            OutOfSeason("ke-001/1", "plan_agreed", "overdue", ("visited", "notified")),
            "ke-001/1: not possible while the case is overdue: plan agreed; possible while: visited, notified",
            "ke-001/1：案件状态为“已逾期”，不能进行：达成还款计划；可以进行的状态：已走访、已通知",
        ),
        (
            CaseIsClosed("ke-001/1", "healthy"),
            "ke-001/1: the case is closed (healthy long enough); observe the loan to open a new episode",
            "ke-001/1：案件已结（已持续正常还款）；如再逾期，请重新读取贷款以立新案",
        ),
        (
            NoticeTooEarly("ke-001/1", "visit", 5, 6),
            "ke-001/1: 5 days past due, this notice (notice of a visit) may be sent from day 6",
            "ke-001/1：已逾期5天，该通知（走访通知）自第6天起可以发送",
        ),
        (
            OfferExpired("ke-001/1", 9, dt.date(2026, 3, 25)),
            "ke-001/1: offer 9 was valid until 2026-03-25; offer anew",
            "ke-001/1：方案9有效至2026年3月25日；请重新提出",
        ),
        (
            PlanRefused("ke-001/1", "too_many_instalments", "13", "at most 12"),
            "ke-001/1: too many instalments: 13, accepted is at most 12",
            "ke-001/1：期数过多：13；可接受：at most 12",
        ),
        (
            ConcurrentUpdate(("ke-001/1", "ke-002/1")),
            "changed meanwhile by another writer: ke-001/1, ke-002/1; read again and decide again",
            "期间已被他人更改：ke-001/1、ke-002/1；请重新读取后再决定",
        ),
        (
            DuesOutOfOrder("due", dt.date(2026, 3, 1), "2026-04-01 or later"),
            "due: 2026-03-01 is before the due date that precedes it; expected 2026-04-01 or later",
            "due：2026年3月1日早于前一期的到期日；应为：2026-04-01 or later",
        ),
        (
            SendFailed("mail", "refused", permanent=True),
            "mail: not sent, trying again is of no use: refused",
            "mail：未发出，重试无用：refused",
        ),
        (
            SendFailed("mail", "refused", permanent=False),
            "mail: not sent, may be tried again: refused",
            "mail：未发出，可以重试：refused",
        ),
    ],
)
def test_a_refusal_reads_as_people_write(error, english, chinese):
    """
    Dates, lists and the names of codes stand in the text as its language writes them.
    """
    assert ENGLISH.refusal(error) == english
    assert CHINESE.refusal(error) == chinese


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (Money("1200", "KES"), "KES 1,200.00"),
        (Money("0", "KES"), "KES 0.00"),
        (dt.date(2026, 3, 1), "2026-03-01"),
        (dt.datetime(2026, 3, 1, 9, tzinfo=dt.UTC), "'2026-03-01T09:00:00+00:00'"),
        (None, "None"),
        (True, "True"),
        ("x" * 200, "'" + "x" * 79 + "..."),
        (("a", "b"), "('a', 'b')"),
        ("{field}", "'{field}'"),
    ],
)
def test_a_refused_value_is_described(value, written):
    """
    A refused amount or date is written as such, anything else as its short description.
    """
    text = ENGLISH.refusal(InvalidValue("amount", value, "Money above zero"))

    assert text == f"amount: {written} is not accepted; expected Money above zero"


@attrs.frozen
class BranchIsClosed(NotAllowed):
    """A host's own refusal."""

    code: ClassVar[str] = "branch_is_closed"

    branch: str

    def __str__(self) -> str:
        return f"the branch {self.branch} is closed; visit another"


@attrs.frozen
class WithoutCode(NotAllowed):
    """A host's refusal that has no code of its own."""

    def __str__(self) -> str:
        return "not on market days"


@attrs.frozen
class SameCode(NotAllowed):
    """A host's refusal that took a code of ours and has other fields."""

    code: ClassVar[str] = "visit_too_early"

    day: str

    def __str__(self) -> str:
        return f"no visits on {self.day}"


@pytest.mark.parametrize(
    "error",
    [
        BranchIsClosed("north"),
        WithoutCode(),
        SameCode("market days"),
        ValueError("something else"),
        SystemExit(3),
        type("Coded", (Exception,), {"code": 404})("not found"),
    ],
    ids=lambda error: type(error).__name__,
)
@BOTH
def test_an_error_without_a_text_says_itself(texts, error):
    """
    What the catalogue does not know falls back to the error's own text; nothing is raised in the middle of an error.
    """
    assert texts.refusal(error) == str(error)


def test_a_catalogue_without_the_text_falls_back():
    """
    A partial language says nothing about refusals; the error speaks.
    """
    error = AdapterError("ledger", "does not answer")

    assert Catalogue("sw", {"state.overdue": "imechelewa"}).refusal(error) == str(error)


def test_a_host_words_a_refusal_its_own_way():
    """
    A host's text may use the facts of the error, and no other names.
    """
    own = ENGLISH.replaced({"refusal.visit_too_early": "please wait until day {first_visit_day}"})

    assert own.refusal(VisitTooEarly("ke-001/1", 6, 7)) == "please wait until day 7"
    with pytest.raises(WrongPlaceholder):
        ENGLISH.replaced({"refusal.visit_too_early": "{borrower} is not ready"})


def test_the_text_of_an_error_itself_stays():
    """
    Rendering an error changes nothing about it: ``str`` is English as before.
    """
    error = VisitTooEarly("ke-001/1", 6, 7)
    CHINESE.refusal(error)

    assert str(error) == "ke-001/1: 6 days past due, visits start on day 7"


@given(
    st.text(min_size=1, max_size=20),
    st.one_of(st.text(), st.integers(), st.none(), st.binary(), st.floats()),
    st.text(min_size=1),
)
def test_any_refused_value_can_be_said(field, value, accepted):
    """
    Whatever was refused, its field and what is accepted stand in the text of both languages.
    """
    error = InvalidValue(field, value, accepted)

    for texts in (ENGLISH, CHINESE):
        text = texts.refusal(error)
        assert field in text
        assert accepted in text
