"""
Amounts of money: whole minor units of one ISO 4217 currency, never a float.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Annotated, ClassVar, Literal, Self

import attrs
import msgspec

from overdue_visit.errors import InvalidValue

LIMIT = 10**18
"""Largest magnitude in minor units: it fits a signed 64-bit column and no household loan comes near it."""

# ISO 4217 list one, minor units per currency (https://www.six-group.com/en/products-services/financial-information/
# data-standards.html, archived at https://web.archive.org/web/2024/). What is not named here has two decimals.
_NONE = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"
_TWO = """
AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP CRC CUP
CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR
KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN
PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD
TZS UAH USD UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG
"""
_THREE = "BHD IQD JOD KWD LYD OMR TND"
_FOUR = "CLF UYW"

CURRENCIES: dict[str, int] = {
    code: digits for digits, codes in ((0, _NONE), (2, _TWO), (3, _THREE), (4, _FOUR)) for code in codes.split()
}
"""Minor units (decimals) by ISO 4217 code."""

Residue = Literal["first", "last"]

_PLAIN_DECIMAL = re.compile(r"([+-]?)([0-9]+)(?:\.([0-9]+))?")


class Rounding(enum.StrEnum):
    """How a fraction of a minor unit becomes a whole one."""

    DOWN = "down"
    """Toward zero."""
    UP = "up"
    """Away from zero."""
    FLOOR = "floor"
    CEILING = "ceiling"
    HALF_UP = "half_up"
    """To the nearest, ties away from zero (四舍五入)."""
    HALF_EVEN = "half_even"
    """To the nearest, ties to the even neighbour."""


def divide(numerator: int, denominator: int, rounding: Rounding) -> int:
    """
    Divide two integers and round once.

    Raises:
        InvalidValue: If *denominator* is zero.
    """
    if denominator == 0:
        raise InvalidValue("denominator", denominator, "a number other than zero")
    if denominator < 0:
        numerator, denominator = -numerator, -denominator
    whole, rest = divmod(abs(numerator), denominator)
    negative = numerator < 0
    if rest and _rounds_away(whole, 2 * rest - denominator, negative, rounding):
        whole += 1
    return -whole if negative else whole


def _rounds_away(whole: int, over_half: int, negative: bool, rounding: Rounding) -> bool:
    match rounding:
        case Rounding.DOWN:
            return False
        case Rounding.UP:
            return True
        case Rounding.FLOOR:
            return negative
        case Rounding.CEILING:
            return not negative
        case Rounding.HALF_UP:
            return over_half >= 0
        case Rounding.HALF_EVEN:
            return over_half > 0 or (over_half == 0 and whole % 2 == 1)


def _digits(currency: object) -> int:
    if not isinstance(currency, str) or currency not in CURRENCIES:
        raise InvalidValue("currency", currency, "an ISO 4217 code in capitals, such as 'CNY' or 'KES'")
    return CURRENCIES[currency]


def _minor(amount: object, currency: str, digits: int) -> int:
    if isinstance(amount, Decimal):
        amount = format(amount, "f")
    if not isinstance(amount, str):
        raise InvalidValue(
            "amount", amount, f'a decimal string or Decimal; for minor units use Money.from_minor(1234, "{currency}")'
        )
    found = _PLAIN_DECIMAL.fullmatch(amount)
    if found is None:
        raise InvalidValue("amount", amount, "plain decimal digits such as '1234.50', without separators or exponent")
    sign, whole, fraction = found[1], found[2], found[3] or ""
    if len(fraction) > digits:
        raise InvalidValue("amount", amount, f"at most {digits} decimals for {currency}")
    if len(whole) > len(str(LIMIT)):
        raise InvalidValue("amount", amount, f"a magnitude of at most {LIMIT} minor units")
    minor = int(whole + fraction.ljust(digits, "0"))
    return -minor if sign == "-" else minor


def _bounded(minor: int) -> int:
    if type(minor) is not int or not -LIMIT <= minor <= LIMIT:
        raise InvalidValue("minor", minor, f"an int of at most {LIMIT} minor units")
    return minor


@attrs.frozen(init=False, repr=False, order=False)
class Money:
    """
    An exact amount: ``Money("12.34", "CNY")``.

    Equal when amount and currency are equal. Amounts of different currencies never mix.

    Args:
        amount: A decimal string or `Decimal` with no more decimals than the currency has; ``int`` and ``float`` are
            refused (see `from_minor`).

        currency: ISO 4217 code in capitals.

    Raises:
        InvalidValue: If the currency is unknown, the amount is not a plain decimal, has excess decimals, or is larger
            than `LIMIT`.
    """

    minor: int
    """Whole minor units, such as fen or cents."""
    currency: str
    """ISO 4217 code."""

    def __init__(self, amount: str | Decimal, currency: str) -> None:
        self.__attrs_init__(_bounded(_minor(amount, currency, _digits(currency))), currency)

    @classmethod
    def from_minor(cls, minor: int, currency: str) -> Self:
        """
        Take whole minor units: ``Money.from_minor(1234, "CNY")`` is 12.34 yuan.

        Raises:
            InvalidValue: If *minor* is not an ``int`` or too large, or the currency is unknown.
        """
        if type(currency) is not str or currency not in CURRENCIES:
            _digits(currency)
        money = cls.__new__(cls)
        money.__attrs_init__(_bounded(minor), currency)
        return money

    @classmethod
    def zero(cls, currency: str) -> Self:
        """
        Take nothing of *currency*.
        """
        return cls.from_minor(0, currency)

    @classmethod
    def total(cls, amounts: Iterable[Money], currency: str) -> Self:
        """
        Add any number of amounts of *currency*; none make zero.

        Raises:
            CurrencyMismatch: If one of them has another currency.
        """
        minor = 0
        for amount in amounts:
            if amount.currency != currency:
                raise CurrencyMismatch("currency", amount.currency, f"{currency}, as the other amounts have")
            minor += amount.minor
        return cls.from_minor(minor, currency)

    @property
    def decimal(self) -> Decimal:
        """The exact amount in major units."""
        digits = CURRENCIES[self.currency]
        return Decimal((int(self.minor < 0), tuple(map(int, str(abs(self.minor)))), -digits))

    def split(self, parts: int, *, residue: Residue = "last") -> tuple[Money, ...]:
        """
        Cut into *parts* equal amounts without losing a unit.

        Args:
            residue: Which part takes what does not divide: ``"first"`` or ``"last"``.

        Raises:
            InvalidValue: If *parts* is not a positive ``int`` or *residue* is unknown.
        """
        if type(parts) is not int or parts < 1:
            raise InvalidValue("parts", parts, "a whole number of at least 1")
        if residue not in ("first", "last"):
            raise InvalidValue("residue", residue, "'first' or 'last'")
        each = divide(self.minor, parts, Rounding.DOWN)
        amounts = [each] * parts
        amounts[0 if residue == "first" else -1] += self.minor - each * parts
        return tuple(Money.from_minor(minor, self.currency) for minor in amounts)

    def share(self, weights: Sequence[int]) -> tuple[Money, ...]:
        """
        Cut in proportion to *weights*; the residue goes to the largest weight, the first of equals.

        Raises:
            InvalidValue: If the weights are empty, negative, not ``int``, or all zero.
        """
        if not weights or any(type(w) is not int or w < 0 for w in weights) or sum(weights) == 0:
            raise InvalidValue("weights", weights, "whole numbers of at least 0, one of them positive")
        total = sum(weights)
        amounts = [divide(self.minor * weight, total, Rounding.DOWN) for weight in weights]
        amounts[weights.index(max(weights))] += self.minor - sum(amounts)
        return tuple(Money.from_minor(minor, self.currency) for minor in amounts)

    def _like(self, other: object) -> int:
        if not isinstance(other, Money):
            raise InvalidValue("amount", other, "Money")
        if other.currency != self.currency:
            raise CurrencyMismatch("currency", other.currency, f"{self.currency}, as the other amount has")
        return other.minor

    def __add__(self, other: Money) -> Money:
        return Money.from_minor(self.minor + self._like(other), self.currency)

    def __sub__(self, other: Money) -> Money:
        return Money.from_minor(self.minor - self._like(other), self.currency)

    def __neg__(self) -> Money:
        return Money.from_minor(-self.minor, self.currency)

    def __abs__(self) -> Money:
        return Money.from_minor(abs(self.minor), self.currency)

    def __mul__(self, times: int) -> Money:
        if type(times) is not int:
            raise InvalidValue("times", times, "an int; for fractions use Rate.of")
        return Money.from_minor(self.minor * times, self.currency)

    __rmul__ = __mul__

    def __lt__(self, other: Money) -> bool:
        return self.minor < self._like(other)

    def __le__(self, other: Money) -> bool:
        return self.minor <= self._like(other)

    def __gt__(self, other: Money) -> bool:
        return self.minor > self._like(other)

    def __ge__(self, other: Money) -> bool:
        return self.minor >= self._like(other)

    def __bool__(self) -> bool:
        return self.minor != 0

    def __str__(self) -> str:
        return f"{self.currency} {self.decimal:f}"

    def __repr__(self) -> str:
        return f"Money({f'{self.decimal:f}'!r}, {self.currency!r})"


# Amounts are read from a record by msgspec, past every constructor. Told so, it checks them itself, in a quarter of the
# time that a check written in Python takes: a snapshot holds dozens of amounts.
Money.__annotations__.update(
    minor=Annotated[int, msgspec.Meta(ge=-LIMIT, le=LIMIT)], currency=Literal[tuple(CURRENCIES)]
)


@attrs.frozen
class CurrencyMismatch(InvalidValue):
    """Amounts of two currencies met; convert them before."""

    code: ClassVar[str] = "currency_mismatch"
