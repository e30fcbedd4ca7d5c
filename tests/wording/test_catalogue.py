"""
Catalogues: finding, filling, replacing texts, and falling back.
"""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overdue_visit.errors import InvalidValue
from overdue_visit.wording import (
    CHINESE,
    ENGLISH,
    SHIPPED,
    Catalogue,
    Catalogues,
    UnknownText,
    WrongPlaceholder,
    offered,
    placeholders,
)

CODES = sorted(ENGLISH.texts)


def test_a_text_is_filled_with_values():
    """
    Names in braces give way to the values.
    """
    assert ENGLISH.text("step.remind", amount="KES 40.00", due="2026-05-01") == "remind of KES 40.00 due 2026-05-01"


def test_more_values_than_the_text_uses_are_fine():
    """
    One bag of values serves the texts of a step, though each uses only some of them.
    """
    assert ENGLISH.text("step.close_case", reason="the loan is paid off", on="2026-05-01") == "close the case"


def test_a_missing_code_is_named():
    """
    A code without a text is refused by name.
    """
    with pytest.raises(UnknownText) as refused:
        ENGLISH.text("step.dance")

    assert refused.value.value == "step.dance"


@pytest.mark.parametrize(
    "given", [{}, {"amount": "KES 40.00"}, {"amount": 4.5, "due": "x"}, {"amount": None, "due": "x"}]
)
def test_a_missing_value_is_named(given):
    """
    A text that lacks a value, or gets a float, is refused by code and name.
    """
    with pytest.raises(WrongPlaceholder) as refused:
        ENGLISH.text("step.remind", **given)

    assert refused.value.field in ("step.remind {amount}", "step.remind {due}")


def test_a_value_may_be_called_code():
    """
    The names of values are free of the method's own.
    """
    own = ENGLISH.replaced({"reason.locusts": "locusts came"})

    assert own.text("reason.locusts", code="x", self="y") == "locusts came"


def test_a_host_replaces_a_text():
    """
    A host's text stands in for the shipped one and leaves the shipped catalogue alone.
    """
    own = ENGLISH.replaced({"step.remind": "call about {amount}"})

    assert own.text("step.remind", amount="KES 40.00", due="2026-05-01") == "call about KES 40.00"
    assert ENGLISH.text("step.remind", amount="a", due="b") == "remind of a due b"


@pytest.mark.parametrize(
    "text",
    ["{borrower} owes {amount}", "{amount.minor}", "{amount[0]}", "{amount!r}", "{amount:>9}", "{0}", "{}", "{amount"],
)
def test_a_text_may_use_only_what_its_code_offers(text):
    """
    Other names, attributes, indexes, conversions and formats are refused when the catalogue is made.
    """
    with pytest.raises(WrongPlaceholder):
        ENGLISH.replaced({"step.remind": text})


def test_a_refusal_says_what_is_offered():
    """
    The refusal names the code, the name that is not offered, and those that are.
    """
    with pytest.raises(WrongPlaceholder) as refused:
        ENGLISH.replaced({"step.remind": "{borrower}"})

    assert str(refused.value) == "step.remind: 'borrower' is not accepted; expected {amount}, {due}"


@pytest.mark.parametrize("code", ["step.dance", "fact.dreamt", "state.lost", "reason.", "reason.Fire", "reason", ""])
def test_closed_families_take_no_new_code(code):
    """
    A host adds no states, facts or steps, and no reason that is not a code.
    """
    with pytest.raises(InvalidValue):
        ENGLISH.replaced({code: "x"})


@pytest.mark.parametrize("text", ["", "  ", None, 7])
def test_a_text_says_something(text):
    """
    A text that is empty, or no text, is refused.
    """
    with pytest.raises(InvalidValue):
        ENGLISH.replaced({"step.remind": text})


def test_an_open_code_reads_as_itself_without_a_text():
    """
    A reason that nobody wrote a text for is shown by its code, and one with a suffix by what it belongs to.
    """
    assert ENGLISH.name("reason", "locusts") == "locusts"
    assert ENGLISH.name("reason", "other:flood") == "another reason"
    assert ENGLISH.name("reason", "illness") == "somebody in the household is ill"


def test_a_notice_speaks_for_the_lender():
    """
    A notice takes the lender's name, contact and salutation from the host's texts.
    """
    own = ENGLISH.replaced({"lender.name": "Umoja Credit Union", "lender.contact": "0800 111 222"})

    message = own.notice("visit", amount="KES 120.00", due="2026-03-01", loan="ke-001", first_visit="2026-03-08")

    assert message.subject == "We would like to visit you about your loan ke-001"
    assert message.body.startswith("Dear member,\n\nKES 120.00 of your loan ke-001 was due on 2026-03-01 ")
    assert "ask us: 0800 111 222." in message.body
    assert message.body.endswith("Umoja Credit Union\n")


@pytest.mark.parametrize("kind", ["reminder", "visit", "instalment", "recovered"])
@pytest.mark.parametrize("catalogue", [ENGLISH, CHINESE], ids=["en", "zh"])
def test_every_notice_needs_the_same_four_values(catalogue, kind):
    """
    Amount, due date, loan and first day of visits are all that a notice is filled with.
    """
    message = catalogue.notice(kind, amount="A", due="D", loan="L", first_visit="F", salutation="Hello Rosa,")

    assert message.body.startswith("Hello Rosa,\n\n")
    assert "L" in message.subject
    assert "{" not in message.body


@pytest.mark.parametrize(
    ("language", "found"),
    [("zh", "zh"), ("zh-Hans-CN", "zh"), ("ZH", "zh"), ("en-GB", "en"), ("sw", "en"), (None, "en"), ("", "en")],
)
def test_a_language_finds_the_nearest_catalogue(language, found):
    """
    A tag finds its own catalogue, then the shorter tag's, then the first.
    """
    assert SHIPPED.of(language).language == found


def test_a_partial_catalogue_is_completed_from_the_first():
    """
    A third language may hold some texts; the first language speaks for the rest.
    """
    swahili = Catalogue("sw", {"state.overdue": "imechelewa"})
    both = Catalogues([ENGLISH, swahili])

    assert both.text("state.overdue", language="sw") == "imechelewa"
    assert both.text("state.visited", language="sw") == "visited"
    assert both.of("sw").text("state.visited") == "visited"


def test_the_first_catalogue_is_complete():
    """
    A partial catalogue cannot come first, a language comes once, and there is at least one.
    """
    with pytest.raises(UnknownText):
        Catalogues([Catalogue("sw", {"state.overdue": "imechelewa"}), ENGLISH])
    with pytest.raises(InvalidValue):
        Catalogues([ENGLISH, ENGLISH])
    with pytest.raises(InvalidValue):
        Catalogues([])


def test_a_catalogue_has_a_language():
    """
    A catalogue without a language is refused.
    """
    with pytest.raises(InvalidValue):
        Catalogue("", {})


def test_a_catalogue_is_a_value():
    """
    Catalogues compare, hash and pickle; later changes to the mapping they were made of do not reach them.
    """
    texts = {"state.overdue": "late"}
    catalogue = Catalogue("en", texts)
    texts["state.overdue"] = "changed"

    assert catalogue == Catalogue("en", {"state.overdue": "late"})
    assert pickle.loads(pickle.dumps(SHIPPED)) == SHIPPED
    assert hash(catalogue) == hash(Catalogue("en", {"state.overdue": "late"}))


@given(st.sampled_from(CODES), st.data())
def test_values_stand_in_the_text_as_they_are(code, data):
    """
    A value is inserted as it is, even if it holds braces, percent signs or names.
    """
    values = {name: data.draw(st.text(max_size=20)) for name in sorted(offered(code))}

    for catalogue in (ENGLISH, CHINESE):
        filled = catalogue.text(code, **values)
        assert all(value in filled for value in values.values())


@given(st.text(alphabet="{}ab.![]:0 ", max_size=12))
def test_any_text_is_accepted_or_refused_by_name(text):
    """
    Whatever a host writes, it is a text that can be filled, or it is refused as one.
    """
    try:
        own = ENGLISH.replaced({"step.remind": text})
    except InvalidValue:
        return

    assert "{" in text or own.text("step.remind", amount="x", due="y") == text
    assert placeholders(text) <= {"amount", "due"}
