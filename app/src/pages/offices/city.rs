use std::time::Duration;

use domain::order::Rate;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::components::A;
use leptos_router::hooks::use_query_map;

use crate::api::asks;
use crate::components::deadline::{DeadlineWords, Moment};
use crate::components::loaded::Loaded;
use crate::frame::{lang, name, t};
use crate::lang::Text;
use crate::sheets::{CityMatter, CitySheet, RedBody, TaskSheet};
use crate::words;
use crate::words::express as words_of;

/// How often the wall is renewed.
const RENEWED: Duration = Duration::from_secs(30);

/// The city on one screen: what is on the express, who is late, what was decided, how
/// enterprises are served. On the wall it follows by itself.
#[component]
pub fn CityPage() -> impl IntoView {
    let query = use_query_map();
    let wall = move || query.read().get("wall").is_some();
    let city = Resource::new(|| (), |()| asks::city());
    // Only where there are scripts; and with the session that it began with.
    Effect::new(move |_| {
        if wall()
            && let Ok(timer) = set_interval_with_handle(move || city.refetch(), RENEWED)
        {
            on_cleanup(move || timer.clear());
        }
    });
    view! {
        <Title text=t(words_of::CITY)/>
        <section class=if wall() { "page city wall" } else { "page city" }>
            <Loaded
                resource=city
                view=move |sheet| view! { <City sheet wall=query.get_untracked().get("wall").is_some()/> }
            />
        </section>
    }
}

#[component]
fn City(sheet: CitySheet, wall: bool) -> impl IntoView {
    let measures = sheet.measures;
    let since = format!("&from={}", sheet.since);
    let orders = |measure: &str| format!("/orders?measure={measure}{since}");
    let participation = percent(measures.participation());
    let waiting = sheet
        .waiting
        .into_iter()
        .map(|one| view! { <Waiting one/> })
        .collect_view();
    let top = sheet.reds.iter().map(|red| red.orders).max().unwrap_or(0);
    let none_red = sheet.reds.is_empty();
    let reds = sheet
        .reds
        .into_iter()
        .map(|red| view! { <Red red top/> })
        .collect_view();
    let late = sheet
        .late
        .into_iter()
        .map(|task| view! { <LateTask task/> })
        .collect_view();
    let settled = format!("/orders?numbers={}", sheet.settled.join("+"));
    let settled_count = sheet.settled.len();
    let rated = sheet
        .rated
        .iter()
        .map(|(level, orders)| format!("{} {orders}", t(words::order::rating(*level))))
        .collect::<Vec<_>>()
        .join(" · ");
    view! {
        <div class="page-head city-head">
            <h1>{t(words_of::CITY)}</h1>
            <p class="quiet">
                <Moment at=sheet.at/>
                " · "
                {if wall {
                    view! {
                        {t(words_of::WALL_FOLLOWS)}
                        " "
                        <a href="/city" rel="external">
                            {t(words_of::WALL_LEAVE)}
                        </a>
                    }
                        .into_any()
                } else {
                    view! {
                        <a href="/city?wall" rel="external">
                            {t(words_of::WALL)}
                        </a>
                    }
                        .into_any()
                }}
            </p>
        </div>
        <div class="city-measures">
            <MeasureTile
                label=words_of::ON_TIME
                hint=words_of::ON_TIME_HINT
                rate=measures.on_time()
                part=orders("in_time")
                whole=orders("due")
            />
            <MeasureTile
                label=words_of::SOLVING
                hint=words_of::SOLVING_HINT
                rate=measures.solving()
                part=orders("solved")
                whole=orders("called_back")
            />
            <MeasureTile
                label=words_of::SATISFACTION
                hint=words_of::SATISFACTION_HINT
                rate=measures.satisfaction()
                part=orders("satisfied")
                whole=orders("rated")
                beside=format!("{} {participation}", t(words_of::PARTICIPATION))
            />
        </div>
        <div class="city-columns">
            <section class="panel">
                <h2>{t(words_of::ON_EXPRESS)}</h2>
                <p class="city-counts">
                    <Number count=sheet.candidates label=words_of::CANDIDATES href="/orders?express=candidate"/>
                    <Number count=sheet.matters label=words_of::MATTERS href="/orders?express=matter"/>
                    <Number count=sheet.decided label=words_of::DECIDED href="/orders?express=decided"/>
                </p>
                <ul class="plain-list city-waiting">{waiting}</ul>
            </section>
            <section class="panel">
                <h2>{t(words_of::REDS)}</h2>
                {if none_red {
                    view! { <p class="empty">{t(words_of::REDS_NONE)}</p> }.into_any()
                } else {
                    view! {
                        <table class="city-reds">
                            <thead>
                                <tr>
                                    <th scope="col">{t(words::home::LATE_BODY)}</th>
                                    <th scope="col">{t(words_of::REDS_NOW)}</th>
                                    <th scope="col">{t(words_of::REDS_TREND)}</th>
                                </tr>
                            </thead>
                            <tbody>{reds}</tbody>
                        </table>
                    }
                        .into_any()
                }}
            </section>
            <section class="panel">
                <h2>{t(words_of::DECISIONS)}</h2>
                <p class="city-counts">
                    <Number count=sheet.tasks_open label=words_of::OPEN_COUNT href="/tasks"/>
                    <Number count=sheet.tasks_late label=words_of::LATE_COUNT href="/tasks?which=late"/>
                </p>
                <ul class="plain-list">{late}</ul>
                <h2>{t(words_of::SETTLED)}</h2>
                {if settled_count == 0 {
                    view! { <p class="quiet">{t(words_of::SETTLED_NONE)}</p> }.into_any()
                } else {
                    view! {
                        <p>
                            <A href=settled attr:class="city-number">
                                {settled_count}
                            </A>
                            " "
                            {if rated.is_empty() { t(words_of::NOT_RATED).to_owned() } else { rated }}
                        </p>
                    }
                        .into_any()
                }}
                <h2>{t(words_of::NEXT_MEETING)}</h2>
                {match sheet.next {
                    Some(meeting) => {
                        view! {
                            <p>
                                <Moment at=meeting.starts_at/>
                                " "
                                <A href=format!("/meetings/{}", meeting.number)>{meeting.title}</A>
                                " · "
                                {meeting.place}
                            </p>
                        }
                            .into_any()
                    }
                    None => view! { <p class="quiet">{t(words_of::NEXT_MEETING_NONE)}</p> }.into_any(),
                }}
            </section>
        </div>
    }
}

/// Of nothing there is no rate.
fn percent(rate: Rate) -> String {
    match rate.permille() {
        None => "—".to_owned(),
        Some(permille) => format!("{}.{}%", permille / 10, permille % 10),
    }
}

/// A rate with its bar; the parts open into their orders.
#[component]
fn MeasureTile(
    label: Text,
    hint: Text,
    rate: Rate,
    part: String,
    whole: String,
    #[prop(optional)] beside: String,
) -> impl IntoView {
    let width = rate.permille().unwrap_or(0).to_string();
    view! {
        <section class="panel measure">
            <h2>{t(label)}</h2>
            <p class="measure-rate">{percent(rate)}</p>
            // The same is said in numbers beside it.
            <svg viewBox="0 0 1000 12" preserveAspectRatio="none" aria-hidden="true">
                <rect width="1000" height="12" class="bar-rest"></rect>
                <rect width=width height="12" class="bar-part"></rect>
            </svg>
            <p class="quiet">
                <A href=part>{rate.part}</A>
                " / "
                <A href=whole>{rate.whole}</A>
                " · "
                {t(hint)}
                {(!beside.is_empty()).then(|| format!(" · {beside}"))}
            </p>
        </section>
    }
}

#[component]
fn Number(count: u64, label: Text, href: &'static str) -> impl IntoView {
    view! {
        <A href=href attr:class="city-number-line">
            <span class="city-number">{count}</span>
            " "
            {t(label)}
        </A>
    }
}

#[component]
fn Waiting(one: CityMatter) -> impl IntoView {
    view! {
        <li>
            <A href=format!("/orders/{}", one.order) attr:class="city-line">
                {one.difficulty}
            </A>
            <span class="quiet">
                {t(words_of::state(one.state))} " · " {one.days} " "
                {t(words_of::WORKING_DAYS_ON_IT)}
            </span>
        </li>
    }
}

/// A body with a bar of what is overdue, and a line of the last weeks.
#[component]
fn Red(red: RedBody, top: u64) -> impl IntoView {
    let body = red
        .body
        .as_ref()
        .map_or_else(|| t(words::home::CENTRE_BODY).to_owned(), name);
    let address = if red.code.is_empty() {
        "/orders?light=red&stage=submitted".to_owned()
    } else {
        format!("/orders?light=red&department={}", red.code)
    };
    let width = (100 * red.orders).checked_div(top).unwrap_or(0).to_string();
    let most = red.weeks.iter().copied().max().unwrap_or(0).max(1);
    let points = red
        .weeks
        .iter()
        .enumerate()
        .map(|(week, cards)| format!("{},{}", week * 12 + 2, 22 - 20 * cards / most))
        .collect::<Vec<_>>()
        .join(" ");
    let said = red
        .weeks
        .iter()
        .map(u64::to_string)
        .collect::<Vec<_>>()
        .join(" ");
    let aloud = said.clone();
    view! {
        <tr>
            <th scope="row">{body}</th>
            <td>
                <svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
                    <rect width=width height="10" class="bar-red"></rect>
                </svg>
                <A href=address>{red.orders}</A>
            </td>
            <td title=said>
                <svg viewBox="0 0 90 24" aria-hidden="true">
                    <polyline points=points class="trend"></polyline>
                </svg>
                <span class="said-only">{aloud}</span>
            </td>
        </tr>
    }
}

#[component]
fn LateTask(task: TaskSheet) -> impl IntoView {
    let colon = if lang() == crate::lang::Lang::Zh {
        "："
    } else {
        ": "
    };
    view! {
        <li>
            <A href=task.page attr:class="city-line">
                {name(&task.owner)}
                {colon}
                {task.text}
            </A>
            <DeadlineWords deadline=Some(task.deadline)/>
        </li>
    }
}
