"""
Runs of months past due in records that are kept by the month.
"""

import datetime as dt
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overdue_visit.arrears import MonthlyRun, monthly_runs
from overdue_visit.errors import InvalidValue

records = st.lists(st.integers(0, 8), max_size=30)


def month(place):
    """
    Return the first day of the month so many months after April 2005.
    """
    return dt.date(2005 + (place + 3) // 12, (place + 3) % 12 + 1, 1)


def record(late):
    """
    Date months past due from April 2005 on.
    """
    return {month(place): each for place, each in enumerate(late)}


def test_runs_know_where_the_record_cuts_them():
    """
    Late in April already, cleared in June; late again from August, two and then three months, to the record's end.
    """
    found = monthly_runs(record([1, 2, 0, 0, 2, 3]))

    assert found == (
        MonthlyRun(first_month=month(0), last_month=month(1), worst=2, began_before=True, cleared_in=month(2)),
        MonthlyRun(first_month=month(4), last_month=month(5), worst=3, began_before=False, cleared_in=None),
    )
    assert [run.months for run in found] == [2, 2]


def test_an_empty_record_and_one_that_was_never_late_have_no_run():
    """
    Nothing recorded, or nothing late, is no run.
    """
    assert monthly_runs({}) == monthly_runs(record([0, 0, 0])) == ()


@given(records)
def test_every_late_month_is_in_exactly_one_run(late):
    """
    The runs hold the months that are late, month by month, and the worst of each; between two lies a month that is not.
    """
    found = monthly_runs(record(late))

    held = [place for place in range(len(late)) for run in found if run.first_month <= month(place) <= run.last_month]
    assert held == [place for place, each in enumerate(late) if each]
    assert sum(run.months for run in found) == len(held)
    assert max((run.worst for run in found), default=0) == max(late, default=0)
    for run, after in itertools.pairwise(found):
        assert run.last_month < run.cleared_in < after.first_month
    assert [run.began_before for run in found][1:] == [False] * (len(found) - 1 if found else 0)
    assert any(run.cleared_in is None for run in found) == bool(late and late[-1])


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({dt.date(2005, 4, 2): 1}, "month"),
        ({month(0): 0, month(2): 1}, "month"),
        ({month(0): -1}, "months_past_due"),
        ({month(0): True}, "months_past_due"),
        ({"2005-04": 1}, "month"),
        ([1, 2], "months_past_due"),
    ],
)
def test_a_record_with_gaps_or_odd_months_is_refused(wrong, field):
    """
    A month is its first day, no month is missing, and a delay is a whole number of months.
    """
    with pytest.raises(InvalidValue) as refusal:
        monthly_runs(wrong)

    assert refusal.value.field == field
