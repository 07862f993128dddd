//! Who is told of what: notices are addressed to offices and enterprises, so that
//! whoever holds the office reads them.

use super::duty::Duty;
use super::event::{Cause, What};
use super::handover::Side;
use super::history::Order;
use crate::actor::{Actor, BodyCode, EnterpriseId, Role, UserId};
use crate::clock::Told;

/// Where a notice goes.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Address {
    Enterprise(EnterpriseId),
    /// Somebody by themselves.
    Person(UserId),
    /// Everybody of a body.
    Body(BodyCode),
    Head(BodyCode),
    Centre,
    Supervision,
    Deputy,
    Office,
    Mayor,
}

impl Address {
    pub fn code(&self) -> String {
        match self {
            Self::Enterprise(id) => format!("enterprise:{id}"),
            Self::Person(id) => format!("person:{id}"),
            Self::Body(body) => format!("body:{body}"),
            Self::Head(body) => format!("head:{body}"),
            Self::Centre => "centre".to_owned(),
            Self::Supervision => "supervision".to_owned(),
            Self::Deputy => "deputy".to_owned(),
            Self::Office => "office".to_owned(),
            Self::Mayor => "mayor".to_owned(),
        }
    }
}

/// Who is told that `what` happened to `order` (as it stands afterwards).
pub fn addresses(what: &What, order: &Order) -> Vec<Address> {
    let lead = order.stage.lead().cloned().map(Address::Body);
    let enterprise = Address::Enterprise(order.enterprise);
    match what {
        What::Escalated { cause, tells, .. } => {
            let late = match cause {
                Cause::Overdue { late, .. } => late.clone(),
                Cause::SecondBadRating | Cause::StillNotSolved => order.stage.lead().cloned(),
            };
            let told = tells.iter().map(|told| of(*told, late.as_ref()));
            let mut told: Vec<Address> = told.collect();
            told.sort();
            told.dedup();
            told
        }
        What::Paused { .. } => vec![enterprise],
        // A pause that ends by itself, or upheld, is news to both sides.
        What::Reruled { moved: false, .. } => Vec::new(),
        What::Resumed | What::Moved { .. } | What::Reruled { .. } => {
            lead.into_iter().chain([enterprise]).collect()
        }
        What::Objected { .. } => lead.into_iter().chain([Address::Centre]).collect(),
        What::ObjectionDecided { .. } => lead.into_iter().chain([enterprise]).collect(),
        What::ExtensionAsked { .. } => vec![match order.stage.cycle() {
            Some(term) if super::extension::is_second(term) => Address::Deputy,
            Some(_) | None => Address::Centre,
        }],
        What::ExtensionDecided { granted, .. } => {
            let told = granted.then_some(enterprise);
            lead.into_iter().chain(told).collect()
        }
        What::Returned { .. } | What::CoHandlingAsked { .. } => vec![Address::Centre],
        What::CoHandlerAdded { body, .. } => vec![Address::Body(body.clone())],
        What::CoHandlersLeftOut { bodies, .. } | What::Recalled { parts: bodies, .. } => {
            bodies.iter().cloned().map(Address::Body).collect()
        }
        What::Ruled { .. }
        | What::Lifted { .. }
        | What::SentBack { .. }
        | What::CoHandlingDecided { .. }
        | What::CoReplied { .. }
        | What::Supplemented { .. } => lead.into_iter().collect(),
        // The head is of the body too: whoever wrote it is told by themselves.
        What::ReplyDecided { .. } => match order.handler {
            Some(handler) => vec![Address::Person(handler)],
            None => lead.into_iter().collect(),
        },
        What::ReplySubmitted { .. } => {
            let lead = order.stage.lead().cloned();
            lead.map(Address::Head).into_iter().collect()
        }
        What::Appealed { .. } => vec![enterprise, Address::Centre],
        What::AppealDecided { .. } => lead.into_iter().chain([enterprise]).collect(),
        What::CommitmentRang { body, overdue, .. } => {
            let (body, head) = (Address::Body(body.clone()), Address::Head(body.clone()));
            if *overdue {
                vec![
                    body,
                    head,
                    Address::Centre,
                    Address::Supervision,
                    enterprise,
                ]
            } else {
                vec![body]
            }
        }
        What::Noted { mentions, .. } => mentions.iter().copied().map(Address::Person).collect(),
        What::Messaged { by_enterprise, .. } => {
            let office = lead.unwrap_or(Address::Centre);
            vec![if *by_enterprise { office } else { enterprise }]
        }
        What::CommitmentKept { .. } => vec![enterprise, Address::Centre],
        What::Explained { .. } => vec![Address::Supervision],
        // An enterprise looks in once a month.
        What::Declined { .. } | What::Replied { .. } | What::ReplyCorrected { .. } => {
            vec![enterprise]
        }
        What::Urged { .. } => {
            let head = order.stage.lead().cloned().map(Address::Head);
            lead.into_iter().chain(head).collect()
        }
        // Who takes it over, and who asked for it.
        What::Merged { .. } | What::Unmerged { reason: Some(_) } => {
            lead.into_iter().chain([enterprise]).collect()
        }
        // It stands by itself again, and somebody has to see to it.
        What::Unmerged { reason: None } => {
            let office = lead.unwrap_or(Address::Centre);
            vec![office, enterprise]
        }
        What::Absorbed { .. } | What::Released { .. } => lead.into_iter().collect(),
        What::Answered { .. } | What::SplitOff { .. } => vec![enterprise],
        What::Referred { .. } => lead.into_iter().chain([Address::Office]).collect(),
        What::MatterLeft { .. } => lead.into_iter().chain([Address::Office]).collect(),
        What::MatterDeferred { .. } => {
            let told = [enterprise, Address::Office];
            lead.into_iter().chain(told).collect()
        }
        What::MatterAccepted { .. } => lead.into_iter().chain([enterprise]).collect(),
        What::MatterJoined { .. } | What::TaskAwaited { .. } => lead.into_iter().collect(),
        What::Instructed { duty, .. } => owners(duty).chain(lead).collect(),
        What::Decided { decision, .. } => {
            let told = [enterprise, Address::Supervision];
            owners(&decision.duty).chain(lead).chain(told).collect()
        }
        What::TaskReported { .. } => vec![Address::Office],
        What::TaskDecided { task, .. } => {
            let task = order.task(*task).into_iter();
            task.flat_map(|task| owners(&task.duty)).collect()
        }
        What::Placed {
            origin: Some(_), ..
        } => vec![enterprise],
        // The other side of the order learns of it where the history is.
        What::HandedOver { side, .. } => match side {
            Side::Enterprise => vec![enterprise],
            Side::Lead => lead.into_iter().collect(),
        },
        // Whose turn it is sees it in their list.
        What::Placed { origin: None, .. }
        | What::Followed { .. }
        | What::MatterTookIn { .. }
        | What::TaskSettled { .. }
        | What::Linked { .. }
        | What::Unlinked { .. }
        | What::Dispatched { .. }
        | What::Taken
        | What::CalledBack { .. }
        | What::Rated { .. }
        | What::Closed
        | What::Withdrawn { .. } => Vec::new(),
    }
}

/// Whoever answers for a task, its head, and whoever helps.
fn owners(duty: &Duty) -> impl Iterator<Item = Address> {
    let owner = [
        Address::Body(duty.owner.clone()),
        Address::Head(duty.owner.clone()),
    ];
    let others = duty.co_owners.clone().into_iter().map(Address::Body);
    owner.into_iter().chain(others)
}

fn of(told: Told, late: Option<&BodyCode>) -> Address {
    match (told, late) {
        (Told::Body, Some(body)) => Address::Body(body.clone()),
        (Told::Head, Some(body)) => Address::Head(body.clone()),
        (Told::Body | Told::Head, None) | (Told::Centre, _) => Address::Centre,
        (Told::Supervision, _) => Address::Supervision,
        (Told::Deputy, _) => Address::Deputy,
        (Told::Office, _) => Address::Office,
        (Told::Mayor, _) => Address::Mayor,
    }
}

impl Actor {
    /// The addresses whose notices they read.
    pub fn addresses(&self) -> Vec<Address> {
        let mut addresses = self.role.addresses();
        addresses.extend(self.user.map(Address::Person));
        addresses
    }
}

impl Role {
    fn addresses(&self) -> Vec<Address> {
        match self {
            Role::Enterprise { enterprise, .. } => vec![Address::Enterprise(*enterprise)],
            Role::Handler { body } => vec![Address::Body(body.clone())],
            Role::Head { body } | Role::Township { body } => {
                vec![Address::Body(body.clone()), Address::Head(body.clone())]
            }
            Role::Centre { .. } => vec![Address::Centre],
            Role::Supervision => vec![Address::Supervision],
            Role::Deputy => vec![Address::Deputy],
            Role::Office => vec![Address::Office],
            Role::Mayor => vec![Address::Mayor],
            // By themselves only.
            Role::Leader => Vec::new(),
            Role::SystemAdmin | Role::SecurityAdmin | Role::Auditor | Role::Clockwork => Vec::new(),
        }
    }
}
