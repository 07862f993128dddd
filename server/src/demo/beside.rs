//! What a city keeps beside its orders: projects, templates, published answers.

use domain::guidance::{Guidance, GuidanceDraft};
use domain::project::{ProjectDraft, ProjectWish};
use domain::template::Template;
use domain::{Instant, Refusal};
use serde::Deserialize;
use store::{Context, Store, guidance, projects, templates};

use super::DemoError;
use super::people::People;

const PROJECTS: &str = include_str!("../../demo/projects.csv");
const TEMPLATES: &str = include_str!("../../demo/templates.csv");
const GUIDANCE: &str = include_str!("../../demo/guidance.csv");

#[derive(Deserialize)]
struct ProjectRow {
    number: String,
    name: String,
    enterprise: String,
    level: String,
    township: String,
    leader: String,
    /// The title of the order that names it.
    order: String,
}

/// The number of the project that an order of that title names, or nothing.
pub fn project_of(title: &str) -> Result<String, DemoError> {
    for row in rows::<ProjectRow>(PROJECTS) {
        let row = row?;
        if row.order == title {
            return Ok(row.number);
        }
    }
    Ok(String::new())
}

pub async fn register(store: &Store, people: &People, at: Instant) -> Result<(), DemoError> {
    for row in rows::<ProjectRow>(PROJECTS) {
        let row = row?;
        let leader = match row.leader.as_str() {
            "" => None,
            account => people.actor(account)?.user,
        };
        let draft = ProjectDraft {
            project: row.number,
            project_name: row.name,
            enterprise: row.enterprise,
            level: row.level,
            township: row.township,
            leader: leader.map(|id| id.to_string()).unwrap_or_default(),
        };
        let ctx = context(store, people, "centre", at)?;
        let wish = ProjectWish::parse(&draft, &ctx.book.directory)?;
        projects::save(&ctx, wish, false).await?;
    }
    Ok(())
}

#[derive(Deserialize)]
struct TemplateRow {
    account: String,
    title: String,
    text: String,
}

#[derive(Deserialize)]
struct GuidanceRow {
    account: String,
    title: String,
    category: String,
    department: String,
    text: String,
    basis: String,
}

pub async fn write_down(store: &Store, people: &People, at: Instant) -> Result<(), DemoError> {
    for row in rows::<TemplateRow>(TEMPLATES) {
        let row = row?;
        let template = Template::parse(&row.title, &row.text)?;
        let ctx = context(store, people, &row.account, at)?;
        templates::save(&ctx, None, template).await?;
    }
    for row in rows::<GuidanceRow>(GUIDANCE) {
        let row = row?;
        let ctx = context(store, people, &row.account, at)?;
        let draft = GuidanceDraft {
            title: row.title,
            category: row.category,
            department: row.department,
            text: row.text,
            basis: row.basis,
            cleared: "yes".to_owned(),
            ..GuidanceDraft::default()
        };
        let answer: Result<Guidance, Refusal> = Guidance::parse(&draft, &ctx.book.directory);
        guidance::publish(&ctx, answer?).await?;
    }
    Ok(())
}

fn context(
    store: &Store,
    people: &People,
    account: &str,
    at: Instant,
) -> Result<Context, DemoError> {
    Ok(Context::new(store.clone(), people.actor(account)?, at))
}

fn rows<T: serde::de::DeserializeOwned>(
    text: &'static str,
) -> impl Iterator<Item = Result<T, csv::Error>> {
    csv::Reader::from_reader(text.as_bytes()).into_deserialize()
}
