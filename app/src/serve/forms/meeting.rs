//! The forms of the steps on a meeting: on its page, on each matter, on the page of its
//! minutes, and the plan that it is called with.

use ::words::lang::Text;
use ::words::{express as said, meeting as words, task as of_tasks};
use domain::Field;
use domain::case::History;
use domain::meeting::{MeetingKind, MeetingState, MeetingStepName, MeetingWhat, PlanDraft};
use domain::order::{Reason, Verdict};
use domain::time::local;
use store::Context;
use store::meetings::Found;

use super::super::door::Door;
use super::{Write, task};
use crate::components::fields::Choice;
use crate::frame::Frame;
use crate::sheets::form::{FormSheet, LineKind, Part};
use crate::sheets::{ItemState, WaitingMatter};

/// What forms are made of.
pub struct Page<'a> {
    pub ctx: &'a Context,
    pub frame: &'a Frame,
    pub found: &'a Found,
    /// Who can have the chair instead.
    pub chairs: Vec<Choice>,
    /// Matters that can be put on the agenda.
    pub matters: Vec<WaitingMatter>,
    /// Those that are on it: the order, and what it is about.
    pub agenda: Vec<Choice>,
    /// Guests of whom it is not recorded whether they came.
    pub unrecorded: Vec<String>,
}

/// A matter on the agenda that forms are about.
pub struct About<'a> {
    pub order: &'a str,
    pub state: ItemState,
    pub present: bool,
    /// How many decisions there are, as the page is read.
    pub seen: usize,
    /// Decisions that stand, which another can take the place of.
    pub replaceable: Vec<Choice>,
}

impl Page<'_> {
    /// A form of a step that asks nothing yet.
    fn plain(&self, step: MeetingStepName, submit: Text) -> Option<FormSheet> {
        let form = step.form()?;
        let meeting = &self.found.meeting;
        let outside = self.ctx.actor.role.enterprise().is_some();
        Some(FormSheet {
            act: Door::Meeting(step).address(),
            number: meeting.number.to_string(),
            version: (!form.is_said).then_some(meeting.version()),
            files: form.files,
            late: form.late.is_possible() && !outside && self.is_entered_late(step),
            submit: submit.of(self.frame.lang).to_owned(),
            ..FormSheet::default()
        })
    }

    /// In the room nothing is entered afterwards: what is decided is asked for its time only
    /// where the opening was entered so, and the opening once its time has come.
    fn is_entered_late(&self, step: MeetingStepName) -> bool {
        match step {
            MeetingStepName::Decide | MeetingStepName::Conclude | MeetingStepName::Defer => {
                let mut events = self.found.events.iter();
                events.any(|event| {
                    let is_it = matches!(event.what, MeetingWhat::Opened(_));
                    is_it && event.entered_at != event.happened_at
                })
            }
            MeetingStepName::Open => self.ctx.now >= self.found.meeting.plan.starts_at,
            _ => true,
        }
    }

    fn write(&self) -> Write {
        let lang = self.frame.lang;
        Write { lang }
    }

    /// A step of the meeting itself; `None` for what stands elsewhere on its pages.
    pub fn of_meeting(&self, step: MeetingStepName) -> Option<FormSheet> {
        let write = self.write();
        let plain = |submit| self.plain(step, submit);
        let folded = |submit: Text, parts| {
            Some(FormSheet {
                parts,
                title: write.t(submit),
                ..plain(submit)?
            })
        };
        match step {
            MeetingStepName::Answer => Some(FormSheet {
                parts: vec![
                    write.choices(
                        Field::Answer,
                        said::ANSWER,
                        [
                            ("comes", said::ANSWER_COMES),
                            ("substitute", said::ANSWER_SUBSTITUTE),
                            ("excused", said::ANSWER_EXCUSED),
                        ],
                    ),
                    write.line(Field::Attendee, said::ATTENDEE, None, ""),
                    self.reason(said::ANSWER_REASON),
                ],
                primary: true,
                ..plain(said::ANSWER)?
            }),
            MeetingStepName::Invite => Some(FormSheet {
                consequence: write.t(said::INVITE_HINT),
                primary: true,
                ..plain(said::INVITE)?
            }),
            MeetingStepName::Open => Some(FormSheet {
                primary: self.found.meeting.state != MeetingState::Planned,
                ..plain(said::OPEN)?
            }),
            MeetingStepName::End => Some(FormSheet {
                parts: self.end(),
                consequence: write.t(said::END_HINT),
                ..plain(said::END)?
            }),
            MeetingStepName::PutOn => Some(self.put_on(folded(said::PUT_ON, Vec::new())?)),
            MeetingStepName::Note => {
                let parts = vec![
                    write.pick(
                        Field::Other,
                        words::NOTE_MATTER,
                        self.agenda.clone(),
                        String::new(),
                    ),
                    write.prose(
                        Field::Note,
                        words::NOTE_TEXT,
                        2000,
                        3,
                        Some(words::NOTE_HINT),
                        "",
                    ),
                ];
                Some(FormSheet {
                    title: write.t(words::NOTE),
                    ..folded(words::SAVE_NOTE, parts)?
                })
            }
            MeetingStepName::Assign => Some(FormSheet {
                title: write.t(words::step(step)),
                consequence: write.t(words::ASSIGN_HINT),
                ..folded(of_tasks::GIVE_SUBMIT, task::giving(&write))?
            }),
            MeetingStepName::NameChair if self.chairs.is_empty() => None,
            MeetingStepName::NameChair => {
                let chairs = write.pick(
                    Field::Chair,
                    said::CHAIR,
                    self.chairs.clone(),
                    String::new(),
                );
                Some(FormSheet {
                    consequence: write.t(said::NAME_CHAIR_HINT),
                    ..folded(said::NAME_CHAIR, vec![chairs])?
                })
            }
            MeetingStepName::Cancel => {
                folded(said::CANCEL_MEETING, vec![self.reason(said::CANCEL_REASON)])
            }
            // On a page of its own, on each matter or guest, on the page of the minutes; or by
            // the sweep.
            MeetingStepName::Change
            | MeetingStepName::Decide
            | MeetingStepName::Conclude
            | MeetingStepName::Defer
            | MeetingStepName::TakeOff
            | MeetingStepName::MoveUp
            | MeetingStepName::Attend
            | MeetingStepName::WriteMinutes
            | MeetingStepName::ApproveMinutes
            | MeetingStepName::AmendMinutes
            | MeetingStepName::Remind => None,
        }
    }

    fn reason(&self, label: Text) -> Part {
        let write = self.write();
        write.prose(Field::Reason, label, Reason::MAX, 2, None, "")
    }

    /// Whoever is not recorded is asked about.
    fn end(&self) -> Vec<Part> {
        if self.unrecorded.is_empty() {
            return Vec::new();
        }
        let write = self.write();
        let names = self.unrecorded.join("、");
        vec![
            Part::Hint {
                text: format!("{}：{names}", write.t(said::UNRECORDED_LIST)),
            },
            Part::Check {
                field: Field::Knowingly,
                label: write.t(said::END_KNOWINGLY),
                about: Some(Field::Guest),
            },
        ]
    }

    fn put_on(&self, form: FormSheet) -> FormSheet {
        let (write, lang) = (self.write(), self.frame.lang);
        let form = FormSheet {
            opens: self.agenda.is_empty(),
            ..form
        };
        if self.matters.is_empty() {
            let text = write.t(said::NO_MATTERS);
            return FormSheet {
                parts: vec![Part::Hint { text }],
                submit: String::new(),
                ..form
            };
        }
        let choice = |matter: &WaitingMatter| {
            let WaitingMatter {
                order,
                difficulty,
                decided,
                on,
            } = matter;
            let mark = match decided {
                true => said::DECIDED_BEFORE.of(lang),
                false => "",
            };
            let on = on.as_ref();
            let on = on.map(|on| said::also_on(lang, on, self.frame.year));
            let on = on.unwrap_or_default();
            Choice::new(order.clone(), format!("{order} {difficulty}{mark}{on}"))
        };
        let choices = self.matters.iter().map(choice).collect();
        FormSheet {
            parts: vec![
                write.pick(Field::Other, said::PUT_ON_WHICH, choices, String::new()),
                write.line(Field::Minutes, said::PUT_ON_MINUTES, None, "20"),
            ],
            ..form
        }
    }

    /// What can be written down about a matter.
    pub fn of_matter(&self, step: MeetingStepName, about: &About<'_>) -> Option<FormSheet> {
        let write = self.write();
        let is_decided = about.state == ItemState::Decided;
        let other = (Field::Other, about.order.to_owned());
        let seen = (Field::Seen, about.seen.to_string());
        match step {
            MeetingStepName::Decide => {
                let title = match is_decided {
                    true => said::DECIDE_MORE,
                    false => said::DECIDE,
                };
                let mut parts = task::duty(&write);
                if !about.replaceable.is_empty() {
                    parts.push(write.pick(
                        Field::Replaces,
                        said::REPLACES,
                        about.replaceable.clone(),
                        String::new(),
                    ));
                }
                Some(FormSheet {
                    hidden: vec![other, seen],
                    parts,
                    consequence: write.t(said::DECIDE_HINT),
                    primary: about.present,
                    title: write.t(title),
                    opens: about.present,
                    ..self.plain(step, said::DECIDE)?
                })
            }
            MeetingStepName::Conclude => {
                let verdicts = Verdict::ALL.map(|one| (one.code(), words::verdict(one)));
                Some(FormSheet {
                    hidden: vec![other, seen],
                    parts: vec![
                        write.choices(Field::Verdict, words::VERDICT, verdicts),
                        write.prose(Field::Opinion, words::OPINION, 1000, 3, None, ""),
                        write.line(Field::Basis, said::BASIS, None, ""),
                    ],
                    consequence: write.t(words::CONCLUDE_HINT),
                    title: write.t(words::CONCLUDE),
                    ..self.plain(step, words::CONCLUDE_SUBMIT)?
                })
            }
            MeetingStepName::Defer if is_decided => None,
            MeetingStepName::Defer => Some(FormSheet {
                hidden: vec![other],
                parts: vec![self.reason(said::DEFER_REASON)],
                title: write.t(said::DEFER),
                ..self.plain(step, said::DEFER)?
            }),
            _ => None,
        }
    }

    /// On the page of the minutes, beside writing them.
    pub fn of_minutes(&self, step: MeetingStepName) -> Option<FormSheet> {
        let write = self.write();
        let revision = self.found.meeting.minutes.revision.to_string();
        match step {
            MeetingStepName::ApproveMinutes => Some(FormSheet {
                hidden: vec![(Field::Revision, revision)],
                consequence: write.t(said::MINUTES_APPROVE_HINT),
                primary: true,
                ..self.plain(step, said::MINUTES_APPROVE)?
            }),
            MeetingStepName::AmendMinutes => Some(FormSheet {
                parts: vec![self.reason(said::MINUTES_AMEND_REASON)],
                title: write.t(said::MINUTES_AMEND),
                ..self.plain(step, said::MINUTES_AMEND)?
            }),
            _ => None,
        }
    }
}

/// A meeting is called with it, or `found` gets it instead of its own.
pub fn plan(
    frame: &Frame,
    found: Option<&Found>,
    chairs: Vec<Choice>,
    draft: PlanDraft,
) -> Option<FormSheet> {
    let write = Write { lang: frame.lang };
    let kinds = MeetingKind::ALL.map(|kind| (kind.code(), said::kind(kind)));
    let parts = vec![
        Part::Choices {
            field: Field::MeetingKind,
            legend: write.t(said::KIND),
            choices: write.all(kinds),
            value: draft.kind,
        },
        write.line(Field::Title, said::TITLE, None, &draft.title),
        Part::Line {
            field: Field::StartsAt,
            label: write.t(said::STARTS_AT),
            hint: String::new(),
            value: draft.starts_at,
            kind: LineKind::Moment,
            asked: None,
        },
        write.check(Field::DayOff, said::DAY_OFF_BOX),
        write.check(Field::Held, words::HELD_BOX),
        write.line(Field::Minutes, said::MINUTES, None, &draft.minutes),
        write.line(Field::Place, said::PLACE, None, &draft.place),
        write.pick(Field::Chair, said::CHAIR, chairs, draft.chair),
        write.bodies(Field::Bodies, said::BODIES, draft.bodies),
        Part::Firms {
            field: Field::Enterprises,
            label: write.t(said::ENTERPRISES),
            hint: write.t(said::ENTERPRISES_HINT),
            value: draft.enterprises,
        },
    ];
    let door = match found {
        Some(_) => Door::Meeting(MeetingStepName::Change),
        None => Door::Call,
    };
    let meeting = found.map(|found| &found.meeting);
    Some(FormSheet {
        act: door.address(),
        number: meeting.map_or_else(String::new, |meeting| meeting.number.to_string()),
        version: meeting.map(|meeting| meeting.version()),
        parts,
        submit: write.t(said::SAVE_MEETING),
        primary: true,
        ..FormSheet::default()
    })
}

/// The plan of a meeting, to be changed.
pub fn draft(found: &Found) -> PlanDraft {
    let plan = &found.meeting.plan;
    let names: Vec<&str> = plan
        .enterprises
        .iter()
        .filter_map(|id| found.enterprises.get(id).map(String::as_str))
        .collect();
    PlanDraft {
        kind: plan.kind.code().to_owned(),
        title: plan.title.as_str().to_owned(),
        starts_at: local(plan.starts_at).format("%Y-%m-%dT%H:%M").to_string(),
        minutes: plan.minutes.to_string(),
        place: plan.place.as_str().to_owned(),
        chair: plan.chair.user.to_string(),
        bodies: plan.bodies.iter().map(ToString::to_string).collect(),
        enterprises: names.join("\n"),
        day_off: String::new(),
        held: String::new(),
    }
}
