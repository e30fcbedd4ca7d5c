"""
Every key of a policy, in dotted form, with the kind of value it holds.
"""

from __future__ import annotations

import datetime as dt
import typing
from collections.abc import Mapping
from typing import ClassVar

import attrs

from overdue_visit.errors import InvalidValue
from overdue_visit.money import Money
from overdue_visit.policy import forms
from overdue_visit.policy.contact import ContactPolicy
from overdue_visit.policy.escalation import EscalationPolicy
from overdue_visit.policy.forms import Form
from overdue_visit.policy.notices import NoticePolicy
from overdue_visit.policy.plans import PlanPolicy
from overdue_visit.policy.requests import RequestPolicy
from overdue_visit.policy.standing import StandingPolicy
from overdue_visit.policy.visits import VisitPolicy
from overdue_visit.rate import Rate
from overdue_visit.reason import code

PRACTICES = (
    NoticePolicy,
    VisitPolicy,
    ContactPolicy,
    PlanPolicy,
    StandingPolicy,
    EscalationPolicy,
    RequestPolicy,
)
"""The practices, each a group of keys of its own."""

_BY_TYPE: dict[object, Form] = {
    int: forms.WHOLE,
    bool: forms.YES_NO,
    str: forms.TEXT,
    tuple[str, ...]: forms.TEXTS,
    Mapping[str, str]: forms.PAIRS,
    dt.time: forms.TIME,
    Rate: forms.SHARE,
    Money | None: forms.MONEY,
}

_TOP: dict[str, Form] = {"grace_days": forms.WHOLE, "late_run": forms.LATE_RUN, "buckets": forms.BUCKETS}

_AGEING: dict[str, Form] = {
    "name": forms.TEXT,
    "due_day_counts": forms.WHOLE,
    "payments": forms.TEXT,
    "days": forms.TEXT,
    "calendar": forms.CALENDAR,
    "anchor": forms.TEXT,
    "basis": forms.TEXT,
    "grace_days": forms.WHOLE,
    "tolerance_amount": forms.MONEY,
    "tolerance_percent": forms.SHARE,
    "tolerance_floor": forms.MONEY,
    "charges_age": forms.YES_NO,
    "order": forms.TEXTS,
}


@attrs.frozen
class UnknownKey(InvalidValue):
    """A policy has no such key."""

    code: ClassVar[str] = "unknown_policy_key"


@attrs.frozen
class MissingSource(InvalidValue):
    """A value of a policy does not say where it comes from."""

    code: ClassVar[str] = "missing_source"


def _practice_leaves() -> dict[str, Form]:
    found = {}
    for practice in PRACTICES:
        hints = typing.get_type_hints(practice)
        for field in attrs.fields(practice):
            found[f"{practice.group}.{field.name}"] = _BY_TYPE[hints[field.name]]
    return found


LEAVES: dict[str, Form] = {
    **_TOP,
    **{f"ageing.{name}": form for name, form in _AGEING.items()},
    **_practice_leaves(),
}
"""Every key but the reasons, which are open: ``reasons.<code>`` holds a list of steps."""

GROUPS: tuple[str, ...] = (*dict.fromkeys(key.partition(".")[0] for key in LEAVES if "." in key), "reasons")
"""The tables of a policy's file."""


def form_of(key: str, value: object = None) -> Form:
    """
    Return the kind of value that *key* holds.

    Args:
        value: What was given for the key; a refusal shows it.

    Raises:
        UnknownKey: If a policy has no such key.
    """
    if key in LEAVES:
        return LEAVES[key]
    group, _, name = key.partition(".")
    if group == "reasons" and name:
        code(name, field=key)
        return forms.TEXTS
    raise UnknownKey(key, value, _known(group))


def _known(group: str) -> str:
    names = [each for each in LEAVES if each.startswith(f"{group}.")]
    return "one of " + ", ".join(names or [*_TOP, *(f"{each}.*" for each in GROUPS)])
