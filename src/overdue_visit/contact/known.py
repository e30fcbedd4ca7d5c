"""
All that is known of a party when a contact is proposed.
"""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import attrs

from overdue_visit.contact import checks, words
from overdue_visit.contact.hours import Timetable
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
from overdue_visit.contact.vocabulary import Channel, Place
from overdue_visit.errors import InvalidValue
from overdue_visit.instants import zone

_MOST_DAYS = 36_600
_PARTS = (
    ("consents", Consent),
    ("requests", Request),
    ("inconvenient_times", InconvenientTime),
    ("moratoria", Moratorium),
    ("plans", SignedPlan),
    ("representations", Representation),
    ("debt_groups", DebtGroup),
    ("number_checks", NumberCheck),
)


@attrs.frozen(kw_only=True)
class Known:
    """
    What the collector knows of a party; what is left out is not known.

    Args:
        zones: IANA names of every zone in which the party may be; a contact must be allowed in all of them.

        authorised_channels: The channels that the party authorised; None: it was not asked.

        employer_prohibits: The employer does not allow such contact at work.

        debtor_unreachable: The debtor cannot be reached, has died, or lacks capacity.

        days_past_due: Of the debt, on the day of the contact; the earliest instant is found with this number unchanged.

        missed_meetings: How often running the borrower did not appear at the agreed place.

        holidays: Public holidays where the party lives.

    Raises:
        InvalidValue: If there is no zone or an unknown one, or a field holds something else than its kind.
    """

    zones: tuple[str, ...] = attrs.field(converter=words.zones)
    consents: tuple[Consent, ...] = ()
    requests: tuple[Request, ...] = ()
    inconvenient_times: tuple[InconvenientTime, ...] = ()
    inconvenient_places: tuple[Place, ...] = attrs.field(converter=words.places, default=())
    agreed_hours: AgreedHours | None = None
    authorised_channels: tuple[Channel, ...] | None = attrs.field(converter=words.authorised, default=None)
    moratoria: tuple[Moratorium, ...] = ()
    plans: tuple[SignedPlan, ...] = ()
    representations: tuple[Representation, ...] = ()
    announcement: Announcement | None = None
    debt_groups: tuple[DebtGroup, ...] = ()
    number_checks: tuple[NumberCheck, ...] = ()
    employer_prohibits: bool = False
    debtor_unreachable: bool = False
    days_past_due: int | None = None
    missed_meetings: int = 0
    holidays: frozenset[dt.date] = attrs.field(default=frozenset())
    places: tuple[ZoneInfo, ...] = attrs.field(init=False, repr=False, eq=False)
    agreed: Timetable | None = attrs.field(init=False, repr=False, eq=False)

    def __attrs_post_init__(self) -> None:
        if not self.zones:
            raise InvalidValue("zones", self.zones, "at least one IANA zone name, such as 'Asia/Shanghai'")
        object.__setattr__(self, "places", tuple(zone(name) for name in self.zones))
        for field, kind in _PARTS:
            checks.values(field, getattr(self, field), kind)
        self._check_single_values()
        agreed = None if self.agreed_hours is None else Timetable((self.agreed_hours.hours,))
        object.__setattr__(self, "agreed", agreed)

    def _check_single_values(self) -> None:
        for field in ("employer_prohibits", "debtor_unreachable"):
            checks.yes_or_no(field, getattr(self, field))
        if self.days_past_due is not None:
            checks.whole("days_past_due", self.days_past_due, 0, _MOST_DAYS)
        checks.whole("missed_meetings", self.missed_meetings, 0, _MOST_DAYS)
        if not isinstance(self.holidays, frozenset):
            raise InvalidValue("holidays", self.holidays, "a frozenset of dates")
        for day in self.holidays:
            checks.day("holidays", day)
        for field, given, kind in (
            ("agreed_hours", self.agreed_hours, AgreedHours),
            ("announcement", self.announcement, Announcement),
        ):
            checks.value_or_none(field, given, kind)

    def one_name(self, debt: str) -> str:
        """
        Return the name under which a debt counts: its group's, if it is in one.

        Raises:
            InvalidValue: If the debt is no text.
        """
        checks.value("debt", debt, str)
        for group in self.debt_groups:
            if debt in group.debts:
                return group.debts[0]
        return debt
