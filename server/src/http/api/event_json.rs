use domain::Attachment;
use domain::order::{Event, Overview, Telling};
use domain::time::rfc3339;
use serde::Serialize;
use serde_json::{Map, Value};
use store::Desk;
use utoipa::ToSchema;

/// Something that happened to an order.
#[derive(Debug, Serialize, ToSchema)]
pub struct EventJson {
    seq: u32,
    /// placed declined dispatched co_handler_added co_handling_asked co_handling_decided
    /// co_replied co_handlers_left_out taken recalled returned ruled paused objected objection_decided resumed
    /// extension_asked extension_decided noted messaged supplemented reply_submitted reply_decided replied
    /// reply_corrected called_back rated appealed appeal_decided sent_back commitment_rang commitment_kept
    /// escalated explained lifted moved reruled handed_over closed withdrawn urged merged absorbed
    /// unmerged released followed answered linked unlinked split_off referred matter_accepted instructed
    /// matter_joined matter_took_in matter_deferred decided task_reported task_decided task_awaited task_settled matter_left
    kind: &'static str,
    at: String,
    entered_at: String,
    /// `null` for the program, and to enterprises for people of offices; people of
    /// enterprises are masked for who does not work on the order.
    actor: Option<String>,
    role: &'static str,
    /// Code of the body that acted.
    body: Option<String>,
    /// Files that hang on it.
    attachments: Vec<AttachmentJson>,
    /// What belongs to the kind.
    #[serde(flatten)]
    #[schema(value_type = Object)]
    details: Map<String, Value>,
}

/// A file, to be read at `/attachments/{id}`.
#[derive(Debug, Serialize, ToSchema)]
pub struct AttachmentJson {
    id: i64,
    name: String,
    /// In bytes.
    size: u64,
    media_type: &'static str,
    /// SHA-256.
    digest: String,
}

impl AttachmentJson {
    fn of(attachment: &Attachment) -> Self {
        Self {
            id: attachment.id,
            name: attachment.name.as_str().to_owned(),
            size: attachment.size,
            media_type: attachment.kind.media_type(),
            digest: attachment.digest.clone(),
        }
    }
}

impl EventJson {
    pub fn of(event: &Event, overview: &Overview, desk: &Desk) -> Self {
        let telling = Telling {
            order: overview,
            reader: &desk.actor,
            book: &desk.book,
        };
        Self {
            seq: event.seq,
            kind: event.what.code(),
            at: rfc3339(event.happened_at),
            entered_at: rfc3339(event.entered_at),
            actor: overview.name_for(&event.by, &desk.actor),
            role: event.by.role.code(),
            body: event.by.body.as_ref().map(ToString::to_string),
            attachments: event.attachments.iter().map(AttachmentJson::of).collect(),
            details: match event.what.json(&telling) {
                Value::Object(details) => details,
                _ => Map::new(),
            },
        }
    }
}
