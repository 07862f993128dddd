use app::sheets::MeetingRow;
use domain::Instant;
use domain::meeting::MeetingState;
use icalendar::{Calendar, Component, Event, EventLike, EventStatus, Property};
use store::meetings::Listed;
use words::express;
use words::lang::Lang;

pub const MEDIA_TYPE: &str = "text/calendar; charset=utf-8";

/// A meeting as calendar programs have it (RFC 5545).
pub struct Entry {
    pub number: String,
    title: String,
    kind: String,
    place: String,
    chair: String,
    starts_at: Instant,
    minutes: u16,
    state: MeetingState,
    version: u32,
}

impl Entry {
    pub fn of(listed: &Listed) -> Self {
        Self {
            number: listed.number.to_string(),
            title: listed.title.clone(),
            kind: express::kind(listed.kind).of(Lang::Zh).to_owned(),
            place: listed.place.clone(),
            chair: listed.chair.clone(),
            starts_at: listed.starts_at,
            minutes: listed.minutes,
            state: listed.state,
            version: listed.version,
        }
    }

    pub fn of_row(row: &MeetingRow, minutes: u16, starts_at: Instant, version: u32) -> Self {
        Self {
            number: row.number.clone(),
            title: row.title.clone(),
            kind: express::kind(row.kind).of(Lang::Zh).to_owned(),
            place: row.place.clone(),
            chair: row.chair.clone(),
            starts_at,
            minutes,
            state: row.state,
            version,
        }
    }
}

/// `origin` is empty where no address of the program is known.
pub fn write(entries: &[Entry], now: Instant, origin: &str) -> String {
    let mut calendar = Calendar::new();
    calendar.name("直通 · 会议");
    for entry in entries {
        let mut event = Event::new();
        let length = chrono::TimeDelta::minutes(entry.minutes.into());
        let chair = express::CHAIR.of(Lang::Zh);
        event
            .uid(&format!("{}@zhitong", entry.number))
            .timestamp(now)
            // Programs that do not look at the status show the title.
            .summary(&match entry.state {
                MeetingState::Cancelled => {
                    let state = express::meeting_state(entry.state).of(Lang::Zh);
                    format!("【{state}】{}", entry.title)
                }
                MeetingState::Planned
                | MeetingState::Invited
                | MeetingState::Open
                | MeetingState::Ended => entry.title.clone(),
            })
            .location(&entry.place)
            .description(&format!("{}\n{chair}：{}", entry.kind, entry.chair))
            .starts(entry.starts_at)
            .ends(entry.starts_at + length)
            // What was sent later takes the place of what was sent before.
            .sequence(entry.version)
            .status(match entry.state {
                MeetingState::Cancelled => EventStatus::Cancelled,
                MeetingState::Planned => EventStatus::Tentative,
                MeetingState::Invited | MeetingState::Open | MeetingState::Ended => {
                    EventStatus::Confirmed
                }
            });
        if entry.state == MeetingState::Cancelled {
            // It keeps nobody's time any more.
            event.append_property(Property::new("TRANSP", "TRANSPARENT"));
        }
        if !origin.is_empty() {
            let address = format!("{origin}/meetings/{}", entry.number);
            event.append_property(Property::new("URL", address));
        }
        calendar.push(event.done());
    }
    calendar.to_string()
}
