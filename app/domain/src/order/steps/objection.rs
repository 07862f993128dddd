//! The enterprise is told of a pause and may object to it; the centre decides.

use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::clock::{Objection, Pause};
use crate::order::event::{Happening, Sight, What, events, nothing};
use crate::order::history::Order;
use crate::order::stage::Stage;
use crate::order::step::{Attempt, Step, StepName};
use crate::order::told::Address;
use crate::order::wish::{Form, Late, REASON, UPHOLD, Wish, never, verdict};
use crate::order::{Reason, told};
use crate::refusal::{Field, Refusal};

pub(in crate::order) fn object(_: &Attempt<'_>, reason: Reason) -> Result<Vec<What>, Refusal> {
    Ok(vec![What::Objected(Objected { reason })])
}

/// Upheld, the pause ends at once; the working days it has taken out stay out.
pub(in crate::order) fn decide(
    _: &Attempt<'_>,
    upheld: bool,
    reason: Option<Reason>,
) -> Result<Vec<What>, Refusal> {
    let decided = What::ObjectionDecided(ObjectionDecided { upheld, reason });
    Ok(if upheld {
        vec![decided, What::Resumed(events::Resumed)]
    } else {
        vec![decided]
    })
}

/// One objection to each pause.
pub(in crate::order) fn can_object(order: &Order) -> Result<(), Refusal> {
    match order.stage.pause() {
        Some(pause) if pause.objection.is_some() => Err(Refusal::NoMore {
            step: StepName::Object,
            max: 1,
        }),
        Some(_) | None => Ok(()),
    }
}

pub(in crate::order) fn is_open(order: &Order) -> bool {
    let objection = order.stage.pause().and_then(|p| p.objection.as_ref());
    objection.is_some_and(|objection| objection.upheld.is_none())
}

impl Step {
    pub fn object(reason: &str) -> Result<Self, Refusal> {
        let reason = Reason::parse(Field::Reason, reason)?;
        Ok(Self::Object { reason })
    }

    /// `upheld` is `yes` or `no`; a reason is needed to say no.
    pub fn decide_objection(upheld: &str, reason: &str) -> Result<Self, Refusal> {
        let (upheld, reason) = verdict(Field::Uphold, upheld, reason)?;
        Ok(Self::DecideObjection { upheld, reason })
    }
}

pub(in crate::order) static OBJECT: Form = Form {
    files: true,
    late: Late::Allowed,
    is_said: false,
    fields: &REASON,
    can: |at| can_object(at.case),
    due: never,
    read: |typed, _| Step::object(typed.get(Field::Reason)).map(Wish::Step),
};

pub(in crate::order) static DECIDE: Form = Form {
    files: false,
    late: Late::Never,
    is_said: false,
    fields: &UPHOLD,
    can: |at| at.needs(is_open(at.case), StepName::DecideObjection),
    due: never,
    read: |typed, _| {
        Step::decide_objection(typed.get(Field::Uphold), typed.get(Field::Reason)).map(Wish::Step)
    },
};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Objected {
    pub reason: Reason,
}

pub(in crate::order) static OBJECTED: Happening<Objected> = Happening {
    sight: |_| Sight::Everybody,
    files: true,
    is_talk: false,
    stage: |it, stage, _, _| {
        let objection = Objection {
            reason: it.reason.clone(),
            upheld: None,
        };
        paused(stage, |pause| pause.objection = Some(objection))
    },
    apply: nothing,
    told: |_, order| told::lead(order).chain([Address::Centre]).collect(),
    json: |it, _| json!({"reason": it.reason}),
};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ObjectionDecided {
    pub upheld: bool,
    pub reason: Option<Reason>,
}

pub(in crate::order) static OBJECTION_DECIDED: Happening<ObjectionDecided> = Happening {
    sight: |_| Sight::Everybody,
    files: false,
    is_talk: false,
    stage: |it, stage, _, _| {
        paused(stage, |pause| {
            if let Some(objection) = &mut pause.objection {
                objection.upheld = Some(it.upheld);
            }
        })
    },
    apply: nothing,
    told: told::to_both,
    json: |it, _| json!({"upheld": it.upheld, "reason": it.reason}),
};

/// The pause goes on, changed.
fn paused(mut stage: Stage, change: impl FnOnce(&mut Pause)) -> Option<Stage> {
    let Stage::Paused { cycle, .. } = &mut stage else {
        return None;
    };
    if let Some(pause) = cycle.pauses.last_mut() {
        change(pause);
    }
    Some(stage)
}
