//! Orders that are alike: duplicates while somebody types and at triage.

use domain::order::Number;
use domain::similar::Pairs;
use sqlx::FromRow;

use super::columns::{Listed, SELECT, fetch};
use super::words;
use crate::dialect::{Conn, Sql};
use crate::{Context, Error, scope};

/// An order, and by how many percent it is like what was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alike {
    pub listed: Listed,
    pub percent: u16,
}

/// Orders looked through, the newest of all: what is older is no duplicate.
pub(crate) const WINDOW: i64 = 5_000;
/// Of those, as many as are compared letter by letter.
const COMPARED: i64 = 40;

/// Orders that the caller may see and that are like a text, the most alike first; but
/// for the order itself. Of the same enterprise half as much likeness is enough.
pub async fn alike(
    ctx: &Context,
    title: &str,
    content: &str,
    enterprise: Option<i64>,
    but: Option<Number>,
    most: usize,
) -> Result<Vec<Alike>, Error> {
    let mut connection = ctx.store.search.acquire().await?;
    let candidates = candidates(&mut connection, title, i64::MAX).await?;
    if candidates.is_empty() {
        return Ok(Vec::new());
    }
    let listed = fetch(&mut connection, |query| {
        query.push(&*SELECT);
        scope::visible(query, &ctx.actor);
        query.push(" AND orders.stage NOT IN ('declined', 'withdrawn') AND orders.id IN (");
        let mut list = query.separated(", ");
        for candidate in candidates {
            list.push_bind(candidate);
        }
        query.push(")");
    })
    .await?;
    let (title, text) = (Pairs::of(title), Pairs::of(&format!("{title} {content}")));
    let similar = ctx.book.rules_at(ctx.now).similar;
    let mut alike: Vec<Alike> = listed
        .into_iter()
        .filter(|listed| Some(listed.overview.number) != but)
        .filter_map(|listed| {
            let placed = &listed.overview.placement;
            let percent = likeness(
                (&title, &text),
                placed.title.as_str(),
                placed.content.as_str(),
            );
            let own = enterprise == Some(listed.overview.enterprise);
            let enough = if own { similar / 2 } else { similar };
            (percent >= enough).then_some(Alike { listed, percent })
        })
        .collect();
    alike.sort_by_key(|one| (std::cmp::Reverse(one.percent), one.listed.id));
    alike.truncate(most);
    Ok(alike)
}

/// The order before `id` that is most like it, with its group: (the group's first).
pub(crate) async fn most_alike(
    connection: &mut Conn,
    id: i64,
    since: i64,
    similar: u16,
) -> Result<Option<i64>, Error> {
    #[derive(FromRow)]
    struct Text {
        id: i64,
        title: String,
        content: String,
        placed_at: i64,
        first: Option<i64>,
    }
    const TEXT: &str = "SELECT id, title, content, placed_at, likeness.first
         FROM orders LEFT JOIN likeness ON likeness.order_id = orders.id WHERE ";
    let sql = sqlx::AssertSqlSafe(format!("{TEXT} id = $1"));
    let this: Option<Text> = sqlx::query_as(sql)
        .bind(id)
        .fetch_optional(&mut *connection)
        .await?;
    let Some(this) = this else { return Ok(None) };
    let candidates = candidates(connection, &this.title, id).await?;
    if candidates.is_empty() {
        return Ok(None);
    }
    let mut query = Sql::new(TEXT);
    query.push("placed_at >= ").push_bind(since);
    query.push(" AND id IN (");
    let mut list = query.separated(", ");
    list.push_bind(0);
    for candidate in candidates {
        list.push_bind(candidate);
    }
    query.push(")");
    let others: Vec<Text> = query.build_query_as().fetch_all(connection).await?;
    let title = Pairs::of(&this.title);
    let text = Pairs::of(&format!("{} {}", this.title, this.content));
    let best = others
        .into_iter()
        .map(|other| {
            let percent = likeness((&title, &text), &other.title, &other.content);
            (percent, other)
        })
        .filter(|(percent, _)| *percent >= similar)
        .max_by_key(|(percent, other)| (*percent, std::cmp::Reverse(other.placed_at)));
    Ok(best.map(|(_, other)| other.first.unwrap_or(other.id)))
}

/// Those among the newest before `before` that share most pairs of letters with a title.
///
/// Counted pair by pair: the index's own rank would weigh each pair by how often it
/// stands in all orders there are, and look through them all for that.
async fn candidates(connection: &mut Conn, title: &str, before: i64) -> Result<Vec<i64>, Error> {
    let pairs = words::each_of(title);
    if pairs.is_empty() {
        return Ok(Vec::new());
    }
    let newest: Option<i64> = sqlx::query_scalar("SELECT max(id) FROM orders")
        .fetch_one(&mut *connection)
        .await?;
    let before = before.min(newest.unwrap_or(0) + 1);
    let mut query = Sql::new("SELECT id FROM (");
    let mut parts = query.separated(" UNION ALL ");
    for pair in pairs {
        parts
            .push("SELECT rowid AS id FROM order_words WHERE order_words MATCH ")
            .push_bind_unseparated(pair)
            .push_unseparated(" AND rowid < ")
            .push_bind_unseparated(before)
            .push_unseparated(" AND rowid > ")
            .push_bind_unseparated(before - WINDOW);
    }
    query.push(") GROUP BY id ORDER BY count(*) DESC, id DESC LIMIT ");
    query.push_bind(COMPARED);
    Ok(query.build_query_scalar().fetch_all(connection).await?)
}

/// By the title, or by title and content together: the higher of the two.
fn likeness((title, text): (&Pairs, &Pairs), other: &str, content: &str) -> u16 {
    let by_title = title.likeness(&Pairs::of(other));
    let by_text = text.likeness(&Pairs::of(&format!("{other} {content}")));
    by_title.max(by_text)
}
