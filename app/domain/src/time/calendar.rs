use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate};

use super::hours::BusinessHours;
use super::notice::{Kind, Named, YearNotice, is_weekend};
use super::{Instant, instant, later, local};

/// The years for which days are laid out. A day outside them is treated as the
/// nearest one inside; no order of this system is received there.
pub(super) const FIRST_YEAR: i32 = 2000;
pub(super) const LAST_YEAR: i32 = 2099;

/// Which days are worked, laid out so that adding working days is two look-ups.
///
/// Years without a published notice are counted as if Monday to Friday were
/// working days, except the days off that the regulation itself names
/// (全国年节及纪念日放假办法); what lands in one is provisional (暂定).
#[derive(Debug, Clone)]
pub struct Calendar {
    version: u32,
    hours: BusinessHours,
    notices: BTreeMap<i32, YearNotice>,
    /// Days off by the regulation, with their names; a year's notice overrides them.
    statutory: BTreeMap<NaiveDate, String>,
    first: NaiveDate,
    /// `before[i]`: working days before day `i`, counted from `first`.
    before: Vec<u32>,
    /// The working days themselves, as offsets from `first`, ascending.
    working: Vec<u32>,
}

impl Calendar {
    /// `version` grows with each notice that is applied. A later notice of the same
    /// year replaces the earlier. `statutory`: the days off that the regulation names.
    pub fn new(
        version: u32,
        hours: BusinessHours,
        notices: impl IntoIterator<Item = YearNotice>,
        statutory: BTreeMap<NaiveDate, String>,
    ) -> Self {
        let notices: BTreeMap<i32, YearNotice> =
            notices.into_iter().map(|n| (n.year(), n)).collect();
        let first = NaiveDate::from_ymd_opt(FIRST_YEAR, 1, 1).unwrap_or_default();
        let mut before = Vec::new();
        let mut working = Vec::new();
        for (offset, day) in
            (0u32..).zip(first.iter_days().take_while(|day| day.year() <= LAST_YEAR))
        {
            before.push(u32::try_from(working.len()).unwrap_or(u32::MAX));
            if works(&notices, &statutory, day) {
                working.push(offset);
            }
        }
        before.push(u32::try_from(working.len()).unwrap_or(u32::MAX));
        Self {
            version,
            hours,
            notices,
            statutory,
            first,
            before,
            working,
        }
    }

    /// This calendar with what a notice says of one year or two, as the next version.
    pub fn with(&self, newer: impl IntoIterator<Item = YearNotice>) -> Self {
        let notices = self.notices.values().cloned().chain(newer);
        Self::new(
            self.version + 1,
            self.hours,
            notices,
            self.statutory.clone(),
        )
    }

    pub fn version(&self) -> u32 {
        self.version
    }

    /// The published years, ascending.
    pub fn years(&self) -> impl Iterator<Item = i32> {
        let whole = self.notices.values().filter(|notice| notice.is_whole());
        whole.map(YearNotice::year)
    }

    pub fn hours(&self) -> &BusinessHours {
        &self.hours
    }

    /// The notice of `year`, or what is known of it.
    pub fn notice(&self, year: i32) -> Option<&YearNotice> {
        self.notices.get(&year)
    }

    /// What the notices say of `day`.
    pub fn named(&self, day: NaiveDate) -> Option<&Named> {
        named(&self.notices, day)
    }

    /// The days of `year` that notices name, ascending.
    pub fn named_of(&self, year: i32) -> impl Iterator<Item = (NaiveDate, &Named)> {
        let of_both = [year, year + 1].into_iter();
        let days = of_both.filter_map(|year| self.notice(year));
        let days = days.flat_map(YearNotice::days).map(|(day, _)| day);
        let days: BTreeSet<_> = days.filter(|day| day.year() == year).collect();
        days.into_iter()
            .filter_map(|day| Some((day, self.named(day)?)))
    }

    /// Whether the whole notice of `year` is there.
    pub fn is_published(&self, year: i32) -> bool {
        self.notice(year).is_some_and(YearNotice::is_whole)
    }

    pub fn is_working(&self, day: NaiveDate) -> bool {
        works(&self.notices, &self.statutory, day)
    }

    /// Whether the regulation itself names it, whatever a notice says.
    pub fn is_statutory(&self, day: NaiveDate) -> bool {
        self.statutory.contains_key(&day)
    }

    /// The name of a day off that the regulation itself names and no notice speaks of yet.
    pub fn statutory(&self, day: NaiveDate) -> Option<&str> {
        if self.is_published(day.year()) {
            return None;
        }
        self.statutory.get(&day).map(String::as_str)
    }

    /// The holidays that the regulation names, each once, in the order of the year.
    pub fn statutory_names(&self) -> Vec<&str> {
        let mut names: Vec<&str> = Vec::new();
        // Two that fall on one day are named both: 中秋节、国庆节.
        for name in self.statutory.values().flat_map(|name| name.split('、')) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names
    }

    /// The days off of `year` that the regulation names, where its notice is not out.
    pub fn statutory_of(&self, year: i32) -> impl Iterator<Item = (NaiveDate, &str)> {
        let days = self.statutory.iter();
        let days = days.filter(move |(day, _)| day.year() == year && !self.is_published(year));
        days.map(|(day, name)| (*day, name.as_str()))
    }

    /// Working days from `first` to `last`, both included; 0 if `last` is earlier.
    pub fn working_days(&self, first: NaiveDate, last: NaiveDate) -> u32 {
        if last < first {
            return 0;
        }
        self.before[self.offset(last) + 1] - self.before[self.offset(first)]
    }

    /// The `n`-th working day after `day`, which itself does not count
    /// (民法典 art. 201). `n` = 0 is the last working day up to `day`.
    pub fn nth_after(&self, day: NaiveDate, n: u32) -> NaiveDate {
        let upto = self.before[self.offset(day) + 1];
        self.nth(upto + n)
    }

    /// The day on which what comes at `at` counts as received: that day if it is
    /// worked and not yet closed, else the next working day.
    pub fn receipt_day(&self, at: Instant) -> NaiveDate {
        let wall = local(at);
        let day = wall.date();
        if self.is_working(day) && wall.time() < self.hours.closing() {
            day
        } else {
            self.nth_after(day, 1)
        }
    }

    /// The first instant of business at or after `at`.
    pub fn next_open(&self, at: Instant) -> Instant {
        let wall = local(at);
        let today = wall.date();
        if self.is_working(today)
            && let Some(time) = self.hours.next_open(wall.time())
        {
            return instant(today, time);
        }
        instant(self.nth_after(today, 1), self.hours.opening())
    }

    /// Whether business is open at `at`.
    pub fn is_open(&self, at: Instant) -> bool {
        self.next_open(at) == at
    }

    /// The `n`-th working day before `day`, which itself does not count.
    pub fn nth_before(&self, day: NaiveDate, n: u32) -> NaiveDate {
        self.nth((self.before[self.offset(day)] + 1).saturating_sub(n))
    }

    /// The opening after `n` closings from `at` on: where a pause of `n` days ends.
    pub fn opening_after(&self, at: Instant, n: u32) -> Instant {
        instant(self.nth(self.closings(at) + n + 1), self.hours.opening())
    }

    /// Closings of working days before `at`: what a pause from one instant to
    /// another takes out of a limit in days is the difference.
    pub(super) fn closings(&self, at: Instant) -> u32 {
        let wall = local(at);
        let closed = self.is_working(wall.date()) && wall.time() > self.hours.closing();
        self.before[self.offset(wall.date())] + u32::from(closed)
    }

    /// Working days up to `day`, itself included.
    pub(super) fn ordinal(&self, day: NaiveDate) -> u32 {
        self.before[self.offset(day) + 1]
    }

    /// Business seconds that have passed before `at`.
    pub(super) fn seconds(&self, at: Instant) -> u64 {
        let wall = local(at);
        let days = u64::from(self.before[self.offset(wall.date())]);
        let today = if self.is_working(wall.date()) {
            self.hours.passed(wall.time())
        } else {
            0
        };
        days * self.hours.seconds() + today
    }

    /// The earliest instant before which `total` business seconds have passed: an
    /// end on the end of a span is that instant, not the start of the next span.
    pub(super) fn at_second(&self, total: u64) -> Instant {
        let total = total.max(1);
        let full = (total - 1) / self.hours.seconds();
        let day = self.nth(u32::try_from(full + 1).unwrap_or(u32::MAX));
        instant(day, self.hours.at(total - full * self.hours.seconds()))
    }

    /// Whether each year that the span touches is published.
    pub fn is_settled(&self, first: NaiveDate, last: NaiveDate) -> bool {
        (first.year()..=last.year()).all(|year| self.is_published(year))
    }

    /// Whether the year of `at` is published.
    pub fn is_settled_at(&self, at: Instant) -> bool {
        self.is_published(local(at).date().year())
    }

    /// The `k`-th working day of the whole calendar, counted from 1.
    pub(super) fn nth(&self, k: u32) -> NaiveDate {
        let index = usize::try_from(k.max(1) - 1).unwrap_or(usize::MAX);
        let offset = self.working.get(index).or(self.working.last());
        later(self.first, offset.copied().unwrap_or(0).into())
    }

    fn offset(&self, day: NaiveDate) -> usize {
        let days = (day - self.first).num_days().max(0);
        usize::try_from(days)
            .unwrap_or(0)
            .min(self.before.len() - 2)
    }
}

fn works(
    notices: &BTreeMap<i32, YearNotice>,
    statutory: &BTreeMap<NaiveDate, String>,
    day: NaiveDate,
) -> bool {
    match named(notices, day).map(|named| named.kind) {
        Some(Kind::Work) => true,
        Some(Kind::Off) => false,
        None if is_weekend(day) => false,
        None => {
            let notice = notices.get(&day.year());
            notice.is_some_and(YearNotice::is_whole) || !statutory.contains_key(&day)
        }
    }
}

/// Of December the next year's notice has the last word.
fn named(notices: &BTreeMap<i32, YearNotice>, day: NaiveDate) -> Option<&Named> {
    let says = |year: i32| notices.get(&year).and_then(|notice| notice.get(day));
    says(day.year() + 1).or_else(|| says(day.year()))
}
