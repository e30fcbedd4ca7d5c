"""
Interest freeze: days that bear no interest, inside a level plan.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, get_args

from overdue_visit.errors import InvalidValue
from overdue_visit.repayment.changing_interest import changing
from overdue_visit.repayment.demands import demand, demand_flag
from overdue_visit.repayment.frozen_days import FrozenDays
from overdue_visit.repayment.level import level
from overdue_visit.repayment.running_balance import RunningBalance
from overdue_visit.repayment.schedule import Schedule
from overdue_visit.repayment.terms import Terms
from overdue_visit.repayment.weighted import Weighted

Saving = Literal["last", "every"]
"""Which instalments are lower by what a freeze saves: the last ones, or every one."""


def frozen(terms: Terms, freezes: Sequence[FrozenDays], *, saving: Saving = "last", nudge: bool = False) -> Schedule:
    """
    Make a level plan in which some days bear no interest; days in several freezes count once.

    100 at 7 % in six months, 5 to 10 February frozen: 17.01 five times, and 16.90 instead of 17.00.

    Args:
        saving: ``"last"``: the instalment is that of the plan without a freeze, and what is saved lowers the last
            payment, or ends the plan earlier. ``"every"``: the instalment is reckoned with the freeze; frozen
            throughout, it is the plan at a rate of zero.

        nudge: Nudge the instalment of the plan without a freeze, as `level` does.

    Raises:
        InvalidValue: If *saving* is unknown, or an instalment is below the interest of a row.
    """
    demand(terms, Terms, "terms")
    demand_flag(nudge, "nudge")
    if saving not in get_args(Saving):
        raise InvalidValue("saving", saving, "'last' or 'every'")
    accruals = changing(terms, freezes=freezes)
    if saving == "every":
        plan = Weighted.of(terms, (1,) * len(terms.dues), accruals=accruals)
        return plan.run().schedule("frozen", instalment=plan.amounts()[-1])
    usual = level(terms, nudge=nudge).instalment
    instalment = usual.minor if usual else 0
    running = RunningBalance.clearing_last(terms, accruals)
    while running.open:
        running.pay(running.covering(instalment))
    return running.schedule("frozen", instalment=instalment)
