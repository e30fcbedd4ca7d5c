"""
Hands a case to the handler of its kind, and counts what comes of it.

A handler translates a case's words into calls of the library and returns what is expected and what the library says.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from overdue_visit.errors import InvalidValue, NotAllowed
from tests.vectors.report import NotCovered, Report

Case = Mapping[str, object]
Handler = Callable[[Case], tuple[object, object]]


def by_kind(name: str, key: str, handlers: Mapping[str, Handler]) -> Callable[[Case, Report], bool]:
    """
    Return the function that runs one case by the handler that its *key* names.
    """

    def covers(case: Case, report: Report) -> bool:
        kind = str(case[key])
        handler = handlers.get(kind)
        if handler is None:
            return False
        heading = f"{name}: {kind}"
        if case["expected"] is None or case["expected"] == {}:
            report.leave_out(heading, 1, "nothing is expected")
            return True
        try:
            expected, got = handler(case)
        except NotCovered as reason:
            report.leave_out(heading, 1, str(reason))
        except KeyError as lacking:
            report.leave_out(heading, 1, f"the case lacks {lacking}")
        except (InvalidValue, NotAllowed) as refusal:
            report.check(heading, str(case["id"]), expected=case["expected"], got=str(refusal))
        except (ArithmeticError, AttributeError, IndexError, RecursionError, TypeError, ValueError) as unlike:
            # A value of the wrong sort, or one that the library let through: neither may stop the other cases.
            got = f"the case cannot be read: {type(unlike).__name__}: {unlike}"
            report.check(heading, str(case["id"]), expected=case["expected"], got=got)
        else:
            report.check(heading, str(case["id"]), expected=expected, got=got)
        return True

    return covers
