use domain::case::{Door, History};
use domain::meeting::{
    Answer, Guest, Invitation, Item, Meeting, MeetingNumber, MeetingStepName, MeetingWhat, Outcome,
    PlanDraft, events,
};
use domain::order::{Number, Order, StepName};
use domain::task::Source;
use domain::{Action, UserId};
use store::cases::Kind;
use store::meetings::{Found, Heard, List, Listed, Which};
use store::orders::{Filter, Sort};
use store::{Context, meetings, orders, watching};
use words::lang::Lang;

use crate::areas::meetings::express::{awaiting, brief_sheet, precedents, task_sheets};
use crate::areas::meetings::meeting::{GuestSheet, MeetingSheet, PaperState};
use crate::areas::orders::order::server::departments;
use crate::components::fields::Choice;
use crate::frame::Frame;
use crate::problem::ProblemDetails;
use crate::serve::forms::meeting as forms;
use crate::serve::rows::{case_line, table};
use crate::serve::visit::{context_for, problem};
use crate::serve::{Problem, answer, files, layout, unsent, visit};
use crate::sheets::{
    ItemSheet, ItemState, Laid, MeetingRow, MeetingsSheet, PlanSheet, WaitingMatter,
};

/// Meetings that a list shows.
const SHOWN: u16 = 100;
const NEAR: u16 = 5;

pub async fn list() -> Result<MeetingsSheet, Problem> {
    let ctx = context_for(Action::SeeMeetings)?;
    let ahead = meetings::list(&ctx, Which::Ahead, SHOWN)
        .await
        .map_err(problem)?;
    let over = meetings::list(&ctx, Which::Over, SHOWN)
        .await
        .map_err(problem)?;
    Ok(MeetingsSheet {
        ahead: ahead.iter().map(meeting_row).collect(),
        over: over.iter().map(meeting_row).collect(),
        can_call: ctx.actor.may(Action::CallMeetings).is_ok(),
        feed: match store::feeds::made(&ctx) {
            Some(secret) => {
                let origin = visit()?.channel.origin;
                Some(format!("{origin}/calendars/{secret}.ics"))
            }
            None => None,
        },
    })
}

/// Those that are near, for the start of a day.
pub fn near(ctx: &Context) -> Option<List> {
    let sees = ctx.actor.may(Action::SeeMeetings).is_ok();
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
pub async fn firms(typed: &str) -> Result<Vec<String>, ProblemDetails> {
    answer(async {
        let ctx = context_for(Action::CallMeetings)?;
        store::projects::firms(&ctx, typed).await.map_err(problem)
    })
    .await
}

pub fn number_of(text: &str) -> Result<MeetingNumber, Problem> {
    MeetingNumber::parse(text).ok_or(Problem::NotFound)
}

/// The form for a new meeting, or for the plan of the one of that number.
pub async fn form(number: &str) -> Result<PlanSheet, ProblemDetails> {
    answer(async {
        let ctx = context_for(Action::CallMeetings)?;
        let frame = visit()?.frame;
        let found = match number {
            "" => None,
            number => {
                let found = meetings::find(&ctx, number_of(number)?).await;
                Some(found.map_err(problem)?)
            }
        };
        let draft = match &found {
            Some(found) => forms::draft(found),
            None => PlanDraft {
                minutes: "90".into(),
                ..PlanDraft::default()
            },
        };
        let page = match number {
            "" => "/meetings/new".to_owned(),
            number => format!("/meetings/{number}/edit"),
        };
        let chairs = chairs(&ctx, None).await?;
        let form = forms::plan(&frame, found.as_ref(), chairs, draft);
        let bodies = ctx.book.directory.bodies.iter();
        Ok(PlanSheet {
            is_new: found.is_none(),
            form: form.ok_or(Problem::NotFound)?,
            bodies: bodies
                .map(|body| Choice::new(body.code.as_str(), frame.lang.name(&body.short)))
                .collect(),
            unsent: unsent::of_page(&ctx, &page).await?,
        })
    })
    .await
}

/// Who can have a chair, one excepted.
async fn chairs(ctx: &Context, but: Option<UserId>) -> Result<Vec<Choice>, Problem> {
    let chairs = meetings::chairs(ctx).await.map_err(problem)?.into_iter();
    let chairs = chairs.filter(|(id, _)| Some(*id) != but);
    Ok(chairs
        .map(|(id, name)| Choice::new(id.to_string(), name))
        .collect())
}

pub async fn sheet(number: &str) -> Result<MeetingSheet, Problem> {
    let ctx = context_for(Action::SeeMeetings)?;
    let found = meetings::find(&ctx, number_of(number)?)
        .await
        .map_err(problem)?;
    lay_out(&ctx, &found).await
}

async fn lay_out(ctx: &Context, found: &Found) -> Result<MeetingSheet, Problem> {
    let (meeting, frame) = (&found.meeting, visit()?.frame);
    let offers = meeting.offers(&ctx.actor, ctx.now, &ctx.book);
    let offered = |step: &MeetingStepName| offers.contains(step);
    let heard = meetings::heard(ctx, &found.meeting)
        .await
        .map_err(problem)?;
    let guests = guests(ctx, found, frame.lang);
    let page = format!("/meetings/{}", meeting.number);
    let forms = forms::Page {
        ctx,
        frame: &frame,
        found,
        chairs: match offered(&MeetingStepName::NameChair) {
            true => chairs(ctx, Some(meeting.plan.chair.user)).await?,
            false => Vec::new(),
        },
        matters: match offered(&MeetingStepName::PutOn) {
            true => waiting(ctx, meeting).await?,
            false => Vec::new(),
        },
        agenda: heard
            .iter()
            .map(|heard| {
                let number = heard.found.order.number.to_string();
                let label = format!("{number} {}", about(&heard.found));
                Choice::new(number, label)
            })
            .collect(),
        unrecorded: guests
            .iter()
            .filter(|one| one.present.is_none() && one.answer.as_deref() != Some("excused"))
            .map(|one| one.name.clone())
            .collect(),
    };
    let present = meeting.present_item().map(|item| item.matter);
    let mut agenda = Vec::with_capacity(heard.len());
    for heard in &heard {
        let number = heard.found.order.number;
        if let Some(one) = meeting.item(number) {
            let here = offered(&MeetingStepName::Decide) && present == Some(number);
            agenda.push(item(&forms, one, heard, here, &offers).await?);
        }
    }
    let of_meeting = MeetingStepName::ALL.into_iter();
    let of_meeting = of_meeting.map(|step| offered(&step).then(|| forms.of_meeting(step))?);
    let outside = ctx.actor.role.enterprise().is_some();
    Ok(MeetingSheet {
        row: row_of(meeting),
        version: meeting.version(),
        minutes: meeting.plan.minutes,
        planned_minutes: (!outside).then(|| meeting.planned_minutes()),
        cancelled: meeting
            .cancelled
            .as_ref()
            .map(|reason| reason.as_str().to_owned()),
        agenda,
        guests,
        forms: of_meeting.collect(),
        bodies: match offered(&MeetingStepName::Decide) {
            true => departments(ctx)
                .into_iter()
                .map(|(code, name)| Choice::new(code, frame.lang.name(&name)))
                .collect(),
            false => Vec::new(),
        },
        history: history(ctx, found, &frame)?,
        watched: watching::is_watched(ctx, Kind::Meeting, found.id)
            .await
            .map_err(problem)?,
        paper: paper(ctx, meeting),
        takes_order: meeting.takes_orders().is_ok()
            && ctx.actor.may(Action::Step(StepName::Place)).is_ok(),
        placed: placed(ctx, meeting.number).await?,
        unsent: unsent::of_page(ctx, &page).await?,
        waiting: files::waiting(ctx, &page).await?,
        offers,
    })
}

/// Matters that wait for a meeting and are not on this one.
async fn waiting(ctx: &Context, meeting: &Meeting) -> Result<Vec<WaitingMatter>, Problem> {
    let matters = awaiting(ctx).await?;
    let waiting: Vec<Number> = matters.iter().map(|(number, ..)| *number).collect();
    let on_others = meetings::elsewhere(ctx, &waiting, meeting.number).await;
    let on_others = on_others.map_err(problem)?;
    let matters = matters.into_iter();
    let matters = matters.filter(|(number, ..)| meeting.item(*number).is_none());
    let waiting = matters.map(|(number, difficulty, decided)| {
        let on = on_others.iter().find(|(matter, ..)| *matter == number);
        let on = on.map(|(_, meeting, at)| (meeting.to_string(), *at));
        WaitingMatter {
            order: number.to_string(),
            difficulty,
            decided,
            on,
        }
    });
    Ok(waiting.collect())
}

/// What happened, as far as the reader sees it.
fn history(ctx: &Context, found: &Found, frame: &Frame) -> Result<Laid, Problem> {
    let lang = frame.lang;
    let guest = |guest: &Guest| guest_name(ctx, found, guest, lang);
    let seen = found.meeting.seen(&found.events, &ctx.actor);
    let lines = seen.map(|event| {
        let told = words::meeting::told(lang, &event.what, guest, frame.year);
        let name = found.meeting.name_for(&event.by, &ctx.actor);
        case_line(ctx, lang, event, name, told)
    });
    layout::history(&lines.collect::<Vec<_>>())
}

/// What a matter is about.
fn about(found: &orders::Found) -> String {
    let order = &found.order;
    match crate::areas::meetings::express::brief_of(order, &found.events) {
        Some(brief) => brief.difficulty.as_str().to_owned(),
        None => order.placement.title.as_str().to_owned(),
    }
}

/// The meeting at which an order was placed: (number, whether the caller may open it).
pub async fn named(
    ctx: &Context,
    number: Option<MeetingNumber>,
) -> Result<Option<(String, bool)>, Problem> {
    let Some(number) = number else {
        return Ok(None);
    };
    let opens = match meetings::find(ctx, number).await {
        Ok(_) => true,
        Err(store::Error::NotFound) => false,
        Err(error) => return Err(problem(error)),
    };
    Ok(Some((number.to_string(), opens)))
}

/// Orders that a page of a meeting shows.
const PLACED: u16 = 50;

async fn placed(ctx: &Context, number: MeetingNumber) -> Result<Laid, Problem> {
    let filter = Filter {
        meeting: Some(number),
        ..Filter::default()
    };
    let page = orders::list(ctx, &filter, Sort::NewestFirst, None, PLACED)
        .await
        .map_err(problem)?;
    table(ctx, &page.items)
}

/// Enterprises read what was decided in their orders.
pub fn reads_minutes(ctx: &Context, meeting: &Meeting) -> bool {
    let inside = ctx.actor.role.enterprise().is_none();
    inside && (!meeting.minutes.approved.is_empty() || writes_minutes(ctx, meeting))
}

/// Who prepares meetings, and the chair, also read what is not approved yet.
pub fn writes_minutes(ctx: &Context, meeting: &Meeting) -> bool {
    meeting.is_prepared_by(&ctx.actor)
}

fn paper(ctx: &Context, meeting: &Meeting) -> PaperState {
    PaperState {
        number: meeting.minutes.number().map(|number| number.to_string()),
        has_draft: meeting.minutes.draft.is_some(),
        frozen: meeting.minutes.is_frozen(),
        readable: meeting.ended_at.is_some() && reads_minutes(ctx, meeting),
        writes: writes_minutes(ctx, meeting),
    }
}

/// The meeting that has decided about a matter since it was put on the agenda of this one.
pub fn decided_elsewhere(meeting: &Found, order: &Order) -> Option<MeetingNumber> {
    let events = meeting.events.iter().rev();
    let put_on = events
        .filter(|event| matches!(&event.what, MeetingWhat::PutOn(events::PutOn { matter, .. }) if *matter == order.number))
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
    let tasks = order.tasks.iter().map(|task| match task.source {
        Source::Decision { meeting } => (task.given_at, Some(meeting)),
        Source::Instruction | Source::Supervision => (task.given_at, None),
    });
    let conclusions = order.conclusions.iter();
    let conclusions = conclusions.map(|one| (one.at, Some(one.meeting)));
    let since = tasks.chain(conclusions).filter(|(at, _)| *at >= put_on);
    let others = since.filter_map(|(at, meeting)| Some((at, meeting.filter(|it| *it != but)?)));
    others.max_by_key(|(at, _)| *at).map(|(_, meeting)| meeting)
}

async fn item(
    page: &forms::Page<'_>,
    item: &Item,
    heard: &Heard,
    present: bool,
    offers: &[MeetingStepName],
) -> Result<ItemSheet, Problem> {
    let (ctx, meeting, lang) = (page.ctx, page.found, page.frame.lang);
    let Heard { found, opens } = heard;
    let elsewhere = decided_elsewhere(meeting, &found.order);
    let also_on = meetings::elsewhere(ctx, &[item.matter], meeting.meeting.number)
        .await
        .map_err(problem)?;
    let order = &found.order;
    let brief = crate::areas::meetings::express::brief_of(order, &found.events);
    let decisions = item.outcome.decisions();
    let state = match item.outcome {
        Outcome::Open if elsewhere.is_some() => ItemState::Elsewhere,
        Outcome::Open => ItemState::Open,
        Outcome::Decided { .. } => ItemState::Decided,
        Outcome::Deferred { .. } => ItemState::Deferred,
    };
    let open = order.tasks.iter().filter(|task| task.is_open());
    let about_it = forms::About {
        order: &item.matter.to_string(),
        state,
        present,
        seen: decisions.len(),
        replaceable: open
            .map(|task| Choice::new(task.seq.to_string(), task.duty.text.as_str()))
            .collect(),
    };
    let steps = [
        MeetingStepName::Decide,
        MeetingStepName::Conclude,
        MeetingStepName::Defer,
    ];
    let written = |step| {
        offers
            .contains(&step)
            .then(|| page.of_matter(step, &about_it))
    };
    Ok(ItemSheet {
        order: item.matter.to_string(),
        opens: *opens,
        difficulty: about(found),
        enterprise: found.listed.enterprise.clone(),
        brief: brief.as_ref().map(brief_sheet),
        minutes: item.minutes,
        state,
        deferred: match &item.outcome {
            Outcome::Deferred { reason } => Some(reason.as_str().to_owned()),
            Outcome::Open | Outcome::Decided { .. } => None,
        },
        tasks: task_sheets(ctx, lang, found)
            .into_iter()
            .filter(|task| decisions.contains(&task.seq))
            .collect(),
        conclusions: order
            .conclusions
            .iter()
            .filter(|one| decisions.contains(&one.seq))
            .map(|one| words::meeting::conclusion(lang, &one.conclusion))
            .collect(),
        forms: steps.map(|step| written(step).flatten()).into(),
        elsewhere: match item.outcome {
            Outcome::Open => elsewhere.map(|other| other.to_string()),
            Outcome::Decided { .. } | Outcome::Deferred { .. } => None,
        },
        also_on: match item.outcome {
            Outcome::Open => also_on
                .iter()
                .map(|(_, number, at)| (number.to_string(), *at))
                .collect(),
            Outcome::Decided { .. } | Outcome::Deferred { .. } => Vec::new(),
        },
        precedents: if present {
            precedents(ctx, order).await?
        } else {
            Vec::new()
        },
        present,
    })
}

/// Who was invited and came: for who does not write the minutes, as it was signed.
pub fn roll<'m>(ctx: &Context, meeting: &'m Meeting) -> &'m [Invitation] {
    let signed = meeting.minutes.signed_roll();
    let signed = signed.filter(|_| !writes_minutes(ctx, meeting));
    signed.unwrap_or(&meeting.invitations)
}

fn guests(ctx: &Context, found: &Found, lang: Lang) -> Vec<GuestSheet> {
    let own = Guest::of(&ctx.actor);
    let outside = ctx.actor.role.enterprise().is_some();
    roll(ctx, &found.meeting)
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
                name: guest_name(ctx, found, &one.guest, lang),
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

pub fn guest_name(ctx: &Context, found: &Found, guest: &Guest, lang: Lang) -> String {
    match guest {
        Guest::Body(body) => lang
            .name(&crate::serve::rows::short(&ctx.book.directory, body))
            .to_owned(),
        Guest::Enterprise(id) => found.enterprises.get(id).cloned().unwrap_or_default(),
    }
}

/// Makes the secret address of the reader's calendar, which the page shows for a while.
pub async fn make_feed() -> Result<(), ProblemDetails> {
    answer(async {
        let ctx = context_for(Action::SeeMeetings)?;
        store::feeds::make(&ctx).await.map_err(problem)?;
        leptos_axum::redirect("/meetings?feed=made");
        Ok(())
    })
    .await
}
