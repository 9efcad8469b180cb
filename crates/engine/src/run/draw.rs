//! Randomness of a journey: everything follows from its seed and the number of draws, so that a replay draws the same.

use std::cell::Cell;

use sha2::{Digest, Sha256};

use crate::effect::Effect;
use crate::journey::Journey;

/// Draws for the length of one use.
pub(crate) struct Draws {
    seed: String,
    count: Cell<u64>,
}

impl Draws {
    pub(crate) fn of(journey: &Journey) -> Self {
        Self { seed: journey.seed.expose().to_owned(), count: Cell::new(journey.draws) }
    }

    /// 64 random bits.
    pub(crate) fn next(&self) -> u64 {
        let count = self.count.get();
        self.count.set(count + 1);
        let mut bytes = [0; 8];
        bytes.copy_from_slice(&digest(&self.seed, "draw", &count.to_be_bytes())[..8]);
        u64::from_be_bytes(bytes)
    }

    /// How many were drawn in all: the journey keeps it.
    pub(crate) fn count(&self) -> u64 {
        self.count.get()
    }
}

impl Journey {
    /// Names a new showing of a page.
    pub(crate) fn new_instance(&mut self) -> String {
        self.pages += 1;
        let bytes = digest(self.seed.expose(), "page", &self.pages.to_be_bytes());
        format!("{}-{}", self.pages, hex(&bytes[..8]))
    }

    /// Names an effect: the same one for the same effect at the same place, so that the store recognises it after a
    /// crash, and another one when the person typed something else meanwhile.
    pub(crate) fn new_intent(&mut self, effect: &Effect) -> String {
        self.effects += 1;
        let text = serde_json::to_vec(effect).expect("claims and texts always serialize");
        let bytes = digest(self.seed.expose(), "effect", &[&self.effects.to_be_bytes()[..], &text].concat());
        format!("{}.{}.{}", self.id, self.effects, hex(&bytes[..12]))
    }
}

fn digest(seed: &str, purpose: &str, data: &[u8]) -> [u8; 32] {
    let mut hash = Sha256::new();
    for part in [seed.as_bytes(), purpose.as_bytes(), data] {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    hash.finalize().into()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
