use domain::order::Light;
use leptos::prelude::*;

use crate::frame::t;

/// Shape, word and colour: never by colour alone.
#[component]
pub fn LightMark(light: Light, #[prop(optional)] paused: bool) -> impl IntoView {
    if paused {
        return view! {
            <span class="light light-paused">
                <span aria-hidden="true">"‖"</span>
                " "
                {t(words::order::PAUSED)}
            </span>
        }
        .into_any();
    }
    let shape = shape(light);
    view! {
        <span class=format!("light light-{}", light.code())>
            <span aria-hidden="true">{shape}</span>
            " "
            {t(words::order::light(light))}
        </span>
    }
    .into_any()
}

/// For those who do not see the colour.
pub fn shape(light: Light) -> &'static str {
    match light {
        Light::None => "○",
        Light::Green => "●",
        Light::Yellow => "◆",
        Light::Red => "▲",
    }
}
