"""
A policy as a table for people: every value, why it is what it is, and how sure that is.
"""

from __future__ import annotations

from overdue_visit.policy.leaves import GROUPS, form_of
from overdue_visit.policy.policy import Policy
from overdue_visit.policy.source import Source

_HEADING = "| key | value | why | how sure | checked |\n|---|---|---|---|---|\n"


def markdown(policy: Policy) -> str:
    """
    Write the policy as Markdown: one table for each practice, one row for each value.
    """
    by_group: dict[str, list[str]] = {"": [], **{group: [] for group in GROUPS}}
    for key, value in policy.values().items():
        group, dot, _ = key.partition(".")
        by_group[group if dot else ""].append(_row(key, form_of(key).write(value), policy.sources[key]))
    head = f'# The policy "{policy.name}"\n\nVersion {policy.version}. Every value, with the reason or source it has.\n'
    parts = [head]
    for group, rows in by_group.items():
        parts.append(f"## {group.capitalize() or 'General'}\n\n{_HEADING}{''.join(rows)}")
    return "\n".join(parts)


def _row(key: str, value: object, source: Source) -> str:
    why = source.text if source.link is None else f"{source.text} ([link]({source.link}))"
    checked = source.checked.isoformat() if source.checked else ""
    cells = (f"`{key}`", _cell(value), why, str(source.confidence), checked)
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |\n"


def _cell(value: object) -> str:
    match value:
        case bool():
            return "yes" if value else "no"
        case list():
            return ", ".join(_cell(each) for each in value)
        case {"name": name, "first_day": first, **rest} if set(rest) <= {"last_day"}:
            return f"{name}: {first} to {rest['last_day']}" if rest else f"{name}: from {first}"
        case dict():
            return ", ".join(f"{name}: {_cell(each)}" for name, each in value.items())
        case _:
            return str(value)
