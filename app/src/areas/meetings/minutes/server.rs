//! Minutes: drafted from what was recorded, read and written.

use domain::Action;
use domain::case::Door;
use domain::meeting::{
    Answer, Approved, Guest, Invitation, Meeting, MeetingStepName, MeetingWhat, Outcome,
};
use domain::order::{Number, Order};
use domain::task::{Duty, TaskCase, TaskState};
use domain::text::Line;
use domain::time::Due;
use store::meetings::Found;
use store::{Context, cases, meetings};
use words::lang::Lang;

use crate::areas::meetings::meeting::server::{
    guest_name, number_of, reads_minutes, row_of, writes_minutes,
};
use crate::problem::ProblemDetails;
use crate::serve::forms::meeting as forms;
use crate::serve::rows::short;
use crate::serve::visit::{context_for, problem};
use crate::serve::{Problem, answer, unsent, visit};
use crate::sheets::{Change, ChangedLine, MinutesSheet, VersionSheet};

pub async fn sheet(number: &str) -> Result<MinutesSheet, ProblemDetails> {
    answer(async {
        let ctx = context_for(Action::SeeMeetings)?;
        let found = meetings::find(&ctx, number_of(number)?)
            .await
            .map_err(problem)?;
        let frame = visit()?.frame;
        let can = |step| {
            found
                .meeting
                .check(&ctx.actor, ctx.now, step, &ctx.book)
                .is_ok()
        };
        let forms = forms::Page {
            ctx: &ctx,
            frame: &frame,
            found: &found,
            chairs: Vec::new(),
            matters: Vec::new(),
            agenda: Vec::new(),
            unrecorded: Vec::new(),
        };
        let form = |step| can(step).then(|| forms.of_minutes(step)).flatten();
        Ok(MinutesSheet {
            approve: form(MeetingStepName::ApproveMinutes),
            amend: form(MeetingStepName::AmendMinutes),
            ..of(&ctx, &found, frame.lang).await?
        })
    })
    .await
}

/// What the paper is made of, without forms; `NotFound` for who may not read it.
pub async fn of(ctx: &Context, found: &Found, lang: Lang) -> Result<MinutesSheet, Problem> {
    let meeting = &found.meeting;
    let minutes = &meeting.minutes;
    if meeting.ended_at.is_none() || !reads_minutes(ctx, meeting) {
        return Err(Problem::NotFound);
    }
    let can = |step| meeting.check(&ctx.actor, ctx.now, step, &ctx.book).is_ok();
    let writes = writes_minutes(ctx, meeting);
    // What is being written is for who writes and who approves.
    let written = if writes {
        minutes.text()
    } else {
        minutes.approved.last().map(|approved| &approved.text)
    };
    let text = match written {
        Some(text) => text.as_str().to_owned(),
        None => drafted(ctx, found).await?,
    };
    let page = format!("/meetings/{}/minutes", meeting.number);
    let approved_at = minutes.approved.last().map(|approved| approved.at);
    // What was typed before the minutes were approved is not laid over the next version.
    let (stale, unsent) = unsent::of_page(ctx, &page)
        .await?
        .into_iter()
        .partition(|one| approved_at.is_some_and(|approved| one.at < approved));
    let approved = u16::try_from(minutes.approved.len()).unwrap_or(u16::MAX);
    let is_next = writes && !minutes.is_frozen() || minutes.approved.is_empty();
    let named = |one: &Invitation| named(ctx, found, one, lang);
    let roll = Roll::of(meeting, writes);
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
        // Who does not write them reads what was signed.
        signed: !writes || minutes.is_frozen(),
        amending: minutes
            .amending()
            .filter(|_| writes)
            .map(|reason| reason.as_str().to_owned()),
        can_write: can(MeetingStepName::WriteMinutes),
        approve: None,
        amend: None,
        versions: versions(ctx, found),
        present: roll.present(named, |guest| matches!(guest, Guest::Body(_))),
        attending: roll.present(named, |guest| matches!(guest, Guest::Enterprise(_))),
        excused: roll.excused(named),
        chair: meeting.plan.chair.name.clone(),
        absent: roll.absent(named),
        unrecorded: roll.unrecorded(named),
        unsent,
        stale,
    })
}

fn versions(ctx: &Context, found: &Found) -> Vec<VersionSheet> {
    let mut before: Option<String> = None;
    let mut versions = Vec::new();
    for approved in &found.meeting.minutes.approved {
        let attendance = attendance(ctx, found, approved);
        let text = format!("{}\n{attendance}", approved.text.as_str());
        versions.push(VersionSheet {
            version: approved.version,
            at: approved.at,
            by: approved.by.clone(),
            why: approved.why.as_ref().map(|why| why.as_str().to_owned()),
            lines: before
                .as_deref()
                .map(|before| changed(before, &text))
                .unwrap_or_default(),
        });
        before = Some(text);
    }
    versions
}

/// A line for each guest, so that a version shows whose attendance was mended.
fn attendance(ctx: &Context, found: &Found, approved: &Approved) -> String {
    let state = |one: &Invitation| match one.present {
        Some(true) => words::express::PRESENT,
        Some(false) => words::express::ABSENT,
        None => words::express::UNRECORDED,
    };
    let lines = approved.roll.iter();
    let lines = lines.map(|one| {
        let name = guest_name(ctx, found, &one.guest, Lang::Zh);
        format!("{name} {}", state(one).of(Lang::Zh))
    });
    lines.collect::<Vec<_>>().join("\n")
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

/// Who was there: of signed minutes as it stood when they were signed.
struct Roll<'m> {
    invitations: &'m [Invitation],
    names_unrecorded: bool,
}

impl<'m> Roll<'m> {
    fn of(meeting: &'m Meeting, writes: bool) -> Self {
        let signed = meeting.minutes.approved.last();
        match signed.filter(|_| !writes || meeting.minutes.is_frozen()) {
            Some(signed) => Self {
                invitations: &signed.roll,
                names_unrecorded: signed.names_unrecorded,
            },
            None => Self {
                invitations: &meeting.invitations,
                names_unrecorded: true,
            },
        }
    }

    fn whose(
        &self,
        name: impl Fn(&Invitation) -> String,
        which: impl Fn(&Invitation) -> bool,
    ) -> Vec<String> {
        let these = self.invitations.iter().filter(|one| which(one));
        these.map(name).collect()
    }

    /// Papers of earlier versions: where nobody was noted, as answered.
    fn was_there(&self, one: &Invitation) -> bool {
        let noted = self.invitations.iter().any(|one| one.present.is_some());
        let answered = one.answer.as_ref().and_then(Answer::name).is_some();
        match one.present {
            Some(present) => present,
            None => !self.names_unrecorded && !noted && answered,
        }
    }

    fn present(
        &self,
        name: impl Fn(&Invitation) -> String,
        who: impl Fn(&Guest) -> bool,
    ) -> Vec<String> {
        self.whose(name, |one| who(&one.guest) && self.was_there(one))
    }

    fn excused(&self, name: impl Fn(&Invitation) -> String) -> Vec<String> {
        self.whose(name, |one| one.is_excused() && one.present != Some(true))
    }

    fn absent(&self, name: impl Fn(&Invitation) -> String) -> Vec<String> {
        let noted = self.invitations.iter().any(|one| one.present.is_some());
        self.whose(name, |one| match one.present {
            Some(present) => !present && !one.is_excused(),
            None => !self.names_unrecorded && noted && !one.is_excused(),
        })
    }

    fn unrecorded(&self, name: impl Fn(&Invitation) -> String) -> Vec<String> {
        self.whose(name, |one| self.names_unrecorded && one.is_unrecorded())
    }
}

/// A guest with whoever came for them.
fn named(ctx: &Context, found: &Found, one: &Invitation, lang: Lang) -> String {
    let name = guest_name(ctx, found, &one.guest, lang);
    match &one.answer {
        Some(Answer::Comes { name: attendee }) => format!("{name} {}", attendee.as_str()),
        Some(Answer::Substitute { name: attendee, .. }) => {
            let mark = words::express::SUBSTITUTE_MARK.of(lang);
            format!("{name} {}{mark}", attendee.as_str())
        }
        Some(Answer::Excused { .. }) | None => name,
    }
}

/// From what was recorded: matter by matter, what was decided, by whom, until when.
pub async fn drafted(ctx: &Context, found: &Found) -> Result<String, Problem> {
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
    let heard = meetings::heard(ctx, &found.meeting)
        .await
        .map_err(problem)?;
    for (position, heard) in heard.iter().enumerate() {
        let order = &heard.found;
        let Some(item) = meeting.item(order.order.number) else {
            continue;
        };
        let title = order.listed.overview.placement.title.as_str();
        let heading = words::express::numeral(position + 1);
        text.push_str(&format!("{heading}、关于“{title}”（{}）\n", item.matter));
        let brief = crate::areas::meetings::express::brief_of(&order.order, &order.events);
        if let Some(brief) = brief {
            text.push_str(&format!(
                "会议听取了情况汇报：{}\n",
                brief.difficulty.as_str()
            ));
        }
        match &item.outcome {
            Outcome::Open => match crate::areas::meetings::meeting::server::decided_elsewhere(
                found,
                &order.order,
            ) {
                Some(other) => {
                    text.push_str(&format!(
                        "该事项已由会议 {other} 议定，本次会议未再研究。\n"
                    ));
                }
                None => text.push_str("本次会议未研究。\n"),
            },
            Outcome::Deferred { reason } => {
                text.push_str(&format!("会议决定缓议。原因：{}\n", reason.as_str()));
            }
            Outcome::Decided { decisions } => {
                for (number, seq) in decisions.iter().enumerate() {
                    let written = decision(ctx, &order.order, *seq, lang);
                    let numeral = words::express::numeral(number + 1);
                    let written = written.map(|text| format!("（{numeral}）{text}\n"));
                    text.push_str(&written.unwrap_or_default());
                }
            }
        }
        text.push_str(&notes(found, Some(item.matter)));
    }
    let mut numerals = (heard.len() + 1..).map(words::express::numeral);
    let assigned = assigned(ctx, found, lang).await?;
    let others = notes(found, None);
    for (title, lines) in [("交办事项", assigned), ("其他", others)] {
        if !lines.is_empty() {
            let numeral = numerals.next().unwrap_or_default();
            text.push_str(&format!("{numeral}、{title}\n{lines}"));
        }
    }
    Ok(text)
}

/// What was decided with an event of the order: a task, or what the meeting holds.
fn decision(ctx: &Context, order: &Order, seq: u32, lang: Lang) -> Option<String> {
    let mut conclusions = order.conclusions.iter();
    if let Some(one) = conclusions.find(|one| one.seq == seq) {
        let held = words::meeting::conclusion(lang, &one.conclusion);
        return Some(sentence(&held));
    }
    let task = order.task(seq)?;
    let due = task.due(&ctx.book);
    Some(given(ctx, (&task.duty, task.basis.as_ref()), due, lang))
}

/// What a body was given to do, until when, and how one sees that it is done.
fn given(
    ctx: &Context,
    (duty, basis): (&Duty, Option<&Line<300>>),
    due: Due,
    lang: Lang,
) -> String {
    let body = |code| {
        let named = short(&ctx.book.directory, code);
        lang.name(&named).to_owned()
    };
    let due = domain::time::local(due.at).date();
    let mut line = format!(
        "{}由{}牵头",
        sentence(duty.text.as_str()),
        body(&duty.owner)
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
    if let Some(basis) = basis {
        line.push_str(&format!("依据：{}。", basis.as_str()));
    }
    line
}

/// What was given that is about none of the matters and stands, a line each.
async fn assigned(ctx: &Context, found: &Found, lang: Lang) -> Result<String, Problem> {
    let mut lines = String::new();
    for event in &found.events {
        let MeetingWhat::Assigned(it) = &event.what else {
            continue;
        };
        let number = it.task.to_string();
        let case = cases::find::<TaskCase>(ctx, &number).await;
        let case = case.map_err(problem)?.case;
        let task = &case.task;
        if task.state() != TaskState::Withdrawn {
            let due = task.due(&ctx.book);
            let line = given(ctx, (&task.duty, task.basis.as_ref()), due, lang);
            lines.push_str(&format!("{}（{number}）：{line}\n", case.title.as_str()));
        }
    }
    Ok(lines)
}

/// What was noted of a matter, or of the meeting, a line each.
fn notes(found: &Found, matter: Option<Number>) -> String {
    let notes = found.events.iter().filter_map(|event| match &event.what {
        // Also of a matter that has been taken off.
        MeetingWhat::Noted(it) => {
            let about = it
                .note
                .matter
                .filter(|it| found.meeting.item(*it).is_some());
            (about == matter).then_some(it.note.text.as_str())
        }
        _ => None,
    });
    notes
        .map(|text| format!("会议记录：{}\n", sentence(text)))
        .collect()
}

/// With the stop that a sentence ends with.
fn sentence(text: &str) -> String {
    let text = text.trim();
    match text.chars().last() {
        Some('。' | '！' | '？' | '；') => text.to_owned(),
        _ => format!("{text}。"),
    }
}
