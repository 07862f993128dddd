//! The one door for what somebody asks to be done with an order, by a form or a program.

use domain::order::{Number, Overview, Wish};
use domain::{AttachmentId, Fault, Field, FieldFault, Instant, Refusal};

use super::{join_matter, link, merge, split, step_with, unlink, unmerge};
use crate::{Asked, Context, Error};

/// Does it, and answers what the order became; of a split, the new order.
pub async fn carry_out(
    ctx: &Context,
    number: Number,
    asked: Asked<Wish>,
) -> Result<Overview, Error> {
    let Asked {
        version,
        happened,
        wish,
        files,
    } = asked;
    let alone = comes_alone(happened, &files);
    match wish {
        Wish::Step(step) => step_with(ctx, number, version, happened, step, files).await,
        Wish::Merge(wish) => {
            alone?;
            merge(ctx, number, version, wish).await
        }
        Wish::Unmerge { reason } => {
            alone?;
            unmerge(ctx, number, version, reason).await
        }
        Wish::Link { other } => {
            alone?;
            link(ctx, number, version, other).await
        }
        Wish::Unlink { other } => {
            alone?;
            unlink(ctx, number, version, other).await
        }
        Wish::Split(portion) => {
            alone?;
            split(ctx, number, version, portion).await
        }
        Wish::JoinMatter(wish) => {
            alone?;
            join_matter(ctx, number, version, wish.into, wish.reason).await
        }
    }
}

/// What concerns two orders happens as it is entered, and no file hangs on it.
fn comes_alone(happened: Option<Instant>, files: &[AttachmentId]) -> Result<(), Refusal> {
    let fault = |field, fault| Err(FieldFault { field, fault }.into());
    if happened.is_some() {
        return fault(Field::HappenedAt, Fault::NotLate);
    }
    if !files.is_empty() {
        return fault(Field::Attachments, Fault::NotOfThisKind);
    }
    Ok(())
}
