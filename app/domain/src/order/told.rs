//! Whom what happens to an order is told.

use super::history::Order;
pub use crate::case::told::Address;
pub(super) use crate::case::told::{bodies, by_ladder, nobody};

/// The body that has the lead.
pub(super) fn lead(order: &Order) -> std::option::IntoIter<Address> {
    order.stage.lead().cloned().map(Address::Body).into_iter()
}

pub(super) fn enterprise(order: &Order) -> Address {
    Address::Enterprise(order.enterprise)
}

pub(super) fn to_lead<E>(_: &E, order: &Order) -> Vec<Address> {
    lead(order).collect()
}

pub(super) fn to_enterprise<E>(_: &E, order: &Order) -> Vec<Address> {
    vec![enterprise(order)]
}

pub(super) fn to_both<E>(_: &E, order: &Order) -> Vec<Address> {
    lead(order).chain([enterprise(order)]).collect()
}
