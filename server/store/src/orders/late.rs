use domain::order::{Event, Order};

use super::Listed;
use super::filter::Filter;
use super::find::{replay_many, with_histories};
use super::list::{Sort, list};
use crate::{Context, Error};

/// An order that was carried up, with the way it took.
#[derive(Debug)]
pub struct Late {
    pub listed: Listed,
    pub events: Vec<Event>,
}

/// The orders under way by when they are due, each as its history tells it, at most
/// `limit` of them; and whether there are more.
pub async fn under_way(
    ctx: &Context,
    filter: &Filter,
    limit: u16,
) -> Result<(Vec<(Listed, Order)>, bool), Error> {
    let page = list(ctx, filter, Sort::DueFirst, None, limit).await?;
    let ids: Vec<i64> = page.items.iter().map(|item| item.id).collect();
    let mut connection = ctx.store.read.acquire().await?;
    let mut orders = replay_many(&mut connection, &ids).await?;
    let mut under_way = Vec::with_capacity(page.items.len());
    for item in page.items {
        let position = orders.iter().position(|(id, _)| *id == item.id);
        if let Some(position) = position {
            let number = item.overview.number;
            let order = orders.swap_remove(position).1;
            let order = order.map(|order| (item, order));
            under_way.push((number.to_string(), order));
        }
    }
    let under_way = ctx.store.troubles.readable(under_way.into_iter());
    Ok((under_way, page.next.is_some()))
}

/// The open orders that were carried up, what is due longest first, at most
/// `limit` of them; and whether there are more.
pub async fn late(ctx: &Context, limit: u16) -> Result<(Vec<Late>, bool), Error> {
    let filter = Filter {
        open: true,
        escalated: true,
        ..Filter::default()
    };
    let page = list(ctx, &filter, Sort::DueFirst, None, limit).await?;
    let more = page.next.is_some();
    let mut connection = ctx.store.read.acquire().await?;
    let found = with_histories(&mut connection, page.items).await?;
    let late = found.into_iter().map(|found| Late {
        listed: found.listed,
        events: found.events,
    });
    Ok((late.collect(), more))
}
