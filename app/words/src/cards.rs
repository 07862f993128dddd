//! Supervision cards and notices.

use domain::Instant;
use domain::order::{ClockName, Colour};

use super::{order, time};
use crate::lang::{Lang, texts};

texts! {
    TITLE: "督办牌", "Supervision cards";
    LEAD: "逾期自动发牌；责任单位可说明情况，督查室可撤销。", "Given by themselves when a deadline passes; the body can explain, the supervision office can lift.";
    NONE: "没有督办牌。", "There are no cards.";
    ONLY_OPEN: "只看未撤销", "Only those not lifted";
    ALL: "全部", "All";
    COLOUR: "牌", "Card";
    BODY: "责任单位", "Body";
    ORDER: "诉求", "Order";
    GIVEN: "发牌时间", "Given";
    CAUSE: "事由", "Cause";
    EXPLANATION: "说明", "Explanation";
    STATE: "状态", "State";
    STANDS: "有效", "Stands";
    LIFTED: "已撤销", "Lifted";
    COLON: "：", ": ";
    NEWER: "上一页", "Newer";
    OLDER: "下一页", "Older";
    NOTICES: "消息", "Notices";
    NOTICES_NONE: "没有消息。答复、暂停、延期等与您有关的事会在这里告知。", "No notices. What concerns you, such as a reply or a pause, is told here.";
    NEW: "新", "new";
    READ: "全部标为已读", "Mark all as read";
    READ_DONE: "已全部标为已读。", "All marked as read.";
}

pub fn more(lang: Lang, more: u64) -> String {
    match lang {
        Lang::Zh => format!("另有 {more} 条，请见诉求单列表。"),
        Lang::En => format!("And {more} more; see the list of orders."),
    }
}

pub fn count(lang: Lang, count: u64) -> String {
    match lang {
        Lang::Zh => format!("共 {count} 条"),
        Lang::En => format!("{count} in all"),
    }
}

/// What a card was given for: the clock that had run out, or that its rework solved nothing.
pub fn cause(lang: Lang, clock: Option<ClockName>) -> String {
    match (lang, clock.map(|clock| order::clock(clock).of(lang))) {
        (Lang::Zh, Some(clock)) => format!("{clock}逾期"),
        (Lang::En, Some(clock)) => format!("{clock} overdue"),
        (Lang::Zh, None) => "二次办理后仍未解决".to_owned(),
        (Lang::En, None) => "not solved after the rework".to_owned(),
    }
}

/// A card by its colour and day, to choose it from several.
pub fn called(lang: Lang, colour: Colour, given_at: Instant, this_year: i32) -> String {
    let colour = order::colour(colour).of(lang);
    format!("{colour} · {}", time::moment(lang, given_at, this_year))
}
