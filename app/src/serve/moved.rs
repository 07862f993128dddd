use store::Desk;
use store::orders::Moved;

use super::rows::short;
use crate::sheets::{MovedRow, MovedSheet};

/// One line for each deadline that would move.
pub fn sheet(desk: &Desk, moved: &[Moved]) -> MovedSheet {
    let rows = moved.iter().flat_map(|order| {
        order.moves.iter().map(|change| MovedRow {
            number: order.number.to_string(),
            title: order.title.clone(),
            lead: order
                .lead
                .as_ref()
                .map(|lead| short(&desk.book.directory, lead)),
            clock: change.clock,
            was: change.was,
            is: change.is,
        })
    });
    MovedSheet {
        moved: rows.collect(),
        orders: moved.len() as u64,
    }
}
