use domain::order::{Light, StageName};
use domain::{Role, RoleName};
use store::Desk;
use store::orders::{self, Filter, Sort};

use super::list::end_of_day;
use super::rows::row;
use super::visit::problem;
use super::{answer, desk};
use crate::problem::Problem;
use crate::sheets::{Home, Row, Tile, TileName};

/// As many as one looks through at once; each list has the rest.
const TURN: u16 = 20;
const RECENT: u16 = 8;

pub async fn home() -> Result<Home, Problem> {
    answer(async {
        let desk = desk()?;
        if is_administrator(desk.actor.role.name()) {
            return Ok(Home {
                tiles: Vec::new(),
                turn: Vec::new(),
                recent: Vec::new(),
            });
        }
        let mine = Filter {
            waits_for_caller: true,
            ..Filter::default()
        };
        Ok(Home {
            tiles: tiles(&desk).await?,
            turn: rows(&desk, &mine, Sort::DueFirst, TURN).await?,
            recent: rows(&desk, &Filter::default(), Sort::NewestFirst, RECENT).await?,
        })
    })
    .await
}

async fn rows(desk: &Desk, filter: &Filter, sort: Sort, limit: u16) -> Result<Vec<Row>, Problem> {
    let page = orders::list(desk, filter, sort, None, limit)
        .await
        .map_err(problem)?;
    Ok(page.items.iter().map(|item| row(desk, item)).collect())
}

async fn tiles(desk: &Desk) -> Result<Vec<Tile>, Problem> {
    let all = Filter::default;
    let stage = |stage| Filter {
        stage: Some(stage),
        ..all()
    };
    let red = || Filter {
        light: Some(Light::Red),
        ..all()
    };
    let waits = || Filter {
        waits_for_caller: true,
        ..all()
    };
    let due_today = || Filter {
        due_until: Some(end_of_day(desk.now)),
        ..all()
    };
    // Not rated, and the time to rate is over.
    let to_close = Filter {
        stage: Some(StageName::Replied),
        ..waits()
    };
    let plan: Vec<(TileName, Filter, &str)> = match desk.actor.role {
        Role::Enterprise { .. } => vec![
            (TileName::ToRate, waits(), "?turn=mine"),
            (
                TileName::UnderWay,
                stage(StageName::InHand),
                "?stage=in_hand",
            ),
            (TileName::All, all(), ""),
        ],
        Role::Centre { .. } => vec![
            (
                TileName::ToDispatch,
                stage(StageName::Submitted),
                "?stage=submitted",
            ),
            (TileName::ToClose, to_close, "?stage=replied&turn=mine"),
            (TileName::DueToday, due_today(), "?due=today"),
            (TileName::Overdue, red(), "?light=red"),
        ],
        Role::Handler { .. } | Role::Head { .. } | Role::Township { .. } => vec![
            (
                TileName::ToTake,
                stage(StageName::Dispatched),
                "?stage=dispatched",
            ),
            (TileName::DueToday, due_today(), "?due=today"),
            (TileName::Overdue, red(), "?light=red"),
            (TileName::Rework, stage(StageName::Rework), "?stage=rework"),
        ],
        Role::Supervision | Role::Deputy | Role::Office | Role::Mayor => vec![
            (TileName::Overdue, red(), "?light=red"),
            (TileName::DueToday, due_today(), "?due=today"),
            (
                TileName::UnderWay,
                stage(StageName::InHand),
                "?stage=in_hand",
            ),
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
    Ok(tiles)
}

fn is_administrator(role: RoleName) -> bool {
    matches!(
        role,
        RoleName::SystemAdmin | RoleName::SecurityAdmin | RoleName::Auditor
    )
}
