"""
Files of cases: how each schema is recognised, and who runs it.

A schema without a `covers` function is known, and reported as not covered yet.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import attrs

from tests.vectors import (
    classification,
    contact,
    limitation,
    repayment_household,
    repayment_kinds,
    repayment_late,
    repayment_relief,
    repayment_schedules,
    repayment_values,
)
from tests.vectors.dispatch import by_kind
from tests.vectors.report import Report

Content = Mapping[str, object]
Case = Mapping[str, object]


@attrs.frozen(kw_only=True)
class Schema:
    """One schema of case files."""

    name: str
    cases_under: str
    """The key of the list of cases."""
    marked_by: frozenset[str]
    """The keys that every case of this schema has, and no other schema's cases have all of them."""
    kind_of: Callable[[Case], str]
    reason: str
    """Why the library does not cover it yet."""
    covers: Callable[[Case, Report], bool] | None = None
    """Runs one case; False if it is of a kind not covered."""

    def recognises(self, content: Content) -> bool:
        """
        Tell whether a file's content is of this schema.
        """
        cases = content.get(self.cases_under)
        return isinstance(cases, list) and bool(cases) and all(self._is_one(case) for case in cases)

    def _is_one(self, case: object) -> bool:
        return isinstance(case, dict) and self.marked_by <= case.keys()

    def run(self, content: Content, report: Report) -> None:
        """
        Run every case, or count it as not covered.
        """
        cases = content[self.cases_under]
        for case in cases if isinstance(cases, Sequence) else ():
            if self.covers is None or not self.covers(case, report):
                report.leave_out(f"{self.name}: {self.kind_of(case)}", 1, self.reason)


def _by(key: str) -> Callable[[Case], str]:
    return lambda case: str(case[key])


_CALCULATORS = {
    **repayment_schedules.KINDS,
    **repayment_kinds.KINDS,
    **repayment_values.KINDS,
    **repayment_late.KINDS,
    **repayment_household.KINDS,
    **repayment_relief.KINDS,
}

SCHEMAS = (
    Schema(
        name="calculators",
        cases_under="cases",
        marked_by=frozenset({"id", "kind", "inputs", "expected", "tolerance", "convention"}),
        kind_of=_by("kind"),
        reason="no calculator for this kind",
        covers=by_kind("calculators", "kind", _CALCULATORS),
    ),
    Schema(
        name="contact",
        cases_under="cases",
        marked_by=frozenset({"id", "jurisdiction", "policy", "rule", "history", "proposed", "expected"}),
        kind_of=_by("policy"),
        reason="no rule set of this name",
        covers=by_kind("contact", "policy", contact.KINDS),
    ),
    Schema(
        name="classification",
        cases_under="cases",
        marked_by=frozenset({"id", "framework", "input", "expected"}),
        kind_of=_by("framework"),
        reason="no scale of this name",
        covers=by_kind("classification", "framework", classification.KINDS),
    ),
    Schema(
        name="notices and plans",
        cases_under="cases",
        marked_by=frozenset({"id", "jurisdiction", "rule", "input", "expected"}),
        kind_of=_by("rule"),
        reason="no deadline or limit of this name",
        covers=by_kind("notices and plans", "rule", limitation.KINDS),
    ),
    Schema(
        name="peer scenarios",
        cases_under="scenarios",
        marked_by=frozenset({"id", "peer", "topic", "given", "steps"}),
        kind_of=_by("peer"),
        reason="told in the peers' own words; those taken are hand-written tests, each named by its id",
    ),
)
