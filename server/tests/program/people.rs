//! People and what they may correct: applications, members, names, second factors.

use reqwest::StatusCode;

use crate::world::{Browser, PASSWORD, World, an_order, location};

fn code() -> String {
    let code = domain::CreditCode::complete("91410183MA50000A1");
    code.expect("a code").as_str().to_owned()
}

async fn registers(stranger: &Browser) -> String {
    let code = code();
    let form = [
        ("page", "/register"),
        ("enterprise", "云岭机电（虚构）"),
        ("credit_code", code.as_str()),
        ("township", "laiji"),
        ("display", "王五"),
        ("phone", "13900000002"),
        ("name", "yunling"),
        ("new_password", "雨后的山路很安静没有别人"),
        ("repeat", "雨后的山路很安静没有别人"),
    ];
    let answer = stranger.post("/act/register", &form).await;
    assert_eq!(answer.status(), StatusCode::SEE_OTHER);
    location(&answer).to_owned()
}

#[tokio::test]
async fn a_declined_application_is_mended_and_not_typed_anew() {
    let world = World::at("2026-11-02T10:00");
    let (stranger, centre) = (world.stranger(), world.browser("centre").await);
    let status = registers(&stranger).await;
    let form = [
        ("registration", "1"),
        ("approve", "no"),
        ("reason", "名称与营业执照不一致"),
    ];
    let decided = centre.post("/act/decide_registration", &form).await;
    assert_eq!(decided.status(), StatusCode::SEE_OTHER);
    let (_, key) = status.split_once("key=").expect("a key");
    let again = format!("/register?again={key}");
    assert!(stranger.page(&status).await.contains(&again));
    let page = stranger.page(&again).await;
    let code = code();
    for typed in [
        "云岭机电（虚构）",
        code.as_str(),
        "王五",
        "13900000002",
        "yunling",
    ] {
        assert!(page.contains(&format!("value=\"{typed}\"")), "{typed}");
    }
    assert!(!page.contains("雨后的山路"));
    // Of an application that waits, or of nobody's, there is nothing to mend.
    let waiting = registers(&stranger)
        .await
        .replace("/registration?key=", "/register?again=");
    for address in [waiting.as_str(), "/register?again=nonsense"] {
        assert!(!stranger.page(address).await.contains("13900000002"));
    }
}

#[tokio::test]
async fn a_member_becomes_an_administrator_of_the_enterprise_and_one_always_stays() {
    let world = World::at("2026-11-02T10:00");
    world.add(
        "firm2",
        &[
            "--role",
            "enterprise",
            "--enterprise",
            "柏川智能装备（虚构）",
            "--township",
            "laiji",
        ],
    );
    let firm = world.browser("firm").await;
    let page = firm.page("/members").await;
    let (_, rest) = page.split_once("href=\"/members/").expect("a colleague");
    let (other, _) = rest.split_once('"').expect("its end");
    let change = async |browser: &Browser, membership: &str, manages: &str| {
        let form = [
            ("page", "/members"),
            ("membership", membership),
            ("manages", manages),
        ];
        browser.script("/act/change_member", &form).await.status()
    };
    let colleague = world.browser("firm2").await;
    let begins = colleague.get("/members").await.status();
    let (first, then) = if begins == StatusCode::OK {
        ("no", "yes")
    } else {
        ("yes", "no")
    };
    for manages in [first, then, "no"] {
        assert_eq!(
            change(&firm, other, manages).await,
            StatusCode::OK,
            "{manages}"
        );
        let sees = colleague.get("/members").await.status() == StatusCode::OK;
        assert_eq!(sees, manages == "yes");
    }
    let page = firm.page("/account").await;
    assert!(page.contains("柏川智能装备"));
    // Nobody else's, and nobody by themselves.
    let rival = world.browser("rival").await;
    assert_eq!(change(&rival, other, "yes").await, StatusCode::NOT_FOUND);
    assert_eq!(
        change(&colleague, other, "yes").await,
        StatusCode::FORBIDDEN
    );
}

#[tokio::test]
async fn a_phone_is_changed_where_the_second_factor_must_be() {
    let world = World::at("2026-11-02T10:00");
    let mayor = world.browser("mayor").await;
    let page = mayor.page("/account").await;
    assert!(page.contains("更换手机或恢复码"));
    let form = [
        ("page", "/account"),
        ("password", PASSWORD),
        ("code", "000000"),
    ];
    let wrong = mayor.post("/act/remove_factor", &form).await;
    assert_eq!(wrong.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let code = world.recovery("mayor").expect("a code for recovery");
    let form = [
        ("page", "/account"),
        ("password", PASSWORD),
        ("code", &code),
    ];
    let taken = mayor.post("/act/remove_factor", &form).await;
    assert_eq!(taken.status(), StatusCode::SEE_OTHER);
    // Nothing else is open until another one is set up.
    let orders = mayor.get("/orders").await;
    assert_eq!(location(&orders), "/sign-in/enrol");
}

#[tokio::test]
async fn people_of_an_enterprise_are_masked_in_histories_as_its_contact_is() {
    let world = World::at("2026-11-02T10:00");
    world.add(
        "minister",
        &[
            "--role",
            "enterprise",
            "--enterprise",
            "柏川智能装备（虚构）",
            "--township",
            "laiji",
            "--display",
            "陈立新",
        ],
    );
    let firm = world.caller("minister");
    let (status, order) = firm.post("/orders", an_order()).await;
    assert_eq!(status, 201, "{order}");
    let number = order["number"].as_str().expect("a number").to_owned();
    let page = format!("/orders/{number}");
    for (user, sees) in [("supervision", false), ("laiji", false), ("centre", true)] {
        let shown = world.browser(user).await.page(&page).await;
        assert_eq!(shown.contains("陈立新"), sees, "{user}");
        let (_, events) = world
            .caller(user)
            .get(&format!("/orders/{number}/events"))
            .await;
        assert_eq!(
            events.to_string().contains("陈立新"),
            sees,
            "{user}: {events}"
        );
    }
}

#[tokio::test]
async fn the_audit_of_an_order_has_what_came_by_itself() {
    let world = World::at("2026-11-02T10:00");
    let firm = world.caller("firm");
    let number = firm.places().await;
    world.now("2026-11-04T10:00");
    let late = |order: &serde_json::Value| order["escalation"] == "head";
    assert!(late(&firm.until(&number, late).await));
    let auditor = world.browser("auditor").await;
    let page = auditor.page(&format!("/audit?q={number}")).await;
    assert!(page.contains("到期处理"), "{page}");
}

#[tokio::test]
async fn a_name_is_corrected_and_former_records_keep_the_old_one() {
    let world = World::at("2026-11-02T10:00");
    let admin = world.browser("admin").await;
    let page = admin.page("/accounts?q=gd").await;
    let (_, rest) = page.split_once("href=\"/accounts/").expect("an account");
    let (id, _) = rest.split_once('"').expect("its end");
    let form = [
        ("account", id),
        ("display", "电工李师傅"),
        ("phone", "0371-69881234"),
    ];
    let done = admin.post("/act/correct_account", &form).await;
    assert_eq!(done.status(), StatusCode::SEE_OTHER);
    let gd = world.browser("gd").await;
    assert!(gd.page("/account").await.contains("电工李师傅"));
    let auditor = world.browser("auditor").await;
    let page = auditor.page("/audit?deed=account_corrected").await;
    assert!(page.contains("电工老李 → 电工李师傅"));
}

/// O12: what a spreadsheet copies is checked row by row and made whole.
#[tokio::test]
async fn many_accounts_are_made_at_once() {
    let world = World::at("2026-11-02T10:00");
    let admin = world.browser("admin").await;
    let drafted = async |list: &str| {
        let form = [("page", "/account-list"), ("list", list)];
        admin.post("/act/draft_accounts", &form).await
    };
    let unheaded = drafted("张三\t经办人\n").await;
    assert_eq!(unheaded.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert!(unheaded.text().await.unwrap().contains("岗位"));
    let wrong = drafted("岗位\t账号\t单位\n经办人\tgd\t供电公司\n审计员\tnew1\t\n").await;
    let page = admin.page(location(&wrong)).await;
    assert!(
        page.contains("已被使用") && page.contains("服务器"),
        "{page}"
    );
    assert!(!page.contains("/act/make_accounts"), "nothing can be made");
    let list = "\n*帐号,姓名,角色（必填）,部门,电话\n\nZHANG3,张三,经办人,供电公司,0371-1\nli4,,head,zjj,\n";
    let right = drafted(list).await;
    let preview = location(&right).to_owned();
    let page = admin.page(&preview).await;
    let first = page.split("<code>").nth(1).expect("a password");
    let first = first.split("<!>").next().unwrap_or_default();
    let again = admin.page(&preview).await;
    assert!(again.contains(first), "what was printed stays right");
    let draft = preview.rsplit('/').next().unwrap();
    let mend = admin.page(&format!("/account-list?draft={draft}")).await;
    assert!(mend.contains("ZHANG3"), "{mend}");
    let form = [("page", preview.as_str()), ("draft", draft)];
    let made = admin.post("/act/make_accounts", &form).await;
    let form_twice = form;
    assert_eq!(location(&made), "/accounts?made=2");
    let form = [("name", "zhang3"), ("password", first)];
    let signed_in = world.stranger().post("/sign-in", &form).await;
    assert_eq!(location(&signed_in), "/sign-in/password");
    let twice = admin.post("/act/make_accounts", &form_twice).await;
    assert_eq!(location(&twice), "/accounts", "the same click once more");
    // What was made is looked at no more.
    assert_eq!(admin.get(&preview).await.status(), StatusCode::NOT_FOUND);
    let auditor = world.browser("auditor").await;
    let page = auditor.page("/audit?deed=account_added&q=li4").await;
    assert!(page.contains("负责人 zjj"), "{page}");
}
