//! Past decisions about like matters: by wording, category, clause and body.

use std::cmp::Reverse;

use domain::order::{Number, Order};
use domain::similar::Pairs;
use domain::task::TaskLine;
use domain::{Action, BodyCode};
use sqlx::FromRow;

use super::words::asked;
use crate::dialect::Sql;
use crate::tasks::{Of, Row};
use crate::{Context, Error, scope};

/// A decision about another matter, of a meeting that is over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Precedent {
    pub task: TaskLine,
    /// Number and title of its order; `None` where the caller may not see it.
    pub order: Option<(Number, String)>,
}

/// Decisions looked through, the newest of all.
const LOOKED_THROUGH: i64 = 300;
/// What is less like than this is no precedent.
const LEAST: u16 = 20;
/// What the same category, body or clause counts beside percents of wording.
const SAME: u16 = 15;

/// At most `most`, the most alike first. What another decision took the place of is none.
pub async fn precedents(
    ctx: &Context,
    order: &Order,
    most: usize,
) -> Result<Vec<Precedent>, Error> {
    if ctx.actor.may(Action::SeeTasks).is_err() {
        return Ok(Vec::new());
    }
    let placed = &order.placement;
    let lead = order.stage.lead().map(|lead| lead.as_str().to_owned());
    let mut query = Sql::new(
        "SELECT tasks.*, orders.number, orders.title, '' AS enterprise, orders.content,
         orders.category, (",
    );
    scope::visible(&mut query, &ctx.actor);
    query.push(
        ") AS seen FROM tasks JOIN orders ON case_kind = 'order' AND orders.id = case_id
         WHERE tasks.meeting IN (SELECT number FROM meetings WHERE state = 'ended') AND tasks.state <> 'replaced' AND orders.number <> ",
    );
    query.push_bind(order.number.to_string());
    query
        .push(" AND (orders.category = ")
        .push_bind(placed.category.clone());
    query.push(" OR tasks.owner = ").push_bind(lead.clone());
    if let Some(words) = asked(placed.title.as_str()) {
        query.push(" OR orders.id IN (SELECT rowid FROM order_words WHERE order_words MATCH ");
        query.push_bind(words).push(")");
    }
    query.push(") ORDER BY tasks.given_at DESC LIMIT ");
    query.push_bind(LOOKED_THROUGH);
    let rows: Vec<Candidate> = query.build_query_as().fetch_all(&ctx.store.read).await?;

    let brief = order.track.as_ref().and_then(|track| track.brief());
    let difficulty = brief.map_or("", |brief| brief.difficulty.as_str());
    let clause = brief.and_then(|brief| brief.obstacle.as_ref());
    let clause = Pairs::of(clause.map_or("", |clause| clause.as_str()));
    let title = placed.title.as_str();
    let wording = Pairs::of(&format!("{title} {difficulty} {}", placed.content.as_str()));
    let mut alike: Vec<(u16, Precedent)> = rows
        .into_iter()
        .map(|row| {
            let text = format!("{} {} {}", row.task.title, row.content, row.task.text);
            let mut percent = wording.likeness(&Pairs::of(&text));
            let same_body = lead.as_deref() == Some(row.task.owner.as_str());
            let basis = Pairs::of(row.task.basis.as_deref().unwrap_or_default());
            for same in [
                row.category == placed.category,
                same_body,
                clause.likeness(&basis) >= 60,
            ] {
                percent += if same { SAME } else { 0 };
            }
            let seen = row.seen;
            let given = row.task.given()?;
            let order = match given.of {
                Of::Order { number, .. } => seen.then_some((number, given.title)),
                Of::Itself(_) => None,
            };
            let precedent = Precedent {
                task: given.task,
                order,
            };
            Ok((percent, precedent))
        })
        .collect::<Result<_, Error>>()?;
    alike.retain(|(percent, _)| *percent >= LEAST);
    alike.sort_by_key(|(percent, one)| (Reverse(*percent), Reverse(one.task.given_at)));
    alike.truncate(most);
    Ok(alike.into_iter().map(|(_, one)| one).collect())
}

#[derive(FromRow)]
struct Candidate {
    #[sqlx(flatten)]
    task: Row,
    content: String,
    category: String,
    seen: bool,
}

/// The body that holds an order up: a co-handler whose part is overdue, else the lead.
pub fn stuck_with(order: &Order, ctx: &Context) -> Option<BodyCode> {
    let running = order.running();
    let late = running
        .iter()
        .filter(|watch| watch.term.due(&ctx.book.calendar).at < ctx.now)
        .find_map(|watch| order.charged(watch, &ctx.book));
    late.or_else(|| order.stage.lead().cloned())
}
