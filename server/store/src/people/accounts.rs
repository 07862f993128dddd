//! Accounts as their administrators see them: never an order's contents.

use std::collections::BTreeSet;

use domain::{
    Action, AuditKind, Fault, Field, FieldFault, Instant, Policy, Refusal, Role, RoleName, UserId,
};
use sqlx::FromRow;

use crate::audit::{self, Entry};
use crate::context::Trace;
use crate::dialect::{Conn, Sql};
use crate::orders::answered_for;
use crate::people::{self, MembershipId, NewPerson, seat, taken};
use crate::times::seconds;
use crate::{Context, Error, Store, bodies, drafts, passwords, projects, sessions};

/// An account in the list.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Listed {
    pub id: UserId,
    pub name: String,
    pub display: String,
    pub phone: String,
    pub disabled: bool,
    pub has_factor: bool,
    /// A line for each role: its code, the body's code and the enterprise's name, with
    /// a tabulator between them.
    pub roles: Option<String>,
}

/// What somebody belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Membership {
    pub id: MembershipId,
    pub role: Role,
    /// Of the enterprise, where it is one.
    pub enterprise: Option<String>,
    /// Orders under way that they answer for in it.
    pub open: u64,
}

/// Which accounts are looked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sought {
    /// In the account's and the person's name, and in those of body and enterprise.
    pub text: String,
    pub role: Option<RoleName>,
    pub disabled: Option<bool>,
}

const LISTED: &str = "SELECT id, name, display, phone, disabled_at IS NOT NULL AS disabled,
         factor IS NOT NULL AS has_factor,
         (SELECT group_concat(role || char(9) || coalesce(body, '') || char(9)
                              || coalesce(enterprises.name, ''), char(10))
          FROM memberships
          LEFT JOIN enterprises ON enterprises.id = memberships.enterprise
          WHERE memberships.user = users.id AND ended_at IS NULL) AS roles
     FROM users WHERE ";

/// Accounts by name, from `after` on.
pub async fn list(
    ctx: &Context,
    sought: &Sought,
    after: &str,
    limit: u16,
) -> Result<Vec<Listed>, Error> {
    ctx.actor.may(Action::ManageAccounts)?;
    let mut query = Sql::new(LISTED);
    query.push("name > ").push_bind(after.to_owned());
    if let Some(role) = sought.role {
        query
            .push(" AND EXISTS (SELECT 1 FROM memberships WHERE user = users.id AND ended_at IS NULL AND role = ")
            .push_bind(role.code())
            .push(")");
    }
    if let Some(disabled) = sought.disabled {
        query
            .push(" AND (disabled_at IS NOT NULL) = ")
            .push_bind(disabled);
    }
    for word in sought.text.split_whitespace() {
        query
            .push(" AND (instr(name, ")
            .push_bind(word.to_lowercase())
            .push(") > 0 OR instr(display, ")
            .push_bind(word.to_owned())
            .push(
                ") > 0 OR EXISTS (SELECT 1 FROM memberships
                 LEFT JOIN bodies ON bodies.code = memberships.body
                 LEFT JOIN enterprises ON enterprises.id = memberships.enterprise
                 WHERE memberships.user = users.id AND ended_at IS NULL
                   AND (instr(bodies.name_zh, ",
            )
            .push_bind(word.to_owned())
            .push(") > 0 OR instr(enterprises.name, ")
            .push_bind(word.to_owned())
            .push(") > 0)))");
    }
    query
        .push(" ORDER BY name LIMIT ")
        .push_bind(i64::from(limit));
    Ok(query.build_query_as().fetch_all(&ctx.store.read).await?)
}

pub async fn find(ctx: &Context, user: UserId) -> Result<(Listed, Vec<Membership>), Error> {
    ctx.actor.may(Action::ManageAccounts)?;
    let mut connection = ctx.store.read.acquire().await?;
    let account = listed(&mut connection, user).await?;
    let rows: Vec<MembershipRow> = sqlx::query_as(MEMBERSHIP)
        .bind(user)
        .fetch_all(&mut *connection)
        .await?;
    let mut memberships = Vec::with_capacity(rows.len());
    for row in rows {
        let (id, name) = (row.id, row.name.clone());
        let role = row.read()?;
        memberships.push(Membership {
            id,
            open: answered_for(&mut connection, user, &role).await?.len() as u64,
            enterprise: name,
            role,
        });
    }
    Ok((account, memberships))
}

const MEMBERSHIP: &str = "SELECT memberships.id, role, body, enterprise, manages, enterprises.name
     FROM memberships LEFT JOIN enterprises ON enterprises.id = memberships.enterprise
     WHERE user = $1 AND ended_at IS NULL ORDER BY memberships.id";

#[derive(FromRow)]
struct MembershipRow {
    id: MembershipId,
    role: String,
    body: Option<String>,
    enterprise: Option<i64>,
    manages: bool,
    name: Option<String>,
}

impl MembershipRow {
    fn read(self) -> Result<Role, Error> {
        seat(&self.role, self.body, self.enterprise, self.manages)
    }
}

pub(crate) async fn listed(connection: &mut Conn, user: UserId) -> Result<Listed, Error> {
    sqlx::query_as(sqlx::AssertSqlSafe(format!("{LISTED} id = $1")))
        .bind(user)
        .fetch_optional(connection)
        .await?
        .ok_or(Error::NotFound)
}

/// An account with its first membership, by the system administrator.
pub async fn add(ctx: &Context, person: NewPerson) -> Result<UserId, Error> {
    ctx.actor.may(Action::ManageAccounts)?;
    let entry = Entry::of(ctx, AuditKind::AccountAdded);
    ctx.write(move |connection| Box::pin(async move { add_one(connection, &entry, &person).await }))
        .await
}

/// Accounts of many people, all or none: one line of the audit each. The draft in which
/// they were looked at goes.
pub async fn add_all(ctx: &Context, people: Vec<NewPerson>, draft: i64) -> Result<(), Error> {
    ctx.actor.may(Action::ManageAccounts)?;
    let entry = Entry::of(ctx, AuditKind::AccountAdded);
    let user = ctx.actor.user;
    ctx.write(move |connection| {
        Box::pin(async move {
            for person in people {
                add_one(connection, &entry, &person).await?;
            }
            drafts::remove(connection, user, draft).await
        })
    })
    .await
}

async fn add_one(
    connection: &mut Conn,
    entry: &Entry,
    person: &NewPerson,
) -> Result<UserId, Error> {
    let made = people::insert(connection, person).await?;
    let made = made.ok_or_else(|| taken(Field::UserName))?;
    let entry = entry.clone().object(&person.name);
    let entry = entry.detail(said(connection, &person.role).await?);
    audit::append(connection, &entry).await?;
    Ok(made)
}

/// Which of these names there are already.
pub async fn taken_of(ctx: &Context, names: &[String]) -> Result<BTreeSet<String>, Error> {
    ctx.actor.may(Action::ManageAccounts)?;
    let names = serde_json::to_string(names)?;
    let taken: Vec<String> = sqlx::query_scalar(
        "SELECT name FROM users WHERE name IN (SELECT value FROM json_each($1))",
    )
    .bind(names)
    .fetch_all(&ctx.store.read)
    .await?;
    Ok(taken.into_iter().collect())
}

/// A role with its place, for the audit.
pub(crate) async fn said(connection: &mut Conn, role: &Role) -> Result<String, Error> {
    let place = match role {
        Role::Enterprise { enterprise, .. } => {
            let name: String = sqlx::query_scalar("SELECT name FROM enterprises WHERE id = $1")
                .bind(enterprise)
                .fetch_one(connection)
                .await?;
            format!(" {name}")
        }
        role => role
            .body()
            .map(|body| format!(" {body}"))
            .unwrap_or_default(),
    };
    let manages = if role.manages() {
        " as administrator"
    } else {
        ""
    };
    Ok(format!("{}{place}{manages}", role.name().code()))
}

/// A membership more for somebody.
pub async fn add_membership(
    ctx: &Context,
    user: UserId,
    role: Role,
) -> Result<MembershipId, Error> {
    ctx.actor.may(Action::ManageAccounts)?;
    let entry = Entry::of(ctx, AuditKind::MembershipAdded);
    ctx.write(move |connection| {
        Box::pin(async move {
            let account = listed(connection, user).await?;
            let made = people::join(connection, user, &role).await?;
            let entry = entry.detail(said(connection, &role).await?);
            audit::append(connection, &entry.object(account.name)).await?;
            Ok(made)
        })
    })
    .await
}

/// Another name or telephone; what was recorded before keeps the name of its time.
pub async fn correct(
    ctx: &Context,
    user: UserId,
    display: String,
    phone: String,
) -> Result<(), Error> {
    ctx.actor.may(Action::ManageAccounts)?;
    let entry = Entry::of(ctx, AuditKind::AccountCorrected);
    ctx.write(move |connection| {
        Box::pin(async move {
            let before = listed(connection, user).await?;
            sqlx::query("UPDATE users SET display = $1, phone = $2 WHERE id = $3")
                .bind(&display)
                .bind(phone)
                .bind(user)
                .execute(&mut *connection)
                .await?;
            let detail = format!("{} → {display}", before.display);
            audit::append(connection, &entry.object(before.name).detail(detail)).await
        })
    })
    .await
}

/// What is changed about an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// Its sessions end at once.
    Disable,
    Enable,
    /// With a password that is changed at the next sign-in.
    Reset {
        hash: String,
        given_at: Instant,
    },
    /// The device is lost, and the codes for recovery too.
    RemoveFactor,
}

/// Changes an account. Alone, as the last head of a body may leave. Nobody changes their own: an administrator who disables
/// themselves, or takes their own second factor off, is a mistake or a thief.
pub async fn change(ctx: &Context, user: UserId, change: Change) -> Result<(), Error> {
    ctx.actor.may(Action::ManageAccounts)?;
    if ctx.actor.user == Some(user) {
        return Err(FieldFault {
            field: Field::UserName,
            fault: Fault::NotOnesOwn,
        }
        .into());
    }
    let deed = match &change {
        Change::Disable => AuditKind::AccountDisabled,
        Change::Enable => AuditKind::AccountEnabled,
        Change::Reset { .. } => AuditKind::PasswordReset,
        Change::RemoveFactor => AuditKind::SecondFactorRemoved,
    };
    let entry = Entry::of(ctx, deed);
    let now = ctx.now;
    let policy = ctx.store.policy();
    ctx.store
        .write
        .run_alone(move |connection| {
            Box::pin(async move {
                let account = listed(connection, user).await?;
                let roles = roles_of(connection, user).await?;
                if !may_open(&change, &roles, &policy) {
                    let action = Action::ManageAccounts;
                    return Err(Refusal::Forbidden { action }.into());
                }
                match change {
                    Change::Disable => {
                        // An enterprise can be left without one: the system goes on.
                        for role in roles.iter().filter(|role| role.name().administers()) {
                            keeps_one(connection, user, role)
                                .await
                                .map_err(of_account)?;
                        }
                        end_tokens(connection, user).await?;
                        disable(connection, user, Some(now)).await?;
                        sessions::end_all(connection, user, None).await?;
                    }
                    Change::Enable => disable(connection, user, None).await?,
                    Change::Reset { hash, given_at } => {
                        end_tokens(connection, user).await?;
                        let given_at = Some(given_at);
                        passwords::set_within(connection, user, &hash, given_at, None).await?;
                    }
                    Change::RemoveFactor => {
                        passwords::remove_factor_within(connection, user).await?;
                        sessions::end_all(connection, user, None).await?;
                    }
                }
                audit::append(connection, &entry.object(account.name)).await
            })
        })
        .await
}

/// Else the system administrator could sign in as the auditor, or, with both the
/// password and the second factor taken over, as the mayor.
fn may_open(change: &Change, roles: &[Role], policy: &Policy) -> bool {
    let mut names = roles.iter().map(Role::name);
    match change {
        Change::Disable | Change::Enable => true,
        Change::Reset { .. } => !names.any(RoleName::administers),
        Change::RemoveFactor => {
            !names.any(|role| role.administers() || policy.needs_second_factor(role))
        }
    }
}

async fn end_tokens(connection: &mut Conn, user: UserId) -> Result<(), Error> {
    sqlx::query("DELETE FROM tokens WHERE user = $1")
        .bind(user)
        .execute(connection)
        .await?;
    Ok(())
}

async fn roles_of(connection: &mut Conn, user: UserId) -> Result<Vec<Role>, Error> {
    let rows: Vec<MembershipRow> = sqlx::query_as(MEMBERSHIP)
        .bind(user)
        .fetch_all(connection)
        .await?;
    rows.into_iter().map(MembershipRow::read).collect()
}

/// The form that disables has no successor.
fn of_account(error: Error) -> Error {
    match error {
        Error::Refused(Refusal::Invalid { faults }) => {
            let field = Field::UserName;
            let faults = faults.into_iter();
            let faults = faults.map(|fault| FieldFault { field, ..fault }).collect();
            Error::Refused(Refusal::Invalid { faults })
        }
        error => error,
    }
}

/// Somebody else has to be there who administers: the last one locks everybody out.
pub(crate) async fn keeps_one(
    connection: &mut Conn,
    user: UserId,
    role: &Role,
) -> Result<(), Error> {
    if !role.name().administers() && !role.manages() {
        return Ok(());
    }
    let others: bool = sqlx::query_scalar(
        "SELECT EXISTS (SELECT 1 FROM memberships JOIN users ON users.id = user
         WHERE user <> $1 AND role = $2 AND enterprise IS $3 AND manages = $4
           AND ended_at IS NULL AND disabled_at IS NULL)",
    )
    .bind(user)
    .bind(role.name().code())
    .bind(role.enterprise())
    .bind(role.manages())
    .fetch_one(connection)
    .await?;
    if others {
        Ok(())
    } else {
        let (field, fault) = (Field::Successor, Fault::LastOne);
        Err(FieldFault { field, fault }.into())
    }
}

/// A password that somebody has to change, and no second factor: for an administrator
/// who has lost theirs, on the server itself.
pub async fn reset_here(
    store: &Store,
    name: &str,
    hash: String,
    now: Instant,
) -> Result<(), Error> {
    let entry = Entry::new(AuditKind::PasswordReset, now, &Trace::default()).object(name);
    let account = people::account(store, name).await?.ok_or(Error::NotFound)?;
    store
        .write(move |connection| {
            Box::pin(async move {
                end_tokens(connection, account.id).await?;
                passwords::set_within(connection, account.id, &hash, Some(now), None).await?;
                passwords::remove_factor_within(connection, account.id).await?;
                audit::append(connection, &entry.detail("on the server")).await
            })
        })
        .await
}

async fn disable(connection: &mut Conn, user: UserId, at: Option<Instant>) -> Result<(), Error> {
    sqlx::query("UPDATE users SET disabled_at = $1 WHERE id = $2")
        .bind(at.map(seconds))
        .bind(user)
        .execute(&mut *connection)
        .await?;
    bodies::without_heads(connection).await?;
    projects::without_leaders(connection).await
}
