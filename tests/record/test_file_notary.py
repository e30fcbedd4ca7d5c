"""
The file notary gives back what was deposited, or says that it cannot.
"""

import datetime as dt
import itertools

import pytest

from overdue_visit.adapters.file_notary import FileNotary
from overdue_visit.errors import AdapterError, InvalidValue
from overdue_visit.ports.notary import DepositDamaged
from overdue_visit.record.seal import Deposit, Leaf

AT = dt.datetime(2026, 3, 8, 22, tzinfo=dt.UTC)


def leaves(count=5, *, version=1):
    """
    Return the heads of so many cases.
    """
    return [Leaf("lender", f"loan-{number}/1", version, bytes([number]) * 32) for number in range(count)]


def read_everything(notary):
    """
    Read every deposit with its leaves.
    """
    return [list(notary.leaves(deposit)) for deposit in notary.deposits()]


@pytest.fixture
def notary(tmp_path):
    """
    A notary with two deposits.
    """
    made = FileNotary(tmp_path / "safe")
    made.deposit(leaves(), at=AT)
    made.deposit(leaves(7, version=2), at=AT + dt.timedelta(days=1))
    return made


def test_deposits_are_given_back(notary, tmp_path):
    """
    Another notary over the same folder gives back both deposits with their leaves.
    """
    again = FileNotary(tmp_path / "safe")

    first, second = again.deposits()

    assert [(one.size, one.at) for one in (first, second)] == [(5, AT), (7, AT + dt.timedelta(days=1))]
    assert list(again.leaves(first)) == leaves()
    assert list(again.leaves(second)) == leaves(7, version=2)


def test_an_empty_folder_has_no_deposits(tmp_path):
    """
    A notary that never got a deposit has none, and nothing is made by asking.
    """
    assert FileNotary(tmp_path / "safe").deposits() == ()
    assert not (tmp_path / "safe").exists()


def test_a_deposit_of_no_cases_is_kept(tmp_path):
    """
    An empty store can be sealed too.
    """
    notary = FileNotary(tmp_path)
    deposit = notary.deposit([], at=AT)

    assert notary.deposits() == (deposit,)
    assert list(notary.leaves(deposit)) == []


def test_leaves_are_written_as_they_come(tmp_path):
    """
    Leaves are taken from any iterator, once.
    """
    numbers = itertools.count()
    endless = (Leaf("lender", f"{number:09}", 1, b"h" * 32) for number in numbers)

    deposit = FileNotary(tmp_path).deposit(itertools.islice(endless, 2000), at=AT)

    assert deposit.size == next(numbers) == 2000


@pytest.mark.parametrize("line", [0, 1])
def test_a_changed_line_is_found(notary, tmp_path, line):
    """
    A seal whose root was exchanged is found: in the line after it, or against its leaves.
    """
    file = tmp_path / "safe" / "seals.jsonl"
    lines = file.read_bytes().splitlines(keepends=True)
    other = b'"root":"' + b"0" * 64
    start = lines[line].index(b'"root":"')
    lines[line] = lines[line][:start] + other + lines[line][start + len(other) :]
    file.write_bytes(b"".join(lines))

    with pytest.raises(DepositDamaged):
        read_everything(notary)


@pytest.mark.parametrize(
    "damage", [lambda lines: lines[1:], lambda lines: lines[::-1], lambda lines: [b"{}\n", *lines]]
)
def test_a_missing_or_added_line_is_found(notary, tmp_path, damage):
    """
    Lines taken out, exchanged or put in are found.
    """
    file = tmp_path / "safe" / "seals.jsonl"
    file.write_bytes(b"".join(damage(file.read_bytes().splitlines(keepends=True))))

    with pytest.raises(DepositDamaged):
        notary.deposits()


@pytest.mark.parametrize("damage", [b"", b'{"x": 1}\n', b"\xff\n", None])
def test_changed_leaves_are_found(notary, tmp_path, damage):
    """
    Leaves that are missing, cut or exchanged are found at the latest when all are read.
    """
    file = tmp_path / "safe" / "leaves-000001.jsonl"
    if damage is None:
        file.unlink()
    else:
        file.write_bytes(damage)

    with pytest.raises(DepositDamaged):
        list(notary.leaves(notary.deposits()[0]))


def test_exchanged_leaves_are_found(notary, tmp_path):
    """
    One digit of one head is enough.
    """
    file = tmp_path / "safe" / "leaves-000002.jsonl"
    file.write_bytes(file.read_bytes().replace(b'"head":"03', b'"head":"13', 1))

    with pytest.raises(DepositDamaged, match="root"):
        list(notary.leaves(notary.deposits()[1]))


def test_an_unknown_deposit_is_refused(notary):
    """
    Leaves are given for deposits kept here only.
    """
    with pytest.raises(DepositDamaged):
        notary.leaves(Deposit(b"0" * 32, 5, AT))


def test_an_interrupted_deposit_leaves_no_trace(notary, tmp_path):
    """
    A line without its end was never returned: it is not read, and the next deposit takes its place.
    """
    file = tmp_path / "safe" / "seals.jsonl"
    file.write_bytes(file.read_bytes() + b'{"at":"2026-03-1')

    assert len(notary.deposits()) == 2
    third = notary.deposit(leaves(), at=AT)
    assert notary.deposits()[2] == third
    assert list(notary.leaves(third)) == leaves()


def test_leaves_out_of_order_leave_no_deposit(notary):
    """
    A deposit that is refused is not kept.
    """
    with pytest.raises(InvalidValue):
        notary.deposit(leaves()[::-1], at=AT)
    assert len(notary.deposits()) == 2


def test_a_naive_instant_is_refused(notary):
    """
    A deposit's instant names its offset.
    """
    with pytest.raises(InvalidValue):
        notary.deposit(leaves(), at=dt.datetime(2026, 3, 8))


def test_a_folder_that_is_a_file_is_refused(tmp_path):
    """
    What the operating system refuses arrives as the port's error, naming the file and no folder.
    """
    (tmp_path / "safe").write_text("")

    with pytest.raises(AdapterError) as refusal:
        FileNotary(tmp_path / "safe").deposit(leaves(), at=AT)
    assert str(tmp_path) not in str(refusal.value)
