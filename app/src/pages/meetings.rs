mod agenda;
pub mod edit;
pub mod meeting;
pub mod minutes;

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::components::A;

use crate::api::asks;
use crate::components::loaded::Loaded;
use crate::components::meetings::MeetingList;
use crate::frame::t;
use crate::sheets::MeetingsSheet;
use crate::words::express as words_of;

/// The meetings that one calls, or is invited to.
#[component]
pub fn MeetingsPage() -> impl IntoView {
    let meetings = Resource::new(|| (), |()| asks::meetings());
    view! {
        <Title text=t(words_of::MEETINGS)/>
        <Loaded resource=meetings view=|sheet| view! { <Meetings sheet/> }/>
    }
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
                            <A href="/meetings/new" attr:class="button primary">
                                {t(words_of::MEETING_NEW)}
                            </A>
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
