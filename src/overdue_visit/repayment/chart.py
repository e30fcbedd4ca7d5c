"""
Plans as a chart: what is paid on each date, and what is still to pay. Needs the extra ``chart``.

Importing this module without matplotlib raises `MissingExtra`. A chart is a matplotlib ``Figure`` that belongs to no
window and no global state: ``chart(plans).savefig("plans.png")``.
"""

from __future__ import annotations

import operator
from collections.abc import Mapping, Sequence
from itertools import accumulate

from overdue_visit.errors import InvalidValue, MissingExtra
from overdue_visit.money import CurrencyMismatch
from overdue_visit.repayment.compare import Plan, flows_of
from overdue_visit.repayment.texts import Words

try:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
except ImportError as _missing:
    raise MissingExtra("overdue_visit.repayment.chart", "matplotlib", "chart") from _missing


def chart(
    plans: Mapping[str, Plan],
    *,
    language: str = "en",
    texts: Mapping[str, str] | None = None,
    font: str | None = None,
) -> Figure:
    """
    Draw plans by name: above, what is paid on each date; below, what is still to pay after it.

    Args:
        texts: The host's own words by code; they win over the shipped ones.

        font: A font family that is installed; Chinese words need one, because matplotlib's own has no such characters.

    Raises:
        InvalidValue: If there is no plan, one pays nothing, or the language is not shipped.
        CurrencyMismatch: If the plans have several currencies.
    """
    words = Words.of(language, texts)
    dated = {name: flows_of(plan) for name, plan in plans.items()}
    if not dated:
        raise InvalidValue("plans", list(plans), "one plan at least")
    currency = next(iter(dated.values()))[0].amount.currency
    figure = Figure(figsize=(9, 6), layout="constrained")
    above, below = figure.subplots(2, 1, sharex=True)
    tallest = []
    for name, flows in dated.items():
        if flows[0].amount.currency != currency:
            raise CurrencyMismatch("plans", flows[0].amount.currency, f"{currency}, as the first plan has")
        days = [flow.on for flow in flows]
        paid = [flow.amount.decimal for flow in flows]
        left = list(accumulate(paid, operator.sub, initial=sum(paid)))
        above.plot(days, paid, marker="o", markersize=3, linewidth=0.8, label=name)
        below.step([days[0], *days], left, where="post", label=name)
        tallest.append((max(paid), left[0]))
    above.set_title(f"{words.say('chart.payments')} ({words.amounts_in(currency)})")
    below.set_title(words.say("chart.left"))
    for axes, tops in zip((above, below), zip(*tallest, strict=True), strict=True):
        axes.set_ylim(0, max(tops) * 11 / 10)
    below.legend()
    figure.autofmt_xdate()
    if font is not None:
        _write_in(font, figure.axes)
    return figure


def _write_in(font: str, panels: Sequence[Axes]) -> None:
    for axes in panels:
        legend = axes.get_legend()
        texts = [axes.title, *axes.get_xticklabels(), *axes.get_yticklabels()]
        for text in (*texts, *(legend.get_texts() if legend else ())):
            text.set_fontfamily(font)
