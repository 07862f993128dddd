use crate::case::number::case_number;

case_number! {
    /// The number of a meeting, `HY-2026-0001`, by the year in which it was called.
    MeetingNumber, "HY", 4
}
