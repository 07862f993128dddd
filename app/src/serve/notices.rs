use domain::meeting::Guest;
use domain::meeting::calling::plan_told;
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
use crate::problem::Problem;
use crate::sheets::{DigestSheet, NoticeItem, Notices};
use crate::words;

const DIGESTS: u16 = 50;
const ITEMS: u16 = 20;

pub async fn notices() -> Result<Notices, Problem> {
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
    let is_seen = meeting
        .seen(&found.events, &desk.actor)
        .any(|event| event.seq == seq);
    let guest = |guest: &Guest| guest_name(desk, found, guest, lang);
    let (mut sentence, text) = match event {
        Some(event) => {
            let told = words::meeting::told(lang, &event.what, guest, year);
            let (told, text) = if is_seen { told } else { Default::default() };
            let addresses = desk.actor.addresses();
            let told_of = event.what.told(meeting);
            let watches = !told_of.iter().any(|one| addresses.contains(one));
            let told = (told, watches);
            let sentence = words::meeting::notice(lang, &event.what, told, plan, year);
            (sentence, text)
        }
        None => Default::default(),
    };
    if let Some(was) = was {
        let is = (plan.starts_at, plan.place.as_str());
        sentence += &words::express::moved(lang, (was.starts_at, was.place.as_str()), is, year);
    }
    let now = &meeting.plan;
    if (now.starts_at, &now.place) != (plan.starts_at, &plan.place) {
        sentence += words::express::OUTDATED.of(lang);
    }
    NoticeItem {
        page: Some(format!("/meetings/{}", meeting.number)),
        title: plan.title.as_str().to_owned(),
        sentence,
        text,
    }
}

/// Marks everything as read that the page showed.
pub async fn read(at: &str) -> Result<(), Problem> {
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
