use domain::time::Remaining;
use leptos::prelude::*;

use crate::components::deadline::{Moment, Provisional};
use crate::frame::{lang, t, year};
use crate::sheets::{AheadLine, Deadline};

/// In words, with the exact instant beside them.
#[component]
pub fn DeadlineWords(deadline: Option<Deadline>) -> impl IntoView {
    let lang = lang();
    match deadline {
        None => view! { <span class="quiet">"—"</span> }.into_any(),
        Some(deadline) => {
            let exact = words::time::moment(lang, deadline.at, year());
            let Deadline {
                clock,
                remaining,
                at,
                ..
            } = deadline;
            // There the words name it already.
            let says_when = matches!(remaining, Remaining::Soon(_));
            let words = words::time::deadline(lang, clock, remaining, at, year());
            view! {
                <time class="deadline" datetime=domain::time::rfc3339(deadline.at) title=exact.clone()>
                    {words}
                    {(!says_when)
                        .then(|| view! { <span class="exact">{format!(" · {exact}")}</span> })}
                </time>
                {deadline.provisional.then(|| view! { " " <Provisional/> })}
            }
            .into_any()
        }
    }
}

/// When it turns yellow and red, who gets a card, who is told.
#[component]
pub fn IfNobodyActs(ahead: Vec<AheadLine>) -> impl IntoView {
    let items = ahead
        .iter()
        .cloned()
        .map(|line| {
            view! {
                <li>
                    <Moment at=line.at/>
                    {line.provisional.then(|| view! { " " <Provisional/> })}
                    " "
                    {line.what}
                </li>
            }
        })
        .collect_view();
    (!ahead.is_empty()).then(|| {
        view! {
            <section class="panel ahead">
                <h2>{t(words::order::IF_NOBODY_ACTS)}</h2>
                <ul class="plain-list ahead-list">{items}</ul>
            </section>
        }
    })
}
