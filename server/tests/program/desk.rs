//! Orders that belong together, projects, watchers, several at once, published answers:
//! over HTTP, with what is refused.

use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::attachments::{PDF, reads, send};
use crate::world::{Caller, World, an_order, location};

const DISPATCH: &str = r#"{"department": "gd", "complexity": "ordinary"}"#;

fn dispatch() -> Value {
    serde_json::from_str(DISPATCH).expect("right")
}

async fn kinds(caller: &Caller, number: &str) -> Vec<String> {
    let (status, events) = caller.get(&format!("/orders/{number}/events")).await;
    assert_eq!(status, 200, "{events}");
    let items = events["items"].as_array().expect("events").iter();
    items
        .map(|event| event["kind"].as_str().expect("a kind").to_owned())
        .collect()
}

#[tokio::test]
async fn a_collective_order_answers_every_enterprise_and_shows_none_the_others() {
    let world = World::at("2026-11-02T10:00");
    let (firm, rival) = (world.caller("firm"), world.caller("rival"));
    let (centre, gd) = (world.caller("centre"), world.caller("gd"));
    let main = firm.places().await;
    let plan = send(&rival, "平面图.pdf", PDF).await;
    let mut wish = an_order();
    wish["attachments"] = json!([plan]);
    let (_, joined) = rival.post("/orders", wish).await;
    let joined = joined["number"].as_str().expect("a number").to_owned();
    let merge = json!({"into": main, "reason": "同一条线路"});
    let order = centre.step(&joined, "merge", merge.clone()).await;
    assert_eq!(order["stage"], "merged");
    assert_eq!(order["merged_into"], main.as_str());
    assert_eq!(order["due_at"], Value::Null, "its clock stands still");
    assert_eq!(centre.order(&main).await["absorbed"], 1);
    let (status, _) = centre.post(&format!("/orders/{joined}/merge"), merge).await;
    assert_eq!(status, 409, "once");

    centre.step(&main, "dispatch", dispatch()).await;
    assert_eq!(
        reads(&gd, plan).await,
        200,
        "the lead reads what came with it"
    );
    assert_eq!(
        reads(&firm, plan).await,
        404,
        "the other enterprise does not"
    );
    let (status, _) = firm.get(&format!("/orders/{joined}")).await;
    assert_eq!(status, 404);
    gd.step(&main, "take", json!({})).await;
    let proof = send(&gd, "通电证明.pdf", PDF).await;
    let reply = json!({"kind": "solved", "text": "线路已通电", "attachments": [proof]});
    gd.step(&main, "reply", reply).await;
    assert!(
        kinds(&rival, &joined)
            .await
            .contains(&"answered".to_owned())
    );
    assert_eq!(reads(&rival, proof).await, 200, "with what proves it");
    let seen_by_firm = kinds(&firm, &main).await;
    assert!(
        !seen_by_firm.contains(&"absorbed".to_owned()),
        "who else asked is not the enterprise's to know"
    );
    let (status, _) = rival.get(&format!("/orders/{main}")).await;
    assert_eq!(status, 404);
    let page = world.browser("rival").await.page("/notices").await;
    assert!(page.contains("线路已通电"), "and it is told");
}

#[tokio::test]
async fn a_merge_is_undone_and_refused_where_it_cannot_be() {
    let world = World::at("2026-11-02T10:00");
    let (firm, centre) = (world.caller("firm"), world.caller("centre"));
    let (main, joined, closed) = (
        firm.places().await,
        firm.places().await,
        firm.places().await,
    );
    firm.step(&closed, "withdrawal", json!({"reason": "另有办法"}))
        .await;
    let merge = |into: &str| json!({"into": into, "reason": "同一件"});
    let refused = [
        (merge(&joined), 422, "into itself"),
        (merge("XM-2026-000099"), 422, "into what there is not"),
        (merge("nonsense"), 422, "into nonsense"),
        (json!({"into": main}), 422, "without a reason"),
        (merge(&closed), 409, "into what has ended"),
    ];
    for (wish, expected, why) in refused {
        let (status, answer) = centre.post(&format!("/orders/{joined}/merge"), wish).await;
        assert_eq!(status, expected, "{why}: {answer}");
    }
    let (status, _) = firm
        .post(&format!("/orders/{joined}/merge"), merge(&main))
        .await;
    assert_eq!(status, 403, "the centre's only");
    centre.step(&joined, "merge", merge(&main)).await;
    let (status, answer) = centre
        .post(&format!("/orders/{main}/merge"), merge(&joined))
        .await;
    assert_eq!(
        (status, &answer["type"]),
        (409, &json!("/problems/has_merged"))
    );
    let old = json!({"undo": true, "reason": "不是", "version": 1});
    let (status, _) = centre.post(&format!("/orders/{joined}/merge"), old).await;
    assert_eq!(status, 409, "it has moved on since it was read");
    let undo = json!({"undo": true, "reason": "不是同一件"});
    let order = centre.step(&joined, "merge", undo).await;
    assert_eq!(order["stage"], "submitted");
    assert_eq!(centre.order(&main).await["absorbed"], 0);
}

#[tokio::test]
async fn what_asks_for_two_things_becomes_two_orders_and_links_are_the_offices_own() {
    let world = World::at("2026-11-02T10:00");
    let (firm, centre) = (world.caller("firm"), world.caller("centre"));
    let whole = firm.places().await;
    let before = firm.order(&whole).await;
    let portion = json!({"title": "路灯不亮", "content": "另一件事", "category": "utility"});
    let new = centre.step(&whole, "split", portion).await;
    assert_ne!(new["number"], whole.as_str());
    assert_eq!(new["stage"], "submitted");
    assert_eq!(new["due_at"], before["due_at"], "nobody gains a day");
    let number = new["number"].as_str().expect("a number");
    assert_eq!(firm.order(number).await["title"], "路灯不亮");
    let bad = json!({"title": "", "content": "", "category": "weather"});
    let (status, refused) = centre.post(&format!("/orders/{whole}/split"), bad).await;
    assert_eq!(status, 422);
    assert_eq!(refused["errors"].as_object().expect("errors").len(), 3);
    centre.step(&whole, "link", json!({"other": number})).await;
    assert!(kinds(&centre, number).await.contains(&"linked".to_owned()));
    assert!(!kinds(&firm, number).await.contains(&"linked".to_owned()));
    centre
        .step(number, "link", json!({"other": whole, "undo": true}))
        .await;
    let undone = json!({"other": whole, "undo": true});
    let (status, _) = centre.post(&format!("/orders/{number}/link"), undone).await;
    assert_eq!(status, 409, "there is nothing to undo");
}

#[tokio::test]
async fn an_urging_is_told_to_the_lead_and_to_whoever_watches() {
    let world = World::at("2026-11-02T10:00");
    let (firm, centre) = (world.caller("firm"), world.caller("centre"));
    let number = firm.places().await;
    let early = json!({"reason": "请抓紧"});
    let (status, _) = centre
        .post(&format!("/orders/{number}/urge"), early.clone())
        .await;
    assert_eq!(status, 409, "nobody has it yet");
    centre.step(&number, "dispatch", dispatch()).await;
    let office = world.caller("office");
    let watch = |watch: bool| json!({"watch": watch});
    let (status, _) = office
        .post(&format!("/orders/{number}/watch"), watch(true))
        .await;
    assert_eq!(status, 200);
    let version = centre.order(&number).await["version"].clone();
    centre.step(&number, "urge", early).await;
    for user in ["gd", "office"] {
        let page = world.browser(user).await.page("/notices").await;
        assert!(page.contains("请抓紧"), "{user}");
    }
    // Somebody's open form is not made old by it.
    let take = json!({"version": version});
    world.caller("gd").step(&number, "take", take).await;
    let page = world.browser("office").await.page("/notices").await;
    assert!(
        page.contains("已接单"),
        "whoever watches hears of everything"
    );
    office
        .post(&format!("/orders/{number}/watch"), watch(false))
        .await;
    let reply = json!({"kind": "solved", "text": "送电完成"});
    world.caller("gd").step(&number, "reply", reply).await;
    let page = world.browser("office").await.page("/notices").await;
    assert!(!page.contains("送电完成"), "until they watch no more");
    // An order is not a meeting.
    let (status, _) = office
        .post(&format!("/meetings/{number}/watch"), watch(true))
        .await;
    assert_eq!(status, 404);
}

#[tokio::test]
async fn a_leader_sees_the_orders_of_their_projects() {
    let world = World::at("2026-11-02T10:00");
    world.add("leader", &["--role", "leader", "--display", "分包领导"]);
    let browser = world.browser("centre").await;
    let page = browser.page("/projects/new").await;
    let id = leader_of(&page);
    let form = |number: &'static str, enterprise: &'static str| {
        vec![
            ("page", "/projects/new".to_owned()),
            ("project", number.to_owned()),
            ("project_name", "智能装备二期".to_owned()),
            ("enterprise", enterprise.to_owned()),
            ("level", "county".to_owned()),
            ("township", "laiji".to_owned()),
            ("leader", id.clone()),
        ]
    };
    let send = |form: Vec<(&'static str, String)>| {
        let browser = &browser;
        async move {
            let form: Vec<(&str, &str)> = form.iter().map(|(n, v)| (*n, v.as_str())).collect();
            browser.post("/act/add_project", &form).await
        }
    };
    let refused = send(form("2026-014", "没有的企业")).await;
    assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let page = refused.text().await.expect("a page");
    assert!(page.contains("没有已注册的企业“没有的企业”") && page.contains("智能装备二期"));
    let saved = send(form("2026-014", "柏川智能装备（虚构）")).await;
    assert_eq!(location(&saved), "/projects/2026-014?done=saved");
    let twice = send(form("2026-014", "柏川智能装备（虚构）")).await;
    assert_eq!(twice.status(), StatusCode::UNPROCESSABLE_ENTITY);

    let (firm, rival) = (world.caller("firm"), world.caller("rival"));
    let mut wish = an_order();
    wish["project"] = json!("2026-014");
    let (status, order) = firm.post("/orders", wish.clone()).await;
    assert_eq!((status, &order["project"]), (201, &json!("2026-014")));
    let (status, _) = rival.post("/orders", wish).await;
    assert_eq!(status, 422, "not their project");
    let other = firm.places().await;
    let leader = world.caller("leader");
    let (_, list) = leader.get("/orders").await;
    assert_eq!(list["items"].as_array().expect("items").len(), 1);
    assert_eq!(
        list["items"][0]["contact"]["phone"], "138******00",
        "masked"
    );
    let (status, _) = leader.get(&format!("/orders/{other}")).await;
    assert_eq!(status, 404);
    let (_, projects) = firm.get("/projects?q=智能").await;
    assert_eq!(projects["items"][0]["orders"], 1);
    let (_, projects) = rival.get("/projects").await;
    assert!(projects["items"].as_array().expect("items").is_empty());
    let (_, list) = world.caller("centre").get("/orders?project=2026-014").await;
    assert_eq!(list["items"].as_array().expect("items").len(), 1);
}

/// The number of the leader, as the form offers them.
fn leader_of(page: &str) -> String {
    let options = page.split("<option value=\"").skip(1);
    let mut options = options.filter_map(|option| option.split_once("\">"));
    let leader = options.find(|(_, label)| label.starts_with("分包领导"));
    leader.expect("the leader can be chosen").0.to_owned()
}

#[tokio::test]
async fn several_orders_are_treated_at_once_and_each_refusal_is_said() {
    let world = World::at("2026-11-02T10:00");
    let (firm, centre) = (world.caller("firm"), world.caller("centre"));
    let (first, second, third) = (
        firm.places().await,
        firm.places().await,
        firm.places().await,
    );
    centre.step(&third, "dispatch", dispatch()).await;
    let browser = world.browser("centre").await;
    let chosen = browser
        .get(&format!("/orders/chosen?n={first}&n={second}&n={third}"))
        .await;
    let address = location(&chosen).to_owned();
    assert_eq!(address, format!("/orders/many/{first}+{second}+{third}"));
    let page = browser.page(&address).await;
    assert!(page.contains(&first) && page.contains(&third));
    let orders = format!("{first}+{second}+{third}");
    let form = [
        ("page", address.as_str()),
        ("orders", orders.as_str()),
        ("department", "zjj"),
        ("complexity", "ordinary"),
    ];
    let answer = browser.post("/act/dispatch_many", &form).await;
    assert_eq!(answer.status(), StatusCode::CONFLICT);
    let page = answer.text().await.expect("a page");
    assert!(page.contains("已办 2 条，未办 1 条") && page.contains(&format!("{third}：")));
    assert_eq!(centre.order(&first).await["department"], "zjj");
    assert_eq!(centre.order(&third).await["department"], "gd");
    let none = browser.get("/orders/chosen").await;
    let page = browser.page(location(&none)).await;
    assert!(page.contains("没有选中诉求单"));
    let nonsense = browser.get("/orders/many/nonsense").await;
    assert_eq!(nonsense.status(), StatusCode::BAD_REQUEST);
    let gd = world.browser("gd").await;
    let page = gd.page(&format!("/orders/many/{orders}")).await;
    assert!(
        page.contains("另有 2 条不存在或无权查看")
            && !page.contains(&format!("href=\"/orders/{first}\"")),
        "what is not theirs is not shown"
    );
    let csv = browser
        .page(&format!("/orders/export/csv?numbers={first}+{third}"))
        .await;
    assert_eq!(csv.lines().count(), 3, "a heading and the chosen");
}

#[tokio::test]
async fn an_answer_is_published_and_found_and_offered() {
    let world = World::at("2026-11-02T10:00");
    let browser = world.browser("centre").await;
    let form = [
        ("page", "/guidance/new"),
        ("title", "10千伏专线怎么申请"),
        ("category", "utility"),
        ("department", "gd"),
        ("text", "请到窗口提交用电申请。"),
    ];
    let refused = browser.post("/act/publish_guidance", &form).await;
    assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let page = refused.text().await.expect("a page");
    assert!(
        page.contains("请到窗口提交用电申请"),
        "what was typed stays"
    );
    let cleared: Vec<_> = form.into_iter().chain([("cleared", "yes")]).collect();
    let published = browser.post("/act/publish_guidance", &cleared).await;
    assert_eq!(published.status(), StatusCode::SEE_OTHER);
    let (_, found) = world.caller("firm").get("/guidance?q=专线").await;
    assert_eq!(found["items"].as_array().expect("items").len(), 1);
    let firm = world.browser("firm").await;
    let typed = [("title", "申请10千伏专线"), ("content", "")];
    let offered = firm.script("/ask/offered", &typed).await;
    let offered: Value = offered.json().await.expect("an answer");
    assert_eq!(offered["guidance"][0]["title"], "10千伏专线怎么申请");
    let own = firm
        .script("/ask/offered", &[("title", "完全无关的事")])
        .await;
    let own: Value = own.json().await.expect("an answer");
    assert!(own["guidance"].as_array().expect("a list").is_empty());
}

#[tokio::test]
async fn a_template_fills_in_what_the_order_says() {
    let world = World::at("2026-11-02T10:00");
    let number = world.caller("firm").places().await;
    world
        .caller("centre")
        .step(&number, "dispatch", dispatch())
        .await;
    world.caller("gd").step(&number, "take", json!({})).await;
    let gd = world.browser("gd").await;
    let form = |text: &'static str| {
        [
            ("page", "/templates/new"),
            ("id", "0"),
            ("template_title", "办结"),
            ("text", text),
        ]
    };
    let refused = gd.post("/act/save_template", &form("{电话}")).await;
    assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text().await.expect("a page").contains("{电话}"));
    let saved = gd
        .post(
            "/act/save_template",
            &form("{企业}：{事项}（{单号}）已办结。"),
        )
        .await;
    assert_eq!(location(&saved), "/templates?done=saved");
    let page = gd.page(&format!("/orders/{number}?template=1")).await;
    let filled = format!("柏川智能装备（虚构）：10千伏专线接入进度慢（{number}）已办结。");
    assert!(page.contains(&filled));
    let zjj = world.browser("zjj").await;
    let foreign = zjj.get("/templates/1").await;
    assert_eq!(foreign.status(), StatusCode::NOT_FOUND, "another body's");
}

#[tokio::test]
async fn what_several_enterprises_ask_is_put_before_the_centre() {
    let world = World::at("2026-11-02T10:00");
    world.add(
        "third",
        &[
            "--role",
            "enterprise",
            "--enterprise",
            "溪岚新材（虚构）",
            "--township",
            "laiji",
        ],
    );
    for (user, title) in [
        ("firm", "园区道路坑洼影响运输"),
        ("rival", "园区道路坑洼严重，影响运输"),
        ("third", "园区道路坑洼，运输受影响"),
    ] {
        let mut wish = an_order();
        wish["title"] = json!(title);
        let (status, order) = world.caller(user).post("/orders", wish).await;
        assert_eq!(status, 201, "{order}");
    }
    let centre = world.browser("centre").await;
    let patience = std::time::Instant::now() + std::time::Duration::from_secs(20);
    let page = loop {
        let page = centre.page("/common").await;
        if page.contains("3 家企业") || std::time::Instant::now() > patience {
            break page;
        }
    };
    assert!(page.contains("园区道路坑洼影响运输") && page.contains("3 家企业，3 条诉求"));
    assert!(centre.page("/").await.contains("共性问题"));
    let triage = centre.page("/orders/XM-2026-000003").await;
    assert!(triage.contains("可能重复的诉求") && triage.contains("merge=XM-2026-000001"));
    let aside = [("page", "/common"), ("number", "XM-2026-000001")];
    let answer = centre.post("/act/put_aside", &aside).await;
    assert_eq!(answer.status(), StatusCode::SEE_OTHER);
    let page = centre.page("/common").await;
    assert!(!page.contains("3 家企业，3 条诉求") && page.contains("已搁置"));
    let answer = centre.post("/act/list_again", &aside).await;
    assert_eq!(answer.status(), StatusCode::SEE_OTHER);
    assert!(centre.page("/common").await.contains("3 家企业，3 条诉求"));
}
