use domain::Field;
use leptos::prelude::*;

use super::fields::{Choice, Choices};
use super::form::{StepForm, Submit};
use crate::api::people::HandOver;
use crate::frame::{lang, t};
use crate::words::people;

/// Ends a membership; its open orders go to whoever is chosen.
#[component]
pub fn HandOverForm(
    membership: i64,
    who: String,
    open: u64,
    /// (number, name).
    colleagues: Vec<(String, String)>,
    /// The account's page to go back to; empty goes back to the members.
    account: String,
) -> impl IntoView {
    let action = ServerAction::<HandOver>::new();
    let choice = |value: String, label: String| Choice {
        value,
        label,
        hint: String::new(),
    };
    let nobody = choice("nobody".to_owned(), t(people::NOBODY).to_owned());
    let choices: Vec<Choice> = colleagues
        .into_iter()
        .map(|(value, label)| choice(value, label))
        .chain([nobody])
        .collect();
    let hidden = vec![("membership", membership.to_string()), ("account", account)];
    view! {
        <p class="lead">{who} " · " {people::to_hand_over(lang(), open)}</p>
        <StepForm action hidden>
            <Choices field=Field::Successor legend=t(people::SUCCESSOR) choices/>
            <Submit label=t(people::HAND_OVER_NOW)/>
        </StepForm>
    }
}
