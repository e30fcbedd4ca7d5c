"""
The conformance suite of the loan book port: what every `LoanBook` must do, as tests.

The whole test file of a loan book::

    class TestMyLoanBook(LoanBookContract):
        def make_book(self, loans):
            return my_book.open_over(loans)

``make_book`` is called many times with small lists of loans, and each time returns a new book of exactly those. A book
that cannot hold something a loan may have - an allocation, an attribute - overrides `LoanBookContract.loans`.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Sequence

import attrs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from overdue_visit.arrears import AgeingConvention, measure
from overdue_visit.errors import InvalidValue
from overdue_visit.loan import (
    Charge,
    Loan,
    Payment,
    Reversal,
)
from overdue_visit.money import Money
from overdue_visit.ports.loan_book import LoanBook, UnknownLoan
from overdue_visit.testing import ledgers
from overdue_visit.testing.sample_loans import LOOK_ON, REASONS_TO_LOOK, due, paid, plain

_NO_MARK = "a mark that no book ever had"


class LoanBookBench:
    """Makes loan books for the tests."""

    search: settings = settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
    """How hard Hypothesis searches; a book that is slow to make may lower it, a suite by night may raise it."""

    def make_book(self, loans: Sequence[Loan]) -> LoanBook:
        """
        Return a new book of exactly these loans.
        """
        raise TypeError(f"{type(self).__name__} must say in make_book how a book is made of {len(loans)} loans")

    def loans(self) -> st.SearchStrategy[list[Loan]]:
        """
        Return the strategy that draws the loans of a book.
        """
        return ledgers.books()

    def for_all(self, law: Callable[[Sequence[Loan], st.DataObject], None]) -> None:
        """
        Try a law on many books.
        """
        # Built here and not by a decorator: on an inherited method Hypothesis would share one database of examples.
        self.search(given(self.loans(), st.data())(law))()


class LoanBookContract(LoanBookBench):
    """All laws of the loan book port; subclass it and say in `make_book` how a book is made."""

    def test_every_loan_reads_as_the_ledger_has_it(self) -> None:
        """
        A loan comes back whole, entry by entry, with the book's mark.
        """

        def law(loans: Sequence[Loan], _: st.DataObject) -> None:
            book = self.make_book(loans)

            for loan in loans:
                assert book.loan(loan.id) == attrs.evolve(loan, mark=book.mark()), f"{loan.id} came back changed"

        self.for_all(law)

    def test_a_loan_reads_as_it_was_known(self) -> None:
        """
        Asked for a day, the book leaves out what was booked later, as `Loan.known_at` does.
        """

        def law(loans: Sequence[Loan], data: st.DataObject) -> None:
            day = data.draw(ledgers.dates)
            book = self.make_book(loans)

            for loan in loans:
                known = attrs.evolve(loan, mark=book.mark()).known_at(day)
                assert book.loan(loan.id, known_at=day) == known, f"{loan.id} is not as it was known on {day}"

        self.for_all(law)

    @pytest.mark.parametrize("loan_id", ["nobody", "", "ke-001 ", "KE-001", "%", "'; --", "\0", "x" * 10_000])
    def test_an_unknown_loan_is_refused(self, loan_id: str) -> None:
        """
        An id that the book does not have, in exactly this spelling, raises `UnknownLoan`.
        """
        book = self.make_book([plain("ke-001")])

        with pytest.raises(UnknownLoan):
            book.loan(loan_id)

    def test_sound_loans_are_no_problem(self) -> None:
        """
        A book of sound loans has no problems, and says so as a tuple.
        """

        def law(loans: Sequence[Loan], _: st.DataObject) -> None:
            assert self.make_book(loans).problems == (), "sound loans became problems"

        self.for_all(law)

    def test_a_mark_stands_for_its_loans(self) -> None:
        """
        Reading leaves the mark as it is; a book of other loans has another.
        """

        def law(loans: Sequence[Loan], data: st.DataObject) -> None:
            book = self.make_book(loans)
            mark = book.mark()
            list(book.candidates(data.draw(ledgers.dates)))
            list(book.changes(None))
            more = self.make_book([*loans, plain("one more")])

            assert isinstance(mark, str), "a mark is a text"
            assert mark, "a mark is never empty"
            assert book.mark() == mark, "reading changed the mark"
            assert more.mark() != mark, "a book with one loan more has the same mark"

        self.for_all(law)

    def test_a_payment_changes_the_mark(self) -> None:
        """
        One payment more is another state, with another mark, and the loan is among the changes since the former.
        """

        def law(loans: Sequence[Loan], _: st.DataObject) -> None:
            before = self.make_book([*loans, plain("paying")])
            paid = plain("paying").pay(Money("1.00", "KES"), on=ledgers.LAST, ref="m-1")
            after = self.make_book([*loans, paid])

            assert before.mark() != after.mark(), "a payment did not change the mark"
            assert "paying" in set(after.changes(before.mark())), "a loan that changed is not among the changes"

        self.for_all(law)

    def test_changes_since_the_beginning_are_all_loans(self) -> None:
        """
        Since None, or a mark that nobody knows, every loan has changed; each is named once.
        """

        def law(loans: Sequence[Loan], _: st.DataObject) -> None:
            book = self.make_book(loans)

            for since in (None, _NO_MARK, ""):
                _same(book.changes(since), [loan.id for loan in loans], f"changes since {since!r}")

        self.for_all(law)

    def test_changes_since_now_name_only_loans_of_the_book(self) -> None:
        """
        Since the present mark there may be no changes; what is named is a loan of the book, once.
        """

        def law(loans: Sequence[Loan], _: st.DataObject) -> None:
            book = self.make_book(loans)
            found = list(book.changes(book.mark()))

            assert len(found) == len(set(found)), "a loan is named twice"
            assert set(found) <= {loan.id for loan in loans}, "a loan is named that is not in the book"

        self.for_all(law)

    def test_candidates_miss_no_loan(self) -> None:
        """
        Whatever is past due on a day by any convention, happened on it, or is stated past due, is a candidate.
        """

        def law(loans: Sequence[Loan], data: st.DataObject) -> None:
            on, convention = data.draw(ledgers.dates), data.draw(ledgers.conventions)
            found = set(self.make_book(loans).candidates(on))

            for loan in loans:
                why = _needs_a_look(loan, on, convention)
                assert why is None or loan.id in found, f"{loan.id} is no candidate on {on}: {why}"

        self.for_all(law)

    def test_candidates_are_loans_in_order(self) -> None:
        """
        Candidates are loans of the book, ascending and each once; asking again gives the same.
        """

        def law(loans: Sequence[Loan], data: st.DataObject) -> None:
            on = data.draw(ledgers.dates)
            book = self.make_book(loans)
            found = list(book.candidates(on))

            assert found == sorted(set(found)), "candidates are not ascending, each once"
            assert set(found) <= {loan.id for loan in loans}, "a candidate is not in the book"
            assert list(book.candidates(on)) == found, "the second reading differs from the first"

        self.for_all(law)

    @pytest.mark.parametrize("why", REASONS_TO_LOOK)
    def test_each_reason_to_look_makes_a_candidate(self, why: str) -> None:
        """
        Each single reason is enough: late by the strictest convention, dated or booked that day, or stated.
        """
        loan = REASONS_TO_LOOK[why]
        book = self.make_book([loan, paid("settled long ago")])

        assert loan.id in set(book.candidates(LOOK_ON)), f"{why} is no reason for this book"

    @pytest.mark.parametrize("count", [1, 2, 3, 7])
    def test_partitions_share_out_the_candidates(self, count: int) -> None:
        """
        The parts of a partition hold each candidate exactly once, and a loan stays in its part on every day.
        """
        days = [ledgers.FIRST + dt.timedelta(days=number) for number in range(24)]
        book = self.make_book([due(f"ke-{number:03}", days[number * 7 % 24]) for number in range(24)])
        part_of: dict[str, int] = {}

        for on in (days[5], days[16], ledgers.LAST):
            parts = [list(book.candidates(on, partition=(index, count))) for index in range(count)]
            for index, part in enumerate(parts):
                assert part == sorted(part), "a part is not ascending"
                for loan_id in part:
                    assert part_of.setdefault(loan_id, index) == index, f"{loan_id} moved to another part"
            _same((one for part in parts for one in part), list(book.candidates(on)), "the parts together")

    @pytest.mark.parametrize("partition", [(1, 1), (4, 3), (-1, 3), (0, 0)])
    def test_a_part_that_does_not_exist_is_refused(self, partition: tuple[int, int]) -> None:
        """
        An index that is not below the count raises `InvalidValue`, rather than an empty part.
        """
        book = self.make_book([plain("ke-001")])

        with pytest.raises(InvalidValue):
            list(book.candidates(ledgers.LAST, partition=partition))

    def test_two_readings_do_not_disturb_each_other(self) -> None:
        """
        Candidates and changes may be read side by side, and loans in between.
        """
        ids = [f"ke-{number:03}" for number in range(6)]
        book = self.make_book([plain(loan_id) for loan_id in ids])
        first, second, changed = book.candidates(ledgers.LAST), book.candidates(ledgers.LAST), book.changes(None)
        seen = [(next(first), next(second), book.loan(next(changed)).borrower) for _ in ids]

        assert [(one, other) for one, other, _ in seen] == list(zip(ids, ids, strict=True)), "a reading lost its place"


def _needs_a_look(loan: Loan, on: dt.date, convention: AgeingConvention) -> str | None:
    found = measure(loan, on=on, convention=convention)
    if found.is_past_due or found.total:
        return f"{found.days_past_due} days past due, {found.total} late"
    entries: list[Payment | Reversal | Charge] = [*loan.payments, *loan.reversals, *loan.charges]
    for entry in entries:
        if on in (entry.on, entry.booked):
            return f"{entry.ref} is dated or booked that day"
    if loan.stated is not None and loan.stated.days_past_due:
        return f"the ledger states {loan.stated.days_past_due} days past due"
    return f"{loan.status} on that day" if loan.status_on == on else None


def _same(found: Iterable[str], expected: Sequence[str], what: str) -> None:
    counted = Counter(found)
    assert counted == Counter(expected), f"{what}: {dict(counted)} instead of each of {sorted(expected)} once"
