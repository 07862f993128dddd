//! Attachments over HTTP: in pieces and by a plain form, looked into, seen by whoever
//! sees what they hang on.

use std::io::{Cursor, Write};

use reqwest::{Client, Method, Response, StatusCode};
use serde_json::{Value, json};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::world::{Browser, Caller, World, location, run};

pub const PDF: &[u8] = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<<>>\n%%EOF\n";
const PNG: &[u8] =
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89";

/// An archive of these entries.
fn archive(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in entries {
        let options = SimpleFileOptions::default();
        archive.start_file(*name, options).expect("an entry");
        archive.write_all(content).expect("its content");
    }
    archive.finish().expect("an archive").into_inner()
}

/// The beginning of a photograph as telephones keep it.
const HEIC: &[u8] = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic";

/// A file in the older formats of Office, with these streams and no class id.
fn compound(streams: &[&str]) -> Vec<u8> {
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).expect("a file");
    for stream in streams {
        let mut stream = file.create_stream(format!("/{stream}")).expect("a stream");
        stream.write_all(b"content").expect("written");
    }
    file.flush().expect("written");
    file.into_inner().into_inner()
}

/// What a file is called under which it is given out.
async fn called(caller: &Caller, id: i64) -> String {
    let answer = caller
        .raw(Method::GET, &format!("/attachments/{id}"), None, &[])
        .await;
    let how = answer.headers()["content-disposition"].to_str();
    let name = how.expect("text").rsplit_once("''").expect("a name").1;
    let mut letters = name.bytes();
    let mut decoded = Vec::new();
    while let Some(letter) = letters.next() {
        decoded.push(match letter {
            b'%' => {
                let digits = [letters.next(), letters.next()].map(|d| d.expect("a digit"));
                let digits = std::str::from_utf8(&digits).expect("digits");
                u8::from_str_radix(digits, 16).expect("hexadecimal")
            }
            plain => plain,
        });
    }
    String::from_utf8(decoded).expect("UTF-8")
}

async fn piece(caller: &Caller, id: i64, offset: usize, bytes: &[u8]) -> Response {
    let address = format!("{}/api/v1/attachments/{id}", caller.address());
    let request = Client::new().patch(address).bearer_auth(&caller.token);
    let request = request
        .header("upload-offset", offset.to_string())
        .body(bytes.to_vec());
    request.send().await.expect("an answer")
}

async fn announce(caller: &Caller, name: &str, size: usize) -> i64 {
    let wish = json!({"name": name, "size": size});
    let (status, file) = caller.post("/attachments", wish).await;
    assert_eq!(status, 201, "{file}");
    file["id"].as_i64().expect("an id")
}

/// Sends a file whole, and answers its id.
pub async fn send(caller: &Caller, name: &str, content: &[u8]) -> i64 {
    let id = announce(caller, name, content.len()).await;
    let sent = piece(caller, id, 0, content).await;
    assert_eq!(sent.status(), StatusCode::NO_CONTENT, "{name}");
    id
}

pub async fn reads(caller: &Caller, id: i64) -> u16 {
    let answer = caller
        .raw(Method::GET, &format!("/attachments/{id}"), None, &[])
        .await;
    answer.status().as_u16()
}

/// What lies in the data directory beside the database.
fn left_over(world: &World) -> usize {
    let folder = world.data().join("attachments").join("coming");
    std::fs::read_dir(folder).expect("a folder").count()
}

async fn in_hand(world: &World) -> String {
    let number = world.caller("firm").places().await;
    let dispatch = json!({"department": "gd", "complexity": "ordinary", "co_handlers": ["zjj"]});
    world
        .caller("centre")
        .step(&number, "dispatch", dispatch)
        .await;
    world.caller("gd").step(&number, "take", json!({})).await;
    number
}

#[tokio::test]
async fn a_file_is_sent_in_pieces_and_gone_on_with_after_a_break() {
    let world = World::at("2026-11-02T10:00");
    let firm = world.caller("firm");
    let mut content = PDF.to_vec();
    content.resize(300_000, b' ');
    let id = announce(&firm, "用电负荷说明.pdf", content.len()).await;
    let first = piece(&firm, id, 0, &content[..100_000]).await;
    assert_eq!(first.status(), StatusCode::NO_CONTENT);
    assert_eq!(first.headers()["upload-offset"], "100000");
    // The same piece once more, as after an answer that was lost.
    let again = piece(&firm, id, 0, &content[..100_000]).await;
    assert_eq!(again.status(), StatusCode::CONFLICT);
    let place = firm
        .raw(Method::HEAD, &format!("/attachments/{id}"), None, &[])
        .await;
    assert_eq!(place.headers()["upload-offset"], "100000");
    assert_eq!(place.headers()["upload-length"], "300000");
    let other = announce(&firm, "用电负荷说明.pdf", content.len()).await;
    assert_ne!(
        other, id,
        "another file of that name and size, as far as one knows"
    );
    let marked = json!({"name": "a.pdf", "size": 9, "mark": "1700000000"});
    let (_, first_time) = firm.post("/attachments", marked.clone()).await;
    let (_, again) = firm.post("/attachments", marked).await;
    assert_eq!(
        first_time["id"], again["id"],
        "known by its mark, and gone on with"
    );

    let early = json!({"title": "电", "content": "停电", "category": "utility", "urgency": "normal",
        "contact": {"name": "王敏", "phone": "13800000000"}, "attachments": [id]});
    let (status, refused) = firm.post("/orders", early.clone()).await;
    assert_eq!(
        (status, refused["errors"]["attachments"].is_array()),
        (422, true)
    );

    let too_much = piece(&firm, id, 100_000, &vec![b' '; 200_001]).await;
    assert_eq!(too_much.status(), StatusCode::PAYLOAD_TOO_LARGE);
    let place = firm
        .raw(Method::HEAD, &format!("/attachments/{id}"), None, &[])
        .await;
    let offset: usize = place.headers()["upload-offset"]
        .to_str()
        .unwrap()
        .parse()
        .unwrap();
    let rest = piece(&firm, id, offset, &content[offset..]).await;
    assert_eq!(rest.status(), StatusCode::NO_CONTENT);
    assert_eq!(left_over(&world), 0, "it lies under its digest");

    let rival = world.caller("rival");
    assert_eq!(
        reads(&rival, id).await,
        404,
        "nobody else's before it hangs on anything"
    );
    let mut stolen = early.clone();
    stolen["title"] = json!("别人的附件");
    let (status, _) = rival.post("/orders", stolen).await;
    assert_eq!(status, 422);
    let (status, order) = firm.post("/orders", early).await;
    assert_eq!(status, 201, "{order}");
    let number = order["number"].as_str().unwrap();
    let (_, events) = firm.get(&format!("/orders/{number}/events")).await;
    let file = &events["items"][0]["attachments"][0];
    assert_eq!((&file["id"], &file["size"]), (&json!(id), &json!(300_000)));
    assert_eq!(
        (reads(&firm, id).await, reads(&rival, id).await),
        (200, 404)
    );
    assert_eq!(reads(&world.caller("centre"), id).await, 200);
    assert_eq!(
        reads(&world.caller("gd"), id).await,
        404,
        "not dispatched to it"
    );
    let gone = firm
        .raw(Method::DELETE, &format!("/attachments/{id}"), None, &[])
        .await;
    assert_eq!(
        gone.status(),
        StatusCode::NOT_FOUND,
        "what hangs is not taken back"
    );
}

#[tokio::test]
async fn a_file_is_what_its_content_says_and_a_refused_one_leaves_nothing() {
    let world = World::at("2026-11-02T10:00");
    let gd = world.caller("gd");
    let office = "application/vnd.openxmlformats-officedocument.";
    let types = |main: &str| format!("<Types><Override ContentType=\"{main}\"/></Types>");
    let word = types(&format!("{office}wordprocessingml.document.main+xml"));
    // As a program of its own packs it: another name of the main part, backslashes.
    let word = archive(&[
        ("[Content_Types].xml", word.as_bytes()),
        ("word\\document2.xml", b"<w/>"),
    ]);
    let macros = types("application/vnd.ms-word.document.macroEnabled.main+xml");
    let macros = archive(&[("[Content_Types].xml", macros.as_bytes())]);
    let drawing = archive(&[("图纸/一层.dwg", b"AC1032")]);
    let ofd = archive(&[("OFD.xml", b"<ofd/>"), ("Doc_0/Document.xml", b"<d/>")]);
    let (sheet, locked) = (compound(&["Workbook"]), compound(&["EncryptedPackage"]));
    for (name, content, kept) in [
        ("说明.pdf", PDF, "说明.pdf"),
        ("现场.png", PNG, "现场.png"),
        ("申请.docx", word.as_slice(), "申请.docx"),
        ("图纸.zip", drawing.as_slice(), "图纸.zip"),
        ("通知.ofd", ofd.as_slice(), "通知.ofd"),
        ("系统导出.xls", sheet.as_slice(), "系统导出.xls"),
        ("IMG_0001.HEIC", PNG, "IMG_0001.png"),
        ("说明.docx", PDF, "说明.pdf"),
        ("图纸.pdf", drawing.as_slice(), "图纸.zip"),
        ("说明", PDF, "说明.pdf"),
    ] {
        let id = send(&gd, name, content).await;
        assert_eq!(called(&gd, id).await, kept, "{name}");
    }
    let inner = archive(&[("a.zip", drawing.as_slice())]);
    let escaping = archive(&[("../../etc/cron.d/x", b"* * * * *")]);
    let bomb = archive(&[("零.bin", &vec![0; 40_000_000])]);
    assert!(bomb.len() < 100_000, "{}", bomb.len());
    let mut lying = archive(&[("a.bin", &vec![0; 40_000_000])]);
    for place in 0..lying.len() - 4 {
        // Both headers say that it is small.
        if lying[place..place + 4] == 40_000_000_u32.to_le_bytes() {
            lying[place..place + 4].copy_from_slice(&1_000_u32.to_le_bytes());
        }
    }
    for (name, content, said) in [
        ("加密.docx", locked.as_slice(), "已加密"),
        ("宏.docm", macros.as_slice(), "不是可接收的文件"),
        ("照片.jpg", HEIC, "兼容性最佳"),
        (
            "网页.pdf",
            b"<html><script>alert(1)</script></html>".as_slice(),
            "不是可接收的文件",
        ),
        (
            "程序.zip",
            b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff\0\0".as_slice(),
            "不是可接收的文件",
        ),
        ("套娃.zip", inner.as_slice(), "压缩包里还有压缩包"),
        ("逃逸.zip", escaping.as_slice(), "路径不安全"),
        ("炸弹.zip", bomb.as_slice(), "解开后过大"),
        ("谎言.zip", lying.as_slice(), "已损坏"),
        ("残缺.zip", &drawing[..drawing.len() - 30], "已损坏"),
    ] {
        let id = announce(&gd, name, content.len()).await;
        let sent = piece(&gd, id, 0, content).await;
        let status = sent.status().as_u16();
        let refused: Value = sent.json().await.expect("a problem");
        let fault = refused["errors"]["attachments"][0]
            .as_str()
            .unwrap_or_default();
        assert_eq!(
            (status, fault.contains(said)),
            (422, true),
            "{name}: {refused}"
        );
        let place = gd
            .raw(Method::HEAD, &format!("/attachments/{id}"), None, &[])
            .await;
        assert_eq!(place.status(), StatusCode::NOT_FOUND, "{name}");
    }
    assert_eq!(left_over(&world), 0);
    for (name, size) in [
        ("../说明.pdf", 10),
        ("a/b.pdf", 10),
        ("说明\u{202E}fdp.exe", 10),
        ("", 10),
        ("空.pdf", 0),
        ("大.pdf", 50 * 1024 * 1024 + 1),
    ] {
        let wish = json!({"name": name, "size": size});
        let (status, refused) = gd.post("/attachments", wish).await;
        assert_eq!(
            (status, refused["errors"]["attachments"].is_array()),
            (422, true),
            "{name:?}"
        );
    }
}

#[tokio::test]
async fn an_attachment_has_the_visibility_of_what_it_hangs_on() {
    let world = World::at("2026-11-02T10:00");
    let number = in_hand(&world).await;
    let (firm, gd, zjj) = (
        world.caller("firm"),
        world.caller("gd"),
        world.caller("zjj"),
    );
    let part = send(&zjj, "内部意见.pdf", PDF).await;
    let co_reply = json!({"text": "意见已出具", "attachments": [part]});
    zjj.step(&number, "co_reply", co_reply).await;
    let answers = (reads(&gd, part).await, reads(&firm, part).await);
    assert_eq!(
        answers,
        (200, 404),
        "what bodies settle is not the enterprise's"
    );
    let page = world
        .browser("firm")
        .await
        .page(&format!("/orders/{number}"))
        .await;
    assert!(!page.contains("内部意见"));

    let picture = send(&gd, "通电现场.png", PNG).await;
    let (status, _) = gd
        .post(
            &format!("/orders/{number}/resume"),
            json!({"attachments": [picture]}),
        )
        .await;
    assert!(
        status == 409 || status == 422,
        "{status}: nothing hangs on that"
    );
    let reply = json!({"kind": "solved", "text": "已通电", "attachments": [picture]});
    gd.step(&number, "reply", reply).await;
    let path = format!("/attachments/{picture}?preview=1");
    let answer = world.browser("firm").await.get(&path).await;
    assert_eq!(answer.status(), StatusCode::OK);
    let headers = answer.headers().clone();
    assert_eq!(headers["content-type"], "image/png");
    assert_eq!(headers["x-content-type-options"], "nosniff");
    let disposition = headers["content-disposition"].to_str().unwrap();
    assert!(
        disposition.starts_with("inline; filename*=UTF-8''%E9%80%9A"),
        "{disposition}"
    );
    let policy = headers["content-security-policy"].to_str().unwrap();
    assert!(policy.contains("default-src 'none'"), "{policy}");
    assert_eq!(answer.bytes().await.unwrap(), PNG);
    let answer = world.stranger().get(&path).await;
    assert_eq!(answer.status(), StatusCode::UNAUTHORIZED);

    // On the disk by digest; a changed one is found out.
    let data = world.data();
    let data = data.to_str().unwrap();
    assert!(run(&["check", "--data", data], "").status.success());
    let (_, events) = firm.get(&format!("/orders/{number}/events")).await;
    let events = events["items"].as_array().unwrap();
    let digest = events.last().unwrap()["attachments"][0]["digest"]
        .as_str()
        .unwrap();
    let lies = world
        .data()
        .join("attachments")
        .join(&digest[..2])
        .join(&digest[2..]);
    std::fs::write(lies, b"something else").unwrap();
    let checked = run(&["check", "--data", data], "");
    assert_eq!(checked.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&checked.stderr).contains(digest));
}

/// A plain form with a file, as a browser without scripts sends it.
async fn form(browser: &Browser, fields: &[(&str, &str)], files: &[(&str, &[u8])]) -> Response {
    let mut body = Vec::new();
    for (name, value) in fields {
        let head = format!("--X\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n");
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(value.as_bytes());
        body.extend_from_slice(b"\r\n");
    }
    for (name, content) in files {
        let head = format!(
            "--X\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
             Content-Type: text/html\r\n\r\n"
        );
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(content);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(b"--X--\r\n");
    browser.post_multipart("/attachments/form", "X", body).await
}

#[tokio::test]
async fn a_plain_form_keeps_files_and_what_was_typed_beside_them() {
    let world = World::at("2026-11-02T10:00");
    let number = in_hand(&world).await;
    let page = format!("/orders/{number}");
    let gd = world.browser("gd").await;
    let typed = [
        ("page", page.as_str()),
        ("number", &number),
        ("version", "4"),
        ("kind", "solved"),
        ("text", "线路已通电，现场照片附后"),
        ("upload_for", "/act/order/reply"),
    ];
    let files = [("现场.png", PNG), ("验收单.pdf", PDF)];
    let kept = form(&gd, &typed, &files).await;
    assert_eq!(location(&kept), page);
    let shown = gd.page(&page).await;
    for part in ["线路已通电，现场照片附后", "现场.png", "验收单.pdf"] {
        assert!(shown.contains(part), "{part}");
    }
    assert!(
        !world
            .browser("zjj")
            .await
            .page(&page)
            .await
            .contains("验收单.pdf")
    );

    // Refused: the text is still there, with the reason.
    let refused = form(&gd, &typed, &[("网页.pdf", b"<html></html>")]).await;
    assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let shown = refused.text().await.unwrap();
    assert!(shown.contains("不是可接收的文件") && shown.contains("线路已通电，现场照片附后"));

    // A file that was chosen and not sent is not left behind in silence.
    let mut act = typed[..5].to_vec();
    act.push(("without", "规划意见已口头说明"));
    act.push(("file", "另一张.png"));
    let refused = gd.post("/act/order/reply", &act).await;
    assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text().await.unwrap().contains("附件还没有传完"));
    act.pop();
    // The form sends the files that it shows, and no others.
    let (_, rest) = shown
        .split_once("name=\"files\" value=\"")
        .expect("a field");
    let ids = rest.split('"').next().unwrap();
    assert_eq!(ids.split(' ').count(), 2, "{ids}");
    act.push(("files", "999999"));
    let refused = gd.post("/act/order/reply", &act).await;
    assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        refused
            .text()
            .await
            .unwrap()
            .contains("有附件没有被接收，或已被移除")
    );
    act.pop();
    act.push(("files", ids));
    let done = gd.post("/act/order/reply", &act).await;
    assert_eq!(done.status(), StatusCode::SEE_OTHER);
    let firm = world.browser("firm").await.page(&page).await;
    assert!(firm.contains("现场.png") && firm.contains("验收单.pdf"));

    // Whose session has ended loses neither text nor sense.
    let stranger = world.stranger();
    let carried = form(&stranger, &typed, &files).await;
    assert_eq!(carried.status(), StatusCode::UNAUTHORIZED);
    assert!(
        carried
            .text()
            .await
            .unwrap()
            .contains("线路已通电，现场照片附后")
    );
}

#[tokio::test]
async fn a_file_is_taken_back_while_it_hangs_on_nothing() {
    let world = World::at("2026-11-02T10:00");
    let number = in_hand(&world).await;
    let page = format!("/orders/{number}");
    let gd = world.browser("gd").await;
    let typed = [("page", page.as_str()), ("upload_for", "/act/order/reply")];
    form(&gd, &typed, &[("验收单.pdf", PDF)]).await;
    let shown = gd.page(&page).await;
    let (_, button) = shown.split_once("name=\"remove\"").expect("a button");
    let (_, rest) = button.split_once("value=\"").expect("its file");
    let id = rest.split('"').next().unwrap();
    let other = world.browser("zjj").await;
    form(&other, &[("page", page.as_str()), ("remove", id)], &[]).await;
    assert!(
        gd.page(&page).await.contains("验收单.pdf"),
        "not theirs to take back"
    );
    form(&gd, &[("page", page.as_str()), ("remove", id)], &[]).await;
    assert!(!gd.page(&page).await.contains("验收单.pdf"));
}

#[tokio::test]
async fn a_file_that_waits_for_a_step_that_is_over_is_shown_and_can_be_removed() {
    let world = World::at("2026-11-02T10:00");
    let number = in_hand(&world).await;
    let page = format!("/orders/{number}");
    let gd = world.browser("gd").await;
    let typed = [("page", page.as_str()), ("upload_for", "/act/order/reply")];
    form(&gd, &typed, &[("验收单.pdf", PDF)]).await;
    let reply = json!({"kind": "solved", "text": "已通电", "without": "已口头商定"});
    let (status, told) = world
        .caller("gd")
        .post(&format!("/orders/{number}/reply"), reply)
        .await;
    assert_eq!(status, 200, "{told}");
    let shown = gd.page(&page).await;
    assert!(
        shown.contains("您曾上传以下文件而未提交") && shown.contains("验收单.pdf"),
        "{shown}"
    );
    let (_, button) = shown.split_once("name=\"remove\"").expect("a button");
    let (_, rest) = button.split_once("value=\"").expect("its file");
    let id = rest.split('"').next().unwrap();
    form(&gd, &[("page", page.as_str()), ("remove", id)], &[]).await;
    assert!(!gd.page(&page).await.contains("验收单.pdf"));
}

#[tokio::test]
async fn a_stranger_or_an_administrator_sends_nothing_and_nobody_fills_the_disk() {
    let world = World::at("2026-11-02T10:00");
    let flood = vec![b'x'; 2_000_000];
    let files = [("大.pdf", flood.as_slice())];
    let typed = [
        ("page", "/orders/new"),
        ("upload_for", "/act/place"),
        ("title", "标题"),
    ];
    let refused = form(&world.stranger(), &typed, &files).await;
    assert_eq!(refused.status(), StatusCode::UNAUTHORIZED);
    assert!(refused.text().await.unwrap().contains("标题"));
    assert_eq!(left_over(&world), 0);
    let wish = json!({"name": "a.pdf", "size": 10});
    for user in ["admin", "auditor", "deputy"] {
        let (status, _) = world.caller(user).post("/attachments", wish.clone()).await;
        assert_eq!(status, 403, "{user} has no step that takes files");
    }
    let gd = world.caller("gd");
    let mut taken = 0;
    let large = json!({"name": "a.pdf", "size": 50 * 1024 * 1024});
    while gd.post("/attachments", large.clone()).await.0 == 201 {
        taken += 1;
        assert!(taken < 100, "there is an end to it");
    }
    assert_eq!(taken, 20, "a gigabyte waits at most");
    let text = "长".repeat(100_000);
    let long = [
        ("page", "/orders/new"),
        ("upload_for", "/act/place"),
        ("content", &text),
    ];
    let refused = form(&world.browser("firm").await, &long, &[]).await;
    assert_eq!(refused.status(), StatusCode::PAYLOAD_TOO_LARGE);
}
