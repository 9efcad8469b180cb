//! `tx`: which page of which journey a post or link belongs to, in the form that clients of B2C pass along.
//!
//! It is stable while a page is shown and different for every other page, so that what an old page sends is recognised.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use journeyman_store::Handle;
use serde::{Deserialize, Serialize};

const PREFIX: &str = "StateProperties=";
/// Longer ones are none of ours.
const LONGEST: usize = 512;

/// A page of a journey.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Transaction {
    /// The journey.
    pub(crate) journey: Handle,
    /// The page's instance.
    pub(crate) page: String,
}

#[derive(Serialize, Deserialize)]
struct Wire<'a> {
    #[serde(rename = "TID")]
    journey: &'a str,
    #[serde(rename = "PID")]
    page: &'a str,
}

impl Transaction {
    /// The value of `tx`.
    pub(crate) fn to_wire(&self) -> String {
        let wire = Wire { journey: self.journey.expose(), page: &self.page };
        let json = serde_json::to_vec(&wire).expect("two texts always serialize");
        format!("{PREFIX}{}", URL_SAFE_NO_PAD.encode(json))
    }

    /// Reads one; `None` if it cannot be one of ours.
    pub(crate) fn parse(tx: &str) -> Option<Self> {
        let encoded = tx.strip_prefix(PREFIX).filter(|encoded| encoded.len() <= LONGEST)?;
        let json = URL_SAFE_NO_PAD.decode(encoded.trim_end_matches('=')).ok()?;
        let wire: Wire<'_> = serde_json::from_slice(&json).ok()?;
        Some(Self { journey: Handle::parse(wire.journey)?, page: wire.page.to_owned() })
    }
}

#[cfg(test)]
mod tests {
    use journeyman_store::{Handle, SystemEntropy};

    use super::Transaction;

    #[test]
    fn it_survives_the_wire() {
        let journey = Handle::random(&SystemEntropy).expect("draws");
        let transaction = Transaction { journey, page: "3".into() };
        let wire = transaction.to_wire();
        assert!(wire.starts_with("StateProperties=ey"), "{wire}");
        assert_eq!(Transaction::parse(&wire), Some(transaction.clone()));
        assert_eq!(Transaction::parse(&format!("{wire}==")), Some(transaction), "clients that pad it");
    }

    #[test]
    fn what_is_none_of_ours_is_not_read() {
        let long = format!("StateProperties={}", "A".repeat(4000));
        for wrong in ["", "StateProperties=", "StateProperties=e30", "eyJUSUQiOiJ4In0", "StateProperties=%%%", &long] {
            assert_eq!(Transaction::parse(wrong), None, "{wrong}");
        }
    }
}
