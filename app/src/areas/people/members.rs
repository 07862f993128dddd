pub mod invitation;
#[cfg(feature = "ssr")]
pub mod server;

use domain::{Field, Instant};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::components::A;
use leptos_router::hooks::use_query_map;
use serde::{Deserialize, Serialize};
use words::people;

use crate::api::text::Answer;
use crate::components::act::{Act, ActForm};
use crate::components::cell::Cell;
use crate::components::deadline::Moment;
use crate::components::fields::TextField;
use crate::components::form::{StepForm, Submit};
use crate::components::loaded::Loaded;
use crate::frame::{lang, t};
use crate::problem::ProblemDetails;

/// The members of an enterprise, for its administrator.
#[component]
pub fn MembersPage() -> impl IntoView {
    let query = use_query_map();
    let uninvite = Act::of::<Uninvite>();
    let asked = move || (uninvite.version().get(), query.read().to_query_string());
    let members = Resource::new(asked, |_| load_members());
    view! {
        <Title text=t(people::MEMBERS)/>
        <section class="page narrow">
            <h1>{t(people::MEMBERS)}</h1>
            <p class="lead">{t(people::MEMBERS_LEAD)}</p>
            {move || {
                let handed = query.read().get("handed").and_then(|n| n.parse().ok());
                handed
                    .map(|orders| {
                        view! {
                            <p class="notice" role="status">
                                {people::handed(lang(), orders)}
                            </p>
                        }
                    })
            }}
            <Loaded
                resource=members
                view=move |all: Members| {
                    let invited = query
                        .read_untracked()
                        .get("invited")
                        .map(|key| format!("{}/invitation?key={key}", all.origin));
                    view! {
                        {invited.map(|link| view! { <Invited link/> })}
                        <All all uninvite/>
                    }
                }
            />
        </section>
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Members {
    pub members: Vec<Member>,
    pub invitations: Vec<InvitationSheet>,
    /// Where the program is reached, for links that are passed on.
    pub origin: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    pub membership: i64,
    pub account: String,
    pub display: String,
    pub phone: String,
    pub manages: bool,
    pub disabled: bool,
    pub mine: bool,
    pub open: u64,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvitationSheet {
    pub id: i64,
    pub enterprise: String,
    pub display: String,
    pub manages: bool,
    pub until: Instant,
    /// Who looks at it, where they are signed in.
    pub signed_in: Option<String>,
}

/// The link, to be passed on.
#[component]
fn Invited(link: String) -> impl IntoView {
    let href = link.clone();
    view! {
        <div class="notice" role="status">
            <p>{t(people::INVITED)}</p>
            <p>
                <a href=href rel="external">
                    <code class="key">{link}</code>
                </a>
            </p>
        </div>
    }
}

#[component]
fn All(all: Members, uninvite: Act) -> impl IntoView {
    let rows = all
        .members
        .into_iter()
        .map(|member| view! { <Row member/> })
        .collect_view();
    let invitations = all.invitations;
    view! {
        <table class="table stack">
            <thead>
                <tr>
                    <th scope="col">{t(people::PERSON)}</th>
                    <th scope="col">{t(people::PHONE)}</th>
                    <th scope="col">{t(people::OPEN_ORDERS)}</th>
                    <th scope="col">
                        <span class="unseen">{t(people::HAND_OVER)}</span>
                    </th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
        <Invitations invitations uninvite/>
        <InviteForm/>
    }
}

#[component]
fn Row(member: Member) -> impl IntoView {
    view! {
        <tr>
            <td class="cell-title">
                {member.display} " " <span class="quiet">{member.account}</span>
                {member
                    .manages
                    .then(|| view! { " " <span class="tag">{t(people::MANAGES)}</span> })}
                {member
                    .disabled
                    .then(|| view! { " " <span class="tag">{t(people::DISABLED)}</span> })}
            </td>
            <Cell label=t(people::PHONE) text=member.phone/>
            <td data-label=t(people::OPEN_ORDERS)>{member.open}</td>
            <td>
                {(!member.mine)
                    .then(|| {
                        view! {
                            <ChangeMember membership=member.membership manages=member.manages/>
                            " "
                            <A href=format!(
                                "/members/{}",
                                member.membership,
                            )>{t(people::HAND_OVER)}</A>
                        }
                    })}
            </td>
        </tr>
    }
}

/// Only for others: whoever is there last stays its administrator.
#[component]
fn ChangeMember(membership: i64, manages: bool) -> impl IntoView {
    let action = Act::of::<ChangeMember>();
    let (label, next) = if manages {
        (people::NO_MANAGER, "no")
    } else {
        (people::MAKE_MANAGER, "yes")
    };
    view! {
        <ActForm action=action attr:class="inline">
            <input type="hidden" name="page" value="/members"/>
            <input type="hidden" name="membership" value=membership/>
            <input type="hidden" name="manages" value=next/>
            <button type="submit" class="link">
                {t(label)}
            </button>
        </ActForm>
    }
}

#[component]
fn Invitations(invitations: Vec<InvitationSheet>, uninvite: Act) -> impl IntoView {
    let items = invitations
        .iter()
        .cloned()
        .map(|one| {
            view! {
                <li>
                    {one.display} " · " {t(people::HOLDS_UNTIL)} " " <Moment at=one.until/>
                    <ActForm action=uninvite attr:class="inline">
                        <input type="hidden" name="page" value="/members"/>
                        <input type="hidden" name="invitation" value=one.id/>
                        <button type="submit" class="button">
                            {t(people::UNINVITE)}
                        </button>
                    </ActForm>
                </li>
            }
        })
        .collect_view();
    (!invitations.is_empty()).then(|| {
        view! {
            <h2>{t(people::INVITATIONS)}</h2>
            <ul class="plain-list">{items}</ul>
        }
    })
}

#[component]
fn InviteForm() -> impl IntoView {
    let action = Act::of::<Invite>();
    view! {
        <section class="panel">
            <h2>{t(people::INVITE)}</h2>
            <StepForm action>
                <TextField field=Field::Display label=t(people::PERSON) autocomplete="off"/>
                <TextField
                    field=Field::Phone
                    label=t(people::PHONE)
                    kind="tel"
                    autocomplete="off"
                />
                <label class="check">
                    <input type="checkbox" name="manages" value="yes"/>
                    {t(people::INVITE_MANAGES)}
                </label>
                <Submit label=t(people::INVITE) consequence=t(people::INVITE_HINT)/>
            </StepForm>
        </section>
    }
}

#[server(prefix = "/ask", endpoint = "members", output = Answer)]
pub async fn load_members() -> Result<Members, ProblemDetails> {
    server::list().await
}

#[server(prefix = "/ask", endpoint = "invitation", output = Answer)]
pub async fn load_invitation(key: String) -> Result<InvitationSheet, ProblemDetails> {
    server::invitation(&key).await
}

#[server(prefix = "/act", endpoint = "invite")]
pub async fn invite(
    #[server(default)] display: String,
    #[server(default)] phone: String,
    #[server(default)] manages: String,
) -> Result<(), ProblemDetails> {
    server::invite(&display, &phone, manages == "yes").await
}

#[server(prefix = "/act", endpoint = "uninvite")]
pub async fn uninvite(#[server(default)] invitation: String) -> Result<(), ProblemDetails> {
    server::uninvite(&invitation).await
}

/// Makes a member an administrator of their enterprise, or no longer.
#[server(prefix = "/act", endpoint = "change_member")]
pub async fn change_member(
    #[server(default)] membership: String,
    #[server(default)] manages: String,
) -> Result<(), ProblemDetails> {
    server::change(&membership, &manages).await
}

#[server(prefix = "/act", endpoint = "join_new")]
pub async fn join_new(
    #[server(default)] key: String,
    #[server(default)] name: String,
    #[server(default)] new_password: String,
    #[server(default)] repeat: String,
) -> Result<(), ProblemDetails> {
    server::join_new(&key, &name, &new_password, &repeat).await
}

#[server(prefix = "/act", endpoint = "join")]
pub async fn join(#[server(default)] key: String) -> Result<(), ProblemDetails> {
    server::join(&key).await
}
