//! What will happen when a button is pressed, said beneath it; and what happens
//! next on an order that waits.

use domain::order::{ClockName, StepName, Turn};

use crate::lang::Lang;

/// `until` and `sooner` are moments already in words: by when the next one must act.
pub fn of_step(lang: Lang, step: StepName, until: &str) -> String {
    match (lang, step) {
        (Lang::Zh, StepName::Dispatch) => format!("分派后，主办单位须在 {until} 前接单。"),
        (Lang::En, StepName::Dispatch) => {
            format!("The lead body must then take it by {until}.")
        }
        (Lang::Zh, StepName::Decline) => "企业会看到原因。不予受理后不能恢复。".into(),
        (Lang::En, StepName::Decline) => {
            "The enterprise sees the reason. It cannot be undone.".into()
        }
        (Lang::Zh, StepName::Take) => format!("接单后，须在 {until} 前答复。"),
        (Lang::En, StepName::Take) => format!("The reply is then due by {until}."),
        (Lang::Zh, StepName::Reply) => format!("答复后，企业可在 {until} 前评价。"),
        (Lang::En, StepName::Reply) => format!("The enterprise can then rate until {until}."),
        (Lang::Zh, StepName::Rate) => {
            "满意即销号；不满意则退回二次办理，再次不满意报分管副市长。".into()
        }
        (Lang::En, StepName::Rate) => {
            "If satisfied, the order is struck off; if not, it goes back once, and a second time \
             to the deputy mayor."
                .into()
        }
        (Lang::Zh, StepName::Close) => "销号后不能恢复，记为“未评价”，不算满意。".into(),
        (Lang::En, StepName::Close) => {
            "It cannot be undone. Without a rating it counts as not rated, never as satisfied."
                .into()
        }
        (Lang::Zh, StepName::Withdraw) => "撤回后不能恢复；需要时请重新点单。".into(),
        (Lang::En, StepName::Withdraw) => {
            "It cannot be undone; place a new order if you need to.".into()
        }
        (Lang::Zh | Lang::En, StepName::Place | StepName::Escalate) => String::new(),
    }
}

/// Who acts next, and by when.
pub fn next(lang: Lang, turn: Turn, lead: &str, waits: Option<(ClockName, &str)>) -> String {
    match (lang, turn, waits) {
        (Lang::Zh, Turn::Centre, Some((ClockName::Triage, until))) => {
            format!("推进中心须在 {until} 前研判分派。")
        }
        (Lang::En, Turn::Centre, Some((ClockName::Triage, until))) => {
            format!("The promotion centre dispatches it by {until}.")
        }
        (Lang::Zh, Turn::Centre, _) => "评价期已过，企业未评价，由推进中心销号。".into(),
        (Lang::En, Turn::Centre, _) => {
            "The time to rate has passed; the promotion centre strikes it off.".into()
        }
        (Lang::Zh, Turn::Lead, Some((ClockName::Take, until))) => {
            format!("{lead}须在 {until} 前接单。")
        }
        (Lang::En, Turn::Lead, Some((ClockName::Take, until))) => {
            format!("{lead} takes it by {until}.")
        }
        (Lang::Zh, Turn::Lead, Some((_, until))) => format!("{lead}须在 {until} 前答复。"),
        (Lang::En, Turn::Lead, Some((_, until))) => format!("{lead} replies by {until}."),
        (Lang::Zh, Turn::Lead, None) => format!("由{lead}办理。"),
        (Lang::En, Turn::Lead, None) => format!("{lead} handles it."),
        (Lang::Zh, Turn::Enterprise, Some((_, until))) => {
            format!("请企业在 {until} 前确认并评价。")
        }
        (Lang::En, Turn::Enterprise, Some((_, until))) => {
            format!("The enterprise confirms and rates by {until}.")
        }
        (Lang::Zh, Turn::Enterprise, None) => "请企业确认并评价。".into(),
        (Lang::En, Turn::Enterprise, None) => "The enterprise confirms and rates.".into(),
        (Lang::Zh, Turn::Deputy, _) => "两次差评，由分管副市长决定。".into(),
        (Lang::En, Turn::Deputy, _) => "Rated badly twice: the deputy mayor decides.".into(),
        (Lang::Zh, Turn::None, _) => "已办结，无需再办理。".into(),
        (Lang::En, Turn::None, _) => "Finished: nothing more to do.".into(),
    }
}
