//! The clocks of an order: of its stage, of the callback, of the parts of co-handlers, and of
//! tasks; what they foresee, and which it has been under.

use super::event::Event;
use super::history::{Broken, Order};
use crate::actor::{Actor, BodyCode};
use crate::clock::ahead::{Fate, Foreseen, ahead};
use crate::clock::terms::{Timed, take_up};
use crate::clock::{ClockName, Term, Watch};
use crate::rulebook::Rulebook;
use crate::time::Instant;

impl Order {
    /// The clocks that run.
    pub fn running(&self) -> Vec<Watch> {
        let own = self.stage.running().chain(self.stage.callback());
        let own = own.map(|term| self.own(term));
        let mut running: Vec<Watch> = own.collect();
        let stands_still = self.stage.pause().is_some() || self.merged_into().is_some();
        if !stands_still {
            running.extend(self.parts());
        }
        // What a meeting decided waits for no pause.
        running.extend(self.task_watches());
        running
    }

    /// The clocks that have not ended: those that run, and those that are paused.
    pub fn standing(&self) -> Vec<Watch> {
        let own = self.stage.standing().chain(self.stage.callback());
        let own = own.map(|term| self.own(term));
        own.chain(self.parts()).chain(self.task_watches()).collect()
    }

    /// The body that a level of the ladder is charged to: whoever holds the order up.
    /// Where a part is overdue by the lead's own deadline, that is its co-handler.
    pub fn charged(&self, watch: &Watch, book: &Rulebook) -> Option<BodyCode> {
        match watch.term.clock.name {
            ClockName::Resolve | ClockName::Rework => {
                let lead = watch.term.due(&book.calendar).at;
                let parts = self
                    .parts()
                    .map(|part| (part.term.due(&book.calendar).at, part));
                let late = parts.filter(|(due, _)| *due <= lead);
                late.min_by_key(|(due, _)| *due)
                    .map_or(watch.body.clone(), |(_, part)| part.body)
            }
            ClockName::Triage
            | ClockName::Take
            | ClockName::Ruling
            | ClockName::CoHandle
            | ClockName::Task
            | ClockName::Callback
            | ClockName::Rating => watch.body.clone(),
        }
    }

    fn own(&self, term: &Term) -> Watch {
        let clock = term.clock.name;
        Watch {
            term: term.clone(),
            body: self.stage.late_body(clock).cloned(),
            round: self.round(clock),
        }
    }

    /// The round of a clock of the stage: taking and ruling begin anew with each return,
    /// dispatching with each dispatch that is taken back, all of the lead's whenever the
    /// centre gives the time anew; each co-handler and each task has a number.
    pub(super) fn round(&self, clock: ClockName) -> u16 {
        match clock {
            ClockName::Take | ClockName::Ruling => self.returns + self.restarts,
            ClockName::Resolve => self.restarts,
            ClockName::Triage => self.recalls,
            ClockName::Rework
            | ClockName::CoHandle
            | ClockName::Task
            | ClockName::Callback
            | ClockName::Rating => 0,
        }
    }

    fn parts(&self) -> impl Iterator<Item = Watch> {
        self.open_parts().map(|(round, part)| Watch {
            term: self.term_of(part),
            body: Some(part.body.clone()),
            round,
        })
    }

    /// What comes after `now` if nobody acts, in the order of time.
    pub fn ahead(&self, now: Instant, book: &Rulebook) -> Vec<Foreseen> {
        if self.merged_into().is_some() {
            // It stands still; what comes, comes to the main order.
            return Vec::new();
        }
        let paused = self.stage.pause().zip(self.stage.cycle());
        let resumes = paused.map(|(pause, term)| Foreseen {
            at: pause.until,
            provisional: !book.calendar.is_settled_at(pause.until),
            clock: term.clock.name,
            body: self.stage.lead().cloned(),
            fate: Fate::Resumes,
        });
        ahead(resumes.into_iter().collect(), &self.standing(), now, book)
    }
}

/// Those that `reader` may know of, in the order in which they started.
pub fn seen_terms(events: &[Event], reader: &Actor) -> Result<Vec<Timed>, Broken> {
    let outside = reader.role.enterprise().is_some();
    let mut all = terms(events)?;
    all.retain(|timed| !outside || !timed.term.clock.name.is_internal());
    Ok(all)
}

/// In the order in which they started.
pub fn terms(events: &[Event]) -> Result<Vec<Timed>, Broken> {
    let (first, rest) = events.split_first().ok_or(Broken::NoBeginning)?;
    let mut order = Order::replay(std::slice::from_ref(first))?;
    let mut timed = Vec::new();
    take_up(&mut timed, &order.standing(), order.cycle, first);
    for event in rest {
        order.apply(event)?;
        take_up(&mut timed, &order.standing(), order.cycle, event);
    }
    Ok(timed)
}
