use std::collections::BTreeMap;

use app::serve::passwords;
use domain::order::placement::Draft;
use domain::{Actor, BodyCode, CreditCode, Instant, Role};
use store::people::NewPerson;
use store::{Store, people};

use super::tale::{Tale, TaleStep};
use super::{DemoError, PASSWORD};

/// Who there is.
pub struct People {
    by_account: BTreeMap<String, (Actor, String)>,
    /// The account of each enterprise.
    enterprises: BTreeMap<String, String>,
}

impl People {
    pub fn actor(&self, account: &str) -> Result<Actor, DemoError> {
        self.by_account
            .get(account)
            .map(|(actor, _)| actor.clone())
            .ok_or_else(|| DemoError::NoAccount(account.to_owned()))
    }

    pub fn actor_of(&self, tale: &Tale, step: &TaleStep) -> Result<Actor, DemoError> {
        self.actor(match step.account(tale) {
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

    pub fn draft(&self, tale: &Tale) -> Result<Draft, DemoError> {
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
            meeting: String::new(),
            project: super::beside::project_of(&tale.title)?,
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

/// Makes every account of the demo.
pub async fn settle(store: &Store, tales: &[Tale], now: Instant) -> Result<People, DemoError> {
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
        let code = code(position);
        let made = people::enterprise_named(store, name.to_owned(), township, code, now);
        let enterprise = made.await?;
        let display = NAMES[position % NAMES.len()].to_owned();
        let phone = format!("1380000{:04}", position + 1);
        people.push((
            account.clone(),
            display,
            phone,
            Role::Enterprise {
                enterprise,
                manages: true,
            },
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
            given_at: None,
            role,
        };
        people::add(store, person, now).await?;
        let person = people::by_name(store, &account).await?;
        let person = person.ok_or_else(|| DemoError::NoAccount(account.clone()))?;
        by_account.insert(account, (person.actor, phone));
    }
    Ok(People {
        by_account,
        enterprises,
    })
}

/// An invented code of an enterprise of the city, with a right check digit.
fn code(position: usize) -> Option<CreditCode> {
    CreditCode::complete(&format!("91410183MA000{position:04}"))
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
    add("leader", "分包领导", Role::Leader);
    add("admin", "系统管理员", Role::SystemAdmin);
    add("security", "安全管理员", Role::SecurityAdmin);
    add("auditor", "审计员", Role::Auditor);
    people
}
