//! Bodies and categories, for the administrator.

use ::words::directory as words;
use ::words::lang::Lang;
use domain::directory::import::{Change, ListRowFault};
use domain::{Action, Body, BodyCode, Category, Fault, Field, FieldFault, Refusal};
use serde::{Deserialize, Serialize};
use store::directory::ImportError;
use store::{Context, directory, drafts};

use crate::areas::book::directory::{DirectoryPreview, DirectoryRow, DirectorySheet};
use crate::problem::ProblemDetails;
use crate::serve::visit::{context_for, problem};
use crate::serve::{Problem, answer, visit};

/// What drafts of lists are kept under.
const KIND: &str = "directory";

/// What was typed, to be looked at before it is done.
#[derive(Serialize, Deserialize)]
struct Draft {
    categories: bool,
    list: String,
}

/// `row`: the code of the one to be changed, or `none` for the heading alone.
pub async fn sheet(of: &str, row: &str, draft: &str) -> Result<DirectorySheet, ProblemDetails> {
    answer(async {
        let ctx = context_for(Action::ChangeRules)?;
        let directory = &ctx.book.directory;
        let lang = visit::visit()?.frame.lang;
        let categories = of == "categories";
        let (rows, list) = if categories {
            (category_rows(&ctx), directory::export_categories(directory))
        } else {
            (body_rows(&ctx, lang), directory::export_bodies(directory))
        };
        let draft: Option<Draft> = visit::drafted(&ctx, KIND, draft).await?;
        let typed = draft.filter(|draft| draft.categories == categories);
        let typed = typed.map(|draft| (Field::List.code().to_owned(), draft.list));
        Ok(DirectorySheet {
            typed: typed.into_iter().collect(),
            categories,
            rows,
            list: only(&list, row),
        })
    })
    .await
}

/// The heading, and the lines of one code; all of them where none is named.
fn only(list: &str, code: &str) -> String {
    if code.is_empty() {
        return list.to_owned();
    }
    let begins = format!("{code},");
    let lines = list.lines().enumerate();
    let lines = lines.filter(|(at, line)| *at == 0 || line.starts_with(&begins));
    let lines: Vec<&str> = lines.map(|(_, line)| line).collect();
    format!("{}\n", lines.join("\n"))
}

fn body_rows(ctx: &Context, lang: Lang) -> Vec<DirectoryRow> {
    let directory = &ctx.book.directory;
    let row = |body: &Body, ended: Option<String>| DirectoryRow {
        code: body.code.to_string(),
        name: body.name.clone(),
        more: body.short.clone(),
        kind: Some(body.kind),
        ended,
    };
    let there = directory.city.iter().chain(&directory.bodies);
    let there = there.map(|body| row(body, None));
    let gone = directory.gone.iter().map(|gone| {
        let to = gone.successor.as_ref();
        let to = to.map(|code| short(ctx, code, lang));
        let ended = words::ended(lang, &gone.on.to_string(), to.as_deref());
        row(&gone.body, Some(ended))
    });
    there.chain(gone).collect()
}

fn category_rows(ctx: &Context) -> Vec<DirectoryRow> {
    let directory = &ctx.book.directory;
    let row = |one: &Category, ended: bool| DirectoryRow {
        code: one.code.clone(),
        name: one.name.clone(),
        more: one.examples.clone(),
        kind: None,
        ended: ended.then(String::new),
    };
    let offered = directory.categories.iter().map(|one| row(one, false));
    let ended = directory.ended_categories.iter();
    offered.chain(ended.map(|one| row(one, true))).collect()
}

fn short(ctx: &Context, code: &BodyCode, lang: Lang) -> String {
    let body = ctx.book.directory.body(code.as_str());
    body.map_or_else(
        || code.to_string(),
        |body| lang.name(&body.short).to_owned(),
    )
}

/// Keeps a list that can be imported, and goes on to its preview.
pub async fn draft(of: &str, list: String) -> Result<(), ProblemDetails> {
    answer(async {
        let ctx = context_for(Action::ChangeRules)?;
        let categories = of == "categories";
        let draft = Draft { categories, list };
        read(&ctx, &draft).await?;
        let id = drafts::keep(&ctx, KIND, &draft).await.map_err(problem)?;
        leptos_axum::redirect(&format!("/directory/preview?draft={id}"));
        Ok(())
    })
    .await
}

pub async fn preview(id: &str) -> Result<DirectoryPreview, ProblemDetails> {
    answer(async {
        let ctx = context_for(Action::ChangeRules)?;
        let draft = drafted(&ctx, id).await?;
        Ok(DirectoryPreview {
            categories: draft.categories,
            changes: read(&ctx, &draft).await?,
        })
    })
    .await
}

/// The list is decided anew: what has come meanwhile counts.
pub async fn apply(id: &str) -> Result<(), ProblemDetails> {
    answer(async {
        let ctx = context_for(Action::ChangeRules)?;
        let draft = drafted(&ctx, id).await?;
        let list = draft.list.as_str();
        let (of, changed) = if draft.categories {
            let changes = directory::import_categories(&ctx, list).await;
            ("categories", changes.map_err(refused)?.len())
        } else {
            let changes = directory::import_bodies(&ctx, list).await;
            ("bodies", changes.map_err(refused)?.len())
        };
        leptos_axum::redirect(&format!("/directory?of={of}&changed={changed}"));
        Ok(())
    })
    .await
}

async fn drafted(ctx: &Context, id: &str) -> Result<Draft, Problem> {
    let id = id.trim().parse().map_err(|_| Problem::NotFound)?;
    drafts::find(ctx, KIND, id).await.map_err(problem)
}

/// What the list changes, a sentence each.
async fn read(ctx: &Context, draft: &Draft) -> Result<Vec<String>, Problem> {
    let lang = visit::visit()?.frame.lang;
    if draft.categories {
        let changes = directory::preview_categories(ctx, &draft.list).map_err(refused)?;
        let said = |change: &Change<Category>| match change {
            Change::Ended { was, on, .. } => {
                words::stops(lang, lang.name(&was.name), &on.to_string())
            }
            change => said(ctx, lang, change, |one| vec![&one.name, &one.examples]),
        };
        return Ok(changes.iter().map(said).collect());
    }
    let changes = directory::preview_bodies(ctx, &draft.list).await;
    let changes = changes.map_err(refused)?;
    let said = |change: &Change<Body>| match change {
        // A kind is changed within its sort only.
        Change::Changed { was, is } if was.kind != is.kind => {
            let kinds = (words::kind(was.kind), words::kind(is.kind));
            let kinds = (kinds.0.of(lang).to_owned(), kinds.1.of(lang).to_owned());
            let mut parts = parts(vec![&was.name, &was.short], vec![&is.name, &is.short]);
            parts.push(kinds);
            words::changed(lang, lang.name(&was.name), &parts)
        }
        change => said(ctx, lang, change, |one| vec![&one.name, &one.short]),
    };
    Ok(changes.iter().map(said).collect())
}

/// The names of one are its name, and what stands beside it.
fn said<T>(
    ctx: &Context,
    lang: Lang,
    change: &Change<T>,
    names: impl Fn(&T) -> Vec<&domain::Named>,
) -> String {
    let name = |one: &T| {
        let name = names(one).first().map(|named| lang.name(named).to_owned());
        name.unwrap_or_default()
    };
    match change {
        Change::Added(one) => words::added(lang, &name(one)),
        Change::Returned(one) => words::returned(lang, &name(one)),
        Change::Changed { was, is } => {
            words::changed(lang, &name(was), &parts(names(was), names(is)))
        }
        Change::Ended { was, on, successor } => {
            let to = successor.as_ref().map(|code| short(ctx, code, lang));
            words::ends(lang, &name(was), &on.to_string(), to.as_deref())
        }
    }
}

/// What is called otherwise, in either language.
fn parts(was: Vec<&domain::Named>, is: Vec<&domain::Named>) -> Vec<(String, String)> {
    let pairs = was.into_iter().zip(is);
    let pairs = pairs.flat_map(|(was, is)| [(&was.zh, &is.zh), (&was.en, &is.en)]);
    let changed = pairs.filter(|(was, is)| was != is);
    changed.map(|(was, is)| (was.clone(), is.clone())).collect()
}

fn refused(error: ImportError) -> Problem {
    let fault = |wrong: ListRowFault| FieldFault {
        field: Field::List,
        fault: Fault::ListRow {
            row: wrong.row,
            wrong: wrong.fault,
        },
    };
    match error {
        ImportError::Rows(faults) => {
            let faults = faults.into_iter().map(fault).collect();
            Refusal::Invalid { faults }.into()
        }
        ImportError::Store(error) => problem(error),
    }
}
