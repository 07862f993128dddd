//! Everybody's own account: password, second factor, sessions.

use axum::http::{HeaderValue, header};
use domain::account::{Gate, check_password};
use domain::{Deed, Fault, Faults, Field, FieldFault, Instant, UserId};
use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;
use store::audit::{self, Entry};
use store::guesses::{self, Against};
use store::sessions::{Renewal, Session};
use store::{Desk, people, sessions};

use super::visit::{problem, session};
use super::{Visit, answer, desk, one_time, passwords, visit};
use crate::problem::Problem;
use crate::sheets::{FactorOffer, MyAccount, MyMembership, SessionRow};

pub async fn mine() -> Result<MyAccount, Problem> {
    answer(async {
        let visit = visit()?;
        let desk = desk()?;
        let (_, session) = session()?;
        let memberships = people::memberships(&desk.store, session.user)
            .await
            .map_err(problem)?;
        let mut mine = Vec::with_capacity(memberships.len());
        for person in memberships {
            mine.push(MyMembership {
                id: person.membership,
                role: person.actor.role.name(),
                place: place(&desk, &person.actor.role).await?,
                current: session.person.as_ref().map(|p| p.membership) == Some(person.membership),
            });
        }
        let listed = sessions::mine(&desk, visit.wall, &visit.policy)
            .await
            .map_err(problem)?;
        let recovery_left = store::passwords::recovery_left(&desk.store, session.user)
            .await
            .map_err(problem)?;
        let role = desk.actor.role.name();
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
pub(super) async fn place(
    desk: &Desk,
    role: &domain::Role,
) -> Result<Option<domain::Named>, Problem> {
    if let Some(enterprise) = role.enterprise() {
        let name = people::enterprise(&desk.store, enterprise)
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
        .and_then(|code| desk.book.directory.body(code.as_str()));
    Ok(body.map(|body| body.short.clone()))
}

pub(super) fn rows(
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

fn fault(field: Field, fault: Fault) -> Problem {
    FieldFault { field, fault }.into()
}

/// A new password that the policy allows, hashed. `names` are words that it may not
/// be made of.
pub(super) async fn new_password(
    visit: &Visit,
    account: &str,
    names: &[&str],
    wish: &str,
    repeat: &str,
) -> Result<String, Problem> {
    let mut faults = Faults::default();
    match check_password(wish, account, &visit.policy) {
        Ok(()) if passwords::is_common(wish, names) => {
            faults.add(Field::NewPassword, Fault::CommonPassword);
        }
        Ok(()) => {}
        Err(fault) => faults.add(Field::NewPassword, fault),
    }
    if wish != repeat {
        faults.add(Field::Repeat, Fault::NotTheSame);
    }
    if !faults.is_empty() {
        return Err(Problem::Refused(faults.refusal()));
    }
    hashed(wish).await
}

pub(super) async fn hashed(password: &str) -> Result<String, Problem> {
    passwords::hash(password.to_owned()).await.map_err(|error| {
        tracing::error!(%error, "a password could not be hashed");
        Problem::Failed
    })
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
pub async fn change_password(present: &str, wish: &str, repeat: &str) -> Result<(), Problem> {
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
        let entry = Entry::new(Deed::PasswordChanged, visit.wall, &visit.trace)
            .named(Some(session.user), &session.account);
        store::passwords::set(
            &visit.store,
            session.user,
            hash,
            false,
            Some(session.id),
            entry,
        )
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
async fn prove(visit: &Visit, user: UserId, present: &str) -> Result<(), Problem> {
    let against = vec![Against::Password(user)];
    take(visit, &against).await?;
    let account = people::account_of(&visit.store, user)
        .await
        .map_err(problem)?;
    let account = account.ok_or(Problem::NotSignedIn)?;
    if is_right(present, Some(account.password_hash)).await? {
        return guesses::succeeded(&visit.store, against)
            .await
            .map_err(problem);
    }
    let entry = Entry::new(Deed::SignInFailed, visit.wall, &visit.trace)
        .named(Some(user), account.name)
        .detail("present password");
    audit::write(&visit.store, entry).await.map_err(problem)?;
    Err(fault(Field::Password, Fault::Wrong))
}

/// Takes an attempt, or says how long to wait.
pub(super) async fn take(visit: &Visit, against: &[Against]) -> Result<(), Problem> {
    let wait = guesses::take(&visit.store, against, visit.wall, &visit.policy)
        .await
        .map_err(problem)?;
    match wait {
        None => Ok(()),
        Some(wait) => Err(Problem::TooMany {
            seconds: u32::try_from(wait.num_seconds()).unwrap_or(1).max(1),
        }),
    }
}

/// The session gets another secret: one that somebody may have copied is worth nothing
/// after a change of what it was opened with.
async fn renew(visit: &Visit, session: &Session, change: Renewal) -> Result<(), Problem> {
    let entry = Entry::new(Deed::SessionEnded, visit.wall, &visit.trace)
        .named(Some(session.user), &session.account)
        .object(&session.account)
        .detail("renewed");
    let secret = sessions::renew(&visit.store, session, change, entry)
        .await
        .map_err(problem)?;
    if let Some(response) = use_context::<ResponseOptions>()
        && let Ok(cookie) = HeaderValue::from_str(&(visit.cookie)(secret.reveal()))
    {
        response.append_header(header::SET_COOKIE, cookie);
    }
    Ok(())
}

/// What one scans to set a second factor up.
pub async fn offer_factor() -> Result<FactorOffer, Problem> {
    answer(async {
        let (visit, session) = session()?;
        if session.standing.has_second_factor || !may_enrol(&visit) {
            return Err(Problem::NotFound);
        }
        let key = store::passwords::offer_factor(&visit.store, session.user)
            .await
            .map_err(problem)?;
        let offer = one_time::offer(&key, &session.account).ok_or(Problem::Failed)?;
        Ok(FactorOffer {
            svg: offer.svg,
            typed: offer.typed,
            recovery: offer.recovery,
        })
    })
    .await
}

/// Not before the password is their own: whoever set it would know the key too.
fn may_enrol(visit: &Visit) -> bool {
    matches!(visit.gate, None | Some(Gate::Enrol))
}

/// The first code proves that the device has the key.
pub async fn prove_factor(code: &str, password: &str) -> Result<(), Problem> {
    answer(async {
        let (visit, session) = session()?;
        if session.standing.has_second_factor || !may_enrol(&visit) {
            return Err(Problem::NotFound);
        }
        if visit.gate.is_none() {
            // Whoever finds a screen unlocked does not make it theirs.
            prove(&visit, session.user, password).await?;
        }
        let against = vec![Against::Factor(session.user)];
        take(&visit, &against).await?;
        let (_, offered) = store::passwords::factor(&visit.store, session.user)
            .await
            .map_err(problem)?;
        let key = offered.ok_or(Problem::NotFound)?;
        if !takes(&visit, session.user, &key, code, visit.wall).await? {
            return Err(fault(Field::Code, Fault::Wrong));
        }
        let entry = Entry::new(Deed::SecondFactorSet, visit.wall, &visit.trace)
            .named(Some(session.user), &session.account);
        let codes = one_time::recovery_codes(&key);
        store::passwords::set_factor(&visit.store, session.user, &codes, Some(session.id), entry)
            .await
            .map_err(problem)?;
        guesses::succeeded(&visit.store, against)
            .await
            .map_err(problem)?;
        renew(&visit, &session, Renewal::Proved).await?;
        leptos_axum::redirect(if visit.gate.is_some() {
            "/"
        } else {
            "/account?done=factor"
        });
        Ok(())
    })
    .await
}

/// Whether the code is right and was not taken before.
async fn takes(
    visit: &Visit,
    user: UserId,
    key: &[u8],
    code: &str,
    wall: Instant,
) -> Result<bool, Problem> {
    match one_time::step_of(key, code, wall) {
        Some(step) => store::passwords::take_step(&visit.store, user, step)
            .await
            .map_err(problem),
        None => Ok(false),
    }
}

/// The second step of a sign-in: a one-time code, or one for recovery. Answers
/// whether it is right.
pub async fn shows_factor(
    visit: &Visit,
    user: UserId,
    device: Option<Vec<u8>>,
    code: &str,
) -> Result<(), Problem> {
    // Whoever knows only the password does not keep the owner out.
    let against = vec![match device {
        Some(device) => Against::FactorOnDevice(device),
        None => Against::Factor(user),
    }];
    take(visit, &against).await?;
    let (key, _) = store::passwords::factor(&visit.store, user)
        .await
        .map_err(problem)?;
    let key = key.ok_or(Problem::NotSignedIn)?;
    let entry = |deed| {
        let account = visit
            .session
            .as_ref()
            .map(|session| session.account.clone());
        Entry::new(deed, visit.wall, &visit.trace).named(Some(user), account.unwrap_or_default())
    };
    if takes(visit, user, &key, code, visit.wall).await? {
        return guesses::succeeded(&visit.store, against)
            .await
            .map_err(problem);
    }
    let plain = one_time::plain(code);
    if store::passwords::take_recovery(&visit.store, user, &plain)
        .await
        .map_err(problem)?
    {
        audit::write(&visit.store, entry(Deed::RecoveryCodeUsed))
            .await
            .map_err(problem)?;
        return guesses::succeeded(&visit.store, against)
            .await
            .map_err(problem);
    }
    audit::write(&visit.store, entry(Deed::SecondFactorFailed))
        .await
        .map_err(problem)?;
    Err(fault(Field::Code, Fault::Wrong))
}

/// Takes one's own second factor off, where the role can do without.
pub async fn remove_factor(present: &str) -> Result<(), Problem> {
    answer(async {
        let (visit, session) = session()?;
        let desk = desk()?;
        if visit.policy.needs_second_factor(desk.actor.role.name()) {
            return Err(Problem::NotFound);
        }
        prove(&visit, session.user, present).await?;
        let entry = Entry::of(&desk, Deed::SecondFactorRemoved);
        store::passwords::remove_factor(&visit.store, session.user, entry)
            .await
            .map_err(problem)?;
        leptos_axum::redirect("/account?done=factor_removed");
        Ok(())
    })
    .await
}

/// Ends one's own session, or, by right, anybody's.
pub async fn end_session(id: &str) -> Result<(), Problem> {
    answer(async {
        let desk = desk()?;
        let id = id.trim().parse().map_err(|_| Problem::NotFound)?;
        sessions::end_one(&desk, id).await.map_err(problem)
    })
    .await
}
