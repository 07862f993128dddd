//! Orders that have to do with the one on the page.

pub mod server;

use leptos::prelude::*;
use words::knowledge as know;

use crate::areas::orders::offered::AlikeOrder;
use crate::frame::t;
use crate::page::laid::files::FileLinks;
use crate::sheets::{AlikeSheet, RelatedSheet};

#[component]
pub fn Related(related: Vec<RelatedSheet>) -> impl IntoView {
    let items = related
        .iter()
        .cloned()
        .map(|one| {
            let address = format!("/orders/{}", one.number);
            view! {
                <li>
                    <span class="tag">{t(know::relationship(one.relationship))}</span>
                    " "
                    <a href=address>{one.title}</a>
                    <p class="quiet">
                        {one.number} " · " {one.enterprise} " · "
                        {t(words::order::stage(one.stage))}
                    </p>
                    <FileLinks files=one.files/>
                </li>
            }
        })
        .collect_view();
    (!related.is_empty()).then(|| {
        view! {
            <section class="panel related">
                <h2>{t(know::RELATED)}</h2>
                <ul class="plain-list">{items}</ul>
            </section>
        }
    })
}

/// What is perhaps the same, before it is dispatched; one click fills in the merge.
#[component]
pub fn Alike(number: String, alike: Vec<AlikeSheet>) -> impl IntoView {
    let items = alike
        .iter()
        .map(|one| {
            let into = format!(
                "/orders/{number}?merge={}#act-order-merge-other",
                one.number
            );
            view! {
                <li>
                    <AlikeOrder one=one.clone()/>
                    {one
                        .takes_in
                        .then(|| {
                            view! {
                                <a href=into rel="external">
                                    {t(know::MERGE_INTO_IT)}
                                    <span class="unseen">" " {one.number.clone()}</span>
                                </a>
                            }
                        })}
                </li>
            }
        })
        .collect_view();
    (!alike.is_empty()).then(|| {
        view! {
            <section class="panel alike">
                <h2>{t(know::SIMILAR)}</h2>
                <p class="hint">{t(know::SIMILAR_LEAD)}</p>
                <ul class="plain-list">{items}</ul>
            </section>
        }
    })
}
