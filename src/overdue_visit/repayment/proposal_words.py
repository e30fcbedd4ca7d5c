"""
Proposals in words: why a plan is proposed, why a kind does not fit, and what is missing.

The words are data; a host hands in its own by code.
"""

from __future__ import annotations

from collections.abc import Mapping

from overdue_visit.errors import InvalidValue
from overdue_visit.rate import Per, Rate
from overdue_visit.repayment.proposals import Proposal, Rejection
from overdue_visit.repayment.shortfall import Shortfall

EN: Mapping[str, str] = {
    "pay_now": "Pay all arrears by {until}: {arrears}, and nothing more changes.",
    "spread": "Pay the arrears in {parts} parts beside the running instalments, until {until}; no date asks for more "
    "than {largest}, and no further interest.",
    "waive": "{forgiven} is forgiven; the rest of the arrears is paid in {parts} parts until {until}, at most "
    "{largest} a date.",
    "step_up": "Begin small and pay more each year: {instalments} instalments until {until}, at most {largest}; "
    "{extra_interest} more interest.",
    "capitalise": "The arrears join the loan: {instalments} instalments until {until}, at most {largest}; "
    "{extra_interest} more interest.",
    "extend": "The loan runs longer (months: {months_more}): {instalments} instalments until {until}, at most "
    "{largest}; {extra_interest} more interest.",
    "re_age": "All that is owed is spread anew: {instalments} instalments until {until}, at most {largest}; "
    "{extra_interest} more interest.",
    "holiday": "A rest from paying, then {instalments} instalments until {until}, at most {largest}; {extra_interest} "
    "more interest.",
    "freeze": "Interest stands still for a time: {instalments} instalments until {until}, at most {largest}; "
    "{extra_interest} more interest.",
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
    "rejected.other": "{kind}: {why}",
    "missing": "No plan fits. One would with {ways}.",
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
    "step_up": "先少后多，逐年增加：共{instalments}期，至{until}，每期不超过 {largest}；多付利息 {extra_interest}。",
    "capitalise": "拖欠部分并入本金：共{instalments}期，至{until}，每期不超过 {largest}；多付利息 {extra_interest}。",
    "extend": "展期{months_more}个月：共{instalments}期，至{until}，每期不超过 {largest}；多付利息 {extra_interest}。",
    "re_age": "全部欠款重新分期：共{instalments}期，至{until}，每期不超过 {largest}；多付利息 {extra_interest}。",
    "holiday": "先停还一段时间，之后共{instalments}期，至{until}，每期不超过 {largest}；多付利息 {extra_interest}。",
    "freeze": "停息一段时间：共{instalments}期，至{until}，每期不超过 {largest}；多付利息 {extra_interest}。",
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
    "rejected.other": "{kind}：{why}",
    "missing": "没有合适的方案；若有{ways}，则可行。",
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
    return _words(language, texts)[proposal.kind].format_map(dict(proposal.figures))


def rejected(rejection: Rejection, *, language: str = "en", texts: Mapping[str, str] | None = None) -> str:
    """
    Say in a sentence why a kind of plan does not fit.

    Raises:
        InvalidValue: If the language is not shipped.
    """
    words = _words(language, texts)
    template = words.get(f"rejected.{rejection.code}", words["rejected.other"])
    return template.format_map({"kind": rejection.kind, **dict(rejection.figures)})


def missing(shortfall: Shortfall, *, language: str = "en", texts: Mapping[str, str] | None = None) -> str:
    """
    Say in a sentence what would make a plan fit.

    Raises:
        InvalidValue: If the language is not shipped.
    """
    words = _words(language, texts)
    found = {"amount": shortfall.amount, "months": shortfall.months, "rate": shortfall.rate}
    values = {**found, **_rate_values(shortfall.rate, words)}
    ways = [words[f"missing.{name}"].format_map(values) for name, value in found.items() if value is not None]
    return words["missing"].format_map({"ways": words["missing.or"].join(ways)}) if ways else words["missing.none"]


def _rate_values(rate: Rate | None, words: Mapping[str, str]) -> Mapping[str, object]:
    if rate is None:
        return {}
    bare = Rate.from_ratio(rate.numerator, rate.denominator, per=Per.ONCE)
    return {"rate": bare, "period": words[f"period.{rate.per.value}"]}


def _words(language: str, texts: Mapping[str, str] | None) -> Mapping[str, str]:
    if language not in TEXTS:
        raise InvalidValue("language", language, "one of " + ", ".join(repr(each) for each in TEXTS))
    return {**TEXTS[language], **(texts or {})}
