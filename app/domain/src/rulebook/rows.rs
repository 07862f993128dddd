//! The rules as a table of named amounts: what the database holds and a page edits.

use chrono::NaiveTime;
use thiserror::Error;

use super::{Rulebook, Rules};
use crate::clock::{Colour, Rung, Told};
use crate::refusal::{Fault, Faults, Field, Refusal};
use crate::time::{Instant, Limit, instant, is_within_calendar, local, typed};

/// An amount with its unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Amount {
    Limit(Limit),
    /// Working days.
    Days(u16),
    Times(u16),
    Percent(u16),
}

#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{0:?} is no rule, or not in this unit")]
pub struct NoSuchRule(pub String);

/// What an administrator decides besides the amounts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    pub rules: Rules,
    /// Whether the clocks that run are taken over too.
    pub open_orders: bool,
}

impl Rules {
    /// Every amount by its name, in the order in which a page shows them.
    pub fn rows(&self) -> Vec<(&'static str, Amount)> {
        vec![
            ("triage", Amount::Limit(self.triage)),
            ("take", Amount::Limit(self.take)),
            ("take_critical", Amount::Limit(self.take_critical)),
            ("ruling", Amount::Limit(self.ruling)),
            ("resolve_critical", Amount::Limit(self.resolve_critical)),
            ("resolve_urgent", Amount::Limit(self.resolve_urgent)),
            ("resolve_normal", Amount::Limit(self.resolve_normal)),
            ("resolve_complex", Amount::Limit(self.resolve_complex)),
            ("resolve_enquiry", Amount::Limit(self.resolve_enquiry)),
            ("rework", Amount::Limit(self.rework)),
            ("co_handle", Amount::Limit(self.co_handle)),
            ("rating", Amount::Limit(self.rating)),
            ("callback", Amount::Limit(self.callback)),
            ("appeal", Amount::Limit(self.appeal)),
            ("commitment_notice", Amount::Days(self.commitment_notice)),
            ("meeting_notice", Amount::Days(self.meeting_notice)),
            ("pause_supplement", Amount::Days(self.pause_supplement)),
            ("pause_special", Amount::Days(self.pause_special)),
            ("pauses", Amount::Times(self.pauses)),
            ("merges", Amount::Times(self.merges)),
            ("returns", Amount::Times(self.returns)),
            ("extensions", Amount::Times(self.extensions)),
            ("extension_notice", Amount::Days(self.extension_notice)),
            ("back_entry", Amount::Days(self.back_entry)),
            ("similar", Amount::Percent(self.similar)),
            ("common_enterprises", Amount::Times(self.common_enterprises)),
            ("common_days", Amount::Days(self.common_days)),
            ("yellow", Amount::Percent(self.yellow_percent)),
        ]
    }

    pub fn set(&mut self, name: &str, amount: Amount) -> Result<(), NoSuchRule> {
        match (name, amount) {
            ("triage", Amount::Limit(limit)) => self.triage = limit,
            ("take", Amount::Limit(limit)) => self.take = limit,
            ("take_critical", Amount::Limit(limit)) => self.take_critical = limit,
            ("ruling", Amount::Limit(limit)) => self.ruling = limit,
            ("resolve_critical", Amount::Limit(limit)) => self.resolve_critical = limit,
            ("resolve_urgent", Amount::Limit(limit)) => self.resolve_urgent = limit,
            ("resolve_normal", Amount::Limit(limit)) => self.resolve_normal = limit,
            ("resolve_complex", Amount::Limit(limit)) => self.resolve_complex = limit,
            ("resolve_enquiry", Amount::Limit(limit)) => self.resolve_enquiry = limit,
            ("rework", Amount::Limit(limit)) => self.rework = limit,
            ("co_handle", Amount::Limit(limit)) => self.co_handle = limit,
            ("rating", Amount::Limit(limit)) => self.rating = limit,
            ("callback", Amount::Limit(limit)) => self.callback = limit,
            ("appeal", Amount::Limit(limit)) => self.appeal = limit,
            ("commitment_notice", Amount::Days(days)) => self.commitment_notice = days,
            ("meeting_notice", Amount::Days(days)) => self.meeting_notice = days,
            ("pause_supplement", Amount::Days(days)) => self.pause_supplement = days,
            ("pause_special", Amount::Days(days)) => self.pause_special = days,
            ("pauses", Amount::Times(times)) => self.pauses = times,
            ("merges", Amount::Times(times)) => self.merges = times,
            ("returns", Amount::Times(times)) => self.returns = times,
            ("extensions", Amount::Times(times)) => self.extensions = times,
            ("extension_notice", Amount::Days(days)) => self.extension_notice = days,
            ("back_entry", Amount::Days(days)) => self.back_entry = days,
            ("similar", Amount::Percent(percent)) => self.similar = percent,
            ("common_enterprises", Amount::Times(n)) => self.common_enterprises = n,
            ("common_days", Amount::Days(days)) => self.common_days = days,
            ("yellow", Amount::Percent(percent)) => self.yellow_percent = percent,
            _ => return Err(NoSuchRule(name.to_owned())),
        }
        Ok(())
    }
}

impl Amount {
    pub fn number(self) -> u16 {
        match self {
            Self::Limit(limit) => limit.amount(),
            Self::Days(n) | Self::Times(n) | Self::Percent(n) => n,
        }
    }

    pub fn unit(self) -> &'static str {
        match self {
            Self::Limit(limit) => limit.unit(),
            Self::Days(_) => "days",
            Self::Times(_) => "times",
            Self::Percent(_) => "percent",
        }
    }

    /// The same unit with another number.
    #[must_use]
    pub fn with(self, n: u16) -> Self {
        match self {
            Self::Limit(limit) => Self::Limit(limit.with(n)),
            Self::Days(_) => Self::Days(n),
            Self::Times(_) => Self::Times(n),
            Self::Percent(_) => Self::Percent(n),
        }
    }

    /// The numbers that it can be, both ends included.
    pub fn range(self) -> (u16, u16) {
        match self {
            Self::Limit(_) => (1, 365),
            Self::Days(_) => (0, 250),
            Self::Times(_) => (0, 9),
            Self::Percent(_) => (1, 100),
        }
    }
}

/// The next version, as it was typed: amounts by name, `ladder.LEVEL.days`,
/// `ladder.LEVEL.card`, `ladder.LEVEL.tells.WHOM` for each that is told, `from` (a day)
/// and `open_orders`. What is missing stays as it is.
pub fn edited(
    book: &Rulebook,
    now: Instant,
    typed: &[(String, String)],
) -> Result<Change, Refusal> {
    let mut faults = Faults::default();
    let present = book.rules_at(now);
    let mut rules = present.clone();
    rules.version = book.versions().last().map_or(1, |rules| rules.version + 1);
    let value = |name: &str| {
        let found = typed.iter().rfind(|(typed, _)| typed == name);
        found.map(|(_, value)| value.trim())
    };
    for (name, amount) in present.rows() {
        let Some(text) = value(name) else { continue };
        if let Some(n) = number(&mut faults, name, text, amount.range()) {
            // The name and unit are those of the table itself.
            let _ = rules.set(name, amount.with(n));
        }
    }
    for rung in &mut rules.ladder {
        climb(&mut faults, rung, &value);
    }
    let mut steps = rules.ladder.windows(2);
    if steps.any(|pair| pair[0].days_past >= pair[1].days_past) {
        faults.add(Field::Rule, Fault::NotAscending);
    }
    let today = local(now).date();
    match value("from").map(typed::day) {
        Some(Some(day)) if day < today => faults.add(Field::From, Fault::InThePast),
        // Today is at once: what has started until now keeps its version.
        Some(Some(day)) if day == today => rules.from = now,
        Some(Some(day)) if is_within_calendar(day) => rules.from = instant(day, NaiveTime::MIN),
        Some(Some(_) | None) => faults.add(Field::From, Fault::NotADate),
        None => faults.add(Field::From, Fault::Empty),
    }
    if faults.is_empty() {
        Ok(Change {
            rules,
            open_orders: value("open_orders") == Some("yes"),
        })
    } else {
        Err(faults.refusal())
    }
}

fn climb<'t>(faults: &mut Faults, rung: &mut Rung, value: &impl Fn(&str) -> Option<&'t str>) {
    let name = |what: &str| format!("ladder.{}.{what}", rung.level.code());
    let (days, card) = (name("days"), name("card"));
    let tells = |told: Told| name(&format!("tells.{}", told.code()));
    let told = Told::ALL
        .into_iter()
        .filter(|told| value(&tells(*told)).is_some());
    let told: Vec<Told> = told.collect();
    match value(&card) {
        Some("none") => rung.card = None,
        Some(code) => match Colour::parse(code) {
            Some(colour) => rung.card = Some(colour),
            None => faults.add(Field::Rule, Fault::Unknown),
        },
        None => {}
    }
    if let Some(text) = value(&days) {
        // An unchecked box sends nothing: where the days are sent, so are the boxes.
        rung.tells = told;
        if let Some(n) = number(faults, &days, text, (0, 60)) {
            rung.days_past = n;
        }
    }
}

fn number(faults: &mut Faults, name: &str, text: &str, (min, max): (u16, u16)) -> Option<u16> {
    let n = text.parse().ok().filter(|n| (min..=max).contains(n));
    if n.is_none() {
        faults.add(
            Field::Rule,
            Fault::Rule {
                name: name.to_owned(),
                min,
                max,
            },
        );
    }
    n
}
