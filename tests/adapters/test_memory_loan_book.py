import datetime as dt

import pytest

from overdue_visit.adapters.memory_loan_book import MemoryLoanBook
from overdue_visit.loan import Instalment, Loan
from overdue_visit.money import Money
from overdue_visit.ports.loan_book import DuplicateLoan
from overdue_visit.testing.loan_book_contract import LoanBookContract


class TestMemoryLoanBook(LoanBookContract):
    """The memory book keeps all laws of the port."""

    def make_book(self, loans):
        """
        Put the loans one by one.
        """
        return MemoryLoanBook(loans)


def loan(loan_id):
    """
    Return a loan of one instalment.
    """
    return Loan(loan_id, borrower="b-17", schedule=[Instalment(dt.date(2026, 3, 1), Money("120", "KES"))])


def test_only_what_was_put_since_a_mark_has_changed():
    """
    A book remembers its former marks: since one of them, only the loans put afterwards have changed.
    """
    book = MemoryLoanBook([loan("ke-001"), loan("ke-002")])
    mark = book.mark()
    book.put(loan("ke-002").pay(Money("20", "KES"), on=dt.date(2026, 3, 4), ref="m-1"))

    assert list(book.changes(mark)) == ["ke-002"]
    assert list(book.changes(book.mark())) == []
    assert book.loan("ke-001").mark == book.mark() != mark


def test_two_loans_of_one_id_are_refused():
    """
    A book of two loans with one id cannot be made: nobody could say which is meant.
    """
    with pytest.raises(DuplicateLoan, match="ke-001"):
        MemoryLoanBook([loan("ke-001"), loan("ke-001")])
