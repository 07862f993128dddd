//! What cannot be undone is asked once more, beneath its own button.

use leptos::prelude::*;
use words::knowledge as know;
use words::lang::Text;

use crate::frame::t;

/// A button that opens, with or without scripts, onto what it will do and the button that
/// does it: a plain form of one hidden field.
#[component]
pub fn Confirm(
    act: &'static str,
    page: &'static str,
    /// (name, value) of what it is done to.
    what: (&'static str, String),
    label: Text,
    /// What it is done to, for those who hear the page.
    #[prop(into)]
    of: String,
    consequence: Text,
) -> impl IntoView {
    let (name, value) = what;
    view! {
        <details class="confirm">
            <summary>{t(label)} <span class="unseen">" " {of}</span></summary>
            <form method="post" action=act>
                <input type="hidden" name="page" value=page/>
                <input type="hidden" name=name value=value/>
                <p class="hint">{t(consequence)}</p>
                <button type="submit" class="button">
                    {t(know::CONFIRM)} {t(label)}
                </button>
            </form>
        </details>
    }
}

/// Says what was just done, by what the page's address says of it.
#[component]
pub fn JustDone(done: String) -> impl IntoView {
    know::done(&done).map(|text| {
        view! {
            <p class="notice" role="status">
                {t(text)}
            </p>
        }
    })
}
