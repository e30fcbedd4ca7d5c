import datetime as dt
import decimal
import pickle
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from overdue_visit.errors import InvalidValue
from overdue_visit.money import CurrencyMismatch, Money
from overdue_visit.rate import Rate
from overdue_visit.repayment import apr_eu, apr_uk, apr_us
from overdue_visit.repayment.apr import AprMethod
from overdue_visit.repayment.apr_us import UnitFlow
from overdue_visit.repayment.flows import Flow, TimedFlow
from overdue_visit.repayment.unit_period import Unit, UnitPeriod

NONE = Fraction(0)


def usd(minor):
    """
    Take cents.
    """
    return Money.from_minor(minor, "USD")


def unit_flows(advance, *runs):
    """
    An advance, and runs of amount, count, full unit-periods and fraction.
    """
    flows = [UnitFlow(0, NONE, -Money(advance, "USD"))]
    for amount, count, first, fraction in runs:
        flows += [UnitFlow(first + k, Fraction(fraction), Money(amount, "USD")) for k in range(count)]
    return flows


def monthly(advance, payments, currency="EUR"):
    """
    An advance, and payments one month apart.
    """
    flows = [TimedFlow(0, -Money.from_minor(advance, currency))]
    return flows + [TimedFlow(Fraction(k, 12), Money.from_minor(a, currency)) for k, a in enumerate(payments, start=1)]


@pytest.mark.parametrize(
    ("flows", "per_year", "percent"),
    [
        (unit_flows("5000", ("230", 24, 1, 0)), 12, "9.69"),
        (unit_flows("6000", ("200", 36, 1, "19/30")), 12, "11.82"),
        (unit_flows("5000", ("219.17", 24, 0, "6/15")), 24, "10.34"),
        (unit_flows("10000", ("385", 40, 1, "39/90")), 4, "8.97"),
        (unit_flows("500", ("17.60", 30, 4, "4/7")), 52, "14.96"),
        (unit_flows("1000", ("1080", 1, 1, 0)), Fraction(365, 255), "11.45"),
        (unit_flows("1000", ("1044", 1, 1, 0)), 2, "8.80"),
        (unit_flows("1000", ("1135.19", 1, 1, "6/12")), 1, "8.76"),
        (unit_flows("1000", ("1240", 1, 2, 0)), 1, "11.36"),
    ],
)
def test_the_examples_of_appendix_j(flows, per_year, percent):
    """
    Examples (c)(1) and (c)(5) of Regulation Z, Appendix J, give their printed rates.
    """
    apr = apr_us.apr(flows, per_year=per_year)

    assert (str(apr), apr.method) == (f"{percent}%", AprMethod.US_ACTUARIAL)


@pytest.mark.parametrize(
    ("advance", "on", "payment", "dates", "percent"),
    [
        ("5000", dt.date(1978, 1, 10), "230", [dt.date(1978 + k // 12, k % 12 + 1, 10) for k in range(1, 25)], "9.69"),
        (
            "500",
            dt.date(1978, 3, 20),
            "17.60",
            [dt.date(1978, 4, 21) + k * dt.timedelta(7) for k in range(30)],
            "14.96",
        ),
        ("1000", dt.date(1978, 1, 3), "1080", [dt.date(1978, 9, 15)], "11.45"),
        ("500", dt.date(2024, 6, 1), "550", [dt.date(2024, 7, 1)], "120.00"),
        (
            "5000",
            dt.date(1978, 2, 23),
            "219.17",
            [dt.date(1978 + (k // 2 + 2) // 12, (k // 2 + 2) % 12 + 1, 16 if k % 2 else 1) for k in range(24)],
            "10.34",
        ),
    ],
)
def test_the_same_rates_from_dates(advance, on, payment, dates, percent):
    """
    From dates alone the unit-period is found and the examples' rates follow.
    """
    flows = [Flow(on, -Money(advance, "USD")), *(Flow(day, Money(payment, "USD")) for day in dates)]

    assert str(apr_us.apr_on_dates(flows)) == f"{percent}%"


def test_a_unit_period_can_be_named():
    """
    With quarters named, 40 payments from 1 October 1978 on 10,000 of 23 July have 9.32 %.
    """
    days = [dt.date(1978 + (9 + 3 * k) // 12, (9 + 3 * k) % 12 + 1, 1) for k in range(40)]
    flows = [Flow(dt.date(1978, 7, 23), -Money("10000", "USD")), *(Flow(day, Money("385", "USD")) for day in days)]

    assert str(apr_us.apr_on_dates(flows, unit=UnitPeriod(Unit.MONTH, 3))) == "9.32%"
    assert str(apr_us.apr_on_dates(flows)) == "9.32%"


@pytest.mark.parametrize(
    ("advance", "repaid", "days", "percent"),
    [("100", "101", 365, "1.0"), ("250", "319.97", 28, "2400.3"), ("280", "358.40", 25, "3584.2")],
)
def test_british_rates_of_short_loans(advance, repaid, days, percent):
    """
    Short loans in years of 365 1/4 days have the rates that a public calculator's tests give.
    """
    flows = [
        TimedFlow(0, -Money(advance, "GBP")),
        apr_uk.after_days(days, Money(repaid, "GBP"), year_days=Fraction(1461, 4)),
    ]

    assert apr_uk.apr(flows).percent == Decimal(percent)


def test_a_british_rate_from_dates():
    """
    510 five days after 500 is 324.4 % in years of 365 days.
    """
    flows = [Flow(dt.date(2026, 3, 1), -Money("500", "GBP")), Flow(dt.date(2026, 3, 6), Money("510", "GBP"))]

    apr = apr_uk.apr_on_dates(flows)

    assert (str(apr), apr.to(3)) == ("324.4%", Decimal("324.436"))


def test_the_european_example_of_a_mortgage():
    """
    200,000 at 1,432.86 a month for twenty years, with 4,000 at the start, is 6.434412 % (Commission, 2015, example 1).
    """
    flows = [TimedFlow(0, Money("4000", "EUR")), *monthly(20_000_000, [143_286] * 240)]

    apr = apr_eu.apr(flows)

    assert (apr.to(6), str(apr), apr.rate) == (Decimal("6.434412"), "6.4%", Rate("6.4%"))


def test_the_european_example_with_an_odd_first_period():
    """
    Drawn on 12 January 2013 and first paid on 15 February, the odd days are 3/366 of a year (example 2, case 2).
    """
    first = apr_eu.whole_months_then_days(dt.date(2013, 1, 12), dt.date(2013, 2, 15))

    flows = [
        TimedFlow(0, -Money("196000", "EUR")),
        *apr_eu.repeated(Money("1433.56", "EUR"), 240, first=first, step=Fraction(1, 12)),
    ]
    assert first == Fraction(67, 732)
    assert apr_eu.apr(flows).to(6) == Decimal("6.434111")


def test_a_european_rate_from_dates_is_that_of_its_months():
    """
    Payments on the same day of each month are twelfths of a year apart, whatever the days.
    """
    payments = [9_000] * 12
    dated = [Flow(dt.date(2027, 1, 31), -Money.from_minor(100_000, "EUR"))]
    for month, amount in enumerate(payments, start=2):
        last = dt.date(2027 + month // 12, month % 12 + 1, 1) - dt.timedelta(1)
        dated.append(Flow(last, Money.from_minor(amount, "EUR")))

    assert apr_eu.apr_on_dates(dated) == apr_eu.apr(monthly(100_000, payments))


def test_weeks_are_fifty_seconds_of_a_year():
    """
    Whole weeks count as 52nds; an interval that is not whole weeks is refused.
    """
    assert apr_eu.whole_weeks(dt.date(2026, 1, 1), dt.date(2026, 1, 22)) == Fraction(3, 52)
    with pytest.raises(InvalidValue):
        apr_eu.whole_weeks(dt.date(2026, 1, 1), dt.date(2026, 1, 23))


def test_five_at_the_second_decimal_rounds_up():
    """
    6.45 % is shown as 6.5 %, and 6.449 % as 6.4 % (Directive 2008/48/EC, Annex I, remark (d)).
    """
    up = apr_eu.apr([TimedFlow(0, -Money("10000", "EUR")), TimedFlow(1, Money("10645", "EUR"))])
    down = apr_eu.apr([TimedFlow(0, -Money("10000", "EUR")), TimedFlow(1, Money("10644.90", "EUR"))])

    assert (str(up), str(down)) == ("6.5%", "6.4%")


loans = st.tuples(st.integers(10**4, 10**9), st.lists(st.integers(0, 10**8), min_size=1, max_size=30)).filter(
    lambda loan: any(loan[1])
)


@settings(max_examples=30, deadline=None)
@given(loans)
def test_the_basic_equation_holds_at_the_root(loan):
    """
    At the unrounded rate both sides of the equation agree within 1e-9 of the principal.
    """
    principal, payments = loan
    apr = apr_eu.apr(monthly(principal, payments))
    assume(apr.exact > -99)

    with decimal.localcontext(prec=80):
        month = (1 + apr.exact / 100) ** (Decimal(1) / 12)
        worth = sum(amount / month**k for k, amount in enumerate(payments, start=1))
        error = abs(worth - principal)
    assert error < principal * Decimal("1e-9")


@settings(max_examples=30, deadline=None)
@given(loans)
def test_the_rate_is_zero_exactly_where_the_sums_are_equal(loan):
    """
    The rate has the sign of payments less advances, under all three laws.
    """
    principal, payments = loan
    gain = sum(payments) - principal
    units = [UnitFlow(0, NONE, usd(-principal))]
    units += [UnitFlow(k, Fraction(1, 3), usd(amount)) for k, amount in enumerate(payments, start=1)]

    rates = [
        apr_eu.apr(monthly(principal, payments)).exact,
        apr_uk.apr(monthly(principal, payments)).exact,
        apr_us.apr(units, per_year=12).exact,
    ]

    assert all((rate > 0) == (gain > 0) and (rate == 0) == (gain == 0) for rate in rates)


@settings(max_examples=25, deadline=None)
@given(loans, st.integers(1, 10**6), st.integers(-5000, 5000))
def test_money_and_start_do_not_matter(loan, fee, shift):
    """
    The rate in days is the same with all amounts tenfold, and with all dates moved.
    """
    principal, payments = loan
    start = dt.date(2026, 1, 1)

    def rate(times, first):
        flows = [Flow(first, Money.from_minor(-principal * times, "GBP"))]
        for k, amount in enumerate(payments, start=1):
            flows.append(Flow(first + dt.timedelta(9 * k), Money.from_minor(amount * times, "GBP")))
        return apr_uk.apr_on_dates(flows)

    assert rate(1, start) == rate(10, start) == rate(1, start + dt.timedelta(shift))


@settings(max_examples=25, deadline=None)
@given(loans, st.integers(1, 10**6), st.data())
def test_a_fee_or_an_earlier_payment_never_lowers_the_rate(loan, fee, data):
    """
    A fee on any date raises the rate; so does moving a payment to an earlier date, where the rate is not negative.
    """
    principal, payments = loan
    at = data.draw(st.integers(0, len(payments) - 1))
    rate = apr_eu.apr(monthly(principal, payments)).exact

    dearer = apr_eu.apr(monthly(principal, [*payments[:at], payments[at] + fee, *payments[at + 1 :]])).exact
    # Where all but everything is lost, thirty decimals no longer tell two rates apart.
    assert dearer > rate if rate > -99 else dearer >= rate
    if at:
        moved = [*payments[: at - 1], payments[at - 1] + payments[at], 0, *payments[at + 1 :]]
        sooner = apr_eu.apr(monthly(principal, moved)).exact
        assert sooner >= rate if rate >= 0 else sooner <= rate


@settings(max_examples=25, deadline=None)
@given(st.integers(1, 300), st.integers(1, 60), st.sampled_from([4, 12, 26, 52]))
def test_without_fees_the_nominal_rate_is_the_periodic_one_times_the_periods(tenths_of_percent, count, per_year):
    """
    Interest-only payments at a periodic rate r have the American rate m r and the European rate (1 + r)^m - 1.
    """
    principal, r = 10**9, Fraction(tenths_of_percent, 1000)
    payments = [int(principal * r)] * (count - 1) + [int(principal * (1 + r))]
    units = [UnitFlow(0, NONE, usd(-principal))]
    units += [UnitFlow(k, NONE, usd(amount)) for k, amount in enumerate(payments, start=1)]
    timed = [TimedFlow(Fraction(flow.full, per_year), flow.amount) for flow in units]

    nominal = apr_us.apr(units, per_year=per_year).exact
    effective = apr_eu.apr(timed).exact

    assert abs(Fraction(nominal) - r * per_year * 100) < Fraction(1, 10**25)
    assert abs(Fraction(effective) - ((1 + r) ** per_year - 1) * 100) < Fraction(1, 10**20)


@settings(max_examples=25, deadline=None)
@given(st.integers(10**4, 10**7), st.lists(st.integers(1, 10**6), min_size=1, max_size=20), st.integers(0, 29))
def test_odd_days_bear_simple_interest(principal, payments, odd):
    """
    At the rate found, the advance and its interest for odd days equal the payments discounted by whole unit-periods.
    """
    part = Fraction(odd, 30)
    units = [UnitFlow(0, NONE, usd(-principal))]
    units += [UnitFlow(k, part, usd(amount)) for k, amount in enumerate(payments, start=1)]

    apr = apr_us.apr(units, per_year=12)

    assume(apr.exact > -1199)
    i = Fraction(apr.exact) / 1200
    worth = sum(amount / ((1 + part * i) * (1 + i) ** k) for k, amount in enumerate(payments, start=1))
    assert abs(worth - principal) < Fraction(principal, 10**9)


def test_more_than_all_lost_in_odd_days_has_no_rate():
    """
    One cent back after three days of a month would need less than -100 % a month, and is refused.
    """
    with pytest.raises(InvalidValue):
        apr_us.apr(unit_flows("100", ("0.01", 1, 0, "3/30")), per_year=12)


def test_an_advance_in_between_is_searched_from_zero():
    """
    With an advance after the first payment there are three changes of sign; built at 1 % a month, they have 12 %.
    """
    flows = [UnitFlow(0, NONE, usd(-1_000_000)), UnitFlow(1, NONE, usd(600_000))]
    flows += [UnitFlow(2, NONE, usd(-500_000)), UnitFlow(3, Fraction(1, 2), usd(927_857))]

    apr = apr_us.apr(flows, per_year=12)

    assert str(apr) == "12.00%"


def test_the_context_of_the_caller_changes_nothing():
    """
    Six digits, rounding up and every trap set leave percent and text as they are, under all three laws.
    """
    timed = monthly(1_000_000, [88_849] * 12)
    units = unit_flows("10000", ("888.49", 12, 0, "5/30"))

    def rates():
        return [apr_eu.apr(timed), apr_uk.apr(timed), apr_us.apr(units, per_year=12)]

    expected = [(apr, str(apr), apr.to(7)) for apr in rates()]
    with decimal.localcontext(
        decimal.Context(prec=6, rounding=decimal.ROUND_UP, traps=[decimal.Inexact, decimal.Rounded])
    ):
        found = [(apr, str(apr), apr.to(7)) for apr in rates()]

    assert found == expected


def test_a_rate_is_a_plain_value():
    """
    A rate equals its copies and can be a key.
    """
    apr = apr_eu.apr(monthly(1_000_000, [88_849] * 12))

    assert {apr: 1}[pickle.loads(pickle.dumps(apr))] == 1


@pytest.mark.parametrize(
    ("call", "field"),
    [
        (lambda: apr_us.apr([], per_year=12), "flows"),
        (lambda: apr_us.apr(unit_flows("100"), per_year=12), "flows"),
        (lambda: apr_us.apr(unit_flows("100", ("110", 1, 1, 0)), per_year=0), "per_year"),
        (lambda: apr_us.apr(unit_flows("100", ("110", 1, 1, 0)), per_year=12.0), "per_year"),
        (lambda: apr_us.apr_on_dates([Flow(dt.date(2026, 1, 1), usd(5))]), "flows"),
        (lambda: UnitFlow(-1, NONE, usd(5)), "full"),
        (lambda: UnitFlow(1, Fraction(1), usd(5)), "fraction"),
        (lambda: UnitFlow(1, 0.5, usd(5)), "fraction"),
        (lambda: UnitFlow(1, NONE, 5), "amount"),
        (lambda: apr_uk.apr([]), "flows"),
        (lambda: apr_uk.apr_on_dates([]), "flows"),
        (lambda: apr_uk.after_days(-1, usd(5), year_days=365), "days"),
        (lambda: apr_uk.after_days(1, usd(5), year_days=0), "year_days"),
        (lambda: apr_eu.apr([TimedFlow(0, usd(5))]), "flows"),
        (lambda: apr_eu.apr_on_dates([Flow(dt.date(2026, 1, 1), usd(5))]), "flows"),
        (lambda: apr_eu.repeated(usd(5), 0, first=NONE, step=NONE), "count"),
        (lambda: apr_eu.whole_months_then_days(dt.date(2026, 1, 2), dt.date(2026, 1, 1)), "end"),
        (lambda: apr_eu.apr(monthly(100, [110])).to(31), "places"),
    ],
)
def test_bad_input_is_refused_by_the_name_of_its_field(call, field):
    """
    Flows of one sign, floats, negative counts and dates out of order are refused, each by name.
    """
    with pytest.raises(InvalidValue) as refusal:
        call()

    assert refusal.value.field == field


def test_two_currencies_have_no_rate():
    """
    Flows of two currencies are refused under all three laws.
    """
    mixed = [TimedFlow(0, -Money("1", "EUR")), TimedFlow(1, Money("2", "GBP"))]

    for refused in (
        lambda: apr_eu.apr(mixed),
        lambda: apr_uk.apr(mixed),
        lambda: apr_us.apr([UnitFlow(flow.years, NONE, flow.amount) for flow in mixed], per_year=1),
    ):
        with pytest.raises(CurrencyMismatch):
            refused()


@pytest.mark.parametrize("days", [1.5, True, "30"])
def test_days_are_exact_numbers(days):
    """
    A float number of days is refused, though a Fraction could be made of it.
    """
    with pytest.raises(InvalidValue, match="days"):
        apr_uk.after_days(days, usd(100), year_days=365)
    with pytest.raises(InvalidValue, match="year_days"):
        apr_uk.after_days(30, usd(100), year_days=365.25)


@pytest.mark.parametrize("per_year", [12.0, "12", None, True, 0])
def test_unit_periods_a_year_are_an_exact_number_above_zero(per_year):
    """
    What is no whole number or Fraction above zero is named.
    """
    with pytest.raises(InvalidValue, match="per_year"):
        apr_us.apr(unit_flows("100.00", ("101.00", 1, 1, 0)), per_year=per_year)
