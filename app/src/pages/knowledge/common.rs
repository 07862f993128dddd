use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::components::A;

use crate::api::asks;
use crate::components::confirm::JustDone;
use crate::components::loaded::Loaded;
use crate::components::rows::Rows;
use crate::frame::{lang, t};
use crate::sheets::{CommonProblems, CommonSheet};
use crate::words::knowledge as know;

/// What several enterprises asked alike: one matter each.
#[component]
pub fn CommonPage() -> impl IntoView {
    let common = Resource::new(|| (), |()| asks::common());
    view! {
        <Title text=t(know::COMMON)/>
        <section class="page">
            <h1>{t(know::COMMON)}</h1>
            <JustDone/>
            <Loaded resource=common view=|all| view! { <Groups all/> }/>
        </section>
    }
}

#[component]
fn Groups(all: CommonProblems) -> impl IntoView {
    let lead = know::common_lead(lang(), all.enterprises, all.days, all.percent);
    let shown = all.groups.len();
    let cut = (shown as u64) < all.total;
    let total = know::common_total(lang(), shown, all.total);
    let none = all.groups.is_empty();
    let groups = all
        .groups
        .into_iter()
        .map(|group| view! { <Group group/> })
        .collect_view();
    view! {
        <p class="lead">{lead}</p>
        {cut.then(|| view! { <p class="quiet">{total}</p> })}
        {none.then(|| view! { <p class="empty">{t(know::NO_COMMON)}</p> })}
        {groups}
        <Asides asides=all.asides/>
    }
}

/// Looked at and put aside; one click lists it again.
#[component]
fn Asides(asides: Vec<(String, String)>) -> impl IntoView {
    let count = asides.len();
    let items = asides
        .iter()
        .cloned()
        .map(|(number, title)| {
            let again = format!("{} {title}", t(know::LIST_AGAIN));
            view! {
                <li>
                    {title} " · " {number.clone()}
                    <form method="post" action="/act/list_again">
                        <input type="hidden" name="page" value="/common"/>
                        <input type="hidden" name="number" value=number/>
                        <button type="submit" class="link" aria-label=again>
                            {t(know::LIST_AGAIN)}
                        </button>
                    </form>
                </li>
            }
        })
        .collect_view();
    (count > 0).then(|| {
        view! {
            <details class="aside panel">
                <summary>{t(know::ASIDE)} " " {count}</summary>
                <p class="hint">{t(know::ASIDE_LEAD)}</p>
                <ul class="plain-list">{items}</ul>
            </details>
        }
    })
}

#[component]
fn Group(group: CommonSheet) -> impl IntoView {
    let together = group
        .open
        .contains('+')
        .then(|| format!("/orders/many/{}", group.open));
    let put_aside = format!("{} {}", t(know::PUT_ASIDE), group.first);
    view! {
        <section class="panel">
            <h2>{group.title}</h2>
            <p class="quiet">
                {know::common_of(lang(), group.enterprises, group.rows.items)}
            </p>
            <Rows rows=group.rows/>
            <div class="row-actions">
                {together
                    .map(|address| {
                        view! {
                            <A href=address attr:class="button">
                                {t(know::TREAT_TOGETHER)}
                            </A>
                        }
                    })}
                <form method="post" action="/act/put_aside">
                    <input type="hidden" name="page" value="/common"/>
                    <input type="hidden" name="number" value=group.first/>
                    <button type="submit" class="link" aria-label=put_aside>
                        {t(know::PUT_ASIDE)}
                    </button>
                </form>
            </div>
        </section>
    }
}
