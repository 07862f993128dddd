use serde::{Deserialize, Serialize};

use super::Number;
use super::clock::{Clock, ClockName};
use super::entry::When;
use super::event::{Event, What};
use super::step::{StepName, hang, record};
use crate::actor::{Actor, BodyCode, Role};
use crate::attachment::Attachment;
use crate::contact::{Contact, Phone};
use crate::directory::Directory;
use crate::refusal::{Fault, Faults, Field, FieldFault, Refusal};
use crate::rulebook::Rulebook;
use crate::text::{Line, Prose};
use crate::time::Instant;

/// What an enterprise asks for, parsed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Placement {
    pub title: Line<80>,
    pub content: Prose<5000>,
    /// A code of the directory.
    pub category: String,
    pub urgency: Urgency,
    /// Where the difficulty lies.
    pub township: BodyCode,
    pub contact: Contact,
}

/// What was typed, before it is parsed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Draft {
    pub title: String,
    pub content: String,
    pub category: String,
    pub urgency: String,
    pub township: String,
    pub project: String,
    pub contact_name: String,
    pub contact_phone: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Urgency {
    /// 特急.
    Critical,
    /// 紧急.
    Urgent,
    /// 一般.
    Normal,
}

impl Urgency {
    pub const ALL: [Self; 3] = [Self::Normal, Self::Urgent, Self::Critical];

    pub fn code(self) -> &'static str {
        match self {
            Self::Critical => "critical",
            Self::Urgent => "urgent",
            Self::Normal => "normal",
        }
    }

    pub fn parse(code: &str) -> Result<Self, FieldFault> {
        choose(Field::Urgency, code, Self::ALL, Self::code)
    }
}

impl Placement {
    /// Names every fault of the draft at once, in the order of the page.
    pub fn parse(draft: &Draft, directory: &Directory) -> Result<Self, Refusal> {
        let mut faults = Faults::default();
        let category = faults.keep(known(Field::Category, &draft.category, |code| {
            directory.category(code).map(|c| c.code.clone())
        }));
        let title = faults.keep(Line::parse(Field::Title, &draft.title));
        let content = faults.keep(Prose::parse(Field::Content, &draft.content));
        let township = faults.keep(known(Field::Township, &draft.township, |code| {
            directory.township(code).map(|body| body.code.clone())
        }));
        let urgency = faults.keep(Urgency::parse(&draft.urgency));
        let name = faults.keep(Line::parse(Field::ContactName, &draft.contact_name));
        let phone = faults.keep(Phone::parse(Field::ContactPhone, &draft.contact_phone));
        // There is no register of projects yet, so no project can be named.
        if !draft.project.trim().is_empty() {
            faults.add(Field::Project, Fault::Unknown);
        }
        match (title, content, category, urgency, township, name, phone) {
            (
                Some(title),
                Some(content),
                Some(category),
                Some(urgency),
                Some(township),
                Some(name),
                Some(phone),
            ) if draft.project.trim().is_empty() => Ok(Self {
                title,
                content,
                category,
                urgency,
                township,
                contact: Contact { name, phone },
            }),
            _ => Err(faults.refusal()),
        }
    }
}

/// 点单: the first event of an order. The triage clock starts.
pub fn place(
    number: Number,
    actor: &Actor,
    now: Instant,
    placement: Placement,
    attachments: Vec<Attachment>,
    book: &Rulebook,
) -> Result<Event, Refusal> {
    let Role::Enterprise { enterprise, .. } = actor.role else {
        return Err(Refusal::NotYours {
            step: StepName::Place,
        });
    };
    let rules = book.rules_at(now);
    let triage = Clock::start(ClockName::Triage, now, rules.triage, rules);
    let placed = What::Placed {
        number,
        enterprise,
        placement,
        triage,
    };
    let mut events = record(0, actor, When::now(now), vec![placed], book);
    hang(&mut events, StepName::Place, attachments)?;
    Ok(events.remove(0))
}

/// One of a closed list of codes.
pub(super) fn choose<T: Copy, const N: usize>(
    field: Field,
    code: &str,
    all: [T; N],
    name: impl Fn(T) -> &'static str,
) -> Result<T, FieldFault> {
    known(field, code, |code| {
        all.into_iter().find(|value| name(*value) == code)
    })
}

pub(super) fn known<T>(
    field: Field,
    code: &str,
    find: impl FnOnce(&str) -> Option<T>,
) -> Result<T, FieldFault> {
    let code = code.trim();
    let fault = if code.is_empty() {
        Fault::Empty
    } else {
        Fault::Unknown
    };
    find(code).ok_or(FieldFault { field, fault })
}
