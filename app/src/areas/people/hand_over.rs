#[cfg(feature = "ssr")]
pub mod server;

use domain::{Field, Named, RoleName};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::components::A;
use leptos_router::hooks::use_params_map;
use serde::{Deserialize, Serialize};
use words::people;

use crate::api::text::Answer;
use crate::components::act::Act;
use crate::components::fields::{Choice, Choices};
use crate::components::form::{StepForm, Submit};
use crate::components::loaded::Loaded;
use crate::frame::{lang, name, t};
use crate::problem::ProblemDetails;

/// Somebody leaves a body or an enterprise: what they have open goes to a colleague.
#[component]
pub fn HandOverPage() -> impl IntoView {
    let params = use_params_map();
    let membership = move || params.read().get("membership").unwrap_or_default();
    let leaving = Resource::new(membership, load_leaving);
    // The account that it was opened from; nothing where it was the members.
    let account = move || params.read_untracked().get("id").unwrap_or_default();
    view! {
        <Title text=t(people::HAND_OVER)/>
        <section class="page narrow">
            <h1>{t(people::HAND_OVER)}</h1>
            <Loaded
                resource=leaving
                view=move |leaving| view! { <Leaves leaving account=account()/> }
            />
        </section>
    }
}

/// Somebody who leaves, what they have open, and who could take it over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Leaving {
    pub membership: i64,
    pub user: i64,
    pub account: String,
    pub display: String,
    pub role: RoleName,
    /// Whether they administer an enterprise: whoever follows them will.
    pub manages: bool,
    pub place: Option<Named>,
    /// The numbers of the orders that go over.
    pub orders: Vec<String>,
    /// How many orders wait for the role of which nobody is left then.
    pub waiting: u64,
    pub colleagues: Vec<Colleague>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Colleague {
    pub user: i64,
    pub account: String,
    pub display: String,
}

#[component]
fn Leaves(leaving: Leaving, account: String) -> impl IntoView {
    let place = leaving.place.as_ref().map(name);
    let role = t(if leaving.manages {
        people::MANAGES
    } else {
        words::order::role(leaving.role)
    });
    let open = leaving.orders.len();
    // Nobody else of the body takes orders in once this account is gone.
    let is_sole = leaving.colleagues.is_empty()
        && leaving.role != RoleName::Enterprise
        && !leaving.role.administers();
    let names_one = leaving.role == RoleName::Enterprise && open > 0;
    view! {
        <dl class="facts">
            <dt>{t(people::WHO_LEAVES)}</dt>
            <dd>{leaving.display} " " <span class="quiet">{leaving.account}</span></dd>
            <dt>{t(people::ROLE_ENDS)}</dt>
            <dd>{role} {place.map(|place| format!(" · {place}"))}</dd>
            <dt>{t(people::OPEN_ORDERS)}</dt>
            <dd>
                {people::to_hand_over(lang(), open)}
                {(open > 0).then(|| view! { <Orders numbers=leaving.orders/> })}
            </dd>
        </dl>
        {is_sole
            .then(|| {
                view! {
                    <p class="notice warning">
                        {people::sole(lang(), leaving.waiting)} " "
                        <a href="/accounts">{t(people::ADD_ACCOUNT)}</a>
                    </p>
                }
            })}
        {leaving.manages.then(|| view! { <p class="quiet">{t(people::FOLLOWS)}</p> })}
        <Form
            membership=leaving.membership
            names_one
            is_sole
            colleagues=leaving.colleagues
            account
        />
    }
}

/// Numbers only: whoever manages accounts does not read orders.
#[component]
fn Orders(numbers: Vec<String>) -> impl IntoView {
    let items = numbers
        .into_iter()
        .map(|number| view! { <li>{number}</li> })
        .collect_view();
    view! { <ul class="numbers">{items}</ul> }
}

#[component]
fn Form(
    membership: i64,
    /// Whether somebody has to be named, where there is anybody.
    names_one: bool,
    /// Whether nobody of the body is there afterwards: then that is chosen, not preselected.
    is_sole: bool,
    colleagues: Vec<Colleague>,
    account: String,
) -> impl IntoView {
    let action = Act::of::<HandOver>();
    let nobody = Choice::new("nobody", t(people::NOBODY));
    let nobody = if is_sole {
        nobody
    } else {
        nobody.hinted(t(people::NOBODY_HINT))
    };
    let nobody = (!names_one || colleagues.is_empty()).then_some(nobody);
    // Where there is nobody else, there is nothing to choose.
    let only = if colleagues.is_empty() && !is_sole {
        "nobody"
    } else {
        ""
    };
    let choices = colleagues
        .into_iter()
        .map(|one| Choice::new(one.user.to_string(), one.display).hinted(one.account))
        .chain(nobody)
        .collect();
    let back = if account.is_empty() {
        "/members".to_owned()
    } else {
        format!("/accounts/{account}")
    };
    let hidden = vec![("membership", membership.to_string()), ("account", account)];
    view! {
        <StepForm action hidden>
            <Choices field=Field::Successor legend=t(people::SUCCESSOR) choices value=only/>
            <Submit
                label=t(people::HAND_OVER_NOW)
                consequence=t(people::HAND_OVER_HINT)
            />
        </StepForm>
        <p>
            <A href=back>{t(words::frame::CANCEL)}</A>
        </p>
    }
}

#[server(prefix = "/ask", endpoint = "leaving", output = Answer)]
pub async fn load_leaving(membership: String) -> Result<Leaving, ProblemDetails> {
    server::leaving(&membership).await
}

/// Ends a membership; its open orders go to a colleague.
#[server(prefix = "/act", endpoint = "hand_over")]
pub async fn hand_over(
    #[server(default)] membership: String,
    #[server(default)] successor: String,
    #[server(default)] account: String,
) -> Result<(), ProblemDetails> {
    server::end(&membership, &successor, &account).await
}
