//! What replies promised (承诺事项), beside the histories that make and end it.

use chrono::NaiveDate;
use domain::order::card::Answer;
use domain::order::{Commitment, CommitmentEnd, Number, Order, Reason};
use domain::{Action, BodyCode, Field};
use sqlx::FromRow;

use crate::dialect::{self, Conn, Sql};
use crate::orders::code;
use crate::orders::{ByOrder, by_order};
use crate::times::{instant, seconds};
use crate::{Context, Error, scope};

/// A promise with the order that it was made for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    pub commitment: Commitment,
    pub number: Number,
    pub title: String,
    pub enterprise: String,
}

/// Which promises a list shows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Which {
    /// Those that are followed, the nearest day first.
    #[default]
    Followed,
    /// Those whose day has passed.
    Broken,
    /// Every one, also those that were kept.
    All,
}

/// The promises that the caller may see, at most `limit` from the `skip`-th on; and
/// how many there are.
pub async fn list(
    ctx: &Context,
    which: Which,
    skip: u32,
    limit: u16,
) -> Result<(Vec<Made>, u64), Error> {
    let total = count(ctx, which).await?;
    let mut query = Sql::new(
        "SELECT commitments.*, orders.number, orders.title, enterprises.name AS enterprise
         FROM commitments JOIN orders ON orders.id = commitments.order_id
         JOIN enterprises ON enterprises.id = orders.enterprise WHERE",
    );
    narrow(&mut query, which, ctx);
    query
        .push(match which {
            Which::Followed | Which::Broken => " ORDER BY commitments.until, commitments.order_id",
            Which::All => " ORDER BY commitments.until DESC, commitments.order_id DESC",
        })
        .push(" LIMIT ")
        .push_bind(i64::from(limit))
        .push(" OFFSET ")
        .push_bind(i64::from(skip));
    let rows: Vec<Row> = dialect::readable(&query.build().fetch_all(&ctx.store.read).await?);
    let made = rows.into_iter().map(|row| (row.number.clone(), row.made()));
    let made = ctx.store.troubles.readable(made);
    Ok((made, total))
}

async fn count(ctx: &Context, which: Which) -> Result<u64, Error> {
    let mut query = Sql::new("");
    push_count(&mut query, ctx, which);
    ctx.counted(query).await
}

/// How many there are, as a part of a statement: by the promises that are followed, of
/// which there are few, not by the orders.
pub(crate) fn push_count(query: &mut Sql, ctx: &Context, which: Which) {
    query.push(
        "SELECT count(*) FROM commitments CROSS JOIN orders
         ON orders.id = commitments.order_id WHERE",
    );
    narrow(query, which, ctx);
}

fn narrow(query: &mut Sql, which: Which, ctx: &Context) {
    scope::visible(query, &ctx.actor);
    if ctx.actor.may(Action::SeeCommitments).is_err() {
        query.push(" AND FALSE");
    }
    query.push(match which {
        Which::Followed => " AND commitments.ended IS NULL",
        Which::Broken => " AND commitments.ended IS NULL AND commitments.broken",
        Which::All => "",
    });
}

/// The promises of orders, by the order's id, as they were made.
pub(crate) async fn of_orders(
    connection: &mut Conn,
    ids: &[i64],
) -> Result<ByOrder<Commitment>, Error> {
    let mut query = Sql::new(
        "SELECT commitments.*, '' AS number, '' AS title, '' AS enterprise
         FROM commitments WHERE order_id IN (",
    );
    let mut list = query.separated(", ");
    for id in ids {
        list.push_bind(*id);
    }
    query.push(") ORDER BY order_id, reply");
    let rows: Vec<Row> = dialect::readable(&query.build().fetch_all(connection).await?);
    let made = rows.into_iter().map(|row| (row.order_id, row.read()));
    Ok(by_order(made))
}

/// Writes the promises of an order as its history has them.
pub(crate) async fn keep(connection: &mut Conn, id: i64, order: &Order) -> Result<(), Error> {
    for commitment in &order.commitments {
        let (ended, at, said) = match &commitment.end {
            None => (None, None, None),
            Some(CommitmentEnd::Void { at }) => (Some("void"), Some(*at), None),
            Some(CommitmentEnd::Kept(answer)) => {
                (Some("kept"), Some(answer.at), Some(answer.text.as_str()))
            }
        };
        sqlx::query(
            "INSERT INTO commitments VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
             ON CONFLICT (order_id, reply) DO UPDATE SET
                 reminded = excluded.reminded, broken = excluded.broken,
                 ended = excluded.ended, ended_at = excluded.ended_at, said = excluded.said",
        )
        .bind(id)
        .bind(commitment.reply)
        .bind(commitment.body.as_str())
        .bind(seconds(commitment.made_at))
        .bind(commitment.until.to_string())
        .bind(commitment.reminded)
        .bind(commitment.broken)
        .bind(ended)
        .bind(at.map(seconds))
        .bind(said)
        .execute(&mut *connection)
        .await?;
    }
    Ok(())
}

#[derive(FromRow)]
struct Row {
    order_id: i64,
    reply: u32,
    body: String,
    made_at: i64,
    until: String,
    reminded: bool,
    broken: bool,
    ended: Option<String>,
    ended_at: Option<i64>,
    said: Option<String>,
    number: String,
    title: String,
    enterprise: String,
}

impl Row {
    fn made(self) -> Result<Made, Error> {
        Ok(Made {
            number: code("number", self.number.clone(), Number::parse)?,
            title: self.title.clone(),
            enterprise: self.enterprise.clone(),
            commitment: self.read()?,
        })
    }

    fn read(self) -> Result<Commitment, Error> {
        let at = self
            .ended_at
            .map(|at| instant("ended_at", at))
            .transpose()?;
        let end = match (self.ended.as_deref(), at, self.said) {
            (None, None, None) => None,
            (Some("kept"), Some(at), Some(said)) => Some(CommitmentEnd::Kept(Answer {
                at,
                text: Reason::parse(Field::Stored, &said)?,
            })),
            (Some("void"), Some(at), None) => Some(CommitmentEnd::Void { at }),
            (_, at, said) => return Err(Error::half("the end of a promise", at.is_some(), said)),
        };
        Ok(Commitment {
            reply: self.reply,
            body: BodyCode::new(self.body),
            made_at: instant("made_at", self.made_at)?,
            until: code("until", self.until, |day| day.parse::<NaiveDate>().ok())?,
            reminded: self.reminded,
            broken: self.broken,
            end,
        })
    }
}
