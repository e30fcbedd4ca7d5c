"""
Repayment mathematics: schedules, plans for arrears, affordability, late interest, allocation, rates and values.

Usable alone: everything here takes and gives plain values. Rates and values live in modules of their own, since each
country has its ``apr``: ``repayment.apr_us.apr(...)``.
"""

from overdue_visit.repayment import (
    annuity,
    apr_eu,
    apr_uk,
    apr_us,
    effective,
    export,
    kinds,
    npv_loss,
    proposal_words,
    settlement_figure,
    uk_rebate,
)
from overdue_visit.repayment.accrual import Accrued, accrue, accrue_between, postings
from overdue_visit.repayment.adjustable import Reset, adjustable
from overdue_visit.repayment.allocation import Allocated, Allocation, allocate, allocate_each
from overdue_visit.repayment.allocation_order import Bucket, Order, Orders, When
from overdue_visit.repayment.allocation_orders import (
    BY_PERFORMANCE,
    CIVIL_CODE_561,
    INTEREST_FIRST,
    OLDEST_FIRST,
    ORDERS,
    PRINCIPAL_FIRST,
)
from overdue_visit.repayment.amounts import Amounts
from overdue_visit.repayment.apr import Apr, AprMethod
from overdue_visit.repayment.balloon import amortised_over, balloon
from overdue_visit.repayment.bullet import bullet
from overdue_visit.repayment.capacity import Capacities, Reckoning, capacities
from overdue_visit.repayment.caps import Cap, DebtServiceRatio, ResidualIncome
from overdue_visit.repayment.changing_interest import RateChange
from overdue_visit.repayment.compare import compare
from overdue_visit.repayment.conservation import Conservation
from overdue_visit.repayment.contingency import NO_CONTINGENCY, UK_CONTINGENCY, Contingency
from overdue_visit.repayment.cost import Cost
from overdue_visit.repayment.day_count import DayCount
from overdue_visit.repayment.day_count_actual import ACT_360, ACT_364, ACT_365F, ACT_ACT_ISDA, ActualICMA, Business252
from overdue_visit.repayment.day_count_names import DAY_COUNTS, named
from overdue_visit.repayment.day_count_thirty import (
    THIRTY_360,
    THIRTY_360_BOND,
    THIRTY_360_US,
    THIRTY_E_360,
    thirty_e_360_isda,
)
from overdue_visit.repayment.debt import Component, Debt, Part
from overdue_visit.repayment.debts import CIVIL_CODE_560, DebtOrder, OpenDebt, allocate_to_debts
from overdue_visit.repayment.due import Due, dues_of
from overdue_visit.repayment.entries import Payment, Reversal, Waiver
from overdue_visit.repayment.equal_principal import equal_principal
from overdue_visit.repayment.fees import Fees, with_fees
from overdue_visit.repayment.flat import flat
from overdue_visit.repayment.flows import Flow, TimedFlow
from overdue_visit.repayment.freeze import frozen
from overdue_visit.repayment.frozen_days import FrozenDays
from overdue_visit.repayment.grace import grace
from overdue_visit.repayment.holiday import HolidayInterest, holiday
from overdue_visit.repayment.household import Household, Spending
from overdue_visit.repayment.income import Income, Rhythm, YearDay
from overdue_visit.repayment.interest_first import interest_first
from overdue_visit.repayment.late_fees import FeeEvent, FeeRule, FeeTerms, LateFee, late_fees
from overdue_visit.repayment.late_interest import LateInterest, Overdue, Reduction, late_interest
from overdue_visit.repayment.late_rate import MISUSE, OVERDUE, UpliftBand, UpliftOutsideBand, uplifted
from overdue_visit.repayment.late_terms import LateCap, LateTerms
from overdue_visit.repayment.level import level, level_instalment
from overdue_visit.repayment.level_carried import carried_level
from overdue_visit.repayment.limits import (
    EXTENSION_LIMITS,
    GENERAL_LENDING,
    PERSONAL_LOANS,
    ExtensionBeyondLimit,
    ExtensionLimit,
    ExtensionTooLate,
)
from overdue_visit.repayment.payment_rules import FixedPayment, FixedPrincipal, ShareOfBalance, ShareOfDebt, by_rule
from overdue_visit.repayment.periods import MissingDay, custom, every_days, monthly, months_after, rolled
from overdue_visit.repayment.plan_limits import KINDS, ORDER, PlanLimits, Rank
from overdue_visit.repayment.present_value import balancing_rate, effective_rate, worth
from overdue_visit.repayment.proposals import Proposal, Proposals, Rejection, propose
from overdue_visit.repayment.rate_changes import with_rate_changes
from overdue_visit.repayment.relief import AtMost, CannotFit, Relief
from overdue_visit.repayment.replay import Replayed, replay
from overdue_visit.repayment.row import Row
from overdue_visit.repayment.schedule import Schedule
from overdue_visit.repayment.seasonal import seasonal
from overdue_visit.repayment.shortfall import Shortfall
from overdue_visit.repayment.steering import STEERING, suited
from overdue_visit.repayment.stepped import stepped, stepped_amounts
from overdue_visit.repayment.table import Table, offer_table, schedule_table
from overdue_visit.repayment.terms import Terms

__all__ = [
    "ACT_360",
    "ACT_364",
    "ACT_365F",
    "ACT_ACT_ISDA",
    "BY_PERFORMANCE",
    "CIVIL_CODE_560",
    "CIVIL_CODE_561",
    "DAY_COUNTS",
    "EXTENSION_LIMITS",
    "GENERAL_LENDING",
    "INTEREST_FIRST",
    "KINDS",
    "MISUSE",
    "NO_CONTINGENCY",
    "OLDEST_FIRST",
    "ORDER",
    "ORDERS",
    "OVERDUE",
    "PERSONAL_LOANS",
    "PRINCIPAL_FIRST",
    "STEERING",
    "THIRTY_360",
    "THIRTY_360_BOND",
    "THIRTY_360_US",
    "THIRTY_E_360",
    "UK_CONTINGENCY",
    "Accrued",
    "ActualICMA",
    "Allocated",
    "Allocation",
    "Amounts",
    "Apr",
    "AprMethod",
    "AtMost",
    "Bucket",
    "Business252",
    "CannotFit",
    "Cap",
    "Capacities",
    "Component",
    "Conservation",
    "Contingency",
    "Cost",
    "DayCount",
    "Debt",
    "DebtOrder",
    "DebtServiceRatio",
    "Due",
    "ExtensionBeyondLimit",
    "ExtensionLimit",
    "ExtensionTooLate",
    "FeeEvent",
    "FeeRule",
    "FeeTerms",
    "Fees",
    "FixedPayment",
    "FixedPrincipal",
    "Flow",
    "FrozenDays",
    "HolidayInterest",
    "Household",
    "Income",
    "LateCap",
    "LateFee",
    "LateInterest",
    "LateTerms",
    "MissingDay",
    "OpenDebt",
    "Order",
    "Orders",
    "Overdue",
    "Part",
    "Payment",
    "PlanLimits",
    "Proposal",
    "Proposals",
    "Rank",
    "RateChange",
    "Reckoning",
    "Reduction",
    "Rejection",
    "Relief",
    "Replayed",
    "Reset",
    "ResidualIncome",
    "Reversal",
    "Rhythm",
    "Row",
    "Schedule",
    "ShareOfBalance",
    "ShareOfDebt",
    "Shortfall",
    "Spending",
    "Table",
    "Terms",
    "TimedFlow",
    "UpliftBand",
    "UpliftOutsideBand",
    "Waiver",
    "When",
    "YearDay",
    "accrue",
    "accrue_between",
    "adjustable",
    "allocate",
    "allocate_each",
    "allocate_to_debts",
    "amortised_over",
    "annuity",
    "apr_eu",
    "apr_uk",
    "apr_us",
    "balancing_rate",
    "balloon",
    "bullet",
    "by_rule",
    "capacities",
    "carried_level",
    "compare",
    "custom",
    "dues_of",
    "effective",
    "effective_rate",
    "equal_principal",
    "every_days",
    "export",
    "flat",
    "frozen",
    "grace",
    "holiday",
    "interest_first",
    "kinds",
    "late_fees",
    "late_interest",
    "level",
    "level_instalment",
    "monthly",
    "months_after",
    "named",
    "npv_loss",
    "offer_table",
    "postings",
    "proposal_words",
    "propose",
    "replay",
    "rolled",
    "schedule_table",
    "seasonal",
    "settlement_figure",
    "stepped",
    "stepped_amounts",
    "suited",
    "thirty_e_360_isda",
    "uk_rebate",
    "uplifted",
    "with_fees",
    "with_rate_changes",
    "worth",
]
