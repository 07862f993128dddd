use domain::Field;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::components::A;
use leptos_router::hooks::{use_params_map, use_query_map};
use words::lang::Text;
use words::people;

use crate::areas::people::accounts::{
    AccountSheet, AddMembership, AnswerFor, ChangeAccount, CorrectAccount, MembershipSheet,
    ResetPassword, RoleFields, load_account_sheet,
};
use crate::components::act::Act;
use crate::components::fields::{Checks, TextField, bodies as choices};
use crate::components::form::{StepForm, Submit};
use crate::components::loaded::Loaded;
use crate::frame::{lang, name, t};

/// One account: what it belongs to, and what its administrator can do.
#[component]
pub fn AccountSheetPage() -> impl IntoView {
    let params = use_params_map();
    let query = use_query_map();
    let id = move || params.read().get("id").unwrap_or_default();
    let done = move || query.read().to_query_string();
    let sheet = Resource::new(move || (id(), done()), |(id, _)| load_account_sheet(id));
    view! {
        <Title text=t(people::ACCOUNTS)/>
        <section class="page narrow">
            <p>
                <A href="/accounts">{t(people::ACCOUNTS)}</A>
            </p>
            {move || {
                let query = query.read();
                let handed = query.get("handed").and_then(|n| n.parse().ok());
                let text = match (handed, query.get("done").as_deref()) {
                    (Some(orders), _) => people::handed(lang(), orders),
                    (None, Some("added")) => t(people::ADDED).to_owned(),
                    (None, Some("reset")) => t(people::RESET_DONE).to_owned(),
                    (None, Some(_)) => t(people::DONE).to_owned(),
                    (None, None) => return None,
                };
                Some(view! { <p class="notice" role="status">{text}</p> })
            }}
            <Loaded resource=sheet view=|sheet| view! { <Sheet sheet/> }/>
        </section>
    }
}

#[component]
fn Sheet(sheet: AccountSheet) -> impl IntoView {
    let account = sheet.account.clone();
    let id = account.id;
    let state = if account.disabled {
        people::DISABLED
    } else {
        people::ACTIVE
    };
    let memberships = sheet
        .memberships
        .into_iter()
        .map(|one| view! { <Membership one account=id/> })
        .collect_view();
    view! {
        <h1>{account.display.clone()} " · " {account.name}</h1>
        <dl class="facts">
            <dt>{t(people::STATE)}</dt>
            <dd>{t(state)}</dd>
            {(!account.phone.is_empty())
                .then(|| {
                    view! {
                        <dt>{t(people::PHONE)}</dt>
                        <dd>{account.phone.clone()}</dd>
                    }
                })}
            <dt>{t(people::FACTOR)}</dt>
            <dd>{t(if account.has_factor { people::FACTOR_ON } else { people::FACTOR_OFF })}</dd>
        </dl>
        <section class="panel">
            <h2>{t(people::ROLE)}</h2>
            <ul class="plain-list">{memberships}</ul>
            {sheet
                .answers_for
                .map(|values| {
                    view! { <AnswersFor account=id bodies=sheet.bodies.clone() values/> }
                })}
            <AddRole account=id bodies=sheet.bodies/>
        </section>
        {if sheet.mine {
            view! { <p class="quiet">{t(people::OWN_ACCOUNT)}</p> }.into_any()
        } else {
            view! {
                <Administration
                    id
                    disabled=account.disabled
                    has_factor=account.has_factor
                    administers=sheet.administers
                    keeps_factor=sheet.keeps_factor
                    display=account.display.clone()
                    phone=account.phone.clone()
                    initial=sheet.initial
                />
            }
                .into_any()
        }}
    }
}

#[component]
fn Membership(one: MembershipSheet, account: i64) -> impl IntoView {
    let place = one.place.as_ref().map(name);
    let role = if one.manages {
        people::MANAGES
    } else {
        words::order::role(one.role)
    };
    view! {
        <li>
            {t(role)} {place.map(|place| format!(" · {place}"))} " · " {t(people::OPEN_ORDERS)} " "
            {one.open} " · "
            <A href=format!("/accounts/{account}/hand-over/{}", one.id)>{t(people::HAND_OVER)}</A>
        </li>
    }
}

/// 分管单位.
#[component]
fn AnswersFor(
    account: i64,
    bodies: Vec<(String, domain::Named)>,
    values: Vec<String>,
) -> impl IntoView {
    let action = Act::of::<AnswerFor>();
    view! {
        <details class="step">
            <summary>{t(words::express::DEPUTY_SET)}</summary>
            <StepForm action hidden=vec![("account", account.to_string())]>
                <Checks
                    field=Field::Bodies
                    legend=t(words::express::DEPUTY_BODIES)
                    choices=choices(bodies)
                    values
                />
                <Submit label=t(words::express::DEPUTY_SET)/>
            </StepForm>
        </details>
    }
}

#[component]
fn AddRole(account: i64, bodies: Vec<(String, domain::Named)>) -> impl IntoView {
    let action = Act::of::<AddMembership>();
    view! {
        <details class="step">
            <summary>{t(people::ADD_MEMBERSHIP)}</summary>
            <StepForm action hidden=vec![("account", account.to_string())]>
                <RoleFields bodies/>
                <Submit label=t(people::ADD_MEMBERSHIP)/>
            </StepForm>
        </details>
    }
}

#[component]
fn Administration(
    id: i64,
    disabled: bool,
    has_factor: bool,
    administers: bool,
    keeps_factor: bool,
    display: String,
    phone: String,
    initial: String,
) -> impl IntoView {
    view! {
        {if administers {
            view! { <p class="quiet">{t(people::RESET_ON_SERVER)}</p> }.into_any()
        } else {
            view! { <Reset id initial/> }.into_any()
        }}
        <Correct id display phone/>
        <section class="panel">
            <h2>{t(people::STATE)}</h2>
            {(has_factor && keeps_factor && !administers)
                .then(|| view! { <p class="quiet">{t(people::FACTOR_ON_SERVER)}</p> })}
            {(has_factor && !keeps_factor)
                .then(|| {
                    view! {
                        <Change
                            id
                            change="remove_factor"
                            label=people::TAKE_FACTOR
                            hint=Some(people::TAKE_FACTOR_HINT)
                        />
                    }
                })}
            {if disabled {
                view! { <Change id change="enable" label=people::ENABLE hint=None/> }
            } else {
                view! {
                    <Change
                        id
                        change="disable"
                        label=people::DISABLE
                        hint=Some(people::DISABLE_HINT)
                    />
                }
            }}
        </section>
    }
}

/// A name or a telephone that is not right any more.
#[component]
fn Correct(id: i64, display: String, phone: String) -> impl IntoView {
    let action = Act::of::<CorrectAccount>();
    view! {
        <details class="step">
            <summary>{t(people::CORRECT)}</summary>
            <StepForm action hidden=vec![("account", id.to_string())]>
                <TextField
                    field=Field::Display
                    label=t(people::PERSON)
                    value=display
                    autocomplete="off"
                />
                <TextField
                    field=Field::Phone
                    label=t(people::PHONE)
                    kind="tel"
                    value=phone
                    autocomplete="off"
                />
                <Submit
                    label=t(people::CORRECT)
                    consequence=t(people::CORRECT_HINT)
                    primary=false
                />
            </StepForm>
        </details>
    }
}

/// Folded, so that a suggestion is not taken for the password that was just set.
#[component]
fn Reset(id: i64, initial: String) -> impl IntoView {
    let action = Act::of::<ResetPassword>();
    view! {
        <details class="step">
            <summary>{t(people::RESET)}</summary>
            <StepForm action hidden=vec![("account", id.to_string())]>
                <TextField
                    field=Field::NewPassword
                    label=t(people::RESET_TO)
                    value=initial
                    autocomplete="off"
                />
                <Submit
                    label=t(people::RESET)
                    consequence=t(people::RESET_HINT)
                    primary=false
                />
            </StepForm>
        </details>
    }
}

#[component]
fn Change(id: i64, change: &'static str, label: Text, hint: Option<Text>) -> impl IntoView {
    let action = Act::of::<ChangeAccount>();
    view! {
        <StepForm action hidden=vec![("account", id.to_string()), ("change", change.to_owned())]>
            <Submit
                label=t(label)
                consequence=hint.map(t).unwrap_or_default()
                primary=false
            />
        </StepForm>
    }
}
