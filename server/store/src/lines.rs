//! Lists as text: what parts their cells, and where a row stands, as an editor numbers
//! lines.

use csv::Position;

/// The line on which a record begins, from 1; `text` is the file. The reader passes over
/// blank lines before a record, and counts them as its own.
pub fn line_of(text: &str, begins: Option<&Position>) -> usize {
    let Some(begins) = begins else {
        return 0;
    };
    let number = |count: u64| usize::try_from(count).unwrap_or(0);
    let rest = text.as_bytes().get(number(begins.byte())..);
    let blank = rest.unwrap_or_default().iter();
    let blank = blank.take_while(|byte| matches!(byte, b'\n' | b'\r'));
    let ends = blank.filter(|byte| **byte == b'\n').count();
    number(begins.line()) + ends
}

/// What the cells of a list stand apart by: tabs where it was copied out of a spreadsheet.
pub fn delimiter(text: &str) -> u8 {
    let heading = text.lines().find(|line| !line.trim().is_empty());
    if heading.is_some_and(|heading| heading.contains('\t')) {
        b'\t'
    } else {
        b','
    }
}
