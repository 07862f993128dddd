use domain::order::{What, events};
use domain::{Action, Fault};
use domain::{Field, FieldFault, Instant, Role};
use store::{meetings, notices};

use super::rows::seen;
use super::visit::{desk_for, problem};
use super::{answer, visit};
use crate::problem::Problem;
use crate::sheets::{DigestSheet, MeetingNoticeSheet, NoticeItem, Notices};
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
        let told = |item: &notices::Item| {
            let directory = &desk.book.directory;
            let outside = matches!(desk.actor.role, Role::Enterprise { .. });
            let what = seen(&item.event.what, outside);
            let (mut sentence, text) =
                words::history::told(frame.lang, &what, outside, directory, frame.year);
            if let What::Instructed(events::Instructed { clock, .. })
            | What::Decided(events::Decided { clock, .. }) = &what
            {
                let due = clock.due(&desk.book.calendar);
                sentence.push_str(&words::history::now_due(frame.lang, due, frame.year));
            }
            NoticeItem {
                number: item.order.to_string(),
                title: item.title.clone(),
                sentence,
                text,
            }
        };
        let told_of = meetings::notices(&desk, DIGESTS).await.map_err(problem)?;
        let meetings = told_of.into_iter().map(|one| MeetingNoticeSheet {
            sentence: match &one.told {
                Some(told) => {
                    let (lang, year) = (frame.lang, frame.year);
                    let (kind, title, at) = (&told.kind, &told.title, told.starts_at);
                    let mut said = words::express::notice(lang, kind, title, at, year);
                    if let Some((was, place)) = &told.was {
                        let is = (at, told.place.as_str());
                        said += &words::express::moved(lang, (*was, place), is, year);
                    }
                    if told.is_outdated {
                        said += words::express::OUTDATED.of(lang);
                    }
                    said
                }
                None => words::express::dropped(frame.lang, &one.number.to_string()),
            },
            open: one.told.map(|told| (one.number.to_string(), told.place)),
            at: one.at,
            is_new: one.is_new,
        });
        let meetings: Vec<MeetingNoticeSheet> = meetings.collect();
        Ok(Notices {
            any_new: digests.iter().any(|digest| digest.is_new)
                || meetings.iter().any(|one| one.is_new),
            meetings,
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
        meetings::mark_read(&desk, at).await.map_err(problem)?;
        leptos_axum::redirect("/notices?read=yes");
        Ok(())
    })
    .await
}
