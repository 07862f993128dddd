//! 答复: the department says what was done; its head may look at it first; it can be corrected.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::case::When;
use crate::clock::{Clock, ClockName, Term};
use crate::form::{Kind, Takes, Typed};
use crate::order::event::{Happening, Sight, What};
use crate::order::stage::Stage;
use crate::order::step::Step;
use crate::order::wish::{Form, Late, Wish, always};
use crate::order::{Reason, told};
use crate::refusal::{Fault, Faults, Field, FieldFault, Refusal};
use crate::rulebook::Rulebook;
use crate::text::Prose;
use crate::time::local;

/// What the department did (答复).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reply {
    #[serde(flatten)]
    pub kind: ReplyKind,
    pub text: Prose<5000>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "reply", rename_all = "snake_case")]
pub enum ReplyKind {
    Solved,
    /// Will be solved by a day that is promised.
    Planned {
        until: NaiveDate,
    },
    Explained,
    /// Cannot be done, with the clause that stands against it.
    Impossible {
        basis: Prose<500>,
    },
}

/// What was typed, before it is parsed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ReplyDraft {
    pub kind: String,
    pub text: String,
    /// A date `2026-12-31`, only for a plan.
    pub until: String,
    /// Only for "cannot be done".
    pub basis: String,
    /// Why not all co-handlers are waited for.
    pub without: String,
    /// `yes`: what looks like a blank of a template is meant so.
    pub blanks: String,
}

/// The four kinds, as a form or a program names them.
pub const REPLY_KINDS: [&str; 4] = ["solved", "planned", "explained", "impossible"];

impl Reply {
    /// Blanks of a template are asked about, and then allowed.
    pub fn is_filled_in(&self, sure: bool) -> Result<(), FieldFault> {
        let lines = crate::template::blanks(self.text.as_str());
        if sure || lines.is_empty() {
            return Ok(());
        }
        Err(FieldFault {
            field: Field::ReplyText,
            fault: Fault::BlanksLeft { lines },
        })
    }

    /// `until` is a date `2026-12-31`, only for a plan; `basis` only for "cannot be done".
    pub fn parse(kind: &str, text: &str, until: &str, basis: &str) -> Result<Self, Refusal> {
        let mut faults = Faults::default();
        let kind = match kind.trim() {
            "solved" => Some(ReplyKind::Solved),
            "explained" => Some(ReplyKind::Explained),
            "planned" => faults
                .keep(crate::form::date(Field::ReplyUntil, until))
                .map(|until| ReplyKind::Planned { until }),
            "impossible" => faults
                .keep(Prose::parse(Field::ReplyBasis, basis))
                .map(|basis| ReplyKind::Impossible { basis }),
            other => {
                let fault = if other.is_empty() {
                    Fault::Empty
                } else {
                    Fault::Unknown
                };
                faults.add(Field::ReplyKind, fault);
                None
            }
        };
        let text = faults.keep(Prose::parse(Field::ReplyText, text));
        // What was filled in and would not be kept is said, not dropped.
        let mut idle = false;
        if let Some(kind) = &kind {
            for (field, value, belongs) in [
                (
                    Field::ReplyUntil,
                    until,
                    matches!(kind, ReplyKind::Planned { .. }),
                ),
                (
                    Field::ReplyBasis,
                    basis,
                    matches!(kind, ReplyKind::Impossible { .. }),
                ),
            ] {
                if !belongs && !value.trim().is_empty() {
                    faults.add(field, Fault::NotOfThisKind);
                    idle = true;
                }
            }
        }
        match (kind, text) {
            (Some(kind), Some(text)) if !idle => Ok(Self { kind, text }),
            _ => Err(faults.refusal()),
        }
    }
}

impl ReplyKind {
    pub fn code(&self) -> &'static str {
        match self {
            Self::Solved => "solved",
            Self::Planned { .. } => "planned",
            Self::Explained => "explained",
            Self::Impossible { .. } => "impossible",
        }
    }
}

pub(in crate::order) fn reply(when: When, reply: Reply, book: &Rulebook) -> Result<What, Refusal> {
    is_ahead(when, &reply)?;
    Ok(sent(when, reply, book))
}

/// What is promised is promised for a day to come.
pub(in crate::order) fn is_ahead(when: When, reply: &Reply) -> Result<(), FieldFault> {
    if let ReplyKind::Planned { until } = reply.kind
        && until < local(when.happened).date()
    {
        return Err(FieldFault {
            field: Field::ReplyUntil,
            fault: Fault::InThePast,
        });
    }
    Ok(())
}

/// A reply that goes out.
pub(in crate::order) fn sent(when: When, reply: Reply, book: &Rulebook) -> What {
    let rules = book.rules_at(when.entered);
    let window = Clock::start(ClockName::Rating, when.entered, rules.rating, rules);
    let callback = Clock::start(ClockName::Callback, when.entered, rules.callback, rules);
    What::Replied(Replied {
        reply,
        window,
        callback: Some(callback),
    })
}

/// What is said in a reply.
pub(in crate::order) const FIELDS: [Takes; 5] = [
    Takes::needed(Field::ReplyKind, Kind::OneOf(|| REPLY_KINDS.to_vec())),
    Takes::needed(Field::ReplyText, Kind::Prose(5000)),
    Takes::optional(Field::ReplyUntil, Kind::Date),
    Takes::optional(Field::ReplyBasis, Kind::Prose(500)),
    Takes::optional(Field::Blanks, Kind::Yes),
];

pub(in crate::order) fn read(typed: &Typed) -> Result<Reply, Refusal> {
    let text = |field| typed.get(field);
    let reply = Reply::parse(
        text(Field::ReplyKind),
        text(Field::ReplyText),
        text(Field::ReplyUntil),
        text(Field::ReplyBasis),
    )?;
    reply.is_filled_in(text(Field::Blanks) == "yes")?;
    Ok(reply)
}

impl Step {
    /// `without` is why not all co-handlers are waited for, or empty.
    pub fn reply(reply: Reply, without: &str) -> Result<Self, Refusal> {
        let without = Reason::parse_optional(Field::Without, without)?;
        Ok(Self::Reply { reply, without })
    }
}

pub(in crate::order) static FORM: Form = Form {
    files: true,
    late: Late::Allowed,
    is_said: false,
    fields: &[
        FIELDS[0],
        FIELDS[1],
        FIELDS[2],
        FIELDS[3],
        FIELDS[4],
        Takes::optional(Field::Without, Kind::Prose(Reason::MAX)),
    ],
    can: always,
    due: |at| Some(at.starts(ClockName::Rating, at.rules().rating)),
    read: |typed, _| {
        let reply = read(typed)?;
        Step::reply(reply, typed.get(Field::Without)).map(Wish::Step)
    },
};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Replied {
    pub reply: Reply,
    pub window: Clock,
    /// Not in histories that are older than callbacks.
    #[serde(default)]
    pub callback: Option<Clock>,
}

pub(in crate::order) static REPLIED: Happening<Replied> = Happening {
    sight: |_| Sight::Everybody,
    files: true,
    is_talk: false,
    stage: |it, stage, _, _| match stage {
        Stage::InHand { lead, .. } | Stage::Rework { lead, .. } => Some(Stage::Replied {
            lead,
            reply: it.reply.clone(),
            window: it.window.into(),
            callback: it.callback.map(Term::from),
            feedback: None,
        }),
        _ => None,
    },
    apply: |it, order, event| {
        order.co_asked = None;
        order.unapproved = None;
        order.to_mend = None;
        // Replies of before promises were followed ring nobody up now.
        if it.callback.is_some() {
            order.promise(event, &it.reply);
        }
    },
    // An enterprise looks in once a month.
    told: told::to_enterprise,
    json: |it, telling| {
        let mut told = json(&it.reply);
        told["due_at"] = json!(telling.due(&it.window));
        told["callback_due_at"] = json!(it.callback.as_ref().map(|clock| telling.due(clock)));
        told
    },
};

/// A reply as programs read it.
pub(in crate::order) fn json(reply: &Reply) -> Value {
    let (until, basis) = match &reply.kind {
        ReplyKind::Planned { until } => (Some(until.to_string()), None),
        ReplyKind::Impossible { basis } => (None, Some(basis.as_str())),
        ReplyKind::Solved | ReplyKind::Explained => (None, None),
    };
    json!({
        "reply": reply.kind.code(),
        "text": reply.text,
        "until": until,
        "basis": basis,
    })
}
