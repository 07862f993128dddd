use domain::order::Number;
use futures::TryStreamExt;

use super::columns::{Listed, Row, SELECT_FOUND, SELECT_MANY, decoded, fetch};
use super::filter::{Filter, Words, narrow_but_words};
use super::matching::{Cut, matching};
use super::parts;
use super::waits::Waits;
use super::words::within_reach;
use crate::dialect::{Conn, Sql, lack};
use crate::error::Lack;
use crate::{Desk, Error, scope};

/// Where the next page starts is the last order of this one, not a count: page
/// 10,000 costs what page 1 costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sort {
    #[default]
    NewestFirst,
    /// What is due first; never more than one page.
    DueFirst,
    /// Whose enterprise is to be called back first; never more than one page.
    CallFirst,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    pub items: Vec<Listed>,
    /// Hand it in as `after` to go on; `None` at the end.
    pub next: Option<Number>,
    /// Words were looked for longer than a search may take: there may be more.
    pub is_cut: bool,
}

/// A page of at most `limit` orders that the caller may see.
pub async fn list(
    desk: &Desk,
    filter: &Filter,
    sort: Sort,
    after: Option<Number>,
    limit: u16,
) -> Result<Page, Error> {
    let wanted = i64::from(limit) + 1;
    let words = filter.words();
    let pool = match words {
        // A list without words never waits behind one with them.
        Words::Asked { .. } => &desk.store.search,
        Words::None | Words::Phone { .. } | Words::Nothing => &desk.store.read,
    };
    let mut connection = pool.acquire().await?;
    let mut is_cut = false;
    let mut rows = match words {
        Words::Asked { first, others, .. } => {
            let tiers = (first.as_str(), others.as_str());
            let asked = (tiers, after, wanted);
            let (rows, cut) = found(&mut connection, desk, filter, asked).await?;
            is_cut = cut;
            rows
        }
        Words::None | Words::Phone { .. } | Words::Nothing => {
            let mut query = Sql::new(SELECT_MANY);
            let cut = Cut {
                sort,
                after,
                orders: wanted,
            };
            matching(&mut query, desk, filter, Some(cut));
            query.push(match sort {
                Sort::NewestFirst => " ORDER BY orders.id DESC",
                Sort::DueFirst => " ORDER BY orders.due_at IS NULL, orders.due_at, orders.id",
                Sort::CallFirst => " ORDER BY orders.callback_due_at, orders.id",
            });
            query.push(" LIMIT ").push_bind(wanted);
            fetch(&mut query, &mut connection).await?
        }
    };
    let more = rows.len() > usize::from(limit);
    rows.truncate(limit.into());
    let last = rows.last().and_then(|row| Number::parse(row.number()));
    if is_cut {
        // The time of the search is used up.
        drop(connection);
        connection = desk.store.read.acquire().await?;
    }
    let items = parts::read_all(&mut connection, rows).await?;
    let next = last.filter(|_| more);
    Ok(Page {
        items,
        next,
        is_cut,
    })
}

/// What words are found in: in number and title first, elsewhere then; each from the
/// newest on. A page goes on where the one before it ended, in whichever of the two. Where
/// the time of a search ends, what was found until then is answered, and that it was cut.
async fn found(
    connection: &mut Conn,
    desk: &Desk,
    filter: &Filter,
    ((first, others), after, wanted): ((&str, &str), Option<Number>, i64),
) -> Result<(Vec<Row>, bool), Error> {
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
        let mut query = Sql::new(SELECT_FOUND);
        scope::visible(&mut query, &desk.actor);
        query.push(" AND order_words MATCH ");
        query.push_bind(within_reach(words, &desk.actor));
        if filter.waits_for_caller {
            query.push(" AND ");
            Waits::any(&mut query, desk);
        }
        narrow_but_words(&mut query, filter, desk);
        query.push(" AND order_words.rowid < ").push_bind(below);
        query.push(" ORDER BY order_words.rowid DESC LIMIT ");
        query.push_bind(left);
        let statement = query.build();
        let mut found = statement.fetch(&mut *connection);
        loop {
            match found.try_next().await {
                Ok(Some(row)) => rows.extend(decoded(&row)),
                Ok(None) => break,
                Err(error) if lack(&error) == Some(Lack::Time) => return Ok((rows, true)),
                Err(error) => return Err(error.into()),
            }
        }
    }
    Ok((rows, false))
}

/// Orders by their ids, as far as the caller may see them; in the order of the ids.
pub async fn listed_of(desk: &Desk, ids: &[i64]) -> Result<Vec<Listed>, Error> {
    let mut query = Sql::new(SELECT_MANY);
    scope::visible(&mut query, &desk.actor);
    query.push(" AND orders.id IN (");
    let mut list = query.separated(", ");
    list.push_bind(0);
    for id in ids {
        list.push_bind(*id);
    }
    query.push(") ORDER BY orders.id");
    let mut connection = desk.store.read.acquire().await?;
    let rows = fetch(&mut query, &mut connection).await?;
    parts::read_all(&mut connection, rows).await
}
