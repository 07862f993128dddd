//! 筹备: a meeting is called with a plan, which can be changed until it is opened.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::event::{Happening, MeetingEvent, MeetingWhat, Sight, nothing, stays};
use super::history::invitations;
use super::number::MeetingNumber;
use super::plan::{MeetingKind, Plan, PlanDraft};
use super::step::{Attempt, Taken};
use super::told;
use super::wish::{Form, MeetingWish};
use crate::actor::Actor;
use crate::case::step::{always, never};
use crate::case::told::nobody;
use crate::case::{Late, When};
use crate::form::{Kind, Takes, Typed};
use crate::refusal::{Field, Refusal};
use crate::rights::Action;
use crate::rulebook::Rulebook;
use crate::time::{Instant, rfc3339};

/// A meeting is called: the first event of its history.
pub fn call(
    number: MeetingNumber,
    actor: &Actor,
    now: Instant,
    plan: Plan,
    book: &Rulebook,
) -> Result<MeetingEvent, Refusal> {
    actor.may(Action::CallMeetings)?;
    let what = Called { number, plan }.into();
    Ok(MeetingEvent::after(0, actor, When::now(now), what, book))
}

pub(super) fn change(at: &Attempt<'_>, plan: Plan) -> Taken {
    let old = &at.case.plan;
    let moves = (plan.starts_at, &plan.place) != (old.starts_at, &old.place);
    let asks_anew = at.case.invited && moves;
    Ok(vec![Changed { plan, asks_anew }.into()])
}

/// The plan as the event `seq` told it, and as it had stood before, where that changed it.
pub fn plan_told(events: &[MeetingEvent], seq: u32) -> Option<(&Plan, Option<&Plan>)> {
    let until = events.iter().take_while(|event| event.seq <= seq);
    let plans = until.filter_map(|event| match &event.what {
        MeetingWhat::Called(it) => Some((event.seq, &it.plan)),
        MeetingWhat::Changed(it) => Some((event.seq, &it.plan)),
        _ => None,
    });
    let mut plans = plans.collect::<Vec<_>>().into_iter().rev();
    let (told, plan) = plans.next()?;
    let before = plans.next().filter(|_| told == seq);
    Some((plan, before.map(|(_, plan)| plan)))
}

/// What a plan says; a meeting is called with it too.
pub const PLAN: [Takes; 10] = [
    Takes::needed(
        Field::MeetingKind,
        Kind::OneOf(|| MeetingKind::ALL.map(MeetingKind::code).to_vec()),
    ),
    Takes::needed(Field::Title, Kind::Line(80)),
    Takes::needed(Field::StartsAt, Kind::Moment),
    Takes::optional(Field::DayOff, Kind::Yes),
    Takes::optional(Field::Held, Kind::Yes),
    Takes::needed(Field::Minutes, Kind::Whole),
    Takes::needed(Field::Place, Kind::Line(80)),
    Takes::needed(Field::Chair, Kind::Whole),
    Takes::optional(Field::Bodies, Kind::Bodies),
    Takes::optional(Field::Enterprises, Kind::Lines),
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
            held: text(Field::Held),
        }
    }
}

pub(super) static CHANGE: Form = Form {
    files: false,
    late: Late::Never,
    is_said: false,
    fields: &PLAN,
    can: always,
    due: never,
    read: |typed, _| Ok(MeetingWish::Change(PlanDraft::read(typed))),
};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Called {
    pub number: MeetingNumber,
    pub plan: Plan,
}

pub(super) static CALLED: Happening<Called> = Happening {
    sight: |_| Sight::Everybody,
    files: false,
    is_talk: false,
    // It begins a history, and can come nowhere else.
    stage: |_, _, _, _| None,
    apply: nothing,
    told: nobody,
    json: |it, _| json(&it.plan),
};

/// Who is not invited any more has answered nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Changed {
    pub plan: Plan,
    /// The day or the place is another one: whoever had answered is asked anew.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub asks_anew: bool,
}

pub(super) static CHANGED: Happening<Changed> = Happening {
    sight: |_| Sight::Everybody,
    files: false,
    is_talk: false,
    stage: stays,
    apply: |it, meeting, _| {
        meeting.invitations = invitations(&it.plan, &meeting.invitations);
        if it.asks_anew {
            let all = meeting.invitations.iter_mut();
            all.for_each(|invitation| invitation.answer = None);
        }
        // A new time is told of anew.
        meeting.reminded &= it.plan.starts_at == meeting.plan.starts_at;
        meeting.plan = it.plan.clone();
    },
    told: told::once_invited,
    json: |it, _| json(&it.plan),
};

fn json(plan: &Plan) -> Value {
    json!({
        "title": plan.title,
        "meeting_kind": plan.kind,
        "starts_at": rfc3339(plan.starts_at),
        "minutes": plan.minutes,
        "place": plan.place,
        "chair": plan.chair.name,
    })
}
