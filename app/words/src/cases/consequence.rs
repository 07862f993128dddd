//! What will happen when a button is pressed, said beneath it; and what happens
//! next on an order that waits.

use domain::order::{ClockName, StageName, StepName, Turn};

use crate::lang::{Lang, Text, texts};

texts! {
    AWAITS_HEAD: "提交后送单位负责人审签，审签前时限照常计算。", "It goes to the head of your body for approval; your time runs on until then.";
    LAPSED: "时限已过，按规则只能不同意。", "The deadline has passed: by the rules it can only be refused.";
}

/// `until` is a moment already in words, by when the next one must act: `{until}`. `last`: the
/// order has been sent back before. `rated`: there is a rating.
pub fn of_step(lang: Lang, step: StepName, until: &str, last: bool, rated: bool) -> String {
    let (zh, en) = match step {
        StepName::Dispatch => (
            "分派后，主办单位须在 {until} 前接单。",
            "The lead body must then take it by {until}.",
        ),
        StepName::AddCoHandler | StepName::DecideCoHandler if until.is_empty() => (
            "主办时限已过：协办任务一经增加即为逾期。",
            "The lead's deadline has passed: a part that is added now is overdue at once.",
        ),
        StepName::AddCoHandler => (
            "协办单位会收到通知，须在 {until} 前答复主办单位。",
            "The co-handler is told, and must reply to the lead by {until}.",
        ),
        StepName::AskCoHandler => (
            "由推进中心审定；主办的时限照常计算。",
            "The Promotion Centre decides; your own time runs on.",
        ),
        StepName::DecideCoHandler => (
            "同意后，协办单位会收到通知，须在 {until} 前答复主办单位。",
            "If added, the co-handler is told, and must reply to the lead by {until}.",
        ),
        StepName::Refer => (
            "报市政府办公室研判；办理时限照常计算。",
            "The mayor's office looks at it; the clock runs on.",
        ),
        StepName::AcceptMatter => (
            "成为待上会议题，主办单位和企业会收到通知。",
            "It awaits a meeting; the lead and the enterprise are told.",
        ),
        StepName::Instruct => (
            "成为牵头单位的任务，单独计时、逾期发牌；完成前诉求单不能销号。",
            "It is the owner's task with a clock and cards of its own; until it is done the order is not struck off.",
        ),
        StepName::JoinMatter => (
            "与该议题一并议定；议定事项完成前，本单也不能销号。",
            "Decided with that matter; this order too waits for its tasks.",
        ),
        StepName::ReportTask => (
            "停止计时，由市政府办公室确认；退回的，扣除确认期间继续计时。",
            "The clock stops and the mayor's office looks; if it is not done, the clock runs on without that time.",
        ),
        StepName::ConfirmTask => (
            "全部事项完成且企业评价满意的，诉求单随即销号。",
            "With the last task done, an order that was rated well is struck off.",
        ),
        StepName::CoReply => (
            "只供主办单位和市里使用，企业看不到。",
            "For the lead and the city only; the enterprise does not see it.",
        ),
        StepName::Decline => (
            "企业会看到原因。不予受理后不能恢复。",
            "The enterprise sees the reason. It cannot be undone.",
        ),
        StepName::Recall => (
            "诉求单回到待分派，须在 {until} 前重新分派；主办单位和协办单位的时限随即终止。企业看得到原因。",
            "It waits to be dispatched again, by {until}; the clocks of the bodies that had it end. The enterprise reads why.",
        ),
        StepName::Reassign => (
            "新的主办单位须在 {until} 前接单，接单和答复时限按现行规则重新计算；原主办单位和协办单位的时限随即终止，仍需协办的另行增加。企业看得到原因。",
            "The other body must take it by {until}, and has its time to reply anew by the rules of today; the clocks of the body before and of co-handlers end; parts that are still needed are given again. The enterprise reads why.",
        ),
        StepName::Take => (
            "时限自分派起算：接单后，须在 {until} 前答复。",
            "The time runs from dispatch: the reply is due by {until}.",
        ),
        StepName::Reply => (
            "答复后，企业可在 {until} 前评价。",
            "The enterprise can then rate until {until}.",
        ),
        StepName::CorrectReply => (
            "更正后的答复立即发给企业，标明“更正”并附原因，原答复仍可查看；各项时限不变。",
            "It goes out at once, marked as a correction with its reason; the reply before stays visible, and no deadline moves.",
        ),
        StepName::DecideReply => (
            "同意后立即发给企业，企业可在 {until} 前评价；退回则由经办人修改。",
            "Approved, it goes out at once and can be rated until {until}; else the handler mends it.",
        ),
        StepName::CallBack if last => (
            "已解决的，等企业评价；仍未解决的，报分管副市长。",
            "Solved: the enterprise rates. Still not solved: it goes to the deputy mayor.",
        ),
        StepName::CallBack => (
            "已解决的，等企业评价；未解决的，退回二次办理；未联系上的，之后再访。",
            "Solved: the enterprise rates. Not solved: the order goes back. Not reached: call again.",
        ),
        StepName::Note => (
            "不影响时限，企业和其他单位看不到。",
            "It moves no deadline; neither the enterprise nor other bodies see it.",
        ),
        StepName::Message => (
            "不影响时限，对方会收到消息。",
            "It moves no deadline; the other side is told.",
        ),
        StepName::Appeal => (
            "由推进中心审定，企业会收到通知；原评价始终可见。",
            "The Promotion Centre decides; the enterprise is told, and the rating stays visible.",
        ),
        StepName::DecideAppeal => (
            "双方都会收到决定；原评价始终可见。",
            "Both sides are told; the rating stays visible.",
        ),
        StepName::KeepCommitment => (
            "企业和推进中心会收到通知，之后不再跟踪。",
            "The enterprise and the Promotion Centre are told; it is not followed any more.",
        ),
        StepName::Supplement => (
            "提交后立即恢复计时，主办单位须在 {until} 前答复。",
            "The clock runs again at once; the reply is then due by {until}.",
        ),
        StepName::Rate if last => (
            "满意即销号；仍不满意则报分管副市长。",
            "If satisfied, the order is struck off; if not, it goes to the deputy mayor.",
        ),
        StepName::Rate => (
            "满意即销号；不满意则退回二次办理。",
            "If satisfied, the order is struck off; if not, it goes back once.",
        ),
        StepName::Close if rated => (
            "销号后不能恢复，企业的评价保留。",
            "It cannot be undone. The enterprise's ratings stay.",
        ),
        StepName::Close => (
            "销号后不能恢复，记为“未评价”，不算满意。",
            "It cannot be undone. Without a rating it counts as not rated, never as satisfied.",
        ),
        StepName::Withdraw => (
            "撤回后不能恢复；需要时请重新点单。",
            "It cannot be undone; place a new order if you need to.",
        ),
        StepName::Return => (
            "推进中心须在 {until} 前裁定。裁定为最终决定，答复时限照常计算。",
            "The Promotion Centre rules by {until}. The ruling is final; the time to reply runs on.",
        ),
        StepName::Rule => (
            "裁定后，主办单位须在 {until} 前接单。",
            "The lead body must then take it by {until}.",
        ),
        StepName::Pause => (
            "企业会收到通知，并可提出异议。最迟自动恢复计时：{until}。",
            "The enterprise is told and may object. The clock runs again at the latest: {until}.",
        ),
        StepName::Resume => (
            "恢复后，须在 {until} 前答复。",
            "The reply is then due by {until}.",
        ),
        StepName::Object => (
            "由推进中心决定；异议成立则立即恢复计时。",
            "The Promotion Centre decides; if it agrees, the clock runs again at once.",
        ),
        StepName::DecideObjection => ("双方都会收到决定。", "Both sides are told."),
        StepName::Extend => (
            "最迟 {until} 提出，不超过原时限；首次由推进中心审批，再次由分管副市长审批。",
            "To be asked by {until}, at most the original limit; granted by the Promotion Centre, a second one by the deputy mayor.",
        ),
        StepName::DecideExtension => (
            "同意后时限顺延，企业会收到通知。",
            "If granted, the deadline moves and the enterprise is told.",
        ),
        StepName::Explain => (
            "督查室会看到说明，并决定是否撤销。",
            "The supervision office reads it and may lift the card.",
        ),
        StepName::Lift => (
            "撤销后不能恢复，记录保留。",
            "It cannot be undone; the record stays.",
        ),
        StepName::Urge => (
            "主办单位及其负责人会收到通知；不影响时限。企业看得到。",
            "The lead and its head are told; no deadline moves. The enterprise reads it too.",
        ),
        StepName::Merge => (
            "并入后本单停止计时，随主单办理，答复时企业同样收到；可以撤销，停止的时间不计入时限。",
            "This order stands still and follows the main one; its enterprise gets the reply too. It can be undone, and the time in between does not count.",
        ),
        StepName::Unmerge => (
            "本单恢复到并案前的阶段继续计时，并案期间不计入时限。企业看不到理由。",
            "It stands again as it stood; the time in between does not count. The enterprise does not read why.",
        ),
        StepName::Split => (
            "拆出的事项成为新的诉求单，属同一企业，另行分派；本单照常办理。",
            "That part becomes an order of the same enterprise, to be dispatched by itself; this one goes on.",
        ),
        StepName::Link | StepName::Unlink => (
            "只作提示，不影响办理和时限。其他企业的诉求单，企业看不到。",
            "Only a hint: nothing moves. An enterprise sees no order of another.",
        ),
        StepName::Place
        | StepName::TakeInMatter
        | StepName::DeferMatter
        | StepName::Decide
        | StepName::Conclude
        | StepName::FollowMatter
        | StepName::Absorb
        | StepName::Release
        | StepName::Follow
        | StepName::HandOver
        | StepName::Elapse => ("", ""),
    };
    Text { zh, en }.of(lang).replace("{until}", until)
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
            Lang::Zh => "二次办理后企业仍不满意，由分管副市长决定。".into(),
            Lang::En => "Not satisfied after the rework either: the deputy mayor decides.".into(),
        },
        (Turn::Office, _) => match lang {
            Lang::Zh => "在市长直通车办理，由市政府办公室推进。".into(),
            Lang::En => "On the mayor's express: the mayor's office sees to it.".into(),
        },
        (Turn::Centre, Some(waits)) if waits.clock == ClockName::Triage => {
            let centre = crate::order::turn(Turn::Centre).of(lang);
            must(lang, centre, "研判分派", "dispatch it", &waits)
        }
        (Turn::Centre, Some(waits)) if waits.clock == ClockName::Ruling => {
            let centre = crate::order::turn(Turn::Centre).of(lang);
            must(lang, centre, "裁定", "rule on the return", &waits)
        }
        (Turn::Centre, None) => match lang {
            Lang::Zh => "企业对暂停提出异议，由推进中心决定。".into(),
            Lang::En => "The enterprise objects to the pause; the Promotion Centre decides.".into(),
        },
        (Turn::Centre, Some(_)) => match lang {
            Lang::Zh => "评价期已过，企业未评价，由推进中心销号。".into(),
            Lang::En => "The time to rate has passed; the Promotion Centre strikes it off.".into(),
        },
        (Turn::CoHandler, waits) => {
            let until = waits.map(|waits| waits.until).unwrap_or_default();
            match lang {
                Lang::Zh if until.is_empty() => "计时已暂停，协办单位可先答复主办单位。".into(),
                Lang::En if until.is_empty() => {
                    "The clock is paused; co-handlers can reply to the lead meanwhile.".into()
                }
                Lang::Zh => format!("协办单位先答复{lead}；{lead}须在 {until} 前答复。"),
                Lang::En => format!("Co-handlers reply to {lead}, which must reply by {until}."),
            }
        }
        (Turn::Lead, Some(waits)) if waits.clock == ClockName::Take => {
            must(lang, lead, "接单", "take it", &waits)
        }
        (Turn::Lead, Some(waits)) => must(lang, lead, "答复", "reply", &waits),
        (Turn::Enterprise, Some(waits)) => match lang {
            Lang::Zh => format!("请企业在 {} 前确认并评价。", waits.until),
            Lang::En => format!("The enterprise confirms and rates by {}.", waits.until),
        },
        (Turn::Lead, None) => match lang {
            Lang::Zh => format!("计时已暂停，等待{lead}恢复。"),
            Lang::En => format!("The clock is paused until {lead} resumes it."),
        },
        (Turn::Enterprise, None) => match lang {
            Lang::Zh => "计时已暂停，请企业提交补正材料，提交后恢复计时。".into(),
            Lang::En => "The clock is paused until the enterprise hands in what is missing.".into(),
        },
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
        (Lang::Zh, StageName::Merged) => "已并入另一诉求单，随主单办理。",
        (Lang::En, StageName::Merged) => "Merged: it follows the main order.",
        (Lang::Zh, _) => "已办结销号。",
        (Lang::En, _) => "Struck off: nothing more to do.",
    }
}
