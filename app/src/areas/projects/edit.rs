#[cfg(feature = "ssr")]
pub mod server;

use domain::project::{ProjectDraft, ProjectLevel};
use domain::{Field, Named};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;
use serde::{Deserialize, Serialize};
use words::knowledge as know;

use crate::api::text::Answer;
use crate::components::act::Act;
use crate::components::fields::{Choice, Choices, SelectField, TextField, bodies};
use crate::components::form::{StepForm, Submit};
use crate::components::loaded::Loaded;
use crate::frame::t;
use crate::problem::ProblemDetails;
use crate::sheets::ProjectRow;

/// Adds a project, or corrects the one that the address names.
#[component]
pub fn ProjectEditPage() -> impl IntoView {
    let params = use_params_map();
    let number = move || params.read().get("number").unwrap_or_default();
    let form = Resource::new(number, load_project_form);
    view! {
        <Loaded resource=form view=|form| view! { <Project form/> }/>
    }
}

/// The form for a project; what stands in it where there is one already.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProjectForm {
    pub there: Option<ProjectRow>,
    pub township: String,
    pub leader: String,
    /// (code, name).
    pub townships: Vec<(String, Named)>,
    /// (number of the account, how they are called).
    pub leaders: Vec<(String, String)>,
}

#[component]
fn Project(form: ProjectForm) -> impl IntoView {
    let title = match form.there {
        Some(_) => know::EDIT_PROJECT,
        None => know::NEW_PROJECT,
    };
    let body = match &form.there {
        Some(there) => {
            let action = Act::of::<ChangeProject>();
            let hidden = vec![(Field::Project.code(), there.number.clone())];
            let number = there.number.clone();
            view! {
                <p class="number">{number}</p>
                <StepForm action hidden>
                    <Fields form/>
                </StepForm>
            }
            .into_any()
        }
        None => {
            let action = Act::of::<AddProject>();
            view! {
                <StepForm action>
                    <TextField
                        field=Field::Project
                        label=t(words::order::field(Field::Project))
                        hint=t(know::PROJECT_NUMBER_HINT)
                    />
                    <Fields form/>
                </StepForm>
            }
            .into_any()
        }
    };
    view! {
        <Title text=t(title)/>
        <section class="page narrow">
            <h1>{t(title)}</h1>
            {body}
        </section>
    }
}

#[component]
fn Fields(form: ProjectForm) -> impl IntoView {
    let there = form.there;
    let of = |value: fn(&crate::sheets::ProjectRow) -> String| {
        there.as_ref().map(value).unwrap_or_default()
    };
    let levels = ProjectLevel::ALL
        .map(|level| Choice::new(level.code(), t(know::level(level))))
        .to_vec();
    let leaders = form
        .leaders
        .into_iter()
        .map(|(id, name)| Choice::new(id, name))
        .collect();
    view! {
        <TextField
            field=Field::ProjectName
            label=t(words::order::field(Field::ProjectName))
            value=of(|there| there.name.clone())
        />
        <TextField
            field=Field::EnterpriseName
            label=t(words::order::field(Field::EnterpriseName))
            hint=t(know::ENTERPRISE_HINT)
            value=of(|there| there.enterprise.clone())
        />
        <Choices
            field=Field::ProjectLevel
            legend=t(know::LEVEL)
            choices=levels
            value=of(|there| there.level.code().to_owned())
        />
        <SelectField
            field=Field::Township
            label=t(words::order::PLACE)
            choices=bodies(form.townships)
            value=form.township
        />
        <SelectField
            field=Field::Leader
            label=t(know::LEADER)
            choices=leaders
            value=form.leader
        />
        <Submit label=t(know::SAVE)/>
    }
}

/// `number` is empty for a new one.
#[server(prefix = "/ask", endpoint = "project_form", output = Answer)]
pub async fn load_project_form(
    #[server(default)] number: String,
) -> Result<ProjectForm, ProblemDetails> {
    server::form(&number).await
}

#[server(prefix = "/act", endpoint = "add_project")]
pub async fn add_project(#[server(flatten)] draft: ProjectDraft) -> Result<(), ProblemDetails> {
    server::save(&draft, false).await
}

#[server(prefix = "/act", endpoint = "change_project")]
pub async fn change_project(#[server(flatten)] draft: ProjectDraft) -> Result<(), ProblemDetails> {
    server::save(&draft, true).await
}
