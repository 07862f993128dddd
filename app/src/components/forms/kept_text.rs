use leptos::prelude::*;
use leptos_router::hooks::use_location;

use crate::frame::{frame, is_typed, t};

/// What was typed into a form that this page no longer has, and why it was not
/// taken: nothing typed is lost, even where its form is gone.
#[component]
pub fn KeptText(
    /// The addresses of the forms that the page has.
    #[prop(default = Vec::new())]
    forms: Vec<String>,
) -> impl IntoView {
    let frame = frame();
    let page = use_location().pathname.get_untracked();
    let kept = frame
        .kept
        .filter(|kept| kept.page == page && !forms.contains(&kept.act))?;
    let sentence = kept.problem.said(frame.lang);
    let faults = kept
        .problem
        .faults
        .iter()
        .map(|fault| view! { <li>{fault.sentence.clone()}</li> })
        .collect_view();
    let texts: Vec<String> = kept
        .typed
        .into_iter()
        .filter(|(name, value)| is_typed(name) && !value.trim().is_empty())
        .map(|(_, value)| value)
        .collect();
    let typed = (!texts.is_empty()).then(|| {
        view! {
            <p>{t(words::frame::YOU_TYPED)}</p>
            {texts.into_iter().map(|text| view! { <p class="said">{text}</p> }).collect_view()}
        }
    });
    Some(view! {
        <div class="summary" role="alert">
            <p>{sentence}</p>
            <ul>{faults}</ul>
            {typed}
        </div>
    })
}
