use domain::account::Gate;
use domain::{Named, RoleName};
use leptos::prelude::*;
use leptos::reactive::owner::with_context;
use serde::{Deserialize, Serialize};
use words::lang::{Lang, Text};

use crate::problem::ProblemDetails;

/// What every page needs before it asks for anything: worked out by the server
/// once, and the same in the browser.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Frame {
    pub lang: Lang,
    pub theme: Theme,
    pub large_text: bool,
    pub me: Option<Me>,
    /// What the city is called, where somebody has named it.
    pub city: Option<Named>,
    /// Dates of this year are shown without it.
    pub year: i32,
    /// Training: every page says so.
    pub rehearsal: bool,
    /// What stands between somebody who has signed in and the pages.
    pub gate: Option<Gate>,
    /// The number of the request, to be named when something went wrong.
    pub request: String,
    /// What the button for the identity provider says, where there is one.
    pub provider: Option<Named>,
    /// The one password of the demo accounts, only where there is a demo.
    pub demo_password: Option<String>,
    /// Set where the browser's address is not that of the page: the answer to a plain
    /// form. Such a page stays as it is; a script would look for another one there.
    pub inert: bool,
    /// The form that was refused, where this page is the answer to one.
    pub kept: Option<Kept>,
}

/// Who is signed in, as the header shows them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Me {
    pub name: String,
    pub role: RoleName,
    /// The body or enterprise they act for.
    pub place: Option<Named>,
    /// Whether they belong to more than one body or enterprise.
    pub can_choose: bool,
    /// Whether they administer their enterprise's accounts.
    pub manages: bool,
}

/// A form that was refused, with what was typed into it: nothing is lost.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// Where the form was sent.
    pub act: String,
    /// The page it stands on.
    pub page: String,
    pub typed: Vec<(String, String)>,
    pub problem: ProblemDetails,
}

/// The field in which a form says what the address of its page asks for.
pub const QUERY: &str = "page_query";

/// Whether a field of a form holds what somebody typed or chose, and no secret.
pub fn is_typed(field: &str) -> bool {
    let fixed = [
        "page",
        QUERY,
        "number",
        "version",
        "revision",
        "seen",
        "step",
        "once",
        "card",
        "draft",
        "at",
        "form",
        "upload_for",
        "file",
        "remove",
        "files",
    ];
    !fixed.contains(&field) && !SECRET.contains(&field)
}

/// Fields that no page shows again.
pub const SECRET: [&str; 4] = ["password", "new_password", "repeat", "code"];

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    #[default]
    Auto,
    Light,
    Dark,
}

impl Theme {
    pub const ALL: [Self; 3] = [Self::Auto, Self::Light, Self::Dark];

    pub fn code(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|theme| theme.code() == code)
    }
}

/// The frame of this page.
pub fn frame() -> Frame {
    expect_context::<Frame>()
}

/// Looked at where it lies: a page asks for it a thousand times.
pub fn lang() -> Lang {
    with_context(|frame: &Frame| frame.lang).unwrap_or_default()
}

/// Dates of this year are shown without it.
pub fn year() -> i32 {
    with_context(|frame: &Frame| frame.year).unwrap_or_default()
}

/// A text in the reader's language.
pub fn t(text: Text) -> &'static str {
    text.of(lang())
}

/// A name in the reader's language.
pub fn name(named: &Named) -> String {
    lang().name(named).to_owned()
}
