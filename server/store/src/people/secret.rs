//! Secrets that are handed out once. Only their digests are stored.

use sha2::{Digest, Sha256};

use crate::Error;

/// 256 random bits in hexadecimal.
pub struct Secret(String);

impl Secret {
    pub(crate) fn new() -> Result<Self, Error> {
        let bytes: [u8; 32] = random()?;
        Ok(Self(bytes.iter().map(|b| format!("{b:02x}")).collect()))
    }

    pub fn reveal(&self) -> &str {
        &self.0
    }
}

/// A key that makes one page's form count once.
pub fn once() -> Result<String, Error> {
    Ok(Secret::new()?.0)
}

pub(crate) fn random<const N: usize>() -> Result<[u8; N], Error> {
    let mut bytes = [0u8; N];
    getrandom::fill(&mut bytes).map_err(|_| Error::NoRandomness)?;
    Ok(bytes)
}

/// Letters and digits that are not taken for one another.
const PLAIN: &[u8; 31] = b"abcdefghjkmnpqrstuvwxyz23456789";

/// A code for people to type: groups of four, some 20 bits each.
pub fn readable(groups: usize) -> Result<String, Error> {
    let mut code = Vec::with_capacity(groups);
    for _ in 0..groups {
        let bytes: [u8; 4] = random()?;
        let letters = bytes.map(|byte| char::from(PLAIN[usize::from(byte) % PLAIN.len()]));
        code.push(letters.iter().collect::<String>());
    }
    Ok(code.join("-"))
}

pub(crate) fn digest(secret: &str) -> Vec<u8> {
    Sha256::digest(secret.as_bytes()).to_vec()
}
