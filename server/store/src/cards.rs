//! Supervision cards, beside the histories that give, answer and lift them.

use domain::order::card::Answer;
use domain::order::events;
use domain::order::{Card, ClockName, Colour, Event, Level, Number, Order, Reason, What};
use domain::{Action, BodyCode, Field, Role};
use sqlx::FromRow;

use crate::dialect::{self, Conn, Sql};
use crate::orders::code;
use crate::orders::{ByOrder, by_order};
use crate::times::{instant, seconds};
use crate::{Context, Error, scope};

/// A card with the order that it was given for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    pub card: Card,
    pub title: String,
}

/// What a list of cards is narrowed to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Only those that were not lifted.
    pub open: bool,
    pub colour: Option<Colour>,
    pub department: Option<String>,
    /// Only those that were explained, or that were not.
    pub explained: Option<bool>,
}

/// The cards that the caller may see, the newest first, at most `limit` from the
/// `skip`-th on; and how many there are.
pub async fn list(
    ctx: &Context,
    filter: &Filter,
    skip: u32,
    limit: u16,
) -> Result<(Vec<Given>, u64), Error> {
    let mut count =
        Sql::new("SELECT count(*) FROM cards JOIN orders ON orders.id = cards.order_id WHERE");
    narrow(&mut count, filter, ctx);
    let total = ctx.counted(count).await?;
    Ok((newest(ctx, filter, skip, limit).await?, total))
}

/// The same, not counted.
pub async fn newest(
    ctx: &Context,
    filter: &Filter,
    skip: u32,
    limit: u16,
) -> Result<Vec<Given>, Error> {
    let mut query = Sql::new(
        "SELECT cards.*, orders.number, orders.title
         FROM cards JOIN orders ON orders.id = cards.order_id WHERE",
    );
    narrow(&mut query, filter, ctx);
    query
        .push(" ORDER BY cards.given_at DESC, cards.order_id DESC, cards.seq DESC LIMIT ")
        .push_bind(i64::from(limit))
        .push(" OFFSET ")
        .push_bind(i64::from(skip));
    let rows: Vec<Row> = dialect::readable(&query.build().fetch_all(&ctx.store.read).await?);
    let read = rows.into_iter().map(|row| (row.number.clone(), row.read()));
    Ok(ctx.store.troubles.readable(read))
}

fn narrow(query: &mut Sql, filter: &Filter, ctx: &Context) {
    scope::visible(query, &ctx.actor);
    // Enterprises see what happened to their order, not who was carded for it.
    if ctx.actor.may(Action::SeeCards).is_err() {
        query.push(" AND FALSE");
    }
    if filter.open {
        query.push(" AND cards.lifted_at IS NULL");
    }
    match filter.explained {
        Some(true) => {
            query.push(" AND cards.explained_at IS NOT NULL");
        }
        Some(false) => {
            query.push(" AND cards.explained_at IS NULL");
        }
        None => {}
    }
    if let Some(colour) = filter.colour {
        query.push(" AND cards.colour = ").push_bind(colour.code());
    }
    if let Some(department) = &filter.department {
        query
            .push(" AND cards.body = ")
            .push_bind(department.clone());
    }
}

/// The cards of orders, by the order's id, as they were given.
pub(crate) async fn of_orders(connection: &mut Conn, ids: &[i64]) -> Result<ByOrder<Card>, Error> {
    let mut query = Sql::new(
        "SELECT cards.*, orders.number, orders.title
         FROM cards JOIN orders ON orders.id = cards.order_id WHERE cards.order_id IN (",
    );
    let mut list = query.separated(", ");
    for id in ids {
        list.push_bind(*id);
    }
    query.push(") ORDER BY cards.order_id, cards.seq");
    let rows: Vec<Row> = dialect::readable(&query.build().fetch_all(connection).await?);
    let rows = rows.into_iter();
    let cards = rows.map(|row| (row.order_id, row.read().map(|given| given.card)));
    Ok(by_order(cards))
}

/// Writes what an event did to the cards of an order.
pub(crate) async fn keep(
    connection: &mut Conn,
    id: i64,
    order: &Order,
    event: &Event,
) -> Result<(), Error> {
    let seq = match &event.what {
        What::Escalated(events::Escalated { card: Some(_), .. }) => event.seq,
        What::Explained(events::Explained { card, .. })
        | What::Lifted(events::Lifted { card, .. }) => *card,
        _ => return Ok(()),
    };
    let Some(card) = order.cards.iter().find(|card| card.seq == seq) else {
        return Ok(());
    };
    let at = |answer: &Option<Answer>| answer.as_ref().map(|answer| seconds(answer.at));
    let text = |answer: &Option<Answer>| answer.as_ref().map(|a| a.text.as_str().to_owned());
    sqlx::query(
        "INSERT INTO cards VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
         ON CONFLICT (order_id, seq) DO UPDATE SET
             explained_at = excluded.explained_at, explanation = excluded.explanation,
             lifted_at = excluded.lifted_at, lifting = excluded.lifting",
    )
    .bind(id)
    .bind(card.seq)
    .bind(card.colour.code())
    .bind(card.body.as_ref().map(|body| body.as_str()))
    .bind(card.level.code())
    .bind(card.clock.map(ClockName::code))
    .bind(seconds(card.given_at))
    .bind(at(&card.explained))
    .bind(text(&card.explained))
    .bind(at(&card.lifted))
    .bind(text(&card.lifted))
    .execute(connection)
    .await?;
    Ok(())
}

#[derive(FromRow)]
struct Row {
    seq: u32,
    colour: String,
    body: Option<String>,
    level: String,
    clock: Option<String>,
    given_at: i64,
    explained_at: Option<i64>,
    explanation: Option<String>,
    lifted_at: Option<i64>,
    lifting: Option<String>,
    order_id: i64,
    number: String,
    title: String,
}

impl Row {
    fn read(self) -> Result<Given, Error> {
        let answer = |at: Option<i64>, text: Option<String>| match (at, text) {
            (None, None) => Ok(None),
            (Some(at), Some(text)) => Ok::<_, Error>(Some(Answer {
                at: instant("explained_at", at)?,
                text: Reason::parse(Field::Stored, &text)?,
            })),
            (at, text) => Err(Error::half("an answer to a card", at.is_some(), text)),
        };
        let card = Card {
            order: code("number", self.number, Number::parse)?,
            seq: self.seq,
            colour: code("colour", self.colour, Colour::parse)?,
            body: self.body.map(BodyCode::new),
            level: code("level", self.level, Level::parse)?,
            clock: match self.clock {
                Some(clock) => Some(code("clock", clock, ClockName::parse)?),
                None => None,
            },
            given_at: instant("given_at", self.given_at)?,
            explained: answer(self.explained_at, self.explanation)?,
            lifted: answer(self.lifted_at, self.lifting)?,
        };
        Ok(Given {
            card,
            title: self.title,
        })
    }
}

/// How many cards of a body wait for its explanation.
pub(crate) fn push_unexplained(query: &mut Sql, ctx: &Context) {
    query.push(
        "SELECT count(*) FROM cards CROSS JOIN orders ON orders.id = cards.order_id
         WHERE explained_at IS NULL AND lifted_at IS NULL AND",
    );
    scope::visible(query, &ctx.actor);
    match &ctx.actor.role {
        Role::Handler { body } | Role::Head { body } | Role::Township { body } => {
            query.push(" AND cards.body = ");
            query.push_bind(body.as_str().to_owned());
        }
        Role::Centre { .. } => {
            query.push(" AND cards.body IS NULL");
        }
        Role::Enterprise { .. }
        | Role::Supervision
        | Role::Deputy
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
