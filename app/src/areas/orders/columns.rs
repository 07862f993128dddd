//! Which columns the list shows, in its address like everything else.

use leptos::prelude::*;
use words::knowledge as know;

use crate::components::columns::Column;
use crate::frame::t;
use crate::sheets::Query;

/// A plain form: what it asks for is a list with another address.
#[component]
pub fn Columns(query: Query) -> impl IntoView {
    let shown = Column::parse(&query.columns);
    let hidden = query
        .pairs()
        .into_iter()
        .filter(|(name, value)| !value.is_empty() && !matches!(*name, "columns" | "after"))
        .map(|(name, value)| {
            view! { <input type="hidden" name=name value=value.clone()/> }
        })
        .collect_view();
    let boxes = Column::ALL
        .into_iter()
        .filter(|column| *column != Column::Title)
        .map(|column| {
            view! {
                <label class="check">
                    <input
                        type="checkbox"
                        name="columns"
                        value=column.code()
                        checked=shown.contains(&column)
                    />
                    {t(column.heading())}
                </label>
            }
        })
        .collect_view();
    view! {
        <details class="columns unprinted">
            <summary>{t(know::COLUMNS)}</summary>
            <form method="get" action="/orders" class="filters">
                {hidden} {boxes}
                <button type="submit" class="button">
                    {t(know::APPLY)}
                </button>
            </form>
        </details>
    }
}
