use domain::order::{StageName, Turn};
use leptos::prelude::*;
use leptos_router::components::A;

use super::deadline::DeadlineWords;
use super::light::LightMark;
use crate::frame::{name, t};
use crate::sheets::Row;
use crate::words;

/// Orders as a table; on a phone each becomes a card.
#[component]
pub fn Rows(rows: Vec<Row>) -> impl IntoView {
    let body = rows
        .into_iter()
        .map(|row| view! { <OrderRow row/> })
        .collect_view();
    view! {
        <table class="rows">
            <thead>
                <tr>
                    <th scope="col">{t(words::order::LIGHT)}</th>
                    <th scope="col">{t(words::order::TURN)}</th>
                    <th scope="col">{t(words::order::DEADLINE)}</th>
                    <th scope="col">{t(words::order::TITLE)}</th>
                    <th scope="col">{t(words::order::ENTERPRISE)}</th>
                    <th scope="col">{t(words::order::BODY)}</th>
                    <th scope="col">{t(words::order::STAGE)}</th>
                    <th scope="col">{t(words::order::NUMBER)}</th>
                </tr>
            </thead>
            <tbody>{body}</tbody>
        </table>
    }
}

#[component]
fn OrderRow(row: Row) -> impl IntoView {
    let address = format!("/orders/{}", row.number);
    let turn = turn_of(&row);
    view! {
        <tr>
            <td class="cell-light">
                <LightMark light=row.light paused=row.stage == StageName::Paused/>
            </td>
            <td class="cell-turn">{turn}</td>
            <td class="cell-deadline">
                <DeadlineWords deadline=row.own.or(row.deadline)/>
                {row
                    .own
                    .map(|own| {
                        view! {
                            " "
                            <span class="tag">{t(words::order::clock(own.clock))}</span>
                        }
                    })}
            </td>
            <td class="cell-title">
                <A href=address attr:data-row="">
                    {row.title}
                </A>
                {row
                    .escalation
                    .map(|level| {
                        view! {
                            " "
                            <span class="tag">
                                {t(words::order::CARRIED_TO)} " " {t(words::order::level(level))}
                            </span>
                        }
                    })}
                {row
                    .asks
                    .into_iter()
                    .map(|ask| view! { " " <span class="tag">{t(words::order::ask(ask))}</span> })
                    .collect_view()}
            </td>
            <td class="cell-enterprise">{row.enterprise}</td>
            <td class="cell-body">{row.lead.as_ref().map_or_else(|| "—".to_owned(), name)}</td>
            <td class="cell-stage">{t(words::order::stage(row.stage))}</td>
            <td class="cell-number">{row.number}</td>
        </tr>
    }
}

/// Whose turn it is, by name where a body has one.
pub fn turn_of(row: &Row) -> String {
    match (row.turn, &row.lead) {
        (Turn::Lead, Some(lead)) => name(lead),
        (turn, _) => t(words::order::turn(turn)).to_owned(),
    }
}
