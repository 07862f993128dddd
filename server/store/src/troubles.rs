//! Records that could not be read or swept, named until they can: for the log, the
//! administrator's page and those who ask whether the program is ready.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use crate::Error;

#[derive(Clone, Default)]
pub struct Troubles(Arc<Mutex<BTreeMap<String, String>>>);

impl Troubles {
    /// `what` failed; logged the first time only, so that a record that stays as it is
    /// does not fill the log at each sweep.
    pub(crate) fn note(&self, what: &str, error: &Error) {
        self.name(what, &with_causes(error));
    }

    /// Names what cannot be read. What can be is not cleared by that: something else of the
    /// record may be what the sweep cannot work on.
    pub(crate) fn heed<T>(&self, read: &Result<T, Error>, what: impl FnOnce() -> String) {
        match read {
            Err(error) if error.is_damage() => self.note(&what(), error),
            Ok(_) | Err(_) => {}
        }
    }

    /// Those of a list that can be read; the others are named, each with the order that it
    /// is of.
    pub(crate) fn readable<T>(
        &self,
        list: impl Iterator<Item = (String, Result<T, Error>)>,
    ) -> Vec<T> {
        self.readable_of("order", list)
    }

    pub(crate) fn readable_of<T>(
        &self,
        kind: &str,
        list: impl Iterator<Item = (String, Result<T, Error>)>,
    ) -> Vec<T> {
        let kept = list.filter_map(|(number, read)| {
            self.heed(&read, || format!("{kind} {number}"));
            read.ok()
        });
        kept.collect()
    }

    /// As said by somebody outside the store.
    pub fn name(&self, what: &str, cause: &str) {
        let cause = cause.to_owned();
        let mut troubles = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let before = troubles.insert(what.to_owned(), cause.clone());
        if before.as_ref() != Some(&cause) {
            tracing::error!(what, cause, "a record cannot be worked on; the others are");
        }
    }

    pub fn mend(&self, what: &str) {
        self.clear(what);
    }

    pub(crate) fn clear(&self, what: &str) {
        let mut troubles = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        troubles.remove(what);
    }

    /// What is in trouble, in the order of its names.
    pub fn names(&self) -> Vec<String> {
        let troubles = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        troubles.keys().cloned().collect()
    }
}

fn with_causes(error: &Error) -> String {
    let mut text = error.to_string();
    let mut cause = std::error::Error::source(error);
    while let Some(error) = cause {
        text = format!("{text}: {error}");
        cause = error.source();
    }
    text
}
