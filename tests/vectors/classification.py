"""
Cases of the classification scales.

A case that tells no day is judged on any day: no result depends on it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from overdue_visit.classification import (
    Classification,
    DatedClass,
    Elapsed,
    Facts,
    PeriodicPayment,
    classify,
    consecutive_days,
    delinquency,
    monthly_due_days,
    scale,
)
from overdue_visit.money import Money
from overdue_visit.rate import Per, Rate
from tests.vectors.dispatch import Case, Handler
from tests.vectors.report import NotCovered

ANY_DAY = dt.date(2026, 1, 1)
BEFORE = dt.date(2025, 1, 1)
LONG_BEFORE = dt.date(2024, 1, 1)


class Words:
    """
    The inputs of a case, each read once; one that nobody reads is not covered.
    """

    def __init__(self, case: Case, ignored: tuple[str, ...] = ("note",)) -> None:
        self.inputs: Mapping[str, object] = case["input"]
        self.left = set(self.inputs) - set(ignored)

    def get(self, key, default=None):
        """
        Return an input as it is.
        """
        self.left.discard(key)
        return self.inputs.get(key, default)

    def one_of(self, key, *words):
        """
        Return an input that is one of some words, or is missing.
        """
        value = self.get(key)
        if value is not None and value not in words:
            raise NotCovered(f"{key} {value!r}")
        return value

    def day(self, key):
        """
        Return a date.
        """
        value = self.get(key)
        return None if value is None else dt.date.fromisoformat(value)

    def share(self, key):
        """
        Return a share.
        """
        value = self.get(key)
        return None if value is None else Rate(str(value), Per.ONCE)

    def ago(self, months=None, days=None):
        """
        Return the time that has passed, told in months or days.
        """
        in_months = self.get(months) if months else None
        in_days = self.get(days) if days else None
        return None if in_months is None and in_days is None else Elapsed(months=in_months, days=in_days)

    def euros(self, key):
        """
        Return whole euros.
        """
        value = self.get(key)
        return None if value is None else Money(str(value), "EUR")

    def done(self):
        """
        Refuse a case with words that nobody read.
        """
        if self.left:
            raise NotCovered(f"unknown input {', '.join(sorted(self.left))}")


def told(**facts) -> dict:
    """
    Keep what the case tells.
    """
    return {name: value for name, value in facts.items() if value is not None}


def judged(case: Case, words: Words, facts: Facts, name: str, history=()) -> tuple[object, object]:
    """
    Classify, and say what was expected and what came.
    """
    words.done()
    found: Classification = classify(facts, scale(name), history=history)
    return case["expected"], found.class_


def _five_classes(case: Case) -> tuple[object, object]:
    words = Words(case)
    known = told(
        technical_overdue=words.get("technical_overdue"),
        credit_impaired=words.get("credit_impaired"),
        expected_loss=words.share("expected_loss_ratio"),
    )
    facts = Facts(on=ANY_DAY, days_past_due=words.get("dpd"), known=known)
    return judged(case, words, facts, "cn-five-class-2023")


def _cards(case: Case) -> tuple[object, object]:
    words = Words(case)
    words.one_of("product", "credit_card")
    facts = Facts(on=ANY_DAY, days_past_due=words.get("dpd"), facility="credit_card")
    return judged(case, words, facts, "cn-credit-card-2011")


def _sma(case: Case) -> tuple[object, object]:
    words = Words(case)
    paid = words.one_of("arrears_paid", "all", "interest_only")
    previous = words.one_of("previous_class", "NPA")
    facts = Facts(
        on=words.day("as_of_day_end") or ANY_DAY,
        oldest_due=words.day("due_date"),
        days_past_due=words.get("days_continuously_over_limit"),
        facility=words.one_of("facility", "term_loan", "revolving"),
        all_arrears_paid=None if paid is None else paid == "all",
    )
    history = [DatedClass(facts.oldest_due or BEFORE, previous)] if previous else []
    return judged(case, words, facts, "in-rbi-sma-2021", history)


def _stages(case: Case) -> tuple[object, object]:
    words = Words(case)
    if words.get("other_information") is not None:
        raise NotCovered("other_information in free words")
    rebutted = words.get("presumptions_rebutted") or []
    if not set(rebutted) <= {"30dpd", "90dpd"}:
        raise NotCovered(f"presumptions_rebutted {rebutted}")
    known = told(
        rebutted_30_days="30dpd" in rebutted,
        rebutted_90_days="90dpd" in rebutted,
        significant_increase=words.get("significant_increase_in_credit_risk"),
    )
    facts = Facts(on=ANY_DAY, days_past_due=words.get("dpd"), known=known)
    return judged(case, words, facts, "ifrs-9")


def _default(case: Case) -> tuple[object, object]:
    words = Words(case)
    days = words.get("consecutive_days_above_both_thresholds")
    interrupted = words.get("counter_interrupted_by_payment_below_threshold_on_day")
    retail = words.get("retail")
    previous = words.one_of("previous", "default")
    known = told(
        trigger_ceased=words.ago("months_since_trigger_ceased", "days_since_trigger_ceased"),
        restructured=words.ago("months_since_restructuring"),
        distressed_restructuring=words.get("distressed_restructuring"),
        conditions_met=words.get("conditions_met"),
    )
    facts = Facts(
        on=ANY_DAY,
        days_past_due=None if days is None else consecutive_days(days, interrupted_on_day=interrupted),
        facility=None if retail is None else "retail" if retail else "other",
        arrears=words.euros("arrears_eur"),
        exposure=words.euros("exposure_eur"),
        known=known,
    )
    history = [DatedClass(BEFORE, previous)] if previous else []
    return judged(case, words, facts, "eu-crr-178", history)


def _forbearance(case: Case) -> tuple[object, object]:
    words = Words(case)
    measure = words.day("measure_date")
    known = told(
        measure=measure,
        no_arrears=words.get("no_arrears"),
        no_concern=words.get("no_concern_full_repayment"),
        regular_payments=words.get("regular_payments_half_of_probation"),
    )
    history = _forborne_past(words, measure)
    facts = Facts(on=words.day("as_of") or ANY_DAY, days_past_due=words.get("dpd"), known=known)
    return judged(case, words, facts, "eu-eba-forbearance", history)


def _forborne_past(words: Words, measure: dt.date | None) -> list[DatedClass]:
    non_performing, probation = "non_performing_forborne", "performing_forborne_under_probation"
    at_measure = words.one_of("status_at_measure", "non_performing", "performing")
    status = words.one_of("status", probation)
    performing = words.day("performing_since")
    bad = words.get("reclassified_out_of_non_performing") or at_measure == "non_performing"
    past = [DatedClass(measure or LONG_BEFORE, non_performing)] if bad else []
    if performing or status or at_measure == "performing":
        since_measure = None if bad else measure
        past.append(DatedClass(performing or since_measure or BEFORE, probation))
    return past


def _retail(case: Case) -> tuple[object, object]:
    words = Words(case)
    product = words.one_of("product", "closed_end", "open_end")
    secured = words.get("secured_by_residential_real_estate")
    event = words.one_of("event", "bankruptcy_notice")
    notice = words.ago(days="days_since_notice")
    known = told(loan_to_value=words.share("ltv"), bankruptcy_notice=notice if event else None)
    facts = Facts(
        on=ANY_DAY,
        days_past_due=words.get("dpd"),
        facility="residential_real_estate" if secured else product,
        known=known,
    )
    return judged(case, words, facts, "us-ffiec-retail-2000")


def _re_aging(case: Case) -> tuple[object, object]:
    words = Words(case)
    known = told(
        willing_and_able=words.get("renewed_willingness_and_ability"),
        months_on_book=words.get("months_on_book"),
        minimum_payments_in_a_row=words.get("consecutive_min_payments"),
        equivalent_paid=words.get("equivalent_cumulative_amount_paid"),
        re_ages_last_12_months=words.get("reages_last_12m"),
        re_ages_last_5_years=words.get("reages_last_5y"),
        entering_workout=words.get("entering_workout_program"),
        workout_re_ages_last_5_years=words.get("reages_in_workout_last_5y"),
    )
    return judged(case, words, Facts(on=ANY_DAY, known=known), "us-ffiec-re-aging-2000")


def _delinquency(case: Case) -> tuple[object, object]:
    words = Words(case)
    due, on = words.day("due_date"), words.day("as_of")
    due_days = monthly_due_days(due, through=on) if words.get("monthly", True) else (due,)
    payments = []
    for row in words.get("payments") or ():
        if set(row) - {"at", "applied_to_due"}:
            raise NotCovered(f"payment with {', '.join(sorted(row))}")
        applied = row.get("applied_to_due")
        payments.append(PeriodicPayment(dt.date.fromisoformat(row["at"]), applied and dt.date.fromisoformat(applied)))
    words.done()
    found = delinquency(due_days, payments, on=on)
    got = {
        "days_delinquent": found.days,
        "first_foreclosure_filing_allowed": found.first_foreclosure_filing_allowed,
    }
    unknown = set(case["expected"]) - set(got)
    if unknown or not case["expected"]:
        raise NotCovered(f"unknown result {', '.join(sorted(unknown))}")
    return case["expected"], {key: got[key] for key in case["expected"]}


KINDS: dict[str, Handler] = {
    "CN-2023-five-class": _five_classes,
    "CN-credit-card-2011": _cards,
    "IN-RBI-SMA": _sma,
    "IFRS9-backstop": _stages,
    "EU-CRR178-default": _default,
    "EU-EBA-forbearance": _forbearance,
    "US-FFIEC-retail": _retail,
    "US-FFIEC-reaging-open-end": _re_aging,
    "US-RegX-delinquency-days": _delinquency,
}
