use domain::order::Number;
use sqlx::sqlite::Sqlite;
use sqlx::{QueryBuilder, SqliteConnection};

use super::columns::{Listed, Row, SELECT, SELECT_FOUND};
use super::filter::{Filter, Words, narrow_but_words};
use super::matching::{Cut, matching};
use super::parts;
use super::waits::Waits;
use super::words::within_reach;
use crate::{Desk, Error, scope};

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
            let cut = Cut {
                sort,
                after,
                orders: wanted,
            };
            matching(&mut query, desk, filter, Some(cut));
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
    let last = rows.last().and_then(|row| Number::parse(row.number()));
    let items = parts::read_all(&mut connection, rows).await?;
    let next = last.filter(|_| more);
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
        query.push_bind(within_reach(words, &desk.actor));
        if filter.waits_for_caller {
            query.push(" AND ");
            Waits::any(&mut query, desk);
        }
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
