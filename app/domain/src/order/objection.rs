//! The enterprise is told of a pause and may object to it; the centre decides.

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::Reason;
use super::event::{Happening, Sight, What, events, nothing};
use super::history::Order;
use super::stage::Stage;
use super::step::Step;
use super::step::StepName;
use super::told::{self, Address};
use super::wish::{Form, REASON, UPHOLD, Wish};
use crate::clock::{Objection, Pause};
use crate::refusal::{Field, Refusal};

pub(super) fn object(reason: Reason) -> Vec<What> {
    vec![What::Objected(Objected { reason })]
}

/// Upheld, the pause ends at once; the working days it has taken out stay out.
pub(super) fn decide(upheld: bool, reason: Option<Reason>) -> Vec<What> {
    let decided = What::ObjectionDecided(ObjectionDecided { upheld, reason });
    if upheld {
        vec![decided, What::Resumed(events::Resumed)]
    } else {
        vec![decided]
    }
}

/// One objection to each pause.
pub(super) fn can_object(order: &Order) -> Result<(), Refusal> {
    match order.stage.pause() {
        Some(pause) if pause.objection.is_some() => Err(Refusal::NoMore {
            step: StepName::Object,
            max: 1,
        }),
        Some(_) | None => Ok(()),
    }
}

pub(super) fn is_open(order: &Order) -> bool {
    let objection = order.stage.pause().and_then(|p| p.objection.as_ref());
    objection.is_some_and(|objection| objection.upheld.is_none())
}

pub(super) static OBJECT: Form = Form {
    files: true,
    late: true,
    is_said: false,
    fields: &REASON,
    read: |typed, _| Step::object(typed.get(Field::Reason)).map(Wish::Step),
};

pub(super) static DECIDE: Form = Form {
    files: false,
    late: false,
    is_said: false,
    fields: &UPHOLD,
    read: |typed, _| {
        Step::decide_objection(typed.get(Field::Uphold), typed.get(Field::Reason)).map(Wish::Step)
    },
};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Objected {
    pub reason: Reason,
}

pub(super) static OBJECTED: Happening<Objected> = Happening {
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

pub(super) static OBJECTION_DECIDED: Happening<ObjectionDecided> = Happening {
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
