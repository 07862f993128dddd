//! What happens to a meeting, told; what it holds of a matter.

use domain::meeting::{Answer, Guest, MeetingStepName, MeetingWhat, Plan};
use domain::order::{Conclusion, Verdict};

use crate::lang::{Lang, Text, texts};
use crate::{express, time};

texts! {
    CONCLUDE: "记录议定意见（不交办）", "Write down what the meeting holds (no task)";
    CONCLUDE_SUBMIT: "记录议定意见", "Write it down";
    CONCLUDE_HINT: "该议题按此议定，不产生任务；企业、主办单位和督查室会看到。请当场宣读确认。", "The matter is decided by it and nobody gets a task. The firm, the lead and the supervision office read it; read it back in the room.";
    VERDICT: "结论", "In a word";
    OPINION: "议定意见", "What the meeting holds";
    CONCLUSIONS: "议定意见", "Decided without a task";
    NOTE: "会议记录", "Note";
    NOTE_TEXT: "记录内容", "What was said";
    NOTE_HINT: "机关单位可见，企业不可见；起草纪要时自动带入。会议材料可作为附件一并上传。", "The administration reads it, enterprises do not; the draft of the minutes takes it up. Papers of the meeting can be attached.";
    NOTE_MATTER: "所记议题（不选则记会议本身）", "About (none: the meeting itself)";
    COURSE: "会议经过", "What happened";
    HELD_BOX: "会议已经开过，现在补录", "It was held already: enter it now";
    SAVE_NOTE: "保存记录", "Save the note";
    ASSIGN_HINT: "下达后即为牵头单位的任务，开始计时；纪要草稿会写入。", "It is the owner's task and its clock runs; the draft of the minutes takes it up.";
    GOES_ON: "会议筹备有进展", "The preparation has gone on";
}

pub fn verdict(verdict: Verdict) -> Text {
    let (zh, en) = match verdict {
        Verdict::Agreed => ("原则同意", "Agreed in principle"),
        Verdict::NotSupported => ("不予支持", "Not supported"),
        Verdict::Other => ("其他意见", "Something else"),
    };
    Text { zh, en }
}

/// 原则同意：意见……（依据：……）
pub fn conclusion(lang: Lang, conclusion: &Conclusion) -> String {
    let verdict = verdict(conclusion.verdict).of(lang);
    let opinion = conclusion.opinion.as_str();
    let basis = conclusion.basis.as_ref().map(|basis| match lang {
        Lang::Zh => format!("（依据：{}）", basis.as_str()),
        Lang::En => format!(" (basis: {})", basis.as_str()),
    });
    let basis = basis.unwrap_or_default();
    match (lang, conclusion.verdict) {
        (Lang::Zh, Verdict::Other) => format!("议定意见：{opinion}{basis}"),
        (Lang::En, Verdict::Other) => format!("Decided: {opinion}{basis}"),
        (Lang::Zh, Verdict::Agreed | Verdict::NotSupported) => {
            format!("{verdict}：{opinion}{basis}")
        }
        (Lang::En, Verdict::Agreed | Verdict::NotSupported) => {
            format!("{verdict}: {opinion}{basis}")
        }
    }
}

/// What a step is called.
pub fn step(step: MeetingStepName) -> Text {
    let (zh, en) = match step {
        MeetingStepName::Change => ("修改会议安排", "Change the plan"),
        MeetingStepName::Invite => ("发出通知", "Send the invitations"),
        MeetingStepName::Answer => ("回复通知", "Answer the invitation"),
        MeetingStepName::Remind => ("会议提醒", "Remind"),
        MeetingStepName::PutOn => ("列入议程", "Put on the agenda"),
        MeetingStepName::TakeOff => ("移出议程", "Take off the agenda"),
        MeetingStepName::MoveUp => ("上移", "Move up"),
        MeetingStepName::Open => ("开始会议", "Open the meeting"),
        MeetingStepName::Attend => ("记录到会", "Note who is present"),
        MeetingStepName::Decide => ("记录议定事项", "Write down a decision"),
        MeetingStepName::Conclude => ("记录议定意见（不交办）", "Decide without a task"),
        MeetingStepName::Defer => ("缓议", "Defer"),
        MeetingStepName::Assign => ("交办事项（不挂诉求单）", "Give a task of no order"),
        MeetingStepName::Note => ("会议记录", "Note"),
        MeetingStepName::End => ("结束会议", "End the meeting"),
        MeetingStepName::NameChair => ("变更主持人", "Name another chair"),
        MeetingStepName::Cancel => ("取消会议", "Cancel the meeting"),
        MeetingStepName::WriteMinutes => ("起草纪要", "Write the minutes"),
        MeetingStepName::ApproveMinutes => ("签发纪要", "Approve the minutes"),
        MeetingStepName::AmendMinutes => ("修订纪要", "Amend the minutes"),
    };
    Text { zh, en }
}

/// Who reads a notice of a meeting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    /// On the plan, and was before.
    Expected,
    /// On the plan since the change that this tells of.
    Added,
    /// Who has the chair.
    Chair,
    Watches,
}

/// What somebody was told of a meeting's plan: 邀请参加：12月3日 15:00，三楼会议室. `None` where the
/// event tells of something else.
pub fn notice(lang: Lang, what: &MeetingWhat, to: Told, plan: &Plan, year: i32) -> Option<String> {
    let (zh, en) = match what {
        MeetingWhat::Invited(_) | MeetingWhat::ChairNamed(_) if to == Told::Watches => return None,
        MeetingWhat::Changed(_) if to == Told::Added => ("邀请参加", "You are invited"),
        MeetingWhat::Invited(_) => ("邀请参加", "You are invited"),
        MeetingWhat::Reminded(_) => ("会议临近", "Soon"),
        MeetingWhat::Changed(_) => ("会议安排有更新", "As it now stands"),
        MeetingWhat::ChairNamed(_) => ("请主持并签发纪要", "You have the chair"),
        MeetingWhat::Cancelled(_) => ("会议取消，原定", "Called off; it was to be"),
        MeetingWhat::MinutesWritten(_) => ("纪要待签发", "Minutes to approve"),
        MeetingWhat::MinutesApproved(_) => ("纪要已签发", "Minutes approved"),
        MeetingWhat::Called(_)
        | MeetingWhat::Answered(_)
        | MeetingWhat::PutOn(_)
        | MeetingWhat::TakenOff(_)
        | MeetingWhat::MovedUp(_)
        | MeetingWhat::Opened(_)
        | MeetingWhat::Attended(_)
        | MeetingWhat::Decided(_)
        | MeetingWhat::Deferred(_)
        | MeetingWhat::Assigned(_)
        | MeetingWhat::Noted(_)
        | MeetingWhat::Ended(_)
        | MeetingWhat::MinutesAmended(_) => return None,
    };
    let (when, place) = (
        time::moment(lang, plan.starts_at, year),
        plan.place.as_str(),
    );
    Some(match lang {
        Lang::Zh => format!("{zh}：{when}，{place}"),
        Lang::En => format!("{en}: {when}, {place}"),
    })
}

/// What an event of a meeting says, and what somebody wrote along with it.
pub fn told(
    lang: Lang,
    what: &MeetingWhat,
    guest: impl Fn(&Guest) -> String,
    year: i32,
) -> (String, Option<String>) {
    let zh = lang == Lang::Zh;
    macro_rules! say {
        ($zh:literal, $en:literal) => {
            if zh { format!($zh) } else { format!($en) }
        };
    }
    let text = |text: &str| Some(text.to_owned());
    let called = |it| step(it).of(lang).to_owned();
    match what {
        MeetingWhat::Called(_) => (say!("筹备会议", "Meeting prepared"), None),
        MeetingWhat::Changed(it) => {
            let when = time::moment(lang, it.plan.starts_at, year);
            let place = it.plan.place.as_str();
            (
                say!(
                    "修改会议安排：{when}，{place}",
                    "Plan changed: {when}, {place}"
                ),
                None,
            )
        }
        MeetingWhat::Invited(_) => (called(MeetingStepName::Invite), None),
        MeetingWhat::Answered(it) => {
            let who = guest(&it.guest);
            let answer = match it.answer {
                Answer::Comes { .. } => express::ANSWER_COMES,
                Answer::Substitute { .. } => express::ANSWER_SUBSTITUTE,
                Answer::Excused { .. } => express::ANSWER_EXCUSED,
            };
            let answer = answer.of(lang);
            (
                say!("{who}回复：{answer}", "{who} answered: {answer}"),
                None,
            )
        }
        MeetingWhat::Reminded(_) => (called(MeetingStepName::Remind), None),
        MeetingWhat::PutOn(it) => {
            let matter = it.matter;
            (
                say!("列入议程：{matter}", "Put on the agenda: {matter}"),
                None,
            )
        }
        MeetingWhat::TakenOff(it) => {
            let matter = it.matter;
            (
                say!("移出议程：{matter}", "Taken off the agenda: {matter}"),
                None,
            )
        }
        MeetingWhat::MovedUp(it) => {
            let matter = it.matter;
            (say!("上移：{matter}", "Moved up: {matter}"), None)
        }
        MeetingWhat::Opened(_) => (say!("会议开始", "Opened"), None),
        MeetingWhat::Attended(it) => {
            let who = guest(&it.guest);
            let noted = match it.present {
                Some(true) => express::PRESENT,
                Some(false) => express::ABSENT,
                None => express::UNRECORDED,
            };
            let noted = noted.of(lang);
            (
                say!("记录到会：{who} {noted}", "Attendance: {who}, {noted}"),
                None,
            )
        }
        MeetingWhat::Decided(it) => {
            let matter = it.matter;
            (say!("议定 {matter}", "Decided about {matter}"), None)
        }
        MeetingWhat::Deferred(it) => {
            let matter = it.matter;
            (
                say!("缓议 {matter}", "Deferred {matter}"),
                text(it.reason.as_str()),
            )
        }
        MeetingWhat::Assigned(it) => {
            let (task, title) = (it.task, it.giving.title.as_str());
            (
                say!("交办 {task}：{title}", "Gave the task {task}: {title}"),
                None,
            )
        }
        MeetingWhat::Noted(it) => {
            let sentence = match it.note.matter {
                Some(matter) => say!("记录（{matter}）", "Note about {matter}"),
                None => say!("记录", "Note"),
            };
            (sentence, text(it.note.text.as_str()))
        }
        MeetingWhat::Ended(_) => (say!("会议结束", "Ended"), None),
        MeetingWhat::ChairNamed(it) => {
            let chair = &it.chair.name;
            (
                say!("主持人变更为{chair}", "{chair} has the chair now"),
                None,
            )
        }
        MeetingWhat::Cancelled(it) => (say!("取消会议", "Called off"), text(it.reason.as_str())),
        MeetingWhat::MinutesWritten(_) => (say!("保存纪要草稿", "Minutes saved"), None),
        MeetingWhat::MinutesApproved(it) => {
            let number = it.number;
            (say!("签发纪要{number}", "Minutes {number} approved"), None)
        }
        MeetingWhat::MinutesAmended(it) => (
            say!("另出修订版", "A new version is begun"),
            text(it.reason.as_str()),
        ),
    }
}
