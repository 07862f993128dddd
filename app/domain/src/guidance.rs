//! 办事指引: an answer that was published, for every enterprise to find while it types.

use serde::{Deserialize, Serialize};

use crate::actor::BodyCode;
use crate::directory::Directory;
use crate::form::known;
use crate::order::Number;
use crate::refusal::{Fault, Faults, Field, Refusal};
use crate::text::{Line, Prose};

/// What was typed, before it is parsed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct GuidanceDraft {
    pub title: String,
    pub category: String,
    pub department: String,
    pub text: String,
    pub basis: String,
    /// The order whose reply it is made of, or empty.
    pub number: String,
    /// `yes`: no enterprise, person or telephone stands in it any more.
    pub cleared: String,
}

/// An answer to be published, parsed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guidance {
    /// The question, as an enterprise would ask it.
    pub title: Line<80>,
    /// A code of the directory.
    pub category: String,
    /// The body that answers for it.
    pub body: BodyCode,
    pub text: Prose<5000>,
    pub basis: Option<Prose<500>>,
    pub order: Option<Number>,
}

impl Guidance {
    /// Names every fault at once. Whoever publishes says that nothing private is left.
    pub fn parse(draft: &GuidanceDraft, directory: &Directory) -> Result<Self, Refusal> {
        let mut faults = Faults::default();
        let title = faults.keep(Line::parse(Field::Title, &draft.title));
        let category = faults.keep(known(Field::Category, &draft.category, |code| {
            directory.offered_category(code).map(|c| c.code.clone())
        }));
        let body = faults.keep(known(Field::Department, &draft.department, |code| {
            directory.department(code).map(|body| body.code.clone())
        }));
        let text = faults.keep(Prose::parse(Field::ReplyText, &draft.text));
        let basis = faults.keep(Prose::parse_optional(Field::ReplyBasis, &draft.basis));
        let order = faults.keep(match draft.number.trim() {
            "" => Ok(None),
            number => known(Field::Other, number, Number::parse).map(Some),
        });
        if draft.cleared.trim() != "yes" {
            faults.add(Field::Cleared, Fault::Empty);
        }
        match (title, category, body, text, basis, order) {
            (Some(title), Some(category), Some(body), Some(text), Some(basis), Some(order))
                if faults.is_empty() =>
            {
                Ok(Self {
                    title,
                    category,
                    body,
                    text,
                    basis,
                    order,
                })
            }
            _ => Err(faults.refusal()),
        }
    }
}
