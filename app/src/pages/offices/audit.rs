use domain::Deed;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::components::A;
use leptos_router::hooks::use_query_map;
use leptos_router::params::ParamsMap;

use crate::api::asks;
use crate::components::cell::Cell;
use crate::components::deadline::Moment;
use crate::components::loaded::Loaded;
use crate::frame::{lang, t};
use crate::sheets::{AuditLine, AuditQuery, AuditSheet};
use crate::words::{audit, people};

/// Who did or tried what, for the auditor.
#[component]
pub fn AuditPage() -> impl IntoView {
    let query = use_query_map();
    let asked = move || {
        let query = query.read();
        let get = |name: &str| query.get(name).unwrap_or_default();
        AuditQuery {
            q: get("q"),
            deed: get("deed"),
            from: get("from"),
            until: get("until"),
            before: get("before"),
        }
    };
    let lines = Resource::new(asked, asks::audit);
    view! {
        <Title text=t(audit::AUDIT)/>
        <section class="page">
            <h1>{t(audit::AUDIT)}</h1>
            <p class="lead">{t(audit::AUDIT_LEAD)}</p>
            <Loaded
                resource=lines
                view=move |sheet| {
                    view! {
                        <Filters asked=untrack(asked)/>
                        <Export asked=untrack(asked)/>
                        <Lines sheet asked=untrack(asked)/>
                    }
                }
            />
        </section>
    }
}

/// A plain form by GET: each filter is in the address.
#[component]
fn Filters(asked: AuditQuery) -> impl IntoView {
    let deeds = Deed::ALL
        .map(|deed| {
            view! {
                <option value=deed.code() selected=deed.code() == asked.deed>
                    {t(audit::deed(deed.code()))}
                </option>
            }
        })
        .collect_view();
    view! {
        <form method="get" action="/audit" class="filters-form" role="search">
            <div class="field">
                <label for="q">{t(audit::SEARCH)}</label>
                <input id="q" name="q" type="search" value=asked.q/>
            </div>
            <div class="field">
                <label for="deed">{t(audit::DEED)}</label>
                <select id="deed" name="deed">
                    <option value="">{t(audit::ANY_DEED)}</option>
                    {deeds}
                </select>
            </div>
            <div class="field">
                <label for="from">{t(audit::FROM)}</label>
                <input id="from" name="from" type="date" value=asked.from/>
            </div>
            <div class="field">
                <label for="until">{t(audit::UNTIL)}</label>
                <input id="until" name="until" type="date" value=asked.until/>
            </div>
            <button type="submit" class="button">
                {t(people::FIND)}
            </button>
        </form>
    }
}

#[component]
fn Lines(sheet: AuditSheet, asked: AuditQuery) -> impl IntoView {
    let later = !asked.before.is_empty();
    let page = move |before: String| {
        let query = ParamsMap::from_iter([
            ("q".to_owned(), asked.q.clone()),
            ("deed".to_owned(), asked.deed.clone()),
            ("from".to_owned(), asked.from.clone()),
            ("until".to_owned(), asked.until.clone()),
            ("before".to_owned(), before),
        ]);
        format!("/audit{}", query.to_query_string())
    };
    let newest = page(String::new());
    let older = sheet.next.map(page);
    let empty = sheet.lines.is_empty();
    let lines = sheet
        .lines
        .into_iter()
        .map(|line| view! { <Row line/> })
        .collect_view();
    view! {
        {if empty {
            view! { <p class="empty">{t(audit::AUDIT_EMPTY)}</p> }.into_any()
        } else {
            view! {
                <table class="table stack">
                    <thead>
                        <tr>
                            <th scope="col">"#"</th>
                            <th scope="col">{t(audit::TIME)}</th>
                            <th scope="col">{t(people::PERSON)}</th>
                            <th scope="col">{t(audit::DEED)}</th>
                            <th scope="col">{t(audit::OBJECT)}</th>
                            <th scope="col">{t(audit::DETAIL)}</th>
                            <th scope="col">{t(people::ADDRESS)}</th>
                        </tr>
                    </thead>
                    <tbody>{lines}</tbody>
                </table>
            }
                .into_any()
        }}
        <p class="pager">
            {later.then(|| view! { <A href=newest>{t(audit::NEWEST)}</A> })}
            {older.map(|href| view! { <A href=href>{t(audit::OLDER)}</A> })}
        </p>
    }
}

/// Everything that the filters find, not only this page.
#[component]
fn Export(asked: AuditQuery) -> impl IntoView {
    view! {
        <form method="post" action="/audit/export" class="inline-form">
            <input type="hidden" name="q" value=asked.q/>
            <input type="hidden" name="deed" value=asked.deed/>
            <input type="hidden" name="from" value=asked.from/>
            <input type="hidden" name="until" value=asked.until/>
            <button type="submit" class="button">
                {t(audit::EXPORT)}
            </button>
            <span class="hint">{t(audit::EXPORT_HINT)}</span>
        </form>
    }
}

#[component]
fn Row(line: AuditLine) -> impl IntoView {
    let chain = format!("#{} · {}", line.id, line.hash);
    let request = line.request;
    let called = [line.account.as_str(), t(audit::audited_role(&line.role))];
    let called = called.map(str::to_owned).join(" ").trim().to_owned();
    view! {
        <tr>
            <td title=chain>{line.id}</td>
            <td>
                <Moment at=line.at/>
            </td>
            <td data-label=t(people::PERSON)>
                {line.name} " " <span class="quiet">{called}</span>
            </td>
            <td data-label=t(audit::DEED)>{t(audit::deed(&line.deed))}</td>
            <Cell label=t(audit::OBJECT) text=line.object/>
            <Cell
                label=t(audit::DETAIL)
                text=audit::detail(lang(), &line.deed, &line.detail)
            />
            <td data-label=t(people::ADDRESS) title=request>
                {(!line.address.is_empty()).then_some(line.address)}
            </td>
        </tr>
    }
}
