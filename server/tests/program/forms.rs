//! The pages as a browser without scripts meets them.

use reqwest::StatusCode;

use crate::world::{PASSWORD, World, location};

const ORDER: [(&str, &str); 8] = [
    ("page", "/orders/new"),
    ("title", "园区供水压力不足"),
    ("content", "高峰时段停机。"),
    ("category", "utility"),
    ("urgency", "normal"),
    ("township", "laiji"),
    ("contact_name", "王敏"),
    ("contact_phone", "13800000000"),
];

fn changed(field: &'static str, value: &'static str) -> Vec<(&'static str, &'static str)> {
    ORDER
        .iter()
        .map(|(name, was)| (*name, if *name == field { value } else { *was }))
        .collect()
}

#[tokio::test]
async fn an_order_goes_the_whole_way_by_plain_forms() {
    let world = World::at("2026-11-02T10:00");
    let (firm, centre, gd) = (
        world.browser("firm").await,
        world.browser("centre").await,
        world.browser("gd").await,
    );
    let answer = firm.post("/act/place", &ORDER).await;
    assert_eq!(answer.status(), StatusCode::SEE_OTHER);
    assert_eq!(location(&answer), "/orders/XM-2026-000001?placed");
    let page = firm.page("/orders/XM-2026-000001?placed").await;
    assert!(page.contains("推进中心须在 11月3日（周二） 17:00 前研判分派。"));
    let order = "/orders/XM-2026-000001";
    let common = |version| {
        [
            ("page", order),
            ("number", "XM-2026-000001"),
            ("version", version),
        ]
    };
    for (who, act, version, more) in [
        (
            &centre,
            "/act/order/dispatch",
            "1",
            vec![("department", "gd"), ("complexity", "ordinary")],
        ),
        (&gd, "/act/order/take", "2", vec![]),
        (
            &gd,
            "/act/order/reply",
            "3",
            vec![("kind", "solved"), ("text", "已通电")],
        ),
        (
            &firm,
            "/act/order/rate",
            "4",
            vec![("level", "satisfied"), ("comment", "")],
        ),
    ] {
        let form: Vec<_> = common(version).into_iter().chain(more).collect();
        let answer = who.post(act, &form).await;
        assert_eq!(answer.status(), StatusCode::SEE_OTHER, "{act}");
        let step = act.trim_start_matches("/act/order/");
        assert_eq!(location(&answer), format!("{order}?done={step}"), "{act}");
    }
    assert!(firm.page(order).await.contains("已销号"));
}

#[tokio::test]
async fn a_refused_form_comes_back_with_what_was_typed_and_why() {
    let world = World::at("2026-11-02T10:00");
    let firm = world.browser("firm").await;
    let answer = firm
        .post("/act/place", &changed("category", "poetry"))
        .await;
    assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let page = answer.text().await.unwrap();
    for kept in [
        "园区供水压力不足",
        "高峰时段停机。",
        "13800000000",
        "类别不在可选范围内。",
    ] {
        assert!(page.contains(kept), "{kept}");
    }
    let title: &'static str = "字".repeat(81).leak();
    let answer = firm.post("/act/place", &changed("title", title)).await;
    assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let page = answer.text().await.unwrap();
    assert!(page.contains("标题最多 80 字，现在 81 字。") && page.contains(title));
    assert!(
        page.contains("href=\"#act-place-title\""),
        "a link to the field"
    );
    let answer = firm.post("/act/place", &[]).await;
    assert_eq!(
        answer.status(),
        StatusCode::UNPROCESSABLE_ENTITY,
        "nothing at all was sent"
    );
}

#[tokio::test]
async fn who_was_slower_keeps_the_text() {
    let world = World::at("2026-11-02T10:00");
    let (firm, centre) = (world.browser("firm").await, world.browser("centre").await);
    firm.post("/act/place", &ORDER).await;
    let form = |reason| {
        [
            ("page", "/orders/XM-2026-000001"),
            ("number", "XM-2026-000001"),
            ("version", "1"),
            ("reason", reason),
        ]
    };
    let answer = centre
        .post("/act/order/decline", &form("请拨打 12366"))
        .await;
    assert_eq!(answer.status(), StatusCode::SEE_OTHER);
    let answer = firm
        .post("/act/order/withdraw", &form("我又不想撤回了"))
        .await;
    assert_eq!(answer.status(), StatusCode::CONFLICT);
    let page = answer.text().await.unwrap();
    assert!(
        page.contains("我又不想撤回了"),
        "the text is there to be copied"
    );
    assert!(
        page.contains("别人刚刚办理了这条诉求"),
        "and why it was not taken"
    );
}

#[tokio::test]
async fn a_form_sent_after_the_session_ended_survives_the_sign_in() {
    let world = World::at("2026-11-02T10:00");
    let stranger = world.stranger();
    let answer = stranger.post("/act/place", &ORDER).await;
    assert_eq!(answer.status(), StatusCode::UNAUTHORIZED);
    let page = answer.text().await.unwrap();
    assert!(page.contains("登录已过期。登录后，您填写的内容仍在。"));
    let carried = page
        .split("name=\"carried\" value=\"")
        .nth(1)
        .expect("it travels along");
    let carried = carried
        .split('"')
        .next()
        .unwrap()
        .replace("&quot;", "\"")
        .replace("&amp;", "&");
    let wrong = [
        ("name", "firm"),
        ("password", "wrong"),
        ("carried", carried.as_str()),
    ];
    let answer = stranger.post("/sign-in", &wrong).await;
    assert_eq!(answer.status(), StatusCode::UNAUTHORIZED);
    assert!(
        answer.text().await.unwrap().contains("高峰时段停机。"),
        "a wrong password keeps it"
    );
    let right = [
        ("name", "firm"),
        ("password", PASSWORD),
        ("carried", carried.as_str()),
    ];
    let page = stranger
        .post("/sign-in", &right)
        .await
        .text()
        .await
        .unwrap();
    assert!(page.contains("您已重新登录") && page.contains("高峰时段停机。"));
    assert_eq!(
        stranger.post("/act/place", &ORDER).await.status(),
        StatusCode::SEE_OTHER
    );
}

#[tokio::test]
async fn the_same_page_places_one_order_however_often_it_is_sent() {
    let world = World::at("2026-11-02T10:00");
    let firm = world.browser("firm").await;
    let once = [ORDER.as_slice(), &[("once", "abc")]].concat();
    let first = firm.post("/act/place", &once).await;
    let second = firm.post("/act/place", &once).await;
    assert_eq!(location(&first), location(&second));
    let edited: Vec<_> = changed("title", "改过的标题")
        .into_iter()
        .chain([("once", "abc")])
        .collect();
    let third = firm.post("/act/place", &edited).await;
    assert_ne!(
        location(&first),
        location(&third),
        "edited after going back: another order"
    );
}

#[tokio::test]
async fn a_form_of_another_site_changes_nothing() {
    let world = World::at("2026-11-02T10:00");
    let firm = world.browser("firm").await;
    for site in ["cross-site", "same-site"] {
        let answer = firm.post_from("/act/place", &ORDER, site).await;
        assert_eq!(answer.status(), StatusCode::FORBIDDEN, "{site}");
    }
    assert_eq!(
        firm.get("/act/place?title=x").await.status(),
        StatusCode::METHOD_NOT_ALLOWED
    );
    assert!(!firm.page("/orders").await.contains("XM-2026"));
}

#[tokio::test]
async fn pages_ask_for_a_sign_in_and_lead_back() {
    let world = World::at("2026-11-02T10:00");
    let stranger = world.stranger();
    let answer = stranger.get("/orders?stage=closed").await;
    assert_eq!(answer.status(), StatusCode::SEE_OTHER);
    assert_eq!(
        location(&answer),
        "/sign-in?next=%2Forders%3Fstage%3Dclosed"
    );
    let form = |next| [("name", "firm"), ("password", PASSWORD), ("next", next)];
    for (next, goes) in [
        ("/orders?stage=closed", "/orders?stage=closed"),
        ("https://elsewhere.example/", "/"),
        ("//elsewhere.example/", "/"),
        ("/\\elsewhere.example", "/"),
    ] {
        let answer = world.stranger().post("/sign-in", &form(next)).await;
        assert_eq!(location(&answer), goes);
    }
    for (name, password) in [("firm", "wrong"), ("nobody", PASSWORD), ("", "")] {
        let answer = stranger
            .post("/sign-in", &[("name", name), ("password", password)])
            .await;
        assert_eq!(answer.status(), StatusCode::UNAUTHORIZED);
        assert!(answer.text().await.unwrap().contains("账号或密码不正确。"));
    }
    let firm = world.browser("firm").await;
    assert_eq!(firm.get("/orders").await.status(), StatusCode::OK);
    firm.post("/sign-out", &[]).await;
    assert_eq!(firm.get("/orders").await.status(), StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_page_has_its_status_and_its_protection() {
    let world = World::at("2026-11-02T10:00");
    let (firm, rival) = (world.browser("firm").await, world.browser("rival").await);
    firm.post("/act/place", &ORDER).await;
    assert_eq!(
        rival.get("/orders/XM-2026-000001").await.status(),
        StatusCode::NOT_FOUND
    );
    assert_eq!(
        rival.get("/orders/nonsense").await.status(),
        StatusCode::NOT_FOUND
    );
    assert_eq!(rival.get("/nowhere").await.status(), StatusCode::NOT_FOUND);
    assert_eq!(
        rival.get("/orders?light=blue").await.status(),
        StatusCode::BAD_REQUEST
    );
    let answer = firm.get("/orders/XM-2026-000001").await;
    let policy = answer.headers()["content-security-policy"]
        .to_str()
        .unwrap()
        .to_owned();
    assert!(policy.contains("script-src 'nonce-"), "{policy}");
    assert_eq!(answer.headers()["cache-control"], "no-store");
    let page = answer.text().await.unwrap();
    assert!(page.contains("演练"), "a rehearsal says so on every page");
    let english = firm
        .post("/preferences", &[("lang", "en"), ("page", "/orders")])
        .await;
    assert_eq!(location(&english), "/orders");
    assert!(firm.page("/orders").await.contains("Submitted"));
}

#[tokio::test]
async fn what_somebody_typed_never_becomes_markup() {
    let world = World::at("2026-11-02T10:00");
    let firm = world.browser("firm").await;
    let script = "</script><script>alert(1)</script><img src=x onerror=alert(1)>";
    firm.post("/act/place", &changed("content", script)).await;
    firm.post("/act/place", &changed("title", script)).await;
    for path in [
        "/",
        "/orders",
        "/orders/XM-2026-000001",
        "/orders/XM-2026-000002",
    ] {
        let page = firm.page(path).await;
        assert!(!page.contains("<script>alert"), "{path}");
        assert!(!page.contains("<img src=x"), "{path}");
    }
}

#[tokio::test]
async fn what_comes_back_into_a_form_is_the_text_that_was_typed() {
    let world = World::at("2026-11-02T10:00");
    let firm = world.browser("firm").await;
    let mut form = changed(
        "content",
        "</textarea><script>alert(1)</script> a &lt;b&gt; & c",
    );
    form[1].1 = "";
    let answer = firm.post("/act/place", &form).await;
    assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let page = answer.text().await.unwrap();
    assert!(!page.contains("<script>alert"));
    assert!(page.contains("&lt;/textarea&gt;&lt;script&gt;alert(1)&lt;/script&gt; a &amp;lt;b&amp;gt; &amp; c</textarea>"));
}

#[tokio::test]
async fn a_form_that_cannot_be_read_is_not_answered_as_if_it_had_worked() {
    let world = World::at("2026-11-02T10:00");
    let firm = world.browser("firm").await;
    let twice = [ORDER.as_slice(), &[("title", "又一个标题")]].concat();
    let answer = firm.post("/act/place", &twice).await;
    assert_eq!(answer.status(), StatusCode::BAD_REQUEST);
    assert!(
        answer.text().await.unwrap().contains("高峰时段停机。"),
        "the text is kept"
    );
    let huge: &'static str = "a".repeat(1_100_000).leak();
    let answer = firm.post("/act/place", &changed("content", huge)).await;
    assert_eq!(answer.status(), StatusCode::PAYLOAD_TOO_LARGE);
    for path in ["/ask/page", "/ask/nothing", "/act/nothing"] {
        let answer = firm.post(path, &[("nonsense", "1")]).await;
        assert_eq!(answer.status(), StatusCode::BAD_REQUEST, "{path}");
        assert!(answer.headers().get("location").is_none(), "{path}");
    }
    assert_eq!(
        firm.post("/preferences", &[]).await.status(),
        StatusCode::SEE_OTHER
    );
    assert!(!firm.page("/orders").await.contains("XM-2026"));
}

#[tokio::test]
async fn an_address_that_is_too_long_is_answered() {
    let world = World::at("2026-11-02T10:00");
    let centre = world.browser("centre").await;
    let long = format!("/orders?q={}", "a".repeat(9000));
    assert_eq!(centre.get(&long).await.status(), StatusCode::URI_TOO_LONG);
    let fits = format!("/orders?q=a&more={}", "1".repeat(4000));
    assert_eq!(centre.get(&fits).await.status(), StatusCode::OK);
    let missing = centre.get("/pkg/nothing.wasm").await;
    assert_eq!(missing.status(), StatusCode::NOT_FOUND);
    assert!(
        missing.headers().get("cache-control").is_none(),
        "it may come later"
    );
}

/// I12: sent, gone back to, sent again. What is said stands once; another word is another.
#[tokio::test]
async fn what_is_said_twice_by_going_back_stands_once() {
    let world = World::at("2026-11-02T10:00");
    let caller = world.caller("firm");
    let number = caller.places().await;
    let firm = world.browser("firm").await;
    for (text, messages) in [("请尽快安排", 1), ("请尽快安排", 1), ("另请告知进度", 2)]
    {
        let form = [("number", number.as_str()), ("message", text)];
        let answer = firm.post("/act/order/message", &form).await;
        assert_eq!(answer.status(), StatusCode::SEE_OTHER);
        let (_, told) = caller.get(&format!("/orders/{number}/events")).await;
        let events = told["items"].as_array().or(told.as_array());
        let said = events.expect("a list").iter();
        let said = said.filter(|event| event["kind"] == "messaged").count();
        assert_eq!(said, messages, "{text}");
    }
}
