"""
A classification in words.
"""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from overdue_visit.classification.classification import Classification
from overdue_visit.classification.condition import DAYS_PAST_DUE, Condition, Test
from overdue_visit.classification.outlook import Change, Need
from overdue_visit.classification.ruling import DAYS_NOT_KNOWN, Reason
from overdue_visit.classification.scale import Meaning
from overdue_visit.classification.texts import EN, ZH
from overdue_visit.declared import expect
from overdue_visit.errors import InvalidValue

_LANGUAGES: dict[str, dict[str, str]] = {"en": EN, "zh": ZH}


def explain(classification: Classification, *, language: str = "en", texts: Mapping[str, str] | None = None) -> str:
    """
    Say in words which class a loan has, why, and what would change it; a line each.

    Args:
        language: ``"en"`` or ``"zh"``.

        texts: A host's own templates by key (`overdue_visit.classification.texts`); they win. A code without any is
            shown as it is.

    Raises:
        InvalidValue: If this is no `Classification`, the language is unknown, or a host's template is no text or wants
            a parameter that there is not.
    """
    expect("classification", classification, Classification)
    expect("texts", texts, Mapping | None)
    for key, template in (texts or {}).items():
        expect("texts", key, str)
        expect(f"texts.{key}", template, str)
    if not isinstance(language, str) or language not in _LANGUAGES:
        raise InvalidValue("language", language, "one of " + ", ".join(_LANGUAGES))
    return "\n".join(_Words({**_LANGUAGES[language], **(texts or {})}).lines(classification))


@attrs.frozen
class _Words:
    """The templates of one explanation."""

    texts: Mapping[str, str]

    def say(self, key: str, otherwise: str = "", **parameters: object) -> str:
        """Fill a template, or show what there is instead."""
        template = self.texts.get(key)
        if template is None:
            return otherwise
        try:
            return template.format(**parameters)
        except (KeyError, IndexError, ValueError, AttributeError):
            accepted = "a template with no parameters but " + ", ".join(parameters)
            raise InvalidValue(f"texts.{key}", template, accepted) from None

    def lines(self, found: Classification) -> list[str]:
        """Say it all."""
        lines = [self.say("line.class", on=found.on, class_=self.class_(found.class_), scale=found.scale)]
        lines += [self.say("line.at_least")] if found.meaning is Meaning.AT_LEAST else []
        lines += [] if found.why else [self.say("line.no_rule")]
        for each in found.why:
            lines.append(self.reason("line.why" if each.class_ == found.class_ else "line.also", each))
        lines += [self.reason("line.set_aside", each) for each in found.set_aside]
        if found.unknown:
            facts = self.texts["join.and"].join(self.say(f"fact.{each}", each) for each in found.unknown)
            lines.append(self.say("line.unknown", facts=facts))
        lines += [self.say("line.at_worst", to=self.class_(found.at_worst))] if found.at_worst != found.class_ else []
        return lines + [self.change(each) for each in found.what_would_change]

    def class_(self, code: str) -> str:
        """Name a class."""
        return self.say(f"class.{code}", code)

    def rule(self, reason: Reason) -> str:
        """Say what a rule found."""
        parameters = {"days": reason.days, "first_day": reason.first_day, "last_day": reason.last_day}
        return self.say(f"rule.{reason.rule}", reason.rule, **parameters)

    def reason(self, key: str, reason: Reason) -> str:
        """Say one reason with its source."""
        return self.say(
            key,
            rule=self.rule(reason),
            class_=self.class_(reason.class_),
            citation=reason.source.citation,
            confidence=self.say(f"confidence.{reason.source.confidence.value}", reason.source.confidence.value),
        )

    def change(self, change: Change) -> str:
        """Say one way to another class."""
        to = self.class_(change.to)
        if change.on is not None:
            return self.say("line.by_time", to=to, on=change.on)
        needs = self.texts["join.and"].join(self.need(each) for each in change.needs)
        return self.say("line.by_needs", to=to, needs=needs)

    def need(self, need: Need) -> str:
        """Say what one rule asks for."""
        if need.rule in (DAYS_PAST_DUE, DAYS_NOT_KNOWN) and need.conditions:
            return self.texts["join.and"].join(map(self.condition, need.conditions))
        rule = self.say(f"rule.{need.rule}", need.rule)
        if not need.conditions:
            return self.say("need.nothing", rule=rule)
        conditions = self.texts["join.within"].join(map(self.condition, need.conditions))
        one_of = need.any_one and len(need.conditions) > 1
        said = self.say("need.any" if one_of else "need.all", rule=rule, conditions=conditions)
        return said + (self.say("need.not_before", on=need.not_before) if need.not_before else "")

    def condition(self, condition: Condition) -> str:
        """State one condition."""
        fact = self.say(f"fact.{condition.fact}", condition.fact)
        if condition.test in (Test.IS, Test.IS_NOT):
            wanted = condition.bound is (condition.test is Test.IS)
            return self.say("test.is.yes" if wanted else "test.is.no", fact=fact)
        return self.say(f"test.{condition.test.value}", fact=fact, bound=condition.bound)
