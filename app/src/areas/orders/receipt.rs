use domain::clock::terms::Timed;
use domain::order::clocks::seen_terms;
use domain::order::{ClockName, Event, Number, Stage, What, events};
use domain::task::TaskNumber;
use domain::task::history::terms;
use domain::time::receipt::Counted;
use domain::time::{Limit, Receipt};
use domain::{Instant, Named, Rulebook};
use maud::{Markup, html};
use store::orders::Found;
use store::{Context, cases, orders, tasks};
use words::lang::{Lang, Text};

use crate::page::Page;
use crate::page::laid::Address;
use crate::serve::rows::short;
use crate::serve::visit::problem;
use crate::serve::{Problem, context, visit};

/// How a deadline came about: each day, whether it counted, and why not. `number` is of an
/// order or a task.
pub async fn page(number: &str, address: &Address) -> Result<Page, Problem> {
    let title = words::receipt::TITLE.of(visit()?.frame.lang);
    let html = receipt(number, &address.get("n")).await?;
    Page::written(
        title,
        html! { section class="page narrow receipt" { (html) } },
    )
}

/// Which of an order's clocks a receipt is asked for.
#[derive(Debug, Clone, Copy, Default)]
pub struct Which {
    /// Its place among them in the order in which they started, from 1.
    pub n: Option<usize>,
    pub clock: Option<ClockName>,
    pub cycle: Option<u8>,
}

/// How the deadline of a clock came about.
struct Shown {
    /// Of the case that it is of.
    page: String,
    number: String,
    title: String,
    enterprise: String,
    /// Every clock of the order in the order in which they started: its name, how
    /// often one of that name had started with it, whether it is the one shown.
    clocks: Vec<(ClockName, usize, bool)>,
    clock: ClockName,
    body: Option<Named>,
    receipt: Receipt,
    /// Working days granted.
    extended: u16,
    /// When each was granted, and by how many working days.
    extensions: Vec<(Instant, u16)>,
    rules: u32,
    calendar: u32,
    ended: Option<Instant>,
    /// From, until, why; and whether it is still open.
    pauses: Vec<(Instant, Instant, String, bool)>,
}

/// The receipt of the `n`-th clock; without it, of the clock that runs, or else of the
/// last one that did.
pub async fn receipt(number: &str, n: &str) -> Result<Markup, Problem> {
    let ctx = context()?;
    let lang = visit()?.frame.lang;
    if TaskNumber::parse(number).is_some() {
        let found = cases::find(&ctx, number).await.map_err(problem)?;
        return of_task(&ctx, lang, &found, n);
    }
    let number = Number::parse(number).ok_or(Problem::NotFound)?;
    let found = orders::find(&ctx, number).await.map_err(problem)?;
    let all = seen_terms(&found.events, &ctx.actor).map_err(|error| problem(error.into()))?;
    let (shown, timed) = asked(&all, n, &ctx)?;
    Ok(lay_out(
        lang,
        &Shown {
            page: format!("/orders/{number}"),
            number: number.to_string(),
            title: found.listed.overview.placement.title.as_str().to_owned(),
            enterprise: found.listed.enterprise.clone(),
            extensions: extensions(&found.events, timed),
            pauses: timed
                .term
                .pauses
                .iter()
                .map(|pause| {
                    let span = pause.span();
                    let kind = words::order::pause_kind(pause.kind).of(lang);
                    let why = format!("{kind} · {}", pause.basis.as_str());
                    (span.from, span.until, why, pause.ended.is_none())
                })
                .chain(joined(&ctx, &found, timed, lang))
                .collect(),
            ..of_clock(&ctx, &all, shown)
        },
    ))
}

/// Of a task that is a case by itself.
fn of_task(ctx: &Context, lang: Lang, found: &tasks::Found, n: &str) -> Result<Markup, Problem> {
    let all = terms(&found.events).map_err(|error| problem(error.into()))?;
    let (shown, timed) = asked(&all, n, ctx)?;
    let looked_at = words::receipt::LOOKED_AT.of(lang);
    let spans = timed.term.joined.iter();
    let spans = spans.map(|span| (span.from, span.until, looked_at.to_owned(), false));
    Ok(lay_out(
        lang,
        &Shown {
            page: format!("/tasks/{}", found.case.number),
            number: found.case.number.to_string(),
            title: found.case.title.as_str().to_owned(),
            pauses: spans.collect(),
            ..of_clock(ctx, &all, shown)
        },
    ))
}

/// The clock that is asked for by its place, or else that which runs.
fn asked<'t>(all: &'t [Timed], n: &str, ctx: &Context) -> Result<(usize, &'t Timed), Problem> {
    let which = Which {
        n: match n.trim() {
            "" => None,
            n => Some(n.parse().map_err(|_| Problem::NotFound)?),
        },
        ..Which::default()
    };
    let shown = chosen(all, which, &ctx.book).ok_or(Problem::NotFound)?;
    Ok((shown, &all[shown]))
}

/// What a receipt says of the clock itself, whatever case it is of.
fn of_clock(ctx: &Context, all: &[Timed], shown: usize) -> Shown {
    let timed = &all[shown];
    let calendar = timed.calendar(&ctx.book);
    let clocks = all.iter().enumerate();
    Shown {
        page: String::new(),
        number: String::new(),
        title: String::new(),
        enterprise: String::new(),
        clocks: clocks
            .map(|(at, timed)| {
                let name = timed.term.clock.name;
                let before = all[..at].iter();
                let before = before.filter(|other| other.term.clock.name == name);
                (name, before.count() + 1, at == shown)
            })
            .collect(),
        clock: timed.term.clock.name,
        body: timed
            .body
            .as_ref()
            .map(|body| short(&ctx.book.directory, body)),
        receipt: timed.term.receipt(calendar),
        extended: timed.term.extensions.iter().sum(),
        extensions: Vec::new(),
        rules: timed.term.clock.rules,
        calendar: calendar.version(),
        ended: timed.ended.map(|(at, _)| at),
        pauses: Vec::new(),
    }
}

/// While the order was joined to another: the clock stood still too, and still does
/// while it is.
fn joined(
    ctx: &Context,
    found: &Found,
    timed: &Timed,
    lang: Lang,
) -> Vec<(Instant, Instant, String, bool)> {
    let name = match timed.term.clock.name {
        // While the mayor's office looked at what was called done.
        ClockName::Task => words::receipt::LOOKED_AT,
        _ => words::receipt::JOINED,
    };
    let name = name.of(lang);
    let line = |from, until, name: &str| (from, until, name.to_owned(), false);
    let past = timed.term.joined.iter();
    let mut lines: Vec<_> = past.map(|span| line(span.from, span.until, name)).collect();
    if let (Stage::Merged { since, .. }, None) = (&found.order.stage, timed.ended) {
        let name = words::receipt::OPEN_MERGE.of(lang);
        lines.push(line(*since, ctx.now, name));
    }
    lines
}

/// When each extension of the clock was granted, and by how many working days.
fn extensions(events: &[Event], timed: &Timed) -> Vec<(Instant, u16)> {
    let until = timed.ended.map(|(at, _)| at);
    let granted = events.iter().filter(|event| {
        matches!(
            event.what,
            What::ExtensionDecided(events::ExtensionDecided { granted: true, .. })
        ) && event.happened_at >= timed.term.clock.received
            && until.is_none_or(|until| event.happened_at <= until)
    });
    let days = timed.term.extensions.iter();
    granted
        .zip(days)
        .map(|(event, days)| (event.happened_at, *days))
        .collect()
}

/// The position of the clock that a receipt is asked for: of two that run the nearer.
pub fn chosen(all: &[Timed], which: Which, book: &Rulebook) -> Option<usize> {
    if let Some(n) = which.n {
        return n.checked_sub(1).filter(|n| *n < all.len());
    }
    let asked = |timed: &&(usize, &Timed)| {
        let clock = which
            .clock
            .is_none_or(|clock| timed.1.term.clock.name == clock);
        clock && which.cycle.is_none_or(|cycle| timed.1.cycle == cycle)
    };
    let all: Vec<(usize, &Timed)> = all.iter().enumerate().collect();
    // The order's own, unless another is asked for.
    let own = |timed: &&(usize, &Timed)| {
        let beside = [ClockName::CoHandle, ClockName::Callback, ClockName::Task];
        which.clock.is_some() || !beside.contains(&timed.1.term.clock.name)
    };
    let running = all.iter().filter(asked).filter(own);
    let running = running.filter(|(_, timed)| timed.ended.is_none());
    let nearest = running.min_by_key(|(_, timed)| timed.term.due(&book.calendar).at);
    nearest
        .or_else(|| all.iter().rfind(asked))
        .map(|(at, _)| *at)
}

/// The whole of its page: it is only read.
fn lay_out(lang: Lang, shown: &Shown) -> Markup {
    let t = |text: Text| text.of(lang);
    let moment = |at| words::receipt::moment(lang, at);
    let limit = |limit| words::time::limit(lang, limit);
    let receipt = &shown.receipt;
    let back = match shown.page.starts_with("/tasks/") {
        true => words::receipt::BACK_TO_TASK,
        false => words::receipt::BACK,
    };
    let rule = match receipt.limit {
        Limit::Days(_) => words::receipt::RULE_DAYS,
        Limit::Hours(_) => words::receipt::RULE_HOURS,
        Limit::NaturalDays(_) | Limit::Months(_) => words::receipt::RULE_NATURAL,
    };
    html! {
        p class="quiet unprinted" { a href=(shown.page) { (t(back)) } }
        h1 { (t(words::receipt::TITLE)) }
        p class="lead" {
            span class="number" { (shown.number) } " " (shown.title)
            @if !shown.enterprise.is_empty() { " · " (shown.enterprise) }
        }
        @if shown.clocks.len() > 1 {
            ul class="chips" {
                @for (at, (clock, time, is_shown)) in shown.clocks.iter().enumerate() {
                    @let label = words::receipt::clock(lang, *clock, *time);
                    li {
                        @if *is_shown {
                            span class="chip current" aria-current="true" { (label) }
                        } @else {
                            a class="chip" href={ (shown.page) "/receipt?n=" (at + 1) } { (label) }
                        }
                    }
                }
            }
        }
        dl class="facts" {
            dt { (t(words::receipt::WHICH)) }
            dd { (t(words::order::clock(shown.clock))) }
            @if let Some(body) = &shown.body {
                dt { (t(words::receipt::WHO)) }
                dd { (lang.name(body)) }
            }
            dt { (t(words::receipt::RECEIVED)) }
            dd { (moment(receipt.received)) }
            dt { (t(words::receipt::LIMIT)) }
            dd {
                (limit(receipt.limit))
                @if shown.extended > 0 {
                    "（" (t(words::receipt::EXTENDED)) " " (limit(Limit::Days(shown.extended))) "）"
                }
            }
            dt { (t(words::receipt::DUE)) }
            dd {
                strong { (moment(receipt.due.at)) }
                @if receipt.due.provisional {
                    " " span class="tag" { (t(words::order::PROVISIONAL)) }
                }
            }
            @for (at, days) in &shown.extensions {
                dt { (t(words::receipt::GRANTED)) }
                dd { (moment(*at)) " · " (limit(Limit::Days(*days))) }
            }
            @if let Some(at) = shown.ended {
                dt { (t(words::receipt::ENDED)) }
                dd { (moment(at)) }
            }
            dt { (t(words::receipt::RULES)) }
            dd { (shown.rules) }
            dt { (t(words::receipt::CALENDAR)) }
            dd { (shown.calendar) }
        }
        @if !shown.pauses.is_empty() {
            h2 { (t(words::receipt::PAUSES)) }
            ul class="plain-list" {
                @for (from, until, why, is_open) in &shown.pauses {
                    li {
                        (moment(*from)) " – " (moment(*until))
                        @if *is_open { (t(words::receipt::OPEN_PAUSE)) }
                        " " (why)
                    }
                }
            }
        }
        p class="hint" { (t(rule)) }
        @if receipt.due.provisional { p class="hint" { (t(words::receipt::PROVISIONAL)) } }
        table class="table days" {
            thead {
                tr {
                    th scope="col" { (t(words::receipt::DAY)) }
                    th scope="col" { (t(words::receipt::COUNTED)) }
                    th scope="col" { (t(words::receipt::WHY)) }
                }
            }
            tbody {
                @for day in &receipt.days {
                    tr class=[(day.counted != Counted::Not).then_some("counted")] {
                        td { (words::receipt::date(lang, day)) }
                        td { (words::receipt::counted(lang, day)) }
                        td { (words::receipt::why(lang, day)) }
                    }
                }
            }
        }
        p class="hint unprinted" { (t(words::receipt::PRINT_HINT)) }
    }
}
