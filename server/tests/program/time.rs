//! Pauses, extensions, returns, late entries, receipts, cards and notices over HTTP.

use serde_json::{Value, json};

use crate::world::{Caller, World};

/// An order in hand at `gd` since Monday 2026-11-02, due on Monday 11-23.
async fn in_hand(world: &World) -> (String, Caller, Caller, Caller) {
    let (firm, centre, gd) = (
        world.caller("firm"),
        world.caller("centre"),
        world.caller("gd"),
    );
    let number = firm.places().await;
    let dispatch = json!({"department": "gd", "complexity": "ordinary"});
    centre.step(&number, "dispatch", dispatch).await;
    gd.step(&number, "take", json!({})).await;
    (number, firm, centre, gd)
}

fn pause() -> Value {
    json!({"kind": "supplement", "reason": "缺用电负荷说明", "basis": "行政许可法第三十二条"})
}

#[tokio::test]
async fn a_pause_stands_still_and_its_receipt_explains_the_deadline() {
    let world = World::at("2026-11-02T10:00");
    let (number, firm, _, gd) = in_hand(&world).await;
    world.now("2026-11-04T10:00");
    let order = gd.step(&number, "pause", pause()).await;
    assert_eq!(
        (&order["stage"], &order["light"], &order["due_at"]),
        (&json!("paused"), &json!("none"), &Value::Null)
    );
    world.now("2026-11-06T10:00");
    let order = gd.step(&number, "resume", json!({})).await;
    assert_eq!(order["due_at"], "2026-11-25T17:00:00+08:00");
    let (status, receipt) = firm.get(&format!("/orders/{number}/receipt")).await;
    assert_eq!(status, 200);
    assert_eq!(receipt["due_at"], order["due_at"]);
    assert_eq!(receipt["provisional"], false);
    assert_eq!(receipt["rule"]["limit"], 15);
    assert_eq!(receipt["pauses"][0]["until"], "2026-11-06T10:00:00+08:00");
    let days = receipt["days"].as_array().unwrap();
    let day = |date: &str| {
        let day = days.iter().find(|day| day["date"] == date).unwrap();
        (
            day["counted"].as_bool().unwrap(),
            day["why"].as_str().unwrap().to_owned(),
        )
    };
    assert_eq!(day("2026-11-02"), (false, "received".to_owned()));
    assert_eq!(day("2026-11-04"), (false, "paused".to_owned()));
    assert_eq!(day("2026-11-07"), (false, "weekend".to_owned()));
    assert_eq!(day("2026-11-25"), (true, "working".to_owned()));
    assert_eq!(days.iter().filter(|day| day["counted"] == true).count(), 15);
    let rival = world.caller("rival");
    let (status, _) = rival.get(&format!("/orders/{number}/receipt")).await;
    assert_eq!(status, 404, "not theirs to see");
    let (status, _) = firm
        .get(&format!("/orders/{number}/receipt?clock=dinner"))
        .await;
    assert_eq!(status, 422);
    let (_, take) = firm
        .get(&format!("/orders/{number}/receipt?clock=take"))
        .await;
    assert_eq!(take["ended_at"], "2026-11-02T10:00:00+08:00");
}

#[tokio::test]
async fn what_the_rules_of_time_refuse_says_which_rule() {
    let world = World::at("2026-11-02T10:00");
    let (number, firm, centre, gd) = in_hand(&world).await;
    let address = |step: &str| format!("/orders/{number}/{step}");
    world.now("2026-11-04T10:00");
    let mut early = pause();
    early["until"] = json!("2026-11-03");
    let (status, problem) = gd.post(&address("pause"), early).await;
    assert_eq!(
        (status, problem["errors"]["until"].is_array()),
        (422, true),
        "{problem}"
    );
    gd.step(&number, "pause", pause()).await;
    let (status, problem) = gd.post(&address("pause"), pause()).await;
    assert_eq!(
        (status, problem["type"].as_str()),
        (409, Some("/problems/wrong_stage")),
        "{problem}"
    );
    assert!(
        problem["detail"]
            .as_str()
            .unwrap()
            .contains("只能有一个暂停"),
        "{problem}"
    );
    gd.step(&number, "resume", json!({})).await;
    let (status, _) = centre
        .post(&address("extension"), json!({"grant": true}))
        .await;
    assert_eq!(status, 409, "nothing was asked");
    let (status, _) = firm
        .post(&address("objection"), json!({"reason": "不同意"}))
        .await;
    assert_eq!(status, 409, "there is no pause");
    let ask = |days: u32| json!({"days": days, "reason": "外线施工"});
    let (status, _) = gd.post(&address("extension"), ask(16)).await;
    assert_eq!(status, 422, "more than the limit itself");
    world.now("2026-11-24T17:01");
    let (status, problem) = gd.post(&address("extension"), ask(5)).await;
    assert_eq!(
        (status, problem["type"].as_str()),
        (409, Some("/problems/asked_too_late")),
        "{problem}"
    );
    world.now("2026-11-25T17:01");
    let (status, problem) = gd.post(&address("pause"), pause()).await;
    assert_eq!(
        (status, problem["type"].as_str()),
        (409, Some("/problems/past_deadline")),
        "{problem}"
    );
}

#[tokio::test]
async fn an_extension_is_asked_granted_and_moves_the_deadline() {
    let world = World::at("2026-11-02T10:00");
    let (number, firm, centre, gd) = in_hand(&world).await;
    let ask = json!({"days": 5, "reason": "外线施工"});
    let order = gd.step(&number, "extension", ask).await;
    assert_eq!(
        (&order["asks"], &order["turn"]),
        (&json!(["extension"]), &json!("lead"))
    );
    let (status, problem) = centre
        .post(
            &format!("/orders/{number}/extension"),
            json!({"grant": false}),
        )
        .await;
    assert_eq!(
        (status, problem["errors"]["reason"].is_array()),
        (422, true)
    );
    let order = centre
        .step(&number, "extension", json!({"grant": true}))
        .await;
    assert_eq!(order["due_at"], "2026-11-30T17:00:00+08:00");
    let (_, events) = firm.get(&format!("/orders/{number}/events")).await;
    let kinds: Vec<&str> = events["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|event| event["kind"].as_str().unwrap())
        .collect();
    assert_eq!(kinds[3..], ["extension_asked", "extension_decided"]);
}

#[tokio::test]
async fn a_return_is_ruled_on_and_another_body_has_it() {
    let world = World::at("2026-11-02T10:00");
    let (firm, centre, gd, zjj) = (
        world.caller("firm"),
        world.caller("centre"),
        world.caller("gd"),
        world.caller("zjj"),
    );
    let number = firm.places().await;
    let dispatch = json!({"department": "gd", "complexity": "ordinary"});
    centre.step(&number, "dispatch", dispatch).await;
    let back = json!({"reason": "属住建职责", "clause": "三定方案第五条", "propose": "zjj"});
    let order = gd.step(&number, "return", back).await;
    assert_eq!(
        (&order["stage"], &order["turn"]),
        (&json!("dispatched"), &json!("centre"))
    );
    let (status, _) = gd.post(&format!("/orders/{number}/take"), json!({})).await;
    assert_eq!(status, 409, "it awaits its ruling");
    let ruling = json!({"department": "zjj", "reason": "依三定方案"});
    let order = centre.step(&number, "ruling", ruling).await;
    assert_eq!(order["department"], "zjj");
    let (status, _) = gd.get(&format!("/orders/{number}")).await;
    assert_eq!(status, 404, "no longer theirs");
    let order = zjj.step(&number, "take", json!({})).await;
    assert_eq!(
        order["due_at"], "2026-11-23T17:00:00+08:00",
        "the order's clock ran on"
    );
}

#[tokio::test]
async fn the_enterprise_objects_to_a_pause_and_the_centre_ends_it() {
    let world = World::at("2026-11-02T10:00");
    let (number, firm, centre, gd) = in_hand(&world).await;
    gd.step(&number, "pause", pause()).await;
    let objection = json!({"reason": "材料早已交齐"});
    let order = firm.step(&number, "objection", objection).await;
    assert_eq!(
        (&order["asks"], &order["turn"]),
        (&json!(["objection", "supplement"]), &json!("centre"))
    );
    let order = centre
        .step(&number, "objection", json!({"uphold": true}))
        .await;
    assert_eq!(order["stage"], "in_hand");
    assert_eq!(order["due_at"], "2026-11-23T17:00:00+08:00");
}

#[tokio::test]
async fn a_step_can_be_entered_late_and_says_so() {
    let world = World::at("2026-11-02T10:00");
    let (number, firm, _, gd) = in_hand(&world).await;
    world.now("2026-11-11T10:00");
    let reply =
        |happened: &str| json!({"kind": "solved", "text": "已通电", "happened_at": happened});
    let address = format!("/orders/{number}/reply");
    for happened in [
        "2026-11-11T10:01:00+08:00",
        "2026-11-03T23:00:00+08:00",
        "soon",
    ] {
        let (status, problem) = gd.post(&address, reply(happened)).await;
        assert_eq!(
            (status, problem["errors"]["happened_at"].is_array()),
            (422, true),
            "{happened}"
        );
    }
    gd.step(&number, "reply", reply("2026-11-09T15:00:00+08:00"))
        .await;
    let (_, events) = firm.get(&format!("/orders/{number}/events")).await;
    let event = &events["items"][3];
    assert_eq!(
        (&event["at"], &event["entered_at"]),
        (
            &json!("2026-11-09T15:00:00+08:00"),
            &json!("2026-11-11T10:00:00+08:00")
        )
    );
    let page = world
        .browser("firm")
        .await
        .page(&format!("/orders/{number}"))
        .await;
    assert!(page.contains("补录"));
    let back = json!({"level": "dissatisfied", "happened_at": "2026-11-10T15:00:00+08:00"});
    let (status, _) = firm.post(&format!("/orders/{number}/rating"), back).await;
    assert_eq!(
        status, 422,
        "an enterprise cannot make the body late by dating back"
    );
}

#[tokio::test]
async fn what_is_late_gets_a_card_that_is_explained_and_lifted() {
    let world = World::at("2026-11-02T10:00");
    let (number, firm, _, gd) = in_hand(&world).await;
    let supervision = world.caller("supervision");
    world.now("2026-11-23T18:00");
    let order = gd.order(&number).await;
    assert_eq!(
        (&order["light"], &order["escalation"]),
        (&json!("red"), &json!("none"))
    );
    world.now("2026-11-24T09:00");
    let order = gd
        .until(&number, |order| order["escalation"] == "head")
        .await;
    assert_eq!(order["escalation"], "head");
    let (_, events) = gd.get(&format!("/orders/{number}/events")).await;
    let card = events["items"][3].clone();
    assert_eq!(
        (&card["kind"], &card["card"]),
        (&json!("escalated"), &json!("yellow"))
    );
    let browser = world.browser("gd").await;
    for (address, text) in [
        ("/cards", "黄牌"),
        ("/notices", "答复逾期"),
        ("/", "督办牌待说明"),
        ("/ahead", "红牌"),
    ] {
        assert!(browser.page(address).await.contains(text), "{address}");
    }
    let seen = world
        .browser("firm")
        .await
        .page(&format!("/orders/{number}"))
        .await;
    assert!(
        !seen.contains("尚未说明"),
        "cards are the administration's own"
    );
    let words = json!({"card": card["seq"], "reason": "外线施工受阻"});
    let (status, _) = firm
        .post(&format!("/orders/{number}/explanation"), words.clone())
        .await;
    assert_eq!(status, 403);
    gd.step(&number, "explanation", words.clone()).await;
    let (status, _) = gd
        .post(&format!("/orders/{number}/explanation"), words.clone())
        .await;
    assert_eq!(status, 409, "answered once");
    let (status, _) = gd
        .post(&format!("/orders/{number}/lifting"), words.clone())
        .await;
    assert_eq!(status, 403);
    supervision.step(&number, "lifting", words).await;
    assert!(
        world
            .browser("supervision")
            .await
            .page("/cards")
            .await
            .contains("没有督办牌")
    );
    assert!(browser.page("/cards?which=all").await.contains("已撤销"));
}

#[tokio::test]
async fn a_paused_order_cannot_breach_and_resumes_by_itself() {
    let world = World::at("2026-11-02T10:00");
    let (number, firm, _, gd) = in_hand(&world).await;
    gd.step(&number, "pause", pause()).await;
    // Ten working days from 11-02: it runs again on 11-16 at nine.
    world.now("2026-12-15T12:30");
    let order = gd.order(&number).await;
    assert_eq!(
        (&order["stage"], &order["light"]),
        (&json!("paused"), &json!("none"))
    );
    world.now("2026-12-15T13:00");
    let order = firm
        .until(&number, |order| order["escalation"] == "express")
        .await;
    assert_eq!(order["due_at"], "2026-12-04T17:00:00+08:00");
    let (_, events) = firm.get(&format!("/orders/{number}/events")).await;
    let resumed = &events["items"][4];
    assert_eq!(resumed["kind"], "resumed");
    assert_eq!(
        resumed["at"], "2026-11-16T09:00:00+08:00",
        "however late the program came"
    );
    // One digest, not a storm: all three levels came in the same sweep.
    let page = world.browser("gd").await.page("/notices").await;
    assert_eq!(page.matches("class=\"panel digest\"").count(), 1, "{page}");
}
