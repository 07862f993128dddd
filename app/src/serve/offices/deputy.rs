use domain::{Action, BodyCode};
use store::Desk;
use store::deputies::{self, Coming};
use store::orders::{self, Filter, Sort};

use crate::problem::ProblemDetails;
use crate::serve::Problem;
use crate::serve::answer;
use crate::serve::meetings::decided_since;
use crate::serve::rows::{short, table};
use crate::serve::visit::{desk_for, problem};
use crate::sheets::{ComingSheet, DeputySheet, StandingSheet};

/// Orders that a list of the page shows.
const SHOWN: u16 = 20;

/// The bodies that the reader answers for; where none are named, all of them.
pub async fn deputy() -> Result<DeputySheet, ProblemDetails> {
    answer(async {
        let desk = desk_for(Action::SeeDeputyPage)?;
        let own = match desk.actor.user {
            Some(user) => deputies::bodies_of(&desk, user).await.map_err(problem)?,
            None => Vec::new(),
        };
        let directory = &desk.book.directory;
        let all = directory.bodies.iter();
        let all = all.filter(|body| body.kind.fulfils_orders());
        let named = !own.is_empty();
        let bodies: Vec<BodyCode> = if named {
            own
        } else {
            all.map(|body| body.code.clone()).collect()
        };
        let standings = deputies::standings(&desk, &bodies).await.map_err(problem)?;
        let coming = deputies::coming(&desk, &bodies).await.map_err(problem)?;
        let mut upcoming = Vec::with_capacity(coming.len());
        for one in coming {
            upcoming.push(ComingSheet {
                order: one.order.to_string(),
                decided: one.decided && is_decided_elsewhere(&desk, &one).await?,
                body: short(directory, &one.body),
                title: one.title,
                meeting: one.meeting.to_string(),
                meeting_title: one.meeting_title,
                starts_at: one.starts_at,
            });
        }
        let asks = Filter {
            asks_caller: true,
            ..Filter::default()
        };
        let decide = orders::list(&desk, &asks, Sort::DueFirst, None, SHOWN)
            .await
            .map_err(problem)?;
        let twice = Filter {
            twice_bad: true,
            ..Filter::default()
        };
        let waits = orders::list(&desk, &twice, Sort::DueFirst, None, SHOWN)
            .await
            .map_err(problem)?;
        Ok(DeputySheet {
            named,
            bodies: standings
                .into_iter()
                .map(|one| StandingSheet {
                    name: short(directory, &one.body),
                    code: one.body.to_string(),
                    open: one.open,
                    overdue: one.overdue,
                    cards: one.cards,
                    tasks: one.tasks,
                    late_tasks: one.late_tasks,
                    extensions: one.extensions,
                })
                .collect(),
            coming: upcoming,
            decide: table(&desk, &decide.items)?,
            waits: table(&desk, &waits.items)?,
        })
    })
    .await
}

/// Whether another meeting has decided about it since it was put on the agenda.
async fn is_decided_elsewhere(desk: &Desk, coming: &Coming) -> Result<bool, Problem> {
    let found = orders::find(desk, coming.order).await.map_err(problem)?;
    Ok(decided_since(&found.order, coming.put_on, coming.meeting).is_some())
}
