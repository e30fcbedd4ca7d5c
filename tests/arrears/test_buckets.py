import pickle

import pytest

from overdue_visit.arrears import Bucket, BucketGap, BucketOverlap, Buckets
from overdue_visit.errors import InvalidValue

# The stages of scenario NX-01.
STAGES = Buckets(
    (Bucket("early", 1, 30), Bucket("late", 31, 60), Bucket("serious", 61, 90), Bucket("default", 91, None))
)


@pytest.mark.parametrize(
    ("days", "stage"),
    [
        (0, None),
        (1, "early"),
        (15, "early"),
        (30, "early"),
        (31, "late"),
        (45, "late"),
        (60, "late"),
        (75, "serious"),
        (90, "serious"),
        (91, "default"),
        (120, "default"),
        (100_000, "default"),
    ],
)
def test_nx_01_every_day_has_its_bucket(days, stage):
    """
    Each number of days past due falls into the bucket that holds it; no days into none.
    """
    found = STAGES.of(days)

    assert (found.name if found else None) == stage


def test_buckets_are_kept_mildest_first():
    """
    The order in which buckets are given does not matter.
    """
    assert Buckets(STAGES.buckets[::-1]) == STAGES
    assert Buckets([Bucket("any", 1, None)]).of(7) == Bucket("any", 1, None)


@pytest.mark.parametrize(
    ("buckets", "error", "named", "said"),
    [
        ([Bucket("b", 2, None)], BucketGap, ("first_day", 2), "the first days"),
        ([Bucket("a", 1, 30), Bucket("b", 32, None)], BucketGap, ("first_day", 32), "31, the day after 'a'"),
        ([Bucket("a", 1, 30)], BucketGap, ("last_day", 30), "the last bucket is open"),
        ([Bucket("a", 1, 30), Bucket("b", 30, None)], BucketOverlap, ("first_day", 30), "that 'a' does not hold"),
        ([Bucket("a", 1, None), Bucket("b", 31, None)], BucketOverlap, ("first_day", 31), "that 'a' does not hold"),
        ([Bucket("a", 1, 5), Bucket("b", 1, None)], BucketOverlap, ("first_day", 1), "that 'a' does not hold"),
        ([Bucket("a", 1, 30), Bucket("a", 31, None)], InvalidValue, ("name", ["a", "a"]), "each name once"),
        ([], InvalidValue, ("buckets", ()), "at least one bucket"),
    ],
)
def test_gaps_and_overlaps_are_refused(buckets, error, named, said):
    """
    A day in no bucket is a gap, a day in two an overlap; both are refused, saying which day would do.
    """
    with pytest.raises(error) as refusal:
        Buckets(buckets)

    assert type(refusal.value) is error
    assert (refusal.value.field, refusal.value.value) == named
    assert said in refusal.value.accepted


@pytest.mark.parametrize(
    ("name", "first", "last", "field"),
    [
        ("", 1, 2, "name"),
        ("a", 0, 2, "first_day"),
        ("a", 1.0, 2, "first_day"),
        ("a", 3, 2, "last_day"),
        ("a", 1, 2.0, "last_day"),
    ],
)
def test_a_bucket_that_cannot_be_is_refused(name, first, last, field):
    """
    A bucket has a name, starts at day 1 or later and does not end before it starts.
    """
    with pytest.raises(InvalidValue) as refusal:
        Bucket(name, first, last)

    assert (refusal.value.field, refusal.value.value) == (field, {"name": name, "first_day": first}.get(field, last))
    assert Bucket("a", 2, 2)


@pytest.mark.parametrize("days", [-1, 1.0, True, None])
def test_days_are_whole_and_not_negative(days):
    """
    Only a whole number of days of at least 0 has a bucket.
    """
    with pytest.raises(InvalidValue) as refusal:
        STAGES.of(days)

    assert (refusal.value.field, refusal.value.value) == ("days", days)


def test_refusals_of_buckets_have_codes_and_pickle():
    """
    Hosts can tell a gap from an overlap by code.
    """
    gap = pickle.loads(pickle.dumps(BucketGap("first_day", 2, "1")))

    assert (gap.code, BucketOverlap.code) == ("bucket_gap", "bucket_overlap")
    assert gap.field == "first_day"
