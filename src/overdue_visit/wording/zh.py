"""
The Chinese texts by code (中文文本); each uses the same names in braces as its English counterpart.
"""

from __future__ import annotations

from overdue_visit.wording import zh_facts, zh_refusals

_STATES = {
    "state.overdue": "已逾期",
    "state.notified": "已通知",
    "state.visited": "已走访",
    "state.plan_agreed": "已达成还款计划",
    "state.recovered": "已恢复",
    "state.escalated": "已升级处理",
}

_REASONS = {
    "reason.forgot": "忘记了还款",
    "reason.payment_failed": "已付款但款项未到账",
    "reason.poor_management": "资金安排不当",
    "reason.over_indebted": "同时负担的债务过多",
    "reason.income_lost": "失去了收入来源",
    "reason.income_down": "收入减少",
    "reason.income_late": "收入到账较晚",
    "reason.costs_up": "必要开支增加",
    "reason.illness": "家中有人患病",
    "reason.death_in_family": "家中有人去世",
    "reason.harvest_failed": "收成不好",
    "reason.disaster": "家庭遭遇灾害",
    "reason.disputed": "借款人对债务或金额有异议",
    "reason.refuses": "借款人不愿还款",
    "reason.fraud": "存在欺诈迹象",
    "reason.unknown": "原因尚不清楚",
    "reason.other": "其他原因",
}

_NAMES = {
    "channel.sms": "短信",
    "channel.email": "电子邮件",
    "channel.letter": "信函",
    "channel.console": "控制台",
    "channel.file": "文件",
    "channel.visit": "上门走访",
    "channel.branch": "网点面谈",
    "channel.phone": "电话",
    "channel.video": "视频通话",
    "channel.message": "文字消息",
    "result.nobody_home": "家中无人",
    "result.moved_away": "已搬离",
    "result.refused": "借款人不愿交谈",
    "result.unsafe": "走访不安全",
    "met.borrower": "借款人本人",
    "met.spouse": "配偶",
    "met.household_member": "家庭成员",
    "met.guarantor": "保证人",
    "ability.now": "现在能够还款",
    "ability.over_time": "能够分期还款",
    "ability.none": "目前无力还款",
    "ability.unknown": "尚不清楚",
    "willingness.willing": "愿意",
    "willingness.unwilling": "不愿意",
    "willingness.unknown": "尚不清楚",
    "outcome.pending": "尚未判定",
    "outcome.kept": "已履行",
    "outcome.within_tolerance": "在容许范围内履行",
    "outcome.late": "迟延支付",
    "outcome.missed": "未支付",
    "request.question": "咨询",
    "request.hardship": "困难说明",
    "request.call_back": "回电请求",
    "request.complaint": "投诉",
    "request.wants_to_pay": "还款意愿",
    "request.need": "需求",
    "escalation.committee": "信贷委员会",
    "escalation.legal": "法务部门",
    "escalation.agency": "外部机构",
    "escalation.write_off_review": "核销审查",
    "cause.refusal": "借款人不愿还款",
    "cause.refuses": "借款人不愿还款",
    "cause.fraud": "存在欺诈迹象",
    "cause.unreachable": "无法取得联系",
    "cause.plan_broken_too_often": "还款计划多次未能履行",
    "cause.no_plan": "没有适合该家庭的还款计划",
    "cause.long_overdue": "贷款逾期时间较长",
    "cause.reversal": "一笔还款被冲正",
    "cause.missed": "后续一期未按时支付",
    "cause.escalated": "案件已移交",
    "irregularity.outside_contact_hours": "在联系时间之外",
    "irregularity.before_first_visit_day": "早于可走访的首日",
    "irregularity.unannounced_visit": "未经通知的走访",
    "irregularity.too_many_contacts": "当日联系次数超过规定",
    "irregularity.before_these_arrears": "发生在本次拖欠之前",
    "consequence.plan_broken": "还款计划被视为中断",
    "consequence.escalated": "案件已移交",
    "rule.late_run": "以较后的通知为准",
    "rule.case_closed": "案件已结",
    "rule.escalated": "案件已移交",
    "rule.no_longer_due": "所提醒的事项已不再需要",
    "rule.contact.earliest": "时间过早",
    "rule.contact.latest": "时间过晚",
    "rule.contact.attempts_a_day": "当日联系次数已满",
    "closed.healthy": "已持续正常还款",
    "closed.paid_off": "贷款已结清",
    "closed.settled": "贷款已协商了结",
    "closed.written_off": "贷款已核销",
    "closed.sold": "贷款已转让",
    "closed.opened_in_error": "误开案件",
}

_STEPS = {
    "line.step": "{step}，因为{why}",
    "why.assessed": "{reason}",
    "step.remind": "提醒{due}到期的{amount}",
    "why.remind": "今天是逾期第{days}天，尚未发出提醒",
    "step.notice_of_visit": "就{due}到期的{amount}发出走访通知",
    "why.notice_of_visit": "今天是逾期第{days}天，走访自第{first_visit_day}天起进行，须提前通知",
    "step.appoint": "约定走访时间",
    "why.appoint": "已经通知，走访自第{first_visit_day}天起进行，今天是逾期第{days}天",
    "step.confirm_appointment": "询问{window}是否方便",
    "why.confirm_appointment": "预约已提出，尚未确认",
    "step.visit": "上门走访，{window}",
    "why.visit": "预约已经约定",
    "step.retry_visit": "再约一次走访",
    "why.retry_visit": "{on}走访未见到人（已尝试次数：{attempts}）",
    "step.talk": "与借款人交谈",
    "why.talk": "今天是逾期第{days}天，尚未与借款人交谈",
    "step.review_unreachable": "研究其他联系方式",
    "why.review_unreachable": "走访未见到人的次数：{attempts}",
    "step.pay_now": "协助现在支付{amount}",
    "why.pay_now": "{reason}",
    "step.budget_talk": "一起梳理家庭收支",
    "why.budget_talk": "{reason}",
    "step.education": "提供理财知识资料",
    "why.education": "{reason}",
    "step.another_due_day": "提供与收入相适应的还款日",
    "why.another_due_day": "{reason}",
    "step.affordability": "了解家庭的实际承受能力",
    "why.affordability": "{reason}",
    "step.propose_plan": "提出家庭能够履行的还款计划",
    "why.propose_plan": "{reason}，尚未达成还款计划",
    "step.agree_plan": "与借款人商定已提出的还款计划",
    "why.agree_plan": "{on}提出的方案有效至{until}",
    "step.review_offer": "与借款人重新商量方案",
    "why.review_offer": "{on}提出的方案已于{until}到期，未获答复",
    "step.instalment_reminder": "提醒{due}到期的{amount}",
    "why.instalment_reminder": "这是还款计划的第{number}期",
    "step.plan_instalment_missed": "了解{due}到期的{amount}的情况",
    "why.plan_instalment_missed": "还款计划第{number}期尚未到账",
    "step.renegotiate": "寻找更合适的还款计划",
    "why.renegotiate": "还款计划已于{on}中断（中断次数：{broken}）",
    "step.escalate": "决定是否移交{escalation}",
    "why.escalate": "{cause}",
    "step.escalation_review": "研究是否需要其他部门参与",
    "why.escalation_review": "今天是逾期第{days}天，第{review_day}天应进行审查",
    "step.return_visit": "回访",
    "why.return_visit": "上次交谈在{on}，回访间隔为{every}天",
    "step.answer_request": "答复{on}的{request}",
    "why.answer_request": "答复期限为{by}",
    "step.review_irregularity": "复核异常情况：{irregularity}",
    "why.review_irregularity": "该情况发生于{on}，尚未审查",
    "step.review_consequence": "复核已采取的措施：{consequence}",
    "why.review_consequence": "采取该措施之后，账目在{on}发生了变化",
    "step.review_mismatch": "与账目核对逾期天数",
    "why.review_mismatch": "账目显示{stated}天，我们计算为{counted}天",
    "step.recovered_notice": "告知借款人逾期已清",
    "why.recovered_notice": "逾期款项已于{on}结清",
    "step.close_case": "结案",
    "why.close_case": "{reason}",
    "step.follow_referral": "请{department}答复",
    "why.follow_referral": "{on}提出的问题应于{by}前答复",
}

_NOTICES = {
    "lender.name": "本信用社",
    "lender.contact": "您的网点（到访或致电）",
    "notice.salutation": "尊敬的社员：",
    "notice.salutation_named": "尊敬的{name}：",
    "notice.any.name": "通知",
    "notice.reminder.name": "还款提醒",
    "notice.visit.name": "走访通知",
    "notice.instalment.name": "分期提醒",
    "notice.recovered.name": "恢复通知",
    "notice.reminder.subject": "关于您的贷款{loan}的提醒",
    "notice.reminder.body": (
        "{salutation}\n\n"
        "您的贷款{loan}有{amount}于{due}到期，目前尚未到账。也许是一时忘记了。\n\n"
        "如果您已经付款，谢谢您，无需再做什么。如果目前还款有困难，请尽早告诉我们。"
        "我们先听您说，再一起想办法。\n\n"
        "与我们联系，或不再接收此类消息：{contact}。\n\n"
        "{lender}\n"
    ),
    "notice.visit.subject": "关于您的贷款{loan}，我们希望前去拜访您",
    "notice.visit.body": (
        "{salutation}\n\n"
        "您的贷款{loan}有{amount}于{due}到期，目前尚未到账。我们希望在{first_visit}或之后，"
        "在与您商定的时间前去拜访。\n\n"
        "来访目的：了解发生了什么；如果您愿意，一起找到您的家庭能够承受的还款办法。"
        "走访时您不需要付款，也不需要签署任何文件。\n\n"
        "来访人员：{lender}的信贷员，可能有一位同事陪同，均携带工作证。"
        "开门之前，您可以先向我们核实其身份：{contact}。\n\n"
        "会询问的内容：款项未到的原因、家庭的收入和必要开支，以及您能够和愿意怎样做。回答哪些问题由您决定。\n\n"
        "可以准备的材料（如果有）：贷款合同、收入和日常开支的凭据、已付款的收据。\n\n"
        "谁可以在场：由您决定。我们不会与其他人谈论您的贷款。\n\n"
        "更改时间、地点或方式：其他日期、其他地点、到网点、打电话或视频通话都可以，请告诉我们：{contact}。\n\n"
        "如果您不希望走访：请用同样的方式告诉我们，或当面告知。信贷员会离开，我们再与您商定其他方式。"
        "您也可以要求不再接收此类消息。\n\n"
        "延后还款的费用写在您的贷款合同中；信贷员可以为您出示截至当日的金额。\n\n"
        "如果您已经付款，谢谢您，无需再做什么。\n\n"
        "{lender}\n"
    ),
    "notice.instalment.subject": "您的贷款{loan}的下一期还款",
    "notice.instalment.body": (
        "{salutation}\n\n"
        "按照我们商定的贷款{loan}还款计划，{amount}将于{due}到期。\n\n"
        "如果情况有变，金额过高，请在到期日之前告诉我们。还款计划可以调整。\n\n"
        "与我们联系，或不再接收此类消息：{contact}。\n\n"
        "{lender}\n"
    ),
    "notice.recovered.subject": "您的贷款{loan}已恢复正常",
    "notice.recovered.body": (
        "{salutation}\n\n"
        "您的贷款{loan}的逾期款项已全部到账。感谢您和家人的努力。\n\n"
        "今后按约定的日期还款，您的良好信用就会恢复。如果遇到困难，请尽早告诉我们。\n\n"
        "与我们联系，或不再接收此类消息：{contact}。\n\n"
        "{lender}\n"
    ),
}

TEXTS: dict[str, str] = {**_STATES, **_REASONS, **_NAMES, **_STEPS, **zh_facts.TEXTS, **zh_refusals.TEXTS, **_NOTICES}
"""Every Chinese text by its code."""
