use domain::meeting::calling::plan_told;
use domain::meeting::{Guest, Plan};
use domain::order::{Event, What, events};
use domain::{Action, Fault, Field, FieldFault, Instant, Role};
use leptos::prelude::*;
use store::notices::Item;
use store::{Context, meetings, notices};
use words::meeting::Told;

use crate::areas::meetings::meeting::server::guest_name;
use crate::components::deadline::Moment;
use crate::frame::{Frame, lang, t};
use crate::page::Page;
use crate::problem::ProblemDetails;
use crate::serve::rows::seen;
use crate::serve::visit::{context_for, problem};
use crate::serve::{Problem, answer, visit};

const DIGESTS: u16 = 50;
const ITEMS: u16 = 20;

/// What one was told, what came together as one.
pub async fn page() -> Result<Page, Problem> {
    let notices = notices().await?;
    Page::laid(
        t(words::cards::NOTICES),
        view! {
            <section class="page narrow">
                <h1>{t(words::cards::NOTICES)}</h1>
                <Digests notices/>
            </section>
        },
    )
}

/// What somebody was told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notices {
    pub digests: Vec<DigestSheet>,
    pub any_new: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DigestSheet {
    pub at: Instant,
    pub is_new: bool,
    pub items: Vec<NoticeItem>,
    /// How many it tells of beyond those.
    pub more: u64,
}

/// What was told of a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoticeItem {
    /// `None` where the reader may not open it any more.
    pub page: Option<String>,
    pub title: String,
    pub sentence: String,
    pub text: Option<String>,
}

pub async fn notices() -> Result<Notices, Problem> {
    let ctx = context_for(Action::SeeNotices)?;
    let frame = visit()?.frame;
    let digests = notices::digests(&ctx, DIGESTS, ITEMS)
        .await
        .map_err(problem)?;
    let told = |item: &Item| match item {
        Item::Order {
            order,
            title,
            event,
        } => NoticeItem {
            page: Some(format!("/orders/{order}")),
            title: title.clone(),
            ..of_order(&ctx, &frame, event)
        },
        Item::Meeting {
            meeting,
            seq,
            dropped: false,
        } => of_meeting(&ctx, &frame, meeting, *seq),
        Item::Meeting { meeting, .. } => NoticeItem {
            page: None,
            title: String::new(),
            sentence: words::express::dropped(frame.lang, &meeting.meeting.number.to_string()),
            text: None,
        },
        Item::Task {
            number,
            title,
            event,
        } => {
            let calendar = &ctx.book.calendar;
            let (sentence, text) = words::task::told(frame.lang, &event.what, calendar, frame.year);
            NoticeItem {
                page: Some(format!("/tasks/{number}")),
                title: title.clone(),
                sentence,
                text,
            }
        }
    };
    Ok(Notices {
        any_new: digests.iter().any(|digest| digest.is_new),
        digests: digests
            .iter()
            .map(|digest| DigestSheet {
                at: digest.at,
                is_new: digest.is_new,
                items: digest.items.iter().map(told).collect(),
                more: digest.count.saturating_sub(digest.items.len() as u64),
            })
            .collect(),
    })
}

fn of_order(ctx: &Context, frame: &Frame, event: &Event) -> NoticeItem {
    let outside = matches!(ctx.actor.role, Role::Enterprise { .. });
    let what = seen(&event.what, outside);
    let directory = &ctx.book.directory;
    let (mut sentence, text) =
        words::history::told(frame.lang, &what, outside, directory, frame.year);
    if let What::Instructed(events::Instructed { clock, .. })
    | What::Decided(events::Decided { clock, .. }) = &what
    {
        let due = clock.due(&ctx.book.calendar);
        sentence.push_str(&words::history::now_due(frame.lang, due, frame.year));
    }
    NoticeItem {
        page: None,
        title: String::new(),
        sentence,
        text,
    }
}

/// In the words of its time: the plan as it stood then.
fn of_meeting(ctx: &Context, frame: &Frame, found: &meetings::Found, seq: u32) -> NoticeItem {
    let (lang, year) = (frame.lang, frame.year);
    let meeting = &found.meeting;
    let (plan, was) = plan_told(&found.events, seq).unwrap_or((&meeting.plan, None));
    let mut events = found.events.iter();
    let event = events.find(|event| event.seq == seq);
    let to = reader_of(ctx, plan, was);
    let of_plan = event.and_then(|event| {
        let mut said = words::meeting::notice(lang, &event.what, to, plan, year)?;
        if let Some(was) = was.filter(|_| to != Told::Added) {
            let is = (plan.starts_at, plan.place.as_str());
            let was = (was.starts_at, was.place.as_str());
            said += &words::express::moved(lang, was, is, year, to == Told::Expected);
        }
        let now = &meeting.plan;
        if (now.starts_at, &now.place) != (plan.starts_at, &plan.place) {
            said += words::express::OUTDATED.of(lang);
        }
        Some(said)
    });
    let mut seen = meeting.seen(&found.events, &ctx.actor);
    let (told, text) = match seen.find(|event| event.seq == seq) {
        Some(event) => {
            let guest = |guest: &Guest| guest_name(ctx, found, guest, lang);
            words::meeting::told(lang, &event.what, guest, year)
        }
        None => (words::meeting::GOES_ON.of(lang).to_owned(), None),
    };
    NoticeItem {
        page: Some(format!("/meetings/{}", meeting.number)),
        title: plan.title.as_str().to_owned(),
        sentence: of_plan.unwrap_or(told),
        text,
    }
}

/// As whom the caller reads what is told of a plan that was another one before.
fn reader_of(ctx: &Context, plan: &Plan, was: Option<&Plan>) -> Told {
    let Some(guest) = Guest::of(&ctx.actor).filter(|own| plan.guests().any(|one| one == *own))
    else {
        return match ctx.actor.user == Some(plan.chair.user) {
            true => Told::Chair,
            false => Told::Watches,
        };
    };
    match was.is_some_and(|was| !was.guests().any(|one| one == guest)) {
        true => Told::Added,
        false => Told::Expected,
    }
}

/// Marks everything as read that the page showed.
pub async fn read(at: &str) -> Result<(), ProblemDetails> {
    answer(async {
        let ctx = context_for(Action::SeeNotices)?;
        let at = at
            .parse()
            .ok()
            .and_then(|at| Instant::from_timestamp(at, 0));
        let at = at.ok_or(FieldFault {
            field: Field::HappenedAt,
            fault: Fault::NotATime,
        })?;
        notices::read(&ctx, at).await.map_err(problem)?;
        leptos_axum::redirect("/notices?read=yes");
        Ok(())
    })
    .await
}

#[component]
fn Digests(notices: Notices) -> impl IntoView {
    let newest = notices.digests.iter().map(|digest| digest.at).max();
    let newest = newest.filter(|_| notices.any_new);
    let read = newest.map(|at| {
        view! {
            <form method="post" action="/act/read_notices">
                <input type="hidden" name="page" value="/notices"/>
                <input type="hidden" name="at" value=at.timestamp().to_string()/>
                <button type="submit" class="button">
                    {t(words::cards::READ)}
                </button>
            </form>
        }
    });
    if notices.digests.is_empty() {
        return view! { <p class="empty">{t(words::cards::NOTICES_NONE)}</p> }.into_any();
    }
    let digests = notices
        .digests
        .into_iter()
        .map(|digest| view! { <Digest digest/> })
        .collect_view();
    view! {
        {read}
        {digests}
    }
    .into_any()
}

#[component]
fn Digest(digest: DigestSheet) -> impl IntoView {
    let items = digest
        .items
        .into_iter()
        .map(|item| {
            view! {
                <li>
                    {item.page.map(|page| view! { <a href=page>{item.title}</a> })} <p>{item.sentence}</p>
                    {item.text.map(|text| view! { <p class="said">{text}</p> })}
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="panel digest">
            <h2>
                <Moment at=digest.at/>
                {digest
                    .is_new
                    .then(|| view! { " " <span class="tag">{t(words::cards::NEW)}</span> })}
            </h2>
            <ul class="plain-list">{items}</ul>
            {(digest.more > 0)
                .then(|| view! { <p class="hint">{words::cards::more(lang(), digest.more)}</p> })}
        </section>
    }
}

#[server(prefix = "/act", endpoint = "read_notices")]
pub async fn read_notices(#[server(default)] at: String) -> Result<(), ProblemDetails> {
    read(&at).await
}
