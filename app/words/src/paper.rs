//! 督办单, in the words of an office.

use domain::Instant;
use domain::order::{ClockName, Colour};
use domain::time::local;

use super::{order, time};
use crate::lang::{Lang, texts};

texts! {
    TITLE: "督办通知单", "Notice of supervision";
    PRINT_HINT: "可直接打印，A4 纸", "To be printed on A4";
    STOP: "。", ".";
    PAPER: "督办单", "Notice";
}

pub fn number(lang: Lang, order: &str, seq: u32) -> String {
    match lang {
        Lang::Zh => format!("{order}－{seq}号"),
        Lang::En => format!("No. {order}-{seq}"),
    }
}

/// Whose order it is; its title follows.
pub fn matter(lang: Lang, enterprise: &str, placed: Instant, number: &str) -> String {
    let day = day(lang, placed);
    match lang {
        Lang::Zh => format!("{enterprise}于{day}点单（编号 {number}），反映："),
        Lang::En => format!("On {day}, {enterprise} placed order {number}: "),
    }
}

/// What had passed, and what is asked for.
pub fn request(
    lang: Lang,
    colour: Colour,
    clock: Option<ClockName>,
    due: Option<Instant>,
) -> String {
    let colour = order::colour(colour).of(lang);
    let cause = super::cards::cause(lang, clock);
    let due = due.map(|due| time::moment(lang, due, 0));
    match (lang, due) {
        (Lang::Zh, Some(due)) => format!(
            "该事项{cause}，时限为{due}，现发{colour}督办。请收到后抓紧办理，并在系统中说明情况；推进情况将持续跟踪。"
        ),
        (Lang::Zh, None) => format!(
            "该事项{cause}，现发{colour}督办。请收到后抓紧办理，并在系统中说明情况；推进情况将持续跟踪。"
        ),
        (Lang::En, Some(due)) => format!(
            "{cause} (deadline {due}). A {} is given. Please act on it without delay and explain in the system; it is followed.",
            colour.to_lowercase()
        ),
        (Lang::En, None) => format!(
            "The order was {cause}. A {} is given. Please act on it without delay and explain in the system; it is followed.",
            colour.to_lowercase()
        ),
    }
}

/// In full, as papers have it.
pub fn day(lang: Lang, at: Instant) -> String {
    use chrono::Datelike;
    let day = local(at).date();
    match lang {
        Lang::Zh => format!("{}年{}月{}日", day.year(), day.month(), day.day()),
        Lang::En => day.format("%-d %B %Y").to_string(),
    }
}
