//! The program as it lives and dies: a store in a folder, opened by a runtime of its
//! own, that can be stopped, restarted, or cut off in the middle of whatever it does.

use domain::order::events;
use std::collections::HashMap;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use domain::case::History as _;
use domain::meeting::{MeetingNumber, MeetingStep, MeetingWish, PlanDraft};
use domain::order::escalation::Cause;
use domain::order::merge::MergeWish;
use domain::order::placement::Draft;
use domain::order::{Conclusion, Number, Overview, Placement, Portion, Reason, Step, Told, What};
use domain::task::{DutyDraft, GivingDraft, TaskCase, TaskNumber, TaskStep, TaskWhat};
use domain::time::Notice;
use domain::time::notice::{Kind, NoticeRow};
use domain::{Actor, BodyCode, Instant, Refusal, Role};
use store::people::{self, NewPerson};
use store::{Context, Store, calendars, cases, meetings, notices, orders, tasks};
use tokio::runtime::Runtime;

use super::oracle::Minute;
use super::people::tasks::is_told;
use super::{Plan, SimulationError};

/// The bodies that orders are dispatched to.
pub const BODIES: [&str; 4] = ["gd", "zjj", "zrzy", "laiji"];

/// Days of a notice, and whether they are worked.
pub type Days = Vec<(NaiveDate, bool)>;

pub struct Life {
    folder: PathBuf,
    engine_knows: fn(bool) -> bool,
    /// `None` only between a stop and the start after it.
    running: Option<Running>,
    actors: HashMap<&'static str, Actor>,
}

struct Running {
    runtime: Runtime,
    store: Store,
}

/// What the history of an order says, for the judge.
pub struct History {
    pub version: u32,
    /// Clock, cycle, round, level, and when.
    pub fired: Vec<(&'static str, u32, u32, &'static str, Minute)>,
    /// Events that the supervision office was to be told of.
    pub told_to_supervision: u64,
}

/// What somebody does.
#[derive(Debug)]
pub struct Act {
    pub who: &'static str,
    pub now: Minute,
    /// Where it is entered afterwards.
    pub happened: Option<Minute>,
    pub number: Number,
    pub operation: Operation,
}

/// A step on one order, or on two.
#[derive(Debug, Clone)]
pub enum Operation {
    Step(Step),
    Merge {
        into: Number,
        reason: Reason,
    },
    Unmerge {
        reason: Reason,
    },
    Split(Portion),
    Decide {
        meeting: MeetingNumber,
        duty: DutyDraft,
    },
    Conclude {
        meeting: MeetingNumber,
        conclusion: Conclusion,
    },
}

impl Life {
    pub fn begin(folder: &Path, plan: &Plan) -> Result<Self, SimulationError> {
        let mut life = Self {
            folder: folder.to_owned(),
            engine_knows: plan.engine_knows,
            running: Some(Running::open(folder)?),
            actors: HashMap::new(),
        };
        life.settle()?;
        if let Some(tamper) = plan.tamper {
            life.stop();
            tamper(folder);
            life.running = Some(Running::open(folder)?);
        }
        Ok(life)
    }

    fn settle(&mut self) -> Result<(), SimulationError> {
        let Running { runtime, store } = self.running()?;
        let name = "溪岚新材（虚构）".to_owned();
        let laiji = BodyCode::new("laiji");
        let begins = Instant::UNIX_EPOCH;
        let made = people::enterprise_named(store, name, laiji, None, begins);
        let enterprise = runtime.block_on(made)?;
        let centre = BodyCode::new("tjz");
        let mut actors = HashMap::new();
        let mut roles = vec![
            (
                "firm",
                Role::Enterprise {
                    enterprise,
                    manages: true,
                },
            ),
            ("centre", Role::Centre { body: centre }),
            ("supervision", Role::Supervision),
            ("deputy", Role::Deputy),
            ("office", Role::Office),
            ("mayor", Role::Mayor),
            ("admin", Role::SystemAdmin),
        ];
        roles.extend(BODIES.map(|code| {
            let body = BodyCode::new(code);
            (code, Role::Handler { body })
        }));
        for (name, role) in roles {
            let person = NewPerson {
                name: name.to_owned(),
                display: name.to_owned(),
                phone: String::new(),
                password_hash: String::new(),
                given_at: None,
                role,
            };
            runtime.block_on(people::add(store, person, begins))?;
            if let Some(person) = runtime.block_on(people::by_name(store, name))? {
                actors.insert(name, person.actor);
            }
        }
        self.actors = actors;
        Ok(())
    }

    fn running(&self) -> Result<&Running, SimulationError> {
        self.running.as_ref().ok_or(SimulationError::Stopped)
    }

    fn context(&self, who: &str, now: Minute) -> Result<Context, SimulationError> {
        let actor = self.actors.get(who).cloned();
        let actor = actor.unwrap_or_else(Actor::clockwork);
        Ok(Context::new(
            self.running()?.store.clone(),
            actor,
            instant(now),
        ))
    }

    pub fn place(&self, now: Minute, urgency: &str) -> Result<Overview, SimulationError> {
        let ctx = self.context("firm", now)?;
        let draft = Draft {
            title: "扩建厂房用地指标不足".into(),
            content: "二期扩建需工业用地。".into(),
            category: "land".into(),
            urgency: urgency.into(),
            township: "laiji".into(),
            project: String::new(),
            meeting: String::new(),
            contact_name: "王敏".into(),
            contact_phone: "13800000000".into(),
        };
        let placement = Placement::parse(&draft, &ctx.book.directory)?;
        let placed = orders::place(&ctx, placement, None);
        Ok(self.running()?.runtime.block_on(placed)?)
    }

    /// What a part of an order asks for that becomes one by itself.
    pub fn portion(&self) -> Result<Portion, SimulationError> {
        let directory = &self.running()?.store.book().directory;
        Ok(Portion::parse(
            "扩建用电",
            "另需增容。",
            "utility",
            directory,
        )?)
    }

    /// The rules' refusal is an answer, not a failure.
    pub fn act(&self, act: &Act) -> Result<Result<Overview, store::Error>, SimulationError> {
        let ctx = self.context(act.who, act.now)?;
        Ok(self.running()?.runtime.block_on(perform(&ctx, act)))
    }

    pub fn sweep(&self, now: Minute) -> Result<(), SimulationError> {
        let sweep = orders::sweep(&self.running()?.store, instant(now));
        self.running()?.runtime.block_on(sweep)?;
        Ok(())
    }

    /// The supervision office gives a body a task by itself.
    pub fn give(&self, now: Minute, owner: &str, days: u16) -> Result<TaskNumber, SimulationError> {
        let ctx = self.context("supervision", now)?;
        let draft = GivingDraft {
            title: "用地核查".into(),
            duty: DutyDraft {
                text: "核查用地情况".into(),
                proof: "核查报告".into(),
                owner: owner.into(),
                co_owners: Vec::new(),
                deadline: days.to_string(),
            },
            basis: String::new(),
        };
        let given = tasks::give(&ctx, draft, Vec::new());
        Ok(self.running()?.runtime.block_on(given)?)
    }

    /// Answers the version after it. The rules' refusal is an answer, not a failure.
    pub fn on_task(
        &self,
        who: &str,
        now: Minute,
        task: TaskNumber,
        step: TaskStep,
    ) -> Result<Result<u32, Refusal>, SimulationError> {
        let ctx = self.context(who, now)?;
        let done = self.running()?.runtime.block_on(async {
            tasks::carry_out(&ctx, task, step).await?;
            cases::find::<TaskCase>(&ctx, &task.to_string()).await
        });
        match done {
            Err(store::Error::Refused(refusal)) => Ok(Err(refusal)),
            done => Ok(Ok(done?.case.version())),
        }
    }

    /// What the history of a task says.
    pub fn task_history(&self, task: TaskNumber) -> Result<Option<History>, SimulationError> {
        let ctx = self.context("supervision", 0)?;
        let number = task.to_string();
        let found = cases::find::<TaskCase>(&ctx, &number);
        let found = match self.running()?.runtime.block_on(found) {
            Ok(found) => found,
            Err(store::Error::NotFound) => return Ok(None),
            Err(error) => return Err(error.into()),
        };
        let mut history = History {
            version: found.case.version(),
            fired: Vec::new(),
            told_to_supervision: 0,
        };
        let mut round = 0;
        for event in &found.events {
            history.told_to_supervision += u64::from(is_told(&event.what));
            match &event.what {
                TaskWhat::Rescheduled(_) => round += 1,
                TaskWhat::Escalated(it) => {
                    let at = minute(event.happened_at);
                    history.fired.push(("task", 0, round, it.level.code(), at));
                }
                _ => {}
            }
        }
        Ok(Some(history))
    }

    /// The mayor's office calls a meeting for the same day, puts these matters on its
    /// agenda and opens it. Answers those that are on it.
    pub fn open_meeting(
        &self,
        now: Minute,
        matters: &[Number],
    ) -> Result<(MeetingNumber, Vec<Number>), SimulationError> {
        let ctx = self.context("office", now)?;
        let runtime = &self.running()?.runtime;
        runtime.block_on(async {
            let chairs = meetings::chairs(&ctx).await?;
            let draft = PlanDraft {
                kind: "coordination".into(),
                title: "联审联批工作协调会".into(),
                starts_at: domain::time::rfc3339(instant(now + 1)),
                minutes: "60".into(),
                place: "三楼会议室".into(),
                chair: chairs.first().map_or(0, |(user, _)| *user).to_string(),
                bodies: BODIES.map(str::to_owned).into(),
                enterprises: String::new(),
                day_off: "yes".into(),
                held: String::new(),
            };
            let meeting = meetings::call(&ctx, draft).await?;
            let mut on_it = Vec::new();
            for matter in matters {
                let (matter, minutes) = (*matter, 10);
                let put_on = MeetingWish::PutOn { matter, minutes };
                match meetings::carry_out(&ctx, meeting, put_on).await {
                    Ok(()) => on_it.push(matter),
                    // Decided with another, or over, meanwhile.
                    Err(store::Error::Refused(_)) => {}
                    Err(error) => return Err(error.into()),
                }
            }
            for step in [MeetingStep::Invite, MeetingStep::Open] {
                meetings::carry_out(&ctx, meeting, MeetingWish::Step(step)).await?;
            }
            Ok((meeting, on_it))
        })
    }

    /// Publishes a notice as an administrator does.
    pub fn publish(&self, now: Minute, days: &[(NaiveDate, bool)]) -> Result<(), SimulationError> {
        let known = days
            .iter()
            .filter(|(_, worked)| (self.engine_knows)(*worked));
        let rows = known.zip(2..).map(|((day, worked), row)| NoticeRow {
            row,
            date: day.to_string(),
            name: "假日".to_owned(),
            kind: if *worked { Kind::Work } else { Kind::Off }
                .name()
                .to_owned(),
        });
        let rows: Vec<NoticeRow> = rows.collect();
        // The invented notices are right; one that is not would be missing and found out.
        let Ok(notice) = Notice::from_rows(&rows) else {
            return Ok(());
        };
        let ctx = self.context("admin", now)?;
        let applied = calendars::apply(&ctx, notice, true);
        self.running()?.runtime.block_on(applied)?;
        Ok(())
    }

    /// The notices that an empty directory begins with, by their years.
    pub fn first_notices(&self) -> Result<Vec<(i32, Days)>, SimulationError> {
        let book = self.running()?.store.book();
        let calendar = &book.calendar;
        let years = calendar.years().filter_map(|year| {
            let days = calendar.notice(year)?.days();
            let days = days.map(|(day, named)| (day, named.kind == Kind::Work));
            Some((year, days.collect()))
        });
        Ok(years.collect())
    }

    /// The days off that the regulation names for years whose notice is not out.
    pub fn statutory(
        &self,
        years: std::ops::Range<i32>,
    ) -> Result<Vec<NaiveDate>, SimulationError> {
        let book = self.running()?.store.book();
        let days = years.flat_map(|year| book.calendar.statutory_of(year));
        Ok(days.map(|(day, _)| day).collect())
    }

    /// Stopped properly, with the writes under way finished, and started again.
    pub fn restart(&mut self) -> Result<(), SimulationError> {
        self.stop();
        self.running = Some(Running::open(&self.folder)?);
        Ok(())
    }

    fn stop(&mut self) {
        if let Some(Running { runtime, store }) = self.running.take() {
            runtime.block_on(store.close());
        }
    }

    /// Cuts the program off at the `row`-th row that an act changes, or, where it changes
    /// fewer, between its commit and its answer. It was not acknowledged; whether it stands
    /// is seen afterwards.
    pub fn crash_while_acting(&mut self, act: &Act, row: u32) -> Result<(), SimulationError> {
        let ctx = self.context(act.who, act.now)?;
        let Running { runtime, store } = self.running()?;
        let cut = runtime.block_on(async {
            let mut cut = store.cut_at_row(row).await?;
            cut.interrupt(perform(&ctx, act)).await;
            Ok::<_, store::Error>(cut)
        })?;
        drop(ctx);
        self.come_back(cut)
    }

    /// Cuts the program off in the middle of a sweep.
    pub fn crash_while_sweeping(&mut self, now: Minute, row: u32) -> Result<(), SimulationError> {
        let Running { runtime, store } = self.running()?;
        let cut = runtime.block_on(async {
            let mut cut = store.cut_at_row(row).await?;
            cut.interrupt(orders::sweep(store, instant(now))).await;
            Ok::<_, store::Error>(cut)
        })?;
        self.come_back(cut)
    }

    fn come_back(&mut self, cut: store::cut::Cut) -> Result<(), SimulationError> {
        if let Some(Running { runtime, store }) = self.running.take() {
            // With its runtime goes whoever would have told the writer to commit.
            runtime.shutdown_background();
            drop(store);
        }
        cut.let_go();
        let next = Running::open(&self.folder)?;
        // A write of its own: what was cut off has come to its end before it.
        next.runtime.block_on(next.store.look_up())?;
        self.running = Some(next);
        Ok(())
    }

    pub fn overview(&self, number: Number) -> Result<Overview, SimulationError> {
        let ctx = self.context("centre", 0)?;
        let found = self
            .running()?
            .runtime
            .block_on(orders::find(&ctx, number))?;
        Ok(found.listed.overview)
    }

    pub fn history(&self, number: Number) -> Result<Option<History>, SimulationError> {
        let ctx = self.context("supervision", 0)?;
        let found = match self.running()?.runtime.block_on(orders::find(&ctx, number)) {
            Ok(found) => found,
            Err(store::Error::NotFound) => return Ok(None),
            Err(error) => return Err(error.into()),
        };
        let (mut cycle, mut returns, mut recalls, mut restarts) = (0, 0, 0, 0);
        let mut joined = Vec::new();
        let mut history = History {
            version: found.order.version,
            fired: Vec::new(),
            told_to_supervision: 0,
        };
        for event in &found.events {
            match &event.what {
                What::SentBack(_) => cycle += 1,
                What::Returned(_) => returns += 1,
                What::Recalled(_) => {
                    recalls += 1;
                    restarts += 1;
                }
                What::Reassigned(_) => restarts += 1,
                What::CoHandlerAdded(events::CoHandlerAdded { body, .. }) => {
                    joined.push(body.clone())
                }
                What::Escalated(events::Escalated {
                    level,
                    cause,
                    tells,
                    ..
                }) => {
                    history.told_to_supervision += u64::from(tells.contains(&Told::Supervision));
                    if let Cause::Overdue {
                        clock, late, round, ..
                    } = cause
                    {
                        let clock = clock.code();
                        let (cycle, round) = match clock {
                            "take" | "ruling" => (cycle, returns + restarts),
                            "resolve" => (cycle, restarts),
                            "triage" => (cycle, recalls),
                            // A task has one number for the order's life.
                            "task" => (0, round.map_or(u32::MAX, u32::from)),
                            "co_handle" => {
                                let of =
                                    joined.iter().rposition(|body| Some(body) == late.as_ref());
                                let of = of.and_then(|at| u32::try_from(at).ok());
                                (cycle, of.unwrap_or(u32::MAX))
                            }
                            _ => (cycle, 0),
                        };
                        let at = minute(event.happened_at);
                        history.fired.push((clock, cycle, round, level.code(), at));
                    }
                }
                What::Decided(_) | What::MatterConcluded(_) => history.told_to_supervision += 1,
                What::CommitmentRang(events::CommitmentRang { overdue, .. }) => {
                    history.told_to_supervision += u64::from(*overdue);
                    let level = if *overdue { "overdue" } else { "reminder" };
                    let at = minute(event.happened_at);
                    history.fired.push(("promise", cycle, 0, level, at));
                }
                _ => {}
            }
        }
        Ok(Some(history))
    }

    /// How many events the supervision office was told of.
    pub fn told_to_supervision(&self) -> Result<u64, SimulationError> {
        let ctx = self.context("supervision", 0)?;
        Ok(self.running()?.runtime.block_on(notices::count(&ctx))?)
    }
}

impl Running {
    fn open(folder: &Path) -> Result<Self, SimulationError> {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()?;
        let store = runtime.block_on(Store::open_simulated(folder))?;
        Ok(Self { runtime, store })
    }
}

async fn perform(ctx: &Context, act: &Act) -> Result<Overview, store::Error> {
    let number = act.number;
    match act.operation.clone() {
        Operation::Step(step) => {
            let happened = act.happened.map(instant);
            orders::step(ctx, number, None, happened, step).await
        }
        Operation::Merge { into, reason } => {
            orders::merge(ctx, number, None, MergeWish { into, reason }).await
        }
        Operation::Unmerge { reason } => orders::unmerge(ctx, number, None, reason).await,
        Operation::Split(portion) => orders::split(ctx, number, None, portion).await,
        Operation::Decide { meeting, duty } => {
            let wish = MeetingWish::Decide {
                matter: number,
                seen: 0,
                duty,
                basis: String::new(),
                replaces: String::new(),
            };
            meetings::carry_out(ctx, meeting, wish).await?;
            Ok(orders::find(ctx, number).await?.listed.overview)
        }
        Operation::Conclude {
            meeting,
            conclusion,
        } => {
            let wish = MeetingWish::Conclude {
                matter: number,
                seen: 0,
                conclusion,
            };
            meetings::carry_out(ctx, meeting, wish).await?;
            Ok(orders::find(ctx, number).await?.listed.overview)
        }
    }
}

fn instant(minute: Minute) -> Instant {
    let seconds = minute * 60 - 8 * 3600;
    Instant::from_timestamp(seconds, 0).unwrap_or_default()
}

fn minute(at: Instant) -> Minute {
    (at.timestamp() + 8 * 3600).div_euclid(60)
}
