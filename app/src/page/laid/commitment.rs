use leptos::prelude::*;

use crate::components::deadline::Moment;
use crate::frame::t;
use crate::sheets::CommitmentSheet;

/// How a promise stands: followed, broken, kept and how, or void.
#[component]
pub fn CommitmentLine(one: CommitmentSheet) -> impl IntoView {
    let late = one.broken.then_some(words::commitments::LATE);
    match (one.open, one.kept) {
        (true, _) => {
            let state = late.unwrap_or(words::commitments::FOLLOWED);
            view! { <span>{t(state)}</span> }.into_any()
        }
        (false, None) => {
            view! { <span class="quiet">{t(words::commitments::VOID)}</span> }.into_any()
        }
        (false, Some((at, text))) => view! {
            <span>
                {t(words::commitments::KEPT)} " " <Moment at/>
                {late.map(|late| view! { " · " {t(late)} })}
            </span>
            <p class="quiet">{text}</p>
        }
        .into_any(),
    }
}
