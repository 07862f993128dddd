//! The members of an enterprise, for its own administrator; and joining it.

use domain::contact::Phone;
use domain::text::Line;
use domain::{Action, Faults, Field};
use store::guesses::Against;
use store::members;
use store::members::Joining;

use crate::areas::people::account::server::hashed;
use crate::areas::people::accounts::server::chosen;
use crate::areas::people::members::{InvitationSheet, Member, Members};
use crate::problem::ProblemDetails;
use crate::serve::attempts::take;
use crate::serve::visit::{context_for, problem};
use crate::serve::{Problem, answer, visit};

pub async fn list() -> Result<Members, ProblemDetails> {
    answer(async {
        let visit = visit()?;
        let ctx = context_for(Action::InviteMembers)?;
        let all = members::list(&ctx).await.map_err(problem)?;
        let invitations = members::invitations(&ctx, visit.wall)
            .await
            .map_err(problem)?;
        let members = all.into_iter().map(|member| Member {
            membership: member.membership,
            mine: ctx.actor.user == Some(member.user),
            account: member.account,
            display: member.display,
            phone: member.phone,
            manages: member.manages,
            disabled: member.disabled,
            open: u64::try_from(member.open).unwrap_or(0),
        });
        Ok(Members {
            origin: visit.channel.origin,
            members: members.collect(),
            invitations: invitations
                .into_iter()
                .map(invitation_sheet)
                .collect::<Result<_, _>>()?,
        })
    })
    .await
}

fn invitation_sheet(invitation: members::Invitation) -> Result<InvitationSheet, Problem> {
    Ok(InvitationSheet {
        id: invitation.id,
        until: invitation.until_at().map_err(problem)?,
        enterprise: invitation.enterprise,
        display: invitation.display,
        manages: invitation.manages,
        signed_in: None,
    })
}

pub async fn invite(display: &str, phone: &str, manages: bool) -> Result<(), ProblemDetails> {
    answer(async {
        let visit = visit()?;
        let ctx = context_for(Action::InviteMembers)?;
        let mut faults = Faults::default();
        let display = faults.keep(Line::<40>::parse(Field::Display, display));
        let phone = faults.keep(Phone::parse(Field::Phone, phone));
        let (Some(display), Some(phone)) = (display, phone) else {
            return Err(Problem::Refused(faults.refusal()));
        };
        let (display, phone) = (display.as_str().to_owned(), phone.as_str().to_owned());
        let secret = members::invite(&ctx, display, phone, manages, visit.wall, &visit.policy)
            .await
            .map_err(problem)?;
        leptos_axum::redirect(&format!("/members?invited={}", secret.reveal()));
        Ok(())
    })
    .await
}

pub async fn uninvite(id: &str) -> Result<(), ProblemDetails> {
    answer(async {
        let ctx = context_for(Action::InviteMembers)?;
        let id = id.trim().parse().map_err(|_| Problem::NotFound)?;
        members::uninvite(&ctx, id).await.map_err(problem)?;
        leptos_axum::redirect("/members");
        Ok(())
    })
    .await
}

pub async fn change(membership: &str, manages: &str) -> Result<(), ProblemDetails> {
    answer(async {
        let ctx = context_for(Action::InviteMembers)?;
        let id: i64 = membership.trim().parse().map_err(|_| Problem::NotFound)?;
        members::change(&ctx, id, manages == "yes")
            .await
            .map_err(problem)?;
        // Another address each time, so that the page is asked for anew.
        leptos_axum::redirect(&format!("/members?done={id}-{manages}"));
        Ok(())
    })
    .await
}

/// What an invitation says to whoever holds its address.
pub async fn invitation(key: &str) -> Result<InvitationSheet, ProblemDetails> {
    answer(async {
        let visit = visit()?;
        let found = members::invitation(&visit.store, key.trim(), visit.wall)
            .await
            .map_err(problem)?;
        let mut sheet = invitation_sheet(found)?;
        sheet.signed_in = visit.session.map(|session| session.display);
        Ok(sheet)
    })
    .await
}

/// Takes an invitation with a new account.
pub async fn join_new(
    key: &str,
    name: &str,
    wish: &str,
    repeat: &str,
) -> Result<(), ProblemDetails> {
    answer(async {
        let visit = visit()?;
        let invited = members::invitation(&visit.store, key.trim(), visit.wall)
            .await
            .map_err(problem)?;
        let against = [Against::Applications(visit.trace.network())];
        let names = [
            name.trim(),
            &invited.display,
            &invited.enterprise,
            "zhitong",
        ];
        let account = chosen(&visit, name, &names, wish, repeat)?;
        take(&visit, &against, name.trim()).await?;
        let password_hash = hashed(wish, &names).await?;
        let joining = Joining::New {
            name: account.as_str().to_owned(),
            password_hash,
        };
        members::join(&visit.store, key.trim(), joining, visit.wall, &visit.trace)
            .await
            .map_err(problem)?;
        leptos_axum::redirect("/sign-in?joined=yes");
        Ok(())
    })
    .await
}

/// Takes an invitation with the account that one is signed in to.
pub async fn join(key: &str) -> Result<(), ProblemDetails> {
    answer(async {
        let (visit, session) = crate::serve::visit::session()?;
        if !matches!(visit.gate, None | Some(domain::account::Gate::NoMembership)) {
            return Err(Problem::NotSignedIn);
        }
        let joining = Joining::As(session.user);
        members::join(&visit.store, key.trim(), joining, visit.wall, &visit.trace)
            .await
            .map_err(problem)?;
        leptos_axum::redirect("/account?done=joined");
        Ok(())
    })
    .await
}
