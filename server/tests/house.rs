//! Measures of the house, printed with `cargo test -p server --test house -- --nocapture`.
//! Each is a ratchet: it may become better, and is then set anew.
#![allow(clippy::expect_used, clippy::print_stdout)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use domain::order::StepName;

fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().expect("the workspace").to_owned()
}

/// Every source file of production, by its path from the root.
fn sources() -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let mut folders: Vec<PathBuf> = ["app", "server"].map(|name| root().join(name)).into();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            let name = path.strip_prefix(root()).expect("inside");
            let name = name.to_string_lossy().into_owned();
            if path.is_dir() {
                if !["tests", "benches", "target"]
                    .iter()
                    .any(|end| name.ends_with(end))
                {
                    folders.push(path);
                }
            } else if name.ends_with(".rs") {
                found.insert(name, std::fs::read_to_string(&path).expect("text"));
            }
        }
    }
    found
}

/// Whether a text has a name as a whole word behind `before`.
fn names(text: &str, before: &str, name: &str) -> bool {
    let whole = format!("{before}{name}");
    let is_of_a_name = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
    text.match_indices(&whole).any(|(at, _)| {
        let is_longer = is_of_a_name(text[..at].chars().next_back());
        !is_longer && !is_of_a_name(text[at + whole.len()..].chars().next())
    })
}

fn held(what: &str, is: usize, at_most: usize) {
    println!("{what:<60} {is:>8}   (at most {at_most})");
    assert!(is <= at_most, "{what}: {is}, more than {at_most}");
}

/// Files of production that a step stands in, beside its texts: those that name it, and the
/// lists of steps and events (`lists.rs`) and of files (`order.rs`). Who plays people (demo, simulation) tries the
/// steps and does not make them.
#[test]
fn a_step_is_said_in_few_files() {
    let sources = sources();
    let lists = 2;
    let makes = |path: &&String| {
        let others = ["app/words", "server/src/demo", "server/src/simulate"];
        !others.iter().any(|other| path.starts_with(other))
    };
    let names_it = |text: &String, name: &str| {
        names(text, "StepName::", name) || names(text, "Step::", name) || names(text, "S::", name)
    };
    let mut counts: Vec<(usize, &str)> = StepName::ALL
        .into_iter()
        .map(|step| {
            let name = format!("{step:?}");
            let all = sources.iter().filter(|(path, _)| makes(path));
            let named = all.filter(|(_, text)| names_it(text, &name)).count();
            (named + lists, step.code())
        })
        .collect();
    counts.sort_unstable();
    for (files, step) in &counts {
        println!("{files:>4} {step}");
    }
    let median = counts[counts.len() / 2].0;
    held("files that a step stands in, median", median, 6);
    let most = counts.last().expect("steps").0;
    held("files that a step stands in, at most", most, 10);
}

#[test]
fn folders_stay_small() {
    let mut folders: BTreeMap<String, usize> = BTreeMap::new();
    for path in sources().keys() {
        let folder = path.rsplit_once('/').expect("a folder").0;
        *folders.entry(folder.to_owned()).or_default() += 1;
    }
    let mut folders: Vec<(usize, String)> = folders.into_iter().map(|(f, n)| (n, f)).collect();
    folders.sort_unstable_by(|a, b| b.cmp(a));
    for (files, folder) in folders.iter().take(8) {
        println!("{files:>4} {folder}");
    }
    held("files of the largest folder", folders[0].0, 25);
}

/// The largest set of files of the order that all import each other, directly or not. The
/// lists of steps and events name every capability, and each capability names them: what
/// counts is the circle without these.
#[test]
fn the_circle_of_the_order_does_not_grow() {
    let sources = sources();
    let folder = "app/domain/src/order/";
    // Files of the folders within name their neighbours from the order on.
    let texts: BTreeMap<&str, String> = sources
        .iter()
        .filter_map(|(path, text)| {
            let name = path.strip_prefix(folder)?.strip_suffix(".rs")?;
            let name = name.rsplit('/').next()?;
            Some((name, text.replace("crate::order::", "super::")))
        })
        .collect();
    let files: BTreeMap<&str, &str> = texts
        .iter()
        .map(|(name, text)| (*name, text.as_str()))
        .collect();
    let lists = ["lists", "event", "step"];
    let beside = |name: &&str| !lists.contains(name);
    let capabilities = files.keys().copied().filter(beside).collect();
    let largest = largest_circle(&files, &capabilities);
    held("files of the largest circle beside the lists", largest, 25);
}

/// Of `among`, by what the text of each imports.
fn largest_circle(files: &BTreeMap<&str, &str>, among: &BTreeSet<&str>) -> usize {
    let imports = |text: &str| -> BTreeSet<&str> {
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        let uses = code.split("use super::").skip(1);
        let uses: String = uses.filter_map(|rest| rest.split(';').next()).collect();
        let used = |name: &&str| names(&uses, "", name) || names(code, "super::", name);
        among.iter().copied().filter(used).collect()
    };
    let graph: BTreeMap<&str, BTreeSet<&str>> = among
        .iter()
        .map(|name| (*name, imports(files[name])))
        .collect();
    let reached = |from: &str| {
        let mut seen: BTreeSet<&str> = BTreeSet::new();
        let mut waiting = vec![from];
        while let Some(name) = waiting.pop() {
            for next in &graph[name] {
                if seen.insert(next) {
                    waiting.push(next);
                }
            }
        }
        seen
    };
    let reach: BTreeMap<&str, BTreeSet<&str>> =
        graph.keys().map(|name| (*name, reached(name))).collect();
    let circle = |name: &&str| {
        let back = reach[name].iter();
        back.filter(|other| reach[*other].contains(name)).count()
    };
    reach.keys().map(circle).max().unwrap_or(0)
}

/// What is general does not know the kinds of cases that it is used for.
#[test]
fn the_kernel_knows_no_kind_of_case() {
    let kernel = ["case", "clock", "form", "time"];
    let kinds = ["order", "meeting", "task", "project", "hall"];
    let mut known = Vec::new();
    for (path, text) in sources() {
        let Some(name) = path.strip_prefix("app/domain/src/") else {
            continue;
        };
        let room = name.split(['/', '.']).next().unwrap_or_default();
        if kernel.contains(&room) {
            let code = text.split("#[cfg(test)]").next().unwrap_or_default();
            let named = kinds.iter().filter(|kind| names(code, "crate::", kind));
            known.extend(named.map(|kind| format!("{name} knows {kind}")));
        }
    }
    assert!(known.is_empty(), "{known:?}");
}

#[test]
fn the_house_does_not_grow_without_need() {
    let sources = sources();
    let lines: usize = sources.values().map(|text| text.lines().count()).sum();
    held(
        "lines of Rust that are no tests' or benchmarks'",
        lines,
        85_527,
    );
    let engine = sources.values();
    let engine = engine.filter(|text| text.contains("Sqlite") || text.contains("sqlx::sqlite"));
    held("files that name the engine", engine.count(), 1);
    let functions = sources
        .iter()
        .filter(|(path, _)| path.starts_with("app/src"));
    let functions: usize = functions
        .map(|(_, text)| text.matches("#[server(prefix").count())
        .sum();
    held("server functions", functions, 87);
}

/// The browser's program, as it was built last; nothing where it was not.
#[test]
fn what_the_browser_loads_stays_small() {
    let pkg = root().join("target/site/pkg");
    let Ok(files) = std::fs::read_dir(pkg) else {
        println!("the pages are not built");
        return;
    };
    let wasm = files.filter_map(|file| {
        let path = file.ok()?.path();
        let is_wasm = path.to_string_lossy().ends_with(".wasm.br");
        is_wasm.then(|| std::fs::metadata(path).ok()).flatten()
    });
    let largest = wasm.map(|file| file.len()).max().unwrap_or(0);
    held("kB of wasm, compressed", largest as usize / 1000, 575);
}
