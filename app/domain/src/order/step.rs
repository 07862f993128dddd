use serde::{Deserialize, Serialize};
use strum::{EnumCount, EnumString, IntoStaticStr, VariantArray};

use super::duty::{Decision, Duty};
use super::event::{Event, What};
use super::history::Order;
use super::{
    Number, Reason, appeal, approval, callback, card, closure, co_handler, commitment, correction,
    decline, dispatch, escalation, express, extension, handover, link, merge, objection, pause,
    permission, rating, recall, reply, returning, split, supplement, take, talk, task, urging,
    withdrawal,
};
use crate::actor::{Actor, BodyCode, EnterpriseId};
use crate::attachment::{Attachment, MOST};
use crate::case::When;
use crate::codes::codes;
use crate::directory::Directory;
use crate::meeting::MeetingNumber;
use crate::refusal::{Fault, Faults, Field, FieldFault, Refusal};
use crate::rulebook::Rulebook;
use crate::text::Prose;

/// What somebody wants to do with an order, already parsed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    Dispatch {
        department: BodyCode,
        complexity: dispatch::Complexity,
        co_handlers: Vec<co_handler::CoHandling>,
    },
    AddCoHandler(co_handler::CoHandling),
    /// By the lead; the centre decides.
    AskCoHandler(co_handler::CoHandling),
    DecideCoHandler {
        granted: bool,
        reason: Option<Reason>,
    },
    CoReply {
        text: Prose<5000>,
    },
    Decline {
        reason: Reason,
    },
    /// 撤回分派.
    Recall {
        reason: Reason,
    },
    Take,
    Return(returning::Return),
    /// 裁定, by the centre: names the owner.
    Rule {
        department: BodyCode,
        reason: Reason,
    },
    Pause(pause::PauseWish),
    Resume,
    Object {
        reason: Reason,
    },
    DecideObjection {
        upheld: bool,
        reason: Option<Reason>,
    },
    Extend(crate::clock::Asked),
    DecideExtension {
        granted: bool,
        reason: Option<Reason>,
    },
    Reply {
        reply: reply::Reply,
        /// Why not all co-handlers are waited for.
        without: Option<Reason>,
    },
    /// 更正答复.
    CorrectReply {
        reply: reply::Reply,
        reason: Reason,
    },
    /// 审签, by the head of the lead.
    DecideReply {
        granted: bool,
        reason: Option<Reason>,
    },
    CallBack(callback::Call),
    Rate(rating::Rating),
    Appeal {
        reason: Reason,
    },
    DecideAppeal {
        upheld: bool,
        reason: Option<Reason>,
    },
    /// `reply` is the event that promised it.
    KeepCommitment {
        reply: u32,
        text: Reason,
    },
    /// The enterprise hands in what a pause waits for.
    Supplement {
        text: Prose<5000>,
    },
    Note(talk::Note),
    /// Between the enterprise and those who work on its order.
    Message {
        text: Prose<2000>,
    },
    Explain {
        card: u32,
        text: Reason,
    },
    Lift {
        card: u32,
        reason: Reason,
    },
    Withdraw {
        reason: Reason,
    },
    Close,
    /// 催办.
    Urge {
        text: Reason,
    },
    /// 并案: `main` as it stands in the same transaction, in which it absorbs.
    Merge {
        main: merge::Main,
        reason: Reason,
    },
    Absorb {
        order: Number,
        enterprise: EnterpriseId,
    },
    /// Undoes a merge; the main order releases in the same transaction.
    Unmerge {
        reason: Reason,
    },
    Release {
        order: Number,
    },
    /// Something happened to the order that this one is joined to.
    Follow(merge::News),
    /// Both orders take it in one transaction.
    Link {
        other: Number,
    },
    Unlink {
        other: Number,
    },
    /// 拆分: `into` is the number of the new order, placed in the same transaction.
    Split {
        into: Number,
        portion: split::Portion,
    },
    /// 提请直通车.
    Refer(express::Brief),
    /// 列为议题, with what the mayor's office makes of it.
    AcceptMatter(express::Brief),
    /// Sends a candidate back, with an instruction and its deadline.
    Instruct(Duty),
    /// `stands`: whether `main` is a matter that can take others in, as it is in the same
    /// transaction, in which it does.
    JoinMatter {
        main: Number,
        stands: bool,
        reason: Reason,
    },
    TakeInMatter {
        order: Number,
    },
    /// A meeting puts the decision off; it notes so in the same transaction.
    DeferMatter {
        meeting: MeetingNumber,
        reason: Reason,
    },
    /// A meeting decides; it notes so in the same transaction.
    Decide {
        meeting: MeetingNumber,
        decision: Decision,
    },
    /// Something happened to the matter that this order is decided with.
    FollowMatter(express::MatterNews),
    /// `task` is the event that gave it.
    ReportTask {
        task: u32,
        text: Prose<2000>,
    },
    ConfirmTask {
        task: u32,
        done: bool,
        reason: Option<Reason>,
    },
    HandOver(handover::Successor),
    /// Only the sweep does this, when a time has come: a pause is over, or a level of
    /// the ladder is due.
    Elapse,
}

/// A step without what belongs to it; in the order in which a page offers them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[derive(EnumCount, EnumString, IntoStaticStr, VariantArray)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum StepName {
    Place,
    Dispatch,
    Rule,
    DecideObjection,
    DecideExtension,
    DecideCoHandler,
    DecideReply,
    DecideAppeal,
    AcceptMatter,
    Instruct,
    JoinMatter,
    ConfirmTask,
    Take,
    ReportTask,
    CoReply,
    Reply,
    Supplement,
    Rate,
    CallBack,
    Close,
    KeepCommitment,
    Appeal,
    Explain,
    Lift,
    Resume,
    Pause,
    Extend,
    AskCoHandler,
    AddCoHandler,
    Return,
    Object,
    Decline,
    Recall,
    Unmerge,
    Merge,
    Split,
    Link,
    Unlink,
    CorrectReply,
    Refer,
    Urge,
    Message,
    Note,
    Withdraw,
    TakeInMatter,
    DeferMatter,
    Decide,
    FollowMatter,
    Absorb,
    Release,
    Follow,
    HandOver,
    Elapse,
}

codes!(StepName);

/// The only door: what happens to `order` if `actor` takes `step` at `when`.
///
/// Elapsing answers an empty list where nothing is due; every other step answers
/// at least one event, or the reason why not.
pub fn decide(
    order: &Order,
    actor: &Actor,
    when: When,
    step: Step,
    book: &Rulebook,
) -> Result<Vec<Event>, Refusal> {
    decide_with(order, actor, when, step, Vec::new(), book)
}

/// As [`decide`], with files that hang on what is said.
pub fn decide_with(
    order: &Order,
    actor: &Actor,
    when: When,
    step: Step,
    attachments: Vec<Attachment>,
    book: &Rulebook,
) -> Result<Vec<Event>, Refusal> {
    let name = step.name();
    // News of a main order bring their files along.
    let along = if let Step::Follow(news) = &step {
        news.attachments().to_vec()
    } else {
        Vec::new()
    };
    let mut when = if step == Step::Elapse {
        when
    } else {
        when.checked(order, actor, name, book)?
    };
    let now = when.happened;
    permission::check(order, actor, now, name, book)?;
    // What the step was read by may have gone meanwhile.
    if let Some((field, _)) = step
        .bodies(order)
        .into_iter()
        .find(|(_, body)| book.directory.has_gone(body))
    {
        let fault = Fault::Unknown;
        return Err(FieldFault { field, fault }.into());
    }
    if matches!(name, StepName::Return | StepName::Pause | StepName::Extend) {
        // What moves a deadline is not entered once it has passed, however it is dated.
        permission::check(order, actor, when.entered, name, book)?;
    }
    let happened = match step {
        Step::Dispatch {
            department,
            complexity,
            co_handlers,
        } => dispatch::dispatch(
            order,
            when.entered,
            department,
            complexity,
            co_handlers,
            book,
        )?,
        Step::AddCoHandler(wish) => co_handler::add(order, when.entered, wish, book)?,
        Step::AskCoHandler(wish) => co_handler::ask(order, wish)?,
        Step::DecideCoHandler { granted, reason } => {
            co_handler::decide(order, when.entered, granted, reason, book)?
        }
        Step::CoReply { text } => co_handler::reply(actor, order, text)?,
        Step::Decline { reason } => decline::decline(reason),
        Step::Recall { reason } => recall::recall(order, when.entered, reason, book),
        Step::Take => take::take(),
        Step::Return(sent) => returning::send_back(when.entered, sent, book),
        Step::Rule { department, reason } => {
            returning::rule(order, when.entered, &department, reason, book)?
        }
        Step::Pause(wish) => pause::pause(order, now, wish, book)?,
        Step::Resume => pause::resume(),
        Step::Object { reason } => objection::object(reason),
        Step::DecideObjection { upheld, reason } => objection::decide(upheld, reason),
        Step::Extend(asked) => extension::ask(order, asked)?,
        Step::DecideExtension { granted, reason } => {
            extension::decide(order, now, granted, reason, book)?
        }
        Step::Reply { reply, without } => {
            approval::reply(order, actor, when, reply, without, book)?
        }
        Step::CorrectReply { reply, reason } => {
            correction::correct(order, when, reply, reason, !attachments.is_empty())?
        }
        Step::DecideReply { granted, reason } => {
            approval::decide(order, when, granted, reason, book)?
        }
        Step::CallBack(call) => callback::call(order, when.entered, call, book),
        Step::Appeal { reason } => appeal::appeal(order, reason)?,
        Step::DecideAppeal { upheld, reason } => appeal::decide(order, upheld, reason)?,
        Step::KeepCommitment { reply, text } => commitment::keep(order, reply, text)?,
        Step::Supplement { text } => supplement::hand_in(text),
        Step::Note(note) => talk::note(note),
        Step::Message { text } => talk::message(actor, text),
        Step::Rate(given) => rating::rate(order, now, given, book),
        Step::Explain { card, text } => card::explain(order, actor, card, text)?,
        Step::Lift { card, reason } => card::lift(order, card, reason)?,
        Step::Withdraw { reason } => pause::closed_before(order, withdrawal::withdraw(reason)),
        Step::Close => closure::close(),
        Step::Urge { text } => urging::urge(text),
        Step::Merge { main, reason } => merge::merge(order, main, reason, book)?,
        Step::Absorb { order, enterprise } => merge::absorb(order, enterprise),
        Step::Unmerge { reason } => merge::unmerge(reason),
        Step::Release { order: joined } => merge::release(order, joined)?,
        Step::Follow(news) => merge::follow(order, news),
        Step::Link { other } => link::link(order, other)?,
        Step::Unlink { other } => link::unlink(order, other)?,
        Step::Split { into, portion } => split::split_off(into, &portion),
        Step::Refer(brief) => express::refer(brief),
        Step::AcceptMatter(brief) => express::accept(brief),
        Step::Instruct(duty) => express::instruct(when.entered, duty, book),
        Step::JoinMatter {
            main,
            stands,
            reason,
        } => express::join(order, main, stands, reason)?,
        Step::TakeInMatter { order: joined } => express::take_in(order, joined)?,
        Step::DeferMatter { meeting, reason } => express::defer(order, meeting, reason)?,
        Step::Decide { meeting, decision } => {
            express::decide(order, when.entered, meeting, decision, book)?
        }
        Step::FollowMatter(news) => express::follow(order, news)?,
        Step::ReportTask { task, text } => task::report(order, actor, task, text)?,
        Step::ConfirmTask { task, done, reason } => task::confirm(order, task, done, reason)?,
        Step::HandOver(successor) => vec![handover::hand_over(successor)],
        Step::Elapse => match pause::over(order, now) {
            Some(over) => {
                when.happened = over;
                pause::resume()
            }
            None => escalation::escalate(order, now, book),
        },
    };
    let mut events = record(order.version, actor, when, happened, book);
    if !attachments.is_empty() && !name.takes_attachments() {
        return Err(FieldFault {
            field: Field::Attachments,
            fault: Fault::NotOfThisKind,
        }
        .into());
    }
    let attachments = if name == StepName::DecideReply {
        // What goes out is what was written.
        approval::attachments(order)
    } else if name == StepName::Follow {
        along
    } else {
        attachments
    };
    hang(&mut events, name, attachments)?;
    Ok(events)
}

/// Hangs files on the event that says something.
pub(super) fn hang(
    events: &mut [Event],
    step: StepName,
    attachments: Vec<Attachment>,
) -> Result<(), Refusal> {
    if attachments.is_empty() {
        return Ok(());
    }
    let fault = |fault| {
        Refusal::from(FieldFault {
            field: Field::Attachments,
            fault,
        })
    };
    if attachments.len() > MOST {
        return Err(fault(Fault::TooMany { max: MOST }));
    }
    let mut says = events
        .iter_mut()
        .filter(|event| event.what.takes_attachments());
    match says.next() {
        Some(event) => event.attachments = attachments,
        // A reply that was not let out, or news without one.
        None if matches!(step, StepName::DecideReply | StepName::Follow) => {}
        None => return Err(fault(Fault::NotOfThisKind)),
    }
    Ok(())
}

/// The events for what happened, numbered on from `version`.
pub(super) fn record(
    version: u32,
    actor: &Actor,
    when: When,
    happened: Vec<What>,
    book: &Rulebook,
) -> Vec<Event> {
    (version..)
        .zip(happened)
        .map(|(version, what)| Event::after(version, actor, when, what, book))
        .collect()
}

fn of_duty(duty: &Duty) -> Vec<(Field, &BodyCode)> {
    let all = std::iter::once(&duty.owner).chain(&duty.co_owners);
    all.map(|body| (Field::Owner, body)).collect()
}

impl Step {
    /// The bodies to which something comes by it, with the fields that name them: those that
    /// it names itself, and those that the order has named before.
    fn bodies<'a>(&'a self, order: &'a Order) -> Vec<(Field, &'a BodyCode)> {
        match self {
            Self::Dispatch {
                department,
                co_handlers,
                ..
            } => {
                let parts = co_handlers
                    .iter()
                    .map(|part| (Field::CoHandlers, &part.body));
                [(Field::Department, department)]
                    .into_iter()
                    .chain(parts)
                    .collect()
            }
            Self::AddCoHandler(part) | Self::AskCoHandler(part) => {
                vec![(Field::CoHandlers, &part.body)]
            }
            Self::Rule { department, .. } => vec![(Field::Department, department)],
            Self::Instruct(given) => of_duty(given),
            Self::Decide { decision, .. } => of_duty(&decision.duty),
            Self::DecideCoHandler { granted: true, .. } => {
                let asked = order.co_handling_asked().into_iter();
                asked.map(|part| (Field::CoHandlers, &part.body)).collect()
            }
            Self::Unmerge { .. } => order.bodies_before_merge(),
            Self::DecideCoHandler { granted: false, .. }
            | Self::CoReply { .. }
            | Self::Decline { .. }
            | Self::Recall { .. }
            | Self::Take
            | Self::Return(_)
            | Self::Pause(_)
            | Self::Resume
            | Self::Object { .. }
            | Self::DecideObjection { .. }
            | Self::Extend(_)
            | Self::DecideExtension { .. }
            | Self::Reply { .. }
            | Self::CorrectReply { .. }
            | Self::DecideReply { .. }
            | Self::CallBack(_)
            | Self::Rate(_)
            | Self::Appeal { .. }
            | Self::DecideAppeal { .. }
            | Self::KeepCommitment { .. }
            | Self::Supplement { .. }
            | Self::Note(_)
            | Self::Message { .. }
            | Self::Explain { .. }
            | Self::Lift { .. }
            | Self::Withdraw { .. }
            | Self::Close
            | Self::Urge { .. }
            | Self::Merge { .. }
            | Self::Absorb { .. }
            | Self::Release { .. }
            | Self::Follow(_)
            | Self::Link { .. }
            | Self::Unlink { .. }
            | Self::Split { .. }
            | Self::Refer(_)
            | Self::AcceptMatter(_)
            | Self::JoinMatter { .. }
            | Self::TakeInMatter { .. }
            | Self::DeferMatter { .. }
            | Self::FollowMatter(_)
            | Self::ReportTask { .. }
            | Self::ConfirmTask { .. }
            | Self::HandOver(_)
            | Self::Elapse => Vec::new(),
        }
    }

    /// Names every fault at once.
    pub fn dispatch(
        department: &str,
        complexity: &str,
        co_handlers: &[(String, String)],
        directory: &Directory,
    ) -> Result<Self, Refusal> {
        let mut faults = Faults::default();
        let department = faults.keep(dispatch::known_department(
            Field::Department,
            department,
            directory,
        ));
        let complexity = faults.keep(dispatch::Complexity::parse(complexity));
        let rows = co_handlers
            .iter()
            .map(|(body, task)| (body.as_str(), task.as_str()));
        let co_handlers = faults.keep(co_handler::CoHandling::parse_rows(rows, directory));
        match (department, complexity, co_handlers) {
            (Some(department), Some(complexity), Some(co_handlers)) => Ok(Self::Dispatch {
                department,
                complexity,
                co_handlers,
            }),
            _ => Err(faults.refusal()),
        }
    }

    pub fn decline(reason: &str) -> Result<Self, Refusal> {
        let reason = Reason::parse(Field::Reason, reason)?;
        Ok(Self::Decline { reason })
    }

    pub fn urge(text: &str) -> Result<Self, Refusal> {
        let text = Reason::parse(Field::Reason, text)?;
        Ok(Self::Urge { text })
    }

    pub fn unmerge(reason: &str) -> Result<Self, Refusal> {
        let reason = Reason::parse(Field::Reason, reason)?;
        Ok(Self::Unmerge { reason })
    }

    pub fn withdraw(reason: &str) -> Result<Self, Refusal> {
        let reason = Reason::parse(Field::Reason, reason)?;
        Ok(Self::Withdraw { reason })
    }

    pub fn rule(department: &str, reason: &str, directory: &Directory) -> Result<Self, Refusal> {
        let mut faults = Faults::default();
        let department = faults.keep(dispatch::known_department(
            Field::Department,
            department,
            directory,
        ));
        let reason = faults.keep(Reason::parse(Field::Reason, reason));
        match (department, reason) {
            (Some(department), Some(reason)) => Ok(Self::Rule { department, reason }),
            _ => Err(faults.refusal()),
        }
    }

    pub fn object(reason: &str) -> Result<Self, Refusal> {
        let reason = Reason::parse(Field::Reason, reason)?;
        Ok(Self::Object { reason })
    }

    /// `upheld` is `yes` or `no`; a reason is needed to say no.
    pub fn decide_objection(upheld: &str, reason: &str) -> Result<Self, Refusal> {
        let (upheld, reason) = verdict(Field::Uphold, upheld, reason)?;
        Ok(Self::DecideObjection { upheld, reason })
    }

    /// `granted` is `yes` or `no`; a reason is needed to say no.
    pub fn decide_extension(granted: &str, reason: &str) -> Result<Self, Refusal> {
        let (granted, reason) = verdict(Field::Grant, granted, reason)?;
        Ok(Self::DecideExtension { granted, reason })
    }

    /// `granted` is `yes` or `no`; a reason is needed to say no.
    pub fn decide_co_handler(granted: &str, reason: &str) -> Result<Self, Refusal> {
        let (granted, reason) = verdict(Field::Grant, granted, reason)?;
        Ok(Self::DecideCoHandler { granted, reason })
    }

    pub fn co_reply(text: &str) -> Result<Self, Refusal> {
        let text = Prose::parse(Field::ReplyText, text)?;
        Ok(Self::CoReply { text })
    }

    /// `without` is why not all co-handlers are waited for, or empty.
    pub fn reply(reply: reply::Reply, without: &str) -> Result<Self, Refusal> {
        let without = Reason::parse_optional(Field::Without, without)?;
        Ok(Self::Reply { reply, without })
    }

    /// `granted` is `yes` or `no`; a reason is needed to say no.
    pub fn decide_reply(granted: &str, reason: &str) -> Result<Self, Refusal> {
        let (granted, reason) = verdict(Field::Grant, granted, reason)?;
        Ok(Self::DecideReply { granted, reason })
    }

    pub fn appeal(reason: &str) -> Result<Self, Refusal> {
        let reason = Reason::parse(Field::Reason, reason)?;
        Ok(Self::Appeal { reason })
    }

    /// `upheld` is `yes` or `no`; a reason is needed to say no.
    pub fn decide_appeal(upheld: &str, reason: &str) -> Result<Self, Refusal> {
        let (upheld, reason) = verdict(Field::Uphold, upheld, reason)?;
        Ok(Self::DecideAppeal { upheld, reason })
    }

    /// `reply` is the number of the event that promised it.
    pub fn keep_commitment(reply: &str, text: &str) -> Result<Self, Refusal> {
        let (reply, text) = commitment::parse(reply, text)?;
        Ok(Self::KeepCommitment { reply, text })
    }

    pub fn supplement(text: &str) -> Result<Self, Refusal> {
        let text = Prose::parse(Field::ReplyText, text)?;
        Ok(Self::Supplement { text })
    }

    pub fn report_task(task: &str, text: &str) -> Result<Self, Refusal> {
        let mut faults = Faults::default();
        let task = faults.keep(task::parse_number(task));
        let text = faults.keep(Prose::parse(Field::ReplyText, text));
        match (task, text) {
            (Some(task), Some(text)) => Ok(Self::ReportTask { task, text }),
            _ => Err(faults.refusal()),
        }
    }

    /// `done` is `yes` or `no`; a reason is needed to say no.
    pub fn confirm_task(task: &str, done: &str, reason: &str) -> Result<Self, Refusal> {
        let mut faults = Faults::default();
        let task = faults.keep(task::parse_number(task));
        let verdict = match verdict(Field::Grant, done, reason) {
            Ok(verdict) => Some(verdict),
            Err(refusal) => {
                faults.gather(Err(refusal))?;
                None
            }
        };
        match (task, verdict) {
            (Some(task), Some((done, reason))) => Ok(Self::ConfirmTask { task, done, reason }),
            _ => Err(faults.refusal()),
        }
    }

    pub fn message(text: &str) -> Result<Self, Refusal> {
        let text = Prose::parse(Field::Message, text)?;
        Ok(Self::Message { text })
    }

    pub fn explain(card: &str, text: &str) -> Result<Self, Refusal> {
        let (card, text) = card::parse(card, text)?;
        Ok(Self::Explain { card, text })
    }

    pub fn lift(card: &str, reason: &str) -> Result<Self, Refusal> {
        let (card, reason) = card::parse(card, reason)?;
        Ok(Self::Lift { card, reason })
    }

    pub fn name(&self) -> StepName {
        match self {
            Self::Dispatch { .. } => StepName::Dispatch,
            Self::AddCoHandler(_) => StepName::AddCoHandler,
            Self::AskCoHandler(_) => StepName::AskCoHandler,
            Self::DecideCoHandler { .. } => StepName::DecideCoHandler,
            Self::CoReply { .. } => StepName::CoReply,
            Self::Decline { .. } => StepName::Decline,
            Self::Recall { .. } => StepName::Recall,
            Self::Take => StepName::Take,
            Self::Return(_) => StepName::Return,
            Self::Rule { .. } => StepName::Rule,
            Self::Pause(_) => StepName::Pause,
            Self::Resume => StepName::Resume,
            Self::Object { .. } => StepName::Object,
            Self::DecideObjection { .. } => StepName::DecideObjection,
            Self::Extend(_) => StepName::Extend,
            Self::DecideExtension { .. } => StepName::DecideExtension,
            Self::Reply { .. } => StepName::Reply,
            Self::CorrectReply { .. } => StepName::CorrectReply,
            Self::DecideReply { .. } => StepName::DecideReply,
            Self::CallBack(_) => StepName::CallBack,
            Self::Appeal { .. } => StepName::Appeal,
            Self::DecideAppeal { .. } => StepName::DecideAppeal,
            Self::KeepCommitment { .. } => StepName::KeepCommitment,
            Self::Supplement { .. } => StepName::Supplement,
            Self::Note(_) => StepName::Note,
            Self::Message { .. } => StepName::Message,
            Self::Rate(_) => StepName::Rate,
            Self::Explain { .. } => StepName::Explain,
            Self::Lift { .. } => StepName::Lift,
            Self::Withdraw { .. } => StepName::Withdraw,
            Self::Close => StepName::Close,
            Self::HandOver(_) => StepName::HandOver,
            Self::Urge { .. } => StepName::Urge,
            Self::Merge { .. } => StepName::Merge,
            Self::Absorb { .. } => StepName::Absorb,
            Self::Unmerge { .. } => StepName::Unmerge,
            Self::Release { .. } => StepName::Release,
            Self::Follow(_) => StepName::Follow,
            Self::Link { .. } => StepName::Link,
            Self::Unlink { .. } => StepName::Unlink,
            Self::Split { .. } => StepName::Split,
            Self::Refer(_) => StepName::Refer,
            Self::AcceptMatter(_) => StepName::AcceptMatter,
            Self::Instruct(_) => StepName::Instruct,
            Self::JoinMatter { .. } => StepName::JoinMatter,
            Self::TakeInMatter { .. } => StepName::TakeInMatter,
            Self::DeferMatter { .. } => StepName::DeferMatter,
            Self::Decide { .. } => StepName::Decide,
            Self::FollowMatter(_) => StepName::FollowMatter,
            Self::ReportTask { .. } => StepName::ReportTask,
            Self::ConfirmTask { .. } => StepName::ConfirmTask,
            Self::Elapse => StepName::Elapse,
        }
    }
}

impl StepName {
    /// Whether files can be handed in with it.
    pub fn takes_attachments(self) -> bool {
        self == Self::Place || self.form().is_some_and(|form| form.files)
    }

    /// Steps that no form offers: the program takes them along with others.
    pub fn is_taken_along(self) -> bool {
        self != Self::Place && self.form().is_none()
    }
}

/// Yes, or no with a reason.
fn verdict(field: Field, verdict: &str, reason: &str) -> Result<(bool, Option<Reason>), Refusal> {
    let mut faults = Faults::default();
    let yes = faults.keep(crate::form::known(field, verdict, |code| match code {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    }));
    let reason = faults.keep(if yes == Some(false) {
        Reason::parse(Field::Reason, reason).map(Some)
    } else {
        Reason::parse_optional(Field::Reason, reason)
    });
    match (yes, reason) {
        (Some(yes), Some(reason)) => Ok((yes, reason)),
        _ => Err(faults.refusal()),
    }
}
