//! How a body works, as its head decides.

use domain::{Action, AuditKind, Refusal};

use crate::audit::{self, Entry};
use crate::dialect::Conn;
use crate::{Context, Error};

/// Whether the head of the caller's body approves replies before they go out.
pub async fn set_approval(ctx: &Context, approves: bool) -> Result<(), Error> {
    let action = Action::ManageBody;
    ctx.actor.may(action)?;
    let Some(body) = ctx.actor.role.body().cloned() else {
        return Err(Refusal::Forbidden { action }.into());
    };
    let entry = Entry::new(AuditKind::BodyChanged, ctx.now, &ctx.trace)
        .by(&ctx.actor)
        .object(body.to_string())
        .detail(format!("approves_replies {approves}"));
    ctx.store
        .write
        .run_alone(move |connection| {
            Box::pin(async move {
                sqlx::query("UPDATE bodies SET approves_replies = $1 WHERE code = $2")
                    .bind(approves)
                    .bind(body.as_str())
                    .execute(&mut *connection)
                    .await?;
                audit::append(connection, &entry).await
            })
        })
        .await
}

/// Where the last head of a body has left, replies wait for nobody.
pub(crate) async fn without_heads(connection: &mut Conn) -> Result<(), Error> {
    sqlx::query(
        "UPDATE bodies SET approves_replies = FALSE
         WHERE approves_replies AND NOT EXISTS (
             SELECT 1 FROM memberships JOIN users ON users.id = memberships.user
             WHERE memberships.body = bodies.code AND memberships.role = 'head'
               AND memberships.ended_at IS NULL AND users.disabled_at IS NULL)",
    )
    .execute(connection)
    .await?;
    Ok(())
}
