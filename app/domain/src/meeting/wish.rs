//! What somebody asks to be done with a meeting, read from what was typed or sent. Each
//! step says what it takes and how that is read.

use super::guest::{AnswerDraft, Guest};
use super::minutes::MinutesText;
use super::plan::{PlanDraft, parse_minutes};
use super::step::{MeetingStep, MeetingStepName};
use crate::form::{Kind, Takes, Typed};
use crate::order::Number;
use crate::order::duty::DutyDraft;
use crate::order::merge::known_number;
use crate::refusal::{Fault, Faults, Field, FieldFault, Refusal};
use crate::text::Reason;

/// A step, or what becomes one once it is known what it names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MeetingWish {
    Step(MeetingStep),
    Change(PlanDraft),
    /// One of those who can have it.
    NameChair(String),
    PutOn {
        matter: Number,
        minutes: u16,
    },
    /// `seen`: how many decisions about the matter the writer had read.
    Decide {
        matter: Number,
        seen: usize,
        duty: DutyDraft,
        basis: String,
        replaces: String,
    },
    Defer {
        matter: Number,
        reason: Reason,
    },
    /// `revision` is what the chair has read.
    ApproveMinutes {
        revision: u32,
    },
}

/// What a step takes, and how it is read.
pub struct MeetingForm {
    pub fields: &'static [Takes],
    /// Whether what its reader had read of the meeting matters.
    pub minds_version: bool,
    pub read: fn(&Typed) -> Result<MeetingWish, Refusal>,
}

impl MeetingStepName {
    /// `None`: the sweep does it, and nobody asks for it.
    pub fn form(self) -> Option<&'static MeetingForm> {
        Some(match self {
            Self::Change => &CHANGE,
            Self::Invite => &INVITE,
            Self::Answer => &ANSWER,
            Self::PutOn => &PUT_ON,
            Self::TakeOff => &TAKE_OFF,
            Self::MoveUp => &MOVE_UP,
            Self::Open => &OPEN,
            Self::Attend => &ATTEND,
            Self::Decide => &DECIDE,
            Self::Defer => &DEFER,
            Self::End => &END,
            Self::NameChair => &NAME_CHAIR,
            Self::Cancel => &CANCEL,
            Self::WriteMinutes => &WRITE_MINUTES,
            Self::ApproveMinutes => &APPROVE_MINUTES,
            Self::AmendMinutes => &AMEND_MINUTES,
            Self::Remind => return None,
        })
    }
}

/// What a plan says; a meeting is called with it too.
pub const PLAN: [Takes; 9] = [
    Takes::needed(
        Field::MeetingKind,
        Kind::OneOf(|| {
            super::plan::MeetingKind::ALL
                .map(super::plan::MeetingKind::code)
                .to_vec()
        }),
    ),
    Takes::needed(Field::Title, Kind::Line(80)),
    Takes::needed(Field::StartsAt, Kind::Moment),
    Takes::needed(Field::Minutes, Kind::Whole),
    Takes::needed(Field::Place, Kind::Line(80)),
    Takes::needed(Field::Chair, Kind::Whole),
    Takes::optional(Field::Bodies, Kind::Bodies),
    Takes::optional(Field::Enterprises, Kind::Lines),
    Takes::optional(Field::DayOff, Kind::Yes),
];

impl PlanDraft {
    pub fn read(typed: &Typed) -> Self {
        let text = |field| typed.get(field).to_owned();
        Self {
            kind: text(Field::MeetingKind),
            title: text(Field::Title),
            starts_at: text(Field::StartsAt),
            minutes: text(Field::Minutes),
            place: text(Field::Place),
            chair: text(Field::Chair),
            bodies: typed.all(Field::Bodies),
            enterprises: text(Field::Enterprises),
            day_off: text(Field::DayOff),
        }
    }
}

fn step(step: MeetingStep) -> Result<MeetingWish, Refusal> {
    Ok(MeetingWish::Step(step))
}

static CHANGE: MeetingForm = MeetingForm {
    fields: &PLAN,
    minds_version: true,
    read: |typed| Ok(MeetingWish::Change(PlanDraft::read(typed))),
};

static INVITE: MeetingForm = MeetingForm {
    fields: &[],
    minds_version: true,
    read: |_| step(MeetingStep::Invite),
};

static ANSWER: MeetingForm = MeetingForm {
    fields: &[
        Takes::needed(
            Field::Answer,
            Kind::OneOf(|| vec!["comes", "substitute", "excused"]),
        ),
        Takes::optional(Field::Attendee, Kind::Line(40)),
        Takes::optional(Field::Reason, Kind::Prose(Reason::MAX)),
    ],
    minds_version: false,
    read: |typed| {
        let text = |field| typed.get(field).to_owned();
        let draft = AnswerDraft {
            answer: text(Field::Answer),
            attendee: text(Field::Attendee),
            reason: text(Field::Reason),
        };
        step(MeetingStep::Answer(draft.parse()?))
    },
};

const MATTER: Takes = Takes::needed(Field::Other, Kind::Order);
const REASON: Takes = Takes::needed(Field::Reason, Kind::Prose(Reason::MAX));

fn matter(typed: &Typed) -> Result<Number, FieldFault> {
    known_number(typed.get(Field::Other))
}

fn reason(typed: &Typed) -> Result<Reason, FieldFault> {
    Reason::parse(Field::Reason, typed.get(Field::Reason))
}

static PUT_ON: MeetingForm = MeetingForm {
    fields: &[MATTER, Takes::needed(Field::Minutes, Kind::Whole)],
    minds_version: true,
    read: |typed| {
        let mut faults = Faults::default();
        let matter = faults.keep(matter(typed));
        let minutes = faults.keep(parse_minutes(Field::Minutes, typed.get(Field::Minutes)));
        match (matter, minutes) {
            (Some(matter), Some(minutes)) => Ok(MeetingWish::PutOn { matter, minutes }),
            (None, _) | (_, None) => Err(faults.refusal()),
        }
    },
};

static TAKE_OFF: MeetingForm = MeetingForm {
    fields: &[MATTER],
    minds_version: true,
    read: |typed| {
        let matter = matter(typed)?;
        step(MeetingStep::TakeOff { matter })
    },
};

static MOVE_UP: MeetingForm = MeetingForm {
    fields: &[MATTER],
    minds_version: true,
    read: |typed| {
        let matter = matter(typed)?;
        step(MeetingStep::MoveUp { matter })
    },
};

static OPEN: MeetingForm = MeetingForm {
    fields: &[],
    minds_version: true,
    read: |_| step(MeetingStep::Open),
};

static ATTEND: MeetingForm = MeetingForm {
    fields: &[
        Takes::needed(Field::Guest, Kind::Line(80)),
        // Neither takes back what was noted.
        Takes::optional(Field::Present, Kind::YesNo),
    ],
    minds_version: false,
    read: |typed| {
        let guest = Guest::parse(typed.get(Field::Guest))?;
        let present = match typed.get(Field::Present) {
            "yes" => Some(true),
            "no" => Some(false),
            _ => None,
        };
        step(MeetingStep::Attend { guest, present })
    },
};

static DECIDE: MeetingForm = MeetingForm {
    fields: &[
        MATTER,
        Takes::needed(Field::Seen, Kind::Whole),
        Takes::needed(Field::TaskText, Kind::Prose(1000)),
        Takes::needed(Field::Owner, Kind::Body),
        Takes::optional(Field::CoOwners, Kind::Bodies),
        Takes::needed(Field::Deadline, Kind::Term),
        Takes::needed(Field::Proof, Kind::Line(200)),
        Takes::optional(Field::Basis, Kind::Line(300)),
        Takes::optional(Field::Replaces, Kind::Event),
    ],
    minds_version: false,
    read: |typed| {
        Ok(MeetingWish::Decide {
            matter: matter(typed)?,
            seen: whole(typed, Field::Seen)?,
            duty: DutyDraft::read(typed),
            basis: typed.get(Field::Basis).to_owned(),
            replaces: typed.get(Field::Replaces).to_owned(),
        })
    },
};

static DEFER: MeetingForm = MeetingForm {
    fields: &[MATTER, REASON],
    minds_version: false,
    read: |typed| {
        Ok(MeetingWish::Defer {
            matter: matter(typed)?,
            reason: reason(typed)?,
        })
    },
};

static END: MeetingForm = MeetingForm {
    fields: &[Takes::optional(Field::Knowingly, Kind::Yes)],
    minds_version: true,
    read: |typed| {
        step(MeetingStep::End {
            knowingly: typed.get(Field::Knowingly) == "yes",
        })
    },
};

static NAME_CHAIR: MeetingForm = MeetingForm {
    fields: &[Takes::needed(Field::Chair, Kind::Whole)],
    minds_version: true,
    read: |typed| Ok(MeetingWish::NameChair(typed.get(Field::Chair).to_owned())),
};

static CANCEL: MeetingForm = MeetingForm {
    fields: &[REASON],
    minds_version: true,
    read: |typed| {
        let reason = reason(typed)?;
        step(MeetingStep::Cancel { reason })
    },
};

static WRITE_MINUTES: MeetingForm = MeetingForm {
    fields: &[
        Takes::needed(Field::Revision, Kind::Whole),
        Takes::needed(Field::MinutesText, Kind::Prose(MinutesText::MAX)),
    ],
    minds_version: false,
    read: |typed| {
        let text = MinutesText::parse(Field::MinutesText, typed.get(Field::MinutesText))?;
        let revision = whole(typed, Field::Revision)?;
        step(MeetingStep::WriteMinutes { text, revision })
    },
};

static APPROVE_MINUTES: MeetingForm = MeetingForm {
    fields: &[Takes::needed(Field::Revision, Kind::Whole)],
    minds_version: false,
    read: |typed| {
        Ok(MeetingWish::ApproveMinutes {
            revision: whole(typed, Field::Revision)?,
        })
    },
};

static AMEND_MINUTES: MeetingForm = MeetingForm {
    fields: &[REASON],
    minds_version: false,
    read: |typed| {
        let reason = reason(typed)?;
        step(MeetingStep::AmendMinutes { reason })
    },
};

/// A count that the page itself has written.
fn whole<T: std::str::FromStr>(typed: &Typed, field: Field) -> Result<T, FieldFault> {
    let text = typed.get(field).trim();
    let fault = Fault::Unknown;
    text.parse().map_err(|_| FieldFault { field, fault })
}
