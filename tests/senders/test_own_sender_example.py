"""
The example of an own sender.
"""

from __future__ import annotations

import importlib.util
import pathlib
import sys

from tests.senders.test_sender_contract import broken_laws

EXAMPLE = pathlib.Path(__file__).resolve().parents[2] / "examples" / "own_sender.py"


def own_sender():
    """
    Import the example from its file.
    """
    spec = importlib.util.spec_from_file_location("own_sender", EXAMPLE)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_the_example_sends(capsys):
    """
    The script sends its notice once and says so.
    """
    own_sender().main()

    assert capsys.readouterr().out == "ke-001/1#3 went out as m-1; 1 message was sent\n"


def test_the_example_keeps_the_law():
    """
    The suite in the example passes, and leaves out nothing.
    """
    assert broken_laws(own_sender().TestTextMessages) == (set(), set())
