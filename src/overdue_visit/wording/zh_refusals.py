"""
The Chinese texts of refusals and failures (拒绝与故障), by the code of the error.
"""

from __future__ import annotations

_NOT_ALLOWED = {
    "refusal.not_allowed": "规则不允许此操作；未作任何更改",
    "refusal.contact_not_allowed": "按{rule}：{ruling}；最早可在{earliest}联系",
    "refusal.contact_not_allowed.no_earliest": "按{rule}：{ruling}；没有已知的最早时间",
    "refusal.extension_beyond_limit": "不能展期至{asked}：按{limit}最迟至{latest}",
    "refusal.extension_too_late": "按{limit}，展期须在到期日{maturity}前（含当日）申请；申请日为{asked_on}",
    "refusal.plan_cannot_fit": ("{kind}超出家庭还款能力；{on}再增加{amount}、再延{dates}期，或利率降至{rate}即可"),
    "refusal.plan_cannot_fit.no_dates": "{kind}超出家庭还款能力；{on}再增加{amount}即可",
    "refusal.plan_cannot_fit.no_rate": ("{kind}超出家庭还款能力；{on}再增加{amount}，或再延{dates}期即可"),
    "refusal.plan_unfit": "{kind}不合适：{why} {figures}",
    "refusal.appointment_open": "{case_id}：预约{number}仍未结束；请更改或取消该预约",
    "refusal.case_is_closed": "{case_id}：案件已结（{reason}）；如再逾期，请重新读取贷款以立新案",
    "refusal.concurrent_update": "期间已被他人更改：{cases}；请重新读取后再决定",
    "refusal.key_reused": "键{key}已用于{case_id}的另一操作；新的操作请使用新的键",
    "refusal.appointment_out_of_season": "{case_id}：案件状态为{state}，不能预约；请先撤回",
    "refusal.no_appointment": "{case_id}：没有待进行的预约；请先提出预约",
    "refusal.no_running_plan": "{case_id}：没有执行中的还款计划；请先达成还款计划",
    "refusal.nothing_to_override": "{case_id}：尚无评估；请先记录交谈",
    "refusal.nothing_to_plan": "{case_id}：没有逾期款项，无须制定还款计划",
    "refusal.notice_in_flight": "{case_id}：通知{number}正由发送方处理；请先完成发送，再结案",
    "refusal.notice_out_of_season": "{case_id}：案件状态为“{state}”，此时无须发送该通知（{notice}）",
    "refusal.notice_too_early": "{case_id}：已逾期{days_past_due}天，该通知（{notice}）自第{first_day}天起可以发送",
    "refusal.notice_too_short": "{case_id}：已于{announced_on}通知，{earliest}起可以走访，或按借款人同意的时间",
    "refusal.notice_too_short.no_announced_on": "{case_id}：{earliest}起可以走访，或按借款人同意的时间",
    "refusal.notice_too_short.no_earliest": "{case_id}：尚未通知走访；请先发送走访通知，或说明不经通知的理由",
    "refusal.notice_under_way": "{case_id}：通知{number}（{notice}）正在发送；请先完成发送",
    "refusal.observed_backwards": "{case_id}：账目已读取至{seen_on}；请读取该日或之后的账目，而不是{on}的",
    "refusal.offer_expired": "{case_id}：方案{number}有效至{valid_until}；请重新提出",
    "refusal.out_of_season": "{case_id}：案件状态为“{state}”，不能进行：{fact}；可以进行的状态：{allowed}",
    "refusal.outside_visit_hours": "{case_id}：{window}不在走访时间{hours}之内",
    "refusal.party_has_open_cases": "尚未结案：{cases}；请先结案，再删除该客户的资料",
    "refusal.plan_refused": "{case_id}：{objection}：{found}；可接受：{accepted}",
    "refusal.read_only_case": "{case_id}：含有本版本不认识的记录（{kinds}）；请升级后再更改",
    "refusal.run_date_in_future": "在{today}处理{on}的账目：请处理当日或之前的营业日",
    "refusal.too_many_revisions": "{case_id}：还款计划已调整{revised}次，规则允许{most}次",
    "refusal.visit_too_early": "{case_id}：已逾期{days_past_due}天，走访自第{first_visit_day}天起进行",
    "refusal.withdrawal_too_late": "{case_id}：同意可撤回至{until}，现已过期",
}

_INVALID = {
    "refusal.invalid_value": "{field}：不接受{value}；应为：{accepted}",
    "refusal.uplift_outside_band": "{field}：{value}超出允许的上浮范围；应为：{accepted}",
    "refusal.bucket_gap": "{field}：{value}使某些逾期天数没有对应的分档；应为：{accepted}",
    "refusal.bucket_overlap": "{field}：{value}使某些逾期天数属于两个分档；应为：{accepted}",
    "refusal.currency_mismatch": "{field}：{value}是另一种货币；应为：{accepted}",
    "refusal.dues_out_of_order": "{field}：{value}早于前一期的到期日；应为：{accepted}",
    "refusal.duplicate_instalment": "{field}：{value}重复出现；应为：{accepted}",
    "refusal.duplicate_loan": "{field}：有两笔贷款编号为{value}；应为：{accepted}",
    "refusal.duplicate_ref": "{field}：{value}重复出现；应为：{accepted}",
    "refusal.missing_source": "{field}：{value}没有说明出处；应为：{accepted}",
    "refusal.no_loan_book": "{field}：{value}不是贷款台账的内容；应为：{accepted}",
    "refusal.not_under_way": "{field}：{value}的状况不符合此操作；应为：{accepted}",
    "refusal.out_of_sequence": "{field}：{value}次序不对；应为：{accepted}",
    "refusal.unknown_case": "{field}：这里没有{value}；应为：{accepted}",
    "refusal.unknown_loan": "{field}：台账中没有贷款{value}；应为：{accepted}",
    "refusal.unknown_policy_key": "{field}：规则中没有此项（其值为{value}）；应为：{accepted}",
    "refusal.unknown_ref": "{field}：该贷款没有条目{value}；应为：{accepted}",
    "refusal.unknown_store": "{field}：没有安装适用于{value}的存储；应为：{accepted}",
    "refusal.unknown_text": "{field}：没有文本{value}；应为：{accepted}",
    "refusal.unwritable": "{field}：无法记录：{value}；应为：{accepted}",
    "refusal.wrong_placeholder": "{field}：{value}不适用于该文本；应为：{accepted}",
}

_FAILED = {
    "refusal.adapter_error": "{adapter}出错：{what}",
    "refusal.deposit_damaged": "{adapter}：存证已损坏：{what}",
    "refusal.missing_extra": '{adapter}需要{what}：请运行 pip install "overdue_visit[{extra}]"',
    "refusal.newer_schema": "{adapter}：存储为第{found}版，本程序只认识第{known}版；请使用较新的程序（{what}）",
    "refusal.no_address": "{adapter}：没有可发送的地址：{what}",
    "refusal.no_open_transaction": "{adapter}：没有已开始的事务：{what}",
    "refusal.older_schema": "{adapter}：存储为第{found}版，本程序使用第{known}版；请先迁移（{what}）",
    "refusal.outcome_unknown": "{adapter}：消息是否发出不明：{what}",
    "refusal.record_damaged": "{adapter}：{case}的第{sequence}条记录已损坏：{what}",
    "refusal.send_failed": "{adapter}：未发出，可以重试：{what}",
    "refusal.send_failed.permanent": "{adapter}：未发出，重试无用：{what}",
    "refusal.snapshot_unreadable": "{adapter}：快照无法使用，请改用完整记录：{what}",
    "refusal.store_damaged": "{adapter}：存储已损坏：{what}",
    "refusal.store_locked": "{adapter}：存储正忙，未作任何更改；请稍后重试：{what}",
    "refusal.store_read_only": "{adapter}：存储只能读取，不能写入：{what}",
    "refusal.transaction_not_usable": "{adapter}：此连接或事务无法使用：{what}",
}

_OBJECTIONS = {
    "objection.no_budget": "尚无家庭收支情况",
    "objection.above_capacity": "超过家庭每月的承受能力",
    "objection.above_the_debt": "超过逾期金额",
    "objection.below_the_debt": "少于逾期金额",
    "objection.first_too_late": "首期过晚",
    "objection.in_the_past": "首期日期已过",
    "objection.instalment_too_small": "有一期金额过小",
    "objection.other_currency": "货币不同",
    "objection.too_close_together": "各期间隔过短",
    "objection.too_long": "还款计划过长",
    "objection.too_many_instalments": "期数过多",
}

TEXTS: dict[str, str] = {**_NOT_ALLOWED, **_INVALID, **_FAILED, **_OBJECTIONS}
"""Every Chinese text of a refusal by its code."""
