//! The forms of the steps on an order.

use domain::order::{
    BriefDraft, Complexity, Outcome, PauseKind, RatingLevel, Reason, ReplyDraft, StepName, reply,
};
use domain::{Field, Role};
use store::Context;
use store::orders::Found;
use words::lang::Text;
use words::{knowledge as know, order};

use crate::areas::meetings::express;
use crate::areas::offices::{cards, commitments};
use crate::areas::orders::order::server::{brief, co_asked, draft_of, to_mend};
use crate::components::fields::Choice;
use crate::frame::Frame;
use crate::serve::door::Door;
use crate::serve::forms::Write;
use crate::serve::rows;
use crate::sheets::form::{FormSheet, LineKind, Part};
use crate::sheets::{RelatedSheet, TemplateSheet};
use domain::order::Relationship;

/// What forms are made of.
pub struct Page<'a> {
    pub ctx: &'a Context,
    pub frame: &'a Frame,
    pub found: &'a Found,
    pub related: &'a [RelatedSheet],
    /// Names of those whom a note can name.
    pub colleagues: &'a [String],
    pub templates: Vec<TemplateSheet>,
    /// Whether the order can be rated as well as confirmed.
    pub can_rate: bool,
    /// Whether a reply is being written already.
    pub is_replying: bool,
}

/// `None` for what no form asks for.
pub fn form(step: StepName, page: &Page<'_>, consequence: String) -> Option<FormSheet> {
    let takes = step.form()?;
    let label = match step {
        // The enterprise confirms; the centre strikes off.
        StepName::Close if page.can_rate => order::CONFIRM_ONLY,
        step => order::step(step),
    };
    let outside = matches!(page.ctx.actor.role, Role::Enterprise { .. });
    let order = &page.found.order;
    Some(FormSheet {
        act: Door::Order(step, takes).address(),
        number: order.number.to_string(),
        version: (!takes.is_said).then_some(order.version),
        parts: parts(step, page),
        files: step.takes_attachments(),
        late: step.can_be_late() && !outside,
        submit: label.of(page.frame.lang).to_owned(),
        consequence,
        ..FormSheet::default()
    })
}

fn parts(step: StepName, page: &Page<'_>) -> Vec<Part> {
    let write = Write {
        lang: page.frame.lang,
    };
    match step {
        StepName::Dispatch => vec![
            write.body(Field::Department, order::DISPATCH_TO, ""),
            Part::Choices {
                field: Field::Complexity,
                legend: write.t(order::COMPLEXITY),
                choices: complexities(page),
                value: Complexity::Ordinary.code().to_owned(),
            },
            Part::CoHandlers,
        ],
        StepName::DecideCoHandler => {
            let asked = co_asked(page.ctx, page.found).map(|(body, task)| Part::Quoted {
                about: format!("{} {}", write.t(order::CO_ASKED), write.lang.name(&body)),
                text: task.unwrap_or_default(),
            });
            let verdict = write.verdict(
                Field::Grant,
                order::CO_GRANT_QUESTION,
                [order::GRANTED, order::NOT_GRANTED],
                order::GRANT_REASON,
            );
            asked.into_iter().chain(verdict).collect()
        }
        StepName::Pause => pause(&write),
        StepName::DecideObjection => write.verdict(
            Field::Uphold,
            order::UPHOLD_QUESTION,
            [order::UPHELD, order::NOT_UPHELD],
            order::UPHOLD_REASON,
        ),
        StepName::Rule => {
            let mut parts = fields(&write, step);
            let proposed = domain::order::returning::proposed(&page.found.order);
            for part in &mut parts {
                if let (Part::Body { value, .. }, Some(proposed)) = (part, proposed) {
                    *value = proposed.to_string();
                }
            }
            parts
        }
        StepName::DecideExtension => {
            let cycle = page.found.order.stage.cycle();
            let asked = cycle.and_then(|term| term.asked.as_ref());
            let asked = asked.map(|asked| Part::Quoted {
                about: order::extension_asked(write.lang, asked.days),
                text: asked.reason.as_str().to_owned(),
            });
            let verdict = write.verdict(
                Field::Grant,
                order::GRANT_QUESTION,
                [order::GRANTED, order::NOT_GRANTED],
                order::GRANT_REASON,
            );
            asked.into_iter().chain(verdict).collect()
        }
        StepName::Explain => {
            let cards = domain::order::card::to_explain(&page.found.order, &page.ctx.actor);
            card(page, &write, cards, order::EXPLANATION)
        }
        StepName::Lift => {
            let cards = domain::order::card::to_lift(&page.found.order);
            card(page, &write, cards, order::LIFT_REASON)
        }
        StepName::Reply => reply(page, &write),
        StepName::CorrectReply => {
            let stands = domain::order::correction::current(&page.found.order);
            let mut parts = said(page, &write, stands.map(draft_of).unwrap_or_default());
            parts.extend(write.reason(order::CORRECTION_REASON));
            parts
        }
        StepName::DecideReply => write.after(
            Part::Hint {
                text: write.t(order::UNAPPROVED_HINT),
            },
            write.verdict(
                Field::Grant,
                order::APPROVE_QUESTION,
                [order::APPROVED, order::NOT_APPROVED],
                order::APPROVE_REASON,
            ),
        ),
        StepName::CallBack => vec![
            write.choices(
                Field::Outcome,
                order::CALL_QUESTION,
                Outcome::ALL.map(|one| (one.code(), order::outcome(one))),
            ),
            write.prose(Field::Said, order::CALL_NOTE, 500, 3, None, ""),
        ],
        StepName::Rate => vec![
            write.choices(
                Field::RatingLevel,
                order::RATE_QUESTION,
                RatingLevel::ALL.map(|level| (level.code(), order::rating(level))),
            ),
            write.prose(Field::Comment, order::COMMENT, 500, 3, None, ""),
        ],
        StepName::DecideAppeal => {
            let appeal = page.found.order.appealed();
            let text = appeal.map(|(_, appeal)| appeal.reason.as_str().to_owned());
            write.after(
                Part::Quoted {
                    about: write.t(order::APPEALED),
                    text: text.unwrap_or_default(),
                },
                write.verdict(
                    Field::Uphold,
                    order::APPEAL_QUESTION,
                    [order::APPEAL_UPHELD, order::APPEAL_NOT_UPHELD],
                    order::UPHOLD_REASON,
                ),
            )
        }
        StepName::KeepCommitment => vec![
            write.select(
                Field::Commitment,
                order::COMMITMENT,
                commitments::open_choices(page.frame, &page.found.order),
            ),
            write.prose(Field::Reason, order::KEPT_TEXT, Reason::MAX, 3, None, ""),
        ],
        StepName::Note => vec![Part::Prose {
            field: Field::Note,
            label: write.t(order::NOTE),
            hint: order::note_hint(write.lang, page.colleagues),
            value: String::new(),
            max: 2000,
            rows: 3,
        }],
        StepName::Merge => vec![
            Part::Line {
                field: Field::Other,
                label: write.t(know::MERGE_WHICH),
                hint: write.t(know::MERGE_HINT),
                value: String::new(),
                kind: LineKind::Text,
                // One that was found alike is filled in.
                asked: Some("merge".to_owned()),
            },
            write.prose(
                Field::Reason,
                know::MERGE_REASON,
                Reason::MAX,
                3,
                Some(know::MERGE_REASON_HINT),
                "",
            ),
        ],
        StepName::Unlink => {
            let linked = page
                .related
                .iter()
                .filter(|one| one.relationship == Relationship::Linked);
            let choice = |one: &RelatedSheet| {
                Choice::new(&one.number, format!("{} {}", one.number, one.title))
            };
            vec![Part::Select {
                field: Field::Other,
                label: write.t(order::field(Field::Other)),
                choices: linked.map(choice).collect(),
                value: String::new(),
            }]
        }
        StepName::Split => vec![
            write.line(Field::Title, know::SPLIT_TITLE, None, ""),
            write.prose(Field::Content, know::SPLIT_CONTENT, 5000, 4, None, ""),
            write.pick(
                Field::Category,
                order::CATEGORY,
                categories(page),
                String::new(),
            ),
        ],
        StepName::Refer => difficulty(page, &write, !page.is_outside()),
        StepName::AcceptMatter => difficulty(page, &write, true),
        StepName::Instruct => {
            let lead = page.found.order.stage.lead();
            let lead = lead.map(|lead| lead.as_str()).unwrap_or_default();
            let text = words::express::INSTRUCT_LEAD;
            vec![
                write.prose(Field::TaskText, text, 1000, 3, None, ""),
                write.body(Field::Owner, words::express::OWNER, lead),
                write.line(
                    Field::Deadline,
                    words::express::DEADLINE,
                    Some(words::express::DEADLINE_HINT),
                    "",
                ),
                write.line(
                    Field::Proof,
                    words::express::PROOF,
                    Some(words::express::PROOF_HINT),
                    "",
                ),
            ]
        }
        StepName::ReportTask => {
            let hint = Some(words::express::REPORT_HINT);
            let tasks =
                express::task_choices(page.ctx, page.frame.lang, page.found, |task| task.to_report);
            vec![
                write.select(Field::Task, words::express::WHICH_TASK, tasks),
                write.prose(Field::ReplyText, words::express::REPORT, 2000, 4, hint, ""),
            ]
        }
        StepName::ConfirmTask => {
            let tasks = express::task_choices(page.ctx, page.frame.lang, page.found, |task| {
                task.to_confirm
            });
            write.after(
                write.select(Field::Task, words::express::WHICH_TASK, tasks),
                write.verdict(
                    Field::Grant,
                    words::express::TASK_DONE_QUESTION,
                    [words::express::TASK_DONE, words::express::TASK_NOT_DONE],
                    words::express::TASK_NOT_DONE_REASON,
                ),
            )
        }
        plain => fields(&write, plain),
    }
}

/// The fields that a step takes, one after the other.
fn fields(write: &Write, step: StepName) -> Vec<Part> {
    let form = step.form();
    form.map_or_else(Vec::new, |form| {
        write.fields(form, |field| order::asked(step, field))
    })
}

impl Page<'_> {
    fn is_outside(&self) -> bool {
        self.ctx.actor.role.enterprise().is_some()
    }
}

/// Each kind of handling with the limit that it brings for this order.
fn complexities(page: &Page<'_>) -> Vec<Choice> {
    let rules = page.ctx.book.rules_at(page.ctx.now);
    let urgency = page.found.listed.overview.urgency();
    let lang = page.frame.lang;
    let kinds = Complexity::ALL.map(|kind| {
        let within = words::time::limit(lang, rules.resolve(urgency, kind));
        Choice::new(kind.code(), order::complexity(kind).of(lang))
            .hinted(format!("{} {within}", order::REPLY_WITHIN.of(lang)))
    });
    kinds.into()
}

fn categories(page: &Page<'_>) -> Vec<Choice> {
    let categories = page.ctx.book.directory.categories.iter();
    let lang = page.frame.lang;
    categories
        .map(|category| Choice::new(&category.code, lang.name(&category.name)))
        .collect()
}

fn pause(write: &Write) -> Vec<Part> {
    let kinds = PauseKind::ALL.map(|kind| {
        Choice::new(kind.code(), write.t(order::pause_kind(kind)))
            .hinted(write.t(order::pause_hint(kind)))
    });
    vec![
        Part::Choices {
            field: Field::PauseKind,
            legend: write.t(order::PAUSE_KIND),
            choices: kinds.into(),
            value: String::new(),
        },
        write.prose(Field::Reason, order::PAUSE_REASON, Reason::MAX, 3, None, ""),
        write.prose(
            Field::Things,
            order::THINGS,
            6000,
            3,
            Some(order::THINGS_HINT),
            "",
        ),
        write.line(
            Field::PauseBasis,
            order::PAUSE_BASIS,
            Some(order::PAUSE_BASIS_HINT),
            "",
        ),
        write.line(
            Field::Evidence,
            order::EVIDENCE,
            Some(order::EVIDENCE_HINT),
            "",
        ),
        write.typed(
            Field::PauseUntil,
            order::PAUSE_UNTIL,
            Some(order::PAUSE_UNTIL_HINT),
            LineKind::Date,
        ),
    ]
}

/// Which card, where there are several, and what is said of it.
fn card<'a>(
    page: &Page<'_>,
    write: &Write,
    cards: impl Iterator<Item = &'a domain::order::Card>,
    text: Text,
) -> Vec<Part> {
    let choices = cards.map(|card| cards::choice(page.frame, card)).collect();
    vec![
        write.select(Field::Card, order::CARD, choices),
        write.prose(Field::Reason, text, Reason::MAX, 3, None, ""),
    ]
}

/// What is said in a reply.
fn said(page: &Page<'_>, write: &Write, draft: ReplyDraft) -> Vec<Part> {
    let ReplyDraft {
        kind,
        text,
        until,
        basis,
        ..
    } = draft;
    let kinds = reply::REPLY_KINDS.map(|kind| (kind, order::reply_kind(kind)));
    vec![
        Part::Choices {
            field: Field::ReplyKind,
            legend: write.t(order::REPLY_KIND),
            choices: write.all(kinds),
            value: kind,
        },
        Part::Reply {
            value: text,
            templates: page.templates.clone(),
        },
        Part::Line {
            field: Field::ReplyUntil,
            label: write.t(order::REPLY_UNTIL),
            hint: write.t(order::REPLY_UNTIL_HINT),
            value: until,
            kind: LineKind::Date,
            asked: None,
        },
        write.line(
            Field::ReplyBasis,
            order::REPLY_BASIS,
            Some(order::REPLY_BASIS_HINT),
            &basis,
        ),
    ]
}

fn reply(page: &Page<'_>, write: &Write) -> Vec<Part> {
    let draft = to_mend(page.ctx, page.found).filter(|_| !page.is_replying);
    let mut parts = said(page, write, draft.unwrap_or_default());
    // The co-handlers that have not replied yet.
    let directory = &page.ctx.book.directory;
    let open = page.found.listed.overview.co_handlers.iter();
    let open = open.filter(|part| part.open);
    let open = open.map(|part| {
        let body = rows::short(directory, &part.body);
        write.lang.name(&body).to_owned()
    });
    let open: Vec<String> = open.collect();
    if !open.is_empty() {
        let text = format!("{}{}", write.t(order::WITHOUT_HINT), open.join("、"));
        parts.push(Part::Hint { text });
        parts.push(write.prose(Field::Without, order::WITHOUT, Reason::MAX, 2, None, ""));
    }
    parts
}

/// A difficulty as the mayor's office must know it; an enterprise says it in a sentence.
fn difficulty(page: &Page<'_>, write: &Write, whole: bool) -> Vec<Part> {
    use words::express as said;
    let BriefDraft {
        difficulty,
        tried,
        obstacle,
        stakes,
    } = brief(page.ctx, page.found);
    let mut parts = vec![write.line(
        Field::Difficulty,
        said::DIFFICULTY,
        Some(said::DIFFICULTY_HINT),
        &difficulty,
    )];
    if whole {
        parts.push(write.prose(Field::Tried, said::TRIED, 1000, 3, None, &tried));
        parts.push(write.line(Field::Obstacle, said::OBSTACLE, None, &obstacle));
    }
    parts.push(write.line(
        Field::Stakes,
        said::STAKES,
        Some(said::STAKES_HINT),
        &stakes,
    ));
    parts
}
