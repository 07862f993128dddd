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
        let context = context()?;
        let query = narrowed(&context, query)?;
        let name = Line::parse(Field::View, name)?;
        views::save(&context, name, query.clone(), shared == "yes")
            .await
            .map_err(problem)?;
        leptos_axum::redirect(&format!("/orders?{query}"));
        Ok(())
    })
    .await
}

pub async fn remove(id: &str, query: &str) -> Result<(), ProblemDetails> {
    answer(async {
        let context = context()?;
        let query = narrowed(&context, query)?;
        let id = id.parse().map_err(|_| Problem::NotFound)?;
        views::remove(&context, id).await.map_err(problem)?;
        leptos_axum::redirect(&format!("/orders?{query}"));
        Ok(())
    })
    .await
}

/// What the list itself would take, from its first page on.
fn narrowed(context: &Context, text: &str) -> Result<String, Problem> {
    let query: Query = serde_urlencoded::from_str(text).map_err(|_| Problem::Malformed)?;
    let query = Query {
        after: String::new(),
        ..query
    };
    list::filter(context, &query)?;
    let pairs = query
        .pairs()
        .into_iter()
        .filter(|(_, value)| !value.is_empty());
    let pairs: Vec<_> = pairs.collect();
    serde_urlencoded::to_string(pairs).map_err(|_| Problem::Malformed)
}
