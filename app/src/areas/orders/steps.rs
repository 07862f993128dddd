use domain::order::StepName;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::components::step_form::{Bodies, SheetForm};
use crate::frame::{frame, t};
use crate::sheets::form::{FormSheet, Part};
use crate::sheets::{Offer, Sheet};
use crate::words;

/// What the reader can do: the first open, the others folded away.
#[component]
pub fn Steps(sheet: Sheet, reload: impl Fn() + Copy + Send + Sync + 'static) -> impl IntoView {
    let offers = sheet.offers;
    let several = offers.len() > 1;
    let query = use_query_map();
    // A form that was refused is not folded away with its reasons.
    let refused = frame().kept.map(|kept| kept.act);
    let unsent = sheet.unsent.iter().map(|one| one.form.clone());
    let files = sheet.waiting.files.iter().map(|file| file.form.clone());
    let unsent: Vec<String> = unsent.chain(files).collect();
    provide_context(Bodies(sheet.bodies));
    let offered = !offers.is_empty();
    // Each step has a place of its own: what stood in the form of one is not taken over
    // into that of the next when the order is read anew.
    let forms = StepName::ALL
        .into_iter()
        .map(|step| {
            let position = offers.iter().position(|offer| offer.step == step)?;
            let offer = offers[position].clone();
            let label = offer.label.clone();
            let act = offer.form.as_ref().map(|form| form.act.clone());
            let is_begun =
                act.is_some_and(|act| refused.as_ref() == Some(&act) || unsent.contains(&act));
            // What the address fills in is to be seen.
            let is_asked = offer.form.as_ref().is_some_and(|form| {
                let mut asked = form.parts.iter().filter_map(Part::asked);
                asked.any(|name| query.read_untracked().get(name).is_some())
            });
            let open = is_begun || is_asked;
            let form = view! { <OfferForm offer primary=position == 0 reload/> };
            let form = if several && position > 0 {
                view! {
                    <details class="step" open=open>
                        <summary>{label}</summary>
                        {form}
                    </details>
                }
                .into_any()
            } else {
                view! { <div class="step step-first">{form}</div> }.into_any()
            };
            Some(form)
        })
        .collect_view();
    offered.then(|| {
        view! {
            <section class="panel steps">
                <h2>{t(words::order::YOU_CAN)}</h2>
                {forms}
            </section>
        }
    })
}

#[component]
fn OfferForm(
    offer: Offer,
    primary: bool,
    reload: impl Fn() + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let Offer {
        label,
        not_yet,
        form,
        ..
    } = offer;
    match (not_yet, form) {
        (Some(reason), _) => view! {
            <p class="not-yet">
                <strong>{label}</strong>
                "　"
                {reason}
            </p>
        }
        .into_any(),
        (None, Some(form)) => {
            let form = FormSheet { primary, ..form };
            view! { <SheetForm form reload/> }.into_any()
        }
        (None, None) => ().into_any(),
    }
}
