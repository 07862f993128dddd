//! What runs out, and whoever is told: cards, receipts, forecasts, notices.

use chrono::NaiveDate;
use domain::order::{ClockName, Colour, Light};
use domain::{Instant, Named};

/// A supervision card.
#[derive(Debug, Clone, PartialEq, Eq)]
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
}

/// Something that a reply promised for a day.
#[derive(Debug, Clone, PartialEq, Eq)]
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

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommitmentOrder {
    pub number: String,
    pub title: String,
    pub enterprise: String,
}

/// A page of promises.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Commitments {
    pub commitments: Vec<CommitmentSheet>,
    pub total: u64,
    pub newer: Option<u32>,
    pub older: Option<u32>,
}
