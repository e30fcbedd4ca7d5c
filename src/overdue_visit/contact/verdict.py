"""
Verdicts: whether a contact may be made, by which rule, on what facts, and when at the earliest.
"""

from __future__ import annotations

import datetime as dt
import enum

import attrs

from overdue_visit.contact import checks
from overdue_visit.contact.rules.rule import Effect, Rule
from overdue_visit.contact.rules.rule_set import Acceptance
from overdue_visit.contact.rules.source import Confidence


class Ruling(enum.StrEnum):
    """What the gate says, from the mildest to the most severe."""

    ALLOWED = "allowed"
    WARNED = "warned"
    """Allowed, but somebody should think first."""
    ADVISORY = "advisory"
    """The source says that it should rather not be made."""
    PRESUMED_VIOLATION = "presumed_violation"
    """Taken for a violation unless the contrary is shown."""
    FORBIDDEN = "forbidden"

    @property
    def severity(self) -> int:
        """0 for allowed, up to 4 for forbidden."""
        return _ORDER.index(self)


_ORDER = tuple(Ruling)
RULINGS = {
    Effect.WARNING: Ruling.WARNED,
    Effect.ADVISORY: Ruling.ADVISORY,
    Effect.PRESUMED_VIOLATION: Ruling.PRESUMED_VIOLATION,
    Effect.FORBIDDEN: Ruling.FORBIDDEN,
}
ACCEPTED = "accepted_source"
"""The code of a warning that stands where a rule would bind but for a named acceptance."""


@attrs.frozen(kw_only=True)
class Finding:
    """
    One rule that a contact would break.

    Args:
        key: The rule's whole key, such as ``"us-regf.call_frequency_7_in_7"``.

        ruling: What it means for the contact, an acceptance considered.

        facts: The contacts, requests and other values that were counted.

        until: No instant before this one passes the rule; None: none does, with the facts as they are.

        acceptance: Why it only warns.
    """

    key: str
    rule: Rule
    ruling: Ruling
    facts: tuple[object, ...] = ()
    until: dt.datetime | None = None
    acceptance: Acceptance | None = None

    def __attrs_post_init__(self) -> None:
        checks.value("key", self.key, str)
        checks.value("rule", self.rule, Rule)
        checks.value("ruling", self.ruling, Ruling)
        checks.value("facts", self.facts, tuple)
        checks.instant_or_none("until", self.until)
        checks.value_or_none("acceptance", self.acceptance, Acceptance)

    @property
    def citation(self) -> str:
        """Where the rule stands."""
        return self.rule.source.citation

    @property
    def confidence(self) -> Confidence:
        """How sure its source is."""
        return Confidence(self.rule.source.confidence)

    @property
    def warning(self) -> str | None:
        """The code of what it warns of; None if it does not merely warn."""
        return ACCEPTED if self.acceptance is not None else self.rule.warning


@attrs.frozen(kw_only=True)
class Verdict:
    """
    What the gate says of a proposed contact.

    Args:
        broken: Every rule in its way, the most severe first.

        warnings: Every rule that warns.

        factors: Purposes of the contact that speak for it although a violation is presumed.

        earliest: The first instant from the proposed one on at which the same contact passes every rule, the facts
            unchanged, in UTC; None if there is none within three years.
    """

    ruling: Ruling
    broken: tuple[Finding, ...] = ()
    warnings: tuple[Finding, ...] = ()
    factors: tuple[str, ...] = ()
    earliest: dt.datetime | None = None

    def __attrs_post_init__(self) -> None:
        checks.value("ruling", self.ruling, Ruling)
        checks.values("broken", self.broken, Finding)
        checks.values("warnings", self.warnings, Finding)
        checks.values("factors", self.factors, str)
        checks.instant_or_none("earliest", self.earliest)

    @property
    def allowed(self) -> bool:
        """Whether the contact may be made at once, be it with a warning."""
        return self.ruling in {Ruling.ALLOWED, Ruling.WARNED}

    @property
    def deciding(self) -> Finding | None:
        """The rule that decided; of a warned contact, the first that warns."""
        return next(iter((*self.broken, *self.warnings)), None)

    @property
    def rule(self) -> str | None:
        """The whole key of the rule that decided."""
        return None if self.deciding is None else self.deciding.key

    @property
    def citation(self) -> str | None:
        """Where the rule that decided stands."""
        return None if self.deciding is None else self.deciding.citation

    @property
    def confidence(self) -> Confidence | None:
        """How sure its source is."""
        return None if self.deciding is None else self.deciding.confidence

    @property
    def counted(self) -> tuple[object, ...]:
        """The facts that the deciding rule counted."""
        return () if self.deciding is None else self.deciding.facts

    @property
    def rebuttable(self) -> bool:
        """Whether the violation is only presumed."""
        return self.ruling is Ruling.PRESUMED_VIOLATION
