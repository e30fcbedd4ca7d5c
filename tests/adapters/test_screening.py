import datetime as dt

import attrs
import pytest

from overdue_visit.adapters.memory_loan_book import MemoryLoanBook
from overdue_visit.adapters.screening import may_need_a_look
from overdue_visit.loan import Allocated, LoanStatus, StatedArrears
from overdue_visit.testing.sample_loans import AFTER, ALL, BEFORE, LOOK_ON, REASONS_TO_LOOK, due, paid


@pytest.mark.parametrize("why", REASONS_TO_LOOK)
def test_each_reason_is_a_reason(why):
    """
    Late by any convention, touched that day, or stated past due: the loan may need a look.
    """
    assert may_need_a_look(REASONS_TO_LOOK[why], LOOK_ON)


@pytest.mark.parametrize(
    "loan",
    [
        paid("ke-001"),
        due("ke-001", AFTER),
        due("ke-001", BEFORE).pay(ALL, on=BEFORE, ref="m-1", allocation=[Allocated(ALL, instalment=1)]),
        attrs.evolve(paid("ke-001"), stated=StatedArrears(0, LOOK_ON)),
        attrs.evolve(paid("ke-001"), status=LoanStatus.PAID_OFF, status_on=BEFORE),
    ],
    ids=["paid", "not yet due", "paid with allocation", "stated not past due", "paid off long ago"],
)
def test_a_quiet_loan_is_passed_over(loan):
    """
    A loan that is paid up to the day and untouched on it is not looked at: most loans, on most nights.
    """
    assert not may_need_a_look(loan, LOOK_ON)


def test_a_part_is_the_same_in_every_process():
    """
    The part of a loan goes by a checksum of its id: these three are in these parts of two, today and always.
    """
    book = MemoryLoanBook(due(loan_id, BEFORE) for loan_id in ("ke-001", "ke-002", "贷-9"))
    parts = [list(book.candidates(dt.date(2026, 3, 8), partition=(index, 2))) for index in range(2)]

    assert parts == [["贷-9"], ["ke-001", "ke-002"]]
