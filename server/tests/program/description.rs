use reqwest::StatusCode;
use serde_json::Value;

use crate::world::World;

#[tokio::test]
async fn the_description_names_every_call_and_needs_no_token() {
    let world = World::at("2026-11-02T10:00");
    let address = format!("{}/api/v1/openapi.json", world.address);
    let answer = reqwest::get(address).await.unwrap();
    assert_eq!(answer.status(), StatusCode::OK);
    let description: Value = answer.json().await.unwrap();
    assert_eq!(
        description["openapi"].as_str().map(|v| &v[..3]),
        Some("3.1")
    );
    let paths: Vec<&str> = description["paths"]
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    assert_eq!(
        paths,
        [
            "/attachments",
            "/attachments/{id}",
            "/calendar/{year}",
            "/departments",
            "/express",
            "/guidance",
            "/meetings",
            "/orders",
            "/orders/{number}",
            "/orders/{number}/appeal",
            "/orders/{number}/approval",
            "/orders/{number}/callback",
            "/orders/{number}/closure",
            "/orders/{number}/co_handler",
            "/orders/{number}/co_handling",
            "/orders/{number}/co_reply",
            "/orders/{number}/commitment",
            "/orders/{number}/dispatch",
            "/orders/{number}/escalation",
            "/orders/{number}/events",
            "/orders/{number}/explanation",
            "/orders/{number}/extension",
            "/orders/{number}/lifting",
            "/orders/{number}/link",
            "/orders/{number}/merge",
            "/orders/{number}/message",
            "/orders/{number}/note",
            "/orders/{number}/objection",
            "/orders/{number}/pause",
            "/orders/{number}/rating",
            "/orders/{number}/receipt",
            "/orders/{number}/reply",
            "/orders/{number}/resume",
            "/orders/{number}/return",
            "/orders/{number}/ruling",
            "/orders/{number}/split",
            "/orders/{number}/supplement",
            "/orders/{number}/take",
            "/orders/{number}/task_report",
            "/orders/{number}/urge",
            "/orders/{number}/watch",
            "/orders/{number}/withdrawal",
            "/projects",
            "/tasks",
        ]
    );
}

#[tokio::test]
async fn the_directory_and_the_calendar_can_be_asked_for() {
    let world = World::at("2026-11-02T10:00");
    let firm = world.caller("firm");
    let (_, departments) = firm.get("/departments").await;
    let codes: Vec<_> = departments["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|d| &d["code"])
        .collect();
    assert_eq!(
        codes.len(),
        27 + 17,
        "departments that fulfil orders, and townships"
    );
    let (_, year) = firm.get("/calendar/2026").await;
    assert_eq!(
        (&year["published"], &year["working_days"]),
        (&true.into(), &248.into())
    );
    let (_, year) = firm.get("/calendar/2027").await;
    assert_eq!(
        (&year["published"], &year["days"]),
        (&false.into(), &Value::Array(vec![]))
    );
    for nonsense in ["1999", "2100", "next"] {
        assert_eq!(firm.get(&format!("/calendar/{nonsense}")).await.0, 404);
    }
}

#[tokio::test]
async fn the_program_says_whether_it_is_alive_and_ready() {
    let world = World::at("2026-11-02T10:00");
    let ask = |path: &str| reqwest::get(format!("{}{path}", world.address));
    assert_eq!(ask("/healthz").await.unwrap().status(), StatusCode::OK);
    let ready: Value = ask("/readyz").await.unwrap().json().await.unwrap();
    assert_eq!(
        (&ready["database"], &ready["calendar"]),
        (&true.into(), &true.into())
    );
    world.now("2027-01-04T10:00");
    let answer = ask("/readyz").await.unwrap();
    assert_eq!(
        answer.status(),
        StatusCode::SERVICE_UNAVAILABLE,
        "no calendar of this year"
    );
}
