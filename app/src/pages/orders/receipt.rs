use domain::time::Limit;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::components::A;
use leptos_router::hooks::{use_params_map, use_query_map};

use crate::api::asks;
use crate::components::deadline::Provisional;
use crate::components::loaded::Loaded;
use crate::frame::{frame, lang, name, t};
use crate::sheets::ReceiptSheet;
use crate::words;

/// How a deadline came about: each day, whether it counted, and why not.
#[component]
pub fn ReceiptPage() -> impl IntoView {
    let params = use_params_map();
    let query = use_query_map();
    let asked = move || {
        (
            params.read().get("number").unwrap_or_default(),
            query.read().get("n").unwrap_or_default(),
        )
    };
    let receipt = Resource::new(asked, |(number, n)| asks::receipt(number, n));
    view! {
        <Title text=t(words::receipt::TITLE)/>
        <Loaded resource=receipt view=|sheet| view! { <Receipt sheet/> }/>
    }
}

#[component]
fn Receipt(sheet: ReceiptSheet) -> impl IntoView {
    let frame = frame();
    let order = sheet.page;
    let several = sheet.clocks.len() > 1;
    let clocks = sheet
        .clocks
        .iter()
        .enumerate()
        .map(|(at, (clock, time, shown))| {
            let label = words::receipt::clock(frame.lang, *clock, *time);
            let address = format!("{order}/receipt?n={}", at + 1);
            if *shown {
                view! { <li><span class="chip current" aria-current="true">{label}</span></li> }
                    .into_any()
            } else {
                view! { <li><A href=address attr:class="chip">{label}</A></li> }.into_any()
            }
        })
        .collect_view();
    let receipt = sheet.receipt;
    let rule = match receipt.limit {
        Limit::Days(_) => words::receipt::RULE_DAYS,
        Limit::Hours(_) => words::receipt::RULE_HOURS,
        Limit::NaturalDays(_) | Limit::Months(_) => words::receipt::RULE_NATURAL,
    };
    let days = receipt
        .days
        .iter()
        .map(|day| {
            let counts = !matches!(day.counted, domain::time::receipt::Counted::Not);
            view! {
                <tr class:counted=counts>
                    <td>{words::receipt::date(frame.lang, day)}</td>
                    <td>{words::receipt::counted(frame.lang, day)}</td>
                    <td>{words::receipt::why(frame.lang, day)}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <article class="page narrow receipt">
            <p class="quiet unprinted">
                <A href=order.clone()>{t(words::receipt::BACK)}</A>
            </p>
            <h1>{t(words::receipt::TITLE)}</h1>
            <p class="lead">
                <span class="number">{sheet.number}</span>
                " "
                {sheet.title}
                {(!sheet.enterprise.is_empty()).then(|| format!(" · {}", sheet.enterprise))}
            </p>
            {several.then(|| view! { <ul class="chips">{clocks}</ul> })}
            <dl class="facts">
                <dt>{t(words::receipt::WHICH)}</dt>
                <dd>{t(words::order::clock(sheet.clock))}</dd>
                {sheet
                    .body
                    .as_ref()
                    .map(|body| {
                        view! {
                            <dt>{t(words::receipt::WHO)}</dt>
                            <dd>{name(body)}</dd>
                        }
                    })}
                <dt>{t(words::receipt::RECEIVED)}</dt>
                <dd>
                    {words::receipt::moment(frame.lang, receipt.received)}
                </dd>
                <dt>{t(words::receipt::LIMIT)}</dt>
                <dd>
                    {words::time::limit(frame.lang, receipt.limit)}
                    {(sheet.extended > 0)
                        .then(|| {
                            format!(
                                "（{} {}）",
                                t(words::receipt::EXTENDED),
                                words::time::limit(lang(), Limit::Days(sheet.extended)),
                            )
                        })}
                </dd>
                <dt>{t(words::receipt::DUE)}</dt>
                <dd>
                    <strong>
                        {words::receipt::moment(frame.lang, receipt.due.at)}
                    </strong>
                    {receipt.due.provisional.then(|| view! { " " <Provisional/> })}
                </dd>
                {sheet
                    .extensions
                    .into_iter()
                    .map(|(at, days)| {
                        view! {
                            <dt>{t(words::receipt::GRANTED)}</dt>
                            <dd>
                                {words::receipt::moment(frame.lang, at)} " · "
                                {words::time::limit(frame.lang, Limit::Days(days))}
                            </dd>
                        }
                    })
                    .collect_view()}
                {sheet
                    .ended
                    .map(|at| {
                        view! {
                            <dt>{t(words::receipt::ENDED)}</dt>
                            <dd>
                                {words::receipt::moment(frame.lang, at)}
                            </dd>
                        }
                    })}
                <dt>{t(words::receipt::RULES)}</dt>
                <dd>{sheet.rules}</dd>
                <dt>{t(words::receipt::CALENDAR)}</dt>
                <dd>{sheet.calendar}</dd>
            </dl>
            <Pauses pauses=sheet.pauses/>
            <p class="hint">{t(rule)}</p>
            {receipt
                .due
                .provisional
                .then(|| view! { <p class="hint">{t(words::receipt::PROVISIONAL)}</p> })}
            <table class="table days">
                <thead>
                    <tr>
                        <th scope="col">{t(words::receipt::DAY)}</th>
                        <th scope="col">{t(words::receipt::COUNTED)}</th>
                        <th scope="col">{t(words::receipt::WHY)}</th>
                    </tr>
                </thead>
                <tbody>{days}</tbody>
            </table>
            <p class="hint unprinted">{t(words::receipt::PRINT_HINT)}</p>
        </article>
    }
}

#[component]
fn Pauses(pauses: Vec<(domain::Instant, domain::Instant, String, bool)>) -> impl IntoView {
    let items = pauses
        .iter()
        .cloned()
        .map(|(from, until, why, open)| {
            view! {
                <li>
                    {words::receipt::moment(lang(), from)} " – "
                    {words::receipt::moment(lang(), until)}
                    {open.then(|| t(words::receipt::OPEN_PAUSE))}
                    " "
                    {why}
                </li>
            }
        })
        .collect_view();
    (!pauses.is_empty()).then(|| {
        view! {
            <h2>{t(words::receipt::PAUSES)}</h2>
            <ul class="plain-list">{items}</ul>
        }
    })
}
