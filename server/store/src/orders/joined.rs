//! Orders that have to do with each other: both sides of a step in one transaction.

use domain::order::express::matter_news;
use domain::order::merge::{MergeWish, news};
use domain::order::placement;
use domain::order::{Event, Main, Number, Order, Overview, Portion, Reason, Step, When, decide};
use domain::{Actor, AuditKind, Fault, Field, FieldFault, Refusal, Rulebook};
use futures::future::BoxFuture;

use super::find::{Found, load};
use super::place::{next_number, write_first};
use super::step::{Taken, take, write_down};
use crate::audit::{self, Entry};
use crate::dialect::Conn;
use crate::{Context, Error, attachments, watching};

/// 并案: joins an order to another. `version` is what the caller had read of it.
pub async fn merge(
    ctx: &Context,
    number: Number,
    version: Option<u32>,
    wish: MergeWish,
) -> Result<Overview, Error> {
    let name = "merge";
    both(ctx, number, name, move |connection, actor, when, book| {
        Box::pin(async move { join(connection, actor, when, (number, version), &wish, book).await })
    })
    .await
}

/// Joins all of `numbers` but the main one itself to it, or none: each that is refused is
/// named with its reason. Answers the main order.
pub async fn merge_all(
    ctx: &Context,
    numbers: &[Number],
    wish: MergeWish,
) -> Result<Overview, Error> {
    let (name, into) = ("merge", wish.into);
    let joined: Vec<Number> = numbers.iter().copied().filter(|one| *one != into).collect();
    both(ctx, into, name, move |connection, actor, when, book| {
        Box::pin(async move {
            other(connection, actor, into).await?;
            let mut refused = Vec::new();
            for number in &joined {
                let one = join(connection, actor, when, (*number, None), &wish, book).await;
                let refusal = match one {
                    Ok(_) => continue,
                    Err(Error::Refused(refusal)) => refusal,
                    Err(Error::NotFound) => Refusal::OutOfSight,
                    Err(error) => return Err(error),
                };
                refused.push((number.to_string(), Box::new(refusal)));
            }
            if !refused.is_empty() {
                // What was joined in this transaction goes with it.
                return Err(Refusal::Several {
                    done: 0,
                    left: joined.len(),
                    refused,
                }
                .into());
            }
            Ok(load(connection, actor, into).await?.listed.overview)
        })
    })
    .await
}

/// One order of a merge, and the main order's side of it.
async fn join(
    connection: &mut Conn,
    actor: &Actor,
    when: When,
    (number, version): (Number, Option<u32>),
    wish: &MergeWish,
    book: &Rulebook,
) -> Result<Overview, Error> {
    let joined = load(connection, actor, number).await?;
    let main = other(connection, actor, wish.into).await?;
    let (joined_id, main_id) = (joined.listed.id, main.listed.id);
    let absorb = Step::Absorb {
        order: number,
        enterprise: joined.order.enterprise,
    };
    let step = Step::Merge {
        main: Main::of(&main.order, book),
        reason: wish.reason.clone(),
    };
    let taken = Taken {
        version,
        ..plain(when, step)
    };
    let overview = take(connection, actor, joined, taken, book).await?;
    take(connection, actor, main, plain(when, absorb), book).await?;
    watching::take_along(connection, joined_id, main_id).await?;
    Ok(overview)
}

/// Undoes a merge: the order stands as it stood.
pub async fn unmerge(
    ctx: &Context,
    number: Number,
    version: Option<u32>,
    reason: Reason,
) -> Result<Overview, Error> {
    let name = "unmerge";
    both(ctx, number, name, move |connection, actor, when, book| {
        Box::pin(async move {
            let joined = load(connection, actor, number).await?;
            let main = joined.order.merged_into();
            let step = Step::Unmerge { reason };
            let taken = Taken {
                version,
                ..plain(when, step)
            };
            let overview = take(connection, actor, joined, taken, book).await?;
            if let Some(main) = main {
                let main = load(connection, actor, main).await?;
                let release = Step::Release { order: number };
                take(connection, actor, main, plain(when, release), book).await?;
            }
            Ok(overview)
        })
    })
    .await
}

/// 关联: links two orders that the caller may both link.
pub async fn link(
    ctx: &Context,
    number: Number,
    version: Option<u32>,
    with: Number,
) -> Result<Overview, Error> {
    let step = |other| Step::Link { other };
    mutual(ctx, (number, version), with, "link", step).await
}

pub async fn unlink(
    ctx: &Context,
    number: Number,
    version: Option<u32>,
    with: Number,
) -> Result<Overview, Error> {
    let step = |other| Step::Unlink { other };
    mutual(ctx, (number, version), with, "unlink", step).await
}

/// The same step on both, each with the other.
async fn mutual(
    ctx: &Context,
    (number, version): (Number, Option<u32>),
    with: Number,
    name: &'static str,
    step: fn(Number) -> Step,
) -> Result<Overview, Error> {
    both(ctx, number, name, move |connection, actor, when, book| {
        Box::pin(async move {
            let one = load(connection, actor, number).await?;
            let two = other(connection, actor, with).await?;
            let taken = Taken {
                version,
                ..plain(when, step(with))
            };
            let overview = take(connection, actor, one, taken, book).await?;
            take(connection, actor, two, plain(when, step(number)), book).await?;
            Ok(overview)
        })
    })
    .await
}

/// 拆分: a part of an order becomes an order by itself. Answers the new one.
pub async fn split(
    ctx: &Context,
    number: Number,
    version: Option<u32>,
    portion: Portion,
) -> Result<Overview, Error> {
    let name = "split";
    both(ctx, number, name, move |connection, actor, when, book| {
        Box::pin(async move {
            let whole = load(connection, actor, number).await?;
            let enterprise = Some(whole.order.enterprise);
            let (into, name) = next_number(connection, when.entered, enterprise).await?;
            let mut placed =
                placement::split(into, &whole.order, actor, when.entered, &portion, book);
            // What was sent along with the whole goes with the part too.
            let first = whole.events.first();
            placed.attachments = first
                .map(|first| first.attachments.clone())
                .unwrap_or_default();
            let files = placed.attachments.clone();
            let step = Step::Split { into, portion };
            let taken = Taken {
                version,
                ..plain(when, step)
            };
            take(connection, actor, whole, taken, book).await?;
            let (id, overview) = write_first(connection, &placed, &name, book).await?;
            attachments::hang_also(connection, id, &files).await?;
            Ok(overview)
        })
    })
    .await
}

/// What happened to a main order is news to those joined to it.
pub(super) fn pass_on<'c>(
    connection: &'c mut Conn,
    joined: &'c [Number],
    events: &'c [Event],
    book: &'c Rulebook,
) -> BoxFuture<'c, Result<(), Error>> {
    Box::pin(async move {
        let clockwork = Actor::clockwork();
        for (event, news) in events
            .iter()
            .filter_map(|event| Some((event, news(event)?)))
        {
            for number in joined {
                let found = load(connection, &clockwork, *number).await?;
                let when = When::now(event.entered_at);
                let step = Step::Follow(news.clone());
                let follows = decide(&found.order, &clockwork, when, step, book)?;
                let id = found.listed.id;
                for event in &follows {
                    attachments::hang_also(connection, id, &event.attachments).await?;
                }
                write_down(connection, id, found.order, &clockwork, &follows, book).await?;
            }
        }
        Ok(())
    })
}

/// What happened to a matter is news to the orders that are decided with it.
pub(super) fn pass_on_matter<'c>(
    connection: &'c mut Conn,
    matter: &'c Order,
    with: &'c [Number],
    events: &'c [Event],
    book: &'c Rulebook,
) -> BoxFuture<'c, Result<(), Error>> {
    Box::pin(async move {
        let clockwork = Actor::clockwork();
        for event in events {
            for news in matter_news(event, matter, book) {
                for number in with {
                    let found = load(connection, &clockwork, *number).await?;
                    if found.order.stage.name().is_final() {
                        continue;
                    }
                    let when = When::now(event.entered_at);
                    let step = Step::FollowMatter(news.clone());
                    // One that has left the express meanwhile waits for nothing of it.
                    let Ok(follows) = decide(&found.order, &clockwork, when, step, book) else {
                        continue;
                    };
                    let id = found.listed.id;
                    write_down(connection, id, found.order, &clockwork, &follows, book).await?;
                }
            }
        }
        Ok(())
    })
}

/// Runs what changes two orders, and seals it as one.
pub(super) async fn both<F>(
    ctx: &Context,
    number: Number,
    name: &'static str,
    run: F,
) -> Result<Overview, Error>
where
    F: for<'c> FnOnce(
            &'c mut Conn,
            &'c Actor,
            When,
            &'c Rulebook,
        ) -> BoxFuture<'c, Result<Overview, Error>>
        + Send
        + 'static,
{
    let Context { actor, now, .. } = ctx.clone();
    let entry = Entry::of(ctx, AuditKind::Steps);
    let book = ctx.store.book.clone();
    ctx.write(move |connection| {
        Box::pin(async move {
            let book = book.get();
            let overview = run(connection, &actor, When::now(now), &book).await?;
            let entry = entry.object(number.to_string()).detail(name);
            audit::seal(connection, &entry).await?;
            Ok(overview)
        })
    })
    .await
}

pub(super) fn plain(when: When, step: Step) -> Taken {
    Taken {
        version: None,
        when,
        step,
        files: Vec::new(),
    }
}

/// The other order, by the number that somebody typed.
pub(super) async fn other(
    connection: &mut Conn,
    actor: &Actor,
    number: Number,
) -> Result<Found, Error> {
    load(connection, actor, number)
        .await
        .map_err(|error| match error {
            Error::NotFound => Refusal::from(FieldFault {
                field: Field::Other,
                fault: Fault::Unknown,
            })
            .into(),
            error => error,
        })
}
