//! 补正: the enterprise hands in what a pause waits for, and the clock runs again.

use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::clock::PauseKind;
use crate::form::{Kind, Takes};
use crate::order::event::{Happening, Sight, What, events, nothing};
use crate::order::stage::Stage;
use crate::order::step::{Attempt, Step, StepName};
use crate::order::wish::{Form, Late, Wish};
use crate::order::{pause, told};
use crate::refusal::{Fault, Field, FieldFault, Refusal};
use crate::text::{Line, Prose};

/// Things that a supplement asks for at most.
const MOST: u16 = 30;

/// What is to be handed in, a line each; empty lines are left out.
pub(in crate::order) fn parse_things(text: &str) -> Result<Vec<Line<200>>, FieldFault> {
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    let things: Vec<Line<200>> = lines
        .map(|line| Line::parse(Field::Things, line))
        .collect::<Result<_, _>>()?;
    if things.len() > usize::from(MOST) {
        let (field, max) = (Field::Things, MOST.into());
        let fault = Fault::TooMany { max };
        return Err(FieldFault { field, fault });
    }
    Ok(things)
}

pub(in crate::order) fn hand_in(_: &Attempt<'_>, text: Prose<5000>) -> Result<Vec<What>, Refusal> {
    Ok(vec![
        What::Supplemented(Supplemented { text }),
        What::Resumed(events::Resumed),
    ])
}

impl Step {
    pub fn supplement(text: &str) -> Result<Self, Refusal> {
        let text = Prose::parse(Field::ReplyText, text)?;
        Ok(Self::Supplement { text })
    }
}

pub(in crate::order) static FORM: Form = Form {
    files: true,
    late: Late::Allowed,
    is_said: false,
    fields: &[Takes::needed(Field::ReplyText, Kind::Prose(5000))],
    can: |at| {
        let pause = at.case.stage.pause();
        let asks = pause.is_some_and(|pause| pause.kind == PauseKind::Supplement);
        at.needs(asks, StepName::Supplement)
    },
    due: pause::resumed_due,
    read: |typed, _| Step::supplement(typed.get(Field::ReplyText)).map(Wish::Step),
};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Supplemented {
    pub text: Prose<5000>,
}

pub(in crate::order) static SUPPLEMENTED: Happening<Supplemented> = Happening {
    sight: |_| Sight::Everybody,
    files: true,
    is_talk: false,
    stage: |_, stage, _, _| match stage {
        Stage::Paused { .. } => Some(stage),
        _ => None,
    },
    apply: nothing,
    told: told::to_lead,
    json: |it, _| json!({"text": it.text}),
};
