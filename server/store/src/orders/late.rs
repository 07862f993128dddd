use domain::order::Event;

use super::list::{Filter, Sort, list};
use super::{Listed, find};
use crate::{Desk, Error};

/// An order that was carried up, with the way it took.
#[derive(Debug)]
pub struct Late {
    pub listed: Listed,
    pub events: Vec<Event>,
}

/// The open orders that were carried up, what is due longest first, at most
/// `limit` of them; and whether there are more.
pub async fn late(desk: &Desk, limit: u16) -> Result<(Vec<Late>, bool), Error> {
    let filter = Filter {
        open: true,
        escalated: true,
        ..Filter::default()
    };
    let page = list(desk, &filter, Sort::DueFirst, None, limit).await?;
    let more = page.next.is_some();
    let mut late = Vec::with_capacity(page.items.len());
    for item in page.items {
        let found = find(desk, item.overview.number).await?;
        late.push(Late {
            listed: found.listed,
            events: found.events,
        });
    }
    Ok((late, more))
}
