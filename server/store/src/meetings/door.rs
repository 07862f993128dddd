//! The one door for what somebody asks to be done with a meeting, by a form or a program.

use domain::meeting::{
    self, Chair, MeetingNumber, MeetingStep, MeetingWhat, MeetingWish, MinutesNumber,
};
use domain::order::When;
use domain::{Actor, Attachment, Deed, Refusal, Rulebook};

use super::calling::{planned, who_can_preside};
use super::find::{Found, load};
use super::kept::keep;
use super::matters;
use crate::audit::{self, Entry};
use crate::cases::next_serial;
use crate::dialect::Conn;
use crate::journal::events;
use crate::notices::{self, Told};
use crate::orders::said_last;
use crate::{Asked, Desk, Error, attachments};

/// Finds the meeting, makes the step in the transaction that takes it.
pub async fn carry_out(
    desk: &Desk,
    number: MeetingNumber,
    asked: impl Into<Asked<MeetingWish>>,
) -> Result<(), Error> {
    let (asked, caller) = (asked.into(), desk.clone());
    desk.write(move |connection| {
        Box::pin(async move {
            let desk = Desk {
                book: caller.store.book.get(),
                ..caller
            };
            let Desk { actor, book, .. } = &desk;
            let found = load(connection, actor, number).await?;
            if asked
                .version
                .is_some_and(|it| !found.meeting.stands_as_at(it))
            {
                return Err(Refusal::MeetingMoved.into());
            }
            let files = attachments::carried(connection, actor.user, &asked.files).await?;
            let when = When::entered_late(asked.happened, desk.now);
            let step = made(connection, &desk, &found, when, asked.wish).await?;
            // As with an order: what was noted stands there already.
            if let (MeetingStep::Note(note), true) = (&step, files.is_empty()) {
                let last = said_last(&found.events, desk.now, |what| match what {
                    MeetingWhat::Noted(it) => Some(it.note.clone()),
                    _ => None,
                });
                if last == Some((actor.user, note.clone())) {
                    return Ok(());
                }
            }
            let name = step.name().code();
            take(connection, actor, found, when, (step, files), book).await?;
            let entry = Entry::of(&desk, Deed::Meetings).object(number.to_string());
            audit::append(connection, &entry.detail(name)).await
        })
    })
    .await
}

/// The step that is asked for, once it is known what it names.
async fn made(
    connection: &mut Conn,
    desk: &Desk,
    found: &Found,
    when: When,
    wish: MeetingWish,
) -> Result<MeetingStep, Error> {
    let (now, book) = (desk.now, &desk.book);
    Ok(match wish {
        MeetingWish::Step(step) => step,
        MeetingWish::Change(draft) => {
            MeetingStep::Change(planned(connection, &draft, now, book).await?)
        }
        MeetingWish::NameChair(chair) => {
            let chairs = who_can_preside(connection).await?;
            MeetingStep::NameChair(Chair::parse(&chair, &chairs)?)
        }
        MeetingWish::PutOn { matter, minutes } => {
            let stands = matters::stands(connection, &desk.actor, matter).await?;
            MeetingStep::PutOn {
                matter,
                minutes,
                stands,
            }
        }
        // Minutes that are approved get the next number of the year. A serial is drawn where
        // there is none yet; refused, it goes back with all.
        MeetingWish::ApproveMinutes { revision } => {
            let next = match found.meeting.minutes.number() {
                Some(number) => number,
                None => {
                    let (year, serial) = next_serial(connection, now, "minutes").await?;
                    MinutesNumber { year, serial }
                }
            };
            MeetingStep::ApproveMinutes { revision, next }
        }
        MeetingWish::Decide {
            matter,
            seen,
            duty,
            basis,
            replaces,
        } => {
            let at = matters::At { desk, found, when };
            at.decide(connection, matter, seen, (&duty, &basis, &replaces))
                .await?
        }
        MeetingWish::Conclude {
            matter,
            seen,
            conclusion,
        } => {
            let at = matters::At { desk, found, when };
            at.conclude(connection, matter, seen, conclusion).await?
        }
        MeetingWish::Defer { matter, reason } => {
            let at = matters::At { desk, found, when };
            at.defer(connection, matter, reason).await?
        }
    })
}

/// Takes a step on a meeting that was found in this transaction.
pub(super) async fn take(
    connection: &mut Conn,
    actor: &Actor,
    found: Found,
    when: When,
    (step, files): (MeetingStep, Vec<Attachment>),
    book: &Rulebook,
) -> Result<(), Error> {
    let mut meeting = found.meeting;
    attachments::hang::<MeetingWhat>(connection, found.id, &files).await?;
    let happened = meeting::decide(&meeting, actor, when, step, files, book)?;
    events::append(connection, found.id, &happened).await?;
    for event in &happened {
        let before = meeting.clone();
        meeting.apply(event)?;
        let told = Told {
            told: event.what.told(&meeting),
            dropped: meeting.dropped(&before),
        };
        notices::tell(connection, found.id, told, actor, event).await?;
    }
    keep(connection, found.id, &meeting, book).await
}
