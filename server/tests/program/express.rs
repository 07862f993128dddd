//! The mayor's express by plain forms: from the order that was carried up to the minutes
//! and the order struck off, with every refusal on the way; and what is taken away.

use std::io::Read;

use reqwest::{Method, Response, StatusCode};
use serde_json::json;

use crate::world::{Browser, World, location};

const MEETING: &str = "HY-2026-0001";
const PAGE: &str = "/meetings/HY-2026-0001";
const PAPER: &str = "/meetings/HY-2026-0001/minutes";

/// The version that a page's forms were made of.
fn version(page: &str) -> String {
    let (_, rest) = page
        .split_once("name=\"version\" value=\"")
        .expect("a version");
    rest.split('"').next().expect("its end").to_owned()
}

async fn sends(who: &Browser, act: &str, form: &[(&str, &str)]) -> Response {
    who.post(&format!("/act/{act}"), form).await
}

async fn done(who: &Browser, act: &str, form: &[(&str, &str)]) {
    let answer = sends(who, act, form).await;
    let status = answer.status();
    if status != StatusCode::SEE_OTHER {
        panic!("{act}: {status} {}", answer.text().await.expect("a page"));
    }
}

/// Refused as a page that says why.
async fn refused(who: &Browser, act: &str, form: &[(&str, &str)], why: &str) -> String {
    let answer = sends(who, act, form).await;
    let status = answer.status();
    let page = answer.text().await.expect("a page");
    assert!(status.is_client_error(), "{act}: {status}");
    assert!(page.contains(why), "{act} does not say {why:?}: {page}");
    page
}

async fn at_order(who: &Browser, act: &str, number: &str, more: &[(&str, &str)]) {
    let address = format!("/orders/{number}");
    let page = who.page(&address).await;
    let version = version(&page);
    let mut form = vec![
        ("page", address.as_str()),
        ("number", number),
        ("version", version.as_str()),
    ];
    form.extend_from_slice(more);
    done(who, act, &form).await;
}

async fn at_meeting(who: &Browser, act: &str, more: &[(&str, &str)]) {
    let page = who.page(PAGE).await;
    let version = version(&page);
    let mut form = vec![
        ("page", PAGE),
        ("number", MEETING),
        ("version", version.as_str()),
    ];
    form.extend_from_slice(more);
    done(who, act, &form).await;
}

/// The account of whoever can have the chair, by how they are called.
fn chair(page: &str, name: &str) -> String {
    let (before, _) = page
        .split_once(&format!(">{name}<"))
        .expect("somebody of that name");
    let (_, value) = before.rsplit_once("value=\"").expect("a value");
    value.split('"').next().expect("its end").to_owned()
}

fn plan<'a>(chair: &'a str, starts_at: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("page", "/meetings/new"),
        ("kind", "joint"),
        ("title", "政企联席会议"),
        ("starts_at", starts_at),
        ("minutes", "90"),
        ("place", "二楼会议室"),
        ("chair", chair),
        ("bodies[]", "gd"),
        ("bodies[]", "zjj"),
        ("enterprises", "柏川智能装备（虚构）"),
    ]
}

/// An order in hand, taken up as a matter.
async fn matter(world: &World) -> String {
    let number = world.caller("firm").places().await;
    let dispatch = json!({"department": "gd", "complexity": "ordinary"});
    world
        .caller("centre")
        .step(&number, "dispatch", dispatch)
        .await;
    world.caller("gd").step(&number, "take", json!({})).await;
    let reason = json!({"reason": "专线路由穿越绿地，两部门意见不一。"});
    world
        .caller("deputy")
        .step(&number, "escalation", reason)
        .await;
    let office = world.browser("office").await;
    let page = office.page("/express").await;
    assert!(page.contains("专线路由穿越绿地") && page.contains("分管副市长提请"));
    at_order(
        &office,
        "order/accept_matter",
        &number,
        &[("difficulty", "专线路由穿越绿地，两部门意见不一。")],
    )
    .await;
    number
}

async fn called(world: &World) -> Browser {
    let office = world.browser("office").await;
    let page = office.page("/meetings/new").await;
    let chair = chair(&page, "市长");
    let off = plan(&chair, "2026-11-08T14:30");
    let page = refused(&office, "meeting/call", &off, "这一天是休息日").await;
    assert!(page.contains("政企联席会议"), "what was typed is kept");
    assert!(
        page.contains("value=\"zjj\" checked"),
        "and what was ticked: {page}"
    );
    let past = plan(&chair, "2026-11-02T09:00");
    refused(&office, "meeting/call", &past, "会议已经开过的，请勾选").await;
    let mut knowingly = plan(&chair, "2026-11-08T14:30");
    knowingly.push(("day_off", "yes"));
    done(&office, "meeting/call", &knowingly).await;
    let change = plan(&chair, "2026-11-04T14:30");
    let page = office.page(PAGE).await;
    let mut change: Vec<_> = change
        .into_iter()
        .filter(|(name, _)| *name != "page")
        .collect();
    let edit = format!("{PAGE}/edit");
    let version = version(&page);
    change.extend([
        ("page", edit.as_str()),
        ("number", MEETING),
        ("version", version.as_str()),
    ]);
    done(&office, "meeting/change", &change).await;
    office
}

#[tokio::test]
async fn a_matter_is_decided_recorded_carried_out_and_then_the_order_is_struck_off() {
    let world = World::at("2026-11-02T10:00");
    let number = matter(&world).await;
    let office = called(&world).await;
    let (gd, zjj, firm, rival, mayor) = (
        world.browser("gd").await,
        world.browser("zjj").await,
        world.browser("firm").await,
        world.browser("rival").await,
        world.browser("mayor").await,
    );
    at_meeting(
        &office,
        "meeting/put_on",
        &[("other", &number), ("minutes", "20")],
    )
    .await;
    refused(
        &office,
        "meeting/put_on",
        &[
            ("page", PAGE),
            ("number", MEETING),
            ("version", "3"),
            ("other", &number),
            ("minutes", "20"),
        ],
        "该议题已在议程中",
    )
    .await;
    // Before the invitation it is the office's own.
    for who in [&gd, &firm] {
        assert_eq!(who.get(PAGE).await.status(), StatusCode::NOT_FOUND);
    }
    at_meeting(&office, "meeting/invite", &[]).await;
    let page = gd.page(PAGE).await;
    assert!(
        page.contains("专线路由穿越绿地"),
        "who is invited hears what it is about"
    );
    assert!(gd.page("/").await.contains("政企联席会议"));
    assert!(gd.page("/notices").await.contains("邀请参加"));
    assert_eq!(rival.get(PAGE).await.status(), StatusCode::NOT_FOUND);
    refused(
        &gd,
        "meeting/answer",
        &[
            ("page", PAGE),
            ("number", MEETING),
            ("answer", "substitute"),
        ],
        "请填写参会人姓名",
    )
    .await;
    done(
        &gd,
        "meeting/answer",
        &[
            ("page", PAGE),
            ("number", MEETING),
            ("answer", "comes"),
            ("attendee", "李四"),
        ],
    )
    .await;

    // In the room.
    let early = office.page(PAGE).await;
    let early = version(&early);
    let open = |version: String| {
        let office = &office;
        async move {
            let form = [
                ("page", PAGE),
                ("number", MEETING),
                ("version", version.as_str()),
            ];
            sends(office, "meeting/open", &form).await.status()
        }
    };
    assert_eq!(
        open(early).await,
        StatusCode::CONFLICT,
        "not before its day"
    );
    world.now("2026-11-04T14:30");
    at_meeting(&office, "meeting/open", &[]).await;
    let decide = |owner: &'static str, deadline: &'static str| {
        vec![
            ("page", PAGE),
            ("number", MEETING),
            ("seen", "0"),
            ("text", "出具专线路由批复。"),
            ("owner", owner),
            ("co_owners[]", "gd"),
            ("deadline", deadline),
            ("proof", "批复文件"),
            ("basis", "绿线管理办法第十条"),
        ]
    };
    for (owner, deadline, why) in [
        ("", "5", "请选择牵头单位"),
        ("zjj", "2026-11-03", "完成时限须在现在之后"),
        ("zjj", "", "请填写完成时限"),
    ] {
        let mut form = decide(owner, deadline);
        form.push(("other", &number));
        let page = refused(&office, "meeting/decide", &form, why).await;
        assert!(
            page.contains("出具专线路由批复。"),
            "what was typed is kept"
        );
    }
    let mut form = decide("zjj", "5");
    form.push(("other", &number));
    done(&office, "meeting/decide", &form).await;
    let page = office.page(PAGE).await;
    assert!(page.contains("已议定，请宣读"));
    at_meeting(
        &office,
        "meeting/attend",
        &[("guest", "body:gd"), ("present", "yes")],
    )
    .await;
    let ledger = office.get("/orders/export/csv").await;
    let ledger = ledger.text().await.expect("a ledger");
    assert!(ledger.contains("（直通车已议定）"), "{ledger}");
    let page = zjj.page("/tasks").await;
    assert!(page.contains("出具专线路由批复。") && page.contains("还剩 5 个工作日"));
    at_meeting(&office, "meeting/end", &[("knowingly", "yes")]).await;

    // The minutes, drafted from what was recorded; two clerks at once.
    let page = office.page(PAPER).await;
    assert!(page.contains("一、关于“10千伏专线接入进度慢”"), "{page}");
    assert!(
        page.contains("由住建局牵头，供电公司配合，于2026年11月11日前完成"),
        "{page}"
    );
    assert_eq!(
        gd.get(PAPER).await.status(),
        StatusCode::NOT_FOUND,
        "not written yet"
    );
    let write = |text: &'static str, revision: &'static str| {
        [
            ("page", PAPER),
            ("number", MEETING),
            ("revision", revision),
            ("text", text),
        ]
    };
    done(
        &office,
        "meeting/write_minutes",
        &write("一、甲的文本", "0"),
    )
    .await;
    let page = refused(
        &office,
        "meeting/write_minutes",
        &write("一、乙的文本", "0"),
        "您的文本仍在下面，没有丢失",
    )
    .await;
    assert!(page.contains("一、乙的文本") && page.contains("一、甲的文本"));
    assert!(
        page.contains("name=\"revision\" value=\"1\""),
        "and can be saved now"
    );
    done(
        &office,
        "meeting/write_minutes",
        &write("一、甲乙的文本", "1"),
    )
    .await;
    let approve = [("page", PAPER), ("number", MEETING), ("revision", "2")];
    refused(
        &office,
        "meeting/approve_minutes",
        &approve,
        "只有会议主持人能签发纪要",
    )
    .await;
    done(&mayor, "meeting/approve_minutes", &approve).await;
    refused(
        &office,
        "meeting/write_minutes",
        &write("一、改", "2"),
        "纪要已签发定稿，不能修改",
    )
    .await;
    let page = gd.page(PAPER).await;
    assert!(page.contains("〔2026〕1号") && page.contains("一、甲乙的文本"));
    done(
        &office,
        "meeting/amend_minutes",
        &[
            ("page", PAPER),
            ("number", MEETING),
            ("reason", "单位名称有误"),
        ],
    )
    .await;
    done(
        &office,
        "meeting/write_minutes",
        &write("一、丙的文本", "2"),
    )
    .await;
    assert!(
        !gd.page(PAPER).await.contains("丙的文本"),
        "what is not approved is not read"
    );
    let approve = [("page", PAPER), ("number", MEETING), ("revision", "3")];
    done(&mayor, "meeting/approve_minutes", &approve).await;
    let page = gd.page(PAPER).await;
    assert!(page.contains("第 1 次修订"), "{page}");
    assert!(page.contains("<del>一、甲乙的文本"), "{page}");

    // The order.
    let reply = json!({"kind": "solved", "text": "已通电"});
    world.caller("gd").step(&number, "reply", reply).await;
    let rating = json!({"level": "satisfied"});
    let rated = world.caller("firm").step(&number, "rating", rating).await;
    assert_eq!(rated["stage"], "replied");
    assert_eq!(rated["turn"], "office");
    let (status, problem) = world
        .caller("centre")
        .post(&format!("/orders/{number}/closure"), json!({}))
        .await;
    assert_eq!(status, 409, "{problem}");
    assert!(problem["detail"].to_string().contains("出具专线路由批复"));
    let page = zjj.page(&format!("/orders/{number}")).await;
    let (_, task) = page.split_once("name=\"task\"").expect("a choice");
    let (_, task) = task.split_once("value=\"").expect("nothing");
    let (_, task) = task.split_once("value=\"").expect("the task");
    let task = task.split('"').next().expect("its end").to_owned();
    at_order(
        &zjj,
        "order/report_task",
        &number,
        &[("task", &task), ("text", "批复已印发")],
    )
    .await;
    assert!(
        office
            .page("/tasks?which=reported")
            .await
            .contains("批复已印发")
    );
    at_order(
        &office,
        "order/confirm_task",
        &number,
        &[("task", &task), ("grant", "yes")],
    )
    .await;
    let order = world.caller("firm").order(&number).await;
    assert_eq!(order["stage"], "closed");
    assert_eq!(order["express"], "settled");
}

#[tokio::test]
async fn an_enterprise_that_is_invited_places_an_order_at_the_meeting() {
    let world = World::at("2026-11-02T10:00");
    let office = called(&world).await;
    let form = |meeting: &'static str| {
        vec![
            ("page", "/orders/new"),
            ("title", "园区供水压力不足"),
            ("content", "高峰时段停机。"),
            ("category", "utility"),
            ("urgency", "normal"),
            ("township", "laiji"),
            ("contact_name", "王敏"),
            ("contact_phone", "13800000000"),
            ("meeting", meeting),
        ]
    };
    let firm = world.browser("firm").await;
    refused(&firm, "place", &form(MEETING), "会议编号不在可选范围内").await;
    at_meeting(&office, "meeting/invite", &[]).await;
    let rival = world.browser("rival").await;
    refused(&rival, "place", &form(MEETING), "会议编号不在可选范围内").await;
    let page = firm.page(&format!("/orders/new?meeting={MEETING}")).await;
    assert!(page.contains("在会上点单") && page.contains("政企联席会议"));
    let placed = sends(&firm, "place", &form(MEETING)).await;
    assert_eq!(placed.status(), StatusCode::SEE_OTHER);
    let number = location(&placed).trim_start_matches("/orders/").to_owned();
    let number = number.split('?').next().expect("a number");
    let page = office.page(PAGE).await;
    assert!(page.contains("企业在会上点单") && page.contains(number));
    let order = world.caller("centre").order(number).await;
    assert_eq!(order["meeting"], MEETING);
    let page = office.page(&format!("/orders/{number}")).await;
    let link = format!("href=\"{PAGE}\"");
    assert!(page.contains("点单会议") && page.contains(&link));
    let gd = world.browser("gd").await;
    assert!(
        !gd.page(PAGE).await.contains(number),
        "whoever may not see the order does not see it here"
    );
}

#[tokio::test]
async fn calendars_and_the_document_are_for_those_who_may_see_the_meeting() {
    let world = World::at("2026-11-02T10:00");
    let office = called(&world).await;
    at_meeting(&office, "meeting/invite", &[]).await;
    let (gd, rival) = (world.browser("gd").await, world.browser("rival").await);
    let event = format!("{PAGE}/calendar.ics");
    assert_eq!(rival.get(&event).await.status(), StatusCode::NOT_FOUND);
    let answer = gd.get(&event).await;
    assert_eq!(
        answer.headers()["content-type"],
        "text/calendar; charset=utf-8"
    );
    let event = answer.text().await.expect("a calendar");
    assert!(event.contains("DTSTART:20261104T063000Z"), "{event}");

    // A secret address, which needs no session and shows what its owner may see.
    let made = sends(&gd, "make_feed", &[("page", "/meetings")]).await;
    let place = location(&made).to_owned();
    assert_eq!(place, "/meetings?feed=made", "no address holds it");
    let page = gd.page(&place).await;
    let (_, begun) = page.split_once("/calendars/").expect("shown");
    let (secret, _) = begun.split_once(".ics").expect("a secret");
    let others = rival.page("/meetings").await;
    assert!(!others.contains("/calendars/"), "{others}");
    let stranger = world.stranger();
    let feed = format!("/calendars/{secret}.ics");
    let text = stranger.page(&feed).await;
    assert!(text.contains("SUMMARY:政企联席会议"), "{text}");
    let wrong = stranger.get("/calendars/guess.ics").await;
    assert_eq!(wrong.status(), StatusCode::NOT_FOUND);
    done(&gd, "make_feed", &[("page", "/meetings")]).await;
    assert_eq!(stranger.get(&feed).await.status(), StatusCode::NOT_FOUND);

    // The document says what the page says.
    world.now("2026-11-04T14:30");
    at_meeting(&office, "meeting/open", &[]).await;
    at_meeting(&office, "meeting/end", &[("knowingly", "yes")]).await;
    let document = format!("{PAPER}.docx");
    assert_eq!(gd.get(&document).await.status(), StatusCode::NOT_FOUND);
    let form = [
        ("page", PAPER),
        ("number", MEETING),
        ("revision", "0"),
        ("text", "一、甲 < 乙 & 丙"),
    ];
    done(&office, "meeting/write_minutes", &form).await;
    let bytes = office.get(&document).await.bytes().await.expect("a file");
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("a docx");
    let mut text = String::new();
    let mut part = archive.by_name("word/document.xml").expect("the text");
    part.read_to_string(&mut text).expect("text");
    assert!(text.contains("一、甲 &lt; 乙 &amp; 丙"), "{text}");
    assert!(text.contains("政企联席会议"));
}

#[tokio::test]
async fn a_program_takes_a_meeting_from_its_calling_to_its_signed_minutes() {
    let world = World::at("2026-11-02T10:00");
    let number = matter(&world).await;
    let office = world.caller("office");
    let (gd, firm, mayor) = (
        world.caller("gd"),
        world.caller("firm"),
        world.caller("mayor"),
    );
    let page = world.browser("office").await.page("/meetings/new").await;
    let chair: u64 = chair(&page, "市长").parse().expect("a number");
    let plan = json!({
        "kind": "joint", "title": "政企联席会议", "starts_at": "2026-11-04T14:30",
        "minutes": 90, "place": "二楼会议室", "chair": chair, "bodies": ["gd", "zjj"],
        "enterprises": ["柏川智能装备（虚构）"]
    });
    let (status, _) = gd.post("/meetings", plan.clone()).await;
    assert_eq!(status, 403);
    // I3: a firm is offered as somebody types, and where one character of it is wrong.
    let mut mistyped = plan.clone();
    mistyped["enterprises"] = json!(["柏川智能装倍(虚构)"]);
    let (status, problem) = office.post("/meetings", mistyped).await;
    let said = problem.to_string();
    assert!(
        status == 422 && said.contains("柏川智能装备（虚构）"),
        "{said}"
    );
    let typing = world.browser("office").await;
    let offered = typing.script("/ask/firms", &[("typed", "智能")]).await;
    assert!(
        offered
            .text()
            .await
            .unwrap()
            .contains("柏川智能装备（虚构）")
    );
    let (status, meeting) = office.post("/meetings", plan).await;
    assert_eq!((status, &meeting["state"]), (201, &json!("planned")));
    let at = |step: &str| format!("/meetings/{MEETING}/{step}");
    let on = json!({"other": number, "minutes": 20});
    let (status, _) = office.post(&at("put_on"), on).await;
    assert_eq!(status, 200);
    // Before the invitation it is the office's own.
    let (status, _) = gd.post(&at("answer"), json!({"answer": "comes"})).await;
    assert_eq!(status, 404);
    let (status, problem) = office.post(&at("invite"), json!({"when": "now"})).await;
    assert_eq!(status, 422);
    assert!(problem["detail"].as_str().expect("why").contains("when"));
    let stale = [("If-Match", "\"1\"")];
    let answer = office
        .raw(Method::POST, &at("invite"), Some(json!({})), &stale)
        .await;
    assert_eq!(answer.status(), StatusCode::PRECONDITION_FAILED);
    let (status, meeting) = office.post(&at("invite"), json!({})).await;
    assert_eq!((status, &meeting["state"]), (200, &json!("invited")));
    let comes = json!({"answer": "comes", "attendee": "张工"});
    assert_eq!(gd.post(&at("answer"), comes).await.0, 200);
    let (_, seen) = firm.get(&format!("/meetings/{MEETING}")).await;
    assert_eq!(seen["revision"], json!(null));
    let guests = seen["guests"].as_array().expect("guests");
    assert!(
        guests.iter().all(|guest| guest["answer"].is_null()),
        "an enterprise does not learn what bodies answered"
    );
    world.now("2026-11-04T14:30");
    assert_eq!(office.post(&at("open"), json!({})).await.0, 200);
    // Put off by the page's form, and decided all the same.
    let browser = world.browser("office").await;
    let defer = [
        ("page", PAGE),
        ("number", MEETING),
        ("other", number.as_str()),
        ("reason", "材料不齐"),
    ];
    done(&browser, "meeting/defer", &defer).await;
    let (_, put_off) = office.get(&format!("/meetings/{MEETING}")).await;
    assert_eq!(put_off["agenda"][0]["outcome"], "deferred");
    let said = browser.page("/express").await;
    assert!(said.contains("class=\"tag\">缓议"), "{said}");
    // O5: on two agendas.
    let plan = json!({
        "kind": "coordination", "title": "另一会", "starts_at": "2026-11-05T14:30",
        "minutes": 60, "place": "室", "chair": chair, "bodies": ["gd"]
    });
    let (status, other) = office.post("/meetings", plan).await;
    assert_eq!(status, 201, "{other}");
    let other = other["number"].as_str().expect("a number").to_owned();
    let on = json!({"other": number, "minutes": 20});
    let put_on = format!("/meetings/{other}/put_on");
    assert_eq!(office.post(&put_on, on).await.0, 200);
    let decision = json!({
        "other": number, "seen": 0, "text": "出具专线路由批复。", "owner": "zjj",
        "co_owners": ["gd"], "deadline": 5, "proof": "批复文件"
    });
    let (status, meeting) = office.post(&at("decide"), decision).await;
    assert_eq!(
        (status, &meeting["agenda"][0]["outcome"]),
        (200, &json!("decided"))
    );
    let decided = browser.page("/express").await;
    for said in ["已议定", "已由其他会议议定"] {
        let tag = format!("class=\"tag\">{said}");
        assert!(decided.contains(&tag), "{said}: {decided}");
    }
    let deputy = world.browser("deputy").await.page("/deputy").await;
    assert!(deputy.contains("已由其他会议议定"), "{deputy}");
    // O7: what the meeting holds without giving anybody a task, and what was said.
    let held = json!({"other": number, "seen": 0, "verdict": "agreed", "opinion": "可先行设计"});
    let unread = office.post(&at("conclude"), held).await;
    assert_eq!(unread.0, 409, "a decision that it has not read");
    let held = json!({"other": number, "seen": 1, "verdict": "maybe", "opinion": ""});
    let (status, wrong) = office.post(&at("conclude"), held).await;
    assert_eq!(status, 422);
    let named = |field: &str| wrong["errors"][field].is_array();
    assert!(named("verdict") && named("opinion"), "{wrong}");
    let held = json!({"other": number, "seen": 1, "verdict": "agreed", "opinion": "可先行设计"});
    let (status, meeting) = office.post(&at("conclude"), held).await;
    assert_eq!(status, 200, "{meeting}");
    let decisions = meeting["agenda"][0]["decisions"].as_array();
    assert_eq!(decisions.map(Vec::len), Some(2));
    let note = json!({"note": "供电公司带来两个方案", "other": number});
    assert_eq!(office.post(&at("note"), note).await.0, 200);
    let late = json!({"note": "补记", "happened_at": "2026-11-03T09:00"});
    let (status, early) = office.post(&at("note"), late).await;
    assert_eq!(status, 422, "before it was opened: {early}");
    let (_, told) = gd.get(&format!("/meetings/{MEETING}/events")).await;
    let told = told["items"].as_array().expect("items");
    let kinds: Vec<_> = told.iter().filter_map(|one| one["kind"].as_str()).collect();
    assert_eq!(kinds.first(), Some(&"invited"), "{kinds:?}");
    assert!(
        kinds.contains(&"noted") && !kinds.contains(&"attended"),
        "{kinds:?}"
    );
    let page = browser.page(PAGE).await;
    for said in ["原则同意：可先行设计", "供电公司带来两个方案"] {
        assert!(page.contains(said), "{said}");
    }
    let present = json!({"guest": "body:gd", "present": true});
    assert_eq!(office.post(&at("attend"), present).await.0, 200);
    let (status, _) = office.post(&at("end"), json!({})).await;
    assert_eq!(status, 422, "not everybody is recorded");
    let end = json!({"knowingly": true});
    assert_eq!(office.post(&at("end"), end).await.0, 200);
    let text = json!({"revision": 0, "text": "一、关于专线路由。"});
    let (status, meeting) = office.post(&at("write_minutes"), text).await;
    assert_eq!((status, &meeting["revision"]), (200, &json!(1)));
    let sign = json!({"revision": 1});
    assert_eq!(
        office.post(&at("approve_minutes"), sign.clone()).await.0,
        403
    );
    assert_eq!(mayor.post(&at("approve_minutes"), sign).await.0, 200);
    let frozen = json!({"revision": 1, "text": "改"});
    assert_eq!(office.post(&at("write_minutes"), frozen).await.0, 409);
    let amend = json!({"reason": "漏记一人"});
    assert_eq!(office.post(&at("amend_minutes"), amend).await.0, 200);
    // O1: what was mended is said of whom by their names.
    let present = json!({"guest": "body:zjj", "present": true});
    assert_eq!(office.post(&at("attend"), present).await.0, 200);
    let (_, amended) = office.get(&format!("/meetings/{MEETING}")).await;
    let unsigned = browser.page(&format!("{PAGE}/minutes")).await;
    assert!(unsigned.contains("尚未签发"), "{unsigned}");
    let (_, read) = gd.get(&format!("/meetings/{MEETING}")).await;
    let zjj = |meeting: &serde_json::Value| {
        let guests = meeting["guests"].as_array().expect("guests").iter();
        let zjj = guests.into_iter().find(|one| one["guest"] == "body:zjj");
        zjj.expect("invited")["present"].clone()
    };
    assert_eq!(zjj(&amended), json!(true));
    assert_eq!(zjj(&read), json!(null), "readers know what was signed");
    let read = world.browser("gd").await;
    let read = read.page(&format!("{PAGE}/minutes")).await;
    assert!(!read.contains("尚未签发"), "{read}");
    let text = json!({"revision": amended["revision"], "text": "一、关于专线路由。住建局列席。"});
    let (_, written) = office.post(&at("write_minutes"), text).await;
    let sign = json!({"revision": written["revision"]});
    let (status, signed) = mayor.post(&at("approve_minutes"), sign).await;
    assert_eq!(status, 200, "{signed}");
    let minutes = browser.page(&format!("{PAGE}/minutes")).await;
    assert!(minutes.contains("住建局 到会"), "{minutes}");
    assert!(!minutes.contains("body:zjj"), "{minutes}");
}
