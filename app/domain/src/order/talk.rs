//! What is said beside the steps: notes inside a body, and messages between the
//! enterprise and those who work on its order. Neither moves anything.

use super::event::What;
use crate::actor::{Actor, UserId};
use crate::refusal::{Field, Refusal};
use crate::text::Prose;

/// A note (备注): seen by the body of whoever wrote it, and by nobody else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    pub text: Prose<2000>,
    /// Colleagues who are named in it with an @, and are told.
    pub mentions: Vec<UserId>,
}

impl Note {
    /// `colleagues`: everybody of the body, as they are called.
    pub fn parse(text: &str, colleagues: &[(UserId, String)]) -> Result<Self, Refusal> {
        let text = Prose::parse(Field::Note, text)?;
        let named = |name: &str| {
            let ways = [format!("@{name}"), format!("＠{name}")];
            ways.iter().any(|way| text.as_str().contains(way))
        };
        let mentions = colleagues
            .iter()
            .filter(|(_, name)| !name.is_empty() && named(name));
        let mentions = mentions.map(|(user, _)| *user).collect();
        Ok(Self { text, mentions })
    }
}

pub(super) fn note(note: Note) -> Vec<What> {
    vec![What::Noted {
        text: note.text,
        mentions: note.mentions,
    }]
}

pub(super) fn message(actor: &Actor, text: Prose<2000>) -> Vec<What> {
    vec![What::Messaged {
        text,
        by_enterprise: actor.role.enterprise().is_some(),
    }]
}

impl What {
    /// Whether it is only said, and nothing of the order has moved.
    pub fn is_talk(&self) -> bool {
        matches!(
            self,
            Self::Noted { .. }
                | Self::Messaged { .. }
                | Self::Urged { .. }
                | Self::Linked { .. }
                | Self::Unlinked { .. }
        )
    }
}
