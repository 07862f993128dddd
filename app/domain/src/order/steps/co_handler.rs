//! 协办: other bodies that do a part of an order, each with a task, a deadline inside
//! the lead's, and a reply of its own. The lead answers for the whole.

use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::actor::{Actor, BodyCode};
use crate::case::Reading;
use crate::clock::{Clock, ClockName, Term};
use crate::directory::Directory;
use crate::form::{Kind, Takes, Typed, known};
use crate::order::event::{Event, Happening, Sight, What};
use crate::order::history::Order;
use crate::order::stage::{Stage, StageName};
use crate::order::step::{Attempt, Step, StepName};
use crate::order::told::Address;
use crate::order::wish::{Form, GRANT, Late, Wish, always, never, verdict};
use crate::order::{Reason, told};
use crate::refusal::{Fault, Faults, Field, FieldFault, Refusal};
use crate::rulebook::{Rulebook, Rules};
use crate::text::Prose;
use crate::time::{Calendar, Due, Instant, Limit, deadline::deadline};

/// What a co-handler is to do; programs may name the body alone.
pub type Task = Prose<500>;

/// A body that is to do a part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CoHandling {
    pub body: BodyCode,
    pub task: Option<Task>,
}

/// The rows of the form for dispatching, as they were typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CoHandlerRows {
    pub co_handler_1: String,
    pub task_1: String,
    pub co_handler_2: String,
    pub task_2: String,
    pub co_handler_3: String,
    pub task_3: String,
}

impl CoHandlerRows {
    /// (body, task); empty rows are left out when they are parsed.
    pub fn rows(self) -> Vec<(String, String)> {
        vec![
            (self.co_handler_1, self.task_1),
            (self.co_handler_2, self.task_2),
            (self.co_handler_3, self.task_3),
        ]
    }
}

/// A body with its part of an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CoHandler {
    pub body: BodyCode,
    pub task: Option<Task>,
    pub clock: Clock,
    /// The cycle that it belongs to: a rework begins without co-handlers.
    pub cycle: u8,
    /// How often the time of the order had begun anew when it came.
    pub(in crate::order) restarts: u16,
    pub end: Option<End>,
    /// Once nobody is awaited with it any more: its clock as it stood then, and the
    /// version of the calendar, which explain it ever after.
    pub ended: Option<(Term, u32)>,
}

/// How a part ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum End {
    Replied {
        at: Instant,
        text: Prose<5000>,
    },
    /// The lead replied without it, and said why.
    LeftOut {
        at: Instant,
    },
    /// The dispatch that it belonged to was taken back, or went to another lead.
    Recalled {
        at: Instant,
    },
}

impl CoHandling {
    /// `task` may be empty only where a program names bodies alone.
    pub fn parse(body: &str, task: &str, directory: &Directory) -> Result<Self, Refusal> {
        let mut faults = Faults::default();
        let body = faults.keep(directory.known_department(Field::CoHandler, body));
        let task = faults.keep(Prose::parse(Field::Task, task));
        match (body, task) {
            (Some(body), Some(task)) => Ok(Self {
                body,
                task: Some(task),
            }),
            _ => Err(faults.refusal()),
        }
    }

    /// The rows of a form, or the codes of a program: a row without a body is empty.
    pub fn parse_rows<'r>(
        rows: impl IntoIterator<Item = (&'r str, &'r str)>,
        directory: &Directory,
    ) -> Result<Vec<Self>, FieldFault> {
        let mut parsed: Vec<Self> = Vec::new();
        for (body, task) in rows {
            let (body, task) = (body.trim(), task.trim());
            if body.is_empty() && task.is_empty() {
                continue;
            }
            let body = known(Field::CoHandlers, body, |code| {
                directory.department(code).map(|body| body.code.clone())
            })?;
            let task = Prose::parse_optional(Field::CoHandlers, task)?;
            if parsed.iter().any(|other| other.body == body) {
                return Err(fault(Field::CoHandlers, Fault::Twice));
            }
            parsed.push(Self { body, task });
        }
        Ok(parsed)
    }
}

impl Order {
    /// The parts that are awaited, with their numbers among all that there ever were.
    pub fn open_parts(&self) -> impl Iterator<Item = (u16, &CoHandler)> {
        let under_way = match self.stage.name() {
            StageName::Dispatched
            | StageName::InHand
            | StageName::Paused
            | StageName::Rework
            | StageName::Merged => true,
            StageName::Submitted
            | StageName::Declined
            | StageName::Replied
            | StageName::Closed
            | StageName::Withdrawn => false,
        };
        let lead = self.stage.lead();
        (0..).zip(&self.co_handlers).filter(move |(_, part)| {
            // A ruling can give the whole to a body that had a part.
            let is_lead = Some(&part.body) == lead;
            under_way && part.cycle == self.cycle && part.end.is_none() && !is_lead
        })
    }

    /// The part that `actor`'s body is awaited with.
    pub fn part_of(&self, actor: &Actor) -> Option<&CoHandler> {
        let body = actor.role.body()?;
        let mut open = self.open_parts();
        open.find(|(_, part)| part.body == *body)
            .map(|(_, part)| part)
    }

    pub(in crate::order) fn awaits(&self, body: &BodyCode) -> bool {
        self.open_parts().any(|(_, part)| part.body == *body)
    }

    /// Whether `body` has, or had, a part.
    pub fn is_co_handled_by(&self, body: &BodyCode) -> bool {
        self.co_handlers.iter().any(|part| part.body == *body)
    }

    /// The clock of a part: it stands still with the lead's.
    pub fn term_of(&self, part: &CoHandler) -> Term {
        let lead = self.stage.resolving();
        Term {
            pauses: lead.map(|lead| lead.pauses.clone()).unwrap_or_default(),
            joined: lead.map(|lead| lead.joined.clone()).unwrap_or_default(),
            ..part.clock.into()
        }
    }

    /// A co-handler that was asked for and is not decided on.
    pub fn co_handling_asked(&self) -> Option<&CoHandling> {
        self.co_asked
            .as_ref()
            .filter(|_| self.stage.cycle().is_some())
    }

    /// The clocks of the open parts, by number.
    pub(in crate::order) fn open_terms(&self) -> Vec<(u16, Term)> {
        let open = self.open_parts();
        open.map(|(number, part)| (number, self.term_of(part)))
            .collect()
    }

    /// Ends the clocks of those parts that were open before `event`, and are not after it.
    pub(in crate::order) fn end_terms(&mut self, before: Vec<(u16, Term)>, event: &Event) {
        let open: Vec<u16> = self.open_parts().map(|(number, _)| number).collect();
        for (number, term) in before {
            let part = self.co_handlers.get_mut(usize::from(number));
            if let Some(part) = part.filter(|_| !open.contains(&number)) {
                part.ended = Some((term.ended(event.happened_at), event.calendar));
            }
        }
    }

    pub(in crate::order) fn end_part(&mut self, body: &BodyCode, end: End) {
        let cycle = self.cycle;
        let mut parts = self.co_handlers.iter_mut().rev();
        if let Some(part) =
            parts.find(|part| part.body == *body && part.cycle == cycle && part.end.is_none())
        {
            part.end = Some(end);
        }
    }
}

impl Order {
    /// A new version of the rules took over the clocks of parts that began with `clock`.
    pub(in crate::order) fn rerule_parts(&mut self, clock: Clock) {
        let cycle = self.cycle;
        let same = |part: &&mut CoHandler| {
            part.clock.received == clock.received && part.cycle == cycle && part.end.is_none()
        };
        let parts = self.co_handlers.iter_mut().filter(same);
        parts.for_each(|part| part.clock = clock);
    }
}

/// The limit of a part that is received at `received`: what the rules say, never
/// beyond the lead's deadline. `None` where the lead has not a working day left.
pub(in crate::order) fn limit(
    calendar: &Calendar,
    received: Instant,
    rules: &Rules,
    lead: &Term,
) -> Option<Limit> {
    let until = lead.due(calendar).at;
    let spans = lead.spans();
    let fits = |limit: &Limit| deadline(calendar, received, *limit, &spans).at <= until;
    let limit = rules.co_handle;
    let mut shorter = (1..=limit.amount()).rev().map(|n| limit.with(n));
    shorter.find(fits)
}

/// When a part that begins now would be due; `None` where there is no time for one.
pub fn due(now: Instant, lead: &Term, book: &Rulebook) -> Option<Due> {
    let rules = book.rules_at(now);
    let limit = limit(&book.calendar, now, rules, lead)?;
    Some(Clock::start(ClockName::CoHandle, now, limit, rules).due(&book.calendar))
}

/// Adds bodies to an order, whose lead and clock are `lead` and `term`.
pub(in crate::order) fn begin(
    order: &Order,
    now: Instant,
    wishes: Vec<CoHandling>,
    lead: &BodyCode,
    term: &Term,
    book: &Rulebook,
) -> Result<Vec<What>, Refusal> {
    let rules = book.rules_at(now);
    let begin = |wish: CoHandling| {
        may_join(order, &wish.body, lead)?;
        let Some(limit) = limit(&book.calendar, now, rules, term) else {
            let due = term.due(&book.calendar).at;
            return Err(Refusal::NoTimeLeft { due });
        };
        Ok(What::CoHandlerAdded(CoHandlerAdded {
            body: wish.body,
            task: wish.task,
            clock: Clock::start(ClockName::CoHandle, now, limit, rules),
        }))
    };
    wishes.into_iter().map(begin).collect()
}

/// Added by the centre, once the order is dispatched.
pub(in crate::order) fn add(at: &Attempt<'_>, wish: CoHandling) -> Result<Vec<What>, Refusal> {
    let (order, book) = (at.case, at.book);
    let now = at.when.entered;
    at.stands(Field::CoHandlers, &wish.body)?;
    match (order.stage.lead(), order.stage.resolving()) {
        (Some(lead), Some(term)) => begin(order, now, vec![wish], lead, term, book),
        _ => Err(Refusal::WrongStage {
            step: StepName::AddCoHandler,
            stage: order.stage.name(),
        }),
    }
}

/// Asked for by the lead; the centre decides.
pub(in crate::order) fn ask(at: &Attempt<'_>, wish: CoHandling) -> Result<Vec<What>, Refusal> {
    let order = at.case;
    at.stands(Field::CoHandlers, &wish.body)?;
    if let Some(lead) = order.stage.lead() {
        may_join(order, &wish.body, lead)?;
    }
    Ok(vec![What::CoHandlingAsked(CoHandlingAsked { wish })])
}

/// One request at a time, of whatever kind.
pub(in crate::order) fn can_ask(order: &Order) -> Result<(), Refusal> {
    let extension = order.stage.cycle().and_then(|term| term.asked.as_ref());
    if extension.is_some() || order.co_handling_asked().is_some() {
        return Err(Refusal::AlreadyAsked);
    }
    Ok(())
}

pub(in crate::order) fn decide(
    at: &Attempt<'_>,
    granted: bool,
    reason: Option<Reason>,
) -> Result<Vec<What>, Refusal> {
    let order = at.case;
    let mut happened = vec![What::CoHandlingDecided(CoHandlingDecided {
        granted,
        reason,
    })];
    if let (true, Some(wish)) = (granted, order.co_handling_asked()) {
        happened.extend(add(at, wish.clone())?);
    }
    Ok(happened)
}

pub(in crate::order) fn reply(at: &Attempt<'_>, text: Prose<5000>) -> Result<Vec<What>, Refusal> {
    let (order, actor) = (at.case, at.actor);
    let step = StepName::CoReply;
    let part = order
        .part_of(actor)
        .ok_or(Refusal::NothingToDecide { step })?;
    Ok(vec![What::CoReplied(CoReplied {
        body: part.body.clone(),
        text,
    })])
}

/// The lead replies when all have, or says why without.
pub(in crate::order) fn before_reply(
    order: &Order,
    without: Option<Reason>,
) -> Result<Option<What>, Refusal> {
    let open: Vec<BodyCode> = order
        .open_parts()
        .map(|(_, part)| part.body.clone())
        .collect();
    match (open.is_empty(), without) {
        (true, None) => Ok(None),
        (true, Some(_)) => Err(fault(Field::Without, Fault::NotOfThisKind).into()),
        (false, None) => Err(fault(Field::Without, Fault::PartsAreOpen).into()),
        (false, Some(reason)) => Ok(Some(What::CoHandlersLeftOut(CoHandlersLeftOut {
            bodies: open,
            reason,
        }))),
    }
}

/// Not the lead itself, and nobody twice in one cycle.
fn may_join(order: &Order, body: &BodyCode, lead: &BodyCode) -> Result<(), Refusal> {
    if body == lead {
        return Err(fault(Field::CoHandler, Fault::IsTheLead).into());
    }
    // Who had a part of a dispatch that was taken back can be asked again.
    let joined = |part: &CoHandler| {
        (part.cycle, part.restarts) == (order.cycle, order.restarts) && part.body == *body
    };
    if order.co_handlers.iter().any(joined) {
        return Err(fault(Field::CoHandler, Fault::Twice).into());
    }
    Ok(())
}

fn fault(field: Field, fault: Fault) -> FieldFault {
    FieldFault { field, fault }
}

/// Bodies and tasks of the rows of a form; empty rows are left out when they are parsed.
impl CoHandling {
    pub fn rows(typed: &Typed) -> Vec<(String, String)> {
        let row = |n: usize| {
            let named = |name: &str| typed.named(&format!("{name}_{n}")).to_owned();
            (named("co_handler"), named("task"))
        };
        (1..=typed.len()).map(row).collect()
    }
}

impl Step {
    /// `granted` is `yes` or `no`; a reason is needed to say no.
    pub fn decide_co_handler(granted: &str, reason: &str) -> Result<Self, Refusal> {
        let (granted, reason) = verdict(Field::Grant, granted, reason)?;
        Ok(Self::DecideCoHandler { granted, reason })
    }

    pub fn co_reply(text: &str) -> Result<Self, Refusal> {
        let text = Prose::parse(Field::ReplyText, text)?;
        Ok(Self::CoReply { text })
    }
}

/// When a part that begins now would be due.
fn part_due(at: &Attempt<'_>) -> Option<Due> {
    due(at.now(), at.case.stage.resolving()?, at.book)
}

pub(in crate::order) static ADD: Form = Form {
    files: false,
    late: Late::Never,
    is_said: false,
    fields: &PART,
    can: always,
    due: part_due,
    read: |typed, reading| Wish::step(Step::AddCoHandler(part(typed, reading)?)),
};

pub(in crate::order) static ASK: Form = Form {
    files: false,
    late: Late::Never,
    is_said: false,
    fields: &PART,
    can: |at| can_ask(at.case),
    due: never,
    read: |typed, reading| Wish::step(Step::AskCoHandler(part(typed, reading)?)),
};

fn part(typed: &Typed, reading: &Reading<'_>) -> Result<CoHandling, Refusal> {
    let (body, task) = (typed.get(Field::CoHandler), typed.get(Field::Task));
    CoHandling::parse(body, task, &reading.book.directory)
}

const PART: [Takes; 2] = [
    Takes::needed(Field::CoHandler, Kind::Body),
    Takes::optional(Field::Task, Kind::Prose(Task::MAX)),
];

pub(in crate::order) static DECIDE: Form = Form {
    files: false,
    late: Late::Never,
    is_said: false,
    fields: &GRANT,
    can: |at| {
        let asked = at.case.co_handling_asked();
        at.needs(asked.is_some(), StepName::DecideCoHandler)
    },
    due: part_due,
    read: |typed, _| {
        Step::decide_co_handler(typed.get(Field::Grant), typed.get(Field::Reason)).map(Wish::Step)
    },
};

pub(in crate::order) static REPLY: Form = Form {
    files: true,
    late: Late::Allowed,
    is_said: false,
    fields: &[Takes::needed(Field::ReplyText, Kind::Prose(5000))],
    can: |at| {
        let part = at.case.part_of(at.actor);
        at.needs(part.is_some(), StepName::CoReply)
    },
    due: never,
    read: |typed, _| Step::co_reply(typed.get(Field::ReplyText)).map(Wish::Step),
};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CoHandlerAdded {
    pub body: BodyCode,
    pub task: Option<Task>,
    pub clock: Clock,
}

pub(in crate::order) static CO_HANDLER_ADDED: Happening<CoHandlerAdded> = Happening {
    sight: |_| Sight::Everybody,
    files: false,
    is_talk: false,
    stage: under_way,
    apply: |it, order, _| {
        order.co_handlers.push(CoHandler {
            body: it.body.clone(),
            task: it.task.clone(),
            clock: it.clock,
            cycle: order.cycle,
            restarts: order.restarts,
            end: None,
            ended: None,
        });
    },
    told: |it, _| vec![Address::Body(it.body.clone())],
    json: |it, telling| {
        json!({
            "department": it.body,
            "task": it.task,
            "due_at": telling.due(&it.clock),
        })
    },
};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CoHandlingAsked {
    pub wish: CoHandling,
}

pub(in crate::order) static CO_HANDLING_ASKED: Happening<CoHandlingAsked> = Happening {
    sight: |_| Sight::Offices,
    files: false,
    is_talk: false,
    stage: under_way,
    apply: |it, order, _| order.co_asked = Some(it.wish.clone()),
    told: |_, _| vec![Address::Centre],
    json: |it, _| json!({"department": it.wish.body, "task": it.wish.task}),
};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CoHandlingDecided {
    pub granted: bool,
    pub reason: Option<Reason>,
}

pub(in crate::order) static CO_HANDLING_DECIDED: Happening<CoHandlingDecided> = Happening {
    sight: |_| Sight::Offices,
    files: false,
    is_talk: false,
    stage: |_, stage, order, _| order.co_handling_asked().is_some().then_some(stage),
    apply: |_, order, _| order.co_asked = None,
    told: told::to_lead,
    json: |it, _| json!({"granted": it.granted, "reason": it.reason}),
};

/// What a co-handler did, told to the lead.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CoReplied {
    pub body: BodyCode,
    pub text: Prose<5000>,
}

pub(in crate::order) static CO_REPLIED: Happening<CoReplied> = Happening {
    sight: |_| Sight::Offices,
    files: true,
    is_talk: false,
    stage: |it, stage, order, _| order.awaits(&it.body).then_some(stage),
    apply: |it, order, event| {
        let at = event.happened_at;
        let text = it.text.clone();
        order.end_part(&it.body, End::Replied { at, text });
    },
    told: told::to_lead,
    json: |it, _| json!({"department": it.body, "text": it.text}),
};

/// The lead replies without those whose parts are open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CoHandlersLeftOut {
    pub bodies: Vec<BodyCode>,
    pub reason: Reason,
}

pub(in crate::order) static CO_HANDLERS_LEFT_OUT: Happening<CoHandlersLeftOut> = Happening {
    sight: |_| Sight::Offices,
    files: false,
    is_talk: false,
    stage: |it, stage, order, _| {
        let all = it.bodies.iter().all(|body| order.awaits(body));
        all.then_some(stage)
    },
    apply: |it, order, event| {
        let at = event.happened_at;
        for body in &it.bodies {
            order.end_part(body, End::LeftOut { at });
        }
    },
    told: |it, _| told::bodies(&it.bodies),
    json: |it, _| json!({"departments": it.bodies, "reason": it.reason}),
};

/// While the order is with its lead.
fn under_way<E>(_: &E, stage: Stage, _: &Order, _: &Event) -> Option<Stage> {
    match stage {
        Stage::Dispatched { .. }
        | Stage::InHand { .. }
        | Stage::Paused { .. }
        | Stage::Rework { .. } => Some(stage),
        _ => None,
    }
}
