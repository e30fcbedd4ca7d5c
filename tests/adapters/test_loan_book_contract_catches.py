"""
The contract itself is tested: each deliberately broken book fails the law that names its fault.
"""

import attrs
import pytest
from hypothesis import Phase, settings

from overdue_visit.adapters.memory_loan_book import MemoryLoanBook
from overdue_visit.arrears import measure
from overdue_visit.loan import Loan
from overdue_visit.ports.loan_book import BadRow
from overdue_visit.testing.loan_book_contract import LoanBookContract


class ForgetsTheBookingDay(MemoryLoanBook):
    """Gives every payment the booking date of its value date."""

    def loan(self, loan_id, *, known_at=None):
        """
        Return a loan, with this book's fault.
        """
        found = super().loan(loan_id)
        payments = [attrs.evolve(payment, booked=payment.on) for payment in found.payments]
        found = attrs.evolve(found, payments=payments, reversals=[])
        return found if known_at is None else found.known_at(known_at)


class KnowsTheFuture(MemoryLoanBook):
    """Takes no notice of the day asked for."""

    def loan(self, loan_id, *, known_at=None):  # noqa: ARG002 - that is the fault
        """
        Return a loan, with this book's fault.
        """
        return super().loan(loan_id)


class InventsLoans(MemoryLoanBook):
    """Answers for an id it never had."""

    def loan(self, loan_id, *, known_at=None):
        """
        Return a loan, with this book's fault.
        """
        return super().loan(loan_id.strip().lower() or "ke-001", known_at=known_at)


class CountsOnlyItsLoans(MemoryLoanBook):
    """Has a mark that a payment does not change."""

    def mark(self):
        """
        Return a mark, with this book's fault.
        """
        return f"{len(self._loans)} loans"

    def loan(self, loan_id, *, known_at=None):
        """
        Return a loan, with this book's fault.
        """
        return attrs.evolve(super().loan(loan_id, known_at=known_at), mark=self.mark())


class ChangesItsMarkWhenRead(MemoryLoanBook):
    """Counts its readings in the mark."""

    reads = 0

    def mark(self):
        """
        Return a mark, with this book's fault.
        """
        return f"{self._mark} {self.reads}"

    def candidates(self, on, *, partition=None):
        """
        Yield candidates, with this book's fault.
        """
        self.reads += 1
        return super().candidates(on, partition=partition)


class ForgetsFormerMarks(MemoryLoanBook):
    """Takes an unknown mark for the present one."""

    def changes(self, since):
        """
        Yield changes, with this book's fault.
        """
        return super().changes(since if since is None or since in self._former else self.mark())


class MissesWhatIsNotLateByDefault(MemoryLoanBook):
    """Looks at no convention but the default one."""

    def candidates(self, on, *, partition=None):
        """
        Yield candidates, with this book's fault.
        """
        for loan_id in super().candidates(on, partition=partition):
            if measure(self.loan(loan_id), on=on).is_past_due:
                yield loan_id


class MissesWhatTheLedgerStates(MemoryLoanBook):
    """Trusts its own count alone."""

    def candidates(self, on, *, partition=None):
        """
        Yield candidates, with this book's fault.
        """
        plain = MemoryLoanBook(attrs.evolve(loan, stated=None) for loan in self._loans.values())
        return plain.candidates(on, partition=partition)


class NamesLoansTwice(MemoryLoanBook):
    """Names a loan once for each of its entries."""

    def candidates(self, on, *, partition=None):
        """
        Yield candidates, with this book's fault.
        """
        for loan_id in super().candidates(on, partition=partition):
            yield loan_id
            yield loan_id


class MovesLoansBetweenParts(MemoryLoanBook):
    """Deals out today's candidates like cards."""

    def candidates(self, on, *, partition=None):
        """
        Yield candidates, with this book's fault.
        """
        index, count = partition or (0, 1)
        list(super().candidates(on, partition=partition))
        return iter(list(super().candidates(on))[index::count])


class HasEmptyParts(MemoryLoanBook):
    """Answers for a part that does not exist."""

    def candidates(self, on, *, partition=None):
        """
        Yield candidates, with this book's fault.
        """
        if partition is not None and not 0 <= partition[0] < partition[1]:
            return iter(())
        return super().candidates(on, partition=partition)


class HasOneReaderOnly(MemoryLoanBook):
    """Shares one cursor between its readings."""

    cursor = None

    def candidates(self, on, *, partition=None):
        """
        Yield candidates, with this book's fault.
        """
        if self.cursor is None:
            self.cursor = super().candidates(on, partition=partition)
        return self.cursor


class ComplainsOfSoundLoans(MemoryLoanBook):
    """Lists a problem where there is none."""

    @property
    def problems(self):
        """One too many."""
        return (BadRow(0, "loan", "", "more loans", None),)


FAULTS = {
    ForgetsTheBookingDay: "test_every_loan_reads_as_the_ledger_has_it",
    KnowsTheFuture: "test_a_loan_reads_as_it_was_known",
    InventsLoans: "test_an_unknown_loan_is_refused",
    CountsOnlyItsLoans: "test_a_payment_changes_the_mark",
    ChangesItsMarkWhenRead: "test_a_mark_stands_for_its_loans",
    ForgetsFormerMarks: "test_changes_since_the_beginning_are_all_loans",
    MissesWhatIsNotLateByDefault: "test_candidates_miss_no_loan",
    MissesWhatTheLedgerStates: "test_each_reason_to_look_makes_a_candidate",
    NamesLoansTwice: "test_candidates_are_loans_in_order",
    MovesLoansBetweenParts: "test_partitions_share_out_the_candidates",
    HasEmptyParts: "test_a_part_that_does_not_exist_is_refused",
    HasOneReaderOnly: "test_two_readings_do_not_disturb_each_other",
    ComplainsOfSoundLoans: "test_sound_loans_are_no_problem",
}


def run(book, law):
    """
    Run one law of the contract over a book, with an argument that the broken ones fail on.
    """

    class Suite(LoanBookContract):
        search = settings(LoanBookContract.search, phases=[Phase.generate])  # the smallest example is of no interest

        def make_book(self, loans):
            """
            Make the book under test.
            """
            return book(loans)

    arguments = {
        "test_an_unknown_loan_is_refused": ["KE-001"],
        "test_each_reason_to_look_makes_a_candidate": ["stated past due"],
        "test_partitions_share_out_the_candidates": [3],
        "test_a_part_that_does_not_exist_is_refused": [(4, 3)],
    }
    getattr(Suite(), law)(*arguments.get(law, []))


@pytest.mark.parametrize(("book", "law"), FAULTS.items(), ids=lambda one: getattr(one, "__name__", ""))
def test_a_broken_book_fails_the_law_that_names_its_fault(book, law):
    """
    Each broken book fails its law, which the sound one passes.
    """
    run(MemoryLoanBook, law)

    with pytest.raises((AssertionError, StopIteration, pytest.fail.Exception)):
        run(book, law)


def test_a_suite_without_a_factory_says_what_is_missing():
    """
    A subclass that does not say how its book is made is told so.
    """
    with pytest.raises(TypeError, match="make_book"):
        LoanBookContract().make_book([])


def test_the_invented_ledgers_reach_every_kind_of_entry():
    """
    The loans that the contract draws have every kind of entry somewhere: none of its laws is idle.
    """
    seen = set()

    class Suite(LoanBookContract):
        def make_book(self, loans):
            """
            Note what the loans have.
            """
            for loan in loans:
                seen.update(field for field in attrs.fields_dict(Loan) if getattr(loan, field))
                seen.update("allocation" for payment in loan.payments if payment.allocation)
                seen.update("rescheduled" for _ in loan.versions[1:])
            return MemoryLoanBook(loans)

    Suite().test_sound_loans_are_no_problem()
    everything = {"payments", "reversals", "charges", "status_on", "stated", "attributes", "disbursed"}

    assert everything | {"allocation", "rescheduled"} <= seen
