use leptos::prelude::*;
use words::express as words_of;

use crate::frame::t;
use crate::sheets::BriefSheet;

/// What was tried, what stands in the way, what is at stake: as facts.
#[component]
pub fn BriefFacts(brief: BriefSheet) -> impl IntoView {
    let facts = [
        (words_of::TRIED, brief.tried),
        (words_of::OBSTACLE, brief.obstacle),
        (words_of::STAKES, brief.stakes),
    ];
    facts
        .into_iter()
        .filter_map(|(label, text)| {
            let text = text?;
            Some(view! {
                <dt>{t(label)}</dt>
                <dd class="said">{text}</dd>
            })
        })
        .collect_view()
}
