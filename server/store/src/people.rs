use domain::{Actor, BodyCode, EnterpriseId, Role, RoleName, UserId};
use sqlx::{FromRow, SqliteConnection};

use crate::{Error, Store};

/// Somebody with an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// As the account is called when signing in.
    pub name: String,
    pub phone: String,
    pub actor: Actor,
}

/// An account to be made.
#[derive(Debug, Clone)]
pub struct NewPerson {
    pub name: String,
    pub display: String,
    pub phone: String,
    pub password_hash: String,
    pub role: Role,
}

/// The enterprise that somebody belongs to.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Enterprise {
    pub id: EnterpriseId,
    pub name: String,
    pub township: String,
}

/// The account with its password hash, if there is one that may sign in.
pub async fn credentials(store: &Store, name: &str) -> Result<Option<(UserId, String)>, Error> {
    let row = sqlx::query_as(
        "SELECT id, password_hash FROM users WHERE name = $1 AND disabled_at IS NULL",
    )
    .bind(name)
    .fetch_optional(&store.read)
    .await?;
    Ok(row)
}

/// `None` where there is no such account, or it is disabled.
pub async fn by_name(store: &Store, name: &str) -> Result<Option<Person>, Error> {
    let row: Option<PersonRow> =
        sqlx::query_as("SELECT * FROM users WHERE name = $1 AND disabled_at IS NULL")
            .bind(name)
            .fetch_optional(&store.read)
            .await?;
    row.map(PersonRow::read).transpose()
}

pub async fn enterprise(store: &Store, id: EnterpriseId) -> Result<Enterprise, Error> {
    sqlx::query_as("SELECT id, name, township FROM enterprises WHERE id = $1")
        .bind(id)
        .fetch_optional(&store.read)
        .await?
        .ok_or(Error::NotFound)
}

/// Makes an account; `false` where the name is taken.
pub async fn add(store: &Store, person: NewPerson) -> Result<bool, Error> {
    store
        .write
        .run(move |connection| Box::pin(async move { insert(connection, person).await }))
        .await
}

/// The enterprise of that name, made if there is none.
pub async fn enterprise_named(
    store: &Store,
    name: String,
    township: BodyCode,
) -> Result<EnterpriseId, Error> {
    store
        .write
        .run(move |connection| {
            Box::pin(async move {
                let id = sqlx::query_scalar(
                    "INSERT INTO enterprises (name, township) VALUES ($1, $2)
                     ON CONFLICT (name) DO UPDATE SET name = excluded.name RETURNING id",
                )
                .bind(name)
                .bind(township.as_str())
                .fetch_one(connection)
                .await?;
                Ok(id)
            })
        })
        .await
}

/// Whether nobody has an account yet.
pub async fn is_empty(store: &Store) -> Result<bool, Error> {
    let users: i64 = sqlx::query_scalar("SELECT count(*) FROM users")
        .fetch_one(&store.read)
        .await?;
    Ok(users == 0)
}

async fn insert(connection: &mut SqliteConnection, person: NewPerson) -> Result<bool, Error> {
    let enterprise = match person.role {
        Role::Enterprise { enterprise } => Some(enterprise),
        _ => None,
    };
    let done = sqlx::query(
        "INSERT INTO users (name, display, phone, password_hash, role, body, enterprise)
         VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (name) DO NOTHING",
    )
    .bind(person.name)
    .bind(person.display)
    .bind(person.phone)
    .bind(person.password_hash)
    .bind(person.role.name().code())
    .bind(person.role.body().map(|body| body.as_str()))
    .bind(enterprise)
    .execute(connection)
    .await?;
    Ok(done.rows_affected() == 1)
}

#[derive(FromRow)]
pub(crate) struct PersonRow {
    id: i64,
    name: String,
    display: String,
    phone: String,
    role: String,
    body: Option<String>,
    enterprise: Option<EnterpriseId>,
}

impl PersonRow {
    pub(crate) fn read(self) -> Result<Person, Error> {
        let unreadable = Error::Unreadable {
            column: "role",
            value: self.role.clone(),
        };
        let name = RoleName::parse(&self.role);
        let body = self.body.map(BodyCode::new);
        let role = match (name, body, self.enterprise) {
            (Some(RoleName::Enterprise), None, Some(enterprise)) => Role::Enterprise { enterprise },
            (Some(RoleName::Centre), Some(body), None) => Role::Centre { body },
            (Some(RoleName::Handler), Some(body), None) => Role::Handler { body },
            (Some(RoleName::Head), Some(body), None) => Role::Head { body },
            (Some(RoleName::Township), Some(body), None) => Role::Township { body },
            (Some(RoleName::Supervision), None, None) => Role::Supervision,
            (Some(RoleName::Deputy), None, None) => Role::Deputy,
            (Some(RoleName::Office), None, None) => Role::Office,
            (Some(RoleName::Mayor), None, None) => Role::Mayor,
            (Some(RoleName::SystemAdmin), None, None) => Role::SystemAdmin,
            (Some(RoleName::SecurityAdmin), None, None) => Role::SecurityAdmin,
            (Some(RoleName::Auditor), None, None) => Role::Auditor,
            _ => return Err(unreadable),
        };
        Ok(Person {
            name: self.name,
            phone: self.phone,
            actor: Actor {
                user: Some(self.id),
                name: self.display,
                role,
            },
        })
    }
}
