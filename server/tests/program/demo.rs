use std::collections::BTreeSet;

use reqwest::Client;
use serde_json::Value;
use tempfile::TempDir;

use crate::world::{run, serve};

/// On whichever day it is started: a working day at several hours, a weekend, a
/// long holiday, the first days of a year, a year without a calendar.
#[tokio::test]
async fn the_demo_shows_everything_on_whichever_day_it_is_started() {
    for now in [
        "2026-11-23T07:00:00+08:00",
        "2026-11-23T12:30:00+08:00",
        "2026-11-24T18:00:00+08:00",
        "2026-11-28T10:00:00+08:00",
        "2026-10-03T10:00:00+08:00",
        "2026-01-03T10:00:00+08:00",
        "2027-02-10T16:59:00+08:00",
    ] {
        let dir = TempDir::new().unwrap();
        let clock = dir.path().join("clock");
        std::fs::write(&clock, now).unwrap();
        let args = ["--demo", "--rehearsal", "--clock", clock.to_str().unwrap()];
        let (mut server, address) = serve(&dir, &args);
        let data = dir.path().join("data");
        let data = data.to_str().unwrap();
        let token = run(&["token", "create", "--user", "office", "--data", data], "").stdout;
        let token = String::from_utf8(token).unwrap();
        let list: Value = Client::new()
            .get(format!("{address}/api/v1/orders?limit=200"))
            .bearer_auth(token.trim())
            .send()
            .await
            .unwrap()
            .json()
            .await
            .unwrap();
        server.kill().unwrap();
        server.wait().unwrap();
        let orders = list["items"].as_array().unwrap();
        assert_eq!(orders.len(), 34, "{now}");
        let seen = |field: &str| -> BTreeSet<&str> {
            orders
                .iter()
                .filter_map(|order| order[field].as_str())
                .collect()
        };
        let all = |names: &[&'static str]| names.iter().copied().collect::<BTreeSet<_>>();
        let stages = [
            "submitted",
            "declined",
            "dispatched",
            "in_hand",
            "paused",
            "replied",
            "rework",
            "closed",
            "withdrawn",
            "merged",
        ];
        assert_eq!(seen("stage"), all(&stages), "{now}");
        assert_eq!(
            seen("light"),
            all(&["none", "green", "yellow", "red"]),
            "{now}"
        );
        assert_eq!(
            seen("escalation"),
            all(&["none", "head", "deputy", "express"]),
            "{now}"
        );
        let express = seen("express");
        assert!(
            express.is_superset(&all(&["candidate", "matter", "decided"])),
            "{now}: {express:?}"
        );
        let ratings = [
            "very_satisfied",
            "satisfied",
            "fairly_satisfied",
            "dissatisfied",
        ];
        assert!(
            seen("rating").is_superset(&all(&ratings)),
            "{now}: {:?}",
            seen("rating")
        );
        let escalated = orders
            .iter()
            .filter(|order| order["escalation"] != "none")
            .count();
        assert!(escalated >= 3, "{now}: {escalated}");
    }
}
