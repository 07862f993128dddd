//! 交接: somebody leaves, and what they have open goes to a colleague.

use domain::contact::Phone;
use domain::order::{Side, Step, Successor, When, decide};
use domain::text::Line;
use domain::{Action, Actor, AuditKind, Contact, Fault, Field, FieldFault, Role, UserId};
use sqlx::FromRow;

use crate::accounts::{keeps_one, listed, said};
use crate::audit::{self, Entry};
use crate::dialect::Conn;
use crate::orders::{self, Filter, answered_for, replay_many, write_down};
use crate::people::{self, MembershipId, seat};
use crate::{Context, Error};

/// Orders replayed at a time.
const BATCH: usize = 500;

/// Somebody who leaves, what they have open, and who could take it over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leaving {
    pub user: UserId,
    pub account: String,
    pub display: String,
    pub role: Role,
    /// The numbers of the orders under way that they answer for.
    pub orders: Vec<String>,
    /// How many orders wait for the role of which nobody is left then.
    pub waiting: u64,
    pub colleagues: Vec<Colleague>,
}

#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Colleague {
    pub user: UserId,
    pub account: String,
    pub display: String,
}

/// What ending a membership would hand over.
pub async fn leaving(ctx: &Context, membership: MembershipId) -> Result<Leaving, Error> {
    let mut connection = ctx.store.read.acquire().await?;
    let (user, role) = ending(&mut connection, &ctx.actor, membership).await?;
    let account = listed(&mut connection, user).await?;
    let open = open_under(&mut connection, membership, user, &role).await?;
    let colleagues = colleagues(&mut connection, user, &role).await?;
    let waiting = if colleagues.is_empty() && role.enterprise().is_none() {
        waiting_for(ctx, &role).await?
    } else {
        0
    };
    Ok(Leaving {
        user,
        account: account.name,
        display: account.display,
        orders: open.into_iter().map(|(_, number)| number).collect(),
        waiting,
        colleagues,
        role,
    })
}

/// How many orders wait for whoever has that role; their number alone.
async fn waiting_for(ctx: &Context, role: &Role) -> Result<u64, Error> {
    let role = role.clone();
    let actor = Actor {
        role,
        ..ctx.actor.clone()
    };
    let theirs = Context {
        actor,
        ..ctx.clone()
    };
    let waits = Filter {
        waits_for_caller: true,
        ..Filter::default()
    };
    orders::count(&theirs, &waits).await
}

/// Ends a membership, and what is open under it goes to a colleague in the same
/// transaction (`None`: to whoever of the body is there). By the system
/// administrator, or by the administrator of the enterprise. Answers how many orders
/// went over.
pub async fn hand_over(
    ctx: &Context,
    membership: MembershipId,
    successor: Option<UserId>,
) -> Result<u64, Error> {
    let Context { actor, now, .. } = ctx.clone();
    let left = Entry::of(ctx, AuditKind::MembershipEnded);
    let handed = Entry::of(ctx, AuditKind::HandedOver);
    let promoted = Entry::of(ctx, AuditKind::MembershipAdded);
    let book = ctx.store.book.clone();
    ctx.store
        .write
        .run_alone(move |connection| {
            Box::pin(async move {
                let (user, role) = ending(connection, &actor, membership).await?;
                let account = listed(connection, user).await?;
                let open = open_under(connection, membership, user, &role).await?;
                let to = match successor {
                    Some(to) => {
                        let all = colleagues(connection, user, &role).await?;
                        let chosen = all.into_iter().find(|one| one.user == to);
                        Some(chosen.ok_or(FieldFault {
                            field: Field::Successor,
                            fault: Fault::NotAColleague,
                        })?)
                    }
                    None => {
                        needs_successor(connection, user, &role, &open).await?;
                        None
                    }
                };
                if let (true, Some(to)) = (role.manages(), &to)
                    && promote(connection, to, &role).await?
                {
                    let promoted = promoted
                        .object(&to.account)
                        .detail(said(connection, &role).await?);
                    audit::append(connection, &promoted).await?;
                }
                keeps_one(connection, user, &role).await?;
                let successor = successor_of(connection, &role, to.as_ref()).await?;
                let book = book.get();
                let ids: Vec<i64> = open.iter().map(|(id, _)| *id).collect();
                for batch in ids.chunks(BATCH) {
                    for (id, order) in replay_many(connection, batch).await? {
                        let step = Step::HandOver(successor.clone());
                        // What cannot be read stays with them, and is named.
                        let Ok(order) = order else {
                            tracing::error!(id, "an order cannot be read and is not handed over");
                            continue;
                        };
                        let events = decide(&order, &actor, When::now(now), step, &book)?;
                        write_down(connection, id, order, &actor, &events, &book).await?;
                    }
                }
                let name = to.map_or_else(|| "-".to_owned(), |to| to.account);
                let detail = format!("{} orders to {name}", open.len());
                let handed = handed.object(&account.name).detail(detail);
                audit::seal(connection, &handed).await?;
                people::leave(connection, membership, now).await?;
                let left = left
                    .object(account.name)
                    .detail(said(connection, &role).await?);
                audit::append(connection, &left).await?;
                Ok(open.len() as u64)
            })
        })
        .await
}

/// An enterprise's orders have somebody who answers for them, as long as it has anybody.
async fn needs_successor(
    connection: &mut Conn,
    user: UserId,
    role: &Role,
    open: &[(i64, String)],
) -> Result<(), Error> {
    let alone = colleagues(connection, user, role).await?.is_empty();
    if role.enterprise().is_none() || open.is_empty() || alone {
        return Ok(());
    }
    let (field, fault) = (Field::Successor, Fault::Empty);
    Err(FieldFault { field, fault }.into())
}

/// Who follows an enterprise's administrator administers it. Answers whether they
/// did not before.
async fn promote(connection: &mut Conn, to: &Colleague, role: &Role) -> Result<bool, Error> {
    let promoted = sqlx::query(
        "UPDATE memberships SET manages = TRUE
         WHERE user = $1 AND enterprise = $2 AND ended_at IS NULL AND NOT manages",
    )
    .bind(to.user)
    .bind(role.enterprise())
    .execute(connection)
    .await?;
    Ok(promoted.rows_affected() > 0)
}

/// What they answer for and will not any more: nothing, where they stay in the same
/// body or enterprise in another role.
async fn open_under(
    connection: &mut Conn,
    membership: MembershipId,
    user: UserId,
    role: &Role,
) -> Result<Vec<(i64, String)>, Error> {
    let stays: bool = sqlx::query_scalar(
        "SELECT EXISTS (SELECT 1 FROM memberships
         WHERE user = $1 AND id <> $2 AND ended_at IS NULL
           AND (enterprise = $3 OR body = $4))",
    )
    .bind(user)
    .bind(membership)
    .bind(role.enterprise())
    .bind(role.body().map(|body| body.as_str()))
    .fetch_one(&mut *connection)
    .await?;
    if stays {
        return Ok(Vec::new());
    }
    answered_for(connection, user, role).await
}

/// Whose membership it is, where the caller may end it.
async fn ending(
    connection: &mut Conn,
    actor: &Actor,
    membership: MembershipId,
) -> Result<(UserId, Role), Error> {
    #[derive(FromRow)]
    struct Ending {
        user: UserId,
        role: String,
        body: Option<String>,
        enterprise: Option<i64>,
        manages: bool,
    }
    let manages_accounts = actor.may(Action::ManageAccounts).is_ok();
    if !manages_accounts {
        actor.may(Action::InviteMembers)?;
    }
    let row: Option<Ending> = sqlx::query_as(
        "SELECT user, role, body, enterprise, manages FROM memberships
         WHERE id = $1 AND ended_at IS NULL AND ($2 OR enterprise = $3)",
    )
    .bind(membership)
    .bind(manages_accounts)
    .bind(actor.role.enterprise())
    .fetch_optional(connection)
    .await?;
    let row = row.ok_or(Error::NotFound)?;
    let role = seat(&row.role, row.body, row.enterprise, row.manages)?;
    Ok((row.user, role))
}

/// Who else is of the same enterprise or body.
async fn colleagues(
    connection: &mut Conn,
    user: UserId,
    role: &Role,
) -> Result<Vec<Colleague>, Error> {
    Ok(sqlx::query_as(
        "SELECT DISTINCT users.id AS user, users.name AS account, display
         FROM memberships JOIN users ON users.id = memberships.user
         WHERE ended_at IS NULL AND disabled_at IS NULL AND users.id <> $1
           AND (enterprise = $2 OR body = $3) ORDER BY users.id",
    )
    .bind(user)
    .bind(role.enterprise())
    .bind(role.body().map(|body| body.as_str()))
    .fetch_all(connection)
    .await?)
}

async fn successor_of(
    connection: &mut Conn,
    role: &Role,
    to: Option<&Colleague>,
) -> Result<Successor, Error> {
    let side = if role.enterprise().is_some() {
        Side::Enterprise
    } else {
        Side::Lead
    };
    let mut contact = None;
    if let (Side::Enterprise, Some(to)) = (side, to) {
        let phone: String = sqlx::query_scalar("SELECT phone FROM users WHERE id = $1")
            .bind(to.user)
            .fetch_one(connection)
            .await?;
        let name = Line::parse(Field::Display, &to.display);
        let phone = Phone::parse(Field::Phone, &phone);
        // Where the colleague has no telephone, the old one is better than none.
        contact = name
            .ok()
            .zip(phone.ok())
            .map(|(name, phone)| Contact { name, phone });
    }
    Ok(Successor {
        side,
        to: to.map(|to| to.user),
        name: to.map(|to| to.display.clone()).unwrap_or_default(),
        contact,
    })
}
