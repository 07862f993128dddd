//! An invented city: the orders of six weeks, placed and moved on through the
//! real rules at times before now, whichever day now is.

mod tale;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::order::placement::Draft;
use domain::order::{Number, Placement};
use domain::time::{Calendar, instant, local};
use domain::{Actor, BodyCode, Instant, Role};
use store::people::{self, NewPerson};
use store::{Desk, Store, orders};
use thiserror::Error;

use crate::passwords::{self, PasswordError};
use tale::{Deed, Tale};

/// Everybody's password in the demo; printed at the start and on the sign-in page.
pub const PASSWORD: &str = "zhitong-demo";

/// The accounts that are named; the others go by the codes of their bodies.
pub const ACCOUNTS: [&str; 16] = [
    "enterprise",
    "enterprise2",
    "centre",
    "zrzy",
    "zrzy-head",
    "sthj",
    "zjj",
    "gd",
    "laiji",
    "supervision",
    "deputy",
    "office",
    "mayor",
    "admin",
    "security",
    "auditor",
];

const ORDERS: &str = include_str!("../demo/orders.csv");

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

pub async fn fill(store: &Store, now: Instant) -> Result<(), DemoError> {
    let tales = tale::read(ORDERS)?;
    let people = settle(store, &tales).await?;
    let book = store.book();
    let mut script = Vec::new();
    for (position, tale) in tales.iter().enumerate() {
        for (ago, time, deed) in &tale.deeds {
            let day = days_ago(&book.calendar, local(now).date(), *ago);
            script.push((instant(day, *time), position, deed));
        }
    }
    script.sort_by_key(|(at, position, _)| (*at, *position));
    let mut numbers: BTreeMap<usize, Number> = BTreeMap::new();
    let mut swept = script.first().map_or(now, |(at, _, _)| *at);
    for (at, position, deed) in script {
        sweep_until(store, &book.calendar, swept, at).await?;
        swept = at;
        let tale = &tales[position];
        let actor = people.actor_of(tale, deed)?;
        let desk = Desk::new(store.clone(), actor, at);
        match deed {
            Deed::Place => {
                let draft = people.draft(tale)?;
                let placement = Placement::parse(&draft, &book.directory)?;
                let placed = orders::place(&desk, placement, None).await?;
                numbers.insert(position, placed.number);
            }
            Deed::Step(step) => {
                if let Some(number) = numbers.get(&position) {
                    orders::step(&desk, *number, None, step.clone()).await?;
                }
            }
        }
    }
    sweep_until(store, &book.calendar, swept, now).await?;
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

/// The `ago`-th working day before `today`.
fn days_ago(calendar: &Calendar, today: NaiveDate, ago: u32) -> NaiveDate {
    let mut day = today;
    let mut left = ago;
    while left > 0 {
        day = day.pred_opt().unwrap_or(day);
        left -= u32::from(calendar.is_working(day));
    }
    day
}

/// Who there is.
struct People {
    by_account: BTreeMap<String, (Actor, String)>,
    /// The account of each enterprise.
    enterprises: BTreeMap<String, String>,
}

impl People {
    fn actor(&self, account: &str) -> Result<Actor, DemoError> {
        self.by_account
            .get(account)
            .map(|(actor, _)| actor.clone())
            .ok_or_else(|| DemoError::NoAccount(account.to_owned()))
    }

    fn actor_of(&self, tale: &Tale, deed: &Deed) -> Result<Actor, DemoError> {
        self.actor(match deed.account(tale) {
            Some(account) => account,
            None => self.member(tale)?,
        })
    }

    fn member(&self, tale: &Tale) -> Result<&str, DemoError> {
        let account = self.enterprises.get(&tale.enterprise);
        account
            .map(String::as_str)
            .ok_or_else(|| DemoError::NoAccount(tale.enterprise.clone()))
    }

    fn draft(&self, tale: &Tale) -> Result<Draft, DemoError> {
        let account = self.member(tale)?;
        let (actor, phone) = self
            .by_account
            .get(account)
            .ok_or_else(|| DemoError::NoAccount(account.to_owned()))?;
        Ok(Draft {
            title: tale.title.clone(),
            content: tale.content.clone(),
            category: tale.category.clone(),
            urgency: tale.urgency.clone(),
            township: tale.township.clone(),
            project: String::new(),
            contact_name: actor.name.clone(),
            contact_phone: phone.clone(),
        })
    }
}

/// Invented names for the people of the enterprises, in turn.
const NAMES: [&str; 10] = [
    "陈立新",
    "刘敏",
    "赵文博",
    "孙晓燕",
    "周海涛",
    "吴静",
    "郑国强",
    "王丽娟",
    "冯志远",
    "褚红梅",
];
/// The enterprises whose accounts have the first two names.
const FIRST: [&str; 2] = ["柏川智能装备（虚构）", "澄溪电子（虚构）"];

async fn settle(store: &Store, tales: &[Tale]) -> Result<People, DemoError> {
    let hash = passwords::hash(PASSWORD.to_owned()).await?;
    let mut people = Vec::new();
    let mut enterprises = BTreeMap::new();
    let mut firms: Vec<(&str, &str)> = Vec::new();
    for tale in tales {
        if !firms.iter().any(|(name, _)| *name == tale.enterprise) {
            firms.push((&tale.enterprise, &tale.township));
        }
    }
    firms.sort_by_key(|(name, _)| {
        let first = FIRST.iter().position(|first| first == name);
        (first.unwrap_or(FIRST.len()), *name)
    });
    for (position, (name, township)) in firms.into_iter().enumerate() {
        let account = match position {
            0 => "enterprise".to_owned(),
            _ => format!("enterprise{}", position + 1),
        };
        let township = BodyCode::new(township);
        let enterprise = people::enterprise_named(store, name.to_owned(), township).await?;
        let display = NAMES[position % NAMES.len()].to_owned();
        let phone = format!("1380000{:04}", position + 1);
        people.push((
            account.clone(),
            display,
            phone,
            Role::Enterprise { enterprise },
        ));
        enterprises.insert(name.to_owned(), account);
    }
    people.extend(offices(store));
    let mut by_account = BTreeMap::new();
    for (account, display, phone, role) in people {
        let person = NewPerson {
            name: account.clone(),
            display,
            phone: phone.clone(),
            password_hash: hash.clone(),
            role,
        };
        people::add(store, person).await?;
        let person = people::by_name(store, &account).await?;
        let person = person.ok_or_else(|| DemoError::NoAccount(account.clone()))?;
        by_account.insert(account, (person.actor, phone));
    }
    Ok(People {
        by_account,
        enterprises,
    })
}

/// One account for each body by its code, and those of the offices.
fn offices(store: &Store) -> Vec<(String, String, String, Role)> {
    let book = store.book();
    let mut people = Vec::new();
    let mut add = |account: &str, display: &str, role: Role| {
        people.push((account.to_owned(), display.to_owned(), String::new(), role));
    };
    for body in &book.directory.bodies {
        if !body.kind.fulfils_orders() {
            continue;
        }
        let code = body.code.clone();
        let role = if body.kind.is_township() {
            Role::Township { body: code.clone() }
        } else {
            Role::Handler { body: code.clone() }
        };
        add(code.as_str(), "经办员", role);
    }
    let body = BodyCode::new("tjz");
    add("centre", "调度员", Role::Centre { body });
    let body = BodyCode::new("zrzy");
    add("zrzy-head", "负责人", Role::Head { body });
    add("supervision", "督查员", Role::Supervision);
    add("deputy", "分管副市长", Role::Deputy);
    add("office", "值班员", Role::Office);
    add("mayor", "市长", Role::Mayor);
    add("admin", "系统管理员", Role::SystemAdmin);
    add("security", "安全管理员", Role::SecurityAdmin);
    add("auditor", "审计员", Role::Auditor);
    people
}
