use chrono::{NaiveDate, NaiveTime};
use domain::order::{
    Asked, Brief, BriefDraft, Call, CoHandling, Complexity, PauseDraft, PauseWish, Rating, Reply,
    Return, Step,
};
use domain::{BodyCode, Directory, Fault, Field, FieldFault, Refusal};
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
    pub steps: Vec<(i64, NaiveTime, TaleStep)>,
}

pub enum TaleStep {
    Place,
    Step(Step),
    /// 并案: the main order by its title.
    Merge {
        account: String,
        into: String,
        reason: String,
    },
    /// Somebody's by name; without one, the enterprise's.
    By {
        account: String,
        step: Step,
    },
}

impl TaleStep {
    /// Whose step it is; `None` is the enterprise's.
    pub fn account<'a>(&'a self, tale: &'a Tale) -> Option<&'a str> {
        match self {
            Self::Place => None,
            Self::Step(step) => match step {
                Step::Dispatch { .. } | Step::Decline { .. } => Some("centre"),
                Step::Take | Step::Reply { .. } => Some(&tale.department),
                _ => None,
            },
            Self::By { account, .. } | Self::Merge { account, .. } => {
                Some(account.as_str()).filter(|a| !a.is_empty())
            }
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

/// A row of the second file: what else happened to the order of that title.
#[derive(Deserialize)]
struct TaleRow {
    title: String,
    moment: String,
    account: String,
    step: String,
    first: String,
    second: String,
    third: String,
    /// Things to hand in, with ； between; or what is at stake.
    fourth: String,
}

/// `orders` has one row for each order, `steps` one for each further step; `today` is
/// what promises are counted from.
pub fn read(
    orders: &str,
    steps: &str,
    directory: &Directory,
    today: NaiveDate,
) -> Result<Vec<Tale>, DemoError> {
    let mut reader = csv::Reader::from_reader(orders.as_bytes());
    let tales = reader.deserialize().map(|row| tale(row?));
    let mut tales = tales.collect::<Result<Vec<_>, DemoError>>()?;
    for row in csv::Reader::from_reader(steps.as_bytes()).deserialize() {
        let row: TaleRow = row?;
        let wrong = |wrong| DemoError::Tale {
            title: row.title.clone(),
            wrong,
        };
        let tale = tales.iter_mut().find(|tale| tale.title == row.title);
        let tale = tale.ok_or_else(|| wrong("the title"))?;
        let (ago, time) = moment(&row.moment).map_err(wrong)?;
        let account = row.account.clone();
        let step = if row.step == "merge" {
            TaleStep::Merge {
                account,
                into: row.first.clone(),
                reason: row.second.clone(),
            }
        } else {
            let step = further(&row, directory, today).map_err(|_| wrong("a step"))?;
            TaleStep::By { account, step }
        };
        tale.steps.push((ago, time, step));
    }
    Ok(tales)
}

fn further(row: &TaleRow, directory: &Directory, today: NaiveDate) -> Result<Step, Refusal> {
    let (first, second, third) = (&row.first, &row.second, &row.third);
    match row.step.as_str() {
        "pause" => PauseWish::parse(&PauseDraft {
            kind: first.clone(),
            reason: second.clone(),
            basis: third.clone(),
            things: row.fourth.replace('；', "\n"),
            ..PauseDraft::default()
        })
        .map(Step::Pause),
        "object" => Step::object(first),
        "extend" => Asked::parse(first, second).map(Step::Extend),
        "grant" => Step::decide_extension(first, second),
        "co_handler" => CoHandling::parse(first, second, directory).map(Step::AddCoHandler),
        "co_reply" => Step::co_reply(first),
        // Promised for so many days after today, or before it.
        "promise" => {
            let days = first.parse().unwrap_or(0);
            let until = (today + chrono::Duration::days(days)).to_string();
            Step::reply(Reply::parse("planned", second, &until, "")?, "")
        }
        "refer" => brief(row).map(Step::Refer),
        "accept" => brief(row).map(Step::AcceptMatter),
        "call_back" => Call::parse(first, second).map(Step::CallBack),
        "appeal" => Step::appeal(first),
        "urge" => Step::urge(first),
        "return" => Return::parse(first, second, third, directory).map(Step::Return),
        "resume" => Ok(Step::Resume),
        // A word that no step has is a fault of the tale.
        _ => {
            let (field, fault) = (Field::Stored, Fault::Unknown);
            Err(FieldFault { field, fault }.into())
        }
    }
}

fn brief(row: &TaleRow) -> Result<Brief, Refusal> {
    let draft = BriefDraft {
        difficulty: row.first.clone(),
        tried: row.second.clone(),
        obstacle: row.third.clone(),
        stakes: row.fourth.clone(),
    };
    draft.parse()
}

/// `working days ago@hour:minute`; less than none lies ahead.
pub fn moment(text: &str) -> Result<(i64, NaiveTime), &'static str> {
    let (ago, time) = text.split_once('@').ok_or("a moment")?;
    let ago = ago.parse().map_err(|_| "a number of days")?;
    let time = NaiveTime::parse_from_str(time, "%H:%M").map_err(|_| "a time")?;
    Ok((ago, time))
}

fn tale(row: Row) -> Result<Tale, DemoError> {
    let mut steps = Vec::new();
    let mut add = |at: &str, step: &dyn Fn() -> Option<TaleStep>| -> Result<(), &'static str> {
        if at.is_empty() {
            return Ok(());
        }
        let (ago, time) = moment(at)?;
        steps.push((ago, time, step().ok_or("a step")?));
        Ok(())
    };
    let step = |step: Option<Step>| step.map(TaleStep::Step);
    let reason = || domain::order::Reason::parse(Field::Reason, &row.reason).ok();
    let rate = |level: &str| step(Rating::parse(level, &row.comment).ok().map(Step::Rate));
    let reply = |text: &str| {
        step(
            Reply::parse(&row.reply, text, "", "")
                .and_then(|reply| Step::reply(reply, ""))
                .ok(),
        )
    };
    let declined = !row.reason.is_empty() && row.withdrawn.is_empty();
    let result = (|| {
        add(&row.placed, &|| Some(TaleStep::Place))?;
        add(&row.triaged, &|| {
            step(if declined {
                reason().map(|reason| Step::Decline { reason })
            } else {
                Complexity::parse(&row.complexity)
                    .ok()
                    .map(|complexity| Step::Dispatch {
                        department: BodyCode::new(&row.department),
                        complexity,
                        co_handlers: Vec::new(),
                    })
            })
        })?;
        add(&row.taken, &|| Some(TaleStep::Step(Step::Take)))?;
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
        steps,
    })
}
