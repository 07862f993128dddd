use serde::{Deserialize, Serialize};
use strum::{EnumCount, IntoStaticStr, VariantArray};

use super::guest::Guest;
use crate::actor::{BodyCode, EnterpriseId, UserId};
use crate::case::When;
use crate::codes::coded;
use crate::refusal::{Fault, Faults, Field, FieldFault, Refusal};
use crate::rulebook::Rulebook;
use crate::text::Line;
use crate::time::{Instant, local};

/// Minutes that a meeting, or one matter of it, takes.
const SHORTEST: u16 = 5;
const LONGEST: u16 = 600;
/// Bodies or enterprises that are invited at most.
const MOST: usize = 60;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[derive(EnumCount, IntoStaticStr, VariantArray)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum MeetingKind {
    /// 联审联批工作协调会, of the mayor's express (mechanism 36).
    Coordination,
    /// 政企联席会议 (mechanism 35): enterprises are invited too.
    Joint,
    /// 谋划会 (mechanism 38).
    Planning,
    /// 集中观摩会 (mechanism 38).
    Observation,
}

coded!(MeetingKind);

/// When, where, with whom.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    pub kind: MeetingKind,
    pub title: Line<80>,
    pub starts_at: Instant,
    /// How long it is to take.
    pub minutes: u16,
    pub place: Line<80>,
    pub chair: Chair,
    pub bodies: Vec<BodyCode>,
    pub enterprises: Vec<EnterpriseId>,
}

/// Who has the chair, as they were called then: only they approve the minutes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chair {
    pub user: UserId,
    pub name: String,
}

impl Chair {
    /// One of those who can have it: (number, how they are called).
    pub fn parse(text: &str, chairs: &[(UserId, String)]) -> Result<Self, FieldFault> {
        let known = |text: &str| {
            let user: UserId = text.parse().ok()?;
            let found = chairs.iter().find(|(id, _)| *id == user)?;
            Some(Self {
                user,
                name: found.1.clone(),
            })
        };
        crate::form::known(Field::Chair, text, known)
    }
}

/// As a form has it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct PlanDraft {
    #[serde(default)]
    pub kind: String,
    #[serde(default)]
    pub title: String,
    #[serde(default)]
    pub starts_at: String,
    #[serde(default)]
    pub minutes: String,
    #[serde(default)]
    pub place: String,
    #[serde(default)]
    pub chair: String,
    /// Codes, one each.
    #[serde(default)]
    pub bodies: Vec<String>,
    /// Names, a line each.
    #[serde(default)]
    pub enterprises: String,
    /// `yes`: on a day off, knowingly.
    #[serde(default)]
    pub day_off: String,
    /// `yes`: it was held already, and is entered afterwards (补录).
    #[serde(default)]
    pub held: String,
}

/// Whom a plan may name: who can have the chair, and the enterprises that there are.
pub struct Known<'a> {
    pub chairs: &'a [(UserId, String)],
    /// Those that the draft names, by name.
    pub enterprises: &'a [(String, Result<EnterpriseId, Fault>)],
}

impl PlanDraft {
    /// The enterprises that it names.
    pub fn enterprise_names(&self) -> Vec<String> {
        let lines = self.enterprises.lines().map(str::trim);
        let lines = lines.filter(|line| !line.is_empty());
        lines.map(str::to_owned).collect()
    }

    /// Names every fault at once. A day off is asked about, and then allowed.
    pub fn parse(&self, now: Instant, known: &Known, book: &Rulebook) -> Result<Plan, Refusal> {
        let mut faults = Faults::default();
        let kind = faults.keep(MeetingKind::parse(&self.kind));
        let title = faults.keep(Line::parse(Field::Title, &self.title));
        let starts_at = faults.keep(self.parse_start(now, book));
        let minutes = faults.keep(parse_minutes(Field::Minutes, &self.minutes));
        let place = faults.keep(Line::parse(Field::Place, &self.place));
        let chair = faults.keep(Chair::parse(&self.chair, known.chairs));
        let bodies = faults.keep(self.parse_bodies(book));
        let enterprises = faults.keep(self.parse_enterprises(kind, known));
        match (
            kind,
            title,
            starts_at,
            minutes,
            place,
            chair,
            bodies,
            enterprises,
        ) {
            (
                Some(kind),
                Some(title),
                Some(starts_at),
                Some(minutes),
                Some(place),
                Some(chair),
                Some(bodies),
                Some(enterprises),
            ) => Ok(Plan {
                kind,
                title,
                starts_at,
                minutes,
                place,
                chair,
                bodies,
                enterprises,
            }),
            _ => Err(faults.refusal()),
        }
    }

    fn parse_start(&self, now: Instant, book: &Rulebook) -> Result<Instant, FieldFault> {
        let fault = |fault| FieldFault {
            field: Field::StartsAt,
            fault,
        };
        if self.starts_at.trim().is_empty() {
            return Err(fault(Fault::Empty));
        }
        let at = crate::time::parse(&self.starts_at).ok_or_else(|| fault(Fault::NotATime))?;
        if at <= now {
            if self.held != "yes" {
                return Err(fault(Fault::MeetingOver));
            }
            let when = When {
                happened: at,
                entered: now,
            };
            when.is_within_bounds(book).map_err(fault)?;
        }
        if !book.calendar.is_working(local(at).date()) && self.day_off != "yes" {
            return Err(fault(Fault::DayOff));
        }
        Ok(at)
    }

    fn parse_bodies(&self, book: &Rulebook) -> Result<Vec<BodyCode>, FieldFault> {
        let fault = |fault| FieldFault {
            field: Field::Bodies,
            fault,
        };
        let mut bodies: Vec<BodyCode> = Vec::new();
        for code in self.bodies.iter().map(|code| code.trim()) {
            let body = book.directory.in_service(code);
            let body = body.ok_or_else(|| fault(Fault::Unknown))?;
            if !bodies.contains(&body.code) {
                bodies.push(body.code.clone());
            }
        }
        if bodies.len() > MOST {
            return Err(fault(Fault::TooMany { max: MOST }));
        }
        Ok(bodies)
    }

    fn parse_enterprises(
        &self,
        kind: Option<MeetingKind>,
        known: &Known,
    ) -> Result<Vec<EnterpriseId>, FieldFault> {
        let fault = |fault| FieldFault {
            field: Field::Enterprises,
            fault,
        };
        let names = self.enterprise_names();
        if !names.is_empty() && kind.is_some_and(|kind| !kind.invites_enterprises()) {
            return Err(fault(Fault::NotOfThisKind));
        }
        if names.len() > MOST {
            return Err(fault(Fault::TooMany { max: MOST }));
        }
        let mut enterprises: Vec<EnterpriseId> = Vec::new();
        for name in names {
            let mut there = known.enterprises.iter();
            let found = there.find(|(known, _)| *known == name);
            let id = match found {
                Some((_, found)) => found.clone(),
                None => {
                    let near = Vec::new();
                    Err(Fault::NoSuchEnterprise { name, near })
                }
            };
            let id = id.map_err(fault)?;
            if !enterprises.contains(&id) {
                enterprises.push(id);
            }
        }
        Ok(enterprises)
    }
}

/// Minutes, of a meeting or of a matter.
pub fn parse_minutes(field: Field, text: &str) -> Result<u16, FieldFault> {
    let fault = |fault| FieldFault { field, fault };
    let text = text.trim();
    if text.is_empty() {
        return Err(fault(Fault::Empty));
    }
    let minutes: u16 = text.parse().map_err(|_| fault(Fault::NotANumber))?;
    if (SHORTEST..=LONGEST).contains(&minutes) {
        Ok(minutes)
    } else {
        let (min, max) = (SHORTEST, LONGEST);
        Err(fault(Fault::OutOfRange { min, max }))
    }
}

impl Plan {
    pub fn guests(&self) -> impl Iterator<Item = Guest> {
        let bodies = self.bodies.iter().cloned().map(Guest::Body);
        bodies.chain(self.enterprises.iter().copied().map(Guest::Enterprise))
    }

    pub fn ends_at(&self) -> Instant {
        self.starts_at + chrono::TimeDelta::minutes(self.minutes.into())
    }
}

impl MeetingKind {
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    pub fn parse(code: &str) -> Result<Self, FieldFault> {
        crate::form::known(Field::MeetingKind, code, Self::from_code)
    }

    pub fn invites_enterprises(self) -> bool {
        match self {
            Self::Joint | Self::Observation => true,
            Self::Coordination | Self::Planning => false,
        }
    }
}
