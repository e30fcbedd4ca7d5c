"""
An institution's own policy: in TOML and in code, extended, refused.
"""

from __future__ import annotations

import datetime as dt
import tomllib

import attrs
import pytest

from overdue_visit import policy
from overdue_visit.arrears import Bucket, Buckets
from overdue_visit.business_calendar import BusinessCalendar
from overdue_visit.errors import AdapterError, InvalidValue
from overdue_visit.money import Money
from overdue_visit.policy import Effective, MissingSource, Source, UnknownKey
from overdue_visit.rate import Rate

VILLAGE = policy.village()

UMOJA = """
extends = "village"
name = "umoja"
version = "2026-04"
effective = "from_date"
from_date = 2026-04-01

[visits]
first_visit_day = { value = 10, source = "board decision 2026-04: the bus runs twice a week" }
earliest = { value = 09:00:00, source = "milking comes first" }

[plans]
smallest_instalment = { value = "KES 5.00", source = "the fee of a mobile transfer", checked = 2026-04-01 }
tolerance_percent = { value = "1/3", source = "board decision 2026-04" }

[ageing]
tolerance_amount = { value = "KES 0.50", source = "no coins in use below" }
calendar = { value = { name = "kenya", weekend = [6], holidays = [2026-12-12] }, source = "the gazette" }

[notices]
languages = { value = ["sw", "en"], source = "what our members read" }

[reasons]
cattle_theft = { value = ["affordability", "propose_plan"], source = "happens every dry season" }
"""


def test_an_own_file_holds_only_what_differs():
    """
    A policy that extends the village keeps the rest of it, sources included.
    """
    own = policy.load(UMOJA)

    assert (own.name, own.version, own.effective, own.from_date) == (
        "umoja", "2026-04", Effective.FROM_DATE, dt.date(2026, 4, 1),
    )  # fmt: skip
    assert own.visits.first_visit_day == 10
    assert own.visits.earliest == dt.time(9)
    assert own.plans.smallest_instalment == Money("5", "KES")
    assert own.plans.tolerance_percent == Rate.from_ratio(1, 3, "once")
    assert own.ageing.tolerance.amount == Money("0.50", "KES")
    assert own.ageing.calendar == BusinessCalendar(
        name="kenya", weekend=frozenset({6}), holidays=frozenset({dt.date(2026, 12, 12)})
    )
    assert own.notices.languages == ("sw", "en")
    assert own.reason("cattle_theft").next_steps == ("affordability", "propose_plan")
    assert own.standing == VILLAGE.standing
    assert own.sources["visits.notice_days"] == VILLAGE.sources["visits.notice_days"]
    assert own.sources["plans.smallest_instalment"] == Source(
        "the fee of a mobile transfer", checked=dt.date(2026, 4, 1)
    )


def test_an_own_policy_can_be_extended_in_turn():
    """
    A branch's policy extends its institution's by name.
    """
    umoja = policy.load(UMOJA)

    branch = policy.load('extends = "umoja"\nname = "umoja-hills"\nversion = "1"\n', bases=[umoja])

    assert branch.visits == umoja.visits
    assert (branch.effective, branch.from_date) == (umoja.effective, umoja.from_date)


def test_values_are_changed_in_code_with_their_reason():
    """
    A change names the key, the value and why; the original stays as it is.
    """
    own = VILLAGE.with_changes({"visits.first_visit_day": (8, "board decision 2026-04")}, version="2")

    assert own.visits.first_visit_day == 8
    assert own.sources["visits.first_visit_day"] == Source("board decision 2026-04")
    assert own.version == "2"
    assert VILLAGE.visits.first_visit_day == 7


def test_values_in_code_may_be_values_of_the_house():
    """
    Money, rates, times, calendars and buckets are taken as they are, and as a file would hold them.
    """
    buckets = Buckets([Bucket("early", 1, 30), Bucket("late", 31, None)])
    why = Source("board decision")
    own = VILLAGE.with_changes(
        {
            "plans.smallest_instalment": (Money("5", "KES"), why),
            "plans.tolerance_percent": (Rate("2%", per="once"), why),
            "visits.earliest": (dt.time(9), why),
            "visits.latest": ("18:30", why),
            "ageing.calendar": (BusinessCalendar(), why),
            "buckets": (buckets, why),
            "reasons.locusts": (("affordability",), why),
        }
    )

    assert own.plans.smallest_instalment == Money("5", "KES")
    assert own.plans.tolerance_percent == Rate("2%", per="once")
    assert (own.visits.earliest, own.visits.latest) == (dt.time(9), dt.time(18, 30))
    assert own.ageing.calendar == BusinessCalendar()
    assert own.buckets == buckets
    assert own.reason("locusts").next_steps == ("affordability",)
    assert policy.load(policy.dump(own)) == own


@pytest.mark.parametrize("change", [5, (5,), (5, ""), (5, " "), (5, None), (5, "a", "b"), None])
def test_a_change_without_a_reason_is_refused(change):
    """
    Nobody changes a number without saying why.
    """
    with pytest.raises(MissingSource) as refused:
        VILLAGE.with_changes({"visits.first_visit_day": change})

    assert refused.value.field == "visits.first_visit_day"


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("visits.first_visit_day", 0),
        ("visits.first_visit_day", -7),
        ("visits.first_visit_day", 7.0),
        ("visits.first_visit_day", "7"),
        ("visits.first_visit_day", True),
        ("visits.first_visit_day", 10**9),
        ("visits.first_visit_day", None),
        ("visits.earliest", "8"),
        ("visits.earliest", "25:00"),
        ("visits.earliest", "08:00+03:00"),
        ("visits.earliest", 8),
        ("visits.officers", 0),
        ("visits.accepted_channels", []),
        ("visits.accepted_channels", ["vist"]),
        ("visits.accepted_channels", ["visit", "visit"]),
        ("visits.accepted_channels", "visit"),
        ("visits.unannounced_needs_reason", "yes"),
        ("contact.attempts_a_day", 0),
        ("contact.counted_channels", ["by phone"]),
        ("notices.default_channel", "pigeon"),
        ("notices.automatic", ["reminder", "threat"]),
        ("notices.languages", []),
        ("notices.languages", ["en", "en"]),
        ("notices.notified_by", ["sms"]),
        ("notices.lease_minutes", 0),
        ("plans.broken_after_missed", 0),
        ("plans.tolerance_percent", "100%"),
        ("plans.tolerance_percent", "none"),
        ("plans.tolerance_percent", 0.05),
        ("plans.tolerance_percent", "1/0"),
        ("plans.tolerance_percent", "9" * 5000 + "/7"),
        ("plans.smallest_instalment", "KES 0.00"),
        ("plans.smallest_instalment", "KES 1.005"),
        ("plans.smallest_instalment", 5),
        ("plans.consent_kinds", []),
        ("escalation.kinds", []),
        ("reasons.forgot", ["sing"]),
        ("reasons.forgot", []),
        ("late_run", "sometimes"),
        ("grace_days", -1),
        ("ageing.name", ""),
        ("ageing.charges_age", "no"),
        ("ageing.calendar.holidays", {"name": "x", "holidays": "2026-12-12"}),
        ("ageing.calendar.weekend", {"name": "x", "weekend": "Sunday"}),
        ("ageing.calendar.workdays", {"name": "x", "holidays": ["2026-12-12"], "workdays": ["2026-12-12"]}),
        ("notices.notified_by.sms", {"sms": 1}),
        ("ageing.due_day_counts", 2),
        ("ageing.payments", "after"),
        ("ageing.anchor", "newest"),
        ("ageing.order", ["principal"]),
        ("ageing.order", ["gifts"]),
        ("ageing.tolerance_floor", "KES 1.00"),
        ("ageing.tolerance_amount", "KES -1.00"),
        ("ageing.calendar", "sundays"),
        ("ageing.calendar.weekend", {"name": "x", "weekend": [7]}),
        ("ageing.calendar.holidays", {"name": "x", "holidays": ["Christmas"]}),
        ("ageing.calendar.name", {"weekend": [6]}),
    ],
)
def test_a_value_that_is_not_accepted_is_named(key, value):
    """
    A refusal names the dotted key and says what would be accepted.
    """
    changed = ".".join(key.split(".")[:2])

    with pytest.raises(InvalidValue) as refused:
        VILLAGE.with_changes({changed: (value, "a try")})

    assert refused.value.field == key
    assert refused.value.accepted


@pytest.mark.parametrize(
    ("key", "rows"),
    [
        ("buckets.first_day", [{"name": "a", "first_day": 1, "last_day": 30}, {"name": "b", "first_day": 32}]),
        ("buckets.first_day", [{"name": "a", "first_day": 1, "last_day": 30}, {"name": "b", "first_day": 30}]),
        ("buckets.first_day", [{"name": "a", "first_day": 2}]),
        ("buckets.last_day", [{"name": "a", "first_day": 1, "last_day": 30}]),
        ("buckets.name", [{"name": "a", "first_day": 1, "last_day": 30}, {"name": "a", "first_day": 31}]),
        ("buckets.1.first_day", [{"name": "a", "first_day": "1"}]),
        ("buckets.1.first_day", [{"name": "a"}]),
        ("buckets.1.until", [{"name": "a", "first_day": 1, "until": 30}]),
        ("buckets.1", [7]),
        ("buckets", "all"),
        ("buckets.buckets", []),
    ],
)
def test_buckets_have_no_gaps_and_no_overlaps(key, rows):
    """
    Bands of days must take in every day past due exactly once.
    """
    with pytest.raises(InvalidValue) as refused:
        VILLAGE.with_changes({"buckets": (rows, "a try")})

    assert refused.value.field == key


@pytest.mark.parametrize(
    ("key", "changes"),
    [
        ("notices.visit_notice_day", {"notices.visit_notice_day": 8}),
        ("notices.reminder_day", {"notices.reminder_day": 5}),
        ("notices.instalment_reminder_days", {"notices.instalment_reminder_days": 7}),
        ("visits.latest", {"visits.latest": "08:00"}),
        ("visits.latest", {"visits.latest": "07:00"}),
        ("visits.earliest", {"visits.earliest": "07:30"}),
        ("visits.latest", {"visits.latest": "20:01"}),
        ("contact.latest", {"contact.latest": "06:00"}),
        ("plans.tolerance_days", {"plans.tolerance_days": 7}),
        ("escalation.review_day", {"escalation.review_day": 7}),
        ("escalation.unreachable_attempts", {"escalation.unreachable_attempts": 2}),
        (
            "notices.notified_by.sms",
            {"notices.notified_by": {"letter": "served"}, "notices.channels": ["sms", "letter"]},
        ),
        ("notices.notified_by.email", {"notices.channels": ["sms", "letter", "console", "file"]}),
        ("notices.notified_by.sms", {"notices.notified_by": {**VILLAGE.notices.notified_by, "sms": "dreamt"}}),
        ("ageing.tolerance_percent", {"ageing.tolerance_percent": "1%", "ageing.tolerance_amount": "KES 1.00"}),
    ],
)
def test_numbers_that_contradict_each_other_are_refused(key, changes):
    """
    A refusal names one of the two keys and says what the other allows.
    """
    with pytest.raises(InvalidValue) as refused:
        VILLAGE.with_changes({changed: (value, "a try") for changed, value in changes.items()})

    assert refused.value.field == key


SMALLEST = 'name = "x"\nversion = "1"\nextends = "village"\n'


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("", "name"),
        ('name = "x"', "version"),
        ('name = "x"\nversion = "1"', "effective"),
        ('name = "x"\nversion = 1', "version"),
        ('name = "x"\nversion = "1"\neffective = "soon"', "effective"),
        ('name = "x"\nversion = "1"\neffective = "new_cases"', "grace_days"),
        ('name = "x"\nversion = "1"\nextends = "town"', "extends"),
        (SMALLEST + 'from_date = "tomorrow"', "from_date"),
        (SMALLEST + 'effective = "from_date"', "from_date"),
        (SMALLEST + "visits = 7", "visits"),
        (SMALLEST + "visits.first_visit_day = 7", "visits.first_visit_day"),
        (
            SMALLEST + "visits.first_visit_day = { value = 7 }",
            "visits.first_visit_day",
        ),
        (
            SMALLEST + 'visits.first_visit_day = { source = "y" }',
            "visits.first_visit_day.value",
        ),
        (
            SMALLEST + 'visits.first_visit_day = { value = 7, source = "y", confidence = "sure" }',
            "visits.first_visit_day.confidence",
        ),
        (
            SMALLEST + 'visits.first_visit_day = { value = 7, source = "y", checked = "then" }',
            "visits.first_visit_day.checked",
        ),
        (
            SMALLEST + 'visits.first_visit_day = { value = 7, source = "y", link = "there" }',
            "visits.first_visit_day.link",
        ),
        ("name = ", "policy"),
        ("a = " + "[" * 5000, "policy"),
        (7, "policy"),
    ],
)
def test_a_file_that_is_not_a_policy_is_refused_by_key(text, key):
    """
    What is missing, misspelt or no TOML at all is named.
    """
    with pytest.raises(InvalidValue) as refused:
        policy.load(text)

    assert refused.value.field == key


def test_a_missing_source_says_so():
    """
    A value without a source is refused as such, in a file and in code.
    """
    values, sources = VILLAGE.values(), dict(VILLAGE.sources)
    del sources["grace_days"]

    with pytest.raises(MissingSource) as in_a_file:
        policy.load(SMALLEST + "grace_days = 3")
    with pytest.raises(MissingSource) as in_code:
        policy.Policy.from_values(values, sources, {"name": "x", "version": "1", "effective": Effective.NEW_CASES})

    assert in_a_file.value.field == in_code.value.field == "grace_days"


def test_a_source_for_nothing_is_refused():
    """
    A source of a value that the policy does not have is a typing error somewhere.
    """
    sources = {**VILLAGE.sources, "visits.first_day": Source("x")}

    with pytest.raises(UnknownKey) as refused:
        policy.Policy.from_values(
            VILLAGE.values(), sources, {"name": "x", "version": "1", "effective": Effective.NEW_CASES}
        )

    assert refused.value.field == "visits.first_day"


def test_an_unknown_key_is_refused_with_those_that_exist():
    """
    A misspelt key gets a refusal that lists the right ones.
    """
    with pytest.raises(UnknownKey) as refused:
        VILLAGE.with_changes({"standing.probation": (3, "a try")})

    assert refused.value.field == "standing.probation"
    assert "standing.probation_instalments" in refused.value.accepted


def test_unknown_is_always_mapped():
    """
    A policy needs a rule for a reason that nobody knows yet, and each reason once.
    """
    mapping = policy.dump(VILLAGE)
    del mapping["reasons"]["unknown"]

    with pytest.raises(InvalidValue) as refused:
        policy.load(mapping)

    assert refused.value.field == "reasons"


@pytest.mark.parametrize(
    ("practice", "change", "key"),
    [
        (VILLAGE.visits, {"accepted_channels": ["visit"]}, "visits.accepted_channels"),
        (VILLAGE.visits, {"unannounced_needs_reason": 1}, "visits.unannounced_needs_reason"),
        (VILLAGE.visits, {"earliest": "08:00"}, "visits.earliest"),
        (VILLAGE.plans, {"tolerance_percent": Rate("5%")}, "plans.tolerance_percent"),
        (VILLAGE.plans, {"smallest_instalment": "KES 5.00"}, "plans.smallest_instalment"),
        (VILLAGE, {"late_run": "now"}, "late_run"),
        (VILLAGE, {"name": ""}, "name"),
        (VILLAGE, {"from_date": dt.datetime(2026, 5, 1)}, "from_date"),
        (VILLAGE, {"reasons": [*VILLAGE.reasons, VILLAGE.reasons[0]]}, "reasons"),
    ],
)
def test_practices_built_in_code_are_checked_as_files_are(practice, change, key):
    """
    A practice that is put together in code keeps the same rules and names the same keys.
    """
    with pytest.raises(InvalidValue) as refused:
        attrs.evolve(practice, **change)

    assert refused.value.field == key


def test_files_that_cannot_be_read_are_named(tmp_path):
    """
    A missing file is the outside world's fault; a file in another encoding is the file's.
    """
    wrong = tmp_path / "latin.toml"
    wrong.write_bytes('name = "Crédit"'.encode("latin-1"))

    with pytest.raises(AdapterError, match=r"policy file: cannot read .*missing\.toml"):
        policy.load_file(tmp_path / "missing.toml")
    with pytest.raises(InvalidValue, match="a file in UTF-8"):
        policy.load_file(wrong)


def test_a_file_may_begin_with_a_byte_order_mark(tmp_path):
    """
    Files from an editor that marks UTF-8 are read all the same.
    """
    path = tmp_path / "own.toml"
    path.write_text(UMOJA, encoding="utf-8-sig")

    assert policy.load_file(path) == policy.load(tomllib.loads(UMOJA))
