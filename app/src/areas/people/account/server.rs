//! Everybody's own account: password, sessions.

use axum::http::{HeaderValue, header};
use domain::account::{Gate, check_password};
use domain::{AuditKind, Fault, Faults, Field, FieldFault, UserId};
use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;
use store::audit::Entry;
use store::guesses::Against;
use store::sessions::{Renewal, Session};
use store::{Context, audit, guesses, people, sessions};

use crate::areas::people::account::{MyAccount, MyMembership};
use crate::problem::ProblemDetails;
use crate::serve::visit::{problem, session};
use crate::serve::{Problem, Visit, answer, attempts, context, passwords, visit};
use crate::sheets::SessionRow;

pub async fn mine() -> Result<MyAccount, ProblemDetails> {
    answer(async {
        let visit = visit()?;
        let ctx = context()?;
        let (_, session) = session()?;
        let memberships = people::memberships(&ctx.store, session.user)
            .await
            .map_err(problem)?;
        let mut mine = Vec::with_capacity(memberships.len());
        for person in memberships {
            mine.push(MyMembership {
                id: person.membership,
                role: person.actor.role.name(),
                place: place(&ctx, &person.actor.role).await?,
                current: session.person.as_ref().map(|p| p.membership) == Some(person.membership),
            });
        }
        let listed = sessions::mine(&ctx, visit.wall, &visit.policy)
            .await
            .map_err(problem)?;
        let recovery_left = store::passwords::recovery_left(&ctx.store, session.user)
            .await
            .map_err(problem)?;
        let role = ctx.actor.role.name();
        Ok(MyAccount {
            account: session.account,
            display: session.display,
            memberships: mine,
            sessions: rows(listed, Some(session.id))?,
            has_factor: session.standing.has_second_factor,
            needs_factor: visit.policy.needs_second_factor(role),
            recovery_left,
            password_length: visit.policy.password_length,
            password_length_mixed: visit.policy.password_length_mixed,
        })
    })
    .await
}

/// The name of the body or enterprise that a role is held in.
pub(crate) async fn place(
    ctx: &Context,
    role: &domain::Role,
) -> Result<Option<domain::Named>, Problem> {
    if let Some(enterprise) = role.enterprise() {
        let name = people::enterprise(&ctx.store, enterprise)
            .await
            .map_err(problem)?
            .name;
        return Ok(Some(domain::Named {
            zh: name.clone(),
            en: name,
        }));
    }
    let body = role
        .body()
        .and_then(|code| ctx.book.directory.body(code.as_str()));
    Ok(body.map(|body| body.short.clone()))
}

pub(crate) fn rows(
    listed: Vec<sessions::Listed>,
    current: Option<i64>,
) -> Result<Vec<SessionRow>, Problem> {
    listed
        .into_iter()
        .map(|row| {
            Ok(SessionRow {
                id: row.id,
                account: row.account.clone(),
                display: row.display.clone(),
                began_at: row.began_at().map_err(problem)?,
                seen_at: row.seen_at().map_err(problem)?,
                address: row.address.clone(),
                agent: browser(&row.agent),
                current: current == Some(row.id),
            })
        })
        .collect()
}

/// A browser by its name, out of what it says of itself.
fn browser(agent: &str) -> String {
    let known = [
        ("Edg/", "Edge"),
        ("MicroMessenger/", "微信"),
        ("QQBrowser/", "QQ"),
        ("Firefox/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ];
    let system = [
        ("Windows", "Windows"),
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("Mac OS", "macOS"),
        ("Linux", "Linux"),
    ];
    let of = |names: &[(&str, &'static str)]| {
        names
            .iter()
            .find(|(part, _)| agent.contains(part))
            .map(|(_, name)| *name)
    };
    match (of(&known), of(&system)) {
        (Some(browser), Some(system)) => format!("{browser} · {system}"),
        (Some(name), None) | (None, Some(name)) => name.to_owned(),
        (None, None) => agent.chars().take(40).collect(),
    }
}

pub(crate) fn fault(field: Field, fault: Fault) -> Problem {
    FieldFault { field, fault }.into()
}

/// A new password that the policy allows, hashed. `names` are words that it may not
/// be made of.
pub(crate) async fn new_password(
    visit: &Visit,
    account: &str,
    names: &[&str],
    wish: &str,
    repeat: &str,
) -> Result<String, Problem> {
    allowed(visit, account, names, wish, repeat)?;
    hashed(wish, names).await
}

/// Whether the policy allows the new password, as far as that is seen at once: what
/// takes a while is [`hashed`]'s.
pub(crate) fn allowed(
    visit: &Visit,
    account: &str,
    names: &[&str],
    wish: &str,
    repeat: &str,
) -> Result<(), Problem> {
    let mut faults = Faults::default();
    match check_password(wish, account, &visit.policy) {
        Ok(()) if names.iter().any(|name| holds(wish, name)) => {
            faults.add(Field::NewPassword, Fault::LikeTheName);
        }
        Ok(()) => {}
        Err(fault) => faults.add(Field::NewPassword, fault),
    }
    if wish != repeat {
        faults.add(Field::Repeat, Fault::NotTheSame);
    }
    if faults.is_empty() {
        Ok(())
    } else {
        Err(Problem::Refused(faults.refusal()))
    }
}

/// Whether a name is part of the password; two Chinese characters are a name, two
/// letters are not.
fn holds(password: &str, name: &str) -> bool {
    let name = name.trim().to_lowercase();
    let shortest = if name.is_ascii() { 4 } else { 2 };
    name.chars().count() >= shortest && password.to_lowercase().contains(&name)
}

/// Hashes a password that is not guessed soon. Strangers' attempts are counted before.
pub(crate) async fn hashed(password: &str, names: &[&str]) -> Result<String, Problem> {
    let failed = |error| {
        tracing::error!(%error, "a password could not be hashed");
        Problem::Failed
    };
    if passwords::is_common(password, names)
        .await
        .map_err(failed)?
    {
        return Err(fault(Field::NewPassword, Fault::CommonPassword));
    }
    passwords::hash(password.to_owned()).await.map_err(failed)
}

async fn is_right(password: &str, hash: Option<String>) -> Result<bool, Problem> {
    passwords::verify(password.to_owned(), hash)
        .await
        .map_err(|error| {
            tracing::error!(%error, "a password could not be checked");
            Problem::Failed
        })
}

/// Another password, by who knows the present one. All other sessions end.
pub async fn change_password(
    present: &str,
    wish: &str,
    repeat: &str,
) -> Result<(), ProblemDetails> {
    answer(async {
        let (visit, session) = session()?;
        if visit.gate == Some(Gate::SecondFactor) {
            return Err(Problem::NotSignedIn);
        }
        prove(&visit, session.user, present).await?;
        let names = [
            session.account.as_str(),
            session.display.as_str(),
            "zhitong",
        ];
        let hash = new_password(&visit, &session.account, &names, wish, repeat).await?;
        let last = visit.policy.password_history;
        let former = store::passwords::hashes(&visit.store, session.user, last)
            .await
            .map_err(problem)?;
        for former in former {
            if is_right(wish, Some(former)).await? {
                return Err(fault(Field::NewPassword, Fault::UsedBefore { last }));
            }
        }
        let entry = Entry::new(AuditKind::PasswordChanged, visit.wall, &visit.trace)
            .named(Some(session.user), &session.account);
        store::passwords::set(&visit.store, session.user, hash, Some(session.id), entry)
            .await
            .map_err(problem)?;
        renew(&visit, &session, Renewal::Kept).await?;
        leptos_axum::redirect(if visit.gate.is_some() {
            "/"
        } else {
            "/account?done=password"
        });
        Ok(())
    })
    .await
}

/// The present password once more; attempts are counted like those of a sign-in.
pub(crate) async fn prove(visit: &Visit, user: UserId, present: &str) -> Result<(), Problem> {
    let against = vec![Against::Password(user)];
    let who = visit.session.as_ref();
    let who = who.map(|session| session.account.as_str());
    attempts::take(visit, &against, who.unwrap_or_default()).await?;
    let account = people::account_of(&visit.store, user)
        .await
        .map_err(problem)?;
    let account = account.ok_or(Problem::NotSignedIn)?;
    if is_right(present, Some(account.password_hash)).await? {
        return guesses::succeeded(&visit.store, against)
            .await
            .map_err(problem);
    }
    let entry = Entry::new(AuditKind::SignInFailed, visit.wall, &visit.trace)
        .named(Some(user), account.name)
        .detail("present password");
    audit::write(&visit.store, entry).await.map_err(problem)?;
    Err(fault(Field::Password, Fault::Wrong))
}

/// The session gets another secret: one that somebody may have copied is worth nothing
/// after a change of what it was opened with.
pub(crate) async fn renew(
    visit: &Visit,
    session: &Session,
    change: Renewal,
) -> Result<(), Problem> {
    let entry = Entry::new(AuditKind::SessionEnded, visit.wall, &visit.trace)
        .named(Some(session.user), &session.account)
        .object(&session.account)
        .detail("renewed");
    let secret = sessions::renew(&visit.store, session, change, entry)
        .await
        .map_err(problem)?;
    if let Some(response) = use_context::<ResponseOptions>()
        && let Ok(cookie) = HeaderValue::from_str(&(visit.channel.cookie)(secret.reveal()))
    {
        response.append_header(header::SET_COOKIE, cookie);
    }
    Ok(())
}

/// Ends one's own session, or, by right, anybody's.
pub async fn end_session(id: &str) -> Result<(), ProblemDetails> {
    answer(async {
        let ctx = context()?;
        let id = id.trim().parse().map_err(|_| Problem::NotFound)?;
        sessions::end_one(&ctx, id).await.map_err(problem)
    })
    .await
}
