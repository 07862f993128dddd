use domain::Field;
use domain::order::{Complexity, RatingLevel, StepName};
use domain::time::Limit;
use leptos::prelude::*;

use crate::api::steps::{Close, Decline, Dispatch, Rate, Reply, Take, Withdraw};
use crate::components::fields::{Choice, Choices, SelectField, TextArea, TextField};
use crate::components::form::{StepForm, Submit};
use crate::frame::{lang, name, t};
use crate::problem::Problem;
use crate::sheets::{Offer, Sheet};
use crate::words;

/// What the reader can do: the first open, the others folded away.
#[component]
pub fn Steps(sheet: Sheet, reload: impl Fn() + Copy + Send + Sync + 'static) -> impl IntoView {
    let offers = sheet.offers.clone();
    let several = offers.len() > 1;
    let forms = offers
        .into_iter()
        .enumerate()
        .map(|(position, offer)| {
            let label = t(words::order::step(offer.step));
            let form =
                view! { <OfferForm offer sheet=sheet.clone() primary=position == 0 reload/> };
            if several && position > 0 {
                view! {
                    <details class="step">
                        <summary>{label}</summary>
                        {form}
                    </details>
                }
                .into_any()
            } else {
                view! { <div class="step step-first">{form}</div> }.into_any()
            }
        })
        .collect_view();
    (!sheet.offers.is_empty()).then(|| {
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
    sheet: Sheet,
    primary: bool,
    reload: impl Fn() + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let Offer {
        step,
        not_yet,
        consequence,
    } = offer;
    if let Some(reason) = not_yet {
        return view! {
            <p class="not-yet">
                <strong>{t(words::order::step(step))}</strong>
                "　"
                {reason}
            </p>
        }
        .into_any();
    }
    let hidden = vec![
        ("number", sheet.row.number.clone()),
        ("version", sheet.version.to_string()),
    ];
    let label = match step {
        // The enterprise confirms; the centre strikes off.
        StepName::Close if sheet.offers.iter().any(|o| o.step == StepName::Rate) => {
            words::order::CONFIRM_ONLY
        }
        step => words::order::step(step),
    };
    let submit = view! { <Submit label=t(label) consequence primary/> };
    match step {
        StepName::Dispatch => {
            let action = ServerAction::<Dispatch>::new();
            when_done(action.value(), reload);
            view! {
                <StepForm action hidden>
                    <DispatchFields
                        departments=sheet.departments
                        complexities=sheet.complexities
                    />
                    {submit}
                </StepForm>
            }
            .into_any()
        }
        StepName::Decline => {
            let action = ServerAction::<Decline>::new();
            when_done(action.value(), reload);
            view! {
                <StepForm action hidden>
                    <TextArea
                        field=Field::Reason
                        label=t(words::order::DECLINE_REASON)
                        max=500
                        rows=4
                    />
                    {submit}
                </StepForm>
            }
            .into_any()
        }
        StepName::Take => {
            let action = ServerAction::<Take>::new();
            when_done(action.value(), reload);
            view! {
                <StepForm action hidden>
                    {submit}
                </StepForm>
            }
            .into_any()
        }
        StepName::Reply => {
            let action = ServerAction::<Reply>::new();
            when_done(action.value(), reload);
            view! {
                <StepForm action hidden>
                    <ReplyFields/>
                    {submit}
                </StepForm>
            }
            .into_any()
        }
        StepName::Rate => {
            let action = ServerAction::<Rate>::new();
            when_done(action.value(), reload);
            view! {
                <StepForm action hidden>
                    <RateFields/>
                    {submit}
                </StepForm>
            }
            .into_any()
        }
        StepName::Close => {
            let action = ServerAction::<Close>::new();
            when_done(action.value(), reload);
            view! {
                <StepForm action hidden>
                    {submit}
                </StepForm>
            }
            .into_any()
        }
        StepName::Withdraw => {
            let action = ServerAction::<Withdraw>::new();
            when_done(action.value(), reload);
            view! {
                <StepForm action hidden>
                    <TextArea
                        field=Field::Reason
                        label=t(words::order::WITHDRAW_REASON)
                        max=500
                        rows=3
                    />
                    {submit}
                </StepForm>
            }
            .into_any()
        }
        // Placed on a page of its own; carried up by the program.
        StepName::Place | StepName::Escalate => ().into_any(),
    }
}

/// Shows the order as it is after the step. A refusal for having been slower
/// leaves the form and its text where they are.
fn when_done(
    value: MappedSignal<Option<Result<(), Problem>>>,
    reload: impl Fn() + Copy + Send + Sync + 'static,
) {
    Effect::new(move |_| {
        if matches!(value.get(), Some(Ok(()))) {
            reload();
        }
    });
}

#[component]
fn DispatchFields(
    departments: Vec<(String, domain::Named)>,
    complexities: Vec<(Complexity, Limit)>,
) -> impl IntoView {
    let departments = departments
        .into_iter()
        .map(|(code, named)| choice(&code, name(&named)))
        .collect();
    let kinds = complexities
        .into_iter()
        .map(|(kind, limit)| Choice {
            hint: format!(
                "{} {}",
                t(words::order::REPLY_WITHIN),
                words::time::limit(lang(), limit)
            ),
            ..choice(kind.code(), t(words::order::complexity(kind)).to_owned())
        })
        .collect();
    view! {
        <SelectField
            field=Field::Department
            label=t(words::order::DISPATCH_TO)
            choices=departments
        />
        <Choices
            field=Field::Complexity
            legend=t(words::order::COMPLEXITY)
            choices=kinds
            value="ordinary"
        />
    }
}

#[component]
fn ReplyFields() -> impl IntoView {
    let kinds = domain::order::reply::REPLY_KINDS
        .map(|kind| choice(kind, words::order::reply_kind(kind).of(lang()).to_owned()))
        .to_vec();
    view! {
        <Choices field=Field::ReplyKind legend=t(words::order::REPLY_KIND) choices=kinds/>
        <TextArea field=Field::ReplyText label=t(words::order::REPLY_TEXT) max=5000 rows=6/>
        <TextField
            field=Field::ReplyUntil
            label=t(words::order::REPLY_UNTIL)
            hint=t(words::order::REPLY_UNTIL_HINT)
            kind="date"
        />
        <TextField
            field=Field::ReplyBasis
            label=t(words::order::REPLY_BASIS)
            hint=t(words::order::REPLY_BASIS_HINT)
        />
    }
}

#[component]
fn RateFields() -> impl IntoView {
    let levels = RatingLevel::ALL
        .map(|level| choice(level.code(), t(words::order::rating(level)).to_owned()))
        .to_vec();
    view! {
        <Choices field=Field::RatingLevel legend=t(words::order::RATE_QUESTION) choices=levels/>
        <TextArea field=Field::Comment label=t(words::order::COMMENT) max=500 rows=3/>
    }
}

fn choice(value: &str, label: String) -> Choice {
    Choice {
        value: value.to_owned(),
        label,
        hint: String::new(),
    }
}
