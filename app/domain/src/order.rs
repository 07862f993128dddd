//! An order (诉求单): placed by an enterprise, dispatched, taken, replied to,
//! rated, struck off. One capability a file, with its steps and events; `lists` has a line for
//! each, `step` is the only door.

pub mod clocks;
pub mod entry;
pub mod escalation;
pub mod event;
pub mod history;
mod joined;
mod lists;
mod matter;
pub mod measure;
pub mod number;
pub mod overview;
pub mod permission;
pub mod placement;
pub mod recount;
pub mod stage;
pub mod step;
mod steps;
pub mod told;
pub mod turn;
pub mod wish;

pub use appeal::{Appeal, Rated};
pub use approval::Unapproved;
pub use callback::{Call, Outcome};
pub use card::Card;
pub use co_handler::{CoHandler, CoHandlerRows, CoHandling, End};
pub use commitment::{Commitment, CommitmentEnd};
pub use conclusion::{Concluded, Conclusion, Verdict};
pub use decision::Decision;
pub use dispatch::Complexity;
pub use event::{Event, Telling, What, events};
pub use express::{Brief, BriefDraft, ExpressState, MatterNews, Track};
pub use handover::{Side, Successor};
pub use history::{Broken, Order};
use joined::link;
pub use joined::{Relationship, merge, split};
pub use matter::{conclusion, decision, express, task};
pub use measure::{Counts, Measure, Rate, Resolved};
pub use merge::{Main, MergeWish, News};
pub use number::Number;
pub use overview::{Ask, Overview, Turn};
pub use pause::{PauseDraft, PauseWish};
pub use placement::{Origin, Placement, Urgency};
pub use rating::{Feedback, Rating, RatingLevel};
pub use reply::{Reply, ReplyDraft, ReplyKind};
pub use returning::Return;
pub use split::Portion;
pub use stage::{Stage, StageName, Taking};
pub use step::{Step, StepName, decide, decide_with};
pub use steps::{
    appeal, approval, callback, card, co_handler, commitment, correction, dispatch, extension,
    handover, pause, rating, reply, returning, talk,
};
use steps::{
    closure, decline, objection, reassignment, recall, supplement, take, urging, withdrawal,
};
pub use talk::Note;
pub use wish::Wish;

pub use crate::case::{Reading, When};
pub use crate::clock::ahead::{Fate, Foreseen};
pub use crate::clock::{
    Asked, Clock, ClockName, Colour, Level, Light, Objection, Pause, PauseKind, Rung, Term, Told,
};
pub use crate::text::Reason;
