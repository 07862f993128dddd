//! A list of the hall as rows: of a spreadsheet, or of a CSV in either of the ways in
//! which offices save one.

use std::fs::File;
use std::io::BufReader;
use std::path::Path;

use app::serve::hall::Numbered;
use calamine::{Data, DataRef, Reader, Xlsx, open_workbook};
use domain::hall::{COLUMNS, HallRow};
use domain::{Fault, Field, FieldFault, FileKind, FileName};
use encoding_rs::GBK;
use zip::ZipArchive;

use super::content::look_into;

/// Rows of one list at most.
pub const MOST: usize = 2_000;
/// What a spreadsheet unpacks to at most, in bytes: it is read into memory.
const UNPACKED: u64 = 32 * 1024 * 1024;
/// The headings stand in one of the first rows: a title may stand above them.
const HEAD: usize = 5;
/// A list reaches so far at most, empty rows included. The bounds are asked before
/// anything is laid out: a sheet names its cells itself, and may name the millionth.
const REACH: usize = 20_000;
/// What stands further to the right stands under no heading.
const WIDTH: usize = 50;
/// Text of all cells together, in bytes: one shared string may stand in many cells.
const TEXT: usize = 16 * 1024 * 1024;

/// The rows under the headings; empty ones are left out. `name` is what the file is
/// called where it comes from.
pub fn read(path: &Path, name: &str) -> Result<Numbered, FieldFault> {
    let is_csv = name.to_lowercase().ends_with(".csv");
    let table = if is_csv { of_csv(path) } else { of_xlsx(path) };
    table.and_then(|table| rows(&table)).map_err(fault)
}

fn fault(fault: Fault) -> FieldFault {
    FieldFault {
        field: Field::Sheet,
        fault,
    }
}

type Table = Vec<Vec<String>>;

fn rows(table: &Table) -> Result<Numbered, Fault> {
    let is_head = |row: &Vec<String>| {
        let found = COLUMNS.iter().filter(|column| holds(row, column.heading));
        found.count() >= 3
    };
    let head = table.iter().take(HEAD).position(is_head);
    let Some(head) = head else {
        let name = COLUMNS[0].heading.to_owned();
        return Err(Fault::NoColumn { name });
    };
    let headings = &table[head];
    let missing = |heading: &str| !holds(headings, heading);
    let needed = COLUMNS.iter().filter(|column| column.needed);
    if let Some(column) = needed.into_iter().find(|column| missing(column.heading)) {
        let name = column.heading.to_owned();
        return Err(Fault::NoColumn { name });
    }
    let beneath = (head + 2..).zip(&table[head + 1..]);
    let read = beneath.map(|(number, cells)| {
        let row = HallRow::of(|heading| {
            let at = headings.iter().position(|cell| cell.trim() == heading)?;
            cells.get(at).map(String::as_str)
        });
        (number, row)
    });
    let rows: Numbered = read.filter(|(_, row)| !row.is_empty()).collect();
    match rows.len() {
        0 => Err(Fault::NoRows),
        is if is > MOST => Err(Fault::TooManyRows { max: MOST, is }),
        _ => Ok(rows),
    }
}

fn holds(row: &[String], heading: &str) -> bool {
    row.iter().any(|cell| cell.trim() == heading)
}

fn of_csv(path: &Path) -> Result<Table, Fault> {
    let bytes = std::fs::read(path).map_err(|_| Fault::NotASheet)?;
    let text = match std::str::from_utf8(&bytes) {
        Ok(text) => text.trim_start_matches('\u{FEFF}').to_owned(),
        // As WPS and Excel save a CSV in China.
        Err(_) => {
            let (text, _, broken) = GBK.decode(&bytes);
            if broken {
                return Err(Fault::NotASheet);
            }
            text.into_owned()
        }
    };
    if text.contains('\0') {
        return Err(Fault::NotASheet);
    }
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut table = Table::new();
    for record in reader.records() {
        let record = record.map_err(|_| Fault::NotASheet)?;
        reaches(table.len() + 1)?;
        table.push(record.iter().take(WIDTH).map(str::to_owned).collect());
    }
    Ok(table)
}

fn of_xlsx(path: &Path) -> Result<Table, Fault> {
    let name = FileName::parse("list.xlsx").map_err(|fault| fault.fault)?;
    match look_into(path, &name) {
        Ok(FileKind::Xlsx) => {}
        Ok(_) => return Err(Fault::NotASheet),
        Err(fault) => {
            return Err(match fault.fault {
                Fault::NotTaken { .. } | Fault::NotWhatItSays { .. } => Fault::NotASheet,
                fault => fault,
            });
        }
    }
    if unpacked(path)? > UNPACKED {
        return Err(Fault::ArchiveBursts);
    }
    let mut book: Xlsx<BufReader<File>> =
        open_workbook(path).map_err(|_: calamine::XlsxError| Fault::NotASheet)?;
    let first = book.sheet_names().first().cloned();
    let first = first.ok_or(Fault::NoRows)?;
    let mut cells = book
        .worksheet_cells_reader(&first)
        .map_err(|_| Fault::NotASheet)?;
    let (mut table, mut left) = (Table::new(), TEXT);
    while let Some(found) = cells.next_cell().map_err(|_| Fault::NotASheet)? {
        let (row, column) = found.get_position();
        let (row, column) = (row as usize, column as usize);
        if matches!(found.get_value(), DataRef::Empty) || column >= WIDTH {
            continue;
        }
        reaches(row + 1)?;
        if let DataRef::SharedString(text) = found.get_value() {
            left = left.checked_sub(text.len()).ok_or(Fault::ArchiveBursts)?;
        }
        // Rows above the first that is filled count too, so that numbers are the sheet's.
        if table.len() <= row {
            table.resize(row + 1, Vec::new());
        }
        if table[row].len() <= column {
            table[row].resize(column + 1, String::new());
        }
        table[row][column] = cell(&Data::from(found.get_value().clone()));
    }
    Ok(table)
}

fn reaches(rows: usize) -> Result<(), Fault> {
    if rows > REACH {
        return Err(Fault::TooManyRows {
            max: MOST,
            is: rows,
        });
    }
    Ok(())
}

/// What the archive says that it unpacks to; `look_into` has made sure that it is so.
fn unpacked(path: &Path) -> Result<u64, Fault> {
    let file = File::open(path).map_err(|_| Fault::ArchiveBroken)?;
    let mut archive = ZipArchive::new(BufReader::new(file)).map_err(|_| Fault::ArchiveBroken)?;
    let mut sum = 0_u64;
    for index in 0..archive.len() {
        let entry = archive.by_index_raw(index);
        sum = sum.saturating_add(entry.map_err(|_| Fault::ArchiveBroken)?.size());
    }
    Ok(sum)
}

/// As people read it: a number of a telephone has no decimals, a time is written out.
fn cell(data: &Data) -> String {
    match data {
        Data::DateTime(time) => time
            .as_datetime()
            .map_or_else(String::new, |at| at.format("%Y-%m-%d %H:%M").to_string()),
        Data::Float(number) if number.fract() == 0.0 => format!("{number:.0}"),
        Data::Empty | Data::Error(_) => String::new(),
        data => data.to_string(),
    }
}

#[cfg(test)]
#[allow(clippy::expect_used)]
mod tests {
    use super::*;

    fn table(rows: &[&[&str]]) -> Table {
        let row = |row: &&[&str]| row.iter().map(|cell| (*cell).to_owned()).collect();
        rows.iter().map(row).collect()
    }

    const HEADINGS: [&str; 8] = [
        "企业名称",
        "标题",
        "具体情况",
        "类别",
        "乡镇（街道）",
        "联系人",
        "联系电话",
        "备注",
    ];

    #[test]
    fn rows_stand_under_headings_wherever_those_are_and_keep_their_numbers() {
        let list = table(&[
            &["大厅收件登记表"],
            &HEADINGS,
            &[
                "柏川",
                "专线",
                "未通",
                "水电气暖",
                "来集镇",
                "王敏",
                "138",
                "",
            ],
            &["", "", "", "", "", "", "", ""],
            &["澄溪", "水压"],
        ]);
        let rows = rows(&list).expect("read");
        let numbers: Vec<usize> = rows.iter().map(|(number, _)| *number).collect();
        assert_eq!(numbers, [3, 5]);
        assert_eq!(rows[0].1.title, "专线");
        assert_eq!(rows[1].1.contact_phone, "", "a short row is not shifted");
    }

    #[test]
    fn a_list_without_its_columns_or_with_too_much_is_refused() {
        let missing = HEADINGS[..6].to_vec();
        let fault = rows(&table(&[&missing, &["柏川"]])).expect_err("no telephone");
        let name = "联系电话".to_owned();
        assert_eq!(fault, Fault::NoColumn { name });
        assert_eq!(rows(&table(&[&HEADINGS])), Err(Fault::NoRows));
        let nothing = rows(&table(&[&["甲", "乙"]]));
        assert!(matches!(nothing, Err(Fault::NoColumn { .. })));
        let mut long = table(&[&HEADINGS]);
        long.extend(std::iter::repeat_n(vec!["柏川".to_owned()], MOST + 1));
        let (max, is) = (MOST, MOST + 1);
        assert_eq!(rows(&long), Err(Fault::TooManyRows { max, is }));
    }

    #[test]
    fn a_csv_is_read_as_office_programs_save_it() {
        let text = "企业名称,标题,具体情况\n柏川,\"专线,慢\",未通\n";
        let (gbk, _, _) = GBK.encode(text);
        let with_mark = format!("\u{FEFF}{text}").into_bytes();
        for bytes in [text.as_bytes().to_vec(), gbk.into_owned(), with_mark] {
            let file = tempfile::NamedTempFile::new().expect("a file");
            std::fs::write(file.path(), bytes).expect("written");
            let table = of_csv(file.path()).expect("read");
            assert_eq!(table[1][1], "专线,慢");
            assert_eq!(table[0][0], "企业名称");
        }
        let file = tempfile::NamedTempFile::new().expect("a file");
        std::fs::write(file.path(), "a\n".repeat(REACH + 1)).expect("written");
        let (max, is) = (MOST, REACH + 1);
        assert_eq!(of_csv(file.path()), Err(Fault::TooManyRows { max, is }));
        let file = tempfile::NamedTempFile::new().expect("a file");
        std::fs::write(file.path(), b"\x00\x01\x02").expect("written");
        assert_eq!(of_csv(file.path()), Err(Fault::NotASheet));
        assert_eq!(of_xlsx(file.path()), Err(Fault::NotASheet));
    }

    #[test]
    fn a_cell_far_out_takes_no_memory_for_what_lies_before_it() {
        let written = |row: u32, column: u16, text: &str| {
            let mut book = rust_xlsxwriter::Workbook::new();
            let sheet = book.add_worksheet();
            sheet.write_string(0, 0, "企业名称").expect("written");
            sheet.write_string(row, column, text).expect("written");
            let file = tempfile::NamedTempFile::new().expect("a file");
            let bytes = book.save_to_buffer().expect("a workbook");
            std::fs::write(file.path(), bytes).expect("laid down");
            of_xlsx(file.path())
        };
        let (max, is) = (MOST, 1_048_576);
        let far = written(1_048_575, 0, "x");
        assert_eq!(far, Err(Fault::TooManyRows { max, is }));
        let wide = written(0, 16_383, "x").expect("read");
        assert_eq!(
            wide,
            [["企业名称"]],
            "what stands under no heading is left out"
        );
        let near = written(2, 1, "x").expect("read");
        assert_eq!(near[2], ["", "x"]);
    }

    #[test]
    fn one_text_in_many_cells_is_counted_in_each() {
        let mut book = rust_xlsxwriter::Workbook::new();
        let sheet = book.add_worksheet();
        let text = "字".repeat(10_000);
        for row in 0..1_000 {
            sheet.write_string(row, 0, &text).expect("written");
        }
        let file = tempfile::NamedTempFile::new().expect("a file");
        let bytes = book.save_to_buffer().expect("a workbook");
        std::fs::write(file.path(), bytes).expect("laid down");
        assert_eq!(of_xlsx(file.path()), Err(Fault::ArchiveBursts));
    }
}
