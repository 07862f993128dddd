//! The second factor: set up, shown at a sign-in, taken off.

use domain::account::Gate;
use domain::{AuditKind, Fault, Field, Instant, UserId};
use store::audit::Entry;
use store::guesses::Against;
use store::sessions::Renewal;
use store::{audit, guesses};

use crate::areas::people::account::FactorOffer;
use crate::areas::people::account::server::{fault, prove, renew};
use crate::problem::ProblemDetails;
use crate::serve::attempts::take;
use crate::serve::visit::{problem, session};
use crate::serve::{Problem, Visit, answer, context, one_time};

/// What one scans to set a second factor up.
/// `None` while nothing can be written: the page is read all the same.
pub async fn offer() -> Result<Option<FactorOffer>, ProblemDetails> {
    answer(async {
        let (visit, session) = session()?;
        if session.standing.has_second_factor || !may_enrol(&visit) {
            return Err(Problem::NotFound);
        }
        let key = store::passwords::offer_factor(&visit.store, session.id).await;
        let Some(key) = key.map_err(problem)? else {
            return Ok(None);
        };
        let offer = one_time::offer(&key, &session.account).ok_or(Problem::Failed)?;
        Ok(Some(FactorOffer {
            svg: offer.svg,
            typed: offer.typed,
            recovery: offer.recovery,
        }))
    })
    .await
}

/// Not before the password is their own: whoever set it would know the key too.
fn may_enrol(visit: &Visit) -> bool {
    matches!(visit.gate, None | Some(Gate::Enrol))
}

/// The first code proves that the device has the key.
pub async fn set_up(code: &str, password: &str) -> Result<(), ProblemDetails> {
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
        take(&visit, &against, &session.account).await?;
        let offered = store::passwords::offered(&visit.store, session.id)
            .await
            .map_err(problem)?;
        let key = offered.ok_or(Problem::NotFound)?;
        if !takes(&visit, session.user, &key, code, visit.wall).await? {
            return Err(fault(Field::Code, Fault::Wrong));
        }
        let entry = Entry::new(AuditKind::SecondFactorSet, visit.wall, &visit.trace)
            .named(Some(session.user), &session.account);
        let codes = one_time::recovery_codes(&key);
        store::passwords::set_factor(&visit.store, session.user, &codes, session.id, entry)
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

/// The second step of a sign-in: a one-time code, or one for recovery, which must be
/// right.
pub async fn shows(
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
    let who = visit.session.as_ref();
    let who = who.map(|session| session.account.as_str());
    take(visit, &against, who.unwrap_or_default()).await?;
    let key = store::passwords::factor(&visit.store, user)
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
        audit::write(&visit.store, entry(AuditKind::RecoveryCodeUsed))
            .await
            .map_err(problem)?;
        return guesses::succeeded(&visit.store, against)
            .await
            .map_err(problem);
    }
    audit::write(&visit.store, entry(AuditKind::SecondFactorFailed))
        .await
        .map_err(problem)?;
    Err(fault(Field::Code, Fault::Wrong))
}

/// Takes one's own second factor off, with the password and a code of it. Where the
/// role cannot do without, another one is set up at once: nothing else is open before.
pub async fn remove(present: &str, code: &str) -> Result<(), ProblemDetails> {
    answer(async {
        let (visit, session) = session()?;
        let ctx = context()?;
        if !session.standing.has_second_factor {
            return Err(Problem::NotFound);
        }
        prove(&visit, session.user, present).await?;
        shows(&visit, session.user, None, code).await?;
        let entry = Entry::of(&ctx, AuditKind::SecondFactorRemoved);
        store::passwords::remove_factor(&visit.store, session.user, session.id, entry)
            .await
            .map_err(problem)?;
        renew(&visit, &session, Renewal::Kept).await?;
        leptos_axum::redirect("/account?done=factor_removed");
        Ok(())
    })
    .await
}
