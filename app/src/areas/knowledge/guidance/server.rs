use domain::guidance::{Guidance, GuidanceDraft};
use domain::order::{Number, ReplyKind, Stage, StepName, permission};
use domain::{Action, Role};
use store::guidance::Published;
use store::{Context, guidance, orders};

use crate::areas::knowledge::guidance::{GuidanceForm, GuidanceList, GuidanceQuery};
use crate::areas::orders::order::server as sheet;
use crate::problem::ProblemDetails;
use crate::serve::rows::short;
use crate::serve::visit::{context_for, problem};
use crate::serve::{Problem, answer};
use crate::sheets::{AlikeSheet, GuidanceSheet, Offered};

/// As many as one glances at while typing.
const OFFERED: usize = 3;

pub async fn list(query: &GuidanceQuery) -> Result<GuidanceList, Problem> {
    let ctx = context_for(Action::SeeGuidance)?;
    let directory = &ctx.book.directory;
    let category = match query.category.trim() {
        "" => None,
        code => Some(directory.category(code).ok_or(Problem::Malformed)?),
    };
    let category = category.map(|category| category.code.as_str());
    let (found, more) = guidance::search(&ctx, &query.q, category)
        .await
        .map_err(problem)?;
    Ok(GuidanceList {
        items: found.iter().map(|one| lay_out(&ctx, one)).collect(),
        more,
        categories: directory.categories.clone(),
        can_publish: ctx.actor.may(Action::PublishGuidance).is_ok(),
    })
}

/// What could spare somebody who is typing an order the rest of it.
pub async fn offered(title: &str, content: &str) -> Result<Offered, ProblemDetails> {
    answer(async {
        let ctx = context_for(Action::SeeGuidance)?;
        let typed: String = format!("{title} {content}").chars().take(2_000).collect();
        let found = guidance::offered(&ctx, &typed, OFFERED)
            .await
            .map_err(problem)?;
        let enterprise = ctx.actor.role.enterprise();
        let own = orders::alike(&ctx, title, content, enterprise, None, OFFERED)
            .await
            .map_err(problem)?;
        Ok(Offered {
            guidance: found.iter().map(|one| lay_out(&ctx, one)).collect(),
            own: own.iter().map(|one| alike(&ctx, one, None)).collect(),
        })
    })
    .await
}

/// An order that is like another one, or like what somebody types.
pub fn alike(ctx: &Context, one: &orders::Alike, of: Option<i64>) -> AlikeSheet {
    let overview = &one.listed.overview;
    let enterprise = of.or(ctx.actor.role.enterprise());
    AlikeSheet {
        number: overview.number.to_string(),
        title: overview.placement.title.as_str().to_owned(),
        enterprise: one.listed.enterprise.clone(),
        stage: overview.stage,
        percent: one.percent,
        same_enterprise: enterprise == Some(overview.enterprise),
        takes_in: permission::is_of_stage(StepName::Absorb, overview.stage),
    }
}

/// The form; from an order that was replied to, with what was asked and answered.
pub async fn form(number: &str) -> Result<GuidanceForm, ProblemDetails> {
    answer(async {
        let ctx = context_for(Action::PublishGuidance)?;
        let mut form = GuidanceForm {
            number: String::new(),
            title: String::new(),
            category: String::new(),
            department: match &ctx.actor.role {
                Role::Head { body } => body.to_string(),
                _ => String::new(),
            },
            text: String::new(),
            basis: String::new(),
            categories: ctx.book.directory.categories.clone(),
            departments: sheet::departments(&ctx),
        };
        if number.trim().is_empty() {
            return Ok(form);
        }
        let number = Number::parse(number).ok_or(Problem::NotFound)?;
        let found = orders::find(&ctx, number).await.map_err(problem)?;
        let placement = &found.order.placement;
        form.number = number.to_string();
        form.title = placement.title.as_str().to_owned();
        form.category.clone_from(&placement.category);
        if let Some(lead) = found.order.stage.lead() {
            form.department = lead.to_string();
        }
        if let Stage::Replied { reply, .. } | Stage::Closed { reply, .. } = &found.order.stage {
            form.text = reply.text.as_str().to_owned();
            if let ReplyKind::Impossible { basis } = &reply.kind {
                form.basis = basis.as_str().to_owned();
            }
        }
        Ok(form)
    })
    .await
}

pub async fn publish(draft: &GuidanceDraft) -> Result<(), ProblemDetails> {
    answer(async {
        let ctx = context_for(Action::PublishGuidance)?;
        let wish = Guidance::parse(draft, &ctx.book.directory)?;
        let id = guidance::publish(&ctx, wish).await.map_err(problem)?;
        leptos_axum::redirect(&format!("/guidance?published={id}&done=published"));
        Ok(())
    })
    .await
}

pub async fn withdraw(id: &str) -> Result<(), ProblemDetails> {
    answer(async {
        let ctx = context_for(Action::PublishGuidance)?;
        let id = id.trim().parse().map_err(|_| Problem::NotFound)?;
        guidance::withdraw(&ctx, id).await.map_err(problem)?;
        leptos_axum::redirect("/guidance?done=withdrawn");
        Ok(())
    })
    .await
}

fn lay_out(ctx: &Context, one: &Published) -> GuidanceSheet {
    let directory = &ctx.book.directory;
    let guidance = &one.guidance;
    let category = directory.category(&guidance.category);
    GuidanceSheet {
        id: one.id,
        title: guidance.title.as_str().to_owned(),
        category: category.map_or_else(
            || crate::serve::rows::unknown(&guidance.category),
            |category| category.name.clone(),
        ),
        body: short(directory, &guidance.body),
        text: guidance.text.as_str().to_owned(),
        basis: guidance
            .basis
            .as_ref()
            .map(|basis| basis.as_str().to_owned()),
        at: one.at,
        own: guidance::can_publish(ctx, &guidance.body),
    }
}
