use domain::order::{StageName, Turn};
use leptos::prelude::*;
use leptos_router::components::A;

use super::columns::Column;
use super::deadline::{DeadlineWords, Moment};
use super::light::LightMark;
use crate::frame::{name, t};
use crate::sheets::Row;
use crate::words;

/// Orders as a table; on a phone each becomes a card. `words` that were looked for are
/// marked; `select` puts a box before each, for the form of that id.
#[component]
pub fn Rows(
    rows: Vec<Row>,
    #[prop(optional)] words: String,
    #[prop(default = Column::usual())] columns: Vec<Column>,
    #[prop(optional)] select: &'static str,
) -> impl IntoView {
    let headings = columns
        .iter()
        .map(|column| view! { <th scope="col">{t(column.heading())}</th> })
        .collect_view();
    let body = rows
        .into_iter()
        .map(|row| {
            view! { <OrderRow row words=words.clone() columns=columns.clone() select/> }
        })
        .collect_view();
    view! {
        <table class="rows">
            <thead>
                <tr>
                    {(!select.is_empty())
                        .then(|| {
                            view! {
                                <th scope="col">
                                    <span class="unseen">{t(words::knowledge::SELECT)}</span>
                                </th>
                            }
                        })}
                    {headings}
                </tr>
            </thead>
            <tbody>{body}</tbody>
        </table>
    }
}

#[component]
fn OrderRow(row: Row, words: String, columns: Vec<Column>, select: &'static str) -> impl IntoView {
    let choose = (!select.is_empty()).then(|| {
        let label = format!("{} {}", t(words::knowledge::SELECT), row.number);
        view! {
            <td class="cell-choose">
                <input
                    type="checkbox"
                    name="n"
                    value=row.number.clone()
                    form=select
                    aria-label=label
                />
            </td>
        }
    });
    let cells = columns
        .into_iter()
        .map(|column| cell(column, &row, &words))
        .collect_view();
    view! { <tr>{choose} {cells}</tr> }
}

/// One cell; on a phone its class says where it goes.
fn cell(column: Column, row: &Row, words: &str) -> AnyView {
    match column {
        Column::Light => view! {
            <td class="cell-light">
                <LightMark light=row.light paused=row.stage == StageName::Paused/>
            </td>
        }
        .into_any(),
        Column::Turn => view! { <td class="cell-turn">{turn_of(row)}</td> }.into_any(),
        Column::Deadline => view! {
            <td class="cell-deadline">
                <DeadlineWords deadline=row.own.or(row.deadline)/>
                {row
                    .own
                    .map(|own| {
                        view! {
                            " "
                            <span class="tag">{t(words::order::clock(own.clock))}</span>
                        }
                    })}
            </td>
        }
        .into_any(),
        Column::Title => title(row, words).into_any(),
        Column::Enterprise => {
            view! { <td class="cell-enterprise">{marked(&row.enterprise, words)}</td> }.into_any()
        }
        Column::Body => view! {
            <td class="cell-body">{row.lead.as_ref().map_or_else(|| "—".to_owned(), name)}</td>
        }
        .into_any(),
        Column::Stage => {
            view! { <td class="cell-stage">{t(words::order::stage(row.stage))}</td> }.into_any()
        }
        Column::Number => {
            view! { <td class="cell-number">{marked(&row.number, words)}</td> }.into_any()
        }
        Column::Category => more(column, name(&row.category)),
        Column::Urgency => more(column, t(words::order::urgency(row.urgency)).to_owned()),
        Column::Township => more(column, name(&row.township)),
        Column::Project => more(column, row.project.clone().unwrap_or_default()),
        Column::PlacedAt => view! {
            <td class="cell-more" data-label=t(column.heading())>
                <Moment at=row.placed_at/>
            </td>
        }
        .into_any(),
        Column::Rating => {
            let rating = row.rating.map(|level| t(words::order::rating(level)));
            more(column, rating.unwrap_or_default().to_owned())
        }
    }
}

/// A cell that only shows when it was chosen.
fn more(column: Column, text: String) -> AnyView {
    view! {
        <td class="cell-more" data-label=t(column.heading())>
            {text}
        </td>
    }
    .into_any()
}

fn title(row: &Row, words: &str) -> impl IntoView + use<> {
    let address = format!("/orders/{}", row.number);
    let snippet = row.snippet.as_ref().map(|snippet| marked(snippet, words));
    let title = marked(&row.title, words);
    let (is_collective, escalation) = (row.is_collective, row.escalation);
    let tags = row
        .asks
        .iter()
        .map(|ask| view! { " " <span class="tag">{t(words::order::ask(*ask))}</span> })
        .collect_view();
    view! {
        <td class="cell-title">
            <A href=address attr:data-row="">
                {title}
            </A>
            {is_collective
                .then(|| {
                    view! {
                        " "
                        <span class="tag">{t(words::knowledge::COLLECTIVE)}</span>
                    }
                })}
            {escalation
                .map(|level| {
                    view! {
                        " "
                        <span class="tag">
                            {t(words::order::CARRIED_TO)} " " {t(words::order::level(level))}
                        </span>
                    }
                })}
            {tags}
            {snippet.map(|snippet| view! { <p class="snippet">{snippet}</p> })}
        </td>
    }
}

/// A text with the words in it marked that were looked for.
fn marked(text: &str, words: &str) -> impl IntoView + use<> {
    cut(text, words)
        .into_iter()
        .map(|(part, found)| {
            if found {
                view! { <mark>{part}</mark> }.into_any()
            } else {
                part.into_any()
            }
        })
        .collect_view()
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

/// Whose turn it is, by name where a body has one.
pub fn turn_of(row: &Row) -> String {
    match (row.turn, &row.lead) {
        (Turn::Lead, Some(lead)) => name(lead),
        (turn, _) => t(words::order::turn(turn)).to_owned(),
    }
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
}
