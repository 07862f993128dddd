use std::io::BufRead;
use std::path::PathBuf;

use app::serve::passwords;
use clap::{Args, Subcommand};
use domain::account::{check_password, folded_name};
use domain::{AccountName, BodyCode, Fault, Field, FieldFault, Role, RoleName};
use store::people::NewPerson;
use store::{Store, accounts, people};
use words::lang::Lang;

use super::Failure;
use crate::clock::Clock;
use crate::settings;

/// Accounts.
#[derive(Args)]
pub struct User {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Add(Add),
    Reset(Reset),
}

/// Add an account. The password is read as one line from standard input.
#[derive(Args)]
struct Add {
    /// What is typed to sign in.
    name: String,
    /// One of: enterprise, centre, handler, head, township, supervision, deputy,
    /// office, mayor, leader, system_admin, security_admin, auditor.
    #[arg(long, value_parser = role)]
    role: RoleName,
    /// The name as others see it; the account's name where it is left out.
    #[arg(long)]
    display: Option<String>,
    /// Telephone.
    #[arg(long, default_value = "")]
    phone: String,
    /// Code of the department, township or centre (tjz), for the roles of one.
    #[arg(long)]
    body: Option<String>,
    /// Name of the enterprise, for role enterprise; made where there is none.
    #[arg(long)]
    enterprise: Option<String>,
    /// Code of the township where a new enterprise sits.
    #[arg(long)]
    township: Option<String>,
    /// The password was chosen by the person: it is not changed at the first sign-in.
    #[arg(long)]
    chosen: bool,
    /// The data directory. [default: data]
    #[arg(long, env = "ZHITONG_DATA")]
    data: Option<PathBuf>,
}

impl User {
    pub async fn run(self) -> Result<(), Failure> {
        match self.command {
            Command::Add(add) => add.run().await,
            Command::Reset(reset) => reset.run().await,
        }
    }
}

/// Give an account a new password, read as one line from standard input and changed
/// at the next sign-in, and take its second factor off. For an administrator who has
/// lost theirs; others are helped by the system administrator on a page.
#[derive(Args)]
struct Reset {
    /// The account's name.
    name: String,
    /// The data directory. [default: data]
    #[arg(long, env = "ZHITONG_DATA")]
    data: Option<PathBuf>,
}

impl Reset {
    async fn run(self) -> Result<(), Failure> {
        let store = Store::open_existing(&settings::data(self.data)?).await?;
        let hash = passwords::hash(password(&store, &self.name).await?).await?;
        let done = accounts::reset_here(&store, &self.name, hash, Clock::wall()).await;
        store.close().await;
        match done {
            Err(store::Error::NotFound) => {
                Err(Failure::say(format!("there is no account {:?}", self.name)))
            }
            done => Ok(done?),
        }
    }
}

impl Add {
    async fn run(self) -> Result<(), Failure> {
        let store = Store::open_existing(&settings::data(self.data.clone())?).await?;
        let called = folded_name(&self.name);
        let role = self.seat(&store).await?;
        let password = password(&store, &self.name).await?;
        let person = NewPerson {
            display: self.display.unwrap_or_else(|| self.name.clone()),
            name: called.clone(),
            phone: self.phone,
            password_hash: passwords::hash(password).await?,
            given_at: (!self.chosen).then(Clock::wall),
            role,
        };
        let added = people::add(&store, person, Clock::wall()).await?;
        store.close().await;
        if added {
            Ok(())
        } else {
            Err(Failure::say(format!(
                "there is an account {called:?} already"
            )))
        }
    }

    async fn seat(&self, store: &Store) -> Result<Role, Failure> {
        let body = || {
            let code = self.body.as_deref().unwrap_or_default();
            let body = store
                .book()
                .directory
                .in_service(code)
                .map(|b| b.code.clone());
            body.ok_or_else(|| {
                let book = store.book();
                let bodies = book.directory.bodies.iter();
                let codes: Vec<String> = bodies
                    .map(|body| format!("{} ({})", body.code, body.short.zh))
                    .collect();
                let codes = codes.join(", ");
                Failure::usage(format!(
                    "--body is {code:?}, but takes the code of a body: {codes}"
                ))
            })
        };
        Ok(match self.role {
            RoleName::Enterprise => Role::Enterprise {
                enterprise: self.enterprise(store).await?,
                manages: true,
            },
            RoleName::Centre => Role::Centre { body: body()? },
            RoleName::Handler => Role::Handler { body: body()? },
            RoleName::Head => Role::Head { body: body()? },
            RoleName::Township => Role::Township { body: body()? },
            RoleName::Supervision => Role::Supervision,
            RoleName::Deputy => Role::Deputy,
            RoleName::Office => Role::Office,
            RoleName::Mayor => Role::Mayor,
            RoleName::Leader => Role::Leader,
            RoleName::SystemAdmin => Role::SystemAdmin,
            RoleName::SecurityAdmin => Role::SecurityAdmin,
            RoleName::Auditor => Role::Auditor,
            RoleName::Clockwork => return Err(Failure::usage("clockwork is not a person")),
        })
    }

    async fn enterprise(&self, store: &Store) -> Result<i64, Failure> {
        let name = self
            .enterprise
            .clone()
            .ok_or_else(|| Failure::usage("--enterprise takes the name of the enterprise"))?;
        let code = self.township.as_deref().unwrap_or_default();
        if store.book().directory.township(code).is_none() {
            return Err(Failure::usage(format!(
                "--township is {code:?}, but takes the code of a township"
            )));
        }
        Ok(people::enterprise_named(store, name, BodyCode::new(code), None, Clock::wall()).await?)
    }
}

#[derive(Debug, thiserror::Error)]
#[error("there is no such role")]
struct NoSuchRole;

fn role(code: &str) -> Result<RoleName, NoSuchRole> {
    RoleName::parse(code).ok_or(NoSuchRole)
}

/// The first line of standard input, if the policy allows it.
async fn password(store: &Store, account: &str) -> Result<String, Failure> {
    let say = |field, fault| {
        Failure::usage(words::fault::sentence(
            Lang::En,
            &FieldFault { field, fault },
        ))
    };
    let name = AccountName::parse(Field::UserName, account)
        .map_err(|wrong| say(wrong.field, wrong.fault))?;
    let password = std::io::stdin().lock().lines().next().transpose()?;
    let password = password.filter(|password| !password.is_empty());
    let password =
        password.ok_or_else(|| Failure::usage("the password is one line on standard input"))?;
    check_password(&password, name.as_str(), &store.policy())
        .map_err(|fault| say(Field::Password, fault))?;
    if passwords::is_common(&password, &[name.as_str()]).await? {
        return Err(say(Field::Password, Fault::CommonPassword));
    }
    Ok(password)
}
