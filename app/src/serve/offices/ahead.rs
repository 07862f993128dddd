use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::order::StageName;
use domain::time::local;
use domain::{Action, Role};
use store::orders::{self, Filter};

use crate::problem::Problem;
use crate::serve::rows::ahead_line;
use crate::serve::visit::{desk_for, problem};
use crate::serve::{answer, visit};
use crate::sheets::{Ahead, AheadItem};

const SHOWN: u16 = 200;

/// For those who act: their own; for those who look from above: everybody's.
pub async fn ahead() -> Result<Ahead, Problem> {
    answer(async {
        let desk = desk_for(Action::SeeAhead)?;
        let frame = visit()?.frame;
        let filter = Filter {
            open: true,
            running: true,
            department: match &desk.actor.role {
                Role::Handler { body } | Role::Head { body } | Role::Township { body } => {
                    Some(body.to_string())
                }
                _ => None,
            },
            ..Filter::default()
        };
        let (under_way, cut) = orders::under_way(&desk, &filter, SHOWN)
            .await
            .map_err(problem)?;
        // Where not all are listed, all are counted.
        let all = match cut {
            true => Some(orders::count(&desk, &filter).await.map_err(problem)?),
            false => None,
        };
        let mut days: BTreeMap<NaiveDate, Vec<AheadItem>> = BTreeMap::new();
        let mut orders = 0;
        for (item, order) in &under_way {
            let foreseen = order.ahead(desk.now, &desk.book);
            orders += u64::from(!foreseen.is_empty());
            for foreseen in foreseen {
                let day = days.entry(local(foreseen.at).date()).or_default();
                day.push(AheadItem {
                    line: ahead_line(&desk, &frame, &foreseen),
                    number: item.overview.number.to_string(),
                    title: item.overview.placement.title.as_str().to_owned(),
                    light: item.overview.light(desk.now),
                    paused: item.overview.stage == StageName::Paused,
                });
            }
        }
        for items in days.values_mut() {
            items.sort_by_key(|item| item.line.at);
        }
        Ok(Ahead {
            days: days.into_iter().collect(),
            orders: all.unwrap_or(orders),
            cut,
        })
    })
    .await
}
