use domain::Field;
use domain::text::Line;
use store::views::View;
use store::{Context, views};

use crate::areas::orders::list::server as list;
use crate::problem::ProblemDetails;
use crate::serve::visit::problem;
use crate::serve::{Problem, answer, context};
use crate::sheets::{Query, ViewSheet};

pub fn sheets(views: Vec<View>) -> Vec<ViewSheet> {
    let sheets = views.into_iter().map(|view| ViewSheet {
        id: view.id,
        name: view.name,
        address: format!("/orders?{}", view.query),
        shared: view.shared,
        own: view.own,
    });
    sheets.collect()
}

pub async fn save(name: &str, query: &str, shared: &str) -> Result<(), ProblemDetails> {
    answer(async {
        let ctx = context()?;
        let query = narrowed(&ctx, query)?;
        let name = Line::parse(Field::View, name)?;
        views::save(&ctx, name, query.clone(), shared == "yes")
            .await
            .map_err(problem)?;
        leptos_axum::redirect(&format!("/orders?{query}"));
        Ok(())
    })
    .await
}

pub async fn remove(id: &str, query: &str) -> Result<(), ProblemDetails> {
    answer(async {
        let ctx = context()?;
        let query = narrowed(&ctx, query)?;
        let id = id.parse().map_err(|_| Problem::NotFound)?;
        views::remove(&ctx, id).await.map_err(problem)?;
        leptos_axum::redirect(&format!("/orders?{query}"));
        Ok(())
    })
    .await
}

/// What the list itself would take, from its first page on.
fn narrowed(ctx: &Context, text: &str) -> Result<String, Problem> {
    let query: Query = serde_html_form::from_str(text).map_err(|_| Problem::Malformed)?;
    let query = Query {
        after: String::new(),
        ..query
    };
    list::filter(ctx, &query)?;
    let pairs = query
        .pairs()
        .into_iter()
        .filter(|(_, value)| !value.is_empty());
    let pairs: Vec<_> = pairs.collect();
    serde_html_form::to_string(pairs).map_err(|_| Problem::Malformed)
}
