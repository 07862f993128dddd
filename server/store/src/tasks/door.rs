//! The one door for what somebody asks to be done with a task, by a form or a program.

use domain::case::When;
use domain::task::{
    self, GivingDraft, Source, TaskCase, TaskNumber, TaskStep, TaskStepName, TaskWhat,
};
use domain::{Action, Actor, Attachment, AttachmentId, Deed, Refusal, Rulebook};

use super::find::{Found, load};
use super::kept::{insert, keep};
use crate::audit::{self, Entry};
use crate::cases::next_serial;
use crate::dialect::Conn;
use crate::journal::events;
use crate::orders::said_last;
use crate::{Asked, Desk, Error, attachments, notices};

/// Gives a task by itself, and answers its number.
pub async fn give(
    desk: &Desk,
    draft: GivingDraft,
    files: Vec<AttachmentId>,
) -> Result<TaskNumber, Error> {
    let action = Action::GiveTasks;
    desk.actor.may(action)?;
    let source = Source::of(desk.actor.role.name()).ok_or(Refusal::Forbidden { action })?;
    let Desk { actor, now, .. } = desk.clone();
    let entry = Entry::of(desk, Deed::Tasks);
    let book = desk.store.book.clone();
    desk.write(move |connection| {
        Box::pin(async move {
            let book = book.get();
            let giving = draft.parse(source, now, &book)?;
            let files = attachments::carried(connection, actor.user, &files).await?;
            let (year, serial) = next_serial(connection, now, TaskStepName::Give.code()).await?;
            let number = TaskNumber::new(year, serial);
            let event = task::give(number, &actor, now, giving, files.clone(), &book)?;
            let case = TaskCase::replay(std::slice::from_ref(&event))?;
            let id = insert(connection, &case).await?;
            attachments::hang::<TaskWhat>(connection, id, &files).await?;
            events::append(connection, id, std::slice::from_ref(&event)).await?;
            keep(connection, id, &case, &book).await?;
            notices::tell(connection, id, event.what.told(&case), &actor, &event).await?;
            let entry = entry.object(number.to_string()).detail("give");
            audit::append(connection, &entry).await?;
            Ok(number)
        })
    })
    .await
}

/// Finds the task, takes the step.
pub async fn carry_out(
    desk: &Desk,
    number: TaskNumber,
    asked: impl Into<Asked<TaskStep>>,
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
            if asked.version.is_some_and(|it| !found.case.stands_as_at(it)) {
                return Err(Refusal::TaskMoved.into());
            }
            let files = attachments::carried(connection, actor.user, &asked.files).await?;
            let when = When::entered_late(asked.happened, desk.now);
            // What was said a moment ago in the same words stands there already.
            if let (TaskStep::Note { text }, true) = (&asked.wish, files.is_empty()) {
                let last = said_last(&found.events, desk.now, |what| match what {
                    TaskWhat::Noted(it) => Some(it.text.clone()),
                    _ => None,
                });
                if last == Some((actor.user, text.clone())) {
                    return Ok(());
                }
            }
            let name = asked.wish.name().code();
            take(connection, actor, found, when, (asked.wish, files), book).await?;
            let entry = Entry::of(&desk, Deed::Tasks).object(number.to_string());
            audit::append(connection, &entry.detail(name)).await
        })
    })
    .await
}

/// Takes a step on a task that was found in this transaction. Answers how many events it made.
pub(super) async fn take(
    connection: &mut Conn,
    actor: &Actor,
    found: Found,
    when: When,
    (step, files): (TaskStep, Vec<Attachment>),
    book: &Rulebook,
) -> Result<usize, Error> {
    attachments::hang::<TaskWhat>(connection, found.id, &files).await?;
    let happened = task::decide(&found.case, actor, when, step, files, book)?;
    write_down(connection, found, actor, &happened, book).await?;
    Ok(happened.len())
}

/// Appends what happened, tells whoever it concerns, keeps what lists read.
pub(super) async fn write_down(
    connection: &mut Conn,
    found: Found,
    actor: &Actor,
    happened: &[task::TaskEvent],
    book: &Rulebook,
) -> Result<(), Error> {
    let (id, mut case) = (found.id, found.case);
    events::append(connection, id, happened).await?;
    for event in happened {
        case.apply(event)?;
        notices::tell(connection, id, event.what.told(&case), actor, event).await?;
    }
    keep(connection, id, &case, book).await
}
