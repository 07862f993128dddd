//! Minutes: drafted from what was recorded, read and written.

use domain::meeting::step::check;
use domain::meeting::{Answer, Guest, Meeting, MeetingStep, MeetingStepName, MinutesText, Outcome};
use domain::order::Reason;
use domain::{Action, Field};
use store::Desk;
use store::meetings::{self, Found};

use super::act::parse_version;
use super::meetings::{guest_name, number_of, reads_minutes, row_of, take, then, writes_minutes};
use super::rows::short;
use super::visit::{desk_for, problem};
use super::{answer, unsent, visit};
use crate::lang::Lang;
use crate::problem::Problem;
use crate::sheets::{Change, ChangedLine, MinutesSheet, VersionSheet};
use crate::words;

pub async fn sheet(number: &str) -> Result<MinutesSheet, Problem> {
    answer(async {
        let desk = desk_for(Action::SeeMeetings)?;
        let found = meetings::find(&desk, number_of(number)?)
            .await
            .map_err(problem)?;
        of(&desk, &found, visit()?.frame.lang).await
    })
    .await
}

/// What the paper is made of; `NotFound` for who may not read it.
pub async fn of(desk: &Desk, found: &Found, lang: Lang) -> Result<MinutesSheet, Problem> {
    let meeting = &found.meeting;
    let minutes = &meeting.minutes;
    if meeting.ended_at.is_none() || !reads_minutes(desk, meeting) {
        return Err(Problem::NotFound);
    }
    let can = |step| check(meeting, &desk.actor, desk.now, step, &desk.book).is_ok();
    let writes = writes_minutes(desk, meeting);
    // What is being written is for who writes and who approves.
    let written = if writes {
        minutes.text()
    } else {
        minutes.approved.last().map(|approved| &approved.text)
    };
    let text = match written {
        Some(text) => text.as_str().to_owned(),
        None => drafted(desk, found).await?,
    };
    let page = format!("/meetings/{}/minutes", meeting.number);
    let approved_at = minutes.approved.last().map(|approved| approved.at);
    // What was typed before the minutes were approved is not laid over the next version.
    let (stale, unsent) = unsent::of_page(desk, &page)
        .await?
        .into_iter()
        .partition(|one| approved_at.is_some_and(|approved| one.at < approved));
    let approved = u16::try_from(minutes.approved.len()).unwrap_or(u16::MAX);
    let is_next = writes && minutes.draft.is_some() || minutes.approved.is_empty();
    Ok(MinutesSheet {
        version: approved.saturating_add(is_next.into()),
        row: row_of(meeting),
        number: minutes.number().map(|number| number.to_string()),
        is_drafted: written.is_none(),
        text,
        revision: minutes.revision,
        saved: minutes
            .draft
            .as_ref()
            .filter(|_| writes)
            .map(|draft| (draft.by.clone(), draft.at)),
        frozen: minutes.is_frozen(),
        amending: minutes
            .amending()
            .filter(|_| writes)
            .map(|reason| reason.as_str().to_owned()),
        can_write: can(MeetingStepName::WriteMinutes),
        can_approve: can(MeetingStepName::ApproveMinutes),
        can_amend: can(MeetingStepName::AmendMinutes),
        versions: versions(meeting),
        present: present(desk, found, lang, |guest| matches!(guest, Guest::Body(_))),
        attending: present(desk, found, lang, |guest| {
            matches!(guest, Guest::Enterprise(_))
        }),
        excused: excused(desk, found, lang),
        chair: meeting.plan.chair.name.clone(),
        absent: absent(desk, found, lang),
        unsent,
        stale,
    })
}

fn versions(meeting: &Meeting) -> Vec<VersionSheet> {
    let mut before: Option<&str> = None;
    let mut versions = Vec::new();
    for approved in &meeting.minutes.approved {
        let text = approved.text.as_str();
        versions.push(VersionSheet {
            version: approved.version,
            at: approved.at,
            by: approved.by.clone(),
            why: approved.why.as_ref().map(|why| why.as_str().to_owned()),
            lines: before
                .map(|before| changed(before, text))
                .unwrap_or_default(),
        });
        before = Some(text);
    }
    versions
}

/// Line by line, what the later text has that the earlier had not, and the other way.
fn changed(before: &str, after: &str) -> Vec<ChangedLine> {
    let diff = similar::TextDiff::from_lines(before, after);
    let lines = diff.iter_all_changes();
    lines
        .map(|change| ChangedLine {
            change: match change.tag() {
                similar::ChangeTag::Equal => Change::Same,
                similar::ChangeTag::Insert => Change::Added,
                similar::ChangeTag::Delete => Change::Removed,
            },
            text: change.value().trim_end().to_owned(),
        })
        .collect()
}

/// Whether it was noted in the room who is there.
fn was_noted(meeting: &Meeting) -> bool {
    meeting.invitations.iter().any(|one| one.present.is_some())
}

/// Who was there: as noted in the room; where nobody was noted, as answered.
fn present(desk: &Desk, found: &Found, lang: Lang, who: impl Fn(&Guest) -> bool) -> Vec<String> {
    let noted = was_noted(&found.meeting);
    let invited = found.meeting.invitations.iter();
    let there = invited.filter(|one| who(&one.guest)).filter(|one| {
        let answered = one.answer.as_ref().and_then(Answer::name);
        one.present.unwrap_or(!noted && answered.is_some())
    });
    there
        .map(|one| {
            let name = guest_name(desk, found, &one.guest, lang);
            match &one.answer {
                Some(Answer::Comes { name: attendee }) => format!("{name} {}", attendee.as_str()),
                Some(Answer::Substitute { name: attendee, .. }) => {
                    let mark = words::express::SUBSTITUTE_MARK.of(lang);
                    format!("{name} {}{mark}", attendee.as_str())
                }
                Some(Answer::Excused { .. }) | None => name,
            }
        })
        .collect()
}

fn absent(desk: &Desk, found: &Found, lang: Lang) -> Vec<String> {
    let noted = was_noted(&found.meeting);
    let away = found.meeting.invitations.iter().filter(|one| {
        let excused = matches!(one.answer, Some(Answer::Excused { .. }));
        noted && one.present != Some(true) && !excused
    });
    away.map(|one| guest_name(desk, found, &one.guest, lang))
        .collect()
}

fn excused(desk: &Desk, found: &Found, lang: Lang) -> Vec<String> {
    let away = found.meeting.invitations.iter().filter(|one| {
        matches!(one.answer, Some(Answer::Excused { .. })) && one.present != Some(true)
    });
    away.map(|one| guest_name(desk, found, &one.guest, lang))
        .collect()
}

/// From what was recorded: matter by matter, what was decided, by whom, until when.
pub async fn drafted(desk: &Desk, found: &Found) -> Result<String, Problem> {
    let meeting = &found.meeting;
    // Minutes are written in the language of the office.
    let lang = Lang::Zh;
    let plan = &meeting.plan;
    let when = words::time::paper_day(domain::time::local(plan.starts_at).date());
    let mut text = format!(
        "{when}，{}在{}主持召开{}。现将会议议定事项纪要如下：\n",
        plan.chair.name,
        plan.place.as_str(),
        plan.title.as_str(),
    );
    let heard = meetings::heard(desk, found).await.map_err(problem)?;
    for (position, heard) in heard.iter().enumerate() {
        let order = &heard.found;
        let Some(item) = meeting.item(order.order.number) else {
            continue;
        };
        let title = order.listed.overview.placement.title.as_str();
        let heading = words::express::numeral(position + 1);
        text.push_str(&format!("{heading}、关于“{title}”（{}）\n", item.matter));
        let brief = super::express::brief_of(&order.order, &order.events);
        if let Some(brief) = brief {
            text.push_str(&format!(
                "会议听取了情况汇报：{}\n",
                brief.difficulty.as_str()
            ));
        }
        match &item.outcome {
            Outcome::Open => text.push_str("本次会议未研究。\n"),
            Outcome::Deferred { reason } => {
                text.push_str(&format!("会议决定缓议。原因：{}\n", reason.as_str()));
            }
            Outcome::Decided { decisions } => {
                for (number, seq) in decisions.iter().enumerate() {
                    let Some(task) = order.order.task(*seq) else {
                        continue;
                    };
                    let body = |code| {
                        let named = short(&desk.book.directory, code);
                        lang.name(&named).to_owned()
                    };
                    let duty = &task.duty;
                    let due = domain::time::local(task.due(&desk.book).at).date();
                    let mut line = format!(
                        "（{}）{}由{}牵头",
                        words::express::numeral(number + 1),
                        sentence(duty.text.as_str()),
                        body(&duty.owner),
                    );
                    if !duty.co_owners.is_empty() {
                        let others: Vec<String> = duty.co_owners.iter().map(body).collect();
                        line.push_str(&format!("，{}配合", others.join("、")));
                    }
                    line.push_str(&format!(
                        "，于{}前完成；以{}为完成标志。",
                        words::time::paper_day(due),
                        duty.proof.as_str(),
                    ));
                    if let Some(basis) = &task.basis {
                        line.push_str(&format!("依据：{}。", basis.as_str()));
                    }
                    text.push_str(&line);
                    text.push('\n');
                }
            }
        }
    }
    Ok(text)
}

/// With the stop that a sentence ends with.
fn sentence(text: &str) -> String {
    let text = text.trim();
    match text.chars().last() {
        Some('。' | '！' | '？' | '；') => text.to_owned(),
        _ => format!("{text}。"),
    }
}

pub async fn write(number: &str, revision: &str, text: &str) -> Result<(), Problem> {
    at_paper(number, Action::CallMeetings, async |desk, number| {
        let text = MinutesText::parse(Field::MinutesText, text)?;
        let revision = parse_version(revision)?;
        take(
            desk,
            number,
            None,
            MeetingStep::WriteMinutes { text, revision },
        )
        .await
    })
    .await
}

pub async fn approve(number: &str, revision: &str) -> Result<(), Problem> {
    at_paper(number, Action::ApproveMinutes, async |desk, number| {
        let revision = parse_version(revision)?;
        meetings::approve_minutes(desk, number, revision)
            .await
            .map_err(problem)
    })
    .await
}

pub async fn amend(number: &str, reason: &str) -> Result<(), Problem> {
    at_paper(number, Action::CallMeetings, async |desk, number| {
        let reason = Reason::parse(Field::Reason, reason)?;
        take(desk, number, None, MeetingStep::AmendMinutes { reason }).await
    })
    .await
}

async fn at_paper(
    number: &str,
    action: Action,
    work: impl AsyncFnOnce(&Desk, domain::meeting::MeetingNumber) -> Result<(), Problem>,
) -> Result<(), Problem> {
    then(number, "/minutes", action, work).await
}
