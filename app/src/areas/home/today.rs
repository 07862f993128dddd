//! The home page: what waits for its reader, and the counts behind its tiles.

pub mod todo;

use domain::order::{Light, StageName};
use domain::{Role, RoleName};
use leptos::prelude::*;
use store::commitments::Which;
use store::counts::{Count, Counts};
use store::meetings::WaitingFor;
use store::orders::{Filter, List, Sort};
use store::{Context, likeness, tasks};
use words::lang::Text;

use crate::areas::book::calendar::server::missing;
use crate::areas::meetings::list::MeetingList;
use crate::areas::meetings::meeting::server as meetings;
use crate::areas::orders::list::server::end_of_day;
use crate::components::deadline::Moment;
use crate::components::header::administration;
use crate::components::rows::Rows;
use crate::frame::{frame, t, year};
use crate::page::Page;
use crate::serve::rows::table;
use crate::serve::visit::problem;
use crate::serve::{Problem, context};
use crate::sheets::{Laid, MeetingRow, Tile, TileName, Todo, TodoName};

/// As many as one looks through at once; each list has the rest.
const TURN: u16 = 20;
const RECENT: u16 = 8;

/// "What is my turn today?"
pub async fn page() -> Result<Page, Problem> {
    let home = home().await?;
    Page::laid(t(words::frame::HOME), view! { <Day home/> })
}

/// The start of a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Home {
    pub tiles: Vec<Tile>,
    /// What waits for the reader and is no order of their list.
    pub todo: Vec<Todo>,
    /// What waits for the reader, what is due first on top.
    pub turn: Laid,
    /// Whether more wait than are shown.
    pub more: bool,
    /// The newest orders that they see.
    pub recent: Laid,
    /// Meetings that are near.
    pub meetings: Vec<MeetingRow>,
    /// For administrators: the year whose calendar is missing, this or the next.
    pub calendar_missing: Option<i32>,
    /// For administrators: records that could not be worked on.
    pub troubles: Vec<String>,
}

pub async fn home() -> Result<Home, Problem> {
    let ctx = context()?;
    if is_administrator(ctx.actor.role.name()) {
        return Ok(Home {
            tiles: Vec::new(),
            turn: Laid::default(),
            more: false,
            recent: Laid::default(),
            meetings: Vec::new(),
            todo: Vec::new(),
            calendar_missing: missing(&ctx.book.calendar, ctx.now),
            troubles: ctx.store.troubles().names(),
        });
    }
    let mine = Filter {
        waits_for_caller: true,
        ..Filter::default()
    };
    let all = Filter::default();
    let plan = tiles(&ctx);
    let counts: Vec<Count> = plan.iter().map(|planned| planned.count.clone()).collect();
    let asked = (
        List::of(&mine, Sort::DueFirst, None, TURN),
        List::of(&all, Sort::NewestFirst, None, RECENT),
        Counts(&counts),
        meetings::near(&ctx),
        WaitingFor(todo::EACH),
    );
    let (turn, recent, counted, near, waiting) = store::ask(&ctx, asked).await.map_err(problem)?;
    // Neither searches words.
    let (turn, recent) = (turn.unwrap_or_default(), recent.unwrap_or_default());
    let tiles = shown(&ctx, plan, counted).await?;
    let near = near.unwrap_or_default();
    Ok(Home {
        todo: todo::of(&ctx, &tiles, waiting).await?,
        tiles,
        turn: table(&ctx, &turn.items)?,
        more: turn.next.is_some(),
        recent: table(&ctx, &recent.items)?,
        meetings: near.iter().map(meetings::meeting_row).collect(),
        calendar_missing: None,
        troubles: Vec::new(),
    })
}

/// A tile before it is counted.
struct Planned {
    what: TileName,
    count: Count,
    address: String,
    /// Also where there is none.
    always: bool,
}

fn tiles(ctx: &Context) -> Vec<Planned> {
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
        due_until: Some(end_of_day(ctx.now)),
        ..filter
    };
    let open = || Filter {
        open: true,
        ..all()
    };
    use StageName::{Dispatched, Paused, Replied, Rework, Submitted};
    let plan: Vec<(TileName, Filter, &str)> = match ctx.actor.role {
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
    let beside = beside(ctx).map(|(what, count, address)| Planned {
        what,
        count,
        address: address.to_owned(),
        always: false,
    });
    orders.chain(beside).collect()
}

/// Those that are shown: beside the orders only what there is.
async fn shown(ctx: &Context, plan: Vec<Planned>, counted: Vec<u64>) -> Result<Vec<Tile>, Problem> {
    let tiles = plan.into_iter().zip(counted);
    let tiles = tiles.filter(|(planned, count)| planned.always || *count > 0);
    let tiles = tiles.map(|(planned, count)| Tile {
        what: planned.what,
        count,
        address: planned.address,
    });
    let common = Tile {
        what: TileName::CommonProblems,
        count: likeness::waiting(ctx).await.map_err(problem)?,
        address: "/common".to_owned(),
    };
    let common = Some(common).filter(|common| common.count > 0);
    Ok(tiles.chain(common).collect())
}

/// What waits elsewhere than in the list of orders.
fn beside(ctx: &Context) -> impl Iterator<Item = (TileName, Count, &'static str)> {
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
    let mut plan = match ctx.actor.role {
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

#[component]
fn Day(home: Home) -> impl IntoView {
    let role = frame().me.map(|me| me.role);
    let Home {
        tiles,
        turn,
        more,
        recent,
        meetings,
        todo,
        calendar_missing,
        troubles,
    } = home;
    if let Some(role @ (RoleName::SystemAdmin | RoleName::SecurityAdmin | RoleName::Auditor)) = role
    {
        return view! { <Administration calendar_missing troubles role/> }.into_any();
    }
    let is_enterprise = role == Some(RoleName::Enterprise);
    let nothing = if is_enterprise && recent.is_empty() {
        words::home::NOTHING_PLACED
    } else {
        words::home::NOTHING_TO_DO
    };
    let idle = todo.is_empty();
    view! {
        <section class="page">
            <div class="page-head">
                <h1>{t(words::home::YOUR_TURN)}</h1>
                {is_enterprise
                    .then(|| {
                        view! {
                            <a href="/orders/new" class="button primary">
                                {t(words::frame::PLACE)}
                            </a>
                        }
                    })}
            </div>
            <ul class="counts">
                {tiles.into_iter().map(|tile| view! { <Count tile/> }).collect_view()}
            </ul>
            <Todos todo/>
            {if turn.is_empty() && idle {
                view! { <p class="empty">{t(nothing)}</p> }.into_any()
            } else if turn.is_empty() {
                ().into_any()
            } else {
                view! { <Rows rows=turn/> }.into_any()
            }}
            {more
                .then(|| {
                    view! {
                        <p>
                            <a href="/orders?turn=mine">{t(words::home::SEE_ALL)}</a>
                        </p>
                    }
                })}
            {(!meetings.is_empty())
                .then(|| {
                    view! {
                        <h2>{t(words::express::MEETINGS_AHEAD)}</h2>
                        <MeetingList meetings/>
                    }
                })}
            {(!recent.is_empty())
                .then(|| {
                    view! {
                        <h2>{t(words::home::RECENT)}</h2>
                        <Rows rows=recent/>
                    }
                })}
        </section>
    }
    .into_any()
}

/// What waits for the reader beside orders, each with the way straight to it.
#[component]
fn Todos(todo: Vec<Todo>) -> impl IntoView {
    let items = todo
        .iter()
        .cloned()
        .map(|one| {
            view! {
                <li>
                    <span class="tag">{t(todo_name(one.what))}</span>
                    " "
                    <a href=one.address>{one.title}</a>
                    " "
                    {one.at.map(|at| view! { <span class="quiet"><Moment at/></span> })}
                </li>
            }
        })
        .collect_view();
    (!todo.is_empty()).then(|| view! { <ul class="plain-list todo">{items}</ul> })
}

fn todo_name(todo: TodoName) -> Text {
    match todo {
        TodoName::AnswerInvitation => words::home::ANSWER_INVITATION,
        TodoName::SignMinutes => words::home::SIGN_MINUTES,
        TodoName::WriteMinutes => words::home::WRITE_MINUTES,
        TodoName::AmendMinutes => words::home::AMEND_MINUTES,
        TodoName::SendInvitations => words::home::SEND_INVITATIONS,
        TodoName::OpenMeeting => words::home::OPEN_MEETING,
        TodoName::EndMeeting => words::home::END_MEETING,
        TodoName::LiftCard => words::home::LIFT_CARD,
        TodoName::ExplainCard => words::home::EXPLAIN_CARD,
        TodoName::CallBack => words::home::CALL_BACK,
        TodoName::Registration => words::home::REGISTRATION,
        TodoName::ReportTask => words::home::REPORT_TASK,
        TodoName::ConfirmTask => words::home::CONFIRM_TASK,
    }
}

/// The home page of those who look after the system and see no orders.
#[component]
fn Administration(
    calendar_missing: Option<i32>,
    troubles: Vec<String>,
    role: RoleName,
) -> impl IntoView {
    let tasks = administration(role, false)
        .into_iter()
        .map(|(href, text)| view! { <li><a href=href>{t(text)}</a></li> })
        .collect_view();
    let this_year = year();
    let warning = calendar_missing.map(|year| {
        if year == this_year {
            words::calendar::THIS_MISSING
        } else {
            words::calendar::NEXT_MISSING
        }
    });
    view! {
        <section class="page narrow">
            {warning
                .map(|warning| {
                    view! {
                        <p class="notice warning" role="alert">
                            {t(warning)}
                        </p>
                    }
                })}
            {(!troubles.is_empty())
                .then(|| {
                    let names = troubles
                        .iter()
                        .map(|name| view! { <li>{name.clone()}</li> })
                        .collect_view();
                    view! {
                        <div class="notice warning" role="alert">
                            <p>{t(words::home::TROUBLES)}</p>
                            <ul>{names}</ul>
                        </div>
                    }
                })}
            <p>{t(words::home::ADMIN)}</p>
            <h2>{t(words::home::ADMIN_TASKS)}</h2>
            <ul>{tasks}</ul>
        </section>
    }
}

#[component]
fn Count(tile: Tile) -> impl IntoView {
    view! {
        <li>
            <a href=tile.address>
                <span class="count-number">{tile.count}</span>
                " "
                <span class="count-name">{t(tile_name(tile.what))}</span>
            </a>
        </li>
    }
}

fn tile_name(tile: TileName) -> Text {
    match tile {
        TileName::ToRate => words::home::TO_RATE,
        TileName::ToSupplement => words::home::TO_SUPPLEMENT,
        TileName::Open => words::home::OPEN,
        TileName::CityDueToday => words::home::CITY_DUE_TODAY,
        TileName::CityOverdue => words::home::CITY_OVERDUE,
        TileName::All => words::home::ALL,
        TileName::ToDispatch => words::home::TO_DISPATCH,
        TileName::ToClose => words::home::TO_CLOSE,
        TileName::ToTake => words::home::TO_TAKE,
        TileName::DueToday => words::home::DUE_TODAY,
        TileName::Overdue => words::home::OVERDUE,
        TileName::Rework => words::home::REWORK,
        TileName::ToDecide => words::home::TO_DECIDE,
        TileName::ToCoHandle => words::home::TO_CO_HANDLE,
        TileName::ToCall => words::home::TO_CALL,
        TileName::CallsLate => words::home::CALLS_LATE,
        TileName::Commitments => words::home::COMMITMENTS,
        TileName::BrokenCommitments => words::home::BROKEN_COMMITMENTS,
        TileName::CommonProblems => words::knowledge::COMMON,
        TileName::Candidates => words::home::CANDIDATES,
        TileName::TasksMine => words::home::TASKS_MINE,
        TileName::TasksToConfirm => words::home::TASKS_TO_CONFIRM,
        TileName::TasksLate => words::home::TASKS_LATE,
        TileName::ToExplain => words::home::TO_EXPLAIN,
        TileName::NewNotices => words::home::NEW_NOTICES,
        TileName::Registrations => words::people::REGISTRATIONS,
    }
}
