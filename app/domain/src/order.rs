//! An order (诉求单): placed by an enterprise, dispatched, taken, replied to,
//! rated, struck off. One capability per file; `step` is the only door.

pub mod ahead;
pub mod appeal;
pub mod approval;
pub mod callback;
pub mod card;
pub mod clock;
mod closure;
pub mod co_handler;
pub mod commitment;
mod decline;
pub mod dispatch;
pub mod entry;
pub mod escalation;
pub mod event;
pub mod extension;
pub mod handover;
pub mod history;
pub mod ladder;
pub mod level;
pub mod number;
mod objection;
pub mod overview;
pub mod pause;
pub mod permission;
pub mod placement;
pub mod rating;
pub mod recount;
pub mod reply;
pub mod returning;
pub mod stage;
pub mod step;
mod supplement;
mod take;
pub mod talk;
pub mod terms;
pub mod told;
mod transition;
pub mod watch;
mod withdrawal;

pub use ahead::{Fate, Foreseen};
pub use appeal::{Appeal, Rated};
pub use approval::Unapproved;
pub use callback::{Call, Outcome};
pub use card::{Card, Colour};
pub use clock::{Clock, ClockName, Light, Term};
pub use co_handler::{CoHandler, CoHandlerRows, CoHandling, End};
pub use commitment::{Commitment, CommitmentEnd};
pub use dispatch::Complexity;
pub use entry::When;
pub use event::{Event, What};
pub use extension::Asked;
pub use handover::{Side, Successor};
pub use history::{Broken, Order};
pub use ladder::{Rung, Told};
pub use level::Level;
pub use number::Number;
pub use overview::{Ask, Overview, Turn};
pub use pause::{Pause, PauseDraft, PauseKind, PauseWish};
pub use placement::{Placement, Urgency};
pub use rating::{Feedback, Rating, RatingLevel};
pub use reply::{Reply, ReplyDraft, ReplyKind};
pub use returning::Return;
pub use stage::{Stage, StageName, Taking};
pub use step::{Step, StepName, decide, decide_with};
pub use talk::Note;
pub use watch::Watch;

use crate::text::Prose;

/// A reason that somebody must give: shown to everyone who sees the order.
pub type Reason = Prose<500>;
