use domain::Instant;
use store::Context;
use store::cases::Moved;

use crate::serve::rows::short;
use crate::sheets::{MovedRow, MovedSheet};

/// One line for each deadline that would move.
///
/// `from`: when it applies; a deadline that lies before then and did not would be
/// overdue at once. Without titles: administrators manage the system, not the orders.
pub fn sheet(ctx: &Context, moved: &[Moved], from: Instant) -> MovedSheet {
    let rows = moved.iter().flat_map(|case| {
        case.moves.iter().map(|change| MovedRow {
            number: case.number.clone(),
            lead: case
                .body
                .as_ref()
                .map(|lead| short(&ctx.book.directory, lead)),
            clock: change.clock,
            was: change.was,
            is: change.is,
            overdue: change.makes_late(from),
        })
    });
    let rows: Vec<MovedRow> = rows.collect();
    MovedSheet {
        orders: moved.len() as u64,
        overdue: rows.iter().filter(|row| row.overdue).count(),
        moved: rows,
    }
}
