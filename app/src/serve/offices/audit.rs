//! The audit, for the auditor.

use domain::time::instant;
use domain::{Action, Deed};
use store::audit::{self, Entry, Filter, Read};

use crate::problem::ProblemDetails;
use crate::serve::Problem;
use crate::serve::answer;
use crate::serve::ledger::guarded;
use crate::serve::visit::{desk_for, problem};
use crate::sheets::{AuditLine, AuditQuery, AuditSheet};
use crate::words;

const PAGE: u16 = 50;
/// Lines that are read at a time for an export.
const BATCH: u16 = 1000;

pub async fn lines(query: &AuditQuery) -> Result<AuditSheet, ProblemDetails> {
    answer(async {
        let desk = desk_for(Action::ReadAudit)?;
        let before = query.before.parse().ok();
        let mut found = audit::lines(&desk, &filter(query), before, PAGE + 1)
            .await
            .map_err(problem)?;
        let more = found.len() > usize::from(PAGE);
        found.truncate(PAGE.into());
        let next = found
            .last()
            .filter(|_| more)
            .map(|last| last.line.id.to_string());
        let lines = found.into_iter().map(line).collect::<Result<_, _>>()?;
        Ok(AuditSheet { lines, next })
    })
    .await
}

fn filter(query: &AuditQuery) -> Filter {
    let midnight = |text: &str, days: i64| {
        let day = domain::time::typed::day(text)?;
        let day = day.checked_add_signed(chrono::Duration::days(days))?;
        Some(instant(day, chrono::NaiveTime::MIN))
    };
    Filter {
        deed: Deed::parse(&query.deed),
        text: query.q.chars().take(200).collect(),
        from: midnight(&query.from, 0),
        until: midnight(&query.until, 1),
    }
}

fn line(Read { line, account }: Read) -> Result<AuditLine, Problem> {
    Ok(AuditLine {
        id: line.id,
        at: line.at().map_err(problem)?,
        account: account
            .filter(|account| *account != line.name)
            .unwrap_or_default(),
        name: line.name,
        role: line.role,
        deed: line.deed,
        object: line.object,
        detail: line.detail,
        address: line.address,
        request: line.request,
        hash: line
            .hash
            .iter()
            .take(6)
            .map(|byte| format!("{byte:02x}"))
            .collect(),
    })
}

/// Everything that the filter finds, as CSV; that it was exported is a line as well.
pub async fn export(visit: &crate::serve::Visit, query: &AuditQuery) -> Result<String, Problem> {
    let person = visit.person.clone().ok_or(Problem::NotSignedIn)?;
    let desk =
        store::Desk::new(visit.store.clone(), person.actor, visit.now).traced(visit.trace.clone());
    desk.actor
        .may(Action::ReadAudit)
        .map_err(Problem::Refused)?;
    let filter = filter(query);
    let mut writer = csv::Writer::from_writer(Vec::new());
    let lang = visit.frame.lang;
    let headings = words::audit::COLUMNS.map(|heading| heading.of(lang));
    let failed = |error: csv::Error| {
        tracing::error!(%error, "an export could not be written");
        Problem::Failed
    };
    writer.write_record(headings).map_err(failed)?;
    let mut before = None;
    let mut count = 0_u64;
    loop {
        let lines = audit::lines(&desk, &filter, before, BATCH)
            .await
            .map_err(problem)?;
        let Some(last) = lines.last() else { break };
        before = Some(last.line.id);
        for Read { line, account } in &lines {
            let at = domain::time::rfc3339(line.at().map_err(problem)?);
            let number = |n: Option<i64>| n.map(|n| n.to_string()).unwrap_or_default();
            let hash: String = line.hash.iter().map(|byte| format!("{byte:02x}")).collect();
            let record = [
                line.id.to_string(),
                at,
                number(line.user),
                guarded(account.as_deref().unwrap_or_default()),
                guarded(&line.name),
                words::audit::audited_role(&line.role).of(lang).to_owned(),
                words::audit::deed(&line.deed).of(lang).to_owned(),
                guarded(&line.object),
                guarded(&words::audit::detail(lang, &line.deed, &line.detail)),
                line.address.clone(),
                line.request.clone(),
                number(line.events_from),
                number(line.events_to),
                hash,
            ];
            writer.write_record(record).map_err(failed)?;
            count += 1;
        }
    }
    let bytes = writer.into_inner().map_err(|_| Problem::Failed)?;
    let text = String::from_utf8(bytes).map_err(|_| Problem::Failed)?;
    let entry = Entry::of(&desk, Deed::AuditExported).detail(format!("{count} lines"));
    audit::write(&desk.store, entry).await.map_err(problem)?;
    // With a mark, so that spreadsheets read the Chinese in it.
    Ok(format!("\u{FEFF}{text}"))
}
