//! What a router's device mode forbids. Since 7.17 it forbids much, and only somebody at the router can change it.

use super::call::Call;
use super::plan::Held;

/// What Ramal needs: vouchers and the captive portal, the reports of leases, and tasks at a time.
const NEEDED: [&str; 3] = ["hotspot", "fetch", "scheduler"];

/// What has to be read for it; version 6 has none.
pub fn device_mode_of(version: &str) -> Option<Call> {
    (!version.starts_with("6.")).then(|| Call::print("/system/device-mode", "mode,hotspot,fetch,scheduler"))
}

/// What is needed and forbidden. A version that does not know a flag does not forbid it.
pub fn forbidden(held: &Held) -> Vec<String> {
    let mode = held.only("/system/device-mode");
    let forbids = |flag: &&str| matches!(mode.get(flag), "false" | "no");
    NEEDED.iter().filter(|flag| forbids(flag)).map(|flag| (*flag).to_owned()).collect()
}
