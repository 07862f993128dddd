//! The hall's list: checked row by row, then entered whole.

use domain::contact::Phone;
use domain::hall::{Claim, Entry, HallRow};
use domain::time::local;
use domain::{Action, Field, FieldFault, Refusal};
use store::{Context, drafts, orders};

use crate::areas::orders::hall::{HallLine, HallPreview};
use crate::frame::Frame;
use crate::problem::ProblemDetails;
use crate::serve::visit::{context_for, problem};
use crate::serve::{Problem, Visit, answer, visit};

/// What drafts of lists are kept under.
const KIND: &str = "hall";

/// Rows with the numbers that their spreadsheet gives them.
pub type Numbered = Vec<(usize, HallRow)>;

/// Keeps a list that was read, for its sender alone, and answers its number.
pub async fn keep(visit: &Visit, rows: &Numbered) -> Result<i64, Problem> {
    let person = visit.person.clone().ok_or(Problem::NotSignedIn)?;
    let ctx = Context::new(visit.store.clone(), person.actor, visit.now);
    ctx.actor.may(Action::EnterOrders)?;
    drafts::keep(&ctx, KIND, rows).await.map_err(problem)
}

/// Whether somebody may send a list at all.
pub async fn may_enter() -> Result<(), ProblemDetails> {
    answer(async { context_for(Action::EnterOrders).map(|_| ()) }).await
}

pub async fn preview(draft: &str) -> Result<HallPreview, ProblemDetails> {
    answer(async {
        let ctx = context_for(Action::EnterOrders)?;
        let frame = visit()?.frame;
        let rows = drafted(&ctx, draft).await?;
        let lines = check(&ctx, &frame, &rows).await?;
        Ok(HallPreview {
            draft: draft.to_owned(),
            wrong: lines.iter().filter(|line| !line.wrong.is_empty()).count(),
            rows: lines,
        })
    })
    .await
}

pub async fn enter(draft: &str) -> Result<(), ProblemDetails> {
    answer(async {
        let ctx = context_for(Action::EnterOrders)?;
        let rows = drafted(&ctx, draft).await?;
        let today = local(ctx.now).date();
        let entries = rows
            .iter()
            .map(|(_, row)| row.parse(&ctx.book.directory, today));
        let entries = entries.collect::<Result<Vec<Entry>, Refusal>>()?;
        let id = draft.trim().parse().map_err(|_| Problem::NotFound)?;
        let entered = orders::enter_all(&ctx, id, entries).await;
        let entered = entered.map_err(problem)?.len();
        leptos_axum::redirect(&format!("/orders/import?entered={entered}"));
        Ok(())
    })
    .await
}

async fn drafted(ctx: &Context, draft: &str) -> Result<Numbered, Problem> {
    let id = draft.trim().parse().map_err(|_| Problem::NotFound)?;
    drafts::find(ctx, KIND, id).await.map_err(problem)
}

/// The list has its own heading for when something happened.
fn as_headed(fault: &FieldFault) -> FieldFault {
    let mut fault = fault.clone();
    if fault.field == Field::HappenedAt {
        fault.field = Field::ReceivedAt;
    }
    fault
}

/// What is wrong with each row, and what may have been entered before.
async fn check(ctx: &Context, frame: &Frame, rows: &Numbered) -> Result<Vec<HallLine>, Problem> {
    // `all`: also that no enterprise is named.
    let said = |refusal: &Refusal, all: bool| match refusal {
        Refusal::Invalid { faults } => faults
            .iter()
            .filter(|fault| all || fault.field != Field::EnterpriseName)
            .map(|fault| words::fault::sentence(frame.lang, &as_headed(fault)))
            .collect(),
        refusal => {
            let problem = Problem::Refused(refusal.clone());
            vec![problem.sentence(frame.lang, frame.year)]
        }
    };
    let today = local(ctx.now).date();
    let claims: Vec<Claim> = rows.iter().map(|(_, row)| row.claim(today)).collect();
    let found = orders::check_rows(ctx, &claims).await.map_err(problem)?;
    let lines = rows.iter().zip(found).map(|((number, row), finding)| {
        let read = row.read(&ctx.book.directory, today);
        let parsed = row.parse(&ctx.book.directory, today).err();
        // That no enterprise is named is said once.
        let is_named = row.claim(today).enterprise.is_some();
        let wrong: Vec<String> = parsed
            .iter()
            .flat_map(|refusal| said(refusal, true))
            .chain(
                finding
                    .refusal
                    .iter()
                    .flat_map(|refusal| said(refusal, is_named)),
            )
            .collect();
        HallLine {
            row: *number,
            enterprise: row.enterprise.clone(),
            title: row.title.clone(),
            phone: Phone::parse(Field::ContactPhone, &row.contact_phone)
                .map_or_else(|_| row.contact_phone.clone(), String::from),
            category: read.category.map_or_else(
                || row.category.clone(),
                |one| frame.lang.name(&one.name).to_owned(),
            ),
            township: read.township.map_or_else(
                || row.township.clone(),
                |one| frame.lang.name(&one.short).to_owned(),
            ),
            urgency: read.urgency.map_or_else(
                || row.urgency.clone(),
                |urgency| words::order::urgency(urgency).of(frame.lang).to_owned(),
            ),
            happened: read.happened.map_or_else(
                || row.happened.clone(),
                |at| words::time::moment(frame.lang, at, frame.year),
            ),
            wrong,
            like: finding.like.map(|number| number.to_string()),
        }
    });
    Ok(lines.collect())
}
