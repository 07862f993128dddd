pub mod edit;
pub mod preview;
#[cfg(feature = "ssr")]
pub mod server;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::Instant;
use domain::order::{Colour, Level, Told};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::components::A;
use leptos_router::hooks::use_query_map;
use serde::{Deserialize, Serialize};

use crate::api::text::Answer;
use crate::components::deadline::Moment;
use crate::components::loaded::Loaded;
use crate::components::table::Table;
use crate::frame::{lang, t};
use crate::problem::ProblemDetails;
use crate::sheets::MovedSheet;

/// The rules in force, and every version of them.
#[component]
pub fn RulesPage() -> impl IntoView {
    let rules = Resource::new(|| (), |()| load_rules());
    let query = use_query_map();
    let done = query.read_untracked().get("done").is_some();
    view! {
        <Title text=t(words::rules::TITLE)/>
        <section class="page narrow">
            <h1>{t(words::rules::TITLE)}</h1>
            {done
                .then(|| {
                    view! {
                        <p class="notice" role="status">
                            {t(words::rules::DONE)}
                        </p>
                    }
                })}
            <p class="lead">{t(words::rules::LEAD)}</p>
            <Loaded resource=rules view=|sheet| view! { <InForce sheet/> }/>
        </section>
    }
}

/// The rules as they are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RulesSheet {
    /// What was typed before a preview, to be changed.
    pub typed: Vec<(String, String)>,
    pub version: u32,
    /// Name, number, unit, and the least and most that it can be.
    pub rows: Vec<RuleRow>,
    pub ladder: Vec<RungRow>,
    pub versions: Vec<VersionRow>,
    pub may_edit: bool,
    pub today: NaiveDate,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleRow {
    pub name: String,
    pub number: u16,
    pub unit: String,
    pub range: (u16, u16),
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RungRow {
    pub level: Level,
    pub days_past: u16,
    pub card: Option<Colour>,
    /// Codes of those who are told.
    pub tells: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VersionRow {
    pub version: u32,
    pub from: Instant,
    pub actor: String,
    pub note: String,
    pub open_orders: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RulesPreview {
    pub version: u32,
    pub from: Instant,
    pub open_orders: bool,
    pub note: String,
    /// What changes: name, before, after, in words.
    pub changes: Vec<(String, String, String)>,
    pub moved: MovedSheet,
}

#[component]
fn InForce(sheet: RulesSheet) -> impl IntoView {
    let rows = sheet
        .rows
        .iter()
        .map(|row| {
            view! {
                <tr>
                    <th scope="row">{t(words::rules::name(&row.name))}</th>
                    <td>{row.number} " " {words::rules::unit(lang(), &row.unit)}</td>
                </tr>
            }
        })
        .collect_view();
    let ladder = sheet
        .ladder
        .iter()
        .map(|rung| {
            let tells: Vec<Told> = rung.tells.iter().filter_map(|c| Told::parse(c)).collect();
            let card = rung
                .card
                .map_or(words::rules::NO_CARD, words::order::colour);
            view! {
                <tr>
                    <th scope="row">{t(words::order::level(rung.level))}</th>
                    <td>{rung.days_past}</td>
                    <td>{t(card)}</td>
                    <td>{words::ahead::told(lang(), &tells)}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        {sheet
            .may_edit
            .then(|| {
                view! {
                    <p>
                        <A href="/rules/edit" attr:class="button primary">
                            {t(words::rules::EDIT)}
                        </A>
                    </p>
                }
            })}
        <Table plain=true heads=vec![words::rules::RULE, words::rules::AMOUNT]>{rows}</Table>
        <h2>{t(words::rules::LADDER)}</h2>
        <Table plain=true heads=vec![
            words::rules::LADDER, words::rules::DAYS_PAST, words::rules::CARD,
            words::rules::TELLS
        ]>{ladder}</Table>
        <Versions versions=sheet.versions present=sheet.version/>
    }
}

#[component]
fn Versions(versions: Vec<VersionRow>, present: u32) -> impl IntoView {
    let rows = versions
        .into_iter()
        .map(|version| {
            let first = version.actor.is_empty();
            let actor = if first {
                t(words::rules::FIRST_DATA).to_owned()
            } else {
                version.actor
            };
            let reach = if version.open_orders {
                words::rules::TAKE_OVER
            } else {
                words::rules::KEEP
            };
            view! {
                <tr>
                    <td>
                        {version.version}
                        {(version.version == present)
                            .then(|| {
                                view! {
                                    " "
                                    <span class="tag">{t(words::rules::IN_FORCE)}</span>
                                }
                            })}
                    </td>
                    <td>{(!first).then(|| view! { <Moment at=version.from/> })}</td>
                    <td>{(!first).then(|| t(reach))}</td>
                    <td>{actor}</td>
                    <td>{version.note}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <h2>{t(words::rules::HISTORY)}</h2>
        <Table plain=true heads=vec![
            words::rules::VERSION, words::rules::FROM, words::rules::OPEN_ORDERS,
            words::rules::MADE_BY, words::rules::NOTE
        ]>{rows}</Table>
    }
}

/// The fields are those of the table of rules, by their names.
#[server(prefix = "/act", endpoint = "draft_rules")]
pub async fn draft_rules(
    #[server(flatten)] typed: BTreeMap<String, String>,
) -> Result<(), ProblemDetails> {
    server::draft(typed).await
}

#[server(prefix = "/act", endpoint = "apply_rules")]
pub async fn apply_rules(
    #[server(default)] draft: String,
    #[server(default)] reason: String,
) -> Result<(), ProblemDetails> {
    server::apply(&draft, &reason).await
}

#[server(prefix = "/ask", endpoint = "rules", output = Answer)]
pub async fn load_rules() -> Result<RulesSheet, ProblemDetails> {
    server::rules().await
}

#[server(prefix = "/ask", endpoint = "next_rules", output = Answer)]
pub async fn load_next_rules(draft: String) -> Result<RulesSheet, ProblemDetails> {
    server::next(&draft).await
}

#[server(prefix = "/ask", endpoint = "rules_preview", output = Answer)]
pub async fn load_rules_preview(draft: String) -> Result<RulesPreview, ProblemDetails> {
    server::preview(&draft).await
}
