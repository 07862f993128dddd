//! Accounts, for the system administrator.

use domain::text::{Line, plain};
use domain::{
    AccountName, Action, BodyCode, Directory, Fault, Faults, Field, FieldFault, Named, Refusal,
    Role, RoleName, UserId,
};
use store::accounts::{Change, Sought};
use store::people::{NewPerson, role_of};
use store::{Context, accounts, deputies};

use crate::areas::people::account::server::{allowed, new_password, place};
use crate::areas::people::accounts::{AccountSheet, MembershipSheet};
use crate::problem::ProblemDetails;
use crate::serve::visit::{context_for, problem};
use crate::serve::{Problem, Visit, answer, visit};
use crate::sheets::{AccountRow, Accounts};

const PAGE: u16 = 50;

/// `state`: `active`, `disabled`, or any.
pub async fn list(
    text: &str,
    role: &str,
    state: &str,
    after: &str,
) -> Result<Accounts, ProblemDetails> {
    answer(async {
        let ctx = context_for(Action::ManageAccounts)?;
        let sought = Sought {
            text: text.to_owned(),
            role: RoleName::parse(role),
            disabled: match state {
                "active" => Some(false),
                "disabled" => Some(true),
                _ => None,
            },
        };
        let mut found = accounts::list(&ctx, &sought, after, PAGE + 1)
            .await
            .map_err(problem)?;
        let more = found.len() > usize::from(PAGE);
        found.truncate(PAGE.into());
        let next = found.last().filter(|_| more).map(|last| last.name.clone());
        let directory = &ctx.book.directory;
        let rows = found.into_iter().map(|one| row(directory, one)).collect();
        Ok(Accounts {
            rows,
            next,
            bodies: bodies(&ctx),
            initial: store::secret::readable(4).map_err(problem)?,
        })
    })
    .await
}

fn row(directory: &Directory, listed: accounts::Listed) -> AccountRow {
    AccountRow {
        id: listed.id,
        name: listed.name,
        display: listed.display,
        phone: listed.phone,
        disabled: listed.disabled,
        has_factor: listed.has_factor,
        roles: listed
            .roles
            .iter()
            .flat_map(|roles| roles.lines())
            .filter_map(|line| held(directory, line))
            .collect(),
    }
}

/// A role with its place, out of a line of the store's list.
fn held(directory: &Directory, line: &str) -> Option<(RoleName, Option<Named>)> {
    let mut parts = line.splitn(3, '\t');
    let role = RoleName::parse(parts.next()?)?;
    let (body, enterprise) = (parts.next()?, parts.next()?);
    let place = match enterprise {
        "" => directory.body(body).map(|body| body.short.clone()),
        name => Some(Named {
            zh: name.to_owned(),
            en: name.to_owned(),
        }),
    };
    Some((role, place))
}

/// Every body, by code and name: where a role can be held.
fn bodies(ctx: &Context) -> Vec<(String, Named)> {
    let bodies = ctx.book.directory.bodies.iter();
    bodies
        .map(|body| (body.code.to_string(), body.short.clone()))
        .collect()
}

pub async fn sheet(id: &str) -> Result<AccountSheet, ProblemDetails> {
    answer(async {
        let ctx = context_for(Action::ManageAccounts)?;
        let (listed, memberships) = accounts::find(&ctx, number(id)?).await.map_err(problem)?;
        let mut sheets = Vec::with_capacity(memberships.len());
        for membership in memberships {
            sheets.push(MembershipSheet {
                id: membership.id,
                role: membership.role.name(),
                manages: membership.role.manages(),
                place: place(&ctx, &membership.role).await?,
                open: membership.open,
            });
        }
        let is_deputy = sheets.iter().any(|one| one.role == RoleName::Deputy);
        let answers_for = if is_deputy {
            let bodies = deputies::bodies_of(&ctx, listed.id)
                .await
                .map_err(problem)?;
            Some(bodies.iter().map(ToString::to_string).collect())
        } else {
            None
        };
        let policy = ctx.store.policy();
        let administers = sheets.iter().any(|one| one.role.administers());
        let needs_factor = |one: &MembershipSheet| policy.needs_second_factor(one.role);
        Ok(AccountSheet {
            administers,
            keeps_factor: administers || sheets.iter().any(needs_factor),
            mine: ctx.actor.user == Some(listed.id),
            account: row(&ctx.book.directory, listed),
            memberships: sheets,
            bodies: bodies(&ctx),
            answers_for,
            initial: store::secret::readable(4).map_err(problem)?,
        })
    })
    .await
}

/// Names the bodies that a deputy mayor answers for.
pub async fn answer_for(account: &str, bodies: &[String]) -> Result<(), ProblemDetails> {
    answer(async {
        let ctx = context_for(Action::ManageAccounts)?;
        let user = number(account)?;
        accounts::find(&ctx, user).await.map_err(problem)?;
        let known = bodies.iter().map(|code| {
            let body = ctx.book.directory.department(code);
            body.map(|body| body.code.clone()).ok_or(FieldFault {
                field: Field::Bodies,
                fault: Fault::Unknown,
            })
        });
        let bodies: Vec<BodyCode> = known.collect::<Result<_, _>>()?;
        deputies::set(&ctx, user, bodies).await.map_err(problem)?;
        leptos_axum::redirect(&format!("/accounts/{user}?done=bodies"));
        Ok(())
    })
    .await
}

fn number(id: &str) -> Result<UserId, Problem> {
    id.trim().parse().map_err(|_| Problem::NotFound)
}

/// What the form of a new account holds, but for its password.
pub struct Wish {
    pub name: String,
    pub display: String,
    pub phone: String,
    pub role: String,
    pub body: String,
}

/// An account that can be made.
pub(crate) struct Wanted {
    pub(crate) name: AccountName,
    display: Line<40>,
    phone: Option<Line<20>>,
    role: Role,
}

impl Wish {
    pub(crate) fn parse(&self, directory: &Directory) -> Result<Wanted, Refusal> {
        let mut faults = Faults::default();
        let name = faults.keep(AccountName::parse(Field::UserName, &self.name));
        let display = faults.keep(Line::<40>::parse(Field::Display, &self.display));
        let phone = faults.keep(Line::<20>::parse_optional(
            Field::Phone,
            &plain(&self.phone),
        ));
        let role = faults.keep(staff_role(directory, &self.role, &self.body));
        match (name, display, phone, role) {
            (Some(name), Some(display), Some(phone), Some(role)) => Ok(Wanted {
                name,
                display,
                phone,
                role,
            }),
            _ => Err(faults.refusal()),
        }
    }
}

impl Wanted {
    /// With a first password, which is changed at the first sign-in.
    pub(crate) async fn with(self, password: &str) -> Result<NewPerson, Problem> {
        let name = self.name.as_str().to_owned();
        let phone = self.phone.map(|line| line.as_str().to_owned());
        Ok(NewPerson {
            password_hash: initial(password, &name).await?,
            name,
            display: self.display.as_str().to_owned(),
            phone: phone.unwrap_or_default(),
            given_at: Some(visit()?.wall),
            role: self.role,
        })
    }
}

pub async fn add(wish: Wish, password: &str) -> Result<(), ProblemDetails> {
    answer(async {
        let ctx = context_for(Action::ManageAccounts)?;
        let wanted = wish.parse(&ctx.book.directory)?;
        let person = wanted.with(password).await?;
        let user = accounts::add(&ctx, person).await.map_err(problem)?;
        leptos_axum::redirect(&format!("/accounts/{user}?done=added"));
        Ok(())
    })
    .await
}

async fn initial(password: &str, account: &str) -> Result<String, Problem> {
    let visit = visit()?;
    new_password(&visit, account, &[account], password, password).await
}

/// A role of the administration; enterprises' accounts are made by registering and
/// inviting.
fn staff_role(directory: &Directory, role: &str, body: &str) -> Result<Role, FieldFault> {
    let fault = |field, fault| FieldFault { field, fault };
    if role.trim().is_empty() {
        return Err(fault(Field::Role, Fault::Empty));
    }
    let name = RoleName::parse(role.trim())
        .filter(|name| !matches!(name, RoleName::Enterprise | RoleName::Clockwork))
        .ok_or_else(|| fault(Field::Role, Fault::Unknown))?;
    if name.administers() {
        // Else the system administrator could make an auditor of their own.
        return Err(fault(Field::Role, Fault::OnTheServer));
    }
    let body = match body.trim() {
        "" => None,
        code => {
            let known = directory.in_service(code);
            Some(known.ok_or_else(|| fault(Field::Body, Fault::Unknown))?)
        }
    };
    let fits = match (name, body) {
        (RoleName::Township, Some(body)) => body.kind.is_township(),
        (RoleName::Handler | RoleName::Head, Some(body)) => {
            body.kind.fulfils_orders() && !body.kind.is_township()
        }
        (RoleName::Centre, Some(body)) => body.kind == domain::BodyKind::Centre,
        (_, Some(_)) => false,
        (_, None) => true,
    };
    let code = body.map(|body| BodyCode::new(body.code.as_str()));
    role_of(Some(name), code, None, false)
        .filter(|_| fits)
        .ok_or_else(|| {
            let none = body.is_none();
            fault(
                Field::Body,
                if none { Fault::Empty } else { Fault::Unknown },
            )
        })
}

pub async fn add_membership(account: &str, role: &str, body: &str) -> Result<(), ProblemDetails> {
    answer(async {
        let ctx = context_for(Action::ManageAccounts)?;
        let user = number(account)?;
        let role = staff_role(&ctx.book.directory, role, body)?;
        let made = accounts::add_membership(&ctx, user, role)
            .await
            .map_err(problem)?;
        // Another address each time, so that the page is asked for anew.
        leptos_axum::redirect(&format!("/accounts/{user}?done=membership-{made}"));
        Ok(())
    })
    .await
}

pub async fn correct(account: &str, display: &str, phone: &str) -> Result<(), ProblemDetails> {
    answer(async {
        let ctx = context_for(Action::ManageAccounts)?;
        let user = number(account)?;
        let mut faults = Faults::default();
        let display = faults.keep(Line::<40>::parse(Field::Display, display));
        let phone = faults.keep(Line::<20>::parse_optional(Field::Phone, &plain(phone)));
        let (Some(display), Some(phone)) = (display, phone) else {
            return Err(Problem::Refused(faults.refusal()));
        };
        let phone = phone.map(|line| line.as_str().to_owned());
        let (display, phone) = (display.as_str().to_owned(), phone.unwrap_or_default());
        accounts::correct(&ctx, user, display, phone)
            .await
            .map_err(problem)?;
        leptos_axum::redirect(&format!("/accounts/{user}?done=corrected"));
        Ok(())
    })
    .await
}

pub async fn change(account: &str, wish: &str, password: &str) -> Result<(), ProblemDetails> {
    answer(async {
        let ctx = context_for(Action::ManageAccounts)?;
        let user = number(account)?;
        let change = match wish {
            "disable" => Change::Disable,
            "enable" => Change::Enable,
            "remove_factor" => Change::RemoveFactor,
            "reset" => {
                let (listed, _) = accounts::find(&ctx, user).await.map_err(problem)?;
                Change::Reset {
                    given_at: visit()?.wall,
                    hash: initial(password, &listed.name).await?,
                }
            }
            _ => return Err(Problem::Malformed),
        };
        accounts::change(&ctx, user, change)
            .await
            .map_err(problem)?;
        leptos_axum::redirect(&format!("/accounts/{user}?done={wish}"));
        Ok(())
    })
    .await
}

/// What somebody who joins with a new account has typed, checked.
pub(crate) fn chosen(
    visit: &Visit,
    name: &str,
    names: &[&str],
    wish: &str,
    repeat: &str,
) -> Result<AccountName, Problem> {
    let mut faults = Faults::default();
    let account = faults.keep(AccountName::parse(Field::UserName, name));
    let allowed = allowed(visit, name.trim(), names, wish, repeat);
    match (account, allowed) {
        (Some(account), Ok(())) => Ok(account),
        (None, Err(Problem::Refused(domain::Refusal::Invalid { faults: more }))) => {
            for fault in more {
                faults.add(fault.field, fault.fault);
            }
            Err(Problem::Refused(faults.refusal()))
        }
        (None, _) => Err(Problem::Refused(faults.refusal())),
        (Some(_), Err(problem)) => Err(problem),
    }
}
