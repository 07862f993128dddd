//! What was handed in at the hall, entered from its list: all rows or none.

use std::collections::BTreeMap;

use domain::case::told::Address;
use domain::hall::{Claim, Entry};
use domain::order::placement;
use domain::order::{Number, When};
use domain::{Action, AuditKind, EnterpriseId, Fault, Field, FieldFault, Refusal};

use super::place::{next_number, write_first};
use crate::dialect::Conn;
use crate::projects::{self, found_enterprise};
use crate::{Context, Error, audit, notices};

/// What the register finds of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// What is wrong with it.
    pub refusal: Option<Refusal>,
    /// An order under way that says the same: perhaps it was entered before.
    pub like: Option<Number>,
}

/// What entering these rows would meet, row by row. Nothing is kept.
pub async fn check_rows(ctx: &Context, claims: &[Claim]) -> Result<Vec<Row>, Error> {
    ctx.actor.may(Action::EnterOrders)?;
    let mut connection = ctx.store.long.acquire().await?;
    let mut known: BTreeMap<&str, Result<EnterpriseId, Fault>> = BTreeMap::new();
    let mut rows = Vec::with_capacity(claims.len());
    for claim in claims {
        let enterprise = match &claim.enterprise {
            None => Err(Fault::Empty),
            Some(name) => match known.get(name.as_str()) {
                Some(known) => known.clone(),
                None => {
                    let found = found_enterprise(&mut connection, name).await?;
                    known.insert(name, found.clone());
                    found
                }
            },
        };
        rows.push(check(ctx, &mut connection, claim, enterprise).await?);
    }
    Ok(rows)
}

async fn check(
    ctx: &Context,
    connection: &mut Conn,
    claim: &Claim,
    enterprise: Result<EnterpriseId, Fault>,
) -> Result<Row, Error> {
    let named = claim.project.as_ref();
    let project = projects::named(connection, named).await?;
    let when = When::entered_late(claim.happened, ctx.now);
    let id = enterprise.as_ref().ok().copied();
    let checked = placement::can_enter(enterprise, named, project.as_ref(), when, &ctx.book);
    let like: Option<String> = sqlx::query_scalar(
        "SELECT number FROM orders
         WHERE enterprise = $1 AND title = $2
           AND stage NOT IN ('declined', 'withdrawn', 'closed') ORDER BY id DESC LIMIT 1",
    )
    .bind(id)
    .bind(&claim.title)
    .fetch_optional(connection)
    .await?;
    Ok(Row {
        refusal: checked.err(),
        like: like.as_deref().and_then(Number::parse),
    })
}

/// Enters all rows in one transaction, and takes the draft away that they came from:
/// it is entered once. Refused as a whole where one row is.
pub async fn enter_all(
    ctx: &Context,
    draft: i64,
    entries: Vec<Entry>,
) -> Result<Vec<Number>, Error> {
    ctx.actor.may(Action::EnterOrders)?;
    let Context { actor, now, .. } = ctx.clone();
    let line = audit::Entry::of(ctx, AuditKind::OrdersEntered);
    let book = ctx.store.book.clone();
    ctx.write(move |connection| {
        Box::pin(async move {
            let book = book.get();
            let gone = sqlx::query("DELETE FROM drafts WHERE id = $1 AND user = $2")
                .bind(draft)
                .bind(actor.user)
                .execute(&mut *connection)
                .await?;
            if gone.rows_affected() == 0 {
                return Err(Error::NotFound);
            }
            let mut numbers = Vec::with_capacity(entries.len());
            for entry in entries {
                let enterprise = found_enterprise(connection, &entry.enterprise).await?;
                let enterprise = enterprise.map_err(no_such_enterprise)?;
                let project = projects::named(connection, entry.placement.project.as_ref()).await?;
                let (number, name) = next_number(connection, now, Some(enterprise)).await?;
                let when = When::entered_late(entry.happened, now);
                let event = placement::enter(
                    number,
                    &actor,
                    when,
                    enterprise,
                    entry.placement,
                    project.as_ref(),
                    &book,
                )?;
                let (id, _) = write_first(connection, &event, &name, &book).await?;
                // The enterprise learns that its order stands here now.
                let told = vec![Address::Enterprise(enterprise)];
                notices::tell(connection, id, told, &actor, &event).await?;
                numbers.push(number);
            }
            let line = line.detail(format!("{} rows", numbers.len()));
            audit::append(connection, &line).await?;
            Ok(numbers)
        })
    })
    .await
}

fn no_such_enterprise(fault: Fault) -> Refusal {
    let field = Field::EnterpriseName;
    FieldFault { field, fault }.into()
}
