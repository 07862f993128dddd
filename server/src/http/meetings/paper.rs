//! Minutes as a document file, laid out as GB/T 9704-2012 has them: A4, upper margin
//! 37 mm, binding margin 28 mm, type area 156 × 225 mm, title in 22 pt, text in 16 pt.

use std::io::Cursor;

use app::sheets::MinutesSheet;
use docx_rs::{
    AlignmentType, BorderType, Docx, LineSpacing, LineSpacingType, PageMargin, Paragraph,
    ParagraphBorder, ParagraphBorderPosition, ParagraphBorders, Run, RunFonts, SpecialIndentType,
};
use words::lang::Lang;
use words::{express, time};

pub const MEDIA_TYPE: &str =
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/// Twentieths of a point.
const fn millimetres(mm: i32) -> i32 {
    mm * 1440 * 10 / 254
}

/// Half points: 2号 and 3号.
const TITLE: usize = 44;
const TEXT: usize = 32;
/// Between lines, in twentieths of a point.
const LINE: i32 = 560;
const RED: &str = "C00000";

/// Fonts are named, never bundled; what is not there is replaced by the reader's program.
const SONG: &str = "方正小标宋简体";
const FANGSONG: &str = "仿宋_GB2312";
const HEITI: &str = "黑体";

pub fn write(sheet: &MinutesSheet) -> std::io::Result<Vec<u8>> {
    let margins = PageMargin::new()
        .top(millimetres(37))
        .left(millimetres(28))
        .right(millimetres(26))
        .bottom(millimetres(35));
    let (width, height) = (11_906, 16_838);
    let day = domain::time::local(sheet.row.starts_at).date();
    let number = sheet.number.as_deref();
    let number = express::minutes_number(Lang::Zh, number, sheet.version, sheet.signed);
    let mut numbered = centred(
        &format!("{number}　　{}", time::paper_day(day)),
        FANGSONG,
        TEXT,
        None,
    );
    numbered.property = numbered.property.set_borders(red_line());
    let mut docx = Docx::new()
        .page_size(width, height)
        .page_margin(margins)
        .add_paragraph(centred(
            express::MINUTES_HEADING.of(Lang::Zh),
            SONG,
            TITLE + 16,
            Some(RED),
        ))
        .add_paragraph(numbered)
        .add_paragraph(centred(&sheet.row.title, SONG, TITLE, None));
    for line in sheet.text.lines() {
        let font = if express::is_heading(line) {
            HEITI
        } else {
            FANGSONG
        };
        docx = docx.add_paragraph(text(line.trim_end(), font));
    }
    let present = std::iter::once(sheet.chair.clone()).chain(sheet.present.clone());
    for (label, names) in [
        (express::PRESENT_LIST, present.collect::<Vec<_>>()),
        (express::ATTENDING_LIST, sheet.attending.clone()),
        (express::EXCUSED_LIST, sheet.excused.clone()),
        (express::ABSENT_LIST, sheet.absent.clone()),
        (express::UNRECORDED_LIST, sheet.unrecorded.clone()),
    ] {
        if !names.is_empty() {
            let line = format!("{}：{}", label.of(Lang::Zh), names.join("、"));
            docx = docx.add_paragraph(text(&line, FANGSONG));
        }
    }
    let mut file = Cursor::new(Vec::new());
    docx.build()
        .pack(&mut file)
        .map_err(|error| std::io::Error::other(error.to_string()))?;
    Ok(file.into_inner())
}

fn run(words: &str, font: &str, size: usize, colour: Option<&str>) -> Run {
    let fonts = RunFonts::new().east_asia(font).ascii(font).hi_ansi(font);
    let run = Run::new().add_text(words).size(size).fonts(fonts);
    match colour {
        Some(colour) => run.color(colour),
        None => run,
    }
}

fn centred(words: &str, font: &str, size: usize, colour: Option<&str>) -> Paragraph {
    Paragraph::new()
        .align(AlignmentType::Center)
        .line_spacing(LineSpacing::new().after(200))
        .add_run(run(words, font, size, colour))
}

/// Indented by two characters, unless whoever typed it has indented it.
fn text(words: &str, font: &str) -> Paragraph {
    let by_hand = words.starts_with(char::is_whitespace);
    let indent = if by_hand {
        0
    } else {
        i32::try_from(TEXT * 20).unwrap_or(640)
    };
    Paragraph::new()
        .align(AlignmentType::Both)
        .indent(None, Some(SpecialIndentType::FirstLine(indent)), None, None)
        .line_spacing(
            LineSpacing::new()
                .line_rule(LineSpacingType::Exact)
                .line(LINE),
        )
        .add_run(run(words, font, TEXT, None))
}

fn red_line() -> ParagraphBorders {
    let line = ParagraphBorder::new(ParagraphBorderPosition::Bottom)
        .val(BorderType::Single)
        .size(18)
        .color(RED);
    ParagraphBorders::with_empty().set(line)
}
