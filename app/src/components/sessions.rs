use leptos::prelude::*;
use words::people;

use super::act::{Act, ActForm};
use super::cell::Cell;
use super::deadline::Moment;
use crate::frame::{lang, t};
use crate::sheets::SessionRow;

/// Sessions, each with a button that ends it; with their people where they are not
/// all the reader's own.
#[component]
pub fn SessionTable(
    rows: Vec<SessionRow>,
    end: Act,
    #[prop(name = "people")] everybody: bool,
) -> impl IntoView {
    let page = if everybody { "/sessions" } else { "/account" };
    let rows = rows
        .into_iter()
        .map(|row| {
            view! {
                <tr>
                    {everybody
                        .then(|| {
                            view! {
                                <td data-label=t(people::PERSON)>
                                    {row.display.clone()} " "
                                    <span class="quiet">{row.account.clone()}</span>
                                </td>
                            }
                        })}
                    <Cell label=t(people::DEVICE) text=row.agent/>
                    <Cell label=t(people::ADDRESS) text=row.address/>
                    <td data-label=t(people::BEGAN)>
                        <Moment at=row.began_at/>
                    </td>
                    <td data-label=t(people::SEEN)>
                        <Moment at=row.seen_at/>
                    </td>
                    <td>
                        {if row.current {
                            view! { <span class="tag">{t(people::THIS_SESSION)}</span> }.into_any()
                        } else {
                            view! {
                                <ActForm action=end>
                                    <input type="hidden" name="page" value=page/>
                                    <input type="hidden" name="session" value=row.id/>
                                    <button type="submit" class="button">
                                        {t(people::END_SESSION)}
                                    </button>
                                </ActForm>
                            }
                                .into_any()
                        }}
                    </td>
                </tr>
            }
        })
        .collect_view();
    let ended = move || {
        let text = match end.value().get()? {
            Ok(()) => t(people::SESSION_ENDED).to_owned(),
            Err(problem) => problem.said(lang()),
        };
        Some(view! { <p class="notice" role="status">{text}</p> })
    };
    view! {
        {ended}
        <table class="table stack">
            <thead>
                <tr>
                    {everybody.then(|| view! { <th scope="col">{t(people::PERSON)}</th> })}
                    <th scope="col">{t(people::DEVICE)}</th>
                    <th scope="col">{t(people::ADDRESS)}</th>
                    <th scope="col">{t(people::BEGAN)}</th>
                    <th scope="col">{t(people::SEEN)}</th>
                    <th scope="col">
                        <span class="unseen">{t(people::END_SESSION)}</span>
                    </th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
}
