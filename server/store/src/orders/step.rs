use domain::order::escalation::before_a_step;
use domain::order::{CoHandler, Event, Number, Order, Overview, Step, What, When, decide_with};
use domain::{Actor, Attachment, AttachmentId, AuditKind, Instant, Refusal, Rulebook, UserId};

use super::columns::{write_contact, write_state};
use super::find::{Found, load};
use super::joined;
use super::parts;
use super::place::name_of;
use super::words;
use crate::attachments;
use crate::audit::{self, Entry};
use crate::dialect::Conn;
use crate::journal::events;
use crate::{Context, Error, cards, commitments, notices};

/// Takes a step on an order and answers what it became.
///
/// `version` is what the caller had read; where the order has moved on since,
/// the step is refused as [`Refusal::Changed`], and `None` takes what is there.
/// `happened` is set where the step is entered after it happened (补录).
pub async fn step(
    ctx: &Context,
    number: Number,
    version: Option<u32>,
    happened: Option<Instant>,
    step: Step,
) -> Result<Overview, Error> {
    step_with(ctx, number, version, happened, step, Vec::new()).await
}

/// As [`step`], with the files that the caller has sent for it.
pub async fn step_with(
    ctx: &Context,
    number: Number,
    version: Option<u32>,
    happened: Option<Instant>,
    step: Step,
    files: Vec<AttachmentId>,
) -> Result<Overview, Error> {
    let Context { actor, now, .. } = ctx.clone();
    let entry = Entry::of(ctx, AuditKind::Steps);
    let name = step.name().code();
    let book = ctx.store.book.clone();
    let when = When::entered_late(happened, now);
    ctx.write(move |connection| {
        Box::pin(async move {
            let book = book.get();
            let found = load(connection, &actor, number).await?;
            let files = attachments::carried(connection, actor.user, &files).await?;
            // Sent once more, by a second click or a page that was gone back to: what
            // was said stands there already.
            if files.is_empty() && was_said(&found, &actor, now, &step) {
                return Ok(found.listed.overview);
            }
            let taken = Taken {
                version,
                when,
                step,
                files,
            };
            let overview = take(connection, &actor, found, taken, &book).await?;
            let entry = entry.object(number.to_string()).detail(name);
            audit::seal(connection, &entry).await?;
            Ok(overview)
        })
    })
    .await
}

/// Whether the last that was said is just that, by the caller, a moment ago. Everything else
/// that is said has a stage or a moment of its own.
fn was_said(found: &Found, actor: &Actor, now: Instant, step: &Step) -> bool {
    let said = match step {
        Step::Note(note) => note.text.as_str(),
        Step::Message { text } => text.as_str(),
        _ => return false,
    };
    let last = said_last(&found.events, now, |what| match (step, what) {
        (Step::Note(_), What::Noted(it)) => Some(it.text.as_str().to_owned()),
        (Step::Message { .. }, What::Messaged(it)) => Some(it.text.as_str().to_owned()),
        _ => None,
    });
    last == Some((actor.user, said.to_owned()))
}

/// Who said the last of its kind a moment ago, and what.
fn said_last<W, T>(
    events: &[domain::case::Event<W>],
    now: Instant,
    says: impl Fn(&W) -> Option<T>,
) -> Option<(Option<UserId>, T)> {
    const A_MOMENT: chrono::Duration = chrono::Duration::minutes(10);
    let recent = events.iter().rev();
    let mut recent = recent.take_while(|event| now - event.entered_at < A_MOMENT);
    recent.find_map(|event| Some((event.by.user, says(&event.what)?)))
}

/// A step with what comes along.
pub(crate) struct Taken {
    /// What the caller had read; `None` takes what is there.
    pub version: Option<u32>,
    pub when: When,
    pub step: Step,
    pub files: Vec<Attachment>,
}

/// Takes a step on an order that was found in this transaction.
pub(crate) async fn take(
    connection: &mut Conn,
    actor: &Actor,
    found: Found,
    taken: Taken,
    book: &Rulebook,
) -> Result<Overview, Error> {
    let Taken {
        version,
        when,
        step,
        files,
    } = taken;
    let mut order = found.order.clone();
    if version.is_some_and(|version| !order.stands_as_at(version)) {
        return Err(Refusal::Changed {
            current: order.version,
        }
        .into());
    }
    // What had come by itself stands, whoever is quicker.
    let id = found.listed.id;
    let come = before_a_step(&order, when.entered, book);
    let clockwork = Actor::clockwork();
    for event in &come {
        order.apply(event)?;
    }
    let events = decide_with(&order, actor, when, step, files.clone(), book)?;
    attachments::hang::<What>(connection, id, &files).await?;
    if !come.is_empty() {
        write_down(connection, id, found.order, &clockwork, &come, book).await?;
    }
    write_down(connection, id, order, actor, &events, book).await
}

/// Appends events with all that is kept beside them: the columns that lists read,
/// the cards, and the notices of whoever is told.
pub(crate) async fn write_down(
    connection: &mut Conn,
    id: i64,
    mut order: Order,
    actor: &Actor,
    happened: &[Event],
    book: &Rulebook,
) -> Result<Overview, Error> {
    events::append(connection, id, happened).await?;
    let joined = order.absorbed.clone();
    let readers = words::readers(&order);
    let with = order.joined_matters().to_vec();
    for event in happened {
        order.apply(event)?;
        notices::tell(connection, id, event.what.told(&order), actor, event).await?;
        cards::keep(connection, id, &order, event).await?;
    }
    commitments::keep(connection, id, &order).await?;
    let overview = order.overview(book);
    let handed = |event: &Event| matches!(event.what, What::HandedOver(_));
    if happened.iter().any(handed) {
        write_contact(connection, id, &overview).await?;
    }
    if order.co_handlers.iter().any(CoHandler::is_recalled) {
        parts::clear(connection, id).await?;
    }
    write_state(connection, id, &overview).await?;
    if words::readers(&order) != readers {
        let enterprise = name_of(connection, order.enterprise).await?;
        words::write(connection, id, &order, &enterprise).await?;
    }
    if !joined.is_empty() {
        joined::pass_on(connection, &joined, happened, book).await?;
    }
    // Those before it was sent back too, and whoever has just been taken in.
    let mut with = with;
    with.extend(order.joined_matters());
    with.sort_unstable();
    with.dedup();
    if !with.is_empty() {
        joined::pass_on_matter(connection, &order, &with, happened, book).await?;
    }
    Ok(overview)
}
