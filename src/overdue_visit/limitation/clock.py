"""
The limitation clock of a claim in China: its start, what restarts it, what suspends it, and its end.

The period runs from the day the debt fell due, that day not counted (Civil Code arts. 188, 189, 201). A reading that
starts on the first day of breach ends one day later; the earlier day is the safe one and the one given.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Iterable

import attrs

from overdue_visit.business_calendar import BusinessCalendar, corresponding_day
from overdue_visit.declared import check_fields, expect, several
from overdue_visit.errors import InvalidValue
from overdue_visit.limitation import checks
from overdue_visit.limitation.acts import Act, Outcome
from overdue_visit.limitation.effects import Effect, judged
from overdue_visit.limitation.result import Bound, Deadline, Fact, State
from overdue_visit.limitation.rule_set import RuleSet, rules_or_shipped
from overdue_visit.limitation.words import one_of

_SET = "cn-limitation"
WEEKENDS = BusinessCalendar()
"""Saturdays and Sundays; hand in the official calendar for public holidays and the weekends that are worked (调休)."""


class ObstacleKind(enum.StrEnum):
    """Why the creditor cannot pursue the claim."""

    FORCE_MAJEURE = "force_majeure"
    NO_LEGAL_REPRESENTATIVE = "no_legal_representative"
    NO_HEIR_DETERMINED = "no_heir_determined"
    UNDER_CONTROL = "under_control"
    """The creditor is under the control of the debtor or of others."""
    OTHER_OBSTACLE = "other_obstacle"


def _kind(value: ObstacleKind | str) -> ObstacleKind:
    return one_of("kind", ObstacleKind, value)


@attrs.frozen(kw_only=True)
class Obstacle:
    """
    An obstacle that suspends the clock in its last months.

    Args:
        since: Its first day.

        removed: The day on which it was removed; None while it lasts.

    Raises:
        InvalidValue: If a date is no date, the kind unknown, or the obstacle removed before it began.
    """

    kind: ObstacleKind = attrs.field(converter=_kind)
    since: dt.date
    removed: dt.date | None = None

    def __attrs_post_init__(self) -> None:
        checks.day("since", self.since)
        if self.removed is not None:
            checks.not_before("removed", checks.day("removed", self.removed), self.since, "since")


@attrs.frozen(kw_only=True)
class LimitationClock:
    """
    A limitation clock as it stands.

    Args:
        deadline: The last day of the period; without a day while proceedings hold the clock.

        started: The day it runs from now: the due date, or the last interruption.

        effects: Every act in the order of days, with what it did.

        suspended_by: The obstacles that moved the end.

        long_stop: The last day of the twenty years that nothing interrupts.
    """

    deadline: Deadline
    started: dt.date
    effects: tuple[Effect, ...]
    suspended_by: tuple[Obstacle, ...]
    long_stop: dt.date

    def __attrs_post_init__(self) -> None:
        check_fields(self)

    @property
    def interrupted(self) -> bool:
        """Whether at least one act restarted it."""
        return any(effect.outcome is Outcome.INTERRUPTED for effect in self.effects)

    def has_expired(self, *, on: dt.date) -> bool:
        """
        Tell whether the period was over before the day *on*.

        Raises:
            InvalidValue: If *on* is no date.
        """
        return not self.deadline.allows(on)


@attrs.frozen(kw_only=True)
class _Run:
    """One run of the clock, from the due date or an interruption to its end."""

    start: dt.date
    ends: dt.date
    suspended_by: tuple[Obstacle, ...]


def limitation_clock(
    due_dates: dt.date | Iterable[dt.date],
    *,
    acts: Iterable[Act] = (),
    obstacles: Iterable[Obstacle] = (),
    debtor: str | None = None,
    joint_with: Iterable[str] = (),
    calendar: BusinessCalendar = WEEKENDS,
    rules: RuleSet | None = None,
) -> LimitationClock:
    """
    Say when a claim against one debtor becomes barred by limitation.

    Args:
        due_dates: The due date, or those of all instalments of the debt, ascending: the last one starts the clock.

        acts: What may have restarted the clock, in any order.

        obstacles: What may have suspended it, in any order.

        debtor: Of several who owe, the one whose clock it is, by the host's reference.

        joint_with: Those who owe the debt jointly with this debtor: what restarts the clock for one of them restarts it
            for all. A guarantor is not meant; see `guarantee_standing`.

        calendar: The days of rest; a last day of rest moves to the next working day.

    Raises:
        InvalidValue: If a value is malformed, or due dates are out of order.
    """
    chosen = rules_or_shipped(_SET, rules)
    dues = checks.one_or_more("due_dates", due_dates)
    expect("debtor", debtor, str | None)
    joint = frozenset(several("joint_with", joint_with, str))
    long_stop = chosen.figure("long_stop").last_day(dues[-1], calendar=checks.calendar(calendar))
    held_back = _listed(obstacles, chosen)
    run, effects, held = _run(dues[-1], held_back, long_stop, calendar, chosen), [], False
    for act in sorted(several("acts", acts, Act), key=_days_of_act):
        effect = _in_time(judged(act, chosen, debtor=debtor, joint=joint), run, dues[-1], held=held)
        effects.append(effect)
        if effect.outcome is Outcome.INTERRUPTED:
            held = act.holds and act.ended is None
            run = _run(max(run.start, act.ended or act.on), held_back, long_stop, calendar, chosen)
    return LimitationClock(
        deadline=_deadline(dues, run, effects, held, chosen),
        started=run.start,
        effects=tuple(effects),
        suspended_by=run.suspended_by,
        long_stop=long_stop,
    )


def _listed(obstacles: Iterable[Obstacle], rules: RuleSet) -> tuple[Obstacle, ...]:
    words = rules.figure("obstacles").words
    found = sorted(several("obstacles", obstacles, Obstacle), key=_days_of_obstacle)
    for obstacle in found:
        if obstacle.kind.value not in words:
            raise InvalidValue(
                "obstacles", obstacle.kind.value, "an obstacle that the rule set lists: " + ", ".join(words)
            )
    return tuple(found)


def _days_of_obstacle(obstacle: Obstacle) -> tuple[dt.date, dt.date]:
    return obstacle.since, obstacle.removed or dt.date.max


def _days_of_act(act: Act) -> tuple[dt.date, dt.date, str]:
    return act.on, act.ended or dt.date.max, act.kind


def _in_time(effect: Effect, run: _Run, due: dt.date, *, held: bool) -> Effect:
    act = effect.act
    if effect.outcome is not Outcome.INTERRUPTED:
        return effect
    if held:
        return attrs.evolve(effect, outcome=Outcome.WHILE_HELD)
    if act.on > run.ends:
        return attrs.evolve(effect, outcome=Outcome.AFTER_EXPIRY)
    if act.on >= run.start or (act.ended is not None and act.ended > run.start):
        return effect
    if act.on < due:
        return attrs.evolve(effect, outcome=Outcome.BEFORE_START)
    goes_on = act.holds and act.ended is None
    return effect if goes_on else attrs.evolve(effect, outcome=Outcome.WHILE_HELD)


def _run(
    start: dt.date,
    obstacles: tuple[Obstacle, ...],
    long_stop: dt.date,
    calendar: BusinessCalendar,
    rules: RuleSet,
) -> _Run:
    """
    Find the end of a run: each obstacle that lasts into its last months puts the end some months after its removal.
    """
    general, again = rules.figure("general"), rules.figure("after_obstacle")
    last_months = rules.figure("last_months").whole
    last, used = general.last_day(start), []
    for obstacle in obstacles:
        ends = general.off_rest_days(last, calendar=calendar)
        removed = obstacle.removed
        over_before = removed is not None and removed <= max(corresponding_day(last, -last_months), start)
        if obstacle.since > ends or over_before:
            continue
        used.append(obstacle)
        if removed is None:
            last = max(last, long_stop)
            break
        last = max(last, again.last_day(removed))
    ends = general.off_rest_days(last, calendar=calendar)
    return _Run(start=start, ends=min(ends, long_stop), suspended_by=tuple(used))


def _deadline(dues: tuple[dt.date, ...], run: _Run, effects: list[Effect], held: bool, rules: RuleSet) -> Deadline:
    figure = rules.figure("last_instalment" if len(dues) > 1 else "general")
    restarts = tuple(each.act.ended or each.act.on for each in effects if each.outcome is Outcome.INTERRUPTED)
    return Deadline(
        rule=figure.rule,
        day=None if held else run.ends,
        state=State.PENDING if held else State.RUNNING,
        bound=Bound.BY,
        source=figure.source,
        facts=(
            Fact("due_date" if len(dues) == 1 else "last_due_date", dues[-1]),
            Fact("restarted_on", restarts),
            Fact("suspended_since", tuple(each.since for each in run.suspended_by)),
        ),
        moved_by=("demand", "acknowledgment", "proceedings", "joint_debtor", "obstacle", "holiday", "long_stop"),
        also=(rules.figure("obstacles").source,) if run.suspended_by else (),
    )
