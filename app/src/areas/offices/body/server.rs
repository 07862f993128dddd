use domain::{Action, Refusal};
use store::bodies;

use crate::areas::offices::body::BodySheet;
use crate::problem::ProblemDetails;
use crate::serve::visit::{context_for, problem};
use crate::serve::{Problem, answer};

pub async fn sheet() -> Result<BodySheet, ProblemDetails> {
    answer(async {
        let action = Action::ManageBody;
        let ctx = context_for(action)?;
        let body = ctx.actor.role.body();
        let body = body.and_then(|code| ctx.book.directory.body(code.as_str()));
        let body = body.ok_or(Problem::Refused(Refusal::Forbidden { action }))?;
        Ok(BodySheet {
            name: body.name.clone(),
            approves_replies: body.approves_replies,
        })
    })
    .await
}

/// `approves` is `yes` where the box is ticked; an empty box sends nothing.
pub async fn set_approval(approves: &str) -> Result<(), ProblemDetails> {
    answer(async {
        let ctx = context_for(Action::ManageBody)?;
        let approves = match approves {
            "yes" => true,
            "" => false,
            _ => return Err(Problem::Malformed),
        };
        bodies::set_approval(&ctx, approves)
            .await
            .map_err(problem)?;
        leptos_axum::redirect("/body?done=yes");
        Ok(())
    })
    .await
}
