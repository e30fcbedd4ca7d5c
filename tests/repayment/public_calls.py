"""
One good call of every public callable of the calculators, with every parameter that it has.
"""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from overdue_visit import repayment as r
from overdue_visit.business_calendar import EVERY_DAY, Roll
from overdue_visit.money import Money, Rounding
from overdue_visit.rate import Per, Rate
from overdue_visit.repayment import kinds, limits, npv_loss, unit_period
from overdue_visit.repayment import proposal_words as words
from overdue_visit.repayment.apr import Apr, AprMethod
from overdue_visit.repayment.lean_time import Gap

np = pytest.importorskip("numpy")
batch = pytest.importorskip("overdue_visit.repayment.batch")

Call = tuple[Callable[..., Any], Mapping[str, Any]]


def cny(amount: str) -> Money:
    """
    Return yuan.
    """
    return Money(amount, "CNY")


def share(percent: str) -> Rate:
    """
    Return a share.
    """
    return Rate(percent, per=Per.ONCE)


DRAWN = dt.date(2026, 1, 15)
DUES = r.monthly(dt.date(2026, 2, 15), 6)
ON = dt.date(2026, 4, 20)
NEXT = dt.date(2026, 5, 15)
RATE = Rate("6%")
TERMS = r.Terms(principal=cny("10000.00"), rate=RATE, drawn=DRAWN, dues=DUES)
SCHEDULE = r.level(TERMS)
FLOWS = (r.Flow(DRAWN, cny("-10000.00")), *SCHEDULE.flows())
REPAID = SCHEDULE.flows()
TIMED = (r.TimedFlow(0, cny("-100.00")), r.TimedFlow(Fraction(1, 2), cny("103.00")))
PARTS = (r.Part("principal", cny("1700.00")), r.Part("interest", cny("50.00")), r.Part("penalty", cny("20.00")))
RUNNING = tuple(flow for flow in REPAID if flow.on > ON)
DEBT = r.Debt(
    on=ON,
    principal_not_due=cny("5037.42"),
    arrears=PARTS,
    running=RUNNING,
    accrued=cny("1.00"),
    rate=RATE,
    day_count=r.THIRTY_360,
    effective_rate=Rate("6.17%"),
)
HARVEST = r.Income.yearly("maize", (r.YearDay(month=9, day=20), cny("9000.00")))
WAGES = r.Income.monthly("wages", cny("4000.00"))
FOOD = r.Spending("food", cny("1500.00"))
HOUSEHOLD = r.Household(
    incomes=[WAGES],
    essential=[FOOD],
    priority_debts=[r.Spending("rent", cny("100.00"))],
    dependants=2,
    savings=cny("10.00"),
    contingency=r.Contingency(part=share("10%"), cap=cny("100.00"), source="house"),
)
RATIO = r.DebtServiceRatio(most=share("50%"), other_debts=cny("1.00"), source="house")
TABLE_OF_NEEDS = r.ResidualIncome(least=[cny("500.00"), cny("700.00")], each_more=cny("100.00"), source="house")
UNDER = kinds.UnderLimit(
    limit=r.PERSONAL_LOANS, drawn=DRAWN, maturity=DUES[-1] + dt.timedelta(days=400), product_months=60
)
LIMITS = r.PlanLimits(
    kinds=r.KINDS,
    longest_months=12,
    most_instalments=24,
    smallest_instalment=cny("10.00"),
    pay_within_days=7,
    holiday_months=2,
    step=share("125%"),
    waivable=("penalty",),
    least_settlement=share("80%"),
    freeze_months=2,
    extension=UNDER,
    most_loss=share("50%"),
    shown=10,
    order=r.ORDER,
)
FOUND = r.propose(DEBT, HOUSEHOLD, limits=LIMITS)
NOTHING = r.propose(DEBT, lambda _: cny("1.00"), limits=r.PlanLimits(kinds=("spread",), longest_months=2))
RELIEF = kinds.spread(DEBT, kinds.Spread(dates=DUES[3:]))
RECAST = kinds.extend(DEBT, kinds.Extend(more=2))
AT_MOST = dict.fromkeys((*DUES, *r.monthly(dt.date(2026, 8, 15), 24)), cny("4000.00"))
MORE_DATES = (*DUES[3:], dt.date(2026, 8, 15), dt.date(2026, 9, 15))
DUE_AMOUNTS = r.dues_of(SCHEDULE)
OWED = r.Amounts.of({"interest": cny("5.00"), "principal": cny("100.00")})
BOOKED = (
    r.Payment(ref="p-1", on=dt.date(2026, 2, 20), amount=cny("1700.00"), sequence=1, order=r.OLDEST_FIRST),
    r.Waiver(ref="w-1", on=NEXT, parts=(r.Part("interest", cny("1.00")),), sequence=2),
    r.Payment(ref="p-2", on=NEXT, amount=cny("1.00")),
    r.Reversal("p-2"),
)
REPLAYED = r.replay(DUE_AMOUNTS, BOOKED, order=r.CIVIL_CODE_561, through=NEXT)
FREEZE = r.FrozenDays(dt.date(2026, 3, 1), dt.date(2026, 3, 31))
LATE = r.LateTerms(
    rate=Rate("9%"),
    year_days=360,
    grace_days=3,
    counts_from="due",
    base="principal",
    compound=True,
    penalty_on_penalty=True,
    booked_on=(dt.date(2026, 3, 20),),
    cap=r.LateCap(amount=cny("100.00"), share=share("10%")),
    frozen=(FREEZE,),
    rounding=Rounding.HALF_UP,
)
REDUCTION = r.Reduction(on=NEXT, principal=cny("1.00"), interest=cny("1.00"), penalty=cny("1.00"))
OVERDUE = r.Overdue(due=DUES[0], principal=cny("1600.00"), interest=cny("50.00"), reductions=[REDUCTION])
FEE_RULE = r.FeeRule(
    event="reminder",
    share=share("1%"),
    of=("interest",),
    at_least=cny("1.00"),
    at_most=cny("5.00"),
    once="event",
    rounding=Rounding.DOWN,
)
FEE_TERMS = r.FeeTerms(rules=[FEE_RULE], per_instalment=cny("10.00"), in_all=cny("20.00"))
FEE_EVENT = r.FeeEvent(on=NEXT, event="reminder", number=1, overdue=OWED)
OPEN_DEBT = r.OpenDebt(id="a", owed=cny("10.00"), due=NEXT, secured=cny("1.00"), burden=RATE)
ACCRUED = r.accrue(cny("100.00"), RATE, days=10)
LOSS = npv_loss.loss(REPAID, REPAID[1:], effective=RATE, on=DRAWN)
UNIT = unit_period.UnitPeriod(unit_period.Unit.MONTH, 1)
UNIT_FLOWS = (
    r.apr_us.UnitFlow(0, Fraction(0), cny("-100.00")),
    r.apr_us.UnitFlow(1, Fraction(1, 2), cny("103.00")),
)
ACCRUAL = r.settlement_figure.Accrual(
    rate=RATE, until="settlement_date", years=r.ACT_365F.fraction, rounding=Rounding.DOWN
)
RECORDS = r.export.schedule_records(SCHEDULE)
COLUMNS = batch.level([100_000], currency="CNY", rates=RATE, counts=6)
TABLE = r.schedule_table(SCHEDULE)
COMPARED = r.compare({"a": SCHEDULE, "b": REPAID}, since=DRAWN)
APR = Apr.of(Decimal("0.06"), places=1, method=AprMethod.UK)
CANNOT = r.CannotFit("spread", NEXT, cny("1.00"), 1, RATE)
ORDERS_HELD = r.Orders(
    normal=r.OLDEST_FIRST, by_class=(("bad", r.PRINCIPAL_FIRST),), from_days=((90, r.PRINCIPAL_FIRST),)
)
OFFERED = {"language": "en", "texts": {"spread": "{largest}"}}
SPANNED = {"start": DRAWN, "end": NEXT}
SPREAD_SHEET: dict[str, Any] = {"rate": Fraction(1, 100), "when": "end", "precision": 20}
DUES_OF = {"every": 1, "anchor": 15, "missing": r.MissingDay.LAST_DAY, "month_end": False}
RECAST_BY = {"interest": "spread", "charges": "spread", "rate": RATE, "shape": r.level, "cut": kinds.Cut()}
LEVEL = {
    "instalment": cny("2000.00"),
    "instalment_day_count": r.THIRTY_360,
    "stop_after": 3,
}

CALLS: Mapping[str, Call] = {
    # Terms, schedules, dates.
    "Terms": (
        r.Terms,
        {
            "principal": cny("10000.00"),
            "rate": RATE,
            "drawn": DRAWN,
            "dues": DUES,
            "day_count": r.THIRTY_360,
            "rounding": Rounding.HALF_UP,
            "instalment_rounding": Rounding.HALF_UP,
            "unit": 1,
            "residue": "last",
            "last_payment": "nearest",
            "merge_below": cny("1.00"),
            "compounding": 2,
            "fee": cny("1.00"),
        },
    ),
    "Terms.accruals": (TERMS.accruals, {"day_count": r.ACT_360}),
    "Schedule": (
        r.Schedule,
        {
            "kind": "level",
            "currency": "CNY",
            "drawn": DRAWN,
            "opening": cny("10000.00"),
            "rows": SCHEDULE.rows,
            "instalment": cny("1.00"),
        },
    ),
    "Schedule.flows": (SCHEDULE.flows, {}),
    "Row.of": (
        r.Row.of,
        {
            "number": 1,
            "due": NEXT,
            "payment": cny("15.00"),
            "interest": cny("1.00"),
            "principal": cny("2.00"),
            "fee": cny("4.00"),
            "penalty": cny("8.00"),
            "capitalised": cny("0.00"),
            "balance": cny("10.00"),
        },
    ),
    "Flow": (r.Flow, {"on": NEXT, "amount": cny("1.00")}),
    "TimedFlow": (r.TimedFlow, {"years": Fraction(1, 12), "amount": cny("1.00")}),
    "monthly": (r.monthly, {"first": DUES[0], "count": 3, **DUES_OF}),
    "months_after": (r.months_after, {"start": DRAWN, "count": 3, **DUES_OF}),
    "every_days": (r.every_days, {"first": DRAWN, "count": 3, "days": 7}),
    "custom": (r.custom, {"dates": DUES, "after": DRAWN}),
    "rolled": (r.rolled, {"dates": DUES, "calendar": EVERY_DAY, "roll": Roll.FOLLOWING}),
    "named": (r.named, {"name": "act/360"}),
    "DayCount.days": (r.ACT_360.days, SPANNED),
    "DayCount.fraction": (r.ACT_360.fraction, SPANNED),
    "DayCount.shares": (r.ACT_360.shares, {"drawn": DRAWN, "dues": DUES}),
    "ActualICMA": (r.ActualICMA, {"reference_start": DRAWN, "reference_end": NEXT, "frequency": 2}),
    "Business252": (r.Business252, {"calendar": EVERY_DAY}),
    "thirty_e_360_isda": (r.thirty_e_360_isda, {"termination": NEXT}),
    "level": (r.level, {"terms": TERMS, **LEVEL, "nudge": True, "negative": False}),
    "level_instalment": (r.level_instalment, {"terms": TERMS, "day_count": r.ACT_360}),
    "carried_level": (r.carried_level, {"terms": TERMS, **LEVEL}),
    "equal_principal": (r.equal_principal, {"terms": TERMS, "principal": cny("2000.00")}),
    "interest_first": (r.interest_first, {"terms": TERMS}),
    "bullet": (r.bullet, {"terms": TERMS, "interest_on_interest": True}),
    "balloon": (r.balloon, {"terms": TERMS, "balloon": cny("4000.00")}),
    "amortised_over": (r.amortised_over, {"terms": TERMS, "rows": 12}),
    "stepped": (r.stepped, {"terms": TERMS, "ratio": share("110%"), "every": 2, "negative": False}),
    "stepped_amounts": (
        r.stepped_amounts,
        {"terms": TERMS, "amounts": [cny("800.00")], "every": 2, "negative": False},
    ),
    "seasonal": (
        r.seasonal,
        {"terms": TERMS, "weights": [0, 0, 1, 0, 0, 4], "interest": "capitalised", "negative": False},
    ),
    "flat": (r.flat, {"terms": TERMS}),
    "by_rule": (r.by_rule, {"terms": TERMS, "rule": r.FixedPayment(cny("2000.00")), "negative": False}),
    "FixedPayment": (r.FixedPayment, {"least": cny("1.00")}),
    "FixedPayment.payment": (r.FixedPayment(cny("1.00")).payment, {"balance": Fraction(9), "interest": Fraction(1)}),
    "FixedPrincipal": (r.FixedPrincipal, {"least": cny("1.00")}),
    "FixedPrincipal.payment": (
        r.FixedPrincipal(cny("1.00")).payment,
        {"balance": Fraction(9), "interest": Fraction(1)},
    ),
    "ShareOfBalance": (r.ShareOfBalance, {"share": share("2%"), "least": cny("1.00")}),
    "ShareOfBalance.payment": (
        r.ShareOfBalance(share("2%"), cny("1.00")).payment,
        {"balance": Fraction(9), "interest": Fraction(1)},
    ),
    "ShareOfDebt": (r.ShareOfDebt, {"share": share("2%"), "least": cny("1.00")}),
    "ShareOfDebt.payment": (
        r.ShareOfDebt(share("2%"), cny("1.00")).payment,
        {"balance": Fraction(9), "interest": Fraction(1)},
    ),
    "holiday": (r.holiday, {"terms": TERMS, "after": 1, "rows": 2, "interest": "waived"}),
    "grace": (r.grace, {"terms": TERMS, "principal_rows": 2, "interest_rows": 1}),
    "frozen": (r.frozen, {"terms": TERMS, "freezes": [FREEZE], "saving": "last", "nudge": True}),
    "FrozenDays": (r.FrozenDays, {"first": DRAWN, "last": NEXT}),
    "with_fees": (r.with_fees, {"terms": TERMS, "fees": r.Fees(at_start=cny("1.00")), "kind": r.level}),
    "Fees": (r.Fees, {"at_start": cny("1.00"), "each_row": cny("1.00"), "capitalised": cny("1.00")}),
    "with_rate_changes": (
        r.with_rate_changes,
        {
            "terms": TERMS,
            "changes": [r.RateChange(NEXT, RATE)],
            "keep": "instalment",
            "further": (dt.date(2026, 8, 15),),
            "freezes": (FREEZE,),
            "nudge": True,
        },
    ),
    "RateChange": (r.RateChange, {"on": NEXT, "rate": RATE}),
    "adjustable": (
        r.adjustable,
        {"terms": TERMS, "resets": [r.Reset(row=4, rate=RATE)], "most_owed": share("110%"), "negative": False},
    ),
    "Reset": (r.Reset, {"row": 4, "rate": RATE, "recast": True, "payment_cap": share("110%")}),
    # Late interest, fees.
    "Accrued": (r.Accrued, {"numerator": 1, "denominator": 2, "currency": "CNY"}),
    "Accrued.none": (r.Accrued.none, {"currency": "CNY"}),
    "Accrued.rounded": (ACCRUED.rounded, {"rounding": Rounding.DOWN}),
    "accrue": (r.accrue, {"base": cny("1.00"), "rate": RATE, "days": 3, "year_days": 360}),
    "accrue_between": (
        r.accrue_between,
        {"base": cny("1.00"), "rate": RATE, **SPANNED, "day_count": r.ACT_360},
    ),
    "postings": (r.postings, {"accrued": [ACCRUED, ACCRUED], "rounding": Rounding.DOWN}),
    "uplifted": (r.uplifted, {"contract_rate": RATE, "uplift": share("40%"), "band": r.OVERDUE}),
    "UpliftBand": (
        r.UpliftBand,
        {"name": "house", "lowest": share("10%"), "highest": share("20%"), "source": "house"},
    ),
    "UpliftBand.demand": (r.OVERDUE.demand, {"uplift": share("40%")}),
    "late_interest": (r.late_interest, {"overdue": OVERDUE, "on": NEXT, "terms": LATE}),
    "Overdue": (
        r.Overdue,
        {"due": DUES[0], "principal": cny("1600.00"), "interest": cny("50.00"), "reductions": [REDUCTION]},
    ),
    "Overdue.paid_through": (OVERDUE.paid_through, {"day": NEXT, "field": "principal"}),
    "Reduction": (
        r.Reduction,
        {"on": NEXT, "principal": cny("1.00"), "interest": cny("1.00"), "penalty": cny("1.00")},
    ),
    "LateTerms": (
        r.LateTerms,
        {
            "rate": Rate("9%"),
            "year_days": 360,
            "grace_days": 3,
            "counts_from": "due",
            "base": "principal",
            "compound": True,
            "penalty_on_penalty": True,
            "booked_on": (dt.date(2026, 3, 20),),
            "cap": r.LateCap(amount=cny("100.00")),
            "frozen": (FREEZE,),
            "rounding": Rounding.HALF_UP,
        },
    ),
    "LateCap": (r.LateCap, {"amount": cny("1.00"), "share": share("10%")}),
    "LateCap.of": (r.LateCap(share=share("10%")).of, {"overdue": cny("1.00")}),
    "late_fees": (r.late_fees, {"events": [FEE_EVENT], "terms": FEE_TERMS}),
    "FeeRule": (
        r.FeeRule,
        {
            "event": "reminder",
            "amount": None,
            "share": share("1%"),
            "of": ("interest",),
            "at_least": cny("1.00"),
            "at_most": cny("5.00"),
            "once": "event",
            "rounding": Rounding.DOWN,
        },
    ),
    "FeeRule.fee": (FEE_RULE.fee, {"overdue": OWED}),
    "FeeTerms": (
        r.FeeTerms,
        {"rules": [FEE_RULE], "per_instalment": cny("10.00"), "in_all": cny("20.00")},
    ),
    "FeeEvent": (r.FeeEvent, {"on": NEXT, "event": "reminder", "number": 1, "overdue": OWED}),
    # Allocation.
    "Amounts": (r.Amounts, {"currency": "CNY", "minor": (1, 2, 3, 4, 5)}),
    "Amounts.of": (r.Amounts.of, {"amounts": {"interest": cny("1.00")}}),
    "Due": (
        r.Due,
        {"number": 1, "on": NEXT, "charged": OWED, "paid": OWED, "waived": r.Amounts("CNY")},
    ),
    "dues_of": (r.dues_of, {"schedule": SCHEDULE}),
    "Bucket": (r.Bucket, {"when": r.When.DUE, "component": r.Component.INTEREST}),
    "Bucket.named": (r.Bucket.named, {"word": "due_interest"}),
    "Order": (
        r.Order,
        {
            "name": "house",
            "buckets": ["due_interest"],
            "direction": "vertical",
            "future": "last",
            "excess": "credit",
            "source": "house",
        },
    ),
    "Orders": (
        r.Orders,
        {
            "normal": r.OLDEST_FIRST,
            "by_class": (("bad", r.PRINCIPAL_FIRST),),
            "from_days": ((90, r.PRINCIPAL_FIRST),),
        },
    ),
    "Orders.order": (ORDERS_HELD.order, {"loan_class": "bad", "days_past_due": 3}),
    "allocate": (
        r.allocate,
        {"amount": cny("1.00"), "dues": DUE_AMOUNTS, "on": NEXT, "order": r.OLDEST_FIRST},
    ),
    "allocate_each": (
        r.allocate_each,
        {"amounts": [cny("1.00")], "dues": DUE_AMOUNTS, "on": NEXT, "order": r.OLDEST_FIRST},
    ),
    "OpenDebt": (
        r.OpenDebt,
        {"id": "a", "owed": cny("10.00"), "due": NEXT, "secured": cny("1.00"), "burden": RATE},
    ),
    "DebtOrder": (r.DebtOrder, {"name": "house", "criteria": ["due"], "source": "house"}),
    "DebtOrder.rank": (r.CIVIL_CODE_560.rank, {"debt": OPEN_DEBT, "on": NEXT}),
    "allocate_to_debts": (
        r.allocate_to_debts,
        {"amount": cny("1.00"), "debts": [OPEN_DEBT], "on": NEXT, "designated": ["a"], "order": r.CIVIL_CODE_560},
    ),
    "Payment": (
        r.Payment,
        {"ref": "p", "on": NEXT, "amount": cny("1.00"), "sequence": 1, "order": r.OLDEST_FIRST},
    ),
    "Reversal": (r.Reversal, {"ref": "p"}),
    "Waiver": (r.Waiver, {"ref": "w", "on": NEXT, "parts": PARTS, "sequence": 1, "principal": True}),
    "replay": (
        r.replay,
        {"dues": DUE_AMOUNTS, "entries": BOOKED, "order": r.CIVIL_CODE_561, "through": NEXT},
    ),
    "Replayed.overdue": (REPLAYED.overdue, {"number": 1}),
    # Rates and values.
    "worth": (
        r.worth,
        {
            "flows": REPAID,
            "effective": RATE,
            "on": DRAWN,
            "years": r.ACT_360.fraction,
            "rounding": Rounding.DOWN,
        },
    ),
    "effective_rate": (
        r.effective_rate,
        {"paid_out": FLOWS[0], "repaid": REPAID, "years": r.ACT_360.fraction, "places": 4},
    ),
    "balancing_rate": (r.balancing_rate, {"flows": FLOWS, "years": r.ACT_360.fraction, "places": 4}),
    "effective.compounded": (r.effective.compounded, {"nominal": RATE, "times": 12, "places": 4}),
    "effective.nominal": (r.effective.nominal, {"effective": RATE, "times": 12, "places": 4}),
    "effective.apy": (r.effective.apy, {"interest": cny("6.00"), "principal": cny("100.00"), "days": 365}),
    "effective.Apy": (r.effective.Apy, {"percent": Decimal("6.00"), "exact": Decimal("6.001")}),
    "effective.Apy.to": (r.effective.Apy(percent=Decimal("6.00"), exact=Decimal("6.001")).to, {"places": 1}),
    "apr_us.UnitFlow": (r.apr_us.UnitFlow, {"full": 1, "fraction": Fraction(1, 2), "amount": cny("1.00")}),
    "apr_us.apr": (r.apr_us.apr, {"flows": UNIT_FLOWS, "per_year": 12}),
    "apr_us.apr_on_dates": (r.apr_us.apr_on_dates, {"flows": FLOWS, "unit": UNIT}),
    "apr_uk.apr": (r.apr_uk.apr, {"flows": TIMED}),
    "apr_uk.apr_on_dates": (r.apr_uk.apr_on_dates, {"flows": FLOWS, "years": r.ACT_360.fraction}),
    "apr_uk.after_days": (r.apr_uk.after_days, {"days": 3, "amount": cny("1.00"), "year_days": 365}),
    "apr_eu.apr": (r.apr_eu.apr, {"flows": TIMED}),
    "apr_eu.apr_on_dates": (r.apr_eu.apr_on_dates, {"flows": FLOWS, "years": r.ACT_360.fraction}),
    "apr_eu.repeated": (
        r.apr_eu.repeated,
        {"amount": cny("1.00"), "count": 2, "first": Fraction(1, 12), "step": Fraction(1, 12)},
    ),
    "apr_eu.whole_months_then_days": (r.apr_eu.whole_months_then_days, SPANNED),
    "apr_eu.whole_weeks": (r.apr_eu.whole_weeks, {"start": DRAWN, "end": DRAWN + dt.timedelta(days=14)}),
    "Apr": (r.Apr, {"percent": Decimal("6.0"), "places": 1, "method": AprMethod.UK, "exact": Decimal("6.01")}),
    "Apr.of": (r.Apr.of, {"yearly": Decimal("0.06"), "places": 1, "method": AprMethod.UK}),
    "Apr.to": (APR.to, {"places": 2}),
    "npv_loss.loss": (
        npv_loss.loss,
        {"before": REPAID, "after": REPAID, "effective": RATE, "on": DRAWN, "years": r.ACT_360.fraction},
    ),
    "npv_loss.modification": (
        npv_loss.modification,
        {
            "before": REPAID,
            "after": REPAID,
            "effective": RATE,
            "on": DRAWN,
            "fees": REPAID[:1],
            "years": r.ACT_360.fraction,
        },
    ),
    "npv_loss.loss_of_deferral": (npv_loss.loss_of_deferral, {"effective": RATE, "years": Fraction(2)}),
    "npv_loss.percent": (npv_loss.percent, {"share": share("1%"), "places": 2}),
    "npv_loss.NpvLoss": (
        npv_loss.NpvLoss,
        {"before": cny("2.00"), "after": cny("1.00"), "share": share("50%")},
    ),
    "npv_loss.NpvLoss.is_above": (LOSS.is_above, {"threshold": share("1%")}),
    "npv_loss.Modification": (
        npv_loss.Modification,
        {"before": cny("2.00"), "after": cny("1.00"), "share": share("50%")},
    ),
    "settlement_figure.SettlementFigure": (
        r.settlement_figure.SettlementFigure,
        {"on": NEXT, "balance": cny("1.00"), "interest": cny("1.00")},
    ),
    "settlement_figure.Accrual": (
        r.settlement_figure.Accrual,
        {"rate": RATE, "until": "settlement_date", "years": r.ACT_365F.fraction, "rounding": Rounding.DOWN},
    ),
    "settlement_figure.Accrual.interest": (
        ACCRUAL.interest,
        {"balance": cny("1.00"), "start": DRAWN, "end": NEXT, "on": ON},
    ),
    "settlement_figure.figure": (
        r.settlement_figure.figure,
        {"balance": cny("1.00"), "start": DRAWN, "end": NEXT, "on": ON, "accrual": ACCRUAL},
    ),
    "settlement_figure.of_schedule": (
        r.settlement_figure.of_schedule,
        {"schedule": SCHEDULE, "on": ON, "accrual": ACCRUAL, "paid_rows": 3},
    ),
    "uk_rebate.UkSettlement": (
        r.uk_rebate.UkSettlement,
        {
            "figure": cny("1.00"),
            "rebate": cny("1.00"),
            "remaining": cny("2.00"),
            "periodic_rate": Decimal("0.01"),
        },
    ),
    "uk_rebate.settlement": (
        r.uk_rebate.settlement,
        {
            "advance": cny("100.00"),
            "instalments": [cny("10.00")] * 12,
            "apr": RATE,
            "after": 3,
            "periods_a_year": 12,
        },
    ),
    "annuity.fv": (r.annuity.fv, {**SPREAD_SHEET, "nper": 12, "pmt": -10, "pv": 0}),
    "annuity.pv": (r.annuity.pv, {**SPREAD_SHEET, "nper": 12, "pmt": -10, "fv": 0}),
    "annuity.pmt": (r.annuity.pmt, {**SPREAD_SHEET, "nper": 12, "pv": 100, "fv": 0}),
    "annuity.ipmt": (r.annuity.ipmt, {**SPREAD_SHEET, "per": 1, "nper": 12, "pv": 100, "fv": 0}),
    "annuity.ppmt": (r.annuity.ppmt, {**SPREAD_SHEET, "per": 1, "nper": 12, "pv": 100, "fv": 0}),
    "annuity.nper": (r.annuity.nper, {**SPREAD_SHEET, "pmt": -10, "pv": 100, "fv": 0}),
    "annuity.rate": (
        r.annuity.rate,
        {"nper": 12, "pmt": -10, "pv": 100, "fv": 0, "when": "end", "precision": 20},
    ),
    "annuity.npv": (r.annuity.npv, {"rate": Fraction(1, 100), "cashflows": [-100, 60, 60], "precision": 20}),
    "annuity.irr": (r.annuity.irr, {"cashflows": [-100, 60, 60], "precision": 20}),
    # Households.
    "YearDay": (r.YearDay, {"month": 9, "day": 20}),
    "YearDay.within": (r.YearDay(month=9, day=20).within, {"year": 2026}),
    "Income": (
        r.Income,
        {"source": "wages", "rhythm": r.Rhythm.MONTHLY, "amounts": (cny("1.00"),), "days": ()},
    ),
    "Income.monthly": (r.Income.monthly, {"source": "wages", "amount": cny("1.00")}),
    "Income.weekly": (r.Income.weekly, {"source": "wages", "amount": cny("1.00")}),
    "Income.fortnightly": (r.Income.fortnightly, {"source": "wages", "amount": cny("1.00")}),
    "Income.irregular": (r.Income.irregular, {"source": "wages", "amounts": [cny("1.00")]}),
    "Income.yearly": (
        r.Income.yearly,
        {"source": "maize", "times": (r.YearDay(month=9, day=20), cny("1.00"))},
    ),
    "Income.arriving": (HARVEST.arriving, {"start": DRAWN, "end": NEXT}),
    "Spending": (r.Spending, {"name": "food", "a_month": cny("1.00")}),
    "Household": (
        r.Household,
        {
            "incomes": [WAGES],
            "essential": [FOOD],
            "priority_debts": [FOOD],
            "dependants": 2,
            "savings": cny("10.00"),
            "contingency": r.NO_CONTINGENCY,
        },
    ),
    "Contingency": (r.Contingency, {"part": share("10%"), "cap": cny("1.00"), "source": "house"}),
    "Contingency.of": (HOUSEHOLD.contingency.of, {"surplus": cny("1.00")}),
    "Contingency.left_of": (HOUSEHOLD.contingency.left_of, {"surplus": cny("1.00")}),
    "capacities": (
        r.capacities,
        {
            "household": HOUSEHOLD,
            "dates": DUES,
            "since": DRAWN,
            "reckoning": r.Reckoning.AVERAGED,
            "caps": [RATIO],
        },
    ),
    "Capacities.on": (r.capacities(HOUSEHOLD, DUES, since=DRAWN).on, {"day": NEXT}),
    "DebtServiceRatio": (
        r.DebtServiceRatio,
        {"most": share("50%"), "other_debts": cny("1.00"), "source": "house"},
    ),
    "DebtServiceRatio.most_for": (RATIO.most_for, {"household": HOUSEHOLD}),
    "ResidualIncome": (
        r.ResidualIncome,
        {"least": [cny("1.00")], "each_more": cny("1.00"), "source": "house"},
    ),
    "ResidualIncome.most_for": (TABLE_OF_NEEDS.most_for, {"household": HOUSEHOLD}),
    # Plans.
    "Part": (r.Part, {"component": "interest", "amount": cny("1.00")}),
    "Debt": (
        r.Debt,
        {
            "on": ON,
            "principal_not_due": cny("5037.42"),
            "arrears": PARTS,
            "running": RUNNING,
            "accrued": cny("1.00"),
            "rate": RATE,
            "day_count": r.THIRTY_360,
            "effective_rate": Rate("6.17%"),
        },
    ),
    "Debt.due": (DEBT.due, {"component": "interest"}),
    "Debt.less": (DEBT.less, {"forgiven": PARTS[1:]}),
    "Relief": (
        r.Relief,
        {
            "kind": "spread",
            "instalments": RECAST.instalments,
            "arrears_parts": RELIEF.arrears_parts,
            "schedule": RECAST.schedule,
            "cost": RECAST.cost,
            "conserved": RECAST.conserved,
            "forgiven": PARTS[1:],
        },
    ),
    "Cost": (
        r.Cost,
        {
            "total": cny("1.00"),
            "extra_interest": cny("1.00"),
            "months_more": 1,
            "on": ON,
            "agreed": REPAID,
            "instalments": REPAID,
            "effective": RATE,
        },
    ),
    "Conservation": (
        r.Conservation,
        {
            name: getattr(RELIEF.conserved, name)
            for name in (
                "old_principal",
                "other_arrears",
                "capitalised_interest",
                "capitalised_charges",
                "payable",
                "waived",
                "waived_principal",
                "new_principal",
            )
        },
    ),
    "ExtensionLimit": (
        r.ExtensionLimit,
        {
            "name": "house",
            "source": "house",
            "confidence": "memory",
            "bands": (limits.Band(up_to_months=12, reach="whole_term"), limits.Band(up_to_months=None, months=3)),
            "asked_by_maturity": True,
        },
    ),
    "ExtensionLimit.latest": (
        r.PERSONAL_LOANS.latest,
        {"drawn": DRAWN, "maturity": dt.date(2028, 1, 15), "product_months": 60},
    ),
    "ExtensionLimit.check": (
        r.PERSONAL_LOANS.check,
        {"to": NEXT, "on": ON, "drawn": DRAWN, "maturity": dt.date(2028, 1, 15), "product_months": 60},
    ),
    "ExtensionLimit.check_asked": (r.PERSONAL_LOANS.check_asked, {"on": ON, "by": NEXT}),
    "ExtensionLimit.check_reach": (
        r.PERSONAL_LOANS.check_reach,
        {"to": NEXT, "drawn": DRAWN, "maturity": dt.date(2028, 1, 15), "product_months": 60},
    ),
    "limits.Band": (
        limits.Band,
        {"up_to_months": 12, "reach": "whole_term", "months": None, "of_product": False},
    ),
    "kinds.PayNow": (kinds.PayNow, {"on": NEXT}),
    "kinds.pay_now": (kinds.pay_now, {"debt": DEBT, "request": kinds.PayNow(on=NEXT)}),
    "kinds.Spread": (
        kinds.Spread,
        {
            "dates": DUES[3:],
            "at_most": AT_MOST,
            "unit": 1,
            "rounding": Rounding.DOWN,
            "residue": "last",
        },
    ),
    "kinds.spread": (kinds.spread, {"debt": DEBT, "request": kinds.Spread(dates=DUES[3:], at_most=AT_MOST)}),
    "kinds.Capitalise": (kinds.Capitalise, {"dates": MORE_DATES, **RECAST_BY, "at_most": AT_MOST}),
    "kinds.capitalise": (
        kinds.capitalise,
        {"debt": DEBT, "request": kinds.Capitalise(dates=MORE_DATES, **RECAST_BY), "ways": False},
    ),
    "kinds.UnderLimit": (
        kinds.UnderLimit,
        {"limit": r.PERSONAL_LOANS, "drawn": DRAWN, "maturity": dt.date(2028, 1, 15), "product_months": 60},
    ),
    "kinds.Extend": (
        kinds.Extend,
        {"more": None, "dates": MORE_DATES, "under": UNDER, **RECAST_BY, "at_most": AT_MOST},
    ),
    "kinds.extend": (
        kinds.extend,
        {"debt": DEBT, "request": kinds.Extend(dates=MORE_DATES, under=UNDER, **RECAST_BY), "ways": False},
    ),
    "kinds.ReAge": (
        kinds.ReAge,
        {"dates": MORE_DATES, "interest": "full", "charges": "spread", "cut": kinds.Cut(), "at_most": AT_MOST},
    ),
    "kinds.re_age": (
        kinds.re_age,
        {"debt": DEBT, "request": kinds.ReAge(dates=MORE_DATES, interest="full"), "ways": False},
    ),
    "kinds.Holiday": (
        kinds.Holiday,
        {
            "periods": 2,
            "interest": "deferred",
            "dates": MORE_DATES,
            "arrears_interest": "spread",
            "charges": "first",
            "cut": kinds.Cut(),
        },
    ),
    "kinds.holiday": (kinds.holiday, {"debt": DEBT, "request": kinds.Holiday(periods=2)}),
    "kinds.Freeze": (
        kinds.Freeze,
        {
            "months": None,
            "frozen": [r.FrozenDays(NEXT, NEXT)],
            "dates": MORE_DATES,
            "saving": "last",
            "interest": "first",
            "charges": "waive",
            "cut": kinds.Cut(),
        },
    ),
    "kinds.freeze": (
        kinds.freeze,
        {"debt": DEBT, "request": kinds.Freeze(frozen=[r.FrozenDays(NEXT, NEXT)], dates=MORE_DATES)},
    ),
    "kinds.StepUp": (
        kinds.StepUp,
        {
            "ratio": share("110%"),
            "every": 2,
            "dates": MORE_DATES,
            "interest": "spread",
            "charges": "capitalise",
            "cut": kinds.Cut(),
        },
    ),
    "kinds.step_up": (
        kinds.step_up,
        {"debt": DEBT, "request": kinds.StepUp(ratio=share("110%"), every=2, dates=MORE_DATES)},
    ),
    "kinds.Waive": (
        kinds.Waive,
        {"forgiven": PARTS[2:], "then": kinds.pay_now},
    ),
    "kinds.waive": (
        kinds.waive,
        {
            "debt": DEBT,
            "request": kinds.Waive(
                forgiven=PARTS[2:], then=functools.partial(kinds.spread, request=kinds.Spread(dates=DUES[3:]))
            ),
        },
    ),
    "kinds.Settle": (
        kinds.Settle,
        {"amount": None, "discount": share("10%"), "dates": (ON, NEXT), "order": kinds.FORGIVEN_ORDER},
    ),
    "kinds.settle": (
        kinds.settle,
        {"debt": DEBT, "request": kinds.Settle(amount=cny("5000.00"), dates=(ON, NEXT))},
    ),
    "kinds.Cut": (
        kinds.Cut,
        {"rounding": Rounding.DOWN, "instalment_rounding": Rounding.DOWN, "unit": 1, "residue": "first"},
    ),
    "kinds.filled": (
        kinds.filled,
        {"terms": TERMS, "at_most": AT_MOST, "beside": PARTS[1:], "ways": False},
    ),
    # Proposals.
    "PlanLimits": (
        r.PlanLimits,
        {
            "kinds": r.KINDS,
            "longest_months": 12,
            "most_instalments": 24,
            "smallest_instalment": cny("10.00"),
            "pay_within_days": 7,
            "holiday_months": 2,
            "step": share("125%"),
            "waivable": ("penalty",),
            "least_settlement": share("80%"),
            "freeze_months": 2,
            "extension": UNDER,
            "most_loss": share("50%"),
            "shown": 10,
            "order": r.ORDER,
        },
    ),
    "propose": (
        r.propose,
        {
            "debt": DEBT,
            "means": HOUSEHOLD,
            "reason": "forgot",
            "limits": LIMITS,
            "dates": MORE_DATES,
            "caps": [RATIO, TABLE_OF_NEEDS],
        },
    ),
    "suited": (r.suited, {"kind": "spread", "reason": "forgot", "steering": r.STEERING}),
    "Proposal": (r.Proposal, {"relief": RELIEF, "answers_reason": True}),
    "Rejection": (r.Rejection, {"kind": "spread", "code": "no_room", "figures": (("on", "a"), ("amount", "b"))}),
    "Proposals": (
        r.Proposals,
        {
            "fitting": FOUND.fitting,
            "rejected": FOUND.rejected,
            "missing": NOTHING.missing,
            "deficit": NOTHING.missing.deficit,
            "gap": Gap(on=ON, amount=Money("1.00", "KES")),
        },
    ),
    "Shortfall": (
        r.Shortfall,
        {
            "amount": cny("1.00"),
            "months": 2,
            "rate": RATE,
            "deficit": cny("1.00"),
            "gap": cny("1.00"),
            "gap_on": NEXT,
        },
    ),
    "proposal_words.proposed": (words.proposed, {"proposal": FOUND.best, **OFFERED}),
    "proposal_words.rejected": (words.rejected, {"rejection": NOTHING.rejected[0], **OFFERED}),
    "proposal_words.uncovered": (words.uncovered, {"proposals": FOUND, **OFFERED}),
    "proposal_words.missing": (words.missing, {"shortfall": NOTHING.missing, **OFFERED}),
    # Showing.
    "schedule_table": (r.schedule_table, {"schedule": SCHEDULE, "language": "en", "texts": {"row.total": "Sum"}}),
    "offer_table": (
        r.offer_table,
        {
            "instalments": RELIEF.instalments,
            "arrears_parts": RELIEF.arrears_parts,
            "language": "en",
            "texts": {"row.total": "Sum"},
        },
    ),
    "Table": (
        r.Table,
        {"caption": "a", "headings": ("a",), "right": (True,), "rows": (("b",),), "total": ("c",)},
    ),
    "Table.text": (TABLE.text, {}),
    "Table.markdown": (TABLE.markdown, {}),
    "compare": (r.compare, {"plans": {"a": SCHEDULE, "b": RELIEF}, "since": DRAWN}),
    "Comparison.table": (COMPARED.table, {"language": "en", "texts": {"none": "-"}}),
    "Comparison.records": (COMPARED.records, {}),
    "export.schedule_records": (r.export.schedule_records, {"schedule": SCHEDULE}),
    "export.flow_records": (r.export.flow_records, {"flows": REPAID}),
    "export.to_csv": (r.export.to_csv, {"records": RECORDS}),
    "export.schedule_to_json": (r.export.schedule_to_json, {"schedule": SCHEDULE}),
    "export.schedule_from_json": (
        r.export.schedule_from_json,
        {"text": r.export.schedule_to_json(SCHEDULE)},
    ),
    "export.flows_to_json": (r.export.flows_to_json, {"flows": REPAID}),
    "export.flows_from_json": (r.export.flows_from_json, {"text": r.export.flows_to_json(REPAID)}),
    # A whole book.
    "batch.level": (
        batch.level,
        {
            "principals": [100_000],
            "currency": "CNY",
            "rates": [RATE],
            "counts": [6],
            "rounding": Rounding.DOWN,
            "instalment_rounding": Rounding.DOWN,
        },
    ),
    "batch.Book.of": (
        batch.Book.of,
        {"principals": np.array([100_000]), "currency": "CNY", "rates": RATE, "counts": 6},
    ),
    "batch.LevelColumns.schedule": (COLUMNS.schedule, {"loan": 0, "drawn": DRAWN}),
}
"""A good call by the name that a reader would write."""
