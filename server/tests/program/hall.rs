//! The hall's list: as it is uploaded, with every kind of file that is not right.

use std::io::{Cursor, Write};

use reqwest::{Response, StatusCode};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::world::{Browser, World, location};

const HEAD: &str = "企业名称,标题,具体情况,类别,紧急程度,乡镇（街道）,联系人,联系电话,收件时间\n";

fn row(enterprise: &str, title: &str, happened: &str) -> String {
    format!("{enterprise},{title},未通,水电气暖,紧急,来集镇,王敏,13800000000,{happened}\n")
}

async fn upload(browser: &Browser, name: &str, content: &[u8]) -> Response {
    let mut body = format!(
        "--X\r\ncontent-disposition: form-data; name=\"sheet\"; filename=\"{name}\"\r\n\r\n"
    )
    .into_bytes();
    body.extend_from_slice(content);
    body.extend_from_slice(b"\r\n--X--\r\n");
    browser.post_multipart("/orders/import", "X", body).await
}

#[tokio::test]
async fn a_list_is_checked_row_by_row_and_entered_whole_and_once() {
    let world = World::at("2026-11-03T15:00");
    let centre = world.browser("centre").await;
    let firm = "柏川智能装备（虚构）";
    let wrong = [
        HEAD,
        &row(firm, "专线", "2026-11-02 09:30"),
        &row("没有的企业", "专线", ""),
        &row(firm, "", "2027-01-01 09:00"),
        &row(firm, "=HYPERLINK(1)", "2026-11-04 09:00"),
    ]
    .concat();
    let answer = upload(&centre, "收件.csv", wrong.as_bytes()).await;
    assert_eq!(answer.status(), StatusCode::SEE_OTHER);
    let preview = location(&answer).to_owned();
    let page = centre.page(&preview).await;
    assert!(page.contains("共 4 行，3 行有误"), "{page}");
    assert!(page.contains("没有已注册的企业“") && page.contains("请填写标题"));
    assert!(page.contains("不能晚于现在"), "handed in tomorrow");
    assert!(!page.contains("全部导入"));
    let draft = preview.rsplit('/').next().expect("a number");
    let form = [("page", preview.as_str()), ("draft", draft)];
    let entered = centre.post("/act/enter_orders", &form).await;
    assert_eq!(
        entered.status(),
        StatusCode::UNPROCESSABLE_ENTITY,
        "nothing half done"
    );
    let list = world.caller("centre").get("/orders").await.1;
    assert!(list["items"].as_array().expect("items").is_empty());

    let right = [
        HEAD,
        &row(firm, "专线", "2026-11-02 09:30"),
        &row(firm, "路灯", ""),
    ]
    .concat();
    let answer = upload(&centre, "收件.csv", right.as_bytes()).await;
    let preview = location(&answer).to_owned();
    assert!(centre.page(&preview).await.contains("全部导入"));
    let stranger = world.browser("rival").await;
    assert_eq!(stranger.get(&preview).await.status(), StatusCode::FORBIDDEN);
    let draft = preview.rsplit('/').next().expect("a number");
    let form = [("page", preview.as_str()), ("draft", draft)];
    let entered = centre.post("/act/enter_orders", &form).await;
    assert_eq!(location(&entered), "/orders/import?entered=2");
    let again = centre.post("/act/enter_orders", &form).await;
    assert_eq!(again.status(), StatusCode::NOT_FOUND, "the same list once");
    let order = world.caller("firm").order("XM-2026-000001").await;
    assert_eq!(order["placed_at"], "2026-11-02T09:30:00+08:00");
    assert_eq!(order["entered_at"], "2026-11-03T15:00:00+08:00");
    assert_eq!(
        order["due_at"], "2026-11-03T17:00:00+08:00",
        "the time to dispatch runs from the receipt"
    );
    let answer = upload(&centre, "收件.csv", right.as_bytes()).await;
    let page = centre.page(location(&answer)).await;
    assert!(
        page.contains("可能已录入"),
        "a list that was sent twice is seen"
    );
}

#[tokio::test]
async fn what_is_no_list_is_refused_on_its_own_page() {
    let world = World::at("2026-11-03T15:00");
    let centre = world.browser("centre").await;
    let mut bomb = ZipWriter::new(Cursor::new(Vec::new()));
    for name in [
        "[Content_Types].xml",
        "xl/workbook.xml",
        "xl/worksheets/sheet1.xml",
    ] {
        let options = SimpleFileOptions::default();
        bomb.start_file(name, options).expect("an entry");
        bomb.write_all(&vec![b' '; 15_000_000]).expect("blanks");
    }
    let bomb = bomb.finish().expect("an archive").into_inner();
    let mut many = HEAD.to_owned();
    for at in 0..2_001 {
        many.push_str(&row("柏川智能装备（虚构）", &format!("第{at}件"), ""));
    }
    let cases: [(&str, Vec<u8>, &str); 6] = [
        ("list.xlsx", b"no spreadsheet".to_vec(), ".xlsx"),
        ("list.pdf", HEAD.into(), ".xlsx"),
        (
            "list.csv",
            "企业名称,标题,具体情况\n".into(),
            "表头缺少：类别、乡镇（街道）、联系人、联系电话；表中现有：企业名称、标题、具体情况",
        ),
        ("list.csv", HEAD.into(), "没有内容"),
        ("list.csv", many.into_bytes(), "本表有 2001 行"),
        ("list.xlsx", bomb, "解开后过大"),
    ];
    for (name, content, said) in cases {
        let answer = upload(&centre, name, &content).await;
        assert_eq!(
            answer.status(),
            StatusCode::UNPROCESSABLE_ENTITY,
            "{name} {said}"
        );
        let page = answer.text().await.expect("a page");
        assert!(page.contains(said), "{name}: {said}");
    }
    let firm = world.browser("firm").await;
    let answer = upload(&firm, "list.csv", HEAD.as_bytes()).await;
    assert_ne!(answer.status(), StatusCode::SEE_OTHER);
    let form = centre.get("/orders/import/form.xlsx").await;
    assert_eq!(form.status(), StatusCode::OK);
    let form = form.bytes().await.expect("a file");
    let answer = upload(&centre, "表样.xlsx", &form).await;
    let page = answer.text().await.expect("a page");
    assert!(page.contains("没有内容"), "its own form is read");
    let forbidden = firm.get("/orders/import/form.xlsx").await;
    assert_eq!(forbidden.status(), StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn an_upload_that_breaks_off_is_no_list_and_not_called_too_large() {
    let world = World::at("2026-11-03T15:00");
    let centre = world.browser("centre").await;
    let body = format!(
        "--X\r\ncontent-disposition: form-data; name=\"sheet\"; filename=\"收件.csv\"\r\n\r\n{HEAD}"
    );
    let answer = centre
        .post_multipart("/orders/import", "X", body.into_bytes())
        .await;
    assert_eq!(answer.status(), StatusCode::BAD_REQUEST);
}
