"""
What each rule set must hold: the names of its figures and their shapes.
"""

from __future__ import annotations

from collections.abc import Mapping

from overdue_visit.limitation.figure import Shape

SHAPES: Mapping[str, Mapping[str, Shape]] = {
    "us-reg-x": {
        "live_contact": Shape.PERIOD,
        "written_notice": Shape.PERIOD,
        "notice_spacing": Shape.PERIOD,
        "transferor_notice": Shape.COUNT,
    },
    "us-reg-f": {
        "validation_notice": Shape.PERIOD,
        "assumed_receipt": Shape.PERIOD,
        "validation_period": Shape.PERIOD,
        "email_opt_out": Shape.PERIOD,
        "furnishing_wait": Shape.PERIOD,
        "records": Shape.PERIOD,
        "recordings": Shape.PERIOD,
    },
    "uk-cca": {
        "payments_missed": Shape.COUNT,
        "payments_missed_weekly": Shape.COUNT,
        "first_notice": Shape.PERIOD,
        "further_notice": Shape.PERIOD,
        "running_account_missed": Shape.COUNT,
        "running_account_missed_weekly": Shape.COUNT,
        "running_account_notice": Shape.STATEMENT,
        "default_notice": Shape.PERIOD,
    },
    "uk-breathing-space": {
        "breathing_space": Shape.PERIOD,
        "review_from": Shape.PERIOD,
        "review_until": Shape.PERIOD,
        "once_every": Shape.PERIOD,
        "after_treatment": Shape.PERIOD,
    },
    "cn-limitation": {
        "general": Shape.PERIOD,
        "last_instalment": Shape.STATEMENT,
        "long_stop": Shape.PERIOD,
        "last_months": Shape.COUNT,
        "after_obstacle": Shape.PERIOD,
        "obstacles": Shape.WORDS,
        "document": Shape.WORDS,
        "signers": Shape.WORDS,
        "message": Shape.WORDS,
        "spoken": Shape.WORDS,
        "account_debit": Shape.WORDS,
        "public_notice": Shape.WORDS,
        "acknowledgment": Shape.WORDS,
        "proceedings": Shape.WORDS,
        "like_proceedings": Shape.WORDS,
        "mediation": Shape.WORDS,
        "criminal_report": Shape.WORDS,
        "debt_moved": Shape.WORDS,
        "partial_claim": Shape.STATEMENT,
        "joint_debtors": Shape.STATEMENT,
        "waiver": Shape.STATEMENT,
        "waiver_by_signature": Shape.STATEMENT,
    },
    "cn-guarantee": {
        "default_period": Shape.PERIOD,
        "agreed_period": Shape.STATEMENT,
        "unclear_period": Shape.STATEMENT,
        "term_changed": Shape.STATEMENT,
        "general_guarantee": Shape.STATEMENT,
        "joint_guarantee": Shape.STATEMENT,
        "guarantee_debt": Shape.PERIOD,
        "not_revived": Shape.STATEMENT,
    },
    "cn-cards": {
        "collection_spacing": Shape.COUNT,
        "collections_needed": Shape.COUNT,
        "unpaid_after_collections": Shape.PERIOD,
        "instalment_plan": Shape.COUNT,
        "recordings": Shape.PERIOD,
    },
    "cn-loans": {
        "short_term": Shape.COUNT,
        "short_extension": Shape.SHARE,
        "medium_term": Shape.COUNT,
        "medium_extension": Shape.SHARE,
        "long_extension": Shape.COUNT,
        "personal_short_term": Shape.COUNT,
        "personal_short_extension": Shape.SHARE,
        "personal_long_extension": Shape.STATEMENT,
        "extension_request": Shape.STATEMENT,
        "overdue_least": Shape.SHARE,
        "overdue_most": Shape.SHARE,
        "misuse_least": Shape.SHARE,
        "misuse_most": Shape.SHARE,
        "payment_order": Shape.WORDS,
        "debts_order": Shape.WORDS,
    },
    "cn-credit-reports": {
        "told_before": Shape.STATEMENT,
        "negative_record": Shape.PERIOD,
        "collection_records": Shape.PERIOD,
    },
}
"""By rule set and figure."""
