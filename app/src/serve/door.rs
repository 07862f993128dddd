//! The door for steps that come by a form, on cases of every kind.

use domain::case::door::{Name, StepName as _};
use domain::case::{self, Case, Happens};
use domain::meeting::{Meeting, MeetingStepName, MeetingWhat, PlanDraft};
use domain::order::wish::Form;
use domain::order::{Number, Reading, StepName, What, Wish};
use domain::task::{GivingDraft, TaskCase, TaskStepName, TaskWhat};
use domain::{AttachmentId, Fault, Field, FieldFault, Instant, Typed};
use store::cases::{self, Stored};
use store::{Asked, Context, meetings, orders, people, tasks};

use super::visit::{Visit, problem};
use crate::serve::Problem;

/// A step on a case, as a form or a program asks for it.
pub enum Door {
    Order(StepName, &'static Form),
    /// A meeting is called.
    Call,
    Meeting(MeetingStepName),
    /// A task is given.
    Give,
    Task(TaskStepName),
}

/// The address of what begins a meeting.
const CALL: &str = "call";

impl Door {
    /// By the address of a form, `/act/{kind}/{step}`.
    pub fn of(act: &str) -> Option<Self> {
        let (kind, step) = act.strip_prefix("/act/")?.split_once('/')?;
        match kind {
            What::KIND => {
                let step = StepName::parse(step)?;
                Some(Self::Order(step, step.form()?))
            }
            MeetingWhat::KIND if step == CALL => Some(Self::Call),
            MeetingWhat::KIND => {
                let step = MeetingStepName::parse(step)?;
                step.form().map(|_| Self::Meeting(step))
            }
            TaskWhat::KIND => match TaskStepName::parse(step)? {
                TaskStepName::Give => Some(Self::Give),
                step => step.form().map(|_| Self::Task(step)),
            },
            _ => None,
        }
    }

    pub fn address(&self) -> String {
        let (kind, step) = match self {
            Self::Order(step, _) => (What::KIND, step.code()),
            Self::Call => (MeetingWhat::KIND, CALL),
            Self::Meeting(step) => (MeetingWhat::KIND, step.code()),
            Self::Give => (TaskWhat::KIND, TaskStepName::Give.code()),
            Self::Task(step) => (TaskWhat::KIND, step.code()),
        };
        format!("/act/{kind}/{step}")
    }

    /// The page that a form stands on which does not say it.
    pub fn page(&self, number: &str) -> String {
        match self {
            Self::Order(..) => format!("/orders/{number}"),
            Self::Call => "/meetings/new".to_owned(),
            Self::Meeting(MeetingStepName::Change) => format!("/meetings/{number}/edit"),
            Self::Meeting(step) => format!("/meetings/{number}{}", next(*step)),
            Self::Give => "/tasks".to_owned(),
            Self::Task(..) => format!("/tasks/{number}"),
        }
    }

    /// Finds, reads, takes it. Answers the page that comes next.
    pub async fn act(&self, visit: &Visit, typed: &Typed) -> Result<String, Problem> {
        let ctx = visit.context()?;
        match self {
            Self::Order(step, form) => on_order(&ctx, *step, form, typed).await,
            Self::Call => {
                let number = meetings::call(&ctx, PlanDraft::read(typed)).await;
                Ok(format!("/meetings/{}", number.map_err(problem)?))
            }
            Self::Meeting(step) => {
                let number = on_case::<Meeting>(&ctx, *step, typed).await?;
                Ok(format!("/meetings/{number}{}", next(*step)))
            }
            Self::Give => {
                let files = ids(typed.named("files"))?;
                let number = tasks::give(&ctx, GivingDraft::read(typed), files).await;
                Ok(format!("/tasks/{}", number.map_err(problem)?))
            }
            Self::Task(step) => {
                let number = on_case::<TaskCase>(&ctx, *step, typed).await?;
                Ok(format!("/tasks/{number}"))
            }
        }
    }
}

/// The address of a form as it is now; pages that were open when the program was renewed have
/// the one of before.
pub fn address(act: &str) -> String {
    let step = act.strip_prefix("/act/").and_then(StepName::parse);
    match step.and_then(|step| Some(Door::Order(step, step.form()?))) {
        Some(door) => door.address(),
        None => act.to_owned(),
    }
}

async fn on_order(
    ctx: &Context,
    step: StepName,
    form: &Form,
    typed: &Typed,
) -> Result<String, Problem> {
    let number = Number::parse(typed.named("number")).ok_or(Problem::NotFound)?;
    // Whether the order may be known of comes before what was typed.
    orders::find(ctx, number).await.map_err(problem)?;
    let version = version(form, typed)?;
    let happened = parse_time(typed.get(Field::HappenedAt))?;
    let wish = read(ctx, form, typed).await?;
    let files = ids(typed.named("files"))?;
    let asked = Asked {
        version,
        happened,
        wish,
        files,
    };
    let done = orders::carry_out(ctx, number, asked).await;
    done.map_err(problem)?;
    Ok(format!("/orders/{number}?done={}", step.code()))
}

/// On a case of a kind that its events alone tell. Answers its number.
async fn on_case<C: Stored>(
    ctx: &Context,
    step: Name<C>,
    typed: &Typed,
) -> Result<String, Problem> {
    ctx.actor.may(C::action(step))?;
    let form = step.form().ok_or(Problem::NotFound)?;
    // Whether the case may be known of comes before what was typed.
    let found = cases::find::<C>(ctx, typed.named("number")).await;
    let number = found.map_err(problem)?.case.number();
    let asked = Asked {
        version: version(form, typed)?,
        happened: parse_time(typed.get(Field::HappenedAt))?,
        wish: (form.read)(typed, &reading(ctx))?,
        files: ids(typed.named("files"))?,
    };
    let done = cases::carry_out::<C>(ctx, number.clone(), asked).await;
    done.map_err(problem)?;
    Ok(number)
}

/// Which of a meeting's pages comes after a step.
fn next(step: MeetingStepName) -> &'static str {
    match step {
        MeetingStepName::WriteMinutes
        | MeetingStepName::ApproveMinutes
        | MeetingStepName::AmendMinutes => "/minutes",
        MeetingStepName::Change
        | MeetingStepName::Invite
        | MeetingStepName::Answer
        | MeetingStepName::Remind
        | MeetingStepName::PutOn
        | MeetingStepName::TakeOff
        | MeetingStepName::MoveUp
        | MeetingStepName::Open
        | MeetingStepName::Attend
        | MeetingStepName::Decide
        | MeetingStepName::Conclude
        | MeetingStepName::Defer
        | MeetingStepName::Assign
        | MeetingStepName::Note
        | MeetingStepName::End
        | MeetingStepName::NameChair
        | MeetingStepName::Cancel => "",
    }
}

/// What the reader had read, where that matters.
fn version<C: Case>(form: &case::Form<C>, typed: &Typed) -> Result<Option<u32>, FieldFault> {
    match form.is_said {
        true => Ok(None),
        false => parse_version(typed.get(Field::Version)).map(Some),
    }
}

/// What is needed to read a form, where nobody is named.
pub fn reading(ctx: &Context) -> Reading<'_> {
    Reading {
        now: ctx.now,
        book: &ctx.book,
        colleagues: &[],
    }
}

/// What is asked for, by a form or a program.
pub async fn read(ctx: &Context, form: &Form, typed: &Typed) -> Result<Wish, Problem> {
    // Whom a note can name.
    let colleagues = match form.fields.iter().any(|takes| takes.field == Field::Note) {
        true => people::colleagues(ctx).await.map_err(problem)?,
        false => Vec::new(),
    };
    let reading = Reading {
        colleagues: &colleagues,
        ..reading(ctx)
    };
    Ok((form.read)(typed, &reading)?)
}

/// When it happened, where it is entered afterwards.
fn parse_time(happened_at: &str) -> Result<Option<Instant>, FieldFault> {
    if happened_at.trim().is_empty() {
        return Ok(None);
    }
    let at = domain::time::parse(happened_at).ok_or(FieldFault {
        field: Field::HappenedAt,
        fault: Fault::NotATime,
    })?;
    Ok(Some(at))
}

fn parse_version(version: &str) -> Result<u32, FieldFault> {
    version.trim().parse().map_err(|_| FieldFault {
        field: Field::Version,
        fault: Fault::Unknown,
    })
}

/// Ids of files with blanks between, as a form has them.
pub fn ids(text: &str) -> Result<Vec<AttachmentId>, FieldFault> {
    let ids = text.split_whitespace().map(str::parse);
    ids.collect::<Result<_, _>>().map_err(|_| FieldFault {
        field: Field::Attachments,
        fault: Fault::Unknown,
    })
}
