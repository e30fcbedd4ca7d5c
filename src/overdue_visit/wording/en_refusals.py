"""
The English texts of refusals and failures, by the code of the error; each says what would be allowed.

What stands in braces are fields of the error. A part after a dot is for an error that lacks a value or whose flag is
set: ``refusal.send_failed.permanent`` (see `overdue_visit.wording.refusals`).
"""

from __future__ import annotations

_NOT_ALLOWED = {
    "refusal.not_allowed": "the rules do not allow this; nothing was changed",
    "refusal.contact_not_allowed": "{ruling} by {rule}; allowed from {earliest}",
    "refusal.contact_not_allowed.no_earliest": "{ruling} by {rule}; no earliest instant is known",
    "refusal.extension_beyond_limit": (
        "an extension to {asked} is not allowed: {limit} ends it on {latest} at the latest"
    ),
    "refusal.extension_too_late": (
        "{limit} wants an extension asked for by {maturity}, when the loan matures; it was asked for on {asked_on}"
    ),
    "refusal.plan_cannot_fit": (
        "{kind} does not fit what the household can pay; it would with {amount} more on {on}, "
        "with {dates} more dates, or at a rate of {rate}"
    ),
    "refusal.plan_cannot_fit.no_dates": (
        "{kind} does not fit what the household can pay; it would with {amount} more on {on}"
    ),
    "refusal.plan_cannot_fit.no_rate": (
        "{kind} does not fit what the household can pay; it would with {amount} more on {on}, "
        "or with {dates} more dates"
    ),
    "refusal.plan_unfit": "{kind} does not fit: {why} {figures}",
    "refusal.appointment_open": "{case_id}: appointment {number} is still open; move or cancel it",
    "refusal.case_is_closed": "{case_id}: the case is closed ({reason}); observe the loan to open a new episode",
    "refusal.concurrent_update": "changed meanwhile by another writer: {cases}; read again and decide again",
    "refusal.key_reused": (
        "the key {key} was used for another command on {case_id}; use a fresh key for a new command"
    ),
    "refusal.appointment_out_of_season": "{case_id}: no appointments while the case is {state}; recall it first",
    "refusal.no_appointment": "{case_id}: no appointment is open; offer one first",
    "refusal.no_running_plan": "{case_id}: no plan is running; agree one first",
    "refusal.nothing_to_override": "{case_id}: there is no assessment yet; record a talk first",
    "refusal.nothing_to_plan": "{case_id}: no arrears to make a plan for",
    "refusal.notice_in_flight": "{case_id}: notice {number} is with its sender; relay first, then close",
    "refusal.notice_out_of_season": "{case_id}: no occasion for this notice ({notice}) while the case is: {state}",
    "refusal.notice_too_early": (
        "{case_id}: {days_past_due} days past due, this notice ({notice}) may be sent from day {first_day}"
    ),
    "refusal.notice_too_short": (
        "{case_id}: announced on {announced_on}: visits from {earliest}, or as the borrower agrees"
    ),
    "refusal.notice_too_short.no_announced_on": "{case_id}: visits from {earliest}, or as the borrower agrees",
    "refusal.notice_too_short.no_earliest": (
        "{case_id}: no visit is announced; send a notice of visit, or give a reason to come unannounced"
    ),
    "refusal.notice_under_way": "{case_id}: notice {number} ({notice}) is under way; relay it first",
    "refusal.observed_backwards": (
        "{case_id}: observed through {seen_on} already; observe on that day or later, not on {on}"
    ),
    "refusal.offer_expired": "{case_id}: offer {number} was valid until {valid_until}; offer anew",
    "refusal.out_of_season": "{case_id}: not possible while the case is {state}: {fact}; possible while: {allowed}",
    "refusal.outside_visit_hours": "{case_id}: {window} is outside the visiting hours {hours}",
    "refusal.party_has_open_cases": "still open: {cases}; close them before erasing the party",
    "refusal.plan_refused": "{case_id}: {objection}: {found}, accepted is {accepted}",
    "refusal.read_only_case": "{case_id}: holds facts unknown to this version ({kinds}); upgrade to change it",
    "refusal.run_date_in_future": "a run for {on} on {today}: run for today or an earlier business date",
    "refusal.too_many_revisions": "{case_id}: revised {revised} times already, the policy allows {most}",
    "refusal.visit_too_early": ("{case_id}: {days_past_due} days past due, visits start on day {first_visit_day}"),
    "refusal.withdrawal_too_late": "{case_id}: consent could be withdrawn until {until}",
}

_INVALID = {
    "refusal.invalid_value": "{field}: {value} is not accepted; expected {accepted}",
    "refusal.below_interest": "{field}: {value} does not cover the interest; expected {accepted}",
    "refusal.uplift_outside_band": "{field}: {value} is outside the band; expected {accepted}",
    "refusal.bucket_gap": "{field}: {value} leaves a day past due without a bucket; expected {accepted}",
    "refusal.bucket_overlap": "{field}: {value} puts a day past due into two buckets; expected {accepted}",
    "refusal.currency_mismatch": "{field}: {value} is another currency; expected {accepted}",
    "refusal.dues_out_of_order": "{field}: {value} is before the due date that precedes it; expected {accepted}",
    "refusal.duplicate_instalment": "{field}: {value} occurs more than once; expected {accepted}",
    "refusal.duplicate_loan": "{field}: there are two loans {value}; expected {accepted}",
    "refusal.duplicate_ref": "{field}: {value} occurs more than once; expected {accepted}",
    "refusal.missing_source": "{field}: {value} does not say where it comes from; expected {accepted}",
    "refusal.no_loan_book": "{field}: {value} is not what a loan book holds; expected {accepted}",
    "refusal.not_under_way": "{field}: {value} is not in a condition for this; expected {accepted}",
    "refusal.out_of_sequence": "{field}: {value} is out of sequence; expected {accepted}",
    "refusal.unknown_case": "{field}: there is no {value} here; expected {accepted}",
    "refusal.unknown_loan": "{field}: the book has no loan {value}; expected {accepted}",
    "refusal.unknown_policy_key": "{field}: a policy has no such key (it holds {value}); expected {accepted}",
    "refusal.unknown_ref": "{field}: the loan has no entry {value}; expected {accepted}",
    "refusal.unknown_store": "{field}: no store is installed for {value}; expected {accepted}",
    "refusal.unknown_text": "{field}: there is no text {value}; expected {accepted}",
    "refusal.unwritable": "{field}: this cannot be put on record: {value}; expected {accepted}",
    "refusal.wrong_placeholder": "{field}: {value} does not fit into the text; expected {accepted}",
}

_FAILED = {
    "refusal.adapter_error": "{adapter}: {what}",
    "refusal.deposit_damaged": "{adapter}: a deposit is damaged: {what}",
    "refusal.missing_extra": '{adapter} needs {what}: pip install "overdue_visit[{extra}]"',
    "refusal.newer_schema": (
        "{adapter}: the store is of version {found}, this release knows {known}; use a newer release ({what})"
    ),
    "refusal.no_address": "{adapter}: no address to send to: {what}",
    "refusal.no_open_transaction": "{adapter}: no transaction is open: {what}",
    "refusal.older_schema": (
        "{adapter}: the store is of version {found}, this release uses {known}; migrate it first ({what})"
    ),
    "refusal.outcome_unknown": "{adapter}: it is not known whether the message went out: {what}",
    "refusal.record_damaged": "{adapter}: {case}, fact {sequence} is damaged: {what}",
    "refusal.send_failed": "{adapter}: not sent, may be tried again: {what}",
    "refusal.send_failed.permanent": "{adapter}: not sent, trying again is of no use: {what}",
    "refusal.snapshot_unreadable": "{adapter}: the snapshot cannot be used, fold the facts instead: {what}",
    "refusal.store_damaged": "{adapter}: the store is damaged: {what}",
    "refusal.store_locked": "{adapter}: the store is busy, nothing was changed; try again later: {what}",
    "refusal.store_read_only": "{adapter}: the store can be read and not written: {what}",
    "refusal.transaction_not_usable": "{adapter}: this connection or transaction cannot be used: {what}",
}

_OBJECTIONS = {
    "objection.no_budget": "no budget of the household is known",
    "objection.above_capacity": "more than the household can pay in a month",
    "objection.above_the_debt": "more than the arrears",
    "objection.below_the_debt": "less than the arrears",
    "objection.first_too_late": "the first instalment comes too late",
    "objection.in_the_past": "the first instalment lies in the past",
    "objection.instalment_too_small": "an instalment is too small",
    "objection.other_currency": "another currency",
    "objection.too_close_together": "the instalments are too close together",
    "objection.too_long": "the plan runs too long",
    "objection.too_many_instalments": "too many instalments",
}

TEXTS: dict[str, str] = {**_NOT_ALLOWED, **_INVALID, **_FAILED, **_OBJECTIONS}
"""Every English text of a refusal by its code."""
