//! The program as it lives and dies: a store in a folder, opened by a runtime of its
//! own, that can be stopped, restarted, or cut off in the middle of whatever it does.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::pin::pin;
use std::task::Poll;

use chrono::NaiveDate;
use domain::order::event::Cause;
use domain::order::placement::Draft;
use domain::order::{Number, Overview, Placement, Step, Told, What};
use domain::time::YearNotice;
use domain::time::notice::Kind;
use domain::{Actor, BodyCode, Instant, Role};
use store::people::{self, NewPerson};
use store::{Desk, Store, calendars, notices, orders};
use tokio::runtime::Runtime;

use super::oracle::Minute;
use super::{Plan, SimulationError};

/// The bodies that orders are dispatched to.
pub const BODIES: [&str; 4] = ["gd", "zjj", "zrzy", "laiji"];

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
pub struct Act {
    pub who: &'static str,
    pub now: Minute,
    /// Where it is entered afterwards.
    pub happened: Option<Minute>,
    pub number: Number,
    pub step: Step,
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
        Ok(life)
    }

    fn settle(&mut self) -> Result<(), SimulationError> {
        let Running { runtime, store } = self.running()?;
        let name = "溪岚新材（虚构）".to_owned();
        let laiji = BodyCode::new("laiji");
        let enterprise = runtime.block_on(people::enterprise_named(store, name, laiji, None))?;
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
            runtime.block_on(people::add(store, person, Instant::UNIX_EPOCH))?;
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

    fn desk(&self, who: &str, now: Minute) -> Result<Desk, SimulationError> {
        let actor = self.actors.get(who).cloned();
        let actor = actor.unwrap_or_else(Actor::clockwork);
        Ok(Desk::new(
            self.running()?.store.clone(),
            actor,
            instant(now),
        ))
    }

    pub fn place(&self, now: Minute, urgency: &str) -> Result<Overview, SimulationError> {
        let desk = self.desk("firm", now)?;
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
        let placement = Placement::parse(&draft, &desk.book.directory)?;
        let placed = orders::place(&desk, placement, None);
        Ok(self.running()?.runtime.block_on(placed)?)
    }

    /// The rules' refusal is an answer, not a failure.
    pub fn act(&self, act: &Act) -> Result<Result<Overview, store::Error>, SimulationError> {
        let desk = self.desk(act.who, act.now)?;
        let happened = act.happened.map(instant);
        let step = orders::step(&desk, act.number, None, happened, act.step.clone());
        Ok(self.running()?.runtime.block_on(step))
    }

    pub fn sweep(&self, now: Minute) -> Result<(), SimulationError> {
        let sweep = orders::sweep(&self.running()?.store, instant(now));
        self.running()?.runtime.block_on(sweep)?;
        Ok(())
    }

    /// Publishes a notice as an administrator does.
    pub fn publish(&self, now: Minute, days: &[(NaiveDate, bool)]) -> Result<(), SimulationError> {
        let Some((first, _)) = days.first() else {
            return Ok(());
        };
        let mut notice = YearNotice::new(chrono::Datelike::year(first));
        for (day, worked) in days
            .iter()
            .filter(|(_, worked)| (self.engine_knows)(*worked))
        {
            let kind = if *worked { Kind::Work } else { Kind::Off };
            // The invented notices are right; a wrong day would be missing and found out.
            let _ = notice.add(*day, "假日".to_owned(), kind);
        }
        let desk = self.desk("admin", now)?;
        let applied = calendars::apply(&desk, notice);
        self.running()?.runtime.block_on(applied)?;
        Ok(())
    }

    /// The notices that an empty directory begins with.
    pub fn first_notices(&self) -> Result<Vec<Vec<(NaiveDate, bool)>>, SimulationError> {
        let book = self.running()?.store.book();
        let calendar = &book.calendar;
        let days = |notice: &YearNotice| {
            let days = notice.days();
            days.map(|(day, named)| (day, named.kind == Kind::Work))
                .collect()
        };
        let years = calendar.years().filter_map(|year| calendar.notice(year));
        Ok(years.map(days).collect())
    }

    /// Stopped properly, with the writes under way finished, and started again.
    pub fn restart(&mut self) -> Result<(), SimulationError> {
        if let Some(Running { runtime, store }) = self.running.take() {
            runtime.block_on(store.close());
        }
        self.running = Some(Running::open(&self.folder)?);
        Ok(())
    }

    /// Cuts the program off in the middle of an act, after so many looks at it. It was
    /// not acknowledged; whether it stands is seen afterwards.
    pub fn crash_while_acting(&mut self, act: &Act, looks: u32) -> Result<(), SimulationError> {
        let desk = self.desk(act.who, act.now)?;
        let happened = act.happened.map(instant);
        let step = orders::step(&desk, act.number, None, happened, act.step.clone());
        self.running()?.runtime.block_on(cut_off(step, looks));
        drop(desk);
        self.come_back()
    }

    /// Cuts the program off in the middle of a sweep.
    pub fn crash_while_sweeping(&mut self, now: Minute, looks: u32) -> Result<(), SimulationError> {
        let store = self.running()?.store.clone();
        let sweep = orders::sweep(&store, instant(now));
        self.running()?.runtime.block_on(cut_off(sweep, looks));
        drop(store);
        self.come_back()
    }

    fn come_back(&mut self) -> Result<(), SimulationError> {
        if let Some(Running { runtime, store }) = self.running.take() {
            runtime.shutdown_background();
            drop(store);
        }
        let next = Running::open(&self.folder)?;
        // A write of its own: what was cut off has come to its end before it.
        next.runtime.block_on(next.store.look_up())?;
        self.running = Some(next);
        Ok(())
    }

    pub fn overview(&self, number: Number) -> Result<Overview, SimulationError> {
        let desk = self.desk("centre", 0)?;
        let found = self
            .running()?
            .runtime
            .block_on(orders::find(&desk, number))?;
        Ok(found.listed.overview)
    }

    pub fn history(&self, number: Number) -> Result<Option<History>, SimulationError> {
        let desk = self.desk("supervision", 0)?;
        let found = match self
            .running()?
            .runtime
            .block_on(orders::find(&desk, number))
        {
            Ok(found) => found,
            Err(store::Error::NotFound) => return Ok(None),
            Err(error) => return Err(error.into()),
        };
        let (mut cycle, mut returns) = (0, 0);
        let mut joined = Vec::new();
        let mut history = History {
            version: found.order.version,
            fired: Vec::new(),
            told_to_supervision: 0,
        };
        for event in &found.events {
            match &event.what {
                What::SentBack { .. } => cycle += 1,
                What::Returned { .. } => returns += 1,
                What::CoHandlerAdded { body, .. } => joined.push(body.clone()),
                What::Escalated {
                    level,
                    cause,
                    tells,
                    ..
                } => {
                    history.told_to_supervision += u64::from(tells.contains(&Told::Supervision));
                    if let Cause::Overdue { clock, late, .. } = cause {
                        let clock = clock.code();
                        let round = match clock {
                            "take" | "ruling" => returns,
                            "co_handle" => {
                                let of =
                                    joined.iter().rposition(|body| Some(body) == late.as_ref());
                                of.and_then(|at| u32::try_from(at).ok()).unwrap_or(u32::MAX)
                            }
                            _ => 0,
                        };
                        let at = minute(event.happened_at);
                        history.fired.push((clock, cycle, round, level.code(), at));
                    }
                }
                What::CommitmentRang { overdue, .. } => {
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
        let desk = self.desk("supervision", 0)?;
        let digests = notices::digests(&desk, u16::MAX, 0);
        let digests = self.running()?.runtime.block_on(digests)?;
        Ok(digests.iter().map(|digest| digest.count).sum())
    }
}

impl Running {
    fn open(folder: &Path) -> Result<Self, SimulationError> {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()?;
        let store = runtime.block_on(Store::open(folder))?;
        Ok(Self { runtime, store })
    }
}

/// Looks at the work so many times, lets the others run in between, and drops it.
async fn cut_off(work: impl Future, looks: u32) {
    let mut work = pin!(work);
    for _ in 0..looks {
        let done =
            std::future::poll_fn(|context| Poll::Ready(work.as_mut().poll(context).is_ready()));
        if done.await {
            return;
        }
        tokio::task::yield_now().await;
    }
}

fn instant(minute: Minute) -> Instant {
    let seconds = minute * 60 - 8 * 3600;
    Instant::from_timestamp(seconds, 0).unwrap_or_default()
}

fn minute(at: Instant) -> Minute {
    (at.timestamp() + 8 * 3600).div_euclid(60)
}
