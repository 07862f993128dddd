//! What the store does with a case of any kind that its events alone tell: finds it, takes a
//! step through its door, keeps beside its history what lists read, looks after those that are
//! due, holds all of it against the histories.

use std::future::Future;

use domain::case::door::{Step, StepName};
use domain::case::{Case, Door, Event, Happens, When};
use domain::{Actor, AuditKind, Instant, Refusal, Rulebook};

use super::Kind;
use crate::audit::{self, Entry};
use crate::context::Trace;
use crate::dialect::{Conn, Sql};
use crate::journal::check::Differs;
use crate::journal::events::{self, Histories};
use crate::notices::{self, Told};
use crate::troubles::Troubles;
use crate::writer::{close_record, open_record};
use crate::{Asked, Context, Error, Store, attachments};

/// A case with its history.
#[derive(Debug)]
pub struct Found<C: Case> {
    pub id: i64,
    pub case: C,
    pub events: Vec<Event<C::What>>,
}

/// A kind as it is kept: what is its own.
pub trait Stored: Door {
    const KIND: Kind;
    /// As the audit has its lines.
    const AUDIT_KIND: AuditKind;

    fn number(&self) -> String;

    /// What to say to whoever was slower.
    fn moved() -> Refusal;

    /// Whom an event tells, of the case that stood as `before`.
    fn told(&self, before: &Self, what: &Self::What) -> Told;

    /// A row for one that begins; answers its id.
    fn insert(&self, connection: &mut Conn) -> impl Future<Output = Result<i64, Error>> + Send;

    /// Writes what lists read of it anew.
    fn keep(
        &self,
        connection: &mut Conn,
        id: i64,
        book: &Rulebook,
    ) -> impl Future<Output = Result<(), Error>> + Send;

    /// Whether what is kept is what the history makes of it.
    fn is_kept(
        &self,
        connection: &mut Conn,
        id: i64,
        book: &Rulebook,
    ) -> impl Future<Output = Result<bool, Error>> + Send;

    /// The step that is asked for, once it is known what it names.
    fn made(
        connection: &mut Conn,
        ctx: &Context,
        found: &Found<Self>,
        when: When,
        wish: Self::Wish,
    ) -> impl Future<Output = Result<Self::Step, Error>> + Send;
}

/// The one with this number; `NotFound` where there is none that the caller may know of.
pub async fn find<C: Stored>(ctx: &Context, number: &str) -> Result<Found<C>, Error> {
    let mut connection = ctx.store.read.acquire().await?;
    load(&mut connection, &ctx.actor, number).await
}

/// The same in a transaction.
pub(crate) async fn load<C: Stored>(
    connection: &mut Conn,
    actor: &Actor,
    number: &str,
) -> Result<Found<C>, Error> {
    let id = C::KIND.find(connection, actor, number).await?;
    replayed(connection, id).await
}

/// The one with this id; `NotFound` where `actor` may not know of it.
pub(crate) async fn with_id<C: Stored>(
    connection: &mut Conn,
    actor: &Actor,
    id: i64,
) -> Result<Found<C>, Error> {
    let table = C::KIND.table();
    let mut query = Sql::new(format!("SELECT EXISTS (SELECT 1 FROM {table} WHERE id = "));
    query.push_bind(id).push(" AND");
    C::KIND.visible(&mut query, actor);
    query.push(")");
    let is_theirs: bool = query
        .build_query_scalar()
        .fetch_one(&mut *connection)
        .await?;
    match is_theirs {
        true => replayed(connection, id).await,
        false => Err(Error::NotFound),
    }
}

pub(crate) async fn replayed<C: Stored>(connection: &mut Conn, id: i64) -> Result<Found<C>, Error> {
    let events = events::history(connection, id).await?;
    let case = C::replay(&events)?;
    Ok(Found { id, case, events })
}

/// The first event of a case, with files that hang on it.
pub(crate) async fn begin<C: Stored>(
    connection: &mut Conn,
    ctx: &Context,
    event: Event<C::What>,
    (step, book): (&'static str, &Rulebook),
) -> Result<(), Error> {
    let case = C::replay(std::slice::from_ref(&event))?;
    let id = case.insert(connection).await?;
    attachments::hang::<C::What>(connection, id, &event.attachments).await?;
    events::append(connection, id, std::slice::from_ref(&event)).await?;
    case.keep(connection, id, book).await?;
    let told = case.told(&case, &event.what);
    notices::tell(connection, id, told, &ctx.actor, &event).await?;
    let entry = Entry::of(ctx, C::AUDIT_KIND).object(case.number());
    audit::append(connection, &entry.detail(step)).await
}

/// The one door for what somebody asks to be done with a case, by a form or a program: finds
/// it, makes the step in the transaction that takes it.
pub async fn carry_out<C: Stored>(
    ctx: &Context,
    number: String,
    asked: Asked<C::Wish>,
) -> Result<(), Error> {
    let caller = ctx.clone();
    ctx.write(move |connection| {
        Box::pin(async move {
            let ctx = Context {
                book: caller.store.book.get(),
                ..caller
            };
            let Context { actor, book, .. } = &ctx;
            let found = load::<C>(connection, actor, &number).await?;
            if asked.version.is_some_and(|it| !found.case.stands_as_at(it)) {
                return Err(C::moved().into());
            }
            let files = attachments::carried(connection, actor.user, &asked.files).await?;
            let when = When::entered_late(asked.happened, ctx.now);
            let step = C::made(connection, &ctx, &found, when, asked.wish).await?;
            let name = step.name().code();
            let happened = found.case.decide(actor, when, step, files.clone(), book)?;
            if is_said_already(&found.events, &happened, actor, ctx.now) {
                return Ok(());
            }
            attachments::hang::<C::What>(connection, found.id, &files).await?;
            write_down(connection, found.id, found.case, actor, &happened, book).await?;
            let entry = Entry::of(&ctx, C::AUDIT_KIND).object(number);
            audit::append(connection, &entry.detail(name)).await
        })
    })
    .await
}

/// Sent twice: what is only said stands there already, in the same words, from a moment ago.
fn is_said_already<W: Happens + PartialEq>(
    before: &[Event<W>],
    happened: &[Event<W>],
    actor: &Actor,
    now: Instant,
) -> bool {
    const A_MOMENT: chrono::Duration = chrono::Duration::minutes(10);
    let recent = || {
        let recent = before.iter().rev();
        // What moved since may have taken back what was said.
        recent.take_while(move |event| now - event.entered_at < A_MOMENT && event.what.is_talk())
    };
    let is_there = |event: &Event<W>| {
        let mut of_its_kind = recent().filter(|one| one.what.code() == event.what.code());
        let last = of_its_kind.next();
        last.is_some_and(|last| last.by.user == actor.user && last.what == event.what)
    };
    !happened.is_empty()
        && happened
            .iter()
            .all(|event| event.what.is_talk() && event.attachments.is_empty() && is_there(event))
}

/// Takes a step on a case that was found in this transaction. Answers how many events it made.
pub(crate) async fn take<C: Stored>(
    connection: &mut Conn,
    actor: &Actor,
    found: Found<C>,
    (when, step): (When, C::Step),
    book: &Rulebook,
) -> Result<usize, Error> {
    let happened = found.case.decide(actor, when, step, Vec::new(), book)?;
    write_down(connection, found.id, found.case, actor, &happened, book).await?;
    Ok(happened.len())
}

/// Appends what happened, tells whoever it concerns, keeps what lists read.
pub(crate) async fn write_down<C: Stored>(
    connection: &mut Conn,
    id: i64,
    mut case: C,
    actor: &Actor,
    happened: &[Event<C::What>],
    book: &Rulebook,
) -> Result<(), Error> {
    events::append(connection, id, happened).await?;
    let clockwork = Actor::clockwork();
    for event in happened {
        let before = case.clone();
        case.apply(event)?;
        let told = case.told(&before, &event.what);
        // What came by itself before a step is told to whoever takes it, too.
        let by = match event.by.role == clockwork.role.name() {
            true => &clockwork,
            false => actor,
        };
        notices::tell(connection, id, told, by, event).await?;
    }
    case.keep(connection, id, book).await
}

/// Cases that one transaction looks at, so that people's writes get in between.
const BATCH: usize = 200;

/// By id, with what people call each.
pub(crate) type Due = Vec<(i64, String)>;

/// Takes the program's own step on each case that is due. Answers on how many something
/// happened, and how many events that were.
pub(crate) async fn sweep<C: Stored>(
    store: &Store,
    now: Instant,
    due: Due,
    step: fn() -> C::Step,
) -> Result<(usize, usize), Error> {
    let mut swept = (0, 0);
    for batch in due.chunks(BATCH) {
        let (cases, events) = sweep_some::<C>(store, now, batch.to_vec(), step).await?;
        swept = (swept.0 + cases, swept.1 + events);
    }
    Ok(swept)
}

/// In one transaction.
async fn sweep_some<C: Stored>(
    store: &Store,
    now: Instant,
    due: Due,
    step: fn() -> C::Step,
) -> Result<(usize, usize), Error> {
    let (book, troubles) = (store.book.clone(), store.troubles.clone());
    store
        .write(move |connection| {
            Box::pin(async move {
                let (book, clockwork) = (book.get(), Actor::clockwork());
                let mut swept = (0, 0);
                // One that cannot be read holds up no other.
                for (id, number) in due {
                    let what = format!("{} {number}", C::KIND.code());
                    open_record(connection).await?;
                    let done = async {
                        let found = replayed::<C>(connection, id).await?;
                        let (step, when) = (step(), When::now(now));
                        let name = step.name().code();
                        let step = (when, step);
                        let events = take(connection, &clockwork, found, step, &book).await?;
                        let entry =
                            Entry::new(C::AUDIT_KIND, now, &Trace::default()).by(&clockwork);
                        let entry = entry.object(number).detail(name);
                        audit::seal(connection, &entry).await?;
                        Ok(events)
                    };
                    let done = done.await;
                    match close_record(connection, done).await? {
                        Ok(events) => {
                            swept.0 += usize::from(events > 0);
                            swept.1 += events;
                            troubles.clear(&what);
                        }
                        // Somebody was faster since it was found due.
                        Err(Error::Refused(_)) => troubles.clear(&what),
                        Err(error) => troubles.note(&what, &error),
                    }
                }
                Ok(swept)
            })
        })
        .await
}

/// Works on each of some cases: one that cannot be read or written is named, and holds up no
/// other. Answers on how many `happens` made events.
pub(crate) async fn each<C: Stored>(
    connection: &mut Conn,
    due: Due,
    actor: &Actor,
    (book, troubles): (&Rulebook, &Troubles),
    happens: impl Fn(&C) -> Vec<Event<C::What>> + Send + Sync,
) -> Result<u64, Error> {
    let mut written = 0;
    for (id, number) in due {
        open_record(connection).await?;
        let done = async {
            let Found { case, .. } = replayed::<C>(connection, id).await?;
            let events = happens(&case);
            if events.is_empty() && case.is_kept(connection, id, book).await? {
                return Ok(false);
            }
            write_down(connection, id, case, actor, &events, book).await?;
            Ok(!events.is_empty())
        };
        let done = done.await;
        match close_record(connection, done).await? {
            Ok(happened) => written += u64::from(happened),
            Err(error) => troubles.note(&format!("{} {number}", C::KIND.code()), &error),
        }
    }
    Ok(written)
}

/// Tells every history anew and holds it against what is kept for reading.
pub(crate) async fn check<C: Stored>(
    connection: &mut Conn,
    book: &Rulebook,
) -> Result<Vec<Differs>, Error> {
    let mut all = Sql::new(format!(
        "SELECT id, number FROM {} ORDER BY id",
        C::KIND.table()
    ));
    let all: Due = all.build_query_as().fetch_all(&mut *connection).await?;
    let mut wrong = Vec::new();
    for group in all.chunks(200) {
        let ids: Vec<i64> = group.iter().map(|(id, _)| *id).collect();
        let mut told: Histories<C::What> = events::histories(connection, &ids).await?;
        for (id, number) in group {
            let events = told.remove(id).unwrap_or(Ok(Vec::new()));
            let told = events.and_then(|events| Ok(C::replay(&events)?));
            let kept = match told {
                Ok(case) => case.is_kept(connection, *id, book).await,
                Err(error) => Err(error),
            };
            let cause = match kept {
                Ok(true) => continue,
                Ok(false) => None,
                Err(error) => Some(error),
            };
            let what = format!("{} {number}", C::KIND.code());
            wrong.push(Differs { what, cause });
        }
    }
    Ok(wrong)
}
