"""
The English texts by code.

What stands in braces here is what a code offers: a host's own text may use those names and no others. Amounts, dates
and times arrive as texts (see `overdue_visit.wording.formats`); ``days`` is a day past due, so no plural is needed.
"""

from __future__ import annotations

from overdue_visit.wording import en_facts, en_refusals

_STATES = {
    "state.overdue": "overdue",
    "state.notified": "notified",
    "state.visited": "visited",
    "state.plan_agreed": "plan agreed",
    "state.recovered": "recovered",
    "state.escalated": "escalated",
}

_REASONS = {
    "reason.forgot": "the payment was forgotten",
    "reason.payment_failed": "the payment was made but did not arrive",
    "reason.poor_management": "the money was not planned well",
    "reason.over_indebted": "there are too many debts at once",
    "reason.income_lost": "the income was lost",
    "reason.income_down": "the income went down",
    "reason.income_late": "the income comes later",
    "reason.costs_up": "necessary costs went up",
    "reason.illness": "somebody in the household is ill",
    "reason.death_in_family": "somebody in the family died",
    "reason.harvest_failed": "the harvest failed",
    "reason.disaster": "a disaster struck the household",
    "reason.disputed": "the borrower disputes the debt or its amount",
    "reason.refuses": "the borrower does not want to pay",
    "reason.fraud": "there are signs of fraud",
    "reason.unknown": "the reason is not known yet",
    "reason.other": "another reason",
}

_NAMES = {
    "channel.sms": "text message",
    "channel.email": "e-mail",
    "channel.letter": "letter",
    "channel.console": "console",
    "channel.file": "file",
    "channel.visit": "visit",
    "channel.branch": "meeting at the branch",
    "channel.phone": "telephone",
    "channel.video": "video call",
    "channel.message": "written messages",
    "result.nobody_home": "nobody was at home",
    "result.moved_away": "the household has moved away",
    "result.refused": "the borrower did not want to talk",
    "result.unsafe": "the visit was not safe",
    "met.borrower": "the borrower",
    "met.spouse": "the spouse",
    "met.household_member": "a member of the household",
    "met.guarantor": "the guarantor",
    "ability.now": "can pay now",
    "ability.over_time": "can pay over time",
    "ability.none": "cannot pay at present",
    "ability.unknown": "not known",
    "willingness.willing": "willing",
    "willingness.unwilling": "not willing",
    "willingness.unknown": "not known",
    "outcome.pending": "not judged yet",
    "outcome.kept": "kept",
    "outcome.within_tolerance": "kept within tolerance",
    "outcome.late": "paid late",
    "outcome.missed": "missed",
    "request.question": "question",
    "request.hardship": "report of hardship",
    "request.call_back": "request for a call",
    "request.complaint": "complaint",
    "request.wants_to_pay": "wish to pay",
    "request.need": "need",
    "escalation.committee": "the credit committee",
    "escalation.legal": "the legal department",
    "escalation.agency": "an agency",
    "escalation.write_off_review": "the write-off review",
    "cause.refusal": "the borrower does not want to pay",
    "cause.refuses": "the borrower does not want to pay",
    "cause.fraud": "there are signs of fraud",
    "cause.unreachable": "nobody could be reached",
    "cause.plan_broken_too_often": "plans were broken too often",
    "cause.no_plan": "no plan fits the household",
    "cause.long_overdue": "the loan is long past due",
    "cause.reversal": "a payment was reversed",
    "cause.missed": "a later instalment was missed",
    "cause.escalated": "the case was handed over",
    "irregularity.outside_contact_hours": "outside the hours for contacts",
    "irregularity.before_first_visit_day": "before the first day of visits",
    "irregularity.unannounced_visit": "a visit without notice",
    "irregularity.too_many_contacts": "more contacts on one day than the policy allows",
    "irregularity.before_these_arrears": "held before the present arrears were seen",
    "consequence.plan_broken": "the plan counted as broken",
    "consequence.escalated": "the case was handed over",
    "rule.late_run": "a later notice says it better",
    "rule.case_closed": "the case is closed",
    "rule.escalated": "the case was handed over",
    "rule.no_longer_due": "what it asks for is no longer due",
    "rule.contact.earliest": "too early in the day",
    "rule.contact.latest": "too late in the day",
    "rule.contact.attempts_a_day": "enough contacts on that day",
    "closed.healthy": "healthy long enough",
    "closed.paid_off": "the loan is paid off",
    "closed.settled": "the loan was settled",
    "closed.written_off": "the loan was written off",
    "closed.sold": "the loan was sold",
    "closed.opened_in_error": "opened in error",
}

_STEPS = {
    "line.step": "{step}, because {why}",
    "why.assessed": "{reason}",
    "step.remind": "remind of {amount} due {due}",
    "why.remind": "this is day {days} past due and no reminder was sent",
    "step.notice_of_visit": "give notice of a visit about {amount} due {due}",
    "why.notice_of_visit": "this is day {days} past due, visits start on day {first_visit_day} and need notice before",
    "step.appoint": "offer an appointment",
    "why.appoint": "notice was given, visits start on day {first_visit_day} and this is day {days} past due",
    "step.confirm_appointment": "ask whether {window} suits the household",
    "why.confirm_appointment": "the appointment was offered and is not confirmed",
    "step.visit": "visit the household, {window}",
    "why.visit": "the appointment is agreed",
    "step.retry_visit": "offer another visit",
    "why.retry_visit": "the visit on {on} reached nobody (attempts so far: {attempts})",
    "step.talk": "talk with the borrower",
    "why.talk": "this is day {days} past due and nobody has talked with the borrower",
    "step.review_unreachable": "review how else the household can be reached",
    "why.review_unreachable": "visits tried without reaching anybody: {attempts}",
    "step.pay_now": "help to pay {amount} now",
    "why.pay_now": "{reason}",
    "step.budget_talk": "go through the household's budget together",
    "why.budget_talk": "{reason}",
    "step.education": "offer material on planning money",
    "why.education": "{reason}",
    "step.another_due_day": "offer a due day that suits the household's income",
    "why.another_due_day": "{reason}",
    "step.affordability": "find out what the household can afford",
    "why.affordability": "{reason}",
    "step.propose_plan": "propose a plan that the household can keep",
    "why.propose_plan": "{reason}, and no plan is agreed",
    "step.agree_plan": "settle the offered plan with the borrower",
    "why.agree_plan": "the offer of {on} is open until {until}",
    "step.review_offer": "review the offer with the borrower",
    "why.review_offer": "the offer of {on} ended on {until} without an answer",
    "step.instalment_reminder": "remind of {amount} due {due}",
    "why.instalment_reminder": "it is instalment {number} of the agreed plan",
    "step.plan_instalment_missed": "ask what happened to {amount} due {due}",
    "why.plan_instalment_missed": "instalment {number} of the agreed plan did not arrive",
    "step.renegotiate": "look for a plan that fits better",
    "why.renegotiate": "the plan broke on {on} (plans broken so far: {broken})",
    "step.escalate": "decide on handing the case to {escalation}",
    "why.escalate": "{cause}",
    "step.escalation_review": "review whether others need to be involved",
    "why.escalation_review": "this is day {days} past due and the review falls due on day {review_day}",
    "step.return_visit": "pay a return visit",
    "why.return_visit": "the last talk was on {on} and return visits come every {every} days",
    "step.answer_request": "answer the {request} of {on}",
    "why.answer_request": "the answer is due by {by}",
    "step.review_irregularity": "review an irregularity: {irregularity}",
    "why.review_irregularity": "it happened on {on} and nobody has reviewed it",
    "step.review_consequence": "review a consequence: {consequence}",
    "why.review_consequence": "the ledger changed on {on}, after it was taken",
    "step.review_mismatch": "compare the days past due with the ledger",
    "why.review_mismatch": "the ledger says {stated} and we count {counted}",
    "step.recovered_notice": "tell the borrower that the arrears are cleared",
    "why.recovered_notice": "the arrears were cleared on {on}",
    "step.close_case": "close the case",
    "why.close_case": "{reason}",
    "step.follow_referral": "ask {department} for its answer",
    "why.follow_referral": "the question of {on} was to be answered by {by}",
}

_NOTICES = {
    "lender.name": "your credit union",
    "lender.contact": "visit or call your branch",
    "notice.salutation": "Dear member,",
    "notice.salutation_named": "Dear {name},",
    "notice.any.name": "notice",
    "notice.reminder.name": "reminder",
    "notice.visit.name": "notice of a visit",
    "notice.instalment.name": "instalment reminder",
    "notice.recovered.name": "notice of recovery",
    "notice.reminder.subject": "A reminder about your loan {loan}",
    "notice.reminder.body": (
        "{salutation}\n\n"
        "{amount} of your loan {loan} was due on {due} and has not reached us yet. Perhaps it slipped your mind.\n\n"
        "If you have paid already, thank you: there is nothing more to do. If paying is difficult at the moment, "
        "tell us early. We listen first, and then look for a way together.\n\n"
        "Talk to us, or ask for no more messages of this kind: {contact}.\n\n"
        "{lender}\n"
    ),
    "notice.visit.subject": "We would like to visit you about your loan {loan}",
    "notice.visit.body": (
        "{salutation}\n\n"
        "{amount} of your loan {loan} was due on {due} and has not reached us yet. We would like to come and see you, "
        "on {first_visit} or later, at a time we agree with you.\n\n"
        "Why we come: to hear what happened and, if you wish, to find payments that your household can keep. "
        "You need not pay or sign anything during the visit.\n\n"
        "Who comes: a loan officer of {lender}, perhaps with a colleague, each with a staff card. "
        "To check who they are before you let them in, ask us: {contact}.\n\n"
        "What we will ask: why the payment did not come, what your household earns and needs, and what you can and "
        "want to do. You decide what you answer.\n\n"
        "What to have ready, if you have it: the loan papers, anything that shows income and regular costs, and "
        "receipts of payments you made.\n\n"
        "Who may be present: anybody you choose. We speak about your loan with nobody else.\n\n"
        "Another time, place or way: tell us what suits you better, be it another day, another place, our branch, "
        "the telephone or a video call: {contact}.\n\n"
        "If you do not want a visit: tell us the same way, or say so at the door. The officer will leave, and we agree "
        "another way with you. You can ask us to stop such messages, too.\n\n"
        "What paying later costs is written in your loan contract; the officer can show you the figures to date.\n\n"
        "If you have paid already, thank you: there is nothing more to do.\n\n"
        "{lender}\n"
    ),
    "notice.instalment.subject": "Your next payment for loan {loan}",
    "notice.instalment.body": (
        "{salutation}\n\n"
        "As we agreed in your plan for loan {loan}, {amount} falls due on {due}.\n\n"
        "If something has changed and the amount is too much now, tell us before that day. Plans can be adapted.\n\n"
        "Talk to us, or ask for no more messages of this kind: {contact}.\n\n"
        "{lender}\n"
    ),
    "notice.recovered.subject": "Your loan {loan} is up to date",
    "notice.recovered.body": (
        "{salutation}\n\n"
        "Everything that was past due on your loan {loan} has arrived. Thank you for your household's effort.\n\n"
        "As you go on paying on the agreed days, your good standing with us is restored. If something gets in the way, "
        "tell us early.\n\n"
        "Talk to us, or ask for no more messages of this kind: {contact}.\n\n"
        "{lender}\n"
    ),
}

TEXTS: dict[str, str] = {**_STATES, **_REASONS, **_NAMES, **_STEPS, **en_facts.TEXTS, **en_refusals.TEXTS, **_NOTICES}
"""Every English text by its code."""
