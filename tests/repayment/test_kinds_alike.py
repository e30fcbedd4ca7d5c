"""What holds for every kind of schedule alike."""

import copy
import datetime as dt
import decimal
import pickle
from fractions import Fraction
from functools import partial

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from overdue_visit.errors import InvalidValue
from overdue_visit.money import Money
from overdue_visit.rate import Rate
from overdue_visit.repayment import periods
from overdue_visit.repayment.adjustable import Reset, adjustable
from overdue_visit.repayment.balloon import amortised_over, balloon
from overdue_visit.repayment.bullet import bullet
from overdue_visit.repayment.changing_interest import RateChange
from overdue_visit.repayment.equal_principal import equal_principal
from overdue_visit.repayment.fees import Fees, with_fees
from overdue_visit.repayment.flat import flat
from overdue_visit.repayment.freeze import frozen
from overdue_visit.repayment.frozen_days import FrozenDays
from overdue_visit.repayment.grace import grace
from overdue_visit.repayment.holiday import holiday
from overdue_visit.repayment.interest_first import interest_first
from overdue_visit.repayment.payment_rules import FixedPrincipal, by_rule
from overdue_visit.repayment.proportion import paid_per_weight
from overdue_visit.repayment.rate_changes import with_rate_changes
from overdue_visit.repayment.seasonal import seasonal
from overdue_visit.repayment.stepped import stepped, stepped_amounts
from overdue_visit.repayment.terms import Terms
from tests.repayment.drawn_terms import demand_chain, monthly_terms, payments, round_loan


def _fixed_principal(terms):
    return by_rule(terms, FixedPrincipal(Money.from_minor(1 + terms.principal.minor // 7, terms.currency)))


def _half_left(terms):
    return balloon(terms, balloon=Money.from_minor(terms.principal.minor // 2, terms.currency))


def _harvests(terms):
    return seasonal(terms, weights=[1 if row % 6 == 5 else 0 for row in range(len(terms.dues))])


def _first_quarter_frozen(terms):
    return frozen(terms, (FrozenDays(terms.drawn, terms.dues[1]),))


def _new_rate(terms):
    return with_rate_changes(terms, (RateChange(terms.dues[2], Rate("3%")),))


def _named_amounts(terms):
    amount = Money.from_minor(terms.principal.minor // 5, terms.currency)
    return stepped_amounts(terms, amounts=(amount,), every=1, negative=True)


def _with_three_fees(terms):
    fee = Money.from_minor(12, terms.currency)
    return with_fees(terms, Fees(at_start=fee, each_row=fee, capitalised=fee))


KINDS = {
    "equal_principal": equal_principal,
    "interest_first": interest_first,
    "bullet": bullet,
    "balloon": _half_left,
    "amortised_over": lambda terms: amortised_over(terms, rows=2 * len(terms.dues)),
    "step up": partial(stepped, ratio=Fraction(21, 20), every=6, negative=True),
    "step down": partial(stepped, ratio=Fraction(19, 20), every=6),
    "named amounts": _named_amounts,
    "seasonal": _harvests,
    "flat": flat,
    "grace": partial(grace, principal_rows=3, interest_rows=2),
    "holiday": partial(holiday, after=2, rows=2),
    "deferred": partial(holiday, after=2, rows=2, interest="deferred"),
    "waived": partial(holiday, after=0, rows=2, interest="waived"),
    "frozen": _first_quarter_frozen,
    "rate_changes": _new_rate,
    "adjustable": partial(adjustable, resets=(Reset(row=4, rate=Rate("9%")),)),
    "by_rule": _fixed_principal,
    "fees": _with_three_fees,
}

every_kind = pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
rates = st.integers(0, 3000).map(lambda points: Rate.from_ratio(points, 10_000))
loans = monthly_terms(rows=st.integers(6, 30), least=10**6, most=10**12, rate=rates)


@every_kind
@settings(max_examples=25)
@given(loans)
def test_the_currency_changes_nothing_but_its_name(kind, terms):
    """
    The same minor units give the same integers, whether the currency has none, two, three or four decimals.
    """
    made = {}
    for currency in ("JPY", "CNY", "KWD", "UYW"):
        same = attrs.evolve(terms, principal=Money.from_minor(terms.principal.minor, currency))
        made[currency] = [row.minor for row in kind(same).rows]

    assert made["JPY"] == made["CNY"] == made["KWD"] == made["UYW"]


@every_kind
@settings(max_examples=25)
@given(loans)
def test_a_shift_by_the_whole_cycle_of_the_calendar_moves_only_the_dates(kind, terms):
    """
    400 years later the same plan has the same amounts.
    """
    cycle = dt.timedelta(days=146_097)
    later = attrs.evolve(terms, drawn=terms.drawn + cycle, dues=tuple(day + cycle for day in terms.dues))

    assert payments(kind(later)) == payments(kind(terms))


@every_kind
def test_six_hundred_rows_of_ten_to_the_fifteenth(kind):
    """
    Amounts to 10^15 minor units over 50 years lose no unit and end at nothing.
    """
    terms = Terms(
        principal=Money.from_minor(10**15 - 1, "CNY"),
        rate=Rate("4.35%"),
        drawn=dt.date(2024, 1, 31),
        dues=periods.months_after(dt.date(2024, 1, 31), 600),
    )

    demand_chain(kind(terms))


@every_kind
def test_no_setting_of_the_caller_moves_a_figure(kind):
    """
    A decimal context of six digits that traps what is inexact changes no figure, also where rates are roots.
    """
    terms = round_loan(24, compounding=2)
    usual = kind(terms)
    with decimal.localcontext(decimal.Context(prec=6, rounding=decimal.ROUND_UP, traps=[decimal.Inexact])):
        assert kind(terms) == usual


@every_kind
def test_schedules_are_copied_and_kept(kind):
    """
    A schedule of any kind survives pickling and a deep copy, and is equal to itself made again.
    """
    made = kind(round_loan(12))

    assert pickle.loads(pickle.dumps(made)) == made == copy.deepcopy(made) == kind(round_loan(12))
    assert hash(made) == hash(kind(round_loan(12)))


CHANGING = ("amortised_over", "named amounts", "grace", "holiday", "frozen", "rate_changes", "adjustable", "by_rule")


@pytest.mark.parametrize("kind", [KINDS[name] for name in CHANGING], ids=CHANGING)
def test_a_kind_that_cannot_place_the_residue_says_so(kind):
    """
    Kinds whose payments change on the way refuse a residue in the first row, and a side for the last payment.
    """
    with pytest.raises(InvalidValue, match="residue"):
        kind(round_loan(residue="first"))
    with pytest.raises(InvalidValue, match="last_payment"):
        kind(round_loan(last_payment="lower"))


def test_refusals_survive_pickling():
    """
    An error of a schedule reaches another process with its field, value and what is accepted.
    """
    with pytest.raises(InvalidValue) as refusal:
        holiday(round_loan(), after=0, rows=99)

    assert str(pickle.loads(pickle.dumps(refusal.value))) == str(refusal.value)


def test_proportions_need_a_weight():
    """
    Weights that are all zero pay nothing, and no amount solves that.
    """
    with pytest.raises(InvalidValue, match="weights"):
        paid_per_weight(100, (1, 1), 100, weights=(0, 0))
