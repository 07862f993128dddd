use domain::clock::Running;
use domain::order::event::Event;
use domain::order::overview::Part;
use domain::order::{ClockName, ExpressState, Foreseen, Order, Overview, What, events};
use domain::time::Due;
use domain::{BodyCode, Directory, Named, Role, case};
use store::Context;
use store::orders::Listed;
use words::lang::Lang;

use crate::frame::Frame;
use crate::serve::files::file;
use crate::serve::layout::Shown;
use crate::serve::{Problem, layout};
use crate::sheets::{AheadLine, Deadline, Laid, Line, Row};

pub fn row(ctx: &Context, listed: &Listed) -> Row {
    let overview = &listed.overview;
    let directory = &ctx.book.directory;
    let own = own(ctx, overview);
    Row {
        number: overview.number.to_string(),
        title: overview.placement.title.as_str().to_owned(),
        enterprise: listed.enterprise.clone(),
        category: directory
            .category(&overview.placement.category)
            .map_or_else(|| unknown(&overview.placement.category), |c| c.name.clone()),
        urgency: overview.urgency(),
        township: short(directory, &overview.placement.township),
        project: overview.placement.project.as_ref().map(ToString::to_string),
        placed_at: overview.placed_at,
        rating: overview.rating,
        is_collective: overview.is_collective && ctx.actor.role.enterprise().is_none(),
        stage: overview.stage,
        light: own.map_or_else(|| overview.light(ctx.now), |own| own.light(ctx.now)),
        turn: overview.turn(ctx.now),
        own: own.map(|own| deadline(ctx, own)),
        lead: overview.lead.as_ref().map(|lead| short(directory, lead)),
        deadline: overview.clock.map(|clock| deadline(ctx, clock)),
        escalation: overview.escalation,
        express: express(ctx, overview),
        asks: overview.asks_for(&ctx.actor),
        snippet: None,
    }
}

/// An enterprise learns of what was taken up, not of what is weighed among the offices.
pub fn express(ctx: &Context, overview: &Overview) -> Option<ExpressState> {
    let outside = ctx.actor.role.enterprise().is_some();
    let (state, _) = overview.express?;
    let told = !matches!(state, ExpressState::Candidate | ExpressState::SentBack);
    (told || !outside).then_some(state)
}

/// Orders as a table, with the usual columns.
pub fn table(ctx: &Context, items: &[Listed]) -> Result<Laid, Problem> {
    let rows: Vec<Row> = items.iter().map(|item| row(ctx, item)).collect();
    layout::rows(&rows, &Shown::default())
}

/// The clock that is the reader's own beside that of the order: of a part that they are
/// awaited with, or of the centre's time to call back.
fn own(ctx: &Context, overview: &Overview) -> Option<Running> {
    let body = ctx.actor.role.body();
    let mut parts = overview.co_handlers.iter();
    let part = parts.find(|part| part.open && Some(&part.body) == body);
    let calls = matches!(ctx.actor.role, Role::Centre { .. } | Role::Supervision);
    let callback = overview.callback.filter(|_| calls);
    part.map(Part::running).or(callback)
}

pub fn deadline(ctx: &Context, clock: Running) -> Deadline {
    Deadline {
        clock: clock.name,
        at: clock.due.at,
        provisional: clock.due.provisional,
        remaining: domain::time::remaining::remaining(&ctx.book.calendar, clock.due.at, ctx.now),
    }
}

pub fn ahead_line(ctx: &Context, frame: &Frame, foreseen: &Foreseen) -> AheadLine {
    let whose = foreseen
        .body
        .as_ref()
        .filter(|_| matches!(foreseen.clock, ClockName::CoHandle | ClockName::Task))
        .map(|body| short(&ctx.book.directory, body));
    let whose = whose.as_ref().map(|body| frame.lang.name(body));
    AheadLine {
        at: foreseen.at,
        provisional: foreseen.provisional,
        what: words::ahead::sentence(frame.lang, foreseen, whose),
    }
}

pub fn short(directory: &Directory, code: &BodyCode) -> Named {
    directory
        .body(code.as_str())
        .map_or_else(|| unknown(code.as_str()), |body| body.short.clone())
}

/// An event of a case as its timeline tells it; `name` is of who did it, where the reader may
/// know it.
pub fn case_line<W>(
    ctx: &Context,
    lang: Lang,
    event: &case::Event<W>,
    name: Option<String>,
    (sentence, text): (String, Option<String>),
) -> Line {
    let by = &event.by;
    let directory = ctx.book.directory.at(event.entered_at);
    let place = match &by.body {
        Some(body) => lang.name(&short(&directory, body)).to_owned(),
        None => words::order::role(by.role).of(lang).to_owned(),
    };
    Line {
        at: event.happened_at,
        entered_at: (event.entered_at != event.happened_at).then_some(event.entered_at),
        who: match name {
            Some(name) => format!("{place} · {name}"),
            None => place,
        },
        sentence,
        text,
        files: event.attachments.iter().map(file).collect(),
    }
}

/// The history told, in the reader's language.
pub fn lines(
    ctx: &Context,
    lang: Lang,
    year: i32,
    overview: &Overview,
    events: &[Event],
) -> Vec<Line> {
    let outside = matches!(ctx.actor.role, Role::Enterprise { .. });
    let mut order = None;
    events
        .iter()
        .filter_map(|event| {
            follow(&mut order, event);
            if !event.is_seen_by(&ctx.actor) {
                return None;
            }
            let what = seen(&event.what, outside);
            let directory = ctx.book.directory.at(event.entered_at);
            let (mut sentence, text) = words::history::told(lang, &what, outside, &directory, year);
            if let Some(due) = due_after(ctx, order.as_ref(), &event.what) {
                sentence.push_str(&words::history::now_due(lang, due, year));
            }
            Some(Line {
                at: event.happened_at,
                entered_at: (event.entered_at != event.happened_at).then_some(event.entered_at),
                who: who(ctx, &directory, lang, overview, event),
                sentence,
                text,
                files: event.attachments.iter().map(file).collect(),
            })
        })
        .collect()
}

/// The order as it stood after an event.
fn follow(order: &mut Option<Order>, event: &Event) {
    match order {
        None => *order = Order::replay(std::slice::from_ref(event)).ok(),
        Some(so_far) => {
            // It was replayed whole when it was found.
            let _ = so_far.apply(event);
        }
    }
}

/// An enterprise sees that its order was carried up, not who got a card.
pub fn seen(what: &What, outside: bool) -> What {
    let mut what = what.clone();
    if let What::Escalated(events::Escalated { card, .. }) = &mut what
        && outside
    {
        *card = None;
    }
    what
}

/// The deadline that an event left, where it is what one wants to know of it.
fn due_after(ctx: &Context, order: Option<&Order>, what: &What) -> Option<Due> {
    if matches!(what, What::Instructed(_) | What::Decided(_)) {
        let given = order?.tasks.last()?;
        return Some(given.term.due(&ctx.book.calendar));
    }
    let moves = matches!(
        what,
        What::Resumed(events::Resumed)
            | What::ExtensionDecided(events::ExtensionDecided { granted: true, .. })
            | What::Reruled(events::Reruled { moved: true, .. })
    );
    let term = order.filter(|_| moves)?.stage.running().next()?;
    Some(term.due(&ctx.book.calendar))
}

fn who(
    ctx: &Context,
    directory: &Directory,
    lang: Lang,
    overview: &Overview,
    event: &Event,
) -> String {
    let role = words::order::role(event.by.role).of(lang);
    let place = match &event.by.body {
        Some(body) => lang.name(&short(directory, body)).to_owned(),
        None => role.to_owned(),
    };
    match overview.name_for(&event.by, &ctx.actor) {
        Some(name) => format!("{place} · {name}"),
        None => place,
    }
}

pub fn unknown(code: &str) -> Named {
    Named {
        zh: code.to_owned(),
        en: code.to_owned(),
    }
}
