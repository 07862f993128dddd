//! What an event of an order says of itself, beside what all cases' do.

use super::history::Order;
pub use super::lists::{What, events};
use super::overview::Overview;
use super::stage::Stage;
use super::wish::Wish;
pub(super) use crate::case::Sight;
pub(super) use crate::case::happening::{nothing, stays};
use crate::case::{self, Case};

/// Something that happened to an order.
pub type Event = case::Event<What>;

pub(super) type Happening<E> = case::happening::Happening<E, Order>;

/// To whom an event is told, and of which order.
pub type Telling<'a> = case::Telling<'a, Order>;

impl Case for Order {
    type What = What;
    type Stage = Stage;
    type Wish = Wish;
    type Shown = Overview;
}

/// It leaves the order where it stands, as long as something can happen to it.
pub(super) fn while_open<E>(_: &E, stage: Stage, _: &Order, _: &Event) -> Option<Stage> {
    (!stage.name().is_final()).then_some(stage)
}
