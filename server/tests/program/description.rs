use domain::meeting::MeetingStepName;
use domain::order::StepName;
use domain::task::TaskStepName;
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
    let mut expected: Vec<String> = StepName::ALL
        .into_iter()
        .filter(|step| step.form().is_some())
        .map(StepName::code)
        // Nouns that other systems know.
        .chain([
            "appeal",
            "approval",
            "callback",
            "closure",
            "co_handler",
            "co_handling",
            "commitment",
            "correction",
            "escalation",
            "explanation",
            "extension",
            "lifting",
            "objection",
            "rating",
            "ruling",
            "task_report",
            "withdrawal",
        ])
        .chain(["events", "receipt", "watch"])
        .map(|step| format!("/orders/{{number}}/{step}"))
        .chain(
            MeetingStepName::ALL
                .into_iter()
                .filter(|step| step.form().is_some())
                .map(|step| format!("/meetings/{{number}}/{}", step.code())),
        )
        .chain(
            TaskStepName::ALL
                .into_iter()
                .filter(|step| step.form().is_some())
                .map(|step| format!("/tasks/{{number}}/{}", step.code())),
        )
        .chain(
            [
                "/attachments",
                "/attachments/{id}",
                "/calendar/{year}",
                "/departments",
                "/express",
                "/guidance",
                "/meetings",
                "/meetings/{number}",
                "/meetings/{number}/events",
                "/meetings/{number}/watch",
                "/orders",
                "/orders/{number}",
                "/projects",
                "/tasks",
                "/tasks/{number}",
                "/tasks/{number}/events",
                "/tasks/{number}/watch",
            ]
            .map(str::to_owned),
        )
        .collect();
    expected.sort_unstable();
    expected.dedup();
    assert_eq!(paths, expected);
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
