//! Lists of bodies and categories that are imported: what they would change, and doing it.

use domain::directory::import::{
    self, BodyRow, CategoryRow, Change, Hanging, Hangs, HangsBy, ListFault, ListRowFault,
};
use domain::time::local;
use domain::{Action, AuditKind, Body, Category, Directory, Fault, Field, FieldFault, Instant};
use serde::de::DeserializeOwned;
use thiserror::Error;

use crate::audit::{self, Entry};
use crate::dialect::Conn;
use crate::lines::{delimiter, line_of};
use crate::orders::{self, UNDER_WAY};
use crate::times::seconds;
use crate::{Context, Error};

/// Why nothing was imported.
#[derive(Debug, Error)]
pub enum ImportError {
    #[error("{} rows are not right", .0.len())]
    Rows(Vec<ListRowFault>),
    #[error(transparent)]
    Store(#[from] Error),
}

/// What a list of bodies would change; nothing is changed.
pub async fn preview_bodies(ctx: &Context, text: &str) -> Result<Vec<Change<Body>>, ImportError> {
    let read = rows::<BodyRow>(text, &BODIES)?;
    ctx.actor.may(Action::ChangeRules).map_err(Error::from)?;
    let reading = ctx.store.read.acquire().await;
    let mut connection = reading.map_err(Error::from)?;
    let hanging = hanging(&mut connection, &ctx.book.directory).await?;
    let today = local(ctx.now).date();
    import::bodies(&read, &ctx.book.directory, today, &hanging).map_err(ImportError::Rows)
}

/// Imports a list of bodies as a whole: decided anew by the writer, so that nothing comes
/// to hang on a body that goes.
pub async fn import_bodies(ctx: &Context, text: &str) -> Result<Vec<Change<Body>>, ImportError> {
    let read = rows::<BodyRow>(text, &BODIES)?;
    ctx.actor.may(Action::ChangeRules).map_err(Error::from)?;
    let (now, desk_entry) = (ctx.now, Entry::of(ctx, AuditKind::BodyChanged));
    let book = ctx.store.book.clone();
    let done = ctx.store.write.run_alone(move |connection| {
        Box::pin(async move {
            let book = book.get();
            let hanging = hanging(connection, &book.directory).await?;
            let today = local(now).date();
            let changes = match import::bodies(&read, &book.directory, today, &hanging) {
                Ok(changes) => changes,
                Err(faults) => return Ok(Err(faults)),
            };
            // What takes over is there before what it takes over from goes.
            let (ends, comes): (Vec<_>, Vec<_>) = changes
                .iter()
                .partition(|change| matches!(change, Change::Ended { .. }));
            for change in comes.into_iter().chain(ends) {
                write_body(connection, change, now).await?;
                let detail = said(change, body_names);
                let entry = desk_entry.clone().object(change.subject().code.to_string());
                audit::append(connection, &entry.detail(detail)).await?;
            }
            Ok(Ok(changes))
        })
    });
    done.await?.map_err(ImportError::Rows)
}

/// What a list of categories would change; nothing is changed.
pub fn preview_categories(ctx: &Context, text: &str) -> Result<Vec<Change<Category>>, ImportError> {
    ctx.actor.may(Action::ChangeRules).map_err(Error::from)?;
    let today = local(ctx.now).date();
    let read = rows::<CategoryRow>(text, &CATEGORIES)?;
    import::categories(&read, &ctx.book.directory, today).map_err(ImportError::Rows)
}

pub async fn import_categories(
    ctx: &Context,
    text: &str,
) -> Result<Vec<Change<Category>>, ImportError> {
    let read = rows::<CategoryRow>(text, &CATEGORIES)?;
    ctx.actor.may(Action::ChangeRules).map_err(Error::from)?;
    let (now, desk_entry) = (ctx.now, Entry::of(ctx, AuditKind::CategoryChanged));
    let book = ctx.store.book.clone();
    let done = ctx.store.write.run_alone(move |connection| {
        Box::pin(async move {
            let today = local(now).date();
            let changes = match import::categories(&read, &book.get().directory, today) {
                Ok(changes) => changes,
                Err(faults) => return Ok(Err(faults)),
            };
            for change in &changes {
                write_category(connection, change).await?;
                let detail = said(change, category_names);
                let entry = desk_entry.clone().object(&change.subject().code);
                audit::append(connection, &entry.detail(detail)).await?;
            }
            Ok(Ok(changes))
        })
    });
    done.await?.map_err(ImportError::Rows)
}

/// The bodies in service as a list that can be imported, to be edited.
pub fn export_bodies(directory: &Directory) -> String {
    let mut lines = vec!["code,name,name_en,short,short_en,kind,until,successor".to_owned()];
    let city = directory.city.iter();
    lines.extend(city.chain(&directory.bodies).map(|body| {
        let cells = [
            body.code.as_str(),
            &body.name.zh,
            &body.name.en,
            &body.short.zh,
            &body.short.en,
            body.kind.code(),
        ];
        format!("{},,", cells.map(cell).join(","))
    }));
    lines.join("\n")
}

/// The categories that are offered, in the same way.
pub fn export_categories(directory: &Directory) -> String {
    let mut lines = vec!["code,name,name_en,examples,examples_en,until".to_owned()];
    lines.extend(directory.categories.iter().map(|one| {
        let cells = [
            one.code.as_str(),
            &one.name.zh,
            &one.name.en,
            &one.examples.zh,
            &one.examples.en,
        ];
        format!("{},", cells.map(cell).join(","))
    }));
    lines.join("\n")
}

/// RFC 4180.
fn cell(text: &str) -> String {
    if text.contains([',', '"', '\n']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}

/// What a body is called, and what else of it may be changed.
pub fn body_names(body: &Body) -> Vec<String> {
    let names = [&body.short, &body.name].into_iter();
    let names = names.flat_map(|name| [name.zh.clone(), name.en.clone()]);
    names.chain([body.kind.code().to_owned()]).collect()
}

pub fn category_names(one: &Category) -> Vec<String> {
    let names = [&one.name, &one.examples].into_iter();
    names
        .flat_map(|name| [name.zh.clone(), name.en.clone()])
        .collect()
}

/// What the audit says of a change. `names`: what it is called by, and what else may be
/// changed.
pub fn said<T>(change: &Change<T>, names: fn(&T) -> Vec<String>) -> String {
    let name = |one| names(one).into_iter().next().unwrap_or_default();
    match change {
        Change::Added(is) => format!("added {}", name(is)),
        Change::Returned(is) => format!("returned {}", name(is)),
        Change::Changed { was, is } => {
            let pairs = names(was).into_iter().zip(names(is));
            let changed = pairs.filter(|(was, is)| was != is);
            let each = changed.map(|(was, is)| format!("{was} to {is}"));
            let each: Vec<String> = each.collect();
            match each.as_slice() {
                [] => format!("changed {}", name(is)),
                each => format!("changed {}", each.join(", ")),
            }
        }
        Change::Ended { was, on, successor } => {
            let to = successor.as_ref().map(|code| format!(", to {code}"));
            format!("ended {} on {on}{}", name(was), to.unwrap_or_default())
        }
    }
}

/// The columns of a list: what each is called, also in Chinese, and whether it may be
/// left out.
type Columns = [(&'static str, &'static str, bool)];

const BODIES: [(&str, &str, bool); 8] = [
    ("code", "代码", false),
    ("name", "名称", false),
    ("name_en", "英文名称", true),
    ("short", "简称", false),
    ("short_en", "英文简称", true),
    ("kind", "类型", false),
    ("until", "撤销日期", true),
    ("successor", "承接单位", true),
];

const CATEGORIES: [(&str, &str, bool); 6] = [
    ("code", "代码", false),
    ("name", "名称", false),
    ("name_en", "英文名称", true),
    ("examples", "示例", false),
    ("examples_en", "英文示例", true),
    ("until", "停用日期", true),
];

/// Rows with the lines of the file, as CSV or copied out of a spreadsheet.
fn rows<T: DeserializeOwned>(
    text: &str,
    columns: &Columns,
) -> Result<Vec<(usize, T)>, ImportError> {
    let text = text.trim_start_matches('\u{FEFF}');
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter(text))
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let wrong = |row, fault| ImportError::Rows(vec![ListRowFault { row, fault }]);
    if text.trim().is_empty() {
        return Err(wrong(1, ListFault::NoRows));
    }
    let headings = reader.headers();
    let headings = headings.map_err(|error| wrong(1, unreadable(&error)))?;
    let known = |heading: &str| {
        let is_it = |(name, zh, _): &&(&str, &str, bool)| {
            heading.eq_ignore_ascii_case(name) || heading == *zh
        };
        columns.iter().find(is_it).map_or("", |(name, ..)| *name)
    };
    let strange = headings
        .iter()
        .find(|heading| !heading.is_empty() && known(heading).is_empty());
    if let Some(heading) = strange {
        return Err(wrong(
            1,
            ListFault::NotAColumn(heading.chars().take(20).collect()),
        ));
    }
    let headings: csv::StringRecord = headings.iter().map(known).collect();
    let missing = columns
        .iter()
        .filter(|(name, _, may_lack)| !may_lack && headings.iter().all(|heading| heading != *name));
    let missing: Vec<String> = missing.map(|(name, ..)| (*name).to_owned()).collect();
    if !missing.is_empty() {
        return Err(wrong(1, ListFault::NoColumns(missing)));
    }
    let (mut rows, mut faults) = (Vec::new(), Vec::new());
    for (at, record) in (2..).zip(reader.records()) {
        let begins = record.as_ref().ok().and_then(csv::StringRecord::position);
        let line = begins.map_or(at, |begins| line_of(text, Some(begins)));
        match record.and_then(|record| record.deserialize(Some(&headings))) {
            Ok(row) => rows.push((line, row)),
            Err(error) => faults.push(ListRowFault {
                row: line,
                fault: unreadable(&error),
            }),
        }
    }
    if faults.is_empty() {
        Ok(rows)
    } else {
        Err(ImportError::Rows(faults))
    }
}

fn unreadable(error: &csv::Error) -> ListFault {
    match error.kind() {
        csv::ErrorKind::UnequalLengths {
            expected_len, len, ..
        } => ListFault::Cells {
            is: *len,
            need: *expected_len,
        },
        _ => ListFault::Unreadable,
    }
}

/// That a body is there, for what comes to it; asked by the writer, as it may have gone
/// since the page was read.
pub(crate) async fn is_in_service(
    connection: &mut Conn,
    code: &str,
    field: Field,
) -> Result<(), Error> {
    let has_gone: bool = sqlx::query_scalar(
        "SELECT EXISTS (SELECT 1 FROM bodies WHERE code = $1 AND until IS NOT NULL)",
    )
    .bind(code)
    .fetch_one(connection)
    .await?;
    if has_gone {
        let fault = Fault::Unknown;
        return Err(FieldFault { field, fault }.into());
    }
    Ok(())
}

/// What still hangs on a body that is not there any more, a line each.
pub(crate) async fn left_behind(
    connection: &mut Conn,
    directory: &Directory,
) -> Result<Vec<String>, Error> {
    let hanging = hanging(connection, directory).await?;
    let gone = directory.gone.iter();
    let left = gone.filter_map(|gone| {
        let hangs = hanging.get(gone.body.code.as_str())?;
        let all = import::all(hangs);
        Some(format!(
            "{} has ended: {all} still hang on it",
            gone.body.code
        ))
    });
    Ok(left.collect())
}

/// What is open under each body, and who works in it.
async fn hanging(connection: &mut Conn, directory: &Directory) -> Result<Hanging, Error> {
    let open = &*UNDER_WAY;
    let located = format!("SELECT township, count(*) FROM orders WHERE {open} GROUP BY township");
    let led = format!(
        "SELECT lead, count(*) FROM orders WHERE lead IS NOT NULL AND {open} GROUP BY lead"
    );
    let parts = format!(
        "SELECT co_handlers.body, count(*) FROM co_handlers
         JOIN orders ON orders.id = co_handlers.order_id WHERE {open} GROUP BY co_handlers.body"
    );
    let tasks = format!(
        "SELECT task_bodies.body, count(*) FROM task_bodies
         LEFT JOIN orders ON task_bodies.case_kind = 'order' AND orders.id = task_bodies.case_id
         LEFT JOIN tasks ON task_bodies.case_kind = 'task' AND tasks.case_kind = 'task'
                            AND tasks.case_id = task_bodies.case_id
         WHERE {open} OR tasks.state IN ('open', 'reported') GROUP BY task_bodies.body"
    );
    let kinds: [(HangsBy, &str); 11] = [
        (HangsBy::Lead, &led),
        (HangsBy::Located, &located),
        (HangsBy::Part, &parts),
        (HangsBy::Task, &tasks),
        (
            HangsBy::Commitment,
            "SELECT body, count(*) FROM commitments WHERE ended IS NULL GROUP BY body",
        ),
        (
            HangsBy::Card,
            "SELECT body, count(*) FROM cards
             WHERE explained_at IS NULL AND lifted_at IS NULL AND body IS NOT NULL GROUP BY body",
        ),
        (
            HangsBy::Account,
            "SELECT body, count(*) FROM memberships WHERE ended_at IS NULL AND body IS NOT NULL
             GROUP BY body",
        ),
        (
            HangsBy::Enterprise,
            "SELECT township, count(*) FROM enterprises GROUP BY township",
        ),
        (
            HangsBy::Project,
            "SELECT township, count(*) FROM projects GROUP BY township",
        ),
        (
            HangsBy::Registration,
            "SELECT township, count(*) FROM registrations WHERE decided_at IS NULL
             GROUP BY township",
        ),
        (
            HangsBy::Meeting,
            "SELECT substr(guest, 6), count(*) FROM meeting_guests
             JOIN meetings ON meetings.id = meeting_guests.meeting
             WHERE meetings.state NOT IN ('ended', 'cancelled') AND guest LIKE 'body:%'
             GROUP BY guest",
        ),
    ];
    let mut hanging = Hanging::new();
    for (on, sql) in kinds {
        let counts: Vec<(String, i64)> = sqlx::query_as(sqlx::AssertSqlSafe(sql))
            .fetch_all(&mut *connection)
            .await?;
        for (code, count) in counts {
            let known = directory.body(&code).is_some();
            let count = u64::try_from(count).unwrap_or(0);
            if known {
                let hangs = Hangs { on, count };
                hanging.entry(code).or_default().push(hangs);
            }
        }
    }
    for order in orders::joined_for_now(connection).await? {
        for (field, body) in order.bodies_before_merge() {
            let on = match field {
                Field::Department => HangsBy::Lead,
                Field::CoHandlers => HangsBy::Part,
                _ => HangsBy::Located,
            };
            let hangs = hanging.entry(body.to_string()).or_default();
            match hangs.iter_mut().find(|one| one.on == on) {
                Some(one) => one.count += 1,
                None => hangs.push(Hangs { on, count: 1 }),
            }
        }
    }
    Ok(hanging)
}

async fn write_body(
    connection: &mut Conn,
    change: &Change<Body>,
    now: Instant,
) -> Result<(), Error> {
    match change {
        Change::Ended { was, on, successor } => {
            sqlx::query("UPDATE bodies SET until = $1, successor = $2 WHERE code = $3")
                .bind(on.to_string())
                .bind(successor.as_ref().map(|code| code.as_str().to_owned()))
                .bind(was.code.as_str())
                .execute(&mut *connection)
                .await?;
            sqlx::query("DELETE FROM answers_for WHERE body = $1")
                .bind(was.code.as_str())
                .execute(&mut *connection)
                .await?;
            for moved in [
                "UPDATE enterprises SET township = $1 WHERE township = $2",
                "UPDATE projects SET township = $1 WHERE township = $2",
                "UPDATE registrations SET township = $1 WHERE township = $2 AND decided_at IS NULL",
            ] {
                let Some(successor) = successor else { break };
                sqlx::query(moved)
                    .bind(successor.as_str())
                    .bind(was.code.as_str())
                    .execute(&mut *connection)
                    .await?;
            }
            return Ok(());
        }
        Change::Changed { was, is } if was.name != is.name || was.short != is.short => {
            sqlx::query(
                "INSERT OR IGNORE INTO body_names
                 SELECT code, $2, name_zh, name_en, short_zh, short_en FROM bodies
                 WHERE code = $1",
            )
            .bind(was.code.as_str())
            .bind(seconds(now))
            .execute(&mut *connection)
            .await?;
        }
        Change::Changed { .. } | Change::Added(_) | Change::Returned(_) => {}
    }
    let is = change.subject();
    if matches!(change, Change::Added(_)) {
        // It stands after the last of its kind.
        sqlx::query(
            "UPDATE bodies SET position = position + 1
             WHERE position > (SELECT max(position) FROM bodies WHERE kind = $1)",
        )
        .bind(is.kind.code())
        .execute(&mut *connection)
        .await?;
    }
    sqlx::query(
        "INSERT INTO bodies (code, name_zh, name_en, short_zh, short_en, kind, position)
         VALUES ($1, $2, $3, $4, $5, $6,
                 coalesce((SELECT max(position) + 1 FROM bodies WHERE kind = $6),
                          (SELECT max(position) + 1 FROM bodies)))
         ON CONFLICT (code) DO UPDATE SET
             name_zh = excluded.name_zh, name_en = excluded.name_en,
             short_zh = excluded.short_zh, short_en = excluded.short_en,
             kind = excluded.kind, until = NULL, successor = NULL",
    )
    .bind(is.code.as_str())
    .bind(&is.name.zh)
    .bind(&is.name.en)
    .bind(&is.short.zh)
    .bind(&is.short.en)
    .bind(is.kind.code())
    .execute(connection)
    .await?;
    Ok(())
}

async fn write_category(connection: &mut Conn, change: &Change<Category>) -> Result<(), Error> {
    if let Change::Ended { was, on, .. } = change {
        sqlx::query("UPDATE categories SET until = $1 WHERE code = $2")
            .bind(on.to_string())
            .bind(&was.code)
            .execute(connection)
            .await?;
        return Ok(());
    }
    let is = change.subject();
    sqlx::query(
        "INSERT INTO categories (code, name_zh, name_en, examples_zh, examples_en, position)
         VALUES ($1, $2, $3, $4, $5, (SELECT max(position) + 1 FROM categories))
         ON CONFLICT (code) DO UPDATE SET
             name_zh = excluded.name_zh, name_en = excluded.name_en,
             examples_zh = excluded.examples_zh, examples_en = excluded.examples_en,
             until = NULL",
    )
    .bind(&is.code)
    .bind(&is.name.zh)
    .bind(&is.name.en)
    .bind(&is.examples.zh)
    .bind(&is.examples.en)
    .execute(connection)
    .await?;
    Ok(())
}
