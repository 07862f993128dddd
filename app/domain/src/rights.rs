//! Who may do what: role × action × relation to the order, in one table.
//!
//! Whether the stage of an order allows a step is decided after this, in
//! `order::permission`; what a query may find is made of the same rows.

use serde::{Deserialize, Serialize};

use crate::actor::{Actor, BodyCode, EnterpriseId, Role, RoleName};
use crate::order::StepName;
use crate::refusal::Refusal;

/// Something that a person can do or see.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// A step on an order.
    Step(StepName),
    /// The second extension of an order is not the centre's to decide.
    DecideSecondExtension,
    /// An order rated badly twice is not the centre's to strike off.
    CloseAfterTwoBadRatings,
    /// Know of an order, and read it.
    SeeOrder,
    /// Name and telephone of its contact, unmasked, because one works on it.
    SeeContact,
    /// The same by one click that is written down.
    UnmaskContact,
    SeeCards,
    /// Overdue matters of the whole city.
    SeeLate,
    /// What comes by itself, for a whole list.
    SeeAhead,
    SeeNotices,
    SeeRules,
    ChangeRules,
    SeeCalendar,
    ChangeCalendar,
    ManageAccounts,
    ApproveRegistrations,
    InviteMembers,
    /// How one's own body works: whether its head approves replies.
    ManageBody,
    /// What replies have promised.
    SeeCommitments,
    /// Enter what was handed in at the hall, from its list.
    EnterOrders,
    /// The register of projects.
    SeeProjects,
    ManageProjects,
    /// Alike orders of different enterprises.
    SeeCommonProblems,
    /// How one's own body begins its replies.
    ManageTemplates,
    /// Answers that were published.
    SeeGuidance,
    PublishGuidance,
    /// Be told of what happens to a case that one sees.
    Watch,
    /// Send files, to hang on what one says of a case.
    SendFiles,
    ChangePolicy,
    EndSessions,
    ReadAudit,
    SeeRights,
    /// What stands on the mayor's express, and its tasks.
    SeeExpress,
    /// What bodies were given to do.
    SeeTasks,
    /// Give a task by itself; look whether it is done, move its day, take it back.
    GiveTasks,
    /// Call a task done that is a case by itself.
    ReportTasks,
    /// Say something about a task.
    NoteTasks,
    /// A level of the ladder, of a task that is late.
    CarryUpTasks,
    SeeMeetings,
    /// Prepare meetings, hold them, write their minutes.
    CallMeetings,
    AnswerInvitation,
    /// By whoever has the chair.
    ApproveMinutes,
    RemindOfMeetings,
    /// The mayor's page.
    SeeCity,
    /// The deputy mayor's page.
    SeeDeputyPage,
}

/// What somebody has to do with the order in question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Relation {
    /// None is needed.
    Any,
    /// Their enterprise placed it.
    Own,
    /// They administer their enterprise.
    Manages,
    /// Their body has the lead.
    Lead,
    /// Their body has, or had, a part of it.
    CoHandles,
    /// A card was given to their body for it.
    Carded,
    /// Their body has, or had, a task from it, or helps with one.
    Tasked,
    /// Their office gave the task.
    Gave,
    /// Their body or enterprise is on the plan of a meeting, or they have its chair.
    Invited,
    /// It lies in their township.
    Located,
    /// It is of a project that they are in charge of.
    InCharge,
}

/// Roles that may, each under this relation.
type Grants = (&'static [RoleName], Relation);

/// Of departments and townships.
const BODY: &[RoleName] = &[RoleName::Handler, RoleName::Head, RoleName::Township];
/// They see to the whole city.
const CITY: &[RoleName] = &[
    RoleName::Supervision,
    RoleName::Deputy,
    RoleName::Office,
    RoleName::Mayor,
];
const OFFICES: &[Grants] = &[
    (&[RoleName::Centre], Relation::Any),
    (BODY, Relation::Any),
    (CITY, Relation::Any),
];
const ADMINISTRATORS: &[RoleName] = &[
    RoleName::SystemAdmin,
    RoleName::SecurityAdmin,
    RoleName::Auditor,
];

/// The table. A role that is not in the row of an action may not.
const fn table(action: Action) -> &'static [Grants] {
    use Relation::{
        Any, Carded, CoHandles, Gave, InCharge, Invited, Lead, Located, Manages, Own, Tasked,
    };
    use RoleName::*;
    match action {
        Action::Step(step) => match step {
            StepName::Place => &[(&[Enterprise], Any)],
            StepName::Dispatch
            | StepName::Decline
            | StepName::Recall
            | StepName::Reassign
            | StepName::Rule
            | StepName::DecideObjection
            | StepName::DecideExtension
            | StepName::AddCoHandler
            | StepName::DecideCoHandler
            | StepName::CallBack
            | StepName::DecideAppeal
            | StepName::Merge
            | StepName::Absorb
            | StepName::Unmerge
            | StepName::Release
            | StepName::Split => &[(&[Centre], Any)],
            StepName::Link | StepName::Unlink => &[(&[Centre], Any), (BODY, Lead)],
            StepName::Urge => &[(&[Centre], Any), (CITY, Any), (&[Leader], InCharge)],
            StepName::Take
            | StepName::Return
            | StepName::Reply
            | StepName::CorrectReply
            | StepName::Pause
            | StepName::Resume
            | StepName::Extend
            | StepName::AskCoHandler
            | StepName::Appeal
            | StepName::KeepCommitment => &[(BODY, Lead)],
            StepName::DecideReply => &[(&[Head], Lead)],
            StepName::Note => &[(&[Centre], Any), (BODY, Lead), (BODY, CoHandles)],
            StepName::Message => &[(&[Enterprise], Own), (&[Centre], Any), (BODY, Lead)],
            StepName::CoReply => &[(BODY, CoHandles)],
            StepName::Rate | StepName::Withdraw | StepName::Object | StepName::Supplement => {
                &[(&[Enterprise], Own)]
            }
            StepName::Explain => &[(&[Centre], Carded), (BODY, Carded)],
            StepName::Lift => &[(&[Supervision], Any)],
            StepName::Close => &[(&[Enterprise], Own), (&[Centre], Any)],
            StepName::Refer => &[
                (&[Enterprise], Own),
                (&[Head, Township], Lead),
                (&[Township], Located),
                (&[Deputy], Any),
                (&[Leader], InCharge),
            ],
            StepName::AcceptMatter
            | StepName::Instruct
            | StepName::JoinMatter
            | StepName::TakeInMatter
            | StepName::DeferMatter
            | StepName::Decide
            | StepName::Conclude
            | StepName::ConfirmTask => &[(&[Office], Any)],
            StepName::ReportTask => &[(BODY, Tasked)],
            StepName::HandOver => &[(&[SystemAdmin], Any), (&[Enterprise], Manages)],
            StepName::Follow | StepName::FollowMatter | StepName::Elapse => &[(&[Clockwork], Any)],
        },
        Action::DecideSecondExtension => &[(&[Deputy], Any)],
        Action::CloseAfterTwoBadRatings => &[(&[Deputy, Mayor], Any)],
        Action::SeeOrder => &[
            (&[Enterprise], Own),
            (&[Centre, Clockwork], Any),
            (CITY, Any),
            (BODY, Lead),
            (BODY, CoHandles),
            (BODY, Tasked),
            (&[Township], Located),
            (&[Leader], InCharge),
        ],
        Action::SeeContact => &[
            (&[Enterprise], Own),
            (&[Centre], Any),
            (BODY, Lead),
            (BODY, CoHandles),
        ],
        Action::UnmaskContact => &[
            (BODY, Tasked),
            (&[Township], Located),
            (CITY, Any),
            (&[Leader], InCharge),
        ],
        Action::SeeLate => &[(&[Centre], Any), (CITY, Any)],
        Action::SeeCards | Action::SeeAhead | Action::SeeCommitments => OFFICES,
        Action::SeeProjects => &[
            (&[Enterprise], Own),
            (&[Centre, Leader], Any),
            (BODY, Any),
            (CITY, Any),
        ],
        Action::ManageProjects | Action::EnterOrders | Action::SeeCommonProblems => {
            &[(&[Centre], Any)]
        }
        Action::ManageTemplates => &[(BODY, Any)],
        // All but those who administer.
        Action::SeeGuidance | Action::SeeNotices => &[
            (&[Enterprise, Centre, Leader], Any),
            (BODY, Any),
            (CITY, Any),
        ],
        Action::PublishGuidance => &[(&[Centre, Head], Any)],
        // Whoever sees it; the sight itself is the query's.
        Action::Watch => &[
            (&[Enterprise], Own),
            (&[Centre], Any),
            (BODY, Any),
            (CITY, Any),
            (&[Leader], InCharge),
            (&[Enterprise, Leader], Invited),
        ],
        Action::ManageBody => &[(&[Head], Any)],
        // The mayor's office: papers of meetings; both that give tasks: papers of these.
        Action::SendFiles => &[
            (&[Enterprise, Centre, Office, Supervision], Any),
            (BODY, Any),
        ],
        // What a receipt is checked with is everybody's.
        Action::SeeRules | Action::SeeCalendar => &[
            (&[Enterprise, Centre, Leader], Any),
            (BODY, Any),
            (CITY, Any),
            (ADMINISTRATORS, Any),
        ],
        Action::ChangeRules | Action::ChangeCalendar | Action::ManageAccounts => {
            &[(&[SystemAdmin], Any)]
        }
        Action::ApproveRegistrations => &[(&[Centre], Any)],
        Action::InviteMembers => &[(&[Enterprise], Manages)],
        Action::ChangePolicy | Action::EndSessions => &[(&[SecurityAdmin], Any)],
        Action::ReadAudit => &[(&[Auditor], Any)],
        Action::SeeExpress => &[(&[Centre], Any), (CITY, Any)],
        Action::SeeTasks => &[(&[Centre], Any), (BODY, Tasked), (CITY, Any)],
        Action::GiveTasks => &[(&[Supervision, Office], Gave)],
        Action::ReportTasks => &[(BODY, Tasked)],
        Action::NoteTasks => &[(BODY, Tasked), (&[Supervision, Office], Gave)],
        Action::CarryUpTasks => &[(&[Clockwork], Any)],
        Action::SeeMeetings => &[
            (&[Enterprise, Leader], Invited),
            (BODY, Invited),
            (&[Centre, Clockwork], Any),
            (CITY, Any),
        ],
        Action::CallMeetings => &[(&[Office], Any)],
        Action::AnswerInvitation => &[(&[Enterprise, Centre], Invited), (BODY, Invited)],
        Action::ApproveMinutes => &[(&[Deputy, Office, Mayor, Leader], Any)],
        Action::RemindOfMeetings => &[(&[Clockwork], Any)],
        Action::SeeDeputyPage => &[(&[Deputy], Any)],
        Action::SeeCity => &[(&[Deputy, Office, Mayor], Any)],
        Action::SeeRights => &[(ADMINISTRATORS, Any)],
    }
}

/// A role that may, and the relation that it needs.
pub type Grant = (RoleName, Relation);

/// What the table says of an action, role by role.
pub fn grants(action: Action) -> impl Iterator<Item = Grant> {
    let rows = table(action).iter();
    rows.flat_map(|(roles, relation)| roles.iter().map(|role| (*role, *relation)))
}

/// What a relation is judged by.
#[derive(Debug, Clone, Copy)]
pub struct Concern<'a> {
    pub enterprise: EnterpriseId,
    pub lead: Option<&'a BodyCode>,
    pub township: &'a BodyCode,
    /// Whether a card was given to the body of whoever asks.
    pub carded: bool,
    /// Whether the body of whoever asks has, or had, a part.
    pub co_handles: bool,
    /// Whether the body of whoever asks has, or had, a task.
    pub tasked: bool,
    /// Whether whoever asks is in charge of its project.
    pub in_charge: bool,
}

impl Relation {
    pub fn holds(self, actor: &Actor, concern: &Concern<'_>) -> bool {
        match self {
            Self::Any => true,
            Self::Own => actor.role.enterprise() == Some(concern.enterprise),
            Self::Manages => {
                actor.role.enterprise() == Some(concern.enterprise) && actor.role.manages()
            }
            Self::Lead => concern.lead.is_some() && actor.role.body() == concern.lead,
            Self::Carded => concern.carded,
            Self::CoHandles => concern.co_handles,
            Self::Tasked => concern.tasked,
            // Of a meeting or a task, not of an order.
            Self::Invited | Self::Gave => false,
            Self::Located => actor.role.body() == Some(concern.township),
            Self::InCharge => concern.in_charge,
        }
    }
}

impl Actor {
    /// Whether they may do it with the order in question.
    pub fn may_with(&self, action: Action, concern: &Concern<'_>) -> bool {
        let role = self.role.name();
        let mut rows = grants(action);
        rows.any(|(named, relation)| named == role && relation.holds(self, concern))
    }

    /// Whether they may do what is not about one order.
    pub fn may(&self, action: Action) -> Result<(), Refusal> {
        let role = self.role.name();
        let granted = grants(action).any(|(named, relation)| {
            named == role
                && match relation {
                    Relation::Manages => self.role.manages(),
                    Relation::Any
                    | Relation::Own
                    | Relation::Lead
                    | Relation::CoHandles
                    | Relation::Carded
                    | Relation::Tasked
                    | Relation::Gave
                    | Relation::Invited
                    | Relation::InCharge
                    | Relation::Located => true,
                }
        });
        if granted {
            Ok(())
        } else {
            Err(Refusal::Forbidden { action })
        }
    }

    /// The relations to an order under which they may.
    pub fn relations_for(&self, action: Action) -> impl Iterator<Item = Relation> {
        let role = self.role.name();
        grants(action)
            .filter(move |(named, _)| *named == role)
            .map(|(_, relation)| relation)
    }
}

impl RoleName {
    /// Manages the system, not the orders.
    pub fn administers(self) -> bool {
        matches!(
            self,
            Self::SystemAdmin | Self::SecurityAdmin | Self::Auditor
        )
    }

    /// Whether one person can hold both: an administrator does no other's work, nor
    /// anything that lets them read orders; and who decides about enterprises is not
    /// one of theirs.
    pub fn goes_with(self, other: Self) -> bool {
        let apart = |role: Self| role.administers() || role == Self::Enterprise;
        self == other || !(apart(self) || apart(other))
    }
}

impl Role {
    pub fn enterprise(&self) -> Option<EnterpriseId> {
        match self {
            Self::Enterprise { enterprise, .. } => Some(*enterprise),
            _ => None,
        }
    }

    /// Whether they see to orders of the whole city, not to those of a body.
    pub fn dispatches(&self) -> bool {
        matches!(self, Self::Centre { .. })
    }

    /// Whether they administer their enterprise's accounts.
    pub fn manages(&self) -> bool {
        matches!(self, Self::Enterprise { manages: true, .. })
    }
}

impl Action {
    /// Every action, steps first.
    pub fn all() -> impl Iterator<Item = Self> {
        let steps = StepName::ALL.into_iter();
        steps.map(Self::Step).chain([
            Self::DecideSecondExtension,
            Self::CloseAfterTwoBadRatings,
            Self::SeeOrder,
            Self::SeeContact,
            Self::UnmaskContact,
            Self::SeeCards,
            Self::SeeLate,
            Self::SeeAhead,
            Self::SeeNotices,
            Self::SeeRules,
            Self::ChangeRules,
            Self::SeeCalendar,
            Self::ChangeCalendar,
            Self::ManageAccounts,
            Self::ApproveRegistrations,
            Self::InviteMembers,
            Self::ManageBody,
            Self::SeeCommitments,
            Self::EnterOrders,
            Self::SeeProjects,
            Self::ManageProjects,
            Self::SeeCommonProblems,
            Self::ManageTemplates,
            Self::SeeGuidance,
            Self::PublishGuidance,
            Self::Watch,
            Self::SendFiles,
            Self::ChangePolicy,
            Self::EndSessions,
            Self::ReadAudit,
            Self::SeeRights,
            Self::SeeExpress,
            Self::SeeTasks,
            Self::GiveTasks,
            Self::ReportTasks,
            Self::NoteTasks,
            Self::CarryUpTasks,
            Self::SeeMeetings,
            Self::CallMeetings,
            Self::AnswerInvitation,
            Self::ApproveMinutes,
            Self::RemindOfMeetings,
            Self::SeeCity,
            Self::SeeDeputyPage,
        ])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_administrator_does_another_s_work_or_sees_an_order() {
        let administrators = RoleName::ALL.into_iter().filter(|role| role.administers());
        let mut own = Vec::new();
        for role in administrators {
            for action in Action::all() {
                let may = grants(action).any(|(named, _)| named == role);
                let everybodys = matches!(
                    action,
                    Action::SeeRules | Action::SeeCalendar | Action::SeeRights
                );
                if may && !everybodys {
                    own.push((role, action));
                }
            }
        }
        for (role, action) in &own {
            let others = own
                .iter()
                .filter(|(other, same)| same == action && other != role);
            assert_eq!(others.count(), 0, "{action:?}");
            assert!(!matches!(
                action,
                Action::SeeOrder | Action::SeeContact | Action::UnmaskContact
            ));
        }
        assert!(!RoleName::Auditor.goes_with(RoleName::SystemAdmin));
        assert!(!RoleName::Centre.goes_with(RoleName::SystemAdmin));
        assert!(RoleName::Centre.goes_with(RoleName::Handler));
        assert!(!RoleName::Supervision.goes_with(RoleName::Enterprise));
    }

    #[test]
    fn who_has_a_step_that_takes_files_can_send_them_and_nobody_else() {
        for role in RoleName::ALL {
            let has = |action| grants(action).any(|(named, _)| named == role);
            let steps = StepName::ALL.into_iter();
            let steps = steps.filter(|step| step.takes_attachments());
            let of_meetings = crate::meeting::MeetingStepName::ALL.into_iter();
            let of_meetings = of_meetings.filter(|step| step.form().is_some_and(|it| it.files));
            let of_tasks = crate::task::TaskStepName::ALL.into_iter();
            let of_tasks = of_tasks.filter(|step| step.form().is_some_and(|it| it.files));
            let mut takes = steps
                .map(Action::Step)
                .chain(of_meetings.map(|step| step.action()))
                .chain(of_tasks.map(|step| step.action()));
            let expected = takes.any(has);
            assert_eq!(has(Action::SendFiles), expected, "{role:?}");
        }
    }

    #[test]
    fn every_step_is_somebody_s() {
        for action in Action::all() {
            assert!(grants(action).next().is_some(), "{action:?}");
        }
    }
}
