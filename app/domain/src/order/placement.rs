//! 点单: what an order says when it is placed.

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::event::{Event, Happening, Sight, What, nothing};
use super::history::Order;
use super::split::{self, Portion};
use super::step::{StepName, hang, record};
use super::{Number, told};
use crate::actor::{Actor, BodyCode, EnterpriseId, Role, UserId};
use crate::attachment::Attachment;
use crate::case::When;
use crate::clock::{Clock, ClockName};
use crate::contact::{Contact, Phone};
use crate::directory::Directory;
use crate::form::{choose, known};
use crate::meeting::MeetingNumber;
use crate::project::{Project, ProjectNumber};
use crate::refusal::{Fault, Faults, Field, FieldFault, Refusal};
use crate::rights::Action;
use crate::rulebook::Rulebook;
use crate::text::{Line, Prose};
use crate::time::{Instant, Span};

/// What an enterprise asks for, parsed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Placement {
    pub title: Line<80>,
    pub content: Prose<5000>,
    /// A code of the directory.
    pub category: String,
    pub urgency: Urgency,
    /// Where the difficulty lies.
    pub township: BodyCode,
    pub contact: Contact,
    /// The key project that it is about.
    #[serde(default)]
    pub project: Option<ProjectNumber>,
    /// The joint meeting at which it was placed (政企联席会议, mechanism 35).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub meeting: Option<MeetingNumber>,
}

/// What was typed, before it is parsed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Draft {
    pub title: String,
    pub content: String,
    pub category: String,
    pub urgency: String,
    pub township: String,
    pub project: String,
    /// The number of a joint meeting, or empty.
    pub meeting: String,
    pub contact_name: String,
    pub contact_phone: String,
}

/// The most urgent comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Urgency {
    /// 特急.
    Critical,
    /// 紧急.
    Urgent,
    /// 一般.
    Normal,
}

impl Urgency {
    pub const ALL: [Self; 3] = [Self::Normal, Self::Urgent, Self::Critical];

    pub fn code(self) -> &'static str {
        match self {
            Self::Critical => "critical",
            Self::Urgent => "urgent",
            Self::Normal => "normal",
        }
    }

    pub fn parse(code: &str) -> Result<Self, FieldFault> {
        choose(Field::Urgency, code, Self::ALL, Self::code)
    }
}

impl Placement {
    /// Names every fault of the draft at once, in the order of the page.
    pub fn parse(draft: &Draft, directory: &Directory) -> Result<Self, Refusal> {
        let mut faults = Faults::default();
        let category = faults.keep(known(Field::Category, &draft.category, |code| {
            directory.offered_category(code).map(|c| c.code.clone())
        }));
        let title = faults.keep(Line::parse(Field::Title, &draft.title));
        let content = faults.keep(Prose::parse(Field::Content, &draft.content));
        let township = faults.keep(known(Field::Township, &draft.township, |code| {
            directory.township(code).map(|body| body.code.clone())
        }));
        let urgency = faults.keep(Urgency::parse(&draft.urgency));
        let name = faults.keep(Line::parse(Field::ContactName, &draft.contact_name));
        let phone = faults.keep(Phone::parse(Field::ContactPhone, &draft.contact_phone));
        let project = faults.keep(match draft.project.trim() {
            "" => Ok(None),
            number => ProjectNumber::parse(Field::Project, number).map(Some),
        });
        let meeting = faults.keep(match draft.meeting.trim() {
            "" => Ok(None),
            number => known(Field::Meeting, number, MeetingNumber::parse).map(Some),
        });
        match (
            title, content, category, urgency, township, name, phone, project, meeting,
        ) {
            (
                Some(title),
                Some(content),
                Some(category),
                Some(urgency),
                Some(township),
                Some(name),
                Some(phone),
                Some(project),
                Some(meeting),
            ) => Ok(Self {
                title,
                content,
                category,
                urgency,
                township,
                contact: Contact { name, phone },
                project,
                meeting,
            }),
            _ => Err(faults.refusal()),
        }
    }
}

/// Where an order comes from that its enterprise did not place here itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "from", rename_all = "snake_case")]
pub enum Origin {
    /// Handed in at a window of the hall, and entered from its list.
    Hall,
    /// 拆分: a part of another order.
    Split { of: Number },
}

impl Placement {
    /// What it was read by may have gone meanwhile: a category, a township.
    fn is_offered(&self, directory: &Directory) -> Result<(), Refusal> {
        let fault = Fault::Unknown;
        let mut ended = directory.ended_categories.iter();
        if ended.any(|category| category.code == self.category) {
            let field = Field::Category;
            return Err(FieldFault { field, fault }.into());
        }
        if directory.has_gone(&self.township) {
            let field = Field::Township;
            return Err(FieldFault { field, fault }.into());
        }
        Ok(())
    }
}

/// 点单: the first event of an order. The triage clock starts. `project` is the one that
/// the placement names, where there is one.
pub fn place(
    number: Number,
    actor: &Actor,
    now: Instant,
    placement: Placement,
    project: Option<&Project>,
    attachments: Vec<Attachment>,
    book: &Rulebook,
) -> Result<Event, Refusal> {
    let Role::Enterprise { enterprise, .. } = actor.role else {
        return Err(Refusal::NotYours {
            step: StepName::Place,
        });
    };
    is_of(enterprise, placement.project.as_ref(), project)?;
    placement.is_offered(&book.directory)?;
    let rules = book.rules_at(now);
    let placed = What::Placed(Placed {
        number,
        enterprise,
        placement,
        triage: Clock::start(ClockName::Triage, now, rules.triage, rules),
        origin: None,
        member: None,
        joined: Vec::new(),
    });
    let mut events = record(0, actor, When::now(now), vec![placed], book);
    hang(&mut events, StepName::Place, attachments)?;
    Ok(events.remove(0))
}

/// What an enterprise handed in at a window of the hall, entered by the centre. The
/// hall is the centre's own: its time to dispatch runs from the handing in.
pub fn enter(
    number: Number,
    actor: &Actor,
    when: When,
    enterprise: EnterpriseId,
    placement: Placement,
    project: Option<&Project>,
    book: &Rulebook,
) -> Result<Event, Refusal> {
    actor.may(Action::EnterOrders)?;
    let named = placement.project.as_ref();
    can_enter(Ok(enterprise), named, project, when, book)?;
    placement.is_offered(&book.directory)?;
    let rules = book.rules_at(when.happened);
    let placed = What::Placed(Placed {
        number,
        enterprise,
        placement,
        triage: Clock::start(ClockName::Triage, when.happened, rules.triage, rules),
        origin: Some(Origin::Hall),
        member: None,
        joined: Vec::new(),
    });
    Ok(record(0, actor, when, vec![placed], book).remove(0))
}

/// Every fault of what is handed in at the hall, beside those of its fields: the
/// enterprise there is not, a project that is not its own, a time out of bounds.
pub fn can_enter(
    enterprise: Result<EnterpriseId, Fault>,
    named: Option<&ProjectNumber>,
    project: Option<&Project>,
    when: When,
    book: &Rulebook,
) -> Result<(), Refusal> {
    let mut faults = Faults::default();
    match enterprise {
        Ok(enterprise) => faults.gather(is_of(enterprise, named, project))?,
        Err(fault) => faults.add(Field::EnterpriseName, fault),
    }
    faults.gather(when.within_bounds(book))?;
    faults.none()
}

/// 拆分: the new order that a part of `whole` becomes.
pub fn split(
    number: Number,
    whole: &Order,
    actor: &Actor,
    now: Instant,
    portion: &Portion,
    book: &Rulebook,
) -> Event {
    let (triage, joined) = split::triage(whole, now, book);
    let placed = What::Placed(Placed {
        number,
        enterprise: whole.enterprise,
        placement: portion.placement(&whole.placement),
        triage,
        origin: Some(Origin::Split { of: whole.number }),
        member: whole.member,
        joined,
    });
    record(0, actor, When::now(now), vec![placed], book).remove(0)
}

/// An order names a project of its own enterprise.
fn is_of(
    enterprise: EnterpriseId,
    named: Option<&ProjectNumber>,
    project: Option<&Project>,
) -> Result<(), Refusal> {
    let right = match (named, project) {
        (None, _) => true,
        (Some(number), Some(project)) => {
            project.number == *number && project.enterprise == enterprise
        }
        (Some(_), None) => false,
    };
    if right {
        Ok(())
    } else {
        let (field, fault) = (Field::Project, Fault::Unknown);
        Err(FieldFault { field, fault }.into())
    }
}

/// 点单: every history begins with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Placed {
    pub number: Number,
    pub enterprise: EnterpriseId,
    pub placement: Placement,
    pub triage: Clock,
    /// Set where the enterprise did not place it here itself.
    #[serde(default)]
    pub origin: Option<Origin>,
    /// Who of the enterprise answers for it, where somebody else entered it.
    #[serde(default)]
    pub member: Option<UserId>,
    /// When the clock stood still already, of an order that was split off: its whole
    /// was merged meanwhile.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub joined: Vec<Span>,
}

pub(super) static PLACED: Happening<Placed> = Happening {
    sight: |_| Sight::Everybody,
    files: true,
    is_talk: false,
    stage: |_, _, _, _| None,
    apply: nothing,
    // Whoever placed it knows; whose turn it is sees it in their list.
    told: |it, order| match it.origin {
        Some(Origin::Hall | Origin::Split { .. }) => vec![told::enterprise(order)],
        None => Vec::new(),
    },
    json: |it, telling| {
        let (name, phone) = telling.case.contact_for(telling.reader);
        json!({
            "title": it.placement.title,
            "contact": {"name": name, "phone": phone},
            "due_at": telling.due(&it.triage),
            "origin": it.origin.as_ref().map(|origin| match origin {
                Origin::Hall => "hall".to_owned(),
                Origin::Split { of } => of.to_string(),
            }),
        })
    },
};
