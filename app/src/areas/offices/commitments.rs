use domain::Action;
use domain::order::{Commitment, Order};
use leptos::prelude::*;
use store::commitments::Which;
use store::{Context, commitments};

use crate::components::fields::Choice;
use crate::components::table::Table;
use crate::frame::{Frame, lang, name, t, year};
use crate::page::Page;
use crate::page::laid::Address;
use crate::page::laid::commitment::CommitmentLine;
use crate::page::laid::light::LightMark;
use crate::page::laid::list::{Chips, Pager};
use crate::serve::Problem;
use crate::serve::rows::short;
use crate::serve::visit::{context_for, problem};
use crate::sheets::{CommitmentOrder, CommitmentSheet, Commitments};

const PAGE: u16 = 50;

/// What replies promised for a day: whose it is, and whether it was kept.
pub async fn page(address: &Address) -> Result<Page, Problem> {
    let query = CommitmentQuery {
        which: address.get("which"),
        page: address.get("page"),
    };
    let all = commitments(&query).await?;
    Page::laid(
        t(words::commitments::TITLE),
        view! {
            <section class="page">
                <h1>{t(words::commitments::TITLE)}</h1>
                <p class="lead">{t(words::commitments::LEAD)}</p>
                <List all query/>
            </section>
        },
    )
}

/// Which promises a page shows, as it stands in the address.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CommitmentQuery {
    /// `broken`, `all`, or nothing: those that are followed.
    pub which: String,
    pub page: String,
}

/// Promises of an order that can still be kept, to choose from. One reply stands at a
/// time, and so does its promise.
pub fn open_choices(frame: &Frame, order: &Order) -> Vec<Choice> {
    let open = order.commitments.iter().filter(|one| one.is_open());
    let choice = |one: &Commitment| {
        let day = words::time::date(frame.lang, one.until, frame.year);
        Choice::new(one.reply.to_string(), day)
    };
    open.map(choice).collect()
}

pub async fn commitments(query: &CommitmentQuery) -> Result<Commitments, Problem> {
    let ctx = context_for(Action::SeeCommitments)?;
    let which = match query.which.as_str() {
        "" => Which::Followed,
        "broken" => Which::Broken,
        "all" => Which::All,
        _ => return Err(Problem::Malformed),
    };
    let page: u32 = query.page.trim().parse().unwrap_or(0);
    let skip = page.saturating_mul(PAGE.into());
    let (made, total) = commitments::list(&ctx, which, skip, PAGE)
        .await
        .map_err(problem)?;
    let shown = u64::from(skip) + made.len() as u64;
    let sheets = made.into_iter().map(|made| CommitmentSheet {
        order: Some(CommitmentOrder {
            number: made.number.to_string(),
            title: made.title,
            enterprise: made.enterprise,
        }),
        ..commitment(&ctx, &made.commitment)
    });
    Ok(Commitments {
        commitments: sheets.collect(),
        total,
        newer: page.checked_sub(1),
        older: (shown < total).then_some(page + 1),
    })
}

pub fn commitment(ctx: &Context, commitment: &Commitment) -> CommitmentSheet {
    use domain::order::CommitmentEnd::Kept;
    CommitmentSheet {
        reply: commitment.reply,
        body: short(&ctx.book.directory, &commitment.body),
        until: commitment.until,
        due: commitment.due(&ctx.book.calendar).at,
        light: commitment.light(ctx.now, &ctx.book),
        open: commitment.is_open(),
        broken: commitment.is_late(&ctx.book),
        kept: match &commitment.end {
            Some(Kept(answer)) => Some((answer.at, answer.text.as_str().to_owned())),
            _ => None,
        },
        order: None,
    }
}

#[component]
fn List(all: Commitments, query: CommitmentQuery) -> impl IntoView {
    let which = query.which.clone();
    let page = move |page: u32| format!("/commitments?which={which}&page={page}");
    let chips = [
        ("", words::commitments::FOLLOWED),
        ("broken", words::commitments::BROKEN),
        ("all", words::cards::ALL),
    ]
    .map(|(which, label)| {
        let address = match which {
            "" => "/commitments".to_owned(),
            which => format!("/commitments?which={which}"),
        };
        (address, label, query.which == which)
    });
    let rows = all
        .commitments
        .iter()
        .cloned()
        .map(|one| view! { <CommitmentRow one/> })
        .collect_view();
    view! {
        <Chips chips=chips.to_vec()/>
        <p class="quiet">{words::cards::count(lang(), all.total)}</p>
        <Table none=all.commitments.is_empty().then_some(words::commitments::NONE) heads=vec![
                    words::order::LIGHT, words::commitments::UNTIL, words::commitments::BODY,
                    words::cards::ORDER, words::order::ENTERPRISE, words::commitments::STATE
                ]>{rows}</Table>
        <Pager newer=all.newer.map(&page) older=all.older.map(&page)/>
    }
}

#[component]
fn CommitmentRow(one: CommitmentSheet) -> impl IntoView {
    let order = one.order.clone();
    let order = order.map(|order| (format!("/orders/{}", order.number), order));
    let day = words::time::date(lang(), one.until, year());
    let body = name(&one.body);
    let enterprise = order.as_ref().map(|(_, order)| order.enterprise.clone());
    view! {
        <tr>
            <td class="cell-light">
                <LightMark light=one.light paused=false/>
            </td>
            <td data-label=t(words::commitments::UNTIL)>{day}</td>
            <td data-label=t(words::commitments::BODY)>{body}</td>
            <td class="cell-title">
                {order
                    .map(|(address, order)| {
                        view! {
                            <a href=address data-row="">
                                {order.title}
                            </a>
                            " "
                            <span class="quiet">{order.number}</span>
                        }
                    })}
            </td>
            <td data-label=t(words::order::ENTERPRISE)>{enterprise}</td>
            <td data-label=t(words::commitments::STATE)>
                <CommitmentLine one/>
            </td>
        </tr>
    }
}
