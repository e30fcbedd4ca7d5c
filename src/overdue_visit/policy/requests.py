"""
The practice of answering: by when a borrower's request has its answer.
"""

from __future__ import annotations

from typing import ClassVar

import attrs

from overdue_visit.interview import RequestKind
from overdue_visit.policy import checks


@attrs.frozen(kw_only=True)
class RequestPolicy:
    """
    Days to answer each kind of request.

    Raises:
        InvalidValue: If a number is out of range.
    """

    group: ClassVar[str] = "requests"

    question_days: int
    hardship_days: int
    call_back_days: int
    complaint_days: int
    wants_to_pay_days: int
    need_days: int

    def __attrs_post_init__(self) -> None:
        for kind in RequestKind:
            checks.whole(f"requests.{kind}_days", self.answer_days(kind), 0, 366)

    def answer_days(self, kind: RequestKind) -> int:
        """
        Return the days from a request to the day its answer is due.
        """
        match kind:
            case RequestKind.QUESTION:
                return self.question_days
            case RequestKind.HARDSHIP:
                return self.hardship_days
            case RequestKind.CALL_BACK:
                return self.call_back_days
            case RequestKind.COMPLAINT:
                return self.complaint_days
            case RequestKind.WANTS_TO_PAY:
                return self.wants_to_pay_days
            case RequestKind.NEED:
                return self.need_days
