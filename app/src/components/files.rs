//! Attachments: sent for a form, and shown where they hang.

mod sending;

use domain::Field;
use leptos::prelude::*;

use self::sending::{Sender, Sending};
use super::form::FormState;
use crate::frame::{lang, t};
use crate::sheets::{FileSheet, Waiting};

/// What a page's forms have been sent already; a page that provides it takes files.
#[derive(Clone, Default)]
pub struct WaitingFiles(pub Waiting);

/// What the browser offers to choose from; the server goes by the content.
// Named one by one, so that a telephone sends its photographs as JPEG.
const ACCEPT: &str = "image/jpeg,image/png,image/gif,image/webp,.pdf,.doc,.docx,.wps,.xls,.xlsx,.et,.ppt,.pptx,.dps,.ofd,.zip";

/// The field of a form for its files. With scripts they are sent at once, and go on after
/// a broken connection; without, by a button that keeps what was typed.
#[component]
pub fn Attachments() -> impl IntoView {
    let WaitingFiles(waiting) = use_context()?;
    let state = expect_context::<FormState>();
    let form = state.url.clone();
    let files: Vec<FileSheet> = waiting
        .files
        .iter()
        .filter(|file| file.form == form)
        .cloned()
        .collect();
    let input = NodeRef::<leptos::html::Input>::new();
    let field = NodeRef::<leptos::html::Div>::new();
    let sender = Sender::new(state.page.clone(), form.clone(), state.sending, files);
    sender.listen(input, field);
    let id = state.field_id(Field::Attachments.code());
    let described = format!("{id}-help");
    let (wrong, invalid) = (state.clone(), state.clone());
    let wrong = move || wrong.fault(Field::Attachments).is_some();
    let invalid = move || invalid.fault(Field::Attachments).map(|_| "true");
    let hint = format!(
        "{}{}",
        t(words::files::HINT),
        words::files::each(lang(), waiting.max)
    );
    let fault = state.clone();
    Some(view! {
        <div class="field files" class:wrong=wrong node_ref=field>
            <label for=id.clone()>{t(words::files::LABEL)}</label>
            <div id=described.clone()>
                <p class="hint">{hint}</p>
                {move || {
                    fault.fault(Field::Attachments).map(|said| view! { <p class="fault">{said}</p> })
                }}
            </div>
            <input type="hidden" name="upload_for" value=form/>
            <input type="hidden" name="files" value=move || sender.ids() prop:value=move || sender.ids()/>
            <ul class="file-list">
                <For each=move || sender.files.get() key=|file| file.key let:file>
                    <Sent file sender/>
                </For>
            </ul>
            <input
                id=id
                type="file"
                name="file"
                multiple
                accept=ACCEPT
                aria-describedby=described
                aria-invalid=invalid
                node_ref=input
            />
            <button
                type="submit"
                class="button plain-upload"
                formaction="/attachments/form"
                formenctype="multipart/form-data"
                formmethod="post"
                formnovalidate
            >
                {t(words::files::UPLOAD)}
            </button>
        </div>
    })
}

/// Files that were sent for a step that is not possible any more.
#[component]
pub fn OrphanFiles(forms: Vec<String>, page: String) -> impl IntoView {
    let WaitingFiles(waiting) = use_context()?;
    let orphans = waiting.files.into_iter();
    let orphans: Vec<_> = orphans.filter(|file| !forms.contains(&file.form)).collect();
    if orphans.is_empty() {
        return None;
    }
    let files = orphans.into_iter().map(|file| {
        let remove = format!("{} {}", t(words::files::REMOVE), file.name);
        view! {
            <li>
                <form
                    method="post"
                    action="/attachments/form"
                    enctype="multipart/form-data"
                >
                    <input type="hidden" name="page" value=page.clone()/>
                    <input type="hidden" name="upload_for" value=file.form/>
                    <span class="file-name">{file.name}</span>
                    " "
                    <span class="quiet">{words::files::size(file.size)}</span>
                    " "
                    <button type="submit" class="link" name="remove" value=file.id aria-label=remove>
                        {t(words::files::REMOVE)}
                    </button>
                </form>
            </li>
        }
    });
    Some(view! {
        <div class="summary">
            <p>{t(words::files::ORPHANS)}</p>
            <ul class="file-list">{files.collect_view()}</ul>
        </div>
    })
}

/// A file that was sent, or is on its way.
#[component]
fn Sent(file: Sending, sender: Sender) -> impl IntoView {
    let id = file.id;
    let name = file.name.get_value();
    let (remove, go_on) = (
        format!("{} {name}", t(words::files::REMOVE)),
        format!("{} {name}", t(words::files::GO_ON)),
    );
    let size = words::files::size(file.size);
    let state = file.state;
    let take_back = move |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        sender.take_back(file.key);
    };
    view! {
        <li>
            <span class="file-name">{name}</span>
            " "
            <span class="quiet">
                {size}
                {move || match state.get() {
                    sending::State::Whole => String::new(),
                    sending::State::Coming(percent) => format!(" · {percent}%"),
                    sending::State::Broken => format!(" · {}", t(words::files::BROKEN)),
                    sending::State::NotWhole => format!(" · {}", t(words::files::NOT_WHOLE)),
                    sending::State::Refused => String::new(),
                }}
            </span>
            {move || {
                file.said
                    .get()
                    .map(|said| view! { <span class="fault">" " {said}</span> })
            }}
            {move || {
                (state.get() == sending::State::Broken)
                    .then(|| {
                        view! {
                            " "
                            <button
                                type="button"
                                class="link"
                                aria-label=go_on.clone()
                                on:click=move |_| sender.go_on(file.key)
                            >
                                {t(words::files::GO_ON)}
                            </button>
                        }
                    })
            }}
            " "
            <button
                type="submit"
                class="link"
                formaction="/attachments/form"
                formenctype="multipart/form-data"
                formmethod="post"
                formnovalidate
                name="remove"
                aria-label=remove
                value=move || id.get().map(|id| id.to_string()).unwrap_or_default()
                on:click=take_back
            >
                {t(words::files::REMOVE)}
            </button>
        </li>
    }
}
