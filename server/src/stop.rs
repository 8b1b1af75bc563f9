//! Ctrl-C, and what service managers send.

use std::io;
use tokio::signal::unix::{SignalKind, signal};
use tokio_util::sync::CancellationToken;

/// A token that is cancelled by the first SIGINT, SIGTERM or SIGHUP. The second ends the program at once.
pub fn on_signal() -> io::Result<CancellationToken> {
    let token = CancellationToken::new();
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    let mut hang_up = signal(SignalKind::hangup())?;
    let cancelled = token.clone();
    tokio::spawn(async move {
        for _ in 0..2 {
            tokio::select! {
                _ = interrupt.recv() => {}
                _ = terminate.recv() => {}
                _ = hang_up.recv() => {}
            }
            if cancelled.is_cancelled() {
                tracing::warn!("stopping at once");
                std::process::exit(130);
            }
            cancelled.cancel();
        }
    });
    Ok(token)
}
