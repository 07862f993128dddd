use domain::order::Colour;
use leptos::prelude::*;

use crate::components::deadline::Moment;
use crate::frame::{lang, name, t};
use crate::sheets::CardSheet;

/// A card by shape, word and colour: never by colour alone.
#[component]
pub fn CardMark(colour: Colour, lifted: bool) -> impl IntoView {
    let class = if lifted {
        "card-mark card-lifted".to_owned()
    } else {
        format!("card-mark card-{}", colour.code())
    };
    view! {
        <span class=class>
            <span aria-hidden="true">"▮"</span>
            " "
            {t(words::order::colour(colour))}
            {lifted.then(|| view! { " · " {t(words::cards::LIFTED)} })}
        </span>
    }
}

/// Against whom a card stands.
pub fn body_of(card: &CardSheet) -> String {
    match &card.body {
        Some(body) => name(body),
        None => t(words::home::CENTRE_BODY).to_owned(),
    }
}

/// A card on the page of its order.
#[component]
pub fn CardLine(card: CardSheet) -> impl IntoView {
    let lifted = card.lifted.clone();
    let explanation = card.explanation.clone();
    let open = lifted.is_none();
    let paper = format!("/orders/{}/cards/{}", card.order, card.seq);
    view! {
        <p>
            <CardMark colour=card.colour lifted=!open/>
            " "
            {body_of(&card)}
        </p>
        <p class="quiet">
            <Moment at=card.given_at/>
            " · "
            {words::cards::cause(lang(), card.clock)}
            " · "
            <a href=paper>{t(words::paper::PAPER)}</a>
        </p>
        {match explanation {
            Some(text) => view! { <p class="said">{text}</p> }.into_any(),
            None if open => {
                view! { <p class="quiet">{t(words::order::NOT_EXPLAINED)}</p> }.into_any()
            }
            None => ().into_any(),
        }}
        {lifted
            .map(|reason| {
                view! {
                    <p class="quiet">
                        {t(words::cards::LIFTED)} {t(words::cards::COLON)} {reason}
                    </p>
                }
            })}
    }
}
