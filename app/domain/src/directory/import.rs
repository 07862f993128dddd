//! A list of bodies or categories that is imported: what it would change, decided before
//! anything is written. What is not in the list stays as it is.

use std::collections::{BTreeMap, HashSet};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::{Body, BodyKind, Category, Directory, Named};
use crate::actor::BodyCode;
use crate::refusal::Field;
use crate::text::{Line, name_key};
use crate::time::typed;

/// A row as it stands in the list.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub struct BodyRow {
    pub code: String,
    pub name: String,
    #[serde(default)]
    pub name_en: String,
    pub short: String,
    #[serde(default)]
    pub short_en: String,
    pub kind: String,
    /// The first day on which it is not there any more; empty while it is.
    #[serde(default)]
    pub until: String,
    /// The code of the body that takes over from it.
    #[serde(default)]
    pub successor: String,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub struct CategoryRow {
    pub code: String,
    pub name: String,
    #[serde(default)]
    pub name_en: String,
    pub examples: String,
    #[serde(default)]
    pub examples_en: String,
    /// The first day on which nothing is placed under it any more.
    #[serde(default)]
    pub until: String,
}

/// Why a row cannot be right.
#[derive(Debug, Clone, PartialEq, Eq, Error, Serialize, Deserialize)]
pub enum ListFault {
    #[error("it cannot be read; a quotation mark is not closed, perhaps")]
    Unreadable,
    #[error("these columns are missing: {}", .0.join(", "))]
    NoColumns(Vec<String>),
    #[error("{0:?} is not the name of a column")]
    NotAColumn(String),
    #[error("it has {is} cells, the heading {need}")]
    Cells { is: u64, need: u64 },
    #[error("there is no row in it")]
    NoRows,
    #[error("{0:?} is not a code: 2 to 20 small letters and digits")]
    NotACode(String),
    #[error("{0:?} stands in the list twice, or belongs to another one")]
    Twice(String),
    #[error("{column} is empty, longer than {max} characters, or has some that do not show")]
    NotAName { column: String, max: usize },
    #[error("{0:?} is not a kind of body")]
    NotAKind(String),
    #[error("a body cannot become {kind:?}: it has orders and people as what it is")]
    OtherKind { kind: String },
    #[error("there is one {kind} already: {code}")]
    OneOnly { kind: String, code: String },
    #[error("{0:?} is not a date such as 2026-12-01")]
    NotADate(String),
    #[error("{0} has not come yet; import it on that day")]
    NotYet(NaiveDate),
    #[error("a successor goes with a date in “until”")]
    SuccessorOfNobody,
    #[error("the successor {0:?} is not a body of its sort that goes on")]
    NoSuccessor(String),
    #[error(
        "there is no such body in service; one that has gone is changed by bringing it back first"
    )]
    NotThere,
    #[error("it is needed by the program and cannot go")]
    Needed,
    #[error(
        "{} still hang on it; close them or hand them over first, or it would take them along",
        all(.hangs)
    )]
    StillOpen { hangs: Vec<Hangs> },
}

/// A row of the list, as the file numbers its lines, and what is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("row {row}: {fault}")]
pub struct ListRowFault {
    pub row: usize,
    pub fault: ListFault,
}

/// What the import does with one body or category.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change<T> {
    Added(T),
    Changed {
        was: T,
        is: T,
    },
    /// It is there again.
    Returned(T),
    Ended {
        was: T,
        on: NaiveDate,
        successor: Option<BodyCode>,
    },
}

impl<T> Change<T> {
    /// As it is afterwards, or was at the end.
    pub fn subject(&self) -> &T {
        match self {
            Self::Added(one) | Self::Returned(one) => one,
            Self::Changed { is, .. } => is,
            Self::Ended { was, .. } => was,
        }
    }
}

/// Something that hangs on a body, and how many of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hangs {
    pub on: HangsBy,
    pub count: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HangsBy {
    Lead,
    Located,
    Part,
    Task,
    Account,
    Enterprise,
    Project,
    Registration,
    Meeting,
    Commitment,
    Card,
}

impl HangsBy {
    /// Whether it goes over to the successor by itself: where an enterprise sits.
    fn goes_over(self) -> bool {
        match self {
            Self::Enterprise | Self::Project | Self::Registration => true,
            Self::Lead
            | Self::Located
            | Self::Part
            | Self::Task
            | Self::Account
            | Self::Meeting
            | Self::Commitment
            | Self::Card => false,
        }
    }

    fn english(self) -> &'static str {
        match self {
            Self::Lead => "open orders led",
            Self::Located => "open orders located there",
            Self::Part => "parts of open orders",
            Self::Task => "tasks of open orders",
            Self::Account => "accounts",
            Self::Enterprise => "enterprises located there",
            Self::Project => "projects",
            Self::Registration => "registrations that wait",
            Self::Meeting => "meetings to come",
            Self::Commitment => "promises that are followed",
            Self::Card => "cards that are not explained",
        }
    }
}

/// For the command line and the log.
pub fn all(hangs: &[Hangs]) -> String {
    let each = hangs.iter();
    let each = each.map(|hangs| format!("{} {}", hangs.count, hangs.on.english()));
    each.collect::<Vec<_>>().join(", ")
}

/// What hangs on each body, by its code.
pub type Hanging = BTreeMap<String, Vec<Hangs>>;

/// Everything that a list of bodies changes, or every fault of it.
pub fn bodies(
    rows: &[(usize, BodyRow)],
    directory: &Directory,
    today: NaiveDate,
    hanging: &Hanging,
) -> Result<Vec<Change<Body>>, Vec<ListRowFault>> {
    let mut taken = Taken::default();
    let ends: HashSet<&str> = rows
        .iter()
        .filter(|(_, row)| !row.until.trim().is_empty())
        .map(|(_, row)| row.code.trim())
        .collect();
    let coming = |code: &str| {
        let row = rows.iter().find(|(_, row)| row.code.trim() == code)?;
        BodyKind::called(row.1.kind.trim())
    };
    let goes_on = |code: &str| {
        let kind = directory.in_service(code).map(|body| body.kind);
        kind.or_else(|| coming(code))
            .filter(|_| !ends.contains(code))
    };
    let change = |row: &BodyRow, taken: &mut Taken| {
        let is = body(row, directory, taken)?;
        let code = is.code.as_str();
        let was = directory.listed(code);
        let Some(until) = ended(&row.until, today)? else {
            if !row.successor.trim().is_empty() {
                return Err(ListFault::SuccessorOfNobody);
            }
            return Ok(match was {
                Some(was) if *was == is => None,
                Some(was) => Some(Change::Changed {
                    was: was.clone(),
                    is,
                }),
                None if directory.has_gone(&is.code) => Some(Change::Returned(is)),
                None => Some(Change::Added(is)),
            });
        };
        let Some(was) = was else {
            let mut gone = directory.gone.iter();
            let same = gone.any(|gone| {
                let followed = gone.successor.as_ref().map_or("", BodyCode::as_str);
                gone.body == is && gone.on == until && followed == row.successor.trim()
            });
            return if same {
                Ok(None)
            } else {
                Err(ListFault::NotThere)
            };
        };
        if !was.kind.fulfils_orders() {
            return Err(ListFault::Needed);
        }
        let hangs = hanging.get(code).map_or(&[][..], Vec::as_slice);
        let followed = !row.successor.trim().is_empty();
        let stays = hangs.iter();
        let stays = stays.filter(|one| one.count > 0 && !(followed && one.on.goes_over()));
        let stays: Vec<Hangs> = stays.copied().collect();
        if !stays.is_empty() {
            return Err(ListFault::StillOpen { hangs: stays });
        }
        let successor = match row.successor.trim() {
            "" => None,
            code => {
                let right = goes_on(code).is_some_and(|kind| {
                    kind.fulfils_orders() && kind.is_township() == was.kind.is_township()
                });
                let right = right && code != was.code.as_str();
                let successor = right.then(|| BodyCode::new(code));
                Some(successor.ok_or_else(|| ListFault::NoSuccessor(code.to_owned()))?)
            }
        };
        Ok(Some(Change::Ended {
            was: was.clone(),
            on: until,
            successor,
        }))
    };
    each(rows, |row| change(row, &mut taken))
}

/// Everything that a list of categories changes, or every fault of it. Orders that stand
/// under one that ends stay there.
pub fn categories(
    rows: &[(usize, CategoryRow)],
    directory: &Directory,
    today: NaiveDate,
) -> Result<Vec<Change<Category>>, Vec<ListRowFault>> {
    let mut taken = Taken::default();
    let change = |row: &CategoryRow, taken: &mut Taken| {
        let code = taken.code(&row.code)?;
        let before = directory.category(&code);
        let name = taken.named(
            before.map(|one| &one.name),
            ("name", &row.name, 20),
            ("name_en", &row.name_en, 40),
            directory
                .categories
                .iter()
                .filter(|one| one.code != code)
                .map(|one| &one.name),
        )?;
        let examples = named(
            before.map(|one| &one.examples),
            ("examples", &row.examples, 60),
            ("examples_en", &row.examples_en, 100),
        )?;
        let is = Category {
            code,
            name,
            examples,
        };
        let offered = directory.offered_category(&is.code);
        let until = ended(&row.until, today)?;
        Ok(match (offered, directory.category(&is.code), until) {
            (Some(was), _, Some(on)) => Some(Change::Ended {
                was: was.clone(),
                on,
                successor: None,
            }),
            (None, _, Some(_)) => None,
            (Some(was), _, None) if *was == is => None,
            (Some(was), _, None) => Some(Change::Changed {
                was: was.clone(),
                is,
            }),
            (None, Some(_), None) => Some(Change::Returned(is)),
            (None, None, None) => Some(Change::Added(is)),
        })
    };
    let changes = each(rows, |row| change(row, &mut taken))?;
    let gone = changes
        .iter()
        .filter(|one| matches!(one, Change::Ended { .. }));
    let come = changes
        .iter()
        .filter(|one| matches!(one, Change::Added(_) | Change::Returned(_)));
    if directory.categories.len() + come.count() == gone.count() {
        // Without any, no order could be placed.
        let row = rows.last().map_or(1, |(row, _)| *row);
        let fault = ListFault::Needed;
        return Err(vec![ListRowFault { row, fault }]);
    }
    Ok(changes)
}

fn each<R, T>(
    rows: &[(usize, R)],
    mut change: impl FnMut(&R) -> Result<Option<Change<T>>, ListFault>,
) -> Result<Vec<Change<T>>, Vec<ListRowFault>> {
    if rows.is_empty() {
        let fault = ListFault::NoRows;
        return Err(vec![ListRowFault { row: 1, fault }]);
    }
    let (mut changes, mut faults) = (Vec::new(), Vec::new());
    for (row, read) in rows {
        match change(read) {
            Ok(one) => changes.extend(one),
            Err(fault) => faults.push(ListRowFault { row: *row, fault }),
        }
    }
    if faults.is_empty() {
        Ok(changes)
    } else {
        Err(faults)
    }
}

/// What the rows before have taken.
#[derive(Default)]
struct Taken {
    codes: HashSet<String>,
    names: HashSet<String>,
}

impl Taken {
    fn code(&mut self, text: &str) -> Result<String, ListFault> {
        let code = text.trim();
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
        if !(2..=20).contains(&code.len()) || !code.chars().all(plain) {
            return Err(ListFault::NotACode(code.to_owned()));
        }
        if !self.codes.insert(code.to_owned()) {
            return Err(ListFault::Twice(code.to_owned()));
        }
        Ok(code.to_owned())
    }

    /// A name that nobody else has, in either language.
    fn named<'n>(
        &mut self,
        was: Option<&Named>,
        zh: (&'static str, &str, usize),
        en: (&'static str, &str, usize),
        mut others: impl Iterator<Item = &'n Named>,
    ) -> Result<Named, ListFault> {
        let named = named(was, zh, en)?;
        let key = name_key(&named.zh);
        let in_english = name_key(&named.en);
        let twice =
            others.any(|other| name_key(&other.zh) == key || name_key(&other.en) == in_english);
        if twice || !self.names.insert(format!("{} {key}", zh.0)) {
            return Err(ListFault::Twice(named.zh));
        }
        Ok(named)
    }
}

fn body(row: &BodyRow, directory: &Directory, taken: &mut Taken) -> Result<Body, ListFault> {
    let code = taken.code(&row.code)?;
    let kind = row.kind.trim();
    let kind = BodyKind::called(kind).ok_or_else(|| ListFault::NotAKind(kind.to_owned()))?;
    let was = directory.listed(&code).or_else(|| directory.body(&code));
    let sort = |kind: BodyKind| (kind.fulfils_orders(), kind.is_township());
    let same = |was: &Body| match sort(kind) {
        (true, _) => sort(was.kind) == sort(kind),
        // Those that steer are one each.
        (false, _) => was.kind == kind,
    };
    let mut listed = directory.city.iter().chain(&directory.bodies);
    let there = listed.find(|one| one.kind == kind && !kind.fulfils_orders());
    if let (None, Some(there)) = (was, there) {
        return Err(ListFault::OneOnly {
            kind: kind.code().to_owned(),
            code: there.code.to_string(),
        });
    }
    let fits = was.is_none_or(same);
    if !fits {
        let kind = kind.code().to_owned();
        return Err(ListFault::OtherKind { kind });
    }
    let goes = !row.until.trim().is_empty();
    let others = || {
        let all = directory.bodies.iter();
        all.filter(|one| one.code.as_str() != code && !goes)
    };
    Ok(Body {
        name: taken.named(
            was.map(|was| &was.name),
            ("name", &row.name, 60),
            ("name_en", &row.name_en, 120),
            others().map(|one| &one.name),
        )?,
        short: taken.named(
            was.map(|was| &was.short),
            ("short", &row.short, 20),
            ("short_en", &row.short_en, 40),
            others().map(|one| &one.short),
        )?,
        kind,
        approves_replies: was.is_some_and(|was| was.approves_replies),
        code: BodyCode::new(code),
    })
}

/// Left out, the name in English stays as it was; where there was none, it is the Chinese
/// one.
fn named(
    was: Option<&Named>,
    zh: (&'static str, &str, usize),
    en: (&'static str, &str, usize),
) -> Result<Named, ListFault> {
    let in_chinese = line(zh.0, zh.1, zh.2)?;
    Ok(Named {
        en: match en.1.trim() {
            "" => was.map_or_else(|| in_chinese.clone(), |was| was.en.clone()),
            text => line(en.0, text, en.2)?,
        },
        zh: in_chinese,
    })
}

fn line(column: &'static str, text: &str, max: usize) -> Result<String, ListFault> {
    let column = column.to_owned();
    match Line::<200>::parse(Field::Stored, text) {
        Ok(line) if line.as_str().chars().count() <= max => Ok(line.as_str().to_owned()),
        Ok(_) | Err(_) => Err(ListFault::NotAName { column, max }),
    }
}

/// The day that it ends on, which has come.
fn ended(text: &str, today: NaiveDate) -> Result<Option<NaiveDate>, ListFault> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let day = typed::day(text).ok_or_else(|| ListFault::NotADate(text.to_owned()))?;
    if day > today {
        return Err(ListFault::NotYet(day));
    }
    Ok(Some(day))
}
