use domain::time::Due;
use leptos::prelude::*;

use crate::components::table::Table;
use crate::frame::{frame, lang, name, t};
use crate::sheets::MovedSheet;

/// Every deadline that would move; nothing is left out.
#[component]
pub fn MovedTable(moved: MovedSheet) -> impl IntoView {
    if moved.moved.is_empty() {
        return view! { <p class="empty">{t(words::calendar::NOTHING_MOVES)}</p> }.into_any();
    }
    let overdue = moved.overdue;
    let rows = moved
        .moved
        .into_iter()
        .map(|row| {
            let settled = row.was.at == row.is.at;
            view! {
                <tr>
                    <td class="cell-number">{row.number}</td>
                    <td data-label=t(words::order::BODY)>{row.lead.as_ref().map_or_else(|| "—".to_owned(), name)}</td>
                    <td data-label=t(words::calendar::CLOCK)>{t(words::order::clock(row.clock))}</td>
                    <td data-label=t(words::calendar::WAS)>{due(row.was)}</td>
                    <td data-label=t(words::calendar::IS)>
                        {due(row.is)}
                        {row
                            .overdue
                            .then(|| {
                                view! {
                                    " "
                                    <span class="tag">{t(words::calendar::OVERDUE_AT_ONCE)}</span>
                                }
                            })}
                        {settled
                            .then(|| {
                                view! {
                                    " "
                                    <span class="quiet">{t(words::calendar::SETTLED)}</span>
                                }
                            })}
                    </td>
                </tr>
            }
        })
        .collect_view();
    view! {
        {(overdue > 0)
            .then(|| {
                view! {
                    <p class="notice warning">{words::calendar::overdue(lang(), overdue)}</p>
                }
            })}
        <Table heads=vec![
            words::order::NUMBER, words::order::BODY, words::calendar::CLOCK,
            words::calendar::WAS, words::calendar::IS
        ]>{rows}</Table>
    }
    .into_any()
}

fn due(due: Due) -> String {
    let frame = frame();
    words::time::due(frame.lang, due, frame.year)
}
