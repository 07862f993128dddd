use super::step::Step;
use super::wish::{Form, Wish};
use crate::codes::coded;
use crate::form::{Kind, Takes};
use serde::{Deserialize, Serialize};
use strum::{EnumCount, IntoStaticStr, VariantArray};

use super::co_handler::{self, CoHandling};
use super::event::What;
use super::history::Order;
use crate::actor::BodyCode;
use crate::clock::{Clock, ClockName, Term};
use crate::directory::Directory;
use crate::refusal::{Field, FieldFault, Refusal};
use crate::rulebook::Rulebook;
use crate::time::Instant;

/// How much an order asks for; the centre decides it at dispatch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[derive(EnumCount, IntoStaticStr, VariantArray)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Complexity {
    Ordinary,
    Complex,
    /// 咨询.
    Enquiry,
}

coded!(Complexity);

impl Complexity {
    pub fn parse(code: &str) -> Result<Self, FieldFault> {
        crate::form::choose(Field::Complexity, code, Self::ALL, Self::code)
    }
}

/// 分派. Both clocks start here: one that starts at taking invites bouncing.
pub(super) fn dispatch(
    order: &Order,
    now: Instant,
    department: BodyCode,
    complexity: Complexity,
    co_handlers: Vec<CoHandling>,
    book: &Rulebook,
) -> Result<Vec<What>, Refusal> {
    let department = known_department(Field::Department, department.as_str(), &book.directory)?;
    let urgency = order.placement.urgency;
    let rules = book.rules_at(now);
    let resolve = Clock::start(
        ClockName::Resolve,
        now,
        rules.resolve(urgency, complexity),
        rules,
    );
    let term: Term = resolve.into();
    let joined = co_handler::begin(order, now, co_handlers, &department, &term, book)?;
    let dispatched = What::Dispatched {
        department,
        complexity,
        take: Clock::start(ClockName::Take, now, rules.take(urgency), rules),
        resolve,
    };
    Ok([dispatched].into_iter().chain(joined).collect())
}

/// A body that orders can be dispatched to.
pub(super) fn known_department(
    field: Field,
    code: &str,
    directory: &Directory,
) -> Result<BodyCode, FieldFault> {
    crate::form::known(field, code, |code| {
        directory.department(code).map(|body| body.code.clone())
    })
}

pub(super) static FORM: Form = Form {
    files: false,
    late: true,
    is_said: false,
    fields: &[
        Takes::needed(Field::Department, Kind::Body),
        Takes::needed(
            Field::Complexity,
            Kind::OneOf(|| Complexity::ALL.map(Complexity::code).to_vec()),
        ),
        Takes::optional(Field::CoHandlers, Kind::CoHandlers),
    ],
    read: |typed, reading| {
        let rows = CoHandling::rows(typed);
        let directory = &reading.book.directory;
        Step::dispatch(
            typed.get(Field::Department),
            typed.get(Field::Complexity),
            &rows,
            directory,
        )
        .map(Wish::Step)
    },
};
