//! The working-day calendar and its notices.

use domain::time::notice::{Doubt, Kind, NoticeFault};

use crate::lang::{Lang, Text, texts};

texts! {
    TITLE: "工作日历", "Working-day calendar";
    LEAD: "放假和调休以国务院办公厅每年的通知为准；没有列出的日期按周一至周五上班。", "Days off and make-up workdays follow the State Council's yearly notice; other days go by the weekday.";
    YEAR: "年份", "Year";
    WORKING_DAYS: "工作日", "Working days";
    PUBLISHED: "已公布", "Published";
    UNPUBLISHED: "未公布", "Not published";
    APPLIED: "施行记录", "What was applied";
    DATE: "日期", "Date";
    NAME: "名称", "Name";
    KIND: "安排", "Kind";
    VERSION: "版本", "Version";
    BY: "操作人", "By";
    AT: "时间", "When";
    FIRST_DATA: "初始数据", "First data";
    IMPORT: "导入新一年的放假通知", "Import a year's notice";
    IMPORT_HINT: "三列：date,name,kind（off 或放假，work 或调休上班），第一行为列名，可从表格另存为 CSV 后复制粘贴。全年通知整份导入，可含上一年 12 月的日子，这些日子以后一年的通知为准；补充通知只列补充的日期，并入已有安排。", "Three columns: date,name,kind (off or work), with a heading. A year's notice comes whole, with its days of the December before, of which it has the last word; a supplement names only its own days, which are added.";
    CSV: "通知内容（CSV）", "The notice (CSV)";
    PREVIEW: "预览影响", "Preview";
    PREVIEW_HINT: "只作预览，不改动任何数据。", "Only a preview: nothing is changed.";
    PREVIEW_TITLE: "施行前预览", "Before it is applied";
    MOVED: "会变动的时限", "Deadlines that move";
    NOTHING_MOVES: "没有时限变动。", "No deadline moves.";
    WAS: "现在", "Now";
    IS: "施行后", "Afterwards";
    CLOCK: "时限", "Clock";
    NAMED_DAYS: "列明的日期", "Days that it names";
    NEXT_MISSING: "明年的放假安排尚未导入。12 月起请留意国务院办公厅通知，公布后在“工作日历”导入。", "Next year's calendar is missing. Import it under “Calendar” as soon as the State Council's notice is out.";
    THIS_MISSING: "今年的放假安排尚未导入，所有时限均为暂定。请尽快在“工作日历”导入。", "This year's calendar is missing: every deadline is provisional. Import it under “Calendar”.";
    AS_A_WHOLE: "这就是全年通知，请按整份通知预览", "This is the year's whole notice: preview it as such";
    AS_A_SUPPLEMENT: "这只是补充通知，请按补充预览", "This is a supplement: preview it as such";
    CONFIRM: "确认施行", "Apply it";
    AGAIN: "返回修改", "Back to what was typed";
    OVERDUE_AT_ONCE: "施行即逾期", "overdue at once";
    SETTLED: "确定，不变", "settled, unchanged";
}

/// Why a notice does not look whole.
pub fn doubt(lang: Lang, doubt: &Doubt) -> String {
    match (lang, doubt) {
        (Lang::Zh, Doubt::NotNamed { holidays }) => format!("没有列出：{}。", holidays.join("、")),
        (Lang::En, Doubt::NotNamed { holidays }) => {
            format!("It does not name: {}.", holidays.join(", "))
        }
        (Lang::Zh, Doubt::Count { days, before }) => {
            format!("只列明 {days} 天，最近一年的通知列明 {before} 天。")
        }
        (Lang::En, Doubt::Count { days, before }) => {
            format!("It names {days} days; the last notice named {before}.")
        }
    }
}

/// What a notice is taken for that does not look like a whole one.
pub fn doubtful(lang: Lang, year: i32, whole: bool) -> String {
    match (lang, whole) {
        (Lang::Zh, false) => format!(
            "这份内容不像 {year} 年的完整通知，将作为补充并入：列明的日期加入已有安排；{year} 年通知未公布的，时限仍为暂定。"
        ),
        (Lang::En, false) => format!(
            "This does not look like the whole notice of {year}. Its days will be added to what is known; where the notice of {year} is not out, deadlines stay provisional."
        ),
        (Lang::Zh, true) => format!(
            "这份内容不像 {year} 年的完整通知。按整份通知施行，将取代该年已有的全部安排，时限不再是暂定。请仔细核对。"
        ),
        (Lang::En, true) => format!(
            "This does not look like the whole notice of {year}. Applied as such, it takes the place of all that is known of the year, and deadlines are not provisional any more. Please check."
        ),
    }
}

pub fn kind(kind: Kind) -> Text {
    let (zh, en) = match kind {
        Kind::Off => ("放假", "day off"),
        Kind::Work => ("调休上班", "make-up workday"),
    };
    Text { zh, en }
}

pub fn fault(lang: Lang, fault: &NoticeFault) -> String {
    match (lang, fault) {
        (Lang::Zh, NoticeFault::Twice(day)) => format!("{day} 重复。"),
        (Lang::En, NoticeFault::Twice(day)) => format!("{day} is named twice."),
        (Lang::Zh, NoticeFault::OtherYear(day, year)) => {
            format!("{day} 既不在 {year} 年，也不在上一年 12 月；一次只导入一份通知。")
        }
        (Lang::En, NoticeFault::OtherYear(day, year)) => {
            format!("{day} is neither in {year} nor in the December before; one notice at a time.")
        }
        (Lang::Zh, NoticeFault::DayOfTheRegulation(day)) => {
            format!("{day} 是法定节假日，不能安排上班。")
        }
        (Lang::En, NoticeFault::DayOfTheRegulation(day)) => {
            format!("{day} is a day off by the regulation and cannot be a workday.")
        }
        (Lang::Zh, NoticeFault::WeekdayMadeUp(day)) => {
            format!("{day} 不是周末，不能是调休上班日。")
        }
        (Lang::En, NoticeFault::WeekdayMadeUp(day)) => {
            format!("{day} is a weekday and cannot be a make-up workday.")
        }
        (Lang::Zh, NoticeFault::NotADate(text)) => format!("“{text}”不是 2027-01-01 这样的日期。"),
        (Lang::En, NoticeFault::NotADate(text)) => {
            format!("“{text}” is not a date such as 2027-01-01.")
        }
        (Lang::Zh, NoticeFault::NotAKind(text)) => format!("“{text}”既不是 off 也不是 work。"),
        (Lang::En, NoticeFault::NotAKind(text)) => format!("“{text}” is neither off nor work."),
        (Lang::Zh, NoticeFault::Nameless) => "缺少名称。".to_owned(),
        (Lang::En, NoticeFault::Nameless) => "the name is missing.".to_owned(),
        (Lang::Zh, NoticeFault::NotAName) => "名称超过 40 字，或含有看不见的字符。".to_owned(),
        (Lang::En, NoticeFault::NotAName) => {
            "the name is longer than 40 characters, or has some that do not show.".to_owned()
        }
        (Lang::Zh, NoticeFault::More(rows)) => format!("起，另有 {rows} 行有误。"),
        (Lang::En, NoticeFault::More(rows)) => format!("and {rows} more rows from here on."),
        (Lang::Zh, NoticeFault::NoColumn(name)) => format!("缺少 {name} 列。"),
        (Lang::En, NoticeFault::NoColumn(name)) => format!("the column {name} is missing."),
        (Lang::Zh, NoticeFault::NoDays) => "没有任何日期。".to_owned(),
        (Lang::En, NoticeFault::NoDays) => "there is no day in it.".to_owned(),
        (Lang::Zh, NoticeFault::Unreadable) => "这一行读不出来。".to_owned(),
        (Lang::En, NoticeFault::Unreadable) => "it cannot be read.".to_owned(),
        (Lang::Zh, NoticeFault::NoSuchYear) => "年份须在 2000 至 2098 之间。".to_owned(),
        (Lang::En, NoticeFault::NoSuchYear) => "the year must be from 2000 to 2098.".to_owned(),
    }
}

/// A warning above the list of deadlines that move.
pub fn overdue(lang: Lang, count: usize) -> String {
    match lang {
        Lang::Zh => format!("注意：其中 {count} 个时限改到了施行之前，施行后立即逾期并发牌。"),
        Lang::En => format!(
            "Mind: {count} of these deadlines would lie before it applies: overdue and carded at once."
        ),
    }
}

/// What a replaced notice had named, against this one.
pub fn replaced(lang: Lang, before: usize, now: usize) -> String {
    match lang {
        Lang::Zh => {
            format!("该年通知已施行过，共列明 {before} 天；本次列明 {now} 天，将完全取代原通知。")
        }
        Lang::En => format!(
            "A notice of this year was applied before, naming {before} days; this one names {now} and replaces it whole."
        ),
    }
}

/// What applying will do, said beneath the button.
pub fn will(lang: Lang, orders: u64) -> String {
    match lang {
        Lang::Zh if orders == 0 => {
            "施行后不能撤回，只能再次导入更正。没有时限因此变动。".to_owned()
        }
        Lang::En if orders == 0 => {
            "It cannot be undone, only corrected by another import. No deadline moves.".to_owned()
        }
        Lang::Zh => format!(
            "施行后不能撤回，只能再次导入更正。{orders} 件诉求、事项的时限变动，逐件记入经过，并告知有关各方。"
        ),
        Lang::En => format!(
            "It cannot be undone, only corrected by another import. Deadlines of {orders} orders and tasks move; their histories say so and everybody concerned is told."
        ),
    }
}

pub fn done(lang: Lang, orders: u64) -> String {
    match lang {
        Lang::Zh if orders == 0 => "已施行，没有时限因此变动。".to_owned(),
        Lang::En if orders == 0 => "Applied. No deadline moved.".to_owned(),
        Lang::Zh => {
            format!("已施行，{orders} 件诉求、事项的时限有变动，已记入经过并告知有关各方。")
        }
        Lang::En => format!(
            "Applied. Deadlines of {orders} orders and tasks moved; their histories say so and everybody concerned is told."
        ),
    }
}
