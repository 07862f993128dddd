use leptos::prelude::*;
use words::lang::Text;

use crate::frame::t;

/// A table under its headings; `none` is said where it has no rows. On a phone its rows are
/// cards, unless it is `plain`: few and short columns.
#[component]
pub fn Table(
    heads: Vec<Text>,
    #[prop(optional)] plain: bool,
    #[prop(default = None)] none: Option<Text>,
    children: Children,
) -> impl IntoView {
    if let Some(none) = none {
        return view! { <p class="empty">{t(none)}</p> }.into_any();
    }
    let heads = heads
        .into_iter()
        .map(|head| view! { <th scope="col">{t(head)}</th> })
        .collect_view();
    view! {
        <table class="table" class:stack=!plain>
            <thead>
                <tr>{heads}</tr>
            </thead>
            <tbody>{children()}</tbody>
        </table>
    }
    .into_any()
}
