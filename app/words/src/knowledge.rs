//! Projects, orders that belong together, templates, published answers, the hall's list.

use domain::project::ProjectLevel;

use crate::lang::{Lang, Text, texts};
use domain::order::Relationship;

texts! {
    TAKE_ALL: "全部接单", "Take all of them";
    PROJECTS: "重点项目", "Projects";
    PROJECTS_LEAD: "项目登记。企业点单时可注明项目，分包领导能看到所分包项目的诉求。", "The register of projects. An order can name its project; the leader in charge sees the orders of theirs.";
    NO_PROJECTS: "没有符合条件的项目。", "No project matches.";
    NEW_PROJECT: "登记项目", "Add a project";
    EDIT_PROJECT: "修改项目", "Change the project";
    PROJECT: "项目", "Project";
    PROJECT_OPTIONAL: "关于哪个项目？（可不选）", "Which project is it about? (optional)";
    PROJECT_NUMBER_HINT: "字母、数字和短横线，如 2026-SZD-014；登记后不能修改", "Letters, digits, dashes, like 2026-SZD-014; it stays as it is";
    ENTERPRISE_HINT: "须是已注册企业的全称", "The full name of a registered enterprise";
    LEADER: "分包领导", "Leader in charge";
    NO_LEADER: "未明确", "nobody yet";
    LEVEL: "级别", "Level";
    ORDERS_OF: "诉求", "Orders";
    SEARCH_PROJECTS: "编号、名称或企业", "Number, name or enterprise";
    ALL_PROJECTS: "全部分包领导", "All leaders";
    SAVE: "保存", "Save";
    RELATED: "相关诉求单", "Related orders";
    SIMILAR: "可能重复的诉求", "Perhaps the same";
    SIMILAR_LEAD: "内容相似，请先看是否为同一件事。", "These say much the same; please look first.";
    SAME_ENTERPRISE: "同一企业", "same enterprise";
    MERGE_INTO_IT: "并入此单", "Merge into it";
    COLLECTIVE: "集体诉求", "Collective";
    MERGE_WHICH: "并入哪条诉求单（编号）", "Into which order (its number)";
    MERGE_HINT: "如 XM-2026-000231", "Like XM-2026-000231";
    MERGE_REASON: "并案的理由", "Why they are one matter";
    MERGE_REASON_HINT: "企业看不到理由，主办单位看得到。", "Enterprises do not see it; the bodies that work on it do.";
    UNMERGE_REASON: "撤销并案的理由", "Why the merge is undone";
    LINK_WHICH: "关联哪条诉求单（编号）", "Which order (its number)";
    SPLIT_TITLE: "拆出的事项：标题", "The other matter: its title";
    SPLIT_CONTENT: "拆出的事项：具体情况", "The other matter: what it is";
    URGE_TEXT: "催办内容", "What you want to say";
    WATCH: "关注", "Watch";
    UNWATCH: "取消关注", "Stop watching";
    WATCH_HINT: "有进展时收到消息", "You are told of everything that happens";
    TEMPLATES: "答复模板", "Templates";
    TEMPLATES_LEAD: "本单位共用。答复时选用，字段自动填入。", "Shared within your body. Chosen when you reply; fields are filled in.";
    NO_TEMPLATES: "还没有模板。常用的答复写成模板，以后一点即用。", "There are no templates yet. Write a reply that you often give; one click uses it.";
    NEW_TEMPLATE: "新增模板", "Add a template";
    EDIT_TEMPLATE: "修改模板", "Change the template";
    TEMPLATE_TEXT: "正文", "Text";
    TEMPLATE_HINT: "可用字段：{单号} {事项} {企业} {单位} {乡镇} {点单日期} {办结期限} {今天}", "Fields: {单号} number, {事项} title, {企业} enterprise, {单位} body, {乡镇} township, {点单日期} placed on, {办结期限} due on, {今天} today";
    USE_TEMPLATE: "套用模板：", "Begin with: ";
    REMOVE: "删除", "Remove";
    GUIDANCE: "办事指引", "Guidance";
    GUIDANCE_LEAD: "已公开的答复。点单前先查一查，也许已有答案。", "Answers that were published. Perhaps yours is here already.";
    NO_GUIDANCE: "没有查到。可以换个说法，或直接点单。", "Nothing found. Try other words, or place an order.";
    SEARCH_GUIDANCE: "事项或关键词", "A matter or words";
    GUIDANCE_MORE: "只显示前 30 条，请缩小范围。", "The first 30 are shown; please narrow it down.";
    PUBLISH: "发布指引", "Publish guidance";
    PUBLISH_THIS: "把答复发布为指引", "Publish the reply as guidance";
    PUBLISH_LEAD: "发布后所有企业都能看到。请删去企业名称、人名、电话等信息，改写成通用的问答。", "Every enterprise will see it. Take out firms, people and telephones, and make it a question and answer for all.";
    QUESTION: "问题", "Question";
    ANSWER: "答复", "Answer";
    CLEARED: "已核对：不含企业名称、个人信息和不宜公开的内容", "I have checked: no firm, no person, nothing that is not public";
    WITHDRAW_GUIDANCE: "撤回", "Take back";
    PERHAPS_ANSWERED: "也许已有答案", "Perhaps it is answered already";
    PERHAPS_PLACED: "贵单位可能已提交过", "Perhaps you placed it already";
    COMMON: "共性问题", "Common problems";
    NO_COMMON: "目前没有需要研究的共性问题。", "There is no common problem to look at at present.";
    CONFIRM: "确认", "Yes,";
    REMOVE_TEMPLATE_THEN: "删除后不能恢复；已发出的答复不受影响。", "It cannot be brought back; replies that were sent stay as they are.";
    WITHDRAW_THEN: "撤回后企业不再查到，需要时须重新发布。", "Enterprises will not find it any more; to show it again it is published anew.";
    ASIDE: "已搁置", "Put aside";
    ASIDE_LEAD: "有新的相似诉求时会再次列出。", "Each is listed again once more orders like it come in.";
    LIST_AGAIN: "重新列出", "List again";
    PUT_ASIDE: "已研究，暂不处理", "Looked at; put aside";
    TREAT_TOGETHER: "合并办理…", "Treat as one…";
    MANY: "批量办理", "Several orders";
    MANY_EMPTY: "没有选中诉求单。请回到列表勾选。", "No order is chosen. Tick some in the list.";
    CHOOSE_ALL: "全选本页", "All of this page";
    CHOSEN: "办理选中的", "With the chosen";
    MERGE_ALL_INTO: "以哪条为主单", "Which is the main order";
    MERGE_ALL: "合并为一件", "Merge into one";
    SELECT: "选择", "Choose";
    HALL: "导入大厅收件", "Enter the hall's list";
    HALL_LEAD: "窗口收到的诉求，整表录入。先逐行核对，全部无误才导入；有一行不对，一行都不导入。", "What the windows received, as a whole list. It is checked row by row; all rows are entered, or none.";
    HALL_FORM: "下载表样", "Download the form";
    HALL_FILE: "表格（.xlsx 或 .csv，最多 2000 行）", "Spreadsheet (.xlsx or .csv, 2,000 rows at most)";
    HALL_CHECK: "核对", "Check";
    HALL_ROW: "行", "Row";
    HALL_STATE: "核对结果", "Result";
    HALL_RIGHT: "无误", "Right";
    HALL_ENTER: "全部导入", "Enter all";
    HALL_AGAIN: "改好后重新上传", "Mend it and upload again";
    HALL_HAPPENED: "收件时间为空的，按现在计算；研判分派时限从收件时间起算。", "Without a time of receipt it is now; the time to dispatch runs from the receipt.";
    COLUMNS: "显示列", "Columns";
    APPLY: "应用", "Apply";
    ONLY_RETURNED: "只看退过单的", "Only returned";
    ONLY_COLLECTIVE: "只看集体诉求", "Only collective";
    ONLY_CHOSEN: "只看选中的", "Only the chosen";
    NOBODY_TOLD: "只有您能看到", "Only you see this";
}

pub fn level(level: ProjectLevel) -> Text {
    let (zh, en) = match level {
        ProjectLevel::Province => ("省", "Province"),
        ProjectLevel::Prefecture => ("地市级", "Prefecture"),
        ProjectLevel::County => ("市本级", "City"),
    };
    Text { zh, en }
}

/// What an address says was just done.
pub fn done(code: &str) -> Option<Text> {
    let (zh, en) = match code {
        "saved" => ("已保存。", "Saved."),
        "removed" => ("已删除。", "Removed."),
        "published" => (
            "已发布，企业可以查到。",
            "Published; enterprises can find it.",
        ),
        "withdrawn" => (
            "已撤回，企业不再查到。",
            "Taken back; enterprises do not find it any more.",
        ),
        "aside" => (
            "已搁置。可在本页下方重新列出。",
            "Put aside. It can be listed again at the foot of this page.",
        ),
        "again" => ("已重新列出。", "Listed again."),
        _ => return None,
    };
    Some(Text { zh, en })
}

pub fn relationship(relationship: Relationship) -> Text {
    let (zh, en) = match relationship {
        Relationship::MergedInto => ("主单", "Main order"),
        Relationship::Merged => ("并入本单", "Merged into this"),
        Relationship::Linked => ("关联", "Linked"),
        Relationship::SplitOff => ("由本单拆出", "Split off this"),
        Relationship::SplitFrom => ("从该单拆出", "Split off it"),
    };
    Text { zh, en }
}

pub fn percent(lang: Lang, percent: u16) -> String {
    match lang {
        Lang::Zh => format!("相似 {percent}%"),
        Lang::En => format!("{percent}% alike"),
    }
}

pub fn chosen(lang: Lang, count: usize, missing: usize) -> String {
    match (lang, missing) {
        (Lang::Zh, 0) => format!("共选中 {count} 条。"),
        (Lang::Zh, _) => format!("共选中 {count} 条；另有 {missing} 条不存在或无权查看。"),
        (Lang::En, 0) => format!("{count} orders."),
        (Lang::En, _) => {
            format!("{count} orders; {missing} more are not there, or not yours to see.")
        }
    }
}

pub fn hall_rows(lang: Lang, rows: usize, wrong: usize) -> String {
    match (lang, wrong) {
        (Lang::Zh, 0) => format!("共 {rows} 行，全部无误。"),
        (Lang::Zh, _) => format!("共 {rows} 行，{wrong} 行有误，未导入。"),
        (Lang::En, 0) => format!("{rows} rows, all right."),
        (Lang::En, _) => format!("{rows} rows, {wrong} of them wrong; nothing was entered."),
    }
}

pub fn hall_like(lang: Lang, number: &str) -> String {
    match lang {
        Lang::Zh => format!("与 {number} 同企业同标题，可能已录入"),
        Lang::En => format!("like {number}: perhaps it was entered before"),
    }
}

pub fn entered(lang: Lang, orders: u64) -> String {
    match lang {
        Lang::Zh => format!("已导入 {orders} 条。"),
        Lang::En => format!("{orders} orders entered."),
    }
}

pub fn common_lead(lang: Lang, enterprises: u16, days: u16, percent: u16) -> String {
    match lang {
        Lang::Zh => format!(
            "{days} 个工作日内，{enterprises} 家以上企业反映的相似问题（文字重合 {percent}% 以上），自动归为一件，供研究政策或合并办理。"
        ),
        Lang::En => format!(
            "What {enterprises} or more enterprises asked within {days} working days in much the same words ({percent}% alike): one matter to think about, or to treat as one."
        ),
    }
}

pub fn common_of(lang: Lang, enterprises: u64, orders: usize) -> String {
    match lang {
        Lang::Zh => format!("{enterprises} 家企业，{orders} 条诉求"),
        Lang::En => format!("{enterprises} enterprises, {orders} orders"),
    }
}

pub fn common_total(lang: Lang, shown: usize, total: u64) -> String {
    match lang {
        Lang::Zh => format!("共 {total} 件，显示涉及企业最多的 {shown} 件。"),
        Lang::En => format!("{total} matters; the {shown} of most enterprises are shown."),
    }
}

pub fn project_orders(lang: Lang, orders: u64) -> String {
    match lang {
        Lang::Zh => format!("诉求 {orders} 条"),
        Lang::En => format!("{orders} orders"),
    }
}
