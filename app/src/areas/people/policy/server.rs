//! Policy and sessions, for the security administrator; the table of rights.

use std::collections::BTreeMap;

use domain::policy::ROWS;
use domain::{Action, Policy, RoleName};
use store::{policy, sessions};

use crate::areas::people::account::server::rows;
use crate::areas::people::policy::PolicySheet;
use crate::problem::ProblemDetails;
use crate::serve::visit::{context_for, problem};
use crate::serve::{answer, visit};
use crate::sheets::Sessions;

pub async fn policy() -> Result<PolicySheet, ProblemDetails> {
    answer(async {
        context_for(Action::ChangePolicy)?;
        let policy = visit()?.policy;
        let always = Policy::default().second_factor;
        Ok(PolicySheet {
            rows: ROWS
                .map(|row| (row.name.to_owned(), policy.get(row.name), row.min, row.max))
                .into(),
            second_factor: RoleName::ALL
                .into_iter()
                .filter(|role| *role != RoleName::Clockwork)
                .map(|role| {
                    (
                        role,
                        policy.needs_second_factor(role),
                        always.contains(&role),
                    )
                })
                .collect(),
        })
    })
    .await
}

/// The fields are the rows by their names, and `factor_…` for each role.
pub async fn change(typed: BTreeMap<String, String>) -> Result<(), ProblemDetails> {
    answer(async {
        let ctx = context_for(Action::ChangePolicy)?;
        let roles = RoleName::ALL
            .into_iter()
            .filter(|role| typed.contains_key(&format!("factor_{}", role.code())))
            .collect();
        let wish = Policy::edited(|name| typed.get(name).cloned(), roles)?;
        policy::change(&ctx, wish).await.map_err(problem)?;
        leptos_axum::redirect("/policy?done=yes");
        Ok(())
    })
    .await
}

pub async fn sessions() -> Result<Sessions, ProblemDetails> {
    answer(async {
        let visit = visit()?;
        let ctx = context_for(Action::EndSessions)?;
        let (listed, count) = sessions::all(&ctx, visit.wall, &visit.policy)
            .await
            .map_err(problem)?;
        let current = visit.session.map(|session| session.id);
        Ok(Sessions {
            rows: rows(listed, current)?,
            count,
        })
    })
    .await
}
