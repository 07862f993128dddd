//! What somebody is typing into a form of a case, kept for them until it is sent.

use store::Context;
use store::unsent;

use super::door::{Door, address};
use super::visit::problem;
use super::{Visit, answer, context, visit};
use crate::frame::is_typed;
use crate::problem::ProblemDetails;
use crate::serve::Problem;
use crate::sheets::Unsent;

/// More than every field of the longest form.
const LONGEST: usize = 64 * 1024;

pub async fn keep(page: &str, form: &str, typed: &str) -> Result<(), ProblemDetails> {
    answer(async {
        let (visit, ctx) = (visit()?, context()?);
        let (page, form) = place(page, form).ok_or(Problem::Malformed)?;
        if typed.len() > LONGEST {
            return Err(Problem::TooLarge);
        }
        let mut fields: unsent::Fields =
            serde_html_form::from_str(typed).map_err(|_| Problem::Malformed)?;
        fields.retain(|(name, _)| is_typed(name));
        unsent::keep(&ctx, page, form, &fields, visit.wall)
            .await
            .map_err(problem)
    })
    .await
}

/// Keeps what a form held that was sent for something else, its files.
pub async fn keep_typed(visit: &Visit, page: &str, form: &str, mut fields: unsent::Fields) {
    let (Some(person), Some((page, form))) = (&visit.person, place(page, form)) else {
        return;
    };
    fields.retain(|(name, text)| is_typed(name) && !text.trim().is_empty());
    let length: usize = fields.iter().map(|(_, text)| text.len()).sum();
    if fields.is_empty() || length > LONGEST {
        return;
    }
    let ctx = Context::new(visit.store.clone(), person.actor.clone(), visit.now);
    if let Err(error) = unsent::keep(&ctx, page, form, &fields, visit.wall).await {
        tracing::error!(%error, "what was typed beside a file is not kept");
    }
}

pub async fn forget(page: &str, form: &str) -> Result<(), ProblemDetails> {
    answer(async {
        let ctx = context()?;
        let (page, form) = place(page, form).ok_or(Problem::Malformed)?;
        unsent::forget(&ctx, page, form).await.map_err(problem)
    })
    .await
}

/// The form was sent and taken: what was typed is in the order now.
pub async fn sent(visit: &Visit, page: &str, form: &str) {
    let (Some(person), Some((page, form))) = (&visit.person, place(page, form)) else {
        return;
    };
    let ctx = Context::new(visit.store.clone(), person.actor.clone(), visit.now);
    if let Err(error) = unsent::forget(&ctx, page, form).await {
        tracing::error!(%error, "what was sent is still kept as unsent");
    }
}

/// What the reader was typing on a page.
pub async fn of_page(ctx: &Context, page: &str) -> Result<Vec<Unsent>, Problem> {
    let found = unsent::of_page(ctx, page).await.map_err(problem)?;
    let sheets = found.into_iter().map(|one| Unsent {
        form: one.act,
        typed: one.fields,
        at: one.at,
    });
    Ok(sheets.collect())
}

/// The page of a form that does not say it: a script sends only the fields of the step.
pub fn page_of(form: &str, typed: &[(String, String)]) -> Option<String> {
    if form == PLACE {
        return Some("/orders/new".to_owned());
    }
    let number = typed.iter().find(|(name, _)| name == "number");
    let number = number.map_or("", |(_, number)| number.as_str());
    match Door::of(form) {
        Some(door) => Some(door.page(number)),
        None => (!number.is_empty()).then(|| format!("/orders/{number}")),
    }
}

/// Where an order is placed.
const PLACE: &str = "/act/place";

/// Forms of cases only: what is typed elsewhere is short, or secret.
pub fn place(page: &str, form: &str) -> Option<(String, String)> {
    let form = address(form);
    let of = match Door::of(&form) {
        Some(Door::Order(..)) => "/orders/",
        Some(Door::Call | Door::Meeting(..)) => "/meetings/",
        Some(Door::Give | Door::Task(..)) => "/tasks",
        None if form == PLACE => "/orders/",
        None => return None,
    };
    (page.starts_with(of) && page.len() <= 100).then(|| (page.to_owned(), form))
}
