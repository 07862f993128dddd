//! What somebody asks to be done with a meeting, by a form or a program.

use domain::case::{Door, When};
use domain::meeting::{Chair, Meeting, MeetingNumber, MeetingStep, MeetingWish, MinutesNumber};
use domain::task::Source;

use super::calling::{planned, who_can_preside};
use super::matters;
use crate::cases::{self, Found, next_serial};
use crate::dialect::Conn;
use crate::{Asked, Context, Error, tasks};

/// As [`cases::carry_out`].
pub async fn carry_out(
    ctx: &Context,
    number: MeetingNumber,
    asked: impl Into<Asked<MeetingWish>>,
) -> Result<(), Error> {
    cases::carry_out::<Meeting>(ctx, number.to_string(), asked.into()).await
}

/// The step that is asked for, once it is known what it names.
pub(super) async fn made(
    connection: &mut Conn,
    ctx: &Context,
    found: &Found<Meeting>,
    when: When,
    wish: MeetingWish,
) -> Result<MeetingStep, Error> {
    let (now, book) = (ctx.now, &ctx.book);
    Ok(match wish {
        MeetingWish::Step(step) => step,
        MeetingWish::Change(draft) => {
            MeetingStep::Change(planned(connection, &draft, now, book).await?)
        }
        MeetingWish::NameChair(chair) => {
            let chairs = who_can_preside(connection).await?;
            MeetingStep::NameChair(Chair::parse(&chair, &chairs)?)
        }
        MeetingWish::PutOn { matter, minutes } => {
            let stands = matters::stands(connection, &ctx.actor, matter).await?;
            MeetingStep::PutOn {
                matter,
                minutes,
                stands,
            }
        }
        // Minutes that are approved get the next number of the year. A serial is drawn where
        // there is none yet; refused, it goes back with all.
        MeetingWish::ApproveMinutes { revision } => {
            let next = match found.case.minutes.number() {
                Some(number) => number,
                None => {
                    let (year, serial) = next_serial(connection, now, "minutes").await?;
                    MinutesNumber { year, serial }
                }
            };
            MeetingStep::ApproveMinutes { revision, next }
        }
        MeetingWish::Decide {
            matter,
            seen,
            duty,
            basis,
            replaces,
        } => {
            let at = matters::At {
                ctx,
                meeting: &found.case,
                when,
            };
            at.decide(connection, matter, seen, (&duty, &basis, &replaces))
                .await?
        }
        MeetingWish::Conclude {
            matter,
            seen,
            conclusion,
        } => {
            let at = matters::At {
                ctx,
                meeting: &found.case,
                when,
            };
            at.conclude(connection, matter, seen, conclusion).await?
        }
        // Whether the meeting can comes before what it gives.
        MeetingWish::Assign(draft) => {
            let meeting = found.case.number;
            let giving = draft.parse(Source::Decision { meeting }, now, book)?;
            let task = tasks::next_number(connection, now).await?;
            let step = MeetingStep::Assign {
                task,
                giving: giving.clone(),
            };
            let happens = found
                .case
                .decide(&ctx.actor, when, step.clone(), Vec::new(), book);
            happens?;
            tasks::given(connection, ctx, (task, giving, Vec::new()), book).await?;
            step
        }
        MeetingWish::Defer { matter, reason } => {
            let at = matters::At {
                ctx,
                meeting: &found.case,
                when,
            };
            at.defer(connection, matter, reason).await?
        }
    })
}
