"""
The same figures on every machine: no hash seed, locale or decimal context of the host changes them.
"""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

SCRIPT = """
import datetime as dt, decimal
from overdue_visit import repayment as r
from overdue_visit.money import Money
from overdue_visit.rate import Per, Rate

{context}
drawn = dt.date(2026, 1, 31)
terms = r.Terms(principal=Money("12345.67", "KES"), rate=Rate("11.9%"), drawn=drawn, dues=r.months_after(drawn, 18),
                day_count=r.ACT_365F)
for kind in (r.level, r.equal_principal, r.interest_first, r.bullet):
    print([row.minor for row in kind(terms).rows])
debt = r.Debt(on=drawn, principal_not_due=Money("9000.00", "KES"), arrears=[r.Part("principal", Money("700.00", "KES")),
              r.Part("penalty", Money("30.00", "KES"))], running=r.level(terms).flows(), rate=Rate("11.9%"))
home = r.Household(incomes=[r.Income.monthly("wages", Money("1500.00", "KES"))])
limits = r.PlanLimits(shown=10, freeze_months=3, waivable=["penalty"], least_settlement=Rate("90%", Per.ONCE))
for each in r.propose(debt, home, reason="illness", limits=limits).fitting:
    print(each.kind, each.figures, each.relief.cost.npv_loss)
print(r.worth(r.level(terms).flows(), effective=Rate("9%"), on=drawn), r.annuity.irr([-5000, *[230] * 24]))
"""

NARROW = """
decimal.setcontext(decimal.Context(prec=3, rounding=decimal.ROUND_UP, traps=[]))
"""


def printed(context: str = "", **environment: str) -> str:
    """
    Run the script in a process of its own and return what it prints.
    """
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT.format(context=context)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **environment},
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def plain() -> str:
    """
    What is printed with the first hash seed, in the plainest locale.
    """
    return printed(PYTHONHASHSEED="1", LC_ALL="C")


def test_something_is_printed(plain):
    """
    The script reckons four schedules, some proposals and a worth.
    """
    assert len(plain.splitlines()) >= 7


@pytest.mark.parametrize("seed", ["0", "2", "4294967295"])
def test_no_hash_seed_changes_a_figure(plain, seed):
    """
    Sets and dictionaries may be ordered otherwise; no figure is.
    """
    assert printed(PYTHONHASHSEED=seed, LC_ALL="C") == plain


def test_no_locale_changes_a_figure(plain):
    """
    A host that writes decimal commas gets the same text.
    """
    assert printed(PYTHONHASHSEED="1", LC_ALL="de_DE.UTF-8", LANG="zh_CN.UTF-8") == plain


def test_no_decimal_context_changes_a_figure(plain):
    """
    A host whose context has three digits and rounds up gets the same figures.
    """
    assert printed(NARROW, PYTHONHASHSEED="1", LC_ALL="C") == plain
