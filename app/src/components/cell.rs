use leptos::prelude::*;

/// A cell with the heading that it bears on a phone, where an empty one is left out.
#[component]
pub fn Cell(label: &'static str, #[prop(into)] text: String) -> impl IntoView {
    let text = (!text.is_empty()).then_some(text);
    view! { <td data-label=label>{text}</td> }
}
