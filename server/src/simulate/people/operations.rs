//! What the invented people do, and what the oracle is told of it.

use chrono::{Days, NaiveDate};
use domain::order::{
    Asked, BriefDraft, Call, CoHandling, Complexity, Conclusion, ExpressState, Overview,
    PauseDraft, PauseWish, Rating, RatingLevel, Reply, ReplyKind, Return, StageName, Step, Verdict,
};
use domain::task::{Duty, DutyDraft, TaskLine};
use domain::text::{Line, Prose};
use domain::{BodyCode, Field};

use super::super::SimulationError;
use super::super::life::{Act, BODIES, Life, Operation};
use super::super::oracle::{self, Minute, Oracle, reply_days};
use super::{Case, DAY, HOUR, Task, Town};

impl Town {
    /// Who does what next with an order; `None`: it is over.
    pub(super) fn choose(
        &mut self,
        order: usize,
        read: Minute,
        life: &Life,
    ) -> Result<Option<(&'static str, Operation)>, SimulationError> {
        if let Some(found) = self.beside(order, life)? {
            return Ok(Some(found));
        }
        let step = self.step(order, read);
        Ok(step.map(|(who, step)| (who, Operation::Step(step))))
    }

    /// What happens beside an order's own way: merges, splits, the express, tasks.
    fn beside(
        &mut self,
        order: usize,
        life: &Life,
    ) -> Result<Option<(&'static str, Operation)>, SimulationError> {
        let roll = self.rng.u8(0..100);
        let other = self.rng.usize(0..self.orders.len());
        let duty = self.duty();
        let case = &self.orders[order];
        let reason = || text("情况如此");
        let is_young = matches!(
            case.stage,
            StageName::Submitted | StageName::Dispatched | StageName::InHand
        );
        if case.stage == StageName::Merged {
            let unmerge = Operation::Unmerge { reason: reason() };
            return Ok(Some(("centre", unmerge)));
        }
        if let Some(task) = case.tasks.iter().find(|task| task.reported)
            && roll < 60
        {
            let done = roll < 40;
            let step = Step::ConfirmTask {
                task: task.seq,
                done,
                reason: (!done).then(reason),
            };
            return Ok(Some(("office", Operation::Step(step))));
        }
        if let Some(task) = case.tasks.iter().find(|task| !task.reported)
            && roll < 20
        {
            let report = Step::ReportTask {
                task: task.seq,
                text: said(),
            };
            return Ok(Some((task.owner, Operation::Step(report))));
        }
        let operation = match (case.express, roll) {
            (Some(ExpressState::Candidate), 0..30) => ("office", Step::AcceptMatter(brief()?)),
            (Some(ExpressState::Candidate), 30..60) | (Some(ExpressState::Matter), 0..5) => {
                ("office", Step::Instruct(instruction(&duty)))
            }
            (None, 96..) if case.stage == StageName::InHand => ("deputy", Step::Refer(brief()?)),
            (_, 90..94) if is_young => {
                // One that was placed about the same time.
                let near = &self.orders[other];
                let merge = near.number.filter(|_| near.merged_into.is_none());
                let merge = merge.map(|into| {
                    let reason = reason();
                    ("centre", Operation::Merge { into, reason })
                });
                return Ok(merge);
            }
            (_, 94..96) if is_young => {
                return Ok(Some(("centre", Operation::Split(life.portion()?))));
            }
            _ => return Ok(None),
        };
        Ok(Some((operation.0, Operation::Step(operation.1))))
    }

    /// What a body is told to do.
    pub(super) fn duty(&mut self) -> DutyDraft {
        let days = self.rng.u16(1..12);
        DutyDraft {
            text: "落实用地指标".into(),
            proof: "批复文件".into(),
            owner: BODIES[self.rng.usize(0..BODIES.len())].into(),
            co_owners: Vec::new(),
            deadline: days.to_string(),
        }
    }

    fn step(&mut self, order: usize, read: Minute) -> Option<(&'static str, Step)> {
        let roll = self.rng.u8(0..100);
        let co_roll = self.rng.u8(0..100);
        let other = BODIES[self.rng.usize(0..BODIES.len())];
        let days = self.rng.u16(1..8);
        let case = &self.orders[order];
        let reason = || text("情况如此");
        let promised = (co_roll.is_multiple_of(4)).then(|| after(read, i64::from(days) * 5));
        let waits = case.parts.iter().any(|body| *body != case.lead);
        let yes = |granted: bool| (granted, (!granted).then(reason));
        if roll == 99 && !matches!(case.stage, StageName::Replied) && !case.stage.is_final() {
            return Some(("firm", Step::Withdraw { reason: reason() }));
        }
        if matches!(case.stage, StageName::InHand | StageName::Rework) {
            if let (Some(body), 0..45) = (case.parts.first(), co_roll) {
                return Some((body, Step::CoReply { text: said() }));
            }
            if (90..).contains(&co_roll) {
                return Some(("centre", Step::AddCoHandler(part_of(other))));
            }
        }
        Some(match case.stage {
            StageName::Submitted if roll < 3 => ("centre", Step::Decline { reason: reason() }),
            StageName::Submitted => (
                "centre",
                Step::Dispatch {
                    department: BodyCode::new(case.lead),
                    complexity: complexity(case.complexity),
                    co_handlers: Some(part_of(other))
                        .filter(|part| co_roll < 20 && part.body.as_str() != case.lead)
                        .into_iter()
                        .collect(),
                },
            ),
            StageName::Dispatched if case.returned => (
                "centre",
                Step::Rule {
                    department: BodyCode::new(other),
                    reason: reason(),
                },
            ),
            StageName::Dispatched if roll < 12 => (
                case.lead,
                Step::Return(Return {
                    reason: reason(),
                    clause: text("三定方案第五条"),
                    propose: None,
                }),
            ),
            StageName::Dispatched if roll < 20 => ("centre", Step::Recall { reason: reason() }),
            StageName::Dispatched => (case.lead, Step::Take),
            StageName::InHand if (84..88).contains(&co_roll) && other != case.lead => (
                "centre",
                Step::Reassign {
                    department: BodyCode::new(other),
                    reason: reason(),
                },
            ),
            StageName::InHand | StageName::Rework => match case.asked {
                Some(_) if roll < 80 => {
                    let (granted, reason) = yes(roll < 60);
                    let who = if case.extensions == 0 {
                        "centre"
                    } else {
                        "deputy"
                    };
                    (who, Step::DecideExtension { granted, reason })
                }
                None if roll < 18 => {
                    let reason = reason();
                    (case.lead, Step::Extend(Asked { days, reason }))
                }
                Some(_) | None if roll < 40 => {
                    let supplement = roll.is_multiple_of(2);
                    let until = roll.is_multiple_of(3).then(|| after(read, i64::from(days)));
                    let draft = PauseDraft {
                        kind: if supplement { "supplement" } else { "special" }.into(),
                        reason: "情况如此".into(),
                        basis: "行政许可法".into(),
                        evidence: String::new(),
                        until: until.map(|day| day.to_string()).unwrap_or_default(),
                        things: String::new(),
                    };
                    (case.lead, Step::Pause(PauseWish::parse(&draft).ok()?))
                }
                Some(_) | None => (case.lead, reply(waits, promised)),
            },
            StageName::Paused => match case.objected {
                Some(_) if roll < 70 => {
                    let (upheld, reason) = yes(roll < 35);
                    ("centre", Step::DecideObjection { upheld, reason })
                }
                None if roll < 20 => ("firm", Step::Object { reason: reason() }),
                Some(_) | None if roll < 45 && case.supplement => {
                    ("firm", Step::Supplement { text: said() })
                }
                Some(_) | None if roll < 60 => (case.lead, Step::Resume),
                Some(_) | None => (case.lead, reply(waits, promised)),
            },
            StageName::Closed if case.promised && co_roll < 70 => {
                let reply = case.promise.to_string();
                (case.lead, Step::keep_commitment(&reply, "已兑现").ok()?)
            }
            StageName::Replied if case.promised && co_roll < 10 => {
                let reply = case.promise.to_string();
                (case.lead, Step::keep_commitment(&reply, "已兑现").ok()?)
            }
            StageName::Replied if (60..70).contains(&co_roll) => {
                let (kind, text) = (ReplyKind::Explained, said());
                let reply = Reply { kind, text };
                let reason = reason();
                (case.lead, Step::CorrectReply { reply, reason })
            }
            StageName::Replied if (70..).contains(&co_roll) => {
                let outcome = match co_roll {
                    70..80 => "not_solved",
                    80..90 => "not_reached",
                    _ => "solved",
                };
                (
                    "centre",
                    Step::CallBack(Call::parse(outcome, "企业说").ok()?),
                )
            }
            // Silence; after the time to rate the centre strikes it off.
            StageName::Replied if roll < 30 => ("centre", Step::Close),
            StageName::Replied if case.cycle == 2 && roll > 90 => ("deputy", Step::Close),
            StageName::Replied => {
                let level = if roll < 55 {
                    RatingLevel::Dissatisfied
                } else {
                    RatingLevel::Satisfied
                };
                let comment = None;
                ("firm", Step::Rate(Rating { level, comment }))
            }
            StageName::Declined | StageName::Closed | StageName::Withdrawn | StageName::Merged => {
                return None;
            }
        })
    }

    /// Tells the oracle what was done; it does not see what the engine made of it.
    pub(super) fn take_note(
        &mut self,
        order: usize,
        act: &Act,
        overview: &Overview,
        oracle: &mut Oracle,
    ) {
        oracle.is_acted_on(order, act.now);
        let step = match &act.operation {
            Operation::Step(step) => step,
            Operation::Split(_) => {
                self.splits(order, act.now, overview, oracle);
                return;
            }
            Operation::Merge { into, .. } => {
                let mut all = self.orders.iter();
                let main = all.position(|case| case.number == Some(*into));
                let case = &mut self.orders[order];
                case.see(overview);
                case.merged_into = main;
                case.last = act.now.max(case.last);
                main.into_iter()
                    .for_each(|main| oracle.is_acted_on(main, act.now));
                oracle.merges(order, act.now);
                return;
            }
            Operation::Unmerge { .. } => {
                let case = &mut self.orders[order];
                case.see(overview);
                let main = case.merged_into.take();
                case.last = act.now.max(case.last);
                main.into_iter()
                    .for_each(|main| oracle.is_acted_on(main, act.now));
                oracle.unmerges(order, act.now);
                return;
            }
            // It gives nobody time.
            Operation::Conclude { .. } => {
                let case = &mut self.orders[order];
                case.see(overview);
                case.last = act.now.max(case.last);
                return;
            }
            Operation::Decide { .. } => {
                let case = &mut self.orders[order];
                case.see(overview);
                case.last = act.now.max(case.last);
                case.gets_task(order, overview.tasks.last(), act.now, oracle);
                return;
            }
        };
        let elsewhere = BODIES[self.rng.usize(0..BODIES.len())];
        let case = &mut self.orders[order];
        let at = act.happened.unwrap_or(act.now.max(case.last));
        // The clocks of others start when a late entry is made.
        let entered = act.happened.map_or(at, |_| act.now);
        case.last = at;
        case.see(overview);
        let taking = oracle::taking(case.urgency);
        match step {
            Step::Refer(_) | Step::AcceptMatter(_) => {}
            Step::Instruct(_) => case.gets_task(order, overview.tasks.last(), entered, oracle),
            Step::ReportTask { task, .. } => {
                if let Some(task) = case.tasks.iter_mut().find(|one| one.seq == *task) {
                    task.reported = true;
                    oracle.reports_task(order, task.known, at);
                }
            }
            Step::ConfirmTask { task, done, .. } => {
                let found = case.tasks.iter_mut().find(|one| one.seq == *task);
                if let Some(task) = found {
                    task.reported = false;
                    oracle.judges_task(order, task.known, at, *done);
                }
                if *done {
                    case.tasks.retain(|one| one.seq != *task);
                }
            }
            Step::Dispatch { co_handlers, .. } => {
                oracle.ends(order, "triage");
                oracle.starts(order, "take", entered, taking);
                let days = reply_days(case.urgency, case.complexity);
                oracle.starts(order, "resolve", entered, oracle::Limit::Days(days));
                oracle.leads(order, case.lead);
                for part in co_handlers {
                    let body = known_body(part.body.as_str());
                    case.parts.push(body);
                    oracle.joins(order, body, entered);
                }
            }
            Step::Recall { .. } => {
                case.parts.clear();
                case.lead = elsewhere;
                oracle.is_recalled(order);
                oracle.starts(order, "triage", entered, oracle::Limit::Days(1));
            }
            Step::Reassign { department, .. } => {
                case.parts.clear();
                case.lead = known_body(department.as_str());
                case.asked = None;
                case.extensions = 0;
                oracle.is_reassigned(order);
                oracle.starts(order, "take", entered, taking);
                let days = reply_days(case.urgency, case.complexity);
                oracle.starts(order, "resolve", entered, oracle::Limit::Days(days));
                oracle.leads(order, case.lead);
            }
            // What had been promised is taken back with it.
            Step::CorrectReply { .. } => {
                case.promised = false;
                oracle.keeps_its_promise(order);
            }
            Step::AddCoHandler(part) => {
                let body = known_body(part.body.as_str());
                case.parts.push(body);
                oracle.joins(order, body, entered);
            }
            Step::CoReply { .. } => {
                case.parts.retain(|body| *body != act.who);
                oracle.replies_to_the_lead(order, act.who);
            }
            Step::Take => oracle.ends(order, "take"),
            Step::Return(_) => {
                case.returned = true;
                oracle.ends(order, "take");
                oracle.is_returned(order);
                oracle.starts(order, "ruling", entered, oracle::Limit::Days(1));
            }
            Step::Rule { department, .. } => {
                case.returned = false;
                case.lead = known_body(department.as_str());
                oracle.leads(order, case.lead);
                oracle.ends(order, "ruling");
                oracle.starts(order, "take", entered, taking);
            }
            Step::Pause(wish) => {
                case.objected = None;
                case.supplement = wish.kind.code() == "supplement";
                let days = match wish.kind.code() {
                    "supplement" => 10,
                    _ => 30,
                };
                oracle.pauses(order, at, days, wish.until);
            }
            Step::Resume | Step::Supplement { .. } => oracle.resumes(order, at),
            Step::Object { .. } => case.objected = Some(true),
            Step::DecideObjection { upheld, .. } => {
                // Decided: the pause cannot be objected to again.
                case.objected = None;
                if *upheld {
                    oracle.resumes(order, at);
                }
            }
            Step::Extend(asked) => case.asked = Some(asked.days),
            Step::DecideExtension { granted, .. } => {
                let days = case.asked.take().unwrap_or(0);
                if *granted {
                    case.extensions += 1;
                    oracle.extends(order, days.into());
                }
            }
            Step::Reply { reply, .. } => {
                if let ReplyKind::Planned { until } = &reply.kind {
                    case.promised = true;
                    case.promise = overview.version;
                    oracle.promises(order, act.now.max(at), *until);
                }
                case.parts.clear();
                oracle.parts_end(order);
                case.asked = None;
                oracle.ends(order, "resolve");
                oracle.ends(order, "rework");
                // Those joined to it are answered with it, and stay so.
                let all = self.orders.iter_mut();
                let joined = all.filter(|one| one.merged_into == Some(order));
                joined.for_each(|one| one.merged_into = None);
            }
            Step::Rate(_) | Step::CallBack(_) if overview.stage == StageName::Rework => {
                case.cycle = 2;
                case.extensions = 0;
                case.promised = false;
                oracle.is_sent_back(order);
                oracle.starts(order, "rework", entered, oracle::Limit::Days(5));
            }
            // Nobody is under a clock with levels then.
            Step::CallBack(_) | Step::Rate(_) | Step::Close => {}
            Step::KeepCommitment { .. } => {
                case.promised = false;
                oracle.keeps_its_promise(order);
            }
            _ => {
                oracle.is_over(order);
                // What was joined to it stands by itself again.
                for (joined, case) in self.orders.iter_mut().enumerate() {
                    if case.merged_into == Some(order) {
                        case.merged_into = None;
                        oracle.unmerges(joined, act.now);
                    }
                }
            }
        }
    }

    /// The part is an order by itself, and the whole goes on.
    fn splits(&mut self, whole: usize, now: Minute, part: &Overview, oracle: &mut Oracle) {
        let case = &mut self.orders[whole];
        case.last = now.max(case.last);
        let (urgency, complexity) = (case.urgency, case.complexity);
        let mut new = Case::new(now, urgency, complexity, case.lead);
        new.number = Some(part.number);
        new.see(part);
        let order = self.orders.len();
        self.orders.push(new);
        oracle.splits(whole, order, now);
        let delay = self.delay(10..600);
        self.wake(order, now + delay);
    }

    /// How long until somebody looks at the order again.
    pub(super) fn next(&mut self, order: usize) -> Minute {
        let case = &self.orders[order];
        let (stage, urgency, kind) = (case.stage, case.urgency, case.complexity);
        match stage {
            StageName::InHand | StageName::Rework => {
                let days = i64::from(reply_days(urgency, kind));
                let most = days * DAY * 3 / 4;
                self.delay(30..most.max(DAY))
            }
            StageName::Paused => self.delay(HOUR..9 * DAY),
            StageName::Replied => self.delay(2 * HOUR..6 * DAY),
            StageName::Closed => self.delay(5 * DAY..60 * DAY),
            _ => self.delay(10..500),
        }
    }

    /// Mostly in time, sometimes days later, rarely silent for weeks.
    pub(super) fn delay(&mut self, usual: std::ops::Range<Minute>) -> Minute {
        match self.rng.u8(0..100) {
            0..80 => self.rng.i64(usual),
            80..95 => self.rng.i64(DAY..5 * DAY),
            _ => self.rng.i64(8 * DAY..40 * DAY),
        }
    }
}

impl Case {
    fn gets_task(
        &mut self,
        order: usize,
        task: Option<&TaskLine>,
        at: Minute,
        oracle: &mut Oracle,
    ) {
        let Some(task) = task else { return };
        let known = oracle.gives_task(order, at, task.duty.days.into());
        self.tasks.push(Task {
            seq: task.seq,
            owner: known_body(task.duty.owner.as_str()),
            reported: false,
            known,
        });
    }
}

/// Says why without those who have not replied yet; some promise a day.
fn reply(waits: bool, promised: Option<NaiveDate>) -> Step {
    let without = waits.then(|| text("情况如此"));
    let until = promised.map(|day| day.to_string()).unwrap_or_default();
    let kind = if promised.is_some() {
        "planned"
    } else {
        "solved"
    };
    match Reply::parse(kind, "已办结", &until, "") {
        Ok(reply) => Step::Reply { reply, without },
        // The text is right; a refusal of it would show as an order never replied to.
        Err(_) => Step::Close,
    }
}

fn part_of(body: &str) -> CoHandling {
    CoHandling {
        body: BodyCode::new(body),
        task: None,
    }
}

/// The code among those of the simulation, which live as long as it does.
fn known_body(code: &str) -> &'static str {
    let found = BODIES.iter().find(|body| **body == code);
    found.copied().unwrap_or(BODIES[0])
}

pub(super) fn said<const MAX: usize>() -> Prose<MAX> {
    Prose::parse(Field::ReplyText, "已办").unwrap_or_else(|_| unreachable!("the text is right"))
}

fn brief() -> Result<domain::order::Brief, domain::Refusal> {
    let draft = BriefDraft {
        difficulty: "用地指标跨市调剂".into(),
        ..BriefDraft::default()
    };
    draft.parse()
}

fn instruction(draft: &DutyDraft) -> Duty {
    let right = "the text is right";
    Duty {
        text: Prose::parse(Field::TaskText, &draft.text)
            .unwrap_or_else(|_| unreachable!("{right}")),
        proof: Line::parse(Field::Proof, &draft.proof).unwrap_or_else(|_| unreachable!("{right}")),
        owner: BodyCode::new(draft.owner.as_str()),
        co_owners: Vec::new(),
        days: draft.deadline.parse().unwrap_or(1),
        moved_from: None,
    }
}

/// What a meeting holds of a matter without giving anybody a task.
pub(super) fn conclusion() -> Conclusion {
    Conclusion {
        verdict: Verdict::Agreed,
        opinion: text("原则同意"),
        basis: None,
    }
}

pub(super) fn text<const MAX: usize>(text: &str) -> Prose<MAX> {
    Prose::parse(Field::Reason, text).unwrap_or_else(|_| unreachable!("the text is right"))
}

fn complexity(code: &str) -> Complexity {
    Complexity::parse(code).unwrap_or(Complexity::Ordinary)
}

/// The day `days` after the one that a clock shows.
fn after(read: Minute, days: i64) -> NaiveDate {
    let days = u64::try_from(read.div_euclid(DAY) + days).unwrap_or(0);
    let epoch = NaiveDate::from_ymd_opt(1970, 1, 1).unwrap_or_default();
    epoch.checked_add_days(Days::new(days)).unwrap_or(epoch)
}
