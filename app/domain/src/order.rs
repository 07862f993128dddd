//! An order (诉求单): placed by an enterprise, dispatched, taken, replied to,
//! rated, struck off. One capability per file; `step` is the only door.

pub mod clock;
pub mod closure;
pub mod decline;
pub mod dispatch;
pub mod escalation;
pub mod event;
pub mod history;
pub mod level;
pub mod number;
pub mod overview;
pub mod permission;
pub mod placement;
pub mod rating;
pub mod reply;
pub mod stage;
pub mod step;
pub mod take;
pub mod withdrawal;

pub use clock::{Clock, ClockName, Light};
pub use dispatch::Complexity;
pub use event::{Event, What};
pub use history::{Broken, Order};
pub use level::Level;
pub use number::Number;
pub use overview::{Overview, Turn};
pub use placement::{Placement, Urgency};
pub use rating::{Rating, RatingLevel};
pub use reply::{Reply, ReplyKind};
pub use stage::{Stage, StageName};
pub use step::{Step, StepName, decide};

use crate::text::Prose;

/// A reason that somebody must give: shown to everyone who sees the order.
pub type Reason = Prose<500>;
