//! Tasks: given, reported on, confirmed; and what happens to one that is a case by itself.

use domain::clock::ahead::{Fate, Foreseen};
use domain::clock::{ClockName, Level};
use domain::task::{Source, TaskState, TaskStepName, TaskWhat};
use domain::time::Calendar;

use crate::lang::{Lang, Text, texts};
use crate::{ahead, express, history, order, time};

texts! {
    GIVE: "新建督办交办事项", "Give a task";
    GIVE_SUBMIT: "下达", "Give it";
    GIVE_HINT: "下达后牵头单位即收到通知，从今天起计时；到期未报告，逐级提醒。", "The owner is told at once and the clock begins; if no report comes in time, those above it are told.";
    TITLE: "标题", "Title";
    REPORT: "报告办结", "Report it as done";
    REPORT_TEXT: "办理情况", "What was done";
    REPORT_NEXT: "报告后停止计时，由下达单位确认。", "The clock stops, and whoever gave it looks.";
    CONFIRM_SUBMIT: "提交审核意见", "Submit";
    CONFIRM_NEXT: "退回的，扣除审核时间后继续计时。", "Sent back, its clock goes on without the time in which it was looked at.";
    NOTE: "沟通", "Message";
    NOTE_TEXT: "内容", "Text";
    NOTE_HINT: "会通知牵头、配合和下达单位；能看到该事项的机关单位都能看到。可附材料。", "The owner, those who help and whoever gave it are told; every office that sees the task reads it. Papers can be attached.";
    NOTE_SUBMIT: "发送", "Send";
    RESCHEDULE: "改期", "Move its day";
    RESCHEDULE_HINT: "从现在起按新的期限重新计时。", "The clock begins anew now, with the new day.";
    WITHDRAW: "撤销", "Take it back";
    WITHDRAW_HINT: "撤销后不再办理，记录保留。", "Nobody has to do it any more; its record stays.";
    REASON: "原因", "Reason";
    COURSE: "办理经过", "What happened";
    FROM: "来源", "From";
    SUPERVISION: "市政府督查室督办", "Given by the supervision office";
    YOU_REPORT: "轮到您：办结后报告", "Your turn: report when it is done";
    YOU_CONFIRM: "轮到您：确认是否办结", "Your turn: look whether it is done";
}

pub fn step(step: TaskStepName) -> Text {
    let (zh, en) = match step {
        TaskStepName::Give => ("下达", "Give"),
        TaskStepName::Report => ("报告办结", "Report it as done"),
        TaskStepName::Confirm => ("确认办结", "Confirm"),
        TaskStepName::Note => ("沟通", "Say something"),
        TaskStepName::Reschedule => ("改期", "Move its day"),
        TaskStepName::Withdraw => ("撤销", "Take it back"),
        TaskStepName::Elapse => ("逾期升级", "Carry it up"),
    };
    Text { zh, en }
}

pub fn state(state: TaskState) -> Text {
    let (zh, en) = match state {
        TaskState::Open => ("办理中", "Open"),
        TaskState::Reported => ("已报告，待确认", "Reported, to be confirmed"),
        TaskState::Done => ("已完成", "Done"),
        TaskState::Replaced => ("已替代", "Replaced"),
        TaskState::Withdrawn => ("已撤销", "Taken back"),
    };
    Text { zh, en }
}

/// Whoever gave it, and where.
pub fn source(lang: Lang, source: Source) -> String {
    match source {
        Source::Supervision => SUPERVISION.of(lang).to_owned(),
        Source::Instruction => express::INSTRUCTION.of(lang).to_owned(),
        Source::Decision { meeting } => format!("{} {meeting}", express::FROM_MEETING.of(lang)),
    }
}

/// Whose turn it is, for who is not it; `owner` is the body that answers for it.
pub fn turn(lang: Lang, state: TaskState, source: Source, owner: &str) -> String {
    let giver = match source {
        Source::Supervision => ("督查室", "the supervision office"),
        Source::Instruction | Source::Decision { .. } => ("市政府办公室", "the mayor's office"),
    };
    match (lang, state) {
        (Lang::Zh, TaskState::Open) => format!("等{owner}报告"),
        (Lang::En, TaskState::Open) => format!("Waits for the report of {owner}"),
        (Lang::Zh, TaskState::Reported) => format!("等{}确认", giver.0),
        (Lang::En, TaskState::Reported) => format!("Waits for {} to look", giver.1),
        (_, TaskState::Done | TaskState::Replaced | TaskState::Withdrawn) => String::new(),
    }
}

/// Up to whom a task that is late is carried.
fn level(level: Level) -> Text {
    let (zh, en) = match level {
        Level::Head => ("单位负责人", "head of the body"),
        Level::Deputy => ("分管副市长", "deputy mayor"),
        Level::Express => ("市政府办公室", "mayor's office"),
    };
    Text { zh, en }
}

/// The same where tasks of several stand together; `owner` is the body that answers for it.
pub fn foreseen_of(lang: Lang, owner: &str, one: &Foreseen) -> String {
    let what = foreseen(lang, one);
    match lang {
        Lang::Zh => format!("{owner}：{what}"),
        Lang::En => format!("{owner}: {what}"),
    }
}

/// What comes by itself if nobody acts.
pub fn foreseen(lang: Lang, foreseen: &Foreseen) -> String {
    match (lang, &foreseen.fate) {
        (Lang::Zh, Fate::Yellow) => "亮黄灯".to_owned(),
        (Lang::En, Fate::Yellow) => "yellow light".to_owned(),
        (Lang::Zh, Fate::Red) => "时限届满，此后亮红灯".to_owned(),
        (Lang::En, Fate::Red) => "deadline, red light after it".to_owned(),
        (
            Lang::Zh,
            Fate::Level {
                level: to, tells, ..
            },
        ) => {
            format!(
                "逾期提醒升至{}；告知{}",
                level(*to).zh,
                ahead::told(lang, tells)
            )
        }
        (
            Lang::En,
            Fate::Level {
                level: to, tells, ..
            },
        ) => format!(
            "carried to: {}; told: {}",
            level(*to).en,
            ahead::told(lang, tells)
        ),
        // Neither pauses nor ratings are of tasks.
        (_, Fate::Resumes | Fate::WindowEnds) => String::new(),
    }
}

/// What an event says, and what somebody wrote along with it.
pub fn told(
    lang: Lang,
    what: &TaskWhat,
    calendar: &Calendar,
    year: i32,
) -> (String, Option<String>) {
    let text = |text: &str| Some(text.to_owned());
    let with_due = |said: &str, clock: &domain::clock::Clock| {
        let due = history::now_due(lang, clock.due(calendar), year);
        format!("{said}{due}")
    };
    match what {
        TaskWhat::Given(it) => {
            let giving = &it.giving;
            let said = with_due(&source(lang, giving.source), &it.clock);
            (said, text(giving.duty.text.as_str()))
        }
        TaskWhat::Reported(it) => (
            step(TaskStepName::Report).of(lang).to_owned(),
            text(it.text.as_str()),
        ),
        TaskWhat::Confirmed(it) => {
            let said = match it.done {
                true => step(TaskStepName::Confirm),
                false => Text {
                    zh: "未予确认，退回继续办理",
                    en: "Not confirmed: it goes on",
                },
            };
            let reason = it.reason.as_ref().map(|reason| reason.as_str().to_owned());
            (said.of(lang).to_owned(), reason)
        }
        TaskWhat::Noted(it) => (NOTE.of(lang).to_owned(), text(it.text.as_str())),
        TaskWhat::Rescheduled(it) => (
            with_due(RESCHEDULE.of(lang), &it.clock),
            text(it.reason.as_str()),
        ),
        TaskWhat::Withdrawn(it) => (WITHDRAW.of(lang).to_owned(), text(it.reason.as_str())),
        TaskWhat::Escalated(it) => {
            let (up, due) = (
                level(it.level).of(lang),
                time::moment(lang, it.due_at, year),
            );
            let said = match lang {
                Lang::Zh => format!("已过时限（{due}），提醒升至{up}"),
                Lang::En => format!("Past its deadline ({due}); carried to: {up}"),
            };
            (said, None)
        }
        TaskWhat::Moved(it) => {
            let clock = order::clock(ClockName::Task).of(lang);
            let said = history::republished(lang, (it.year, clock), (it.was, it.is), year);
            (said, None)
        }
        TaskWhat::Reruled(it) => {
            let rules = it.clock.rules;
            let said = match lang {
                Lang::Zh => format!("改按第 {rules} 版规则亮灯、升级"),
                Lang::En => format!("Lights and levels go by version {rules} of the rules now"),
            };
            (said, None)
        }
    }
}
