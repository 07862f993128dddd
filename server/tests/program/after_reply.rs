//! What comes around and after a reply, over HTTP: approval, callback, promises, appeals,
//! and the supplement that an enterprise hands in.

use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::world::{Caller, World, location};

/// An order in hand at `body` since Monday 2026-11-02.
async fn in_hand(world: &World, body: &str) -> String {
    let number = world.caller("firm").places().await;
    let dispatch = json!({"department": body, "complexity": "ordinary"});
    let centre = world.caller("centre");
    centre.step(&number, "dispatch", dispatch).await;
    world.caller(body).step(&number, "take", json!({})).await;
    number
}

fn solved() -> Value {
    json!({"kind": "solved", "text": "线路已通电"})
}

async fn kinds(caller: &Caller, number: &str) -> Vec<String> {
    let (_, events) = caller.get(&format!("/orders/{number}/events")).await;
    let events = events["items"].as_array().expect("events").iter();
    events
        .map(|event| event["kind"].as_str().expect("a kind").to_owned())
        .collect()
}

#[tokio::test]
async fn the_centre_calls_back_and_what_is_not_solved_goes_back_and_then_up() {
    let world = World::at("2026-11-02T10:00");
    let number = in_hand(&world, "gd").await;
    let (firm, centre, gd) = (
        world.caller("firm"),
        world.caller("centre"),
        world.caller("gd"),
    );
    let order = gd.step(&number, "reply", solved()).await;
    assert_eq!(order["callback_due_at"], "2026-11-05T17:00:00+08:00");
    assert_eq!(order["turn"], "enterprise");
    let browser = world.browser("centre").await;
    assert!(browser.page("/").await.contains("待回访"));
    assert!(browser.page("/orders?call=awaited").await.contains(&number));
    let path = format!("/orders/{number}/callback");
    let (status, refused) = centre.post(&path, json!({"outcome": "not_solved"})).await;
    assert_eq!(
        (status, refused["errors"]["comment"].is_array()),
        (422, true),
        "what it said is written down"
    );
    let (status, _) = gd.post(&path, json!({"outcome": "solved"})).await;
    assert_eq!(status, 403);
    let order = centre
        .step(&number, "callback", json!({"outcome": "not_reached"}))
        .await;
    assert!(!order["callback_due_at"].is_null(), "still awaited");
    let not_solved = json!({"outcome": "not_solved", "comment": "仍未通电"});
    let order = centre.step(&number, "callback", not_solved.clone()).await;
    assert_eq!(
        (&order["stage"], &order["cycle"], &order["rating"]),
        (&json!("rework"), &json!(2), &Value::Null)
    );
    gd.step(&number, "reply", solved()).await;
    let order = centre.step(&number, "callback", not_solved).await;
    assert_eq!(
        (&order["escalation"], &order["turn"]),
        (&json!("deputy"), &json!("deputy"))
    );
    let (status, _) = firm
        .post(
            &format!("/orders/{number}/rating"),
            json!({"level": "satisfied"}),
        )
        .await;
    assert_eq!(status, 409, "the deputy mayor decides");
    let page = format!("/orders/{number}");
    let deputy = world.browser("deputy").await.page(&page).await;
    assert!(deputy.contains("二次办理后企业仍说未解决"), "{deputy}");
}

#[tokio::test]
async fn a_promise_rings_before_its_day_and_after_it_and_is_kept() {
    let world = World::at("2026-11-02T10:00");
    let number = in_hand(&world, "gd").await;
    let (firm, gd) = (world.caller("firm"), world.caller("gd"));
    let planned = json!({"kind": "planned", "text": "列入年度计划", "until": "2026-12-04"});
    gd.step(&number, "reply", planned).await;
    let order = firm
        .step(&number, "rating", json!({"level": "satisfied"}))
        .await;
    assert_eq!(order["stage"], "closed");
    let clerk = world.browser("gd").await;
    assert!(clerk.page("/").await.contains("承诺待兑现"));
    let rival = world.browser("rival").await;
    let refused = rival.get("/commitments").await;
    assert_eq!(refused.status(), StatusCode::FORBIDDEN);

    // Three working days before; then the Monday after it.
    world.now("2026-12-01T09:05");
    gd.until(&number, |order| order["version"] == 7).await;
    assert!(clerk.page("/notices").await.contains("承诺 12月4日"));
    let supervision = world.browser("supervision").await;
    assert!(!supervision.page("/notices").await.contains("逾期未兑现"));
    world.now("2026-12-07T09:05");
    gd.until(&number, |order| order["version"] == 8).await;
    assert!(supervision.page("/notices").await.contains("逾期未兑现"));
    let broken = "/commitments?which=broken";
    assert!(supervision.page(broken).await.contains(&number));
    assert_eq!(
        kinds(&firm, &number).await[4..],
        ["rated", "closed", "commitment_rang", "commitment_rang"]
    );

    // By a plain form, on an order that is struck off.
    let page = format!("/orders/{number}");
    let form = [
        ("page", page.as_str()),
        ("number", &number),
        ("version", "8"),
        ("commitment", "4"),
        ("reason", "12月7日已通电"),
    ];
    let done = clerk.post("/act/order/keep_commitment", &form).await;
    assert_eq!(location(&done), format!("{page}?done=keep_commitment"));
    let shown = clerk.page(&page).await;
    assert!(shown.contains("已兑现") && !shown.contains("action=\"/act/order/keep_commitment\""));
    assert!(!supervision.page(broken).await.contains(&number));
    assert!(
        supervision
            .page("/commitments?which=all")
            .await
            .contains(&number)
    );
    assert_eq!(
        supervision
            .get("/commitments?which=nonsense")
            .await
            .status(),
        StatusCode::BAD_REQUEST
    );
}

#[tokio::test]
async fn a_head_who_wants_it_approves_replies_before_they_go_out() {
    let world = World::at("2026-11-02T10:00");
    let number = in_hand(&world, "zjj").await;
    let (head, clerk) = (world.browser("zjj-head").await, world.browser("zjj").await);
    let refused = clerk
        .post("/act/set_approval", &[("approves", "yes")])
        .await;
    assert_eq!(refused.status(), StatusCode::FORBIDDEN);
    let done = head.post("/act/set_approval", &[("approves", "yes")]).await;
    assert_eq!(location(&done), "/body?done=yes");
    assert!(head.page("/body").await.contains("checked"));

    let (zjj, chief) = (world.caller("zjj"), world.caller("zjj-head"));
    let order = zjj.step(&number, "reply", solved()).await;
    assert_eq!(
        (&order["stage"], &order["asks"]),
        (&json!("in_hand"), &json!(["reply"]))
    );
    let page = format!("/orders/{number}");
    let firm = world.browser("firm").await;
    assert!(
        !firm.page(&page).await.contains("线路已通电"),
        "not out yet"
    );
    let (_, events) = world.caller("firm").get(&format!("{page}/events")).await;
    assert!(!events.to_string().contains("线路已通电"));
    assert_eq!(world.caller("firm").order(&number).await["asks"], json!([]));
    assert!(head.page("/orders?asks=mine").await.contains(&number));
    assert!(head.page(&page).await.contains("线路已通电"));

    let (status, _) = chief
        .post(&format!("{page}/approval"), json!({"grant": false}))
        .await;
    assert_eq!(status, 422, "a no has its reason");
    let no = json!({"grant": false, "reason": "请写明日期"});
    let order = chief.step(&number, "approval", no).await;
    assert_eq!(order["asks"], json!([]));
    zjj.step(&number, "reply", solved()).await;
    let (status, _) = zjj
        .post(&format!("{page}/approval"), json!({"grant": true}))
        .await;
    assert_eq!(status, 403, "nobody approves their own");
    let order = chief
        .step(&number, "approval", json!({"grant": true}))
        .await;
    assert_eq!(order["stage"], "replied");
    let shown = firm.page(&page).await;
    assert!(shown.contains("线路已通电") && !shown.contains("请写明日期"));

    // With the last head gone, nothing waits for one; nor where the box is empty.
    let number = in_hand(&world, "zjj").await;
    let admin = world.browser("admin").await;
    let list = admin.page("/accounts?q=zjj-head").await;
    let (_, rest) = list.split_once("href=\"/accounts/").expect("an account");
    let id = rest.split('"').next().expect("its id");
    let form = [("account", id), ("change", "disable")];
    let done = admin.post("/act/change_account", &form).await;
    assert_eq!(done.status(), StatusCode::SEE_OTHER);
    let order = zjj.step(&number, "reply", solved()).await;
    assert_eq!(order["stage"], "replied");
    let number = in_hand(&world, "zjj").await;
    let order = zjj.step(&number, "reply", solved()).await;
    assert_eq!(order["stage"], "replied");
}

#[tokio::test]
async fn a_rating_is_appealed_decided_and_stays_visible() {
    let world = World::at("2026-11-02T10:00");
    let number = in_hand(&world, "gd").await;
    let (firm, centre, gd) = (
        world.caller("firm"),
        world.caller("centre"),
        world.caller("gd"),
    );
    gd.step(&number, "reply", solved()).await;
    firm.step(&number, "rating", json!({"level": "dissatisfied"}))
        .await;
    let order = gd
        .step(&number, "appeal", json!({"reason": "已通电，有回执"}))
        .await;
    assert_eq!(order["asks"], json!(["appeal"]));
    let order = centre
        .step(&number, "appeal", json!({"uphold": true}))
        .await;
    assert_eq!(
        (&order["stage"], &order["rating"], &order["asks"]),
        (&json!("rework"), &json!("dissatisfied"), &json!([]))
    );
    let page = world
        .browser("firm")
        .await
        .page(&format!("/orders/{number}"))
        .await;
    assert!(page.contains("申诉成立，不计入考核") && page.contains("不满意"));
    let (status, _) = gd
        .post(
            &format!("/orders/{number}/appeal"),
            json!({"reason": "再诉"}),
        )
        .await;
    assert_eq!(status, 409);
}

#[tokio::test]
async fn an_enterprise_hands_in_a_list_of_things_by_a_plain_form() {
    let world = World::at("2026-11-02T10:00");
    let number = in_hand(&world, "gd").await;
    let pause = json!({
        "kind": "supplement", "reason": "材料不齐", "basis": "行政许可法第三十二条",
        "things": ["用电负荷说明", "土地手续"],
    });
    world.caller("gd").step(&number, "pause", pause).await;
    let firm = world.browser("firm").await;
    let page = format!("/orders/{number}");
    let shown = firm.page(&page).await;
    assert!(shown.contains("class=\"things\"") && shown.contains("用电负荷说明"));
    let mut form = vec![
        ("page", page.as_str()),
        ("number", &number),
        ("version", "4"),
    ];
    form.push(("text", ""));
    let refused = firm.post("/act/order/supplement", &form).await;
    assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
    form.pop();
    form.push(("text", "两件均已交窗口"));
    let done = firm.post("/act/order/supplement", &form).await;
    assert_eq!(location(&done), format!("{page}?done=supplement"));
    let order = world.caller("gd").order(&number).await;
    assert_eq!(order["stage"], "in_hand");
    let clerk = world.browser("gd").await;
    assert!(clerk.page("/notices").await.contains("两件均已交窗口"));
}
