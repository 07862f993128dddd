use std::fs::Permissions;
use std::io::IsTerminal;
use std::net::SocketAddr;
use std::num::NonZeroU32;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use clap::Args;
use domain::Named;
use store::{Purpose, Store};
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tracing_subscriber::EnvFilter;
use words::people::BY_PROVIDER;

use super::{Failure, print};
use crate::backup::Nightly;
use crate::beats::{Beat, supervise};
use crate::clock::Clock;
use crate::files::{Files, keep};
use crate::http::{AppParts, AppState, Beats, Limit, Provider};
use crate::lock::Lock;
use crate::settings::SettingsError;
use crate::{demo, http, settings, sweep};

/// Serve.
#[derive(Args)]
pub struct Serve {
    /// The data directory; made where there is none. [default: data]
    #[arg(long, env = "ZHITONG_DATA")]
    data: Option<PathBuf>,
    /// Where to listen. [default: 127.0.0.1:3000]
    #[arg(long, env = "ZHITONG_ADDR")]
    addr: Option<SocketAddr>,
    /// Fill an empty data directory with an invented city and show its accounts.
    #[arg(long)]
    demo: bool,
    /// For training: the time is that of --clock, and every page says 演练.
    #[arg(long, requires = "clock")]
    rehearsal: bool,
    /// A file with one RFC 3339 time, read anew at each use.
    #[arg(long, requires = "rehearsal")]
    clock: Option<PathBuf>,
    /// How often deadlines are looked at. [default: 60]
    #[arg(long, env = "ZHITONG_SWEEP_SECONDS")]
    sweep_seconds: Option<u64>,
    /// The program stands behind a proxy on this machine, whose X-Forwarded-For
    /// names the caller. Without it that header is not believed.
    #[arg(long, env = "ZHITONG_BEHIND_PROXY")]
    behind_proxy: bool,
    /// Requests a second that one address may make. [default: 100]
    #[arg(long, env = "ZHITONG_ADDRESS_RATE")]
    address_rate: Option<NonZeroU32>,
    /// Requests a second that one account may make. [default: 30]
    #[arg(long, env = "ZHITONG_ACCOUNT_RATE")]
    account_rate: Option<NonZeroU32>,
    /// Where nightly backups go. [default: backups in the data directory]
    #[arg(long, env = "ZHITONG_BACKUP_TO")]
    backup_to: Option<PathBuf>,
    /// How many nightly backups stay; 0 makes none. [default: 14]
    #[arg(long, env = "ZHITONG_BACKUP_KEEP")]
    backup_keep: Option<usize>,
    /// The built pages. [default: site beside the program's target folder]
    #[arg(long, env = "ZHITONG_SITE")]
    site: Option<PathBuf>,
}

impl Serve {
    pub async fn run(self) -> Result<(), Failure> {
        tracing_subscriber::fmt()
            .with_env_filter(
                EnvFilter::try_from_env("ZHITONG_LOG").unwrap_or_else(|_| EnvFilter::new("info")),
            )
            .with_writer(std::io::stderr)
            // A log in a file is plain text.
            .with_ansi(std::io::stderr().is_terminal())
            // A log that cannot be written ends no request.
            .log_internal_errors(false)
            .init();
        let file = settings::File::load()?;
        let data = self.data.or(file.data).unwrap_or_else(|| "data".into());
        let addr = self.addr.or(file.addr);
        let addr = addr.unwrap_or_else(|| SocketAddr::from(([127, 0, 0, 1], 3000)));
        let sweep_seconds = self.sweep_seconds.or(file.sweep_seconds).unwrap_or(60);
        if !(1..=3600).contains(&sweep_seconds) {
            return Err(SettingsError::Sweep(sweep_seconds).into());
        }
        let clock = match self.clock {
            Some(file) => Clock::rehearsal(file)?,
            None => Clock::System,
        };
        // The port before the data: a second start on the same port changes nothing.
        let listener = TcpListener::bind(addr).await.map_err(|error| {
            Failure::say(format!(
                "cannot listen on {addr}: {error}. Another program may be using the port; \
                 choose another with --addr HOST:PORT or PORT= for make"
            ))
        })?;
        let _lock = Lock::take(&data)?;
        for_its_owner(&data);
        let store = Store::open(&data).await?;
        let purpose = Purpose {
            rehearsal: self.rehearsal,
            demo: self.demo,
        };
        let first = store.dedicate(&data, purpose).await?;
        if self.demo && first {
            demo::fill(&store, clock.now()).await?;
        }
        sweep::catch_up(&store, &clock).await;
        let beats = Beats {
            sweep: Beat::new(),
            writer: Beat::new(),
            sweep_seconds,
        };
        let sweeping = sweep::start(
            store.clone(),
            clock.clone(),
            Duration::from_secs(sweep_seconds),
            beats.sweep.clone(),
        );
        let looking = sweep::look_up(store.clone(), beats.writer.clone());
        let nightly = Nightly {
            to: self
                .backup_to
                .or(file.backup_to)
                .unwrap_or_else(|| data.join("backups")),
            keep: self.backup_keep.or(file.backup_keep).unwrap_or(14),
        };
        // What is invented is not kept.
        let is_real = !self.demo && !self.rehearsal && nightly.keep > 0;
        if is_real {
            let to = nightly.to.display();
            if nightly.to == data {
                return Err(Failure::say(format!(
                    "backup_to is {to}, the data directory itself; name another folder"
                )));
            }
            std::fs::create_dir_all(&nightly.to).map_err(|error| {
                Failure::say(format!(
                    "backup_to is {to}, which cannot be a folder: {error}"
                ))
            })?;
        }
        let backing_up = is_real.then(|| {
            let (store, data) = (store.clone(), data.clone());
            supervise("backups", move || {
                let (nightly, store, data) = (nightly.clone(), store.clone(), data.clone());
                async move { nightly.run(&store, &data).await }
            })
        });
        let site = self.site.or(file.site).unwrap_or_else(http::site::usual);
        if !site.join("pkg").exists() {
            tracing::warn!(site = %site.display(), "no built pages there: style and scripts are missing");
        }
        let provider_name = file.oidc.as_ref().map(|settings| Named {
            zh: settings
                .name_zh
                .clone()
                .unwrap_or_else(|| BY_PROVIDER.zh.into()),
            en: settings
                .name_en
                .clone()
                .unwrap_or_else(|| BY_PROVIDER.en.into()),
        });
        let provider = match file.oidc {
            Some(settings) => Some(Arc::new(Provider::new(settings)?)),
            None => None,
        };
        let files = Files::open(&data).map_err(|error| {
            Failure::say(format!(
                "attachments cannot be kept in {}: {error}",
                data.display()
            ))
        })?;
        let tidying = keep::start(store.clone(), files.clone());
        let state = AppState::new(AppParts {
            store: store.clone(),
            clock,
            data,
            files,
            rehearsal: self.rehearsal,
            demo: self.demo,
            behind_proxy: self.behind_proxy || file.behind_proxy.unwrap_or(false),
            by_address: Limit::new(rate(self.address_rate, file.address_rate, 100)),
            by_account: Limit::new(rate(self.account_rate, file.account_rate, 30)),
            provider,
            provider_name,
            beats,
            refusals: Arc::new(Semaphore::new(256)),
        });
        announce(listener.local_addr()?, self.demo);
        http::serve(listener, state, &site).await?;
        for task in [tidying, looking, sweeping].iter().chain(&backing_up) {
            task.abort();
        }
        store.close().await;
        Ok(())
    }
}

/// Directories of earlier versions were open to everybody on the machine.
fn for_its_owner(data: &Path) {
    for (path, mode) in [
        (data.to_owned(), 0o700),
        (store::dialect::database(data), 0o600),
    ] {
        if let Err(error) = std::fs::set_permissions(&path, Permissions::from_mode(mode))
            && path.exists()
        {
            tracing::warn!(%error, path = %path.display(), "it stays open to others on this machine");
        }
    }
}

fn rate(given: Option<NonZeroU32>, file: Option<NonZeroU32>, usual: u32) -> NonZeroU32 {
    let usual = NonZeroU32::new(usual).unwrap_or(NonZeroU32::MIN);
    given.or(file).unwrap_or(usual)
}

fn announce(addr: SocketAddr, demo: bool) {
    print(format_args!("Zhitong 直通 listens on http://{addr}"));
    if demo {
        print(format_args!(
            "Demo accounts: {}",
            app::sheets::DEMO_ACCOUNTS.join(" ")
        ));
        print("  and one for each further department and township by its code");
        print(format_args!("Password of all: {}", demo::PASSWORD));
    }
}
