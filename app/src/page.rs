//! A page as data: parts that the server has filled, and the one component that draws them.
//! Such a page costs the browser nothing.

#[cfg(feature = "ssr")]
pub mod confirm;
#[cfg(feature = "ssr")]
pub mod server;

use std::time::Duration;

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_location;
use serde::{Deserialize, Serialize};

use crate::api::text::Answer;
use crate::components::fields::Choice;
use crate::components::files::{OrphanFiles, WaitingFiles};
use crate::components::kept_text::KeptText;
use crate::components::loaded::Loaded;
use crate::components::step_form::{Bodies, Forms};
use crate::components::unsent::{Orphans, UnsentForms};
use crate::problem::ProblemDetails;
use crate::sheets::form::FormSheet;
use crate::sheets::{Laid, Unsent, Waiting};

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Page {
    /// Of the window.
    pub title: String,
    /// Of the section around its parts; empty where one part is the whole of it.
    pub class: String,
    pub parts: Vec<PagePart>,
    /// What its forms choose from and begin with.
    pub bodies: Vec<Choice>,
    pub unsent: Vec<Unsent>,
    pub waiting: Waiting,
    /// In seconds: how often it is asked for anew, where nobody acts on it.
    pub renewed: Option<u32>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "part", content = "is", rename_all = "snake_case")]
pub enum PagePart {
    Laid(Laid),
    Forms(Vec<FormSheet>),
}

/// `query` as it stands in the address.
#[server(prefix = "/ask", endpoint = "page", output = Answer)]
pub async fn load_page(
    path: String,
    #[server(default)] query: String,
) -> Result<Page, ProblemDetails> {
    let address = server::Address::new(&path, &query);
    crate::serve::answer(crate::areas::page(&address)).await
}

/// The page of this address, whichever it is.
#[component]
pub fn LaidPage() -> impl IntoView {
    let place = use_location();
    let own = place.pathname.get_untracked();
    // On the way to another page the address is that of the other already.
    let asked = Memo::new(move |before: Option<&(String, String)>| {
        let now = (place.pathname.get(), place.search.get());
        match before {
            Some(before) if !is_like(&own, &now.0) => before.clone(),
            _ => now,
        }
    });
    let page = Resource::new(move || asked.get(), |(path, query)| load_page(path, query));
    view! {
        <Loaded
            resource=page
            view=move |drawn| view! { <Drawn page=drawn reload=move || page.refetch()/> }
        />
    }
}

/// Whether two paths are of one page, for different cases perhaps.
fn is_like(own: &str, path: &str) -> bool {
    let first = |path: &str| path.split('/').nth(1).map(str::to_owned);
    first(own) == first(path) && own.split('/').count() == path.split('/').count()
}

#[component]
fn Drawn(page: Page, reload: impl Fn() + Copy + Send + Sync + 'static) -> impl IntoView {
    let Page {
        title,
        class,
        parts,
        bodies,
        unsent,
        waiting,
        renewed,
    } = page;
    provide_context(Bodies(bodies));
    provide_context(UnsentForms(unsent));
    provide_context(WaitingFiles(waiting));
    // Only where there are scripts; and with the session that it began with.
    Effect::new(move |_| {
        let every = renewed.map(|seconds| Duration::from_secs(seconds.into()));
        if let Some(Ok(timer)) = every.map(|every| set_interval_with_handle(reload, every)) {
            on_cleanup(move || timer.clear());
        }
    });
    let own = use_location().pathname.get_untracked();
    let acts: Vec<String> = parts
        .iter()
        .flat_map(|part| match part {
            PagePart::Forms(forms) => forms.as_slice(),
            PagePart::Laid(_) => &[],
        })
        .map(|form| form.act.clone())
        .collect();
    let parts = parts
        .into_iter()
        .map(|part| match part {
            PagePart::Laid(laid) => {
                view! { <div class="laid" inner_html=laid.html()></div> }.into_any()
            }
            PagePart::Forms(forms) => {
                let forms = forms.into_iter().map(Some).collect();
                view! {
                    <section class="panel steps unprinted">
                        <Forms forms reload/>
                    </section>
                }
                .into_any()
            }
        })
        .collect_view();
    view! {
        <Title text=title/>
        <KeptText forms=acts.clone()/>
        {(!acts.is_empty())
            .then(|| {
                view! {
                    <OrphanFiles forms=acts.clone() page=own.clone()/>
                    <Orphans forms=acts page=own/>
                }
            })}
        {if class.is_empty() {
            parts.into_any()
        } else {
            view! { <section class=class>{parts}</section> }.into_any()
        }}
    }
}
