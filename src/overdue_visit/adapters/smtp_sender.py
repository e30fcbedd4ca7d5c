"""
The SMTP sender: hands notices to a mail server, with nothing but the standard library.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import email.policy
import re
import smtplib
import ssl
from email.headerregistry import Address
from email.message import EmailMessage
from typing import ClassVar, Literal, get_args

import attrs

from overdue_visit.adapters.clock import SystemClock
from overdue_visit.adapters.sending import name_of, one_line, printable, served
from overdue_visit.errors import InvalidValue
from overdue_visit.ports.clock import Clock
from overdue_visit.ports.sender import OutcomeUnknown, OutgoingNotice, Receipt, SendFailed

Tls = Literal["starttls", "implicit", "none"]
"""How a connection is protected: after a greeting in the clear, from its first byte, or not at all."""

# The plain form of RFC 5321, 4.1.2: dotted atoms, no quoting, no comments, no lists, no line ends; so nothing that can
# be read as a second recipient or another command.
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_ADDRESS = re.compile(rf"{_ATOM}(?:\.{_ATOM})*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*")
# Seven bits pass every server, also one without 8BITMIME and SMTPUTF8.
_POLICY = email.policy.SMTP.clone(cte_type="7bit")
_NAME = "mail server"
_OK = 250
_GO_AHEAD = 354


@attrs.frozen
class NoAddress(SendFailed):
    """The party has no address on this channel, or none that can be written to."""

    code: ClassVar[str] = "no_address"


@attrs.frozen
class SmtpSender:
    """
    Sends mail through one server, a connection for each letter.

    A letter counts as sent when the server took it; that is not yet delivery. A refusal by the server is permanent only
    where it is about this letter or its addressee: a server that is down, or refuses us, may be tried again.

    Args:
        host: The server; with TLS its certificate must bear this name.
        port: 587 goes with ``tls="starttls"``, 465 with ``"implicit"``.
        sender_address: Who writes; replies and bounces go there.
        sender_name: How the sender is called, such as the lender's name.
        channels: The channels whose addresses are mail addresses.
        tls: Without it no password is sent.
        context: Whom to trust; the machine's authorities when left out.
        username: Log in with it and *password*; not at all when left out.
        timeout_seconds: For each answer of the server; a dialogue has about ten, and ends within the policy's lease.
        clock: Dates the letters.

    Raises:
        InvalidValue: If any of it cannot be used.
    """

    host: str
    port: int = 587
    sender_address: str = attrs.field(kw_only=True)
    sender_name: str = attrs.field(default="", kw_only=True)
    channels: frozenset[str] = attrs.field(default=frozenset({"email"}), converter=served, kw_only=True)
    tls: Tls = attrs.field(default="starttls", kw_only=True)
    context: ssl.SSLContext | None = attrs.field(default=None, kw_only=True, repr=False)
    username: str | None = attrs.field(default=None, kw_only=True, repr=False)
    password: str | None = attrs.field(default=None, kw_only=True, repr=False)
    timeout_seconds: int = attrs.field(default=30, kw_only=True)
    clock: Clock = attrs.field(factory=SystemClock, kw_only=True, repr=False)

    def __attrs_post_init__(self) -> None:
        if not _is_host(self.host):
            raise InvalidValue("host", self.host, "the name or address of a mail server")
        for field, value, highest in (("port", self.port, 65535), ("timeout_seconds", self.timeout_seconds, 3600)):
            if type(value) is not int or not 1 <= value <= highest:
                raise InvalidValue(field, value, f"a whole number from 1 to {highest}")
        if not isinstance(self.sender_address, str) or not _ADDRESS.fullmatch(self.sender_address):
            raise InvalidValue("sender_address", self.sender_address, "a mail address, such as 'loans@example.org'")
        if not isinstance(self.sender_name, str) or self.sender_name != one_line(self.sender_name):
            raise InvalidValue("sender_name", self.sender_name, "a name on one line")
        if self.tls not in get_args(Tls):
            raise InvalidValue("tls", self.tls, "'starttls', 'implicit' or 'none'")
        self._check_login()

    def _check_login(self) -> None:
        if (self.username is None) != (self.password is None):
            raise InvalidValue("username", self.username, "a user name and a password, or neither")
        if self.username is not None and self.tls == "none":
            raise InvalidValue("tls", self.tls, "'starttls' or 'implicit': a password is not sent in the clear")
        if not f"{self.username}{self.password}".isascii():
            raise InvalidValue("password", "(not shown)", "a user name and a password in ASCII")

    @property
    def idempotent(self) -> bool:
        """``False``: a server may take the same letter twice."""
        return False

    def send(self, letter: OutgoingNotice, *, key: str) -> Receipt:
        """
        Hand one letter to the server; the receipt's reference is its Message-ID.

        Raises:
            NoAddress: If the letter has no mail address.
            SendFailed: If the server did not take it.
            OutcomeUnknown: If the line broke after the letter was on it.
        """
        recipient = _recipient(letter)
        message_id = f"<{name_of(key)}@{self.sender_address.rpartition('@')[2]}>"
        mail = self._mail(letter, recipient, message_id)
        try:
            with contextlib.closing(self._connected()) as session:
                self._announce(session, recipient)
                _hand_over(session, mail)
                with contextlib.suppress(smtplib.SMTPException, OSError):
                    session.quit()
        except (smtplib.SMTPException, OSError) as exc:
            raise SendFailed(_NAME, f"no dialogue: {type(exc).__name__}", permanent=False) from exc
        return Receipt(message_id)

    def _connected(self) -> smtplib.SMTP:
        if self.tls == "implicit":
            return smtplib.SMTP_SSL(self.host, self.port, timeout=self.timeout_seconds, context=self._trust())
        session = smtplib.SMTP(self.host, self.port, timeout=self.timeout_seconds)
        try:
            if self.tls == "starttls":
                session.starttls(context=self._trust())
        except (smtplib.SMTPException, OSError):
            session.close()
            raise
        return session

    def _trust(self) -> ssl.SSLContext:
        return self.context or ssl.create_default_context()

    def _announce(self, session: smtplib.SMTP, recipient: str) -> None:
        session.ehlo_or_helo_if_needed()
        if self.username is not None and self.password is not None:
            session.login(self.username, self.password)
        code, _ = session.mail(self.sender_address)
        if code != _OK:
            raise SendFailed(_NAME, f"the sender is refused ({code})", permanent=False)
        code, _ = session.rcpt(recipient)
        if code not in (_OK, 251):
            raise _refused("the recipient", code)
        code, _ = session.docmd("DATA")
        if code != _GO_AHEAD:
            raise _refused("the letter", code)

    def _mail(self, letter: OutgoingNotice, recipient: str, message_id: str) -> bytes:
        mail = EmailMessage(policy=_POLICY)
        mail["From"] = Address(self.sender_name, addr_spec=self.sender_address)
        mail["To"] = Address(addr_spec=recipient)
        mail["Subject"] = one_line(letter.subject)
        mail["Date"] = self.clock.now(dt.UTC)
        mail["Message-ID"] = message_id
        # RFC 3834: whoever is on holiday need not tell us so.
        mail["Auto-Submitted"] = "auto-generated"
        mail.set_content(printable(letter.body))
        # After the content, which takes its own headers with it.
        mail["Content-Language"] = one_line(letter.language)
        return mail.as_bytes()


def _is_host(host: object) -> bool:
    try:
        return isinstance(host, str) and host == one_line(host) != "" and bool(host.encode("idna"))
    except UnicodeError:
        return False


def _recipient(letter: OutgoingNotice) -> str:
    if not letter.address:
        raise NoAddress(_NAME, f"{letter.party} has no address for {letter.channel}", permanent=True)
    if not _ADDRESS.fullmatch(letter.address):
        what = f"what {letter.party} has for {letter.channel} is not one plain mail address"
        raise NoAddress(_NAME, what, permanent=True)
    return letter.address


def _hand_over(session: smtplib.SMTP, mail: bytes) -> None:
    # RFC 5321, 4.5.2: a dot that begins a line is doubled, one alone ends the letter.
    dotted = re.sub(rb"(?m)^\.", b"..", mail)
    try:
        session.send(dotted + b".\r\n")
        code, _ = session.getreply()
    except (smtplib.SMTPException, OSError) as exc:
        raise OutcomeUnknown(_NAME, f"no answer to the letter: {type(exc).__name__}") from exc
    if code == _OK:
        return
    if code // 100 not in (4, 5):
        raise OutcomeUnknown(_NAME, f"an answer to the letter that says nothing ({code})")
    raise _refused("the letter", code)


def _refused(what: str, code: int) -> SendFailed:
    # The server's own words may repeat the address, so only its code is told.
    return SendFailed(_NAME, f"{what} is refused ({code})", permanent=code // 100 == 5)
