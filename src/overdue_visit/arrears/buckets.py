"""
Bands of days past due, without gaps or overlaps.
"""

from __future__ import annotations

import bisect
import itertools
from collections.abc import Iterable
from typing import ClassVar

import attrs

from overdue_visit.errors import InvalidValue


@attrs.frozen
class BucketGap(InvalidValue):
    """Some day past due falls into no bucket."""

    code: ClassVar[str] = "bucket_gap"


@attrs.frozen
class BucketOverlap(InvalidValue):
    """Some day past due falls into two buckets."""

    code: ClassVar[str] = "bucket_overlap"


@attrs.frozen
class Bucket:
    """
    One band: days past due from *first_day* through *last_day*; without a last day it is open.

    Raises:
        InvalidValue: If it has no name, starts before day 1 or ends before it starts.
    """

    name: str
    first_day: int
    last_day: int | None

    def __attrs_post_init__(self) -> None:
        if not self.name:
            raise InvalidValue("name", self.name, "a name for the bucket")
        if type(self.first_day) is not int or self.first_day < 1:
            raise InvalidValue("first_day", self.first_day, "a whole number of at least 1")
        if self.last_day is not None and (type(self.last_day) is not int or self.last_day < self.first_day):
            raise InvalidValue("last_day", self.last_day, f"a whole number of at least {self.first_day}, or None")


def _in_order(given: Iterable[Bucket]) -> tuple[Bucket, ...]:
    return tuple(sorted(given, key=lambda bucket: bucket.first_day))


@attrs.frozen
class Buckets:
    """
    Bands that take in every day past due exactly once, from day 1 on; kept mildest first.

    Raises:
        BucketGap: If day 1, a day between two buckets, or the days after the last have no bucket.
        BucketOverlap: If two buckets hold one day.
        InvalidValue: If there is no bucket, or two have one name.
    """

    buckets: tuple[Bucket, ...] = attrs.field(converter=_in_order)

    def __attrs_post_init__(self) -> None:
        if not self.buckets:
            raise InvalidValue("buckets", (), "at least one bucket")
        if len({bucket.name for bucket in self.buckets}) != len(self.buckets):
            raise InvalidValue("name", [bucket.name for bucket in self.buckets], "each name once")
        if self.buckets[0].first_day != 1:
            raise BucketGap("first_day", self.buckets[0].first_day, "1, so that the first days have a bucket")
        for milder, worse in itertools.pairwise(self.buckets):
            if milder.last_day is None or worse.first_day <= milder.last_day:
                raise BucketOverlap("first_day", worse.first_day, f"a day that {milder.name!r} does not hold")
            if worse.first_day > milder.last_day + 1:
                raise BucketGap("first_day", worse.first_day, f"{milder.last_day + 1}, the day after {milder.name!r}")
        if self.buckets[-1].last_day is not None:
            raise BucketGap("last_day", self.buckets[-1].last_day, "None: the last bucket is open")

    def of(self, days: int) -> Bucket | None:
        """
        Return the bucket that holds so many days past due; None for 0.

        Raises:
            InvalidValue: If *days* is not a whole number of at least 0.
        """
        if type(days) is not int or days < 0:
            raise InvalidValue("days", days, "a whole number of at least 0")
        if days == 0:
            return None
        return self.buckets[bisect.bisect_right(self.buckets, days, key=lambda bucket: bucket.first_day) - 1]
