use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::components::A;
use leptos_router::hooks::use_params_map;

use crate::api::asks;
use crate::components::loaded::Loaded;
use crate::frame::{lang, name, t};
use crate::sheets::CardPaper;
use crate::words;

/// 督办单: what the supervision office sends to a body, in the layout of an official
/// letter (GB/T 9704). No seal is drawn.
#[component]
pub fn PaperPage() -> impl IntoView {
    let params = use_params_map();
    let asked = move || {
        let get = |name: &str| params.read().get(name).unwrap_or_default();
        (get("number"), get("seq"))
    };
    let paper = Resource::new(asked, |(number, seq)| asks::card_paper(number, seq));
    view! {
        <Title text=t(words::paper::TITLE)/>
        <Loaded resource=paper view=|paper| view! { <Paper paper/> }/>
    }
}

#[component]
fn Paper(paper: CardPaper) -> impl IntoView {
    let lang = lang();
    let body = paper.body.as_ref().map_or_else(
        || t(words::order::turn(domain::order::Turn::Centre)).to_owned(),
        name,
    );
    let office = paper.office.as_ref().map(name).unwrap_or_default();
    let order = format!("/orders/{}", paper.number);
    let number = paper.number.clone();
    let called = words::paper::number(lang, &paper.number, paper.card.seq);
    let matter = words::paper::matter(lang, &paper.enterprise, paper.placed_at, &paper.number);
    let request = words::paper::request(lang, &paper.card, paper.due);
    view! {
        <article class="page narrow paper">
            <p class="unprinted">
                <A href=order>{number}</A>
                " · "
                {t(words::paper::PRINT_HINT)}
            </p>
            <p class="paper-office">{office.clone()}</p>
            <h1>{t(words::paper::TITLE)}</h1>
            <p class="paper-number">{called}</p>
            <p class="paper-to">{body} {t(words::cards::COLON)}</p>
            <p class="paper-text">
                {matter}
                <strong>{paper.title}</strong>
                {t(words::paper::STOP)}
            </p>
            <p class="paper-text said">{paper.content}</p>
            <p class="paper-text">{request}</p>
            <p class="paper-sign">{office}</p>
            <p class="paper-sign">{words::paper::day(lang, paper.card.given_at)}</p>
        </article>
    }
}
