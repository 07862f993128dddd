use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::callback::Call;
use super::co_handler::{CoHandling, Task};
use super::dispatch::Complexity;
use super::duty::{Decision, Duty};
use super::express::Brief;
use super::handover::Side;
use super::placement::{Origin, Placement};
use super::rating::Rating;
use super::reply::Reply;
use super::returning::Return;
use super::task::Awaited;
use super::{Number, Reason};
use crate::actor::{Actor, BodyCode, EnterpriseId, RoleName, UserId};
use crate::case;
use crate::clock::Asked;
use crate::clock::Colour;
use crate::clock::Level;
use crate::clock::Pause;
use crate::clock::Told;
use crate::clock::{Clock, ClockName};
use crate::contact::Contact;
use crate::meeting::MeetingNumber;
use crate::text::{Line, Prose};
use crate::time::{Due, Instant, Span};

/// Something that happened to an order.
pub type Event = case::Event<What>;

impl case::Happens for What {
    const KIND: &'static str = "order";
}

impl Event {
    /// Whether `reader`, who sees the order, sees this of it: page, HTTP API, notices and
    /// attachments go by this.
    pub fn is_seen_by(&self, reader: &Actor) -> bool {
        match &self.what {
            What::Noted { .. } => {
                self.by.body.is_some() && reader.role.body() == self.by.body.as_ref()
            }
            // Who refers what is the administration's own, unless the enterprise does.
            What::Referred { .. } => {
                reader.role.enterprise().is_none() || self.by.role == RoleName::Enterprise
            }
            what => reader.role.enterprise().is_none() || !what.is_internal(),
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum What {
    Placed {
        number: Number,
        enterprise: EnterpriseId,
        placement: Placement,
        triage: Clock,
        /// Set where the enterprise did not place it here itself.
        #[serde(default)]
        origin: Option<Origin>,
        /// Who of the enterprise answers for it, where somebody else entered it.
        #[serde(default)]
        member: Option<UserId>,
        /// When the clock stood still already, of an order that was split off: its whole
        /// was merged meanwhile.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        joined: Vec<Span>,
    },
    Declined {
        reason: Reason,
    },
    /// Begins the first cycle.
    Dispatched {
        department: BodyCode,
        complexity: Complexity,
        take: Clock,
        resolve: Clock,
    },
    Taken,
    /// 撤回分派: the centre dispatches it anew, within its time.
    Recalled {
        reason: Reason,
        triage: Clock,
        /// Those whose parts end with it.
        parts: Vec<BodyCode>,
    },
    /// 协办: a body is to do a part.
    CoHandlerAdded {
        body: BodyCode,
        task: Option<Task>,
        clock: Clock,
    },
    CoHandlingAsked {
        wish: CoHandling,
    },
    CoHandlingDecided {
        granted: bool,
        reason: Option<Reason>,
    },
    /// What a co-handler did, told to the lead.
    CoReplied {
        body: BodyCode,
        text: Prose<5000>,
    },
    /// The lead replies without those whose parts are open.
    CoHandlersLeftOut {
        bodies: Vec<BodyCode>,
        reason: Reason,
    },
    /// 退单: the ruling's clock starts, the order's runs on.
    Returned {
        #[serde(flatten)]
        sent: Return,
        ruling: Clock,
    },
    /// 裁定: the owner is named, the same or another, and has its time to take.
    Ruled {
        department: BodyCode,
        reason: Reason,
        take: Clock,
    },
    Paused {
        pause: Pause,
    },
    Objected {
        reason: Reason,
    },
    ObjectionDecided {
        upheld: bool,
        reason: Option<Reason>,
    },
    Resumed,
    ExtensionAsked {
        asked: Asked,
    },
    ExtensionDecided {
        granted: bool,
        reason: Option<Reason>,
    },
    /// 送审: the reply awaits the head of the lead.
    ReplySubmitted {
        reply: Reply,
        without: Option<Reason>,
    },
    ReplyDecided {
        granted: bool,
        reason: Option<Reason>,
    },
    Replied {
        reply: Reply,
        window: Clock,
        /// Not in histories that are older than callbacks.
        #[serde(default)]
        callback: Option<Clock>,
    },
    /// 更正答复: what stands in the place of the reply before.
    ReplyCorrected {
        reply: Reply,
        reason: Reason,
    },
    /// 回访.
    CalledBack {
        call: Call,
    },
    /// A promise makes itself heard: before its day, and when that has passed.
    CommitmentRang {
        reply: u32,
        body: BodyCode,
        until: NaiveDate,
        overdue: bool,
    },
    /// 兑现: `reply` is the event that promised it.
    CommitmentKept {
        reply: u32,
        text: Reason,
    },
    /// 评价申诉: `rating` is the event that gave it.
    Appealed {
        rating: u32,
        reason: Reason,
    },
    AppealDecided {
        rating: u32,
        upheld: bool,
        reason: Option<Reason>,
    },
    /// 备注: inside the body of whoever wrote it.
    Noted {
        text: Prose<2000>,
        mentions: Vec<UserId>,
    },
    /// 留言: between the enterprise and those who work on its order.
    Messaged {
        text: Prose<2000>,
        by_enterprise: bool,
    },
    /// 催办.
    Urged {
        text: Reason,
    },
    /// 并案: it stands still from here on, with a pointer.
    Merged {
        into: Number,
        /// The body that has the lead of the main order.
        lead: Option<BodyCode>,
        reason: Reason,
    },
    /// The main order's side of it.
    Absorbed {
        order: Number,
        enterprise: EnterpriseId,
    },
    /// 撤销并案: it stands as it stood. Without a reason the main order has ended.
    Unmerged {
        reason: Option<Reason>,
    },
    Released {
        order: Number,
    },
    /// The main order has another lead.
    Followed {
        lead: BodyCode,
    },
    /// The main order was replied to: what its enterprise is told.
    Answered {
        reply: Reply,
        /// Why it stands in the place of the one before, where it does.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        corrected: Option<Reason>,
    },
    /// 关联.
    Linked {
        other: Number,
    },
    Unlinked {
        other: Number,
    },
    /// 拆分: a part of it is an order by itself.
    SplitOff {
        into: Number,
        title: Line<80>,
    },
    /// 提请市长解难直通车: a candidate for the express.
    Referred {
        brief: Brief,
    },
    /// 列为议题.
    MatterAccepted {
        brief: Brief,
    },
    /// Sent back by the mayor's office, with a task.
    Instructed {
        duty: Duty,
        clock: Clock,
    },
    /// Decided with the matter of another order.
    MatterJoined {
        main: Number,
        reason: Reason,
    },
    /// The matter's side of it.
    MatterTookIn {
        order: Number,
    },
    /// 缓议: a meeting put the decision off.
    MatterDeferred {
        meeting: MeetingNumber,
        reason: Reason,
    },
    /// 议定事项.
    Decided {
        meeting: MeetingNumber,
        decision: Decision,
        clock: Clock,
    },
    /// Its owner calls a task done; `task` is the event that gave it.
    TaskReported {
        task: u32,
        text: Prose<2000>,
    },
    /// The mayor's office takes it for done, or not.
    TaskDecided {
        task: u32,
        done: bool,
        reason: Option<Reason>,
    },
    /// The matter that it is decided with has a task.
    TaskAwaited {
        awaited: Awaited,
    },
    TaskSettled {
        main: Number,
        task: u32,
    },
    /// The matter ended before it was decided: a candidate by itself again.
    MatterLeft {
        main: Number,
    },
    /// 补正: the enterprise handed in what the pause waits for.
    Supplemented {
        text: Prose<5000>,
    },
    Rated {
        rating: Rating,
    },
    /// 二次办理: begins the second cycle.
    SentBack {
        clock: Clock,
    },
    Escalated {
        level: Level,
        cause: Cause,
        #[serde(default)]
        card: Option<Colour>,
        #[serde(default)]
        tells: Vec<Told>,
    },
    /// What the body says to a card; `card` is the event that gave it.
    Explained {
        card: u32,
        colour: Colour,
        text: Reason,
    },
    Lifted {
        card: u32,
        colour: Colour,
        reason: Reason,
    },
    /// A year's notice moved a deadline: derived, so the event only tells it.
    Moved {
        clock: ClockName,
        year: i32,
        was: Due,
        is: Due,
    },
    /// A new version of the rules took over a clock that runs.
    Reruled {
        clock: Clock,
        /// Whether its deadline moved.
        moved: bool,
    },
    /// A person left; a colleague goes on.
    HandedOver {
        side: Side,
        to: Option<UserId>,
        name: String,
        #[serde(default)]
        contact: Option<Contact>,
    },
    /// 销号.
    Closed,
    Withdrawn {
        reason: Reason,
    },
}

/// Why an order was carried up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "cause", rename_all = "snake_case")]
pub enum Cause {
    /// A deadline passed; `late` is the body that let it (`None`: the centre).
    Overdue {
        clock: ClockName,
        /// As `Watch` has it; not in histories that are older than co-handlers.
        #[serde(default)]
        round: Option<u16>,
        due_at: Instant,
        late: Option<BodyCode>,
    },
    SecondBadRating,
    /// Not solved, the enterprise says at the callback, after it was sent back before.
    StillNotSolved,
}

impl What {
    /// Whether it is the administration's own: a card's explanation and lifting, who of
    /// a body handles the order, what lead, co-handlers and heads settle among themselves.
    pub fn is_internal(&self) -> bool {
        match self {
            Self::Explained { .. }
            | Self::Lifted { .. }
            | Self::CoHandlingAsked { .. }
            | Self::CoHandlingDecided { .. }
            | Self::CoReplied { .. }
            | Self::CoHandlersLeftOut { .. }
            | Self::ReplySubmitted { .. }
            | Self::ReplyDecided { .. }
            | Self::Absorbed { .. }
            | Self::Released { .. }
            | Self::Linked { .. }
            | Self::Unlinked { .. }
            | Self::Instructed { .. }
            | Self::MatterJoined { .. }
            | Self::MatterTookIn { .. }
            | Self::TaskReported { .. }
            | Self::TaskDecided { .. }
            | Self::TaskAwaited { .. }
            | Self::TaskSettled { .. }
            | Self::MatterLeft { .. }
            | Self::Noted { .. } => true,
            Self::HandedOver { side, .. } => *side == Side::Lead,
            Self::Escalated {
                cause: Cause::Overdue { clock, .. },
                ..
            }
            | Self::Moved { clock, .. }
            | Self::Reruled {
                clock: Clock { name: clock, .. },
                ..
            } => clock.is_internal(),
            Self::Escalated {
                cause: Cause::SecondBadRating | Cause::StillNotSolved,
                ..
            }
            | Self::Placed { .. }
            | Self::Declined { .. }
            | Self::Dispatched { .. }
            | Self::Taken
            | Self::Recalled { .. }
            | Self::CoHandlerAdded { .. }
            | Self::Returned { .. }
            | Self::Ruled { .. }
            | Self::Paused { .. }
            | Self::Objected { .. }
            | Self::ObjectionDecided { .. }
            | Self::Resumed
            | Self::ExtensionAsked { .. }
            | Self::ExtensionDecided { .. }
            | Self::Replied { .. }
            | Self::ReplyCorrected { .. }
            | Self::CalledBack { .. }
            | Self::CommitmentRang { .. }
            | Self::CommitmentKept { .. }
            | Self::Appealed { .. }
            | Self::AppealDecided { .. }
            | Self::Messaged { .. }
            | Self::Urged { .. }
            | Self::Merged { .. }
            | Self::Unmerged { .. }
            | Self::Followed { .. }
            | Self::Answered { .. }
            | Self::SplitOff { .. }
            | Self::Referred { .. }
            | Self::MatterAccepted { .. }
            | Self::MatterDeferred { .. }
            | Self::Decided { .. }
            | Self::Supplemented { .. }
            | Self::Rated { .. }
            | Self::SentBack { .. }
            | Self::Closed
            | Self::Withdrawn { .. } => false,
        }
    }

    /// Whether it says something that files can hang on.
    pub fn takes_attachments(&self) -> bool {
        match self {
            Self::Placed { .. }
            | Self::Declined { .. }
            | Self::CoReplied { .. }
            | Self::Returned { .. }
            | Self::Paused { .. }
            | Self::Objected { .. }
            | Self::ExtensionAsked { .. }
            | Self::ReplySubmitted { .. }
            | Self::Replied { .. }
            | Self::ReplyCorrected { .. }
            | Self::Answered { .. }
            | Self::Appealed { .. }
            | Self::CommitmentKept { .. }
            | Self::Supplemented { .. }
            | Self::TaskReported { .. }
            | Self::Explained { .. }
            | Self::Noted { .. }
            | Self::Messaged { .. } => true,
            Self::Dispatched { .. }
            | Self::Taken
            | Self::Recalled { .. }
            | Self::CoHandlerAdded { .. }
            | Self::CoHandlingAsked { .. }
            | Self::CoHandlingDecided { .. }
            | Self::CoHandlersLeftOut { .. }
            | Self::Ruled { .. }
            | Self::ObjectionDecided { .. }
            | Self::Resumed
            | Self::ExtensionDecided { .. }
            | Self::ReplyDecided { .. }
            | Self::CalledBack { .. }
            | Self::CommitmentRang { .. }
            | Self::AppealDecided { .. }
            | Self::Urged { .. }
            | Self::Merged { .. }
            | Self::Absorbed { .. }
            | Self::Unmerged { .. }
            | Self::Released { .. }
            | Self::Followed { .. }
            | Self::Linked { .. }
            | Self::Unlinked { .. }
            | Self::SplitOff { .. }
            | Self::Referred { .. }
            | Self::MatterAccepted { .. }
            | Self::Instructed { .. }
            | Self::MatterJoined { .. }
            | Self::MatterTookIn { .. }
            | Self::MatterDeferred { .. }
            | Self::Decided { .. }
            | Self::TaskDecided { .. }
            | Self::TaskAwaited { .. }
            | Self::TaskSettled { .. }
            | Self::MatterLeft { .. }
            | Self::Rated { .. }
            | Self::SentBack { .. }
            | Self::Escalated { .. }
            | Self::Lifted { .. }
            | Self::Moved { .. }
            | Self::Reruled { .. }
            | Self::HandedOver { .. }
            | Self::Closed
            | Self::Withdrawn { .. } => false,
        }
    }

    pub fn code(&self) -> &'static str {
        match self {
            Self::Placed { .. } => "placed",
            Self::Declined { .. } => "declined",
            Self::Dispatched { .. } => "dispatched",
            Self::Taken => "taken",
            Self::Recalled { .. } => "recalled",
            Self::CoHandlerAdded { .. } => "co_handler_added",
            Self::CoHandlingAsked { .. } => "co_handling_asked",
            Self::CoHandlingDecided { .. } => "co_handling_decided",
            Self::CoReplied { .. } => "co_replied",
            Self::CoHandlersLeftOut { .. } => "co_handlers_left_out",
            Self::Returned { .. } => "returned",
            Self::Ruled { .. } => "ruled",
            Self::Paused { .. } => "paused",
            Self::Objected { .. } => "objected",
            Self::ObjectionDecided { .. } => "objection_decided",
            Self::Resumed => "resumed",
            Self::ExtensionAsked { .. } => "extension_asked",
            Self::ExtensionDecided { .. } => "extension_decided",
            Self::ReplySubmitted { .. } => "reply_submitted",
            Self::ReplyDecided { .. } => "reply_decided",
            Self::Replied { .. } => "replied",
            Self::ReplyCorrected { .. } => "reply_corrected",
            Self::CalledBack { .. } => "called_back",
            Self::CommitmentRang { .. } => "commitment_rang",
            Self::CommitmentKept { .. } => "commitment_kept",
            Self::Appealed { .. } => "appealed",
            Self::AppealDecided { .. } => "appeal_decided",
            Self::Supplemented { .. } => "supplemented",
            Self::Urged { .. } => "urged",
            Self::Merged { .. } => "merged",
            Self::Absorbed { .. } => "absorbed",
            Self::Unmerged { .. } => "unmerged",
            Self::Released { .. } => "released",
            Self::Followed { .. } => "followed",
            Self::Answered { .. } => "answered",
            Self::Linked { .. } => "linked",
            Self::Unlinked { .. } => "unlinked",
            Self::SplitOff { .. } => "split_off",
            Self::Referred { .. } => "referred",
            Self::MatterAccepted { .. } => "matter_accepted",
            Self::Instructed { .. } => "instructed",
            Self::MatterJoined { .. } => "matter_joined",
            Self::MatterTookIn { .. } => "matter_took_in",
            Self::MatterDeferred { .. } => "matter_deferred",
            Self::Decided { .. } => "decided",
            Self::TaskReported { .. } => "task_reported",
            Self::TaskDecided { .. } => "task_decided",
            Self::TaskAwaited { .. } => "task_awaited",
            Self::TaskSettled { .. } => "task_settled",
            Self::MatterLeft { .. } => "matter_left",
            Self::Noted { .. } => "noted",
            Self::Messaged { .. } => "messaged",
            Self::Rated { .. } => "rated",
            Self::SentBack { .. } => "sent_back",
            Self::Escalated { .. } => "escalated",
            Self::Explained { .. } => "explained",
            Self::Lifted { .. } => "lifted",
            Self::Moved { .. } => "moved",
            Self::Reruled { .. } => "reruled",
            Self::HandedOver { .. } => "handed_over",
            Self::Closed => "closed",
            Self::Withdrawn { .. } => "withdrawn",
        }
    }
}
