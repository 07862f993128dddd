//! The members of an enterprise: invited by its own administrator.

use std::sync::LazyLock;

use domain::{
    Action, AuditKind, EnterpriseId, Fault, Field, FieldFault, Instant, Policy, Role, UserId,
};
use sqlx::FromRow;

use crate::accounts::{keeps_one, said};
use crate::audit::{self, Entry};
use crate::context::Trace;
use crate::orders::UNDER_WAY;
use crate::people::{self, MembershipId, NewPerson, taken};
use crate::secret::{Secret, digest};
use crate::times::{instant, seconds};
use crate::{Context, Error, Store};

#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Member {
    pub membership: MembershipId,
    pub user: UserId,
    pub account: String,
    pub display: String,
    pub phone: String,
    pub manages: bool,
    pub disabled: bool,
    /// Orders under way that they answer for.
    pub open: i64,
}

#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Invitation {
    pub id: i64,
    pub enterprise: String,
    pub display: String,
    pub phone: String,
    pub manages: bool,
    until_at: i64,
}

impl Invitation {
    pub fn until_at(&self) -> Result<Instant, Error> {
        instant("until_at", self.until_at)
    }
}

/// An invitation holds while whoever made it still administers the enterprise.
const HOLDS: &str = "used_at IS NULL AND EXISTS (
         SELECT 1 FROM memberships JOIN users ON users.id = memberships.user
         WHERE memberships.user = invitations.by
           AND memberships.enterprise = invitations.enterprise
           AND manages AND ended_at IS NULL AND disabled_at IS NULL)";

static INVITATION: LazyLock<String> = LazyLock::new(|| {
    format!(
        "SELECT invitations.id, enterprises.name AS enterprise, display, phone, manages, until_at
         FROM invitations JOIN enterprises ON enterprises.id = invitations.enterprise
         WHERE {HOLDS} AND"
    )
});

fn mine(ctx: &Context) -> Result<EnterpriseId, Error> {
    ctx.actor.may(Action::InviteMembers)?;
    ctx.actor.role.enterprise().ok_or(Error::NotFound)
}

pub async fn list(ctx: &Context) -> Result<Vec<Member>, Error> {
    let enterprise = mine(ctx)?;
    let members = format!(
        "SELECT memberships.id AS membership, users.id AS user, users.name AS account, display,
             phone, manages,
             (SELECT count(*) FROM orders WHERE orders.member = users.id
                 AND orders.enterprise = memberships.enterprise
                 AND {}) AS open,
             disabled_at IS NOT NULL AS disabled
         FROM memberships JOIN users ON users.id = memberships.user
         WHERE memberships.enterprise = $1 AND ended_at IS NULL
         ORDER BY memberships.id",
        &*UNDER_WAY
    );
    Ok(sqlx::query_as(sqlx::AssertSqlSafe(members))
        .bind(enterprise)
        .fetch_all(&ctx.store.read)
        .await?)
}

/// Those that still hold.
pub async fn invitations(ctx: &Context, wall: Instant) -> Result<Vec<Invitation>, Error> {
    let enterprise = mine(ctx)?;
    let sql = format!(
        "{} enterprise = $1 AND until_at > $2 ORDER BY invitations.id",
        &*INVITATION
    );
    Ok(sqlx::query_as(sqlx::AssertSqlSafe(sql))
        .bind(enterprise)
        .bind(seconds(wall))
        .fetch_all(&ctx.store.read)
        .await?)
}

/// What comes back opens the invitation, once.
pub async fn invite(
    ctx: &Context,
    display: String,
    phone: String,
    manages: bool,
    wall: Instant,
    policy: &Policy,
) -> Result<Secret, Error> {
    let enterprise = mine(ctx)?;
    let secret = Secret::new()?;
    let digest = digest(secret.reveal());
    let by = ctx.actor.user;
    let until = wall + chrono::Duration::days(policy.invitation.into());
    let role = Role::Enterprise {
        enterprise,
        manages,
    };
    let entry = Entry::of(ctx, AuditKind::Invited).object(&display);
    ctx.write(move |connection| {
        Box::pin(async move {
            sqlx::query(
                "INSERT INTO invitations
                     (digest, enterprise, display, phone, manages, by, at, until_at)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
            )
            .bind(digest)
            .bind(enterprise)
            .bind(display)
            .bind(phone)
            .bind(manages)
            .bind(by)
            .bind(seconds(wall))
            .bind(seconds(until))
            .execute(&mut *connection)
            .await?;
            let entry = entry.detail(said(connection, &role).await?);
            audit::append(connection, &entry).await
        })
    })
    .await?;
    Ok(secret)
}

/// Makes a member an administrator of their enterprise, or no longer; one has to stay.
pub async fn change(ctx: &Context, membership: MembershipId, manages: bool) -> Result<(), Error> {
    let enterprise = mine(ctx)?;
    let entry = Entry::of(ctx, AuditKind::MembershipChanged);
    ctx.write(move |connection| {
        Box::pin(async move {
            let member: Option<(UserId, String, bool)> = sqlx::query_as(
                "SELECT users.id, users.name, manages
                 FROM memberships JOIN users ON users.id = memberships.user
                 WHERE memberships.id = $1 AND enterprise = $2 AND ended_at IS NULL",
            )
            .bind(membership)
            .bind(enterprise)
            .fetch_optional(&mut *connection)
            .await?;
            let (user, account, managed) = member.ok_or(Error::NotFound)?;
            let role = |manages| Role::Enterprise {
                enterprise,
                manages,
            };
            if managed && !manages {
                keeps_one(connection, user, &role(true)).await?;
            }
            sqlx::query("UPDATE memberships SET manages = $1 WHERE id = $2")
                .bind(manages)
                .bind(membership)
                .execute(&mut *connection)
                .await?;
            let detail = said(connection, &role(manages)).await?;
            audit::append(connection, &entry.object(account).detail(detail)).await
        })
    })
    .await
}

/// Takes an invitation back.
pub async fn uninvite(ctx: &Context, id: i64) -> Result<(), Error> {
    let enterprise = mine(ctx)?;
    let now = ctx.now;
    let entry = Entry::of(ctx, AuditKind::Uninvited);
    ctx.write(move |connection| {
        Box::pin(async move {
            let gone: Option<String> = sqlx::query_scalar(
                "UPDATE invitations SET used_at = $1
                 WHERE id = $2 AND enterprise = $3 AND used_at IS NULL RETURNING display",
            )
            .bind(seconds(now))
            .bind(id)
            .bind(enterprise)
            .fetch_optional(&mut *connection)
            .await?;
            let display = gone.ok_or(Error::NotFound)?;
            audit::append(connection, &entry.object(display)).await
        })
    })
    .await
}

/// The invitation of whoever holds its address, while it holds.
pub async fn invitation(store: &Store, secret: &str, wall: Instant) -> Result<Invitation, Error> {
    let sql = format!("{} digest = $1 AND until_at > $2", &*INVITATION);
    sqlx::query_as(sqlx::AssertSqlSafe(sql))
        .bind(digest(secret))
        .bind(seconds(wall))
        .fetch_optional(&store.read)
        .await?
        .ok_or(Error::NotFound)
}

/// Who takes an invitation.
#[derive(Debug, Clone)]
pub enum Joining {
    /// Somebody who is signed in already.
    As(UserId),
    /// With a new account.
    New { name: String, password_hash: String },
}

/// Takes the invitation, which holds once.
pub async fn join(
    store: &Store,
    secret: &str,
    joining: Joining,
    wall: Instant,
    trace: &Trace,
) -> Result<(), Error> {
    let digest = digest(secret);
    let entry = Entry::new(AuditKind::Joined, wall, trace);
    store
        .write(move |connection| {
            Box::pin(async move {
                let take_up = format!(
                    "UPDATE invitations SET used_at = $1
                     WHERE digest = $2 AND until_at > $1 AND {HOLDS}
                     RETURNING enterprise, display, phone, manages"
                );
                let take_up = sqlx::AssertSqlSafe(take_up);
                let taken_up: Option<(EnterpriseId, String, String, bool)> =
                    sqlx::query_as(take_up)
                        .bind(seconds(wall))
                        .bind(digest)
                        .fetch_optional(&mut *connection)
                        .await?;
                let (enterprise, display, phone, manages) = taken_up.ok_or(Error::NotFound)?;
                let role = Role::Enterprise {
                    enterprise,
                    manages,
                };
                let user = match joining {
                    Joining::As(user) => {
                        if people::is_member(connection, user, enterprise).await? {
                            // Theirs already: the invitation is for somebody else.
                            let (field, fault) = (Field::UserName, Fault::AlreadyAMember);
                            return Err(FieldFault { field, fault }.into());
                        }
                        people::join(connection, user, &role).await?;
                        user
                    }
                    Joining::New {
                        name,
                        password_hash,
                    } => {
                        let person = NewPerson {
                            name,
                            display,
                            phone,
                            password_hash,
                            given_at: None,
                            role: role.clone(),
                        };
                        let made = people::insert(connection, &person).await?;
                        made.ok_or_else(|| taken(Field::UserName))?
                    }
                };
                let account: String = sqlx::query_scalar("SELECT name FROM users WHERE id = $1")
                    .bind(user)
                    .fetch_one(&mut *connection)
                    .await?;
                let entry = entry
                    .named(Some(user), account)
                    .detail(said(connection, &role).await?);
                audit::append(connection, &entry).await
            })
        })
        .await
}
