"""
The class of a loan on a day: which, why, and what would change it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import attrs

from overdue_visit.classification.facts import DatedClass, Facts
from overdue_visit.classification.outlook import Change, changes
from overdue_visit.classification.ruling import Reason, rule_on
from overdue_visit.classification.scale import Meaning, Scale
from overdue_visit.declared import check_fields, expect, several


@attrs.frozen(kw_only=True)
class Classification:
    """
    What a scale says of a loan.

    Args:
        scale: Name of the scale; *digest* is that of its content.

        floor: The class by the rules alone; *class_* is worse where the institution found so.

        at_worst: The class that it could be where the days past due are not known; else *class_*.

        meaning: Whether the rules give a floor or the class itself.

        days_past_due: As the scale counts them; ``None`` if they are not known.

        why: The rules that apply, the hardest first; those of *class_* itself put the loan there.

        set_aside: Steps of days that an exception, such as a rebutted presumption, sets aside; keep its evidence.

        unknown: Facts that were asked for and not given; they were read against the loan.

        what_would_change: The next change by time alone, if there is one, then the way to a better class.
    """

    scale: str
    digest: str
    on: dt.date
    class_: str
    floor: str
    at_worst: str
    meaning: Meaning
    performing: bool
    days_past_due: int | None
    why: tuple[Reason, ...]
    set_aside: tuple[Reason, ...]
    unknown: tuple[str, ...]
    what_would_change: tuple[Change, ...]

    def __attrs_post_init__(self) -> None:
        check_fields(self)

    @property
    def dated(self) -> DatedClass:
        """This class with its day and rules, as an entry of a history."""
        return DatedClass(self.on, self.class_, tuple(each.rule for each in self.why if each.class_ == self.class_))


def classify(
    facts: Facts, scale: Scale, *, history: Sequence[DatedClass] = (), imposed: Sequence[Reason] = ()
) -> Classification:
    """
    Say in which class a loan is, why, and what would change it.

    Where days past due decide and are not known, a loan keeps its latest class, or a worse one; *at_worst* says how bad
    it may be.

    Args:
        history: The classes that the loan had, oldest first; rules of upgrade look at the latest one up to the day.

        imposed: Floors from outside the loan, such as those of `classify_together`.

    Raises:
        InvalidValue: If a value is of another kind, a fact not one that the scale reads, the history out of order or of
            another scale, or the days past due are not known and neither history nor facts say how bad the loan is.
    """
    expect("scale", scale, Scale)
    scale.check(facts)
    past = scale.past(several("history", history, DatedClass), on=facts.on)
    imposed = several("imposed", imposed, Reason)
    now = rule_on(facts, scale, past, imposed)
    return Classification(
        scale=scale.name,
        digest=scale.digest,
        on=facts.on,
        class_=now.class_,
        floor=now.floor,
        at_worst=now.at_worst,
        meaning=scale.meaning,
        performing=scale.classes[now.rank].performing,
        days_past_due=now.view.days,
        why=now.reasons,
        set_aside=now.set_aside,
        unknown=now.unknown(scale),
        what_would_change=changes(facts, scale, past, imposed, now),
    )
