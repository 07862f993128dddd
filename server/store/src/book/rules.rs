//! Versions of the rules: tried out on the open orders, laid down, taken into force.

use domain::rulebook::rows::Change;
use domain::{Action, Actor, AuditKind, Fault, Field, FieldFault, Instant, Refusal, Role};

use crate::audit::{self, Entry};

use crate::cases::Moved;
use crate::context::Trace;
use crate::orders;
use crate::times::{instant, seconds};
use crate::{Context, Error, Store, meetings, tasks};

/// A version of the rules, and who made it.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Version {
    pub version: u32,
    from_at: i64,
    created_at: i64,
    pub actor: String,
    pub note: String,
    pub open_orders: bool,
}

impl Version {
    pub fn from_at(&self) -> Result<Instant, Error> {
        instant("from_at", self.from_at)
    }

    pub fn created_at(&self) -> Result<Instant, Error> {
        instant("created_at", self.created_at)
    }
}

/// The newest first.
pub async fn versions(ctx: &Context) -> Result<Vec<Version>, Error> {
    Ok(sqlx::query_as(
        "SELECT version, from_at, created_at, actor, note, open_orders FROM rule_versions
         ORDER BY version DESC",
    )
    .fetch_all(&ctx.store.read)
    .await?)
}

/// What the change would do to the clocks that run now, if it took them over.
pub async fn preview(ctx: &Context, change: &Change) -> Result<Vec<Moved>, Error> {
    ctx.actor.may(Action::ChangeRules)?;
    let mut connection = ctx.store.long.acquire().await?;
    let by = (&*ctx.book, &ctx.store.troubles);
    orders::preview_rules(&mut connection, &ctx.actor, ctx.now, &change.rules, by).await
}

/// Lays the version down. It applies from its day on; clocks that run keep theirs,
/// unless the change takes them over. One that makes orders late at once gives a reason.
pub async fn lay_down(ctx: &Context, change: Change, note: String) -> Result<(), Error> {
    ctx.actor.may(Action::ChangeRules)?;
    let Context { actor, now, .. } = ctx.clone();
    let entry = Entry::of(ctx, AuditKind::RulesChanged)
        .object(format!("version {}", change.rules.version))
        .detail(&note);
    let (book, troubles) = (ctx.store.book.clone(), ctx.store.troubles.clone());
    ctx.store
        .write
        .run_alone(move |connection| {
            Box::pin(async move {
                let rules = &change.rules;
                // Made from what is not the newest version any more, it would undo it.
                let newest = book
                    .get()
                    .versions()
                    .last()
                    .map_or(0, |rules| rules.version);
                if rules.version != newest + 1 {
                    return Err(Refusal::RulesChanged.into());
                }
                if change.open_orders && note.is_empty() {
                    let moved = orders::preview_rules(
                        connection,
                        &actor,
                        now,
                        rules,
                        (&book.get(), &troubles),
                    )
                    .await?;
                    let mut moves = moved.iter().flat_map(|order| &order.moves);
                    if moves.any(|one| one.makes_late(rules.from)) {
                        // Who was in time and is late at once is told why.
                        let (field, fault) = (Field::Reason, Fault::Empty);
                        return Err(FieldFault { field, fault }.into());
                    }
                }
                sqlx::query("INSERT INTO rule_versions VALUES ($1, $2, $3, $4, $5, $6, NULL)")
                    .bind(rules.version)
                    .bind(seconds(rules.from))
                    .bind(seconds(now))
                    .bind(&actor.name)
                    .bind(note)
                    .bind(change.open_orders)
                    .execute(&mut *connection)
                    .await?;
                // What this page does not edit, the hours of business, goes along.
                sqlx::query(
                    "INSERT INTO rules SELECT $1, name, unit, amount FROM rules
                     WHERE version = (SELECT max(version) FROM rules) AND unit = 'minutes'",
                )
                .bind(rules.version)
                .execute(&mut *connection)
                .await?;
                for (name, amount) in rules.rows() {
                    sqlx::query("INSERT INTO rules VALUES ($1, $2, $3, $4)")
                        .bind(rules.version)
                        .bind(name)
                        .bind(amount.unit())
                        .bind(amount.number())
                        .execute(&mut *connection)
                        .await?;
                }
                for rung in &rules.ladder {
                    let tells: Vec<&str> = rung.tells.iter().map(|told| told.code()).collect();
                    sqlx::query("INSERT INTO ladder VALUES ($1, $2, $3, $4, $5)")
                        .bind(rules.version)
                        .bind(rung.level.code())
                        .bind(rung.days_past)
                        .bind(rung.card.map(|card| card.code()))
                        .bind(tells.join(" "))
                        .execute(&mut *connection)
                        .await?;
                }
                let newer = book.get().with_rules(rules.clone());
                meetings::recount(connection, &newer, &troubles).await?;
                audit::append(connection, &entry).await
            })
        })
        .await?;
    take_over(&ctx.store, ctx.now).await
}

/// The versions whose day has come and that take over the clocks that run do so, once.
pub(crate) async fn take_over(store: &Store, now: Instant) -> Result<(), Error> {
    let waiting: Vec<(u32, String)> = sqlx::query_as(
        "SELECT version, actor FROM rule_versions
         WHERE open_orders AND taken_over_at IS NULL AND from_at <= $1 ORDER BY version",
    )
    .bind(seconds(now))
    .fetch_all(&store.read)
    .await?;
    for (version, name) in waiting {
        let (book, troubles) = (store.book.clone(), store.troubles.clone());
        let actor = Actor {
            user: None,
            name,
            role: Role::SystemAdmin,
        };
        store
            .write
            .run_alone(move |connection| {
                Box::pin(async move {
                    let taken = sqlx::query(
                        "UPDATE rule_versions SET taken_over_at = $1
                         WHERE version = $2 AND taken_over_at IS NULL",
                    )
                    .bind(seconds(now))
                    .bind(version)
                    .execute(&mut *connection)
                    .await?;
                    if taken.rows_affected() == 1 {
                        let book = book.get();
                        let rules = book.rules_at(now).clone();
                        // One that a newer version has overtaken takes nothing over.
                        if rules.version == version {
                            let by = (&*book, &troubles);
                            tasks::rerule(connection, &actor, now, &rules, by).await?;
                            orders::rerule(connection, &actor, now, &rules, by).await?;
                        } else {
                            let entry = Entry::new(AuditKind::RulesChanged, now, &Trace::default());
                            let entry = entry.by(&actor).object(format!("version {version}"));
                            audit::append(connection, &entry.detail("overtaken")).await?;
                        }
                    }
                    Ok(())
                })
            })
            .await?;
    }
    Ok(())
}
