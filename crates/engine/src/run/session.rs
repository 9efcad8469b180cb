//! Single sign-on: which profiles are skipped because the session remembers them, and what it remembers next time.

use journeyman_claims::{Bag, Name};
use journeyman_policy::model::TechnicalProfile;

use crate::event::{Entry, Session};
use crate::providers::{Bound, Produced, SessionKind};
use crate::run::Run;

impl<'p> Run<'p> {
    /// The session profile of a profile, if it remembers that the profile ran. A profile that names none always runs:
    /// skipping a page that nobody asked to be skipped is the unsafe side.
    fn remembering(&self, profile: &TechnicalProfile) -> Option<&'p TechnicalProfile> {
        let session = &profile.session_profile.as_ref()?.value;
        match self.program.bound(session)? {
            Bound::Session(SessionKind::Default) => self.program.profile(session),
            _ => None,
        }
    }

    /// Takes what the session remembers of a profile into the bag, if it does: the profile need not run then.
    pub(crate) fn restored(&mut self, profile: &TechnicalProfile) -> bool {
        let Some(remembering) = self.remembering(profile) else { return false };
        let session = self.session().filter(|_| self.journey.entry == Entry::Default);
        let Some(claims) = session.and_then(|s| s.claims.get(&remembering.id)).cloned() else { return false };
        let mut bag = std::mem::take(&mut self.journey.bag);
        bag.extend(&claims);
        self.outputs(remembering, &Produced::nothing(), &mut bag);
        self.journey.bag = bag;
        self.journey.remembered.entry(remembering.id.clone()).or_insert(claims);
        if self.journey.person.is_none() {
            self.journey.person = self.journey.session.as_ref().and_then(|s| s.person.clone());
        }
        true
    }

    /// The session that the browser brought, unless this journey met somebody else: what it remembers of one person says
    /// nothing about another.
    fn session(&self) -> Option<&Session> {
        let session = self.journey.session.as_ref()?;
        let other = matches!((&self.journey.person, &session.person), (Some(met), Some(known)) if met != known);
        (!other).then_some(session)
    }

    /// Notes that a profile ran, with its session profile's persisted claims that have a value now.
    pub(crate) fn remember(&mut self, profile: &TechnicalProfile) {
        if let Some(remembering) = self.remembering(profile) {
            let claims = self.persisted(remembering);
            self.journey.remembered.insert(remembering.id.clone(), claims);
        }
    }

    fn persisted(&self, remembering: &TechnicalProfile) -> Bag {
        let mut claims = Bag::new();
        for claim in &remembering.persisted_claims {
            // What is secret now, such as a code, is of no use later.
            if let Some(value) = self.value_of(claim, &self.journey.bag).filter(|value| !value.secret) {
                claims.put(claim.claim.value.clone(), value);
            }
        }
        claims
    }

    /// The session to remember at the end: what was remembered when each profile ran, and what it lacked then.
    pub(crate) fn session_to_keep(&self) -> Session {
        let mut claims = self.session().map(|s| s.claims.clone()).unwrap_or_default();
        for (id, noted) in &self.journey.remembered {
            let mut kept = self.program.profile(id).map(|p| self.persisted(p)).unwrap_or_default();
            let changed: Vec<Name> = kept.iter().map(|(name, _)| name.clone()).collect();
            for (name, claim) in noted.iter().filter(|(name, _)| !changed.contains(name)) {
                kept.put(name.clone(), claim.clone());
            }
            claims.insert(id.clone(), kept);
        }
        Session {
            authenticated_at: Some(self.authenticated_at()),
            methods: self.methods(),
            person: self.journey.person.clone().or_else(|| self.session()?.person.clone()),
            claims,
        }
    }

    /// When the person proved who they are: in this journey, else in the one that began the session.
    pub(crate) fn authenticated_at(&self) -> jiff::Timestamp {
        // Whoever that was: a journey that proved nothing itself must not look fresh.
        let earlier = self.journey.session.as_ref().and_then(|s| s.authenticated_at);
        self.journey.authenticated_at.or(earlier).unwrap_or(self.env.now)
    }

    /// How the person proved who they are, now and before.
    pub(crate) fn methods(&self) -> Vec<String> {
        let mut methods = self.session().map(|s| s.methods.clone()).unwrap_or_default();
        for method in &self.journey.methods {
            if !methods.contains(method) {
                methods.push(method.clone());
            }
        }
        methods
    }
}
