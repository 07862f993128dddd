use domain::clock::Clock;
use domain::meeting::MeetingNumber;
use domain::order::placement::{Draft, Placement};
use domain::order::{ClockName, Complexity, Urgency};
use domain::{Refusal, Role};
use store::{Context, people};

use crate::areas::orders::place::Placing;
use crate::areas::projects::edit::server as projects;
use crate::problem::ProblemDetails;
use crate::serve::visit::problem;
use crate::serve::{Problem, answer, context, files, unsent, visit};

/// `meeting` is the number of a joint meeting, or empty.
pub async fn placing(meeting: &str) -> Result<Placing, ProblemDetails> {
    answer(async {
        let visit = visit()?;
        let ctx = context()?;
        let person = visit.person.ok_or(Problem::NotSignedIn)?;
        let Role::Enterprise { enterprise, .. } = ctx.actor.role else {
            return Err(Problem::Refused(Refusal::NotYours {
                step: domain::order::StepName::Place,
            }));
        };
        let enterprise = people::enterprise(&ctx.store, enterprise)
            .await
            .map_err(problem)?;
        let once = store::secret::once().map_err(problem)?;
        let (rules, directory) = (ctx.book.rules_at(ctx.now), &ctx.book.directory);
        let triage = Clock::start(ClockName::Triage, ctx.now, rules.triage, rules);
        Ok(Placing {
            categories: directory.categories.clone(),
            townships: directory
                .bodies
                .iter()
                .filter(|body| body.kind.is_township())
                .map(|body| (body.code.to_string(), body.short.clone()))
                .collect(),
            urgencies: Urgency::ALL
                .map(|urgency| (urgency, rules.resolve(urgency, Complexity::Ordinary)))
                .into(),
            triage_due: triage.due(&ctx.book.calendar).at,
            enterprise: enterprise.name,
            township: enterprise.township,
            projects: projects::own(&ctx).await?,
            contact_name: person.actor.name,
            contact_phone: person.phone,
            meeting: meeting_of(&ctx, meeting).await?,
            once,
            unsent: unsent::of_page(&ctx, "/orders/new").await?,
            waiting: files::waiting(&ctx, "/orders/new").await?,
        })
    })
    .await
}

/// Number and title of a joint meeting that takes orders from the reader.
async fn meeting_of(ctx: &Context, number: &str) -> Result<Option<(String, String)>, Problem> {
    let Some(number) = MeetingNumber::parse(number) else {
        return Ok(None);
    };
    let found = match store::meetings::find(ctx, number).await {
        Err(store::Error::NotFound) => return Ok(None),
        found => found.map_err(problem)?,
    };
    let takes = found.meeting.takes_orders().is_ok();
    let title = found.meeting.plan.title.as_str().to_owned();
    Ok(takes.then(|| (number.to_string(), title)))
}

/// Places an order and goes to its page.
pub async fn place(draft: Draft, once: String, files: &str) -> Result<(), ProblemDetails> {
    answer(async {
        let ctx = context()?;
        let placement = Placement::parse(&draft, &ctx.book.directory)?;
        let once = if once.is_empty() || once.len() > 100 {
            None
        } else {
            Some(store::orders::form_key(&once, &draft).map_err(problem)?)
        };
        let files = crate::serve::door::ids(files)?;
        let placed = store::orders::place_with(&ctx, placement, once, files.clone())
            .await
            .map_err(problem)?;
        for file in files {
            // Sent again, the form finds its order; what came along once more goes. The
            // order stands, whatever becomes of that.
            match store::attachments::forget(&ctx, file).await {
                Ok(()) | Err(store::Error::NotFound) => {}
                Err(error) => tracing::warn!(%error, "a file that came twice waits on"),
            }
        }
        leptos_axum::redirect(&format!("/orders/{}?placed", placed.number));
        Ok(())
    })
    .await
}
