use serde::{Deserialize, Serialize};

use super::clock::{Clock, ClockName};
use super::event::What;
use super::history::Order;
use crate::actor::BodyCode;
use crate::directory::Directory;
use crate::refusal::{Field, FieldFault, Refusal};
use crate::rulebook::Rulebook;
use crate::time::Instant;

/// How much an order asks for; the centre decides it at dispatch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Complexity {
    Ordinary,
    Complex,
    /// 咨询.
    Enquiry,
}

impl Complexity {
    pub const ALL: [Self; 3] = [Self::Ordinary, Self::Complex, Self::Enquiry];

    pub fn code(self) -> &'static str {
        match self {
            Self::Ordinary => "ordinary",
            Self::Complex => "complex",
            Self::Enquiry => "enquiry",
        }
    }

    pub fn parse(code: &str) -> Result<Self, FieldFault> {
        super::placement::choose(Field::Complexity, code, Self::ALL, Self::code)
    }
}

/// 分派. Both clocks start here: one that starts at taking invites bouncing.
pub(super) fn dispatch(
    order: &Order,
    now: Instant,
    department: BodyCode,
    complexity: Complexity,
    book: &Rulebook,
) -> Result<Vec<What>, Refusal> {
    let department = known_department(Field::Department, department.as_str(), &book.directory)?;
    let urgency = order.placement.urgency;
    let rules = book.rules_at(now);
    Ok(vec![What::Dispatched {
        department,
        complexity,
        take: Clock::start(ClockName::Take, now, rules.take(urgency), rules),
        resolve: Clock::start(
            ClockName::Resolve,
            now,
            rules.resolve(urgency, complexity),
            rules,
        ),
    }])
}

/// A body that orders can be dispatched to.
pub(super) fn known_department(
    field: Field,
    code: &str,
    directory: &Directory,
) -> Result<BodyCode, FieldFault> {
    super::placement::known(field, code, |code| {
        directory.department(code).map(|body| body.code.clone())
    })
}
