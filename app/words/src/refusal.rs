//! Why something was not done, in sentences that help.

use domain::Refusal;
use domain::order::{StageName, StepName};
use domain::refusal::OpenTask;

use super::{express, meeting, order, task, time};
use crate::lang::{Lang, Text};

/// A task that holds an order open, and until when it has time.
fn open_task(lang: Lang, task: &OpenTask, this_year: i32) -> String {
    let due = time::moment(lang, task.due, this_year);
    let text: String = task.text.chars().take(60).collect();
    match lang {
        Lang::Zh => format!("“{text}”（期限 {due}）"),
        Lang::En => format!("“{text}” (due {due})"),
    }
}

/// One sentence for the whole; its fields have their own (`fault`).
pub fn sentence(lang: Lang, refusal: &Refusal, this_year: i32) -> String {
    match (lang, refusal) {
        (Lang::Zh, Refusal::Invalid { .. }) => "有内容需要改正：".into(),
        (Lang::En, Refusal::Invalid { .. }) => "Please correct the following:".into(),
        (Lang::Zh, Refusal::TasksOpen { tasks }) if tasks.is_empty() => {
            "有关部门还有工作未完成，完成后才能销号、撤回。".into()
        }
        (Lang::En, Refusal::TasksOpen { tasks }) if tasks.is_empty() => {
            "The departments have not finished their work; until then it is neither closed nor withdrawn.".into()
        }
        (Lang::Zh, Refusal::TasksOpen { tasks }) => {
            let tasks: Vec<String> = tasks.iter().map(|task| open_task(lang, task, this_year)).collect();
            format!("还有事项未完成，不能销号、撤回、并案或改派：{}。", tasks.join("；"))
        }
        (Lang::En, Refusal::TasksOpen { tasks }) => {
            let tasks: Vec<String> = tasks.iter().map(|task| open_task(lang, task, this_year)).collect();
            format!(
                "Tasks are open; until they are done it is neither struck off, withdrawn, merged nor given to another body: {}.",
                tasks.join("; ")
            )
        }
        (Lang::Zh, Refusal::OnTheExpress) => "该单已在市长直通车办理。".into(),
        (Lang::En, Refusal::OnTheExpress) => "It is on the mayor's express already.".into(),
        (Lang::Zh, Refusal::MeetingState { step, state }) => format!(
            "会议{}，不能“{}”。",
            express::meeting_state(*state).zh,
            meeting::step(*step).zh
        ),
        (Lang::En, Refusal::MeetingState { step, state }) => format!(
            "“{}” is not possible: the meeting stands at “{}”.",
            meeting::step(*step).en,
            express::meeting_state(*state).en
        ),
        (Lang::Zh, Refusal::TaskState { step, state }) => format!(
            "该事项{}，不能“{}”。",
            task::state(*state).zh,
            task::step(*step).zh
        ),
        (Lang::En, Refusal::TaskState { step, state }) => format!(
            "“{}” is not possible: the task stands at “{}”.",
            task::step(*step).en,
            task::state(*state).en
        ),
        (Lang::Zh, Refusal::TaskMoved) => {
            "别人刚刚更新了该事项，本页已不是最新。请先看最新情况，刷新本页后再提交；填写的内容仍在。".into()
        }
        (Lang::En, Refusal::TaskMoved) => {
            "Somebody was faster: the task has moved on. See how it stands, reload this page and submit again; anything you typed is kept.".into()
        }
        (Lang::Zh, Refusal::TaskPastDue { due }) => {
            let due = time::moment(lang, *due, this_year);
            format!("时限 {due} 已过，不能改期；请牵头单位报告，或撤销后重新下达。")
        }
        (Lang::En, Refusal::TaskPastDue { due }) => {
            let due = time::moment(lang, *due, this_year);
            format!("Its deadline, {due}, has passed and is not moved any more; let the owner report, or take it back and give a new one.")
        }
        (Lang::Zh, Refusal::NotYet { from }) => {
            format!("还没到时间：{} 起可以。", time::moment(lang, *from, this_year))
        }
        (Lang::En, Refusal::NotYet { from }) => {
            format!("Not yet: possible from {} on.", time::moment(lang, *from, this_year))
        }
        (Lang::Zh, Refusal::MeetingMoved) => {
            "别人刚刚更新了这个会议，本页已不是最新。请先看最新情况，刷新本页后再提交；填写的内容仍在。".into()
        }
        (Lang::En, Refusal::MeetingMoved) => {
            "Somebody was faster: the meeting has moved on. See how it stands, reload this page and submit again; anything you typed is kept.".into()
        }
        (Lang::Zh, Refusal::NotTheChair) => "只有会议主持人能签发纪要。".into(),
        (Lang::En, Refusal::NotTheChair) => "Only the chair approves the minutes.".into(),
        (Lang::Zh, Refusal::MinutesFrozen) => {
            "纪要已签发定稿，不能修改；需要更正的，请另出修订版。".into()
        }
        (Lang::En, Refusal::MinutesFrozen) => {
            "The minutes are approved and frozen; to correct them, begin a new version.".into()
        }
        (Lang::Zh, Refusal::MinutesMoved { .. }) => {
            "另一位同事刚保存了纪要，您的文本仍在下面，没有丢失。请对照最新文本合并后再保存。".into()
        }
        (Lang::En, Refusal::MinutesMoved { .. }) => {
            "A colleague has saved the minutes meanwhile. Your text is kept below: compare it with the latest, then save again.".into()
        }
        (Lang::Zh, Refusal::NothingApproved) => "还没有签发过的纪要。".into(),
        (Lang::En, Refusal::NothingApproved) => "No minutes have been approved yet.".into(),
        (Lang::Zh, Refusal::NothingWritten) => "还没有可签发的纪要草稿。".into(),
        (Lang::En, Refusal::NothingWritten) => "There is no draft to approve.".into(),
        (Lang::Zh, Refusal::MatterDecided) => "该议题已议定，不能移出或缓议。".into(),
        (Lang::En, Refusal::MatterDecided) => "The matter is decided.".into(),
        (Lang::Zh, Refusal::NotYours { step }) => {
            format!("您没有“{}”的权限。", order::step(*step).zh)
        }
        (Lang::En, Refusal::NotYours { step }) => {
            format!("“{}” is not yours to do.", order::step(*step).en)
        }
        (
            Lang::Zh,
            Refusal::WrongStage {
                step: StepName::Pause,
                stage: StageName::Paused,
            },
        ) => "计时已经暂停：同一时间只能有一个暂停。".into(),
        (
            Lang::En,
            Refusal::WrongStage {
                step: StepName::Pause,
                stage: StageName::Paused,
            },
        ) => "The clock is paused already: there is one pause at a time.".into(),
        (Lang::Zh, Refusal::WrongStage { step, stage }) => format!(
            "这条诉求现在是“{}”，不能{}。",
            order::stage(*stage).zh,
            order::step(*step).zh
        ),
        (Lang::En, Refusal::WrongStage { step, stage }) => format!(
            "This order is now “{}”: “{}” is not possible.",
            order::stage(*stage).en,
            order::step(*step).en
        ),
        (Lang::Zh, Refusal::Changed { .. }) => {
            "别人刚刚办理了这条诉求，本页已不是最新。请先看最新经过，刷新本页后再提交；填写的内容仍在。".into()
        }
        (Lang::En, Refusal::Changed { .. }) => {
            "Somebody was faster: the order has moved on. See its latest history, reload this page and submit again; anything you typed is kept."
                .into()
        }
        (Lang::Zh, Refusal::RatingOpen { until }) => {
            let until = time::moment(lang, *until, this_year);
            format!("企业可以评价到 {until}，之后才能销号。")
        }
        (Lang::En, Refusal::RatingOpen { until }) => {
            let until = time::moment(lang, *until, this_year);
            format!("The enterprise can rate until {until}; only then can it be struck off.")
        }
        (Lang::Zh, Refusal::AwaitsRuling) => "已退单，等待推进中心裁定。".into(),
        (Lang::En, Refusal::AwaitsRuling) => {
            "It was returned; the Promotion Centre rules first.".into()
        }
        (Lang::Zh, Refusal::NothingToDecide { step }) => {
            format!("没有需要“{}”的事项。", order::step(*step).zh)
        }
        (Lang::En, Refusal::NothingToDecide { step }) => {
            format!("There is nothing for “{}”.", order::step(*step).en)
        }
        (Lang::Zh, Refusal::PastDeadline { step, due }) => {
            let due = time::moment(lang, *due, this_year);
            format!("时限 {due} 已过，不能再{}。", verb(*step).zh)
        }
        (Lang::En, Refusal::PastDeadline { step, due }) => {
            let due = time::moment(lang, *due, this_year);
            format!("The deadline, {due}, has passed: it is too late to {}.", verb(*step).en)
        }
        (Lang::Zh, Refusal::AskedTooLate { until }) => {
            let until = time::moment(lang, *until, this_year);
            format!("延期须按规则提前申请，最迟 {until}，现已过时。")
        }
        (Lang::En, Refusal::AskedTooLate { until }) => {
            let until = time::moment(lang, *until, this_year);
            format!("An extension is asked some time before the deadline, by the rules until {until}.")
        }
        (Lang::Zh, Refusal::AlreadyAsked) => "上一项申请（延期或协办）尚未审定，请稍候。".into(),
        (Lang::En, Refusal::AlreadyAsked) => {
            "Another request (extension or co-handler) is not decided yet.".into()
        }
        (Lang::Zh, Refusal::NoTimeLeft { due }) => {
            let due = time::moment(lang, *due, this_year);
            format!("主办时限 {due} 之前已没有完整的工作日可供协办；如有需要，请先申请延期。")
        }
        (Lang::En, Refusal::NoTimeLeft { due }) => {
            let due = time::moment(lang, *due, this_year);
            format!("Until the lead's deadline, {due}, no working day is left for a part. Ask for an extension first.")
        }
        (Lang::Zh, Refusal::NoMore { step: StepName::Recall | StepName::Reassign, max }) => {
            format!("按规则，撤回分派和改派合计最多 {max} 次，已满。")
        }
        (Lang::En, Refusal::NoMore { step: StepName::Recall | StepName::Reassign, max }) => {
            format!("By the rules an order is taken back or given to another body {max} times at most; that is used up.")
        }
        (Lang::Zh, Refusal::NoMore { step, max }) => {
            format!("按规则最多{} {max} 次，已满。", verb(*step).zh)
        }
        (Lang::En, Refusal::NoMore { step, max }) => {
            format!("By the rules one can {} {max} times at most; that is used up.", verb(*step).en)
        }
        (Lang::Zh, Refusal::RulesChanged) => {
            "规则在预览后已有新版本，请在新版本上重新修改。".into()
        }
        (Lang::En, Refusal::RulesChanged) => {
            "The rules have changed since the preview; please start again from the new version."
                .into()
        }
        (Lang::Zh, Refusal::KeyUsed { number }) => {
            format!("这个 Idempotency-Key 已用于 {number}，内容不同；请换一个。")
        }
        (Lang::En, Refusal::KeyUsed { number }) => {
            format!("That Idempotency-Key placed {number}, which says something else. Use another.")
        }
        (Lang::Zh, Refusal::OutOfSight) => "没有找到，或者不在您的查看范围内。".into(),
        (Lang::En, Refusal::OutOfSight) => "Not found, or not yours to see.".into(),
        (Lang::Zh, Refusal::CardOpen) => {
            "有督办牌尚未说明：请责任单位先作说明，或由督查室撤销，然后再办。".into()
        }
        (Lang::En, Refusal::CardOpen) => {
            "A card is not explained yet: first its body explains it, or the supervision office lifts it.".into()
        }
        (Lang::Zh, Refusal::HasMerged) => "已有诉求单并入本单，请先撤销那些并案；须合并办理的，可将本单作为主单。".into(),
        (Lang::En, Refusal::HasMerged) => {
            "Other orders are merged into this one: undo those merges first, or make it the main order."
                .into()
        }
        (Lang::Zh, Refusal::BeforeMain) => {
            "本单比主单更紧急，或时限在主单之前，不能并入；请将主单并入本单。".into()
        }
        (Lang::En, Refusal::BeforeMain) => {
            "This one is more urgent than the main order, or due before it; \
             merge the main order into this one."
                .into()
        }
        (Lang::Zh, Refusal::Several { done, left, refused }) => {
            let each = refused.iter().map(|(number, refusal)| {
                format!("{number}：{}", sentence(lang, refusal, this_year))
            });
            let each: Vec<String> = each.collect();
            format!("已办 {done} 条，未办 {left} 条。{}", each.join(" "))
        }
        (Lang::En, Refusal::Several { done, left, refused }) => {
            let each = refused.iter().map(|(number, refusal)| {
                format!("{number}: {}", sentence(lang, refusal, this_year))
            });
            let each: Vec<String> = each.collect();
            format!("{done} done, {left} not. {}", each.join(" "))
        }
        (Lang::Zh, Refusal::Forbidden { action }) => {
            format!("您没有“{}”的权限。", super::rights::action(*action).zh)
        }
        (Lang::En, Refusal::Forbidden { action }) => {
            format!("“{}” is not yours to do.", super::rights::action(*action).en)
        }
        (Lang::Zh, Refusal::WithDeputy) => "企业两次评价不满意，由分管副市长决定。".into(),
        (Lang::En, Refusal::WithDeputy) => {
            "It was rated badly twice; the deputy mayor decides.".into()
        }
    }
}

/// A step as the verb of a sentence.
fn verb(step: StepName) -> Text {
    let (zh, en) = match step {
        StepName::Pause => ("暂停计时", "pause the clock"),
        StepName::Object => ("提出异议", "object"),
        StepName::Extend => ("延期", "ask for an extension"),
        StepName::DecideExtension => ("同意延期", "grant the extension"),
        StepName::Return => ("退单", "return the order"),
        step => {
            let text = order::step(step);
            (text.zh, text.en)
        }
    };
    Text { zh, en }
}
