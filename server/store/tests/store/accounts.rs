//! People, sessions, the audit: on a real SQLite file.

use domain::account::Gate;
use domain::order::{Step, What};
use domain::{AuditKind, CreditCode, Fault, Field, Policy, Refusal, Role, RoleName};
use sqlx::ConnectOptions;
use sqlx::sqlite::SqliteConnectOptions;
use store::audit::{self, Entry, Filter, Wrong};
use store::check::check;
use store::context::Trace;
use store::guesses::{self, Against};
use store::notices::{self, Item};
use store::registrations::{self, Application, Verdict};
use store::sessions::{self, Renewal};
use store::{
    Error, accounts, contact_reads, hand_over, members, orders, passwords, people, policy,
};

use crate::city::{City, at, dispatch};

const NOON: &str = "2026-11-23T12:00";

async fn in_hand(city: &City) -> domain::order::Number {
    let number = city.place("2026-11-23T09:10").await.number;
    city.step("centre", "2026-11-23T09:20", number, dispatch())
        .await;
    city.step("gd", "2026-11-23T09:30", number, Step::Take)
        .await;
    number
}

#[tokio::test]
async fn the_audit_s_chain_holds_over_steps_sweeps_and_administration() {
    let city = City::new().await;
    in_hand(&city).await;
    city.place("2026-11-23T10:00").await;
    orders::sweep(&city.store, at("2026-11-30T10:00"))
        .await
        .expect("swept");
    let security = city.ctx("security", NOON).await;
    let longer = Policy {
        password_length: 14,
        ..Policy::default()
    };
    policy::change(&security, longer).await.expect("allowed");
    let report = check(&city.store, None).await.expect("checked");
    assert_eq!(report.audit, []);
    assert!(report.head.0 >= 6, "{:?}", report.head);
    let auditor = city.ctx("auditor", NOON).await;
    let filter = Filter {
        deed: Some(AuditKind::PolicyChanged),
        ..Filter::default()
    };
    let lines = audit::lines(&auditor, &filter, None, 10)
        .await
        .expect("allowed");
    assert_eq!(lines.len(), 1);
    assert!(
        lines[0].line.detail.contains("password_length 12 → 14"),
        "{}",
        lines[0].line.detail
    );
}

#[tokio::test]
async fn a_changed_a_missing_and_a_cut_off_audit_are_found() {
    let off = "DROP TRIGGER audit_is_not_changed; DROP TRIGGER audit_is_not_deleted;
               DROP TRIGGER events_are_not_changed;
               DROP TRIGGER events_are_not_deleted;";
    type IsIt = fn(&Wrong, i64) -> bool;
    // LAST is the line before the order's three.
    let cases: [(&str, IsIt); 8] = [
        (
            "UPDATE events SET attachments = '[ ]' WHERE id = 2",
            |w, last| matches!(w, Wrong::Changed { line, .. } if *line == last + 2),
        ),
        (
            "UPDATE audit SET name = 'x' WHERE id = LAST + 2",
            |w, last| matches!(w, Wrong::Changed { line, .. } if *line == last + 2),
        ),
        (
            "UPDATE events SET actor = 'x' WHERE id = 2",
            |w, last| matches!(w, Wrong::Changed { line, .. } if *line == last + 2),
        ),
        ("DELETE FROM audit WHERE id = LAST + 2", |w, last| {
            *w == Wrong::Missing { after: last + 1 }
        }),
        ("DELETE FROM audit WHERE id = LAST + 3", |w, last| {
            let (last, written) = (last + 2, last + 3);
            *w == Wrong::CutOff { last, written }
        }),
        (
            "DELETE FROM audit WHERE id = LAST + 3;
             UPDATE sqlite_sequence SET seq = LAST + 2 WHERE name = 'audit'",
            |w, _| *w == Wrong::Unsealed { event: 3 },
        ),
        (
            "DELETE FROM audit; DELETE FROM sqlite_sequence WHERE name = 'audit'",
            |w, _| *w == Wrong::Unsealed { event: 1 },
        ),
        (
            "INSERT INTO events
             SELECT 4, kind, case_id, 4, happened_at, entered_at, user, actor, role, body, what,
                    calendar, attachments
             FROM events WHERE id = 3",
            |w, _| *w == Wrong::Unsealed { event: 4 },
        ),
    ];
    for (sql, is_it) in cases {
        let city = City::new().await;
        let last = check(&city.store, None).await.expect("checked").head.0;
        in_hand(&city).await;
        let whole = check(&city.store, None).await.expect("checked");
        assert_eq!(whole.audit, []);
        city.tamper(&format!("{off}{}", sql.replace("LAST", &last.to_string())))
            .await;
        // Nor is it forgotten when the program starts anew.
        let store = store::Store::open(city.dir.path()).await.expect("opens");
        let report = check(&store, None).await.expect("checked");
        let wrong = report.audit;
        assert!(wrong.iter().any(|w| is_it(w, last)), "{sql}: {wrong:?}");
        let found = report.damage;
        assert_eq!(found.len(), 4, "the triggers are missed: {found:?}");
    }
}

#[tokio::test]
async fn a_trigger_that_does_nothing_any_more_is_found() {
    let city = City::new().await;
    let sql = "DROP TRIGGER audit_is_not_deleted;
               CREATE TRIGGER audit_is_not_deleted BEFORE DELETE ON audit BEGIN SELECT 1; END;";
    city.tamper(sql).await;
    let report = check(&city.store, None).await.expect("checked");
    let wrong = "the trigger audit_is_not_deleted is not as the program made it";
    assert_eq!(report.damage, [wrong]);
}

#[tokio::test]
async fn a_trigger_that_writes_along_is_found() {
    let city = City::new().await;
    let sql = "CREATE TRIGGER along AFTER INSERT ON orders
               BEGIN UPDATE orders SET due_at = due_at + 86400 WHERE id = NEW.id; END;";
    city.tamper(sql).await;
    let report = check(&city.store, None).await.expect("checked");
    assert_eq!(report.damage, ["the trigger along is not this program's"]);
}

#[tokio::test]
async fn the_database_refuses_to_change_or_delete_a_line() {
    let city = City::new().await;
    in_hand(&city).await;
    let options = SqliteConnectOptions::new().filename(city.dir.path().join("zhitong.sqlite"));
    let mut connection = options.connect().await.expect("opens");
    for sql in ["UPDATE audit SET name = ''", "DELETE FROM audit"] {
        assert!(
            sqlx::query(sql).execute(&mut connection).await.is_err(),
            "{sql}"
        );
    }
}

#[tokio::test]
async fn who_leaves_hands_the_open_orders_over_in_one_step() {
    let city = City::new().await;
    let number = in_hand(&city).await;
    let gd = people::by_name(&city.store, "gd")
        .await
        .expect("asked")
        .expect("there");
    let head = people::by_name(&city.store, "gd2")
        .await
        .expect("asked")
        .expect("there");
    let other = people::by_name(&city.store, "zjj")
        .await
        .expect("asked")
        .expect("there");
    let admin = city.ctx("admin", NOON).await;
    let (_, memberships) = accounts::find(&admin, gd.actor.user.expect("a person"))
        .await
        .expect("seen");
    assert_eq!(memberships[0].open, 1);
    let leaving = hand_over::leaving(&admin, gd.membership)
        .await
        .expect("allowed");
    let colleagues: Vec<&str> = leaving.colleagues.iter().map(|one| &*one.account).collect();
    assert_eq!(
        (leaving.orders, colleagues),
        (vec![number.to_string()], vec!["gd2"])
    );
    // Not to somebody of another body, and not by somebody else.
    let to_other = hand_over::hand_over(&admin, gd.membership, other.actor.user).await;
    assert!(
        matches!(to_other, Err(Error::Refused(Refusal::Invalid { .. }))),
        "{to_other:?}"
    );
    for user in ["gd2", "centre", "security", "auditor", "firm"] {
        let ctx = city.ctx(user, NOON).await;
        let refused = hand_over::hand_over(&ctx, gd.membership, head.actor.user).await;
        assert!(
            matches!(
                refused,
                Err(Error::Refused(Refusal::Forbidden { .. }) | Error::NotFound)
            ),
            "{user}: {refused:?}"
        );
    }
    let handed = hand_over::hand_over(&admin, gd.membership, head.actor.user).await;
    assert_eq!(handed.expect("allowed"), 1);
    let ctx = city.ctx("gd2", NOON).await;
    let found = orders::find(&ctx, number).await.expect("seen");
    assert_eq!(found.order.handler, head.actor.user);
    // Of whom there is only one: what waits for the body is counted, whoever has it.
    let sole = hand_over::leaving(&admin, head.membership).await;
    let sole = sole.expect("allowed");
    assert_eq!((sole.waiting, sole.colleagues), (1, Vec::new()));
    assert!(matches!(
        found.events.last().expect("an event").what,
        What::HandedOver(_)
    ));
    assert_eq!(found.listed.overview, found.order.overview(&ctx.book));
    assert!(
        people::by_name(&city.store, "gd")
            .await
            .expect("asked")
            .is_none(),
        "belongs to nothing"
    );
    let told = notices::digests(&ctx, 5, 5).await.expect("allowed");
    let first = told[0].items.first();
    assert!(
        matches!(first, Some(Item::Order { event, .. })
            if matches!(event.what, What::HandedOver(_))),
        "the successor's body is told"
    );
    let admin_sees = orders::find(&admin, number).await;
    assert!(
        matches!(admin_sees, Err(Error::NotFound)),
        "never the contents"
    );
    let whole = check(&city.store, None).await.expect("checked");
    assert_eq!(whole.audit, []);
}

#[tokio::test]
async fn an_enterprise_s_colleague_becomes_the_contact() {
    let city = City::new().await;
    let number = in_hand(&city).await;
    let firm = city.ctx("firm", NOON).await;
    let wall = at(NOON);
    let secret = members::invite(
        &firm,
        "李四".into(),
        "13900000001".into(),
        true,
        wall,
        &Policy::default(),
    )
    .await
    .expect("allowed");
    let joining = || members::Joining::New {
        name: "lisi".into(),
        password_hash: "hash".into(),
    };
    let trace = Trace::default();
    members::join(&city.store, secret.reveal(), joining(), wall, &trace)
        .await
        .expect("joined");
    let again = members::join(&city.store, secret.reveal(), joining(), wall, &trace).await;
    assert!(
        matches!(again, Err(Error::NotFound)),
        "an invitation holds once"
    );
    let lisi = city.ctx("lisi", NOON).await;
    let another = members::invite(
        &lisi,
        "赵六".into(),
        "13900000003".into(),
        false,
        wall,
        &Policy::default(),
    )
    .await
    .expect("allowed");
    let mine = members::Joining::As(lisi.actor.user.expect("a person"));
    let used = members::join(&city.store, another.reveal(), mine, wall, &trace).await;
    assert!(
        matches!(used, Err(Error::Refused(Refusal::Invalid { .. }))),
        "a member does not use up the invitation of another"
    );
    assert!(
        members::invitation(&city.store, another.reveal(), wall)
            .await
            .is_ok()
    );
    let old = members::list(&lisi).await.expect("allowed");
    let old = old
        .iter()
        .find(|member| member.account == "firm")
        .expect("a member");
    assert_eq!(old.open, 1);
    hand_over::hand_over(&lisi, old.membership, lisi.actor.user)
        .await
        .expect("allowed");
    let found = orders::find(&lisi, number).await.expect("seen");
    let contact = &found.listed.overview.placement.contact;
    assert_eq!(
        (contact.name.as_str(), contact.phone.as_str()),
        ("李四", "13900000001")
    );
    assert_eq!(found.order.member, lisi.actor.user);
    assert_eq!(found.listed.overview, found.order.overview(&lisi.book));
}

#[tokio::test]
async fn whoever_follows_an_enterprise_s_administrator_administers_it_and_the_audit_says_so() {
    let city = City::new().await;
    let (firm, wall, policy) = (city.ctx("firm", NOON).await, at(NOON), Policy::default());
    let invited = members::invite(
        &firm,
        "李四".into(),
        "13900000001".into(),
        false,
        wall,
        &policy,
    );
    let secret = invited.await.expect("allowed");
    let joining = members::Joining::New {
        name: "lisi".into(),
        password_hash: "hash".into(),
    };
    members::join(
        &city.store,
        secret.reveal(),
        joining,
        wall,
        &Trace::default(),
    )
    .await
    .expect("joined");
    let all = members::list(&firm).await.expect("allowed");
    let mine = all.iter().find(|member| member.account == "firm");
    let mine = mine.expect("a member").membership;
    let alone = hand_over::hand_over(&firm, mine, None).await;
    assert!(
        matches!(&alone, Err(Error::Refused(Refusal::Invalid { faults }))
            if faults[0].fault == Fault::LastOne),
        "an enterprise does not lose its only administrator so: {alone:?}"
    );
    let lisi = city.ctx("lisi", NOON).await;
    assert!(members::list(&lisi).await.is_err(), "not yet");
    // There is no open order: the right goes over all the same.
    let handed = hand_over::hand_over(&firm, mine, lisi.actor.user).await;
    assert_eq!(handed.expect("allowed"), 0);
    let lisi = city.ctx("lisi", NOON).await;
    assert!(members::list(&lisi).await.is_ok());
    let filter = Filter {
        deed: Some(AuditKind::MembershipAdded),
        ..Filter::default()
    };
    let auditor = city.ctx("auditor", NOON).await;
    let lines = audit::lines(&auditor, &filter, None, 1)
        .await
        .expect("allowed");
    assert_eq!(lines[0].line.object, "lisi");
    assert!(
        lines[0].line.detail.ends_with("as administrator"),
        "{lines:?}"
    );
}

#[tokio::test]
async fn an_enterprise_s_own_administrator_hands_over_in_their_own_name() {
    let city = City::new().await;
    let number = in_hand(&city).await;
    let (firm, wall, policy) = (city.ctx("firm", NOON).await, at(NOON), Policy::default());
    let invited = members::invite(
        &firm,
        "李四".into(),
        "13900000001".into(),
        true,
        wall,
        &policy,
    );
    let secret = invited.await.expect("allowed");
    let joining = members::Joining::New {
        name: "lisi".into(),
        password_hash: "hash".into(),
    };
    members::join(
        &city.store,
        secret.reveal(),
        joining,
        wall,
        &Trace::default(),
    )
    .await
    .expect("joined");
    let lisi = city.ctx("lisi", NOON).await;
    let all = members::list(&lisi).await.expect("allowed");
    let old = all.iter().find(|member| member.account == "firm");
    hand_over::hand_over(&lisi, old.expect("a member").membership, lisi.actor.user)
        .await
        .expect("allowed");
    let found = orders::find(&lisi, number).await.expect("seen");
    let last = found.events.last().expect("an event");
    assert_eq!(
        (last.by.role, last.by.user),
        (RoleName::Enterprise, lisi.actor.user)
    );
}

#[tokio::test]
async fn an_invitation_holds_while_whoever_made_it_administers() {
    let city = City::new().await;
    let (firm, wall, policy) = (city.ctx("firm", NOON).await, at(NOON), Policy::default());
    let trace = Trace::default();
    let invite = async || {
        let made = members::invite(
            &firm,
            "李四".into(),
            "13900000001".into(),
            true,
            wall,
            &policy,
        );
        made.await.expect("allowed")
    };
    let (used, kept) = (invite().await, invite().await);
    let joining = members::Joining::New {
        name: "lisi".into(),
        password_hash: "hash".into(),
    };
    members::join(&city.store, used.reveal(), joining, wall, &trace)
        .await
        .expect("joined");
    let lisi = city.ctx("lisi", NOON).await;
    let all = members::list(&lisi).await.expect("allowed");
    let old = all.iter().find(|member| member.account == "firm");
    hand_over::hand_over(&lisi, old.expect("a member").membership, lisi.actor.user)
        .await
        .expect("allowed");
    let back = members::Joining::As(firm.actor.user.expect("a person"));
    let back = members::join(&city.store, kept.reveal(), back, wall, &trace).await;
    assert!(matches!(back, Err(Error::NotFound)), "{back:?}");
    let shown = members::invitation(&city.store, kept.reveal(), wall).await;
    assert!(matches!(shown, Err(Error::NotFound)));
}

#[tokio::test]
async fn the_last_administrator_is_not_disabled_and_an_enterprise_s_is() {
    let city = City::new().await;
    let admin = city.ctx("admin", NOON).await;
    let disable = async |name: &str| {
        let person = people::by_name(&city.store, name).await.expect("asked");
        let user = person.expect("there").actor.user.expect("a person");
        accounts::change(&admin, user, accounts::Change::Disable).await
    };
    for name in ["auditor", "security"] {
        let refused = disable(name).await;
        assert!(
            matches!(&refused, Err(Error::Refused(Refusal::Invalid { faults }))
                if faults[0].fault == Fault::LastOne),
            "{name}: {refused:?}"
        );
    }
    disable("firm").await.expect("a firm that is gone");
    let members = people::by_name(&city.store, "firm").await.expect("asked");
    assert!(members.is_none(), "signs in no more");
}

#[tokio::test]
async fn who_changes_role_within_a_body_keeps_their_orders() {
    let city = City::new().await;
    let number = in_hand(&city).await;
    let gd = people::by_name(&city.store, "gd").await.expect("asked");
    let gd = gd.expect("there");
    let user = gd.actor.user.expect("a person");
    let admin = city.ctx("admin", NOON).await;
    let body = domain::BodyCode::new("gd");
    accounts::add_membership(&admin, user, Role::Head { body })
        .await
        .expect("allowed");
    let handed = hand_over::hand_over(&admin, gd.membership, None).await;
    assert_eq!(handed.expect("allowed"), 0);
    let ctx = city.ctx("gd", NOON).await;
    let found = orders::find(&ctx, number).await.expect("seen");
    assert_eq!(found.order.handler, Some(user));
}

fn application(code: &str) -> Application {
    Application {
        enterprise: "云岭机电（虚构）".into(),
        code: CreditCode::complete(code).expect("a code"),
        township: domain::BodyCode::new("laiji"),
        account: "firm".into(),
        display: "王五".into(),
        phone: "13900000002".into(),
        password_hash: "hash".into(),
    }
}

#[tokio::test]
async fn a_registration_is_decided_once_and_makes_an_administrator() {
    let city = City::new().await;
    let trace = Trace::default();
    let secret = registrations::apply(
        &city.store,
        application("91410183MA0000001"),
        at(NOON),
        &trace,
    )
    .await
    .expect("kept");
    let centre = city.ctx("centre", NOON).await;
    let (open, _) = registrations::list(&centre).await.expect("allowed");
    for user in ["firm", "gd", "admin", "auditor"] {
        let ctx = city.ctx(user, NOON).await;
        assert!(registrations::list(&ctx).await.is_err(), "{user}");
        assert!(
            registrations::decide(&ctx, open[0].id, Verdict::Approved)
                .await
                .is_err(),
            "{user}"
        );
    }
    registrations::decide(&centre, open[0].id, Verdict::Approved)
        .await
        .expect("allowed");
    let again = registrations::decide(&centre, open[0].id, Verdict::Approved).await;
    assert!(matches!(again, Err(Error::NotFound)));
    let stands = registrations::of_secret(&city.store, secret.reveal())
        .await
        .expect("kept");
    assert_eq!(
        (stands.approved, stands.named.as_deref()),
        (Some(true), Some("firm2")),
        "the name was taken"
    );
    let made = people::by_name(&city.store, "firm2")
        .await
        .expect("asked")
        .expect("there");
    assert!(made.actor.role.manages());
    // The same enterprise once more is told to the centre, and cannot be approved.
    registrations::apply(
        &city.store,
        application("91410183MA0000001"),
        at(NOON),
        &trace,
    )
    .await
    .expect("kept");
    let (open, _) = registrations::list(&centre).await.expect("allowed");
    assert!(open[0].known);
    assert!(!open[0].doubled);
    // Two that wait for the same enterprise are told as well.
    registrations::apply(
        &city.store,
        application("91410183MA0000001"),
        at(NOON),
        &trace,
    )
    .await
    .expect("kept");
    let (open, _) = registrations::list(&centre).await.expect("allowed");
    assert!(open[0].doubled && open[1].doubled);
    assert!(
        registrations::decide(&centre, open[0].id, Verdict::Approved)
            .await
            .is_err()
    );
}

#[tokio::test]
async fn a_session_ends_by_time_by_another_password_and_with_its_account() {
    let city = City::new().await;
    let (store, policy, trace) = (&city.store, Policy::default(), Trace::default());
    let gd = people::by_name(store, "gd")
        .await
        .expect("asked")
        .expect("there");
    let user = gd.actor.user.expect("a person");
    let begin = async || {
        sessions::begin(store, user, at(NOON), &trace, "a browser", &policy)
            .await
            .expect("begun")
    };
    let runs = async |secret: &str, now: &str| {
        let now = at(now);
        let ctx = store::Context::new(store.clone(), gd.actor.clone(), now);
        let patience = std::time::Instant::now() + std::time::Duration::from_secs(60);
        loop {
            assert!(std::time::Instant::now() < patience, "its use is noted");
            let session = sessions::resume(store, secret, now, &policy).await;
            let Some(session) = session.expect("asked") else {
                return false;
            };
            // That it was used is written down behind it.
            let mine = sessions::mine(&ctx, now, &policy).await.expect("asked");
            let is_noted = |one: &sessions::Listed| {
                let seen = one.seen_at().expect("a time");
                one.id == session.id && seen >= now - chrono::Duration::minutes(1)
            };
            if mine.iter().any(is_noted) {
                return true;
            }
            tokio::task::yield_now().await;
        }
    };
    let secret = begin().await;
    assert!(runs(secret.reveal(), "2026-11-23T13:59").await);
    assert!(
        !runs(secret.reveal(), "2026-11-23T16:01").await,
        "two hours unused"
    );
    // Used all day long, it ends after twelve hours all the same.
    let secret = begin().await;
    for hour in [
        "13:30", "15:00", "16:30", "18:00", "19:30", "21:00", "22:30", "23:59",
    ] {
        assert!(
            runs(secret.reveal(), &format!("2026-11-23T{hour}")).await,
            "{hour}"
        );
    }
    assert!(!runs(secret.reveal(), "2026-11-24T00:01").await);
    // Another password ends the others, not the one it was changed in.
    let (kept, other) = (begin().await, begin().await);
    let session = sessions::resume(store, kept.reveal(), at(NOON), &policy)
        .await
        .expect("asked")
        .expect("runs");
    let entry = Entry::new(AuditKind::PasswordChanged, at(NOON), &trace);
    passwords::set(store, user, "new".into(), Some(session.id), entry)
        .await
        .expect("set");
    assert!(runs(kept.reveal(), NOON).await && !runs(other.reveal(), NOON).await);
    // Renewed, the old secret is worth nothing.
    let entry = Entry::new(AuditKind::ActsAs, at(NOON), &trace);
    let renewed = sessions::renew(store, &session, Renewal::Proved, entry)
        .await
        .expect("renewed");
    assert!(runs(renewed.reveal(), NOON).await && !runs(kept.reveal(), NOON).await);
    let admin = city.ctx("admin", NOON).await;
    accounts::change(&admin, user, accounts::Change::Disable)
        .await
        .expect("allowed");
    assert!(!runs(renewed.reveal(), NOON).await);
}

/// A session that somebody has just begun.
async fn session_of(city: &City, name: &str) -> sessions::Session {
    let (store, policy, trace) = (&city.store, Policy::default(), Trace::default());
    let person = people::by_name(store, name).await.expect("asked");
    let user = person.and_then(|person| person.actor.user);
    let user = user.expect("a person");
    let secret = sessions::begin(store, user, at(NOON), &trace, "", &policy)
        .await
        .expect("begun");
    sessions::resume(store, secret.reveal(), at(NOON), &policy)
        .await
        .expect("asked")
        .expect("runs")
}

#[tokio::test]
async fn nobody_acts_in_a_membership_of_somebody_else() {
    let city = City::new().await;
    let (store, policy) = (&city.store, Policy::default());
    let centre = people::by_name(store, "centre")
        .await
        .expect("asked")
        .expect("there");
    let session = session_of(&city, "gd").await;
    let entry = Entry::new(AuditKind::ActsAs, at(NOON), &Trace::default());
    let refused = sessions::renew(store, &session, Renewal::ActsAs(centre.membership), entry).await;
    assert!(matches!(refused, Err(Error::NotFound)));
    assert_eq!(session.standing.gate(&policy), None);
    let session = session_of(&city, "admin").await;
    assert_eq!(session.standing.gate(&policy), Some(Gate::Enrol));
}

#[tokio::test]
async fn a_one_time_code_and_a_recovery_code_are_taken_once() {
    let city = City::new().await;
    let store = &city.store;
    let gd = people::by_name(store, "gd")
        .await
        .expect("asked")
        .expect("there");
    let user = gd.actor.user.expect("a person");
    assert!(passwords::take_step(store, user, 100).await.expect("asked"));
    assert!(
        !passwords::take_step(store, user, 100).await.expect("asked"),
        "again"
    );
    assert!(
        !passwords::take_step(store, user, 99).await.expect("asked"),
        "an older one"
    );
    assert!(passwords::take_step(store, user, 101).await.expect("asked"));
    let (here, there) = (session_of(&city, "gd").await, session_of(&city, "gd").await);
    let offer = async |session: &sessions::Session| {
        passwords::offer_factor(store, session.id)
            .await
            .expect("offered")
            .expect("written")
    };
    let key = offer(&here).await;
    assert_eq!(offer(&here).await, key, "the same until proved");
    assert_ne!(offer(&there).await, key, "another session's is another");
    let entry = || Entry::new(AuditKind::SecondFactorSet, at(NOON), &Trace::default());
    passwords::set_factor(store, user, &["abcd-efgh".into()], here.id, entry())
        .await
        .expect("set");
    assert_eq!(
        passwords::factor(store, user).await.expect("asked"),
        Some(key)
    );
    assert!(
        passwords::take_recovery(store, user, "abcd-efgh")
            .await
            .expect("asked")
    );
    assert!(
        !passwords::take_recovery(store, user, "abcd-efgh")
            .await
            .expect("asked"),
        "again"
    );
}

#[tokio::test]
async fn guessing_is_slowed_down_from_many_addresses_and_not_for_a_known_device() {
    let city = City::new().await;
    let (store, policy) = (&city.store, Policy::default());
    let account = || Against::Account("gd".into());
    let take = async |against: &[Against], now: &str| {
        guesses::take(store, against, at(now), &policy)
            .await
            .expect("asked")
    };
    // Side by side: what is under way counts, before it is known to be wrong.
    let addresses: Vec<_> = (0..20)
        .map(|n| [account(), Against::Address(format!("10.0.0.{n}"))])
        .collect();
    let tries = addresses.iter().map(|against| take(against, NOON));
    let waits = futures::future::join_all(tries).await;
    assert_eq!(waits.iter().filter(|wait| wait.is_none()).count(), 5);
    let later = take(&[account()], "2026-11-23T12:01").await;
    assert!(
        later.is_none(),
        "one more, and then twice as long each time"
    );
    let wait = take(&[account()], "2026-11-23T12:01").await.expect("waits");
    assert!(
        wait.time.num_minutes() < 15,
        "never longer than the policy has it"
    );
    assert!(wait.begins, "the audit is told of this wait");
    let next = take(&[account()], "2026-11-23T12:01").await.expect("waits");
    assert!(!next.begins, "once");
    let gd = people::by_name(store, "gd")
        .await
        .expect("asked")
        .expect("there");
    let user = gd.actor.user.expect("a person");
    let device = guesses::remember_device(store, user, at(NOON))
        .await
        .expect("kept");
    let known = guesses::known_device(store, "gd", device.reveal()).await;
    let known = known.expect("asked").expect("known");
    let stranger = guesses::known_device(store, "centre", device.reveal()).await;
    assert_eq!(stranger.expect("asked"), None);
    assert!(
        take(&[Against::Device(known)], NOON).await.is_none(),
        "its owner does not wait"
    );
    guesses::succeeded(store, vec![account()])
        .await
        .expect("forgotten");
    assert!(take(&[account()], NOON).await.is_none());
}

#[tokio::test]
async fn reading_a_contact_in_full_is_written_down_once_a_day() {
    let city = City::new().await;
    let number = in_hand(&city).await;
    let auditor = city.ctx("auditor", NOON).await;
    let reads = async || {
        let filter = Filter {
            deed: Some(AuditKind::ContactRead),
            ..Filter::default()
        };
        audit::lines(&auditor, &filter, None, 100)
            .await
            .expect("allowed")
            .len()
    };
    let shown = async |user: &str, now: &str| {
        let ctx = city.ctx(user, now).await;
        let found = orders::find(&ctx, number).await.expect("seen");
        contact_reads::read(&ctx, &found).await.expect("read")
    };
    assert_eq!(shown("firm", NOON).await.phone, "13800000000");
    assert_eq!(reads().await, 0, "their own");
    assert_eq!(shown("gd", NOON).await.phone, "13800000000");
    shown("gd", NOON).await;
    assert_eq!(reads().await, 1, "who works on it");
    let masked = shown("office", NOON).await;
    assert_eq!(
        (masked.phone.as_str(), masked.can_unmask),
        ("138******00", true)
    );
    contact_reads::unmask(&city.ctx("office", NOON).await, number)
        .await
        .expect("allowed");
    assert_eq!(shown("office", NOON).await.phone, "13800000000");
    assert_eq!(reads().await, 2, "one click, one line");
    assert!(
        shown("office", "2026-11-24T09:00").await.can_unmask,
        "for that day"
    );
    let refused = contact_reads::unmask(&city.ctx("zjj", NOON).await, number).await;
    assert!(matches!(refused, Err(Error::NotFound)));
}

#[tokio::test]
async fn administrators_do_none_of_another_s_work() {
    let city = City::new().await;
    let gd = people::by_name(&city.store, "gd")
        .await
        .expect("asked")
        .expect("there");
    let user = gd.actor.user.expect("a person");
    let forbidden = |result: Result<(), Error>| {
        matches!(result, Err(Error::Refused(Refusal::Forbidden { .. })))
    };
    for name in ["admin", "security", "auditor"] {
        let ctx = city.ctx(name, NOON).await;
        let accounts = accounts::change(&ctx, user, accounts::Change::RemoveFactor).await;
        assert_eq!(forbidden(accounts), name != "admin", "accounts by {name}");
        let policy = policy::change(&ctx, Policy::default()).await;
        assert_eq!(forbidden(policy), name != "security", "policy by {name}");
        let sessions = sessions::all(&ctx, at(NOON), &Policy::default())
            .await
            .map(|_| ());
        assert_eq!(
            forbidden(sessions),
            name != "security",
            "sessions by {name}"
        );
        let audit = audit::lines(&ctx, &Filter::default(), None, 1)
            .await
            .map(|_| ());
        assert_eq!(forbidden(audit), name != "auditor", "audit by {name}");
        let mine = accounts::change(
            &ctx,
            ctx.actor.user.expect("a person"),
            accounts::Change::Disable,
        )
        .await;
        assert!(mine.is_err(), "{name} does not disable themselves");
    }
    let role = Role::Supervision;
    let twice = people::NewPerson {
        name: "gd".into(),
        display: "x".into(),
        phone: String::new(),
        password_hash: String::new(),
        given_at: None,
        role,
    };
    let taken = accounts::add(&city.ctx("admin", NOON).await, twice).await;
    let Err(Error::Refused(Refusal::Invalid { faults })) = taken else {
        panic!("{taken:?}")
    };
    assert_eq!(
        (faults[0].field, &faults[0].fault),
        (Field::UserName, &Fault::Taken)
    );
    assert_eq!(gd.actor.role.name(), RoleName::Handler);
}

#[tokio::test]
async fn an_order_whose_columns_are_not_its_history_s_is_found() {
    let city = City::new().await;
    let number = in_hand(&city).await;
    let other = city.place("2026-11-23T09:40").await.number;
    let report = check(&city.store, None).await.expect("checked");
    assert!(report.cases.is_empty(), "{report:?}");
    for (sql, why) in [
        (
            "UPDATE orders SET due_at = due_at + 86400 WHERE id = 1",
            "a day more",
        ),
        (
            "UPDATE orders SET stage = 'closed' WHERE id = 1",
            "struck off",
        ),
        (
            "UPDATE orders SET title = '别的事' WHERE id = 1",
            "another matter",
        ),
        (
            "UPDATE orders SET stage = 'x' WHERE id = 1",
            "no stage at all",
        ),
        (
            "INSERT INTO cards (order_id, seq, colour, level, given_at)
             VALUES (1, 3, 'red', 'head', 0)",
            "a card that nobody gave",
        ),
    ] {
        let city = City::new().await;
        in_hand(&city).await;
        city.place("2026-11-23T09:40").await;
        city.tamper(sql).await;
        let report = check(&city.store, None).await.expect("checked");
        let numbers: Vec<_> = report.cases.iter().map(|one| one.what.as_str()).collect();
        assert_eq!(numbers, [format!("order {number}")], "{why}");
    }
    city.tamper("DROP TRIGGER events_are_not_changed; UPDATE events SET what = '{}' WHERE kind = 'order' AND case_id = 2",
    )
    .await;
    let wrong = check(&city.store, None).await.expect("checked").cases;
    assert_eq!(wrong.len(), 1);
    assert_eq!(wrong[0].what, format!("order {other}"));
    assert!(wrong[0].cause.is_some(), "a history that cannot be told");
}

#[tokio::test]
async fn a_token_holds_for_its_time_and_ends_with_its_account() {
    let city = City::new().await;
    let (store, policy) = (&city.store, Policy::default());
    let gd = people::by_name(store, "gd")
        .await
        .expect("asked")
        .expect("there");
    let made = at(NOON);
    let token = sessions::create_token(store, &gd, made)
        .await
        .expect("made");
    let holds = async |wall| {
        sessions::bearer(store, token.reveal(), wall, &policy)
            .await
            .expect("asked")
            .is_some()
    };
    let year = chrono::Duration::days(365);
    assert!(holds(made + year - chrono::Duration::seconds(1)).await);
    assert!(!holds(made + year).await, "over");
    let admin = city.ctx("admin", NOON).await;
    let user = gd.actor.user.expect("a person");
    accounts::change(&admin, user, accounts::Change::Disable)
        .await
        .expect("allowed");
    assert!(!holds(made).await, "of an account that is disabled");
}
