"""
What each figure of the rule sets says, in a few words, and the functions that follow it.
"""

from __future__ import annotations

_LIVE, _WRITTEN = "reg_x.live_contact", "reg_x.written_notice"
_RUNNING = "cca.running_account_duty"
_DUTY, _RECORDS = "cca.arrears_notice_duty", "credit_reports.collection_records"
_CLOCK, _DEFENCE = "limitation_clock", "limitation_defence"
_PERIOD, _STANDING = "guarantee_period", "guarantee_standing"
_EXTENSION, _PERSONAL = "loans.extension", "loans.personal_extension"

SAYS: dict[str, tuple[str, tuple[str, ...]]] = {
    "us-reg-x.live_contact": ("from a missed due date to a live contact, or a good-faith attempt", (_LIVE,)),
    "us-reg-x.written_notice": (
        "from a missed due date to the written notice",
        (_WRITTEN, "reg_x.next_written_notice", "reg_x.notice_after_transfer"),
    ),
    "us-reg-x.notice_spacing": (
        "no second written notice is required within this time",
        ("reg_x.next_written_notice",),
    ),
    "us-reg-x.transferor_notice": (
        "days before a transfer in which the earlier servicer's notice stands for the new one's",
        ("reg_x.notice_after_transfer",),
    ),
    "us-reg-f.validation_notice": (
        "from the first communication to the validation notice",
        ("reg_f.validation_notice",),
    ),
    "us-reg-f.assumed_receipt": (
        "after sending, when receipt may be assumed; Saturdays, Sundays and legal public holidays do not count",
        ("reg_f.validation_period",),
    ),
    "us-reg-f.validation_period": (
        "from receipt, or assumed receipt, to the end of the time to dispute",
        ("reg_f.validation_period",),
    ),
    "us-reg-f.email_opt_out": (
        "from a creditor's notice to the earliest last day for opting out of e-mail",
        ("reg_f.email_opt_out",),
    ),
    "us-reg-f.furnishing_wait": (
        "waiting time for a notice that a letter came back, before anything is reported; the day of mailing counts",
        ("reg_f.furnishing",),
    ),
    "us-reg-f.records": ("records are kept after the last collection activity", ("reg_f.records",)),
    "us-reg-f.recordings": ("a recording is kept after the call", ("reg_f.recordings",)),
    "uk-cca.payments_missed": ("the shortfall is at least the sum of so many last payments", (_DUTY,)),
    "uk-cca.payments_missed_weekly": ("the same where payments fall due weekly or more often", (_DUTY,)),
    "uk-cca.first_notice": (
        "first notice of sums in arrears; the day the duty arose counts",
        ("cca.first_arrears_notice",),
    ),
    "uk-cca.further_notice": ("further notices follow at intervals of at most", ("cca.further_arrears_notice",)),
    "uk-cca.running_account_missed": ("so many last payments required on a running account, none made", (_RUNNING,)),
    "uk-cca.running_account_missed_weekly": ("the same where payments fall due weekly or more often", (_RUNNING,)),
    "uk-cca.running_account_notice": (
        "the notice is given by the end of the time for the next statement",
        ("cca.running_account_notice",),
    ),
    "uk-cca.default_notice": ("from service to the earliest day for putting the breach right", ("cca.default_notice",)),
    "uk-breathing-space.breathing_space": (
        "a breathing space lasts; it starts on the day after the entry on the register",
        ("breathing_space.breathing_space",),
    ),
    "uk-breathing-space.review_from": ("the first day of the adviser's review", ("breathing_space.midway_review",)),
    "uk-breathing-space.review_until": ("the last day of the adviser's review", ("breathing_space.midway_review",)),
    "uk-breathing-space.once_every": (
        "between a breathing space and the next application",
        ("breathing_space.next_breathing_space",),
    ),
    "uk-breathing-space.after_treatment": (
        "a crisis moratorium lasts on after crisis treatment ended",
        ("breathing_space.crisis_moratorium",),
    ),
    "cn-limitation.general": ("the limitation period, from the due date or the last interruption", (_CLOCK,)),
    "cn-limitation.last_instalment": ("a debt in instalments: the last one starts the period", (_CLOCK,)),
    "cn-limitation.long_stop": ("the longest time, which nothing interrupts or suspends", (_CLOCK,)),
    "cn-limitation.last_months": ("an obstacle suspends only in so many last months of the period", (_CLOCK,)),
    "cn-limitation.after_obstacle": ("the period ends at the earliest this long after the obstacle", (_CLOCK,)),
    "cn-limitation.obstacles": ("what suspends", (_CLOCK,)),
    "cn-limitation.document": ("a demand handed over, signed or its arrival proved, restarts the clock", (_CLOCK,)),
    "cn-limitation.signers": ("whose signature on a demand, or on the record of a visit, binds the debtor", (_CLOCK,)),
    "cn-limitation.message": ("a letter or message that arrived, or should have, restarts it", (_CLOCK,)),
    "cn-limitation.spoken": ("a spoken demand restarts it if it can be shown", (_CLOCK,)),
    "cn-limitation.account_debit": ("a debit that contract or law allows restarts it", (_CLOCK,)),
    "cn-limitation.public_notice": ("a newspaper notice restarts it if the debtor cannot be found", (_CLOCK,)),
    "cn-limitation.acknowledgment": ("what the debtor says or does that restarts it", (_CLOCK,)),
    "cn-limitation.proceedings": ("holds the clock, which starts anew at the end", (_CLOCK,)),
    "cn-limitation.like_proceedings": ("has the effect of a suit", (_CLOCK,)),
    "cn-limitation.mediation": ("a request to a body that may settle the dispute", (_CLOCK,)),
    "cn-limitation.criminal_report": ("a report to the police or prosecution", (_CLOCK,)),
    "cn-limitation.debt_moved": ("the claim assigned, or the debt taken over and acknowledged", (_CLOCK,)),
    "cn-limitation.partial_claim": ("a claim to a part restarts the clock of the whole", (_CLOCK,)),
    "cn-limitation.joint_debtors": ("what restarts it for one joint debtor restarts it for the others", (_CLOCK,)),
    "cn-limitation.waiver": ("after the end: agreement or payment gives the defence up", (_DEFENCE,)),
    "cn-limitation.waiver_by_signature": ("after the end: a signed demand counts if it agrees to pay", (_DEFENCE,)),
    "cn-guarantee.default_period": ("the guarantee period where none was agreed", (_PERIOD, _STANDING)),
    "cn-guarantee.agreed_period": ("an agreed period holds if it ends after the due date", (_PERIOD, _STANDING)),
    "cn-guarantee.unclear_period": ("an unclear period is the law's", (_PERIOD, _STANDING)),
    "cn-guarantee.term_changed": ("a later due date binds the guarantor who agreed in writing", (_PERIOD, _STANDING)),
    "cn-guarantee.general_guarantee": ("held by a suit or arbitration against the debtor in time", (_STANDING,)),
    "cn-guarantee.joint_guarantee": ("held by a demand to the guarantor in time", (_STANDING,)),
    "cn-guarantee.guarantee_debt": ("the limitation period of the guarantor's own debt, once held", (_STANDING,)),
    "cn-guarantee.not_revived": ("signing a demand later does not bring a lapsed guarantee back", (_STANDING,)),
    "cn-cards.collection_spacing": ("days between two collections that both count", ("cards.effective_collections",)),
    "cn-cards.collections_needed": ("collections that must count", ("cards.effective_collections",)),
    "cn-cards.unpaid_after_collections": (
        "unpaid for longer than this after them",
        ("cards.unpaid_after_collections",),
    ),
    "cn-cards.instalment_plan": ("months of a personalised instalment plan, at most", ("cards.instalment_plan",)),
    "cn-cards.recordings": ("recordings of collections are kept, at least", ("cards.recordings",)),
    "cn-loans.short_term": ("months of a short loan's original term, at most", (_EXTENSION,)),
    "cn-loans.short_extension": ("all extensions of a short loan, of the original term", (_EXTENSION,)),
    "cn-loans.medium_term": ("months of a medium-term loan, at most", (_EXTENSION,)),
    "cn-loans.medium_extension": ("all extensions of a medium-term loan, of the original term", (_EXTENSION,)),
    "cn-loans.long_extension": ("months of all extensions of a long loan", (_EXTENSION,)),
    "cn-loans.personal_short_term": ("months of a short personal loan, at most", (_PERSONAL,)),
    "cn-loans.personal_short_extension": ("all extensions of it, of the original term", (_PERSONAL,)),
    "cn-loans.personal_long_extension": ("a longer one: with the original term, the product's longest", (_PERSONAL,)),
    "cn-loans.extension_request": ("asked for before the loan falls due", ("loans.extension_request",)),
    "cn-loans.overdue_least": ("paid late: on top of the contract's rate, at least", ("loans.penalty_band",)),
    "cn-loans.overdue_most": ("paid late: at most", ("loans.penalty_band",)),
    "cn-loans.misuse_least": ("used for another purpose: on top, at least", ("loans.penalty_band",)),
    "cn-loans.misuse_most": ("used for another purpose: at most", ("loans.penalty_band",)),
    "cn-loans.payment_order": ("what a payment that is too small pays first", ("loans.payment_order",)),
    "cn-loans.debts_order": ("which of several debts it pays first", ("loans.debts_order",)),
    "cn-credit-reports.told_before": (
        "the person is told before a default is reported",
        ("credit_reports.negative_report",),
    ),
    "cn-credit-reports.negative_record": ("a default is kept after it ended", ("credit_reports.negative_record",)),
    "cn-credit-reports.collection_records": ("a consumer finance company keeps its records, at least", (_RECORDS,)),
}
"""By figure: what it says, and the functions of `overdue_visit.limitation` that follow it."""
