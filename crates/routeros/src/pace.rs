//! Spreads commands over time: routers slow down steeply past some 120 to 220 requests at once.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::time::{Instant, sleep_until};

/// Hands out evenly spaced slots in the order of asking.
#[derive(Debug)]
pub(crate) struct Pace {
    interval: Duration,
    next: Mutex<Option<Instant>>,
}

impl Pace {
    pub(crate) fn new(per_second: Option<u32>) -> Self {
        let interval = per_second.and_then(|count| Duration::from_secs(1).checked_div(count));
        Self { interval: interval.unwrap_or(Duration::ZERO), next: Mutex::new(None) }
    }

    pub(crate) async fn wait(&self) {
        if !self.interval.is_zero() {
            sleep_until(self.take_slot()).await;
        }
    }

    fn take_slot(&self) -> Instant {
        let mut next = self.next.lock().unwrap_or_else(PoisonError::into_inner);
        let now = Instant::now();
        let slot = next.map_or(now, |next| next.max(now));
        *next = Some(slot + self.interval);
        slot
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn ten_a_second_start_a_tenth_of_a_second_apart() {
        let pace = Pace::new(Some(10));
        let start = Instant::now();
        let mut starts = Vec::new();
        for _ in 0..3 {
            pace.wait().await;
            starts.push(start.elapsed().as_millis());
        }
        assert_eq!(starts, [0, 100, 200]);
    }

    #[tokio::test(start_paused = true)]
    async fn no_limit_never_waits() {
        let pace = Pace::new(None);
        let start = Instant::now();
        for _ in 0..1000 {
            pace.wait().await;
        }
        assert_eq!(start.elapsed(), Duration::ZERO);
    }
}
