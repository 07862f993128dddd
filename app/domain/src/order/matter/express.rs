//! 市长解难直通车: what the departments cannot solve stands before the mayor's office, is
//! taken for a matter (议题), sent back with an instruction, or decided with a like one
//! (mechanisms 35 and 36). The order keeps its own clocks meanwhile.

use serde::{Deserialize, Serialize};
use serde_json::json;
use strum::{EnumCount, EnumString, IntoStaticStr, VariantArray};

use crate::actor::{Actor, RoleName};
use crate::clock::{Clock, Level};
use crate::codes::codes;
use crate::form::{Kind, Takes, Typed};
use crate::meeting::MeetingNumber;
use crate::order::conclusion::{Conclusion, MainConcluded};
use crate::order::decision::Decision;
use crate::order::event::{Event, Happening, Sight, What, events, nothing};
use crate::order::history::Order;
use crate::order::merge::{self, MergeWish};
use crate::order::stage::Stage;
use crate::order::step::{Attempt, Step, StepName};
use crate::order::task::{self, Awaited};
use crate::order::told::Address;
use crate::order::wish::{Form, Late, Wish, never};
use crate::order::{Number, Reason, told};
use crate::refusal::{Fault, Faults, Field, FieldFault, Refusal};
use crate::rulebook::Rulebook;
use crate::task::{Duty, DutyDraft, Source, Task};
use crate::text::{Line, Prose};
use crate::time::Instant;

/// What the mayor's office must know of a difficulty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Brief {
    /// In one sentence.
    pub difficulty: Line<200>,
    /// What was tried.
    pub tried: Option<Prose<1000>>,
    /// The clause or body that stands in the way.
    pub obstacle: Option<Line<200>>,
    /// The money or the jobs at stake.
    pub stakes: Option<Line<200>>,
}

/// As a form has it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct BriefDraft {
    #[serde(default)]
    pub difficulty: String,
    #[serde(default)]
    pub tried: String,
    #[serde(default)]
    pub obstacle: String,
    #[serde(default)]
    pub stakes: String,
}

/// Where an order stands with the express.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Track {
    Candidate {
        since: Instant,
        /// `None`: the ladder carried it up.
        by: Option<RoleName>,
        brief: Option<Brief>,
    },
    /// With an instruction, which is a task.
    SentBack { since: Instant },
    /// 议题.
    Matter {
        since: Instant,
        brief: Brief,
        /// Whether a meeting has decided about it.
        decided: bool,
        /// Orders that are decided with it.
        joined: Vec<Number>,
    },
    /// Decided with the matter of another order.
    Joined {
        since: Instant,
        main: Number,
        /// Whether that was decided without a task.
        concluded: bool,
    },
}

/// The same in a word, for lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[derive(EnumCount, EnumString, IntoStaticStr, VariantArray)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum ExpressState {
    Candidate,
    /// Taken for a matter, not decided yet.
    Matter,
    /// Decided with another.
    Joined,
    /// Decided; tasks are under way.
    Decided,
    /// Decided without a task, and the order goes on.
    Concluded,
    /// Sent back; what was instructed is under way.
    SentBack,
    /// Nothing of it is open.
    Settled,
}

codes!(ExpressState);

/// What an order is told of the matter that it is decided with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "matter_news", rename_all = "snake_case")]
pub enum MatterNews {
    Given {
        awaited: Awaited,
    },
    Ended {
        main: Number,
        task: u32,
    },
    Concluded {
        main: Number,
        conclusion: Conclusion,
    },
    /// It ended before anything was decided.
    Over {
        main: Number,
    },
}

impl BriefDraft {
    pub fn parse(&self) -> Result<Brief, Refusal> {
        let mut faults = Faults::default();
        let difficulty = faults.keep(Line::parse(Field::Difficulty, &self.difficulty));
        let tried = faults.keep(Prose::parse_optional(Field::Tried, &self.tried));
        let obstacle = faults.keep(Line::parse_optional(Field::Obstacle, &self.obstacle));
        let stakes = faults.keep(Line::parse_optional(Field::Stakes, &self.stakes));
        match (difficulty, tried, obstacle, stakes) {
            (Some(difficulty), Some(tried), Some(obstacle), Some(stakes)) => Ok(Brief {
                difficulty,
                tried,
                obstacle,
                stakes,
            }),
            _ => Err(faults.refusal()),
        }
    }
}

impl Track {
    pub fn since(&self) -> Instant {
        match self {
            Self::Candidate { since, .. }
            | Self::SentBack { since }
            | Self::Matter { since, .. }
            | Self::Joined { since, .. } => *since,
        }
    }

    pub fn brief(&self) -> Option<&Brief> {
        match self {
            Self::Candidate { brief, .. } => brief.as_ref(),
            Self::Matter { brief, .. } => Some(brief),
            Self::SentBack { .. } | Self::Joined { .. } => None,
        }
    }
}

impl ExpressState {
    /// Whether the mayor's office has it in hand.
    pub fn is_under_way(self) -> bool {
        match self {
            Self::Candidate | Self::Matter | Self::Joined | Self::Decided => true,
            Self::SentBack | Self::Concluded | Self::Settled => false,
        }
    }
}

impl Order {
    /// `None` where it has nothing to do with the express.
    pub fn express(&self) -> Option<ExpressState> {
        let track = self.track.as_ref()?;
        let over = self.stage.name().is_final();
        let open = self.tasks.iter().any(Task::is_open);
        Some(match track {
            Track::Candidate { .. }
                if over && self.tasks.is_empty() && self.conclusions.is_empty() =>
            {
                return None;
            }
            Track::Candidate { .. } if !over => ExpressState::Candidate,
            Track::Matter { decided: false, .. } if !over => ExpressState::Matter,
            Track::Matter { .. } if open => ExpressState::Decided,
            Track::Matter { .. } if !over && self.was_concluded() => ExpressState::Concluded,
            Track::Joined {
                concluded: true, ..
            } if !over && self.awaited.is_empty() => ExpressState::Concluded,
            Track::Joined { .. } if !over => ExpressState::Joined,
            Track::SentBack { .. } if open => ExpressState::SentBack,
            Track::Candidate { .. }
            | Track::Matter { .. }
            | Track::Joined { .. }
            | Track::SentBack { .. } => ExpressState::Settled,
        })
    }

    /// Whether what was decided last came without a task.
    fn was_concluded(&self) -> bool {
        let task = self.tasks.last().map(|task| task.seq);
        let last = self.conclusions.last().map(|one| one.seq);
        last > task
    }

    /// Whether it stands before a meeting, or has stood there; what is over is no matter.
    pub fn is_matter(&self) -> bool {
        matches!(self.track, Some(Track::Matter { .. })) && !self.stage.name().is_final()
    }

    fn is_decided(&self) -> bool {
        matches!(self.track, Some(Track::Matter { decided: true, .. }))
    }

    /// The orders that are decided with this one.
    pub fn joined_matters(&self) -> &[Number] {
        match &self.track {
            Some(Track::Matter { joined, .. }) => joined,
            _ => &[],
        }
    }

    pub(in crate::order) fn carried_up(&mut self, event: &Event, level: Level) {
        let free = !self.express().is_some_and(ExpressState::is_under_way);
        if level == Level::Express && free {
            self.track = Some(Track::Candidate {
                since: event.happened_at,
                by: None,
                brief: None,
            });
        }
    }
}

/// Once at a time; an enterprise after its second bad answer.
pub(in crate::order) fn can_refer(order: &Order, actor: &Actor) -> Result<(), Refusal> {
    if order.express().is_some_and(ExpressState::is_under_way) {
        return Err(Refusal::OnTheExpress);
    }
    let twice_bad = matches!(
        &order.stage,
        Stage::Replied { feedback: Some(feedback), .. } if feedback.is_bad()
    );
    if actor.role.enterprise().is_some() && !twice_bad {
        return Err(Refusal::NothingToDecide {
            step: StepName::Refer,
        });
    }
    Ok(())
}

pub(in crate::order) fn can_decide_candidate(order: &Order, step: StepName) -> Result<(), Refusal> {
    match (order.express(), step) {
        (Some(ExpressState::Candidate), _) | (Some(ExpressState::Matter), StepName::Instruct) => {
            Ok(())
        }
        _ => Err(Refusal::NothingToDecide { step }),
    }
}

/// What the mayor's office has taken up is not put away by another's step.
pub(in crate::order) fn not_on_it(order: &Order) -> Result<(), Refusal> {
    match order.express() {
        Some(ExpressState::Matter | ExpressState::Joined | ExpressState::Decided) => {
            Err(Refusal::OnTheExpress)
        }
        Some(
            ExpressState::Candidate
            | ExpressState::SentBack
            | ExpressState::Concluded
            | ExpressState::Settled,
        )
        | None => Ok(()),
    }
}

/// What a meeting has decided stays with those who were there.
pub(in crate::order) fn not_concluded(order: &Order) -> Result<(), Refusal> {
    match order.express() {
        Some(ExpressState::Concluded) if order.is_matter() => Err(Refusal::OnTheExpress),
        _ => Ok(()),
    }
}

pub(in crate::order) fn refer(_: &Attempt<'_>, brief: Brief) -> Result<Vec<What>, Refusal> {
    Ok(vec![What::Referred(Referred { brief })])
}

pub(in crate::order) fn accept(_: &Attempt<'_>, brief: Brief) -> Result<Vec<What>, Refusal> {
    Ok(vec![What::MatterAccepted(MatterAccepted { brief })])
}

pub(in crate::order) fn instruct(at: &Attempt<'_>, duty: Duty) -> Result<Vec<What>, Refusal> {
    let book = at.book;
    let now = at.when.entered;
    owners_stand(at, &duty)?;
    let clock = duty.clock(now, book);
    Ok(vec![What::Instructed(Instructed { duty, clock })])
}

/// `stands`: whether the main order is a matter that is not decided yet, and can take in
/// others.
pub(in crate::order) fn join(
    at: &Attempt<'_>,
    main: Number,
    stands: bool,
    reason: Reason,
) -> Result<Vec<What>, Refusal> {
    let order = at.case;
    let fault = |fault| {
        Refusal::from(FieldFault {
            field: Field::Other,
            fault,
        })
    };
    if main == order.number {
        return Err(fault(Fault::TheSame));
    }
    if !stands {
        return Err(fault(Fault::NotAMatter));
    }
    Ok(vec![What::MatterJoined(MatterJoined { main, reason })])
}

pub(in crate::order) fn take_in(at: &Attempt<'_>, joined: Number) -> Result<Vec<What>, Refusal> {
    let order = at.case;
    is_matter(order, StepName::TakeInMatter)?;
    Ok(vec![What::MatterTookIn(MatterTookIn { order: joined })])
}

/// A meeting puts the decision about a matter off; it stays one.
pub(in crate::order) fn defer(
    at: &Attempt<'_>,
    meeting: MeetingNumber,
    reason: Reason,
) -> Result<Vec<What>, Refusal> {
    let order = at.case;
    is_matter(order, StepName::DeferMatter)?;
    Ok(vec![What::MatterDeferred(MatterDeferred {
        meeting,
        reason,
    })])
}

pub(in crate::order) fn is_matter(order: &Order, step: StepName) -> Result<(), Refusal> {
    match order.track {
        Some(Track::Matter { .. }) => Ok(()),
        _ => Err(Refusal::NothingToDecide { step }),
    }
}

fn owners_stand(at: &Attempt<'_>, duty: &Duty) -> Result<(), FieldFault> {
    let mut bodies = duty.bodies();
    bodies.try_for_each(|body| at.stands(Field::Owner, body))
}

/// A decision about a matter; one that changes another names it.
pub(in crate::order) fn decide(
    at: &Attempt<'_>,
    meeting: MeetingNumber,
    decision: Decision,
) -> Result<Vec<What>, Refusal> {
    let (order, book) = (at.case, at.book);
    let now = at.when.entered;
    owners_stand(at, &decision.duty)?;
    is_matter(order, StepName::Decide)?;
    if let Some(replaced) = decision.replaces {
        let open = order.task(replaced).filter(|task| task.is_open());
        if open.is_none() {
            return Err(FieldFault {
                field: Field::Replaces,
                fault: Fault::Unknown,
            }
            .into());
        }
    }
    let clock = decision.duty.clock(now, book);
    Ok(vec![What::Decided(Decided {
        meeting,
        decision,
        clock,
    })])
}

/// What those who are decided with it are told of what happened to a matter.
pub fn matter_news(event: &Event, order: &Order, book: &Rulebook) -> Vec<MatterNews> {
    let main = order.number;
    let given = |seq: u32| {
        let task = order.task(seq);
        task.map(|task| MatterNews::Given {
            awaited: Awaited {
                main,
                task: seq,
                text: task.duty.text.clone(),
                due: task.due(book).at,
            },
        })
    };
    let ended = |task| MatterNews::Ended { main, task };
    match &event.what {
        What::Decided(Decided { decision, .. }) => {
            let ended = decision.replaces.map(ended);
            given(event.seq).into_iter().chain(ended).collect()
        }
        What::TaskDecided(events::TaskDecided {
            task, done: true, ..
        }) => vec![ended(*task)],
        What::Closed(events::Closed) | What::Withdrawn(_) if !order.is_decided() => {
            vec![MatterNews::Over { main }]
        }
        What::MatterConcluded(events::MatterConcluded { conclusion, .. }) => {
            let conclusion = conclusion.clone();
            vec![MatterNews::Concluded { main, conclusion }]
        }
        // Sent back, it is no matter any more.
        What::Instructed(_) => vec![MatterNews::Over { main }],
        _ => Vec::new(),
    }
}

/// By the program: the news of the matter that the order is decided with.
pub(in crate::order) fn follow(at: &Attempt<'_>, news: MatterNews) -> Result<Vec<What>, Refusal> {
    let order = at.case;
    let step = StepName::FollowMatter;
    if !matches!(order.track, Some(Track::Joined { .. })) {
        return Err(Refusal::NothingToDecide { step });
    }
    Ok(match news {
        MatterNews::Given { awaited } => vec![What::TaskAwaited(TaskAwaited { awaited })],
        MatterNews::Concluded { main, conclusion } => {
            vec![What::MainConcluded(MainConcluded { main, conclusion })]
        }
        MatterNews::Over { main } => vec![What::MatterLeft(MatterLeft { main })],
        MatterNews::Ended { main, task } => {
            let open = order.tasks.iter().filter(|one| one.is_open()).count();
            let others = order.awaited.iter();
            let others = others.filter(|one| (one.main, one.task) != (main, task));
            let last = open + others.count() == 0;
            let settled = What::TaskSettled(TaskSettled { main, task });
            let closed = last.then(|| task::closes(order)).flatten();
            std::iter::once(settled).chain(closed).collect()
        }
    })
}

pub(in crate::order) static REFER: Form = Form {
    files: false,
    late: Late::Never,
    is_said: false,
    fields: &BRIEF,
    can: |at| can_refer(at.case, at.actor),
    due: never,
    read: |typed, _| {
        let brief = BriefDraft::read(typed).parse()?;
        Wish::step(Step::Refer(brief))
    },
};

pub(in crate::order) static ACCEPT: Form = Form {
    files: false,
    late: Late::Never,
    is_said: false,
    fields: &BRIEF,
    can: |at| can_decide_candidate(at.case, StepName::AcceptMatter),
    due: never,
    read: |typed, _| {
        let brief = BriefDraft::read(typed).parse()?;
        Wish::step(Step::AcceptMatter(brief))
    },
};

pub(in crate::order) static INSTRUCT: Form = Form {
    files: false,
    late: Late::Never,
    is_said: false,
    fields: &[
        Takes::needed(Field::TaskText, Kind::Prose(1000)),
        Takes::needed(Field::Owner, Kind::Body),
        Takes::optional(Field::CoOwners, Kind::Bodies),
        Takes::needed(Field::Deadline, Kind::Term),
        Takes::needed(Field::Proof, Kind::Line(200)),
    ],
    can: |at| can_decide_candidate(at.case, StepName::Instruct),
    due: never,
    read: |typed, reading| {
        let duty = DutyDraft::read(typed).parse(reading.now, reading.book)?;
        Wish::step(Step::Instruct(duty))
    },
};

pub(in crate::order) static JOIN: Form = Form {
    files: false,
    late: Late::Never,
    is_said: false,
    fields: &merge::INTO,
    can: |at| can_decide_candidate(at.case, StepName::JoinMatter),
    due: never,
    read: |typed, _| MergeWish::read(typed).map(Wish::JoinMatter),
};

const BRIEF: [Takes; 4] = [
    Takes::needed(Field::Difficulty, Kind::Line(200)),
    Takes::optional(Field::Tried, Kind::Prose(1000)),
    Takes::optional(Field::Obstacle, Kind::Line(200)),
    Takes::optional(Field::Stakes, Kind::Line(200)),
];

impl BriefDraft {
    fn read(typed: &Typed) -> Self {
        let text = |field| typed.get(field).to_owned();
        Self {
            difficulty: text(Field::Difficulty),
            tried: text(Field::Tried),
            obstacle: text(Field::Obstacle),
            stakes: text(Field::Stakes),
        }
    }
}

/// 提请市长解难直通车: a candidate for the express.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Referred {
    pub brief: Brief,
}

pub(in crate::order) static REFERRED: Happening<Referred> = Happening {
    // Who refers what is the administration's own, unless the enterprise does.
    sight: |_| Sight::OwnSide,
    files: false,
    is_talk: false,
    stage: |_, stage, order, _| {
        let free = !order.express().is_some_and(ExpressState::is_under_way);
        on_the_express(stage, free)
    },
    apply: |it, order, event| {
        order.track = Some(Track::Candidate {
            since: event.happened_at,
            by: Some(event.by.role),
            brief: Some(it.brief.clone()),
        });
    },
    told: |_, order| told::lead(order).chain([Address::Office]).collect(),
    json: |it, _| json!(it.brief),
};

/// 列为议题.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MatterAccepted {
    pub brief: Brief,
}

pub(in crate::order) static MATTER_ACCEPTED: Happening<MatterAccepted> = Happening {
    sight: |_| Sight::Everybody,
    files: false,
    is_talk: false,
    stage: |_, stage, order, _| {
        on_the_express(stage, order.express() == Some(ExpressState::Candidate))
    },
    apply: |it, order, event| {
        order.track = Some(Track::Matter {
            since: event.happened_at,
            brief: it.brief.clone(),
            decided: false,
            joined: Vec::new(),
        });
    },
    told: told::to_both,
    json: |it, telling| {
        if telling.is_outside() {
            return json!({"difficulty": it.brief.difficulty});
        }
        json!(it.brief)
    },
};

/// Sent back by the mayor's office, with a task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Instructed {
    pub duty: Duty,
    pub clock: Clock,
}

pub(in crate::order) static INSTRUCTED: Happening<Instructed> = Happening {
    sight: |_| Sight::Offices,
    files: false,
    is_talk: false,
    stage: |_, stage, order, _| {
        let state = order.express();
        let open = matches!(state, Some(ExpressState::Candidate | ExpressState::Matter));
        on_the_express(stage, open)
    },
    apply: |it, order, event| {
        let since = event.happened_at;
        order.track = Some(Track::SentBack { since });
        order.give_task(event, Source::Instruction, &it.duty, None, it.clock);
    },
    told: |it, order| it.duty.addresses().chain(told::lead(order)).collect(),
    json: |it, telling| {
        let mut told = it.duty.json();
        told["due_at"] = json!(telling.due(&it.clock));
        told
    },
};

/// Decided with the matter of another order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MatterJoined {
    pub main: Number,
    pub reason: Reason,
}

pub(in crate::order) static MATTER_JOINED: Happening<MatterJoined> = Happening {
    sight: |_| Sight::Offices,
    files: false,
    is_talk: false,
    stage: |_, stage, order, _| {
        on_the_express(stage, order.express() == Some(ExpressState::Candidate))
    },
    apply: |it, order, event| {
        let (since, main) = (event.happened_at, it.main);
        let concluded = false;
        order.track = Some(Track::Joined {
            since,
            main,
            concluded,
        });
    },
    told: told::to_lead,
    json: |it, _| json!({"into": it.main.to_string(), "reason": it.reason}),
};

/// The matter's side of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MatterTookIn {
    pub order: Number,
}

pub(in crate::order) static MATTER_TOOK_IN: Happening<MatterTookIn> = Happening {
    sight: |_| Sight::Offices,
    files: false,
    is_talk: false,
    stage: as_a_matter,
    apply: |it, order, _| {
        if let Some(Track::Matter { joined, .. }) = &mut order.track {
            joined.push(it.order);
        }
    },
    told: told::nobody,
    json: |it, _| json!({"order": it.order.to_string()}),
};

/// 缓议: a meeting put the decision off.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MatterDeferred {
    pub meeting: MeetingNumber,
    pub reason: Reason,
}

pub(in crate::order) static MATTER_DEFERRED: Happening<MatterDeferred> = Happening {
    sight: |_| Sight::Everybody,
    files: false,
    is_talk: false,
    stage: as_a_matter,
    apply: nothing,
    told: |_, order| {
        let others = [told::enterprise(order), Address::Office];
        told::lead(order).chain(others).collect()
    },
    json: |it, telling| {
        if telling.is_outside() {
            return json!({"meeting": it.meeting.to_string()});
        }
        json!({"meeting": it.meeting.to_string(), "reason": it.reason})
    },
};

/// 议定事项.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decided {
    pub meeting: MeetingNumber,
    pub decision: Decision,
    pub clock: Clock,
}

pub(in crate::order) static DECIDED: Happening<Decided> = Happening {
    sight: |_| Sight::Everybody,
    files: false,
    is_talk: false,
    stage: as_a_matter,
    apply: |it, order, event| {
        let meeting = it.meeting;
        let source = Source::Decision { meeting };
        let basis = it.decision.basis.clone();
        order.give_task(event, source, &it.decision.duty, basis, it.clock);
        if let Some(replaced) = it.decision.replaces {
            order.replace_task(event, replaced);
        }
        if let Some(Track::Matter { decided, .. }) = &mut order.track {
            *decided = true;
        }
    },
    told: |it, order| {
        let others = [told::enterprise(order), Address::Supervision];
        let owners = it.decision.duty.addresses();
        owners.chain(told::lead(order)).chain(others).collect()
    },
    json: |it, telling| {
        let mut told = it.decision.duty.json();
        told["meeting"] = json!(it.meeting.to_string());
        told["basis"] = json!(it.decision.basis);
        told["replaces"] = json!(it.decision.replaces);
        told["due_at"] = json!(telling.due(&it.clock));
        told
    },
};

/// The matter that it is decided with has a task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaskAwaited {
    pub awaited: Awaited,
}

pub(in crate::order) static TASK_AWAITED: Happening<TaskAwaited> = Happening {
    sight: |_| Sight::Offices,
    files: false,
    is_talk: false,
    stage: with_a_matter,
    apply: |it, order, _| order.awaited.push(it.awaited.clone()),
    told: told::to_lead,
    json: |it, _| {
        json!({
            "main": it.awaited.main.to_string(),
            "task": it.awaited.task,
            "text": it.awaited.text,
        })
    },
};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaskSettled {
    pub main: Number,
    pub task: u32,
}

pub(in crate::order) static TASK_SETTLED: Happening<TaskSettled> = Happening {
    sight: |_| Sight::Offices,
    files: false,
    is_talk: false,
    stage: with_a_matter,
    apply: |it, order, _| {
        let settled = (it.main, it.task);
        order.awaited.retain(|one| (one.main, one.task) != settled);
    },
    told: told::nobody,
    json: |it, _| json!({"main": it.main.to_string(), "task": it.task}),
};

/// The matter ended before it was decided: a candidate by itself again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MatterLeft {
    pub main: Number,
}

pub(in crate::order) static MATTER_LEFT: Happening<MatterLeft> = Happening {
    sight: |_| Sight::Offices,
    files: false,
    is_talk: false,
    stage: with_a_matter,
    apply: |_, order, event| {
        order.track = Some(Track::Candidate {
            since: event.happened_at,
            by: None,
            brief: None,
        });
    },
    told: |_, order| told::lead(order).chain([Address::Office]).collect(),
    json: |it, _| json!({"main": it.main.to_string()}),
};

/// What happens on the express leaves the order where it stands.
fn on_the_express(stage: Stage, can_follow: bool) -> Option<Stage> {
    (can_follow && task::can_take(stage.name())).then_some(stage)
}

pub(in crate::order) fn as_a_matter<E>(
    _: &E,
    stage: Stage,
    order: &Order,
    _: &Event,
) -> Option<Stage> {
    on_the_express(stage, matches!(order.track, Some(Track::Matter { .. })))
}

pub(in crate::order) fn with_a_matter<E>(
    _: &E,
    stage: Stage,
    order: &Order,
    _: &Event,
) -> Option<Stage> {
    on_the_express(stage, matches!(order.track, Some(Track::Joined { .. })))
}
