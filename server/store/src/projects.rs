//! The register of key projects.

use std::collections::{BTreeMap, BTreeSet};

use domain::project::{Project, ProjectLevel, ProjectNumber, ProjectWish};
use domain::rights::Relation;
use domain::text::name_key;
use domain::{
    Action, AuditKind, BodyCode, EnterpriseId, Fault, Field, FieldFault, Refusal, RoleName, UserId,
};
use sqlx::FromRow;

use crate::ask::{self, Question};
use crate::audit::{self, Entry};
use crate::dialect::{self, Conn, Sql};
use crate::orders::code;
use crate::times::seconds;
use crate::{Context, Error};

/// A project as lists show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    pub project: Project,
    pub enterprise: String,
    /// How the leader in charge is called.
    pub leader: Option<String>,
    /// Orders of it that the caller may see.
    pub orders: u64,
}

/// A page of projects.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    pub items: Vec<Listed>,
    /// Hand it in as `after` to go on; `None` at the end.
    pub next: Option<ProjectNumber>,
}

/// The projects whose number, name or enterprise holds `text`, by number.
pub async fn list(
    ctx: &Context,
    text: &str,
    after: Option<&ProjectNumber>,
    limit: u16,
) -> Result<Page, Error> {
    let mut query = select(ctx)?;
    if !text.trim().is_empty() {
        let like = format!("%{}%", escaped(text.trim()));
        query.push(" AND (projects.number LIKE ");
        query.push_bind(like.clone()).push(" ESCAPE '\\' OR ");
        query.push("projects.name LIKE ");
        query.push_bind(like.clone()).push(" ESCAPE '\\' OR ");
        query.push("enterprises.name LIKE ");
        query.push_bind(like).push(" ESCAPE '\\')");
    }
    if let Some(after) = after {
        query.push(" AND projects.number > ");
        query.push_bind(after.as_str().to_owned());
    }
    query.push(" ORDER BY projects.number LIMIT ");
    query.push_bind(i64::from(limit) + 1);
    let mut rows = query.build().fetch_all(&ctx.store.read).await?;
    let more = rows.len() > usize::from(limit);
    rows.truncate(limit.into());
    // One that cannot be read leaves the others there.
    let rows: Vec<Row> = dialect::readable(&rows);
    let rows = rows.into_iter().map(|row| (row.number.clone(), row.read()));
    let items = ctx.store.troubles.readable_of("project", rows);
    let next = match items.last() {
        Some(last) if more => Some(last.project.number.clone()),
        _ => None,
    };
    Ok(Page { items, next })
}

/// `NotFound` where there is none that the caller may see.
pub async fn find(ctx: &Context, number: &ProjectNumber) -> Result<Listed, Error> {
    let mut query = select(ctx)?;
    query.push(" AND projects.number = ");
    query.push_bind(number.as_str().to_owned());
    let row: Option<Row> = query
        .build_query_as()
        .fetch_optional(&ctx.store.read)
        .await?;
    row.ok_or(Error::NotFound)?.read()
}

fn select(ctx: &Context) -> Result<Sql, Error> {
    ctx.actor.may(Action::SeeProjects)?;
    let mut query = Sql::new(
        "SELECT projects.number, projects.name, projects.enterprise, projects.level,
         projects.township, projects.leader, enterprises.name AS enterprise_name,
         users.display AS leader_name,
         (SELECT count(*) FROM orders WHERE orders.project = projects.number AND ",
    );
    crate::scope::visible(&mut query, &ctx.actor);
    query.push(
        ") AS orders FROM projects JOIN enterprises ON enterprises.id = projects.enterprise
         LEFT JOIN users ON users.id = projects.leader WHERE ",
    );
    let mut relations = ctx.actor.relations_for(Action::SeeProjects);
    if relations.any(|relation| relation == Relation::Any) {
        query.push("TRUE");
    } else {
        query.push("projects.enterprise = ");
        query.push_bind(ctx.actor.role.enterprise());
    }
    Ok(query)
}

/// Somebody who can be in charge of a project: (number, how they are called).
pub async fn leaders(ctx: &Context) -> Result<Vec<(UserId, String)>, Error> {
    ctx.actor.may(Action::ManageProjects)?;
    let mut query = Sql::new(
        "SELECT DISTINCT users.id, users.display FROM users
         JOIN memberships ON memberships.user = users.id
         WHERE memberships.ended_at IS NULL AND users.disabled_at IS NULL
           AND memberships.role IN ",
    );
    leading(&mut query);
    query.push(" ORDER BY users.display, users.id");
    let rows = query.build().fetch_all(&ctx.store.read).await?;
    Ok(dialect::readable(&rows))
}

/// Who is in charge of projects, by name, for those who see the whole city.
pub struct InCharge;

impl Question for InCharge {
    type Answer = Vec<(UserId, String)>;

    fn put(&self, query: &mut Sql, ctx: &Context) {
        let mut relations = ctx.actor.relations_for(Action::SeeOrder);
        if !relations.any(|relation| relation == Relation::Any) {
            query.push("NULL");
            return;
        }
        ask::lines(query, "id, display", |query| {
            query.push(
                "SELECT DISTINCT users.id, users.display FROM projects
                 JOIN users ON users.id = projects.leader ORDER BY users.display, users.id",
            );
        });
    }

    fn read(&self, value: Option<&[u8]>, _: &Context) -> Result<Self::Answer, Error> {
        Ok(ask::readable(value))
    }
}

/// How the leaders of these projects are called, by the projects' numbers.
pub async fn leaders_of(
    ctx: &Context,
    numbers: BTreeSet<String>,
) -> Result<BTreeMap<String, String>, Error> {
    if numbers.is_empty() {
        return Ok(BTreeMap::new());
    }
    let mut query = Sql::new(
        "SELECT projects.number, users.display FROM projects
         JOIN users ON users.id = projects.leader WHERE projects.number IN (",
    );
    let mut list = query.separated(", ");
    for number in numbers {
        list.push_bind(number);
    }
    query.push(")");
    let named = query.build().fetch_all(&ctx.store.read).await?;
    Ok(dialect::readable(&named).into_iter().collect())
}

fn leading(query: &mut Sql) {
    query.push("(");
    let mut roles = query.separated(", ");
    let leading = RoleName::ALL.into_iter();
    for role in leading.filter(|role| role.can_lead_projects()) {
        roles.push_bind(role.code());
    }
    query.push(")");
}

/// Adds a project, or corrects the one of that number where `is_there`.
pub async fn save(ctx: &Context, wish: ProjectWish, is_there: bool) -> Result<(), Error> {
    ctx.actor.may(Action::ManageProjects)?;
    let now = ctx.now;
    let entry = Entry::of(ctx, AuditKind::ProjectChanged).object(wish.number.to_string());
    ctx.write(move |connection| {
        Box::pin(async move {
            let there: bool =
                sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM projects WHERE number = $1)")
                    .bind(wish.number.as_str())
                    .fetch_one(&mut *connection)
                    .await?;
            match (there, is_there) {
                (true, false) => return Err(fault(Field::Project, Fault::Taken)),
                (false, true) => return Err(Error::NotFound),
                (true, true) | (false, false) => {}
            }
            let enterprise = found_enterprise(connection, wish.enterprise.as_str()).await?;
            let enterprise = enterprise.map_err(|none| fault(Field::EnterpriseName, none))?;
            if let Some(leader) = wish.leader {
                may_lead(connection, leader).await?;
            }
            keeps_its_orders(connection, &wish, enterprise).await?;
            sqlx::query(
                "INSERT INTO projects VALUES ($1, $2, $3, $4, $5, $6, $7)
                 ON CONFLICT (number) DO UPDATE SET name = excluded.name,
                     enterprise = excluded.enterprise, level = excluded.level,
                     township = excluded.township, leader = excluded.leader,
                     changed_at = excluded.changed_at",
            )
            .bind(wish.number.as_str())
            .bind(wish.name.as_str())
            .bind(enterprise)
            .bind(wish.level.code())
            .bind(wish.township.as_str())
            .bind(wish.leader)
            .bind(seconds(now))
            .execute(&mut *connection)
            .await?;
            let leader = wish
                .leader
                .map_or_else(|| "-".to_owned(), |id| id.to_string());
            let entry = entry.detail(format!("{} leader {leader}", wish.name.as_str()));
            audit::append(connection, &entry).await
        })
    })
    .await
}

/// A project with orders stays with the enterprise that placed them.
async fn keeps_its_orders(
    connection: &mut Conn,
    wish: &ProjectWish,
    enterprise: EnterpriseId,
) -> Result<(), Error> {
    let others: bool = sqlx::query_scalar(
        "SELECT EXISTS (SELECT 1 FROM orders WHERE project = $1 AND enterprise <> $2)",
    )
    .bind(wish.number.as_str())
    .bind(enterprise)
    .fetch_one(connection)
    .await?;
    if others {
        return Err(fault(Field::EnterpriseName, Fault::NotTogether));
    }
    Ok(())
}

async fn may_lead(connection: &mut Conn, leader: UserId) -> Result<(), Error> {
    let mut query = Sql::new(
        "SELECT EXISTS (SELECT 1 FROM memberships JOIN users ON users.id = memberships.user
         WHERE ended_at IS NULL AND disabled_at IS NULL AND users.id = ",
    );
    query.push_bind(leader).push(" AND role IN ");
    leading(&mut query);
    query.push(")");
    let may: bool = query.build_query_scalar().fetch_one(connection).await?;
    if may {
        Ok(())
    } else {
        Err(fault(Field::Leader, Fault::Unknown))
    }
}

/// Names that are offered where the one typed is nobody's.
const NEAR: usize = 3;
/// Characters by which a name may differ and still be meant; of a short one, only one.
const MISTYPED: usize = 2;
const SHORT: usize = 6;
/// Names that are offered while somebody types.
const OFFERED: i64 = 8;

/// The enterprise of that name, or what is said where there is none.
pub(crate) async fn found_enterprise(
    connection: &mut Conn,
    name: &str,
) -> Result<Result<EnterpriseId, Fault>, Error> {
    if let Some(id) = enterprise_of(connection, name).await? {
        return Ok(Ok(id));
    }
    let near = near(connection, &name_key(name)).await?;
    let name = name.to_owned();
    Ok(Err(Fault::NoSuchEnterprise { name, near }))
}

/// Names that have the key within them or stand within it, and those that one or two
/// characters away are the same.
async fn near(connection: &mut Conn, key: &str) -> Result<Vec<String>, Error> {
    let is_short = key.chars().count() <= SHORT;
    let mistyped = if is_short { 1 } else { MISTYPED };
    let names: Vec<(String, String, bool)> = sqlx::query_as(
        "SELECT name, key, instr(key, $1) > 0 OR instr($1, key) > 0 FROM enterprises
         WHERE abs(length(key) - length($1)) <= $2 OR instr(key, $1) > 0 OR instr($1, key) > 0
            OR abs(instr(key, '(') - 1 - length($1)) <= $2
         ORDER BY length(name), id",
    )
    .bind(key)
    .bind(i64::try_from(mistyped).unwrap_or(0))
    .fetch_all(connection)
    .await?;
    let mut near: Vec<(usize, String)> = Vec::new();
    for (name, other, within) in names {
        // What stands in brackets at the end is seldom typed: (集团).
        let short = other.split_once('(').map_or("", |(before, _)| before);
        let apart = [other.as_str(), short].map(|other| strsim::osa_distance(key, other));
        let apart = apart[0].min(apart[1]);
        if within || apart <= mistyped {
            near.push((if within { 0 } else { apart }, name));
        }
    }
    near.sort_by_key(|(apart, _)| *apart);
    near.truncate(NEAR);
    Ok(near.into_iter().map(|(_, name)| name).collect())
}

/// Registered names that have what somebody is typing within them, where it stands first
/// before others; for who calls meetings.
pub async fn firms(ctx: &Context, typed: &str) -> Result<Vec<String>, Error> {
    ctx.actor.may(Action::CallMeetings)?;
    let names = sqlx::query_scalar(
        "SELECT name FROM enterprises WHERE instr(key, $1) > 0
         ORDER BY instr(key, $1), length(name), id LIMIT $2",
    );
    let names = names.bind(name_key(typed)).bind(OFFERED);
    Ok(names.fetch_all(&ctx.store.read).await?)
}

/// The enterprise of that name, however wide its brackets are: of several, the one that
/// is called just so, or the first.
pub(crate) async fn enterprise_of(
    connection: &mut Conn,
    name: &str,
) -> Result<Option<EnterpriseId>, Error> {
    Ok(
        sqlx::query_scalar("SELECT id FROM enterprises WHERE key = $2 ORDER BY name <> $1, id")
            .bind(name)
            .bind(name_key(name))
            .fetch_optional(connection)
            .await?,
    )
}

/// The project that an order names; `None` where it names none that there is.
pub(crate) async fn named(
    connection: &mut Conn,
    number: Option<&ProjectNumber>,
) -> Result<Option<Project>, Error> {
    let Some(number) = number else {
        return Ok(None);
    };
    let row: Option<Row> = sqlx::query_as(
        "SELECT projects.*, enterprises.name AS enterprise_name, NULL AS leader_name, 0 AS orders
         FROM projects JOIN enterprises ON enterprises.id = projects.enterprise
         WHERE number = $1",
    )
    .bind(number.as_str())
    .fetch_optional(connection)
    .await?;
    row.map(|row| Ok(row.read()?.project)).transpose()
}

/// Whoever is not there any more is in charge of nothing.
pub(crate) async fn without_leaders(connection: &mut Conn) -> Result<(), Error> {
    let mut query = Sql::new(
        "UPDATE projects SET leader = NULL
         WHERE leader IS NOT NULL AND NOT EXISTS (
             SELECT 1 FROM memberships JOIN users ON users.id = memberships.user
             WHERE users.id = projects.leader AND memberships.ended_at IS NULL
               AND users.disabled_at IS NULL AND memberships.role IN ",
    );
    leading(&mut query);
    query.push(")");
    query.build().execute(connection).await?;
    Ok(())
}

/// What LIKE takes as it stands.
fn escaped(text: &str) -> String {
    let escape = |c: char| match c {
        '%' | '_' | '\\' => vec!['\\', c],
        c => vec![c],
    };
    text.chars().flat_map(escape).collect()
}

fn fault(field: Field, fault: Fault) -> Error {
    Refusal::from(FieldFault { field, fault }).into()
}

#[derive(FromRow)]
struct Row {
    number: String,
    name: String,
    enterprise: EnterpriseId,
    level: String,
    township: String,
    leader: Option<UserId>,
    enterprise_name: String,
    leader_name: Option<String>,
    orders: i64,
}

impl Row {
    fn read(self) -> Result<Listed, Error> {
        Ok(Listed {
            project: Project {
                number: ProjectNumber::parse(Field::Stored, &self.number)?,
                name: domain::text::Line::parse(Field::Stored, &self.name)?,
                enterprise: self.enterprise,
                level: code("level", self.level, ProjectLevel::parse)?,
                township: BodyCode::new(self.township),
                leader: self.leader,
            },
            enterprise: self.enterprise_name,
            leader: self.leader_name,
            orders: u64::try_from(self.orders).unwrap_or(0),
        })
    }
}
