use domain::Action;
use domain::order::Number;
use store::likeness;

use crate::problem::ProblemDetails;
use crate::serve::Problem;
use crate::serve::answer;
use crate::serve::rows::table;
use crate::serve::visit::{desk_for, problem};
use crate::sheets::{CommonProblems, CommonSheet};

/// As many as one looks through at once; it says how many there are.
const MOST: u16 = 20;

pub async fn problems() -> Result<CommonProblems, ProblemDetails> {
    answer(async {
        let desk = desk_for(Action::SeeCommonProblems)?;
        let (groups, total) = likeness::groups(&desk, MOST).await.map_err(problem)?;
        let groups = groups.iter().map(|group| {
            let open = group.orders.iter().filter(|item| {
                let stage = item.overview.stage;
                !stage.is_final()
            });
            let open: Vec<String> = open.map(|item| item.overview.number.to_string()).collect();
            let title = group
                .orders
                .first()
                .map(|item| &item.overview.placement.title);
            Ok(CommonSheet {
                first: group.first.to_string(),
                title: title.map_or_else(String::new, |title| title.as_str().to_owned()),
                enterprises: group.enterprises,
                rows: table(&desk, &group.orders)?,
                open: open.join("+"),
            })
        });
        let asides = likeness::asides(&desk).await.map_err(problem)?;
        let rules = desk.book.rules_at(desk.now);
        Ok(CommonProblems {
            groups: groups.collect::<Result<_, Problem>>()?,
            total,
            asides: asides
                .into_iter()
                .map(|(number, title)| (number.to_string(), title))
                .collect(),
            enterprises: rules.common_enterprises,
            days: rules.common_days,
            percent: rules.similar,
        })
    })
    .await
}

pub async fn put_aside(number: &str) -> Result<(), ProblemDetails> {
    answer(async {
        let desk = desk_for(Action::SeeCommonProblems)?;
        let number = Number::parse(number).ok_or(Problem::NotFound)?;
        likeness::put_aside(&desk, number).await.map_err(problem)?;
        leptos_axum::redirect("/common?done=aside");
        Ok(())
    })
    .await
}

pub async fn list_again(number: &str) -> Result<(), ProblemDetails> {
    answer(async {
        let desk = desk_for(Action::SeeCommonProblems)?;
        let number = Number::parse(number).ok_or(Problem::NotFound)?;
        likeness::list_again(&desk, number).await.map_err(problem)?;
        leptos_axum::redirect("/common?done=again");
        Ok(())
    })
    .await
}
