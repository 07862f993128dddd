//! A small city for tests: the published calendars, the default limits, two
//! departments, one township, and somebody in every role.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use domain::order::placement::{self, Draft};
use domain::order::{
    Colour, Event, Level, Number, Order, Placement, Rung, Step, Told as Address, When, decide,
};
use domain::time::notice::Kind;
use domain::time::{BusinessHours, Calendar, Limit, YearNotice};
use domain::{
    Actor, Body, BodyCode, BodyKind, Category, Directory, Instant, Named, Refusal, Role, Rulebook,
    Rules, time,
};

const HOLIDAYS: &str = include_str!("../../../../server/store/seed/holidays.csv");
const STATUTORY: &str = include_str!("../../../../server/store/seed/statutory.csv");

pub fn calendar() -> Calendar {
    let mut notices: Vec<YearNotice> = Vec::new();
    for row in csv::Reader::from_reader(HOLIDAYS.as_bytes()).records() {
        let row = row.expect("a row");
        let day: NaiveDate = row[0].parse().expect("a date");
        if notices.last().map(YearNotice::year) != Some(day.year()) {
            notices.push(YearNotice::new(day.year()));
        }
        let notice = notices.last_mut().expect("just pushed");
        let kind = Kind::parse(&row[2]).expect("a kind");
        notice
            .add(day, row[1].to_owned(), kind)
            .expect("a right day");
    }
    Calendar::new(1, hours(), notices, statutory())
}

/// The days off that the regulation itself names.
pub fn statutory() -> BTreeMap<NaiveDate, String> {
    let mut rows = csv::Reader::from_reader(STATUTORY.as_bytes());
    let rows = rows.records().map(|row| row.expect("a row"));
    rows.map(|row| (row[0].parse().expect("a date"), row[1].to_owned()))
        .collect()
}

pub fn hours() -> BusinessHours {
    BusinessHours::new(9 * 3600, 12 * 3600, 13 * 3600, 17 * 3600).expect("right hours")
}

pub fn book() -> Rulebook {
    let named = |zh: &str| Named {
        zh: zh.to_owned(),
        en: zh.to_owned(),
    };
    let body = |code: &str, kind| Body {
        code: BodyCode::new(code),
        name: named(code),
        short: named(code),
        kind,
        approves_replies: false,
    };
    let rung = |level, days_past, card, tells: &[Address]| Rung {
        level,
        days_past,
        card,
        tells: tells.into(),
    };
    let rules = Rules {
        version: 1,
        from: at("2000-01-01T00:00"),
        triage: Limit::Days(1),
        take: Limit::Days(1),
        take_critical: Limit::Hours(2),
        ruling: Limit::Days(1),
        resolve_critical: Limit::Days(3),
        resolve_urgent: Limit::Days(7),
        resolve_normal: Limit::Days(15),
        resolve_complex: Limit::Days(30),
        resolve_enquiry: Limit::Days(3),
        rework: Limit::Days(5),
        co_handle: Limit::Days(3),
        rating: Limit::Days(10),
        callback: Limit::Days(3),
        appeal: Limit::Days(5),
        commitment_notice: 3,
        meeting_notice: 1,
        pause_supplement: 10,
        pause_special: 30,
        pauses: 2,
        merges: 2,
        returns: 2,
        extensions: 2,
        extension_notice: 1,
        back_entry: 5,
        similar: 50,
        common_enterprises: 3,
        common_days: 60,
        yellow_percent: 70,
        ladder: vec![
            rung(
                Level::Head,
                0,
                Some(Colour::Yellow),
                &[Address::Body, Address::Head, Address::Supervision],
            ),
            rung(
                Level::Deputy,
                3,
                Some(Colour::Red),
                &[Address::Head, Address::Supervision, Address::Deputy],
            ),
            rung(Level::Express, 5, None, &[Address::Deputy, Address::Office]),
        ],
    };
    let directory = Directory {
        bodies: vec![
            body("gd", BodyKind::Factor),
            body("zjj", BodyKind::JointApproval),
            body("laiji", BodyKind::Town),
            body("tjz", BodyKind::Centre),
        ],
        categories: vec![Category {
            code: "utility".into(),
            name: named("水电气暖"),
            examples: named("专线"),
        }],
        ..Directory::default()
    };
    Rulebook::new(vec![rules], calendar(), [], directory).expect("a version")
}

pub fn at(text: &str) -> Instant {
    time::parse(text).expect("a time")
}

pub fn actor(role: Role) -> Actor {
    Actor {
        user: Some(1),
        name: "某人".into(),
        role,
    }
}

pub fn member() -> Actor {
    actor(Role::Enterprise {
        enterprise: 1,
        manages: false,
    })
}

pub fn centre() -> Actor {
    actor(Role::Centre {
        body: BodyCode::new("tjz"),
    })
}

pub fn handler(body: &str) -> Actor {
    actor(Role::Handler {
        body: BodyCode::new(body),
    })
}

pub fn draft() -> Draft {
    Draft {
        title: "10千伏专线接入进度慢".into(),
        content: "配套线路未施工，投产在即。".into(),
        category: "utility".into(),
        urgency: "normal".into(),
        township: "laiji".into(),
        project: String::new(),
        meeting: String::new(),
        contact_name: "王敏".into(),
        contact_phone: "13800000000".into(),
    }
}

/// An order with the history that it has so far.
pub struct Told {
    pub events: Vec<Event>,
    pub book: Rulebook,
}

impl Told {
    pub fn placed(now: &str, urgency: &str) -> Self {
        let book = book();
        let draft = Draft {
            urgency: urgency.into(),
            ..draft()
        };
        let placement = Placement::parse(&draft, &book.directory).expect("a right draft");
        let number = Number::new(2026, 1);
        let event = placement::place(
            number,
            &member(),
            at(now),
            placement,
            None,
            Vec::new(),
            &book,
        )
        .expect("placed");
        Self {
            events: vec![event],
            book,
        }
    }

    pub fn order(&self) -> Order {
        Order::replay(&self.events).expect("a history that the rules wrote")
    }

    pub fn attempt(&mut self, actor: &Actor, now: &str, step: Step) -> Result<usize, Refusal> {
        self.attempt_late(actor, None, now, step)
    }

    /// Entered at `now`, and happened at another time.
    pub fn attempt_late(
        &mut self,
        actor: &Actor,
        happened: Option<&str>,
        now: &str,
        step: Step,
    ) -> Result<usize, Refusal> {
        let when = When::entered_late(happened.map(at), at(now));
        let happened = decide(&self.order(), actor, when, step, &self.book)?;
        let count = happened.len();
        self.events.extend(happened);
        Ok(count)
    }

    pub fn then(mut self, actor: &Actor, now: &str, step: Step) -> Self {
        self.attempt(actor, now, step).expect("an allowed step");
        self
    }
}
