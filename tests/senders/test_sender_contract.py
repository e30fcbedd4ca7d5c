"""
The conformance suite of the sender port, proved on senders that keep the law and on senders that break it.
"""

from __future__ import annotations

import pytest

from overdue_visit.testing.sender_contract import SenderContract
from tests.senders import gateway


def broken_laws(contract):
    """
    Run a suite as pytest would, and return the names of the tests that failed and of those that were skipped.
    """
    failed, skipped = set(), set()
    for name in sorted(name for name in dir(contract) if name.startswith("test_")):
        marks = getattr(getattr(contract, name), "pytestmark", [])
        cases = [{mark.args[0]: value} for mark in marks for value in mark.args[1]] or [{}]
        for case in cases:
            try:
                getattr(contract(), name)(**case)
            except pytest.skip.Exception:
                skipped.add(name)
            except Exception:  # noqa: BLE001 - any error fails a test, as it does in pytest
                failed.add(name)
    return failed, skipped


class TestGoodSender(gateway.contract_of(gateway.GoodSender)):
    """A sender that keeps the law passes, run by pytest itself."""


@pytest.mark.parametrize(
    ("kind", "skipped"),
    [
        (gateway.GoodSender, {"test_the_same_key_again_arrives_once_where_that_is_promised"}),
        (gateway.OnceSender, set()),
    ],
)
def test_lawful_senders_pass(kind, skipped):
    """
    A sender that keeps the law passes every test, and only a promise it does not make is skipped.
    """
    assert broken_laws(gateway.contract_of(kind)) == (set(), skipped)


@pytest.mark.parametrize(
    ("kind", "law"),
    [
        (gateway.ServesNothing, "test_channels_are_names_that_stay"),
        (gateway.ForgetsItsChannels, "test_channels_are_names_that_stay"),
        (gateway.Undecided, "test_idempotency_is_declared"),
        (gateway.PromisesTooMuch, "test_the_same_key_again_arrives_once_where_that_is_promised"),
        (gateway.TakesTextForKey, "test_each_key_is_a_letter"),
        (gateway.ReturnsNothing, "test_what_is_sent_arrives_once"),
        (gateway.SendsTwice, "test_what_is_sent_arrives_once"),
        (gateway.NeverSends, "test_what_is_sent_arrives_once"),
        (gateway.SwallowsFailure, "test_a_world_that_takes_nothing_is_a_failure"),
        (gateway.DeniesInDoubt, "test_a_line_that_breaks_is_doubt"),
        (gateway.ClaimsInDoubt, "test_a_line_that_breaks_is_doubt"),
        (gateway.LetsErrorsThrough, "test_hard_letters_have_an_outcome"),
        (gateway.TellsAddresses, "test_a_world_that_takes_nothing_is_a_failure"),
        (gateway.TellsAddressesBelow, "test_a_world_that_takes_nothing_is_a_failure"),
        (gateway.ReceiptTellsAddress, "test_receipts_hold_nothing_personal"),
        (gateway.KnowsNoChinese, "test_hard_letters_have_an_outcome"),
        (gateway.SplitsAddresses, "test_hard_letters_have_an_outcome"),
    ],
)
def test_broken_senders_are_caught(kind, law):
    """
    Each way of breaking the law fails the test that is about it.
    """
    failed, _ = broken_laws(gateway.contract_of(kind))

    assert law in failed


def test_what_nobody_can_tell_is_skipped_and_not_passed():
    """
    With one factory method the suite says which laws it could not look at.
    """

    class Contract(SenderContract):
        def make_sender(self):
            return gateway.GoodSender(gateway.Gateway())

    failed, skipped = broken_laws(Contract)

    assert failed == set()
    assert skipped == {
        "test_the_same_key_again_arrives_once_where_that_is_promised",
        "test_a_world_that_takes_nothing_is_a_failure",
        "test_a_line_that_breaks_is_doubt",
    }


def test_without_its_factory_the_suite_says_what_is_missing():
    """
    A subclass that forgot the factory method is told its name.
    """

    class TestMine(SenderContract):
        pass

    with pytest.raises(TypeError, match="TestMine must say in make_sender"):
        TestMine().make_sender()
