//! What will happen when a button is pressed, said beneath it; and what happens
//! next on an order that waits.

use domain::order::{ClockName, StageName, StepName, Turn};

use crate::lang::Lang;

/// `until` is a moment already in words: by when the next one must act. `last`: the
/// order has been sent back before. `rated`: there is a rating.
pub fn of_step(lang: Lang, step: StepName, until: &str, last: bool, rated: bool) -> String {
    match (lang, step) {
        (Lang::Zh, StepName::Dispatch) => format!("分派后，主办单位须在 {until} 前接单。"),
        (Lang::En, StepName::Dispatch) => {
            format!("The lead body must then take it by {until}.")
        }
        (Lang::Zh, StepName::Decline) => "企业会看到原因。不予受理后不能恢复。".into(),
        (Lang::En, StepName::Decline) => {
            "The enterprise sees the reason. It cannot be undone.".into()
        }
        (Lang::Zh, StepName::Take) => format!("时限自分派起算：接单后，须在 {until} 前答复。"),
        (Lang::En, StepName::Take) => {
            format!("The time runs from dispatch: the reply is due by {until}.")
        }
        (Lang::Zh, StepName::Reply) => format!("答复后，企业可在 {until} 前评价。"),
        (Lang::En, StepName::Reply) => format!("The enterprise can then rate until {until}."),
        (Lang::Zh, StepName::Rate) if last => "满意即销号；仍不满意则报分管副市长。".into(),
        (Lang::En, StepName::Rate) if last => {
            "If satisfied, the order is struck off; if not, it goes to the deputy mayor.".into()
        }
        (Lang::Zh, StepName::Rate) => "满意即销号；不满意则退回二次办理。".into(),
        (Lang::En, StepName::Rate) => {
            "If satisfied, the order is struck off; if not, it goes back once.".into()
        }
        (Lang::Zh, StepName::Close) if rated => "销号后不能恢复，企业的评价保留。".into(),
        (Lang::En, StepName::Close) if rated => {
            "It cannot be undone. The enterprise's ratings stay.".into()
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

/// A clock that runs.
pub struct Waits<'a> {
    pub clock: ClockName,
    /// By when, in words.
    pub until: &'a str,
    pub late: bool,
}

/// Who acts next, and by when.
pub fn next(
    lang: Lang,
    stage: StageName,
    turn: Turn,
    lead: &str,
    waits: Option<Waits<'_>>,
) -> String {
    match (turn, waits) {
        (Turn::None, _) => ended(lang, stage).into(),
        (Turn::Deputy, _) => match lang {
            Lang::Zh => "企业两次评价不满意，由分管副市长决定。".into(),
            Lang::En => "Rated badly twice: the deputy mayor decides.".into(),
        },
        (Turn::Centre, Some(waits)) if waits.clock == ClockName::Triage => {
            let centre = super::order::turn(Turn::Centre).of(lang);
            must(lang, centre, "研判分派", "dispatch it", &waits)
        }
        (Turn::Centre, _) => match lang {
            Lang::Zh => "评价期已过，企业未评价，由推进中心销号。".into(),
            Lang::En => "The time to rate has passed; the Promotion Centre strikes it off.".into(),
        },
        (Turn::Lead, Some(waits)) if waits.clock == ClockName::Take => {
            must(lang, lead, "接单", "take it", &waits)
        }
        (Turn::Lead, Some(waits)) => must(lang, lead, "答复", "reply", &waits),
        (Turn::Enterprise, Some(waits)) => match lang {
            Lang::Zh => format!("请企业在 {} 前确认并评价。", waits.until),
            Lang::En => format!("The enterprise confirms and rates by {}.", waits.until),
        },
        // Whoever's turn it is has a clock; without one there is nothing to say.
        (Turn::Lead | Turn::Enterprise, None) => String::new(),
    }
}

fn must(lang: Lang, who: &str, zh: &str, en: &str, waits: &Waits<'_>) -> String {
    let until = waits.until;
    match (lang, waits.late) {
        (Lang::Zh, false) => format!("{who}须在 {until} 前{zh}。"),
        (Lang::Zh, true) => format!("{who}应于 {until} 前{zh}，已逾期。"),
        (Lang::En, false) => format!("{who} must {en} by {until}."),
        (Lang::En, true) => format!("{who} should have acted ({en}) by {until}: overdue."),
    }
}

fn ended(lang: Lang, stage: StageName) -> &'static str {
    match (lang, stage) {
        (Lang::Zh, StageName::Declined) => "本单不予受理，原因见经过。",
        (Lang::En, StageName::Declined) => "Declined; the reason is in its history.",
        (Lang::Zh, StageName::Withdrawn) => "企业已撤回，本单结束。",
        (Lang::En, StageName::Withdrawn) => "Withdrawn by the enterprise; nothing more to do.",
        (Lang::Zh, _) => "已办结销号。",
        (Lang::En, _) => "Struck off: nothing more to do.",
    }
}
