//! What runs out, and whoever is told: cards, receipts, forecasts, notices.

use chrono::NaiveDate;
use domain::order::{ClockName, Colour, Light};
use domain::{Instant, Named};
use serde::{Deserialize, Serialize};

use super::AheadLine;

/// A supervision card.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardSheet {
    pub order: String,
    /// Only where the list is of many orders.
    pub title: Option<String>,
    pub seq: u32,
    pub colour: Colour,
    /// `None` is the centre.
    pub body: Option<Named>,
    /// `None`: rated badly twice.
    pub clock: Option<ClockName>,
    pub given_at: Instant,
    pub explanation: Option<String>,
    pub lifted: Option<String>,
    /// Whether the reader can explain it, or lift it.
    pub to_explain: bool,
    pub to_lift: bool,
}

/// A card as a paper: what the supervision office sends to the body (督办单).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardPaper {
    /// Who gives it, with the name of the city.
    pub office: Option<Named>,
    pub card: CardSheet,
    pub number: String,
    pub title: String,
    pub enterprise: String,
    pub content: String,
    pub placed_at: Instant,
    /// The deadline that had passed; none where it was rated badly twice.
    pub due: Option<Instant>,
    pub body: Option<Named>,
}

/// A page of cards.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cards {
    pub cards: Vec<CardSheet>,
    pub total: u64,
    /// Pages before and after this one, by number.
    pub newer: Option<u32>,
    pub older: Option<u32>,
}

/// What a page of cards is narrowed to, as it stands in the address.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CardQuery {
    /// `all`: also those that were lifted.
    pub which: String,
    pub page: String,
}

/// Something that a reply promised for a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommitmentSheet {
    pub reply: u32,
    pub body: Named,
    pub until: NaiveDate,
    pub due: Instant,
    pub light: Light,
    pub open: bool,
    /// Whether its day passed before it was kept.
    pub broken: bool,
    /// When it was kept, and what was done.
    pub kept: Option<(Instant, String)>,
    /// Of which order; only where the list is of many.
    pub order: Option<CommitmentOrder>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommitmentOrder {
    pub number: String,
    pub title: String,
    pub enterprise: String,
}

/// A page of promises.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Commitments {
    pub commitments: Vec<CommitmentSheet>,
    pub total: u64,
    pub newer: Option<u32>,
    pub older: Option<u32>,
}

/// Which promises a page shows, as it stands in the address.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CommitmentQuery {
    /// `broken`, `all`, or nothing: those that are followed.
    pub which: String,
    pub page: String,
}

/// How a body works, for its head.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BodySheet {
    pub name: Named,
    pub approves_replies: bool,
}

/// What happens to the orders and tasks under way if nobody acts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ahead {
    /// By day; each with when, what, and of which case.
    pub days: Vec<(NaiveDate, Vec<AheadItem>)>,
    pub orders: u64,
    pub tasks: usize,
    pub cut: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AheadItem {
    pub line: AheadLine,
    pub page: String,
    pub title: String,
    pub light: Light,
    pub paused: bool,
}

/// What somebody was told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notices {
    pub digests: Vec<DigestSheet>,
    pub any_new: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DigestSheet {
    pub at: Instant,
    pub is_new: bool,
    pub items: Vec<NoticeItem>,
    /// How many it tells of beyond those.
    pub more: u64,
}

/// What was told of a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeItem {
    /// `None` where the reader may not open it any more.
    pub page: Option<String>,
    pub title: String,
    pub sentence: String,
    pub text: Option<String>,
}
