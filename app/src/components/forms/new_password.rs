use domain::Field;
use leptos::prelude::*;
use words::people;

use crate::components::fields::TextField;
use crate::frame::{lang, t};

/// A password to be chosen, typed twice; `long` and `mixed` are the policy's lengths.
#[component]
pub fn NewPassword(#[prop(into)] label: String, long: u16, mixed: u16) -> impl IntoView {
    view! {
        <TextField
            field=Field::NewPassword
            label
            hint=people::password_hint(lang(), long, mixed)
            kind="password"
            autocomplete="new-password"
        />
        <TextField
            field=Field::Repeat
            label=t(people::REPEAT)
            kind="password"
            autocomplete="new-password"
        />
    }
}
