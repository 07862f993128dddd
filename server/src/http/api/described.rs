//! The description of the API as a whole: what is true of every call is said once.

use serde_json::{Map, Value, json};

/// Why a call is refused, whatever it asks for.
const OF_ALL: [(&str, &str); 8] = [
    ("400", "The request cannot be read."),
    ("401", "Nobody is signed in."),
    ("403", "The caller may not."),
    ("404", "There is none such, as far as the caller may know."),
    ("414", "The address is too long."),
    ("422", "A field is not right."),
    ("429", "Too many requests."),
    ("503", "The database is busy."),
];
/// Why what changes something is refused, beside these.
const OF_CHANGES: [(&str, &str); 5] = [
    ("408", "What was sent did not come in time."),
    ("409", "The stage or the version does not allow it."),
    ("412", "It is not as If-Match says."),
    ("413", "Too much was sent."),
    ("507", "The disk is full."),
];

/// Adds to each operation how it may be refused, and to each answer what it says.
pub fn complete(description: &mut Value) {
    let paths = description["paths"].as_object_mut();
    let operations = paths.into_iter().flatten().flat_map(|(_, methods)| {
        let methods = methods.as_object_mut().into_iter().flatten();
        methods.filter(|(_, operation)| operation["responses"].is_object())
    });
    for (method, operation) in operations {
        let changes = !matches!(method.as_str(), "get" | "head");
        if let Some(responses) = operation["responses"].as_object_mut() {
            answers(responses, changes);
        }
    }
}

fn answers(responses: &mut Map<String, Value>, changes: bool) {
    let of_changes = OF_CHANGES.iter().filter(|_| changes);
    let refusals: Vec<_> = OF_ALL.iter().chain(of_changes).collect();
    for (status, _) in &refusals {
        // What has no content says it in its heads.
        let is_new = !responses.contains_key(*status);
        let response = responses.entry(*status).or_insert_with(|| json!({}));
        if is_new || response.get("content").is_some() {
            response["content"] = json!({
                "application/problem+json": {
                    "schema": { "$ref": "#/components/schemas/ProblemJson" }
                }
            });
        }
    }
    for (status, response) in responses {
        let why = refusals.iter().find(|(known, _)| known == status);
        let why = why.map_or("As asked for.", |(_, why)| why);
        if response.get("description").is_none_or(|said| said == "") {
            response["description"] = json!(why);
        }
    }
}
