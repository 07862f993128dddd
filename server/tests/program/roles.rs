use serde_json::json;

use crate::world::World;

#[tokio::test]
async fn what_is_not_theirs_does_not_exist_for_them() {
    let world = World::at("2026-11-02T10:00");
    let (firm, centre) = (world.caller("firm"), world.caller("centre"));
    let number = firm.places().await;
    // Before dispatch: the enterprise, the centre, those above, and the township.
    for (user, status) in [
        ("firm", 200),
        ("rival", 404),
        ("centre", 200),
        ("gd", 404),
        ("laiji", 200),
        ("office", 200),
        ("admin", 404),
        ("security", 404),
        ("auditor", 404),
    ] {
        let caller = world.caller(user);
        let (got, _) = caller.get(&format!("/orders/{number}")).await;
        assert_eq!(got, status, "{user}");
        let (got, _) = caller.get(&format!("/orders/{number}/events")).await;
        assert_eq!(got, status, "{user}");
        let (_, list) = caller.get("/orders").await;
        let expected = usize::from(status == 200);
        assert_eq!(
            list["items"].as_array().map(Vec::len),
            Some(expected),
            "{user}"
        );
        // What may be seen but is not theirs to do is 403, and nothing changes.
        let expected = if user == "centre" {
            422
        } else {
            status.max(403)
        };
        let (got, _) = caller
            .post(&format!("/orders/{number}/dispatch"), json!({}))
            .await;
        assert!(
            got == expected || got == 422 && status == 200,
            "{user}: {got}"
        );
    }
    centre
        .step(
            &number,
            "dispatch",
            json!({"department": "gd", "complexity": "ordinary"}),
        )
        .await;
    for (user, status) in [("gd", 200), ("zjj", 404), ("rival", 404), ("laiji", 403)] {
        let (got, _) = world
            .caller(user)
            .post(&format!("/orders/{number}/take"), json!({}))
            .await;
        assert_eq!(got, status, "{user}");
    }
}

#[tokio::test]
async fn a_step_of_another_role_is_forbidden() {
    let world = World::at("2026-11-02T10:00");
    let number = world.caller("firm").places().await;
    let dispatch = json!({"department": "gd", "complexity": "ordinary"});
    for user in ["firm", "laiji", "office", "deputy"] {
        let address = format!("/orders/{number}/dispatch");
        let (status, problem) = world.caller(user).post(&address, dispatch.clone()).await;
        assert_eq!(
            (status, &problem["type"]),
            (403, &json!("/problems/not_yours")),
            "{user}"
        );
    }
    let (status, _) = world
        .caller("centre")
        .post("/orders", crate::world::an_order())
        .await;
    assert_eq!(status, 403);
}

#[tokio::test]
async fn a_contact_is_masked_for_those_who_do_not_work_on_the_order() {
    let world = World::at("2026-11-02T10:00");
    let (firm, centre) = (world.caller("firm"), world.caller("centre"));
    let number = firm.places().await;
    centre
        .step(
            &number,
            "dispatch",
            json!({"department": "gd", "complexity": "ordinary"}),
        )
        .await;
    for (user, name, phone) in [
        ("firm", "王敏", "13800000000"),
        ("centre", "王敏", "13800000000"),
        ("gd", "王敏", "13800000000"),
        ("laiji", "王*", "138******00"),
        ("office", "王*", "138******00"),
    ] {
        let caller = world.caller(user);
        let contact = json!({"name": name, "phone": phone});
        assert_eq!(caller.order(&number).await["contact"], contact, "{user}");
        let (_, history) = caller.get(&format!("/orders/{number}/events")).await;
        assert_eq!(history["items"][0]["contact"], contact, "{user}");
        let page = world
            .browser(user)
            .await
            .page(&format!("/orders/{number}"))
            .await;
        assert_eq!(
            page.contains("13800000000"),
            phone == "13800000000",
            "{user}"
        );
    }
    let (_, history) = firm.get(&format!("/orders/{number}/events")).await;
    assert_eq!(
        history["items"][1]["actor"],
        json!(null),
        "people of offices stay unnamed outside"
    );
}

#[tokio::test]
async fn nobody_is_served_without_a_right_token() {
    let world = World::at("2026-11-02T10:00");
    let client = reqwest::Client::new();
    for token in [None, Some("nonsense"), Some("")] {
        let mut request = client.get(format!("{}/api/v1/orders", world.address));
        if let Some(token) = token {
            request = request.bearer_auth(token);
        }
        let answer = request.send().await.unwrap();
        assert_eq!(answer.status(), 401, "{token:?}");
        assert_eq!(answer.headers()["www-authenticate"], "Bearer");
    }
    // A browser's session does not open the HTTP API.
    let browser = world.browser("firm").await;
    assert_eq!(browser.get("/api/v1/orders").await.status(), 401);
}
