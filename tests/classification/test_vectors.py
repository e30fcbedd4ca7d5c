"""
The handlers of shared cases run every word of the schema, and a spoilt case fails.
"""

from __future__ import annotations

import pytest

from overdue_visit.errors import InvalidValue
from tests.vectors.classification import KINDS
from tests.vectors.report import NotCovered

CASES = [
    ("CN-2023-five-class", {"dpd": 91}, "substandard"),
    ("CN-2023-five-class", {"dpd": 271}, "doubtful"),
    ("CN-2023-five-class", {"dpd": 8, "technical_overdue": True}, "special_mention"),
    ("CN-2023-five-class", {"dpd": 3, "expected_loss_ratio": 0.2, "credit_impaired": True}, "substandard"),
    ("CN-2023-five-class", {"dpd": 0, "expected_loss_ratio": 1, "credit_impaired": True}, "loss"),
    ("CN-credit-card-2011", {"dpd": 0, "product": "credit_card"}, "normal"),
    ("CN-credit-card-2011", {"dpd": 180}, "doubtful"),
    ("IN-RBI-SMA", {"due_date": "2021-12-01", "as_of_day_end": "2022-03-01", "facility": "term_loan"}, "NPA"),
    ("IN-RBI-SMA", {"due_date": "2021-12-02", "as_of_day_end": "2021-12-01", "facility": "term_loan"}, "standard"),
    ("IN-RBI-SMA", {"facility": "revolving", "days_continuously_over_limit": 91}, "NPA"),
    ("IN-RBI-SMA", {"facility": "term_loan", "previous_class": "NPA", "arrears_paid": "all"}, "standard"),
    (
        "IN-RBI-SMA",
        {
            "facility": "term_loan",
            "previous_class": "NPA",
            "arrears_paid": "all",
            "due_date": "2021-03-31",
            "as_of_day_end": "2021-08-01",
        },
        "standard",
    ),
    ("IFRS9-backstop", {"dpd": 91, "presumptions_rebutted": ["30dpd"]}, "stage_3"),
    (
        "IFRS9-backstop",
        {"dpd": 45, "presumptions_rebutted": ["30dpd"], "significant_increase_in_credit_risk": True},
        "stage_2",
    ),
    ("EU-CRR178-default", {"consecutive_days_above_both_thresholds": 91}, "default"),
    (
        "EU-CRR178-default",
        {"consecutive_days_above_both_thresholds": 91, "arrears_eur": 150, "exposure_eur": 10000, "retail": True},
        "default",
    ),
    (
        "EU-CRR178-default",
        {"consecutive_days_above_both_thresholds": 91, "arrears_eur": 450, "exposure_eur": 10000, "retail": False},
        "not_default",
    ),
    (
        "EU-CRR178-default",
        {"consecutive_days_above_both_thresholds": 120, "counter_interrupted_by_payment_below_threshold_on_day": 20},
        "default",
    ),
    ("EU-CRR178-default", {"previous": "default", "days_since_trigger_ceased": 89, "conditions_met": True}, "default"),
    ("EU-CRR178-default", {"previous": "default", "months_since_trigger_ceased": 2, "conditions_met": True}, "default"),
    (
        "EU-CRR178-default",
        {
            "previous": "default",
            "months_since_restructuring": 12,
            "distressed_restructuring": True,
            "conditions_met": True,
        },
        "not_default",
    ),
    (
        "EU-CRR178-default",
        {"previous": "default", "months_since_trigger_ceased": 3, "conditions_met": False},
        "default",
    ),
    (
        "EU-EBA-forbearance",
        {"measure_date": "2024-01-15", "status_at_measure": "performing", "as_of": "2026-01-14", "dpd": 0},
        "performing_forborne_under_probation",
    ),
    (
        "EU-EBA-forbearance",
        {
            "measure_date": "2024-01-15",
            "status_at_measure": "non_performing",
            "performing_since": "2025-01-15",
            "as_of": "2025-06-15",
            "dpd": 31,
        },
        "non_performing_forborne",
    ),
    (
        "EU-EBA-forbearance",
        {
            "measure_date": "2024-01-15",
            "status_at_measure": "non_performing",
            "as_of": "2025-03-01",
            "no_arrears": False,
            "no_concern_full_repayment": True,
        },
        "non_performing_forborne",
    ),
    (
        "US-FFIEC-retail",
        {"dpd": 119, "product": "closed_end", "secured_by_residential_real_estate": False},
        "substandard",
    ),
    (
        "US-FFIEC-retail",
        {"dpd": 120, "product": "closed_end", "secured_by_residential_real_estate": False},
        "loss_charge_off",
    ),
    (
        "US-FFIEC-retail",
        {"dpd": 95, "product": "closed_end", "secured_by_residential_real_estate": True, "ltv": 0.55},
        "pass",
    ),
    (
        "US-FFIEC-retail",
        {"dpd": 95, "product": "open_end", "secured_by_residential_real_estate": True, "ltv": 0.8},
        "substandard",
    ),
    (
        "US-FFIEC-retail",
        {"event": "bankruptcy_notice", "days_since_notice": 30, "dpd": 95, "product": "open_end"},
        "substandard",
    ),
    (
        "US-FFIEC-reaging-open-end",
        {
            "months_on_book": 8,
            "consecutive_min_payments": 3,
            "reages_last_12m": 0,
            "reages_last_5y": 0,
            "renewed_willingness_and_ability": True,
        },
        "ineligible",
    ),
    (
        "US-FFIEC-reaging-open-end",
        {
            "months_on_book": 24,
            "consecutive_min_payments": 0,
            "equivalent_cumulative_amount_paid": True,
            "reages_last_12m": 0,
            "reages_last_5y": 0,
            "renewed_willingness_and_ability": True,
        },
        "eligible",
    ),
    (
        "US-RegX-delinquency-days",
        {"due_date": "2026-01-01", "as_of": "2026-05-02", "payments": []},
        {"days_delinquent": 121, "first_foreclosure_filing_allowed": True},
    ),
    (
        "US-RegX-delinquency-days",
        {
            "due_date": "2026-01-01",
            "monthly": False,
            "as_of": "2026-05-02",
            "payments": [{"at": "2026-02-01", "applied_to_due": "2026-01-01"}],
        },
        {"days_delinquent": 0, "first_foreclosure_filing_allowed": False},
    ),
]


def run(framework, inputs, expected):
    """
    Run one case.
    """
    return KINDS[framework]({"id": "x", "framework": framework, "input": inputs, "expected": expected})


@pytest.mark.parametrize(("framework", "inputs", "expected"), CASES)
def test_other_values_in_the_same_words(framework, inputs, expected):
    """
    Cases like the shared ones, with other values, give the result of the rule.
    """
    assert run(framework, inputs, expected)[1] == expected


@pytest.mark.parametrize("framework", sorted(KINDS))
def test_unknown_words_are_not_covered(framework):
    """
    A key that no handler knows is reported, not passed over.
    """
    inputs = next(inputs for name, inputs, _ in CASES if name == framework)

    with pytest.raises(NotCovered, match="moon_phase"):
        run(framework, {**inputs, "moon_phase": "full"}, {})


@pytest.mark.parametrize(
    ("framework", "inputs"),
    [
        ("CN-credit-card-2011", {"dpd": 1, "product": "mortgage"}),
        ("IN-RBI-SMA", {"facility": "crop_loan"}),
        ("IFRS9-backstop", {"dpd": 1, "presumptions_rebutted": ["60dpd"]}),
        ("IFRS9-backstop", {"dpd": 1, "other_information": "borrower moved"}),
        ("US-FFIEC-retail", {"event": "flood"}),
    ],
)
def test_unknown_values_are_not_covered(framework, inputs):
    """
    A word of which the schema knows nothing is named.
    """
    with pytest.raises(NotCovered):
        run(framework, inputs, "normal")


def test_a_spoilt_expectation_is_seen():
    """
    The result comes from the library, whatever is expected.
    """
    expected, got = run("CN-2023-five-class", {"dpd": 91}, "normal")

    assert (expected, got) == ("normal", "substandard")


def test_a_malformed_case_is_refused_by_the_library():
    """
    Negative days are the library's to refuse.
    """
    with pytest.raises(InvalidValue):
        run("CN-2023-five-class", {"dpd": -1}, "normal")
