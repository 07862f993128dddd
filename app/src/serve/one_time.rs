//! One-time codes: the second factor (RFC 6238), and codes for when it is lost.

use domain::Instant;
use sha2::{Digest, Sha256};
use totp_rs::{Builder, Secret, Totp};

const RECOVERY: u8 = 10;

/// The 30 seconds that a code belongs to, if it is one of now, or of the 30 seconds
/// before or after.
pub fn step_of(key: &[u8], code: &str, now: Instant) -> Option<u64> {
    let code: String = domain::text::plain(code)
        .chars()
        .filter(char::is_ascii_digit)
        .collect();
    let now = u64::try_from(now.timestamp()).ok()?;
    totp(key, "")?.check(&code, now)
}

/// What is scanned to set a second factor up, and the same to be typed.
pub struct Offer {
    pub svg: String,
    /// In groups of four.
    pub typed: String,
    pub recovery: Vec<String>,
}

pub fn offer(key: &[u8], account: &str) -> Option<Offer> {
    let totp = totp(key, account)?;
    let address = totp.to_url().ok()?;
    let picture = qrcode::QrCode::new(address).ok()?;
    let svg = picture
        .render::<qrcode::render::svg::Color>()
        .min_dimensions(200, 200)
        .build();
    let secret = totp.secret().to_base32();
    let groups: Vec<&str> = secret
        .as_bytes()
        .chunks(4)
        .filter_map(|group| std::str::from_utf8(group).ok())
        .collect();
    Some(Offer {
        // The page is HTML: the declaration of XML has no place in it.
        svg: svg
            .split_once("?>")
            .map_or(svg.clone(), |(_, svg)| svg.to_owned()),
        typed: groups.join(" "),
        recovery: recovery_codes(key),
    })
}

/// Ten codes for when the device is lost, shown before the key is in use. They come
/// of the key, so that none has to be kept in the clear until they are shown.
pub fn recovery_codes(key: &[u8]) -> Vec<String> {
    (0..RECOVERY)
        .map(|number| {
            let digest = Sha256::new()
                .chain_update(b"recovery")
                .chain_update([number])
                .chain_update(key)
                .finalize();
            let letters: String = digest
                .iter()
                .take(12)
                .map(|byte| char::from(b"abcdefghjkmnpqrstuvwxyz23456789x"[usize::from(byte % 32)]))
                .collect();
            format!("{}-{}-{}", &letters[..4], &letters[4..8], &letters[8..])
        })
        .collect()
}

/// As a code for recovery is compared: small, with its hyphens.
pub fn plain(code: &str) -> String {
    let letters: Vec<char> = domain::text::plain(code)
        .to_lowercase()
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .collect();
    let groups: Vec<String> = letters
        .chunks(4)
        .map(|group| group.iter().collect())
        .collect();
    groups.join("-")
}

fn totp(key: &[u8], account: &str) -> Option<Totp> {
    let built = Builder::new()
        .with_secret(Secret::new(key.into()))
        .with_account_name(account.replace(':', "."))
        .with_issuer(Some("Zhitong"))
        .build();
    built
        .inspect_err(|error| tracing::error!(%error, "a second factor cannot be read"))
        .ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_holds_for_its_half_minute_and_the_two_beside_it() {
        // RFC 6238, appendix B: at 59 seconds, of the key "12345678901234567890".
        let key = b"12345678901234567890";
        let at = |seconds| Instant::from_timestamp(seconds, 0).unwrap_or_default();
        let cases = [
            (59, Some(1)),
            (30, Some(1)),
            (89, Some(1)),
            (0, Some(1)),
            (90, None),
        ];
        for (seconds, step) in cases {
            assert_eq!(step_of(key, "287 082", at(seconds)), step, "{seconds}");
        }
        assert_eq!(step_of(key, "287083", at(59)), None);
        assert_eq!(step_of(key, "", at(59)), None);
    }

    #[test]
    fn recovery_codes_are_all_different_and_can_be_typed_any_way() {
        let codes = recovery_codes(b"12345678901234567890");
        let different: std::collections::BTreeSet<_> = codes.iter().collect();
        assert_eq!(different.len(), 10);
        assert_eq!(plain(&codes[0].to_uppercase().replace('-', " ")), codes[0]);
    }

    #[test]
    fn what_is_scanned_is_a_picture_without_declaration() {
        let offer = offer(b"12345678901234567890", "gd");
        let offer = offer.map(|offer| (offer.svg.starts_with("<svg"), offer.typed));
        assert_eq!(
            offer,
            Some((true, "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ".to_owned()))
        );
    }
}
