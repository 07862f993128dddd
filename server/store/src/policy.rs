//! What the security administrator decides.

use std::sync::{Arc, PoisonError};

use domain::policy::ROWS;
use domain::{Action, Deed, Policy, RoleName};

use crate::audit::{self, Entry};
use crate::{Desk, Error, Store};

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

pub async fn change(desk: &Desk, policy: Policy) -> Result<(), Error> {
    desk.actor.may(Action::ChangePolicy)?;
    let before = desk.store.policy();
    let changed: Vec<String> = ROWS
        .iter()
        .filter(|row| before.get(row.name) != policy.get(row.name))
        .map(|row| {
            let name = row.name;
            format!("{name} {} → {}", before.get(name), policy.get(name))
        })
        .collect();
    let roles: Vec<&str> = policy
        .second_factor
        .iter()
        .map(|role| role.code())
        .collect();
    let detail = format!("{}; second_factor {}", changed.join(", "), roles.join(" "));
    let entry = Entry::of(desk, Deed::PolicyChanged).detail(detail);
    desk.store
        .write
        .run(move |connection| {
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
                audit::append(connection, &entry).await
            })
        })
        .await?;
    load(&desk.store).await
}
