//! `SendClaims`: from the bag to the claims of a token.

use journeyman_policy::model::{OrchestrationStep, SsoScope};
use serde_json::{Map, Value};

use crate::event::{Entry, Issue, Next};
use crate::providers::Bound;
use crate::run::Run;

impl Run<'_> {
    /// Ends the journey with claims for its issuer.
    pub(crate) fn issue(&mut self, step: &OrchestrationStep) -> Next {
        let journey = self.entry_journey().and_then(|id| self.program.policy().journey(&id));
        let default = journey.and_then(|j| j.default_issuer.as_ref());
        let Some(issuer) = step.issuer.as_ref().or(default).map(|r| r.value.clone()) else {
            return self.refuse(90_108, "the SendClaims step names no issuer");
        };
        match self.program.bound(&issuer) {
            Some(Bound::Issuer(_)) => {}
            Some(Bound::Unsupported(why)) => {
                let failure = crate::providers::Failure::unsupported(why.clone());
                return self.refuse_failure(&failure, None, self.program.profile(&issuer), None);
            }
            _ => return self.refuse(90_108, format!("technical profile `{issuer}` issues nothing")),
        }
        let (claims, subject) = self.token_claims();
        let interactive = self.journey.entry == Entry::Default;
        let suppressed = self.program.relying_party().is_some_and(|rp| rp.behaviors.sso_scope == SsoScope::Suppressed);
        Next::Issue(Issue {
            issuer,
            claims,
            subject,
            person: self.journey.person.clone(),
            bag: self.journey.bag.clone(),
            authenticated_at: self.authenticated_at(),
            methods: self.methods(),
            session: (interactive && !suppressed).then(|| self.session_to_keep()),
            used_hint: self.journey.used_hint,
        })
    }

    /// Output claims of the relying party by outgoing name; of several with one name the first that has a value.
    fn token_claims(&self) -> (Map<String, Value>, Option<String>) {
        let mut claims = Map::new();
        let Some(relying_party) = self.program.relying_party() else { return (claims, None) };
        let profile = &relying_party.profile;
        for output in &profile.output_claims {
            let name = self.program.outside_name(profile, output);
            let value = self.value_of(output, &self.journey.bag).map(|claim| claim.value);
            if let Some(value) = value.filter(|value| !value.is_empty() && !claims.contains_key(name)) {
                claims.insert(name.to_owned(), value.to_token_json());
            }
        }
        let subject = profile.subject_naming.as_ref().and_then(|naming| {
            let name = &naming.claim.value;
            let found = claims.iter().find(|(known, _)| known.eq_ignore_ascii_case(name))?;
            let text = found.1.as_str().map_or_else(|| found.1.to_string(), str::to_owned);
            let key = found.0.clone();
            if naming.exclude_as_claim {
                claims.shift_remove(&key);
            }
            Some(text)
        });
        (claims, subject)
    }
}
