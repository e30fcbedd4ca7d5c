"""
The SMTP sender against a real server on this machine.
"""

from __future__ import annotations

import email.utils
import ssl

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from overdue_visit.adapters.clock import FixedClock
from overdue_visit.adapters.sending import one_line, printable
from overdue_visit.adapters.smtp_sender import NoAddress, SmtpSender
from overdue_visit.errors import InvalidValue
from overdue_visit.ports.sender import OutcomeUnknown, OutgoingNotice, SendFailed
from overdue_visit.testing.sender_contract import SenderContract
from tests.senders.mail_server import CERTIFICATE, DROP, HANG, PASSWORD, USER, MailServer

LETTER = OutgoingNotice(
    message_id="ke-001/1#3",
    channel="email",
    party="b-17",
    address="someone@example.org",
    subject="A reminder about your loan ke-001",
    body="Dear customer,\n\nKES 120.00 was due on 2026-03-01.\n",
    language="en",
)


def trusting() -> ssl.SSLContext:
    """
    Return whom a client that knows this server trusts.
    """
    return ssl.create_default_context(cafile=CERTIFICATE)


def to(server, **changes):
    """
    Return a sender that speaks to the server.
    """
    given = {"tls": "none", "sender_address": "loans@bank.example", "clock": FixedClock("2026-03-08 09:00Z")}
    return SmtpSender("127.0.0.1", server.port, **{**given, **changes})


def text_of(mail):
    """
    Return a letter's text, with plain line ends.
    """
    return mail.get_content().replace("\r\n", "\n")


class TestSmtpSender(SenderContract):
    """
    The SMTP sender keeps the law of its port.
    """

    @pytest.fixture(autouse=True)
    def closing(self):
        """
        Close the server that a test started.
        """
        yield
        self.server.close()

    def start(self, **answers):
        """
        Start a server, and return a sender to it.
        """
        self.server = MailServer(**answers)
        return to(self.server)

    def make_sender(self):
        """
        Return a sender to a server that behaves.
        """
        return self.start()

    def arrived(self):
        """
        Count what the server took.
        """
        return len(self.server.letters)

    def refusing_sender(self):
        """
        Return a sender to a server that knows nobody.
        """
        return self.start(RCPT="550 5.1.1 <someone@example.org>: unknown here")

    def breaking_sender(self):
        """
        Return a sender to a server that takes the letter and falls silent.
        """
        return self.start(LETTER=DROP)


def test_a_letter_goes_out():
    """
    The server gets the letter from the sender's address for the party's, dated by the clock.
    """
    with MailServer() as server:
        sender = to(server, sender_name="乡村银行")

        receipt = sender.send(LETTER, key="ke-001/1#3")

    (mail,) = server.letters
    assert server.envelopes == [("loans@bank.example", ("someone@example.org",))]
    assert mail["From"] == "乡村银行 <loans@bank.example>"
    assert mail["To"] == "someone@example.org"
    assert mail["Subject"] == LETTER.subject
    assert mail["Date"] == "Sun, 08 Mar 2026 09:00:00 +0000"
    assert mail["Message-ID"] == receipt.reference
    assert mail["Content-Language"] == "en"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert text_of(mail) == LETTER.body


def test_chinese_arrives_as_it_was_written():
    """
    Chinese in subject and body goes through a server that knows nothing but seven bits.
    """
    letter = attrs.evolve(
        LETTER, subject="还款提醒：您的贷款已逾期", body="您好！\n\n请于三月十五日前还款。\n", language="zh"
    )
    with MailServer() as server:
        to(server).send(letter, key="k-1")

    (mail,) = server.letters
    assert mail["Subject"] == letter.subject
    assert text_of(mail) == letter.body
    assert mail.as_bytes().isascii()


def test_the_message_id_comes_from_the_key_alone():
    """
    The same key gives the same Message-ID, so that a letter sent twice can be recognised; another key gives another.
    """
    with MailServer() as server:
        sender = to(server)
        first, again, other = (sender.send(LETTER, key=key).reference for key in ("k-1", "k-1", "k-2"))

    assert first == again != other
    assert email.utils.parseaddr(first)[1].endswith("@bank.example")


@pytest.mark.parametrize(
    ("answers", "permanent"),
    [
        ({"RCPT": "550 5.1.1 <someone@example.org>: no such person"}, True),
        ({"RCPT": "451 4.7.1 come back later"}, False),
        ({"DATA": "554 no letters today"}, True),
        ({"LETTER": "554 5.7.1 this is spam"}, True),
        ({"LETTER": "452 4.3.1 disk full"}, False),
        ({"MAIL": "553 5.7.1 you may not send as this"}, False),
        ({"GREETING": "554 go away"}, False),
        ({"GREETING": "421 too busy"}, False),
        ({"EHLO": "502 what?"}, False),
        ({"GREETING": DROP}, False),
        ({"EHLO": DROP}, False),
        ({"MAIL": DROP}, False),
        ({"RCPT": DROP}, False),
        ({"DATA": DROP}, False),
        ({"DATA": "garbage"}, False),
    ],
    ids=str,
)
def test_a_refusal_is_a_failure(answers, permanent):
    """
    What the server refused did not go out; for good only where the refusal is about this letter or its addressee.
    """
    with MailServer(**answers) as server:
        sender = to(server)
        with pytest.raises(SendFailed) as refusal:
            sender.send(LETTER, key="k-1")

    assert refusal.value.permanent is permanent
    assert "someone" not in str(refusal.value)
    assert server.letters == []


@pytest.mark.parametrize("answer", [DROP, "garbage", "354 and then?", "9" * 9000])
def test_a_line_that_breaks_after_the_letter_is_doubt(answer):
    """
    Once the letter is on the line, no answer and an answer that says nothing both leave the outcome unknown.
    """
    with MailServer(LETTER=answer) as server:
        sender = to(server)

        with pytest.raises(OutcomeUnknown):
            sender.send(LETTER, key="k-1")


@pytest.mark.parametrize(
    ("stage", "error"), [("GREETING", SendFailed), ("RCPT", SendFailed), ("LETTER", OutcomeUnknown)]
)
def test_a_silent_server_is_given_up(stage, error):
    """
    A server that says nothing is left after the timeout: before the letter a failure, after it doubt.
    """
    with MailServer(**{stage: HANG}) as server:
        sender = to(server, timeout_seconds=1)

        with pytest.raises(error):
            sender.send(LETTER, key="k-1")


@pytest.mark.parametrize("answer", [DROP, "500 what?"])
def test_how_the_dialogue_ends_does_not_matter(answer):
    """
    A letter that was taken is sent, however the server says goodbye.
    """
    with MailServer(QUIT=answer) as server:
        receipt = to(server).send(LETTER, key="k-1")

    assert receipt.reference == server.letters[0]["Message-ID"]


def test_nobody_listens():
    """
    Without a server the letter did not go out, and may be tried again.
    """
    with MailServer() as server:
        pass

    with pytest.raises(SendFailed) as refusal:
        to(server).send(LETTER, key="k-1")

    assert not refusal.value.permanent


@pytest.mark.parametrize(
    "address",
    [
        None,
        "",
        "someone",
        "some one@example.org",
        "<someone@example.org>",
        "one@example.org, two@example.org",
        "one@example.org,two@example.org",
        "someone@example.org\r\nBcc: two@example.org",
        "someone@example.org\n",
        "someone@example.org>\r\nRCPT TO:<two@example.org",
        "@relay.example:someone@example.org",
        '"a b"@example.org',
        "用户@例子.中国",
        "someone@example..org",
        "some..one@example.org",
        ".someone@example.org",
        "someone@\ud800.org",
    ],
)
def test_an_address_is_one_plain_mail_address(address):
    """
    What could be read as a second recipient, a header or a command is no address, and no server hears of it.
    """
    with MailServer(GREETING=DROP) as server, pytest.raises(NoAddress) as refusal:
        to(server).send(attrs.evolve(LETTER, address=address), key="k-1")

    assert refusal.value.permanent
    assert not address or address.strip() not in f"{refusal.value}{refusal.value!r}"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\x00\n", "\n "])
def test_a_subject_cannot_begin_a_header(end):
    """
    Whatever ends a line, the subject stays one header, and nobody else gets the letter.
    """
    letter = attrs.evolve(LETTER, subject=f"Reminder{end}Bcc: two@example.org{end}Text", language=f"en{end}X: y")
    with MailServer() as server:
        to(server).send(letter, key="k-1")

    (mail,) = server.letters
    assert server.envelopes[0][1] == ("someone@example.org",)
    assert "Bcc" not in mail
    assert "X" not in mail
    assert mail["Subject"] == one_line(letter.subject)
    assert text_of(mail) == LETTER.body


@pytest.mark.parametrize("body", [".", "..\n.\n", "One\r\n.\r\nMAIL FROM:<two@example.org>", "a\r.\rb", "a\n.\rb"])
def test_a_body_cannot_end_the_letter(body):
    """
    A dot alone on a line is text, whatever ends the line.
    """
    with MailServer() as server:
        to(server).send(attrs.evolve(LETTER, body=body), key="k-1")

    (mail,) = server.letters
    assert text_of(mail) == printable(body) + "\n"


@pytest.mark.parametrize("tls", ["starttls", "implicit"])
def test_a_protected_line_carries_the_password(tls):
    """
    With TLS of either kind the sender logs in and the letter is never in the clear.
    """
    with MailServer(tls=tls) as server:
        sender = to(server, tls=tls, context=trusting(), username=USER, password=PASSWORD)
        sender.send(LETTER, key="k-1")

    assert server.protected == [True]


@pytest.mark.parametrize(
    ("offered", "changes"),
    [
        ("none", {"tls": "starttls"}),
        ("none", {"tls": "implicit"}),
        ("starttls", {"tls": "starttls"}),
        ("implicit", {"tls": "implicit"}),
        ("starttls", {"tls": "starttls", "context": trusting(), "username": USER, "password": "wrong"}),
    ],
)
def test_a_server_that_cannot_be_trusted_gets_nothing(offered, changes):
    """
    No TLS, an unknown certificate or a refused password: nothing is sent, and it may be tried again.
    """
    with MailServer(tls=offered) as server, pytest.raises(SendFailed) as refusal:
        to(server, timeout_seconds=2, **changes).send(LETTER, key="k-1")

    assert not refusal.value.permanent
    assert server.letters == []


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("host", {"host": ""}),
        ("host", {"host": "mail..example.org"}),
        ("host", {"host": "mail.example.org\r\n"}),
        ("port", {"port": 0}),
        ("port", {"port": "587"}),
        ("port", {"port": 65536}),
        ("timeout_seconds", {"timeout_seconds": 0}),
        ("timeout_seconds", {"timeout_seconds": None}),
        ("sender_address", {"sender_address": "loans"}),
        ("sender_address", {"sender_address": None}),
        ("sender_address", {"sender_address": "loans@bank.example\nBcc: two@example.org"}),
        ("sender_name", {"sender_name": "Bank\nBcc: two@example.org"}),
        ("tls", {"tls": "ssl"}),
        ("tls", {"tls": "none", "username": "u", "password": "p"}),
        ("username", {"username": "u"}),
        ("password", {"username": "u", "password": "пароль"}),
        ("channels", {"channels": "email"}),
        ("channels", {"channels": ()}),
    ],
    ids=str,
)
def test_what_cannot_be_used_is_refused_at_once(field, changes):
    """
    A sender that could not work is not made; the error names the field and never the password.
    """
    given = {"host": "mail.example.org", "sender_address": "loans@bank.example"}

    with pytest.raises(InvalidValue) as refusal:
        SmtpSender(**{**given, **changes})

    assert refusal.value.field == field
    assert "пароль" not in str(refusal.value)


def test_the_password_is_not_shown():
    """
    A sender's repr names the server and no login.
    """
    sender = SmtpSender("mail.example.org", sender_address="loans@bank.example", username=USER, password=PASSWORD)

    assert "mail.example.org" in repr(sender)
    assert PASSWORD not in repr(sender)


@pytest.fixture(scope="module")
def any_server():
    """
    Give all examples one server.
    """
    with MailServer() as server:
        yield server


@settings(max_examples=150)
@given(
    subject=st.text(max_size=200),
    body=st.text(max_size=400),
    address=st.from_regex(
        r"[a-z0-9+_-]{1,60}(\.[!#$%&'*/=?^`{|}~a-z]{1,9}){0,3}@[a-z0-9-]{1,60}(\.[a-z]{2,30}){1,3}", fullmatch=True
    ),
)
def test_any_text_arrives(any_server, subject, body, address):
    """
    Whatever the texts and however long the address: one recipient, the subject on one line, the body line for line.
    """
    any_server.letters.clear()
    any_server.envelopes.clear()

    to(any_server).send(attrs.evolve(LETTER, subject=subject, body=body, address=address), key="k-1")

    (mail,) = any_server.letters
    assert any_server.envelopes == [("loans@bank.example", (address,))]
    assert [one.addr_spec for one in mail["To"].addresses] == [address]
    assert mail["Subject"] == one_line(subject)
    assert text_of(mail).rstrip("\n") == printable(body).rstrip("\n")
    assert set(mail.keys()) <= {
        "From",
        "To",
        "Subject",
        "Date",
        "Message-ID",
        "Content-Language",
        "Auto-Submitted",
        "Content-Type",
        "Content-Transfer-Encoding",
        "MIME-Version",
    }
