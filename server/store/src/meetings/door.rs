//! The one door for what somebody asks to be done with a meeting, by a form or a program.

use domain::meeting::{MeetingNumber, MeetingWish};

use super::{approve_minutes, change, decide_matter, defer_matter, name_chair, put_on, step};
use crate::{Desk, Error};

/// `version` is what the caller had read; `None` takes what is there.
pub async fn carry_out(
    desk: &Desk,
    number: MeetingNumber,
    version: Option<u32>,
    wish: MeetingWish,
) -> Result<(), Error> {
    match wish {
        MeetingWish::Step(wanted) => step(desk, number, version, wanted).await,
        MeetingWish::Change(draft) => change(desk, number, version, draft).await,
        MeetingWish::NameChair(chair) => name_chair(desk, number, version, chair).await,
        MeetingWish::PutOn { matter, minutes } => {
            put_on(desk, number, version, matter, minutes).await
        }
        MeetingWish::Decide {
            matter,
            seen,
            duty,
            basis,
            replaces,
        } => {
            let at = (number, version);
            decide_matter(desk, at, seen, matter, duty, basis, replaces).await
        }
        MeetingWish::Defer { matter, reason } => {
            defer_matter(desk, (number, version), matter, reason).await
        }
        MeetingWish::ApproveMinutes { revision } => {
            approve_minutes(desk, (number, version), revision).await
        }
    }
}
