//! Files that were sent: which, whose, where they hang. Their content is not here.

use domain::attachment::MOST;
use domain::case::{Event, Happens};
use domain::meeting::Meeting;
use domain::order::Number;
use domain::task::TaskCase;
use domain::{
    Action, Attachment, AttachmentId, Fault, Field, FieldFault, FileKind, FileName, Instant,
    Refusal, UserId,
};
use sqlx::FromRow;

use crate::cases::{self, Kind};
use crate::dialect::{Conn, Sql};
use crate::orders::{code, load};
use crate::times::{instant, seconds};
use crate::{Context, Error, Store};

/// A file that does not hang on anything yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upload {
    pub id: AttachmentId,
    pub form: String,
    pub name: FileName,
    /// In bytes, of the whole.
    pub size: u64,
    /// Once it is whole and was looked into.
    pub kind: Option<FileKind>,
    pub at: Instant,
}

/// A file that somebody announces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Announced {
    /// The page and the form that it is for; both empty for programs.
    pub page: String,
    pub form: String,
    pub name: FileName,
    /// In bytes.
    pub size: u64,
    /// By which the same file is known when it is chosen again; empty: it never is.
    pub mark: String,
}

/// Of one account: what waits for something to hang on, in bytes and in files.
const WAITING: u64 = 1024 * 1024 * 1024;
const WAITING_FILES: i64 = 200;

/// Announces a file; one that the caller has begun for the same form, and that is known
/// by its mark, is gone on with.
pub async fn begin(ctx: &Context, file: Announced, wall: Instant) -> Result<Upload, Error> {
    ctx.actor.may(Action::SendFiles)?;
    let user = ctx.actor.user.ok_or(Error::NotFound)?;
    let size = i64::try_from(file.size).map_err(|_| Error::NotFound)?;
    ctx.write(move |connection| {
        Box::pin(async move {
            if let Some(begun) = begun(connection, user, &file, size).await? {
                return begun.read();
            }
            let (files, bytes): (i64, i64) = sqlx::query_as(
                "SELECT count(*), coalesce(sum(size), 0) FROM attachments
                 WHERE user = $1 AND case_id IS NULL",
            )
            .bind(user)
            .fetch_one(&mut *connection)
            .await?;
            let waits = u64::try_from(bytes).unwrap_or(0).saturating_add(file.size);
            if files >= WAITING_FILES || waits > WAITING {
                let max = WAITING / 1024 / 1024;
                return Err(refused(Fault::TooMuchWaits { max }));
            }
            let row: Row = sqlx::query_as(
                "INSERT INTO attachments (user, page, form, name, size, mark, at)
                 VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING *",
            )
            .bind(user)
            .bind(file.page)
            .bind(file.form)
            .bind(file.name.as_str())
            .bind(size)
            .bind(file.mark)
            .bind(seconds(wall))
            .fetch_one(&mut *connection)
            .await?;
            row.read()
        })
    })
    .await
}

async fn begun(
    connection: &mut Conn,
    user: UserId,
    file: &Announced,
    size: i64,
) -> Result<Option<Row>, Error> {
    if file.mark.is_empty() {
        return Ok(None);
    }
    Ok(sqlx::query_as(
        "SELECT * FROM attachments
         WHERE user = $1 AND page = $2 AND form = $3 AND name = $4 AND size = $5 AND mark = $6
           AND case_id IS NULL AND digest IS NULL",
    )
    .bind(user)
    .bind(&file.page)
    .bind(&file.form)
    .bind(file.name.as_str())
    .bind(size)
    .bind(&file.mark)
    .fetch_optional(connection)
    .await?)
}

fn refused(fault: Fault) -> Error {
    let field = Field::Attachments;
    Refusal::from(FieldFault { field, fault }).into()
}

/// A file that the caller has sent, or is sending, and that hangs on nothing yet.
pub async fn upload(ctx: &Context, id: AttachmentId) -> Result<Upload, Error> {
    let row: Option<Row> =
        sqlx::query_as("SELECT * FROM attachments WHERE id = $1 AND user = $2 AND case_id IS NULL")
            .bind(id)
            .bind(ctx.actor.user)
            .fetch_optional(&ctx.store.read)
            .await?;
    row.ok_or(Error::NotFound)?.read()
}

/// What the caller has sent for the forms of a page.
pub async fn of_page(ctx: &Context, page: &str) -> Result<Vec<Upload>, Error> {
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT * FROM attachments WHERE user = $1 AND page = $2 AND case_id IS NULL ORDER BY id",
    )
    .bind(ctx.actor.user)
    .bind(page)
    .fetch_all(&ctx.store.read)
    .await?;
    rows.into_iter().map(Row::read).collect()
}

/// A plain form's file is whole: its size is known now.
pub async fn measure(ctx: &Context, id: AttachmentId, size: u64) -> Result<Upload, Error> {
    let user = ctx.actor.user;
    let size = i64::try_from(size).map_err(|_| Error::NotFound)?;
    ctx.write(move |connection| {
        Box::pin(async move {
            let row: Option<Row> = sqlx::query_as(
                "UPDATE attachments SET size = $1
                 WHERE id = $2 AND user = $3 AND digest IS NULL RETURNING *",
            )
            .bind(size)
            .bind(id)
            .bind(user)
            .fetch_optional(connection)
            .await?;
            row.ok_or(Error::NotFound)?.read()
        })
    })
    .await
}

/// The file is whole, and was looked into.
pub async fn complete(
    ctx: &Context,
    id: AttachmentId,
    (name, kind): (FileName, FileKind),
    digest: String,
    wall: Instant,
) -> Result<(), Error> {
    let user = ctx.actor.user;
    ctx.write(move |connection| {
        Box::pin(async move {
            let done = sqlx::query(
                "UPDATE attachments SET kind = $1, digest = $2, at = $3, name = $6
                 WHERE id = $4 AND user = $5 AND case_id IS NULL AND digest IS NULL",
            )
            .bind(kind.code())
            .bind(digest)
            .bind(seconds(wall))
            .bind(id)
            .bind(user)
            .bind(name.as_str())
            .execute(connection)
            .await?;
            match done.rows_affected() {
                // Taken back meanwhile.
                0 => Err(Error::NotFound),
                _ => Ok(()),
            }
        })
    })
    .await
}

/// The caller does not want it any more, or it was not taken.
pub async fn forget(ctx: &Context, id: AttachmentId) -> Result<(), Error> {
    let user = ctx.actor.user;
    ctx.write(move |connection| {
        Box::pin(async move {
            let gone = sqlx::query(
                "DELETE FROM attachments WHERE id = $1 AND user = $2 AND case_id IS NULL",
            )
            .bind(id)
            .bind(user)
            .execute(connection)
            .await?;
            match gone.rows_affected() {
                0 => Err(Error::NotFound),
                _ => Ok(()),
            }
        })
    })
    .await
}

/// Forgets what was sent before `before` and never hung on anything. Answers the ids.
pub async fn forget_stale(store: &Store, before: Instant) -> Result<Vec<AttachmentId>, Error> {
    store
        .write(move |connection| {
            Box::pin(async move {
                Ok(sqlx::query_scalar(
                    "DELETE FROM attachments WHERE case_id IS NULL AND at < $1 RETURNING id",
                )
                .bind(seconds(before))
                .fetch_all(connection)
                .await?)
            })
        })
        .await
}

/// Everything that lies outside: digests that something is kept under, as histories and
/// waiting files name them, and ids of files that are still coming in.
pub async fn kept(store: &Store) -> Result<(Vec<String>, Vec<AttachmentId>), Error> {
    let digests: Vec<Vec<u8>> = sqlx::query_scalar(
        "SELECT CAST(digest AS BLOB) FROM attachments WHERE digest IS NOT NULL
         UNION
         SELECT CAST(coalesce(json_extract(file.value, '$.digest'), '') AS BLOB)
         FROM events, json_each(CASE WHEN json_valid(events.attachments)
                                     THEN events.attachments ELSE '[]' END) AS file
         WHERE events.attachments <> '[]'",
    )
    .fetch_all(&store.long)
    .await?;
    let coming = sqlx::query_scalar("SELECT id FROM attachments WHERE digest IS NULL")
        .fetch_all(&store.long)
        .await?;
    // Damaged text names no file that is there.
    let digests = digests.iter();
    let digests = digests.map(|digest| String::from_utf8_lossy(digest).into_owned());
    Ok((digests.collect(), coming))
}

/// A file that the caller may see: their own that hangs on nothing yet, or one that
/// hangs on something that they see.
pub async fn find(ctx: &Context, id: AttachmentId) -> Result<Attachment, Error> {
    let mut connection = ctx.store.read.acquire().await?;
    let row: Option<Row> = sqlx::query_as("SELECT * FROM attachments WHERE id = $1")
        .bind(id)
        .fetch_optional(&mut *connection)
        .await?;
    let row = row.ok_or(Error::NotFound)?;
    let Some((kind, case)) = row.case_kind.as_deref().zip(row.case_id) else {
        let own = ctx.actor.user == Some(row.user);
        return row.attachment()?.filter(|_| own).ok_or(Error::NotFound);
    };
    match Kind::parse(kind) {
        Some(Kind::Order) => {}
        Some(Kind::Meeting) => {
            let found = cases::with_id::<Meeting>(&mut connection, &ctx.actor, case).await?;
            let seen = found.case.seen(&found.events, &ctx.actor);
            return hanging(seen, id).ok_or(Error::NotFound);
        }
        Some(Kind::Task) => {
            let found = cases::with_id::<TaskCase>(&mut connection, &ctx.actor, case).await?;
            return hanging(found.events.iter(), id).ok_or(Error::NotFound);
        }
        None => return Err(Error::NotFound),
    }
    let numbers: Vec<String> = sqlx::query_scalar(
        "SELECT number FROM orders
         WHERE id = $1 OR id IN (SELECT order_id FROM attachments_also WHERE attachment = $2)",
    )
    .bind(case)
    .bind(id)
    .fetch_all(&mut *connection)
    .await?;
    let mut missing = Error::NotFound;
    for number in numbers {
        let number = code("number", number, Number::parse)?;
        let found = match load(&mut connection, &ctx.actor, number).await {
            Ok(found) => found,
            Err(Error::NotFound) => continue,
            // It may hang on another order too, which can be read.
            Err(error) if error.is_damage() => {
                missing = error;
                continue;
            }
            Err(error) => return Err(error),
        };
        let seen = found.events.iter();
        let seen = seen.filter(|event| event.is_seen_by(&ctx.actor));
        if let Some(attachment) = hanging(seen, id) {
            return Ok(attachment);
        }
    }
    Err(missing)
}

/// A file that hangs on one of the events.
fn hanging<'e, W: 'e>(
    events: impl Iterator<Item = &'e Event<W>>,
    id: AttachmentId,
) -> Option<Attachment> {
    let mut hangs = events.flat_map(|event| &event.attachments);
    hangs.find(|one| one.id == id).cloned()
}

/// They hang on an event of another order too.
pub(crate) async fn hang_also(
    connection: &mut Conn,
    order: i64,
    attachments: &[Attachment],
) -> Result<(), Error> {
    for attachment in attachments {
        sqlx::query("INSERT INTO attachments_also VALUES ($1, $2) ON CONFLICT DO NOTHING")
            .bind(attachment.id)
            .bind(order)
            .execute(&mut *connection)
            .await?;
    }
    Ok(())
}

/// What goes along with a step, by its ids. A file that is not whole is refused, not
/// left behind.
pub(crate) async fn carried(
    connection: &mut Conn,
    user: Option<UserId>,
    ids: &[AttachmentId],
) -> Result<Vec<Attachment>, Error> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    if ids.len() > MOST {
        return Err(refused(Fault::TooMany { max: MOST }));
    }
    let mut query = Sql::new("SELECT * FROM attachments WHERE user = ");
    query
        .push_bind(user)
        .push(" AND case_id IS NULL AND id IN (");
    let mut list = query.separated(", ");
    for id in ids {
        list.push_bind(*id);
    }
    query.push(") ORDER BY id");
    let rows: Vec<Row> = query.build_query_as().fetch_all(connection).await?;
    if rows.len() != ids.len() {
        return Err(refused(Fault::Unknown));
    }
    let attachment = |row: Row| row.attachment()?.ok_or_else(|| refused(Fault::NotUploaded));
    rows.into_iter().map(attachment).collect()
}

/// They hang on an event of a case of this kind from now on.
pub(crate) async fn hang<W: Happens>(
    connection: &mut Conn,
    case: i64,
    attachments: &[Attachment],
) -> Result<(), Error> {
    for attachment in attachments {
        sqlx::query("UPDATE attachments SET case_kind = $1, case_id = $2 WHERE id = $3")
            .bind(W::KIND)
            .bind(case)
            .bind(attachment.id)
            .execute(&mut *connection)
            .await?;
    }
    Ok(())
}

#[derive(FromRow)]
struct Row {
    id: AttachmentId,
    user: UserId,
    form: String,
    name: String,
    size: i64,
    kind: Option<String>,
    digest: Option<String>,
    at: i64,
    case_kind: Option<String>,
    case_id: Option<i64>,
}

impl Row {
    fn read(self) -> Result<Upload, Error> {
        let kind = self.kind.map(|kind| code("kind", kind, FileKind::parse));
        Ok(Upload {
            id: self.id,
            form: self.form,
            name: FileName::parse(&self.name)?,
            size: u64::try_from(self.size).unwrap_or(0),
            kind: kind.transpose()?,
            at: instant("at", self.at)?,
        })
    }

    /// `None` while it is not whole.
    fn attachment(self) -> Result<Option<Attachment>, Error> {
        let Some((kind, digest)) = self.kind.zip(self.digest) else {
            return Ok(None);
        };
        Ok(Some(Attachment {
            id: self.id,
            name: FileName::parse(&self.name)?,
            kind: code("kind", kind, FileKind::parse)?,
            size: u64::try_from(self.size).unwrap_or(0),
            digest,
        }))
    }
}
