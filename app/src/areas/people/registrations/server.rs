//! Enterprises register themselves; the centre decides.

use domain::contact::Phone;
use domain::order::Reason;
use domain::text::Line;
use domain::{Action, BodyCode, CreditCode, Fault, Faults, Field};
use store::guesses::Against;
use store::registrations;
use store::registrations::{Application, Verdict};

use crate::areas::people::account::server::hashed;
use crate::areas::people::accounts::server::chosen;
use crate::areas::people::registrations::Registering;
use crate::problem::ProblemDetails;
use crate::serve::attempts::take;
use crate::serve::visit::{context_for, problem};
use crate::serve::{Problem, answer, visit};
use crate::sheets::{RegistrationForm, RegistrationSheet, Registrations};

/// `again` is the key of a declined application, or empty.
pub async fn form(again: &str) -> Result<RegistrationForm, ProblemDetails> {
    answer(async {
        let visit = visit()?;
        let again = match again.trim() {
            "" => None,
            // Of nobody's there is nothing to mend, and the page is the empty one.
            key => registrations::of_secret(&visit.store, key).await.ok(),
        };
        let book = visit.store.book();
        let townships = book.directory.bodies.iter();
        Ok(RegistrationForm {
            again: again
                .filter(|one| one.approved == Some(false))
                .map(|one| sheet(&book.directory, &one))
                .transpose()?,
            townships: townships
                .filter(|body| body.kind.is_township())
                .map(|body| (body.code.to_string(), body.short.clone()))
                .collect(),
            password_length: visit.policy.password_length,
            password_length_mixed: visit.policy.password_length_mixed,
        })
    })
    .await
}

pub async fn register(typed: Registering) -> Result<(), ProblemDetails> {
    answer(async {
        let visit = visit()?;
        let book = visit.store.book();
        let mut faults = Faults::default();
        let enterprise = faults.keep(Line::<60>::parse(Field::EnterpriseName, &typed.enterprise));
        let code = faults.keep(CreditCode::parse(Field::CreditCode, &typed.credit_code));
        let township = book.directory.township(typed.township.trim());
        let township = township.map(|body| BodyCode::new(body.code.as_str()));
        if township.is_none() {
            let empty = typed.township.trim().is_empty();
            let fault = if empty { Fault::Empty } else { Fault::Unknown };
            faults.add(Field::Township, fault);
        }
        let display = faults.keep(Line::<40>::parse(Field::Display, &typed.display));
        let phone = faults.keep(Phone::parse(Field::Phone, &typed.phone));
        let names = [
            typed.name.trim(),
            typed.enterprise.trim(),
            typed.display.trim(),
            "zhitong",
        ];
        let (wish, repeat) = (&typed.new_password, &typed.repeat);
        let account = chosen(&visit, &typed.name, &names, wish, repeat);
        let (Some(enterprise), Some(code), Some(township), Some(display), Some(phone)) =
            (enterprise, code, township, display, phone)
        else {
            if let Err(problem) = account {
                for fault in problem.faults() {
                    faults.add(fault.field, fault.fault.clone());
                }
            }
            return Err(Problem::Refused(faults.refusal()));
        };
        let account = account?;
        let against = [Against::Applications(visit.trace.network())];
        take(&visit, &against, account.as_str()).await?;
        let password_hash = hashed(wish, &names).await?;
        let application = Application {
            enterprise: enterprise.as_str().to_owned(),
            code,
            township,
            account: account.as_str().to_owned(),
            display: display.as_str().to_owned(),
            phone: phone.as_str().to_owned(),
            password_hash,
        };
        let secret = registrations::apply(&visit.store, application, visit.now, &visit.trace)
            .await
            .map_err(problem)?;
        leptos_axum::redirect(&format!("/registration?key={}", secret.reveal()));
        Ok(())
    })
    .await
}

/// How it stands, for whoever holds the address.
pub async fn status(key: &str) -> Result<RegistrationSheet, ProblemDetails> {
    answer(async {
        let visit = visit()?;
        let found = registrations::of_secret(&visit.store, key.trim())
            .await
            .map_err(problem)?;
        // Whether the enterprise is there already is not the applicant's to learn.
        let mut sheet = sheet(&visit.store.book().directory, &found)?;
        (sheet.known, sheet.doubled) = (false, false);
        Ok(sheet)
    })
    .await
}

fn sheet(
    directory: &domain::Directory,
    found: &registrations::Registration,
) -> Result<RegistrationSheet, Problem> {
    let township = directory.body(&found.township);
    Ok(RegistrationSheet {
        id: found.id,
        enterprise: found.enterprise.clone(),
        code: found.code.clone(),
        township_code: found.township.clone(),
        township: township.map(|body| body.short.clone()),
        display: found.display.clone(),
        phone: found.phone.clone(),
        wish: found.account.clone(),
        account: found.named.clone().unwrap_or_else(|| found.account.clone()),
        at: found.at().map_err(problem)?,
        decided_at: found.decided_at().map_err(problem)?,
        approved: found.approved,
        reason: found.reason.clone(),
        known: found.known,
        doubled: found.doubled,
    })
}

pub async fn list() -> Result<Registrations, ProblemDetails> {
    answer(async {
        let ctx = context_for(Action::ApproveRegistrations)?;
        let (open, decided) = registrations::list(&ctx).await.map_err(problem)?;
        let directory = &ctx.book.directory;
        let sheets = |found: Vec<registrations::Registration>| -> Result<Vec<_>, Problem> {
            found.iter().map(|one| sheet(directory, one)).collect()
        };
        let waiting = registrations::waiting(&ctx).await.map_err(problem)?;
        Ok(Registrations {
            waiting,
            open: sheets(open)?,
            decided: sheets(decided)?,
        })
    })
    .await
}

pub async fn decide(id: &str, approve: &str, reason: &str) -> Result<(), ProblemDetails> {
    answer(async {
        let ctx = context_for(Action::ApproveRegistrations)?;
        let id = id.trim().parse().map_err(|_| Problem::NotFound)?;
        let verdict = match approve {
            "yes" => Verdict::Approved,
            "no" => Verdict::Declined {
                reason: Reason::parse(Field::Reason, reason)?.as_str().to_owned(),
            },
            _ => {
                let mut faults = Faults::default();
                faults.add(Field::Approve, Fault::Empty);
                return Err(Problem::Refused(faults.refusal()));
            }
        };
        registrations::decide(&ctx, id, verdict)
            .await
            .map_err(problem)?;
        leptos_axum::redirect("/registrations?done=yes");
        Ok(())
    })
    .await
}
