//! A page as data: parts that the server has filled, and the one component that draws them.
//! Such a page costs the browser nothing.

#[cfg(feature = "ssr")]
pub mod laid;

use std::time::Duration;

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::{use_location, use_matched};
use serde::{Deserialize, Serialize};

use crate::api::text::Answer;
use crate::components::fields::Choice;
use crate::components::files::{OrphanFiles, WaitingFiles};
use crate::components::kept_text::KeptText;
use crate::components::loaded::{Loaded, reload as begin_anew};
use crate::components::step_form::{Bodies, Forms};
use crate::components::unsent::{Orphans, UnsentForms};
use crate::frame::frame;
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
    /// Whether it begins anew after a step, with its forms as they were.
    pub begins_anew: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "part", content = "is", rename_all = "snake_case")]
pub enum PagePart {
    Laid(Laid),
    /// Each in a place of its own.
    Forms(Vec<Option<FormSheet>>),
    Group(Group),
}

/// Parts that stand together.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Group {
    pub class: String,
    /// Where links lead to; empty where none do.
    pub id: String,
    pub parts: Vec<PagePart>,
}

/// `query` as it stands in the address.
#[server(prefix = "/ask", endpoint = "page", output = Answer)]
pub async fn load_page(
    path: String,
    #[server(default)] query: String,
) -> Result<Page, ProblemDetails> {
    let address = laid::Address::new(&path, &query);
    crate::serve::answer(crate::areas::laid::page(&address)).await
}

/// The page of this address, whichever it is.
#[component]
pub fn LaidPage() -> impl IntoView {
    let (place, own) = (use_location(), use_matched());
    // On the way to another page the address is that of the other already.
    let asked = Memo::new(move |before: Option<&(String, String)>| {
        let (path, own) = (place.pathname.get(), own.get());
        match before {
            Some(before) if path != own => before.clone(),
            _ => (own, place.search.get()),
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
        begins_anew,
    } = page;
    let reload = move || match begins_anew {
        true => begin_anew(),
        false => reload(),
    };
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
    let of_all: Vec<&FormSheet> = forms_of(&parts)
        .into_iter()
        .filter(|form| !form.submit.is_empty())
        .collect();
    let mut acts: Vec<String> = of_all.iter().map(|form| form.act.clone()).collect();
    // What was refused and has no form here any more is said on top: of the forms of one
    // address each is about another matter.
    if let Some(kept) = frame().kept
        && !of_all.iter().any(|form| form.is_of(&kept.act, &kept.typed))
    {
        acts.retain(|act| *act != kept.act);
    }
    let parts = drawn(parts, reload);
    view! {
        <Title text=title/>
        <KeptText forms=acts.clone()/>
        <OrphanFiles forms=acts.clone() page=own.clone()/>
        <Orphans forms=acts page=own/>
        {if class.is_empty() {
            parts.into_any()
        } else {
            view! { <section class=class>{parts}</section> }.into_any()
        }}
    }
}

/// The forms of all parts, in their order.
fn forms_of(parts: &[PagePart]) -> Vec<&FormSheet> {
    let forms = parts.iter().flat_map(|part| match part {
        PagePart::Laid(_) => Vec::new(),
        PagePart::Forms(forms) => forms.iter().flatten().collect(),
        PagePart::Group(group) => forms_of(&group.parts),
    });
    forms.collect()
}

fn drawn(parts: Vec<PagePart>, reload: impl Fn() + Copy + Send + Sync + 'static) -> Vec<AnyView> {
    let parts = parts.into_iter().map(|part| match part {
        PagePart::Laid(laid) => {
            view! { <div class="laid" inner_html=laid.html()></div> }.into_any()
        }
        PagePart::Forms(forms) => view! { <Forms forms reload/> }.into_any(),
        PagePart::Group(Group { class, id, parts }) => {
            let id = (!id.is_empty()).then_some(id);
            view! {
                <div class=class id=id>
                    {drawn(parts, reload)}
                </div>
            }
            .into_any()
        }
    });
    parts.collect()
}
