use domain::order::{Event, Note, Number, Step, What};
use domain::{AttachmentId, Fault, Field, FieldFault, Instant, Refusal};

use store::orders::Found;
use store::{Desk, people};

use super::visit::problem;
use super::{answer, desk};
use crate::problem::Problem;

/// One step on an order, from a form: finds, parses, takes it.
pub async fn act(
    number: &str,
    version: &str,
    happened_at: &str,
    parse: impl FnOnce(&Desk) -> Result<Step, Refusal>,
) -> Result<(), Problem> {
    act_with(number, version, happened_at, "", parse).await
}

/// As [`act`], with the ids of the files that the form shows.
pub async fn act_with(
    number: &str,
    version: &str,
    happened_at: &str,
    files: &str,
    parse: impl FnOnce(&Desk) -> Result<Step, Refusal>,
) -> Result<(), Problem> {
    answer(async {
        let desk = desk()?;
        let number = Number::parse(number).ok_or(Problem::NotFound)?;
        let version = parse_version(version)?;
        // Whether the order may be known of comes before what was typed.
        store::orders::find(&desk, number).await.map_err(problem)?;
        let happened = parse_time(happened_at)?;
        let step = parse(&desk)?;
        let files = ids(files)?;
        take(&desk, number, Some(version), happened, step, files).await
    })
    .await
}

/// Something that is only said: whatever else has happened meanwhile does not matter.
pub async fn say(
    number: &str,
    files: &str,
    parse: impl FnOnce(&Desk) -> Result<Step, Refusal>,
) -> Result<(), Problem> {
    answer(async {
        let desk = desk()?;
        let number = Number::parse(number).ok_or(Problem::NotFound)?;
        let found = store::orders::find(&desk, number).await.map_err(problem)?;
        let step = parse(&desk)?;
        let files = ids(files)?;
        if files.is_empty() && was_said(&found, &desk, &step) {
            // A page that was gone back to and sent once more: it stands there already.
            return done(number, &step);
        }
        take(&desk, number, None, None, step, files).await
    })
    .await
}

pub async fn note(number: &str, text: &str, files: &str) -> Result<(), Problem> {
    let colleagues = match desk() {
        Ok(desk) => people::colleagues(&desk).await.map_err(problem)?,
        // Refused below.
        Err(_) => Vec::new(),
    };
    say(number, files, |_| {
        Note::parse(text, &colleagues).map(Step::Note)
    })
    .await
}

/// Whether the last that was said is just that, by the caller, a moment ago.
fn was_said(found: &Found, desk: &Desk, step: &Step) -> bool {
    let recent = found.events.iter().rev();
    let mut recent = recent.take_while(|event| desk.now - event.entered_at < A_MOMENT);
    let own = |event: &&Event| event.by.user == desk.actor.user;
    match step {
        Step::Note(note) => recent
            .find(|event| matches!(event.what, What::Noted { .. }))
            .filter(own)
            .is_some_and(
                |event| matches!(&event.what, What::Noted { text, .. } if *text == note.text),
            ),
        Step::Message { text } => recent
            .find(|event| matches!(event.what, What::Messaged { .. }))
            .filter(own)
            .is_some_and(
                |event| matches!(&event.what, What::Messaged { text: said, .. } if said == text),
            ),
        // Everything else that is said has a stage or a moment of its own.
        _ => false,
    }
}

const A_MOMENT: chrono::Duration = chrono::Duration::minutes(10);

fn done(number: Number, step: &Step) -> Result<(), Problem> {
    let done = step.name().code();
    leptos_axum::redirect(&format!("/orders/{number}?done={done}"));
    Ok(())
}

async fn take(
    desk: &Desk,
    number: Number,
    version: Option<u32>,
    happened: Option<Instant>,
    step: Step,
    files: Vec<AttachmentId>,
) -> Result<(), Problem> {
    let done = step.name().code();
    store::orders::step_with(desk, number, version, happened, step, files)
        .await
        .map_err(problem)?;
    leptos_axum::redirect(&format!("/orders/{number}?done={done}"));
    Ok(())
}

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

pub(super) fn parse_version(version: &str) -> Result<u32, FieldFault> {
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
