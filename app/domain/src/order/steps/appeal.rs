//! 评价申诉: the lead appeals a bad rating, the centre decides. The rating stays where it
//! is; one whose appeal is upheld does not count in the evaluation.

use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::order::event::{Happening, Sight, What};
use crate::order::history::Order;
use crate::order::rating::Rating;
use crate::order::step::{Attempt, Step, StepName};
use crate::order::told::Address;
use crate::order::wish::{Form, Late, REASON, UPHOLD, Wish, never, verdict};
use crate::order::{Reason, told};
use crate::refusal::{Field, Refusal};
use crate::rulebook::Rulebook;
use crate::time::deadline::deadline;
use crate::time::{Due, Instant};

/// A rating that was given, with what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rated {
    /// The event that gave it.
    pub seq: u32,
    pub at: Instant,
    pub cycle: u8,
    pub rating: Rating,
    pub appeal: Option<Appeal>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Appeal {
    pub reason: Reason,
    /// Whether the centre upheld it; `None`: not decided.
    pub upheld: Option<bool>,
}

impl Rated {
    /// Until when it can be appealed.
    pub fn appealed_by(&self, book: &Rulebook) -> Due {
        let limit = book.rules_at(self.at).appeal;
        deadline(&book.calendar, self.at, limit, &[])
    }

    pub fn is_set_aside(&self) -> bool {
        let upheld = self.appeal.as_ref().and_then(|appeal| appeal.upheld);
        upheld == Some(true)
    }
}

impl Order {
    /// The rating that an appeal is, or would be, about: the last bad one.
    pub fn contested(&self) -> Option<&Rated> {
        let mut bad = self.ratings.iter().rev();
        bad.find(|rated| rated.rating.level.is_bad())
    }

    pub(in crate::order) fn rating_mut(&mut self, seq: u32) -> Option<&mut Rated> {
        self.ratings.iter_mut().find(|rated| rated.seq == seq)
    }

    /// An appeal that is not decided.
    pub fn appealed(&self) -> Option<(&Rated, &Appeal)> {
        let open = |rated: &'_ Rated| {
            let appeal = rated.appeal.as_ref();
            appeal.is_some_and(|appeal| appeal.upheld.is_none())
        };
        let rated = self.ratings.iter().find(|rated| open(rated))?;
        rated.appeal.as_ref().map(|appeal| (rated, appeal))
    }
}

/// Once for each rating, within its time.
pub(in crate::order) fn can_appeal(
    order: &Order,
    now: Instant,
    book: &Rulebook,
) -> Result<(), Refusal> {
    let step = StepName::Appeal;
    let rated = order.contested().ok_or(Refusal::NothingToDecide { step })?;
    if rated.appeal.is_some() {
        return Err(Refusal::NoMore { step, max: 1 });
    }
    let due = rated.appealed_by(book).at;
    if now > due {
        return Err(Refusal::PastDeadline { step, due });
    }
    Ok(())
}

pub(in crate::order) fn appeal(at: &Attempt<'_>, reason: Reason) -> Result<Vec<What>, Refusal> {
    let order = at.case;
    let step = StepName::Appeal;
    let rated = order.contested().ok_or(Refusal::NothingToDecide { step })?;
    let rating = rated.seq;
    Ok(vec![What::Appealed(Appealed { rating, reason })])
}

pub(in crate::order) fn decide(
    at: &Attempt<'_>,
    upheld: bool,
    reason: Option<Reason>,
) -> Result<Vec<What>, Refusal> {
    let order = at.case;
    let step = StepName::DecideAppeal;
    let (rated, _) = order.appealed().ok_or(Refusal::NothingToDecide { step })?;
    let rating = rated.seq;
    Ok(vec![What::AppealDecided(AppealDecided {
        rating,
        upheld,
        reason,
    })])
}

impl Step {
    pub fn appeal(reason: &str) -> Result<Self, Refusal> {
        let reason = Reason::parse(Field::Reason, reason)?;
        Ok(Self::Appeal { reason })
    }

    /// `upheld` is `yes` or `no`; a reason is needed to say no.
    pub fn decide_appeal(upheld: &str, reason: &str) -> Result<Self, Refusal> {
        let (upheld, reason) = verdict(Field::Uphold, upheld, reason)?;
        Ok(Self::DecideAppeal { upheld, reason })
    }
}

pub(in crate::order) static APPEAL: Form = Form {
    files: true,
    late: Late::Never,
    is_said: false,
    fields: &REASON,
    can: |at| can_appeal(at.case, at.now(), at.book),
    due: never,
    read: |typed, _| Step::appeal(typed.get(Field::Reason)).map(Wish::Step),
};

pub(in crate::order) static DECIDE: Form = Form {
    files: false,
    late: Late::Never,
    is_said: false,
    fields: &UPHOLD,
    can: |at| at.needs(at.case.appealed().is_some(), StepName::DecideAppeal),
    due: never,
    read: |typed, _| {
        Step::decide_appeal(typed.get(Field::Uphold), typed.get(Field::Reason)).map(Wish::Step)
    },
};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Appealed {
    /// The event that gave the rating.
    pub rating: u32,
    pub reason: Reason,
}

pub(in crate::order) static APPEALED: Happening<Appealed> = Happening {
    sight: |_| Sight::Everybody,
    files: true,
    is_talk: false,
    stage: |_, stage, order, _| order.contested().is_some().then_some(stage),
    apply: |it, order, _| {
        if let Some(rated) = order.rating_mut(it.rating) {
            rated.appeal = Some(Appeal {
                reason: it.reason.clone(),
                upheld: None,
            });
        }
    },
    told: |_, order| vec![told::enterprise(order), Address::Centre],
    json: |it, _| json!({"rating": it.rating, "reason": it.reason}),
};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AppealDecided {
    pub rating: u32,
    pub upheld: bool,
    pub reason: Option<Reason>,
}

pub(in crate::order) static APPEAL_DECIDED: Happening<AppealDecided> = Happening {
    sight: |_| Sight::Everybody,
    files: false,
    is_talk: false,
    stage: |_, stage, order, _| order.appealed().is_some().then_some(stage),
    apply: |it, order, _| {
        let rated = order.rating_mut(it.rating);
        if let Some(appeal) = rated.and_then(|rated| rated.appeal.as_mut()) {
            appeal.upheld = Some(it.upheld);
        }
    },
    told: told::to_both,
    json: |it, _| json!({"rating": it.rating, "upheld": it.upheld, "reason": it.reason}),
};
