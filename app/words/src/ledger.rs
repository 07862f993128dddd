//! The ledger that a list is exported as: the columns that the offices know.

use chrono::NaiveDate;

use crate::lang::{Lang, Text, texts};

texts! {
    TITLE: "企业诉求办理台账", "Ledger of orders";
    NUMBER: "序号", "No.";
    ORDER: "编号", "Order";
    ENTERPRISE: "企业", "Enterprise";
    CATEGORY: "类别", "Category";
    URGENCY: "紧急程度", "Urgency";
    TOWNSHIP: "所在乡镇", "Township";
    PLACED: "点单时间", "Placed";
    LEADER: "责任领导", "Leader";
    BODY: "责任单位", "Body";
    PERSON: "责任人", "Person";
    DUE: "完成时限", "Due";
    PROGRESS: "进展", "Progress";
    PROBLEM: "存在问题", "Problem";
    NEXT: "下步措施", "Next";
    DONE: "是否销号", "Struck off";
    YES: "是", "yes";
    NO: "否", "no";
    OVERDUE: "逾期", "overdue";
    FILE: "诉求台账", "orders";
}

pub const COLUMNS: [Text; 15] = [
    NUMBER, ORDER, ENTERPRISE, CATEGORY, URGENCY, TOWNSHIP, PLACED, LEADER, BODY, PERSON, DUE,
    PROGRESS, PROBLEM, NEXT, DONE,
];

/// The stage, and what marks it: overdue, on the mayor's express.
pub fn progress(lang: Lang, stage: &str, marks: &[&str]) -> String {
    match (lang, marks) {
        (_, []) => stage.to_owned(),
        (Lang::Zh, marks) => format!("{stage}（{}）", marks.join("，")),
        (Lang::En, marks) => format!("{stage} ({})", marks.join(", ")),
    }
}

/// 截至X年X月X日.
pub fn as_of(lang: Lang, day: NaiveDate) -> String {
    use chrono::Datelike;
    match lang {
        Lang::Zh => format!("截至{}年{}月{}日", day.year(), day.month(), day.day()),
        Lang::En => format!("As of {day}"),
    }
}
