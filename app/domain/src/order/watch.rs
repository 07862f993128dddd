//! The clocks under way: of the order's stage, of the callback, of the parts of
//! co-handlers, and of tasks.

use super::history::Order;
use crate::actor::BodyCode;
use crate::clock::{ClockName, Term};
use crate::rulebook::Rulebook;

/// A clock under way, and who answers for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Watch {
    pub term: Term,
    /// The body that is late when it runs out; `None` is the centre.
    pub body: Option<BodyCode>,
    /// Taking and ruling begin anew with each return, dispatching with each dispatch that is
    /// taken back, all of the lead's whenever the centre gives the time anew; each co-handler
    /// and each task has a number.
    pub round: u16,
}

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

    /// The round of a clock of the stage.
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
}
