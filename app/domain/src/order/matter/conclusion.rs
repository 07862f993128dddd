//! 议定意见: what a meeting holds of a matter without giving anybody a task: it agrees in
//! principle, does not support what is asked for, or says something else. The matter is
//! decided by it; another meeting can decide it anew.

use serde::{Deserialize, Serialize};
use serde_json::json;
use strum::{EnumCount, EnumString, IntoStaticStr, VariantArray};

use crate::case::told::Address;
use crate::codes::codes;
use crate::form::Typed;
use crate::meeting::MeetingNumber;
use crate::order::event::{Happening, Sight, What};
use crate::order::express::{as_a_matter, is_matter, with_a_matter};
use crate::order::step::{Attempt, StepName};
use crate::order::{Number, Track, told};
use crate::refusal::{Faults, Field, Refusal};
use crate::text::{Line, Prose};
use crate::time::Instant;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[derive(EnumCount, EnumString, IntoStaticStr, VariantArray)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Verdict {
    /// 原则同意.
    Agreed,
    /// 不予支持.
    NotSupported,
    /// 其他意见.
    Other,
}

codes!(Verdict);

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conclusion {
    pub verdict: Verdict,
    pub opinion: Prose<1000>,
    /// What it rests on: a law, a plan, an earlier decision.
    pub basis: Option<Line<300>>,
}

/// A conclusion as an order keeps it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Concluded {
    /// The event that holds it.
    pub seq: u32,
    pub meeting: MeetingNumber,
    pub at: Instant,
    pub conclusion: Conclusion,
}

impl Conclusion {
    pub fn verdicts() -> Vec<&'static str> {
        Verdict::ALL.map(Verdict::code).to_vec()
    }

    pub fn read(typed: &Typed) -> Result<Self, Refusal> {
        let mut faults = Faults::default();
        let verdict = typed.get(Field::Verdict);
        let verdict = faults.keep(crate::form::known(Field::Verdict, verdict, Verdict::parse));
        let opinion = faults.keep(Prose::parse(Field::Opinion, typed.get(Field::Opinion)));
        let basis = faults.keep(Line::parse_optional(Field::Basis, typed.get(Field::Basis)));
        match (verdict, opinion, basis) {
            (Some(verdict), Some(opinion), Some(basis)) => Ok(Self {
                verdict,
                opinion,
                basis,
            }),
            (None, ..) | (_, None, _) | (.., None) => Err(faults.refusal()),
        }
    }
}

/// By a meeting, which notes so in the same transaction.
pub(in crate::order) fn conclude(
    at: &Attempt<'_>,
    meeting: MeetingNumber,
    conclusion: Conclusion,
) -> Result<Vec<What>, Refusal> {
    is_matter(at.case, StepName::Conclude)?;
    Ok(vec![What::MatterConcluded(MatterConcluded {
        meeting,
        conclusion,
    })])
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MatterConcluded {
    pub meeting: MeetingNumber,
    pub conclusion: Conclusion,
}

pub(in crate::order) static MATTER_CONCLUDED: Happening<MatterConcluded> = Happening {
    sight: |_| Sight::Everybody,
    files: false,
    is_talk: false,
    stage: as_a_matter,
    apply: |it, order, event| {
        order.conclusions.push(Concluded {
            seq: event.seq,
            meeting: it.meeting,
            at: event.happened_at,
            conclusion: it.conclusion.clone(),
        });
        if let Some(Track::Matter { decided, .. }) = &mut order.track {
            *decided = true;
        }
    },
    told: |_, order| {
        let others = [told::enterprise(order), Address::Supervision];
        told::lead(order).chain(others).collect()
    },
    json: |it, _| {
        json!({
            "meeting": it.meeting.to_string(),
            "verdict": it.conclusion.verdict,
            "opinion": it.conclusion.opinion,
            "basis": it.conclusion.basis,
        })
    },
};

/// The matter that it is decided with was decided without a task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MainConcluded {
    pub main: Number,
    pub conclusion: Conclusion,
}

pub(in crate::order) static MAIN_CONCLUDED: Happening<MainConcluded> = Happening {
    sight: |_| Sight::Offices,
    files: false,
    is_talk: false,
    stage: with_a_matter,
    apply: |_, order, _| {
        if let Some(Track::Joined { concluded, .. }) = &mut order.track {
            *concluded = true;
        }
    },
    told: told::to_lead,
    json: |it, _| {
        json!({
            "main": it.main.to_string(),
            "verdict": it.conclusion.verdict,
            "opinion": it.conclusion.opinion,
            "basis": it.conclusion.basis,
        })
    },
};
