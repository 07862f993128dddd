//! From an order that was carried up to the matter, the meeting, the decision, the task,
//! the minutes and the order struck off, in the database; and who sees what of it.

use domain::case::Happens;
use domain::meeting::{
    Answer, AnswerDraft, MeetingNote, MeetingNumber, MeetingState, MeetingStep, MeetingWish,
    MinutesText, PlanDraft,
};
use domain::order::{
    BriefDraft, Conclusion, ExpressState, Measure, Number, Rating, RatingLevel, Reply, StageName,
    Step, Verdict,
};
use domain::task::{DutyDraft, TaskState};
use domain::text::Prose;
use domain::{BodyCode, Field, FileKind, FileName, Refusal, Role};
use store::cases::Kind;
use store::notices::{self, Item};
use store::people;
use store::tasks::{self, Which};
use store::{Asked, Context, Error, attachments, deputies, feeds, meetings, orders, watching};

use super::city::{City, at, dispatch};

const NOW: &str = "2026-11-03T10:00";

pub async fn grown() -> City {
    let city = City::new().await;
    for (name, role) in [
        ("mayor", Role::Mayor),
        ("deputy", Role::Deputy),
        (
            "gas",
            Role::Handler {
                body: BodyCode::new("rq"),
            },
        ),
    ] {
        city.employ(name, role).await;
    }
    city
}

fn brief() -> domain::order::Brief {
    let draft = BriefDraft {
        difficulty: "专线路由穿越绿地，两部门意见不一。".into(),
        ..BriefDraft::default()
    };
    draft.parse().expect("a brief")
}

fn duty() -> DutyDraft {
    DutyDraft {
        text: "出具专线路由批复。".into(),
        proof: "批复文件".into(),
        owner: "zjj".into(),
        co_owners: vec!["gd".into()],
        deadline: "5".into(),
    }
}

fn reply() -> Step {
    let reply = Reply::parse("solved", "已通电", "", "").expect("right");
    Step::reply(reply, "").expect("right")
}

fn rate() -> Step {
    Step::Rate(Rating {
        level: RatingLevel::Satisfied,
        comment: None,
    })
}

pub async fn matter(city: &City) -> Number {
    let number = city.place("2026-11-02T10:00").await.number;
    city.step("centre", "2026-11-02T11:00", number, dispatch())
        .await;
    city.step("gd", "2026-11-02T12:00", number, Step::Take)
        .await;
    city.step("deputy", "2026-11-02T14:00", number, Step::Refer(brief()))
        .await;
    city.step("office", NOW, number, Step::AcceptMatter(brief()))
        .await;
    number
}

async fn plan(city: &City) -> PlanDraft {
    let mayor = people::by_name(&city.store, "mayor").await.expect("asked");
    let mayor = mayor.and_then(|person| person.actor.user).expect("there");
    PlanDraft {
        kind: "coordination".into(),
        title: "联审联批工作协调会".into(),
        starts_at: "2026-11-04T14:30".into(),
        minutes: "60".into(),
        place: "二楼会议室".into(),
        chair: mayor.to_string(),
        bodies: vec!["gd".into(), "zjj".into()],
        enterprises: String::new(),
        day_off: String::new(),
        held: String::new(),
    }
}

pub async fn take(city: &City, user: &str, now: &str, number: MeetingNumber, step: MeetingStep) {
    let ctx = city.ctx(user, now).await;
    let taken = meetings::carry_out(&ctx, number, MeetingWish::Step(step)).await;
    taken.expect("an allowed step");
}

pub fn put_on(matter: Number) -> MeetingWish {
    let minutes = 20;
    MeetingWish::PutOn { matter, minutes }
}

/// The first decision about a matter.
pub fn decide(matter: Number, duty: DutyDraft) -> MeetingWish {
    MeetingWish::Decide {
        matter,
        seen: 0,
        duty,
        basis: String::new(),
        replaces: String::new(),
    }
}

fn change(version: u32, draft: PlanDraft) -> Asked<MeetingWish> {
    Asked {
        version: Some(version),
        ..MeetingWish::Change(draft).into()
    }
}

/// A meeting that has decided about an order, and goes on.
pub async fn decided(city: &City, order: Number) -> MeetingNumber {
    let office = city.ctx("office", NOW).await;
    let meeting = meetings::call(&office, plan(city).await)
        .await
        .expect("called");
    meetings::carry_out(&office, meeting, put_on(order))
        .await
        .expect("put on");
    let open = MeetingStep::Open;
    take(city, "office", "2026-11-04T14:30", meeting, open).await;
    let ctx = city.ctx("office", "2026-11-04T14:40").await;
    meetings::carry_out(&ctx, meeting, decide(order, duty()))
        .await
        .expect("decided");
    meeting
}

#[tokio::test]
async fn a_decision_for_a_day_off_is_kept_with_the_day_that_was_asked_for() {
    let city = grown().await;
    let order = matter(&city).await;
    let office = city.ctx("office", NOW).await;
    let saturday = DutyDraft {
        deadline: "2026-11-14".into(),
        ..duty()
    };
    let duty = saturday.parse(office.now, &office.book).expect("right");
    assert!(duty.moved_from.is_some());
    city.step("office", NOW, order, Step::Instruct(duty.clone()))
        .await;
    let found = store::orders::find(&office, order).await.expect("visible");
    assert_eq!(found.listed.overview.tasks[0].duty, duty);
    is_sound(&city).await;
}

pub async fn is_sound(city: &City) {
    let report = store::check::check(&city.store, None)
        .await
        .expect("checked");
    assert!(report.damage.is_empty(), "{:?}", report.damage);
    assert!(report.cases.is_empty(), "{:?}", report.cases);
    assert!(report.audit.is_empty(), "{:?}", report.audit);
}

async fn sees(city: &City, user: &str, number: Number) -> bool {
    let ctx = city.ctx(user, "2026-11-04T17:00").await;
    orders::find(&ctx, number).await.is_ok()
}

#[tokio::test]
async fn from_the_candidate_to_the_order_that_is_struck_off_after_its_task() {
    let city = grown().await;
    let order = matter(&city).await;
    let office = city.ctx("office", NOW).await;
    let meeting = meetings::call(&office, plan(&city).await)
        .await
        .expect("called");
    meetings::carry_out(&office, meeting, put_on(order))
        .await
        .expect("put on");
    let twice = meetings::carry_out(&office, meeting, put_on(order)).await;
    assert!(matches!(
        twice,
        Err(Error::Refused(Refusal::Invalid { .. }))
    ));
    // Nobody but who prepares it knows of it before the invitation.
    let gd = city.ctx("gd", NOW).await;
    assert!(matches!(
        meetings::find(&gd, meeting).await,
        Err(Error::NotFound)
    ));
    take(&city, "office", NOW, meeting, MeetingStep::Invite).await;
    assert!(meetings::find(&gd, meeting).await.is_ok());
    assert_eq!(of_meetings(&gd).await, ["invited"]);
    let gas = city.ctx("gas", NOW).await;
    assert!(
        matches!(meetings::find(&gas, meeting).await, Err(Error::NotFound)),
        "who is not invited"
    );
    let answer = AnswerDraft {
        answer: "comes".into(),
        attendee: "李四".into(),
        reason: String::new(),
    };
    let answer: Answer = answer.parse().expect("an answer");
    take(&city, "gd", NOW, meeting, MeetingStep::Answer(answer)).await;

    let during = "2026-11-04T14:40";
    take(&city, "office", during, meeting, MeetingStep::Open).await;
    assert!(!sees(&city, "zjj", order).await);
    let office = city.ctx("office", during).await;
    let decide = |replaces: &str| {
        let wish = MeetingWish::Decide {
            matter: order,
            seen: 0,
            duty: duty(),
            basis: "绿线管理办法".into(),
            replaces: replaces.into(),
        };
        meetings::carry_out(&office, meeting, wish)
    };
    decide("").await.expect("decided");
    // A colleague who has not read it does not decide it once more.
    let unread = decide("").await;
    assert!(matches!(unread, Err(Error::Refused(Refusal::MeetingMoved))));
    let found = meetings::find(&office, meeting).await.expect("found");
    let item = found.meeting.item(order).expect("on the agenda");
    let domain::meeting::Outcome::Decided { decisions } = &item.outcome else {
        panic!("{item:?}");
    };
    let task = decisions[0];
    assert!(
        sees(&city, "zjj", order).await,
        "the owner reads what it is about"
    );
    assert!(!sees(&city, "gas", order).await);
    for (user, open) in [
        ("zjj", 1),
        ("gd", 1),
        ("office", 1),
        ("gas", 0),
        ("firm", 0),
    ] {
        let ctx = city.ctx(user, during).await;
        let count = tasks::count_tasks(&ctx, Which::Open)
            .await
            .expect("counted");
        assert_eq!(count, open, "{user}");
    }
    is_sound(&city).await;

    // Minutes, by two clerks at once.
    let text = |text: &str| MinutesText::parse(Field::MinutesText, text).expect("a text");
    let write = |words: &str, revision| MeetingStep::WriteMinutes {
        text: text(words),
        revision,
    };
    let after = "2026-11-04T16:00";
    take(
        &city,
        "office",
        after,
        meeting,
        MeetingStep::End { knowingly: true },
    )
    .await;
    take(&city, "office", after, meeting, write("一稿", 0)).await;
    let office = city.ctx("office", after).await;
    let second = meetings::carry_out(&office, meeting, MeetingWish::Step(write("另一稿", 0))).await;
    assert!(matches!(
        second,
        Err(Error::Refused(Refusal::MinutesMoved { current: 1 }))
    ));
    let not_chair = meetings::carry_out(
        &office,
        meeting,
        MeetingWish::ApproveMinutes { revision: 1 },
    )
    .await;
    assert!(matches!(
        not_chair,
        Err(Error::Refused(Refusal::NotTheChair))
    ));
    let mayor = city.ctx("mayor", after).await;
    meetings::carry_out(&mayor, meeting, MeetingWish::ApproveMinutes { revision: 1 })
        .await
        .expect("approved");
    let found = meetings::find(&mayor, meeting).await.expect("found");
    let number = found.meeting.minutes.number().map(|n| n.to_string());
    assert_eq!(
        number.as_deref(),
        Some("〔2026〕1号"),
        "what was refused has used up no number"
    );
    let changed = meetings::carry_out(&office, meeting, MeetingWish::Step(write("改", 1))).await;
    assert!(matches!(
        changed,
        Err(Error::Refused(Refusal::MinutesFrozen))
    ));

    // The order.
    city.step("gd", "2026-11-05T10:00", order, reply()).await;
    let rated = city.step("firm", "2026-11-05T11:00", order, rate()).await;
    assert_eq!(rated.stage, StageName::Replied);
    let centre = city.ctx("centre", "2026-11-30T10:00").await;
    let closed = orders::step(&centre, order, None, None, Step::Close).await;
    assert!(matches!(
        closed,
        Err(Error::Refused(Refusal::TasksOpen { tasks })) if tasks.len() == 1
    ));
    let task = task.to_string();
    let report = Step::report_task(&task, "批复已印发").expect("a report");
    city.step("zjj", "2026-11-06T10:00", order, report).await;
    let confirm = Step::confirm_task(&task, "yes", "").expect("a verdict");
    let done = city
        .step("office", "2026-11-06T11:00", order, confirm)
        .await;
    assert_eq!(done.stage, StageName::Closed);
    assert_eq!(
        done.express.map(|(state, _)| state),
        Some(ExpressState::Settled)
    );
    assert_eq!(done.tasks[0].state, TaskState::Done);
    is_sound(&city).await;
}

#[tokio::test]
async fn a_decision_that_is_refused_leaves_nothing_behind() {
    let city = grown().await;
    let order = matter(&city).await;
    let office = city.ctx("office", NOW).await;
    let meeting = meetings::call(&office, plan(&city).await)
        .await
        .expect("called");
    meetings::carry_out(&office, meeting, put_on(order))
        .await
        .expect("put on");
    let decide = |now: &'static str, duty: DutyDraft| {
        let city = &city;
        async move {
            let ctx = city.ctx("office", now).await;
            meetings::carry_out(&ctx, meeting, decide(order, duty)).await
        }
    };
    let closed = decide("2026-11-04T14:40", duty()).await;
    assert!(
        matches!(closed, Err(Error::Refused(Refusal::MeetingState { .. }))),
        "before the meeting is opened: {closed:?}"
    );
    take(
        &city,
        "office",
        "2026-11-04T14:30",
        meeting,
        MeetingStep::Open,
    )
    .await;
    let nobody = DutyDraft {
        owner: String::new(),
        ..duty()
    };
    let past = DutyDraft {
        deadline: "2026-11-03".into(),
        ..duty()
    };
    for draft in [nobody, past] {
        let refused = decide("2026-11-04T14:40", draft).await;
        assert!(matches!(
            refused,
            Err(Error::Refused(Refusal::Invalid { .. }))
        ));
    }
    let found = orders::find(&office, order).await.expect("found");
    assert!(found.order.tasks.is_empty());
    // The matter of another is not decided here.
    let other = matter(&city).await;
    let ctx = city.ctx("office", "2026-11-04T14:40").await;
    let off = meetings::carry_out(&ctx, meeting, self::decide(other, duty())).await;
    assert!(
        matches!(off, Err(Error::Refused(Refusal::Invalid { .. }))),
        "{off:?}"
    );
    assert!(
        orders::find(&ctx, other)
            .await
            .expect("found")
            .order
            .tasks
            .is_empty()
    );
    is_sound(&city).await;
}

#[tokio::test]
async fn what_is_decided_with_another_is_struck_off_after_the_other_s_task() {
    let city = grown().await;
    let main = matter(&city).await;
    let like = city.place("2026-11-02T10:00").await.number;
    city.step("centre", "2026-11-02T11:00", like, dispatch())
        .await;
    city.step("gd", "2026-11-02T12:00", like, Step::Take).await;
    city.step("deputy", "2026-11-02T14:00", like, Step::Refer(brief()))
        .await;
    let office = city.ctx("office", NOW).await;
    let reason = || domain::order::Reason::parse(Field::Reason, "同一绿地").expect("a reason");
    let itself = orders::join_matter(&office, like, None, like, reason()).await;
    assert!(matches!(
        itself,
        Err(Error::Refused(Refusal::Invalid { .. }))
    ));
    orders::join_matter(&office, like, None, main, reason())
        .await
        .expect("joined");
    decided(&city, main).await;
    let ctx = city.ctx("office", "2026-11-04T14:40").await;
    city.step("gd", "2026-11-05T10:00", like, reply()).await;
    let rated = city.step("firm", "2026-11-05T11:00", like, rate()).await;
    assert_eq!(rated.stage, StageName::Replied);
    let task = orders::find(&ctx, main).await.expect("found").order.tasks[0].seq;
    let task = task.to_string();
    let report = Step::report_task(&task, "批复已印发").expect("a report");
    city.step("zjj", "2026-11-06T10:00", main, report).await;
    let confirm = Step::confirm_task(&task, "yes", "").expect("a verdict");
    city.step("office", "2026-11-06T11:00", main, confirm).await;
    let found = orders::find(&ctx, like).await.expect("found");
    assert_eq!(found.order.stage.name(), StageName::Closed);
    is_sound(&city).await;
}

#[tokio::test]
async fn what_is_decided_with_another_is_a_candidate_again_where_that_ends_undecided() {
    let city = grown().await;
    let instruction = duty().parse(at(NOW), &city.store.book());
    let instruction = Step::Instruct(instruction.expect("an instruction"));
    let withdraw = Step::withdraw("另有办法").expect("a reason");
    for (user, ends) in [("firm", withdraw), ("office", instruction)] {
        a_candidate_again(&city, user, ends).await;
    }
    is_sound(&city).await;
}

async fn a_candidate_again(city: &City, user: &str, ends: Step) {
    let main = matter(city).await;
    let like = city.place("2026-11-02T10:00").await.number;
    city.step("centre", "2026-11-02T11:00", like, dispatch())
        .await;
    city.step("deputy", "2026-11-02T14:00", like, Step::Refer(brief()))
        .await;
    let office = city.ctx("office", NOW).await;
    let reason = domain::order::Reason::parse(Field::Reason, "同一绿地").expect("a reason");
    orders::join_matter(&office, like, None, main, reason)
        .await
        .expect("joined");
    let counts = orders::express_counts(&office).await.expect("counted");
    assert!(
        !counts
            .iter()
            .any(|(state, _)| *state == ExpressState::Candidate)
    );
    city.step(user, "2026-11-03T11:00", main, ends).await;
    let found = orders::find(&office, like).await.expect("found");
    assert_eq!(found.order.express(), Some(ExpressState::Candidate));
    city.step(
        "firm",
        "2026-11-03T12:00",
        like,
        Step::withdraw("重复").expect("a reason"),
    )
    .await;
}

#[tokio::test]
async fn precedents_are_decisions_about_like_matters_and_name_no_order_out_of_sight() {
    let city = grown().await;
    let first = matter(&city).await;
    let meeting = decided(&city, first).await;
    let second = matter(&city).await;
    let of = |user: &'static str| {
        let city = &city;
        async move {
            let ctx = city.ctx(user, "2026-11-05T10:00").await;
            let office = city.ctx("office", "2026-11-05T10:00").await;
            let order = orders::find(&office, second).await.expect("found").order;
            orders::precedents(&ctx, &order, 4).await.expect("asked")
        }
    };
    assert!(
        of("office").await.is_empty(),
        "not while the meeting goes on"
    );
    take(
        &city,
        "office",
        "2026-11-04T15:00",
        meeting,
        MeetingStep::End { knowingly: true },
    )
    .await;
    let seen = of("office").await;
    assert_eq!(seen.len(), 1);
    assert_eq!(seen[0].order, Some((first, "专线".to_owned())));
    assert_eq!(seen[0].task.duty.text.as_str(), "出具专线路由批复。");
    // Nobody of that body may open the order.
    assert_eq!(of("gas").await[0].order, None);
    assert!(of("firm").await.is_empty(), "not for enterprises");
}

#[tokio::test]
async fn the_city_is_measured_by_what_was_replied_called_back_and_rated() {
    let city = grown().await;
    let mayor = city.ctx("mayor", "2026-11-30T10:00").await;
    let counts = || async {
        orders::measures(&mayor, at("2026-01-01T00:00"))
            .await
            .expect("counted")
    };
    assert_eq!(
        counts().await.on_time().permille(),
        None,
        "of nothing there is none"
    );
    let mut numbers = Vec::new();
    for _ in 0..3 {
        let number = city.place("2026-11-02T10:00").await.number;
        city.step("centre", "2026-11-02T11:00", number, dispatch())
            .await;
        city.step("gd", "2026-11-02T12:00", number, Step::Take)
            .await;
        numbers.push(number);
    }
    // Three working days: until 5 November. One in time, one late, one not at all.
    city.step("gd", "2026-11-05T17:00", numbers[0], reply())
        .await;
    city.step("gd", "2026-11-06T09:00", numbers[1], reply())
        .await;
    let call = domain::order::Call::parse("solved", "").expect("a call");
    city.step(
        "centre",
        "2026-11-06T10:00",
        numbers[0],
        Step::CallBack(call),
    )
    .await;
    city.step("firm", "2026-11-06T11:00", numbers[0], rate())
        .await;
    let counted = counts().await;
    assert_eq!((counted.in_time, counted.late), (1, 2));
    assert_eq!(counted.on_time().permille(), Some(333));
    assert_eq!((counted.solved, counted.not_solved), (1, 0));
    assert_eq!(
        (counted.satisfied, counted.rated, counted.replied),
        (1, 1, 2)
    );
    for (measure, expected) in [
        (Measure::Due, 3),
        (Measure::CalledBack, 1),
        (Measure::InTime, 1),
        (Measure::Late, 2),
        (Measure::Solved, 1),
        (Measure::NotSolved, 0),
        (Measure::Satisfied, 1),
        (Measure::Rated, 1),
        (Measure::Replied, 2),
    ] {
        let filter = orders::Filter {
            measure: Some(measure),
            ..orders::Filter::default()
        };
        let opened = orders::count(&mayor, &filter).await.expect("counted");
        assert_eq!(opened, expected, "{measure:?} opens into its orders");
    }
    is_sound(&city).await;
}

#[tokio::test]
async fn a_deputy_mayor_sees_how_the_bodies_stand_that_they_answer_for() {
    let city = grown().await;
    let number = matter(&city).await;
    let admin = city.ctx("admin", NOW).await;
    let deputy = city.ctx("deputy", NOW).await;
    let user = deputy.actor.user.expect("somebody");
    let gd = || vec![BodyCode::new("gd")];
    let forbidden = deputies::set(&deputy, user, gd()).await;
    assert!(matches!(
        forbidden,
        Err(Error::Refused(Refusal::Forbidden { .. }))
    ));
    let mayor = city.ctx("mayor", NOW).await.actor.user.expect("somebody");
    let no_deputy = deputies::set(&admin, mayor, gd()).await;
    assert!(matches!(
        no_deputy,
        Err(Error::Refused(Refusal::Invalid { .. }))
    ));
    deputies::set(&admin, user, gd()).await.expect("named");
    assert_eq!(
        deputies::bodies_of(&deputy, user).await.expect("asked"),
        gd()
    );
    let office = city.ctx("office", NOW).await;
    let meeting = meetings::call(&office, plan(&city).await)
        .await
        .expect("called");
    meetings::carry_out(&office, meeting, put_on(number))
        .await
        .expect("put on");
    let coming = deputies::coming(&deputy, &gd()).await.expect("asked");
    assert_eq!(coming.len(), 1);
    assert_eq!(coming[0].order, number);
    // Due on 5 November; a card at 09:00 of the next day.
    orders::sweep(&city.store, at("2026-11-06T09:00"))
        .await
        .expect("swept");
    let deputy = city.ctx("deputy", "2026-11-06T10:00").await;
    let standings = deputies::standings(&deputy, &gd()).await.expect("asked");
    let one = &standings[0];
    assert_eq!((one.open, one.overdue, one.cards, one.tasks), (1, 1, 1, 0));
}

#[tokio::test]
async fn the_sweep_reminds_once_and_a_late_task_gets_its_owner_a_card() {
    let city = grown().await;
    let order = matter(&city).await;
    let office = city.ctx("office", NOW).await;
    let meeting = meetings::call(&office, plan(&city).await)
        .await
        .expect("called");
    meetings::carry_out(&office, meeting, put_on(order))
        .await
        .expect("put on");
    take(&city, "office", NOW, meeting, MeetingStep::Invite).await;
    for _ in 0..2 {
        orders::sweep(&city.store, at("2026-11-03T11:00"))
            .await
            .expect("swept");
    }
    let zjj = city.ctx("zjj", "2026-11-03T12:00").await;
    assert_eq!(of_meetings(&zjj).await, ["reminded", "invited"]);
    notices::read(&zjj, zjj.now).await.expect("read");
    assert_eq!(notices::unread(&zjj).await.expect("asked"), 0);
    take(
        &city,
        "office",
        "2026-11-04T14:30",
        meeting,
        MeetingStep::Open,
    )
    .await;
    let ctx = city.ctx("office", "2026-11-04T14:40").await;
    meetings::carry_out(&ctx, meeting, decide(order, duty()))
        .await
        .expect("decided");
    city.step("gd", "2026-11-05T10:00", order, reply()).await;
    // The time to rate it ends in silence: the centre could not strike it off.
    let waits = |user: &'static str| {
        let city = &city;
        async move {
            let ctx = city.ctx(user, "2026-11-30T10:00").await;
            let filter = orders::Filter {
                waits_for_caller: true,
                ..orders::Filter::default()
            };
            orders::count(&ctx, &filter).await.expect("counted")
        }
    };
    assert_eq!((waits("centre").await, waits("office").await), (0, 1));
    // Due on 11 November.
    orders::sweep(&city.store, at("2026-11-12T09:00"))
        .await
        .expect("swept");
    let found = orders::find(&ctx, order).await.expect("found");
    let cards: Vec<_> = found
        .order
        .cards
        .iter()
        .map(|card| card.body.clone())
        .collect();
    assert_eq!(cards, [Some(BodyCode::new("zjj"))]);
    let zjj = city.ctx("zjj", "2026-11-12T10:00").await;
    assert_eq!(
        tasks::count_tasks(&zjj, Which::Late)
            .await
            .expect("counted"),
        1
    );
    is_sound(&city).await;
}

#[tokio::test]
async fn a_meeting_is_changed_by_whoever_has_read_it_as_it_stands() {
    let city = grown().await;
    let office = city.ctx("office", NOW).await;
    let draft = plan(&city).await;
    let meeting = meetings::call(&office, draft.clone())
        .await
        .expect("called");
    let moved = |starts_at: &str| PlanDraft {
        starts_at: starts_at.into(),
        ..draft.clone()
    };
    meetings::carry_out(&office, meeting, change(1, moved("2026-11-05T09:00")))
        .await
        .expect("changed");
    let old = meetings::carry_out(&office, meeting, change(1, moved("2026-11-06T09:00"))).await;
    assert!(matches!(old, Err(Error::Refused(Refusal::MeetingMoved))));
    let off = meetings::carry_out(&office, meeting, change(2, moved("2026-11-08T09:00"))).await;
    assert!(
        matches!(off, Err(Error::Refused(Refusal::Invalid { .. }))),
        "a Sunday"
    );
    let gd = city.ctx("gd", NOW).await;
    let others = meetings::call(&gd, draft).await;
    assert!(matches!(
        others,
        Err(Error::Refused(Refusal::Forbidden { .. }))
    ));
    let found = meetings::find(&office, meeting).await.expect("found");
    assert_eq!(found.meeting.state, MeetingState::Planned);
}

#[tokio::test]
async fn who_is_not_invited_any_more_is_told_so_and_sees_nothing_else() {
    let city = grown().await;
    let office = city.ctx("office", NOW).await;
    let draft = plan(&city).await;
    let meeting = meetings::call(&office, draft.clone())
        .await
        .expect("called");
    take(&city, "office", NOW, meeting, MeetingStep::Invite).await;
    let others = PlanDraft {
        bodies: vec!["gd".into()],
        ..draft
    };
    meetings::carry_out(&office, meeting, change(2, others))
        .await
        .expect("changed");
    let told = |user: &'static str| {
        let city = &city;
        async move {
            let ctx = city.ctx(user, NOW).await;
            of_meetings(&ctx).await
        }
    };
    assert_eq!(told("zjj").await, ["dropped"]);
    assert_eq!(told("gd").await, ["changed", "invited"]);
    let zjj = city.ctx("zjj", NOW).await;
    assert!(matches!(
        meetings::find(&zjj, meeting).await,
        Err(Error::NotFound)
    ));
    assert_eq!(notices::unread(&zjj).await.expect("asked"), 1);
}

#[tokio::test]
async fn whoever_watches_a_meeting_is_told_of_all_that_they_see_of_it() {
    let city = grown().await;
    let order = matter(&city).await;
    let office = city.ctx("office", NOW).await;
    let meeting = meetings::call(&office, plan(&city).await)
        .await
        .expect("called");
    let gd = city.ctx("gd", NOW).await;
    let number = meeting.to_string();
    let early = watching::watch(&gd, Kind::Meeting, &number, true).await;
    assert!(
        matches!(early, Err(Error::NotFound)),
        "nobody has been told of it yet"
    );
    take(&city, "office", NOW, meeting, MeetingStep::Invite).await;
    watching::watch(&gd, Kind::Meeting, &number, true)
        .await
        .expect("watched");
    let id = meetings::find(&gd, meeting).await.expect("invited").id;
    let watched = watching::is_watched(&gd, Kind::Meeting, id).await;
    assert_eq!(watched.expect("asked"), Some(true));
    let of_orders = watching::is_watched(&gd, Kind::Order, id).await;
    assert_eq!(
        of_orders.expect("asked"),
        Some(false),
        "a meeting is no order"
    );
    meetings::carry_out(&office, meeting, put_on(order))
        .await
        .expect("put on");
    assert_eq!(of_meetings(&gd).await, ["put_on", "invited"]);
    watching::watch(&gd, Kind::Meeting, &number, false)
        .await
        .expect("no more");
    let note = MeetingStep::Note(MeetingNote {
        matter: None,
        text: Prose::parse(Field::Opinion, "会前沟通").expect("a text"),
    });
    take(&city, "office", NOW, meeting, note).await;
    assert_eq!(of_meetings(&gd).await, ["put_on", "invited"]);
    is_sound(&city).await;
}

/// What the caller was told of meetings, the newest first.
async fn of_meetings(ctx: &Context) -> Vec<String> {
    let digests = notices::digests(ctx, 9, 9).await.expect("told");
    let items = digests.iter().flat_map(|digest| &digest.items);
    let codes = items.filter_map(|item| match item {
        Item::Order { .. } | Item::Task { .. } => None,
        Item::Meeting { dropped: true, .. } => Some("dropped".to_owned()),
        Item::Meeting { meeting, seq, .. } => {
            let mut events = meeting.events.iter();
            let event = events.find(|event| event.seq == *seq);
            event.map(|event| event.what.code().to_owned())
        }
    });
    codes.collect()
}

#[tokio::test]
async fn the_secret_of_a_calendar_opens_it_until_another_is_made() {
    let city = grown().await;
    let gd = city.ctx("gd", NOW).await;
    let first = feeds::make(&gd).await.expect("made");
    let whose = |secret: String| {
        let store = city.store.clone();
        async move { feeds::whose(&store, &secret).await.expect("asked") }
    };
    assert_eq!(whose(first.clone()).await, gd.actor.user);
    assert_eq!(whose("guess".into()).await, None);
    let second = feeds::make(&gd).await.expect("made");
    assert_eq!(whose(first).await, None);
    assert_eq!(whose(second).await, gd.actor.user);
}

fn conclude(matter: Number, seen: usize) -> MeetingWish {
    let prose = |text| Prose::parse(Field::Opinion, text).expect("a text");
    MeetingWish::Conclude {
        matter,
        seen,
        conclusion: Conclusion {
            verdict: Verdict::NotSupported,
            opinion: prose("不符合规划，不予支持"),
            basis: None,
        },
    }
}

#[tokio::test]
async fn a_matter_is_decided_without_a_task_and_whoever_is_decided_with_it_is_told() {
    let city = grown().await;
    let order = matter(&city).await;
    let like = city.place("2026-11-02T10:00").await.number;
    city.step("centre", "2026-11-02T11:00", like, dispatch())
        .await;
    city.step("deputy", "2026-11-02T14:00", like, Step::Refer(brief()))
        .await;
    let office = city.ctx("office", NOW).await;
    let reason = domain::order::Reason::parse(Field::Reason, "同一绿地").expect("a reason");
    orders::join_matter(&office, like, None, order, reason)
        .await
        .expect("joined");
    let meeting = meetings::call(&office, plan(&city).await)
        .await
        .expect("called");
    meetings::carry_out(&office, meeting, put_on(order))
        .await
        .expect("put on");
    let early = meetings::carry_out(&office, meeting, conclude(order, 0)).await;
    assert!(
        matches!(early, Err(Error::Refused(Refusal::MeetingState { .. }))),
        "before it is opened"
    );
    let during = "2026-11-04T14:40";
    take(&city, "office", during, meeting, MeetingStep::Open).await;
    let office = city.ctx("office", during).await;
    meetings::carry_out(&office, meeting, conclude(order, 0))
        .await
        .expect("decided");
    let unread = meetings::carry_out(&office, meeting, conclude(order, 0)).await;
    assert!(matches!(unread, Err(Error::Refused(Refusal::MeetingMoved))));
    let found = orders::find(&office, order).await.expect("found");
    assert!(found.order.tasks.is_empty());
    let held = found.order.conclusions.first().expect("a conclusion");
    let kept = meetings::find(&office, meeting).await.expect("found");
    let item = kept.meeting.item(order).expect("on the agenda");
    assert_eq!(item.outcome.decisions(), [held.seq]);
    assert_eq!(found.order.express(), Some(ExpressState::Concluded));
    // Nothing holds it open, and it can be decided anew.
    let others = orders::find(&office, like).await.expect("found");
    let last = others.events.last().expect("an event");
    assert!(
        matches!(last.what, domain::order::What::MainConcluded(_)),
        "{last:?}"
    );
    meetings::carry_out(&office, meeting, {
        let MeetingWish::Decide { duty, .. } = decide(order, duty()) else {
            panic!("a decision");
        };
        MeetingWish::Decide {
            matter: order,
            seen: 1,
            duty,
            basis: String::new(),
            replaces: String::new(),
        }
    })
    .await
    .expect("decided with a task, too");
    let found = orders::find(&office, order).await.expect("found");
    assert_eq!(found.order.express(), Some(ExpressState::Decided));
    is_sound(&city).await;
}

#[tokio::test]
async fn papers_of_a_meeting_are_for_the_administration_that_is_invited() {
    let city = grown().await;
    let office = city.ctx("office", NOW).await;
    let meeting = meetings::call(&office, plan(&city).await)
        .await
        .expect("called");
    let announced = attachments::Announced {
        page: format!("/meetings/{meeting}"),
        form: "/act/meeting/note".into(),
        name: FileName::parse("议题材料.pdf").expect("a name"),
        size: 5,
        mark: String::new(),
    };
    let sent = attachments::begin(&office, announced, at(NOW)).await;
    let id = sent.expect("announced").id;
    let note = |files: Vec<i64>| {
        let text = Prose::parse(Field::Note, "议题材料见附件").expect("a text");
        let note = MeetingNote { matter: None, text };
        Asked {
            files,
            ..MeetingWish::Step(MeetingStep::Note(note)).into()
        }
    };
    let half = meetings::carry_out(&office, meeting, note(vec![id])).await;
    assert!(
        matches!(half, Err(Error::Refused(Refusal::Invalid { .. }))),
        "a file that is not whole"
    );
    let whole = (
        FileName::parse("议题材料.pdf").expect("a name"),
        FileKind::Pdf,
    );
    let digest = "0".repeat(64);
    attachments::complete(&office, id, whole, digest, at(NOW))
        .await
        .expect("whole");
    let open = Asked {
        files: vec![id],
        ..MeetingWish::Step(MeetingStep::Invite).into()
    };
    let wrong = meetings::carry_out(&office, meeting, open).await;
    assert!(
        matches!(wrong, Err(Error::Refused(Refusal::Invalid { .. }))),
        "no papers hang on an invitation"
    );
    meetings::carry_out(&office, meeting, note(vec![id]))
        .await
        .expect("noted");
    let sees = |user: &'static str| {
        let city = &city;
        async move {
            let ctx = city.ctx(user, NOW).await;
            attachments::find(&ctx, id).await.is_ok()
        }
    };
    assert!(sees("office").await);
    assert!(!sees("gd").await, "not invited yet");
    take(&city, "office", NOW, meeting, MeetingStep::Invite).await;
    assert!(sees("gd").await);
    assert!(!sees("firm").await);
    is_sound(&city).await;
}

#[tokio::test]
async fn a_meeting_that_was_called_off_before_anybody_was_invited_stays_the_office_s() {
    let city = grown().await;
    let office = city.ctx("office", NOW).await;
    let knows = |meeting: MeetingNumber| {
        let city = &city;
        async move {
            let gd = city.ctx("gd", NOW).await;
            meetings::find(&gd, meeting).await.is_ok()
        }
    };
    let cancel = || MeetingStep::Cancel {
        reason: domain::order::Reason::parse(Field::Reason, "改期").expect("a reason"),
    };
    for is_invited in [false, true] {
        let meeting = meetings::call(&office, plan(&city).await)
            .await
            .expect("called");
        if is_invited {
            take(&city, "office", NOW, meeting, MeetingStep::Invite).await;
        }
        take(&city, "office", NOW, meeting, cancel()).await;
        assert_eq!(knows(meeting).await, is_invited);
    }
    is_sound(&city).await;
}
