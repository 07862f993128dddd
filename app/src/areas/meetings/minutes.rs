#[cfg(feature = "ssr")]
pub mod server;

use domain::Field;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::components::A;
use leptos_router::hooks::use_params_map;
use words::express as words_of;

use crate::api::text::Answer;
use crate::components::act::Act;
use crate::components::deadline::Moment;
use crate::components::fields::TextArea;
use crate::components::form::{StepForm, Submit};
use crate::components::kept_text::KeptText;
use crate::components::loaded::{Loaded, reload};
use crate::components::step_form::{Forms, SheetForm, when_done};
use crate::components::unsent::{OrphanTexts, Orphans, UnsentForms};
use crate::frame::{frame, lang, t};
use crate::problem::{ProblemDetails, ProblemKind};
use crate::sheets::{Change, MinutesSheet, VersionSheet};

/// 会议纪要: written, approved, frozen, printed.
#[component]
pub fn MinutesPage() -> impl IntoView {
    let params = use_params_map();
    let number = move || params.read().get("number").unwrap_or_default();
    let sheet = Resource::new(number, load_minutes);
    view! {
        <Loaded resource=sheet view=|loaded| view! { <Minutes sheet=loaded reload/> }/>
    }
}

#[component]
fn Minutes(sheet: MinutesSheet, reload: impl Fn() + Copy + Send + Sync + 'static) -> impl IntoView {
    provide_context(UnsentForms(sheet.unsent.clone()));
    let number = sheet.row.number.clone();
    let title = sheet.row.title.clone();
    // What was refused and has no form here any more is said on top.
    let page = format!("/meetings/{number}/minutes");
    let forms = [&sheet.approve, &sheet.amend].into_iter().flatten();
    let forms = forms.map(|form| form.act.clone());
    let forms: Vec<String> = forms
        .chain(sheet.can_write.then(|| WRITE.to_owned()))
        .collect();
    view! {
        <Title text=t(words_of::MINUTES_PAPER)/>
        <section class="page minutes-page">
            <KeptText forms=forms.clone()/>
            <OrphanTexts unsent=sheet.stale.clone() page=page.clone()/>
            <Orphans forms page/>
            <p class="unprinted">
                <A href=format!("/meetings/{number}")>{title}</A>
                " · "
                <a href=format!("/meetings/{number}/minutes.docx") rel="external">
                    {t(words_of::MINUTES_DOCX)}
                </a>
            </p>
            {sheet
                .amending
                .clone()
                .map(|reason| {
                    view! {
                        <p class="notice">{t(words_of::MINUTES_AMEND_REASON)} "：" {reason}</p>
                    }
                })}
            {sheet.can_write.then(|| view! { <Write sheet=sheet.clone() reload/> })}
            {sheet
                .approve
                .clone()
                .map(|form| {
                    view! {
                        <section class="panel unprinted">
                            <SheetForm form reload/>
                        </section>
                    }
                })}
            <PaperSheet sheet=sheet.clone()/>
            <Forms forms=vec![sheet.amend.clone()] reload/>
            <Versions versions=sheet.versions/>
        </section>
    }
}

const WRITE: &str = "/act/meeting/write_minutes";

/// The text, with what a colleague has saved meanwhile beneath it: nobody writes over
/// another unseen, and nobody's text is lost.
#[component]
fn Write(sheet: MinutesSheet, reload: impl Fn() + Copy + Send + Sync + 'static) -> impl IntoView {
    let action = Act::new(WRITE);
    when_done(action, reload);
    let number = sheet.row.number.clone();
    // A plain form comes back to a page that has read the colleague's text already.
    let plain = frame()
        .kept
        .filter(|kept| moved(&kept.problem).is_some())
        .is_some();
    let moved = move || moved(&action.value().get()?.err()?);
    let first = sheet.revision;
    let revision = move || moved().unwrap_or(first).to_string();
    let latest = Resource::new(moved, {
        let number = number.clone();
        move |moved| {
            let number = number.clone();
            async move {
                match moved {
                    Some(_) => load_minutes(number).await.ok(),
                    None => None,
                }
            }
        }
    });
    let theirs = plain.then(|| sheet.text.clone());
    view! {
        <section class="panel unprinted">
            <h2>{t(words_of::MINUTES_WRITE)}</h2>
            {sheet
                .saved
                .clone()
                .map(|(by, at)| {
                    view! {
                        <p class="hint">
                            {t(words_of::MINUTES_WAIT)} " " {by} " " <Moment at/>
                        </p>
                    }
                })}
            {sheet
                .is_drafted
                .then(|| view! { <p class="hint">{t(words_of::MINUTES_DRAFTED)}</p> })}
            <StepForm action hidden=vec![("number", number)]>
                <input type="hidden" name="revision" value=revision prop:value=revision/>
                <TextArea
                    field=Field::MinutesText
                    label=t(words_of::MINUTES_TEXT)
                    max=20000
                    rows=18
                    value=sheet.text.clone()
                />
                <Submit label=t(words_of::MINUTES_SAVE)/>
            </StepForm>
            {theirs.map(|text| view! { <Theirs text/> })}
            <Transition>
                {move || {
                    let theirs = latest.get().flatten();
                    theirs.map(|sheet| view! { <Theirs text=sheet.text/> })
                }}
            </Transition>
        </section>
    }
}

/// The revision that a colleague has saved meanwhile.
fn moved(problem: &ProblemDetails) -> Option<u32> {
    match problem.kind {
        ProblemKind::MinutesMoved { current } => Some(current),
        _ => None,
    }
}

#[component]
fn Theirs(text: String) -> impl IntoView {
    view! {
        <section class="notice theirs">
            <p>{t(words_of::MINUTES_OTHER)}</p>
            <p class="said">{text}</p>
        </section>
    }
}

/// The paper as GB/T 9704 has minutes: red title, number and day, text, who was there.
#[component]
fn PaperSheet(sheet: MinutesSheet) -> impl IntoView {
    let day = domain::time::local(sheet.row.starts_at).date();
    let day = words::time::paper_day(day);
    let paragraphs = sheet
        .text
        .lines()
        .map(|line| {
            let class = if words_of::is_heading(line) {
                "paper-heading"
            } else if line.starts_with(char::is_whitespace) {
                // Whoever indents a line means it so.
                "paper-text as-typed"
            } else {
                "paper-text"
            };
            if line.trim().is_empty() {
                view! { <p class="paper-text"><br/></p> }.into_any()
            } else {
                view! { <p class=class>{line.trim_end().to_owned()}</p> }.into_any()
            }
        })
        .collect_view();
    let list = |label, names: Vec<String>| {
        (!names.is_empty()).then(|| {
            view! {
                <p class="paper-list">
                    <strong>{t(label)}</strong>
                    "："
                    {names.join("、")}
                </p>
            }
        })
    };
    let number = sheet.number.as_deref();
    let number = words_of::minutes_number(lang(), number, sheet.version, sheet.signed);
    view! {
        <article class="paper minutes-paper">
            <p class="paper-red">{t(words_of::MINUTES_HEADING)}</p>
            <p class="paper-number">
                <span>{number}</span>
                <span>{day}</span>
            </p>
            <hr class="paper-line"/>
            <h1 class="paper-title">{sheet.row.title.clone()}</h1>
            {paragraphs}
            {list(words_of::PRESENT_LIST, std::iter::once(sheet.chair).chain(sheet.present).collect())}
            {list(words_of::ATTENDING_LIST, sheet.attending)}
            {list(words_of::EXCUSED_LIST, sheet.excused)}
            {list(words_of::ABSENT_LIST, sheet.absent)}
            {list(words_of::UNRECORDED_LIST, sheet.unrecorded)}
        </article>
    }
}

#[component]
fn Versions(versions: Vec<VersionSheet>) -> impl IntoView {
    let items = versions
        .iter()
        .cloned()
        .map(|one| {
            let lines = one
                .lines
                .iter()
                .cloned()
                .map(|line| match line.change {
                    Change::Same => view! { <p>{line.text}</p> }.into_any(),
                    Change::Added => view! { <p><ins>{line.text}</ins></p> }.into_any(),
                    Change::Removed => view! { <p><del>{line.text}</del></p> }.into_any(),
                })
                .collect_view();
            view! {
                <li>
                    <strong>{words_of::version(lang(), one.version)}</strong>
                    " "
                    <Moment at=one.at/>
                    " "
                    {one.by}
                    {one.why.map(|why| view! { <p class="quiet">{why}</p> })}
                    {(!one.lines.is_empty())
                        .then(|| {
                            view! {
                                <details>
                                    <summary>{t(words_of::MINUTES_CHANGES)}</summary>
                                    <div class="changes">{lines}</div>
                                </details>
                            }
                        })}
                </li>
            }
        })
        .collect_view();
    (!versions.is_empty()).then(|| {
        view! {
            <section class="panel unprinted">
                <h2>{t(words_of::MINUTES_VERSION)}</h2>
                <ul class="plain-list">{items}</ul>
            </section>
        }
    })
}

#[server(prefix = "/ask", endpoint = "minutes", output = Answer)]
pub async fn load_minutes(number: String) -> Result<crate::sheets::MinutesSheet, ProblemDetails> {
    server::sheet(&number).await
}
