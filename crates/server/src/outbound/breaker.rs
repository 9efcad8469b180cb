//! Circuit breakers: a service that fails again and again is left alone for a while, so that its trouble is not ours.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};

/// Failures in a row that open a circuit.
const FAILURES: u32 = 5;
/// How long it stays open; then one call tries.
const OPEN: SignedDuration = SignedDuration::from_secs(30);
/// Services remembered. Only those that fail are.
const MOST: usize = 1024;

#[derive(Debug, Default)]
struct Circuit {
    failures: u32,
    open_until: Option<Timestamp>,
}

/// A circuit for each origin.
#[derive(Debug, Default)]
pub(super) struct Breakers {
    circuits: Mutex<HashMap<String, Circuit>>,
}

impl Breakers {
    /// Whether a service may be asked now. After its time an open circuit lets one call through and waits for it.
    pub(super) fn admits(&self, origin: &str, now: Timestamp) -> bool {
        let mut circuits = self.circuits.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(circuit) = circuits.get_mut(origin) else { return true };
        match circuit.open_until {
            Some(until) if now < until => false,
            Some(_) => {
                circuit.open_until = Some(now + OPEN);
                true
            }
            None => true,
        }
    }

    /// Notes how a call went.
    pub(super) fn note(&self, origin: &str, worked: bool, now: Timestamp) {
        let mut circuits = self.circuits.lock().unwrap_or_else(PoisonError::into_inner);
        if worked {
            circuits.remove(origin);
            return;
        }
        if circuits.len() >= MOST && !circuits.contains_key(origin) {
            circuits.retain(|_, circuit| circuit.open_until.is_some_and(|until| now < until));
        }
        if circuits.len() >= MOST {
            return;
        }
        let circuit = circuits.entry(origin.to_owned()).or_default();
        circuit.failures = circuit.failures.saturating_add(1);
        if circuit.failures >= FAILURES {
            if circuit.failures == FAILURES {
                tracing::warn!(origin, "a service failed so often that it is left alone for a while");
            }
            circuit.open_until = Some(now + OPEN);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Breakers, FAILURES, OPEN, SignedDuration, Timestamp};

    #[test]
    fn a_circuit_opens_tries_once_and_closes() {
        let breakers = Breakers::default();
        let start = Timestamp::UNIX_EPOCH;
        for _ in 1..FAILURES {
            breakers.note("a", false, start);
        }
        breakers.note("b", false, start);
        assert!(breakers.admits("a", start));
        breakers.note("a", false, start);
        assert!(!breakers.admits("a", start));
        assert!(breakers.admits("b", start), "another service is not concerned");
        assert!(!breakers.admits("a", start + OPEN - SignedDuration::from_secs(1)));

        let later = start + OPEN;
        assert!(breakers.admits("a", later));
        assert!(!breakers.admits("a", later), "one call tries");
        breakers.note("a", false, later);
        assert!(!breakers.admits("a", later + OPEN - SignedDuration::from_secs(1)));
        assert!(breakers.admits("a", later + OPEN));
        breakers.note("a", true, later + OPEN);
        assert!(breakers.admits("a", later + OPEN) && breakers.admits("a", later + OPEN));
    }

    #[test]
    fn a_success_forgets_the_failures() {
        let breakers = Breakers::default();
        for _ in 0..10 {
            for _ in 1..FAILURES {
                breakers.note("a", false, Timestamp::UNIX_EPOCH);
            }
            breakers.note("a", true, Timestamp::UNIX_EPOCH);
        }
        assert!(breakers.admits("a", Timestamp::UNIX_EPOCH));
    }
}
