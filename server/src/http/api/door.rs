//! The door for steps on an order that come from a program: `POST
//! /orders/{number}/{step}`, for every step that somebody can ask for. What it takes is
//! what the step says that it takes; the answer is the order after it.

use std::fmt;

use Meant::{Else, If, With};
use StepName as S;
use app::serve::visit::problem;
use app::serve::{Problem, door};
use axum::Json;
use axum::extract::{Extension, Path};
use axum::http::{HeaderMap, HeaderName, StatusCode};
use domain::form::{Kind, Takes};
use domain::meeting::MeetingStepName;
use domain::meeting::calling::PLAN;
use domain::order::StepName;
use domain::task::{TaskStepName, giving};
use domain::{Field, Refusal, Typed};
use serde::de::{Error as _, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value, json};
use store::{Asked, Context, contact_reads, orders};
use words::lang::Text;

use super::condition::{Condition, etag};
use super::order_json::OrderJson;
use super::problem::ProblemJson;
use super::read::{Body, Common, number};

/// An address that is not just the code of its step: a noun that other systems know.
struct Noun {
    name: &'static str,
    /// The steps that it stands for: the first that is meant.
    steps: &'static [(StepName, Meant)],
    /// Fields that it calls otherwise than their form does.
    called: &'static [(&'static str, Field)],
}

/// When a noun means a step.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Meant {
    /// Where this is said.
    With(&'static str),
    /// Where this is true.
    If(&'static str),
    Else,
}

const fn noun(name: &'static str, steps: &'static [(StepName, Meant)]) -> Noun {
    Noun {
        name,
        steps,
        called: &[],
    }
}

const NOUNS: [Noun; 22] = [
    Noun {
        name: "dispatch",
        steps: &[(S::Decline, With("decline")), (S::Dispatch, Else)],
        called: &[("decline", Field::Reason)],
    },
    Noun {
        name: "co_handler",
        steps: &[(S::AddCoHandler, Else)],
        called: &[("department", Field::CoHandler)],
    },
    Noun {
        name: "co_handling",
        steps: &[(S::DecideCoHandler, With("grant")), (S::AskCoHandler, Else)],
        called: &[("department", Field::CoHandler)],
    },
    noun("ruling", &[(S::Rule, Else)]),
    noun(
        "objection",
        &[(S::DecideObjection, With("uphold")), (S::Object, Else)],
    ),
    noun(
        "extension",
        &[(S::DecideExtension, With("grant")), (S::Extend, Else)],
    ),
    noun("explanation", &[(S::Explain, Else)]),
    noun("lifting", &[(S::Lift, Else)]),
    noun("approval", &[(S::DecideReply, Else)]),
    noun("correction", &[(S::CorrectReply, Else)]),
    noun("callback", &[(S::CallBack, Else)]),
    noun(
        "appeal",
        &[(S::DecideAppeal, With("uphold")), (S::Appeal, Else)],
    ),
    noun("commitment", &[(S::KeepCommitment, Else)]),
    Noun {
        name: "note",
        steps: &[(S::Note, Else)],
        called: &[("text", Field::Note)],
    },
    Noun {
        name: "message",
        steps: &[(S::Message, Else)],
        called: &[("text", Field::Message)],
    },
    noun("rating", &[(S::Rate, Else)]),
    noun("withdrawal", &[(S::Withdraw, Else)]),
    noun("closure", &[(S::Close, Else)]),
    Noun {
        name: "merge",
        steps: &[(S::Unmerge, If("undo")), (S::Merge, Else)],
        called: &[("into", Field::Other)],
    },
    noun("link", &[(S::Unlink, If("undo")), (S::Link, Else)]),
    Noun {
        name: "escalation",
        steps: &[(S::Refer, Else)],
        called: &[("reason", Field::Difficulty)],
    },
    noun("task_report", &[(S::ReportTask, Else)]),
];

/// The fields of a JSON object, each once.
pub struct Fields(pub Map<String, Value>);

impl<'de> Deserialize<'de> for Fields {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Each;
        impl<'de> Visitor<'de> for Each {
            type Value = Fields;

            fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
                formatter.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Fields, A::Error> {
                let mut fields = Map::new();
                while let Some((name, value)) = map.next_entry::<String, Value>()? {
                    if fields.contains_key(&name) {
                        return Err(A::Error::custom(format!("{name} is there twice")));
                    }
                    fields.insert(name, value);
                }
                Ok(Fields(fields))
            }
        }
        deserializer.deserialize_map(Each)
    }
}

/// A step on an order.
pub async fn step(
    Extension(ctx): Extension<Context>,
    Path((text, name)): Path<(String, String)>,
    headers: HeaderMap,
    Body(Fields(sent)): Body<Fields>,
) -> Result<([(HeaderName, String); 1], Json<OrderJson>), ProblemJson> {
    let told = |problem| ProblemJson::of(problem, &headers);
    let (step, called, mut sent) = meant(&name, sent)?.ok_or_else(|| told(Problem::NotFound))?;
    let form = step.form().ok_or_else(|| told(Problem::NotFound))?;
    let number = number(&text).map_err(told)?;
    // Whether the order may be known of comes before what was sent.
    let found = orders::find(&ctx, number).await;
    let found = found.map_err(|error| told(problem(error)))?;
    let moved = Refusal::Changed {
        current: found.order.version,
    };
    let stands = |version| version == found.order.version;
    let condition = Condition::of(&headers)?.met_by(stands, moved, &headers)?;
    let common = Common::taken_from(&mut sent).map_err(|error| unreadable(format!("{error}")))?;
    let typed = typed(form.fields, called, sent)?;
    let carried_out = async {
        let asked = Asked {
            version: condition.or(common.version()),
            happened: common.happened_at()?,
            wish: door::read(&ctx, form, &typed).await?,
            files: common.attachments(),
        };
        let done = orders::carry_out(&ctx, number, asked).await;
        let overview = done.map_err(problem)?;
        let shown = contact_reads::note_shown(&ctx, std::iter::once(&overview)).await;
        shown.map_err(problem)?;
        Ok(overview)
    };
    let overview = carried_out.await.map_err(told)?;
    Ok((etag(overview.version), Json(OrderJson::of(&overview, &ctx))))
}

pub type Called = &'static [(&'static str, Field)];

/// A step with what was sent for it, and fields that are called otherwise.
type Sent = (StepName, Called, Map<String, Value>);

/// The step that an address means, with what was sent for it. What belongs to the other
/// steps of a noun and says nothing is passed over: programs send it along.
fn meant(name: &str, mut sent: Map<String, Value>) -> Result<Option<Sent>, Box<ProblemJson>> {
    let Some(noun) = NOUNS.iter().find(|noun| noun.name == name) else {
        return Ok(StepName::parse(name).map(|step| (step, Called::default(), sent)));
    };
    let mut chosen = None;
    for (step, meant) in noun.steps {
        let is_it = match meant {
            With(field) => sent.get(*field).is_some_and(|value| !value.is_null()),
            If(field) => match sent.remove(*field) {
                None | Some(Value::Null | Value::Bool(false)) => false,
                Some(Value::Bool(true)) => true,
                Some(_) => return Err(unreadable(format!("{field}: true or false is expected"))),
            },
            Else => true,
        };
        if is_it && chosen.is_none() {
            chosen = Some(*step);
        }
    }
    let Some(step) = chosen else {
        return Ok(None);
    };
    let takes = |step: StepName, name: &str| {
        let called = noun.called.iter().find(|(known, _)| *known == name);
        let fields = step.form().map_or(&[][..], |form| form.fields);
        fields.iter().any(|takes| match called {
            Some((_, field)) => takes.field == *field,
            None => takes.field.code() == name,
        })
    };
    sent.retain(|name, value| {
        let mut others = noun.steps.iter().map(|(other, _)| *other);
        let is_others = !takes(step, name) && others.any(|other| takes(other, name));
        !(is_others && says_nothing(value))
    });
    Ok(Some((step, noun.called, sent)))
}

fn says_nothing(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Bool(_) | Value::Number(_) | Value::Object(_) => false,
    }
}

/// What was sent, as a form would have it. What is not known is named.
pub fn typed(
    fields: &[Takes],
    called: Called,
    sent: Map<String, Value>,
) -> Result<Typed, Box<ProblemJson>> {
    let mut pairs = Vec::new();
    // Under one name or another.
    let mut said = vec![false; fields.len()];
    for (name, value) in sent {
        let field = called.iter().find(|(known, _)| *known == name);
        let is_it = |takes: &&Takes| match field {
            Some((_, field)) => takes.field == *field,
            None => takes.field.code() == name,
        };
        let Some((of, takes)) = fields.iter().enumerate().find(|(_, takes)| is_it(takes)) else {
            return Err(unreadable(format!("there is no field {name:?} here")));
        };
        if value.is_null() {
            continue;
        }
        if std::mem::replace(&mut said[of], true) {
            return Err(unreadable(format!("{name}: it is said twice")));
        }
        let read = texts(takes, value);
        let expected = expected(takes.kind);
        pairs.extend(read.ok_or_else(|| unreadable(format!("{name}: {expected} is expected")))?);
    }
    Ok(pairs.into_iter().collect())
}

pub fn unreadable(detail: String) -> Box<ProblemJson> {
    Box::new(ProblemJson::unreadable(
        StatusCode::UNPROCESSABLE_ENTITY,
        detail,
    ))
}

/// A value as the texts of a form; `None` where it is of another kind.
fn texts(takes: &Takes, value: Value) -> Option<Vec<(String, String)>> {
    let name = takes.field.code();
    let one = |text: String| Some(vec![(name.to_owned(), text)]);
    match takes.kind {
        Kind::YesNo => one(yes_or_no(value.as_bool()?).to_owned()),
        Kind::Yes if value.as_bool()? => one("yes".to_owned()),
        Kind::Yes => Some(Vec::new()),
        Kind::Event | Kind::Days | Kind::Whole => one(value.as_u64()?.to_string()),
        Kind::Term => one(match value {
            Value::Number(days) => days.to_string(),
            Value::String(text) => text,
            _ => return None,
        }),
        Kind::Lines => one(strings(value)?.join("\n")),
        Kind::Bodies => {
            let codes = strings(value)?.into_iter();
            Some(codes.map(|code| (name.to_owned(), code)).collect())
        }
        Kind::CoHandlers => parts(value),
        Kind::Line(_)
        | Kind::Prose(_)
        | Kind::OneOf(_)
        | Kind::Body
        | Kind::Category
        | Kind::Order
        | Kind::Moment
        | Kind::Date => one(value.as_str()?.to_owned()),
    }
}

fn yes_or_no(yes: bool) -> &'static str {
    if yes { "yes" } else { "no" }
}

fn strings(value: Value) -> Option<Vec<String>> {
    let Value::Array(items) = value else {
        return None;
    };
    let texts = items.into_iter();
    texts.map(|item| item.as_str().map(str::to_owned)).collect()
}

/// Codes, or objects of a code and a task, as the rows of a form.
fn parts(value: Value) -> Option<Vec<(String, String)>> {
    let mut rows = Vec::new();
    for (row, part) in (1..).zip(value.as_array()?) {
        let (code, task) = match part {
            Value::String(code) => (code.as_str(), ""),
            Value::Object(part) => {
                if part.keys().any(|key| key != "department" && key != "task") {
                    return None;
                }
                let text = |key: &str| part.get(key).map_or(Some(""), Value::as_str);
                (text("department")?, text("task")?)
            }
            _ => return None,
        };
        rows.push((format!("co_handler_{row}"), code.to_owned()));
        rows.push((format!("task_{row}"), task.to_owned()));
    }
    Some(rows)
}

/// What a field takes in JSON, in words.
fn expected(kind: Kind) -> &'static str {
    match kind {
        Kind::YesNo | Kind::Yes => "true or false",
        Kind::Event | Kind::Days | Kind::Whole => "a whole number",
        Kind::Term => "a number of working days or a date",
        Kind::Lines | Kind::Bodies => "a list of texts",
        Kind::CoHandlers => "a list of codes, or of objects with department and task,",
        Kind::Line(_)
        | Kind::Prose(_)
        | Kind::OneOf(_)
        | Kind::Body
        | Kind::Category
        | Kind::Order
        | Kind::Moment
        | Kind::Date => "a text",
    }
}

/// The addresses of all steps, for the description.
pub fn operations() -> Map<String, Value> {
    let mut paths = of_orders();
    let meetings = MeetingStepName::ALL.into_iter();
    let meetings = meetings.filter_map(|step| {
        let name = words::meeting::step(step);
        let form = step.form()?;
        let along = along(form.late.is_possible(), form.files);
        Some((step.code(), name, form.fields, along))
    });
    let call = ("call", words::express::MEETING_NEW, &PLAN[..], vec![]);
    paths.extend(of_kind("meeting", meetings, call));
    let tasks = TaskStepName::ALL.into_iter();
    let tasks = tasks.filter_map(|step| {
        let name = words::task::step(step);
        let form = step.form()?;
        let along = along(form.late.is_possible(), form.files);
        Some((step.code(), name, form.fields, along))
    });
    let give = (
        TaskStepName::Give.code(),
        words::task::step(TaskStepName::Give),
        &giving::TAKES[..],
        vec![ATTACHMENTS],
    );
    paths.extend(of_kind("task", tasks, give));
    paths
}

/// A step as it is described: its code, its name, what it takes, and what comes along.
type Described = (&'static str, Text, &'static [Takes], Vec<Beside>);

/// What a step takes beside its fields.
fn along(late: bool, files: bool) -> Vec<Beside> {
    let late = late.then_some(HAPPENED_AT);
    let files = files.then_some(ATTACHMENTS);
    std::iter::once(VERSION).chain(late).chain(files).collect()
}

/// The steps of a kind, and what begins one, are described as they are read.
fn of_kind(
    kind: &str,
    steps: impl Iterator<Item = Described>,
    (code, begins, takes, along): Described,
) -> Vec<(String, Value)> {
    let summary = |name: Text| format!("{} {}", name.zh, name.en);
    let steps = steps.map(|(code, name, fields, along)| {
        let schema = needed_of(fields, &along);
        let operation = operation(kind, code, summary(name), schema);
        let address = format!("/{kind}s/{{number}}/{code}");
        (address, json!({ "post": operation }))
    });
    let mut paths: Vec<(String, Value)> = steps.collect();
    let mut first = operation(kind, code, summary(begins), needed_of(takes, &along));
    first["parameters"] = json!([]);
    let answers = first["responses"].as_object_mut();
    if let Some(made) = answers.and_then(|answers| answers.remove("200")) {
        first["responses"]["201"] = made;
    }
    paths.push((format!("/{kind}s"), json!({ "post": first })));
    paths
}

fn of_orders() -> Map<String, Value> {
    let by_code = StepName::ALL.into_iter().filter_map(|step| {
        let form = step.form()?;
        let along = along(form.late.is_possible(), form.files);
        let schema = needed_of(form.fields, &along);
        Some((step.code(), summary(&[step]), schema))
    });
    let by_noun = NOUNS.iter().map(|noun| {
        let steps: Vec<StepName> = noun.steps.iter().map(|(step, _)| *step).collect();
        let forms: Vec<_> = steps.iter().filter_map(|step| step.form()).collect();
        let late = forms.iter().any(|form| form.late.is_possible());
        let files = forms.iter().any(|form| form.files);
        let mut fields: Vec<(&str, &Takes)> = Vec::new();
        for takes in forms.iter().flat_map(|form| form.fields) {
            let called = noun.called.iter().find(|(_, field)| *field == takes.field);
            let name = called.map_or(takes.field.code(), |(name, _)| name);
            if !fields.iter().any(|(known, _)| *known == name) {
                fields.push((name, takes));
            }
        }
        // What one of its steps does without, the noun does not ask for.
        let one = matches!(noun.steps, [(_, Else)]);
        let needed = fields.iter().filter(|(_, takes)| one && takes.is_needed);
        let needed = needed.map(|(name, _)| *name).collect();
        let schema = schema(fields, &along(late, files));
        let mut schema = needing(schema, needed);
        for (_, meant) in noun.steps {
            if let If(flag) = meant {
                schema["properties"][flag] = json!({ "type": "boolean" });
            }
        }
        (noun.name, summary(&steps), schema)
    });
    let all = by_code.chain(by_noun);
    all.map(|(name, summary, schema)| {
        let operation = operation("order", name, summary, schema);
        (
            format!("/orders/{{number}}/{name}"),
            json!({ "post": operation }),
        )
    })
    .collect()
}

fn summary(steps: &[StepName]) -> String {
    let names = steps.iter().map(|step| words::order::step(*step));
    let names: Vec<String> = names
        .map(|name| format!("{} {}", name.zh, name.en))
        .collect();
    names.join(" / ")
}

/// What steps take beside what is theirs: the name, and what stands in it.
type Beside = (&'static str, fn() -> Value);

const VERSION: Beside = ("version", || {
    json!({
        "type": "integer", "minimum": 0,
        "description": "The version that the caller has read; If-Match says the same."
    })
});
const HAPPENED_AT: Beside = ("happened_at", || {
    json!({
        "type": "string",
        "description": "When it happened, for a late entry (补录): RFC 3339. Not for enterprises."
    })
});
const ATTACHMENTS: Beside = ("attachments", || {
    json!({
        "type": "array", "items": { "type": "integer" },
        "description": "Ids of files that were sent, to hang on what is said."
    })
});

/// Fields under their own names, with those that have to be there.
fn needed_of(fields: &[Takes], beside: &[Beside]) -> Value {
    let named = fields.iter().map(|takes| (takes.field.code(), takes));
    let needed = fields.iter().filter(|takes| takes.is_needed);
    let needed = needed.map(|takes| takes.field.code()).collect();
    needing(schema(named.collect(), beside), needed)
}

/// The same with what has to be there, and not empty.
fn needing(mut schema: Value, needed: Vec<&str>) -> Value {
    for name in &needed {
        let property = &mut schema["properties"][name];
        if property["type"] == "string" && property.get("enum").is_none() {
            property["minLength"] = json!(1);
        }
    }
    if !needed.is_empty() {
        schema["required"] = json!(needed);
    }
    schema
}

fn schema(fields: Vec<(&str, &Takes)>, beside: &[Beside]) -> Value {
    let fields = fields.into_iter();
    let own = fields.map(|(name, takes)| (name.to_owned(), property(takes.kind)));
    let beside = beside
        .iter()
        .map(|(name, says)| ((*name).to_owned(), says()));
    let properties: Map<String, Value> = own.chain(beside).collect();
    json!({ "type": "object", "properties": properties, "additionalProperties": false })
}

fn property(kind: Kind) -> Value {
    match kind {
        Kind::Line(max) | Kind::Prose(max) => json!({ "type": "string", "maxLength": max }),
        Kind::Lines | Kind::Bodies => json!({ "type": "array", "items": { "type": "string" } }),
        Kind::OneOf(codes) => json!({ "type": "string", "enum": codes() }),
        Kind::YesNo | Kind::Yes => json!({ "type": "boolean" }),
        Kind::Body => json!({ "type": "string", "description": "Code of a body." }),
        Kind::Category => json!({ "type": "string", "description": "Code of a category." }),
        Kind::Order => json!({ "type": "string", "description": "The number of another order." }),
        Kind::Event => json!({
            "type": "integer", "minimum": 1, "description": "The number of an event of the order."
        }),
        Kind::Days => json!({
            "type": "integer", "minimum": 1, "description": "Working days."
        }),
        Kind::Whole => json!({ "type": "integer", "minimum": 0 }),
        Kind::Date => json!({ "type": "string", "format": "date" }),
        Kind::Moment => json!({ "type": "string", "description": "A date with a time." }),
        Kind::Term => json!({
            "type": ["string", "integer"], "description": "Working days, or a date."
        }),
        Kind::CoHandlers => json!({
            "type": "array",
            "items": { "anyOf": [
                { "type": "string" },
                {
                    "type": "object",
                    "properties": {
                        "department": { "type": "string" }, "task": { "type": "string" }
                    },
                    "additionalProperties": false
                }
            ] }
        }),
    }
}

fn operation(kind: &str, name: &str, summary: String, schema: Value) -> Value {
    let (answer, described) = match kind {
        "meeting" => ("WholeMeetingJson", "As it is after the step."),
        "task" => ("WholeTaskJson", "As it is after the step."),
        _ => (
            "OrderJson",
            "As it is after the step; of a split, the new order.",
        ),
    };
    let answer = format!("#/components/schemas/{answer}");
    json!({
        "operationId": format!("{kind}_{name}"),
        "summary": summary,
        "parameters": [
            { "name": "number", "in": "path", "required": true, "schema": { "type": "string" } },
            {
                "name": "If-Match", "in": "header", "required": false,
                "description": "The ETag of what the caller has read.",
                "schema": { "type": "string" }
            }
        ],
        "requestBody": {
            "required": true,
            "content": { "application/json": { "schema": schema } }
        },
        "responses": {
            "200": {
                "description": described,
                "content": { "application/json": { "schema": { "$ref": answer } } }
            }
        }
    })
}
