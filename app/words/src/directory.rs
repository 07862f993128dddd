//! Bodies and categories, as the administrator keeps them.

use domain::BodyKind;
use domain::directory::import::{HangsBy, ListFault};

use crate::lang::{Lang, Text, texts};

texts! {
    TITLE: "单位与类别", "Bodies and categories";
    LEAD: "部门、乡镇和诉求类别都在这里维护：新增、更名、撤销。经过中保留当时的名称。", "Departments, townships and categories are kept here: added, renamed, ended. Histories keep the name of their time.";
    BODIES: "部门与乡镇", "Departments and townships";
    CATEGORIES: "诉求类别", "Categories";
    CODE: "代码", "Code";
    NAME: "名称", "Name";
    SHORT: "简称", "Short name";
    KIND: "类型", "Kind";
    EXAMPLES: "示例", "Examples";
    STATE: "状态", "State";
    IN_SERVICE: "在用", "In service";
    ENDED: "已停用", "Ended";
    CHANGE: "变更", "Change";
    ADD: "新增", "Add one";
    ALL_ROWS: "列出全部", "List all";
    EDIT: "变更名单", "Change the list";
    LIST: "名单（CSV，可从表格复制粘贴）", "List (CSV, or copied from a spreadsheet)";
    BODIES_HINT: "第一行为列名（代码、名称、英文名称、简称、英文简称、类型、撤销日期、承接单位，或下列英文列名）。不在名单里的单位保持不变；填写撤销日期即撤销，承接单位填其代码。代码定后不改。类型可填：联审联批部门、要素保障单位、其他部门、街道、镇、乡。本市的名称也是一行，类型为“城市”。", "The first line names the columns. Bodies that are not listed stay as they are; a day in “until” ends one, “successor” takes the code of the body that takes over. Codes do not change. The name of the city is a line too, of the kind “city”.";
    CATEGORIES_HINT: "第一行为列名（代码、名称、英文名称、示例、英文示例、停用日期，或下列英文列名）。不在名单里的类别保持不变；填写停用日期后不能再选，已有诉求不变。", "The first line names the columns. Categories that are not listed stay as they are; with a day in “until” one is not offered any more, and orders keep it.";
    PREVIEW: "预览变化", "Preview";
    PREVIEW_HINT: "只作预览，不改动任何数据。", "Only a preview: nothing is changed.";
    PREVIEW_TITLE: "变更前预览", "Before the list is changed";
    CHANGES: "变化", "What changes";
    NO_CHANGES: "没有变化，名单与现有的相同。", "Nothing changes: the list is as it stands.";
    CONFIRM: "确认变更", "Change the list";
    AGAIN: "返回修改", "Back to what was typed";
    WILL: "立即生效；更名的，经过中保留原名称；撤销、停用的，可再次导入恢复。", "New names apply at once, histories keep the former ones; what is ended comes back by another import.";
}

pub fn done(lang: Lang, count: u64) -> String {
    match lang {
        Lang::Zh => format!("已变更 {count} 项，并记入审计。"),
        Lang::En => format!("{count} changed, and noted in the audit."),
    }
}

pub fn ended(lang: Lang, day: &str, successor: Option<&str>) -> String {
    match (lang, successor) {
        (Lang::Zh, None) => format!("{day} 起撤销"),
        (Lang::Zh, Some(name)) => format!("{day} 起撤销，由{name}承接"),
        (Lang::En, None) => format!("Ended on {day}"),
        (Lang::En, Some(name)) => format!("Ended on {day}; {name} has taken over"),
    }
}

pub fn added(lang: Lang, name: &str) -> String {
    match lang {
        Lang::Zh => format!("新增{name}"),
        Lang::En => format!("{name} is added"),
    }
}

pub fn returned(lang: Lang, name: &str) -> String {
    match lang {
        Lang::Zh => format!("恢复{name}"),
        Lang::En => format!("{name} is there again"),
    }
}

/// `parts`: each as it was and as it will be.
pub fn changed(lang: Lang, name: &str, parts: &[(String, String)]) -> String {
    let each = parts.iter().map(|(was, is)| match lang {
        Lang::Zh => format!("“{was}”改为“{is}”"),
        Lang::En => format!("“{was}” becomes “{is}”"),
    });
    let each: Vec<String> = each.collect();
    match lang {
        Lang::Zh => format!("{name}：{}", each.join("，")),
        Lang::En => format!("{name}: {}", each.join(", ")),
    }
}

pub fn ends(lang: Lang, name: &str, day: &str, successor: Option<&str>) -> String {
    match (lang, successor) {
        (Lang::Zh, None) => format!("{name} {day} 起撤销"),
        (Lang::Zh, Some(to)) => {
            format!("{name} {day} 起撤销，由{to}承接，辖区企业和项目一并转入")
        }
        (Lang::En, None) => format!("{name} ends on {day}"),
        (Lang::En, Some(to)) => {
            format!("{name} ends on {day}; {to} takes over its enterprises and projects")
        }
    }
}

/// Of a category.
pub fn stops(lang: Lang, name: &str, day: &str) -> String {
    match lang {
        Lang::Zh => format!("{name} {day} 起停用"),
        Lang::En => format!("{name} is not offered any more from {day} on"),
    }
}

pub fn kind(kind: BodyKind) -> Text {
    let (zh, en) = match kind {
        BodyKind::JointApproval => ("联审联批部门", "Joint-approval department"),
        BodyKind::Factor => ("要素保障单位", "Supplies factors"),
        BodyKind::Other => ("其他部门", "Other department"),
        BodyKind::Subdistrict => ("街道", "Subdistrict"),
        BodyKind::Town => ("镇", "Town"),
        BodyKind::Township => ("乡", "Township"),
        BodyKind::Centre => ("推进中心", "Centre"),
        BodyKind::Supervision => ("督查室", "Supervision office"),
        BodyKind::MayorOffice => ("市政府办公室", "Mayor's office"),
        BodyKind::City => ("城市", "City"),
    };
    Text { zh, en }
}

fn kind_called(lang: Lang, code: &str) -> &str {
    BodyKind::parse(code).map_or(code, |it| kind(it).of(lang))
}

/// What a column is called in Chinese.
fn column(name: &str) -> &str {
    match name {
        "code" => "代码",
        "name" => "名称",
        "name_en" => "英文名称",
        "short" => "简称",
        "short_en" => "英文简称",
        "kind" => "类型",
        "examples" => "示例",
        "examples_en" => "英文示例",
        name => name,
    }
}

fn hangs_by(by: HangsBy) -> Text {
    let (zh, en) = match by {
        HangsBy::Lead => ("件主办的在办诉求", "open orders led"),
        HangsBy::Located => ("件辖区在办诉求", "open orders located there"),
        HangsBy::Part => ("件协办", "parts of open orders"),
        HangsBy::Task => ("项任务", "tasks of open orders"),
        HangsBy::Account => ("个账号", "accounts"),
        HangsBy::Enterprise => ("家辖区企业", "enterprises located there"),
        HangsBy::Project => ("个项目", "projects"),
        HangsBy::Registration => ("件待审核的注册", "registrations that wait"),
        HangsBy::Meeting => ("场未开的会议", "meetings to come"),
        HangsBy::Commitment => ("项未兑现的承诺", "promises that are followed"),
        HangsBy::Card => ("张未说明的牌", "cards that are not explained"),
    };
    Text { zh, en }
}

pub fn fault(lang: Lang, fault: &ListFault) -> String {
    match (lang, fault) {
        (Lang::Zh, ListFault::Unreadable) => "这一行读不出来，可能有引号没有成对。".into(),
        (Lang::En, ListFault::Unreadable) => {
            "it cannot be read; a quotation mark is not closed, perhaps.".into()
        }
        (Lang::Zh, ListFault::NoColumns(names)) => {
            let each = names.iter();
            let each: Vec<&str> = each.map(|name| column(name)).collect();
            format!("缺少这些列：{}。第一行须为列名。", each.join("、"))
        }
        (Lang::En, ListFault::NoColumns(names)) => format!(
            "these columns are missing: {}; the first line names the columns.",
            names.join(", ")
        ),
        (Lang::Zh, ListFault::NotAColumn(name)) => format!("不认识列名“{name}”，请核对第一行。"),
        (Lang::En, ListFault::NotAColumn(name)) => {
            format!("“{name}” is not the name of a column; look at the first line.")
        }
        (Lang::Zh, ListFault::Cells { is, need }) => {
            format!("这一行有 {is} 格，列名有 {need} 个。")
        }
        (Lang::En, ListFault::Cells { is, need }) => {
            format!("it has {is} cells, the heading {need}.")
        }
        (Lang::Zh, ListFault::NoRows) => "名单里没有任何一行。".into(),
        (Lang::En, ListFault::NoRows) => "there is no row in the list.".into(),
        (Lang::Zh, ListFault::NotACode(code)) => {
            format!("“{code}”不能作代码：须为 2 至 20 个小写字母或数字。")
        }
        (Lang::En, ListFault::NotACode(code)) => {
            format!("“{code}” is not a code: 2 to 20 small letters and digits.")
        }
        (Lang::Zh, ListFault::Twice(name)) => format!("“{name}”重复，或已被占用。"),
        (Lang::En, ListFault::Twice(name)) => {
            format!("“{name}” stands in the list twice, or belongs to another one.")
        }
        (Lang::Zh, ListFault::NotAName { column, max }) => {
            format!(
                "{}不能为空，最多 {max} 字，不能有看不见的字符。",
                self::column(column)
            )
        }
        (Lang::En, ListFault::NotAName { column, max }) => format!(
            "{column} is empty, longer than {max} characters, or has some that do not show."
        ),
        (Lang::Zh, ListFault::NotAKind(kind)) => {
            format!(
                "“{kind}”不是单位类型，可填联审联批部门、要素保障单位、其他部门、街道、镇、乡。"
            )
        }
        (Lang::En, ListFault::NotAKind(kind)) => format!(
            "“{kind}” is not a kind of body: joint_approval, factor, other, subdistrict, town or township."
        ),
        (Lang::Zh, ListFault::OtherKind { kind }) => {
            format!("不能改为 {kind} 类型：它的诉求和人员都按现有类型归口。")
        }
        (Lang::En, ListFault::OtherKind { kind }) => {
            format!("it cannot become {kind}: it has orders and people as what it is.")
        }
        (Lang::Zh, ListFault::OneOnly { kind, code }) => {
            format!(
                "“{}”只能有一个，代码为 {code}；请改那一行。",
                kind_called(lang, kind)
            )
        }
        (Lang::En, ListFault::OneOnly { kind, code }) => format!(
            "there is one {} already, with the code {code}: change that line.",
            kind_called(lang, kind).to_lowercase()
        ),
        (Lang::Zh, ListFault::NotADate(text)) => format!("“{text}”不是 2026-12-01 这样的日期。"),
        (Lang::En, ListFault::NotADate(text)) => {
            format!("“{text}” is not a date such as 2026-12-01.")
        }
        (Lang::Zh, ListFault::NotYet(day)) => format!("{day} 还没有到，请在当天变更。"),
        (Lang::En, ListFault::NotYet(day)) => format!("{day} has not come yet; do it on that day."),
        (Lang::Zh, ListFault::SuccessorOfNobody) => "填写承接单位时，须同时填写撤销日期。".into(),
        (Lang::En, ListFault::SuccessorOfNobody) => {
            "a successor goes with a day in “until”.".into()
        }
        (Lang::Zh, ListFault::NoSuccessor(code)) => {
            format!("“{code}”不是在用的同类单位，不能承接。")
        }
        (Lang::En, ListFault::NoSuccessor(code)) => {
            format!("“{code}” is not a body of its sort that goes on.")
        }
        (Lang::Zh, ListFault::NotThere) => "没有这个在用的单位；已撤销的，先恢复再变更。".into(),
        (Lang::En, ListFault::NotThere) => {
            "there is no such body in service; one that has gone is brought back first.".into()
        }
        (Lang::Zh, ListFault::Needed) => "系统运行需要它，不能撤销。".into(),
        (Lang::En, ListFault::Needed) => "it is needed and cannot go.".into(),
        (lang, ListFault::StillOpen { hangs }) => {
            let each = hangs.iter();
            let each = each.map(|one| format!("{} {}", one.count, hangs_by(one.on).of(lang)));
            let each: Vec<String> = each.collect();
            match lang {
                Lang::Zh => format!("名下还有 {}，请先办结或移交，再撤销。", each.join("、")),
                Lang::En => format!(
                    "{} still hang on it; close them or hand them over first.",
                    each.join(", ")
                ),
            }
        }
    }
}
