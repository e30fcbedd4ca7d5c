"""
Cases of deadlines and limits.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping

from overdue_visit.limitation import (
    Act,
    ActKind,
    LimitationClock,
    Proof,
    Signer,
    cards,
    cca,
    limitation_clock,
    limitation_defence,
    loans,
    reg_f,
    reg_x,
)
from overdue_visit.money import Money
from overdue_visit.rate import Per, Rate
from tests.vectors.dispatch import Case, Handler
from tests.vectors.report import NotCovered

Input = Mapping[str, object]
Got = dict[str, object]
_DELINQUENT_ON = "delinquent_days_on_"

# What a collection notice's signer is called; the first line with a word of the text decides.
_SIGNERS: tuple[tuple[tuple[str, ...], Signer], ...] = (
    (("neighbour", "neighbor", "邻居"), Signer.NEIGHBOUR),
    (("minor", "underage", "未成年"), Signer.MINOR),
    (("roommate", "flatmate", "lodger", "friend", "tenant", "landlord", "guard", "stranger"), Signer.OTHER),
    (("colleague", "co-worker", "coworker", "workmate", "同事"), Signer.COLLEAGUE),
    (
        ("not living", "elsewhere", "apart", "not cohabit", "not co-resident", "not resid", "不同住"),
        Signer.RELATIVE_ELSEWHERE,
    ),
    (
        (
            *("cohabit", "co-habit", "co habit", "co-resid", "co resid", "coresid", "household", "同住"),
            *("living with", "lives with", "living together", "living at home", "co-living", "co living", "live-in"),
            *("same home", "same address", "shared home"),
        ),
        Signer.COHABITING_RELATIVE,
    ),
    (("authorised", "authorized", "agent", "attorney", "授权"), Signer.AUTHORISED_PERSON),
    (("legal representative", "legal_representative", "法定代表人"), Signer.LEGAL_REPRESENTATIVE),
    (("person in charge", "person_in_charge", "负责人"), Signer.PERSON_IN_CHARGE),
    (("mail", "post room", "收发"), Signer.MAIL_DEPARTMENT),
    (("relative", "family", "spouse", "wife", "husband", "parent", "mother", "father"), Signer.RELATIVE_ELSEWHERE),
    (("child", "son", "daughter", "brother", "sister", "cousin", "uncle", "aunt"), Signer.RELATIVE_ELSEWHERE),
    (("borrower", "debtor", "借款人", "债务人"), Signer.BORROWER),
    (("other", "someone", "unknown"), Signer.OTHER),
)

# Where the rule's name says that the signer lives with the borrower, a relative does, unless the text denies it.
_SIGNERS_AT_HOME = tuple(
    (words, Signer.COHABITING_RELATIVE if "relative" in words or "child" in words else signer)
    for words, signer in _SIGNERS
)

# What an event is called; the first line with a word of the text decides.
_EVENTS: tuple[tuple[tuple[str, ...], ActKind], ...] = (
    (("debit", "deduct", "扣收", "扣划"), ActKind.ACCOUNT_DEBIT),
    (("instalment", "installment", "分期"), ActKind.INSTALMENT_PROMISE),
    (("part payment", "partial", "pays part", "part-pay", "部分履行"), ActKind.PART_PAYMENT),
    (("extension", "deferral", "more time", "延期", "展期"), ActKind.EXTENSION_REQUEST),
    (("security", "collateral", "guarantee", "担保"), ActKind.SECURITY_GIVEN),
    (("plan", "清偿", "还款计划", "还款协议"), ActKind.REPAYMENT_PLAN),
    (("arbitration", "仲裁"), ActKind.ARBITRATION),
    (("payment order", "支付令"), ActKind.PAYMENT_ORDER),
    (("lawsuit", "suit", "sues", "起诉"), ActKind.SUIT),
    (("acknowledg", "promise", "agrees to pay", "agrees to perform", "同意履行"), ActKind.ACKNOWLEDGMENT),
)


_BY_RIGHT = ("contract", "agree", "law", "约定", "法律")


def _only(given: Input, *known: str) -> None:
    for key in given:
        if key not in known:
            raise NotCovered(f"input {key!r} is not a word of this rule")


def _day(value: object) -> dt.date:
    return dt.date.fromisoformat(str(value))


def _days(value: object) -> list[dt.date]:
    return [_day(each) for each in (value if isinstance(value, list) else [value])]


def _maybe(given: Input, key: str) -> dt.date | None:
    return None if given.get(key) is None else _day(given[key])


def _iso(day: dt.date | None) -> str | None:
    return None if day is None else day.isoformat()


def _paid(given: Input, due: dt.date) -> dt.date | None:
    paid = _maybe(given, "paid_at")
    return due if paid is None and given.get("unpaid") is False else paid


def _simple(key: str, word: str, rule: Callable[[dt.date], object]) -> Callable[[Input], Got]:
    def got(given: Input) -> Got:
        _only(given, key)
        return {word: _iso(rule(_day(given[key])).day)}

    return got


def _live_contact(given: Input) -> Got:
    _only(given, "attempts", "due_date", "due_dates", "paid_at", "unpaid")
    dues = _days(given["due_dates"] if "due_dates" in given else given["due_date"])
    contact = reg_x.live_contact(dues, contacts=_days(given.get("attempts", [])), paid_on=_paid(given, dues[0]))
    return {"compliant": contact.compliant, "contact_by": _iso(contact.contact_by), "required": contact.required}


def _written_notice(given: Input) -> Got:
    _only(given, "due_date", "unpaid", "paid_at")
    due = _day(given["due_date"])
    notice = reg_x.written_notice(due, paid_on=_paid(given, due))
    return {"notice_by": _iso(notice.day), "required": notice.day is not None}


def _notice_spacing(given: Input) -> Got:
    counted = {key: value for key, value in given.items() if key.startswith(_DELINQUENT_ON)}
    _only({key: value for key, value in given.items() if key not in counted}, *_SPACING)
    since = _maybe(given, "new_delinquency_since") or _maybe(given, "delinquent_since")
    for key, days in counted.items():
        since = _day(key.removeprefix(_DELINQUENT_ON)) - dt.timedelta(days=int(str(days)))
    notice = reg_x.next_written_notice(_day(given["notice_given"]), delinquent_since=since)
    on = notice.day if notice.day == notice.earliest else None
    return {"next_notice_by": _iso(notice.day), "next_notice_on": _iso(on)}


_SPACING = ("delinquent_since", "new_delinquency_since", "notice_given")


def _transfer(given: Input) -> Got:
    _only(given, "due_date", "first_post_transfer_due", "transfer", "transferor_notice")
    notice = reg_x.notice_after_transfer(
        _day(given["due_date"]),
        transferred=_day(given["transfer"]),
        first_due_after=_day(given["first_post_transfer_due"]),
        transferor_notice=_maybe(given, "transferor_notice"),
    )
    return {"transferee_notice_by": _iso(notice.day)}


def _furnishing(given: Input) -> Got:
    _only(given, "furnish", "mailed", "undeliverable")
    bounced = _days(given["undeliverable"]) if given.get("undeliverable") is not None else []
    wait = reg_f.furnishing(_days(given["mailed"]), undeliverable=bounced)
    return {"allowed": wait.allows(_day(given["furnish"]))}


def _validation(given: Input) -> Got:
    _only(given, "holidays", "notice_sent")
    period = reg_f.validation_period(_day(given["notice_sent"]), holidays=_days(given.get("holidays", [])))
    return {"assumed_receipt": _iso(period.assumed_receipt.day), "validation_end": _iso(period.end.day)}


def _arrears_duty(given: Input) -> Got:
    _only(given, "instalment", "paid", "payments_due", "shortfall")
    required = [Money(str(given["instalment"]), "GBP")] * int(str(given["payments_due"]))
    if "paid" in given:
        paid = Money(str(given["paid"]), "GBP")
    else:
        paid = Money.total(required, "GBP") - Money(str(given["shortfall"]), "GBP")
    duty = cca.arrears_notice_duty(required, paid=paid)
    shortfall = {fact.name: fact.value for fact in duty.facts}["shortfall"]
    if "shortfall" in given and shortfall != Money(str(given["shortfall"]), "GBP"):
        raise NotCovered("the shortfall is not what was required less what was paid")
    return {"notice_duty": duty.holds}


def _act(notice: object, signers: tuple[tuple[tuple[str, ...], str], ...]) -> Act:
    if not isinstance(notice, Mapping):
        raise NotCovered("a collection notice that is no table")
    _only(notice, "arrival_otherwise_proved", "delivered", "signed_by")
    proof = {Proof.ARRIVED} if notice.get("arrival_otherwise_proved") else set()
    signer = _read("signer", str(notice["signed_by"]), signers) if "signed_by" in notice else None
    return Act(kind=ActKind.DOCUMENT, on=_day(notice["delivered"]), signer=signer, proof=proof)


def _read(what: str, text: str, table: tuple[tuple[tuple[str, ...], str], ...]) -> str:
    plain = text.lower().replace("_", " ")
    for words, found in table:
        if any(re.search(word if word > "~" else rf"\b{word.replace('_', ' ')}", plain) for word in words):
            return found
    raise NotCovered(f"no word for the {what} {text!r}")


def _clock_of_a_household(given: Input) -> Got:
    return _clock(given, _SIGNERS_AT_HOME)


def _clock(given: Input, signers: tuple[tuple[tuple[str, ...], str], ...] = _SIGNERS) -> Got:
    _only(given, "collection_notice", "due_date", "instalment_due_dates")
    dues = _days(given["instalment_due_dates"] if "instalment_due_dates" in given else given["due_date"])
    acts = [_act(given["collection_notice"], signers)] if "collection_notice" in given else []
    clock = limitation_clock(dues, acts=acts)
    return {"expires_end_of": _iso(clock.deadline.day), "interrupted": clock.interrupted}


def _event(given: Input) -> Got:
    """
    Play each of the events that the text names on a day in the middle of a clock: all of them must restart it.
    """
    _only(given, "event")
    text = str(given["event"])
    by_right = "without" not in text.lower() and any(word in text.lower() for word in _BY_RIGHT)
    proof = {Proof.AGREED_OR_LAWFUL} if by_right else set()
    clocks: list[LimitationClock] = []
    for part in text.split(" / "):
        kind = ActKind(_read("event", part, _EVENTS))
        act = Act(kind=kind, on=dt.date(2024, 6, 3), proof=proof)
        clocks.append(limitation_clock(dt.date(2023, 3, 17), acts=[act]))
    return {"interrupted": all(clock.interrupted for clock in clocks)}


def _defence(given: Input) -> Got:
    _only(given, "agrees_to_perform_inferable", "borrower_signed_overdue_loan_notice", "expired")
    defence = limitation_defence(
        expired=given["expired"],
        signed_notice=given.get("borrower_signed_overdue_loan_notice", False),
        agrees_to_perform=given.get("agrees_to_perform_inferable", False),
    )
    return {"limitation_defence": defence.state.value}


def _collections(given: Input) -> Got:
    _only(given, "collections")
    return {"two_effective_collections": cards.effective_collections(_days(given["collections"])).holds}


def _card_plan(given: Input) -> Got:
    _only(given, "months")
    return {"allowed": cards.instalment_plan(given["months"]).holds}


def _extension(given: Input) -> Got:
    _only(given, "cumulative_extension_months", "original_term_months")
    ruling = loans.extension(given["original_term_months"], given["cumulative_extension_months"])
    return {"allowed": ruling.holds}


def _personal_extension(given: Input) -> Got:
    _only(given, "cumulative_extension_months", "original_term_months", "product_max_term_months")
    ruling = loans.personal_extension(
        given["original_term_months"],
        given["cumulative_extension_months"],
        product_months=given["product_max_term_months"],
    )
    return {"allowed": ruling.holds}


def _penalty(*, misuse: bool) -> Callable[[Input], Got]:
    def got(given: Input) -> Got:
        _only(given, "contract_rate")
        band = loans.penalty_band(Rate(str(given["contract_rate"]), Per.YEAR), misuse=misuse)
        return {"min": band.least, "max": band.most}

    return got


def _order(given: Input) -> Got:
    _only(given, "order")
    return {"order": list(loans.payment_order(given.get("order")).order)}


def _asked(rule: Callable[[Input], Got]) -> Handler:
    """
    Compare what is expected, key by key, with what the rule says; a rate in whatever digits it is written.
    """

    def handler(case: Case) -> tuple[object, object]:
        expected, got = case["expected"], rule(case["input"])
        if not expected:
            raise NotCovered("nothing is expected")
        for key in expected:
            if key not in got:
                raise NotCovered(f"expected {key!r} is not a word of this rule")
        shown = {key: _in_digits(expected[key], got[key]) for key in expected}
        return expected, shown

    return handler


def _in_digits(expected: object, got: object) -> object:
    if not isinstance(got, Rate):
        return got
    return expected if isinstance(expected, str) and Rate(expected, got.per) == got else str(got)


_RULES: dict[str, Callable[[Input], Got]] = {
    "regx_live_contact_36_days": _live_contact,
    "regx_written_notice_45_days": _written_notice,
    "regx_written_notice_180_day_spacing": _notice_spacing,
    "regx_written_notice_transfer": _transfer,
    "regf_validation_notice_within_5_days": _simple("initial_communication", "send_by", reg_f.validation_notice),
    "regf_validation_period_end": _validation,
    "regf_email_optout_period": _simple("creditor_notice_sent", "opt_out_date_not_before", reg_f.email_opt_out),
    "regf_furnishing_wait_14_days": _furnishing,
    "regf_record_retention": _simple("last_collection_activity", "retain_until", reg_f.records),
    "cca_86b_trigger": _arrears_duty,
    "cca_86b_first_notice": _simple("conditions_satisfied_on", "give_by", cca.first_arrears_notice),
    "cca_86b_further_notice": _simple("last_notice_given", "give_by", cca.further_arrears_notice),
    "cca_88_default_notice": _simple("served", "remedy_date_not_before", cca.default_notice),
    "limitation_three_years": _clock,
    "limitation_three_years_weekend": _clock,
    "limitation_month_end": _clock,
    "limitation_instalments": _clock,
    "limitation_interrupted_by_signed_notice": _clock,
    "limitation_interrupted_by_adult_cohabitant_signature": _clock_of_a_household,
    "limitation_not_interrupted_by_neighbour_signature": _clock,
    "limitation_interrupted_by_plan": _event,
    "limitation_interrupted_by_account_debit": _event,
    "limitation_expired_notice_signed": _defence,
    "card_effective_collection_spacing": _collections,
    "card_personalised_instalment_max_5_years": _card_plan,
    "extension_limit_general_rules_art12": _extension,
    "extension_limit_personal_loan": _personal_extension,
    "penalty_interest_band": _penalty(misuse=False),
    "penalty_interest_band_misuse": _penalty(misuse=True),
    "repayment_allocation_default_order": _order,
}

KINDS: dict[str, Handler] = {rule: _asked(got) for rule, got in _RULES.items()}
