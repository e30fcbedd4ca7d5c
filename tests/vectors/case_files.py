"""
Files of cases: how the cases of each schema are recognised, and who runs them.

A schema without a `covers` function is known, and reported as not covered yet.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

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
    """The keys that every case of this schema has, and no case of another schema has all of them."""
    kind_of: Callable[[Case], str]
    reason: str
    """Why the library does not cover it yet."""
    covers: Callable[[Case, Report], bool] | None = None
    """Runs one case; False if it is of a kind not covered."""

    def recognises(self, case: object) -> bool:
        """
        Tell whether a case is of this schema.
        """
        return isinstance(case, dict) and self.marked_by <= case.keys()

    def run(self, case: Case, report: Report) -> None:
        """
        Run a case, or count it as not covered.
        """
        if self.covers is None or not self.covers(case, report):
            report.leave_out(f"{self.name}: {self.kind_of(case)}", 1, self.reason)


def run(content: Content, report: Report) -> bool:
    """
    Run every case of a file, each by its schema; False if the file holds none of a known schema.

    Beside known cases one of no known schema is a failure. A file that names its schema may be without cases.
    """
    cases = list(_cases(content))
    found = [_schema_of(case) for case in cases]
    if not any(found):
        return not cases and content.get("schema") in NAMES
    for place, (schema, case) in enumerate(zip(found, cases, strict=True), start=1):
        if schema is None:
            name = str(case["id"]) if isinstance(case, dict) and "id" in case else f"number {place}"
            report.check("of no known schema", name, expected="a case of a known schema", got=_keys(case))
        else:
            schema.run(case, report)
    return True


def _cases(content: Content) -> Iterator[object]:
    for key in dict.fromkeys(schema.cases_under for schema in SCHEMAS):
        listed = content.get(key)
        yield from listed if isinstance(listed, list) else ()


def _schema_of(case: object) -> Schema | None:
    return next((schema for schema in SCHEMAS if schema.recognises(case)), None)


def _keys(case: object) -> str:
    return f"keys {sorted(case)}" if isinstance(case, dict) else type(case).__name__


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
        marked_by=frozenset({"id", "kind", "inputs", "expected"}),
        kind_of=_by("kind"),
        reason="no calculator for this kind",
        covers=by_kind("calculators", "kind", _CALCULATORS),
    ),
    Schema(
        name="contact",
        cases_under="cases",
        marked_by=frozenset({"id", "policy", "proposed", "expected"}),
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
        marked_by=frozenset({"id", "rule", "input", "expected"}),
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

NAMES = frozenset({"calculators-vectors/1"})
"""What a file may call its schema."""
