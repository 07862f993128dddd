//! The forms of tasks that are cases by themselves.

use ::words::lang::Text;
use ::words::{express as said, task as words};
use domain::Field;
use domain::case::History;
use domain::order::Reason;
use domain::task::TaskStepName;
use store::tasks::Found;

use super::Write;
use crate::frame::Frame;
use crate::serve::door::Door;
use crate::sheets::form::{FormSheet, Part};

/// A task is given with it.
pub fn give(frame: &Frame) -> FormSheet {
    let write = Write { lang: frame.lang };
    FormSheet {
        act: Door::Give.address(),
        parts: giving(&write),
        files: true,
        submit: write.t(words::GIVE_SUBMIT),
        consequence: write.t(words::GIVE_HINT),
        primary: true,
        title: write.t(words::GIVE),
        ..FormSheet::default()
    }
}

/// What is asked of a task that is given.
pub fn giving(write: &Write) -> Vec<Part> {
    std::iter::once(write.line(Field::Title, words::TITLE, None, ""))
        .chain(duty(write))
        .collect()
}

/// What is to be done by whom, until when, and what it rests on.
pub fn duty(write: &Write) -> Vec<Part> {
    vec![
        write.prose(Field::TaskText, said::TASK_TEXT, 1000, 3, None, ""),
        write.body(Field::Owner, said::OWNER, ""),
        write.bodies(Field::CoOwners, said::CO_OWNERS, Vec::new()),
        write.line(
            Field::Deadline,
            said::DEADLINE,
            Some(said::DEADLINE_HINT),
            "",
        ),
        write.line(Field::Proof, said::PROOF, Some(said::PROOF_HINT), ""),
        write.line(Field::Basis, said::BASIS, None, ""),
    ]
}

/// A step on a task; `None` for what nobody asks for.
pub fn form(step: TaskStepName, frame: &Frame, found: &Found) -> Option<FormSheet> {
    let write = Write { lang: frame.lang };
    let form = step.form()?;
    let plain = |submit: Text, parts: Vec<Part>, consequence: Text| FormSheet {
        act: Door::Task(step).address(),
        number: found.case.number.to_string(),
        version: (!form.is_said).then_some(found.case.version()),
        files: form.files,
        parts,
        submit: write.t(submit),
        consequence: write.t(consequence),
        ..FormSheet::default()
    };
    let folded = |title: Text, form: FormSheet| FormSheet {
        title: write.t(title),
        ..form
    };
    let reason = || write.prose(Field::Reason, words::REASON, Reason::MAX, 2, None, "");
    Some(match step {
        TaskStepName::Report => FormSheet {
            primary: true,
            ..plain(
                words::REPORT,
                vec![write.prose(
                    Field::ReplyText,
                    words::REPORT_TEXT,
                    2000,
                    4,
                    Some(said::REPORT_HINT),
                    "",
                )],
                words::REPORT_NEXT,
            )
        },
        TaskStepName::Confirm => FormSheet {
            primary: true,
            ..plain(
                words::CONFIRM_SUBMIT,
                write.verdict(
                    Field::Grant,
                    said::TASK_DONE_QUESTION,
                    [said::TASK_DONE, said::TASK_NOT_DONE],
                    said::TASK_NOT_DONE_REASON,
                ),
                words::CONFIRM_NEXT,
            )
        },
        TaskStepName::Note => folded(
            words::NOTE,
            plain(
                words::NOTE_SUBMIT,
                vec![write.prose(Field::Note, words::NOTE_TEXT, 2000, 3, None, "")],
                words::NOTE_HINT,
            ),
        ),
        TaskStepName::Reschedule => folded(
            words::RESCHEDULE,
            plain(
                words::RESCHEDULE,
                vec![
                    write.line(
                        Field::Deadline,
                        said::DEADLINE,
                        Some(said::DEADLINE_HINT),
                        "",
                    ),
                    reason(),
                ],
                words::RESCHEDULE_HINT,
            ),
        ),
        TaskStepName::Withdraw => folded(
            words::WITHDRAW,
            plain(words::WITHDRAW, vec![reason()], words::WITHDRAW_HINT),
        ),
        // It begins one, or comes by itself.
        TaskStepName::Give | TaskStepName::Elapse => return None,
    })
}
