use leptos::prelude::*;
use words::knowledge as know;

use crate::areas::projects::edit;
use crate::components::rows::Rows;
use crate::components::table::Table;
use crate::frame::{lang, name, t};
use crate::page::Page;
use crate::page::laid::Address;
use crate::page::laid::confirm::JustDone;
use crate::page::laid::list::SearchField;
use crate::serve::Problem;
use crate::sheets::{ProjectQuery, ProjectRow, ProjectSheet, Projects};

/// The register of projects.
pub async fn page(address: &Address) -> Result<Page, Problem> {
    let query = ProjectQuery {
        q: address.get("q"),
        after: address.get("after"),
    };
    let all = edit::server::page(&query).await?;
    Page::laid(
        t(know::PROJECTS),
        view! {
            <section class="page">
                <h1>{t(know::PROJECTS)}</h1>
                <p class="lead">{t(know::PROJECTS_LEAD)}</p>
                <List all query/>
            </section>
        },
    )
}

#[component]
fn List(all: Projects, query: ProjectQuery) -> impl IntoView {
    let rows = all
        .rows
        .iter()
        .cloned()
        .map(|row| view! { <Project row/> })
        .collect_view();
    let next = all.next.map(|after| {
        let q = leptos_router::location::Url::escape(&query.q);
        format!("/projects?q={q}&after={after}")
    });
    view! {
        <form method="get" action="/projects" class="filters" role="search">
            <SearchField value=query.q.clone() says=know::SEARCH_PROJECTS/>
            <button type="submit" class="button">
                {t(words::order::SEARCH)}
            </button>
            {all
                .can_manage
                .then(|| {
                    view! {
                        <a href="/projects/new" class="button primary">
                            {t(know::NEW_PROJECT)}
                        </a>
                    }
                })}
        </form>
        <Table none=all.rows.is_empty().then_some(know::NO_PROJECTS) heads=vec![
                    words::order::NUMBER, know::PROJECT, words::order::ENTERPRISE,
                    know::LEVEL, words::order::PLACE, know::LEADER, know::ORDERS_OF
                ]>{rows}</Table>
        {next
            .map(|next| {
                view! {
                    <nav class="pager" aria-label=t(know::PROJECTS)>
                        <a href=next>{t(words::order::NEXT_PAGE)}</a>
                    </nav>
                }
            })}
    }
}

#[component]
fn Project(row: ProjectRow) -> impl IntoView {
    view! {
        <tr>
            <td data-label=t(words::order::NUMBER)>{row.number.clone()}</td>
            <td class="cell-title">
                <a href=format!("/projects/{}", row.number) data-row="">
                    {row.name}
                </a>
            </td>
            <td data-label=t(words::order::ENTERPRISE)>{row.enterprise}</td>
            <td data-label=t(know::LEVEL)>{t(know::level(row.level))}</td>
            <td data-label=t(words::order::PLACE)>{name(&row.township)}</td>
            <td data-label=t(know::LEADER)>
                <Leader leader=row.leader/>
            </td>
            <td data-label=t(know::ORDERS_OF)>{row.orders}</td>
        </tr>
    }
}

/// Nobody is flagged.
#[component]
fn Leader(leader: Option<String>) -> impl IntoView {
    match leader {
        Some(leader) => leader.into_any(),
        None => view! { <span class="tag">{t(know::NO_LEADER)}</span> }.into_any(),
    }
}

/// One project with its orders.
pub async fn project(number: &str, address: &Address) -> Result<Page, Problem> {
    let sheet = edit::server::sheet(number).await?;
    Page::laid(
        number,
        view! {
            <JustDone done=address.get("done")/>
            <Sheet sheet/>
        },
    )
}

#[component]
fn Sheet(sheet: ProjectSheet) -> impl IntoView {
    let ProjectSheet {
        project,
        orders,
        can_manage,
    } = sheet;
    let all = format!("/orders?project={}", project.number);
    let edit = format!("/projects/{}/edit", project.number);
    view! {
        <section class="page">
            <div class="page-head">
                <h1>{project.name}</h1>
                {can_manage
                    .then(|| {
                        view! {
                            <a href=edit class="button">
                                {t(know::EDIT_PROJECT)}
                            </a>
                        }
                    })}
            </div>
            <dl class="facts">
                <dt>{t(words::order::NUMBER)}</dt>
                <dd>{project.number}</dd>
                <dt>{t(words::order::ENTERPRISE)}</dt>
                <dd>{project.enterprise}</dd>
                <dt>{t(know::LEVEL)}</dt>
                <dd>{t(know::level(project.level))}</dd>
                <dt>{t(words::order::PLACE)}</dt>
                <dd>{name(&project.township)}</dd>
                <dt>{t(know::LEADER)}</dt>
                <dd>
                    <Leader leader=project.leader/>
                </dd>
            </dl>
            <h2>
                {t(words::order::LIST)} " "
                <a href=all class="quiet">
                    {know::project_orders(lang(), project.orders)}
                </a>
            </h2>
            {if orders.is_empty() {
                view! { <p class="empty">{t(words::order::EMPTY)}</p> }.into_any()
            } else {
                view! { <Rows rows=orders/> }.into_any()
            }}
        </section>
    }
}
