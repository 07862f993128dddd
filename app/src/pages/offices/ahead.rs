use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::components::A;

use crate::api::asks;
use crate::components::deadline::Provisional;
use crate::components::light::LightMark;
use crate::components::loaded::Loaded;
use crate::frame::{frame, t};
use crate::sheets::Ahead;
use crate::words;

/// What comes by itself, of all orders and tasks under way.
#[component]
pub fn AheadPage() -> impl IntoView {
    let ahead = Resource::new(|| (), |()| asks::ahead());
    view! {
        <Title text=t(words::ahead::TITLE)/>
        <Loaded resource=ahead view=|ahead| view! { <Days ahead/> }/>
    }
}

#[component]
fn Days(ahead: Ahead) -> impl IntoView {
    let frame = frame();
    let nothing = ahead.days.is_empty();
    let days = ahead
        .days
        .into_iter()
        .map(|(day, items)| {
            let items = items
                .into_iter()
                .map(|item| {
                    let clock = domain::time::local(item.line.at)
                        .format("%H:%M")
                        .to_string();
                    view! {
                        <tr>
                            <td class="cell-time">{clock}</td>
                            <td class="cell-light">
                                <LightMark light=item.light paused=item.paused/>
                            </td>
                            <td class="cell-title">
                                <A href=item.page attr:data-row="">
                                    {item.title}
                                </A>
                            </td>
                            <td>
                                {item.line.what}
                                {item.line.provisional.then(|| view! { " " <Provisional/> })}
                            </td>
                        </tr>
                    }
                })
                .collect_view();
            view! {
                <h2>{words::time::date(frame.lang, day, frame.year)}</h2>
                <table class="table ahead-day">
                    <tbody>{items}</tbody>
                </table>
            }
        })
        .collect_view();
    view! {
        <section class="page">
            <h1>{t(words::ahead::TITLE)}</h1>
            <p class="lead">{t(words::ahead::LEAD)}</p>
            {nothing.then(|| view! { <p class="empty">{t(words::ahead::NONE)}</p> })}
            {(!nothing)
                .then(|| {
                    view! {
                        <p class="quiet">
                            {words::ahead::under_way(frame.lang, ahead.orders, ahead.tasks)}
                        </p>
                    }
                })}
            {ahead.cut.then(|| view! { <p class="hint">{t(words::ahead::CUT)}</p> })}
            {days}
        </section>
    }
}
