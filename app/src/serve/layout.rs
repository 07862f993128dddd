//! Rows of lists and histories as HTML: what is most of a page is written as text, with
//! everything in it escaped, and no component is made for each cell.

use domain::Instant;
use domain::order::{Light, StageName};
use domain::time::{Remaining, rfc3339};
use maud::{Markup, html};
use words::lang::{Lang, Text};

use super::visit;
use crate::components::columns::Column;
use crate::frame::Frame;
use crate::page::laid::turn::turn_of;
use crate::serve::Problem;
use crate::sheets::{Deadline, FileSheet, Laid, Line, Row};

/// What a list shows of its rows.
#[derive(Debug, Clone, Default)]
pub struct Shown {
    /// Empty: as usual.
    pub columns: Vec<Column>,
    /// Words that were looked for, and are marked.
    pub words: String,
    /// The form that boxes before the rows belong to; empty: there are none.
    pub select: &'static str,
}

struct Reader {
    lang: Lang,
    year: i32,
}

impl Reader {
    fn of(frame: &Frame) -> Self {
        Self {
            lang: frame.lang,
            year: frame.year,
        }
    }

    fn t(&self, text: Text) -> &'static str {
        text.of(self.lang)
    }

    fn moment(&self, at: Instant) -> Markup {
        html! { time datetime=(rfc3339(at)) { (words::time::moment(self.lang, at, self.year)) } }
    }
}

/// The body of a table of orders.
pub fn rows(rows: &[Row], shown: &Shown) -> Result<Laid, Problem> {
    let visit = visit()?;
    let reader = Reader::of(&visit.frame);
    let usual = Column::usual();
    let columns = if shown.columns.is_empty() {
        &usual
    } else {
        &shown.columns
    };
    let html = html! {
        @for row in rows {
            tr {
                @if !shown.select.is_empty() {
                    @let label = format!("{} {}", reader.t(words::knowledge::SELECT), row.number);
                    td class="cell-choose" {
                        input type="checkbox" name="n" value=(row.number) form=(shown.select)
                            aria-label=(label);
                    }
                }
                @for column in columns { (cell(&reader, *column, row, &shown.words)) }
            }
        }
    };
    Ok(Laid::new(rows.len(), html.into_string(), !visit.is_asked))
}

/// What a list that folds out offers, after `all`; nothing where there is nothing to
/// choose from.
pub fn options(choices: &[(String, String)], all: Text, now: &str) -> Result<Laid, Problem> {
    let visit = visit()?;
    if choices.is_empty() {
        return Ok(Laid::default());
    }
    let html = html! {
        option value="" { (all.of(visit.frame.lang)) }
        @for (value, label) in choices {
            option value=(value) selected[value == now] { (label) }
        }
    };
    Ok(Laid::new(
        choices.len(),
        html.into_string(),
        !visit.is_asked,
    ))
}

/// One cell; on a phone its class says where it goes.
fn cell(reader: &Reader, column: Column, row: &Row, typed: &str) -> Markup {
    match column {
        Column::Light => html! {
            td class="cell-light" { (light(reader, row.light, row.stage == StageName::Paused)) }
        },
        Column::Turn => html! { td class="cell-turn" { (turn_of(row, reader.lang)) } },
        Column::Deadline => html! {
            td class="cell-deadline" {
                (deadline(reader, row.own.or(row.deadline)))
                @if let Some(own) = row.own {
                    " " span class="tag" { (reader.t(words::order::clock(own.clock))) }
                }
            }
        },
        Column::Title => title(reader, row, typed),
        Column::Enterprise => html! {
            td class="cell-enterprise" { (marked(&row.enterprise, typed)) }
        },
        Column::Body => {
            let body = row.lead.as_ref().map_or("—", |lead| reader.lang.name(lead));
            html! { td class="cell-body" { (body) } }
        }
        Column::Stage => html! {
            td class="cell-stage" { (reader.t(words::order::stage(row.stage))) }
        },
        Column::Number => html! { td class="cell-number" { (marked(&row.number, typed)) } },
        Column::Category => more(reader, column, reader.lang.name(&row.category)),
        Column::Urgency => more(reader, column, reader.t(words::order::urgency(row.urgency))),
        Column::Township => more(reader, column, reader.lang.name(&row.township)),
        Column::Project => more(reader, column, row.project.as_deref().unwrap_or_default()),
        Column::PlacedAt => html! {
            td class="cell-more" data-label=(reader.t(column.heading())) {
                (reader.moment(row.placed_at))
            }
        },
        Column::Rating => {
            let rating = row
                .rating
                .map(|level| reader.t(words::order::rating(level)));
            more(reader, column, rating.unwrap_or_default())
        }
    }
}

/// A cell that only shows when it was chosen.
fn more(reader: &Reader, column: Column, text: &str) -> Markup {
    html! { td class="cell-more" data-label=(reader.t(column.heading())) { (text) } }
}

fn title(reader: &Reader, row: &Row, typed: &str) -> Markup {
    let tag = |text: &str| html! { " " span class="tag" { (text) } };
    html! {
        td class="cell-title" {
            a href={ "/orders/" (row.number) } data-row="" { (marked(&row.title, typed)) }
            @if let Some(state) = row.express {
                " " span class="tag express" { (reader.t(words::express::state(state))) }
            }
            @if row.is_collective { (tag(reader.t(words::knowledge::COLLECTIVE))) }
            @if let Some(level) = row.escalation {
                " "
                span class="tag" {
                    (reader.t(words::order::CARRIED_TO)) " " (reader.t(words::order::level(level)))
                }
            }
            @for ask in &row.asks { (tag(reader.t(words::order::ask(*ask)))) }
            @if let Some(snippet) = &row.snippet {
                p class="snippet" { (marked(snippet, typed)) }
            }
        }
    }
}

/// Shape, word and colour, as `LightMark` has them.
fn light(reader: &Reader, light: Light, paused: bool) -> Markup {
    let (shape, name, code) = if paused {
        ("‖", words::order::PAUSED, "paused")
    } else {
        let shape = crate::page::laid::light::shape(light);
        (shape, words::order::light(light), light.code())
    };
    html! {
        span class={ "light light-" (code) } {
            span aria-hidden="true" { (shape) } " " (reader.t(name))
        }
    }
}

fn deadline(reader: &Reader, deadline: Option<Deadline>) -> Markup {
    let Some(deadline) = deadline else {
        return html! { span class="quiet" { "—" } };
    };
    let Deadline {
        clock,
        at,
        provisional,
        remaining,
    } = deadline;
    let exact = words::time::moment(reader.lang, at, reader.year);
    html! {
        time class="deadline" datetime=(rfc3339(at)) title=(exact) {
            (words::time::deadline(reader.lang, clock, remaining, at, reader.year))
            @if !matches!(remaining, Remaining::Soon(_)) {
                span class="exact" { " · " (exact) }
            }
        }
        @if provisional { " " span class="tag" { (reader.t(words::order::PROVISIONAL)) } }
    }
}

/// What happened, the latest first.
pub fn history(lines: &[Line]) -> Result<Laid, Problem> {
    let visit = visit()?;
    let reader = Reader::of(&visit.frame);
    let html = html! {
        @for line in lines.iter().rev() {
            li {
                p class="when" {
                    (reader.moment(line.at)) " " span class="who" { (line.who) }
                    @if let Some(entered) = line.entered_at {
                        " " span class="tag" { (reader.t(words::order::LATE_ENTRY)) } " "
                        span class="quiet" {
                            (reader.t(words::order::ENTERED_AT)) " " (reader.moment(entered))
                        }
                    }
                }
                p class="what" { (line.sentence) }
                @if let Some(text) = &line.text { p class="said" { (text) } }
                (files(&reader, &line.files))
            }
        }
    };
    Ok(Laid::new(lines.len(), html.into_string(), !visit.is_asked))
}

/// As `FileLinks` has them.
fn files(reader: &Reader, files: &[FileSheet]) -> Markup {
    let preview = reader.t(words::files::PREVIEW);
    html! {
        @if !files.is_empty() {
            ul class="file-links" {
                @for file in files {
                    @let address = format!("/attachments/{}", file.id);
                    @let shown = format!("{address}?preview=1");
                    @let has_picture = file.has_picture();
                    li {
                        @if has_picture {
                            a href=(shown) target="_blank" rel="external" class="thumbnail" {
                                img src=(shown) alt=(file.name) loading="lazy";
                            }
                        }
                        a href=(address) rel="external" download="" { (file.name) }
                        " " span class="quiet" { (words::files::size(file.size)) }
                        @if file.has_preview && !has_picture {
                            " "
                            a href=(shown) target="_blank" rel="external"
                                aria-label={ (preview) " " (file.name) } { (preview) }
                        }
                    }
                }
            }
        }
    }
}

/// A text with the words in it marked that were looked for.
fn marked(text: &str, typed: &str) -> Markup {
    if typed.is_empty() {
        return html! { (text) };
    }
    html! {
        @for (part, found) in cut(text, typed) {
            @if found { mark { (part) } } @else { (part) }
        }
    }
}

/// The parts of a text, each with whether it is a word that was looked for; whatever the
/// case.
fn cut(text: &str, words: &str) -> Vec<(String, bool)> {
    let lower = |c: char| c.to_lowercase().next().unwrap_or(c);
    let letters: Vec<char> = text.chars().collect();
    let folded: Vec<char> = letters.iter().map(|c| lower(*c)).collect();
    let words: Vec<Vec<char>> = words
        .split_whitespace()
        .map(|word| word.chars().map(lower).collect())
        .collect();
    let mut found = vec![false; letters.len()];
    for word in &words {
        for begins in 0..=letters.len().saturating_sub(word.len()) {
            if folded[begins..].starts_with(word) {
                found[begins..begins + word.len()].fill(true);
            }
        }
    }
    let mut parts: Vec<(String, bool)> = Vec::new();
    for (letter, found) in letters.into_iter().zip(found) {
        match parts.last_mut() {
            Some((part, same)) if *same == found => part.push(letter),
            _ => parts.push((letter.to_string(), found)),
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_were_looked_for_are_marked_whatever_their_case() {
        let part = |part: &str, found| (part.to_owned(), found);
        assert_eq!(
            cut("10千伏专线 STEAM", "专线 steam"),
            [
                part("10千伏", false),
                part("专线", true),
                part(" ", false),
                part("STEAM", true)
            ]
        );
        assert_eq!(cut("短", "很长"), [part("短", false)]);
        assert_eq!(cut("", "a"), []);
        assert_eq!(
            cut("aXa", "A"),
            [part("a", true), part("X", false), part("a", true)]
        );
    }

    #[test]
    fn what_people_typed_is_no_markup() {
        let text = marked("<b>\"&用电</b>", "用电").into_string();
        assert_eq!(text, "&lt;b&gt;&quot;&amp;<mark>用电</mark>&lt;/b&gt;");
        let plain = marked("<script>", "").into_string();
        assert_eq!(plain, "&lt;script&gt;");
    }
}
