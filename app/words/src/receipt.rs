//! How a deadline came about, day by day.

use domain::Instant;
use domain::order::ClockName;
use domain::time::receipt::{Counted, Day, Why};

use super::{order, time};
use crate::lang::{Lang, texts};

texts! {
    TITLE: "时限计算单", "Deadline receipt";
    WHICH: "哪个时限", "Which clock";
    RECEIVED: "收到", "Received";
    LIMIT: "时限", "Limit";
    EXTENDED: "其中延期", "of which extended";
    GRANTED: "准予延期", "Extension granted";
    RULES: "规则版本", "Version of the rules";
    CALENDAR: "日历版本", "Version of the calendar";
    WHO: "责任单位", "Body";
    DUE: "截止", "Due";
    ENDED: "计时终止", "Ended";
    PAUSES: "暂停", "Pauses";
    DAY: "日期", "Day";
    COUNTED: "计入", "Counted";
    WHY: "说明", "Why";
    PRINT_HINT: "可用浏览器打印。", "Your browser can print this page.";
    PROVISIONAL: "涉及的年份尚未公布放假安排，按周一至周五暂算，公布后自动重算。", "A year that it runs through has no published calendar: Monday to Friday are assumed, and it is worked out anew once it is published.";
    RULE_DAYS: "收到当日不计；此后每个工作日，若下班时计时未暂停，计 1 日；到最后一日下班时截止。", "The day of receipt does not count; each working day after it counts if the clock was not paused when business closed; it ends when business closes on the last.";
    RULE_HOURS: "只计工作日的上班时间，暂停期间不计。", "Only business time of working days counts, outside pauses.";
    RULE_NATURAL: "收到当日不计；此后每日都计，下班时计时已暂停的除外；最后一日是休息日的，顺延至下一工作日下班时截止。", "The day of receipt does not count; every day after it does, unless the clock was paused when business closed; where the last is a day off, it ends when business closes on the next working day.";
    BACK: "回到诉求单", "Back to the order";
    BACK_TO_TASK: "回到事项", "Back to the task";
    NONE: "没有时限可算。", "There is no clock.";
    LOOKED_AT: "报告后待确认，不计时", "Reported, and looked at: not counted";
    JOINED: "并案", "Merged into another order";
    OPEN_MERGE: "并案（未结束，撤销后截止日按规则顺延）", "Merged (still; when it is undone the deadline moves on)";
    OPEN_PAUSE: "（按最迟恢复时间计）", "(counted until it runs again at the latest)";
}

pub fn counted(lang: Lang, day: &Day) -> String {
    match (lang, day.counted) {
        (_, Counted::Not) => "—".to_owned(),
        (Lang::Zh, Counted::Day(n)) => format!("第 {n} 日"),
        (Lang::En, Counted::Day(n)) => format!("day {n}"),
        (Lang::Zh, Counted::Seconds(seconds)) => {
            format!("{} 小时 {} 分", seconds / 3600, seconds % 3600 / 60)
        }
        (Lang::En, Counted::Seconds(seconds)) => {
            format!("{} h {} min", seconds / 3600, seconds % 3600 / 60)
        }
    }
}

pub fn why(lang: Lang, day: &Day) -> String {
    let why = match (lang, &day.why) {
        (Lang::Zh, Why::Working) => "工作日".to_owned(),
        (Lang::En, Why::Working) => "working day".to_owned(),
        (Lang::Zh, Why::MakeUp(name)) => format!("调休上班（{name}）"),
        (Lang::En, Why::MakeUp(name)) => format!("make-up workday ({name})"),
        (Lang::Zh, Why::Weekend) => "周末".to_owned(),
        (Lang::En, Why::Weekend) => "weekend".to_owned(),
        (Lang::Zh, Why::DayOff(name)) => format!("放假（{name}）"),
        (Lang::En, Why::DayOff(name)) => format!("day off ({name})"),
        (Lang::Zh, Why::Received) => "收到当日，不计".to_owned(),
        (Lang::En, Why::Received) => "day of receipt, not counted".to_owned(),
        (Lang::Zh, Why::AfterClosing) => "下班后收到，算作下一工作日收到".to_owned(),
        (Lang::En, Why::AfterClosing) => {
            "came after closing: received on the next working day".to_owned()
        }
        (Lang::Zh, Why::Paused) => "暂停计时".to_owned(),
        (Lang::En, Why::Paused) => "paused".to_owned(),
        (Lang::Zh, Why::MovedOn) => "末日休息，顺延至此".to_owned(),
        (Lang::En, Why::MovedOn) => "moved on from a day off".to_owned(),
    };
    match (lang, day.provisional) {
        (_, false) => why,
        (Lang::Zh, true) => format!("{why}（暂定）"),
        (Lang::En, true) => format!("{why} (provisional)"),
    }
}

/// With its year: a receipt is filed and read years later.
pub fn date(lang: Lang, day: &Day) -> String {
    time::date(lang, day.date, NO_YEAR)
}

/// With its year too.
pub fn moment(lang: Lang, at: Instant) -> String {
    time::moment(lang, at, NO_YEAR)
}

/// A clock among those of its order; `time`: how often one of its name had started.
pub fn clock(lang: Lang, clock: ClockName, time: usize) -> String {
    let name = order::clock(clock).of(lang);
    match (time, lang) {
        (1, _) => name.to_owned(),
        (time, Lang::Zh) => format!("{name}（第 {time} 次）"),
        (time, Lang::En) => format!("{name} ({time})"),
    }
}

/// No year is this one: every date is written with its own.
const NO_YEAR: i32 = 0;
