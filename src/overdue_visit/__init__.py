"""
Care for overdue loans, from the first missed day to a plan the household can keep - or a documented escalation.

Open a desk with `open_desk`, observe loans, do acts, read the worklist. The floors, each importing only from those
above it in this list:

- ground: `errors`, `money`, `rate`, `business_calendar`, `instants`, `declared`
- nouns: `loan`, `arrears`, `party`, `notice`, `visit`, `interview`, `reason`, `plan`, and their `wording`
- rules: `policy`, `lifecycle`
- the case: `case`, `next_steps`
- doors: `record`, `ports`, `plugins`
- the desk: `desk`
- outside: `adapters`, `testing`; `opening` chooses among them
"""

from overdue_visit.arrears import AgeingConvention, Bucket, Buckets, Tolerance, measure
from overdue_visit.business_calendar import BusinessCalendar, Roll
from overdue_visit.case.acts.appointments import Appoint, CancelAppointment, ConfirmAppointment, MoveAppointment
from overdue_visit.case.acts.delivery import RecordDelivery, RecordService
from overdue_visit.case.acts.escalation import Escalate, Recall
from overdue_visit.case.acts.notices import SendNotice
from overdue_visit.case.acts.plans import AgreePlan, CounterOffer, OfferPlan, RevisePlan, WithdrawConsent
from overdue_visit.case.acts.requests import (
    AnswerRequest,
    OverrideAssessment,
    RecordFeedback,
    RecordRequest,
    RecordWords,
)
from overdue_visit.case.acts.upkeep import (
    AssignOfficer,
    CloseCase,
    ReviewConsequence,
    ReviewIrregularity,
    SetAttributes,
)
from overdue_visit.case.acts.visits import RecordAttempt, RecordVisit
from overdue_visit.case.case import Case
from overdue_visit.desk.batch import Batch
from overdue_visit.desk.close_of_business import Report
from overdue_visit.desk.desk import CaseDesk
from overdue_visit.desk.doing import Outcome
from overdue_visit.desk.queries import Page
from overdue_visit.desk.relay import RelayReport
from overdue_visit.errors import AdapterError, InvalidValue, MissingExtra, NotAllowed
from overdue_visit.interview import Asked, Feedback, Finding, Interview
from overdue_visit.lifecycle import CaseState
from overdue_visit.loan import Charge, Component, Instalment, Loan, LoanStatus, Payment, Reversal, ScheduleVersion
from overdue_visit.money import Money, Rounding
from overdue_visit.next_steps import Explanation, Step
from overdue_visit.opening import open_desk
from overdue_visit.party.actor import Actor
from overdue_visit.party.budget import HouseholdBudget
from overdue_visit.plan import Offer, Offers, PlanInstalment
from overdue_visit.policy import Policy
from overdue_visit.ports.store import ConcurrentUpdate
from overdue_visit.rate import Per, Rate

__all__ = [
    "Actor",
    "AdapterError",
    "AgeingConvention",
    "AgreePlan",
    "AnswerRequest",
    "Appoint",
    "Asked",
    "AssignOfficer",
    "Batch",
    "Bucket",
    "Buckets",
    "BusinessCalendar",
    "CancelAppointment",
    "Case",
    "CaseDesk",
    "CaseState",
    "Charge",
    "CloseCase",
    "Component",
    "ConcurrentUpdate",
    "ConfirmAppointment",
    "CounterOffer",
    "Escalate",
    "Explanation",
    "Feedback",
    "Finding",
    "HouseholdBudget",
    "Instalment",
    "Interview",
    "InvalidValue",
    "Loan",
    "LoanStatus",
    "MissingExtra",
    "Money",
    "MoveAppointment",
    "NotAllowed",
    "Offer",
    "OfferPlan",
    "Offers",
    "Outcome",
    "OverrideAssessment",
    "Page",
    "Payment",
    "Per",
    "PlanInstalment",
    "Policy",
    "Rate",
    "Recall",
    "RecordAttempt",
    "RecordDelivery",
    "RecordFeedback",
    "RecordRequest",
    "RecordService",
    "RecordVisit",
    "RecordWords",
    "RelayReport",
    "Report",
    "Reversal",
    "ReviewConsequence",
    "ReviewIrregularity",
    "RevisePlan",
    "Roll",
    "Rounding",
    "ScheduleVersion",
    "SendNotice",
    "SetAttributes",
    "Step",
    "Tolerance",
    "WithdrawConsent",
    "measure",
    "open_desk",
]
