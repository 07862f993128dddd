//! The doors for steps on orders and meetings that come by a form.

use domain::meeting::MeetingStepName;
use domain::meeting::wish::MeetingForm;
use domain::order::events;
use domain::order::wish::Form;
use domain::order::{Event, Number, Reading, Step, StepName, What, Wish};
use domain::{AttachmentId, Fault, Field, FieldFault, Instant, Typed};
use store::orders::{self, Asked, Found};
use store::{Desk, meetings, people};

use super::meetings::number_of;
use super::visit::{Visit, problem};
use crate::problem::Problem;

/// Finds, reads, takes it. Answers the page that comes next.
pub async fn act(
    visit: &Visit,
    step: StepName,
    form: &Form,
    typed: &Typed,
) -> Result<String, Problem> {
    let desk = visit.desk()?;
    let number = Number::parse(typed.named("number")).ok_or(Problem::NotFound)?;
    // Whether the order may be known of comes before what was typed.
    let found = orders::find(&desk, number).await.map_err(problem)?;
    let version = match form.is_said {
        true => None,
        false => Some(parse_version(typed.get(Field::Version))?),
    };
    let happened = parse_time(typed.get(Field::HappenedAt))?;
    let wish = read(&desk, step, form, typed).await?;
    let files = ids(typed.named("files"))?;
    // A page that was gone back to and sent once more: what was said stands there already.
    if !files.is_empty() || !was_said(&found, &desk, &wish) {
        let asked = Asked {
            version,
            happened,
            wish,
            files,
        };
        let done = orders::carry_out(&desk, number, asked).await;
        done.map_err(problem)?;
    }
    Ok(format!("/orders/{number}?done={}", step.code()))
}

/// The step on a meeting that a form is of; `None` where it is of something else.
pub fn of_meeting(form: &str, typed: &Typed) -> Option<MeetingStepName> {
    use MeetingStepName as S;
    Some(match form {
        "change_meeting" => S::Change,
        "run_meeting" => match typed.named("step") {
            "invite" => S::Invite,
            "open" => S::Open,
            "end" => S::End,
            _ => return None,
        },
        "answer_invitation" => S::Answer,
        "put_on" => S::PutOn,
        "arrange" if typed.named("up") == "yes" => S::MoveUp,
        "arrange" => S::TakeOff,
        "attend" => S::Attend,
        "decide_matter" => S::Decide,
        "defer_matter" => S::Defer,
        "name_chair" => S::NameChair,
        "cancel_meeting" => S::Cancel,
        "write_minutes" => S::WriteMinutes,
        "approve_minutes" => S::ApproveMinutes,
        "amend_minutes" => S::AmendMinutes,
        _ => return None,
    })
}

/// A step on a meeting. Answers the page that comes next.
pub async fn meet(
    visit: &Visit,
    step: MeetingStepName,
    form: &MeetingForm,
    typed: &Typed,
) -> Result<String, Problem> {
    let desk = visit.desk()?;
    desk.actor.may(step.action())?;
    let number = number_of(typed.named("number"))?;
    // Whether the meeting may be known of comes before what was typed.
    meetings::find(&desk, number).await.map_err(problem)?;
    let version = match form.minds_version {
        true => Some(parse_version(typed.get(Field::Version))?),
        false => None,
    };
    let wish = (form.read)(typed)?;
    let done = meetings::carry_out(&desk, number, version, wish).await;
    done.map_err(problem)?;
    let page = match step {
        MeetingStepName::WriteMinutes
        | MeetingStepName::ApproveMinutes
        | MeetingStepName::AmendMinutes => "/minutes",
        MeetingStepName::Change
        | MeetingStepName::Invite
        | MeetingStepName::Answer
        | MeetingStepName::Remind
        | MeetingStepName::PutOn
        | MeetingStepName::TakeOff
        | MeetingStepName::MoveUp
        | MeetingStepName::Open
        | MeetingStepName::Attend
        | MeetingStepName::Decide
        | MeetingStepName::Defer
        | MeetingStepName::End
        | MeetingStepName::NameChair
        | MeetingStepName::Cancel => "",
    };
    Ok(format!("/meetings/{number}{page}"))
}

/// What is asked for, by a form or a program.
pub async fn read(
    desk: &Desk,
    step: StepName,
    form: &Form,
    typed: &Typed,
) -> Result<Wish, Problem> {
    let colleagues = match step {
        StepName::Note => people::colleagues(desk).await.map_err(problem)?,
        _ => Vec::new(),
    };
    let reading = Reading {
        now: desk.now,
        book: &desk.book,
        colleagues: &colleagues,
    };
    Ok((form.read)(typed, &reading)?)
}

/// Whether the last that was said is just that, by the caller, a moment ago.
fn was_said(found: &Found, desk: &Desk, wish: &Wish) -> bool {
    let recent = found.events.iter().rev();
    let mut recent = recent.take_while(|event| desk.now - event.entered_at < A_MOMENT);
    let own = |event: &&Event| event.by.user == desk.actor.user;
    match wish {
        Wish::Step(Step::Note(note)) => recent
            .find(|event| matches!(event.what, What::Noted(_)))
            .filter(own)
            .is_some_and(
                |event| matches!(&event.what, What::Noted(events::Noted { text, .. }) if *text == note.text),
            ),
        Wish::Step(Step::Message { text }) => recent
            .find(|event| matches!(event.what, What::Messaged(_)))
            .filter(own)
            .is_some_and(
                |event| matches!(&event.what, What::Messaged(events::Messaged { text: said, .. }) if said == text),
            ),
        // Everything else that is said has a stage or a moment of its own.
        _ => false,
    }
}

const A_MOMENT: chrono::Duration = chrono::Duration::minutes(10);

/// When it happened, where it is entered afterwards.
fn parse_time(happened_at: &str) -> Result<Option<Instant>, FieldFault> {
    if happened_at.trim().is_empty() {
        return Ok(None);
    }
    let at = domain::time::parse(happened_at).ok_or(FieldFault {
        field: Field::HappenedAt,
        fault: Fault::NotATime,
    })?;
    Ok(Some(at))
}

fn parse_version(version: &str) -> Result<u32, FieldFault> {
    version.trim().parse().map_err(|_| FieldFault {
        field: Field::Version,
        fault: Fault::Unknown,
    })
}

/// Ids of files with blanks between, as a form has them.
pub fn ids(text: &str) -> Result<Vec<AttachmentId>, FieldFault> {
    let ids = text.split_whitespace().map(str::parse);
    ids.collect::<Result<_, _>>().map_err(|_| FieldFault {
        field: Field::Attachments,
        fault: Fault::Unknown,
    })
}
