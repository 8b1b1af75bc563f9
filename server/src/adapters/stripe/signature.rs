//! Whether a delivery is Stripe's: `Stripe-Signature: t=...,v1=...[,v1=...]`, an HMAC-SHA256 of the time, a dot and the raw
//! bytes, by a secret that only the two of us have.

use chrono::{DateTime, Utc};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use workflows::ports::gateway::Forged;

/// How far a signature's time may be from ours, in seconds, either way.
const TOLERANCE: u64 = 300;

pub fn verify(secret: &str, header: &str, body: &[u8], now: DateTime<Utc>) -> Result<(), Forged> {
    let (time, signatures) = parts(header).ok_or(Forged::Unsigned)?;
    let signed_at: i64 = time.parse().map_err(|_| Forged::Unsigned)?;
    // Several: while a secret is being replaced, both sign.
    if !signatures.iter().any(|signature| is_right(secret, time, body, signature)) {
        return Err(Forged::WrongSignature);
    }
    // After the signature, so that nobody learns our clock.
    if signed_at.abs_diff(now.timestamp()) > TOLERANCE { Err(Forged::OutOfTime) } else { Ok(()) }
}

fn parts(header: &str) -> Option<(&str, Vec<Vec<u8>>)> {
    let pairs = || header.split(',').filter_map(|part| part.trim().split_once('='));
    let time = pairs().find(|(name, _)| *name == "t")?.1;
    let signatures = pairs().filter(|(name, _)| *name == "v1").filter_map(|(_, value)| hex::decode(value).ok());
    let signatures: Vec<_> = signatures.take(8).collect();
    (!signatures.is_empty()).then_some((time, signatures))
}

/// Compared in constant time.
fn is_right(secret: &str, time: &str, body: &[u8], signature: &[u8]) -> bool {
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret.as_bytes()) else { return false };
    mac.update(time.as_bytes());
    mac.update(b".");
    mac.update(body);
    mac.verify_slice(signature).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const BODY: &[u8] = br#"{"id":"evt_1","object":"event"}"#;
    /// As npm `stripe` 17 signs `BODY` with `whsec_test` at 1770000000.
    const V1: &str = "533ca9d986cb96509d1485dfae6d7750d01613693a0220e92eb0f1c3c1ce9781";

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(seconds, 0).unwrap()
    }

    fn sign(secret: &str, time: &str, body: &[u8]) -> String {
        let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).unwrap();
        mac.update(format!("{time}.").as_bytes());
        mac.update(body);
        hex::encode(mac.finalize().into_bytes())
    }

    #[test]
    fn a_signature_of_stripes_own_library_is_right_and_nothing_else_is() {
        let now = at(1_770_000_100);
        let header = format!("t=1770000000,v1={V1},v0=00");
        assert_eq!(verify("whsec_test", &header, BODY, now), Ok(()));
        assert_eq!(verify("whsec_other", &header, BODY, now), Err(Forged::WrongSignature));
        assert_eq!(verify("whsec_test", &header, b"{}", now), Err(Forged::WrongSignature));
        let moved = header.replace("1770000000", "1770000001");
        assert_eq!(verify("whsec_test", &moved, BODY, now), Err(Forged::WrongSignature));
        for late in [1_770_000_301, 1_769_999_699] {
            assert_eq!(verify("whsec_test", &header, BODY, at(late)), Err(Forged::OutOfTime), "{late}");
        }
        for unsigned in ["", "t=1770000000", "v1=00", "t=x,v1=00", "t=1770000000,v1=zz"] {
            assert_eq!(verify("whsec_test", unsigned, BODY, now), Err(Forged::Unsigned), "{unsigned}");
        }
    }

    #[test]
    fn while_a_secret_is_replaced_either_signature_will_do() {
        let (old, new) = (sign("whsec_old", "1770000000", BODY), sign("whsec_new", "1770000000", BODY));
        let header = format!("t=1770000000,v1={old},v1={new}");
        assert_eq!(verify("whsec_new", &header, BODY, at(1_770_000_000)), Ok(()));
        assert_eq!(verify("whsec_old", &header, BODY, at(1_770_000_000)), Ok(()));
    }
}
