//! Co-handlers over HTTP: by page without scripts, and by API.

use reqwest::StatusCode;
use serde_json::json;

use crate::world::{World, location};

#[tokio::test]
async fn a_co_handler_sees_the_order_does_its_part_and_nothing_else() {
    let world = World::at("2026-11-02T10:00");
    let (firm, centre) = (world.caller("firm"), world.caller("centre"));
    let (gd, zjj) = (world.caller("gd"), world.caller("zjj"));
    let number = firm.places().await;
    let (status, _) = zjj.get(&format!("/orders/{number}")).await;
    assert_eq!(status, 404, "not before it has a part");
    let dispatch = json!({
        "department": "gd", "complexity": "ordinary",
        "co_handlers": [{"department": "zjj", "task": "出具规划意见"}],
    });
    let order = centre.step(&number, "dispatch", dispatch).await;
    let part = &order["co_handlers"][0];
    assert_eq!(part["department"], "zjj");
    assert_eq!(part["due_at"], "2026-11-05T17:00:00+08:00");
    assert_eq!(
        (&part["replied_at"], &order["turn"]),
        (&json!(null), &json!("lead")),
        "first it is taken"
    );
    assert_eq!(
        zjj.order(&number).await["contact"]["phone"],
        "13800000000",
        "it works on it"
    );
    let (_, list) = zjj.get("/orders").await;
    assert_eq!(list["items"][0]["number"], json!(number));

    // It waits to be taken, which is the lead's: the tile there counts no parts.
    let browser = world.browser("zjj").await;
    let mine = browser.page("/orders?stage=dispatched&turn=mine").await;
    assert!(mine.contains(&number), "its part is its turn");
    let leads = browser.page("/orders?stage=dispatched&turn=lead").await;
    assert!(!leads.contains(&number), "taking it is not");

    gd.step(&number, "take", json!({})).await;
    let early = json!({"kind": "solved", "text": "已通电"});
    let (status, refused) = gd
        .post(&format!("/orders/{number}/reply"), early.clone())
        .await;
    assert_eq!(
        (status, &refused["errors"]["without"].is_null()),
        (422, &false),
        "{refused}"
    );
    let given_back = json!({"reason": "不属于", "clause": "三定方案"});
    for (step, body) in [
        ("take", json!({})),
        ("reply", early.clone()),
        ("return", given_back),
        (
            "co_handling",
            json!({"department": "sthj", "task": "出具意见"}),
        ),
    ] {
        let (status, _) = zjj.post(&format!("/orders/{number}/{step}"), body).await;
        assert_eq!(status, 403, "{step} is the lead's");
    }
    let order = zjj
        .step(&number, "co_reply", json!({"text": "规划意见已出具"}))
        .await;
    assert!(!order["co_handlers"][0]["replied_at"].is_null());
    let (_, events) = firm.get(&format!("/orders/{number}/events")).await;
    assert!(
        !events.to_string().contains("规划意见已出具"),
        "the enterprise does not see it"
    );
    assert!(
        events.to_string().contains("co_handler_added"),
        "but that there is one"
    );
    let order = gd.step(&number, "reply", early).await;
    assert_eq!(order["stage"], "replied");
}

#[tokio::test]
async fn the_lead_asks_the_centre_decides_and_the_part_goes_the_whole_way_by_plain_forms() {
    let world = World::at("2026-11-02T10:00");
    let number = world.caller("firm").places().await;
    let page = format!("/orders/{number}");
    let (centre, gd) = (world.browser("centre").await, world.browser("gd").await);
    let zjj = world.browser("zjj").await;
    let act =
        async |who: &crate::world::Browser, step: &str, version: &str, more: &[(&str, &str)]| {
            let mut form = vec![
                ("page", page.as_str()),
                ("number", number.as_str()),
                ("version", version),
            ];
            form.extend(more);
            who.post(&format!("/act/order/{step}"), &form).await
        };
    let twice = [
        ("department", "gd"),
        ("complexity", "ordinary"),
        ("co_handler_1", "laiji"),
        ("task_1", "协调用地"),
        ("co_handler_2", "laiji"),
        ("task_2", "协调用地"),
    ];
    let refused = act(&centre, "dispatch", "1", &twice).await;
    assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let refused = refused.text().await.unwrap();
    assert!(refused.contains("该单位已有协办任务") && refused.contains("协调用地"));
    let once = &twice[..4];
    let done = act(&centre, "dispatch", "1", once).await;
    assert_eq!(done.status(), StatusCode::SEE_OTHER);
    act(&gd, "take", "3", &[]).await;
    let asked = [("co_handler", "zjj"), ("task", "出具规划意见")];
    let done = act(&gd, "ask_co_handler", "4", &asked).await;
    assert_eq!(location(&done), format!("{page}?done=ask_co_handler"));
    let firm = world.browser("firm").await;
    let outside = firm.page(&page).await;
    assert!(
        !outside.contains("出具规划意见") && !outside.contains("协办请求"),
        "not theirs yet"
    );
    assert!(centre.page("/orders?asks=mine").await.contains(&number));
    assert!(centre.page(&page).await.contains("出具规划意见"));
    act(&centre, "decide_co_handler", "5", &[("grant", "yes")]).await;
    assert!(zjj.page("/").await.contains("待协办"));
    assert!(zjj.page("/orders?part=mine").await.contains(&number));
    let shown = zjj.page(&page).await;
    assert!(shown.contains("协办答复") && !shown.contains("action=\"/act/order/reply\""));
    let done = act(&zjj, "co_reply", "7", &[("text", "意见已出具")]).await;
    assert_eq!(done.status(), StatusCode::SEE_OTHER);
    let shown = gd.page(&page).await;
    assert!(
        shown.contains("不等协办答复的理由"),
        "the township has not replied yet"
    );
    let reply = [
        ("kind", "solved"),
        ("text", "已通电"),
        ("without", "用地已无争议"),
    ];
    let done = act(&gd, "reply", "8", &reply).await;
    assert_eq!(done.status(), StatusCode::SEE_OTHER);
    assert!(gd.page(&page).await.contains("用地已无争议"));
    assert!(
        !world
            .browser("firm")
            .await
            .page(&page)
            .await
            .contains("用地已无争议")
    );
}

#[tokio::test]
async fn a_late_part_gives_its_body_the_card() {
    let world = World::at("2026-11-02T10:00");
    let (firm, centre) = (world.caller("firm"), world.caller("centre"));
    let number = firm.places().await;
    let dispatch = json!({"department": "gd", "complexity": "ordinary", "co_handlers": ["zjj"]});
    centre.step(&number, "dispatch", dispatch).await;
    world.caller("gd").step(&number, "take", json!({})).await;
    world.now("2026-11-06T09:10");
    let order = centre
        .until(&number, |order| order["escalation"] == "head")
        .await;
    assert_eq!(
        (&order["light"], &order["escalation"]),
        (&json!("green"), &json!("head"))
    );
    let (_, events) = centre.get(&format!("/orders/{number}/events")).await;
    let events = events["items"].as_array().unwrap();
    let late = events.last().unwrap();
    assert_eq!(
        (&late["clock"], &late["late"]),
        (&json!("co_handle"), &json!("zjj"))
    );
    assert!(
        world
            .browser("zjj")
            .await
            .page("/cards")
            .await
            .contains(&number)
    );
    let seq = late["seq"].to_string();
    let paper = format!("/orders/{number}/cards/{seq}");
    let printed = world.browser("zjj").await.page(&paper).await;
    assert!(
        printed.contains("督办通知单") && printed.contains("11月5日"),
        "as a paper"
    );
    assert_eq!(
        world.browser("firm").await.get(&paper).await.status(),
        StatusCode::FORBIDDEN
    );
    let receipt = world
        .browser("zjj")
        .await
        .page(&format!("/orders/{number}/receipt"))
        .await;
    assert!(receipt.contains("协办"));
}
