use leptos::prelude::*;

use super::kept_text::KeptText;
use crate::frame::{frame, t};
use crate::problem::{ProblemDetails, ProblemKind};

/// What a resource gives, once it is there; a sentence where it is refused.
#[component]
pub fn Loaded<T, V>(
    resource: Resource<Result<T, ProblemDetails>>,
    view: impl Fn(T) -> V + Send + Sync + Clone + 'static,
) -> impl IntoView
where
    T: Clone + Send + Sync + 'static,
    V: IntoView + 'static,
{
    view! {
        <Transition fallback=|| view! { <p class="quiet">{t(words::frame::LOADING)}</p> }>
            {move || {
                let view = view.clone();
                Suspend::new(async move {
                    match resource.await {
                        Ok(loaded) => view(loaded).into_any(),
                        Err(problem) => view! { <ProblemPage problem/> }.into_any(),
                    }
                })
            }}
        </Transition>
    }
}

/// Reads the page anew, with its forms as they begin.
pub fn reload() {
    let _ = window().location().reload();
}

/// A page that says why there is nothing to see.
#[component]
pub fn ProblemPage(problem: ProblemDetails) -> impl IntoView {
    let frame = frame();
    let (back, label) = if problem.kind == ProblemKind::NotSignedIn {
        ("/sign-in", words::frame::SIGN_IN)
    } else {
        ("/", words::frame::BACK_HOME)
    };
    view! {
        <section class="page narrow">
            <h1>{problem.said(frame.lang)}</h1>
            <KeptText/>
            <RequestNumber/>
            <p>
                <a href=back rel="external">{label.of(frame.lang)}</a>
            </p>
        </section>
    }
}

/// By which the log finds what went wrong.
#[component]
pub fn RequestNumber() -> impl IntoView {
    let request = frame().request;
    (!request.is_empty()).then(|| {
        view! {
            <p class="quiet">{t(words::people::REQUEST_NUMBER)} " " <code>{request}</code></p>
        }
    })
}
