//! 会议纪要: drafted from what was recorded, approved by the chair, numbered, frozen. What
//! is mended later is a new version.

use serde::{Deserialize, Serialize};

use super::guest::Invitation;
use crate::text::Prose;
use crate::text::Reason;
use crate::time::Instant;

pub type MinutesText = Prose<20000>;

/// 〔2026〕3号: a serial of the year in which they were approved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct MinutesNumber {
    pub year: u16,
    pub serial: u32,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Minutes {
    /// What is being written; `None` where the last version is approved.
    pub draft: Option<Draft>,
    /// Ascending; the last one holds.
    pub approved: Vec<Approved>,
    /// Why the next version is written.
    pub(super) amending: Option<Reason>,
    /// Counts every writing, so that nobody writes over another unseen.
    pub revision: u32,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    pub text: MinutesText,
    pub at: Instant,
    /// Who wrote it last.
    pub by: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Approved {
    /// From 1 on.
    pub version: u16,
    pub number: MinutesNumber,
    pub text: MinutesText,
    pub at: Instant,
    pub by: String,
    /// Why it takes the place of the version before it.
    pub why: Option<Reason>,
    /// Who was there, as it stood when it was approved.
    pub roll: Vec<Invitation>,
    /// Whether guests who are not recorded are named so.
    pub names_unrecorded: bool,
}

impl Minutes {
    pub fn number(&self) -> Option<MinutesNumber> {
        self.approved.last().map(|approved| approved.number)
    }

    /// Whether the last version is approved, and nothing is being written.
    pub fn is_frozen(&self) -> bool {
        !self.approved.is_empty() && self.amending.is_none()
    }

    /// Why the next version is written.
    pub fn amending(&self) -> Option<&Reason> {
        self.amending.as_ref()
    }

    /// Who was invited and came, as readers know it: what was signed, until the next version
    /// is. `None` where nothing is being written over what was signed.
    pub fn signed_roll(&self) -> Option<&[Invitation]> {
        let signed = self.approved.last().filter(|_| !self.is_frozen())?;
        Some(&signed.roll)
    }

    /// What a writer begins with.
    pub fn text(&self) -> Option<&MinutesText> {
        let draft = self.draft.as_ref().map(|draft| &draft.text);
        draft.or_else(|| self.approved.last().map(|approved| &approved.text))
    }
}

impl std::fmt::Display for MinutesNumber {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "〔{}〕{}号", self.year, self.serial)
    }
}
