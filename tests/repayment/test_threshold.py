"""
Where a property begins to hold.
"""

from hypothesis import given
from hypothesis import strategies as st

from overdue_visit.repayment.threshold import least


@given(st.integers(-(10**15), 10**15), st.integers(-(10**15), 10**15))
def test_the_first_number_is_found_from_anywhere(answer, start):
    """
    However far away the search begins, it ends at the least number for which the property holds, in few questions.
    """
    asked = []

    found = least(start, lambda each: asked.append(each) or each >= answer)
    assert found == answer
    assert len(asked) < 150


@given(st.integers(-(10**6), 10**6), st.integers(-(10**6), 10**6), st.integers(1, 1000))
def test_steps_are_kept(answer, start, step):
    """
    In steps, it is the least number that many steps from the start.
    """
    found = least(start, lambda each: each >= answer, step=step)

    assert (found - start) % step == 0
    assert answer <= found < answer + step
