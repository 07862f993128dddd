//! What stands around lists.

use leptos::prelude::*;
use words::lang::Text;

use crate::frame::t;

/// What a list can be narrowed to: address, name, whether it is.
#[component]
pub fn Chips(chips: Vec<(String, Text, bool)>) -> impl IntoView {
    let chips = chips.into_iter().map(|(address, label, here)| {
        let class = if here { "chip current" } else { "chip" };
        view! {
            <li>
                <a href=address class=class aria-current=here.then_some("true")>
                    {t(label)}
                </a>
            </li>
        }
    });
    view! { <ul class="chips">{chips.collect_view()}</ul> }
}

/// Words to look for, as `q` of the address; `says`: where.
#[component]
pub fn SearchField(value: String, says: Text) -> impl IntoView {
    view! {
        <label>
            <span class="unseen">{t(words::order::SEARCH)}</span>
            <input type="search" name="q" value=value placeholder=t(says) data-search=""/>
        </label>
    }
}

/// The pages beside the one that is shown.
#[component]
pub fn Pager(newer: Option<String>, older: Option<String>) -> impl IntoView {
    view! {
        <p class="pager">
            {newer.map(|href| view! { <a href=href>{t(words::cards::NEWER)}</a> })} " "
            {older.map(|href| view! { <a href=href>{t(words::cards::OLDER)}</a> })}
        </p>
    }
}
