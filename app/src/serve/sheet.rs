use domain::order::clock::Clock;
use domain::order::permission::offers;
use domain::order::{ClockName, Complexity, Light, Number, Stage, StepName, What};
use domain::{Instant, Named};
use store::Desk;
use store::orders::{self, Found};

use super::rows::{lines, row, short};
use super::visit::problem;
use super::{answer, desk, visit};
use crate::frame::Frame;
use crate::problem::Problem;
use crate::sheets::{Offer, Sheet};
use crate::words;
use crate::words::consequence::Waits;

pub async fn sheet(number: &str) -> Result<Sheet, Problem> {
    answer(async {
        let desk = desk()?;
        let frame = visit()?.frame;
        let number = Number::parse(number).ok_or(Problem::NotFound)?;
        let found = orders::find(&desk, number).await.map_err(problem)?;
        Ok(lay_out(&desk, &frame, &found))
    })
    .await
}

fn lay_out(desk: &Desk, frame: &Frame, found: &Found) -> Sheet {
    let overview = &found.listed.overview;
    let placement = &overview.placement;
    let contact = overview.contact_for(&desk.actor);
    let offers: Vec<Offer> = offers(&found.order, &desk.actor, desk.now, &desk.book)
        .into_iter()
        .map(|(step, refusal)| Offer {
            step,
            not_yet: refusal.map(|refusal| {
                words::problem::sentence(frame.lang, &Problem::Refused(refusal), frame.year)
            }),
            consequence: consequence(desk, frame, found, step),
        })
        .collect();
    let dispatches = offers.iter().any(|offer| offer.step == StepName::Dispatch);
    let history = lines(desk, frame.lang, frame.year, &found.events);
    Sheet {
        row: row(desk, &found.listed),
        version: overview.version,
        content: placement.content.as_str().to_owned(),
        township: short(&desk.book.directory, &placement.township),
        contact_name: contact.0,
        contact_phone: contact.1,
        placed_at: overview.placed_at,
        rating: overview.rating,
        cycle: overview.cycle,
        next: next(desk, frame, found),
        reply: history
            .iter()
            .zip(&found.events)
            .rfind(|(_, event)| matches!(event.what, What::Replied { .. }))
            .map(|(line, _)| line.clone()),
        history,
        offers,
        complexities: Complexity::ALL
            .map(|kind| (kind, desk.book.rules.resolve(overview.urgency(), kind)))
            .into(),
        departments: if dispatches {
            departments(desk)
        } else {
            Vec::new()
        },
    }
}

/// Every body that orders can be dispatched to.
pub fn departments(desk: &Desk) -> Vec<(String, Named)> {
    desk.book
        .directory
        .bodies
        .iter()
        .filter(|body| body.kind.fulfils_orders())
        .map(|body| (body.code.to_string(), body.short.clone()))
        .collect()
}

fn next(desk: &Desk, frame: &Frame, found: &Found) -> String {
    let overview = &found.listed.overview;
    let until = overview
        .clock
        .map(|clock| (clock.name, moment(frame, clock.due.at)));
    let lead = overview.lead.as_ref().map_or_else(String::new, |lead| {
        frame
            .lang
            .name(&short(&desk.book.directory, lead))
            .to_owned()
    });
    words::consequence::next(
        frame.lang,
        overview.stage,
        overview.turn(desk.now),
        &lead,
        until.as_ref().map(|(clock, until)| Waits {
            clock: *clock,
            until,
            late: overview.light(desk.now) == Light::Red,
        }),
    )
}

/// The sentence under a button, with the deadline that the step would set.
fn consequence(desk: &Desk, frame: &Frame, found: &Found, step: StepName) -> String {
    let rules = &desk.book.rules;
    let calendar = &desk.book.calendar;
    let urgency = found.listed.overview.urgency();
    let due = match (step, &found.order.stage) {
        (StepName::Dispatch, _) => {
            Some(Clock::start(ClockName::Take, desk.now, rules.take(urgency), rules).due(calendar))
        }
        (StepName::Reply, _) => {
            Some(Clock::start(ClockName::Rating, desk.now, rules.rating, rules).due(calendar))
        }
        (StepName::Take, Stage::Dispatched { resolve, .. }) => Some(resolve.due(calendar)),
        _ => None,
    };
    let until = due.map_or_else(String::new, |due| moment(frame, due.at));
    let overview = &found.listed.overview;
    words::consequence::of_step(
        frame.lang,
        step,
        &until,
        overview.cycle > 1,
        overview.rating.is_some(),
    )
}

fn moment(frame: &Frame, at: Instant) -> String {
    words::time::moment(frame.lang, at, frame.year)
}
