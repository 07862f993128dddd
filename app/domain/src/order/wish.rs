//! What somebody asks to be done with an order, read from what was typed or sent. Each
//! step says in its own file what it takes and how that is read; here stands which is
//! which.

use super::split::Portion;
use super::step::{Step, StepName};
use super::{
    MergeWish, Number, Reason, appeal, approval, callback, card, closure, co_handler, commitment,
    correction, decline, dispatch, express, extension, link, merge, objection, pause, rating,
    recall, reply, returning, split, supplement, take, talk, task, urging, withdrawal,
};
use crate::actor::UserId;
use crate::form::{Kind, Takes, Typed};
use crate::refusal::{Field, Refusal};
use crate::rulebook::Rulebook;
use crate::time::Instant;

/// A step, or what becomes one once another order is found that it has to do with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wish {
    Step(Step),
    Merge(MergeWish),
    Unmerge { reason: Reason },
    Link { other: Number },
    Unlink { other: Number },
    Split(Portion),
    JoinMatter(MergeWish),
}

/// What is needed to read a form beside itself.
#[derive(Debug, Clone, Copy)]
pub struct Reading<'a> {
    pub now: Instant,
    pub book: &'a Rulebook,
    /// Everybody of the reader's body, as they are called: whom a note can name.
    pub colleagues: &'a [(UserId, String)],
}

/// What a step takes, and how it is read.
pub struct Form {
    /// Whether files can go along.
    pub files: bool,
    /// Whether it can be entered after it happened (补录).
    pub late: bool,
    /// Whether it is only said, or links: whatever else has happened meanwhile does not
    /// matter to it.
    pub is_said: bool,
    pub fields: &'static [Takes],
    pub read: fn(&Typed, &Reading<'_>) -> Result<Wish, Refusal>,
}

impl Wish {
    pub fn step(step: Step) -> Result<Self, Refusal> {
        Ok(Self::Step(step))
    }
}

impl StepName {
    /// `None`: the program takes it along with others, and nobody asks for it.
    pub fn form(self) -> Option<&'static Form> {
        Some(match self {
            Self::Dispatch => &dispatch::FORM,
            Self::AddCoHandler => &co_handler::ADD,
            Self::AskCoHandler => &co_handler::ASK,
            Self::DecideCoHandler => &co_handler::DECIDE,
            Self::CoReply => &co_handler::REPLY,
            Self::Decline => &decline::FORM,
            Self::Recall => &recall::FORM,
            Self::Take => &take::FORM,
            Self::Return => &returning::RETURN,
            Self::Rule => &returning::RULE,
            Self::Pause => &pause::PAUSE,
            Self::Resume => &pause::RESUME,
            Self::Object => &objection::OBJECT,
            Self::DecideObjection => &objection::DECIDE,
            Self::Extend => &extension::EXTEND,
            Self::DecideExtension => &extension::DECIDE,
            Self::Reply => &reply::FORM,
            Self::CorrectReply => &correction::FORM,
            Self::DecideReply => &approval::FORM,
            Self::CallBack => &callback::FORM,
            Self::Rate => &rating::FORM,
            Self::Appeal => &appeal::APPEAL,
            Self::DecideAppeal => &appeal::DECIDE,
            Self::KeepCommitment => &commitment::FORM,
            Self::Supplement => &supplement::FORM,
            Self::Note => &talk::NOTE,
            Self::Message => &talk::MESSAGE,
            Self::Explain => &card::EXPLAIN,
            Self::Lift => &card::LIFT,
            Self::Withdraw => &withdrawal::FORM,
            Self::Close => &closure::FORM,
            Self::Urge => &urging::FORM,
            Self::Merge => &merge::MERGE,
            Self::Unmerge => &merge::UNMERGE,
            Self::Link => &link::LINK,
            Self::Unlink => &link::UNLINK,
            Self::Split => &split::FORM,
            Self::Refer => &express::REFER,
            Self::AcceptMatter => &express::ACCEPT,
            Self::Instruct => &express::INSTRUCT,
            Self::JoinMatter => &express::JOIN,
            Self::ReportTask => &task::REPORT,
            Self::ConfirmTask => &task::CONFIRM,
            // Placed on a page of its own; done along with others.
            Self::Place
            | Self::Absorb
            | Self::Release
            | Self::Follow
            | Self::TakeInMatter
            | Self::DeferMatter
            | Self::Decide
            | Self::FollowMatter
            | Self::HandOver
            | Self::Elapse => return None,
        })
    }
}

/// A decision is a yes or a no, and a no has its reason.
pub(super) const GRANT: [Takes; 2] = [
    Takes::needed(Field::Grant, Kind::YesNo),
    Takes::optional(Field::Reason, Kind::Prose(Reason::MAX)),
];
pub(super) const UPHOLD: [Takes; 2] = [
    Takes::needed(Field::Uphold, Kind::YesNo),
    Takes::optional(Field::Reason, Kind::Prose(Reason::MAX)),
];
/// Nothing but a reason.
pub(super) const REASON: [Takes; 1] = [Takes::needed(Field::Reason, Kind::Prose(Reason::MAX))];
