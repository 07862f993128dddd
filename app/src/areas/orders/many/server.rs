//! Several orders at once: each is a step by itself, and each refusal is said.

use domain::order::{Asked, MergeWish, Note, Number, StageName, Step, StepName};
use domain::{Action, Refusal};
use store::orders::{Filter, Listed, Sort};
use store::{Context, Error, orders, people};

use crate::areas::orders::list::server::numbers;
use crate::areas::orders::many::Many;
use crate::areas::orders::order::server as sheet;
use crate::problem::ProblemDetails;
use crate::serve::rows::table;
use crate::serve::visit::{problem, visit};
use crate::serve::{Problem, answer, context};

pub async fn many(chosen: &str) -> Result<Many, ProblemDetails> {
    answer(async {
        let ctx = context()?;
        let chosen = match chosen {
            "none" => Vec::new(),
            chosen => numbers(chosen)?,
        };
        let listed = if chosen.is_empty() {
            Vec::new()
        } else {
            let filter = Filter {
                numbers: chosen.clone(),
                ..Filter::default()
            };
            let most = u16::try_from(chosen.len()).unwrap_or(u16::MAX);
            orders::list(&ctx, &filter, Sort::NewestFirst, None, most)
                .await
                .map_err(problem)?
                .items
        };
        let may = |step| ctx.actor.may(Action::Step(step)).is_ok();
        let any = |stages: &[StageName]| {
            let mut standing = listed.iter().map(|item| item.overview.stage);
            standing.any(|stage| stages.contains(&stage))
        };
        let lang = visit()?.frame.lang;
        let consequence = |step| words::consequence::of_step(lang, step, "", false, false);
        let there: Vec<String> = listed
            .iter()
            .map(|item| item.overview.number.to_string())
            .collect();
        Ok(Many {
            missing: chosen.len() - there.len(),
            numbers: there.join("+"),
            can_dispatch: may(StepName::Dispatch),
            can_urge: may(StepName::Urge),
            can_merge: may(StepName::Merge) && listed.len() > 1,
            can_take: may(StepName::Take) && any(&[StageName::Dispatched]),
            can_note: may(StepName::Note),
            can_message: may(StepName::Message),
            can_extend: may(StepName::Extend) && any(&[StageName::InHand, StageName::Rework]),
            urge_consequence: consequence(StepName::Urge),
            merge_consequence: consequence(StepName::Merge),
            departments: if may(StepName::Dispatch) {
                sheet::departments(&ctx)
            } else {
                Vec::new()
            },
            orders: mains(&listed)
                .into_iter()
                .map(|item| {
                    let title = item.overview.placement.title.as_str().to_owned();
                    (item.overview.number.to_string(), title)
                })
                .collect(),
            rows: table(&ctx, &listed)?,
        })
    })
    .await
}

/// Which could be the main one, the likeliest first: one that is so already, then the
/// most urgent, then the oldest.
fn mains(listed: &[Listed]) -> Vec<&Listed> {
    let mut mains: Vec<&Listed> = listed.iter().collect();
    mains.sort_by_key(|item| {
        let overview = &item.overview;
        (overview.absorbed == 0, overview.urgency(), overview.number)
    });
    mains
}

pub async fn dispatch(
    chosen: &str,
    department: &str,
    complexity: &str,
) -> Result<(), ProblemDetails> {
    each(chosen, StepName::Dispatch, |ctx| {
        Step::dispatch(department, complexity, &[], &ctx.book.directory)
    })
    .await
}

pub async fn urge(chosen: &str, reason: &str) -> Result<(), ProblemDetails> {
    each(chosen, StepName::Urge, |_| Step::urge(reason)).await
}

pub async fn take(chosen: &str) -> Result<(), ProblemDetails> {
    each(chosen, StepName::Take, |_| Ok(Step::Take)).await
}

pub async fn note(chosen: &str, text: &str) -> Result<(), ProblemDetails> {
    let colleagues =
        answer(async { people::colleagues(&context()?).await.map_err(problem) }).await?;
    each(chosen, StepName::Note, |_| {
        Note::parse(text, &colleagues).map(Step::Note)
    })
    .await
}

/// To the enterprise of each.
pub async fn message(chosen: &str, text: &str) -> Result<(), ProblemDetails> {
    each(chosen, StepName::Message, |_| Step::message(text)).await
}

pub async fn extend(chosen: &str, days: &str, reason: &str) -> Result<(), ProblemDetails> {
    each(chosen, StepName::Extend, |_| {
        Asked::parse(days, reason).map(Step::Extend)
    })
    .await
}

/// Joins all of them to one of them: as one matter, so all or none.
pub async fn merge(chosen: &str, main: &str, reason: &str) -> Result<(), ProblemDetails> {
    answer(async {
        let ctx = context()?;
        ctx.actor.may(Action::Step(StepName::Merge))?;
        let chosen = numbers(chosen)?;
        let wish = MergeWish::parse(main, reason)?;
        orders::merge_all(&ctx, &chosen, wish)
            .await
            .map_err(problem)?;
        done(&chosen, StepName::Merge);
        Ok(())
    })
    .await
}

/// Takes the same step on each. What is wrong with the form itself is said once; what
/// an order refuses is said for each of them.
async fn each(
    chosen: &str,
    step: StepName,
    parse: impl FnOnce(&Context) -> Result<Step, Refusal>,
) -> Result<(), ProblemDetails> {
    answer(async {
        let ctx = context()?;
        ctx.actor.may(Action::Step(step))?;
        let chosen = numbers(chosen)?;
        let taken = parse(&ctx)?;
        let mut refused = Vec::new();
        for number in &chosen {
            match orders::step(&ctx, *number, None, None, taken.clone()).await {
                Ok(_) => {}
                Err(Error::Refused(refusal)) => {
                    refused.push((number.to_string(), Box::new(refusal)));
                }
                // It left one's sight meanwhile: the others are done all the same.
                Err(Error::NotFound) => {
                    refused.push((number.to_string(), Box::new(Refusal::OutOfSight)));
                }
                Err(error) => return Err(problem(error)),
            }
        }
        if !refused.is_empty() {
            let left = refused.len();
            let done = chosen.len() - left;
            return Err(Problem::Refused(Refusal::Several {
                done,
                left,
                refused,
            }));
        }
        done(&chosen, step);
        Ok(())
    })
    .await
}

/// Back to the chosen ones, which says what was done with all of them.
fn done(chosen: &[Number], step: StepName) {
    let numbers: Vec<String> = chosen.iter().map(Number::to_string).collect();
    let (numbers, done) = (numbers.join("+"), step.code());
    leptos_axum::redirect(&format!("/orders/many/{numbers}?done={done}"));
}
