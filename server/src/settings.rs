//! Settings: flags, then environment, then `zhitong.toml`, then what is usual.

use std::net::SocketAddr;
use std::num::NonZeroU32;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::http::oidc;
use thiserror::Error;

pub const FILE: &str = "zhitong.toml";

/// What `zhitong.toml` may hold.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct File {
    pub data: Option<PathBuf>,
    pub addr: Option<SocketAddr>,
    pub sweep_seconds: Option<u64>,
    pub site: Option<PathBuf>,
    pub behind_proxy: Option<bool>,
    pub address_rate: Option<NonZeroU32>,
    pub account_rate: Option<NonZeroU32>,
    /// Where nightly backups go; the folder `backups` of the data directory.
    pub backup_to: Option<PathBuf>,
    /// How many of them stay; 0 makes none.
    pub backup_keep: Option<usize>,
    pub oidc: Option<oidc::Settings>,
}

#[derive(Debug, Error)]
pub enum SettingsError {
    #[error("{0} cannot be read")]
    Unreadable(PathBuf, #[source] std::io::Error),
    /// The parser's message names the setting and what it takes.
    #[error(
        "{file}: {message}\nSettings: data (a folder), addr (HOST:PORT), sweep_seconds (1 to 3600), site (a folder), behind_proxy (true or false), address_rate and account_rate (requests a second, from 1), \
         backup_to (a folder), backup_keep (how many nights, 0 for none), \
         [oidc] with issuer, client_id, client_secret, redirect_uri, name_zh, name_en"
    )]
    Wrong { file: PathBuf, message: String },
    #[error("sweep_seconds is {0}, but takes 1 to 3600")]
    Sweep(u64),
}

impl File {
    /// The file of the working directory, where there is one.
    pub fn load() -> Result<Self, SettingsError> {
        Self::read(Path::new(FILE))
    }

    fn read(path: &Path) -> Result<Self, SettingsError> {
        match std::fs::read_to_string(path) {
            Ok(text) => toml::from_str(&text).map_err(|error| SettingsError::Wrong {
                file: path.to_owned(),
                message: error.to_string(),
            }),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Self::default()),
            Err(error) => Err(SettingsError::Unreadable(path.to_owned(), error)),
        }
    }
}

/// The data directory from a flag or environment, else the file, else `data`.
pub fn data(given: Option<PathBuf>) -> Result<PathBuf, SettingsError> {
    let from_file = match given {
        Some(_) => None,
        None => File::load()?.data,
    };
    Ok(given.or(from_file).unwrap_or_else(|| PathBuf::from("data")))
}
