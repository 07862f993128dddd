//! What a list is narrowed to, and the conditions of a query that do so.

use std::sync::LazyLock;

use chrono::{NaiveDate, NaiveTime};
use domain::contact::Phone;
use domain::meeting::MeetingNumber;
use domain::order::turn::Waits;
use domain::order::{
    ClockName, ExpressState, Light, Measure, Number, RatingLevel, StageName, Urgency,
};
use domain::time::instant;
use domain::{Field, Instant, UserId};

use super::waits;
use super::words;
use crate::dialect::Sql;
use crate::times::seconds;
use crate::{Context, scope};

/// What a list is narrowed to; every field that is set must match.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    pub stage: Option<StageName>,
    pub light: Option<Light>,
    pub department: Option<String>,
    pub category: Option<String>,
    pub township: Option<String>,
    pub urgency: Option<Urgency>,
    pub rating: Option<RatingLevel>,
    /// Placed on these days, both included, in Shanghai.
    pub placed_from: Option<NaiveDate>,
    pub placed_until: Option<NaiveDate>,
    /// Words that stand in the number, the title, the content or the enterprise's name,
    /// or a telephone number.
    pub text: Option<String>,
    /// Only orders on which something can still happen.
    pub open: bool,
    /// Only orders that have been carried up.
    pub escalated: bool,
    /// Only orders whose next step is the caller's, as `Overview::turn` has it.
    pub waits_for_caller: bool,
    /// Only orders that were rated bad twice, and whose closure a leader decides.
    pub twice_bad: bool,
    /// Only orders whose next step is the caller's as their lead.
    pub waits_for_lead: bool,
    /// Only orders that the caller's body is awaited with a part of.
    pub awaits_part: bool,
    /// Only orders on which the caller has something to decide.
    pub asks_caller: bool,
    /// Only orders whose enterprise is to be called back.
    pub to_call: bool,
    /// Only those whose time to be called back has passed.
    pub call_late: bool,
    /// Only orders with a clock that runs, or is paused.
    pub running: bool,
    /// Where it stands with the mayor's express.
    pub express: Option<ExpressState>,
    /// What a number of the city's page is made of.
    pub measure: Option<Measure>,
    /// Placed at this meeting.
    pub meeting: Option<MeetingNumber>,
    pub project: Option<String>,
    /// Only orders of projects that this person is in charge of.
    pub leader: Option<UserId>,
    /// Only orders that were returned.
    pub returned: bool,
    /// Only orders that other enterprises' are joined to.
    pub collective: bool,
    /// Only orders that are joined to this one.
    pub merged_into: Option<Number>,
    /// Only these.
    pub numbers: Vec<Number>,
    /// Only clocks of bodies that have not ended yet and end before this instant.
    pub due_until: Option<Instant>,
}

/// What the text of a filter asks for.
pub(super) enum Words {
    None,
    /// In the language of the index: all of it, then what has it in the number or title,
    /// then what has it elsewhere.
    Asked {
        all: String,
        first: String,
        others: String,
    },
    /// Digits of a telephone, or as words.
    Phone {
        digits: Vec<String>,
        words: String,
    },
    /// Nothing that could be found.
    Nothing,
}

impl Filter {
    /// Whether it leaves only orders whose clock runs, by when it ends.
    pub(super) fn is_lit(&self) -> bool {
        let lit = matches!(self.light, Some(Light::Green | Light::Yellow | Light::Red));
        lit || self.due_until.is_some()
    }

    /// Whether it leaves only orders on which something goes on: a few among many.
    pub(super) fn is_of_the_living(&self) -> bool {
        self.is_lit()
            || self.text.is_some()
            || self.escalated
            || self.waits_for_caller
            || self.twice_bad
            || self.waits_for_lead
            || self.awaits_part
            || self.asks_caller
            || self.to_call
            || self.call_late
            || self.running
    }

    /// Whether words are searched.
    pub(super) fn is_search(&self) -> bool {
        matches!(self.words(), Words::Asked { .. })
    }

    pub(super) fn words(&self) -> Words {
        let Some(text) = self.text.as_deref() else {
            return Words::None;
        };
        let (Some(all), Some((first, others))) = (words::asked(text), words::ranked(text)) else {
            return Words::Nothing;
        };
        match telephone(text) {
            Some(digits) => Words::Phone { digits, words: all },
            None => Words::Asked { all, first, others },
        }
    }
}

/// A number that could be a telephone's, however it is written, as `contact_numbers` has
/// it: with its area and without.
fn telephone(text: &str) -> Option<Vec<String>> {
    Some(Phone::parse(Field::Stored, text).ok()?.keys())
}

/// That something can still happen to an order, as `StageName::is_final` has it.
pub(crate) static UNDER_WAY: LazyLock<String> = LazyLock::new(|| {
    let stages = StageName::ALL.into_iter().filter(|stage| !stage.is_final());
    let stages: Vec<String> = stages.map(|stage| format!("'{}'", stage.code())).collect();
    format!("stage IN ({})", stages.join(", "))
});

/// But for whom it waits.
pub(super) fn narrow(query: &mut Sql, filter: &Filter, ctx: &Context) {
    match filter.words() {
        Words::None => {}
        Words::Nothing => {
            query.push(" AND FALSE");
        }
        Words::Asked { all, .. } => {
            query.push(" AND order_words MATCH ").push_bind(all);
        }
        Words::Phone { digits, words } => {
            query.push(
                " AND ((orders.id IN (SELECT order_id FROM contact_numbers WHERE number IN (",
            );
            let mut list = query.separated(", ");
            for number in digits {
                list.push_bind(number);
            }
            query.push(")) AND");
            // Who sees it masked does not find out whose it is.
            scope::works_on(query, &ctx.actor);
            query
                .push(") OR orders.id IN (SELECT rowid FROM order_words WHERE order_words MATCH ")
                .push_bind(words)
                .push("))");
        }
    }
    narrow_but_words(query, filter, ctx);
}

/// But for words, and for whom it waits: those say where to look first.
pub(super) fn narrow_but_words(query: &mut Sql, filter: &Filter, ctx: &Context) {
    let now = ctx.now;
    if let Some(stage) = filter.stage {
        query.push(" AND orders.stage = ").push_bind(stage.code());
    }
    if let Some(light) = filter.light {
        lit(query, light, now);
    }
    // With few in the stage, or few whose clock runs, they are gone through; a plus keeps
    // the database from going through all of the category instead.
    let few = filter.is_lit() || filter.stage.is_some_and(|stage| !stage.is_final());
    if let Some(department) = &filter.department {
        query
            .push(" AND orders.lead = ")
            .push_bind(department.clone());
    }
    for (column, value) in [
        ("orders.category = ", &filter.category),
        ("orders.township = ", &filter.township),
    ] {
        if let Some(value) = value {
            query.push(if few { " AND +" } else { " AND " });
            query.push(column).push_bind(value.clone());
        }
    }
    if let Some(urgency) = filter.urgency {
        query
            .push(" AND orders.urgency = ")
            .push_bind(urgency.code());
    }
    if let Some(rating) = filter.rating {
        query.push(" AND orders.rating = ").push_bind(rating.code());
    }
    let midnight = |day: NaiveDate| seconds(instant(day, NaiveTime::MIN));
    if let Some(day) = filter.placed_from {
        query
            .push(" AND orders.placed_at >= ")
            .push_bind(midnight(day));
    }
    if let Some(day) = filter.placed_until {
        let next = day.succ_opt().unwrap_or(day);
        query
            .push(" AND orders.placed_at < ")
            .push_bind(midnight(next));
    }
    if let Some(project) = &filter.project {
        query
            .push(" AND orders.project = ")
            .push_bind(project.clone());
    }
    if let Some(state) = filter.express {
        query.push(" AND orders.express = ").push_bind(state.code());
    }
    if let Some(measure) = filter.measure {
        measured(query, measure, now);
    }
    if let Some(meeting) = filter.meeting {
        query
            .push(" AND orders.meeting = ")
            .push_bind(meeting.to_string());
    }
    if let Some(leader) = filter.leader {
        query.push(" AND orders.project IN (SELECT number FROM projects WHERE leader = ");
        query.push_bind(leader).push(")");
    }
    if filter.returned {
        query.push(" AND orders.returns > 0");
    }
    if filter.collective {
        query.push(" AND orders.is_collective");
    }
    if let Some(main) = filter.merged_into {
        query
            .push(" AND orders.merged_into = ")
            .push_bind(main.to_string());
    }
    if !filter.numbers.is_empty() {
        query.push(" AND orders.number IN (");
        let mut list = query.separated(", ");
        for number in &filter.numbers {
            list.push_bind(number.to_string());
        }
        query.push(")");
    }
    if filter.open {
        query.push(" AND orders.").push(&*UNDER_WAY);
    }
    if filter.escalated {
        query.push(" AND orders.escalation IS NOT NULL");
    }
    if filter.awaits_part {
        query.push(" AND ");
        waits::narrow(query, ctx, Waits::Part);
    }
    if filter.twice_bad {
        query.push(" AND ");
        waits::narrow(query, ctx, Waits::AfterTwoBadRatings);
    }
    if filter.waits_for_lead {
        query.push(" AND ");
        waits::narrow(query, ctx, Waits::Lead);
    }
    if filter.to_call {
        query.push(" AND orders.callback_due_at IS NOT NULL");
    }
    if filter.call_late {
        query
            .push(" AND orders.callback_due_at < ")
            .push_bind(seconds(now));
    }
    if filter.running {
        query.push(" AND (orders.due_at IS NOT NULL OR orders.stage = 'paused')");
    }
    if filter.asks_caller {
        query.push(" AND ");
        let waits = Waits::of(&ctx.actor.role).iter();
        waits::any(query, ctx, waits.filter(|waits| waits.is_decision()));
    }
    if let Some(until) = filter.due_until {
        query.push(" AND ");
        binds_a_body(query);
        query.push(" AND orders.due_at >= ").push_bind(seconds(now));
        query
            .push(" AND orders.due_at < ")
            .push_bind(seconds(until));
    }
}

/// What a measure counts, of orders that are not withdrawn.
fn measured(query: &mut Sql, measure: Measure, now: Instant) {
    match measure {
        Measure::Due => {
            query
                .push(
                    " AND (orders.resolved IS NOT NULL
                      OR (orders.clock = 'resolve' AND orders.due_at < ",
                )
                .push_bind(seconds(now))
                .push("))");
        }
        Measure::CalledBack => {
            query.push(" AND orders.solved IS NOT NULL");
        }
        Measure::InTime => {
            query.push(" AND orders.resolved = 'in_time'");
        }
        Measure::Late => {
            query
                .push(
                    " AND (orders.resolved = 'late' OR (orders.resolved IS NULL
                      AND orders.clock = 'resolve' AND orders.due_at < ",
                )
                .push_bind(seconds(now))
                .push("))");
        }
        Measure::Solved => {
            query.push(" AND orders.solved");
        }
        Measure::NotSolved => {
            query.push(" AND NOT orders.solved");
        }
        Measure::Satisfied => {
            query.push(" AND orders.rating IN ('very_satisfied', 'satisfied', 'fairly_satisfied')");
        }
        Measure::Rated => {
            query.push(" AND orders.rating IS NOT NULL");
        }
        Measure::Replied => {
            query.push(" AND orders.resolved IS NOT NULL");
        }
    }
}

/// The light as `Overview::light` computes it, for the database.
fn lit(query: &mut Sql, light: Light, now: Instant) {
    let now = seconds(now);
    match light {
        Light::None => {
            query.push(" AND (orders.clock IS NULL OR NOT ");
            binds_a_body(query);
            query.push(")");
        }
        Light::Green => {
            query.push(" AND orders.yellow_at > ").push_bind(now);
            // Which follows: said for the index over clocks that run.
            query.push(" AND orders.due_at >= ").push_bind(now);
        }
        Light::Yellow => {
            query.push(" AND orders.yellow_at <= ").push_bind(now);
            query.push(" AND orders.due_at >= ").push_bind(now);
        }
        Light::Red => {
            query.push(" AND orders.due_at < ").push_bind(now);
        }
    }
    match light {
        Light::None => {}
        Light::Green | Light::Yellow | Light::Red => {
            query.push(" AND ");
            binds_a_body(query);
        }
    }
}

/// Said by the clocks that do not, of which there are fewer: a comparison each, where a
/// list would be looked through for every order.
pub(super) fn binds_a_body(query: &mut Sql) {
    query.push("(orders.clock IS NOT NULL");
    let clocks = ClockName::ALL.into_iter();
    for clock in clocks.filter(|clock| !clock.binds_a_body()) {
        query.push(" AND orders.clock <> ").push_bind(clock.code());
    }
    query.push(")");
}
