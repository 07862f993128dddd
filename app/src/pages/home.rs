use domain::RoleName;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::components::A;

use crate::api::asks;
use crate::components::deadline::Moment;
use crate::components::header::administration;
use crate::components::loaded::Loaded;
use crate::components::meetings::MeetingList;
use crate::components::rows::Rows;
use crate::frame::{frame, t, year};
use crate::lang::Text;
use crate::sheets::{Home, Tile, TileName, Todo, TodoName};
use crate::words;

/// "What is my turn today?"
#[component]
pub fn HomePage() -> impl IntoView {
    let home = Resource::new(|| (), |()| asks::home());
    view! {
        <Title text=t(words::frame::HOME)/>
        <Loaded resource=home view=|home| view! { <Day home/> }/>
    }
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
                            <A href="/orders/new" attr:class="button primary">
                                {t(words::frame::PLACE)}
                            </A>
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
                    <A href=one.address>{one.title}</A>
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
        .map(|(href, text)| view! { <li><A href=href>{t(text)}</A></li> })
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
            <A href=tile.address>
                <span class="count-number">{tile.count}</span>
                " "
                <span class="count-name">{t(tile_name(tile.what))}</span>
            </A>
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
