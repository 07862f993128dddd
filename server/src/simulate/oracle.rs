//! What should happen, worked out minute by minute with a wall calendar: naive and
//! slow on purpose, sharing no code with the engine. Its limits are written down
//! anew from the rules.

use std::collections::{BTreeMap, HashMap};

use chrono::{Datelike, NaiveDate};

/// Minutes since 1970-01-01 00:00, on the wall clock of Shanghai.
pub type Minute = i64;

const DAY: Minute = 24 * 60;
const OPENS: Minute = 9 * 60;
const LUNCH: Minute = 12 * 60;
const RESUMES: Minute = 13 * 60;
const CLOSES: Minute = 17 * 60;
/// Days that a clock is walked along: one that stands still without an end has none.
const HORIZON: i64 = 2000;
/// Working days past the deadline at which each level fires.
const LADDER: [(&str, u32); 3] = [("head", 0), ("deputy", 3), ("express", 5)];

/// One firing of the ladder.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key {
    pub order: usize,
    pub clock: &'static str,
    pub cycle: u32,
    /// How often the order had been returned or taken back, as far as the clock began anew
    /// with it; of a part, which.
    pub round: u32,
    pub level: &'static str,
}

#[derive(Debug, Clone, Copy)]
pub enum Limit {
    Days(u32),
    Hours(u32),
}

/// A clock that somebody is under.
#[derive(Debug)]
struct Watch {
    key: (&'static str, u32, u32),
    received: Minute,
    limit: Limit,
    /// Times in which it stands still, half-open and ascending; the last one may still be
    /// open, with its cap as end, or without any.
    pauses: Vec<(Minute, Minute)>,
    is_paused: bool,
    fired: [bool; 3],
    /// When each level comes, once it was worked out.
    levels: Option<[Minute; 3]>,
    /// Whose part it is.
    part: Option<&'static str>,
}

#[derive(Debug, Default)]
struct Case {
    watches: Vec<Watch>,
    cycle: u32,
    round: u32,
    /// How often its dispatch was taken back.
    recalls: u32,
    /// How often the lead's clocks began anew: with each recall, and with another lead.
    restarts: u32,
    /// How many co-handlers there were.
    parts: u32,
    /// How many tasks there were.
    tasks: u32,
    lead: &'static str,
    /// Joined to another order: everything stands still.
    is_merged: bool,
    promise: Option<Promise>,
}

/// A day that a reply promised.
#[derive(Debug)]
struct Promise {
    made: Minute,
    until: i64,
    reminded: bool,
    broken: bool,
}

pub struct Oracle {
    /// Days that do not go by their weekday: worked or not, by the year of the notice.
    named: HashMap<i32, HashMap<i64, bool>>,
    /// Days off of the regulation, with their years: while the year's notice is not out.
    statutory: HashMap<i64, i32>,
    /// What it does not know of, in tests that show that the difference is seen.
    ignorance: Ignorance,
    cases: BTreeMap<usize, Case>,
    expected: BTreeMap<Key, Minute>,
}

/// A rule that the oracle leaves out: the engine and it are then as far apart as an engine
/// that leaves it out would be from the rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ignorance {
    Nothing,
    /// Days that stand still count for levels, and levels fall into them.
    Standstills,
}

/// An end that is not known.
const OPEN: Minute = i64::MAX;

impl Watch {
    fn is_cycle(&self) -> bool {
        matches!(self.key.0, "resolve" | "rework")
    }

    fn is_still(&self, minute: Minute) -> bool {
        self.end_of_standstill(minute).is_some()
    }

    fn end_of_standstill(&self, minute: Minute) -> Option<Minute> {
        let mut pauses = self.pauses.iter();
        let within = pauses.find(|(from, until)| *from <= minute && minute < *until);
        within.map(|(_, until)| *until)
    }
}

impl Oracle {
    pub fn new(statutory: Vec<NaiveDate>, ignorance: Ignorance) -> Self {
        let statutory = statutory.into_iter();
        Self {
            named: HashMap::new(),
            statutory: statutory.map(|day| (day_number(day), day.year())).collect(),
            ignorance,
            cases: BTreeMap::new(),
            expected: BTreeMap::new(),
        }
    }

    /// A year's notice is published, or once more in other words: from now on its days
    /// count as it says, and those of the December before that it names.
    pub fn publish(&mut self, year: i32, days: impl IntoIterator<Item = (NaiveDate, bool)>) {
        let days = days.into_iter();
        let days = days.map(|(day, worked)| (day_number(day), worked));
        self.named.insert(year, days.collect());
        let mut cases = std::mem::take(&mut self.cases);
        for case in cases.values_mut() {
            let watches = std::mem::take(&mut case.watches);
            let (mut parts, mut others): (Vec<_>, Vec<_>) =
                watches.into_iter().partition(|watch| watch.part.is_some());
            let lead = others.iter().find(|watch| watch.is_cycle());
            if let Some(lead) = lead.filter(|_| !case.is_merged) {
                parts
                    .iter_mut()
                    .for_each(|part| self.hold_within(part, lead));
            }
            others.append(&mut parts);
            others.iter_mut().for_each(|watch| watch.levels = None);
            case.watches = others;
        }
        self.cases = cases;
    }

    /// Every level that should have fired, and when.
    pub fn expected(&self) -> &BTreeMap<Key, Minute> {
        &self.expected
    }

    pub fn starts(&mut self, order: usize, clock: &'static str, at: Minute, limit: Limit) {
        let case = self.cases.entry(order).or_default();
        let round = match clock {
            "take" | "ruling" => case.round + case.restarts,
            "resolve" => case.restarts,
            "triage" => case.recalls,
            _ => 0,
        };
        case.watches.push(Watch {
            key: (clock, case.cycle, round),
            received: at,
            limit,
            pauses: Vec::new(),
            is_paused: false,
            fired: [false; 3],
            levels: None,
            part: None,
        });
    }

    /// The body that answers for the whole: it has no part beside it.
    pub fn leads(&mut self, order: usize, body: &'static str) {
        if let Some(case) = self.cases.get_mut(&order) {
            case.lead = body;
        }
    }

    /// A co-handler has three days, and never more than the lead.
    pub fn joins(&mut self, order: usize, body: &'static str, at: Minute) {
        let Some(mut case) = self.cases.remove(&order) else {
            return;
        };
        let round = case.parts;
        case.parts += 1;
        let lead = case.watches.iter().find(|watch| watch.is_cycle());
        if let Some(lead) = lead {
            let mut watch = Watch {
                key: ("co_handle", case.cycle, round),
                received: at,
                limit: Limit::Days(3),
                pauses: lead.pauses.clone(),
                is_paused: false,
                fired: [false; 3],
                levels: None,
                part: Some(body),
            };
            self.hold_within(&mut watch, lead);
            case.watches.push(watch);
        }
        self.cases.insert(order, case);
    }

    /// A day less until it is due no later than the lead.
    fn hold_within(&self, part: &mut Watch, lead: &Watch) {
        while let Limit::Days(days @ 2..) = part.limit
            && self.due(part) > self.due(lead)
        {
            part.limit = Limit::Days(days - 1);
        }
    }

    pub fn replies_to_the_lead(&mut self, order: usize, body: &'static str) {
        if let Some(case) = self.cases.get_mut(&order) {
            case.watches.retain(|watch| watch.part != Some(body));
        }
    }

    /// The lead replied; whoever has not is not waited for.
    pub fn parts_end(&mut self, order: usize) {
        if let Some(case) = self.cases.get_mut(&order) {
            case.watches.retain(|watch| watch.part.is_none());
        }
    }

    pub fn ends(&mut self, order: usize, clock: &'static str) {
        if let Some(case) = self.cases.get_mut(&order) {
            case.watches.retain(|watch| watch.key.0 != clock);
        }
    }

    /// 并案: everything but what a meeting decided stands still from `at` on.
    pub fn merges(&mut self, order: usize, at: Minute) {
        if let Some(case) = self.cases.get_mut(&order) {
            case.is_merged = true;
        }
        for watch in self.all_but_tasks(order) {
            watch.pauses.push((at, OPEN));
            watch.is_paused = true;
            watch.levels = None;
        }
    }

    /// It stands by itself again: the time in between does not count.
    pub fn unmerges(&mut self, order: usize, at: Minute) {
        if let Some(case) = self.cases.get_mut(&order) {
            case.is_merged = false;
        }
        for watch in self.all_but_tasks(order) {
            if let (true, Some(last)) = (watch.is_paused, watch.pauses.last_mut()) {
                last.1 = at;
            }
            watch.is_paused = false;
            watch.levels = None;
        }
    }

    /// 拆分: what is split off before the whole is dispatched has the time of the whole.
    pub fn splits(&mut self, whole: usize, part: usize, at: Minute) {
        let watches = self.cases.get(&whole).map(|case| case.watches.as_slice());
        let mut watches = watches.into_iter().flatten();
        let triage = watches.find(|watch| watch.key.0 == "triage");
        let (received, pauses) = match triage {
            Some(triage) => (triage.received, triage.pauses.clone()),
            None => (at, Vec::new()),
        };
        self.starts(part, "triage", received, Limit::Days(1));
        let watches = self.cases.get_mut(&part).map(|case| &mut case.watches);
        for watch in watches.into_iter().flatten() {
            watch.pauses.clone_from(&pauses);
        }
    }

    /// A meeting decides, or the mayor's office instructs: so many working days, which no
    /// pause of the order moves. Answers which task of the order it is.
    pub fn gives_task(&mut self, order: usize, at: Minute, days: u32) -> u32 {
        let case = self.cases.entry(order).or_default();
        let task = case.tasks;
        case.tasks += 1;
        case.watches.push(Watch {
            key: ("task", 0, task),
            received: at,
            limit: Limit::Days(days),
            pauses: Vec::new(),
            is_paused: false,
            fired: [false; 3],
            levels: None,
            part: None,
        });
        task
    }

    /// Its owner says that it is done: it stands still while that is looked at.
    pub fn reports_task(&mut self, order: usize, task: u32, at: Minute) {
        if let Some(watch) = self.task(order, task) {
            watch.pauses.push((at, OPEN));
            watch.is_paused = true;
            watch.levels = None;
        }
    }

    pub fn judges_task(&mut self, order: usize, task: u32, at: Minute, done: bool) {
        if let Some(watch) = self.task(order, task) {
            if let Some(last) = watch.pauses.last_mut() {
                last.1 = at;
            }
            watch.is_paused = false;
            watch.levels = None;
        }
        if done && let Some(case) = self.cases.get_mut(&order) {
            case.watches.retain(|watch| watch.key != ("task", 0, task));
        }
    }

    fn task(&mut self, order: usize, task: u32) -> Option<&mut Watch> {
        let watches = &mut self.cases.get_mut(&order)?.watches;
        watches
            .iter_mut()
            .find(|watch| watch.key == ("task", 0, task))
    }

    fn all_but_tasks(&mut self, order: usize) -> impl Iterator<Item = &mut Watch> {
        let watches = self.cases.get_mut(&order).map(|case| &mut case.watches);
        let watches = watches.into_iter().flatten();
        watches.filter(|watch| watch.key.0 != "task")
    }

    /// Nothing is watched any more.
    pub fn is_over(&mut self, order: usize) {
        if let Some(case) = self.cases.get_mut(&order) {
            case.promise = None;
            case.watches.clear();
        }
    }

    pub fn is_returned(&mut self, order: usize) {
        if let Some(case) = self.cases.get_mut(&order) {
            case.round += 1;
        }
    }

    /// 撤回分派: nobody but the centre is under a clock then.
    pub fn is_recalled(&mut self, order: usize) {
        for clock in ["take", "resolve"] {
            self.ends(order, clock);
        }
        self.parts_end(order);
        if let Some(case) = self.cases.get_mut(&order) {
            case.recalls += 1;
            case.restarts += 1;
        }
    }

    /// 改派: the clocks of the body before and of parts end.
    pub fn is_reassigned(&mut self, order: usize) {
        self.ends(order, "resolve");
        self.parts_end(order);
        if let Some(case) = self.cases.get_mut(&order) {
            case.restarts += 1;
        }
    }

    pub fn is_sent_back(&mut self, order: usize) {
        if let Some(case) = self.cases.get_mut(&order) {
            case.promise = None;
            case.cycle += 1;
        }
    }

    pub fn promises(&mut self, order: usize, made: Minute, until: NaiveDate) {
        if let Some(case) = self.cases.get_mut(&order) {
            case.promise = Some(Promise {
                made,
                until: day_number(until),
                reminded: false,
                broken: false,
            });
        }
    }

    pub fn keeps_its_promise(&mut self, order: usize) {
        if let Some(case) = self.cases.get_mut(&order) {
            case.promise = None;
        }
    }

    /// What a promise says by `now`: three working days before its day, and at the
    /// first opening after it.
    fn ring(&self, promise: &mut Promise, now: Minute) -> Vec<(&'static str, Minute)> {
        let mut day = promise.until;
        while !self.is_worked(day) {
            day += 1;
        }
        let overdue = self.opening_from(day * DAY + CLOSES);
        let mut left = 3;
        while left > 0 {
            day -= 1;
            left -= u32::from(self.is_worked(day));
        }
        let reminder = day * DAY + OPENS;
        let mut rang = Vec::new();
        let open = !promise.reminded && !promise.broken;
        if open && reminder > promise.made && reminder <= now {
            promise.reminded = true;
            rang.push(("reminder", reminder));
        }
        if !promise.broken && overdue <= now {
            promise.broken = true;
            rang.push(("overdue", overdue));
        }
        rang
    }

    /// `days`: how many working days the pause takes out at most; `until`: the day on
    /// which it ends before that.
    pub fn pauses(&mut self, order: usize, at: Minute, days: u32, until: Option<NaiveDate>) {
        let end = match until {
            Some(day) => self.opening_from(day_number(day) * DAY),
            None => {
                // So many closings from `at` on; then the next opening.
                let mut left = days;
                let mut minute = at;
                while left > 0 {
                    let is_closing = minute.rem_euclid(DAY) == CLOSES;
                    left -= u32::from(is_closing && self.is_worked(minute.div_euclid(DAY)));
                    minute += 1;
                }
                self.opening_from(minute)
            }
        };
        for watch in self.paused_together(order) {
            watch.pauses.push((at, end));
            watch.is_paused = true;
            watch.levels = None;
        }
    }

    pub fn resumes(&mut self, order: usize, at: Minute) {
        for watch in self.paused_together(order) {
            if let (true, Some(last)) = (watch.is_paused, watch.pauses.last_mut()) {
                last.1 = last.1.min(at);
            }
            watch.is_paused = false;
            watch.levels = None;
        }
    }

    pub fn extends(&mut self, order: usize, days: u32) {
        if let Some(watch) = self.cycle(order) {
            if let Limit::Days(limit) = watch.limit {
                watch.limit = Limit::Days(limit + days);
            }
            watch.levels = None;
        }
    }

    /// The sweep looks at the clock `now`: everything that has come by then fires,
    /// if business is open.
    pub fn sweep(&mut self, now: Minute) {
        if self.is_business(now) {
            let mut cases = std::mem::take(&mut self.cases);
            self.fire(&mut cases, now);
            self.cases = cases;
        }
    }

    /// Somebody acts on the order: what had come before fires first, outside business
    /// time as of the business time at which the last of it came.
    pub fn is_acted_on(&mut self, order: usize, now: Minute) {
        if let Some(case) = self.cases.remove(&order) {
            let mut one = BTreeMap::from([(order, case)]);
            self.fire(&mut one, now);
            self.cases.append(&mut one);
        }
    }

    fn fire(&mut self, cases: &mut BTreeMap<usize, Case>, now: Minute) {
        let is_open = self.is_business(now);
        let watched = |case: &Case| !case.watches.is_empty() || case.promise.is_some();
        for (order, case) in cases.iter_mut().filter(|(_, case)| watched(case)) {
            let mut fired: Vec<(Key, Minute)> = Vec::new();
            let lead = case.lead;
            for watch in &mut case.watches {
                if watch.part == Some(lead) {
                    continue;
                }
                if watch.is_paused {
                    let over = watch.pauses.last().is_some_and(|pause| pause.1 <= now);
                    if !over {
                        continue;
                    }
                    watch.is_paused = false;
                }
                let levels = match watch.levels {
                    Some(levels) => levels,
                    None => self.levels(watch),
                };
                watch.levels = Some(levels);
                for (position, (level, _)) in LADDER.iter().enumerate() {
                    if levels[position] <= now && !watch.fired[position] {
                        watch.fired[position] = true;
                        let (clock, cycle, round) = watch.key;
                        let key = Key {
                            order: *order,
                            clock,
                            cycle,
                            round,
                            level,
                        };
                        fired.push((key, levels[position]));
                    }
                }
            }
            if let Some(promise) = &mut case.promise {
                for (level, at) in self.ring(promise, now) {
                    let key = Key {
                        order: *order,
                        clock: "promise",
                        cycle: case.cycle,
                        round: 0,
                        level,
                    };
                    fired.push((key, at));
                }
            }
            let last = fired.iter().map(|(_, came)| *came).max();
            let at = if is_open { now } else { last.unwrap_or(now) };
            self.expected
                .extend(fired.into_iter().map(|(key, _)| (key, at)));
        }
    }

    /// The clock of the cycle, and those of the parts: they stand still together.
    fn paused_together(&mut self, order: usize) -> impl Iterator<Item = &mut Watch> {
        let watches = self.cases.get_mut(&order).map(|case| &mut case.watches);
        let watches = watches.into_iter().flatten();
        watches.filter(|watch| watch.is_cycle() || watch.part.is_some())
    }

    fn cycle(&mut self, order: usize) -> Option<&mut Watch> {
        let case = self.cases.get_mut(&order)?;
        let mut watches = case.watches.iter_mut();
        watches.find(|watch| watch.is_cycle())
    }

    /// Never while it stands still; days on which it did at closing do not count.
    fn levels(&self, watch: &Watch) -> [Minute; 3] {
        let due = self.due(watch);
        let ignores = self.ignorance == Ignorance::Standstills;
        let is_still = |minute: Minute| !ignores && watch.is_still(minute);
        LADDER.map(|(_, past)| {
            let mut at = due;
            if past > 0 {
                let mut left = past + 1;
                let mut day = due.div_euclid(DAY);
                while left > 0 {
                    day += 1;
                    let counts = self.is_worked(day) && !is_still(day * DAY + CLOSES);
                    left -= u32::from(counts);
                    if day > due.div_euclid(DAY) + HORIZON {
                        return OPEN;
                    }
                }
                at = day * DAY + OPENS;
            }
            while !self.is_business(at) || is_still(at) {
                at = match watch.end_of_standstill(at).filter(|_| !ignores) {
                    Some(OPEN) => return OPEN,
                    Some(end) => end,
                    None => at + 1,
                };
            }
            at
        })
    }

    /// Walks every day, or every minute, from the receipt on.
    fn due(&self, watch: &Watch) -> Minute {
        match watch.limit {
            Limit::Days(days) => {
                let first = self.receipt_day(watch.received);
                let mut day = first;
                let mut counted = 0;
                while counted < days {
                    day += 1;
                    let closing = day * DAY + CLOSES;
                    counted += u32::from(self.is_worked(day) && !watch.is_still(closing));
                    if day > first + HORIZON {
                        return OPEN;
                    }
                }
                day * DAY + CLOSES
            }
            Limit::Hours(hours) => {
                let mut minute = watch.received;
                let mut left = hours * 60;
                while left > 0 {
                    left -= u32::from(self.is_business(minute) && !watch.is_still(minute));
                    minute += 1;
                    if minute > watch.received + HORIZON * DAY {
                        return OPEN;
                    }
                }
                minute
            }
        }
    }

    /// The first day from `at` on whose closing is still to come.
    fn receipt_day(&self, at: Minute) -> i64 {
        let mut minute = at;
        loop {
            let day = minute.div_euclid(DAY);
            if self.is_worked(day) && minute.rem_euclid(DAY) < CLOSES {
                return day;
            }
            minute += 1;
        }
    }

    fn opening_from(&self, at: Minute) -> Minute {
        let mut minute = at;
        while !self.is_business(minute) {
            minute += 1;
        }
        minute
    }

    fn is_business(&self, minute: Minute) -> bool {
        let time = minute.rem_euclid(DAY);
        let open = (OPENS..LUNCH).contains(&time) || (RESUMES..CLOSES).contains(&time);
        open && self.is_worked(minute.div_euclid(DAY))
    }

    fn is_worked(&self, day: i64) -> bool {
        // Only a December has two notices that name it, and no other day: the later year's.
        let notices = self
            .named
            .iter()
            .filter(|(_, days)| days.contains_key(&day));
        let last = notices.max_by_key(|(year, _)| **year);
        match (last, self.statutory.get(&day)) {
            (Some((_, days)), _) => days[&day],
            (None, Some(year)) if !self.named.contains_key(year) => false,
            // 1970-01-01 was a Thursday.
            (None, _) => (day + 3).rem_euclid(7) < 5,
        }
    }
}

pub fn day_number(day: NaiveDate) -> i64 {
    i64::from(day.num_days_from_ce()) - 719_163
}

/// How long a reply may take, in working days.
pub fn reply_days(urgency: &str, complexity: &str) -> u32 {
    match (complexity, urgency) {
        ("complex", _) => 30,
        ("enquiry", _) => 3,
        (_, "critical") => 3,
        (_, "urgent") => 7,
        _ => 15,
    }
}

pub fn taking(urgency: &str) -> Limit {
    match urgency {
        "critical" => Limit::Hours(2),
        _ => Limit::Days(1),
    }
}
