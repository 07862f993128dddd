use std::net::TcpListener;
use std::process::Output;

use tempfile::TempDir;

use crate::world::{World, run};

fn said(output: &Output) -> (Option<i32>, String, String) {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (
        output.status.code(),
        text(&output.stdout),
        text(&output.stderr),
    )
}

#[test]
fn due_prints_every_vector_right() {
    let vectors = include_str!("../../../app/domain/tests/due-vectors.csv");
    for line in vectors.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        let unit = format!("--{}", cells[1]);
        let output = run(&["due", "--received", cells[0], &unit, cells[2]], "");
        let expected = format!("{}:00+08:00\n", cells[3]);
        assert_eq!(said(&output), (Some(0), expected, String::new()), "{line}");
    }
}

#[test]
fn due_explains_itself_day_by_day_and_answers_many_at_once() {
    let one = [
        "due",
        "--received",
        "2026-09-30T17:30",
        "--days",
        "1",
        "--receipt",
    ];
    let (code, out, _) = said(&run(&one, ""));
    let lines: Vec<&str> = out.lines().collect();
    assert_eq!(code, Some(0));
    assert_eq!(lines[0], "2026-10-09T17:00:00+08:00");
    assert_eq!(
        lines[1],
        "2026-09-30\t-\tafter closing: received on the next working day"
    );
    assert_eq!(lines[2], "2026-10-01\t-\tday off (国庆节)");
    assert_eq!(lines[9], "2026-10-08\t-\tday of receipt, not counted");
    assert_eq!(lines[10..], ["2026-10-09\t1\tworking day"]);
    let many = "2026-09-30T16:20,days,5\n2026-11-23T11:00,hours,2\n";
    let (code, out, _) = said(&run(&["due", "--stdin"], many));
    assert_eq!(code, Some(0));
    assert_eq!(
        out,
        "2026-10-13T17:00:00+08:00\n2026-11-23T14:00:00+08:00\n"
    );
    let (code, _, err) = said(&run(&["due", "--stdin"], "2026-09-30T16:20,weeks,5\n"));
    assert_eq!(code, Some(2));
    assert!(err.contains("line 1"), "{err}");
}

#[test]
fn due_in_natural_days_and_months_ends_on_a_working_day() {
    for (unit, amount, received, due) in [
        ("--natural-days", "5", "2026-11-02T10:00", "2026-11-09"),
        ("--months", "3", "2026-05-29T10:00", "2026-08-31"),
    ] {
        let asked = ["due", "--received", received, unit, amount, "--receipt"];
        let (code, out, _) = said(&run(&asked, ""));
        assert_eq!(code, Some(0));
        assert!(out.starts_with(&format!("{due}T17:00:00+08:00")), "{out}");
        let last = out.lines().last().unwrap_or_default();
        assert_eq!(last, format!("{due}\t-\tmoved on from a day off"));
    }
}

#[test]
fn wrong_use_exits_with_2_and_says_what_it_takes() {
    let cases: [(&[&str], &str); 8] = [
        (
            &["due", "--received", "yesterday", "--days", "1"],
            "--received",
        ),
        (&["due", "--received", "2026-09-30T10:00"], "--days"),
        (
            &["due", "--received", "2026-09-30T10:00", "--days", "0"],
            "--days",
        ),
        (
            &[
                "due",
                "--received",
                "2026-09-30T10:00",
                "--days",
                "1",
                "--hours",
                "1",
            ],
            "--hours",
        ),
        (&["serve", "--clock", "x"], "--rehearsal"),
        (&["serve", "--rehearsal"], "--clock"),
        (&["serve", "--addr", "nowhere"], "--addr"),
        (&["dance"], "dance"),
    ];
    for (args, named) in cases {
        let (code, out, err) = said(&run(args, ""));
        assert_eq!((code, out.as_str()), (Some(2), ""), "{args:?}");
        assert!(err.contains(named), "{args:?}: {err}");
    }
}

#[test]
fn help_is_there_for_everything() {
    for args in [
        &["--help"][..],
        &["serve", "--help"],
        &["due", "--help"],
        &["user", "add", "--help"],
        &["token", "create", "--help"],
    ] {
        let (code, out, _) = said(&run(args, ""));
        assert_eq!(code, Some(0), "{args:?}");
        assert!(out.contains("Usage"), "{args:?}");
    }
}

#[test]
fn a_start_that_cannot_be_says_why_and_stops() {
    let dir = TempDir::new().unwrap();
    let data = dir.path().join("data");
    let data = data.to_str().unwrap();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let (code, _, err) = said(&run(&["serve", "--data", data, "--addr", &address], ""));
    assert_eq!(code, Some(1));
    assert!(err.contains(&address) && err.contains("--addr"), "{err}");

    let file = dir.path().join("file");
    std::fs::write(&file, "").unwrap();
    let inside = file.join("data");
    let inside = inside.to_str().unwrap();
    let (code, _, err) = said(&run(
        &["serve", "--data", inside, "--addr", "127.0.0.1:0"],
        "",
    ));
    assert_eq!(code, Some(1));
    assert!(
        err.contains(inside) && err.contains("cannot be written"),
        "{err}"
    );

    let clock = dir.path().join("clock");
    std::fs::write(&clock, "noon").unwrap();
    let rehearsal = ["--rehearsal", "--clock", clock.to_str().unwrap()];
    let args = ["serve", "--data", data, "--addr", "127.0.0.1:0"];
    let (code, _, err) = said(&run(&[&args[..], &rehearsal].concat(), ""));
    assert_eq!(code, Some(1));
    assert!(err.contains("--clock"), "{err}");

    let (code, _, err) = said(&run(&[&args[..], &["--sweep-seconds", "0"]].concat(), ""));
    assert_eq!(code, Some(1));
    assert!(
        err.contains("sweep_seconds") && err.contains("3600"),
        "{err}"
    );
}

#[test]
fn a_wrong_setting_in_the_file_is_named() {
    let dir = TempDir::new().unwrap();
    for (text, named) in [
        ("colour = 1", "colour"),
        ("addr = 5", "addr"),
        ("sweep_seconds = \"a\"", "sweep_seconds"),
    ] {
        std::fs::write(dir.path().join("zhitong.toml"), text).unwrap();
        let output = crate::world::program()
            .current_dir(dir.path())
            .args(["serve", "--addr", "127.0.0.1:0"])
            .output()
            .unwrap();
        let (code, _, err) = said(&output);
        assert_eq!(code, Some(1), "{text}");
        assert!(err.contains(named), "{text}: {err}");
    }
}

#[tokio::test]
async fn a_rehearsal_and_real_work_never_share_a_directory() {
    let mut world = World::at("2026-11-02T10:00");
    world.stop();
    let data = world.data();
    let data = data.to_str().unwrap();
    let (code, _, err) = said(&run(
        &["serve", "--data", data, "--addr", "127.0.0.1:0"],
        "",
    ));
    assert_eq!(code, Some(1));
    assert!(err.contains("rehearsal"), "{err}");
}

#[test]
fn a_token_is_printed_alone_and_only_for_an_account() {
    let dir = TempDir::new().unwrap();
    crate::world::make(dir.path());
    let data = dir.path().to_str().unwrap();
    let add = ["user", "add", "boss", "--role", "mayor", "--data", data];
    assert_eq!(said(&run(&add, "long enough a password")).0, Some(0));
    assert_eq!(
        said(&run(&add, "long enough a password")).0,
        Some(1),
        "the name is taken"
    );
    assert_eq!(
        said(&run(
            &["user", "add", "x", "--role", "mayor", "--data", data],
            ""
        ))
        .0,
        Some(2)
    );
    let (code, out, err) = said(&run(
        &["token", "create", "--user", "boss", "--data", data],
        "",
    ));
    assert_eq!((code, err.as_str()), (Some(0), ""));
    assert_eq!(out.trim().len(), 64);
    assert!(out.trim().bytes().all(|b| b.is_ascii_hexdigit()));
    let (code, out, _) = said(&run(
        &["token", "create", "--user", "nobody", "--data", data],
        "",
    ));
    assert_eq!((code, out.as_str()), (Some(1), ""));
}

#[test]
fn a_refused_start_leaves_the_directory_as_it_was() {
    let dir = TempDir::new().unwrap();
    crate::world::make(dir.path());
    let data = dir.path().to_str().unwrap();
    let add = ["user", "add", "boss", "--role", "mayor", "--data", data];
    assert_eq!(said(&run(&add, "long enough a password")).0, Some(0));
    let clock = dir.path().join("clock");
    std::fs::write(&clock, "2026-11-02T10:00:00+08:00").unwrap();
    let serve = ["serve", "--data", data, "--addr", "127.0.0.1:0", "--demo"];
    let rehearsal = ["--rehearsal", "--clock", clock.to_str().unwrap()];
    for args in [
        [&serve[..], &rehearsal].concat(),
        serve.to_vec(),
        serve.to_vec(),
    ] {
        let (code, _, err) = said(&run(&args, ""));
        assert_eq!(code, Some(1));
        assert!(err.contains("--demo needs an empty directory"), "{err}");
    }
}

#[test]
fn a_rehearsal_stays_within_the_calendar() {
    let dir = TempDir::new().unwrap();
    let clock = dir.path().join("clock");
    let data = dir.path().join("data");
    for time in [
        "9999-12-31T23:59:59Z",
        "0000-01-01T00:00:00+14:00",
        "2026-11-02T10:00",
    ] {
        std::fs::write(&clock, time).unwrap();
        let args = ["serve", "--addr", "127.0.0.1:0", "--rehearsal", "--clock"];
        let rest = [clock.to_str().unwrap(), "--data", data.to_str().unwrap()];
        let (code, _, err) = said(&run(&[&args[..], &rest].concat(), ""));
        assert_eq!(code, Some(1), "{time}");
        assert!(err.contains("RFC 3339"), "{time}: {err}");
    }
}
