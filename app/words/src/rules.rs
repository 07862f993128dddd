//! Limits, thresholds and the ladder.

use domain::rulebook::rows::Amount;

use crate::lang::{Lang, Text, texts};

texts! {
    TITLE: "时限规则", "Rules of time";
    LEAD: "每次修改都是一个新版本，从施行日起适用；已在计时的时限保持原版本，除非选择一并适用。", "Each change is a new version that applies from a day on; clocks that run keep theirs, unless you choose otherwise.";
    VERSION: "版本", "Version";
    FROM: "施行日期", "Applies from";
    MADE_BY: "修改人", "Made by";
    NOTE: "说明", "Note";
    WHY_LATE: "调整原因（必填）", "Why (required)";
    WHY_LATE_HINT: "有在办诉求将因此立即超期，请写明原因，各单位可见。", "Orders under way become overdue at once by this; say why. The bodies can read it.";
    NOTE_HINT: "为什么修改，如文件名称和文号", "Why, such as the name and number of a paper";
    RULE: "规则", "Rule";
    AMOUNT: "数值", "Amount";
    LADDER: "逾期上报", "The ladder";
    DAYS_PAST: "逾期工作日", "Working days past";
    CARD: "发牌", "Card";
    TELLS: "告知", "Tells";
    NO_CARD: "不发牌", "No card";
    EDIT: "修改规则", "Change the rules";
    PREVIEW: "预览影响", "Preview";
    PREVIEW_HINT: "只作预览，不改动任何数据。", "Only a preview: nothing is changed.";
    PREVIEW_TITLE: "施行前预览", "Before it is applied";
    CHANGES: "改动", "What changes";
    NO_CHANGES: "没有改动。", "Nothing changes.";
    BEFORE: "现在", "Now";
    AFTER: "改为", "Becomes";
    OPEN_ORDERS: "已在计时的诉求", "Clocks that run";
    KEEP: "保持原版本", "keep their version";
    TAKE_OVER: "一并适用新版本", "are taken over by the new version";
    KEEP_EFFECT: "已在计时的时限不变；施行日起新开始的时限适用新版本。", "Clocks that run do not change; those that start from that day on go by the new version.";
    TAKE_OVER_EFFECT: "施行时，已在计时的诉求都改用新版本，并记入经过；其中时限变动的有：", "When it applies, all clocks that run go by the new version, and their histories say so. These deadlines move:";
    APPLY: "确认施行", "Apply it";
    AGAIN: "返回修改", "Back to what was typed";
    FIRST_DATA: "初始规则", "First rules";
    HISTORY: "版本记录", "Versions";
    DONE: "新版本已记录。", "The new version is laid down.";
    IN_FORCE: "现行", "in force";
}

/// By the name of a row of the table of rules.
pub fn name(name: &str) -> Text {
    let (zh, en) = match name {
        "triage" => ("研判分派", "Triage and dispatch"),
        "take" => ("接单或退单", "Take or return"),
        "take_critical" => ("接单或退单（特急）", "Take or return, critical"),
        "ruling" => ("退单裁定", "Ruling on a return"),
        "resolve_critical" => ("答复（特急）", "Reply, critical"),
        "resolve_urgent" => ("答复（紧急）", "Reply, urgent"),
        "resolve_normal" => ("答复（一般）", "Reply, normal"),
        "resolve_complex" => ("答复（复杂）", "Reply, complex"),
        "resolve_enquiry" => ("答复（咨询）", "Reply, enquiry"),
        "rework" => ("二次办理", "Rework"),
        "co_handle" => (
            "协办答复（不晚于主办时限）",
            "Co-handler's part, within the lead's time",
        ),
        "rating" => ("评价期", "Time to rate"),
        "callback" => ("回访", "Callback"),
        "appeal" => ("评价申诉期", "Appeal of a rating"),
        "meeting_notice" => ("会议提醒提前", "Reminder before a meeting"),
        "commitment_notice" => ("承诺到期前提醒", "Reminder before a commitment"),
        "pause_supplement" => ("补正暂停最长", "Longest pause, supplement"),
        "pause_special" => ("特殊环节暂停最长", "Longest pause, special procedure"),
        "pauses" => ("每轮最多暂停", "Pauses of one cycle"),
        "merges" => ("每轮最多并案", "Merges of one clock"),
        "returns" => ("每单最多退单", "Returns of one order"),
        "extensions" => ("每轮最多延期", "Extensions of one clock"),
        "extension_notice" => ("延期须提前申请", "Notice for an extension"),
        "back_entry" => ("补录期限", "Late entry within"),
        "similar" => ("视为相似（文字重合）", "Alike from"),
        "common_enterprises" => ("共性问题涉及企业的家数", "Common problem: enterprises"),
        "common_days" => ("共性问题统计范围", "Common problem: placed within"),
        "yellow" => ("黄灯（已用时间）", "Yellow light at"),
        "ladder.head.days" => ("第一级逾期工作日", "First level, working days past"),
        "ladder.deputy.days" => ("第二级逾期工作日", "Second level, working days past"),
        "ladder.express.days" => ("第三级逾期工作日", "Third level, working days past"),
        _ => ("规则", "Rule"),
    };
    Text { zh, en }
}

pub fn unit(lang: Lang, unit: &str) -> &'static str {
    let (zh, en) = match unit {
        "days" => ("个工作日", "working days"),
        "hours" => ("个工作小时", "working hours"),
        "times" => ("次", "times"),
        "percent" => ("%", "%"),
        _ => ("", ""),
    };
    Text { zh, en }.of(lang)
}

pub fn amount(lang: Lang, amount: Amount) -> String {
    format!("{} {}", amount.number(), unit(lang, amount.unit()))
}
