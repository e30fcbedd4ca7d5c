"""
What every test of the house shares: how Hypothesis searches, and that every refusal it meets is whole.

The network is closed but for loopback, and a warning is an error: both are set in ``pyproject.toml``.
"""

from __future__ import annotations

import pathlib

import pytest
from hypothesis import HealthCheck, is_hypothesis_test, settings

from overdue_visit.errors import InvalidValue

# The machine may be slow or shared: a slow draw is no fault of the code, so no deadline and no complaint about speed.
_UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True)

# The same examples on every run and every machine: the gate never fails by luck.
settings.register_profile("gate", _UNHURRIED, derandomize=True, database=None)
# New examples on every run, and many more of them.
settings.register_profile("soak", _UNHURRIED, derandomize=False, max_examples=5000)
settings.load_profile("gate")

CALCULATORS = frozenset({"repayment", "contact", "classification", "limitation"})


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """
    Mark the laws of the calculators as slow: pure integers, they run once in the gate, and their examples everywhere.
    """
    for item in items:
        law = is_hypothesis_test(getattr(item, "obj", None))
        if law and CALCULATORS & set(pathlib.PurePath(item.path).parts):
            item.add_marker(pytest.mark.slow)


@pytest.fixture(autouse=True, scope="session")
def refusals_are_whole():
    """
    Hold every refusal of a value, wherever a test meets one, to naming a field and what would be accepted.
    """
    made = InvalidValue.__init__

    def checked(self, field, value, accepted):
        assert isinstance(field, str)
        assert field
        assert isinstance(accepted, str)
        assert accepted
        made(self, field, value, accepted)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(InvalidValue, "__init__", checked)
        yield
