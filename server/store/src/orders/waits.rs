//! Whose turn it is, as `Overview::turn` computes it, for the database.

use domain::order::{Ask, StageName};
use domain::rights::Relation;
use domain::{BodyCode, Role};

use super::columns::mask;
use crate::Desk;
use crate::dialect::Sql;
use crate::times::seconds;

/// One reason for which an order waits for somebody.
#[derive(Debug, Clone, Copy)]
pub(super) enum Waits<'a> {
    /// For its enterprise, to be rated.
    Rating,
    /// For its enterprise, which has something to hand in.
    Supplement,
    /// For the centre, to be dispatched.
    Dispatch,
    /// For the centre, since the time to rate it has passed.
    Closure,
    /// For the deputy mayor: rated badly twice.
    AfterTwoBadRatings,
    /// For the mayor's office: a candidate for the express, a task that is called done,
    /// an order that only its tasks keep open.
    Express,
    /// For a body, as the lead.
    Lead(&'a BodyCode),
    /// For a body, with a part.
    Part(&'a BodyCode),
    /// For a body, with a task.
    Task(&'a BodyCode),
    /// For a decision of the caller's: those of `Ask`, by office.
    Decision,
    Nobody,
}

impl<'a> Waits<'a> {
    /// Every reason for which an order waits for somebody in this role.
    pub(super) fn for_role(role: &'a Role) -> Vec<Self> {
        match role {
            Role::Enterprise { .. } => vec![Self::Rating, Self::Supplement],
            Role::Centre { .. } => vec![Self::Dispatch, Self::Closure, Self::Decision],
            Role::Handler { body } | Role::Head { body } | Role::Township { body } => {
                vec![
                    Self::Lead(body),
                    Self::Part(body),
                    Self::Task(body),
                    Self::Decision,
                ]
            }
            Role::Deputy => vec![Self::AfterTwoBadRatings, Self::Decision],
            Role::Office => vec![Self::Express],
            Role::Supervision
            | Role::Mayor
            | Role::Leader
            | Role::SystemAdmin
            | Role::SecurityAdmin
            | Role::Auditor
            | Role::Clockwork => vec![Self::Nobody],
        }
    }

    /// Whether an order of that stage can wait so.
    pub(super) fn can_be_in(self, stage: StageName) -> bool {
        use StageName::{Dispatched, InHand, Paused, Replied, Rework, Submitted};
        match self {
            Self::Dispatch => stage == Submitted,
            Self::Rating | Self::Closure | Self::AfterTwoBadRatings => stage == Replied,
            Self::Lead(_) => matches!(stage, Dispatched | InHand | Paused | Rework),
            Self::Supplement | Self::Express | Self::Part(_) | Self::Task(_) | Self::Decision => {
                true
            }
            Self::Nobody => false,
        }
    }

    /// Whether those are a handful, known by what they wait for: looked for by that, and
    /// not by anything else.
    pub(super) fn is_few(self) -> bool {
        match self {
            Self::Supplement | Self::Express | Self::Part(_) | Self::Task(_) | Self::Decision => {
                true
            }
            Self::Rating
            | Self::Dispatch
            | Self::Closure
            | Self::AfterTwoBadRatings
            | Self::Lead(_)
            | Self::Nobody => false,
        }
    }

    /// The relation that whoever it waits for has to the order.
    pub(super) fn relation(self) -> Option<Relation> {
        match self {
            Self::Lead(_) => Some(Relation::Lead),
            Self::Part(_) => Some(Relation::CoHandles),
            Self::Task(_) => Some(Relation::Tasked),
            Self::Rating | Self::Supplement => Some(Relation::Own),
            Self::Dispatch
            | Self::Closure
            | Self::AfterTwoBadRatings
            | Self::Express
            | Self::Decision
            | Self::Nobody => None,
        }
    }

    pub(super) fn for_lead(role: &'a Role) -> Self {
        role.body().map_or(Self::Nobody, Self::Lead)
    }

    pub(super) fn for_part(role: &'a Role) -> Self {
        role.body().map_or(Self::Nobody, Self::Part)
    }

    /// Any of the reasons, as one condition.
    pub(super) fn any(query: &mut Sql, desk: &Desk) {
        query.push("(");
        for waits in Waits::for_role(&desk.actor.role) {
            waits.narrow(query, desk);
            query.push(" OR ");
        }
        query.push("FALSE)");
    }

    pub(super) fn narrow(self, query: &mut Sql, desk: &Desk) {
        let now = seconds(desk.now);
        match self {
            Self::Rating => {
                query
                    .push("(orders.stage = 'replied' AND orders.due_at >= ")
                    .push_bind(now)
                    .push(")");
            }
            Self::Supplement => {
                query
                    .push("(orders.asks <> 0 AND orders.asks & ")
                    .push_bind(mask([Ask::Supplement]))
                    .push(" <> 0)");
            }
            Self::Dispatch => {
                query.push("orders.stage = 'submitted'");
            }
            Self::Closure => {
                query
                    .push("(orders.stage = 'replied' AND orders.due_at < ")
                    .push_bind(now)
                    .push(
                        " AND (orders.express IS NULL
                               OR orders.express NOT IN ('decided', 'sent_back')))",
                    );
            }
            Self::AfterTwoBadRatings => {
                query.push(
                    "(orders.stage = 'replied' AND orders.clock IS NULL
                      AND (orders.rating IS NULL
                           OR orders.rating IN ('dissatisfied', 'very_dissatisfied'))
                      AND (orders.express IS NULL
                           OR orders.express IN ('sent_back', 'concluded', 'settled')))",
                );
            }
            Self::Express => {
                query.push(
                    "(orders.express IS NOT NULL AND (orders.express = 'candidate'
                      OR (orders.stage = 'replied' AND orders.clock IS NULL
                          AND orders.express NOT IN ('sent_back', 'concluded', 'settled'))
                      OR (orders.stage = 'replied'
                          AND orders.express IN ('decided', 'sent_back') AND orders.due_at < ",
                );
                query.push_bind(now).push(
                    ") OR orders.id IN (SELECT order_id FROM tasks WHERE state = 'reported')))",
                );
            }
            Self::Task(body) => {
                query
                    .push(
                        "orders.id IN (SELECT order_id FROM tasks
                                       WHERE state = 'open' AND owner = ",
                    )
                    .push_bind(body.as_str().to_owned())
                    .push(")");
            }
            Self::Lead(body) => {
                query
                    .push(
                        "(orders.stage IN ('dispatched', 'in_hand', 'paused', 'rework')
                          AND orders.asks & ",
                    )
                    .push_bind(mask([Ask::Ruling, Ask::Objection, Ask::Supplement]))
                    .push(" = 0 AND orders.lead = ")
                    .push_bind(body.as_str().to_owned())
                    .push(")");
            }
            Self::Part(body) => {
                query
                    .push(
                        "orders.id IN (SELECT order_id FROM co_handlers
                                       WHERE is_open AND body = ",
                    )
                    .push_bind(body.as_str().to_owned())
                    .push(")");
            }
            Self::Decision => decisions(query, &desk.actor.role),
            Self::Nobody => {
                query.push("FALSE");
            }
        }
    }
}

fn decisions(query: &mut Sql, role: &Role) {
    let (theirs, lead) = match role {
        Role::Centre { .. } => (
            mask([
                Ask::Ruling,
                Ask::Objection,
                Ask::CoHandler,
                Ask::Extension,
                Ask::Appeal,
            ]),
            None,
        ),
        Role::Deputy => (mask([Ask::SecondExtension]), None),
        Role::Head { body } => (mask([Ask::Reply]), Some(body)),
        Role::Enterprise { .. }
        | Role::Handler { .. }
        | Role::Township { .. }
        | Role::Supervision
        | Role::Office
        | Role::Mayor
        | Role::Leader
        | Role::SystemAdmin
        | Role::SecurityAdmin
        | Role::Auditor
        | Role::Clockwork => {
            query.push("FALSE");
            return;
        }
    };
    // What the partial index is over, said so that it is used.
    query
        .push("(orders.asks <> 0 AND orders.asks & ")
        .push_bind(theirs)
        .push(" <> 0");
    if let Some(body) = lead {
        query
            .push(" AND orders.lead = ")
            .push_bind(body.as_str().to_owned());
    }
    query.push(")");
}
