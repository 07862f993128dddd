//! Working days, deadlines, lights and the ladder (domain rules §4).
#![allow(clippy::expect_used)]
#![allow(dead_code, reason = "the city serves several test files")]

mod city;

use chrono::{Datelike, Weekday};
use city::{at, calendar};
use domain::time::deadline::{deadline, past, yellow};
use domain::time::notice::{Doubt, Kind, NoticeFault, NoticeRow, RowFault};
use domain::time::receipt::{Counted, Why, receipt};
use domain::time::remaining::{Remaining, remaining};
use domain::time::{Calendar, Limit, Notice, Span, YearNotice, local, rfc3339};
use proptest::prelude::*;

fn day(text: &str) -> chrono::NaiveDate {
    text.parse().expect("a date")
}

#[test]
fn every_vector_ends_when_it_says() {
    let calendar = calendar();
    let vectors = include_str!("due-vectors.csv");
    let mut read = 0;
    for row in csv::Reader::from_reader(vectors.as_bytes()).records() {
        let row = row.expect("a row");
        let amount = row[2].parse().expect("an amount");
        let limit = match &row[1] {
            "days" => Limit::Days(amount),
            _ => Limit::Hours(amount),
        };
        let due = deadline(&calendar, at(&row[0]), limit, &[]);
        assert_eq!(due.at, at(&row[3]), "{} + {limit:?}: {}", &row[0], &row[4]);
        assert!(!due.provisional, "{}", &row[0]);
        read += 1;
    }
    assert_eq!(read, 22);
}

/// Each: received, limit, end; found on a wall calendar.
#[test]
fn natural_days_and_months_end_on_working_days() {
    use Limit::{Months, NaturalDays};
    for (received, limit, end, why) in [
        (
            "2026-11-02T10:00",
            NaturalDays(10),
            "2026-11-12T17:00",
            "the day of receipt is not counted",
        ),
        (
            "2026-11-02T10:00",
            NaturalDays(5),
            "2026-11-09T17:00",
            "7 November is a Saturday",
        ),
        (
            "2026-09-24T10:00",
            NaturalDays(7),
            "2026-10-08T17:00",
            "1 October begins the holidays",
        ),
        (
            "2026-11-06T17:00",
            NaturalDays(1),
            "2026-11-09T17:00",
            "received on Friday, whatever the hour; the 7th is a Saturday",
        ),
        (
            "2026-10-01T10:00",
            Months(1),
            "2026-11-02T17:00",
            "received in the holidays; 1 November is a Sunday",
        ),
        (
            "2026-05-29T10:00",
            Months(3),
            "2026-08-31T17:00",
            "29 August is a Saturday",
        ),
        (
            "2026-01-30T10:00",
            Months(1),
            "2026-02-28T17:00",
            "a make-up workday, and the last of the month",
        ),
        (
            "2026-03-31T10:00",
            Months(1),
            "2026-04-30T17:00",
            "no 31 April",
        ),
        (
            "2025-02-10T10:00",
            Months(24),
            "2027-02-10T17:00",
            "two years",
        ),
    ] {
        let due = deadline(&calendar(), at(received), limit, &[]);
        assert_eq!(
            rfc3339(due.at),
            format!("{end}:00+08:00"),
            "{received} {limit:?}: {why}"
        );
    }
    let paused = [Span {
        from: at("2026-11-04T09:00"),
        until: at("2026-11-06T09:00"),
    }];
    let due = deadline(
        &calendar(),
        at("2026-11-02T10:00"),
        NaturalDays(10),
        &paused,
    );
    assert_eq!(
        due.at,
        at("2026-11-16T17:00"),
        "two closings stood still, and the 14th is a Saturday"
    );
    // It stands still on the day on which it would end.
    let paused = [Span {
        from: at("2026-11-07T09:00"),
        until: at("2026-11-10T09:00"),
    }];
    let due = deadline(&calendar(), at("2026-11-02T10:00"), NaturalDays(5), &paused);
    assert_eq!(due.at, at("2026-11-10T17:00"));
}

#[test]
fn both_published_years_have_248_working_days() {
    let day = |text: &str| text.parse().expect("a date");
    for (first, last) in [("2025-01-01", "2025-12-31"), ("2026-01-01", "2026-12-31")] {
        assert_eq!(
            calendar().working_days(day(first), day(last)),
            248,
            "{first}"
        );
    }
}

#[test]
fn a_deadline_in_an_unpublished_year_is_provisional() {
    let due = deadline(&calendar(), at("2026-12-30T10:00"), Limit::Days(5), &[]);
    assert_eq!(
        (rfc3339(due.at).as_str(), due.provisional),
        ("2027-01-07T17:00:00+08:00", true)
    );
}

#[test]
fn days_off_of_the_regulation_are_known_before_the_notice() {
    let calendar = calendar();
    let off = [
        "2027-01-01",
        "2027-02-05",
        "2027-02-08",
        "2027-04-05",
        "2027-06-09",
        "2027-09-15",
        "2027-10-01",
    ];
    let weekdays = day("2027-01-01").iter_days().take(365);
    let weekdays = weekdays.filter(|day| !matches!(day.weekday(), Weekday::Sat | Weekday::Sun));
    let found: Vec<String> = weekdays
        .filter(|day| !calendar.is_working(*day))
        .map(|day| day.to_string())
        .collect();
    assert_eq!(found, off);
    let due = deadline(&calendar, at("2026-12-30T10:00"), Limit::Days(2), &[]);
    assert_eq!((due.at, due.provisional), (at("2027-01-04T17:00"), true));
    let walked = receipt(&calendar, at("2026-12-30T10:00"), Limit::Days(2), &[]);
    assert_eq!(walked.due, due);
    // A published year goes by its notice alone.
    let mut notice = YearNotice::new(2027);
    notice
        .add(day("2027-02-05"), "春节".into(), Kind::Off)
        .expect("right");
    assert!(calendar.with([notice]).is_working(day("2027-01-01")));
}

fn rows(rows: &[(&str, &str, &str)]) -> Vec<NoticeRow> {
    let numbered = rows.iter().zip(2..);
    numbered
        .map(|((date, name, kind), row)| NoticeRow {
            row,
            date: (*date).into(),
            name: (*name).into(),
            kind: (*kind).into(),
        })
        .collect()
}

#[test]
fn a_notice_gives_the_year_before_its_days_of_december_and_takes_nothing_from_it() {
    let calendar = calendar();
    let notice = rows(&[
        ("2026-12-30", "元旦", "off"),
        ("2027-01-01", "元旦", "off"),
        ("2026-12-27", "元旦调休上班", "work"),
        ("2027年2月5日", "春节", "放假"),
    ]);
    let backwards: Vec<_> = notice.iter().rev().cloned().collect();
    let notice = Notice::from_rows(&notice).expect("right");
    let same = Notice::from_rows(&backwards).expect("right in any order");
    assert_eq!(notice.year(), 2027);
    assert_eq!(notice, same);
    let reading = notice.read_into(&calendar, true).expect("right");
    let after = calendar.with(reading.years);
    assert!(after.is_published(2026) && after.is_published(2027));
    assert!(!after.is_working(day("2026-12-30")) && after.is_working(day("2026-12-27")));
    assert!(!after.is_working(day("2026-10-01")), "what was there stays");
}

#[test]
fn of_a_december_day_the_next_years_notice_has_the_last_word_in_whatever_order_they_come() {
    let calendar = calendar();
    let december = |days: &[(&str, &str, &str)]| {
        let january = [("2027-01-01", "元旦", "off")];
        let notice = Notice::from_rows(&rows(&[days, &january].concat()));
        notice.expect("right")
    };
    let of_2027 = december(&[("2026-12-31", "元旦", "off")]);
    let own: Vec<_> = calendar.notice(2026).expect("known").days().collect();
    let own: Vec<(String, &str, &str)> = own
        .iter()
        .map(|(day, named)| (day.to_string(), named.name.as_str(), named.kind.name()))
        .collect();
    let own: Vec<_> = own.iter().map(|(d, n, k)| (d.as_str(), *n, *k)).collect();
    let of_2026 = Notice::from_rows(&rows(&own)).expect("right");
    let read = |calendar: &Calendar, notice: &Notice| {
        calendar.with(notice.read_into(calendar, true).expect("right").years)
    };
    let last = day("2026-12-31");
    let after = read(&calendar, &of_2027);
    assert!(calendar.is_working(last) && !after.is_working(last));
    let after = read(&after, &of_2026);
    assert!(
        !after.is_working(last),
        "the older notice takes nothing from it"
    );

    let supplement = rows(&[("2026-12-30", "临时放假", "off")]);
    let supplement = Notice::from_rows(&supplement).expect("right");
    let added = after.with(supplement.read_into(&after, false).expect("right").years);
    assert!(!added.is_working(last) && !added.is_working(day("2026-12-30")));

    let mended = read(&after, &december(&[]));
    assert!(
        mended.is_working(last),
        "taken back by the notice that named it"
    );

    let wrong = read(&calendar, &december(&[("2026-12-27", "元旦", "off")]));
    let mend = rows(&[("2026-12-27", "元旦调休上班", "work")]);
    let mend = Notice::from_rows(&mend).expect("right");
    let mended = wrong.with(mend.read_into(&wrong, false).expect("right").years);
    assert!(
        mended.is_working(day("2026-12-27")),
        "a correction of one day holds"
    );
    let named: Vec<_> = mended.named_of(2026).map(|(day, _)| day).collect();
    assert!(named.contains(&day("2026-12-27")) && named.is_sorted());
}

#[test]
fn a_supplement_is_added_and_what_does_not_look_whole_settles_nothing() {
    let calendar = calendar();
    let supplement = rows(&[
        ("2026-12-24", "临时放假", "off"),
        ("2026-12-26", "临时放假调休上班", "work"),
    ]);
    let supplement = Notice::from_rows(&supplement).expect("right");
    let reading = supplement.read_into(&calendar, false).expect("right");
    assert!(!reading.whole && !reading.doubts.is_empty());
    let after = calendar.with(reading.years);
    let known = |calendar: &Calendar| calendar.notice(2026).map_or(0, |n| n.days().count());
    assert_eq!(known(&after), known(&calendar) + 2);
    let due = deadline(&after, at("2026-09-30T16:20"), Limit::Days(5), &[]);
    assert_eq!(due.at, at("2026-10-13T17:00"));

    // A weekday that was entered wrongly is a workday again; one of the regulation is not.
    let back = |date: &str| Notice::from_rows(&rows(&[(date, "误录", "work")])).expect("right");
    let taken = back("2026-12-24").read_into(&after, false).expect("right");
    let taken = after.with(taken.years);
    assert_eq!(known(&taken), known(&calendar) + 1);
    assert!(taken.is_working(day("2026-12-24")));
    for (date, whole) in [("2026-11-04", false), ("2026-12-24", true)] {
        let refused = back(date).read_into(&after, whole);
        let fault = NoticeFault::WeekdayMadeUp(day(date));
        assert_eq!(refused, Err(vec![RowFault { row: 2, fault }]), "{date}");
    }

    let line = Notice::from_rows(&rows(&[("2027-01-01", "元旦", "off")])).expect("right");
    let reading = line.read_into(&calendar, false).expect("right");
    let missing = Doubt::NotNamed {
        holidays: ["春节", "清明节", "劳动节", "端午节", "国庆节", "中秋节"]
            .map(str::to_owned)
            .into(),
    };
    assert_eq!(reading.doubts[0], missing);
    assert!(!calendar.with(reading.years).is_published(2027));
    let insisted = line.read_into(&calendar, true).expect("right");
    assert!(calendar.with(insisted.years).is_published(2027));
}

#[test]
fn two_years_in_one_file_and_an_empty_one_are_refused_by_their_rows() {
    let two = rows(&[("2027-01-01", "元旦", "off"), ("2028-01-03", "元旦", "off")]);
    let faults = Notice::from_rows(&two).expect_err("two years");
    assert_eq!(faults.len(), 1);
    assert_eq!(faults[0].row, 2);
    assert_eq!(
        faults[0].fault,
        NoticeFault::OtherYear(day("2027-01-01"), 2028)
    );
    assert!(Notice::from_rows(&[]).is_err());
}

fn span(from: &str, until: &str) -> Span {
    Span {
        from: at(from),
        until: at(until),
    }
}

#[test]
fn a_pause_takes_out_exactly_the_days_whose_closing_lies_in_it() {
    // Received on Monday 2026-11-02; five working days end on Monday 11-09.
    let cases = [
        (
            "2026-11-03T10:00",
            "2026-11-03T10:00",
            "2026-11-09",
            "a pause of nothing",
        ),
        (
            "2026-11-03T10:00",
            "2026-11-03T16:59",
            "2026-11-09",
            "no closing in it",
        ),
        (
            "2026-11-03T10:00",
            "2026-11-03T17:00",
            "2026-11-09",
            "until the closing, half-open",
        ),
        (
            "2026-11-03T10:00",
            "2026-11-03T17:01",
            "2026-11-10",
            "one closing",
        ),
        (
            "2026-11-03T17:00",
            "2026-11-04T09:00",
            "2026-11-10",
            "from the closing on",
        ),
        (
            "2026-11-03T17:01",
            "2026-11-04T09:00",
            "2026-11-09",
            "a night",
        ),
        (
            "2026-11-06T18:00",
            "2026-11-09T09:00",
            "2026-11-09",
            "a weekend",
        ),
        (
            "2026-11-02T09:00",
            "2026-11-04T09:00",
            "2026-11-10",
            "the day of receipt did not count",
        ),
        (
            "2026-11-09T17:00",
            "2026-11-10T09:00",
            "2026-11-10",
            "at the deadline's own closing",
        ),
        (
            "2026-11-09T17:01",
            "2026-11-20T09:00",
            "2026-11-09",
            "after the deadline",
        ),
        (
            "2026-11-03T10:00",
            "2026-11-20T09:00",
            "2026-11-26",
            "thirteen days, over the deadline",
        ),
    ];
    for (from, until, expected, why) in cases {
        let due = deadline(
            &calendar(),
            at("2026-11-02T10:00"),
            Limit::Days(5),
            &[span(from, until)],
        );
        assert_eq!(due.at, at(&format!("{expected}T17:00")), "{why}");
    }
}

#[test]
fn a_pause_takes_its_business_time_out_of_hours() {
    // Two hours from 11:00 end at 14:00, over lunch.
    let cases = [
        (
            "2026-11-02T11:30",
            "2026-11-02T12:30",
            "2026-11-02T14:30",
            "half an hour of business",
        ),
        (
            "2026-11-02T12:00",
            "2026-11-02T13:00",
            "2026-11-02T14:00",
            "lunch only",
        ),
        (
            "2026-11-02T13:30",
            "2026-11-03T10:00",
            "2026-11-03T10:30",
            "over the night",
        ),
        (
            "2026-11-02T14:00",
            "2026-11-02T16:00",
            "2026-11-02T14:00",
            "from its end on",
        ),
        (
            "2026-11-02T10:00",
            "2026-11-02T11:30",
            "2026-11-02T14:30",
            "from before receipt",
        ),
    ];
    for (from, until, expected, why) in cases {
        let due = deadline(
            &calendar(),
            at("2026-11-02T11:00"),
            Limit::Hours(2),
            &[span(from, until)],
        );
        assert_eq!(due.at, at(expected), "{why}");
    }
}

#[test]
fn a_receipt_says_of_each_day_whether_it_counted_and_why() {
    let pauses = [span("2026-10-09T10:00", "2026-10-12T09:00")];
    let receipt = receipt(&calendar(), at("2026-09-29T17:30"), Limit::Days(3), &pauses);
    let off = || Why::DayOff("国庆节".into());
    let told: Vec<_> = receipt
        .days
        .iter()
        .map(|day| (day.date.to_string(), day.counted, day.why.clone()))
        .collect();
    let mut expected = vec![
        ("2026-09-29".to_owned(), Counted::Not, Why::AfterClosing),
        ("2026-09-30".to_owned(), Counted::Not, Why::Received),
    ];
    for day in 1..=7 {
        expected.push((format!("2026-10-0{day}"), Counted::Not, off()));
    }
    expected.extend([
        ("2026-10-08".to_owned(), Counted::Day(1), Why::Working),
        ("2026-10-09".to_owned(), Counted::Not, Why::Paused),
        ("2026-10-10".to_owned(), Counted::Not, Why::Paused),
        ("2026-10-11".to_owned(), Counted::Not, Why::Weekend),
        ("2026-10-12".to_owned(), Counted::Day(2), Why::Working),
        ("2026-10-13".to_owned(), Counted::Day(3), Why::Working),
    ]);
    assert_eq!(told, expected);
    assert_eq!(receipt.due.at, at("2026-10-13T17:00"));
}

#[test]
fn a_time_is_read_in_whole_seconds_and_a_leap_second_is_none() {
    let read = |text| domain::time::parse(text).map(rfc3339);
    let noon = Some("2026-11-24T12:00:00+08:00".to_owned());
    assert_eq!(read("2026-11-24T12:00:00.9+08:00"), noon);
    assert_eq!(read("2026-11-24T04:00:00Z"), noon);
    assert_eq!(read("2026-11-24T11:59:60+08:00"), None);
}

#[test]
fn the_light_turns_yellow_on_the_counted_day_of_the_table() {
    let calendar = calendar();
    // 2026-11-02 is a Monday in a month without days off.
    let table = [(1, 1), (2, 2), (3, 3), (5, 5), (7, 6), (15, 12), (30, 22)];
    for (limit, counted) in table {
        let received = at("2026-10-30T10:00");
        let day = calendar.nth_after(local(received).date(), counted);
        let expected = at(&format!("{day}T09:00"));
        assert_eq!(
            yellow(&calendar, received, Limit::Days(limit), 70, &[]),
            expected,
            "{limit} days"
        );
    }
    let hours = yellow(&calendar, at("2026-11-23T11:00"), Limit::Hours(2), 70, &[]);
    assert_eq!(hours, at("2026-11-23T13:24"), "84 minutes, over lunch");
}

#[test]
fn a_level_fires_only_when_business_is_open() {
    let cases = [
        (
            "2026-11-20T17:00",
            0,
            "2026-11-23T09:00",
            "closing on a Friday: Monday's opening",
        ),
        (
            "2026-11-23T12:00",
            0,
            "2026-11-23T13:00",
            "the end of the morning: after lunch",
        ),
        (
            "2026-11-23T11:00",
            0,
            "2026-11-23T11:00",
            "within business: that instant",
        ),
        (
            "2026-11-20T17:00",
            3,
            "2026-11-26T09:00",
            "the fourth working day after",
        ),
        ("2026-11-20T17:00", 5, "2026-11-30T09:00", "over a weekend"),
        (
            "2026-09-30T17:00",
            0,
            "2026-10-08T09:00",
            "over the National Day week",
        ),
        (
            "2026-09-30T17:00",
            3,
            "2026-10-12T09:00",
            "08, 09, make-up Saturday 10, Monday 12",
        ),
    ];
    for (due, days, expected, why) in cases {
        assert_eq!(past(&calendar(), at(due), days, &[]), at(expected), "{why}");
    }
}

#[test]
fn levels_leave_out_standstills_and_never_fall_into_one() {
    let due = at("2026-06-10T17:00");
    let still = span("2026-06-15T17:30", "2026-06-23T09:02");
    let cases = [
        (0, "2026-06-11T09:00", "before it nothing changes"),
        (
            3,
            "2026-06-23T09:02",
            "the fourth day opens while it stands still",
        ),
        (5, "2026-06-25T09:00", "the days in between do not count"),
    ];
    for (days, expected, why) in cases {
        assert_eq!(
            past(&calendar(), due, days, &[still]),
            at(expected),
            "{why}"
        );
    }
    let night = span("2026-01-05T00:27", "2026-01-09T17:23");
    assert_eq!(
        past(&calendar(), at("2026-01-04T17:00"), 0, &[night]),
        at("2026-01-12T09:00"),
        "a deadline that stands still at the next opening fires after it"
    );
    let morning = span("2026-06-11T08:30", "2026-06-11T10:15");
    assert_eq!(
        past(&calendar(), due, 0, &[morning]),
        at("2026-06-11T10:15"),
        "at the instant where it ends, in business time"
    );
}

#[test]
fn what_remains_is_said_in_working_days() {
    let cases = [
        (
            "2026-11-25T17:00",
            "2026-11-23T10:00",
            Remaining::WorkingDays(2),
            "Monday to Wednesday",
        ),
        (
            "2026-11-23T17:00",
            "2026-11-23T10:00",
            Remaining::Today,
            "today",
        ),
        (
            "2026-11-23T17:00",
            "2026-11-23T17:00",
            Remaining::Today,
            "its last instant",
        ),
        (
            "2026-11-23T17:00",
            "2026-11-23T17:01",
            Remaining::Overdue(0),
            "just past",
        ),
        (
            "2026-11-20T17:00",
            "2026-11-23T10:00",
            Remaining::Overdue(0),
            "the first day runs",
        ),
        (
            "2026-11-20T17:00",
            "2026-11-23T17:00",
            Remaining::Overdue(1),
            "the first day is over",
        ),
        (
            "2026-11-20T17:00",
            "2026-11-26T09:00",
            Remaining::Overdue(3),
            "as the ladder counts",
        ),
        (
            "2026-10-09T17:00",
            "2026-10-01T10:00",
            Remaining::WorkingDays(2),
            "from a day off",
        ),
        (
            "2026-11-20T17:00",
            "2026-11-22T10:00",
            Remaining::Overdue(0),
            "a weekend adds nothing",
        ),
    ];
    for (due, now, expected, why) in cases {
        assert_eq!(remaining(&calendar(), at(due), at(now)), expected, "{why}");
    }
}

#[test]
fn a_notice_with_a_wrong_day_is_refused() {
    let day = |text: &str| text.parse().expect("a date");
    let mut notice = YearNotice::new(2026);
    let mut add = |text: &str, kind| notice.add(day(text), "国庆节".into(), kind);
    assert_eq!(add("2026-10-01", Kind::Off), Ok(()));
    let cases = [
        (
            "2026-10-01",
            Kind::Off,
            NoticeFault::Twice(day("2026-10-01")),
        ),
        (
            "2027-01-01",
            Kind::Off,
            NoticeFault::OtherYear(day("2027-01-01"), 2026),
        ),
        (
            "2026-10-09",
            Kind::Work,
            NoticeFault::WeekdayMadeUp(day("2026-10-09")),
        ),
    ];
    for (text, kind, fault) in cases {
        assert_eq!(add(text, kind), Err(fault));
    }
}

/// Steps day by day with the weekday and the notices, sharing nothing with the
/// engine but the question whether a day is worked.
fn walked(calendar: &Calendar, from: chrono::NaiveDate, days: u16) -> chrono::NaiveDate {
    from.iter_days()
        .skip(1)
        .filter(|day| calendar.is_working(*day))
        .nth(usize::from(days) - 1)
        .expect("the calendar goes on")
}

/// Up to three pauses, ascending and apart, from minutes after `start`.
fn pauses(start: domain::Instant, mut minutes: Vec<i64>) -> Vec<Span> {
    minutes.sort_unstable();
    minutes.dedup();
    let at = |minute: i64| start + chrono::Duration::minutes(minute);
    let span = |pair: &[i64]| Span {
        from: at(pair[0]),
        until: at(pair[1]),
    };
    minutes.chunks_exact(2).map(span).collect()
}

const UNITS: [fn(u16) -> Limit; 4] = [Limit::Days, Limit::Hours, Limit::NaturalDays, Limit::Months];

proptest! {
    #[test]
    fn receipt_and_deadline_agree(
        minute in 0i64..900_000, amount in 1u16..40, unit in 0usize..4,
        gaps in proptest::collection::vec(0i64..60_000, 0..7),
    ) {
        let calendar = calendar();
        let received = at("2025-01-01T00:00") + chrono::Duration::minutes(minute);
        let limit = UNITS[unit](amount);
        let pauses = pauses(received, gaps);
        let due = deadline(&calendar, received, limit, &pauses);
        let receipt = receipt(&calendar, received, limit, &pauses);
        prop_assert_eq!(receipt.due, due);
        let last = receipt.days.last().map(|day| day.date);
        prop_assert_eq!(last, Some(local(due.at).date()));
    }

    #[test]
    fn a_pause_of_nothing_moves_nothing(
        minute in 0i64..900_000, amount in 1u16..40, unit in 0usize..4, gap in 0i64..60_000,
    ) {
        let calendar = calendar();
        let received = at("2025-01-01T00:00") + chrono::Duration::minutes(minute);
        let limit = UNITS[unit](amount);
        let from = received + chrono::Duration::minutes(gap);
        let nothing = [Span { from, until: from }];
        let due = deadline(&calendar, received, limit, &nothing);
        prop_assert_eq!(due, deadline(&calendar, received, limit, &[]));
    }

    #[test]
    fn a_pause_never_brings_a_deadline_forward(
        minute in 0i64..900_000, amount in 1u16..40, unit in 0usize..4,
        gaps in proptest::collection::vec(0i64..60_000, 2..7),
    ) {
        let calendar = calendar();
        let received = at("2025-01-01T00:00") + chrono::Duration::minutes(minute);
        let limit = UNITS[unit](amount);
        let paused = deadline(&calendar, received, limit, &pauses(received, gaps)).at;
        prop_assert!(paused >= deadline(&calendar, received, limit, &[]).at);
    }

    #[test]
    fn adding_days_equals_walking_them(minute in 0i64..1_000_000, days in 1u16..200) {
        let calendar = calendar();
        let received = at("2025-01-01T00:00") + chrono::Duration::minutes(minute);
        let first = calendar.receipt_day(received);
        let due = deadline(&calendar, received, Limit::Days(days), &[]);
        prop_assert_eq!(local(due.at).date(), walked(&calendar, first, days));
    }

    #[test]
    fn adding_days_is_additive(minute in 0i64..1_000_000, a in 1u16..100, b in 1u16..100) {
        let calendar = calendar();
        let day = local(at("2025-01-01T00:00") + chrono::Duration::minutes(minute)).date();
        let split = calendar.nth_after(calendar.nth_after(day, a.into()), b.into());
        prop_assert_eq!(split, calendar.nth_after(day, (a + b).into()));
    }

    #[test]
    fn a_later_start_never_has_an_earlier_deadline(
        minute in 0i64..1_000_000, later in 0i64..10_000, amount in 1u16..60, unit in 0usize..4,
    ) {
        let calendar = calendar();
        let start = at("2025-01-01T00:00") + chrono::Duration::minutes(minute);
        let limit = UNITS[unit](amount);
        let first = deadline(&calendar, start, limit, &[]).at;
        let second = deadline(&calendar, start + chrono::Duration::minutes(later), limit, &[]).at;
        prop_assert!(first <= second);
    }
}
