//! What pages are given: already worked out, named and masked by the server.

use chrono::NaiveDate;
use domain::order::{
    Ask, ClockName, Colour, Complexity, Level, Light, PauseKind, RatingLevel, StageName, StepName,
    Turn, Urgency,
};
use domain::time::notice::Kind;
use domain::time::{Due, Limit, Receipt, Remaining};
use domain::{Category, Instant, Named};
use serde::{Deserialize, Serialize};

/// An order in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    pub number: String,
    pub title: String,
    pub enterprise: String,
    pub category: Named,
    pub urgency: Urgency,
    pub stage: StageName,
    pub light: Light,
    pub turn: Turn,
    pub lead: Option<Named>,
    pub deadline: Option<Deadline>,
    pub escalation: Option<Level>,
    pub asks: Option<Ask>,
}

/// The clock that runs, as people read it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deadline {
    pub clock: ClockName,
    pub at: Instant,
    pub provisional: bool,
    pub remaining: Remaining,
}

/// A page of a list, with what the filters offer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct List {
    pub rows: Vec<Row>,
    pub next: Option<String>,
    /// How many stand in each stage, under the other filters.
    pub stages: Vec<(StageName, u64)>,
    pub categories: Vec<Category>,
    /// (code, name); empty where the reader sees only one body's.
    pub departments: Vec<(String, Named)>,
}

/// What a list is narrowed to, as it stands in the address.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Query {
    pub stage: String,
    pub light: String,
    pub department: String,
    pub category: String,
    pub q: String,
    /// `mine`: only what waits for the reader.
    pub turn: String,
    /// `today`: only what is due today.
    pub due: String,
    /// `mine`: only what the reader has to decide.
    pub asks: String,
    /// `yes`: only what is not finished.
    pub open: String,
    pub after: String,
}

/// One order with everything its page shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sheet {
    pub row: Row,
    pub version: u32,
    pub content: String,
    pub township: Named,
    pub contact_name: String,
    pub contact_phone: String,
    pub placed_at: Instant,
    pub rating: Option<RatingLevel>,
    pub cycle: u8,
    /// What happens next and until when, in a sentence.
    pub next: String,
    pub history: Vec<Line>,
    pub pause: Option<PauseSheet>,
    pub cards: Vec<CardSheet>,
    /// What comes by itself.
    pub ahead: Vec<AheadLine>,
    /// Whether its reader can enter what happened earlier.
    pub enters_late: bool,
    /// The latest answer of the department.
    pub reply: Option<Line>,
    pub offers: Vec<Offer>,
    /// The code of the lead body, or nothing.
    pub lead: String,
    /// (code, name) of the bodies it can be dispatched to; only for who names one.
    pub departments: Vec<(String, Named)>,
    /// Each kind of handling with the limit that it brings for this order.
    pub complexities: Vec<(Complexity, Limit)>,
}

/// Something that happened, told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    pub at: Instant,
    /// Set where it was entered afterwards.
    pub entered_at: Option<Instant>,
    pub who: String,
    pub sentence: String,
    pub text: Option<String>,
}

/// A step that the reader can take, or cannot take yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    pub step: StepName,
    pub not_yet: Option<String>,
    /// What will happen, said beneath the button.
    pub consequence: String,
}

/// Something that comes by itself, in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AheadLine {
    pub at: Instant,
    pub provisional: bool,
    pub what: String,
}

/// A pause that is open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PauseSheet {
    pub kind: PauseKind,
    pub reason: String,
    pub basis: String,
    pub evidence: Option<String>,
    pub from: Instant,
    pub until: Instant,
    pub provisional: bool,
    pub objection: Option<String>,
}

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

/// How the deadline of a clock came about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceiptSheet {
    pub number: String,
    pub title: String,
    /// Every clock of the order: its name, its cycle, whether it is the one shown.
    pub clocks: Vec<(ClockName, u8, bool)>,
    pub clock: ClockName,
    pub body: Option<Named>,
    pub receipt: Receipt,
    /// Working days granted.
    pub extended: u16,
    pub rules: u32,
    pub calendar: u32,
    pub ended: Option<Instant>,
    /// From, until, why; and whether it is still open.
    pub pauses: Vec<(Instant, Instant, String, bool)>,
}

/// What happens to the orders under way if nobody acts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ahead {
    /// By day; each with when, what, and of which order.
    pub days: Vec<(NaiveDate, Vec<AheadItem>)>,
    pub orders: u64,
    pub cut: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AheadItem {
    pub line: AheadLine,
    pub number: String,
    pub title: String,
    pub light: Light,
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

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeItem {
    pub number: String,
    pub title: String,
    pub sentence: String,
    pub text: Option<String>,
}

/// A year of the calendar.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalendarSheet {
    pub year: i32,
    pub published: bool,
    pub working_days: u32,
    pub days: Vec<(NaiveDate, String, Kind)>,
    /// Years that one can turn to.
    pub years: Vec<i32>,
    /// Version, year, when, by whom.
    pub applied: Vec<(u32, i32, Instant, String)>,
    pub may_import: bool,
}

/// What a notice or a version of the rules would do to open orders.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MovedSheet {
    pub moved: Vec<MovedRow>,
    pub orders: u64,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MovedRow {
    pub number: String,
    pub title: String,
    pub lead: Option<Named>,
    pub clock: ClockName,
    pub was: Due,
    pub is: Due,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalendarPreview {
    pub year: i32,
    pub replaces: bool,
    pub working_days: u32,
    pub working_days_before: u32,
    pub days: Vec<(NaiveDate, String, Kind)>,
    pub moved: MovedSheet,
}

/// The rules as they are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RulesSheet {
    pub version: u32,
    /// Name, number, unit, and the least and most that it can be.
    pub rows: Vec<RuleRow>,
    pub ladder: Vec<RungRow>,
    pub versions: Vec<VersionRow>,
    pub may_edit: bool,
    pub today: NaiveDate,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleRow {
    pub name: String,
    pub number: u16,
    pub unit: String,
    pub range: (u16, u16),
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RungRow {
    pub level: Level,
    pub days_past: u16,
    pub card: Option<Colour>,
    /// Codes of those who are told.
    pub tells: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VersionRow {
    pub version: u32,
    pub from: Instant,
    pub actor: String,
    pub note: String,
    pub open_orders: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RulesPreview {
    pub version: u32,
    pub from: Instant,
    pub open_orders: bool,
    pub note: String,
    /// What changes: name, before, after, in words.
    pub changes: Vec<(String, String, String)>,
    pub moved: MovedSheet,
}

/// What the page for placing an order needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Placing {
    pub categories: Vec<Category>,
    /// (code, name).
    pub townships: Vec<(String, Named)>,
    /// Each urgency with the limit that it brings.
    pub urgencies: Vec<(Urgency, Limit)>,
    /// By when an order placed now is dispatched.
    pub triage_due: Instant,
    pub enterprise: String,
    pub township: String,
    pub contact_name: String,
    pub contact_phone: String,
    /// Makes sure that the same page places one order, however often it is sent.
    pub once: String,
}

/// The start of a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Home {
    pub tiles: Vec<Tile>,
    /// What waits for the reader, what is due first on top.
    pub turn: Vec<Row>,
    /// Whether more wait than are shown.
    pub more: bool,
    /// The newest orders that they see.
    pub recent: Vec<Row>,
    /// For administrators: the year whose calendar is missing, this or the next.
    pub calendar_missing: Option<i32>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tile {
    pub what: TileName,
    pub count: u64,
    /// The list that the number opens into.
    pub address: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TileName {
    ToRate,
    Open,
    All,
    ToDispatch,
    ToClose,
    ToTake,
    DueToday,
    Overdue,
    Rework,
    ToDecide,
    ToExplain,
    NewNotices,
    CityDueToday,
    CityOverdue,
}

/// What was carried up, for those above.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LateSheet {
    /// `None` is the centre, before dispatch.
    pub by_body: Vec<(Option<Named>, u64)>,
    pub items: Vec<LateItem>,
    /// Whether there are more than are shown.
    pub cut: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LateItem {
    pub row: Row,
    pub way: Vec<Line>,
}
