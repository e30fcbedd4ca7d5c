"""
Plans as a chart, with matplotlib and without it.
"""

import datetime as dt
import importlib
import io
import pickle
import sys

import pytest

from overdue_visit.errors import InvalidValue, MissingExtra
from overdue_visit.money import CurrencyMismatch, Money
from overdue_visit.repayment.flows import Flow

MODULE = "overdue_visit.repayment.chart"
DAYS = (dt.date(2026, 9, 1), dt.date(2026, 10, 1))
PLANS = {
    "all at once": (Flow(DAYS[0], Money("300", "KES")),),
    "in two": tuple(Flow(day, Money("160", "KES")) for day in DAYS),
}


@pytest.fixture
def chart():
    """
    Return the module, where matplotlib is installed.
    """
    pytest.importorskip("matplotlib")
    return importlib.import_module(MODULE)


def test_without_matplotlib_the_extra_is_named(monkeypatch):
    """
    Where matplotlib is missing, importing the chart says which extra brings it; the rest of the package works.
    """
    for name in [name for name in sys.modules if name.partition(".")[0] == "matplotlib"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.delitem(sys.modules, MODULE, raising=False)
    monkeypatch.setitem(sys.modules, "matplotlib", None)

    with pytest.raises(MissingExtra) as missing:
        importlib.import_module(MODULE)

    assert (missing.value.extra, missing.value.what) == ("chart", "matplotlib")
    assert "overdue_visit[chart]" in str(pickle.loads(pickle.dumps(missing.value)))


def test_each_plan_is_drawn_in_both_panels(chart):
    """
    Above stands what is paid on each date, below what is still to pay after it.
    """
    figure = chart.chart(PLANS)

    above, below = figure.axes
    assert [line.get_label() for line in above.lines] == [line.get_label() for line in below.lines] == list(PLANS)
    assert [list(map(int, line.get_ydata())) for line in below.lines] == [[300, 0], [320, 160, 0]]
    assert [list(map(int, line.get_ydata())) for line in above.lines] == [[300], [160, 160]]
    assert (above.get_title(), below.get_title()) == ("Payments (Amounts in KES)", "Still to pay")


def test_a_chart_can_be_saved(chart):
    """
    A chart is a figure of its own: it saves as a picture, without a window.
    """
    picture = io.BytesIO()

    chart.chart(PLANS, font="DejaVu Serif").savefig(picture, format="png")

    assert picture.getvalue().startswith(b"\x89PNG")


def test_a_chart_speaks_the_readers_language(chart):
    """
    Titles are in the language asked for, or in the host's own words.
    """
    titles = [
        chart.chart(PLANS, language="zh").axes[1].get_title(),
        chart.chart(PLANS, texts={"chart.left": "Baki"}).axes[1].get_title(),
    ]

    assert titles == ["尚需还款", "Baki"]


def test_bad_values_are_refused(chart):
    """
    No plans, unknown languages and mixed currencies are refused.
    """
    with pytest.raises(InvalidValue, match="plans"):
        chart.chart({})
    with pytest.raises(InvalidValue, match="language"):
        chart.chart(PLANS, language="fr")
    with pytest.raises(CurrencyMismatch):
        chart.chart(PLANS | {"dollars": [Flow(DAYS[0], Money("1", "USD"))]})
