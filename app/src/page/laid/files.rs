use leptos::prelude::*;

use crate::frame::t;
use crate::sheets::FileSheet;

/// Files where they hang: pictures as pictures, the others by name.
#[component]
pub fn FileLinks(files: Vec<FileSheet>) -> impl IntoView {
    if files.is_empty() {
        return ().into_any();
    }
    let items = files
        .into_iter()
        .map(|file| {
            let address = format!("/attachments/{}", file.id);
            let preview = format!("{address}?preview=1");
            let size = words::files::size(file.size);
            let picture = file.has_picture().then(|| {
                view! {
                    <a href=preview.clone() target="_blank" rel="external" class="thumbnail">
                        <img src=preview.clone() alt=file.name.clone() loading="lazy"/>
                    </a>
                }
            });
            let shown = (file.has_preview && picture.is_none()).then(|| {
                let label = format!("{} {}", t(words::files::PREVIEW), file.name);
                view! {
                    " "
                    <a href=preview target="_blank" rel="external" aria-label=label>
                        {t(words::files::PREVIEW)}
                    </a>
                }
            });
            view! {
                <li>
                    {picture}
                    <a href=address rel="external" download="">
                        {file.name}
                    </a>
                    " "
                    <span class="quiet">{size}</span>
                    {shown}
                </li>
            }
        })
        .collect_view();
    view! { <ul class="file-links">{items}</ul> }.into_any()
}
