//! The audit, for the auditor.

use domain::time::instant;
use domain::{Action, AuditKind, Instant};
use leptos::prelude::*;
use leptos_router::params::ParamsMap;
use store::audit;
use store::audit::{Entry, Filter, Read};
use words::{audit as audit_words, people};

use crate::areas::orders::list::ledger::guarded;
use crate::components::cell::Cell;
use crate::components::deadline::Moment;
use crate::frame::{lang, t};
use crate::page::Page;
use crate::page::laid::Address;
use crate::serve::Problem;
use crate::serve::visit::{context_for, problem};
use crate::sheets::AuditQuery;

const PAGE: u16 = 50;
/// Lines that are read at a time for an export.
const BATCH: u16 = 1000;

/// Who did or tried what, for the auditor.
pub async fn page(address: &Address) -> Result<Page, Problem> {
    let asked = AuditQuery {
        q: address.get("q"),
        deed: address.get("deed"),
        from: address.get("from"),
        until: address.get("until"),
        before: address.get("before"),
    };
    let sheet = lines(&asked).await?;
    Page::laid(
        t(audit_words::AUDIT),
        view! {
            <section class="page">
                <h1>{t(audit_words::AUDIT)}</h1>
                <p class="lead">{t(audit_words::AUDIT_LEAD)}</p>
                <Filters asked=asked.clone()/>
                <Export asked=asked.clone()/>
                <Lines sheet asked/>
            </section>
        },
    )
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditSheet {
    pub lines: Vec<AuditLine>,
    pub next: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditLine {
    pub id: i64,
    pub at: Instant,
    pub name: String,
    /// The account, where the name is not that.
    pub account: String,
    pub role: String,
    pub deed: String,
    pub object: String,
    pub detail: String,
    pub address: String,
    pub request: String,
    /// The beginning of it.
    pub hash: String,
}

pub async fn lines(query: &AuditQuery) -> Result<AuditSheet, Problem> {
    let ctx = context_for(Action::ReadAudit)?;
    let before = query.before.parse().ok();
    let mut found = audit::lines(&ctx, &filter(query), before, PAGE + 1)
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
}

fn filter(query: &AuditQuery) -> Filter {
    let midnight = |text: &str, days: i64| {
        let day = domain::time::typed::day(text)?;
        let day = day.checked_add_signed(chrono::Duration::days(days))?;
        Some(instant(day, chrono::NaiveTime::MIN))
    };
    Filter {
        deed: AuditKind::parse(&query.deed),
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
    let ctx = store::Context::new(visit.store.clone(), person.actor, visit.now)
        .traced(visit.trace.clone());
    ctx.actor.may(Action::ReadAudit).map_err(Problem::Refused)?;
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
        let lines = audit::lines(&ctx, &filter, before, BATCH)
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
    let entry = Entry::of(&ctx, AuditKind::AuditExported).detail(format!("{count} lines"));
    audit::write(&ctx.store, entry).await.map_err(problem)?;
    // With a mark, so that spreadsheets read the Chinese in it.
    Ok(format!("\u{FEFF}{text}"))
}

/// A plain form by GET: each filter is in the address.
#[component]
fn Filters(asked: AuditQuery) -> impl IntoView {
    let deeds = AuditKind::ALL
        .map(|deed| {
            view! {
                <option value=deed.code() selected=deed.code() == asked.deed>
                    {t(audit_words::deed(deed.code()))}
                </option>
            }
        })
        .collect_view();
    view! {
        <form method="get" action="/audit" class="filters-form" role="search">
            <div class="field">
                <label for="q">{t(audit_words::SEARCH)}</label>
                <input id="q" name="q" type="search" value=asked.q/>
            </div>
            <div class="field">
                <label for="deed">{t(audit_words::DEED)}</label>
                <select id="deed" name="deed">
                    <option value="">{t(audit_words::ANY_DEED)}</option>
                    {deeds}
                </select>
            </div>
            <div class="field">
                <label for="from">{t(audit_words::FROM)}</label>
                <input id="from" name="from" type="date" value=asked.from/>
            </div>
            <div class="field">
                <label for="until">{t(audit_words::UNTIL)}</label>
                <input id="until" name="until" type="date" value=asked.until/>
            </div>
            <button type="submit" class="button">
                {t(people::FIND)}
            </button>
        </form>
    }
}

#[component]
fn Lines(sheet: AuditSheet, asked: AuditQuery) -> impl IntoView {
    let later = !asked.before.is_empty();
    let page = move |before: String| {
        let query = ParamsMap::from_iter([
            ("q".to_owned(), asked.q.clone()),
            ("deed".to_owned(), asked.deed.clone()),
            ("from".to_owned(), asked.from.clone()),
            ("until".to_owned(), asked.until.clone()),
            ("before".to_owned(), before),
        ]);
        format!("/audit{}", query.to_query_string())
    };
    let newest = page(String::new());
    let older = sheet.next.map(page);
    let empty = sheet.lines.is_empty();
    let lines = sheet
        .lines
        .into_iter()
        .map(|line| view! { <Row line/> })
        .collect_view();
    view! {
        {if empty {
            view! { <p class="empty">{t(audit_words::AUDIT_EMPTY)}</p> }.into_any()
        } else {
            view! {
                <table class="table stack">
                    <thead>
                        <tr>
                            <th scope="col">"#"</th>
                            <th scope="col">{t(audit_words::TIME)}</th>
                            <th scope="col">{t(people::PERSON)}</th>
                            <th scope="col">{t(audit_words::DEED)}</th>
                            <th scope="col">{t(audit_words::OBJECT)}</th>
                            <th scope="col">{t(audit_words::DETAIL)}</th>
                            <th scope="col">{t(people::ADDRESS)}</th>
                        </tr>
                    </thead>
                    <tbody>{lines}</tbody>
                </table>
            }
                .into_any()
        }}
        <p class="pager">
            {later.then(|| view! { <a href=newest>{t(audit_words::NEWEST)}</a> })}
            {older.map(|href| view! { <a href=href>{t(audit_words::OLDER)}</a> })}
        </p>
    }
}

/// Everything that the filters find, not only this page.
#[component]
fn Export(asked: AuditQuery) -> impl IntoView {
    view! {
        <form method="post" action="/audit/export" class="inline-form">
            <input type="hidden" name="q" value=asked.q/>
            <input type="hidden" name="deed" value=asked.deed/>
            <input type="hidden" name="from" value=asked.from/>
            <input type="hidden" name="until" value=asked.until/>
            <button type="submit" class="button">
                {t(audit_words::EXPORT)}
            </button>
            <span class="hint">{t(audit_words::EXPORT_HINT)}</span>
        </form>
    }
}

#[component]
fn Row(line: AuditLine) -> impl IntoView {
    let chain = format!("#{} · {}", line.id, line.hash);
    let request = line.request;
    let called = [
        line.account.as_str(),
        t(audit_words::audited_role(&line.role)),
    ];
    let called = called.map(str::to_owned).join(" ").trim().to_owned();
    view! {
        <tr>
            <td title=chain>{line.id}</td>
            <td>
                <Moment at=line.at/>
            </td>
            <td data-label=t(people::PERSON)>
                {line.name} " " <span class="quiet">{called}</span>
            </td>
            <td data-label=t(audit_words::DEED)>{t(audit_words::deed(&line.deed))}</td>
            <Cell label=t(audit_words::OBJECT) text=line.object/>
            <Cell
                label=t(audit_words::DETAIL)
                text=audit_words::detail(lang(), &line.deed, &line.detail)
            />
            <td data-label=t(people::ADDRESS) title=request>
                {(!line.address.is_empty()).then_some(line.address)}
            </td>
        </tr>
    }
}
