"""
A real mail server on this machine, which can be told to misbehave at any point of the dialogue.
"""

from __future__ import annotations

import base64
import contextlib
import email
import email.policy
import pathlib
import socketserver
import ssl
import threading
from email.message import EmailMessage

CERTIFICATE = pathlib.Path(__file__).with_name("localhost.pem")
USER, PASSWORD = "loans", "a secret"
LOGIN = "AUTH PLAIN " + base64.b64encode(f"\0{USER}\0{PASSWORD}".encode()).decode()

DROP = "drop"
"""Instead of an answer, the line goes dead."""
HANG = "hang"
"""Instead of an answer, nothing comes."""

_USUAL = {
    "GREETING": "220 mail.example.org ready",
    "EHLO": "250-mail.example.org\r\n250-8BITMIME\r\n{tls}250 AUTH PLAIN",
    "STARTTLS": "220 go on",
    "AUTH": "235 welcome",
    "MAIL": "250 sender ok",
    "RCPT": "250 recipient ok",
    "DATA": "354 end with a dot",
    "LETTER": "250 2.0.0 queued as 4711",
    "QUIT": "221 bye",
}


class MailServer(socketserver.ThreadingTCPServer):
    """
    Takes letters on a free port of the loopback until it is closed.

    Args:
        tls: ``"starttls"`` offers it, ``"implicit"`` speaks nothing else.
        answers: What to say instead of the usual, by the command it answers; ``LETTER`` is the end of the letter.
    """

    daemon_threads = True
    block_on_close = False
    request_queue_size = 50

    def __init__(self, *, tls: str = "none", **answers: str) -> None:
        super().__init__(("127.0.0.1", 0), _Dialogue)
        self.tls = tls
        self.answers = {**_USUAL, **answers}
        self.letters: list[EmailMessage] = []
        self.envelopes: list[tuple[str, tuple[str, ...]]] = []
        self.protected: list[bool] = []
        self.closing = threading.Event()
        self._thread = threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()

    @property
    def port(self) -> int:
        """
        Return the port it listens on.
        """
        return self.server_address[1]

    def take(self, sender: str, recipients: list[str], letter: bytes, *, protected: bool) -> None:
        """
        Keep a letter with its envelope.
        """
        self.envelopes.append((sender, tuple(recipients)))
        self.protected.append(protected)
        self.letters.append(email.message_from_bytes(letter, policy=email.policy.default))

    def close(self) -> None:
        """
        Stop listening and let go of those who hang.
        """
        self.closing.set()
        self.shutdown()
        self.server_close()
        self._thread.join()

    def __exit__(self, *error: object) -> None:
        self.close()


class _LineDead(Exception):
    pass


class _Dialogue(socketserver.StreamRequestHandler):
    server: MailServer

    def handle(self) -> None:
        """
        Lead one dialogue to its end.
        """
        self.sender, self.recipients = "", []
        with contextlib.suppress(_LineDead, OSError):
            if self.server.tls == "implicit":
                self._protect()
            self._answer("GREETING")
            while line := self.rfile.readline():
                self._command(line.decode("ascii").rstrip("\r\n"))

    def _command(self, line: str) -> None:
        verb = line.partition(" ")[0].upper()
        answer = self._answer(verb if self.server.answers.get(verb) else "EHLO", line)
        if verb == "MAIL":
            self.sender, self.recipients = _bracketed(line), []
        if verb == "RCPT" and answer.startswith("250"):
            self.recipients.append(_bracketed(line))
        if verb == "STARTTLS" and answer.startswith("220"):
            self._protect()
        if verb == "DATA" and answer.startswith("354"):
            self._letter()
        if verb == "QUIT":
            raise _LineDead

    def _letter(self) -> None:
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            if not line:
                raise _LineDead
            lines.append(line[1:] if line.startswith(b".") else line)
        if self.server.answers["LETTER"].startswith(("250", DROP)):
            protected = isinstance(self.connection, ssl.SSLSocket)
            self.server.take(self.sender, self.recipients, b"".join(lines), protected=protected)
        self._answer("LETTER")

    def _answer(self, verb: str, line: str = "") -> str:
        answer = self.server.answers[verb]
        if verb == "AUTH" and line != LOGIN:
            answer = "535 who are you?"
        if answer == HANG:
            self.server.closing.wait()
        if answer in (HANG, DROP):
            raise _LineDead
        offered = self.server.tls == "starttls" and not isinstance(self.connection, ssl.SSLSocket)
        answer = answer.replace("{tls}", "250-STARTTLS\r\n" if offered else "")
        self.wfile.write(answer.encode("ascii") + b"\r\n")
        return answer

    def _protect(self) -> None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(CERTIFICATE)
        self.connection = context.wrap_socket(self.connection, server_side=True)
        self.rfile = self.connection.makefile("rb")
        self.wfile = self.connection.makefile("wb", buffering=0)

    def finish(self) -> None:
        """
        Close the line without complaint.
        """
        with contextlib.suppress(OSError):
            super().finish()
        self.connection.close()


def _bracketed(line: str) -> str:
    return line[line.index("<") + 1 : line.rindex(">")]
