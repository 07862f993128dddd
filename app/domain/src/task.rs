//! A task (任务): what a body is to do until a day, whoever gave it. It is part of an order
//! where it was decided about that (`order::task`), or a case by itself (督办件, 交办件;
//! mechanisms 36 and 37): given, reported on, taken for done by whoever gave it. One capability
//! a file; `lists` has a line for each step and event, `step` is the only door.

pub mod changing;
pub mod course;
pub mod duty;
pub mod escalation;
pub mod event;
pub mod giving;
pub mod history;
mod lists;
pub mod note;
pub mod number;
pub mod recount;
pub mod report;
pub mod step;

pub use course::{Report, Source, Task, TaskEnd, TaskLine, TaskState};
pub use duty::{Duty, DutyDraft};
pub use event::{TaskEvent, TaskWhat, events};
pub use giving::{Giving, GivingDraft, give};
pub use history::TaskCase;
pub use number::TaskNumber;
pub use step::{Form, TaskStep, TaskStepName};
