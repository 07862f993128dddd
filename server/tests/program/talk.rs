//! Notes inside a body, and messages between the enterprise and those who work on it.

use reqwest::StatusCode;
use serde_json::json;

use crate::world::World;

#[tokio::test]
async fn a_note_is_read_by_its_own_body_and_tells_whom_it_names() {
    let world = World::at("2026-11-02T10:00");
    world.add(
        "gd2",
        &["--role", "handler", "--body", "gd", "--display", "老王"],
    );
    world.add(
        "gd3",
        &["--role", "handler", "--body", "gd", "--display", "小张"],
    );
    let number = world.caller("firm").places().await;
    let dispatch = json!({"department": "gd", "complexity": "ordinary", "co_handlers": ["zjj"]});
    world
        .caller("centre")
        .step(&number, "dispatch", dispatch)
        .await;
    let page = format!("/orders/{number}");
    let gd = world.browser("gd").await;
    assert!(gd.page(&page).await.contains("@老王"), "whom it can name");
    let typed = [
        ("page", page.as_str()),
        ("number", &number),
        ("note", "施工队周四进场，@老王 跟一下"),
    ];
    let done = gd.post("/act/order/note", &typed).await;
    assert_eq!(done.status(), StatusCode::SEE_OTHER);
    for (user, reads) in [
        ("gd2", true),
        ("zjj", false),
        ("centre", false),
        ("firm", false),
    ] {
        let shown = world.browser(user).await.page(&page).await;
        assert_eq!(shown.contains("周四进场"), reads, "{user}");
        let (_, events) = world.caller(user).get(&format!("{page}/events")).await;
        assert_eq!(
            events.to_string().contains("周四进场"),
            reads,
            "{user}, by API"
        );
    }
    let told = world.browser("gd2").await.page("/notices").await;
    let not_told = world.browser("gd3").await.page("/notices").await;
    assert!(told.contains("周四进场") && !not_told.contains("周四进场"));
    let (status, _) = world
        .caller("firm")
        .post(&format!("{page}/note"), json!({"text": "备注"}))
        .await;
    assert_eq!(status, 403);
}

#[tokio::test]
async fn messages_go_both_ways_and_hinder_nobody_s_step() {
    let world = World::at("2026-11-02T10:00");
    let (firm, gd) = (world.caller("firm"), world.caller("gd"));
    let number = firm.places().await;
    let dispatch = json!({"department": "gd", "complexity": "ordinary"});
    world
        .caller("centre")
        .step(&number, "dispatch", dispatch)
        .await;
    let taken = gd.step(&number, "take", json!({})).await;
    firm.step(&number, "message", json!({"text": "请问何时动工？"}))
        .await;
    assert!(
        world
            .browser("gd")
            .await
            .page("/notices")
            .await
            .contains("请问何时动工")
    );
    gd.step(&number, "message", json!({"text": "周四"})).await;
    assert!(
        world
            .browser("firm")
            .await
            .page("/notices")
            .await
            .contains("周四")
    );
    // What was only said does not make the reader's form old.
    let reply = json!({"kind": "solved", "text": "已通电", "version": taken["version"]});
    let order = gd.step(&number, "reply", reply).await;
    assert_eq!(order["stage"], "replied");
    let old = json!({"level": "satisfied", "version": taken["version"]});
    let (status, _) = firm.post(&format!("/orders/{number}/rating"), old).await;
    assert_eq!(status, 409, "a reply does");
    let (status, _) = world
        .caller("zjj")
        .post(
            &format!("/orders/{number}/message"),
            json!({"text": "路过"}),
        )
        .await;
    assert_eq!(status, 404);
}
