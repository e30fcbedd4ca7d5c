"""
Tables that a borrower can read, in English and Chinese.
"""

import datetime as dt
import string

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from overdue_visit.errors import InvalidValue
from overdue_visit.money import Money
from overdue_visit.repayment.flows import Flow
from overdue_visit.repayment.row import rows_of
from overdue_visit.repayment.schedule import Schedule
from overdue_visit.repayment.table import Table, offer_table, schedule_table
from overdue_visit.repayment.texts import EN, TEXTS, ZH, width

DUES = (dt.date(2026, 9, 1), dt.date(2026, 10, 1))
PLAN = Schedule(
    kind="level",
    currency="CNY",
    drawn=dt.date(2026, 8, 1),
    opening=Money("2000", "CNY"),
    rows=rows_of(
        "CNY",
        DUES,
        payments=[101_200, 101_206],
        interests=[1200, 606],
        principals=[100_000, 100_600],
        balances=[100_000, 0],
    ),
)
OFFER = (Flow(DUES[0], Money("120", "CNY")), Flow(DUES[1], Money("1130.50", "CNY")))

ENGLISH = """\
Amounts in CNY
No.  Due           To pay  Principal  Interest  Still owed
---  ----------  --------  ---------  --------  ----------
  1  2026-09-01  1,012.00   1,000.00     12.00    1,000.00
  2  2026-10-01  1,012.06   1,006.00      6.06        0.00
---  ----------  --------  ---------  --------  ----------
     Total       2,024.06   2,006.00     18.06
"""

CHINESE = """\
金额单位：元
期数  还款日         应还金额      本金   利息  剩余本金
----  -------------  --------  --------  -----  --------
   1  2026年9月1日   1,012.00  1,000.00  12.00  1,000.00
   2  2026年10月1日  1,012.06  1,006.00   6.06      0.00
----  -------------  --------  --------  -----  --------
      合计           2,024.06  2,006.00  18.06
"""

MARKDOWN = """\
Amounts in CNY

| No. | Due        |       To pay | Of it arrears | Still to pay |
| --: | ---------- | -----------: | ------------: | -----------: |
|   1 | 2026-09-01 |       120.00 |         20.00 |     1,130.50 |
|   2 | 2026-10-01 |     1,130.50 |          0.00 |         0.00 |
|     | **Total**  | **1,250.50** |     **20.00** |              |
"""


@pytest.mark.parametrize(("language", "wanted"), [("en", ENGLISH), ("zh", CHINESE), ("zh-Hans-CN", CHINESE)])
def test_a_schedule_prints_as_a_table(language, wanted):
    """
    Amounts stand under each other, with a row of sums, in the reader's language.
    """
    assert schedule_table(PLAN, language=language).text() == wanted


def test_an_offer_prints_as_markdown_with_its_part_for_arrears():
    """
    Dated instalments say what is for arrears and what is left to pay.
    """
    table = offer_table(OFFER, arrears_parts=[Flow(DUES[0], Money("20", "CNY"))])

    assert table.markdown() == MARKDOWN


def test_columns_of_nothing_are_left_out():
    """
    Fees, late interest and additions have a column only where there are any.
    """
    plain = schedule_table(PLAN).headings
    with_all = attrs.evolve(
        PLAN,
        rows=rows_of(
            "CNY",
            DUES[:1],
            payments=[3],
            interests=[0],
            principals=[0],
            balances=[9],
            fees=[1],
            penalties=[2],
            capitalised=[9],
        ),
    )

    assert plain == ("No.", "Due", "To pay", "Principal", "Interest", "Still owed")
    assert schedule_table(with_all).headings == (
        *plain[:5],
        "Fees",
        "Late interest",
        "Added to the debt",
        "Still owed",
    )


def test_a_hosts_own_words_win():
    """
    A heading is the host's where the host has one; a bar in it stays a character.
    """
    table = offer_table(OFFER, texts={"column.payment": "Kulipa | KES"})

    assert table.headings == ("No.", "Due", "Kulipa | KES", "Still to pay")
    assert r"Kulipa \| KES" in table.markdown()


def test_other_currencies_keep_their_code_and_decimals():
    """
    Yen have no decimals, and only yuan have a Chinese name here.
    """
    table = offer_table([Flow(DUES[0], Money("12000", "JPY"))], language="zh")

    assert table.caption == "金额单位：JPY"
    assert table.rows == (("1", "2026年9月1日", "12,000", "0"),)


cells = st.text(string.ascii_letters + "0123456789一二三期还款，", min_size=1, max_size=8)


@given(data=st.data(), columns=st.integers(1, 5), count=st.integers(0, 5))
def test_all_lines_are_of_one_width(data, columns, count):
    """
    Columns line up whatever mixture of Latin and Chinese characters they hold.
    """
    row = st.tuples(*[cells] * columns)
    table = Table(
        caption="",
        headings=data.draw(row),
        right=tuple(data.draw(st.booleans()) for _ in range(columns)),
        rows=tuple(data.draw(row) for _ in range(count)),
        total=data.draw(st.just(()) | row),
    )

    marked = [width(line) for line in table.markdown().splitlines()[2:]]
    plain = table.text().splitlines()[1:]
    assert len(set(marked)) == 1
    assert max(map(width, plain)) == width(plain[1]) == sum(map(width, plain[1].split())) + 2 * (columns - 1)
    assert not any(line.endswith(" ") for line in plain)


def test_the_width_of_a_text():
    """
    A Chinese character takes two columns, a combining mark none.
    """
    assert [width(each) for each in ("abc", "还款日", "2026年", "e\u0301", "（）", "")] == [3, 6, 6, 1, 4, 0]


def test_both_languages_have_the_same_words():
    """
    Every code has words in every shipped language, with the same values in them.
    """
    assert EN.keys() == ZH.keys()
    for code, text in EN.items():
        names = {name for _, name, _, _ in string.Formatter().parse(text) if name}
        assert names == {name for _, name, _, _ in string.Formatter().parse(ZH[code]) if name}
    assert list(TEXTS) == ["en", "zh"]


@pytest.mark.parametrize(
    ("make", "field"),
    [
        (lambda: schedule_table(PLAN, language="fr"), "language"),
        (lambda: schedule_table(PLAN, language=None), "language"),
        (lambda: offer_table([]), "flows"),
        (lambda: Table(caption="", headings=("a",), right=(True,), rows=(("a", "b"),)), "rows"),
        (lambda: Table(caption="", headings=("a",), right=(True, False), rows=()), "rows"),
    ],
)
def test_bad_values_are_named(make, field):
    """
    A malformed value is refused by its name.
    """
    with pytest.raises(InvalidValue) as refusal:
        make()

    assert refusal.value.field == field
