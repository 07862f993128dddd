use std::sync::LazyLock;

use domain::order::placement::{self, Draft, Placement};
use domain::order::{Event, Number, Order, Overview, What};
use domain::time::local;
use domain::{
    Actor, Attachment, AttachmentId, AuditKind, EnterpriseId, Instant, Refusal, Rulebook,
};
use sha2::{Digest, Sha256};
use sqlx::Row as _;

use super::columns::{add_numbers, bind_state};
use super::find::load;
use super::words;
use crate::audit::{self, Entry};
use crate::dialect::{Conn, Query};
use crate::journal::events;
use crate::journal::seal::{UNSEALED, Unsealed};
use crate::times::seconds;
use crate::{Context, Error};
use crate::{attachments, meetings, projects};

/// Places an order. With a `key`, the same person's same key places it once and
/// finds it afterwards, whatever is sent along.
pub async fn place(
    ctx: &Context,
    placement: Placement,
    key: Option<String>,
) -> Result<Overview, Error> {
    place_with(ctx, placement, key, Vec::new()).await
}

/// As [`place`], with the files that the caller has sent for it.
pub async fn place_with(
    ctx: &Context,
    placement: Placement,
    key: Option<String>,
    files: Vec<AttachmentId>,
) -> Result<Overview, Error> {
    let Context { actor, now, .. } = ctx.clone();
    let entry = Entry::of(ctx, AuditKind::Steps);
    let book = ctx.store.book.clone();
    ctx.write(move |connection| {
        Box::pin(async move {
            let key = actor.user.zip(key);
            if let Some((user, key)) = &key
                && let Some(number) = number_of(connection, *user, key).await?
            {
                let placed = load(connection, &actor, number).await?.listed.overview;
                return if says_the_same(&placed.placement, &placement) {
                    Ok(placed)
                } else {
                    Err(Refusal::KeyUsed { number }.into())
                };
            }
            let files = attachments::carried(connection, actor.user, &files).await?;
            let (id, overview, unsealed) = insert(
                connection,
                &actor,
                now,
                placement,
                files.clone(),
                &book.get(),
            )
            .await?;
            let entry = entry.object(overview.number.to_string()).detail("place");
            audit::write_line(connection, &entry, unsealed).await?;
            attachments::hang::<What>(connection, id, &files).await?;
            if let Some((user, key)) = key {
                sqlx::query("INSERT INTO placements VALUES ($1, $2, $3)")
                    .bind(user)
                    .bind(key)
                    .bind(id)
                    .execute(&mut *connection)
                    .await?;
            }
            Ok(overview)
        })
    })
    .await
}

/// Whether a key was sent with the same order again. Who answers for it may have changed.
fn says_the_same(placed: &Placement, again: &Placement) -> bool {
    let contact = placed.contact.clone();
    let again = Placement {
        contact,
        ..again.clone()
    };
    *placed == again
}

/// The key of a page's form: the same page sent twice places one order; what was
/// edited after going back is another.
pub fn form_key(once: &str, draft: &Draft) -> Result<String, Error> {
    let digest = Sha256::digest(serde_json::to_vec(draft)?);
    let digest: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    Ok(format!("{once}:{digest}"))
}

async fn insert(
    connection: &mut Conn,
    actor: &Actor,
    now: Instant,
    placement: Placement,
    files: Vec<Attachment>,
    book: &Rulebook,
) -> Result<(i64, Overview, Unsealed), Error> {
    if let Some(meeting) = placement.meeting {
        meetings::takes_orders(connection, actor, meeting).await?;
    }
    let (number, enterprise) = next_number(connection, now, actor.role.enterprise()).await?;
    let project = projects::named(connection, placement.project.as_ref()).await?;
    let project = project.as_ref();
    let event = placement::place(number, actor, now, placement, project, files, book)?;
    static SQL: LazyLock<String> = LazyLock::new(|| first(&UNSEALED));
    let (insert, overview) = bound(&SQL, &event, &enterprise, book)?;
    let unsealed = Unsealed::of(insert.fetch(connection)).await?;
    let id = unsealed.last_case().ok_or(sqlx::Error::RowNotFound)?;
    Ok((id, overview, unsealed))
}

/// Writes the first event of an order, with the columns that lists read.
pub(super) async fn write_first(
    connection: &mut Conn,
    event: &Event,
    enterprise: &str,
    book: &Rulebook,
) -> Result<(i64, Overview), Error> {
    static SQL: LazyLock<String> = LazyLock::new(|| first("SELECT max(id) FROM orders"));
    let (insert, overview) = bound(&SQL, event, enterprise, book)?;
    let inserted = insert.fetch_one(connection).await?;
    Ok((inserted.try_get(0)?, overview))
}

fn bound<'q>(
    sql: &'q str,
    event: &Event,
    enterprise: &str,
    book: &Rulebook,
) -> Result<(Query<'q>, Overview), Error> {
    let order = Order::replay(std::slice::from_ref(event))?;
    let overview = order.overview(book);
    let placed = &overview.placement;
    let phone = &placed.contact.phone;
    let insert = bind_state(sqlx::query(sqlx::AssertSqlSafe(sql)), &overview)
        .bind(placed.project.as_ref().map(|project| project.to_string()))
        .bind(placed.meeting.map(|meeting| meeting.to_string()))
        .bind(overview.number.to_string())
        .bind(overview.enterprise)
        .bind(placed.title.as_str().to_owned())
        .bind(placed.content.as_str().to_owned())
        .bind(placed.category.clone())
        .bind(placed.urgency.code())
        .bind(placed.township.to_string())
        .bind(placed.contact.name.as_str().to_owned())
        .bind(phone.as_str().to_owned())
        .bind(seconds(overview.placed_at))
        .bind(seconds(overview.entered_at));
    let insert = words::bind(events::bind(insert, event)?, &order, enterprise);
    let insert = insert.bind(serde_json::to_string(&phone.keys())?);
    Ok((insert, overview))
}

/// Several statements, handed over together, and a last one. Only one connection writes:
/// the order is the last that there is.
fn first(last: &str) -> String {
    let order = "(SELECT max(id) FROM orders)";
    format!(
        "INSERT INTO orders
             (complexity, stage, lead, clock, due_at, due_provisional, yellow_at, rating,
              escalation, cycle, version, sweep_at, clock_rules, asks, member, handler, has_parts,
              callback_due_at, callback_provisional, callback_yellow_at, callback_rules,
              merged_into, absorbed, is_collective, returns, express, express_since, resolved,
              solved, project, meeting, number, enterprise, title, content, category, urgency,
              township, contact_name, contact_phone, placed_at, entered_at)
         VALUES (?{});
         {}; {}; {}; {last}",
        ", ?".repeat(41),
        events::insert(order),
        words::insert(order),
        add_numbers(order),
    )
}

pub(super) async fn name_of(
    connection: &mut Conn,
    enterprise: EnterpriseId,
) -> Result<String, Error> {
    Ok(
        sqlx::query_scalar("SELECT name FROM enterprises WHERE id = $1")
            .bind(enterprise)
            .fetch_one(connection)
            .await?,
    )
}

/// The number of the next order, and what its enterprise is called.
pub(super) async fn next_number(
    connection: &mut Conn,
    now: Instant,
    enterprise: Option<EnterpriseId>,
) -> Result<(Number, String), Error> {
    let year = chrono::Datelike::year(&local(now).date());
    let (serial, name): (u32, String) = sqlx::query_as(
        "INSERT INTO serials VALUES ($1, 1)
         ON CONFLICT (year) DO UPDATE SET last = last + 1
         RETURNING last, coalesce((SELECT name FROM enterprises WHERE id = $2), '')",
    )
    .bind(year)
    .bind(enterprise)
    .fetch_one(connection)
    .await?;
    let year = u16::try_from(year).map_err(|_| Error::Unreadable {
        column: "year",
        value: year.to_string(),
    })?;
    Ok((Number::new(year, serial), name))
}

async fn number_of(connection: &mut Conn, user: i64, key: &str) -> Result<Option<Number>, Error> {
    let number: Option<String> = sqlx::query_scalar(
        "SELECT number FROM placements JOIN orders ON orders.id = order_id
         WHERE user = $1 AND key = $2",
    )
    .bind(user)
    .bind(key)
    .fetch_optional(connection)
    .await?;
    Ok(number.as_deref().and_then(Number::parse))
}
