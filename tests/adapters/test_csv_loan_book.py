import csv
import datetime as dt
import io

import pytest

from overdue_visit.adapters.csv_loan_book import COLUMNS, CsvLoanBook, NoLoanBook, write_loan_book
from overdue_visit.errors import AdapterError
from overdue_visit.loan import (
    Allocated,
    Charge,
    Component,
    Instalment,
    Loan,
    LoanStatus,
    Payment,
    Reversal,
    ScheduleVersion,
    StatedArrears,
)
from overdue_visit.money import Money
from overdue_visit.ports.loan_book import BadRow, UnknownLoan
from overdue_visit.testing.loan_book_contract import LoanBookContract

HEADER = ",".join(COLUMNS)

# The same two loans in every test of a bad row: what is wrong with one must not touch the other.
SOUND = [
    {"loan": "ke-002", "borrower": "b-18", "entry": "loan"},
    {
        "loan": "ke-002",
        "entry": "instalment",
        "number": "1",
        "date": "2026-03-01",
        "amount": "50.00",
        "currency": "KES",
    },
]
HEAD = {"loan": "ke-001", "borrower": "b-17", "entry": "loan", "date": "2026-02-01"}
DUE = {
    "loan": "ke-001",
    "entry": "instalment",
    "number": "1",
    "date": "2026-03-01",
    "amount": "120.00",
    "currency": "KES",
}
PAID = {
    "loan": "ke-001",
    "entry": "payment",
    "date": "2026-03-04",
    "amount": "20.00",
    "currency": "KES",
    "ref": "m-1",
}
FEE = {
    "loan": "ke-001",
    "entry": "charge",
    "component": "fees",
    "date": "2026-03-08",
    "amount": "5.00",
    "currency": "KES",
    "ref": "f-1",
}


def kes(amount):
    """
    Return an amount in shillings.
    """
    return Money(amount, "KES")


@pytest.fixture
def book(tmp_path):
    """
    Write rows, or plain text or bytes, to a file and open it as a book.
    """

    def open_book(content):
        path = tmp_path / "book.csv"
        if isinstance(content, list):
            file = io.StringIO(newline="")
            writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
            writer.writeheader()
            writer.writerows(content)
            content = file.getvalue()
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return CsvLoanBook(path)

    return open_book


class TestCsvLoanBook(LoanBookContract):
    """A written file keeps all laws of the port."""

    @pytest.fixture(autouse=True)
    def _folder(self, tmp_path):
        self._path = tmp_path / "book.csv"

    def make_book(self, loans):
        """
        Write the loans to a file and open it.
        """
        write_loan_book(self._path, loans)
        return CsvLoanBook(self._path)


def test_every_entry_of_the_documented_table_is_read(book):
    """
    A file with each kind of line, in any order, is one loan with all its entries.
    """
    opened = book(
        "loan,borrower,entry,version,number,date,booked,amount,currency,ref,component,covers,reason,bank:branch\n"
        "ke-001,,payment,,,2026-03-04,2026-03-05,20.00,KES,m-1,,,,\n"
        "ke-001,,allocation,,1,,,6.00,KES,m-1,interest,,,\n"
        "ke-001,,allocation,,,,,5.00,KES,m-1,,f-1,,\n"
        "ke-001,,reversal,,,2026-03-09,,,,m-1,,,,\n"
        "ke-001,,charge,,,2026-03-08,2026-03-10,5.00,KES,f-1,fees,,,\n"
        "ke-001,,instalment,,1,2026-03-01,,100.00,KES,,principal,,,\n"
        "ke-001,,instalment,,1,2026-03-01,,20.00,KES,,interest,,,\n"
        "ke-001,,instalment,2,1,2026-06-01,,120,KES,,,,,\n"
        "ke-001,,reschedule,2,,2026-03-20,2026-03-21,,,,,,the rains failed,\n"
        "ke-001,,status,,,2026-07-02,,,,,,,settled,\n"
        "ke-001,,stated,,7,2026-03-08,,120.00,KES,,,,,\n"
        "\n"
        "ke-001,b-17,loan,,,2026-02-01,,,,,,,,north\n"
    )

    parts = {Component.INTEREST: kes("20"), Component.PRINCIPAL: kes("100")}
    first = Instalment(dt.date(2026, 3, 1), kes("120"), number=1, components=parts)
    second = Instalment(dt.date(2026, 6, 1), kes("120"), number=1)
    allocation = [
        Allocated(kes("6"), instalment=1, component=Component.INTEREST),
        Allocated(kes("5"), charge="f-1"),
    ]
    assert opened.problems == ()
    assert opened.loan("ke-001") == Loan(
        "ke-001",
        borrower="b-17",
        versions=[
            ScheduleVersion(1, dt.date(2026, 2, 1), [first], "original"),
            ScheduleVersion(2, dt.date(2026, 3, 20), [second], "the rains failed", dt.date(2026, 3, 21)),
        ],
        payments=[
            Payment(kes("20"), dt.date(2026, 3, 4), booked=dt.date(2026, 3, 5), ref="m-1", allocation=allocation)
        ],
        reversals=[Reversal("m-1", dt.date(2026, 3, 9))],
        charges=[Charge(Component.FEES, kes("5"), dt.date(2026, 3, 8), booked=dt.date(2026, 3, 10), ref="f-1")],
        status=LoanStatus.SETTLED,
        status_on=dt.date(2026, 7, 2),
        mark=opened.mark(),
        disbursed=dt.date(2026, 2, 1),
        stated=StatedArrears(7, dt.date(2026, 3, 8), kes("120")),
        attributes={"bank:branch": "north"},
    )


def test_the_latest_statement_and_status_count(book):
    """
    Of several statuses, or statements of days past due, the one of the latest day counts.
    """
    lines = [
        {"loan": "ke-001", "entry": "stated", "number": "8", "date": "2026-03-09"},
        {"loan": "ke-001", "entry": "stated", "number": "7", "date": "2026-03-08"},
        {"loan": "ke-001", "entry": "status", "reason": "active"},
        {"loan": "ke-001", "entry": "status", "reason": "paid_off", "date": "2026-03-10"},
    ]
    loan = book([HEAD, DUE, *lines]).loan("ke-001")

    assert (loan.stated, loan.status) == (StatedArrears(8, dt.date(2026, 3, 9)), LoanStatus.PAID_OFF)


def test_a_byte_order_mark_and_windows_line_ends_are_fine(book):
    """
    What a spreadsheet adds - a byte order mark, CR LF - changes nothing that is read.
    """
    text = f"{HEADER}\r\nke-001,b-17,loan,,,,,,,,,,\r\nke-001,,instalment,,1,2026-03-01,,120,KES,,,,\r\n"
    opened = book(b"\xef\xbb\xbf" + text.encode())

    assert opened.problems == ()
    assert opened.loan("ke-001").instalments(dt.date(2026, 3, 1))[0].amount == kes("120")


def test_a_book_without_loans_is_a_book(book):
    """
    A header alone is a book of nothing.
    """
    opened = book(HEADER)

    assert (list(opened.changes(None)), opened.problems) == ([], ())


def test_the_mark_is_the_content(book):
    """
    The same content has the same mark and no changes; another content has changed altogether.
    """
    first = book([HEAD, DUE])
    again, other = book([HEAD, DUE]), book([HEAD, DUE, PAID])

    assert first.mark() == again.mark() != other.mark()
    assert list(again.changes(first.mark())) == []
    assert list(other.changes(first.mark())) == ["ke-001"]


@pytest.mark.parametrize(
    ("content", "field", "expected"),
    [
        (b"", "file", "a line of column names"),
        (b" \n\n", "file", "a line of column names"),
        (b"loan,borrower\n", "columns", "also entry, version"),
        (HEADER.replace(",", ";").encode(), "columns", "separated by commas"),
        (f"{HEADER},colour\n".encode(), "columns", "an attribute such as bank:branch"),
        (f"{HEADER},:branch\n".encode(), "columns", "an attribute such as bank:branch"),
        (f"{HEADER},loan\n".encode(), "columns", "each column once"),
        (f"{HEADER}\nke-001\n".encode("utf-16"), "encoding", "UTF-8"),
        (f"{HEADER}\nke-001,Café,loan,,,,,,,,,,\n".encode("latin-1"), "encoding", "not so on line 2"),
        (f"{HEADER}\n\nke-001,\0,loan,,,,,,,,,,\n".encode(), "encoding", "there is one on line 3"),
        (f"{HEADER}\nke-001,{'x' * 200_000},loan,,,,,,,,,,\n".encode(), "line 2", "fields of at most"),
        (f'{HEADER}\nke-001,"b-17,loan,,,,,,,,,,\n'.encode(), "line 2", "quotes that close"),
        (f'{HEADER}\nke-001,"b"17,loan,,,,,,,,,,\n'.encode(), "line 2", "quotes that close"),
    ],
)
def test_what_is_no_loan_book_is_refused_as_a_whole(book, content, field, expected):
    """
    An empty file, other columns, another encoding, NUL characters and broken quotes are refused, naming what would do.
    """
    with pytest.raises(NoLoanBook) as refusal:
        book(content)

    assert refusal.value.field == field
    assert expected in refusal.value.accepted


def test_a_file_that_is_not_there_is_the_worlds_fault(tmp_path):
    """
    A missing file, a folder, a place that takes no file: errors of the adapter that name the path.
    """
    with pytest.raises(AdapterError, match="nowhere"):
        CsvLoanBook(tmp_path / "nowhere.csv")
    with pytest.raises(AdapterError):
        CsvLoanBook(tmp_path)
    with pytest.raises(AdapterError, match="write"):
        write_loan_book(tmp_path / "no folder" / "book.csv", [])


@pytest.mark.parametrize(
    ("line", "rows", "field", "value"),
    [
        pytest.param(3, [HEAD, {**DUE, "currency": "XYZ"}], "currency", "XYZ", id="unknown currency"),
        pytest.param(3, [HEAD, {**DUE, "currency": ""}], "currency", "", id="no currency"),
        pytest.param(3, [HEAD, {**DUE, "amount": "1,200.00"}], "amount", "1,200.00", id="separators"),
        pytest.param(3, [HEAD, {**DUE, "amount": "1.001"}], "amount", "1.001", id="excess decimals"),
        pytest.param(3, [HEAD, {**DUE, "amount": "1e3"}], "amount", "1e3", id="exponent"),
        pytest.param(3, [HEAD, {**DUE, "amount": "-1"}], "amount", kes("-1"), id="negative"),
        pytest.param(3, [HEAD, {**DUE, "amount": "0"}], "amount", kes("0"), id="zero"),
        pytest.param(3, [HEAD, {**DUE, "amount": "9" * 15}], "amount", kes("9" * 15), id="absurd"),
        pytest.param(3, [HEAD, {**DUE, "date": "01.03.2026"}], "date", "01.03.2026", id="another order"),
        pytest.param(3, [HEAD, {**DUE, "date": "20260301"}], "date", "20260301", id="without hyphens"),
        pytest.param(3, [HEAD, {**DUE, "date": "2026-02-30"}], "date", "2026-02-30", id="no such day"),
        pytest.param(3, [HEAD, {**DUE, "date": "0226-03-01"}], "due", dt.date(226, 3, 1), id="a slip of the pen"),
        pytest.param(3, [HEAD, {**DUE, "number": "one"}], "number", "one", id="number in words"),
        pytest.param(3, [HEAD, {**DUE, "number": "٣"}], "number", "٣", id="number in other digits"),
        pytest.param(3, [HEAD, {**DUE, "number": "0"}], "number", 0, id="number zero"),
        pytest.param(3, [HEAD, {**DUE, "component": "luck"}], "component", "luck", id="unknown component"),
        pytest.param(3, [HEAD, {**DUE, "entry": "gift"}], "entry", "gift", id="unknown entry"),
        pytest.param(3, [HEAD, {**DUE, "ref": "m-9"}], "ref", "m-9", id="a cell that is not used"),
        pytest.param(4, [HEAD, DUE, DUE], "number", 1, id="instalment twice"),
        pytest.param(4, [HEAD, DUE, {**DUE, "component": "fees"}], "number", 1, id="whole and in parts"),
        pytest.param(
            4,
            [HEAD, {**DUE, "component": "fees"}, {**DUE, "component": "costs", "date": "2026-03-02"}],
            "date",
            dt.date(2026, 3, 2),
            id="parts of two days",
        ),
        pytest.param(
            4,
            [HEAD, {**DUE, "component": "fees"}, {**DUE, "component": "fees"}],
            "components",
            ["fees", "fees"],
            id="a part twice",
        ),
        pytest.param(
            4,
            [HEAD, DUE, {**DUE, "number": "2", "date": "2026-02-15"}],
            "due",
            dt.date(2026, 2, 15),
            id="due dates out of order",
        ),
        pytest.param(
            3,
            [{**HEAD, "date": "2026-03-02"}, DUE],
            "due",
            dt.date(2026, 3, 1),
            id="due before the loan",
        ),
        pytest.param(
            4, [HEAD, DUE, {**PAID, "date": "2026-01-31"}], "on", dt.date(2026, 1, 31), id="paid before the loan"
        ),
        pytest.param(4, [HEAD, DUE, {**PAID, "ref": ""}], "ref", "", id="payment without ref"),
        pytest.param(5, [HEAD, DUE, PAID, PAID], "ref", "m-1", id="payment twice"),
        pytest.param(5, [HEAD, DUE, PAID, {**FEE, "ref": "m-1"}], "ref", "m-1", id="ref of a payment for a charge"),
        pytest.param(
            4, [HEAD, DUE, {**PAID, "currency": "UGX", "amount": "2"}], "currency", "UGX", id="currencies mix"
        ),
        pytest.param(
            4,
            [HEAD, DUE, {"loan": "ke-001", "entry": "reversal", "ref": "m-7", "date": "2026-03-09"}],
            "ref",
            "m-7",
            id="reversal of nothing",
        ),
        pytest.param(
            5,
            [HEAD, DUE, PAID, {"loan": "ke-001", "entry": "reversal", "ref": "m-1", "date": "2026-03-03"}],
            "on",
            dt.date(2026, 3, 3),
            id="reversal before the payment",
        ),
        pytest.param(
            4,
            [
                HEAD,
                DUE,
                {
                    "loan": "ke-001",
                    "entry": "allocation",
                    "ref": "m-7",
                    "number": "1",
                    "amount": "1",
                    "currency": "KES",
                },
            ],
            "ref",
            "m-7",
            id="allocation of nothing",
        ),
        pytest.param(
            5,
            [
                HEAD,
                DUE,
                PAID,
                {
                    "loan": "ke-001",
                    "entry": "allocation",
                    "ref": "m-1",
                    "number": "1",
                    "amount": "21",
                    "currency": "KES",
                },
            ],
            "allocation",
            kes("21"),
            id="more allocated than paid",
        ),
        pytest.param(4, [HEAD, DUE, {**FEE, "component": ""}], "component", "", id="charge without component"),
        pytest.param(3, [HEAD, HEAD, DUE], "loan", "ke-001", id="loan twice"),
        pytest.param(2, [DUE], "loan", "ke-001", id="no line of the loan"),
        pytest.param(2, [HEAD], "entry", "loan", id="no instalment"),
        pytest.param(2, [{**HEAD, "borrower": ""}, DUE], "borrower", "", id="no borrower"),
        pytest.param(3, [HEAD, {**DUE, "version": "2"}], "version", 2, id="version without its line"),
        pytest.param(
            4,
            [HEAD, DUE, {"loan": "ke-001", "entry": "reschedule", "version": "2", "date": "2026-03-20"}],
            "version",
            2,
            id="version without instalments",
        ),
        pytest.param(
            5,
            [
                HEAD,
                DUE,
                *[{"loan": "ke-001", "entry": "reschedule", "version": "1", "date": "2026-03-20"}] * 2,
            ],
            "version",
            1,
            id="version twice",
        ),
        pytest.param(
            4,
            [HEAD, DUE, {"loan": "ke-001", "entry": "status", "reason": "lost", "date": "2026-03-20"}],
            "reason",
            "lost",
            id="unknown status",
        ),
        pytest.param(
            5,
            [HEAD, DUE, *[{"loan": "ke-001", "entry": "stated", "number": "7", "date": "2026-03-08"}] * 2],
            "date",
            dt.date(2026, 3, 8),
            id="stated twice a day",
        ),
    ],
)
def test_a_bad_row_leaves_out_its_loan_alone(book, line, rows, field, value):
    """
    A line that cannot be used is listed with its number, its loan is left out, and the other loan is served.
    """
    opened = book([*rows, *SOUND])

    assert [(p.line, p.field, p.value, p.loan) for p in opened.problems] == [(line, field, value, "ke-001")]
    assert list(opened.changes(None)) == ["ke-002"]
    with pytest.raises(UnknownLoan, match=f"line {line} was refused"):
        opened.loan("ke-001")


def test_a_line_with_too_few_fields_names_its_loan(book):
    """
    A line of another length than the first is listed; where it says which loan it is of, that one is left out.
    """
    opened = book(
        f"{HEADER}\nke-001,b-17,loan,,,,,,,,,,\nke-001,,instalment\n"
        "ke-002,b-18,loan,,,,,,,,,,\nke-002,,instalment,,1,2026-03-01,,50,KES,,,,\n"
    )

    assert opened.problems == (BadRow(3, "fields", 3, "13 fields, as in the first line", "ke-001"),)
    assert list(opened.changes(None)) == ["ke-002"]


def test_a_line_of_no_loan_leaves_out_none(book):
    """
    A line that does not say which loan it is of is listed, and no loan is left out for it.
    """
    opened = book([*SOUND, {**DUE, "loan": ""}])

    assert str(opened.problems[0]) == "line 4: loan: '' is not accepted; expected the id of a loan"
    assert list(opened.changes(None)) == ["ke-002"]


def test_every_bad_line_is_listed_in_order(book):
    """
    Several bad lines are all listed, by line, also when they are of one loan.
    """
    opened = book([HEAD, {**DUE, "amount": "x"}, {**PAID, "date": "x"}, *SOUND, {**SOUND[1], "number": "x"}])

    assert [problem.line for problem in opened.problems] == [3, 4, 7]
    assert str(opened.problems[0]) == (
        "line 3: amount: 'x' is not accepted; expected plain decimal digits such as '1234.50', without separators or"
        " exponent (loan ke-001 left out)"
    )


def test_attributes_stand_on_the_line_of_the_loan(book):
    """
    An attribute on another line is refused: it would be lost.
    """
    opened = book(
        f"{HEADER},bank:branch\nke-001,b-17,loan,,,,,,,,,,,north\nke-001,,instalment,,1,2026-03-01,,120,KES,,,,,south\n"
    )

    assert [(problem.line, problem.field, problem.value) for problem in opened.problems] == [
        (3, "bank:branch", "south")
    ]


def test_a_quoted_line_end_does_not_shift_the_line_numbers(book):
    """
    A field over two lines is counted as two: problems below it are found at their place in an editor.
    """
    opened = book(
        f'{HEADER}\nke-001,b-17,loan,,,,,,,,,,\nke-001,,reschedule,2,,x,,,,,,,"a\nb"\nke-001,,gift,,,,,,,,,,\n'
    )

    assert [(problem.line, problem.field) for problem in opened.problems] == [(3, "date"), (5, "entry")]
