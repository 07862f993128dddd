use chrono::{NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::clock::{Pause, PauseKind, Term};
use crate::form::{Kind, Takes};
use crate::order::event::{Happening, Sight, What, nothing};
use crate::order::history::Order;
use crate::order::stage::Stage;
use crate::order::step::{Attempt, Step, StepName};
use crate::order::wish::{Form, Late, Wish, always, never};
use crate::order::{Reason, supplement, told};
use crate::refusal::{Fault, Faults, Field, FieldFault, Refusal};
use crate::rulebook::Rulebook;
use crate::text::{Line, Prose};
use crate::time::{Due, Instant, instant, local, rfc3339};

/// A pause as it is asked for, parsed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PauseWish {
    pub kind: PauseKind,
    pub reason: Reason,
    /// The article that allows it.
    pub basis: Prose<500>,
    /// The paper that proves it: its name and number.
    pub evidence: Option<Line<200>>,
    /// The day on which the clock runs again; without one, the cap of the rules.
    pub until: Option<NaiveDate>,
    /// What the enterprise is to hand in, all of it at once (一次性告知).
    pub things: Vec<Line<200>>,
}

/// What was typed, before it is parsed; `until` is a date `2026-12-31` or empty.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PauseDraft {
    pub kind: String,
    pub reason: String,
    pub basis: String,
    pub evidence: String,
    pub until: String,
    /// A line each; only for a supplement.
    pub things: String,
}

impl PauseWish {
    pub fn parse(draft: &PauseDraft) -> Result<Self, Refusal> {
        let PauseDraft {
            kind,
            reason,
            basis,
            evidence,
            until,
            things,
        } = draft;
        let mut faults = Faults::default();
        let kind = faults.keep(crate::form::choose(
            Field::PauseKind,
            kind,
            PauseKind::ALL,
            PauseKind::code,
        ));
        let reason = faults.keep(Reason::parse(Field::Reason, reason));
        let basis = faults.keep(Prose::parse(Field::PauseBasis, basis));
        let evidence = faults.keep(Line::parse_optional(Field::Evidence, evidence));
        let until = faults.keep(match until.trim() {
            "" => Ok(None),
            text => crate::form::date(Field::PauseUntil, text).map(Some),
        });
        let mut things = faults.keep(supplement::parse_things(things));
        if kind == Some(PauseKind::Special) && things.as_ref().is_some_and(|t| !t.is_empty()) {
            faults.add(Field::Things, Fault::NotOfThisKind);
            things = None;
        }
        match (kind, reason, basis, evidence, until, things) {
            (Some(kind), Some(reason), Some(basis), Some(evidence), Some(until), Some(things)) => {
                Ok(Self {
                    kind,
                    reason,
                    basis,
                    evidence,
                    until,
                    things,
                })
            }
            _ => Err(faults.refusal()),
        }
    }
}

/// Begins only while the clock is not past its deadline, one at a time (the stage
/// sees to that), and a limited number of times in a cycle.
pub(in crate::order) fn pause(at: &Attempt<'_>, wish: PauseWish) -> Result<Vec<What>, Refusal> {
    let (order, book) = (at.case, at.book);
    let now = at.now();
    let cap = cap(order, now, wish.kind, book);
    let until = match wish.until {
        None => cap,
        Some(date) => {
            let until = book.calendar.next_open(instant(date, NaiveTime::MIN));
            if date <= local(now).date() {
                return Err(fault(Fault::EndsBeforeItBegins));
            }
            if until > cap {
                return Err(fault(Fault::BeyondCap {
                    cap: local(cap).date(),
                }));
            }
            until
        }
    };
    Ok(vec![What::Paused(Paused {
        pause: Pause {
            kind: wish.kind,
            reason: wish.reason,
            basis: wish.basis,
            evidence: wish.evidence,
            things: wish.things,
            from: now,
            until,
            ended: None,
            objection: None,
        },
    })])
}

/// Whether a pause can begin at `now`.
pub(in crate::order) fn can_pause(
    order: &Order,
    now: Instant,
    book: &Rulebook,
) -> Result<(), Refusal> {
    let Some(term) = order.stage.cycle() else {
        return Ok(());
    };
    let due = term.due(&book.calendar).at;
    if now > due {
        return Err(Refusal::PastDeadline {
            step: StepName::Pause,
            due,
        });
    }
    let max = book.rules(term.clock.rules).pauses;
    if term.pauses.len() >= usize::from(max) {
        return Err(Refusal::NoMore {
            step: StepName::Pause,
            max,
        });
    }
    Ok(())
}

/// When a pause that begins at `now` ends at the latest: it takes out as many
/// working days as the rules allow.
pub fn cap(order: &Order, now: Instant, kind: PauseKind, book: &Rulebook) -> Instant {
    let rules = match order.stage.cycle() {
        Some(term) => book.rules(term.clock.rules),
        None => book.rules_at(now),
    };
    book.calendar.opening_after(now, rules.pause(kind).into())
}

pub(in crate::order) fn resume(_: &Attempt<'_>) -> Result<Vec<What>, Refusal> {
    Ok(vec![What::Resumed(Resumed)])
}

/// When a pause is over by itself at `now`: its cap.
pub(in crate::order) fn over(order: &Order, now: Instant) -> Option<Instant> {
    let pause = order.stage.pause()?;
    (pause.until <= now).then_some(pause.until)
}

/// A pause still open is closed first, so that what follows does not drop it.
pub(in crate::order) fn closed_before(order: &Order, what: What) -> Vec<What> {
    match order.stage.pause() {
        Some(_) => vec![What::Resumed(Resumed), what],
        None => vec![what],
    }
}

/// The last pause, if it is open.
pub(in crate::order) fn open(term: &Term) -> Option<&Pause> {
    term.pauses.last().filter(|pause| pause.ended.is_none())
}

fn fault(fault: Fault) -> Refusal {
    FieldFault {
        field: Field::PauseUntil,
        fault,
    }
    .into()
}

/// When the order is due, if the clock runs on from now.
pub(in crate::order) fn resumed_due(at: &Attempt<'_>) -> Option<Due> {
    let mut term = at.case.stage.cycle()?.clone();
    if let Some(pause) = term.pauses.last_mut() {
        pause.ended = Some(at.now());
    }
    Some(term.due(&at.book.calendar))
}

pub(in crate::order) static PAUSE: Form = Form {
    files: true,
    late: Late::WhileInTime,
    is_said: false,
    fields: &[
        Takes::needed(
            Field::PauseKind,
            Kind::OneOf(|| PauseKind::ALL.map(PauseKind::code).to_vec()),
        ),
        Takes::needed(Field::Reason, Kind::Prose(Reason::MAX)),
        Takes::optional(Field::Things, Kind::Lines),
        Takes::needed(Field::PauseBasis, Kind::Prose(500)),
        Takes::optional(Field::Evidence, Kind::Line(200)),
        Takes::optional(Field::PauseUntil, Kind::Date),
    ],
    can: |at| can_pause(at.case, at.now(), at.book),
    due: never,
    read: |typed, _| {
        let text = |field| typed.get(field).to_owned();
        PauseWish::parse(&PauseDraft {
            kind: text(Field::PauseKind),
            reason: text(Field::Reason),
            basis: text(Field::PauseBasis),
            evidence: text(Field::Evidence),
            until: text(Field::PauseUntil),
            things: text(Field::Things),
        })
        .map(|wish| Wish::Step(Step::Pause(wish)))
    },
};

pub(in crate::order) static RESUME: Form = Form {
    files: false,
    late: Late::Allowed,
    is_said: false,
    fields: &[],
    can: always,
    due: resumed_due,
    read: |_, _| Wish::step(Step::Resume),
};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paused {
    pub pause: Pause,
}

pub(in crate::order) static PAUSED: Happening<Paused> = Happening {
    sight: |_| Sight::Everybody,
    files: true,
    is_talk: false,
    stage: |it, stage, _, _| {
        let (lead, mut cycle, bad) = match stage {
            Stage::InHand { lead, resolve } => (lead, resolve, None),
            Stage::Rework { lead, cycle, bad } => (lead, cycle, Some(bad)),
            _ => return None,
        };
        cycle.pauses.push(it.pause.clone());
        Some(Stage::Paused { lead, cycle, bad })
    },
    apply: nothing,
    told: told::to_enterprise,
    json: |it, _| {
        json!({
            "pause": it.pause.kind,
            "reason": it.pause.reason,
            "basis": it.pause.basis,
            "evidence": it.pause.evidence,
            "things": it.pause.things,
            "until": rfc3339(it.pause.until),
        })
    },
};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Resumed;

pub(in crate::order) static RESUMED: Happening<Resumed> = Happening {
    sight: |_| Sight::Everybody,
    files: false,
    is_talk: false,
    stage: |_, stage, _, event| {
        let Stage::Paused {
            lead,
            mut cycle,
            bad,
        } = stage
        else {
            return None;
        };
        if let Some(pause) = cycle.pauses.last_mut() {
            pause.ended = Some(event.happened_at);
        }
        Some(match bad {
            None => Stage::InHand {
                lead,
                resolve: cycle,
            },
            Some(bad) => Stage::Rework { lead, cycle, bad },
        })
    },
    apply: nothing,
    // One that ends by itself, or over an objection, is news to both sides.
    told: told::to_both,
    json: |_, _| json!({}),
};
