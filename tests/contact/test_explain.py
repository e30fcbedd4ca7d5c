"""
Verdicts in words, in both languages; the words of every rule that ships.
"""

from __future__ import annotations

import datetime as dt
import enum
import pickle
import string
from collections.abc import Iterator

import attrs
import pytest

from overdue_visit import contact
from overdue_visit.contact import (
    AgreedHours,
    Announcement,
    Capacity,
    Channel,
    Contact,
    Day,
    Direction,
    InconvenientTime,
    Known,
    Moratorium,
    MoratoriumKind,
    NumberKind,
    Outcome,
    Place,
    Proposed,
    Purpose,
    Representation,
    Request,
    RequestKind,
    Role,
    Ruling,
    SignedPlan,
    check,
    rule_words,
)
from overdue_visit.contact.explanation import explain
from overdue_visit.contact.rules import KINDS, Confidence, Effect, Scope, Unit, every_rule, parse
from overdue_visit.contact.texts import TEXTS, Phrasebook
from overdue_visit.contact.verdict import Verdict
from overdue_visit.errors import InvalidValue
from tests.contact.asking import Asking, each_day

NEW_YORK = Asking("us-regf", "America/New_York")
EVERY_RULE = [(owner, rule) for name in contact.names() for owner, rule in every_rule(contact.named(name))]
OWN = """
id = "ours"
title = "Ours"
jurisdiction = "any"
checked = 2026-11-23
[[rule]]
id = "{id}"
citation = "board decision"
confidence = "own"
{rest}
"""


def ours(rest: str, name: str = "it"):
    """
    Make a rule set of one rule.
    """
    return parse(OWN.format(id=name, rest=rest))


def told(rest: str, *, language: str = "en", history=(), known: Known | None = None, **proposed) -> list[str]:
    """
    Explain what one rule says of a call on a Wednesday at noon UTC.
    """
    fields = {"at": dt.datetime(2026, 4, 8, 12, tzinfo=dt.UTC), "channel": "phone", "debt": "D1", **proposed}
    verdict = check(
        Proposed(**fields), history=history, rules=ours(rest), known=Known(zones=("UTC",)) if known is None else known
    )
    return explain(verdict, language=language).splitlines()


def test_an_explanation_says_the_rule_the_count_and_the_earliest_instant():
    """
    The eighth call about a debt within seven days is presumed a violation until the eighth day (1006.14(b)(2)).
    """
    verdict = NEW_YORK.verdict("2026-04-07 17:00", history=NEW_YORK.made(*each_day("2026-04-01", 7)))

    lines = explain(verdict, zone="America/New_York").splitlines()

    assert lines[0] == ("Presumed to be a violation of us-regf.call_frequency_7_in_7, unless the contrary is shown.")
    assert lines[1] == "The rule: at most 7 contacts within 7 consecutive days, the day of the first included."
    assert lines[2].startswith("Source: 12 CFR 1006.14(b)(2)(i)(A)")
    assert lines[2].endswith("(the text itself was read; last checked 2026-11-23).")
    assert lines[3] == "Counted: 7 contacts, from Wed 2026-04-01 10:00 to Tue 2026-04-07 10:00 (phone 7)."
    assert lines[4].startswith("It counts contacts: with the same person, about the same debt; by phone, machine call")
    assert lines[5].startswith("It gives way to: a consent (calling back, calling about ways to repay), given")
    assert lines[6] == (
        "Allowed from Wed 2026-04-08 08:00 in America/New_York (Wed 2026-04-08 12:00 UTC), the facts unchanged."
    )


def test_an_explanation_is_given_in_chinese():
    """
    The same verdict says the same in Chinese.
    """
    verdict = NEW_YORK.verdict("2026-04-07 17:00", history=NEW_YORK.made(*each_day("2026-04-01", 7)))

    lines = explain(verdict, zone="America/New_York", language="zh-Hans-CN").splitlines()

    assert lines[0] == "推定违规（有相反证明的除外）：us-regf.call_frequency_7_in_7。"
    assert lines[1] == "规则：连续7天内（首次当天计入）最多联系7次。"
    assert lines[3] == "计入：7次联系，自2026年4月1日（周三）10:00至2026年4月7日（周二）10:00（电话7次）。"
    assert lines[-1].startswith("事实不变时，自America/New_York当地时间2026年4月8日（周三）08:00")


def test_an_allowed_contact_needs_one_word():
    """
    Where no rule is in the way there is nothing to explain.
    """
    verdict = NEW_YORK.verdict("2026-04-07 17:00")

    assert explain(verdict) == "Allowed."
    assert explain(verdict, language="zh") == "允许。"


def test_a_warning_says_what_it_warns_of():
    """
    The sixth call about a debt on one day is allowed, but so many on one day speak against the caller.
    """
    calls = NEW_YORK.made(*(f"2026-04-07 {hour:02}:00" for hour in range(9, 14)))
    verdict = NEW_YORK.verdict("2026-04-07 17:00", history=calls)

    first, second = explain(verdict).splitlines()

    assert first == "Allowed, with a warning."
    assert second.startswith("Warning by us-regf.concentration: so many contacts on one day may be harassment")
    assert "comment 14(b)(2)(i)-2.i" in second


def test_every_broken_rule_is_told_the_deciding_one_first():
    """
    A call at night after a request to stop calling: waiting ends the night, and not the request.
    """
    stop = Request(kind="stop_medium", medium="phone", received_at=NEW_YORK.instant("2026-04-01 10:00"))
    verdict = NEW_YORK.verdict("2026-04-07 22:00", requests=(stop,))

    text = explain(verdict, zone="America/New_York")

    assert text.startswith("Forbidden by us-regf.stop_medium.\n")
    assert "Counted: the request of Wed 2026-04-01 10:00: no more contact by a channel (phone)." in text
    assert "\nAlso in the way: us-regf.hours, 12 CFR 1006.6(b)(1)(i)" in text
    assert "(until Wed 2026-04-08 08:00)." in text
    assert text.endswith("\nWaiting alone does not make it lawful; the facts would have to change.")


def test_a_rule_that_waiting_does_not_end_is_told_so_beside_another():
    """
    A rule in the way that no waiting ends is named as such, also where another decides.
    """
    stop = Request(kind="cease_communication", received_at=NEW_YORK.instant("2026-04-01 10:00"))
    verdict = NEW_YORK.verdict("2026-04-07 17:00", requests=(stop,), role="relative", party="aunt")

    assert "Also in the way: us-regf.third_party, 12 CFR 1006.6(d)(1)-(2), 1006.10 (waiting does not help)." in (
        explain(verdict)
    )


def test_an_earliest_instant_that_was_not_looked_for_is_not_invented():
    """
    A verdict without an earliest instant says no instant.
    """
    verdict = attrs.evolve(NEW_YORK.verdict("2026-04-07 23:00"), earliest=None)

    assert explain(verdict).endswith("No later instant was looked for, or none within three years is allowed.")


def test_an_instant_just_after_a_bound_that_is_not_in_is_told_so():
    """
    Where 8:00 itself is not allowed, contact is allowed just after 8:00.
    """
    hours = '{ days = ["Wed"], start = 08:00:00, end = 09:00:00, start_included = false }'

    lines = told(f'kind = "window"\nhours = [{hours}]')

    assert lines[1] == "The rule: contact only Wed 08:00-09:00 (not at 08:00 itself), local time."
    assert lines[-1] == "Allowed from just after Wed 2026-04-15 08:00 UTC, the facts unchanged."


def test_factors_that_speak_for_a_contact_are_named():
    """
    A call that the law requires speaks against the presumption of a violation (comment 14(b)(2)(ii)-2).
    """
    calls = NEW_YORK.made(*each_day("2026-04-01", 7))
    verdict = NEW_YORK.verdict("2026-04-07 17:00", history=calls, purpose="required_by_law")

    assert "\nSpeaking for the contact: what the law requires.\n" in explain(verdict)


def test_an_accepted_rule_warns_with_the_name_and_the_reason():
    """
    Where a named person accepted that a secondary source does not bind, the explanation says who, when and why.
    """
    rules = contact.named("in-rbi-2022").accepting(
        "in-rbi-2022.calling_hours", by="the board", on=dt.date(2026, 4, 1), reason="members work until seven"
    )
    late = dt.datetime(2026, 4, 8, 15, tzinfo=dt.UTC)
    proposed = Proposed(at=late, channel="phone", debt="D1")
    verdict = check(proposed, rules=rules, known=Known(zones=("Asia/Kolkata",)))

    assert verdict.ruling is Ruling.WARNED
    assert "the board accepted on 2026-04-01 that this rule does not bind: members work until seven." in (
        explain(verdict)
    )
    assert "the board于2026年4月1日认可该规则不具约束力：members work until seven。" in explain(verdict, language="zh")


def test_a_hosts_own_words_win():
    """
    A host replaces a ruling's sentence, one rule's own sentence, and the words of its own warning.
    """
    warning = 'kind = "limit"\nat_most = 0\nwithin = "ever"\ncounts = {}\neffect = "warning"\nwarning = "ask_first"'
    verdict = check(
        Proposed(at=dt.datetime(2026, 4, 8, 12, tzinfo=dt.UTC), channel="phone", debt="D1"),
        rules=ours(warning),
        known=Known(zones=("UTC",)),
    )
    night = NEW_YORK.verdict("2026-04-07 23:00")

    assert "Warning by ours.it: ask_first." in explain(verdict)
    assert "Warning by ours.it: Ask Amina." in explain(verdict, texts={"warning.ask_first": "Ask Amina."})
    assert explain(night, texts={"ruling.forbidden": "No ({key})."}).startswith("No (us-regf.hours).\n")
    assert "The rule: people sleep." in explain(night, texts={"rule.us-regf.hours": "people sleep."})


@pytest.mark.parametrize(
    ("arguments", "field"),
    [
        ({"language": "fr"}, "language"),
        ({"language": None}, "language"),
        ({"zone": "Mars/Olympus"}, "zone"),
        ({"texts": {"ruling.forbidden": "no: {rule}"}}, "texts.ruling.forbidden"),
        ({"texts": {"ruling.forbidden": "no: {}"}}, "texts.ruling.forbidden"),
        ({"texts": {"ruling.forbidden": "no: {"}}, "texts.ruling.forbidden"),
    ],
)
def test_unknown_languages_zones_and_values_are_refused_by_name(arguments, field):
    """
    What an explanation cannot be made with is refused, with the field and what would be accepted.
    """
    with pytest.raises(InvalidValue) as refusal:
        explain(NEW_YORK.verdict("2026-04-07 23:00"), **arguments)

    assert refusal.value.field == field
    assert str(pickle.loads(pickle.dumps(refusal.value))) == str(refusal.value)


WEDNESDAY = dt.date(2026, 4, 8)
FACTS = {
    "inconvenient": (
        'kind = "inconvenient_times"',
        {"inconvenient_times": (InconvenientTime(days=("Mon", "Tue", "Wed"), start=dt.time(9), end=dt.time(17)),)},
        {},
        "inconvenient: Mon-Wed, 09:00-17:00",
        "不便时间：周一至周三，09:00-17:00",
    ),
    "whole day": (
        'kind = "inconvenient_times"',
        {"inconvenient_times": (InconvenientTime(days=("Wed", "Fri")),)},
        {},
        "inconvenient: Wed, Fri, all day",
        "不便时间：周三、周五，全天",
    ),
    "moratorium": (
        'kind = "moratorium"\nmoratoria = ["deferral"]',
        {"moratoria": (Moratorium(kind="deferral", start=WEDNESDAY, end=dt.date(2026, 4, 9)),)},
        {},
        "deferral for disaster, illness or death from 2026-04-08 through 2026-04-09",
        "因灾害、疾病或亡故暂缓，自2026年4月8日至2026年4月9日",
    ),
    "moratorium without an end": (
        'kind = "moratorium"\nmoratoria = ["breathing_space"]',
        {"moratoria": (Moratorium(kind="breathing_space", start=WEDNESDAY),)},
        {},
        "breathing space since 2026-04-08",
        "喘息期，自2026年4月8日起",
    ),
    "plan": (
        'kind = "plan_signed"',
        {"plans": (SignedPlan(kind="short_plan", signed_on=WEDNESDAY),)},
        {},
        "a plan (short_plan) signed on 2026-04-08",
        "2026年4月8日签订的还款方案（short_plan）",
    ),
    "attorney": (
        'kind = "attorney"',
        {"representations": (Representation(),)},
        {},
        "an attorney represents the person",
        "当事人已委托律师",
    ),
    "announced": (
        'kind = "announced_day"',
        {"announcement": Announcement(on=dt.date(2026, 4, 10))},
        {},
        "the day that the person named: 2026-04-10",
        "当事人说定的日期：2026年4月10日",
    ),
    "place": (
        'kind = "places"\nforbidden = ["workplace"]',
        {},
        {"place": "workplace"},
        "the place: workplace",
        "地点：工作单位",
    ),
    "authorised": (
        'kind = "authorised_channels"',
        {"authorised_channels": ("sms", "mail")},
        {},
        "authorised: text message, mail",
        "已授权的渠道：短信、信函",
    ),
}


@pytest.mark.parametrize("name", FACTS)
def test_each_kind_of_fact_that_counted_is_told(name):
    """
    The explanation says on what fact a rule stands, in both languages.
    """
    rest, known, proposed, english, chinese = FACTS[name]
    person = Known(zones=("UTC",), **known)

    assert f"Counted: {english}." in told(rest, known=person, **proposed)
    assert f"计入：{chinese}。" in told(rest, known=person, language="zh", **proposed)


def test_one_contact_is_told_as_one():
    """
    A single contact that counted is named with its instant and channel; several with how many by each.
    """
    rest = 'kind = "limit"\nat_most = {}\nwithin_days = 1\ncounts = {{}}'
    made = [
        Contact(at=dt.datetime(2026, 4, 8, hour, tzinfo=dt.UTC), channel=channel, debt="D1")
        for hour, channel in ((9, "sms"), (10, "phone"), (11, "phone"))
    ]

    assert "Counted: one contact, at Wed 2026-04-08 09:00 (text message)." in told(rest.format(1), history=made[:1])
    assert "Counted: 3 contacts, from Wed 2026-04-08 09:00 to Wed 2026-04-08 11:00 (phone 2, text message 1)." in told(
        rest.format(3), history=made
    )


SENTENCES = {
    'kind = "limit"\nat_most = 0\nwithin = "ever"\ncounts = {}': "no such contact at all.",
    'kind = "limit"\nat_most = 1\nwithin_days = 1\ncounts = {}': "at most one contact within a calendar day.",
    'kind = "limit"\nat_most = 2\nwithin_minutes = 5\ncounts = {}': "at most 2 contacts within 5 minutes.",
    'kind = "limit"\nat_most = 2\nwithin = "calendar_week"\ncounts = {}': (
        "at most 2 contacts within a calendar week, Monday to Sunday."
    ),
    'kind = "cool_down"\ndays = 7\ncounts = {}': (
        "no contact within 7 consecutive days after one that counts, its day being the first."
    ),
    'kind = "spacing"\ndays = 2\ncounts = {}': "2 days from one contact to the next.",
    'kind = "window"\nagreement_replaces = true\n'
    'hours = [{ days = ["Mon", "Tue", "Sat", "Holiday"], start = 20:00:00, end = 06:00:00, '
    "crosses_midnight = true }]": (
        "contact only Mon, Tue, Sat, public holidays 20:00-06:00 of the next day, local time, or as agreed."
    ),
    'kind = "window"\nclosed_on_holidays = true\nagreement_replaces = true\n'
    'hours = [{ days = ["Mon", "Tue"], start = 08:00:00, end = 20:00:00 }]': (
        "contact only Mon, Tue 08:00-20:00, local time, or as agreed; not on public holidays."
    ),
    'kind = "window"\nhours = [{ days = ["Fri", "Sat", "Sun"], start = 09:00:00 }]': (
        "contact only Fri-Sun 09:00-24:00, local time."
    ),
    'kind = "places"\nallowed = ["home"]': "contact at these places only: home.",
    'kind = "places"\nif_inconvenient = true': "no contact at a place that the person called inconvenient.",
    'kind = "visit_condition"\nmissed_meetings = 2\ndays_past_due = 7\nannounced = true\nat = ["home"]': (
        "no visit unless the person did not appear 2 times running at the agreed place and at least 7 days past due "
        "are known and it was announced (visits at: home)."
    ),
    'kind = "moratorium"\nmoratoria = ["deferral"]\ndays = 30\nat_most_days = 60': (
        "no contact about a debt that rests (deferral for disaster, illness or death), for 30 days, the first "
        "included, where no end is known, never longer than 60 days."
    ),
    'kind = "visit_condition"\nannounced = true\nannounced_within_days = 30': (
        "no visit unless it was announced within 30 days, the day of the announcement included."
    ),
    'kind = "stop"\nrequests = ["stop_workplace"]\noral_lasts_days = 10\nconfirmed_within_days = 7': (
        "no contact that the person asked to stop (no more contact at work). An oral request lasts 10 days, unless it "
        "is confirmed in writing within 7."
    ),
    'kind = "inconvenient_times"\nhours_a_week = 28': (
        "no contact at times that the person called inconvenient, the first 28 hours of each week."
    ),
    'kind = "inconvenient_times"\nbeyond_hours_a_week = 28': (
        "times that the person called inconvenient beyond 28 hours of a week."
    ),
    'kind = "only_if"\nunless = [{ states = ["opt_out_method"] }]': (
        "a contact only where one of the circumstances holds to which the rule gives way."
    ),
    'kind = "plan_signed"\nplans = ["personalised_instalment"]': (
        "no collecting while a signed plan is kept (personalised instalment plan)."
    ),
}


@pytest.mark.parametrize("rest", SENTENCES, ids=range(len(SENTENCES)))
def test_each_kind_of_rule_has_its_sentence_with_its_numbers(rest):
    """
    The sentence of a rule carries every number that it holds.
    """
    (rule,) = ours(rest).rules

    assert rule_words.says(rule, "ours.it", Phrasebook.of("en")) == SENTENCES[rest]


def test_what_gives_way_and_what_counts_is_told_with_every_word():
    """
    Each circumstance of an exemption and each bound of a count has its words.
    """
    (rule,) = ours(
        'kind = "limit"\nat_most = 1\nwithin_days = 7\nchannels = ["sms"]\nroles = ["borrower"]\npurposes = ["zeal"]\n'
        'counts = { directions = ["inbound"], purposes = ["unrelated"], roles = ["spouse"], other_channels = true,'
        ' discussed = true, not_replies = true, not_purposes = ["zeal"], scope = ["household", "collector"],'
        " several_channels = true }\n"
        "[[rule.unless]]\nconsent = { in_writing = true, express = true, not_before = 22:00:00 }\n"
        '[[rule.unless]]\nanswers = true\nany_channel = true\nsame_day = true\nonce = true\npurposes = ["unrelated"]\n'
        "[[rule.unless]]\nover_days_past_due = 15\ndebtor_unreachable = true\n"
        "failures_in_a_row = 3\nnumber_dead = true\n"
        '[[rule.unless]]\nheard_within_days = 60\nnumber_checked_within_days = 30\nstates = ["opt_out_method"]\n'
    ).rules
    book = Phrasebook.of("en")

    assert rule_words.applies(rule, book) == "by text message; with borrower; for: zeal"
    assert rule_words.counts(rule, book) == (
        "made by the person; with the same household, by the same collector; with spouse; for: nothing to do with "
        "the debt; not for: zeal; whoever raised the debt; by another channel; only if by more than one channel "
        "together with the proposed one; answers not counted"
    )
    assert rule_words.gives_way(rule, book) == (
        "a consent, in writing, given expressly, from 22:00 on; the purpose: nothing to do with the debt, an answer "
        "to the person's own contact, on the same day, one answer for each; more than 15 days past due, a debtor who "
        "cannot be reached, 3 failed attempts in a row, a number that is no longer in service; the person's own "
        "message about the debt from that number, by the same channel, for 60 days, its day included, a check that the "
        "number is still the person's, for 30 days, its day included, a message known to say: how to opt out"
    )


FAMILIES: dict[str, type[enum.StrEnum]] = {
    "channel": Channel,
    "direction": Direction,
    "outcome": Outcome,
    "role": Role,
    "number_kind": NumberKind,
    "place": Place,
    "request": RequestKind,
    "moratorium": MoratoriumKind,
    "scope": Scope,
    "day": Day,
    "purpose": Purpose,
    "capacity": Capacity,
    "confidence": Confidence,
    "effect": Effect,
    "ruling": Ruling,
    "week": Ruling,
    "within": Unit,
}


@pytest.mark.parametrize("language", TEXTS)
def test_every_word_of_every_catalogue_has_its_text(language):
    """
    No member of a catalogue, no kind of rule and no exemption is without words.
    """
    texts = TEXTS[language]
    wanted = {f"{family}.{each.value}" for family, members in FAMILIES.items() for each in members}
    wanted |= {f"rule.{kind}" for kind in KINDS if kind != "places"}

    assert wanted - set(texts) == set()


def fields_of(template: str) -> set[str]:
    """
    Return the names in braces of a template.
    """
    return {name for _, name, _, _ in string.Formatter().parse(template) if name is not None}


def test_both_languages_say_the_same_codes_with_the_same_values():
    """
    Each code has a template in both languages, and both use the same values.
    """
    english, chinese = TEXTS["en"], TEXTS["zh"]

    assert set(english) == set(chinese)
    assert {code for code in english if fields_of(english[code]) != fields_of(chinese[code])} == set()


def open_codes(value: object) -> Iterator[tuple[str, str]]:
    """
    Yield the codes of purposes, consents and plans that a value names, with their family.
    """
    if isinstance(value, tuple):
        for each in value:
            yield from open_codes(each)
    elif attrs.has(type(value)):
        for field in attrs.fields(type(value)):
            held = getattr(value, field.name)
            family = {"scopes": "consent", "plans": "plan"}.get(field.name)
            if field.name in {"purposes", "not_purposes", "factors"}:
                family = "purpose"
            if family is None:
                yield from open_codes(held)
            else:
                yield from ((family, code) for code in held)


@pytest.mark.parametrize("language", TEXTS)
def test_every_code_that_a_shipped_rule_set_names_has_its_text(language):
    """
    Purposes, consents, plans, products and warnings of the shipped rule sets have words in both languages.
    """
    named = {code for _, rule in EVERY_RULE for code in open_codes(rule)}
    named |= {("warning", rule.warning) for _, rule in EVERY_RULE if rule.warning is not None}
    named |= {("product", code) for owner, _ in EVERY_RULE for code in (*owner.products, *owner.not_products)}

    assert {f"{family}.{code}" for family, code in named} - set(TEXTS[language]) == set()


@pytest.mark.parametrize("language", TEXTS)
@pytest.mark.parametrize(("owner", "rule"), EVERY_RULE, ids=[owner.key(rule) for owner, rule in EVERY_RULE])
def test_every_shipped_rule_can_be_told(owner, rule, language):
    """
    Each rule that ships has a sentence, and all that is to be said of it leaves no brace and no unnamed value.
    """
    book = Phrasebook.of(language)

    said = [
        rule_words.says(rule, owner.key(rule), book),
        rule_words.applies(rule, book),
        rule_words.counts(rule, book),
        rule_words.gives_way(rule, book),
    ]

    assert said[0]
    assert not any(part in text for text in said for part in ("{", "}", "None", "_"))


def test_a_verdict_in_words_reads_no_zone_but_the_one_given():
    """
    The same verdict is told by any wall clock, and says in which zone.
    """
    verdict: Verdict = NEW_YORK.verdict("2026-04-07 23:00", agreed_hours=AgreedHours(start=dt.time(1), end=dt.time(2)))

    assert explain(verdict).endswith("Allowed from Wed 2026-04-08 12:00 UTC, the facts unchanged.")
    assert "Wed 2026-04-08 20:00 in Asia/Shanghai" in explain(verdict, zone="Asia/Shanghai")
