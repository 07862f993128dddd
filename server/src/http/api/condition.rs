//! Conditions by RFC 9110: every order says its version as an `ETag`, and `If-Match`, in
//! every legal form, keeps a step from being taken on another one.

use app::serve::Problem;
use axum::http::{HeaderMap, HeaderName, StatusCode, header};
use domain::Refusal;

use super::problem::ProblemJson;

/// The head of an answer that shows this version.
pub fn etag(version: u32) -> [(HeaderName, String); 1] {
    [(header::ETAG, format!("\"{version}\""))]
}

/// What `If-Match` asks for.
#[derive(Debug, PartialEq, Eq)]
pub enum Condition {
    /// Nothing, or only that the order is there.
    Any,
    /// One of these tags.
    OneOf(Vec<String>),
}

impl Condition {
    pub fn of(headers: &HeaderMap) -> Result<Self, Box<ProblemJson>> {
        let malformed = || {
            let detail = "If-Match takes entity tags in quotation marks, or a star";
            Box::new(ProblemJson::unreadable(
                StatusCode::BAD_REQUEST,
                detail.to_owned(),
            ))
        };
        let mut tags = Vec::new();
        let mut any = headers.get(header::IF_MATCH).is_none();
        for value in headers.get_all(header::IF_MATCH) {
            let text = value.to_str().map_err(|_| malformed())?.trim();
            if text == "*" {
                any = true;
            } else {
                tags.extend(entity_tags(text).ok_or_else(malformed)?);
            }
        }
        match (any, tags.is_empty()) {
            (true, true) => Ok(Self::Any),
            (false, false) => Ok(Self::OneOf(tags)),
            (true, false) | (false, true) => Err(malformed()),
        }
    }

    /// The version that it stands for; 412, with why, where what is there has moved on.
    pub fn met_by(
        &self,
        stands: impl Fn(u32) -> bool,
        moved: Refusal,
        headers: &HeaderMap,
    ) -> Result<Option<u32>, Box<ProblemJson>> {
        let Self::OneOf(tags) = self else {
            return Ok(None);
        };
        // Tags are the same character by character.
        let known = tags.iter().filter_map(|tag| {
            let version: u32 = tag.parse().ok()?;
            (version.to_string() == *tag).then_some(version)
        });
        let mut known = known.filter(|version| stands(*version));
        match known.next() {
            Some(version) => Ok(Some(version)),
            None => {
                let problem = ProblemJson::of(Problem::Refused(moved), headers);
                Err(Box::new(problem.with(StatusCode::PRECONDITION_FAILED)))
            }
        }
    }
}

/// The strong tags of a list; a weak one is legal and matches nothing.
fn entity_tags(list: &str) -> Option<Vec<String>> {
    let mut tags = Vec::new();
    let mut rest = list.trim_matches([' ', '\t', ',']);
    while !rest.is_empty() {
        let (is_weak, quoted) = match rest.strip_prefix("W/") {
            Some(quoted) => (true, quoted),
            None => (false, rest),
        };
        let (tag, after) = quoted.strip_prefix('"')?.split_once('"')?;
        if !tag
            .chars()
            .all(|c| c == '!' || ('#'..='~').contains(&c) || !c.is_ascii())
        {
            return None;
        }
        let tag = if is_weak { "" } else { tag };
        tags.push(tag.to_owned());
        let after = after.trim_start_matches([' ', '\t']);
        if !after.is_empty() && !after.starts_with(',') {
            return None;
        }
        rest = after.trim_start_matches([' ', '\t', ',']);
    }
    Some(tags)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(values: &[&'static str]) -> Option<Condition> {
        let mut headers = HeaderMap::new();
        for value in values {
            headers.append(header::IF_MATCH, value.parse().ok()?);
        }
        Condition::of(&headers).ok()
    }

    #[test]
    fn every_legal_form_is_read_and_no_other() {
        let tags = |tags: &[&str]| {
            let tags = tags.iter().map(|tag| (*tag).to_owned());
            Some(Condition::OneOf(tags.collect()))
        };
        assert_eq!(of(&[]), Some(Condition::Any));
        assert_eq!(of(&["*"]), Some(Condition::Any));
        assert_eq!(of(&["\"3\""]), tags(&["3"]));
        assert_eq!(of(&["\"3\", \"4\""]), tags(&["3", "4"]));
        assert_eq!(of(&["\"3\"", "\"4\""]), tags(&["3", "4"]));
        // A comma within a tag is part of it.
        assert_eq!(of(&["\"a,b\""]), tags(&["a,b"]));
        // A weak tag is never the same.
        assert_eq!(of(&["W/\"3\""]), tags(&[""]));
        for wrong in [
            "",
            "3",
            "\"3",
            "\"3\" \"4\"",
            "w/\"3\"",
            "*, \"3\"",
            "\"a b\"",
        ] {
            assert_eq!(of(&[wrong]), None, "{wrong}");
        }
    }
}
