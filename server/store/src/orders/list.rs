use std::sync::LazyLock;

use chrono::{NaiveDate, NaiveTime};
use domain::contact::Phone;
use domain::order::{Ask, ClockName, Light, Number, RatingLevel, StageName, Urgency};
use domain::time::instant;
use domain::{BodyCode, Field, Instant, Role, UserId};
use sqlx::sqlite::Sqlite;
use sqlx::{QueryBuilder, SqliteConnection};

use super::columns::{Listed, Row, SELECT, SELECT_FOUND, mask};
use super::{parts, words};
use crate::times::seconds;
use crate::{Desk, Error, scope};

/// What a list is narrowed to; every field that is set must match.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    pub stage: Option<StageName>,
    pub light: Option<Light>,
    pub department: Option<String>,
    pub category: Option<String>,
    pub township: Option<String>,
    pub urgency: Option<Urgency>,
    pub rating: Option<RatingLevel>,
    /// Placed on these days, both included, in Shanghai.
    pub placed_from: Option<NaiveDate>,
    pub placed_until: Option<NaiveDate>,
    /// Words that stand in the number, the title, the content or the enterprise's name,
    /// or a telephone number.
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
    /// Only those whose time to be called back has passed.
    pub call_late: bool,
    /// Only orders with a clock that runs, or is paused.
    pub running: bool,
    pub project: Option<String>,
    /// Only orders of projects that this person is in charge of.
    pub leader: Option<UserId>,
    /// Only orders that were returned.
    pub returned: bool,
    /// Only orders that other enterprises' are joined to.
    pub collective: bool,
    /// Only orders that are joined to this one.
    pub merged_into: Option<Number>,
    /// Only these.
    pub numbers: Vec<Number>,
    /// Only clocks of bodies that have not ended yet and end before this instant.
    pub due_until: Option<Instant>,
}

/// What the text of a filter asks for.
pub(super) enum Words {
    None,
    /// In the language of the index: all of it, then what has it in the number or title,
    /// then what has it elsewhere.
    Asked {
        all: String,
        first: String,
        others: String,
    },
    /// Digits of a telephone, or as words.
    Phone {
        digits: String,
        words: String,
    },
    /// Nothing that could be found.
    Nothing,
}

impl Filter {
    pub(super) fn words(&self) -> Words {
        let Some(text) = self.text.as_deref() else {
            return Words::None;
        };
        let (Some(all), Some((first, others))) = (words::asked(text), words::ranked(text)) else {
            return Words::Nothing;
        };
        match telephone(text) {
            Some(digits) => Words::Phone { digits, words: all },
            None => Words::Asked { all, first, others },
        }
    }
}

/// The digits of a number that could be a telephone's, however it is written; without
/// the country's.
fn telephone(text: &str) -> Option<String> {
    let half = |c: char| match c {
        '０'..='９' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        c => c,
    };
    let text: String = text.chars().map(half).collect();
    Phone::parse(Field::Stored, &text).ok()?;
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let home = digits.strip_prefix("86").filter(|home| home.len() == 11);
    let digits = home.unwrap_or(&digits);
    (digits.len() >= 7).then(|| digits.to_owned())
}

/// `contact_phone` as its index has it.
const PHONE: &str = "replace(replace(replace(replace(replace(orders.contact_phone, ' ', ''),
    '-', ''), '(', ''), ')', ''), '+', '')";

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
    let mut connection = desk.store.read.acquire().await?;
    let wanted = i64::from(limit) + 1;
    let mut rows = match filter.words() {
        Words::Asked { first, others, .. } => {
            let tiers = (first.as_str(), others.as_str());
            found(&mut connection, desk, filter, tiers, after, wanted).await?
        }
        Words::None | Words::Phone { .. } | Words::Nothing => {
            let mut query = QueryBuilder::<Sqlite>::new(SELECT);
            scope::visible(&mut query, &desk.actor);
            narrow(&mut query, filter, desk);
            if let Some(after) = after {
                query.push(" AND orders.id < (SELECT id FROM orders WHERE number = ");
                query.push_bind(after.to_string()).push(")");
            }
            query.push(match sort {
                Sort::NewestFirst => " ORDER BY orders.id DESC",
                Sort::DueFirst => " ORDER BY orders.due_at IS NULL, orders.due_at, orders.id",
            });
            query.push(" LIMIT ").push_bind(wanted);
            query.build_query_as().fetch_all(&mut *connection).await?
        }
    };
    let more = rows.len() > usize::from(limit);
    rows.truncate(limit.into());
    let items = parts::read_all(&mut connection, rows).await?;
    let next = match items.last() {
        Some(last) if more => Some(last.overview.number),
        _ => None,
    };
    Ok(Page { items, next })
}

/// What words are found in: in number and title first, elsewhere then; each from the
/// newest on. A page goes on where the one before it ended, in whichever of the two.
async fn found(
    connection: &mut SqliteConnection,
    desk: &Desk,
    filter: &Filter,
    (first, others): (&str, &str),
    after: Option<Number>,
    wanted: i64,
) -> Result<Vec<Row>, Error> {
    let ended: Option<(i64, bool)> = match after {
        None => None,
        Some(after) => {
            sqlx::query_as(
                "SELECT id, EXISTS (SELECT 1 FROM order_words
                                    WHERE order_words MATCH $1 AND rowid = orders.id)
                 FROM orders WHERE number = $2",
            )
            .bind(first)
            .bind(after.to_string())
            .fetch_optional(&mut *connection)
            .await?
        }
    };
    let mut rows: Vec<Row> = Vec::new();
    for (words, is_first) in [(first, true), (others, false)] {
        let below = match ended {
            // This part was all read before.
            Some((_, in_first)) if is_first && !in_first => continue,
            Some((id, in_first)) if is_first == in_first => id,
            _ => i64::MAX,
        };
        let left = wanted - i64::try_from(rows.len()).unwrap_or(wanted);
        if left <= 0 {
            break;
        }
        let mut query = QueryBuilder::<Sqlite>::new(SELECT_FOUND);
        scope::visible(&mut query, &desk.actor);
        query.push(" AND order_words MATCH ");
        query.push_bind(words.to_owned());
        narrow_but_words(&mut query, filter, desk);
        query.push(" AND order_words.rowid < ").push_bind(below);
        query.push(" ORDER BY order_words.rowid DESC LIMIT ");
        query.push_bind(left);
        let more: Vec<Row> = query.build_query_as().fetch_all(&mut *connection).await?;
        rows.extend(more);
    }
    Ok(rows)
}

/// Orders by their ids, as far as the caller may see them; in the order of the ids.
pub async fn listed_of(desk: &Desk, ids: &[i64]) -> Result<Vec<Listed>, Error> {
    let mut query = QueryBuilder::<Sqlite>::new(SELECT);
    scope::visible(&mut query, &desk.actor);
    query.push(" AND orders.id IN (");
    let mut list = query.separated(", ");
    list.push_bind(0);
    for id in ids {
        list.push_bind(*id);
    }
    query.push(") ORDER BY orders.id");
    let mut connection = desk.store.read.acquire().await?;
    let rows: Vec<Row> = query.build_query_as().fetch_all(&mut *connection).await?;
    parts::read_all(&mut connection, rows).await
}

/// That something can still happen to an order, as `StageName::is_final` has it.
pub(crate) static UNDER_WAY: LazyLock<String> = LazyLock::new(|| {
    let stages = StageName::ALL.into_iter().filter(|stage| stage.is_final());
    let stages: Vec<String> = stages.map(|stage| format!("'{}'", stage.code())).collect();
    format!("stage NOT IN ({})", stages.join(", "))
});

pub(super) fn narrow(query: &mut QueryBuilder<Sqlite>, filter: &Filter, desk: &Desk) {
    match filter.words() {
        Words::None => {}
        Words::Nothing => {
            query.push(" AND FALSE");
        }
        Words::Asked { all, .. } => {
            query.push(" AND order_words MATCH ").push_bind(all);
        }
        Words::Phone { digits, words } => {
            query
                .push(" AND ((")
                .push(PHONE)
                .push(" = ")
                .push_bind(digits)
                .push(" AND");
            // Who sees it masked does not find out whose it is.
            scope::works_on(query, &desk.actor);
            query
                .push(") OR orders.id IN (SELECT rowid FROM order_words WHERE order_words MATCH ")
                .push_bind(words)
                .push("))");
        }
    }
    narrow_but_words(query, filter, desk);
}

fn narrow_but_words(query: &mut QueryBuilder<Sqlite>, filter: &Filter, desk: &Desk) {
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
    if let Some(township) = &filter.township {
        query
            .push(" AND orders.township = ")
            .push_bind(township.clone());
    }
    if let Some(urgency) = filter.urgency {
        query
            .push(" AND orders.urgency = ")
            .push_bind(urgency.code());
    }
    if let Some(rating) = filter.rating {
        query.push(" AND orders.rating = ").push_bind(rating.code());
    }
    let midnight = |day: NaiveDate| seconds(instant(day, NaiveTime::MIN));
    if let Some(day) = filter.placed_from {
        query
            .push(" AND orders.placed_at >= ")
            .push_bind(midnight(day));
    }
    if let Some(day) = filter.placed_until {
        let next = day.succ_opt().unwrap_or(day);
        query
            .push(" AND orders.placed_at < ")
            .push_bind(midnight(next));
    }
    if let Some(project) = &filter.project {
        query
            .push(" AND orders.project = ")
            .push_bind(project.clone());
    }
    if let Some(leader) = filter.leader {
        query.push(" AND orders.project IN (SELECT number FROM projects WHERE leader = ");
        query.push_bind(leader).push(")");
    }
    if filter.returned {
        query.push(" AND orders.returns > 0");
    }
    if filter.collective {
        query.push(" AND orders.is_collective");
    }
    if let Some(main) = filter.merged_into {
        query
            .push(" AND orders.merged_into = ")
            .push_bind(main.to_string());
    }
    if !filter.numbers.is_empty() {
        query.push(" AND orders.number IN (");
        let mut list = query.separated(", ");
        for number in &filter.numbers {
            list.push_bind(number.to_string());
        }
        query.push(")");
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
    if filter.call_late {
        query
            .push(" AND orders.callback_due_at < ")
            .push_bind(seconds(now));
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
        | Role::Leader
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
