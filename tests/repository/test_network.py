"""
The suite itself: closed to the network, open to loopback, unforgiving to warnings.
"""

from __future__ import annotations

import socket
import warnings

import pytest
from pytest_socket import SocketConnectBlockedError


def test_the_network_is_closed():
    """
    A test that connects to another machine is stopped before anything is sent.
    """
    with socket.socket() as outward, pytest.raises(SocketConnectBlockedError):
        outward.connect(("255.255.255.255", 9))


def test_loopback_is_open():
    """
    A test may talk to a server that it started on this machine.
    """
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as caller:
        answering, _ = server.accept()
        with answering:
            answering.sendall(b"here")
            heard = caller.recv(4)

    assert heard == b"here"


def test_a_warning_is_an_error():
    """
    A warning that nobody expects fails the test that caused it.
    """
    with pytest.raises(DeprecationWarning):
        warnings.warn("old", DeprecationWarning, stacklevel=1)
