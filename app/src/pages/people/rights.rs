use domain::rights::{Action, Grant};
use leptos::prelude::*;
use leptos_meta::Title;

use crate::api::asks;
use crate::components::loaded::Loaded;
use crate::components::table::Table;
use crate::frame::{lang, t};
use crate::sheets::Rights;
use crate::words;

/// The table that the program decides by.
#[component]
pub fn RightsPage() -> impl IntoView {
    let rights = Resource::new(|| (), |()| asks::rights());
    view! {
        <Title text=t(words::rights::RIGHTS)/>
        <section class="page">
            <h1>{t(words::rights::RIGHTS)}</h1>
            <p class="lead">{t(words::rights::RIGHTS_LEAD)}</p>
            <Loaded resource=rights view=|rights| view! { <Grants rights/> }/>
        </section>
    }
}

#[component]
fn Grants(rights: Rights) -> impl IntoView {
    let rows = rights
        .rows
        .into_iter()
        .map(|(action, grants)| view! { <Row action grants/> })
        .collect_view();
    view! {
        <Table heads=vec![words::rights::ACTION, words::rights::WHO_MAY]>{rows}</Table>
    }
}

#[component]
fn Row(action: Action, grants: Vec<Grant>) -> impl IntoView {
    let who: Vec<String> = grants
        .into_iter()
        .map(|(role, relation)| {
            let role = t(words::order::role(role));
            match words::rights::relation(relation) {
                Some(relation) => words::rights::with_relation(lang(), role, t(relation)),
                None => role.to_owned(),
            }
        })
        .collect();
    view! {
        <tr>
            <td class="cell-title">{t(words::rights::action(action))}</td>
            <td data-label=t(words::rights::WHO_MAY)>{who.join(" · ")}</td>
        </tr>
    }
}
