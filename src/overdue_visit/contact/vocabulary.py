"""
The words of contacts: closed catalogues for channels, directions, outcomes, roles and places; purposes are open.
"""

from __future__ import annotations

import enum


class Channel(enum.StrEnum):
    """By what a party is contacted."""

    PHONE = "phone"
    SMART_VOICE = "smart_voice"
    """A call that a machine conducts."""
    RINGLESS_VOICEMAIL = "ringless_voicemail"
    VIDEO = "video"
    SMS = "sms"
    EMAIL = "email"
    MESSENGER = "messenger"
    WHATSAPP = "whatsapp"
    MAIL = "mail"
    FAX = "fax"
    VISIT = "visit"


CALLS = frozenset({Channel.PHONE, Channel.SMART_VOICE, Channel.RINGLESS_VOICEMAIL})
"""What a request to stop calling stops."""
SPOKEN = frozenset({Channel.PHONE, Channel.SMART_VOICE, Channel.VIDEO})
"""Calls in which both sides can speak."""


class Direction(enum.StrEnum):
    """Who contacted whom."""

    OUTBOUND = "outbound"
    """The lender or its collector contacted the party."""
    INBOUND = "inbound"
    """The party came to the lender or its collector."""


class Outcome(enum.StrEnum):
    """What came of a contact."""

    NO_ANSWER = "no_answer"
    VOICEMAIL_LEFT = "voicemail_left"
    LIMITED_CONTENT_MESSAGE = "limited_content_message"
    """A voicemail that asks for a reply and says nothing of a debt (12 CFR 1006.2(j))."""
    VOICEMAIL_BOX_FULL = "voicemail_box_full"
    ANSWERED_DROPPED = "answered_dropped"
    CONVERSATION = "conversation"
    BUSY = "busy"
    NOT_IN_SERVICE = "not_in_service"
    SENT = "sent"
    DELIVERED = "delivered"
    RECEIVED = "received"
    MET = "met"
    NOBODY_HOME = "nobody_home"


REACHED = frozenset({Outcome.CONVERSATION, Outcome.MET})
"""The party itself was spoken to."""
FAILED = frozenset(
    {
        Outcome.NO_ANSWER,
        Outcome.VOICEMAIL_LEFT,
        Outcome.LIMITED_CONTENT_MESSAGE,
        Outcome.VOICEMAIL_BOX_FULL,
        Outcome.ANSWERED_DROPPED,
        Outcome.BUSY,
        Outcome.NOT_IN_SERVICE,
        Outcome.NOBODY_HOME,
    }
)
"""An attempt that did not reach the party."""


class Role(enum.StrEnum):
    """What the person contacted is to the debt."""

    BORROWER = "borrower"
    JOINT_BORROWER = "joint_borrower"
    GUARANTOR = "guarantor"
    SPOUSE = "spouse"
    GUARDIAN = "guardian"
    EXECUTOR = "executor"
    ATTORNEY = "attorney"
    DEBT_ADVISER = "debt_adviser"
    CREDITOR = "creditor"
    CREDIT_BUREAU = "credit_bureau"
    CONTACT_PERSON = "contact_person"
    """Somebody the borrower named, to be asked where the borrower is."""
    RELATIVE = "relative"
    HOUSEHOLD_MEMBER = "household_member"
    EMPLOYER = "employer"
    THIRD_PARTY = "third_party"


class NumberKind(enum.StrEnum):
    """What a telephone number is tied to."""

    MOBILE = "mobile"
    HOME_LANDLINE = "home_landline"
    WORK = "work"
    OTHER = "other"
    UNKNOWN = "unknown"


class Place(enum.StrEnum):
    """Where a person is contacted."""

    HOME = "home"
    WORKPLACE = "workplace"
    BILLING_ADDRESS = "billing_address"
    DESIGNATED_PLACE = "designated_place"
    """Where borrower and lender agreed to meet, such as a centre."""
    BRANCH = "branch"
    PUBLIC_PLACE = "public_place"
    ELSEWHERE = "elsewhere"


class SlotState(enum.StrEnum):
    """Whether a contact took place; all but released ones count."""

    RESERVED = "reserved"
    """Handed to a sender; nobody else may take this slot."""
    USED = "used"
    UNKNOWN = "unknown"
    RELEASED = "released"
    """It certainly did not take place."""


class RequestKind(enum.StrEnum):
    """What a person asked to stop."""

    CEASE_COMMUNICATION = "cease_communication"
    """No more contact about a debt."""
    STOP_MEDIUM = "stop_medium"
    """No more contact by a medium, about any debt."""
    OPT_OUT_ADDRESS = "opt_out_address"
    """No more contact at an address or number, about any debt."""
    DO_NOT_CONTACT = "do_not_contact"
    """No more contact with a person."""
    STOP_WORKPLACE = "stop_workplace"
    """No more contact at the person's place of work."""


class MoratoriumKind(enum.StrEnum):
    """Why contact about a debt rests."""

    BREATHING_SPACE = "breathing_space"
    MENTAL_HEALTH_CRISIS = "mental_health_crisis"
    DEFERRAL = "deferral"
    """Disaster, illness or death in the family."""


class Capacity(enum.StrEnum):
    """For whom the debt is collected."""

    CREDITOR = "creditor"
    """Its own debts, in its own name."""
    COLLECTOR = "collector"
    """The debts of another, or bought ones."""


class Day(enum.StrEnum):
    """A day of the week, or a public holiday."""

    MON = "Mon"
    TUE = "Tue"
    WED = "Wed"
    THU = "Thu"
    FRI = "Fri"
    SAT = "Sat"
    SUN = "Sun"
    HOLIDAY = "Holiday"


WEEK = (Day.MON, Day.TUE, Day.WED, Day.THU, Day.FRI, Day.SAT, Day.SUN)
"""The days of the week; Monday is 0, as in `datetime.date.weekday`."""


class Purpose(enum.StrEnum):
    """Purposes that shipped rule sets name; a host may use any other code."""

    DEMAND_PAYMENT = "demand_payment"
    LOCATION_INFORMATION = "location_information"
    LOCATE_DEBTOR = "locate_debtor"
    OPT_OUT_CONFIRMATION = "opt_out_confirmation"
    ADVISE_EFFORTS_TERMINATED = "advise_efforts_terminated"
    ADVISE_REMEDY = "advise_remedy"
    COMPLETE_DROPPED_CALL = "complete_dropped_call"
    LATE_FEE_WARNING_CREDITOR_CONTROLLED = "late_fee_warning_creditor_controlled"
    ONE_TIME_DISCOUNT_OFFER = "one_time_discount_offer"
    REQUESTED_INFORMATION = "requested_information"
    REQUIRED_BY_LAW = "required_by_law"
    ACTIVE_LITIGATION = "active_litigation"
    RESPOND_TO_DEBTOR_QUERY = "respond_to_debtor_query"
    STATUTORY_NOTICE_CCA = "statutory_notice_cca"
    STATUTORY_NOTICE = "statutory_notice"
    VISIT_ANNOUNCEMENT = "visit_announcement"
    UNRELATED = "unrelated"
    """Nothing to do with collecting a debt."""
