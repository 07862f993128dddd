//! Calendars and rules as data: previewed, applied, told.

use reqwest::StatusCode;
use serde_json::json;

use crate::world::{World, location, run};

/// Invented, with every holiday that the regulation names.
const NOTICE: &str = "date,name,kind
2027-01-01,元旦,off
2027-01-04,元旦,off
2027-01-23,元旦,work
2027-02-05,春节,off
2027-02-08,春节,off
2027-02-09,春节,off
2027-02-10,春节,off
2027-02-11,春节,off
2027-02-12,春节,off
2027-02-20,春节调休上班,work
2027-04-05,清明节,off
2027-05-03,劳动节,off
2027-05-04,劳动节,off
2027-05-05,劳动节,off
2027-06-09,端午节,off
2027-09-15,中秋节,off
2027-10-01,国庆节,off
2027-10-04,国庆节,off
2027-10-05,国庆节,off
2027-10-06,国庆节,off
2027-10-07,国庆节,off
";

/// An order whose reply is due in 2027: 15 working days from 2026-12-21.
async fn over_the_year(world: &World) -> String {
    let firm = world.caller("firm");
    let number = firm.places().await;
    let dispatch = json!({"department": "gd", "complexity": "ordinary"});
    world
        .caller("centre")
        .step(&number, "dispatch", dispatch)
        .await;
    let order = world.caller("gd").step(&number, "take", json!({})).await;
    assert_eq!(order["due_at"], "2027-01-12T17:00:00+08:00");
    assert_eq!(order["due_provisional"], true);
    number
}

fn import(world: &World, text: &str, more: &[&str]) -> (bool, String, String) {
    let file = world.dir.path().join("notice.csv");
    std::fs::write(&file, text).unwrap();
    let (data, clock) = (world.data(), world.dir.path().join("clock"));
    let mut args = vec!["calendar", "import", file.to_str().unwrap()];
    args.extend([
        "--data",
        data.to_str().unwrap(),
        "--clock",
        clock.to_str().unwrap(),
    ]);
    args.extend(more);
    let output = run(&args, "");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (
        output.status.success(),
        text(output.stdout),
        text(output.stderr),
    )
}

#[tokio::test]
async fn a_notice_is_previewed_applied_and_told_while_the_program_runs() {
    let world = World::at("2026-12-21T10:00");
    let number = over_the_year(&world).await;
    let firm = world.caller("firm");
    let (fine, listed, _) = import(&world, NOTICE, &["--dry-run"]);
    assert!(fine);
    // 01-04 is off too: a day later.
    let line = format!(
        "{number}\tresolve\t2027-01-12T17:00:00+08:00 provisional\t2027-01-13T17:00:00+08:00\n"
    );
    assert!(listed.starts_with(&line), "{listed}");
    assert_eq!(
        firm.order(&number).await["due_provisional"],
        true,
        "nothing was changed"
    );
    let (fine, listed, _) = import(&world, NOTICE, &[]);
    assert!(
        fine && listed.contains("applied: 1 orders and tasks moved"),
        "{listed}"
    );
    let order = firm.order(&number).await;
    assert_eq!(order["due_at"], "2027-01-13T17:00:00+08:00");
    assert_eq!(order["due_provisional"], false);
    let (_, events) = firm.get(&format!("/orders/{number}/events")).await;
    let event = &events["items"][3];
    assert_eq!(
        (&event["kind"], &event["year"]),
        (&json!("moved"), &json!(2027))
    );
    let page = world.browser("firm").await.page("/notices").await;
    assert_eq!(
        page.matches("class=\"panel digest\"").count(),
        1,
        "told once"
    );
    assert!(page.contains("2027 年放假安排已公布"), "{page}");
    // The program that runs goes by the new calendar at its next write.
    let next = firm.places().await;
    let dispatch = json!({"department": "gd", "complexity": "ordinary"});
    let order = world
        .caller("centre")
        .step(&next, "dispatch", dispatch)
        .await;
    assert_eq!(order["due_provisional"], false);
    let (_, receipt) = firm.get(&format!("/orders/{number}/receipt")).await;
    assert_eq!(receipt["rule"]["calendar"], 2);
    assert_eq!(receipt["due_at"], "2027-01-13T17:00:00+08:00");
}

#[tokio::test]
async fn a_supplement_is_added_at_both_doors_and_says_so() {
    let world = World::at("2026-12-15T10:00");
    let supplement = "date,name,kind\n2026-12-24,临时放假,off\n2026-12-26,临时放假调休上班,work\n";
    let (fine, _, warned) = import(&world, supplement, &["--dry-run"]);
    assert!(fine && warned.contains("taken as a supplement"), "{warned}");
    let admin = world.browser("admin").await;
    let form = [("page", "/calendar"), ("calendar", supplement)];
    let answer = admin.post("/act/draft_calendar", &form).await;
    let preview = location(&answer).to_owned();
    assert!(admin.page(&preview).await.contains("作为补充并入"));
    let (fine, _, warned) = import(&world, supplement, &[]);
    assert!(fine, "{warned}");
    let data = world.data();
    let due = [
        "due",
        "--received",
        "2026-09-30T16:20",
        "--days",
        "5",
        "--data",
        data.to_str().unwrap(),
    ];
    let due = run(&due, "");
    let due = String::from_utf8(due.stdout).unwrap();
    assert_eq!(
        due.trim(),
        "2026-10-13T17:00:00+08:00",
        "the year's own days stay"
    );
}

#[tokio::test]
async fn a_wrong_notice_names_row_and_reason_and_changes_nothing() {
    let world = World::at("2026-12-21T10:00");
    let number = over_the_year(&world).await;
    let cases = [
        (
            "date,name\n2027-01-01,元旦\n",
            "row 1: the column kind is missing",
        ),
        (
            "date,name,kind\n2027-01-01,元旦,off\n2027-01-01,元旦,off\n",
            "row 3: 2027-01-01 is named twice",
        ),
        (
            "date,name,kind\n2027-01-04,元旦,work\n",
            "row 2: 2027-01-04 is a weekday",
        ),
        (
            "date,name,kind\n2027-01-01,元旦,off\n2028-01-01,元旦,off\n",
            "row 2: 2027-01-01 is not a day of 2028",
        ),
        (
            "date,name,kind\n2027-02-30,春节,off\n",
            "row 2: \"2027-02-30\" is not a date",
        ),
        (
            "date,name,kind\n2027-02-06,春节,maybe\n",
            "row 2: \"maybe\" is neither off nor work",
        ),
        (
            "date,name,kind\n2027-02-06,,off\n",
            "row 2: the day has no name",
        ),
        ("date,name,kind\n", "row 1: there is no day in it"),
        ("", "row 1: the column date is missing"),
    ];
    for (text, said) in cases {
        let (fine, _, error) = import(&world, text, &[]);
        assert!(!fine && error.contains(said), "{text:?}: {error}");
    }
    let two = "date,name,kind\n2027-13-01,元旦,off\n2027-01-01,元旦,on\n";
    let (_, _, error) = import(&world, two, &[]);
    assert!(
        error.contains("row 2:") && error.contains("row 3:"),
        "every row at once: {error}"
    );
    let order = world.caller("firm").order(&number).await;
    assert_eq!(order["due_provisional"], true, "nothing was applied");
}

#[tokio::test]
async fn an_administrator_imports_a_notice_by_plain_forms_and_nobody_else_does() {
    let world = World::at("2026-12-21T10:00");
    let number = over_the_year(&world).await;
    let admin = world.browser("admin").await;
    assert!(admin.page("/").await.contains("明年的放假安排尚未导入"));
    let wrong = [
        ("page", "/calendar"),
        ("calendar", "date,name,kind\n2027-01-04,元旦,work\n"),
    ];
    let answer = admin.post("/act/draft_calendar", &wrong).await;
    assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let page = answer.text().await.unwrap();
    assert!(
        page.contains("第 2 行") && page.contains("2027-01-04,元旦,work"),
        "{page}"
    );
    let right = [("page", "/calendar"), ("calendar", NOTICE)];
    let answer = admin.post("/act/draft_calendar", &right).await;
    assert_eq!(answer.status(), StatusCode::SEE_OTHER);
    let preview = location(&answer).to_owned();
    let page = admin.page(&preview).await;
    assert!(page.contains(&number) && page.contains("1月13日"), "{page}");
    let office = world.browser("office").await;
    let refused = office.post("/act/draft_calendar", &right).await;
    assert_eq!(refused.status(), StatusCode::FORBIDDEN);
    let stolen = office
        .post(
            "/act/apply_calendar",
            &[("page", "/calendar"), ("draft", "1")],
        )
        .await;
    assert_eq!(
        stolen.status(),
        StatusCode::FORBIDDEN,
        "calendars are the administrator's"
    );
    assert_eq!(
        world.caller("firm").order(&number).await["due_provisional"],
        true
    );
    let draft = preview.rsplit('=').next().unwrap();
    let form = [("page", "/calendar/preview"), ("draft", draft)];
    let answer = admin.post("/act/apply_calendar", &form).await;
    assert_eq!(location(&answer), "/calendar?year=2027&moved=1");
    let order = world.caller("firm").order(&number).await;
    assert_eq!(order["due_at"], "2027-01-13T17:00:00+08:00");
    assert!(!admin.page("/").await.contains("尚未导入"));
}

#[tokio::test]
async fn readiness_says_that_next_year_is_missing_from_december_on() {
    let ready = async |now: &str| -> serde_json::Value {
        let world = World::at(now);
        let answer = reqwest::get(format!("{}/readyz", world.address))
            .await
            .unwrap();
        assert_eq!(answer.status(), 200);
        answer.json().await.unwrap()
    };
    assert_eq!(ready("2026-11-30T10:00").await["next_calendar"], true);
    assert_eq!(ready("2026-12-01T10:00").await["next_calendar"], false);
}

#[tokio::test]
async fn rules_are_changed_by_plain_forms_from_a_day_on() {
    let world = World::at("2026-11-02T10:00");
    let firm = world.caller("firm");
    let number = firm.places().await;
    let dispatch = || json!({"department": "gd", "complexity": "ordinary"});
    world
        .caller("centre")
        .step(&number, "dispatch", dispatch())
        .await;
    let order = world.caller("gd").step(&number, "take", json!({})).await;
    assert_eq!(order["due_at"], "2026-11-23T17:00:00+08:00");
    let admin = world.browser("admin").await;
    let page = admin.page("/rules/edit").await;
    assert!(
        page.contains("name=\"resolve_normal\"") && page.contains("ladder.head.tells.supervision")
    );
    let form = |days: &'static str, from: &'static str, open: &'static str| {
        [
            ("page", "/rules/edit"),
            ("resolve_normal", days),
            ("from", from),
            ("open_orders", open),
            ("note", "优化营商环境"),
        ]
    };
    for (days, from, said) in [
        ("0", "2026-11-02", "答复（一般）应为 1 至 365"),
        ("soon", "2026-11-02", "答复（一般）应为 1 至 365"),
        ("10", "2026-11-01", "施行日期不能早于今天"),
        ("10", "tomorrow", "施行日期请写成"),
    ] {
        let answer = admin
            .post("/act/draft_rules", &form(days, from, "no"))
            .await;
        assert_eq!(
            answer.status(),
            StatusCode::UNPROCESSABLE_ENTITY,
            "{days} {from}"
        );
        let page = answer.text().await.unwrap();
        assert!(
            page.contains(said) && page.contains(&format!("value=\"{days}\"")),
            "{page}"
        );
    }
    let answer = admin
        .post("/act/draft_rules", &form("10", "2026-11-04", "yes"))
        .await;
    let preview = location(&answer).to_owned();
    let page = admin.page(&preview).await;
    for text in [number.as_str(), "15 个工作日", "10 个工作日", "11月16日"] {
        assert!(page.contains(text), "{text}: {page}");
    }
    let draft = preview.rsplit('=').next().unwrap();
    let apply = [("page", "/rules/preview"), ("draft", draft)];
    let office = world.browser("office").await;
    assert_eq!(
        office.post("/act/apply_rules", &apply).await.status(),
        StatusCode::FORBIDDEN
    );
    assert_eq!(
        location(&admin.post("/act/apply_rules", &apply).await),
        "/rules?done=yes"
    );
    assert_eq!(
        firm.order(&number).await["due_at"],
        "2026-11-23T17:00:00+08:00",
        "not yet"
    );
    world.now("2026-11-04T08:00");
    let due = "2026-11-16T17:00:00+08:00";
    let order = firm.until(&number, |order| order["due_at"] == due).await;
    assert_eq!(order["due_at"], due, "taken over on its day");
    let (_, events) = firm.get(&format!("/orders/{number}/events")).await;
    assert_eq!(events["items"][3]["kind"], "reruled");
    let (_, receipt) = firm.get(&format!("/orders/{number}/receipt")).await;
    assert_eq!(
        (&receipt["rule"]["version"], &receipt["rule"]["limit"]),
        (&json!(2), &json!(10))
    );
    let rules = admin.page("/rules").await;
    assert!(rules.contains("优化营商环境"));
    assert_eq!(
        world
            .browser("firm")
            .await
            .get("/rules/edit")
            .await
            .status(),
        StatusCode::FORBIDDEN
    );
}

/// O12: rules that make running orders late want a reason; without one the preview is
/// there again.
#[tokio::test]
async fn what_becomes_late_wants_a_reason_and_the_preview_stays() {
    let world = World::at("2026-11-02T10:00");
    let number = world.caller("firm").places().await;
    let dispatch = json!({"department": "gd", "complexity": "ordinary"});
    world
        .caller("centre")
        .step(&number, "dispatch", dispatch)
        .await;
    world.now("2026-11-06T10:00");
    let admin = world.browser("admin").await;
    let form = [
        ("page", "/rules/edit"),
        ("resolve_normal", "2"),
        ("from", "2026-11-06"),
        ("open_orders", "yes"),
    ];
    let drafted = admin.post("/act/draft_rules", &form).await;
    let preview = location(&drafted).to_owned();
    let page = admin.page(&preview).await;
    let query = preview.split_once('?').unwrap().1;
    let hidden = format!("name=\"page_query\" value=\"{query}\"");
    assert!(page.contains(&hidden), "{page}");
    let draft = preview.rsplit('=').next().unwrap();
    let apply = [
        ("page", "/rules/preview"),
        ("page_query", query),
        ("draft", draft),
    ];
    let refused = admin.post("/act/apply_rules", &apply).await;
    assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let page = refused.text().await.unwrap();
    assert!(
        page.contains(&number) && page.contains("class=\"fault\""),
        "{page}"
    );
    let mut apply = apply.to_vec();
    apply.push(("reason", "优化营商环境"));
    let done = admin.post("/act/apply_rules", &apply).await;
    assert_eq!(location(&done), "/rules?done=yes");
}

#[tokio::test]
async fn an_administrator_renames_a_body_and_adds_a_category_after_looking_at_what_changes() {
    let world = World::at("2026-11-03T10:00");
    let admin = world.browser("admin").await;
    let one = admin.page("/directory?of=bodies&row=gd").await;
    assert!(
        one.contains("gd,市供电公司") && !one.contains("zjj,市住"),
        "{one}"
    );

    let head = "code,name,name_en,short,short_en,kind,until,successor";
    let wrong = format!("{head}\ngd,市供电公司,Grid,供电公司,Grid,factor,2026-11-01,\n");
    let form = [("page", "/directory"), ("of", "bodies"), ("list", &wrong)];
    let answer = admin.post("/act/draft_directory", &form).await;
    assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let page = answer.text().await.unwrap();
    assert!(
        page.contains("第 2 行") && page.contains("个账号"),
        "{page}"
    );

    let renamed = format!("{head}\ngd,市供电局,Power Bureau,供电局,Power,factor,,\n");
    let form = [("page", "/directory"), ("of", "bodies"), ("list", &renamed)];
    let answer = admin.post("/act/draft_directory", &form).await;
    let preview = location(&answer).to_owned();
    let page = admin.page(&preview).await;
    assert!(page.contains("“市供电公司”改为“市供电局”"), "{page}");
    assert!(
        admin.page("/directory").await.contains("市供电公司"),
        "only a preview"
    );
    let draft = preview.rsplit('=').next().unwrap();
    let form = [("page", "/directory/preview"), ("draft", draft)];
    let answer = admin.post("/act/apply_directory", &form).await;
    assert_eq!(location(&answer), "/directory?of=bodies&changed=1");
    assert!(admin.page("/directory").await.contains("市供电局"));

    // As a spreadsheet copies it, with headings in Chinese.
    let added = "代码\t名称\t英文名称\t示例\t英文示例\ntax\t税费\tTaxes\t退税、减免\tRefunds\n";
    let form = [
        ("page", "/directory"),
        ("of", "categories"),
        ("list", added),
    ];
    let answer = admin.post("/act/draft_directory", &form).await;
    let preview = location(&answer).to_owned();
    assert!(admin.page(&preview).await.contains("新增税费"));
    let draft = preview.rsplit('=').next().unwrap();
    let form = [("page", "/directory/preview"), ("draft", draft)];
    admin.post("/act/apply_directory", &form).await;
    let firm = world.browser("firm").await;
    assert!(
        firm.page("/orders/new").await.contains("税费"),
        "offered at once"
    );
}
