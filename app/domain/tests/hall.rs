//! The hall's list: as people fill it in.
#![allow(clippy::expect_used)]
#![allow(dead_code, reason = "the city serves several test files")]

mod city;

use city::{at, book};
use domain::hall::{COLUMNS, HallRow, Heading};
use domain::order::Urgency;
use domain::{Fault, Field, Refusal};

fn today() -> chrono::NaiveDate {
    chrono::NaiveDate::from_ymd_opt(2026, 11, 29).expect("a day")
}

fn row() -> HallRow {
    HallRow {
        enterprise: "柏川智能装备（虚构）".into(),
        title: "专线".into(),
        content: "未施工".into(),
        category: "水电气暖".into(),
        urgency: "特急".into(),
        township: "laiji".into(),
        contact_name: "王敏".into(),
        contact_phone: "13800000000".into(),
        project: String::new(),
        happened: "2026/11/02 09:30".into(),
    }
}

#[test]
fn a_row_is_read_as_offices_write_it() {
    let entry = row().parse(&book().directory, today()).expect("right");
    assert_eq!(entry.happened, Some(at("2026-11-02T09:30")));
    assert_eq!(entry.placement.urgency, Urgency::Critical);
    assert_eq!(entry.placement.category, "utility");
    let short = HallRow {
        happened: "11月2日 上午9:30".into(),
        ..row()
    };
    let short = short
        .parse(&book().directory, today())
        .expect("this year's");
    assert_eq!(short.happened, entry.happened);
    let plain = HallRow {
        urgency: String::new(),
        happened: String::new(),
        ..row()
    };
    let entry = plain.parse(&book().directory, today()).expect("right");
    assert_eq!(entry.placement.urgency, Urgency::Normal);
    assert_eq!(entry.happened, None);
}

#[test]
fn every_fault_of_a_row_is_named() {
    let wrong = HallRow {
        enterprise: String::new(),
        category: "天气".into(),
        township: "别处".into(),
        contact_phone: "无".into(),
        happened: "昨天".into(),
        ..row()
    };
    let Err(Refusal::Invalid { faults }) = wrong.parse(&book().directory, today()) else {
        panic!("it is wrong");
    };
    let named: Vec<(Field, Fault)> = faults
        .into_iter()
        .map(|fault| (fault.field, fault.fault))
        .collect();
    assert_eq!(
        named,
        [
            (Field::EnterpriseName, Fault::Empty),
            (Field::HappenedAt, Fault::NotATime),
            (Field::Category, Fault::Unknown),
            (Field::Township, Fault::Unknown),
            (Field::ContactPhone, Fault::NotATelephone),
        ]
    );
}

#[test]
fn columns_are_found_by_their_headings() {
    let cells = |cells: &[&str]| cells.iter().map(ToString::to_string).collect::<Vec<_>>();
    let headings = [
        "标 题*",
        "备注",
        "*企业\n名称（必填）",
        "乡镇(街道)：",
        "电话",
    ];
    let heading = Heading::of(&cells(&headings)).expect("headings");
    let row = HallRow::of(&heading, &cells(&["专线", "不相干", " 柏川 ", "来集镇"]));
    assert_eq!(row.title, "专线");
    assert_eq!(row.enterprise, "柏川");
    assert_eq!(row.township, "来集镇");
    assert!(HallRow::of(&heading, &[]).is_empty());
    assert_eq!(heading.missing(), ["具体情况", "类别", "联系人"]);
    assert_eq!(Heading::of(&cells(&["柏川", "标题", "类别"])), None);
    assert!(COLUMNS.iter().filter(|column| column.needed).count() >= 7);
}
