use domain::Action;
use domain::meeting::step::offers;
use domain::meeting::{
    Answer, Guest, Invitation, Item, Meeting, MeetingNumber, MeetingStepName, MeetingWhat, Outcome,
    PlanDraft,
};
use domain::order::{Number, Order, Source, StepName};
use domain::time::local;
use store::Desk;
use store::meetings::{self, Found, Heard, List, Listed, Which};
use store::orders::{self, Filter, Sort};

use super::express::{awaiting, brief_sheet, precedents, task_sheets};
use super::rows::table;
use super::sheet::departments;
use super::visit::{desk_for, problem};
use super::{answer, unsent, visit};
use crate::lang::Lang;
use crate::problem::Problem;
use crate::sheets::{
    GuestSheet, ItemSheet, ItemState, Laid, MeetingForm, MeetingRow, MeetingSheet, MeetingsSheet,
    PaperState, WaitingMatter,
};

/// Meetings that a list shows.
const SHOWN: u16 = 100;
const NEAR: u16 = 5;

pub async fn list() -> Result<MeetingsSheet, Problem> {
    answer(async {
        let desk = desk_for(Action::SeeMeetings)?;
        let ahead = meetings::list(&desk, Which::Ahead, SHOWN)
            .await
            .map_err(problem)?;
        let over = meetings::list(&desk, Which::Over, SHOWN)
            .await
            .map_err(problem)?;
        Ok(MeetingsSheet {
            ahead: ahead.iter().map(meeting_row).collect(),
            over: over.iter().map(meeting_row).collect(),
            can_call: desk.actor.may(Action::CallMeetings).is_ok(),
            feed: match store::feeds::made(&desk) {
                Some(secret) => {
                    let origin = visit()?.channel.origin;
                    Some(format!("{origin}/calendars/{secret}.ics"))
                }
                None => None,
            },
        })
    })
    .await
}

/// Those that are near, for the start of a day.
pub fn near(desk: &Desk) -> Option<List> {
    let sees = desk.actor.may(Action::SeeMeetings).is_ok();
    sees.then_some(List {
        which: Which::Near,
        limit: NEAR,
    })
}

pub fn meeting_row(one: &Listed) -> MeetingRow {
    MeetingRow {
        number: one.number.to_string(),
        kind: one.kind,
        title: one.title.clone(),
        starts_at: one.starts_at,
        place: one.place.clone(),
        chair: one.chair.clone(),
        state: one.state,
    }
}

pub fn row_of(meeting: &Meeting) -> MeetingRow {
    let plan = &meeting.plan;
    MeetingRow {
        number: meeting.number.to_string(),
        kind: plan.kind,
        title: plan.title.as_str().to_owned(),
        starts_at: plan.starts_at,
        place: plan.place.as_str().to_owned(),
        chair: plan.chair.name.clone(),
        state: meeting.state,
    }
}

/// Registered firms that a line may mean.
pub async fn firms(typed: &str) -> Result<Vec<String>, Problem> {
    answer(async {
        let desk = desk_for(Action::CallMeetings)?;
        store::projects::firms(&desk, typed).await.map_err(problem)
    })
    .await
}

pub fn number_of(text: &str) -> Result<MeetingNumber, Problem> {
    MeetingNumber::parse(text).ok_or(Problem::NotFound)
}

/// The form for a new meeting, or for the plan of the one of that number.
pub async fn form(number: &str) -> Result<MeetingForm, Problem> {
    answer(async {
        let desk = desk_for(Action::CallMeetings)?;
        let chairs = meetings::chairs(&desk).await.map_err(problem)?;
        let chairs = chairs.into_iter();
        let chairs = chairs.map(|(id, name)| (id.to_string(), name)).collect();
        let bodies = desk.book.directory.bodies.iter();
        let bodies = bodies.map(|body| (body.code.to_string(), body.short.clone()));
        let mut form = MeetingForm {
            draft: PlanDraft {
                minutes: "90".into(),
                ..PlanDraft::default()
            },
            number: String::new(),
            version: 0,
            chairs,
            bodies: bodies.collect(),
            unsent: Vec::new(),
        };
        let page = if number.is_empty() {
            "/meetings/new".to_owned()
        } else {
            format!("/meetings/{number}/edit")
        };
        form.unsent = unsent::of_page(&desk, &page).await?;
        if !number.is_empty() {
            let found = meetings::find(&desk, number_of(number)?)
                .await
                .map_err(problem)?;
            form.draft = draft(&found);
            form.number = found.meeting.number.to_string();
            form.version = found.meeting.version;
        }
        Ok(form)
    })
    .await
}

fn draft(found: &Found) -> PlanDraft {
    let plan = &found.meeting.plan;
    let names: Vec<&str> = plan
        .enterprises
        .iter()
        .filter_map(|id| found.enterprises.get(id).map(String::as_str))
        .collect();
    PlanDraft {
        kind: plan.kind.code().to_owned(),
        title: plan.title.as_str().to_owned(),
        starts_at: local(plan.starts_at).format("%Y-%m-%dT%H:%M").to_string(),
        minutes: plan.minutes.to_string(),
        place: plan.place.as_str().to_owned(),
        chair: plan.chair.user.to_string(),
        bodies: plan.bodies.iter().map(ToString::to_string).collect(),
        enterprises: names.join("\n"),
        day_off: String::new(),
    }
}

pub async fn sheet(number: &str) -> Result<MeetingSheet, Problem> {
    answer(async {
        let desk = desk_for(Action::SeeMeetings)?;
        let found = meetings::find(&desk, number_of(number)?)
            .await
            .map_err(problem)?;
        lay_out(&desk, &found).await
    })
    .await
}

async fn lay_out(desk: &Desk, found: &Found) -> Result<MeetingSheet, Problem> {
    let meeting = &found.meeting;
    let offers = offers(meeting, &desk.actor, desk.now, &desk.book);
    let decides = offers.contains(&MeetingStepName::Decide);
    let mut agenda = Vec::with_capacity(meeting.agenda.len());
    let present = meeting.present_item().map(|item| item.matter);
    for heard in meetings::heard(desk, found).await.map_err(problem)? {
        let number = heard.found.order.number;
        let here = decides && present == Some(number);
        if let Some(one) = meeting.item(number) {
            agenda.push(item(desk, found, one, &heard, here).await?);
        }
    }
    let matters = if offers.contains(&MeetingStepName::PutOn) {
        awaiting(desk).await?
    } else {
        Vec::new()
    };
    let waiting: Vec<Number> = matters.iter().map(|(number, ..)| *number).collect();
    let on_others = meetings::elsewhere(desk, &waiting, meeting.number)
        .await
        .map_err(problem)?;
    let matters = matters
        .into_iter()
        .filter(|(number, ..)| meeting.item(*number).is_none())
        .map(|(number, difficulty, decided)| {
            let on = on_others.iter().find(|(matter, ..)| *matter == number);
            let on = on.map(|(_, meeting, at)| (meeting.to_string(), *at));
            WaitingMatter {
                order: number.to_string(),
                difficulty,
                decided,
                on,
            }
        })
        .collect();
    let chairs = if offers.contains(&MeetingStepName::NameChair) {
        meetings::chairs(desk).await.map_err(problem)?
    } else {
        Vec::new()
    };
    let chairs = chairs
        .into_iter()
        .filter(|(id, _)| *id != meeting.plan.chair.user)
        .map(|(id, name)| (id.to_string(), name));
    let outside = desk.actor.role.enterprise().is_some();
    Ok(MeetingSheet {
        row: row_of(meeting),
        version: meeting.version,
        minutes: meeting.plan.minutes,
        planned_minutes: (!outside).then(|| meeting.planned_minutes()),
        cancelled: meeting
            .cancelled
            .as_ref()
            .map(|reason| reason.as_str().to_owned()),
        agenda,
        guests: guests(desk, found, visit()?.frame.lang),
        bodies: if decides {
            departments(desk)
        } else {
            Vec::new()
        },
        chairs: chairs.collect(),
        paper: paper(desk, meeting),
        takes_order: meeting.takes_orders().is_ok()
            && desk.actor.may(Action::Step(StepName::Place)).is_ok(),
        placed: placed(desk, meeting.number).await?,
        unsent: unsent::of_page(desk, &format!("/meetings/{}", meeting.number)).await?,
        matters,
        offers,
    })
}

/// The meeting at which an order was placed: (number, whether the caller may open it).
pub async fn named(
    desk: &Desk,
    number: Option<MeetingNumber>,
) -> Result<Option<(String, bool)>, Problem> {
    let Some(number) = number else {
        return Ok(None);
    };
    let opens = match meetings::find(desk, number).await {
        Ok(_) => true,
        Err(store::Error::NotFound) => false,
        Err(error) => return Err(problem(error)),
    };
    Ok(Some((number.to_string(), opens)))
}

/// Orders that a page of a meeting shows.
const PLACED: u16 = 50;

async fn placed(desk: &Desk, number: MeetingNumber) -> Result<Laid, Problem> {
    let filter = Filter {
        meeting: Some(number),
        ..Filter::default()
    };
    let page = orders::list(desk, &filter, Sort::NewestFirst, None, PLACED)
        .await
        .map_err(problem)?;
    table(desk, &page.items)
}

/// Enterprises read what was decided in their orders.
pub fn reads_minutes(desk: &Desk, meeting: &Meeting) -> bool {
    let inside = desk.actor.role.enterprise().is_none();
    inside && (!meeting.minutes.approved.is_empty() || writes_minutes(desk, meeting))
}

/// Who prepares meetings, and the chair, also read what is not approved yet.
pub fn writes_minutes(desk: &Desk, meeting: &Meeting) -> bool {
    desk.actor.may(Action::CallMeetings).is_ok() || desk.actor.user == Some(meeting.plan.chair.user)
}

fn paper(desk: &Desk, meeting: &Meeting) -> PaperState {
    PaperState {
        number: meeting.minutes.number().map(|number| number.to_string()),
        has_draft: meeting.minutes.draft.is_some(),
        frozen: meeting.minutes.is_frozen(),
        readable: meeting.ended_at.is_some() && reads_minutes(desk, meeting),
        writes: writes_minutes(desk, meeting),
    }
}

/// The meeting that has decided about a matter since it was put on the agenda of this one.
pub fn decided_elsewhere(meeting: &Found, order: &Order) -> Option<MeetingNumber> {
    let events = meeting.events.iter().rev();
    let put_on = events
        .filter(|event| matches!(&event.what, MeetingWhat::PutOn { matter, .. } if *matter == order.number))
        .map(|event| event.happened_at)
        .next()?;
    decided_since(order, put_on, meeting.meeting.number)
}

/// The meeting that has decided about a matter since then, another one than `but`.
pub fn decided_since(
    order: &Order,
    put_on: domain::Instant,
    but: MeetingNumber,
) -> Option<MeetingNumber> {
    let tasks = order.tasks.iter().rev();
    let since = tasks.filter(|task| task.given_at >= put_on);
    since
        .filter_map(|task| match task.source {
            Source::Decision { meeting } => Some(meeting),
            Source::Instruction => None,
        })
        .find(|other| *other != but)
}

async fn item(
    desk: &Desk,
    meeting: &Found,
    item: &Item,
    heard: &Heard,
    present: bool,
) -> Result<ItemSheet, Problem> {
    let Heard { found, opens } = heard;
    let elsewhere = decided_elsewhere(meeting, &found.order);
    let also_on = meetings::elsewhere(desk, &[item.matter], meeting.meeting.number)
        .await
        .map_err(problem)?;
    let order = &found.order;
    let brief = super::express::brief_of(order, &found.events);
    let decisions = item.outcome.decisions();
    let tasks = task_sheets(desk, found);
    let replaceable = order
        .tasks
        .iter()
        .filter(|task| task.is_open())
        .map(|task| (task.seq, task.duty.text.as_str().to_owned()))
        .collect();
    Ok(ItemSheet {
        order: item.matter.to_string(),
        opens: *opens,
        difficulty: brief.as_ref().map_or_else(
            || order.placement.title.as_str().to_owned(),
            |brief| brief.difficulty.as_str().to_owned(),
        ),
        enterprise: found.listed.enterprise.clone(),
        brief: brief.as_ref().map(brief_sheet),
        minutes: item.minutes,
        state: match item.outcome {
            Outcome::Open if elsewhere.is_some() => ItemState::Elsewhere,
            Outcome::Open => ItemState::Open,
            Outcome::Decided { .. } => ItemState::Decided,
            Outcome::Deferred { .. } => ItemState::Deferred,
        },
        deferred: match &item.outcome {
            Outcome::Deferred { reason } => Some(reason.as_str().to_owned()),
            Outcome::Open | Outcome::Decided { .. } => None,
        },
        tasks: tasks
            .into_iter()
            .filter(|task| decisions.contains(&task.seq))
            .collect(),
        seen: decisions.len(),
        elsewhere: elsewhere.map(|other| other.to_string()),
        also_on: match item.outcome {
            Outcome::Open => also_on
                .iter()
                .map(|(_, number, at)| (number.to_string(), *at))
                .collect(),
            Outcome::Decided { .. } | Outcome::Deferred { .. } => Vec::new(),
        },
        replaceable,
        precedents: if present {
            precedents(desk, order).await?
        } else {
            Vec::new()
        },
        present,
    })
}

/// Who was invited and came: for who does not write the minutes, as it was signed.
pub fn roll<'m>(desk: &Desk, meeting: &'m Meeting) -> &'m [Invitation] {
    let signed = meeting.minutes.signed_roll();
    let signed = signed.filter(|_| !writes_minutes(desk, meeting));
    signed.unwrap_or(&meeting.invitations)
}

fn guests(desk: &Desk, found: &Found, lang: Lang) -> Vec<GuestSheet> {
    let own = Guest::of(&desk.actor);
    let outside = desk.actor.role.enterprise().is_some();
    roll(desk, &found.meeting)
        .iter()
        // An enterprise learns of the bodies, and of itself.
        .filter(|one| {
            !outside || matches!(one.guest, Guest::Body(_)) || Some(&one.guest) == own.as_ref()
        })
        .map(|one| {
            let is_own = Some(&one.guest) == own.as_ref();
            let open = !outside || is_own;
            let answer = one.answer.as_ref().filter(|_| open);
            GuestSheet {
                code: one.guest.code(),
                name: guest_name(desk, found, &one.guest, lang),
                answer: open
                    .then(|| answer.map_or_else(String::new, |answer| answer.code().to_owned())),
                attendee: answer.and_then(Answer::name).map(str::to_owned),
                reason: match answer {
                    Some(Answer::Substitute { reason, .. } | Answer::Excused { reason }) => {
                        Some(reason.as_str().to_owned())
                    }
                    Some(Answer::Comes { .. }) | None => None,
                },
                present: one.present.filter(|_| open),
                own: is_own,
            }
        })
        .collect()
}

pub fn guest_name(desk: &Desk, found: &Found, guest: &Guest, lang: Lang) -> String {
    match guest {
        Guest::Body(body) => lang
            .name(&super::rows::short(&desk.book.directory, body))
            .to_owned(),
        Guest::Enterprise(id) => found.enterprises.get(id).cloned().unwrap_or_default(),
    }
}

pub async fn call(draft: PlanDraft) -> Result<(), Problem> {
    answer(async {
        let desk = desk_for(Action::CallMeetings)?;
        let number = meetings::call(&desk, draft).await.map_err(problem)?;
        leptos_axum::redirect(&format!("/meetings/{number}"));
        Ok(())
    })
    .await
}

/// Makes the secret address of the reader's calendar, which the page shows for a while.
pub async fn make_feed() -> Result<(), Problem> {
    answer(async {
        let desk = desk_for(Action::SeeMeetings)?;
        store::feeds::make(&desk).await.map_err(problem)?;
        leptos_axum::redirect("/meetings?feed=made");
        Ok(())
    })
    .await
}
