use leptos::prelude::*;
use words::express as words_of;

use crate::areas::meetings::meeting;
use crate::components::deadline::Moment;
use crate::frame::t;
use crate::page::Page;
use crate::serve::Problem;
use crate::sheets::{MeetingRow, MeetingsSheet};

/// The meetings that one calls, or is invited to.
pub async fn page() -> Result<Page, Problem> {
    let sheet = meeting::server::list().await?;
    Page::laid(t(words_of::MEETINGS), view! { <Meetings sheet/> })
}

#[component]
fn Meetings(sheet: MeetingsSheet) -> impl IntoView {
    let list = |meetings: Vec<_>, nothing| {
        if meetings.is_empty() {
            view! { <p class="empty">{t(nothing)}</p> }.into_any()
        } else {
            view! { <MeetingList meetings/> }.into_any()
        }
    };
    view! {
        <section class="page">
            <div class="page-head">
                <h1>{t(words_of::MEETINGS)}</h1>
                {sheet
                    .can_call
                    .then(|| {
                        view! {
                            <a href="/meetings/new" class="button primary">
                                {t(words_of::MEETING_NEW)}
                            </a>
                        }
                    })}
            </div>
            <h2>{t(words_of::MEETINGS_AHEAD)}</h2>
            {list(sheet.ahead, words_of::MEETINGS_NONE)}
            <h2>{t(words_of::MEETINGS_OVER)}</h2>
            {list(sheet.over, words_of::MEETINGS_OVER_NONE)}
            <section class="panel unprinted feed">
                <h2>{t(words_of::FEED)}</h2>
                <p class="hint">{t(words_of::FEED_LEAD)}</p>
                {sheet
                    .feed
                    .map(|address| {
                        view! {
                            <p class="notice" role="status">
                                {t(words_of::FEED_MADE)} " " <code>{address}</code>
                            </p>
                        }
                    })}
                <form method="post" action="/act/make_feed">
                    <input type="hidden" name="page" value="/meetings"/>
                    <button type="submit" class="button">
                        {t(words_of::FEED_MAKE)}
                    </button>
                </form>
            </section>
        </section>
    }
}

/// Meetings, a line each.
#[component]
pub fn MeetingList(meetings: Vec<MeetingRow>) -> impl IntoView {
    let items = meetings
        .into_iter()
        .map(|meeting| {
            view! {
                <li class="meeting-line">
                    <Moment at=meeting.starts_at/>
                    " "
                    <a href=format!("/meetings/{}", meeting.number) data-row="">
                        {meeting.title}
                    </a>
                    " "
                    <span class="tag">{t(words_of::meeting_state(meeting.state))}</span>
                    " "
                    <span class="quiet">
                        {t(words_of::kind(meeting.kind))} " · " {meeting.place} " · "
                        {t(words_of::CHAIR)} " " {meeting.chair}
                    </span>
                </li>
            }
        })
        .collect_view();
    view! { <ul class="plain-list meetings">{items}</ul> }
}
