"""
The contact gate: whether a borrower may be contacted now, by which rule, and when at the earliest.

`check` is pure: a proposed contact, the history, rule sets with their sources, and what is known give a `Verdict`. Not
legal advice: rule sets are data with a citation, a confidence and the day on which they were last checked.
"""

from overdue_visit.contact.contact import Contact, Proposed
from overdue_visit.contact.explanation import explain
from overdue_visit.contact.gate import check
from overdue_visit.contact.grid import grid
from overdue_visit.contact.hours import Hours
from overdue_visit.contact.known import Known
from overdue_visit.contact.ledger import ContactLedger, ContactNotAllowed, Permit, counting_keys
from overdue_visit.contact.number_check import NumberCheck
from overdue_visit.contact.party import (
    AgreedHours,
    Announcement,
    Consent,
    DebtGroup,
    InconvenientTime,
    Moratorium,
    Representation,
    Request,
    SignedPlan,
)
from overdue_visit.contact.picture import picture
from overdue_visit.contact.rules import Acceptance, Overlay, RuleSet, named, names, parse, read_from, stricter
from overdue_visit.contact.verdict import Finding, Ruling, Verdict
from overdue_visit.contact.vocabulary import (
    Capacity,
    Channel,
    Day,
    Direction,
    MoratoriumKind,
    NumberKind,
    Outcome,
    Place,
    Purpose,
    RequestKind,
    Role,
    SlotState,
)
from overdue_visit.contact.week import Calendar, Span, Stretch, calendar

__all__ = [
    "Acceptance",
    "AgreedHours",
    "Announcement",
    "Calendar",
    "Capacity",
    "Channel",
    "Consent",
    "Contact",
    "ContactLedger",
    "ContactNotAllowed",
    "Day",
    "DebtGroup",
    "Direction",
    "Finding",
    "Hours",
    "InconvenientTime",
    "Known",
    "Moratorium",
    "MoratoriumKind",
    "NumberCheck",
    "NumberKind",
    "Outcome",
    "Overlay",
    "Permit",
    "Place",
    "Proposed",
    "Purpose",
    "Representation",
    "Request",
    "RequestKind",
    "Role",
    "RuleSet",
    "Ruling",
    "SignedPlan",
    "SlotState",
    "Span",
    "Stretch",
    "Verdict",
    "calendar",
    "check",
    "counting_keys",
    "explain",
    "grid",
    "named",
    "names",
    "parse",
    "picture",
    "read_from",
    "stricter",
]
