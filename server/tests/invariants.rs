//! Absences that the architecture rests on.
#![allow(clippy::expect_used)]

use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("the workspace")
        .to_owned()
}

/// Every source file below `folder`, tests and benchmarks left out, with its text.
fn sources(folder: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            let name = path.strip_prefix(root()).expect("inside");
            let name = name.to_string_lossy().into_owned();
            if path.is_dir() {
                if !name.ends_with("tests") && !name.ends_with("benches") {
                    folders.push(path);
                }
            } else if name.ends_with(".rs") {
                found.push((name, std::fs::read_to_string(&path).expect("text")));
            }
        }
    }
    assert!(!found.is_empty(), "{folder}");
    found
}

fn nowhere(folders: &[&str], but: &[&str], words: &[&str]) {
    for (name, text) in folders.iter().flat_map(|folder| sources(folder)) {
        if but.iter().any(|allowed| name.starts_with(allowed)) {
            continue;
        }
        for word in words {
            assert!(!text.contains(word), "{name} has {word}");
        }
    }
}

#[test]
fn only_one_file_reads_the_time() {
    let clocks = [
        "Utc::now",
        "Local::now",
        "SystemTime::now",
        "Instant::now()",
        "Date::now",
    ];
    nowhere(&["app", "server"], &["server/src/clock.rs"], &clocks);
}

#[test]
fn only_the_store_speaks_sql() {
    nowhere(
        &["app", "server/src"],
        &[],
        &["sqlx::", "SELECT ", "INSERT INTO"],
    );
}

#[test]
fn only_one_file_names_the_engine() {
    nowhere(
        &["app", "server/src", "server/store/src"],
        &["server/store/src/dialect.rs"],
        &["Sqlite", "sqlx::sqlite", "libsqlite3", "PRAGMA", "sqlite_"],
    );
}

#[test]
fn the_rules_know_neither_pages_nor_database_nor_files() {
    let outside = [
        "leptos",
        "axum",
        "tokio",
        "sqlx",
        "std::fs",
        "std::env",
        "cfg(feature",
    ];
    nowhere(&["app/domain/src"], &[], &outside);
    let manifest = std::fs::read_to_string(root().join("app/domain/Cargo.toml")).expect("text");
    for word in ["leptos", "axum", "tokio", "sqlx"] {
        assert!(!manifest.contains(word), "the domain depends on {word}");
    }
}

/// The browser's program is built without them: what names them there does not compile.
#[test]
fn what_the_browser_runs_knows_neither_store_nor_http() {
    let manifest = std::fs::read_to_string(root().join("app/Cargo.toml")).expect("text");
    let of_browser = manifest.lines().find(|line| line.starts_with("hydrate ="));
    let of_browser = of_browser.expect("the browser's features");
    for name in ["store", "axum", "leptos_axum", "tokio"] {
        let line = format!("{name} = {{ workspace = true, optional = true }}");
        assert!(manifest.contains(&line), "{name}");
        assert!(!of_browser.contains(&format!("dep:{name}")), "{name}");
    }
}

#[test]
fn every_page_arrives_complete() {
    let routes = std::fs::read_to_string(root().join("app/src/routes.rs")).expect("text");
    let pages = routes.matches("<Route").count() - routes.matches("<Routes").count();
    assert!(pages > 0);
    assert_eq!(pages, routes.matches("ssr=SsrMode::Async").count());
}
