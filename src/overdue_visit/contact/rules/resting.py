"""
Rules by which collecting rests: moratoria, and plans that were signed.
"""

from __future__ import annotations

import datetime as dt
from typing import ClassVar
from zoneinfo import ZoneInfo

import attrs

from overdue_visit.contact import checks, words
from overdue_visit.contact.party import Moratorium
from overdue_visit.contact.rules.question import Question
from overdue_visit.contact.rules.rule import Block, Rule
from overdue_visit.contact.vocabulary import MoratoriumKind
from overdue_visit.contact.wall_clock import midnight
from overdue_visit.errors import InvalidValue

_ONE_DAY = dt.timedelta(days=1)
_AS_LONG_AS_TREATED = frozenset({MoratoriumKind.MENTAL_HEALTH_CRISIS})


@attrs.frozen(kw_only=True)
class Resting(Rule):
    """
    No contact about a debt in a moratorium, from its first day through its last.

    Args:
        moratoria: Which kinds.

        days: Its length where no end is known, the first day included; None: it lasts until an end is known. A mental
            health crisis has no length of its own: it lasts as long as the treatment.

        days_after_treatment: It lasts so many days longer than the treatment.

        at_most_days: It never lasts longer than so many days, the first included; None: no limit.
    """

    kind: ClassVar[str] = "moratorium"

    moratoria: tuple[MoratoriumKind, ...] = attrs.field(converter=words.moratorium_kinds)
    days: int | None = None
    days_after_treatment: int | None = None
    at_most_days: int | None = None

    def _check(self) -> None:
        if not self.moratoria:
            raise InvalidValue("moratoria", self.moratoria, "at least one kind of moratorium")
        for field in ("days", "days_after_treatment", "at_most_days"):
            if getattr(self, field) is not None:
                checks.whole(field, getattr(self, field), 1, 3660)

    def _has_matter(self, question: Question, /) -> bool:
        return bool(question.known.moratoria)

    def _block(self, question: Question, at: dt.datetime, zone: ZoneInfo, /) -> Block | None:
        facts = [each for each in question.known.moratoria if each.kind in self.moratoria]
        facts = [each for each in facts if question.is_about_any(each.debts) and self._holds(each, at, zone)]
        if not facts:
            return None
        ends = [ends for each in facts if (ends := self._ends(each, zone)) is not None]
        return Block(max(ends) if len(ends) == len(facts) else None, tuple(facts))

    def _holds(self, moratorium: Moratorium, at: dt.datetime, zone: ZoneInfo) -> bool:
        ends = self._ends(moratorium, zone)
        return midnight(moratorium.start, zone) <= at and (ends is None or at < ends)

    def _ends(self, moratorium: Moratorium, zone: ZoneInfo) -> dt.datetime | None:
        last = self._last_day(moratorium)
        return None if last is None else midnight(last + _ONE_DAY, zone)

    def _last_day(self, moratorium: Moratorium) -> dt.date | None:
        last = moratorium.end
        if self.days_after_treatment is not None and moratorium.treatment_ended is not None:
            after = moratorium.treatment_ended + dt.timedelta(days=self.days_after_treatment)
            last = after if last is None else max(last, after)
        if last is None and self.days is not None and moratorium.kind not in _AS_LONG_AS_TREATED:
            last = moratorium.start + dt.timedelta(days=self.days - 1)
        if self.at_most_days is not None:
            longest = moratorium.start + dt.timedelta(days=self.at_most_days - 1)
            last = longest if last is None else min(last, longest)
        return last


@attrs.frozen(kw_only=True)
class PlanSigned(Rule):
    """
    No collecting from the day a plan is signed, unless it is not kept.

    Args:
        plans: Codes of the kinds of plan; empty: all.
    """

    kind: ClassVar[str] = "plan_signed"

    plans: tuple[str, ...] = attrs.field(converter=words.codes, default=())

    def _has_matter(self, question: Question, /) -> bool:
        return bool(question.known.plans)

    def _block(self, question: Question, at: dt.datetime, zone: ZoneInfo, /) -> Block | None:
        facts = tuple(
            each
            for each in question.known.plans
            if not each.in_default
            and (not self.plans or each.kind in self.plans)
            and question.is_about_any(each.debts)
            and midnight(each.signed_on, zone) <= at
        )
        return Block(None, facts) if facts else None
