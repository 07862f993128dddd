use crate::case::number::case_number;

case_number! {
    /// The number of an order, `XM-2026-000001`, by the year of its placing in Shanghai.
    Number, "XM", 6
}
