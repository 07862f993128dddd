//! A ledger for WPS and Excel: landscape, a title row, the day, the columns; repeated on
//! each printed page.

use app::areas::orders::list::ledger::{Cells, Ledger, WIDTH};
use app::serve::Problem;
use rust_xlsxwriter::{ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, XlsxError};
use tokio::sync::mpsc;

pub const MEDIA_TYPE: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// Characters that each column is wide.
const WIDTHS: [u8; WIDTH] = [6, 16, 26, 12, 9, 12, 17, 10, 14, 10, 17, 14, 40, 36, 9];
/// Where the serial stands, and the times: to be sorted and reckoned with.
const SERIAL: u16 = 0;
const TIMES: [u16; 2] = [6, 10];
/// A sheet holds no more; a further one goes on.
const SHEET: u32 = 1_000_000;
/// The title, the day, the columns.
const HEAD: u32 = 3;

/// Rows go from the database to a file as they come.
pub async fn write(mut ledger: Ledger) -> Result<tokio::fs::File, Problem> {
    let (rows, received) = mpsc::channel(4);
    let head = Head {
        title: ledger.title(),
        as_of: ledger.as_of(),
        columns: ledger.headings(),
    };
    let written = tokio::task::spawn_blocking(move || save(&head, received));
    let mut read = Ok(());
    loop {
        match ledger.next().await {
            Ok(batch) if batch.is_empty() => break,
            // The other end goes away only where it has failed, which it says itself.
            Ok(batch) => {
                if rows.send(batch).await.is_err() {
                    break;
                }
            }
            Err(problem) => {
                read = Err(problem);
                break;
            }
        }
    }
    drop(rows);
    let failed = |error: String| {
        tracing::error!(error, "a spreadsheet could not be written");
        Problem::Failed
    };
    let file = written.await.map_err(|error| failed(error.to_string()))?;
    read?;
    let file = file.map_err(|error| failed(error.to_string()))?;
    Ok(tokio::fs::File::from_std(file))
}

struct Head {
    title: String,
    as_of: String,
    columns: [&'static str; WIDTH],
}

fn save(head: &Head, mut rows: mpsc::Receiver<Vec<Cells>>) -> Result<std::fs::File, XlsxError> {
    let mut workbook = Workbook::new();
    let text = Format::new()
        .set_border(FormatBorder::Thin)
        .set_text_wrap()
        .set_align(FormatAlign::Top);
    let formats = Formats {
        time: text.clone().set_num_format("yyyy-mm-dd hh:mm"),
        text,
    };
    let mut batch = Vec::new().into_iter();
    let mut next = || loop {
        if let Some(cells) = batch.next() {
            return Some(cells);
        }
        batch = rows.blocking_recv()?.into_iter();
    };
    let mut waiting = next();
    loop {
        let sheet = workbook.add_worksheet_with_constant_memory()?;
        begin(sheet, head)?;
        let mut row = HEAD;
        while let Some(cells) = waiting.take() {
            write_row(sheet, row, &cells, &formats)?;
            row += 1;
            waiting = next();
            if row == SHEET {
                break;
            }
        }
        if waiting.is_none() {
            break;
        }
    }
    let mut file = tempfile::tempfile()?;
    workbook.save_to_writer(&mut file)?;
    std::io::Seek::rewind(&mut file)?;
    Ok(file)
}

fn begin(sheet: &mut rust_xlsxwriter::Worksheet, head: &Head) -> Result<(), XlsxError> {
    let bold = Format::new().set_bold().set_align(FormatAlign::Center);
    let title = bold.clone().set_font_size(18);
    let column = bold.set_border(FormatBorder::Thin).set_text_wrap();
    sheet.set_landscape().set_paper_size(9);
    sheet.set_repeat_rows(0, HEAD - 1)?;
    sheet.set_freeze_panes(HEAD, 0)?;
    sheet.set_print_fit_to_pages(1, 0);
    for (at, width) in (0..).zip(WIDTHS) {
        sheet.set_column_width(at, width)?;
    }
    // As words: what an enterprise typed is never a formula.
    sheet.write_string_with_format(0, 0, &head.title, &title)?;
    sheet.write_string(1, 0, &head.as_of)?;
    for (at, heading) in (0..).zip(head.columns) {
        sheet.write_string_with_format(2, at, heading, &column)?;
    }
    Ok(())
}

fn write_row(
    sheet: &mut rust_xlsxwriter::Worksheet,
    row: u32,
    cells: &Cells,
    formats: &Formats,
) -> Result<(), XlsxError> {
    for (at, text) in (0..).zip(cells) {
        let serial = text.parse::<u32>().ok().filter(|_| at == SERIAL);
        let time = TIMES.contains(&at).then(|| wall_time(text)).flatten();
        match (serial, time) {
            (Some(serial), _) => sheet.write_number_with_format(row, at, serial, &formats.text)?,
            (_, Some(time)) => sheet.write_datetime_with_format(row, at, time, &formats.time)?,
            (None, None) => sheet.write_string_with_format(row, at, text, &formats.text)?,
        };
    }
    Ok(())
}

struct Formats {
    text: Format,
    time: Format,
}

/// As the ledger writes it, `2026-11-02 10:00`.
fn wall_time(text: &str) -> Option<ExcelDateTime> {
    let (day, time) = text.split_once(' ')?;
    ExcelDateTime::parse_from_str(&format!("{day}T{time}:00")).ok()
}
