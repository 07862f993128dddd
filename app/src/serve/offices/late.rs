use domain::order::Light;
use domain::{Action, BodyCode};
use store::orders;
use store::tasks::{self, Which};

use crate::problem::ProblemDetails;
use crate::serve::Problem;
use crate::serve::rows::{lines, row, short};
use crate::serve::tasks::given_sheet;
use crate::serve::visit::{desk_for, problem};
use crate::serve::{answer, layout, visit};
use crate::sheets::{LateCount, LateItem, LateSheet};

const SHOWN: u16 = 100;

pub async fn late() -> Result<LateSheet, ProblemDetails> {
    answer(async {
        let desk = desk_for(Action::SeeLate)?;
        let frame = visit()?.frame;
        let (items, cut) = orders::late(&desk, SHOWN).await.map_err(problem)?;
        let by_body = orders::counts_by_lead(&desk, Light::Red)
            .await
            .map_err(problem)?;
        let (given, late_tasks) = tasks::tasks(&desk, Which::Late, 0, SHOWN)
            .await
            .map_err(problem)?;
        let by_owner = tasks::late_by_owner(&desk).await.map_err(problem)?;
        Ok(LateSheet {
            by_body: together(by_body, by_owner)
                .map(|(body, n)| (body.map(|body| short(&desk.book.directory, &body)), n))
                .collect(),
            tasks: given
                .into_iter()
                .map(|given| given_sheet(&desk, frame.lang, given))
                .collect(),
            late_tasks,
            items: items
                .iter()
                .map(|item| {
                    let overview = &item.listed.overview;
                    let way = lines(&desk, frame.lang, frame.year, overview, &item.events);
                    Ok(LateItem {
                        row: row(&desk, &item.listed),
                        way: layout::history(&way)?,
                    })
                })
                .collect::<Result<_, Problem>>()?,
            cut,
        })
    })
    .await
}

/// A line for each body that is late with orders or with tasks, the most orders first.
fn together(
    orders: Vec<(Option<BodyCode>, u64)>,
    tasks: Vec<(BodyCode, u64)>,
) -> impl Iterator<Item = (Option<BodyCode>, LateCount)> {
    let mut lines: Vec<(Option<BodyCode>, LateCount)> = orders
        .into_iter()
        .map(|(body, orders)| (body, LateCount { orders, tasks: 0 }))
        .collect();
    for (body, tasks) in tasks {
        match lines
            .iter_mut()
            .find(|(one, _)| one.as_ref() == Some(&body))
        {
            Some((_, count)) => count.tasks = tasks,
            None => lines.push((Some(body), LateCount { orders: 0, tasks })),
        }
    }
    lines.into_iter()
}
