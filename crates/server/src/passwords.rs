//! Password hashing: argon2id, on threads of its own, so that a crowd that signs in does not hold up anybody else.
//!
//! A hash needs 19 MiB and most of its time is spent in that memory, so each thread keeps its memory while it has work.
//! The queue is short: whoever comes when it is full is told to come back, instead of waiting for minutes.

use std::fmt;
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, TrySendError, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use argon2::password_hash::phc::{Output, ParamsString, PasswordHash, Salt};
use argon2::{Algorithm, Argon2, Block, Params, Version};
use journeyman_engine::effect::Secret;
use subtle::ConstantTimeEq;
use tokio::sync::oneshot;

/// OWASP's parameters: 19 MiB, two passes, one lane.
const PARAMS: Params = Params::DEFAULT;
const HASH_LENGTH: usize = Params::DEFAULT_OUTPUT_LEN;
/// A stored hash that needs more (in KiB) is not believed: it would let a changed row take the memory of the machine.
const MOST_MEMORY: u32 = 256 * 1024;
const MOST_PASSES: u32 = 16;
const MOST_LANES: u32 = 8;
/// Waiting jobs for each thread: about a second of work.
const QUEUE_PER_THREAD: usize = 64;
/// A thread without work for so long gives its memory back.
const IDLE: Duration = Duration::from_secs(10);

/// The queue is full, or the threads are gone: nothing was checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("too many passwords are being checked")]
pub(crate) struct Busy;

/// Hashes and checks passwords.
pub(crate) struct Passwords {
    queue: SyncSender<Job>,
}

impl fmt::Debug for Passwords {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Passwords")
    }
}

enum Job {
    Hash { password: Secret, answer: oneshot::Sender<Option<String>> },
    Verify { password: Secret, stored: Option<String>, answer: oneshot::Sender<bool> },
}

impl Passwords {
    /// Starts as many threads as half the processors: the other half serves those who are signed in.
    pub(crate) fn start() -> std::io::Result<Self> {
        let processors = thread::available_parallelism().map_or(1, usize::from);
        let threads = (processors / 2).max(1);
        Self::with(threads, threads * QUEUE_PER_THREAD)
    }

    /// Nobody works, and the queue is full.
    #[cfg(test)]
    pub(crate) fn crowded() -> Self {
        Self { queue: sync_channel(0).0 }
    }

    /// Starts `threads` threads behind a queue of that length.
    fn with(threads: usize, queue: usize) -> std::io::Result<Self> {
        let (sender, receiver) = sync_channel(queue);
        let receiver = Arc::new(Mutex::new(receiver));
        for _ in 0..threads {
            let receiver = Arc::clone(&receiver);
            thread::Builder::new().name("passwords".to_owned()).spawn(move || work(&receiver))?;
        }
        Ok(Self { queue: sender })
    }

    /// The hash to store, in PHC format.
    pub(crate) async fn hash(&self, password: &Secret) -> Result<String, Busy> {
        let (answer, answered) = oneshot::channel();
        self.enqueue(Job::Hash { password: password.clone(), answer })?;
        answered.await.ok().flatten().ok_or(Busy)
    }

    /// Whether it is the password that was hashed. Without a stored hash it is not, and that takes as long.
    pub(crate) async fn verify(&self, password: &Secret, stored: Option<&str>) -> Result<bool, Busy> {
        let (answer, answered) = oneshot::channel();
        self.enqueue(Job::Verify { password: password.clone(), stored: stored.map(str::to_owned), answer })?;
        answered.await.map_err(|_| Busy)
    }

    fn enqueue(&self, job: Job) -> Result<(), Busy> {
        self.queue.try_send(job).map_err(|error| match error {
            TrySendError::Full(_) => {
                tracing::warn!("the queue of passwords to check is full");
                Busy
            }
            TrySendError::Disconnected(_) => {
                tracing::error!("no thread is left that checks passwords");
                Busy
            }
        })
    }
}

fn work(queue: &Mutex<Receiver<Job>>) {
    let mut memory = Vec::new();
    loop {
        let next = queue.lock().unwrap_or_else(PoisonError::into_inner).recv_timeout(IDLE);
        match next {
            // Whoever asked may have gone away meanwhile: then the work is not worth doing, or its answer not wanted.
            Ok(Job::Hash { password, answer }) if !answer.is_closed() => {
                let _ = answer.send(hash(&password, &mut memory));
            }
            Ok(Job::Verify { password, stored, answer }) if !answer.is_closed() => {
                let _ = answer.send(verify(&password, stored.as_deref(), &mut memory));
            }
            Ok(_) => {}
            Err(RecvTimeoutError::Timeout) => memory = Vec::new(),
            Err(RecvTimeoutError::Disconnected) => return,
        }
    }
}

fn hash(password: &Secret, memory: &mut Vec<Block>) -> Option<String> {
    let salt = Salt::generate();
    let mut out = [0; HASH_LENGTH];
    derive(password, &salt, &PARAMS, &mut out, memory)?;
    let hash = PasswordHash {
        algorithm: Algorithm::Argon2id.ident(),
        version: Some(Version::V0x13.into()),
        params: ParamsString::try_from(&PARAMS).ok()?,
        salt: Some(salt),
        hash: Some(Output::new(&out).ok()?),
    };
    Some(hash.to_string())
}

fn verify(password: &Secret, stored: Option<&str>, memory: &mut Vec<Block>) -> bool {
    let known = stored.and_then(Known::read);
    if stored.is_some() && known.is_none() {
        tracing::error!("a stored password hash does not read as one");
    }
    let Some(known) = known else {
        let mut out = [0; HASH_LENGTH];
        derive(password, b"nobody has this salt", &PARAMS, &mut out, memory);
        return false;
    };
    let mut out = vec![0; known.hash.as_bytes().len()];
    derive(password, &known.salt, &known.params, &mut out, memory).is_some() && known.hash.as_bytes().ct_eq(&out).into()
}

/// A stored hash that can be checked.
struct Known {
    params: Params,
    salt: Salt,
    hash: Output,
}

impl Known {
    fn read(stored: &str) -> Option<Self> {
        let read = PasswordHash::new(stored).ok()?;
        let params = Params::try_from(&read).ok()?;
        let modest = params.m_cost() <= MOST_MEMORY && params.t_cost() <= MOST_PASSES && params.p_cost() <= MOST_LANES;
        let ours = read.algorithm == Algorithm::Argon2id.ident() && read.version == Some(Version::V0x13.into());
        (modest && ours).then_some(Self { params, salt: read.salt?, hash: read.hash? })
    }
}

/// The one place that hashes.
fn derive(password: &Secret, salt: &[u8], params: &Params, out: &mut [u8], memory: &mut Vec<Block>) -> Option<()> {
    let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params.clone());
    memory.resize(params.block_count().max(memory.len()), Block::new());
    let blocks = memory.get_mut(..params.block_count())?;
    let done = argon2.hash_password_into_with_memory(password.expose().as_bytes(), salt, out, blocks);
    if memory.len() > PARAMS.block_count() {
        memory.truncate(PARAMS.block_count());
        memory.shrink_to_fit();
    }
    done.inspect_err(|error| tracing::error!(%error, "a password could not be hashed")).ok()
}

#[cfg(test)]
mod tests {
    use super::{Block, Busy, PARAMS, Passwords, Secret, verify};

    fn pool() -> Passwords {
        Passwords::with(1, 4).expect("a thread can be started")
    }

    #[tokio::test]
    async fn a_hash_names_its_parameters_and_fits_its_password_alone() {
        let pool = pool();
        let right = Secret::new("correct horse");
        let stored = pool.hash(&right).await.expect("not busy");
        assert!(stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{stored}");
        assert_ne!(stored, pool.hash(&right).await.expect("not busy"), "the salt is fresh");
        assert_eq!(pool.verify(&right, Some(&stored)).await, Ok(true));
        for wrong in ["", "correct hors", "Correct horse", "correct horse "] {
            assert_eq!(pool.verify(&Secret::new(wrong), Some(&stored)).await, Ok(false), "{wrong}");
        }
    }

    #[test]
    fn an_unknown_account_costs_a_whole_hash() {
        for stored in [None, Some("not a hash"), Some("$argon2id$v=19$m=4194304,t=2,p=1$c2FsdHNhbHQ$aGFzaGhhc2hoYXNo")]
        {
            let mut memory = Vec::new();
            assert!(!verify(&Secret::new("x"), stored, &mut memory));
            assert_eq!(memory.len(), PARAMS.block_count(), "{stored:?}");
            let untouched = |block: &Block| block.as_ref().iter().all(|word| *word == 0);
            assert!(!memory.iter().any(untouched), "{stored:?}: all of the memory was used");
        }
    }

    #[test]
    fn hashes_with_other_parameters_still_fit() {
        // Made by the reference implementation: `echo -n password | argon2 somesalt -id -t 2 -m 16 -p 1`.
        let stored = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";
        let mut memory = Vec::new();
        assert!(verify(&Secret::new("password"), Some(stored), &mut memory));
        assert!(memory.len() <= PARAMS.block_count(), "the larger memory was given back");
    }

    #[tokio::test]
    async fn a_full_queue_is_refused_at_once() {
        let (queue, _nobody_works) = std::sync::mpsc::sync_channel(1);
        let pool = Passwords { queue };
        let (first, second) = (Secret::new("a"), Secret::new("b"));
        let waiting = pool.hash(&first);
        tokio::pin!(waiting);
        assert!(futures::poll!(&mut waiting).is_pending());
        assert_eq!(pool.verify(&second, None).await, Err(Busy));
    }
}
