//! Several questions of one page, asked in one statement. To hand a statement over to the
//! engine's thread costs more than most answers, and so does each row on its way back: an
//! answer is one value, and rows are lines of it.

use serde::de::DeserializeOwned;
use sqlx::Row as _;

use crate::dialect::{Row, Sql};
use crate::{Context, Error};

/// What is asked, as far as the caller may see it.
pub trait Question {
    type Answer;

    /// A SELECT of one value.
    fn put(&self, query: &mut Sql, ctx: &Context);

    /// `None` where the value is NULL.
    fn read(&self, value: Option<&[u8]>, ctx: &Context) -> Result<Self::Answer, Error>;
}

/// Some that are asked together.
pub trait Questions {
    type Answers;

    fn put(&self, query: &mut Sql, ctx: &Context);

    fn read(&self, row: &Row, ctx: &Context) -> Result<Self::Answers, Error>;
}

/// The answers, in the order of the questions.
pub async fn ask<Q: Questions>(ctx: &Context, questions: Q) -> Result<Q::Answers, Error> {
    let mut query = Sql::new("SELECT NULL");
    questions.put(&mut query, ctx);
    let row = query.build().fetch_one(&ctx.store.read).await?;
    questions.read(&row, ctx)
}

/// What the caller has no use for is not asked.
impl<Q: Question> Question for Option<Q> {
    type Answer = Option<Q::Answer>;

    fn put(&self, query: &mut Sql, ctx: &Context) {
        match self {
            Some(question) => question.put(query, ctx),
            None => {
                query.push("NULL");
            }
        }
    }

    fn read(&self, value: Option<&[u8]>, ctx: &Context) -> Result<Self::Answer, Error> {
        let question = self.as_ref();
        question
            .map(|question| question.read(value, ctx))
            .transpose()
    }
}

macro_rules! together {
    ($($question:ident $at:tt),+) => {
        impl<$($question: Question),+> Questions for ($($question,)+) {
            type Answers = ($($question::Answer,)+);

            fn put(&self, query: &mut Sql, ctx: &Context) {
                $(
                    query.push(", (");
                    self.$at.put(query, ctx);
                    query.push(")");
                )+
            }

            fn read(&self, row: &Row, ctx: &Context) -> Result<Self::Answers, Error> {
                Ok(($(self.$at.read(row.try_get_unchecked($at + 1)?, ctx)?,)+))
            }
        }
    };
}

together!(A 0);
together!(A 0, B 1);
together!(A 0, B 1, C 2);
together!(A 0, B 1, C 2, D 3);
together!(A 0, B 1, C 2, D 3, E 4);

/// `columns` of the rows of `from`, in their order, as one value: a line of JSON for each.
/// The engine keeps an order for `group_concat`, which is not one of those that need none.
pub(crate) fn lines(query: &mut Sql, columns: &str, from: impl FnOnce(&mut Sql)) {
    query.push("SELECT group_concat(json_array(").push(columns);
    query.push("), char(10)) FROM (");
    from(query);
    query.push(")");
}

/// Those rows; one that cannot be read leaves the others there, and a line in the log.
pub(crate) fn readable<T: DeserializeOwned>(value: Option<&[u8]>) -> Vec<T> {
    each(value).filter_map(one).collect()
}

/// The row of a line, if it can be read.
pub(crate) fn one<T: DeserializeOwned>(line: &[u8]) -> Option<T> {
    let read = serde_json::from_slice(line);
    read.inspect_err(|error| {
        // What it begins with is its key; the rest may be somebody's.
        let key = line.split(|byte| *byte == b',').next().unwrap_or_default();
        let key = String::from_utf8_lossy(key);
        tracing::error!(%error, %key, "a row cannot be read");
    })
    .ok()
}

/// Lines that stand in a line, `hex` in digits, so that damage in one of them is its own.
pub(crate) fn within<T: DeserializeOwned>(hex: Option<&str>) -> Vec<T> {
    let digits = hex.unwrap_or_default().as_bytes().chunks(2);
    let byte = |pair| u8::from_str_radix(str::from_utf8(pair).ok()?, 16).ok();
    let value: Option<Vec<u8>> = digits.map(byte).collect();
    readable(value.as_deref())
}

/// The lines of such a value.
pub(crate) fn each(value: Option<&[u8]>) -> impl Iterator<Item = &[u8]> {
    let value = value.unwrap_or_default();
    // JSON has no line break of its own: one in a text is written as \n.
    value
        .split(|byte| *byte == b'\n')
        .filter(|line| !line.is_empty())
}

/// A row of columns, read from such a line in their order. `COLUMNS` names them for a
/// statement.
macro_rules! row {
    ($(#[$derive:meta])* $visible:vis struct $name:ident {
        $(#[$first_read:meta])* $first_visible:vis $first:ident: $first_type:ty,
        $($(#[$read:meta])* $field_visible:vis $field:ident: $type:ty,)*
    }) => {
        $(#[$derive])*
        #[derive(serde::Deserialize)]
        $visible struct $name {
            $(#[$first_read])* $first_visible $first: $first_type,
            $($(#[$read])* $field_visible $field: $type,)*
        }

        impl $name {
            $visible const COLUMNS: &'static str =
                concat!(stringify!($first) $(, ", ", stringify!($field))*);
        }
    };
}
pub(crate) use row;

/// What the engine knows as a number.
pub(crate) fn flag<'de, D: serde::Deserializer<'de>>(value: D) -> Result<bool, D::Error> {
    let number: u8 = serde::Deserialize::deserialize(value)?;
    Ok(number != 0)
}

pub(crate) fn optional_flag<'de, D>(value: D) -> Result<Option<bool>, D::Error>
where
    D: serde::Deserializer<'de>,
{
    let number: Option<u8> = serde::Deserialize::deserialize(value)?;
    Ok(number.map(|number| number != 0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_that_cannot_be_read_leaves_the_others() {
        let value: &[u8] = b"[1,\"one\"]\n[2,\"\xff\"]\n[3,\"a\\nb\"]";
        let rows: Vec<(i64, String)> = readable(Some(value));
        assert_eq!(rows, [(1, "one".to_owned()), (3, "a\nb".to_owned())]);
        assert_eq!(readable::<(i64, String)>(None), []);
    }
}
