"""
The kinds of plan for arrears: each a function from a debt and a request to a `Relief`.
"""

from overdue_visit.repayment.kinds.capitalise import Capitalise, capitalise
from overdue_visit.repayment.kinds.extend import Extend, UnderLimit, extend
from overdue_visit.repayment.kinds.filled import filled
from overdue_visit.repayment.kinds.freeze import Freeze, freeze
from overdue_visit.repayment.kinds.holiday import Holiday, holiday
from overdue_visit.repayment.kinds.pay_now import PayNow, pay_now
from overdue_visit.repayment.kinds.re_age import ReAge, ReAgedInterest, re_age
from overdue_visit.repayment.kinds.recast import Cut, Treatment
from overdue_visit.repayment.kinds.settle import FORGIVEN_ORDER, Settle, settle
from overdue_visit.repayment.kinds.spread import Spread, spread
from overdue_visit.repayment.kinds.step_up import StepUp, step_up
from overdue_visit.repayment.kinds.waive import Waive, waive

__all__ = [
    "FORGIVEN_ORDER",
    "Capitalise",
    "Cut",
    "Extend",
    "Freeze",
    "Holiday",
    "PayNow",
    "ReAge",
    "ReAgedInterest",
    "Settle",
    "Spread",
    "StepUp",
    "Treatment",
    "UnderLimit",
    "Waive",
    "capitalise",
    "extend",
    "filled",
    "freeze",
    "holiday",
    "pay_now",
    "re_age",
    "settle",
    "spread",
    "step_up",
    "waive",
]
