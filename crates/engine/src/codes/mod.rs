//! Findings about technical profiles and steps: `JM1…`, a file each. Those about the language itself are in the policy crate.

mod authorization_not_run;
mod bad_metadata;
mod bad_pattern;
mod bad_predicate;
mod directory_key;
mod hint_needs;
mod missing_claim;
mod missing_key;
mod missing_metadata;
mod misused_method;
mod no_protocol;
mod not_run_yet;
mod range_metadata;
mod short_character_set;
mod step_not_run;
mod unknown_content;
mod unknown_handler;
mod unknown_metadata;
mod unknown_method;
mod wrong_place;

use journeyman_policy::diagnostic::Code;

pub use authorization_not_run::AUTHORIZATION_NOT_RUN;
pub use bad_metadata::BAD_METADATA;
pub use bad_pattern::BAD_PATTERN;
pub use bad_predicate::BAD_PREDICATE;
pub use directory_key::DIRECTORY_KEY;
pub use hint_needs::HINT_NEEDS;
pub use missing_claim::MISSING_CLAIM;
pub use missing_key::MISSING_KEY;
pub use missing_metadata::MISSING_METADATA;
pub use misused_method::MISUSED_METHOD;
pub use no_protocol::NO_PROTOCOL;
pub use not_run_yet::NOT_RUN_YET;
pub use range_metadata::RANGE_METADATA;
pub use short_character_set::SHORT_CHARACTER_SET;
pub use step_not_run::STEP_NOT_RUN;
pub use unknown_content::UNKNOWN_CONTENT;
pub use unknown_handler::UNKNOWN_HANDLER;
pub use unknown_metadata::UNKNOWN_METADATA;
pub use unknown_method::UNKNOWN_METHOD;
pub use wrong_place::WRONG_PLACE;

pub(crate) use authorization_not_run::authorization_not_run;
pub(crate) use bad_metadata::bad_metadata;
pub(crate) use bad_pattern::bad_pattern;
pub(crate) use bad_predicate::bad_predicate;
pub(crate) use directory_key::directory_key_count;
pub(crate) use hint_needs::hint_needs;
pub(crate) use missing_claim::missing_claim;
pub(crate) use missing_key::missing_key;
pub(crate) use missing_metadata::missing_metadata;
pub(crate) use misused_method::misused_method;
pub(crate) use no_protocol::no_protocol;
pub(crate) use not_run_yet::{method_not_run, not_run_yet};
pub(crate) use short_character_set::short_character_set;
pub(crate) use step_not_run::step_not_run;
pub(crate) use unknown_content::unknown_content;
pub(crate) use unknown_handler::unknown_handler;
pub(crate) use unknown_metadata::unknown_metadata;
pub(crate) use unknown_method::unknown_method;
pub(crate) use wrong_place::wrong_place;

/// Every code of this crate, by id.
pub const ALL: &[&Code] = &[
    &UNKNOWN_HANDLER,
    &NO_PROTOCOL,
    &NOT_RUN_YET,
    &MISSING_METADATA,
    &BAD_METADATA,
    &RANGE_METADATA,
    &UNKNOWN_METADATA,
    &MISSING_CLAIM,
    &MISSING_KEY,
    &SHORT_CHARACTER_SET,
    &DIRECTORY_KEY,
    &UNKNOWN_CONTENT,
    &HINT_NEEDS,
    &UNKNOWN_METHOD,
    &STEP_NOT_RUN,
    &WRONG_PLACE,
    &BAD_PATTERN,
    &BAD_PREDICATE,
    &MISUSED_METHOD,
    &AUTHORIZATION_NOT_RUN,
];
