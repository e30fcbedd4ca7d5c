"""
Acts that may restart a limitation clock, with the proof and the signature that they need.
"""

from __future__ import annotations

import datetime as dt
import enum

import attrs

from overdue_visit.declared import expect
from overdue_visit.errors import InvalidValue
from overdue_visit.limitation import checks
from overdue_visit.limitation.words import one_of


class ActKind(enum.StrEnum):
    """What was done."""

    DOCUMENT = "document"
    """A demand in writing, handed over."""
    MESSAGE = "message"
    """A demand by letter or electronic message."""
    SPOKEN = "spoken"
    """A demand by word of mouth: a visit, a call, a talk at the branch."""
    ACCOUNT_DEBIT = "account_debit"
    """A financial institution took what was overdue from the debtor's account."""
    PUBLIC_NOTICE = "public_notice"
    """A demand in a newspaper, the debtor's whereabouts being unknown."""
    ACKNOWLEDGMENT = "acknowledgment"
    """The debtor agreed to pay, in whatever other words or deeds."""
    INSTALMENT_PROMISE = "instalment_promise"
    PART_PAYMENT = "part_payment"
    SECURITY_GIVEN = "security_given"
    EXTENSION_REQUEST = "extension_request"
    REPAYMENT_PLAN = "repayment_plan"
    SUIT = "suit"
    ARBITRATION = "arbitration"
    PAYMENT_ORDER = "payment_order"
    BANKRUPTCY_CLAIM = "bankruptcy_claim"
    DECLARATION_OF_ABSENCE = "declaration_of_absence"
    """An application to declare the debtor missing or dead."""
    PRESERVATION = "preservation"
    """An application to secure assets before a suit."""
    ENFORCEMENT = "enforcement"
    JOINDER = "joinder"
    """An application to bring another party into a suit."""
    SET_OFF = "set_off"
    MEDIATION = "mediation"
    """A request to a mediation committee or another body that may settle the dispute."""
    CRIMINAL_REPORT = "criminal_report"
    ASSIGNMENT_NOTICE = "assignment_notice"
    """A notice that the claim was assigned."""
    DEBT_ASSUMPTION = "debt_assumption"
    """Somebody else took the debt over, and the debtor thereby acknowledged it."""


class Signer(enum.StrEnum):
    """Who signed, sealed or fingerprinted a demand, or the record of a visit."""

    BORROWER = "borrower"
    COHABITING_RELATIVE = "cohabiting_relative"
    """A relative of full capacity who lives with the borrower."""
    AUTHORISED_PERSON = "authorised_person"
    LEGAL_REPRESENTATIVE = "legal_representative"
    PERSON_IN_CHARGE = "person_in_charge"
    MAIL_DEPARTMENT = "mail_department"
    RELATIVE_ELSEWHERE = "relative_elsewhere"
    MINOR = "minor"
    NEIGHBOUR = "neighbour"
    COLLEAGUE = "colleague"
    OTHER = "other"


class Proof(enum.StrEnum):
    """What else can be shown of an act."""

    ARRIVED = "arrived"
    """It reached the debtor, however that is shown."""
    SHOULD_HAVE_ARRIVED = "should_have_arrived"
    """It was sent to the address or number the debtor gave."""
    AGREED_OR_LAWFUL = "agreed_or_lawful"
    """The contract or the law allows it."""
    UNTRACEABLE_AND_PUBLISHED = "untraceable_and_published"
    """The debtor cannot be found, and the notice stood in a medium of national or provincial weight."""


class Outcome(enum.StrEnum):
    """What an act did to the clock."""

    INTERRUPTED = "interrupted"
    SIGNER_NOT_ACCEPTED = "signer_not_accepted"
    ARRIVAL_NOT_PROVED = "arrival_not_proved"
    DEBIT_WITHOUT_RIGHT = "debit_without_right"
    NOT_PUBLISHED = "not_published"
    BEFORE_START = "before_start"
    """The debt was not yet due."""
    AFTER_EXPIRY = "after_expiry"
    """The period was over; see `after_expiry` for what a signature does then."""
    WHILE_HELD = "while_held"
    """Proceedings held the clock already."""
    REST_GIVEN_UP = "rest_given_up"
    """It claimed a part, and the creditor clearly gave up the rest: the clock of the rest runs on."""
    OTHER_DEBTOR = "other_debtor"
    """It reached somebody who does not owe the debt jointly with this debtor."""


_PROCEEDINGS = frozenset(
    {
        ActKind.SUIT,
        ActKind.ARBITRATION,
        ActKind.PAYMENT_ORDER,
        ActKind.BANKRUPTCY_CLAIM,
        ActKind.ENFORCEMENT,
        ActKind.JOINDER,
        ActKind.MEDIATION,
        ActKind.CRIMINAL_REPORT,
    }
)


def _kind(value: ActKind | str) -> ActKind:
    return one_of("kind", ActKind, value)


def _signer(value: Signer | str | None) -> Signer | None:
    return None if value is None else one_of("signer", Signer, value)


def _listed(values: object) -> frozenset[Proof]:
    if isinstance(values, str) or not isinstance(values, frozenset | set | tuple | list):
        raise InvalidValue("proof", values, "a set of Proof")
    return frozenset(one_of("proof", Proof, value) for value in values)


@attrs.frozen(kw_only=True)
class Act:
    """
    Something that may have restarted the clock.

    Args:
        on: The day it took effect: handed over, arrived, debited, filed.

        signer: Who signed a document, or the record of a spoken demand.

        proof: What else can be shown.

        ended: Of proceedings, the day on which they ended; None while they go on, or for other acts.

        partial: Whether it claimed only a part of the debt; it restarts the clock of the whole.

        rest_given_up: Whether the creditor, claiming a part, clearly gave up the rest.

        debtor: The host's reference to the debtor whom it reached, or who did it, where several owe; None: the debtor
            whose clock is asked for.

        evidence: The host's reference to the proof.

    Raises:
        InvalidValue: If a word is unknown, a date no date, proceedings ended before they began, another act is said to
            have ended, or the rest given up where the whole was claimed.
    """

    kind: ActKind = attrs.field(converter=_kind)
    on: dt.date
    signer: Signer | None = attrs.field(converter=_signer, default=None)
    proof: frozenset[Proof] = attrs.field(converter=_listed, default=frozenset())
    ended: dt.date | None = None
    partial: bool = False
    rest_given_up: bool = False
    debtor: str | None = None
    evidence: str = ""

    def __attrs_post_init__(self) -> None:
        checks.day("on", self.on)
        checks.flag("partial", self.partial)
        checks.flag("rest_given_up", self.rest_given_up)
        expect("debtor", self.debtor, str | None)
        expect("evidence", self.evidence, str)
        if self.rest_given_up and not self.partial:
            raise InvalidValue("rest_given_up", self.rest_given_up, "False where the whole debt was claimed")
        if self.ended is None:
            return
        checks.not_before("ended", checks.day("ended", self.ended), self.on, "on")
        if not self.holds:
            raise InvalidValue("ended", self.ended, f"None: {self.kind} takes effect on one day")

    @property
    def holds(self) -> bool:
        """Whether it is of a kind that goes on, and holds the clock until it ends (Civil Code art. 195)."""
        return self.kind in _PROCEEDINGS
