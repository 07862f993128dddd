use futures::StreamExt;
use reqwest::StatusCode;
use serde_json::json;

use crate::world::World;

/// A page rendered beside many others: what belongs to one request must not be gone
/// while its head is still written.
#[tokio::test]
async fn a_page_is_whole_however_many_ask_at_once() {
    let world = World::at("2026-11-02T10:00");
    let (firm, centre) = (world.caller("firm"), world.caller("centre"));
    let number = firm.places().await;
    let dispatch = json!({"department": "gd", "complexity": "ordinary"});
    centre.step(&number, "dispatch", dispatch).await;
    let browser = world.browser("gd").await;
    let order = format!("/orders/{number}");
    let receipt = format!("{order}/receipt");
    let addresses = [
        &order,
        &receipt,
        "/",
        "/orders",
        "/ahead",
        "/cards",
        "/notices",
        "/calendar",
    ];
    let asked = (0..400).map(|n| addresses[n % addresses.len()]);
    let answers = futures::stream::iter(asked)
        .map(|address| {
            let browser = &browser;
            async move {
                let answer = browser.get(address).await;
                (address, answer.status(), answer.text().await.unwrap())
            }
        })
        .buffer_unordered(16);
    let answers: Vec<_> = answers.collect().await;
    for (address, status, page) in answers {
        assert_eq!(status, StatusCode::OK, "{address}");
        assert!(
            page.contains("<title>") && page.contains("</html>"),
            "{address}"
        );
    }
}
