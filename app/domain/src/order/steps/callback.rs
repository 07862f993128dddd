//! 回访: after a reply the centre calls the enterprise. What it says is not solved goes
//! back like a bad rating.

use serde::{Deserialize, Serialize};
use serde_json::json;
use strum::{EnumCount, IntoStaticStr, VariantArray};

use crate::clock::Term;
use crate::codes::coded;
use crate::form::{Kind, Takes};
use crate::order::escalation::Cause;
use crate::order::event::{Happening, Sight, What, nothing};
use crate::order::rating::Feedback;
use crate::order::stage::Stage;
use crate::order::step::{Attempt, Step, StepName};
use crate::order::wish::{Form, Late, Wish, never};
use crate::order::{rating, told};
use crate::refusal::{Faults, Field, Refusal};
use crate::text::Prose;

/// A call, and what the enterprise said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Call {
    pub outcome: Outcome,
    /// Needed where it is not solved.
    pub note: Option<Prose<500>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[derive(EnumCount, IntoStaticStr, VariantArray)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Outcome {
    Solved,
    NotSolved,
    /// Nobody answered: the callback is still awaited.
    NotReached,
}

coded!(Outcome);

impl Call {
    pub fn parse(outcome: &str, note: &str) -> Result<Self, Refusal> {
        let mut faults = Faults::default();
        let outcome = faults.keep(crate::form::choose(
            Field::Outcome,
            outcome,
            Outcome::ALL,
            Outcome::code,
        ));
        let note = faults.keep(if outcome == Some(Outcome::NotSolved) {
            Prose::parse(Field::Said, note).map(Some)
        } else {
            Prose::parse_optional(Field::Said, note)
        });
        match (outcome, note) {
            (Some(outcome), Some(note)) => Ok(Self { outcome, note }),
            _ => Err(faults.refusal()),
        }
    }
}

impl Stage {
    /// The centre's time to call back, where it is awaited.
    pub fn callback(&self) -> Option<&Term> {
        match self {
            Self::Replied { callback, .. } => callback.as_ref(),
            _ => None,
        }
    }
}

pub(in crate::order) fn call(at: &Attempt<'_>, call: Call) -> Result<Vec<What>, Refusal> {
    let (order, book) = (at.case, at.book);
    let now = at.when.entered;
    let consequence = match call.outcome {
        Outcome::Solved | Outcome::NotReached => None,
        Outcome::NotSolved => Some(rating::goes_back(order, now, Cause::StillNotSolved, book)),
    };
    let called = What::CalledBack(CalledBack { call });
    Ok(std::iter::once(called).chain(consequence).collect())
}

pub(in crate::order) static FORM: Form = Form {
    files: false,
    late: Late::Allowed,
    is_said: false,
    fields: &[
        Takes::needed(
            Field::Outcome,
            Kind::OneOf(|| Outcome::ALL.map(Outcome::code).to_vec()),
        ),
        Takes::optional(Field::Said, Kind::Prose(500)),
    ],
    can: |at| {
        let awaited = at.case.stage.callback();
        at.needs(awaited.is_some(), StepName::CallBack)
    },
    due: never,
    read: |typed, _| {
        let call = Call::parse(typed.get(Field::Outcome), typed.get(Field::Said))?;
        Wish::step(Step::CallBack(call))
    },
};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalledBack {
    pub call: Call,
}

pub(in crate::order) static CALLED_BACK: Happening<CalledBack> = Happening {
    sight: |_| Sight::Everybody,
    files: false,
    is_talk: false,
    stage: |it, mut stage, _, _| {
        let Stage::Replied {
            callback: callback @ Some(_),
            feedback: feedback @ None,
            ..
        } = &mut stage
        else {
            return None;
        };
        match it.call.outcome {
            Outcome::NotReached => {}
            Outcome::Solved => *callback = None,
            Outcome::NotSolved => {
                *callback = None;
                *feedback = Some(Feedback::NotSolved);
            }
        }
        Some(stage)
    },
    apply: nothing,
    told: told::nobody,
    json: |it, _| json!({"outcome": it.call.outcome, "comment": it.call.note}),
};
