use std::collections::BTreeSet;

use domain::Attachment;
use domain::case::{self, Happens};
use domain::meeting::MeetingWhat;
use domain::order::{Event, Overview, Telling, What};
use domain::task::TaskWhat;
use domain::time::rfc3339;
use serde::Serialize;
use serde_json::{Map, Value};
use store::Context;
use utoipa::ToSchema;
use utoipa::openapi::schema::{Object, ObjectBuilder, Type};

/// Something that happened to a case.
#[derive(Debug, Serialize, ToSchema)]
pub struct EventJson {
    seq: u32,
    #[schema(schema_with = kinds)]
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
    pub fn of_order(event: &Event, overview: &Overview, ctx: &Context) -> Self {
        let details = event.what.json(&Telling {
            case: overview,
            reader: &ctx.actor,
            book: &ctx.book,
        });
        Self::of(event, overview.name_for(&event.by, &ctx.actor), details)
    }

    pub fn of<W: Happens>(event: &case::Event<W>, actor: Option<String>, details: Value) -> Self {
        Self {
            seq: event.seq,
            kind: event.what.code(),
            at: rfc3339(event.happened_at),
            entered_at: rfc3339(event.entered_at),
            actor,
            role: event.by.role.code(),
            body: event.by.body.as_ref().map(ToString::to_string),
            attachments: event.attachments.iter().map(AttachmentJson::of).collect(),
            details: match details {
                Value::Object(details) => details,
                _ => Map::new(),
            },
        }
    }
}

/// Every kind that there is, by its code.
fn kinds() -> Object {
    let all = [What::CODES, MeetingWhat::CODES, TaskWhat::CODES];
    let all: BTreeSet<&str> = all.into_iter().flatten().copied().collect();
    ObjectBuilder::new()
        .schema_type(Type::String)
        .description(Some("What happened."))
        .enum_values(Some(all))
        .build()
}
