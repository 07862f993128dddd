//! What a list is narrowed by, all of it in the address.

use domain::order::{ExpressState, Light, Measure, RatingLevel, StageName, Urgency};
use leptos::prelude::*;
use words::{express, knowledge as know};

use crate::areas::orders::list::Asked;
use crate::frame::t;
use crate::sheets::{Laid, Query};

/// The stages as chips, each with its count.
#[component]
pub fn Stages(query: Query, stages: Vec<(StageName, u64)>) -> impl IntoView {
    let chip = |stage: String, label: &'static str, count: u64| {
        let current = stage == query.stage;
        let href = address(&Query {
            stage,
            after: String::new(),
            ..query.clone()
        });
        view! {
            <li>
                <a
                    href=href
                    class=if current { "chip current" } else { "chip" }
                    aria-current=current.then_some("true")
                >
                    {label}
                    " "
                    <span class="chip-count">{count}</span>
                </a>
            </li>
        }
    };
    let all = stages.iter().map(|(_, count)| count).sum();
    let each = StageName::ALL
        .into_iter()
        .filter_map(|stage| {
            let count = stages.iter().find(|(name, _)| *name == stage)?.1;
            Some(chip(
                stage.code().to_owned(),
                t(words::order::stage(stage)),
                count,
            ))
        })
        .collect_view();
    view! {
        <ul class="chips">
            {chip(String::new(), t(words::order::ALL_STAGES), all)}
            {each}
        </ul>
    }
}

/// What else the list is narrowed to, each with a way out.
#[component]
pub fn Only(query: Query) -> impl IntoView {
    let without = |name: &str| {
        let mut wider = query.clone();
        wider.after = String::new();
        match name {
            "turn" => wider.turn = String::new(),
            "due" => wider.due = String::new(),
            "asks" => wider.asks = String::new(),
            "part" => wider.part = String::new(),
            "call" => wider.call = String::new(),
            "returned" => wider.returned = String::new(),
            "collective" => wider.collective = String::new(),
            "project" => wider.project = String::new(),
            "express" => wider.express = String::new(),
            "measure" => wider.measure = String::new(),
            "numbers" => wider.numbers = String::new(),
            _ => wider.open = String::new(),
        }
        address(&wider)
    };
    let set = [
        ("turn", words::order::ONLY_MINE, !query.turn.is_empty()),
        ("due", words::order::ONLY_TODAY, !query.due.is_empty()),
        ("asks", words::order::ONLY_ASKS, !query.asks.is_empty()),
        ("part", words::order::ONLY_PARTS, !query.part.is_empty()),
        ("call", words::order::ONLY_CALLS, !query.call.is_empty()),
        ("returned", know::ONLY_RETURNED, !query.returned.is_empty()),
        (
            "collective",
            know::ONLY_COLLECTIVE,
            !query.collective.is_empty(),
        ),
        (
            "express",
            ExpressState::parse(&query.express).map_or(express::EXPRESS, express::state),
            !query.express.is_empty(),
        ),
        (
            "measure",
            Measure::parse(&query.measure).map_or(express::MEASURED, express::measure),
            !query.measure.is_empty(),
        ),
        ("numbers", know::ONLY_CHOSEN, !query.numbers.is_empty()),
        ("open", words::order::ONLY_OPEN, !query.open.is_empty()),
    ];
    let project = (!query.project.is_empty()).then(|| {
        view! {
            <li>
                <span class="chip current">
                    {t(know::PROJECT)} " " {query.project.clone()} " "
                    <a href=without("project") aria-label=t(words::order::LIFT_FILTER)>
                        "×"
                    </a>
                </span>
            </li>
        }
    });
    let only = set
        .into_iter()
        .filter(|(_, _, set)| *set)
        .map(|(name, text, _)| {
            view! {
                <li>
                    <span class="chip current">
                        {t(text)} " "
                        <a href=without(name) aria-label=t(words::order::LIFT_FILTER)>
                            "×"
                        </a>
                    </span>
                </li>
            }
        })
        .collect_view();
    view! { <ul class="chips">{project} {only}</ul> }
}

/// The other filters, as a form.
#[component]
pub fn Filters(
    query: Query,
    categories: Laid,
    departments: Laid,
    townships: Laid,
    leaders: Laid,
) -> impl IntoView {
    let urgencies = Urgency::ALL
        .map(|urgency| {
            let code = urgency.code().to_owned();
            (code, t(words::order::urgency(urgency)).to_owned())
        })
        .to_vec();
    let ratings = RatingLevel::ALL
        .map(|level| {
            let code = level.code().to_owned();
            (code, t(words::order::rating(level)).to_owned())
        })
        .to_vec();
    let more = [
        &query.township,
        &query.urgency,
        &query.rating,
        &query.from,
        &query.until,
        &query.leader,
        &query.returned,
        &query.collective,
    ];
    let unfolded = more.iter().any(|value| !value.is_empty());
    let lights = Light::ALL
        .map(|light| {
            (
                light.code().to_owned(),
                t(words::order::light(light)).to_owned(),
            )
        })
        .to_vec();
    let hidden = [
        ("stage", query.stage.clone()),
        ("turn", query.turn.clone()),
        ("due", query.due.clone()),
        ("asks", query.asks.clone()),
        ("part", query.part.clone()),
        ("call", query.call.clone()),
        ("open", query.open.clone()),
        ("project", query.project.clone()),
        ("numbers", query.numbers.clone()),
        ("columns", query.columns.clone()),
    ]
    .into_iter()
    .filter(|(_, value)| !value.is_empty())
    .map(|(name, value)| view! { <input type="hidden" name=name value=value/> })
    .collect_view();
    // The old list stands until the new one is there; what is chosen in it meanwhile
    // would go with it.
    let asked = use_context::<Asked>();
    let shown = query.clone();
    let stale = move || asked.is_some_and(|Asked(asked)| asked.with(|asked| *asked != shown));
    view! {
        <form method="get" action="/orders" role="search" autocomplete="off">
          <fieldset class="filters" disabled=stale>
            {hidden}
            <label>
                <span class="unseen">{t(words::order::SEARCH)}</span>
                <input
                    type="search"
                    name="q"
                    value=query.q.clone()
                    placeholder=t(words::order::SEARCH_HINT)
                    data-search=""
                />
            </label>
            <Choose name="light" all=t(words::order::ALL_LIGHTS) choices=lights now=query.light/>
            <Offered name="category" all=t(words::order::ALL_CATEGORIES) options=categories/>
            <Offered
                name="department"
                all=t(words::order::ALL_DEPARTMENTS)
                options=departments
            />
            <details class="more-filters" open=unfolded>
                <summary>{t(words::order::MORE_FILTERS)}</summary>
                <div class="filters">
                    <Offered
                        name="township"
                        all=t(words::order::ALL_TOWNSHIPS)
                        options=townships
                    />
                    <Choose
                        name="urgency"
                        all=t(words::order::ALL_URGENCIES)
                        choices=urgencies
                        now=query.urgency
                    />
                    <Choose
                        name="rating"
                        all=t(words::order::ALL_RATINGS)
                        choices=ratings
                        now=query.rating
                    />
                    <Offered name="leader" all=t(know::ALL_PROJECTS) options=leaders/>
                    <label class="check">
                        <input
                            type="checkbox"
                            name="returned"
                            value="yes"
                            checked=!query.returned.is_empty()
                        />
                        {t(know::ONLY_RETURNED)}
                    </label>
                    <label class="check">
                        <input
                            type="checkbox"
                            name="collective"
                            value="yes"
                            checked=!query.collective.is_empty()
                        />
                        {t(know::ONLY_COLLECTIVE)}
                    </label>
                    <label>
                        {t(words::order::PLACED_FROM)} " "
                        <input type="date" name="from" value=query.from/>
                    </label>
                    <label>
                        {t(words::order::PLACED_UNTIL)} " "
                        <input type="date" name="until" value=query.until/>
                    </label>
                </div>
            </details>
            <button type="submit" class="button">
                {t(words::order::FILTER)}
            </button>
            <a href="/orders">{t(words::order::CLEAR)}</a>
          </fieldset>
        </form>
    }
}

/// What the server has laid out to choose from.
#[component]
fn Offered(name: &'static str, all: &'static str, options: Laid) -> impl IntoView {
    (!options.is_empty()).then(|| {
        view! { <select name=name aria-label=all inner_html=options.html()></select> }
    })
}

#[component]
fn Choose(
    name: &'static str,
    all: &'static str,
    choices: Vec<(String, String)>,
    now: String,
) -> impl IntoView {
    let options = choices
        .into_iter()
        .map(|(value, label)| {
            let selected = value == now;
            view! {
                <option value=value selected=selected>
                    {label}
                </option>
            }
        })
        .collect_view();
    view! {
        <select name=name aria-label=all>
            <option value="">{all}</option>
            {options}
        </select>
    }
}

/// The list's address with these filters, so that a view can be sent.
pub fn address(query: &Query) -> String {
    let pairs = query.pairs();
    let set: Vec<String> = pairs
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| format!("{name}={}", leptos_router::location::Url::escape(value)))
        .collect();
    if set.is_empty() {
        "/orders".to_owned()
    } else {
        format!("/orders?{}", set.join("&"))
    }
}
