use chrono::NaiveTime;
use domain::order::{Complexity, Rating, Reply, Step};
use domain::{BodyCode, Field};
use serde::Deserialize;

use super::DemoError;

/// One order of the demo with what happened to it.
pub struct Tale {
    pub enterprise: String,
    pub title: String,
    pub content: String,
    pub category: String,
    pub urgency: String,
    pub department: String,
    pub township: String,
    /// Working days ago, the time of that day, and what was done.
    pub deeds: Vec<(u32, NaiveTime, Deed)>,
}

pub enum Deed {
    Place,
    Step(Step),
}

impl Deed {
    /// Whose deed it is; `None` is the enterprise's.
    pub fn account<'a>(&self, tale: &'a Tale) -> Option<&'a str> {
        match self {
            Self::Place => None,
            Self::Step(step) => match step {
                Step::Dispatch { .. } | Step::Decline { .. } | Step::Escalate => Some("centre"),
                Step::Take | Step::Reply(_) => Some(&tale.department),
                Step::Rate(_) | Step::Withdraw { .. } | Step::Close => None,
            },
        }
    }
}

/// A row of the file. Moments are `working days ago@hour:minute`, or empty.
#[derive(Deserialize)]
struct Row {
    enterprise: String,
    title: String,
    content: String,
    category: String,
    urgency: String,
    department: String,
    township: String,
    complexity: String,
    placed: String,
    /// Dispatched, or declined where there is a reason.
    triaged: String,
    taken: String,
    replied: String,
    rated: String,
    replied_again: String,
    rated_again: String,
    withdrawn: String,
    reply: String,
    text: String,
    text_again: String,
    level: String,
    level_again: String,
    comment: String,
    reason: String,
}

pub fn read(text: &str) -> Result<Vec<Tale>, DemoError> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    reader.deserialize().map(|row| tale(row?)).collect()
}

fn tale(row: Row) -> Result<Tale, DemoError> {
    let mut deeds = Vec::new();
    let mut add = |moment: &str, deed: &dyn Fn() -> Option<Deed>| -> Result<(), &'static str> {
        if moment.is_empty() {
            return Ok(());
        }
        let (ago, time) = moment.split_once('@').ok_or("a moment")?;
        let ago = ago.parse().map_err(|_| "a number of days")?;
        let time = NaiveTime::parse_from_str(time, "%H:%M").map_err(|_| "a time")?;
        deeds.push((ago, time, deed().ok_or("a step")?));
        Ok(())
    };
    let step = |step: Option<Step>| step.map(Deed::Step);
    let reason = || domain::order::Reason::parse(Field::Reason, &row.reason).ok();
    let rate = |level: &str| step(Rating::parse(level, &row.comment).ok().map(Step::Rate));
    let reply = |text: &str| step(Reply::parse(&row.reply, text, "", "").ok().map(Step::Reply));
    let declined = !row.reason.is_empty() && row.withdrawn.is_empty();
    let result = (|| {
        add(&row.placed, &|| Some(Deed::Place))?;
        add(&row.triaged, &|| {
            step(if declined {
                reason().map(|reason| Step::Decline { reason })
            } else {
                Complexity::parse(&row.complexity)
                    .ok()
                    .map(|complexity| Step::Dispatch {
                        department: BodyCode::new(&row.department),
                        complexity,
                    })
            })
        })?;
        add(&row.taken, &|| Some(Deed::Step(Step::Take)))?;
        add(&row.replied, &|| reply(&row.text))?;
        add(&row.rated, &|| rate(&row.level))?;
        add(&row.replied_again, &|| reply(&row.text_again))?;
        add(&row.rated_again, &|| rate(&row.level_again))?;
        add(&row.withdrawn, &|| {
            step(reason().map(|reason| Step::Withdraw { reason }))
        })
    })();
    if let Err(wrong) = result {
        return Err(DemoError::Tale {
            title: row.title,
            wrong,
        });
    }
    Ok(Tale {
        enterprise: row.enterprise,
        title: row.title,
        content: row.content,
        category: row.category,
        urgency: row.urgency,
        department: row.department,
        township: row.township,
        deeds,
    })
}
