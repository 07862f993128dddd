use domain::Field;
use domain::order::{Colour, Told};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

use crate::areas::book::rules::{DraftRules, RuleRow, RulesSheet, RungRow, load_next_rules};
use crate::components::act::Act;
use crate::components::fields::{Choice, Choices, NumberField, TextField};
use crate::components::form::{FormState, StepForm, Submit};
use crate::components::loaded::Loaded;
use crate::frame::{lang, t};

/// Where an administrator writes the next version.
#[component]
pub fn RulesEditPage() -> impl IntoView {
    let query = use_query_map();
    let draft = move || query.read().get("draft").unwrap_or_default();
    let rules = Resource::new(draft, load_next_rules);
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
    let action = Act::of::<DraftRules>();
    let reach = vec![
        Choice::new("no", t(words::rules::KEEP)),
        Choice::new("yes", t(words::rules::TAKE_OVER)),
    ];
    let today = sheet.today.to_string();
    view! {
        <StepForm action typed=sheet.typed>
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

/// One amount with its unit, and what is wrong with it.
#[component]
fn Amount(row: RuleRow) -> impl IntoView {
    let hint = format!("{} – {}", row.range.0, row.range.1);
    let label = t(words::rules::name(&row.name)).to_owned();
    let unit = words::rules::unit(lang(), &row.unit);
    view! { <NumberField name=row.name label unit hint value=row.number/> }
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
            <NumberField
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
