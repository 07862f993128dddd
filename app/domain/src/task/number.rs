use crate::case::number::case_number;

case_number! {
    /// The number of a task that is a case by itself, `DB-2026-0001` (督办), by the year in
    /// which it was given.
    TaskNumber, "DB", 4
}
