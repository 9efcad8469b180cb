//! Where randomness comes from: the operating system, or a seed in tests.

use std::fmt;

use aws_lc_rs::rand::{SecureRandom, SystemRandom};

use crate::error::{Result, StoreError};

/// A source of random bytes. Codes and object ids are drawn from it; sealing never is.
pub trait Entropy: Send + Sync + fmt::Debug {
    /// Fills the buffer.
    fn fill(&self, bytes: &mut [u8]) -> Result<()>;
}

/// The cryptographic generator of the process.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemEntropy;

impl Entropy for SystemEntropy {
    fn fill(&self, bytes: &mut [u8]) -> Result<()> {
        SystemRandom::new().fill(bytes).map_err(|_| StoreError::NoRandomness)
    }
}

/// Draws a text of `length` characters, each of `alphabet` equally likely.
pub(crate) fn text(entropy: &dyn Entropy, alphabet: &str, length: u32) -> Result<String> {
    let alphabet: Vec<char> = alphabet.chars().collect();
    let Some(size) = u32::try_from(alphabet.len()).ok().filter(|size| *size > 0) else {
        return Err(StoreError::Malformed { table: "codes", reason: "the character set is empty".to_owned() });
    };
    // The last, incomplete round of the alphabet would favour its first characters: draws from it are thrown away.
    let fair = u32::MAX - u32::MAX % size;
    let mut out = String::new();
    while out.chars().count() < length as usize {
        let mut bytes = [0; 4];
        entropy.fill(&mut bytes)?;
        let drawn = u32::from_be_bytes(bytes);
        if drawn < fair {
            out.push(alphabet[(drawn % size) as usize]);
        }
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::{Entropy, SystemEntropy, text};
    use crate::error::Result;

    #[derive(Debug)]
    struct Always(u8);

    impl Entropy for Always {
        fn fill(&self, bytes: &mut [u8]) -> Result<()> {
            bytes.fill(self.0);
            Ok(())
        }
    }

    #[test]
    fn characters_are_equally_likely() {
        let drawn = text(&SystemEntropy, "0123456789", 20_000).expect("draws");
        let mut counts: HashMap<char, u32> = HashMap::new();
        drawn.chars().for_each(|c| *counts.entry(c).or_default() += 1);
        assert_eq!(counts.len(), 10);
        // 2,000 each, with a standard deviation of 42.
        assert!(counts.values().all(|n| (1_700..2_300).contains(n)), "{counts:?}");
    }

    #[test]
    fn the_source_decides() {
        assert_eq!(text(&Always(0), "abc", 4).expect("draws"), "aaaa");
        assert!(text(&Always(0), "", 4).is_err());
    }
}
