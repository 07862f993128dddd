use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::order::StageName;
use domain::time::local;
use domain::{Action, Role};
use store::orders::{self, Filter};
use store::{Desk, tasks};

use crate::frame::Frame;
use crate::problem::ProblemDetails;
use crate::serve::rows::{ahead_line, short};
use crate::serve::visit::{desk_for, problem};
use crate::serve::{answer, visit};
use crate::sheets::{Ahead, AheadItem, AheadLine};
use crate::words;

const SHOWN: u16 = 200;

/// For those who act: their own; for those who look from above: everybody's.
pub async fn ahead() -> Result<Ahead, ProblemDetails> {
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
                    page: format!("/orders/{}", item.overview.number),
                    title: item.overview.placement.title.as_str().to_owned(),
                    light: item.overview.light(desk.now),
                    paused: item.overview.stage == StageName::Paused,
                });
            }
        }
        let (open, more) = tasks::under_way(&desk, SHOWN).await.map_err(problem)?;
        for found in &open {
            let light = found.case.task.line(&desk.book).light(desk.now);
            for line in of_task(&desk, &frame, found) {
                let day = days.entry(local(line.at).date()).or_default();
                day.push(AheadItem {
                    line,
                    page: format!("/tasks/{}", found.case.number),
                    title: found.case.title.as_str().to_owned(),
                    light,
                    paused: false,
                });
            }
        }
        for items in days.values_mut() {
            items.sort_by_key(|item| item.line.at);
        }
        Ok(Ahead {
            days: days.into_iter().collect(),
            orders: all.unwrap_or(orders),
            tasks: open.len(),
            cut: cut || more,
        })
    })
    .await
}

/// What comes of a task by itself, with the name of the body that answers for it.
fn of_task(desk: &Desk, frame: &Frame, found: &tasks::Found) -> Vec<AheadLine> {
    let owner = short(&desk.book.directory, &found.case.task.duty.owner);
    let foreseen = found.case.ahead(desk.now, &desk.book).into_iter();
    let lines = foreseen.map(|one| AheadLine {
        at: one.at,
        provisional: one.provisional,
        what: words::task::foreseen_of(frame.lang, frame.lang.name(&owner), &one),
    });
    lines.collect()
}
