//! A list of the hall as rows, as the eye sees it: of a spreadsheet, or of text in any of
//! the ways in which offices save one.

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;

use app::areas::orders::hall::server::Numbered;
use calamine::{Data, DataRef, Reader, SheetType, SheetVisible, Xlsx, open_workbook};
use domain::hall::{COLUMNS, HallRow, Heading};
use domain::{Fault, Field, FieldFault, FileKind, FileName};
use encoding_rs::{Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};
use store::lines::line_of;
use zip::ZipArchive;

use super::content::look_into;

/// Rows of one list at most.
pub const MOST: usize = 2_000;
/// What a spreadsheet unpacks to at most, in bytes: it is read into memory.
const UNPACKED: u64 = 32 * 1024 * 1024;
/// The headings stand in one of the first rows: a title may stand above them.
const HEAD: usize = 20;
/// Sheets of a workbook that are looked at, of those that are seen.
const SHEETS: usize = 20;
/// A list reaches so far at most, empty rows included. The bounds are asked before
/// anything is laid out: a sheet names its cells itself, and may name the millionth.
const REACH: usize = 20_000;
/// What stands further to the right stands under no heading.
const WIDTH: usize = 50;
/// Text of all cells together, in bytes: one shared string may stand in many cells.
const TEXT: usize = 16 * 1024 * 1024;

/// The rows under the headings; empty ones are left out. Of a workbook, the first visible
/// sheet that has the headings.
pub fn read(path: &Path) -> Result<Numbered, FieldFault> {
    let begins = |magic: &[u8]| {
        let mut begin = [0; 8];
        let read = File::open(path).and_then(|mut file| file.read(&mut begin));
        read.is_ok_and(|read| begin[..read].starts_with(magic))
    };
    // A list of text is not told by its name; a workbook that is locked is an OLE file.
    let is_workbook = begins(b"PK") || begins(&[0xD0, 0xCF, 0x11, 0xE0]);
    let tables = if is_workbook {
        of_xlsx(path)
    } else {
        of_text(path).map(|table| vec![table])
    };
    tables.and_then(|tables| rows(&tables)).map_err(fault)
}

fn fault(fault: Fault) -> FieldFault {
    FieldFault {
        field: Field::Sheet,
        fault,
    }
}

/// Rows with the numbers that the file gives them.
type Table = Vec<(usize, Vec<String>)>;

fn rows(tables: &[Table]) -> Result<Numbered, Fault> {
    let headed = tables.iter().filter_map(|table| {
        let mut first = table.iter().take(HEAD).enumerate();
        first.find_map(|(at, (_, cells))| Some((table, at, Heading::of(cells)?)))
    });
    let headed: Vec<(&Table, usize, Heading)> = headed.collect();
    // Nothing is left out in silence: one list at a time.
    let lists = headed.iter().filter(|(table, at, heading)| {
        let beneath = table[at + 1..].iter();
        let mut rows = beneath.map(|(_, cells)| HallRow::of(heading, cells));
        heading.missing().is_empty() && rows.any(|row| !row.is_empty())
    });
    if lists.count() > 1 {
        return Err(Fault::ManyLists);
    }
    // The sheet that lacks least: a list of choices may stand before the list.
    let headed = headed.into_iter();
    let Some((table, at, heading)) = headed.min_by_key(|(_, _, heading)| heading.missing().len())
    else {
        let needed = COLUMNS.iter().filter(|column| column.needed);
        return Err(Fault::NoColumns {
            missing: needed.map(|column| column.heading.to_owned()).collect(),
            there: Vec::new(),
        });
    };
    let missing = heading.missing();
    if !missing.is_empty() {
        let there = table[at].1.iter().map(|cell| cell.trim());
        let there = there.filter(|cell| !cell.is_empty());
        let there = there.map(|cell| cell.chars().take(20).collect()).collect();
        return Err(Fault::NoColumns { missing, there });
    }
    let beneath = table[at + 1..].iter();
    let read = beneath.map(|(number, cells)| (*number, HallRow::of(&heading, cells)));
    let rows: Numbered = read
        .filter(|(_, row)| !row.is_empty() && !row.is_sum())
        .collect();
    match rows.len() {
        0 => Err(Fault::NoRows),
        is if is > MOST => Err(Fault::TooManyRows { max: MOST, is }),
        _ => Ok(rows),
    }
}

/// A text, in any of the ways in which offices save one.
fn decoded(bytes: &[u8]) -> Result<String, Fault> {
    let noughts = |from: usize| {
        let half = bytes.iter().skip(from).step_by(2);
        half.filter(|byte| **byte == 0).count() * 4 > bytes.len() / 2
    };
    // Unicode text of a spreadsheet has commas and digits, and each of them a nought.
    let encoding = match Encoding::for_bom(bytes) {
        Some((encoding, _)) => encoding,
        None if std::str::from_utf8(bytes).is_ok() && !bytes.contains(&0) => UTF_8,
        None if noughts(1) => UTF_16LE,
        None if noughts(0) => UTF_16BE,
        None => GB18030,
    };
    let (text, _, broken) = encoding.decode(bytes);
    if broken || text.contains('\0') {
        return Err(Fault::NotASheet);
    }
    Ok(text.into_owned())
}

/// What stands between the cells: what stands most often in the first lines.
fn delimiter(text: &str) -> u8 {
    let count = |mark: char| {
        let lines = text.lines().take(HEAD);
        lines.map(|line| line.matches(mark).count()).sum::<usize>()
    };
    let marks = [',', '\t', ';'];
    let most = marks.into_iter().rev().max_by_key(|mark| count(*mark));
    most.and_then(|mark| u8::try_from(mark).ok())
        .unwrap_or(b',')
}

fn of_text(path: &Path) -> Result<Table, Fault> {
    let bytes = std::fs::read(path).map_err(|_| Fault::NotASheet)?;
    let text = decoded(&bytes)?;
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter(&text))
        .from_reader(text.as_bytes());
    let mut table = Table::new();
    for record in reader.records() {
        let record = record.map_err(|_| Fault::NotASheet)?;
        reaches(table.len() + 1)?;
        let line = line_of(&text, record.position());
        let cells = record.iter().take(WIDTH).map(str::to_owned);
        table.push((line, cells.collect()));
    }
    Ok(table)
}

fn of_xlsx(path: &Path) -> Result<Vec<Table>, Fault> {
    let name = FileName::parse("list.xlsx").map_err(|fault| fault.fault)?;
    match look_into(path, &name) {
        Ok(FileKind::Xlsx) => {}
        Ok(_) => return Err(Fault::NotASheet),
        Err(fault) => {
            return Err(match fault.fault {
                Fault::NotTaken { .. }
                | Fault::NotTakenHeic { .. }
                | Fault::NotTakenPicture { .. }
                | Fault::NotTakenArchive { .. } => Fault::NotASheet,
                fault => fault,
            });
        }
    }
    if unpacked(path)? > UNPACKED {
        return Err(Fault::ArchiveBursts);
    }
    let mut book: Xlsx<BufReader<File>> =
        open_workbook(path).map_err(|_: calamine::XlsxError| Fault::NotASheet)?;
    let seen = |sheet: &&calamine::Sheet| {
        sheet.typ == SheetType::WorkSheet && sheet.visible == SheetVisible::Visible
    };
    let visible = book.sheets_metadata().iter().filter(seen);
    let visible: Vec<String> = visible.map(|sheet| sheet.name.clone()).collect();
    let mut left = TEXT;
    let sheets = visible.iter().take(SHEETS);
    sheets
        .map(|name| sheet(&mut book, name, &mut left))
        .collect()
}

/// `left`: bytes of text that all sheets together may still have.
fn sheet(book: &mut Xlsx<BufReader<File>>, name: &str, left: &mut usize) -> Result<Table, Fault> {
    let mut take = |text: &str| {
        *left = left.checked_sub(text.len()).ok_or(Fault::ArchiveBursts)?;
        Ok::<_, Fault>(())
    };
    let mut cells = book
        .worksheet_cells_reader(name)
        .map_err(|_| Fault::NotASheet)?;
    let mut rows: Vec<Vec<String>> = Vec::new();
    while let Some(found) = cells.next_cell().map_err(|_| Fault::NotASheet)? {
        let (row, column) = found.get_position();
        let (row, column) = (row as usize, column as usize);
        if matches!(found.get_value(), DataRef::Empty) || column >= WIDTH {
            continue;
        }
        reaches(row + 1)?;
        if let DataRef::SharedString(text) = found.get_value() {
            take(text)?;
        }
        // Rows above the first that is filled count too, so that numbers are the sheet's.
        if rows.len() <= row {
            rows.resize(row + 1, Vec::new());
        }
        if rows[row].len() <= column {
            rows[row].resize(column + 1, String::new());
        }
        rows[row][column] = cell(&Data::from(found.get_value().clone()));
    }
    drop(cells);
    // A cell over several rows says the same of each; of those that say something else too.
    let merged = book
        .merge_cells_by_sheet_name(name)
        .map_err(|_| Fault::NotASheet)?;
    for region in merged {
        let (top, bottom) = (region.start.0 as usize, region.end.0 as usize);
        let column = region.start.1 as usize;
        let text = rows.get(top).and_then(|row| row.get(column)).cloned();
        let Some(text) = text.filter(|text| !text.is_empty()) else {
            continue;
        };
        let beneath = rows.iter_mut().take(bottom.saturating_add(1)).skip(top + 1);
        for row in beneath.filter(|row| row.iter().any(|cell| !cell.is_empty())) {
            if row.len() <= column {
                row.resize(column + 1, String::new());
            }
            if row[column].is_empty() {
                take(&text)?;
                row[column].clone_from(&text);
            }
        }
    }
    Ok((1..).zip(rows).collect())
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
        (1..).zip(rows.iter().map(row)).collect()
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
        let rows = rows(&[list]).expect("read");
        let numbers: Vec<usize> = rows.iter().map(|(number, _)| *number).collect();
        assert_eq!(numbers, [3, 5]);
        assert_eq!(rows[0].1.title, "专线");
        assert_eq!(rows[1].1.contact_phone, "", "a short row is not shifted");
    }

    #[test]
    fn a_list_without_its_columns_or_with_too_much_is_refused() {
        let missing = HEADINGS[..6].to_vec();
        let missing = [&missing[1..], &["项目"]].concat();
        let fault = rows(&[table(&[&missing, &["柏川"]])]).expect_err("two columns short");
        assert_eq!(
            fault,
            Fault::NoColumns {
                missing: vec!["企业名称".into(), "联系电话".into()],
                there: missing.iter().map(ToString::to_string).collect(),
            }
        );
        assert_eq!(rows(&[table(&[&HEADINGS])]), Err(Fault::NoRows));
        let nothing = rows(&[table(&[&["甲", "乙"]])]);
        assert!(matches!(nothing, Err(Fault::NoColumns { there, .. }) if there.is_empty()));
        let mut long = table(&[&HEADINGS]);
        long.extend((2..).zip(std::iter::repeat_n(vec!["柏川".to_owned()], MOST + 1)));
        let (max, is) = (MOST, MOST + 1);
        assert_eq!(rows(&[long]), Err(Fault::TooManyRows { max, is }));
    }

    fn laid_down(bytes: &[u8]) -> tempfile::NamedTempFile {
        let file = tempfile::NamedTempFile::new().expect("a file");
        std::fs::write(file.path(), bytes).expect("written");
        file
    }

    #[test]
    fn a_text_is_read_as_office_programs_save_it() {
        let text = "企业名称,标题,具体情况\n\n柏川,\"专线\n慢\",未通\n澄溪,水压,低\n";
        let (chinese, _, _) = GB18030.encode(text);
        let with_mark = format!("\u{FEFF}{text}").into_bytes();
        let wide = |bytes: fn(u16) -> [u8; 2], mark: &str| {
            let text = format!("{mark}{}", text.replace(',', "\t"));
            text.encode_utf16().flat_map(bytes).collect::<Vec<u8>>()
        };
        for bytes in [
            text.as_bytes().to_vec(),
            chinese.into_owned(),
            with_mark,
            wide(u16::to_le_bytes, "\u{FEFF}"),
            wide(u16::to_be_bytes, "\u{FEFF}"),
        ] {
            let table = of_text(laid_down(&bytes).path()).expect("read");
            assert_eq!(table[1].1[1], "专线\n慢");
            assert_eq!(table[0].1[0], "企业名称");
            let lines: Vec<usize> = table.iter().map(|(line, _)| *line).collect();
            assert_eq!(lines, [1, 3, 5], "as an editor numbers them");
        }
        let long = "a\n".repeat(REACH + 1);
        let (max, is) = (MOST, REACH + 1);
        let long = of_text(laid_down(long.as_bytes()).path());
        assert_eq!(long, Err(Fault::TooManyRows { max, is }));
        let rubbish = laid_down(b"\x00\x01\x02");
        assert_eq!(of_text(rubbish.path()), Err(Fault::NotASheet));
        assert_eq!(of_xlsx(rubbish.path()), Err(Fault::NotASheet));
    }

    #[test]
    fn a_workbook_is_read_as_the_eye_sees_it() {
        let mut book = rust_xlsxwriter::Workbook::new();
        let hidden = book.add_worksheet().set_name("旧表").expect("named");
        hidden.set_hidden(true);
        hidden.write_row(0, 0, HEADINGS).expect("written");
        hidden.write(1, 0, "不算").expect("written");
        book.add_worksheet().write(0, 0, "说明").expect("written");
        let list = book.add_worksheet();
        let format = rust_xlsxwriter::Format::new();
        list.merge_range(0, 0, 0, 7, "登记表", &format)
            .expect("merged");
        list.write_row(1, 0, HEADINGS).expect("written");
        list.merge_range(2, 0, 4, 0, "柏川", &format)
            .expect("merged");
        list.write(2, 1, "专线").expect("written");
        list.write(3, 1, "水压").expect("written");
        // The first sheet cannot be hidden while it is the one that opens.
        list.set_active(true);
        let bytes = book.save_to_buffer().expect("a workbook");
        let rows = read(laid_down(&bytes).path()).expect("read");
        let told = rows.iter().map(|(number, row)| {
            let (firm, title) = (row.enterprise.as_str(), row.title.as_str());
            (*number, firm, title)
        });
        let told: Vec<_> = told.collect();
        assert_eq!(told, [(3, "柏川", "专线"), (4, "柏川", "水压")]);
    }

    #[test]
    fn a_cell_far_out_takes_no_memory_for_what_lies_before_it() {
        let written = |row: u32, column: u16, text: &str| {
            let mut book = rust_xlsxwriter::Workbook::new();
            let sheet = book.add_worksheet();
            sheet.write_string(0, 0, "企业名称").expect("written");
            sheet.write_string(row, column, text).expect("written");
            let bytes = book.save_to_buffer().expect("a workbook");
            of_xlsx(laid_down(&bytes).path()).map(|mut sheets| sheets.remove(0))
        };
        let (max, is) = (MOST, 1_048_576);
        let far = written(1_048_575, 0, "x");
        assert_eq!(far, Err(Fault::TooManyRows { max, is }));
        let wide = written(0, 16_383, "x").expect("read");
        assert_eq!(
            wide,
            table(&[&["企业名称"]]),
            "what stands under no heading is left out"
        );
        let near = written(2, 1, "x").expect("read");
        assert_eq!(near[2].1, ["", "x"]);
    }

    #[test]
    fn one_text_in_many_cells_is_counted_in_each() {
        let mut book = rust_xlsxwriter::Workbook::new();
        let sheet = book.add_worksheet();
        let text = "字".repeat(10_000);
        for row in 0..1_000 {
            sheet.write_string(row, 0, &text).expect("written");
        }
        let bytes = book.save_to_buffer().expect("a workbook");
        let burst = of_xlsx(laid_down(&bytes).path());
        assert_eq!(burst, Err(Fault::ArchiveBursts));
    }
}
