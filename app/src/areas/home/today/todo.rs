//! What waits for the reader and is no order in their list: each with the way to it.

use domain::Role;
use domain::task::TaskState;
use store::meetings::{Waiting, Waits};
use store::orders::{Filter, Sort};
use store::{Context, cards, orders, registrations, tasks};

use crate::serve::Problem;
use crate::serve::visit::problem;
use crate::sheets::{Tile, TileName, Todo, TodoName};

/// Of each kind as many; the list of the kind has the rest.
pub const EACH: u16 = 10;

/// `tiles`: what is counted there and is none is not looked for; `waiting`: meetings.
pub async fn of(
    ctx: &Context,
    tiles: &[Tile],
    waiting: Vec<Waiting>,
) -> Result<Vec<Todo>, Problem> {
    let any = |what| tiles.iter().any(|tile| tile.what == what && tile.count > 0);
    let mut todo = meeting_todos(waiting);
    match ctx.actor.role {
        Role::Supervision => {
            let explained = cards::Filter {
                open: true,
                explained: Some(true),
                ..cards::Filter::default()
            };
            todo.extend(card_todos(ctx, &explained, TodoName::LiftCard).await?);
            if any(TileName::TasksToConfirm) {
                todo.extend(task_todos(ctx).await?);
            }
        }
        Role::Centre { .. } => {
            if any(TileName::ToCall) {
                todo.extend(call_todos(ctx).await?);
            }
            if any(TileName::Registrations) {
                let waiting = registrations::undecided(ctx, EACH).await;
                let waiting = waiting.map_err(problem)?.into_iter();
                todo.extend(waiting.map(|(id, enterprise)| Todo {
                    what: TodoName::Registration,
                    title: enterprise,
                    at: None,
                    address: format!("/registrations/{id}"),
                }));
            }
            if any(TileName::ToExplain) {
                todo.extend(own_cards(ctx).await?);
            }
        }
        Role::Handler { .. } | Role::Head { .. } | Role::Township { .. } => {
            if any(TileName::ToExplain) {
                todo.extend(own_cards(ctx).await?);
            }
            if any(TileName::TasksMine) {
                todo.extend(task_todos(ctx).await?);
            }
        }
        Role::Office => {
            if any(TileName::TasksToConfirm) {
                todo.extend(task_todos(ctx).await?);
            }
        }
        Role::Enterprise { .. }
        | Role::Deputy
        | Role::Mayor
        | Role::Leader
        | Role::SystemAdmin
        | Role::SecurityAdmin
        | Role::Auditor
        | Role::Clockwork => {}
    }
    Ok(todo)
}

/// Tasks by themselves, to be reported on or looked at; those of orders stand with these.
async fn task_todos(ctx: &Context) -> Result<Vec<Todo>, Problem> {
    let (given, _) = tasks::tasks(ctx, tasks::Which::Waiting, 0, EACH)
        .await
        .map_err(problem)?;
    let todo = given.into_iter().filter_map(|given| {
        let tasks::Of::Itself(number) = given.of else {
            return None;
        };
        Some(Todo {
            what: match given.task.state == TaskState::Reported {
                true => TodoName::ConfirmTask,
                false => TodoName::ReportTask,
            },
            title: given.title,
            at: Some(given.task.due.at),
            address: format!("/tasks/{number}"),
        })
    });
    Ok(todo.collect())
}

fn meeting_todos(waiting: Vec<Waiting>) -> Vec<Todo> {
    let todo = waiting.into_iter().map(|one| {
        let (what, page) = match one.what {
            Waits::Answer => (TodoName::AnswerInvitation, ""),
            Waits::Sign => (TodoName::SignMinutes, "/minutes"),
            Waits::Write => (TodoName::WriteMinutes, "/minutes"),
            Waits::Amend => (TodoName::AmendMinutes, "/minutes"),
            Waits::Invite => (TodoName::SendInvitations, ""),
            Waits::Open => (TodoName::OpenMeeting, ""),
            Waits::End => (TodoName::EndMeeting, ""),
        };
        Todo {
            what,
            title: one.title,
            at: Some(one.starts_at),
            address: format!("/meetings/{}{page}", one.number),
        }
    });
    todo.collect()
}

/// Cards against the reader's own body that it has not explained.
async fn own_cards(ctx: &Context) -> Result<Vec<Todo>, Problem> {
    let unexplained = cards::Filter {
        open: true,
        explained: Some(false),
        department: ctx.actor.role.body().map(ToString::to_string),
        ..cards::Filter::default()
    };
    card_todos(ctx, &unexplained, TodoName::ExplainCard).await
}

async fn card_todos(
    ctx: &Context,
    filter: &cards::Filter,
    what: TodoName,
) -> Result<Vec<Todo>, Problem> {
    let given = cards::newest(ctx, filter, 0, EACH).await.map_err(problem)?;
    let todo = given.into_iter().map(|given| Todo {
        what,
        title: given.title,
        at: Some(given.card.given_at),
        address: format!("/orders/{}", given.card.order),
    });
    Ok(todo.collect())
}

async fn call_todos(ctx: &Context) -> Result<Vec<Todo>, Problem> {
    let filter = Filter {
        to_call: true,
        ..Filter::default()
    };
    let page = orders::list(ctx, &filter, Sort::CallFirst, None, EACH)
        .await
        .map_err(problem)?;
    let todo = page.items.into_iter().map(|item| Todo {
        what: TodoName::CallBack,
        title: item.overview.placement.title.as_str().to_owned(),
        at: item.overview.callback.map(|callback| callback.due.at),
        address: format!("/orders/{}", item.overview.number),
    });
    Ok(todo.collect())
}
