//! 交接, for the system administrator and for the administrator of an enterprise.

use domain::{Fault, Field, FieldFault, UserId};
use store::hand_over;

use crate::areas::people::account::server::place;
use crate::areas::people::hand_over::{Colleague, Leaving};
use crate::problem::ProblemDetails;
use crate::serve::visit::problem;
use crate::serve::{Problem, answer, context};

/// What ending a membership would hand over, and to whom it could go.
pub async fn leaving(membership: &str) -> Result<Leaving, ProblemDetails> {
    answer(async {
        let ctx = context()?;
        let membership = membership.trim().parse().map_err(|_| Problem::NotFound)?;
        let found = hand_over::leaving(&ctx, membership)
            .await
            .map_err(problem)?;
        Ok(Leaving {
            membership,
            user: found.user,
            account: found.account,
            display: found.display,
            role: found.role.name(),
            manages: found.role.manages(),
            place: place(&ctx, &found.role).await?,
            orders: found.orders,
            waiting: found.waiting,
            colleagues: found
                .colleagues
                .into_iter()
                .map(|one| Colleague {
                    user: one.user,
                    account: one.account,
                    display: one.display,
                })
                .collect(),
        })
    })
    .await
}

/// Ends a membership; what is open under it goes to the successor, where one is named.
pub async fn end(membership: &str, successor: &str, back: &str) -> Result<(), ProblemDetails> {
    answer(async {
        let ctx = context()?;
        let membership = membership.trim().parse().map_err(|_| Problem::NotFound)?;
        let successor = match successor.trim() {
            "" => {
                return Err(FieldFault {
                    field: Field::Successor,
                    fault: Fault::Empty,
                }
                .into());
            }
            "nobody" => None,
            id => Some(id.parse().map_err(|_| Problem::NotFound)?),
        };
        let orders = hand_over::hand_over(&ctx, membership, successor)
            .await
            .map_err(problem)?;
        let page = match back.trim().parse::<UserId>() {
            Ok(user) => format!("/accounts/{user}?handed={orders}"),
            Err(_) => format!("/members?handed={orders}"),
        };
        leptos_axum::redirect(&page);
        Ok(())
    })
    .await
}
