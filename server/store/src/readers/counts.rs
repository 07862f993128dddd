//! Many counts of one page.

use domain::order::ExpressState;

use crate::ask::Question;
use crate::commitments;
use crate::dialect::Sql;
use crate::orders::{self, Filter};
use crate::{Context, Error, cards, notices, registrations, tasks};

/// Something that is counted, as far as the caller may see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Count {
    Orders(Box<Filter>),
    /// Cards that the caller's body has not explained.
    UnexplainedCards,
    /// Digests that the caller has not read.
    UnreadNotices,
    /// Candidates for the mayor's express.
    Candidates,
    Tasks(tasks::Which),
    Commitments(commitments::Which),
    /// Enterprises that asked to be registered.
    Registrations,
}

impl Count {
    fn push(&self, query: &mut Sql, ctx: &Context) {
        match self {
            Self::Orders(filter) => orders::push_count(query, ctx, filter),
            Self::UnexplainedCards => cards::push_unexplained(query, ctx),
            Self::UnreadNotices => notices::push_unread(query, ctx),
            Self::Candidates => orders::push_on_express(query, ctx, &[ExpressState::Candidate]),
            Self::Tasks(which) => tasks::push_count(query, ctx, *which),
            Self::Commitments(which) => commitments::push_count(query, ctx, *which),
            Self::Registrations => registrations::push_waiting(query, ctx),
        }
    }
}

/// How many there are of each, in the same order.
pub struct Counts<'a>(pub &'a [Count]);

impl Question for Counts<'_> {
    type Answer = Vec<u64>;

    fn put(&self, query: &mut Sql, ctx: &Context) {
        query.push("SELECT json_array(0");
        for count in self.0 {
            query.push(", (");
            count.push(query, ctx);
            query.push(")");
        }
        query.push(")");
    }

    fn read(&self, value: Option<&[u8]>, _: &Context) -> Result<Self::Answer, Error> {
        let counted: Vec<i64> =
            serde_json::from_slice(value.unwrap_or_default()).map_err(Error::Row)?;
        // A count that is kept and was damaged is said by the check, not by every home page.
        let counted = counted.into_iter().skip(1);
        Ok(counted.map(|n| u64::try_from(n).unwrap_or(0)).collect())
    }
}
