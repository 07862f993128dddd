//! Sends files in pieces, as soon as they are chosen, dropped or pasted; goes on where it
//! stopped when the connection comes back.

use std::time::Duration;

use leptos::html::{Div, Input};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_bindgen::{JsCast, JsValue};
use leptos::web_sys::{Event, Node};
use send_wrapper::SendWrapper;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    ClipboardEvent, DragEvent, File, FileList, Headers, HtmlInputElement, RequestInit, Response,
};

use crate::frame::t;
use crate::sheets::FileSheet;

/// Bytes of a piece: what is lost at most when a connection breaks.
const PIECE: f64 = 1_048_576.0;
/// So often a piece is tried again by itself, waiting twice as long each time.
const TRIES: u32 = 6;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    Whole,
    /// Percent.
    Coming(u8),
    /// The connection broke, and did not come back by itself.
    Broken,
    /// Begun before this page was opened.
    NotWhole,
    Refused,
}

/// A file of the form.
#[derive(Clone, Copy)]
pub struct Sending {
    pub key: u32,
    pub id: RwSignal<Option<i64>>,
    pub name: StoredValue<String>,
    pub size: u64,
    pub state: RwSignal<State>,
    /// Why it was refused.
    pub said: RwSignal<Option<String>>,
    /// Whether it was taken back while it was on its way.
    gone: StoredValue<bool>,
    /// Only where there is a browser: what is of one thread is not dropped by another.
    file: StoredValue<Option<SendWrapper<File>>>,
}

/// Sends the files of one form.
#[derive(Clone, Copy)]
pub struct Sender {
    place: StoredValue<(String, String)>,
    pub files: RwSignal<Vec<Sending>>,
    under_way: RwSignal<u32>,
    keys: StoredValue<u32>,
}

impl Sender {
    pub fn new(page: String, form: String, under_way: RwSignal<u32>, sent: Vec<FileSheet>) -> Self {
        let sender = Self {
            place: StoredValue::new((page, form)),
            files: RwSignal::new(Vec::new()),
            under_way,
            keys: StoredValue::new(0),
        };
        for file in sent {
            let state = if file.whole {
                State::Whole
            } else {
                State::NotWhole
            };
            sender.add(Some(file.id), file.name, file.size, state, None);
        }
        sender
    }

    fn add(
        self,
        id: Option<i64>,
        name: String,
        size: u64,
        state: State,
        file: Option<File>,
    ) -> Sending {
        let key = self.keys.get_value();
        self.keys.set_value(key + 1);
        let sending = Sending {
            key,
            id: RwSignal::new(id),
            name: StoredValue::new(name),
            size,
            state: RwSignal::new(state),
            said: RwSignal::new(None),
            gone: StoredValue::new(false),
            file: StoredValue::new(file.map(SendWrapper::new)),
        };
        self.files.update(|files| files.push(sending));
        sending
    }

    /// The ids that go along with the form, as it sends them. One that is not whole goes
    /// along too, and is refused: nothing is left behind in silence.
    pub fn ids(self) -> String {
        let files = self.files.get();
        let ids = files.iter().filter_map(|file| file.id.get());
        ids.map(|id| id.to_string()).collect::<Vec<_>>().join(" ")
    }

    /// Counts what the form waits for.
    fn count(self) {
        let files = self.files.try_get_untracked().unwrap_or_default();
        let waits = |file: &&Sending| {
            let state = file.state.try_get_untracked();
            matches!(state, Some(State::Coming(_) | State::Broken))
        };
        let waits = u32::try_from(files.iter().filter(waits).count()).unwrap_or(u32::MAX);
        self.under_way.try_set(waits);
    }

    /// Takes what is chosen, dropped on the field, or pasted into the form.
    pub fn listen(self, input: NodeRef<Input>, field: NodeRef<Div>) {
        Effect::new(move |_| {
            let Some(input) = input.get() else { return };
            // What was chosen before the page came alive; then the form itself carries no
            // files any more.
            self.take(input.files());
            input.set_value("");
            let _ = input.remove_attribute("name");
            let inside = move |event: &Event| {
                let target = event
                    .target()
                    .and_then(|target| target.dyn_into::<Node>().ok());
                let field = field.try_get_untracked().flatten();
                field
                    .zip(target)
                    .is_some_and(|(field, target)| field.contains(Some(&target)))
            };
            let in_form = move |event: &Event| {
                let target = event
                    .target()
                    .and_then(|target| target.dyn_into::<Node>().ok());
                let field = field.try_get_untracked().flatten();
                let form = field.and_then(|field| field.closest("form").ok().flatten());
                form.zip(target)
                    .is_some_and(|(form, target)| form.contains(Some(&target)))
            };
            let changed = window_event_listener_untyped("change", move |event| {
                // Where the program has fallen, the plain form carries its file.
                let page = document().document_element();
                if page.is_some_and(|page| page.has_attribute("data-dead")) {
                    return;
                }
                let chosen = event
                    .target()
                    .and_then(|t| t.dyn_into::<HtmlInputElement>().ok());
                if let Some(chosen) = chosen.filter(|chosen| chosen.type_() == "file")
                    && inside(&event)
                {
                    self.take(chosen.files());
                    chosen.set_value("");
                }
            });
            let over = window_event_listener_untyped("dragover", move |event| {
                if inside(&event) {
                    event.prevent_default();
                }
            });
            let dropped = window_event_listener_untyped("drop", move |event| {
                if inside(&event)
                    && let Some(drop) = event.dyn_ref::<DragEvent>()
                {
                    event.prevent_default();
                    self.take(drop.data_transfer().and_then(|data| data.files()));
                }
            });
            let pasted = window_event_listener_untyped("paste", move |event| {
                if in_form(&event)
                    && let Some(paste) = event.dyn_ref::<ClipboardEvent>()
                {
                    // Spreadsheets put a picture beside the text that they copy.
                    let data = paste.clipboard_data();
                    let text = data
                        .as_ref()
                        .and_then(|data| data.get_data("text/plain").ok());
                    if text.unwrap_or_default().is_empty() {
                        self.take(data.and_then(|data| data.files()));
                    }
                }
            });
            on_cleanup(move || {
                for listener in [changed, over, dropped, pasted] {
                    listener.remove();
                }
            });
        });
    }

    fn take(self, files: Option<FileList>) {
        let Some(files) = files else { return };
        for position in 0..files.length() {
            let Some(file) = files.item(position) else {
                continue;
            };
            // One that was begun before is gone on with, and shown once.
            let name = file.name();
            let begun = self.files.get_untracked().into_iter().filter(|other| {
                other.state.get_untracked() == State::NotWhole && other.name.get_value() == name
            });
            let begun: Vec<Sending> = begun.collect();
            self.files
                .update(|files| files.retain(|file| !begun.iter().any(|old| old.key == file.key)));
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a size")]
            let size = file.size() as u64;
            let sending = self.add(None, file.name(), size, State::Coming(0), Some(file));
            let before = begun
                .iter()
                .filter_map(|old| old.id.get_untracked())
                .collect();
            self.send(sending, before);
        }
    }

    pub fn go_on(self, key: u32) {
        let files = self.files.get_untracked();
        if let Some(sending) = files.into_iter().find(|file| file.key == key) {
            sending.state.set(State::Coming(0));
            self.send(sending, Vec::new());
        }
    }

    /// Takes it back, whole or not.
    pub fn take_back(self, key: u32) {
        let files = self.files.get_untracked();
        let Some(sending) = files.into_iter().find(|file| file.key == key) else {
            return;
        };
        sending.gone.set_value(true);
        self.files
            .update(|files| files.retain(|file| file.key != key));
        self.count();
        if let Some(id) = sending.id.get_untracked() {
            spawn_local(take_away(id));
        }
    }

    /// `before`: what was begun under the same name; if it is not this file, it goes.
    fn send(self, sending: Sending, before: Vec<i64>) {
        let Some(file) = sending.file.get_value() else {
            return;
        };
        let (page, form) = self.place.get_value();
        self.count();
        spawn_local(async move {
            let brought = bring(sending, &file, &page, &form).await;
            let id = sending.id.try_get_untracked().flatten();
            for old in before.into_iter().filter(|old| Some(*old) != id) {
                take_away(old).await;
            }
            let state = match brought {
                Ok(()) => State::Whole,
                Err(Stopped::Broken) => State::Broken,
                Err(Stopped::SignedOut) => {
                    let ended = t(words::frame::UPLOAD_SIGNED_OUT).to_owned();
                    sending.said.try_set(Some(ended));
                    State::Broken
                }
                Err(Stopped::Refused(said)) => {
                    sending.said.try_set(Some(said));
                    State::Refused
                }
            };
            sending.state.try_set(state);
            self.count();
        });
    }
}

enum Stopped {
    Broken,
    /// The session has ended; it goes on once somebody has signed in.
    SignedOut,
    Refused(String),
}

/// Announces the file and sends its pieces until it is whole.
async fn bring(sending: Sending, file: &File, page: &str, form: &str) -> Result<(), Stopped> {
    let mut tries = 0;
    let mark = mark_of(file).await;
    let (id, mut offset) = loop {
        match announce(file, &mark, page, form).await {
            Err(Stopped::Broken) if tries < TRIES => wait(&mut tries).await,
            announced => break announced?,
        }
    };
    sending.id.try_set(Some(id));
    // Gone, or the page was left: what is there already is gone on with another time.
    let gone = || sending.gone.try_get_value().unwrap_or(false);
    let address = format!("/attachments/{id}");
    tries = 0;
    while offset < file.size() {
        if gone() {
            take_away(id).await;
            return Ok(());
        }
        if sending.state.try_get_untracked().is_none() {
            return Ok(());
        }
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 100")]
        let percent = (offset / file.size() * 100.0) as u8;
        sending.state.try_set(State::Coming(percent));
        let until = (offset + PIECE).min(file.size());
        let piece = file
            .slice_with_f64_and_f64(offset, until)
            .map_err(|_| Stopped::Broken)?;
        let from = offset.to_string();
        let head = [
            ("upload-offset", from.as_str()),
            ("content-type", "application/offset+octet-stream"),
        ];
        match ask("PATCH", &address, &head, Some(&piece)).await {
            Some(answer) if answer.status() == 204 => {
                offset = where_to_go_on(&answer).unwrap_or(until);
                tries = 0;
            }
            Some(answer) if answer.status() == 401 => return Err(Stopped::SignedOut),
            Some(answer) if is_final(answer.status()) => {
                return Err(Stopped::Refused(said(answer).await));
            }
            _ if tries >= TRIES => return Err(Stopped::Broken),
            _ => {
                wait(&mut tries).await;
                if let Some(answer) = ask("HEAD", &address, &[], None).await {
                    offset = where_to_go_on(&answer).unwrap_or(offset);
                }
            }
        }
    }
    if gone() {
        take_away(id).await;
    }
    Ok(())
}

/// Whether it is no use to try again: not where somebody was too quick, the session has
/// ended, or the piece did not arrive whole.
fn is_final(status: u16) -> bool {
    (400..500).contains(&status) && !matches!(status, 401 | 408 | 409 | 429)
}

async fn take_away(id: i64) {
    ask("DELETE", &format!("/attachments/{id}"), &[], None).await;
}

/// The digest of what is in a file: one of the same name, size and time can be another.
/// Empty, which is never gone on with, where the browser cannot tell.
async fn mark_of(file: &File) -> String {
    let get = |from: &JsValue, name: &str| js_sys::Reflect::get(from, &JsValue::from_str(name));
    let digest = async {
        let subtle = get(&get(&window(), "crypto").ok()?, "subtle").ok()?;
        let digest: js_sys::Function = get(&subtle, "digest").ok()?.dyn_into().ok()?;
        let whole = JsFuture::from(file.array_buffer()).await.ok()?;
        let digest = digest
            .call2(&subtle, &JsValue::from_str("SHA-256"), &whole)
            .ok()?;
        let digest = JsFuture::from(digest.dyn_into::<js_sys::Promise>().ok()?)
            .await
            .ok()?;
        let bytes = js_sys::Uint8Array::new(&digest).to_vec();
        let digits: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        Some(format!("sha256:{digits}"))
    };
    digest.await.unwrap_or_default()
}

async fn announce(file: &File, mark: &str, page: &str, form: &str) -> Result<(i64, f64), Stopped> {
    let wish = js_sys::Object::new();
    for (name, value) in [
        ("name", JsValue::from_str(&file.name())),
        ("size", JsValue::from_f64(file.size())),
        ("page", JsValue::from_str(page)),
        ("form", JsValue::from_str(form)),
        ("mark", JsValue::from_str(mark)),
    ] {
        let _ = js_sys::Reflect::set(&wish, &JsValue::from_str(name), &value);
    }
    let body = js_sys::JSON::stringify(&wish).map_err(|_| Stopped::Broken)?;
    let head = [("content-type", "application/json")];
    let answer = ask("POST", "/attachments", &head, Some(&body)).await;
    let answer = answer.ok_or(Stopped::Broken)?;
    match answer.status() {
        201 => {
            let told = json(&answer).await.ok_or(Stopped::Broken)?;
            let number = |name: &str| {
                let value = js_sys::Reflect::get(&told, &JsValue::from_str(name)).ok();
                value.and_then(|value| value.as_f64())
            };
            let id = number("id").ok_or(Stopped::Broken)?;
            #[expect(clippy::cast_possible_truncation, reason = "an id is a whole number")]
            Ok((id as i64, number("offset").unwrap_or(0.0)))
        }
        401 => Err(Stopped::SignedOut),
        status if is_final(status) => Err(Stopped::Refused(said(answer).await)),
        _ => Err(Stopped::Broken),
    }
}

/// The sentence of a refusal.
async fn said(answer: Response) -> String {
    let told = json(&answer).await.unwrap_or(JsValue::NULL);
    let get = |value: &JsValue, name: &str| {
        js_sys::Reflect::get(value, &JsValue::from_str(name)).unwrap_or(JsValue::NULL)
    };
    let fault = get(&get(&get(&told, "errors"), "attachments"), "0");
    let text = fault
        .as_string()
        .or_else(|| get(&told, "detail").as_string());
    text.unwrap_or_else(|| t(words::files::REFUSED).to_owned())
}

fn where_to_go_on(answer: &Response) -> Option<f64> {
    let offset = answer.headers().get("upload-offset").ok().flatten()?;
    offset.parse().ok()
}

async fn json(answer: &Response) -> Option<JsValue> {
    let told = answer.json().ok()?;
    JsFuture::from(told).await.ok()
}

/// `None` where there is no connection.
async fn ask(
    method: &str,
    address: &str,
    head: &[(&str, &str)],
    body: Option<&JsValue>,
) -> Option<Response> {
    let init = RequestInit::new();
    init.set_method(method);
    if let Some(body) = body {
        init.set_body(body);
    }
    let headers = Headers::new().ok()?;
    for (name, value) in head {
        headers.set(name, value).ok()?;
    }
    headers.set("accept", "application/json").ok()?;
    let lang = document()
        .document_element()
        .and_then(|page| page.get_attribute("lang"));
    headers
        .set("accept-language", &lang.unwrap_or_default())
        .ok()?;
    init.set_headers(&headers);
    let answer = window().fetch_with_str_and_init(address, &init);
    JsFuture::from(answer).await.ok()?.dyn_into().ok()
}

/// Twice as long each time.
async fn wait(tries: &mut u32) {
    let pause = Duration::from_millis(500 << *tries);
    *tries += 1;
    let waited = js_sys::Promise::new(&mut |done, _| {
        set_timeout(
            move || {
                let _ = done.call0(&JsValue::NULL);
            },
            pause,
        );
    });
    let _ = JsFuture::from(waited).await;
}
