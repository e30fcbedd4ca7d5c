"""
Credit reporting and collection records in China.
"""

from __future__ import annotations

import datetime as dt

import pytest

from overdue_visit.errors import InvalidValue
from overdue_visit.limitation import Confidence, State, credit_reports, shipped

D = dt.date


def test_every_figure_says_how_sure_it_is():
    """
    The regulation was read, the companies' measures are reported by others; both were checked on 23 November 2026.
    """
    figures = {figure.rule.partition(".")[2]: figure.source for figure in shipped("cn-credit-reports").figures}

    assert {source.checked for source in figures.values()} == {D(2026, 11, 23)}
    assert figures["negative_record"].confidence is Confidence.VERIFIED
    assert figures["collection_records"].confidence is Confidence.SECONDARY


@pytest.mark.parametrize(
    ("told", "allowed"), [(D(2026, 3, 1), True), (D(2026, 3, 2), True), (D(2026, 3, 3), False), (None, False)]
)
def test_the_person_is_told_before_a_default_is_reported(told, allowed):
    """
    A default may be reported once the person has been told (征信业管理条例 art. 15).
    """
    assert credit_reports.negative_report(told_on=told, report_on=D(2026, 3, 2)).holds is allowed


def test_a_default_is_kept_for_5_years_after_its_end():
    """
    A default that ended on March 2, 2026 is deleted after March 2, 2031 (art. 16); one that goes on has no day.
    """
    assert credit_reports.negative_record(D(2026, 3, 2)).day == D(2031, 3, 2)
    assert credit_reports.negative_record(None).state is State.PENDING


def test_collection_records_are_kept_for_5_years():
    """
    A consumer finance company keeps its collection records at least five years.
    """
    assert credit_reports.collection_records(D(2024, 2, 29)).day == D(2029, 2, 28)


def test_datetimes_are_refused():
    """
    A datetime hides a zone.
    """
    with pytest.raises(InvalidValue) as refusal:
        credit_reports.negative_report(told_on=None, report_on=dt.datetime(2026, 3, 2))

    assert refusal.value.field == "report_on"
