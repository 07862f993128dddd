use domain::order::Light;
use leptos::prelude::*;

use crate::frame::t;
use crate::words;

/// Shape, word and colour: never by colour alone.
#[component]
pub fn LightMark(light: Light) -> impl IntoView {
    let shape = match light {
        Light::None => "○",
        Light::Green => "●",
        Light::Yellow => "◆",
        Light::Red => "▲",
    };
    view! {
        <span class=format!("light light-{}", light.code())>
            <span aria-hidden="true">{shape}</span>
            " "
            {t(words::order::light(light))}
        </span>
    }
}
