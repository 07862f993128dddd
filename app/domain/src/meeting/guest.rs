use serde::{Deserialize, Serialize};

use crate::actor::{Actor, BodyCode, EnterpriseId};
use crate::refusal::{Fault, Faults, Field, FieldFault, Refusal};
use crate::text::Line;
use crate::text::Reason;

/// Who is invited.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(tag = "guest", content = "who", rename_all = "snake_case")]
pub enum Guest {
    Body(BodyCode),
    Enterprise(EnterpriseId),
}

/// An invitation with what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitation {
    pub guest: Guest,
    pub answer: Option<Answer>,
    /// As it was noted in the room; `None`: not noted.
    pub present: Option<bool>,
}

impl Invitation {
    pub fn is_excused(&self) -> bool {
        matches!(self.answer, Some(Answer::Excused { .. }))
    }

    /// Nobody has noted whether they came.
    pub fn is_unrecorded(&self) -> bool {
        self.present.is_none() && !self.is_excused()
    }
}

/// What somebody who is invited answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "answer", rename_all = "snake_case")]
pub enum Answer {
    Comes {
        name: Line<40>,
    },
    /// 代会: instead of whoever answers for the body.
    Substitute {
        name: Line<40>,
        reason: Reason,
    },
    /// 请假.
    Excused {
        reason: Reason,
    },
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct AnswerDraft {
    #[serde(default)]
    pub answer: String,
    #[serde(default)]
    pub attendee: String,
    #[serde(default)]
    pub reason: String,
}

impl AnswerDraft {
    pub fn parse(&self) -> Result<Answer, Refusal> {
        let mut faults = Faults::default();
        let name = || Line::parse(Field::Attendee, &self.attendee);
        let reason = || Reason::parse(Field::Reason, &self.reason);
        let answer = match self.answer.as_str() {
            "comes" => faults.keep(name()).map(|name| Answer::Comes { name }),
            "substitute" => {
                let (name, reason) = (faults.keep(name()), faults.keep(reason()));
                name.zip(reason)
                    .map(|(name, reason)| Answer::Substitute { name, reason })
            }
            "excused" => {
                let reason = faults.keep(reason());
                reason.map(|reason| Answer::Excused { reason })
            }
            other => {
                let fault = if other.is_empty() {
                    Fault::Empty
                } else {
                    Fault::Unknown
                };
                faults.add(Field::Answer, fault);
                None
            }
        };
        answer.ok_or_else(|| faults.refusal())
    }
}

impl Answer {
    pub fn code(&self) -> &'static str {
        match self {
            Self::Comes { .. } => "comes",
            Self::Substitute { .. } => "substitute",
            Self::Excused { .. } => "excused",
        }
    }

    /// Who comes.
    pub fn name(&self) -> Option<&str> {
        match self {
            Self::Comes { name } | Self::Substitute { name, .. } => Some(name.as_str()),
            Self::Excused { .. } => None,
        }
    }
}

impl Guest {
    /// As the database and forms name it.
    pub fn code(&self) -> String {
        match self {
            Self::Body(body) => format!("body:{body}"),
            Self::Enterprise(id) => format!("enterprise:{id}"),
        }
    }

    pub fn parse(code: &str) -> Result<Self, FieldFault> {
        let unknown = || FieldFault {
            field: Field::Guest,
            fault: Fault::Unknown,
        };
        match code.split_once(':').ok_or_else(unknown)? {
            ("body", body) => Ok(Self::Body(BodyCode::new(body))),
            ("enterprise", id) => id.parse().map(Self::Enterprise).map_err(|_| unknown()),
            _ => Err(unknown()),
        }
    }

    /// As whom an actor is invited, if at all.
    pub fn of(actor: &Actor) -> Option<Self> {
        let body = actor.role.body().cloned().map(Self::Body);
        body.or_else(|| actor.role.enterprise().map(Self::Enterprise))
    }
}
