//! Runs one claims transformation of a policy on some claims.

use std::cell::RefCell;

use jiff::Timestamp;
use journeyman_claims::transformations::{self, Call, Env, Input, Output, Surroundings, TransformError};
use journeyman_claims::value::day;
use journeyman_claims::{Bag, Claim, DataType, Name};
use journeyman_policy::model::ClaimsTransformation;

use crate::effect::{DigestCall, Secret};
use crate::journey::Digests;
use crate::program::Program;
use crate::providers::Failure;
use crate::run::Run;
use crate::run::draw::Draws;
use crate::texts::Texts;

/// What it may ask about besides its claims.
struct Place<'a> {
    program: &'a Program,
    transformation: &'a ClaimsTransformation,
    profile: &'a Name,
    texts: Texts<'a>,
    language: &'a str,
    now: Timestamp,
    digests: &'a Digests,
    /// The first digest that was asked for and is not there.
    lacks: RefCell<Option<DigestCall>>,
}

impl Surroundings for Place<'_> {
    fn tenant(&self) -> &str {
        &self.program.policy().tenant
    }

    fn technical_profile(&self) -> &str {
        self.profile.as_str()
    }

    fn language(&self) -> &str {
        self.language
    }

    fn localized(&self, string_id: &str) -> Option<String> {
        self.texts.chosen("GetLocalizedStringsTransformationClaimType", string_id)
    }

    fn localized_format(&self, string_id: &str) -> Option<String> {
        self.texts.chosen("FormatLocalizedStringTransformationClaimType", string_id)
    }

    fn options(&self, claim: &Name) -> Vec<(String, String)> {
        super::fields::options(self.program, self.texts, claim).into_iter().map(|o| (o.text, o.value)).collect()
    }

    fn accepts(&self, claim: &Name, text: &str) -> bool {
        self.program.fault(claim, text, None, self.language, day(self.now)).is_none()
    }

    fn keyed_digest(&self, key: &str, salt: &str, plaintext: &str) -> Option<String> {
        let call = DigestCall { key: Name::new(key), salt: Secret::new(salt), plaintext: Secret::new(plaintext) };
        match self.digests.known.iter().find(|(known, _)| *known == call) {
            Some((_, answer)) => answer.clone(),
            None => {
                self.lacks.borrow_mut().get_or_insert(call);
                None
            }
        }
    }

    fn parameter_type(&self, id: &str) -> Option<DataType> {
        self.transformation.parameters.iter().find(|p| p.id.eq_ignore_ascii_case(id)).and_then(|p| p.data_type)
    }
}

impl Run<'_> {
    /// Runs the transformations of that list on a scope, in order, for a profile.
    pub(crate) fn transform(
        &mut self,
        profile: &Name,
        content: Option<&Name>,
        list: &[journeyman_policy::model::Ref],
        scope: &mut Bag,
    ) -> Result<(), Failure> {
        for reference in list {
            let Some(transformation) = self.program.policy().transformations.get(&reference.value) else {
                return Err(Failure::internal(90_037, format!("transformation `{}` is not declared", reference.value)));
            };
            self.transform_one(profile, content, transformation, scope)?;
        }
        Ok(())
    }

    fn transform_one(
        &mut self,
        profile: &Name,
        content: Option<&Name>,
        transformation: &ClaimsTransformation,
        scope: &mut Bag,
    ) -> Result<(), Failure> {
        let program = self.program;
        let language = self.journey.language.clone();
        let texts = Texts::new(program.policy(), content, &language);
        let place = Place {
            program,
            transformation,
            profile,
            texts,
            language: &language,
            now: self.env.now,
            digests: &self.journey.digests,
            lacks: RefCell::default(),
        };
        let draws = Draws::of(&self.journey);
        let random = || draws.next();
        let env = Env { now: self.env.now, random: &random, surroundings: &place };
        let outcome = evaluate(program, transformation, scope, &env);
        let lacks = place.lacks.into_inner();
        self.lacks = self.lacks.take().or(lacks);
        outcome.map_err(|why| failure(transformation, &why))?;
        self.journey.draws = draws.count();
        Ok(())
    }
}

/// Runs one transformation of a policy on some claims: what a journey does, and what `journeyman eval` does without one.
/// An output claim is as secret as the inputs that it was made from.
///
/// # Errors
/// An assertion does not hold, or the call cannot be carried out; then no claim has changed.
pub fn evaluate(
    program: &Program,
    transformation: &ClaimsTransformation,
    scope: &mut Bag,
    env: &Env<'_>,
) -> Result<(), TransformError> {
    let Some(method) = transformations::find(&transformation.method.value) else {
        let unknown = format!("the method `{}` does not exist", transformation.method.value);
        return Err(TransformError::Runtime(unknown));
    };
    let secret = transformation.inputs.iter().any(|i| scope.entry(&i.claim.value).is_some_and(|c| c.secret));
    let outputs = (method.apply)(&call(program, transformation, scope), env)?;
    for (role, value) in outputs.0 {
        for output in transformation.outputs.iter().filter(|o| o.role.eq_ignore_ascii_case(&role)) {
            let claim = output.claim.value.clone();
            let value = value.clone().and_then(|v| v.convert(program.data_type(&claim)).ok());
            match value {
                Some(value) => scope.put(claim, Claim { value, secret }),
                None => drop(scope.remove(&claim)),
            }
        }
    }
    Ok(())
}

fn call<'a>(program: &Program, transformation: &'a ClaimsTransformation, scope: &Bag) -> Call<'a> {
    let inputs = transformation.inputs.iter().map(|input| Input {
        role: &input.role,
        claim: &input.claim.value,
        data_type: program.data_type(&input.claim.value),
        value: scope.get(&input.claim.value).cloned(),
    });
    let outputs = transformation.outputs.iter().map(|output| Output {
        role: &output.role,
        claim: &output.claim.value,
        data_type: program.data_type(&output.claim.value),
        before: scope.get(&output.claim.value).cloned(),
    });
    let parameters = transformation.parameters.iter().map(|p| (p.id.as_str(), p.value.value.as_str()));
    Call { inputs: inputs.collect(), parameters: parameters.collect(), outputs: outputs.collect() }
}

fn failure(transformation: &ClaimsTransformation, why: &TransformError) -> Failure {
    let detail = format!("transformation `{}`: {why}", transformation.id);
    match why {
        TransformError::Assertion(key) => Failure::keyed(key, 90_037, detail),
        TransformError::Runtime(_) => Failure::internal(90_037, detail),
    }
}
