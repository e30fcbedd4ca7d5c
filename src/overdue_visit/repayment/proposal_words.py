"""
Proposals in words: why a plan is proposed, why a kind does not fit, and what is missing.

The words are data; a host hands in its own by code.
"""

from __future__ import annotations

from collections.abc import Mapping

from overdue_visit.rate import Per, Rate
from overdue_visit.repayment.demands import demand
from overdue_visit.repayment.plan_limits import KINDS
from overdue_visit.repayment.proposals import Proposal, Rejection
from overdue_visit.repayment.shortfall import Shortfall
from overdue_visit.repayment.texts import demand_texts, in_language

EN: Mapping[str, str] = {
    "pay_now": "Pay all arrears by {until}: {arrears}, and nothing more changes.",
    "spread": "Pay the arrears in {pieces} beside the running instalments, until {until}; no date asks for more "
    "than {largest}, and no further interest.",
    "waive": "{forgiven} is forgiven; the rest of the arrears is paid in {pieces} until {until}, at most "
    "{largest} a date.",
    "waive.all": "{forgiven} is forgiven; nothing of the arrears is left to pay.",
    "spread.alone": "Pay the arrears in {pieces} until {until}; no date asks for more than {largest}, and no "
    "further interest.",
    "step_up": "Begin small and pay more each year: {dates} until {until}, at most {largest}; {interest}.",
    "capitalise": "The arrears join the loan: {dates} until {until}, at most {largest}; {interest}.",
    "extend": "The loan runs longer (months: {months_more}): {dates} until {until}, at most {largest}; {interest}.",
    "re_age": "All that is owed is spread anew: {dates} until {until}, at most {largest}; {interest}.",
    "holiday": "A rest from paying, then {dates} until {until}, at most {largest}; {interest}.",
    "freeze": "Interest stands still for a time: {dates} until {until}, at most {largest}; {interest}.",
    "settle": "{total} by {until} settles the loan; {forgiven} is forgiven.",
    "rejected.above_capacity": "{kind}: {instalment} on {on} is more than the {capacity} that the household has.",
    "rejected.no_room": "{kind}: by {on} the household is {amount} short.",
    "rejected.no_dates": "{kind}: no date is left until {until}.",
    "rejected.no_arrears": "{kind}: nothing is past due.",
    "rejected.not_granted": "{kind}: the institution does not grant it.",
    "rejected.nothing_running": "{kind}: no instalment is still to come.",
    "rejected.nothing_waivable": "{kind}: nothing is due that may be forgiven.",
    "rejected.loss_too_large": "{kind}: the lender would lose {loss}, more than the {most} allowed.",
    "rejected.same_plan": "{kind}: it would be the same plan as {other}.",
    "rejected.not_longer": "{kind}: the household would be done before the loan ends anyway.",
    "rejected.no_principal": "{kind}: no principal is left that could be repaid anew.",
    "rejected.nothing_left": "{kind}: all that is owed may be forgiven, and no plan is needed.",
    "rejected.below_interest": "{kind}: {instalment} would not cover the interest, and the debt would grow.",
    "rejected.within_a_year": "{kind}: it ends before the first step after a year.",
    "rejected.rest_too_long": "{kind}: leaving out one payment would be a longer rest than allowed (months: {months}).",
    "rejected.extension_too_late": "{kind}: an extension had to be asked for by {maturity}, when the loan ended.",
    "rejected.extension_beyond_limit": "{kind}: the rule {limit} ends an extension on {latest} at the latest.",
    "rejected.other": "{kind}: {why}",
    **{f"kind.{kind}": kind for kind in KINDS},
    "interest.more": "{amount} more interest",
    "interest.less": "{amount} less interest",
    "interest.same": "no more interest than agreed",
    "dates.one": "1 instalment",
    "dates.many": "{count} instalments",
    "pieces.one": "1 part",
    "pieces.many": "{count} parts",
    "missing": "No plan fits. One would with {ways}.",
    "missing.deficit": "Necessary spending exceeds the income by {deficit} a month; that must be covered first. ",
    "missing.none": "No plan fits, and neither more money, nor more time, nor a lower rate alone would make one fit.",
    "missing.amount": "{amount} more on every date",
    "missing.months": "more time than the limits allow (months: {months})",
    "missing.rate": "a rate of at most {rate} a {period}",
    "missing.or": ", or ",
    "period.year": "year",
    "period.month": "month",
    "period.day": "day",
}

ZH: Mapping[str, str] = {
    "pay_now": "在{until}前还清全部拖欠 {arrears}，其他不变。",
    "spread": "拖欠部分分{parts}次与正常分期一起归还，至{until}；每次合计不超过 {largest}，不再另计利息。",
    "waive": "减免 {forgiven}；其余拖欠分{parts}次归还，至{until}，每次合计不超过 {largest}。",
    "waive.all": "减免 {forgiven}，拖欠部分无须再还。",
    "spread.alone": "拖欠部分分{parts}次归还，至{until}；每次不超过 {largest}，不再另计利息。",
    "step_up": "先少后多，逐年增加：共{instalments}期，至{until}，每期不超过 {largest}；{interest}。",
    "capitalise": "拖欠部分并入本金：共{instalments}期，至{until}，每期不超过 {largest}；{interest}。",
    "extend": "展期{months_more}个月：共{instalments}期，至{until}，每期不超过 {largest}；{interest}。",
    "re_age": "全部欠款重新分期：共{instalments}期，至{until}，每期不超过 {largest}；{interest}。",
    "holiday": "先停还一段时间，之后共{instalments}期，至{until}，每期不超过 {largest}；{interest}。",
    "freeze": "停息一段时间：共{instalments}期，至{until}，每期不超过 {largest}；{interest}。",
    "settle": "在{until}前一次付 {total} 即结清，减免 {forgiven}。",
    "rejected.above_capacity": "{kind}：{on}应还 {instalment}，超过家庭可还的 {capacity}。",
    "rejected.no_room": "{kind}：到{on}家庭还差 {amount}。",
    "rejected.no_dates": "{kind}：到{until}为止已没有可用的日期。",
    "rejected.no_arrears": "{kind}：没有拖欠。",
    "rejected.not_granted": "{kind}：机构不提供。",
    "rejected.nothing_running": "{kind}：没有未到期的分期。",
    "rejected.nothing_waivable": "{kind}：没有可减免的款项。",
    "rejected.loss_too_large": "{kind}：机构将损失 {loss}，超过允许的 {most}。",
    "rejected.same_plan": "{kind}：与{other}的方案相同。",
    "rejected.not_longer": "{kind}：到期前即可还清，无须展期。",
    "rejected.no_principal": "{kind}：没有可重新分期的本金。",
    "rejected.nothing_left": "{kind}：所欠可全部减免，无须方案。",
    "rejected.below_interest": "{kind}：{instalment} 不足以支付利息，债务会增加。",
    "rejected.within_a_year": "{kind}：不到一年即还清，未到首次递增。",
    "rejected.rest_too_long": "{kind}：停还一次就超过允许的{months}个月。",
    "rejected.extension_too_late": "{kind}：展期应在{maturity}到期前申请。",
    "rejected.extension_beyond_limit": "{kind}：按规则 {limit}，展期最迟到{latest}。",
    "rejected.other": "{kind}：{why}",
    "kind.pay_now": "立即还清拖欠",
    "kind.spread": "分次补还",
    "kind.waive": "部分减免",
    "kind.step_up": "递增还款",
    "kind.capitalise": "拖欠并入本金",
    "kind.extend": "展期",
    "kind.re_age": "重新分期",
    "kind.holiday": "停还",
    "kind.freeze": "停息",
    "kind.settle": "一次结清",
    "interest.more": "多付利息 {amount}",
    "interest.less": "少付利息 {amount}",
    "interest.same": "利息不变",
    "dates.one": "1期",
    "dates.many": "{count}期",
    "pieces.one": "1次",
    "pieces.many": "{count}次",
    "missing": "没有合适的方案；若有{ways}，则可行。",
    "missing.deficit": "必要支出每月超过收入 {deficit}，须先补足。",
    "missing.none": "没有合适的方案；单靠多还款、延长时间或降低利率都不够。",
    "missing.amount": "每次多 {amount}",
    "missing.months": "比限制多{months}个月",
    "missing.rate": "{period}利率不高于 {rate}",
    "missing.or": "，或",
    "period.year": "年",
    "period.month": "月",
    "period.day": "日",
}

TEXTS: Mapping[str, Mapping[str, str]] = {"en": EN, "zh": ZH}


def proposed(proposal: Proposal, *, language: str = "en", texts: Mapping[str, str] | None = None) -> str:
    """
    Say in a sentence what a plan asks and what it costs.

    Args:
        texts: The host's own words by code; they win over the shipped ones.

    Raises:
        InvalidValue: If the language is not shipped.
    """
    demand(proposal, Proposal, "proposal")
    words = _words(language, texts)
    values = {
        **dict(proposal.figures),
        "interest": _interest(proposal, words),
        "dates": _counted("dates", len(proposal.instalments), words),
        "pieces": _counted("pieces", len(proposal.relief.arrears_parts), words),
    }
    return words[_code(proposal, texts or {})].format_map(values)


def _code(proposal: Proposal, own: Mapping[str, str]) -> str:
    relief = proposal.relief
    special = None
    if relief.forgives_all_arrears:
        special = f"{proposal.kind}.all"
    elif proposal.kind == "spread" and relief.instalments == relief.arrears_parts:
        special = f"{proposal.kind}.alone"
    # A host that has words of its own for the kind is not overruled by a shipped special case.
    if special is None or (proposal.kind in own and special not in own):
        return proposal.kind
    return special


def _counted(what: str, count: int, words: Mapping[str, str]) -> str:
    return words[f"{what}.{'one' if count == 1 else 'many'}"].format_map({"count": count})


def _interest(proposal: Proposal, words: Mapping[str, str]) -> str:
    extra = proposal.relief.cost.extra_interest
    code = "same" if not extra else "more" if extra.minor > 0 else "less"
    return words[f"interest.{code}"].format_map({"amount": abs(extra)})


def rejected(rejection: Rejection, *, language: str = "en", texts: Mapping[str, str] | None = None) -> str:
    """
    Say in a sentence why a kind of plan does not fit.

    Raises:
        InvalidValue: If the language is not shipped.
    """
    demand(rejection, Rejection, "rejection")
    words = _words(language, texts)
    template = words.get(f"rejected.{rejection.code}", words["rejected.other"])
    values = {"kind": _kind(rejection.kind, words), "why": rejection.code, **dict(rejection.figures)}
    if "other" in values:
        values["other"] = _kind(values["other"], words)
    return template.format_map(values)


def _kind(kind: str, words: Mapping[str, str]) -> str:
    return words.get(f"kind.{kind}", kind)


def missing(shortfall: Shortfall, *, language: str = "en", texts: Mapping[str, str] | None = None) -> str:
    """
    Say in a sentence what would make a plan fit.

    Raises:
        InvalidValue: If the language is not shipped.
    """
    demand(shortfall, Shortfall, "shortfall")
    words = _words(language, texts)
    found = {"amount": shortfall.amount, "months": shortfall.months, "rate": shortfall.rate}
    values = {**found, **_rate_values(shortfall.rate, words)}
    ways = [words[f"missing.{name}"].format_map(values) for name, value in found.items() if value is not None]
    first = words["missing.deficit"].format_map({"deficit": shortfall.deficit}) if shortfall.deficit else ""
    joined = words["missing.or"].join(ways)
    return first + (words["missing"].format_map({"ways": joined}) if ways else words["missing.none"])


def _rate_values(rate: Rate | None, words: Mapping[str, str]) -> Mapping[str, object]:
    if rate is None:
        return {}
    bare = Rate.from_ratio(rate.numerator, rate.denominator, per=Per.ONCE)
    return {"rate": bare, "period": words[f"period.{rate.per.value}"]}


def _words(language: str, texts: Mapping[str, str] | None) -> Mapping[str, str]:
    demand_texts(texts)
    return {**TEXTS[in_language(language, TEXTS)], **(texts or {})}
