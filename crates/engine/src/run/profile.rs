//! The phases that every technical profile without a page goes through: its input transformations, its input claims,
//! its provider, its output claims, its output transformations.

use journeyman_claims::{Bag, Claim, ClaimValue, Name};
use journeyman_policy::model::{ClaimUse, TechnicalProfile};

use crate::effect::{Reply, Request};
use crate::event::Entry;
use crate::providers::{Bound, BoundProfile, Call, Failure, Input, Outcome, Produced, claim_from_json};
use crate::resolver::Resolver;
use crate::run::Run;

/// How far a profile came.
#[expect(clippy::large_enum_variant, reason = "one lives for a moment")]
pub(crate) enum Progress {
    /// Its claims are in the scope.
    Done,
    /// It waits for an answer.
    Waits(Request),
}

impl<'p> Run<'p> {
    /// Begins a profile; the scope is what it reads and writes.
    pub(crate) fn start_profile(
        &mut self,
        id: &Name,
        content: Option<&Name>,
        scope: &mut Bag,
    ) -> Result<Progress, Failure> {
        let (profile, bound) = self.steps_of(id)?;
        self.transform(id, content, &profile.input_transformations, scope)?;
        let outcome = self.with_call(profile, scope, |call| bound.start(call))?;
        self.follow(profile, bound, content, outcome, scope)
    }

    /// Goes on with the answer to what it asked.
    pub(crate) fn resume_profile(
        &mut self,
        id: &Name,
        content: Option<&Name>,
        reply: Reply,
        scope: &mut Bag,
    ) -> Result<Progress, Failure> {
        let (profile, bound) = self.steps_of(id)?;
        let outcome = self.with_call(profile, scope, |call| bound.resume(call, reply))?;
        self.follow(profile, bound, content, outcome, scope)
    }

    fn steps_of(&self, id: &Name) -> Result<(&'p TechnicalProfile, &'p dyn BoundProfile), Failure> {
        let missing = || Failure::internal(90_021, format!("technical profile `{id}` is not declared"));
        let profile = self.program.profile(id).ok_or_else(missing)?;
        match self.program.bound(id) {
            Some(Bound::Steps(steps)) => Ok((profile, steps.as_ref())),
            Some(Bound::Unsupported(why)) => Err(Failure::unsupported(format!("technical profile `{id}`: {why}"))),
            _ => Err(Failure::internal(90_037, format!("technical profile `{id}` cannot run here"))),
        }
    }

    fn with_call<T>(
        &self,
        profile: &'p TechnicalProfile,
        scope: &Bag,
        act: impl FnOnce(&Call<'_>) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        let resolver = self.resolver(scope);
        let resolve_url = |text: &str| resolver.resolve_with(text, |value| percent_encoded(&value)).unwrap_or_default();
        let nothing = Bag::new();
        let granted = match &self.journey.entry {
            Entry::Endpoint { claims, .. } => claims,
            Entry::Default => &nothing,
        };
        act(&Call {
            profile,
            scope: &self.journey.id,
            inputs: self.inputs(profile, &profile.input_claims, scope)?,
            persisted: self.inputs(profile, &profile.persisted_claims, scope)?,
            granted,
            resolve_url: &resolve_url,
        })
    }

    fn inputs(
        &self,
        profile: &'p TechnicalProfile,
        claims: &'p [ClaimUse],
        scope: &Bag,
    ) -> Result<Vec<Input<'p>>, Failure> {
        let mut inputs = Vec::with_capacity(claims.len());
        for claim in claims {
            let Some(Claim { value, secret }) = self.value_of(claim, scope) else {
                // A base's claim may be given by another one of the same outside name: published policies change passwords so.
                let outside = self.program.outside_name(profile, claim);
                let same = |other: &&ClaimUse| self.program.outside_name(profile, other).eq_ignore_ascii_case(outside);
                let given = claims.iter().filter(same).any(|other| self.value_of(other, scope).is_some());
                if claim.required && !given {
                    let detail = format!("profile `{}` needs the claim `{}`", profile.id, claim.claim.value);
                    return Err(Failure::internal(90_075, detail));
                }
                continue;
            };
            inputs.push(Input {
                claim: &claim.claim.value,
                partner: self.program.outside_name(profile, claim),
                value,
                secret,
                overwrite: claim.overwrite_if_exists,
            });
        }
        Ok(inputs)
    }

    /// What a claim brings: its value, or the default of this use.
    pub(crate) fn value_of(&self, claim: &ClaimUse, scope: &Bag) -> Option<Claim> {
        let present = scope.entry(&claim.claim.value).cloned();
        if present.is_some() && !claim.always_use_default {
            return present;
        }
        self.default_of(claim, scope).map(|value| Claim { value, secret: false }).or(present)
    }

    /// The default of a use, with its resolvers filled in where that is asked for. An empty one makes no claim.
    pub(crate) fn default_of(&self, claim: &ClaimUse, scope: &Bag) -> Option<ClaimValue> {
        let written = &claim.default.as_ref()?.value;
        let text = if claim.fills_in { self.resolver(scope).resolve(written)? } else { written.clone() };
        let value = ClaimValue::parse(&text, self.program.data_type(&claim.claim.value)).ok()?;
        (!value.is_empty()).then_some(value)
    }

    pub(crate) fn resolver<'a>(&'a self, claims: &'a Bag) -> Resolver<'a> {
        Resolver { program: self.program, journey: &self.journey, claims, now: self.env.now }
    }

    fn follow(
        &mut self,
        profile: &'p TechnicalProfile,
        bound: &dyn BoundProfile,
        content: Option<&Name>,
        outcome: Outcome,
        scope: &mut Bag,
    ) -> Result<Progress, Failure> {
        let produced = match outcome {
            Outcome::Ask(effect, repeat) => return Ok(Progress::Waits(self.request(effect, repeat))),
            Outcome::Done(produced) => produced,
        };
        self.outputs(profile, &produced, scope);
        if let Some(method) = bound.proves() {
            self.proved(method);
        }
        self.met.clone_from(&produced.person);
        self.transform(&profile.id, content, &profile.output_transformations, scope)?;
        Ok(Progress::Done)
    }

    /// Puts the output claims of a profile into a scope: what the provider produced, else the default where there is no
    /// value yet.
    pub(crate) fn outputs(&self, profile: &TechnicalProfile, produced: &Produced, scope: &mut Bag) {
        for output in &profile.output_claims {
            let claim = &output.claim.value;
            let data_type = self.program.data_type(claim);
            let found = produced.get(self.program.outside_name(profile, output));
            let value = found.filter(|_| !output.always_use_default || output.default.is_none());
            match value.and_then(|json| claim_from_json(json, data_type)) {
                Some(value) => scope.put(claim.clone(), Claim { value, secret: produced.secret }),
                None if output.always_use_default || !scope.contains(claim) => {
                    if let Some(value) = self.default_of(output, scope) {
                        scope.set(claim.clone(), value);
                    }
                }
                None => {}
            }
        }
    }
}

fn percent_encoded(value: &str) -> String {
    let encoded: String = url::form_urlencoded::byte_serialize(value.as_bytes()).collect();
    encoded.replace('+', "%20")
}
