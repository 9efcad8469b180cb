//! What several methods share.

pub(super) mod age;
pub(super) mod call;
pub(super) mod collections;
pub(super) mod declare;
pub(super) mod equality;
pub(super) mod expressions;
pub(super) mod format;
pub(super) mod identities;
pub(super) mod json;
pub(super) mod outputs;
pub(super) mod random;
pub(super) mod seeded;
