//! 交接: when a person leaves, what is still open goes to a colleague.

use serde::{Deserialize, Serialize};

use super::event::What;
use crate::actor::UserId;
use crate::contact::Contact;

/// Whose person leaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// The enterprise's member, who is its contact.
    Enterprise,
    /// The handler in the lead body.
    Lead,
}

/// Who takes an order over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Successor {
    pub side: Side,
    /// `None`: nobody in particular; whoever of the body is there goes on.
    pub to: Option<UserId>,
    /// As the history shows them.
    pub name: String,
    /// Whom to call from now on, on the enterprise's side.
    pub contact: Option<Contact>,
}

pub(super) fn hand_over(successor: Successor) -> What {
    let Successor {
        side,
        to,
        name,
        contact,
    } = successor;
    What::HandedOver {
        side,
        to,
        name,
        contact,
    }
}
