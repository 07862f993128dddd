use leptos::prelude::*;
use words::knowledge as know;

use crate::frame::t;

/// To be told of everything that happens to a case, or no more. A plain form.
#[component]
pub fn Watch(kind: &'static str, number: String, watched: bool) -> impl IntoView {
    let (label, wish) = if watched {
        (know::UNWATCH, "no")
    } else {
        (know::WATCH, "yes")
    };
    view! {
        <form method="post" action="/act/watch" class="watch unprinted">
            <input type="hidden" name="page" value=format!("/{kind}s/{number}")/>
            <input type="hidden" name="kind" value=kind/>
            <input type="hidden" name="number" value=number/>
            <input type="hidden" name="watch" value=wish/>
            <button type="submit" class="link" title=t(know::WATCH_HINT)>
                {if watched { "★ " } else { "☆ " }}
                {t(label)}
            </button>
        </form>
    }
}
