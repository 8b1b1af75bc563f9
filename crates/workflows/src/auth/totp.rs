//! Codes of the second factor: RFC 6238 with SHA-1, six digits and half a minute, as every phone's program speaks it.

use chrono::{DateTime, Utc};
use data_encoding::BASE32_NOPAD;
use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;
use sha2::{Digest as _, Sha256};
use store::sessions::Digest;

const SECONDS: i64 = 30;
/// Steps before and after the present one that are good too: clocks differ, and typing takes a while.
const SLACK: i64 = 1;
const RECOVERY_CODES: usize = 10;

/// What the phone and Ramal both know.
pub struct Secret(Vec<u8>);

impl Secret {
    pub(super) fn fresh() -> Self {
        Self(rand::random::<[u8; 20]>().to_vec())
    }

    /// From base32, as a person types it into a phone.
    pub fn parse(text: &str) -> Option<Self> {
        BASE32_NOPAD.decode(plain(text).as_bytes()).ok().map(Self)
    }

    /// In base32.
    pub(super) fn text(&self) -> String {
        BASE32_NOPAD.encode(&self.0)
    }

    /// What the phone shows at a moment.
    pub fn code_at(&self, moment: DateTime<Utc>) -> String {
        self.code(step_at(moment))
    }

    /// The step whose code was typed, if it is good now and comes after the last one that was taken.
    pub(super) fn step_of(&self, typed: &str, now: DateTime<Utc>, last: Option<i64>) -> Option<i64> {
        let now = step_at(now);
        let mut steps = now - SLACK..=now + SLACK;
        steps.find(|step| last.is_none_or(|last| *step > last) && self.code(*step) == typed)
    }

    fn code(&self, step: i64) -> String {
        // A key of any length will do.
        let Ok(mut mac) = Hmac::<Sha1>::new_from_slice(&self.0) else { return String::new() };
        mac.update(&step.to_be_bytes());
        let digest = mac.finalize().into_bytes();
        let offset = usize::from(digest[digest.len() - 1] & 0x0f);
        let four = [digest[offset] & 0x7f, digest[offset + 1], digest[offset + 2], digest[offset + 3]];
        format!("{:06}", u32::from_be_bytes(four) % 1_000_000)
    }

    /// For the QR code: the secret with whose it is.
    pub(super) fn uri(&self, issuer: &str, email: &str) -> String {
        let (issuer, email) = (escape(issuer), escape(email));
        format!("otpauth://totp/{issuer}:{email}?secret={}&issuer={issuer}", self.text())
    }
}

fn step_at(moment: DateTime<Utc>) -> i64 {
    moment.timestamp().div_euclid(SECONDS)
}

/// Fresh codes for whoever loses the phone: 80 random bits each, in groups that can be copied by hand.
pub(super) fn recovery_codes() -> Vec<String> {
    let code = || {
        let text = BASE32_NOPAD.encode(&rand::random::<[u8; 10]>());
        let groups: Vec<&str> = [0, 4, 8, 12].iter().filter_map(|start| text.get(*start..start + 4)).collect();
        groups.join("-")
    };
    std::iter::repeat_with(code).take(RECOVERY_CODES).collect()
}

/// What is stored of a recovery code, however it was typed.
pub(super) fn recovery_digest(code: &str) -> Digest {
    Sha256::digest(plain(code)).into()
}

/// In capitals, without the blanks and dashes that make it legible.
pub(super) fn plain(typed: &str) -> String {
    typed.chars().filter(|c| !c.is_whitespace() && *c != '-').flat_map(char::to_uppercase).collect()
}

fn escape(text: &str) -> String {
    let escaped = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'@' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    };
    text.bytes().map(escaped).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The key of the standard's examples.
    fn secret() -> Secret {
        Secret(b"12345678901234567890".to_vec())
    }

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(seconds, 0).unwrap()
    }

    #[test]
    fn codes_are_those_of_the_standard() {
        for (seconds, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            assert_eq!(secret().code_at(at(seconds)), code, "{seconds}");
        }
    }

    #[test]
    fn a_code_is_good_half_a_minute_early_or_late_and_only_after_the_last_one() {
        let secret = secret();
        let code = secret.code_at(at(1_234_567_890));
        let step = 1_234_567_890 / 30;
        for (seconds, last, good) in [
            (1_234_567_890, None, true),
            (1_234_567_860, None, true),
            (1_234_567_920, None, true),
            (1_234_567_950, None, false),
            (1_234_567_890, Some(step - 1), true),
            (1_234_567_890, Some(step), false),
        ] {
            let found = secret.step_of(&code, at(seconds), last);
            assert_eq!(found, good.then_some(step), "at {seconds} after {last:?}");
        }
    }

    #[test]
    fn a_phone_reads_whose_secret_it_is() {
        assert_eq!(
            secret().uri("Fibra del Sur", "ana+1@example.com"),
            "otpauth://totp/Fibra%20del%20Sur:ana%2B1@example.com?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ\
             &issuer=Fibra%20del%20Sur"
        );
        assert_eq!(Secret::parse("gezd gnbv gy3t qojq GEZDGNBVGY3TQOJQ").unwrap().text(), secret().text());
    }

    #[test]
    fn recovery_codes_differ_and_are_known_however_they_are_typed() {
        let codes = recovery_codes();
        assert_eq!(codes.iter().collect::<std::collections::BTreeSet<_>>().len(), RECOVERY_CODES);
        assert!(codes.iter().all(|code| code.len() == 19), "{codes:?}");
        assert_eq!(recovery_digest(&codes[0].to_lowercase().replace('-', " ")), recovery_digest(&codes[0]));
    }
}
