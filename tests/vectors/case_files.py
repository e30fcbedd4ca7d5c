"""
Files of cases: how each schema is recognised, and who runs it.

A schema without a `covers` function is known, and reported as not covered yet.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import attrs

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


SCHEMAS = (
    Schema(
        name="calculators",
        cases_under="cases",
        marked_by=frozenset({"id", "kind", "inputs", "expected", "tolerance", "convention"}),
        kind_of=_by("kind"),
        reason="the repayment calculators are not built yet",
    ),
    Schema(
        name="contact",
        cases_under="cases",
        marked_by=frozenset({"id", "jurisdiction", "policy", "rule", "history", "proposed", "expected"}),
        kind_of=_by("policy"),
        reason="the contact gate and its rule sets are not built yet",
    ),
    Schema(
        name="classification",
        cases_under="cases",
        marked_by=frozenset({"id", "framework", "input", "expected"}),
        kind_of=_by("framework"),
        reason="the classification scales are not built yet",
    ),
    Schema(
        name="notices and plans",
        cases_under="cases",
        marked_by=frozenset({"id", "jurisdiction", "rule", "input", "expected"}),
        kind_of=_by("jurisdiction"),
        reason="notice deadlines, limitation periods and plan limits are not built yet",
    ),
    Schema(
        name="peer scenarios",
        cases_under="scenarios",
        marked_by=frozenset({"id", "peer", "topic", "given", "steps"}),
        kind_of=_by("peer"),
        reason="told in the peers' own words; those taken are hand-written tests, each named by its id",
    ),
)
