use serde::{Deserialize, Serialize};
use serde_json::json;
use strum::{EnumCount, IntoStaticStr, VariantArray};

use crate::clock::{Clock, ClockName, Level};
use crate::codes::coded;
use crate::form::{Kind, Takes};
use crate::order::escalation::Cause;
use crate::order::event::{Happening, Sight, What, events};
use crate::order::history::Order;
use crate::order::stage::Stage;
use crate::order::step::{Attempt, Step};
use crate::order::told;
use crate::order::wish::{Form, Late, Wish, never};
use crate::refusal::{Faults, Field, FieldFault, Refusal};
use crate::rulebook::Rulebook;
use crate::text::Prose;
use crate::time::Instant;

/// What the enterprise thinks of the reply (好差评).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rating {
    pub level: RatingLevel,
    pub comment: Option<Prose<500>>,
}

/// What the enterprise answers to a reply.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Feedback {
    Rated(Rating),
    /// At the callback.
    NotSolved,
}

impl Feedback {
    pub fn rating(&self) -> Option<&Rating> {
        match self {
            Self::Rated(rating) => Some(rating),
            Self::NotSolved => None,
        }
    }

    pub(in crate::order) fn is_bad(&self) -> bool {
        match self {
            Self::Rated(rating) => rating.level.is_bad(),
            Self::NotSolved => true,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[derive(EnumCount, IntoStaticStr, VariantArray)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum RatingLevel {
    VerySatisfied,
    Satisfied,
    FairlySatisfied,
    Dissatisfied,
    VeryDissatisfied,
}

coded!(RatingLevel);

impl RatingLevel {
    pub fn parse(code: &str) -> Result<Self, FieldFault> {
        crate::form::choose(Field::RatingLevel, code, Self::ALL, Self::code)
    }

    /// The last two of the five (差评).
    pub fn is_bad(self) -> bool {
        match self {
            Self::VerySatisfied | Self::Satisfied | Self::FairlySatisfied => false,
            Self::Dissatisfied | Self::VeryDissatisfied => true,
        }
    }
}

impl Rating {
    pub fn parse(level: &str, comment: &str) -> Result<Self, Refusal> {
        let mut faults = Faults::default();
        let level = faults.keep(RatingLevel::parse(level));
        let comment = faults.keep(Prose::parse_optional(Field::Comment, comment));
        match (level, comment) {
            (Some(level), Some(comment)) => Ok(Self { level, comment }),
            _ => Err(faults.refusal()),
        }
    }
}

/// A good rating strikes the order off; a bad one sends it back.
pub(in crate::order) fn rate(at: &Attempt<'_>, rating: Rating) -> Result<Vec<What>, Refusal> {
    let (order, book) = (at.case, at.book);
    let now = at.now();
    let consequence = if rating.level.is_bad() {
        Some(goes_back(order, now, Cause::SecondBadRating, book))
    } else {
        // Over an open task nothing is struck off: the last one does it.
        (!order.has_open_tasks()).then_some(What::Closed(events::Closed))
    };
    Ok(std::iter::once(What::Rated(Rated { rating }))
        .chain(consequence)
        .collect())
}

/// An order goes back once; a second time it is carried to the deputy mayor, for
/// `cause`, with what the ladder has for that level.
pub(in crate::order) fn goes_back(
    order: &Order,
    now: Instant,
    cause: Cause,
    book: &Rulebook,
) -> What {
    let rules = book.rules_at(now);
    if order.cycle == 1 {
        return What::SentBack(SentBack {
            clock: Clock::start(ClockName::Rework, now, rules.rework, rules),
        });
    }
    let mut ladder = rules.ladder.iter();
    let rung = ladder.find(|rung| rung.level == Level::Deputy);
    What::Escalated(events::Escalated {
        level: Level::Deputy,
        cause,
        card: rung.and_then(|rung| rung.card),
        tells: rung.map(|rung| rung.tells.clone()).unwrap_or_default(),
    })
}

pub(in crate::order) static FORM: Form = Form {
    files: false,
    late: Late::Allowed,
    is_said: false,
    fields: &[
        Takes::needed(
            Field::RatingLevel,
            Kind::OneOf(|| RatingLevel::ALL.map(RatingLevel::code).to_vec()),
        ),
        Takes::optional(Field::Comment, Kind::Prose(500)),
    ],
    can: |at| match at.case.stage.feedback() {
        None => Ok(()),
        Some(_) => Err(Refusal::WithDeputy),
    },
    due: never,
    read: |typed, _| {
        let rating = Rating::parse(typed.get(Field::RatingLevel), typed.get(Field::Comment))?;
        Wish::step(Step::Rate(rating))
    },
};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rated {
    pub rating: Rating,
}

pub(in crate::order) static RATED: Happening<Rated> = Happening {
    sight: |_| Sight::Everybody,
    files: false,
    is_talk: false,
    stage: |it, mut stage, _, _| {
        let Stage::Replied {
            callback,
            feedback: feedback @ None,
            ..
        } = &mut stage
        else {
            return None;
        };
        *callback = None;
        *feedback = Some(Feedback::Rated(it.rating.clone()));
        Some(stage)
    },
    apply: |it, order, event| {
        order.ratings.push(crate::order::Rated {
            seq: event.seq,
            at: event.happened_at,
            cycle: order.cycle,
            rating: it.rating.clone(),
            appeal: None,
        });
    },
    told: told::nobody,
    json: |it, _| json!({"level": it.rating.level, "comment": it.rating.comment}),
};

/// 二次办理: begins the second cycle.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SentBack {
    pub clock: Clock,
}

pub(in crate::order) static SENT_BACK: Happening<SentBack> = Happening {
    sight: |_| Sight::Everybody,
    files: false,
    is_talk: false,
    stage: |it, stage, _, _| match stage {
        Stage::Replied {
            lead,
            feedback: Some(bad),
            ..
        } if bad.is_bad() => Some(Stage::Rework {
            lead,
            cycle: it.clock.into(),
            bad,
        }),
        _ => None,
    },
    apply: |_, order, event| {
        order.cycle += 1;
        order.void_commitments(event.happened_at);
    },
    told: told::to_lead,
    json: |it, telling| json!({"due_at": telling.due(&it.clock)}),
};
