//! What counts as a record beside the histories of cases: rules, calendars, the directory,
//! projects, who may act as what. The database itself notes each change of them; the line
//! of the audit that a change comes with seals it, and `server check` holds what stands
//! there against what was last noted.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::Error;
use crate::dialect::{self, Conn};

/// A table whose rows are records.
struct Record {
    /// What one row is called in findings.
    name: &'static str,
    table: &'static str,
    key: &'static [&'static str],
    rest: &'static [&'static str],
}

const fn record(
    name: &'static str,
    table: &'static str,
    key: &'static [&'static str],
    rest: &'static [&'static str],
) -> Record {
    Record {
        name,
        table,
        key,
        rest,
    }
}

const RECORDS: [Record; 18] = [
    record(
        "version of the rules",
        "rule_versions",
        &["version"],
        &[
            "from_at",
            "created_at",
            "actor",
            "note",
            "open_orders",
            "taken_over_at",
        ],
    ),
    record("rule", "rules", &["version", "name"], &["unit", "amount"]),
    record(
        "level of the ladder",
        "ladder",
        &["version", "level"],
        &["days_past", "card", "tells"],
    ),
    record(
        "notice of the year",
        "year_notices",
        &["version", "year"],
        &["applied_at", "actor", "whole"],
    ),
    record(
        "day of a notice",
        "year_notice_days",
        &["version", "year", "date"],
        &["name", "kind"],
    ),
    record("statutory day off", "statutory_days", &["date"], &["name"]),
    record(
        "body",
        "bodies",
        &["code"],
        &[
            "name_zh",
            "name_en",
            "short_zh",
            "short_en",
            "kind",
            "approves_replies",
            "until",
            "successor",
        ],
    ),
    record(
        "former name of a body",
        "body_names",
        &["code", "until_at"],
        &["name_zh", "name_en", "short_zh", "short_en"],
    ),
    record(
        "category",
        "categories",
        &["code"],
        &["name_zh", "name_en", "until"],
    ),
    record(
        "enterprise",
        "enterprises",
        &["id"],
        &["name", "code", "township"],
    ),
    record(
        "project",
        "projects",
        &["number"],
        &["name", "enterprise", "level", "township", "leader"],
    ),
    record(
        "account",
        "users",
        &["id"],
        &["name", "display", "disabled_at"],
    ),
    record(
        "membership",
        "memberships",
        &["id"],
        &["user", "role", "body", "enterprise", "manages", "ended_at"],
    ),
    record(
        "charge of a deputy mayor",
        "answers_for",
        &["user", "body"],
        &[],
    ),
    record(
        "identity of a provider",
        "identities",
        &["issuer", "subject"],
        &["user"],
    ),
    record(
        "guidance",
        "guidance",
        &["id"],
        &[
            "title",
            "category",
            "body",
            "text",
            "basis",
            "number",
            "user",
            "withdrawn_at",
        ],
    ),
    record("setting of the policy", "policy", &["name"], &["amount"]),
    record(
        "role with a second factor",
        "policy_second_factor",
        &["role"],
        &[],
    ),
];

impl Record {
    fn key(&self, row: &str) -> String {
        let parts: Vec<String> = self.key.iter().map(|key| format!("{row}.{key}")).collect();
        format!("'' || {}", parts.join(" || ' ' || "))
    }

    fn content(&self, row: &str) -> String {
        let all = self.key.iter().chain(self.rest);
        let parts: Vec<String> = all.map(|one| format!("'{one}', {row}.{one}")).collect();
        format!("json_object({})", parts.join(", "))
    }

    /// The triggers that note what changes, with what they are called in the schema.
    fn triggers(&self) -> [(String, String); 3] {
        let Self { name, table, .. } = self;
        let note = |key: String, content: String| {
            format!(
                "INSERT INTO changes (record, key, content) VALUES ('{name}', {key}, {content})"
            )
        };
        let is = note(self.key("new"), self.content("new"));
        let gone = note(self.key("old"), "NULL".to_owned());
        let columns: Vec<&str> = self.key.iter().chain(self.rest).copied().collect();
        let differ = columns
            .iter()
            .map(|one| format!("old.{one} IS NOT new.{one}"));
        let differ: Vec<String> = differ.collect();
        let (columns, differ) = (columns.join(", "), differ.join(" OR "));
        [
            ("added", format!("AFTER INSERT ON {table} BEGIN {is}; END")),
            (
                "changed",
                format!("AFTER UPDATE OF {columns} ON {table} WHEN {differ} BEGIN {is}; END"),
            ),
            (
                "removed",
                format!("AFTER DELETE ON {table} BEGIN {gone}; END"),
            ),
        ]
        .map(|(when, body)| {
            let trigger = format!("{table}_recorded_{when}");
            (
                format!("trigger {trigger}"),
                format!("CREATE TRIGGER {trigger} {body}"),
            )
        })
    }
}

/// Has the database note every change from now on, and notes what stands there where that
/// was not done before.
pub(crate) async fn watch(connection: &mut Conn) -> Result<(), sqlx::Error> {
    let there = dialect::schema(connection).await?;
    for record in &RECORDS {
        for (name, sql) in record.triggers() {
            match there.get(&name) {
                Some(known) if *known == sql => continue,
                Some(_) => execute(connection, format!("DROP {name}")).await?,
                None => {}
            }
            execute(connection, sql).await?;
        }
        let Record { name, table, .. } = record;
        let begun = "SELECT EXISTS (SELECT 1 FROM changes WHERE record = $1 AND key = '')";
        let begun: bool = sqlx::query_scalar(begun)
            .bind(name)
            .fetch_one(&mut *connection)
            .await?;
        if begun {
            continue;
        }
        let (key, content) = (record.key(table), record.content(table));
        // The first of them says that it has begun.
        execute(
            connection,
            format!(
                "INSERT INTO changes (record, key, content)
                 SELECT '{name}', '', NULL
                 UNION ALL SELECT '{name}', {key}, {content} FROM {table}"
            ),
        )
        .await?;
    }
    Ok(())
}

async fn execute(connection: &mut Conn, sql: String) -> Result<(), sqlx::Error> {
    let sql = sqlx::AssertSqlSafe(sql);
    sqlx::query(sql).execute(connection).await.map(|_| ())
}

/// What stands there otherwise than it was last noted, a line each.
pub(crate) async fn differing(connection: &mut Conn) -> Result<Vec<String>, Error> {
    let mut wrong = Vec::new();
    for record in &RECORDS {
        let Record { name, table, .. } = record;
        let (key, content) = (record.key(table), record.content(table));
        // As bytes: damaged text is a finding, and keeps nothing else from being looked at.
        let there = sqlx::AssertSqlSafe(format!(
            "SELECT CAST({key} AS BLOB), CAST({content} AS BLOB) FROM {table}"
        ));
        let there: Vec<(Vec<u8>, Vec<u8>)> =
            sqlx::query_as(there).fetch_all(&mut *connection).await?;
        let there = there
            .into_iter()
            .map(|(key, content)| (text(&key), text(&content)));
        let noted: Vec<(Vec<u8>, Option<Vec<u8>>)> = sqlx::query_as(
            "SELECT CAST(key AS BLOB), CAST(content AS BLOB) FROM changes WHERE id IN (
             SELECT max(id) FROM changes WHERE record = $1 AND key <> '' GROUP BY key)",
        )
        .bind(name)
        .fetch_all(&mut *connection)
        .await?;
        let mut noted: BTreeMap<String, Option<String>> = noted
            .into_iter()
            .map(|(key, content)| (text(&key), content.as_deref().map(text)))
            .collect();
        for (key, content) in there {
            match noted.remove(&key).flatten() {
                None => wrong.push(format!("the {name} {key} was added around the program")),
                Some(noted) if !says(&content, &noted) => {
                    wrong.push(format!("the {name} {key} was changed around the program"));
                }
                Some(_) => {}
            }
        }
        let gone = noted.into_iter().filter(|(_, content)| content.is_some());
        wrong.extend(
            gone.map(|(key, _)| format!("the {name} {key} was removed around the program")),
        );
    }
    Ok(wrong)
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// Whether all that was noted is there as it was; a column that came later was not noted.
fn says(content: &str, noted: &str) -> bool {
    let read = |text| serde_json::from_str::<Map<String, Value>>(text);
    match (read(content), read(noted)) {
        (Ok(content), Ok(noted)) => noted
            .iter()
            .all(|(column, value)| content.get(column) == Some(value)),
        _ => false,
    }
}
