//! What the database narrows lists to, held against what the rules compute.

use std::collections::BTreeMap;

use domain::order::{
    Ask, CoHandling, ExpressState, Light, Number, Overview, PauseDraft, PauseWish, Step, Turn,
};
use domain::{Actor, BodyCode, Role};
use store::Context;
use store::check::check;
use store::orders::{self, Filter, Sort};

use crate::city::{City, at, dispatch};

const USERS: [&str; 8] = [
    "firm",
    "centre",
    "gd",
    "gd2",
    "zjj",
    "laiji",
    "supervision",
    "office",
];

/// Orders in every place on the way that somebody waits at.
async fn busy() -> City {
    let city = City::new().await;
    let body = BodyCode::new("laiji");
    city.employ("laiji", Role::Township { body }).await;
    let placed = async || city.place("2026-11-02T10:00").await.number;
    let _submitted = placed().await;
    let waits = placed().await;
    city.step("centre", "2026-11-02T10:30", waits, dispatch())
        .await;
    let returned = placed().await;
    city.step("centre", "2026-11-02T10:30", returned, dispatch())
        .await;
    let directory = &city.store.book().directory;
    let back = domain::order::Return::parse("不属我单位", "三定规定第三条", "zjj", directory);
    let back = Step::Return(back.expect("right"));
    city.step("gd", "2026-11-02T10:40", returned, back).await;
    let with_part = placed().await;
    city.step("centre", "2026-11-02T10:30", with_part, dispatch())
        .await;
    city.step("gd", "2026-11-02T10:40", with_part, Step::Take)
        .await;
    // The township has two reasons to see it: it lies there, and has a part.
    for body in ["zjj", "laiji"] {
        let part = CoHandling::parse(body, "提供图纸", directory).expect("right");
        let part = Step::AddCoHandler(part);
        city.step("centre", "2026-11-02T10:50", with_part, part)
            .await;
    }
    let replied = placed().await;
    city.step("centre", "2026-11-02T10:30", replied, dispatch())
        .await;
    city.step("gd", "2026-11-02T10:40", replied, Step::Take)
        .await;
    let reply = domain::order::Reply::parse("solved", "已通电", "", "").expect("right");
    let reply = Step::reply(reply, "").expect("right");
    city.step("gd", "2026-11-02T11:00", replied, reply).await;
    let supplemented = placed().await;
    city.step("centre", "2026-11-02T10:30", supplemented, dispatch())
        .await;
    city.step("gd", "2026-11-02T10:40", supplemented, Step::Take)
        .await;
    let pause = PauseWish::parse(&PauseDraft {
        kind: "supplement".into(),
        reason: "缺负荷说明".into(),
        basis: "行政许可法第三十二条".into(),
        ..PauseDraft::default()
    });
    let pause = Step::Pause(pause.expect("right"));
    city.step("gd", "2026-11-02T11:10", supplemented, pause)
        .await;
    city
}

async fn shown(ctx: &Context, filter: &Filter, sort: Sort) -> Vec<Overview> {
    let page = orders::list(ctx, filter, sort, None, 50).await;
    let items = page.expect("listed").items;
    items.into_iter().map(|item| item.overview).collect()
}

/// The same from page to page, one order on each.
async fn walked(ctx: &Context, filter: &Filter) -> Vec<Number> {
    let (mut walked, mut after) = (Vec::new(), None);
    loop {
        let page = orders::list(ctx, filter, Sort::NewestFirst, after, 1).await;
        let page = page.expect("listed");
        walked.extend(page.items.iter().map(|item| item.overview.number));
        after = page.next;
        if after.is_none() {
            return walked;
        }
    }
}

fn numbers<'a>(orders: impl IntoIterator<Item = &'a Overview>) -> Vec<Number> {
    orders.into_iter().map(|order| order.number).collect()
}

fn waits_for(actor: &Actor, order: &Overview, now: domain::Instant) -> bool {
    let turn = order.turn(now);
    let asked = |asks: &[Ask]| asks.iter().any(|ask| order.asks.contains(ask));
    let leads = |body: &BodyCode| order.lead.as_ref() == Some(body);
    match &actor.role {
        Role::Enterprise { .. } => turn == Turn::Enterprise,
        Role::Centre { .. } => turn == Turn::Centre || asked(&[Ask::CoHandler, Ask::Extension]),
        Role::Handler { body } | Role::Head { body } | Role::Township { body } => {
            let has_part =
                |body: &BodyCode| order.co_handlers.iter().any(|p| p.open && p.body == *body);
            // The lead can go on while others have a part.
            let may_go_on = matches!(turn, Turn::Lead | Turn::CoHandler);
            (leads(body) && may_go_on) || has_part(body)
        }
        Role::Office => {
            let candidate = |(state, _)| state == ExpressState::Candidate;
            turn == Turn::Office || order.express.is_some_and(candidate)
        }
        _ => false,
    }
}

#[tokio::test]
async fn what_a_list_is_narrowed_to_is_what_the_rules_compute() {
    let city = busy().await;
    is_what_the_rules_compute(&city).await;
    // Whenever it was last looked what is overdue: before, in the middle, or later than now.
    // In the evening nothing else comes of it.
    for evening in ["11-03", "11-04", "11-20", "11-05"] {
        let looked = format!("2026-{evening}T22:00");
        orders::sweep(&city.store, at(&looked))
            .await
            .expect("swept");
        is_what_the_rules_compute(&city).await;
        let found = check(&city.store, None).await.expect("checked");
        assert!(found.damage.is_empty(), "{looked}: {:?}", found.damage);
    }
    // What is late no more, since somebody has done it.
    city.step(
        "centre",
        "2026-11-20T23:00",
        Number::new(2026, 1),
        dispatch(),
    )
    .await;
    city.step("gd", "2026-11-20T23:10", Number::new(2026, 2), Step::Take)
        .await;
    is_what_the_rules_compute(&city).await;
    let found = check(&city.store, None).await.expect("checked");
    assert!(found.damage.is_empty(), "{:?}", found.damage);
}

async fn is_what_the_rules_compute(city: &City) {
    let late_by_body = |late: &[&Overview]| {
        let mut bodies: BTreeMap<Option<BodyCode>, u64> = BTreeMap::new();
        for order in late {
            *bodies.entry(order.lead.clone()).or_default() += 1;
        }
        bodies
    };
    for now in ["2026-11-02T11:30", "2026-11-04T09:00", "2026-11-20T09:00"] {
        for user in USERS {
            let ctx = city.ctx(user, now).await;
            let all = shown(&ctx, &Filter::default(), Sort::NewestFirst).await;
            let mine = Filter {
                waits_for_caller: true,
                ..Filter::default()
            };
            let lit = |light| Filter {
                light: Some(light),
                ..Filter::default()
            };
            let kept = |holds: &dyn Fn(&Overview) -> bool| numbers(all.iter().filter(|o| holds(o)));
            let red = |o: &Overview| o.light(ctx.now) == Light::Red;
            let expected = [
                (
                    Filter {
                        open: true,
                        ..lit(Light::Red)
                    },
                    kept(&|o| red(o) && !o.stage.is_final()),
                ),
                (
                    Filter {
                        department: Some("gd".into()),
                        ..lit(Light::Red)
                    },
                    kept(&|o| red(o) && o.lead == Some(BodyCode::new("gd"))),
                ),
                (
                    Filter {
                        township: Some("laiji".into()),
                        category: Some("utility".into()),
                        ..lit(Light::Red)
                    },
                    kept(&red),
                ),
                (mine, kept(&|o| waits_for(&ctx.actor, o, ctx.now))),
                (lit(Light::Red), kept(&red)),
                (
                    lit(Light::Yellow),
                    kept(&|o| o.light(ctx.now) == Light::Yellow),
                ),
                (
                    lit(Light::Green),
                    kept(&|o| o.light(ctx.now) == Light::Green),
                ),
                (lit(Light::None), kept(&|o| o.light(ctx.now) == Light::None)),
            ];
            let late: Vec<&Overview> = all.iter().filter(|o| red(o)).collect();
            let by_body = orders::counts_by_lead(&ctx, Light::Red).await;
            let by_body: BTreeMap<_, _> = by_body.expect("counted").into_iter().collect();
            assert_eq!(by_body, late_by_body(&late), "{user} {now}");
            for (filter, expected) in expected {
                let newest = shown(&ctx, &filter, Sort::NewestFirst).await;
                assert_eq!(numbers(&newest), expected, "{user} {now} {filter:?}");
                assert_eq!(walked(&ctx, &filter).await, expected, "{user} {now}");
                let due = shown(&ctx, &filter, Sort::DueFirst).await;
                let at = |o: &Overview| o.clock.map(|clock| clock.due.at);
                let in_order = due.windows(2).all(|two| match (at(&two[0]), at(&two[1])) {
                    (Some(first), Some(second)) => first <= second,
                    (_, None) => true,
                    (None, Some(_)) => false,
                });
                assert!(in_order, "{user} {now} {filter:?}");
                let mut due = numbers(&due);
                due.sort_unstable_by(|a, b| b.cmp(a));
                assert_eq!(due, expected, "{user} {now} {filter:?}");
                let count = orders::count(&ctx, &filter).await.expect("counted");
                assert_eq!(count, expected.len() as u64, "{user} {now} {filter:?}");
                let by_stage = orders::counts(&ctx, &filter).await.expect("counted");
                let all_stages: u64 = by_stage.iter().map(|one| one.orders).sum();
                assert_eq!(all_stages, count, "{user} {now} {filter:?}");
                for one in by_stage {
                    let stands = |number: &&Number| {
                        all.iter()
                            .any(|o| o.number == **number && o.stage == one.stage)
                    };
                    let standing = expected.iter().filter(stands).count();
                    assert_eq!(one.orders, standing as u64, "{user} {now} {filter:?}");
                }
            }
        }
    }
}

#[tokio::test]
async fn whoever_an_order_comes_to_finds_it_by_its_words() {
    let city = busy().await;
    let found = async |user: &str| {
        let ctx = city.ctx(user, "2026-11-02T11:30").await;
        let filter = Filter {
            text: Some("专线".into()),
            ..Filter::default()
        };
        numbers(&shown(&ctx, &filter, Sort::NewestFirst).await)
    };
    let numbers = |serials: &[u32]| -> Vec<Number> {
        serials.iter().map(|n| Number::new(2026, *n)).collect()
    };
    assert_eq!(found("firm").await, numbers(&[6, 5, 4, 3, 2, 1]));
    assert_eq!(found("gd").await, numbers(&[6, 5, 4, 3, 2]));
    assert_eq!(found("zjj").await, numbers(&[4]), "by its part alone");
    let directory = &city.store.book().directory;
    let ruling = Step::rule("zjj", "属建设工程事项", directory).expect("right");
    city.step("centre", "2026-11-02T11:20", Number::new(2026, 3), ruling)
        .await;
    assert_eq!(found("gd").await, numbers(&[6, 5, 4, 2]));
    assert_eq!(found("zjj").await, numbers(&[4, 3]));
}
