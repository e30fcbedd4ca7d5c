"""
Proposals in words: why a plan is proposed, why a kind does not fit, and what is missing.

The words are data; a host hands in its own by code.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from overdue_visit.rate import Per, Rate
from overdue_visit.repayment.demands import demand
from overdue_visit.repayment.flows import Flow
from overdue_visit.repayment.lean_words import to_cover_first
from overdue_visit.repayment.plan_limits import KINDS
from overdue_visit.repayment.proposals import Proposal, Proposals, Rejection
from overdue_visit.repayment.shortfall import Shortfall
from overdue_visit.repayment.stretches import Stretch, stretches
from overdue_visit.repayment.texts import demand_texts, in_language

EN: Mapping[str, str] = {
    "pay_now": "Pay all arrears by {until}: {arrears}, and nothing more changes.",
    "spread": "Pay the arrears in {pieces} beside the running instalments, until {until}; no date asks for more "
    "than {largest}, and no further interest.",
    "waive": "{forgiven} is forgiven; the rest of the arrears is paid in {pieces} until {until}, at most "
    "{largest} a date.",
    "waive.all": "{forgiven} is forgiven; nothing of the arrears is left to pay.",
    "waive.uneven": "{forgiven} is forgiven; the rest of the arrears is paid: {parts_picture}; the most that a date "
    "asks for is {largest}, on {largest_on}.",
    "spread.uneven": "Pay the arrears beside the running instalments: {parts_picture}; the most that a date asks for "
    "is {largest}, on {largest_on}; no further interest.",
    "spread.alone.uneven": "Pay the arrears: {parts_picture}; no further interest.",
    "spread.alone": "Pay the arrears in {pieces} until {until}; no date asks for more than {largest}, and no "
    "further interest.",
    "step_up": "Begin small and pay more each year: {picture}; {interest}.",
    "capitalise": "The arrears join the loan: {picture}; {interest}.",
    "extend": "The loan runs longer (months: {months_more}): {picture}; {interest}.",
    "re_age": "All that is owed is spread anew: {picture}; {interest}.",
    "holiday": "A rest from paying, then {picture}; {interest}.",
    "freeze": "Interest stands still for a time: {picture}; {interest}.",
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
    "picture.even": "{dates} until {until}, at most {largest}",
    "picture.many": "{dates} of at most {amount} until {until}",
    "picture.one": "{amount} on {until}",
    "picture.then": ", then ",
    "picture.mixed": "{dates} until {until} ({small_count} of at most {small}, and {large_count} of up to {large}, the "
    "first of these on {large_on})",
    "missing": "No plan fits. One would with {ways}.",
    "missing.deficit": "Necessary spending exceeds the income by {deficit} a month; that must be covered first. ",
    "missing.gap": "Before the season's money comes, necessary spending takes {gap} more than there is, through "
    "{gap_on}; that must be covered first. ",
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
    "waive.uneven": "减免 {forgiven}；其余拖欠归还：{parts_picture}；合计最高一次为{largest_on}的 {largest}。",
    "spread.uneven": "拖欠部分与正常分期一起归还：{parts_picture}；合计最高一次为{largest_on}的 {largest}，"
    "不再另计利息。",
    "spread.alone.uneven": "拖欠部分归还：{parts_picture}；不再另计利息。",
    "spread.alone": "拖欠部分分{parts}次归还，至{until}；每次不超过 {largest}，不再另计利息。",
    "step_up": "先少后多，逐年增加：{picture}；{interest}。",
    "capitalise": "拖欠部分并入本金：{picture}；{interest}。",
    "extend": "展期{months_more}个月：{picture}；{interest}。",
    "re_age": "全部欠款重新分期：{picture}；{interest}。",
    "holiday": "先停还一段时间，之后{picture}；{interest}。",
    "freeze": "停息一段时间：{picture}；{interest}。",
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
    "picture.even": "共{dates}，至{until}，每期不超过 {largest}",
    "picture.many": "{dates}、每次不超过 {amount}，至{until}",
    "picture.one": "{until}付 {amount}",
    "picture.then": "，然后",
    "picture.mixed": "共{dates}，至{until}（{small_count}次每次不超过 {small}，{large_count}次每次不超过 {large}，"
    "其中第一次在{large_on}）",
    "missing": "没有合适的方案；若有{ways}，则可行。",
    "missing.deficit": "必要支出每月超过收入 {deficit}，须先补足。",
    "missing.gap": "季节性收入到来之前，截至{gap_on}必要支出比手头的钱多 {gap}，须先补足。",
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

_MOST_STRETCHES = 5
"""More stretches than so many make no sentence: they are counted and added up."""


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
        "picture": _picture(proposal.relief.instalments, words),
        "parts_picture": _picture(proposal.relief.arrears_parts, words, "pieces"),
    }
    return words[_code(proposal, texts or {})].format_map(values)


def _code(proposal: Proposal, own: Mapping[str, str]) -> str:
    relief, code = proposal.relief, proposal.kind
    if relief.forgives_all_arrears:
        code = f"{code}.all"
    elif code == "spread" and relief.instalments == relief.arrears_parts:
        code = f"{code}.alone"
    uneven = any(len(stretches(payments)) > 1 for payments in (relief.arrears_parts, relief.instalments))
    if uneven and relief.arrears_parts and proposal.kind in {"spread", "waive"}:
        code = f"{code}.uneven"
    # A host that has words of its own for the kind is not overruled by a shipped special case.
    return proposal.kind if proposal.kind in own and code not in own else code


def _counted(what: str, count: int, words: Mapping[str, str]) -> str:
    return words[f"{what}.{'one' if count == 1 else 'many'}"].format_map({"count": count})


def _picture(payments: Sequence[Flow], words: Mapping[str, str], what: str = "dates") -> str:
    """Say how much is paid how often and until when: one phrase for even payments, else what comes after what."""
    runs = stretches(payments)
    if len(runs) > _MOST_STRETCHES:
        return _mixed(runs, words, what)
    phrases = []
    for run in runs:
        code = "even" if len(runs) == 1 else "one" if run.count == 1 else "many"
        values = {
            "dates": _counted(what, run.count, words),
            "amount": run.most,
            "largest": run.most,
            "until": run.until.isoformat(),
        }
        phrases.append(words[f"picture.{code}"].format_map(values))
    return words["picture.then"].join(phrases)


def _mixed(runs: Sequence[Stretch], words: Mapping[str, str], what: str) -> str:
    small, large = ([run for run in runs if run.large is kind] for kind in (False, True))
    values = {
        "dates": _counted(what, sum(run.count for run in runs), words),
        "until": runs[-1].until.isoformat(),
        "small_count": sum(run.count for run in small),
        "small": max(run.most for run in small),
        "large_count": sum(run.count for run in large),
        "large": max(run.most for run in large),
        "large_on": large[0].since.isoformat(),
    }
    return words["picture.mixed"].format_map(values)


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
    said = words["missing"].format_map({"ways": words["missing.or"].join(ways)}) if ways else words["missing.none"]
    return to_cover_first(shortfall.deficit, shortfall.gap, shortfall.gap_on, words) + said


def uncovered(proposals: Proposals, *, language: str = "en", texts: Mapping[str, str] | None = None) -> str:
    """
    Say in a sentence what the household lacks for necessary spending, whether a plan fits or not; empty where nothing.

    Raises:
        InvalidValue: If the language is not shipped.
    """
    demand(proposals, Proposals, "proposals")
    amount, on = (proposals.gap.amount, proposals.gap.on) if proposals.gap else (None, None)
    return to_cover_first(proposals.deficit, amount, on, _words(language, texts)).strip()


def _rate_values(rate: Rate | None, words: Mapping[str, str]) -> Mapping[str, object]:
    if rate is None:
        return {}
    bare = Rate.from_ratio(rate.numerator, rate.denominator, per=Per.ONCE)
    return {"rate": bare, "period": words[f"period.{rate.per.value}"]}


def _words(language: str, texts: Mapping[str, str] | None) -> Mapping[str, str]:
    demand_texts(texts)
    return {**TEXTS[in_language(language, TEXTS)], **(texts or {})}
