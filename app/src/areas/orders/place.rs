#[cfg(feature = "ssr")]
pub mod server;

use domain::order::Urgency;
use domain::order::placement::Draft;
use domain::time::Limit;
use domain::{Category, Field, Instant, Named};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use serde::{Deserialize, Serialize};
use words::knowledge as know;

use crate::api::text::Answer;
use crate::areas::orders::offered::WhileTyping;
use crate::components::act::Act;
use crate::components::fields::{Choice, Choices, SelectField, TextArea, TextField, bodies};
use crate::components::files::{Attachments, WaitingFiles};
use crate::components::form::{StepForm, Submit};
use crate::components::loaded::Loaded;
use crate::components::unsent::UnsentForms;
use crate::frame::{frame, name, t};
use crate::problem::ProblemDetails;
use crate::sheets::{Unsent, Waiting};

/// One page to place an order.
#[component]
pub fn PlacePage() -> impl IntoView {
    let query = use_query_map();
    // After a refusal the address has no meeting any more: the form has it.
    let kept = frame().kept;
    let meeting = move || {
        let kept = kept.iter().flat_map(|kept| &kept.typed);
        let mut kept = kept.filter(|(name, _)| name == "meeting");
        let typed = kept.next().map(|(_, meeting)| meeting.clone());
        query.read().get("meeting").or(typed).unwrap_or_default()
    };
    let placing = Resource::new(meeting, load_placing);
    view! {
        <Title text=t(words::order::PLACE_TITLE)/>
        <Loaded resource=placing view=|placing| view! { <Placement placing/> }/>
    }
}

/// What the page for placing an order needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Placing {
    pub categories: Vec<Category>,
    /// (code, name).
    pub townships: Vec<(String, Named)>,
    /// Each urgency with the limit that it brings.
    pub urgencies: Vec<(Urgency, Limit)>,
    /// By when an order placed now is dispatched.
    pub triage_due: Instant,
    pub enterprise: String,
    pub township: String,
    /// The enterprise's own projects: (number, name).
    pub projects: Vec<(String, String)>,
    pub contact_name: String,
    pub contact_phone: String,
    /// The joint meeting at which it is placed: (number, title).
    pub meeting: Option<(String, String)>,
    /// Makes sure that the same page places one order, however often it is sent.
    pub once: String,
    pub unsent: Vec<Unsent>,
    pub waiting: Waiting,
}

#[component]
fn Placement(placing: Placing) -> impl IntoView {
    let action = Act::of::<Place>();
    provide_context(UnsentForms(placing.unsent));
    provide_context(WaitingFiles(placing.waiting));
    let frame = frame();
    let due = words::time::moment(frame.lang, placing.triage_due, frame.year);
    let consequence = words::order::placed_then(frame.lang, &due);
    let categories = placing
        .categories
        .iter()
        .map(|category| {
            Choice::new(category.code.clone(), name(&category.name))
                .hinted(name(&category.examples))
        })
        .collect();
    let urgencies = placing
        .urgencies
        .iter()
        .map(|(urgency, limit)| {
            let within = words::time::limit(frame.lang, *limit);
            Choice::new(urgency.code(), t(words::order::urgency(*urgency)))
                .hinted(format!("{} {within}", t(words::order::REPLY_WITHIN)))
        })
        .collect();
    // The mark that makes it one order stands in the address, which Back keeps; a form
    // that was refused keeps its own.
    let kept = frame.kept.clone().filter(|kept| kept.act == "/act/place");
    let sent = kept.iter().flat_map(|kept| &kept.typed);
    let mut sent = sent
        .filter(|(name, _)| name == "once")
        .map(|(_, once)| once.clone());
    let once = use_query_map().read_untracked().get("once").or(sent.next());
    let once = once.filter(|once| (1..=100).contains(&once.len()));
    let mut hidden = vec![("once", once.unwrap_or(placing.once))];
    let at_meeting = placing.meeting.map(|(number, title)| {
        hidden.push((Field::Meeting.code(), number));
        view! {
            <p class="notice">{t(words::express::PLACING_AT)} " " {title}</p>
        }
    });
    let townships = bodies(placing.townships);
    let projects: Vec<Choice> = placing
        .projects
        .into_iter()
        .map(|(number, name)| Choice::new(number.clone(), format!("{name}（{number}）")))
        .collect();
    view! {
        <section class="page narrow">
            <h1>{t(words::order::PLACE_TITLE)}</h1>
            <p class="lead">
                {placing.enterprise} " · " {t(words::order::PLACE_LEAD)} " "
                <a href="/guidance">{t(know::GUIDANCE)}</a>
            </p>
            {at_meeting}
            <StepForm action hidden files=true>
                <Choices field=Field::Category legend=t(words::order::ABOUT) choices=categories/>
                <WhileTyping>
                    <TextField
                        field=Field::Title
                        label=t(words::order::TITLE)
                        hint=t(words::order::TITLE_HINT)
                    />
                    <TextArea
                        field=Field::Content
                        label=t(words::order::CONTENT)
                        hint=t(words::order::CONTENT_HINT)
                        max=5000
                        rows=8
                    />
                </WhileTyping>
                <Attachments/>
                {(!projects.is_empty())
                    .then(|| {
                        view! {
                            <SelectField
                                field=Field::Project
                                label=t(know::PROJECT_OPTIONAL)
                                choices=projects
                            />
                        }
                    })}
                <SelectField
                    field=Field::Township
                    label=t(words::order::WHERE)
                    choices=townships
                    value=placing.township
                />
                <Choices
                    field=Field::Urgency
                    legend=t(words::order::HOW_URGENT)
                    choices=urgencies
                    value="normal"
                />
                <TextField
                    field=Field::ContactName
                    label=t(words::order::CONTACT_NAME)
                    value=placing.contact_name
                    autocomplete="name"
                />
                <TextField
                    field=Field::ContactPhone
                    label=t(words::order::CONTACT_PHONE)
                    value=placing.contact_phone
                    kind="tel"
                    autocomplete="tel"
                />
                <Submit label=t(words::order::SUBMIT_ORDER) consequence/>
            </StepForm>
        </section>
    }
}

#[server(prefix = "/ask", endpoint = "placing", output = Answer)]
pub async fn load_placing(meeting: String) -> Result<Placing, ProblemDetails> {
    server::placing(&meeting).await
}

#[server(prefix = "/act", endpoint = "place")]
pub async fn place(
    #[server(flatten)] draft: Draft,
    #[server(default)] once: String,
    #[server(default)] files: String,
) -> Result<(), ProblemDetails> {
    server::place(draft, once, &files).await
}
