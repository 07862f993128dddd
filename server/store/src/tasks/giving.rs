//! Tasks by themselves are given.

use domain::task::{
    self, Giving, GivingDraft, Source, TaskNumber, TaskStep, TaskStepName, TaskWhat,
};
use domain::{Action, Attachment, AttachmentId, Instant, Refusal, Rulebook};

use super::Case;
use crate::cases::{self, next_serial};
use crate::dialect::Conn;
use crate::{Asked, Context, Error, attachments};

/// Gives a task by itself, and answers its number.
pub async fn give(
    ctx: &Context,
    draft: GivingDraft,
    files: Vec<AttachmentId>,
) -> Result<TaskNumber, Error> {
    let action = Action::GiveTasks;
    ctx.actor.may(action)?;
    let source = Source::of(ctx.actor.role.name()).ok_or(Refusal::Forbidden { action })?;
    let caller = ctx.clone();
    ctx.write(move |connection| {
        Box::pin(async move {
            let (ctx, book) = (&caller, caller.store.book.get());
            let giving = draft.parse(source, ctx.now, &book)?;
            let files = attachments::carried(connection, ctx.actor.user, &files).await?;
            if let (Some(number), true) = (
                given_already(connection, ctx, &giving).await?,
                files.is_empty(),
            ) {
                return Ok(number);
            }
            let number = next_number(connection, ctx.now).await?;
            given(connection, ctx, (number, giving, files), &book).await?;
            Ok(number)
        })
    })
    .await
}

/// Sent twice: the same was given a moment ago by the same person, and nothing has come of it
/// since. What was taken back or done can be given again in the same words.
async fn given_already(
    connection: &mut Conn,
    ctx: &Context,
    giving: &Giving,
) -> Result<Option<TaskNumber>, Error> {
    const A_MOMENT: chrono::Duration = chrono::Duration::minutes(10);
    let last = "SELECT id FROM task_cases ORDER BY id DESC LIMIT 20";
    let last: Vec<i64> = sqlx::query_scalar(last).fetch_all(&mut *connection).await?;
    for id in last {
        // One that cannot be read is none that was given now.
        let Ok(found) = cases::replayed::<Case>(connection, id).await else {
            continue;
        };
        let [first] = &found.events[..] else {
            continue;
        };
        let is_now = ctx.now - first.entered_at < A_MOMENT && first.by.user == ctx.actor.user;
        if let (TaskWhat::Given(it), true) = (&first.what, is_now)
            && it.giving == *giving
        {
            return Ok(Some(it.number));
        }
    }
    Ok(None)
}

/// As [`cases::carry_out`].
pub async fn carry_out(
    ctx: &Context,
    number: TaskNumber,
    asked: impl Into<Asked<TaskStep>>,
) -> Result<(), Error> {
    cases::carry_out::<Case>(ctx, number.to_string(), asked.into()).await
}

pub(crate) async fn next_number(connection: &mut Conn, now: Instant) -> Result<TaskNumber, Error> {
    let (year, serial) = next_serial(connection, now, "task").await?;
    Ok(TaskNumber::new(year, serial))
}

/// Gives a task in this transaction.
pub(crate) async fn given(
    connection: &mut Conn,
    ctx: &Context,
    (number, giving, files): (TaskNumber, Giving, Vec<Attachment>),
    book: &Rulebook,
) -> Result<(), Error> {
    let event = task::give(number, &ctx.actor, ctx.now, giving, files, book)?;
    let step = TaskStepName::Give.code();
    cases::begin::<Case>(connection, ctx, event, (step, book)).await
}
