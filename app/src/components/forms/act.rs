//! Forms that a script sends: one action for all of them, whatever they are about, so
//! that one more form is nothing more for the browser to load.

use leptos::ev::SubmitEvent;
use leptos::form::form_data_from_event;
use leptos::html;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos::server_fn::error::FromServerFnError;
use leptos::server_fn::redirect::{REDIRECT_HEADER, call_redirect_hook};
use leptos::task::spawn_local;
use leptos::wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Headers, RequestInit, Response, UrlSearchParams};

use crate::problem::{ProblemDetails, ProblemKind};

/// What is done by a form, and how it went.
#[derive(Clone, Copy)]
pub struct Act {
    url: StoredValue<String>,
    value: RwSignal<Option<Result<(), ProblemDetails>>>,
    pending: RwSignal<bool>,
    version: RwSignal<usize>,
}

impl Act {
    /// `url`: where the form is sent.
    pub fn new(url: impl Into<String>) -> Self {
        Self {
            url: StoredValue::new(url.into()),
            value: RwSignal::new(None),
            pending: RwSignal::new(false),
            version: RwSignal::new(0),
        }
    }

    /// Where the forms of a server function are sent.
    pub fn of<F: ServerFn>() -> Self {
        Self::new(F::url())
    }

    pub fn url(self) -> String {
        self.url.get_value()
    }

    /// How it went the last time; `None` before the first.
    pub fn value(self) -> ReadSignal<Option<Result<(), ProblemDetails>>> {
        self.value.read_only()
    }

    /// Whether it is on its way.
    pub fn pending(self) -> ReadSignal<bool> {
        self.pending.read_only()
    }

    /// How often it was sent and answered.
    pub fn version(self) -> ReadSignal<usize> {
        self.version.read_only()
    }

    fn send(self, event: &SubmitEvent) {
        let Ok(data) = form_data_from_event(event) else {
            return self.end(Err(ProblemKind::Failed.into()));
        };
        // Files travel by themselves, in pieces.
        data.delete("file");
        let Ok(fields) = UrlSearchParams::new_with_str_sequence_sequence(&data) else {
            return self.end(Err(ProblemKind::Failed.into()));
        };
        let url = self.url();
        self.pending.set(true);
        spawn_local(async move {
            let answer = post(&url, &fields).await;
            let (result, next) = answer.unwrap_or((Err(ProblemKind::Offline.into()), None));
            self.end(result);
            if let Some(next) = next {
                call_redirect_hook(&next);
            }
        });
    }

    /// The page may be gone by then.
    fn end(self, result: Result<(), ProblemDetails>) {
        self.pending.try_set(false);
        self.value.try_set(Some(result));
        self.version.try_update(|version| *version += 1);
    }
}

/// How it went, and the page that comes next; `None` where there is no connection.
async fn post(
    url: &str,
    fields: &UrlSearchParams,
) -> Option<(Result<(), ProblemDetails>, Option<String>)> {
    let headers = Headers::new().ok()?;
    headers.set("accept", "application/json").ok()?;
    let init = RequestInit::new();
    init.set_method("POST");
    init.set_headers(&headers);
    init.set_body(fields);
    let sent = window().fetch_with_str_and_init(url, &init);
    let answer: Response = JsFuture::from(sent).await.ok()?.dyn_into().ok()?;
    let headers = answer.headers();
    let next = headers
        .has(REDIRECT_HEADER)
        .is_ok_and(|has| has)
        .then(|| headers.get("location").ok().flatten())
        .flatten();
    let body = JsFuture::from(answer.text().ok()?).await.ok()?;
    let body = body.as_string().unwrap_or_default();
    // What answers with a page is not the program: a proxy, or a sign-in before it.
    let result = match (answer.ok(), body.trim()) {
        (true, "null") => Ok(()),
        (true, _) => Err(ProblemKind::Failed.into()),
        (false, _) => Err(ProblemDetails::de(body.into_bytes().into())),
    };
    Some((result, next))
}

/// A form that works with and without scripts.
#[component]
pub fn ActForm(
    action: Act,
    #[prop(optional)] node_ref: NodeRef<html::Form>,
    children: Children,
) -> impl IntoView {
    let send = move |event: SubmitEvent| {
        if !event.default_prevented() {
            event.prevent_default();
            action.send(&event);
        }
    };
    view! {
        <form action=action.url() method="post" node_ref=node_ref on:submit=send>
            {children()}
        </form>
    }
}
