"""
A policy: every number the lender chose, grouped by practice, each with its source.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any, Self

import attrs

from overdue_visit.arrears import AgeingConvention, Buckets, Tolerance
from overdue_visit.errors import InvalidValue
from overdue_visit.instants import plain_date
from overdue_visit.loan import Component
from overdue_visit.policy import checks, together
from overdue_visit.policy.contact import ContactPolicy
from overdue_visit.policy.effective import Effective
from overdue_visit.policy.escalation import EscalationPolicy
from overdue_visit.policy.late_run import LateRun
from overdue_visit.policy.leaves import LEAVES, PRACTICES, MissingSource, UnknownKey, form_of
from overdue_visit.policy.notices import NoticePolicy
from overdue_visit.policy.plans import PlanPolicy
from overdue_visit.policy.reasons import UNKNOWN, ReasonRule
from overdue_visit.policy.requests import RequestPolicy
from overdue_visit.policy.source import Source
from overdue_visit.policy.standing import StandingPolicy
from overdue_visit.policy.visits import VisitPolicy
from overdue_visit.policy.writing import digest_of, written


def _by_reason(rules: Iterable[ReasonRule]) -> tuple[ReasonRule, ...]:
    return tuple(sorted(rules, key=lambda rule: rule.reason))


def _copied(sources: Mapping[str, Source]) -> dict[str, Source]:
    return dict(sorted(sources.items()))


@attrs.frozen(kw_only=True)
class Policy:
    """
    Everything the lender decided about overdue loans, as values.

    Args:
        name: Of the institution's policy; all its versions share it.

        effective: Which cases the version applies to from *from_date* on.

        from_date: First day in force; None for "always was", which `Effective.FROM_DATE` does not allow.

        grace_days: Taken off the days past due before they count for treatment (see `delinquent_days`); the ageing
            convention has a grace of its own, which decides what is late at all.

        sources: For every dotted key where its value comes from.

    Raises:
        MissingSource: If a value has no source.

        UnknownKey: If there is a source for something that the policy does not have.

        InvalidValue: If a value is out of range, or two contradict each other.
    """

    name: str
    version: str
    effective: Effective
    from_date: dt.date | None = None
    ageing: AgeingConvention
    buckets: Buckets
    grace_days: int
    late_run: LateRun
    notices: NoticePolicy
    visits: VisitPolicy
    contact: ContactPolicy
    plans: PlanPolicy
    standing: StandingPolicy
    escalation: EscalationPolicy
    requests: RequestPolicy
    reasons: tuple[ReasonRule, ...] = attrs.field(converter=_by_reason)
    sources: Mapping[str, Source] = attrs.field(repr=False, hash=False, converter=_copied)
    digest: str = attrs.field(init=False, eq=False)
    """sha256 over everything above, in hex: two policies with one digest decide alike and cite alike."""

    def __attrs_post_init__(self) -> None:
        checks.text("name", self.name)
        checks.text("version", self.version)
        checks.choice("effective", self.effective, tuple(Effective))
        checks.choice("late_run", self.late_run, tuple(LateRun))
        checks.whole("grace_days", self.grace_days, 0, 366)
        _check_from_date(self.from_date, self.effective)
        _check_reasons(self.reasons)
        together.check_notices(self.notices, self.visits, self.plans)
        together.check_hours(self.visits, self.contact)
        together.check_escalation(self.escalation, self.visits)
        _check_sources(self.sources, self.values())
        object.__setattr__(self, "digest", digest_of(dump(self)))

    @classmethod
    def from_values(cls, values: Mapping[str, object], sources: Mapping[str, Source], head: Mapping[str, Any]) -> Self:
        """
        Build a policy from values by dotted key, as `values` gives them.

        Args:
            head: Name, version, effective and from_date.

        Raises:
            InvalidValue: If one is missing, out of range, or contradicts another.
        """
        for key in LEAVES:
            if key not in values:
                raise InvalidValue(key, None, "a value with its source, or a policy that this one extends")
        top: dict[str, Any] = {key: values[key] for key in LEAVES if "." not in key}
        practices: dict[str, Any] = {each.group: each(**_group(values, each.group)) for each in PRACTICES}
        return cls(
            ageing=_ageing(_group(values, "ageing")),
            reasons=[ReasonRule(reason=each, next_steps=steps) for each, steps in _group(values, "reasons").items()],
            sources=sources,
            **head,
            **top,
            **practices,
        )

    def values(self) -> dict[str, object]:
        """
        Return every value by its dotted key, such as ``visits.first_visit_day``.
        """
        found = {key: _value(self, key) for key in LEAVES}
        return {**found, **{f"reasons.{rule.reason}": rule.next_steps for rule in self.reasons}}

    def reason(self, code: str) -> ReasonRule:
        """
        Return the rule for a reason; ``other:flood`` finds ``other``, and one without a rule finds ``unknown``.
        """
        by_code = {rule.reason: rule for rule in self.reasons}
        return by_code.get(code) or by_code.get(code.partition(":")[0]) or by_code[UNKNOWN]

    def with_changes(
        self,
        changes: Mapping[str, tuple[object, str | Source]],
        *,
        version: str | None = None,
        effective: Effective | None = None,
        from_date: dt.date | None = None,
    ) -> Policy:
        """
        Return a policy with some values changed: ``{"visits.first_visit_day": (5, "board decision 2026-04")}``.

        Args:
            changes: For a dotted key the value, as a file or as the policy holds it, and its reason or `Source`.

            version: None keeps the version, as it keeps *effective* and *from_date*.

        Raises:
            UnknownKey: If the policy has no such key.

            MissingSource: If a change gives no reason.

            InvalidValue: If a value is not accepted, or now contradicts another.
        """
        values, sources = self.values(), dict(self.sources)
        for key, change in changes.items():
            form = form_of(key, change)
            given, sources[key] = _with_reason(key, change)
            values[key] = form.read(key, given)
        head = {
            "name": self.name,
            "version": version or self.version,
            "effective": effective or self.effective,
            "from_date": from_date or self.from_date,
        }
        return Policy.from_values(values, sources, head)


def dump(policy: Policy) -> dict[str, object]:
    """
    Write a policy as the plain mapping that `load` reads: nested tables, each value with its source.

    Dates and times become ISO 8601 texts, so the result is JSON as well.
    """
    head = {"name": policy.name, "version": policy.version, "effective": str(policy.effective)}
    if policy.from_date is not None:
        head["from_date"] = policy.from_date.isoformat()
    return written(head, policy.values(), policy.sources)


def _with_reason(key: str, change: object) -> tuple[object, Source]:
    match change:
        case (given, Source() as source):
            return given, source
        case (given, str(reason)) if reason.strip():
            return given, Source(reason)
    raise MissingSource(key, change, "a value and its reason, such as (5, 'board decision 2026-04')")


def _group(values: Mapping[str, object], group: str) -> dict[str, Any]:
    return {key.partition(".")[2]: value for key, value in values.items() if key.startswith(f"{group}.")}


def _value(policy: Policy, key: str) -> object:
    group, dot, name = key.partition(".")
    if group == "ageing" and name.startswith("tolerance_"):
        return getattr(policy.ageing.tolerance, name.removeprefix("tolerance_"))
    return getattr(getattr(policy, group), name) if dot else getattr(policy, key)


def _ageing(values: dict[str, Any]) -> AgeingConvention:
    tolerance = {name: values.pop(f"tolerance_{name}") for name in ("amount", "percent", "floor")}
    checks.choices("ageing.order", values["order"], tuple(Component))
    order = tuple(Component(component) for component in values.pop("order"))
    try:
        return AgeingConvention(tolerance=Tolerance(**tolerance), order=order, **values)
    except InvalidValue as refused:
        inside = "tolerance_" if refused.field in tolerance else ""
        raise type(refused)(f"ageing.{inside}{refused.field}", refused.value, refused.accepted) from None


def _check_from_date(from_date: dt.date | None, effective: Effective) -> None:
    if from_date is not None:
        plain_date(from_date, field="from_date")
    elif effective == Effective.FROM_DATE:
        raise InvalidValue("from_date", None, "a date, as effective is 'from_date'")


def _check_reasons(rules: tuple[ReasonRule, ...]) -> None:
    reasons = [rule.reason for rule in rules]
    if len(set(reasons)) != len(reasons):
        raise InvalidValue("reasons", reasons, "each reason once")
    if UNKNOWN not in reasons:
        raise InvalidValue("reasons", reasons, f"a rule for {UNKNOWN!r}, which applies where no other does")


def _check_sources(sources: Mapping[str, Source], values: Mapping[str, object]) -> None:
    for key, value in values.items():
        if key not in sources:
            raise MissingSource(key, value, "a source: a citation, or the reason of your own choice")
    for key, source in sources.items():
        if key not in values:
            raise UnknownKey(key, source, "only sources of values that the policy has")
