use leptos::prelude::*;

use super::columns::Column;
use crate::frame::t;
use crate::sheets::Laid;

/// Orders as a table; on a phone each becomes a card. `select`: each has a box before it.
#[component]
pub fn Rows(
    rows: Laid,
    #[prop(default = Column::usual())] columns: Vec<Column>,
    #[prop(optional)] select: bool,
) -> impl IntoView {
    let wide = columns.len() > Column::usual().len();
    let headings = columns
        .iter()
        .map(|column| view! { <th scope="col">{t(column.heading())}</th> })
        .collect_view();
    view! {
        <div class:rows-wide=wide>
        <table class="rows">
            <thead>
                <tr>
                    {select
                        .then(|| {
                            view! {
                                <th scope="col">
                                    <span class="unseen">{t(words::knowledge::SELECT)}</span>
                                </th>
                            }
                        })}
                    {headings}
                </tr>
            </thead>
            <tbody inner_html=rows.html()></tbody>
        </table>
        </div>
    }
}
