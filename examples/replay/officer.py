"""
A loan officer at work: reads the worklist each morning, goes out in the afternoon, writes it down in the evening.

Nothing is kept in mind here. What is to be done comes from the worklist, what was done from the case; so the work can
be taken up again on any day, by anybody.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import attrs

from overdue_visit import (
    Actor,
    AgreePlan,
    AnswerRequest,
    Appoint,
    BusinessCalendar,
    Case,
    CaseDesk,
    CaseState,
    ConfirmAppointment,
    Escalate,
    MoveAppointment,
    NotAllowed,
    OfferPlan,
    Recall,
    RecordAttempt,
    RecordVisit,
    ReviewConsequence,
    ReviewIrregularity,
    Step,
)
from replay.households import Household
from replay.pages import every

OFFICER = Actor("officer:7")
SUPERVISOR = Actor("supervisor:1", role="supervisor")

NOTICE = dt.timedelta(days=2)
"""A household hears of a visit two days before, whatever the policy allows."""
PAUSE = dt.timedelta(days=14)
"""Between two talks about the same trouble, and before a committee has looked at a case."""
TWO_HOURS = dt.timedelta(hours=2)


@attrs.frozen
class Errand:
    """One step to be done on a day, with its case as it is now."""

    step: Step
    case: Case
    day: dt.date


class Officer:
    """
    Does what the worklist says, as the households allow.
    """

    def __init__(self, desk: CaseDesk, *, zone: dt.tzinfo, calendar: BusinessCalendar) -> None:
        self.desk = desk.by(OFFICER)
        self.supervisor = desk.by(SUPERVISOR)
        self.zone = zone
        self.calendar = calendar
        self.refused: list[str] = []
        self.does: dict[str, Callable[[Errand], None]] = {
            "appoint": self.appoint,
            "retry_visit": self.appoint,
            "return_visit": self.appoint,
            "plan_instalment_missed": self.talk_again,
            "talk": self.talk_again,
            "budget_talk": self.talk_again,
            "confirm_appointment": self.confirm,
            "propose_plan": self.offer,
            "renegotiate": self.offer,
            "agree_plan": self.agree,
            "review_offer": self.offer,
            "answer_request": self.answer,
            "escalate": self.escalate,
            "escalation_review": self.review,
            "review_irregularity": self.accept,
            "review_consequence": self.accept,
        }

    def morning(self, day: dt.date) -> None:
        """
        Work through what is due at the desk, first what can be done as it stands.

        On the first business day of a month the committee meets.
        """
        steps = sorted(every(self.desk.worklist, on=day), key=lambda step: not step.ready)
        for step in steps:
            if step.rule in self.does:
                self.try_to(step, day)
        if self.calendar.on_or_after(day.replace(day=1)) == day:
            self.committee(day)

    def evening(self, day: dt.date) -> None:
        """
        Write down the visits of the day.
        """
        for step in every(self.desk.worklist, on=day):
            if step.rule == "visit":
                self.visit(self.desk.case(step.case_id), day)

    def try_to(self, step: Step, day: dt.date) -> None:
        """
        Do one step; what the rules refuse is put aside and told at the end.
        """
        try:
            self.does[step.rule](Errand(step, self.desk.case(step.case_id), day))
        except NotAllowed as refusal:
            self.refused.append(f"{day} {step.rule}: {refusal}")

    def appoint(self, errand: Errand) -> None:
        """
        Offer a time at home: as early as the policy wants it, and never without notice.
        """
        if errand.case.appointments.open is None and errand.case.state is not CaseState.ESCALATED:
            day = max(errand.step.latest or errand.day, errand.day + NOTICE)
            self.desk.do(errand.case, self.appointment(errand.case, day))

    def appointment(self, case: Case, day: dt.date, *, agreed: bool = False) -> Appoint:
        """
        Return an appointment on a business day, at the hour at which the household is at home.
        """
        start = Household.behind(case.loan_id).at_home
        end = (dt.datetime.combine(day, start) + TWO_HOURS).time()
        return Appoint(self.calendar.on_or_after(day), start, end, place="home", agreed=agreed)

    def talk_again(self, errand: Errand) -> None:
        """
        Go once more, when the household has had its time to think.
        """
        last = errand.case.talks.last_on
        knows_us = errand.case.state in (CaseState.VISITED, CaseState.PLAN_AGREED)
        if knows_us and last is not None and last + PAUSE <= errand.day:
            self.appoint(errand)

    def confirm(self, errand: Errand) -> None:
        """
        Ask whether the time suits: most say yes, some want the next business day, some do not answer.
        """
        case, current = errand.case, errand.case.appointments.open
        household = Household.behind(case.loan_id)
        if current is None or not household.opens(case):
            return
        if household.wants_another_day and not current.moved:
            window = current.window
            later = self.calendar.add(window.on, 1)
            self.desk.do(case, MoveAppointment(later, window.start, window.end, reason="market_day"))
        else:
            self.desk.do(case, ConfirmAppointment())

    def visit(self, case: Case, day: dt.date) -> None:
        """
        Go there, and write down what happened when.
        """
        current = case.appointments.open
        if current is None:
            return
        household = Household.behind(case.loan_id)
        at = dt.datetime.combine(day, current.window.start, self.zone) + dt.timedelta(minutes=10)
        if household.opens(case):
            self.desk.do(case, RecordVisit(met="borrower", interview=household.interview(case), at=at))
        else:
            self.desk.do(case, RecordAttempt(result="nobody_home", at=at))

    def offer(self, errand: Errand) -> None:
        """
        Put the plan that fits best on the table, if there is one, none lies there and no talk is coming up.
        """
        case = errand.case
        waits = case.appointments.open is not None or any(o.valid_until >= errand.day for o in case.plans.offers)
        best = None if waits or case.state is not CaseState.VISITED else self.desk.proposals(case).best
        if best is not None:
            self.desk.do(case, OfferPlan(best))

    def agree(self, errand: Errand) -> None:
        """
        Have the plan signed; where the debt has changed since the offer, one that fits it.
        """
        case = errand.case
        if case.state is not CaseState.VISITED:
            return
        offered = case.plans.offers[-1]
        best = self.desk.proposals(case).best
        if best is None or offered.offer.total == best.total:
            self.desk.do(case, AgreePlan(offered.number, consent="signed"))
        else:
            self.desk.do(case, OfferPlan(best), AgreePlan(best, consent="signed"))

    def answer(self, errand: Errand) -> None:
        """
        Answer what was asked first.
        """
        case = errand.case
        if case.talks.requests:
            self.desk.do(case, AnswerRequest(request=case.talks.requests[0].number, answer="answered"))

    def escalate(self, errand: Errand) -> None:
        """
        Hand the case over: the step holds the very act.
        """
        act = errand.step.act
        if errand.case.state is not CaseState.ESCALATED and isinstance(act, Escalate):
            self.desk.do(errand.case, act)

    def review(self, errand: Errand) -> None:
        """
        Let the committee see a case after a second refusal, or when it is very late; once.
        """
        case = errand.case
        if case.state is CaseState.ESCALATED or case.escalation.times:
            return
        assessment = case.talks.assessment
        if assessment is None or errand.step.rule not in assessment.recommended:
            self.desk.do(case, Escalate(to="committee", because="long_overdue"))
        elif case.talks.held > 1:
            self.desk.do(case, Escalate(to="committee", because="refusal"))

    def accept(self, errand: Errand) -> None:
        """
        Have the supervisor look at what was out of the ordinary.
        """
        case = errand.case
        for concern in case.upkeep.irregularities:
            self.supervisor.do(case, ReviewIrregularity(concern.number, decision="accepted"))
        for concern in case.upkeep.in_doubt:
            self.supervisor.do(case, ReviewConsequence(concern.number, decision="stands"))

    def committee(self, day: dt.date) -> None:
        """
        Take back the cases whose households were heard: somebody goes there once more, as agreed with them.
        """
        for case in every(self.desk.cases):
            since = case.escalation.since
            if case.state is not CaseState.ESCALATED or case.escalation.times > 1 or since is None:
                continue
            if since + PAUSE <= day and Household.behind(case.loan_id).heard:
                self.supervisor.do(case, Recall("household_heard"), self.appointment(case, day + NOTICE, agreed=True))
