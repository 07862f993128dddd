//! 轮到谁: what an order waits for and for whom, each said once, as conditions on what lists
//! show of it: asked of one order here, and of many by the database.

use super::express::ExpressState;
use super::overview::{Ask, Overview, Turn};
use super::stage::StageName;
use crate::actor::{BodyCode, Role};
use crate::task::TaskState;
use crate::time::Instant;

/// A reason for which an order waits for somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Waits {
    /// For the centre, to be dispatched.
    Dispatch,
    /// For a decision of the centre.
    Decision,
    /// For its enterprise, which has something to hand in.
    Supplement,
    /// For a body with a part.
    Part,
    /// For the lead.
    Lead,
    /// For its enterprise, to be rated.
    Rating,
    /// For the centre, since the time to rate it has passed.
    Closure,
    /// For the deputy mayor: rated badly twice.
    AfterTwoBadRatings,
    /// For the mayor's office: a candidate for the express, a task that is called done, an
    /// order that only its tasks keep open.
    Express,
    /// For the head of the lead: a reply.
    Approval,
    /// For the deputy mayor: another extension.
    SecondExtension,
    /// For a body with a task.
    Task,
}

/// Something that is true of an order as lists show it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum If {
    Stage(&'static [StageName]),
    /// One of these is awaited.
    Asks(&'static [Ask]),
    /// None of these is.
    AsksNone(&'static [Ask]),
    /// Led by the body that is asked about.
    Leads,
    /// That body's part is awaited.
    PartOpen,
    /// A task of that body is open.
    TaskOpen,
    /// Some task is called done.
    TaskReported,
    /// No clock of its stage runs.
    NoClock,
    /// The clock that runs has not run out.
    InTime,
    RunOut,
    RatedWell,
    /// Rated badly, or not at all.
    NotRatedWell,
    /// It has to do with the mayor's express.
    OnExpress,
    Express(&'static [ExpressState]),
    NotExpress(&'static [ExpressState]),
}

/// What is true of an order that waits so: all of `all`, and all of one of `any` where there
/// are some.
#[derive(Debug, Clone, Copy)]
pub struct Conditions {
    pub all: &'static [If],
    pub any: &'static [&'static [If]],
}

/// Stages in which a lead has it in hand.
const IN_HAND: &[StageName] = &[
    StageName::Dispatched,
    StageName::InHand,
    StageName::Paused,
    StageName::Rework,
];
const REPLIED: If = If::Stage(&[StageName::Replied]);
/// As [`ExpressState::is_under_way`].
const WITH_OFFICE: &[ExpressState] = &[
    ExpressState::Candidate,
    ExpressState::Matter,
    ExpressState::Joined,
    ExpressState::Decided,
];
/// Something of it is still to be done.
const TO_BE_DONE: &[ExpressState] = &[ExpressState::Decided, ExpressState::SentBack];

impl Waits {
    /// Every reason for which an order waits for somebody in this role.
    pub fn of(role: &Role) -> &'static [Self] {
        match role {
            Role::Enterprise { .. } => &[Self::Rating, Self::Supplement],
            Role::Centre { .. } => &[Self::Dispatch, Self::Closure, Self::Decision],
            Role::Handler { .. } | Role::Township { .. } => &[Self::Lead, Self::Part, Self::Task],
            Role::Head { .. } => &[Self::Lead, Self::Part, Self::Task, Self::Approval],
            Role::Deputy => &[Self::AfterTwoBadRatings, Self::SecondExtension],
            Role::Office => &[Self::Express],
            Role::Supervision
            | Role::Mayor
            | Role::Leader
            | Role::SystemAdmin
            | Role::SecurityAdmin
            | Role::Auditor
            | Role::Clockwork => &[],
        }
    }

    /// Whether somebody decides beside the work itself.
    pub fn is_decision(self) -> bool {
        match self {
            Self::Decision | Self::Approval | Self::SecondExtension => true,
            Self::Dispatch
            | Self::Supplement
            | Self::Part
            | Self::Lead
            | Self::Rating
            | Self::Closure
            | Self::AfterTwoBadRatings
            | Self::Express
            | Self::Task => false,
        }
    }

    pub fn conditions(self) -> Conditions {
        let all = |all| Conditions { all, any: &[] };
        match self {
            Self::Dispatch => all(&[If::Stage(&[StageName::Submitted])]),
            Self::Decision => all(&[If::Asks(&[
                Ask::Ruling,
                Ask::Objection,
                Ask::CoHandler,
                Ask::Extension,
                Ask::Appeal,
            ])]),
            Self::Supplement => all(&[If::Asks(&[Ask::Supplement])]),
            Self::Part => all(&[If::PartOpen]),
            Self::Lead => all(&[
                If::Stage(IN_HAND),
                If::AsksNone(&[Ask::Ruling, Ask::Objection, Ask::Supplement]),
                If::Leads,
            ]),
            Self::Rating => all(&[REPLIED, If::InTime]),
            Self::Closure => all(&[REPLIED, If::RunOut, If::NotExpress(TO_BE_DONE)]),
            Self::AfterTwoBadRatings => all(&[
                REPLIED,
                If::NoClock,
                If::NotRatedWell,
                If::NotExpress(WITH_OFFICE),
            ]),
            Self::Express => Conditions {
                all: &[If::OnExpress],
                any: &[
                    &[If::Express(&[ExpressState::Candidate])],
                    &[REPLIED, If::NoClock, If::Express(WITH_OFFICE)],
                    &[REPLIED, If::NoClock, If::RatedWell],
                    &[REPLIED, If::RunOut, If::Express(TO_BE_DONE)],
                    &[If::TaskReported],
                ],
            },
            Self::Approval => all(&[If::Asks(&[Ask::Reply]), If::Leads]),
            Self::SecondExtension => all(&[If::Asks(&[Ask::SecondExtension])]),
            Self::Task => all(&[If::TaskOpen]),
        }
    }

    /// Whether an order waits so; for `body`, or for any where there is none.
    pub fn holds(self, order: &Overview, now: Instant, body: Option<&BodyCode>) -> bool {
        let Conditions { all, any } = self.conditions();
        let hold = |all: &[If]| all.iter().all(|one| one.holds(order, now, body));
        hold(all) && (any.is_empty() || any.iter().any(|all| hold(all)))
    }
}

impl If {
    fn holds(self, order: &Overview, now: Instant, body: Option<&BodyCode>) -> bool {
        let is_asked = |asks: &[Ask]| order.asks.iter().any(|ask| asks.contains(ask));
        let is_theirs = |of: &BodyCode| body.is_none_or(|body| body == of);
        let well = order.rating.is_some_and(|level| !level.is_bad());
        let express = order.express.map(|(state, _)| state);
        let mut tasks = order.tasks.iter();
        match self {
            Self::Stage(stages) => stages.contains(&order.stage),
            Self::Asks(asks) => is_asked(asks),
            Self::AsksNone(asks) => !is_asked(asks),
            Self::Leads => order.lead.as_ref().is_some_and(is_theirs),
            Self::PartOpen => {
                let mut parts = order.co_handlers.iter();
                parts.any(|part| part.open && is_theirs(&part.body))
            }
            Self::TaskOpen => {
                tasks.any(|task| task.state == TaskState::Open && is_theirs(&task.duty.owner))
            }
            Self::TaskReported => tasks.any(|task| task.state == TaskState::Reported),
            Self::NoClock => order.clock.is_none(),
            Self::InTime => order.clock.is_some_and(|clock| now <= clock.due.at),
            Self::RunOut => order.clock.is_some_and(|clock| now > clock.due.at),
            Self::RatedWell => well,
            Self::NotRatedWell => !well,
            Self::OnExpress => express.is_some(),
            Self::Express(states) => express.is_some_and(|state| states.contains(&state)),
            Self::NotExpress(states) => express.is_none_or(|state| !states.contains(&state)),
        }
    }
}

/// The first that holds says whose turn it is.
const TURNS: [(Waits, Turn); 9] = [
    (Waits::Dispatch, Turn::Centre),
    (Waits::Decision, Turn::Centre),
    (Waits::Supplement, Turn::Enterprise),
    (Waits::Part, Turn::CoHandler),
    (Waits::Lead, Turn::Lead),
    (Waits::Rating, Turn::Enterprise),
    (Waits::Closure, Turn::Centre),
    (Waits::AfterTwoBadRatings, Turn::Deputy),
    (Waits::Express, Turn::Office),
];

impl Overview {
    pub fn turn(&self, now: Instant) -> Turn {
        let in_hand = IN_HAND.contains(&self.stage);
        let is_next = |waits: Waits| match waits {
            // The work goes on meanwhile, unless it cannot.
            Waits::Decision => in_hand && self.asks.iter().any(|ask| ask.stops_work()),
            Waits::Supplement => in_hand,
            // First it is taken, whoever has a part.
            Waits::Part => in_hand && self.stage != StageName::Dispatched,
            Waits::Express => self.stage == StageName::Replied,
            Waits::Dispatch
            | Waits::Lead
            | Waits::Rating
            | Waits::Closure
            | Waits::AfterTwoBadRatings
            | Waits::Approval
            | Waits::SecondExtension
            | Waits::Task => true,
        };
        let mut turns = TURNS.into_iter();
        let first = turns.find(|(waits, _)| is_next(*waits) && waits.holds(self, now, None));
        first.map_or(Turn::None, |(_, turn)| turn)
    }
}
