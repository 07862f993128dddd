//! The register of key projects (重点项目), as far as orders name them.

use serde::{Deserialize, Serialize};
use strum::{EnumCount, EnumString, IntoStaticStr, VariantArray};

use crate::actor::{BodyCode, EnterpriseId, RoleName, UserId};
use crate::codes::codes;
use crate::directory::Directory;
use crate::form::{choose, known};
use crate::refusal::{Fault, Faults, Field, FieldFault, Refusal};
use crate::text::{Line, plain};

/// The number of a project: letters, digits and dashes, 2 to 40, as the register of
/// the province or the city writes it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ProjectNumber(String);

impl ProjectNumber {
    pub fn parse(field: Field, text: &str) -> Result<Self, FieldFault> {
        let text = plain(text);
        let text = text.trim();
        if text.is_empty() {
            let fault = Fault::Empty;
            return Err(FieldFault { field, fault });
        }
        let allowed = |c: char| c.is_ascii_alphanumeric() || c == '-';
        let right = (2..=40).contains(&text.len()) && text.chars().all(allowed);
        if right && text.starts_with(|c: char| c.is_ascii_alphanumeric()) {
            Ok(Self(text.to_ascii_uppercase()))
        } else {
            let fault = Fault::NotAProjectNumber;
            Err(FieldFault { field, fault })
        }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for ProjectNumber {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<ProjectNumber> for String {
    fn from(number: ProjectNumber) -> Self {
        number.0
    }
}

impl TryFrom<String> for ProjectNumber {
    type Error = FieldFault;
    fn try_from(text: String) -> Result<Self, FieldFault> {
        Self::parse(Field::Stored, &text)
    }
}

/// Whose list of key projects it is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[derive(EnumCount, EnumString, IntoStaticStr, VariantArray)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum ProjectLevel {
    /// 省.
    Province,
    /// 郑州市.
    Prefecture,
    /// 市本级.
    County,
}

codes!(ProjectLevel);

/// A project of the register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Project {
    pub number: ProjectNumber,
    pub name: Line<100>,
    pub enterprise: EnterpriseId,
    pub level: ProjectLevel,
    pub township: BodyCode,
    /// 分包领导; a project without one is flagged.
    pub leader: Option<UserId>,
}

/// What was typed, before it is parsed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ProjectDraft {
    pub project: String,
    pub project_name: String,
    /// By its name.
    pub enterprise: String,
    pub level: String,
    pub township: String,
    /// The number of an account, or empty.
    pub leader: String,
}

/// Parsed, as far as that goes without knowing enterprises and people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProjectWish {
    pub number: ProjectNumber,
    pub name: Line<100>,
    pub enterprise: Line<100>,
    pub level: ProjectLevel,
    pub township: BodyCode,
    pub leader: Option<UserId>,
}

impl ProjectWish {
    /// Names every fault at once.
    pub fn parse(draft: &ProjectDraft, directory: &Directory) -> Result<Self, Refusal> {
        let mut faults = Faults::default();
        let number = faults.keep(ProjectNumber::parse(Field::Project, &draft.project));
        let name = faults.keep(Line::parse(Field::ProjectName, &draft.project_name));
        let enterprise = faults.keep(Line::parse(Field::EnterpriseName, &draft.enterprise));
        let level = faults.keep(choose(
            Field::ProjectLevel,
            &draft.level,
            ProjectLevel::ALL,
            ProjectLevel::code,
        ));
        let township = faults.keep(known(Field::Township, &draft.township, |code| {
            directory.township(code).map(|body| body.code.clone())
        }));
        let leader = faults.keep(match draft.leader.trim() {
            "" => Ok(None),
            id => known(Field::Leader, id, |id| id.parse().ok()).map(Some),
        });
        match (number, name, enterprise, level, township, leader) {
            (
                Some(number),
                Some(name),
                Some(enterprise),
                Some(level),
                Some(township),
                Some(leader),
            ) => Ok(Self {
                number,
                name,
                enterprise,
                level,
                township,
                leader,
            }),
            _ => Err(faults.refusal()),
        }
    }
}

impl RoleName {
    /// Whether somebody in this role can be in charge of a project (mechanisms 15, 16).
    pub fn can_lead_projects(self) -> bool {
        match self {
            Self::Leader | Self::Deputy | Self::Mayor => true,
            Self::Enterprise
            | Self::Centre
            | Self::Handler
            | Self::Head
            | Self::Township
            | Self::Supervision
            | Self::Office
            | Self::SystemAdmin
            | Self::SecurityAdmin
            | Self::Auditor
            | Self::Clockwork => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_project_s_number_is_letters_digits_and_dashes() {
        let cases = [
            ("2026-SZD-014", Some("2026-SZD-014"), "as a register has it"),
            (" xm14 ", Some("XM14"), "in one way, whatever was typed"),
            ("", None, "nothing"),
            ("A", None, "one letter"),
            ("-14", None, "a dash first"),
            ("省-14", None, "other letters"),
            ("a b", None, "a blank"),
        ];
        for (text, expected, why) in cases {
            let got = ProjectNumber::parse(Field::Project, text).ok();
            assert_eq!(got.as_ref().map(ProjectNumber::as_str), expected, "{why}");
        }
    }
}
