//! What comes by itself if nobody acts, in one sentence each.

use domain::order::{Fate, Foreseen, Told};

use super::order;
use crate::lang::{Lang, texts};

texts! {
    TITLE: "若不处理", "If nobody acts";
    LEAD: "下面是在办事项如果没有人处理，接下来会发生什么、告知谁。", "What happens next to the orders and tasks under way if nobody acts, and who is told.";
    NONE: "没有会自动发生的事。", "Nothing will happen by itself.";
    CUT: "诉求单、督办交办事项各只列出最先到期的 200 件，全部请见各自的列表。", "Of orders and of tasks, only the 200 that are due first are listed; their own lists have all.";
}

/// How many have a clock that runs.
pub fn under_way(lang: Lang, orders: u64, tasks: usize) -> String {
    match lang {
        Lang::Zh => format!("计时中：诉求单 {orders} 件，督办交办事项 {tasks} 件"),
        Lang::En => format!("With a clock that runs: orders {orders}, tasks {tasks}"),
    }
}

/// `whose`: the body's name, where it is the clock of a part or of a task.
pub fn sentence(lang: Lang, foreseen: &Foreseen, whose: Option<&str>) -> String {
    let clock = order::clock(foreseen.clock).of(lang);
    let clock = match (lang, whose) {
        (_, None) => clock.to_owned(),
        (Lang::Zh, Some(whose)) => format!("{whose}{clock}"),
        (Lang::En, Some(whose)) => format!("{whose}, {clock}"),
    };
    match (lang, &foreseen.fate) {
        (Lang::Zh, Fate::Resumes) => "暂停到期，自动恢复计时".to_owned(),
        (Lang::En, Fate::Resumes) => "the pause ends and the clock runs again".to_owned(),
        (Lang::Zh, Fate::Yellow) => format!("{clock}亮黄灯"),
        (Lang::En, Fate::Yellow) => format!("{clock}: yellow light"),
        (Lang::Zh, Fate::Red) => format!("{clock}时限届满，此后亮红灯"),
        (Lang::En, Fate::Red) => format!("{clock}: deadline, red light after it"),
        (Lang::Zh, Fate::WindowEnds) => "评价期满，记为未评价".to_owned(),
        (Lang::En, Fate::WindowEnds) => "the time to rate ends: not rated".to_owned(),
        (Lang::Zh, Fate::Level { level, card, tells }) => {
            let card = card.map_or("", |colour| order::colour(colour).zh);
            let comma = if card.is_empty() { "" } else { "，" };
            let level = order::level(*level).zh;
            format!("{clock}：{card}{comma}报{level}；告知{}", told(lang, tells))
        }
        (Lang::En, Fate::Level { level, card, tells }) => {
            let card = card.map_or(String::new(), |colour| {
                format!("{}; ", order::colour(colour).en.to_lowercase())
            });
            let level = order::level(*level).en;
            format!(
                "{clock}: {card}carried to: {level}; told: {}",
                told(lang, tells)
            )
        }
    }
}

pub fn told(lang: Lang, tells: &[Told]) -> String {
    let names: Vec<&str> = tells
        .iter()
        .map(|told| order::told(*told).of(lang))
        .collect();
    if names.is_empty() {
        return match lang {
            Lang::Zh => "无".to_owned(),
            Lang::En => "nobody".to_owned(),
        };
    }
    names.join(match lang {
        Lang::Zh => "、",
        Lang::En => ", ",
    })
}
