//! Lists as they are narrowed, searched and exported.

use std::io::{Cursor, Read};

use reqwest::StatusCode;
use serde_json::json;
use zip::ZipArchive;

use crate::world::{Caller, World, an_order, location};

async fn places(firm: &Caller, title: &str, content: &str) -> String {
    let mut order = an_order();
    order["title"] = json!(title);
    order["content"] = json!(content);
    let (status, order) = firm.post("/orders", order).await;
    assert_eq!(status, 201, "{order}");
    order["number"].as_str().expect("a number").to_owned()
}

#[tokio::test]
async fn a_list_is_searched_with_what_was_found_marked() {
    let world = World::at("2026-11-02T10:00");
    let firm = world.caller("firm");
    let first = places(&firm, "专线慢", "厂区用电负荷已批，线路未架设").await;
    places(&firm, "管道堵", "雨污分流").await;
    let centre = world.browser("centre").await;
    let page = centre.page("/orders?q=%E8%B4%9F%E8%8D%B7").await;
    assert!(
        page.contains(&first) && page.contains("<mark>负荷"),
        "found in the content, and marked"
    );
    assert!(!page.contains("管道堵") && page.contains("共 1 件"));
    let page = centre.page("/orders?q=zxm").await;
    assert!(page.contains("没有符合条件的诉求"));
    // A script that was looked for is text.
    let page = centre.page("/orders?q=%3Cmark%3E%E4%B8%93%E7%BA%BF").await;
    assert!(!page.contains("<mark><mark>"));
    for nonsense in [
        "township=nowhere",
        "urgency=soon",
        "rating=fine",
        "from=2026-13-01",
    ] {
        let answer = centre.get(&format!("/orders?{nonsense}")).await;
        assert_eq!(answer.status(), StatusCode::BAD_REQUEST, "{nonsense}");
    }
    for (query, found) in [
        ("township=laiji", 2),
        ("township=baizhai", 0),
        ("urgency=normal", 2),
        ("from=2026-11-02&until=2026-11-02", 2),
        ("until=2026-11-01", 0),
        ("rating=satisfied", 0),
    ] {
        let (_, list) = firm.get(&format!("/orders?{query}")).await;
        assert_eq!(
            list["items"].as_array().map(Vec::len),
            Some(found),
            "{query}"
        );
    }
}

#[tokio::test]
async fn what_the_list_shows_is_exported_all_of_it_and_nothing_else() {
    let world = World::at("2026-11-02T10:00");
    let firm = world.caller("firm");
    for n in 0..520 {
        places(&firm, &format!("第{n}条"), "内容").await;
    }
    let formula = places(&firm, "=HYPERLINK(\"http://x\")", "内容").await;
    let rival = places(&world.caller("rival"), "别家的诉求", "内容").await;
    let dispatch = json!({"department": "gd", "complexity": "ordinary"});
    world
        .caller("centre")
        .step(&formula, "dispatch", dispatch)
        .await;
    world.caller("gd").step(&formula, "take", json!({})).await;

    let centre = world.browser("centre").await;
    let answer = centre.get("/orders/export/csv").await;
    assert_eq!(answer.headers()["content-type"], "text/csv; charset=utf-8");
    let csv = answer.text().await.unwrap();
    assert!(csv.starts_with("\u{FEFF}序号,编号,企业"));
    assert_eq!(
        csv.lines().count(),
        1 + 522,
        "every row, whatever a page shows"
    );
    let row = csv.lines().find(|row| row.contains(&formula)).unwrap();
    assert!(row.contains("\"'=HYPERLINK"), "{row}");
    assert!(
        row.contains("电工老李") && row.contains("2026-11-23 17:00"),
        "{row}"
    );
    let narrowed = centre.get("/orders/export/csv?stage=in_hand").await;
    assert_eq!(narrowed.text().await.unwrap().lines().count(), 2);
    assert_eq!(
        centre.get("/orders/export/csv?stage=lost").await.status(),
        StatusCode::BAD_REQUEST
    );

    let own = world.browser("firm").await.get("/orders/export/csv").await;
    let own = own.text().await.unwrap();
    assert!(
        !own.contains(&rival) && !own.contains("电工老李"),
        "only what one may see"
    );
    let answer = world.stranger().get("/orders/export/xlsx").await;
    assert_eq!(answer.status(), StatusCode::UNAUTHORIZED);
    let admin = world.browser("admin").await.get("/orders/export/csv").await;
    assert_eq!(
        admin.text().await.unwrap().lines().count(),
        1,
        "administrators see none"
    );

    let answer = centre.get("/orders/export/xlsx").await;
    let name = answer.headers()["content-disposition"]
        .to_str()
        .unwrap()
        .to_owned();
    assert!(name.ends_with("2026-11-02.xlsx"), "{name}");
    let bytes = answer.bytes().await.unwrap();
    let mut book = ZipArchive::new(Cursor::new(bytes.as_ref())).expect("a spreadsheet");
    let mut sheet = String::new();
    let mut file = book.by_name("xl/worksheets/sheet1.xml").expect("a sheet");
    file.read_to_string(&mut sheet).expect("text");
    assert_eq!(sheet.matches("<row ").count(), 3 + 522);
    assert!(sheet.contains("企业诉求办理台账") && sheet.contains("截至2026年11月2日"));
    assert!(sheet.contains("orientation=\"landscape\""));
    assert!(!sheet.contains("<f>"), "no formulas");
    let audit = world
        .browser("auditor")
        .await
        .page("/audit?deed=orders_exported")
        .await;
    assert!(audit.contains("522 rows"));
}

#[tokio::test]
async fn a_view_is_kept_and_shared_within_a_body() {
    let world = World::at("2026-11-02T10:00");
    world.add("gd2", &["--role", "handler", "--body", "gd"]);
    let gd = world.browser("gd").await;
    let form = [
        ("page", "/orders"),
        ("view", "逾期的用地"),
        ("query", "category=land&light=red&after=XM-2026-000009"),
        ("shared", "yes"),
    ];
    let done = gd.post("/act/save_view", &form).await;
    assert_eq!(location(&done), "/orders?light=red&category=land");
    let own = [
        ("page", "/orders"),
        ("view", "只我自己"),
        ("query", "q=%E4%B8%93%E7%BA%BF"),
    ];
    gd.post("/act/save_view", &own).await;
    let list = gd.page("/orders").await;
    assert!(list.contains("逾期的用地") && list.contains("只我自己"));
    // Of one name there is one, with what was kept last.
    let again = [own[0], own[1], ("query", "category=eia")];
    gd.post("/act/save_view", &again).await;
    let list = gd.page("/orders").await;
    assert!(list.contains("category=eia") && !list.contains("/orders?q=%E4"));
    assert_eq!(list.matches(">只我自己").count(), 1, "{list}");
    let colleague = world.browser("gd2").await;
    let list = colleague.page("/orders").await;
    assert!(list.contains("逾期的用地") && !list.contains("只我自己"));
    assert!(
        !list.contains("/act/remove_view"),
        "not theirs to take away"
    );
    assert!(
        !world
            .browser("zjj")
            .await
            .page("/orders")
            .await
            .contains("逾期的用地")
    );
    let (_, rest) = gd
        .page("/orders")
        .await
        .split_once("name=\"id\" value=\"")
        .map(|(a, b)| (a.to_owned(), b.to_owned()))
        .expect("a view");
    let id = rest.split('"').next().unwrap().to_owned();
    let taken = colleague
        .post("/act/remove_view", &[("id", id.as_str()), ("query", "")])
        .await;
    assert_eq!(taken.status(), StatusCode::NOT_FOUND);
    gd.post("/act/remove_view", &[("id", id.as_str()), ("query", "")])
        .await;
    for nonsense in [("view", "x"), ("view", "")] {
        let query = if nonsense.1.is_empty() {
            "stage=submitted"
        } else {
            "stage=lost"
        };
        let refused = gd
            .post("/act/save_view", &[nonsense, ("query", query)])
            .await;
        assert!(refused.status().is_client_error(), "{nonsense:?}");
    }
}
