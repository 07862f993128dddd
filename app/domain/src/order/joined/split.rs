//! 拆分: what asks for two things becomes two orders. The new one is the same
//! enterprise's, with a number and clocks of its own.

use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::clock::{Clock, ClockName};
use crate::directory::Directory;
use crate::form::{Kind, Takes};
use crate::order::event::{Happening, Sight, What, nothing, stays};
use crate::order::history::Order;
use crate::order::stage::Stage;
use crate::order::step::Attempt;
use crate::order::wish::{Form, Late, Wish, always, never};
use crate::order::{Number, Placement, told};
use crate::refusal::{Faults, Field, Refusal};
use crate::rulebook::Rulebook;
use crate::text::{Line, Prose};
use crate::time::{Instant, Span};

/// The part that becomes an order, parsed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Portion {
    pub title: Line<80>,
    pub content: Prose<5000>,
    /// A code of the directory.
    pub category: String,
}

impl Portion {
    pub fn parse(
        title: &str,
        content: &str,
        category: &str,
        directory: &Directory,
    ) -> Result<Self, Refusal> {
        let mut faults = Faults::default();
        let category = faults.keep(crate::form::known(Field::Category, category, |code| {
            directory.offered_category(code).map(|c| c.code.clone())
        }));
        let title = faults.keep(Line::parse(Field::Title, title));
        let content = faults.keep(Prose::parse(Field::Content, content));
        match (title, content, category) {
            (Some(title), Some(content), Some(category)) => Ok(Self {
                title,
                content,
                category,
            }),
            _ => Err(faults.refusal()),
        }
    }

    /// What the new order asks for: place, urgency and contact are those of the whole.
    pub fn placement(&self, whole: &Placement) -> Placement {
        Placement {
            title: self.title.clone(),
            content: self.content.clone(),
            category: self.category.clone(),
            ..whole.clone()
        }
    }
}

pub(in crate::order) fn split_off(
    _: &Attempt<'_>,
    into: Number,
    portion: Portion,
) -> Result<Vec<What>, Refusal> {
    Ok(vec![What::SplitOff(SplitOff {
        into,
        title: portion.title.clone(),
    })])
}

/// The time to dispatch the new order, and when that stood still already: that of the
/// whole while it runs, so that nobody gains or loses a day by splitting; a new one
/// afterwards.
pub(in crate::order) fn triage(order: &Order, now: Instant, book: &Rulebook) -> (Clock, Vec<Span>) {
    match &order.stage {
        Stage::Submitted { triage } => (triage.clock, triage.joined.clone()),
        _ => {
            let rules = book.rules_at(now);
            let clock = Clock::start(ClockName::Triage, now, rules.triage, rules);
            (clock, Vec::new())
        }
    }
}

pub(in crate::order) static FORM: Form = Form {
    files: false,
    late: Late::Never,
    is_said: false,
    fields: &[
        Takes::needed(Field::Title, Kind::Line(80)),
        Takes::needed(Field::Content, Kind::Prose(5000)),
        Takes::needed(Field::Category, Kind::Category),
    ],
    can: always,
    due: never,
    read: |typed, reading| {
        let (title, content) = (typed.get(Field::Title), typed.get(Field::Content));
        let directory = &reading.book.directory;
        Portion::parse(title, content, typed.get(Field::Category), directory).map(Wish::Split)
    },
};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SplitOff {
    pub into: Number,
    pub title: Line<80>,
}

pub(in crate::order) static SPLIT_OFF: Happening<SplitOff> = Happening {
    sight: |_| Sight::Everybody,
    files: false,
    is_talk: false,
    stage: stays,
    apply: nothing,
    told: told::to_enterprise,
    json: |it, _| json!({"order": it.into.to_string(), "title": it.title}),
};
