use domain::order::Number;
use domain::order::turn::Waits;
use futures::TryStreamExt;
use sqlx::Row as _;

use super::columns::{self, Listed, Row, SELECT, SELECT_FOUND, fetch, listed};
use super::filter::{Filter, Words, narrow_but_words};
use super::matching::{Cut, on_page};
use super::waits;
use super::words::within_reach;
use crate::ask::{self, Question};
use crate::dialect::{Conn, Sql, lack};
use crate::error::Lack;
use crate::{Context, Error, scope};

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

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Page {
    pub items: Vec<Listed>,
    /// Hand it in as `after` to go on; `None` at the end.
    pub next: Option<Number>,
    /// Words were looked for longer than a search may take: there may be more.
    pub is_cut: bool,
}

/// A page of at most `limit` orders that the caller may see.
pub struct List<'a> {
    filter: &'a Filter,
    sort: Sort,
    after: Option<Number>,
    limit: u16,
}

impl<'a> List<'a> {
    /// `None` where words are searched, which has a time of its own.
    pub fn of(filter: &'a Filter, sort: Sort, after: Option<Number>, limit: u16) -> Option<Self> {
        let list = Self {
            filter,
            sort,
            after,
            limit,
        };
        (!filter.is_search()).then_some(list)
    }

    /// One more tells whether there are more.
    fn wanted(&self) -> i64 {
        i64::from(self.limit) + 1
    }

    /// `lines`: one that cannot be read counts, so that the list goes on behind it.
    fn page(&self, lines: &[&[u8]], is_cut: bool) -> Page {
        let limit = usize::from(self.limit);
        let rows = lines.iter().take(limit).filter_map(|line| ask::one(line));
        let rows: Vec<Row> = rows.collect();
        let mut taken = lines.iter().take(limit).rev();
        let last = taken.find_map(|line| columns::number_in(line));
        Page {
            items: listed(rows),
            next: last.filter(|_| lines.len() > limit),
            is_cut,
        }
    }
}

impl Question for List<'_> {
    type Answer = Page;

    fn put(&self, query: &mut Sql, ctx: &Context) {
        let cut = Cut {
            sort: self.sort,
            after: self.after,
            orders: self.wanted(),
        };
        columns::put(query, |query| {
            query.push(&*SELECT);
            on_page(query, ctx, self.filter, cut);
            query.push(match self.sort {
                Sort::NewestFirst => " ORDER BY orders.id DESC",
                Sort::DueFirst => " ORDER BY orders.due_at IS NULL, orders.due_at, orders.id",
                Sort::CallFirst => " ORDER BY orders.callback_due_at, orders.id",
            });
        });
    }

    fn read(&self, value: Option<&[u8]>, _: &Context) -> Result<Page, Error> {
        Ok(self.page(&ask::each(value).collect::<Vec<_>>(), false))
    }
}

/// The same, also of what words are found in.
pub async fn list(
    ctx: &Context,
    filter: &Filter,
    sort: Sort,
    after: Option<Number>,
    limit: u16,
) -> Result<Page, Error> {
    if let Some(list) = List::of(filter, sort, after, limit) {
        return Ok(ask::ask(ctx, (list,)).await?.0);
    }
    let list = List {
        filter,
        sort,
        after,
        limit,
    };
    let Words::Asked { first, others, .. } = filter.words() else {
        return Ok(list.page(&[], false));
    };
    // A list without words never waits behind one with them.
    let mut connection = ctx.store.search.acquire().await?;
    let asked = ((first.as_str(), others.as_str()), after, list.wanted());
    let (lines, is_cut) = found(&mut connection, ctx, filter, asked).await?;
    let lines: Vec<&[u8]> = lines.iter().map(Vec::as_slice).collect();
    Ok(list.page(&lines, is_cut))
}

/// What words are found in: in number and title first, elsewhere then; each from the
/// newest on. A page goes on where the one before it ended, in whichever of the two. Where
/// the time of a search ends, what was found until then is answered, and that it was cut.
async fn found(
    connection: &mut Conn,
    ctx: &Context,
    filter: &Filter,
    ((first, others), after, wanted): ((&str, &str), Option<Number>, i64),
) -> Result<(Vec<Vec<u8>>, bool), Error> {
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
    let mut lines = Vec::new();
    for (words, is_first) in [(first, true), (others, false)] {
        let below = match ended {
            // This part was all read before.
            Some((_, in_first)) if is_first && !in_first => continue,
            Some((id, in_first)) if is_first == in_first => id,
            _ => i64::MAX,
        };
        let left = wanted - i64::try_from(lines.len()).unwrap_or(wanted);
        if left <= 0 {
            break;
        }
        let mut query = Sql::new(format!("SELECT json_array({}) FROM (", Row::COLUMNS));
        query.push(&*SELECT_FOUND);
        scope::visible(&mut query, &ctx.actor);
        query.push(" AND order_words MATCH ");
        query.push_bind(within_reach(words, &ctx.actor));
        if filter.waits_for_caller {
            query.push(" AND ");
            waits::any(&mut query, ctx, Waits::of(&ctx.actor.role));
        }
        narrow_but_words(&mut query, filter, ctx);
        query.push(" AND order_words.rowid < ").push_bind(below);
        query.push(" ORDER BY order_words.rowid DESC LIMIT ");
        query.push_bind(left).push(")");
        let statement = query.build();
        let mut found = statement.fetch(&mut *connection);
        loop {
            match found.try_next().await {
                Ok(Some(row)) => lines.push(row.try_get_unchecked(0)?),
                Ok(None) => break,
                Err(error) if lack(&error) == Some(Lack::Time) => return Ok((lines, true)),
                Err(error) => return Err(error.into()),
            }
        }
    }
    Ok((lines, false))
}

/// Orders by their ids, as far as the caller may see them; in the order of the ids.
pub async fn listed_of(ctx: &Context, ids: &[i64]) -> Result<Vec<Listed>, Error> {
    let mut connection = ctx.store.read.acquire().await?;
    fetch(&mut connection, |query| {
        query.push(&*SELECT);
        scope::visible(query, &ctx.actor);
        query.push(" AND orders.id IN (");
        let mut list = query.separated(", ");
        list.push_bind(0);
        for id in ids {
            list.push_bind(*id);
        }
        query.push(") ORDER BY orders.id");
    })
    .await
}
