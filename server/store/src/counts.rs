//! Many counts of one page, asked for in one statement.

use domain::order::ExpressState;
use sqlx::Row;

use crate::commitments;
use crate::dialect::Sql;
use crate::orders::{self, Filter, tasks};
use crate::{Desk, Error, cards, meetings, notices, registrations};

/// Something that is counted, as far as the caller may see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Count {
    Orders(Box<Filter>),
    /// Cards that the caller's body has not explained.
    UnexplainedCards,
    /// Digests and news of meetings that the caller has not read.
    UnreadNotices,
    /// Candidates for the mayor's express.
    Candidates,
    Tasks(tasks::Which),
    Commitments(commitments::Which),
    /// Enterprises that asked to be registered.
    Registrations,
}

impl Count {
    fn push(&self, query: &mut Sql, desk: &Desk) {
        match self {
            Self::Orders(filter) => orders::push_count(query, desk, filter),
            Self::UnexplainedCards => cards::push_unexplained(query, desk),
            Self::UnreadNotices => {
                notices::push_unread(query, desk);
                query.push(") + (");
                meetings::push_unread(query, desk);
            }
            Self::Candidates => orders::push_on_express(query, desk, &[ExpressState::Candidate]),
            Self::Tasks(which) => tasks::push_count(query, desk, *which),
            Self::Commitments(which) => commitments::push_count(query, desk, *which),
            Self::Registrations => registrations::push_waiting(query, desk),
        }
    }
}

/// How many there are of each, in the same order.
pub async fn counts(desk: &Desk, asked: &[Count]) -> Result<Vec<u64>, Error> {
    let mut query = Sql::new("SELECT 0");
    for count in asked {
        query.push(", (");
        count.push(&mut query, desk);
        query.push(")");
    }
    let row = query.build().fetch_one(&desk.store.read).await?;
    let counted = (1..=asked.len()).map(|at| {
        let count: i64 = row.try_get(at)?;
        Ok(u64::try_from(count).unwrap_or(0))
    });
    counted.collect()
}
