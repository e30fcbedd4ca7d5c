"""Rules of contacts: what a rule set can say, how it is read, and how several are laid over each other."""

from overdue_visit.contact.rules.consent_term import ConsentTerm
from overdue_visit.contact.rules.counted import Counted, Scope
from overdue_visit.contact.rules.counting import CoolDown, Limit, Spacing, Unit
from overdue_visit.contact.rules.exemption import Exemption
from overdue_visit.contact.rules.overlay import Overlay, Rules, every_rule, read_from, stricter
from overdue_visit.contact.rules.reading import KINDS, from_table, named, names, numbers, parse
from overdue_visit.contact.rules.resting import PlanSigned, Resting
from overdue_visit.contact.rules.rule import Block, Effect, Rule
from overdue_visit.contact.rules.rule_set import Acceptance, RuleSet
from overdue_visit.contact.rules.source import Confidence, Source
from overdue_visit.contact.rules.stopping import (
    Attorney,
    AuthorisedChannels,
    OnlyIf,
    Places,
    Stop,
    ThirdParty,
    VisitCondition,
)
from overdue_visit.contact.rules.timing import AnnouncedDay, InconvenientTimes, Window

__all__ = [
    "KINDS",
    "Acceptance",
    "AnnouncedDay",
    "Attorney",
    "AuthorisedChannels",
    "Block",
    "Confidence",
    "ConsentTerm",
    "CoolDown",
    "Counted",
    "Effect",
    "Exemption",
    "InconvenientTimes",
    "Limit",
    "OnlyIf",
    "Overlay",
    "Places",
    "PlanSigned",
    "Resting",
    "Rule",
    "RuleSet",
    "Rules",
    "Scope",
    "Source",
    "Spacing",
    "Stop",
    "ThirdParty",
    "Unit",
    "VisitCondition",
    "Window",
    "every_rule",
    "from_table",
    "named",
    "names",
    "numbers",
    "parse",
    "read_from",
    "stricter",
]
