"""
What came of the cases: passed, failed with expected and got, not covered with the reason.
"""

from __future__ import annotations

from collections.abc import Iterator

import attrs

_FAILURES_SHOWN = 20


class Unreadable(Exception):
    """A file that cannot be read, or whose content is of no known schema."""


class NotCovered(Exception):
    """A case that the library cannot execute, with the reason."""


@attrs.frozen
class Failure:
    """One case whose result is not the expected one."""

    case: str
    expected: object
    got: object


@attrs.define
class Tally:
    """The results of one kind of case."""

    passed: int = 0
    failures: list[Failure] = attrs.field(factory=list)
    not_covered: dict[str, int] = attrs.field(factory=dict)
    """How many cases by reason."""


@attrs.define
class Report:
    """The results of all kinds, in the order in which they came up."""

    kinds: dict[str, Tally] = attrs.field(factory=dict)

    def check(self, kind: str, case: str, *, expected: object, got: object) -> None:
        """
        Count a case as passed if both are equal, else as failed.
        """
        tally = self.kinds.setdefault(kind, Tally())
        if expected == got:
            tally.passed += 1
        else:
            tally.failures.append(Failure(case, expected, got))

    def leave_out(self, kind: str, count: int, reason: str) -> None:
        """
        Count cases that the library does not cover yet, with the reason.
        """
        if count:
            reasons = self.kinds.setdefault(kind, Tally()).not_covered
            reasons[reason] = reasons.get(reason, 0) + count

    @property
    def passed(self) -> int:
        """How many cases passed."""
        return sum(tally.passed for tally in self.kinds.values())

    @property
    def failed(self) -> int:
        """How many cases failed."""
        return sum(len(tally.failures) for tally in self.kinds.values())

    @property
    def not_covered(self) -> int:
        """How many cases were not run."""
        return sum(sum(tally.not_covered.values()) for tally in self.kinds.values())

    def lines(self) -> Iterator[str]:
        """
        Say it all, kind by kind; the last line is the sum.
        """
        for kind, tally in self.kinds.items():
            count = sum(tally.not_covered.values())
            yield f"{kind}: {tally.passed} passed, {len(tally.failures)} failed, {count} not covered"
            for failure in tally.failures[:_FAILURES_SHOWN]:
                yield f"  FAILED {failure.case}: expected {failure.expected}, got {failure.got}"
            if len(tally.failures) > _FAILURES_SHOWN:
                yield f"  ... and {len(tally.failures) - _FAILURES_SHOWN} more failures of this kind"
            for reason, how_many in tally.not_covered.items():
                yield f"  not covered ({how_many}): {reason}"
        yield f"{self.passed} passed, {self.failed} failed, {self.not_covered} not covered"
