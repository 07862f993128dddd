mod todo;

use domain::order::{ExpressState, Light, StageName};
use domain::{Role, RoleName};
use store::commitments::{self, Which};
use store::orders::{self, Filter, Sort, tasks};
use store::{Desk, cards, likeness, notices, registrations};

use super::calendar::missing;
use super::list::end_of_day;
use super::rows::table;
use super::visit::problem;
use super::{answer, desk, meetings};
use crate::problem::Problem;
use crate::sheets::{Home, Laid, Tile, TileName};

/// As many as one looks through at once; each list has the rest.
const TURN: u16 = 20;
const RECENT: u16 = 8;

pub async fn home() -> Result<Home, Problem> {
    answer(async {
        let desk = desk()?;
        if is_administrator(desk.actor.role.name()) {
            return Ok(Home {
                tiles: Vec::new(),
                turn: Laid::default(),
                more: false,
                recent: Laid::default(),
                meetings: Vec::new(),
                todo: Vec::new(),
                calendar_missing: missing(&desk.book.calendar, desk.now),
                troubles: desk.store.troubles().names(),
            });
        }
        let mine = Filter {
            waits_for_caller: true,
            ..Filter::default()
        };
        let (turn, more) = rows(&desk, &mine, Sort::DueFirst, TURN).await?;
        let (recent, _) = rows(&desk, &Filter::default(), Sort::NewestFirst, RECENT).await?;
        Ok(Home {
            tiles: tiles(&desk).await?,
            todo: todo::of(&desk).await?,
            turn,
            more,
            recent,
            meetings: meetings::near(&desk).await?,
            calendar_missing: None,
            troubles: Vec::new(),
        })
    })
    .await
}

/// A page of rows, and whether there are more.
async fn rows(
    desk: &Desk,
    filter: &Filter,
    sort: Sort,
    limit: u16,
) -> Result<(Laid, bool), Problem> {
    let page = orders::list(desk, filter, sort, None, limit)
        .await
        .map_err(problem)?;
    let rows = table(desk, &page.items)?;
    Ok((rows, page.next.is_some()))
}

async fn tiles(desk: &Desk) -> Result<Vec<Tile>, Problem> {
    let all = Filter::default;
    let waits = || Filter {
        waits_for_caller: true,
        ..all()
    };
    let leads = || Filter {
        waits_for_lead: true,
        ..all()
    };
    let stage = |stage, filter| Filter {
        stage: Some(stage),
        ..filter
    };
    let red = |filter| Filter {
        light: Some(Light::Red),
        ..filter
    };
    let due_today = |filter| Filter {
        due_until: Some(end_of_day(desk.now)),
        ..filter
    };
    let open = || Filter {
        open: true,
        ..all()
    };
    use StageName::{Dispatched, Paused, Replied, Rework, Submitted};
    let plan: Vec<(TileName, Filter, &str)> = match desk.actor.role {
        Role::Enterprise { .. } => vec![
            (
                TileName::ToRate,
                stage(Replied, waits()),
                "?stage=replied&turn=mine",
            ),
            (
                TileName::ToSupplement,
                stage(Paused, waits()),
                "?stage=paused&turn=mine",
            ),
            (TileName::Open, open(), "?open=yes"),
            (TileName::All, all(), ""),
        ],
        Role::Centre { .. } => vec![
            (
                TileName::ToDispatch,
                stage(Submitted, all()),
                "?stage=submitted",
            ),
            // Not rated, and the time to rate is over.
            (
                TileName::ToClose,
                stage(Replied, waits()),
                "?stage=replied&turn=mine",
            ),
            (TileName::CityDueToday, due_today(all()), "?due=today"),
            (TileName::CityOverdue, red(all()), "?light=red"),
        ],
        // What they lead; parts of others' orders have a tile of their own.
        Role::Handler { .. } | Role::Head { .. } | Role::Township { .. } => vec![
            (
                TileName::ToTake,
                stage(Dispatched, leads()),
                "?stage=dispatched&turn=lead",
            ),
            (
                TileName::DueToday,
                due_today(leads()),
                "?due=today&turn=lead",
            ),
            (TileName::Overdue, red(leads()), "?light=red&turn=lead"),
            (
                TileName::Rework,
                stage(Rework, leads()),
                "?stage=rework&turn=lead",
            ),
        ],
        Role::Leader => vec![
            (TileName::Open, open(), "?open=yes"),
            (TileName::Overdue, red(all()), "?light=red"),
            (TileName::All, all(), ""),
        ],
        Role::Supervision | Role::Deputy | Role::Office | Role::Mayor => vec![
            (TileName::CityOverdue, red(all()), "?light=red"),
            (TileName::CityDueToday, due_today(all()), "?due=today"),
            (TileName::Open, open(), "?open=yes"),
            (TileName::All, all(), ""),
        ],
        Role::SystemAdmin | Role::SecurityAdmin | Role::Auditor | Role::Clockwork => Vec::new(),
    };
    let mut tiles = Vec::with_capacity(plan.len());
    for (what, filter, query) in plan {
        let count = orders::count(desk, &filter).await.map_err(problem)?;
        tiles.push(Tile {
            what,
            count,
            address: format!("/orders{query}"),
        });
    }
    tiles.extend(beside(desk).await?);
    Ok(tiles)
}

/// What waits elsewhere than in the list of orders; only where there is something.
async fn beside(desk: &Desk) -> Result<Vec<Tile>, Problem> {
    let to_decide = Filter {
        asks_caller: true,
        ..Filter::default()
    };
    let tile = |what, count, address: &str| Tile {
        what,
        count,
        address: address.to_owned(),
    };
    let decide = orders::count(desk, &to_decide).await.map_err(problem)?;
    let to_co_handle = Filter {
        awaits_part: true,
        ..Filter::default()
    };
    let parts = orders::count(desk, &to_co_handle).await.map_err(problem)?;
    let to_call = Filter {
        to_call: true,
        ..Filter::default()
    };
    let late = Filter {
        call_late: true,
        ..Filter::default()
    };
    let (calls, calls_late) = match desk.actor.role {
        Role::Centre { .. } => (orders::count(desk, &to_call).await.map_err(problem)?, 0),
        Role::Supervision => (0, orders::count(desk, &late).await.map_err(problem)?),
        _ => (0, 0),
    };
    let promises = promises(desk).await?;
    let explain = cards::unexplained(desk).await.map_err(problem)?;
    let notices = notices::unread(desk).await.map_err(problem)?
        + store::meetings::unread(desk).await.map_err(problem)?;
    let [candidates, mine, to_confirm, late] = tasks_and_candidates(desk).await?;
    let common = likeness::waiting(desk).await.map_err(problem)?;
    let registrations = registrations::waiting(desk).await.map_err(problem)?;
    let tiles = [
        tile(TileName::ToDecide, decide, "/orders?asks=mine"),
        tile(TileName::ToCoHandle, parts, "/orders?part=mine"),
        tile(TileName::ToCall, calls, "/orders?call=awaited"),
        tile(TileName::CallsLate, calls_late, "/orders?call=late"),
        promises,
        tile(TileName::Candidates, candidates, "/express"),
        tile(TileName::TasksMine, mine, "/tasks"),
        tile(
            TileName::TasksToConfirm,
            to_confirm,
            "/tasks?which=reported",
        ),
        tile(TileName::TasksLate, late, "/tasks?which=late"),
        tile(TileName::CommonProblems, common, "/common"),
        tile(TileName::ToExplain, explain, "/cards"),
        tile(TileName::NewNotices, notices, "/notices"),
        tile(TileName::Registrations, registrations, "/registrations"),
    ];
    Ok(tiles.into_iter().filter(|tile| tile.count > 0).collect())
}

/// Candidates for the express; tasks of one's body; tasks to look at; tasks that are late.
async fn tasks_and_candidates(desk: &Desk) -> Result<[u64; 4], Problem> {
    let count = async |which| tasks::count_tasks(desk, which).await.map_err(problem);
    Ok(match desk.actor.role {
        Role::Office => {
            let counts = orders::express_counts(desk).await.map_err(problem)?;
            let candidates = counts
                .iter()
                .filter(|(state, _)| *state == ExpressState::Candidate)
                .map(|(_, orders)| orders)
                .sum();
            let to_confirm = count(tasks::Which::Reported).await?;
            [candidates, 0, to_confirm, count(tasks::Which::Late).await?]
        }
        Role::Handler { .. } | Role::Head { .. } | Role::Township { .. } => {
            [0, count(tasks::Which::Open).await?, 0, 0]
        }
        Role::Supervision | Role::Deputy | Role::Mayor => {
            [0, 0, 0, count(tasks::Which::Late).await?]
        }
        _ => [0; 4],
    })
}

/// What bodies have promised: to themselves those that they follow, to others those
/// whose day has passed.
async fn promises(desk: &Desk) -> Result<Tile, Problem> {
    let (what, which, address) = match desk.actor.role {
        Role::Handler { .. } | Role::Head { .. } | Role::Township { .. } => {
            (TileName::Commitments, Which::Followed, "/commitments")
        }
        _ => (
            TileName::BrokenCommitments,
            Which::Broken,
            "/commitments?which=broken",
        ),
    };
    Ok(Tile {
        what,
        count: commitments::count(desk, which).await.map_err(problem)?,
        address: address.to_owned(),
    })
}

fn is_administrator(role: RoleName) -> bool {
    matches!(
        role,
        RoleName::SystemAdmin | RoleName::SecurityAdmin | RoleName::Auditor
    )
}
