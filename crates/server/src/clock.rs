//! The one clock: everything that expires, locks or rotates reads the time from it, so that tests and the demo can move
//! it without waiting.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use jiff::{SignedDuration, Timestamp};

/// A clock that can be put forward. Clones show the same time.
#[derive(Clone, Debug)]
pub struct Clock {
    /// Where a manual clock started; absent: the system's time counts.
    start: Option<Timestamp>,
    /// Added to it, in nanoseconds.
    offset: Arc<AtomicI64>,
}

impl Clock {
    /// The system's time.
    pub fn system() -> Self {
        Self { start: None, offset: Arc::default() }
    }

    /// A clock that stands still until it is advanced.
    pub fn manual(start: Timestamp) -> Self {
        Self { start: Some(start), offset: Arc::default() }
    }

    /// The time.
    pub fn now(&self) -> Timestamp {
        let base = self.start.unwrap_or_else(Timestamp::now);
        let offset = SignedDuration::from_nanos(self.offset.load(Ordering::SeqCst));
        base.saturating_add(offset).unwrap_or(base)
    }

    /// Puts it forward, or back. It stays within 292 years of where it started.
    pub fn advance(&self, by: SignedDuration) {
        let by = i64::try_from(by.as_nanos()).unwrap_or(if by.is_negative() { i64::MIN } else { i64::MAX });
        let moved = |offset: i64| Some(offset.saturating_add(by));
        // The closure always answers, so the update always happens.
        let _ = self.offset.fetch_update(Ordering::SeqCst, Ordering::SeqCst, moved);
    }

    /// The same clock for those who need only a function.
    pub fn as_fn(&self) -> Arc<dyn Fn() -> Timestamp + Send + Sync> {
        let clock = self.clone();
        Arc::new(move || clock.now())
    }
}

impl Default for Clock {
    fn default() -> Self {
        Self::system()
    }
}

#[cfg(test)]
mod tests {
    use super::{Clock, SignedDuration, Timestamp};

    #[test]
    fn clones_show_the_same_time() {
        let clock = Clock::manual(Timestamp::UNIX_EPOCH);
        let (clone, function) = (clock.clone(), clock.as_fn());
        clone.advance(SignedDuration::from_secs(601));
        assert_eq!(clock.now().as_second(), 601);
        assert_eq!(function().as_second(), 601);
        clock.advance(SignedDuration::from_secs(-1));
        assert_eq!(clone.now().as_second(), 600);
    }

    #[test]
    fn a_system_clock_moves_by_itself_and_by_hand() {
        let clock = Clock::system();
        let before = clock.now();
        clock.advance(SignedDuration::from_hours(24));
        assert!(clock.now() >= before + SignedDuration::from_hours(24));
    }

    #[test]
    fn no_advance_breaks_it() {
        let clock = Clock::manual(Timestamp::UNIX_EPOCH);
        clock.advance(SignedDuration::MAX);
        clock.advance(SignedDuration::MAX);
        assert!(clock.now() > Timestamp::UNIX_EPOCH);
    }
}
