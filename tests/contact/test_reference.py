"""
The reference page of the shipped rule sets is written from them; run this file to write it anew.
"""

from __future__ import annotations

import pathlib

import pytest

from overdue_visit import contact
from overdue_visit.contact.rules import every_rule
from overdue_visit.contact.sheet import markdown

PAGE = pathlib.Path(__file__).resolve().parents[2] / "docs" / "reference" / "rule-sets.md"
HEAD = """\
<!-- Written from the rule sets by tests/contact/test_reference.py; run that file after a change. -->

# The rule sets of contacts

Every rule that ships, with where it stands and how sure that is. **This is not legal advice.** A rule set is somebody's
reading of a text on the day it was last checked: before you rely on one, have it checked by somebody who answers for
it.

How sure: *verified* - the text of the rule itself was read; *secondary* - somebody else reports it; *memory* - it is
remembered, and no text was seen; *own* - a lender's own choice, no law says it. All of them bind; what is secondary or
remembered gives way only to [a named acceptance](../how-to/accept-a-secondary-source.md). [What the law
counts](../explanation/what-the-law-counts.md) explains the words.

"""


def page() -> str:
    """
    Return the page as it should be.
    """
    return HEAD + "\n".join(markdown(contact.named(name)) for name in contact.names())


def test_the_page_is_current():
    """
    The tables in the reference are the ones that the rule sets give.
    """
    assert PAGE.read_text(encoding="utf-8") == page()


@pytest.mark.parametrize("name", contact.names())
def test_the_page_names_every_rule_with_its_source_and_its_confidence(name):
    """
    Each rule has one row of eight cells, with the citation and how sure it is.
    """
    section = page().split(f"## `{name}`\n")[1].split("\n## ")[0]

    for _, rule in every_rule(contact.named(name)):
        (row,) = [line for line in section.splitlines() if line.startswith(f"| `{rule.id}` |")]
        assert rule.source.citation in row
        assert row.endswith(f"| {rule.source.confidence}, {rule.source.checked} |")
        assert row.replace("\\|", "").count("|") == 9


def test_a_sheet_says_when_and_whom_a_rule_set_binds():
    """
    Dates of force, products and whom it binds stand above the table, in both languages.
    """
    rules = contact.parse(
        'id = "ours"\ntitle = "Ours"\njurisdiction = "any"\nchecked = 2026-11-23\nbinds = ["creditor"]\n'
        'products = ["microfinance"]\neffective = { from = 2026-01-01, until = 2026-12-31 }\n'
        '[[rule]]\nid = "law"\nkind = "attorney"\ncitation = "minutes | page 3"\nconfidence = "own"\n'
        'effect = "warning"\nwarning = "ask_first"\n'
    )

    english, chinese = markdown(rules), markdown(rules, language="zh")

    assert "in force from 2026-01-01 through 2026-12-31; last checked 2026-11-23. Binds: creditors." in english
    assert "Only for: microfinance." in english
    assert "| warns: `ask_first` |" in english
    assert "minutes \\| page 3" in english
    assert (
        "自2026年1月1日施行至2026年12月31日；最近核对日期2026年11月23日。约束：债权人。仅适用于：小额信贷。" in chinese
    )


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
