//! 议定事项: what a meeting decided about a matter, with who does it.

use serde::{Deserialize, Serialize};

use crate::refusal::{Fault, Faults, Field, FieldFault, Refusal};
use crate::rulebook::Rulebook;
use crate::task::{Duty, DutyDraft};
use crate::text::Line;
use crate::time::Instant;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    #[serde(flatten)]
    pub duty: Duty,
    /// What it rests on: a law, a plan, an earlier decision.
    pub basis: Option<Line<300>>,
    /// The decision that it takes the place of: nothing else changes one.
    pub replaces: Option<u32>,
}

impl Decision {
    /// `replaces` is the number of the decision that it changes, or empty.
    pub fn parse(
        duty: &DutyDraft,
        basis: &str,
        replaces: &str,
        now: Instant,
        book: &Rulebook,
    ) -> Result<Self, Refusal> {
        let mut faults = Faults::default();
        let duty = duty.keep(&mut faults, now, book);
        let basis = faults.keep(Line::parse_optional(Field::Basis, basis));
        let replaces = faults.keep(match replaces.trim() {
            "" => Ok(None),
            text => text.parse().map(Some).map_err(|_| FieldFault {
                field: Field::Replaces,
                fault: Fault::Unknown,
            }),
        });
        match (duty, basis, replaces) {
            (Some(duty), Some(basis), Some(replaces)) if faults.is_empty() => Ok(Self {
                duty,
                basis,
                replaces,
            }),
            _ => Err(faults.refusal()),
        }
    }
}
