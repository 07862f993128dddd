use serde_json::json;

use crate::world::World;

#[tokio::test]
async fn an_order_goes_the_whole_way_and_is_struck_off() {
    let world = World::at("2026-11-02T10:00");
    let (firm, centre, gd) = (
        world.caller("firm"),
        world.caller("centre"),
        world.caller("gd"),
    );

    let number = firm.places().await;
    assert_eq!(number, "XM-2026-000001");
    let order = firm.order(&number).await;
    assert_eq!(
        (
            &order["stage"],
            &order["turn"],
            &order["light"],
            &order["due_at"]
        ),
        (
            &json!("submitted"),
            &json!("centre"),
            &json!("green"),
            &json!("2026-11-03T17:00:00+08:00")
        )
    );

    world.now("2026-11-02T14:00");
    let dispatch = json!({"department": "gd", "complexity": "ordinary"});
    let order = centre.step(&number, "dispatch", dispatch).await;
    assert_eq!(
        (&order["stage"], &order["department"], &order["due_at"]),
        (
            &json!("dispatched"),
            &json!("gd"),
            &json!("2026-11-03T17:00:00+08:00")
        )
    );

    world.now("2026-11-03T09:00");
    let order = gd.step(&number, "take", json!({})).await;
    // Fifteen working days after dispatch, not after taking.
    assert_eq!(
        (&order["stage"], &order["due_at"]),
        (&json!("in_hand"), &json!("2026-11-23T17:00:00+08:00"))
    );

    world.now("2026-11-10T15:00");
    let reply = json!({"kind": "solved", "text": "线路已通电。"});
    let order = gd.step(&number, "reply", reply).await;
    assert_eq!(
        (&order["stage"], &order["turn"]),
        (&json!("replied"), &json!("enterprise"))
    );

    let rating = json!({"level": "very_satisfied", "comment": "很快"});
    let order = firm.step(&number, "rating", rating).await;
    assert_eq!(
        (
            &order["stage"],
            &order["turn"],
            &order["light"],
            &order["rating"]
        ),
        (
            &json!("closed"),
            &json!("none"),
            &json!("none"),
            &json!("very_satisfied")
        )
    );

    let (_, history) = centre.get(&format!("/orders/{number}/events")).await;
    let told: Vec<_> = history["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|event| {
            let word = |name: &str| event[name].as_str().unwrap_or("-").to_owned();
            (word("kind"), word("role"), word("actor"), word("at"))
        })
        .collect();
    let told: Vec<_> = told
        .iter()
        .map(|(a, b, c, d)| [&a[..], &b[..], &c[..], &d[..]])
        .collect();
    assert_eq!(
        told,
        [
            ["placed", "enterprise", "firm", "2026-11-02T10:00:00+08:00"],
            [
                "dispatched",
                "centre",
                "调度员",
                "2026-11-02T14:00:00+08:00"
            ],
            ["taken", "handler", "电工老李", "2026-11-03T09:00:00+08:00"],
            [
                "replied",
                "handler",
                "电工老李",
                "2026-11-10T15:00:00+08:00"
            ],
            ["rated", "enterprise", "firm", "2026-11-10T15:00:00+08:00"],
            ["closed", "enterprise", "firm", "2026-11-10T15:00:00+08:00"],
        ]
    );
}

#[tokio::test]
async fn a_bad_rating_sends_the_order_back_once() {
    let world = World::at("2026-11-02T10:00");
    let (firm, centre, gd) = (
        world.caller("firm"),
        world.caller("centre"),
        world.caller("gd"),
    );
    let number = firm.places().await;
    centre
        .step(
            &number,
            "dispatch",
            json!({"department": "gd", "complexity": "enquiry"}),
        )
        .await;
    gd.step(&number, "take", json!({})).await;
    let reply = json!({"kind": "explained", "text": "请等待。"});
    gd.step(&number, "reply", reply.clone()).await;
    let order = firm
        .step(&number, "rating", json!({"level": "dissatisfied"}))
        .await;
    assert_eq!(
        (&order["stage"], &order["cycle"], &order["due_at"]),
        (
            &json!("rework"),
            &json!(2),
            &json!("2026-11-09T17:00:00+08:00")
        )
    );
    gd.step(&number, "reply", reply).await;
    let order = firm
        .step(&number, "rating", json!({"level": "very_dissatisfied"}))
        .await;
    assert_eq!(
        (&order["stage"], &order["turn"], &order["escalation"]),
        (&json!("replied"), &json!("deputy"), &json!("deputy"))
    );
    let (status, _) = centre
        .post(&format!("/orders/{number}/closure"), json!({}))
        .await;
    assert_eq!(status, 409);
    let order = world
        .caller("deputy")
        .step(&number, "closure", json!({}))
        .await;
    assert_eq!(order["stage"], "closed");
}

#[tokio::test]
async fn what_passes_its_deadline_is_carried_up_and_shown_to_the_mayor_s_office() {
    let world = World::at("2026-11-02T10:00");
    let (firm, centre, gd) = (
        world.caller("firm"),
        world.caller("centre"),
        world.caller("gd"),
    );
    let number = firm.places().await;
    centre
        .step(
            &number,
            "dispatch",
            json!({"department": "gd", "complexity": "enquiry"}),
        )
        .await;
    gd.step(&number, "take", json!({})).await;
    // Due on Thursday the 5th; the levels fire on the 6th, the 11th and the 13th.
    for (now, light, level) in [
        ("2026-11-05T17:00", "yellow", "none"),
        ("2026-11-06T08:59", "red", "none"),
        ("2026-11-06T09:00", "red", "head"),
        ("2026-11-11T09:00", "red", "deputy"),
        ("2026-11-13T09:00", "red", "express"),
    ] {
        world.now(now);
        let order = firm
            .until(&number, |order| order["escalation"] == level)
            .await;
        assert_eq!(
            (&order["light"], &order["escalation"]),
            (&json!(light), &json!(level)),
            "{now}"
        );
    }
    let page = world.browser("office").await.page("/late").await;
    for shown in [
        number.as_str(),
        "供电公司",
        "逾期 5 个工作日",
        "市长解难直通车（候选）",
    ] {
        assert!(page.contains(shown), "{shown}");
    }
    // A reply is still possible, and ends it.
    gd.step(
        &number,
        "reply",
        json!({"kind": "solved", "text": "已通电。"}),
    )
    .await;
}

#[tokio::test]
async fn an_order_is_declined_or_withdrawn_with_a_reason() {
    let world = World::at("2026-11-02T10:00");
    let (firm, centre) = (world.caller("firm"), world.caller("centre"));
    let declined = firm.places().await;
    let order = centre
        .step(&declined, "dispatch", json!({"decline": "请拨打 12366。"}))
        .await;
    assert_eq!(
        (&order["stage"], &order["due_at"]),
        (&json!("declined"), &json!(null))
    );
    let withdrawn = firm.places().await;
    assert_eq!(withdrawn, "XM-2026-000002");
    let order = firm
        .step(&withdrawn, "withdrawal", json!({"reason": "已解决"}))
        .await;
    assert_eq!(
        (&order["stage"], &order["turn"]),
        (&json!("withdrawn"), &json!("none"))
    );
}

#[tokio::test]
async fn the_same_key_places_one_order_even_when_sent_at_once() {
    let world = World::at("2026-11-02T10:00");
    let firm = world.caller("firm");
    let key = [("Idempotency-Key", "k-1")];
    let send = || {
        firm.raw(
            reqwest::Method::POST,
            "/orders",
            Some(crate::world::an_order()),
            &key,
        )
    };
    let (a, b, c) = tokio::join!(send(), send(), send());
    for answer in [a, b, c] {
        assert_eq!(answer.status(), 201);
        assert_eq!(
            answer.headers()["location"],
            "/api/v1/orders/XM-2026-000001"
        );
    }
    let mut other = crate::world::an_order();
    other["title"] = json!("另一件事");
    let post = reqwest::Method::POST;
    let refused = firm.raw(post, "/orders", Some(other), &key).await;
    assert_eq!(refused.status(), 409, "another order is not swallowed");
    let (_, list) = firm.get("/orders").await;
    assert_eq!(list["items"].as_array().map(Vec::len), Some(1));
}

#[tokio::test]
async fn a_list_goes_on_where_its_page_ended_and_narrows_by_what_it_is_asked() {
    let world = World::at("2026-11-02T10:00");
    let (firm, centre) = (world.caller("firm"), world.caller("centre"));
    for _ in 0..5 {
        firm.places().await;
    }
    centre
        .step(
            "XM-2026-000003",
            "dispatch",
            json!({"department": "gd", "complexity": "complex"}),
        )
        .await;
    let mut seen = Vec::new();
    let mut after = String::new();
    loop {
        let (_, page) = firm.get(&format!("/orders?limit=2&after={after}")).await;
        let numbers = page["items"].as_array().unwrap().iter();
        seen.extend(numbers.map(|order| order["number"].as_str().unwrap()[8..].to_owned()));
        match page["next"].as_str() {
            Some(next) => after = next.to_owned(),
            None => break,
        }
    }
    assert_eq!(seen, ["000005", "000004", "000003", "000002", "000001"]);
    for (query, count) in [
        ("stage=dispatched", 1),
        ("stage=submitted", 4),
        ("department=gd", 1),
        ("department=zjj", 0),
        ("light=green", 5),
        ("light=red", 0),
        ("category=utility", 5),
        ("category=land", 0),
        ("q=专线", 5),
        ("q=xm-2026-000002", 1),
        ("q=%25", 0),
        ("q=000002", 1),
        ("q=柏川", 5),
        ("q=10千伏 进度 柏川", 5),
        ("q=10千伏 澄溪", 0),
    ] {
        let (status, page) = centre.get(&format!("/orders?{query}")).await;
        assert_eq!(
            (status, page["items"].as_array().map(Vec::len)),
            (200, Some(count)),
            "{query}"
        );
    }
    for nonsense in [
        "stage=lost",
        "light=blue",
        "department=x",
        "limit=0",
        "limit=201",
        "limit=a",
        "after=1",
    ] {
        let (status, _) = centre.get(&format!("/orders?{nonsense}")).await;
        assert_eq!(status, 400, "{nonsense}");
    }
    for stray in [
        "/departments?limit=1",
        "/calendar/2026?month=1",
        "/orders/XM-2026-000001?lang=en",
        "/orders/XM-2026-000001/events?after=1",
        "/meetings?which=all",
        "/express?state=candidate",
    ] {
        let (status, told) = centre.get(stray).await;
        let named = told["detail"].as_str().unwrap_or_default();
        assert_eq!(status, 400, "{stray}");
        assert!(
            named.contains(stray.split(['?', '=']).nth(1).unwrap()),
            "{told}"
        );
    }
}
