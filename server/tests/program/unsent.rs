//! What somebody is typing is kept for them, until it is sent.

use reqwest::StatusCode;

use crate::world::{Browser, World};

const PLACING: [(&str, &str); 2] = [("page", "/orders/new"), ("form", "/act/place")];

async fn keep(browser: &Browser, typed: &str) -> StatusCode {
    let form: Vec<_> = PLACING.into_iter().chain([("typed", typed)]).collect();
    browser.script("/act/keep_unsent", &form).await.status()
}

#[tokio::test]
async fn what_was_typed_is_there_again_and_nobody_elses() {
    let world = World::at("2026-11-02T10:00");
    let (firm, rival) = (world.browser("firm").await, world.browser("rival").await);
    let typed = "title=%E6%B0%B4%E5%8E%8B&content=%E5%8D%8A%E5%8F%A5%E8%AF%9D&urgency=urgent";
    assert_eq!(keep(&firm, typed).await, StatusCode::OK);
    let page = firm.page("/orders/new").await;
    assert!(page.contains("value=\"水压\""), "{page}");
    assert!(page.contains("半句话"));
    assert!(page.contains("已恢复您未提交的内容"));
    assert!(!rival.page("/orders/new").await.contains("半句话"));

    // Signed in anew, on another machine.
    let elsewhere = world.browser("firm").await;
    assert!(elsewhere.page("/orders/new").await.contains("半句话"));

    let answer = elsewhere.post("/act/forget_unsent", &PLACING).await;
    assert_eq!(answer.status(), StatusCode::SEE_OTHER);
    assert!(!firm.page("/orders/new").await.contains("半句话"));
}

#[tokio::test]
async fn what_was_sent_is_not_offered_again_and_what_was_refused_is_kept() {
    let world = World::at("2026-11-02T10:00");
    let firm = world.browser("firm").await;
    assert_eq!(keep(&firm, "title=t&content=c").await, StatusCode::OK);
    let mut form = vec![
        ("page", "/orders/new"),
        ("title", "园区供水压力不足"),
        ("content", ""),
        ("category", "utility"),
        ("urgency", "normal"),
        ("township", "laiji"),
        ("contact_name", "王敏"),
        ("contact_phone", "13800000000"),
    ];
    let refused = firm.post("/act/place", &form).await;
    assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        firm.page("/orders/new")
            .await
            .contains("已恢复您未提交的内容")
    );

    form[2].1 = "高峰时段停机。";
    let placed = firm.post("/act/place", &form).await;
    assert_eq!(placed.status(), StatusCode::SEE_OTHER);
    assert!(
        !firm
            .page("/orders/new")
            .await
            .contains("已恢复您未提交的内容")
    );
}

#[tokio::test]
async fn text_for_a_step_that_is_gone_is_shown_and_can_be_cleared() {
    let world = World::at("2026-11-02T10:00");
    let number = world.caller("firm").places().await;
    let page = format!("/orders/{number}");
    let centre = world.browser("centre").await;
    let form = [
        ("page", page.as_str()),
        ("form", "/act/order/decline"),
        (
            "typed",
            "reason=%E5%86%99%E4%BA%86%E5%BE%88%E4%B9%85%E7%9A%84%E4%B8%8D%E4%BA%88%E5%8F%97%E7%90%86%E5%8E%9F%E5%9B%A0",
        ),
    ];
    let kept = centre.script("/act/keep_unsent", &form).await;
    assert_eq!(kept.status(), StatusCode::OK);
    let colleague = world.caller("centre");
    let dispatch = serde_json::json!({"department": "gd", "complexity": "ordinary"});
    colleague.step(&number, "dispatch", dispatch).await;
    let shown = centre.page(&page).await;
    assert!(shown.contains("写了很久的不予受理原因"));
    assert!(shown.contains("这一步现在已不能办理"));
    centre.post("/act/forget_unsent", &form).await;
    assert!(!centre.page(&page).await.contains("写了很久的不予受理原因"));
}

#[tokio::test]
async fn nothing_else_is_kept() {
    let world = World::at("2026-11-02T10:00");
    let firm = world.browser("firm").await;
    let secret = "title=t&password=geheim-geheim&code=246810";
    assert_eq!(keep(&firm, secret).await, StatusCode::OK);
    let page = firm.page("/orders/new").await;
    assert!(!page.contains("geheim-geheim") && !page.contains("246810"));

    let long = format!("content={}", "a".repeat(70_000));
    assert_eq!(keep(&firm, &long).await, StatusCode::PAYLOAD_TOO_LARGE);
    for (page, form) in [
        ("/account", "/act/place"),
        ("/orders/new", "/act/change_password"),
        ("/orders/new", "https://elsewhere"),
        ("", ""),
    ] {
        let form = [("page", page), ("form", form), ("typed", "title=t")];
        let answer = firm.script("/act/keep_unsent", &form).await;
        assert!(answer.status().is_client_error(), "{form:?}");
    }
    let stranger = world.stranger();
    assert_eq!(keep(&stranger, "title=t").await, StatusCode::UNAUTHORIZED);
}
