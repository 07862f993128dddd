use domain::Action;
use domain::order::Number;
use leptos::prelude::*;
use store::likeness;
use words::knowledge as know;

use crate::components::rows::Rows;
use crate::frame::{lang, t};
use crate::page::Page;
use crate::page::laid::Address;
use crate::page::laid::confirm::JustDone;
use crate::problem::ProblemDetails;
use crate::serve::rows::table;
use crate::serve::visit::{context_for, problem};
use crate::serve::{Problem, answer};
use crate::sheets::{CommonProblems, CommonSheet};

/// As many as one looks through at once; it says how many there are.
const MOST: u16 = 20;

/// What several enterprises asked alike: one matter each.
pub async fn page(address: &Address) -> Result<Page, Problem> {
    let all = problems().await?;
    Page::laid(
        t(know::COMMON),
        view! {
            <section class="page">
                <h1>{t(know::COMMON)}</h1>
                <JustDone done=address.get("done")/>
                <Groups all/>
            </section>
        },
    )
}

pub async fn problems() -> Result<CommonProblems, Problem> {
    let ctx = context_for(Action::SeeCommonProblems)?;
    let (groups, total) = likeness::groups(&ctx, MOST).await.map_err(problem)?;
    let groups = groups.iter().map(|group| {
        let open = group.orders.iter().filter(|item| {
            let stage = item.overview.stage;
            !stage.is_final()
        });
        let open: Vec<String> = open.map(|item| item.overview.number.to_string()).collect();
        let title = group
            .orders
            .first()
            .map(|item| &item.overview.placement.title);
        Ok(CommonSheet {
            first: group.first.to_string(),
            title: title.map_or_else(String::new, |title| title.as_str().to_owned()),
            enterprises: group.enterprises,
            rows: table(&ctx, &group.orders)?,
            open: open.join("+"),
        })
    });
    let asides = likeness::asides(&ctx).await.map_err(problem)?;
    let rules = ctx.book.rules_at(ctx.now);
    Ok(CommonProblems {
        groups: groups.collect::<Result<_, Problem>>()?,
        total,
        asides: asides
            .into_iter()
            .map(|(number, title)| (number.to_string(), title))
            .collect(),
        enterprises: rules.common_enterprises,
        days: rules.common_days,
        percent: rules.similar,
    })
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
                            <a href=address class="button">
                                {t(know::TREAT_TOGETHER)}
                            </a>
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

/// A common problem was looked at; `number` is the first order of its group.
#[server(prefix = "/act", endpoint = "put_aside")]
pub async fn put_aside(#[server(default)] number: String) -> Result<(), ProblemDetails> {
    answer(async {
        let ctx = context_for(Action::SeeCommonProblems)?;
        let number = Number::parse(&number).ok_or(Problem::NotFound)?;
        likeness::put_aside(&ctx, number).await.map_err(problem)?;
        leptos_axum::redirect("/common?done=aside");
        Ok(())
    })
    .await
}

/// One that was put aside is looked at again.
#[server(prefix = "/act", endpoint = "list_again")]
pub async fn list_again(#[server(default)] number: String) -> Result<(), ProblemDetails> {
    answer(async {
        let ctx = context_for(Action::SeeCommonProblems)?;
        let number = Number::parse(&number).ok_or(Problem::NotFound)?;
        likeness::list_again(&ctx, number).await.map_err(problem)?;
        leptos_axum::redirect("/common?done=again");
        Ok(())
    })
    .await
}
