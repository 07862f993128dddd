use leptos::prelude::*;

use super::deadline::Moment;
use super::files::FileLinks;
use crate::frame::t;
use crate::sheets::Line;
use crate::words;

/// What happened, the latest first.
#[component]
pub fn Timeline(lines: Vec<Line>) -> impl IntoView {
    let items = lines
        .into_iter()
        .rev()
        .map(|line| {
            view! {
                <li>
                    <p class="when">
                        <Moment at=line.at/>
                        " "
                        <span class="who">{line.who}</span>
                        {line
                            .entered_at
                            .map(|entered| {
                                view! {
                                    " "
                                    <span class="tag">{t(words::order::LATE_ENTRY)}</span>
                                    " "
                                    <span class="quiet">
                                        {t(words::order::ENTERED_AT)} " " <Moment at=entered/>
                                    </span>
                                }
                            })}
                    </p>
                    <p class="what">{line.sentence}</p>
                    {line.text.map(|text| view! { <p class="said">{text}</p> })}
                    <FileLinks files=line.files/>
                </li>
            }
        })
        .collect_view();
    view! { <ol class="timeline">{items}</ol> }
}
