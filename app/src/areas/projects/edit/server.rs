use domain::project::{ProjectDraft, ProjectNumber, ProjectWish};
use domain::{Action, Field};
use store::orders::{Filter, Sort};
use store::projects::Listed;
use store::{Context, Error, orders, projects};

use crate::areas::orders::list::server as list;
use crate::areas::projects::edit::ProjectForm;
use crate::problem::ProblemDetails;
use crate::serve::rows::{short, table};
use crate::serve::visit::{context_for, problem};
use crate::serve::{Problem, answer};
use crate::sheets::{ProjectQuery, ProjectRow, ProjectSheet, Projects};

const PAGE: u16 = 50;
/// Of a project's orders as many as its page shows.
const ORDERS: u16 = 20;
/// Own projects that a form offers.
const OWN: u16 = 200;

pub async fn page(query: &ProjectQuery) -> Result<Projects, Problem> {
    let ctx = context_for(Action::SeeProjects)?;
    let after = match query.after.trim() {
        "" => None,
        number => Some(number_of(number)?),
    };
    let page = projects::list(&ctx, &query.q, after.as_ref(), PAGE)
        .await
        .map_err(problem)?;
    Ok(Projects {
        rows: page.items.iter().map(|one| project(&ctx, one)).collect(),
        next: page.next.map(|number| number.to_string()),
        can_manage: ctx.actor.may(Action::ManageProjects).is_ok(),
    })
}

pub async fn sheet(number: &str) -> Result<ProjectSheet, Problem> {
    let ctx = context_for(Action::SeeProjects)?;
    let number = number_of(number)?;
    let found = projects::find(&ctx, &number).await.map_err(problem)?;
    let filter = Filter {
        project: Some(number.to_string()),
        ..Filter::default()
    };
    let page = orders::list(&ctx, &filter, Sort::NewestFirst, None, ORDERS)
        .await
        .map_err(problem)?;
    Ok(ProjectSheet {
        project: project(&ctx, &found),
        orders: table(&ctx, &page.items)?,
        can_manage: ctx.actor.may(Action::ManageProjects).is_ok(),
    })
}

/// The form for a new project, or for the one of that number.
pub async fn form(number: &str) -> Result<ProjectForm, ProblemDetails> {
    answer(async {
        let ctx = context_for(Action::ManageProjects)?;
        let there = match number.trim() {
            "" => None,
            number => {
                let found = projects::find(&ctx, &number_of(number)?).await;
                Some(found.map_err(problem)?)
            }
        };
        let leaders = projects::leaders(&ctx).await.map_err(problem)?;
        let of = there.as_ref().map(|found| &found.project);
        Ok(ProjectForm {
            township: of.map_or_else(String::new, |of| of.township.to_string()),
            leader: of
                .and_then(|of| of.leader)
                .map_or_else(String::new, |leader| leader.to_string()),
            there: there.as_ref().map(|found| project(&ctx, found)),
            townships: list::townships(&ctx),
            leaders: leaders
                .into_iter()
                .map(|(id, name)| (id.to_string(), name))
                .collect(),
        })
    })
    .await
}

pub async fn save(draft: &ProjectDraft, is_there: bool) -> Result<(), ProblemDetails> {
    answer(async {
        let ctx = context_for(Action::ManageProjects)?;
        let wish = ProjectWish::parse(draft, &ctx.book.directory)?;
        let number = wish.number.to_string();
        projects::save(&ctx, wish, is_there)
            .await
            .map_err(problem)?;
        leptos_axum::redirect(&format!("/projects/{number}?done=saved"));
        Ok(())
    })
    .await
}

/// The caller's own: (number, name); for the form that places an order.
pub async fn own(ctx: &Context) -> Result<Vec<(String, String)>, Problem> {
    let page = projects::list(ctx, "", None, OWN).await.map_err(problem)?;
    let pairs = page.items.into_iter().map(|one| {
        let name = one.project.name.as_str().to_owned();
        (one.project.number.to_string(), name)
    });
    Ok(pairs.collect())
}

/// Number and name of an order's project, as its reader may see it.
pub async fn named(
    ctx: &Context,
    number: Option<&ProjectNumber>,
) -> Result<Option<(String, String)>, Problem> {
    let Some(number) = number else {
        return Ok(None);
    };
    match projects::find(ctx, number).await {
        Ok(found) => Ok(Some((
            number.to_string(),
            found.project.name.as_str().to_owned(),
        ))),
        Err(Error::NotFound | Error::Refused(_)) => Ok(None),
        Err(error) => Err(problem(error)),
    }
}

fn number_of(text: &str) -> Result<ProjectNumber, Problem> {
    ProjectNumber::parse(Field::Project, text).map_err(|_| Problem::NotFound)
}

fn project(ctx: &Context, one: &Listed) -> ProjectRow {
    let project = &one.project;
    ProjectRow {
        number: project.number.to_string(),
        name: project.name.as_str().to_owned(),
        enterprise: one.enterprise.clone(),
        level: project.level,
        township: short(&ctx.book.directory, &project.township),
        leader: one.leader.clone(),
        orders: one.orders,
    }
}
