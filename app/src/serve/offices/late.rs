use domain::Action;
use domain::order::Light;
use store::orders;

use crate::problem::Problem;
use crate::serve::rows::{lines, row, short};
use crate::serve::visit::{desk_for, problem};
use crate::serve::{answer, layout, visit};
use crate::sheets::{LateItem, LateSheet};

const SHOWN: u16 = 100;

pub async fn late() -> Result<LateSheet, Problem> {
    answer(async {
        let desk = desk_for(Action::SeeLate)?;
        let frame = visit()?.frame;
        let (items, cut) = orders::late(&desk, SHOWN).await.map_err(problem)?;
        let by_body = orders::counts_by_lead(&desk, Light::Red)
            .await
            .map_err(problem)?;
        Ok(LateSheet {
            by_body: by_body
                .into_iter()
                .map(|(lead, orders)| (lead.map(|lead| short(&desk.book.directory, &lead)), orders))
                .collect(),
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
