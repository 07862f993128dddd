use domain::order::terms::{Timed, terms};
use domain::order::{ClockName, Number};
use store::orders;

use super::rows::short;
use super::visit::problem;
use super::{answer, desk, visit};
use crate::problem::Problem;
use crate::sheets::ReceiptSheet;
use crate::words;

/// The receipt of a clock by its name and cycle; without them, of the clock that
/// runs, or else the last one that did.
pub async fn receipt(number: &str, clock: &str, cycle: &str) -> Result<ReceiptSheet, Problem> {
    answer(async {
        let desk = desk()?;
        let lang = visit()?.frame.lang;
        let number = Number::parse(number).ok_or(Problem::NotFound)?;
        let found = orders::find(&desk, number).await.map_err(problem)?;
        let all = terms(&found.events).map_err(|error| problem(error.into()))?;
        let named = ClockName::parse(clock);
        let shown = chosen(&all, named, cycle.parse().ok()).ok_or(Problem::NotFound)?;
        let timed = &all[shown];
        let calendar = timed.calendar(&desk.book);
        let clocks = all.iter().enumerate();
        Ok(ReceiptSheet {
            number: number.to_string(),
            title: found.listed.overview.placement.title.as_str().to_owned(),
            clocks: clocks
                .map(|(at, timed)| (timed.term.clock.name, timed.cycle, at == shown))
                .collect(),
            clock: timed.term.clock.name,
            body: timed
                .body
                .as_ref()
                .map(|body| short(&desk.book.directory, body)),
            receipt: timed.term.receipt(calendar),
            extended: timed.term.extensions.iter().sum(),
            rules: timed.term.clock.rules,
            calendar: calendar.version(),
            ended: timed.ended.map(|(at, _)| at),
            pauses: timed
                .term
                .pauses
                .iter()
                .map(|pause| {
                    let span = pause.span();
                    let kind = words::order::pause_kind(pause.kind).of(lang);
                    let why = format!("{kind} · {}", pause.basis.as_str());
                    (span.from, span.until, why, pause.ended.is_none())
                })
                .collect(),
        })
    })
    .await
}

/// The position of the clock that a receipt is asked for.
pub fn chosen(all: &[Timed], clock: Option<ClockName>, cycle: Option<u8>) -> Option<usize> {
    let asked = |timed: &Timed| {
        clock.is_none_or(|clock| timed.term.clock.name == clock)
            && cycle.is_none_or(|cycle| timed.cycle == cycle)
    };
    let running = |timed: &Timed| asked(timed) && timed.ended.is_none();
    // Of two that run, the one that started later is the nearer.
    let first = all.iter().position(running);
    first.or_else(|| all.iter().rposition(asked))
}
