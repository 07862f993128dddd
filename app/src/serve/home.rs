mod todo;

use domain::order::{Light, StageName};
use domain::{Role, RoleName};
use store::commitments::Which;
use store::counts::{Count, Counts};
use store::meetings::WaitingFor;
use store::orders::{Filter, List, Sort};
use store::{Desk, likeness, tasks};

use super::calendar::missing;
use super::list::end_of_day;
use super::rows::table;
use super::visit::problem;
use super::{answer, desk, meetings};
use crate::problem::ProblemDetails;
use crate::serve::Problem;
use crate::sheets::{Home, Laid, Tile, TileName};

/// As many as one looks through at once; each list has the rest.
const TURN: u16 = 20;
const RECENT: u16 = 8;

pub async fn home() -> Result<Home, ProblemDetails> {
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
        let all = Filter::default();
        let plan = tiles(&desk);
        let counts: Vec<Count> = plan.iter().map(|planned| planned.count.clone()).collect();
        let asked = (
            List::of(&mine, Sort::DueFirst, None, TURN),
            List::of(&all, Sort::NewestFirst, None, RECENT),
            Counts(&counts),
            meetings::near(&desk),
            WaitingFor(todo::EACH),
        );
        let (turn, recent, counted, near, waiting) =
            store::ask(&desk, asked).await.map_err(problem)?;
        // Neither searches words.
        let (turn, recent) = (turn.unwrap_or_default(), recent.unwrap_or_default());
        let tiles = shown(&desk, plan, counted).await?;
        let near = near.unwrap_or_default();
        Ok(Home {
            todo: todo::of(&desk, &tiles, waiting).await?,
            tiles,
            turn: table(&desk, &turn.items)?,
            more: turn.next.is_some(),
            recent: table(&desk, &recent.items)?,
            meetings: near.iter().map(meetings::meeting_row).collect(),
            calendar_missing: None,
            troubles: Vec::new(),
        })
    })
    .await
}

/// A tile before it is counted.
struct Planned {
    what: TileName,
    count: Count,
    address: String,
    /// Also where there is none.
    always: bool,
}

fn tiles(desk: &Desk) -> Vec<Planned> {
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
    let orders = plan.into_iter().map(|(what, filter, query)| Planned {
        what,
        count: Count::Orders(Box::new(filter)),
        address: format!("/orders{query}"),
        always: true,
    });
    let beside = beside(desk).map(|(what, count, address)| Planned {
        what,
        count,
        address: address.to_owned(),
        always: false,
    });
    orders.chain(beside).collect()
}

/// Those that are shown: beside the orders only what there is.
async fn shown(desk: &Desk, plan: Vec<Planned>, counted: Vec<u64>) -> Result<Vec<Tile>, Problem> {
    let tiles = plan.into_iter().zip(counted);
    let tiles = tiles.filter(|(planned, count)| planned.always || *count > 0);
    let tiles = tiles.map(|(planned, count)| Tile {
        what: planned.what,
        count,
        address: planned.address,
    });
    let common = Tile {
        what: TileName::CommonProblems,
        count: likeness::waiting(desk).await.map_err(problem)?,
        address: "/common".to_owned(),
    };
    let common = Some(common).filter(|common| common.count > 0);
    Ok(tiles.chain(common).collect())
}

/// What waits elsewhere than in the list of orders.
fn beside(desk: &Desk) -> impl Iterator<Item = (TileName, Count, &'static str)> {
    let all = Filter::default;
    let asks = Filter {
        asks_caller: true,
        ..all()
    };
    let part = Filter {
        awaits_part: true,
        ..all()
    };
    let to_call = Filter {
        to_call: true,
        ..all()
    };
    let call_late = Filter {
        call_late: true,
        ..all()
    };
    let commitments = |name, which, address| (name, Count::Commitments(which), address);
    let tasks = |name, which, address| (name, Count::Tasks(which), address);
    let broken = commitments(
        TileName::BrokenCommitments,
        Which::Broken,
        "/commitments?which=broken",
    );
    let late = tasks(TileName::TasksLate, tasks::Which::Late, "/tasks?which=late");
    let to_confirm = tasks(
        TileName::TasksToConfirm,
        tasks::Which::Reported,
        "/tasks?which=reported",
    );
    let explain = (TileName::ToExplain, Count::UnexplainedCards, "/cards");
    let decide = (
        TileName::ToDecide,
        Count::Orders(Box::new(asks)),
        "/orders?asks=mine",
    );
    let mut plan = match desk.actor.role {
        Role::Centre { .. } => vec![
            decide,
            (
                TileName::ToCall,
                Count::Orders(Box::new(to_call)),
                "/orders?call=awaited",
            ),
            broken,
            explain,
        ],
        Role::Handler { .. } | Role::Head { .. } | Role::Township { .. } => vec![
            decide,
            (
                TileName::ToCoHandle,
                Count::Orders(Box::new(part)),
                "/orders?part=mine",
            ),
            commitments(TileName::Commitments, Which::Followed, "/commitments"),
            tasks(TileName::TasksMine, tasks::Which::Open, "/tasks"),
            explain,
        ],
        Role::Supervision => vec![
            (
                TileName::CallsLate,
                Count::Orders(Box::new(call_late)),
                "/orders?call=late",
            ),
            broken,
            to_confirm,
            late,
        ],
        Role::Office => vec![
            broken,
            (TileName::Candidates, Count::Candidates, "/express"),
            to_confirm,
            late,
        ],
        Role::Deputy => vec![decide, broken, late],
        Role::Mayor => vec![broken, late],
        Role::Enterprise { .. } | Role::Leader => vec![broken],
        Role::SystemAdmin | Role::SecurityAdmin | Role::Auditor | Role::Clockwork => Vec::new(),
    };
    plan.extend([
        (TileName::NewNotices, Count::UnreadNotices, "/notices"),
        (
            TileName::Registrations,
            Count::Registrations,
            "/registrations",
        ),
    ]);
    plan.into_iter()
}

fn is_administrator(role: RoleName) -> bool {
    matches!(
        role,
        RoleName::SystemAdmin | RoleName::SecurityAdmin | RoleName::Auditor
    )
}
