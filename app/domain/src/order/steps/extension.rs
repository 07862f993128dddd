//! 延期: asked in time, granted or refused; the first by the centre, a second by
//! the deputy mayor.

use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::clock::{Asked, Term};
use crate::form::{Kind, Takes};
use crate::order::event::{Happening, Sight, What, nothing};
use crate::order::history::Order;
use crate::order::step::{Attempt, Step, StepName};
use crate::order::told::Address;
use crate::order::wish::{Form, GRANT, Late, Wish, never, verdict};
use crate::order::{Reason, told};
use crate::refusal::{Fault, Faults, Field, FieldFault, Refusal};
use crate::rulebook::Rulebook;
use crate::time::{Instant, Limit, instant, local};

impl Asked {
    pub fn parse(days: &str, reason: &str) -> Result<Self, Refusal> {
        let mut faults = Faults::default();
        let days = faults.keep(match days.trim() {
            "" => Err(fault(Fault::Empty)),
            text => match text.parse() {
                Ok(days @ 1..) => Ok(days),
                Ok(0) | Err(_) => Err(fault(Fault::NotANumber)),
            },
        });
        let reason = faults.keep(Reason::parse(Field::Reason, reason));
        match (days, reason) {
            (Some(days), Some(reason)) => Ok(Self { days, reason }),
            _ => Err(faults.refusal()),
        }
    }
}

/// At most the original limit.
pub(in crate::order) fn ask(at: &Attempt<'_>, asked: Asked) -> Result<Vec<What>, Refusal> {
    let order = at.case;
    if let Some(term) = order.stage.cycle()
        && let Limit::Days(max) = term.clock.limit
        && asked.days > max
    {
        return Err(fault(Fault::OutOfRange { min: 1, max }).into());
    }
    Ok(vec![What::ExtensionAsked(ExtensionAsked { asked })])
}

pub(in crate::order) fn can_ask(
    order: &Order,
    now: Instant,
    book: &Rulebook,
) -> Result<(), Refusal> {
    let Some(term) = order.stage.cycle() else {
        return Ok(());
    };
    if term.asked.is_some() || order.co_handling_asked().is_some() {
        return Err(Refusal::AlreadyAsked);
    }
    let max = book.rules(term.clock.rules).extensions;
    if term.extensions.len() >= usize::from(max) {
        return Err(Refusal::NoMore {
            step: StepName::Extend,
            max,
        });
    }
    let until = latest(term, book);
    if now > until {
        return Err(Refusal::AskedTooLate { until });
    }
    Ok(())
}

/// Until when an extension can be asked: closing of the working day that lies the
/// rules' notice before the deadline's day.
pub fn latest(term: &Term, book: &Rulebook) -> Instant {
    let calendar = &book.calendar;
    let notice = book.rules(term.clock.rules).extension_notice;
    let day = local(term.due(calendar).at).date();
    let day = calendar.nth_before(day, notice.into());
    instant(day, calendar.hours().closing())
}

/// A second extension is the deputy mayor's to decide.
pub(in crate::order) fn is_second(term: &Term) -> bool {
    !term.extensions.is_empty()
}

/// Whether it is too late to grant what was asked: the deadline that has passed.
pub fn has_lapsed(order: &Order, now: Instant, book: &Rulebook) -> Option<Instant> {
    let term = order
        .stage
        .cycle()
        .filter(|_| order.stage.pause().is_none())?;
    let due = term.due(&book.calendar).at;
    (now > due).then_some(due)
}

/// Granted only while the deadline has not passed; what was not decided by then can
/// only be refused.
pub(in crate::order) fn decide(
    at: &Attempt<'_>,
    granted: bool,
    reason: Option<Reason>,
) -> Result<Vec<What>, Refusal> {
    let (order, book) = (at.case, at.book);
    let now = at.now();
    if let Some(due) = has_lapsed(order, now, book)
        && granted
    {
        let step = StepName::DecideExtension;
        return Err(Refusal::PastDeadline { step, due });
    }
    Ok(vec![What::ExtensionDecided(ExtensionDecided {
        granted,
        reason,
    })])
}

fn fault(fault: Fault) -> FieldFault {
    FieldFault {
        field: Field::Days,
        fault,
    }
}

impl Step {
    /// `granted` is `yes` or `no`; a reason is needed to say no.
    pub fn decide_extension(granted: &str, reason: &str) -> Result<Self, Refusal> {
        let (granted, reason) = verdict(Field::Grant, granted, reason)?;
        Ok(Self::DecideExtension { granted, reason })
    }
}

pub(in crate::order) static EXTEND: Form = Form {
    files: true,
    late: Late::WhileInTime,
    is_said: false,
    fields: &[
        Takes::needed(Field::Days, Kind::Days),
        Takes::needed(Field::Reason, Kind::Prose(Reason::MAX)),
    ],
    can: |at| can_ask(at.case, at.now(), at.book),
    due: |at| {
        let term = at.case.stage.cycle()?;
        Some(at.settled(latest(term, at.book)))
    },
    read: |typed, _| {
        let asked = Asked::parse(typed.get(Field::Days), typed.get(Field::Reason))?;
        Wish::step(Step::Extend(asked))
    },
};

pub(in crate::order) static DECIDE: Form = Form {
    files: false,
    late: Late::Never,
    is_said: false,
    fields: &GRANT,
    can: |at| {
        let asked = at.case.stage.cycle().and_then(|term| term.asked.as_ref());
        at.needs(asked.is_some(), StepName::DecideExtension)
    },
    due: never,
    read: |typed, _| {
        Step::decide_extension(typed.get(Field::Grant), typed.get(Field::Reason)).map(Wish::Step)
    },
};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExtensionAsked {
    pub asked: Asked,
}

pub(in crate::order) static EXTENSION_ASKED: Happening<ExtensionAsked> = Happening {
    sight: |_| Sight::Everybody,
    files: true,
    is_talk: false,
    stage: |it, mut stage, _, _| {
        stage.cycle()?;
        let terms = stage.terms_mut();
        terms.for_each(|term| term.asked = Some(it.asked.clone()));
        Some(stage)
    },
    apply: nothing,
    told: |_, order| {
        vec![match order.stage.cycle() {
            Some(term) if is_second(term) => Address::Deputy,
            Some(_) | None => Address::Centre,
        }]
    },
    json: |it, _| json!({"days": it.asked.days, "reason": it.asked.reason}),
};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExtensionDecided {
    pub granted: bool,
    pub reason: Option<Reason>,
}

pub(in crate::order) static EXTENSION_DECIDED: Happening<ExtensionDecided> = Happening {
    sight: |_| Sight::Everybody,
    files: false,
    is_talk: false,
    stage: |it, mut stage, _, _| {
        stage.cycle()?;
        stage.terms_mut().for_each(|term| {
            if let (Some(asked), true) = (term.asked.take(), it.granted) {
                term.extensions.push(asked.days);
            }
        });
        Some(stage)
    },
    apply: nothing,
    told: |it, order| {
        let enterprise = it.granted.then(|| told::enterprise(order));
        told::lead(order).chain(enterprise).collect()
    },
    json: |it, _| json!({"granted": it.granted, "reason": it.reason}),
};
