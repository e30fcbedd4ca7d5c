"""
The talk itself: what was asked, what was found, and what follows from it.
"""

from __future__ import annotations

import enum

import attrs

from overdue_visit.errors import InvalidValue
from overdue_visit.party.budget import HouseholdBudget
from overdue_visit.reason import code, one_of


class FindingStatus(enum.StrEnum):
    """How sure a finding is."""

    STATED = "stated"
    VERIFIED = "verified"
    CONTRADICTED = "contradicted"
    NOT_CHECKED = "not_checked"


def _finding_status(value: FindingStatus | str) -> FindingStatus:
    return one_of(FindingStatus, value, field="status")


@attrs.frozen(kw_only=True)
class Finding:
    """
    One thing the talk was to verify: its topic, how sure it is, how and by whom (an id) it was checked.

    Raises:
        InvalidValue: If a topic or method is not a code, or a checked finding does not say how.
    """

    topic: str
    status: FindingStatus = attrs.field(converter=_finding_status)
    how: str | None = None
    by: str | None = None

    def __attrs_post_init__(self) -> None:
        code(self.topic, field="topic")
        checked = self.status in (FindingStatus.VERIFIED, FindingStatus.CONTRADICTED)
        if checked and not self.how:
            raise InvalidValue("how", self.how, f"a code saying how {self.topic} was checked, such as 'payslip_seen'")
        if self.how is not None:
            code(self.how, field="how")
        if self.by is not None:
            code(self.by, field="by")


class RequestKind(enum.StrEnum):
    """What a borrower may ask of the lender; each is answered by a date."""

    QUESTION = "question"
    HARDSHIP = "hardship"
    CALL_BACK = "call_back"
    COMPLAINT = "complaint"
    WANTS_TO_PAY = "wants_to_pay"
    NEED = "need"


def _request_kind(value: RequestKind | str) -> RequestKind:
    return one_of(RequestKind, value, field="request")


@attrs.frozen(kw_only=True)
class Asked:
    """Something the borrower asked for in a talk; *words* are the borrower's own and stay private."""

    kind: RequestKind = attrs.field(converter=_request_kind)
    words: str | None = attrs.field(default=None, repr=False)


@attrs.frozen(kw_only=True)
class Feedback:
    """
    How the talk was for the borrower, from 1 (bad) to 5 (good), with words that stay private.

    Raises:
        InvalidValue: If *score* is not 1 to 5.
    """

    score: int
    words: str | None = attrs.field(default=None, repr=False)

    def __attrs_post_init__(self) -> None:
        if type(self.score) is not int or not 1 <= self.score <= 5:
            raise InvalidValue("score", self.score, "a whole number from 1 to 5")


@attrs.frozen(kw_only=True)
class Interview:
    """
    What a talk brought.

    Args:
        reason: The reason as stated by the borrower: a code of the policy's catalogue.

        verified_reason: The reason as verified, when it was checked; kept apart from the stated one.

        willing: Whether the borrower is willing to repay; None if it stayed open.

        budget: The household's month; without it ability stays unknown.

        findings: What was checked, with its status.

        asked: Needs, complaints and requests.

        own_words: The borrower's own words and objections; private.

        feedback: How the talk was for the borrower.

    Raises:
        InvalidValue: If a reason is not a code, or a topic occurs twice.
    """

    reason: str
    verified_reason: str | None = None
    willing: bool | None = None
    budget: HouseholdBudget | None = attrs.field(default=None, repr=False)
    findings: tuple[Finding, ...] = attrs.field(default=(), converter=tuple)
    asked: tuple[Asked, ...] = attrs.field(default=(), converter=tuple)
    own_words: str | None = attrs.field(default=None, repr=False)
    feedback: Feedback | None = None

    def __attrs_post_init__(self) -> None:
        code(self.reason, field="reason")
        _check_parts(self)
        if self.verified_reason is not None:
            code(self.verified_reason, field="verified_reason")
        if self.willing is not None and not isinstance(self.willing, bool):
            raise InvalidValue("willing", self.willing, "True, False or None")
        topics = [finding.topic for finding in self.findings]
        if len(set(topics)) != len(topics):
            raise InvalidValue("findings", topics, "each topic once")


def _check_parts(interview: Interview) -> None:
    """
    Refuse parts of another type; their content is personal and is not shown.
    """
    single: tuple[tuple[str, type, object], ...] = (
        ("budget", HouseholdBudget, interview.budget),
        ("feedback", Feedback, interview.feedback),
        ("own_words", str, interview.own_words),
    )
    for field, kind, found in single:
        if found is not None and not isinstance(found, kind):
            raise InvalidValue(field, type(found).__name__, f"a {kind.__name__} or None")
    parts: tuple[tuple[str, type, tuple[object, ...]], ...] = (
        ("findings", Finding, interview.findings),
        ("asked", Asked, interview.asked),
    )
    for field, kind, values in parts:
        for value in values:
            if not isinstance(value, kind):
                raise InvalidValue(field, type(value).__name__, f"each a {kind.__name__}")


class Ability(enum.StrEnum):
    """What the household can pay, by its budget alone."""

    NOW = "now"
    """One month's capacity covers the arrears."""
    OVER_TIME = "over_time"
    NONE = "none"
    UNKNOWN = "unknown"


class Willingness(enum.StrEnum):
    """Whether the borrower wants to repay, kept apart from ability."""

    WILLING = "willing"
    UNWILLING = "unwilling"
    UNKNOWN = "unknown"
