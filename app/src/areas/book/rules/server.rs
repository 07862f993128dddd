use std::collections::BTreeMap;

use domain::order::Rung;
use domain::rulebook::rows::{Change, edited};
use domain::time::local;
use domain::{Action, Refusal, Rules};
use store::{Context, drafts, rules};
use words::lang::Lang;

use crate::areas::book::rules::{RuleRow, RulesPreview, RulesSheet, RungRow, VersionRow};
use crate::problem::ProblemDetails;
use crate::serve::visit::{context_for, problem};
use crate::serve::{Problem, answer, moved, visit};

/// What drafts of rules are kept under.
const KIND: &str = "rules";
const NOTE: usize = 200;

pub async fn rules() -> Result<RulesSheet, ProblemDetails> {
    answer(async { lay_out(&context_for(Action::SeeRules)?, "").await }).await
}

/// The same, as where the next version starts from.
pub async fn next(draft: &str) -> Result<RulesSheet, ProblemDetails> {
    answer(async { lay_out(&context_for(Action::ChangeRules)?, draft).await }).await
}

async fn lay_out(ctx: &Context, draft: &str) -> Result<RulesSheet, Problem> {
    let present = ctx.book.rules_at(ctx.now);
    let versions = rules::versions(ctx).await.map_err(problem)?;
    let versions = versions.into_iter().map(|version| {
        Ok(VersionRow {
            version: version.version,
            from: version.from_at().map_err(problem)?,
            actor: version.actor,
            note: version.note,
            open_orders: version.open_orders,
        })
    });
    let typed: Option<(u32, Vec<(String, String)>)> = visit::drafted(ctx, KIND, draft).await?;
    Ok(RulesSheet {
        typed: typed.map(|(_, typed)| typed).unwrap_or_default(),
        version: present.version,
        rows: present
            .rows()
            .into_iter()
            .map(|(name, amount)| RuleRow {
                name: name.to_owned(),
                number: amount.number(),
                unit: amount.unit().to_owned(),
                range: amount.range(),
            })
            .collect(),
        ladder: present.ladder.iter().map(rung).collect(),
        versions: versions.collect::<Result<_, Problem>>()?,
        may_edit: ctx.actor.may(Action::ChangeRules).is_ok(),
        today: local(ctx.now).date(),
    })
}

fn rung(rung: &Rung) -> RungRow {
    RungRow {
        level: rung.level,
        days_past: rung.days_past,
        card: rung.card,
        tells: rung
            .tells
            .iter()
            .map(|told| told.code().to_owned())
            .collect(),
    }
}

/// Keeps what was typed, if it can be so, and goes on to its preview.
pub async fn draft(typed: BTreeMap<String, String>) -> Result<(), ProblemDetails> {
    answer(async {
        let ctx = context_for(Action::ChangeRules)?;
        let typed: Vec<(String, String)> = typed.into_iter().collect();
        let change = edited(&ctx.book, ctx.now, &typed)?;
        let draft = drafts::keep(&ctx, KIND, &(change.rules.version, typed))
            .await
            .map_err(problem)?;
        leptos_axum::redirect(&format!("/rules/preview?draft={draft}"));
        Ok(())
    })
    .await
}

pub async fn preview(draft: &str) -> Result<RulesPreview, ProblemDetails> {
    answer(async {
        let ctx = context_for(Action::ChangeRules)?;
        let lang = visit::visit()?.frame.lang;
        let (change, note) = drafted(&ctx, draft).await?;
        let moved = if change.open_orders {
            rules::preview(&ctx, &change).await.map_err(problem)?
        } else {
            ctx.actor.may(Action::ChangeRules)?;
            Vec::new()
        };
        Ok(RulesPreview {
            version: change.rules.version,
            from: change.rules.from,
            open_orders: change.open_orders,
            note,
            changes: changes(lang, ctx.book.rules_at(ctx.now), &change.rules),
            moved: moved::sheet(&ctx, &moved, change.rules.from),
        })
    })
    .await
}

/// `reason`: said on the preview, where the note was left empty and orders become late.
pub async fn apply(draft: &str, reason: &str) -> Result<(), ProblemDetails> {
    answer(async {
        let ctx = context_for(Action::ChangeRules)?;
        let (change, mut note) = drafted(&ctx, draft).await?;
        if note.is_empty() {
            note = reason.trim().chars().take(NOTE).collect();
        }
        rules::lay_down(&ctx, change, note).await.map_err(problem)?;
        leptos_axum::redirect("/rules?done=yes");
        Ok(())
    })
    .await
}

/// Parsed anew: the day may have changed since it was typed.
async fn drafted(ctx: &Context, draft: &str) -> Result<(Change, String), Problem> {
    let draft = draft.trim().parse().map_err(|_| Problem::NotFound)?;
    let (version, typed): (u32, Vec<(String, String)>) =
        drafts::find(ctx, KIND, draft).await.map_err(problem)?;
    let note = typed.iter().find(|(name, _)| name == "note");
    let note = note.map_or("", |(_, note)| note.trim());
    let note = note.chars().take(NOTE).collect();
    let change = edited(&ctx.book, ctx.now, &typed)?;
    // Made from rules that have changed since, it would undo that.
    if change.rules.version != version {
        return Err(Refusal::RulesChanged.into());
    }
    Ok((change, note))
}

/// What differs, in words.
fn changes(lang: Lang, before: &Rules, after: &Rules) -> Vec<(String, String, String)> {
    let name = |name: &str| words::rules::name(name).of(lang).to_owned();
    let rows = before.rows().into_iter().zip(after.rows());
    let mut changes: Vec<_> = rows
        .filter(|(before, after)| before != after)
        .map(|((row, was), (_, is))| {
            (
                name(row),
                words::rules::amount(lang, was),
                words::rules::amount(lang, is),
            )
        })
        .collect();
    let levels = before.ladder.iter().zip(&after.ladder);
    for (was, is) in levels.filter(|(was, is)| was != is) {
        let level = words::order::level(is.level).of(lang).to_owned();
        changes.push((level, climbs(lang, was), climbs(lang, is)));
    }
    changes
}

fn climbs(lang: Lang, rung: &Rung) -> String {
    let days = format!("{} {}", rung.days_past, words::rules::unit(lang, "days"));
    let card = rung
        .card
        .map_or(words::rules::NO_CARD, words::order::colour);
    let told = words::ahead::told(lang, &rung.tells);
    format!("{days} · {} · {told}", card.of(lang))
}
