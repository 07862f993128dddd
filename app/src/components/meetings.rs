use leptos::prelude::*;
use leptos_router::components::A;

use super::deadline::Moment;
use crate::frame::t;
use crate::sheets::MeetingRow;
use crate::words::express as words_of;

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
                    <A href=format!("/meetings/{}", meeting.number) attr:data-row="">
                        {meeting.title}
                    </A>
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
