//! Reading the unmasked name and telephone of an order's contact leaves a line.

use domain::order::{Number, Overview};
use domain::time::local;
use domain::{Action, AuditKind, Refusal};

use crate::audit::{self, Entry};
use crate::dialect::Sql;
use crate::orders::{self, Found};
use crate::writer::within_patience;
use crate::{Context, Error};

/// Name and telephone as the caller may see them, and whether they can unmask them.
/// Whoever reads them unmasked is written down, once a day for each order.
pub async fn read(ctx: &Context, found: &Found) -> Result<Shown, Error> {
    let overview = &found.listed.overview;
    let contact = &overview.placement.contact;
    let concern = overview.concern(&ctx.actor);
    if ctx.actor.role.enterprise() == Some(overview.enterprise) {
        return Ok(Shown::of(contact.in_full(), false));
    }
    if ctx.actor.may_with(Action::SeeContact, &concern) {
        let noted = within_patience(note(ctx, vec![overview.number])).await;
        return match noted {
            Ok(()) => Ok(Shown::of(contact.in_full(), false)),
            // What is not written down is not shown; the page is there all the same.
            Err(error) if error.lack().is_some() => Ok(Shown::of(contact.masked(), true)),
            Err(error) => Err(error),
        };
    }
    if !ctx.actor.may_with(Action::UnmaskContact, &concern) {
        return Ok(Shown::of(contact.masked(), false));
    }
    if has_read(ctx, overview.number).await? {
        Ok(Shown::of(contact.in_full(), false))
    } else {
        Ok(Shown::of(contact.masked(), true))
    }
}

/// A contact as somebody may see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    pub name: String,
    pub phone: String,
    /// Whether one click would show it in full.
    pub can_unmask: bool,
}

impl Shown {
    fn of((name, phone): (String, String), can_unmask: bool) -> Self {
        Self {
            name,
            phone,
            can_unmask,
        }
    }
}

/// Unmasks the contact for the rest of the day.
pub async fn unmask(ctx: &Context, number: Number) -> Result<(), Error> {
    let found = orders::find(ctx, number).await?;
    let overview: &Overview = &found.listed.overview;
    let concern = overview.concern(&ctx.actor);
    let allowed = ctx.actor.may_with(Action::UnmaskContact, &concern)
        || ctx.actor.may_with(Action::SeeContact, &concern);
    if !allowed {
        let action = Action::UnmaskContact;
        return Err(Refusal::Forbidden { action }.into());
    }
    note(ctx, vec![number]).await
}

async fn has_read(ctx: &Context, number: Number) -> Result<bool, Error> {
    Ok(sqlx::query_scalar(
        "SELECT EXISTS (SELECT 1 FROM contact_reads
                        WHERE user = $1 AND day = $2
                          AND order_id = (SELECT id FROM orders WHERE number = $3))",
    )
    .bind(ctx.actor.user)
    .bind(local(ctx.now).date().to_string())
    .bind(number.to_string())
    .fetch_one(&ctx.store.read)
    .await?)
}

/// Writes down that the contacts of these orders are shown in full to the caller, as
/// far as they are and are not the caller's own.
pub async fn note_shown<'a>(
    ctx: &Context,
    overviews: impl Iterator<Item = &'a Overview>,
) -> Result<(), Error> {
    let shown: Vec<Number> = overviews
        .filter(|overview| {
            ctx.actor.role.enterprise() != Some(overview.enterprise)
                && ctx
                    .actor
                    .may_with(Action::SeeContact, &overview.concern(&ctx.actor))
        })
        .map(|overview| overview.number)
        .collect();
    within_patience(note(ctx, shown)).await
}

/// Those of the orders whose contacts the caller has not read today.
async fn not_read(ctx: &Context, shown: &[Number]) -> Result<Vec<String>, Error> {
    let mut query = Sql::new(
        "SELECT number FROM orders
         WHERE id NOT IN (SELECT order_id FROM contact_reads WHERE user = ",
    );
    query.push_bind(ctx.actor.user);
    query.push(" AND day = ");
    query.push_bind(local(ctx.now).date().to_string());
    query.push(") AND number IN (");
    let mut list = query.separated(", ");
    for number in shown {
        list.push_bind(number.to_string());
    }
    query.push(") ORDER BY id");
    let news = query.build_query_scalar();
    Ok(news.fetch_all(&ctx.store.read).await?)
}

/// Once a day for each order.
async fn note(ctx: &Context, shown: Vec<Number>) -> Result<(), Error> {
    if shown.is_empty() || ctx.actor.user.is_none() {
        return Ok(());
    }
    let news = not_read(ctx, &shown).await?;
    if news.is_empty() {
        return Ok(());
    }
    let user = ctx.actor.user;
    let day = local(ctx.now).date().to_string();
    let entry = Entry::of(ctx, AuditKind::ContactRead);
    ctx.write(move |connection| {
        Box::pin(async move {
            for number in news {
                let noted = sqlx::query(
                    "INSERT INTO contact_reads SELECT $1, id, $2 FROM orders WHERE number = $3
                     ON CONFLICT DO NOTHING",
                )
                .bind(user)
                .bind(&day)
                .bind(&number)
                .execute(&mut *connection)
                .await?;
                if noted.rows_affected() == 1 {
                    audit::append(connection, &entry.clone().object(number)).await?;
                }
            }
            Ok(())
        })
    })
    .await
}
