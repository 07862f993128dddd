//! What can be done with an order, and what can happen to it: a line each. All else that is
//! true of a step or an event stands in the file that the line names.

use super::co_handler::CoHandling;
use super::conclusion::Conclusion;
use super::decision::Decision;
use super::dispatch::Complexity;
use super::express::{Brief, MatterNews};
use super::handover::Successor;
use super::history::Order;
use super::merge::{Main, News};
use super::pause::PauseWish;
use super::rating::Rating;
use super::reply::Reply;
use super::returning::Return;
use super::split::Portion;
use super::talk::Note;
use super::{
    Number, Reason, appeal, approval, callback, card, closure, co_handler, commitment, conclusion,
    correction, decline, dispatch, escalation, express, extension, handover, link, merge,
    objection, pause, placement, rating, reassignment, recall, recount, reply, returning, split,
    supplement, take, talk, task, urging, withdrawal,
};
use crate::actor::{BodyCode, EnterpriseId};
use crate::case::happening::list_events;
use crate::case::step::list_steps;
use crate::clock::Asked;
use crate::codes::codes;
use crate::meeting::MeetingNumber;
use crate::task::Duty;
use crate::text::Prose;

list_steps! {
    /// What somebody wants to do with an order, already parsed.
    Step, StepName of Order, Place begins;
    Dispatch {
        department: BodyCode,
        complexity: Complexity,
        co_handlers: Vec<CoHandling>,
    } = Some(&dispatch::FORM), dispatch::dispatch;
    /// 裁定, by the centre: names the owner.
    Rule { department: BodyCode, reason: Reason, } = Some(&returning::RULE), returning::rule;
    DecideObjection { upheld: bool, reason: Option<Reason>, }
        = Some(&objection::DECIDE), objection::decide;
    DecideExtension { granted: bool, reason: Option<Reason>, }
        = Some(&extension::DECIDE), extension::decide;
    DecideCoHandler { granted: bool, reason: Option<Reason>, }
        = Some(&co_handler::DECIDE), co_handler::decide;
    /// 审签, by the head of the lead.
    DecideReply { granted: bool, reason: Option<Reason>, }
        = Some(&approval::FORM), approval::decide;
    DecideAppeal { upheld: bool, reason: Option<Reason>, }
        = Some(&appeal::DECIDE), appeal::decide;
    /// 列为议题, with what the mayor's office makes of it.
    AcceptMatter(brief: Brief) = Some(&express::ACCEPT), express::accept;
    /// Sends a candidate back, with an instruction and its deadline.
    Instruct(duty: Duty) = Some(&express::INSTRUCT), express::instruct;
    JoinMatter {
        main: Number,
        /// Whether `main` is a matter that can take others in, as it is in the same
        /// transaction, in which it does.
        stands: bool,
        reason: Reason,
    } = Some(&express::JOIN), express::join;
    ConfirmTask {
        /// The event that gave it.
        task: u32,
        done: bool,
        reason: Option<Reason>,
    } = Some(&task::CONFIRM), task::confirm;
    Take = Some(&take::FORM), take::take;
    ReportTask {
        /// The event that gave it.
        task: u32,
        text: Prose<2000>,
    } = Some(&task::REPORT), task::report;
    CoReply { text: Prose<5000>, } = Some(&co_handler::REPLY), co_handler::reply;
    Reply {
        reply: Reply,
        /// Why not all co-handlers are waited for.
        without: Option<Reason>,
    } = Some(&reply::FORM), approval::reply;
    /// The enterprise hands in what a pause waits for.
    Supplement { text: Prose<5000>, } = Some(&supplement::FORM), supplement::hand_in;
    Rate(rating: Rating) = Some(&rating::FORM), rating::rate;
    CallBack(call: callback::Call) = Some(&callback::FORM), callback::call;
    Close = Some(&closure::FORM), closure::close;
    KeepCommitment {
        /// The event that promised it.
        reply: u32,
        text: Reason,
    } = Some(&commitment::FORM), commitment::keep;
    Appeal { reason: Reason, } = Some(&appeal::APPEAL), appeal::appeal;
    Explain { card: u32, text: Reason, } = Some(&card::EXPLAIN), card::explain;
    Lift { card: u32, reason: Reason, } = Some(&card::LIFT), card::lift;
    Resume = Some(&pause::RESUME), pause::resume;
    Pause(wish: PauseWish) = Some(&pause::PAUSE), pause::pause;
    Extend(asked: Asked) = Some(&extension::EXTEND), extension::ask;
    /// By the lead; the centre decides.
    AskCoHandler(wish: CoHandling) = Some(&co_handler::ASK), co_handler::ask;
    AddCoHandler(wish: CoHandling) = Some(&co_handler::ADD), co_handler::add;
    Return(sent: Return) = Some(&returning::RETURN), returning::send_back;
    Object { reason: Reason, } = Some(&objection::OBJECT), objection::object;
    Decline { reason: Reason, } = Some(&decline::FORM), decline::decline;
    /// 撤回分派.
    Recall { reason: Reason, } = Some(&recall::FORM), recall::recall;
    /// 改派: the order has been taken.
    Reassign { department: BodyCode, reason: Reason, }
        = Some(&reassignment::FORM), reassignment::reassign;
    /// Undoes a merge; the main order releases in the same transaction.
    Unmerge { reason: Reason, } = Some(&merge::UNMERGE), merge::unmerge;
    /// 并案: `main` as it stands in the same transaction, in which it absorbs.
    Merge { main: Main, reason: Reason, } = Some(&merge::MERGE), merge::merge;
    /// 拆分: `into` is the number of the new order, placed in the same transaction.
    Split { into: Number, portion: Portion, } = Some(&split::FORM), split::split_off;
    /// Both orders take it in one transaction.
    Link { other: Number, } = Some(&link::LINK), link::link;
    Unlink { other: Number, } = Some(&link::UNLINK), link::unlink;
    /// 更正答复.
    CorrectReply { reply: Reply, reason: Reason, } = Some(&correction::FORM), correction::correct;
    /// 提请直通车.
    Refer(brief: Brief) = Some(&express::REFER), express::refer;
    /// 催办.
    Urge { text: Reason, } = Some(&urging::FORM), urging::urge;
    /// Between the enterprise and those who work on its order.
    Message { text: Prose<2000>, } = Some(&talk::MESSAGE), talk::message;
    Note(note: Note) = Some(&talk::NOTE), talk::note;
    Withdraw { reason: Reason, } = Some(&withdrawal::FORM), withdrawal::withdraw;
    TakeInMatter { order: Number, } = None, express::take_in;
    /// A meeting puts the decision off; it notes so in the same transaction.
    DeferMatter { meeting: MeetingNumber, reason: Reason, } = None, express::defer;
    /// A meeting decides; it notes so in the same transaction.
    Decide { meeting: MeetingNumber, decision: Decision, } = None, express::decide;
    /// A meeting decides without a task; it notes so in the same transaction.
    Conclude { meeting: MeetingNumber, conclusion: Conclusion, } = None, conclusion::conclude;
    /// Something happened to the matter that this order is decided with.
    FollowMatter(news: MatterNews) = None, express::follow;
    Absorb { order: Number, enterprise: EnterpriseId, } = None, merge::absorb;
    Release { order: Number, } = None, merge::release;
    /// Something happened to the order that this one is joined to.
    Follow(news: News) = None, merge::follow;
    HandOver(successor: Successor) = None, handover::hand_over;
    /// Only the sweep does this, when a time has come: a pause is over, or a level of
    /// the ladder is due.
    Elapse = None, escalation::elapse;
}

codes!(StepName);

list_events! {
    /// What can happen to an order.
    What of Order, called "order";
    Placed: placement::PLACED,
    Declined: decline::DECLINED,
    Dispatched: dispatch::DISPATCHED,
    Taken: take::TAKEN,
    Recalled: recall::RECALLED,
    Reassigned: reassignment::REASSIGNED,
    CoHandlerAdded: co_handler::CO_HANDLER_ADDED,
    CoHandlingAsked: co_handler::CO_HANDLING_ASKED,
    CoHandlingDecided: co_handler::CO_HANDLING_DECIDED,
    CoReplied: co_handler::CO_REPLIED,
    CoHandlersLeftOut: co_handler::CO_HANDLERS_LEFT_OUT,
    Returned: returning::RETURNED,
    Ruled: returning::RULED,
    Paused: pause::PAUSED,
    Objected: objection::OBJECTED,
    ObjectionDecided: objection::OBJECTION_DECIDED,
    Resumed: pause::RESUMED,
    ExtensionAsked: extension::EXTENSION_ASKED,
    ExtensionDecided: extension::EXTENSION_DECIDED,
    ReplySubmitted: approval::REPLY_SUBMITTED,
    ReplyDecided: approval::REPLY_DECIDED,
    Replied: reply::REPLIED,
    ReplyCorrected: correction::REPLY_CORRECTED,
    CalledBack: callback::CALLED_BACK,
    CommitmentRang: commitment::COMMITMENT_RANG,
    CommitmentKept: commitment::COMMITMENT_KEPT,
    Appealed: appeal::APPEALED,
    AppealDecided: appeal::APPEAL_DECIDED,
    Noted: talk::NOTED,
    Messaged: talk::MESSAGED,
    Urged: urging::URGED,
    Merged: merge::MERGED,
    Absorbed: merge::ABSORBED,
    Unmerged: merge::UNMERGED,
    Released: merge::RELEASED,
    Followed: merge::FOLLOWED,
    Answered: merge::ANSWERED,
    Linked: link::LINKED,
    Unlinked: link::UNLINKED,
    SplitOff: split::SPLIT_OFF,
    Referred: express::REFERRED,
    MatterAccepted: express::MATTER_ACCEPTED,
    Instructed: express::INSTRUCTED,
    MatterJoined: express::MATTER_JOINED,
    MatterTookIn: express::MATTER_TOOK_IN,
    MatterDeferred: express::MATTER_DEFERRED,
    Decided: express::DECIDED,
    MatterConcluded: conclusion::MATTER_CONCLUDED,
    MainConcluded: conclusion::MAIN_CONCLUDED,
    TaskReported: task::TASK_REPORTED,
    TaskDecided: task::TASK_DECIDED,
    TaskAwaited: express::TASK_AWAITED,
    TaskSettled: express::TASK_SETTLED,
    MatterLeft: express::MATTER_LEFT,
    Supplemented: supplement::SUPPLEMENTED,
    Rated: rating::RATED,
    SentBack: rating::SENT_BACK,
    Escalated: escalation::ESCALATED,
    Explained: card::EXPLAINED,
    Lifted: card::LIFTED,
    Moved: recount::MOVED,
    Reruled: recount::RERULED,
    HandedOver: handover::HANDED_OVER,
    Closed: closure::CLOSED,
    Withdrawn: withdrawal::WITHDRAWN,
}
