use domain::order::{Colour, Told};
use domain::{Fault, Field};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::components::A;
use leptos_router::hooks::use_query_map;

use crate::api::administration::{ApplyRules, DraftRules};
use crate::api::asks;
use crate::components::deadline::Moment;
use crate::components::fields::{Choice, Choices, TextField};
use crate::components::form::{FormState, StepForm, Submit};
use crate::components::loaded::Loaded;
use crate::components::moved::MovedTable;
use crate::frame::{lang, t};
use crate::sheets::{RuleRow, RulesPreview, RulesSheet, RungRow, VersionRow};
use crate::words;

/// The rules in force, and every version of them.
#[component]
pub fn RulesPage() -> impl IntoView {
    let rules = Resource::new(|| (), |()| asks::rules());
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
        <table class="table">
            <thead>
                <tr>
                    <th scope="col">{t(words::rules::RULE)}</th>
                    <th scope="col">{t(words::rules::AMOUNT)}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
        <h2>{t(words::rules::LADDER)}</h2>
        <table class="table">
            <thead>
                <tr>
                    <th scope="col">{t(words::rules::LADDER)}</th>
                    <th scope="col">{t(words::rules::DAYS_PAST)}</th>
                    <th scope="col">{t(words::rules::CARD)}</th>
                    <th scope="col">{t(words::rules::TELLS)}</th>
                </tr>
            </thead>
            <tbody>{ladder}</tbody>
        </table>
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
        <table class="table">
            <thead>
                <tr>
                    <th scope="col">{t(words::rules::VERSION)}</th>
                    <th scope="col">{t(words::rules::FROM)}</th>
                    <th scope="col">{t(words::rules::OPEN_ORDERS)}</th>
                    <th scope="col">{t(words::rules::MADE_BY)}</th>
                    <th scope="col">{t(words::rules::NOTE)}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
}

/// Where an administrator writes the next version.
#[component]
pub fn RulesEditPage() -> impl IntoView {
    let rules = Resource::new(|| (), |()| asks::rules());
    view! {
        <Title text=t(words::rules::EDIT)/>
        <section class="page narrow">
            <h1>{t(words::rules::EDIT)}</h1>
            <p class="lead">{t(words::rules::LEAD)}</p>
            <Loaded resource=rules view=|sheet| view! { <Edit sheet/> }/>
        </section>
    }
}

#[component]
fn Edit(sheet: RulesSheet) -> impl IntoView {
    let action = ServerAction::<DraftRules>::new();
    let reach = vec![
        plain("no", words::rules::KEEP),
        plain("yes", words::rules::TAKE_OVER),
    ];
    let today = sheet.today.to_string();
    view! {
        <StepForm action>
            <div class="amounts">
                {sheet.rows.into_iter().map(|row| view! { <Amount row/> }).collect_view()}
            </div>
            <h2>{t(words::rules::LADDER)}</h2>
            {sheet.ladder.into_iter().map(|rung| view! { <Level rung/> }).collect_view()}
            <TextField
                field=Field::From
                label=t(words::rules::FROM)
                value=today
                kind="date"
            />
            <Choices
                field=Field::OpenOrders
                legend=t(words::rules::OPEN_ORDERS)
                choices=reach
                value="no"
            />
            <TextField
                field=Field::Note
                label=t(words::rules::NOTE)
                hint=t(words::rules::NOTE_HINT)
            />
            <Submit
                label=t(words::rules::PREVIEW)
                consequence=t(words::rules::PREVIEW_HINT)
            />
        </StepForm>
    }
}

fn plain(value: &str, label: crate::lang::Text) -> Choice {
    Choice {
        value: value.to_owned(),
        label: t(label).to_owned(),
        hint: String::new(),
    }
}

/// One amount with its unit, and what is wrong with it.
#[component]
fn Amount(row: RuleRow) -> impl IntoView {
    let hint = format!("{} – {}", row.range.0, row.range.1);
    let label = t(words::rules::name(&row.name)).to_owned();
    let unit = words::rules::unit(lang(), &row.unit);
    view! { <Number name=row.name label unit hint value=row.number/> }
}

#[component]
fn Number(
    name: String,
    label: String,
    unit: &'static str,
    hint: String,
    value: u16,
) -> impl IntoView {
    let state = expect_context::<FormState>();
    let id = state.field_id(&name);
    let described = format!("{id}-help");
    let typed = state.value(&name, value.to_string());
    let problem = state.problem;
    let fault = {
        let name = name.clone();
        move || {
            let problem = problem.get()?;
            let fault = problem.faults().iter().find(
                |fault| matches!(&fault.fault, Fault::Rule { name: wrong, .. } if *wrong == name),
            )?;
            Some(words::problem::fault(lang(), fault))
        }
    };
    view! {
        <div class="field number">
            <label for=id.clone()>{label}</label>
            <div id=described.clone()>
                {move || fault().map(|fault| view! { <p class="fault">{fault}</p> })}
            </div>
            <input
                id=id
                name=name
                type="text"
                inputmode="numeric"
                value=typed
                aria-describedby=described
            />
            " "
            <span>{unit}</span>
            " "
            <span class="hint">{hint}</span>
        </div>
    }
}

/// A level of the ladder: when, which card, whom it tells.
#[component]
fn Level(rung: RungRow) -> impl IntoView {
    let state = expect_context::<FormState>();
    let level = rung.level.code();
    let days = format!("ladder.{level}.days");
    let card = format!("ladder.{level}.card");
    let card_id = state.field_id(&card);
    let chosen = state.value(&card, rung.card.map_or("none", Colour::code).to_owned());
    let colours = Colour::ALL
        .map(|colour| {
            view! {
                <option value=colour.code() selected=chosen == colour.code()>
                    {t(words::order::colour(colour))}
                </option>
            }
        })
        .collect_view();
    // After a refusal the boxes are as they were sent, not as they are laid down.
    let sent = state.was_sent(&days);
    let boxes = Told::ALL
        .map(|told| {
            let name = format!("ladder.{level}.tells.{}", told.code());
            let checked = if sent {
                state.was_sent(&name)
            } else {
                rung.tells.iter().any(|code| code == told.code())
            };
            view! {
                <label class="check">
                    <input type="checkbox" name=name value="yes" checked=checked/>
                    {t(words::order::told(told))}
                </label>
            }
        })
        .collect_view();
    view! {
        <fieldset class="field">
            <legend>{t(words::order::level(rung.level))}</legend>
            <Number
                name=days
                label=t(words::rules::DAYS_PAST).to_owned()
                unit=words::rules::unit(lang(), "days")
                hint="0 – 60".to_owned()
                value=rung.days_past
            />
            <label for=card_id.clone()>{t(words::rules::CARD)}</label>
            <select id=card_id name=card>
                <option value="none" selected=chosen == "none">
                    {t(words::rules::NO_CARD)}
                </option>
                {colours}
            </select>
            <p>{t(words::rules::TELLS)}</p>
            <div class="checks">{boxes}</div>
        </fieldset>
    }
}

/// What the new version changes, before it does.
#[component]
pub fn RulesPreviewPage() -> impl IntoView {
    let query = use_query_map();
    let draft = move || query.read().get("draft").unwrap_or_default();
    let preview = Resource::new(draft, asks::rules_preview);
    view! {
        <Title text=t(words::rules::PREVIEW_TITLE)/>
        <section class="page">
            <h1>{t(words::rules::PREVIEW_TITLE)}</h1>
            <Loaded
                resource=preview
                view=move |preview| {
                    let draft = query.read_untracked().get("draft").unwrap_or_default();
                    view! { <Preview preview draft/> }
                }
            />
        </section>
    }
}

#[component]
fn Preview(preview: RulesPreview, draft: String) -> impl IntoView {
    let action = ServerAction::<ApplyRules>::new();
    let nothing = preview.changes.is_empty();
    let changes = preview
        .changes
        .into_iter()
        .map(|(name, before, after)| {
            view! {
                <tr>
                    <th scope="row">{name}</th>
                    <td>{before}</td>
                    <td>{after}</td>
                </tr>
            }
        })
        .collect_view();
    let effect = if preview.open_orders {
        words::rules::TAKE_OVER_EFFECT
    } else {
        words::rules::KEEP_EFFECT
    };
    view! {
        <dl class="facts">
            <dt>{t(words::rules::VERSION)}</dt>
            <dd>{preview.version}</dd>
            <dt>{t(words::rules::FROM)}</dt>
            <dd>
                <Moment at=preview.from/>
            </dd>
            <dt>{t(words::rules::NOTE)}</dt>
            <dd>{preview.note}</dd>
        </dl>
        <h2>{t(words::rules::CHANGES)}</h2>
        {if nothing {
            view! { <p class="empty">{t(words::rules::NO_CHANGES)}</p> }.into_any()
        } else {
            view! {
                <table class="table">
                    <thead>
                        <tr>
                            <th scope="col">{t(words::rules::RULE)}</th>
                            <th scope="col">{t(words::rules::BEFORE)}</th>
                            <th scope="col">{t(words::rules::AFTER)}</th>
                        </tr>
                    </thead>
                    <tbody>{changes}</tbody>
                </table>
            }
                .into_any()
        }}
        <h2>{t(words::rules::OPEN_ORDERS)}</h2>
        <p>{t(effect)}</p>
        {preview.open_orders.then(|| view! { <MovedTable moved=preview.moved/> })}
        <StepForm action hidden=vec![("draft", draft)]>
            <Submit label=t(words::rules::APPLY)/>
        </StepForm>
        <p>
            <A href="/rules/edit">{t(words::rules::AGAIN)}</A>
        </p>
    }
}
