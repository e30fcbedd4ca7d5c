"""
Close of business: the night that observes every loan and queues the notices that need nobody.
"""

from __future__ import annotations

from datetime import date, timedelta

import attrs
import pytest

from overdue_visit import AdapterError, AssignOfficer, CloseCase, InvalidValue
from overdue_visit.adapters.csv_loan_book import write_loan_book
from overdue_visit.adapters.memory_loan_book import MemoryLoanBook
from overdue_visit.desk.close_of_business import RunDateInFuture
from overdue_visit.policy import village
from tests.desk.test_commands import Overtaken
from tests.desk.world import DUE, Post, assert_sound, desk_on, kes, kinds, loan_of, rows_of

BOOKED = date(2026, 3, 8)


def book_of(*loans):
    """
    Return a loan book of these loans.
    """
    return MemoryLoanBook(loans)


def test_a_night_opens_cases_and_queues_notices(clock, store):
    """
    Loans past due get a case and the notice of the day; the others are left in peace.
    """
    book = book_of(loan_of("ke-1"), loan_of("ke-2", due=date(2026, 3, 5)), loan_of("ke-3", due=date(2026, 4, 1)))
    desk = desk_on(store, clock, policy=village().with_changes({"notices.reminder_day": (4, "a test")}))

    report = desk.close_of_business(book)

    assert (report.on, report.opened) == (BOOKED, ("ke-1/1", "ke-2/1"))
    assert report.facts == {"case_opened": 2, "notice_queued": 1}
    assert kinds(desk, "ke-1/1") == ["case_opened", "notice_queued"]
    assert kinds(desk, "ke-2/1") == ["case_opened"]
    assert str(report).startswith("2026-03-08: ")
    assert_sound(desk, store)


def test_the_second_run_of_a_day_yields_nothing(desk, store):
    """
    The same night run twice records nothing the second time, also after the relay sent its notices.
    """
    book = book_of(*(loan_of(f"ke-{n}", due=DUE - timedelta(days=n)) for n in range(12)))
    desk.close_of_business(book)
    rows = rows_of(store)
    second = desk.close_of_business(book)
    desk.relay()
    third = desk.close_of_business(book)

    assert (second.facts, third.facts) == ({}, {})
    assert (second.opened, second.refused, second.looked_at) == ((), (), 12)
    assert [row.version for row in rows] == [2] * 12


def test_a_dry_run_saves_nothing_and_reports_the_same(desk, store):
    """
    A dry run counts exactly what the real run then records.
    """
    loans = [loan_of(f"ke-{n}", due=DUE - timedelta(days=n)) for n in range(5)]
    desk.close_of_business(book_of(*loans[:3]))
    book = book_of(loans[0].pay(kes(120), on=date(2026, 3, 7), ref="m-1"), *loans[1:])
    before = rows_of(store)

    dry = desk.close_of_business(book, dry_run=True)

    assert rows_of(store) == before
    assert "dry run" in str(dry)
    real = desk.close_of_business(book)
    assert attrs.evolve(dry, dry_run=False) == real
    assert real.facts["recovered"] == 1


def test_a_missed_day_is_made_up_for(clock, store):
    """
    After nights that never ran one night leads to what all of them would have led to.
    """
    late, punctual = desk_on(store, clock), desk_on(type(store)(), clock)
    book = book_of(loan_of("ke-1", later=[date(2026, 3, 12)]))
    late.close_of_business(book, on=BOOKED)
    for day in range(8, 21):
        punctual.close_of_business(book, on=min(date(2026, 3, day), BOOKED + timedelta(days=day - 8)))
        clock.advance(days=1)

    report = late.close_of_business(book, on=date(2026, 3, 20))

    assert report.facts == {"ledger_observed": 1}
    assert late.case("ke-1/1").observation.position == punctual.case("ke-1/1").observation.position
    assert late.case("ke-1/1").state == punctual.case("ke-1/1").state


def test_a_payment_on_a_missed_day_is_seen_by_the_next_run(desk, clock):
    """
    A loan that was paid up on a day without a run is no candidate of the next day, and its case recovers all the same.
    """
    desk.close_of_business(book_of(loan_of()))
    paid = loan_of().pay(kes(120), on=date(2026, 3, 9), ref="m-1")
    clock.advance(days=2)

    report = desk.close_of_business(book_of(paid))

    assert list(book_of(paid).candidates(date(2026, 3, 10))) == []
    assert report.facts["recovered"] == 1


def test_an_earlier_business_date_is_refused_per_loan(desk, clock):
    """
    A run for a day before one that a case has seen lists that case and looks at the others.
    """
    book = book_of(loan_of("ke-1"), loan_of("ke-2", due=date(2026, 3, 4)))
    desk.observe(book.loan("ke-1"))

    report = desk.close_of_business(book, on=date(2026, 3, 6))

    assert [loan for loan, _ in report.refused] == ["ke-1"]
    assert report.opened == ("ke-2/1",)


def test_a_date_that_has_not_come_is_refused(desk):
    """
    A night is run for today or an earlier day.
    """
    with pytest.raises(RunDateInFuture):
        desk.close_of_business(book_of(loan_of()), on=date(2026, 3, 9))


def test_bad_rows_are_listed_with_their_lines(desk, tmp_path):
    """
    In a CSV book the good loans run and the bad lines are named.
    """
    path = tmp_path / "loans.csv"
    write_loan_book(path, [loan_of("ke-1"), loan_of("ke-2"), loan_of("ke-3")])
    lines = path.read_text(encoding="utf-8").splitlines()
    bad = next(number for number, line in enumerate(lines, 1) if "ke-2" in line and "instalment" in line)
    lines[bad - 1] = lines[bad - 1].replace("120.00", "120.001")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")

    report = desk.close_of_business(path)

    assert report.opened == ("ke-1/1", "ke-3/1")
    assert [(row.line, row.field, row.loan) for row in report.bad_rows] == [(bad, "amount", "ke-2")]
    assert f"line {bad}" in str(report)


def test_a_file_that_is_no_book_is_refused(desk, tmp_path):
    """
    An empty file and one that is not there are refused as a whole.
    """
    (tmp_path / "empty.csv").touch()

    with pytest.raises(InvalidValue):
        desk.close_of_business(tmp_path / "empty.csv")
    with pytest.raises(AdapterError):
        desk.close_of_business(str(tmp_path / "missing.csv"))


def test_an_open_case_whose_loan_left_the_book_is_listed(desk, clock):
    """
    A case due for a look whose loan the book no longer has is named, and the others go on.
    """
    desk.close_of_business(book_of(loan_of("ke-1"), loan_of("ke-2")))
    clock.advance(days=1)

    report = desk.close_of_business(book_of(loan_of("ke-2")))

    assert [loan for loan, _ in report.refused] == ["ke-1"]
    assert "ke-1" in str(report)


def test_progress_tells_every_loan(desk):
    """
    The progress callback counts up to the number of loans looked at.
    """
    seen = []
    desk.close_of_business(book_of(*(loan_of(f"ke-{n}") for n in range(4))), progress=seen.append)

    assert seen == [1, 2, 3, 4]


def test_a_case_changed_during_the_night_is_decided_again(store, clock):
    """
    Somebody else's act in the middle of the night stands, and the night's facts follow it.
    """
    other = desk_on(store, clock)
    book = book_of(*(loan_of(f"ke-{n}") for n in range(3)))
    for loan_id in ("ke-0", "ke-1", "ke-2"):
        other.observe(book.loan(loan_id))
    behind = Overtaken(store, 1, lambda: other.do("ke-1/1", AssignOfficer("officer:7")))

    report = desk_on(behind, clock).close_of_business(book)

    assert report.facts == {"notice_queued": 3}
    assert kinds(other, "ke-1/1") == ["case_opened", "officer_assigned", "notice_queued"]
    assert_sound(other, store)


def test_a_night_larger_than_one_save(desk, store):
    """
    Four hundred and one loans are opened and served, page after page.
    """
    book = book_of(*(loan_of(f"ke-{n:03}") for n in range(401)))

    report = desk.close_of_business(book)

    assert (len(report.opened), report.facts["notice_queued"]) == (401, 401)
    assert len(rows_of(store)) == 401


def test_a_closed_case_is_followed_by_the_next_episode(desk, store, clock):
    """
    A loan behind whose case was closed gets a new case with the next number.
    """
    book = book_of(loan_of())
    desk.do(desk.observe(book.loan("ke-001")), CloseCase("opened_in_error"))

    report = desk.close_of_business(book)

    assert report.opened == ("ke-001/2",)
    assert desk.case("ke-001/2").episode == 2
    assert_sound(desk, store)


def test_every_fact_carries_the_books_mark(desk):
    """
    What the night observed names the state of the book that it read.
    """
    book = book_of(loan_of())
    desk.close_of_business(book)

    assert desk.history("ke-001/1")[0].header.mark == book.mark()


def test_a_late_run_takes_its_steps_in_order(store, clock):
    """
    With the policy that takes all steps in order, the reminder that came too late is written off unsent.
    """
    policy = village().with_changes({"late_run": ("all_in_order_last_notice_sent", "a test")})
    post = Post()
    desk = desk_on(store, clock, post, policy=policy)

    desk.close_of_business(book_of(loan_of()))
    desk.relay()

    queued = [entry.fact for entry in desk.history("ke-001/1") if entry.header.kind == "notice_queued"]
    assert [fact.notice for fact in queued] == ["reminder", "visit"]
    assert kinds(desk, "ke-001/1")[:4] == ["case_opened", "notice_queued", "notice_withheld", "notice_queued"]
    assert len(post.taken) == 1
    assert_sound(desk, store)
