use domain::order::{StageName, Turn};
use words::lang::Lang;

use crate::sheets::Row;

/// Whose turn it is, by name where a body has one.
pub fn turn_of(row: &Row, lang: Lang) -> &str {
    match (row.turn, &row.lead) {
        (Turn::Lead, Some(lead)) => lang.name(lead),
        _ if row.stage == StageName::Merged => words::order::WITH_MAIN.of(lang),
        (turn, _) => words::order::turn(turn).of(lang),
    }
}
