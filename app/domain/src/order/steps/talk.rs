//! What is said beside the steps: notes inside a body, and messages between the
//! enterprise and those who work on its order. Neither moves anything.

use serde::{Deserialize, Serialize};
use serde_json::json;
use std::collections::BTreeSet;

use crate::actor::UserId;
use crate::form::{Kind, Takes};
use crate::order::event::{Happening, Sight, What, nothing, stays};
use crate::order::step::{Attempt, Step};
use crate::order::told;
use crate::order::told::Address;
use crate::order::wish::{Form, Late, Wish, always, never};
use crate::refusal::{Field, Refusal};
use crate::text::{Prose, plain};

/// A note (备注): seen by the body of whoever wrote it, and by nobody else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    pub text: Prose<2000>,
    /// Colleagues who are named in it with an @, and are told.
    pub mentions: Vec<UserId>,
}

impl Note {
    /// `colleagues`: everybody of the body, as they are called.
    pub fn parse(text: &str, colleagues: &[(UserId, String)]) -> Result<Self, Refusal> {
        let text = Prose::parse(Field::Note, text)?;
        let mentions = mentioned(text.as_str(), colleagues);
        Ok(Self { text, mentions })
    }
}

/// Whoever is named at an @: the longest name that stands there, with or without what is
/// noted in brackets behind it.
fn mentioned(text: &str, colleagues: &[(UserId, String)]) -> Vec<UserId> {
    let text = plain(text);
    let names: Vec<(UserId, String)> = colleagues
        .iter()
        .map(|(user, name)| (*user, plain(name).trim().to_owned()))
        .collect();
    let short = |name: &str| name.split('(').next().unwrap_or(name).trim().to_owned();
    let mut told = BTreeSet::new();
    for (at, mark) in text.match_indices('@') {
        let after = text[at + mark.len()..].trim_start();
        let called = names.iter().filter_map(|(user, name)| {
            let ways = [name.clone(), short(name)].into_iter();
            let mut there = ways.filter(|way| !way.is_empty() && after.starts_with(way.as_str()));
            // The person's own name counts, not how long the note behind it is.
            let is_there = there.next().is_some();
            is_there.then(|| (short(name).chars().count(), *user))
        });
        let called: Vec<(usize, UserId)> = called.collect();
        let longest = called.iter().map(|(length, _)| *length).max();
        let called = called
            .into_iter()
            .filter(|(length, _)| Some(*length) == longest);
        told.extend(called.map(|(_, user)| user));
    }
    told.into_iter().collect()
}

pub(in crate::order) fn note(_: &Attempt<'_>, note: Note) -> Result<Vec<What>, Refusal> {
    Ok(vec![What::Noted(Noted {
        text: note.text,
        mentions: note.mentions,
    })])
}

pub(in crate::order) fn message(at: &Attempt<'_>, text: Prose<2000>) -> Result<Vec<What>, Refusal> {
    let actor = at.actor;
    Ok(vec![What::Messaged(Messaged {
        text,
        by_enterprise: actor.role.enterprise().is_some(),
    })])
}

impl Step {
    pub fn message(text: &str) -> Result<Self, Refusal> {
        let text = Prose::parse(Field::Message, text)?;
        Ok(Self::Message { text })
    }
}

pub(in crate::order) static NOTE: Form = Form {
    files: true,
    late: Late::Never,
    is_said: true,
    fields: &[Takes::needed(Field::Note, Kind::Prose(2000))],
    can: always,
    due: never,
    read: |typed, reading| {
        let note = Note::parse(typed.get(Field::Note), reading.colleagues)?;
        Wish::step(Step::Note(note))
    },
};

pub(in crate::order) static MESSAGE: Form = Form {
    files: true,
    late: Late::Never,
    is_said: true,
    fields: &[Takes::needed(Field::Message, Kind::Prose(2000))],
    can: always,
    due: never,
    read: |typed, _| Step::message(typed.get(Field::Message)).map(Wish::Step),
};

/// Seen inside the body of whoever wrote it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Noted {
    pub text: Prose<2000>,
    pub mentions: Vec<UserId>,
}

pub(in crate::order) static NOTED: Happening<Noted> = Happening {
    sight: |_| Sight::OwnBody,
    files: true,
    is_talk: true,
    stage: stays,
    apply: nothing,
    told: |it, _| it.mentions.iter().copied().map(Address::Person).collect(),
    json: |it, _| json!({"text": it.text}),
};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Messaged {
    pub text: Prose<2000>,
    pub by_enterprise: bool,
}

pub(in crate::order) static MESSAGED: Happening<Messaged> = Happening {
    sight: |_| Sight::Everybody,
    files: true,
    is_talk: true,
    stage: stays,
    apply: nothing,
    // The other side; before there is a lead, the centre.
    told: |it, order| {
        let office = told::lead(order).next().unwrap_or(Address::Centre);
        vec![if it.by_enterprise {
            office
        } else {
            told::enterprise(order)
        }]
    },
    json: |it, _| json!({"text": it.text}),
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_longest_name_at_an_at_is_told() {
        let colleagues = [
            (1, "王伟（虚构）".to_owned()),
            (2, "王伟民（虚构）".to_owned()),
            (3, "李静".to_owned()),
        ];
        let cases: [(&str, &[UserId]); 6] = [
            ("@王伟民（虚构） 请看", &[2]),
            ("@王伟民请看", &[2]),
            ("＠王伟 请看", &[1]),
            ("@王伟民 @王伟 @李静", &[1, 2, 3]),
            ("王伟民请看", &[]),
            ("@王", &[]),
        ];
        for (text, told) in cases {
            assert_eq!(mentioned(text, &colleagues), told, "{text}");
        }
    }
}
