//! What the security administrator decides.

use std::sync::{Arc, PoisonError};

use domain::policy::ROWS;
use domain::{Action, AuditKind, Policy, RoleName};

use crate::audit::{self, Entry};
use crate::{Context, Error, Store};

/// Reads the policy anew; rows that were never changed are as the program has them.
pub(crate) async fn load(store: &Store) -> Result<(), Error> {
    let rows: Vec<(String, u16)> = sqlx::query_as("SELECT name, amount FROM policy")
        .fetch_all(&store.read)
        .await?;
    let roles: Vec<String> = sqlx::query_scalar("SELECT role FROM policy_second_factor")
        .fetch_all(&store.read)
        .await?;
    let mut policy = Policy::default();
    for (name, amount) in rows {
        policy.set(&name, amount);
    }
    for role in roles.iter().filter_map(|role| RoleName::parse(role)) {
        if !policy.second_factor.contains(&role) {
            policy.second_factor.push(role);
        }
    }
    let mut shared = store.policy.write().unwrap_or_else(PoisonError::into_inner);
    *shared = Arc::new(policy);
    Ok(())
}

pub async fn change(ctx: &Context, policy: Policy) -> Result<(), Error> {
    ctx.actor.may(Action::ChangePolicy)?;
    let before = ctx.store.policy();
    let line = |detail: String| Entry::of(ctx, AuditKind::PolicyChanged).detail(detail);
    let entries: Vec<Entry> = changes(&before, &policy).into_iter().map(line).collect();
    if entries.is_empty() {
        return Ok(());
    }
    ctx.write(move |connection| {
        Box::pin(async move {
            for row in ROWS {
                sqlx::query(
                    "INSERT INTO policy VALUES ($1, $2)
                     ON CONFLICT (name) DO UPDATE SET amount = excluded.amount",
                )
                .bind(row.name)
                .bind(policy.get(row.name))
                .execute(&mut *connection)
                .await?;
            }
            sqlx::query("DELETE FROM policy_second_factor")
                .execute(&mut *connection)
                .await?;
            for role in policy.second_factor {
                sqlx::query("INSERT INTO policy_second_factor VALUES ($1)")
                    .bind(role.code())
                    .execute(&mut *connection)
                    .await?;
            }
            for entry in &entries {
                audit::append(connection, entry).await?;
            }
            Ok(())
        })
    })
    .await?;
    load(&ctx.store).await
}

/// What is another than before: `NAME WAS → IS` for a row, `+ROLE` and `-ROLE` for who
/// needs a second factor.
fn changes(before: &Policy, after: &Policy) -> Vec<String> {
    let rows = ROWS.iter().map(|row| row.name);
    let rows = rows.filter(|name| before.get(name) != after.get(name));
    let rows = rows.map(|name| format!("{name} {} → {}", before.get(name), after.get(name)));
    let of = |policy: &Policy, role: &RoleName| policy.second_factor.contains(role);
    let added = after.second_factor.iter().filter(|role| !of(before, role));
    let removed = before.second_factor.iter().filter(|role| !of(after, role));
    let added = added.map(|role| format!("second_factor +{}", role.code()));
    let removed = removed.map(|role| format!("second_factor -{}", role.code()));
    rows.chain(added).chain(removed).collect()
}
