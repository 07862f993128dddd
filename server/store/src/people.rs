//! People, what they belong to, and enterprises.

pub mod accounts;
pub mod contact_reads;
pub mod deputies;
pub mod guesses;
pub mod hand_over;
pub mod identities;
pub mod members;
pub mod passwords;
pub mod policy;
pub mod registrations;
pub mod secret;
pub mod sessions;

use std::collections::{BTreeMap, BTreeSet};

use domain::account::folded_name;
use domain::text::name_key;
use domain::{
    Actor, AuditKind, BodyCode, CreditCode, EnterpriseId, Fault, Field, FieldFault, Instant, Role,
    RoleName, UserId,
};
use sqlx::FromRow;

use crate::ask::{self, flag, row};
use crate::audit::{self, Entry};
use crate::context::Trace;
use crate::dialect::{self, Conn, Sql};
use crate::directory::is_in_service;
use crate::projects::enterprise_of;
use crate::times::{instant, seconds};
use crate::{Context, Error, Store, bodies, projects};

pub type MembershipId = i64;

/// Somebody with an account, in one of their memberships.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// As the account is called when signing in.
    pub name: String,
    pub phone: String,
    pub membership: MembershipId,
    pub actor: Actor,
}

/// An account to be made.
#[derive(Debug, Clone)]
pub struct NewPerson {
    pub name: String,
    pub display: String,
    pub phone: String,
    pub password_hash: String,
    /// Set where somebody else gave the password: it is changed at the first sign-in.
    pub given_at: Option<Instant>,
    pub role: Role,
}

/// The enterprise that somebody belongs to.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Enterprise {
    pub id: EnterpriseId,
    pub name: String,
    pub township: String,
    pub code: Option<String>,
}

/// What a sign-in is judged by.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Account {
    pub id: UserId,
    pub name: String,
    pub display: String,
    pub password_hash: String,
    given_at: Option<i64>,
    /// Whether there is a second factor.
    pub has_factor: bool,
}

impl Account {
    /// Set where somebody else gave the password.
    pub fn given_at(&self) -> Result<Option<Instant>, Error> {
        self.given_at.map(|at| instant("given_at", at)).transpose()
    }
}

const ACCOUNT: &str = "SELECT id, name, display, password_hash, given_at,
         factor IS NOT NULL AS has_factor
     FROM users WHERE disabled_at IS NULL AND ";

/// The account of that name, if there is one that may sign in.
pub async fn account(store: &Store, name: &str) -> Result<Option<Account>, Error> {
    let account = sqlx::query_as(sqlx::AssertSqlSafe(format!("{ACCOUNT} name = $1")));
    Ok(account
        .bind(folded_name(name))
        .fetch_optional(&store.read)
        .await?)
}

/// The account by its number, if it may sign in.
pub async fn account_of(store: &Store, user: UserId) -> Result<Option<Account>, Error> {
    let account = sqlx::query_as(sqlx::AssertSqlSafe(format!("{ACCOUNT} id = $1")));
    Ok(account.bind(user).fetch_optional(&store.read).await?)
}

const PERSON: &str = "SELECT users.id, users.name, display, phone, memberships.id AS membership,
         role, body, enterprise, manages
     FROM memberships JOIN users ON users.id = memberships.user
     WHERE ended_at IS NULL AND disabled_at IS NULL AND ";

/// In the first of their memberships; `None` where there is no such account, or it is
/// disabled, or belongs to nothing.
pub async fn by_name(store: &Store, name: &str) -> Result<Option<Person>, Error> {
    let sql = format!("{PERSON} users.name = $1 ORDER BY memberships.id LIMIT 1");
    let row: Option<PersonRow> = sqlx::query_as(sqlx::AssertSqlSafe(sql))
        .bind(folded_name(name))
        .fetch_optional(&store.read)
        .await?;
    row.map(PersonRow::read).transpose()
}

/// Everything that somebody belongs to, the oldest first.
pub async fn memberships(store: &Store, user: UserId) -> Result<Vec<Person>, Error> {
    let sql = format!("{PERSON} users.id = $1 ORDER BY memberships.id");
    let rows: Vec<PersonRow> = sqlx::query_as(sqlx::AssertSqlSafe(sql))
        .bind(user)
        .fetch_all(&store.read)
        .await?;
    rows.into_iter().map(PersonRow::read).collect()
}

/// The same of the user in whose session's row it stands, as lines.
pub(crate) fn memberships_of_session() -> String {
    let mut query = Sql::new("");
    ask::lines(&mut query, PersonRow::COLUMNS, |query| {
        query.push(PERSON);
        query.push("users.id = sessions.user ORDER BY memberships.id");
    });
    query.into_string()
}

/// Those lines.
pub(crate) fn read_memberships(lines: Option<&str>) -> Result<Vec<Person>, Error> {
    let lines = ask::each(lines.map(str::as_bytes));
    let read = |line| {
        serde_json::from_slice::<PersonRow>(line)
            .map_err(Error::Row)?
            .read()
    };
    lines.map(read).collect()
}

pub async fn enterprise(store: &Store, id: EnterpriseId) -> Result<Enterprise, Error> {
    sqlx::query_as("SELECT id, name, township, code FROM enterprises WHERE id = $1")
        .bind(id)
        .fetch_optional(&store.read)
        .await?
        .ok_or(Error::NotFound)
}

/// Makes an account, on the server itself; `false` where the name is taken.
pub async fn add(store: &Store, person: NewPerson, now: Instant) -> Result<bool, Error> {
    let entry = Entry::new(AuditKind::AccountAdded, now, &Trace::default())
        .object(&person.name)
        .detail(format!("{} on the server", person.role.name().code()));
    store
        .write(move |connection| {
            Box::pin(async move {
                let made = insert(connection, &person).await?.is_some();
                if made {
                    audit::append(connection, &entry).await?;
                }
                Ok(made)
            })
        })
        .await
}

/// The enterprise of that name, made if there is none.
pub async fn enterprise_named(
    store: &Store,
    name: String,
    township: BodyCode,
    code: Option<CreditCode>,
    now: Instant,
) -> Result<EnterpriseId, Error> {
    let entry = Entry::new(AuditKind::Registered, now, &Trace::default()).object(&name);
    store
        .write(move |connection| {
            Box::pin(async move {
                if let Some(there) = enterprise_of(connection, &name).await? {
                    return Ok(there);
                }
                let code = code.map(String::from);
                let code = code.as_deref();
                let made = insert_enterprise(connection, &name, township.as_str(), code).await?;
                audit::append(connection, &entry.detail("on the server")).await?;
                Ok(made)
            })
        })
        .await
}

pub(crate) async fn insert_enterprise(
    connection: &mut Conn,
    name: &str,
    township: &str,
    code: Option<&str>,
) -> Result<EnterpriseId, Error> {
    is_in_service(connection, township, Field::Township).await?;
    let inserted =
        sqlx::query("INSERT INTO enterprises (name, township, code, key) VALUES ($1, $2, $3, $4)")
            .bind(name)
            .bind(township)
            .bind(code)
            .bind(name_key(name))
            .execute(connection)
            .await?;
    Ok(inserted.last_insert_rowid())
}

/// Names that an earlier version has written, compared as names are from now on.
pub(crate) async fn key_names(connection: &mut Conn) -> Result<(), Error> {
    for (select, update) in [
        (
            "SELECT id, name FROM enterprises WHERE key IS NULL",
            "UPDATE enterprises SET key = $2 WHERE id = $1",
        ),
        (
            "SELECT id, enterprise FROM registrations WHERE key IS NULL",
            "UPDATE registrations SET key = $2 WHERE id = $1",
        ),
    ] {
        let without: Vec<(i64, String)> =
            sqlx::query_as(select).fetch_all(&mut *connection).await?;
        for (id, name) in without {
            sqlx::query(update)
                .bind(id)
                .bind(name_key(&name))
                .execute(&mut *connection)
                .await?;
        }
    }
    Ok(())
}

/// The account with its first membership; `None` where the name is taken.
pub(crate) async fn insert(
    connection: &mut Conn,
    person: &NewPerson,
) -> Result<Option<UserId>, Error> {
    let user: Option<UserId> = sqlx::query_scalar(
        "INSERT INTO users (name, display, phone, password_hash, given_at)
         VALUES ($1, $2, $3, $4, $5) ON CONFLICT (name) DO NOTHING RETURNING id",
    )
    .bind(&person.name)
    .bind(&person.display)
    .bind(&person.phone)
    .bind(&person.password_hash)
    .bind(person.given_at.map(seconds))
    .fetch_optional(&mut *connection)
    .await?;
    if let Some(user) = user {
        join(connection, user, &person.role).await?;
    }
    Ok(user)
}

/// Whether somebody belongs to the enterprise.
pub(crate) async fn is_member(
    connection: &mut Conn,
    user: UserId,
    enterprise: EnterpriseId,
) -> Result<bool, Error> {
    Ok(sqlx::query_scalar(
        "SELECT EXISTS (SELECT 1 FROM memberships
         WHERE user = $1 AND enterprise = $2 AND ended_at IS NULL)",
    )
    .bind(user)
    .bind(enterprise)
    .fetch_one(connection)
    .await?)
}

/// A membership more; the one that there is where it is the same.
pub(crate) async fn join(
    connection: &mut Conn,
    user: UserId,
    role: &Role,
) -> Result<MembershipId, Error> {
    let (name, body) = (role.name().code(), role.body().map(|body| body.as_str()));
    let there: Option<MembershipId> = sqlx::query_scalar(
        "SELECT id FROM memberships WHERE user = $1 AND role = $2 AND body IS $3
         AND enterprise IS $4 AND ended_at IS NULL",
    )
    .bind(user)
    .bind(name)
    .bind(body)
    .bind(role.enterprise())
    .fetch_optional(&mut *connection)
    .await?;
    if let Some(there) = there {
        return Ok(there);
    }
    let held: Vec<String> =
        sqlx::query_scalar("SELECT role FROM memberships WHERE user = $1 AND ended_at IS NULL")
            .bind(user)
            .fetch_all(&mut *connection)
            .await?;
    let held = held.iter().filter_map(|held| RoleName::parse(held));
    if held.into_iter().any(|held| !held.goes_with(role.name())) {
        let (field, fault) = (Field::Role, Fault::NotTogether);
        return Err(FieldFault { field, fault }.into());
    }
    if let Some(body) = role.body() {
        is_in_service(connection, body.as_str(), Field::Body).await?;
    }
    let joined = sqlx::query(
        "INSERT INTO memberships (user, role, body, enterprise, manages)
         VALUES ($1, $2, $3, $4, $5)",
    )
    .bind(user)
    .bind(name)
    .bind(body)
    .bind(role.enterprise())
    .bind(role.manages())
    .execute(connection)
    .await?;
    Ok(joined.last_insert_rowid())
}

/// Ends a membership, with the sessions and tokens that act in it.
pub(crate) async fn leave(
    connection: &mut Conn,
    membership: MembershipId,
    now: Instant,
) -> Result<(), Error> {
    sqlx::query("UPDATE memberships SET ended_at = $1 WHERE id = $2 AND ended_at IS NULL")
        .bind(seconds(now))
        .bind(membership)
        .execute(&mut *connection)
        .await?;
    bodies::without_heads(connection).await?;
    projects::without_leaders(connection).await?;
    for table in [
        "DELETE FROM sessions WHERE membership = $1",
        "DELETE FROM tokens WHERE membership = $1",
    ] {
        sqlx::query(table)
            .bind(membership)
            .execute(&mut *connection)
            .await?;
    }
    Ok(())
}

row! {
    #[derive(FromRow)]
    pub(crate) struct PersonRow {
        id: UserId,
        name: String,
        display: String,
        phone: String,
        membership: MembershipId,
        role: String,
        body: Option<String>,
        enterprise: Option<EnterpriseId>,
        #[serde(deserialize_with = "flag")]
        manages: bool,
    }
}

impl PersonRow {
    pub(crate) fn read(self) -> Result<Person, Error> {
        let role = seat(&self.role, self.body, self.enterprise, self.manages)?;
        Ok(Person {
            name: self.name,
            phone: self.phone,
            membership: self.membership,
            actor: Actor {
                user: Some(self.id),
                name: self.display,
                role,
            },
        })
    }
}

/// A role with its place, as the columns have it.
pub(crate) fn seat(
    role: &str,
    body: Option<String>,
    enterprise: Option<EnterpriseId>,
    manages: bool,
) -> Result<Role, Error> {
    let name = RoleName::parse(role);
    role_of(name, body.map(BodyCode::new), enterprise, manages).ok_or(Error::Unreadable {
        column: "role",
        value: role.to_owned(),
    })
}

/// `None` where the role wants another kind of place.
pub fn role_of(
    name: Option<RoleName>,
    body: Option<BodyCode>,
    enterprise: Option<EnterpriseId>,
    manages: bool,
) -> Option<Role> {
    Some(match (name?, body, enterprise) {
        (RoleName::Enterprise, None, Some(enterprise)) => Role::Enterprise {
            enterprise,
            manages,
        },
        (RoleName::Centre, Some(body), None) => Role::Centre { body },
        (RoleName::Handler, Some(body), None) => Role::Handler { body },
        (RoleName::Head, Some(body), None) => Role::Head { body },
        (RoleName::Township, Some(body), None) => Role::Township { body },
        (RoleName::Supervision, None, None) => Role::Supervision,
        (RoleName::Deputy, None, None) => Role::Deputy,
        (RoleName::Office, None, None) => Role::Office,
        (RoleName::Mayor, None, None) => Role::Mayor,
        (RoleName::Leader, None, None) => Role::Leader,
        (RoleName::SystemAdmin, None, None) => Role::SystemAdmin,
        (RoleName::SecurityAdmin, None, None) => Role::SecurityAdmin,
        (RoleName::Auditor, None, None) => Role::Auditor,
        _ => return None,
    })
}

/// Whether nobody has an account yet.
pub async fn is_empty(store: &Store) -> Result<bool, Error> {
    let users: i64 = sqlx::query_scalar("SELECT count(*) FROM users")
        .fetch_one(&store.read)
        .await?;
    Ok(users == 0)
}

/// A fault beside a field, as the store finds it.
pub(crate) fn taken(field: Field) -> Error {
    domain::FieldFault {
        field,
        fault: domain::Fault::Taken,
    }
    .into()
}

/// How people are called, by their ids; for who lists orders that they handle.
pub async fn names(
    ctx: &Context,
    ids: BTreeSet<UserId>,
) -> Result<BTreeMap<UserId, String>, Error> {
    if ids.is_empty() {
        return Ok(BTreeMap::new());
    }
    let mut query = Sql::new("SELECT id, display FROM users WHERE id IN (");
    let mut list = query.separated(", ");
    for id in ids {
        list.push_bind(id);
    }
    query.push(")");
    let named = query.build().fetch_all(&ctx.store.read).await?;
    Ok(dialect::readable(&named).into_iter().collect())
}

/// The caller's colleagues in their body, as they are called; not themselves.
pub async fn colleagues(ctx: &Context) -> Result<Vec<(UserId, String)>, Error> {
    let Some(body) = ctx.actor.role.body() else {
        return Ok(Vec::new());
    };
    let rows = sqlx::query(
        "SELECT DISTINCT users.id, users.display FROM users
         JOIN memberships ON memberships.user = users.id
         WHERE memberships.body = $1 AND memberships.ended_at IS NULL
           AND users.disabled_at IS NULL AND users.id IS NOT $2
         ORDER BY users.display",
    )
    .bind(body.as_str())
    .bind(ctx.actor.user)
    .fetch_all(&ctx.store.read)
    .await?;
    Ok(dialect::readable(&rows))
}
