//! What is broken around the program, and in its data: the rest goes on, and it is said.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::{Child, Command};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use reqwest::StatusCode;
use serde_json::{Value, json};
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{ConnectOptions, Connection};

use tempfile::TempDir;

use crate::world::{World, an_order, listening, make, run, serve, serve_logged};

async fn database(world: &World) -> SqliteConnection {
    let file = world.data().join("zhitong.sqlite");
    let options = SqliteConnectOptions::new().filename(file);
    options.connect().await.expect("opened")
}

async fn ready(address: &str) -> (StatusCode, Value) {
    let answer = reqwest::get(format!("{address}/readyz")).await.unwrap();
    (answer.status(), answer.json().await.unwrap())
}

/// Asks until it is so, or until patience ends: then what is asked about it fails.
async fn until(address: &str, is_so: impl Fn(StatusCode, &Value) -> bool) -> Value {
    let patience = Instant::now() + Duration::from_secs(60);
    loop {
        let (status, told) = ready(address).await;
        if is_so(status, &told) || Instant::now() > patience {
            return told;
        }
        tokio::task::yield_now().await;
    }
}

fn told(output: &std::process::Output) -> (bool, String, String) {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (
        output.status.success(),
        text(&output.stdout),
        text(&output.stderr),
    )
}

/// R1: records that cannot be read are named, and everybody else is told in time.
#[tokio::test]
async fn poisoned_records_hold_nobody_up_and_are_named() {
    let world = World::at("2026-11-02T10:00");
    let firm = world.caller("firm");
    let (sick, well) = (firm.places().await, firm.places().await);
    let mut connection = database(&world).await;
    sqlx::query(
        "INSERT INTO events (kind, case_id, seq, happened_at, entered_at, actor, role, what,
                             calendar, attachments)
         SELECT 'order', id, 2, placed_at, placed_at, '', 'centre',
                '{\"kind\":\"unheard_of\"}', 1, '[]'
         FROM orders WHERE number = $1",
    )
    .bind(&sick)
    .execute(&mut connection)
    .await
    .unwrap();
    for sql in [
        "INSERT INTO meetings (number, kind, title, starts_at, minutes, place, chair, state, version, remind_at)
         SELECT 'HY-2026-0999', 'coordination', '会', 1793700000, 60, '室', id, 'invited', 1, 1
         FROM users LIMIT 1",
        "INSERT INTO events (kind, case_id, seq, happened_at, entered_at, actor, role, what,
                             calendar, attachments)
         SELECT 'meeting', max(id), 1, 1, 1, '', 'office', '{\"kind\":\"unheard_of\"}', 1, '[]'
         FROM meetings",
    ] {
        sqlx::query(sql).execute(&mut connection).await.unwrap();
    }
    world.now("2026-11-05T09:30");
    let order = firm
        .until(&well, |order| order["escalation"] != "none")
        .await;
    assert_eq!(order["escalation"], "head", "the others are carried up");
    let told = until(&world.address, |_, told| {
        told["troubles"]
            .as_array()
            .is_some_and(|all| all.len() == 2)
    })
    .await;
    assert_eq!(
        told["troubles"],
        json!(["meeting HY-2026-0999", format!("order {sick}")])
    );
    assert_eq!(ready(&world.address).await.0, StatusCode::OK);
    let page = world.browser("admin").await.page("/").await;
    assert!(
        page.contains(&sick) && page.contains("HY-2026-0999"),
        "{page}"
    );
    let list = firm.get("/orders").await.1;
    assert_eq!(list["items"].as_array().map(Vec::len), Some(2), "{list}");
}

/// R2, R8: with the lock held by another program pages are read, and who writes is not
/// told a falsehood.
#[tokio::test]
async fn a_held_lock_is_waited_out_and_pages_are_read_meanwhile() {
    let world = World::at("2026-11-02T10:00");
    let firm = world.caller("firm");
    let number = firm.places().await;
    let browser = world.browser("firm").await;
    let centre = world.browser("centre").await;
    let other = world.caller("firm");
    let mut connection = database(&world).await;
    sqlx::query("BEGIN IMMEDIATE")
        .execute(&mut connection)
        .await
        .unwrap();
    let placing = tokio::spawn(async move { other.places().await });
    let told = until(&world.address, |status, _| {
        status == StatusCode::SERVICE_UNAVAILABLE
    })
    .await;
    assert_eq!(
        (&told["writer"], &told["database"]),
        (&json!(false), &json!(true))
    );
    let page = browser.page(&format!("/orders/{number}")).await;
    assert!(page.contains(&number), "reading needs no writer");
    // What these note as they are read waits two seconds at most: a telephone stays masked,
    // a second factor is not offered.
    let page = centre.page(&format!("/orders/{number}")).await;
    assert!(page.contains(&number) && !page.contains("13800000000"));
    let page = centre.page("/account").await;
    assert!(page.contains("暂时无法设置"), "{page}");
    assert!(!placing.is_finished(), "who writes waits");
    sqlx::query("ROLLBACK")
        .execute(&mut connection)
        .await
        .unwrap();
    let placed = placing.await.unwrap();
    assert!(placed > number, "and is written once the lock is let go");
    until(&world.address, |status, _| status == StatusCode::OK).await;
}

/// R2: the file is moved away under the program: what would be gone with it is not taken.
#[tokio::test]
async fn a_file_that_is_moved_away_is_noticed() {
    let world = World::at("2026-11-02T10:00");
    let firm = world.caller("firm");
    let number = firm.places().await;
    until(&world.address, |status, _| status == StatusCode::OK).await;
    let file = world.data().join("zhitong.sqlite");
    std::fs::rename(&file, world.data().join("elsewhere.sqlite")).unwrap();
    let told = until(&world.address, |status, _| {
        status == StatusCode::SERVICE_UNAVAILABLE
    })
    .await;
    assert_eq!(told["file"], false);
    let (status, _) = firm.post("/orders", an_order()).await;
    assert_eq!(status, 500);
    assert_eq!(
        firm.order(&number).await["number"],
        number,
        "reading goes on"
    );
}

/// R8: a log that cannot be written ends no request.
#[tokio::test]
async fn pages_are_answered_where_the_log_has_no_room() {
    let dir = TempDir::new().unwrap();
    make(&dir.path().join("data"));
    let (server, address) = serve_logged(&dir, Path::new("/dev/full"));
    let _ends = Ends(server);
    for page in ["/sign-in", "/healthz", "/sign-in"] {
        let answer = reqwest::get(format!("{address}{page}")).await.unwrap();
        assert_eq!(answer.status(), StatusCode::OK, "{page}");
    }
}

/// R1, R5: with a damaged record there is a backup all the same, which says what it has;
/// it comes back, and not with more than that.
#[tokio::test]
async fn a_damaged_record_stops_no_backup() {
    let world = World::at("2026-11-02T10:00");
    let firm = world.caller("firm");
    let (sick, well) = (firm.places().await, firm.places().await);
    let torn = firm.places().await;
    let file = SqliteConnectOptions::new().filename(world.data().join("zhitong.sqlite"));
    let mut connection = file.foreign_keys(false).connect().await.unwrap();
    let nonsense = "UPDATE orders SET township = CAST(x'ff41fe' AS TEXT) WHERE number = $1";
    let nonsense = sqlx::query(nonsense).bind(&sick);
    nonsense.execute(&mut connection).await.unwrap();
    let damage = "UPDATE orders SET title = 'x' WHERE number = $1";
    let damage = sqlx::query(damage).bind(&sick);
    damage.execute(&mut connection).await.unwrap();
    let guard = sqlx::query("DROP TRIGGER events_are_not_changed");
    guard.execute(&mut connection).await.unwrap();
    let damage = "UPDATE events SET attachments = '[' WHERE kind = 'order' AND case_id =
                      (SELECT id FROM orders WHERE number = $1)";
    let damage = sqlx::query(damage).bind(&torn);
    damage.execute(&mut connection).await.unwrap();
    connection.close().await.unwrap();
    let at = |name: &str| world.dir.path().join(name).to_str().unwrap().to_owned();
    let (data, to, back) = (at("data"), at("backup"), at("back"));
    let (fine, head, said) = told(&run(&["backup", "--data", &data, "--to", &to], ""));
    assert!(
        fine && said.contains(&sick) && !said.contains(&well),
        "{said}"
    );
    let (fine, restored, said) = told(&run(&["restore", "--from", &to, "--data", &back], ""));
    assert!(fine && restored == head && said.contains(&sick), "{said}");
    let (fine, _, said) = told(&run(&["check", "--data", &back], ""));
    assert!(
        !fine && said.contains(&sick) && !said.contains(&well),
        "{said}"
    );
    let more = SqliteConnectOptions::new().filename(Path::new(&to).join("zhitong.sqlite"));
    let mut connection = more.connect().await.unwrap();
    let damage = "UPDATE orders SET title = 'x' WHERE number = $1";
    let damage = sqlx::query(damage).bind(&well);
    damage.execute(&mut connection).await.unwrap();
    connection.close().await.unwrap();
    let again = at("again");
    let (fine, _, said) = told(&run(&["restore", "--from", &to, "--data", &again], ""));
    assert!(!fine && said.contains("is not whole"), "{said}");
    std::fs::remove_file(Path::new(&to).join("contents")).unwrap();
    let (fine, _, said) = told(&run(&["restore", "--from", &to, "--data", &again], ""));
    assert!(!fine && said.contains(&well), "nothing excuses it: {said}");
}

/// R5: a backup of the running program under load, restored and checked.
#[tokio::test]
async fn a_backup_under_load_is_whole_and_comes_back() {
    let world = World::at("2026-11-02T10:00");
    let firm = world.caller("firm");
    let first = firm.places().await;
    let placing = {
        let firm = world.caller("firm");
        tokio::spawn(async move {
            let mut placed = Vec::new();
            for _ in 0..60 {
                placed.push(firm.places().await);
            }
            placed
        })
    };
    let (data, to) = (world.data(), world.dir.path().join("backup"));
    let (data, to) = (
        data.to_str().unwrap().to_owned(),
        to.to_str().unwrap().to_owned(),
    );
    let args = ["backup", "--data", &data, "--to", &to].map(str::to_owned);
    let backed_up =
        tokio::task::spawn_blocking(move || run(&args.each_ref().map(String::as_str), ""));
    let (fine, head, error) = told(&backed_up.await.unwrap());
    assert!(fine, "{error}");
    placing.await.unwrap();
    let again = run(&["backup", "--data", &data, "--to", &to], "");
    let (fine, _, error) = told(&again);
    assert!(!fine && error.contains("is not empty"), "{error}");
    let back = world.dir.path().join("back");
    let back = back.to_str().unwrap();
    let (fine, restored, error) = told(&run(&["restore", "--from", &to, "--data", back], ""));
    assert!(fine && restored == head, "{restored} {head} {error}");
    let (fine, checked, error) = told(&run(&["check", "--data", back], ""));
    assert!(fine && checked == head, "{error}");
    let mut connection = SqliteConnectOptions::new()
        .filename(Path::new(back).join("zhitong.sqlite"))
        .connect()
        .await
        .unwrap();
    let there: bool = sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM orders WHERE number = $1)")
        .bind(&first)
        .fetch_one(&mut connection)
        .await
        .unwrap();
    assert!(there);
    connection.close().await.unwrap();
    let (_, ready) = ready(&world.address).await;
    assert!(ready["last_backup"].is_string(), "{ready}");
    // Over data, from nothing, and from what is broken: refused, and nothing is written.
    let (fine, _, error) = told(&run(&["restore", "--from", &to, "--data", back], ""));
    assert!(!fine && error.contains("is not empty"), "{error}");
    let nothing = world.dir.path().join("nothing");
    let nothing = nothing.to_str().unwrap();
    let (fine, _, error) = told(&run(&["restore", "--from", nothing, "--data", "x"], ""));
    assert!(!fine && error.contains("no backup"), "{error}");
    let file = Path::new(&to).join("zhitong.sqlite");
    let mut connection = SqliteConnectOptions::new()
        .filename(&file)
        .connect()
        .await
        .unwrap();
    sqlx::query("DELETE FROM audit WHERE id = (SELECT max(id) FROM audit)")
        .execute(&mut connection)
        .await
        .ok();
    sqlx::query("UPDATE orders SET lead = 'gd'")
        .execute(&mut connection)
        .await
        .unwrap();
    connection.close().await.unwrap();
    let empty = world.dir.path().join("empty");
    let empty = empty.to_str().unwrap();
    let (fine, _, error) = told(&run(&["restore", "--from", &to, "--data", empty], ""));
    assert!(!fine && error.contains("is not whole"), "{error}");
    assert!(!Path::new(empty).exists());
}

/// R6: only serving makes a directory.
#[test]
fn a_mistyped_directory_is_said_and_not_made() {
    let dir = tempfile::TempDir::new().unwrap();
    let data = dir.path().join("dta");
    let data = data.to_str().unwrap();
    for args in [
        vec!["check", "--data", data],
        vec!["user", "add", "x", "--role", "mayor", "--data", data],
        vec!["token", "create", "--user", "x", "--data", data],
        vec![
            "due",
            "--received",
            "2026-11-02T10:00",
            "--days",
            "1",
            "--data",
            data,
        ],
        vec!["backup", "--to", "b", "--data", data],
    ] {
        let (fine, _, error) = told(&run(&args, "a password of tests"));
        assert!(
            !fine && error.contains("there is no data in"),
            "{args:?}: {error}"
        );
        assert!(!Path::new(data).exists(), "{args:?}");
    }
}

/// R5, R13: a clean stop leaves the whole in one file; nobody else serves the directory.
#[tokio::test]
async fn a_clean_stop_folds_the_log_in_and_lets_the_directory_go() {
    let dir = tempfile::TempDir::new().unwrap();
    let (mut first, address) = serve(&dir, &[]);
    // The first night's backup reads, and would keep the log.
    until(&address, |_, told| told["last_backup"].is_string()).await;
    let data = dir.path().join("data");
    let second = run(
        &[
            "serve",
            "--data",
            data.to_str().unwrap(),
            "--addr",
            "127.0.0.1:0",
        ],
        "",
    );
    let (fine, _, error) = told(&second);
    let pid = first.id().to_string();
    assert!(!fine && error.contains(&pid), "{error}");
    Command::new("kill").arg(&pid).status().unwrap();
    first.wait().unwrap();
    let log = std::fs::metadata(data.join("zhitong.sqlite-wal"));
    assert!(
        log.map_or(true, |log| log.len() == 0),
        "nothing is left in it"
    );
    let (fine, _, error) = told(&run(&["check", "--data", data.to_str().unwrap()], ""));
    assert!(fine, "{error}");
    use std::os::unix::fs::PermissionsExt;
    let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&data), 0o700);
    assert_eq!(mode(&data.join("zhitong.sqlite")), 0o600);
}

/// R3: more than a search takes is refused; what it takes keeps no list waiting.
#[tokio::test]
async fn a_search_is_bounded() {
    let world = World::at("2026-11-02T10:00");
    let firm = world.caller("firm");
    firm.places().await;
    let many = "1 ".repeat(450);
    let long = "电".repeat(330);
    for text in [many.trim(), &long] {
        let (status, told) = firm
            .get(&format!("/orders?q={}", text.replace(' ', "%20")))
            .await;
        assert_eq!(
            (status, &told["type"]),
            (400, &json!("/problems/search_too_long"))
        );
    }
    let twelve = "1 2 3 4 5 6 7 8 9 0 11 12";
    let (status, _) = firm
        .get(&format!("/orders?q={}", twelve.replace(' ', "%20")))
        .await;
    assert_eq!(status, 200);
}

/// R4: what stands beside the files of a form has one bound together.
#[tokio::test]
async fn a_form_of_endless_fields_or_headers_is_refused() {
    let world = World::at("2026-11-02T10:00");
    let firm = world.browser("firm").await;
    let field = "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n\r\n";
    let fields = format!("{}--x--\r\n", field.repeat(5000));
    let header = format!(
        "--x\r\nContent-Disposition: form-data; name=\"a\"\r\nX-A: {}\r\n\r\nb\r\n--x--\r\n",
        "a".repeat(3_000_000)
    );
    for body in [fields, header] {
        let answer = firm
            .post_multipart("/attachments/form", "x", body.into_bytes())
            .await;
        assert!(
            matches!(
                answer.status(),
                StatusCode::PAYLOAD_TOO_LARGE | StatusCode::BAD_REQUEST
            ),
            "{}",
            answer.status()
        );
    }
}

/// 32 writers, and the program killed in the middle: what was acknowledged is there once.
#[tokio::test]
async fn what_was_acknowledged_before_a_kill_is_there_after_it() {
    let mut world = World::at("2026-11-02T10:00");
    let firm = world.caller("firm");
    let mut acknowledged = Vec::new();
    for round in 1..=2 {
        let placed = Arc::new(Mutex::new(Vec::new()));
        let writers = (0..32).map(|writer| {
            let (placed, token) = (placed.clone(), firm.token.clone());
            let address = format!("{}/api/v1/orders", world.address);
            tokio::spawn(async move {
                let client = reqwest::Client::new();
                for at in 0.. {
                    let answer = client
                        .post(&address)
                        .bearer_auth(&token)
                        .header("idempotency-key", format!("{round}-{writer}-{at}"))
                        .json(&an_order())
                        .send()
                        .await;
                    match answer {
                        Ok(answer) if answer.status() == StatusCode::CREATED => {
                            let location = answer.headers()["location"].to_str().unwrap();
                            let number = location.rsplit('/').next().unwrap();
                            placed.lock().unwrap().push(number.to_owned());
                        }
                        // As often as one account may.
                        Ok(answer) => assert_eq!(answer.status(), StatusCode::TOO_MANY_REQUESTS),
                        Err(_) => return,
                    }
                }
            })
        });
        let writers: Vec<_> = writers.collect();
        while placed.lock().unwrap().len() < 40 {
            tokio::task::yield_now().await;
        }
        world.stop();
        for writer in writers {
            writer.await.unwrap();
        }
        acknowledged.extend(placed.lock().unwrap().drain(..));
        world.start();
    }
    let mut connection = database(&world).await;
    let numbers: Vec<String> = sqlx::query_scalar("SELECT number FROM orders")
        .fetch_all(&mut connection)
        .await
        .unwrap();
    let there: BTreeSet<&String> = numbers.iter().collect();
    assert_eq!(there.len(), numbers.len(), "none is there twice");
    let lost: Vec<_> = acknowledged
        .iter()
        .filter(|one| !there.contains(one))
        .collect();
    assert!(lost.is_empty() && acknowledged.len() >= 80, "{lost:?}");
    let data = world.data();
    let (fine, _, error) = told(&run(&["check", "--data", data.to_str().unwrap()], ""));
    assert!(fine, "{error}");
}

/// A disk that fills: it is said, reading goes on, and with room again so does writing.
/// The disk is one of memory that only the program sees, which asks for `unshare`.
#[tokio::test]
async fn a_disk_that_fills_is_said_and_survived() {
    let mut world = World::at("2026-11-02T10:00");
    let firm = world.caller("firm");
    world.stop();
    let disk = world.dir.path().join("disk");
    std::fs::create_dir(&disk).unwrap();
    let mut command = Command::new("unshare");
    command
        .args(["--map-root-user", "--mount", "sh", "-ec"])
        .arg(
            "mount -t tmpfs -o size=24m tmpfs $1; cp -r $2 $1/data
             head -c 4000000 /dev/zero > $1/filler
             exec $3 serve --addr 127.0.0.1:0 --data $1/data --rehearsal --clock $4",
        )
        .arg("sh")
        .arg(&disk)
        .arg(world.data())
        .arg(env!("CARGO_BIN_EXE_server"))
        .arg(world.dir.path().join("clock"))
        .env("ZHITONG_LOG", "off")
        .env("ZHITONG_ACCOUNT_RATE", "1000");
    let (server, address) = listening(command);
    let server = Ends(server);
    // The disk as the program sees it.
    let filler = format!("/proc/{}/root{}/filler", server.0.id(), disk.display());
    let firm = firm.at(&address);
    let long = "长".repeat(1900);
    let mut order = an_order();
    order["content"] = json!(long);
    let mut placed = 0;
    let refused = loop {
        let (status, told) = firm.post("/orders", order.clone()).await;
        match status {
            201 => placed += 1,
            429 => tokio::task::yield_now().await,
            status => break (status, told),
        }
    };
    assert_eq!(refused.0, 507, "{}", refused.1);
    let (status, list) = firm.get("/orders?limit=1").await;
    assert_eq!((status, list["items"].as_array().unwrap().len()), (200, 1));
    std::fs::remove_file(filler).unwrap();
    loop {
        let (status, told) = firm.post("/orders", order.clone()).await;
        match status {
            201 => break,
            429 => tokio::task::yield_now().await,
            status => panic!("{status}: {told}"),
        }
    }
    let mut there = 0;
    let mut after = String::new();
    loop {
        let (_, page) = firm.get(&format!("/orders?limit=200{after}")).await;
        there += page["items"].as_array().unwrap().len();
        match page["next"].as_str() {
            Some(next) => after = format!("&after={next}"),
            None => break,
        }
    }
    assert_eq!(there, placed + 1);
    let checked = Command::new("nsenter")
        .args(["--user", "--mount", "--target", &server.0.id().to_string()])
        .args([env!("CARGO_BIN_EXE_server"), "check", "--data"])
        .arg(disk.join("data"))
        .output()
        .unwrap();
    let (fine, _, error) = told(&checked);
    assert!(fine, "{error}");
}

/// A program that does not outlive its test.
struct Ends(Child);

impl Drop for Ends {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
