//! The vocabulary of orders: stages, lights, turns, levels, steps, fields.

use domain::order::{
    Ask, ClockName, Colour, Complexity, Level, Light, Outcome, PauseKind, RatingLevel, StageName,
    StepName, Told, Turn, Urgency,
};
use domain::{Field, Named, RoleName};

use crate::lang::{Lang, Text, texts};
use crate::{express, knowledge};

texts! {
    LIST: "诉求单", "Orders";
    EMPTY: "没有符合条件的诉求。", "No order matches.";
    EMPTY_HELP: "可以放宽筛选条件。", "Try fewer filters.";
    CLEAR: "清除筛选", "Clear filters";
    SEARCH: "查找", "Search";
    SEARCH_HINT: "编号、标题、内容、企业或电话", "Number, title, content, firm or telephone";
    MORE_FILTERS: "更多条件", "More filters";
    ALL_TOWNSHIPS: "全部乡镇", "All townships";
    ALL_URGENCIES: "全部紧急程度", "All urgencies";
    ALL_RATINGS: "全部评价", "All ratings";
    PLACED_FROM: "点单自", "Placed from";
    PLACED_UNTIL: "至", "until";
    EXPORT: "导出", "Export:";
    BLANKS_MEANT: "没有遗漏，仍按原文提交", "Nothing is missing: send it as it stands";
    SKIP_TO_LIST: "跳到列表", "Skip to the list";
    SEARCH_CUT: "符合的内容太多，搜索已中止，下面只是先找到的部分。请增加条件缩小范围。", "Too much matches: the search was stopped, and this is only what was found first. Please narrow it down.";
    NOT_COUNTED: "未计总数", "Not counted";
    COUNT_ALL: "统计准确数量", "count them all";
    VIEWS: "视图", "Views";
    SAVE_VIEW: "保存当前条件为视图", "Save these filters as a view";
    SHARE_VIEW: "本单位同事都能使用", "For everybody of my body";
    SHARED: "本单位", "shared";
    SAVE: "保存", "Save";
    REMOVE_VIEW: "删除视图", "Remove the view";
    FILTER: "筛选", "Filter";
    ALL_STAGES: "全部阶段", "All stages";
    ALL_LIGHTS: "全部灯色", "All lights";
    ALL_CATEGORIES: "全部类别", "All categories";
    ALL_DEPARTMENTS: "全部单位", "All bodies";
    NEXT_PAGE: "下一页", "Next page";
    FIRST_PAGE: "回第一页", "First page";
    ONLY_MINE: "只看轮到我的", "Only my turn";
    ONLY_TODAY: "只看今日到期", "Only due today";
    ONLY_ASKS: "只看待我决定", "Only mine to decide";
    ONLY_PARTS: "只看待我协办", "Only my parts";
    ONLY_CALLS: "只看待回访", "Only to call back";
    ONLY_OPEN: "只看未办结", "Only open";
    LIFT_FILTER: "取消此筛选", "Lift this filter";
    LIGHT: "灯", "Light";
    NUMBER: "编号", "Number";
    TITLE: "标题", "Title";
    ENTERPRISE: "企业", "Enterprise";
    BODY: "主办单位", "Lead";
    TURN: "轮到", "Turn";
    TURN_IS: "轮到：", "Turn: ";
    REPLY_WITHIN: "答复时限", "Reply within";
    DEADLINE: "时限", "Deadline";
    STAGE: "阶段", "Stage";
    REQUEST: "诉求", "Request";
    HISTORY: "经过", "History";
    FACTS: "基本信息", "Facts";
    YOU_CAN: "您可以", "You can";
    CATEGORY: "类别", "Category";
    URGENCY: "紧急程度", "Urgency";
    TOWNSHIP: "所在乡镇", "Township";
    PLACE: "所在乡镇（街道）", "Township";
    CONTACT: "联系人", "Contact";
    PLACED_AT: "点单时间", "Placed";
    RECEIVED_AT: "收件时间", "Handed in";
    WITH_MAIN: "随主单办理", "With the main order";
    RATING: "评价", "Rating";
    CARRIED_TO: "已报至", "Carried to";
    PROVISIONAL: "暂定", "provisional";
    NOT_DISPATCHED: "尚未分派", "Not dispatched yet";
    PLACED_DONE: "点单成功", "Your order is placed";
    PLACED_NUMBER: "编号", "Number";
    PLACE_TITLE: "我要点单", "Place an order";
    PLACE_LEAD: "一页填完，提交后即有编号，办到哪一步随时可查。", "One page. You get a number at once and can follow every step.";
    ABOUT: "关于哪方面？", "What is it about?";
    TITLE_HINT: "一句话说清，不超过 80 字", "One sentence, at most 80 characters";
    CONTENT: "具体情况", "What is the difficulty?";
    CONTENT_HINT: "已经做了什么、卡在哪里、希望怎样解决，不超过 5000 字", "What was done, where it is stuck, what would help; at most 5,000 characters";
    HOW_URGENT: "有多急？", "How urgent is it?";
    WHERE: "困难在哪个乡镇（街道）？", "In which township is it?";
    CONTACT_NAME: "联系人姓名", "Contact's name";
    CONTACT_PHONE: "联系电话", "Telephone";
    CHOOSE: "请选择", "Please choose";
    SUBMIT_ORDER: "提交", "Submit";
    DISPATCH_TO: "主办单位", "Lead body";
    COMPLEXITY: "办理类型", "Kind";
    DECLINE_REASON: "不予受理的原因，以及应当找哪里", "Why it is declined, and where to go instead";
    REPLY_KIND: "答复类型", "Kind of reply";
    REPLY_TEXT: "办理情况", "What was done";
    REPLY_UNTIL: "承诺完成日期", "Promised for";
    REPLY_UNTIL_HINT: "仅“列入计划”需填", "Only for “planned”";
    REPLY_BASIS: "依据的条款", "Clause that stands against it";
    REPLY_BASIS_HINT: "仅“无法办理”需填", "Only for “cannot be done”";
    RATE_QUESTION: "您对办理结果满意吗？", "How satisfied are you with the result?";
    COMMENT: "补充说明（可不填）", "Comment (optional)";
    WITHDRAW_REASON: "撤回的原因", "Why you withdraw it";
    CONFIRM_ONLY: "确认办结，不评价", "Confirm without rating";
    REPLY_HEADING: "最近答复", "Latest reply";
    CHARACTERS: "字", "characters";
    LATE_ENTRY: "补录", "entered later";
    ENTERED_AT: "录入于", "entered";
    HAPPENED_BEFORE: "此事早已发生，现在补录", "It happened earlier: enter it now";
    HAPPENED_AT_HINT: "须晚于上一步，并在规则允许的补录期限内；他人的时限从录入时起算。记录会标明“补录”。", "Within the bounds of the rules, after the step before it; the clocks of others start now. It is marked as entered later.";
    PAUSED: "暂停", "Paused";
    PAUSE_HEADING: "计时已暂停", "The clock is paused";
    PAUSE_KIND: "暂停的原因属于", "What it is paused for";
    PAUSE_REASON: "具体原因", "The reason";
    PAUSE_BASIS: "法律依据", "Legal basis";
    PAUSE_BASIS_HINT: "法规名称和条款", "Law and article";
    EVIDENCE: "证明文书（可不填）", "Paper that proves it (optional)";
    EVIDENCE_HINT: "名称和文号，如补正通知书文号", "Its name and number";
    PAUSE_UNTIL: "恢复计时的日期（可不填）", "The day it runs again (optional)";
    PAUSE_UNTIL_HINT: "不填则到规定的最长期限自动恢复", "Without one, it runs again by itself at the longest that the rules allow";
    PAUSE_ENDS: "最迟恢复", "Runs again at the latest";
    OBJECTION: "企业异议", "The enterprise objects";
    OBJECT_REASON: "您为什么不同意暂停", "Why you object to the pause";
    UPHOLD_QUESTION: "异议是否成立？", "Is the objection upheld?";
    UPHELD: "成立，恢复计时", "Yes: the clock runs again";
    NOT_UPHELD: "不成立，暂停继续", "No: the pause goes on";
    EXTENSION_DAYS: "延长多少个工作日", "Working days to add";
    EXTENSION_REASON: "延期的原因", "Why more time is needed";
    EXTENSION_ASKED: "申请延期", "Extension asked for";
    GRANT_QUESTION: "是否同意延期？", "Grant the extension?";
    GRANTED: "同意", "Grant";
    NOT_GRANTED: "不同意", "Refuse";
    UPHOLD_REASON: "理由（不成立时必填）", "Reason (needed for a no)";
    GRANT_REASON: "理由（不同意时必填）", "Reason (needed for a no)";
    RETURN_REASON: "退单的原因", "Why you return it";
    RETURN_CLAUSE: "依据的职责条款", "The duty clause that you rely on";
    RETURN_CLAUSE_HINT: "如“三定”规定的条款", "Such as an article of the duties of the body";
    RETURN_PROPOSE: "建议由哪个单位主办（可不填）", "Whose business it would be (optional)";
    CO_HANDLERS: "协办单位", "Co-handlers";
    CO_HANDLERS_OPTIONAL: "需要协办的，填写协办单位和任务（可不填）", "Where others have a part: who, and what (optional)";
    CO_HANDLER: "协办单位", "Co-handler";
    TASK: "协办任务", "Its part";
    TASK_HINT: "请协办单位做什么、提供什么", "What it is to do or to provide";
    CO_REPLY: "协办情况", "What was done of the part";
    CO_REPLIED: "已答复主办", "replied to the lead";
    CO_OPEN: "协办中", "under way";
    CO_LEFT_OUT: "不再等待其答复", "not awaited any more";
    CO_ASKED: "请求的协办", "Co-handler asked for";
    CO_GRANT_QUESTION: "是否同意增加协办？", "Add the co-handler?";
    WITHOUT: "不等协办答复的理由", "Why not wait for the co-handlers";
    WITHOUT_HINT: "下列单位尚未答复，现在答复须写明理由：", "These have not replied yet; to reply now, say why:";
    RECALL_REASON: "撤回原因", "Why it is taken back";
    REASSIGN_TO: "改由哪个单位主办", "Who leads it from now on";
    REASSIGN_REASON: "改派原因", "Why another body has it";
    CORRECTION_REASON: "更正原因", "Why it is corrected";
    UNAPPROVED: "待审签的答复", "Reply that awaits approval";
    UNAPPROVED_HINT: "请先看“待审签的答复”。", "See the reply that awaits approval first.";
    APPROVE_QUESTION: "是否同意发出？", "May it go out?";
    APPROVE_REASON: "意见（退回时必填）", "Remarks (needed to send it back)";
    APPROVED: "同意发出", "Approve";
    NOT_APPROVED: "退回修改", "Send back";
    CALL_QUESTION: "企业说问题解决了吗？", "Is it solved, says the enterprise?";
    CALL_NOTE: "企业的原话或说明（未解决时必填）", "What it said (needed if not solved)";
    APPEAL_REASON: "申诉的理由", "Why the rating is appealed";
    APPEALED: "申诉的理由：", "Why it is appealed:";
    APPEAL_QUESTION: "申诉是否成立？", "Is the appeal upheld?";
    APPEAL_UPHELD: "成立，该评价不计入考核", "Yes: the rating does not count";
    APPEAL_NOT_UPHELD: "不成立，评价照计", "No: it counts";
    SET_ASIDE: "申诉成立，不计入考核", "appeal upheld, does not count";
    COMMITMENT: "承诺事项", "Commitment";
    COMMITMENTS: "承诺事项", "Commitments";
    KEPT_TEXT: "兑现情况", "What was done";
    THINGS: "需要企业补正的材料（仅补正时填）", "What is to be handed in (only for a supplement)";
    THINGS_HINT: "每行一项，请一次列全", "One line each; list everything at once";
    THINGS_HEADING: "请补交", "To be handed in";
    SUPPLEMENT_TEXT: "补正情况", "What you hand in";
    SUPPLEMENT_HINT: "逐项写明；可随附件提交，或写明交到哪里", "Each thing: attached here, or where you handed it in";
    NOTE: "内部备注", "Internal note";
    MESSAGE: "留言", "Message";
    RETURNED: "退单待裁定", "Returned, awaits its ruling";
    RULE_FOR: "裁定由哪个单位主办", "Who is to lead";
    RULE_REASON: "裁定的理由", "Reason for the ruling";
    CARD: "督办牌", "Supervision card";
    CARDS: "督办牌", "Supervision cards";
    EXPLANATION: "情况说明", "Explanation";
    LIFT_REASON: "撤销的理由", "Why it is lifted";
    LIFTED: "已撤销", "Lifted";
    NOT_EXPLAINED: "尚未说明", "Not explained yet";
    IF_NOBODY_ACTS: "若不处理", "If nobody acts";
    RECEIPT: "时限计算单", "Deadline receipt";
    LIMITS: "时限", "Time limit";
}

/// What an extension is decided on.
pub fn extension_asked(lang: Lang, days: u16) -> String {
    match lang {
        Lang::Zh => format!("申请延长 {days} 个工作日，理由："),
        Lang::En if days == 1 => "One more working day is asked for, because:".to_owned(),
        Lang::En => format!("{days} more working days are asked for, because:"),
    }
}

/// Who reads a note, and whom it can name.
pub fn note_hint(lang: Lang, colleagues: &[String]) -> String {
    let names: Vec<String> = colleagues.iter().map(|name| format!("@{name}")).collect();
    match (lang, names.is_empty()) {
        (Lang::Zh, true) => "只有本单位看得到。".to_owned(),
        (Lang::En, true) => "Only your own body reads it.".to_owned(),
        (Lang::Zh, false) => {
            format!("只有本单位看得到；写上 {} 会通知本人。", names.join("、"))
        }
        (Lang::En, false) => {
            format!(
                "Only your own body reads it; {} are told when named.",
                names.join(", ")
            )
        }
    }
}

pub fn more_than(lang: Lang, orders: u64) -> String {
    match lang {
        Lang::Zh => format!("共 {orders} 件以上"),
        Lang::En => format!("more than {orders} orders"),
    }
}

pub fn total(lang: Lang, total: u64) -> String {
    match lang {
        Lang::Zh => format!("共 {total} 件"),
        Lang::En => format!("{total} in all"),
    }
}

pub fn ask(ask: Ask) -> Text {
    let (zh, en) = match ask {
        Ask::Ruling => ("退单待裁定", "awaits a ruling"),
        Ask::Objection => ("异议待决定", "objection to decide"),
        Ask::Extension => ("延期待审批", "extension to decide"),
        Ask::CoHandler => ("协办请求待审定", "co-handler to decide"),
        Ask::SecondExtension => ("再次延期待副市长审批", "second extension, deputy mayor's"),
        Ask::Reply => ("答复待审签", "reply to approve"),
        Ask::Appeal => ("申诉待审定", "appeal to decide"),
        Ask::Supplement => ("待企业补正", "supplement awaited"),
    };
    Text { zh, en }
}

pub fn pause_kind(kind: PauseKind) -> Text {
    let (zh, en) = match kind {
        PauseKind::Supplement => ("补正材料", "Supplement"),
        PauseKind::Special => ("特殊环节", "Special procedure"),
    };
    Text { zh, en }
}

/// What a kind of pause is for, said beneath the choice.
pub fn pause_hint(kind: PauseKind) -> Text {
    let (zh, en) = match kind {
        PauseKind::Supplement => ("等企业补交材料", "the enterprise has something to hand in"),
        PauseKind::Special => (
            "听证、专家评审、检测、公示等",
            "a hearing, an expert review, a test, a publicity period",
        ),
    };
    Text { zh, en }
}

pub fn colour(colour: Colour) -> Text {
    let (zh, en) = match colour {
        Colour::Yellow => ("黄牌", "Yellow card"),
        Colour::Red => ("红牌", "Red card"),
    };
    Text { zh, en }
}

pub fn told(told: Told) -> Text {
    let (zh, en) = match told {
        Told::Body => ("责任单位", "the body"),
        Told::Head => ("单位负责人", "its head"),
        Told::Centre => ("推进中心", "the Promotion Centre"),
        Told::Supervision => ("督查室", "the supervision office"),
        Told::Deputy => ("分管副市长", "the deputy mayor"),
        Told::Office => ("市政府办", "the mayor's office"),
        Told::Mayor => ("市长", "the mayor"),
    };
    Text { zh, en }
}

pub fn stage(stage: StageName) -> Text {
    let (zh, en) = match stage {
        StageName::Submitted => ("已提交", "Submitted"),
        StageName::Declined => ("不予受理", "Declined"),
        StageName::Dispatched => ("已分派", "Dispatched"),
        StageName::InHand => ("办理中", "In hand"),
        StageName::Paused => ("暂停计时", "Paused"),
        StageName::Replied => ("已答复", "Replied"),
        StageName::Rework => ("二次办理", "Rework"),
        StageName::Closed => ("已销号", "Struck off"),
        StageName::Withdrawn => ("已撤回", "Withdrawn"),
        StageName::Merged => ("已并案", "Merged"),
    };
    Text { zh, en }
}

pub fn light(light: Light) -> Text {
    let (zh, en) = match light {
        Light::None => ("不亮灯", "No light"),
        Light::Green => ("正常", "On time"),
        Light::Yellow => ("即将到期", "Due soon"),
        Light::Red => ("逾期", "Overdue"),
    };
    Text { zh, en }
}

pub fn turn(turn: Turn) -> Text {
    let (zh, en) = match turn {
        Turn::Enterprise => ("企业", "Enterprise"),
        Turn::Office => ("市政府办公室", "Mayor's office"),
        Turn::Centre => ("推进中心", "Promotion Centre"),
        Turn::Lead => ("主办单位", "Lead body"),
        Turn::CoHandler => ("协办单位", "Co-handler"),
        Turn::Deputy => ("分管副市长", "Deputy mayor"),
        Turn::None => ("—", "—"),
    };
    Text { zh, en }
}

pub fn level(level: Level) -> Text {
    let (zh, en) = match level {
        Level::Head => ("单位负责人、督查室", "Head of the body, supervision office"),
        Level::Deputy => ("分管副市长", "Deputy mayor"),
        Level::Express => ("市长解难直通车（候选）", "Mayor's express (candidate)"),
    };
    Text { zh, en }
}

pub fn clock(clock: ClockName) -> Text {
    let (zh, en) = match clock {
        ClockName::Triage => ("研判分派", "dispatch"),
        ClockName::Take => ("接单", "taking"),
        ClockName::Ruling => ("退单裁定", "ruling"),
        ClockName::Resolve => ("答复", "reply"),
        ClockName::Rework => ("二次办理", "rework"),
        ClockName::CoHandle => ("协办", "co-handling"),
        ClockName::Task => ("事项", "task"),
        ClockName::Callback => ("回访", "callback"),
        ClockName::Rating => ("评价", "rating"),
    };
    Text { zh, en }
}

pub fn urgency(urgency: Urgency) -> Text {
    let (zh, en) = match urgency {
        Urgency::Critical => ("特急", "Critical"),
        Urgency::Urgent => ("紧急", "Urgent"),
        Urgency::Normal => ("一般", "Normal"),
    };
    Text { zh, en }
}

pub fn complexity(complexity: Complexity) -> Text {
    let (zh, en) = match complexity {
        Complexity::Ordinary => ("普通", "Ordinary"),
        Complexity::Complex => ("复杂", "Complex"),
        Complexity::Enquiry => ("咨询", "Enquiry"),
    };
    Text { zh, en }
}

pub fn rating(level: RatingLevel) -> Text {
    let (zh, en) = match level {
        RatingLevel::VerySatisfied => ("非常满意", "Very satisfied"),
        RatingLevel::Satisfied => ("满意", "Satisfied"),
        RatingLevel::FairlySatisfied => ("基本满意", "Fairly satisfied"),
        RatingLevel::Dissatisfied => ("不满意", "Dissatisfied"),
        RatingLevel::VeryDissatisfied => ("非常不满意", "Very dissatisfied"),
    };
    Text { zh, en }
}

pub fn outcome(outcome: Outcome) -> Text {
    let (zh, en) = match outcome {
        Outcome::Solved => ("已解决", "Solved"),
        Outcome::NotSolved => ("未解决", "Not solved"),
        Outcome::NotReached => ("未联系上", "Not reached"),
    };
    Text { zh, en }
}

/// By the code of `domain::order::ReplyKind`.
pub fn reply_kind(code: &str) -> Text {
    let (zh, en) = match code {
        "solved" => ("已解决", "Solved"),
        "planned" => ("列入计划", "Planned"),
        "explained" => ("解释说明", "Explained"),
        "impossible" => ("无法办理", "Cannot be done"),
        _ => ("—", "—"),
    };
    Text { zh, en }
}

pub fn step(step: StepName) -> Text {
    let (zh, en) = match step {
        StepName::Place => ("点单", "Place"),
        StepName::Dispatch => ("分派", "Dispatch"),
        StepName::AddCoHandler => ("增加协办", "Add a co-handler"),
        StepName::AskCoHandler => ("请求协办", "Ask for a co-handler"),
        StepName::DecideCoHandler => ("审定协办请求", "Decide the co-handler"),
        StepName::CoReply => ("协办答复", "Reply to the lead"),
        StepName::Decline => ("不予受理", "Decline"),
        StepName::Recall => ("撤回分派", "Take the dispatch back"),
        StepName::Reassign => ("改派", "Give it to another body"),
        StepName::Take => ("接单", "Take"),
        StepName::Return => ("退单", "Return"),
        StepName::Rule => ("裁定", "Rule"),
        StepName::Pause => ("暂停计时", "Pause the clock"),
        StepName::Resume => ("恢复计时", "Resume the clock"),
        StepName::Object => ("对暂停提出异议", "Object to the pause"),
        StepName::DecideObjection => ("决定异议", "Decide the objection"),
        StepName::Extend => ("申请延期", "Ask for an extension"),
        StepName::DecideExtension => ("审批延期", "Decide the extension"),
        StepName::Refer => ("提请市长直通车", "Refer to the mayor's express"),
        StepName::AcceptMatter => ("受理为议题", "Accept as a matter"),
        StepName::Instruct => ("退回并限期办理", "Send back with an instruction"),
        StepName::JoinMatter => ("并入同类议题", "Join to a like matter"),
        StepName::TakeInMatter => ("接纳并入的诉求单", "Take in a joined order"),
        StepName::DeferMatter => ("缓议", "Put the decision off"),
        StepName::Decide => ("议定", "Decide"),
        StepName::Conclude => ("议定意见", "Decide without a task"),
        StepName::FollowMatter => ("跟随议题", "Follow the matter"),
        StepName::ReportTask => ("报告事项完成", "Report a task as done"),
        StepName::ConfirmTask => ("审核完成报告", "Review a report"),
        StepName::Explain => ("说明情况", "Explain"),
        StepName::Lift => ("撤销督办牌", "Lift the card"),
        StepName::Reply => ("答复", "Reply"),
        StepName::CorrectReply => ("更正答复", "Correct the reply"),
        StepName::DecideReply => ("审签答复", "Approve the reply"),
        StepName::CallBack => ("回访", "Call back"),
        StepName::Appeal => ("申诉评价", "Appeal the rating"),
        StepName::DecideAppeal => ("审定申诉", "Decide the appeal"),
        StepName::KeepCommitment => ("兑现承诺", "Commitment kept"),
        StepName::Supplement => ("提交补正", "Hand in"),
        StepName::Note => ("内部备注", "Internal note"),
        StepName::Message => ("留言", "Message"),
        StepName::Rate => ("评价", "Rate"),
        StepName::Withdraw => ("撤回", "Withdraw"),
        StepName::Close => ("销号", "Strike off"),
        StepName::Urge => ("催办", "Urge"),
        StepName::Merge => ("并案", "Merge into another order"),
        StepName::Absorb => ("接受并案", "Take in a merged order"),
        StepName::Unmerge => ("撤销并案", "Undo the merge"),
        StepName::Release => ("解除并案", "Release a merged order"),
        StepName::Follow => ("随主单办理", "Follow the main order"),
        StepName::Link => ("关联其他诉求单", "Link another order"),
        StepName::Unlink => ("取消关联", "Remove a link"),
        StepName::Split => ("拆分", "Split"),
        StepName::HandOver => ("交接", "Hand over"),
        StepName::Elapse => ("到期处理", "What is due"),
    };
    Text { zh, en }
}

pub fn role(role: RoleName) -> Text {
    let (zh, en) = match role {
        RoleName::Enterprise => ("企业", "Enterprise"),
        RoleName::Centre => ("推进中心", "Promotion Centre"),
        RoleName::Handler => ("经办人", "Handler"),
        RoleName::Head => ("负责人", "Head"),
        RoleName::Township => ("乡镇（街道）", "Township"),
        RoleName::Supervision => ("督查室", "Supervision office"),
        RoleName::Deputy => ("分管副市长", "Deputy mayor"),
        RoleName::Office => ("市政府办", "Mayor's office"),
        RoleName::Mayor => ("市长", "Mayor"),
        RoleName::Leader => ("分包领导", "Leader in charge"),
        RoleName::SystemAdmin => ("系统管理员", "System administrator"),
        RoleName::SecurityAdmin => ("安全管理员", "Security administrator"),
        RoleName::Auditor => ("审计员", "Auditor"),
        RoleName::Clockwork => ("系统", "System"),
    };
    Text { zh, en }
}

/// How a step's form asks for a field, and what is said beside it; else by the field's name.
pub fn asked(step: StepName, asked: Field) -> (Text, Option<Text>) {
    use StepName as Step;
    match (step, asked) {
        (Step::AddCoHandler | Step::AskCoHandler, Field::CoHandler) => (CO_HANDLER, None),
        (Step::AddCoHandler | Step::AskCoHandler, Field::Task) => (TASK, Some(TASK_HINT)),
        (Step::CoReply, Field::ReplyText) => (CO_REPLY, None),
        (Step::Decline, Field::Reason) => (DECLINE_REASON, None),
        (Step::Recall, Field::Reason) => (RECALL_REASON, None),
        (Step::Reassign, Field::Department) => (REASSIGN_TO, None),
        (Step::Reassign, Field::Reason) => (REASSIGN_REASON, None),
        (Step::Return, Field::Reason) => (RETURN_REASON, None),
        (Step::Return, Field::Clause) => (RETURN_CLAUSE, Some(RETURN_CLAUSE_HINT)),
        (Step::Return, Field::Propose) => (RETURN_PROPOSE, None),
        (Step::Rule, Field::Department) => (RULE_FOR, None),
        (Step::Rule, Field::Reason) => (RULE_REASON, None),
        (Step::Object, Field::Reason) => (OBJECT_REASON, None),
        (Step::Extend, Field::Days) => (EXTENSION_DAYS, None),
        (Step::Extend, Field::Reason) => (EXTENSION_REASON, None),
        (Step::Appeal, Field::Reason) => (APPEAL_REASON, None),
        (Step::Supplement, Field::ReplyText) => (SUPPLEMENT_TEXT, Some(SUPPLEMENT_HINT)),
        (Step::Message, Field::Message) => (MESSAGE, None),
        (Step::Withdraw, Field::Reason) => (WITHDRAW_REASON, None),
        (Step::Urge, Field::Reason) => (knowledge::URGE_TEXT, None),
        (Step::Unmerge, Field::Reason) => (knowledge::UNMERGE_REASON, None),
        (Step::Link, Field::Other) => (knowledge::LINK_WHICH, Some(knowledge::MERGE_HINT)),
        (Step::JoinMatter, Field::Other) => (express::JOIN_OTHER, Some(express::JOIN_HINT)),
        (Step::JoinMatter, Field::Reason) => (knowledge::MERGE_REASON, None),
        (_, other) => (field(other), None),
    }
}

pub fn field(field: Field) -> Text {
    let (zh, en) = match field {
        Field::Difficulty => ("一句话困难", "Difficulty"),
        Field::Tried => ("已采取的措施", "What was tried"),
        Field::Obstacle => ("卡在哪条规定或哪个单位", "What stands in the way"),
        Field::Stakes => ("涉及资金、就业", "What is at stake"),
        Field::Owner => ("牵头单位", "Owner"),
        Field::CoOwners => ("配合单位", "Co-owners"),
        Field::Deadline => ("完成时限", "Deadline"),
        Field::Proof => ("完成标志", "How one sees it is done"),
        Field::Replaces => ("替代的议定事项", "Decision to replace"),
        Field::Meeting => ("会议编号", "Number of the meeting"),
        Field::MeetingKind => ("会议类型", "Kind of meeting"),
        Field::StartsAt => ("开始时间", "Start"),
        Field::Minutes => ("时长（分钟）", "Minutes"),
        Field::Place => ("地点", "Place"),
        Field::Chair => ("主持人", "Chair"),
        Field::Bodies => ("参会单位", "Bodies"),
        Field::Enterprises => ("参会企业", "Enterprises"),
        Field::Guest => ("参会单位或企业", "Guest"),
        Field::Answer => ("回复", "Answer"),
        Field::Attendee => ("参会人姓名", "Who attends"),
        Field::MinutesText => ("纪要正文", "Minutes"),
        Field::Title => ("标题", "Title"),
        Field::Content => ("具体情况", "Content"),
        Field::Category => ("类别", "Category"),
        Field::Urgency => ("紧急程度", "Urgency"),
        Field::Township => ("乡镇（街道）", "Township"),
        Field::Project => ("项目编号", "Project number"),
        Field::ProjectName => ("项目名称", "Project name"),
        Field::ProjectLevel => ("项目级别", "Level"),
        Field::Leader => ("分包领导", "Leader in charge"),
        Field::Other => ("诉求单编号", "Number of the order"),
        Field::Orders => ("诉求单", "Orders"),
        Field::TemplateTitle => ("模板名称", "Name of the template"),
        Field::Cleared => ("已核对的确认", "The confirmation"),
        Field::Sheet => ("表格文件", "Spreadsheet"),
        Field::ContactName => ("联系人姓名", "Contact's name"),
        Field::ContactPhone => ("联系电话", "Telephone"),
        Field::Department => ("主办单位", "Lead body"),
        Field::Complexity => ("办理类型", "Kind"),
        Field::CoHandlers => ("协办单位", "Co-handlers"),
        Field::CoHandler => ("协办单位", "Co-handler"),
        Field::Task => ("协办任务", "Its part"),
        Field::Without => ("不等协办答复的理由", "Reason for not waiting"),
        Field::Blanks => ("空白处无误", "Blanks are meant"),
        Field::Knowingly => ("未记录也结束", "End all the same"),
        Field::DayOff => ("在休息日召开", "On a day off"),
        Field::Held => ("会议已经开过", "Held already"),
        Field::Present => ("是否到会", "Present"),
        Field::Seen => ("已读议定事项数", "Decisions that were read"),
        Field::Revision => ("纪要修订号", "Revision of the minutes"),
        Field::Outcome => ("回访结果", "Result of the call"),
        Field::Things => ("补正材料", "Things to hand in"),
        Field::Commitment => ("承诺事项", "Commitment"),
        Field::Attachments => ("附件", "Attachments"),
        Field::Message => ("留言", "Message"),
        Field::Said => ("企业的原话", "What it said"),
        Field::Reason => ("原因", "Reason"),
        Field::ReplyKind => ("答复类型", "Kind of reply"),
        Field::ReplyText => ("办理情况", "What was done"),
        Field::TaskText => ("事项内容", "What is to be done"),
        Field::Opinion => ("议定意见", "What the meeting holds"),
        Field::Verdict => ("结论", "In a word"),
        Field::Basis => ("依据", "Basis"),
        Field::ReplyUntil => ("承诺完成日期", "Promised date"),
        Field::ReplyBasis => ("依据的条款", "Clause"),
        Field::RatingLevel => ("满意度", "Satisfaction"),
        Field::Comment => ("补充说明", "Comment"),
        Field::PauseKind => ("暂停类型", "Kind of pause"),
        Field::PauseBasis => ("法律依据", "Legal basis"),
        Field::PauseUntil => ("恢复计时的日期", "The day it runs again"),
        Field::Evidence => ("证明文书", "Paper that proves it"),
        Field::Clause => ("职责条款", "Duty clause"),
        Field::Propose => ("建议的单位", "Proposed body"),
        Field::Days => ("工作日数", "Working days"),
        Field::Grant => ("是否同意", "Decision"),
        Field::Uphold => ("异议是否成立", "Decision"),
        Field::Card => ("督办牌", "Card"),
        Field::Clock => ("时限名称", "Clock"),
        Field::Calendar => ("日历", "Calendar"),
        Field::List => ("名单", "List"),
        Field::From => ("施行日期", "Day of application"),
        Field::Rule => ("规则", "Rule"),
        Field::OpenOrders => ("已在计时的诉求", "Clocks that run"),
        Field::Note => ("记录内容", "Note"),
        Field::Version => ("版本", "Version"),
        Field::ReceivedAt => ("收件时间", "Time of receipt"),
        Field::HappenedAt => ("发生时间", "Time of happening"),
        Field::UserName => ("账号", "Account"),
        Field::Password => ("密码", "Password"),
        Field::NewPassword => ("新密码", "New password"),
        Field::Repeat => ("再次输入的密码", "Password, once more"),
        Field::Code => ("验证码", "Code"),
        Field::EnterpriseName => ("企业名称", "Enterprise"),
        Field::CreditCode => ("统一社会信用代码", "Unified social credit code"),
        Field::Display => ("姓名", "Name"),
        Field::Phone => ("电话", "Telephone"),
        Field::Role => ("岗位", "Role"),
        Field::Body => ("单位", "Body"),
        Field::Successor => ("交接对象", "Successor"),
        Field::Approve => ("审核意见", "Decision"),
        Field::View => ("视图名称", "Name of the view"),
        Field::Stored => ("已存数据", "Stored value"),
    };
    Text { zh, en }
}

/// That a step was taken; `all`: on all that were chosen.
pub fn done(lang: Lang, name: StepName, all: bool) -> String {
    let name = step(name).of(lang);
    match (lang, all) {
        (Lang::Zh, false) => format!("“{name}”已完成。"),
        (Lang::Zh, true) => format!("“{name}”已全部完成。"),
        (Lang::En, false) => format!("Done: {}.", name.to_lowercase()),
        (Lang::En, true) => format!("Done for all: {}.", name.to_lowercase()),
    }
}

/// What comes of placing an order; `due`: when it is dispatched at the latest.
pub fn placed_then(lang: Lang, due: &str) -> String {
    match lang {
        Lang::Zh => format!("提交后即得编号；推进中心须在 {due} 前研判分派。"),
        Lang::En => format!("You get a number at once; it is dispatched by {due}."),
    }
}

/// A category that takes no new orders.
pub fn ended(category: &Named) -> Named {
    Named {
        zh: format!("{}（已停用）", category.zh),
        en: format!("{} (ended)", category.en),
    }
}
