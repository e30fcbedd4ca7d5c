import pickle
from decimal import Decimal

import msgspec
import pytest

from overdue_visit.errors import InvalidValue
from overdue_visit.money import CURRENCIES, LIMIT, CurrencyMismatch, Money, Rounding, divide


def test_an_amount_is_read_as_written():
    """
    A decimal string or Decimal becomes whole minor units; trailing zeros may be left out, a sign may be written.
    """
    assert Money("12.34", "CNY").minor == 1234
    assert Money("12.3", "CNY") == Money("12.30", "CNY") == Money(Decimal("12.30"), "CNY") == Money("+12.3", "CNY")
    assert Money("-0.05", "CNY").minor == -5
    assert Money(Decimal("1E+2"), "CNY").minor == 10_000


@pytest.mark.parametrize(
    ("currency", "minor"), [("JPY", 12), ("UGX", 12), ("CNY", 1200), ("KES", 1200), ("KWD", 12000), ("CLF", 120_000)]
)
def test_each_currency_has_its_own_minor_units(currency, minor):
    """
    ISO 4217 list one: the yen and the Uganda shilling have no decimals, the Kuwaiti dinar three, the UF four.
    """
    assert Money("12", currency).minor == minor


@pytest.mark.parametrize(
    ("amount", "currency", "field"),
    [
        (1234, "CNY", "amount"),
        (12.34, "CNY", "amount"),
        (True, "CNY", "amount"),
        (None, "CNY", "amount"),
        ("", "CNY", "amount"),
        ("1,234.50", "CNY", "amount"),
        ("1_000", "CNY", "amount"),
        ("1e3", "CNY", "amount"),
        (" 1", "CNY", "amount"),
        ("1\n", "CNY", "amount"),
        (".5", "CNY", "amount"),
        ("1.", "CNY", "amount"),
        ("١٢", "CNY", "amount"),
        ("1.001", "CNY", "amount"),
        ("1.5", "JPY", "amount"),
        ("nan", "CNY", "amount"),
        (Decimal("NaN"), "CNY", "amount"),
        (Decimal("Infinity"), "CNY", "amount"),
        ("9" * 20, "CNY", "amount"),
        ("9" * 17 + ".99", "CNY", "minor"),
        ("1", "XYZ", "currency"),
        ("1", "cny", "currency"),
        ("1", None, "currency"),
    ],
)
def test_what_is_no_amount_is_refused(amount, currency, field):
    """
    Floats, ints, separators, exponents, excess decimals, unknown currencies and absurd amounts are refused by name.
    """
    with pytest.raises(InvalidValue) as refusal:
        Money(amount, currency)

    assert refusal.value.field == field
    assert refusal.value.value is not None or None in (amount, currency)


def test_an_int_is_told_where_to_go():
    """
    The refusal of an int names the way to give minor units.
    """
    with pytest.raises(InvalidValue, match=r'Money.from_minor\(1234, "KES"\)'):
        Money(1234, "KES")


@pytest.mark.parametrize("minor", [1.0, "1", True, None, LIMIT + 1, -LIMIT - 1])
def test_minor_units_are_whole_and_within_the_limit(minor):
    """
    Minor units are an int, not a bool, of at most the limit either way.
    """
    with pytest.raises(InvalidValue) as refusal:
        Money.from_minor(minor, "CNY")

    assert (refusal.value.field, refusal.value.value) == ("minor", minor)
    assert Money.from_minor(LIMIT, "CNY").minor == LIMIT
    assert Money.from_minor(-LIMIT, "CNY").minor == -LIMIT


@pytest.mark.parametrize(
    ("currency", "minor"),
    [
        ('"KEX"', "1"),
        ('"kes"', "1"),
        ("1", "1"),
        ('"KES"', str(LIMIT + 1)),
        ('"KES"', str(-LIMIT - 1)),
        ('"KES"', "1" + "0" * 40),
        ('"KES"', "1.5"),
        ('"KES"', "true"),
        ('"KES"', '"1"'),
    ],
)
def test_an_amount_read_from_json_is_checked_like_any_other(currency, minor):
    """
    The decoder of stored facts, which passes every constructor, refuses unknown currencies and impossible amounts.
    """
    with pytest.raises(msgspec.ValidationError):
        msgspec.json.decode(f'{{"currency":{currency},"minor":{minor}}}', type=Money)

    for limit in (LIMIT, -LIMIT):
        read = msgspec.json.decode(f'{{"currency":"KES","minor":{limit}}}', type=Money)
        assert read == Money.from_minor(limit, "KES")


def test_currencies_never_mix():
    """
    Adding, subtracting, comparing or summing two currencies is refused, naming both.
    """
    yuan, shilling = Money("1", "CNY"), Money("1", "KES")
    for mixed in (
        lambda: yuan + shilling,
        lambda: yuan - shilling,
        lambda: yuan < shilling,
        lambda: yuan <= shilling,
        lambda: yuan > shilling,
        lambda: yuan >= shilling,
        lambda: Money.total([shilling], "CNY"),
    ):
        with pytest.raises(CurrencyMismatch, match=r"KES.*CNY"):
            mixed()

    assert yuan != shilling


def test_money_is_not_added_to_a_number():
    """
    A number is no amount: adding or comparing it is refused; multiplying takes an int only.
    """
    one = Money("1", "CNY")
    for wrong in (lambda: one + 1, lambda: one - 1, lambda: one < 1):
        with pytest.raises(InvalidValue) as refusal:
            wrong()
        assert (refusal.value.field, refusal.value.value) == ("amount", 1)
    for times in (1.5, True, None):
        with pytest.raises(InvalidValue) as refusal:
            one * times
        assert (refusal.value.field, refusal.value.value) == ("times", times)

    assert one * 3 == 3 * one == Money("3", "CNY")


def test_a_sum_beyond_the_limit_is_refused():
    """
    Arithmetic does not leave the limit silently.
    """
    with pytest.raises(InvalidValue):
        Money.from_minor(LIMIT, "CNY") + Money.from_minor(1, "CNY")


def test_amounts_compare_sign_and_truth():
    """
    Amounts of a currency are ordered; zero is false; abs and minus do what they say.
    """
    small, large = Money("1", "CNY"), Money("2", "CNY")

    assert small < large
    assert small <= large
    assert large > small
    assert large >= small
    assert not small > large
    assert not small >= large
    assert small <= Money("1", "CNY")
    assert small >= Money("1", "CNY")
    assert not small < Money("1", "CNY")
    assert not small > Money("1", "CNY")
    assert abs(-large) == large
    assert bool(small)
    assert not Money.zero("CNY")
    assert Money.total([small, large], "CNY") == Money("3", "CNY")
    assert Money.total([], "CNY") == Money.zero("CNY")


def test_splitting_says_where_the_residue_goes():
    """
    100.00 in three parts: the last part takes the odd fen, or the first when asked.
    """
    hundred = Money("100.00", "CNY")

    assert [part.minor for part in hundred.split(3)] == [3333, 3333, 3334]
    assert [part.minor for part in hundred.split(3, residue="first")] == [3334, 3333, 3333]
    assert hundred.split(1) == (hundred,)


@pytest.mark.parametrize(
    ("parts", "residue", "named"),
    [
        (0, "last", ("parts", 0)),
        (-1, "last", ("parts", -1)),
        (1.5, "last", ("parts", 1.5)),
        (True, "last", ("parts", True)),
        (2, "middle", ("residue", "middle")),
    ],
)
def test_a_split_needs_a_number_of_parts(parts, residue, named):
    """
    Splitting into no, negative or fractional parts, or with an unknown residue, is refused by name and value.
    """
    with pytest.raises(InvalidValue) as refusal:
        Money("1", "CNY").split(parts, residue=residue)

    assert (refusal.value.field, refusal.value.value) == named


def test_sharing_gives_the_residue_to_the_largest_weight():
    """
    1.00 by 1:2:2 is 20, 40, 40; of 1.01 the odd fen goes to the first of the largest.
    """
    assert [part.minor for part in Money("1.00", "CNY").share([1, 2, 2])] == [20, 40, 40]
    assert [part.minor for part in Money("1.01", "CNY").share([1, 2, 2])] == [20, 41, 40]
    assert [part.minor for part in Money("1.00", "CNY").share([0, 1])] == [0, 100]


@pytest.mark.parametrize("weights", [[], [0, 0], [-1, 2], [1.0, 2], [True, 2]])
def test_weights_are_whole_and_not_all_zero(weights):
    """
    Sharing by no weights, negative ones, fractions or only zeros is refused.
    """
    with pytest.raises(InvalidValue) as refusal:
        Money("1", "CNY").share(weights)

    assert (refusal.value.field, refusal.value.value) == ("weights", weights)


# The table of IEEE 754-2019, 4.3, with floor and ceiling as its roundings toward negative and positive; half up is the
# everyday 四舍五入 of GB/T 8170, applied to the magnitude.
@pytest.mark.parametrize(
    ("tenths", "down", "up", "floor", "ceiling", "half_up", "half_even"),
    [
        (25, 2, 3, 2, 3, 3, 2),
        (35, 3, 4, 3, 4, 4, 4),
        (24, 2, 3, 2, 3, 2, 2),
        (26, 2, 3, 2, 3, 3, 3),
        (20, 2, 2, 2, 2, 2, 2),
        (0, 0, 0, 0, 0, 0, 0),
        (-25, -2, -3, -3, -2, -3, -2),
        (-24, -2, -3, -3, -2, -2, -2),
        (-26, -2, -3, -3, -2, -3, -3),
    ],
)
def test_division_rounds_as_it_says(tenths, down, up, floor, ceiling, half_up, half_even):
    """
    Each way of rounding treats halves, signs and exact quotients as its name says, whichever operand has the sign.
    """
    expected = [down, up, floor, ceiling, half_up, half_even]

    assert [divide(tenths, 10, rounding) for rounding in Rounding] == expected
    assert [divide(-tenths, -10, rounding) for rounding in Rounding] == expected


def test_the_nearest_is_taken_by_the_smallest_margin():
    """
    Two thirds are one, a third is nothing: over an odd denominator no tie exists, however the mode rounds ties.
    """
    for nearest in (Rounding.HALF_UP, Rounding.HALF_EVEN):
        assert [divide(numerator, 3, nearest) for numerator in (1, 2, 4, 5, -1, -2)] == [0, 1, 1, 2, 0, -1]


def test_the_largest_amount_can_be_written():
    """
    An amount of exactly the limit is accepted, a unit more is not.
    """
    assert Money(str(LIMIT), "JPY").minor == LIMIT
    with pytest.raises(InvalidValue):
        Money(str(LIMIT + 1), "JPY")


def test_division_by_zero_is_refused():
    """
    A zero denominator is malformed, not infinite.
    """
    with pytest.raises(InvalidValue) as refusal:
        divide(1, 0, Rounding.DOWN)

    assert (refusal.value.field, refusal.value.value) == ("denominator", 0)


def test_amounts_are_shown_in_full():
    """
    An amount shows its currency and every decimal; its repr makes it again.
    """
    amount = Money("-1234.50", "CNY")

    assert str(amount) == "CNY -1234.50"
    assert repr(amount) == "Money('-1234.50', 'CNY')"
    assert (str(Money("7", "JPY")), str(Money("0.001", "KWD"))) == ("JPY 7", "KWD 0.001")
    assert amount.decimal == Decimal("-1234.50")


def test_amounts_pickle_and_hash():
    """
    An amount goes through pickle unchanged and is a key like its equal.
    """
    amount = Money("12.34", "CNY")

    assert pickle.loads(pickle.dumps(amount)) == amount
    assert {amount: 1}[Money("12.34", "CNY")] == 1


def test_every_currency_is_listed_once():
    """
    The table of minor units has capital three-letter codes, with none to four decimals.
    """
    assert all(len(code) == 3 and code.isascii() and code.isupper() for code in CURRENCIES)
    assert set(CURRENCIES.values()) == {0, 2, 3, 4}
    assert len(CURRENCIES) > 150
