//! The state that all routes share. Each part has a lock of its own, held for a moment and never across a wait.

use std::sync::{Mutex, MutexGuard, PoisonError};

use jiff::Timestamp;
use tokio::sync::watch;

use crate::{
    calls::Calls,
    config::SandboxConfig,
    faults::Faults,
    inbox::{Inbox, Message},
    twilio::{messages::SentMessages, verify::Verify},
};

pub(crate) struct Shared {
    pub(crate) config: SandboxConfig,
    inbox: Mutex<Inbox>,
    calls: Mutex<Calls>,
    faults: Mutex<Faults>,
    verify: Mutex<Verify>,
    sent: Mutex<SentMessages>,
    inbox_changes: watch::Sender<Changes>,
}

/// What open inbox pages wait for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Changes {
    /// Goes up with every change.
    pub(crate) revision: u64,
    /// Nothing will follow.
    pub(crate) closed: bool,
}

impl Shared {
    pub(crate) fn new(config: SandboxConfig) -> Self {
        let verify = Verify::new(&config, (config.clock)());
        Self {
            config,
            inbox: Mutex::default(),
            calls: Mutex::default(),
            faults: Mutex::default(),
            verify: Mutex::new(verify),
            sent: Mutex::default(),
            inbox_changes: watch::Sender::new(Changes::default()),
        }
    }

    pub(crate) fn now(&self) -> Timestamp {
        (self.config.clock)()
    }

    pub(crate) fn inbox(&self) -> MutexGuard<'_, Inbox> {
        locked(&self.inbox)
    }

    pub(crate) fn calls(&self) -> MutexGuard<'_, Calls> {
        locked(&self.calls)
    }

    pub(crate) fn faults(&self) -> MutexGuard<'_, Faults> {
        locked(&self.faults)
    }

    pub(crate) fn verify(&self) -> MutexGuard<'_, Verify> {
        locked(&self.verify)
    }

    pub(crate) fn sent(&self) -> MutexGuard<'_, SentMessages> {
        locked(&self.sent)
    }

    /// Puts a message into the inbox and tells the open pages.
    pub(crate) fn deliver(&self, message: Message) {
        self.inbox().add(message);
        self.inbox_changed();
    }

    pub(crate) fn empty_inbox(&self) {
        self.inbox().clear();
        self.inbox_changed();
    }

    pub(crate) fn inbox_changes(&self) -> watch::Receiver<Changes> {
        self.inbox_changes.subscribe()
    }

    pub(crate) fn close(&self) {
        self.inbox_changes.send_modify(|changes| changes.closed = true);
    }

    fn inbox_changed(&self) {
        self.inbox_changes.send_modify(|changes| changes.revision += 1);
    }
}

impl std::fmt::Debug for Shared {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Shared").field("config", &self.config).finish_non_exhaustive()
    }
}

/// A panic elsewhere leaves no half-made change behind: every change is one call.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
