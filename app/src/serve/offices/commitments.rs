use domain::Action;
use domain::order::{Commitment, Order};
use store::Desk;
use store::commitments::{self, Which};

use crate::components::fields::Choice;
use crate::frame::Frame;
use crate::problem::ProblemDetails;
use crate::serve::Problem;
use crate::serve::answer;
use crate::serve::rows::short;
use crate::serve::visit::{desk_for, problem};
use crate::sheets::{CommitmentOrder, CommitmentQuery, CommitmentSheet, Commitments};
use crate::words;

const PAGE: u16 = 50;

/// Promises of an order that can still be kept, to choose from. One reply stands at a
/// time, and so does its promise.
pub fn open_choices(frame: &Frame, order: &Order) -> Vec<Choice> {
    let open = order.commitments.iter().filter(|one| one.is_open());
    let choice = |one: &Commitment| {
        let day = words::time::date(frame.lang, one.until, frame.year);
        Choice::new(one.reply.to_string(), day)
    };
    open.map(choice).collect()
}

pub async fn commitments(query: &CommitmentQuery) -> Result<Commitments, ProblemDetails> {
    answer(async {
        let desk = desk_for(Action::SeeCommitments)?;
        let which = match query.which.as_str() {
            "" => Which::Followed,
            "broken" => Which::Broken,
            "all" => Which::All,
            _ => return Err(Problem::Malformed),
        };
        let page: u32 = query.page.trim().parse().unwrap_or(0);
        let skip = page.saturating_mul(PAGE.into());
        let (made, total) = commitments::list(&desk, which, skip, PAGE)
            .await
            .map_err(problem)?;
        let shown = u64::from(skip) + made.len() as u64;
        let sheets = made.into_iter().map(|made| CommitmentSheet {
            order: Some(CommitmentOrder {
                number: made.number.to_string(),
                title: made.title,
                enterprise: made.enterprise,
            }),
            ..commitment(&desk, &made.commitment)
        });
        Ok(Commitments {
            commitments: sheets.collect(),
            total,
            newer: page.checked_sub(1),
            older: (shown < total).then_some(page + 1),
        })
    })
    .await
}

pub fn commitment(desk: &Desk, commitment: &Commitment) -> CommitmentSheet {
    use domain::order::CommitmentEnd::Kept;
    CommitmentSheet {
        reply: commitment.reply,
        body: short(&desk.book.directory, &commitment.body),
        until: commitment.until,
        due: commitment.due(&desk.book.calendar).at,
        light: commitment.light(desk.now, &desk.book),
        open: commitment.is_open(),
        broken: commitment.is_late(&desk.book),
        kept: match &commitment.end {
            Some(Kept(answer)) => Some((answer.at, answer.text.as_str().to_owned())),
            _ => None,
        },
        order: None,
    }
}
