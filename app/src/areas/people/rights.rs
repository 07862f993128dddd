use domain::rights::{Action, Grant, grants};
use leptos::prelude::*;

use crate::components::table::Table;
use crate::frame::{lang, t};
use crate::page::Page;
use crate::serve::Problem;
use crate::serve::visit::context_for;

/// The table that the program decides by.
pub async fn page() -> Result<Page, Problem> {
    let rights = rights()?;
    Page::laid(
        t(words::rights::RIGHTS),
        view! {
            <section class="page">
                <h1>{t(words::rights::RIGHTS)}</h1>
                <p class="lead">{t(words::rights::RIGHTS_LEAD)}</p>
                <Grants rights/>
            </section>
        },
    )
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rights {
    pub rows: Vec<(Action, Vec<Grant>)>,
}

/// Every action with the roles that may, and the relation that each needs.
fn rights() -> Result<Rights, Problem> {
    context_for(Action::SeeRights)?;
    let row = |action| {
        let mut grants: Vec<Grant> = grants(action).collect();
        grants.sort_by_key(|(role, _)| *role);
        (action, grants)
    };
    Ok(Rights {
        rows: Action::all().map(row).collect(),
    })
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
