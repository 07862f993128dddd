//! The crates that the program is made of: where they come from, under which licences, and
//! how many of them are there twice. What cargo-deny would check, without its build.
#![allow(clippy::expect_used, clippy::print_stdout)]

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use serde_json::Value;

/// Licences that ask for nothing but their text; every one that a crate offers is among them.
const LICENCES: [&str; 12] = [
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "ISC",
    "LLVM-exception",
    "MIT",
    "MIT-0",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];

/// What would bring a second TLS, a second session store, or a database of time zones.
const BANNED: [&str; 5] = [
    "openssl-sys",
    "native-tls",
    "tower-sessions",
    "chrono-tz",
    "time-tz",
];

/// Crates that there are in more than one version: a ratchet.
const TWICE: usize = 34;

struct Crate {
    name: String,
    version: String,
    licence: String,
    source: Option<String>,
}

fn crates() -> Vec<Crate> {
    let found = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version=1", "--locked", "--offline"])
        .args(["--filter-platform", "x86_64-unknown-linux-gnu"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo runs");
    let said = String::from_utf8_lossy(&found.stderr).into_owned();
    assert!(found.status.success(), "{said}");
    let found: Value = serde_json::from_slice(&found.stdout).expect("JSON");
    let nodes = found["resolve"]["nodes"].as_array().expect("a graph");
    let used: BTreeSet<&str> = nodes
        .iter()
        .filter_map(|node| node["id"].as_str())
        .collect();
    let all = found["packages"].as_array().expect("packages");
    let all = all
        .iter()
        .filter(|one| one["id"].as_str().is_some_and(|id| used.contains(id)));
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    all.map(|one| Crate {
        name: text(&one["name"]),
        version: text(&one["version"]),
        licence: text(&one["license"]),
        source: one["source"].as_str().map(str::to_owned),
    })
    .collect()
}

#[test]
fn every_crate_is_our_own_or_of_the_registry() {
    let strange = crates().into_iter().filter_map(|one| {
        let source = one.source?;
        let known = "registry+https://github.com/rust-lang/crates.io-index";
        (source != known).then(|| format!("{} of {source}", one.name))
    });
    let strange: Vec<String> = strange.collect();
    assert!(strange.is_empty(), "{strange:?}");
}

#[test]
fn every_licence_is_one_that_may_be_used() {
    let mut strange = Vec::new();
    for one in crates() {
        let words = one.licence.split([' ', '/', '(', ')']);
        let named: Vec<&str> = words
            .filter(|word| !word.is_empty() && !["OR", "AND", "WITH"].contains(word))
            .collect();
        if named.is_empty() || named.iter().any(|name| !LICENCES.contains(name)) {
            strange.push(format!("{} {}", one.name, one.licence));
        }
    }
    assert!(strange.is_empty(), "{strange:?}");
}

#[test]
fn what_is_banned_is_not_there() {
    let banned = crates().into_iter().map(|one| one.name);
    let banned: Vec<String> = banned
        .filter(|name| BANNED.contains(&name.as_str()))
        .collect();
    assert!(banned.is_empty(), "{banned:?}");
}

#[test]
fn few_crates_are_there_twice() {
    let mut versions: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for one in crates() {
        versions.entry(one.name).or_default().insert(one.version);
    }
    versions.retain(|_, versions| versions.len() > 1);
    for (name, versions) in &versions {
        println!("{name} {versions:?}");
    }
    let twice = versions.len();
    assert!(twice <= TWICE, "{twice}, more than {TWICE}");
}
