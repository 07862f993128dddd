//! Every step of a meeting in every state: allowed, or why not.
#![allow(clippy::expect_used)]
#![allow(dead_code, reason = "the city serves several test files")]

mod city;

use city::{actor, at, book, handler, member};
use domain::case::Happens;
use domain::case::{Door, History};
use domain::meeting::invitation::remind_at;
use domain::meeting::plan::Known;
use domain::meeting::{
    Answer, AnswerDraft, Chair, Guest, Meeting, MeetingEvent, MeetingNote, MeetingNumber,
    MeetingState, MeetingStep, MeetingStepName, MeetingWhat, MinutesNumber, MinutesText, Outcome,
    PlanDraft, call,
};
use domain::order::{Number, Reason, When};
use domain::task::{DutyDraft, GivingDraft, Source, TaskNumber};
use domain::text::Prose;
use domain::{Actor, BodyCode, Fault, Field, FieldFault, Refusal, Role};

const CHAIRS: &[(i64, &str)] = &[(7, "市长")];

fn office() -> Actor {
    actor(Role::Office)
}

fn mayor() -> Actor {
    Actor {
        user: Some(7),
        name: "市长".into(),
        role: Role::Mayor,
    }
}

fn draft() -> PlanDraft {
    PlanDraft {
        kind: "joint".into(),
        title: "第三次政企联席会议".into(),
        starts_at: "2026-11-10T14:30".into(),
        minutes: "90".into(),
        place: "市政府二楼会议室".into(),
        chair: "7".into(),
        bodies: vec!["gd".into(), "zjj".into()],
        enterprises: "泽岩化工（虚构）".into(),
        day_off: String::new(),
        held: String::new(),
    }
}

fn plan(draft: &PlanDraft, now: &str) -> Result<domain::meeting::Plan, Refusal> {
    let chairs: Vec<(i64, String)> = CHAIRS.iter().map(|(id, n)| (*id, (*n).into())).collect();
    let enterprises = vec![("泽岩化工（虚构）".to_owned(), Ok(1))];
    let known = Known {
        chairs: &chairs,
        enterprises: &enterprises,
    };
    draft.parse(at(now), &known, &book())
}

struct Held {
    events: Vec<MeetingEvent>,
}

impl Held {
    fn called() -> Self {
        let plan = plan(&draft(), "2026-11-03T10:00").expect("a plan");
        let number = MeetingNumber::new(2026, 1);
        let event = call(number, &office(), at("2026-11-03T10:00"), plan, &book()).expect("called");
        Self {
            events: vec![event],
        }
    }

    fn meeting(&self) -> Meeting {
        Meeting::replay(&self.events).expect("a history that the rules wrote")
    }

    fn attempt(&mut self, who: &Actor, now: &str, step: MeetingStep) -> Result<(), Refusal> {
        let when = When::now(at(now));
        let happened = self
            .meeting()
            .decide(who, when, step, Vec::new(), &book())?;
        self.events.extend(happened);
        Ok(())
    }

    fn then(mut self, who: &Actor, now: &str, step: MeetingStep) -> Self {
        self.attempt(who, now, step).expect("an allowed step");
        self
    }
}

fn matter(serial: u32) -> Number {
    Number::new(2026, serial)
}

fn put_on(serial: u32) -> MeetingStep {
    MeetingStep::PutOn {
        matter: matter(serial),
        minutes: 20,
        stands: true,
    }
}

fn assign() -> MeetingStep {
    let draft = GivingDraft {
        title: "欠薪线索核查".into(),
        duty: DutyDraft {
            text: "逐一核查。".into(),
            proof: "核查报告".into(),
            owner: "gd".into(),
            co_owners: Vec::new(),
            deadline: "3".into(),
        },
        basis: String::new(),
    };
    let meeting = MeetingNumber::new(2026, 1);
    let giving = draft.parse(
        Source::Decision { meeting },
        at("2026-11-11T09:57"),
        &book(),
    );
    MeetingStep::Assign {
        task: TaskNumber::new(2026, 1),
        giving: giving.expect("right"),
    }
}

fn reason(text: &str) -> Reason {
    Reason::parse(Field::Reason, text).expect("a reason")
}

fn minutes(text: &str) -> MinutesText {
    MinutesText::parse(Field::MinutesText, text).expect("a text")
}

fn write(text: &str, revision: u32) -> MeetingStep {
    MeetingStep::WriteMinutes {
        text: minutes(text),
        revision,
    }
}

fn approve(revision: u32) -> MeetingStep {
    MeetingStep::ApproveMinutes {
        revision,
        next: MinutesNumber {
            year: 2026,
            serial: 3,
        },
    }
}

fn invited() -> Held {
    Held::called()
        .then(&office(), "2026-11-03T11:00", put_on(1))
        .then(&office(), "2026-11-03T11:00", put_on(2))
        .then(&office(), "2026-11-03T12:00", MeetingStep::Invite)
}

fn open() -> Held {
    invited().then(&office(), "2026-11-10T14:30", MeetingStep::Open)
}

fn ended() -> Held {
    open()
        .then(
            &office(),
            "2026-11-10T15:00",
            MeetingStep::Decide {
                matter: matter(1),
                decision: 9,
                seen: 0,
            },
        )
        .then(
            &office(),
            "2026-11-10T15:20",
            MeetingStep::Defer {
                matter: matter(2),
                reason: reason("待省厅答复"),
            },
        )
        .then(
            &office(),
            "2026-11-10T16:00",
            MeetingStep::End { knowingly: true },
        )
}

#[test]
fn what_a_plan_needs_is_named_all_at_once() {
    let fault = |field, fault| FieldFault { field, fault };
    let faults = |draft: PlanDraft| match plan(&draft, "2026-11-03T10:00") {
        Err(Refusal::Invalid { faults }) => faults,
        other => panic!("{other:?}"),
    };
    let nothing = faults(PlanDraft::default());
    assert_eq!(nothing.len(), 6, "{nothing:?}");
    let cases = [
        (
            PlanDraft {
                starts_at: "2026-11-02T10:00".into(),
                ..draft()
            },
            fault(Field::StartsAt, Fault::MeetingOver),
        ),
        (
            PlanDraft {
                starts_at: "2026-11-14T10:00".into(),
                ..draft()
            },
            fault(Field::StartsAt, Fault::DayOff),
        ),
        (
            PlanDraft {
                chair: "8".into(),
                ..draft()
            },
            fault(Field::Chair, Fault::Unknown),
        ),
        (
            PlanDraft {
                kind: "coordination".into(),
                ..draft()
            },
            fault(Field::Enterprises, Fault::NotOfThisKind),
        ),
        (
            PlanDraft {
                enterprises: "没有这家".into(),
                ..draft()
            },
            fault(
                Field::Enterprises,
                Fault::NoSuchEnterprise {
                    name: "没有这家".into(),
                    near: Vec::new(),
                },
            ),
        ),
        (
            PlanDraft {
                minutes: "1".into(),
                ..draft()
            },
            fault(Field::Minutes, Fault::OutOfRange { min: 5, max: 600 }),
        ),
    ];
    for (draft, expected) in cases {
        assert_eq!(faults(draft.clone()), [expected], "{draft:?}");
    }
}

#[test]
fn a_day_off_is_asked_about_and_then_allowed_and_a_make_up_workday_is_none() {
    let on = |starts_at: &str, day_off: &str| {
        let draft = PlanDraft {
            starts_at: starts_at.into(),
            day_off: day_off.into(),
            ..draft()
        };
        plan(&draft, "2026-09-01T10:00").is_ok()
    };
    assert!(!on("2026-10-01T10:00", ""));
    assert!(on("2026-10-01T10:00", "yes"));
    assert!(on("2026-10-10T10:00", ""), "a Saturday that is worked");
}

#[test]
fn each_step_is_of_its_state_and_of_its_people() {
    use MeetingState::*;
    let states: [(MeetingState, Held); 5] = [
        (
            Planned,
            Held::called().then(&office(), "2026-11-03T11:00", put_on(1)),
        ),
        (Invited, invited()),
        (Open, open()),
        (Ended, ended()),
        (
            Cancelled,
            invited().then(
                &office(),
                "2026-11-04T10:00",
                MeetingStep::Cancel {
                    reason: reason("改期"),
                },
            ),
        ),
    ];
    let people: [(&str, Actor); 6] = [
        ("office", office()),
        ("mayor", mayor()),
        ("deputy", actor(Role::Deputy)),
        ("invited body", handler("gd")),
        ("invited enterprise", member()),
        ("centre", city::centre()),
    ];
    let allowed = |state: MeetingState, who: &str| -> Vec<MeetingStepName> {
        use MeetingStepName as S;
        match (state, who) {
            (Planned, "office") => vec![
                S::Invite,
                S::Open,
                S::PutOn,
                S::TakeOff,
                S::MoveUp,
                S::Note,
                S::Change,
                S::Cancel,
            ],
            (Invited, "office") => vec![
                S::Open,
                S::PutOn,
                S::TakeOff,
                S::MoveUp,
                S::Note,
                S::Change,
                S::Cancel,
            ],
            (Open, "office") => vec![
                S::Decide,
                S::Conclude,
                S::Assign,
                S::Defer,
                S::Attend,
                S::End,
                S::PutOn,
                S::TakeOff,
                S::MoveUp,
                S::Note,
                S::NameChair,
            ],
            (Ended, "office") => vec![S::Attend, S::Note, S::NameChair, S::WriteMinutes],
            (Invited, "invited body" | "invited enterprise") => vec![S::Answer],
            _ => vec![],
        }
    };
    for (state, held) in &states {
        assert_eq!(held.meeting().state, *state);
        for (name, who) in &people {
            let offered = held.meeting().offers(who, at("2026-11-10T15:00"), &book());
            assert_eq!(offered, allowed(*state, name), "{state:?} {name}");
        }
    }
}

#[test]
fn a_matter_stands_once_on_an_agenda_and_only_where_it_is_one() {
    let mut held = Held::called().then(&office(), "2026-11-03T11:00", put_on(1));
    let again = held.attempt(&office(), "2026-11-03T11:00", put_on(1));
    let expected = FieldFault {
        field: Field::Other,
        fault: Fault::OnTheAgenda,
    };
    assert_eq!(again, Err(expected.into()));
    let none = held.attempt(
        &office(),
        "2026-11-03T11:00",
        MeetingStep::PutOn {
            matter: matter(3),
            minutes: 10,
            stands: false,
        },
    );
    let expected = FieldFault {
        field: Field::Other,
        fault: Fault::NotAMatter,
    };
    assert_eq!(none, Err(expected.into()));
    held = held.then(&office(), "2026-11-03T11:00", put_on(2)).then(
        &office(),
        "2026-11-03T11:00",
        MeetingStep::MoveUp { matter: matter(2) },
    );
    let order: Vec<Number> = held
        .meeting()
        .agenda
        .iter()
        .map(|item| item.matter)
        .collect();
    assert_eq!(order, [matter(2), matter(1)]);
    assert_eq!(held.meeting().planned_minutes(), 40);
}

#[test]
fn matters_are_decided_one_by_one_and_what_is_decided_stays() {
    let mut held = ended();
    let meeting = held.meeting();
    assert_eq!(
        meeting.agenda[0].outcome,
        Outcome::Decided { decisions: vec![9] }
    );
    assert!(matches!(
        meeting.agenda[1].outcome,
        Outcome::Deferred { .. }
    ));
    assert_eq!(meeting.present_item(), None);
    let mut going_on = open().then(
        &office(),
        "2026-11-10T15:00",
        MeetingStep::Decide {
            matter: matter(1),
            decision: 9,
            seen: 0,
        },
    );
    let off = going_on.attempt(
        &office(),
        "2026-11-10T15:00",
        MeetingStep::TakeOff { matter: matter(1) },
    );
    assert_eq!(off, Err(Refusal::MatterDecided));
    let again = MeetingStep::Decide {
        matter: matter(1),
        decision: 10,
        seen: 0,
    };
    let unread = going_on.attempt(&office(), "2026-11-10T15:00", again);
    assert_eq!(unread, Err(Refusal::MeetingMoved), "decided meanwhile");
    let late = held.attempt(
        &office(),
        "2026-11-10T17:00",
        MeetingStep::End { knowingly: true },
    );
    assert_eq!(
        late,
        Err(Refusal::MeetingState {
            step: MeetingStepName::End,
            state: MeetingState::Ended
        })
    );
}

#[test]
fn a_meeting_is_not_opened_before_its_day() {
    let early = invited().meeting().check(
        &office(),
        at("2026-11-09T16:00"),
        MeetingStepName::Open,
        &book(),
    );
    assert_eq!(
        early,
        Err(Refusal::NotYet {
            from: at("2026-11-10T00:00")
        })
    );
}

#[test]
fn minutes_are_written_approved_by_the_chair_numbered_and_frozen() {
    let mut held = ended();
    assert_eq!(
        held.attempt(&mayor(), "2026-11-11T09:00", approve(0)),
        Err(Refusal::NothingWritten)
    );
    held = held.then(&office(), "2026-11-11T10:00", write("一稿", 0));
    // Two clerks began with the same text: the second is told, and writes on.
    assert_eq!(
        held.attempt(&office(), "2026-11-11T10:05", write("另一稿", 0)),
        Err(Refusal::MinutesMoved { current: 1 })
    );
    held = held.then(&office(), "2026-11-11T10:10", write("二稿", 1));
    assert_eq!(
        held.attempt(&office(), "2026-11-11T11:00", approve(2)),
        Err(Refusal::NotTheChair)
    );
    assert_eq!(
        held.attempt(&mayor(), "2026-11-11T11:00", approve(1)),
        Err(Refusal::MinutesMoved { current: 2 }),
        "what the chair has not read is not approved"
    );
    held = held.then(&mayor(), "2026-11-11T11:00", approve(2));
    assert_eq!(
        held.attempt(
            &office(),
            "2026-11-11T12:00",
            MeetingStep::NameChair(deputy_chair())
        ),
        Err(Refusal::MinutesFrozen)
    );
    let meeting = held.meeting();
    let number = meeting.minutes.number().map(|number| number.to_string());
    assert_eq!(number.as_deref(), Some("〔2026〕3号"));
    assert!(meeting.minutes.is_frozen());
    assert_eq!(
        held.attempt(&office(), "2026-11-11T12:00", write("改", 2)),
        Err(Refusal::MinutesFrozen)
    );
    assert_eq!(
        held.attempt(&mayor(), "2026-11-11T12:00", approve(2)),
        Err(Refusal::MinutesFrozen)
    );
    // What is mended later is a new version, with the same number and the reason.
    held = held
        .then(
            &office(),
            "2026-11-12T09:00",
            MeetingStep::AmendMinutes {
                reason: reason("单位名称有误"),
            },
        )
        .then(&office(), "2026-11-12T09:10", write("三稿", 2))
        .then(&mayor(), "2026-11-12T10:00", approve(3));
    let approved = held.meeting().minutes.approved;
    assert_eq!(approved.len(), 2);
    assert_eq!(approved[0].text, minutes("二稿"), "the first version stays");
    assert_eq!(approved[1].number, approved[0].number);
    assert_eq!(approved[1].why, Some(reason("单位名称有误")));
}

fn deputy_chair() -> Chair {
    Chair {
        user: 77,
        name: "赵新".into(),
    }
}

#[test]
fn the_minutes_of_a_chair_that_has_left_are_anothers_to_approve() {
    let mut held = ended()
        .then(&office(), "2026-11-11T10:00", write("一稿", 0))
        .then(
            &office(),
            "2026-11-11T11:00",
            MeetingStep::NameChair(deputy_chair()),
        );
    assert_eq!(
        held.attempt(&mayor(), "2026-11-11T12:00", approve(1)),
        Err(Refusal::NotTheChair)
    );
    let mut other = mayor();
    other.user = Some(77);
    held = held.then(&other, "2026-11-11T12:00", approve(1));
    assert!(held.meeting().minutes.is_frozen());
}

#[test]
fn who_is_invited_answers_and_keeps_the_answer_when_the_plan_changes() {
    let answer = |answer: &str, attendee: &str, reason: &str| AnswerDraft {
        answer: answer.into(),
        attendee: attendee.into(),
        reason: reason.into(),
    };
    assert!(answer("", "", "").parse().is_err());
    assert!(
        answer("comes", "", "").parse().is_err(),
        "who comes has a name"
    );
    assert!(
        answer("substitute", "李四", "").parse().is_err(),
        "why another"
    );
    let substitute = answer("substitute", "李四", "出差")
        .parse()
        .expect("an answer");
    let mut held = invited();
    let stranger = handler("laiji");
    assert!(
        held.attempt(
            &stranger,
            "2026-11-04T10:00",
            MeetingStep::Answer(substitute.clone())
        )
        .is_err()
    );
    held = held.then(
        &handler("gd"),
        "2026-11-04T10:00",
        MeetingStep::Answer(substitute.clone()),
    );
    let read = invited().meeting().version();
    assert!(
        held.meeting().stands_as_at(read),
        "an answer makes no form old"
    );
    let others = PlanDraft {
        bodies: vec!["gd".into(), "laiji".into()],
        ..draft()
    };
    let others = plan(&others, "2026-11-05T10:00").expect("a plan");
    held = held.then(&office(), "2026-11-05T10:00", MeetingStep::Change(others));
    assert!(held.meeting().stands_as_at(held.meeting().version()));
    let meeting = held.meeting();
    let gd = meeting.invitation(&Guest::Body(BodyCode::new("gd")));
    assert_eq!(gd.and_then(|one| one.answer.clone()), Some(substitute));
    assert!(
        meeting
            .invitation(&Guest::Body(BodyCode::new("zjj")))
            .is_none()
    );
    assert_eq!(meeting.invitations.len(), 3);
    // Another day is asked about anew.
    let later = PlanDraft {
        starts_at: "2026-11-11T14:30".into(),
        bodies: vec!["gd".into(), "laiji".into()],
        ..draft()
    };
    let later = plan(&later, "2026-11-05T11:00").expect("a plan");
    held = held.then(&office(), "2026-11-05T11:00", MeetingStep::Change(later));
    let answers = held.meeting().invitations;
    assert!(answers.iter().all(|one| one.answer.is_none()));
    let excused = answer("excused", "", "参加省里会议").parse();
    assert!(matches!(excused, Ok(Answer::Excused { .. })));
}

#[test]
fn everybody_is_reminded_once_a_working_day_before() {
    let clockwork = Actor::clockwork();
    let mut held = invited();
    assert_eq!(
        remind_at(&held.meeting(), &book()),
        Some(at("2026-11-09T09:00"))
    );
    assert!(
        held.attempt(&clockwork, "2026-11-08T09:00", MeetingStep::Remind)
            .is_err()
    );
    held = held.then(&clockwork, "2026-11-09T09:00", MeetingStep::Remind);
    assert!(
        held.attempt(&clockwork, "2026-11-09T10:00", MeetingStep::Remind)
            .is_err()
    );
    assert_eq!(remind_at(&held.meeting(), &book()), None);
}

#[test]
fn attendance_that_nobody_recorded_is_asked_about_and_mended_until_it_is_signed() {
    let gd = || Guest::Body(BodyCode::new("gd"));
    let attend = |present| MeetingStep::Attend {
        guest: gd(),
        present,
    };
    let write = || MeetingStep::WriteMinutes {
        text: MinutesText::parse(Field::MinutesText, "会议议定如下").expect("a text"),
        revision: 0,
    };
    let approve = |revision| MeetingStep::ApproveMinutes {
        revision,
        next: MinutesNumber {
            year: 2026,
            serial: 1,
        },
    };
    let mut held = open();
    let guests = held.meeting().invitations.len();
    let end = |knowingly| MeetingStep::End { knowingly };
    assert_eq!(
        held.attempt(&office(), "2026-11-10T16:00", end(false)),
        Err(FieldFault {
            field: Field::Guest,
            fault: Fault::NotRecorded { guests }
        }
        .into())
    );
    let mut held = held.then(&office(), "2026-11-10T16:00", end(true));
    let present = |held: &Held| held.meeting().invitation(&gd()).and_then(|one| one.present);
    assert_eq!(present(&held), None, "not recorded is not absent");
    held = held.then(&office(), "2026-11-10T16:10", write());
    // Who signs has read the list: a note since then makes their form old.
    held = held.then(&office(), "2026-11-10T16:20", attend(Some(true)));
    assert_eq!(
        held.attempt(&mayor(), "2026-11-10T16:30", approve(1)),
        Err(Refusal::MinutesMoved { current: 2 })
    );
    held = held.then(&mayor(), "2026-11-10T16:30", approve(2));
    assert_eq!(
        held.attempt(&office(), "2026-11-10T16:40", attend(None)),
        Err(Refusal::MinutesFrozen)
    );
    let amend = MeetingStep::AmendMinutes {
        reason: reason("到会情况有误"),
    };
    held = held.then(&office(), "2026-11-11T09:00", amend);
    held = held.then(&office(), "2026-11-11T09:10", attend(Some(false)));
    assert_eq!(present(&held), Some(false));
    let signed = &held.meeting().minutes.approved[0];
    let there = signed.roll.iter().find(|one| one.guest == gd());
    assert_eq!(
        there.and_then(|one| one.present),
        Some(true),
        "what was signed stays"
    );
}

#[test]
fn a_meeting_that_was_held_on_paper_is_entered_afterwards_as_it_was() {
    let late = |held: &mut Held, happened: &str, step: MeetingStep| {
        let when = When::entered_late(Some(at(happened)), at("2026-11-11T10:00"));
        let told = held
            .meeting()
            .decide(&office(), when, step, Vec::new(), &book())?;
        held.events.extend(told);
        Ok::<(), Refusal>(())
    };
    let fault = |fault| {
        let field = Field::HappenedAt;
        Err(FieldFault { field, fault }.into())
    };
    let mut held = invited();
    let end = || MeetingStep::End { knowingly: true };
    let day_before = late(&mut held, "2026-11-09T14:30", MeetingStep::Open);
    assert!(
        matches!(day_before, Err(Refusal::NotYet { .. })),
        "not its day"
    );
    late(&mut held, "2026-11-10T14:35", MeetingStep::Open).expect("opened");
    let decided = MeetingStep::Decide {
        matter: matter(1),
        decision: 9,
        seen: 0,
    };
    late(&mut held, "2026-11-10T14:50", decided).expect("decided");
    let too_early = late(&mut held, "2026-11-10T14:40", end());
    let last = at("2026-11-10T14:50");
    assert_eq!(too_early, fault(Fault::BeforeTheLast { last }));
    let ahead = late(&mut held, "2026-11-12T14:40", end());
    assert_eq!(ahead, fault(Fault::InTheFuture));
    // What is noted now keeps nothing from having ended before.
    held = held.then(
        &office(),
        "2026-11-11T09:50",
        MeetingStep::Attend {
            guest: Guest::Body(BodyCode::new("gd")),
            present: Some(true),
        },
    );
    // Neither does what is put on the agenda now.
    held = held.then(&office(), "2026-11-11T09:55", put_on(3));
    // Nor what is given to a body now.
    held = held.then(&office(), "2026-11-11T09:57", assign());
    late(&mut held, "2026-11-10T16:00", end()).expect("ended");
    // What was said is noted for when it was said, whatever was written down since.
    let note = || {
        let text = Prose::parse(Field::Note, "会上意见").expect("a text");
        let matter = None;
        MeetingStep::Note(MeetingNote { matter, text })
    };
    late(&mut held, "2026-11-10T15:00", note()).expect("noted");
    let before = late(&mut held, "2026-11-10T14:00", note());
    let last = at("2026-11-10T14:35");
    assert_eq!(before, fault(Fault::BeforeTheLast { last }));
    let meeting = held.meeting();
    assert_eq!(meeting.opened_at, Some(at("2026-11-10T14:35")));
    assert_eq!(meeting.ended_at, Some(at("2026-11-10T16:00")));
    let signed = late(&mut held, "2026-11-10T17:00", write("一稿", 0));
    assert_eq!(
        signed,
        fault(Fault::NotLate),
        "minutes are written when they are"
    );
}

#[test]
fn notes_are_of_the_meeting_or_of_a_matter_on_it_and_the_administration_reads_them() {
    let note = |matter: Option<Number>| {
        MeetingStep::Note(MeetingNote {
            matter,
            text: Prose::parse(Field::Note, "规划部门意见已带到").expect("a text"),
        })
    };
    let mut held = open();
    let read = held.meeting().version();
    held = held.then(&office(), "2026-11-10T14:40", note(Some(matter(1))));
    held = held.then(&office(), "2026-11-10T14:41", note(None));
    assert!(held.meeting().stands_as_at(read), "a note moves nothing");
    let off = held.attempt(&office(), "2026-11-10T14:42", note(Some(matter(7))));
    assert!(matches!(off, Err(Refusal::Invalid { .. })), "not on it");
    let theirs = held.attempt(&handler("gd"), "2026-11-10T14:42", note(None));
    assert!(matches!(theirs, Err(Refusal::Forbidden { .. })));
    let meeting = held.meeting();
    let seen = |who: &Actor| -> Vec<&str> {
        let seen = meeting.seen(&held.events, who);
        seen.map(|one| one.what.code()).collect()
    };
    assert_eq!(seen(&office()).len(), held.events.len());
    assert_eq!(seen(&mayor()).len(), held.events.len(), "who has the chair");
    // What was planned before they were invited is not told to guests.
    assert_eq!(
        seen(&handler("gd")),
        ["invited", "opened", "noted", "noted"]
    );
    assert_eq!(seen(&member()), ["invited", "opened"]);
    let answered = Actor {
        user: Some(3),
        name: "张三".into(),
        role: member().role,
    };
    let by = domain::case::By::from(&answered);
    let named = |who: &Actor| meeting.name_for(&by, who);
    assert_eq!(named(&office()).as_deref(), Some("张三"));
    assert_eq!(named(&handler("gd")).as_deref(), Some("张*"));
    let official = domain::case::By::from(&office());
    assert_eq!(meeting.name_for(&official, &member()), None);
}

#[test]
fn who_reads_signed_minutes_learns_of_no_amendment_before_it_is_signed() {
    let amend = MeetingStep::AmendMinutes {
        reason: reason("到会情况有误"),
    };
    let held = ended()
        .then(&office(), "2026-11-10T16:00", write("一稿", 0))
        .then(&mayor(), "2026-11-10T17:00", approve(1))
        .then(&office(), "2026-11-11T09:00", amend)
        .then(&office(), "2026-11-11T09:10", write("二稿", 1));
    let note = MeetingStep::Note(MeetingNote {
        matter: None,
        text: Prose::parse(Field::Note, "到会情况有误").expect("a text"),
    });
    let mut noting = Held {
        events: held.events.clone(),
    };
    let noted = noting.attempt(&office(), "2026-11-11T09:20", note);
    assert_eq!(
        noted,
        Err(Refusal::MinutesFrozen),
        "it would be read at once"
    );
    let hidden = |who: &Actor| -> Vec<&str> {
        let hidden = held.events.iter().filter(|one| !one.is_seen_by(who));
        hidden.map(|one| one.what.code()).collect()
    };
    assert_eq!(
        hidden(&handler("gd")),
        ["minutes_written", "minutes_amended", "minutes_written"]
    );
    assert_eq!(hidden(&office()), Vec::<&str>::new());
}

/// Histories that were written before steps and events were made of lists.
#[test]
fn histories_of_earlier_versions_are_read() {
    for (text, code) in [
        (r#"{"kind":"invited"}"#, "invited"),
        (
            r#"{"kind":"changed","plan":{"kind":"joint","title":"会","starts_at":"2026-11-10T06:30:00Z","minutes":90,"place":"室","chair":{"user":7,"name":"市长"},"bodies":["gd"],"enterprises":[1]}}"#,
            "changed",
        ),
        (
            r#"{"kind":"answered","guest":{"guest":"body","who":"gd"},"answer":"comes","name":"王"}"#,
            "answered",
        ),
        (
            r#"{"kind":"attended","guest":{"guest":"enterprise","who":1},"present":null}"#,
            "attended",
        ),
        (
            r#"{"kind":"put_on","matter":"XM-2026-000001","minutes":20}"#,
            "put_on",
        ),
        (
            r#"{"kind":"decided","matter":"XM-2026-000001","decision":9}"#,
            "decided",
        ),
        (
            r#"{"kind":"minutes_approved","number":{"year":2026,"serial":3}}"#,
            "minutes_approved",
        ),
        (r#"{"kind":"ended"}"#, "ended"),
    ] {
        let read: MeetingWhat = serde_json::from_str(text).expect(text);
        assert_eq!(read.code(), code);
        let written = serde_json::to_string(&read).expect("text");
        assert_eq!(written, text, "and written as before");
    }
}

#[test]
fn a_meeting_that_was_held_before_it_was_called_has_its_course_where_it_was() {
    let now = "2026-11-11T10:00";
    let held = PlanDraft {
        starts_at: "2026-11-10T14:30".into(),
        ..draft()
    };
    let fault = |starts_at: &str, held: &str, fault| {
        let draft = PlanDraft {
            starts_at: starts_at.into(),
            held: held.into(),
            ..draft()
        };
        let field = Field::StartsAt;
        assert_eq!(plan(&draft, now), Err(FieldFault { field, fault }.into()));
    };
    fault("2026-11-10T14:30", "", Fault::MeetingOver);
    let days = book().rules_at(at(now)).back_entry;
    fault("2026-09-10T14:30", "yes", Fault::TooFarBack { days });
    let held = PlanDraft {
        held: "yes".into(),
        ..held
    };
    let number = MeetingNumber::new(2026, 1);
    let plan = plan(&held, now).expect("a plan");
    let event = call(number, &office(), at(now), plan, &book()).expect("called");
    let mut held = Held {
        events: vec![event],
    };
    let mut late = |happened: &str, step: MeetingStep| {
        let when = When::entered_late(Some(at(happened)), at(now));
        let meeting = held.meeting();
        let told = meeting.decide(&office(), when, step, Vec::new(), &book())?;
        held.events.extend(told);
        Ok::<(), Refusal>(())
    };
    assert!(late("2026-11-10T14:00", MeetingStep::Open).is_err());
    late("2026-11-10T14:35", MeetingStep::Open).expect("opened");
    let end = MeetingStep::End { knowingly: true };
    late("2026-11-10T16:00", end).expect("ended");
    let meeting = held.meeting();
    assert_eq!(meeting.ended_at, Some(at("2026-11-10T16:00")));
}

#[test]
fn what_is_put_off_twice_for_the_same_reason_is_put_off_once() {
    let put_off = |text: &str| MeetingStep::Defer {
        matter: matter(1),
        reason: reason(text),
    };
    let mut held = open();
    for (text, events) in [("材料不齐", 1), ("材料不齐", 0), ("另有会议", 1)] {
        let before = held.events.len();
        held = held.then(&office(), "2026-11-10T15:00", put_off(text));
        assert_eq!(held.events.len() - before, events, "{text}");
    }
}
