"""
The one SQL text of each statement, and of each list of columns.
"""

# ruff: noqa: S608 - only constants are put together here; every value is bound

from __future__ import annotations

import functools

CASE = (
    "tenant, case_id, loan_id, party, episode, version, head, state, is_open, next_look, look_policy, officer, "
    "snapshot, snapshot_version"
)
SELECT_CASE = f"SELECT {CASE} FROM overdue_cases WHERE tenant = ? AND case_id = ?"
SELECT_LATEST_CASE = f"SELECT {CASE} FROM overdue_cases WHERE tenant = ? AND loan_id = ? ORDER BY episode DESC LIMIT 1"
_PARTY_VERSION = (
    "SELECT version FROM overdue_parties WHERE tenant = overdue_cases.tenant AND party = overdue_cases.party"
)
INSERT_CASE = f"INSERT INTO overdue_cases ({CASE}) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?) ON CONFLICT DO NOTHING"
# What most changes change: the three indexes of loan, party and openness stay untouched where those columns are not
# named, and SQLite does not ask whether a column that is named has another value than before.
REVISE_CASE = (
    "UPDATE overdue_cases SET version = ?, head = ?, state = ?, next_look = ?, look_policy = ?, officer = ?, "
    "snapshot = ?, snapshot_version = ? WHERE tenant = ? AND case_id = ? AND version = ? "
    "AND loan_id = ? AND party IS ? AND episode = ? AND is_open = ?"
)
# OR IGNORE: a second open case of the loan must show as a row not counted, not as a violation.
UPDATE_CASE = (
    "UPDATE OR IGNORE overdue_cases SET loan_id = ?, party = ?, episode = ?, version = ?, head = ?, state = ?, "
    "is_open = ?, next_look = ?, look_policy = ?, officer = ?, snapshot = ?, snapshot_version = ? "
    "WHERE tenant = ? AND case_id = ? AND version = ?"
)

FACT = "sequence, kind, version, recorded_at, header, body, digest"
SELECT_FACTS = (
    f"SELECT {FACT} FROM overdue_facts WHERE tenant = ? AND case_id = ? AND sequence > ? ORDER BY sequence LIMIT ?"
)
INSERT_FACT = f"INSERT INTO overdue_facts (tenant, case_id, {FACT}) VALUES (?,?,?,?,?,?,?,?,?)"

PRIVATE = "sequence, field, salt, value"
SELECT_PRIVATE = (
    f"SELECT {PRIVATE} FROM overdue_private WHERE tenant = ? AND case_id = ? AND sequence BETWEEN ? AND ? "
    "ORDER BY sequence, field"
)
INSERT_PRIVATE = f"INSERT INTO overdue_private (tenant, case_id, {PRIVATE}) VALUES (?,?,?,?,?,?)"

CONTACT = "tenant, party, contact_id, case_id, at, channel, direction, purpose, status, result"
SELECT_CONTACTS = (
    f"SELECT {CONTACT} FROM overdue_contacts WHERE tenant = ? AND party = ? AND at >= ? ORDER BY at, contact_id"
)
PUT_CONTACT = (
    f"INSERT INTO overdue_contacts ({CONTACT}) VALUES (?,?,?,?,?,?,?,?,?,?) "
    "ON CONFLICT (tenant, party, contact_id) DO UPDATE SET case_id = excluded.case_id, at = excluded.at, "
    "channel = excluded.channel, direction = excluded.direction, purpose = excluded.purpose, "
    "status = excluded.status, result = excluded.result"
)

MESSAGE = "tenant, message_id, case_id, sequence, party, channel, state, due_at, lease_until, attempts"
SELECT_MESSAGE = f"SELECT {MESSAGE} FROM overdue_messages WHERE tenant = ? AND message_id = ?"
PUT_MESSAGE = (
    f"INSERT INTO overdue_messages ({MESSAGE}) VALUES (?,?,?,?,?,?,?,?,?,?) "
    "ON CONFLICT (tenant, message_id) DO UPDATE SET case_id = excluded.case_id, sequence = excluded.sequence, "
    "party = excluded.party, channel = excluded.channel, state = excluded.state, due_at = excluded.due_at, "
    "lease_until = excluded.lease_until, attempts = excluded.attempts"
)
SELECT_DUE_MESSAGES = (
    f"SELECT {MESSAGE} FROM overdue_messages WHERE tenant = ? AND state <> 'settled' AND due_at <= ? "
    "AND (lease_until IS NULL OR lease_until <= ?) ORDER BY due_at, message_id LIMIT ?"
)
LEASE_MESSAGE = (
    "UPDATE overdue_messages SET lease_until = ?, attempts = attempts + 1 WHERE tenant = ? AND message_id = ?"
)

COMMAND = "tenant, key, act_digest, case_id, first, last"
SELECT_COMMAND = f"SELECT {COMMAND} FROM overdue_commands WHERE tenant = ? AND key = ?"
INSERT_COMMAND = f"INSERT INTO overdue_commands ({COMMAND}) VALUES (?,?,?,?,?,?) ON CONFLICT DO NOTHING"

SELECT_PARTY = "SELECT version FROM overdue_parties WHERE tenant = ? AND party = ?"
FIRST_PARTY = "INSERT INTO overdue_parties (tenant, party, version) VALUES (?,?,1) ON CONFLICT DO NOTHING"
NEXT_PARTY = "UPDATE overdue_parties SET version = version + 1 WHERE tenant = ? AND party = ? AND version = ?"
BUMP_PARTY = (
    "INSERT INTO overdue_parties (tenant, party, version) VALUES (?,?,1) "
    "ON CONFLICT (tenant, party) DO UPDATE SET version = version + 1"
)


@functools.cache
def select_cases(count: int) -> str:
    """
    Return the statement that reads so many cases, each with the version of its party's contacts.
    """
    return f"SELECT {CASE}, ({_PARTY_VERSION}) FROM overdue_cases WHERE tenant = ? AND case_id IN ({_marks(count)})"


@functools.cache
def select_contacts(count: int) -> str:
    """
    Return the statement that reads the contacts of so many parties since an instant.
    """
    where = f"tenant = ? AND at >= ? AND party IN ({_marks(count)})"
    return f"SELECT {CONTACT} FROM overdue_contacts WHERE {where} ORDER BY at, contact_id"


def _marks(count: int) -> str:
    return ",".join("?" * count)
