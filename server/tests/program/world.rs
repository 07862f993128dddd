//! A city that a test has for itself: a data directory, a clock, a few people.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;
use std::process::{Child, Command, Output, Stdio};
use std::sync::Mutex;

use reqwest::{Client, Method, Response, StatusCode, redirect};
use serde_json::{Value, json};
use tempfile::TempDir;

pub const PASSWORD: &str = "a password of tests";

pub fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_server"));
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("ZHITONG_")) {
        command.env_remove(name);
    }
    command.current_dir(std::env::temp_dir());
    command
}

/// Runs the program to its end.
pub fn run(args: &[&str], input: &str) -> Output {
    let mut child = program()
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut stdin = child.stdin.take().expect("a pipe");
    // A program that refuses does not read its input.
    let _ = stdin.write_all(input.as_bytes());
    drop(stdin);
    child.wait_with_output().expect("the program ends")
}

/// An empty data directory, as the first `serve` makes it.
pub fn make(data: &std::path::Path) {
    let data = data.to_owned();
    let made = std::thread::spawn(move || {
        let runtime = tokio::runtime::Runtime::new().expect("a runtime");
        runtime.block_on(async {
            let store = store::Store::open(&data).await.expect("made");
            store.close().await;
        });
    });
    made.join().expect("made");
}

pub struct World {
    pub dir: TempDir,
    pub address: String,
    server: Child,
    /// Codes for recovery of those who have set up a second factor.
    recovery: Mutex<HashMap<String, Vec<String>>>,
}

impl World {
    /// The city at a moment, with the people that tests need.
    pub fn at(now: &str) -> Self {
        let dir = TempDir::new().expect("a folder");
        let data = dir.path().join("data");
        make(&data);
        let data = data.to_str().expect("a path");
        for (name, role, more) in [
            (
                "firm",
                "enterprise",
                [
                    "--enterprise",
                    "柏川智能装备（虚构）",
                    "--township",
                    "laiji",
                ],
            ),
            (
                "rival",
                "enterprise",
                ["--enterprise", "澄溪电子（虚构）", "--township", "laiji"],
            ),
            ("centre", "centre", ["--body", "tjz", "--display", "调度员"]),
            ("gd", "handler", ["--body", "gd", "--display", "电工老李"]),
            ("zjj", "handler", ["--body", "zjj", "--display", "经办员"]),
            (
                "laiji",
                "township",
                ["--body", "laiji", "--display", "镇里"],
            ),
            (
                "office",
                "office",
                ["--display", "值班员", "--phone", "0371"],
            ),
            (
                "deputy",
                "deputy",
                ["--display", "副市长", "--phone", "0371"],
            ),
            (
                "supervision",
                "supervision",
                ["--display", "督查员", "--phone", "0371"],
            ),
            ("zjj-head", "head", ["--body", "zjj", "--display", "局长"]),
            ("mayor", "mayor", ["--display", "市长", "--phone", "0371"]),
            (
                "admin",
                "system_admin",
                ["--display", "管理员", "--phone", "0371"],
            ),
            (
                "security",
                "security_admin",
                ["--display", "安全员", "--phone", "0371"],
            ),
            (
                "auditor",
                "auditor",
                ["--display", "审计员", "--phone", "0371"],
            ),
        ] {
            let mut args = vec![
                "user", "add", name, "--data", data, "--role", role, "--chosen",
            ];
            args.extend(more);
            let output = run(&args, PASSWORD);
            assert!(
                output.status.success(),
                "{}",
                String::from_utf8_lossy(&output.stderr)
            );
        }
        let clock = dir.path().join("clock");
        std::fs::write(&clock, rfc3339(now)).expect("a clock");
        let (server, address) = serve(&dir, &["--rehearsal", "--clock", clock.to_str().unwrap()]);
        Self {
            dir,
            address,
            server,
            recovery: Mutex::default(),
        }
    }

    /// Moves the clock; what falls due fires with the next sweep.
    pub fn now(&self, now: &str) {
        // Replaced in one step, so that nobody reads half a time.
        let next = self.dir.path().join("clock.next");
        std::fs::write(&next, rfc3339(now)).expect("a clock");
        std::fs::rename(next, self.dir.path().join("clock")).expect("a clock");
    }

    /// Starts the program anew with the same data, at another address.
    pub fn start(&mut self) {
        let clock = self.dir.path().join("clock");
        let clock = clock.to_str().expect("a path");
        (self.server, self.address) = serve(&self.dir, &["--rehearsal", "--clock", clock]);
    }

    /// Stops the program at once; its data stay.
    pub fn stop(&mut self) {
        self.server.kill().expect("it runs");
        self.server.wait().expect("it ends");
    }

    pub fn data(&self) -> PathBuf {
        self.dir.path().join("data")
    }

    pub fn caller(&self, user: &str) -> Caller {
        let data = self.data();
        let data = data.to_str().expect("a path");
        let output = run(&["token", "create", "--user", user, "--data", data], "");
        let token = String::from_utf8(output.stdout).expect("a token");
        Caller {
            client: Client::new(),
            address: self.address.clone(),
            token: token.trim().to_owned(),
        }
    }

    /// A browser without scripts, signed in.
    pub async fn browser(&self, user: &str) -> Browser {
        let browser = self.stranger();
        let form = [("name", user), ("password", PASSWORD)];
        let answer = browser.post("/sign-in", &form).await;
        assert_eq!(answer.status(), StatusCode::SEE_OTHER);
        let passes = match location(&answer) {
            "/sign-in/enrol" => true,
            // Set up before: a code is asked for.
            code if code.starts_with("/sign-in/code") => {
                let code = self.recovery(user).expect("a code for recovery");
                let answer = browser.post("/sign-in/code", &[("code", &code)]).await;
                assert_eq!(answer.status(), StatusCode::SEE_OTHER, "{user}");
                false
            }
            _ => false,
        };
        if passes {
            let page = browser.page("/sign-in/enrol").await;
            let code = one_time_code(&key_of(&page), 0);
            let answer = browser.post("/act/prove_factor", &[("code", &code)]).await;
            assert_eq!(answer.status(), StatusCode::SEE_OTHER, "{user}");
            let mut recovery = self.recovery.lock().expect("no panic");
            recovery.insert(user.to_owned(), recovery_codes(&page));
        }
        browser
    }

    /// One more account, whose password was chosen by its owner.
    pub fn add(&self, name: &str, more: &[&str]) {
        let data = self.data();
        let mut args = vec![
            "user",
            "add",
            name,
            "--chosen",
            "--data",
            data.to_str().expect("a path"),
        ];
        args.extend(more);
        let output = run(&args, PASSWORD);
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
    }

    /// One of the codes for recovery of who has set up a second factor.
    pub fn recovery(&self, user: &str) -> Option<String> {
        let mut recovery = self.recovery.lock().expect("no panic");
        recovery.get_mut(user).and_then(Vec::pop)
    }

    /// A browser without scripts, not signed in.
    pub fn stranger(&self) -> Browser {
        let client = Client::builder()
            .cookie_store(true)
            .redirect(redirect::Policy::none())
            .build()
            .expect("a client");
        Browser {
            client,
            address: self.address.clone(),
        }
    }
}

impl Drop for World {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

/// Starts the program on a free port and waits until it says where it listens.
pub fn serve(dir: &TempDir, args: &[&str]) -> (Child, String) {
    let mut command = program();
    command.env("ZHITONG_LOG", "warn");
    begin(command, dir, args)
}

fn begin(mut command: Command, dir: &TempDir, args: &[&str]) -> (Child, String) {
    let data = dir.path().join("data");
    command
        .args(["serve", "--addr", "127.0.0.1:0", "--data"])
        .arg(data)
        .args(args)
        .env("ZHITONG_SWEEP_SECONDS", "1");
    listening(command)
}

/// Starts what serves, and waits until it says where it listens.
pub fn listening(mut command: Command) -> (Child, String) {
    let mut server = command
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut line = String::new();
    BufReader::new(server.stdout.as_mut().expect("a pipe"))
        .read_line(&mut line)
        .expect("a line");
    let address = line
        .trim()
        .rsplit(' ')
        .next()
        .expect("an address")
        .to_owned();
    assert!(address.starts_with("http://"), "{line}");
    (server, address)
}

/// The same with everything logged into a file.
pub fn serve_logged(dir: &TempDir, log: &std::path::Path) -> (Child, String) {
    let log = std::fs::File::create(log).expect("a file");
    let mut command = program();
    command.env("ZHITONG_LOG", "trace").stderr(log);
    begin(command, dir, &[])
}

fn rfc3339(wall: &str) -> String {
    format!("{wall}:00+08:00\n")
}

/// A program with a token.
pub struct Caller {
    client: Client,
    address: String,
    pub token: String,
}

impl Caller {
    /// The same caller, where the program listens elsewhere.
    pub fn at(self, address: &str) -> Self {
        let address = address.to_owned();
        Self { address, ..self }
    }

    pub async fn send(&self, method: Method, path: &str, body: Option<Value>) -> (u16, Value) {
        let answer = self.raw(method, path, body, &[]).await;
        let status = answer.status().as_u16();
        (status, answer.json().await.unwrap_or(Value::Null))
    }

    pub async fn raw(
        &self,
        method: Method,
        path: &str,
        body: Option<Value>,
        headers: &[(&str, &str)],
    ) -> Response {
        let address = format!("{}/api/v1{path}", self.address);
        let mut request = self
            .client
            .request(method, address)
            .bearer_auth(&self.token);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        if let Some(body) = body {
            request = request.json(&body);
        }
        request.send().await.expect("an answer")
    }

    /// A body as it is written, which no JSON library would write.
    pub async fn raw_text(&self, method: Method, path: &str, body: &'static str) -> Response {
        let address = format!("{}/api/v1{path}", self.address);
        let request = self.client.request(method, address);
        let request = request.bearer_auth(&self.token).body(body);
        let request = request.header("content-type", "application/json");
        request.send().await.expect("an answer")
    }

    pub async fn get(&self, path: &str) -> (u16, Value) {
        self.send(Method::GET, path, None).await
    }

    pub async fn post(&self, path: &str, body: Value) -> (u16, Value) {
        self.send(Method::POST, path, Some(body)).await
    }

    pub fn address(&self) -> &str {
        &self.address
    }

    /// A step on an order, which must be allowed.
    pub async fn step(&self, number: &str, step: &str, body: Value) -> Value {
        let (status, order) = self.post(&format!("/orders/{number}/{step}"), body).await;
        assert_eq!(status, 200, "{step}: {order}");
        order
    }

    /// Places an order that is right, and answers its number.
    pub async fn places(&self) -> String {
        let (status, order) = self.post("/orders", an_order()).await;
        assert_eq!(status, 201, "{order}");
        order["number"].as_str().expect("a number").to_owned()
    }

    /// The order once the sweep has come by; each look leaves the program time to run.
    pub async fn until(&self, number: &str, reached: impl Fn(&Value) -> bool) -> Value {
        let patience = std::time::Instant::now() + std::time::Duration::from_secs(20);
        loop {
            let order = self.order(number).await;
            if reached(&order) || std::time::Instant::now() > patience {
                return order;
            }
            tokio::task::yield_now().await;
        }
    }

    pub async fn order(&self, number: &str) -> Value {
        let (status, order) = self.get(&format!("/orders/{number}")).await;
        assert_eq!(status, 200, "{order}");
        order
    }
}

pub fn an_order() -> Value {
    json!({
        "title": "10千伏专线接入进度慢",
        "content": "配套线路未施工，投产在即。",
        "category": "utility",
        "urgency": "normal",
        "contact": {"name": "王敏", "phone": "13800000000"},
    })
}

/// A browser without scripts.
pub struct Browser {
    client: Client,
    address: String,
}

impl Browser {
    pub async fn get(&self, path: &str) -> Response {
        let request = self.client.get(format!("{}{path}", self.address));
        request
            .header("accept", "text/html")
            .send()
            .await
            .expect("an answer")
    }

    pub async fn page(&self, path: &str) -> String {
        let answer = self.get(path).await;
        assert_eq!(answer.status(), StatusCode::OK, "{path}");
        answer.text().await.expect("a page")
    }

    pub async fn post(&self, path: &str, form: &[(&str, &str)]) -> Response {
        self.post_from(path, form, "same-origin").await
    }

    /// A form with files.
    pub async fn post_multipart(&self, path: &str, boundary: &str, body: Vec<u8>) -> Response {
        let kind = format!("multipart/form-data; boundary={boundary}");
        let request = self.client.post(format!("{}{path}", self.address));
        let request = request.header("accept", "text/html");
        let request = request.header("sec-fetch-site", "same-origin");
        let request = request.header("content-type", kind).body(body);
        request.send().await.expect("an answer")
    }

    /// As a script sends it: the answer is typed, not a page.
    pub async fn script(&self, path: &str, form: &[(&str, &str)]) -> Response {
        self.client
            .post(format!("{}{path}", self.address))
            .header("accept", "application/json")
            .header("sec-fetch-site", "same-origin")
            .form(form)
            .send()
            .await
            .expect("an answer")
    }

    pub async fn post_from(&self, path: &str, form: &[(&str, &str)], site: &str) -> Response {
        self.client
            .post(format!("{}{path}", self.address))
            .header("accept", "text/html")
            .header("sec-fetch-site", site)
            .form(form)
            .send()
            .await
            .expect("an answer")
    }
}

/// Where a redirect goes.
pub fn location(answer: &Response) -> &str {
    answer.headers()["location"].to_str().expect("an address")
}

/// The key of a second factor, as the page shows it to be typed.
pub fn key_of(page: &str) -> String {
    let (_, rest) = page.split_once("class=\"key\">").expect("a key");
    let (key, _) = rest.split_once('<').expect("its end");
    key.replace(' ', "")
}

/// The codes for recovery on the page.
pub fn recovery_codes(page: &str) -> Vec<String> {
    let (_, list) = page.split_once("class=\"codes\"").expect("codes");
    let (list, _) = list.split_once("</ul>").expect("its end");
    let codes = list.split("<code>").skip(1);
    let codes = codes.filter_map(|rest| rest.split_once('<').map(|(code, _)| code.to_owned()));
    codes.collect()
}

/// A one-time code of now, or of so many half minutes later.
pub fn one_time_code(key: &str, later: u64) -> String {
    let secret = totp_rs::Secret::try_from_base32(key).expect("a key");
    let totp = totp_rs::Builder::new()
        .with_secret(secret)
        .build()
        .expect("right");
    let now = std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .expect("after 1970")
        .as_secs();
    totp.generate(now + 30 * later).to_string()
}
