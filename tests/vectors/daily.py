"""
The figures of a book that is measured by the day: totals and loan by loan, all taken from the library.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

import attrs

from overdue_visit.arrears import AgeingConvention, Bucket, Buckets, Episode, episodes, measure
from overdue_visit.errors import InvalidValue
from overdue_visit.loan import Loan

_ONE_DAY = dt.timedelta(days=1)

SOD, EOD = "sod", "eod"


@attrs.frozen
class Lived:
    """One loan measured to the end under one convention."""

    loan: Loan
    due: dt.date
    paid_on: dt.date | None
    """The day of the payment that settled its one instalment."""
    episodes: tuple[Episode, ...]

    @property
    def worst(self) -> int:
        """The most days past due it ever had."""
        return max((episode.max_days_past_due for episode in self.episodes), default=0)


Book = Mapping[str, Lived]


def live(loans: Iterable[Loan], *, until: dt.date, basis: str, counted: str) -> Book:
    """
    Measure every loan through *until*, at the start or the end of day.
    """
    convention = AgeingConvention(
        name=f"{basis} {counted}",
        payments="before" if counted == SOD else "through",
        basis="value" if basis == "value" else "booked",
    )
    lived = {}
    for loan in loans:
        # A day later all that is dated through *until* counts, at the start of day too.
        instalment = measure(loan, on=until + _ONE_DAY, convention=convention).instalments[-1]
        found = episodes(loan, until=until, convention=convention)
        lived[loan.id] = Lived(loan, instalment.due, instalment.settled_on, found)
    return lived


def totals(book: Book, asked: Iterable[str], bands: Sequence[str]) -> dict[str, object]:
    """
    Add a book up, figure by figure.

    Args:
        asked: Names of figures; those of the form ``episodes_reaching_7`` are made for the number in them.

        bands: Bands of days past due, such as 0, 1-6 and 90+.
    """
    found = [episode for one in book.values() for episode in one.episodes]
    figures: dict[str, object] = {
        "loans": len(book),
        "loans_ever_past_due": sum(bool(one.episodes) for one in book.values()),
        "episodes": len(found),
        "episodes_cleared": sum(episode.cleared_on is not None for episode in found),
        "episodes_open_at_as_of": sum(episode.cleared_on is None for episode in found),
        "max_dpd": max((one.worst for one in book.values()), default=0),
        "past_due_loan_days": sum(episode.days for episode in found),
        "loans_by_max_dpd": _by_band(bands, (one.worst for one in book.values())),
    }
    for name in asked:
        reaching = re.fullmatch(r"episodes_reaching_([0-9]+)", name)
        if reaching:
            figures[name] = sum(episode.max_days_past_due >= int(reaching[1]) for episode in found)
    return figures


def _by_band(labels: Sequence[str], worst: Iterable[int]) -> object:
    late = [label for label in labels if label != "0"]
    try:
        buckets = Buckets(tuple(_band(label) for label in late))
    except InvalidValue as error:
        return str(error)
    counts = Counter(bucket.name if bucket else "0" for bucket in map(buckets.of, worst))
    return {label: counts[label] for label in labels}


def _band(label: str) -> Bucket:
    found = re.fullmatch(r"([0-9]+)(?:-([0-9]+)|\+)", label)
    if found is None:
        raise InvalidValue("band", label, "bands such as 1-6 or 90+")
    return Bucket(label, int(found[1]), int(found[2]) if found[2] else None)


COLUMNS: Mapping[str, Mapping[str, Callable[[Lived], object]]] = {
    SOD: {
        "paid_date": lambda one: one.paid_on,
        "max_dpd_sod": lambda one: one.worst,
        "episodes_sod": lambda one: len(one.episodes),
        "first_day_past_due": lambda one: one.episodes[0].first_day if one.episodes else None,
        "cleared_on": lambda one: one.episodes[-1].cleared_on if one.episodes else None,
    },
    EOD: {
        "max_dpd_eod": lambda one: one.worst,
        "episodes_eod": lambda one: len(one.episodes),
    },
}
"""What a row of truth says about one loan under one convention."""


def row(one: Lived, counted: str) -> dict[str, str]:
    """
    Write what was found about one loan as a row of truth has it.
    """
    found = {"due_date": one.due, **{column: tell(one) for column, tell in COLUMNS[counted].items()}}
    return {column: "" if value is None else str(value) for column, value in found.items()}
