//! How long to wait after a failure: twice as long each time up to a limit, and a little more by chance, so that what
//! failed together does not come back together.

use chrono::Duration;

/// For a job, after its n-th try.
pub(super) fn of_job(attempts: i32) -> Duration {
    doubled(Duration::seconds(15), attempts, Duration::hours(1))
}

/// For a router, after its n-th failure in a row.
pub(crate) fn of_router(failures: i32) -> Duration {
    doubled(Duration::seconds(30), failures, Duration::minutes(15))
}

fn doubled(first: Duration, times: i32, most: Duration) -> Duration {
    let doublings = times.clamp(1, 20) - 1;
    let waited = (first * (1 << doublings)).min(most);
    waited + waited * rand::random_range(0..=250) / 1000
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_wait_is_twice_the_one_before_up_to_the_limit_and_at_most_a_quarter_more() {
        for (attempts, seconds) in [(0, 15), (1, 15), (2, 30), (3, 60), (9, 3600), (1000, 3600)] {
            for _ in 0..20 {
                let waited = of_job(attempts);
                let (least, most) = (Duration::seconds(seconds), Duration::seconds(seconds + seconds / 4 + 1));
                assert!((least..=most).contains(&waited), "{attempts}: {waited}");
            }
        }
    }
}
