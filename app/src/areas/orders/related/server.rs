//! Orders that another one has to do with, as far as its reader may see them.

use domain::order::{Number, Origin, What, events};
use store::orders::{Filter, Found, Sort};
use store::{Context, orders};

use crate::serve::Problem;
use crate::serve::files::file;
use crate::serve::visit::problem;
use crate::sheets::RelatedSheet;
use domain::order::Relationship;

pub async fn of(ctx: &Context, found: &Found) -> Result<Vec<RelatedSheet>, Problem> {
    let all = named(found);
    if all.is_empty() {
        return Ok(Vec::new());
    }
    let filter = Filter {
        numbers: all.iter().map(|(number, _)| *number).collect(),
        ..Filter::default()
    };
    let most = u16::try_from(all.len()).unwrap_or(u16::MAX);
    let page = orders::list(ctx, &filter, Sort::NewestFirst, None, most)
        .await
        .map_err(problem)?;
    let mut related = Vec::with_capacity(all.len());
    for (number, relationship) in all {
        let seen = page
            .items
            .iter()
            .find(|item| item.overview.number == number);
        let Some(seen) = seen else { continue };
        let files = match relationship {
            // Whoever works on the main order sees what was handed in with the others.
            Relationship::Merged => files_of(ctx, number).await?,
            Relationship::MergedInto
            | Relationship::Linked
            | Relationship::SplitOff
            | Relationship::SplitFrom => Vec::new(),
        };
        related.push(RelatedSheet {
            number: number.to_string(),
            title: seen.overview.placement.title.as_str().to_owned(),
            enterprise: seen.enterprise.clone(),
            stage: seen.overview.stage,
            relationship,
            files,
        });
    }
    Ok(related)
}

/// By what the history says. Links are the administration's own.
fn named(found: &Found) -> Vec<(Number, Relationship)> {
    let order = &found.order;
    let main = order
        .merged_into()
        .map(|main| (main, Relationship::MergedInto));
    let joined = order
        .absorbed
        .iter()
        .map(|number| (*number, Relationship::Merged));
    let links = order
        .links
        .iter()
        .map(|number| (*number, Relationship::Linked));
    let split = found.events.iter().filter_map(|event| match &event.what {
        What::SplitOff(events::SplitOff { into, .. }) => Some((*into, Relationship::SplitOff)),
        What::Placed(events::Placed {
            origin: Some(Origin::Split { of }),
            ..
        }) => Some((*of, Relationship::SplitFrom)),
        _ => None,
    });
    main.into_iter()
        .chain(joined)
        .chain(links)
        .chain(split)
        .collect()
}

async fn files_of(ctx: &Context, number: Number) -> Result<Vec<crate::sheets::FileSheet>, Problem> {
    let found = orders::find(ctx, number).await.map_err(problem)?;
    let seen = found
        .events
        .iter()
        .filter(|event| event.is_seen_by(&ctx.actor));
    let files = seen.flat_map(|event| &event.attachments);
    Ok(files.map(file).collect())
}
