//! 交接: when a person leaves, what is still open goes to a colleague.

use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::actor::UserId;
use crate::contact::Contact;
use crate::order::event::{Happening, Sight, What};
use crate::order::stage::StageName;
use crate::order::step::Attempt;
use crate::order::told;
use crate::refusal::Refusal;

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

pub(in crate::order) fn hand_over(
    _: &Attempt<'_>,
    successor: Successor,
) -> Result<Vec<What>, Refusal> {
    let Successor {
        side,
        to,
        name,
        contact,
    } = successor;
    Ok(vec![What::HandedOver(HandedOver {
        side,
        to,
        name,
        contact,
    })])
}

/// A person left; a colleague goes on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandedOver {
    pub side: Side,
    pub to: Option<UserId>,
    pub name: String,
    #[serde(default)]
    pub contact: Option<Contact>,
}

pub(in crate::order) static HANDED_OVER: Happening<HandedOver> = Happening {
    sight: |it| match it.side {
        Side::Lead => Sight::Offices,
        Side::Enterprise => Sight::Everybody,
    },
    files: false,
    is_talk: false,
    stage: |_, stage, _, _| {
        let goes_on = !stage.name().is_final() || stage.name() == StageName::Merged;
        goes_on.then_some(stage)
    },
    apply: |it, order, _| match it.side {
        Side::Lead => order.handler = it.to,
        Side::Enterprise => {
            order.member = it.to;
            if let Some(contact) = &it.contact {
                order.placement.contact = contact.clone();
            }
        }
    },
    // The other side of the order learns of it where the history is.
    told: |it, order| match it.side {
        Side::Enterprise => told::to_enterprise(it, order),
        Side::Lead => told::to_lead(it, order),
    },
    json: |it, _| match it.side {
        Side::Lead => json!({"side": "lead", "to": (!it.name.is_empty()).then_some(&it.name)}),
        Side::Enterprise => json!({"side": "enterprise", "to": null}),
    },
};
