//! Tasks: the list of all, and those that are cases by themselves.

use domain::case::Door;
use domain::task::{TaskLine, TaskStepName, TaskWhat};
use domain::{Action, BodyCode};
use store::cases::Kind;
use store::tasks::{Found, Given, Of, Which};
use store::{Context, cases, tasks, watching};
use words::lang::Lang;

use crate::areas::orders::order::server::departments;
use crate::areas::tasks::task::TaskCaseSheet;
use crate::components::fields::Choice;
use crate::frame::Frame;
use crate::serve::forms::task as forms;
use crate::serve::rows::{case_line, deadline, short};
use crate::serve::visit::{context_for, problem};
use crate::serve::{Problem, files, layout, unsent, visit};
use crate::sheets::{AheadLine, Laid, TaskQuery, TaskSheet, TasksSheet};

const PAGE: u16 = 50;

pub async fn list(query: &TaskQuery) -> Result<TasksSheet, Problem> {
    let ctx = context_for(Action::SeeTasks)?;
    let frame = visit()?.frame;
    let which = match query.which.as_str() {
        "" | "open" => Which::Open,
        "late" => Which::Late,
        "reported" => Which::Reported,
        "all" => Which::All,
        _ => return Err(Problem::Malformed),
    };
    let skip: u32 = query.skip.trim().parse().unwrap_or(0);
    let (given, total) = tasks::tasks(&ctx, which, skip, PAGE)
        .await
        .map_err(problem)?;
    let items = given
        .into_iter()
        .map(|given| given_sheet(&ctx, frame.lang, given));
    let gives = ctx.actor.may(Action::GiveTasks).is_ok();
    let bodies = departments(&ctx).into_iter().filter(|_| gives);
    Ok(TasksSheet {
        which: query.which.clone(),
        items: items.collect(),
        total,
        skip,
        page: PAGE,
        give: gives.then(|| forms::give(&frame)),
        bodies: bodies
            .map(|(code, name)| Choice::new(code, frame.lang.name(&name)))
            .collect(),
        unsent: unsent::of_page(&ctx, "/tasks").await?,
        waiting: files::waiting(&ctx, "/tasks").await?,
    })
}

/// A task with the case that it is of.
pub fn given_sheet(ctx: &Context, lang: Lang, given: Given) -> TaskSheet {
    let (number, page, enterprise) = match given.of {
        Of::Order { number, enterprise } => {
            (number.to_string(), format!("/orders/{number}"), enterprise)
        }
        Of::Itself(number) => (
            number.to_string(),
            format!("/tasks/{number}"),
            String::new(),
        ),
    };
    TaskSheet {
        number,
        page,
        title: given.title,
        enterprise,
        ..task_sheet(ctx, lang, &given.task)
    }
}

/// A task but for the case that it is of.
pub fn task_sheet(ctx: &Context, lang: Lang, task: &TaskLine) -> TaskSheet {
    let directory = &ctx.book.directory;
    TaskSheet {
        number: String::new(),
        page: String::new(),
        title: String::new(),
        enterprise: String::new(),
        seq: task.seq,
        text: task.duty.text.as_str().to_owned(),
        proof: task.duty.proof.as_str().to_owned(),
        basis: task.basis.as_ref().map(|basis| basis.as_str().to_owned()),
        owner: short(directory, &task.duty.owner),
        co_owners: task
            .duty
            .co_owners
            .iter()
            .map(|body| short(directory, body))
            .collect(),
        is_decision: task.source.is_decision(),
        source: words::task::source(lang, task.source),
        given_at: task.given_at,
        deadline: deadline(ctx, task.running()),
        moved_from: task.duty.moved_from.filter(|day| {
            // A later notice may have made it a workday.
            !ctx.book.calendar.is_working(*day)
        }),
        light: task.light(ctx.now),
        state: task.state,
        late: task.is_late(ctx.now),
        report: task
            .report
            .as_ref()
            .map(|report| (report.at, report.text.as_str().to_owned())),
        files: Vec::new(),
        not_done: task
            .not_done
            .as_ref()
            .map(|reason| reason.as_str().to_owned()),
        to_report: false,
        to_confirm: false,
    }
}

/// One that is a case by itself.
pub async fn sheet(number: &str) -> Result<TaskCaseSheet, Problem> {
    let ctx = context_for(Action::SeeTasks)?;
    let frame = visit()?.frame;
    let found = cases::find(&ctx, number).await;
    lay_out(&ctx, &frame, &found.map_err(problem)?).await
}

async fn lay_out(ctx: &Context, frame: &Frame, found: &Found) -> Result<TaskCaseSheet, Problem> {
    let (case, page) = (&found.case, format!("/tasks/{}", found.case.number));
    let offers = case.offers(&ctx.actor, ctx.now, &ctx.book);
    let line = case.task.line(&ctx.book);
    let reports = found.events.iter().rev();
    let mut reports = reports.filter(|event| matches!(event.what, TaskWhat::Reported(_)));
    let report = reports.next().filter(|_| line.report.is_some());
    let attached = report.map_or(&[][..], |event| &event.attachments);
    let task = TaskSheet {
        number: case.number.to_string(),
        page: page.clone(),
        title: case.title.as_str().to_owned(),
        files: attached.iter().map(files::file).collect(),
        ..task_sheet(ctx, frame.lang, &line)
    };
    let forms = TaskStepName::ALL.into_iter();
    let forms = forms.map(|step| match offers.contains(&step) {
        true => forms::form(step, frame, found),
        false => None,
    });
    let ahead = case.ahead(ctx.now, &ctx.book).into_iter();
    let ahead = ahead.map(|one| AheadLine {
        at: one.at,
        provisional: one.provisional,
        what: words::task::foreseen(frame.lang, &one),
    });
    Ok(TaskCaseSheet {
        turn: turn(ctx, frame.lang, &line, &offers),
        task,
        forms: forms.collect(),
        history: history(ctx, frame, found)?,
        ahead: ahead.collect(),
        watched: watching::is_watched(ctx, Kind::Task, found.id)
            .await
            .map_err(problem)?,
        unsent: unsent::of_page(ctx, &page).await?,
        waiting: files::waiting(ctx, &page).await?,
    })
}

fn turn(ctx: &Context, lang: Lang, line: &TaskLine, offers: &[TaskStepName]) -> String {
    if offers.contains(&TaskStepName::Report) {
        return words::task::YOU_REPORT.of(lang).to_owned();
    }
    if offers.contains(&TaskStepName::Confirm) {
        return words::task::YOU_CONFIRM.of(lang).to_owned();
    }
    let owner = name(ctx, lang, &line.duty.owner);
    words::task::turn(lang, line.state, line.source, &owner)
}

fn name(ctx: &Context, lang: Lang, body: &BodyCode) -> String {
    lang.name(&short(&ctx.book.directory, body)).to_owned()
}

/// What happened.
fn history(ctx: &Context, frame: &Frame, found: &Found) -> Result<Laid, Problem> {
    let calendar = &ctx.book.calendar;
    let lines = found.events.iter().map(|event| {
        let told = words::task::told(frame.lang, &event.what, calendar, frame.year);
        let name = event.by.name_for(&ctx.actor, true);
        case_line(ctx, frame.lang, event, name, told)
    });
    layout::history(&lines.collect::<Vec<_>>())
}
