//! The bodies of the city and the categories of orders: rows, not constants.

pub mod import;

use std::borrow::Cow;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::actor::BodyCode;
use crate::form::known;
use crate::refusal::{Field, FieldFault};
use crate::time::Instant;

/// A name in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Named {
    pub zh: String,
    pub en: String,
}

/// A department, township or office.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Body {
    pub code: BodyCode,
    pub name: Named,
    pub short: Named,
    pub kind: BodyKind,
    /// Whether its head approves a handler's replies before they go out.
    #[serde(default)]
    pub approves_replies: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BodyKind {
    /// One of the twelve of the joint approval.
    JointApproval,
    /// Supplies land, money, power, water, gas, heat.
    Factor,
    Other,
    Subdistrict,
    Town,
    Township,
    Centre,
    Supervision,
    MayorOffice,
    /// The city itself: its name, and no body.
    City,
}

impl BodyKind {
    const ALL: [(Self, &'static str); 10] = [
        (Self::JointApproval, "joint_approval"),
        (Self::Factor, "factor"),
        (Self::Other, "other"),
        (Self::Subdistrict, "subdistrict"),
        (Self::Town, "town"),
        (Self::Township, "township"),
        (Self::Centre, "centre"),
        (Self::Supervision, "supervision"),
        (Self::MayorOffice, "mayor_office"),
        (Self::City, "city"),
    ];

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, c)| *c == code).map(|(k, _)| *k)
    }

    /// As a list says it: by its code, or in Chinese.
    pub fn called(text: &str) -> Option<Self> {
        Self::parse(text).or(match text {
            "联审联批部门" => Some(Self::JointApproval),
            "要素保障单位" => Some(Self::Factor),
            "其他部门" | "其他" => Some(Self::Other),
            "街道" | "街道办事处" => Some(Self::Subdistrict),
            "镇" => Some(Self::Town),
            "乡" => Some(Self::Township),
            "城市" | "本市" => Some(Self::City),
            _ => None,
        })
    }

    pub fn code(self) -> &'static str {
        Self::ALL
            .iter()
            .find(|(kind, _)| *kind == self)
            .map_or("", |(_, code)| code)
    }

    /// The seventeen townships, towns and subdistricts.
    pub fn is_township(self) -> bool {
        matches!(self, Self::Subdistrict | Self::Town | Self::Township)
    }

    /// Whether orders are dispatched to bodies of this kind.
    pub fn fulfils_orders(self) -> bool {
        match self {
            Self::JointApproval
            | Self::Factor
            | Self::Other
            | Self::Subdistrict
            | Self::Town
            | Self::Township => true,
            Self::Centre | Self::Supervision | Self::MayorOffice | Self::City => false,
        }
    }
}

/// What an order is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Category {
    pub code: String,
    pub name: Named,
    /// Examples, as the tile shows them.
    pub examples: Named,
}

/// A body that is not there any more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gone {
    pub body: Body,
    pub on: NaiveDate,
    /// Who has taken over from it.
    pub successor: Option<BodyCode>,
}

/// What a body was called until it got another name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Former {
    pub code: BodyCode,
    pub until: Instant,
    pub name: Named,
    pub short: Named,
}

/// Every body and category there is, in the order in which lists show them.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Directory {
    /// What the city is called; nothing where nobody has named it.
    pub city: Option<Body>,
    /// Those in service.
    pub bodies: Vec<Body>,
    pub gone: Vec<Gone>,
    /// Names of the past, the oldest first.
    pub former: Vec<Former>,
    /// Those that orders are placed under.
    pub categories: Vec<Category>,
    pub ended_categories: Vec<Category>,
}

impl Directory {
    /// A body that is there, or was.
    pub fn body(&self, code: &str) -> Option<&Body> {
        let gone = self.gone.iter().map(|gone| &gone.body);
        let mut all = self.bodies.iter().chain(gone);
        all.find(|body| body.code.as_str() == code)
    }

    pub fn in_service(&self, code: &str) -> Option<&Body> {
        self.bodies.iter().find(|body| body.code.as_str() == code)
    }

    /// A line of the list that stands: a body in service, or the city.
    fn listed(&self, code: &str) -> Option<&Body> {
        let mut all = self.city.iter().chain(&self.bodies);
        all.find(|one| one.code.as_str() == code)
    }

    /// A body that orders can be dispatched to.
    pub fn department(&self, code: &str) -> Option<&Body> {
        self.in_service(code)
            .filter(|body| body.kind.fulfils_orders())
    }

    /// The same, as somebody named it.
    pub(crate) fn known_department(
        &self,
        field: Field,
        code: &str,
    ) -> Result<BodyCode, FieldFault> {
        known(field, code, |code| {
            self.department(code).map(|body| body.code.clone())
        })
    }

    pub fn township(&self, code: &str) -> Option<&Body> {
        self.in_service(code).filter(|body| body.kind.is_township())
    }

    /// What stands on official papers of a steering body: its name with that of the city,
    /// 新密市政府督查室 for 市政府督查室.
    pub fn organ(&self, kind: BodyKind) -> Option<Named> {
        let body = self.bodies.iter().find(|body| body.kind == kind)?;
        let Some(city) = &self.city else {
            return Some(body.name.clone());
        };
        let own = body.name.zh.strip_prefix('市').unwrap_or(&body.name.zh);
        Some(Named {
            zh: format!("{}{own}", city.name.zh),
            en: format!("{}, {}", body.name.en, city.name.en),
        })
    }

    /// Whether it was there, and is not any more.
    pub fn has_gone(&self, code: &BodyCode) -> bool {
        self.gone.iter().any(|gone| gone.body.code == *code)
    }

    /// A category that there is, or was.
    pub fn category(&self, code: &str) -> Option<&Category> {
        let mut all = self.categories.iter().chain(&self.ended_categories);
        all.find(|category| category.code == code)
    }

    /// A category that something can be placed under.
    pub fn offered_category(&self, code: &str) -> Option<&Category> {
        self.categories.iter().find(|one| one.code == code)
    }

    /// The directory with the names of that time: what was done then is told with them.
    pub fn at(&self, time: Instant) -> Cow<'_, Self> {
        let mut then = Cow::Borrowed(self);
        let mut known: Vec<&BodyCode> = Vec::new();
        for former in self.former.iter().filter(|former| time < former.until) {
            if known.contains(&&former.code) {
                continue;
            }
            known.push(&former.code);
            let then = then.to_mut();
            let gone = then.gone.iter_mut().map(|gone| &mut gone.body);
            let mut all = then.bodies.iter_mut().chain(gone).chain(&mut then.city);
            if let Some(body) = all.find(|body| body.code == former.code) {
                body.name = former.name.clone();
                body.short = former.short.clone();
            }
        }
        then
    }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::*;

    #[test]
    fn what_was_done_is_told_with_the_names_of_its_time() {
        let named = |zh: &str| Named {
            zh: zh.to_owned(),
            en: zh.to_owned(),
        };
        let time = |seconds| DateTime::from_timestamp(seconds, 0).unwrap_or_default();
        let code = BodyCode::new("gd");
        let former = |name: &str, until| Former {
            code: code.clone(),
            until: time(until),
            name: named(name),
            short: named(name),
        };
        let directory = Directory {
            bodies: vec![Body {
                code: code.clone(),
                name: named("三"),
                short: named("三"),
                kind: BodyKind::Factor,
                approves_replies: false,
            }],
            former: vec![former("一", 100), former("二", 200)],
            ..Directory::default()
        };
        for (at, called) in [(0, "一"), (99, "一"), (100, "二"), (199, "二"), (200, "三")] {
            let then = directory.at(time(at));
            let name = then.body("gd").map(|body| body.short.zh.as_str());
            assert_eq!(name, Some(called), "{at}");
        }
    }
}
