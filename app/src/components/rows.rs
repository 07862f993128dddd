use domain::order::{StageName, Turn};
use leptos::prelude::*;
use leptos_router::components::A;

use super::deadline::DeadlineWords;
use super::light::LightMark;
use crate::frame::{name, t};
use crate::sheets::Row;
use crate::words;

/// Orders as a table; on a phone each becomes a card. `words` that were looked for are
/// marked.
#[component]
pub fn Rows(rows: Vec<Row>, #[prop(optional)] words: String) -> impl IntoView {
    let body = rows
        .into_iter()
        .map(|row| view! { <OrderRow row words=words.clone()/> })
        .collect_view();
    view! {
        <table class="rows">
            <thead>
                <tr>
                    <th scope="col">{t(words::order::LIGHT)}</th>
                    <th scope="col">{t(words::order::TURN)}</th>
                    <th scope="col">{t(words::order::DEADLINE)}</th>
                    <th scope="col">{t(words::order::TITLE)}</th>
                    <th scope="col">{t(words::order::ENTERPRISE)}</th>
                    <th scope="col">{t(words::order::BODY)}</th>
                    <th scope="col">{t(words::order::STAGE)}</th>
                    <th scope="col">{t(words::order::NUMBER)}</th>
                </tr>
            </thead>
            <tbody>{body}</tbody>
        </table>
    }
}

#[component]
fn OrderRow(row: Row, words: String) -> impl IntoView {
    let address = format!("/orders/{}", row.number);
    let turn = turn_of(&row);
    let title = marked(&row.title, &words);
    let enterprise = marked(&row.enterprise, &words);
    let number = marked(&row.number, &words);
    let snippet = row.snippet.as_ref().map(|snippet| marked(snippet, &words));
    view! {
        <tr>
            <td class="cell-light">
                <LightMark light=row.light paused=row.stage == StageName::Paused/>
            </td>
            <td class="cell-turn">{turn}</td>
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
            <td class="cell-title">
                <A href=address attr:data-row="">
                    {title}
                </A>
                {row
                    .escalation
                    .map(|level| {
                        view! {
                            " "
                            <span class="tag">
                                {t(words::order::CARRIED_TO)} " " {t(words::order::level(level))}
                            </span>
                        }
                    })}
                {row
                    .asks
                    .into_iter()
                    .map(|ask| view! { " " <span class="tag">{t(words::order::ask(ask))}</span> })
                    .collect_view()}
                {snippet.map(|snippet| view! { <p class="snippet">{snippet}</p> })}
            </td>
            <td class="cell-enterprise">{enterprise}</td>
            <td class="cell-body">{row.lead.as_ref().map_or_else(|| "—".to_owned(), name)}</td>
            <td class="cell-stage">{t(words::order::stage(row.stage))}</td>
            <td class="cell-number">{number}</td>
        </tr>
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
