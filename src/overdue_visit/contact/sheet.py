"""
A rule set as a table for people: what each rule says, where it stands, and how sure that is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from overdue_visit.contact import checks, rule_words
from overdue_visit.contact.rules.rule import Rule
from overdue_visit.contact.rules.rule_set import RuleSet
from overdue_visit.contact.rules.source import Source
from overdue_visit.contact.texts import Phrasebook


def markdown(rules: RuleSet, *, language: str = "en", texts: Mapping[str, str] | None = None) -> str:
    """
    Write a rule set as Markdown: when and whom it binds, then one row for each rule.

    Args:
        texts: The host's own words by code.

    Raises:
        InvalidValue: If the language is unknown, or a host's template names an unknown value.
    """
    checks.value("rules", rules, RuleSet)
    book = Phrasebook.of(language, texts)
    columns = book.say("sheet.columns").split(" | ")
    rows = [columns, ["---"] * len(columns), *(list(_cells(rules, rule, book)) for rule in rules.rules)]
    table = "\n".join("| " + " | ".join(row) + " |" for row in rows)
    return f"## `{rules.id}`\n\n**{rules.title}.** {_head(rules, book)}\n\n{table}\n"


def _head(rules: RuleSet, book: Phrasebook) -> str:
    said = [
        book.say(
            "sheet.head", jurisdiction=rules.jurisdiction, force=_force(rules, book), checked=book.date(rules.checked)
        )
    ]
    for field, family in (("binds", "capacity"), ("products", "product"), ("not_products", "product")):
        if getattr(rules, field):
            said.append(book.say(f"sheet.{field}", words=book.words(family, getattr(rules, field))))
    return ("" if book.chinese else " ").join(said)


def _force(rules: RuleSet, book: Phrasebook) -> str:
    first = None if rules.effective_from is None else book.date(rules.effective_from)
    last = None if rules.effective_until is None else book.date(rules.effective_until)
    codes = {(False, False): "always", (True, False): "from", (False, True): "until", (True, True): "through"}
    return book.say(f"sheet.force.{codes[first is not None, last is not None]}", first=first, last=last)


def _cells(rules: RuleSet, rule: Rule, book: Phrasebook) -> Iterator[str]:
    yield f"`{rule.id}`"
    effect = book.word("effect", rule.effect)
    yield effect if rule.warning is None else f"{effect}: `{rule.warning}`"
    yield _plain(rule_words.says(rule, rules.key(rule), book))
    yield _plain(rule_words.applies(rule, book))
    yield _plain(rule_words.counts(rule, book))
    yield _plain(rule_words.gives_way(rule, book))
    yield _source(rule.source)
    yield f"{rule.source.confidence}, {rule.source.checked.isoformat()}"


def _source(source: Source) -> str:
    cited = source.citation if source.link is None else f"[{source.citation}]({source.link})"
    return _plain(cited if source.note is None else f"{cited}. {source.note}")


def _plain(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
