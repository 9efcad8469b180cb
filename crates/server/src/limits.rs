//! Limits that protect a person: which rules apply to what, and whose attempts are counted together.

use journeyman_engine::effect::{LimitCall, LimitPurpose, LimitReply};
use journeyman_store::{LimitRules, Store, StoreError};

use crate::config::Limits;
use crate::world::Place;

impl Limits {
    /// The rules of a purpose.
    pub(crate) fn rules(&self, purpose: LimitPurpose) -> &LimitRules {
        match purpose {
            LimitPurpose::Approval => &self.approval,
            LimitPurpose::Verification => &self.verification,
            LimitPurpose::Password => &self.password,
            LimitPurpose::Message => &self.message,
        }
    }
}

/// Whose attempts are counted together: a person or an address within a tenant, however it is written.
pub(crate) fn subject(tenant: &str, subject: &str) -> String {
    format!("{}/{}", tenant.to_lowercase(), subject.trim().to_lowercase())
}

/// Counts an attempt, or forgets the failures.
pub(crate) async fn perform(
    store: &Store,
    limits: &Limits,
    at: &Place,
    intent: &str,
    call: &LimitCall,
) -> Result<LimitReply, StoreError> {
    match call {
        LimitCall::Attempt { subject: of, purpose } => {
            let subject = subject(&at.tenant, of);
            store.limits.attempt(intent, &subject, *purpose, limits.rules(*purpose), at.now).await
        }
        LimitCall::Succeeded { subject: of, purpose } => {
            store.limits.succeeded(&subject(&at.tenant, of), *purpose).await?;
            Ok(LimitReply::Allowed { remaining: limits.rules(*purpose).threshold })
        }
    }
}

#[cfg(test)]
mod tests {
    use journeyman_engine::effect::{LimitCall, LimitPurpose, LimitReply};

    use super::perform;
    use crate::config::Limits;
    use crate::testing;

    #[tokio::test]
    async fn each_purpose_has_its_own_rules_and_a_success_forgets() {
        let (store, at, limits) = (testing::store(), testing::place(), Limits::default());
        let mut intent = 0;
        let mut attempt = async |subject: &str, purpose| {
            intent += 1;
            let call = LimitCall::Attempt { subject: subject.to_owned(), purpose };
            perform(&store, &limits, &at, &intent.to_string(), &call).await.expect("the store answers")
        };
        for remaining in (0..5).rev() {
            assert_eq!(attempt("user:a", LimitPurpose::Approval).await, LimitReply::Allowed { remaining });
        }
        assert_eq!(attempt("user:A ", LimitPurpose::Approval).await, LimitReply::Blocked { seconds: 900 });
        assert_eq!(attempt("user:a", LimitPurpose::Password).await, LimitReply::Allowed { remaining: 9 });
        assert_eq!(attempt("user:b", LimitPurpose::Approval).await, LimitReply::Allowed { remaining: 4 });
        let call = LimitCall::Succeeded { subject: "user:a".to_owned(), purpose: LimitPurpose::Approval };
        perform(&store, &limits, &at, "s", &call).await.expect("the store answers");
        assert_eq!(attempt("user:a", LimitPurpose::Approval).await, LimitReply::Allowed { remaining: 4 });
    }

    #[tokio::test]
    async fn tenants_do_not_count_for_one_another() {
        let (store, limits) = (testing::store(), Limits::default());
        let call = LimitCall::Attempt { subject: "to:+44".to_owned(), purpose: LimitPurpose::Approval };
        let mut other = testing::place();
        for attempt in 0..6 {
            perform(&store, &limits, &testing::place(), &attempt.to_string(), &call).await.expect("the store answers");
        }
        other.tenant = "another".to_owned();
        let reply = perform(&store, &limits, &other, "other", &call).await.expect("the store answers");
        assert_eq!(reply, LimitReply::Allowed { remaining: 4 });
    }
}
