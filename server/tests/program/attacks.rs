//! What somebody tries who means no good.

use reqwest::StatusCode;
use serde_json::json;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection};

use crate::world::{PASSWORD, World, key_of, location, one_time_code, recovery_codes, run, serve};

/// What a browser is told to keep as the session.
fn session_of(answer: &reqwest::Response) -> Option<String> {
    let cookies = answer.headers().get_all("set-cookie").iter();
    cookies
        .filter_map(|cookie| cookie.to_str().ok())
        .find(|cookie| cookie.starts_with("session="))
        .map(str::to_owned)
}

#[tokio::test]
async fn a_session_planted_before_the_sign_in_is_worth_nothing_after_it() {
    let world = World::at("2026-11-02T10:00");
    let client = reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .build()
        .unwrap();
    let planted = "session=0000000000000000000000000000000000000000000000000000000000000000";
    let form = [("name", "firm"), ("password", PASSWORD)];
    let answer = client
        .post(format!("{}/sign-in", world.address))
        .header("cookie", planted)
        .form(&form)
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), StatusCode::SEE_OTHER);
    let given = session_of(&answer).unwrap();
    assert!(!given.contains("0000000000000000"));
    for part in ["HttpOnly", "SameSite=Lax", "Path=/"] {
        assert!(given.contains(part), "{given}");
    }
    let home = client.get(&world.address).header("cookie", planted);
    assert_eq!(home.send().await.unwrap().status(), StatusCode::SEE_OTHER);
    // On a real address the cookie cannot be set by a sister site, nor travel in the clear.
    let answer = client
        .post(format!("{}/sign-in", world.address))
        .header("host", "zhitong.example")
        .form(&form)
        .send()
        .await
        .unwrap();
    let cookies = answer.headers().get_all("set-cookie").iter();
    let cookies: Vec<_> = cookies.filter_map(|cookie| cookie.to_str().ok()).collect();
    let session = cookies
        .iter()
        .find(|cookie| cookie.starts_with("__Host-session="));
    assert!(
        session.is_some_and(|cookie| cookie.contains("Secure")),
        "{cookies:?}"
    );
}

#[tokio::test]
async fn an_old_session_secret_is_worth_nothing_after_a_change_of_role() {
    let world = World::at("2026-11-02T10:00");
    let admin = world.browser("admin").await;
    let accounts = admin.page("/accounts?q=zjj").await;
    let id = accounts
        .split("/accounts/")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap()
        .to_owned();
    let form = [("account", id.as_str()), ("role", "head"), ("body", "gd")];
    let answer = admin.post("/act/add_membership", &form).await;
    assert_eq!(answer.status(), StatusCode::SEE_OTHER);
    let client = reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .build()
        .unwrap();
    let address = |path: &str| format!("{}{path}", world.address);
    let form = [("name", "zjj"), ("password", PASSWORD)];
    let answer = client
        .post(address("/sign-in"))
        .form(&form)
        .send()
        .await
        .unwrap();
    let old = session_of(&answer).unwrap();
    let old = old.split(';').next().unwrap().to_owned();
    let page = client
        .get(address("/account"))
        .header("cookie", &old)
        .send()
        .await
        .unwrap();
    let page = page.text().await.unwrap();
    let membership = page.split("name=\"membership\" value=\"").nth(1).unwrap();
    let membership = membership.split('"').next().unwrap();
    let answer = client
        .post(address("/session/act-as"))
        .header("cookie", &old)
        .form(&[("membership", membership)])
        .send()
        .await
        .unwrap();
    let new = session_of(&answer).unwrap();
    let new = new.split(';').next().unwrap().to_owned();
    assert_ne!(new, old);
    let status = async |cookie: &str| {
        let home = client.get(address("/")).header("cookie", cookie);
        home.send().await.unwrap().status()
    };
    assert_eq!(status(&old).await, StatusCode::SEE_OTHER);
    assert_eq!(status(&new).await, StatusCode::OK);
}

#[tokio::test]
async fn who_signs_in_anew_leaves_no_session_behind() {
    let world = World::at("2026-11-02T10:00");
    let browser = world.stranger();
    let form = [("name", "firm"), ("password", PASSWORD)];
    let first = browser.post("/sign-in", &form).await;
    let first = session_of(&first).expect("a session");
    browser.post("/sign-in", &form).await;
    let elsewhere = reqwest::Client::new();
    let answer = elsewhere
        .post(format!("{}/ask/page", world.address))
        .form(&[("path", "/")])
        .header("sec-fetch-site", "same-origin")
        .header("cookie", first.split(';').next().unwrap_or_default())
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn no_form_of_another_site_and_no_get_changes_anything() {
    let world = World::at("2026-11-02T10:00");
    let firm = world.browser("firm").await;
    for (path, form) in [
        ("/act/place", vec![("title", "x")]),
        ("/act/invite", vec![("display", "x")]),
        ("/session/act-as", vec![("membership", "1")]),
        ("/sign-out", vec![]),
        ("/sign-in", vec![("name", "firm"), ("password", PASSWORD)]),
        ("/preferences", vec![("lang", "en")]),
        ("/audit/export", vec![]),
    ] {
        for site in ["cross-site", "same-site"] {
            let answer = firm.post_from(path, &form, site).await;
            assert_eq!(answer.status(), StatusCode::FORBIDDEN, "{path} {site}");
        }
        let by_get = firm.get(path).await.status();
        let no = [
            StatusCode::METHOD_NOT_ALLOWED,
            StatusCode::NOT_FOUND,
            StatusCode::SEE_OTHER,
        ];
        assert!(no.contains(&by_get), "GET {path}: {by_get}");
    }
    firm.page("/").await;
}

#[tokio::test]
async fn a_stranger_learns_nothing_of_accounts_and_is_slowed_down() {
    let world = World::at("2026-11-02T10:00");
    let stranger = world.stranger();
    let attempt = async |name: &str| {
        let form = [("name", name), ("password", "wrong wrong wrong")];
        let answer = stranger.post("/sign-in", &form).await;
        let status = answer.status();
        let wait = answer
            .headers()
            .get("retry-after")
            .map(|v| v.to_str().unwrap().to_owned());
        let page = answer.text().await.unwrap().replace(name, "NAME");
        let (_, said) = page.split_once("role=\"alert\"").unwrap();
        (
            status,
            wait,
            said.split("</div>").next().unwrap().to_owned(),
        )
    };
    for guess in 0..5 {
        let (there, not) = (attempt("gd").await, attempt("nobody-at-all").await);
        assert_eq!(there, not, "{guess}");
        assert_eq!(there.0, StatusCode::UNAUTHORIZED, "{guess}");
    }
    // From here on both wait, whether the account is there or not.
    for name in ["gd", "nobody-at-all"] {
        let (status, wait, _) = attempt(name).await;
        assert_eq!(status, StatusCode::TOO_MANY_REQUESTS, "{name}");
        assert!(wait.unwrap().parse::<u32>().unwrap() <= 900);
    }
    // Others of the same office are not held up by it.
    world.browser("zjj").await;
}

/// What an account that is there takes longer than one that is not would tell who has
/// one. Hashing is what takes the time, and is done in both cases.
#[tokio::test]
async fn an_account_that_is_not_there_takes_as_long_to_refuse() {
    let world = World::at("2026-11-02T10:00");
    let stranger = world.stranger();
    let took = async |name: String| {
        let form = [("name", name.as_str()), ("password", "wrong wrong wrong")];
        let begun = std::time::Instant::now();
        let answer = stranger.post("/sign-in", &form).await;
        let took = begun.elapsed();
        assert_eq!(answer.status(), StatusCode::UNAUTHORIZED);
        took
    };
    let (mut there, mut not) = (Vec::new(), Vec::new());
    // Each account once, taken in turn, so that none has to wait.
    for name in ["gd", "zjj", "laiji", "office", "mayor", "deputy", "rival"] {
        there.push(took(name.to_owned()).await);
        not.push(took(format!("{name}-is-not-there")).await);
    }
    // The quickest of each: whatever else the machine does only adds to it.
    let (there, not) = (there.iter().min().unwrap(), not.iter().min().unwrap());
    assert!(
        *not * 2 > *there && *there * 2 > *not,
        "there {there:?}, not there {not:?}"
    );
}

#[tokio::test]
async fn whoever_has_signed_in_before_does_not_wait_for_strangers() {
    let world = World::at("2026-11-02T10:00");
    let owner = world.browser("gd").await;
    owner.post("/sign-out", &[]).await;
    let stranger = world.stranger();
    for _ in 0..6 {
        let form = [("name", "gd"), ("password", "wrong wrong wrong")];
        stranger.post("/sign-in", &form).await;
    }
    let right = [("name", "gd"), ("password", PASSWORD)];
    let waits = stranger.post("/sign-in", &right).await;
    assert_eq!(waits.status(), StatusCode::TOO_MANY_REQUESTS);
    let answer = owner.post("/sign-in", &right).await;
    assert_eq!(
        answer.status(),
        StatusCode::SEE_OTHER,
        "from a known browser"
    );
}

#[tokio::test]
async fn a_registration_does_not_say_which_accounts_and_enterprises_there_are() {
    let world = World::at("2026-11-02T10:00");
    let stranger = world.stranger();
    let register = async |enterprise: &str, name: &str| {
        let form = [
            ("enterprise", enterprise),
            ("credit_code", "91350100M000100Y43"),
            ("township", "laiji"),
            ("display", "李四"),
            ("phone", "13900000000"),
            ("name", name),
            ("new_password", "a good long password"),
            ("repeat", "a good long password"),
        ];
        let answer = stranger.post("/act/register", &form).await;
        (
            answer.status(),
            location(&answer).split('=').next().unwrap().to_owned(),
        )
    };
    let there = register("柏川智能装备（虚构）", "firm").await;
    let not = register("全新的企业（虚构）", "quite-new").await;
    assert_eq!(there, not);
    assert_eq!(
        there,
        (StatusCode::SEE_OTHER, "/registration?key".to_owned())
    );
}

#[tokio::test]
async fn a_one_time_code_is_taken_once_and_recovery_codes_too() {
    let world = World::at("2026-11-02T10:00");
    let gd = world.browser("gd").await;
    let page = gd.page("/account").await;
    let (key, recovery) = (key_of(&page), recovery_codes(&page));
    assert_eq!(recovery.len(), 10);
    let page = "/account";
    let prove = async |code: &str, password: &str| {
        let form = [("page", page), ("code", code), ("password", password)];
        gd.post("/act/prove_factor", &form).await
    };
    let wrong = prove("000000", PASSWORD).await;
    assert_eq!(wrong.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let first = one_time_code(&key, 0);
    let wrong = prove(&first, "not the password").await;
    assert_eq!(wrong.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let set = prove(&first, PASSWORD).await;
    assert_eq!(set.status(), StatusCode::SEE_OTHER);
    let password = async || {
        let browser = world.stranger();
        let form = [("name", "gd"), ("password", PASSWORD)];
        let answer = browser.post("/sign-in", &form).await;
        assert_eq!(
            location(&answer),
            "/sign-in/code?next=",
            "a code is asked for"
        );
        browser
    };
    let browser = password().await;
    assert_eq!(
        browser.get("/orders").await.status(),
        StatusCode::SEE_OTHER,
        "not yet"
    );
    let replayed = browser.post("/sign-in/code", &[("code", &first)]).await;
    assert_eq!(
        replayed.status(),
        StatusCode::UNPROCESSABLE_ENTITY,
        "taken before"
    );
    let next = one_time_code(&key, 1);
    let answer = browser.post("/sign-in/code", &[("code", &next)]).await;
    assert_eq!(answer.status(), StatusCode::SEE_OTHER);
    browser.page("/orders").await;
    let browser = password().await;
    let answer = browser
        .post("/sign-in/code", &[("code", &recovery[0].to_uppercase())])
        .await;
    assert_eq!(answer.status(), StatusCode::SEE_OTHER);
    let browser = password().await;
    let again = browser
        .post("/sign-in/code", &[("code", &recovery[0])])
        .await;
    assert_eq!(again.status(), StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn a_password_set_by_somebody_else_opens_nothing_until_it_is_changed() {
    let world = World::at("2026-11-02T10:00");
    let data = world.data();
    let args = [
        "user",
        "add",
        "new",
        "--role",
        "handler",
        "--body",
        "gd",
        "--data",
        data.to_str().unwrap(),
    ];
    assert!(run(&args, "the first password").status.success());
    let browser = world.stranger();
    let form = [("name", "new"), ("password", "the first password")];
    let answer = browser.post("/sign-in", &form).await;
    assert_eq!(location(&answer), "/sign-in/password");
    assert_eq!(location(&browser.get("/orders").await), "/sign-in/password");
    let asked = browser.script("/ask/page", &[("path", "/")]).await;
    assert_eq!(asked.status(), StatusCode::UNAUTHORIZED);
    let change = async |present: &str, wish: &str| {
        let form = [
            ("page", "/sign-in/password"),
            ("password", present),
            ("new_password", wish),
            ("repeat", wish),
        ];
        browser.post("/act/change_password", &form).await.status()
    };
    for (present, wish, why) in [
        ("wrong", "another long password", "not the present one"),
        ("the first password", "short", "too short"),
        ("the first password", "1234567890ab", "a common one"),
        ("the first password", "the first password", "the same again"),
    ] {
        assert_eq!(
            change(present, wish).await,
            StatusCode::UNPROCESSABLE_ENTITY,
            "{why}"
        );
    }
    assert_eq!(
        change("the first password", "another long password").await,
        StatusCode::SEE_OTHER
    );
    browser.page("/orders").await;
}

#[tokio::test]
async fn a_first_password_that_was_not_used_in_time_opens_nothing() {
    let world = World::at("2026-11-02T10:00");
    let store = store::Store::open(&world.data()).await.unwrap();
    let password = "the first password";
    let hash = app::serve::passwords::hash(password.to_owned());
    let person = store::people::NewPerson {
        name: "late".to_owned(),
        display: "迟到的".to_owned(),
        phone: String::new(),
        password_hash: hash.await.unwrap(),
        given_at: Some(domain::Instant::UNIX_EPOCH),
        role: domain::Role::Supervision,
    };
    let long_ago = domain::Instant::UNIX_EPOCH;
    assert!(store::people::add(&store, person, long_ago).await.unwrap());
    store.close().await;
    let form = [("name", "late"), ("password", password)];
    let answer = world.stranger().post("/sign-in", &form).await;
    assert_eq!(answer.status(), StatusCode::UNAUTHORIZED);
    assert!(session_of(&answer).is_none());
    assert!(answer.text().await.unwrap().contains("初始密码已过期"));
}

const SCRIPT: &str = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>";

#[tokio::test]
async fn a_script_that_somebody_types_runs_nowhere() {
    let world = World::at("2026-11-02T10:00");
    let (firm, centre) = (world.caller("firm"), world.caller("centre"));
    let (status, order) = firm
        .post(
            "/orders",
            json!({
                "title": SCRIPT, "content": SCRIPT, "category": "utility", "urgency": "normal",
                "contact": {"name": "<b/onclick=x>王", "phone": "13800000000"},
            }),
        )
        .await;
    assert_eq!(status, 201, "{order}");
    let number = order["number"].as_str().unwrap().to_owned();
    let dispatch = json!({"department": "gd", "complexity": "ordinary"});
    centre.step(&number, "dispatch", dispatch).await;
    let back = json!({"reason": SCRIPT, "clause": SCRIPT});
    world.caller("gd").step(&number, "return", back).await;
    let admin = world.browser("admin").await;
    let form = [
        ("name", "x1"),
        ("display", "<script>alert(2)</script>"),
        ("role", "supervision"),
        ("new_password", "a good long password"),
    ];
    let added = admin.post("/act/add_account", &form).await;
    assert_eq!(added.status(), StatusCode::SEE_OTHER);
    let stranger = world.stranger();
    stranger
        .post("/sign-in", &[("name", SCRIPT), ("password", "x")])
        .await;
    let centre = world.browser("centre").await;
    let auditor = world.browser("auditor").await;
    let reflected = format!("/orders?q={}", "%3Cscript%3Ealert(1)%3C/script%3E");
    let order_page = format!("/orders/{number}");
    let receipt = format!("/orders/{number}/receipt");
    for (browser, path) in [
        (&centre, order_page.as_str()),
        (&centre, receipt.as_str()),
        (&centre, "/orders"),
        (&centre, reflected.as_str()),
        (&centre, "/"),
        (&centre, "/notices"),
        (&admin, "/accounts"),
        (&admin, "/accounts?q=%3Cscript%3Ealert(1)%3C/script%3E"),
        (&auditor, "/audit"),
        (&auditor, "/audit?q=%3Cscript%3Ealert(1)%3C/script%3E"),
    ] {
        let answer = browser.get(path).await;
        let policy = answer.headers()["content-security-policy"]
            .to_str()
            .unwrap()
            .to_owned();
        assert!(policy.contains("script-src 'nonce-") && !policy.contains("unsafe-inline"));
        let page = answer.text().await.unwrap();
        assert!(!page.contains("<script>alert"), "{path}");
        assert!(!page.contains("<img src=x"), "{path}");
        assert!(!page.contains("<b/onclick"), "{path}");
        for inline in [" onclick=", " onload=", " onerror=\"", "javascript:"] {
            assert!(!page.contains(inline), "{path} has {inline}");
        }
    }
    let export = auditor.post("/audit/export", &[]).await;
    let disposition = export.headers()["content-disposition"].to_str().unwrap();
    assert!(disposition.starts_with("attachment"));
    assert_eq!(export.headers()["x-content-type-options"], "nosniff");
}

#[tokio::test]
async fn an_exported_cell_is_no_formula_and_the_export_is_written_down() {
    let world = World::at("2026-11-02T10:00");
    let stranger = world.stranger();
    let form = [("name", "=cmd|' /C calc'!A0"), ("password", "x")];
    stranger.post("/sign-in", &form).await;
    let auditor = world.browser("auditor").await;
    let export = auditor.post("/audit/export", &[]).await;
    assert_eq!(export.status(), StatusCode::OK);
    let csv = export.text().await.unwrap();
    assert!(csv.starts_with('\u{FEFF}'));
    assert!(csv.contains("'=cmd") && !csv.contains(",=cmd"), "{csv}");
    let page = auditor.page("/audit?deed=audit_exported").await;
    assert!(page.contains(" 条"), "{page}");
    let others = world
        .browser("security")
        .await
        .post("/audit/export", &[])
        .await;
    assert_eq!(others.status(), StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn headers_cannot_be_written_by_what_somebody_types() {
    let world = World::at("2026-11-02T10:00");
    let stranger = world.stranger();
    for next in [
        "/\r\nX-Evil: 1",
        "//evil.example",
        "/\\evil.example",
        "https://evil.example/",
    ] {
        let form = [("name", "firm"), ("password", PASSWORD), ("next", next)];
        let answer = stranger.post("/sign-in", &form).await;
        assert_eq!(location(&answer), "/", "{next:?}");
        assert!(answer.headers().get("x-evil").is_none());
        stranger.post("/sign-out", &[]).await;
    }
}

#[tokio::test]
async fn paths_lead_nowhere_else() {
    let world = World::at("2026-11-02T10:00");
    let stranger = world.stranger();
    for path in [
        "/pkg/../../../etc/passwd",
        "/pkg/%2e%2e/%2e%2e/Cargo.toml",
        "/pkg/..%2f..%2fCargo.toml",
        "/icon.svg/../../data/zhitong.sqlite",
        "/api/v1/../../orders",
    ] {
        let answer = stranger.get(path).await;
        let body = answer.text().await.unwrap();
        assert!(
            !body.contains("root:") && !body.contains("[workspace]"),
            "{path}"
        );
    }
}

#[tokio::test]
async fn fields_that_are_not_asked_for_do_nothing() {
    let world = World::at("2026-11-02T10:00");
    let gd = world.browser("gd").await;
    let form = [
        ("password", PASSWORD),
        ("new_password", "another long password"),
        ("repeat", "another long password"),
        ("user", "1"),
        ("account", "1"),
        ("role", "system_admin"),
        ("manages", "yes"),
    ];
    let answer = gd.post("/act/change_password", &form).await;
    assert_eq!(answer.status(), StatusCode::SEE_OTHER);
    assert_eq!(gd.get("/accounts").await.status(), StatusCode::FORBIDDEN);
    world.browser("firm").await;
    let firm = world.caller("firm");
    for (field, value) in [
        ("department", json!("gd")),
        ("stage", json!("closed")),
        ("enterprise", json!(2)),
    ] {
        let mut order = crate::world::an_order();
        order[field] = value;
        let (status, problem) = firm.post("/orders", order).await;
        assert_eq!(status, 422, "{field}");
        let said = problem["detail"].as_str().expect("why");
        assert!(said.contains(field), "{said}");
    }
    let (_, orders) = firm.get("/orders").await;
    assert_eq!(orders["items"], json!([]), "nothing was placed");
}

#[tokio::test]
async fn what_was_refused_is_in_the_audit_with_who_and_from_where() {
    let world = World::at("2026-11-02T10:00");
    let number = world.caller("firm").places().await;
    world
        .browser("rival")
        .await
        .get(&format!("/orders/{number}"))
        .await;
    world.browser("gd").await.get("/audit").await;
    let auditor = world.browser("auditor").await;
    let page = auditor.page("/audit?deed=refused").await;
    assert!(page.contains(&format!("GET /orders/{number}")) && page.contains("GET /audit"));
    assert!(page.contains("127.0.0.1"));
    let signed_in = auditor.page("/audit?deed=signed_in&q=rival").await;
    assert!(signed_in.contains("rival"));
}

#[tokio::test]
async fn an_address_that_asks_too_often_waits() {
    let dir = tempfile::TempDir::new().unwrap();
    let (mut server, address) = serve(&dir, &["--behind-proxy", "--address-rate", "1"]);
    let client = reqwest::Client::new();
    let ask = async |from: &str| {
        let request = client
            .get(format!("{address}/healthz"))
            .header("x-forwarded-for", from);
        let answer = request.send().await.unwrap();
        (
            answer.status(),
            answer.headers().get("retry-after").is_some(),
        )
    };
    let mut waits = 0;
    for _ in 0..30 {
        let (status, retry) = ask("203.0.113.7").await;
        assert_eq!(status == StatusCode::TOO_MANY_REQUESTS, retry);
        waits += usize::from(retry);
    }
    assert!(waits >= 10, "{waits}");
    // What a caller writes before the proxy's own entry does not count.
    assert_eq!(
        ask("198.51.100.1, 203.0.113.7").await.0,
        StatusCode::TOO_MANY_REQUESTS
    );
    assert_eq!(ask("203.0.113.8").await.0, StatusCode::OK);
    let _ = server.kill();
    let _ = server.wait();
}

#[tokio::test]
async fn the_log_holds_no_secret_and_names_each_request() {
    let dir = tempfile::TempDir::new().unwrap();
    let data = dir.path().join("data");
    crate::world::make(&data);
    let data = data.to_str().unwrap();
    let args = [
        "user",
        "add",
        "admin",
        "--role",
        "system_admin",
        "--chosen",
        "--data",
        data,
    ];
    assert!(run(&args, PASSWORD).status.success());
    let token = run(&["token", "create", "--user", "admin", "--data", data], "");
    let token = String::from_utf8(token.stdout).unwrap().trim().to_owned();
    let log = dir.path().join("log");
    let (mut server, address) = crate::world::serve_logged(&dir, &log);
    let client = reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .build()
        .unwrap();
    let form = [("name", "admin"), ("password", PASSWORD)];
    let answer = client
        .post(format!("{address}/sign-in"))
        .form(&form)
        .send()
        .await
        .unwrap();
    let session = session_of(&answer).unwrap();
    let session = session
        .trim_start_matches("session=")
        .split(';')
        .next()
        .unwrap()
        .to_owned();
    let cookie = format!("session={session}");
    let page = client
        .get(format!("{address}/sign-in/enrol"))
        .header("cookie", &cookie);
    let page = page.send().await.unwrap().text().await.unwrap();
    let key = key_of(&page);
    let code = one_time_code(&key, 0);
    let prove = client
        .post(format!("{address}/act/prove_factor"))
        .header("cookie", &cookie);
    prove.form(&[("code", &code)]).send().await.unwrap();
    let api = client
        .get(format!("{address}/api/v1/orders"))
        .bearer_auth(&token);
    let answer = api.send().await.unwrap();
    let number = answer.headers()["x-request-id"]
        .to_str()
        .unwrap()
        .to_owned();
    assert_eq!(number.len(), 16);
    let status = client.get(format!("{address}/registration?key=a-secret-address"));
    status.send().await.unwrap();
    let _ = server.kill();
    let _ = server.wait();
    let text = std::fs::read_to_string(log).unwrap();
    assert!(!text.contains('\u{1b}'), "a file is no terminal");
    assert!(text.contains(&number), "each line names its request");
    let secrets = [
        ("password", PASSWORD),
        ("session", &session),
        ("token", &token),
        ("key", &key),
        ("registration", "a-secret-address"),
        ("hash", "$argon2id$"),
    ];
    for (what, secret) in secrets {
        assert!(!text.contains(secret), "the log holds the {what}");
    }
    for recovery in recovery_codes(&page) {
        assert!(
            !text.contains(&recovery),
            "the log holds a code for recovery"
        );
    }
}

#[tokio::test]
async fn who_sends_slowly_is_cut_off_and_others_are_served_meanwhile() {
    use std::io::{Read, Write};
    let world = World::at("2026-11-02T10:00");
    let address = world.address.trim_start_matches("http://").to_owned();
    let slow = std::thread::spawn(move || {
        let mut stream = std::net::TcpStream::connect(address).unwrap();
        stream
            .write_all(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ")
            .unwrap();
        // Nothing more comes; the end of the stream is the program's doing.
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        String::from_utf8_lossy(&answer).into_owned()
    });
    world.browser("firm").await.page("/").await;
    let answer = tokio::task::spawn_blocking(move || slow.join().unwrap())
        .await
        .unwrap();
    assert!(
        answer.is_empty() || answer.starts_with("HTTP/1.1 408"),
        "{answer}"
    );
}

#[tokio::test]
async fn the_system_administrator_becomes_nobody_else() {
    let world = World::at("2026-11-02T10:00");
    let admin = world.browser("admin").await;
    let id_of = async |name: &str| {
        let page = admin.page(&format!("/accounts?q={name}")).await;
        let rest = page.split("href=\"/accounts/").nth(1).unwrap().to_owned();
        rest.split('"').next().unwrap().to_owned()
    };
    let (me, auditor, gd) = (
        id_of("admin").await,
        id_of("auditor").await,
        id_of("gd").await,
    );
    for (account, role, body) in [
        (&me, "auditor", ""),
        (&me, "centre", "tjz"),
        (&auditor, "supervision", ""),
        (&gd, "security_admin", ""),
    ] {
        let form = [
            ("account", account.as_str()),
            ("role", role),
            ("body", body),
        ];
        let refused = admin.script("/act/add_membership", &form).await;
        assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY, "{role}");
    }
    let reset = [
        ("account", auditor.as_str()),
        ("new_password", "a good long password"),
    ];
    let refused = admin.script("/act/reset_password", &reset).await;
    assert_eq!(refused.status(), StatusCode::FORBIDDEN);
    for role in ["auditor", "security_admin", "system_admin"] {
        let puppet = [
            ("name", "puppet"),
            ("display", "x"),
            ("role", role),
            ("new_password", "溪水向东流去从来不曾回头看"),
        ];
        let refused = admin.script("/act/add_account", &puppet).await;
        assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY, "{role}");
    }
    // With the password too they would be the mayor.
    let mayor = id_of("mayor").await;
    let factor = [("account", mayor.as_str()), ("change", "remove_factor")];
    let refused = admin.script("/act/change_account", &factor).await;
    assert_eq!(refused.status(), StatusCode::FORBIDDEN);
    let factor = [("account", auditor.as_str()), ("change", "remove_factor")];
    let refused = admin.script("/act/change_account", &factor).await;
    assert_eq!(refused.status(), StatusCode::FORBIDDEN);
    // On the server itself it can be done, and leaves a line.
    let data = world.data();
    let args = ["user", "reset", "auditor", "--data", data.to_str().unwrap()];
    assert!(run(&args, "a good long password").status.success());
    assert!(!run(&args, "short").status.success());
}

#[tokio::test]
async fn a_tampered_audit_is_found_by_the_check() {
    let world = World::at("2026-11-02T10:00");
    world.caller("firm").places().await;
    let data = world.data();
    let args = ["check", "--data", data.to_str().unwrap()];
    let whole = run(&args, "");
    assert!(
        whole.status.success(),
        "{}",
        String::from_utf8_lossy(&whole.stderr)
    );
    let head = String::from_utf8(whole.stdout).unwrap().trim().to_owned();
    let noted = [args[0], args[1], args[2], "--head", &head];
    assert!(run(&noted, "").status.success());
    let (number, _) = head.split_once(':').unwrap();
    let other = format!("{number}:00");
    let noted = [args[0], args[1], args[2], "--head", &other];
    let found = run(&noted, "");
    assert_eq!(found.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&found.stderr).contains("not the one that was noted"));

    let file = data.join("zhitong.sqlite");
    let sql = "DROP TRIGGER audit_is_not_changed;
               UPDATE audit SET name = 'x' WHERE deed = 'steps';
               UPDATE orders SET due_at = due_at + 86400;";
    let options = SqliteConnectOptions::new().filename(file);
    let mut connection = options.connect().await.unwrap();
    sqlx::raw_sql(sql).execute(&mut connection).await.unwrap();
    connection.close().await.unwrap();
    let found = run(&args, "");
    assert_eq!(found.status.code(), Some(1));
    let said = String::from_utf8_lossy(&found.stderr).into_owned();
    for wrong in [
        "audit_is_not_changed is missing",
        "or an event that it seals, was changed",
        "is not what its history makes of it",
    ] {
        assert!(said.contains(wrong), "{wrong}: {said}");
    }
}

#[tokio::test]
async fn an_application_counts_before_anything_of_it_takes_long() {
    let world = World::at("2026-11-02T10:00");
    let stranger = world.stranger();
    let code = domain::CreditCode::complete("91410183MA50000A1").unwrap();
    // Right in all but one thing, which is looked at last and takes a while.
    let form = [
        ("page", "/register"),
        ("enterprise", "云岭机电（虚构）"),
        ("credit_code", code.as_str()),
        ("township", "laiji"),
        ("display", "王五"),
        ("phone", "13900000002"),
        ("name", "yunling"),
        ("new_password", "password1234"),
        ("repeat", "password1234"),
    ];
    for _ in 0..20 {
        let answer = stranger.script("/act/register", &form).await;
        assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
    }
    let answer = stranger.script("/act/register", &form).await;
    assert_eq!(answer.status(), StatusCode::TOO_MANY_REQUESTS);
}

#[tokio::test]
async fn the_audit_has_one_line_for_each_wait() {
    let world = World::at("2026-11-02T10:00");
    let stranger = world.stranger();
    let wrong = [("name", "gd"), ("password", "not the password")];
    let mut waited = 0;
    for _ in 0..20 {
        let answer = stranger.post("/sign-in", &wrong).await;
        waited += u32::from(answer.status() == StatusCode::TOO_MANY_REQUESTS);
    }
    assert!(waited >= 10, "{waited}");
    let auditor = world.browser("auditor").await;
    let page = auditor.page("/audit?deed=sign_in_failed").await;
    assert_eq!(page.matches("输错次数过多，须等待").count(), 1);
}
