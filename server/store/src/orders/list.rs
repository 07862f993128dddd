use std::sync::LazyLock;

use domain::order::{Ask, ClockName, Light, Number, StageName};
use domain::{BodyCode, Instant, Role};
use sqlx::QueryBuilder;
use sqlx::sqlite::Sqlite;

use super::columns::{Listed, Row, SELECT, mask};
use super::parts;
use crate::times::seconds;
use crate::{Desk, Error, scope};

/// What a list is narrowed to; every field that is set must match.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    pub stage: Option<StageName>,
    pub light: Option<Light>,
    pub department: Option<String>,
    pub category: Option<String>,
    /// Words, each part of the number, the title or the enterprise's name.
    pub text: Option<String>,
    /// Only orders on which something can still happen.
    pub open: bool,
    /// Only orders that have been carried up.
    pub escalated: bool,
    /// Only orders whose next step is the caller's, as `Overview::turn` has it.
    pub waits_for_caller: bool,
    /// Only orders whose next step is the caller's as their lead.
    pub waits_for_lead: bool,
    /// Only orders that the caller's body is awaited with a part of.
    pub awaits_part: bool,
    /// Only orders on which the caller has something to decide.
    pub asks_caller: bool,
    /// Only orders whose enterprise is to be called back.
    pub to_call: bool,
    /// Only orders with a clock that runs, or is paused.
    pub running: bool,
    /// Only clocks of bodies that have not ended yet and end before this instant.
    pub due_until: Option<Instant>,
}

/// Where the next page starts is the last order of this one, not a count: page
/// 10,000 costs what page 1 costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sort {
    #[default]
    NewestFirst,
    /// What is due first; never more than one page.
    DueFirst,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    pub items: Vec<Listed>,
    /// Hand it in as `after` to go on; `None` at the end.
    pub next: Option<Number>,
}

/// A page of at most `limit` orders that the caller may see.
pub async fn list(
    desk: &Desk,
    filter: &Filter,
    sort: Sort,
    after: Option<Number>,
    limit: u16,
) -> Result<Page, Error> {
    let mut query = QueryBuilder::<Sqlite>::new(SELECT);
    scope::visible(&mut query, &desk.actor);
    narrow(&mut query, filter, desk);
    if let Some(after) = after {
        query
            .push(" AND orders.id < (SELECT id FROM orders WHERE number = ")
            .push_bind(after.to_string())
            .push(")");
    }
    query.push(match sort {
        Sort::NewestFirst => " ORDER BY orders.id DESC",
        Sort::DueFirst => " ORDER BY orders.due_at IS NULL, orders.due_at, orders.id",
    });
    query.push(" LIMIT ").push_bind(i64::from(limit) + 1);
    let mut connection = desk.store.read.acquire().await?;
    let mut rows: Vec<Row> = query.build_query_as().fetch_all(&mut *connection).await?;
    let more = rows.len() > usize::from(limit);
    rows.truncate(limit.into());
    let items = parts::read_all(&mut connection, rows).await?;
    let next = match items.last() {
        Some(last) if more => Some(last.overview.number),
        _ => None,
    };
    Ok(Page { items, next })
}

/// That something can still happen to an order, as `StageName::is_final` has it.
pub(crate) static UNDER_WAY: LazyLock<String> = LazyLock::new(|| {
    let stages = StageName::ALL.into_iter().filter(|stage| stage.is_final());
    let stages: Vec<String> = stages.map(|stage| format!("'{}'", stage.code())).collect();
    format!("stage NOT IN ({})", stages.join(", "))
});

pub(super) fn narrow(query: &mut QueryBuilder<Sqlite>, filter: &Filter, desk: &Desk) {
    let now = desk.now;
    if let Some(stage) = filter.stage {
        query.push(" AND orders.stage = ").push_bind(stage.code());
    }
    if let Some(light) = filter.light {
        lit(query, light, now);
    }
    if let Some(department) = &filter.department {
        query
            .push(" AND orders.lead = ")
            .push_bind(department.clone());
    }
    if let Some(category) = &filter.category {
        query
            .push(" AND orders.category = ")
            .push_bind(category.clone());
    }
    for word in filter.text.iter().flat_map(|text| text.split_whitespace()) {
        query
            .push(" AND (instr(orders.number, ")
            .push_bind(word.to_uppercase())
            .push(") > 0 OR instr(orders.title, ")
            .push_bind(word.to_owned())
            .push(") > 0 OR orders.enterprise IN (SELECT id FROM enterprises WHERE instr(name, ")
            .push_bind(word.to_owned())
            .push(") > 0))");
    }
    if filter.open {
        query.push(" AND ").push(&*UNDER_WAY);
    }
    if filter.escalated {
        query.push(" AND orders.escalation IS NOT NULL");
    }
    if filter.waits_for_caller {
        waits_for(query, desk);
    }
    if filter.awaits_part {
        query.push(" AND ");
        match desk.actor.role.body() {
            Some(body) => co_handles(query, body),
            None => {
                query.push("FALSE");
            }
        }
    }
    if filter.waits_for_lead {
        query.push(" AND ");
        match desk.actor.role.body() {
            Some(body) => leads(query, body),
            None => {
                query.push("FALSE");
            }
        }
    }
    if filter.to_call {
        query.push(" AND orders.callback_due_at IS NOT NULL");
    }
    if filter.running {
        query.push(" AND (orders.due_at IS NOT NULL OR orders.stage = 'paused')");
    }
    if filter.asks_caller {
        query.push(" AND ");
        asks(query, desk);
    }
    if let Some(until) = filter.due_until {
        query.push(" AND ");
        binds_a_body(query);
        query.push(" AND orders.due_at >= ").push_bind(seconds(now));
        query
            .push(" AND orders.due_at < ")
            .push_bind(seconds(until));
    }
}

/// Whose turn it is as `Overview::turn` computes it, for the database.
fn waits_for(query: &mut QueryBuilder<Sqlite>, desk: &Desk) {
    let now = seconds(desk.now);
    match &desk.actor.role {
        Role::Enterprise { .. } => {
            query
                .push(" AND orders.stage = 'replied' AND orders.due_at >= ")
                .push_bind(now);
        }
        Role::Centre { .. } => {
            query
                .push(" AND (orders.stage = 'submitted' OR (orders.stage = 'replied' AND orders.due_at < ")
                .push_bind(now)
                .push(") OR ");
            asks(query, desk);
            query.push(")");
        }
        Role::Handler { body } | Role::Head { body } | Role::Township { body } => {
            query.push(" AND (");
            leads(query, body);
            query.push(" OR ");
            co_handles(query, body);
            query.push(" OR ");
            asks(query, desk);
            query.push(")");
        }
        // Rated badly twice, or a second extension to decide.
        Role::Deputy => {
            query.push(" AND ((orders.stage = 'replied' AND orders.clock IS NULL) OR ");
            asks(query, desk);
            query.push(")");
        }
        Role::Supervision
        | Role::Office
        | Role::Mayor
        | Role::SystemAdmin
        | Role::SecurityAdmin
        | Role::Auditor
        | Role::Clockwork => {
            query.push(" AND FALSE");
        }
    }
}

/// Whether the next step is a body's as the lead.
fn leads(query: &mut QueryBuilder<Sqlite>, body: &BodyCode) {
    query
        .push(
            "(orders.stage IN ('dispatched', 'in_hand', 'paused', 'rework')
              AND orders.asks & ",
        )
        .push_bind(mask([Ask::Ruling, Ask::Objection]))
        .push(" = 0 AND orders.lead = ")
        .push_bind(body.as_str().to_owned())
        .push(")");
}

/// Whether a body is awaited with a part.
fn co_handles(query: &mut QueryBuilder<Sqlite>, body: &BodyCode) {
    query
        .push("orders.id IN (SELECT order_id FROM co_handlers WHERE is_open AND body = ")
        .push_bind(body.as_str().to_owned())
        .push(")");
}

/// Whether a decision is the caller's: those of `Ask`, by office.
fn asks(query: &mut QueryBuilder<Sqlite>, desk: &Desk) {
    let (theirs, lead) = match &desk.actor.role {
        Role::Centre { .. } => (
            mask([
                Ask::Ruling,
                Ask::Objection,
                Ask::CoHandler,
                Ask::Extension,
                Ask::Appeal,
            ]),
            None,
        ),
        Role::Deputy => (mask([Ask::SecondExtension]), None),
        Role::Head { body } => (mask([Ask::Reply]), Some(body)),
        _ => {
            query.push("FALSE");
            return;
        }
    };
    // What the partial index is over, said so that it is used.
    query
        .push("(orders.asks <> 0 AND orders.asks & ")
        .push_bind(theirs)
        .push(" <> 0");
    if let Some(body) = lead {
        query
            .push(" AND orders.lead = ")
            .push_bind(body.as_str().to_owned());
    }
    query.push(")");
}

/// The light as `Overview::light` computes it, for the database.
fn lit(query: &mut QueryBuilder<Sqlite>, light: Light, now: Instant) {
    let now = seconds(now);
    match light {
        Light::None => {
            query.push(" AND (orders.clock IS NULL OR NOT ");
            binds_a_body(query);
            query.push(")");
        }
        Light::Green => {
            query.push(" AND orders.yellow_at > ").push_bind(now);
        }
        Light::Yellow => {
            query.push(" AND orders.yellow_at <= ").push_bind(now);
            query.push(" AND orders.due_at >= ").push_bind(now);
        }
        Light::Red => {
            query.push(" AND orders.due_at < ").push_bind(now);
        }
    }
    match light {
        Light::None => {}
        Light::Green | Light::Yellow | Light::Red => {
            query.push(" AND ");
            binds_a_body(query);
        }
    }
}

fn binds_a_body(query: &mut QueryBuilder<Sqlite>) {
    query.push("orders.clock IN (");
    let mut clocks = query.separated(", ");
    for clock in ClockName::ALL
        .into_iter()
        .filter(|clock| clock.binds_a_body())
    {
        clocks.push_bind(clock.code());
    }
    query.push(")");
}
