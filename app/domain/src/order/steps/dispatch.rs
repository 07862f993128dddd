use serde::{Deserialize, Serialize};
use serde_json::json;
use strum::{EnumCount, IntoStaticStr, VariantArray};

use crate::actor::BodyCode;
use crate::clock::{Clock, ClockName, Term};
use crate::codes::coded;
use crate::directory::Directory;
use crate::form::{Kind, Takes};
use crate::order::co_handler::{self, CoHandling};
use crate::order::event::{Happening, Sight, What};
use crate::order::stage::{Stage, Taking};
use crate::order::step::{Attempt, Step};
use crate::order::told;
use crate::order::wish::{Form, Late, Wish, always};
use crate::refusal::{Faults, Field, FieldFault, Refusal};
use crate::time::Due;

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
pub(in crate::order) fn dispatch(
    at: &Attempt<'_>,
    department: BodyCode,
    complexity: Complexity,
    co_handlers: Vec<CoHandling>,
) -> Result<Vec<What>, Refusal> {
    let (order, book) = (at.case, at.book);
    let now = at.when.entered;
    at.stands(Field::Department, &department)?;
    for part in &co_handlers {
        at.stands(Field::CoHandlers, &part.body)?;
    }
    let department = book
        .directory
        .known_department(Field::Department, department.as_str())?;
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
    let dispatched = What::Dispatched(Dispatched {
        department,
        complexity,
        take: Clock::start(ClockName::Take, now, rules.take(urgency), rules),
        resolve,
    });
    Ok([dispatched].into_iter().chain(joined).collect())
}

impl Step {
    /// Names every fault at once.
    pub fn dispatch(
        department: &str,
        complexity: &str,
        co_handlers: &[(String, String)],
        directory: &Directory,
    ) -> Result<Self, Refusal> {
        let mut faults = Faults::default();
        let department = faults.keep(directory.known_department(Field::Department, department));
        let complexity = faults.keep(Complexity::parse(complexity));
        let rows = co_handlers
            .iter()
            .map(|(body, task)| (body.as_str(), task.as_str()));
        let co_handlers = faults.keep(co_handler::CoHandling::parse_rows(rows, directory));
        match (department, complexity, co_handlers) {
            (Some(department), Some(complexity), Some(co_handlers)) => Ok(Self::Dispatch {
                department,
                complexity,
                co_handlers,
            }),
            _ => Err(faults.refusal()),
        }
    }
}

/// When an order that is dispatched now is to be taken.
pub(in crate::order) fn take_due(at: &Attempt<'_>) -> Option<Due> {
    let limit = at.rules().take(at.case.placement.urgency);
    Some(at.starts(ClockName::Take, limit))
}

pub(in crate::order) static FORM: Form = Form {
    files: false,
    late: Late::Allowed,
    is_said: false,
    fields: &[
        Takes::needed(Field::Department, Kind::Body),
        Takes::needed(
            Field::Complexity,
            Kind::OneOf(|| Complexity::ALL.map(Complexity::code).to_vec()),
        ),
        Takes::optional(Field::CoHandlers, Kind::CoHandlers),
    ],
    can: always,
    due: take_due,
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

/// Begins the first cycle.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dispatched {
    pub department: BodyCode,
    pub complexity: Complexity,
    pub take: Clock,
    pub resolve: Clock,
}

pub(in crate::order) static DISPATCHED: Happening<Dispatched> = Happening {
    sight: |_| Sight::Everybody,
    files: false,
    is_talk: false,
    stage: |it, stage, _, _| match stage {
        Stage::Submitted { .. } => Some(Stage::Dispatched {
            lead: it.department.clone(),
            taking: Taking::Waits {
                take: it.take.into(),
            },
            resolve: it.resolve.into(),
        }),
        _ => None,
    },
    apply: |it, order, _| order.complexity = Some(it.complexity),
    // Whose turn it is sees it in their list.
    told: told::nobody,
    json: |it, telling| {
        json!({
            "department": it.department,
            "complexity": it.complexity,
            "take_due_at": telling.due(&it.take),
            "due_at": telling.due(&it.resolve),
        })
    },
};
