use domain::meeting::calling::plan_told;
use domain::meeting::{Guest, Plan};
use domain::order::{Event, What, events};
use domain::{Action, Fault};
use domain::{Field, FieldFault, Instant, Role};
use store::notices::{self, Item};
use store::{Desk, meetings};

use super::meetings::guest_name;
use super::rows::seen;
use super::visit::{desk_for, problem};
use super::{answer, visit};
use crate::frame::Frame;
use crate::problem::ProblemDetails;
use crate::sheets::{DigestSheet, NoticeItem, Notices};
use crate::words;
use crate::words::meeting::Told;

const DIGESTS: u16 = 50;
const ITEMS: u16 = 20;

pub async fn notices() -> Result<Notices, ProblemDetails> {
    answer(async {
        let desk = desk_for(Action::SeeNotices)?;
        let frame = visit()?.frame;
        let digests = notices::digests(&desk, DIGESTS, ITEMS)
            .await
            .map_err(problem)?;
        let told = |item: &Item| match item {
            Item::Order {
                order,
                title,
                event,
            } => NoticeItem {
                page: Some(format!("/orders/{order}")),
                title: title.clone(),
                ..of_order(&desk, &frame, event)
            },
            Item::Meeting {
                meeting,
                seq,
                dropped: false,
            } => of_meeting(&desk, &frame, meeting, *seq),
            Item::Meeting { meeting, .. } => NoticeItem {
                page: None,
                title: String::new(),
                sentence: words::express::dropped(frame.lang, &meeting.meeting.number.to_string()),
                text: None,
            },
            Item::Task {
                number,
                title,
                event,
            } => {
                let calendar = &desk.book.calendar;
                let (sentence, text) =
                    words::task::told(frame.lang, &event.what, calendar, frame.year);
                NoticeItem {
                    page: Some(format!("/tasks/{number}")),
                    title: title.clone(),
                    sentence,
                    text,
                }
            }
        };
        Ok(Notices {
            any_new: digests.iter().any(|digest| digest.is_new),
            digests: digests
                .iter()
                .map(|digest| DigestSheet {
                    at: digest.at,
                    is_new: digest.is_new,
                    items: digest.items.iter().map(told).collect(),
                    more: digest.count.saturating_sub(digest.items.len() as u64),
                })
                .collect(),
        })
    })
    .await
}

fn of_order(desk: &Desk, frame: &Frame, event: &Event) -> NoticeItem {
    let outside = matches!(desk.actor.role, Role::Enterprise { .. });
    let what = seen(&event.what, outside);
    let directory = &desk.book.directory;
    let (mut sentence, text) =
        words::history::told(frame.lang, &what, outside, directory, frame.year);
    if let What::Instructed(events::Instructed { clock, .. })
    | What::Decided(events::Decided { clock, .. }) = &what
    {
        let due = clock.due(&desk.book.calendar);
        sentence.push_str(&words::history::now_due(frame.lang, due, frame.year));
    }
    NoticeItem {
        page: None,
        title: String::new(),
        sentence,
        text,
    }
}

/// In the words of its time: the plan as it stood then.
fn of_meeting(desk: &Desk, frame: &Frame, found: &meetings::Found, seq: u32) -> NoticeItem {
    let (lang, year) = (frame.lang, frame.year);
    let meeting = &found.meeting;
    let (plan, was) = plan_told(&found.events, seq).unwrap_or((&meeting.plan, None));
    let mut events = found.events.iter();
    let event = events.find(|event| event.seq == seq);
    let to = reader_of(desk, plan, was);
    let of_plan = event.and_then(|event| {
        let mut said = words::meeting::notice(lang, &event.what, to, plan, year)?;
        if let Some(was) = was.filter(|_| to != Told::Added) {
            let is = (plan.starts_at, plan.place.as_str());
            let was = (was.starts_at, was.place.as_str());
            said += &words::express::moved(lang, was, is, year, to == Told::Expected);
        }
        let now = &meeting.plan;
        if (now.starts_at, &now.place) != (plan.starts_at, &plan.place) {
            said += words::express::OUTDATED.of(lang);
        }
        Some(said)
    });
    let mut seen = meeting.seen(&found.events, &desk.actor);
    let (told, text) = match seen.find(|event| event.seq == seq) {
        Some(event) => {
            let guest = |guest: &Guest| guest_name(desk, found, guest, lang);
            words::meeting::told(lang, &event.what, guest, year)
        }
        None => (words::meeting::GOES_ON.of(lang).to_owned(), None),
    };
    NoticeItem {
        page: Some(format!("/meetings/{}", meeting.number)),
        title: plan.title.as_str().to_owned(),
        sentence: of_plan.unwrap_or(told),
        text,
    }
}

/// As whom the caller reads what is told of a plan that was another one before.
fn reader_of(desk: &Desk, plan: &Plan, was: Option<&Plan>) -> Told {
    let Some(guest) = Guest::of(&desk.actor).filter(|own| plan.guests().any(|one| one == *own))
    else {
        return match desk.actor.user == Some(plan.chair.user) {
            true => Told::Chair,
            false => Told::Watches,
        };
    };
    match was.is_some_and(|was| !was.guests().any(|one| one == guest)) {
        true => Told::Added,
        false => Told::Expected,
    }
}

/// Marks everything as read that the page showed.
pub async fn read(at: &str) -> Result<(), ProblemDetails> {
    answer(async {
        let desk = desk_for(Action::SeeNotices)?;
        let at = at
            .parse()
            .ok()
            .and_then(|at| Instant::from_timestamp(at, 0));
        let at = at.ok_or(FieldFault {
            field: Field::HappenedAt,
            fault: Fault::NotATime,
        })?;
        notices::read(&desk, at).await.map_err(problem)?;
        leptos_axum::redirect("/notices?read=yes");
        Ok(())
    })
    .await
}
