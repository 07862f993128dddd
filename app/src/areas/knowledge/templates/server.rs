use domain::Action;
use domain::template::{Slot, Template, filled};
use domain::time::local;
use store::orders::Found;
use store::{Context, templates};

use crate::problem::ProblemDetails;
use crate::serve::rows::short;
use crate::serve::visit::{context_for, problem};
use crate::serve::{Problem, answer};
use crate::sheets::TemplateSheet;

pub async fn list() -> Result<Vec<TemplateSheet>, Problem> {
    let ctx = context_for(Action::ManageTemplates)?;
    let kept = templates::list(&ctx).await.map_err(problem)?;
    Ok(kept.iter().map(|kept| sheet(kept, str::to_owned)).collect())
}

/// One to be changed; an empty one for `new`.
pub async fn one(id: &str) -> Result<TemplateSheet, ProblemDetails> {
    answer(async {
        let ctx = context_for(Action::ManageTemplates)?;
        if id == "new" {
            return Ok(TemplateSheet {
                id: 0,
                title: String::new(),
                text: String::new(),
            });
        }
        let kept = templates::list(&ctx).await.map_err(problem)?;
        let kept = kept.iter().find(|kept| kept.id.to_string() == id);
        Ok(sheet(kept.ok_or(Problem::NotFound)?, str::to_owned))
    })
    .await
}

/// `id` is empty for a new one.
pub async fn save(id: &str, title: &str, text: &str) -> Result<(), ProblemDetails> {
    answer(async {
        let ctx = context_for(Action::ManageTemplates)?;
        let id = match id.trim() {
            "" | "0" => None,
            id => Some(id.parse().map_err(|_| Problem::NotFound)?),
        };
        let template = Template::parse(title, text)?;
        templates::save(&ctx, id, template).await.map_err(problem)?;
        leptos_axum::redirect("/templates?done=saved");
        Ok(())
    })
    .await
}

pub async fn remove(id: &str) -> Result<(), ProblemDetails> {
    answer(async {
        let ctx = context_for(Action::ManageTemplates)?;
        let id = id.trim().parse().map_err(|_| Problem::NotFound)?;
        templates::remove(&ctx, id).await.map_err(problem)?;
        leptos_axum::redirect("/templates?done=removed");
        Ok(())
    })
    .await
}

/// Those of the caller's body, with the fields filled in that an order gives. A reply
/// is written in Chinese, whatever language its writer reads.
pub async fn of_order(ctx: &Context, found: &Found) -> Result<Vec<TemplateSheet>, Problem> {
    let kept = templates::list(ctx).await.map_err(problem)?;
    let overview = &found.listed.overview;
    let directory = &ctx.book.directory;
    let day = |at| local(at).date().format("%Y年%-m月%-d日").to_string();
    let value = |slot: Slot| match slot {
        Slot::Number => overview.number.to_string(),
        Slot::Title => overview.placement.title.as_str().to_owned(),
        Slot::Enterprise => found.listed.enterprise.clone(),
        Slot::Body => {
            let body = ctx.actor.role.body();
            body.map_or_else(String::new, |body| short(directory, body).zh)
        }
        Slot::Township => short(directory, &overview.placement.township).zh,
        Slot::PlacedOn => day(overview.placed_at),
        Slot::DueOn => overview
            .clock
            .map_or_else(String::new, |clock| day(clock.due.at)),
        Slot::Today => day(ctx.now),
    };
    let fill = |text: &str| filled(text, value);
    Ok(kept.iter().map(|kept| sheet(kept, fill)).collect())
}

fn sheet(kept: &templates::Kept, text: impl Fn(&str) -> String) -> TemplateSheet {
    TemplateSheet {
        id: kept.id,
        title: kept.template.title.as_str().to_owned(),
        text: text(kept.template.text.as_str()),
    }
}
