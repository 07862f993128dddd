//! Accounts of many people at once, out of a list as a spreadsheet copies or saves one.

use csv::{ReaderBuilder, Trim};
use domain::account::folded_name;
use domain::hall::heading_key;
use domain::text::name_key;
use domain::{Action, Directory, Fault, Field, FieldFault, Refusal, RoleName};
use serde::{Deserialize, Serialize};
use store::lines::{delimiter, line_of};
use store::{Context, accounts, drafts};
use words::lang::Lang;

use crate::areas::people::accounts::many::{AccountLine, AccountsPreview};
use crate::areas::people::accounts::server::Wish;
use crate::problem::ProblemDetails;
use crate::serve::visit::{context_for, problem};
use crate::serve::{Problem, answer, visit};

/// What drafts of lists are kept under.
const KIND: &str = "accounts";
/// Rows of one list at most: each password takes its time to be kept safely.
const MOST: usize = 200;

/// What each column is headed by; account and role must be there.
const COLUMNS: [(&str, bool, &[&str]); 5] = [
    ("账号", true, &["帐号", "用户名", "账户", "account", "name"]),
    ("姓名", false, &["名字", "person", "display"]),
    (
        "电话",
        false,
        &["手机", "联系电话", "手机号", "phone", "telephone"],
    ),
    ("岗位", true, &["角色", "职务", "role"]),
    ("单位", false, &["部门", "所在单位", "body", "department"]),
];

/// Rows with the numbers of their lines.
type Numbered = Vec<(usize, Wish)>;

/// A list as it was put in, with a first password for each row: the same whenever it is
/// looked at, and gone once the accounts are made.
#[derive(Serialize, Deserialize)]
struct Draft {
    list: String,
    passwords: Vec<String>,
}

/// Keeps a list that can be read, and goes on to its preview.
pub async fn draft(list: &str) -> Result<(), ProblemDetails> {
    answer(async {
        let ctx = context_for(Action::ManageAccounts)?;
        let rows = read(list, &ctx.book.directory)?;
        let password = |_| store::secret::readable(4);
        let passwords: Result<Vec<String>, _> = rows.iter().map(password).collect();
        let draft = Draft {
            list: list.to_owned(),
            passwords: passwords.map_err(problem)?,
        };
        let id = drafts::keep(&ctx, KIND, &draft).await.map_err(problem)?;
        leptos_axum::redirect(&format!("/account-list/{id}"));
        Ok(())
    })
    .await
}

/// Nothing where no list was put in yet.
pub async fn preview(draft: &str) -> Result<AccountsPreview, ProblemDetails> {
    answer(async {
        let ctx = context_for(Action::ManageAccounts)?;
        if draft.is_empty() {
            return Ok(AccountsPreview::default());
        }
        let (_, kept) = drafted(&ctx, draft).await?;
        let rows = lines(&ctx, &read(&kept.list, &ctx.book.directory)?, &kept).await?;
        Ok(AccountsPreview {
            draft: draft.to_owned(),
            wrong: rows.iter().filter(|row| !row.wrong.is_empty()).count(),
            list: kept.list,
            rows,
        })
    })
    .await
}

/// Makes all of them or none.
pub async fn make(draft: &str) -> Result<(), ProblemDetails> {
    answer(async {
        let ctx = context_for(Action::ManageAccounts)?;
        let found = drafted(&ctx, draft).await;
        if matches!(found, Err(Problem::NotFound)) {
            // The same click once more: they are made, and stand in the list.
            leptos_axum::redirect("/accounts");
            return Ok(());
        }
        let (id, kept) = found?;
        let rows = read(&kept.list, &ctx.book.directory)?;
        let mut people = Vec::with_capacity(rows.len());
        for ((_, wish), password) in rows.iter().zip(&kept.passwords) {
            let wanted = wish.parse(&ctx.book.directory)?;
            people.push(wanted.with(password).await?);
        }
        let made = people.len();
        accounts::add_all(&ctx, people, id).await.map_err(problem)?;
        leptos_axum::redirect(&format!("/accounts?made={made}"));
        Ok(())
    })
    .await
}

async fn drafted(ctx: &Context, id: &str) -> Result<(i64, Draft), Problem> {
    let id = id.trim().parse().map_err(|_| Problem::NotFound)?;
    Ok((id, drafts::find(ctx, KIND, id).await.map_err(problem)?))
}

async fn lines(ctx: &Context, rows: &Numbered, draft: &Draft) -> Result<Vec<AccountLine>, Problem> {
    let lang = visit()?.frame.lang;
    let names: Vec<String> = rows
        .iter()
        .map(|(_, wish)| folded_name(&wish.name))
        .collect();
    let mut taken = accounts::taken_of(ctx, &names).await.map_err(problem)?;
    let mut lines = Vec::with_capacity(rows.len());
    for (((number, wish), name), password) in rows.iter().zip(names).zip(&draft.passwords) {
        let parsed = wish.parse(&ctx.book.directory);
        let mut wrong = match &parsed {
            Ok(_) => Vec::new(),
            Err(refusal) => said(lang, refusal),
        };
        // Twice in the list is once too often, too.
        if !name.is_empty() && !taken.insert(name) {
            let (field, fault) = (Field::UserName, Fault::Taken);
            wrong.push(words::fault::sentence(lang, &FieldFault { field, fault }));
        }
        let role = RoleName::parse(&wish.role);
        let body = ctx.book.directory.body(&wish.body);
        lines.push(AccountLine {
            row: *number,
            // As it will be made.
            name: match &parsed {
                Ok(wanted) => wanted.name.as_str().to_owned(),
                Err(_) => wish.name.clone(),
            },
            display: wish.display.clone(),
            phone: wish.phone.clone(),
            role: role.map_or_else(
                || wish.role.clone(),
                |role| words::order::role(role).of(lang).to_owned(),
            ),
            place: body.map_or_else(
                || wish.body.clone(),
                |body| lang.name(&body.short).to_owned(),
            ),
            password: password.clone(),
            wrong,
        });
    }
    Ok(lines)
}

fn said(lang: Lang, refusal: &Refusal) -> Vec<String> {
    let faults = Problem::Refused(refusal.clone());
    let faults = faults.faults().iter();
    faults
        .map(|fault| words::fault::sentence(lang, fault))
        .collect()
}

/// The rows under the headings, whatever the columns' order; cells stand between tabs or
/// commas. A role is named by its word or code, a body by its name or code.
fn read(list: &str, directory: &Directory) -> Result<Numbered, FieldFault> {
    let refused = |fault| FieldFault {
        field: Field::List,
        fault,
    };
    let list = list.trim_start_matches('\u{FEFF}');
    let mut records = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .trim(Trim::All)
        .delimiter(delimiter(list))
        .from_reader(list.as_bytes())
        .into_records()
        // Out of text in memory every record can be read.
        .filter_map(Result::ok)
        .filter(|record| record.iter().any(|cell| !cell.is_empty()));
    let headings = records.next().ok_or_else(|| refused(Fault::NoRows))?;
    let keys: Vec<String> = headings.iter().map(heading_key).collect();
    let at = COLUMNS.map(|(heading, _, also)| {
        let is_it = |key: &String| key == heading || also.contains(&key.as_str());
        keys.iter().position(is_it)
    });
    let needed = COLUMNS.iter().zip(at);
    let missing = needed.filter(|((_, needed, _), at)| *needed && at.is_none());
    let missing: Vec<String> = missing
        .map(|((heading, ..), _)| (*heading).to_owned())
        .collect();
    if !missing.is_empty() {
        let there = headings.iter().map(str::to_owned).collect();
        return Err(refused(Fault::NoColumns { missing, there }));
    }
    let rows = records.map(|record| {
        let number = line_of(list, record.position());
        let [name, display, phone, role, body] = at.map(|at| {
            at.and_then(|at| record.get(at))
                .unwrap_or_default()
                .to_owned()
        });
        let wish = Wish {
            display: if display.is_empty() {
                name.clone()
            } else {
                display
            },
            name,
            phone,
            role: role_called(&role),
            body: body_called(directory, &body),
        };
        (number, wish)
    });
    let rows: Numbered = rows.collect();
    match rows.len() {
        0 => Err(refused(Fault::NoRows)),
        is if is > MOST => Err(refused(Fault::TooManyRows { max: MOST, is })),
        _ => Ok(rows),
    }
}

/// The code of a role that is named by its word; else what was typed.
fn role_called(typed: &str) -> String {
    let key = name_key(typed);
    let is_it = |role: &RoleName| {
        let word = words::order::role(*role);
        role.code() == key || [word.zh, word.en].iter().any(|word| name_key(word) == key)
    };
    let role = RoleName::ALL.into_iter().find(is_it);
    role.map_or_else(|| typed.to_owned(), |role| role.code().to_owned())
}

/// The code of a body that is named; else what was typed.
fn body_called(directory: &Directory, typed: &str) -> String {
    let key = name_key(typed);
    let mut bodies = directory.bodies.iter();
    let is_it = |body: &&domain::Body| {
        let names = [&body.name, &body.short];
        let names = names.iter().flat_map(|named| [&named.zh, &named.en]);
        body.code.as_str() == key || names.into_iter().any(|name| name_key(name) == key)
    };
    let body = bodies.find(is_it);
    body.map_or_else(|| typed.to_owned(), |body| body.code.to_string())
}
