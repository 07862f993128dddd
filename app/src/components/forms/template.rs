//! Beginning a reply with a template of one's body. Without scripts the page comes
//! anew with it; with scripts it is put behind what is typed already.

use domain::Field;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos_router::hooks::use_query_map;
use web_sys::{Event, EventInit, HtmlTextAreaElement};
use words::knowledge as know;

use crate::components::form::FormState;
use crate::frame::t;
use crate::sheets::TemplateSheet;

/// The text of the template that the address names.
pub fn chosen(templates: &[TemplateSheet]) -> String {
    let id = use_query_map().read_untracked().get("template");
    let of_id = |template: &&TemplateSheet| Some(template.id.to_string()) == id;
    let chosen = templates.iter().find(of_id);
    chosen.map_or_else(String::new, |template| template.text.clone())
}

/// A text behind what stands there; once, however often the page is opened.
pub fn behind(before: String, text: String) -> String {
    match before.trim_end() {
        "" => text,
        _ if text.is_empty() || before.contains(&text) => before,
        kept => format!("{kept}\n{text}"),
    }
}

#[component]
pub fn Templates(number: String, templates: Vec<TemplateSheet>) -> impl IntoView {
    let state = expect_context::<FormState>();
    let target = StoredValue::new(state.field_id(Field::ReplyText.code()));
    let links = templates
        .iter()
        .cloned()
        .map(|template| {
            let address = format!("/orders/{number}?template={}", template.id);
            let text = template.text;
            let put = move |event: leptos::ev::MouseEvent| {
                if put_in(&target.get_value(), &text).is_some() {
                    event.prevent_default();
                }
            };
            view! {
                <li>
                    <a href=address rel="external" class="chip" on:click=put>
                        {template.title}
                    </a>
                </li>
            }
        })
        .collect_view();
    (!templates.is_empty()).then(|| {
        view! {
            <div class="templates">
                <span class="hint">{t(know::USE_TEMPLATE)}</span>
                <ul class="chips">{links}</ul>
            </div>
        }
    })
}

/// Puts a text behind what stands in the field, as if it were typed.
fn put_in(field: &str, text: &str) -> Option<()> {
    let field = document().get_element_by_id(field)?;
    let field: HtmlTextAreaElement = field.dyn_into().ok()?;
    let before = field.value();
    field.set_value(&behind(before, text.to_owned()));
    let bubbles = EventInit::new();
    bubbles.set_bubbles(true);
    let typed = Event::new_with_event_init_dict("input", &bubbles).ok()?;
    field.dispatch_event(&typed).ok()?;
    field.focus().ok()
}
