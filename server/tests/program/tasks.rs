//! Tasks that are cases by themselves, by programs and by plain forms; what is late; what a
//! meeting gives.

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::world::{World, location};

const TASK: &str = "DB-2026-0001";
const ADDRESS: &str = "/tasks/DB-2026-0001";

fn a_task() -> Value {
    json!({
        "title": "欠薪线索核查", "text": "逐一核查，形成核查报告。", "owner": "gd",
        "co_owners": ["zjj"], "deadline": 3, "proof": "核查报告"
    })
}

#[tokio::test]
async fn a_program_gives_a_task_and_follows_it_to_its_end() {
    let world = World::at("2026-11-02T10:00");
    let (supervision, gd) = (world.caller("supervision"), world.caller("gd"));
    let (zjj, mayor) = (world.caller("zjj"), world.caller("mayor"));
    for (sent, status) in [
        (json!({}), 422),
        (json!({"title": "x", "nonsense": 1}), 422),
        (json!({"title": "x", "version": 1}), 422),
        (json!({"title": "x", "attachments": ["y"]}), 422),
    ] {
        assert_eq!(
            supervision.post("/tasks", sent.clone()).await.0,
            status,
            "{sent}"
        );
    }
    assert_eq!(gd.post("/tasks", a_task()).await.0, 403);
    let (status, task) = supervision.post("/tasks", a_task()).await;
    assert_eq!((status, &task["number"]), (201, &json!(TASK)), "{task}");
    assert_eq!(task["source"], "supervision");
    assert_eq!(task["due_at"], "2026-11-05T17:00:00+08:00");
    // Sent twice, it is the one that was given a moment ago.
    let (status, again) = supervision.post("/tasks", a_task()).await;
    assert_eq!((status, &again["number"]), (201, &json!(TASK)), "{again}");
    let (_, listed) = gd.get("/tasks").await;
    assert_eq!(listed["total"], 1);
    assert_eq!(
        (&listed["items"][0]["number"], &listed["items"][0]["order"]),
        (&json!(TASK), &Value::Null)
    );
    for (caller, status) in [(&zjj, 200), (&mayor, 200), (&world.caller("firm"), 403)] {
        assert_eq!(caller.get(ADDRESS).await.0, status);
    }
    world.add("rq", &["--role", "handler", "--body", "rq"]);
    assert_eq!(world.caller("rq").get(ADDRESS).await.0, 404, "another's");

    // Whoever helps does not report; a condition that does not hold is 412.
    let report = json!({"text": "已核查。"});
    let path = |step: &str| format!("{ADDRESS}/{step}");
    assert_eq!(zjj.post(&path("report"), report.clone()).await.0, 403);
    assert_eq!(
        zjj.post(&path("note"), json!({"note": "已配合。"})).await.0,
        200
    );
    let stale = gd
        .raw(
            Method::POST,
            &path("report"),
            Some(report.clone()),
            &[("If-Match", "\"9\"")],
        )
        .await;
    assert_eq!(stale.status(), StatusCode::PRECONDITION_FAILED);
    let (status, task) = gd.post(&path("report"), report.clone()).await;
    assert_eq!(
        (status, &task["state"]),
        (200, &json!("reported")),
        "{task}"
    );
    assert_eq!(gd.post(&path("report"), report).await.0, 409);
    assert_eq!(
        world
            .caller("office")
            .post(&path("confirm"), json!({"grant": true}))
            .await
            .0,
        403
    );
    let (status, why) = supervision
        .post(&path("confirm"), json!({"grant": false}))
        .await;
    assert_eq!(
        (status, &why["errors"]["reason"]),
        (422, &json!(["请填写原因。"])),
        "{why}"
    );
    let (status, task) = supervision
        .post(&path("confirm"), json!({"grant": true}))
        .await;
    assert_eq!((status, &task["state"]), (200, &json!("done")));
    let page = world
        .browser("auditor")
        .await
        .page("/audit?q=DB-2026")
        .await;
    assert!(
        page.contains("确认办结") && !page.contains(">confirm<"),
        "{page}"
    );
    let (_, events) = supervision.get(&path("events")).await;
    let kinds = events["items"].as_array().expect("events");
    let kinds: Vec<&str> = kinds
        .iter()
        .filter_map(|one| one["kind"].as_str())
        .collect();
    assert_eq!(kinds, ["given", "noted", "reported", "confirmed"]);
}

#[tokio::test]
async fn a_task_is_given_and_answered_by_plain_forms() {
    let world = World::at("2026-11-02T10:00");
    let office = world.browser("office").await;
    let gd = world.browser("gd").await;
    let form = [
        ("page", "/tasks"),
        ("title", "惠企政策兑现情况"),
        ("text", "汇总兑现进度。"),
        ("deadline", "2026-11-09"),
        ("proof", "汇总表"),
    ];
    let answer = office.post("/act/task/give", &form).await;
    assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let page = answer.text().await.expect("a page");
    assert!(
        page.contains("惠企政策兑现情况") && page.contains("牵头单位"),
        "{page}"
    );
    let mut form = form.to_vec();
    form.push(("owner", "gd"));
    let given = office.post("/act/task/give", &form).await;
    assert_eq!(location(&given), ADDRESS);
    let page = gd.page(ADDRESS).await;
    assert!(
        page.contains("轮到您") && page.contains("11月9日"),
        "{page}"
    );
    assert!(gd.page("/").await.contains("惠企政策兑现情况"));
    let stale = [
        ("page", ADDRESS),
        ("number", TASK),
        ("version", "9"),
        ("reason", "不办了"),
    ];
    let moved = office.post("/act/task/withdraw", &stale).await;
    assert_eq!(moved.status(), StatusCode::CONFLICT);
    let page = moved.text().await.expect("a page");
    assert!(
        page.contains("不办了") && page.contains("查看最新经过"),
        "{page}"
    );
    let report = [
        ("page", ADDRESS),
        ("number", TASK),
        ("version", "1"),
        ("text", "已汇总。"),
    ];
    let done = gd.post("/act/task/report", &report).await;
    assert_eq!(location(&done), ADDRESS);
    let again = gd.post("/act/task/report", &report).await;
    assert_eq!(again.status(), StatusCode::CONFLICT);
    assert!(
        again.text().await.expect("a page").contains("已汇总。"),
        "nothing typed is lost"
    );
    assert!(office.page("/").await.contains("办结报告待确认"));
    assert!(
        office
            .page(&format!("{ADDRESS}/receipt"))
            .await
            .contains("时限计算单")
    );
    assert_eq!(
        gd.get("/tasks/DB-2026-0009").await.status(),
        StatusCode::NOT_FOUND
    );
    let firm = world.browser("firm").await;
    assert_eq!(firm.get(ADDRESS).await.status(), StatusCode::FORBIDDEN);
    assert_eq!(
        firm.get(&format!("{ADDRESS}/receipt")).await.status(),
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn a_task_stands_in_what_comes_by_itself_and_in_what_is_late() {
    let world = World::at("2026-11-02T10:00");
    let supervision = world.caller("supervision");
    assert_eq!(supervision.post("/tasks", a_task()).await.0, 201);
    world.add("rq", &["--role", "handler", "--body", "rq"]);
    for (who, sees) in [("gd", true), ("office", true), ("rq", false)] {
        let page = world.browser(who).await.page("/ahead").await;
        for shown in [
            ADDRESS,
            "欠薪线索核查",
            "供电公司：时限届满，此后亮红灯",
            "督办交办事项 1 件",
        ] {
            assert_eq!(page.contains(shown), sees, "{who}: {shown}");
        }
    }
    let office = world.browser("office").await;
    assert!(!office.page("/late").await.contains("欠薪线索核查"));
    // Due on Thursday the 5th at 17:00; a minute later it is late.
    world.now("2026-11-05T17:01");
    let page = office.page("/late").await;
    for shown in [ADDRESS, "欠薪线索核查", "供电公司", "督办交办事项逾期"] {
        assert!(page.contains(shown), "{shown}");
    }
    // What has been reported is not late, and nothing comes of it by itself.
    let (status, _) = world
        .caller("gd")
        .post(&format!("{ADDRESS}/report"), json!({"text": "已核查。"}))
        .await;
    assert_eq!(status, 200);
    for path in ["/late", "/ahead"] {
        assert!(!office.page(path).await.contains("欠薪线索核查"), "{path}");
    }
}

#[tokio::test]
async fn a_title_is_text_in_the_head_of_its_page_too() {
    let world = World::at("2026-11-02T10:00");
    let mut task = a_task();
    task["title"] = json!("核查</title><meta>");
    assert_eq!(
        world.caller("supervision").post("/tasks", task).await.0,
        201
    );
    let page = world.browser("gd").await.page(ADDRESS).await;
    assert!(
        page.contains("<title>核查&lt;/title&gt;&lt;meta&gt;") && !page.contains("</title><meta>"),
        "{page}"
    );
}

#[tokio::test]
async fn a_meeting_gives_a_task_of_no_order_and_its_minutes_say_so() {
    let world = World::at("2026-11-02T10:00");
    let office = world.caller("office");
    let page = world.browser("office").await.page("/meetings/new").await;
    let (before, _) = page.split_once(">市长<").expect("the mayor");
    let (_, chair) = before.rsplit_once("value=\"").expect("a value");
    let chair: u64 = chair
        .split('"')
        .next()
        .expect("its end")
        .parse()
        .expect("an id");
    let plan = json!({
        "kind": "coordination", "title": "协调会", "starts_at": "2026-11-02T15:00",
        "minutes": 60, "place": "二楼", "chair": chair, "bodies": ["gd"]
    });
    let (status, meeting) = office.post("/meetings", plan).await;
    assert_eq!(status, 201, "{meeting}");
    let path = |step: &str| format!("/meetings/HY-2026-0001/{step}");
    assert_eq!(
        office.post(&path("assign"), a_task()).await.0,
        409,
        "not open"
    );
    assert_eq!(office.post(&path("open"), json!({})).await.0, 200);
    let (status, why) = office
        .post(&path("assign"), json!({"title": "无牵头"}))
        .await;
    assert_eq!(status, 422, "{why}");
    assert_eq!(office.post(&path("assign"), a_task()).await.0, 200);
    let (_, task) = world.caller("gd").get(ADDRESS).await;
    assert_eq!(
        (&task["source"], &task["meeting"]),
        (&json!("decision"), &json!("HY-2026-0001"))
    );
    // A refusal has given no number away.
    assert_eq!(office.get("/tasks/DB-2026-0002").await.0, 404);
    assert_eq!(
        office
            .post(&path("end"), json!({"knowingly": true}))
            .await
            .0,
        200
    );
    // Who is invited reads all that happened, not only what invites them.
    let (_, events) = world
        .caller("gd")
        .get("/meetings/HY-2026-0001/events")
        .await;
    let kinds = events["items"].as_array().expect("events");
    let kinds: Vec<&str> = kinds
        .iter()
        .filter_map(|one| one["kind"].as_str())
        .collect();
    assert_eq!(kinds, ["opened", "assigned", "ended"]);
    let minutes = world
        .browser("office")
        .await
        .page("/meetings/HY-2026-0001/minutes")
        .await;
    assert!(
        minutes.contains("欠薪线索核查（DB-2026-0001）"),
        "{minutes}"
    );
}
