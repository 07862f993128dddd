//! The meetings of the demo, told through the real rules.

use std::collections::BTreeMap;

use chrono::NaiveTime;
use domain::meeting::{
    AnswerDraft, Guest, MeetingNote, MeetingNumber, MeetingStep, MeetingWish, MinutesText,
    PlanDraft,
};
use domain::order::{Conclusion, Number, Reason, Verdict};
use domain::task::DutyDraft;
use domain::text::Prose;
use domain::time::{instant, local};
use domain::{Field, Instant};
use serde::Deserialize;
use store::{Context, meetings};

use super::people::People;
use super::tale::moment;
use super::{DemoError, day_of};

const MEETINGS: &str = include_str!("../../demo/meetings.csv");

/// Something that is done with a meeting of that name; what belongs to it in turn.
#[derive(Deserialize)]
pub struct Act {
    meeting: String,
    moment: String,
    pub account: String,
    step: String,
    first: String,
    second: String,
    third: String,
    fourth: String,
    fifth: String,
    sixth: String,
    seventh: String,
}

pub fn read() -> Result<Vec<Act>, DemoError> {
    let rows = csv::Reader::from_reader(MEETINGS.as_bytes()).into_deserialize();
    Ok(rows.collect::<Result<_, csv::Error>>()?)
}

impl Act {
    /// Working days ago, and the time of that day.
    pub fn moment(&self) -> Result<(i64, NaiveTime), DemoError> {
        moment(&self.moment).map_err(|wrong| self.wrong(wrong))
    }

    fn wrong(&self, wrong: &'static str) -> DemoError {
        DemoError::Tale {
            title: self.meeting.clone(),
            wrong,
        }
    }

    /// `orders`: numbers by title; `called`: numbers by the name of the meeting. What is
    /// about an order or a meeting that has not been placed or called yet is left out.
    pub async fn play(
        &self,
        ctx: &Context,
        people: &People,
        today: Instant,
        orders: &BTreeMap<&str, Number>,
        called: &mut BTreeMap<String, MeetingNumber>,
    ) -> Result<(), DemoError> {
        if self.step == "call" {
            let draft = self.plan(ctx, people, today)?;
            let number = meetings::call(ctx, draft).await?;
            called.insert(self.meeting.clone(), number);
            return Ok(());
        }
        let Some(number) = called.get(&self.meeting).copied() else {
            return Ok(());
        };
        let order = orders.get(self.first.as_str()).copied();
        let wish = match (self.step.as_str(), order) {
            ("put_on", Some(order)) => {
                let minutes = self.second.parse().map_err(|_| self.wrong("minutes"))?;
                let matter = order;
                MeetingWish::PutOn { matter, minutes }
            }
            ("decide", Some(order)) => {
                let duty = DutyDraft {
                    text: self.second.clone(),
                    owner: self.third.clone(),
                    deadline: self.fourth.clone(),
                    proof: self.fifth.clone(),
                    co_owners: self.seventh.split_whitespace().map(str::to_owned).collect(),
                };
                let found = meetings::find(ctx, number).await?;
                let item = found.meeting.item(order);
                let seen = item.map_or(0, |item| item.outcome.decisions().len());
                MeetingWish::Decide {
                    matter: order,
                    seen,
                    duty,
                    basis: self.sixth.clone(),
                    replaces: String::new(),
                }
            }
            ("approve", _) => {
                let found = meetings::find(ctx, number).await?;
                let revision = found.meeting.minutes.revision;
                MeetingWish::ApproveMinutes { revision }
            }
            ("write", _) => {
                let found = meetings::find(ctx, number).await?;
                let text = app::areas::meetings::minutes::server::drafted(ctx, &found).await;
                let text = text.map_err(|_| self.wrong("the minutes"))?;
                MeetingWish::Step(MeetingStep::WriteMinutes {
                    text: MinutesText::parse(Field::MinutesText, &text)
                        .map_err(|_| self.wrong("the minutes"))?,
                    revision: found.meeting.minutes.revision,
                })
            }
            ("invite", _) => MeetingWish::Step(MeetingStep::Invite),
            ("open", _) => MeetingWish::Step(MeetingStep::Open),
            ("end", _) => MeetingWish::Step(MeetingStep::End { knowingly: true }),
            ("attend", _) => MeetingWish::Step(MeetingStep::Attend {
                guest: Guest::parse(&self.first).map_err(|_| self.wrong("a guest"))?,
                present: Some(true),
            }),
            ("answer", _) => {
                let draft = AnswerDraft {
                    answer: self.first.clone(),
                    attendee: self.second.clone(),
                    reason: self.third.clone(),
                };
                MeetingWish::Step(MeetingStep::Answer(draft.parse()?))
            }
            ("note", matter) => MeetingWish::Step(MeetingStep::Note(MeetingNote {
                matter,
                text: Prose::parse(Field::Note, &self.second).map_err(|_| self.wrong("a note"))?,
            })),
            ("conclude", Some(matter)) => {
                let found = meetings::find(ctx, number).await?;
                let item = found.meeting.item(matter);
                MeetingWish::Conclude {
                    matter,
                    seen: item.map_or(0, |item| item.outcome.decisions().len()),
                    conclusion: Conclusion {
                        verdict: Verdict::parse(&self.third)
                            .ok_or_else(|| self.wrong("a verdict"))?,
                        opinion: Prose::parse(Field::Opinion, &self.second)
                            .map_err(|_| self.wrong("an opinion"))?,
                        basis: None,
                    },
                }
            }
            ("defer", Some(matter)) => MeetingWish::Defer {
                matter,
                reason: Reason::parse(Field::Reason, &self.second)
                    .map_err(|_| self.wrong("a reason"))?,
            },
            ("put_on" | "decide" | "conclude" | "defer", None) => return Ok(()),
            _ => return Err(self.wrong("a step")),
        };
        meetings::carry_out(ctx, number, wish).await?;
        Ok(())
    }

    fn plan(&self, ctx: &Context, people: &People, today: Instant) -> Result<PlanDraft, DemoError> {
        let (ago, time) = moment(&self.third).map_err(|wrong| self.wrong(wrong))?;
        let day = day_of(&ctx.book.calendar, local(today).date(), ago);
        let starts_at = local(instant(day, time));
        let chair = people.actor("mayor")?.user.unwrap_or_default();
        Ok(PlanDraft {
            kind: self.first.clone(),
            title: self.second.clone(),
            starts_at: starts_at.format("%Y-%m-%dT%H:%M").to_string(),
            minutes: "90".to_owned(),
            place: self.fourth.clone(),
            chair: chair.to_string(),
            bodies: self.fifth.split_whitespace().map(str::to_owned).collect(),
            enterprises: self.sixth.replace('；', "\n"),
            day_off: String::new(),
            held: String::new(),
        })
    }
}
