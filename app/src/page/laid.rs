//! How the server fills a page.

pub mod card;
pub mod commitment;
pub mod confirm;
pub mod deadline;
pub mod files;
pub mod light;
pub mod list;
pub mod matter;
pub mod task;
pub mod timeline;
pub mod turn;
pub mod watch;

use leptos::prelude::*;
use leptos_router::location::Url;
use maud::Markup;

use crate::frame::t;
use crate::page::{Group, Page, PagePart};
use crate::serve::{Problem, visit};
use crate::sheets::Laid;
use crate::sheets::form::FormSheet;

/// Which page is asked for.
pub struct Address {
    segments: Vec<String>,
    query: Vec<(String, String)>,
}

impl Address {
    /// `query` with or without its question mark.
    pub fn new(path: &str, query: &str) -> Self {
        let segments = path.split('/').filter(|segment| !segment.is_empty());
        let query = query.trim_start_matches('?');
        Self {
            segments: segments.map(Url::unescape).collect(),
            query: serde_html_form::from_str(query).unwrap_or_default(),
        }
    }

    pub fn segments(&self) -> Vec<&str> {
        self.segments.iter().map(String::as_str).collect()
    }

    /// What it asks for under a name; empty where it does not.
    pub fn get(&self, name: &str) -> String {
        let mut query = self.query.iter();
        let found = query.find(|(own, _)| own == name);
        found.map(|(_, value)| value.clone()).unwrap_or_default()
    }

    pub fn has(&self, name: &str) -> bool {
        self.query.iter().any(|(own, _)| own == name)
    }
}

impl Page {
    /// One that is read, and done nothing on but by plain forms.
    pub fn laid(title: &str, view: impl IntoView) -> Result<Self, Problem> {
        Ok(Self::of(title, laid(view)?))
    }

    /// The same, written as markup.
    pub fn written(title: &str, markup: Markup) -> Result<Self, Problem> {
        Ok(Self::of(title, stands(markup.into_string())?))
    }

    fn of(title: &str, laid: Laid) -> Self {
        Self {
            title: title.to_owned(),
            parts: vec![PagePart::Laid(laid)],
            ..Self::default()
        }
    }
}

impl PagePart {
    pub fn group(class: &str, parts: Vec<Self>) -> Self {
        Self::Group(Group {
            class: class.to_owned(),
            id: String::new(),
            parts,
        })
    }

    pub fn laid(view: impl IntoView) -> Result<Self, Problem> {
        Ok(Self::Laid(laid(view)?))
    }

    /// What the reader can do, under its heading; nothing where that is nothing.
    pub fn steps(
        forms: Vec<Option<FormSheet>>,
        above: impl IntoView,
    ) -> Result<Vec<Self>, Problem> {
        if forms.iter().all(Option::is_none) {
            return Ok(Vec::new());
        }
        let heading = Self::laid(view! {
            <h2>{t(words::order::YOU_CAN)}</h2>
            {above}
        })?;
        let parts = vec![heading, Self::Forms(forms)];
        Ok(vec![Self::group("panel steps unprinted", parts)])
    }
}

/// A view as HTML.
pub fn laid(view: impl IntoView) -> Result<Laid, Problem> {
    stands(view.into_view().to_html())
}

fn stands(html: String) -> Result<Laid, Problem> {
    Ok(Laid::new(1, html, !visit()?.is_asked))
}
