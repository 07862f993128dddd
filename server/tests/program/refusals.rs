use reqwest::Method;
use serde_json::{Value, json};

use crate::world::{World, an_order};

fn with(field: &str, value: Value) -> Value {
    let mut order = an_order();
    order[field] = value;
    order
}

#[tokio::test]
async fn what_cannot_be_right_is_named_by_its_field() {
    let world = World::at("2026-11-02T10:00");
    let firm = world.caller("firm");
    let long = |n: usize| "字".repeat(n);
    let cases = [
        (with("title", json!("")), "title"),
        (with("title", json!(long(81))), "title"),
        (with("content", json!(long(5001))), "content"),
        (with("content", json!(" \n ")), "content"),
        (with("category", json!("poetry")), "category"),
        (with("urgency", json!("now")), "urgency"),
        (with("township", json!("gd")), "township"),
        (with("project", json!("P-1")), "project"),
        (
            with("contact", json!({"name": "", "phone": "13800000000"})),
            "contact.name",
        ),
        (
            with("contact", json!({"name": "王", "phone": "x"})),
            "contact.phone",
        ),
    ];
    for (body, field) in cases {
        let answer = firm.raw(Method::POST, "/orders", Some(body), &[]).await;
        assert_eq!(answer.status(), 422, "{field}");
        assert_eq!(answer.headers()["content-type"], "application/problem+json");
        let problem: Value = answer.json().await.unwrap();
        let fields: Vec<_> = problem["errors"].as_object().unwrap().keys().collect();
        assert_eq!(fields, [field]);
    }
    for right in [
        with("title", json!(long(80))),
        with("content", json!(long(5000))),
    ] {
        assert_eq!(firm.post("/orders", right).await.0, 201);
    }
    let (_, all) = firm.post("/orders", json!({})).await;
    assert_eq!(
        all["errors"].as_object().map(serde_json::Map::len),
        Some(6),
        "{all}"
    );
}

#[tokio::test]
async fn a_body_that_is_no_json_or_of_the_wrong_kind_is_refused() {
    let world = World::at("2026-11-02T10:00");
    let firm = world.caller("firm");
    let send = |body: String, kind: &'static str| {
        reqwest::Client::new()
            .post(format!("{}/api/v1/orders", world.address))
            .bearer_auth(&firm.token)
            .header("content-type", kind)
            .body(body)
            .send()
    };
    let json = "application/json";
    for (body, kind, status) in [
        ("{".to_owned(), json, 400),
        ("[1]".to_owned(), json, 422),
        (r#"{"title": 5}"#.to_owned(), json, 422),
        ("{}".to_owned(), "text/plain", 400),
        (
            format!(r#"{{"title": "{}"}}"#, "a".repeat(2_000_000)),
            json,
            413,
        ),
    ] {
        let shown: String = body.chars().take(20).collect();
        let answer = send(body, kind).await.unwrap();
        assert_eq!(answer.status(), status, "{shown}");
        assert_eq!(
            answer.headers()["content-type"],
            "application/problem+json",
            "{shown}"
        );
    }
}

#[tokio::test]
async fn a_step_that_the_stage_does_not_allow_is_a_conflict_with_its_reason() {
    let world = World::at("2026-11-02T10:00");
    let (firm, centre, gd) = (
        world.caller("firm"),
        world.caller("centre"),
        world.caller("gd"),
    );
    let number = firm.places().await;
    let dispatch = json!({"department": "gd", "complexity": "ordinary"});
    let (status, problem) = firm
        .post(
            &format!("/orders/{number}/rating"),
            json!({"level": "satisfied"}),
        )
        .await;
    assert_eq!(
        (status, &problem["type"]),
        (409, &json!("/problems/wrong_stage"))
    );
    assert_eq!(problem["detail"], "这条诉求现在是“已提交”，不能评价。");
    centre.step(&number, "dispatch", dispatch.clone()).await;
    let (status, _) = centre
        .post(&format!("/orders/{number}/dispatch"), dispatch)
        .await;
    assert_eq!(status, 409);
    let reply = json!({"kind": "solved", "text": "已通电。"});
    let (status, _) = gd
        .post(&format!("/orders/{number}/reply"), reply.clone())
        .await;
    assert_eq!(status, 409, "not taken yet");
    gd.step(&number, "take", json!({})).await;
    gd.step(&number, "reply", reply).await;
    let (status, problem) = centre
        .post(&format!("/orders/{number}/closure"), json!({}))
        .await;
    assert_eq!(
        (status, &problem["type"]),
        (409, &json!("/problems/rating_open"))
    );
}

#[tokio::test]
async fn who_was_slower_is_told_so() {
    let world = World::at("2026-11-02T10:00");
    let (firm, centre, gd) = (
        world.caller("firm"),
        world.caller("centre"),
        world.caller("gd"),
    );
    let number = firm.places().await;
    let dispatch = json!({"department": "gd", "complexity": "ordinary", "version": 1});
    centre.step(&number, "dispatch", dispatch).await;
    let address = format!("/orders/{number}/take");
    let (status, problem) = gd.post(&address, json!({"version": 1})).await;
    assert_eq!(
        (status, &problem["type"]),
        (409, &json!("/problems/changed"))
    );
    let read = gd
        .raw(Method::GET, &format!("/orders/{number}"), None, &[])
        .await;
    assert_eq!(read.headers()["etag"], "\"2\"");
    for (matched, status) in [
        ("\"1\"", 412),
        ("W/\"2\"", 412),
        ("nonsense", 400),
        ("\"1\", \"2\"", 200),
    ] {
        let header = [("If-Match", matched)];
        let answer = gd
            .raw(Method::POST, &address, Some(json!({})), &header)
            .await;
        assert_eq!(answer.status(), status, "{matched}");
    }
}

#[tokio::test]
async fn a_program_says_what_it_means_and_is_not_taken_at_half_its_word() {
    let world = World::at("2026-11-02T10:00");
    let (firm, centre) = (world.caller("firm"), world.caller("centre"));
    let (number, other) = (firm.places().await, firm.places().await);
    let at = |step: &str| format!("/orders/{number}/{step}");
    // What is no boolean does not turn the step into its opposite.
    let undo = json!({"other": other, "undo": "true"});
    assert_eq!(centre.post(&at("link"), undo).await.0, 422);
    // A field that nobody knows is named.
    let stray = json!({"department": "gd", "complexity": "ordinary", "urgent": true});
    let (status, problem) = centre.post(&at("dispatch"), stray).await;
    assert_eq!(status, 422);
    assert!(problem["detail"].as_str().expect("why").contains("urgent"));
    for twice in [r#"{"text":"a","text":"b"}"#, r#"{"text":"a","note":"b"}"#] {
        let answer = centre.raw_text(Method::POST, &at("note"), twice).await;
        assert_eq!(answer.status(), 422, "{twice}");
    }
    let mut placed = an_order();
    placed["projekt"] = json!("2026-SZD-014");
    assert_eq!(firm.post("/orders", placed).await.0, 422);
    // What belongs to the other step of an address, and says nothing, may come along.
    let dispatch = json!({
        "department": "gd", "complexity": "ordinary", "co_handlers": [], "decline": null
    });
    assert_eq!(centre.post(&at("dispatch"), dispatch).await.0, 200);
    // Every row of a list counts, however many there are.
    let number = firm.places().await;
    let many = vec!["nobody"; 60];
    let (status, problem) = centre
        .post(
            &format!("/orders/{number}/dispatch"),
            json!({"department": "gd", "complexity": "ordinary", "co_handlers": many}),
        )
        .await;
    assert_eq!(status, 422, "{problem}");
}

#[tokio::test]
async fn two_departments_cannot_both_take_and_one_click_counts_once() {
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
            json!({"department": "gd", "complexity": "ordinary"}),
        )
        .await;
    let address = format!("/orders/{number}/take");
    let take = || gd.post(&address, json!({}));
    let (a, b, c) = tokio::join!(take(), take(), take());
    let mut statuses = [a.0, b.0, c.0];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 409, 409]);
}

#[tokio::test]
async fn a_dispatch_that_is_not_right_is_refused_with_its_field() {
    let world = World::at("2026-11-02T10:00");
    let (firm, centre) = (world.caller("firm"), world.caller("centre"));
    let number = firm.places().await;
    let address = format!("/orders/{number}/dispatch");
    let ordinary = |more: Value| {
        let mut body = json!({"department": "gd", "complexity": "ordinary"});
        body.as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        body
    };
    for (body, field) in [
        (ordinary(json!({"co_handlers": ["nowhere"]})), "co_handlers"),
        (
            ordinary(json!({"co_handlers": ["zjj", "zjj"]})),
            "co_handlers",
        ),
        (ordinary(json!({"co_handlers": ["gd"]})), "co_handler"),
        (
            ordinary(json!({"happened_at": "2026-11-01T10:00:00+08:00"})),
            "happened_at",
        ),
        (ordinary(json!({"happened_at": "yesterday"})), "happened_at"),
        (ordinary(json!({"department": "nowhere"})), "department"),
        (ordinary(json!({"complexity": "easy"})), "complexity"),
        (json!({"decline": ""}), "reason"),
    ] {
        let (status, problem) = centre.post(&address, body).await;
        assert_eq!(status, 422, "{field}");
        assert!(problem["errors"][field].is_array(), "{problem}");
    }
    assert_eq!(firm.order(&number).await["version"], 1);
}

#[tokio::test]
async fn a_reply_says_what_belongs_to_its_kind_and_nothing_else() {
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
            json!({"department": "gd", "complexity": "ordinary"}),
        )
        .await;
    gd.step(&number, "take", json!({})).await;
    let cases = [
        (json!({"kind": "solved", "text": ""}), "text"),
        (json!({"kind": "fixed", "text": "好"}), "kind"),
        (json!({"kind": "planned", "text": "好"}), "until"),
        (
            json!({"kind": "planned", "text": "好", "until": "soon"}),
            "until",
        ),
        (
            json!({"kind": "planned", "text": "好", "until": "9999-12-31"}),
            "until",
        ),
        (
            json!({"kind": "planned", "text": "好", "until": "2026-11-01"}),
            "until",
        ),
        (json!({"kind": "impossible", "text": "好"}), "basis"),
        (
            json!({"kind": "solved", "text": "好", "until": "2026-12-01"}),
            "until",
        ),
        (
            json!({"kind": "explained", "text": "好", "basis": "第八条"}),
            "basis",
        ),
    ];
    for (body, field) in cases {
        let (status, problem) = gd.post(&format!("/orders/{number}/reply"), body).await;
        assert_eq!(status, 422, "{field}");
        assert!(problem["errors"][field].is_array(), "{problem}");
    }
    let plan = json!({"kind": "planned", "text": "已列入计划", "until": "2026-12-01"});
    gd.step(&number, "reply", plan).await;
}
