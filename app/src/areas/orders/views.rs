#[cfg(feature = "ssr")]
pub mod server;

use domain::Field;
use leptos::prelude::*;

use crate::frame::t;
use crate::problem::ProblemDetails;
use crate::sheets::ViewSheet;

/// Lists that are kept, and a form to keep this one. Plain forms: the page comes anew.
#[component]
pub fn Views(views: Vec<ViewSheet>, query: String, can_share: bool) -> impl IntoView {
    let narrowed = !query.is_empty();
    let items = views
        .into_iter()
        .map(|view| {
            let remove = format!("{} {}", t(words::order::REMOVE_VIEW), view.name);
            let query = query.clone();
            view! {
                <li class="view">
                    <a href=view.address class="chip">
                        {view.name}
                        {view
                            .shared
                            .then(|| view! { <span class="quiet">" · " {t(words::order::SHARED)}</span> })}
                    </a>
                    {view
                        .own
                        .then(|| {
                            view! {
                                <form method="post" action="/act/remove_view">
                                    <input type="hidden" name="page" value="/orders"/>
                                    <input type="hidden" name="id" value=view.id.to_string()/>
                                    <input type="hidden" name="query" value=query/>
                                    <button type="submit" class="link" aria-label=remove>
                                        "×"
                                    </button>
                                </form>
                            }
                        })}
                </li>
            }
        })
        .collect_view();
    let share = can_share.then(|| {
        view! {
            <label class="check">
                <input type="checkbox" name="shared" value="yes"/>
                {t(words::order::SHARE_VIEW)}
            </label>
        }
    });
    let keep = narrowed.then(|| {
        view! {
            <li>
                <details class="keep-view">
                    <summary>{t(words::order::SAVE_VIEW)}</summary>
                    <form method="post" action="/act/save_view" class="filters">
                        <input type="hidden" name="page" value="/orders"/>
                        <input type="hidden" name="query" value=query/>
                        <label>
                            {t(words::order::field(Field::View))} " "
                            <input name="view" maxlength="20" required/>
                        </label>
                        {share}
                        <button type="submit" class="button">
                            {t(words::order::SAVE)}
                        </button>
                    </form>
                </details>
            </li>
        }
    });
    view! {
        <ul class="chips views" aria-label=t(words::order::VIEWS)>
            {items}
            {keep}
        </ul>
    }
}

/// `query` as it stands in the list's address; `shared` is `yes` where the box is ticked.
#[server(prefix = "/act", endpoint = "save_view")]
pub async fn save_view(
    #[server(default)] view: String,
    #[server(default)] query: String,
    #[server(default)] shared: String,
) -> Result<(), ProblemDetails> {
    server::save(&view, &query, &shared).await
}

#[server(prefix = "/act", endpoint = "remove_view")]
pub async fn remove_view(
    #[server(default)] id: String,
    #[server(default)] query: String,
) -> Result<(), ProblemDetails> {
    server::remove(&id, &query).await
}
