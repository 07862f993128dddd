//! What of meetings waits for somebody: an answer, minutes to write or to sign, a meeting
//! to be held.

use domain::meeting::{Guest, MeetingNumber, MeetingState};
use domain::{Action, Instant};

use super::find::visible;
use crate::ask::{self, Question};
use crate::dialect::Sql;
use crate::orders::code;
use crate::times::{instant, seconds};
use crate::{Context, Error};

/// What is to be done about a meeting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Waits {
    /// An invitation that is not answered.
    Answer,
    /// Minutes that wait for the signature of whoever has the chair.
    Sign,
    /// It has ended, and there are no minutes yet.
    Write,
    /// A new version of its minutes was begun.
    Amend,
    /// It is planned, and nobody has been told.
    Invite,
    /// Its time has come.
    Open,
    /// It is under way.
    End,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    pub what: Waits,
    pub number: MeetingNumber,
    pub title: String,
    pub starts_at: Instant,
}

impl Waits {
    const ALL: [Self; 7] = [
        Self::Answer,
        Self::Sign,
        Self::Write,
        Self::Amend,
        Self::Invite,
        Self::Open,
        Self::End,
    ];

    /// Whether it is the caller's to do at all.
    fn is_for(self, ctx: &Context) -> bool {
        let action = match self {
            Self::Answer => Action::AnswerInvitation,
            Self::Sign => Action::ApproveMinutes,
            Self::Write | Self::Amend | Self::Invite | Self::Open | Self::End => {
                Action::CallMeetings
            }
        };
        ctx.actor.may(action).is_ok()
    }

    fn narrow(self, query: &mut Sql, ctx: &Context) {
        match self {
            Self::Answer => {
                let guest = Guest::of(&ctx.actor).map(|guest| guest.code());
                query.push("state = 'invited' AND meetings.id IN (SELECT meeting FROM meeting_guests WHERE NOT answered AND guest = ");
                query.push_bind(guest.unwrap_or_default()).push(")");
            }
            Self::Sign => {
                query.push("state = 'ended' AND paper = 'draft' AND chair = ");
                query.push_bind(ctx.actor.user);
            }
            Self::Write => {
                query.push("state = 'ended' AND paper = 'none'");
            }
            Self::Amend => {
                query.push("state = 'ended' AND paper = 'amending'");
            }
            Self::Invite => {
                query.push("state = 'planned' AND starts_at > ");
                query.push_bind(seconds(ctx.now));
            }
            Self::Open => {
                query.push("state IN ('planned', 'invited') AND starts_at <= ");
                query.push_bind(seconds(ctx.now));
            }
            Self::End => {
                query.push("state = ").push_bind(MeetingState::Open.code());
            }
        }
    }
}

/// At most so many of each kind, the nearest first.
pub struct WaitingFor(pub u16);

impl Question for WaitingFor {
    type Answer = Vec<Waiting>;

    fn put(&self, query: &mut Sql, ctx: &Context) {
        ask::lines(query, "number, what, title, starts_at", |query| {
            query
                .push("SELECT NULL AS what, '' AS number, '' AS title, 0 AS starts_at WHERE FALSE");
            for (at, what) in (0_i64..).zip(Waits::ALL) {
                if !what.is_for(ctx) {
                    continue;
                }
                query
                    .push(" UNION ALL SELECT * FROM (SELECT ")
                    .push_bind(at);
                query.push(
                    ", meetings.number, meetings.title, meetings.starts_at FROM meetings WHERE ",
                );
                what.narrow(query, ctx);
                query.push(" AND ");
                visible(query, &ctx.actor);
                query
                    .push(" ORDER BY starts_at LIMIT ")
                    .push_bind(i64::from(self.0))
                    .push(")");
            }
        });
    }

    fn read(&self, value: Option<&[u8]>, _: &Context) -> Result<Self::Answer, Error> {
        let rows: Vec<(String, i64, String, i64)> = ask::readable(value);
        let waiting = rows.into_iter().map(|(number, at, title, starts_at)| {
            let what = usize::try_from(at).ok().and_then(|at| Waits::ALL.get(at));
            Ok(Waiting {
                what: *what.ok_or_else(|| Error::Unreadable {
                    column: "what",
                    value: at.to_string(),
                })?,
                number: code("number", number, MeetingNumber::parse)?,
                title,
                starts_at: instant("starts_at", starts_at)?,
            })
        });
        waiting.collect()
    }
}
