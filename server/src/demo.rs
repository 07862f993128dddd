//! An invented city: the orders of six weeks, placed and moved on through the
//! real rules at times before now, whichever day now is.

mod beside;
mod meetings;
mod people;
mod tale;
mod tasks;

use std::collections::BTreeMap;

use app::serve::passwords::PasswordError;
use chrono::NaiveDate;
use domain::Instant;
use domain::order::{MergeWish, Number, Placement};
use domain::time::{Calendar, instant, local};
use store::{Context, Store, likeness, orders};
use tale::TaleStep;
use thiserror::Error;

/// Everybody's password in the demo; printed at the start and on the sign-in page.
pub const PASSWORD: &str = "zhitong-demo";

const ORDERS: &str = include_str!("../demo/orders.csv");
const DEEDS: &str = include_str!("../demo/deeds.csv");

#[derive(Debug, Error)]
pub enum DemoError {
    #[error("the demo's orders cannot be read")]
    Csv(#[from] csv::Error),
    #[error("the demo's order {title:?}: {wrong} cannot be read")]
    Tale { title: String, wrong: &'static str },
    #[error("the rules refused a step of the demo")]
    Store(#[from] store::Error),
    #[error("the rules refused an order of the demo")]
    Refused(#[from] domain::Refusal),
    #[error("the demo's password cannot be hashed")]
    Password(#[from] PasswordError),
    #[error("the demo has no account {0:?}")]
    NoAccount(String),
}

/// What happens next in the demo.
enum Scene<'a> {
    Order(&'a TaleStep),
    Meeting(&'a meetings::Act),
    Task(&'a tasks::Act),
}

pub async fn fill(store: &Store, now: Instant) -> Result<(), DemoError> {
    let book = store.book();
    let tales = tale::read(ORDERS, DEEDS, &book.directory, local(now).date())?;
    let people = people::settle(store, &tales, now).await?;
    let acts = meetings::read()?;
    let mut script = Vec::new();
    for (position, tale) in tales.iter().enumerate() {
        for (ago, time, tale_step) in &tale.steps {
            let day = day_of(&book.calendar, local(now).date(), *ago);
            let at = instant(day, *time);
            // What would lie ahead on the day of the start has not happened yet.
            if at <= now {
                script.push((at, position, Scene::Order(tale_step)));
            }
        }
    }
    for act in &acts {
        let (ago, time) = act.moment()?;
        let at = instant(day_of(&book.calendar, local(now).date(), ago), time);
        if at <= now {
            script.push((at, tales.len(), Scene::Meeting(act)));
        }
    }
    let given_acts = tasks::read()?;
    for act in &given_acts {
        let (ago, time) = act.moment()?;
        let at = instant(day_of(&book.calendar, local(now).date(), ago), time);
        if at <= now {
            script.push((at, tales.len(), Scene::Task(act)));
        }
    }
    script.sort_by_key(|(at, position, _)| (*at, *position));
    let mut numbers: BTreeMap<usize, Number> = BTreeMap::new();
    let (mut called, mut given) = (BTreeMap::new(), BTreeMap::new());
    let mut swept = script.first().map_or(now, |(at, _, _)| *at);
    beside::register(store, &people, swept).await?;
    beside::write_down(store, &people, swept).await?;
    for (at, position, scene) in script {
        sweep_until(store, &book.calendar, swept, at).await?;
        swept = at;
        let tale_step = match scene {
            Scene::Order(tale_step) => tale_step,
            Scene::Meeting(act) => {
                let ctx = Context::new(store.clone(), people.actor(&act.account)?, at);
                let orders = numbers.iter();
                let orders = orders.map(|(tale, number)| (tales[*tale].title.as_str(), *number));
                act.play(&ctx, &people, now, &orders.collect(), &mut called)
                    .await?;
                continue;
            }
            Scene::Task(act) => {
                let ctx = Context::new(store.clone(), people.actor(&act.account)?, at);
                act.play(&ctx, &mut given).await?;
                continue;
            }
        };
        let tale = &tales[position];
        let actor = people.actor_of(tale, tale_step)?;
        let ctx = Context::new(store.clone(), actor, at);
        match tale_step {
            TaleStep::Place => {
                let draft = people.draft(tale)?;
                let placement = Placement::parse(&draft, &book.directory)?;
                let placed = orders::place(&ctx, placement, None).await?;
                numbers.insert(position, placed.number);
            }
            TaleStep::Merge { into, reason, .. } => {
                let main = tales.iter().position(|tale| tale.title == *into);
                let main = main.and_then(|main| numbers.get(&main));
                if let Some((number, main)) = numbers.get(&position).zip(main) {
                    let wish = MergeWish::parse(&main.to_string(), reason)?;
                    orders::merge(&ctx, *number, None, wish).await?;
                }
            }
            TaleStep::Step(step) | TaleStep::By { step, .. } => {
                if let Some(number) = numbers.get(&position) {
                    orders::step(&ctx, *number, None, None, step.clone()).await?;
                }
            }
        }
    }
    sweep_until(store, &book.calendar, swept, now).await?;
    while likeness::sort_in(store, now).await? > 0 {}
    store.demo_is_filled().await?;
    Ok(())
}

/// The sweep at each hour of business between two times, as if it had been running.
async fn sweep_until(
    store: &Store,
    calendar: &Calendar,
    from: Instant,
    until: Instant,
) -> Result<(), DemoError> {
    let mut at = calendar.next_open(from);
    while at <= until {
        orders::sweep(store, at).await?;
        at = calendar.next_open(at + chrono::Duration::hours(1));
    }
    Ok(())
}

/// The `ago`-th working day before `today`; after it where that is less than none.
fn day_of(calendar: &Calendar, today: NaiveDate, ago: i64) -> NaiveDate {
    let days = u32::try_from(ago.unsigned_abs()).unwrap_or(0);
    if ago >= 0 {
        calendar.nth_before(today, days)
    } else {
        calendar.nth_after(today, days)
    }
}
