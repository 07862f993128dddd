//! What a body is to do: as it was decided, and as a form has it.

use chrono::{NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::actor::BodyCode;
use crate::case::told::Address;
use crate::clock::{Clock, ClockName};
use crate::directory::Directory;
use crate::form::Typed;
use crate::refusal::{Fault, Faults, Field, FieldFault, Refusal};
use crate::rulebook::Rulebook;
use crate::text::{Line, Prose, plain};
use crate::time::deadline::deadline;
use crate::time::{Calendar, Due, Instant, Limit, instant, local, typed};

/// Working days that a task is given at most: a year of them.
const MOST_DAYS: u16 = 250;
/// Co-owners at most.
const MOST_CO_OWNERS: usize = 10;

/// What is to be done, by whom, and how one sees that it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Duty {
    pub text: Prose<1000>,
    /// The way to see that it is done.
    pub proof: Line<200>,
    /// Answers for it.
    pub owner: BodyCode,
    /// Have to help; the owner answers for them too.
    #[serde(default)]
    pub co_owners: Vec<BodyCode>,
    /// Working days, from when it is given, or from when its day was moved last.
    pub days: u16,
    /// The day off that was asked for, where it ends on the working day after that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub moved_from: Option<NaiveDate>,
}

/// As a form has it; lists of codes come one each.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct DutyDraft {
    #[serde(default)]
    pub text: String,
    #[serde(default)]
    pub proof: String,
    #[serde(default)]
    pub owner: String,
    /// Codes, one each.
    #[serde(default)]
    pub co_owners: Vec<String>,
    /// Working days, or a date.
    #[serde(default)]
    pub deadline: String,
}

impl DutyDraft {
    pub fn parse(&self, now: Instant, book: &Rulebook) -> Result<Duty, Refusal> {
        let mut faults = Faults::default();
        let duty = self.keep(&mut faults, now, book);
        duty.ok_or_else(|| faults.refusal())
    }

    pub(crate) fn keep(&self, faults: &mut Faults, now: Instant, book: &Rulebook) -> Option<Duty> {
        let text = faults.keep(Prose::parse(Field::TaskText, &self.text));
        let owner = faults.keep(book.directory.known_department(Field::Owner, &self.owner));
        let co_owners = faults.keep(co_owners(&self.co_owners, &self.owner, &book.directory));
        let deadline = faults.keep(parse_deadline(&self.deadline, now, &book.calendar));
        let proof = faults.keep(Line::parse(Field::Proof, &self.proof));
        let (days, moved_from) = deadline?;
        Some(Duty {
            text: text?,
            proof: proof?,
            owner: owner?,
            co_owners: co_owners?,
            days,
            moved_from,
        })
    }
}

fn co_owners(
    codes: &[String],
    owner: &str,
    directory: &Directory,
) -> Result<Vec<BodyCode>, FieldFault> {
    let fault = |fault| FieldFault {
        field: Field::CoOwners,
        fault,
    };
    let mut bodies: Vec<BodyCode> = Vec::new();
    let codes = codes.iter().map(|code| code.trim());
    for code in codes.filter(|code| !code.is_empty()) {
        let body = directory.known_department(Field::CoOwners, code)?;
        if code == owner.trim() || bodies.contains(&body) {
            return Err(fault(Fault::Twice));
        }
        bodies.push(body);
    }
    if bodies.len() > MOST_CO_OWNERS {
        return Err(fault(Fault::TooMany {
            max: MOST_CO_OWNERS,
        }));
    }
    Ok(bodies)
}

/// Working days (5, 5个工作日), or a day as 2026-12-04: then the working days until it, and
/// where it is a day off until the next working day (民法典 art. 203), and the day off itself.
pub(super) fn parse_deadline(
    text: &str,
    now: Instant,
    calendar: &Calendar,
) -> Result<(u16, Option<NaiveDate>), FieldFault> {
    let fault = |fault| FieldFault {
        field: Field::Deadline,
        fault,
    };
    let text = plain(text).to_lowercase();
    let units = ["个工作日", "工作日", "working days", "working day"];
    let days = units.iter().find_map(|unit| text.trim().strip_suffix(unit));
    let text = days.unwrap_or(&text).trim();
    let range = || {
        fault(Fault::OutOfRange {
            min: 1,
            max: MOST_DAYS,
        })
    };
    if text.is_empty() {
        return Err(fault(Fault::Empty));
    }
    // 20261204 is a day.
    if let Some(days) = text.parse().ok().filter(|_| text.len() < 5) {
        return match days {
            1..=MOST_DAYS => Ok((days, None)),
            _ => Err(range()),
        };
    }
    let day = typed::day(text).ok_or_else(|| fault(Fault::NotADate))?;
    if day < local(now).date() {
        return Err(fault(Fault::InThePast));
    }
    if !crate::time::is_within_calendar(day) {
        return Err(range());
    }
    let last = local(calendar.next_open(instant(day, NaiveTime::MIN))).date();
    let first = calendar.receipt_day(now);
    if last <= first {
        // The day on which it is given does not count.
        let earliest = calendar.nth_after(first, 1);
        return Err(fault(Fault::TooEarly { earliest }));
    }
    let days = calendar.working_days(first, last).saturating_sub(1);
    let days = u16::try_from(days).map_err(|_| range())?;
    if (1..=MOST_DAYS).contains(&days) {
        Ok((days, (day != last).then_some(day)))
    } else {
        Err(range())
    }
}

impl Duty {
    /// Who answers for it, and those who help.
    pub fn bodies(&self) -> impl Iterator<Item = &BodyCode> {
        std::iter::once(&self.owner).chain(&self.co_owners)
    }

    pub fn concerns(&self, body: &BodyCode) -> bool {
        self.bodies().any(|one| one == body)
    }

    /// Whoever answers for it, its head, and whoever helps.
    pub(crate) fn addresses(&self) -> impl Iterator<Item = Address> + use<> {
        let owner = [
            Address::Body(self.owner.clone()),
            Address::Head(self.owner.clone()),
        ];
        let others = self.co_owners.clone().into_iter().map(Address::Body);
        owner.into_iter().chain(others)
    }

    /// When it would be due, were it given at `now`.
    pub fn due(&self, now: Instant, book: &Rulebook) -> Due {
        deadline(&book.calendar, now, Limit::Days(self.days), &[])
    }

    /// As programs read it.
    pub(crate) fn json(&self) -> Value {
        json!({
            "text": self.text,
            "owner": self.owner,
            "co_owners": self.co_owners,
            "proof": self.proof,
        })
    }

    pub(crate) fn clock(&self, now: Instant, book: &Rulebook) -> Clock {
        let limit = Limit::Days(self.days);
        Clock::start(ClockName::Task, now, limit, book.rules_at(now))
    }
}

impl DutyDraft {
    pub fn read(typed: &Typed) -> Self {
        let text = |field| typed.get(field).to_owned();
        Self {
            text: text(Field::TaskText),
            proof: text(Field::Proof),
            owner: text(Field::Owner),
            co_owners: typed.all(Field::CoOwners),
            deadline: text(Field::Deadline),
        }
    }
}
