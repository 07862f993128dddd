//! What may be placed, and every fault of a draft named at once.
#![allow(clippy::expect_used)]
#![allow(dead_code, reason = "the city serves several test files")]

mod city;

use city::{book, draft};
use domain::order::Placement;
use domain::order::placement::Draft;
use domain::{Fault, Field, Refusal};

fn faults(draft: &Draft) -> Vec<(Field, Fault)> {
    match Placement::parse(draft, &book().directory) {
        Ok(_) => Vec::new(),
        Err(Refusal::Invalid { faults }) => {
            faults.into_iter().map(|f| (f.field, f.fault)).collect()
        }
        Err(other) => panic!("{other}"),
    }
}

#[test]
fn a_draft_names_every_fault_at_once() {
    assert_eq!(faults(&draft()), []);
    let empty = faults(&Draft::default());
    assert_eq!(empty.len(), 7);
    assert!(empty.iter().all(|(_, fault)| *fault == Fault::Empty));
}

#[test]
fn each_field_is_read_with_its_bounds() {
    let change = |apply: fn(&mut Draft)| {
        let mut draft = draft();
        apply(&mut draft);
        faults(&draft)
    };
    assert_eq!(change(|d| d.title = "字".repeat(80)), []);
    assert_eq!(
        change(|d| d.title = "字".repeat(81)),
        [(Field::Title, Fault::TooLong { max: 80, is: 81 })]
    );
    assert_eq!(change(|d| d.content = "字".repeat(5000)), []);
    assert_eq!(
        change(|d| d.content = "字".repeat(5001)),
        [(
            Field::Content,
            Fault::TooLong {
                max: 5000,
                is: 5001
            }
        )]
    );
    assert_eq!(
        change(|d| d.category = "poetry".into()),
        [(Field::Category, Fault::Unknown)]
    );
    assert_eq!(
        change(|d| d.urgency = "now".into()),
        [(Field::Urgency, Fault::Unknown)]
    );
    assert_eq!(
        change(|d| d.township = "gd".into()),
        [(Field::Township, Fault::Unknown)]
    );
    assert_eq!(
        change(|d| d.project = "省重点".into()),
        [(Field::Project, Fault::NotAProjectNumber)]
    );
    assert_eq!(
        change(|d| d.contact_phone = "call me".into()),
        [(Field::ContactPhone, Fault::NotATelephone)]
    );
}
