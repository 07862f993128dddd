use domain::order::{
    BriefDraft, Complexity, Outcome, PauseKind, RatingLevel, ReplyDraft, StepName,
};
use domain::time::Limit;
use domain::{Fault, Field};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::template::{Templates, behind, chosen};
use crate::api::express::{AcceptMatter, ConfirmTask, Instruct, JoinMatter, Refer, ReportTask};
use crate::api::joined::{Link, Merge, Split, Unlink, Unmerge, Urge};
use crate::api::steps::{
    AddCoHandler, Appeal, AskCoHandler, CallBack, Close, CoReply, DecideAppeal, DecideCoHandler,
    DecideExtension, DecideObjection, DecideReply, Decline, Dispatch, Explain, Extend,
    KeepCommitment, Lift, Message, Note, Object, Pause, Rate, Reply, Resume, Rule,
    SendBack as Return, Supplement, Take, Withdraw,
};
use crate::components::fields::{Choice, Choices, SelectField, TextArea, TextField, bodies};
use crate::components::files::Attachments;
use crate::components::form::{FormState, StepForm, Submit};
use crate::frame::{frame, lang, name, t, year};
use crate::lang::Text;
use crate::problem::Problem;
use crate::sheets::{CardSheet, CommitmentSheet, Offer, Sheet, TaskSheet, TemplateSheet, Why};
use crate::words;
use crate::words::{express, knowledge as know};

/// What the reader can do: the first open, the others folded away.
#[component]
pub fn Steps(sheet: Sheet, reload: impl Fn() + Copy + Send + Sync + 'static) -> impl IntoView {
    let offers = sheet.offers.clone();
    let several = offers.len() > 1;
    let merging = use_query_map().read_untracked().get("merge").is_some();
    // A form that was refused is not folded away with its reasons.
    let refused = frame().kept.map(|kept| kept.act);
    let unsent = sheet.unsent.iter().map(|one| one.form.clone());
    let files = sheet.waiting.files.iter().map(|file| file.form.clone());
    let unsent: Vec<String> = unsent.chain(files).collect();
    // Each step has a place of its own: what stood in the form of one is not taken over
    // into that of the next when the order is read anew.
    let forms = StepName::ON_AN_ORDER
        .into_iter()
        .map(|step| {
            let position = offers.iter().position(|offer| offer.step == step)?;
            let offer = offers[position].clone();
            let label = t(words::order::step(offer.step));
            let form = format!("/act/{}", offer.step.code());
            let merges = offer.step == StepName::Merge && merging;
            let open = refused.as_deref() == Some(&form) || unsent.contains(&form) || merges;
            let form =
                view! { <OfferForm offer sheet=sheet.clone() primary=position == 0 reload/> };
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
    // Made within its form, whose state it reads.
    let submit = move || view! { <Submit label=t(label) consequence=consequence primary/> };
    let outside = !sheet.enters_late;
    let late = sheet.enters_late;
    let files = step.takes_attachments();
    // A form of the step: its fields, what happened earlier, and the button.
    macro_rules! form {
        ($step:ty, $fields:expr) => {{
            let action = ServerAction::<$step>::new();
            when_done(action.value(), reload);
            view! {
                <StepForm action hidden files=files>
                    {$fields}
                    {files.then(|| view! { <Attachments/> })}
                    {late.then(|| view! { <HappenedBefore/> })}
                    {submit()}
                </StepForm>
            }
            .into_any()
        }};
        (at_once $step:ty, $fields:expr) => {{
            let action = ServerAction::<$step>::new();
            when_done(action.value(), reload);
            view! {
                <StepForm action hidden files=files>
                    {$fields}
                    {files.then(|| view! { <Attachments/> })}
                    {submit()}
                </StepForm>
            }
            .into_any()
        }};
    }
    match step {
        StepName::Dispatch => form!(
            Dispatch,
            view! {
                <DispatchFields
                    departments=sheet.departments
                    complexities=sheet.complexities
                />
            }
        ),
        StepName::AddCoHandler => form!(
            at_once AddCoHandler,
            view! { <CoHandlerFields departments=sheet.departments/> }
        ),
        StepName::AskCoHandler => form!(
            at_once AskCoHandler,
            view! { <CoHandlerFields departments=sheet.departments/> }
        ),
        StepName::DecideCoHandler => form!(
            at_once DecideCoHandler,
            view! {
                <AskedCoHandler asked=sheet.co_asked/>
                <Verdict
                    field=Field::Grant
                    question=words::order::CO_GRANT_QUESTION
                    reason=words::order::GRANT_REASON
                    yes=words::order::GRANTED
                    no=words::order::NOT_GRANTED
                />
            }
        ),
        StepName::CoReply => form!(
            CoReply,
            view! {
                <TextArea
                    field=Field::ReplyText
                    label=t(words::order::CO_REPLY)
                    max=5000
                    rows=6
                />
            }
        ),
        StepName::Decline => form!(Decline, reason(words::order::DECLINE_REASON)),
        StepName::Take => form!(Take, ()),
        StepName::Return => {
            form!(
                Return,
                view! { <ReturnFields departments=sheet.departments/> }
            )
        }
        StepName::Rule => {
            form!(Rule, view! { <RuleFields departments=sheet.departments/> })
        }
        StepName::Pause => form!(Pause, view! { <PauseFields/> }),
        StepName::Resume => form!(Resume, ()),
        StepName::Object => form!(at_once Object, reason(words::order::OBJECT_REASON)),
        StepName::DecideObjection => form!(
            at_once DecideObjection,
            view! {
                <Verdict
                    field=Field::Uphold
                    question=words::order::UPHOLD_QUESTION
                    reason=words::order::UPHOLD_REASON
                    yes=words::order::UPHELD
                    no=words::order::NOT_UPHELD
                />
            }
        ),
        StepName::Extend => form!(Extend, view! { <ExtendFields/> }),
        StepName::DecideExtension => form!(
            at_once DecideExtension,
            view! {
                <Verdict
                    field=Field::Grant
                    question=words::order::GRANT_QUESTION
                    reason=words::order::GRANT_REASON
                    yes=words::order::GRANTED
                    no=words::order::NOT_GRANTED
                />
            }
        ),
        StepName::Explain => {
            let cards = sheet
                .cards
                .into_iter()
                .filter(|card| card.to_explain)
                .collect();
            let text = words::order::EXPLANATION;
            form!(at_once Explain, view! { <CardFields cards text/> })
        }
        StepName::Lift => {
            let cards = sheet
                .cards
                .into_iter()
                .filter(|card| card.to_lift)
                .collect();
            let text = words::order::LIFT_REASON;
            form!(at_once Lift, view! { <CardFields cards text/> })
        }
        StepName::Reply => {
            let open = sheet.co_handlers.into_iter().filter(|part| part.open);
            let open = open.map(|part| part.body).collect();
            let (number, templates) = (sheet.row.number.clone(), sheet.templates);
            let to_mend = sheet.to_mend;
            form!(
                Reply,
                view! { <ReplyFields open number templates to_mend/> }
            )
        }
        StepName::DecideReply => form!(
            at_once DecideReply,
            view! {
                <p class="hint">{t(words::order::UNAPPROVED_HINT)}</p>
                <Verdict
                    field=Field::Grant
                    question=words::order::APPROVE_QUESTION
                    reason=words::order::APPROVE_REASON
                    yes=words::order::APPROVED
                    no=words::order::NOT_APPROVED
                />
            }
        ),
        StepName::CallBack => form!(CallBack, view! { <CallFields/> }),
        StepName::Appeal => form!(at_once Appeal, reason(words::order::APPEAL_REASON)),
        StepName::DecideAppeal => form!(
            at_once DecideAppeal,
            view! {
                <p class="hint">{t(words::order::APPEALED)}</p>
                <p class="said">{sheet.appealed.unwrap_or_default()}</p>
                <Verdict
                    field=Field::Uphold
                    question=words::order::APPEAL_QUESTION
                    reason=words::order::UPHOLD_REASON
                    yes=words::order::APPEAL_UPHELD
                    no=words::order::APPEAL_NOT_UPHELD
                />
            }
        ),
        StepName::KeepCommitment => {
            let open = sheet
                .commitments
                .into_iter()
                .filter(|one| one.open)
                .collect();
            form!(KeepCommitment, view! { <KeepFields open/> })
        }
        StepName::Supplement => form!(
            at_once Supplement,
            view! {
                <TextArea
                    field=Field::ReplyText
                    label=t(words::order::SUPPLEMENT_TEXT)
                    hint=t(words::order::SUPPLEMENT_HINT)
                    max=5000
                    rows=4
                />
            }
        ),
        StepName::Note => {
            let hint = words::order::note_hint(lang(), &sheet.colleagues);
            form!(
                at_once Note,
                view! {
                    <TextArea
                        field=Field::Note
                        label=t(words::order::NOTE)
                        hint
                        max=2000
                        rows=3
                    />
                }
            )
        }
        StepName::Message => form!(
            at_once Message,
            view! {
                <TextArea
                    field=Field::Message
                    label=t(words::order::MESSAGE)
                    max=2000
                    rows=3
                />
            }
        ),
        StepName::Rate => form!(at_once Rate, view! { <RateFields/> }),
        StepName::Urge => form!(at_once Urge, reason(know::URGE_TEXT)),
        StepName::Merge => form!(at_once Merge, view! { <MergeFields/> }),
        StepName::Unmerge => form!(at_once Unmerge, reason(know::UNMERGE_REASON)),
        StepName::Link => form!(
            at_once Link,
            view! {
                <TextField
                    field=Field::Other
                    label=t(know::LINK_WHICH)
                    hint=t(know::MERGE_HINT)
                />
            }
        ),
        StepName::Unlink => {
            let linked = sheet
                .related
                .into_iter()
                .filter(|one| one.why == Why::Linked);
            let linked: Vec<Choice> = linked
                .map(|one| Choice::new(one.number.clone(), format!("{} {}", one.number, one.title)))
                .collect();
            form!(
                at_once Unlink,
                view! {
                    <SelectField
                        field=Field::Other
                        label=t(words::order::field(Field::Other))
                        choices=linked
                    />
                }
            )
        }
        StepName::Split => form!(
            at_once Split,
            view! { <SplitFields categories=sheet.categories/> }
        ),
        StepName::Close => form!(Close, ()),
        StepName::Withdraw => form!(at_once Withdraw, reason(words::order::WITHDRAW_REASON)),
        StepName::Refer => form!(at_once Refer, view! { <BriefFields brief=sheet.brief outside/> }),
        StepName::AcceptMatter => form!(
            at_once AcceptMatter,
            view! { <BriefFields brief=sheet.brief outside/> }
        ),
        StepName::Instruct => form!(
            at_once Instruct,
            view! { <DutyFields departments=sheet.departments lead=sheet.lead/> }
        ),
        StepName::JoinMatter => form!(
            at_once JoinMatter,
            view! {
                <TextField
                    field=Field::Other
                    label=t(express::JOIN_OTHER)
                    hint=t(express::JOIN_HINT)
                />
                <TextArea field=Field::Reason label=t(know::MERGE_REASON) max=500 rows=2/>
            }
        ),
        StepName::ReportTask => {
            let tasks = sheet.tasks.into_iter().filter(|task| task.to_report);
            form!(
                at_once ReportTask,
                view! {
                    <TaskChoice tasks=tasks.collect()/>
                    <TextArea
                        field=Field::ReplyText
                        label=t(express::REPORT)
                        hint=t(express::REPORT_HINT)
                        max=2000
                        rows=4
                    />
                }
            )
        }
        StepName::ConfirmTask => {
            let tasks = sheet.tasks.into_iter().filter(|task| task.to_confirm);
            form!(
                at_once ConfirmTask,
                view! {
                    <TaskChoice tasks=tasks.collect()/>
                    <Verdict
                        field=Field::Grant
                        question=express::TASK_DONE_QUESTION
                        reason=express::TASK_NOT_DONE_REASON
                        yes=express::TASK_DONE
                        no=express::TASK_NOT_DONE
                    />
                }
            )
        }
        // Placed on a page of its own; done by the program.
        StepName::Place
        | StepName::TakeInMatter
        | StepName::DeferMatter
        | StepName::Decide
        | StepName::FollowMatter
        | StepName::Absorb
        | StepName::Release
        | StepName::Follow
        | StepName::HandOver
        | StepName::Elapse => ().into_any(),
    }
}

fn reason(label: Text) -> impl IntoView {
    view! { <TextArea field=Field::Reason label=t(label) max=500 rows=3/> }
}

/// A difficulty as the mayor's office must know it; an enterprise says it in a sentence.
#[component]
fn BriefFields(brief: BriefDraft, outside: bool) -> impl IntoView {
    view! {
        <TextField
            field=Field::Difficulty
            label=t(express::DIFFICULTY)
            hint=t(express::DIFFICULTY_HINT)
            value=brief.difficulty
        />
        {(!outside)
            .then(|| {
                view! {
                    <TextArea
                        field=Field::Tried
                        label=t(express::TRIED)
                        max=1000
                        rows=3
                        value=brief.tried
                    />
                    <TextField
                        field=Field::Obstacle
                        label=t(express::OBSTACLE)
                        value=brief.obstacle
                    />
                }
            })}
        <TextField
            field=Field::Stakes
            label=t(express::STAKES)
            hint=t(express::STAKES_HINT)
            value=brief.stakes
        />
    }
}

/// What is to be done, by whom, until when, and how one sees it.
#[component]
fn DutyFields(departments: Vec<(String, domain::Named)>, lead: String) -> impl IntoView {
    view! {
        <TextArea field=Field::TaskText label=t(express::INSTRUCT_LEAD) max=1000 rows=3/>
        <SelectField
            field=Field::Owner
            label=t(express::OWNER)
            choices=bodies(departments)
            value=lead
        />
        <TextField
            field=Field::Deadline
            label=t(express::DEADLINE)
            hint=t(express::DEADLINE_HINT)
        />
        <TextField field=Field::Proof label=t(express::PROOF) hint=t(express::PROOF_HINT)/>
    }
}

/// Which task; the only one is chosen.
#[component]
fn TaskChoice(tasks: Vec<TaskSheet>) -> impl IntoView {
    let only = match tasks.as_slice() {
        [only] => only.seq.to_string(),
        _ => String::new(),
    };
    let choices = tasks
        .into_iter()
        .map(|task| Choice::new(task.seq.to_string(), task.text))
        .collect();
    view! {
        <SelectField field=Field::Task label=t(express::WHICH_TASK) choices=choices value=only/>
    }
}

/// Into which order; one that was found alike is filled in.
#[component]
fn MergeFields() -> impl IntoView {
    let into = use_query_map().read_untracked().get("merge");
    view! {
        <TextField
            field=Field::Other
            label=t(know::MERGE_WHICH)
            hint=t(know::MERGE_HINT)
            value=into.unwrap_or_default()
        />
        <TextArea
            field=Field::Reason
            label=t(know::MERGE_REASON)
            hint=t(know::MERGE_REASON_HINT)
            max=500
            rows=3
        />
    }
}

#[component]
fn SplitFields(categories: Vec<domain::Category>) -> impl IntoView {
    let categories = categories
        .into_iter()
        .map(|category| Choice::new(category.code, name(&category.name)))
        .collect();
    view! {
        <TextField field=Field::Title label=t(know::SPLIT_TITLE)/>
        <TextArea field=Field::Content label=t(know::SPLIT_CONTENT) max=5000 rows=4/>
        <SelectField
            field=Field::Category
            label=t(words::order::CATEGORY)
            choices=categories
        />
    }
}

/// 补录: folded away, since it is rare.
#[component]
fn HappenedBefore() -> impl IntoView {
    let open = expect_context::<FormState>().was_typed(Field::HappenedAt);
    view! {
        <details class="aside" open=open>
            <summary>{t(words::order::HAPPENED_BEFORE)}</summary>
            <TextField
                field=Field::HappenedAt
                label=t(words::order::field(Field::HappenedAt))
                hint=t(words::order::HAPPENED_AT_HINT)
                kind="datetime-local"
            />
        </details>
    }
}

/// Shows the order as it is after the step. A refusal for having been slower
/// leaves the form and its text where they are.
pub(super) fn when_done(
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
    let kinds = complexities
        .into_iter()
        .map(|(kind, limit)| {
            let within = words::time::limit(lang(), limit);
            Choice::new(kind.code(), t(words::order::complexity(kind)))
                .hinted(format!("{} {within}", t(words::order::REPLY_WITHIN)))
        })
        .collect();
    let others = departments.clone();
    view! {
        <SelectField
            field=Field::Department
            label=t(words::order::DISPATCH_TO)
            choices=bodies(departments)
        />
        <Choices
            field=Field::Complexity
            legend=t(words::order::COMPLEXITY)
            choices=kinds
            value="ordinary"
        />
        <CoHandlerRows departments=others/>
    }
}

/// Three rows; more are added once the order is dispatched.
#[component]
fn CoHandlerRows(departments: Vec<(String, domain::Named)>) -> impl IntoView {
    let state = expect_context::<FormState>();
    let rows = (1..=3)
        .map(|row| {
            let (body, task) = (format!("co_handler_{row}"), format!("task_{row}"));
            let chosen = state.value(&body, String::new());
            let typed = state.value(&task, String::new());
            let options = departments
                .iter()
                .map(|(code, body)| {
                    let selected = *code == chosen;
                    view! { <option value=code.clone() selected=selected>{name(body)}</option> }
                })
                .collect_view();
            let (body_id, task_id) = (state.field_id(&body), state.field_id(&task));
            view! {
                <div class="field co-row">
                    <label for=body_id.clone()>{t(words::order::CO_HANDLER)} " " {row}</label>
                    <select id=body_id name=body>
                        <option value="">"—"</option>
                        {options}
                    </select>
                    <label for=task_id.clone()>{t(words::order::TASK)} " " {row}</label>
                    <input id=task_id name=task value=typed maxlength="1000"/>
                </div>
            }
        })
        .collect_view();
    let fault = expect_context::<FormState>();
    let open = (1..=3).any(|row| {
        let typed = fault.value(&format!("co_handler_{row}"), String::new());
        !typed.is_empty()
    });
    view! {
        <details class="aside" open=open id=state.field_id(Field::CoHandlers.code())>
            <summary>{t(words::order::CO_HANDLERS_OPTIONAL)}</summary>
            {move || fault.fault(Field::CoHandlers).map(|said| view! { <p class="fault">{said}</p> })}
            {rows}
        </details>
    }
}

#[component]
fn CoHandlerFields(departments: Vec<(String, domain::Named)>) -> impl IntoView {
    view! {
        <SelectField
            field=Field::CoHandler
            label=t(words::order::CO_HANDLER)
            choices=bodies(departments)
        />
        <TextArea
            field=Field::Task
            label=t(words::order::TASK)
            hint=t(words::order::TASK_HINT)
            max=500
            rows=3
        />
    }
}

/// Who is asked for, and for what.
#[component]
fn AskedCoHandler(asked: Option<(domain::Named, Option<String>)>) -> impl IntoView {
    asked.map(|(body, task)| {
        view! {
            <p>
                {t(words::order::CO_ASKED)} " " <strong>{name(&body)}</strong>
            </p>
            {task.map(|task| view! { <p class="said">{task}</p> })}
        }
    })
}

#[component]
fn ReturnFields(departments: Vec<(String, domain::Named)>) -> impl IntoView {
    view! {
        <TextArea field=Field::Reason label=t(words::order::RETURN_REASON) max=500 rows=3/>
        <TextField
            field=Field::Clause
            label=t(words::order::RETURN_CLAUSE)
            hint=t(words::order::RETURN_CLAUSE_HINT)
        />
        <SelectField
            field=Field::Propose
            label=t(words::order::RETURN_PROPOSE)
            choices=bodies(departments)
        />
    }
}

/// The body that has it now is offered first: the return may not be justified.
#[component]
fn RuleFields(departments: Vec<(String, domain::Named)>) -> impl IntoView {
    view! {
        <SelectField
            field=Field::Department
            label=t(words::order::RULE_FOR)
            choices=bodies(departments)
        />
        <TextArea field=Field::Reason label=t(words::order::RULE_REASON) max=500 rows=3/>
    }
}

#[component]
fn PauseFields() -> impl IntoView {
    let kinds = PauseKind::ALL
        .map(|kind| {
            Choice::new(kind.code(), t(words::order::pause_kind(kind)))
                .hinted(t(words::order::pause_hint(kind)))
        })
        .to_vec();
    view! {
        <Choices field=Field::PauseKind legend=t(words::order::PAUSE_KIND) choices=kinds/>
        <TextArea field=Field::Reason label=t(words::order::PAUSE_REASON) max=500 rows=3/>
        <TextArea
            field=Field::Things
            label=t(words::order::THINGS)
            hint=t(words::order::THINGS_HINT)
            max=6000
            rows=3
        />
        <TextField
            field=Field::PauseBasis
            label=t(words::order::PAUSE_BASIS)
            hint=t(words::order::PAUSE_BASIS_HINT)
        />
        <TextField
            field=Field::Evidence
            label=t(words::order::EVIDENCE)
            hint=t(words::order::EVIDENCE_HINT)
        />
        <TextField
            field=Field::PauseUntil
            label=t(words::order::PAUSE_UNTIL)
            hint=t(words::order::PAUSE_UNTIL_HINT)
            kind="date"
        />
    }
}

#[component]
pub(super) fn ExtendFields() -> impl IntoView {
    view! {
        <TextField
            field=Field::Days
            label=t(words::order::EXTENSION_DAYS)
            kind="number"
        />
        <TextArea field=Field::Reason label=t(words::order::EXTENSION_REASON) max=500 rows=3/>
    }
}

/// Yes or no; a no gives its reason.
#[component]
fn Verdict(field: Field, question: Text, reason: Text, yes: Text, no: Text) -> impl IntoView {
    let choices = vec![Choice::new("yes", t(yes)), Choice::new("no", t(no))];
    view! {
        <Choices field legend=t(question) choices/>
        <TextArea field=Field::Reason label=t(reason) max=500 rows=3/>
    }
}

/// Which card, where there are several, and what is said of it.
#[component]
fn CardFields(cards: Vec<CardSheet>, text: Text) -> impl IntoView {
    // One card needs no choosing; of several, none is chosen for them.
    let only = cards.first().filter(|_| cards.len() == 1);
    let only = only.map(|card| card.seq.to_string());
    let choices = cards
        .iter()
        .map(|card| {
            Choice::new(
                card.seq.to_string(),
                words::cards::called(lang(), card.colour, card.given_at, year()),
            )
        })
        .collect();
    view! {
        <SelectField
            field=Field::Card
            label=t(words::order::CARD)
            choices
            value=only.unwrap_or_default()
        />
        <TextArea field=Field::Reason label=t(text) max=500 rows=3/>
    }
}

#[component]
fn CallFields() -> impl IntoView {
    let outcomes = Outcome::ALL
        .map(|outcome| Choice::new(outcome.code(), t(words::order::outcome(outcome))))
        .to_vec();
    view! {
        <Choices field=Field::Outcome legend=t(words::order::CALL_QUESTION) choices=outcomes/>
        <TextArea field=Field::Said label=t(words::order::CALL_NOTE) max=500 rows=3/>
    }
}

/// One reply stands at a time, and so does its promise.
#[component]
fn KeepFields(open: Vec<CommitmentSheet>) -> impl IntoView {
    let choices: Vec<Choice> = open
        .iter()
        .map(|one| {
            let day = words::time::date(lang(), one.until, year());
            Choice::new(one.reply.to_string(), day)
        })
        .collect();
    let only = open.first().filter(|_| open.len() == 1);
    let only = only.map(|one| one.reply.to_string());
    view! {
        <SelectField
            field=Field::Commitment
            label=t(words::order::COMMITMENT)
            choices
            value=only.unwrap_or_default()
        />
        <TextArea field=Field::Reason label=t(words::order::KEPT_TEXT) max=500 rows=3/>
    }
}

/// `open`: the co-handlers that have not replied yet.
#[component]
fn ReplyFields(
    open: Vec<domain::Named>,
    number: String,
    templates: Vec<TemplateSheet>,
    to_mend: Option<ReplyDraft>,
) -> impl IntoView {
    // Behind what was typed before, as the link does it where scripts run.
    let mut state = expect_context::<FormState>();
    if let Some(reply) = to_mend.filter(|_| !state.was_typed(Field::ReplyText)) {
        state = state
            .with(Field::ReplyKind, &reply.kind)
            .with(Field::ReplyText, &reply.text)
            .with(Field::ReplyUntil, &reply.until)
            .with(Field::ReplyBasis, &reply.basis);
    }
    let begins = behind(
        state.value(Field::ReplyText.code(), String::new()),
        chosen(&templates),
    );
    provide_context(state.with(Field::ReplyText, &begins));
    let bodies: Vec<String> = open.iter().map(name).collect();
    let hint = format!("{}{}", t(words::order::WITHOUT_HINT), bodies.join("、"));
    let without = (!open.is_empty()).then(|| {
        view! {
            <p class="hint">{hint}</p>
            <TextArea field=Field::Without label=t(words::order::WITHOUT) max=500 rows=2/>
        }
    });
    let kinds = domain::order::reply::REPLY_KINDS
        .map(|kind| Choice::new(kind, words::order::reply_kind(kind).of(lang())))
        .to_vec();
    view! {
        <Choices field=Field::ReplyKind legend=t(words::order::REPLY_KIND) choices=kinds/>
        <Templates number templates/>
        <TextArea
            field=Field::ReplyText
            label=t(words::order::REPLY_TEXT)
            max=5000
            rows=6
        />
        <BlanksMeant/>
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
        {without}
    }
}

/// Asked where blanks of a template were left.
#[component]
fn BlanksMeant() -> impl IntoView {
    let state = expect_context::<FormState>();
    let is_asked = move || {
        let fault = state.fault_of(Field::ReplyText).map(|fault| fault.fault);
        matches!(fault, Some(Fault::BlanksLeft { .. }))
    };
    let stays = RwSignal::new(false);
    Effect::new({
        let is_asked = is_asked.clone();
        move |_| {
            if is_asked() {
                stays.set(true);
            }
        }
    });
    move || {
        (is_asked() || stays.get()).then(|| {
            view! {
                <label class="check">
                    <input type="checkbox" name="blanks" value="yes"/>
                    {t(words::order::BLANKS_MEANT)}
                </label>
            }
        })
    }
}

#[component]
fn RateFields() -> impl IntoView {
    let levels = RatingLevel::ALL
        .map(|level| Choice::new(level.code(), t(words::order::rating(level))))
        .to_vec();
    view! {
        <Choices field=Field::RatingLevel legend=t(words::order::RATE_QUESTION) choices=levels/>
        <TextArea field=Field::Comment label=t(words::order::COMMENT) max=500 rows=3/>
    }
}
