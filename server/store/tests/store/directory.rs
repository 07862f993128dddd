//! Bodies and categories as lists that are imported.

use domain::directory::import::{Change, HangsBy, ListFault};
use domain::order::merge::MergeWish;
use domain::order::{CoHandling, Complexity, Placement, Reason, Step};
use domain::{BodyCode, BodyKind, Field, Refusal, Role};
use store::check::check;
use store::directory::{self, ImportError};
use store::people::{self, NewPerson};
use store::{Error, accounts, orders};

use crate::city::{City, at, draft};

const HEAD: &str = "code,name,name_en,short,short_en,kind,until,successor\n";

fn faults(error: ImportError) -> Vec<(usize, ListFault)> {
    match error {
        ImportError::Rows(faults) => faults.into_iter().map(|one| (one.row, one.fault)).collect(),
        ImportError::Store(error) => panic!("{error}"),
    }
}

#[tokio::test]
async fn a_reform_adds_renames_and_ends_bodies_and_history_keeps_their_names() {
    let city = City::new().await;
    let admin = city.ctx("admin", "2026-11-02T10:00").await;
    let list = format!(
        "{HEAD}sjj,市数据局,Data Bureau,数据局,Data,other,,\n\
         gd,市供电服务公司,Power Service,供电服务公司,Power Service,factor,,\n\
         rl,市热力公司,Heating Company,热力公司,Heating,factor,2026-11-01,rq\n"
    );
    let before = admin.book.directory.clone();
    let preview = directory::preview_bodies(&admin, &list)
        .await
        .expect("right");
    assert!(matches!(
        preview.as_slice(),
        [
            Change::Added(_),
            Change::Changed { .. },
            Change::Ended { .. }
        ]
    ));
    assert_eq!(city.store.book().directory, before, "nothing has changed");
    let done = directory::import_bodies(&admin, &list)
        .await
        .expect("right");
    assert_eq!(done, preview);
    let after = &city.store.book().directory;
    assert!(after.department("sjj").is_some());
    assert!(after.department("rl").is_none() && after.body("rl").is_some());
    assert_eq!(after.gone[0].successor, Some(BodyCode::new("rq")));
    let called = |when: &str| {
        let then = after.at(at(when)).into_owned();
        then.body("gd").map(|body| body.short.zh.clone())
    };
    assert_eq!(called("2026-11-02T09:59").as_deref(), Some("供电公司"));
    assert_eq!(called("2026-11-02T10:00").as_deref(), Some("供电服务公司"));
    // The same once more changes nothing, and what is exported is what there is.
    let again = city.ctx("admin", "2026-11-02T10:05").await;
    let nothing = directory::import_bodies(&again, &list)
        .await
        .expect("right");
    assert!(nothing.is_empty(), "{nothing:?}");
    let exported = directory::export_bodies(after);
    let nothing = directory::preview_bodies(&again, &exported).await;
    assert_eq!(nothing.expect("right"), []);
    let City { dir, store } = city;
    store.close().await;
    let store = store::Store::open(dir.path()).await.expect("opens again");
    assert!(store.book().directory.department("sjj").is_some());
}

#[tokio::test]
async fn a_body_that_something_hangs_on_stays_and_every_fault_is_named() {
    let city = City::new().await;
    city.place("2026-11-02T10:00").await;
    let admin = city.ctx("admin", "2026-11-02T11:00").await;
    let list = format!(
        "{HEAD}gd,市供电公司,Power Supply,供电公司,Power Supply,factor,2026-11-01,\n\
         \n\
         laiji,来集镇,Laiji,来集镇,Laiji,town,2026-11-01,quliang\n\
         rl,市热力公司,Heating Company,热力公司,Heating,town,,\n\
         rq,市燃气公司,Gas Company,燃气公司,Gas,factor,2026-12-01,\n\
         sw,市自来水公司,Water Company,自来水公司,Water,factor,2026-11-01,laiji\n\
         A-1,甲,A,甲,A,other,,\n\
         tjz,中心,Centre,中心,Centre,centre,2026-11-01,\n\
         sjj,市教育局,Data Bureau,数据局,Data,other,,\n"
    );
    let refused = directory::import_bodies(&admin, &list).await;
    let refused = faults(refused.expect_err("wrong"));
    let rows: Vec<usize> = refused.iter().map(|(row, _)| *row).collect();
    assert_eq!(rows, [2, 4, 5, 6, 7, 8, 9, 10], "{refused:?}");
    let open = |fault: &ListFault| match fault {
        ListFault::StillOpen { hangs } => hangs.iter().map(|one| (one.on, one.count)).collect(),
        _ => Vec::new(),
    };
    assert_eq!(open(&refused[0].1), [(HangsBy::Account, 2)]);
    assert_eq!(
        open(&refused[1].1),
        [(HangsBy::Located, 1)],
        "the enterprise would go over to the successor"
    );
    assert!(matches!(refused[2].1, ListFault::OtherKind { .. }));
    assert!(matches!(refused[3].1, ListFault::NotYet(_)));
    assert!(matches!(refused[4].1, ListFault::NoSuccessor(_)));
    assert!(matches!(refused[5].1, ListFault::NotACode(_)));
    assert!(matches!(refused[6].1, ListFault::Needed));
    assert!(matches!(refused[7].1, ListFault::Twice(_)));
    assert!(city.store.book().directory.department("gd").is_some());
    let firm = city.ctx("firm", "2026-11-02T11:00").await;
    let forbidden = directory::import_bodies(&firm, &list).await;
    assert!(matches!(forbidden, Err(ImportError::Store(_))));
    for wrong in ["", HEAD, "garbage", "code,name\na,b\n"] {
        let refused = directory::import_bodies(&admin, wrong).await;
        assert!(!faults(refused.expect_err("wrong")).is_empty(), "{wrong:?}");
    }
}

#[tokio::test]
async fn the_city_has_a_name_that_papers_bear_and_a_new_body_stands_among_its_kind() {
    let city = City::new().await;
    let admin = city.ctx("admin", "2026-11-02T10:00").await;
    let organ = |when: &str| {
        let book = city.store.book();
        let then = book.directory.at(at(when)).into_owned();
        then.organ(BodyKind::Supervision).map(|name| name.zh)
    };
    let list = format!(
        "{HEAD}city,新城市,New City,新城,New,城市,,\n\
         xcz,新城镇人民政府,Xincheng Town,新城镇,Xincheng,town,,\n"
    );
    directory::import_bodies(&admin, &list)
        .await
        .expect("right");
    assert_eq!(
        organ("2026-11-02T10:00").as_deref(),
        Some("新城市政府督查室")
    );
    assert_eq!(
        organ("2026-11-02T09:59").as_deref(),
        Some("新密市政府督查室")
    );
    let after = city.store.book();
    let kinds: Vec<BodyKind> = after.directory.bodies.iter().map(|one| one.kind).collect();
    let mut grouped = kinds.clone();
    grouped.dedup();
    let there = |kind: &BodyKind| grouped.iter().filter(|one| *one == kind).count();
    assert_eq!(there(&BodyKind::Town), 1, "{kinds:?}");
    assert!(after.directory.body("city").is_none(), "nobody works in it");
    let again = city.ctx("admin", "2026-11-02T10:05").await;
    let exported = directory::export_bodies(&again.book.directory);
    assert!(exported.contains("\ncity,新城市,New City,新城,New,city,,\n"));
    let nothing = directory::preview_bodies(&again, &exported).await;
    assert_eq!(nothing.expect("right"), []);
    for (line, why) in [
        (
            "city,新城市,New City,新城,New,city,2026-11-01,",
            "it cannot go",
        ),
        ("ourcity,别市,Other City,别,Other,city,,", "there is one"),
        ("city,新城市,New City,新城,New,town,,", "it is no body"),
    ] {
        let refused = directory::preview_bodies(&again, &format!("{HEAD}{line}\n")).await;
        assert_eq!(faults(refused.expect_err(why)).len(), 1, "{why}");
    }
}

/// Both were read before the import, and are written after it.
#[tokio::test]
async fn nothing_comes_to_what_has_gone_meanwhile() {
    let city = City::new().await;
    let number = city.place("2026-11-02T10:00").await.number;
    let firm = city.ctx("firm", "2026-11-02T12:00").await;
    let centre = city.ctx("centre", "2026-11-02T12:00").await;
    let placement = Placement::parse(&draft(), &firm.book.directory).expect("right");
    let admin = city.ctx("admin", "2026-11-02T11:00").await;
    let bodies =
        format!("{HEAD}rl,市热力公司,Heating Company,热力公司,Heating,factor,2026-11-01,rq\n");
    let done = directory::import_bodies(&admin, &bodies).await;
    assert_eq!(done.expect("right").len(), 1);
    let code = &placement.category;
    let ended = format!(
        "code,name,name_en,examples,examples_en,until\n{code},水电气,Utilities,用电,power,2026-11-02\n"
    );
    let done = directory::import_categories(&admin, &ended).await;
    assert_eq!(done.expect("right").len(), 1);
    let placed = orders::place(&firm, placement, None).await;
    assert!(matches!(
        placed,
        Err(Error::Refused(Refusal::Invalid { .. }))
    ));
    let step = Step::Dispatch {
        department: BodyCode::new("gd"),
        complexity: Complexity::Ordinary,
        co_handlers: vec![CoHandling {
            body: BodyCode::new("rl"),
            task: None,
        }],
    };
    let dispatched = orders::step(&centre, number, None, None, step).await;
    assert!(matches!(
        dispatched,
        Err(Error::Refused(Refusal::Invalid { .. }))
    ));
}

#[tokio::test]
async fn a_category_that_ends_takes_no_order_and_keeps_those_it_has() {
    let city = City::new().await;
    let placed = city.place("2026-11-02T10:00").await;
    let code = &placed.placement.category;
    let admin = city.ctx("admin", "2026-11-02T11:00").await;
    let head = "code,name,name_en,examples,examples_en,until\n";
    let list = format!(
        "{head}{code},水电气,Utilities,用电,power,2026-11-02\nnoise,噪声,Noise,夜间施工,works at night,\n"
    );
    let done = directory::import_categories(&admin, &list).await;
    assert_eq!(done.expect("right").len(), 2);
    let directory = &city.store.book().directory;
    assert!(directory.offered_category(code).is_none());
    assert!(directory.category(code).is_some() && directory.offered_category("noise").is_some());
    let again = city.ctx("firm", "2026-11-02T12:00").await;
    let refused = domain::order::Placement::parse(&crate::city::draft(), &again.book.directory);
    assert!(refused.is_err(), "nothing is placed under it any more");
    let all: String = directory::export_categories(directory)
        .lines()
        .skip(1)
        .map(|line| format!("{line}2026-11-02\n"))
        .collect();
    let admin = city.ctx("admin", "2026-11-02T13:00").await;
    let refused = directory::import_categories(&admin, &format!("{head}{all}")).await;
    assert_eq!(
        faults(refused.expect_err("none would be left"))[0].1,
        ListFault::Needed
    );
}

#[tokio::test]
async fn a_body_that_a_joined_order_would_come_back_to_stays() {
    let city = City::new().await;
    let centre = city.ctx("centre", "2026-11-02T11:00").await;
    let mut placed = Vec::new();
    for body in ["rl", "gd"] {
        let number = city.place("2026-11-02T10:00").await.number;
        let step = Step::dispatch(body, "ordinary", &[], &centre.book.directory);
        let step = step.expect("right");
        let done = orders::step(&centre, number, None, None, step).await;
        done.expect("dispatched");
        placed.push(number);
    }
    let [joined, main] = placed[..] else {
        panic!("two");
    };
    let wish = MergeWish::parse(&main.to_string(), "同一条线路").expect("right");
    let merged = orders::merge(&centre, joined, None, wish).await;
    merged.expect("merged");
    let admin = city.ctx("admin", "2026-11-02T12:00").await;
    let ended =
        format!("{HEAD}rl,市热力公司,Heating Company,热力公司,Heating,factor,2026-11-01,rq\n");
    let hangs = directory::import_bodies(&admin, &ended).await;
    let hangs = faults(hangs.expect_err("it would stand by itself again"));
    let led = |fault: &ListFault| match fault {
        ListFault::StillOpen { hangs } => hangs.iter().map(|one| (one.on, one.count)).collect(),
        _ => Vec::new(),
    };
    assert_eq!(led(&hangs[0].1), [(HangsBy::Lead, 1)]);
    // The main order declined, it does, and its body is there.
    let centre = city.ctx("centre", "2026-11-02T13:00").await;
    let reason = Reason::parse(Field::Reason, "不是同一件").expect("right");
    let undone = orders::unmerge(&centre, joined, None, reason).await;
    undone.expect("undone");
    let still = directory::import_bodies(&admin, &ended).await;
    assert_eq!(
        led(&faults(still.expect_err("it leads it"))[0].1),
        [(HangsBy::Lead, 1)]
    );
}

#[tokio::test]
async fn what_takes_over_may_stand_below_what_it_takes_over_from() {
    let city = City::new().await;
    let admin = city.ctx("admin", "2026-11-02T12:00").await;
    let list = format!(
        "{HEAD}pingmo,平陌镇人民政府,Pingmo Town,平陌镇,Pingmo,town,2026-11-01,xinping\n\
         xinping,新平镇人民政府,Xinping Town,新平镇,Xinping,town,,\n"
    );
    let done = directory::import_bodies(&admin, &list).await;
    assert_eq!(done.expect("right").len(), 2);
    let gone = &city.store.book().directory.gone;
    assert_eq!(gone[0].successor, Some(BodyCode::new("xinping")));
    let misspelt = list.replace("until", "untill");
    let refused = directory::import_bodies(&admin, &misspelt).await;
    let refused = faults(refused.expect_err("no such column"));
    assert!(matches!(&refused[0].1, ListFault::NotAColumn(name) if name == "untill"));
}

/// Each was begun while the body was there, and is written after it has gone.
#[tokio::test]
async fn nobody_joins_a_body_and_no_enterprise_sits_in_a_township_that_has_gone() {
    let city = City::new().await;
    let admin = city.ctx("admin", "2026-11-02T11:00").await;
    let list = format!(
        "{HEAD}rl,市热力公司,Heating Company,热力公司,Heating,factor,2026-11-01,rq\n\
         baizhai,白寨镇,Baizhai Town,白寨镇,Baizhai,town,2026-11-01,laiji\n"
    );
    let done = directory::import_bodies(&admin, &list).await;
    assert_eq!(done.expect("right").len(), 2);
    let person = NewPerson {
        name: "late".into(),
        display: "迟到的".into(),
        phone: String::new(),
        password_hash: String::new(),
        given_at: None,
        role: Role::Handler {
            body: BodyCode::new("rl"),
        },
    };
    let added = accounts::add(&admin, person).await;
    assert!(
        matches!(added, Err(Error::Refused(Refusal::Invalid { .. }))),
        "{added:?}"
    );
    let township = BodyCode::new("baizhai");
    let made = people::enterprise_named(
        &city.store,
        "新来的（虚构）".into(),
        township,
        None,
        at("2026-11-02T10:00"),
    );
    let made = made.await;
    assert!(
        matches!(made, Err(Error::Refused(Refusal::Invalid { .. }))),
        "{made:?}"
    );
    let report = check(&city.store, None).await.expect("checked");
    assert_eq!(report.left_behind, Vec::<String>::new());
}

#[tokio::test]
async fn promises_and_cards_hang_on_a_body_too() {
    let city = City::new().await;
    let admin = city.ctx("admin", "2026-11-02T11:00").await;
    let number = city.place("2026-11-02T10:00").await.number;
    let centre = city.ctx("centre", "2026-11-02T11:00").await;
    let step = Step::dispatch("rl", "ordinary", &[], &centre.book.directory);
    let step = step.expect("right");
    let done = orders::step(&centre, number, None, None, step).await;
    done.expect("dispatched");
    // A card for taking late; withdrawn then, it is open nowhere else.
    let late = at("2026-11-06T10:00");
    orders::sweep(&city.store, late).await.expect("swept");
    let firm = city.ctx("firm", "2026-11-06T11:00").await;
    let reason = Reason::parse(Field::Reason, "已自行解决").expect("right");
    let withdrawn = orders::step(&firm, number, None, None, Step::Withdraw { reason }).await;
    withdrawn.expect("withdrawn");
    let ended =
        format!("{HEAD}rl,市热力公司,Heating Company,热力公司,Heating,factor,2026-11-01,rq\n");
    let refused = directory::import_bodies(&admin, &ended).await;
    let refused = faults(refused.expect_err("a card is not explained"));
    let ListFault::StillOpen { hangs } = &refused[0].1 else {
        panic!("{refused:?}");
    };
    assert!(hangs.iter().all(|one| one.on == HangsBy::Card), "{hangs:?}");
}

/// It was asked for while the body was there; the centre grants it after it has gone.
#[tokio::test]
async fn a_part_that_was_asked_for_does_not_come_to_a_body_that_has_gone() {
    let city = City::new().await;
    let number = city.place("2026-11-02T10:00").await.number;
    let centre = city.ctx("centre", "2026-11-02T11:00").await;
    let step = Step::dispatch("gd", "ordinary", &[], &centre.book.directory);
    let done = orders::step(&centre, number, None, None, step.expect("right")).await;
    done.expect("dispatched");
    let gd = city.ctx("gd", "2026-11-02T11:00").await;
    let part = CoHandling {
        body: BodyCode::new("rl"),
        task: None,
    };
    for step in [Step::Take, Step::AskCoHandler(part)] {
        let done = orders::step(&gd, number, None, None, step).await;
        done.expect("allowed");
    }
    let admin = city.ctx("admin", "2026-11-02T12:00").await;
    let ended =
        format!("{HEAD}rl,市热力公司,Heating Company,热力公司,Heating,factor,2026-11-01,rq\n");
    let done = directory::import_bodies(&admin, &ended).await;
    assert_eq!(done.expect("it has no part yet").len(), 1);
    let centre = city.ctx("centre", "2026-11-02T13:00").await;
    let decide = |granted| Step::DecideCoHandler {
        granted,
        reason: (!granted).then(|| Reason::parse(Field::Reason, "该单位已撤销").expect("right")),
    };
    let granted = orders::step(&centre, number, None, None, decide(true)).await;
    assert!(
        matches!(granted, Err(Error::Refused(Refusal::Invalid { .. }))),
        "{granted:?}"
    );
    let refused = orders::step(&centre, number, None, None, decide(false)).await;
    refused.expect("refusing it is the way out");
}
